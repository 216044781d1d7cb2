"""What can be wrong with an input, and how it is told: one line a problem, for people and for tools."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import NoReturn, TypeVar
from unicodedata import category

_SHOWN = ("Zs", "Mn", "Mc", "Me", "Co", "Cn", "Cs")
_Result = TypeVar("_Result")

LISTED_AT_MOST = 8
"""How many known names a message lists when none of them resembles the one written."""

EXCERPT_WIDTH = 100
"""Characters of a source line shown under a problem; a longer line is cut around the column."""


class Severity(StrEnum):
    """An error stops the build; a warning does so only under `--strict`."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, at one place. Lines and columns count from 1; paths are relative to the project."""

    path: str
    line: int
    column: int
    message: str
    severity: Severity = Severity.ERROR
    excerpt: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.severity}: {_visible(self.message)}"

    def with_excerpt(self) -> str:
        """The problem, its line as written, and a caret under the column."""
        if not self.excerpt.strip():
            return str(self)
        start = max(0, self.column - EXCERPT_WIDTH // 2) if len(self.excerpt) > EXCERPT_WIDTH else 0
        shown = _visible(self.excerpt[start : start + EXCERPT_WIDTH].replace("\t", " "))
        return f"{self}\n    {shown}\n    {' ' * (self.column - 1 - start)}^"

    def as_annotation(self) -> str:
        """The problem as GitHub Actions shows it on a line of a pull request."""
        message = self.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        path = self.path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        return f"::{self.severity} file={path},line={self.line},col={self.column}::{message}"


def _visible(text: str) -> str:
    """A text without what would move a terminal's cursor or turn what follows around."""
    return (
        text
        if text.isprintable()
        else "".join(letter if letter.isprintable() or letter == "\u200d" or category(letter) in _SHOWN else "\ufffd" for letter in text)
    )


class ContentError(Exception):
    """The input cannot become a site; `problems` say why, all of them, and `notes` what was left aside."""

    def __init__(self, problems: Iterable[Problem], notes: Iterable[str] = ()) -> None:
        self.problems = tuple(problems)
        self.notes = tuple(notes)
        super().__init__("\n".join(map(str, self.problems)))


class Problems(list[Problem]):
    """The problems found so far, while independent stages go on so that all are told at once; and notes on what was left aside."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        super().__init__(problems)
        self.notes: list[str] = []

    def attempt(self, stage: Callable[..., _Result], *arguments: object) -> _Result | None:
        """What a stage returns, or None with its problems noted."""
        try:
            return stage(*arguments)
        except ContentError as error:
            self.extend(error.problems)
            return None

    def add(self, result: tuple[_Result, list[Problem]]) -> _Result:
        """What a stage returned, its problems noted."""
        self.extend(result[1])
        return result[0]

    def stop(self) -> NoReturn:
        """Raises `ContentError` with everything found."""
        raise ContentError(self, self.notes)


def has_errors(problems: Iterable[Problem], *, strict: bool = False) -> bool:
    """Whether these problems stop a build."""
    return any(strict or problem.severity is Severity.ERROR for problem in problems)


def told(problems: Iterable[Problem]) -> str:
    """All problems in a stable order, each once, and then their count."""
    ordered = sorted(set(problems))
    return "\n".join([*(problem.with_excerpt() for problem in ordered), count(ordered)])


def count(problems: Sequence[Problem]) -> str:
    """How many there are: `2 errors, 1 warning`."""
    numbers = {severity: sum(problem.severity is severity for problem in problems) for severity in Severity}
    return ", ".join(f"{n} {severity}{'' if n == 1 else 's'}" for severity, n in numbers.items() if n)


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """The way out of a misspelt name, to be put behind a message: the nearest known name, or the known ones."""
    names = sorted(set(known))
    close = get_close_matches(written, names, n=1, cutoff=0.6)
    if close:
        return f"; did you mean '{close[0]}'?"
    if not names:
        return ""
    listed = ", ".join(names[:LISTED_AT_MOST])
    return f"; there are: {listed}{' …' if len(names) > LISTED_AT_MOST else ''}"

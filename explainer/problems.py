"""What can be wrong with an input, and how it is told: one line a problem, for people and for tools."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, NoReturn, TypeVar

from explainer.characters import explained, plain, shown, visible, width

_Result = TypeVar("_Result")

LISTED_AT_MOST = 8
"""How many known names a message lists when none of them resembles the one written."""

EXCERPT_WIDTH = 100
"""Columns of a source line shown under a problem; a longer line is cut around the place."""

SHOWN_AT_MOST = 60
"""How many problems are shown before only some are, and the others counted."""

SHOWN_OF_A_FILE = 15
"""How many problems of a file are shown where not all are."""

ALIKE_AT_MOST = 3
"""How many problems with the same message are shown where there are more than twice as many."""

WARNINGS_BELOW = 5
"""Warnings that push the errors before them out of sight; if there are more, the last line names the place of the first error."""

FILES_AT_MOST = 40
"""How many files are named of whose problems not all are shown."""

ANNOTATED_AT_MOST = 10
"""How many errors, and how many warnings, GitHub shows of one step."""


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
        return visible(f"{self.path}:{self.line}:{self.column}: {self.severity}: {self.message}")

    def with_excerpt(self) -> str:
        """The problem, its line as written, and a caret under the column. What a terminal would not show, or obey, is written out."""
        if not self.excerpt.strip():
            return str(self)
        at, first = self.column - 1, 0
        if len(self.excerpt) > EXCERPT_WIDTH:
            first = max(0, self.column - EXCERPT_WIDTH // 2)
        cells = [shown(character) for character in self.excerpt[first : first + EXCERPT_WIDTH]]
        before, after = cells[: at - first], cells[at - first :]
        if width("".join(cells)) > EXCERPT_WIDTH:
            before = _fitting(before[::-1], EXCERPT_WIDTH // 2 - 1)[::-1]
            after = _fitting(after, EXCERPT_WIDTH - width("".join(before)))
        padding = width("".join(before)) + max(0, at - len(self.excerpt))
        return f"{self}\n    {''.join(before + after)}\n    {' ' * padding}^"

    def as_annotation(self) -> str:
        """The problem as GitHub Actions shows it on a line of a pull request."""
        message = self.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        path = self.path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        return visible(f"::{self.severity} file={path},line={self.line},col={self.column}::{message}")


def _fitting(cells: Sequence[str], columns: int) -> list[str]:
    """As many characters from the first on as fit."""
    fitting: list[str] = []
    for cell in cells:
        columns -= width(cell)
        if columns < 0:
            break
        fitting.append(cell)
    return fitting


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


class Telling(NamedTuple):
    """What is told of some problems: those that are shown, each with what is said of those like it; what is said of the others; and how many there are."""

    shown: list[tuple[Problem, str]]
    others: list[str]
    number: str


def telling(problems: Iterable[Problem], *, everything: bool = False) -> Telling:
    """The problems in a stable order, errors before warnings, each once. Of very many, and of many alike, some are shown and the others counted."""
    ordered = sorted(set(problems), key=_place)
    alike = Counter(map(_kind, ordered))
    chosen = ordered if everything else _chosen(ordered, alike)
    last = {} if everything else {_kind(problem): problem for problem in chosen}
    shown = []
    for problem in chosen:
        more = alike[_kind(problem)] - sum(_kind(each) == _kind(problem) for each in chosen) if last.get(_kind(problem)) is problem else 0
        files = len({each.path for each in ordered if _kind(each) == _kind(problem)}) if more else 0
        shown.append((problem, f"and {more} more like this, in {files} file{'' if files == 1 else 's'} in all" if more else ""))
    return Telling(shown, list(_left_out(ordered, chosen)), count(ordered))


def told(problems: Iterable[Problem], *, everything: bool = False) -> str:
    """The problems as a terminal shows them, and then their count."""
    shown, others, number = telling(problems, everything=everything)
    lines = [line for problem, more in shown for line in (problem.with_excerpt(), f"    {more}" if more else "") if line]
    severities = [problem.severity for problem, _ in shown]
    if severities.count(Severity.WARNING) > WARNINGS_BELOW and severities[0] is Severity.ERROR:
        number += f"; the first error is at {visible(shown[0][0].path)}:{shown[0][0].line}"
    return "\n".join([*lines, *([""] if others else []), *others, number])


def _place(problem: Problem) -> tuple[bool, str, int, int, str, str]:
    """Where a problem is told: errors before warnings, each in the order of files and lines."""
    return problem.severity is Severity.WARNING, problem.path, problem.line, problem.column, problem.message, problem.excerpt


def _kind(problem: Problem) -> tuple[Severity, str]:
    """What makes two problems alike."""
    return problem.severity, problem.message


def _chosen(ordered: Sequence[Problem], alike: Mapping[tuple[Severity, str], int]) -> list[Problem]:
    """The problems that are shown: few of those that are alike; of what is still too much, errors before warnings, and not all of one file."""
    seen: Counter[tuple[Severity, str]] = Counter()
    different = []
    for problem in ordered:
        seen[_kind(problem)] += 1
        if alike[_kind(problem)] <= 2 * ALIKE_AT_MOST or seen[_kind(problem)] <= ALIKE_AT_MOST:
            different.append(problem)
    if len(different) <= SHOWN_AT_MOST:
        return different
    of_file: Counter[str] = Counter()
    chosen = []
    for problem in different:
        of_file[problem.path] += 1
        if of_file[problem.path] <= SHOWN_OF_A_FILE:
            chosen.append(problem)
    return chosen[:SHOWN_AT_MOST]


def _left_out(ordered: Sequence[Problem], chosen: Sequence[Problem]) -> Iterator[str]:
    """What is said where not all problems are shown: how many are in which file, and where to start."""
    if len(chosen) == len(ordered):
        return
    counted = set(map(_kind, chosen))  # behind the last of those that are alike
    hidden: dict[str, list[Problem]] = {}
    for problem in ordered:
        if _kind(problem) not in counted:
            hidden.setdefault(problem.path, []).append(problem)
    yield from (visible(f"{path}: {count(problems)} not shown here") for path, problems in list(hidden.items())[:FILES_AT_MOST])
    if rest := list(hidden.values())[FILES_AT_MOST:]:
        yield f"{len(rest)} more files: {count([problem for problems in rest for problem in problems])} not shown here"
    (severity, message), times = Counter(map(_kind, ordered)).most_common(1)[0]
    most = f"; most often, {times} times, it is this {severity}: {message}" if times > 2 * ALIKE_AT_MOST else ""
    yield visible(f"{len(chosen)} of {len(ordered)} problems are shown; --all-problems shows all{most}")
    yield "One slip can have many of them behind it: start with the first, and check again."


def annotations(problems: Iterable[Problem]) -> list[str]:
    """The problems as GitHub Actions shows them; it shows ten errors and ten warnings of a step, so the others are counted in the tenth's place."""
    ordered = sorted(set(problems), key=_place)
    lines = []
    for severity in Severity:
        found = [problem for problem in ordered if problem.severity is severity]
        first = dict.fromkeys([*{_kind(problem): problem for problem in reversed(found)}.values()][::-1])  # one of each message before a second one
        listed = sorted([*first, *(problem for problem in found if problem not in first)][:ANNOTATED_AT_MOST], key=_place)
        lines += [problem.as_annotation() for problem in listed]
        if len(found) > len(listed):
            lines.append(f"::notice::{len(found)} {severity}s, of which GitHub shows {len(listed)}; the step's log has more")
    return lines


def count(problems: Sequence[Problem]) -> str:
    """How many there are: `2 errors, 1 warning`."""
    numbers = {severity: sum(problem.severity is severity for problem in problems) for severity in Severity}
    return ", ".join(f"{n} {severity}{'' if n == 1 else 's'}" for severity, n in numbers.items() if n)


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """The way out of a misspelt name, to be put behind a message: the nearest known name, or the known ones; and what in it is not what it seems."""
    names = tuple(sorted(set(known)))
    odd = explained(written)
    if near := nearest(written, names):
        return f"; did you mean '{near}'?{f' {odd}' if odd else ''}"
    odd = f"; {odd}" if odd else ""
    if not names:
        return odd
    listed = ", ".join(names[:LISTED_AT_MOST])
    return f"{odd}; there are: {listed}{' …' if len(names) > LISTED_AT_MOST else ''}"


@lru_cache(maxsize=4096)
def nearest(written: str, names: tuple[str, ...]) -> str | None:
    """The known name that was meant, if one resembles what was written; case, spaces, underscores and look-alike letters make no difference."""
    folded = {_folded(name): name for name in reversed(names)}
    wanted = _folded(written)
    close = [wanted] if wanted in folded else get_close_matches(wanted, folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def _folded(name: str) -> str:
    return "-".join(plain(name).casefold().replace("_", " ").replace("-", " ").split())

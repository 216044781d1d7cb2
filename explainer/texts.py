"""The texts of a project: every piece of our prose with its place, and with what it rests on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from explainer.frontmatter import Document, Location
from explainer.markdown import MARK, Prose, typographic
from explainer.model import Source
from explainer.tokens import tokens

NOT_OURS = frozenset((("sources", "title"), ("sources", "address"), ("sources", "repairs"), ("readings", "quoted")))
"""Fields, by folder and name, whose words are somebody else's by their nature."""

LOOKED_AHEAD = 40
"""Lines of prose in which a run of words is looked for; a field is looked through to its end."""

LOOKED_THROUGH = 10_000
"""Characters in which a run of words is looked for."""

LOOKED_FOR = 20
"""Words of a run that are enough to find it."""


class Basis(NamedTuple):
    """What a text rests on: paragraphs of a source, or, where these are None, all of it."""

    source: Source
    paragraphs: frozenset[int] | None = None

    def numbers(self, named: int | None) -> list[int]:
        """The paragraphs in which a quotation may stand: the one that is named behind it, or any."""
        last = self.source.fingerprint.last if self.source.fingerprint else 0
        among = range(1, last + 1) if self.paragraphs is None else self.paragraphs
        return sorted(among) if named is None else [named] if named in among else []


class Text(NamedTuple):
    """A piece of our prose, and where it stands."""

    document: Document
    line: int
    column: int
    text: str
    basis: tuple[Basis, ...] | None
    """What it rests on; None if that cannot be known, because something it rests on could not be read."""
    named: bool = False
    """Whether its quotations name their paragraphs, where it rests on several."""

    def place(self, start: int, run: Iterable[str]) -> tuple[int, int]:
        """The line and column of the file at which a run of words stands; `start` is its place in the text, before which the same run may stand too."""
        run = tuple(run)
        above = self.text.count("\n", 0, start) if self.column == 1 else 0  # prose is written in its lines, a field may be folded
        before = [token.word for token in tokens(self.text[self.text.rfind("\n", 0, start) + 1 if above else 0 : start])]
        times = sum(tuple(before[n : n + len(run)]) == run for n in range(len(before) - len(run) + 1)) if run else 0
        return located(self.document, self.line + above, self.column, run, times)

    def mark(self, start: int) -> tuple[int, int]:
        """The line and column of the file at which the quotation mark stands that has the place `start` in the text."""
        line, column = self.place(start, ())
        written = self.document.text.split("\n")[line - 1]
        outside = self.column > 1 and written[column - 1 : column] == '"'  # of a field that stands in quotation marks itself
        there = [found.start() + 1 for found in MARK.finditer(written, column - 1 + outside)]
        before = len(MARK.findall(self.text, self.text.rfind("\n", 0, start) + 1, start))
        return line, there[before] if before < len(there) else column


@dataclass(slots=True)
class Bases:
    """What the texts of each file rest on, by path and, within a file, by the place of a field; a place without an entry has that of what is above it."""

    default: tuple[Basis, ...] | None = None
    """What a text rests on of which nobody has said so: any source, once all are known."""
    by_path: dict[str, dict[Location, tuple[Basis, ...] | None]] = field(default_factory=dict)

    def set(self, document: Document, basis: Iterable[Basis] | None, *location: str | int) -> None:
        """Says what a field of a file rests on, or, without a location, the whole file."""
        self.by_path.setdefault(document.path, {})[location] = None if basis is None else tuple(basis)

    def get(self, document: Document, *location: str | int) -> tuple[Basis, ...] | None:
        """What a field rests on; None if that cannot be known."""
        table = self.by_path.get(document.path, {})
        while location and location not in table:
            location = location[:-1]
        return table.get(location, self.default)


def texts_of_fields(document: Document, bases: Bases) -> Iterator[Text]:
    """The texts in the fields of a file that are ours."""
    folder = document.path.split("/")[1]
    for location, text in strings(document.fields):
        if (folder, location[0] if location else "") not in NOT_OURS:
            yield Text(document, *document.place(*location), typographic(text), bases.get(document, *location))


def strings(value: object, location: Location = ()) -> Iterator[tuple[Location, str]]:
    """Every text in the fields of a file, with its place."""
    if isinstance(value, str):
        yield location, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from strings(item, (*location, name))
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from strings(item, (*location, n))


def texts_of_prose(document: Document, prose: Prose, basis: tuple[Basis, ...] | None, *, named: bool) -> Iterator[Text]:
    """The texts of a piece of Markdown."""
    for text, line in prose.pieces:
        yield Text(document, line, 1, text, basis, named)


def located(document: Document, line: int, column: int, run: tuple[str, ...], times: int = 0) -> tuple[int, int]:
    """The line and column at which a run of words stands in a file, from a place on; in a folded field that is further down.

    The same run may stand `times` before it. If it is not found so often, it is the last that is, and if it is not found, the place.
    """
    run = run[:LOOKED_FOR]
    behind = min((place for place in (*document.places.values(), *document.keys.values()) if place > (line, column)), default=None)
    if line < document.body_line and behind is None:
        behind = (document.body_line, 1)
    lines = document.text.split("\n")[line - 1 : behind[0] if behind else line + LOOKED_AHEAD]
    if behind:
        lines[-1] = lines[-1][: behind[1] - 1]
    text = "\n".join(lines)[: column + LOOKED_THROUGH]
    there = [token for token in tokens(text) if token.start >= column - 1]
    found = (line, column)
    for n, token in enumerate(there):
        if run and token.word == run[0] and tuple(each.word for each in there[n : n + len(run)]) == run:
            before = text[: token.start]
            found = line + before.count("\n"), token.start - before.rfind("\n")
            if not times:
                break
            times -= 1
    return found

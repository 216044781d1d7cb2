"""What is quoted, held against the fingerprints of the sources; and what is not, held to be in our own words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from explainer.checks import QUOTATION_LIMIT, spans, whose
from explainer.documents import warning
from explainer.fingerprint import Fingerprint
from explainer.frontmatter import Document, Location
from explainer.markdown import Prose, Quotation, quotations, typographic, without_quotations
from explainer.model import Attributed, Quoted, Source
from explainer.problems import Problem
from explainer.schema import ReadingFields
from explainer.tokens import tokens, words

NOT_OURS = frozenset((("sources", "title"), ("sources", "address"), ("readings", "quoted")))
"""Fields, by folder and name, whose words are somebody else's by their nature."""


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
    """A piece of our prose, and where it stands; what it rests on, if that is known."""

    document: Document
    line: int
    column: int
    text: str
    basis: tuple[Basis, ...] | None
    own: bool = True
    """Whether its words are ours; see `NOT_OURS`."""


@dataclass(frozen=True, slots=True)
class Bases:
    """What the texts of each file rest on, by path and, within a file, by the place of a field; a place without an entry has that of what is above it."""

    by_path: dict[str, dict[Location, tuple[Basis, ...]]] = field(default_factory=dict)

    def set(self, document: Document, basis: Iterable[Basis], *location: str | int) -> None:
        """Says what a field of a file rests on, or, without a location, the whole file."""
        self.by_path.setdefault(document.path, {})[location] = tuple(basis)

    def get(self, document: Document, *location: str | int) -> tuple[Basis, ...] | None:
        """What a field rests on; None if nobody has said so."""
        table = self.by_path.get(document.path, {})
        while location and location not in table:
            location = location[:-1]
        return table.get(location)


def texts_of_fields(document: Document, bases: Bases) -> Iterator[Text]:
    """The texts in the fields of a file."""
    for location, text in _strings(document.fields, ()):
        own = (document.path.split("/")[1], location[0] if location else "") not in NOT_OURS
        yield Text(document, *document.place(*location), typographic(text), bases.get(document, *location), own)


def _strings(value: object, location: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(value, str):
        yield location, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _strings(item, (*location, name))
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from _strings(item, (*location, n))


def texts_of_prose(document: Document, prose: Prose, basis: tuple[Basis, ...] | None) -> Iterator[Text]:
    """The texts of a piece of Markdown."""
    for text, line in prose.pieces:
        yield Text(document, line, 1, text, basis)


def check_quotations(texts: Iterable[Text], sources: Sequence[Source]) -> tuple[list[Quoted], list[Problem]]:
    """Every quotation stands word for word in a paragraph that its text rests on. All of them, and what is wrong with them."""
    found: list[Quoted] = []
    problems: list[Problem] = []
    unverified: dict[Source, None] = {}
    for text in texts:
        if "“" not in text.text:
            continue
        for quotation in quotations(text.text, text.line):
            basis = text.basis if text.basis is not None else tuple(Basis(source) for source in sources)
            run = words(quotation.text)
            if len(run) > QUOTATION_LIMIT:
                message = f"a quotation of {len(run)} words; at most {QUOTATION_LIMIT} are quoted, say the rest in your own words"
                problems.append(_problem(text, quotation, message))
            if quotation.paragraph and not any(part.paragraphs is None or quotation.paragraph in part.paragraphs for part in basis):
                among = " or ".join(spans(sorted(part.paragraphs or ())) for part in basis)
                problems.append(
                    _problem(text, quotation, f"“{quotation.text}”: ¶{quotation.paragraph} is not among the paragraphs that this rests on ({among})")
                )
                continue
            place = next(_places(run, quotation, basis), None)
            if place is None and any(part.source.fingerprint is None for part in basis):
                unverified |= dict.fromkeys(part.source for part in basis if part.source.fingerprint is None)
            elif place is None and run:
                problems.append(_problem(text, quotation, f"“{quotation.text}” {_explained(run, quotation, basis, sources)}"))
            elif place and all(_is_whole(place[0], number, len(run)) for number in place[1]):
                message = f"“{quotation.text}” is all of {spans(place[1])}; a quotation is a part of a sentence, say the rest in your own words"
                problems.append(_problem(text, quotation, message))
            known = place or (basis[0].source if len(basis) == 1 else None, (quotation.paragraph,) if quotation.paragraph else ())
            path = text.document.path.removeprefix("content/")
            found.append(Quoted(path=path, text=quotation.text, source=known[0], paragraphs=known[1], verified=place is not None))
    return found, problems + list(_missing(unverified, texts))


def _missing(sources: Iterable[Source], texts: Iterable[Text]) -> Iterator[Problem]:
    """A source that is quoted has a fingerprint; without one its quotations are not verified."""
    by_path = {text.document.path: text.document for text in texts}
    for source in sources:
        message = f"its quotations are not verified; make its fingerprint: python build.py fingerprint TEXT --source {source.slug}"
        yield warning(by_path[f"content/sources/{source.slug}.md"].problem(message))


def _places(run: Sequence[str], quotation: Quotation, basis: Iterable[Basis]) -> Iterator[tuple[Source, tuple[int, ...]]]:
    """Where a run of words stands among what it may come from: the paragraphs of each source."""
    for part in basis:
        fingerprint = part.source.fingerprint
        if fingerprint and (numbers := tuple(number for number in part.numbers(quotation.paragraph) if fingerprint.stands(run, number))):
            yield part.source, numbers


def _is_whole(source: Source, paragraph: int, length: int) -> bool:
    """Whether a run of so many words is all that a paragraph says; a heading is no sentence."""
    passage = source.fingerprint.passage(paragraph) if source.fingerprint else None
    return passage is not None and passage.length == length and whose(source, paragraph) != "apparatus"


def _explained(run: tuple[str, ...], quotation: Quotation, basis: Sequence[Basis], sources: Sequence[Source]) -> str:
    """Why a quotation does not stand where it should, as far as fingerprints can tell, and the way out."""
    named = f"¶{quotation.paragraph}" if quotation.paragraph else None
    wanted = " or ".join(f"'{part.source.slug}'" if part.paragraphs is None else named or spans(sorted(part.paragraphs)) for part in basis)
    for source in sources:
        if source.fingerprint and (elsewhere := source.fingerprint.paragraphs(run)):
            owner = f" ({whose(source, elsewhere[0])})"
            of = "" if any(part.source is source for part in basis) else f" of '{source.slug}'"
            return f"does not stand in {wanted}, but in {spans(elsewhere)}{of}{owner}"
    near = (_near(run, part.source.fingerprint, number) for part in basis if part.source.fingerprint for number in part.numbers(quotation.paragraph))
    nearest = max(near, default=_Near(0, 0, ""))
    if nearest.alike > len(run) // 2:
        return f"does not stand in {wanted}; nearest is ¶{nearest.paragraph}, {nearest.difference}"
    return f"does not stand in {wanted}; quote word for word, or leave out the quotation marks"


class _Near(NamedTuple):
    """How far a paragraph goes along with a quotation: how many words are alike, and where they part."""

    alike: int
    paragraph: int
    difference: str


def _near(run: tuple[str, ...], fingerprint: Fingerprint, paragraph: int) -> _Near:
    """Where a run and a paragraph part. The longest beginning and the longest end that stand there are alike; what is between them differs."""
    size = len(run)
    head = next((n for n in range(size, 0, -1) if fingerprint.stands(run[:n], paragraph)), 0)
    tail = next((n for n in range(size - head, 0, -1) if fingerprint.stands(run[-n:], paragraph)), 0)
    between = run[head : size - tail]
    strange = next((word for word in between if not fingerprint.stands((word,), paragraph)), None)
    if not between:
        difference = f"where '{run[head - 1]}' and '{run[head]}' do not stand side by side"
    elif strange:
        difference = f"in which there is no '{strange}'"
    elif fingerprint.stands(run[:head] + run[size - tail :], paragraph):
        difference = f"where it stands without '{' '.join(between)}'"
    else:
        difference = f"where '{' '.join(between)}' stands elsewhere, or in another order"
    return _Near(head + tail, paragraph, difference)


def _problem(text: Text, quotation: Quotation, message: str) -> Problem:
    return text.document.problem_at(message, *located(text.document, quotation.line, text.column, words(quotation.text)))


def attributed(fields: ReadingFields, source: Source) -> Iterator[Attributed]:
    """What a summary has in quotation marks as some experts' words, and where in their testimony it stands."""
    own = sorted(number for part in source.ranges if part.kind == "testimony" and part.expert in fields.experts for number in part.paragraphs)
    for text in fields.quoted:
        run = words(text)
        yield Attributed(text=text, paragraphs=tuple(number for number in own if source.fingerprint and source.fingerprint.stands(run, number)))


def check_attributed(document: Document, fields: ReadingFields, source: Source) -> Iterator[Problem]:
    """What a summary is said to quote stands in the summary. A reading is 'misquoted' if it does not stand in the experts' testimony, and only then."""
    if source.fingerprint is None:
        return
    where, named = spans(fields.overview_paragraphs), " or ".join(f"'{expert}'" for expert in fields.experts)
    found = list(attributed(fields, source))
    for n, quoted in enumerate(found):
        if not any(source.fingerprint.stands(words(quoted.text), number) for number in fields.overview_paragraphs):
            yield document.problem(f"“{quoted.text}” does not stand in {where}; write it as the overview has it", "quoted", n)
        elif not quoted.paragraphs and fields.verdict != "misquoted":
            yield document.problem(f"“{quoted.text}” does not stand in the testimony of {named}, so the verdict is 'misquoted'", "quoted", n)
    if found and fields.verdict == "misquoted" and all(quoted.paragraphs for quoted in found):
        yield document.problem(f"these words stand in {spans(found[0].paragraphs)}, so they are not misquoted", "verdict")


def check_own_words(texts: Iterable[Text], sources: Iterable[Source]) -> Iterator[Problem]:
    """Outside quotation marks, our prose shares no run of eight words or more with a source."""
    fingerprints = [source.fingerprint for source in sources if source.fingerprint]
    for text in texts:
        if not text.own or not fingerprints:
            continue
        for part, offset in without_quotations(text.text):
            run = [(token.word, token.line) for token in tokens(part)]
            for fingerprint in fingerprints:
                for shared in fingerprint.shared([word for word, _ in run]):
                    copied = run[shared.start : shared.start + shared.length]
                    shown = " ".join(word for word, _ in copied)
                    message = (
                        f"{shared.length} words in a row as in ¶{shared.paragraph} of '{fingerprint.slug}': '{shown}'; "
                        "say it in your own words, or quote a few of them"
                    )
                    place = located(text.document, text.line + offset + copied[0][1], text.column, [word for word, _ in copied])
                    yield text.document.problem_at(message, *place)


def located(document: Document, line: int, column: int, run: Sequence[str]) -> tuple[int, int]:
    """The line and column of the file at which a run starts: in a folded field, further down than the field."""
    for number, written in enumerate(document.text.split("\n")[line - 1 : line + 40], line):
        there = words(written)
        for start, word in enumerate(there):
            rest = there[start : start + len(run)]
            if word == run[0] and rest == tuple(run[: len(rest)]):
                found = re.compile(r"\W+".join(map(re.escape, rest))).search(written.casefold(), column - 1 if number == line else 0)
                return number, found.start() + 1 if found else 1
    return line, column

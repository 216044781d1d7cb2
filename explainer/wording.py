"""Our wording, held against the text of its sources: whether it sounds surer than they do. `docs/wording.md` explains it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import log, sqrt
from textwrap import shorten
from typing import NamedTuple

from explainer.certainty import HEDGES, STRONG, Level, Mark, marks
from explainer.checks import spans
from explainer.documents import Documents, warning
from explainer.frontmatter import Document
from explainer.markdown import without_quotations
from explainer.model import Claim, Library, Source, grouped
from explainer.problems import Problem
from explainer.quotations import located
from explainer.source_text import SourceText
from explainer.tokens import words

STEM = 4
"""Letters at the start of a word by which sentences are found alike; shorter words do not count."""

_END = re.compile(r"(?<!\b[^\W\d_]\.)(?<!\b[A-Z][a-z]\.)(?<=[.!?])([”’)]*)\s+(?=[“‘(]?[^\W_a-z])|[;:]\s+")
"""Where a sentence ends: not behind an initial or *Dr.*; and at a semicolon or colon, behind which another thing is said."""

_SHOWN = 60
"""Characters of a sentence of ours that a problem shows."""


class Passage(NamedTuple):
    """A sentence of a source: its words of certainty, and the stems of its other words, each as heavy as it is rare in the source."""

    paragraphs: tuple[int, ...]
    marks: tuple[Mark, ...]
    stems: Mapping[str, float]

    def hedges(self) -> tuple[str, ...]:
        """The words by which it says less than a plain statement."""
        return tuple(mark.text for mark in self.marks if mark.level in HEDGES)

    def likeness(self, stems: frozenset[str]) -> float:
        """How much it has in common with a sentence of ours; a long passage has not more for its length."""
        return sum(weight for stem, weight in self.stems.items() if stem in stems) / sqrt(sum(self.stems.values()) or 1)


class Wording(NamedTuple):
    """A text of ours, the name of its place for exceptions, and the paragraphs it rests on."""

    document: Document
    place: str
    line: int
    column: int
    text: str
    basis: Mapping[Source, Iterable[int]]


class Surer(NamedTuple):
    """Where a sentence of ours is surer than its source: the words at fault, and what is wrong with them."""

    at: str
    message: str


class Sentence:
    """A sentence of ours. A hedge counts wherever it stands; what is strong, only in our own words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.run = words(text)
        self.marks = tuple(marks(self.run))
        self.own = tuple(mark for part, _ in without_quotations(text) for mark in marks(words(part)))
        self.hedges = tuple(mark for mark in self.marks if mark.level in HEDGES)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words, without those of certainty."""
        return _stems(self.run, self.marks)

    def strong(self, level: Level) -> Mark | None:
        """The first word of ours at a strong level. One of certainty does not count behind a hedge, as in *it is likely that they will*."""
        found = next((mark for mark in self.own if mark.level is level), None)
        if found and level is Level.CERTAIN and self.hedges:
            first = next(mark.start for mark in self.marks if mark.text == found.text)
            return None if self.hedges[0].start < first else found
        return found

    @property
    def quotes_strength(self) -> bool:
        """Whether it quotes a strong word, and so has its strength from the source."""
        return sum(mark.level in STRONG for mark in self.marks) > sum(mark.level in STRONG for mark in self.own)


def surer(text: str, passages: Sequence[Passage]) -> Iterator[Surer]:
    """Where a sentence of ours is surer than the passages it rests on.

    It has no hedge, and the passage most like it has one; or its only hedges say `likely`, and that passage's only `possible`;
    or it has a strong word, and no passage has one of that level.
    """
    sentence = Sentence(text)
    best = max(passage.likeness(sentence.stems) for passage in passages)
    nearest = [passage for passage in passages if passage.likeness(sentence.stems) == best]
    shown = shorten(text, _SHOWN, placeholder=" …")
    if all(passage.hedges() for passage in nearest) and not sentence.quotes_strength:
        theirs = ", ".join(f"{spans(passage.paragraphs)} says with '{passage.hedges()[0]}'" for passage in nearest)
        if not sentence.hedges:
            yield Surer(text, f"“{shown}” states plainly what {theirs}")
        elif all(mark.level is Level.LIKELY for mark in sentence.hedges) and not any(
            mark.level is Level.LIKELY for passage in passages for mark in passage.marks
        ):
            hedge = sentence.hedges[0].text
            yield Surer(hedge, f"“{shown}” says with '{hedge}' what {theirs}")
    for level in STRONG:
        strong = sentence.strong(level)
        if strong and not any(mark.level is level for passage in passages for mark in passage.marks):
            where = spans(sorted({number for passage in passages for number in passage.paragraphs}))
            yield Surer(strong.text, f"“{shown}” says '{strong.text}', and nothing in {where} is as strong")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with the place of its first character; what has fewer than three words is none."""
    start = 0
    for end, after in [*((match.start() + len(match[1] or ""), match.end()) for match in _END.finditer(text)), (len(text), len(text))]:
        if len(words(text[start:end])) > 2:
            yield start, text[start:end]
        start = after


def by_paragraph(text: SourceText) -> dict[int, list[Passage]]:
    """The sentences of a source text by paragraph; of a sentence broken over paragraphs, by each of them."""
    runs = [(numbers, words(sentence)) for numbers, passage in text for _, sentence in [*sentences(passage)] or [(0, passage)]]
    marked = [(numbers, found := tuple(marks(run)), _stems(run, found)) for numbers, run in runs]
    count = Counter(stem for _, _, stems in marked for stem in stems)
    found_in: dict[int, list[Passage]] = {}
    for numbers, found, stems in marked:
        passage = Passage(numbers, found, {stem: log(1 + len(marked) / count[stem]) for stem in sorted(stems)})
        for number in numbers:
            found_in.setdefault(number, []).append(passage)
    return found_in


def _stems(run: Sequence[str], found: Iterable[Mark]) -> frozenset[str]:
    """The stems of the words in a run that are not of certainty."""
    aside = {n for mark in found for n in range(mark.start, mark.start + mark.size)}
    return frozenset(word[:STEM] for n, word in enumerate(run) if n not in aside and len(word) >= STEM)


def wordings(documents: Documents, library: Library) -> Iterator[Wording]:
    """Every text of ours that says what paragraphs say: summaries, stances, claims, sides of disagreements, what is known of experts."""
    for answer in library.answers:
        document = documents.by_path[f"answers/{answer.question.slug}/{answer.expert.slug}.md"]
        yield _of_field(document, "summary", answer.summary, {answer.source: answer.paragraphs}, "summary")
        for n, stance in enumerate(answer.stances):
            yield _of_field(document, stance.scale.id, stance.because, {answer.source: stance.paragraphs}, "stances", n, "because")
            if stance.other:
                yield _of_field(document, stance.scale.id, stance.other.because, {answer.source: stance.other.paragraphs}, "stances", n, "or", "because")
        yield from _of_claims(document, answer.claims)
    for source, claims in grouped((claim.source, claim) for claim in library.background).items():
        yield from _of_claims(documents.by_path[f"sources/{source.slug}.md"], claims)
    for finding in library.disagreements:
        document = documents.by_path[f"disagreements/{finding.slug}.md"]
        for n, side in enumerate(finding.sides):
            basis = grouped((claim.source, number) for claim in side.claims for number in claim.paragraphs)
            yield _of_field(document, f"side {n + 1}", side.holds, basis, "sides", n, "holds")
    for expert in library.experts:
        document = documents.by_path[f"experts/{expert.slug}.md"]
        for n, known in enumerate(expert.known):
            yield _of_field(document, f"known {n + 1}", known.text, {known.source: known.paragraphs}, "known", n, "text")


def _of_field(document: Document, place: str, text: str, basis: Mapping[Source, Iterable[int]], *location: str | int) -> Wording:
    return Wording(document, place, *document.place(*location), text, basis)


def _of_claims(document: Document, claims: Iterable[Claim]) -> Iterator[Wording]:
    for claim in claims:
        for text, line in (*claim.headline.pieces, *claim.prose.pieces):
            yield Wording(document, f"#{claim.id}", line, 1, text, {claim.source: claim.paragraphs})


def check_wording(documents: Documents, library: Library, texts: Mapping[Source, SourceText]) -> Iterator[Problem]:
    """No sentence of ours is surer than the paragraphs it rests on, or its place is an exception with the reason; and no exception is idle.

    What rests on a source whose text is not among `texts` is not compared.
    """
    by_source = {source: by_paragraph(text) for source, text in texts.items()}
    compared: dict[str, dict[str, bool]] = {}
    for wording in wordings(documents, library):
        if any(source not in texts for source in wording.basis):
            continue
        found = list(_check(wording, by_source))
        places = compared.setdefault(wording.document.path, {})
        places[wording.place] = places.get(wording.place, False) or bool(found)
        if wording.place not in {place for _, place in _exceptions(wording.document)}:
            yield from found
    for document in documents.by_path.values():
        for location, place in _exceptions(document):
            if compared.get(document.path, {}).get(place) is False:
                yield warning(document.problem(f"'{place}' needs no exception any more; delete it", *location))


def _check(wording: Wording, texts: Mapping[Source, Mapping[int, Sequence[Passage]]]) -> Iterator[Problem]:
    """The problems of one text."""
    named = {id(passage): passage for source, numbers in wording.basis.items() for number in numbers for passage in texts[source].get(number, ())}
    for start, sentence in sentences(wording.text):
        line, column = located(wording.document, wording.line + wording.text.count("\n", 0, start), wording.column, words(sentence))
        for found in surer(sentence, tuple(named.values())):
            message = f"{found.message}; say it as the source does, or list '{wording.place}' under 'exceptions' with the reason"
            yield warning(wording.document.problem_at(message, *located(wording.document, line, column, words(found.at))))


def _exceptions(document: Document) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The places of a file that are excepted, each with where it says so."""
    listed = document.fields.get("exceptions", ()) if isinstance(document.fields, dict) else ()
    for n, exception in enumerate(listed):
        for m, place in enumerate(exception["places"]):
            yield ("exceptions", n, "places", m), place


def note_uncompared(library: Library, texts: Mapping[Source, SourceText]) -> list[str]:
    """What to tell of the sources whose text was not given."""
    return [f"content/sources/{source.slug}.md: wording not compared; no --source-text has its text" for source in library.sources if source not in texts]

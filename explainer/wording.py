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
from explainer.markdown import quotations
from explainer.model import Claim, Library, Source, grouped
from explainer.problems import Problem
from explainer.source_text import SourceText
from explainer.texts import located
from explainer.tokens import tokens, words

STEM = 4
"""Letters at the start of a word by which sentences are found alike; shorter words do not count."""

_END = re.compile(r"(?<!\b[^\W\d_]\.)(?<!\b[A-Z][a-z]\.)(?<=[.!?])([”’)]*)\s+(?=[“‘(]?[^\W_a-z])|[;:]\s+")
"""Where a sentence ends: not behind an initial or *Dr.*; and at a semicolon or colon, behind which another thing is said."""

_SHOWN = 60
"""Characters of a sentence of ours that a problem shows."""


class SourceSentence(NamedTuple):
    """A sentence of a source: its words of certainty, and the stems of its other words, each as heavy as it is rare in the source."""

    paragraphs: tuple[int, ...]
    marks: tuple[Mark, ...]
    stems: Mapping[str, float]

    def hedges(self) -> tuple[str, ...]:
        """The words by which it says less than a plain statement."""
        return tuple(mark.text for mark in self.marks if mark.level in HEDGES)

    def likeness(self, stems: frozenset[str]) -> float:
        """How much it has in common with a sentence of ours; a long one has not more for its length."""
        return sum(weight for stem, weight in self.stems.items() if stem in stems) / sqrt(sum(self.stems.values()) or 1)


class Wording(NamedTuple):
    """A text of ours, and the paragraphs it rests on."""

    document: Document
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
        quoted = [range(quotation.start, quotation.close) for quotation in quotations(text)]
        inside = {n for n, token in enumerate(tokens(text)) if any(token.start in span for span in quoted)}
        self.own = tuple(mark for mark in self.marks if inside.isdisjoint(range(mark.start, mark.start + mark.size)))
        self.hedges = tuple(mark for mark in self.marks if mark.level in HEDGES)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words, without those of certainty."""
        return _stems(self.run, self.marks)

    def strong(self, level: Level) -> Mark | None:
        """The first word of ours at a strong level. One of certainty does not count behind a hedge, as in *it is likely that they will*."""
        found = next((mark for mark in self.own if mark.level is level), None)
        if found and level is Level.CERTAIN and self.hedges:
            return None if self.hedges[0].start < found.start else found
        return found

    @property
    def quotes_strength(self) -> bool:
        """Whether it quotes a strong word, and so has its strength from the source."""
        return sum(mark.level in STRONG for mark in self.marks) > sum(mark.level in STRONG for mark in self.own)


def surer(text: str, source: Sequence[SourceSentence]) -> Iterator[Surer]:
    """A sentence of ours is as sure as the sentences of the source it rests on, and no surer.

    Where it is: it has no hedge, and the one most like it has one; or its only hedges say `likely`, and that one's only `possible`;
    or it has a strong word, and none has one of that level.
    """
    sentence = Sentence(text)
    best = max(said.likeness(sentence.stems) for said in source)
    nearest = [said for said in source if said.likeness(sentence.stems) == best]
    shown = shorten(text, _SHOWN, placeholder=" …")
    if all(said.hedges() for said in nearest) and not sentence.quotes_strength:
        theirs = ", ".join(f"{spans(said.paragraphs)} says with {', '.join(map(repr, dict.fromkeys(said.hedges())))}" for said in nearest)
        if not sentence.hedges:
            yield Surer(text, f"“{shown}” states plainly what {theirs}")
        elif all(mark.level is Level.LIKELY for mark in sentence.hedges) and not any(mark.level is Level.LIKELY for said in source for mark in said.marks):
            hedge = sentence.hedges[0].text
            yield Surer(hedge, f"“{shown}” says with '{hedge}' what {theirs}")
    for level in STRONG:
        strong = sentence.strong(level)
        if strong and not any(mark.level is level for said in source for mark in said.marks):
            where = spans(sorted({number for said in source for number in said.paragraphs}))
            yield Surer(strong.text, f"“{shown}” says '{strong.text}', and no word in {where} is as strong")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with the place of its first character; what has fewer than three words is none."""
    start = 0
    for end, after in [*((match.start() + len(match[1] or ""), match.end()) for match in _END.finditer(text)), (len(text), len(text))]:
        if len(words(text[start:end])) > 2:
            yield start, text[start:end]
        start = after


def by_paragraph(text: SourceText) -> dict[int, list[SourceSentence]]:
    """The sentences of a source text by paragraph; of a sentence broken over paragraphs, by each of them."""
    runs = [(numbers, words(sentence)) for numbers, written in text for _, sentence in [*sentences(written)] or [(0, written)]]
    marked = [(numbers, found := tuple(marks(run)), _stems(run, found)) for numbers, run in runs]
    count = Counter(stem for _, _, stems in marked for stem in stems)
    found_in: dict[int, list[SourceSentence]] = {}
    for numbers, found, stems in marked:
        said = SourceSentence(numbers, found, {stem: log(1 + len(marked) / count[stem]) for stem in sorted(stems)})
        for number in numbers:
            found_in.setdefault(number, []).append(said)
    return found_in


def _stems(run: Sequence[str], found: Iterable[Mark]) -> frozenset[str]:
    """The stems of the words in a run that are not of certainty."""
    aside = {n for mark in found for n in range(mark.start, mark.start + mark.size)}
    return frozenset(word[:STEM] for n, word in enumerate(run) if n not in aside and len(word) >= STEM)


def wordings(documents: Documents, library: Library) -> Iterator[Wording]:
    """Every text of ours that says what paragraphs say: summaries, stances, claims, sides of disagreements, what is known of experts."""
    for answer in library.answers:
        document = documents.by_path[f"answers/{answer.question.slug}/{answer.expert.slug}.md"]
        yield _of_field(document, answer.summary, {answer.source: answer.paragraphs}, "summary")
        for n, stance in enumerate(answer.stances):
            yield _of_field(document, stance.because, {answer.source: stance.paragraphs}, "stances", n, "because")
            if stance.other:
                yield _of_field(document, stance.other.because, {answer.source: stance.other.paragraphs}, "stances", n, "or", "because")
        yield from _of_claims(document, answer.claims)
    for source, claims in grouped((claim.source, claim) for claim in library.background).items():
        yield from _of_claims(documents.by_path[f"sources/{source.slug}.md"], claims)
    for finding in library.disagreements:
        document = documents.by_path[f"disagreements/{finding.slug}.md"]
        for n, side in enumerate(finding.sides):
            basis = grouped((claim.source, number) for claim in side.claims for number in claim.paragraphs)
            yield _of_field(document, side.holds, basis, "sides", n, "holds")
    for expert in library.experts:
        document = documents.by_path[f"experts/{expert.slug}.md"]
        for n, known in enumerate(expert.known):
            yield _of_field(document, known.text, {known.source: known.paragraphs}, "known", n, "text")


def _of_field(document: Document, text: str, basis: Mapping[Source, Iterable[int]], *location: str | int) -> Wording:
    return Wording(document, *document.place(*location), text, basis)


def _of_claims(document: Document, claims: Iterable[Claim]) -> Iterator[Wording]:
    for claim in claims:
        for text, line in (*claim.headline.pieces, *claim.prose.pieces):
            yield Wording(document, line, 1, text, {claim.source: claim.paragraphs})


def check_wording(documents: Documents, library: Library, texts: Mapping[Source, SourceText]) -> Iterator[Problem]:
    """No sentence of ours is surer than the paragraphs it rests on, or the sentence is an exception with the reason; and no exception is idle.

    What rests on a source whose text is not among `texts` is not compared.
    """
    by_source = {source: by_paragraph(text) for source, text in texts.items()}
    needed: set[tuple[str, tuple[str, ...]]] = set()
    whole: dict[str, bool] = {}
    """Of each file, whether all of it was compared."""
    for wording in wordings(documents, library):
        path = wording.document.path
        whole[path] = whole.get(path, True) and all(source in texts for source in wording.basis)
        if any(source not in texts for source in wording.basis):
            continue
        excepted = {run for _, run in _exceptions(wording.document)}
        for run, problem in _check(wording, by_source):
            needed.add((path, run))
            if run not in excepted:
                yield problem
    for document in documents.by_path.values():
        for location, run in _exceptions(document):
            if whole.get(document.path, False) and (document.path, run) not in needed:
                yield warning(document.problem("no sentence of this file needs this exception any more; delete it", *location))


def _check(wording: Wording, texts: Mapping[Source, Mapping[int, Sequence[SourceSentence]]]) -> Iterator[tuple[tuple[str, ...], Problem]]:
    """A sentence is no surer than its source, or is an exception with the reason.

    The problems of one text, each with the words of its sentence.
    """
    named = {id(said): said for source, numbers in wording.basis.items() for number in numbers for said in texts[source].get(number, ())}
    for start, sentence in sentences(wording.text):
        run = words(sentence)
        for found in surer(sentence, tuple(named.values())):
            line, column = located(wording.document, wording.line + wording.text.count("\n", 0, start), wording.column, run)
            message = f"{found.message}; say it as the source does, or list the sentence under 'exceptions' with the reason"
            yield run, warning(wording.document.problem_at(message, *located(wording.document, line, column, words(found.at))))


def _exceptions(document: Document) -> Iterator[tuple[tuple[str | int, ...], tuple[str, ...]]]:
    """The words of the sentences of a file that are excepted, each with where it says so."""
    listed = document.fields.get("exceptions", ()) if isinstance(document.fields, dict) else ()
    for n, exception in enumerate(listed):
        for m, sentence in enumerate(exception["sentences"]):
            yield ("exceptions", n, "sentences", m), words(sentence)


def note_uncompared(library: Library, texts: Mapping[Source, SourceText]) -> list[str]:
    """Wording is compared with the texts that are given; a source whose text is not among them is named."""
    return [f"content/sources/{source.slug}.md: wording not compared; no --source-text has its text" for source in library.sources if source not in texts]

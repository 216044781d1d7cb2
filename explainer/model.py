"""The nouns of an explainer, linked to one another. They know nothing of files, addresses or HTML.

Nouns are compared by identity: two claims are the same only if they are the same claim.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from explainer.fingerprint import Fingerprint
from explainer.markdown import Prose
from explainer.schema import ClaimKind, DisagreementType, Origin, RangeKind, Verdict
from explainer.tokens import words

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Range:
    """What a run of a source's paragraphs is."""

    paragraphs: tuple[int, ...]
    kind: RangeKind
    expert: str | None
    """The slug of the expert whose testimony it is."""
    question: str | None
    """The slug of the question that is asked or answered."""
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Change:
    """What was changed after publication, and why; the date is a day."""

    date: str
    claim: str | None
    """The id of the claim that was changed, which may not be there any more; None if the change concerns the whole."""
    what: str
    why: str
    removed: bool
    """Whether this change took the claim out."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """An article, what is known of it, and which of its paragraphs are what."""

    slug: str
    title: str
    short: str
    publisher: str
    address: str
    date: str
    date_basis: str
    authors: tuple[str, ...]
    convenor: str | None
    genre: str
    trust: str
    ranges: tuple[Range, ...]
    fingerprint: Fingerprint | None
    """What its quotations are held against; without it they are not verified."""
    prose: Prose
    changes: tuple[Change, ...] = ()
    """Newest first."""

    def found(self, text: str, among: Iterable[int]) -> tuple[int, ...]:
        """The paragraphs, of these, in which a text stands word for word; none if the source has no fingerprint."""
        run = words(text)
        return tuple(number for number in among if self.fingerprint and self.fingerprint.stands(run, number))

    def testimony(self, expert: str, question: str | None = None) -> tuple[int, ...]:
        """The paragraphs in which an expert answers, by slugs: one question, or any."""
        return self._testimony.get((expert, question), ())

    @cached_property
    def _testimony(self) -> dict[tuple[str, str | None], tuple[int, ...]]:
        named = ((part.expert, question, part.paragraphs) for part in self.ranges if part.kind == "testimony" for question in (part.question, None))
        by_name = grouped(((expert, question), number) for expert, question, numbers in named if expert for number in numbers)
        return {name: tuple(sorted(numbers)) for name, numbers in by_name.items()}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Known:
    """One thing that is known of an expert, and from where."""

    text: str
    source: Source
    paragraphs: tuple[int, ...]
    inferred: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expert:
    """A person who answers."""

    slug: str
    name: str
    short: str
    initials: str
    known: tuple[Known, ...]
    prose: Prose


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scale:
    """A named axis with a sentence at each step."""

    id: str
    title: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Question:
    """A prompt that was put to every expert."""

    slug: str
    title: str
    short: str
    source: Source
    paragraphs: tuple[int, ...]
    parts: tuple[str, ...]
    scales: tuple[Scale, ...]
    prose: Prose


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Theme:
    """A thread that runs across questions."""

    slug: str
    title: str
    summary: str
    prose: Prose


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claim:
    """One assertion: of an expert on a question, or, where both are None, of a source in which nobody is asked."""

    id: str
    """Unique within its answer or source."""
    source: Source
    expert: Expert | None
    question: Question | None
    kind: ClaimKind
    themes: tuple[Theme, ...]
    paragraphs: tuple[int, ...]
    condition: str | None
    whose: str | None
    headline: Prose
    prose: Prose

    @property
    def reference(self) -> str:
        """Unique within the site: `question/expert#claim`, or `source#claim`."""
        if self.question is None or self.expert is None:
            return f"{self.source.slug}#{self.id}"
        return f"{self.question.slug}/{self.expert.slug}#{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OtherStep:
    """Another step that could be defended."""

    step: int
    because: str
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stance:
    """An expert's place on a scale; steps count from 1."""

    scale: Scale
    step: int
    because: str
    paragraphs: tuple[int, ...]
    other: OtherStep | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placing:
    """An expert's place on a scale, placed a second time without sight of the stances; without a step it is silence."""

    scale: Scale
    expert: Expert
    step: int | None
    because: str
    paragraphs: tuple[int, ...]
    other: OtherStep | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LeftOut:
    """Paragraphs of an answer on which no claim rests, and why."""

    paragraphs: tuple[int, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """One expert on one question."""

    question: Question
    expert: Expert
    source: Source
    summary: str
    paragraphs: tuple[int, ...]
    stances: tuple[Stance, ...]
    claims: tuple[Claim, ...]
    left_out: tuple[LeftOut, ...]
    changes: tuple[Change, ...] = ()
    """Newest first."""

    def stance_on(self, scale: Scale) -> Stance | None:
        """The stance on a scale, or None if the answer does not address it."""
        return next((stance for stance in self.stances if stance.scale is scale), None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tension:
    """Where a background claim does not sit well with what experts say."""

    claim: Claim
    against: tuple[Claim, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Agreement:
    """An editor's finding that experts agree on something."""

    slug: str
    title: str
    claims: tuple[Claim, ...]
    caution: str | None
    inference: bool
    prose: Prose

    @property
    def experts(self) -> frozenset[Expert]:
        """Who agrees."""
        return _experts(self.claims)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Side:
    """One side of a disagreement."""

    holds: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Disagreement:
    """An editor's finding that experts part on something."""

    slug: str
    title: str
    type: DisagreementType
    sides: tuple[Side, ...]
    both_right: str
    inference: bool
    prose: Prose

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of all sides."""
        return tuple(claim for side in self.sides for claim in side.claims)

    @property
    def experts(self) -> frozenset[Expert]:
        """Who stands on a side."""
        return _experts(self.claims)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Attributed:
    """Words that a summary has in quotation marks as an expert's."""

    text: str
    paragraphs: tuple[int, ...] | None
    """Where in the experts' testimony they stand, word for word; None if the source has no fingerprint, by which they could be looked up."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """A place where a summary of experts is held against what they say themselves."""

    slug: str
    title: str
    source: Source
    overview: str
    """What the summary says of them."""
    overview_paragraphs: tuple[int, ...]
    quoted: tuple[Attributed, ...]
    experts: tuple[Expert, ...]
    holds: str
    """What they hold in their own answers."""
    paragraphs: tuple[int, ...]
    verdict: Verdict
    because: str
    claims: tuple[Claim, ...]
    prose: Prose


def _experts(claims: Iterable[Claim]) -> frozenset[Expert]:
    """Whose claims these are."""
    return frozenset(claim.expert for claim in claims if claim.expert)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Condition:
    """A condition, and the claims that were made under it; each words it in its own way."""

    id: str
    title: str
    claims: tuple[Claim, ...]
    note: str | None

    @property
    def experts(self) -> frozenset[Expert]:
        """Who says something under it."""
        return _experts(self.claims)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Term:
    """A word explained."""

    id: str
    term: str
    also: tuple[str, ...]
    meaning: str
    origin: Origin
    source: Source | None
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Event:
    """Something that happened; dates are `2019`, `2021-09` or `2024-12-14`."""

    id: str
    date: str
    until: str | None
    title: str
    text: str
    origin: Origin
    source: Source | None
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProsePage:
    """A page of prose."""

    slug: str
    title: str
    short: str
    prose: Prose


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Quoted:
    """Words in quotation marks, wherever they stand on the site; and where in which source, as far as that is known."""

    path: str
    """The file below `content/` in which they are quoted."""
    text: str
    source: Source | None
    paragraphs: tuple[int, ...]
    verified: bool
    """Whether the source's fingerprint has them, word for word, in these paragraphs."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Library:
    """All nouns of one explainer, each list in site order, and the look-ups that pages need."""

    sources: tuple[Source, ...] = ()
    experts: tuple[Expert, ...] = ()
    questions: tuple[Question, ...] = ()
    themes: tuple[Theme, ...] = ()
    answers: tuple[Answer, ...] = ()
    background: tuple[Claim, ...] = ()
    """Claims of sources in which nobody is asked."""
    tensions: tuple[Tension, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    conditions: tuple[Condition, ...] = ()
    readings: tuple[Reading, ...] = ()
    """By source, in the order of what they hold against the answers."""
    terms: tuple[Term, ...] = ()
    events: tuple[Event, ...] = ()
    pages: tuple[ProsePage, ...] = ()
    quotations: tuple[Quoted, ...] = ()
    """Everything in quotation marks, by the files in which it stands."""
    placings: tuple[Placing, ...] = ()
    """The stances placed a second time; none where they were placed once."""

    @cached_property
    def _answers(self) -> dict[tuple[Question, Expert], Answer]:
        return {(answer.question, answer.expert): answer for answer in self.answers}

    def answer(self, question: Question, expert: Expert) -> Answer | None:
        """The expert's answer to the question, or None if there is none."""
        return self._answers.get((question, expert))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The experts' claims, in site order."""
        return tuple(claim for answer in self.answers for claim in answer.claims)

    @cached_property
    def claims_by_theme(self) -> dict[Theme, list[Claim]]:
        """The claims of each theme, experts' and background, in site order."""
        return grouped((theme, claim) for claim in (*self.claims, *self.background) for theme in claim.themes)

    @cached_property
    def claims_by_source(self) -> dict[Source, list[Claim]]:
        """The claims that rest on each source, in site order."""
        return grouped((claim.source, claim) for claim in (*self.claims, *self.background))

    @cached_property
    def conditions_by_claim(self) -> dict[Claim, list[Condition]]:
        """The conditions of each claim that was made under one."""
        return grouped((claim, condition) for condition in self.conditions for claim in condition.claims)

    @cached_property
    def answers_by_expert(self) -> dict[Expert, list[Answer]]:
        """Each expert's answers, in the order of the questions."""
        return grouped((answer.expert, answer) for answer in self.answers)

    @cached_property
    def agreements_by_claim(self) -> dict[Claim, list[Agreement]]:
        """The agreements that rest on each claim."""
        return grouped((claim, agreement) for agreement in self.agreements for claim in agreement.claims)

    @cached_property
    def disagreements_by_claim(self) -> dict[Claim, list[Disagreement]]:
        """The disagreements that rest on each claim."""
        return grouped((claim, disagreement) for disagreement in self.disagreements for claim in disagreement.claims)

    @cached_property
    def readings_by_claim(self) -> dict[Claim, list[Reading]]:
        """The readings that hold a summary against each claim."""
        return grouped((claim, reading) for reading in self.readings for claim in reading.claims)

    @cached_property
    def readings_by_expert(self) -> dict[Expert, list[Reading]]:
        """The readings of each expert."""
        return grouped((expert, reading) for reading in self.readings for expert in reading.experts)

    @cached_property
    def readings_by_overview(self) -> dict[tuple[Source, tuple[int, ...]], list[Reading]]:
        """The readings of the same paragraphs of a summary."""
        return grouped(((reading.source, reading.overview_paragraphs), reading) for reading in self.readings)


def grouped(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, list[_Value]]:
    """Values by key, in the order they come, each once."""
    groups: dict[_Key, dict[_Value, None]] = {}
    for key, value in pairs:
        groups.setdefault(key, {})[value] = None
    return {key: list(values) for key, values in groups.items()}


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Rising numbers as runs, each with its first and its last: 26, 27, 28, 30 are (26, 28) and (30, 30)."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found

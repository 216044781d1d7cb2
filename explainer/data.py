"""What the site says, as data: `data/explainer.json` with its JSON Schema, and two tables. A public contract, in a fixed order."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar, Literal

from explainer import urls
from explainer.coding import coding
from explainer.coverage import Coverage, coverage
from explainer.markdown import Quotation
from explainer.model import (
    Agreement,
    Answer,
    Change,
    Claim,
    Condition,
    Disagreement,
    Expert,
    LeftOut,
    Library,
    OtherStep,
    Placing,
    Reading,
    Scale,
    Source,
    Stance,
    grouped,
)
from explainer.words import Words

SCHEMA_FILE = Path(__file__).with_name("explainer.schema.json")
"""The JSON Schema of `ExplainerData`, made from its fields and docstrings by `make docs`; making it at every build would take longer than all pages."""

_DOCSTRINGS: dict[str, Any] = {"use_attribute_docstrings": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """What all objects share."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _DOCSTRINGS

    id: str
    """Unique within its list, and stable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithUrl(Data):
    """An object with a place on the site."""

    url: str
    """Where it stands, as a path below the site's root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeData:
    """What a run of a source's paragraphs is."""

    paragraphs: tuple[int, ...]
    kind: Literal["testimony", "summary", "prompt", "background", "apparatus"]
    expert: str | None
    question: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeData:
    """What was changed after publication, and why; the date is a day."""

    date: str
    claim: str | None
    """The `id` of the claim that was changed, which `claims` has no more if it was taken out since; null if the change concerns the whole."""
    what: str
    why: str
    removed: bool
    """Whether this change took the claim out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceData(WithUrl):
    """An article, and which of its paragraphs are what."""

    title: str
    publisher: str
    address: str
    date: str
    date_basis: str
    authors: tuple[str, ...]
    convenor: str | None
    genre: str
    trust: str
    ranges: tuple[RangeData, ...]
    changes: tuple[ChangeData, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownData:
    """One thing that is known of an expert."""

    text: str
    source: str
    paragraphs: tuple[int, ...]
    inferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertData(WithUrl):
    """A person who answers."""

    name: str
    short: str
    known: tuple[KnownData, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionData(WithUrl):
    """A prompt that was put to every expert."""

    title: str
    source: str
    paragraphs: tuple[int, ...]
    parts: tuple[str, ...]
    scales: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeData(WithUrl):
    """A thread that runs across questions."""

    title: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleData(WithUrl):
    """An axis with a sentence at each step; steps count from 1."""

    question: str
    title: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutData:
    """Paragraphs on which no claim rests, and why."""

    paragraphs: tuple[int, ...]
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerData(WithUrl):
    """One expert on one question."""

    expert: str
    question: str
    source: str
    summary: str
    paragraphs: tuple[int, ...]
    claims: tuple[str, ...]
    left_out: tuple[LeftOutData, ...]
    changes: tuple[ChangeData, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationData:
    """Words of the source; `paragraph` is where they stand."""

    text: str
    paragraph: int | None
    verified: bool
    """Whether they were found there, word for word, by the source's fingerprint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedData(WithUrl):
    """Words in quotation marks, in a claim or anywhere else on the site; `paragraphs` are those in which they were found, or the one that is named."""

    text: str
    source: str | None
    paragraphs: tuple[int, ...]
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimData(WithUrl):
    """One assertion. `expert` and `question` are null for background."""

    expert: str | None
    question: str | None
    source: str
    kind: Literal["describes", "predicts", "recommends", "reports"]
    whose: str | None
    """For `reports`: whose view it is."""
    themes: tuple[str, ...]
    paragraphs: tuple[int, ...]
    condition: str | None
    """The condition under which it holds; never to be dropped where the claim is shown."""
    headline: str
    text: str
    quotations: tuple[QuotationData, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherStepData:
    """Another step that could be defended."""

    step: int
    because: str
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondData:
    """The same place as placed a second time, separately; `step` null is silence."""

    step: int | None
    because: str
    paragraphs: tuple[int, ...]
    other: OtherStepData | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceData(Data):
    """An expert's place on a scale, or the reason why there is none. Every expert has one for every scale."""

    expert: str
    question: str
    scale: str
    step: int | None
    """The step, from 1; null is silence and never a middle value."""
    reason: str | None
    """Where `step` is null: why."""
    because: str | None
    paragraphs: tuple[int, ...]
    other: OtherStepData | None
    second: SecondData | None
    """Null where the place was given only once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementData(WithUrl):
    """What experts agree on."""

    title: str
    text: str
    experts: tuple[str, ...]
    claims: tuple[str, ...]
    caution: str | None
    inference: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SideData:
    """One side of a disagreement."""

    holds: str
    experts: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementData(WithUrl):
    """What experts part on."""

    title: str
    type: Literal["contradiction", "condition", "object", "emphasis"]
    text: str
    sides: tuple[SideData, ...]
    both_right: str
    inference: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionData(WithUrl):
    """A condition, and the claims made under it, each of which words it in its own way. A claim whose condition is double may stand under two."""

    title: str
    note: str | None
    """Whether its claims mean the same by it."""
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributedData:
    """Words that a summary has in quotation marks as an expert's."""

    text: str
    paragraphs: tuple[int, ...] | None
    """Those of the expert in which they stand word for word; null if they could not be looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingData(WithUrl):
    """A place where a summary of experts is held against their own answers."""

    title: str
    experts: tuple[str, ...]
    source: str
    overview: str
    """What the summary says of them."""
    overview_paragraphs: tuple[int, ...]
    quoted: tuple[AttributedData, ...]
    """What the summary quotes as theirs."""
    holds: str
    """What they hold in their answers."""
    paragraphs: tuple[int, ...]
    claims: tuple[str, ...]
    """The claims it is held against; none, at most, for `not found`."""
    verdict: Literal["supported", "partial", "stronger", "weaker", "different", "not found", "misquoted"]
    """The summary beside the answers: `stronger` is firmer or more general than they are, `weaker` less firm."""
    because: str
    text: str
    """A note; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermData(WithUrl):
    """A word explained."""

    term: str
    also: tuple[str, ...]
    meaning: str
    origin: Literal["source", "editor"]
    source: str | None
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventData(WithUrl):
    """Something that happened; dates are a year, a month or a day."""

    date: str
    until: str | None
    title: str
    text: str
    origin: Literal["source", "editor"]
    source: str | None
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageData(Data):
    """An expert's testimony on a question in a source, and on which of its paragraphs a claim rests."""

    expert: str
    source: str
    question: str
    paragraphs: tuple[int, ...]
    """All of it."""
    covered: tuple[int, ...]
    """Those on which a claim rests."""
    left_out: tuple[LeftOutData, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainerData:
    """One explainer. Objects refer to one another by `id`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _DOCSTRINGS

    sources: tuple[SourceData, ...]
    experts: tuple[ExpertData, ...]
    questions: tuple[QuestionData, ...]
    themes: tuple[ThemeData, ...]
    scales: tuple[ScaleData, ...]
    answers: tuple[AnswerData, ...]
    claims: tuple[ClaimData, ...]
    stances: tuple[StanceData, ...]
    agreements: tuple[AgreementData, ...]
    disagreements: tuple[DisagreementData, ...]
    conditions: tuple[ConditionData, ...]
    readings: tuple[ReadingData, ...]
    """Places where a summary of an expert is held against the expert's own words."""
    terms: tuple[TermData, ...]
    events: tuple[EventData, ...]
    quotations: tuple[QuotedData, ...]
    """All quotations of the site."""
    coverage: tuple[CoverageData, ...]


def data_files(library: Library, words: Words) -> dict[str, bytes]:
    """The files below `data/` by address."""
    data = to_data(library, words)
    return {
        urls.DATA: to_json(data),
        urls.DATA_SCHEMA: SCHEMA_FILE.read_bytes(),
        urls.CLAIMS_TABLE: _table(CLAIM_COLUMNS, map(_claim_row, data.claims)),
        urls.STANCES_TABLE: _table(STANCE_COLUMNS, map(_stance_row, data.stances)),
    }


def to_json(value: object) -> bytes:
    """A dataclass or plain data as JSON: one space of indentation, fields in their order, a line feed at the end."""
    return (json.dumps(value, indent=1, ensure_ascii=False, default=_plain) + "\n").encode()


def _plain(value: Any) -> dict[str, Any]:
    """A dataclass as fields by name."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def to_data(library: Library, words: Words) -> ExplainerData:
    """The library as plain data."""
    return ExplainerData(
        sources=tuple(map(_source, library.sources)),
        experts=tuple(
            ExpertData(
                id=expert.slug,
                url=urls.expert(expert),
                name=expert.name,
                short=expert.short,
                known=tuple(
                    KnownData(text=known.text, source=known.source.slug, paragraphs=known.paragraphs, inferred=known.inferred) for known in expert.known
                ),
            )
            for expert in library.experts
        ),
        questions=tuple(
            QuestionData(
                id=question.slug,
                url=urls.question(question),
                title=question.title,
                source=question.source.slug,
                paragraphs=question.paragraphs,
                parts=question.parts,
                scales=tuple(scale.id for scale in question.scales),
            )
            for question in library.questions
        ),
        themes=tuple(ThemeData(id=theme.slug, url=urls.theme(theme), title=theme.title, summary=theme.summary) for theme in library.themes),
        scales=tuple(
            ScaleData(id=scale.id, url=urls.scale(question, scale), question=question.slug, title=scale.title, steps=scale.steps)
            for question in library.questions
            for scale in question.scales
        ),
        answers=tuple(map(_answer, library.answers)),
        claims=tuple(map(_claim, (*library.claims, *library.background))),
        stances=tuple(_stances(library, words)),
        agreements=tuple(_agreement(library, finding) for finding in library.agreements),
        disagreements=tuple(_disagreement(library, finding) for finding in library.disagreements),
        conditions=tuple(map(_condition, library.conditions)),
        readings=tuple(_reading(library, reading) for reading in library.readings),
        terms=tuple(
            TermData(
                id=term.id,
                url=urls.term(term),
                term=term.term,
                also=term.also,
                meaning=term.meaning,
                origin=term.origin,
                source=_slug(term.source),
                paragraphs=term.paragraphs,
            )
            for term in library.terms
        ),
        events=tuple(
            EventData(
                id=event.id,
                url=urls.event(event),
                date=event.date,
                until=event.until,
                title=event.title,
                text=event.text,
                origin=event.origin,
                source=_slug(event.source),
                paragraphs=event.paragraphs,
            )
            for event in library.events
        ),
        quotations=tuple(
            QuotedData(
                id=f"{path}:{n}",
                url=urls.of_content(path),
                text=quoted.text,
                source=_slug(quoted.source),
                paragraphs=quoted.paragraphs,
                verified=quoted.verified,
            )
            for path, every in grouped((quoted.path, quoted) for quoted in library.quotations).items()
            for n, quoted in enumerate(every, 1)
        ),
        coverage=tuple(map(_coverage, coverage(library))),
    )


def _slug(source: Source | None) -> str | None:
    return source.slug if source else None


def _source(source: Source) -> SourceData:
    same = {name: getattr(source, name) for name in ("title", "publisher", "address", "date", "date_basis", "authors", "convenor", "genre", "trust")}
    ranges = tuple(RangeData(paragraphs=r.paragraphs, kind=r.kind, expert=r.expert, question=r.question, note=r.note) for r in source.ranges)
    return SourceData(id=source.slug, url=urls.source(source), ranges=ranges, changes=_changes(source.slug, source.changes), **same)


def _changes(of: str, changes: Iterable[Change]) -> tuple[ChangeData, ...]:
    """The changes of an answer or a source, by its id."""
    return tuple(
        ChangeData(date=change.date, claim=f"{of}#{change.claim}" if change.claim else None, what=change.what, why=change.why, removed=change.removed)
        for change in changes
    )


def _answer(answer: Answer) -> AnswerData:
    own_id = f"{answer.question.slug}/{answer.expert.slug}"
    return AnswerData(
        id=own_id,
        url=urls.answer(answer.question, answer.expert),
        expert=answer.expert.slug,
        question=answer.question.slug,
        source=answer.source.slug,
        summary=answer.summary,
        paragraphs=answer.paragraphs,
        claims=tuple(claim.reference for claim in answer.claims),
        left_out=_left_out(answer.left_out),
        changes=_changes(own_id, answer.changes),
    )


def _left_out(nouns: Iterable[LeftOut]) -> tuple[LeftOutData, ...]:
    return tuple(LeftOutData(paragraphs=left.paragraphs, because=left.because) for left in nouns)


def _coverage(part: Coverage) -> CoverageData:
    return CoverageData(
        id=f"{part.source.slug}/{part.question.slug}/{part.expert.slug}",
        expert=part.expert.slug,
        source=part.source.slug,
        question=part.question.slug,
        paragraphs=part.paragraphs,
        covered=part.covered,
        left_out=_left_out(part.left_out),
    )


def _quotation(claim: Claim, quotation: Quotation) -> QuotationData:
    only = claim.paragraphs[0] if len(claim.paragraphs) == 1 else None
    paragraph = quotation.paragraph or only
    return QuotationData(text=quotation.text, paragraph=paragraph, verified=bool(paragraph and claim.source.found(quotation.text, [paragraph])))


def _claim(claim: Claim) -> ClaimData:
    return ClaimData(
        id=claim.reference,
        url=urls.claim(claim),
        expert=claim.expert.slug if claim.expert else None,
        question=claim.question.slug if claim.question else None,
        source=claim.source.slug,
        kind=claim.kind,
        whose=claim.whose,
        themes=tuple(theme.slug for theme in claim.themes),
        paragraphs=claim.paragraphs,
        condition=claim.condition,
        headline=claim.headline.text,
        text=claim.prose.text,
        quotations=tuple(_quotation(claim, quotation) for quotation in claim.prose.quotations),
    )


def _stances(library: Library, words: Words) -> Iterator[StanceData]:
    """A stance of every expert on every scale; silence is a stance without a step."""
    cells = coding(library).by_place
    for question in library.questions:
        for scale in question.scales:
            for expert in library.experts:
                answer = library.answer(question, expert)
                stance = answer.stance_on(scale) if answer else None
                cell = cells.get((answer, scale)) if answer else None
                yield _stance(scale, question.slug, expert, stance, words("silent" if answer else "unanswered"), cell.second if cell else None)


def _stance(scale: Scale, question: str, expert: Expert, stance: Stance | None, reason: str, second: Placing | None) -> StanceData:
    return StanceData(
        id=f"{scale.id}/{expert.slug}",
        expert=expert.slug,
        question=question,
        scale=scale.id,
        step=stance.step if stance else None,
        reason=None if stance else reason,
        because=stance.because if stance else None,
        paragraphs=stance.paragraphs if stance else (),
        other=_other(stance.other) if stance else None,
        second=_second(second) if second else None,
    )


def _second(noun: Placing) -> SecondData:
    return SecondData(step=noun.step, because=noun.because, paragraphs=noun.paragraphs, other=_other(noun.other))


def _other(noun: OtherStep | None) -> OtherStepData | None:
    return OtherStepData(step=noun.step, because=noun.because, paragraphs=noun.paragraphs) if noun else None


def _in_order(library: Library, experts: Iterable[Expert]) -> tuple[str, ...]:
    """The slugs of experts in site order."""
    wanted = set(experts)
    return tuple(expert.slug for expert in library.experts if expert in wanted)


def _agreement(library: Library, finding: Agreement) -> AgreementData:
    return AgreementData(
        id=finding.slug,
        url=urls.agreement(finding),
        title=finding.title,
        text=finding.prose.text,
        experts=_in_order(library, finding.experts),
        claims=tuple(claim.reference for claim in finding.claims),
        caution=finding.caution,
        inference=finding.inference,
    )


def _disagreement(library: Library, finding: Disagreement) -> DisagreementData:
    return DisagreementData(
        id=finding.slug,
        url=urls.disagreement(finding),
        title=finding.title,
        type=finding.type,
        text=finding.prose.text,
        sides=tuple(
            SideData(
                holds=side.holds,
                experts=_in_order(library, (claim.expert for claim in side.claims if claim.expert)),
                claims=tuple(claim.reference for claim in side.claims),
            )
            for side in finding.sides
        ),
        both_right=finding.both_right,
        inference=finding.inference,
    )


def _condition(noun: Condition) -> ConditionData:
    claims = tuple(claim.reference for claim in noun.claims)
    return ConditionData(id=noun.id, url=urls.condition(noun), title=noun.title, note=noun.note, claims=claims)


def _reading(library: Library, noun: Reading) -> ReadingData:
    same = {name: getattr(noun, name) for name in ("title", "overview", "overview_paragraphs", "holds", "paragraphs", "verdict", "because")}
    return ReadingData(
        id=noun.slug,
        url=urls.reading(noun),
        experts=_in_order(library, noun.experts),
        source=noun.source.slug,
        quoted=tuple(AttributedData(text=quoted.text, paragraphs=quoted.paragraphs) for quoted in noun.quoted),
        claims=tuple(claim.reference for claim in noun.claims),
        text=noun.prose.text,
        **same,
    )


CLAIM_COLUMNS = ("id", "expert", "question", "source", "kind", "whose", "themes", "paragraphs", "condition", "headline", "text", "url")
STANCE_COLUMNS = ("expert", "question", "scale", "step", "reason", "because", "paragraphs", "other_step", "other_because")


def _claim_row(claim: ClaimData) -> list[object]:
    return [_cell(getattr(claim, column)) for column in CLAIM_COLUMNS]


def _stance_row(stance: StanceData) -> list[object]:
    own = [_cell(getattr(stance, column)) for column in STANCE_COLUMNS[:-2]]
    return [*own, stance.other.step if stance.other else "", _cell(stance.other.because if stance.other else None)]


_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def _cell(value: object) -> object:
    """Lists are separated by spaces; nothing is an empty cell. A text that a spreadsheet would take for a formula, and run, has an apostrophe before it."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return " ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else value


def _table(columns: tuple[str, ...], rows: Iterable[list[object]]) -> bytes:
    """A table as RFC 4180 has it, in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()

"""How much of a source the claims rest on, as tables on its own page and on the method page: of each expert's testimony, and of the rest."""

from typing import NamedTuple

from explainer import urls
from explainer.coverage import Coverage, percent
from explainer.model import Source, grouped
from explainer.views.parts import ExpertLink, LeftOutView, Link, ParagraphsView, Parts


class ShareView(NamedTuple):
    """How many of how many, and in percent, rounded down."""

    number: int
    all: int
    percent: int


class AnswerCoverageView(NamedTuple):
    """An expert's testimony on one question; without an answer the link leads to the question."""

    link: Link
    share: ShareView


class ExpertCoverageView(NamedTuple):
    """An expert's testimony in a source: on all questions together, on each, and what was left out of it, with the reasons."""

    expert: ExpertLink
    share: ShareView
    answers: tuple[AnswerCoverageView, ...]
    left_out: tuple[LeftOutView, ...]


class RestView(NamedTuple):
    """Paragraphs of one kind that are no testimony, and what stands there."""

    kind: str
    paragraphs: ParagraphsView
    share: ShareView
    note: str | None
    question: Link | None


class CoverageView(NamedTuple):
    """How much of a source the claims rest on."""

    source: Link
    experts: tuple[ExpertCoverageView, ...]
    rest: tuple[RestView, ...]


def share(part: int, whole: int) -> ShareView:
    """How many of how many."""
    return ShareView(part, whole, percent(part, whole))


def share_of(covered: list[Coverage]) -> ShareView:
    """The paragraphs of several pieces of testimony on which a claim rests."""
    return share(sum(len(part.covered) for part in covered), sum(len(part.paragraphs) for part in covered))


def coverage(parts: Parts, source: Source) -> CoverageView:
    """How much of a source the claims rest on."""
    return CoverageView(
        source=parts.source(source),
        experts=tuple(
            ExpertCoverageView(
                expert=parts.expert(expert),
                share=share_of(own),
                answers=tuple(AnswerCoverageView(link=_link(part), share=share_of([part])) for part in own),
                left_out=parts.left_out(source, (left for part in own for left in part.left_out)),
            )
            for expert, own in grouped((part.expert, part) for part in parts.coverage.get(source, ())).items()
        ),
        rest=_rest(parts, source),
    )


def _link(part: Coverage) -> Link:
    return Link(text=part.question.short, url=urls.answer(part.question, part.expert) if part.answer else urls.question(part.question))


def _rest(parts: Parts, source: Source) -> tuple[RestView, ...]:
    """What is no testimony: ranges of one kind with the same note, or about the same question, together."""
    carried = {number for claim in parts.library.claims_by_source.get(source, ()) for number in claim.paragraphs}
    questions = {question.slug: question for question in parts.library.questions}
    ranges = grouped(((part.kind, part.note, part.question), part) for part in source.ranges if part.kind != "testimony")
    numbers = {key: tuple(number for part in own for number in part.paragraphs) for key, own in ranges.items()}
    return tuple(
        RestView(
            kind=kind,
            paragraphs=parts.paragraphs(source, own),
            share=share(sum(number in carried for number in own), len(own)),
            note=note,
            question=parts.question(questions[question]) if question else None,
        )
        for (kind, note, question), own in numbers.items()
    )

"""A pair's page: two experts side by side. And the page of comparisons: all pairs, agreements and disagreements."""

from collections.abc import Iterator
from typing import NamedTuple

from explainer import urls
from explainer.model import Claim, Expert, Question, Theme, grouped
from explainer.pairs import Pairs
from explainer.views.parts import (
    AgreementView,
    CellView,
    DisagreementView,
    ExpertLink,
    Link,
    Parts,
    ScaleView,
    SummaryView,
)


class PairThemeView(NamedTuple):
    """A theme with the two experts' claims."""

    theme: Link
    first: CellView
    second: CellView


class PairQuestionView(NamedTuple):
    """A question with the two experts: in a sentence, on the scales, theme by theme."""

    question: Link
    first: SummaryView
    second: SummaryView
    scales: tuple[ScaleView, ...]
    """The scales on which one of the two has a stance, with these two only."""
    shared: tuple[PairThemeView, ...]
    """Themes to which both speak."""
    single: tuple[PairThemeView, ...]
    """Themes to which one speaks."""


class PairView(NamedTuple):
    """Two experts: where they meet, where they part, question by question."""

    description: str
    first: ExpertLink
    second: ExpertLink
    agreements: tuple[AgreementView, ...]
    disagreements: tuple[DisagreementView, ...]
    questions: tuple[PairQuestionView, ...]
    sources: tuple[Link, ...]
    """Where the answers stand."""


class PairLink(NamedTuple):
    """Two experts and where they stand side by side."""

    first: ExpertLink
    second: ExpertLink
    url: str


class CompareView(NamedTuple):
    """All comparisons: the pairs that have a page, `made` of the `possible` ones, every finding, and how many readings there are."""

    pairs: tuple[PairLink, ...]
    made: int
    possible: int
    agreements: tuple[AgreementView, ...]
    disagreements: tuple[DisagreementView, ...]
    conditional: int
    """How many claims were made under a condition."""
    readings: int


def pair(parts: Parts, first: Expert, second: Expert) -> PairView:
    """Two experts side by side."""
    both = {first, second}
    return PairView(
        description=f"{first.name} · {second.name}",
        first=parts.expert(first),
        second=parts.expert(second),
        agreements=tuple(view for finding, view in parts.agreements if both <= finding.experts),
        disagreements=tuple(view for finding, view in parts.disagreements if both <= finding.experts and _apart(view, first, second)),
        questions=tuple(_question(parts, question, first, second) for question in parts.library.questions),
        sources=parts.answered_in,
    )


def _apart(view: DisagreementView, first: Expert, second: Expert) -> bool:
    """Whether the two stand on different sides."""
    slugs = [{expert.slug for expert in side.experts} for side in view.sides]
    return not any({first.slug, second.slug} <= side for side in slugs)


def _question(parts: Parts, question: Question, first: Expert, second: Expert) -> PairQuestionView:
    """A question with the two experts."""
    rows = tuple(_themes(parts, question, first, second))
    return PairQuestionView(
        question=parts.question(question),
        first=parts.summary(question, first),
        second=parts.summary(question, second),
        scales=tuple(scale for noun in question.scales if (scale := parts.scale(question, noun, (first, second))).stances),
        shared=tuple(row for row in rows if row.first.claims and row.second.claims),
        single=tuple(row for row in rows if not (row.first.claims and row.second.claims)),
    )


def _themes(parts: Parts, question: Question, first: Expert, second: Expert) -> Iterator[PairThemeView]:
    """The themes to which one of the two speaks."""
    answers = {expert: parts.library.answer(question, expert) for expert in (first, second)}
    cells: dict[tuple[Theme, Expert], list[Claim]] = grouped(
        ((theme, expert), claim) for expert, answer in answers.items() if answer for claim in answer.claims for theme in claim.themes
    )
    touched = {theme for theme, _ in cells}
    for theme in parts.library.themes:
        if theme in touched:
            views = (parts.cell(expert, cells.get((theme, expert), ()), answered=answer is not None) for expert, answer in answers.items())
            yield PairThemeView(theme=parts.theme(theme), first=next(views), second=next(views))


def pair_links(parts: Parts, pairs: Pairs) -> tuple[PairLink, ...]:
    """The pairs that have a page, as links."""
    return tuple(PairLink(first=parts.expert(first), second=parts.expert(second), url=urls.pair(first, second)) for first, second in pairs.chosen)


def compare(parts: Parts, pairs: Pairs) -> CompareView:
    """The page of comparisons."""
    return CompareView(
        pairs=pair_links(parts, pairs),
        made=len(pairs.chosen),
        possible=pairs.possible,
        agreements=tuple(view for _, view in parts.agreements),
        disagreements=tuple(view for _, view in parts.disagreements),
        conditional=len(parts.library.conditions_by_claim),
        readings=len(parts.library.readings),
    )

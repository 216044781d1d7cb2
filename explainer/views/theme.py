"""A theme's page: one theme across experts and questions. And the list of themes."""

from typing import NamedTuple

from explainer.markdown import Html
from explainer.model import Agreement, Claim, Disagreement, Expert, Question, Theme, grouped
from explainer.views.parts import AgreementView, CellView, ClaimView, DisagreementView, ExpertLink, Link, Parts


class ThemeQuestionView(NamedTuple):
    """One question's claims on the theme, with every expert."""

    question: Link
    cells: tuple[CellView, ...]


class ThemeView(NamedTuple):
    """The experts' claims on the theme by question, what they share and where they part, who is silent, and the background."""

    title: str
    description: str
    html: Html
    questions: tuple[ThemeQuestionView, ...]
    silent: tuple[ExpertLink, ...]
    agreements: tuple[AgreementView, ...]
    disagreements: tuple[DisagreementView, ...]
    background: tuple[ClaimView, ...]


class ThemeItemView(NamedTuple):
    """A theme in the list of themes: how many claims, of whom."""

    link: Link
    summary: str
    experts: tuple[ExpertLink, ...]
    number: int


class ThemesView(NamedTuple):
    """The list of themes."""

    themes: tuple[ThemeItemView, ...]


def theme(parts: Parts, noun: Theme) -> ThemeView:
    """One theme across experts and questions."""
    library = parts.library
    claims = library.claims_by_theme.get(noun, [])
    on_theme = frozenset(claims)
    cells: dict[tuple[Question, Expert], list[Claim]] = grouped(((claim.question, claim.expert), claim) for claim in claims if claim.question and claim.expert)
    asked = {question for question, _ in cells}
    speaking = {expert for _, expert in cells}
    return ThemeView(
        title=noun.title,
        description=noun.summary,
        html=noun.prose.html,
        questions=tuple(
            ThemeQuestionView(
                question=parts.question(question),
                cells=tuple(
                    parts.cell(expert, cells.get((question, expert), ()), answered=library.answer(question, expert) is not None) for expert in library.experts
                ),
            )
            for question in library.questions
            if question in asked
        ),
        silent=parts.experts(set(library.experts) - speaking),
        agreements=tuple(view for finding, view in parts.agreements if _belongs(finding, on_theme)),
        disagreements=tuple(view for finding, view in parts.disagreements if _belongs(finding, on_theme)),
        background=parts.claims(claim for claim in claims if claim.expert is None),
    )


def _belongs(finding: Agreement | Disagreement, on_theme: frozenset[Claim]) -> bool:
    """Whether a finding is about the theme: the claims of two experts that it rests on speak to it."""
    return len({claim.expert for claim in finding.claims if claim in on_theme}) > 1


def themes(parts: Parts) -> ThemesView:
    """The list of themes."""
    library = parts.library
    items = []
    for noun in library.themes:
        claims = [claim for claim in library.claims_by_theme.get(noun, []) if claim.expert]
        experts = parts.experts({claim.expert for claim in claims if claim.expert})
        items.append(ThemeItemView(link=parts.theme(noun), summary=noun.summary, experts=experts, number=len(claims)))
    return ThemesView(themes=tuple(items))

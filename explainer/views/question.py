"""A question's page: all experts on one question, side by side. And the list of questions."""

from typing import NamedTuple

from explainer import urls
from explainer.markdown import Html
from explainer.model import Claim, Expert, Question, Theme, grouped
from explainer.views.parts import AgreementView, CellView, DisagreementView, ExpertLink, Link, ParagraphsView, Parts, ScaleView, SummaryView


class ThemeRowView(NamedTuple):
    """One theme of the question, with every expert."""

    theme: Link
    cells: tuple[CellView, ...]


class QuestionView(NamedTuple):
    """The answers in a sentence, what they share, where they part, the claims by theme, the scales."""

    title: str
    description: str
    number: int
    """Its place among the questions, from 1."""
    parts: tuple[str, ...]
    html: Html
    paragraphs: ParagraphsView
    experts: tuple[ExpertLink, ...]
    summaries: tuple[SummaryView, ...]
    agreements: tuple[AgreementView, ...]
    disagreements: tuple[DisagreementView, ...]
    rows: tuple[ThemeRowView, ...]
    scales: tuple[ScaleView, ...]
    claims: int
    """How many claims the answers to it make."""
    conditional: int
    """How many of them were made under a condition."""
    sources: tuple[Link, ...]
    """Where the answers stand."""
    previous: Link | None
    next: Link | None


class QuestionItemView(NamedTuple):
    """A question in the list of questions."""

    link: Link
    parts: tuple[str, ...]
    summaries: tuple[SummaryView, ...]


class QuestionsView(NamedTuple):
    """The list of questions."""

    questions: tuple[QuestionItemView, ...]


def question(parts: Parts, noun: Question) -> QuestionView:
    """All experts on one question."""
    library = parts.library
    place = library.questions.index(noun)
    before = library.questions[place - 1] if place else None
    agreements, disagreements = parts.findings_on(noun)
    after = library.questions[place + 1] if place + 1 < len(library.questions) else None
    return QuestionView(
        title=noun.title,
        description=noun.prose.text or noun.title,
        number=place + 1,
        parts=noun.parts,
        html=noun.prose.html,
        paragraphs=parts.paragraphs(noun.source, noun.paragraphs),
        experts=parts.experts(library.experts),
        summaries=tuple(parts.summary(noun, expert) for expert in library.experts),
        agreements=agreements,
        disagreements=disagreements,
        rows=_rows(parts, noun),
        scales=tuple(parts.scale(noun, scale) for scale in noun.scales),
        claims=sum(len(answer.claims) for answer in library.answers if answer.question is noun),
        conditional=sum(1 for claim in library.conditions_by_claim if claim.question is noun),
        sources=parts.answered_in,
        previous=parts.question(before) if before else None,
        next=parts.question(after) if after else None,
    )


def _rows(parts: Parts, noun: Question) -> tuple[ThemeRowView, ...]:
    """Each theme that some answer to the question touches, with every expert's claims or silence."""
    library = parts.library
    answers = {expert: library.answer(noun, expert) for expert in library.experts}
    cells: dict[tuple[Theme, Expert], list[Claim]] = grouped(
        ((theme, expert), claim) for expert, answer in answers.items() if answer for claim in answer.claims for theme in claim.themes
    )
    touched = {theme for theme, _ in cells}
    return tuple(
        ThemeRowView(
            theme=parts.theme(theme),
            cells=tuple(parts.cell(expert, cells.get((theme, expert), ()), answered=answer is not None) for expert, answer in answers.items()),
        )
        for theme in library.themes
        if theme in touched
    )


def questions(parts: Parts) -> QuestionsView:
    """The list of questions."""
    library = parts.library
    return QuestionsView(
        questions=tuple(
            QuestionItemView(
                link=Link(text=noun.title, url=urls.question(noun)),
                parts=noun.parts,
                summaries=tuple(parts.summary(noun, expert) for expert in library.experts),
            )
            for noun in library.questions
        )
    )

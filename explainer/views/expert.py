"""An expert's page: one expert across the questions. And the list of experts."""

from typing import NamedTuple

from explainer import urls
from explainer.markdown import Html
from explainer.model import Expert, Question
from explainer.pairs import Pairs
from explainer.views.parts import (
    AgreementView,
    ClaimView,
    DisagreementView,
    ExpertLink,
    Link,
    ParagraphsView,
    Parts,
    ReadingView,
    SilenceView,
    StanceView,
    SummaryView,
)


class KnownView(NamedTuple):
    """One thing that is known of an expert."""

    text: str
    paragraphs: ParagraphsView
    inferred: bool


class ExpertAnswerView(NamedTuple):
    """An expert's answer to one question; without one, `claims` and `stances` are empty."""

    question: Link
    summary: SummaryView
    claims: tuple[ClaimView, ...]
    stances: tuple[StanceView, ...]
    silent_scales: tuple[SilenceView, ...]


class ExpertView(NamedTuple):
    """What is known of the expert, the answers, where the expert agrees and parts, what the overview says, and what no answer addresses."""

    title: str
    description: str
    expert: ExpertLink
    html: Html
    known: tuple[KnownView, ...]
    answers: tuple[ExpertAnswerView, ...]
    agreements: tuple[AgreementView, ...]
    disagreements: tuple[DisagreementView, ...]
    readings: tuple[ReadingView, ...]
    silent_themes: tuple[Link, ...]
    pairs: tuple[Link, ...]


class ExpertItemView(NamedTuple):
    """An expert in the list of experts."""

    expert: ExpertLink
    summaries: tuple[tuple[Link, SummaryView], ...]


class ExpertsView(NamedTuple):
    """The list of experts."""

    experts: tuple[ExpertItemView, ...]


def expert(parts: Parts, noun: Expert, pairs: Pairs) -> ExpertView:
    """One expert across the questions."""
    library = parts.library
    answers = library.answers_by_expert.get(noun, ())
    themes = {theme for answer in answers for claim in answer.claims for theme in claim.themes}
    own_pairs = (Link(text=next(other.name for other in pair if other is not noun), url=urls.pair(*pair)) for pair in pairs.chosen if noun in pair)
    return ExpertView(
        title=noun.name,
        description=" ".join(answer.summary for answer in answers) or noun.name,
        expert=parts.expert(noun),
        html=noun.prose.html,
        known=tuple(KnownView(text=known.text, paragraphs=parts.paragraphs(known.source, known.paragraphs), inferred=known.inferred) for known in noun.known),
        answers=tuple(_answer(parts, question, noun) for question in library.questions),
        agreements=tuple(parts.agreements_by_expert.get(noun, ())),
        disagreements=tuple(parts.disagreements_by_expert.get(noun, ())),
        readings=parts.readings(library.readings_by_expert.get(noun, ())),
        silent_themes=tuple(parts.theme(theme) for theme in library.themes if theme not in themes),
        pairs=tuple(own_pairs),
    )


def _answer(parts: Parts, question: Question, noun: Expert) -> ExpertAnswerView:
    """The expert's answer to one question, or its absence."""
    answer = parts.library.answer(question, noun)
    return ExpertAnswerView(
        question=parts.question(question),
        summary=parts.summary(question, noun),
        claims=parts.claims(answer.claims) if answer else (),
        stances=tuple(parts.stance(answer, stance) for stance in answer.stances) if answer else (),
        silent_scales=parts.silent_scales(answer) if answer else (),
    )


def experts(parts: Parts) -> ExpertsView:
    """The list of experts."""
    library = parts.library
    return ExpertsView(
        experts=tuple(
            ExpertItemView(
                expert=parts.expert(noun),
                summaries=tuple((parts.question(question), parts.summary(question, noun)) for question in library.questions),
            )
            for noun in library.experts
        )
    )

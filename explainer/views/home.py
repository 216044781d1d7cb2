"""The home page: who answers what in a sentence, where the experts meet and part, and the ways in."""

from typing import NamedTuple

from explainer.config import Config
from explainer.model import Question
from explainer.pairs import Pairs
from explainer.views.compare import PairLink, pair_links
from explainer.views.minutes import MinutesView, minutes
from explainer.views.parts import AgreementView, DisagreementView, ExpertLink, Link, Parts, SummaryView

SHOWN = 3
"""How many agreements and disagreements of a question the home page names: the first in the editor's order."""


class HomeQuestionView(NamedTuple):
    """A question with every answer in a sentence, and the first of its findings."""

    question: Link
    parts: tuple[str, ...]
    summaries: tuple[SummaryView, ...]
    agreements: tuple[AgreementView, ...]
    disagreements: tuple[DisagreementView, ...]
    findings: int
    """How many findings the question's page has."""


class HomeView(NamedTuple):
    """The matrix of experts and questions, what is shared and where it parts, the ways in."""

    title: str
    description: str
    minutes: MinutesView
    questions: tuple[HomeQuestionView, ...]
    disagreements: tuple[DisagreementView, ...]
    """Those of all questions, of which the kinds are explained."""
    experts: tuple[ExpertLink, ...]
    themes: tuple[Link, ...]
    pairs: tuple[PairLink, ...]
    sources: tuple[Link, ...]
    """Where the answers stand."""


def home(parts: Parts, config: Config, pairs: Pairs) -> HomeView:
    """The home page of a library."""
    library = parts.library
    questions = tuple(_question(parts, question) for question in library.questions)
    return HomeView(
        title=config.fields.title,
        description=config.fields.description,
        minutes=minutes(library),
        questions=questions,
        disagreements=tuple(view for question in questions for view in question.disagreements),
        experts=parts.experts(library.experts),
        themes=tuple(parts.theme(theme) for theme in library.themes),
        pairs=pair_links(parts, pairs),
        sources=parts.answered_in,
    )


def _question(parts: Parts, question: Question) -> HomeQuestionView:
    """A question, with the first of the findings on its page."""
    agreements, disagreements = parts.findings_on(question)
    return HomeQuestionView(
        question=parts.question(question),
        parts=question.parts,
        summaries=tuple(parts.summary(question, expert) for expert in parts.library.experts),
        agreements=agreements[:SHOWN],
        disagreements=disagreements[:SHOWN],
        findings=len(agreements) + len(disagreements),
    )

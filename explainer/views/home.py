"""The home page: who answers what in a sentence, where the experts meet and part, and the ways in."""

from typing import NamedTuple

from explainer.config import Config
from explainer.views.parts import AgreementView, DisagreementView, ExpertLink, Link, Parts, SummaryView


class RowView(NamedTuple):
    """One expert's answers, in the order of the questions."""

    expert: ExpertLink
    summaries: tuple[SummaryView, ...]


class HomeView(NamedTuple):
    """The matrix of experts and questions, what is shared and where it parts."""

    title: str
    description: str
    questions: tuple[Link, ...]
    rows: tuple[RowView, ...]
    agreements: tuple[AgreementView, ...]
    disagreements: tuple[DisagreementView, ...]
    themes: tuple[Link, ...]


def home(parts: Parts, config: Config) -> HomeView:
    """The home page of a library."""
    library = parts.library
    rows = (
        RowView(expert=parts.expert(expert), summaries=tuple(parts.summary(question, expert) for question in library.questions)) for expert in library.experts
    )
    return HomeView(
        title=config.fields.title,
        description=config.fields.description,
        questions=tuple(parts.question(question) for question in library.questions),
        rows=tuple(rows),
        agreements=tuple(view for _, view in parts.agreements),
        disagreements=tuple(view for _, view in parts.disagreements),
        themes=tuple(parts.theme(theme) for theme in library.themes),
    )

"""What the picture shows that stands for a page where somebody shares its address: home, a question, an expert, an answer."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from explainer.views.answer import AnswerView
from explainer.views.expert import ExpertView
from explainer.views.home import HomeView
from explainer.views.parts import ExpertLink
from explainer.views.question import QuestionView
from explainer.views.site import SiteView
from explainer.words import Words

MARKS = 13
"""The most experts whose marks a card shows."""

LETTERS = 1000
"""The most letters of a text that are looked at; fewer fit."""

SHAPES = 8
"""Marks there are; with more experts they come round again."""


class MarkView(NamedTuple):
    """An expert's mark, of shape and colour 1 to 8; without a name it stands large, for a page that is the expert's."""

    initials: str
    shape: int
    name: str


class CardView(NamedTuple):
    """All that a card shows."""

    eyebrow: str
    title: str
    text: str
    marks: tuple[MarkView, ...]
    left: int
    """How many more experts there are than marks."""
    site: str
    as_of: str

    @property
    def alt(self) -> str:
        """The card in words, for whoever does not see it."""
        return " · ".join(part for part in (self.eyebrow, *(mark.name for mark in self.marks), self.title, self.text, self.site, self.as_of) if part)


def card(view: Any, around: SiteView, words: Words) -> CardView | None:
    """The card of a page with this view; None for the kinds of pages that have none of their own."""
    eyebrow, text, left, name = "", "", 0, around.title
    marks: tuple[MarkView, ...]
    match view:
        case HomeView():
            title, text, marks, left, name = view.title, view.description, _marks(view.experts), len(view.experts) - MARKS, around.publisher
        case QuestionView():
            eyebrow, title, marks, left = words("question"), view.title, _marks(view.experts), len(view.experts) - MARKS
            text = view.description if view.description != title else ""
        case ExpertView():
            eyebrow, title, marks = words("expert"), view.title, (_mark(view.expert, ""),)
            text = "\n".join(answer.question.text for answer in view.answers if answer.summary.url)
        case AnswerView():
            eyebrow, title, marks = view.question.text, view.summary.text, (_mark(view.expert, view.expert.name),)
        case _:
            return None
    return CardView(eyebrow, title[:LETTERS], text[:LETTERS], marks, max(0, left), name, words("as_of", as_of=around.as_of))


def _marks(experts: Sequence[ExpertLink]) -> tuple[MarkView, ...]:
    """The marks of the first experts."""
    return tuple(_mark(expert, expert.short) for expert in experts[:MARKS])


def _mark(expert: ExpertLink, name: str) -> MarkView:
    return MarkView(expert.initials, (expert.number - 1) % SHAPES + 1, name)

"""The pages to look things up in: the timeline and the glossary; and pages of prose."""

from typing import NamedTuple

from explainer.markdown import Html
from explainer.model import Event, Library, ProsePage, Term
from explainer.views.parts import ParagraphsView, Parts, TermView


class EventView(NamedTuple):
    """An event; dates are as in the content, the words for them come with the page."""

    id: str
    date: str
    until: str | None
    title: str
    text: str
    origin: str
    paragraphs: ParagraphsView | None


class TimelineView(NamedTuple):
    """What happened when, in order."""

    events: tuple[EventView, ...]


class GlossaryView(NamedTuple):
    """The words, in alphabetical order."""

    terms: tuple[TermView, ...]


class ProseView(NamedTuple):
    """A page of prose."""

    title: str
    description: str
    html: Html


class EmptyView(NamedTuple):
    """A page that shows only words of the interface."""


def timeline(parts: Parts) -> TimelineView:
    """What happened when."""
    return TimelineView(events=tuple(_event(parts, noun) for noun in parts.library.events))


def _event(parts: Parts, noun: Event) -> EventView:
    paragraphs = parts.paragraphs(noun.source, noun.paragraphs) if noun.source and noun.paragraphs else None
    return EventView(id=noun.id, date=noun.date, until=noun.until, title=noun.title, text=noun.text, origin=noun.origin, paragraphs=paragraphs)


def glossary(parts: Parts) -> GlossaryView:
    """The words, in alphabetical order."""
    return GlossaryView(terms=tuple(parts.term(noun) for noun in in_order(parts.library)))


def in_order(library: Library) -> list[Term]:
    """Terms by their letters, whatever their case."""
    return sorted(library.terms, key=lambda term: (term.term.casefold(), term.id))


def prose(noun: ProsePage) -> ProseView:
    """A page of prose; its first paragraph describes it."""
    return ProseView(title=noun.title, description=noun.prose.text[:160], html=noun.prose.html)

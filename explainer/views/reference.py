"""The pages to look things up in: the timeline and the glossary; and pages of prose."""

from collections.abc import Iterator
from typing import NamedTuple

from explainer.markdown import Html
from explainer.model import Event, Library, ProsePage, Term
from explainer.views.parts import ParagraphsView, Parts, TermView

YEARS = 60
"""The longest time that the picture shows year by year; a longer one is shown by decades."""


class EventView(NamedTuple):
    """An event; dates are as in the content, the words for them come with the page."""

    id: str
    number: int
    """Its place in order, from 1: its name in the picture."""
    date: str
    until: str | None
    title: str
    text: str
    origin: str
    paragraphs: ParagraphsView | None


class PeriodView(NamedTuple):
    """A year of the picture, or a decade: what begins in it, and what goes on through it."""

    label: str
    begins: tuple[EventView, ...]
    lasts: tuple[bool, ...]
    """For each event that takes longer than a day, in order, whether it goes on in this period."""


class TimelineView(NamedTuple):
    """What happened when, in order; and the same as a picture, to scale."""

    events: tuple[EventView, ...]
    periods: tuple[PeriodView, ...]


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
    events = tuple(_event(parts, noun, number) for number, noun in enumerate(parts.library.events, 1))
    return TimelineView(events=events, periods=tuple(_periods(events)))


def _event(parts: Parts, noun: Event, number: int) -> EventView:
    paragraphs = parts.paragraphs(noun.source, noun.paragraphs) if noun.source and noun.paragraphs else None
    return EventView(id=noun.id, number=number, date=noun.date, until=noun.until, title=noun.title, text=noun.text, origin=noun.origin, paragraphs=paragraphs)


def _periods(events: tuple[EventView, ...]) -> Iterator[PeriodView]:
    """Every year, or every decade, from the first event to the last."""
    years = [(_year(event.date), _year(event.until or event.date)) for event in events]
    if not years:
        return
    first, last = min(begin for begin, _ in years), max(end for _, end in years)
    length = 1 if last - first < YEARS else 10
    for start in range(first - first % length, last + 1, length):
        end = start + length - 1
        begins = tuple(event for event, (begin, _) in zip(events, years, strict=True) if start <= begin <= end)
        lasts = tuple(begin <= end and start <= until for begin, until in years if until > begin)
        yield PeriodView(label=f"{start}" if length == 1 else f"{start}–{end}", begins=begins, lasts=lasts)


def _year(date: str) -> int:
    return int(date[:4])


def glossary(parts: Parts) -> GlossaryView:
    """The words, in alphabetical order."""
    return GlossaryView(terms=tuple(parts.term(noun) for noun in in_order(parts.library)))


def in_order(library: Library) -> list[Term]:
    """Terms by their letters, whatever their case."""
    return sorted(library.terms, key=lambda term: (term.term.casefold(), term.id))


def prose(noun: ProsePage) -> ProseView:
    """A page of prose; its first paragraph describes it."""
    return ProseView(title=noun.title, description=noun.prose.text[:160], html=noun.prose.html)

"""The page of readings: what the overview says of the experts, held against what they say themselves."""

from typing import NamedTuple, get_args

from explainer import urls
from explainer.schema import Verdict
from explainer.views.parts import Link, ParagraphsView, Parts, ReadingView, verdict_name


class CountView(NamedTuple):
    """A verdict, and how many readings have it."""

    verdict: str
    number: int


class PassageView(NamedTuple):
    """Paragraphs of an overview, with what they are held against."""

    id: str
    paragraphs: ParagraphsView
    readings: tuple[ReadingView, ...]


class ReadingsView(NamedTuple):
    """All readings, in the order of the overviews, and how many there are of each verdict."""

    sources: tuple[Link, ...]
    """Where the overviews stand."""
    counts: tuple[CountView, ...]
    passages: tuple[PassageView, ...]
    number: int
    verified: bool
    """Whether a quotation in them was found in the source."""


def readings(parts: Parts) -> ReadingsView:
    """The page of readings."""
    library = parts.library
    verdicts = [reading.verdict for reading in library.readings]
    return ReadingsView(
        sources=tuple(dict.fromkeys(parts.source(source) for source, _ in library.readings_by_overview)),
        counts=tuple(CountView(verdict_name(verdict), verdicts.count(verdict)) for verdict in get_args(Verdict)),
        passages=tuple(
            PassageView(
                id=urls.readings_of(source, numbers).partition("#")[2],
                paragraphs=parts.paragraphs(source, numbers),
                readings=parts.readings(nouns),
            )
            for (source, numbers), nouns in library.readings_by_overview.items()
        ),
        number=len(library.readings),
        verified=any(quoted.verified for quoted in library.quotations if quoted.path.startswith("readings/")),
    )

"""The picture of the timeline is to scale: every year from the first event to the last, or every decade."""

import pytest

from explainer.model import Event, Library
from explainer.views.parts import Parts
from explainer.views.reference import YEARS, PeriodView, timeline
from tests.test_citations import citations


def periods(*dates: str) -> tuple[PeriodView, ...]:
    """The periods of a timeline with these events; `2003–2008` is one that lasts."""
    events = []
    for number, date in enumerate(dates):
        start, _, end = date.partition("–")
        events.append(Event(id=f"e{number}", date=start, until=end or None, title=date, text="", origin="source", source=None, paragraphs=()))
    return timeline(Parts(Library(events=tuple(events)), citations())).periods


def test_no_events_no_picture() -> None:
    assert periods() == ()


def test_years_without_an_event_are_shown() -> None:
    years = periods("2016", "2019-02")
    assert [period.label for period in years] == ["2016", "2017", "2018", "2019"]
    assert [[event.number for event in period.begins] for period in years] == [[1], [], [], [2]]


def test_what_lasts_is_shown_in_every_year_of_it() -> None:
    years = periods("2003–2005", "2004", "2005–2006-04")
    assert [period.lasts for period in years] == [(True, False), (True, False), (True, True), (False, True)]


def test_what_begins_and_ends_in_one_year_is_a_point() -> None:
    assert periods("2024-03–2024-06")[0].lasts == ()


@pytest.mark.parametrize(("last", "label"), [(2000 + YEARS - 1, "2000"), (2000 + YEARS, "2000–2009")])
def test_a_long_time_is_shown_by_decades(last: int, label: str) -> None:
    assert periods("2000", str(last))[0].label == label


def test_decades_begin_at_round_years() -> None:
    assert next(period.label for period in periods("1894", "1953")) == "1894"
    assert [period.label for period in periods("1894", "2001")][:2] == ["1890–1899", "1900–1909"]

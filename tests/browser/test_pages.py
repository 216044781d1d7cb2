"""Every page in a real browser: quiet, accessible, whole on any screen, steady, light. On our own site, and on little ones that stretch it."""

import gzip
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.browsers import LOOKS, NARROW, WIDE, Browsers, nothing
from tests.browser.conftest import Site
from tests.browser.visits import COLOUR, EVERYTHING, LAYOUT, Errand, Visit, first_visit, path, visit
from tests.panels import PANELS

FIRST_VISIT = 60_000
"""Compressed bytes of a page and all that comes with it."""
OWN_SCRIPTS = 6_000
"""Compressed bytes of scripts, but for those of the search."""
FEW = 4
SHIFT = 0.01
"""A tenth of what is called good; whatever a reader notices is more."""

EVERY_LOOK = dict.fromkeys(LOOKS, (COLOUR,)) | {NARROW: (EVERYTHING, COLOUR), WIDE: (LAYOUT, COLOUR)}


def errands(site: Site) -> Iterator[Errand]:
    """Our own site: a page of each kind in every look, met narrow and met wide; and every other page once."""
    kinds = site.kinds
    for page in kinds:
        yield Errand(site.url + page, EVERY_LOOK)
        yield Errand(site.url + page, {WIDE: ()})
    yield from (Errand(site.url + page, {NARROW: ()}) for page in site.pages if page not in kinds)


def errands_of_panel(site: Site) -> Iterator[Errand]:
    """A little site: a page of each kind, narrow and wide. Its colours are those of our own."""
    yield from (Errand(site.url + page, {NARROW: (EVERYTHING,), WIDE: (LAYOUT,)}) for page in site.kinds)


@pytest.fixture(scope="module")
def own(browsers: Browsers, repo: Site) -> list[Visit]:
    """Visits to our own site."""
    return browsers.map(first_visit, errands(repo))


@pytest.fixture(scope="module", params=["repo", *PANELS])
def visits(request: pytest.FixtureRequest, browsers: Browsers) -> list[Visit]:
    """Visits to one of the sites."""
    if request.param == "repo":
        visits: list[Visit] = request.getfixturevalue("own")
        return visits
    return browsers.tour(visit, errands_of_panel(request.getfixturevalue("panels")[request.param]))


def told(visits: list[Visit], what: Callable[[Visit], list[str]]) -> Iterator[str]:
    """What is wrong, each with its page; of one page not more than a few, which often have one cause."""
    for each in visits:
        wrong = what(each)
        yield from (f"{path(each)} {fault}" for fault in wrong[:FEW])
        if len(wrong) > FEW:
            yield f"{path(each)} … and {len(wrong) - FEW} more"


def test_nothing_is_told_on_the_console(visits: list[Visit]) -> None:
    """Neither messages nor errors nor requests that fail."""
    nothing(told(visits, lambda visit: visit.told))


def test_nothing_is_asked_of_another_host(visits: list[Visit], served: Site) -> None:
    nothing(told(visits, lambda visit: [url for url in visit.requests if not url.startswith((served.url, "data:"))]))


def test_axe_finds_no_violation(visits: list[Visit]) -> None:
    nothing(told(visits, lambda visit: visit.faults["axe"]))


def test_no_page_scrolls_sideways(visits: list[Visit]) -> None:
    nothing(told(visits, lambda visit: visit.faults["sideways"]))


def test_no_text_is_cut_or_sticks_out(visits: list[Visit]) -> None:
    """Except in a region that scrolls and can be reached with the keyboard."""
    nothing(told(visits, lambda visit: visit.faults["cut"]))


def test_regions_that_scroll_are_reached_with_the_keyboard(visits: list[Visit]) -> None:
    nothing(told(visits, lambda visit: visit.faults["deadRegions"]))


def test_popovers_open_on_the_screen(visits: list[Visit]) -> None:
    nothing(told(visits, lambda visit: visit.faults["offScreen"]))


def test_nothing_shifts(visits: list[Visit]) -> None:
    nothing(told(visits, lambda visit: [f"shifts by {visit.shift:.3f}: {visit.moved}"] if visit.shift >= SHIFT else []))


def test_the_first_picture_waits_for_one_stylesheet(visits: list[Visit]) -> None:
    nothing(told(visits, lambda visit: visit.blocking if [urlsplit(url).path[-4:] for url in visit.blocking] != [".css"] else []))


def test_the_parser_waits_for_no_script(visits: list[Visit]) -> None:
    nothing(told(visits, lambda visit: visit.waiting_scripts))


def test_a_first_visit_is_light(own: list[Visit], repo: Site) -> None:
    """The page, and all that it asks for when it is the first; the search only comes when somebody searches."""
    nothing(told(own, lambda visit: over(FIRST_VISIT, repo, visit.requests)))


def test_scripts_are_light(own: list[Visit], repo: Site) -> None:
    nothing(told(own, lambda visit: over(OWN_SCRIPTS, repo, (url for url in visit.requests if urlsplit(url).path.endswith(".js")))))


def over(limit: int, repo: Site, urls: Iterable[str]) -> list[str]:
    """The compressed bytes of files of the site, but for those of the search, if they are over a limit."""
    ours = [repo.file(url) for url in urls if url.startswith(repo.url) and "/pagefind/" not in url]
    weight = sum(len(gzip.compress(file.read_bytes(), 9)) for file in ours)
    return [f"weighs {weight} bytes: {', '.join(file.name for file in ours)}"] if weight > limit else []

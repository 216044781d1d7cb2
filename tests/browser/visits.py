"""A first visit to a page, and everything that it shows at once, since loading a page again for each question would take the time."""

import time
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route

from tests.browser.browsers import HEIGHT, Look, Seen, new_page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


class Rules(NamedTuple):
    """What to ask axe of which part of the page."""

    where: str
    options: dict[str, Any]


TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
EVERYTHING = Rules("document", {"runOnly": TAGS, "rules": {name: {"enabled": False} for name in COLOUR_RULES}})
COLOUR = Rules("{ include: probe.samples() }", {"runOnly": {"type": "rule", "values": COLOUR_RULES}})
"""Asked of one text of each style: of all texts it takes longer than every other rule together."""
LAYOUT = Rules("document", {"runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}})
"""What depends on the width."""

FITS = ("sideways", "cut", "deadRegions", "offScreen")
"""The functions of `probe.js` that tell whether all fits; that does not depend on colours."""
FONT_TAKES = 0.15
"""Seconds; a font that came at once would never be seen to move a text."""


class Errand(NamedTuple):
    """A page, the looks in which to see it, and what to ask axe in each."""

    url: str
    looks: Mapping[Look, tuple[Rules, ...]]


class Visit(NamedTuple):
    """What a page did and showed when it came, and what is wrong with it in each look when everything is open."""

    url: str
    told: list[str]
    requests: list[str]
    shift: float
    moved: list[str]
    blocking: list[str]
    waiting_scripts: list[str]
    faults: dict[str, list[str]]


def first_visit(browser: Browser, errand: Errand) -> Visit:
    """Runs an errand with nothing in the cache."""
    with new_page(browser, next(iter(errand.looks))) as seen:
        seen.page.route("**/*.woff2", _slowly)
        return visit(seen, errand)


def visit(seen: Seen, errand: Errand) -> Visit:
    """Runs an errand."""
    page = seen.page
    seen.go_to(errand.url)
    shift, blocking, icons = seen.probe("shift"), seen.probe("blocking"), seen.probe("icons")
    seen.probe("openAll")
    if any(errand.looks.values()):
        page.evaluate(AXE)
    faults: dict[str, list[str]] = {name: [] for name in (*FITS, "axe")}
    for look, rules in errand.looks.items():
        page.set_viewport_size({"width": look.width, "height": HEIGHT})
        page.emulate_media(color_scheme=look.scheme)
        for name in FITS if look.scheme == "light" else ():
            faults[name] += (f"at {look.width}: {fault}" for fault in seen.probe(name))
        faults["axe"] += (f"at {look.width}, {look.scheme}: {fault}" for fault in _violations(page, rules))
    requests = list(dict.fromkeys([*seen.requests, *icons]))
    return Visit(errand.url, list(seen.told), requests, shift["sum"], shift["moved"], blocking["resources"], blocking["scripts"], faults)


def _violations(page: Page, rules: tuple[Rules, ...]) -> Iterator[str]:
    """What axe finds: the rule, and the element it is about."""
    for where, options in rules:
        found = page.evaluate(f"options => axe.run({where}, options).then(result => result.violations)", options | {"resultTypes": ["violations"]})
        yield from (f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"])


def _slowly(route: Route) -> None:
    time.sleep(FONT_TAKES)
    route.continue_()


def path(visit: Visit) -> str:
    """Which page."""
    return urlsplit(visit.url).path

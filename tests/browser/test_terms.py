"""A word is explained where it stands: by keyboard, by tap, without JavaScript, on any screen, on paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

PAGE = "answers/slogan/chung.html"
OPEN = ".explained:popover-open"
PLACE = """term => {
    const [open, word] = [document.querySelector('.explained:popover-open').getBoundingClientRect(), term.getBoundingClientRect()];
    const off = open.left < 0 || open.top < 0 || open.right > innerWidth || open.bottom > innerHeight;
    return {off, gap: Math.max(open.top - word.bottom, word.top - open.bottom)};
}"""
"""Whether an open explanation is off the screen, and how far above or below its word it is."""


@contextmanager
def opened(browser: Browser, url: str, *, width: int = 320, **settings: Any) -> Iterator[Page]:
    """A page as it is without JavaScript; nothing here needs any."""
    context = browser.new_context(viewport={"width": width, "height": 640}, **{"java_script_enabled": False, **settings})
    page = context.new_page()
    page.goto(url)
    try:
        yield page
    finally:
        context.close()


def test_the_keyboard_opens_and_closes(browser: Browser, site: str) -> None:
    with opened(browser, site + PAGE) as page:
        term = page.locator(".term").first
        term.focus()
        for key in ("Enter", "Space"):
            page.keyboard.press(key)
            expect(page.locator(OPEN)).to_be_visible()
            expect(page.locator(OPEN)).to_have_id(term.get_attribute("popovertarget") or "")
            page.keyboard.press("Escape")
            expect(page.locator(OPEN)).to_have_count(0)
            expect(term).to_be_focused()


def test_the_next_stop_of_the_keyboard_is_in_the_explanation(browser: Browser, site: str) -> None:
    """And after Escape it is back at the word, not at the foot of the page."""
    with opened(browser, site + PAGE) as page:
        term = page.locator(".term").first
        term.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator(f"{OPEN} a").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(OPEN)).to_have_count(0)
        expect(term).to_be_focused()


def test_a_tap_opens_and_a_tap_elsewhere_closes(browser: Browser, site: str) -> None:
    with opened(browser, site + PAGE, has_touch=True) as page:
        page.locator(".term").first.tap()
        expect(page.locator(OPEN)).to_be_visible()
        page.locator("h1").tap()
        expect(page.locator(OPEN)).to_have_count(0)


def test_no_explanation_is_seen_before_it_is_asked_for(browser: Browser, site: str) -> None:
    with opened(browser, site + PAGE) as page:
        for explained in page.locator(".explained, .explanations > h2").all():
            expect(explained).to_be_hidden()


@pytest.mark.parametrize("width", [320, 1280])
def test_explanations_open_on_the_screen(browser: Browser, site: str, width: int) -> None:
    """On a wide screen beside their word, which stays to be seen."""
    with opened(browser, site + PAGE, width=width, java_script_enabled=True) as page:
        terms = page.locator(".term:visible").all()
        assert len(terms) > 5
        for term in terms:
            term.press("Enter")
            place = term.evaluate(PLACE)
            assert not place["off"], term.inner_text()
            assert width == 320 or 0 <= place["gap"] < 20, term.inner_text()
            page.keyboard.press("Escape")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_line_breaks_between_a_word_and_what_touches_it(browser: Browser, site: str) -> None:
    """A button may move to the next line; the quotation mark before it and the comma behind it move with it."""
    with opened(browser, site + PAGE, java_script_enabled=True) as page:
        together = page.locator(".together:visible")
        assert together.count() > 5
        for width in range(320, 480, 16):
            page.set_viewport_size({"width": width, "height": 640})
            assert together.evaluate_all("all => all.filter(span => span.getClientRects().length > 1).map(span => span.textContent)") == []


def test_a_screen_reader_is_told(browser: Browser, site: str) -> None:
    """The word is a button that can be opened, and its meaning is its description."""
    with opened(browser, site + PAGE) as page:
        term = page.get_by_role("button", name="DPK").first
        expect(term).to_have_accessible_description("Democratic Party of Korea: the opposition party at the time of the text, called progressive there.")
        session = page.context.new_cdp_session(page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        button = next(node for node in nodes if node.get("name", {}).get("value") == "DPK" and node["role"]["value"] == "button")
        assert {"name": "expanded", "value": {"type": "booleanOrUndefined", "value": False}} in button["properties"]


def test_paper_has_a_list_of_the_words(browser: Browser, site: str) -> None:
    """One below the other, behind everything else."""
    with opened(browser, site + PAGE, java_script_enabled=True) as page:
        page.emulate_media(media="print")
        expect(page.locator(".explanations > h2")).to_be_visible()
        places = page.locator("main > :not(.explanations), .explained").evaluate_all("all => all.map(part => part.getBoundingClientRect().toJSON())")
        assert len(places) > 10
        for above, below in pairwise(places):
            assert above["height"] > 0
            assert above["bottom"] <= below["top"]

"""A reader searches: over http, from a folder, without scripts, and where the index is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect


@pytest.fixture
def said() -> list[str]:
    """What the browser has to complain of."""
    return []


@pytest.fixture
def page(browser: Browser, said: list[str]) -> Iterator[Page]:
    """A page that notes every message of its console, and every error."""
    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(str(error)))
        yield page


def status(page: Page, text: str) -> None:
    """Waits until the number of results is told."""
    expect(page.get_by_role("status")).to_have_text(text)


def test_from_any_page_to_a_claim(page: Page, site: str, said: list[str]) -> None:
    """With the keyboard alone: the page of search, the results, the claim at its home, marked as the target."""
    page.goto(f"{site}answers/slogan/chun.html")
    page.get_by_role("navigation").get_by_role("link", name="Search").press("Enter")
    page.wait_for_url("**/search.html")
    page.get_by_role("search").get_by_role("searchbox").press_sequentially("disarray")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=disarray")
    status(page, "2 results for “disarray”")
    expect(page.locator(".result__of", has_text="Condition · Ryan Hass")).to_be_visible()
    result = page.locator(".result", has_text="Answer · Ryan Hass")
    expect(result.locator("mark").first).to_have_text("Disarray")
    result.get_by_role("link", name="Disarray in Seoul").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/answers/slogan/hass.html#disarray")
    assert page.evaluate("document.querySelector(':target').id") == "disarray"
    assert said == []


def test_typing_searches_and_the_address_follows(page: Page, site: str, said: list[str]) -> None:
    page.goto(f"{site}search.html")
    field = page.get_by_role("searchbox", name="Words to find")
    field.press_sequentially("THAAD")
    status(page, "4 results for “THAAD”")
    assert page.url == f"{site}search.html?q=THAAD"
    expect(field).to_be_focused()
    field.fill("")
    status(page, "")
    assert page.url == f"{site}search.html"
    expect(page.locator(".result")).to_have_count(0)
    assert said == []


def test_an_address_is_a_search(page: Page, site: str) -> None:
    page.goto(f"{site}search.html?q=the%20alliance")
    expect(page.get_by_role("searchbox")).to_have_value("the alliance")
    expect(page.locator(".result__title").first).to_have_text("The alliance")


def test_more_results_follow_on_request(page: Page, site: str, said: list[str]) -> None:
    """The first of them has the focus, so that a reader without a mouse is where they begin."""
    page.goto(f"{site}search.html?q=Seoul")
    results = page.locator(".result")
    expect(results).to_have_count(10)
    page.get_by_role("button", name="More results").press("Enter")
    expect(results.nth(10)).to_be_visible()
    expect(results.nth(10).locator(".result__title a")).to_be_focused()
    assert said == []


def test_an_excerpt_does_not_run_into_the_next_claim(page: Page, site: str) -> None:
    """There a condition would be cut off that is nowhere else in the result."""
    page.goto(f"{site}search.html?q=divided+context")
    result = page.locator(".result", has_text="Three-way work may be expected to reach beyond the peninsula")
    expect(result.locator(".result__excerpt")).to_contain_text("divided")
    assert "A DPK government could reverse" not in result.locator(".result__excerpt").inner_text()


def test_nothing_found_leads_on(page: Page, site: str) -> None:
    page.goto(f"{site}search.html?q=xyzzy")
    status(page, "Nothing was found for “xyzzy”.")
    page.get_by_role("main").get_by_role("link", name="A–Z").click()
    page.wait_for_url("**/a-z.html")


@pytest.mark.parametrize("query", ["<b>x</b>", "“", "'\"&%3C", "한국", "{n}", "a" * 500])
def test_any_words_can_be_searched(query: str, page: Page, site: str, said: list[str]) -> None:
    page.goto(f"{site}search.html")
    page.get_by_role("searchbox").fill(query)
    expect(page.get_by_role("status")).to_contain_text(query)
    assert page.locator("main b").count() == 0
    assert said == []


def test_the_last_words_win(page: Page, site: str) -> None:
    """Whatever the order in which the searches end."""
    page.goto(f"{site}search.html")
    field = page.get_by_role("searchbox")
    for words in ("alliance", "Seoul", "THAAD"):
        field.fill(words)
        field.press("Enter")
    status(page, "4 results for “THAAD”")
    page.wait_for_timeout(500)
    status(page, "4 results for “THAAD”")
    expect(page.locator(".result")).to_have_count(4)


def test_from_a_folder_it_says_why_there_is_no_search(page: Page, folder: Path, said: list[str]) -> None:
    page.goto(f"{(folder / 'index.html').as_uri()}")
    page.get_by_role("navigation").get_by_role("link", name="Search").click()
    page.wait_for_url("**/search.html")
    expect(page.get_by_text("this copy was opened from a folder")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="A–Z").click()
    page.wait_for_url("**/a-z.html")
    page.get_by_role("link", name="Disarray in Seoul holds major issues back").first.click()
    page.wait_for_url("**/answers/slogan/hass.html#disarray")
    assert said == []


def test_without_scripts_it_says_so(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}search.html?q=alliance")
        assert "Searching needs JavaScript" in page.get_by_role("main").inner_text()
        assert not page.locator("#_search, #_folder, #_failed, #_nothing, #_more").evaluate_all("all => all.some(one => one.checkVisibility())")
        page.locator("noscript a").click()
        page.wait_for_url("**/a-z.html")


@pytest.mark.parametrize("lost", ["pagefind.js", "wasm.*"])
def test_a_search_that_cannot_be_loaded_says_so(lost: str, page: Page, site: str) -> None:
    page.route(f"**/pagefind/{lost}", lambda route: route.abort())
    page.goto(f"{site}search.html?q=alliance")
    expect(page.get_by_role("alert")).to_contain_text("The search could not be loaded")
    expect(page.get_by_role("searchbox")).to_have_count(0)


def test_the_program_gets_no_more_rights_than_the_page_has(page: Page, site: str, said: list[str]) -> None:
    """It runs in a worker; were it to fall back to the page, its policy would stop it, and the console would say so."""
    page.goto(f"{site}search.html?q=alliance")
    expect(page.locator(".result").first).to_be_visible()
    assert [worker.url.rpartition("/")[2] for worker in page.workers] == ["pagefind-worker.js"]
    assert said == []
    with pytest.raises(Error, match="Content Security Policy"):
        page.evaluate("new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))")

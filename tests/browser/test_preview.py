"""An editor saves, and the page shows it: at once, where it was, with what is wrong on top of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page, expect

from explainer.watch import INTERVAL, LOOKS_AT_REST
from tests.helpers import SITES, edit, make_project
from tests.saves import ANSWER, Saves, wait_until
from tests.serving import PATIENCE, Serving, free_port, serving

REST = INTERVAL * LOOKS_AT_REST
DRINKS = "content/themes/drinks.md"
SECONDS = 20
"""How long saves go on; `bench/preview.py` does the same for longer, and measures."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test if its console has anything to say but that the preview has ended or a page is missing."""
    told: list[str] = []
    with browser.new_context(viewport={"width": 1000, "height": 500}) as context:
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        yield page
    assert [text for text in told if not text.startswith(("WebSocket connection to", "Failed to load resource"))] == []


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Serving]:
    """The preview of the smallest site."""
    with serving(make_project(tmp_path / "project", SITES / "smallest")) as preview:
        yield preview


def test_whatever_is_saved_however_often_the_last_state_is_shown(browser: Browser, tmp_path: Path) -> None:
    """Edits, renames, deletions, broken and mended files, in bursts: each burst is one build at most."""
    root = make_project(tmp_path / "project")
    saves = Saves(root, Random(7))  # noqa: S311  # repeatable is what it has to be
    with serving(root) as preview, browser.new_context() as context:
        answer, extra = context.new_page(), context.new_page()
        answer.goto(preview.url + ANSWER.removeprefix("content/").replace(".md", ".html"))
        extra.goto(f"{preview.url}extra.html")
        waits, bursts = saves.run(answer, extra, SECONDS, REST)
        assert len(waits) > 3
        assert preview.begun <= bursts


def test_a_page_stays_where_it_was(page: Page, tmp_path: Path) -> None:
    """What stands above the reader grows, and what the reader looks at does not move; a part that was open is open."""
    with serving(make_project(tmp_path / "project")) as preview:
        page.goto(f"{preview.url}answers/slogan/hass.html")
        page.evaluate("document.querySelectorAll('details')[0].open = true")
        page.evaluate("document.getElementById('disarray').scrollIntoView()")
        place = "document.getElementById('disarray').getBoundingClientRect().top"
        before = page.evaluate(place)
        summary = preview.root / "content/answers/slogan/hass.md"
        text = summary.read_text(encoding="utf-8")
        first = text.index("\n## ")
        end = text.index("\n\n", text.index("\n\n", first) + 2)
        summary.write_text(text[:end] + "\n\n" + "More of the same, to no end. " * 40 + text[end:], encoding="utf-8")
        expect(page.locator("main")).to_contain_text("More of the same")
        page.wait_for_load_state()
        wait_until(page, f"before => Math.abs({place} - before) <= 1", before)
        page.wait_for_timeout(500)
        assert abs(page.evaluate(place) - before) <= 1, "the browser has put its own idea of the place in place of ours"
        assert page.evaluate("scrollY") > 300
        assert page.evaluate("document.querySelectorAll('details')[0].open")


def test_what_is_wrong_stands_on_top_of_the_last_good_page_and_goes_when_it_is_mended(page: Page, preview: Serving) -> None:
    page.goto(f"{preview.url}themes/drinks.html")
    edit(preview.root / DRINKS, "title: Drinks", "titel: Drinks")
    panel = page.locator(".panel")
    expect(panel).to_have_attribute("open", "")
    expect(panel.locator("summary")).to_contain_text("error")
    problem = panel.locator("li", has_text="titel")
    expect(problem.locator(".place")).to_have_text(f"{DRINKS}:2:1")
    expect(problem.locator(".message")).to_contain_text("unknown field 'titel'")
    expect(problem.locator(".way-out")).to_contain_text("did you mean 'title'?")
    expect(problem.locator("pre")).to_contain_text("titel: Drinks")
    assert "^" in problem.locator("pre").inner_text()
    expect(page.locator("h1")).to_have_text("Drinks")
    page.keyboard.press("Escape")
    expect(panel).not_to_have_attribute("open", "")
    page.reload()
    expect(page.locator(".panel")).to_have_attribute("open", "")
    edit(preview.root / DRINKS, "titel: Drinks", "title: Cups")
    expect(page.locator(".panel")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("Cups")


def test_on_a_phone_the_place_of_a_slip_is_in_sight(page: Page, preview: Serving) -> None:
    """When the page is loaded with the problem there already, too."""
    page.set_viewport_size({"width": 360, "height": 700})
    edit(
        preview.root / "content/answers/breakfast/ann.md",
        "Ann says so.",
        "Ann says so, and says it once more to whoever did not hear it: [so](../../themes/drink.md).",
    )
    preview.wait_for_builds(2)
    page.goto(f"{preview.url}answers/breakfast/ann.html")
    place = """() => {
      const excerpt = document.documentElement.lastElementChild.shadowRoot?.querySelector("pre");
      if (!excerpt || excerpt.scrollWidth <= excerpt.clientWidth) return false;
      const range = new Range(), caret = excerpt.textContent.indexOf("^");
      range.setStart(excerpt.firstChild, caret);
      range.setEnd(excerpt.firstChild, caret + 1);
      const { left, right } = range.getBoundingClientRect();
      return left > 0 && right < innerWidth;
    }"""
    wait_until(page, place, None)


def test_a_warning_is_told_in_a_corner(page: Page, preview: Serving) -> None:
    page.goto(preview.url)
    text = "---\ntitle: Bread\nsummary: What is eaten.\norder: 9\n---\n"
    (preview.root / "content/themes/bread.md").write_text(text, encoding="utf-8")
    panel = page.locator(".panel")
    expect(panel.locator("summary")).to_have_text("1 warning")
    expect(panel).not_to_have_attribute("open", "")
    panel.locator("summary").click()
    expect(panel.locator("li")).to_contain_text("content/themes/bread.md:")


def test_a_problem_is_shown_as_text(page: Page, preview: Serving) -> None:
    page.goto(preview.url)
    edit(preview.root / DRINKS, "title: Drinks", "<img src=x onerror=alert(1)>: Drinks")
    expect(page.locator(".panel li").first).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".panel img").count() == 0


def test_a_stylesheet_is_exchanged_without_loading_the_page(page: Page, preview: Serving) -> None:
    page.goto(preview.url)
    page.evaluate("window.same = true")
    style = preview.root / "static/style.css"
    style.write_text(style.read_text(encoding="utf-8") + "\n:root { --saved: 1; }\n", encoding="utf-8")
    wait_until(page, "() => getComputedStyle(document.documentElement).getPropertyValue('--saved') === '1'", None)
    assert page.evaluate("window.same")
    page.wait_for_function("document.querySelectorAll('link[rel=stylesheet]').length === 1")


def test_a_page_of_which_nothing_has_changed_is_left_alone(page: Page, preview: Serving) -> None:
    page.goto(f"{preview.url}glossary.html")
    page.evaluate("window.same = true")
    edit(preview.root / DRINKS, "title: Drinks", "title: Cups")
    preview.wait_for_builds(2)
    page.wait_for_timeout(300)
    assert page.evaluate("window.same")


def test_a_tab_that_lost_its_line_heals(page: Page, tmp_path: Path) -> None:
    """The preview ends, something is saved, the preview is started again."""
    root, port = make_project(tmp_path / "project", SITES / "smallest"), free_port()
    with serving(root, port=port) as preview:
        page.goto(f"{preview.url}themes/drinks.html")
        expect(page.locator("h1")).to_have_text("Drinks")
    edit(root / DRINKS, "title: Drinks", "title: Cups")
    with serving(root, port=port):
        expect(page.locator("h1")).to_have_text("Cups")


def test_a_page_that_is_deleted_and_comes_back(page: Page, preview: Serving) -> None:
    text = "---\ntitle: More\nshort: More\norder: 99\n---\nText.\n"
    path = preview.root / "content/pages/more.md"
    path.parent.mkdir(exist_ok=True)
    page.goto(f"{preview.url}more.html")
    path.write_text(text, encoding="utf-8")
    expect(page.locator("h1")).to_have_text("More")
    path.unlink()
    expect(page.locator("body.not-found")).to_have_count(1)
    path.write_text(text.replace("title: More", "title: Again"), encoding="utf-8")
    expect(page.locator("h1")).to_have_text("Again")


def test_before_there_is_a_site_a_page_waits_for_it(page: Page, tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", SITES / "smallest")
    shutil.move(root / "content", root / "away")
    with serving(root) as preview:
        page.goto(preview.url)
        expect(page.locator("h1")).to_have_text("No site yet")
        expect(page.locator(".panel")).to_contain_text("content")
        shutil.move(root / "away", root / "content")
        expect(page.locator(".masthead")).to_be_visible()
        expect(page.locator(".panel")).to_have_count(0)


def test_below_a_sub_path_everything_leads_on(page: Page, tmp_path: Path) -> None:
    with serving(make_project(tmp_path / "project", SITES / "smallest"), base_path="/repo/") as preview:
        page.goto(f"{preview.url}themes/nothing/at/all.html")
        expect(page.locator("body.not-found")).to_have_count(1)
        page.get_by_role("main").get_by_role("link", name="Home").click()
        page.get_by_role("link", name="Drinks").first.click()
        expect(page.locator("h1")).to_have_text("Drinks")
        assert page.url.startswith(preview.url)
        edit(preview.root / DRINKS, "title: Drinks", "title: Cups")
        expect(page.locator("h1")).to_have_text("Cups")


def test_paper_shows_no_problem(page: Page, preview: Serving) -> None:
    page.goto(preview.url)
    edit(preview.root / DRINKS, "title: Drinks", "titel: Drinks")
    expect(page.locator(".panel")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".panel")).to_be_hidden()

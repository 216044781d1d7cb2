"""Which experts to see: boxes that choose by the stylesheet alone, and an address that keeps the choice."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.browsers import Browsers, new_page
from tests.browser.conftest import Site


@pytest.fixture(scope="module")
def question(repo: Site) -> str:
    """The address of a question's page."""
    return repo.url + next(page for page in repo.pages if page.startswith("questions/"))


def columns(page: Page) -> list[int]:
    """How many answers stand side by side, how many columns the grid has, and how many findings there are."""
    shown = (page.locator(f"{part}:visible") for part in (".comparison__answers > li", ".grid thead th", "article.finding"))
    return [found.count() for found in shown]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_box_hides_what_is_only_of_that_expert(browsers: Browsers, question: str, scripts: bool) -> None:
    def choose(browser: Browser) -> None:
        with new_page(browser, java_script_enabled=scripts) as seen:
            page = seen.page
            page.goto(question)
            answers, themes, findings = columns(page)
            page.locator(".chooser input").first.uncheck()
            assert columns(page)[:2] == [answers - 1, themes - 1]
            for box in page.locator(".chooser input").all()[2:]:
                box.uncheck()
            chosen = columns(page)
            assert chosen[:2] == [1, 2]
            assert 0 < chosen[2] < findings
            page.locator(".chooser input:checked").uncheck()
            assert columns(page) == [answers, themes, findings], "no box ticked is no choice"

    browsers.run(choose)


def test_the_address_keeps_the_choice(browsers: Browsers, question: str) -> None:
    def share(browser: Browser) -> None:
        with new_page(browser) as seen:
            page = seen.page
            page.goto(f"{question}#_scales")
            everything = columns(page)
            for box in page.locator(".chooser input").all()[2:]:
                box.uncheck()
            two, address = columns(page), page.url
            assert urlsplit(address).query.startswith("experts=")
            assert urlsplit(address).fragment == "_scales"
            page.goto("about:blank")
            page.goto(address)
            assert columns(page) == two
            for box in page.locator(".chooser input").all()[2:]:
                box.check()
            assert urlsplit(page.url).query == ""
            page.goto(f"{question}?experts=nobody")
            assert columns(page) == everything, "an address that names nobody shows everybody"

    browsers.run(share)


def test_on_paper_the_choice_stays(browsers: Browsers, question: str) -> None:
    def paper(browser: Browser) -> None:
        with new_page(browser) as seen:
            page = seen.page
            page.goto(question)
            page.locator(".chooser input").first.uncheck()
            page.emulate_media(media="print")
            assert page.locator(".answer-card.by-1:visible, .grid .by-1:visible").count() == 0
            assert page.locator(".finding-list--disagreements ul > .by-1:visible:not(.by-2)").count() == 0

    browsers.run(paper)

"""As a reader has set the machine: colours of their own, and nothing that moves."""

from itertools import chain

from playwright.sync_api import Browser

from tests.browser.browsers import Browsers, Seen, new_page, nothing
from tests.browser.conftest import Site
from tests.browser.test_keyboard import shows_focus


def test_in_forced_colours_marks_are_seen(browsers: Browsers, panels: dict[str, Site]) -> None:
    """The shape of every expert's mark, without its letters."""

    def unseen(browser: Browser) -> list[str]:
        with new_page(browser, forced_colors="active") as seen:
            seen.go_to(f"{panels['twelve-experts'].url}experts.html")
            marks: list[str] = seen.probe("bareMarks")
            assert len(marks) > 3
            faint = []
            for mark in marks:
                clip = seen.probe("aroundMark", mark)
                with_shape = seen.page.screenshot(clip=clip)
                seen.probe("hideMark", mark)
                if seen.page.screenshot(clip=clip) == with_shape:
                    faint.append(mark)
            return faint

    nothing(browsers.run(unseen))


def test_in_forced_colours_focus_is_seen(browsers: Browsers, repo: Site) -> None:
    """On the first stops of each kind of page, and on the first in its main part."""

    def unseen(seen: Seen, page: str) -> list[str]:
        seen.go_to(repo.url + page)
        found = []
        for selector in ("nav a", "main a", "main summary", "main button", "main input"):
            stop = seen.page.locator(f"{selector}:visible").first
            if stop.count():
                stop.scroll_into_view_if_needed()
                stop.evaluate("element => element.focus({ focusVisible: true })")
                if not shows_focus(seen):
                    found.append(f"{page}: {selector}")
        return found

    nothing(chain.from_iterable(browsers.tour(unseen, repo.kinds, forced_colors="active", reduced_motion="reduce")))


def test_nothing_moves_for_those_who_want_it_still(browsers: Browsers, repo: Site) -> None:
    def moving(seen: Seen, page: str) -> list[str]:
        seen.go_to(repo.url + page)
        seen.probe("openAll")
        return [f"{page}: {name}" for name in seen.probe("moving")]

    nothing(chain.from_iterable(browsers.tour(moving, repo.kinds, reduced_motion="reduce")))

"""With the keyboard alone: to a claim's home and back, every stop seen; past the navigation; and nothing takes the focus without showing it."""

import json
from collections.abc import Callable
from itertools import chain

from playwright.sync_api import Browser

from tests.browser.browsers import NARROW, PROBE, WIDE, Browsers, Look, Seen, new_page, nothing
from tests.browser.conftest import Site

FAR = 300
"""So many times somebody presses Tab before giving up."""


def test_from_home_to_a_claim_and_back(browsers: Browsers, repo: Site) -> None:
    claims = {repo.url + claim["url"] for claim in json.loads((repo.folder / "data/explainer.json").read_text(encoding="utf-8"))["claims"]}
    homes = {claim.partition("#")[0] for claim in claims}

    def walk(browser: Browser, look: Look) -> None:
        with new_page(browser, look, reduced_motion="reduce") as seen:
            seen.page.goto(repo.url)
            follow(seen, lambda url: url.partition("#")[0] in homes)
            assert seen.page.url.partition("#")[0] in homes
            follow(seen, lambda url: url in claims and url.partition("#")[0] == seen.page.url.partition("#")[0])
            assert seen.page.url in claims
            follow(seen, lambda url: url in (repo.url, f"{repo.url}index.html"), key="Shift+Tab")
            assert seen.page.url in (repo.url, f"{repo.url}index.html")

    browsers.map(walk, (NARROW, WIDE))


def follow(seen: Seen, wanted: Callable[[str], bool], key: str = "Tab") -> None:
    """Presses Tab until a wanted link has the focus, sees each stop on the way, and follows the link."""
    seen.page.evaluate(PROBE)
    stops: list[str] = []
    for _ in range(FAR):
        seen.page.keyboard.press(key)
        stop = seen.probe("focused")
        stops.append(stop["name"])
        assert stop["inSight"], f"{stop['name']} has the focus off the screen"
        assert shows_focus(seen), f"nobody sees that {stop['name']} has the focus"
        if wanted(stop["href"]):
            seen.page.keyboard.press("Enter")
            seen.page.wait_for_url(stop["href"])
            return
    raise AssertionError(f"no such link among {stops}")


def shows_focus(seen: Seen) -> bool:
    """Whether what has the focus looks otherwise without it."""
    clip = seen.probe("aroundFocus")
    focused = seen.page.screenshot(clip=clip, animations="disabled")
    seen.probe("dropFocus")
    without = seen.page.screenshot(clip=clip, animations="disabled")
    seen.probe("takeFocus")
    return focused != without


def test_nothing_takes_the_focus_without_showing_it(browsers: Browsers, repo: Site) -> None:
    def unseen(seen: Seen, page: str) -> list[str]:
        seen.go_to(repo.url + page)
        seen.probe("openAll")
        return [f"{page}: {name}" for name in seen.probe("unseenFocus")]

    nothing(chain.from_iterable(browsers.tour(unseen, repo.kinds)))


def test_the_first_stop_leads_past_the_navigation(browsers: Browsers, repo: Site) -> None:
    def trapped(seen: Seen, page: str) -> list[str]:
        seen.go_to(repo.url + page)
        seen.page.keyboard.press("Tab")
        first = seen.probe("focused")
        seen.page.keyboard.press("Enter")
        seen.page.keyboard.press("Tab")
        second = seen.probe("focused")
        past = first["href"].endswith(f"#{seen.page.locator('main').get_attribute('id')}") and first["inSight"] and second["pastNavigation"]
        return [] if past else [f"{page}: {first['name']}, then {second['name']}"]

    nothing(chain.from_iterable(browsers.tour(trapped, repo.kinds, NARROW)))

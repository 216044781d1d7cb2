"""Real browsers: found, started, shared out among threads; and pages in them, with everything that they tell."""

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Barrier, local
from typing import Any, Literal, NamedTuple, TypeVar

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.helpers import ROOT

Item = TypeVar("Item")
Result = TypeVar("Result")

FLAGS = (
    "--no-sandbox",  # in containers there is none, and the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PROBE = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")


class Look(NamedTuple):
    """How a reader has set the screen."""

    width: int
    scheme: Literal["light", "dark"]


HEIGHT = 900
NARROW, WIDE = Look(320, "light"), Look(1280, "light")
LOOKS = tuple(Look(width, scheme) for width in (320, 1280) for scheme in ("light", "dark"))


@dataclass(slots=True)
class Seen:
    """A page in a browser, and what it did."""

    page: Page
    told: list[str] = field(default_factory=list)
    """Messages on the console, uncaught errors, requests that failed."""
    requests: list[str] = field(default_factory=list)

    def go_to(self, url: str) -> None:
        """Goes to a page; what the one before told is forgotten."""
        self.told.clear()
        self.requests.clear()
        self.page.goto(url)
        self.page.evaluate(PROBE)

    def probe(self, call: str, argument: object = None) -> Any:
        """What a function of `probe.js` finds."""
        return self.page.evaluate(f"argument => probe.{call}(argument)", argument)


def nothing(found: Iterable[str]) -> None:
    """Fails with all that was found, a line each."""
    lines = list(found)
    assert not lines, "\n".join(["", *lines])


@contextmanager
def new_page(browser: Browser, look: Look = WIDE, **settings: Any) -> Iterator[Seen]:
    """A page that has been nowhere, with nothing in its cache."""
    context = browser.new_context(viewport={"width": look.width, "height": HEIGHT}, color_scheme=look.scheme, **settings)
    page = context.new_page()
    seen = Seen(page)
    page.on("console", lambda message: seen.told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.told.append(f"uncaught: {error}"))
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("requestfailed", lambda request: seen.told.append(f"failed: {request.url}"))
    page.on("response", lambda response: seen.told.append(f"{response.status}: {response.url}") if response.status >= 400 else None)
    try:
        yield seen
    finally:
        context.close()


@cache
def executable() -> str:
    """The browser of this machine, as `tools/install-browser` finds it; a machine without one fails rather than tests nothing."""
    found = subprocess.run(["sh", str(ROOT / "tools/install-browser"), "--find"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


def launch(playwright: Playwright) -> Browser:
    """A browser."""
    return playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))


class Browsers:
    """A browser for each processor, each in a thread of its own, since what Playwright makes must stay in the thread that made it."""

    def __init__(self) -> None:
        self._number = min(os.cpu_count() or 1, 4)
        self._threads = ThreadPoolExecutor(self._number)
        self._mine = local()

    def map(self, work: Callable[[Browser, Item], Result], items: Iterable[Item]) -> list[Result]:
        """What `work` makes of each item, in their order."""
        return list(self._threads.map(lambda item: work(self._browser(), item), items))

    def tour(self, work: Callable[[Seen, Item], Result], items: Iterable[Item], look: Look = WIDE, **settings: Any) -> list[Result]:
        """What `work` makes of each item, in any order, in pages that go on from one item to the next: quicker, where what was there before does not matter."""
        waiting = list(items)

        def walk(browser: Browser, start: int) -> list[Result]:
            with new_page(browser, look, **settings) as seen:
                return [work(seen, item) for item in waiting[start :: self._number]]

        return [result for results in self.map(walk, range(self._number)) for result in results]

    def run(self, work: Callable[[Browser], Result]) -> Result:
        """What `work` makes of one browser."""
        return self._threads.submit(lambda: work(self._browser())).result()

    def _browser(self) -> Browser:
        """This thread's browser."""
        if not hasattr(self._mine, "browser"):
            self._mine.playwright = sync_playwright().start()
            self._mine.browser = launch(self._mine.playwright)
        browser: Browser = self._mine.browser
        return browser

    def close(self) -> None:
        """Ends every browser, in its own thread."""
        together = Barrier(self._number)  # so that each thread takes one of the tasks

        def end(_: int) -> None:
            together.wait()
            if hasattr(self._mine, "browser"):
                playwright: Playwright = self._mine.playwright
                self._mine.browser.close()
                playwright.stop()

        list(self._threads.map(end, range(self._number)))
        self._threads.shutdown()

"""Without what a modern reader may lack: scripts, a server, a screen."""

import re
import unicodedata
from itertools import chain, starmap
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser
from pypdfium2 import PdfDocument

from tests.browser.browsers import PROBE, Browsers, Seen, new_page, nothing
from tests.browser.conftest import Site


def test_without_scripts_every_text_is_there(browsers: Browsers, repo: Site) -> None:
    """The same texts as with them; but for a page that is nothing without them and says so, as the search."""

    def texts(seen: Seen, page: str) -> tuple[str, list[str]]:
        seen.go_to(repo.url + page)
        return page, [] if seen.probe("saysSo") else seen.probe("texts")

    scripted, plain = (dict(browsers.tour(texts, repo.pages, java_script_enabled=enabled)) for enabled in (True, False))
    nothing(f"{page}: {text}" for page in repo.pages for text in set(scripted[page]).symmetric_difference(plain[page]))


def test_without_scripts_every_text_is_reached(browsers: Browsers, repo: Site) -> None:
    """On the screen, once everything is open that opens without a script, or on paper; and the first of it does open at a click."""

    def unreached(seen: Seen, page: str) -> list[str]:
        seen.go_to(repo.url + page)
        closed = seen.page.locator("main details:not([open]) > summary:visible")
        before = closed.count()
        if before:
            closed.first.click()
        stuck = ["a summary opens nothing"] if before and not seen.page.locator("main details[open]").count() else []
        seen.probe("openAll")
        unreached = [] if seen.probe("saysSo") else seen.probe("unreachable")
        if unreached:
            seen.page.emulate_media(media="print")
            unreached = [text for text in unreached if text in seen.probe("unreachable")]
            seen.page.emulate_media(media="screen")
        return [f"{page}: {text}" for text in [*stuck, *unreached]]

    nothing(chain.from_iterable(browsers.tour(unreached, repo.pages, java_script_enabled=False)))


def test_from_a_folder_every_page_opens(browsers: Browsers, folder: Path) -> None:
    """Quietly, with its stylesheet, and with links that lead to files; but for the page that only a server shows."""

    def wrong(seen: Seen, page: Path) -> list[str]:
        seen.go_to(page.as_uri())
        gone = [url for url in seen.probe("links") if url.startswith("file:") and not Path(unquote(urlsplit(url).path)).is_file()]
        bare = [] if seen.probe("dressed") else ["no stylesheet"]
        return [f"{page.relative_to(folder)}: {each}" for each in [*seen.told, *gone, *bare]]

    pages = [page for page in sorted(folder.rglob("*.html")) if page.name != "404.html" and "pagefind" not in page.parts]
    nothing(chain.from_iterable(browsers.tour(wrong, pages)))


def test_a_miss_is_answered_at_any_depth(browsers: Browsers, repo: Site) -> None:
    def miss(browser: Browser) -> None:
        with new_page(browser) as seen:
            missed = f"{repo.url}questions/deep/down/nothing.html"
            answer = seen.page.goto(missed)
            assert answer is not None
            assert answer.status == 404
            assert [told for told in seen.told if missed not in told and "404" not in told] == []
            assert {request for request in seen.requests if request != missed and not repo.file(request).is_file()} == set()
            seen.page.evaluate(PROBE)
            assert seen.probe("dressed")
            seen.page.locator("main a").first.click()
            assert repo.file(seen.page.url).is_file()

    browsers.run(miss)


def test_on_paper_every_text_is_there(browsers: Browsers, repo: Site) -> None:
    """What the screen shows when all is open stands in the print of the page as it comes, with all closed; `screen-only` is for what has no use on paper."""

    def print_out(seen: Seen, page: str) -> tuple[str, list[str], bytes]:
        seen.go_to(repo.url + page)
        shown = seen.probe("shownTexts")
        seen.page.reload()
        return page, shown, seen.page.pdf(format="A4")

    def missing(page: str, shown: list[str], pdf: bytes) -> list[str]:
        printed = squeezed("".join(sheet.get_textpage().get_text_bounded() for sheet in PdfDocument(pdf)))
        return [f"{page}: {text}" for text in shown if not stands_in(squeezed(text), printed)]

    nothing(chain.from_iterable(starmap(missing, browsers.tour(print_out, repo.kinds))))


def squeezed(text: str) -> str:
    """A text without what print may change or set apart: spaces, hyphens, marks, ligatures, case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def stands_in(text: str, printed: str) -> bool:
    """Whether a text was printed, in one piece or, over the end of a page, in two."""
    return text in printed or any(text[:at] in printed and text[at:] in printed for at in range(1, len(text)))


def test_on_paper_addresses_are_shown(browsers: Browsers, repo: Site) -> None:
    """That of the page, and those to which it leads beyond the site."""

    def print_out(browser: Browser) -> None:
        page = next(page for page in repo.pages if page.startswith("sources/"))
        with new_page(browser) as seen:
            seen.go_to(repo.url + page)
            beyond = seen.page.locator("main a[rel=external]").last.get_attribute("href")
            printed = squeezed("".join(sheet.get_textpage().get_text_bounded() for sheet in PdfDocument(seen.page.pdf(format="A4"))))
            assert beyond
            assert printed.count(squeezed(beyond)) == 2, "once where it is told, once where it leads"
            assert squeezed(repo.url + page) in printed

    browsers.run(print_out)


def test_on_paper_every_page_says_when_its_sources_speak(browsers: Browsers, repo: Site) -> None:
    """And that nothing has been updated since."""

    def missing(seen: Seen, page: str) -> list[str]:
        seen.go_to(repo.url + page)
        said = [seen.page.locator(place).inner_text() for place in (".masthead__as-of", ".footer > p:first-child")]
        printed = squeezed("".join(sheet.get_textpage().get_text_bounded() for sheet in PdfDocument(seen.page.pdf(format="A4"))))
        return [f"{page}: {text}" for text in said if not text or squeezed(text) not in printed]

    nothing(chain.from_iterable(browsers.tour(missing, repo.kinds)))


def test_a_question_compares_on_one_sheet(browsers: Browsers, repo: Site) -> None:
    """The first sheet holds every answer and finding at a glance; the second begins with the scales."""

    def sheets(seen: Seen, page: str) -> list[str]:
        seen.go_to(repo.url + page)
        scales = squeezed(seen.page.locator("#_scales").inner_text())
        second = squeezed(PdfDocument(seen.page.pdf(format="A4", prefer_css_page_size=True))[1].get_textpage().get_text_bounded())
        return [] if second.startswith(scales) else [f"{page}: the second sheet begins with {second[:60]}"]

    nothing(chain.from_iterable(browsers.tour(sheets, [page for page in repo.pages if page.startswith("questions/")])))

"""Every page says when its sources speak, and that nothing has been updated since: on the screen, on paper, and where a page is missed."""

import re
from html import unescape
from pathlib import Path

import pytest

from explainer.config import read_config
from explainer.problems import ContentError
from tests.helpers import ROOT, SITES, built, edit

HIDDEN = re.compile(r'screen-only|paper-only|visually-hidden|class="skip|\bhidden\b')
"""What would keep words from some readers."""


def said(page: str, start: str, end: str) -> tuple[str, str]:
    """A part of a page that is the same on every page: as written, and as read."""
    (part,) = re.findall(f"{start}.*?{end}", page, re.DOTALL)
    return part, " ".join(unescape(re.sub(r"<[^>]+>", " ", part)).split())


def hold(site: dict[str, bytes], as_of: str, note: str) -> None:
    """Every page says both, as the first thing after the title of the site, and as the first of what is at its end."""
    pages = {url: data.decode() for url, data in site.items() if url.endswith(".html")}
    assert "404.html" in pages
    for url, page in pages.items():
        for start, words in (('<p class="masthead__as-of"', f"As of {as_of}"), ('<footer class="footer"', note)):
            written, read = said(page, start, "</p>")
            assert (read, HIDDEN.search(written)) == (words, None), url


@pytest.mark.parametrize(("site", "root"), [("real", ROOT), ("panel", SITES / "other-panel")])
def test_every_page_says_it(site: str, root: Path, request: pytest.FixtureRequest) -> None:
    fields = read_config(root).fields
    assert "updated since" in fields.as_of_note
    hold(request.getfixturevalue(site), fields.as_of, fields.as_of_note)


def test_a_site_that_knows_its_address_says_it_too(smallest: Path) -> None:
    """Its pages have more in their head and their foot, and its page for misses has other links."""
    hold(built(smallest, "https://example.org/x/"), "a Tuesday", "They spoke on a Tuesday.")


def test_without_it_there_is_no_site(smallest: Path) -> None:
    for name, line in (("as_of", "as_of: a Tuesday\n"), ("as_of_note", "as_of_note: They spoke on a Tuesday.\n")):
        edit(smallest / "site.yaml", line, "")
        with pytest.raises(ContentError, match=f"'{name}' is missing"):
            read_config(smallest)
        (smallest / "site.yaml").write_text((SITES / "smallest/site.yaml").read_text(encoding="utf-8"), encoding="utf-8")

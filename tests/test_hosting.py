"""What a host and its crawlers look for; and whole addresses where one is known."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.helpers import built, command
from tests.outline import outline

BASE = "https://example.org/a&b"


@pytest.fixture
def based(smallest: Path) -> dict[str, bytes]:
    """A site that knows where it will stand."""
    return built(smallest, BASE)


def test_github_pages_drops_no_file(real: dict[str, bytes]) -> None:
    assert real[".nojekyll"] == b""


def test_a_site_that_knows_no_address_names_none(real: dict[str, bytes]) -> None:
    assert not {"sitemap.xml", "robots.txt"} & set(real)
    assert b'rel="canonical"' not in real["index.html"]


def test_the_sitemap_lists_every_page_but_the_one_for_misses(based: dict[str, bytes]) -> None:
    listed = {element.text for element in ElementTree.fromstring(based["sitemap.xml"]).iter() if element.tag.endswith("loc")}  # noqa: S314  # our own XML
    pages = {url for url in based if url.endswith(".html")} - {"404.html", "index.html"}
    assert listed == {f"{BASE}/{url}" for url in pages} | {f"{BASE}/"}
    assert f"Sitemap: {BASE}/sitemap.xml".encode() in based["robots.txt"]


def test_pages_name_their_whole_address(based: dict[str, bytes]) -> None:
    assert b'<link rel="canonical" href="https://example.org/a&amp;b/experts/ann.html">' in based["experts/ann.html"]


def test_the_page_for_misses_works_at_any_depth(based: dict[str, bytes]) -> None:
    """A host shows it at the address that was missed, where a relative link would lead astray."""
    page = based["404.html"].decode()
    assert f"]({BASE}/index.html)" in outline(page)
    assert 'href="static/' not in page
    assert 'rel="canonical"' not in page


def test_all_other_links_stay_relative(based: dict[str, bytes]) -> None:
    """One output works at a domain's root, below a path, and opened from a folder."""
    for url, page in based.items():
        if url.endswith(".html") and url != "404.html":
            assert f"]({BASE}" not in outline(page.decode()), url
            assert b'="/' not in page, url


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "javascript:alert(1)"])
def test_an_address_that_is_none_is_told_as_what_was_typed(smallest: Path, address: str) -> None:
    """Its place is the command line, which is then wrong, and not `site.yaml`, which is not."""
    done = command("check", "--root", smallest, "--base-url", address)
    assert done.returncode == 2
    assert address in done.stderr
    assert "site.yaml" not in done.stderr

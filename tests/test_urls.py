"""One module knows every address, and how to write it as seen from a page."""

import pytest

from explainer import urls


@pytest.mark.parametrize(
    ("target", "page", "written"),
    [
        ("experts/ada.html", "themes/jobs.html", "../experts/ada.html"),
        ("experts/ada.html", "index.html", "experts/ada.html"),
        ("index.html", "answers/q/ada.html", "../../index.html"),
        ("answers/q/ben.html", "answers/q/ada.html", "ben.html"),
        ("answers/q/ben.html#tea", "answers/q/ada.html", "ben.html#tea"),
        ("answers/q/ada.html#tea", "answers/q/ada.html", "#tea"),
        ("answers/q/ada.html", "answers/q/ada.html", "ada.html"),
        ("static/style.12345678.css", "compare/a-and-b.html", "../static/style.12345678.css"),
        ("compare.html#x", "compare/a-and-b.html", "../compare.html#x"),
    ],
)
def test_an_address_as_seen_from_a_page(target: str, page: str, written: str) -> None:
    """So that the site works at a root, below a path, and opened from a folder."""
    assert urls.relative(target, page) == written


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("experts/ada.md", "experts/ada.html"),
        ("answers/q/ada.md#tea", "answers/q/ada.html#tea"),
        ("pages/about.md", "about.html"),
        ("pages/about.md#how", "about.html#how"),
        ("glossary.yaml#tea", "glossary.html#tea"),
        ("timeline.yaml", "timeline.html"),
        ("second-placing.yaml#_placing", "method.html#_placing"),
        ("conditions.yaml#dpk", "conditions.html#dpk"),
        ("agreements/hot.md", "compare.html#hot"),
        ("disagreements/cup.md#why", "compare.html#cup"),
        ("readings/hot.md", "readings.html#hot"),
    ],
)
def test_what_a_file_of_the_content_becomes(path: str, address: str) -> None:
    assert urls.of_content(path) == address


def test_pages_are_flat_files(real: dict[str, bytes]) -> None:
    """The addresses that other sites link to; they are a contract."""
    lists = (
        "index",
        "questions",
        "experts",
        "themes",
        "compare",
        "conditions",
        "readings",
        "sources",
        "timeline",
        "glossary",
        "a-z",
        "changes",
        "search",
        "about",
        "method",
        "404",
    )
    assert {f"{name}.html" for name in lists} <= set(real)
    folders = {url.split("/")[0] for url in real if url.endswith(".html") and "/" in url}
    assert folders == {"questions", "answers", "experts", "compare", "themes", "sources"}
    assert all(url.count("/") == (2 if url.startswith("answers/") else 1) for url in real if url.endswith(".html") and "/" in url)


def test_pairs_are_in_site_order(panel: dict[str, bytes]) -> None:
    order = ("quill", "marsh", "farrow", "ostler")
    pairs = {f"compare/{first}-and-{second}.html" for n, first in enumerate(order) for second in order[n + 1 :]}
    assert {url for url in panel if url.startswith("compare/")} == pairs

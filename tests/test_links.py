"""No page links to nothing, and no two files share an address."""

from pathlib import Path

import pytest

from explainer.links import check_addresses, check_links
from explainer.memory import Memory

PAGE = "templates/page.html"


def told(pages: dict[str, str], *others: str, root: Path, base_url: str = "") -> list[str]:
    """What is wrong with the links of these pages."""
    return [
        f"{problem.path}:{problem.line}: {problem.message}"
        for problem in check_links(pages, others, dict.fromkeys(pages, "page.html"), root, base_url, Memory())
    ]


@pytest.mark.parametrize(
    "link",
    [
        'href="b.html"',
        'href="../index.html"',
        'href="../index.html#top"',
        'href="#here"',
        'href="b.html?q=1#there"',
        "href='b.html'",
        "href=b.html",
        'src="../static/a.css"',
        'href="../"',
        'href="https://elsewhere.example/"',
        'href="mailto:ann@talk.example"',
        'href="b%2Ehtml"',
        'HREF="b.html"',
        'action="b.html"',
    ],
)
def test_a_link_that_leads_somewhere_is_no_problem(link: str, tmp_path: Path) -> None:
    pages = {"index.html": '<p id="top">', "x/a.html": f'<p id="here"><a {link}>x</a>', "x/b.html": '<p id="there">'}
    assert told(pages, "static/a.css", root=tmp_path) == []


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ('href="c.html"', "where there is nothing; did you mean 'x/b.html'?"),
        ('action="c.html"', "where there is nothing; did you mean 'x/b.html'?"),
        ('href="x/b.html"', "where there is nothing"),
        ('src="../static/b.css"', "did you mean 'static/a.css'?"),
        ('href="#nowhere"', "no place 'nowhere'"),
        ('href="b.html#ther"', "no place 'ther'; did you mean 'there'?"),
        ('href="/x/b.html"', "leave a site"),
        ('href="//elsewhere.example/"', "leave a site"),
        ('href="javascript:alert(1)"', "of a kind that is not used here"),
        ('href="../../index.html"', "where there is nothing"),
        ("href=c.html", "where there is nothing"),
    ],
)
def test_a_link_that_leads_nowhere_is_told(link: str, words: str, tmp_path: Path) -> None:
    pages = {"index.html": '<p id="top">', "x/a.html": f'<p id="here"><a {link}>x</a>', "x/b.html": '<p id="there">'}
    (problem,) = told(pages, "static/a.css", root=tmp_path)
    assert words in problem
    assert "x/a.html" in problem


def test_an_id_that_stands_twice_is_told(tmp_path: Path) -> None:
    (problem,) = told({"index.html": '<p id="a"><p id="b"><p id="a">'}, root=tmp_path)
    assert "two elements with the id 'a'" in problem


def test_a_broken_link_of_a_template_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / PAGE).write_text('<main>\n<a href="nothing.html">', encoding="utf-8")
    (problem,) = told({"index.html": '<a href="nothing.html">'}, root=tmp_path)
    assert problem.startswith(f"{PAGE}:2: ")


def test_links_with_the_sites_whole_address_are_checked_too(tmp_path: Path) -> None:
    base = "https://example.org/path/"
    pages = {"404.html": f'<a href="{base}index.html"><a href="{base}">x</a>', "index.html": ""}
    assert told(pages, root=tmp_path, base_url=base) == []
    assert told({**pages, "404.html": f'<a href="{base}nothing.html">'}, root=tmp_path, base_url=base)


@pytest.mark.parametrize(("one", "other"), [("experts/ann.html", "experts/Ann.html"), ("é.html", "e\u0301.html"), ("ß.html", "SS.html")])
def test_addresses_that_some_disks_cannot_keep_apart_are_told(one: str, other: str) -> None:
    (problem,) = check_addresses([one, "index.html", other])
    assert problem.path == other
    assert one in problem.message


def test_every_link_of_the_sites_built_here_leads_somewhere(real: dict[str, bytes], panel: dict[str, bytes], tmp_path: Path) -> None:
    """The build checks it too; this holds even if it should forget to."""
    for site in (real, panel):
        pages = {url: data.decode() for url, data in site.items() if url.endswith(".html")}
        assert told(pages, *(set(site) - set(pages)), root=tmp_path) == []

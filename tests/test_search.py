"""Search finds each thing once, at its home; its index is the same for the same content, and is kept until that changes."""

import gzip
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import build
from explainer import commands, search
from explainer.output import nothing
from explainer.problems import Severity
from explainer.search import MADE_FROM, index
from tests.helpers import ROOT, built, edit, files_in
from tests.outline import outline

TEXTS = {
    "a.html": "<html><head><meta data-pagefind-meta='title[content]' content='Tea'></head><body><p>Hot tea.</p></body></html>",
    "b.html": "<html><body><h2 id='milk'>Milk</h2><p>차에 우유를 넣는다.</p></body></html>",
}
LEFT_OUT = (
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
    "404",
)
"""Lists, whose items are found at home; `compare`, `conditions`, `readings`, `timeline` and `glossary` are the homes of what stands on them."""


def fragments(site: dict[str, bytes]) -> list[dict[str, Any]]:
    """What the index has of each thing, in the order of its address."""
    found = [gzip.decompress(data).removeprefix(b"pagefind_dcd") for address, data in site.items() if address.endswith(".pf_fragment")]
    return sorted(map(json.loads, found), key=lambda fragment: str(fragment["meta"]["url"]))


@pytest.fixture(scope="module")
def found(real: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """What search finds on the real site, by address."""
    return {fragment["meta"]["url"]: fragment for fragment in fragments(real)}


@pytest.fixture
def makings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages of the indexes that are made while a test runs."""
    languages: list[str] = []
    make = search._made

    def made(texts: Mapping[str, str], language: str) -> dict[str, bytes]:
        languages.append(language)
        return make(texts, language)

    monkeypatch.setattr(search, "_made", made)
    return languages


def test_only_what_a_browser_asks_for_is_published(real: dict[str, bytes]) -> None:
    """Pagefind's own interfaces are half a megabyte that nobody would load."""
    names = {re.sub(r"en_[0-9a-f]+", "en_…", address) for address in real if address.startswith("pagefind/")}
    assert names == {
        "pagefind/made-from.json",
        "pagefind/pagefind.js",
        "pagefind/pagefind-worker.js",
        "pagefind/pagefind-entry.json",
        "pagefind/pagefind.en_….pf_meta",
        "pagefind/wasm.en.pagefind",
        "pagefind/index/en_….pf_index",
        "pagefind/fragment/en_….pf_fragment",
    }


def test_our_own_script_is_small(real: dict[str, bytes]) -> None:
    (script,) = (data for address, data in real.items() if address.startswith("static/search.") and address.endswith(".js"))
    assert len(gzip.compress(script)) <= 2048


def test_what_is_found_is_there(real: dict[str, bytes], found: dict[str, dict[str, Any]]) -> None:
    """Every result and every part of one leads to a place on a page where its title stands."""
    for url, fragment in found.items():
        page, _, place = url.partition("#")
        html = real[page].decode()
        assert fragment["meta"]["title"] in outline(html)
        for name in (place, *(anchor["id"] for anchor in fragment["anchors"])):
            assert not name or f'id="{name}"' in html, f"{url}: no place '{name}'"


def test_every_page_is_found_or_is_known_not_to_be(real: dict[str, bytes], found: dict[str, dict[str, Any]]) -> None:
    """A new kind of page belongs in `views/searched.py`, or in the list here."""
    pages = {url for url in real if url.endswith(".html") and not url.startswith("compare/")}
    assert pages - set(found) == {f"{name}.html" for name in LEFT_OUT}


def test_a_claim_is_found_once_with_its_condition(real: dict[str, bytes], found: dict[str, dict[str, Any]]) -> None:
    claims = json.loads(real["data/explainer.json"])["claims"]
    anchors = {f"{url}#{anchor['id']}": anchor["text"] for url, fragment in found.items() for anchor in fragment["anchors"]}
    for claim in claims:
        expected = f"{claim['headline']}. Condition: {claim['condition']}" if claim["condition"] else claim["headline"]
        assert anchors[claim["url"]].startswith(expected)
        assert [place for place, text in anchors.items() if text.startswith(expected)] == [claim["url"]]


def test_a_result_says_what_it_is_and_whose(found: dict[str, dict[str, Any]]) -> None:
    def of(url: str) -> tuple[str, str]:
        return found[url]["meta"]["kind"], found[url]["meta"].get("experts", "")

    assert of("answers/slogan/hass.html") == ("Answer", "Ryan Hass")
    assert of("experts/hass.html") == ("Expert", "")
    assert of("compare.html#trump-and-alliances") == ("Agreement", "Evans J. R. Revere, Ryan Hass")
    assert of("conditions.html#dpk-in-power") == ("Condition", "Evans J. R. Revere, Kuyoun Chung")
    assert of("glossary.html#thaad") == ("Term", "")
    kinds = {"Question", "Answer", "Expert", "Theme", "Agreement", "Disagreement", "Condition", "Reading", "Term", "Event", "Source", "Page"}
    assert {fragment["meta"]["kind"] for fragment in found.values()} == kinds


def test_the_same_texts_in_any_order_give_the_same_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine sets for Pagefind does not count either."""
    once = index(TEXTS, "en", nothing)
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")
    assert index(dict(reversed(TEXTS.items())), "en", nothing) == once
    assert once[1] == []


@pytest.mark.parametrize("language", ["en", "ko", "ja", "zh", "qaa"])
def test_every_language_has_an_index(language: str) -> None:
    """Also one that Pagefind has no rules for."""
    files, problems = index(TEXTS, language, nothing)
    entry = json.loads(files["pagefind/pagefind-entry.json"])["languages"]
    assert (list(entry), entry[language]["page_count"], problems) == ([language], 2, [])
    assert f"pagefind/wasm.{'en' if language == 'en' else 'unknown'}.pagefind" in files


def test_a_korean_site_has_an_index(smallest: Path) -> None:
    words = smallest / "templates/words"
    (words / "ko.yaml").write_bytes((words / "en.yaml").read_bytes())
    with (smallest / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("language: ko\n")
    edit(smallest / "content/themes/drinks.md", "title: Drinks", "title: 차와 커피")
    assert "차와 커피" in {fragment["meta"]["title"] for fragment in fragments(built(smallest))}


def test_an_index_is_kept_while_its_texts_are_the_same(makings: list[str]) -> None:
    files, _ = index(TEXTS, "en", nothing)
    assert index(dict(reversed(TEXTS.items())), "en", files.get) == (files, [])
    assert makings == ["en"]


@pytest.mark.parametrize("keep", [False, True])
def test_an_index_is_made_anew_when_its_texts_change_but_not_in_a_preview(keep: bool, makings: list[str]) -> None:
    files, _ = index(TEXTS, "en", nothing)
    changed = TEXTS | {"a.html": "<html><body><p>Cold tea.</p></body></html>"}
    again, _ = index(changed, "en", files.get, keep=keep)
    assert (again == files, makings) == (keep, ["en"] if keep else ["en", "en"])


def test_another_language_is_another_index(makings: list[str]) -> None:
    files, _ = index(TEXTS, "en", nothing)
    index(TEXTS, "ko", files.get)
    assert makings == ["en", "ko"]


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("listing", [b"", b"{", b"[]", b"{}", b'{"from": 1, "files": 2}', b"\xff"])
def test_a_last_index_that_cannot_be_read_is_made_anew(listing: bytes, keep: bool) -> None:
    files, _ = index(TEXTS, "en", nothing)
    assert index(TEXTS, "en", (files | {MADE_FROM: listing}).get, keep=keep) == (files, [])


@pytest.mark.parametrize("change", [None, b"other"])
def test_a_last_index_that_is_not_whole_is_made_anew(change: bytes | None) -> None:
    files, _ = index(TEXTS, "en", nothing)
    broken: dict[str, bytes | None] = {**files, "pagefind/pagefind.js": change}
    assert index(TEXTS, "en", broken.get) == (files, [])


def test_a_preview_without_a_last_index_makes_one() -> None:
    assert MADE_FROM in index(TEXTS, "en", nothing, keep=True)[0]


def missing(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)


def not_a_program(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "text").write_text("text", encoding="utf-8")
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: folder / "text")


def failing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "failing").write_text("#!/bin/sh\necho no tea today >&2\nexit 3\n", encoding="utf-8")
    (folder / "failing").chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: folder / "failing")


def idle(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    failing(monkeypatch, folder)
    (folder / "failing").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")


def strange(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    failing(monkeypatch, folder)
    (folder / "failing").write_text("#!/bin/sh\nmkdir pagefind\necho '{}' > pagefind/pagefind-entry.json\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (missing, "the package 'pagefind_bin' is not installed; run 'make'"),
        (not_a_program, "cannot be used: Permission denied"),
        (failing, "Pagefind ended with 3: no tea today"),
        (idle, "pagefind-entry.json cannot be used: No such file"),
        (strange, "writes another kind of index: KeyError('languages')"),
    ],
)
def test_a_site_without_search_is_a_site(way: Any, words: str, smallest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader is led to the index from A to Z; whoever publishes is told, and `--strict` counts it as an error."""
    way(monkeypatch, tmp_path)
    site, problems = build.make_site(smallest)
    (problem,) = (problem for problem in problems if "search" in problem.message)
    assert words in problem.message
    assert "will be led to a-z.html" in problem.message
    assert (problem.severity, problem.path) == (Severity.WARNING, "site.yaml")
    assert not any(address.startswith("pagefind/") for address in site)
    assert {"search.html", "a-z.html"} <= set(site)


def test_a_build_keeps_the_index_of_the_last_and_a_change_makes_it_anew(smallest: Path, tmp_path: Path, makings: list[str]) -> None:
    out = tmp_path / "site"

    def listing() -> bytes:
        assert commands.build(build.make_site, smallest, out, None, strict=False) == commands.DONE
        return files_in(out)[MADE_FROM]

    first = listing()
    edit(smallest / "site.yaml", "as_of: ", "as_of: very ")
    assert (listing(), makings) == (first, ["en"]), "no page that is searched has changed"
    edit(smallest / "content/themes/drinks.md", "title: Drinks", "title: Cups")
    assert listing() != first
    assert makings == ["en", "en"]


def test_the_search_page_is_as_strict_as_the_others(real: dict[str, bytes]) -> None:
    """The program runs in a worker, which has a policy of its own."""
    policies = {re.search(rb'http-equiv="Content-Security-Policy" content="([^"]+)"', real[page]) for page in ("search.html", "index.html")}
    assert len({policy[1] for policy in policies if policy}) == 1


def test_the_search_page_spells_every_word_of_its_script() -> None:
    """`static/search.js` has no words of its own, and asks for nothing that the page does not have."""
    script = (ROOT / "static/search.js").read_text(encoding="utf-8")
    template = (ROOT / "templates/search.html").read_text(encoding="utf-8")
    code = re.sub(r"^\s*//.*$", "", script, flags=re.MULTILINE)
    (names,) = re.findall(r"= \[([^\]]+)\]\.map\(\(id\)", code)
    ids = [f"_{name}" for name in re.findall(r'"(\w+)"', names)] + re.findall(r'notice\("(\w+)"\)', code)
    assert [name for name in ids if f'id="{name}"' not in template] == []
    assert [text for text in re.findall(r'"([^"\n]*)"', code) if re.search(r"[A-Za-z] [A-Za-z]", text)] == []

"""The index from A to Z: everything that has a name, once, where a reader looks for it."""

import json
import re
from pathlib import Path

import pytest

from explainer.views import index
from tests.helpers import built, edit
from tests.outline import outline

GLOSSARY = """
- {id: tea, term: “Tea”, also: [The leaf], meaning: A drink., origin: editor}
- {id: cafe, term: Élan, meaning: A drink., origin: editor}
- {id: sevenup, term: 7-Up, meaning: A drink., origin: editor}
- {id: cha, term: 차, meaning: A drink., origin: editor}
- {id: cn, term: 茶, meaning: A drink., origin: editor}
"""


def letters(page: bytes) -> dict[str, list[str]]:
    """The lines of the index under each letter."""
    found: dict[str, list[str]] = {}
    for line in outline(page.decode()).splitlines():
        if heading := re.fullmatch(r"h2 #(\S+) .*", line):
            found[heading[1]] = []
        elif found:
            list(found.values())[-1].append(line)
    return found


def test_names_stand_under_their_letters(smallest: Path) -> None:
    (smallest / "content/glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    found = letters(built(smallest)["a-z.html"])
    assert list(found) == ["_0", *sorted(name for name in found if name.isascii() and name not in ("_0", "_other")), "_ㅊ", "_other"]
    assert found["_0"] == ["li [7-Up](glossary.html#sevenup) Term"]
    assert "li [Élan](glossary.html#cafe) Term" in found["_e"]
    assert found["_ㅊ"] == ["li [차](glossary.html#cha) Term"]
    assert found["_other"] == ["li [茶](glossary.html#cn) Term"]
    assert "li The leaf, [see “Tea”](glossary.html#tea) Term" in found["_l"]
    assert [line for line in found["_t"] if "Term" in line] == ["li [“Tea”](glossary.html#tea) Term"]


def test_everything_with_a_name_is_there_once(real: dict[str, bytes]) -> None:
    """A thing may stand under a theme too, but it has one entry."""
    data = json.loads(real["data/explainer.json"])
    page = real["a-z.html"].decode()
    entries = re.findall(r'<li class="entry"><a href="([^"]+)"', page)
    assert len(entries) == len(set(entries))
    for kind in ("experts", "questions", "themes", "agreements", "disagreements", "conditions", "readings", "terms", "events", "sources"):
        missing = [item["url"] for item in data[kind] if item["url"] not in entries]
        assert missing == [], kind
    assert {"about.html", "method.html", "glossary.html", "search.html"} <= set(entries)
    lines = set(re.findall(r'<li><a href="([^"]+)"', page))
    assert {item["url"] for kind in ("answers", "claims") for item in data[kind]} <= lines


def test_a_claim_keeps_its_condition(real: dict[str, bytes]) -> None:
    assert re.search(r"Disarray in Seoul holds major issues back\]\([^)]+\) Hass Condition: so long as political disarray", outline(real["a-z.html"].decode()))


def test_an_expert_stands_under_the_family_name(real: dict[str, bytes], smallest: Path) -> None:
    assert "li [Revere, Evans J. R.](experts/revere.html) Expert" in letters(real["a-z.html"])["_r"]
    edit(smallest / "content/experts/ann.md", "short: Ann", "short: Zed")
    assert any("(experts/ann.html) Expert" in line for line in letters(built(smallest)["a-z.html"])["_a"]), "a short name from elsewhere changes nothing"


def test_a_long_list_is_cut_and_says_so(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "LINES", 1)
    found = letters(built(smallest)["a-z.html"])["_d"]
    start = next(n for n, line in enumerate(found) if "(themes/drinks.html)" in line)
    assert len(found[start + 1 :]) == 2
    assert re.fullmatch(r"li \[and \d+ more\]\(themes/drinks.html\)", found[start + 2])

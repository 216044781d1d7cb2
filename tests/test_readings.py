"""Readings: what a summary says of the experts, held against what they say themselves."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from explainer.data import ReadingData
from explainer.schema import Verdict
from tests.helpers import ROOT, SITES, built, edit, make_project, told_by
from tests.outline import outline


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the little site that has readings."""
    return make_project(tmp_path / "project", SITES / "readings")


@pytest.fixture(scope="module")
def readings(real: dict[str, bytes]) -> list[dict[str, Any]]:
    """The readings of the shipped site, as data."""
    return list(json.loads(real["data/explainer.json"])["readings"])


def articles(real: dict[str, bytes]) -> dict[str, str]:
    """The readings of the shipped site, as they are shown."""
    page = real["readings.html"].decode()
    return dict(re.findall(r'<article class="finding reading" id="([^"]+)">(.*?)</article>', page, flags=re.DOTALL))


def test_without_readings_there_is_no_page_and_nothing_leads_to_one(panel: dict[str, bytes]) -> None:
    assert "readings.html" not in panel
    assert [url for url, page in panel.items() if url.endswith(".html") and b"readings.html" in page] == []


def test_navigation_can_name_the_page_where_there_is_one(project: Path, smallest: Path) -> None:
    assert b'<a href="readings.html" aria-current="page">Readings</a>' in built(project)["readings.html"]
    edit(smallest / "site.yaml", "navigation: []", "navigation: [readings]")
    assert told_by(smallest) == ["site.yaml:6:14: error: no page 'readings'; write a file without errors in content/readings/, and there is one"]


def test_each_reading_shows_its_verdict_in_words_with_its_meaning(real: dict[str, bytes], readings: list[dict[str, Any]]) -> None:
    """Never by colour alone."""
    words = (ROOT / "templates/words/en.yaml").read_text(encoding="utf-8").replace("'", "’")
    shown = articles(real)
    assert list(shown) == [reading["id"] for reading in readings]
    for reading in readings:
        name = f"verdict_{reading['verdict'].replace(' ', '_')}"
        for said in (name, f"{name}_text"):
            (text,) = re.findall(rf'^{said}: "?(.*?)"?$', words, flags=re.MULTILINE)
            assert text in shown[reading["id"]], reading["id"]


def test_the_counts_are_those_of_the_readings(real: dict[str, bytes], readings: list[dict[str, Any]]) -> None:
    """Every verdict is there, if with none; as a number, and with as many bars."""
    table = re.findall(r"<tr><th scope=\"row\">.*?</tr>", real["readings.html"].decode(), flags=re.DOTALL)
    counts = [int(re.findall(r"__number\">(\d+)<", row)[0]) for row in table]
    assert counts == [[reading["verdict"] for reading in readings].count(verdict) for verdict in get_args(Verdict)]
    assert [row.count("<i ") for row in table] == counts
    assert sum(counts) == len(readings)


def test_readings_follow_the_overview(readings: list[dict[str, Any]]) -> None:
    assert [reading["overview_paragraphs"] for reading in readings] == sorted(reading["overview_paragraphs"] for reading in readings)


def test_order_counts_within_a_paragraph_only(project: Path) -> None:
    """`price`, first by its number, is about the second paragraph."""
    found = json.loads(built(project)["data/explainer.json"])["readings"]
    assert [reading["id"] for reading in found] == ["hot", "price", "milk", "hard-to-please"]
    edit(project / "content/readings/milk.md", "order: 3", "order: 5")
    found = json.loads(built(project)["data/explainer.json"])["readings"]
    assert [reading["id"] for reading in found] == ["hot", "price", "hard-to-please", "milk"]


def test_every_reading_is_met_on_its_experts_page_and_at_its_claims(real: dict[str, bytes], readings: list[dict[str, Any]]) -> None:
    homes = {claim["id"]: claim["url"] for claim in json.loads(real["data/explainer.json"])["claims"]}
    for reading in readings:
        for expert in reading["experts"]:
            assert f'href="../readings.html#{reading["id"]}"' in real[f"experts/{expert}.html"].decode(), reading["id"]
        for claim in reading["claims"]:
            page, _, place = homes[claim].partition("#")
            (section,) = re.findall(rf'<article class="claim" id="{place}">.*?</article>', real[page].decode(), flags=re.DOTALL)
            assert f'href="../../readings.html#{reading["id"]}"' in section, claim


def test_the_paragraphs_of_the_overview_lead_to_their_readings(real: dict[str, bytes]) -> None:
    groups = set(re.findall(r'href="\.\./readings\.html#(_[^"]+)"', real["sources/brookings.html"].decode()))
    assert groups == set(re.findall(r'<h2 id="(_brookings_[^"]+)"', real["readings.html"].decode()))
    assert len(groups) == 9


def test_overviews_of_two_sources_are_told_apart(project: Path) -> None:
    """Both may have a third paragraph."""
    for kind, name in (("sources", "talk"), ("readings", "milk")):
        path = project / f"content/{kind}/{name}.md"
        text = path.read_text(encoding="utf-8").replace("source: talk", "source: late").replace("short: The talk\norder: 1", "short: The late talk\norder: 2")
        (project / f"content/{kind}/late.md").write_text(text.replace("short: The talk", "short: Late").replace("order: 1", "order: 9"), encoding="utf-8")
    edit(project / "content/readings/late.md", "claims: [breakfast/ben#milk]\n", "")
    edit(project / "content/readings/late.md", "verdict: different", "verdict: not found")
    edit(project / "content/readings/late.md", "order: 3", "order: 8")
    page = outline(built(project)["readings.html"].decode())
    assert "h2 #_talk_3 Overview (The talk), ¶3" in page
    assert "h2 #_late_3 Overview (Late), ¶3" in page


def test_words_are_explained_in_readings(project: Path) -> None:
    terms = [
        f"- {{id: t-{n}, term: {words}, origin: editor, meaning: Words.}}\n" for n, words in enumerate(("do without", "has its", "be needless", "price up"))
    ]
    (project / "content/glossary.yaml").write_text("".join(terms), encoding="utf-8")
    site = built(project)
    for n in range(4):
        assert f'popovertarget="_term-t-{n}"' in site["readings.html"].decode()
    assert 'popovertarget="_term-t-2"' in site["experts/ben.html"].decode()


def test_the_verdicts_of_the_data_are_those_an_editor_may_write() -> None:
    assert ReadingData.__annotations__["verdict"] == Verdict


PRICE = "content/readings/price.md"


@pytest.mark.parametrize(
    ("written", "verdict", "said"),
    [
        ('["at any price"]', "stronger", None),
        ('["At any price…"]', "supported", None),
        ('["at no price"]', "stronger", ":7:10: error: “at no price” does not stand in ¶2; write it as the overview has it"),
        ('["wants tea"]', "stronger", ":7:10: error: “wants tea” does not stand in the testimony of 'ann', so the verdict is 'misquoted'"),
        ('["wants tea"]', "misquoted", None),
        ('["at any price"]', "misquoted", ":11:10: error: these words stand in ¶5, so they are not misquoted; choose another verdict, or name other words"),
        ("[]", "misquoted", ":11:10: error: 'misquoted' is about words that the overview has in quotation marks; name them under 'quoted'"),
    ],
)
def test_what_the_overview_quotes_is_looked_up_in_the_answers(project: Path, written: str, verdict: str, said: str | None) -> None:
    """By machine, in the testimony of the expert alone; only what does not stand there is misquoted."""
    edit(project / PRICE, '["at any price"]', written)
    edit(project / PRICE, "verdict: stronger", f"verdict: {verdict}")
    assert told_by(project) == ([f"{PRICE}{said}"] if said else [])


def test_the_page_says_whether_quoted_words_were_found(project: Path) -> None:
    page = outline(built(project)["readings.html"].decode())
    assert "The overview has “at any price” in quotation marks. Looked up in the answers, word for word: found in ¶[5]" in page
    edit(project / PRICE, '["at any price"]', '["wants tea"]')
    edit(project / PRICE, "verdict: stronger", "verdict: misquoted")
    page = outline(built(project)["readings.html"].decode())
    assert "The overview has “wants tea” in quotation marks. Looked up in the answers, word for word: not found." in page


def test_quotations_of_the_overview_are_verified_in_the_overview(project: Path) -> None:
    """And those of the answers in the answers."""
    page = built(project)["readings.html"].decode()
    assert re.search(r"“at any price” <a class=\"verified\"[^>]*><span aria-hidden=\"true\">✓ ¶2</span>", page)
    edit(project / PRICE, '"nearly at any price" (¶5)', '"Ann wants tea" (¶5)')
    assert told_by(project) == [f"{PRICE}:9:22: error: “Ann wants tea” does not stand in ¶5, but in ¶2 (summary)"]

"""The method page counts how the explainer was made: how alike the stances were placed, coverage, equal treatment."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import SITES, built, edit, make_project, told_by
from tests.outline import outline

ONCE = "Each stance was placed once."
METHOD = "---\ntitle: How\nshort: How\norder: 9\n---\n\nSo.\n"


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """A small project whose stances were placed twice."""
    return make_project(tmp_path / "project", SITES / "placed-twice")


def lines(site: dict[str, bytes], url: str = "method.html") -> list[str]:
    """The outline of a page, by line."""
    return outline(site[url].decode()).splitlines()


def test_the_counts_are_those_of_the_two_placings(real: dict[str, bytes]) -> None:
    """Counted from the data, not by the code that the page uses."""
    data: dict[str, list[dict[str, Any]]] = json.loads(real["data/explainer.json"])
    cells = [(stance["step"], stance["second"]["step"]) for stance in data["stances"] if stance["second"]]
    on_steps = [cell for cell in cells if None not in cell]
    assert len(cells) == len(data["scales"]) * len(data["experts"])
    same, same_step = sum(a == b for a, b in cells), sum(a == b for a, b in on_steps)
    told = lines(real)
    assert any(line.startswith(f"li {same} of {len(cells)} cells have the same place") for line in told)
    assert any(line.startswith(f"li Where both placings name a step, {same_step} of {len(on_steps)} cells") for line in told)


def test_each_expert_has_a_row_with_what_was_given(real: dict[str, bytes]) -> None:
    data: dict[str, list[dict[str, Any]]] = json.loads(real["data/explainer.json"])
    told = lines(real)
    table = told[told.index("caption For each expert, over all answers") :]
    for expert in data["experts"]:
        claims = [claim for claim in data["claims"] if claim["expert"] == expert["id"]]
        stances = [stance for stance in data["stances"] if stance["expert"] == expert["id"]]
        coverage = [row for row in data["coverage"] if row["expert"] == expert["id"]]
        row = [int(line.split()[1]) for line in table[table.index(f"th [{expert['short']}]({expert['url']})") + 1 :][:8]]
        assert row[0] == sum(len(part["paragraphs"]) for part in coverage)
        assert row[1] > 10 * row[0], "words of testimony, by the fingerprint"
        assert row[2] == len(claims)
        assert row[4:] == [
            sum(len(claim["quotations"]) for claim in claims),
            sum(stance["step"] is not None for stance in stances),
            sum(stance["step"] is None for stance in stances),
            sum(len(part["covered"]) for part in coverage),
        ]


def test_a_paragraph_named_behind_a_quotation_is_no_word(twice: Path) -> None:
    """`Ann drinks tea “hot” (¶2), or warm in haste.`"""
    told = lines(built(twice))
    row = told[told.index("caption For each expert, over all answers") :]
    assert row[row.index("th [Ann](experts/ann.html)") + 4] == "td 8"


def test_words_of_the_source_are_a_column_only_where_they_are_known(twice: Path) -> None:
    """A fingerprint knows how many there are."""
    told = lines(built(twice))
    table = told[told.index("th Words of testimony") :]
    assert table[table.index("th [Ann](experts/ann.html)") + 2] == "td 16"
    assert table[table.index("th [Ben](experts/ben.html)") + 2] == "td 9"
    (twice / "content/sources/talk.fingerprint").unlink()
    assert "th Words of testimony" not in lines(built(twice))


def test_quotations_are_counted_with_those_that_were_found(twice: Path) -> None:
    told = "".join(lines(built(twice)))
    assert "2 quotations were looked up and found in their sources" in told
    assert "shares eight words in a row" in told
    (twice / "content/sources/talk.fingerprint").unlink()
    told = "".join(lines(built(twice)))
    assert "2 could not be looked up, because their sources have no fingerprint." in told
    assert "looked up and found" not in told
    assert "shares eight words in a row" not in told


def test_without_a_second_placing_only_the_method_page_says_so(twice: Path) -> None:
    before = built(twice)
    assert "separately" in before["questions/breakfast.html"].decode()
    (twice / "content/second-placing.yaml").unlink()
    edit(twice / "content/pages/method.md", ", from [a list](../second-placing.yaml)", "")
    after = built(twice)
    assert ONCE in "".join(lines(after))
    assert ONCE not in "".join(lines(before))
    for url in ("questions/breakfast.html", "answers/breakfast/ann.html", "answers/breakfast/ben.html", "experts/ann.html"):
        told = [line for line in lines(before, url) if "Placed a second time" not in line]
        assert told != lines(before, url), url
        assert told == lines(after, url), url


def test_who_has_no_stance_is_told_nothing_of_placings(smallest: Path) -> None:
    (smallest / "content/pages").mkdir()
    (smallest / "content/pages/method.md").write_text(METHOD, encoding="utf-8")
    told = "\n".join(lines(built(smallest)))
    assert "placed" not in told
    assert "#_treatment Equal treatment" in told


def test_other_prose_pages_stay_as_they_are(real: dict[str, bytes]) -> None:
    assert not [line for line in lines(real, "about.html") if "#_treatment" in line or line.startswith("caption")]


def test_a_cell_without_an_item_is_a_warning_and_not_counted(twice: Path) -> None:
    edit(twice / "content/second-placing.yaml", "- {scale: cup, expert: ben, step: 2, because: Ben names coffee., paragraphs: 5}\n", "")
    assert told_by(twice) == ["content/second-placing.yaml:1:1: warning: no item for 'ben' on 'cup'; place it, without a step for silence"]
    told = lines(built(twice))
    assert "li 1 more cell was placed only once, and is not counted." in told
    assert any("of 5 cells" in line for line in told)


@pytest.mark.parametrize("text", ["", "[]\n", "# nothing yet\n"])
def test_a_list_without_items_places_nothing_and_says_so(twice: Path, text: str) -> None:
    (twice / "content/second-placing.yaml").write_text(text, encoding="utf-8")
    assert len(told_by(twice)) == 6
    assert ONCE in "".join(lines(built(twice)))


def test_fields_are_no_list(twice: Path) -> None:
    (twice / "content/second-placing.yaml").write_text("scale: heat\n", encoding="utf-8")
    assert told_by(twice) == ["content/second-placing.yaml:1:1: error: this file must be a list: '- {scale: …, …}' an item"]


def test_a_question_that_cannot_be_read_does_not_bring_unknown_scales(twice: Path) -> None:
    edit(twice / "content/questions/breakfast.md", "short: Breakfast\n", "")
    assert not [problem for problem in told_by(twice) if "second-placing" in problem]


def test_the_order_rule_stands_with_the_experts_and_on_the_method_page(twice: Path) -> None:
    rule = "Whoever came to the table first stands first."
    with_rule = built(twice)
    assert [url for url in ("method.html", "experts.html", "questions.html") if rule in lines(with_rule, url)] == ["method.html", "experts.html"]
    edit(twice / "site.yaml", f"order_rule: {rule}\n", "")
    assert not [url for url, page in built(twice).items() if rule.encode() in page]


def test_a_choice_of_experts_hides_second_placings_too(twice: Path) -> None:
    """What belongs to an expert carries the expert's class."""
    assert built(twice)["questions/breakfast.html"].decode().count('<p class="stance__second by by-') == 3

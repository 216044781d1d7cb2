"""A fifth expert is one more file: without an answer, the expert stands everywhere, and everywhere as a gap."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import ROOT, built, files_in, make_project
from tests.outline import outline

FIFTH = """---
name: Fifth Person
short: Fifth
initials: FP
order: 5
---
"""
GAP = "No answer to this question"
NAME = "Fifth Person"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The real site, with a fifth expert who has answered nothing."""
    root = make_project(tmp_path_factory.mktemp("fifth") / "project")
    before = files_in(root)
    (root / "content/experts/fifth.md").write_text(FIFTH, encoding="utf-8")
    assert len(files_in(root)) == len(before) + 1
    return built(root)


@pytest.fixture(scope="module")
def data(site: dict[str, bytes]) -> dict[str, list[dict[str, object]]]:
    """What the site says, as data."""
    return dict(json.loads(site["data/explainer.json"]))


def of(site: dict[str, bytes], url: str) -> list[str]:
    """The outline of a page, by line."""
    return outline(site[url].decode()).splitlines()


def after(lines: list[str], start: str) -> Iterator[str]:
    """The lines after the first one in which `start` stands."""
    return iter(lines[next(n for n, line in enumerate(lines) if start in line) + 1 :])


def urls(data: dict[str, list[dict[str, object]]], kind: str) -> list[str]:
    """The addresses of all objects of a kind."""
    return [str(item["url"]) for item in data[kind]]


def test_home_has_a_gap_in_every_question(site: dict[str, bytes], data: dict[str, list[dict[str, object]]]) -> None:
    home = of(site, "index.html")
    for question in data["questions"]:
        answers = after(home, f"[{question['title']}]")
        assert GAP in next(after(list(answers), f"[{NAME}]")), question["title"]


def test_question_pages_have_a_gap_in_every_row(site: dict[str, bytes], data: dict[str, list[dict[str, object]]]) -> None:
    for url in urls(data, "questions"):
        lines = of(site, url)
        assert GAP in next(after(lines, f"[{NAME}]")), url
        rows = [n for n, line in enumerate(lines) if line.startswith("th [") and "/themes/" in line]
        assert rows, url
        assert lines.count(f"td {GAP}") == len(rows), f"{url}: one gap a theme, and only the fifth expert has them"


def test_scales_show_no_answer_and_no_step(site: dict[str, bytes], data: dict[str, list[dict[str, object]]]) -> None:
    """Silence stands below the steps, never among them."""
    for url in urls(data, "questions"):
        below = [line for line in of(site, url) if line.startswith(f"{GAP}:")]
        assert len(below) == sum(str(scale["url"]).startswith(url) for scale in data["scales"]), url
        assert all("[Fifth](" in line for line in below), url


def test_theme_pages_have_a_gap_for_each_question(site: dict[str, bytes], data: dict[str, list[dict[str, object]]]) -> None:
    for url in urls(data, "themes"):
        lines = of(site, url)
        named = [n for n, line in enumerate(lines) if line.startswith("h3 [" + NAME)]
        assert named, url
        assert all(GAP in lines[n + 1] for n in named), url


def test_expert_pages_name_the_fifth(site: dict[str, bytes], data: dict[str, list[dict[str, object]]]) -> None:
    assert any(line.startswith(f"h2 [{NAME}]") for line in of(site, "experts.html"))
    listed = list(after(of(site, "experts.html"), f"h2 [{NAME}]"))
    assert [line for line in listed if line.startswith("dd")] == [f"dd {GAP}"] * len(data["questions"])
    own = of(site, "experts/fifth.html")
    assert own.count(GAP) == len(data["questions"])


def test_pair_pages_say_it_on_one_side(site: dict[str, bytes], data: dict[str, list[dict[str, object]]]) -> None:
    pairs = [url for url in site if url.startswith("compare/") and url.endswith("-and-fifth.html")]
    assert len(pairs) == 4, "the fifth beside each of the four, in site order"
    for url in pairs:
        assert of(site, url).count(GAP) >= len(data["questions"]), url
        assert f"[{NAME}]" in "".join(of(site, url)), url


def test_data_has_a_stance_without_a_step_on_every_scale(data: dict[str, list[dict[str, object]]]) -> None:
    own = [stance for stance in data["stances"] if stance["expert"] == "fifth"]
    assert [stance["scale"] for stance in own] == [scale["id"] for scale in data["scales"]]
    assert {(stance["step"], stance["reason"], stance["because"]) for stance in own} == {(None, GAP, None)}


def test_no_answer_page_is_made_up(site: dict[str, bytes]) -> None:
    assert not [url for url in site if url.startswith("answers/") and "fifth" in url]


def test_the_four_keep_their_answers(site: dict[str, bytes], real: dict[str, bytes]) -> None:
    """Whoever answered says word for word what they said before."""
    before, now = (json.loads(files["data/explainer.json"]) for files in (real, site))
    assert now["claims"] == before["claims"]
    assert [stance for stance in now["stances"] if stance["expert"] != "fifth"] == before["stances"]
    assert {path.stem for path in (ROOT / "content/experts").glob("*.md")} | {"fifth"} == {expert["id"] for expert in now["experts"]}


def test_only_files_of_the_content_were_needed(tmp_path: Path) -> None:
    """No list of experts has to be kept up anywhere else."""
    root = make_project(tmp_path / "project")
    for path in (ROOT / "content/experts").glob("*.md"):
        for other in [root / "site.yaml", *(root / "templates").glob("*.html")]:
            assert path.stem not in other.read_text(encoding="utf-8"), f"{other.name} names {path.stem}"

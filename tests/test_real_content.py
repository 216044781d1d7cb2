"""The shipped content keeps the rules of `docs/`: nothing is wrong with it, nothing of it is left out, and every expert is treated alike."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import build
from explainer.config import read_config
from tests.helpers import ROOT, command, files_in


@pytest.fixture(scope="module")
def data(real: dict[str, bytes]) -> dict[str, list[dict[str, Any]]]:
    """What the real site says, as data."""
    return dict(json.loads(real["data/explainer.json"]))


def test_there_is_no_problem_at_all() -> None:
    """Not even a warning; nothing is left aside."""
    files, problems = build.make_site(ROOT)
    assert [str(problem) for problem in problems] == []
    assert problems.notes == []
    assert "index.html" in files


def test_every_paragraph_of_testimony_carries_a_claim_or_is_left_out(data: dict[str, list[dict[str, Any]]]) -> None:
    """And what is left out carries none. Counted from the data, not by the check that the build uses."""
    carried: dict[tuple[str, str], set[int]] = {}
    for claim in data["claims"]:
        if claim["expert"]:
            carried.setdefault((claim["question"], claim["expert"]), set()).update(claim["paragraphs"])
    left = {(answer["question"], answer["expert"]): {n for part in answer["left_out"] for n in part["paragraphs"]} for answer in data["answers"]}
    ranges = [part for source in data["sources"] for part in source["ranges"] if part["kind"] == "testimony"]
    assert ranges
    for part in ranges:
        own = (part["question"], part["expert"])
        assert set(part["paragraphs"]) == carried[own] | left[own], own
        assert not carried[own] & left[own], own


def test_every_expert_has_answered_every_question(data: dict[str, list[dict[str, Any]]]) -> None:
    asked = {(question["id"], expert["id"]) for question in data["questions"] for expert in data["experts"]}
    assert {(answer["question"], answer["expert"]) for answer in data["answers"]} == asked


def test_every_answer_has_six_claims_or_more(data: dict[str, list[dict[str, Any]]]) -> None:
    assert {answer["id"]: len(answer["claims"]) for answer in data["answers"] if len(answer["claims"]) < 6} == {}


def test_there_are_8_to_14_themes_and_each_is_spoken_to_by_two(data: dict[str, list[dict[str, Any]]]) -> None:
    """A theme to which one expert speaks compares nothing."""
    assert 8 <= len(data["themes"]) <= 14
    for theme in data["themes"]:
        assert len({claim["expert"] for claim in data["claims"] if theme["id"] in claim["themes"] and claim["expert"]}) >= 2, theme["id"]


def test_each_question_has_2_to_4_scales(data: dict[str, list[dict[str, Any]]]) -> None:
    for question in data["questions"]:
        assert 2 <= len(question["scales"]) <= 4, question["id"]


def test_no_scale_has_an_expert_twice_and_each_has_two(data: dict[str, list[dict[str, Any]]]) -> None:
    """Every expert has one place on every scale, if only silence; and two stand on steps, or there is nothing to compare."""
    places = Counter((stance["scale"], stance["expert"]) for stance in data["stances"])
    assert set(places.values()) == {1}
    assert len(places) == len(data["scales"]) * len(data["experts"])
    for scale in data["scales"]:
        steps = [stance["step"] for stance in data["stances"] if stance["scale"] == scale["id"] and stance["step"]]
        assert len(steps) >= 2, scale["id"]
        assert max(steps) <= len(scale["steps"]), scale["id"]


def test_a_stance_without_a_step_says_why_and_nothing_else(data: dict[str, list[dict[str, Any]]]) -> None:
    for stance in data["stances"]:
        assert (stance["step"] is None) == bool(stance["reason"]) == (not stance["because"]) == (not stance["paragraphs"]), stance["id"]


SECOND = {
    "slogan-closed": "3 2 2 3",
    "pressure-from-washington": "3 2 3 -/2",
    "trilateral-under-trump": "- 1 2 -",
    "alliance-under-another-government": "1 2 3 -",
    "military-effect": "2 3 - 1",
    "beijing-expected": "3 3 2 1",
    "approach-to-beijing": "2 - 3 -",
    "northern-bloc": "- - 2 1",
}
"""The steps as they were placed a second time, experts in site order; a hyphen is silence, and behind a slash is another step that could be defended."""


def test_the_second_placing_is_kept_as_it_was_made(data: dict[str, list[dict[str, Any]]]) -> None:
    """It is a record: whoever changes a stance must not bring it into line."""
    kept: dict[str, list[str]] = {}
    for stance in data["stances"]:
        second = stance["second"]
        kept.setdefault(stance["scale"], []).append(f"{second['step'] or '-'}{'/' + str(second['other']['step']) if second['other'] else ''}")
    assert {scale: " ".join(steps) for scale, steps in kept.items()} == SECOND


def test_no_expert_is_called_he_or_she_where_a_stance_is_explained(data: dict[str, list[dict[str, Any]]]) -> None:
    """The sources give no pronoun."""
    for stance in data["stances"]:
        for placing in (stance, stance["second"]):
            texts = (placing["because"] or "", (placing["other"] or {}).get("because", ""))
            assert not re.search(r"\b(he|she|his|hers?|him)\b", " ".join(texts), re.IGNORECASE), stance["id"]


def test_there_are_25_terms_or_more_and_some_events(data: dict[str, list[dict[str, Any]]]) -> None:
    assert len(data["terms"]) >= 25
    assert len(data["events"]) >= 5


def test_each_expert_is_in_findings(data: dict[str, list[dict[str, Any]]]) -> None:
    """Equal treatment: nobody is left to stand alone."""
    for expert in data["experts"]:
        assert any(expert["id"] in finding["experts"] for finding in data["agreements"]), expert["id"]
        assert any(expert["id"] in side["experts"] for finding in data["disagreements"] for side in finding["sides"]), expert["id"]


def test_findings_name_two_experts_of_one_question_or_more(data: dict[str, list[dict[str, Any]]]) -> None:
    for finding in data["agreements"]:
        assert len(finding["experts"]) >= 2, finding["id"]
    for finding in data["disagreements"]:
        assert len({expert for side in finding["sides"] for expert in side["experts"]}) >= 2, finding["id"]


def test_each_part_of_the_overview_that_speaks_of_an_expert_has_a_reading(data: dict[str, list[dict[str, Any]]]) -> None:
    """¶4–7 and ¶12 say who answered and what was asked; all else is about what an expert holds."""
    assert {number for reading in data["readings"] for number in reading["overview_paragraphs"]} == {8, 9, 10, 11, 13, 14, 15, 16, 17}
    of_all = [reading for reading in data["readings"] if reading["overview_paragraphs"][0] in (8, 10, 13)]
    for expert in data["experts"]:
        about = {reading["overview_paragraphs"][0] for reading in of_all if expert["id"] in reading["experts"]}
        assert about == {8, 10, 13}, expert["id"]


def test_the_claims_of_a_reading_stand_on_its_paragraphs(data: dict[str, list[dict[str, Any]]]) -> None:
    """A claim from elsewhere would show nothing about the statement that is held against it."""
    paragraphs = {claim["id"]: set(claim["paragraphs"]) for claim in data["claims"]}
    for reading in data["readings"]:
        apart = [claim for claim in reading["claims"] if not paragraphs[claim] & set(reading["paragraphs"])]
        assert apart == [], reading["id"]


def test_a_reading_says_of_which_experts_it_is(data: dict[str, list[dict[str, Any]]]) -> None:
    """Its title is met in lists, alone."""
    names = {expert["id"]: expert["short"] for expert in data["experts"]}
    for reading in data["readings"]:
        assert len(reading["title"]) <= 70
        assert reading["title"].startswith("All four:" if len(reading["experts"]) == 4 else names[reading["experts"][0]]), reading["id"]


def test_quotations_are_short_and_have_a_paragraph(data: dict[str, list[dict[str, Any]]]) -> None:
    for claim in data["claims"]:
        for quotation in claim["quotations"]:
            assert len(quotation["text"].split()) <= 12, claim["id"]
            assert quotation["paragraph"] in claim["paragraphs"], claim["id"]


def test_every_answer_quotes_and_all_of_it_is_verified(data: dict[str, list[dict[str, Any]]]) -> None:
    for answer in data["answers"]:
        quoted = [quotation for claim in data["claims"] if claim["id"] in answer["claims"] for quotation in claim["quotations"]]
        assert len(quoted) >= 2, answer["id"]
        assert all(quotation["verified"] for quotation in quoted), answer["id"]


def test_the_article_of_unknown_authors_is_nobodys_testimony(data: dict[str, list[dict[str, Any]]]) -> None:
    for source in data["sources"]:
        if not source["authors"]:
            assert "testimony" not in {part["kind"] for part in source["ranges"]}, source["id"]
            assert not [claim["id"] for claim in data["claims"] if claim["source"] == source["id"] and claim["expert"]]


def test_it_says_that_nothing_was_updated_and_records_no_change(data: dict[str, list[dict[str, Any]]]) -> None:
    """What happened after the sources spoke has no place in it; and before its publication nothing was changed."""
    assert "Nothing here has been updated since" in read_config(ROOT).fields.as_of_note
    assert [home["id"] for home in (*data["answers"], *data["sources"]) if home["changes"]] == []


def test_a_misspelt_theme_is_one_line_and_the_old_site_stays(project: Path, tmp_path: Path) -> None:
    """Exit 1, where it stands, what was meant, and the last good site untouched, byte for byte."""
    out = tmp_path / "site"
    assert command("--root", project, "--output", out).returncode == 0
    before = files_in(out)
    path = next(path for path in sorted((project / "content/answers").rglob("*.md")) if 'themes="' in path.read_text(encoding="utf-8"))
    lines = path.read_text(encoding="utf-8").split("\n")
    number = next(n for n, line in enumerate(lines) if 'themes="' in line)
    column = lines[number].index('themes="') + len('themes="')
    theme = re.split(r'[\s",]', lines[number][column:])[0]
    lines[number] = f"{lines[number][:column]}{theme}x{lines[number][column + len(theme) :]}"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = command("--root", project, "--output", out)
    place = f"{path.relative_to(project).as_posix()}:{number + 1}:{column + 1}"
    told = done.stderr.splitlines()
    assert done.returncode == 1
    assert told[0] == f"{place}: error: no theme '{theme}x'; did you mean '{theme}'?"
    assert told[1:] == [f"    {told[1].strip()}", told[2], "1 error"], "the line, a caret, the count, and nothing else"
    assert files_in(out) == before

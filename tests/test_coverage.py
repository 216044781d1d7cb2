"""How much of each expert's testimony the claims rest on."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from explainer.coverage import percent
from tests.helpers import built, make_project

NEAR = 5
"""Points by which the shares of two experts may differ."""

LEAST = 95
"""Percent of every expert's paragraphs that carry a claim."""


def shares(site: dict[str, bytes]) -> dict[str, int]:
    """The share of each expert's testimony, over all answers, in percent."""
    rows: list[dict[str, Any]] = json.loads(site["data/explainer.json"])["coverage"]
    experts = dict.fromkeys(row["expert"] for row in rows)
    own = {expert: [row for row in rows if row["expert"] == expert] for expert in experts}
    return {expert: percent(sum(len(row["covered"]) for row in of), sum(len(row["paragraphs"]) for row in of)) for expert, of in own.items()}


@pytest.mark.parametrize(("part", "whole", "shown"), [(0, 0, 0), (0, 3, 0), (1, 3, 33), (2, 3, 66), (199, 200, 99), (3, 3, 100)])
def test_a_hundred_means_all(part: int, whole: int, shown: int) -> None:
    assert percent(part, whole) == shown


def test_every_expert_is_covered_alike(real: dict[str, bytes]) -> None:
    found = shares(real)
    assert len(found) == 4
    assert min(found.values()) >= LEAST
    assert max(found.values()) - min(found.values()) <= NEAR


def test_without_one_claim_less_is_covered(real: dict[str, bytes], project: Path) -> None:
    """The claim alone on its paragraph is taken out of a copy, and findings that rest on it."""
    claims: list[dict[str, Any]] = json.loads(real["data/explainer.json"])["claims"]
    own = [claim for claim in claims if claim["id"].startswith("slogan/revere#")]
    alone = next(claim for claim in own if set(claim["paragraphs"]) - {n for other in own if other is not claim for n in other["paragraphs"]})
    resting = [path for folder in ("agreements", "disagreements", "readings") for path in (project / "content" / folder).iterdir()]
    for path in [*resting, project / "content/sources/indiavision.md"]:
        if alone["id"] in path.read_text(encoding="utf-8"):
            path.write_text(re.sub(r"\ntensions:\n(?:  .*\n)+", "\n", path.read_text(encoding="utf-8")), encoding="utf-8")
            if alone["id"] in path.read_text(encoding="utf-8"):
                path.unlink()
    answer = project / "content/answers/slogan/revere.md"
    before, mark, after = answer.read_text(encoding="utf-8").partition(f"\n{{{alone['id'].removeprefix('slogan/revere')} ")
    assert mark
    answer.write_text(before + after[after.index("\n{#") :], encoding="utf-8")
    assert shares(built(project))["revere"] < shares(real)["revere"]
    assert {expert: share for expert, share in shares(built(project)).items() if expert != "revere"} == {
        expert: share for expert, share in shares(real).items() if expert != "revere"
    }


def test_testimony_without_an_answer_is_not_covered(smallest: Path) -> None:
    (smallest / "content/answers/breakfast/ben.md").unlink()
    assert shares(built(smallest)) == {"ann": 100, "ben": 0}


def test_testimony_in_two_sources_is_counted_in_each(tmp_path: Path) -> None:
    """Of the source in which there is no answer, nothing is covered."""
    root = make_project(tmp_path / "project", Path(__file__).parent / "sites/smallest")
    talk = root / "content/sources/talk.md"
    again = talk.read_text(encoding="utf-8").replace("order: 1", "order: 2").replace("short: The talk", "short: Again")
    (root / "content/sources/again.md").write_text(again, encoding="utf-8")
    rows = json.loads(built(root)["data/explainer.json"])["coverage"]
    assert [(row["id"], row["covered"]) for row in rows] == [
        ("talk/breakfast/ann", [2]),
        ("talk/breakfast/ben", [3]),
        ("again/breakfast/ann", []),
        ("again/breakfast/ben", []),
    ]

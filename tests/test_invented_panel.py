"""The invented panel is made as a real one is: whole ranges over a text, and quotations that stand in it."""

import json

from tests.helpers import SITES

LINES = [line for line in (SITES / "other-panel/source.txt").read_text(encoding="utf-8").splitlines() if line.strip()]


def test_the_ranges_end_where_the_text_ends(panel: dict[str, bytes]) -> None:
    source = next(source for source in json.loads(panel["data/explainer.json"])["sources"] if source["id"] == "round")
    numbers = [number for part in source["ranges"] for number in part["paragraphs"]]
    assert numbers == list(range(1, len(LINES) + 1))


def test_quotations_stand_in_the_paragraph_named(panel: dict[str, bytes]) -> None:
    quotations = [quotation for claim in json.loads(panel["data/explainer.json"])["claims"] for quotation in claim["quotations"]]
    assert len(quotations) == 3
    for quotation in quotations:
        assert quotation["text"] in LINES[quotation["paragraph"] - 1]


def test_nothing_of_the_shipped_subject_is_left(panel: dict[str, bytes]) -> None:
    """The subject lives in `content/` and `site.yaml` alone, so that another one can take its place."""
    for url, page in panel.items():
        for word in (b"Korea", b"Trump", b"Brookings", b"brookings", b"Revere", b"alliance"):
            assert word not in page, f"{url} speaks of {word.decode()}"

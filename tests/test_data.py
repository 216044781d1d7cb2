"""`data/explainer.json` is a public contract, and the tables say the same."""

import csv
import io
import json
from typing import Any

import jsonschema
import pytest

from explainer.data import ExplainerData
from explainer.schema import json_schema
from tests.outline import outline

LISTS = (
    "sources",
    "experts",
    "questions",
    "themes",
    "scales",
    "answers",
    "claims",
    "stances",
    "agreements",
    "disagreements",
    "conditions",
    "readings",
    "terms",
    "events",
    "coverage",
)
"""In the order of the contract."""
CLAIM = {"id", "expert", "question", "source", "kind", "themes", "paragraphs", "headline", "text", "condition", "quotations", "url"}
READING = {"id", "url", "experts", "source", "overview", "overview_paragraphs", "holds", "paragraphs", "claims", "verdict", "because"}
STANCE = {"expert", "scale", "step", "because", "paragraphs"}

Data = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=["real", "panel"])
def site(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """The shipped site, and the invented one with its gaps."""
    return dict(request.getfixturevalue(request.param))


@pytest.fixture
def data(site: dict[str, bytes]) -> Data:
    """What the site says, as data."""
    return dict(json.loads(site["data/explainer.json"]))


def test_it_keeps_to_its_own_schema(site: dict[str, bytes], data: Data) -> None:
    schema = json.loads(site["data/explainer.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema, cls=jsonschema.Draft202012Validator)


def test_the_schema_refuses_what_breaks_the_contract(site: dict[str, bytes], data: Data) -> None:
    """A schema that lets everything through would say nothing."""
    validator = jsonschema.Draft202012Validator(json.loads(site["data/explainer.schema.json"]))
    assert validator.is_valid(data)
    without_headline = [{name: value for name, value in data["claims"][0].items() if name != "headline"}]
    for broken in (
        {**data, "claims": without_headline},
        {name: data[name] for name in LISTS[1:]},
        {**data, "stances": [{**data["stances"][0], "step": "two"}]},
        *({**data, "readings": [{**reading, "verdict": "true"}]} for reading in data["readings"][:1]),
    ):
        assert not validator.is_valid(broken)


def test_it_is_one_object_with_the_lists_of_the_contract(data: Data) -> None:
    assert tuple(name for name in data if name in LISTS) == LISTS
    assert all(isinstance(data[name], list) for name in LISTS)


def test_it_is_readable_text_in_a_fixed_form(panel: dict[str, bytes]) -> None:
    """Two versions can be compared line by line, and a name is spelt with its own letters."""
    text = panel["data/explainer.json"].decode("utf-8")
    assert text.startswith('{\n "sources": [\n')
    assert text.endswith("\n}\n")
    assert "council’s" in text


def test_the_schema_is_made_from_the_code(panel: dict[str, bytes]) -> None:
    assert json.loads(panel["data/explainer.schema.json"]) == json_schema(ExplainerData), "explainer/explainer.schema.json or the code changed; run make docs"


def test_every_object_has_an_id_of_its_own(data: Data) -> None:
    for name in LISTS:
        ids = [item["id"] for item in data[name]]
        assert len(set(ids)) == len(ids), name
        assert all(ids), name


def test_claims_have_at_least_the_fields_of_the_contract(data: Data) -> None:
    for claim in data["claims"]:
        assert set(claim) >= CLAIM
        assert claim["paragraphs"]
        assert all(isinstance(number, int) and number > 0 for number in claim["paragraphs"])
        assert all(set(quotation) >= {"text", "paragraph"} for quotation in claim["quotations"])
        assert claim["condition"] is None or claim["condition"]
        assert "<" not in claim["headline"] + claim["text"], "plain text"
        assert (claim["whose"] is not None) == (claim["kind"] == "reports")


def test_stances_have_at_least_the_fields_of_the_contract(data: Data) -> None:
    for stance in data["stances"]:
        assert set(stance) >= STANCE
        assert stance["step"] is not None or stance["reason"]


def test_changes_are_of_their_answer_or_source(data: Data) -> None:
    """Newest first; and of a claim that is there, or that one of them took out."""
    claims = {claim["id"] for claim in data["claims"]}
    for home in (*data["answers"], *data["sources"]):
        changes = home["changes"]
        named = {change["claim"] for change in changes} - {None}
        assert named <= claims | {change["claim"] for change in changes if change["removed"]}
        assert all(name.startswith(f"{home['id']}#") for name in named)
        assert [change["date"] for change in changes] == sorted((change["date"] for change in changes), reverse=True)


def test_a_second_placing_is_a_place_or_nothing(data: Data, request: pytest.FixtureRequest) -> None:
    """The shipped stances have been placed twice; the invented ones once."""
    seconds = [stance["second"] for stance in data["stances"]]
    if "panel" in request.node.name:
        assert set(seconds) == {None}
        return
    assert all(set(second) == {"step", "because", "paragraphs", "other"} for second in seconds)
    assert all((second["step"] is None) == (not second["paragraphs"]) for second in seconds)
    assert {second["step"] for second in seconds} == {None, 1, 2, 3}


def test_coverage_is_of_all_testimony_and_nothing_else(data: Data) -> None:
    testimony = {
        (source["id"], part["question"], part["expert"], number)
        for source in data["sources"]
        for part in source["ranges"]
        if part["kind"] == "testimony"
        for number in part["paragraphs"]
    }
    rows = data["coverage"]
    assert {(row["source"], row["question"], row["expert"], number) for row in rows for number in row["paragraphs"]} == testimony
    for row in rows:
        assert set(row["covered"]) <= set(row["paragraphs"]), row["id"]
        assert not set(row["covered"]) & {number for left in row["left_out"] for number in left["paragraphs"]}, row["id"]


def test_readings_have_at_least_the_fields_of_the_contract(real: dict[str, bytes]) -> None:
    readings = json.loads(real["data/explainer.json"])["readings"]
    assert readings
    for reading in readings:
        assert set(reading) >= READING
        assert reading["experts"]
        assert reading["paragraphs"]
        assert reading["overview_paragraphs"]
        assert reading["claims"] or reading["verdict"] == "not found"


def test_references_lead_to_objects(data: Data) -> None:
    ids = {name: {item["id"] for item in data[name]} for name in LISTS}
    for claim in data["claims"]:
        assert {claim["source"]} <= ids["sources"]
        assert set(claim["themes"]) <= ids["themes"]
        assert {claim["expert"]} - {None} <= ids["experts"]
        assert {claim["question"]} - {None} <= ids["questions"]
    for answer in data["answers"]:
        assert set(answer["claims"]) <= ids["claims"]
    for stance in data["stances"]:
        assert stance["scale"] in ids["scales"]
        assert stance["expert"] in ids["experts"]
    for finding in data["agreements"]:
        assert set(finding["claims"]) <= ids["claims"]
        assert set(finding["experts"]) == {claim.partition("/")[2].partition("#")[0] for claim in finding["claims"]}
    for condition in data["conditions"]:
        assert set(condition["claims"]) <= ids["claims"]
    for finding in data["disagreements"]:
        assert {claim for side in finding["sides"] for claim in side["claims"]} <= ids["claims"]
    for reading in data["readings"]:
        assert {reading["source"]} <= ids["sources"]
        assert set(reading["experts"]) <= ids["experts"]
        assert set(reading["claims"]) <= ids["claims"]


def test_every_url_leads_to_a_page_and_a_place_on_it(site: dict[str, bytes], data: Data) -> None:
    found = [item["url"] for name in LISTS for item in data[name] if "url" in item]
    assert len(found) > len(data["claims"])
    for url in found:
        path, _, fragment = url.partition("#")
        assert path in site, url
        assert not fragment or f' id="{fragment}"'.encode() in site[path], url


def test_every_object_with_a_page_has_a_url(data: Data) -> None:
    for name in LISTS:
        if name not in ("stances", "coverage"):
            assert all(item["url"] for item in data[name]), name


def rows(site: dict[str, bytes], name: str) -> list[dict[str, str]]:
    """A table as its reader sees it."""
    return list(csv.DictReader(io.StringIO(site[name].decode("utf-8"), newline="")))


def cell(value: object) -> str:
    """A value of the data as the tables write it."""
    return "" if value is None else " ".join(map(str, value)) if isinstance(value, list) else str(value)


def test_the_table_of_claims_says_the_same(site: dict[str, bytes], data: Data) -> None:
    table = rows(site, "data/claims.csv")
    assert table == [{column: cell(claim[column]) for column in table[0]} for claim in data["claims"]]
    assert set(table[0]) >= CLAIM - {"quotations"}


def test_the_table_of_stances_says_the_same(site: dict[str, bytes], data: Data) -> None:
    table = rows(site, "data/stances.csv")
    other = {f"other_{part}": part for part in ("step", "because")}
    assert table == [
        {column: cell((stance["other"] or {}).get(other[column]) if column in other else stance[column]) for column in table[0]} for stance in data["stances"]
    ]


def test_pages_are_well_formed(site: dict[str, bytes]) -> None:
    """Every page closes what it opens (the outline insists), names its language and has one heading of the first level."""
    for url, page in site.items():
        if url.endswith(".html"):
            text = page.decode("utf-8")
            assert sum(line.startswith("h1 ") for line in outline(text).splitlines()) == 1, url
            assert '<html lang="en"' in text, url
            assert "</main>" in text, url

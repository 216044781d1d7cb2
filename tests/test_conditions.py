"""What holds under a condition is nowhere shown without it; and claims stand together by their condition."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import pytest

from explainer.citations import key
from tests.helpers import ROOT, built, edit, make_project, told_by
from tests.outline import VOID, outline
from tests.test_citations import read_bibtex, read_ris

ITEMS = frozenset(("li", "td", "dd", "p", "header", "article"))
"""What a claim stands in: one of many in a list, a cell, a piece of text, the head of a finding, or an article of its own."""

TEA = "{#tea kind=recommends themes=drinks paragraphs=2}"
COFFEE = "{#coffee kind=recommends themes=drinks paragraphs=3}"


class Element:
    """An element of a page, with what stands in it."""

    def __init__(self, tag: str, attributes: dict[str, str | None], above: "Element | None") -> None:
        self.tag, self.attributes, self.above = tag, attributes, above
        self.inside: list[Element | str] = []

    def all(self) -> Iterator["Element"]:
        """This element and all within it."""
        yield self
        for part in self.inside:
            if isinstance(part, Element):
                yield from part.all()

    def text(self, without: tuple["Element", ...] = ()) -> str:
        """What can be read in it, `without` some of its elements."""
        if self in without or self.tag in ("script", "style"):
            return ""
        return " ".join(
            "".join(part if isinstance(part, str) else f" {part.text(without)} " if part.tag in ITEMS else part.text(without) for part in self.inside).split()
        )

    def around(self) -> Iterator["Element"]:
        """This element, and those in which it stands, from within."""
        yield self
        if self.above:
            yield from self.above.around()


class Tree(HTMLParser):
    """Reads a page as elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.root = self.here = Element("", {}, None)
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), self.here)
        self.here.inside.append(element)
        if tag not in VOID:
            self.here = element

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag
        assert self.here.above
        self.here = self.here.above

    def handle_data(self, data: str) -> None:
        self.here.inside.append(data)


def led_to(element: Element, page: str) -> str:
    """Where a link leads, as a path below the root; empty for what is no link."""
    href = element.attributes.get("href") if element.tag == "a" else None
    path, mark, fragment = (href or "").partition("#")
    return normpath(join(dirname(page), path)) + mark + fragment if path else f"{page}{mark}{fragment}" if href else ""


def left_behind(site: dict[str, bytes]) -> tuple[list[str], dict[str, set[str]]]:
    """Where claims are shown without their condition; and the pages on which each claim with a condition is shown."""
    claims = {claim["url"]: claim for claim in json.loads(site["data/explainer.json"])["claims"]}
    conditional = {claim["headline"]: claim for claim in claims.values() if claim["condition"]}
    faults: list[str] = []
    shown: dict[str, set[str]] = {claim["id"]: set() for claim in conditional.values()}
    for page, html in site.items():
        if not page.endswith(".html"):
            continue
        root = Tree(html.decode()).root
        for element in root.all():
            for value in element.attributes.values():
                faults += [
                    f"{page}: {value}" for headline, claim in conditional.items() if headline in (value or "") and claim["condition"] not in (value or "")
                ]
            claim = claims.get(led_to(element, page)) or conditional.get(element.text().removesuffix("#").strip())
            if not claim or not claim["condition"] or "anchor" in (element.attributes.get("class") or ""):
                continue
            shown[claim["id"]].add(page)
            around = tuple(element.around())
            item = next(one for one in around if one.tag in ITEMS)
            folded = tuple(one for one in item.all() if one.tag == "details" and one not in around)
            others = {led_to(one, page) for one in item.all() if one not in folded} & set(claims) - {claim["url"]}
            if claim["condition"] not in item.text(folded) or others:
                faults.append(f"{page}: {item.text(folded)}")
    return faults, shown


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The real site, were all of its claims made under a condition, also those of background; each under its own, and nobody has grouped them."""
    root = make_project(tmp_path_factory.mktemp("every") / "project")
    (root / "content/conditions.yaml").unlink()
    number = 0
    for path in sorted((root / "content").rglob("*.md")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for n, line in enumerate(lines):
            if re.match(r"\{#\S+ kind=", line):
                number += 1
                bare = re.sub(r' condition="[^"]*"', "", line)
                lines[n] = f'{bare[:-1]} condition="if number {number} of them holds"}}'
        path.write_text("\n".join(lines), encoding="utf-8")
    assert number > 60
    return built(root)


@pytest.fixture(params=["real", "panel", "every"])
def site(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """The shipped site, the invented one, and one in which everything has a condition."""
    return dict(request.getfixturevalue(request.param))


def test_no_page_shows_a_claim_without_its_condition(site: dict[str, bytes]) -> None:
    """Where its headline stands, or a link leads to it: in the same item, not folded away, and in no item with another claim."""
    faults, shown = left_behind(site)
    assert faults == []
    claims = {claim["id"]: claim for claim in json.loads(site["data/explainer.json"])["claims"]}
    for name, pages in shown.items():
        claim = claims[name]
        expected = {claim["url"].partition("#")[0], f"sources/{claim['source']}.html", f"themes/{claim['themes'][0]}.html", "a-z.html", "conditions.html"}
        if claim["expert"]:
            expected |= {f"questions/{claim['question']}.html", f"experts/{claim['expert']}.html"}
        assert expected <= pages, name


@pytest.mark.parametrize(
    ("page", "before", "after"),
    [
        ("questions/slogan.html", "so long as political disarray lasts in Seoul", ""),
        ("answers/slogan/hass.html", '<p class="claim__condition">', '<p hidden></p><details><p class="claim__condition">'),
        ("a-z.html", "so long as political disarray lasts in Seoul", "if not"),
    ],
)
def test_a_condition_that_is_missing_is_seen(real: dict[str, bytes], page: str, before: str, after: str) -> None:
    """Or the test above would say nothing."""
    html = real[page].decode()
    assert before in html
    broken = html.replace(before, after)
    if "<details>" in after:
        broken = re.sub(rf"({re.escape(after)}.*?</p>)", r"\1</details>", broken)
    assert left_behind({"data/explainer.json": real["data/explainer.json"], page: broken.encode()})[0]


def test_every_export_has_the_condition(site: dict[str, bytes]) -> None:
    claims = [claim for claim in json.loads(site["data/explainer.json"])["claims"] if claim["condition"]]
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(site["data/claims.csv"].decode(), newline=""))}
    titles: dict[str, dict[str, str]] = {"csl": {}, "bibtex": {}, "ris": {}}
    for name, data in site.items():
        if name.startswith("data/citations"):
            if name.endswith(".json"):
                titles["csl"] |= {f"{name} {item['id']}": item["title"] for item in json.loads(data)}
            elif name.endswith(".bib"):
                titles["bibtex"] |= {f"{name} {entry['key']}": entry["title"] for entry in read_bibtex(data.decode())}
            elif name.endswith(".ris"):
                titles["ris"] |= {f"{name} {dict(record)['ID']}": dict(record)["TI"] for record in read_ris(data.decode())}
    assert claims
    for claim in claims:
        assert rows[claim["id"]]["condition"] == claim["condition"]
        for kind, of in titles.items():
            own = [title for name, title in of.items() if name.endswith(f" {key(claim['id'])}")]
            assert len(own) == 2, f"{kind}: once of its page, once of the site"
            assert all(claim["condition"] in title for title in own), kind


def test_what_search_lists_has_the_condition(every: dict[str, bytes], real: dict[str, bytes]) -> None:
    """A claim of background too."""
    from tests.test_search import fragments  # noqa: PLC0415

    for site in (every, real):
        texts = {f"{one['meta']['url']}#{anchor['id']}": anchor["text"] for one in fragments(site) for anchor in one["anchors"]}
        for claim in json.loads(site["data/explainer.json"])["claims"]:
            assert (claim["condition"] or "") in texts[claim["url"]]


def test_every_condition_of_the_content_is_listed_and_says_who_is_silent(real: dict[str, bytes]) -> None:
    """With every claim's own wording; nobody is passed over."""
    data = json.loads(real["data/explainer.json"])
    claims = {claim["id"]: claim for claim in data["claims"]}
    articles = {one.attributes.get("id"): one for one in Tree(real["conditions.html"].decode()).root.all() if one.tag == "article"}
    assert list(articles) == [condition["id"] for condition in data["conditions"]]
    assert {name for condition in data["conditions"] for name in condition["claims"]} == {name for name, claim in claims.items() if claim["condition"]}
    for condition in data["conditions"]:
        text = articles[condition["id"]].text()
        speaking = {claims[name]["expert"] for name in condition["claims"]}
        links = {led_to(one, "conditions.html") for one in articles[condition["id"]].all()}
        silent = [one for part in articles[condition["id"]].all() if part.attributes.get("class") == "finding__silent" for one in part.all()]
        assert {led_to(one, "conditions.html") for one in silent} - {""} == {expert["url"] for expert in data["experts"] if expert["id"] not in speaking}
        assert {expert["url"] for expert in data["experts"] if expert["id"] in speaking} <= links
        for name in condition["claims"]:
            assert claims[name]["condition"] in text
            assert claims[name]["url"] in links


def test_from_a_claim_at_home_to_its_conditions(real: dict[str, bytes]) -> None:
    data = json.loads(real["data/explainer.json"])
    listed = {claim["id"]: [one["url"] for one in data["conditions"] if claim["id"] in one["claims"]] for claim in data["claims"]}
    assert max(map(len, listed.values())) == 2, "one of the conditions is double"
    for claim in data["claims"]:
        page, _, place = claim["url"].partition("#")
        home = next(one for one in Tree(real[page].decode()).root.all() if one.attributes.get("id") == place)
        assert [url for one in home.all() if (url := led_to(one, page)).startswith("conditions.html#")] == listed[claim["id"]]
    assert 'href="../conditions.html"' in real["questions/slogan.html"].decode()
    assert 'href="conditions.html"' in real["compare.html"].decode()


def conditioned(smallest: Path, tea: str = "if the kettle works", coffee: str = "if there is coffee") -> Path:
    """Gives both claims a condition; returns the place of the list."""
    for name, attributes, condition in (("ann", TEA, tea), ("ben", COFFEE, coffee)):
        edit(smallest / f"content/answers/breakfast/{name}.md", attributes, f'{attributes[:-1]} condition="{condition}"}}')
    return smallest / "content/conditions.yaml"


def listed(smallest: Path) -> list[dict[str, Any]]:
    """The conditions of the site, as data."""
    return list(json.loads(built(smallest)["data/explainer.json"])["conditions"])


def test_without_a_list_claims_stand_together_by_wording(smallest: Path) -> None:
    conditioned(smallest, "if it rains", "if it rains")
    assert told_by(smallest) == []
    (one,) = listed(smallest)
    assert (one["title"], one["note"], one["claims"]) == ("If it rains", None, ["breakfast/ann#tea", "breakfast/ben#coffee"])
    assert one["url"] == "conditions.html#breakfast--ann--tea", "as the id of no item can be"


def test_without_conditions_the_page_says_so(smallest: Path) -> None:
    site = built(smallest)
    assert "No claim was made under a condition." in outline(site["conditions.html"].decode())
    assert "conditions.html" not in site["questions/breakfast.html"].decode() + site["compare.html"].decode()


def test_a_condition_that_is_not_listed_is_a_warning_and_stands_by_its_wording(smallest: Path) -> None:
    conditioned(smallest).write_text("- {id: kettle, title: If the kettle works, claims: [breakfast/ann#tea], note: 'One kettle.'}\n", encoding="utf-8")
    assert told_by(smallest) == [
        "content/answers/breakfast/ben.md:7:64: warning: this condition stands in no item of content/conditions.yaml; "
        "add 'breakfast/ben#coffee' to the claims of one, or write a new one"
    ]
    assert [(one["id"], one["title"]) for one in listed(smallest)] == [("kettle", "If the kettle works"), ("breakfast--ben--coffee", "If there is coffee")]


def test_an_empty_list_lists_nothing(smallest: Path) -> None:
    conditioned(smallest).write_text("# none yet\n", encoding="utf-8")
    assert [line.partition(" ")[2].partition(";")[0] for line in told_by(smallest)] == [
        "warning: this condition stands in no item of content/conditions.yaml"
    ] * 2


def test_a_claim_may_stand_under_two_conditions(smallest: Path) -> None:
    """As one whose condition is double does."""
    items = (f"- {{id: {name}, title: If, claims: [breakfast/ann#tea, breakfast/ben#coffee]}}\n" for name in ("kettle", "cup"))
    conditioned(smallest).write_text("".join(items), encoding="utf-8")
    assert told_by(smallest) == []
    home = built(smallest)["answers/breakfast/ann.html"].decode()
    assert "conditions.html#kettle" in home
    assert "conditions.html#cup" in home


def test_a_slip_in_the_list_is_told_alone(smallest: Path) -> None:
    """And not as a claim that is not listed."""
    conditioned(smallest).write_text("- {id: all, title: If, claims: [breakfast/ann#te, breakfast/ben#coffee]}\n", encoding="utf-8")
    assert told_by(smallest) == ["content/conditions.yaml:1:33: error: no claim 'breakfast/ann#te'; did you mean 'breakfast/ann#tea'?"]


def test_background_has_conditions_too(project: Path) -> None:
    """Named by its source, and shown as nobody's view."""
    edit(project / "content/sources/indiavision.md", "{#nuance kind=recommends", '{#nuance condition="if pressed" kind=recommends')
    assert [line for line in told_by(project) if "add 'indiavision#nuance' to the claims of one" in line]
    with (project / "content/conditions.yaml").open("a", encoding="utf-8") as file:
        file.write("- {id: pressed, title: If pressed, claims: [indiavision#nuance]}\n")
    assert told_by(project) == []
    lines = outline(built(project)["conditions.html"].decode()).split("h2 If pressed\n")[1].splitlines()
    assert lines[0].count("](experts/") == 4, "all experts are silent"
    assert "li [India Vision article]" in lines[1]
    assert "It is not an expert’s view." in " ".join(lines[1:3])


def test_the_shipped_list_names_claims_by_reference_alone() -> None:
    """So that a condition can be worded anew without touching it."""
    text = (ROOT / "content/conditions.yaml").read_text(encoding="utf-8")
    assert "condition=" not in text

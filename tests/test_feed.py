"""The feed of changes is Atom as RFC 4287 has it, and names each change once and for all."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.helpers import built, edit
from tests.test_changes import ANSWER, CHANGE, with_changes

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://example.org/a&b/"
URN = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")


def feed(site: dict[str, bytes]) -> ElementTree.Element:
    """The feed of a site, parsed."""
    return ElementTree.fromstring(site["changes.xml"])  # noqa: S314  # our own XML


def texts(parent: ElementTree.Element, path: str) -> list[str]:
    """The texts of the elements at a path."""
    return [element.text or "" for element in parent.findall("/".join(f"{ATOM}{name}" for name in path.split("/")))]


def links(parent: ElementTree.Element) -> dict[str, str]:
    """The links of a feed or an entry, by what they are."""
    return {element.attrib["rel"]: element.attrib["href"] for element in parent.findall(f"{ATOM}link")}


@pytest.fixture
def changed(smallest: Path) -> Path:
    """A project that was published and changed, with characters that XML would take for its own."""
    edit(smallest / "site.yaml", "license: CC0", "license: CC0\npublished: 2024-06-01")
    return with_changes(smallest, CHANGE.replace("Tea it is.", "'Tea & <milk> ]]> it is.'"))


def test_it_has_what_atom_asks_for_in_order(panel: dict[str, bytes]) -> None:
    root = feed(panel)
    names = [element.tag.removeprefix(ATOM) for element in root]
    entries = root.findall(f"{ATOM}entry")
    assert root.tag == f"{ATOM}feed"
    assert names == ["id", "title", "subtitle", "updated", "author", "link", *["entry"] * 6]
    assert texts(root, "title") == ["The lot on Linden Street: Changes since publication"]
    assert texts(root, "subtitle") == ["First published on June 1, 2024."]
    assert texts(root, "updated") == ["2024-08-03T00:00:00Z"]
    assert texts(root, "author/name") == ["The lot on Linden Street"]
    assert [[element.tag.removeprefix(ATOM) for element in entry] for entry in entries] == [["id", "title", "updated", "link", "content"]] * 6
    ids = [*texts(root, "id"), *texts(root, "entry/id")]
    assert len(set(ids)) == len(ids) == 7
    assert [name for name in ids if not URN.fullmatch(name)] == []
    assert [moment for moment in texts(root, "entry/updated") if not MOMENT.fullmatch(moment)] == []
    assert texts(root, "entry/updated") == sorted(texts(root, "entry/updated"), reverse=True)
    assert all(texts(root, "entry/title"))
    assert all(texts(root, "entry/content"))


def test_what_was_changed_is_said_letter_by_letter(changed: Path) -> None:
    assert texts(feed(built(changed)), "entry/content") == ["Tea & <milk> ]]> it is. Why: It was coffee."]


def test_an_id_stays_when_another_change_is_added_and_when_the_site_moves(changed: Path) -> None:
    (before,) = texts(feed(built(changed)), "entry/id")
    edit(
        changed / ANSWER,
        "changes:\n",
        "changes:\n  - {date: 2024-06-02, claim: tea, what: Again., why: So it is.}\n  - {date: 2024-07-01, what: Later., why: So it is.}\n",
    )
    here, there = feed(built(changed)), feed(built(changed, BASE))
    assert len(texts(here, "entry/id")) == 3
    assert before in texts(here, "entry/id")
    assert texts(here, "entry/id") == texts(there, "entry/id")
    assert texts(here, "id") == texts(there, "id")
    edit(changed / ANSWER, "why: It was coffee.", "why: It was cocoa.")
    assert before in texts(feed(built(changed)), "entry/id"), "a better reason is no other change"


def test_links_are_whole_where_the_address_is_known(changed: Path) -> None:
    root = feed(built(changed, BASE))
    assert links(root) == {"alternate": f"{BASE}changes.html", "self": f"{BASE}changes.xml"}
    assert [links(entry) for entry in root.findall(f"{ATOM}entry")] == [{"alternate": f"{BASE}answers/breakfast/ann.html#tea"}]
    root = feed(built(changed))
    assert links(root) == {"alternate": "changes.html"}
    assert [links(entry) for entry in root.findall(f"{ATOM}entry")] == [{"alternate": "answers/breakfast/ann.html#tea"}]


def test_links_lead_to_places(panel: dict[str, bytes]) -> None:
    for entry in feed(panel).findall(f"{ATOM}entry"):
        page, _, place = links(entry)["alternate"].partition("#")
        assert f'id="{place}"' in panel[page].decode(), page


@pytest.mark.parametrize("base_url", [None, "https://example.org/", BASE])
def test_every_page_announces_it(changed: Path, base_url: str | None) -> None:
    """At the root of a host, below a path, and where nobody knows."""
    site = built(changed, base_url)
    for url, data in site.items():
        if url.endswith(".html"):
            (href,) = re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', data.decode().partition("</head>")[0])
            whole = base_url and url == "404.html"
            assert href == (base_url.replace("&", "&amp;") if whole and base_url else "../" * url.count("/")) + "changes.xml", url


def test_a_feed_without_a_change_is_of_the_day_of_publication(real: dict[str, bytes]) -> None:
    root = feed(real)
    assert texts(root, "updated") == ["2026-11-22T00:00:00Z"]
    assert texts(root, "subtitle") == ["First published on November 22, 2026."]
    assert texts(root, "entry/id") == []


def test_a_feed_that_would_have_to_invent_its_day_is_none(smallest: Path) -> None:
    site = built(smallest)
    assert "changes.xml" not in site
    assert [url for url, data in site.items() if url.endswith(".html") and b"changes.xml" in data] == []


def test_a_change_is_a_day_too(smallest: Path) -> None:
    root = feed(built(with_changes(smallest, CHANGE)))
    assert texts(root, "updated") == ["2024-06-02T00:00:00Z"]
    assert texts(root, "subtitle") == [], "when it was published is not known"


def test_the_author_is_who_publishes(changed: Path) -> None:
    edit(changed / "site.yaml", "license: CC0", "license: CC0\npublisher: Ann & Ben")
    assert texts(feed(built(changed)), "author/name") == ["Ann & Ben"]

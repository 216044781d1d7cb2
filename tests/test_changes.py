"""A change after publication is recorded once, in the file of what was changed, and shown wherever a reader would look for it."""

from pathlib import Path

import pytest

from explainer.content import link_up
from explainer.documents import read_documents
from explainer.views.searched import searched
from tests.helpers import SITES, built, edit, told_by
from tests.outline import outline

ANSWER = "content/answers/breakfast/ann.md"
CHANGE = "{date: 2024-06-02, claim: tea, what: Tea it is., why: It was coffee.}"


def with_changes(root: Path, *changes: str, path: str = ANSWER) -> Path:
    """A project with changes in one of its files."""
    text = (root / path).read_text(encoding="utf-8")
    head, end, body = text.partition("\n---\n")
    listed = "".join(f"\n  - {change}" for change in changes)
    (root / path).write_text(f"{head}\nchanges:{listed}{end}{body}", encoding="utf-8")
    return root


def with_milk(root: Path, *changes: str) -> Path:
    """A project whose source has a claim of its own, and changes."""
    edit(
        root / "content/sources/talk.md",
        "ben, question: breakfast}\n---\n",
        "ben, question: breakfast}\n  - {paragraphs: 4, kind: background}\n---\n\n{#milk kind=describes themes=drinks paragraphs=4}\n## Milk\n\nIs there.\n",
    )
    return with_changes(root, *changes, path="content/sources/talk.md")


def test_no_change_leaves_no_trace_on_the_page_of_an_answer(smallest: Path) -> None:
    assert "Changes since publication" not in outline(built(smallest)["answers/breakfast/ann.html"].decode())


def test_the_page_of_changes_says_that_there_are_none_and_since_when(real: dict[str, bytes], smallest: Path) -> None:
    assert "First published on November 22, 2026. Nothing has been changed since publication." in outline(real["changes.html"].decode())
    page = outline(built(smallest)["changes.html"].decode())
    assert "Nothing has been changed since publication." in page
    assert "First published" not in page


def test_every_page_leads_to_it(panel: dict[str, bytes]) -> None:
    for url, data in panel.items():
        if url.endswith(".html"):
            footer = data.decode().partition('<footer class="footer">')[2]
            assert f'<a href="{"../" * url.count("/")}changes.html">Changes since publication</a>' in footer, url


def test_a_change_stands_at_its_claim_and_in_the_lists(smallest: Path) -> None:
    site = built(with_changes(smallest, CHANGE, "{date: 2024-06-03, what: A new summary., why: It was long.}"))
    page = outline(site["answers/breakfast/ann.html"].decode()).splitlines()
    line = page.index("Changed on June 2, 2024: Tea it is. Why: It was coffee.")
    assert page.index("#tea") < line < page.index("summary Cite")
    assert page[page.index("h2 #_changes Changes since publication") + 1 :][:4] == [
        "li June 3, 2024 The answer as a whole",
        "   A new summary. Why: It was long.",
        "li June 2, 2024 [Tea](#tea)",
        "   Tea it is. Why: It was coffee.",
    ]
    every = outline(site["changes.html"].decode()).splitlines()
    assert every[every.index("li June 2, 2024 [Ann: Breakfast](answers/breakfast/ann.html)") + 1] == "   [Tea](answers/breakfast/ann.html#tea)"
    assert "Changed on" not in outline(site["themes/drinks.html"].decode()), "at home only"
    assert "changes" not in outline(site["answers/breakfast/ben.html"].decode()).casefold(), "what was changed elsewhere is not told here"


def test_a_change_of_background_stands_on_the_page_of_its_source(smallest: Path) -> None:
    site = built(with_milk(smallest, "{date: 2024-06-02, claim: milk, what: Milk., why: It was cream.}"))
    page = outline(site["sources/talk.html"].decode())
    assert "Changed on June 2, 2024: Milk. Why: It was cream." in page
    assert "li June 2, 2024 [Milk](#milk)" in page
    assert "[Milk](sources/talk.html#milk)" in outline(site["changes.html"].decode())


def test_a_claim_keeps_its_condition_among_the_changes(panel: dict[str, bytes]) -> None:
    for url in ("changes.html", "changes.xml"):
        assert panel[url].decode().count("Open it on Sundays") == 1
        assert "as long as somebody salts the path" in panel[url].decode().partition("Open it on Sundays")[2][:200], url


def test_the_address_of_a_claim_that_was_taken_out_leads_to_why(panel: dict[str, bytes]) -> None:
    """Others may have cited it."""
    page = outline(panel["answers/winter/farrow.html"].decode())
    assert "li #saturdays\n   June 20, 2024 A claim that was taken out\n   The claim that Saturdays would do as well was taken out. Why:" in page


def test_the_order_of_writing_does_not_matter(smallest: Path) -> None:
    changes = (CHANGE, CHANGE.replace("06-02", "06-01"), CHANGE.replace("Tea it", "Black tea it"), "{date: 2024-06-02, what: B., why: C.}")
    text = (smallest / ANSWER).read_text(encoding="utf-8")
    sites = []
    for order in (changes, changes[::-1]):
        (smallest / ANSWER).write_text(text, encoding="utf-8")
        sites.append(built(with_changes(smallest, *order)))
    assert sites[0] == sites[1]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            ("{date: 2024-06-02, claim: te, what: x, why: y}",),
            "6:31: error: no claim 'te' in this file, and no 'removed: true' that says it was taken out; did you mean 'tea'?",
        ),
        ((CHANGE, "{date: 2024-06-02, claim: tea, what: Tea it is., why: So be it.}"), "7:5: error: this change stands here twice; keep one"),
        (
            ("{date: 2024-06-02, claim: tea, removed: true, what: x, why: y}",),
            "6:45: error: 'tea' is still a claim of this file; take it out, or leave out 'removed'",
        ),
        (("{date: 2024-06-02, removed: true, what: x, why: y}",), "6:33: error: 'claim' is missing; 'removed' says that a claim was taken out"),
        (("{date: 2024-06, what: x, why: y}",), "6:12: error: 'date' must be a day, as in 2024-12-14; '2024-06' is not"),
        (("{date: 2024-02-30, what: x, why: y}",), "6:12: error: 'date' must be a day, as in 2024-12-14; '2024-02-30' is not"),
        (("{date: 2024-06-02, what: x}",), "6:5: error: 'why' is missing; the reason, in a sentence"),
        (
            ("{date: 2024-06-02, claim: milk, removed: true, what: x, why: y}", "{date: 2024-06-03, claim: milk, removed: true, what: x, why: y}"),
            "7:46: error: 'milk' is taken out a second time; keep one",
        ),
    ],
)
def test_what_is_wrong_with_a_change_is_told_at_its_place(smallest: Path, changes: tuple[str, ...], told: str) -> None:
    assert told_by(with_changes(smallest, *changes)) == [f"{ANSWER}:{told}"]


def test_what_was_changed_before_a_claim_was_taken_out_stays(smallest: Path) -> None:
    gone = ("{date: 2024-06-02, claim: milk, removed: true, what: x, why: y}", "{date: 2024-06-01, claim: milk, what: x, why: y}")
    assert told_by(with_changes(smallest, *gone)) == []


def test_a_claim_that_cannot_be_read_still_counts_as_there(smallest: Path) -> None:
    """Its line of attributes is wrong, and nothing else."""
    edit(with_changes(smallest, CHANGE) / ANSWER, "{#tea kind=recommends", "{#tea kind = recommends")
    assert [problem for problem in told_by(smallest) if "no claim 'tea'" in problem] == []
    assert any("attributes cannot be read" in problem for problem in told_by(smallest))


def test_a_change_before_publication_is_told(smallest: Path) -> None:
    edit(smallest / "site.yaml", "license: CC0", "license: CC0\npublished: 2024-06-02")
    assert told_by(with_changes(smallest, CHANGE)) == [], "on the day itself there may be one"
    edit(smallest / "site.yaml", "2024-06-02", "2024-06-03")
    (problem,) = told_by(smallest)
    assert problem.startswith(f"{ANSWER}:6:12: error: 2024-06-02 is before the site was published, on 2024-06-03 ('published' in site.yaml); ")


def test_a_publication_is_a_day(smallest: Path) -> None:
    edit(smallest / "site.yaml", "license: CC0", "license: CC0\npublished: 2024")
    assert told_by(smallest) == ["site.yaml:6:12: error: 'published' must be a day, as in 2024-12-14; '2024' is not"]


def test_a_source_may_not_take_out_what_is_named_like_a_paragraph(smallest: Path) -> None:
    """Its page has a place of that name."""
    (problem,) = told_by(with_milk(smallest, "{date: 2024-06-02, claim: p4, removed: true, what: x, why: y}"))
    assert problem.startswith("content/sources/talk.md:")
    assert "the id 'p4' is that of a paragraph on the source's page" in problem


def test_search_finds_what_was_changed_and_why() -> None:
    """As a part of the page of the answer, where it stands."""
    library, _ = link_up(read_documents(SITES / "other-panel")[0])
    (view,) = (view for view in searched(library) if view.url == "answers/winter/farrow.html")
    assert {"It stood in the claim only.", "Farrow does not speak of Saturdays."} <= set(view.texts)

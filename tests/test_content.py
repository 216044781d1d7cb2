"""What a single field cannot know: told at its place, all at once, and never with a traceback."""

import shutil
from pathlib import Path

import pytest

from explainer.content import link_up
from tests.helpers import built, documents, edit, told_by
from tests.outline import outline

SOURCE = """---
title: Talk
short: Talk
publisher: nobody
address: https://talk.example/
date: a Tuesday
date_basis: Both say so.
authors: []
genre: Talk
trust: Overheard.
order: 1
ranges:
{ranges}
---
"""


def test_text_above_the_first_claim_is_told_on_its_line(smallest: Path) -> None:
    edit(smallest / "content/answers/breakfast/ann.md", "---\n\n{#tea", "---\n\nAnn is awake.\n\n{#tea")
    (problem,) = told_by(smallest)
    assert problem.startswith("content/answers/breakfast/ann.md:7:1: error: this text belongs to no claim")


def test_a_range_without_paragraphs_is_told() -> None:
    _, problems = link_up(documents(sources__talk=SOURCE.format(ranges="  - {paragraphs: [], kind: background}")))
    assert [problem.path for problem in problems if "paragraphs" in problem.message] == ["content/sources/talk.md"]


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("{paragraphs: 3,", "{paragraphs: 4,", "15:18"),
        ("{paragraphs: 2,", '{paragraphs: "2, 4",', "14:18"),
        ("{paragraphs: 1,", "{paragraphs: 1-2,", "14:18"),
        (", expert: ann", "", "14:5"),
        ("expert: ann", "expert: anne", "14:46"),
        ("kind: prompt", "kind: prompt, expert: ann", "13:35"),
    ],
)
def test_a_slip_in_a_range_is_one_problem(smallest: Path, before: str, after: str, place: str) -> None:
    """It is not known then whose the paragraphs are, and what answers say of them is not held against it."""
    edit(smallest / "content/sources/talk.md", before, after)
    assert [problem.partition(": error")[0] for problem in told_by(smallest)] == [f"content/sources/talk.md:{place}"]


@pytest.mark.parametrize("below", ["\n\nTea it is.\n", "\n\nTea it is.\n\n## Tea\n"])
def test_attributes_that_stand_in_the_wrong_place_are_one_problem(smallest: Path, below: str) -> None:
    edit(smallest / "content/answers/breakfast/ann.md", "paragraphs=2}\n## Tea\n", f"paragraphs=2}}{below}")
    assert [problem.partition(";")[0] for problem in told_by(smallest)] == [
        "content/answers/breakfast/ann.md:7:1: error: this line of attributes belongs to no claim"
    ]


def test_paragraphs_without_an_answer_are_told(smallest: Path) -> None:
    """Testimony that no answer takes up would vanish without a word."""
    (smallest / "content/answers/breakfast/ann.md").unlink()
    assert [problem for problem in told_by(smallest) if "content/sources/talk.md:14" in problem or "breakfast/ann" in problem]


def test_an_answer_without_a_claim_is_a_warning_on_a_line_of_the_file(smallest: Path) -> None:
    path = smallest / "content/answers/breakfast/ann.md"
    path.write_text("---\nsource: talk\nsummary: Tea.\nparagraphs: 2\nleft_out:\n  - {paragraphs: 2, because: It is a test.}\n---", encoding="utf-8")
    (problem,) = told_by(smallest)
    assert "warning: this answer has no claim yet" in problem
    assert int(problem.split(":")[1]) <= 7


def test_a_paragraph_that_carries_no_claim_is_a_warning(smallest: Path) -> None:
    edit(smallest / "content/sources/talk.md", "  - {paragraphs: 3,", "  - {paragraphs: 3-5,")
    (problem,) = told_by(smallest)
    assert "warning: no claim rests on ¶4–5" in problem


def test_left_out_and_carried_is_an_error(smallest: Path) -> None:
    edit(smallest / "content/answers/breakfast/ann.md", "paragraphs: 2\n", "paragraphs: 2\nleft_out:\n  - {paragraphs: 2, because: An aside.}\n")
    assert any("error: ¶2 is left out and yet carries a claim" in problem for problem in told_by(smallest))


def test_a_theme_without_a_claim_is_a_warning(smallest: Path) -> None:
    (smallest / "content/themes/milk.md").write_text("---\ntitle: Milk\norder: 2\nsummary: x\n---\n", encoding="utf-8")
    assert told_by(smallest) == ["content/themes/milk.md:2:1: warning: no claim names this theme yet; name it in one, or delete the file"]


def test_the_same_order_twice_is_a_warning(smallest: Path) -> None:
    edit(smallest / "content/experts/ben.md", "order: 2", "order: 1")
    assert told_by(smallest) == ["content/experts/ben.md:5:8: warning: order 1 is also that of content/experts/ann.md; the next free number is 2"]


def test_the_same_initials_twice_are_an_error(smallest: Path) -> None:
    edit(smallest / "content/experts/ben.md", "initials: B", "initials: A")
    assert told_by(smallest) == ["content/experts/ben.md:4:11: error: 'initials' A is also that of Ann; choose another"]


def test_one_expert_is_nothing_to_compare(smallest: Path) -> None:
    edit(smallest / "content/sources/talk.md", "  - {paragraphs: 3, kind: testimony, expert: ben, question: breakfast}\n", "")
    (smallest / "content/experts/ben.md").unlink()
    (smallest / "content/answers/breakfast/ben.md").unlink()
    assert told_by(smallest) == ["content/experts:1:1: error: a comparison needs two experts or more, and this project has 1; write content/experts/<name>.md"]


def test_an_empty_project_is_told_what_it_needs(smallest: Path) -> None:
    for path in (smallest / "content").rglob("*.md"):
        path.unlink()
    assert [problem.split(":")[0] for problem in told_by(smallest)] == [f"content/{folder}" for folder in ("experts", "questions", "sources", "themes")]


def test_navigation_and_content_are_told_in_one_run(smallest: Path) -> None:
    """Whoever mends the content should not learn of `site.yaml` only then."""
    edit(smallest / "site.yaml", "navigation: []", "navigation: [expert]")
    edit(smallest / "content/answers/breakfast/ann.md", "themes=drinks", "themes=drink")
    assert [problem.split(":")[0] for problem in told_by(smallest)] == ["content/answers/breakfast/ann.md", "site.yaml"]


def test_a_language_without_words_is_told(smallest: Path) -> None:
    edit(smallest / "site.yaml", "license: CC0", "license: CC0\nlanguage: xy")
    assert told_by(smallest) == ["site.yaml:6:11: error: no words for the language 'xy'; there are: en"]


STANCES = """stances:
  - {scale: heat, step: 4, because: x, paragraphs: 2, or: {step: 4, because: y, paragraphs: 3}}
  - {scale: heat, step: 1, because: x, paragraphs: 2}
  - {scale: cold, step: 1, because: x, paragraphs: 2}
"""


def test_stances_are_on_steps_that_exist_once_and_from_the_experts_own_words(smallest: Path) -> None:
    edit(smallest / "content/questions/breakfast.md", "paragraphs: 1\n", "paragraphs: 1\nscales:\n  - {id: heat, title: How hot?, steps: [cold, warm, hot]}\n")
    edit(smallest / "content/answers/breakfast/ann.md", "paragraphs: 2\n", f"paragraphs: 2\n{STANCES}")
    edit(smallest / "content/answers/breakfast/ben.md", "paragraphs: 3\n", "paragraphs: 3\nsilent: [heat]\n")
    place = "content/answers/breakfast/ann.md"
    assert told_by(smallest) == [
        f"{place}:6:25: error: no step 4; 'heat' has steps 1 to 3",
        f"{place}:6:66: error: no step 4; 'heat' has steps 1 to 3",
        f"{place}:6:66: error: the other step is the same; name another, or leave out 'or'",
        f"{place}:6:93: error: ¶3 is testimony of 'ben' on 'breakfast', not testimony of 'ann' on 'breakfast' (¶2)",
        f"{place}:7:13: error: a second stance on 'heat'; another step goes under 'or'",
        f"{place}:8:13: error: no scale 'cold' in question 'breakfast'; there are: heat",
    ]


def test_experts_are_on_one_side_only(smallest: Path) -> None:
    (smallest / "content/disagreements").mkdir()
    sides = "sides:\n  - {holds: a, claims: [breakfast/ann#tea]}\n  - {holds: b, claims: [breakfast/ann#tea]}\n"
    text = f"---\ntitle: Which?\norder: 1\ntype: object\n{sides}both_right: Yes, both.\n---\n"
    (smallest / "content/disagreements/cup.md").write_text(text, encoding="utf-8")
    assert told_by(smallest) == ["content/disagreements/cup.md:7:24: error: 'ann' stands on two sides; keep the claims of one"]


def with_page(root: Path, text: str) -> Path:
    """Adds a page of prose to a project."""
    (root / "content/pages").mkdir()
    (root / "content/pages/about.md").write_text(f"---\ntitle: About\nshort: About\norder: 1\n---\n\n{text}\n", encoding="utf-8")
    return root


@pytest.mark.parametrize("address", ["../answers/breakfast/ann.md#teapot", "#top"])
def test_a_place_that_is_not_there_is_told_where_it_was_written(smallest: Path, address: str) -> None:
    """Not in a template, which its writer has never seen."""
    (problem,) = told_by(with_page(smallest, f"[A place]({address})."))
    assert problem.startswith("content/pages/about.md:7:")


@pytest.mark.parametrize(
    "words",
    ["the words href=nothing.html", "an id=5 and an id=5", "x=content:nothing.yaml", "x=content:nothing and so on", "`<a href=\"nothing.html\" id='_main'>`"],
)
def test_words_that_look_like_html_are_words(smallest: Path, words: str) -> None:
    """Prose about the web is prose; it is neither checked nor changed."""
    root = with_page(smallest, f"Here stand {words}; then [a link](../experts/ann.md).")
    assert told_by(root) == []
    assert f"Here stand {words.strip('`')}; then [a link](experts/ann.html)." in outline(built(root)["about.html"].decode())


def test_words_that_look_like_html_are_words_in_fields_too(smallest: Path) -> None:
    edit(smallest / "content/answers/breakfast/ann.md", "summary: Tea.", "summary: Tea, not href=nothing.html and x=content:y.yaml here.")
    assert told_by(smallest) == []
    assert "Tea, not href=nothing.html and x=content:y.yaml here." in outline(built(smallest)["index.html"].decode())


@pytest.mark.parametrize("nested", ["> ", "- ", "1. "])
def test_text_that_is_nested_too_deep_is_not_lost_without_a_word(smallest: Path, nested: str) -> None:
    """The parser drops what is beyond its limit; the writer has to learn of it."""
    root = with_page(smallest, nested * 300 + "word")
    assert told_by(root) or "word" in outline(built(root)["about.html"].decode())


FINDING = """---
title: They agree
order: 1
claims: [breakfast/ann#tea, breakfast/ben#coffee]
---

### Why

Because.
"""
PARTED = FINDING.replace(
    "claims: [breakfast/ann#tea, breakfast/ben#coffee]",
    """\
type: emphasis
both_right: Yes.
sides:
  - {holds: a, claims: [breakfast/ann#tea]}
  - {holds: b, claims: [breakfast/ben#coffee]}""",
)


def test_two_findings_may_have_a_heading_of_the_same_words(smallest: Path) -> None:
    """A page that shows both must not have one place twice, and that is not for an editor to prevent."""
    for folder, text in (("agreements", FINDING), ("disagreements", PARTED)):
        (smallest / "content" / folder).mkdir()
        (smallest / f"content/{folder}/{folder}.md").write_text(text, encoding="utf-8")
    assert told_by(smallest) == []


def test_an_agreement_and_a_disagreement_may_not_share_their_name_unsaid(smallest: Path) -> None:
    """Both stand on one page, each at its name; the problem names one of the two files."""
    for folder, text in (("agreements", FINDING), ("disagreements", PARTED)):
        (smallest / "content" / folder).mkdir()
        (smallest / f"content/{folder}/one.md").write_text(text, encoding="utf-8")
    problems = told_by(smallest)
    assert problems
    assert all(problem.startswith("content/") for problem in problems), problems


def test_a_claim_named_like_a_paragraphs_place_is_told_in_its_file(smallest: Path) -> None:
    """A source's page has a place p1, p2 … for each paragraph."""
    claim = "{#p4 kind=describes themes=drinks paragraphs=4}\n## Milk\n\nIs there.\n"
    edit(
        smallest / "content/sources/talk.md",
        "ben, question: breakfast}\n---",
        f"ben, question: breakfast}}\n  - {{paragraphs: 4, kind: background}}\n---\n\n{claim}",
    )
    problems = told_by(smallest)
    assert problems
    assert all(problem.startswith("content/sources/talk.md") for problem in problems), problems


def test_two_pairs_may_not_share_an_address_unsaid(smallest: Path) -> None:
    """`a-and-b` beside `c` is written as `a` beside `b-and-c` is; the problem names a file that there is."""
    for order, slug in enumerate(("a", "b-and-c", "a-and-b", "c"), 3):
        (smallest / f"content/experts/{slug}.md").write_text(f"---\nname: {slug}\nshort: {slug}\ninitials: X{order}\norder: {order}\n---\n", encoding="utf-8")
    problems = told_by(smallest)
    assert problems
    assert all((smallest / problem.split(":")[0]).is_file() for problem in problems), problems


@pytest.mark.parametrize("slug", ["index", "questions", "404", "compare"])
def test_a_page_may_not_take_the_address_of_another(smallest: Path, slug: str) -> None:
    with_page(smallest, "Text.")
    (smallest / "content/pages/about.md").rename(smallest / f"content/pages/{slug}.md")
    (problem,) = told_by(smallest)
    assert problem.startswith(f"content/pages/{slug}.md:1:1: error: a second page at {slug}.html")


def test_a_configuration_that_is_no_fields_is_told_as_that(smallest: Path) -> None:
    """Six fields that are missing from a list would send its writer the wrong way."""
    (smallest / "site.yaml").write_text("- title: Tea or coffee\n", encoding="utf-8")
    (problem,) = told_by(smallest)
    assert problem.startswith("site.yaml:1:1: error: ")


def test_pairs_without_a_page_are_said_and_not_linked(smallest: Path) -> None:
    """Beyond the limit there is no page, no link to it, and a sentence that says so."""
    (smallest / "content/experts/cid.md").write_text("---\nname: Cid\nshort: Cid\ninitials: C\norder: 3\n---\n", encoding="utf-8")
    edit(smallest / "site.yaml", "license: CC0", "license: CC0\npairs_limit: 2")
    site = built(smallest)
    assert [url for url in site if url.startswith("compare/")] == ["compare/ann-and-ben.html", "compare/ann-and-cid.html"]
    assert "2 of 3 possible pairs" in outline(site["compare.html"].decode())


def test_an_event_lasts_until_after_it_began(smallest: Path) -> None:
    event = "- {{id: tea, date: {}, until: {}, title: Tea, origin: editor, text: Is drunk.}}\n"
    for began, ended, right in (("'2003'", "'2008'", True), ("2003-05", "2003-06", True), ("'2003'", "'2002'", False), ("2003-05", "2003-05", False)):
        (smallest / "content/timeline.yaml").write_text(event.format(began, ended), encoding="utf-8")
        assert (told_by(smallest) == []) is right, (began, ended)


def test_an_event_may_end_in_a_year_whose_month_is_unknown(smallest: Path) -> None:
    """From May 2003 until some time in 2003 is no contradiction."""
    (smallest / "content/timeline.yaml").write_text(
        "- {id: tea, date: 2003-05, until: '2003', title: Tea, origin: editor, text: Is drunk.}\n", encoding="utf-8"
    )
    assert told_by(smallest) == []


def test_a_title_that_looks_like_a_link_to_content_is_a_title(smallest: Path) -> None:
    page = smallest / "content/pages/about.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text('---\ntitle: About\nshort: About\norder: 1\n---\n\n[home](https://example.org "content:a.yaml")\n', encoding="utf-8")
    assert told_by(smallest) == []


def test_a_picture_from_another_host_is_told(smallest: Path) -> None:
    """Pages load nothing from elsewhere; the browser would refuse it without a word to the editor."""
    page = smallest / "content/pages/about.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("---\ntitle: About\nshort: About\norder: 1\n---\n\n![tea](https://example.org/tea.png)\n", encoding="utf-8")
    assert [line for line in told_by(smallest) if "content/pages/about.md:7:8: error: a picture from another host" in line]


def test_content_that_lies_outside_the_project_is_not_read(smallest: Path, tmp_path: Path) -> None:
    shutil.move(smallest / "content", tmp_path / "elsewhere")
    (smallest / "content").symlink_to(tmp_path / "elsewhere")
    assert any(line.startswith("content:1:1: error: a link that leads out of the project") for line in told_by(smallest))


def test_a_claim_keeps_its_condition_on_the_page_of_its_source(project: Path) -> None:
    page = built(project)["sources/brookings.html"].decode()
    at = page.index('id="p69"')
    assert "so long as political disarray lasts in Seoul" in page[at : page.index('id="p70"')]


def test_an_attribute_line_that_cannot_be_read_is_one_problem(project: Path) -> None:
    """What refers to the claim is right, and the paragraph is not uncovered; only the line is wrong."""
    edit(project / "content/answers/slogan/hass.md", "{#disarray kind=predicts", "{#disarray kind = predicts")
    told = told_by(project)
    assert len(told) == 1
    assert told[0].startswith("content/answers/slogan/hass.md:59:12: error: attributes cannot be read from here")


def test_an_answer_that_is_not_there_is_told_once(project: Path) -> None:
    """And not for each of the claims that others rest on."""
    (project / "content/answers/slogan/hass.md").unlink()
    assert [line.partition(": ")[2] for line in told_by(project) if "error" in line] == ["error: no answer 'slogan/hass'; write content/answers/slogan/hass.md"]


def test_a_picture_stands_in_static(smallest: Path) -> None:
    page = smallest / "content/pages/about.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("---\ntitle: About\nshort: About\norder: 1\n---\n\n![tea](../../static/icon.svg)\n", encoding="utf-8")
    assert 'src="static/icon.' in built(smallest)["about.html"].decode()
    edit(page, "icon.svg", "icno.svg")
    assert [line for line in told_by(smallest) if "no file 'icno.svg' in static/; did you mean 'icon.svg'?" in line]


def test_a_wrong_kind_does_not_hide_a_wrong_theme(project: Path) -> None:
    edit(
        project / "content/answers/slogan/hass.md",
        '{#disarray kind=predicts themes="korean-politics alliance"',
        '{#disarray kind=predict themes="korean-politics aliance"',
    )
    assert [line.partition("error: ")[2] for line in told_by(project)] == [
        "'kind' cannot be 'predict'; did you mean 'predicts'?",
        "no theme 'aliance'; did you mean 'alliance'?",
    ]


def test_a_word_of_two_terms_is_told_at_the_second() -> None:
    glossary = (
        "- {id: mulch, term: Mulch, origin: editor, meaning: Straw.}\n- {id: straw, term: Straw bed, also: [Bedding, Mulch], origin: editor, meaning: Straw.}\n"
    )
    _, problems = link_up(documents(glossary=glossary))
    told = [str(problem) for problem in problems if "glossary" in str(problem)]
    assert told == ["content/glossary.yaml:2:48: error: 'Mulch' is a word of the term 'mulch' already; keep it with one"]

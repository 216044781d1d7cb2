"""Markdown to prose and sections: nothing is let through, nothing is lost."""

import pytest

from explainer.frontmatter import read_front_matter
from explainer.markdown import Body, Prose, below_content, parse_prose, parse_sections
from explainer.problems import Problem


def prose(text: str) -> Prose:
    """A page of prose."""
    return parse_prose(read_front_matter("content/pages/about.md", f"---\na: b\n---\n{text}")[0])


def sections(text: str) -> tuple[Body, list[Problem]]:
    """An answer."""
    return parse_sections(read_front_matter("content/answers/q/ann.md", f"---\na: b\n---\n{text}")[0])


@pytest.mark.parametrize(
    "html", ["<b>bold</b>", "<script>alert(1)</script>", "<!-- hidden -->", "<img src=x onerror=alert(1)>", "<div>\n\nx\n\n</div>", "</main>"]
)
def test_raw_html_is_shown_as_written(html: str) -> None:
    made = prose(html)
    for word in html.split():
        assert word in made.text
    assert "&lt;" in made.html
    assert not set(made.html.replace("<p>", "").replace("</p>", "")) & {"<"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "file:///etc/passwd", "data:text/html,x", "java&#115;cript:x"])
def test_dangerous_addresses_are_no_links(address: str) -> None:
    for text in (f"[x]({address})", f"<{address}>", f"[x][y]\n\n[y]: {address}", f"![x]({address})"):
        assert "href=" not in prose(text).html
        assert "src=" not in prose(text).html


def test_text_is_without_markup() -> None:
    assert prose("A *word* and [a link](https://example.org),\nand `code`.\n\n- one\n- two").text == "A word and a link, and code. one two"


def test_quotation_marks_are_set_and_found() -> None:
    made = prose('She calls it "hot water" (¶4) and "tea".')
    assert [(quotation.text, quotation.paragraph, quotation.line) for quotation in made.quotations] == [("hot water", 4, 4), ("tea", None, 4)]
    assert "“hot water”" in made.html


@pytest.mark.parametrize("text", ['"hot\nwater" (¶4)', '*"hot water"* (¶4)', '"hot *water*"\n(¶4)', "“hot water” (¶4)"])
def test_a_quotation_is_found_however_it_is_set(text: str) -> None:
    (quotation,) = prose(text).quotations
    assert (quotation.text, quotation.paragraph, quotation.line) == ("hot water", 4, 4)


def test_a_quotation_names_no_paragraph_of_five_thousand_digits() -> None:
    """Python refuses to read such a number; a writer's cat on the keyboard is no reason for a traceback."""
    assert len(prose(f'"tea" (¶{"9" * 5000})').quotations) == 1


@pytest.mark.parametrize("depth", [10, 30, 90])
@pytest.mark.parametrize("nested", ["> ", "- "])
def test_deep_nesting_is_not_lost(nested: str, depth: int) -> None:
    """Text that is nested too deep for the parser would vanish without a word."""
    assert "word" in prose(nested * depth + "word").text


def test_deeply_nested_emphasis_is_not_lost() -> None:
    assert prose("*a **b " * 500).text.count("a") == 500


def test_a_claim_is_its_attributes_its_heading_and_its_text() -> None:
    body, problems = sections('\n{#tea kind=describes themes="a b"}\n{paragraphs=2}\n## Tea\n\nOne.\n\nTwo.\n\n{#milk}\n## Milk\n')
    assert problems == []
    tea, milk = body.sections
    assert tea.attributes == {"id": "tea", "kind": "describes", "themes": "a b", "paragraphs": "2"}
    assert (tea.heading.text, tea.prose.text, tea.line) == ("Tea", "One. Two.", 7)
    assert (milk.attributes, milk.prose.text) == ({"id": "milk"}, "")
    assert (tea.places["id",], tea.places["themes", 1], tea.places["paragraphs",]) == ((5, 3), (5, 32), (6, 13))
    assert body.introduction.text == ""


def test_quoted_attributes_may_hold_quotation_marks() -> None:
    body, problems = sections('{#tea condition="as long as \\"tea\\" is hot"}\n## Tea\n')
    assert problems == []
    assert body.sections[0].attributes["condition"] == 'as long as "tea" is hot'


@pytest.mark.parametrize(
    ("line", "column"),
    [("{#tea kind=}", 7), ('{#tea kind="x}', 7), ("{#tea,kind=x}", 2), ("{#tea .class}", 7), ("{kind = x}", 2), ('{#tea themes="a"kind=b}', 7)],
)
def test_attributes_that_cannot_be_read_are_told_where_reading_stops(line: str, column: int) -> None:
    _, problems = sections(f"{line}\n## Tea\n\nText.\n")
    assert [(problem.line, problem.column) for problem in problems] == [(4, column)]
    assert "cannot be read from here" in problems[0].message


def test_an_attribute_that_stands_twice_is_told() -> None:
    _, problems = sections("{#tea kind=a}\n{kind=b}\n## Tea\n")
    assert [(problem.line, problem.column) for problem in problems] == [(5, 2)]


@pytest.mark.parametrize("text", ["{#tea}\n", "{#tea}\n\nText\n", "{#tea}\n### Tea\n", "{#tea}\n# Tea\n", "Text\n{#tea kind=b}\n## Tea\n", "- {#tea kind=x}\n"])
def test_attributes_that_belong_to_no_claim_are_told(text: str) -> None:
    assert sections(text)[1]


def test_lesser_headings_belong_to_the_claim_above() -> None:
    body, problems = sections("{#tea}\n## Tea\n\n### How\n\nHot.\n")
    assert (problems, len(body.sections), body.sections[0].prose.text) == ([], 1, "How Hot.")


def test_a_fenced_heading_is_no_claim() -> None:
    body, _ = sections("{#tea}\n## Tea\n\n```\n## Not this\n```\n")
    assert len(body.sections) == 1
    assert "## Not this" in body.sections[0].prose.text


def test_links_are_as_seen_from_their_file() -> None:
    made = prose("[a](../experts/ann.md#top) [b](method.md) [c](https://example.org) [d](#here) [e](../glossary.yaml)")
    assert [target.address for target in made.targets] == ["experts/ann.md#top", "pages/method.md", "https://example.org", "#here", "glossary.yaml"]
    assert 'href="content:experts/ann.md#top"' in made.html
    assert 'href="https://example.org"' in made.html


def test_a_link_has_the_line_on_which_it_stands() -> None:
    """A paragraph may be long; the writer is sent to the link."""
    assert [target.line for target in prose("One\ntwo [a](a.md)\nthree\nfour [b](b.md)\n\n[c](c.md)").targets] == [5, 7, 9]


def test_a_heading_keeps_no_links_and_no_tags_around_it() -> None:
    body, _ = sections("{#tea}\n## *Tea* from [Ann](ann.md) <b>\n")
    assert body.sections[0].heading.inline_html == "<em>Tea</em> from Ann &lt;b&gt;"


@pytest.mark.parametrize(
    ("address", "below"),
    [("a.md", "x/a.md"), ("../y/a.md#b", "y/a.md#b"), ("#b", "#b"), ("https://a.b/c", "https://a.b/c"), ("/a", "/a"), ("", ""), ("../../a", "../a")],
)
def test_addresses_below_content(address: str, below: str) -> None:
    assert below_content(address, "x") == below


def test_headings_of_the_same_words_have_anchors_of_their_own() -> None:
    """Also where one is called what the second of another would be."""
    document, _ = read_front_matter("content/pages/a.md", "---\n---\n## a\n\n## a 1\n\n## a\n\n## a\n")
    html = parse_prose(document, anchors=True).html
    assert [part.partition('"')[0] for part in html.split('id="')[1:]] == ["a", "a-1", "a-2", "a-3"]


LINE = "{#tea kind=describes themes=drinks paragraphs=2}"


@pytest.mark.parametrize(
    "line",
    [
        LINE.replace("#", "##"),
        LINE.replace("#", "# "),
        LINE.removeprefix("{"),
        f"[{LINE[1:]}",
        f"{{{LINE}",
        f"    {LINE}",
        f"\t{LINE}",
        f"\u200b{LINE}",
        f"\ufeff{LINE}",
        f"\xa0{LINE}",
        f"> {LINE}",
        f"- {LINE}",
        f"`{LINE}`",
        f"\\{LINE}",
        f"({LINE[1:-1]})",
        f"## {LINE}",
    ],
)
def test_what_is_nearly_a_line_of_attributes_is_one_problem(line: str) -> None:
    """Nothing that only follows is told: no text without a claim, no claim without attributes."""
    body, problems = sections(f"\n{line}\n## Tea\n\nHot.\n")
    assert [(problem.line, problem.message.partition(" …}")[0]) for problem in problems] == [(5, "this is nearly a line of attributes; write {#tea")]
    assert not body.is_introduced or not body.introduction.text
    assert not any(section.readable for section in body.sections)


@pytest.mark.parametrize("behind", [".", " x", " <!-- ok -->", "\xa0", "\u200b"])
def test_what_stands_behind_a_line_of_attributes_is_told(behind: str) -> None:
    (problem,) = sections(f"{LINE}{behind}\n## Tea\n\nHot.\n")[1]
    assert (problem.line, problem.message.partition(";")[0]) == (4, "this line of attributes goes on behind its '}'")


@pytest.mark.parametrize("empty", ["\xa0", "\u200b", "\u3000"])
def test_a_line_that_only_looks_empty_is_told(empty: str) -> None:
    (problem,) = sections(f"{empty}\n{LINE}\n## Tea\n\nHot.\n")[1]
    assert (problem.line, problem.message.partition(";")[0]) == (4, "this line looks empty and is not")


@pytest.mark.parametrize(
    "heading", ["##\xa0Tea", "＃＃ Tea", "\u200b## Tea", "#\u200b# Tea", "    ## Tea", "\t## Tea", "> ## Tea", "- ## Tea", "\\## Tea", "##Tea"]
)
def test_what_is_nearly_a_heading_is_told_at_its_place(heading: str) -> None:
    (problem,) = sections(f"{LINE}\n{heading}\n\nHot.\n")[1]
    assert problem.line == 5
    assert "heading" in problem.message


def test_a_line_under_a_text_is_a_claim_only_with_attributes() -> None:
    assert [section.heading.text for section in sections(f"{LINE}\nTea\n---\n\nHot.\n---\n")[0].sections] == ["Tea"]


@pytest.mark.parametrize("text", ["{#tea kind=x}\n## Tea\n", "{.note}\nTea.\n", "- tea\n\n  {#x kind=y}\n  hot\n"])
def test_a_line_of_attributes_never_reaches_html(text: str) -> None:
    assert "kind" not in prose(text).html
    assert "<  " not in prose(text).html.replace("< ", "<  ")

"""The slips of a writer who has never seen YAML are told in plain words, at the slip and not where a parser gave up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.frontmatter import read_front_matter, read_yaml

JARGON = ("scalar", "mapping", "token", "flow", "block", "anchor", "expected", "context", "stream", "node", "directive", "indicator")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('title: "Tea\nshort: Ann\n', (1, 8), "is not closed"),
        ('title: "Tea\nshort: "Ann"\norder: 1\n', (1, 8), "is not closed"),
        ("title: 'Tea\nshort: it's\n", (1, 8), "is not closed"),
        ('a:\n  - "Tea\n  - b\n', (2, 5), "is not closed"),
        ('"a": b\n"c: d\n', (2, 1), "is not closed"),
        ('title: "Tea" and coffee\nshort: A\n', (1, 8), "goes on behind its closing quotation mark"),
        ('a:\n  - "Tea" and coffee\n', (2, 5), "goes on behind its closing quotation mark"),
        ("title: [Tea] and coffee\nb: c\n", (1, 8), "goes on behind what '[' begins"),
        ("title: {Tea} and coffee\nb: c\n", (1, 8), "goes on behind what '{' begins"),
        ("title: Tea: a story\n", (1, 11), "a value with ': ' in it needs quotes"),
        ("title: “Tea: a story”\n", (1, 12), "LEFT DOUBLE QUOTATION MARK"),
        ("name: Ann\n  short: A\n", (2, 3), "'short' is indented further than 'name'"),
        ("a:\n  - scale: x\n    step: 1\n   or:\n     step: 2\n", (4, 4), "'or' begins in column 4, where no field above it does"),
        ("a:\n  - scale: x\n    step: 1\n  or:\n    step: 2\n", (4, 3), "begin it with '- ', or begin it in column 5, below 'step'"),
        ("a:\n  - scale: x\n    step: 1\n      or:\n        step: 2\n", (4, 7), "'or' is indented further than 'step'"),
        (" title: a\nshort: b\n", (2, 1), "'short' begins in column 1"),
        ("title:Tea\nshort: A\n", (1, 6), "a space is missing behind the colon"),
        ("name: Ann\ntitle:Tea\nshort: A\n", (2, 6), "a space is missing behind the colon"),
        ("name: Ann\ntitle:Tea\n", (2, 6), "a space is missing behind the colon"),
        ("a:\n  - scale:x\n    step: 1\n", (2, 10), "a space is missing behind the colon"),
        ("name: Ann\n  title:Tea\n", (2, 3), "a space is missing behind the colon"),
        ("a:\n  - x\n  -y\n", (3, 3), "a space is missing behind the '-'"),
        ("a:\n  - x\n - y\n", (3, 2), "this '- ' stands in column 2, and the one above in column 3"),
        ("a:\n  - x\n   - y\n", (3, 4), "takes this line for a part of the text above"),
        ("a:\n  - x: 1\n    - y: 2\n", (3, 5), "this '- ' stands in column 5"),
        ("a:\n  - x: 1\n  x: 2\n", (3, 3), "begin it with '- '"),
        ("name: Ann\n\tshort: A\n", (2, 1), "a tab stands here"),
        ("name:\n  \tshort: A\n", (2, 3), "a tab stands here"),
        ("a:\n-\tx: 1\n", (2, 2), "a tab stands here"),
        ("title: %x\n", (1, 8), "cannot start with '%'"),
        ("title: @x\n", (1, 8), "cannot start with '@'"),
        ("title: `x`\n", (1, 8), "cannot start with '`'"),
        ("a: [%x]\n", (1, 5), "cannot start with '%'"),
        ("title: , x\n", (1, 8), "cannot start with ','"),
        ("%x\na: b\n", (1, 1), "cannot start with '%'"),
        ("title: *bold* text\n", (1, 8), "&, * and !"),
        ("title: **bold**\n", (1, 8), "&, * and !"),
        ("title: & x\n", (1, 8), "&, * and !"),
        ("title: ! x\n", (1, 8), "&, * and !"),
        ("title: ? x\n", (1, 8), "cannot start with '? '"),
        ("title: - x\n", (1, 8), "a list starts on the next line"),
        ("title: | x\n", (1, 10), "stands on the lines below, indented"),
        ("summary: >- Text\n  x\n", (1, 13), "stands on the lines below, indented"),
        ("summary: >-\nText here\nb: c\n", (2, 1), "must be indented further than its field"),
        ("summary: A text\nthat goes on\nb: c\n", (2, 1), "this line is no field"),
        ("a: [x, y\nb: c\n", (1, 4), "this '[' is not closed"),
        ("a: {x: 1\nb: c\n", (1, 4), "this '{' is not closed"),
        ("a: [x, y\n", (1, 4), "this '[' is not closed"),
        ("a: [x #1, y]\nb: c\n", (1, 7), "takes what follows ' #' for a comment"),
        ("a: [x, y}\nb: c\n", (1, 9), "this '}' does not close the '['"),
        ('a: ["x" "y"]\n', (1, 9), "a ',' is missing"),
        ("a: {x: 1,\n    y: 2\n    z: 3}\n", (3, 6), "a ',' is missing"),
        ("a: [x]\nb: [y]]\n", (2, 7), "closes nothing"),
        ("- b #1\n", (1, 3), "reads only 'b'"),
        ("title: #1 in Asia\n", (1, 8), "reads nothing"),
        ("a: b\n---\nc: d\n", (2, 1), "delete the line"),
        ("a: b\n...\nc: d\n", (2, 1), "delete the line"),
        ('a: "C:\\dir"\n', (1, 7), r"a '\' has a meaning of its own"),
        ("title：Tea\nb: c\n", (1, 6), "FULLWIDTH COLON"),
        ("title:\u00a0Tea\nb: c\n", (1, 7), "NO-BREAK SPACE"),
        ("a:\n  - b\n  – c\nd: e\n", (3, 3), "EN DASH"),
        ("title = Tea\nb: c\n", (1, 7), "write ':' and a space in place of '='"),
        ("a: x\x00\n", (1, 5), "U+0000"),
        ("a:\n  - b\n  c\n  - d\n", (3, 3), "write '- c'"),
        ("a:\n  b\n  - c\n", (2, 3), "write '- b'"),
        ("a:\n  - b\n  {c: d}\n", (3, 3), "write '- {c: d}'"),
        ("a:\n  {c: d}\n  - {c: e}\n", (2, 3), "write '- {c: d}'"),
        ("- {c: d}\n{c: e}\n- {c: f}\n", (2, 1), "write '- {c: e}'"),
        ("a:\n  - b\n  • c\n", (3, 3), "BULLET"),
        ("a:\n  • b\n  - c\n", (2, 3), "write '- b'"),
        ("a:\n  – b: 1\n    c: 2\n", (2, 3), "write '- b: 1'"),
        ("a:\n  * b\n  * c\n", (2, 3), "write '- b'"),
        ("a:\n  - b: 1\n  -- b: 2\n", (3, 3), "write '- b: 2'"),
        ("a:\n  - - b: 1\n    c: 2\n", (2, 3), "write '- b: 1'"),
        ("a:\n  - b\n    · c\n", (3, 5), "in place of '· '"),
        ("a\n  - b: 1\n    c: 2\n", (1, 2), "a ':' is missing behind 'a'"),
        ("title Tea\nshort: A\n", (1, 6), "a ':' is missing behind 'title'"),
        ("order: 1\ntitle Tea\nshort: A\n", (2, 6), "a ':' is missing behind 'title'"),
        ("name: Ann\ntitle Tea\nshort: A\n", (2, 1), "put a ':' behind 'title' if that is its name"),
        ("name: Born in 1990\nand well\nshort: A\n", (2, 1), "indent it further than its field"),
        ("title; Tea\nshort: A\n", (1, 6), "write ':' and a space in place of ';'"),
        ("a:\n  - b: 1, c: 2}\n", (2, 5), "write '{b: …}'"),
        ("a:\n  - (b: 1, c: 2)\n", (2, 5), "write '{b: …}'"),
        ("a: {b: 1,, c: 2}\n", (1, 10), "two commas"),
        ('a: {b: "c "d" e"}\n', (1, 12), "another one is written ' or"),
        ('a:\n  - {b: "c, d: 1}\n  - {b: "e", d: 2}\n', (2, 9), "is not closed"),
        ("a: [b/c #d, b/c#e]\nf: g\n", (1, 9), "delete the space, as in 'b/c#d'"),
        ("a:\n  - b/c #d\n", (2, 9), "delete the space, as in 'b/c#d'"),
        ("a:\n  - x: 1\n    y: 2\n  b:\n  - z: 1\n", (4, 3), "(column 1 or 5)"),
        ("a:\n  - x: 1\nb: 2\n  - x: 3\n", (3, 1), "stands between the items of a list"),
        ("a:\n  or:\n  b: 1\n    c: 2\n", (3, 3), "stands in the column of 'or'"),
    ],
)
def test_a_slip_is_told_at_its_place_in_plain_words(text: str, place: tuple[int, int], words: str) -> None:
    problem = read_yaml("site.yaml", text)[1][0]
    assert ((problem.line, problem.column), words in problem.message) == (place, True), problem
    assert not [word for word in JARGON if word in problem.message.replace(words, "")], problem
    (again,) = read_front_matter("a.md", f"---\nfirst: 1\n{text}---\n")[1][:1] if text[0] not in " %-" and "---" not in text else [problem]
    assert again is problem or "---" in again.excerpt or again.line == place[0] + 2, "in front matter, lines count from the file's first"


@pytest.mark.parametrize(
    "text",
    [
        "a: x\n  y\n",
        "a: >-\n  - x\n  - y\n",
        "a: |\n  b:c\n",
        "a: see\n  https://example.org/\n",
        "a: 'b\n\n  c'\n",
        "a: - \n",
        "- a\n- b\n",
        "a:\n  – b\n  c\n",
        "a: b\n  – c\n",
    ],
)
def test_what_is_no_slip_is_not_told(text: str) -> None:
    assert [problem for problem in read_yaml("site.yaml", text)[1] if text != "a: - \n"] == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\n\n---\ntitle: Tea\n---\n", 3, "delete the empty lines"),
        ("———\ntitle: Tea\n---\n", 1, "EM DASH"),
        ("----\ntitle: Tea\n---\n", 1, "this one is '----'"),
        ("\ufeff---\ntitle: Tea\n---\n", 1, "ZERO WIDTH NO-BREAK SPACE"),
        ('{"title": "Tea"}\n', 1, "JSON"),
        (" ---\ntitle: Tea\n---\n", 1, "delete the space"),
        ("---\ntitle: Tea\n—\nBody.\n", 3, "EM DASH"),
        ("---\ntitle: Tea\n---\norder: 1\n\nBody.\n", 4, "below the line '---'"),
        ("---\ntitle: Tea\n----\nBody.\n", 3, "'----'"),
        ("---\ntitle: Tea\n———\nBody.\n", 3, "EM DASH"),
        ("---\ntitle: Tea\n ---\nBody.\n", 3, "indented"),
        ("---\ntitle: Tea\n---\norder: 1\n---\nBody.\n", 3, "only one line '---' ends it"),
        ("---\ntitle:Tea\n---\n", 2, "a space is missing behind the colon"),
    ],
)
def test_front_matter_that_begins_or_ends_in_another_way_is_told(text: str, line: int, words: str) -> None:
    (problem,) = read_front_matter("a.md", text)[1]
    assert (problem.line, words in problem.message) == (line, True), problem


@pytest.mark.parametrize("text", ["{\\rtf1\\ansi}\n", "{#tea kind=predicts}\n## Tea\n", "[Tea](tea.md)\n"])
def test_what_only_begins_with_a_bracket_is_not_called_json(text: str) -> None:
    (problem,) = read_front_matter("a.md", text)[1]
    assert "JSON" not in problem.message


@pytest.mark.parametrize("body", ["\norder: 1\n", "Note: tea.\n", "a: b\nand so on\n", "\n"])
def test_a_text_below_the_fields_is_no_field(body: str) -> None:
    assert read_front_matter("a.md", f"---\ntitle: Tea\n---\n{body}")[1] == []


def test_json_between_the_lines_of_dashes_is_yaml() -> None:
    assert read_front_matter("a.md", '---\n{\n"title": "Tea",\n"order": 1\n}\n---\n')[0].fields == {"title": "Tea", "order": 1}


PIECES = st.sampled_from(
    [
        "a: ",
        "b:c",
        "- ",
        "-",
        "  ",
        "\n",
        "\n  ",
        '"',
        "'",
        "[",
        "]",
        "{",
        "}",
        ",",
        "x",
        ": ",
        " #1",
        "\t",
        ">-",
        "|",
        "%",
        "@",
        "*",
        "：",
        "–",
        "---\n",
        "é",
        "茶",
    ]
)


@settings(deadline=None, max_examples=400, database=None, derandomize=True)
@given(text=st.lists(PIECES, max_size=14).map("".join))
def test_any_slip_has_a_place_in_its_file(text: str) -> None:
    lines = text.split("\n")
    for problem in read_yaml("site.yaml", text)[1]:
        assert 1 <= problem.line <= len(lines), problem
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, problem

"""What looks like HTML is text, and is told with the way out; what only has its signs is not told."""

from pathlib import Path

import pytest

from explainer.markup import in_field
from tests.helpers import built, edit, replace_field, told_by

ANN = "content/answers/breakfast/ann.md"


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("so <b>hot</b>", "**bold**"),
        ("so <EM>hot</EM>", "*italic*"),
        ('so <a href="x">hot</a>', "[words](address)"),
        ("so <br/> hot", "a backslash"),
        ("so <u>hot</u>", "in backticks"),
        ("so <!-- hot -->", "a comment is text here"),
        ("so <!DOCTYPE html>", "in backticks"),
        ("so </p>", "an empty line"),
        ("so <img\nsrc=x>", "../../static/"),
    ],
)
def test_html_in_a_body_is_told_once_at_its_place_and_shown(smallest: Path, text: str, way: str) -> None:
    edit(smallest / ANN, "Ann says so.", f"Ann says\n{text}")
    (told,) = told_by(smallest)
    assert told.startswith(f"{ANN}:11:4: warning: '<")
    assert "is shown as it is written; " in told
    assert way in told
    assert "&lt;" in built(smallest)["answers/breakfast/ann.html"].decode()


@pytest.mark.parametrize(
    "text", ["a < b and c > d", "<https://talk.example>", "<ann@talk.example>", "`<b>`", "\\<b>", "&lt;b&gt;", "```\n<b>\n```", "a<3", "AT&T", "x &nbsp; y"]
)
def test_what_is_no_html_is_not_told(smallest: Path, text: str) -> None:
    edit(smallest / ANN, "Ann says so.", f"Ann says so.\n\n{text}")
    assert told_by(smallest) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [("> - <b>x</b>", "12:5"), ("| <i>a</i> | <b>a</b> |\n|---|---|\n", "12:3"), ("![<b>](../../../static/icon.svg)", "12:1"), ("one\n  two <b>x", "13:7")],
)
def test_html_is_told_where_it_stands_in_lists_tables_and_pictures(smallest: Path, text: str, place: str) -> None:
    edit(smallest / ANN, "Ann says so.", f"Ann says so.\n\n{text}")
    assert told_by(smallest)[0].startswith(f"{ANN}:{place}: warning: ")


def test_html_in_a_cell_is_told_in_its_own_cell(smallest: Path) -> None:
    edit(smallest / ANN, "Ann says so.", "Ann says so.\n\n| a | b |\n|---|---|\n| <b> | <b> |")
    assert [told.split(": ")[0] for told in told_by(smallest)] == [f"{ANN}:14:3", f"{ANN}:14:9"]


@pytest.mark.parametrize(
    ("text", "column", "way"),
    [
        ("The <b>cup</b>", 12, "leave it out"),
        ("The <!-- cup -->", 12, "'# …'"),
        ("A &amp; B", 10, "write '&' itself"),
        ("A&nbsp;B", 9, "write the character itself"),
        ("A &lt; B", 10, "write '<' itself"),
    ],
)
def test_html_in_a_field_is_told_at_its_place(smallest: Path, text: str, column: int, way: str) -> None:
    replace_field(smallest / "content/themes/drinks.md", "title", text)
    (told,) = told_by(smallest)
    assert told.startswith(f"content/themes/drinks.md:2:{column}: warning: ")
    assert way in told


def test_html_in_a_list_an_attribute_and_the_configuration_is_told(smallest: Path) -> None:
    (smallest / "content/glossary.yaml").write_text("- {id: tea, term: Tea, meaning: A <i>leaf</i>, origin: editor}\n", encoding="utf-8")
    edit(smallest / ANN, "paragraphs=2}", 'paragraphs=2 condition="if <b>hot</b>"}')
    replace_field(smallest / "site.yaml", "title", "Tea &mdash; <b>or</b> coffee")
    assert [told.split(": ")[0] for told in told_by(smallest)] == [f"{ANN}:7:64", "content/glossary.yaml:1:35", "site.yaml:1:12", "site.yaml:1:20"]


@pytest.mark.parametrize("text", ["a < b", "<https://a.example>", "A & B", "AT&T;", "&unknown;", "https://a.example/?a=1&copy=2"])
def test_plain_text_is_not_told(text: str) -> None:
    assert in_field(text) == []


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% include 'x' %}", "{# no #}", "{{ a=b }} {#x}", "{% a=b %}", "${7*7}"])
def test_signs_of_templates_are_text(smallest: Path, text: str) -> None:
    edit(smallest / ANN, "Ann says so.", f"Ann says so.\n\n{text}")
    replace_field(smallest / "content/themes/drinks.md", "title", f'"{text}"')
    assert told_by(smallest) == []
    page = built(smallest)["answers/breakfast/ann.html"].decode()
    assert text.split(maxsplit=1)[0] in page


@pytest.mark.parametrize("text", ["[tea](a b.md)", "[tea](java\tscript:x)", "[tea](ann.md x)"])
def test_what_looks_like_a_link_and_is_none_is_told(smallest: Path, text: str) -> None:
    edit(smallest / ANN, "Ann says so.", f"Ann says {text}.")
    (told,) = told_by(smallest)
    assert told.startswith(f"{ANN}:10:10: warning: this looks like a link and is none")
    assert "[tea]" in built(smallest)["answers/breakfast/ann.html"].decode()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "&#106;avascript:x",
        "//evil.example/x",
        "\\\\evil.example",
        "ftp://x",
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", "![x]({})", "[x]\n\n[x]: {}"])
def test_links_to_nowhere_safe_are_refused_at_their_place(smallest: Path, address: str, form: str) -> None:
    edit(smallest / ANN, "Ann says so.", f"Ann says so {form.format(address)}")
    (told,) = [told for told in told_by(smallest) if "error" in told]
    place = f"12:{form.index('{') - 4}" if "\n" in form else f"10:{13 + form.index('{')}"
    if "&" in address or "\\" in address:  # written in another way than it is read: the link, and not the address
        place = "10:13"
    what = "a picture" if form.startswith("!") and "\\" in address else "a link to"  # with a backslash, it is read as a path
    assert told.startswith(f"{ANN}:{place}: error: {what} ")


@pytest.mark.parametrize("address", ["javascript:alert", "vbscript:x", "file:///etc/passwd"])
def test_dangerous_addresses_in_angle_brackets_are_refused(smallest: Path, address: str) -> None:
    edit(smallest / ANN, "Ann says so.", f"Ann says so <{address}>")
    assert [told.startswith(f"{ANN}:10:14: error: a link to ") for told in told_by(smallest)] == [True]


@pytest.mark.parametrize("address", ["https://a.example/", "http://a.example/", "mailto:ann@talk.example"])
def test_other_addresses_are_links(smallest: Path, address: str) -> None:
    edit(smallest / ANN, "Ann says so.", f"Ann says [so]({address}).")
    assert told_by(smallest) == []
    assert f'href="{address}"' in built(smallest)["answers/breakfast/ann.html"].decode()


def test_a_definition_that_no_link_uses_is_not_lost_in_silence(smallest: Path) -> None:
    edit(smallest / ANN, "Ann says so.", "Ann says [so][a].\n\n[a]: https://a.example/\n[a]: https://b.example/\n[note]: important\n[js]: javascript:x")
    told = told_by(smallest)
    assert [each.split(": ")[:2] for each in told] == [[f"{ANN}:13:1", "error"], [f"{ANN}:15:1", "error"], [f"{ANN}:14:1", "warning"]]
    assert "the first counts" in told[0]
    assert "a link to 'javascript:x'" in told[1]
    assert "of which there are none" in told[2]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example", "https://a b.example", 'https://a.example/"><b', "data:x"])
def test_addresses_in_fields_are_on_the_web(smallest: Path, address: str) -> None:
    shown = address.replace('"', '\\"')
    replace_field(smallest / "content/sources/talk.md", "address", f'"{shown}"')
    with (smallest / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(f'license_address: "{shown}"\n')
    told = [told for told in told_by(smallest) if "error" in told]
    assert [each.split(": error: ")[0] for each in told] == ["content/sources/talk.md:5:10", "site.yaml:7:18"]
    assert all("an address starts with https://" in each for each in told)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("[tea] (ben.md)", "nothing between ] and ("),
        ("(tea)[ben.md]", "its words in [ ]"),
        ("[tea](ben.md and so on", "the ) behind"),
        ("[tea][ben]", "given nowhere"),
        ("[](ben.md)", "a link without words"),
        ("[[ben]]", "[words](path)"),
        ("[TOC]", "no list of what stands on a page"),
        ("**tea", "**bold**"),
        ("**tea **is hot", "has a space before it"),
        ("~~tea~~", "struck out"),
        ("• tea\n• milk", "'- item'"),
        ("– tea\n– milk", "'- item'"),
        ("-tea\n-milk", "a space behind its sign"),
        ("1.tea\n2.milk", "'1. item'"),
        ("| tea | milk |\n| hot | cold |", "|---|---|"),
        ("[ ] tea", "no boxes to tick"),
        (":::note\ntea\n:::", "no boxes or notes"),
        ("##Hot tea", "a space behind its signs"),
        ("### Tea {#hot}", "no attributes in its line"),
        ("tea[^1]\n\n[^1]: Hot tea.", "no footnotes"),
        ("tea[^1]\n\n[^1]: ben.md", "no footnotes"),
        ("tea <o:p></o:p>", "HTML has no effect"),
        ("    tea", "four spaces or a tab"),
        ("\ttea", "four spaces or a tab"),
    ],
)
def test_what_looks_like_markdown_and_is_none_is_told_once(smallest: Path, text: str, way: str) -> None:
    edit(smallest / ANN, "Ann says so.", f"Ann says so.\n\n{text}")
    (told,) = told_by(smallest)
    assert told.startswith(f"{ANN}:12:")
    assert "warning: " in told
    assert way in told


@pytest.mark.parametrize(
    "text",
    [
        "\\*\\*tea and \\[tea] (ben.md)",
        "`**tea`, `[tea] (ben.md)` and `~~tea~~`",
        "```\n| tea | milk |\n[[tea]]\n```",
        "2**3 and 2 ** 3",
        "[sic] (see below), [1][2] and a[i][0]",
        "– So it is,\nshe says.",
        "-5 degrees\n-6 degrees",
        "1.5 cups\n2.5 cups",
        "|x| and |y| are large",
        "**tea\nand** *milk*, **Note:** hot",
        "#tea and #milk",
        "| tea | milk |\n|---|---|\n| **hot** | [cold](ben.md) |",
        "[![tea](../../../static/icon.svg)](https://talk.example/a_(b))",
        "- tea\n\n  more of it\n\n1. one\n   - two",
    ],
)
def test_markdown_and_its_signs_in_a_text_are_not_told(smallest: Path, text: str) -> None:
    edit(smallest / ANN, "Ann says so.", f"Ann says so.\n\n{text}")
    assert told_by(smallest) == []


@pytest.mark.parametrize("text", ["so **hot", "• hot • sweet", "* hot", r"hot\\nsweet"])
def test_signs_that_a_field_shows_are_told(smallest: Path, text: str) -> None:
    replace_field(smallest / "content/themes/drinks.md", "summary", f">-\n  {text}")
    (told,) = told_by(smallest)
    assert "warning: fields are plain text, and '" in told


@pytest.mark.parametrize("text", ["5 * 3 and 2**3", "tea -- hot", r"C:\\new"])
def test_signs_in_a_field_that_mean_themselves_are_not_told(smallest: Path, text: str) -> None:
    replace_field(smallest / "content/themes/drinks.md", "summary", f">-\n  {text}")
    assert told_by(smallest) == []


@pytest.mark.parametrize(
    "text",
    [
        "What Ann means by 'lost' is spelt out elsewhere; see the letters' (¶2) end.",
        "A 'deposit' is what Ann asks for, and it's the borrowers' (¶2).",
        "In the '90s the workers' (¶2) own words were few.",
        "'Tis the borrowers' (¶2) cup that is lost.",
        "A line as `{#id kind=describes themes=loss paragraphs=3}` is one of attributes.",
        "The attributes `kind=describes`, `themes=loss` and `paragraphs=3` stand there.",
        "• • •",
        "| rating | tea |\n| --- | --- |\n| ●●○ | yes |",
        "— Rain, said one.\\\n— Sun, said the other.",
        "It may stay [for long][sic].",
        "The cup is 2\\*3, and 5–10 of them; 1.5 million, 3rd, −5, C# and #1.",
    ],
)
def test_what_a_careful_editor_writes_is_not_told(smallest: Path, text: str) -> None:
    edit(smallest / ANN, "Ann says so.", text)
    assert told_by(smallest) == []


@pytest.mark.parametrize("text", ["2**3 and 3**2 cups.", "Hawai`i and O`ahu.", "All *.md and *.txt files."])
def test_signs_in_a_field_that_are_no_markdown_are_not_told(smallest: Path, text: str) -> None:
    replace_field(smallest / ANN, "summary", f'"{text}"')
    assert told_by(smallest) == []

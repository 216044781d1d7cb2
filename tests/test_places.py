"""Lines and columns are those an editor shows, whatever stands before them and however a text is written."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explainer.documents import read_text
from explainer.frontmatter import Document, read_front_matter
from explainer.markdown import parse_prose, parse_sections
from explainer.texts import Text
from tests.helpers import edit, told_by

WORDS = st.lists(st.sampled_from(["tea", "茶", "🍵", "e\u0301te", "한국", "milk", "sugar-cane", "the", "ＷＩＤＥ"]), min_size=1, max_size=14)
hostile = settings(deadline=None, max_examples=150, database=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


def in_lines(words: list[str], size: int, indent: str) -> str:
    return "\n".join(indent + " ".join(words[n : n + size]) for n in range(0, len(words), size))


STYLES = {
    "plain": lambda words, size: "a " + in_lines(words, size, "  ").lstrip(),
    "folded": lambda words, size: ">-\n" + in_lines(words, size, "  "),
    "literal": lambda words, size: "|\n" + in_lines(words, size, "    "),
    "double": lambda words, size: '"' + in_lines(words, size, "  ").lstrip() + '"',
    "single": lambda words, size: "'" + in_lines(words, size, "  ").lstrip() + "'",
}


@hostile
@given(
    words=WORDS, size=st.integers(1, 5), style=st.sampled_from(sorted(STYLES)), ends=st.sampled_from(["\n", "\r\n", "\r"]), mark=st.booleans(), data=st.data()
)
def test_a_word_of_a_field_has_its_own_place(words: list[str], size: int, style: str, ends: str, mark: bool, data: st.DataObject, tmp_path: Path) -> None:
    """However the field is written over its lines, and however often the word stands in it, or in the field behind it."""
    wanted = data.draw(st.integers(0, len(words) - 1))
    words = [*words, "HERE", *words[wanted:]] if data.draw(st.booleans()) else [*words[:wanted], "HERE", *words[wanted:], "HERE", "milk"]
    nth = data.draw(st.integers(0, words.count("HERE") - 1))
    file = tmp_path / "tea.md"
    written = f"---\n茶: 🍵\nbecause: {STYLES[style](words, size)}\nnext: HERE\n---\nHERE\n"
    file.write_bytes(b"\xef\xbb\xbf" * mark + written.replace("\n", ends).encode())
    text, problems = read_text(file, "content/themes/tea.md")
    document, more = read_front_matter("content/themes/tea.md", text or "")
    assert [*problems, *more] == []
    value = document.fields["because"]
    start = [n for n in range(len(value)) if value.startswith("HERE", n)][nth]
    line, column = Text(document, *document.place("because"), value, None).place(start, ("here",))
    lines = written.split("\n")
    places = [(n, at + 1) for n, each in enumerate(lines, 1) for at in range(len(each)) if each.startswith("HERE", at)]
    assert (line, column) == places[nth]


@hostile
@given(before=WORDS, between=WORDS, lines=st.integers(0, 40))
def test_a_link_has_its_own_place(before: list[str], between: list[str], lines: int) -> None:
    text = "---\n" + "a: b\n" * lines + f"---\n\n{' '.join(before)}\n*x* [茶](a.md) {' '.join(between)} [y](b.md) [z](b.md)\n"
    document = Document("content/pages/tea.md", text, {}, body=text.split("---\n")[2], body_line=lines + 3)
    targets = parse_prose(document).targets
    last = text.split("\n")[lines + 4]
    assert [target.place(document, n) for target, n in zip(targets, (0, 0, 1), strict=True)] == [
        (lines + 5, last.index("a.md") + 1),
        (lines + 5, last.index("b.md") + 1),
        (lines + 5, last.rindex("b.md") + 1),
    ]


@pytest.mark.parametrize(
    ("prose", "place"),
    [
        ("[x][ref] y\n\n[ref]: ../a.md", (5, 8)),
        ("a <ftp://x.example/> b", (3, 4)),
        ("[a long\ntext](../a.md)", (4, 7)),
        ("[x](<a b.md>)", (3, 6)),
        ("[x](été.md)", (3, 5)),
        ("| a | b |\n|---|---|\n| 茶 | [x](a.md) |", (5, 11)),
        ("> - [x](a.md)", (3, 9)),
        ("`[x](a.md)` [x](a.md)", (3, 17)),
    ],
)
def test_a_link_of_another_form_has_its_place(prose: str, place: tuple[int, int]) -> None:
    document = Document("content/pages/tea.md", f"---\n---\n{prose}\n", {}, body=f"{prose}\n", body_line=3)
    (target,) = parse_prose(document).targets
    assert target.place(document) == place


@hostile
@given(before=WORDS, condition=WORDS)
def test_attributes_have_their_own_places(before: list[str], condition: list[str]) -> None:
    line = f'{{#tea whose="{" ".join(before)}" condition="if {" ".join(condition)}" themes="ab cd" kind=describes}}'
    text = f"---\n---\n\n{line}\n## Tea\n\nTea.\n"
    document = Document("content/answers/a/b.md", text, {}, body=f"\n{line}\n## Tea\n\nTea.\n", body_line=3)
    (section,) = parse_sections(document)[0].sections
    assert section.places["condition",] == (4, line.index("if ") + 1)
    assert section.keys["kind",] == (4, line.index("kind") + 1)
    assert section.places["themes", 1] == (4, line.index("cd") + 1)


def test_everything_about_a_heading_is_told_in_it(smallest: Path) -> None:
    answer = smallest / "content/answers/breakfast/ann.md"
    heading = next(line for line in answer.read_text(encoding="utf-8").split("\n") if line.startswith("## "))
    edit(answer, heading, '##   茶 is "very hot milk"')
    assert [line for line in told_by(smallest) if "quoted in the heading only" in line and ":12: error" in line]

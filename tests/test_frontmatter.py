"""YAML with a place for every key and value, and without surprises."""

import subprocess
import sys
from pathlib import Path

import pytest

from explainer.documents import read_text
from explainer.frontmatter import Ambiguous, Document, read_front_matter, read_yaml
from tests.helpers import ROOT

TEXT = "---\ntitle: Tea\nlist:\n  - one\n  - {name: two, n: 3}\n---\nBody.\n"


@pytest.mark.parametrize(
    "encoded", [TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.replace("\n", "\r\n").encode(), TEXT.replace("\n", "\r\n").encode("utf-8-sig")]
)
def test_places_are_those_an_editor_shows(encoded: bytes, tmp_path: Path) -> None:
    """With a byte order mark or without, with line ends of Windows or of Unix."""
    (tmp_path / "tea.md").write_bytes(encoded)
    text, problems = read_text(tmp_path / "tea.md", "content/themes/tea.md")
    assert text is not None
    document, more = read_front_matter("content/themes/tea.md", text)
    assert [*problems, *more] == []
    assert document.fields == {"title": "Tea", "list": ("one", {"name": "two", "n": 3})}
    assert document.place("title") == (2, 8)
    assert document.place("title", key=True) == (2, 1)
    assert document.place("list", 0) == (4, 5)
    assert document.place("list", 1, "n") == (5, 20)
    assert document.place("list", 1, "n", key=True) == (5, 17)
    assert (document.body, document.body_line) == ("Body.\n", 7)


def test_what_was_not_written_has_the_place_of_what_holds_it() -> None:
    document, _ = read_front_matter("a.md", TEXT)
    assert document.place("list", 1, "missing") == (5, 5)
    assert document.place("missing") == (2, 1)
    assert Document("a.md", "", None).place("missing") == (1, 1)


@pytest.mark.parametrize("written", ["no", "On", "12:30", "010", "0x10", "1_000", "1.10", "NULL", ".inf", "9" * 30])
def test_a_value_that_yaml_reads_differently_keeps_its_text(written: str) -> None:
    value = read_yaml("site.yaml", f"a: {written}")[0].fields["a"]
    assert isinstance(value, Ambiguous)
    assert value == written
    assert value.meaning


@pytest.mark.parametrize(
    ("written", "value"),
    [("true", True), ("7", 7), ("-7", -7), ("", None), ("~", None), ("null", None), ("2024-12-14", "2024-12-14"), ("'no'", "no"), ('"7"', "7")],
)
def test_a_value_that_means_what_it_says_is_that(written: str, value: object) -> None:
    read = read_yaml("site.yaml", f"a: {written}")[0].fields["a"]
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\na: 2", (2, 1), "'a' stands here twice"),
        ("a: {b: 1, b: 2}", (1, 11), "'b' stands here twice"),
        ("title: Question #1", (1, 8), "reads only 'Question'"),
        ("title: &x", (1, 8), "put the value in quotes"),
        ("a: 1\nb: *x", (2, 4), "put the value in quotes"),
        ("a: !tag x", (1, 4), "put the value in quotes"),
        ("? [a]\n: b", (1, 3), "must be a word"),
        ("a: b: c", (1, 5), "needs quotes"),
        ("a: [1\nb: 2", (1, 4), "YAML cannot be read"),
    ],
)
def test_what_yaml_would_read_in_its_own_way_is_told_at_its_place(text: str, place: tuple[int, int], words: str) -> None:
    problem = read_yaml("site.yaml", text)[1][0]
    assert (problem.line, problem.column) == place
    assert words in problem.message


@pytest.mark.parametrize("text", ["a: b # a comment", "# a comment\na: b", "a: 'c #1'", "a: c#1", "a: https://example.org/#top"])
def test_a_comment_or_a_fragment_is_no_problem(text: str) -> None:
    assert read_yaml("site.yaml", text)[1] == []


def test_a_tab_is_told_with_the_way_out() -> None:
    """A writer who has never seen YAML knows spaces and tabs, not plain scalars."""
    for text in ("name: Ann\n\tshort: Ann", "name:\n\tshort: Ann"):
        assert "spaces" in read_yaml("site.yaml", text)[1][0].message


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029"])
def test_odd_line_ends_of_yaml_move_no_place(mark: str) -> None:
    """YAML counts them as ends of lines, and editors do not."""
    document, problems = read_yaml("site.yaml", f'a: "x{mark}y"\nb: c #d\n')
    assert all(problem.line <= 3 for problem in problems)
    assert document.place("b", key=True)[0] == 2


@pytest.mark.parametrize("text", ["[" * 30_000, "{a: " * 30_000, "- " * 30_000, "[" * 500 + "]" * 500])
def test_deep_nesting_is_a_problem_and_not_the_end(text: str) -> None:
    """In a process of its own: the YAML library may bring Python down with it, which no `except` can catch."""
    program = "import sys; from explainer.frontmatter import read_yaml; print(len(read_yaml('site.yaml', sys.stdin.read())[1]))"
    done = subprocess.run([sys.executable, "-c", program], input=text, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout.strip() not in ("", "0")) == (0, True), "Python itself crashed" if done.returncode < 0 else done.stderr


def test_aliases_cannot_blow_up() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    document, problems = read_yaml("site.yaml", "\n".join(lines))
    assert document.fields is None
    assert problems


def test_too_much_front_matter_is_told() -> None:
    document, problems = read_front_matter("a.md", "---\na: " + "x" * 70_000 + "\n---\n")
    assert (not document.fields, len(problems)) == (True, 1)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "front matter is missing"),
        ("Tea", 1, "front matter is missing"),
        ("---\ntitle: Tea\n", 1, "front matter does not end"),
        ("---\n- Tea\n---\n", 2, "must be fields"),
        ("---\nTea\n---\n", 2, "must be fields"),
    ],
)
def test_front_matter_that_is_none_is_told(text: str, line: int, words: str) -> None:
    document, problems = read_front_matter("a.md", text)
    assert [problem.line for problem in problems] == [line]
    assert words in problems[0].message
    assert not document.fields


def test_empty_front_matter_is_no_fields() -> None:
    document, problems = read_front_matter("a.md", "---\n---\nBody\n")
    assert (document.fields, problems, document.body) == ({}, [], "Body\n")


def test_a_line_of_dashes_in_the_body_is_the_bodys() -> None:
    document, _ = read_front_matter("a.md", "---\ntitle: Tea\n---\nOne.\n\n---\n\nTwo.\n")
    assert document.body == "One.\n\n---\n\nTwo.\n"

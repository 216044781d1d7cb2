"""A file that is not the text of its source is told with what it is, and from where on it differs; none of its words are."""

from pathlib import Path

import pytest

from explainer.source_text import make_fingerprint, read_source_text, write_fingerprint
from tests.helpers import edit

TEXT = "\n".join(f"Line {word} of an invented talk says this." for word in ("one", "two", "three"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\n \n", "is empty"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "a PDF"),
        (b"PK\x03\x04\x14\x00", "Word and LibreOffice"),
        (b"{\\rtf1\\ansi x}", "RTF"),
        (b"\n<!DOCTYPE html>\n<html><p>x</p>", "HTML"),
        (b"<?xml version='1.0'?><html>", "HTML"),
    ],
)
def test_a_file_that_is_no_text_is_named(data: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(data)
    text, (problem,) = read_source_text(tmp_path / "text")
    assert (text, words in problem.message) == (None, True), problem


def test_a_text_that_begins_like_a_tag_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("<Laughter> began the talk.", encoding="utf-8")
    assert read_source_text(tmp_path / "text") == ("<Laughter> began the talk.", [])


def test_the_fingerprint_that_there_is_tells_from_where_a_text_differs(smallest: Path) -> None:
    file = smallest / "text.txt"
    file.write_text(TEXT, encoding="utf-8")
    made, problems = make_fingerprint(smallest, "talk", file)
    assert made is not None, problems
    write_fingerprint(smallest, made)
    lines = TEXT.split("\n")
    file.write_text("\n".join([*lines[:2], "An advertisement stands here.", *lines[2:]]), encoding="utf-8")
    made, (problem,) = make_fingerprint(smallest, "talk", file)
    assert made is None
    assert "has 4 paragraphs" in problem.message
    assert "up to ¶2 it is the text of the fingerprint that there is, and from ¶3 on (in the range 3, testimony) it is not" in problem.message
    assert "advertisement" not in problem.message


def test_a_repair_tells_where_the_numbers_part(smallest: Path) -> None:
    source = smallest / "content/sources/talk.md"
    edit(source, "ranges:", "repairs:\n  - {paragraph: 2, written: two, meant: second}\nranges:")
    file = smallest / "text.txt"
    file.write_text(f"An advertisement.\n{TEXT}", encoding="utf-8")
    _, (problem,) = make_fingerprint(smallest, "talk", file)
    assert "what is to be repaired in ¶2 stands in ¶3, so the numbers part before it" in problem.message

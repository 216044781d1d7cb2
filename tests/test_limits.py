"""No file, name or amount of text makes a build hang, fall over, or publish what is not the project's: it is told, with the limit or the way out."""

import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from explainer import assets, documents
from explainer.assets import read_assets
from explainer.cards import Fonts
from explainer.config import read_config
from explainer.data import CLAIM_COLUMNS, _table
from explainer.documents import read_documents, read_text
from explainer.fingerprint import FORM, _sum, parse
from explainer.problems import ContentError, Problem
from explainer.render import check_templates
from tests.helpers import built, command, edit, replace_field, told_by

ANN = "content/answers/breakfast/ann.md"
DRINKS = "content/themes/drinks.md"


def add(project: Path, text: str, path: str = "content/pages/about.md") -> None:
    """A page of prose, or more text in a file that is there."""
    (project / path).parent.mkdir(exist_ok=True)
    before = (project / path).read_text(encoding="utf-8") if (project / path).exists() else "---\ntitle: About\nshort: About\norder: 1\n---\n"
    (project / path).write_text(f"{before}\n{text}\n", encoding="utf-8")


def raised(stage: Callable[..., Any], *arguments: object) -> list[str]:
    """The problems with which a stage stops."""
    with pytest.raises(ContentError) as caught:
        stage(*arguments)
    return [str(problem) for problem in caught.value.problems]


LARGE = {
    "a page of a million characters": ("word " * 200_000, "at most 300000 are read, so make it several files"),
    "a paragraph that does not end": ("word " * 12_000, "at most 50000 are read, so divide them into paragraphs"),
    "links without end": ("[a](../experts/ann.md)\n\n" * 5_001, "at most 5000 are followed"),
    "quotations nested over many lines": ("\n\n".join([">" * 190 + "a\n" + "b\n" * 500] * 3), "nest them less"),
}


@pytest.mark.parametrize("name", LARGE)
def test_too_much_text_is_told_with_the_limit(smallest: Path, name: str) -> None:
    text, words = LARGE[name]
    add(smallest, text)
    (told,) = told_by(smallest)
    assert told.startswith("content/pages/about.md:")
    assert words in told


def test_too_much_text_in_an_answer_is_told_once(smallest: Path) -> None:
    add(smallest, "word " * 12_000, ANN)
    assert [": error: 60000 characters" in told or ": error: 60001 characters" in told for told in told_by(smallest)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 5000, "[a](" * 2000, "![" * 5000, "*" * 5000 + "x", "*a_ " * 2000, "`" * 5000, '"a " ' * 400, "<a b='" * 2000, "<!-- " * 2000, "[a]: " * 2000),
        *("[a\n" * 2000, "\\" * 5000, "# x\n\n" * 3000, "_" * 5000, "(" * 5000, "<" * 5000, "&" * 5000, "|a" * 3000, "{" * 5000, "**a" * 3000, "x\n\n" * 3000),
        *("[a](b '" * 2000, "]" * 5000, "~" * 5000, "1. a\n" * 2000, "https://" * 2000, "a  \n" * 2000, "[[a](b)" * 1000),
    ],
)
def test_odd_text_is_neither_lost_nor_waited_for(smallest: Path, text: str) -> None:
    """A parser that looks through the rest of a text for each of its brackets would take minutes here; each example takes less than a second."""
    add(smallest, f"begin\n\n{text}\n\nend")
    told = told_by(smallest)
    page = "end" if any(": error: " in each for each in told) else built(smallest)["about.html"].decode()
    assert "end" in page


def test_many_quotation_marks_are_told_up_to_a_number(smallest: Path) -> None:
    edit(smallest / ANN, "Ann says so.", "\n\n".join(f'"tea {n}' for n in range(200)))
    assert 1 <= len([told for told in told_by(smallest) if "quotation mark" in told]) <= 50


def test_a_list_has_an_end(smallest: Path) -> None:
    (smallest / "content/glossary.yaml").write_text("- x\n" * 5_001, encoding="utf-8")
    (told,) = told_by(smallest)
    assert told == "content/glossary.yaml:5001:3: error: 5001 items; at most 5000 are read"


def test_files_are_read_up_to_a_number_and_a_size(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "FILES_LIMIT", 3)
    assert "more than 3 files" in read_documents(smallest)[1][0].message
    monkeypatch.setattr(documents, "FILES_LIMIT", 100)
    monkeypatch.setattr(documents, "TOTAL_LIMIT", 100)
    assert "more than 100 characters" in read_documents(smallest)[1][0].message


@pytest.mark.parametrize("below", ["content", "content/themes", "static", "templates"])
def test_folders_without_end_are_told(smallest: Path, below: str) -> None:
    """Looking through them would exhaust Python's stack."""
    here = Path.cwd()
    os.chdir(smallest / below)
    try:
        for _ in range(1100):
            os.mkdir("d")  # noqa: PTH102  # the path as a whole is too long
            os.chdir("d")
    finally:
        os.chdir(here)
    try:
        told = [told for told in told_by(smallest) if ": error: " in told]
    finally:
        subprocess.run(["rm", "-rf", str(smallest / below / "d")], check=True)  # Python's own way fails of it too
    assert [each.startswith(f"{below}/d/d/d/d/d/d") for each in told] == ([] if below == "templates" else [True])  # only templates are looked for there


def test_a_value_of_many_digits_is_told_in_short(smallest: Path) -> None:
    replace_field(smallest / DRINKS, "order", "9" * 50_000)
    (told,) = told_by(smallest)
    assert len(told) < 300


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_unicode_is_named(smallest: Path, encoding: str) -> None:
    text = (smallest / DRINKS).read_text(encoding="utf-8")
    (smallest / DRINKS).write_text(text, encoding=encoding)
    name = "UTF-32" if "32" in encoding else "UTF-16"
    assert told_by(smallest) == [f"{DRINKS}:1:1: error: this looks like {name}; save the file as UTF-8"]


def test_many_invisible_characters_are_told_a_few_times(smallest: Path) -> None:
    add(smallest, "a\0b" * 1000)
    assert len([told for told in told_by(smallest) if "invisible" in told]) == 5


def test_line_ends_a_byte_order_mark_and_no_end_are_no_problem(smallest: Path) -> None:
    before = built(smallest)
    for path in sorted((smallest / "content").rglob("*.md")):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().rstrip().replace(b"\n", b"\r\n"))
    assert built(smallest) == before


@pytest.mark.parametrize(
    "name", ["con", "aux", "nul", "com1", "x" * 81, "a b", "it's", "new\nline", "\x01", "dot.", "%2e%2e", "-rf", "e\u0301", "é", "\u202egnp", "😀", "Drinks"]
)
def test_names_that_are_no_part_of_an_address_are_told_in_one_line(smallest: Path, name: str) -> None:
    (smallest / f"content/themes/{name}.md").write_text("---\ntitle: X\norder: 9\nsummary: x\n---\n", encoding="utf-8")
    (told,) = [told for told in told_by(smallest) if ": error: " in told]
    assert told.isprintable()
    assert "the name '" in told


@pytest.mark.parametrize("name", ["con", "nul", "new\nline", "a b.png", "a#b.png", "a?b", 'q"uote', "<x>", "%2e", "\u202e.js", "x" * 220])
def test_names_below_static_are_told_in_one_line(smallest: Path, name: str) -> None:
    (smallest / "static" / name).write_text("x", encoding="utf-8")
    if name in ("con", "nul"):
        assert read_assets(smallest)  # a hash is put into the name
    else:
        (told,) = raised(read_assets, smallest)
        assert told.isprintable()
        assert "into an address" in told or "part of an address" in told


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def folder(path: Path) -> None:
    path.mkdir()


def listening(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's path is short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def endless(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 34)


ODD = [pipe, device, loop, nowhere, folder, listening, endless]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("make", ODD)
@pytest.mark.parametrize(
    "path",
    [
        DRINKS,
        "content/glossary.yaml",
        "content/sources/talk.fingerprint",
        "site.yaml",
        "templates/home.html",
        "templates/words/en.yaml",
        "templates/card.ttf",
        "static/icon.svg",
    ],
)
def test_what_is_no_file_of_the_project_is_told_and_not_waited_for(smallest: Path, path: str, make: Callable[[Path], None]) -> None:
    (smallest / path).unlink(missing_ok=True)
    make(smallest / path)
    told = [told for told in told_by(smallest) if ": error: " in told]
    assert told
    assert told[0].startswith((f"{path}:1:1: error: ", "templates/words/en.yaml:1:1", "site.yaml:1:1: error: no words", "templates/base.html:15:1"))


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("make", [pipe, device, endless, listening])
@pytest.mark.parametrize("arguments", [["fingerprint", "--source", "talk"], ["check", "--source-text"]])
def test_a_source_text_that_is_no_file_is_told(smallest: Path, make: Callable[[Path], None], arguments: list[str]) -> None:
    make(smallest / "text")
    done = command(*arguments, smallest / "text", "--root", smallest)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert ": error: " in done.stderr


@pytest.mark.parametrize("error", [FileNotFoundError(2, "No such file or directory"), PermissionError(13, "Permission denied")])
def test_a_file_that_vanishes_or_is_locked_is_told(smallest: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """Between the listing and the reading; as root, nothing is locked."""

    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr("os.open", fail)
    assert read_text(smallest / DRINKS, "x")[1] == [Problem("x", 1, 1, f"cannot be read: {error.strerror}; see who may read it")]
    assert f"cannot be read: {error.strerror}" in raised(read_assets, smallest)[0]
    assert f"cannot be read: {error.strerror}" in raised(check_templates, smallest)[0]


def test_a_file_that_grows_is_told(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Small:
        st_mode, st_size = (smallest / DRINKS).stat().st_mode, 1

    monkeypatch.setattr("os.fstat", lambda _: Small)
    monkeypatch.setattr(documents, "FILE_LIMIT", 10)
    assert "more than 10 bytes" in read_text(smallest / DRINKS, "x")[1][0].message


def test_all_static_files_together_have_a_limit(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "TOTAL_LIMIT", 1000)
    assert any("at most 1000 are published" in told for told in raised(read_assets, smallest))


def test_a_stylesheet_cannot_multiply_itself(smallest: Path) -> None:
    (smallest / "static/a.css").write_text("url(style.css#inline)", encoding="utf-8")
    assert "cannot be taken into another" in raised(read_assets, smallest)[0]


def test_stylesheets_in_a_row_are_told_and_not_followed_for_ever(smallest: Path) -> None:
    for n in range(1500):
        (smallest / f"static/a{n:04}.css").write_text(f'@import "a{n + 1:04}.css";' if n < 1499 else "", encoding="utf-8")
    assert "more than 20 stylesheets" in raised(read_assets, smallest)[0]


@pytest.mark.parametrize("text", ["url(" * 50_000, "url(" + " " * 50_000, "@import " * 20_000, "/*" * 50_000, "@import" + " " * 50_000])
def test_an_odd_stylesheet_is_not_searched_for_ever(smallest: Path, text: str) -> None:
    (smallest / "static/a.css").write_text(text, encoding="utf-8")
    naming = read_assets(smallest)
    assert naming.files[naming.address("a.css")] == text.encode()


@pytest.mark.parametrize(
    "text",
    ["{% include 'home.html' %}", "{% extends 'home.html' %}", "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{{ " + "(" * 5000 + ")" * 5000 + " }}"],
)
def test_a_template_without_end_is_told(smallest: Path, text: str) -> None:
    (smallest / "templates/home.html").write_text(text, encoding="utf-8")
    assert told_by(smallest)[0].startswith("templates/home.html:1:1: error: ")


def test_a_template_that_is_not_text_is_told(smallest: Path) -> None:
    (smallest / "templates/home.html").write_bytes(b"\xff")
    assert "save the file as UTF-8" in raised(check_templates, smallest)[0]


def test_a_fingerprint_with_a_number_of_five_thousand_digits_is_none() -> None:
    line = f"1 {'9' * 5000} a b c"
    assert parse(f"{FORM} talk x {_sum([line])}\n{line}\n", "talk") is None


def test_a_link_beside_a_fingerprint_is_not_written_through(smallest: Path, tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("mine", encoding="utf-8")
    (smallest / "content/sources/.talk.fingerprint.tmp").symlink_to(tmp_path / "victim")
    (tmp_path / "text").write_text("one\ntwo\nthree\n", encoding="utf-8")
    assert command("fingerprint", tmp_path / "text", "--source", "talk", "--root", smallest).returncode == 0
    assert (tmp_path / "victim").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("make", [loop, folder])
def test_a_font_that_is_no_file_is_told(smallest: Path, make: Callable[[Path], None]) -> None:
    make(smallest / "templates/card.otf")
    assert "this is not a file" in raised(Fonts, smallest)[0]


@pytest.mark.parametrize("address", ["https://a.example/?q", "https://a.example/#x", "https://a b.example", "//a.example", "javascript:x"])
def test_the_address_of_the_site_is_that_of_a_folder_on_the_web(smallest: Path, address: str) -> None:
    with (smallest / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(f'address: "{address}"\n')
    assert raised(read_config, smallest)[0].startswith("site.yaml:7:10: error: ")
    assert command("check", "--root", smallest, "--base-url", "https://a.example/\nDisallow: /").returncode == 2


@pytest.mark.parametrize("text", ["=cmd|calc!A0", "+1", "-1", "@SUM(1)", "＝1"])
def test_no_cell_is_a_formula(smallest: Path, text: str) -> None:
    """A spreadsheet would run it; an apostrophe before it is how spreadsheets write that it is text. In the JSON it is as written."""
    edit(smallest / ANN, "## Tea", f"## \\{text}" if text[0] in "+-=" else f"## {text}")
    site = built(smallest)
    assert f"'{text}" in site["data/claims.csv"].decode()
    assert f'"headline": "{text}"' in site["data/explainer.json"].decode()


def test_a_message_and_its_excerpt_move_no_cursor(smallest: Path) -> None:
    add(smallest, "\x1b[2J\u202eevil")
    done = command("check", "--root", smallest)
    assert not {"\x1b", "\u202e"} & set(done.stderr)


def test_the_columns_of_the_table_are_those_of_a_claim() -> None:
    assert _table(CLAIM_COLUMNS, []).decode().strip().split(",") == list(CLAIM_COLUMNS)

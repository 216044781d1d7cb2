"""Nothing is passed over in silence: every file below `content/` is used, named as left aside, or a problem."""

import os
from pathlib import Path

import pytest

import build
from explainer import commands
from explainer.documents import read_documents, read_text
from tests.helpers import command, files_in

ASIDE = (".hidden.md", "ann.md~", "#ann.md#", ".#ann.md", "4913", ".ann.md.swp", "ann.md.bak", "Thumbs.db", ".DS_Store", "README.md")


def test_temporary_files_are_named_and_left_aside(smallest: Path) -> None:
    for name in ASIDE:
        (smallest / "content/experts" / name).write_text("not an expert", encoding="utf-8")
    documents, problems = read_documents(smallest)
    assert problems == []
    assert {path for path, _ in documents.ignored} == {f"content/experts/{name}" for name in ASIDE}
    assert all(reason for _, reason in documents.ignored)


def test_files_read_are_files_used_and_files_named(smallest: Path) -> None:
    (smallest / "content/themes/milk.txt").write_text("x", encoding="utf-8")
    (smallest / "content/themes/tea.md~").write_text("x", encoding="utf-8")
    documents, problems = read_documents(smallest)
    named = {path for path, _ in documents.ignored} | {problem.path for problem in problems}
    assert {f"content/{path}" for path in documents.by_path} | named == {f"content/{path}" for path in files_in(smallest / "content")}


@pytest.mark.parametrize("broken", [False, True])
def test_what_is_left_aside_is_said_whether_or_not_the_build_succeeds(smallest: Path, capsys: pytest.CaptureFixture[str], broken: bool) -> None:
    (smallest / "content/themes/tea.md~").write_text("x", encoding="utf-8")
    if broken:
        (smallest / "content/themes/milk.txt").write_text("x", encoding="utf-8")
    commands.run(build.make_site, smallest, None, strict=False, write=lambda _: None)
    assert "content/themes/tea.md~: left aside: a temporary or hidden file" in capsys.readouterr().err


def test_a_file_that_is_not_utf_8_is_told_at_its_byte(smallest: Path) -> None:
    (smallest / "content/experts/ann.md").write_bytes("---\nname: Änn\n".encode("latin-1"))
    (problem,) = read_documents(smallest)[1]
    assert str(problem) == "content/experts/ann.md:2:7: error: not UTF-8 (byte 0xc4); save the file as UTF-8"


def test_a_control_character_is_told_at_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one\ntw\x07o", encoding="utf-8")
    (problem,) = read_text(tmp_path / "a.md", "content/a.md")[1]
    assert (problem.line, problem.column, "U+0007" in problem.message) == (2, 3, True)


def test_a_link_that_leads_out_is_not_read(smallest: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("---\nname: Secret\n---\n", encoding="utf-8")
    (smallest / "content/experts/secret.md").symlink_to(tmp_path / "secret.md")
    documents, problems = read_documents(smallest)
    assert "experts/secret.md" not in documents.by_path
    assert ["leads out of the project" in problem.message for problem in problems] == [True]


def test_a_linked_folder_is_told(smallest: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more/cid.md").write_text("---\nname: Cid\n---\n", encoding="utf-8")
    (smallest / "content/experts/more").symlink_to(tmp_path / "more")
    assert [problem.path for problem in read_documents(smallest)[1]] == ["content/experts/more"]


def test_a_folder_with_the_name_of_a_file_is_told(smallest: Path) -> None:
    (smallest / "content/experts/cid.md").mkdir()
    assert [str(problem) for problem in read_documents(smallest)[1]] == ["content/experts/cid.md:1:1: error: this is not a file; put one here, or delete it"]


def test_a_huge_file_is_told_unread(smallest: Path) -> None:
    (smallest / "content/experts/ann.md").write_bytes(b"x" * 2_000_001)
    assert ["at most 2000000 are read" in problem.message for problem in read_documents(smallest)[1]] == [True]


def test_a_pipe_is_told_and_not_waited_for(smallest: Path) -> None:
    os.mkfifo(smallest / "content/experts/pipe.md")
    assert [problem.message for problem in read_documents(smallest)[1]] == ["this is not a file; put one here, or delete it"]


def test_a_project_without_content_is_told(tmp_path: Path) -> None:
    assert [problem.path for problem in read_documents(tmp_path)[1]] == ["content"]


@pytest.mark.parametrize("on_github", ["", "true"])
def test_a_name_that_is_no_text_is_told(smallest: Path, on_github: str) -> None:
    """Whatever the disk allows: a name that is not UTF-8 can still be said."""
    Path(os.fsdecode(os.fsencode(smallest / "content/themes") + b"/\xff.md")).write_text("x", encoding="utf-8")
    done = command("check", "--root", smallest, PYTHONIOENCODING="utf-8:strict", GITHUB_ACTIONS=on_github)
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    assert "cannot be part of an address" in done.stderr


def test_a_hidden_folder_is_left_aside_with_its_files(smallest: Path) -> None:
    """Editors of Markdown keep one (`.obsidian/`), as systems do; a hidden file is left aside, and so is what stands in a hidden folder."""
    (smallest / "content/.obsidian").mkdir()
    (smallest / "content/.obsidian/workspace.json").write_text("{}", encoding="utf-8")
    documents, problems = read_documents(smallest)
    assert problems == []
    assert [path.startswith("content/.obsidian") for path, _ in documents.ignored] == [True]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_places_count_characters_whatever_ends_the_lines(ends: str, mark: bytes, tmp_path: Path) -> None:
    """Not bytes: a letter that takes three of them is one column, and the byte order mark is none."""
    file = tmp_path / "tea.md"
    file.write_bytes(mark + f"茶{ends}é茶🍵\x0c".encode())
    (problem,) = read_text(file, "tea.md")[1]
    assert (problem.line, problem.column, problem.excerpt) == (2, 4, "é茶🍵\x0c")
    file.write_bytes(mark + f"茶{ends}é茶🍵".encode() + b"\xe9" + ends.encode() + b"more")
    (problem,) = read_text(file, "tea.md")[1]
    assert (problem.line, problem.column, problem.excerpt) == (2, 4, "é茶🍵\ufffd")


@pytest.mark.parametrize("form", ["utf-16", "utf-16-be"])
def test_another_encoding_is_named(form: str, tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_bytes(b"\xfe\xff" * (form == "utf-16-be") + "---\n".encode(form))
    (problem,) = read_text(tmp_path / "tea.md", "tea.md")[1]
    assert "UTF-16" in problem.message

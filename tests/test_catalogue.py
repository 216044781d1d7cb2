"""Every problem that can be told has a case with its exact text, and `docs/problems.md` is made of them.

The cases stand in `tests/problems/`; its README says how to write one.
"""

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from jinja2 import FileSystemBytecodeCache

import build
from explainer import commands, render
from explainer.cards import Cards
from explainer.catalogue import CASES, CATALOGUE_FILE, Case, catalogue, entries, read_cases, told_by
from explainer.frontmatter import read_yaml
from explainer.messages import messages, read_modules
from explainer.problems import ContentError, Problems, told
from tests.given import GIVEN
from tests.helpers import PROGRAM, SITES, edit, make_project

UPDATE = os.environ.get("UPDATE") == "1"
MESSAGES = messages(read_modules())
ALL_CASES = read_cases()

PLACE = "/project"
"""What a case calls the folder of its project."""

WITHOUT_PAGES = ("fingerprints", "wording", "new", "output", "command")
"""Subjects whose commands are of interest, but not the pages they make."""

REMEDY = "if that is meant, run UPDATE=1 python -m pytest tests/test_catalogue.py, and read what changed"

SKELETON = """\
no case tells these; put one for each into a file of tests/problems/, change in it what leads to the message,
and run UPDATE=1 python -m pytest tests/test_catalogue.py to have `told` filled in:

{skeletons}"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The smallest project, in a folder of its own."""
    shutil.copyfile(CASES / "talk.txt", make_project(tmp_path / "project", SITES / "smallest") / "talk.txt")
    return tmp_path / "project"


@pytest.mark.parametrize("case", ALL_CASES, ids=[f"{case.subject}-{case.number}" for case in ALL_CASES])
def test_it_is_told_so(case: Case, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole text, with place and line and caret, and nothing else."""
    monkeypatch.chdir(root)
    change(root, case, monkeypatch)
    quickened(case, monkeypatch)
    code, text = checked(root) if case.run is None else ran(case.run, root, monkeypatch, capsys)
    text = text.replace(str(root), PLACE).replace("\a", "␇").encode(errors="backslashreplace").decode()
    text = "\n".join(line.rstrip() for line in text.rstrip("\n").split("\n"))
    if UPDATE:
        keep(case, text)
    else:
        assert text == case.told, f"tests/problems/{case.subject}.yaml, case {case.number + 1}: something else is told; {REMEDY}"
    assert code == case.code


def test_every_message_has_a_case() -> None:
    shown = {entry.shown for entry in entries(MESSAGES, ALL_CASES)}
    missing = {message.shown: message.place for message in MESSAGES if message.shown not in shown}
    skeletons = "\n".join(f"# {place}: {words}\n- content/experts/ann.md: {{before: after}}\n  told:\n" for words, place in missing.items())
    assert not missing, SKELETON.format(skeletons=skeletons)


def test_every_case_tells_a_message_of_the_code() -> None:
    for case in ALL_CASES:
        for text in case.told_messages:
            assert list(told_by(text, MESSAGES)), f"tests/problems/{case.subject}.yaml, case {case.number + 1}: nothing in the code says {text!r}"


def test_every_message_has_a_rule() -> None:
    """The docstring of the function in which it stands."""
    assert [message.place for message in MESSAGES if not message.pattern.rule] == []


def test_every_message_names_the_way_out() -> None:
    """Behind a semicolon, or by saying what must be or what there is. A note needs none."""
    ways = re.compile(r"; | must |at most|correct this|needs |, but in ¶|\(¶|so the verdict|left aside")
    assert [text for case in ALL_CASES for text in case.told_messages if not ways.search(text)] == []


def test_the_page_is_made_from_code_and_cases() -> None:
    page = catalogue(MESSAGES, ALL_CASES)
    assert CATALOGUE_FILE.read_text(encoding="utf-8") == page, "docs/problems.md, the code or a case changed; run make docs"


def test_anchors_are_unique() -> None:
    anchors = [entry.anchor for entry in entries(MESSAGES, ALL_CASES)]
    assert sorted(set(anchors)) == sorted(anchors)


def change(root: Path, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes the project as a case says, in the order in which it says so."""
    for name, new in case.steps.items():
        path = root / name
        if name == "given":
            GIVEN[str(new)](root, monkeypatch)
        elif isinstance(new, dict):
            for before, after in new.items():
                edit(path, before, str(after or ""))
        elif new is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(str(new), encoding="utf-8")


def quickened(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes what has its messages in this case, and leaves the rest: pictures and index are slow, and so are pages, and to compile templates."""
    if case.subject != "static":
        monkeypatch.setattr(build, "index", lambda *_, **__: ({}, []))
        monkeypatch.setattr(build, "make_cards", lambda pages, *_: Cards({}, list(pages), []))
    if case.run is None or case.subject in WITHOUT_PAGES:
        monkeypatch.setattr(build, "render", lambda _renderer, _pages: {})


@pytest.fixture(autouse=True, scope="module")
def _compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Templates that have not changed are not compiled again for each case."""
    kept, make = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("compiled"))), render.make_renderer

    def made(*arguments: Any) -> render.Renderer:
        renderer = make(*arguments)
        renderer.environment.bytecode_cache = kept
        return renderer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "make_renderer", made)
        yield


def checked(root: Path) -> tuple[int, str]:
    """Everything that is told of the content, without the count at its end."""
    try:
        problems = build.make_site(root)[1]
    except ContentError as error:
        problems = Problems(error.problems)
        problems.notes += error.notes
    return 0, "\n".join([*problems.notes, *told(problems).split("\n")[:-1]])


def ran(line: str, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code of a command in the project's folder, and what it tells."""
    monkeypatch.setenv("GITHUB_ACTIONS", "")
    try:
        code = commands.main.main([*shlex.split(line), "--root", str(root)], prog_name="build.py", obj=PROGRAM, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except SystemExit as error:
        sys.stderr.write(f"{error.code}\n")
        code = 1
    return code, capsys.readouterr().err


def keep(case: Case, text: str) -> None:
    """Writes what is told into the file of a case."""
    path = CASES / f"{case.subject}.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    start = read_yaml(path.name, "\n".join(lines))[0].keys[case.number, "told"][0]
    end = start
    while end < len(lines) and (lines[end].startswith("    ") or (not lines[end] and "    " in "".join(lines[end + 1 : end + 2])[:4])):
        end += 1
    block = ["  told: |", *(f"    {line}".rstrip() for line in text.split("\n"))] if text else ['  told: ""']
    path.write_text("\n".join([*lines[: start - 1], *block, *lines[end:]]), encoding="utf-8")

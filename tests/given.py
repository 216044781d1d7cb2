"""What no file of a case can say, by the words in which a case and the catalogue of problems say it."""

import errno
import os
import runpy
import shutil
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import chain, repeat
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, NoReturn, TypeAlias

import pytest

from explainer import commands, documents, output, project, search, serve, watch
from explainer.catalogue import CASES
from explainer.problems import told
from explainer.source_text import make_fingerprint, write_fingerprint
from tests.helpers import ROOT, edit

Given: TypeAlias = Callable[[Path, pytest.MonkeyPatch], None]

GIVEN: dict[str, Given] = {}
"""What is done to a project, or to the system as the program meets it."""


def given(words: str) -> Callable[[Given], Given]:
    """Enters what is done under the words of cases."""

    def entered(step: Given) -> Given:
        GIVEN[words] = step
        return step

    return entered


# The content


@given("no folder content/")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(root / "content")


@given("a folder content/ linked to one outside of the project")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    moved_out(root, "content")


@given("content/experts/ann.md linked to a file outside of the project")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    moved_out(root, "content/experts/ann.md")


@given("content/experts/ann.md saved as Latin-1, with an é")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    (root / "content/experts/ann.md").write_bytes(b"---\nname: An\xe9\n---\n")


@given("content/experts/ann.md saved as UTF-16")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    (root / "content/experts/ann.md").write_text("---\nname: Ann\n---\n", encoding="utf-16")


@given("content/experts/ann.md with a bell (U+0007) behind its name")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    edit(root / "content/experts/ann.md", "name: Ann", "name: Ann\a")


@given("content/experts/ann.md of more than 2 MB")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    edit(root / "content/experts/ann.md", "1\n---\n", "1\n---\n" + "x" * 2_000_000)


@given("content/experts/ann.md that this user may not read")
def _(root: Path, patch: pytest.MonkeyPatch) -> None:
    refused(root / "content/experts/ann.md", patch, os, "open")


@given("a named pipe content/experts/cat.md")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    os.mkfifo(root / "content/experts/cat.md")


@given("a folder content/pages/ that this user may not read")
def _(root: Path, patch: pytest.MonkeyPatch) -> None:
    (root / "content/pages").mkdir()
    refused(root / "content/pages", patch, os, "scandir")


@given("content/themes/drinks.md with 201 brackets before its title")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    edit(root / "content/themes/drinks.md", "title: ", f"title: {'[' * 201}")


@given("content/themes/drinks.md with 64,000 letters in its title")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    edit(root / "content/themes/drinks.md", "Drinks", "x" * 64_000)


@given("content/themes/drinks.md with a line that 201 signs > stand before")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    edit(root / "content/themes/drinks.md", "cup.\n---\n", f"cup.\n---\n\n{'> ' * 201}Tea.\n")


@given("a reading, content/readings/tea.md, of a summary in ¶4")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    edit(root / "content/sources/talk.md", "ben, question: breakfast}", "ben, question: breakfast}\n  - {paragraphs: 4, kind: summary}")
    (root / "content/readings").mkdir()
    shutil.copyfile(CASES / "tea.md", root / "content/readings/tea.md")


@given("a scale 'heat' with two steps, of the question 'breakfast'")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    edit(root / "content/questions/breakfast.md", "paragraphs: 1", "paragraphs: 1\nscales: [{id: heat, title: How hot?, steps: [Hot., Cold.]}]")


@given("the fingerprint of talk.txt")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    made, problems = make_fingerprint(root, "talk", root / "talk.txt")
    assert made, problems
    write_fingerprint(root, made)


@given("a folder content/sources/ into which this user may not write")
def _(root: Path, patch: pytest.MonkeyPatch) -> None:
    refused(root / "content/sources", patch, Path, "write_text")


# More than is read


@given("content/experts/ann.md saved as UTF-32")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    (root / "content/experts/ann.md").write_text("---\nname: Ann\n---\n", encoding="utf-32")


@given("content/experts/ann.md that grows while it is read")
def _(_root: Path, patch: pytest.MonkeyPatch) -> None:
    status = os.fstat

    def smaller(number: int) -> os.stat_result:
        found = status(number)
        return os.stat_result((*found[:6], 0, *found[7:]))

    patch.setattr(os, "fstat", smaller)
    edit(_root / "content/experts/ann.md", "1\n---\n", "1\n---\n" + "x" * 2_000_000)


@given("10,001 files in content/")
def _(root: Path, patch: pytest.MonkeyPatch) -> None:
    found = documents._files
    patch.setattr(documents, "_files", lambda *given: chain(found(*given), repeat(root / "content/experts/ann.md", 10_001)))  # one file, again and again


@given("files of 50 MB in content/")
def _(root: Path, patch: pytest.MonkeyPatch) -> None:
    found, path = documents._files, root / "content/themes/drinks.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + ("Tea. " * 900 + "\n\n") * 60, encoding="utf-8")
    patch.setattr(documents, "_files", lambda *given: chain(found(*given), repeat(path, 190)))


@given("eleven files of 19 MB in static/")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    for number in range(11):
        with (root / f"static/large-{number}").open("wb") as file:
            file.truncate(19_000_000)


@given("30 stylesheets in static/, each of which names the next")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        (root / f"static/a{number:02}.css").write_text(f'@import "a{number + 1:02}.css";' if number < 29 else "", encoding="utf-8")


@given("a path of 210 letters in static/")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    (root / "static" / ("a" * 100)).mkdir()
    (root / "static" / ("a" * 100) / ("b" * 109)).touch()


@given("a file static/tea\\n.txt, with a line end in its name")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    (root / "static/tea\n.txt").touch()


@given("a theme with a name of 81 letters")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    (root / f"content/themes/{'a' * 81}.md").touch()


@given("a claim with 400,000 letters")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    edit(root / "content/answers/breakfast/ann.md", "Ann says so.", "Tea. " * 80_000)


@given("a claim with a paragraph of 60,000 letters")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    edit(root / "content/answers/breakfast/ann.md", "Ann says so.", "Tea. " * 12_000)


@given("a claim with 5,001 links")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    edit(root / "content/answers/breakfast/ann.md", "Ann says so.", "[Ben](ben.md)\n\n" * 5_001)


@given("a claim with 500 lines in quotations nested 190 deep")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    edit(root / "content/answers/breakfast/ann.md", "Ann says so.", "\n\n".join([">" * 190 + "a\n" + "b\n" * 500] * 3))


@given("a glossary of 5,001 terms")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    (root / "content/glossary.yaml").write_text("- {}\n" * 5_001, encoding="utf-8")


@given("a folder out/ with folders nested without end")
def _(_root: Path, patch: pytest.MonkeyPatch) -> None:
    raising(patch, output, "check_ours", RecursionError())


# What is begun


@given("a folder content/themes/ into which this user may not write")
def _(root: Path, patch: pytest.MonkeyPatch) -> None:
    refused(root / "content/themes", patch, Path, "open")


@given("a folder content/pages/ linked to another")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    (root.parent / "pages").mkdir()
    (root / "content/pages").symlink_to(root.parent / "pages")


@given("a link loop that leads to itself")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    (root / "loop").symlink_to("loop")


@given("a whole program, and a folder round-table/ into which this user may not write")
def _(root: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(project, "project_files", lambda _: {})
    refused(root / "round-table", patch, Path, "mkdir")


# Templates, static files, search


@given("templates/words/fr.yaml, a copy of en.yaml without home")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    words = (root / "templates/words/en.yaml").read_text(encoding="utf-8")
    (root / "templates/words/fr.yaml").write_text(words.replace("home: Home\n", ""), encoding="utf-8")


@given("a file in static/ whose name is saved as Latin-1, with an é")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    (root / "static/caf\udce9").write_text("Tea.", encoding="utf-8")


@given("a named pipe static/tea")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    os.mkfifo(root / "static/tea")


@given("static/style.css that this user may not read")
def _(root: Path, patch: pytest.MonkeyPatch) -> None:
    refused(root / "static/style.css", patch, os, "open")


@given("no package pagefind_bin")
def _(_root: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setitem(sys.modules, "pagefind_bin", None)


@given("a Pagefind that ends with 1")
def _(_root: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(search, "run", lambda *_, **__: CompletedProcess([], 1, b"", b"no space left"))


@given("a Pagefind that may not be run")
def _(_root: Path, patch: pytest.MonkeyPatch) -> None:
    raising(patch, search, "run", PermissionError(errno.EACCES, "Permission denied", "pagefind"))


@given("a Pagefind of another version")
def _(_root: Path, patch: pytest.MonkeyPatch) -> None:
    raising(patch, search, "run", KeyError("languages"))


# Where the site is written, and how the program is run


@given("a link site to a folder")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    (root / "folder").mkdir()
    (root / "site").symlink_to("folder")


@given("a home in out/home")
def _(root: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Path, "home", lambda: root / "out/home")


@given("that you are in out/here")
def _(root: Path, patch: pytest.MonkeyPatch) -> None:
    (root / "out/here").mkdir(parents=True)
    patch.chdir(root / "out/here")


@given("a folder out/ into which this user may not write")
def _(root: Path, patch: pytest.MonkeyPatch) -> None:
    refused(root / ".out.new", patch, Path, "mkdir")


@given("a folder out/ that leads in a circle")
def _(root: Path, _patch: pytest.MonkeyPatch) -> None:
    (root / "out").symlink_to("out")


@given("port 8765 taken by another program")
def _(_root: Path, patch: pytest.MonkeyPatch) -> None:
    no_port(patch, errno.EADDRINUSE)


@given("a system that keeps port 80 for itself")
def _(_root: Path, patch: pytest.MonkeyPatch) -> None:
    no_port(patch, errno.EACCES)


@given("a fault of the program, met by the preview")
def _(root: Path, patch: pytest.MonkeyPatch) -> None:
    def build_it(*_: object) -> NoReturn:
        exec(compile("raise ValueError('no cup')", "build.py", "exec"))  # noqa: S102  # told at a line that does not change with this file
        raise AssertionError

    def run(*_: object, **__: object) -> int:
        preview = serve.Preview(lambda _: None, "/")
        preview.tell = lambda: sys.stderr.write(told(preview.problems))
        with suppress(KeyboardInterrupt):
            serve.Builder(root, preview, serve.Work(build_it, lambda _: [], nothing)).follow()
        return 1

    raising(patch, watch.Watch, "changed", KeyboardInterrupt())
    patch.setattr(commands.main, "main", run)


@given("no package click")
def _(_root: Path, patch: pytest.MonkeyPatch) -> None:
    def run(*_: object, **__: object) -> None:
        patch.setitem(sys.modules, "click", None)
        patch.delitem(sys.modules, "explainer.commands")  # it is read once more, as by a program that starts
        patch.delattr("explainer.commands")
        runpy.run_path(str(ROOT / "build.py"))

    patch.setattr(commands.main, "main", run)


def moved_out(root: Path, name: str) -> None:
    """Puts a file or a folder outside of the project, and a link in its place."""
    (root / name).rename(root.parent / "outside")
    (root / name).symlink_to(root.parent / "outside")


def refused(path: Path, patch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    """What is done to a path, or to a file in it, is refused, as a system does; whoever runs the tests may do everything."""
    allowed = getattr(owner, name)

    def done(given: object, *rest: object, **more: object) -> object:
        if path in (Path(str(given)), Path(str(given)).parent):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(given))
        return allowed(given, *rest, **more)

    patch.setattr(owner, name, done)


def nothing(*_: object) -> None:
    """Done in place of something that is of no interest."""


def raising(patch: pytest.MonkeyPatch, owner: object, name: str, error: BaseException) -> None:
    """What is called raises an error."""

    def called(*_: object, **__: object) -> None:
        raise error

    patch.setattr(owner, name, called)


def no_port(patch: pytest.MonkeyPatch, number: int) -> None:
    """No socket can be bound, for the reason with this number."""

    def bind(given: socket.socket, _address: object) -> None:
        given.close()
        raise OSError(number, os.strerror(number))

    patch.setattr(socket.socket, "bind", bind)

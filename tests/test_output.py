"""The folder of the site holds the whole old one or the whole new one, and nothing of anybody else's is touched."""

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from explainer import output
from explainer.output import MANIFEST, OutputError, check_place, reader, write_site
from tests.helpers import command, files_in

OLD = {"index.html": b"old", "experts/ann.html": b"old Ann"}
NEW = {"index.html": b"new", "themes/tea.html": b"new tea"}


@pytest.fixture(params=["exchange", "two renames"])
def out(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the old site, on a system that can exchange two folders in one step, and on one that cannot."""
    if request.param == "two renames":
        monkeypatch.setattr(output, "_exchange", lambda *_: False)
    folder = tmp_path / "site"
    write_site(folder, OLD)
    return folder


def site_in(folder: Path) -> dict[str, bytes]:
    """The site in a folder, without the manifest."""
    files = files_in(folder)
    assert set(json.loads(files.pop(MANIFEST))["files"]) == set(files), "the manifest lists what is there"
    return files


def assert_alone(folder: Path) -> None:
    """Nothing is left beside the site."""
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_the_new_site_replaces_the_old_one_whole(out: Path) -> None:
    write_site(out, NEW)
    assert site_in(out) == NEW
    assert_alone(out)


def test_the_first_site_needs_no_folder(tmp_path: Path) -> None:
    write_site(tmp_path / "a" / "b" / "site", NEW)
    assert site_in(tmp_path / "a/b/site") == NEW


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    write_site(tmp_path / "site", NEW)
    assert site_in(tmp_path / "site") == NEW


def test_system_droppings_are_no_reason_to_refuse(out: Path) -> None:
    (out / ".DS_Store").write_bytes(b"x")
    write_site(out, NEW)
    assert site_in(out) == NEW


@pytest.mark.parametrize("reason", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_while_writing_leaves_the_old_site(out: Path, monkeypatch: pytest.MonkeyPatch, reason: BaseException) -> None:
    """And the next build clears what the failed one left."""
    write_bytes = Path.write_bytes

    def fail(self: Path, data: Any) -> int:
        if self.name == "tea.html":
            raise reason
        return write_bytes(self, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", fail)
        with pytest.raises((OutputError, KeyboardInterrupt)):
            write_site(out, NEW)
    assert site_in(out) == OLD
    write_site(out, NEW)
    assert site_in(out) == NEW
    assert_alone(out)


def test_a_disk_without_space_is_told_by_name(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path, _: Any) -> int:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OutputError, match="cannot be written: No space left on device"):
        write_site(out, NEW)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_failing_rename_leaves_a_whole_site(out: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Whichever rename fails, the folder holds the whole old site or the whole new one when the build has told so."""
    rename, calls = Path.rename, []

    def fail(self: Path, target: Path) -> Path:
        calls.append(self)
        if len(calls) == number:
            raise OSError(5, "Input/output error", str(self))
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        try:
            write_site(out, NEW)
            whole = NEW
        except OutputError:
            whole = OLD
    assert site_in(out) == whole
    write_site(out, NEW)
    assert site_in(out) == NEW
    assert_alone(out)


def test_a_build_killed_between_two_renames_is_mended_by_the_next(tmp_path: Path) -> None:
    """The one moment in which the folder is not there; the old site stands beside it, and comes back even if the next build writes nothing."""
    out = tmp_path / "site"
    write_site(tmp_path / ".site.old", OLD)
    write_site(tmp_path / ".site.new", NEW)
    write_site(out, NEW)
    assert site_in(out) == NEW
    assert_alone(out)


def _killed_before_the_manifest(out: Path) -> None:
    (out.parent / f".{out.name}.new").mkdir()


def _killed_while_writing(out: Path) -> None:
    write_site(out.parent / f".{out.name}.new", NEW)
    (out.parent / f".{out.name}.new" / "themes/tea.html").unlink()


@pytest.mark.parametrize("died", [_killed_before_the_manifest, _killed_while_writing])
def test_leftovers_of_a_dead_build_are_cleaned_up(out: Path, died: Callable[[Path], None]) -> None:
    """At whatever moment it died: nobody has to come and tidy up by hand."""
    died(out)
    write_site(out, NEW)
    assert site_in(out) == NEW
    assert_alone(out)


@pytest.mark.parametrize("call", ["unlink", "rmdir"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_build_killed_while_removing_the_old_site_is_mended_by_the_next(out: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int) -> None:
    """The new site is in its place by then; what is left of the old one must not stop the next build, whichever file went first."""
    real, calls = getattr(os, call), []

    def die(*arguments: Any, **named: Any) -> None:
        calls.append(arguments)
        if len(calls) == number:
            raise KeyboardInterrupt
        real(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, die)
        try:
            write_site(out, NEW)
        except KeyboardInterrupt:
            assert site_in(out) == NEW
    write_site(out, NEW)
    assert site_in(out) == NEW
    assert_alone(out)


def test_a_foreign_file_is_refused_by_name(out: Path) -> None:
    """And nothing has changed: neither it, nor the old site."""
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    before = files_in(out)
    with pytest.raises(OutputError, match=r"notes\.txt"):
        write_site(out, NEW)
    assert files_in(out) == before


def test_a_foreign_empty_folder_is_refused_by_name(out: Path) -> None:
    (out / "later").mkdir()
    with pytest.raises(OutputError, match="later"):
        write_site(out, NEW)
    assert (out / "later").is_dir()


def test_a_foreign_link_is_refused_and_what_it_leads_to_stays(out: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.txt").write_text("mine", encoding="utf-8")
    (out / "link").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="link"):
        write_site(out, NEW)
    assert files_in(elsewhere) == {"mine.txt": b"mine"}


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"thesis\.txt"):
        write_site(tmp_path / "site", NEW)
    assert files_in(tmp_path / "site") == {"thesis.txt": b"mine"}


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is not a folder"):
        write_site(tmp_path / "site", NEW)
    assert (tmp_path / "site").read_text(encoding="utf-8") == "mine"


def test_a_foreign_folder_with_the_name_of_a_leftover_stays(out: Path) -> None:
    foreign = out.parent / f".{out.name}.old"
    foreign.mkdir()
    (foreign / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="move it"):
        write_site(out, NEW)
    assert files_in(foreign) == {"mine.txt": b"mine"}
    assert site_in(out) == OLD


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"files": 3}', '{"files": [[]]}', "\udcff"])
def test_an_unreadable_manifest_is_refused(out: Path, text: str) -> None:
    (out / MANIFEST).write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(OutputError):
        write_site(out, NEW)
    assert (out / "index.html").read_bytes() == b"old"


@pytest.mark.parametrize(
    "place", [".", "..", "content", "content/deep/er", "templates", "static/site", "tests", "explainer", "docs/site", ".git", "link", "other", "HOME", "/"]
)
def test_unsafe_places_are_refused(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The project or what holds it, its folders, a link, another repository's root, a home, the whole disk."""
    root = tmp_path / "deep/project"
    for folder in ("content", "templates", "static", "docs", "other/.git", "elsewhere"):
        (root / folder).mkdir(parents=True)
    (root / "link").symlink_to(root / "elsewhere")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    with pytest.raises(OutputError):
        check_place(root, tmp_path / "home" if place == "HOME" else root / place)


def test_what_holds_a_home_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "homes/ann").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "homes/ann"))
    with pytest.raises(OutputError):
        check_place(tmp_path / "project", tmp_path / "homes")


def test_safe_places_are_not_refused(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "content").mkdir(parents=True)
    for place in (root / "_site", tmp_path / "site", root / "contents", root / "out/site"):
        check_place(root, place)


def test_refusal_is_exit_3_and_names_what_is_in_the_way(smallest: Path) -> None:
    out = smallest / "_site"
    assert command("--root", smallest).returncode == 0
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    before = files_in(out)
    done = command("--root", smallest)
    assert (done.returncode, done.stdout) == (3, "")
    assert "notes.txt" in done.stderr
    assert "Traceback" not in done.stderr
    assert files_in(out) == before


@pytest.mark.parametrize("place", ["content/site", "..", "site.yaml/site"])
def test_an_unsafe_place_is_exit_3(place: str, smallest: Path) -> None:
    before = files_in(smallest)
    done = command("--root", smallest, "--output", smallest / place)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("error: ")
    assert files_in(smallest) == before


@pytest.mark.parametrize("place", [".", "../here"])
def test_a_place_named_by_dots_is_the_folder_it_means(place: str, smallest: Path, tmp_path: Path) -> None:
    """`--output .` in an empty folder of its own is as good a place as any; a site or a refusal, but not a traceback."""
    here = tmp_path / "here"
    here.mkdir()
    done = command("--root", smallest, "--output", place, cwd=here)
    assert "Traceback" not in done.stderr
    assert (done.returncode, (here / "index.html").is_file()) in ((0, True), (3, False))


def test_only_what_was_built_is_ever_removed(smallest: Path) -> None:
    """A page that is no more goes with the next build; a file of somebody else's stops it."""
    out = smallest / "_site"
    assert command("--root", smallest).returncode == 0
    (smallest / "content/pages").mkdir()
    page = smallest / "content/pages/about.md"
    page.write_text("---\ntitle: About\nshort: About\norder: 1\n---\n", encoding="utf-8")
    assert command("--root", smallest).returncode == 0
    assert (out / "about.html").is_file()
    page.unlink()
    assert command("--root", smallest).returncode == 0
    assert not (out / "about.html").exists()


def test_an_unwritable_place_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the system says, it is said with the name of the place."""
    monkeypatch.setattr(Path, "mkdir", lambda self, **_: (_ for _ in ()).throw(PermissionError(13, "Permission denied", str(self))))
    with pytest.raises(OutputError, match=r"cannot be written: Permission denied"):
        write_site(tmp_path / "site", NEW)


def test_the_old_site_comes_back_before_a_refusal(tmp_path: Path) -> None:
    """A build that died between two renames left the old site aside; it is put back even if the next cannot write."""
    out = tmp_path / "site"
    write_site(out, OLD)
    shutil.move(out, tmp_path / ".site.old")
    (tmp_path / ".site.old/notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"notes\.txt"):
        write_site(out, NEW)
    assert (out / "index.html").read_bytes() == b"old"


def test_a_file_that_comes_while_a_site_is_written_stays(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing takes a while, and somebody may put a note into the old site meanwhile."""
    write_site(out, {"a.html": b"old"})
    write = output._write

    def slowly(staging: Path, files: Any) -> None:
        write(staging, files)
        (out / "notes.txt").write_text("mine", encoding="utf-8")

    monkeypatch.setattr(output, "_write", slowly)
    with pytest.raises(OutputError, match=r"notes\.txt"):
        write_site(out, {"a.html": b"new"})
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (out / "a.html").read_bytes() == b"old"


def test_two_builds_at_once_give_one_site_whole(tmp_path: Path) -> None:
    """Each waits for the other; neither writes into the other's folder."""
    out = tmp_path / "site"
    sites = [{f"p{n}.html": letter * 10_000 for n in range(200)} for letter in (b"a", b"b")]
    with ThreadPoolExecutor(max_workers=2) as workers:
        for done in [workers.submit(write_site, out, site) for site in sites * 5]:
            done.result()
    assert site_in(out) in sites


def test_the_place_checked_is_the_place_written(smallest: Path, tmp_path: Path) -> None:
    """A link and two dots could lead a careless reading of a path into the project."""
    (tmp_path / "deep/er").mkdir(parents=True)
    (smallest / "link").symlink_to(tmp_path / "deep/er")
    done = command("--root", smallest, "--output", f"{smallest}/link/../content/site")
    assert done.returncode == 3
    assert not (smallest / "content/site").exists()


def test_the_last_site_can_be_read(out: Path) -> None:
    """What another build can keep; nothing that we did not write."""
    (out / "foreign.html").write_bytes(b"foreign")
    read = reader(out)
    assert [read(address) for address in ("index.html", "experts/ann.html", "foreign.html", "none.html", MANIFEST)] == [b"old", b"old Ann", None, None, None]


def test_a_last_site_that_is_not_there_gives_nothing(tmp_path: Path, out: Path) -> None:
    assert reader(tmp_path / "nowhere")("index.html") is None
    (out / MANIFEST).write_text("{", encoding="utf-8")
    assert reader(out)("index.html") is None


def test_nothing_outside_the_last_site_is_read(tmp_path: Path, out: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (out / "link").symlink_to(tmp_path / "secret")
    (out / MANIFEST).write_text(json.dumps({"files": ["../secret", "link", "index.html"]}), encoding="utf-8")
    assert [reader(out)(address) for address in ("../secret", "link", "index.html")] == [None, None, b"old"]

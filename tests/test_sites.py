"""A folder is a test: each folder of `sites/` is a little site, with the pages it must give or what is wrong with it."""

import os
import shutil
from pathlib import Path

import pytest

import build
from explainer import commands
from tests.helpers import SITES, built, make_project
from tests.outline import outline

UPDATE = os.environ.get("UPDATE") == "1"
REMEDY = "changed; if that is meant, run UPDATE=1 python -m pytest, and read what changed"

WHOLE = sorted(path.parent.name for path in SITES.glob("*/expected"))
BROKEN = sorted(path.parent.name for path in SITES.glob("*/problems.txt"))


def laid_over_smallest(folder: Path, name: str) -> Path:
    """The project `smallest` with the files of a broken site laid over it."""
    make_project(folder, SITES / "smallest")
    shutil.copytree(SITES / name, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("problems.txt"))
    return folder


@pytest.mark.parametrize("name", WHOLE)
def test_site_gives_its_pages(name: str, tmp_path: Path) -> None:
    """The pages kept in `expected/`, and no fewer, are what the site gives."""
    site = built(make_project(tmp_path / "project", SITES / name))
    kept = SITES / name / "expected"
    for path in sorted(path for path in kept.rglob("*") if path.is_file()):
        url = path.relative_to(kept).as_posix().removesuffix(".txt")
        assert url in site, f"{name} no longer gives {url}; it gives {sorted(site)}"
        page = outline(site[url].decode()) if url.endswith(".html") else site[url].decode().replace("\r\n", "\n")  # tables end lines as RFC 4180 says
        _hold(page, path)


@pytest.mark.parametrize("name", BROKEN)
def test_site_is_told_what_is_wrong(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything that is wrong is told in one run, in a stable order, and counted; and there is no site."""
    written: list[dict[str, bytes]] = []
    code = commands.run(build.make_site, laid_over_smallest(tmp_path / "project", name), None, strict=False, write=written.append)
    told = capsys.readouterr()
    _hold(told.err, SITES / name / "problems.txt")
    assert (code, written, told.out) == (commands.PROBLEMS, [], "")


def test_there_are_sites() -> None:
    """A wrong path in this file would make all of the above vanish."""
    assert {"smallest", "other-panel"} <= set(WHOLE)
    assert {"misspelt-theme", "everything-wrong"} <= set(BROKEN)


def _hold(made: str, path: Path) -> None:
    """Compares with what is kept, or keeps it anew."""
    if UPDATE:
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8"), f"{path.relative_to(SITES.parent)} {REMEDY}"

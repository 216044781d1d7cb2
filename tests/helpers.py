"""What several tests need: a project to build, a way to run the command, and a look at what came out."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import build
from explainer.commands import Program
from explainer.documents import Documents
from explainer.frontmatter import read_front_matter, read_yaml
from explainer.problems import ContentError, Problem, telling

ROOT = Path(__file__).parent.parent
SITES = Path(__file__).parent / "sites"
PROGRAM = Program(build.make_site, ROOT)
"""What `build.py` hands to the commands."""

OWN = ("content", "site.yaml")
"""What makes one project differ from another; templates and static files are always the real ones."""

BLANK = {"GITHUB_ACTIONS": "", "PYTHONDONTWRITEBYTECODE": "1"}
"""Settings that would otherwise leak from the machine into what a test sees."""


def make_project(folder: Path, origin: Path = ROOT) -> Path:
    """A project in `folder` with the content of `origin` and the real templates; copied, since links out of a project are refused."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in OWN:
        _copy(origin / name, folder / name)
    for name in ("templates", "static"):
        _copy(ROOT / name, folder / name)
    return folder


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        shutil.copyfile(source, target)


DRAWN: dict[str, bytes] = {}
"""The share cards of all sites that tests have built; their names tell them apart."""


def built(root: Path, base_url: str | None = None) -> dict[str, bytes]:
    """The files of the site of a project, without writing them."""
    files = build.make_site(root, base_url, DRAWN.get)[0]
    DRAWN.update((url, data) for url, data in files.items() if url.startswith("cards/"))
    return files


def problems_of(root: Path) -> list[Problem]:
    """Everything that is wrong with a project."""
    try:
        return list(build.make_site(root, None, DRAWN.get)[1])
    except ContentError as error:
        return list(error.problems)


def told_by(root: Path) -> list[str]:
    """Everything that is wrong with a project, a line a problem, in the order told."""
    return [str(problem) for problem, _ in telling(problems_of(root), everything=True).shown]


def command(*arguments: str | Path, cwd: Path = ROOT, **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs build.py as a person would, with `settings` added to the environment."""
    program = [sys.executable, str(ROOT / "build.py"), *map(str, arguments)]
    return subprocess.run(program, cwd=cwd, env=os.environ | BLANK | settings, capture_output=True, text=True, check=False, timeout=120)


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def documents(**texts: str) -> Documents:
    """Documents from texts; `experts__ada` is the file `experts/ada.md`, and a name without a folder is a YAML list."""
    by_path = {}
    for name, text in texts.items():
        path = name.replace("__", "/").replace("_", "-") + (".md" if "__" in name else ".yaml")
        by_path[path] = (read_front_matter if path.endswith(".md") else read_yaml)(f"content/{path}", text)[0]
    return Documents(by_path)


def edit(path: Path, before: str, after: str) -> None:
    """Replaces the one place in a file where `before` stands; a test whose text has moved says so rather than testing nothing."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{path.name} has {text.count(before)} places with {before!r}, and this test needs exactly one"
    path.write_text(text.replace(before, after), encoding="utf-8")


def replace_field(path: Path, name: str, value: str) -> None:
    """Gives the one field `name: …` at the start of a line another value."""
    text, changed = re.subn(rf"^{name}: .*$", f"{name}: {value}", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert changed == 1, f"{path.name} has {changed} fields '{name}', and this test needs exactly one"
    path.write_text(text, encoding="utf-8")

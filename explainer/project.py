"""A project of one's own: the program, the templates and the documentation for editors, with a tiny example in place of our content."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from explainer.documents import is_temporary
from explainer.output import PROJECT_FOLDERS, OutputError

COPIED = (
    ".editorconfig",
    ".github/workflows/pages.yml",
    ".gitignore",
    ".vscode/",
    "LICENSE",
    "Makefile",
    "build.py",
    "constraints.txt",
    "docs/claims.md",
    "docs/content.md",
    "docs/editing.md",
    "docs/editor-help.md",
    "docs/example-article.txt",
    "docs/fingerprints.md",
    "docs/pictures/",
    "docs/problems.md",
    "docs/schemas/",
    "docs/status.md",
    "docs/wording.md",
    "docs/your-own.md",
    "explainer/",
    "pyproject.toml",
    "static/",
    "templates/",
    "tools/install-venv",
)
"""What every project has, by its path in this one; a folder ends in a slash and is copied whole. Nothing else is."""

EXAMPLE = Path("explainer", "example")
"""Where the example stands, with all that a project has of its own: content, configuration, a README."""

NOT_KEPT = {"source-texts/.gitignore": b"# Texts of others stay on this machine, whatever they are called.\n*\n!.gitignore\n!README.md\n"}
"""What has git leave out the texts of sources; not in the example itself, whose own text belongs to every copy of the program."""

_MADE_FROM_CODE = "__pycache__"


def project_files(tool: Path) -> dict[str, bytes]:
    """The program is there, whole.

    The files of a new project by path, read from the project in `tool`, which may itself have been made so.

    Raises `OutputError` if something that every project has is not there.
    """
    for name in COPIED:
        if not (tool / name).exists():
            raise OutputError(f"{tool / name} is missing, and no project works without it; get the whole program again")
    files = {path.relative_to(tool).as_posix(): path.read_bytes() for name in COPIED for path in _files(tool / name)}
    own = {path.relative_to(tool / EXAMPLE).as_posix(): path.read_bytes() for path in _files(tool / EXAMPLE)}
    return dict(sorted((files | own | NOT_KEPT).items()))


def _files(path: Path) -> Iterator[Path]:
    """A file, or all files of a folder but those that an editor, a system or Python leaves behind."""
    if path.is_file():
        yield path
    for parent, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name != _MADE_FROM_CODE)
        yield from (Path(parent, name) for name in sorted(names) if name == ".gitignore" or not is_temporary(name))


def make_project(tool: Path, folder: Path) -> None:
    """The place for a project can be written.

    Makes a project in a folder that is not there yet, or is empty: whole or not at all.

    Raises `OutputError` if the place is unsafe or cannot be written.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100  # as written, without its dots
    try:
        _check_place(tool, folder)
        files = project_files(tool)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.", ignore_cleanup_errors=True) as beside:
            made = Path(beside, folder.name)
            for name, data in files.items():
                path = made / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            if folder.exists():
                folder.rmdir()  # it is empty, and not every system renames over a folder
            made.rename(folder)
    except OSError as error:
        raise OutputError(f"{error.filename or folder} cannot be written: {error.strerror}; see who may write there, or name another folder") from error
    except RuntimeError as error:
        raise OutputError(f"{folder} cannot be looked at: {error}; name another folder") from error


def _check_place(tool: Path, folder: Path) -> None:
    """A project begins in a folder of its own, which is empty, and outside of what belongs to another."""
    place, own = folder.resolve(), tool.resolve()
    if folder.is_symlink():
        raise OutputError(f"{folder} is a link; name the folder itself")
    for name in PROJECT_FOLDERS:
        if place.is_relative_to(own / name):
            raise OutputError(f"{folder} lies inside {name}/, which belongs to this project; name a folder elsewhere, as ../my-round-table")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{folder} is in the way and is not a folder; name another")
    if there := next((path.name for path in sorted(folder.iterdir())), None):
        raise OutputError(f"{folder} is not empty ({there} is there); name a folder that is, or is not there yet")
    if Path.cwd().resolve() == place:
        raise OutputError(f"{folder} is the folder you are in; go one up, and name it from there")

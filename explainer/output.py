"""Writes the site with care: the folder holds the whole old site or the whole new one, and nothing of anybody else's is touched."""

import ctypes
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TypeAlias

try:
    import fcntl
except ModuleNotFoundError:  # Windows has none
    fcntl = None  # type: ignore[assignment]

MANIFEST = ".explainer.json"
"""The file that lists what was written; what it does not list is not ours."""

PROJECT_FOLDERS = ("content", "templates", "static", "explainer", "tests", "docs", "bench", "tools", "source-texts", ".git", ".github", ".ci", ".venv")
"""Folders of a project in which a site is never written."""

Previous: TypeAlias = Callable[[str], bytes | None]
"""Gives a file of the last site by its address, None for what it does not have."""

_SYSTEM_FILES = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class OutputError(Exception):
    """The place for the site is unsafe or cannot be written; the folder holds the whole old site or the whole new one."""


def check_place(root: Path, out: Path) -> None:
    """The place for the site can be looked at.

    Raises `OutputError` with the reason why it is no place for a site.
    """
    try:
        _check_place(root, out)
    except (OSError, RuntimeError) as error:
        raise OutputError(f"{out} cannot be looked at: {error}; name another folder with --output") from error


def _check_place(root: Path, out: Path) -> None:
    """A site may not be, contain, or lie inside the project's own folders, a home, the folder one is in, or a repository's root."""
    place, project = out.resolve(), root.resolve()
    if out.is_symlink():
        raise OutputError(f"{out} is a link; name the folder itself")
    if Path.home().resolve().is_relative_to(place):
        raise OutputError(f"{out} is no place for a site; name a folder of its own")
    if project.is_relative_to(place):
        raise OutputError(f"{out} holds the project itself; name a folder of its own")
    if Path.cwd().resolve().is_relative_to(place):
        raise OutputError(f"{out} is the folder you are in, or holds it; go elsewhere, or name another folder")
    if (place / ".git").exists():
        raise OutputError(f"{out} is the root of a repository; name a folder of its own")
    for name in PROJECT_FOLDERS:
        if place.is_relative_to(project / name):
            raise OutputError(f"{out} lies inside {name}/, which belongs to the project; name a folder of its own")


def write_site(out: Path, files: Mapping[str, bytes]) -> None:
    """The place for the site can be written.

    Makes `out` hold these files and no others, all at once. `files` are contents by path below `out`.
    Raises `OutputError` if something there is not ours, or if it cannot be written.
    """
    staging, replaced = out.with_name(f".{out.name}.new"), out.with_name(f".{out.name}.old")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _alone(out.parent):
            _recover(out, staging, replaced)
            check_ours(out)
            _write(staging, files)
            check_ours(out)  # again: writing took a while
            _swap(staging, out, replaced)
    except OSError as error:
        raise OutputError(
            f"{error.filename or out} cannot be written: {error.strerror}; see who may write there, or name another folder with --output"
        ) from error
    except RecursionError:
        raise OutputError(f"{out} holds folders nested too deep to look through; move it") from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Lets one build at a time write into a folder, where the system can; the lock dies with its process and leaves no file."""
    if fcntl is None:
        yield
        return
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _recover(out: Path, staging: Path, replaced: Path) -> None:
    """What a build that died left beside the site is taken away, if this tool wrote it.

    The old site is back in its place then, and half-written files are gone.
    """
    if replaced.exists() and not out.exists():
        replaced.rename(out)
    for leftover in (staging, replaced):
        if leftover.exists():
            if not is_ours(leftover) and any(leftover.iterdir()):
                raise OutputError(f"{leftover} is in the way and was not written by this tool; move it")
            _remove(leftover)


def _remove(folder: Path) -> None:
    """Of a folder that is removed, what this tool did not write stays.

    The manifest goes last, so that what a death in between leaves can still be told as ours.
    """
    ours = _manifest(folder)
    for parent, folders, names in os.walk(folder, topdown=False):
        for name in names:
            path = Path(parent) / name
            if path.relative_to(folder).as_posix() in ours or name in _SYSTEM_FILES:
                path.unlink()
        for name in folders:
            path = Path(parent) / name
            if not path.is_symlink() and not any(path.iterdir()):
                path.rmdir()
    if kept := [path for path in folder.iterdir() if path.name != MANIFEST]:
        raise OutputError(f"{kept[0]} was not written by this tool and is kept; move it")
    (folder / MANIFEST).unlink(missing_ok=True)
    folder.rmdir()


def _manifest(folder: Path) -> set[str]:
    """The list of what was written into a folder, `.explainer.json`, can be read.

    The paths in it; none if there is no list.
    """
    if not is_ours(folder):
        return set()
    try:
        return set(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"])
    except (ValueError, KeyError, TypeError):
        raise OutputError(f"{folder / MANIFEST} cannot be read; if the folder is ours, delete it") from None


def nothing(_: str) -> None:
    """The last site where there was none."""


def last_site(out: Path) -> Previous:
    """What gives the files of the site in `out` by address, None for what we did not write there; nothing is read before it is asked for."""

    @cache
    def ours() -> set[str]:
        try:
            return _manifest(out)
        except (OutputError, OSError):
            return set()  # `write_site` tells what is wrong with it

    def read(address: str) -> bytes | None:
        try:
            path = (out / address).resolve()
            return path.read_bytes() if address in ours() and path.is_relative_to(out.resolve()) and not (out / address).is_symlink() else None
        except (OSError, ValueError, RuntimeError):  # the last for links in a circle
            return None

    return read


def is_ours(out: Path) -> bool:
    """Whether a folder holds a site that we wrote."""
    return (out / MANIFEST).is_file()


def check_ours(out: Path) -> None:
    """A folder that is there already was written by this tool, whole; or it is empty."""
    try:
        _check_ours(out)
    except RecursionError:
        raise OutputError(f"{out} holds folders nested too deep to look through; move it") from None


def _check_ours(out: Path) -> None:
    """A folder that is there already was written by this tool, whole; or it is empty."""
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out} is in the way and is not a folder; move it")
    there = set(_paths(out))
    if not there:
        return
    if not is_ours(out):
        raise OutputError(f"{out} was not written by this tool ({min(there)} is there), so it is not replaced; move it, or name another folder with --output")
    if foreign := sorted(there - _manifest(out) - {MANIFEST}):
        more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        raise OutputError(
            f"{out} holds what was not written by this tool, {foreign[0]}{more}, so it is not replaced; move that, or name another folder with --output"
        )


def _paths(folder: Path) -> Iterator[str]:
    """Everything in a folder that a person may have put there: files, links and empty folders."""
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        found = [*(name for name in names if name not in _SYSTEM_FILES), *links]
        if not (names or folders) and Path(parent) != folder:
            found.append("")
        yield from ((Path(parent) / name).relative_to(folder).as_posix() for name in found)


def _write(staging: Path, files: Mapping[str, bytes]) -> None:
    """Writes all files into a new folder, the manifest first, so that a leftover can be told as ours."""
    staging.mkdir(parents=True)
    (staging / MANIFEST).write_text(json.dumps({"files": sorted(files)}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    made = {staging}
    for name, data in files.items():
        path = staging / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(data)


def _swap(staging: Path, out: Path, replaced: Path) -> None:
    """Puts the new folder in the place of the old one: in one step where the system can, in two elsewhere."""
    if not out.exists():
        staging.rename(out)
    elif _exchange(staging, out):
        _remove(staging)
    else:
        out.rename(replaced)
        try:
            staging.rename(out)
        except BaseException:  # an interruption too
            replaced.rename(out)
            raise
        _remove(replaced)


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step (Linux `renameat2`, which Python does not offer); False if that cannot be done here."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)

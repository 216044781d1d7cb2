"""What a site is made from, and when it has changed and come to rest."""

import os
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import TypeAlias

from explainer.documents import DEPTH_LIMIT, is_temporary

WATCHED = ("content", "templates", "static", "site.yaml")
"""What a site is made from."""

INTERVAL = 0.04
"""Seconds between two looks at the files; more, where a look takes so long that it would keep the machine busy."""

PAUSE = 3
"""How many times as long as a look takes nothing is looked at, at least."""

LOOKS_AT_REST = 4
"""How many looks in a row must find the same before a change counts as whole: saves that follow one another more closely are one burst, and one build."""

Look: TypeAlias = frozenset[tuple[str, int, int, int, int]]
"""Every file with its times, size and number. A save that keeps one of them changes another: only the time of change is nobody's to set."""


class Watch:
    """Tells what has changed in a project once no more changes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pause = INTERVAL
        """Seconds to wait before the next look."""
        self.told = self.seen = self._look()
        self.rest = 0
        self.next = 0.0
        """When `overtaken` looks again, by the clock that only counts."""
        self.late = False

    def _look(self) -> Look:
        begun = monotonic()
        now = look(self.root)
        self.pause = max(INTERVAL, PAUSE * (monotonic() - begun))
        return now

    def changed(self) -> list[str]:
        """What is not as it was when this was last told, relative to the project; nothing while files are still changing. To be asked after each `pause`."""
        now = self._look()
        self.rest = self.rest + 1 if now == self.seen else 0
        self.seen = now
        if now == self.told or not self.is_at_rest:
            return []
        names = {os.path.relpath(path, self.root) for path, *_ in now ^ self.told}
        self.told, self.late = now, False
        return sorted(names)

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing has changed for a while."""
        return self.rest >= LOOKS_AT_REST

    def overtaken(self) -> bool:
        """Whether something has changed since this last told of changes, whole or not. May be asked at any time; it looks once in a `pause`."""
        if not self.late and monotonic() >= self.next:
            self.late = self._look() != self.told
            self.next = monotonic() + self.pause
        return self.late


def look(root: Path) -> Look:
    """The state of every file that a site is made from; temporary files of editors are none."""
    return frozenset(state for name in WATCHED for state in _states(os.path.join(root, name)))  # noqa: PTH118  # strings, since this runs all the time


def _states(path: str, depth: int = 0) -> Iterator[tuple[str, int, int, int, int]]:
    """The state of a file, of a link by what it leads to, or of all that is in a folder."""
    try:
        status = os.stat(path)  # noqa: PTH116  # as above
    except (OSError, ValueError):
        if os.path.islink(path):  # noqa: PTH114  # as above
            yield path, 0, 0, 0, 0  # it leads nowhere, which is told
        return  # gone between the listing and the look
    try:
        inside = [entry for entry in os.scandir(path) if not is_temporary(entry.name)]
    except NotADirectoryError:
        yield path, status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
        return
    except OSError:
        inside = []
    yield path, 0, 0, 0, 0  # that it is there, and not its times, which temporary files change
    for entry in inside:
        yield from _states(entry.path, depth + 1) if depth < DEPTH_LIMIT and not _is_linked_folder(entry) else [(entry.path, 0, 0, 0, 0)]


def _is_linked_folder(entry: os.DirEntry[str]) -> bool:
    """Whether this is a link to a folder, or one that leads in a circle; both are told and not followed."""
    try:
        return entry.is_symlink() and entry.is_dir()
    except OSError:
        return True

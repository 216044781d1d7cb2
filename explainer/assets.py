"""The files of `static/`: each gets a hash of its content in its name, so that a changed one is seen at once."""

import os
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from posixpath import dirname, normpath, relpath

from explainer.documents import LEADS_OUT, is_temporary, leads_out
from explainer.problems import ContentError, Problem, did_you_mean

FOLDER = "static"

_CSS_ADDRESS = re.compile(
    r"""/\*.*?\*/|@import\s+(?P<mark>["'])(?P<imported>[^"']+)(?P=mark)|url\(\s*(?P<quote>["']?)(?P<address>[^"')]+)(?P=quote)\s*\)""", re.DOTALL
)


INLINE = "inline"
"""The fragment by which a stylesheet takes a file into itself, as in `url("a.woff2#inline")`: a font that is there at the first paint moves no word."""

_TYPES = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class UnknownAssetError(LookupError):
    """A name that `static/` does not have."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Static files by address, and the address of each name below `static/`."""

    files: Mapping[str, bytes]
    addresses: Mapping[str, str]

    def address(self, name: str) -> str:
        """A static file that a template or a text names is in `static/`.

        The address of a file, as `style.css`.

        Raises `UnknownAssetError` if there is none of that name.
        """
        if name not in self.addresses:
            raise UnknownAssetError(f"no file '{name}' in {FOLDER}/{did_you_mean(name, self.addresses)}")
        return self.addresses[name]


def read_assets(root: Path) -> Assets:
    """The files of `root`/static; a stylesheet's `url(…)` follows the new names.

    Raises `ContentError` for a file that cannot be read, and for a `url(…)` that leads to none.
    """
    problems: list[Problem] = []
    naming = _Naming(dict(_read(root, problems)), problems)
    for name in naming.raw:
        naming.address(name)
    if problems:
        raise ContentError(problems)
    return Assets(naming.files, naming.addresses)


def _read(root: Path, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """A static file can be read, and its name can be part of an address.

    Each file's name below static/ and its bytes.
    """
    folder = root / FOLDER
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_temporary(name))
        linked = [name for name in folders if (Path(parent) / name).is_symlink()]
        for path in sorted(Path(parent) / name for name in [*names, *linked]):
            shown = path.relative_to(root).as_posix()
            if is_temporary(path.name):
                continue
            if leads_out(path, root):
                problems.append(Problem(shown, 1, 1, LEADS_OUT))
            elif not _is_text(shown):
                problems.append(Problem(shown, 1, 1, "the name is not UTF-8, and cannot be part of an address; rename the file"))
            elif not path.is_file():
                problems.append(Problem(shown, 1, 1, "this is not a file; put one here, or delete it"))
            else:
                try:
                    yield path.relative_to(folder).as_posix(), path.read_bytes()
                except OSError as error:
                    problems.append(Problem(shown, 1, 1, f"cannot be read: {error.strerror}; see who may read it"))


class _Naming:
    """Gives files their names; those that a stylesheet names come before it, since its own hash depends on theirs."""

    def __init__(self, raw: dict[str, bytes], problems: list[Problem]) -> None:
        self.raw = raw
        self.problems = problems
        self.files: dict[str, bytes] = {}
        self.addresses: dict[str, str] = {}
        self.begun: set[str] = set()

    def address(self, name: str) -> str | None:
        """The address of a file; None if it is still being named, because two stylesheets name each other."""
        if name in self.begun:
            return self.addresses.get(name)
        self.begun.add(name)
        data = self.relocated(name) if name.endswith(".css") else self.raw[name]
        self.addresses[name] = _hashed(name, data)
        self.files[self.addresses[name]] = data
        return self.addresses[name]

    def relocated(self, name: str) -> bytes:
        """What a stylesheet names is in `static/`, and no two stylesheets name each other.

        The stylesheet, the addresses of other static files in it with their hashes.
        """
        text = self.raw[name].decode("utf-8", errors="surrogateescape")

        def replaced(match: re.Match[str]) -> str:
            address = (match["address"] or match["imported"] or "").strip()
            if not address or ":" in address or address.startswith(("#", "/")):
                return match[0]
            path, mark, fragment = address.partition("#")
            target = normpath(f"{dirname(name)}/{path}".lstrip("/"))
            found = self.address(target) if target in self.raw else None
            if found is None:
                why = (
                    "two stylesheets name each other; let one of them name the other"
                    if target in self.raw
                    else f"no file '{target}' in {FOLDER}/{did_you_mean(target, self.raw)}"
                )
                line = text.count("\n", 0, match.start()) + 1
                column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
                self.problems.append(Problem(f"{FOLDER}/{name}", line, column, why, excerpt=text.split("\n")[line - 1]))
                return match[0]
            if fragment == INLINE:
                return f'url("data:{_TYPES.get(PurePosixPath(target).suffix, "application/octet-stream")};base64,{b64encode(self.files[found]).decode()}")'
            kind = "@import " if match["imported"] else ""
            return f'{kind}url("{relpath(found, dirname(f"{FOLDER}/{name}"))}{mark}{fragment}")'

        return _CSS_ADDRESS.sub(replaced, text).encode("utf-8", errors="surrogateescape")


def _is_text(name: str) -> bool:
    """Whether a name is text; one that is not UTF-8 on the disk holds surrogates here."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _hashed(name: str, data: bytes) -> str:
    """The address of a file: its name with eight hexadecimal digits of its content before the ending."""
    path = PurePosixPath(FOLDER, name)
    return str(path.with_name(f"{path.stem}.{sha256(data).hexdigest()[:8]}{path.suffix}"))

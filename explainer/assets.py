"""The files of `static/`: each gets a hash of its content in its name, so that a changed one is seen at once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, normpath, relpath

from explainer.documents import is_temporary
from explainer.problems import ContentError, Problem, did_you_mean

FOLDER = "static"

_CSS_ADDRESS = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<address>[^"')]+)(?P=quote)\s*\)""")


class UnknownAssetError(LookupError):
    """A name that `static/` does not have."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Static files by address, and the address of each name below `static/`."""

    files: Mapping[str, bytes]
    addresses: Mapping[str, str]

    def address(self, name: str) -> str:
        """The address of a file, as `style.css`.

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
    raw: dict[str, bytes] = {}
    folder = root / FOLDER
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for path in sorted(Path(parent) / name for name in names):
            shown = path.relative_to(root).as_posix()
            if is_temporary(path.name):
                continue
            if not path.resolve().is_relative_to(root.resolve()):
                problems.append(Problem(shown, 1, 1, "a link that leads out of the project; nothing outside it is published"))
            elif not path.is_file():
                problems.append(Problem(shown, 1, 1, "this is not a file"))
            else:
                try:
                    raw[path.relative_to(folder).as_posix()] = path.read_bytes()
                except OSError as error:
                    problems.append(Problem(shown, 1, 1, f"cannot be read: {error.strerror}"))
    addresses: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for name in sorted(raw, key=lambda name: (name.endswith(".css"), name)):  # stylesheets last: they name the others
        data = _relocated(name, raw[name], addresses, problems) if name.endswith(".css") else raw[name]
        addresses[name] = _hashed(name, data)
        files[addresses[name]] = data
    if problems:
        raise ContentError(problems)
    return Assets(files, addresses)


def _hashed(name: str, data: bytes) -> str:
    """The address of a file: its name with eight hexadecimal digits of its content before the ending."""
    stem, dot, ending = name.rpartition(".")
    digest = sha256(data).hexdigest()[:8]
    return f"{FOLDER}/{stem}.{digest}.{ending}" if dot else f"{FOLDER}/{name}.{digest}"


def _relocated(name: str, data: bytes, addresses: Mapping[str, str], problems: list[Problem]) -> bytes:
    """A stylesheet whose addresses of other static files carry their hashes."""
    text = data.decode("utf-8", errors="surrogateescape")

    def replaced(match: re.Match[str]) -> str:
        address = match["address"]
        if ":" in address or address.startswith(("#", "/")):
            return match[0]
        path, mark, fragment = address.partition("#")
        target = normpath(f"{dirname(name)}/{path}".lstrip("/"))
        if target not in addresses:
            line = text.count("\n", 0, match.start()) + 1
            column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
            problems.append(Problem(f"{FOLDER}/{name}", line, column, f"no file '{target}' in {FOLDER}/{did_you_mean(target, addresses)}"))
            return match[0]
        return f'url("{relpath(addresses[target], dirname(f"{FOLDER}/{name}"))}{mark}{fragment}")'

    return _CSS_ADDRESS.sub(replaced, text).encode("utf-8", errors="surrogateescape")

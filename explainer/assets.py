"""The files of `static/`: each gets a hash of its content in its name, so that a changed one is seen at once."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from posixpath import dirname, normpath, relpath

from explainer.characters import visible
from explainer.documents import LEADS_OUT, UnreadableError, is_deep, is_temporary, leads_out, read_data, walk
from explainer.problems import ContentError, Problem, did_you_mean

FOLDER = "static"

FILE_LIMIT = 20_000_000
"""Bytes of one static file."""

TOTAL_LIMIT = 200_000_000
"""Bytes of all static files together, those that stylesheets take into themselves counted again."""

NAME_LIMIT = 200
"""Bytes of the name of a file or folder; disks keep 255, and the hash comes to it."""

DEPTH_LIMIT = 20
"""How many stylesheets may name one another in a row."""

_CSS_ADDRESS = re.compile(
    r"""/\*.*?(?:\*/|\Z)|@import\s{1,20}(?P<mark>["'])(?P<imported>[^"']{1,1000})(?P=mark)"""
    r"""|url\(\s{0,20}(?P<quote>["']?)(?P<address>[^\s"'()][^"'()]{0,1000})(?P=quote)\s{0,20}\)""",
    re.DOTALL,
)
_NO_ADDRESS = re.compile(r'[\s#?%\\"<>:*|]')
"""What in a name means something else in an address, or cannot be in a name on every disk."""


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
    problems += check_total(naming)
    if problems:
        raise ContentError(problems)
    return Assets(naming.files, naming.addresses)


def check_total(naming: "_Naming") -> Iterator[Problem]:
    """All static files together are no more than a host takes."""
    total = sum(map(len, naming.raw.values())) + naming.inlined
    if total > TOTAL_LIMIT:
        yield Problem(FOLDER, 1, 1, f"{total} bytes in its files together; at most {TOTAL_LIMIT} are published")


def _read(root: Path, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """A static file can be read, and its name can be part of an address.

    Each file's name below static/ and its bytes.
    """
    folder = root / FOLDER
    for parent, folders, names in walk(folder):
        folders[:] = sorted(name for name in folders if not is_temporary(name))
        linked = [name for name in folders if is_deep(parent, folder) or (Path(parent) / name).is_symlink()]
        for path in sorted(Path(parent) / name for name in [*names, *linked]):
            name = path.relative_to(folder).as_posix()
            shown = visible(f"{FOLDER}/{name}")
            if is_temporary(path.name):
                continue
            if leads_out(path, root):
                problems.append(Problem(shown, 1, 1, LEADS_OUT))
            elif problem := _problem_with_name(name):
                problems.append(Problem(shown, 1, 1, problem))
            else:
                try:
                    yield name, read_data(path, FILE_LIMIT)
                except UnreadableError as error:
                    problems.append(Problem(shown, 1, 1, str(error)))


def _problem_with_name(name: str) -> str:
    """Why a name below static/ cannot be part of an address; empty if it can."""
    if any("\ud800" <= letter <= "\udfff" for letter in name):  # what is not UTF-8 on the disk holds surrogates here
        return "the name is not UTF-8, and cannot be part of an address; rename the file"
    if not name.isprintable() or _NO_ADDRESS.search(name):
        return f"the name '{visible(name)}' cannot be part of an address; use letters, digits, dots and hyphens"
    if len(name.encode()) > NAME_LIMIT:
        return f"a path of {len(name.encode())} bytes; at most {NAME_LIMIT} fit into an address"
    return ""


class _Naming:
    """Gives files their names; those that a stylesheet names come before it, since its own hash depends on theirs."""

    def __init__(self, raw: dict[str, bytes], problems: list[Problem]) -> None:
        self.raw = raw
        self.problems = problems
        self.files: dict[str, bytes] = {}
        self.addresses: dict[str, str] = {}
        self.begun: set[str] = set()
        self.depth = 0
        self.inlined = 0

    def address(self, name: str) -> str | None:
        """The address of a file; None if it is still being named, because two stylesheets name each other."""
        if name in self.begun:
            return self.addresses.get(name)
        self.begun.add(name)
        self.depth += 1
        data = self.relocated(name) if name.endswith(".css") else self.raw[name]
        self.depth -= 1
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
            whole = target in self.raw and not (fragment == INLINE and target.endswith(".css"))
            found = self.address(target) if whole and self.depth <= DEPTH_LIMIT else None
            if found is None:
                why = _why_not(self, target, fragment)
                line = text.count("\n", 0, match.start()) + 1
                column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
                self.problems.append(Problem(f"{FOLDER}/{name}", line, column, why, excerpt=text.split("\n")[line - 1]))
                return match[0]
            if fragment == INLINE:
                self.inlined += len(self.files[found])
                if self.inlined > TOTAL_LIMIT:  # `check_total` tells
                    return match[0]
                return f'url("data:{_TYPES.get(PurePosixPath(target).suffix, "application/octet-stream")};base64,{b64encode(self.files[found]).decode()}")'
            kind = "@import " if match["imported"] else ""
            return f'{kind}url("{relpath(found, dirname(f"{FOLDER}/{name}"))}{mark}{fragment}")'

        return _CSS_ADDRESS.sub(replaced, text).encode("utf-8", errors="surrogateescape")


def _why_not(naming: _Naming, target: str, fragment: str) -> str:
    """Why a stylesheet cannot name a file."""
    if target not in naming.raw:
        return f"no file '{target}' in {FOLDER}/{did_you_mean(target, naming.raw)}"
    if fragment == INLINE and target.endswith(".css"):
        return f"a stylesheet cannot be taken into another; leave out '#{INLINE}'"
    if naming.depth > DEPTH_LIMIT and target not in naming.begun:
        return f"more than {DEPTH_LIMIT} stylesheets that name one another in a row; put some of them into one"
    return "two stylesheets name each other; let one of them name the other"


def _hashed(name: str, data: bytes) -> str:
    """The address of a file: its name with eight hexadecimal digits of its content before the ending."""
    path = PurePosixPath(FOLDER, name)
    return str(path.with_name(f"{path.stem}.{sha256(data).hexdigest()[:8]}{path.suffix}"))

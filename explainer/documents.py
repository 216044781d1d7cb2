"""The files of `content/`, read and cut into fields and body. Nothing is passed over in silence: what is not used is named."""

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from pathlib import Path

from explainer.characters import as_slug, remark, visible
from explainer.frontmatter import Document, read_front_matter, read_yaml
from explainer.memory import Memory
from explainer.problems import Problem, Severity, did_you_mean, nearest

FILE_LIMIT = 2_000_000
"""Bytes of one content file; a larger one is taken for a mistake."""

FILES_LIMIT = 10_000
"""Files below `content/`."""

TOTAL_LIMIT = 50_000_000
"""Characters of all content files together."""

NAME_LIMIT = 80
"""Characters of a name that becomes part of an address; two of them make the name of one file, which disks keep to 255 bytes."""

DEPTH_LIMIT = 20
"""How deep folders may stand in one another."""

ALIKE_LIMIT = 20
"""Files of a folder with a wrong name, among which one that is only like what is meant is looked for."""

INVISIBLE_TOLD = 5
"""Invisible characters of one file that are told."""

FOLDERS = {"sources": 1, "experts": 1, "questions": 1, "themes": 1, "answers": 2, "agreements": 1, "disagreements": 1, "readings": 1, "pages": 1}
"""The folders of `content/`, and how deep their Markdown files stand."""

FINGERPRINT = ".fingerprint"
"""How the name of a source's fingerprint ends; it stands beside the source's own file."""

LISTS = ("conditions", "glossary", "timeline", "second-placing")
"""The YAML lists of `content/`."""

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_NOT_WAITING = getattr(os, "O_NONBLOCK", 0)
_NOTE = re.compile(r"(readme|license)(\.(md|txt|markdown))?", re.IGNORECASE)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")
_TEMPORARY = re.compile(r"(\..*|~\$.*|.*~|#.*#|.*\.(sw[a-p]|tmp|bak|orig|part)|4913|Thumbs\.db|desktop\.ini)")
_BYTE_ORDER_MARK = "\ufeff"
_OF_WINDOWS = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
"""Names that Windows keeps for devices, whatever the ending of the file."""
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Documents:
    """Everything read from `content/`: documents by path below it, the paths that could not be read, and what was left aside, with the reason."""

    by_path: dict[str, Document]
    unreadable: frozenset[str] = frozenset()
    ignored: tuple[tuple[str, str], ...] = ()
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    """The texts of fingerprints, by the source's slug."""
    meant: frozenset[str] = frozenset()
    """The paths that may be meant by files whose name or place is wrong."""

    @cached_property
    def paths(self) -> frozenset[str]:
        """Everything that is there, whether it could be read or not."""
        return self.unreadable.union(self.by_path)

    def has(self, path: str) -> bool:
        """Whether a file is there, or one with a wrong name or in a wrong place that may be meant as it: that is told, and all else only follows from it."""
        folder, _, name = path.rpartition("/")
        beside = f"answers/{name}" if path.startswith("answers/") else ""  # an answer outside of the folder of its question
        if path in self.paths or path in self.meant or beside in self.unreadable:
            return True
        alike = self._meant_in.get(folder, ())
        return 0 < len(alike) <= ALIKE_LIMIT and nearest(name, alike) is not None

    @cached_property
    def _meant_in(self) -> Mapping[str, tuple[str, ...]]:
        """What is meant by files with a wrong name, by folder."""
        names: dict[str, tuple[str, ...]] = {}
        for folder, _, name in (path.rpartition("/") for path in sorted(self.meant)):
            names[folder] = (*names.get(folder, ()), name)
        return names

    def of(self, folder: str) -> list[Document]:
        """The documents of a folder, by name."""
        return [document for path, document in self.by_path.items() if path.startswith(f"{folder}/")]


NOTHING_READ = Documents({}, unreadable=frozenset(("",)))
"""What is known of a folder that could not be read at all; what it lacks is then no problem of its own."""


def read_documents(root: Path, memory: Memory | None = None) -> tuple[Documents, list[Problem]]:
    """A project has a folder `content/`.

    It is read in the order of names.
    """
    memory = memory or Memory()
    by_path: dict[str, Document] = {}
    ignored: list[tuple[str, str]] = []
    unreadable: set[str] = set()
    meant: set[str] = set()
    fingerprints: dict[str, str] = {}
    problems: list[Problem] = []
    folder = root / "content"
    if leads_out(folder, root):
        return NOTHING_READ, [Problem("content", 1, 1, LEADS_OUT)]
    if not folder.is_dir():
        return NOTHING_READ, [Problem("content", 1, 1, "there is no folder content/; make one, it holds what the site says")]
    total = 0
    for n, path in enumerate(_files(folder, problems, root)):
        below = path.relative_to(folder).as_posix()
        shown = visible(f"content/{below}")
        if n == FILES_LIMIT:
            problems.append(Problem("content", 1, 1, f"more than {FILES_LIMIT} files; at most so many are read, so make it several sites"))
            break
        if reason := _reason_to_ignore(path):
            ignored.append((shown, reason))
            continue
        if problem := _problem_with_place(path, below, root):
            problems.append(Problem(shown, 1, 1, problem))
            unreadable.add(below)
            if path.name in [f"{name}.yaml" for name in LISTS]:
                unreadable.add(path.name)
            meant.update(_meant(below))
            continue
        text, found = read_text(path, shown)
        problems += found
        if text is None:
            unreadable.add(below)
            continue
        total += len(text)
        if total > TOTAL_LIMIT:
            problems.append(
                Problem("content", 1, 1, f"more than {TOTAL_LIMIT} characters in its files together; at most so many are read, so make it several sites")
            )
            break
        if path.suffix == FINGERPRINT:
            fingerprints[path.stem] = text
            continue
        read = read_yaml if path.suffix == ".yaml" else read_front_matter
        document, found = memory.recall(("document", shown), text, partial(read, shown, text))
        problems += found
        if found and document.fields is None:
            unreadable.add(below)
        else:
            by_path[below] = document
    return Documents(by_path, frozenset(unreadable), tuple(ignored), fingerprints, frozenset(meant)), problems


LEADS_OUT = "a link that leads out of the project; nothing outside it is read, so put the file itself here"
"""Whatever a site is made from lies in the project's folder: no link leads out of it."""


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path, its links followed, ends outside the project."""
    return not os.path.realpath(path).startswith(os.path.realpath(root) + os.sep)


class UnreadableError(Exception):
    """A file cannot be read; the message is the reason and the way out."""


def read_data(path: Path, limit: int) -> bytes:
    """A file is one that can be read, and not too large.

    What is in it, whatever becomes of it meanwhile; a pipe or a device is not waited for. Raises `UnreadableError`.
    """
    try:
        if not path.is_file():
            raise UnreadableError("this is not a file; put one here, or delete it")
        with open(os.open(path, os.O_RDONLY | _NOT_WAITING), "rb") as file:  # noqa: PTH123  # as `Path.open` cannot
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # changed since we looked
                raise UnreadableError("this is not a file; put one here, or delete it")
            if (size := os.fstat(file.fileno()).st_size) > limit:
                raise UnreadableError(f"{size} bytes; at most {limit} are read, so cut it")
            data = file.read(limit + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}; see who may read it") from None
    if len(data) > limit:  # it has grown
        raise UnreadableError(f"more than {limit} bytes; at most so many are read, so cut it")
    return data


def read_text(path: Path, shown: str) -> tuple[str | None, list[Problem]]:
    """A file can be read, is not too large, and is saved as UTF-8.

    Its text with plain line ends, or None and the reason; `shown` is its path in problems.
    """
    try:
        data = read_data(path, FILE_LIMIT)
    except UnreadableError as error:
        return None, [Problem(shown, 1, 1, str(error))]
    if form := _utf_16(data):
        return None, [Problem(shown, 1, 1, f"this looks like {form}; save the file as UTF-8")]
    try:
        text = data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        before = _plain_ends(data[: error.start].decode("utf-8").removeprefix(_BYTE_ORDER_MARK))
        excerpt = before.rpartition("\n")[2] + _plain_ends(data[error.start :].decode("utf-8", "replace")).partition("\n")[0]
        problem = Problem(shown, *_place(before, len(before)), f"not UTF-8 (byte {data[error.start]:#04x}); save the file as UTF-8", excerpt=excerpt)
        return None, [problem]
    text = _plain_ends(text)
    if undecided := list(_check_merged(shown, text)):
        return None, undecided
    return text, list(_check_characters(shown, text))


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place(text: str, at: int) -> tuple[int, int]:
    """The line and column of a character of a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _utf_16(data: bytes) -> str:
    """The encoding with which some programs save what they call Unicode, where a file has it: by its first bytes, or because every other one is zero."""
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "UTF-32"
    start = data[:200]
    zeros = max(start[::2].count(0), start[1::2].count(0))
    return "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (len(start) > 3 and zeros * 4 > len(start)) else ""


def _check_characters(shown: str, text: str) -> Iterator[Problem]:
    """Control characters are no part of a text, and odd line ends are lines to one program and none to the next.

    The first few of a file are told.
    """
    for match in islice(_INVISIBLE.finditer(text), INVISIBLE_TOLD):
        line, column = _place(text, match.start())
        excerpt = text[match.start() - column + 1 :].partition("\n")[0]
        yield Problem(shown, line, column, f"an invisible character, U+{ord(match[0]):04X}; delete it", excerpt=excerpt)


def _check_merged(shown: str, text: str) -> Iterator[Problem]:
    """A file is one version of itself; the two that git found when it merged changes have been decided between."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        begins, ends = line.startswith("<<<<<<< "), line.startswith(">>>>>>> ")
        if begins or (ends and not inside):
            message = "two versions of this text were merged and stand here both; keep one, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
            yield Problem(shown, number, 1, message, excerpt=line)
        inside = begins or (inside and not ends)


def _files(folder: Path, problems: list[Problem], root: Path) -> Iterator[Path]:
    """Every folder below `content/` can be read.

    All files below it, sorted; links to folders and hidden folders are named and not followed.
    """

    def unreadable(error: OSError) -> None:
        problems.append(Problem(Path(str(error.filename)).relative_to(root).as_posix(), 1, 1, f"cannot be read: {error.strerror}; see who may read it"))

    for parent, folders, files in walk(folder, unreadable):
        folders.sort()
        linked = [
            name
            for name in folders
            if is_deep(parent, folder) or (Path(parent) / name).is_symlink() or name.endswith((".md", ".yaml", FINGERPRINT)) or is_temporary(name)
        ]
        folders[:] = [name for name in folders if name not in linked]
        yield from sorted(Path(parent) / name for name in [*files, *linked])


def walk(folder: Path, onerror: Callable[[OSError], None] | None = None) -> Iterator[tuple[str, list[str], list[str]]]:
    """What stands in a folder and those below it, as `os.walk` tells it; those in one that `is_deep` are named and not gone into."""
    for parent, folders, files in os.walk(folder, onerror=onerror):
        yield parent, folders, files
        if is_deep(parent, folder):
            folders.clear()


def is_deep(parent: str, folder: Path) -> bool:
    """Whether a folder stands so deep below another that folders in it are taken for a mistake."""
    return len(Path(parent).relative_to(folder).parts) >= DEPTH_LIMIT


def files_below(folder: Path) -> Iterator[Path]:
    """All that is below a folder and is not a folder itself, or is a link to one."""
    for parent, folders, files in walk(folder):
        linked = [name for name in folders if is_deep(parent, folder) or (Path(parent) / name).is_symlink() or name.endswith(".html")]
        yield from (Path(parent) / name for name in [*files, *linked])


def is_temporary(name: str) -> bool:
    """Whether a file of this name is an editor's or a system's dropping."""
    return _TEMPORARY.fullmatch(name) is not None


def _reason_to_ignore(path: Path) -> str:
    """Why a file is left aside without being a mistake; empty if it is not."""
    if is_temporary(path.name):
        return "a temporary or hidden file"
    return "a note to editors" if _NOTE.fullmatch(path.name) else ""


def _problem_with_place(path: Path, below: str, root: Path) -> str:
    """A file's folder says what it is, and its name is a part of an address: small letters, digits and single hyphens.

    What is wrong with either; empty if nothing is.
    """
    *folders, name = below.split("/")
    if path.is_symlink() and leads_out(path, root):
        return LEADS_OUT
    if path.suffix.lower() in _PICTURES:
        return f"not used; pictures stand in static/; move it to static/{name}"
    if folders and name.endswith(".yaml") and path.stem in LISTS:
        return f"not used; move it to content/{name}"
    if below == "site.yaml":
        return "not used; site.yaml stands beside content/, not in it; move it there"
    if not folders:
        known = [f"{name}.yaml" for name in LISTS]
        if path.suffix == ".md":
            return f"not used; content/ itself holds only lists; move it into the folder of its kind: {', '.join(FOLDERS)}"
        return "" if name in known else f"not used; content/ itself holds only lists{did_you_mean(name, known)}"
    if folders[0] not in FOLDERS:
        return f"not used; no kind of content is called '{folders[0]}'{did_you_mean(folders[0], FOLDERS)}"
    if path.suffix != ".md" and (path.suffix != FINGERPRINT or folders[0] != "sources"):
        return "not used; the files of this folder end in .md"
    if len(folders) != FOLDERS[folders[0]]:
        shape = "answers/<question>/<expert>.md" if folders[0] == "answers" else f"{folders[0]}/<name>.md"
        return f"not used; it must stand at content/{shape}"
    for part in [*folders[1:], path.stem]:
        if wrong := wrong_name(part):
            return wrong
    return ""


def wrong_name(name: str) -> str:
    """A file's folder says what it is, and its name is a part of an address: small letters, digits and single hyphens.

    What is wrong with a name; empty if nothing is.
    """
    if not SLUG.fullmatch(name):
        slug = as_slug(name)
        meant = f", as in '{slug}'" if slug else ""
        return f"the name '{name}' cannot be part of an address; use small letters, digits and single hyphens{meant}{remark(name)}"
    if len(name) > NAME_LIMIT:
        return f"the name '{name}' has {len(name)} characters; at most {NAME_LIMIT} fit into an address"
    if _OF_WINDOWS.fullmatch(name):
        return f"the name '{name}' is one that Windows keeps for itself, so the file could not be kept there; choose another"
    return ""


def _meant(below: str) -> Iterator[str]:
    """The paths below `content/` that may be meant by a file whose name or place is wrong."""
    *folders, name = below.split("/")
    slug = as_slug(name.partition(".")[0])
    folder = nearest(folders[0], tuple(FOLDERS)) if folders else None
    within = [as_slug(inner) for inner in folders[1:]]
    for kind, depth in FOLDERS.items() if slug else ():
        if kind == folder and len(within) >= depth - 1:
            yield "/".join([kind, *within[: depth - 1], f"{slug}.md"])
        elif not folders and depth == 1:
            yield f"{kind}/{slug}.md"


def note_ignored(documents: Documents) -> list[str]:
    """Temporary and hidden files, and notes to editors such as a README, are no content; they are left aside, and named."""
    return [f"{path}: left aside: {reason}" for path, reason in documents.ignored]


def warning(problem: Problem) -> Problem:
    """The same problem as a warning."""
    return Problem(problem.path, problem.line, problem.column, problem.message, Severity.WARNING, problem.excerpt)

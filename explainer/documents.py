"""The files of `content/`, read and cut into fields and body. Nothing is passed over in silence: what is not used is named."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from explainer.characters import as_slug, remark
from explainer.frontmatter import Document, read_front_matter, read_yaml
from explainer.memory import Memory
from explainer.problems import Problem, Severity, did_you_mean

FILE_LIMIT = 2_000_000
"""Bytes of one content file; a larger one is taken for a mistake."""

FOLDERS = {"sources": 1, "experts": 1, "questions": 1, "themes": 1, "answers": 2, "agreements": 1, "disagreements": 1, "readings": 1, "pages": 1}
"""The folders of `content/`, and how deep their Markdown files stand."""

FINGERPRINT = ".fingerprint"
"""How the name of a source's fingerprint ends; it stands beside the source's own file."""

LISTS = ("conditions", "glossary", "timeline", "second-placing")
"""The YAML lists of `content/`."""

_TEMPORARY = re.compile(r"(\..*|.*~|#.*#|.*\.(sw[a-p]|tmp|bak|orig|part)|4913|Thumbs\.db|desktop\.ini)")
_BYTE_ORDER_MARK = "\ufeff"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Documents:
    """Everything read from `content/`: documents by path below it, the paths that could not be read, and what was left aside, with the reason."""

    by_path: dict[str, Document]
    unreadable: frozenset[str] = frozenset()
    ignored: tuple[tuple[str, str], ...] = ()
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    """The texts of fingerprints, by the source's slug."""

    @cached_property
    def paths(self) -> frozenset[str]:
        """Everything that is there, whether it could be read or not."""
        return self.unreadable.union(self.by_path)

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
    fingerprints: dict[str, str] = {}
    problems: list[Problem] = []
    folder = root / "content"
    if leads_out(folder, root):
        return NOTHING_READ, [Problem("content", 1, 1, LEADS_OUT)]
    if not folder.is_dir():
        return NOTHING_READ, [Problem("content", 1, 1, "there is no folder content/; make one, it holds what the site says")]
    for path in _files(folder, problems, root):
        below = path.relative_to(folder).as_posix()
        shown = f"content/{below}"
        if reason := _reason_to_ignore(path):
            ignored.append((shown, reason))
            continue
        if problem := _problem_with_place(path, below, root):
            problems.append(Problem(shown, 1, 1, problem))
            unreadable.add(f"{below.rpartition('/')[0]}/{path.name.partition('.')[0].lower()}.md")  # there, if not as it should be
            continue
        text, found = read_text(path, shown)
        problems += found
        if text is None:
            unreadable.add(below)
            continue
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
    return Documents(by_path, frozenset(unreadable), tuple(ignored), fingerprints), problems


LEADS_OUT = "a link that leads out of the project; nothing outside it is read, so put the file itself here"
"""Whatever a site is made from lies in the project's folder: no link leads out of it."""


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path, its links followed, ends outside the project."""
    return not os.path.realpath(path).startswith(os.path.realpath(root) + os.sep)


def read_text(path: Path, shown: str) -> tuple[str | None, list[Problem]]:
    """A file can be read, is not too large, and is saved as UTF-8.

    Its text with plain line ends, or None and the reason; `shown` is its path in problems.
    """
    try:
        if not path.is_file():
            return None, [Problem(shown, 1, 1, "this is not a file; put one here, or delete it")]
        if path.stat().st_size > FILE_LIMIT:
            return None, [Problem(shown, 1, 1, f"{path.stat().st_size} bytes; at most {FILE_LIMIT} are read, so cut it")]
        data = path.read_bytes()
    except OSError as error:
        return None, [Problem(shown, 1, 1, f"cannot be read: {error.strerror}; see who may read it")]
    try:
        text = data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        before = _plain_ends(data[: error.start].decode("utf-8").removeprefix(_BYTE_ORDER_MARK))
        form = "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else f"byte {data[error.start]:#04x}"
        excerpt = before.rpartition("\n")[2] + _plain_ends(data[error.start :].decode("utf-8", "replace")).partition("\n")[0]
        problem = Problem(shown, *_place(before, len(before)), f"not UTF-8 ({form}); save the file as UTF-8", excerpt="" if form == "UTF-16" else excerpt)
        return None, [problem]
    text = _plain_ends(text)
    return text, list(_check_characters(shown, text))


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place(text: str, at: int) -> tuple[int, int]:
    """The line and column of a character of a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _check_characters(shown: str, text: str) -> Iterator[Problem]:
    """Control characters are no part of a text, and odd line ends are lines to one program and none to the next."""
    for match in re.finditer(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", text):
        line, column = _place(text, match.start())
        excerpt = text[match.start() - column + 1 :].partition("\n")[0]
        yield Problem(shown, line, column, f"an invisible character, U+{ord(match[0]):04X}; delete it", excerpt=excerpt)


def _files(folder: Path, problems: list[Problem], root: Path) -> Iterator[Path]:
    """Every folder below `content/` can be read.

    All files below it, sorted; links to folders and hidden folders are named and not followed.
    """

    def unreadable(error: OSError) -> None:
        problems.append(Problem(Path(str(error.filename)).relative_to(root).as_posix(), 1, 1, f"cannot be read: {error.strerror}; see who may read it"))

    for parent, folders, files in os.walk(folder, onerror=unreadable):
        folders.sort()
        linked = [name for name in folders if (Path(parent) / name).is_symlink() or name.endswith((".md", ".yaml")) or is_temporary(name)]
        folders[:] = [name for name in folders if name not in linked]
        yield from sorted(Path(parent) / name for name in [*files, *linked])


def is_temporary(name: str) -> bool:
    """Whether a file of this name is an editor's or a system's dropping."""
    return _TEMPORARY.fullmatch(name) is not None


def _reason_to_ignore(path: Path) -> str:
    """Why a file is left aside without being a mistake; empty if it is not."""
    if is_temporary(path.name):
        return "a temporary or hidden file"
    return "a note to editors" if path.name in ("README", "README.md", "LICENSE", "LICENSE.md") else ""


def _problem_with_place(path: Path, below: str, root: Path) -> str:
    """A file's folder says what it is, and its name is a part of an address: small letters, digits and single hyphens.

    What is wrong with either; empty if nothing is.
    """
    *folders, name = below.split("/")
    if path.is_symlink() and leads_out(path, root):
        return LEADS_OUT
    if not folders:
        known = [f"{name}.yaml" for name in LISTS]
        return "" if name in known else f"not used; content/ itself holds only lists{did_you_mean(name, known)}"
    if folders[0] not in FOLDERS:
        return f"not used; no kind of content is called '{folders[0]}'{did_you_mean(folders[0], FOLDERS)}"
    if path.suffix != ".md" and (path.suffix != FINGERPRINT or folders[0] != "sources"):
        return "not used; the files of this folder end in .md"
    if len(folders) != FOLDERS[folders[0]]:
        shape = "answers/<question>/<expert>.md" if folders[0] == "answers" else f"{folders[0]}/<name>.md"
        return f"not used; it must stand at content/{shape}"
    bad = next((part for part in [*folders[1:], path.stem] if not SLUG.fullmatch(part)), None)
    if bad is None:
        return ""
    slug = as_slug(bad)
    meant = f", as in '{slug}'" if slug else ""
    return f"the name '{bad}' cannot be part of an address; use small letters, digits and single hyphens{meant}{remark(bad)}"


def note_ignored(documents: Documents) -> list[str]:
    """Temporary and hidden files, and notes to editors such as a README, are no content; they are left aside, and named."""
    return [f"{path}: left aside: {reason}" for path, reason in documents.ignored]


def warning(problem: Problem) -> Problem:
    """The same problem as a warning."""
    return Problem(problem.path, problem.line, problem.column, problem.message, Severity.WARNING, problem.excerpt)

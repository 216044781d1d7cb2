"""The text of a source, which stays with its owner: read to make its fingerprint, or to hold our wording against it."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from explainer import fingerprint
from explainer.checks import check_damage, check_ranges
from explainer.documents import FILE_LIMIT, FINGERPRINT, Documents, UnreadableError, read_data, read_documents, read_text
from explainer.fingerprint import Fingerprint
from explainer.frontmatter import Document
from explainer.model import Source
from explainer.problems import Problem, did_you_mean
from explainer.schema import SourceFields, validate
from explainer.tokens import words

SourceText: TypeAlias = tuple[tuple[tuple[int, ...], str], ...]
"""The passages of a text, each with the numbers of its paragraphs: one, or those over which its sentence is broken."""


def make_fingerprint(root: Path, slug: str, path: Path) -> tuple[Fingerprint | None, list[Problem]]:
    """A fingerprint is made for a source that there is.

    The fingerprint of the text in a file, read as the source's own file describes it; or None, and what is wrong.
    """
    documents, unread = read_documents(root)
    name = f"sources/{slug}.md"
    if name not in documents.paths:
        known = [path.removeprefix("sources/").removesuffix(".md") for path in documents.by_path if path.startswith("sources/")]
        return None, [Problem("content/sources", 1, 1, f"no source '{slug}'{did_you_mean(slug, known)}")]
    problems = [problem for problem in unread if problem.path == f"content/{name}"]
    text, found = read_source_text(path)
    problems += found
    fields = None
    if document := documents.by_path.get(name):
        fields, found = validate(SourceFields, document, document.fields)
        problems += found
    if document and fields:
        problems += [*check_ranges(document, fields), *check_damage(document, fields)]
        if text is not None and not problems:
            before = fingerprint.parse(documents.fingerprints.get(slug, ""), slug)
            problems += check_text(document, fields, fingerprint.paragraphs(text), str(path), before)
    if problems or fields is None or text is None:
        return None, problems
    return fingerprint.make(slug, text, fields.damage), []


def read_source_text(path: Path) -> tuple[str | None, list[Problem]]:
    """A source text is plain text, one paragraph a line; a file of a program for texts or of the web is none.

    The text in a file, or None and the reason.
    """
    try:
        head = read_data(path, FILE_LIMIT)[:_HEAD]
    except UnreadableError as error:
        return None, [Problem(str(path), 1, 1, str(error))]
    form = next((form for form, begin in _FORMS.items() if begin.match(head)), None)
    if form:
        return None, [Problem(str(path), 1, 1, f"this is {form}; save it as plain text, one paragraph a line")]
    text, problems = read_text(path, str(path))
    if text is not None and not text.strip():
        return None, [Problem(str(path), 1, 1, "this file is empty; it must hold the text, one paragraph a line")]
    return text, problems


_HEAD = 1000
_FORMS = {
    "a PDF": re.compile(rb"%PDF"),
    "a packed file, as Word and LibreOffice write": re.compile(rb"PK\x03\x04"),
    "an old file of Word": re.compile(rb"\xd0\xcf\x11\xe0"),
    "RTF": re.compile(rb"\{\\rtf"),
    "HTML": re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL),
}


def check_text(document: Document, fields: SourceFields, paragraphs: list[str], shown: str, before: Fingerprint | None = None) -> Iterator[Problem]:
    """A text has the paragraphs that its source's file describes, and in them the words that are to be repaired.

    `before` is the fingerprint that the source has; it tells from where on a text is another.
    """
    last = fields.ranges[-1].paragraphs[-1]
    if len(paragraphs) != last:
        message = f"has {len(paragraphs)} paragraphs (lines that are not empty), and the ranges in {document.path} end at ¶{last}"
        yield Problem(shown, 1, 1, f"{message}{_differs(fields, paragraphs, before) or '; correct one of the two'}")
        return
    for n, repair in enumerate(fields.repairs):
        if repair.written not in paragraphs[repair.paragraph - 1]:
            yield document.problem(
                f"'{repair.written}' does not stand in ¶{repair.paragraph} of the text; write it as it stands there", "repairs", n, "written"
            )


def _differs(fields: SourceFields, paragraphs: list[str], before: Fingerprint | None) -> str:
    """A text has the paragraphs that its source's file describes, and in them the words that are to be repaired.

    From which paragraph on it has not, as far as that can be told; no words of it are.
    """
    repaired = {repair.paragraph for repair in fields.repairs}
    for number, text in enumerate(paragraphs, 1) if before else ():
        if before and number not in repaired and (run := words(text)) and not before.stands(run, number):
            return f"; up to ¶{number - 1} it is the text of the fingerprint that there is, and from ¶{number} on ({_range(fields, number)}) it is not"
    for repair in sorted(fields.repairs, key=lambda repair: repair.paragraph):
        elsewhere = [number for number, text in enumerate(paragraphs, 1) if repair.written in text]
        if elsewhere and repair.paragraph not in elsewhere:
            return (
                f"; what is to be repaired in ¶{repair.paragraph} stands in ¶{elsewhere[0]}, so the numbers part before it ({_range(fields, repair.paragraph)})"
            )
    return ""


def _range(fields: SourceFields, number: int) -> str:
    """The range to which a paragraph belongs, in words."""
    part = next((part for part in fields.ranges if number in part.paragraphs), fields.ranges[-1])
    first, last = part.paragraphs[0], part.paragraphs[-1]
    return f"in the range {first}{'' if first == last else f'-{last}'}, {part.kind}"


def read_source_texts(documents: Documents, sources: Iterable[Source], paths: Iterable[Path]) -> tuple[dict[Source, SourceText], list[Problem]]:
    """A source text is that of a source of the project, as its fingerprint tells.

    The texts in these files by source, their damage repaired.
    """
    texts: dict[Source, SourceText] = {}
    problems: list[Problem] = []
    for path in paths:
        text, found = read_source_text(path)
        problems += found
        if text is None or found:
            continue
        read = next(((source, passages) for source in sources if (passages := _passages(documents, source, text))), None)
        if read:
            texts[read[0]] = read[1]
        else:
            problems.append(Problem(str(path), 1, 1, f"no source has the fingerprint of this text; {_way_out(sources, path)}"))
    return texts, problems


def _passages(documents: Documents, source: Source, text: str) -> SourceText | None:
    """A text as that of a source, or None if it is of another."""
    document = documents.by_path[f"sources/{source.slug}.md"]
    fields, _ = validate(SourceFields, document, document.fields)
    if fields is None or source.fingerprint is None or list(check_text(document, fields, fingerprint.paragraphs(text), "")):
        return None
    same = str(fingerprint.make(source.slug, text, fields.damage)) == str(source.fingerprint)
    return tuple(fingerprint.repaired(text, fields.damage)) if same else None


def _way_out(sources: Iterable[Source], path: Path) -> str:
    """A source text is that of a source of the project, as its fingerprint tells.

    What to do about one that is not.
    """
    without = next((source.slug for source in sources if source.fingerprint is None), None)
    if without:
        return f"'{without}' has none yet, so if it is of that one: python build.py fingerprint {path} --source {without}"
    return "if a source's text has changed, make its fingerprint again: python build.py fingerprint TEXT --source SLUG"


def write_fingerprint(root: Path, made: Fingerprint) -> Path:
    """Writes a fingerprint beside the file of its source, whole or not at all; returns where.

    Raises `OSError` if it cannot.
    """
    path = root / "content" / "sources" / f"{made.slug}{FINGERPRINT}"
    beside = path.with_name(f".{path.name}.tmp")
    beside.unlink(missing_ok=True)  # a link left there would be followed
    beside.write_text(str(made), encoding="utf-8", newline="\n")
    os.replace(beside, path)  # noqa: PTH105  # the one call that is whole or nothing on every system
    return path

"""The text of a source, which stays with its owner: read to make its fingerprint, or to hold our wording against it."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from explainer import fingerprint
from explainer.checks import check_damage, check_ranges
from explainer.documents import FINGERPRINT, Documents, read_documents, read_text
from explainer.fingerprint import Fingerprint
from explainer.frontmatter import Document
from explainer.model import Source
from explainer.problems import Problem, did_you_mean
from explainer.schema import SourceFields, validate

SourceText: TypeAlias = tuple[tuple[tuple[int, ...], str], ...]
"""The passages of a text, each with the numbers of its paragraphs: one, or those over which its sentence is broken."""


def make_fingerprint(root: Path, slug: str, path: Path) -> tuple[Fingerprint | None, list[Problem]]:
    """The fingerprint of the text in a file, read as the source's own file describes it; or None, and what is wrong."""
    documents, unread = read_documents(root)
    name = f"sources/{slug}.md"
    if name not in documents.paths:
        known = [path.removeprefix("sources/").removesuffix(".md") for path in documents.by_path if path.startswith("sources/")]
        return None, [Problem("content/sources", 1, 1, f"no source '{slug}'{did_you_mean(slug, known)}")]
    problems = [problem for problem in unread if problem.path == f"content/{name}"]
    text, found = read_text(path, str(path))
    problems += found
    fields = None
    if document := documents.by_path.get(name):
        fields, found = validate(SourceFields, document, document.fields)
        problems += found
    if document and fields:
        problems += [*check_ranges(document, fields), *check_damage(document, fields)]
        if text is not None and not problems:
            problems += check_text(document, fields, fingerprint.paragraphs(text), str(path))
    if problems or fields is None or text is None:
        return None, problems
    return fingerprint.make(slug, text, fields.damage), []


def check_text(document: Document, fields: SourceFields, paragraphs: list[str], shown: str) -> Iterator[Problem]:
    """A text has the paragraphs that its source's file describes, and in them the words that are to be repaired."""
    last = fields.ranges[-1].paragraphs[-1]
    if len(paragraphs) != last:
        message = f"has {len(paragraphs)} paragraphs (lines that are not empty), and the ranges in {document.path} end at ¶{last}"
        yield Problem(shown, 1, 1, message)
        return
    for n, repair in enumerate(fields.repairs):
        if repair.written not in paragraphs[repair.paragraph - 1]:
            yield document.problem(f"'{repair.written}' does not stand in ¶{repair.paragraph} of the text", "repairs", n, "written")


def read_source_texts(documents: Documents, sources: Iterable[Source], paths: Iterable[Path]) -> tuple[dict[Source, SourceText], list[Problem]]:
    """The texts in these files by source, their damage repaired. Which source a text is of, its fingerprint tells; one of no source is a problem."""
    texts: dict[Source, SourceText] = {}
    problems: list[Problem] = []
    for path in paths:
        text, found = read_text(path, str(path))
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
    """What to do about a text that no source has."""
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

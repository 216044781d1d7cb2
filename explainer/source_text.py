"""The text of a source, which stays with its owner: read to make its fingerprint, or to hold our wording against it."""

import os
from collections.abc import Iterator
from pathlib import Path

from explainer import fingerprint
from explainer.checks import check_damage, check_ranges
from explainer.documents import FINGERPRINT, read_documents, read_text
from explainer.fingerprint import Fingerprint
from explainer.frontmatter import Document
from explainer.problems import Problem, did_you_mean
from explainer.schema import SourceFields, validate


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


def write_fingerprint(root: Path, made: Fingerprint) -> Path:
    """Writes a fingerprint beside the file of its source, whole or not at all; returns where.

    Raises `OSError` if it cannot.
    """
    path = root / "content" / "sources" / f"{made.slug}{FINGERPRINT}"
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(str(made), encoding="utf-8", newline="\n")
    os.replace(beside, path)  # noqa: PTH105  # the one call that is whole or nothing on every system
    return path

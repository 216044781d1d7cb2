"""A blank: the fields of a kind as YAML, with what they mean as comments, what is known filled in, and what is wanted left empty.

A line that starts with `# ` is a note. A line that starts with `#` and a name is a field that may be left out: without its `#` it counts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import NamedTuple

from explainer.schema import Fields, FieldText, texts_of

WIDTH = 110
"""Characters of a line of notes."""

_PLAIN = re.compile(r"[a-z][a-z0-9-]*")
_MEANT_OTHERWISE = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")


class Known(NamedTuple):
    """What is known of a field before its writer begins."""

    value: str = ""
    """Its value as YAML."""
    notes: Sequence[str] = ()
    """What helps to fill it in."""
    choices: Sequence[tuple[str, str]] = ()
    """Items that may stand in it, each with a few words; they come as lines that count without their `#`."""
    items: Sequence[Mapping[str, "Known"]] = ()
    """For a list of fields, what is known of each item; such a list is explained field by field even if it may be left out."""
    wanted: bool = False
    """Whether it is left empty, to be filled in, though the schema lets it be left out."""


NOTHING = Known()


def front_matter(model: type[Fields], known: Mapping[str, Known], *, below: str = "") -> str:
    """A new Markdown file; `below` is a note on what stands below the fields."""
    first = " ".join((model.__doc__ or "").split())
    head = [
        first,
        "Fill in what stands empty. '#' and a space begin a note, which may go.",
        "'#' and a name is a field that may be left out: take its '#' away to use it.",
        "Paragraphs are written 26, 26-28 or \"26-28, 30\". A text with ': ' or ' #' in it needs double quotes.",
    ]
    lines = [*notes(head), "", *blank(model, known, between=[""]), *notes([below] if below else [])]
    return "\n".join(["---", *lines, "---", ""])


def list_items(model: type[Fields], items: Sequence[Mapping[str, Known]]) -> str:
    """Items of a YAML list, the first of them explained."""
    return "\n".join("\n".join(["", *_item(blank(model, known, explained=n == 0)), ""]) for n, known in enumerate(items)).replace("\n\n\n", "\n\n")


def blank(model: type[Fields], known: Mapping[str, Known], *, explained: bool = True, between: Sequence[str] = ()) -> list[str]:
    """The lines of a kind of fields; `between` are those after each."""
    lines: list[str] = []
    for field in texts_of(model):
        given = known.get(field.name, NOTHING)
        stands = field.required or given.wanted
        lines += notes([*([_meaning(field, given)] if explained else []), *given.notes])
        lines += [line if stands else f"#{line}" for line in _field(field, given, explained=explained and (stands or bool(given.items)))]
        lines += between
    return lines


def _field(field: FieldText, given: Known, *, explained: bool) -> Iterator[str]:
    """A field and what stands in it."""
    yield f"{field.name}: {given.value}".rstrip()
    yield from (f"#  - {value}  # {one_line(words)}".rstrip(" #") for value, words in given.choices)
    if field.inner and field.several:
        for n, known in enumerate(given.items or [{}] * max(1, field.least)):
            yield from (f"  {line}" for line in _item(blank(field.inner, known, explained=explained and n == 0)))
    elif field.inner:
        yield from (f"  {line}" for line in blank(field.inner, {}, explained=explained))


def _item(lines: Sequence[str]) -> list[str]:
    """Lines of fields as an item of a list."""
    first = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    return [*lines[:first], f"- {lines[first]}", *(f"  {line}" for line in lines[first + 1 :])]


def _meaning(field: FieldText, given: Known) -> str:
    """What a field is, and what may stand in it."""
    words = [field.meaning if field.required or given.wanted else f"May be left out. {field.meaning}"]
    if field.several and not field.inner and not given.choices:
        words.append("A list, as [one, two].")
    if field.most:
        words.append(f"At most {field.most} characters.")
    if not all(re.search(rf"\b{choice}\b", field.meaning, re.IGNORECASE) for choice in field.choices):
        words.append(f"One of: {', '.join(field.choices)}.")
    return " ".join(words)


def notes(texts: Sequence[str]) -> list[str]:
    """Texts as comments."""
    return [
        line
        for text in texts
        for line in wrap(one_line(text), WIDTH, initial_indent="# ", subsequent_indent="# ", break_long_words=False, break_on_hyphens=False)
    ]


def one_line(text: str) -> str:
    """A text without anything that would end a comment or could not be seen in it."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def quoted(slug: str) -> str:
    """A slug as YAML: in quotes where YAML would read something else."""
    return slug if _PLAIN.fullmatch(slug) and slug not in _MEANT_OTHERWISE else f'"{slug}"'

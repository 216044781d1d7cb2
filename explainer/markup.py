"""HTML in a text: where it looks as if some were meant, and what to write instead. Pages have none but their own."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

TAG = re.compile(r"<!--|</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>])[^<>]*>|<[!?][A-Za-z\[][^<>]*>")
"""A tag, the start of a comment, or a declaration; `a < b` and `<https://example.org>` are none."""

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_SHOWN = 40
"""Characters of a tag that a message repeats."""

_COMMENT = "a comment is text here; delete it, or keep notes to editors in a README.md, which is left aside"
_MARKDOWN = {
    **dict.fromkeys(("b", "strong"), "Markdown is **bold**"),
    **dict.fromkeys(("i", "em", "cite"), "Markdown is *italic*"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "Markdown is `code`"),
    **dict.fromkeys(("ul", "ol", "li"), "Markdown is '- item', a line each"),
    **dict.fromkeys(("table", "tr", "td", "th", "thead", "tbody"), "Markdown is '| cell | cell |', a line each"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "Markdown is '### heading'"),
    **dict.fromkeys(("p", "div"), "in Markdown, an empty line starts a paragraph"),
    "a": "Markdown is [words](address)",
    "img": "Markdown is ![what it shows](../../static/picture.png)",
    "br": "in Markdown, a backslash at the end of a line breaks it",
    "hr": "Markdown is '***' on a line of its own",
    "blockquote": "Markdown is '> words'",
    "pre": "Markdown is ``` on a line before it and on one behind it",
}
NO_LINK = "["
"""The start of what looks like a link in Markdown and is none."""

_ELSE = "HTML has no effect; leave it out, or write it `in backticks` if it is to be seen"


class Markup(NamedTuple):
    """What looks like HTML in a text: its place in it, and what to say of it."""

    start: int
    written: str
    message: str


def in_field(text: str) -> list[Markup]:
    """Tags, comments and entities in a field, which is plain text, in their order."""
    return sorted([*_tags_in_field(text), *_entities_in_field(text)]) if "<" in text or "&" in text else []


def _tags_in_field(text: str) -> Iterator[Markup]:
    """Fields are plain text; HTML in them is shown as it is written."""
    opened: set[str] = set()
    for match in TAG.finditer(text):
        if _is_first(match[0], opened):
            comment = match[0] == "<!--"
            way = "YAML has comments on lines of their own, '# …'" if comment else "fields are plain text, so leave it out"
            yield Markup(match.start(), match[0], f"{_shown(match[0])} is shown as it is written; {way}")


def _entities_in_field(text: str) -> Iterator[Markup]:
    """Fields are plain text; a character stands in them as itself, and not under its name in HTML."""
    for match in _ENTITY.finditer(text):
        if (meant := unescape(match[0])) != match[0]:
            itself = f"'{meant}'" if meant.isprintable() and not meant.isspace() else "the character"
            yield Markup(match.start(), match[0], f"{_shown(match[0])} is shown as it is written; fields are plain text, so write {itself} itself")


def in_markdown(tags: Iterator[tuple[str, int]]) -> Iterator[Markup]:
    """Texts are Markdown; HTML in them is shown as it is written, and so is a link that Markdown does not take for one.

    What to say of the tags in one piece, which come with their places. A tag that only closes what was told of is not told.
    """
    opened: set[str] = set()
    for written, start in tags:
        if written == NO_LINK:
            message = "this looks like a link and is none, so it is shown as it is written; the address of a link has no spaces and stands on one line"
            yield Markup(start, written, message)
        elif _is_first(written, opened):
            way = _COMMENT if written == "<!--" else _MARKDOWN.get(_name(written), _ELSE)
            yield Markup(start, written, f"{_shown(written)} is shown as it is written; {way}")


def _is_first(written: str, opened: set[str]) -> bool:
    """Whether a tag is not the end of one that is among `opened`; it is added to these."""
    known = _name(written) in opened
    opened.add(_name(written))
    return not (written.startswith("</") and known)


def _name(written: str) -> str:
    match = TAG.match(written)
    return (match["name"] or "").lower() if match else ""


def _shown(written: str) -> str:
    line = " ".join(written.split())
    return f"'{line[:_SHOWN]}…'" if len(line) > _SHOWN else f"'{line}'"

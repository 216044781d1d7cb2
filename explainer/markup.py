"""HTML, and Markdown that is none, in a text: where it looks as if some were meant, and what to write instead. Pages have no HTML but their own."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

TAG = re.compile(r"<!--|</?(?P<name>[A-Za-z][A-Za-z0-9-]*(?::[A-Za-z]+)?)(?=[\s/>])[^<>]*>|<[!?][A-Za-z\[][^<>]*>")
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

_ADDRESS = r"(?:(?:https?:|mailto:|www\.|\.{1,2}/|#)[^\s()]{0,200}|[^\s()]{1,200}\.(?:md|html?|yaml|pdf|png|jpe?g|svg)(?:#[^\s()]{0,100})?)"
_LINE = r"[^\n]*(?:\n|\Z)"
_NEARLY = (
    (re.compile(r"\[\^[^\[\]\s]{1,50}\]:?"), "there are no footnotes; put what it says into the text"),
    (re.compile(r"\A\[?\[_?TOC_?\]\]?\Z", re.IGNORECASE), "there is no list of what stands on a page; delete it"),
    (re.compile(r"\[\[[^\[\]\n]{1,200}\]\]"), "a link is [words](path)"),
    (re.compile(rf"\[[^\[\]\n]{{1,200}}\][ \n]\({_ADDRESS}\)"), "a link has nothing between ] and (: [words](path)"),
    (re.compile(rf"\([^()\n]{{1,200}}\)\[{_ADDRESS}\]"), "a link has its words in [ ] and its address in ( ): [words](path)"),
    (re.compile(rf"\[[^\[\]\n]{{1,200}}\]\({_ADDRESS}(?!\))"), "the ) behind the address of a link is missing; write [words](path)"),
    (
        re.compile(r"(?<!\w)\[[^\[\]\n]{1,200}\]\[(?!sic\b|n\.|p\.)(?=[^\[\]\n]*[^\W\d])[^\[\]\n]{1,200}\]"),
        "the address of this link is given nowhere; write [words](path)",
    ),
    (re.compile(r"(?<![\w*])\*\*[^\W\d_]\w*(?:[^*\n]*\s\*\*)?"), "the ** that ends what is bold is missing, or has a space before it; write **bold**"),
    (re.compile(r"~~[^\s~][^~\n]{0,200}~~"), "nothing is struck out here; delete the words, or the signs"),
    (re.compile(r"^#{2,6}[^\W\d_]\w*", re.MULTILINE), "a heading has a space behind its signs: '## heading'"),
    (re.compile(rf"^(?:[•·‣▪●◦][ \t]?\w{_LINE})+", re.MULTILINE), "a list has '- item', a line each, below an empty line"),
    (re.compile(rf"\A(?:– \S{_LINE}){{2,}}\Z"), "a list has '- item', a line each, below an empty line"),
    (re.compile(rf"\A(?:[-*+][^\W\d_]{_LINE}){{2,}}\Z"), "an item of a list has a space behind its sign: '- item'"),
    (re.compile(rf"\A(?:\d{{1,3}}[.)][^\W\d_]{_LINE}){{2,}}\Z"), "an item of a list has a space behind its sign: '1. item'"),
    (
        re.compile(r"\A(?:\|[^\n|]+\|[^\n]*\|[ \t]*(?:\n|\Z)){2,}\Z|\A\| [^\n|]+ \|[^\n]* \|\Z"),
        "a table has a line |---|---| below its first, with as many cells",
    ),
    (re.compile(r"\A\[[ xX]\] \S+"), "a list has no boxes to tick; write '- item'"),
    (re.compile(r"^={7}$", re.MULTILINE), "git writes it between two versions of a text; keep one of them, and delete this line"),
    (re.compile(r"^:::+ ?\w*(?:\n[^:\n]+)*(?:\n:::+)?", re.MULTILINE), "there are no boxes or notes; leave it out"),
)
"""What looks like Markdown and is none, by how it is found in a paragraph, a heading or a cell as it is shown; and what to say of it."""

_NEARLY_IN_HEADING = (*_NEARLY, (re.compile(r"\{[ ]?[#.][\w-]+[ ]?\}\Z"), "a heading has no attributes in its line; take them out"))

NO_WORDS = "a link without words is not seen; put words between [ and ]"
"""A link has words, which lead to its address."""

NOTE = "[^"
"""The start of the sign of a footnote, or of the note."""

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


def nearly_markdown(text: str, *, in_heading: bool = False) -> Iterator[Markup]:
    """Texts are Markdown; what looks like it and is none is shown with its signs.

    What to say of it in one piece, of which only that is given that Markdown takes for text.
    """
    ends = 0
    for start, found, way in sorted(
        (match.start(), match[0], way) for pattern, way in (_NEARLY_IN_HEADING if in_heading else _NEARLY) for match in pattern.finditer(text)
    ):
        if start >= ends:
            first = found.partition("\n")[0]
            yield Markup(start, first, f"{_shown(first)} is shown as it is written; {way}")
            ends = start + len(found)


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

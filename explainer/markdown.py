"""Markdown to prose, and an answer to its sections. The only door to markdown-it.

Raw HTML is never let through: `<b>` in a text is shown as `<b>`. No text is so made that reading it takes for ever: `check_size` says how large one may be.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from html import escape
from itertools import groupby, pairwise
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import smartquotes
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.attrs import attrs_block_plugin

from explainer import markup
from explainer.characters import explained, plain, remark
from explainer.frontmatter import Document, Location, Place
from explainer.markup import NO_WORDS, Markup
from explainer.problems import Problem, Severity

_QUOTATION = re.compile(r"(“([^“”]*)”)(?:\s*\(¶(\d{1,6})\))?")
MARK = re.compile('["“”„‟«»]')
"""A double quotation mark, as it may be written."""

_NO_MARKS = str.maketrans(dict.fromkeys('"“”„‟«»', "'"))
_STRAIGHT = str.maketrans({**dict.fromkeys("“”", '"'), **dict.fromkeys("‘’", "'")})
_ATTRIBUTE = re.compile(r"""\s*(?:\#(?P<id>[^\s}"'=]+)|(?P<key>[A-Za-z][\w:-]*)=(?:"(?P<quoted>(?:\\.|[^"\\])*)"|(?P<bare>[\w:-]+)))(?=[\s}])""", re.ASCII)
_NESTED = re.compile(r"(?:[ \t]|>|[-+*](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))*")
_NO_LINK = re.compile(r"\[[^\[\]\n]{1,200}\]\([^\[\]()]{1,200}\)")
_TAG = "tag"
"""The kind of a token that looks like HTML, or like the start of a link, and is text."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

_ADDRESS = re.compile(r"\]\(\s*<?|<(?=[A-Za-z][A-Za-z0-9+.-]*:)|^\s*\[[^\]]+\]:\s*<?")
_CODE = re.compile(r"(`+)[^`]+\1")
_STUCK_HEADING = re.compile(r" {0,3}(?P<signs>#{1,6})(?=[^\s#])")
_HEADING = re.compile(r" {0,3}## ")
_NAMES = re.compile(r"\b(?:kind|themes|paragraphs|condition|whose)[ ]?=[ ]?\S")
_NAME = re.compile(r"(?P<word>[\w-]+)(?P<equals>[ ]?=)?")
_FIELDS = re.compile(r"\n---[ \t]*\n[a-z_]+:(?:[ \t][^\n]*)?\n(?:(?:[a-z_]+:|[ #]|- )[^\n]*\n)*---[ \t]*(?=\n|\Z)")
_BEFORE_WORDS = re.compile(r"\W*")
_FENCE_END = re.compile(r"[\s>]*(?P<signs>`{3,}|~{3,})\s*")
_DEFINITION = re.compile(r"\s*\[[^\]]+\]:")
_BEHIND_ADDRESS = ("", ")", ">", " ", "\t")
_LINK_LINES = 3

NESTING_LIMIT = 200
"""How deep blocks of Markdown may stand in one another; markdown-it drops what is deeper without a word, so that is told."""

INLINE_LIMIT = 20
"""How deep links may stand in brackets; what is deeper is shown as it is written."""

BODY_LIMIT = 300_000
"""Characters of Markdown in one file: a book of a hundred and fifty pages."""

PIECE_LIMIT = 50_000
"""Characters of Markdown without an empty line. A parser may look through a piece again for each of its brackets."""

DEEP_LINES_LIMIT = 100_000
"""Lines without an empty one between them, times how deep they are nested, in one file."""

LINKS_LIMIT = 5_000
"""Links and pictures in one piece of prose."""

UNREADABLE = "attributes cannot be read"

BELOW_HEADING = "these attributes stand below their heading; put them in the line above it"
"""Attributes stand in lines of their own, directly above a heading of the second level."""

WEB = ("https://", "http://", "mailto:")
"""How the address of a link to elsewhere starts."""

STATIC = "../static/"
"""How a path below `content/` leads to a static file."""

CONTENT = "content:"
"""The scheme of a link to a file below `content/` in finished HTML."""


class Html(str):
    """HTML that is finished; templates put it in as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a source in quotation marks, with the paragraph named behind them, if one is."""

    text: str
    paragraph: int | None
    line: int
    start: int
    """The place of its first mark in the text."""
    close: int
    """The place behind its second mark."""
    end: int
    """The place behind the paragraph named."""


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a link as written, or as a path below `content/` where it leads to another file there; and its line."""

    address: str
    line: int
    picture: bool = False
    written: str = ""
    """The address as Markdown reads it."""
    column: int = 1
    """Where its link begins."""

    def place(self, document: Document, before: int = 0) -> Place:
        """Where the address stands in its file; `before` is how often the same stands before it on the line. Of one defined elsewhere, there."""
        lines = document.text.split("\n")
        near = [found for n in range(self.line, min(self.line + _LINK_LINES, len(lines) + 1)) for found in self._in(lines[n - 1], n)]
        if before < len(near):
            return near[before]
        defined = (found for n in range(document.body_line, len(lines) + 1) if _DEFINITION.match(lines[n - 1]) for found in self._in(lines[n - 1], n))
        return next(iter(near), None) or next(defined, None) or (self.line, self.column)

    def _in(self, line: str, number: int) -> Iterator[Place]:
        """The places of the address on a line."""
        line = _CODE.sub(lambda code: " " * len(code[0]), line)
        for start in (match.end() for match in _ADDRESS.finditer(line)):
            rest, wanted = unquote(line[start:]), unquote(self.written)
            if rest.startswith(wanted) and rest[len(wanted) :][:1] in _BEHIND_ADDRESS:
                yield number, start + 1


@dataclass(frozen=True, eq=False)
class Prose:
    """A piece of Markdown that has been parsed once and can be shown as HTML or as plain text."""

    tokens: Sequence[Token] = ()
    folder: str = ""
    """The folder of the file it stands in, to which its links are relative."""
    first_line: int = 1
    lines: Sequence[str] = ()
    """The lines of the file, in which things have their columns."""

    @cached_property
    def text(self) -> str:
        """Plain text: no markup, paragraphs separated by a space."""
        parts = [_plain(token.children or ()) for token in self.tokens if token.type == "inline"]
        parts += [token.content.strip() for token in self.tokens if token.type in ("fence", "code_block")]
        return " ".join(" ".join(parts).split())

    @cached_property
    def pieces(self) -> tuple[tuple[str, int], ...]:
        """The texts of its paragraphs, headings, cells and blocks of code as plain text in their lines, each with the line of the file on which it starts.

        In code, double quotation marks mean no quotation; they are single ones here.
        """
        return tuple(
            (_lines(token.children) if token.children else token.content.translate(_NO_MARKS), self.first_line + (token.map or [0])[0])
            for token in self.tokens
            if token.type in ("inline", "fence", "code_block")
        )

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """What stands in double quotation marks, in order."""
        return tuple(quotation for text, line in self.pieces for quotation in quotations(text, line))

    @cached_property
    def open_fences(self) -> tuple[Place, ...]:
        """The places of the blocks of code that begin with ``` and have no such line at their end; all that follows is taken into them."""
        found = []
        for token in self.tokens:
            if token.type == "fence" and token.map:
                begin, end = (self.first_line + number for number in token.map)
                last = _FENCE_END.fullmatch(self.lines[end - 2]) if end - 1 > begin else None
                if not last or not last["signs"].startswith(token.markup):
                    found.append((begin, self.lines[begin - 1].find(token.markup) + 1))
        return tuple(found)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The targets of its links and pictures, in order."""
        return tuple(self._targets())

    def _targets(self) -> Iterator[Target]:
        for child, line, column in self._placed():
            if child.type in ("link_open", "image"):
                address = str(child.attrGet("href") or child.attrGet("src") or "")
                yield Target(below_content(address, self.folder), line, child.type == "image", address, column)

    @cached_property
    def markup(self) -> tuple[tuple[Markup, Place], ...]:
        """What looks like HTML in it, with its places."""
        tags = [(child.content, (line, column)) for child, line, column in self._placed() if child.type == _TAG]
        found = markup.in_markdown((written, n) for n, (written, _) in enumerate(tags))
        return tuple((each, tags[each.start][1]) for each in found)

    @cached_property
    def nearly(self) -> tuple[tuple[Markup, Place], ...]:
        """What looks like Markdown in it and is none, with its places; with a backslash before its signs it is meant as it is shown."""
        return tuple(self._nearly())

    def _nearly(self) -> Iterator[tuple[Markup, Place]]:
        notes: set[str] = set()
        for before, token in pairwise([Token("", "", 0), *self.tokens]):
            if token.type != "inline" or not token.map or not token.children:
                continue
            line, end = (self.first_line + number for number in token.map)
            written = "\n".join(self.lines[line - 1 : end - 1]).translate(_STRAIGHT)
            found = list(markup.nearly_markdown("".join(map(_as_shown, token.children)), in_heading=before.type == "heading_open"))
            if any(child.type == "link_open" and after.type == "link_close" for child, after in pairwise(token.children)):
                found.append(Markup(0, "[](", NO_WORDS))
            behind = 0
            for each in found:
                start = written.find(each.written.translate(_STRAIGHT), behind)
                behind = max(behind, start + 1)
                note = each.written.rstrip(":")
                if start >= 0 and note not in notes and written[start - 1 : start] != "\\":
                    notes |= {note} if note.startswith(markup.NOTE) else set()  # its sign and the note itself are one slip
                    yield each, (line + written.count("\n", 0, start), start - written.rfind("\n", 0, start))

    def _placed(self) -> Iterator[tuple[Token, int, int]]:
        """What stands in its paragraphs, headings and cells, each with its line and column."""
        ends: dict[int, int] = {}
        for token in self.tokens:
            if token.type != "inline":
                continue
            first, written = self.first_line + (token.map or [0])[0], token.content.split("\n")
            starts: dict[int, int] = {}
            for child in _all(token.children or ()):
                if (place := child.meta.get("place")) is None:
                    continue
                down = token.content.count("\n", 0, place)
                line = first + down
                if down not in starts:  # where the line's own text starts, behind the signs of lists and quotations, or behind the cells before
                    whole = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
                    starts[down] = max(0, whole.find(written[down], ends.get(line, 0)))
                yield child, line, starts[down] + place - (token.content.rfind("\n", 0, place) + 1) + 1
            for down, start in starts.items():
                ends[first + down] = start + len(written[down])

    @cached_property
    def html(self) -> Html:
        """HTML. A link to another file below `content/` has the address `content:<path>`, which the page it stands on makes its own."""
        return Html(_markdown().renderer.render(self.tokens, _markdown().options, {"folder": self.folder}).strip())

    def html_with(self, mark: Callable[[Quotation], str]) -> Html:
        """HTML in which something stands behind each quotation, in place of the paragraph named; where `mark` gives nothing, all is as written."""
        tokens = [token.copy(children=_marked(token.children, mark)) if token.type == "inline" and token.children else token for token in self.tokens]
        return Html(_markdown().renderer.render(tokens, _markdown().options, {"folder": self.folder}).strip())

    @cached_property
    def inline_html(self) -> Html:
        """HTML of a heading: what stands in it, without its tags and without links."""
        children = [
            child for token in self.tokens if token.type == "inline" for child in token.children or () if child.type not in ("link_open", "link_close", "image")
        ]
        return Html("".join(_markdown().renderer.render([child], _markdown().options, {}) for child in children))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the second level, the attributes in the line above it, and what stands under it."""

    attributes: dict[str, str]
    keys: dict[Location, Place]
    """Where the names of the attributes stand."""
    places: dict[Location, Place]
    """Where their values stand."""
    readable: bool
    """Whether there is nothing wrong with the lines of attributes themselves; if there is, it has been told."""
    heading: Prose
    prose: Prose
    line: int
    """Where the heading stands."""


@dataclass(frozen=True, slots=True)
class Body:
    """What follows the front matter: an introduction, and sections."""

    introduction: Prose
    sections: tuple[Section, ...]
    is_broken: bool
    """Whether in what stands before the first section a line of attributes is lost, as it is without a heading below it."""

    @property
    def is_introduced(self) -> bool:
        """Whether what stands before the first section is text, and not what was meant as a claim."""
        return not self.is_broken and (not self.sections or self.sections[0].readable)


def parse_prose(document: Document, *, anchors: bool = False) -> Prose:
    """The body of a document as one piece; with `anchors`, its headings have ids, which suits prose that has a page to itself."""
    tokens, _ = _parsed(document)
    if anchors:
        _add_anchors(tokens)
    return Prose(tokens, folder_of(document.path), document.body_line, _lines_of(document.text))


def _parsed(document: Document) -> tuple[list[Token], dict[str, Any]]:
    """The body of a document as tokens, and its definitions of links; nothing, if it is too large to be read."""
    env: dict[str, Any] = {}
    if next(check_size(document), None):
        return [], env
    tokens = _markdown().parse(document.body, env)
    if again := second_front_matter(document, tokens):
        env = {}
        tokens = _markdown().parse("\n".join(document.body.split("\n")[: again - document.body_line]), env)
    return tokens, env


def second_front_matter(document: Document, tokens: Sequence[Token]) -> int:
    """The line in a body on which another front matter begins, as where two files were pasted into one; 0 if there is none.

    What follows is not read; it belongs to another file.
    """
    lines = _lines_of(document.text) if _FIELDS.search(document.body) else []
    for token in tokens if lines else ():
        if token.map and not token.level and (token.type == "hr" or (token.type == "heading_open" and token.markup == "-")):
            line = document.body_line + token.map[1] - 1
            if _FIELDS.match("\n" + "\n".join(lines[line - 1 :])):
                return line
    return 0


def check_one_file(document: Document) -> Iterator[Problem]:
    """A file has one front matter, at its beginning."""
    tokens = _markdown().parse(document.body) if _FIELDS.search(document.body) and not next(check_size(document), None) else []
    if again := second_front_matter(document, tokens):
        yield document.problem_at("a second front matter begins here, as that of another file; put what follows into a file of its own", again)


def check_size(document: Document) -> Iterator[Problem]:
    """A file has no more text than pages can show and a parser can read at once; an empty line divides what is too long."""
    if len(document.body) > BODY_LIMIT:
        message = f"{len(document.body)} characters of text; at most {BODY_LIMIT} are read, so make it several files"
        yield document.problem_at(message, document.body_line)
        return
    deep, line = 0, document.body_line
    for empty, run in groupby(document.body.split("\n"), lambda text: not text.strip()):
        lines = list(run)
        if not empty:
            size = sum(map(len, lines)) + len(lines)
            if size > PIECE_LIMIT:
                message = f"{size} characters without an empty line; at most {PIECE_LIMIT} are read, so divide them into paragraphs"
                yield document.problem_at(message, line)
                return
            deep += len(lines) * max(map(_depth, lines))
            if deep > DEEP_LINES_LIMIT:
                yield document.problem_at("too many lines in lists or quotations nested too deep; nest them less, or put empty lines between them", line)
                return
        line += len(lines)


def _depth(line: str) -> int:
    """How deep a line may be nested, by the signs it starts with and by how far it is indented."""
    start = _NESTED.match(line)
    within = start[0] if start else ""
    return sum(sign in ">-+*.)" for sign in within) + len(within) // 4


def check_definitions(document: Document) -> Iterator[Problem]:
    """A line `[name]: address` gives an address to links that name it, and is not shown itself; there is a link that does, and one line for each name."""
    tokens, env = _parsed(document) if "]:" in document.body else ([], {})
    if not env.get("references"):
        return
    used = {child.meta.get("label") for token in tokens for child in _all(token.children or ())}
    for label, definition in env["references"].items():
        line = document.body_line + definition["map"][0]
        if label not in used and not is_path(address := definition["href"]) and not address.startswith(WEB):
            yield document.problem_at(f"a link to '{address}'; write https://…, or the path to a file below content/", line)
        elif label not in used:
            message = f"'[{label.lower()}]: …' is the address of links to [{label.lower()}], of which there are none, and is not shown; delete it"
            yield _as_warning(document.problem_at(message, line))
    for double in env.get("duplicate_refs", ()):
        message = f"a second address for links to [{double['label'].lower()}]; the first counts, so delete this one"
        yield document.problem_at(message, document.body_line + double["map"][0])


def _as_warning(problem: Problem) -> Problem:
    return Problem(problem.path, problem.line, problem.column, problem.message, Severity.WARNING, problem.excerpt)


@lru_cache(maxsize=2)
def _lines_of(text: str) -> list[str]:
    """The lines of a file, cut once for all that is looked up in them."""
    return text.split("\n")


def _add_anchors(tokens: Sequence[Token]) -> None:
    """Gives each heading the id that GitHub gives it, near enough: its words in small letters, joined by hyphens."""
    seen: dict[str, int] = {}
    for n, token in enumerate(tokens):
        if token.type == "heading_open":
            words = re.sub(r"[^\w\s-]", "", _plain(tokens[n + 1].children or ()).casefold())
            anchor = unique = "-".join(words.split()) or "section"
            while unique in seen:
                seen[anchor] += 1
                unique = f"{anchor}-{seen[anchor]}"
            seen[unique] = 0
            token.attrSet("id", unique)


def parse_sections(document: Document) -> tuple[Body, list[Problem]]:
    """The body of a document cut at its headings of the second level."""
    tokens, _ = _parsed(document)
    lost = list(check_attribute_lines(document, tokens))
    problems = list(lost)
    folder, first_line, written = folder_of(document.path), document.body_line, _lines_of(document.text)
    starts = [n for n, token in enumerate(tokens) if token.type == "heading_open" and _is_claim(tokens, n)]
    sections: list[Section] = []
    for start, end in pairwise([*starts, len(tokens)]):
        lines = _attribute_lines(tokens, start)
        line = first_line + (tokens[start].map or [0])[0]
        attributes: dict[str, str] = {}
        keys: dict[Location, Place] = {}
        places: dict[Location, Place] = {(): (lines[0] + first_line if lines else line, 1)}
        before = line - 3 if lines else sections[-1].line - 1 if sections else 0  # a heading without a line of its own has lost one that stands anywhere above
        broken = any(before < problem.line <= line or (problem.line == line + 1 and problem.message == BELOW_HEADING) for problem in problems)
        for n in lines:
            found = _read_attributes(document, n + first_line, attributes, keys, places)
            problems += found
            broken = broken or any(problem.message.startswith(UNREADABLE) for problem in found)
        heading = Prose(tokens[start + 1 : start + 2], folder, first_line, written)
        content = [token for token in tokens[start + 3 : end] if token.type != "attrs_block"]
        sections.append(Section(attributes, keys, places, not broken, heading, Prose(content, folder, first_line, written), line))
    introduction = [token for token in tokens[: starts[0] if starts else len(tokens)] if token.type != "attrs_block"]
    is_broken = any(not sections or problem.line < sections[0].line for problem in lost)
    return Body(Prose(introduction, folder, first_line, written), tuple(sections), is_broken), problems


def _is_claim(tokens: Sequence[Token], n: int) -> bool:
    """Whether a heading is that of a claim, as it is meant: a line under a text makes one only where it has attributes."""
    token = tokens[n]
    return token.tag == "h2" and token.level == 0 and (token.markup.startswith("#") or bool(_attribute_lines(tokens, n)))


def check_attribute_lines(document: Document, tokens: Sequence[Token]) -> Iterator[Problem]:
    """Attributes stand in lines of their own, directly above a heading of the second level."""
    lines, before = _lines_of(document.text), ""
    for token, after in _followed(tokens):
        line = document.body_line + (token.map or [0])[0]
        if token.type == "attrs_block" and not lines[line - 1].lstrip().startswith("{"):
            yield _nearly_attributes(document, line)
        elif token.type == "attrs_block":
            if after is None or after.type != "heading_open" or after.tag != "h2":
                yield _no_claim(document, line, after)
        elif token.type in ("inline", "code_block"):
            own = token.type == "inline" and before != "heading_open"
            for number, content in enumerate(token.content.split("\n"), line):
                is_above = bool(_HEADING.match("".join(lines[number : number + 1])))
                names = len(_NAMES.findall(plain(content if is_above else _CODE.sub("", content))))
                if own and content.lstrip(" ").startswith(("{", "｛")) and not _is_prose(content) and ("#" in content or "=" in content):
                    yield from _taken_for_text(document, number)
                elif names > 1 or (names and is_above):
                    yield _nearly_attributes(document, number)
        before = token.type


def _taken_for_text(document: Document, line: int) -> Iterator[Problem]:
    """Attributes stand in lines of their own, directly above a heading of the second level.

    What is told of a line that begins like one of attributes and is none.
    """
    lines = _lines_of(document.text)
    written, above = lines[line - 1], lines[line - 2]
    if "{" not in written or "｛" in written.partition("{")[0]:
        yield document.problem_at(f"a line of attributes begins with '{{'; {explained('｛')}", line, written.find("｛") + 1)
    elif explained(written.partition("{")[0]):
        yield _nearly_attributes(document, line)
    elif broken := _read_attributes(document, line, {}, {}, {}):
        yield from broken
    elif behind := written[written.rfind("}") + 1 :].rstrip(" "):
        message = f"this line of attributes goes on behind its '}}'; take away what stands there{remark(behind)}"
        yield document.problem_at(message, line, written.rfind("}") + 2 + len(behind) - len(behind.lstrip(" ")))
    elif inner := re.search(r"[{}]", written[written.find("{") + 1 : written.rfind("}")]):
        yield document.problem_at("a value of an attribute has no { or } in it; say it in words", line, written.find("{") + inner.start() + 2)
    elif above.strip(" \t") and not plain(above).strip():
        yield document.problem_at(f"this line looks empty and is not; delete what stands in it{remark(above)}", line - 1)
    else:
        message = "attributes need an empty line above and a '## heading' below; here they are taken for text"
        yield document.problem_at(message, line, written.find("{") + 1)


def _nearly_attributes(document: Document, line: int) -> Problem:
    """Attributes stand in lines of their own, directly above a heading of the second level.

    What is told of a line that has attributes and does not begin as a line of them does.
    """
    written = _lines_of(document.text)[line - 1]
    name = _NAME.search(plain(written), written.find("{") + 1)
    meant = name["word"] if name and not name["equals"] else "id"
    odd = remark("".join(_BEFORE_WORDS.findall(written)[:1]))
    message = f"this is nearly a line of attributes; write {{#{meant} …}} at the start of a line of its own, above the heading{odd}"
    return document.problem_at(message, line, len(written) - len(written.lstrip()) + 1)


def _no_claim(document: Document, line: int, after: Token | None) -> Problem:
    """Attributes stand in lines of their own, directly above a heading of the second level.

    What is told of a line of them without one; at what stands there instead, if that was meant as the heading.
    """
    if _HEADING.match(_lines_of(document.text)[line - 2]):
        return document.problem_at(BELOW_HEADING, line)
    below = document.body_line + (after.map or [0])[0] if after else 0
    written = _lines_of(document.text)[below - 1] if below else ""
    if after and after.type == "heading_open":
        return document.problem_at(f"a heading of level {after.tag.removeprefix('h')}; that of a claim is of level 2, '## …'", below)
    before = "".join(_BEFORE_WORDS.findall(written)[:1])
    if "#" in plain(before) and (odd := explained(before)):
        column = next(n for n, sign in enumerate(before, 1) if not sign.isascii())
        return document.problem_at(f"this looks like a heading and is none; begin it with '## ', in the signs of a keyboard; {odd}", below, column)
    if meant := _STUCK_HEADING.match(written):
        message = f"a space is missing behind '{meant['signs']}', without which this is no heading; put one there"
        return document.problem_at(message, below, meant.end("signs") + 1)
    if "## " in before:
        return document.problem_at("a heading begins with '## ' at the start of its line; take away what stands before it", below)
    return document.problem_at("this line of attributes belongs to no claim; put it directly above a '## heading'", line)


def _followed(tokens: Sequence[Token]) -> list[tuple[Token, Token | None]]:
    """Tokens, each with the next behind it that is no line of attributes."""
    after: Token | None = None
    found: list[tuple[Token, Token | None]] = []
    for token in reversed(tokens):
        found.append((token, after))
        after = after if token.type == "attrs_block" else token
    return found[::-1]


def quotations(text: str, line: int = 1) -> Iterator[Quotation]:
    """What stands in double quotation marks in a text that starts on a line."""
    for match in _QUOTATION.finditer(text):
        words, paragraph = " ".join(match[2].split()), int(match[3]) if match[3] else None
        yield Quotation(words, paragraph, line + text.count("\n", 0, match.start()), match.start(), match.end(1), match.end())


def without_quotations(text: str) -> Iterator[tuple[str, int]]:
    """What a text says in its own words: the runs between quotations, each with its place."""
    start = 0
    for quotation in quotations(text):
        yield text[start : quotation.start], start
        start = quotation.end
    yield text[start:], start


def stray_marks(text: str) -> Iterator[int]:
    """The places of double quotation marks that begin or end no quotation."""
    for part, start in without_quotations(text):
        yield from (start + match.start() for match in MARK.finditer(part))


def _lines(children: Sequence[Token]) -> str:
    """The words of inline tokens in their lines, without the double quotation marks of code."""
    return "".join(_in_line(child) for child in children)


def _in_line(child: Token) -> str:
    if child.type in ("softbreak", "hardbreak"):
        return "\n"
    return child.content.translate(_NO_MARKS) if child.type in ("code_inline", _TAG) else child.content


def _as_shown(child: Token) -> str:
    """The words of an inline token, in which signs have no meaning; in place of code, a picture or a tag stands one sign."""
    if child.type in ("softbreak", "hardbreak"):
        return "\n"
    return child.content if child.type == "text" else "\ufffc" if child.type in ("code_inline", "image", _TAG) else ""


def _all(children: Sequence[Token]) -> Iterator[Token]:
    """Inline tokens, and those in the words of pictures, which stand where the picture does."""
    for child in children:
        yield child
        for inner in _all(child.children or ()):
            yield inner.copy(meta={**inner.meta, "place": child.meta.get("place")}) if inner.type == _TAG else inner


def _marked(children: Sequence[Token], mark: Callable[[Quotation], str]) -> list[Token]:
    """Inline tokens with something behind each quotation; a quotation that ends in a link or a picture has no room for it."""
    found = list(quotations(_lines(children)))
    marked: list[Token] = []
    place = depth = 0
    for child in children:
        end = place + len(_in_line(child))
        depth += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        content, start = child.content, place
        if child.type == "text" and not depth:
            for quotation in found:
                if start < quotation.close <= end and (html := mark(quotation)):
                    marked += [child.copy(content=child.content[start - place : quotation.close - place]), Token("html_inline", "", 0, content=html)]
                    start = quotation.end if quotation.end <= end else quotation.close
            content = child.content[start - place :]
        marked.append(child.copy(content=content))
        place = end
    return marked


def below_content(address: str, folder: str) -> str:
    """A link to a file beside this one, as a path below `content/`; any other address as it is."""
    if not is_path(address):
        return address
    path, mark, fragment = address.partition("#")
    return normpath(f"{folder}/{path}") + mark + fragment


def is_path(address: str) -> bool:
    """Whether an address is a path relative to the file it stands in."""
    return bool(address) and not address.startswith(("#", "/")) and not _SCHEME.match(address)


def folder_of(path: str) -> str:
    """The folder of a content file, relative to `content/`."""
    return path.removeprefix("content/").rpartition("/")[0]


def _attribute_lines(tokens: Sequence[Token], heading: int) -> list[int]:
    """The line numbers, from 0, of the attribute lines directly above a heading."""
    lines: list[int] = []
    while heading and tokens[heading - 1].type == "attrs_block":
        heading -= 1
        lines.insert(0, (tokens[heading].map or [0])[0])
    return lines


def _read_attributes(document: Document, line: int, attributes: dict[str, str], keys: dict[Location, Place], places: dict[Location, Place]) -> list[Problem]:
    """A line of attributes is whole, and each stands in it once: `{#id kind=predicts themes="trade alliance"}`.

    Adds the attributes of one line to those given; `#name` is the attribute `id`.
    """
    text = _lines_of(document.text)[line - 1]
    position, end = text.index("{") + 1, text.rstrip().rfind("}")
    if end < 0:
        return [document.problem_at("attributes must end with '}' on the same line; a second line of attributes may follow", line, len(text.rstrip()) + 1)]
    problems: list[Problem] = []
    while text[position:end].strip():
        match = _ATTRIBUTE.match(text, position, end + 1)
        if not match:
            column = position + len(text[position:end]) - len(text[position:end].lstrip()) + 1
            return [*problems, _unreadable(document, line, column, text[column - 1 : end])]
        name = "id" if match["id"] else match["key"]
        group = next(group for group in ("id", "quoted", "bare") if match[group] is not None)
        if name in attributes:
            problems.append(document.problem_at(f"'{name}' stands here twice; keep one", line, match.start("id" if match["id"] else "key") + 1))
        attributes[name] = re.sub(r"\\(.)", r"\1", match[group])
        keys[name,] = (line, match.start("id" if match["id"] else "key") + 1)
        places[name,] = (line, match.start(group) + 1)
        for n, word in enumerate(re.finditer(r"[^\s,]+", match[group])):
            places[name, n] = (line, match.start(group) + word.start() + 1)
        position = match.end()
    return problems


def _unreadable(document: Document, line: int, column: int, rest: str) -> Problem:
    """A line of attributes is whole, and each stands in it once: `{#id kind=predicts themes="trade alliance"}`.

    What is told of the rest of one from an attribute on that cannot be read.
    """
    odd = explained(rest.partition(" ")[0])
    if re.match(r'[\w:-]+="[^"]*"[^\s}]', rest):
        odd = "between quotation marks, another one is written ' or \\\""
    elif re.match(r'[\w:-]+="[^"]*$', rest):
        odd = "the quotation mark behind = is not closed"
    elif (bare := re.match(r"([\w:-]+)=([^\s\"}]+)(?=\s|$)", rest)) and not odd:
        odd = f'here, {bare[1]}="{bare[2]}"'
    message = f'{UNREADABLE} from here; write #id, name=word or name="several words", with a space between{f"; {odd}" if odd else ""}'
    return document.problem_at(message, line, column)


def _plain(children: Sequence[Token]) -> str:
    """The words of inline tokens."""
    return "".join({"softbreak": " ", "hardbreak": " "}.get(child.type, child.content) for child in children)


def _render_link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
    """A link or picture; one that leads to a file below `content/` says so."""
    token, name = tokens[index], "src" if tokens[index].type == "image" else "href"
    address = str(token.attrGet(name) or "")
    if is_path(address):
        token = token.copy(attrs={**token.attrs, name: CONTENT + below_content(address, env.get("folder", ""))})
    elif not address.startswith((*WEB, "#")):  # told as an error; should it be shown all the same, it leads nowhere
        token = token.copy(attrs={key: value for key, value in token.attrs.items() if key != name})
    if token.type == "image":
        token.attrs["alt"] = _plain(token.children or ())
    return renderer.renderToken([token], 0, options, env)


def _render_tag(_renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: dict[str, Any]) -> str:
    return escape(tokens[index].content, quote=False)


def _render_nothing(*_: Any) -> str:
    """A line of attributes is no text; where it has nothing to say, it is told as an error."""
    return ""


def _is_prose(line: str) -> bool:
    """Whether a line that starts with a brace is none of attributes: `{{ … }}`, `{% … %}` and `{# … #}` are signs of templates, and mean nothing here."""
    return line.lstrip().startswith(("{{", "{%", "{# ", "{##"))


def _rule_of_tags(state: StateInline, silent: bool) -> bool:  # as markdown-it calls it
    """A tag, or the start of a comment: text, of which is noted that it looks like HTML."""
    if not (match := markup.TAG.match(state.src, state.pos, state.posMax)):
        return False
    if not silent:
        token = state.push(_TAG, "", 0)
        token.content, token.meta = match[0], {"place": state.pos}
    state.pos = match.end()
    return True


def _placed(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """A rule of links or pictures that notes where each of them stands."""

    def placed(state: StateInline, silent: bool) -> bool:  # as markdown-it calls it
        start, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            next(token for token in state.tokens[before:] if token.type in ("link_open", "image")).meta["place"] = start
        return found

    return placed


def _rule_of_no_links(state: StateInline, silent: bool) -> bool:  # as markdown-it calls it
    """What looks like a link and has not been read as one: its bracket is text, of which that is noted."""
    if not _NO_LINK.match(state.src, state.pos, state.posMax):
        return False
    if not silent:
        token = state.push(_TAG, "", 0)
        token.content, token.meta = markup.NO_LINK, {"place": state.pos}
    state.pos += 1
    return True


def _parse_inline(state: StateCore) -> None:
    """Reads what stands in paragraphs, headings and cells."""
    lines = [] if state.src.isascii() else state.src.split("\n")
    for token in state.tokens:
        if token.type == "inline":
            if token.map and lines:  # a line of odd spaces is not empty, but is not kept before a text either
                begin, end = token.map
                token.map = [next((n for n in range(begin, end) if lines[n].strip()), begin), end]
            token.children = []
            _inline().inline.parse(token.content, _inline(), state.env, token.children)


def typographic(text: str) -> str:
    """Plain text with the quotation marks and apostrophes of print, as prose has them."""
    if "'" not in text and '"' not in text:
        return text
    token = Token("text", "", 0, content=text)
    smartquotes(StateCore(text, _markdown(), {}, [Token("inline", "", 0, content=text, children=[token])]))
    return token.content


@cache
def _markdown() -> MarkdownIt:
    """The one parser, made when it is first needed."""
    # commonmark has no tables, so they are enabled; maxNesting is raised from 20, below which deep text vanishes without a word
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": True, "maxNesting": NESTING_LIMIT})
    markdown.enable(["table", "smartquotes"])
    markdown.use(attrs_block_plugin)
    markdown.core.ruler.disable("attr")  # sections read the lines of attributes themselves, with their places
    markdown.core.ruler.at("inline", _parse_inline)
    (attributes,) = (rule.fn for rule in markdown.block.ruler.__rules__ if rule.name == "attr")

    def rule_of_attributes(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # as markdown-it calls it
        return not _is_prose(state.src[state.bMarks[start] : state.eMarks[start]]) and attributes(state, start, end, silent)

    (reference,) = (rule.fn for rule in markdown.block.ruler.__rules__ if rule.name == "reference")

    def rule_of_references(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # as markdown-it calls it
        return not state.src.startswith(markup.NOTE, state.bMarks[start] + state.tShift[start]) and reference(state, start, end, silent)

    markdown.block.ruler.at("attr", rule_of_attributes)
    markdown.block.ruler.at("reference", rule_of_references)
    markdown.validateLink = _any_address  # type: ignore[method-assign, assignment]
    markdown.add_render_rule("link_open", _render_link)
    markdown.add_render_rule("image", _render_link)
    markdown.add_render_rule(_TAG, _render_tag)
    markdown.add_render_rule("attrs_block", _render_nothing)
    return markdown


@cache
def _inline() -> MarkdownIt:
    """The parser of what stands in a line; it looks less deep, since it looks again and again."""
    inline = MarkdownIt("commonmark", {"html": False, "maxNesting": INLINE_LIMIT, "store_labels": True})
    inline.inline.ruler.at("link", _placed(link))
    inline.inline.ruler.at("image", _placed(image))
    inline.inline.ruler.at("autolink", _placed(autolink))
    inline.inline.ruler.at("html_inline", _rule_of_tags)
    inline.inline.ruler.push("no_link", _rule_of_no_links)
    inline.validateLink = _any_address  # type: ignore[method-assign, assignment]
    return inline


def _any_address(_url: str) -> bool:
    """A link stays a link whatever its address, so that `check_prose` can say what is wrong with it."""
    return True

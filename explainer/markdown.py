"""Markdown to prose, and an answer to its sections. The only door to markdown-it.

Raw HTML is never let through: `<b>` in a text is shown as `<b>`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from posixpath import normpath
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import smartquotes
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.attrs import attrs_block_plugin

from explainer.frontmatter import Document, Location, Place
from explainer.problems import Problem

_QUOTATION = re.compile(r"“([^“”]+)”(?:\s*\(¶(\d{1,6})\))?")
_ATTRIBUTE = re.compile(r"""\s*(?:\#(?P<id>[^\s}"'=]+)|(?P<key>[A-Za-z][\w:-]*)=(?:"(?P<quoted>(?:\\.|[^"\\])*)"|(?P<bare>[\w:-]+)))(?=[\s}])""")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

NESTING_LIMIT = 200
"""How deep blocks of Markdown may stand in one another; markdown-it drops what is deeper without a word, so that is told."""

UNREADABLE = "attributes cannot be read"

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


def quotations_in(text: str) -> Iterator[tuple[str, int | None]]:
    """What stands in double quotation marks in plain text, each with the paragraph named behind it, if one is."""
    for match in _QUOTATION.finditer(text):
        yield " ".join(match[1].split()), int(match[2]) if match[2] else None


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a link as written, or as a path below `content/` where it leads to another file there; and its line."""

    address: str
    line: int
    picture: bool = False


@dataclass(frozen=True, eq=False)
class Prose:
    """A piece of Markdown that has been parsed once and can be shown as HTML or as plain text."""

    tokens: Sequence[Token] = ()
    folder: str = ""
    """The folder of the file it stands in, to which its links are relative."""
    first_line: int = 1

    @cached_property
    def text(self) -> str:
        """Plain text: no markup, paragraphs separated by a space."""
        parts = [_plain(token.children or ()) for token in self.tokens if token.type == "inline"]
        parts += [token.content.strip() for token in self.tokens if token.type in ("fence", "code_block")]
        return " ".join(" ".join(parts).split())

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """What stands in double quotation marks, in order."""
        return tuple(self._quotations())

    def _quotations(self) -> Iterator[Quotation]:
        for token in self.tokens:
            if token.type == "inline":
                text = _plain(token.children or (), line_end="\n")
                for match in _QUOTATION.finditer(text):
                    line = self.first_line + (token.map or [0])[0] + text.count("\n", 0, match.start())
                    yield Quotation(" ".join(match[1].split()), int(match[2]) if match[2] else None, line)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The targets of its links and pictures, in order."""
        return tuple(self._targets())

    def _targets(self) -> Iterator[Target]:
        for token in self.tokens:
            line = self.first_line + (token.map[0] if token.map else 0)
            for child in token.children or ():
                line += child.type in ("softbreak", "hardbreak")
                if child.type in ("link_open", "image"):
                    address = str(child.attrGet("href") or child.attrGet("src") or "")
                    yield Target(below_content(address, self.folder), line, child.type == "image")

    @cached_property
    def html(self) -> Html:
        """HTML. A link to another file below `content/` has the address `content:<path>`, which the page it stands on makes its own."""
        return Html(_markdown().renderer.render(self.tokens, _markdown().options, {"folder": self.folder}).strip())

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


def parse_prose(document: Document, *, anchors: bool = False) -> Prose:
    """The body of a document as one piece; with `anchors`, its headings have ids, which suits prose that has a page to itself."""
    tokens = _markdown().parse(document.body)
    if anchors:
        _add_anchors(tokens)
    return Prose(tokens, folder_of(document.path), document.body_line)


def _add_anchors(tokens: Sequence[Token]) -> None:
    """Gives each heading the id that GitHub gives it, near enough: its words in small letters, joined by hyphens."""
    seen: set[str] = set()
    for n, token in enumerate(tokens):
        if token.type == "heading_open":
            words = re.sub(r"[^\w\s-]", "", _plain(tokens[n + 1].children or ()).casefold())
            anchor = unique = "-".join(words.split()) or "section"
            count = 0
            while unique in seen:
                count += 1
                unique = f"{anchor}-{count}"
            seen.add(unique)
            token.attrSet("id", unique)


def parse_sections(document: Document) -> tuple[Body, list[Problem]]:
    """The body of a document cut at its headings of the second level."""
    tokens = _markdown().parse(document.body)
    problems = list(check_attribute_lines(document, tokens))
    folder, first_line = folder_of(document.path), document.body_line
    starts = [n for n, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2" and token.level == 0]
    sections: list[Section] = []
    for start, end in pairwise([*starts, len(tokens)]):
        lines = _attribute_lines(tokens, start)
        line = first_line + (tokens[start].map or [0])[0]
        attributes: dict[str, str] = {}
        keys: dict[Location, Place] = {}
        places: dict[Location, Place] = {(): (lines[0] + first_line if lines else line, 1)}
        broken = any(line - 3 < problem.line < line for problem in problems)  # told of a line directly above, or with an empty one between
        for n in lines:
            found = _read_attributes(document, n + first_line, attributes, keys, places)
            problems += found
            broken = broken or any(problem.message.startswith(UNREADABLE) for problem in found)
        heading = Prose(tokens[start + 1 : start + 2], folder, first_line)
        content = [token for token in tokens[start + 3 : end] if token.type != "attrs_block"]
        sections.append(Section(attributes, keys, places, not broken, heading, Prose(content, folder, first_line), line))
    introduction = [token for token in tokens[: starts[0] if starts else len(tokens)] if token.type != "attrs_block"]
    return Body(Prose(introduction, folder, first_line), tuple(sections)), problems


def check_attribute_lines(document: Document, tokens: Sequence[Token]) -> Iterator[Problem]:
    """Attributes stand in lines of their own, directly above a heading of the second level."""
    for n, token in enumerate(tokens):
        line = document.body_line + (token.map or [0])[0]
        if token.type == "attrs_block":
            after = next((later for later in tokens[n:] if later.type != "attrs_block"), None)
            if after is None or after.type != "heading_open" or after.tag != "h2":
                yield document.problem_at("this line of attributes belongs to no claim; put it directly above a '## heading'", line)
        elif token.type == "inline":
            for offset, content in enumerate(token.content.split("\n")):
                if content.lstrip().startswith("{") and ("#" in content or "=" in content):
                    broken = _read_attributes(document, line + offset, {}, {}, {})
                    yield from broken or [
                        document.problem_at("attributes need an empty line above and a '## heading' below; here they are taken for text", line + offset)
                    ]


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
    """Adds the attributes of one line; `#name` is the attribute `id`."""
    text = document.text.split("\n")[line - 1]
    position, end = text.index("{") + 1, text.rstrip().rfind("}")
    if end < 0:
        return [document.problem_at("attributes must end with '}' on the same line; a second line of attributes may follow", line, len(text.rstrip()) + 1)]
    problems: list[Problem] = []
    while text[position:end].strip():
        match = _ATTRIBUTE.match(text, position, end + 1)
        if not match:
            column = position + len(text[position:end]) - len(text[position:end].lstrip()) + 1
            return [
                *problems,
                document.problem_at(f'{UNREADABLE} from here; write #id, name=word or name="several words", with a space between', line, column),
            ]
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


def _plain(children: Sequence[Token], line_end: str = " ") -> str:
    """The words of inline tokens."""
    return "".join({"softbreak": line_end, "hardbreak": line_end}.get(child.type, child.content) for child in children)


def _render_link(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: dict[str, Any]) -> str:
    """A link or picture; one that leads to a file below `content/` says so."""
    token, name = tokens[index], "src" if tokens[index].type == "image" else "href"
    address = str(token.attrGet(name) or "")
    if is_path(address):
        token = token.copy(attrs={**token.attrs, name: CONTENT + below_content(address, env.get("folder", ""))})
    if token.type == "image":
        token.attrs["alt"] = renderer.renderInlineAsText(token.children or [], options, env)
    return renderer.renderToken([token], 0, options, env)


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
    markdown.add_render_rule("link_open", _render_link)
    markdown.add_render_rule("image", _render_link)
    return markdown

"""YAML with a place for every key and value: front matter, lists and `site.yaml`. The only door to yaml.

YAML 1.1 reads some plain words as something other than what was written. Nothing of that is repaired here: a value keeps
what YAML makes of it (see `Ambiguous`), and the schema tells the writer when that does not fit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile
from typing import Any, TypeAlias, cast

import yaml

from explainer import slips
from explainer.characters import explained, plain
from explainer.problems import Problem
from explainer.slips import COLON, Slip

Location: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]

FRONT_MATTER_LIMIT = 64_000
"""Characters of YAML in one file's front matter; more is taken for a mistake."""

YAML_LIMIT = 500_000
"""Characters of a file that is YAML as a whole."""

NESTING_LIMIT = 20
"""How deep values may stand in one another."""

DEPTH_LIMIT = 200
"""How deep YAML may be at all."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is nine times faster and not always there
_CONSTRUCTOR = yaml.constructor.SafeConstructor()
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_MARKUP = re.compile(r"(^|[\s\[{,:-])[&*!]", re.MULTILINE)
_COMMENT_STUCK_TO_TEXT = re.compile(r"[^\S\n]+#\S")
_ALMOST = re.compile(r"-{2,}|[-=+*_]{3,}|- - -|\.\.\.")
_FIELD = re.compile(r"[a-z_]+:(\s|$)")
_OF_FIELDS = re.compile(r"[a-z_]+:(\s|$)|[ #]|- |\s*$")
_TAKEN_IN = re.compile(r"\s*(?P<what>- |(?P<name>[a-z_]+):(?!//)\S)")
_OPENERS = re.compile(r"[\[{]|[-?:]\s")
_LINE_ENDS = {0x85: " ", 0x2028: " ", 0x2029: " "}  # line ends to YAML and to nobody else
_UNREAD = "YAML cannot be read: "
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")


class Ambiguous(str):
    """A plain value that YAML reads as something else than the text written: the text, and in `meaning` what YAML makes of it."""

    __slots__ = ("meaning",)
    meaning: str

    def __new__(cls, written: str, meaning: str) -> "Ambiguous":
        """The text written, and what YAML makes of it."""
        ambiguous = super().__new__(cls, written)
        ambiguous.meaning = meaning
        return ambiguous


@lru_cache(maxsize=8)
def _lines(text: str) -> list[str]:
    """The lines of a file; kept, since a file with a thousand problems would be cut a thousand times."""
    return text.split("\n")


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its fields with their places, and what follows them. `fields` is None if the YAML could not be read."""

    path: str
    text: str
    fields: Any
    places: dict[Location, Place] = field(default_factory=dict)
    keys: dict[Location, Place] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1

    def problem(self, message: str, *location: str | int, key: bool = False) -> Problem:
        """A problem at a field, or at the nearest thing above it that was written; `key` points at its name."""
        return self.problem_at(message, *self.place(*location, key=key))

    def problem_at(self, message: str, line: int, column: int = 1) -> Problem:
        """A problem at a line and column of the file; a line beyond its end is its last."""
        lines = _lines(self.text)
        line = min(line, len(lines) - (len(lines) > 1 and not lines[-1]))
        message = " ".join(message.split())
        return Problem(self.path, line, column, message, excerpt=lines[line - 1] if 0 < line <= len(lines) else "")

    def place(self, *location: str | int, key: bool = False) -> Place:
        """Where a field stands, or the nearest thing above it."""
        if key and location in self.keys:
            return self.keys[location]
        while location and location not in self.places:
            location = location[:-1]
        return self.places.get(location, (1, 1))


def read_front_matter(path: str, text: str) -> tuple[Document, list[Problem]]:
    """A Markdown file begins with a line `---`, then its fields, then again `---`; behind it comes the body."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        document = Document(path, text, None, body=text)
        return document, [document.problem_at(*_no_beginning(lines))]
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        document = Document(path, text, None)
        return document, [document.problem_at(*_no_end(lines))]
    if again := _goes_on(lines, end):
        document = Document(path, text, None)
        return document, [document.problem_at(f"this '---' ends the front matter, and line {again + 1} would too; only one line '---' ends it", end + 1)]
    if _is_field_below(lines, end):
        document = Document(path, text, None)
        message = "this is a field, and stands below the line '---' that ends the fields; put that line below it, or, if this is text, an empty line above it"
        return document, [document.problem_at(message, end + 2)]
    source = "\n".join(lines[1:end])
    reader = _Reader(path, text, first_line=2)
    fields = reader.read(source, FRONT_MATTER_LIMIT)
    if fields is None and not reader.problems:
        fields = {}
    document = Document(path, text, fields, reader.places, reader.keys, "\n".join(lines[end + 1 :]), end + 2)
    if fields is not None and not isinstance(fields, dict):
        message, place = (isinstance(fields, str) and slips.no_field(lines, 2)) or ("", (2, 1))
        reader.problems.append(document.problem_at(f"front matter must be fields, one 'name: value' a line{message and f'; {message}'}", *place))
        document = Document(path, text, None, body=document.body, body_line=document.body_line)
    return document, reader.problems


def _no_beginning(lines: list[str]) -> tuple[str, int, int]:
    """A Markdown file begins with a line `---`, then its fields, then again `---`; behind it comes the body.

    What is told of one that begins in another way, with its place.
    """
    message = "front matter is missing; the first line must be '---', then fields, then '---'"
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    line = lines[first].strip()
    if plain(line).strip() == "---" and first:
        return f"{message}; delete the empty lines above this one", first + 1, 1
    if odd := explained(line) if _ALMOST.fullmatch(plain(line)) else "":
        return f"{message}; {odd}", first + 1, 1
    if line == "---":
        return f"{message}; delete the space before this one", first + 1, 1
    if _ALMOST.fullmatch(line):
        return f"{message}; this one is '{line}'", first + 1, 1
    if re.match(r"[{\[]\s*([\"{\[\]}]|$)", line):
        return f"{message}; what stands here looks like JSON", first + 1, 1
    return message, 1, 1


def _no_end(lines: list[str]) -> tuple[str, int, int]:
    """A Markdown file begins with a line `---`, then its fields, then again `---`; behind it comes the body.

    What is told of front matter that does not end, with the place of what was perhaps meant as its end.
    """
    message = "front matter does not end; put a line '---' after its last field"
    for n, line in enumerate(lines[1:], 1):
        if _ALMOST.fullmatch(plain(line).strip()) or line.strip() in ("—", "–"):
            odd = explained(line) or ("it is indented" if line.strip() == "---" else f"it is '{line.strip()}'")
            return f"{message}; this line is none, {odd}", n + 1, 1
    return message, 1, 1


def _goes_on(lines: list[str], end: int) -> int | None:
    """The second line that ends front matter, where between it and the first one there are only fields."""
    again = next((n for n, line in enumerate(lines[end + 1 :], end + 1) if line.rstrip() == "---"), None)
    between = lines[end + 1 : again] if again else []
    return again if between and _FIELD.match(between[0]) and all(_OF_FIELDS.match(line) for line in between) else None


def _is_field_below(lines: list[str], end: int) -> bool:
    """Whether directly below the line that ends front matter there are fields."""
    block = list(takewhile(str.strip, lines[end + 1 :]))
    return bool(block) and bool(_FIELD.match(block[0])) and all(_OF_FIELDS.match(line) for line in block)


def read_yaml(path: str, text: str) -> tuple[Document, list[Problem]]:
    """A file that is YAML as a whole."""
    reader = _Reader(path, text, first_line=1)
    fields = reader.read(text, YAML_LIMIT)
    return Document(path, text, fields, reader.places, reader.keys), reader.problems


class _Reader:
    """Walks the nodes of one piece of YAML, keeping places and collecting problems."""

    def __init__(self, path: str, text: str, *, first_line: int) -> None:
        self.file = Document(path, text, None)
        self.lines = text.split("\n")
        self.first_line = first_line
        self.source = ""
        self.problems: list[Problem] = []
        self.places: dict[Location, Place] = {}
        self.keys: dict[Location, Place] = {}
        self.is_clear = True
        """Whether it is known which fields there are; where it is not, nothing is to be said of them."""

    def read(self, source: str, limit: int) -> Any:
        """What is YAML can be read as YAML, and is not too long.

        Its value as plain data with tuples for lists, or None if it cannot be read.
        """
        self.source = source
        if len(source) > limit:
            self.tell(f"{len(source)} characters of YAML; at most {limit} are read", (self.first_line, 1))
            return None
        if _MARKUP.search(source):
            self.problems += self.markup()
        if self.problems:
            return None
        source = source.translate(_LINE_ENDS)
        try:
            if len(_OPENERS.findall(source)) > DEPTH_LIMIT and (place := self.too_deep(source)):
                self.tell(f"nested more than {DEPTH_LIMIT} deep; if these brackets are part of a text, put it in quotes", place)
                return None
            node = yaml.compose(source, Loader=_Loader)
            value = None if node is None else self.value(node, ())
            return value if self.is_clear else None
        except yaml.MarkedYAMLError as error:
            self.tell_slip(source, error)
        except yaml.reader.ReaderError as error:
            at = next((n for n, character in enumerate(source) if ord(character) == error.character), 0)
            place = source.count("\n", 0, at) + self.first_line, at - source.rfind("\n", 0, at)
            self.tell(f"an invisible character, U+{error.character:04X}; delete it", place)
        return None

    def too_deep(self, source: str) -> Place | None:
        """Where brackets stand in one another hundreds deep, if they do.

        The C parser, met with thousands of them, takes Python down with it; events come without recursion.
        """
        depth = 0
        for event in yaml.parse(source, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEPTH_LIMIT:
                mark = cast(yaml.Mark, event.start_mark)
                return mark.line + self.first_line, mark.column + 1
        return None

    def tell_slip(self, source: str, error: yaml.MarkedYAMLError) -> None:
        """What is written as YAML can be read as YAML.

        Told where the slip is, and not where the parser gave up.
        """
        words = " ".join(part for part in (error.context, error.problem) if part)
        marks = [(mark.line + 1, mark.column + 1) for mark in (error.problem_mark or error.context_mark, error.context_mark or error.problem_mark) if mark]
        place, context = marks or ((1, 1), (1, 1))
        message, (line, column) = slips.told(Slip(source.split("\n"), words, place, context))
        self.tell(_UNREAD + message, (line + self.first_line - 1, column))

    def tell(self, message: str, place: Place) -> None:
        """Adds a problem at a place of the file."""
        self.problems.append(self.file.problem_at(message, *place))

    def place(self, node: yaml.Node) -> Place:
        """Where a node starts in the file."""
        return node.start_mark.line + self.first_line, node.start_mark.column + 1

    def markup(self) -> Iterator[Problem]:
        """Anchors, aliases and tags would quietly change a text that starts with `&`, `*` or `!`, so they are not used here."""
        try:
            for token in yaml.scan(self.source, Loader=_Loader):
                if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                    yield self.marked(token.start_mark)
        except yaml.YAMLError as error:  # of other slips compose tells
            mark, context = (error.context_mark, error.context or "") if isinstance(error, yaml.MarkedYAMLError) else (None, "")
            if mark and re.match("while (scanning|parsing) (an alias|an anchor|a tag)", context):
                yield self.marked(mark)

    def marked(self, mark: yaml.Mark) -> Problem:
        """Anchors, aliases and tags would quietly change a text that starts with `&`, `*` or `!`, so they are not used here."""
        number, column = mark.line + self.first_line, mark.column + 1
        if (found := slips.other_sign(self.lines, number)) and found[1] == (number, column):
            return self.file.problem_at(found[0], number, column)
        return self.file.problem_at("YAML gives &, * and ! at the start of a value a meaning of its own; put the value in quotes", number, column)

    def value(self, node: yaml.Node, location: Location) -> Any:
        """Fields and lists do not stand in one another too deep.

        Plain data of a node; its place is kept under its location.
        """
        self.places[location] = self.place(node)
        if len(location) > NESTING_LIMIT:
            self.tell(f"nested more than {NESTING_LIMIT} deep; if these brackets are part of a text, put it in quotes", self.place(node))
            self.is_clear = False
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(item, (*location, n)) for n, item in enumerate(node.value))
        assert isinstance(node, yaml.ScalarNode)  # noqa: S101  # the third and last kind of node
        return self.scalar(node, is_item=bool(location) and isinstance(location[-1], int))

    def mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, Any]:
        """The name of a field is a word, and stands once; of two that are the same, YAML would keep the last without a word.

        The fields by name.
        """
        fields: dict[str, Any] = {}
        is_item = bool(location) and isinstance(location[-1], int) and not node.flow_style
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.tell("the name of a field must be a word; put a text that begins with a bracket in quotes", self.place(key))
                self.is_clear = False
                continue
            name = str(key.value)
            if name in fields:
                if is_item and name == next(iter(fields)):
                    self.tell(f"'{name}' stands here twice in one item; if another item begins here, write '- {name}: …', or keep one", self.place(key))
                    break  # what follows is that item's
                self.tell(f"'{name}' stands here twice; keep one", self.place(key))
            self.keys[*location, name] = self.place(key)
            fields[name] = self.value(item, (*location, name))
        return fields

    def scalar(self, node: yaml.ScalarNode, *, is_item: bool) -> Any:
        """No value holds an invisible character.

        Text, a whole number, true or false, or nothing; anything else as a `Ambiguous`.
        """
        written, tag = str(node.value), node.tag.rpartition(":")[2]
        if _INVISIBLE.search(written):
            self.tell("YAML reads an invisible character here; write the text without it", self.place(node))
        if node.style:  # quoted, or a block: text, whatever it looks like
            return written
        if comment := self.comment(node):
            return comment
        if node.end_mark.line > node.start_mark.line:
            self.check_taken_in(node, is_item=is_item)
        if tag == "null":
            return None if written in ("", "~", "null") else Ambiguous(written, "nothing")
        if tag == "bool":
            return written == "true" if written in ("true", "false") else Ambiguous(written, "true" if written.lower() in ("yes", "on", "true") else "false")
        if tag == "int":
            return int(written) if _DECIMAL.fullmatch(written) and len(written) < 19 else Ambiguous(written, _number(node))
        if tag == "float":
            return Ambiguous(written, "a number")
        return written

    def comment(self, node: yaml.ScalarNode) -> str:
        """A `#` behind a space starts a comment, even stuck to a word (`Question #1`); a text with it stands in quotes.

        What is taken for a comment and was probably meant as text, which is told.
        """
        number = node.end_mark.line + self.first_line - 1
        line = self.lines[number] if "#" in self.source and number < len(self.lines) else ""
        found = _COMMENT_STUCK_TO_TEXT.match(line[node.end_mark.column :])
        if not found:
            return ""
        line_number, column = self.place(node)
        comment = line[node.end_mark.column :].strip()
        if cut := slips.cut_claim(str(node.value), comment):
            self.tell(cut, (line_number, node.end_mark.column + found.end() - 1))
            return f"{node.value}{comment}"
        read = f"reads only '{node.value}'" if node.value else "reads nothing"
        self.tell(
            f"YAML takes what follows ' #' for a comment and {read}; put the whole value in quotes",
            (line_number, column if node.value else node.end_mark.column + found.end() - 1),
        )
        return comment

    def check_taken_in(self, node: yaml.ScalarNode, *, is_item: bool) -> None:
        """A line that begins like an item or a field, and yet is taken for a part of the text above it, is told; it was meant as one."""
        start = self.place(node)
        first = slips.other_sign(self.lines, start[0])
        others = range(start[0] + 1, node.end_mark.line + self.first_line + 1)
        if (
            first and first[1] == start and any(slips.other_sign(self.lines, n) or self.lines[n - 1].lstrip().startswith("- ") for n in others)
        ):  # of all the items, the first one is told
            self.tell(*first)
            self.is_clear = False
            return
        for n in range(node.start_mark.line + 1, node.end_mark.line + 1):
            line = self.lines[n + self.first_line - 1]
            is_text = n < node.end_mark.line or node.end_mark.column > len(line) - len(line.lstrip())
            number = n + self.first_line
            if is_text and line.lstrip().startswith("- ") and len(line) - len(line.lstrip()) == node.start_mark.column:
                self.tell(slips.lost_dash(self.lines[start[0] - 1].strip()), start)
                self.is_clear = False
                return
            if is_text and is_item and (other := slips.other_sign(self.lines, number)):
                sign = line.split(maxsplit=1)[0]
                way_out = f"begin an item with '- ' in place of '{sign} ', in the column of the '- ' above, or put the text in quotes"
                self.tell(f"YAML takes this line for a part of the text above; {way_out}", other[1])
                self.is_clear = False
            elif is_text and (found := _TAKEN_IN.match(line)):
                way_out = COLON if found["name"] else "begin it in the column of the '- ' above, or put the text in quotes"
                self.tell(f"YAML takes this line for a part of the text above; {way_out}", (number, found.start("what") + 1))
                self.is_clear = False


def _number(node: yaml.ScalarNode) -> str:
    """The number that YAML makes of a plain value."""
    try:
        return str(_CONSTRUCTOR.construct_yaml_int(node))
    except ValueError:
        return "a number"

"""The slips that YAML cannot read, told to a writer who has never seen YAML: what is wrong, where it is wrong, and the way out.

A parser tells where it gave up and in its own words. Here the lines as written are looked at for the usual slips at or before that place.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeAlias

from explainer.characters import explained, named, plain

Place: TypeAlias = tuple[int, int]
Told: TypeAlias = tuple[str, Place]

BELOW = "write >- here and the text on the next line, indented"
"""The way out that always works."""

TAB = "a tab stands here; indent with spaces, not tabs"
"""Lines are indented with spaces, not with tabs."""

COLON = "a space is missing behind the colon; write 'name: value'"
"""Every line is a field, an item, or text that goes on; a space stands behind the colon and the hyphen, and they are those of a keyboard."""

DASH = "a space is missing behind the '-'; write '- item'"
"""Every line is a field, an item, or text that goes on; a space stands behind the colon and the hyphen, and they are those of a keyboard."""

NO_FIELD = "this line is no field ('name: value'); a text that goes on from the line above is indented further than its field"
"""Every line is a field, an item, or text that goes on; a space stands behind the colon and the hyphen, and they are those of a keyboard."""

_FIELD = re.compile(r"(?P<before> *(?:- +)*)(?P<name>[^\s:#'\"\[\]{}&*!|>%@`,-][^:#\n]*?):(?P<value>[ \t].*|$)")
_STUCK = re.compile(r"(?P<before> *(?:- +)*)(?P<name>\w[\w-]*):(?!//)(?P<value>\S.*)$")
_DASH_STUCK = re.compile(r" *(?:- +)*-(?=[^\s-])")
_START = re.compile(r" *(?:- +)*(?:[^\s:#'\"\[\]{}][^:#\n]*?:\s+)?(?P<value>\S.*)$")
_BLOCK = re.compile(r"(^|[\s:-])[|>][-+\d]*\s*$")
_QUOTED = {'"': re.compile(r'"(?:\\.|[^"\\])*"'), "'": re.compile(r"'(?:''|[^'])*'")}
_NEW_FIELD = re.compile(r" *(?:- +\S|(?:- +)*[\w-]+:(?:\s|$))")
_SIGN = re.compile(r" *(?P<sign>[•‣◦⁃▪●∙·*–—−]|-{2,}|-(?: +-)+)\s+(?P<rest>\S.*)")
_FIRST_WORD = re.compile(r" *(?:- +)*(?P<name>[a-z_]+) ")
_ENDED = re.compile(r"(?:[\]}]|:(?:\s+[\d, -]+)?)$")
_INLINE = re.compile(r"(?P<before> *(?:- +)?(?:[a-z_]+: +)??)(?P<open>[({]?)(?P<name>[a-z_]+): .*(?P<close>[)}])\s*$")
_CLAIM = re.compile(r"[a-z0-9-]+/[a-z0-9-]+$")
_CLOSER = {"[": "]", "{": "}"}
_BEGUN = {"[": "a list", "{": "fields"}


@dataclass(frozen=True, slots=True)
class Slip:
    """What a parser says: its words, where it gave up, and where that began which it was reading. Lines and columns count from 1."""

    lines: Sequence[str]
    words: str
    place: Place
    context: Place

    @property
    def line(self) -> str:
        """The line at which the parser gave up."""
        return self.at(self.place[0])

    @property
    def rest(self) -> str:
        """What stands from there on."""
        return self.line[self.place[1] - 1 :]

    @property
    def began(self) -> str:
        """What stands from where it began to read."""
        return self.at(self.context[0])[self.context[1] - 1 :]

    def at(self, number: int) -> str:
        """A line by its number; empty if there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def above(self, number: int) -> Iterator[int]:
        """The numbers of the lines above one, nearest first, without empty lines and comments."""
        return (n for n in range(min(number, len(self.lines) + 1) - 1, 0, -1) if (line := self.at(n).strip()) and not line.startswith("#"))


def told(slip: Slip) -> Told:
    """What is written as YAML can be read as YAML.

    What is wrong, and where.
    """
    for check in _CHECKS:
        if found := check(slip):
            return found
    return f"this line, or the one above, is not as YAML wants it ({slip.words}); put the value in quotes, or {BELOW}", slip.place


def _tab(slip: Slip) -> Told | None:
    """Lines are indented with spaces, not with tabs."""
    indent = re.match(r"[ \t-]*", slip.line)
    if indent and "\t" in indent[0]:
        return TAB, (slip.place[0], indent[0].index("\t") + 1)
    return (TAB, slip.place) if slip.rest.startswith("\t") else None


def _other_sign(slip: Slip) -> Told | None:
    """An item of a list begins with one '-' and a space."""
    above = next(slip.above(slip.place[0]), 0)
    return other_sign(slip.lines, slip.place[0]) or (other_sign(slip.lines, above) if _SIGN.match(slip.at(above)) and _FIELD.search(slip.at(above)) else None)


def other_sign(lines: Sequence[str], number: int) -> Told | None:
    """An item of a list begins with one '-' and a space.

    What is told of a line that begins with another sign for items; None if it does not.
    """
    found = _SIGN.match(lines[number - 1]) if 0 < number <= len(lines) else None
    if not found:
        return None
    sign = found["sign"]
    odd = "" if sign.isascii() else f" ({named(sign)})"
    return f"an item of a list begins with '- ', and this line with '{sign} '{odd}; write '- {_shortened(found['rest'])}'", (number, found.start("sign") + 1)


def lost_dash(text: str) -> str:
    """Every item of a list begins with '- ', the first one too.

    What is told of one that does not.
    """
    return f"the '- ' before this is missing, with which an item of the list begins; write '- {_shortened(text)}'"


def _shortened(text: str) -> str:
    """The begin of a text, enough to know it by."""
    return text if len(text) <= _KNOWN_BY else f"{text[:_KNOWN_BY].rpartition(' ')[0] or text[:_KNOWN_BY]} …"


def cut_claim(before: str, comment: str) -> str:
    """The name of a claim has no space in it.

    What is told where one stands before its '#'; empty if it is not so. `before` is what ends there.
    """
    claim, name = _CLAIM.search(before), re.match(r"#[a-z0-9-]+", comment)
    return f"YAML takes what follows ' #' for a comment; delete the space, as in '{claim[0]}{name[0]}'" if claim and name else ""


def _unclosed_quote(slip: Slip) -> Told | None:
    """A quotation mark that begins a value has its other before the next field or item begins."""
    ended = "unexpected end of stream" in slip.words and "quoted" in slip.words
    for number in range(max(1, slip.context[0] if not ended else 1), min(slip.place[0], len(slip.lines)) + 1):
        start = _START.match(slip.at(number))
        if not start or start["value"][0] not in _QUOTED or _QUOTED[start["value"][0]].match(start["value"]):
            continue
        if _NEW_FIELD.match(slip.at(number + 1)) or (ended and number == slip.context[0]):
            return _unclosed((number, start.start("value") + 1), start["value"][0])
    return _unclosed(slip.context, slip.began[:1]) if ended else None


def _unclosed(place: Place, mark: str) -> Told:
    """A quotation mark that begins a value has its other before the next field or item begins."""
    return f"this quotation mark {mark} is not closed; close it, or take it away and {BELOW}", place


def _goes_on(slip: Slip) -> Told | None:
    """A value that begins with a quotation mark or a bracket ends with the other one."""
    start = _START.match(slip.line)
    if not start or "mapping values" in slip.words:
        return None
    first, place = start["value"][0], (slip.place[0], start.start("value") + 1)
    if first in _QUOTED and (quoted := _QUOTED[first].match(start["value"])) and slip.place[1] > start.start("value") + quoted.end():
        other = "'" if first == '"' else '"'
        return f"the text goes on behind its closing quotation mark; put all of it between {other} and {other}, or {BELOW}", place
    if first in _CLOSER and slip.rest[:1] not in ("]", "}") and slip.place[1] > start.start("value") + 1 and "flow" not in slip.words:
        return f"the text goes on behind what '{first}' begins, which YAML takes for {_BEGUN[first]}; put the whole value in quotes", place
    return None


def _bracket(slip: Slip) -> Told | None:
    """A bracket is closed, and what stands between brackets is parted by commas."""
    if "while parsing a flow" not in slip.words:
        return None
    opening = slip.began[:1]
    closing = _CLOSER.get(opening, "]")
    if comment := re.search(r"(?<=\s)#", slip.began):
        if cut := cut_claim(slip.began[: comment.start()].rstrip(), slip.began[comment.start() :]):
            return cut, (slip.context[0], slip.context[1] + comment.start())
        message = f"YAML takes what follows ' #' for a comment, and so the '{opening}' is not closed; put the text with '#' in quotes"
        return message, (slip.context[0], slip.context[1] + comment.start())
    if slip.rest[:1] in ("]", "}"):
        return f"this '{slip.rest[0]}' does not close the '{opening}' before it; '{closing}' does", slip.place
    if unclosed := _unclosed_between(slip):
        return unclosed
    if (mark := slip.line[: slip.place[1] - 1][-1:]) in _QUOTED and slip.rest[:1].isalnum():
        other = "' or \\\"" if mark == '"' else "''"
        return f"the quotation mark before this ends the text; between quotation marks another one is written {other}", slip.place
    if slip.place[0] == slip.context[0] or (slip.rest.strip() and slip.line.startswith(" " * slip.context[1])):
        return "a ',' is missing before this; or a text in brackets has a sign of YAML in it and needs quotes", slip.place
    return f"this '{opening}' is not closed; put a '{closing}' at its end, or, if it is part of a text, put the whole text in quotes", slip.context


def _unclosed_between(slip: Slip) -> Told | None:
    """A quotation mark that begins a value has its other before the next field or item begins.

    Looked for between brackets, in the lines above the one at which the parser gave up.
    """
    for number in range(slip.context[0], slip.place[0]):
        line = slip.at(number)
        for quoted in _QUOTED.values():
            line = quoted.sub(lambda found: "x" * len(found[0]), line)
        if (mark := re.search(r"(?<=[\[{,:]) *(['\"])", line)) and _NEW_FIELD.match(slip.at(number + 1)):
            return _unclosed((number, mark.start(1) + 1), mark[1])
    return None


def _lone_name(slip: Slip) -> Told | None:
    """The name of a field has a colon behind it, and the items of a list stand below."""
    above = next(slip.above(slip.place[0]), 0)
    name = slip.at(above).strip()
    if not re.fullmatch("[a-z_]+", name) or not slip.line.lstrip().startswith("- ") or _is_beside_items(slip, above):
        return None
    return f"a ':' is missing behind '{name}'; write '{name}:'", (above, len(slip.at(above).rstrip()) + 1)


def _first_character(slip: Slip) -> Told | None:
    """A value that begins with a sign to which YAML gives a meaning stands in quotes."""
    if "while scanning a directive" in slip.words:
        return "a line cannot start with '%' here; put the text in quotes", slip.context
    if slip.rest[:1] == "," and slip.line[: slip.place[1] - 1].rstrip().endswith(","):
        return "two commas stand here; keep one", slip.place
    if "cannot start any token" in slip.words or "node content" in slip.words:
        return f"a value cannot start with '{slip.rest[:1]}'; put the value in quotes", slip.place
    if "mapping keys are not allowed" in slip.words:
        return "a value cannot start with '? '; put the value in quotes", slip.place
    if "sequence entries are not allowed" in slip.words:
        return "a list starts on the next line, with '- item' a line; if this is a text, put it in quotes", slip.place
    return None


def _inside(slip: Slip) -> Told | None:
    """A text that `>-` or `|` announces stands on the lines below; between double quotation marks, a backslash begins a sign of YAML's own."""
    if "block scalar" in slip.words:
        return (
            f"behind '{slip.began.split()[0]}' the text stands on the lines below, indented; if '{slip.began[0]}' is part of a text, put it in quotes",
            slip.place,
        )
    if "quoted scalar" in slip.words and ("escape" in slip.words or "hexdecimal" in slip.words):
        return r"between double quotation marks a '\' has a meaning of its own; put the text between ' and '", slip.place
    return None


def _second_document(slip: Slip) -> Told | None:
    """No line `---` or `...` stands among fields or items."""
    if "another document" in slip.words:
        return "this '---' ends what stands above it; delete the line", slip.place
    if "<document start>" in slip.words and (ends := [n for n in slip.above(slip.place[0]) if slip.at(n).startswith("...")]):
        return "this '...' ends what stands above it; delete the line", (ends[0], 1)
    return None


def _colon_in_value(slip: Slip) -> Told | None:
    """A value with `: ` in it stands in quotes."""
    if "mapping values" not in slip.words or not re.search(r":\s", slip.line[: slip.place[1] - 1]):
        return None
    if (inline := _INLINE.match(slip.line)) and (inline["open"], inline["close"]) != ("{", "}") and (inline["open"] or inline["close"] == "}"):
        message = f"fields in one line stand between {{ and }}; write '{{{inline['name']}: …}}'"
        return message, (slip.place[0], inline.end("before") + 1)
    start = _START.match(slip.line)
    odd = explained(start["value"][0]) if start else ""
    return f"a value with ': ' in it needs quotes{f' ({odd})' if odd else ''}; or {BELOW}", slip.place


def _no_field(slip: Slip) -> Told | None:
    """Every line is a field, an item, or text that goes on; a space stands behind the colon and the hyphen, and they are those of a keyboard."""
    if "mapping values" in slip.words:
        number = next(slip.above(slip.place[0]), 0)
    elif "simple key" in slip.words:
        number = slip.context[0]
    elif "did not find expected" in slip.words:
        number = slip.place[0]
    else:
        return None
    line = slip.at(number)
    if _FIELD.match(line) or not line.strip():
        return None
    if found := no_field(slip.lines, number):
        return found
    begin = _indent(line) + 1
    above = next(slip.above(number), 0)
    if _BLOCK.search(slip.at(above)):
        return f"the text that '{slip.at(above).split()[-1]}' announces stands here, and must be indented further than its field", (number, begin)
    if line.lstrip().startswith("- ") or "expected ']'" in slip.words:
        return None
    if _is_beside_items(slip, number):
        return lost_dash(line.strip()), (number, begin)
    if first := _FIRST_WORD.match(line):
        name = first["name"]
        if "_" in name or not above or _ENDED.search(slip.at(above).rstrip()):
            return f"a ':' is missing behind '{name}'; write '{name}: …'", (number, first.end("name") + 1)
        either = f"put a ':' behind '{name}' if that is its name, or, if a text goes on here from the line above, indent it further than its field"
        return f"this line is no field ('name: value'); {either}", (number, begin)
    return NO_FIELD, (number, begin)


def _is_beside_items(slip: Slip, number: int) -> bool:
    """Whether a line stands in the column in which the items of a list begin."""
    column = _indent(slip.at(number))
    beside = next((n for n in slip.above(number) if _indent(slip.at(n)) <= column), 0)
    is_list = column > 0 or not any(_FIELD.match(slip.at(n)) and slip.at(n)[0].isalpha() for n in slip.above(number))
    return is_list and bool(beside) and _indent(slip.at(beside)) == column and slip.at(beside).lstrip().startswith("- ")


def no_field(lines: Sequence[str], number: int) -> Told | None:
    """Every line is a field, an item, or text that goes on; a space stands behind the colon and the hyphen, and they are those of a keyboard.

    Why a line is no field and no item, where that can be seen in it.
    """
    line = lines[number - 1]
    if sign := other_sign(lines, number):
        return sign
    odd = next((n for n, sign in enumerate(line) if plain(sign) != sign and plain(sign) in ("", " ", ":", "-")), None)
    if odd is not None and re.match(r" *(?:- *)*[\w-]+ *:|\s*-", plain(line)):
        return f"this line is no field ('name: value') and no item ('- item'); {explained(line[odd])}", (number, odd + 1)
    if stuck := _STUCK.match(line):
        return COLON, (number, stuck.end("name") + 1)
    if stuck := _DASH_STUCK.match(line):
        return DASH, (number, stuck.end())
    if equals := re.match(r"\s*[\w-]+(?: *(?==)|(?=;))", line):
        return f"this line is no field; write ':' and a space in place of '{line[equals.end()]}'", (number, equals.end() + 1)
    return None


def _indentation(slip: Slip) -> Told | None:
    """Fields, or items, that belong side by side begin in the same column."""
    number, line = slip.place[0], slip.line
    field, item = _FIELD.match(line), re.match(r" *(?=- )", line)
    if slip.rest[:1] in ("]", "}"):
        return f"this '{slip.rest[0]}' closes nothing; delete it, or put the whole value in quotes", slip.place
    if item and (first := _lost_dash(slip, len(item[0]))):
        return first
    if item:
        above = next((n for n in slip.above(number) if re.match(r" *- ", slip.at(n))), None)
        column = len(item[0]) + 1
        if above is None:
            return "this line starts a list, and no field above it waits for one; write 'name:' on a line of its own above", (number, column)
        there = slip.at(above).index("-") + 1
        if there == column:
            return _among_items(slip, above)
        return f"this '- ' stands in column {column}, and the one above in column {there}; the items of a list begin in the same column", (number, column)
    if not field:
        return None
    column = field.start("name") + 1
    named = [(n, found) for n in slip.above(number) if (found := _FIELD.match(slip.at(n)))]
    if not named:
        return None
    above, nearest = named[0]
    there = nearest.start("name") + 1
    what, other = field["name"], nearest["name"]
    holder = _FIELD.match(slip.at(next(slip.above(above), 0)))
    if "mapping values" in slip.words and column > there and holder and not holder["value"].strip() and holder.start("name") + 1 == there:
        message = f"'{other}' stands in the column of '{holder['name']}', which has nothing then; indent what belongs to it as far as '{what}'"
        return message, (above, there)
    if "mapping values" in slip.words and column > there:
        return f"'{what}' is indented further than '{other}' above it, which has a value; fields that belong side by side begin in the same column", (
            number,
            column,
        )
    holds_items = not field["value"].strip() and slip.at(number + 1).lstrip().startswith("- ")
    if "'-' indicator" in slip.words and column == slip.context[1] and not holds_items:
        return f"'{what}' stands where the next item of the list would begin; begin it with '- ', or begin it in column {there}, below '{other}'", (
            number,
            column,
        )
    columns = sorted({found.start("name") + 1 for _, found in named[:_FIELDS_LOOKED_AT]})
    listed = " or ".join(map(str, columns))
    return f"'{what}' begins in column {column}, where no field above it does (column {listed}); begin it exactly below the one it belongs beside", (
        number,
        column,
    )


def _among_items(slip: Slip, above: int) -> Told | None:
    """Between the items of a list stands nothing that is not indented as they are.

    `above` is the item before the one at which the parser gave up.
    """
    between = [n for n in slip.above(slip.place[0]) if n > above and _indent(slip.at(n)) < _indent(slip.at(above))]
    field = _FIELD.match(slip.at(between[-1])) if between else None
    if not field:
        return None
    message = f"'{field['name']}' stands between the items of a list; indent it as far as the fields of the item above, or put it below the list"
    return message, (between[-1], field.start("name") + 1)


def _lost_dash(slip: Slip, column: int) -> Told | None:
    """Every item of a list begins with '- ', the first one too.

    `column` is that of the '-' at which the parser gave up, from 0. Where fields stand between it and the name of the list, they were meant as an item.
    """
    above = next(slip.above(slip.place[0]), 0)
    if slip.at(above).startswith(" " * column + "{"):
        return lost_dash(slip.at(above).strip()), (above, column + 1)
    fields = list(takewhile(lambda n: _indent(slip.at(n)) > column, slip.above(slip.place[0])))
    name = _FIELD.match(slip.at(next(slip.above(fields[-1]), 0))) if fields else None
    first = _FIELD.match(slip.at(fields[-1])) if fields else None
    if not first or "-" in first["before"] or not name or name["value"].strip() or name.start("name") > column:
        return None
    return lost_dash(f"{first['name']}: …"), (fields[-1], first.start("name") + 1)


def _indent(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip())


_FIELDS_LOOKED_AT = 12
_KNOWN_BY = 40
"""Characters by which a line is known again."""

_CHECKS: tuple[Callable[[Slip], Told | None], ...] = (
    _tab,
    _other_sign,
    _lone_name,
    _unclosed_quote,
    _first_character,
    _inside,
    _second_document,
    _bracket,
    _goes_on,
    _colon_in_value,
    _no_field,
    _indentation,
)
"""From the one that is surest."""

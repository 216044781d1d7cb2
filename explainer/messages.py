"""Every problem that the code can tell, read from the code itself: its words, how grave it is, and the rule it is about.

A message is a text that reaches `Problem`, an error of ours or a note, on whatever way: as it stands there, through a variable,
or from a helper that returns it, alone or with its place behind it. What varies in it is shown as `…`. The rule is the docstring of the function
in which its words stand.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent

VARIES = "…"
"""What stands in a pattern for what varies."""

VALUES = {
    "did_you_mean": "; did you mean '…'?",
    "_claim_hint": "; did you mean '…'?",
    "_meant_claim": "; did you mean '…'?",
    "spans": "¶…",
    "remark": "",
    "_odd": "",
    **dict.fromkeys(("whose", "_article", "_meaning", "_shown"), VARIES),
}
"""Helpers that put a value into words, with how a pattern shows it. Other helpers give words of the message itself, which are told apart."""

REMARKS = ("odd", "way_out")
"""What may stand behind any text of pydantic's errors, and is no part of it."""

_NOTE = "note"


class Pattern(NamedTuple):
    """What a message looks like: as it is shown, as it is found, how many letters of it are fixed, and the rule it is about."""

    shown: str
    found: str
    letters: int = 0
    rule: str = ""
    is_optional: bool = False

    def __add__(self, other: "Pattern") -> "Pattern":  # type: ignore[override]  # patterns are joined, not made longer
        return Pattern(self.shown + other.shown, self.expression + other.expression, self.letters + other.letters, self.rule or other.rule)

    @property
    def expression(self) -> str:
        """As it is found, or is missing."""
        return f"(?:{self.found})?" if self.is_optional else self.found


_ANY = "(.*?)"
_REMARK = "(; .*?)?"

HOLE = Pattern(VARIES, _ANY)


class Message(NamedTuple):
    """One thing that can be told."""

    pattern: Pattern
    severity: str
    """`error`, `warning` or `note`."""
    inner: bool
    """Whether it may stand inside of another message, as the text of an exception does."""
    place: str
    """Where in the code it is, for a developer."""

    @property
    def shown(self) -> str:
        """Its words."""
        return self.pattern.shown

    def varying(self, told: str) -> list[str] | None:
        """What stands where this varies, or around it; None if it was not this that was told."""
        expression = self.pattern.expression
        match = re.fullmatch(f"(?s:(.*)){expression}(?s:(.*))" if self.inner else expression, told)
        return [text or "" for text in match.groups()] if match else None

    def likeness(self, told: str) -> tuple[int, int]:
        """How many characters of what was told are this message's own; none if it was not this. Of two that have as many, the plainer one was told."""
        varying = self.varying(told)
        return (0, 0) if varying is None else (len(told) - sum(map(len, varying)), -self.pattern.letters)


class Sink(NamedTuple):
    """What is called with a message, and which of its arguments is the message."""

    name: str
    is_method: bool
    place: int
    keyword: str = "message"
    inner: bool = False


SINKS = (
    Sink("PydanticCustomError", False, 1, inner=True),
    Sink("MarkedYAMLError", True, 9, "problem", inner=True),
    Sink("UsageError", True, 0, inner=True),
    Sink("BadParameter", True, 0, inner=True),
    Sink("echo", True, 0),
    Sink("exit", True, 0),
)
"""What tells, outside of our own code. In it, whatever has a `message` tells that, an exception what it is given, and a function the message it hands on."""


@dataclass(eq=False)
class Module:
    """One module as Python reads it."""

    name: str
    tree: ast.Module
    modules: dict[str, "Module"]
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            self.parents |= dict.fromkeys(ast.iter_child_nodes(node), node)

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """What is taken from other modules of ours: the module and the name there."""
        taken = (node for node in ast.walk(self.tree) if isinstance(node, ast.ImportFrom))
        return {alias.asname or alias.name: (node.module or "", alias.name) for node in taken for alias in node.names}

    def named(self, name: str) -> tuple["Module", ast.AST] | None:
        """What a name means at the top of this module: a function, or the value of a constant; and where that is."""
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == name:
                return self, node
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value and any(_names(target, name) for target in _targets(node)):
                return self, node.value
        module, original = self.imports.get(name, ("", ""))
        return self.modules[module].named(original) if module in self.modules else None

    def functions_around(self, node: ast.AST) -> list[ast.FunctionDef]:
        """The functions in which something stands, the innermost first."""
        around = []
        while node := self.parents.get(node):  # type: ignore[assignment]  # the top has none, and ends this
            if isinstance(node, ast.FunctionDef):
                around.append(node)
        return around

    def rule(self, node: ast.AST) -> str:
        """The docstring of the innermost function around something that has one, or of the constant it is in: its first paragraph."""
        texts = [ast.get_docstring(function) for function in self.functions_around(node)]
        for constant, text in pairwise(self.tree.body):
            if isinstance(constant, ast.Assign) and any(inner is node for inner in ast.walk(constant)) and isinstance(text, ast.Expr):
                texts.append(ast.literal_eval(text.value))
        return " ".join(next((text for text in texts if text), "").partition("\n\n")[0].split())


def read_modules(root: Path = ROOT) -> dict[str, Module]:
    """The modules of the program by name."""
    modules: dict[str, Module] = {}
    paths = {path: ".".join(path.relative_to(root).with_suffix("").parts) for path in [*sorted((root / "explainer").rglob("*.py")), root / "build.py"]}
    for path, name in paths.items():
        modules[name] = Module(name, ast.parse(path.read_text(encoding="utf-8")), modules)
    return modules


def messages(modules: dict[str, Module]) -> list[Message]:
    """Everything that the program can tell, in the order of modules and lines."""
    found = []
    sinks = _all_sinks(modules.values())
    for module in modules.values():
        for call, sink, argument in _calls(module, sinks):
            around = module.functions_around(call)
            if _is_parameter(argument, around):
                continue
            found += [_message(pattern, _severity(module, call), sink.inner, module, call) for pattern in _patterns(argument, module, around)]
        for function in ast.walk(module.tree):
            if isinstance(function, ast.FunctionDef) and function.name.lstrip("_").startswith("note_"):
                for node in _noted(function):
                    found += [_message(pattern, _NOTE, False, module, node) for pattern in _patterns(node, module, [function])]
    return [message for message in found if message.pattern.letters]


def _message(pattern: Pattern, severity: str, inner: bool, module: Module, node: ast.AST) -> Message:
    prefix = "error: "
    pattern = pattern._replace(shown=pattern.shown.removeprefix(prefix), found=pattern.found.removeprefix(re.escape(prefix)))
    if pattern.shown == VARIES:
        pattern = HOLE
    return Message(pattern, severity, inner, f"{module.name}:{getattr(node, 'lineno', 0)}")


def _severity(module: Module, call: ast.Call) -> str:
    """A problem that is handed to `warning`, or made as one, is a warning."""
    around = module.parents.get(call)
    made = any(ast.unparse(argument) == "Severity.WARNING" for argument in call.args)
    return "warning" if made or (isinstance(around, ast.Call) and ast.unparse(around.func) == "warning") else "error"


def _noted(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """What a function that gives notes yields, or returns in a list."""
    for node in ast.walk(function):
        if isinstance(node, ast.Yield) and node.value:
            yield node.value
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.ListComp):
            yield node.value.elt


def _all_sinks(modules: Iterable[Module]) -> set[Sink]:
    """Everything that is called with a message: what tells, and what hands its message on to that."""
    sinks = set(SINKS)
    for module in modules:
        sinks |= {sink for node in module.tree.body if isinstance(node, ast.ClassDef) for sink in _of_class(node)}
    before = 0
    while len(sinks) > before:
        before = len(sinks)
        for module in modules:
            for call, _, argument in list(_calls(module, sinks)):
                function = next(iter(module.functions_around(call)), None)
                if function and _is_parameter(argument, [function]):
                    parameters = [parameter.arg for parameter in function.args.args]
                    is_method = parameters[0] == "self"
                    sinks.add(Sink(function.name, is_method, parameters.index(ast.unparse(argument)) - is_method))
    return sinks


def _of_class(node: ast.ClassDef) -> Iterator[Sink]:
    """How a class is made that tells something: it has a field `message`, or is an exception without a way of its own to be made."""
    names = [ast.unparse(inner.target) for inner in node.body if isinstance(inner, ast.AnnAssign)]
    if "message" in names:
        yield Sink(node.name, False, names.index("message"), inner=node.name != "Problem")
    elif any(ast.unparse(base).endswith(("Error", "Exception")) for base in node.bases) and not any(isinstance(inner, ast.FunctionDef) for inner in node.body):
        yield Sink(node.name, False, 0, inner=True)


def _calls(module: Module, sinks: Iterable[Sink]) -> Iterator[tuple[ast.Call, Sink, ast.expr]]:
    """The calls with a message, and the message."""
    by_name = {(sink.name, sink.is_method): sink for sink in sinks}
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
        sink = by_name.get((name, isinstance(node.func, ast.Attribute)))
        if sink is None or (sink.name == "echo" and not any(keyword.arg == "err" for keyword in node.keywords)):
            continue
        arguments = [each for argument in node.args for each in [argument] * (2 if isinstance(argument, ast.Starred) else 1)]  # a line and a column
        given = [keyword.value for keyword in node.keywords if keyword.arg == sink.keyword] or arguments[sink.place : sink.place + 1]
        if given and not (sink.place and isinstance(given[0], ast.Starred)):
            yield node, sink, given[0]


def _is_parameter(argument: ast.expr, around: Sequence[ast.FunctionDef]) -> bool:
    return isinstance(argument, ast.Name) and bool(around) and any(argument.id == parameter.arg for parameter in around[0].args.args)


def _patterns(node: ast.AST, module: Module, around: Sequence[ast.FunctionDef], within: tuple[ast.AST, ...] = ()) -> list[Pattern]:
    """All that an expression can say."""

    def of(inner: ast.AST) -> list[Pattern]:
        return _patterns(inner, module, around, (*within, node))

    if node in within:
        return [HOLE]
    match node:
        case ast.Constant(value=None):
            return []
        case ast.Constant(value=str(text)):
            return [_fixed(text, module, node)]
        case ast.Constant(value=int(number)):
            return [Pattern(str(number), re.escape(str(number)))]
        case ast.JoinedStr(values=values):
            return [_joined(parts) for parts in product(*map(of, values))]
        case ast.FormattedValue(value=value) | ast.NamedExpr(value=value) | ast.Starred(value=value) | ast.Tuple(elts=[value, *_]):
            return of(value)  # with its place, a text comes first
        case ast.BinOp(right=ast.Constant(value=int())):
            return [HOLE]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [_joined(parts) for parts in product(of(left), of(right))]
        case ast.IfExp(body=body, orelse=orelse):
            return _value_or([*of(body), *of(orelse)])
        case ast.BoolOp(op=ast.Or(), values=[*values, last]):
            return _value_or([*(pattern._replace(is_optional=False) for value in values for pattern in of(value)), *of(last)])
        case ast.Name(id=name):
            return _named(name, module, around, (*within, node))
        case ast.Call(func=ast.Name(id=name)) if name in VALUES:
            return [Pattern(VALUES[name], _REMARK if VALUES[name][:1] in ("", ";") else _ANY)]
        case ast.Call(func=function) if called := list(_called(function, module, around)):
            returned = [(there, each, inner.value) for there, each in called for inner in ast.walk(each) if isinstance(inner, ast.Return) and inner.value]
            return _either([pattern for there, each, value in returned for pattern in _patterns(value, there, [each], (*within, node))])
    return [HOLE]


def _called(function: ast.expr, module: Module, around: Sequence[ast.FunctionDef]) -> Iterator[tuple[Module, ast.FunctionDef]]:
    """The functions of ours that a call may call, with their modules: one by its name, with or without its module, or each of a list that is gone through."""
    match function:
        case ast.Name(id=name):
            there = module.named(name)
            loops = [node.iter for outer in around for node in ast.walk(outer) if isinstance(node, ast.For) and _names(node.target, name)]
            for listed in (module.named(loop.id) for loop in loops if isinstance(loop, ast.Name)):
                if listed and isinstance(listed[1], ast.Tuple):
                    for element in listed[1].elts:
                        yield from _called(element, listed[0], [])
        case ast.Attribute(value=ast.Name(id=alias), attr=name) if other := module.modules.get(".".join(module.imports.get(alias, ()))):
            there = other.named(name)
        case _:
            return
    if there and isinstance(there[1], ast.FunctionDef):
        yield there[0], there[1]


def _named(name: str, module: Module, around: Sequence[ast.FunctionDef], within: tuple[ast.AST, ...]) -> list[Pattern]:
    """All that a variable or a constant can say."""
    if around:
        assigned = [value for node in ast.walk(around[0]) for value in _assigned(node, name)]
        if assigned:
            return _either([pattern for value in assigned for pattern in _patterns(value, module, around, within)])
        if any(name == inner.id for inner in ast.walk(around[0]) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)):
            return [HOLE]
        if any(parameter.arg == name for parameter in [*around[0].args.args, *around[0].args.kwonlyargs]):
            return [HOLE]
        return _named(name, module, around[1:], within)
    there = module.named(name)
    return _patterns(there[1], there[0], [], within) if there and not isinstance(there[1], ast.FunctionDef) else [HOLE]


def _assigned(node: ast.AST, name: str) -> Iterator[ast.expr]:
    """What is assigned to a variable at a node."""
    match node:
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
            yield from (value for target, value in zip(targets, values, strict=True) if _names(target, name))
        case ast.Assign(targets=[ast.Tuple(elts=[first, *_])], value=value) if _names(first, name):
            yield value
        case ast.Assign() | ast.NamedExpr() | ast.AnnAssign() if node.value and any(_names(target, name) for target in _targets(node)):
            yield node.value


def _targets(node: ast.Assign | ast.AnnAssign | ast.NamedExpr) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def _names(target: ast.AST, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name


def _fixed(text: str, module: Module, node: ast.AST) -> Pattern:
    """Words of the message as they stand; `{name}` in the text of pydantic's errors varies."""
    around = module.parents.get(node)
    filled = isinstance(around, ast.Call) and ast.unparse(around.func) == "PydanticCustomError"
    behind = re.search(rf"\{{({'|'.join(REMARKS)})\}}$", text) if filled else None
    fixed = re.split(r"\{\w+\}", text[: behind.start()] if behind else text) if filled else [text]
    letters = sum(letter.isalpha() for letter in "".join(fixed))
    found = _ANY.join(map(re.escape, fixed)) + (_REMARK if behind else "")
    return Pattern(VARIES.join(fixed), found, letters, module.rule(node) if letters else "")


def _joined(parts: Iterable[Pattern]) -> Pattern:
    whole = Pattern("", "")
    for part in parts:
        whole += part
    return whole


def _either(patterns: Iterable[Pattern]) -> list[Pattern]:
    """Alternatives, each once; where one of them is nothing, the others may be missing."""
    by_words = {pattern.shown: pattern for pattern in patterns}
    nothing = by_words.pop("", None)
    return [pattern._replace(is_optional=pattern.is_optional or nothing is not None) for pattern in by_words.values()] or [nothing or Pattern("", "")]


def _value_or(patterns: Sequence[Pattern]) -> list[Pattern]:
    """Alternatives in one expression; where one of them is a value, as in `count or "none"`, all are, and so are signs without a letter."""
    is_value = HOLE in patterns or not any(pattern.letters or not pattern.shown for pattern in patterns)
    return [HOLE] if is_value else _either(patterns)

"""JSON Schemas by which a text editor completes, explains and checks what is written: one for each kind of file, in `docs/schemas/`.

They say what a file can tell by itself. What names another file, or compares two fields, only a check of the whole knows.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from explainer.data import to_json
from explainer.frontmatter import read_yaml
from explainer.schema import (
    AgreementFields,
    AnswerFields,
    ClaimFields,
    ConditionFields,
    DisagreementFields,
    EventFields,
    ExpertFields,
    Fields,
    PageFields,
    PlacingFields,
    QuestionFields,
    ReadingFields,
    SiteFields,
    SourceFields,
    TermFields,
    ThemeFields,
    in_words,
    json_schema,
)
from explainer.words import FOLDER, NEEDED

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that every editor's language server for YAML knows."""

KINDS: Mapping[str, tuple[type[Fields], str]] = {
    "site": (SiteFields, "site.yaml"),
    "source": (SourceFields, "content/sources/*.md"),
    "expert": (ExpertFields, "content/experts/*.md"),
    "question": (QuestionFields, "content/questions/*.md"),
    "theme": (ThemeFields, "content/themes/*.md"),
    "answer": (AnswerFields, "content/answers/*/*.md"),
    "claim": (ClaimFields, ""),
    "agreement": (AgreementFields, "content/agreements/*.md"),
    "disagreement": (DisagreementFields, "content/disagreements/*.md"),
    "reading": (ReadingFields, "content/readings/*.md"),
    "page": (PageFields, "content/pages/*.md"),
    "conditions": (ConditionFields, "content/conditions.yaml"),
    "glossary": (TermFields, "content/glossary.yaml"),
    "timeline": (EventFields, "content/timeline.yaml"),
    "second-placing": (PlacingFields, "content/second-placing.yaml"),
}
"""The schemas by name: whose fields each has, and which files it is for. A claim's attributes are no file's."""

WORDS = "words"
"""The schema of the words of the interface."""

NO_DEFAULTS: tuple[tuple[str, Any], ...] = (("default", None), ("default", []))
"""What a field that is left out has; it would be no help to see it written."""

FILES: Mapping[str, str] = {name: files for name, (_, files) in KINDS.items() if files} | {WORDS: f"{FOLDER}/*.yaml"}
"""Which files each schema is for, as a pattern from the project's folder."""


def editor_schemas(root: Path) -> dict[str, bytes]:
    """The schemas by the name of their file; those of the words have what the project in `root` says in English."""
    text = (root / FOLDER / "en.yaml").read_text(encoding="utf-8")
    schemas = {name: schema_of(model, many=files.startswith("content/") and files.endswith(".yaml")) for name, (model, files) in KINDS.items()}
    schemas[WORDS] = schema_of_words(read_yaml(FOLDER, text)[0].fields)
    return {f"{name}.json": to_json({"$schema": DRAFT, **schema}) for name, schema in schemas.items()}


def schema_of(model: type[Fields], *, many: bool = False) -> dict[str, Any]:
    """What may be written for a kind of fields, or in a list of `many` such."""
    schema = json_schema(model)
    fields = _for_editors({name: part for name, part in schema.items() if name not in ("$schema", "$defs")}, schema.get("$defs", {}))
    return {"description": fields["description"], "type": "array", "items": fields} if many else fields


def _for_editors(part: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """A part of a schema as pydantic has it, with definitions put where they are used, and with what an editor shows."""
    if "$ref" in part:
        return _for_editors({**definitions[part["$ref"].rpartition("/")[2]], **{name: value for name, value in part.items() if name != "$ref"}}, definitions)
    if "anyOf" in part:  # a value, or nothing
        value = next(option for option in part["anyOf"] if option != {"type": "null"})
        around = {name: given for name, given in part.items() if name != "anyOf"}
        return _or_nothing(_for_editors({**value, **around}, definitions))
    shown = {name: value for name, value in part.items() if name not in ("title", "minLength", "maxLength") and (name, value) not in NO_DEFAULTS}
    if "properties" in part:
        shown["properties"] = {name: _for_editors(field, definitions) for name, field in part["properties"].items()}
    if "items" in part:
        shown["items"] = _for_editors(part["items"], definitions)
    if "minLength" in part:  # of what is left without the spaces around it
        limit = part.get("maxLength")
        shown["pattern"] = _filled(limit)
        shown["patternErrorMessage"] = f"write something, at most {limit} characters" if limit else "write something"
    elif "pattern" in part:
        shown["patternErrorMessage"] = _message(part)
    if "`" in part.get("description", ""):
        shown["markdownDescription"] = part["description"]
    return _line_or_list(shown) if "items" in part and part["type"] != "array" else shown


def _line_or_list(part: dict[str, Any]) -> dict[str, Any]:
    """A part that may be written in a line or as a list, which are two choices, since editors would begin a list wherever they find items."""
    listed = {"type": "array", "items": part["items"], "minItems": part["minItems"]}
    told: dict[str, Any] = {name: part[name] for name in ("description", "examples") if name in part}
    line = {name: value for name, value in part.items() if name not in (*told, *listed)}
    return {**told, "anyOf": [{"type": [kind for kind in part["type"] if kind != "array"], **line}, listed]}


def _or_nothing(part: dict[str, Any]) -> dict[str, Any]:
    """A part that may also be left empty: `note:` with nothing behind it."""
    types = part["type"] if isinstance(part["type"], list) else [part["type"]]
    return {**part, "type": [*types, "null"], **({"enum": [*part["enum"], None]} if "enum" in part else {})}


def _filled(limit: int | None) -> str:
    """The pattern of a text that is not empty and has at most so many characters, the spaces around it not counted."""
    return rf"^\s*\S(?:[\s\S]{{0,{limit - 2}}}\S)?\s*$" if limit else r"\S"


def _message(part: dict[str, Any]) -> str:
    """What an editor says where a value does not fit its pattern."""
    if "¶" in part["pattern"]:
        return "name paragraphs, as in 26 or 26-28 or 26-28, 30"
    return f"write a date as in {' or '.join(map(str, part['examples']))}" if "examples" in part else in_words(part["pattern"])


def schema_of_words(english: Mapping[str, Any]) -> dict[str, Any]:
    """What may be written in a file of the interface's words: every name that English has, with what English says."""
    return {
        "description": "Every word of the interface in one language. {names} in braces are put in; `one` and `other` are the forms for a number {n}.",
        "type": "object",
        "properties": {name: _word(name, said) for name, said in english.items()},
        "required": list(english),
        "additionalProperties": {"$ref": "#/definitions/word"},
        "definitions": {"word": _forms(r"[^\W0-9]\w*")},
    }


def _word(name: str, said: Any) -> dict[str, Any]:
    """One word, with what it is in English."""
    if name == "months":
        return {"description": f"English: {', '.join(said)}", "type": "array", "minItems": 12, "maxItems": 12}
    shown = " / ".join(f"{form}: {text}" for form, text in said.items()) if isinstance(said, dict) else said
    given = NEEDED.get(name)
    forms = {"$ref": "#/definitions/word"} if given is None else _forms("|".join(given) or "(?!)")
    return {"description": f"English: {shown}", "type": ["string", "object"], "allOf": [forms]}


def _forms(names: str) -> dict[str, Any]:
    """A text, or the forms it has for numbers; braces stand only around such names."""
    text = {
        "pattern": rf"^(?:[^{{}}]|\{{\{{|\}}\}}|\{{(?:{names})(?:![rsa])?(?::[^{{}}]*)?\}})*$",
        "patternErrorMessage": "braces stand only around the names that are put in here",
    }
    return {"type": ["string", "object"], **text, "additionalProperties": {"type": "string", **text}, "required": ["other"]}

"""What is made from the schema: the reference of every file and field in `docs/content.md`, the JSON Schemas for editors, and that of the data.

`python -m explainer.reference` writes them all.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from explainer.data import SCHEMA_FILE, ExplainerData, to_json
from explainer.editor_schemas import editor_schemas
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
    json_schema,
)

ROOT = Path(__file__).parent.parent
REFERENCE_FILE = ROOT / "docs" / "content.md"
EDITOR_SCHEMAS = ROOT / "docs" / "schemas"

KINDS: tuple[type[Fields], ...] = (
    SiteFields,
    SourceFields,
    ExpertFields,
    QuestionFields,
    ThemeFields,
    AnswerFields,
    ClaimFields,
    AgreementFields,
    DisagreementFields,
    ConditionFields,
    ReadingFields,
    TermFields,
    EventFields,
    PlacingFields,
    PageFields,
)
"""Every kind of fields, in the order in which one writes them."""

INTRODUCTION = """\
# Files and fields

<!-- Made from explainer/schema.py by `make docs`; change the words there. -->

A file's name is its slug, its folder is its kind: `content/experts/ada.md` is the expert `ada`. Slugs are small letters, digits and single hyphens.
Markdown files start with front matter between two lines `---`. A field not listed here is a problem, and so is a field that stands twice.
In the line of attributes above a claim, several values stand in quotes with spaces between: `themes="trade alliance"`.
**Bold** fields must be there. Paragraphs of a source are its non-empty lines, counted from 1: `26`, `26-28`, or `"26-28, 30"`.
"""


def reference() -> str:
    """The whole page, as Markdown."""
    return INTRODUCTION + "".join("\n" + section for kind in KINDS for section in _sections(json_schema(kind)))


def _sections(schema: dict[str, Any]) -> Iterator[str]:
    """A kind and the fields within its fields."""
    yield f"## {_first_line(schema)}\n\n{_table(schema)}"
    for inner in schema.get("$defs", {}).values():
        yield f"### {_first_line(inner)}\n\n{_table(inner)}"


def _first_line(schema: dict[str, Any]) -> str:
    return " ".join(str(schema["description"]).split()).rstrip(".")


def _table(schema: dict[str, Any]) -> str:
    """The fields of one kind."""
    required = schema.get("required", ())
    rows = ["| field | what may stand there | what it is |", "| --- | --- | --- |"]
    for name, field in schema["properties"].items():
        shown = f"**`{name}`**" if name in required else f"`{name}`"
        rows.append(f"| {shown} | {_kind(field)} | {' '.join(str(field.get('description', '')).split())} |")
    return "\n".join(rows) + "\n"


def _kind(field: dict[str, Any]) -> str:
    """A field's type in words."""
    if "anyOf" in field:
        return _kind(next(option for option in field["anyOf"] if option.get("type") != "null"))
    if "enum" in field:
        return " or ".join(f"`{value}`" for value in field["enum"])
    if "examples" in field:
        return "paragraphs" if 26 in field["examples"] else "date" if "2021-09" in field["examples"] else "day"
    if "$ref" in field:
        return "fields"
    if field.get("type") == "array":
        return f"list of {_kind(field['items'])}"
    if "pattern" in field:
        background = " or `source#claim`" if ")?#" in field["pattern"] else ""
        return f"claim, as `question/expert#claim`{background}" if "#" in field["pattern"] else "address" if "http" in field["pattern"] else "slug"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}[field["type"]]
    return f"{words}, at most {field['maxLength']} characters" if "maxLength" in field else words


def data_schema() -> bytes:
    """The JSON Schema of `data/explainer.json`."""
    return to_json(json_schema(ExplainerData))


if __name__ == "__main__":
    REFERENCE_FILE.write_text(reference(), encoding="utf-8")
    SCHEMA_FILE.write_bytes(data_schema())
    EDITOR_SCHEMAS.mkdir(exist_ok=True)
    for name, schema in editor_schemas(ROOT).items():
        (EDITOR_SCHEMAS / name).write_bytes(schema)

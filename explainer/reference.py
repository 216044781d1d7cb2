"""What is made from the code: the reference of every file and field, that of `status --json`, the JSON Schemas for editors, and that of the data.

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
from explainer.status import Status

ROOT = Path(__file__).parent.parent
REFERENCE_FILE = ROOT / "docs" / "content.md"
EDITOR_SCHEMAS = ROOT / "docs" / "schemas"

STATUS_FILE = REFERENCE_FILE.with_name("status.md")

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


STATUS = """\
# How far the work is

<!-- Made from explainer/status.py by `make docs`; change the words there, and these in explainer/reference.py. -->

`python build.py status` tells on one screen what is there, what is missing and what comes next. It reads `content/` and `site.yaml` and writes nothing;
templates, links and pictures are for `check`. It reports and does not judge: its exit code is 0 whatever is wrong. Files that cannot be read are named, and
what stands in them is not counted.

In the tables, a number is how many claims an answer has, or on how many of its question's scales it has a stance: `3/4`. `?` is an answer still to be
written: a source has testimony for it. `–` is none, with no testimony either: the expert did not answer. `!` is a file that cannot be read. With many
experts, names become initials; with more, each expert has a row.

`python build.py status --json` has the same as data, with every list in full and in site order. An id is the name of a file, or what stands as `id` in it.
"""


def status_reference() -> str:
    """The page on `status`, as Markdown."""
    return STATUS + "".join("\n" + section for section in _sections(_without_bold(json_schema(Status))))


def _without_bold(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema of which all fields are always there, so that none has to be marked."""
    inner = {name: {**each, "required": ()} for name, each in schema.get("$defs", {}).items()}
    return {**schema, "required": (), "$defs": inner}


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
        if "http" in field["pattern"]:
            return 'address, or `""`' if field["pattern"].endswith(")?$") else "address"
        return f"claim, as `question/expert#claim`{background}" if "#" in field["pattern"] else "slug"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}[field["type"]]
    return f"{words}, at most {field['maxLength']} characters" if "maxLength" in field else words


def data_schema() -> bytes:
    """The JSON Schema of `data/explainer.json`."""
    return to_json(json_schema(ExplainerData))


if __name__ == "__main__":
    REFERENCE_FILE.write_text(reference(), encoding="utf-8")
    STATUS_FILE.write_text(status_reference(), encoding="utf-8")
    SCHEMA_FILE.write_bytes(data_schema())
    EDITOR_SCHEMAS.mkdir(exist_ok=True)
    for name, schema in editor_schemas(ROOT).items():
        (EDITOR_SCHEMAS / name).write_bytes(schema)

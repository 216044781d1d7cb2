"""What the documentation says of the code is what the code does."""

from pathlib import Path

from explainer.reference import KINDS, reference, status_reference
from explainer.schema import json_schema
from tests.helpers import ROOT, command, edit, make_project


def test_the_reference_of_fields_is_made_from_the_schema() -> None:
    assert (ROOT / "docs/content.md").read_text(encoding="utf-8") == reference(), "docs/content.md changed, or the schema has; run make docs"


def test_the_page_on_the_state_is_made_from_its_fields() -> None:
    assert (ROOT / "docs/status.md").read_text(encoding="utf-8") == status_reference(), "docs/status.md changed, or the fields have; run make docs"


def test_every_field_is_explained() -> None:
    """Its docstring is what an editor reads in the reference, and when the field is missing."""
    schemas = [schema for kind in KINDS for schema in (json_schema(kind), *json_schema(kind).get("$defs", {}).values())]
    fields = [(name, field) for schema in schemas for name, field in schema["properties"].items()]
    assert len(fields) > 50
    assert [name for name, field in fields if not field.get("description")] == []


def test_the_readme_shows_a_problem_as_it_is_told(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project")
    edit(root / "content/answers/slogan/hass.md", 'themes="korean-politics alliance" paragraphs=69', 'themes="korean-politics aliance" paragraphs=69')
    assert command("check", "--root", root).stderr.strip() in (ROOT / "README.md").read_text(encoding="utf-8")

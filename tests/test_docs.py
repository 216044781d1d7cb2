"""What the documentation says of the code is what the code does."""

from pathlib import Path

import pytest

from explainer.catalogue import CATALOGUE_FILE
from explainer.reference import KINDS, reference, status_reference
from explainer.schema import json_schema
from tests.examples import Reader, examples, update
from tests.helpers import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "explainer/example/README.md", *sorted(set((ROOT / "docs").glob("*.md")) - {CATALOGUE_FILE})]
"""Every page with examples, but the catalogue of problems: it is made from its examples, and tests/test_catalogue.py runs them."""


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_example_is_true(page: Path, tmp_path: Path) -> None:
    """Followed from the first to the last, as a reader would who does everything; `tests/examples.py` says how an example is marked."""
    shown = list(examples(page))
    reader = Reader(page, tmp_path) if shown else None
    for example in shown:
        assert example.how, f"{example.place}: a comment above this block must say what it is, as tests/examples.py has it"
        assert reader
        reader.follow(example)
    if reader:
        update(page, reader.anew)


def test_there_are_examples() -> None:
    """A page whose blocks are not found would pass."""
    assert len(list(examples(ROOT / "docs/your-own.md"))) > 40
    assert len(list(examples(ROOT / "docs/editing.md"))) > 8
    assert len(list(examples(ROOT / "README.md"))) > 4

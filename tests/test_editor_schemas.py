"""What a text editor accepts is what our own check accepts, as far as one value can tell."""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, ValidationError, validators

from explainer.editor_schemas import FILES, KINDS, WORDS, editor_schemas
from explainer.frontmatter import Ambiguous, Document, read_front_matter, read_yaml
from explainer.problems import ContentError
from explainer.reference import EDITOR_SCHEMAS
from explainer.schema import validate
from explainer.words import read_words
from tests.helpers import ROOT, SITES

SCHEMAS: dict[str, dict[str, Any]] = {name.removesuffix(".json"): json.loads(schema) for name, schema in editor_schemas(ROOT).items()}

ONLY_COMPARED = ("28-26", "1, 1", "1-3, 2", [1, 1], ["2-1"])
"""Paragraphs that fit the pattern and that the check refuses, since it compares their numbers."""

FALLING = ("2021-09", "2021-13")
"""Months that are dates, and as paragraphs such a run."""

POOL: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 7, 26, 999, 1000, 2019, 9999, 10_000, 100_000, 100_001, 1.5),
    *("", " ", "\n", "x", " x ", "Tea", "tea", "tea-cup", "tea--cup", "-tea", "tea ", "tea\n", "té", "A", "ABC", "ABCD", " ABC\n", "a b"),
    *("q/e#c", "q#c", "q/e", "#c", "q/e#C", "q/e#c ", "https://a.example/", "http://", "ftp://a", "https://a b"),
    *(
        "26",
        "26-28",
        "26–28",
        "26-28, 30",
        "¶26",
        " ¶ 26",
        "26,",
        ",26",
        "0",
        "000026",
        "0000026",
        "000000",
        "100000",
        "100001",
        "1-",
        "-3",
        "1 2",
        "26\t-\t28",
    ),
    *("2019", "2021-09", "2021-13", "2021-00", "2024-12-14", "2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "2024-04-31", "2024-1-1", "24", "2019\n"),
    *("testimony", "source", "editor", "supported", "not found", "describes", "reports", "contradiction", "Source", "true", "no"),
    *([], ["x"], ["x", "y"], ["x"] * 7, ["x"] * 8, [1], [1, 2], ["26-28", 30], ["26–28"], ["1, 2"], [None], [True], [[]], [{}], ["tea"], ["q/e#c", "q/f#c"]),
    *({}, {"a": 1}, {"other": "x"}),
    *("x" * 70, "x" * 71, "x" * 240, "x" * 241, f" {'x' * 70}\n", f" {'x' * 240}\n", f"x{' ' * 69}x", f"x{' ' * 238}x", f"x{' ' * 239}x"),
)
"""Values of all sorts, for every field."""


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """A pattern as editors read it: `$` is the end, and not also the place before a last line feed."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


Validator = validators.extend(Draft7Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]  # its types say nothing of it


def accepts(name: str, value: Any) -> bool:
    """Whether an editor finds nothing wrong."""
    return bool(Validator(SCHEMAS[name]).is_valid(value))


def refused(name: str, value: Any) -> list[str]:
    """What our own check says of the fields of a kind, or of the items of a list."""
    document = Document("content/x.md", "", value)
    items = value if "items" in SCHEMAS[name] else (value,)
    return [problem.message for item in items for problem in validate(KINDS[name][0], document, item)[1]]


def as_read(value: Any) -> Any:
    """A value of JSON as our reader would hand it on."""
    if isinstance(value, list):
        return tuple(as_read(item) for item in value)
    if isinstance(value, dict):
        return {name: as_read(item) for name, item in value.items()}
    return Ambiguous(str(value), "a number") if isinstance(value, float) else value


def as_json(value: Any) -> Any:
    """What our reader hands on as an editor sees it: where YAML reads something else than was written, that."""
    if isinstance(value, tuple):
        return [as_json(item) for item in value]
    if isinstance(value, dict):
        return {name: as_json(item) for name, item in value.items()}
    if isinstance(value, Ambiguous):
        known = {"true": True, "false": False, "nothing": None}
        return known[value.meaning] if value.meaning in known else int(value.meaning) if value.meaning.isdecimal() else 0.5
    return value


def sample(schema: dict[str, Any]) -> Any:
    """A value with every field, which the schema accepts."""
    if "anyOf" in schema:
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    if "properties" in schema:
        return {name: sample(field) for name, field in schema["properties"].items()}
    if schema["type"] == "array":
        return [sample(schema["items"])] * schema.get("minItems", 1)
    if "examples" in schema:
        return schema["examples"][0]
    if "pattern" in schema:
        return next(value for value in ("x", "q/e#c", "https://a.example/") if re.search(schema["pattern"], value))
    return False if "boolean" in schema["type"] else 1 if "integer" in schema["type"] else "x"


def variants(value: Any, choices: tuple[Any, ...]) -> Iterator[Any]:
    """A value with each of the choices in each of its places, without each of its fields, and with one too many."""
    yield from choices
    if isinstance(value, dict):
        for name, inner in value.items():
            yield {other: kept for other, kept in value.items() if other != name}
            for changed in variants(inner, choices):
                yield {**value, name: changed}
        yield {**value, "extra": "x"}
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            for changed in variants(inner, choices):
                yield [*value[:n], changed, *value[n + 1 :]]


def test_the_schemas_are_made_from_the_code() -> None:
    kept = {path.name: path.read_bytes() for path in EDITOR_SCHEMAS.iterdir()}
    assert kept == editor_schemas(ROOT), "docs/schemas/ changed, or the code it is made from; run make docs"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_that_every_editor_reads(name: str) -> None:
    """Draft 7, nothing looked up elsewhere, and every field explained."""
    Draft7Validator.check_schema(SCHEMAS[name])
    assert "$defs" not in json.dumps(SCHEMAS[name])
    assert re.findall(r'"\$ref": "(?!#/definitions/)', json.dumps(SCHEMAS[name])) == []
    for part in parts(SCHEMAS[name]):
        assert all(field.get("description") for field in part.get("properties", {}).values())
        assert part.get("additionalProperties") is False or name == WORDS


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """The parts of a schema that have fields."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for inner in schema.values():
            yield from parts(inner)


@pytest.mark.parametrize("name", KINDS)
def test_a_value_with_every_field_is_accepted(name: str) -> None:
    value = sample(SCHEMAS[name])
    assert accepts(name, value)
    assert refused(name, as_read(value)) == []


@pytest.mark.parametrize("name", KINDS)
def test_a_value_is_refused_by_both_or_by_neither(name: str) -> None:
    value = sample(SCHEMAS[name])
    if isinstance(value, list):
        value = value[0]
    for variant in variants(value, POOL):
        written = [variant] if "items" in SCHEMAS[name] else variant
        told = [line for line in refused(name, as_read(written)) if not any(f"'{run}' does not" in line for run in FALLING)]
        assert accepts(name, written) == (told == []), (variant, told)


def test_what_only_the_check_can_tell() -> None:
    """No pattern compares two numbers; should one learn to, the documentation has to say so."""
    for paragraphs in ONLY_COMPARED:
        value = {"paragraphs": paragraphs, "because": "x"}
        assert accepts("answer", {**sample(SCHEMAS["answer"]), "left_out": [value]})
        assert refused("answer", as_read({**sample(SCHEMAS["answer"]), "left_out": [value]}))


@given(st.text("0126-–,¶ ", max_size=12))
def test_paragraphs_are_the_same_to_both(written: str) -> None:
    value = {**sample(SCHEMAS["reading"]), "paragraphs": written}
    told = refused("reading", as_read(value))
    numbers = [int(number) for number in re.findall("[0-9]+", written)]
    if told and numbers != sorted(set(numbers)):
        return  # compared, and so told by the check alone
    assert accepts("reading", value) == (told == [])


@given(st.integers(0, 9999), st.integers(0, 13), st.integers(0, 32))
def test_dates_are_the_same_to_both(year: int, month: int, day: int) -> None:
    for written in (f"{year:04}", f"{year:04}-{month:02}", f"{year:04}-{month:02}-{day:02}"):
        event = {**sample(SCHEMAS["timeline"])[0], "date": written}
        assert accepts("timeline", [event]) == (refused("timeline", as_read([event])) == [])


def written_files() -> Iterator[tuple[Path, str]]:
    """Every file that is written by hand, here and in the sites of the tests, with the name of its schema."""
    for root in (ROOT, *(path for path in SITES.iterdir() if path.is_dir())):
        for name, files in FILES.items():
            yield from ((path, name) for path in sorted(root.glob(files)) if name != WORDS)


WRITTEN = dict(written_files())


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_is_refused_by_both_or_by_neither(path: Path) -> None:
    name = WRITTEN[path]
    document, problems = (read_front_matter if path.suffix == ".md" else read_yaml)(path.name, path.read_text(encoding="utf-8"))
    if problems or not document.fields:
        return  # no YAML, and so nothing for a schema
    assert accepts(name, as_json(document.fields)) == (refused(name, document.fields) == [])


def test_files_of_all_kinds_were_looked_at() -> None:
    assert set(WRITTEN.values()) == set(FILES) - {WORDS}
    assert len(WRITTEN) > 200


def test_every_file_of_the_content_has_one_schema() -> None:
    for path in sorted((ROOT / "content").rglob("*")):
        shown = path.relative_to(ROOT).as_posix()
        if path.is_file() and path.suffix != ".fingerprint":
            fitting = [name for name, files in FILES.items() if fnmatch(shown, files) and shown.count("/") == files.count("/")]
            assert len(fitting) == 1, (shown, fitting)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("home", "Start"),
        ("home", 7),
        ("home", None),
        ("home", "{"),
        ("home", "{}"),
        ("home", "{0}"),
        ("home", "{{x}}"),
        ("home", "{x}}"),
        ("claims_count", {"one": "{n} Aussage", "other": "{n} Aussagen"}),
        ("claims_count", {"one": "{n} Aussage"}),
        ("claims_count", {"other": 7}),
        ("claims_count", ["x"]),
        ("as_of", "Stand: {as_of}"),
        ("as_of", "Stand: {date}"),
        ("question", "{n}"),
        ("months", ["x"] * 12),
        ("months", ["x"] * 11),
        ("months", "x"),
        ("a_new_word", "{whatever}"),
    ],
)
def test_words_are_the_same_to_both(name: str, written: Any, tmp_path: Path) -> None:
    english = json.loads(json.dumps(as_json(read_yaml("en.yaml", (ROOT / "templates/words/en.yaml").read_text(encoding="utf-8"))[0].fields)))
    (tmp_path / "templates/words").mkdir(parents=True)
    (tmp_path / "templates/words/xx.yaml").write_text(json.dumps({**english, name: written}), encoding="utf-8")
    try:
        read_words(tmp_path, "xx", Document("site.yaml", "", {}))
        read = True
    except ContentError:
        read = False
    assert accepts(WORDS, {**english, name: written}) == read


def test_a_word_that_is_missing_is_told() -> None:
    english = read_yaml("en.yaml", (ROOT / "templates/words/en.yaml").read_text(encoding="utf-8"))[0].fields
    assert accepts(WORDS, as_json(english))
    assert not accepts(WORDS, as_json({name: text for name, text in english.items() if name != "home"}))


def test_a_word_is_explained_by_what_it_is_in_english() -> None:
    assert SCHEMAS[WORDS]["properties"]["home"]["description"] == "English: Home"

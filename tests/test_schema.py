"""What a writer is told about a field: what was written, and the way out."""

import pytest

from explainer.frontmatter import read_front_matter
from explainer.schema import AnswerFields, EventFields, ExpertFields, QuestionFields, SiteFields, ThemeFields, json_schema, validate

EXPERT = "name: Ann\nshort: Ann\ninitials: A\norder: 1\n"


def told(model: type, fields: str) -> list[str]:
    """What is wrong with front matter, as `line:column message`."""
    document, problems = read_front_matter("content/x.md", f"---\n{fields}---\n")
    assert problems == []
    return [f"{problem.line}:{problem.column} {problem.message}" for problem in validate(model, document, document.fields)[1]]


def test_right_fields_are_typed() -> None:
    document, _ = read_front_matter("content/x.md", f"---\n{EXPERT}---\n")
    fields, problems = validate(ExpertFields, document, document.fields)
    assert fields == ExpertFields(name="Ann", short="Ann", initials="A", order=1, known=())
    assert problems == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("name: no", "must be text, but YAML reads no as false; put it in quotes"),
        ("name: 12:30", "must be text, but YAML reads 12:30 as"),
        ("name: 7", "must be text, but YAML reads 7 here; put it in quotes"),
        ("name: true", "must be text, but YAML reads true here; put it in quotes"),
        ("name: ~", "must be text, but YAML reads nothing here; put it in quotes"),
        ("name: [Ann]", "must be text, not a list"),
        ("name: {first: Ann}", "must be text, not fields"),
        ("name: ''", "'name' is empty"),
        ("name: '  '", "'name' is empty"),
    ],
)
def test_text_must_be_text(line: str, message: str) -> None:
    (told_once,) = told(ExpertFields, EXPERT.replace("name: Ann", line))
    assert told_once.startswith("2:7 ")
    assert message in told_once


@pytest.mark.parametrize(
    ("model", "text", "message"),
    [
        (ExpertFields, EXPERT.replace("name: Ann", "name:"), "2:6 'name' is still empty; the full name"),
        (ExpertFields, EXPERT.replace("name: Ann", "name:   # later"), "2:6 'name' is still empty; the full name"),
        (ExpertFields, EXPERT.replace("order: 1", "order:"), "5:7 'order' is still empty; the expert's place wherever experts stand side by side"),
        (ExpertFields, EXPERT + "known:\n", "6:7 'known' is still empty; what the sources say of the expert, and nothing else"),
        (ExpertFields, EXPERT + "known:\n  - {text: x, source: talk, paragraphs: }\n", "7:41 'paragraphs' is still empty; in which paragraphs"),
        (ExpertFields, EXPERT + "known:\n  - {text: x, source: '', paragraphs: 1}\n", "7:23 'source' is still empty; where it stands"),
        (
            AnswerFields,
            "source: a\nsummary: b\nparagraphs: 1\nexceptions:\n  - sentences:\n      -\n    because: c\n",
            "7:8 an item of 'sentences' is still empty; the sentences, as they stand in this file. A sentence that is changed needs its exception anew",
        ),
    ],
)
def test_a_field_that_stands_empty_is_told_with_its_meaning(model: type, text: str, message: str) -> None:
    assert told(model, text) == [message]


@pytest.mark.parametrize(("value", "shown"), [("one", "'one'"), ("1.5", "1.5"), ("true", "true"), ("[1]", "a list"), ("'1'", "'1'")])
def test_a_number_must_be_a_number(value: str, shown: str) -> None:
    (told_once,) = told(ExpertFields, EXPERT.replace("order: 1", f"order: {value}"))
    assert told_once.startswith("5:8 'order' must be a whole number")
    assert shown in told_once


def test_all_faults_of_a_file_are_told_at_once() -> None:
    """A misspelt field is one fault, not also a missing one."""
    assert [line.partition(" ")[0] for line in told(ExpertFields, "nam: Ann\nshort: 1\ninitials: Anne\norder: x\n")] == ["3:8", "4:11", "5:8", "2:1"]


def test_an_unknown_field_is_told_at_its_name_with_the_nearest() -> None:
    assert told(ThemeFields, "title: Tea\norder: 1\nsumary: x\nsummary: y\n") == ["4:1 unknown field 'sumary'; did you mean 'summary'?"]


def test_the_nearest_is_looked_for_where_the_field_stands() -> None:
    """A name that is right elsewhere is no help here."""
    fields = "title: Q\nshort: Q\norder: 1\nsource: s\nparagraphs: 1\nscales:\n  - {id: a, titel: A, steps: [one, two]}\n"
    assert any("unknown field 'titel'; did you mean 'title'?" in line for line in told(QuestionFields, fields))


def test_a_missing_field_is_told_with_its_meaning() -> None:
    assert told(ExpertFields, EXPERT.replace("order: 1\n", "")) == ["2:1 'order' is missing; the expert's place wherever experts stand side by side"]


def test_an_alias_is_told_by_the_name_that_is_written() -> None:
    fields = "source: s\nsummary: x\nparagraphs: 1\nstances:\n  - {scale: a, step: 1, because: x, paragraphs: 1, or: {step: 2}}\n"
    lines = told(AnswerFields, fields)
    assert [line.split(" is missing")[0] for line in lines] == ["6:56 'because'", "6:56 'paragraphs'"]


def test_a_field_outside_of_where_it_belongs_is_not_missing_too() -> None:
    fields = "source: s\nsummary: x\nparagraphs: 1\nstances:\n  - {scale: a, step: 1, paragraphs: 1}\nbecause: x\n"
    assert [line.partition(",")[0] for line in told(AnswerFields, fields)] == ["7:1 'because' is a field of 'stances'"]


def test_a_long_summary_is_told_with_both_numbers() -> None:
    assert told(ThemeFields, f"title: Tea\norder: 1\nsummary: {'x' * 241}\n") == ["4:10 'summary' has 241 characters; at most 240 fit"]


def test_a_misspelt_choice_is_told_with_the_nearest() -> None:
    event = "id: a\ndate: 2024\ntitle: x\ntext: y\norigin: {}\n"
    assert told(EventFields, event.format("sorce")) == ["6:9 'origin' cannot be 'sorce'; did you mean 'source'?"]
    assert told(EventFields, event.format("zzz")) == ["6:9 'origin' cannot be 'zzz'; there are: source, editor"]


@pytest.mark.parametrize("date", ["2019", "2021-09", "2024-12-14", "2024-02-29", "2000-02-29", "'0001'"])
def test_dates_that_are(date: str) -> None:
    assert told(EventFields, f"id: a\ndate: {date}\ntitle: x\ntext: y\norigin: editor\n") == []


@pytest.mark.parametrize("date", ["2024-13", "2023-02-29", "1900-02-29", "2024-00", "2024-04-31", "24", "2024-1-1", "14.12.2024", "yesterday", "true", "20241"])
def test_dates_that_are_not(date: str) -> None:
    (line,) = told(EventFields, f"id: a\ndate: {date}\ntitle: x\ntext: y\norigin: editor\n")
    assert line.startswith("3:7 'date' must be a year, month or day")


@pytest.mark.parametrize(
    ("written", "numbers"),
    [("26", (26,)), ("26-28", (26, 27, 28)), ("'26-28, 30'", (26, 27, 28, 30)), ("¶26–27", (26, 27)), ("[30, 26-27]", (26, 27, 30)), ("30, 26", (26, 30))],
)
def test_paragraphs_are_numbers_in_rising_order(written: str, numbers: tuple[int, ...]) -> None:
    document, _ = read_front_matter("content/x.md", f"---\nsource: s\nsummary: x\nparagraphs: {written}\n---\n")
    fields, problems = validate(AnswerFields, document, document.fields)
    assert problems == []
    assert fields
    assert fields.paragraphs == numbers


@pytest.mark.parametrize("written", ["0", "28-26", "two", "1-", "-3", "1000000", "1, 1", "1-3, 2", "''", "[]x", "{a: 1}", "true", "~", "1.5", "1 2"])
def test_paragraphs_that_are_none(written: str) -> None:
    lines = (
        told(AnswerFields, f"source: s\nsummary: x\nparagraphs: {written}\n")
        if written != "[]x"
        else told(AnswerFields, "source: s\nsummary: x\nparagraphs: '[]x'\n")
    )
    assert len(lines) == 1
    assert lines[0].startswith("4:13 'paragraphs' ")


def test_an_empty_list_of_paragraphs_is_told() -> None:
    """An answer's summary rests on a paragraph, and so does every claim."""
    assert told(AnswerFields, "source: s\nsummary: x\nparagraphs: []\n")


@pytest.mark.parametrize("slug", ["Tea", "tea_cup", "-tea", "tea-", "tea--cup", "té", "'tea '"])
def test_a_slug_that_is_none_is_told(slug: str) -> None:
    (line,) = told(AnswerFields, f"source: {slug}\nsummary: x\nparagraphs: 1\n")
    assert "use small letters, digits and single hyphens" in line


def test_a_message_is_one_line() -> None:
    """Whatever was written, a block of several lines included."""
    for line in told(AnswerFields, "source: |\n  a\n  b\nsummary: x\nparagraphs: |\n  a\n  b\n"):
        assert "\n" not in line


def test_too_few_is_told_with_the_number_written() -> None:
    """An item that is wrong in itself still counts as an item."""
    fields = "title: Q\nshort: Q\norder: 1\nsource: s\nparagraphs: 1\nscales:\n  - {id: a, title: A, steps: [one, 2]}\n"
    assert told(QuestionFields, fields) == ["8:36 'steps' must be text, but YAML reads 2 here; put it in quotes"]
    assert any("'steps' needs 2 or more, and has 1" in line for line in told(QuestionFields, fields.replace("[one, 2]", "[one]")))


def test_messages_speak_no_python() -> None:
    """A writer knows no class, no tuple, no string and no integer."""
    lines = [
        *told(QuestionFields, "title: [1]\nshort: {a: 1}\norder: x\nsource: A\nparagraphs: x\nparts: x\nscales:\n  - x\n  - {id: 1, title: '', steps: []}\n"),
        *told(SiteFields, "title: 1\nnavigation: {a: 1}\npairs_limit: -1\nlanguage: 7\n"),
    ]
    assert len(lines) > 10
    for line in lines:
        for word in ("Fields", "tuple", "str_", "Input", "string", "integer", "dict", "NoneType", "None"):
            assert word not in line, line


def test_an_item_that_is_no_fields_is_told_without_the_name_of_a_class() -> None:
    document, _ = read_front_matter("content/x.md", "---\na: 1\n---\n")
    (problem,) = validate(EventFields, document, "breakfast", 0)[1]
    assert "Fields" not in problem.message


def test_schemas_are_of_the_2020_kind() -> None:
    assert json_schema(ThemeFields)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(json_schema(ThemeFields)["required"]) == {"title", "order", "summary"}

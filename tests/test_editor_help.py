"""What VS Code is set up with: the schemas of files, the problems of tasks, and snippets that our own check accepts."""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from explainer.content import link_up
from explainer.documents import read_documents
from explainer.editor_schemas import FILES, editor_schemas
from explainer.problems import Severity
from explainer.source_text import make_fingerprint, write_fingerprint
from tests.helpers import ROOT, SITES, command, make_project, told_by
from tests.serving import serving
from tests.test_sites import laid_over_smallest

FOLDER = ROOT / ".vscode"
SETTINGS = json.loads((FOLDER / "settings.json").read_text(encoding="utf-8"))
TASKS = {task["label"]: task for task in json.loads((FOLDER / "tasks.json").read_text(encoding="utf-8"))["tasks"]}
SNIPPETS = {snippet["prefix"]: snippet for snippet in json.loads((FOLDER / "explainer.code-snippets").read_text(encoding="utf-8")).values()}
VARIABLES = {"CURRENT_YEAR": "2026", "CURRENT_MONTH": "12", "CURRENT_DATE": "01"}

CHOICE = re.compile(r"\$\{(\d+)\|([^|]*)\|\}")
PLACEHOLDER = re.compile(r"\$\{(\d+):([^{}$]*)\}")


def expansions(prefix: str) -> Iterator[str]:
    """A snippet as it stands with what it proposes: once for each of its choices."""
    body = "\n".join(SNIPPETS[prefix]["body"])
    body = re.sub(r"\$([A-Z_]+)", lambda variable: VARIABLES[variable[1]], body)
    choices = [choice.split(",") for _, choice in CHOICE.findall(body)]
    assert len(choices) <= 1, "a second choice would need every pair to be tried"
    for choice in choices[0] if choices else [""]:
        text = re.sub(r"\$\d", "", PLACEHOLDER.sub(r"\2", CHOICE.sub(choice, body)))
        assert "$" not in text, text
        yield text


EXPANDED = [(prefix, text) for prefix in SNIPPETS for text in expansions(prefix)]

ANSWER = "content/answers/question/expert.md"
SOURCE = "content/sources/source.md"
PLACINGS = "- {scale: scale, expert: other, because: This is not spoken of.}\n"
SITE = {
    "site.yaml": "title: Site\ndescription: A site.\nas_of: today\nas_of_note: They spoke today.\npublished: 2026-11-01\nlicense: CC0\nnavigation: []\n",
    "source.txt": "He has words for it.\nMore is said.\nSomething else is said.\nThey differ.\nNobody speaks.\nWhat is it?\n",
    "content/experts/expert.md": "---\nname: Expert\nshort: Expert\ninitials: E\norder: 1\n---\n",
    "content/experts/other.md": "---\nname: Other\nshort: Other\ninitials: O\norder: 2\n---\n",
    "content/themes/theme.md": "---\ntitle: Theme\norder: 1\nsummary: It runs through everything.\n---\n",
    "content/questions/question.md": (
        "---\ntitle: What is it?\nshort: It\norder: 1\nsource: source\nparagraphs: 6\n"
        "scales:\n  - {id: scale, title: How is it?, steps: [So., Otherwise.]}\n---\n"
    ),
    SOURCE: (
        "---\ntitle: Source\nshort: Source\npublisher: nobody\naddress: https://source.example/\ndate: today\ndate_basis: It says so.\nauthors: []\n"
        "genre: Talk\ntrust: It was heard.\norder: 1\nranges:\n"
        "  - {paragraphs: 1-2, kind: testimony, expert: expert, question: question}\n  - {paragraphs: 3, kind: testimony, expert: other, question: question}\n"
        "  - {paragraphs: 4, kind: summary}\n  - {paragraphs: 5, kind: background}\n  - {paragraphs: 6, kind: prompt, question: question}\n---\n"
    ),
    ANSWER: (
        "---\nsource: source\nsummary: It is so.\nparagraphs: 1\nstances:\n  - scale: scale\n    step: 1\n    because: It is said.\n    paragraphs: 1\n"
        "left_out:\n  - {paragraphs: 2, because: It says nothing.}\n---\n\n"
        '{#claim kind=predicts themes=theme paragraphs=1 condition="if this happens"}\n## So it is\n\nThe expert says so.\n'
    ),
    "content/answers/question/other.md": (
        "---\nsource: source\nsummary: It is otherwise.\nparagraphs: 3\nsilent: [scale]\n---\n\n"
        "{#claim kind=describes themes=theme paragraphs=3}\n## Otherwise\n\nThe other says so.\n"
    ),
}
"""A site in which what the snippets propose is there: a source `source`, an expert `expert`, and so on. Where a snippet stands takes the place of something."""

STANCE = "  - scale: scale\n    step: 1\n    because: It is said.\n    paragraphs: 1\n"
PLACES: dict[str, tuple[str, str, str]] = {
    "claim": (ANSWER, "The expert says so.\n", "The expert says so.\n\n@"),
    "claim-if": (ANSWER, "The expert says so.\n", "The expert says so.\n\n@"),
    "claim-reports": (ANSWER, "The expert says so.\n", "The expert says so.\n\n@"),
    "quotation": (ANSWER, "The expert says so.", "The expert has @ for it."),
    "answer": (ANSWER, SITE[ANSWER], "@"),
    "stance": (ANSWER, STANCE, "  @\n"),
    "or": (ANSWER, STANCE, STANCE + "    @\n"),
    "left-out": (ANSWER, "  - {paragraphs: 2, because: It says nothing.}", "  @"),
    "agreement": ("content/agreements/new.md", "", "@"),
    "disagreement": ("content/disagreements/new.md", "", "@"),
    "reading": ("content/readings/new.md", "", "@"),
    "reading-not-found": ("content/readings/new.md", "", "@"),
    "range": (SOURCE, "  - {paragraphs: 1-2, kind: testimony, expert: expert, question: question}", "  @"),
    "range-other": (SOURCE, "  - {paragraphs: 5, kind: background}", "  @"),
    "change": (ANSWER, "stances:\n", "changes:\n  @\nstances:\n"),
    "condition": ("content/conditions.yaml", "", "@\n"),
    "term": ("content/glossary.yaml", "", "@\n"),
    "event": ("content/timeline.yaml", "", "@\n"),
    "placing": ("content/second-placing.yaml", "", "@\n" + PLACINGS),
}
"""Where a snippet is tried: the file, what stands there, and what stands there instead, with the snippet at `@`."""


def project(folder: Path) -> Path:
    """The site of these tests, its quotations verified."""
    (folder / "content").mkdir(parents=True)
    make_project(folder / "other", SITES / "smallest")  # for its templates
    for name in ("templates", "static"):
        (folder / "other" / name).rename(folder / name)
    for path, text in SITE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    made, problems = make_fingerprint(folder, "source", folder / "source.txt")
    assert problems == []
    assert made
    write_fingerprint(folder, made)
    return folder


def put_in(root: Path, prefix: str, text: str) -> None:
    """Puts an expanded snippet where it belongs, its lines indented as an editor does."""
    name, before, after = PLACES[prefix]
    path = root / name
    path.parent.mkdir(exist_ok=True)
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    assert not before or written.count(before) == 1, (prefix, before)
    indent = next(line for line in after.split("\n") if "@" in line).partition("@")[0]
    text = text.replace("\n", "\n" + " " * (len(indent) if not indent.strip() else 0))
    path.write_text(written.replace(before, after.replace("@", text)) if before else after.replace("@", text), encoding="utf-8")


def test_the_site_of_these_tests_has_nothing_wrong(tmp_path: Path) -> None:
    assert told_by(project(tmp_path / "project")) == []


@pytest.mark.parametrize(("prefix", "text"), EXPANDED, ids=lambda value: value if value in SNIPPETS else value.split("\n")[0])
def test_a_snippet_is_accepted_as_it_stands(prefix: str, text: str, tmp_path: Path) -> None:
    """With what it proposes, whichever choice is taken. A new answer may leave paragraphs without a claim, which is a warning."""
    root = project(tmp_path / "project")
    put_in(root, prefix, text)
    documents, problems = read_documents(root)
    problems += link_up(documents, "2026-11-01")[1]
    assert [str(problem) for problem in problems if (prefix, problem.severity) != ("answer", Severity.WARNING)] == []


def test_every_snippet_has_its_place() -> None:
    assert set(PLACES) == set(SNIPPETS)


@pytest.mark.parametrize("prefix", SNIPPETS)
def test_a_snippet_is_offered_where_it_belongs(prefix: str) -> None:
    """In the files it is for, and in their language: VS Code takes front matter for YAML."""
    path, _, after = PLACES[prefix]
    assert any(fnmatch(f"/project/{path}", pattern) for pattern in SNIPPETS[prefix]["include"])
    within_yaml = path.endswith(".yaml") or after.lstrip("-abcdefghijklmnopqrstuvwxyz:\n").startswith("  @")
    assert ("yaml" if within_yaml else "markdown") in SNIPPETS[prefix]["scope"].split(",")
    assert SNIPPETS[prefix]["description"]


def choices(prefix: str) -> set[str]:
    """What a snippet lets one choose from."""
    return {choice for _, listed in CHOICE.findall("\n".join(SNIPPETS[prefix]["body"])) for choice in listed.split(",")}


def test_the_choices_are_those_of_the_schema() -> None:
    """A kind that is added to the schema has to be added to the snippets, or here with the reason."""
    schemas = {name: json.loads(schema) for name, schema in editor_schemas(ROOT).items()}
    claim, reading = schemas["claim.json"]["properties"], schemas["reading.json"]["properties"]
    ranges = schemas["source.json"]["properties"]["ranges"]["items"]["properties"]
    assert choices("claim") | {"reports"} == choices("claim-if") | {"reports"} == set(claim["kind"]["enum"])  # reports has a snippet with `whose`
    assert choices("reading") | {"not found", "misquoted"} == set(reading["verdict"]["enum"])  # one has its own; the other is about words under `quoted`
    assert choices("range-other") | {"testimony"} == set(ranges["kind"]["enum"])
    assert choices("disagreement") == set(schemas["disagreement.json"]["properties"]["type"]["enum"])
    assert choices("term") == choices("event") == set(schemas["glossary.json"]["items"]["properties"]["origin"]["enum"])


def test_every_file_has_its_schema() -> None:
    assert SETTINGS["yaml.schemas"] == {f"docs/schemas/{name}.json": files for name, files in FILES.items()}


def matches(task: str, line: str) -> dict[str, Any] | None:
    """What a task's matcher makes of a line."""
    pattern = TASKS[task]["problemMatcher"]["pattern"]
    found = re.search(pattern["regexp"], line)
    return found and {name: found[group] for name, group in pattern.items() if name != "regexp"}


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("site", ["everything-wrong", "misspelt-theme"])
def test_each_problem_is_found_by_the_tasks(task: str, site: str, tmp_path: Path) -> None:
    """Each at its place, and nothing else: neither the lines shown below problems, nor their count."""
    root = laid_over_smallest(tmp_path / "project", site)
    told = command("check", "--root", root).stderr.splitlines()
    found = [match for line in told if (match := matches(task, line))]
    assert ["{file}:{line}:{column}: {severity}: {message}".format(**match) for match in found] == told_by(root)


def test_the_preview_tells_where_a_build_begins_and_ends(tmp_path: Path) -> None:
    """Whether it went well or not; what is wrong stands between."""
    background = TASKS["preview"]["problemMatcher"]["background"]
    root = make_project(tmp_path / "project", SITES / "smallest")
    theme = root / "content/themes/drinks.md"
    with serving(root) as preview:
        for number, title in enumerate(("titel", "title"), 2):
            theme.write_text(re.sub("^tit[el]+", title, theme.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
            preview.wait_for_builds(number)
    marks = {"begins": background["beginsPattern"], "ends": background["endsPattern"], "problem": TASKS["preview"]["problemMatcher"]["pattern"]["regexp"]}
    found = [name for line in preview.printed for name, pattern in marks.items() if re.search(pattern, line)]
    assert list(dict.fromkeys(found[1:-2])) == ["begins", "problem", "ends"]
    assert (found[0], found[-2:]) == ("ends", ["begins", "ends"])


def test_git_keeps_what_the_editor_is_set_up_with() -> None:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert not any(line.strip("/*").startswith(".vscode") for line in lines)

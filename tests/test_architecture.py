"""Each module imports only from rows above its own; each given package has one door; nothing reads a clock."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import ROOT, SITES, make_project

ROWS = (
    "characters",
    "problems",
    "memory",
    "slips",
    "frontmatter",
    "markup",
    "tokens",
    "certainty",
    "fingerprint",
    "markdown",
    "schema",
    "model",
    "terms",
    "documents",
    "config",
    "texts",
    "checks_of_texts",
    "checks",
    "quotations",
    "entries",
    "belonging",
    "claims",
    "lists",
    "findings",
    "content",
    "source_text",
    "wording",
    "urls",
    "words",
    "citations",
    "pairs",
    "coding",
    "coverage",
    "views.verified",
    "views.parts",
    "views.changes",
    "views.site",
    "views.answer",
    "views.coverage",
    "views.compare",
    "views.conditions",
    "views.expert",
    "views.minutes",
    "views.method",
    "views.home",
    "views.index",
    "views.question",
    "views.reading",
    "views.reference",
    "views.searched",
    "views.source",
    "views.theme",
    "views.card",
    "pages",
    "audience",
    "assets",
    "output",
    "project",
    "drawing",
    "cards",
    "render",
    "hosting",
    "feed",
    "links",
    "search",
    "data",
    "blanks",
    "new",
    "status",
    "watch",
    "serve",
    "commands",
    "editor_schemas",
    "reference",
    "messages",
    "catalogue",
)
"""From the top: a module may import from those before it, and from no other. A new module gets its row here."""

DOORS = {
    "yaml": "frontmatter",
    "markdown_it": "markdown",
    "mdit_py_plugins": "markdown",
    "jinja2": "render",
    "livereload": "serve",
    "tornado": "serve",
    "pydantic": "schema",
    "pydantic_core": "schema",
    "click": "commands",
    "PIL": "drawing",
    "pagefind_bin": "search",
    "pagefind": "search",
}
"""The one module that may import each package."""

CLOCKS = (
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.strftime",
    "time.ctime",
)

MODULES = {
    ".".join(path.relative_to(ROOT / "explainer").with_suffix("").parts): path
    for path in sorted((ROOT / "explainer").rglob("*.py"))
    if path.name != "__init__.py"
} | {"build": ROOT / "build.py"}


def tree(path: Path) -> ast.Module:
    """A module as Python reads it."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """The full names that a module imports, wherever in it, names of what is taken from a module included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(path: Path) -> set[str]:
    """The modules of ours that a module imports."""
    names = {name.removeprefix("explainer.") for name in imported(path) if name.startswith("explainer.")}
    return {module for module in ROWS if any(name == module or name.startswith(f"{module}.") for name in names)}


def test_every_module_has_a_row() -> None:
    assert set(MODULES) - {"build"} == set(ROWS)


@pytest.mark.parametrize("module", ROWS)
def test_modules_import_only_from_rows_above(module: str) -> None:
    above = set(ROWS[: ROWS.index(module)])
    assert own_imports(MODULES[module]) - above == set(), f"{module} imports from its own row or below"


def test_every_import_of_ours_was_seen() -> None:
    """`own_imports` would be blind to a module that it cannot name."""
    for module, path in MODULES.items():
        for name in imported(path):
            if name.startswith("explainer"):
                assert any(f"{name}.".startswith(f"explainer.{row}.") for row in ROWS), f"{module} imports {name}"


@pytest.mark.parametrize("package", DOORS)
def test_each_package_has_one_door(package: str) -> None:
    users = {module for module, path in MODULES.items() if any(name.split(".")[0] == package for name in imported(path))}
    assert users <= {DOORS[package]}, f"{package} is imported by {sorted(users)}; its door is {DOORS[package]}"


def test_doors_are_used() -> None:
    """A door nobody goes through is a dependency nobody needs."""
    for package in ("yaml", "markdown_it", "jinja2", "livereload", "pydantic", "click", "PIL", "pagefind_bin"):
        assert any(name.split(".")[0] == package for name in imported(MODULES[DOORS[package]])), package


def test_pil_is_loaded_only_to_draw(tmp_path: Path) -> None:
    """A build that keeps every card does not pay for it; nor does `check`, nor `--help`."""
    make_project(tmp_path / "project", SITES / "smallest")
    program = "import build, sys; from pathlib import Path; last = build.make_site(Path(sys.argv[1]))[0]; print('PIL.Image' in sys.modules); "
    program += "[sys.modules.pop(name) for name in list(sys.modules) if name.startswith('PIL')]; "
    program += "build.make_site(Path(sys.argv[1]), None, last.get); print('PIL.Image' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "project")], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_livereload_is_imported_only_when_serving() -> None:
    """It takes longer to load than a build of the site takes to begin."""
    bodies = tree(MODULES["build"]).body + tree(MODULES["commands"]).body
    top = [node for node in bodies if isinstance(node, ast.Import | ast.ImportFrom | ast.Try)]
    names = {inner.module for node in top for inner in ast.walk(node) if isinstance(inner, ast.ImportFrom)}
    assert "explainer.pages" in names
    assert "explainer.serve" not in names


@pytest.mark.parametrize("module", MODULES)
def test_nothing_reads_a_clock(module: str) -> None:
    """A page that depends on when it was made cannot be made again."""
    calls = [ast.unparse(node.func) for node in ast.walk(tree(MODULES[module])) if isinstance(node, ast.Call)]
    assert [call for call in calls if call.endswith(CLOCKS)] == []


@pytest.mark.parametrize(
    "module", [name for name in ROWS if name.startswith("views.") or name in ("model", "citations", "pairs", "urls", "pages", "blanks", "status")]
)
def test_the_middle_touches_no_files(module: str) -> None:
    """Values in, values out."""
    names = {name.split(".")[0] for name in imported(MODULES[module])}
    calls = {ast.unparse(node.func) for node in ast.walk(tree(MODULES[module])) if isinstance(node, ast.Call)}
    assert not names & {"os", "pathlib", "io", "shutil", "tempfile", "subprocess", "datetime", "time", "random"}
    assert not calls & {"open", "print", "input"}


def test_only_commands_print() -> None:
    """`reference` is one: `make docs` runs it."""
    for module, path in MODULES.items():
        if module == "reference":
            continue
        calls = {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}
        assert not calls & {"print", "sys.stdout.write", "sys.stderr.write"}, module


def test_the_documentation_lists_the_same_rows() -> None:
    """`docs/architecture.md` shows these rows to the next developer, in this order."""
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| `([a-z_]+)/?` \|", page, flags=re.MULTILINE)
    assert shown == list(dict.fromkeys(row.partition(".")[0] for row in ROWS))

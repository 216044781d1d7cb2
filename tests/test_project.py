"""A project of one's own: what it holds, that it works, and that nothing of ours is in it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from explainer.output import OutputError
from explainer.project import COPIED, make_project, project_files
from tests.helpers import BLANK, ROOT, command, files_in


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the build.py of a project, not ours."""
    program = [sys.executable, "build.py", *arguments]
    return subprocess.run(program, cwd=project, env=os.environ | BLANK, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project as the command makes it."""
    folder = tmp_path_factory.mktemp("made") / "round-table"
    done = command("new", "project", "round-table", cwd=folder.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "round-table is a project now; go there, and read its README.md\n", "")
    return folder


def test_a_project_is_checked_and_built_by_itself(made: Path) -> None:
    """With its own program, and without a word said about it."""
    for arguments in (["check", "--strict", "--source-text", "source-texts/letters.txt"], ["--strict"]):
        done = run(made, *arguments)
        assert (done.returncode, done.stderr) == (0, "")
    assert (made / "_site/answers/umbrellas/vale.html").is_file()
    shutil.rmtree(made / "_site")


def test_the_example_shows_each_thing_once(made: Path) -> None:
    """Documentation by example: a condition, a quotation, stances and silence, an agreement, a disagreement, themes, a word, background."""
    assert run(made, "--output", "site").returncode == 0
    data = json.loads((made / "site/data/explainer.json").read_text(encoding="utf-8"))
    shutil.rmtree(made / "site")
    assert {claim["kind"] for claim in data["claims"]} >= {"describes", "predicts", "recommends"}
    assert any(claim["condition"] for claim in data["claims"])
    assert any(not claim["expert"] for claim in data["claims"])
    quotations = [quotation for claim in data["claims"] for quotation in claim["quotations"]]
    assert quotations
    assert all(quotation["verified"] for quotation in quotations)
    assert {stance["step"] is None for stance in data["stances"]} == {True, False}
    for name in ("agreements", "disagreements", "themes", "terms"):
        assert data[name], name


def test_the_fingerprint_of_the_example_is_that_of_its_text(made: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(made, project)
    assert run(project, "fingerprint", "source-texts/letters.txt", "--source", "letters").returncode == 0
    assert files_in(project / "content") == files_in(made / "content")


def test_a_project_is_made_from_a_made_one(made: Path, tmp_path: Path) -> None:
    """Whoever has one has the program, whole; also without git, and with what Python and an editor leave behind."""
    for leftover in ("explainer/__pycache__/x.pyc", "templates/.home.html.swp", "docs/notes.txt", "content/themes/mine.md"):
        (made / leftover).parent.mkdir(exist_ok=True)
        (made / leftover).write_text("not for others", encoding="utf-8")
    done = run(made, "new", "project", str(tmp_path / "next"))
    assert (done.returncode, done.stderr) == (0, "")
    (made / "content/themes/mine.md").unlink()
    shutil.rmtree(made / "explainer/__pycache__")
    (made / "templates/.home.html.swp").unlink()
    (made / "docs/notes.txt").unlink()
    assert files_in(tmp_path / "next") == files_in(made)


def test_nothing_of_our_content_is_in_it(made: Path) -> None:
    """No name and no place of the shipped explainer, no sentence of it, nothing of its source."""
    content = ROOT / "content"
    ours = {path.stem for folder in ("sources", "experts", "questions", "themes", "agreements", "disagreements") for path in (content / folder).glob("*.md")}
    ours = {slug for slug in ours if "-" in slug} | {path.stem for path in (content / "sources").glob("*.md")}
    ours |= {"South Korea", "Seoul", "Beijing", "Pyongyang"}
    for pattern, folder in ((r"^(?:name|short): (.+)$", "experts"), (r"^## (.+)$", "answers")):
        for path in (content / folder).rglob("*.md"):
            ours |= set(re.findall(pattern, path.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert len(ours) > 100
    sought = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in sorted(ours)), re.IGNORECASE)
    found = {name: match[0] for name, text in files_in(made).items() if not name.endswith((".woff2", ".png")) and (match := sought.search(text.decode()))}
    assert found == {}


def test_its_documentation_leads_nowhere_else(made: Path) -> None:
    """Every link and picture in its Markdown is there."""
    pages = [made / "README.md", *sorted((made / "docs").glob("*.md"))]
    assert len(pages) >= 7
    for page in pages:
        prose = re.sub(r"^```.*?^```$|`[^`\n]+`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)", prose):
            assert target.startswith("https://") or (page.parent / target).exists(), f"{page.name}: {target}"


def test_it_can_be_pushed_as_it_is(made: Path) -> None:
    """The workflow publishes and asks for no tests; the texts of sources stay out of the repository, whatever they are called."""
    workflow = (made / ".github/workflows/pages.yml").read_text(encoding="utf-8")
    assert "make STRICT=1" in workflow
    assert "deploy-pages" in workflow
    assert "make test" not in workflow
    assert [path.name for path in (made / ".github/workflows").iterdir()] == ["pages.yml"]
    if not shutil.which("git"):
        pytest.skip("there is no git")
    (made / "source-texts/secret.txt").write_text("somebody else's words", encoding="utf-8")
    (made / "_site").mkdir()
    (made / "_site/index.html").touch()
    subprocess.run(["git", "init", "--quiet"], cwd=made, check=True)
    subprocess.run(["git", "-c", "core.autocrlf=false", "add", "."], cwd=made, check=True)
    listed = subprocess.run(["git", "ls-files"], cwd=made, capture_output=True, text=True, check=True).stdout.splitlines()
    shutil.rmtree(made / ".git")
    shutil.rmtree(made / "_site")
    (made / "source-texts/secret.txt").unlink()
    assert set(listed) == set(files_in(made)) - {"source-texts/letters.txt"}


def test_its_makefile_needs_no_file_that_is_not_there(made: Path) -> None:
    """What `make` would run there, as make tells without running it."""
    if not shutil.which("make"):
        pytest.skip("there is no make")
    for target in ("site", "serve", "check", "test", "lint", "docs", "clean"):
        told = subprocess.run(["make", "--dry-run", target], cwd=made, capture_output=True, text=True, check=True).stdout
        assert not re.search(r"-m (pytest|ruff|mypy)|install-(browser|checker)", told), target
        for name in re.findall(r"\btools/[\w-]+", told):
            assert (made / name).is_file(), f"{target}: {name}"
        if target == "docs":
            before = files_in(made)
            for module in re.findall(r"-m (explainer\.\w+)", told):
                subprocess.run([sys.executable, "-m", module], cwd=made, env=os.environ | BLANK, check=True)
            assert files_in(made) == before, "what is made from the code is made anew, and is the same"
    assert "check --strict" in subprocess.run(["make", "--dry-run", "test"], cwd=made, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("full", "is not empty (mine.txt is there)"),
        ("file", "is in the way and is not a folder"),
        ("link", "is a link"),
        ("file/below", "cannot be written"),
        (str(ROOT / "content/mine"), "lies inside content/, which belongs to this project"),
        (str(ROOT / "explainer/example/mine"), "lies inside explainer/, which belongs to this project"),
        (".", "is not empty"),
    ],
)
def test_an_unsafe_place_is_refused_by_name(place: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").touch()
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "full", target_is_directory=True)
    before = files_in(tmp_path)
    done = command("new", "project", place, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert files_in(tmp_path) == before


def test_an_empty_folder_will_do_but_not_the_one_one_is_in(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    inside = command("new", "project", ".", cwd=tmp_path / "empty")
    assert (inside.returncode, "is the folder you are in" in inside.stderr) == (3, True)
    assert command("new", "project", "empty", cwd=tmp_path).returncode == 0
    assert (tmp_path / "empty/site.yaml").is_file()


def test_a_project_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full in the middle; nothing is left."""
    written: list[Path] = []
    write = Path.write_bytes

    def fails_in_the_end(path: Path, data: bytes) -> int:
        written.append(path)
        if len(written) > 30:
            raise OSError(28, "No space left on device", str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", fails_in_the_end)
    with pytest.raises(OutputError, match="No space left"):
        make_project(ROOT, tmp_path / "round-table")
    assert list(tmp_path.iterdir()) == []


def test_what_is_missing_from_the_program_is_named(tmp_path: Path) -> None:
    """A copy of the program of which somebody has deleted a part."""
    make_project(ROOT, tmp_path / "tool")
    (tmp_path / "tool/constraints.txt").unlink()
    with pytest.raises(OutputError, match=r"constraints\.txt is missing"):
        make_project(tmp_path / "tool", tmp_path / "round-table")
    assert not (tmp_path / "round-table").exists()


def test_everything_on_the_list_is_there() -> None:
    """And a folder on it is not empty."""
    files = project_files(ROOT)
    for name in COPIED:
        assert any(path == name or (name.endswith("/") and path.startswith(name)) for path in files), name

"""The command line: what it prints where, and the exit codes that tools rely on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import BLANK, ROOT, command, edit, files_in


def test_0_is_done(smallest: Path) -> None:
    done = command("--root", smallest)
    assert (done.returncode, done.stderr) == (0, "")
    assert " pages in " in done.stdout
    assert (smallest / "_site/index.html").is_file()


def test_1_is_a_problem_of_content(smallest: Path) -> None:
    edit(smallest / "content/experts/ann.md", "name: Ann", "nam: Ann")
    done = command("--root", smallest)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("1 error\n")
    assert not (smallest / "_site").exists()


def test_1_is_a_problem_of_configuration(smallest: Path) -> None:
    (smallest / "site.yaml").unlink()
    done = command("--root", smallest)
    assert (done.returncode, done.stderr.startswith("site.yaml:1:1: error: ")) == (1, True)


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("{% extends 'base.html' %}\n{{ view.sumary }}", "2:1"),
        ("\n{% if %}", "2:1"),
        ("{% include 'nothing.html' %}", "1:1"),
        ("{{ t('expertss') }}", "1:1"),
        ("\n\n{{ 1 // 0 }}", "3:1"),
    ],
)
def test_1_is_a_problem_of_templates(smallest: Path, template: str, place: str) -> None:
    """Told at the template's line, not as a traceback."""
    if "extends" in template:
        template = template.replace("{{", "{% block content %}{{").replace("}}", "}}{% endblock %}")
    (smallest / "templates/experts.html").write_text(template, encoding="utf-8")
    done = command("check", "--root", smallest)
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    assert f"templates/experts.html:{place}: error: " in done.stderr


@pytest.mark.parametrize(
    "arguments", [["--nothing"], ["nothing"], ["check", "--output", "x"], ["serve", "--port", "0"], ["serve", "--port", "x"], ["--output"]]
)
def test_2_is_a_wrong_command_line(arguments: list[str]) -> None:
    done = command(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error: " in done.stderr


def test_3_is_an_unsafe_place(smallest: Path) -> None:
    done = command("--root", smallest, "--output", smallest)
    assert (done.returncode, done.stdout, done.stderr.startswith("error: ")) == (3, "", True)


def test_help_is_no_error() -> None:
    done = command("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for word in ("check", "serve", "--output", "--base-url", "--strict"):
        assert word in done.stdout


def test_130_is_an_interruption(smallest: Path) -> None:
    """Ctrl+C before anything is read: the program says nothing and leaves nothing."""
    program = f"import os, signal, sys; sys.argv = ['build.py', '--root', {str(smallest)!r}]\nimport explainer.content, runpy\n"
    program += "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # who starts a test in the background has it ignored
    program += "import explainer.documents\nexplainer.documents.read_documents = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
    program += f"runpy.run_path({str(ROOT / 'build.py')!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=os.environ | BLANK, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "Traceback" in done.stderr, (smallest / "_site").exists()) == (130, False, False)


def test_check_writes_nothing(smallest: Path) -> None:
    before = files_in(smallest)
    done = command("check", "--root", smallest)
    assert (done.returncode, done.stderr) == (0, "")
    assert "pages could be built" in done.stdout
    assert files_in(smallest) == before


@pytest.fixture
def warned(smallest: Path) -> Path:
    """A project with a warning and no error."""
    edit(smallest / "content/experts/ben.md", "order: 2", "order: 1")
    return smallest


def test_a_warning_stops_nothing(warned: Path) -> None:
    done = command("--root", warned)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "1 warning")
    assert (warned / "_site/index.html").is_file()


@pytest.mark.parametrize("arguments", [["--strict"], ["check", "--strict"]])
def test_strict_counts_warnings_as_errors(warned: Path, arguments: list[str]) -> None:
    done = command(*arguments, "--root", warned)
    assert (done.returncode, done.stdout) == (1, "")
    assert not (warned / "_site").exists()


def test_check_does_not_say_that_there_is_nothing_after_a_warning(warned: Path) -> None:
    done = command("check", "--root", warned)
    assert done.returncode == 0
    assert "1 warning" in done.stderr
    assert "no problems" not in done.stdout


@pytest.mark.parametrize("option", ["--root", "--strict", "--base-url", "--output"])
def test_an_option_before_the_command_counts_or_is_refused(warned: Path, option: str) -> None:
    """`build.py --strict check` may not quietly check without it."""
    values: dict[str, list[str]] = {"--root": [str(warned)], "--strict": [], "--base-url": ["https://example.org/"], "--output": ["elsewhere"]}
    done = command(option, *values[option], "check", *([] if option == "--root" else ["--root", str(warned)]))
    if option in ("--root", "--strict"):
        assert "1 warning" in done.stderr or done.returncode == 2, "another project was checked than the one that was named"
    if option == "--strict":
        assert done.returncode in (1, 2), "warnings were to count as errors"
    if option == "--output":
        assert done.returncode == 2, "check writes nothing, so --output means nothing"


def test_problems_are_annotations_on_github_too(smallest: Path) -> None:
    edit(smallest / "content/experts/ann.md", "order: 1", "order: one")
    done = command("check", "--root", smallest, GITHUB_ACTIONS="true")
    assert done.stdout.splitlines() == ["::error file=content/experts/ann.md,line=5,col=8::'order' must be a whole number, not 'one'"]
    assert "content/experts/ann.md:5:8: error: " in done.stderr


def test_very_many_problems_stay_readable_unless_all_are_asked_for(smallest: Path) -> None:
    for n in range(90):
        (smallest / f"content/themes/t{n}.md").write_text(f"---\ntitel{n}: Tea\n---\n", encoding="utf-8")
    some, every = command("check", "--root", smallest), command("check", "--root", smallest, "--all-problems")
    assert some.returncode == every.returncode == 1
    assert some.stderr.splitlines()[-1] == every.stderr.splitlines()[-1]
    assert len(some.stderr) < len(every.stderr) / 3
    assert "--all-problems shows all" in some.stderr


def test_it_works_from_another_folder(smallest: Path) -> None:
    done = command("--root", smallest.name, "--output", "out", cwd=smallest.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert (smallest.parent / "out/index.html").is_file()


def test_a_missing_package_is_said_with_the_way_out(tmp_path: Path) -> None:
    """A reader of the README who runs `python build.py` first."""
    (tmp_path / "click.py").write_text("raise ModuleNotFoundError('no', name='click')", encoding="utf-8")
    done = command("--help", PYTHONPATH=str(tmp_path))
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "the package 'click' is not installed; run 'make'" in done.stderr


def test_every_promised_command_is_there() -> None:
    """`docs/` and the README name no command that the program does not know."""
    known = command("--help").stdout
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for line in page.read_text(encoding="utf-8").splitlines():
            words = line.replace("`", " ").split()
            for n, word in enumerate(words[:-1]):
                if word.endswith("build.py") and words[n + 1].isalpha() and words[n - 1].startswith("python"):
                    assert words[n + 1] in known, f"{page.name}: {line.strip()}"


def test_paragraphs_are_shown_with_the_numbers_they_are_named_by(tmp_path: Path) -> None:
    """Empty lines have none; a text that is none is told."""
    text = tmp_path / "article.txt"
    text.write_text("A talk\n\n  Ann takes tea. \n\n\nBen\x1b takes coffee.\n", encoding="utf-8")
    done = command("paragraphs", text)
    assert done.returncode == 1, "an invisible character"
    text.write_text("A talk\n\n  Ann takes tea. \n\n\nBen takes coffee.\n", encoding="utf-8")
    done = command("paragraphs", text)
    assert (done.returncode, done.stdout, done.stderr) == (0, "¶1 A talk\n¶2 Ann takes tea.\n¶3 Ben takes coffee.\n", "")
    text.write_bytes(b"%PDF-1.7")
    done = command("paragraphs", text)
    assert (done.returncode, done.stdout) == (1, "")
    assert "this is a PDF; save it as plain text" in done.stderr

"""The examples of the documentation, found and followed. Above each block of a page a comment says what it is, which GitHub does not show:

    <!-- example: write PATH -->                 a whole file, which the reader writes
    <!-- example: change PATH -->                lines taken out (-) and put in (+), in a file
    <!-- example: put fields in PATH -->         fields, which the reader adds to a file
    <!-- example: run -->                        commands, which the reader runs
    <!-- example: printed -->                    what they print
    <!-- example: part of PATH -->               stands in a file as it is
    <!-- example: file PATH -->                  a whole file that fits, tried in a copy
    <!-- example: claim in PATH -->              a section that fits an answer, tried in a copy
    <!-- example: fields in PATH -->             fields that fit a file, tried in a copy
    <!-- example: items in PATH -->              items that fit a list, tried in a copy
    <!-- example: told of PATH with X for Y -->  what is told of a slip in a file, tried in a copy
    <!-- example: commands -->                   commands there are; not run, since they need the network, or do not end
    <!-- example: for another program -->        not ours, so not tried
    <!-- example: drawing -->                    neither a file nor a command

And once a page, `<!-- examples in: FOLDER -->`: the project in which they are tried; `nothing` if the page begins with none.
"""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import click
from markdown_it import MarkdownIt

from explainer import commands
from explainer.problems import told
from explainer.project import EXAMPLE
from explainer.project import make_project as make_own_project
from tests.helpers import BLANK, ROOT, make_project, problems_of

UPDATE = os.environ.get("UPDATE") == "1"
REMEDY = "if that is meant, run UPDATE=1 python -m pytest tests/test_docs.py, and read what changed"

_COMMENT = re.compile(r"<!-- example: (.+?) -->")
_PLACE = re.compile(r"^<!-- examples in: (\S+) -->$", re.MULTILINE)
_PORT = "8000"
"""The port of the preview as the pages show it."""


class Example(NamedTuple):
    """A block of a page, and what its comment says that it is."""

    place: str
    how: str
    text: str
    line: int = 0
    """The line of the page on which its text begins, counted from 0."""


def examples(page: Path) -> Iterator[Example]:
    """The blocks of a page in order; `how` is empty if no comment stands above one."""
    comment = ""
    for token in MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8")):
        if token.type in ("fence", "code_block"):
            line = (token.map or [0])[0]
            yield Example(f"{page.name}:{line + 1}", comment, token.content, line + (token.type == "fence"))
        found = _COMMENT.fullmatch(token.content.strip()) if token.type == "html_block" else None
        comment = found[1] if found else ""


class Reader:
    """Somebody who follows a page in a folder of their own."""

    def __init__(self, page: Path, folder: Path) -> None:
        self.folder = folder
        self.copies = 0
        self.printed = ""
        self.anew: dict[Example, str] = {}
        """What is printed in place of what a page shows, if it is to be updated."""
        found = _PLACE.search(page.read_text(encoding="utf-8"))
        assert found, f"{page.name} does not say in which project its examples are tried: <!-- examples in: explainer/example -->"
        if found[1] in ("nothing", EXAMPLE.as_posix()):
            self.root = folder / "explainer"
            make_own_project(ROOT, self.root)
        else:
            self.root = make_project(folder / "project", ROOT / found[1])

    def follow(self, example: Example) -> None:
        """Does what a block says, or looks whether it is true."""
        verb, _, rest = example.how.partition(" ")
        match verb, rest.split():
            case "write", [path]:
                self.path(path).write_text(example.text, encoding="utf-8")
            case "change", [path]:
                change(self.path(path), example)
            case "put", ["fields", "in", path]:
                self.path(path).write_text(with_fields(self.path(path).read_text(encoding="utf-8"), example.text), encoding="utf-8")
            case "run", []:
                self.run(example)
            case "printed", []:
                self.holds(example, self.printed)
            case "part", ["of", path]:
                file = self.root / path if (self.root / path).is_file() else ROOT / path
                assert example.text.strip() in file.read_text(encoding="utf-8"), f"{example.place}: this does not stand in {path}"
            case "file", [path]:
                self.fits(example, path, lambda _: example.text)
            case "claim", ["in", path]:
                self.fits(example, path, lambda text: with_claim(text, example.text))
            case "fields", ["in", path]:
                self.fits(example, path, lambda text: with_fields(text, example.text))
            case "items", ["in", path]:
                self.fits(example, path, lambda text: f"{text.rstrip()}\n{example.text}".lstrip())
            case "told", ["of", path, "with", *_]:
                self.is_told(example, path, *re.findall(r" (?:with|for) `(.+?)`", rest))
            case "commands", []:
                for line in example.text.splitlines():
                    check_command(line, example.place)
            case ("drawing", []) | ("for", ["another", "program"]):
                pass
            case _:
                raise AssertionError(f"{example.place}: say above this block what it is, as tests/examples.py has it, not '{example.how}'")

    def path(self, path: str) -> Path:
        """A path of the project, its folder made."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        return self.root / path

    def copy(self) -> Path:
        """The project once more, to try something in."""
        self.copies += 1
        return Path(shutil.copytree(self.root, self.folder / f"copy-{self.copies}"))

    def fits(self, example: Example, path: str, made: Callable[[str], str]) -> None:
        """Nothing is told of a project in which a file is changed so."""
        file = self.copy() / path
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made(text), encoding="utf-8")
        root = self.folder / f"copy-{self.copies}"
        assert [str(problem) for problem in problems_of(root)] == [], f"{example.place}: this does not fit {path}"

    def is_told(self, example: Example, path: str, slip: str, written: str) -> None:
        """What is told of one slip, and nothing else, is what the page shows."""
        file = self.copy() / path
        text = file.read_text(encoding="utf-8")
        assert text.count(written) == 1, f"{example.place}: '{written}' stands {text.count(written)} times in {path}"
        file.write_text(text.replace(written, slip), encoding="utf-8")
        self.holds(example, f"{told(problems_of(self.folder / f'copy-{self.copies}'))}\n")

    def holds(self, example: Example, printed: str) -> None:
        """What a page shows as printed is what is printed; or it is shown so from now on."""
        if UPDATE:
            self.anew[example] = printed
        else:
            assert printed == example.text, f"{example.place}: printed is something else now; {REMEDY}"

    def run(self, example: Example) -> None:
        """Runs each line as a shell would; `printed` is what they print."""
        self.printed = ""
        for line in example.text.splitlines():
            check_command(line, example.place)
            match shlex.split(line):
                case "cd", folder:
                    self.root = (self.root / folder).resolve()
                    assert self.root.is_dir(), f"{example.place}: {line}"
                case "cp", source, target:
                    shutil.copyfile(self.root / source, self.path(target))
                case "mv", source, target:
                    (self.root / source).rename(self.path(target))
                case "rm", "-r", folder:
                    shutil.rmtree(self.root / folder)
                case "rm", file:
                    (self.root / file).unlink()
                case "python", "build.py", "serve":
                    self.printed += self.serve()
                case "python", *arguments:
                    done = subprocess.run([sys.executable, *arguments], cwd=self.root, env=os.environ | BLANK, stdout=-1, stderr=-2, text=True, check=False)
                    self.printed += done.stdout
                case _:
                    raise AssertionError(f"{example.place}: '{line}' cannot be run here; make it 'commands'")
            assert self.root.is_relative_to(self.folder), f"{example.place}: {line} leads out"

    def serve(self) -> str:
        """What the preview prints before it waits, as if its port had been free."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        program = [sys.executable, "-u", "build.py", "serve", "--port", port]
        printed = ""
        with subprocess.Popen(program, cwd=self.root, env=os.environ | BLANK, stdout=-1, stderr=-2, text=True) as server:
            assert server.stdout
            for line in server.stdout:
                printed += line.replace(port, _PORT)
                if "Ctrl+C" in line:
                    break
            server.terminate()
        return printed


def update(page: Path, anew: dict[Example, str]) -> None:
    """Shows on a page what is printed now; from its end, so that lines keep their numbers."""
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    for example, printed in sorted(anew.items(), key=lambda item: -item[0].line):
        lines[example.line : example.line + len(example.text.splitlines())] = [printed]
    page.write_text("".join(lines), encoding="utf-8")


def change(file: Path, example: Example) -> None:
    """Takes the lines marked - out of a file and puts those marked + in their place."""
    before = "".join(f"{line[1:]}\n" for line in example.text.splitlines() if line[:1] in " -")
    after = "".join(f"{line[1:]}\n" for line in example.text.splitlines() if line[:1] in " +")
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{example.place}: these lines stand {text.count(before)} times in {file.name}"
    file.write_text(text.replace(before, after), encoding="utf-8")


def with_claim(text: str, claims: str) -> str:
    """An answer with these sections at its end, in place of those with their ids."""
    for name in re.findall(r"^\{#([a-z0-9-]+)", claims, flags=re.MULTILINE):
        text = re.sub(rf"^\{{#{name} .*?(?=^\{{#|\Z)", "", text, flags=re.MULTILINE | re.DOTALL)
    return f"{text.rstrip()}\n\n{claims}"


def with_fields(text: str, fields: str) -> str:
    """A file with these fields, in place of those of their names."""
    for name in re.findall(r"^([a-z_]+):", fields, flags=re.MULTILINE):
        text = re.sub(rf"^{name}:.*\n(?:[ #].*\n)*", "", text, flags=re.MULTILINE)
    if not text.startswith("---"):
        return text + fields
    head, rest = text[4:].split("---\n", 1)
    return f"---\n{head}{fields}---\n{rest}"


def check_command(line: str, place: str) -> None:
    """A command that a page shows is there: the command of build.py and its options, the target of make, the file that is named."""
    first = re.split(r"\s{2,}|\s+#", line.strip())[0]
    words = shlex.split(first, posix="\\" not in first)
    program = words.index("build.py") if "build.py" in words else -1
    match words:
        case [*_] if program > 0 and words[program - 1].endswith("python"):
            command: click.Command = commands.main
            rest = words[program + 1 :]
            while rest and isinstance(command, click.Group) and rest[0] in command.commands:
                command = command.commands[rest.pop(0)]
            options = {"--help"} | {option for parameter in command.params for option in parameter.opts}
            given = {word for word in line.split() if re.fullmatch(r"--[a-z][a-z-]*", word)}
            assert given <= options, f"{place}: {sorted(given - options)} is no option of '{command.name}'"
            takes = any(isinstance(parameter, click.Argument) for parameter in command.params)
            assert takes or not rest or rest[0].startswith("-") or rest[0].isupper(), f"{place}: there is no command '{rest[0]}'"
        case ["make", *targets]:
            makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
            known = set(re.findall(r"^([a-z]+)(?= *[a-z]*:)", makefile, flags=re.MULTILINE))
            variables = set(re.findall(r"\$\(([A-Z]+)\)|\bforeach text,\$\(([A-Z]+)\)", makefile))
            for target in targets:
                name, equals, _ = target.partition("=")
                assert (any(name in pair for pair in variables)) if equals else name in known, f"{place}: make has no '{name}'"
        case ["git", name, *_]:
            assert name in ("init", "add", "commit", "push", "remote", "clone"), f"{place}: git {name}"
        case ["cd" | "cp" | "mv" | "rm" | "curl" | "winget" | "brew", *_] | ["sudo", "apt", *_] | [".", ".venv/bin/activate"]:
            pass
        case [".venv\\Scripts\\Activate.ps1"]:
            pass
        case ["python" | "python3" | "py", "-m", "venv" | "pip", *rest]:
            named = [word for word in rest if word.endswith(".txt")]
            assert all((ROOT / name).is_file() for name in named), f"{place}: {line}"
        case [variable, "python", "-m", "pytest", *_] if "=" in variable:
            pass
        case _:
            raise AssertionError(f"{place}: an unknown command, '{line}'")

"""The catalogue of everything that can be told, `docs/problems.md`: the words from the code, the examples from the cases of `tests/problems/`.

`python -m explainer.catalogue` writes it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from explainer.frontmatter import read_yaml
from explainer.messages import ROOT, VARIES, Message, messages, read_modules

CATALOGUE_FILE = ROOT / "docs" / "problems.md"
CASES = ROOT / "tests" / "problems"

SUBJECTS = {
    "site": "`site.yaml` and the whole",
    "files": "Files and their names",
    "yaml": "Front matter and YAML",
    "fields": "Fields and their values",
    "sources": "Sources",
    "experts": "Experts, questions and themes",
    "answers": "Answers and claims",
    "stances": "Stances, and their second placing",
    "findings": "Agreements and disagreements",
    "readings": "Readings",
    "conditions": "Conditions",
    "lists": "Glossary and timeline",
    "quotations": "Quotations and own words",
    "fingerprints": "Fingerprints and source texts",
    "wording": "How sure we sound",
    "changes": "Changes after publication",
    "links": "Links and pictures",
    "templates": "Templates and words",
    "static": "Static files, cards and search",
    "new": "What `build.py new` begins",
    "output": "Where the site is written",
    "command": "The command line",
}
"""Every subject, in the order of the catalogue: the name of its file of cases, and its heading."""

INTRODUCTION = f"""\
# What can be told

<!-- Made by `make docs` from the code, and from the cases in tests/problems/; change the words there. -->

Everything that can be wrong with a project, by subject: the rule; under it, what is told when it is broken, with `{VARIES}` for what varies,
and behind a semicolon the way out; and an example. To find a message, search this page
for a few of its words, without the names and numbers in it.

A problem is told in a line: the file, the line and the column, from 1; whether it is an *error* or a *warning*; what is wrong;
and mostly, behind a semicolon, the way out. Under it stand the line as it is written, and a `^` at the column.
Where a character in what is written is not seen, or only looks like the one that is meant, that is said too, by the name that Unicode gives it.
All problems are told at once, errors before warnings, in the order of files and lines, each once, and then they are counted; of very many, some are shown,
and `--all-problems` shows all. What only follows from a slip is not told: once it is mended, check again.

- An **error** stops the build: nothing is written, and the last good site stays as it is.
- A **warning** stops nothing, but for `--strict`, which counts warnings as errors. Sites are published with it.
- A **note** tells of what was left aside; nothing follows from it.

Exit codes: 0 done; 1 problems in content, configuration or templates; 2 the command line was wrong; 3 the output place is unsafe or cannot be written;
130 interrupted. What Python, YAML, Jinja and the system say themselves stands behind a colon, and is not listed.
"""


_ESCAPED = re.compile(r"[\\`*_{}\[\]<>#]")
_BACKSLASH = r"\\\g<0>"
_PLACE = re.compile(r"^(\S.*?:\d+:\d+: )?([Ee]rror|warning): ")
_AROUND = re.compile(r"Usage: |Try '|(\d+ (error|warning)s?(, )?)+$")
"""What stands around messages: how a command is used, and how many there are."""


class Case(NamedTuple):
    """A slip, and exactly what is told of it."""

    subject: str
    number: int
    """Its place in the file of its subject, from 0."""
    steps: Mapping[str, object]
    """What is changed in the smallest site, in this order: by path a new text, texts to be replaced, or None for a file that is deleted;
    and as `given` what no file can say, such as a port that is taken."""
    run: str | None
    """The command, if what it does is of interest; otherwise the content is checked and no page is made."""
    code: int
    """The exit code of the command."""
    told: str

    @property
    def told_messages(self) -> dict[str, str]:
        """The messages told, without their places; and each as it is told, with the line it is about."""
        found = {}
        for block in re.split(r"\n(?! {4})", self.told):
            if block and not _AROUND.match(block):
                found[_PLACE.sub("", block.partition("\n")[0])] = block
        return found


class Entry(NamedTuple):
    """A message of the catalogue, with everything in the code that tells it."""

    shown: str
    messages: Sequence[Message]
    case: Case
    example: str
    """What is told of it in that case."""
    anchor: str
    """Its place on the page: the words that do not vary; with a number, if another has the same."""

    @property
    def severities(self) -> str:
        """As what it is told; what stands inside of another message, as that."""
        if all(message.inner for message in self.messages):
            return "warning" if ": warning: " in self.example else "error"
        return " or ".join(sorted({message.severity for message in self.messages}))

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules it is about."""
        return tuple(dict.fromkeys(message.pattern.rule for message in self.messages if message.pattern.rule))

    @property
    def head(self) -> str:
        """The fault as it is told, and behind it the way out."""
        fault, mark, way_out = self.shown.partition("; ")
        fence = "``" if "`" in fault else "`"
        before = f"{VARIES} " if fault.startswith(("must ", "names ")) else ""  # behind the name of a field
        return f"**{self.severities}:** {fence}{before}{fault}{fence}{mark}{_ESCAPED.sub(_BACKSLASH, way_out)}"


def read_cases(folder: Path = CASES) -> list[Case]:
    """The cases of all subjects, in the order of the catalogue.

    Raises `ValueError` for a file that is not as it should be.
    """
    cases = []
    for subject in SUBJECTS:
        path = folder / f"{subject}.yaml"
        document, problems = read_yaml(path.name, path.read_text(encoding="utf-8"))
        if problems:
            raise ValueError("\n".join(map(str, problems)))
        for number, fields in enumerate(document.fields):
            steps = {name: value for name, value in fields.items() if name not in ("run", "code", "told")}
            told = (fields["told"] or "").rstrip("\n")
            cases.append(Case(subject, number, steps, fields.get("run"), fields.get("code", 0), told))
    return cases


def told_by(text: str, known: Iterable[Message]) -> Iterator[str]:
    """The patterns of the messages that a told one is: the one with most of its words, and that of the exception in it, if one is."""
    likeness = {message: message.likeness(text) for message in known}
    outer, inner = (max((message for message in likeness if message.inner is inner), key=likeness.__getitem__) for inner in (False, True))
    if any(inner.likeness(part)[0] for part in outer.varying(text) or ()):
        yield from (outer.shown, inner.shown)
    elif (best := max(outer, inner, key=likeness.__getitem__)) and likeness[best][0]:
        yield best.shown


def entries(known: Sequence[Message], cases: Iterable[Case]) -> list[Entry]:
    """The messages for which there is a case, in the order of cases. The example is the first case in which nothing else is told, if there is one."""
    by_words: dict[str, list[Message]] = {}
    for message in known:
        by_words.setdefault(message.shown, []).append(message)
    first: dict[str, tuple[Case, str]] = {}
    for case in sorted(cases, key=lambda case: len(case.told_messages) > 1):
        for text, example in case.told_messages.items():
            for shown in told_by(text, known):
                first.setdefault(shown, (case, example))
    found, anchors = [], Counter[str]()
    for shown, (case, example) in sorted(first.items(), key=lambda item: (list(SUBJECTS).index(item[1][0].subject), item[1][0].number)):
        words = "-".join(re.findall(r"[a-z0-9]+", shown.lower()))
        anchors[words] += 1
        found.append(Entry(shown, by_words[shown], case, example, words if anchors[words] == 1 else f"{words}-{anchors[words]}"))
    return found


def catalogue(known: Sequence[Message], cases: Sequence[Case]) -> str:
    """The whole page, as Markdown."""
    listed = entries(known, cases)
    parts = [INTRODUCTION, "".join(f"- [{title}](#{subject})\n" for subject, title in SUBJECTS.items())]
    for subject, title in SUBJECTS.items():
        parts.append(f'<a id="{subject}"></a>\n\n## {title}\n')
        among = [entry for entry in listed if entry.case.subject == subject]
        for rules in dict.fromkeys(entry.rules for entry in among):
            parts.append("".join(f"> {rule}\n>\n" for rule in rules).removesuffix(">\n"))
            parts += [_shown(entry) for entry in among if entry.rules == rules]
    return "\n".join(parts)


def _shown(entry: Entry) -> str:
    """A message with its example and the way out."""
    return "\n".join([f'<a id="{entry.anchor}"></a>\n{entry.head}\n', *_written(entry), _block(entry.example, "text")])


def _written(entry: Entry) -> Iterator[str]:
    """What was written, as far as the problem itself does not show it."""
    for path, change in entry.case.steps.items():
        if path == "given":
            yield f"Given {change}:\n"
            continue
        changes = change.items() if isinstance(change, Mapping) else ()
        added = [line for before, after in changes for line in str(after or "").split("\n") if line and line not in before.split("\n")]
        text = "\n".join(added) if isinstance(change, Mapping) else str(change or "").rstrip("\n")
        if change is None:
            yield f"Without `{path}`:\n"
        elif not text:
            yield f"`{path}` without this:\n"
            yield _block("\n".join(before.strip("\n") for before, _ in changes), "text")
        elif text.startswith("\n") or any(line.strip() not in entry.example for line in text.split("\n")):
            yield f"`{path}`:\n"
            yield _block(text, "yaml" if path.endswith(".yaml") else "markdown" if path.endswith(".md") else "text")
    if entry.case.run is not None:
        yield _block(f"python build.py {entry.case.run}".rstrip(), "sh")


def _block(text: str, language: str) -> str:
    return f"```{language}\n{text}\n```\n"


if __name__ == "__main__":
    CATALOGUE_FILE.write_text(catalogue(messages(read_modules()), read_cases()), encoding="utf-8")

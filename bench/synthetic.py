"""Writes a synthetic project of any size, valid and the same each time: invented words in the shape of the shipped content."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import click

PROJECT = Path(__file__).resolve().parent.parent

QUESTIONS = 20
ANSWERS_A_FINDING = 50
"""One agreement and one disagreement for so many answers."""

KINDS = ("describes", "predicts", "recommends", "reports")
TYPES = ("contradiction", "condition", "object", "emphasis")


class Speech:
    """Speaks in invented words; the same seed says the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # repeatable is what it has to be
        syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
        words: dict[str, None] = {}  # a set that keeps its order
        while len(words) < 4000:
            words["".join(self.random.choices(syllables, k=self.random.randint(2, 4)))] = None
        self.words = list(words)

    def names(self, number: int) -> list[str]:
        """Different words."""
        return self.random.sample(self.words, number)

    def person(self, slug: str) -> str:
        """A person's full name."""
        return f"{self.phrase(1, 1)} {self.short(slug)}"

    def short(self, slug: str) -> str:
        """What a slug is called where there is little room."""
        return slug.title()

    def condition(self) -> str:
        """What a claim may hang on."""
        return f"if {self.phrase(4, 8).lower()}"

    def phrase(self, least: int, most: int) -> str:
        """Some words, the first with a capital."""
        return " ".join(self.random.choices(self.words, k=self.random.randint(least, most))).capitalize()

    def sentence(self, least: int = 8, most: int = 20) -> str:
        """A phrase with a full stop."""
        return self.phrase(least, most) + "."

    def text(self, least: int, most: int) -> str:
        """Some sentences, one a line."""
        return "\n".join(self.sentence() for _ in range(self.random.randint(least, most)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of everything a project has."""

    experts: int
    questions: int
    findings: int
    """Agreements, and as many disagreements."""
    themes: int = 14
    claims: int = 7
    """Claims of an answer; the shipped answers have seven to nine."""
    terms: int = 30
    events: int = 15


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is asked what: slugs, in site order; and how many claims make an answer."""

    experts: tuple[str, ...]
    questions: tuple[str, ...]
    themes: tuple[str, ...]
    claims: int

    @property
    def length(self) -> int:
        """Paragraphs of an answer: two a claim, so that none is left over."""
        return 2 * self.claims

    def paragraphs(self, expert: int) -> int:
        """The first paragraph of an expert's answer; in each source two of prompt go before all, and a heading before each."""
        return 4 + expert * (self.length + 1)


def size_of(answers: int) -> Size:
    """The size of a project with so many answers."""
    if answers % QUESTIONS or answers < 2 * QUESTIONS:
        raise ValueError(f"{answers} answers; there are {QUESTIONS} questions, so it must be {2 * QUESTIONS}, {3 * QUESTIONS}, {4 * QUESTIONS} …")
    return Size(experts=answers // QUESTIONS, questions=QUESTIONS, findings=max(1, answers // ANSWERS_A_FINDING))


def files(size: Size, speech: Speech) -> Iterator[tuple[str, str]]:
    """The files of a project, as path and text."""
    names = speech.names(size.experts + size.questions + size.themes)
    first_expert = size.questions + size.themes
    cast = Cast(tuple(names[first_expert:]), tuple(names[: size.questions]), tuple(names[size.questions : first_expert]), size.claims)
    yield "site.yaml", site(speech)
    for n, theme in enumerate(cast.themes, 1):
        title = f"title: {speech.short(theme)} {speech.phrase(1, 3)}"
        yield f"content/themes/{theme}.md", document([title, f"order: {n}", f"summary: {speech.sentence()}"], "")
    for n, name in enumerate(cast.experts, 1):
        yield f"content/experts/{name}.md", expert(speech, cast, n)
    for n, name in enumerate(cast.questions, 1):
        yield f"content/sources/{name}-table.md", source(speech, cast, n)
        yield f"content/questions/{name}.md", question(speech, cast, n)
    for n, asked in enumerate(cast.questions):
        for m, answering in enumerate(cast.experts):
            yield f"content/answers/{asked}/{answering}.md", answer(speech, cast, n, m)
    for n in range(1, size.findings + 1):
        yield f"content/agreements/agreement-{n}.md", agreement(speech, cast, n)
        yield f"content/disagreements/disagreement-{n}.md", disagreement(speech, cast, n)
    yield "content/glossary.yaml", glossary(speech, size.terms)
    yield "content/timeline.yaml", timeline(speech, size.events)
    for n, page in enumerate(("about", "method"), 1):
        yield f"content/pages/{page}.md", document([f"title: {speech.phrase(3, 5)}", f"short: {speech.short(page)}", f"order: {n}"], speech.text(20, 30))


def document(fields: Iterable[str], body: str) -> str:
    """A Markdown file with front matter."""
    return "\n".join(["---", *fields, "---", "", body, ""]) if body else "\n".join(["---", *fields, "---", ""])


def site(speech: Speech) -> str:
    """`site.yaml`: everything in the navigation, and the usual limit of pair pages."""
    return f"""\
title: {speech.phrase(3, 5)}
description: {speech.sentence()}
language: en
as_of: early 2025
as_of_note: {speech.sentence()}
navigation: [questions, experts, themes, compare, sources, timeline, glossary, method, about]
pairs_limit: 66
license: CC BY 4.0
"""


def expert(speech: Speech, cast: Cast, n: int) -> str:
    """The n-th expert; initials are three letters, counted through."""
    slug = cast.experts[n - 1]
    initials = "".join(chr(ord("A") + n // 26**place % 26) for place in (2, 1, 0))
    known = [f"  - {{text: {speech.sentence()}, source: {asked}-table, paragraphs: 1}}" for asked in cast.questions[:2]]
    fields = [f"name: {speech.person(slug)}", f"short: {speech.short(slug)}", f"initials: {initials}", f"order: {n}", "known:", *known]
    return document(fields, "")


def source(speech: Speech, cast: Cast, n: int) -> str:
    """The source of the n-th question: its prompt, and each expert's testimony under a heading."""
    asked = cast.questions[n - 1]
    ranges = [f"  - {{paragraphs: 1-2, kind: prompt, question: {asked}}}"]
    for m, name in enumerate(cast.experts):
        first = cast.paragraphs(m)
        ranges.append(f"  - {{paragraphs: {first - 1}, kind: apparatus}}")
        ranges.append(f"  - {{paragraphs: {first}-{first + cast.length - 1}, kind: testimony, expert: {name}, question: {asked}}}")
    fields = [
        f"title: {speech.phrase(5, 8)}",
        f"short: {speech.phrase(2, 2)}",
        f"publisher: {speech.phrase(2, 3)}",
        f"address: https://example.org/{asked}",
        "date: early 2025",
        f"date_basis: {speech.sentence()}",
        "authors: []",
        f"genre: {speech.phrase(3, 5)}",
        f"trust: {speech.sentence()}",
        f"order: {n}",
        "ranges:",
        *ranges,
    ]
    return document(fields, speech.text(2, 4))


def question(speech: Speech, cast: Cast, n: int) -> str:
    """The n-th question, in two parts, with two scales of three steps."""
    slug = cast.questions[n - 1]
    fields = [f"title: {speech.phrase(6, 10)}?", f"short: {speech.phrase(2, 3)}", f"order: {n}", f"source: {slug}-table", "paragraphs: 1-2"]
    parts = ["parts:", *(f"  - {speech.phrase(8, 14)}?" for _ in range(2))]
    scales = ["scales:"]
    for scale in scales_of(slug):
        scales += [f"  - id: {scale}", f"    title: {speech.phrase(5, 9)}?", "    steps:", *(f"      - {speech.sentence()}" for _ in range(3))]
    return document([*fields, *parts, *scales], speech.text(2, 3))


def scales_of(question: str) -> tuple[str, str]:
    """The scales of a question."""
    return f"{question}-one", f"{question}-two"


def answer(speech: Speech, cast: Cast, n: int, m: int) -> str:
    """The m-th expert's answer to the n-th question: a stance on a scale or two, one in five with another reading, and the claims."""
    asked, first = cast.questions[n], cast.paragraphs(m)
    stances = ["stances:"]
    for scale in scales_of(asked)[: speech.random.randint(1, 2)]:
        step = speech.random.randint(1, 3)
        stances += [f"  - scale: {scale}", f"    step: {step}", f"    because: {speech.sentence()}", f"    paragraphs: {first}-{first + 1}"]
        if speech.random.random() < 0.2:
            stances += ["    or:", f"      step: {step % 3 + 1}", f"      because: {speech.sentence()}", f"      paragraphs: {first + 2}"]
    fields = [f"source: {asked}-table", f"summary: {speech.sentence(15, 25)}", f"paragraphs: {first}-{first + 3}", *stances]
    claims = (claim(speech, cast, place, (n + m + place) % len(cast.themes), first + 2 * place) for place in range(cast.claims))
    return document(fields, "\n\n".join(claims))


def claim(speech: Speech, cast: Cast, place: int, theme: int, first: int) -> str:
    """A claim on two paragraphs and two themes, of which the first is given; one in five has a condition."""
    kind = KINDS[speech.random.randrange(len(KINDS))]
    themes = cast.themes[theme], cast.themes[(theme + speech.random.randint(1, len(cast.themes) - 1)) % len(cast.themes)]
    attributes = [f"#claim-{place + 1} kind={kind}", f'themes="{" ".join(themes)}"', f'paragraphs="{first}-{first + 1}"']
    if kind == "reports":
        attributes.append(f'whose="{speech.phrase(2, 4)}"')
    if speech.random.random() < 0.2:
        attributes.append(f'condition="{speech.condition()}"')
    return f"{{{' '.join(attributes)}}}\n## {speech.phrase(4, 7)}\n\n{speech.text(2, 3)}"


def agreement(speech: Speech, cast: Cast, n: int) -> str:
    """The n-th agreement: up to four experts on one question."""
    claims = (f"  - {reference}" for reference in references(speech, cast, 4))
    return document([f"title: {speech.phrase(5, 9)}", f"order: {n}", "claims:", *claims, f"caution: {speech.sentence()}"], speech.text(1, 2))


def disagreement(speech: Speech, cast: Cast, n: int) -> str:
    """The n-th disagreement: two sides of one or two experts each."""
    found = references(speech, cast, 4)
    half = len(found) // 2
    sides = ["sides:"]
    for side in (found[:half], found[half:]):
        sides += [f"  - holds: {speech.sentence()}", f"    claims: [{', '.join(side)}]"]
    fields = [f"title: {speech.phrase(5, 9)}?", f"order: {n}", f"type: {TYPES[n % len(TYPES)]}", *sides, f"both_right: {speech.sentence()}"]
    return document(fields, speech.text(1, 2))


def references(speech: Speech, cast: Cast, most: int) -> list[str]:
    """A claim each of some experts, all on one question."""
    asked = speech.random.choice(cast.questions)
    experts = speech.random.sample(cast.experts, min(most, len(cast.experts)))
    return [f"{asked}/{expert}#claim-{speech.random.randint(1, cast.claims)}" for expert in experts]


def glossary(speech: Speech, terms: int) -> str:
    """So many terms."""
    return "".join(f"- {{id: {term}, term: {speech.short(term)}, origin: editor, meaning: {speech.sentence()}}}\n" for term in speech.names(terms))


def timeline(speech: Speech, number: int) -> str:
    """So many events, one a year."""
    events = enumerate(speech.names(number), 2001)
    return "".join(f'- {{id: {event}, date: "{year}", title: {speech.phrase(4, 8)}, origin: editor, text: {speech.sentence()}}}\n' for year, event in events)


def write_project(root: Path, size: Size, speech: Speech) -> None:
    """Writes a project into an empty folder; templates and static files are the project's own.

    Raises `FileExistsError` if there is something in the folder.
    """
    if root.exists() and any(root.iterdir()):
        raise FileExistsError(f"{root} is not empty")
    for name, text in files(size, speech):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for folder in ("templates", "static"):
        shutil.copytree(PROJECT / folder, root / folder)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--answers", default=1000, show_default=True, help=f"How many answers: a multiple of {QUESTIONS}, the number of questions.")
def main(folder: Path, answers: int) -> None:
    """Write a synthetic project into FOLDER."""
    try:
        size = size_of(answers)
        write_project(folder, size, Speech(answers))
    except (FileExistsError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{answers} answers: {size.experts} experts on {size.questions} questions, {answers * size.claims} claims, in {folder}")


if __name__ == "__main__":
    main()

"""What `build.py new` begins: a file, an item of a list or a claim, with all that can be known filled in, and put where it belongs.

It reads what can be read. A project in which other files are empty or broken is one in which work has just begun.
"""

import os
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from explainer import fingerprint, urls
from explainer.blanks import Known, front_matter, list_items, one_line, quoted
from explainer.characters import as_slug
from explainer.checks import spans
from explainer.config import SITE_FILE
from explainer.documents import NAME_LIMIT, SLUG, Documents, leads_out, read_documents, wrong_name
from explainer.frontmatter import Document, read_front_matter, read_yaml
from explainer.markdown import Section, parse_sections
from explainer.model import runs
from explainer.problems import ContentError, Problem, did_you_mean
from explainer.schema import (
    AgreementFields,
    AnswerFields,
    ClaimFields,
    ConditionFields,
    DisagreementFields,
    EventFields,
    ExpertFields,
    Fields,
    PageFields,
    PlacingFields,
    QuestionFields,
    RangeFields,
    ReadingFields,
    ScaleFields,
    SourceFields,
    TermFields,
    ThemeFields,
    texts_of,
    validate,
)
from explainer.source_text import read_source_text

CHOICES_LIMIT = 200
"""Claims listed to choose from."""

CHECK = "python build.py check"
NEW = "python build.py new"

_Form = TypeVar("_Form", bound=Fields)


class WrongNameError(Exception):
    """What was asked for cannot be named so, or names something that is not there."""


class Addition(NamedTuple):
    """What is to be written."""

    path: str
    """Below `content/`."""
    text: str
    then: str
    """What to do next."""
    appended: bool = False
    """Whether it is put at the end of a file, rather than being one."""
    more: int = 1
    """How many items or sections it adds to that file."""


@dataclass(frozen=True)
class Contents:
    """What could be read of `content/`, whether or not it is right."""

    documents: Documents

    def slugs(self, folder: str) -> list[str]:
        """The names of the files in a folder, unreadable ones too, in site order as far as it is known."""
        found = [path.split("/")[-1].removesuffix(".md") for path in self.documents.paths if path.startswith(f"{folder}/") and path.endswith(".md")]
        orders = {slug: self.fields(f"{folder}/{slug}.md").get("order") for slug in found if SLUG.fullmatch(slug)}
        return sorted(orders, key=lambda slug: (order if isinstance(order := orders[slug], int) else 10**9, slug))

    def fields(self, path: str) -> dict[str, Any]:
        """The fields of a file; none if it cannot be read."""
        document = self.documents.by_path.get(path)
        return document.fields if document and isinstance(document.fields, dict) else {}

    def next_order(self, folder: str) -> Known:
        """The number after the highest in a folder."""
        orders = [order for slug in self.slugs(folder) if isinstance(order := self.fields(f"{folder}/{slug}.md").get("order"), int)]
        return Known(str(max(orders, default=0) + 1))

    def parts(self, path: str, name: str, model: type[_Form]) -> list[_Form]:
        """Those fields within a field that are right."""
        values, document = self.fields(path).get(name), self.documents.by_path.get(path)
        if document is None or not isinstance(values, tuple):
            return []
        return [fields for n, value in enumerate(values) if (fields := validate(model, document, value, name, n)[0])]

    def ranges(self, source: str) -> list[RangeFields]:
        """What the paragraphs of a source are."""
        return self.parts(f"sources/{source}.md", "ranges", RangeFields)

    def paragraphs(self, source: str, **wanted: str) -> list[int]:
        """The paragraphs of a source whose ranges are of this kind, expert, question."""
        return sorted({n for part in self.ranges(source) for n in part.paragraphs if all(getattr(part, name) == value for name, value in wanted.items())})

    def scales(self, question: str) -> list[ScaleFields]:
        """The scales of a question."""
        return self.parts(f"questions/{question}.md", "scales", ScaleFields)

    def items(self, name: str) -> tuple[Any, ...]:
        """The items of a YAML list."""
        document = self.documents.by_path.get(f"{name}.yaml")
        return document.fields if document and isinstance(document.fields, tuple) else ()

    def sections(self, path: str) -> Sequence[Section]:
        """The claims in a file."""
        document = self.documents.by_path.get(path)
        return parse_sections(document)[0].sections if document else ()

    @cached_property
    def answers(self) -> list[tuple[str, str]]:
        """The answers that have a file, as question and expert, in site order."""
        given = {tuple(path.removesuffix(".md").split("/")[1:]) for path in self.documents.paths if path.startswith("answers/")}
        return [(question, expert) for question in self.slugs("questions") for expert in self.slugs("experts") if (question, expert) in given]

    @cached_property
    def claims(self) -> list[tuple[str, Section]]:
        """The claims of all answers with their references."""
        return [
            (f"{question}/{expert}#{section.attributes['id']}", section)
            for question, expert in self.answers
            for section in self.sections(f"answers/{question}/{expert}.md")
            if "id" in section.attributes
        ]


class Request(NamedTuple):
    """What an editor asks for."""

    contents: Contents
    kind: str
    name: str
    question: str | None = None
    """The question whose claims are listed to choose from; None for all."""
    last: int | None = None
    """How many paragraphs the text of the source has, if it was given."""

    def slug(self, written: str, what: str = "") -> str:
        """A name can be part of an address: small letters, digits and single hyphens."""
        if SLUG.fullmatch(written) and len(written) <= NAME_LIMIT:
            if kept := wrong_name(written):
                raise WrongNameError(kept)
            return written
        plain = as_slug(written)
        shown = written if len(written) <= NAME_LIMIT else f"{written[:NAME_LIMIT]}…"
        hint = f"; perhaps '{plain}'" if plain and len(plain) <= NAME_LIMIT else ""
        raise WrongNameError(
            f"'{one_line(shown)}' cannot name {_article(what or self.kind)}: use small letters, digits and single hyphens, at most {NAME_LIMIT} of them{hint}"
        )

    def found(self, kind: str, slug: str) -> str:
        """An expert, a question or a source that is named is there."""
        known = self.contents.slugs(f"{kind}s")
        if self.slug(slug, kind) not in known:
            raise WrongNameError(f"no {kind} '{slug}'{did_you_mean(slug, known) or f'; begin it: {NEW} {kind} {slug}'}")
        return slug

    def answer(self, name: str) -> tuple[str, str]:
        """An answer is named by its question and its expert: `question/expert`."""
        question, slash, expert = name.partition("/")
        if not slash or "/" in expert:
            raise WrongNameError(f"'{one_line(name[:NAME_LIMIT])}' names no answer; write QUESTION/EXPERT")
        return self.found("question", question), self.found("expert", expert)

    def one_of(self, kind: str) -> Known:
        """The one source, expert … there is, or the names to choose from."""
        slugs = self.contents.slugs(f"{kind}s")
        if len(slugs) == 1:
            return Known(quoted(slugs[0]))
        return Known(notes=[f"One of: {', '.join(slugs)}." if slugs else f"There is no {kind} yet; begin one: {NEW} {kind} NAME"])

    def claims(self) -> Known:
        """The experts' claims to choose from."""
        claims = self.contents.claims
        if self.question:
            claims = [(reference, section) for reference, section in claims if reference.startswith(f"{self.question}/")]
        return _choices([(reference, _told(section)) for reference, section in claims], several=not self.question)


def _told(section: Section) -> str:
    """A claim as one chooses it: its heading, whose view it reports, and its condition."""
    whose, condition = section.attributes.get("whose"), section.attributes.get("condition")
    return section.heading.text + (f" (reports: {whose})" if whose else "") + (f" ({condition})" if condition else "")


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _choices(claims: Sequence[tuple[str, str]], *, several: bool = False, none: str = "There is no claim yet to choose from.") -> Known:
    """Claims to choose from, as many as can be read."""
    more = len(claims) - CHOICES_LIMIT
    hint = [f"… and {more} more{'; begun with --question NAME, this file has those of one question' if several else ''}."] if more > 0 else []
    told = ["Take the '#' away before each that is meant.", *hint] if claims else [none]
    return Known(notes=told, choices=claims[:CHOICES_LIMIT], wanted=True)


def _numbers(paragraphs: Sequence[int]) -> str:
    """Paragraphs as they are written: `26-28, 30`."""
    return ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in runs(paragraphs))


FILL_IN = f"fill in what stands empty ({CHECK} lists it)"


def source(asked: Request) -> Addition:
    """A source; its paragraphs are one range, for the editor to divide."""
    one = {
        "paragraphs": Known(f"1-{asked.last}" if asked.last else "", ["These are all; divide them."] if asked.last else ()),
        "expert": Known(notes=_names(asked, "expert")),
        "question": Known(notes=_names(asked, "question")),
    }
    known = {"order": asked.contents.next_order("sources"), "ranges": Known(items=[one])}
    then = f"{FILL_IN}; then python build.py fingerprint TEXT --source {asked.name}"
    below = "Below there may be prose on the source, and claims of its background: python build.py new claim SOURCE#NAME"
    return Addition(f"sources/{asked.name}.md", front_matter(SourceFields, known, below=below), then)


def _names(asked: Request, kind: str) -> list[str]:
    slugs = asked.contents.slugs(f"{kind}s")
    return [f"One of: {', '.join(slugs)}."] if slugs else []


def expert(asked: Request) -> Addition:
    """No expert's name holds `-and-`, which joins two in the address of a pair."""
    if "-and-" in f"-{asked.name}-":
        raise WrongNameError(f"'{asked.name}' holds 'and', which joins two experts in the address of their page; choose another name")
    taken = [str(asked.contents.fields(f"experts/{slug}.md").get("initials", "")) for slug in asked.contents.slugs("experts")]
    known = {
        "initials": Known(notes=[f"Taken: {', '.join(taken)}."] if any(taken) else ()),
        "order": asked.contents.next_order("experts"),
        "known": Known(items=[{"source": Known(notes=_names(asked, "source"))}]),
    }
    then = f"{FILL_IN}; then what the expert answers: {NEW} answer QUESTION/{asked.name}"
    return Addition(f"experts/{asked.name}.md", front_matter(ExpertFields, known, below="Below there may be a note."), then)


def question(asked: Request) -> Addition:
    """A question; where a source says which paragraphs ask it, they are filled in."""
    asking = [slug for slug in asked.contents.slugs("sources") if asked.contents.paragraphs(slug, kind="prompt", question=asked.name)]
    where = Known(_numbers(asked.contents.paragraphs(asking[0], kind="prompt", question=asked.name))) if len(asking) == 1 else Known()
    known = {
        "order": asked.contents.next_order("questions"),
        "source": Known(quoted(asking[0])) if len(asking) == 1 else asked.one_of("source"),
        "paragraphs": where,
        "scales": Known(items=[{}]),
    }
    then = f"{FILL_IN}; then each expert's answer: {NEW} answer {asked.name}/EXPERT"
    return Addition(f"questions/{asked.name}.md", front_matter(QuestionFields, known, below="Below there may be a note."), then)


def theme(asked: Request) -> Addition:
    """A theme."""
    known = {"order": asked.contents.next_order("themes")}
    then = f'{FILL_IN}; then name it in claims: themes="{asked.name}"'
    return Addition(f"themes/{asked.name}.md", front_matter(ThemeFields, known, below="Below there may be a note."), then)


def answer(asked: Request) -> Addition:
    """An answer; where one source has testimony of the expert on the question, it is that one and these paragraphs."""
    question, expert = asked.answer(asked.name)
    testimony = {slug: asked.contents.paragraphs(slug, kind="testimony", expert=expert, question=question) for slug in asked.contents.slugs("sources")}
    speaking = [slug for slug, paragraphs in testimony.items() if paragraphs]
    if len(speaking) == 1:
        source, where = Known(quoted(speaking[0])), Known(_numbers(testimony[speaking[0]]), ["This is the whole testimony; keep what the summary rests on."])
    else:
        source, where = asked.one_of("source"), Known(notes=[f"In {slug}, the testimony is {spans(testimony[slug])}." for slug in speaking])
    scales = asked.contents.scales(question)
    known = {"source": source, "paragraphs": where, "stances": Known(items=[_on_scale(scale) for scale in scales])}
    silent = f"; no source has testimony of '{expert}' on '{question}' yet: add its range to the source" if not speaking else ""
    themes = ", ".join(asked.contents.slugs("themes"))
    below = f"Below, each claim is a section of its own; begin one: {NEW} claim {asked.name}#NAME" + (f". Themes: {themes}." if themes else "")
    then = f"{FILL_IN}{silent}; then its claims: {NEW} claim {asked.name}#NAME"
    return Addition(f"answers/{asked.name}.md", front_matter(AnswerFields, known, below=below), then)


def _on_scale(scale: ScaleFields) -> Mapping[str, Known]:
    """A place on a scale, with its steps to choose from."""
    steps = [f"{n} {step}" for n, step in enumerate(scale.steps, 1)]
    return {"scale": Known(quoted(scale.id), [f"{scale.title} Steps:", *steps])}


def agreement(asked: Request) -> Addition:
    """An agreement."""
    return _finding(asked, "disagreement", AgreementFields, {"claims": asked.claims()})


def disagreement(asked: Request) -> Addition:
    """A disagreement of two sides."""
    claims = asked.claims()
    return _finding(asked, "agreement", DisagreementFields, {"sides": Known(items=[{"claims": claims}, {"claims": claims._replace(notes=())}])})


def _finding(asked: Request, other: str, model: type[Fields], known: Mapping[str, Known]) -> Addition:
    """No agreement and disagreement share their name; both have their address on one page."""
    if asked.name in asked.contents.slugs(f"{other}s"):
        raise WrongNameError(f"{_article(other)} is called '{asked.name}' already, and both stand on one page; choose another name")
    known = {"order": asked.contents.next_order(f"{asked.kind}s"), **known}
    return Addition(f"{asked.kind}s/{asked.name}.md", front_matter(model, known, below="Below, the finding is explained in a few sentences."), FILL_IN)


def reading(asked: Request) -> Addition:
    """A reading of a source with a summary."""
    summaries = {slug: found for slug in asked.contents.slugs("sources") if (found := asked.contents.paragraphs(slug, kind="summary"))}
    one = next(iter(summaries)) if len(summaries) == 1 else None
    experts = asked.contents.slugs("experts")
    own = [(slug, expert, asked.contents.paragraphs(slug, kind="testimony", expert=expert)) for slug in summaries for expert in experts]
    known = {
        "order": asked.contents.next_order("readings"),
        "source": Known(quoted(one)) if one else Known(notes=_names(asked, "source")),
        "overview_paragraphs": Known(notes=[f"The summary of {slug} is {spans(paragraphs)}." for slug, paragraphs in summaries.items()]),
        "experts": Known(
            notes=["Take the '#' away before each that is meant."] if experts else (),
            choices=[(quoted(slug), str(asked.contents.fields(f"experts/{slug}.md").get("name") or "")) for slug in experts],
        ),
        "paragraphs": Known(notes=[f"The testimony of {expert} in {slug} is {spans(paragraphs)}." for slug, expert, paragraphs in own if paragraphs]),
        "claims": asked.claims(),
    }
    none = "" if summaries else "; no source has a range of kind summary yet, and a reading needs one"
    return Addition(f"readings/{asked.name}.md", front_matter(ReadingFields, known, below="Below there may be a note."), FILL_IN + none)


def page(asked: Request) -> Addition:
    """A page of prose is not named like a page that every site has."""
    if f"{asked.name}.html" in (*urls.LISTS.values(), urls.HOME, urls.NOT_FOUND):
        way_out = f"to have it linked, add '{asked.name}' to 'navigation' in site.yaml; or " if asked.name in urls.LISTS else ""
        raise WrongNameError(f"the site makes a page '{asked.name}' itself; {way_out}choose another name")
    known = {"order": asked.contents.next_order("pages")}
    then = f"{FILL_IN}; write the page below the fields, and to have it linked from every page, add '{asked.name}' to 'navigation' in site.yaml"
    return Addition(f"pages/{asked.name}.md", front_matter(PageFields, known, below="Below stands the page."), then)


def condition(asked: Request) -> Addition:
    """A condition, with the claims to choose from that are made under one and stand in no item yet."""
    listed = {
        str(claim)
        for item in asked.contents.items("conditions")
        if isinstance(item, dict) and isinstance(item.get("claims"), tuple)
        for claim in item["claims"]
    }
    background = [
        (f"{slug}#{section.attributes.get('id')}", section)
        for slug in asked.contents.slugs("sources")
        for section in asked.contents.sections(f"sources/{slug}.md")
    ]
    left = [
        (reference, f"{words}: {section.heading.text}")
        for reference, section in [*asked.contents.claims, *background]
        if (words := section.attributes.get("condition")) and reference not in listed
    ]
    claims = _choices(left, none="Every claim with a condition stands in an item already; name those that stand under this one too.")
    return _item_of(asked, "conditions", ConditionFields, {"claims": claims})


def term(asked: Request) -> Addition:
    """A word of the glossary."""
    return _item_of(asked, "glossary", TermFields, {"source": Known(notes=_names(asked, "source"))})


def event(asked: Request) -> Addition:
    """An event of the timeline."""
    return _item_of(asked, "timeline", EventFields, {"source": Known(notes=_names(asked, "source"))})


def _item_of(asked: Request, file: str, model: type[Fields], known: Mapping[str, Known]) -> Addition:
    """No two items of a list, and no two claims of a file, share their name."""
    document = asked.contents.documents.by_path.get(f"{file}.yaml")
    for n, item in enumerate(asked.contents.items(file)):
        if document and isinstance(item, dict) and item.get("id") == asked.name:
            raise ContentError([document.problem(f"'{asked.name}' is in this file already, and nothing was changed; choose another name", n, "id")])
    text = list_items(model, [{"id": Known(quoted(asked.name)), **known}])
    return Addition(f"{file}.yaml", text, FILL_IN, appended=True)


def second_placing(asked: Request) -> Addition:
    """A second placing has an item for every answer on every scale of its question.

    Those that are missing; only of one answer, if it is named.
    """
    answers = [asked.answer(asked.name)] if asked.name else asked.contents.answers
    placed = {(str(item.get("scale")), str(item.get("expert"))) for item in asked.contents.items("second-placing") if isinstance(item, dict)}
    missing = [(question, expert, scale) for question, expert in answers for scale in asked.contents.scales(question) if (scale.id, expert) not in placed]
    if asked.name and answers[0] not in asked.contents.answers:
        raise WrongNameError(f"there is no answer '{asked.name}' yet; begin it: {NEW} answer {asked.name}")
    if not missing:
        message = (
            "nothing is missing: every answer has an item for every scale of its question; correct those that are there"
            if placed
            else "there is no answer to place on a scale yet; write one, and 'scales' in the file of its question"
        )
        raise ContentError([Problem("content/second-placing.yaml", 1, 1, message)])
    items = [{**_on_scale(scale), "expert": Known(quoted(expert)), "paragraphs": _testimony_of(asked, question, expert)} for question, expert, scale in missing]
    then = f"{len(missing)} to place without sight of the stances: 'step' and 'paragraphs' for a place, neither for silence; {CHECK} tells what stands empty"
    return Addition("second-placing.yaml", list_items(PlacingFields, items), then, appended=True, more=len(items))


def _testimony_of(asked: Request, question: str, expert: str) -> Known:
    """A note on where an answer stands."""
    source = asked.contents.fields(f"answers/{question}/{expert}.md").get("source")
    own = asked.contents.paragraphs(source, kind="testimony", expert=expert, question=question) if isinstance(source, str) else []
    return Known(notes=[f"The answer is {spans(own)} of {source}."] if own else ())


def claim(asked: Request) -> Addition:
    """A claim is named `question/expert#claim`, and stands in the file of its answer; one of background `source#claim`, in that of its source."""
    of, hash_sign, name = asked.name.partition("#")
    if not hash_sign:
        raise WrongNameError(f"'{one_line(of[:NAME_LIMIT])}' names no claim; write QUESTION/EXPERT#NAME, or SOURCE#NAME for background")
    if "/" in of:
        question, expert = asked.answer(of)
        if (question, expert) not in asked.contents.answers:
            raise WrongNameError(f"there is no answer '{of}' yet; begin it: {NEW} answer {of}")
        path, wanted = f"answers/{of}.md", {"kind": "testimony", "expert": expert, "question": question}
        slug = asked.contents.fields(path).get("source")
    else:
        slug = asked.found("source", of)
        path, wanted = f"sources/{of}.md", {"kind": "background"}
    asked.slug(name)
    if "/" not in of and re.fullmatch("p[0-9]+", name):
        raise WrongNameError(f"'{name}' is the address of a paragraph on the source's page; choose another name")
    document = asked.contents.documents.by_path.get(path)
    for section in asked.contents.sections(path):
        if document and section.attributes.get("id") == name:
            raise ContentError([document.problem_at(f"'{name}' is in this file already, and nothing was changed; choose another name", section.line)])
    paragraphs = asked.contents.paragraphs(slug, **wanted) if isinstance(slug, str) else []
    empty = " ".join(f'{field.name}=""' for field in texts_of(ClaimFields) if field.required and field.name != "id")
    kinds = ", ".join(next(field.choices for field in texts_of(ClaimFields) if field.name == "kind"))
    themes = ", ".join(asked.contents.slugs("themes")) or f"none yet, {NEW} theme NAME"
    where = f", paragraphs (of {spans(paragraphs)})" if paragraphs else ", paragraphs"
    then = f'kind ({kinds}), themes ({themes}){where}, the heading and the text below it; condition="if …" where it holds only then'
    return Addition(path, f"\n{{#{name} {empty}}}\n## \n", f"fill in {then}", appended=True)


class Kind(NamedTuple):
    """A kind that can be begun."""

    begin: Callable[[Request], Addition]
    model: type[Fields]
    name: str = "NAME"
    """How it is named on the command line."""


KINDS = {
    "source": Kind(source, SourceFields),
    "expert": Kind(expert, ExpertFields),
    "question": Kind(question, QuestionFields),
    "theme": Kind(theme, ThemeFields),
    "answer": Kind(answer, AnswerFields, "QUESTION/EXPERT"),
    "claim": Kind(claim, ClaimFields, "QUESTION/EXPERT#NAME"),
    "agreement": Kind(agreement, AgreementFields),
    "disagreement": Kind(disagreement, DisagreementFields),
    "condition": Kind(condition, ConditionFields),
    "reading": Kind(reading, ReadingFields),
    "term": Kind(term, TermFields),
    "event": Kind(event, EventFields),
    "second-placing": Kind(second_placing, PlacingFields, "[QUESTION/EXPERT]"),
    "page": Kind(page, PageFields),
}
"""Every kind an editor writes, in the order in which one writes them."""


def begin(root: Path, kind: str, name: str, question: str | None = None, source_text: Path | None = None) -> tuple[Path, str]:
    """The command is run in the folder of a project, or is told where one is.

    Begins what is asked for; returns the file, and what to do next.

    Raises `WrongNameError` if the command line was wrong, `ContentError` if something in the content stands in the way, `OSError` if it cannot be written.
    """
    if not (root / "content").is_dir() and not (root / SITE_FILE).is_file():
        raise WrongNameError(f"there is neither {SITE_FILE} nor content/ in '{root}'; run the command in the project's folder, or name it with --root")
    documents, unread = read_documents(root)
    asked = Request(Contents(documents), kind, name, question, _last(source_text) if source_text else None)
    if KINDS[kind].name == "NAME":
        asked.slug(name)
    if question:
        asked.found("question", question)
    addition = KINDS[kind].begin(asked)
    if addition.path in documents.unreadable and addition.appended:
        raise ContentError([problem for problem in unread if problem.path == f"content/{addition.path}"] or unread)
    return _write(root, addition, documents), addition.then


def _last(path: Path) -> int:
    """How many paragraphs the text of a source has."""
    text, problems = read_source_text(path)
    if text is None or problems:
        raise ContentError(problems)
    return len(fingerprint.paragraphs(text))


def _write(root: Path, addition: Addition, documents: Documents) -> Path:
    """Writes a new file, or an old one with more at its end, whole or not at all; returns where."""
    folder = root / "content"
    path = folder / addition.path
    parent = os.path.realpath(path.parent)
    if leads_out(folder, root) or parent != os.path.join(os.path.realpath(folder), *addition.path.split("/")[:-1]):  # noqa: PTH118  # what realpath gave is text
        raise OSError(None, "it is reached by a link; nothing is written through one, so put the folder itself there", str(path))
    if addition.appended and path.exists():
        data = _with_more(path.read_bytes(), addition, documents)
    elif os.path.lexists(path):
        raise _there_already(addition)
    else:
        data = addition.text.lstrip("\n").encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    file = beside.open("xb")  # nothing that is there already is written through, or over
    try:
        with file:
            file.write(data)
        if addition.appended and path.exists():
            shutil.copymode(path, beside)
            os.replace(beside, os.path.realpath(path))  # noqa: PTH105  # the one call that is whole or nothing on every system
        else:
            _put(beside, path, addition)
    finally:
        beside.unlink(missing_ok=True)
    return path


def _put(beside: Path, path: Path, addition: Addition) -> None:
    """Gives a finished file its name, unless there is one of that name by now."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise _there_already(addition) from None
    except OSError:  # a disk without such links
        if os.path.lexists(path):
            raise _there_already(addition) from None
        os.replace(beside, path)  # noqa: PTH105  # as above


def _there_already(addition: Addition) -> ContentError:
    """No file that is there is written over."""
    return ContentError([Problem(f"content/{addition.path}", 1, 1, "this file is there already, and nothing was changed; choose another name")])


def _with_more(old: bytes, addition: Addition, documents: Documents) -> bytes:
    """What is added at the end of a file leaves what stands in it as it is, to the byte, and is read as it was read before; else nothing is changed."""
    end = "\r\n" if b"\r\n" in old else "\n"
    shown, before = f"content/{addition.path}", documents.by_path.get(addition.path)
    is_list = addition.path.endswith(".yaml")
    indented = _indented(addition.text, before) if is_list and before else addition.text
    added = ("" if old.endswith((b"\n", b"\r")) or not old else end) + (indented.replace("\n", end) if old.strip() else indented.lstrip("\n"))
    text = (old + added.encode()).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    read = read_yaml if is_list else read_front_matter
    after, problems = read(shown, text)
    if (
        before is None
        or len(problems) > len(read(shown, before.text)[1])
        or _parts(after)[: -addition.more] != _parts(before)
        or len(_parts(after)) != len(_parts(before)) + addition.more
    ):
        how = "begin each item with '- ' on a line of its own" if is_list else "something there does not end, as a block of code, so end it"
        place = (1, 1) if is_list else (text.count("\n", 0, len(text) - len(added)) + 1, 1)
        raise ContentError([(before or after).problem_at(f"nothing can be added at the end of this file, and nothing was changed; {how}", *place)])
    return old + added.encode()


def _parts(document: Document) -> list[object]:
    """What a file consists of: its items, or its claims with their text."""
    if document.path.endswith(".yaml"):
        return list(document.fields) if isinstance(document.fields, tuple) else [] if document.fields is None else [document.fields]
    return [(section.attributes, section.heading.text, section.prose.text) for section in parse_sections(document)[0].sections]


def _indented(text: str, document: Document) -> str:
    """Lines as far in as the items of a list."""
    column = document.place()[1] - 1 if isinstance(document.fields, tuple) else 0
    return "".join(f"{' ' * column}{line}\n" if line else "\n" for line in text.removesuffix("\n").split("\n"))

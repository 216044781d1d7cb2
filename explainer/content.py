"""Documents to a `Library`: every field typed, every reference followed, and everything that does not fit told at once."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any, Generic, TypeVar

from explainer import checks, fingerprint
from explainer.documents import SLUG, Documents, warning
from explainer.fingerprint import Fingerprint
from explainer.frontmatter import Document, Location
from explainer.markdown import Body, Prose, Section, check_definitions, check_one_file, check_size, parse_prose, parse_sections
from explainer.memory import Memory
from explainer.model import (
    Agreement,
    Answer,
    Change,
    Claim,
    Condition,
    Disagreement,
    Event,
    Expert,
    Known,
    LeftOut,
    Library,
    OtherStep,
    Placing,
    ProsePage,
    Question,
    Range,
    Reading,
    Scale,
    Side,
    Source,
    Stance,
    Tension,
    Term,
    Theme,
    grouped,
)
from explainer.problems import Problem, did_you_mean, has_errors, nearest
from explainer.quotations import attributed, check_attributed, check_own_words, check_quotations
from explainer.schema import (
    AgreementFields,
    AnswerFields,
    ChangeFields,
    ClaimFields,
    ConditionFields,
    DisagreementFields,
    EventFields,
    ExpertFields,
    Fields,
    OtherStepFields,
    PageFields,
    PlacingFields,
    QuestionFields,
    ReadingFields,
    SourceFields,
    StanceFields,
    TermFields,
    ThemeFields,
    validate,
)
from explainer.texts import Bases, Basis, Text, strings, texts_of_fields, texts_of_prose

LIST_LIMIT = 5_000
"""Items of a YAML list."""

TITLED_BY_US = ("questions", "themes", "agreements", "disagreements", "pages")
"""The folders whose titles are of our making, and tell their files apart; a copy of a reading is told by what it reads."""

IDENTITY = {"experts": ("name", "short", "initials"), "questions": ("title", "scales")}
"""What a file and its copy have in common, by folder: two of these."""

KINDS: dict[str, tuple[type[Fields], str]] = {
    "sources": (SourceFields, "a source"),
    "experts": (ExpertFields, "an expert"),
    "questions": (QuestionFields, "a question"),
    "themes": (ThemeFields, "a theme"),
    "answers": (AnswerFields, "an answer"),
    "agreements": (AgreementFields, "an agreement"),
    "disagreements": (DisagreementFields, "a disagreement"),
    "readings": (ReadingFields, "a reading"),
    "pages": (PageFields, "a page"),
}
"""The folders, what the fields of their files are, and what such a file is called."""

ITEMS: dict[str, type[Fields]] = {"glossary": TermFields, "timeline": EventFields, "conditions": ConditionFields, "second-placing": PlacingFields}
"""The lists, and what the fields of their items are."""

CLAIM = re.compile(r"[a-z0-9-]+/[a-z0-9-]+#[a-z0-9-]+")
_Form = TypeVar("_Form", bound=Fields)
_Noun = TypeVar("_Noun")


@dataclass(frozen=True, slots=True)
class Entry(Generic[_Form]):
    """A document whose fields are typed; its slug is its file's name."""

    document: Document
    fields: _Form

    @property
    def slug(self) -> str:
        """The file's name without its ending."""
        return self.document.path.rpartition("/")[2].removesuffix(".md")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRead:
    """An answer before it is linked: its file says whose it is and on what, whether or not they are there."""

    question: str
    expert: str
    document: Document
    body: Body
    fields: AnswerFields | None
    """None if they could not be read."""
    claims: tuple[tuple[Document, ClaimFields, Section], ...]
    is_sound: bool
    """Whether nothing is wrong with it by itself."""

    @property
    def name(self) -> str:
        """As claims name it."""
        return f"{self.question}/{self.expert}"

    @property
    def paragraphs(self) -> frozenset[int]:
        """All that it rests on."""
        parts = [] if self.fields is None else [self.fields.paragraphs, *(stance.paragraphs for stance in self.fields.stances)]
        return frozenset(number for part in [*parts, *(fields.paragraphs for _, fields, _ in self.claims)] for number in part)


@dataclass(slots=True)
class Linking:
    """What is known while documents become nouns. Nouns by slug; claims by reference, None for one that could not be read."""

    documents: Documents
    published: str | None = None
    """The day of publication, if `site.yaml` tells it."""
    memory: Memory = field(default_factory=Memory)
    static: Collection[str] | None = None
    """The names of the static files, if they are known."""
    problems: list[Problem] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    experts: dict[str, Expert] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    claims: dict[str, Claim | None] = field(default_factory=dict)
    conditional: dict[Claim, Document] = field(default_factory=dict)
    """The claims with a condition, in the order read, each with its document as seen from it."""
    unsure: set[str] = field(default_factory=set)
    """Answers, as `question/expert`, and sources some claims of which could not be read, or which are missing and told so."""
    vague: set[str] = field(default_factory=set)
    """Sources something in whose ranges is wrong, so that it is not known whose their paragraphs are."""
    owned: set[tuple[str, int]] = field(default_factory=set)
    """Ranges that are told to be given to somebody else: the source, and which of its ranges."""
    elsewhere: set[str] = field(default_factory=set)
    """Answers, as `question/expert`, that rest on what is not theirs as a whole, and are told so."""
    claimless: dict[str, AnswerRead] = field(default_factory=dict)
    """Answers without a claim, by name."""
    awaited: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The first claim that is named of such an answer, and the file that names it."""
    misfits: set[str] = field(default_factory=set)
    """The paths of files that are of another kind than their folder."""
    copies: set[str] = field(default_factory=set)
    """The paths of files that are told to be copies of others."""
    doubled: set[str] = field(default_factory=set)
    """These, and the paths of files that are told to have the title of another."""
    named: frozenset[str] = frozenset()
    """The paths below `content/` of the experts, questions and themes that other files name."""
    bases: Bases = field(default_factory=Bases)
    prose: list[tuple[Document, Prose, Location]] = field(default_factory=list)
    """The Markdown that was read, with the place under which `bases` knows it; a claim's own text has the place `("claims", id, "text")`."""
    attributes: list[tuple[Document, str, Location]] = field(default_factory=list)
    """The attributes of claims that are text, each with its document as seen from there, and the place under which `bases` knows it."""

    def texts(self) -> Iterator[Text]:
        """Every text of the project, in the order of files."""
        of_prose = grouped((document.path, (prose, location)) for document, prose, location in self.prose)
        attributes: dict[str, list[tuple[Document, str, Location]]] = {}
        for attribute in self.attributes:
            attributes.setdefault(attribute[0].path, []).append(attribute)
        for document in self.documents.by_path.values():
            yield from texts_of_fields(document, self.bases)
            for place, text, location in attributes.get(document.path, ()):
                yield Text(place, *place.place(str(location[-1])), text, self.bases.get(place, *location))
            for prose, location in of_prose.get(document.path, ()):
                yield from texts_of_prose(document, prose, self.bases.get(document, *location), named=location[2:] == ("text",))

    def add_prose(self, document: Document, prose: Prose, *location: str) -> None:
        """Notes some Markdown that was read; where a block of code does not end, what is in it is not known."""
        self.problems += checks.check_fences(document, prose)
        if not prose.open_fences:
            self.prose.append((document, prose, location))

    def clear(self, source: Source | None) -> Source | None:
        """A source, if it is known whose its paragraphs are; otherwise nothing is to be said of them."""
        return None if source is None or source.slug in self.vague else source

    def entries(self, folder: str, model: type[_Form]) -> list[Entry[_Form]]:
        """The documents of a folder with typed fields, in site order: by `order`, then by name."""
        entries = []
        for document in self.documents.of(folder):
            if document.path in self.misfits:
                continue
            fields, problems = validate(model, document, document.fields, claims=self.claims)
            self.problems += problems
            if fields is None:
                self.bases.set(document, None)
                self.check_references(document)
            else:
                entries.append(Entry(document, fields))
        if "order" in model.model_fields:
            entries.sort(key=lambda entry: (getattr(entry.fields, "order", 0), entry.slug))
            newest_last = sorted(entries, key=lambda entry: entry.document.path.removeprefix("content/") not in self.named)
            copies = list(checks.check_copied(newest_last, IDENTITY.get(folder, ())))
            self.copies.update(problem.path for problem in copies)
            titled = [entry for entry in self.apart(newest_last) if folder in TITLED_BY_US]
            copies += checks.check_titles((entry.document, getattr(entry.fields, "title", "")) for entry in titled)
            self.doubled.update(problem.path for problem in copies)
            told = {problem.path for problem in copies} | checks.said_before([(entry.document, entry.fields) for entry in newest_last])
            apart = [entry for entry in newest_last if entry.document.path not in told]
            self.problems += [*copies, *checks.check_orders((entry.document, getattr(entry.fields, "order", 0)) for entry in apart)]
        return entries

    def apart(self, entries: Iterable[Entry[_Form]]) -> list[Entry[_Form]]:
        """Those that are not told to be copies, and those that no other file names last: where two are alike, the newcomer is told."""
        those = (entry for entry in entries if entry.document.path not in self.copies)
        return sorted(those, key=lambda entry: entry.document.path.removeprefix("content/") not in self.named)

    def count_as_there(self, *paths: str) -> None:
        """Takes these paths below `content/` for files that are there and could not be read: why they are not is told."""
        self.documents = replace(self.documents, unreadable=self.documents.unreadable.union(paths))

    def check_references(self, document: Document) -> None:
        """What a file names whose fields could not all be read; told in the same run as what is wrong with them."""
        source, claims = (document.fields.get(name) for name in ("source", "claims")) if isinstance(document.fields, dict) else (None, None)
        if isinstance(source, str) and SLUG.fullmatch(source) and self.sources:
            self.find("source", self.sources, source, document, "source")
        if isinstance(claims, tuple) and all(isinstance(claim, str) and CLAIM.fullmatch(claim) for claim in claims):
            self.find_claims(claims, document, "claims")

    def rest(self, document: Document, claims: Sequence[Claim], named: Sequence[object], *location: str | int) -> None:
        """Notes that a field rests on what these claims rest on; if not all that are named could be found, that is not known."""
        paragraphs = grouped((claim.source, number) for claim in claims for number in claim.paragraphs)
        basis = (Basis(source, frozenset(numbers)) for source, numbers in paragraphs.items())
        self.bases.set(document, basis if len(claims) == len(named) else None, *location)

    def find(self, kind: str, table: dict[str, _Noun], slug: str | None, document: Document, *location: str | int) -> _Noun | None:
        """Whatever is named is there: a source, an expert, a question, a theme.

        The noun of a slug, or None with a problem at its place.
        """
        if slug is None:
            return None
        if slug not in table and not self.documents.has(f"{kind}s/{slug}.md"):
            self.problems.append(document.problem(f"no {kind} '{slug}'{did_you_mean(slug, table) or f'; write content/{kind}s/{slug}.md'}", *location))
        return table.get(slug)

    def add(self, claim: Claim, place: Document) -> None:
        """A claim that could be read, with its document as seen from it."""
        self.claims[claim.reference] = claim
        if claim.condition:
            self.conditional[claim] = place

    def find_claims(self, references: Sequence[str], document: Document, *location: str | int) -> tuple[Claim, ...]:
        """A claim that is named, as `question/expert#claim`, is there, and is named once.

        The claims of these references.
        """
        found = []
        for n, reference in enumerate(references):
            answer, is_background = reference.partition("#")[0], "/" not in reference
            path = f"sources/{answer}.md" if is_background else f"answers/{answer}.md"
            unread = path not in self.documents.by_path and self.documents.has(path)
            unread = unread or (is_background and path in self.documents.by_path and answer not in self.sources)
            if reference not in self.claims and (answer in self.unsure or unread):
                self.awaited.setdefault(answer, (reference, document.path))
                continue
            if reference not in self.claims and is_background and path not in self.documents.by_path:
                self.unsure.add(answer)
                self.problems.append(
                    document.problem(f"no source '{answer}'{_answer_hint(reference, self.claims) or did_you_mean(answer, self.sources)}", *location, n)
                )
            elif reference not in self.claims and path not in self.documents.by_path:
                self.unsure.add(answer)  # told once, not for each of its claims
                question, _, expert = answer.partition("/")
                known = [path.removeprefix("answers/").removesuffix(".md") for path in self.documents.by_path if path.startswith("answers/")]
                there = question in self.questions and expert in self.experts
                hint = f"; write content/answers/{answer}.md" if there else did_you_mean(answer, known)
                self.problems.append(document.problem(f"no answer '{answer}'{hint}", *location, n))
            elif reference not in self.claims:
                self.problems.append(
                    document.problem(
                        f"no claim '{reference}'{_claim_hint(reference, self.claims) or f'; write it in content/sources/{answer}.md'}", *location, n
                    )
                )
            elif reference in references[:n]:
                self.problems.append(document.problem(f"'{reference}' stands here twice; keep one", *location, n))
            elif claim := self.claims[reference]:
                found.append(claim)
        return tuple(found)


def link_up(
    documents: Documents, published: str | None = None, memory: Memory | None = None, static: Collection[str] | None = None
) -> tuple[Library, list[Problem]]:
    """The library of these documents, and every problem found. With an error among them the library is not whole: build nothing from it.

    `static` are the names of the static files; where they are not known, nothing is said of links to them.
    """
    linking = Linking(documents, published, memory or Memory(), static)
    linking.problems += _check_kinds(linking)
    linking.named = frozenset(_named(linking))
    sources = linking.entries("sources", SourceFields)
    linking.problems += _check_renamed_source(linking, sources)
    bodies = {entry.slug: _sections(linking, entry.document) for entry in sources}
    for source in sources:
        linking.sources[source.slug] = _source(linking, source, bodies[source.slug])
    if len(linking.sources) == sum(path.startswith("sources/") for path in documents.paths):
        linking.bases.default = tuple(map(Basis, linking.sources.values()))
    linking.problems += checks.check_fingerprints(linking.documents)
    for theme in linking.entries("themes", ThemeFields):
        linking.themes[theme.slug] = Theme(slug=theme.slug, title=theme.fields.title, summary=theme.fields.summary, prose=_prose(linking, theme.document))
    for expert in (experts := linking.entries("experts", ExpertFields)):
        linking.experts[expert.slug] = _expert(linking, expert)
    for question in (questions := linking.entries("questions", QuestionFields)):
        if noun := _question(linking, question):
            linking.questions[question.slug] = noun
    linking.problems += checks.check_initials(linking.apart(experts))
    linking.problems += checks.check_expert_slugs(experts)
    linking.problems += checks.check_scales(linking.apart(questions))
    linking.problems += checks.check_findings(documents)
    linking.problems += [*_check_renamed(linking, sources, "expert", experts), *_check_renamed(linking, sources, "question", questions)]
    for source in sources:
        _check_ranges(linking, source)
    read = _read_answers(linking)
    linking.problems += [*_check_misnamed(linking, read, sources), *_check_owners(linking, read, sources)]
    linking.problems += _check_answered(linking, sources)
    linking.problems += _check_asked(linking, sources, questions)
    background = tuple(claim for source in sources for claim in _background(linking, source, bodies[source.slug]))
    answers = tuple(_answers(linking, read))
    pages = tuple(_page(linking, page) for page in linking.entries("pages", PageFields))
    agreements, disagreements = tuple(_agreements(linking)), tuple(_disagreements(linking))
    terms, events = tuple(_terms(linking)), tuple(_events(linking))
    tensions, conditions = tuple(_tensions(linking, sources)), tuple(_conditions(linking))
    placings = tuple(_placings(linking, answers))
    readings = tuple(_readings(linking))
    linking.problems += _check_claimless(linking)
    texts = tuple(linking.texts())
    linking.problems += _check_no_html(linking)
    linking.problems += [problem for document in documents.by_path.values() for problem in checks.check_plain(texts_of_fields(document, linking.bases))]
    linking.problems += checks.check_paragraphs_named(texts)
    is_lost = any(slug not in linking.sources for slug in documents.fingerprints)  # it may be that of any source, so none is said to be missing
    quotations, problems = check_quotations(texts, tuple(linking.sources.values()), linking.sources if is_lost else documents.fingerprints)
    linking.problems += [*problems, *check_own_words(texts, linking.sources.values())]
    library = Library(
        sources=tuple(linking.sources.values()),
        experts=tuple(linking.experts.values()),
        questions=tuple(linking.questions.values()),
        themes=tuple(linking.themes.values()),
        answers=answers,
        background=background,
        tensions=tensions,
        agreements=agreements,
        disagreements=disagreements,
        conditions=conditions,
        readings=readings,
        terms=terms,
        events=events,
        pages=pages,
        quotations=tuple(quotations),
        placings=placings,
    )
    if not has_errors(linking.problems) and not documents.unreadable:  # a file that could not be read is no gap
        linking.problems += checks.check_presence(library)
        linking.problems += [problem for problem in checks.check_themes_used(library, documents) if problem.path not in linking.doubled]
    return library, linking.problems


def _is_of(fields: Any, model: type[Fields], own: type[Fields]) -> bool:
    """Whether fields are those of another kind than their own: some are unknown here, and there, none is unknown and none missing."""
    if not isinstance(fields, dict) or fields.keys() <= _names(own).keys():
        return False
    names = _names(model)
    return fields.keys() <= names.keys() and all(name in fields for name, is_required in names.items() if is_required)


@cache
def _names(model: type[Fields]) -> dict[str, bool]:
    """The names of a kind's fields, and whether they must be there."""
    return {info.alias or name: info.is_required() for name, info in model.model_fields.items()}


def _check_kinds(linking: Linking) -> Iterator[Problem]:
    """A file stands in the folder of its kind."""
    for folder, (model, own) in KINDS.items():
        for document in linking.documents.of(folder):
            for other, (kind, called) in KINDS.items():
                if _is_of(document.fields, kind, model):
                    linking.misfits.add(document.path)
                    name = document.path.rpartition("/")[2]
                    linking.count_as_there(f"{other}/{name}", document.path.removeprefix("content/"))
                    there = f"content/{other}/{'<question>/' if other == 'answers' else ''}"
                    yield document.problem_at(
                        f"these are the fields of {called}; move the file to {there}, or if it is to be {own}, write the fields of {own}", 2
                    )
                    break


def _named(linking: Linking) -> Iterator[str]:
    """The paths below `content/` of the experts, questions and themes that other files name, as far as these can be read."""
    for document in (*linking.documents.of("answers"), *linking.documents.of("sources")):
        body, _ = linking.memory.recall(("sections", document.path), document, partial(parse_sections, document))
        for section in body.sections:
            yield from (f"themes/{theme}.md" for theme in _lists(section.attributes).get("themes", ()))
        folder, *parts = document.path.removeprefix("content/").split("/")
        if folder == "answers":
            yield from (f"questions/{parts[0]}.md", f"experts/{parts[1]}")
        ranges = document.fields.get("ranges") if isinstance(document.fields, dict) else None
        for part in ranges if isinstance(ranges, tuple) else ():
            if isinstance(part, dict):
                yield from (f"{name}s/{part.get(name)}.md" for name in ("expert", "question"))


def _check_renamed(linking: Linking, entries: Iterable[Entry[SourceFields]], kind: str, files: Sequence[Entry[Any]]) -> Iterator[Problem]:
    """An expert and a question are named by others as their file is named.

    Told of one that nobody names, where answers and ranges alike name one that is not there.
    """
    folder, table = f"{kind}s", {entry.slug: entry.document for entry in files}
    paths = [document.path.split("/") for document in linking.documents.of("answers")]
    in_answers = {path[2] if kind == "question" else path[3].removesuffix(".md") for path in paths}
    in_ranges = {getattr(part, kind) for entry in entries for part in entry.fields.ranges if part.kind == "testimony"}
    missing = [slug for slug in sorted(in_answers & in_ranges - table.keys()) if not linking.documents.has(f"{folder}/{slug}.md")]
    unnamed = table.keys() - in_answers - in_ranges
    if len(missing) == 1 and len(unnamed) == 1:
        slug, found = missing[0], unnamed.pop()
        linking.count_as_there(f"{folder}/{slug}.md", *(f"answers/{found}/{path[3]}" for path in paths if path[2] == slug))
        message = f"nothing names '{found}', and there are answers and a range of '{slug}', which is missing; rename this file to {slug}.md"
        yield table[found].problem_at(message, 1)


def _check_renamed_source(linking: Linking, entries: Iterable[Entry[SourceFields]]) -> Iterator[Problem]:
    """A source is named by others as its file is named.

    Told of one that nobody names, where several files name one that is not there.
    """
    table = {entry.slug: entry.document for entry in entries}
    fields = [document.fields for document in linking.documents.by_path.values() if isinstance(document.fields, dict)]
    named = Counter(source for each in fields if isinstance(source := each.get("source"), str))
    missing = [slug for slug in named if not linking.documents.has(f"sources/{slug}.md")]
    if len(missing) != 1 or named[missing[0]] < 2:  # one file may have a slip of its own
        return
    prints = linking.documents.fingerprints
    unnamed = [slug for slug in table if slug not in named and (missing[0] not in prints or slug not in prints)]
    if len(unnamed) == 1:
        slug, found = missing[0], unnamed[0]
        linking.count_as_there(f"sources/{slug}.md")
        yield table[found].problem_at(f"nothing names '{found}', and {named[slug]} files name '{slug}', which is missing; rename this file to {slug}.md", 1)


def _check_misnamed(linking: Linking, read: Iterable[AnswerRead], entries: Iterable[Entry[SourceFields]]) -> Iterator[Problem]:
    """The file of an answer is named after its expert, and its folder after its question."""
    told: set[str] = set()
    in_ranges = {(part.expert, part.question) for entry in entries for part in entry.fields.ranges}
    by_kind: dict[str, Collection[str]] = {"expert": linking.experts.keys(), "question": linking.questions.keys()}
    for answer in read:
        names = {"expert": answer.expert, "question": answer.question}
        missing = [kind for kind, slug in names.items() if slug not in by_kind[kind] and not linking.documents.has(f"{kind}s/{slug}.md")]
        if not missing:
            continue
        source = linking.sources.get(answer.fields.source) if answer.fields else None
        part = next((part for part in source.ranges if answer.paragraphs and answer.paragraphs <= set(part.paragraphs)), None) if source else None
        meant = {kind: (part and getattr(part, kind)) or nearest(slug, tuple(by_kind[kind])) or slug for kind, slug in names.items()}
        path = f"answers/{meant['question']}/{meant['expert']}.md"
        is_free = all(meant[kind] in by_kind[kind] for kind in names) and not linking.documents.has(path)
        if is_free:
            linking.count_as_there(path)
        for kind in missing:
            slug = names[kind]
            if any(slug == pair[kind == "question"] for pair in in_ranges):  # told at the ranges
                continue
            if kind == "question" and slug in told:
                continue
            told.add(slug)
            known = did_you_mean(slug, by_kind[kind])
            if kind == "expert":
                file = f"rename the file to {meant['expert']}.md" if is_free else f"rename the file, or write content/experts/{slug}.md{known}"
                yield answer.document.problem_at(f"no expert '{slug}', after whom this file is named; {file}", 1)
            elif is_free and linking.documents.of(f"answers/{meant['question']}"):
                yield answer.document.problem_at(f"no question '{slug}', after which this folder is named; move the file to content/{path}", 1)
            else:
                folder = f"rename the folder to {meant['question']}" if is_free else f"rename the folder, or write content/questions/{slug}.md{known}"
                yield answer.document.problem_at(f"no question '{slug}', after which this folder is named; {folder}", 1)


def _check_owners(linking: Linking, read: Sequence[AnswerRead], entries: Iterable[Entry[SourceFields]]) -> Iterator[Problem]:
    """What an expert is said to hold rests on that expert's own testimony on that question, and on nothing else.

    Told once of an answer of which nothing does; at the range where that is given to somebody whose answer does not rest on it.
    """
    documents = {entry.slug: entry.document for entry in entries}
    for answer in read:
        source = linking.clear(linking.sources.get(answer.fields.source)) if answer.fields else None
        if source is None or answer.question not in linking.questions or answer.expert not in linking.experts:
            continue
        own = source.testimony(answer.expert, answer.question)
        if not answer.paragraphs.isdisjoint(own):
            continue
        n = next((n for n, part in enumerate(source.ranges) if answer.paragraphs <= set(part.paragraphs)), None)
        others = [
            other.slug for other in linking.sources.values() if linking.clear(other) and answer.paragraphs <= {*other.testimony(answer.expert, answer.question)}
        ]
        owner = n is not None and next((each for each in read if (each.question, each.expert) == (source.ranges[n].question, source.ranges[n].expert)), None)
        if others:
            linking.elsewhere.add(answer.name)
            linking.unsure.add(answer.name)
            message = f"'{source.slug}' has no testimony of '{answer.expert}' on '{answer.question}'; did you mean '{others[0]}'?"
            yield answer.document.problem(message, "source")
        elif n is not None and not (owner and (owner.fields is None or not owner.paragraphs.isdisjoint(source.ranges[n].paragraphs))):
            linking.owned.add((source.slug, n))
            yield checks.given_to_another(documents[source.slug], source.ranges[n], n, answer.expert, answer.question, is_free=owner is None)
        elif own and owner:
            linking.elsewhere.add(answer.name)
            linking.unsure.add(answer.name)
            yield answer.document.problem(
                f"all that this answer rests on is testimony of '{owner.expert}' on '{owner.question}', not of '{answer.expert}' on '{answer.question}'"
                f" ({checks.spans(own)}); if the text of content/answers/{owner.name}.md was pasted here, put the old one back",
                "paragraphs",
            )
        elif not own:
            linking.vague.add(source.slug)
            message = f"'{source.slug}' has no testimony of '{answer.expert}' on '{answer.question}'; add its range to content/sources/{source.slug}.md"
            yield answer.document.problem(message, "paragraphs")
    linking.vague.update(slug for slug, _ in linking.owned)


def _check_asked(linking: Linking, entries: Iterable[Entry[SourceFields]], questions: Sequence[Entry[QuestionFields]]) -> Iterator[Problem]:
    """Where a question was asked, its source has a range of kind `prompt` that names it, if it has any for it or there."""
    documents = {entry.slug: entry.document for entry in entries}
    for question in questions:
        source = linking.clear(linking.sources.get(question.fields.source))
        if source is None:
            continue
        asked = set(question.fields.paragraphs)
        own = sorted(number for part in source.ranges if (part.kind, part.question) == ("prompt", question.slug) for number in part.paragraphs)
        n = next((n for n, part in enumerate(source.ranges) if part.kind == "prompt" and asked <= set(part.paragraphs)), None)
        if own:
            yield from checks.check_asked(question.document, question.slug, asked, source, own)
        elif n is not None:
            others = [each for each in questions if each is not question and not asked.isdisjoint(each.fields.paragraphs)]
            if not any(each.fields.source == source.slug for each in others):  # one range cannot name two
                named = source.ranges[n].question
                what = f"this prompt is given to '{named}'" if named else "this prompt names no question"
                asks = f"{what}, and {question.document.path} says that it asks '{question.slug}'; write 'question: {question.slug}'"
                yield warning(documents[source.slug].problem(asks, "ranges", n, "question"))


def _check_claimless(linking: Linking) -> Iterator[Problem]:
    """Everything in an answer belongs to a claim, and there is one at least."""
    for name, answer in linking.claimless.items():
        if name in linking.awaited and not answer.body.introduction.text:
            reference, path = linking.awaited[name]
            message = f"this answer has no claim, and {path} names '{reference}'; write it, as a '## heading' with its attributes"
            yield answer.document.problem_at(message, answer.document.body_line)
        else:
            yield from checks.check_introduction(answer.document, answer.body)


def _check_no_html(linking: Linking) -> Iterator[Problem]:
    """Fields and attributes are plain text."""
    for document in linking.documents.by_path.values():
        for location, text in strings(document.fields):
            yield from checks.check_no_html(document, text, *location)
    for place, text, location in linking.attributes:
        yield from checks.check_no_html(place, text, str(location[-1]))


def _prose(linking: Linking, document: Document, *, anchors: bool = False) -> Prose:
    """The body of a document as one piece, its links checked."""
    prose = linking.memory.recall(("prose", document.path), document, lambda: parse_prose(document, anchors=anchors))
    linking.add_prose(document, prose)
    linking.problems += [*check_size(document), *check_one_file(document), *check_definitions(document)]
    linking.problems += [*checks.check_no_attributes(document, prose), *_checked(linking, document, prose)]
    return prose


def _checked(linking: Linking, document: Document, prose: Prose) -> Iterator[Problem]:
    """What is wrong in a piece of Markdown."""
    yield from checks.check_prose(document, prose, linking.documents, linking.static)
    yield from checks.check_underlines(document, prose)
    yield from checks.check_markup(document, prose)


def _sections(linking: Linking, document: Document) -> Body:
    """The body of a document cut at its claims, its links checked."""
    body, problems = linking.memory.recall(("sections", document.path), document, lambda: parse_sections(document))
    linking.problems += [*check_size(document), *check_one_file(document), *check_definitions(document), *problems]
    if body.is_introduced:
        linking.add_prose(document, body.introduction)
    for section, after in zip(body.sections, (*body.sections[1:], None), strict=False):
        if section.readable and (not after or after.readable):  # a broken line of attributes is taken for the text above it
            name = ("claims", section.attributes.get("id", ""))
            linking.add_prose(document, section.heading, *name)
            linking.add_prose(document, section.prose, *name, "text")
    told = {problem.line for problem in problems}
    for prose in (body.introduction, *(piece for section in body.sections for piece in (section.heading, section.prose))):
        linking.problems += [problem for problem in _checked(linking, document, prose) if problem.line not in told]
    if not all(SLUG.fullmatch(section.attributes.get("id", "")) for section in body.sections):  # what names it is not wrong
        linking.unsure.add(document.path.split("/", 2)[2].removesuffix(".md"))
    return body


def _source(linking: Linking, entry: Entry[SourceFields], body: Body) -> Source:
    fields = entry.fields
    linking.problems += (damage := list(checks.check_damage(entry.document, fields)))
    ranges = tuple(Range(paragraphs=r.paragraphs, kind=r.kind, expert=r.expert, question=r.question, note=r.note) for r in fields.ranges)
    same = {name: getattr(fields, name) for name in ("title", "short", "publisher", "address", "date", "date_basis", "authors", "convenor", "genre", "trust")}
    changes = _changes(linking, fields.changes, entry.document, body)
    for n, change in enumerate(fields.changes):
        if change.removed:  # its id becomes a place on the source's page
            linking.problems += checks.check_claim_id(change.claim or "", entry.document, "changes", n, "claim")
    source = Source(
        slug=entry.slug, ranges=ranges, fingerprint=_fingerprint(linking, entry, is_damage_clear=not damage), prose=body.introduction, changes=changes, **same
    )
    linking.bases.set(entry.document, [Basis(source)])
    return source


def _fingerprint(linking: Linking, entry: Entry[SourceFields], *, is_damage_clear: bool) -> Fingerprint | None:
    """The fingerprint of a source; one that is not of its text as it is read now is a problem, as far as it is known how it is to be read."""
    text = linking.documents.fingerprints.get(entry.slug)
    if text is None:
        return None
    found = fingerprint.parse(text, entry.slug)
    if found is None or is_damage_clear:
        linking.problems += checks.check_fingerprint(found, entry.slug, entry.fields, entry.document)
    return found


def _changes(linking: Linking, fields: Sequence[ChangeFields], document: Document, body: Body) -> tuple[Change, ...]:
    """The changes of an answer or a source, newest first, in whatever order they were written."""
    ids = [section.attributes.get("id", "") for section in body.sections if section.readable]
    claims = [claim for claim in ids if SLUG.fullmatch(claim)]
    linking.problems += checks.check_changes(fields, claims if len(claims) == len(body.sections) else None, linking.published, document)
    changes = (Change(date=change.date, claim=change.claim, what=change.what, why=change.why, removed=change.removed) for change in fields)
    in_order = sorted(changes, key=lambda change: (change.claim or "", change.what))
    return tuple(sorted(in_order, key=lambda change: change.date, reverse=True))


def _check_ranges(linking: Linking, entry: Entry[SourceFields]) -> None:
    """The ranges of a source fit together, and name experts and questions that are there; if not, it is not known whose its paragraphs are."""
    before = len(linking.problems)
    linking.problems += checks.check_ranges(entry.document, entry.fields)
    for n, part in enumerate(entry.fields.ranges):
        linking.find("expert", linking.experts, part.expert, entry.document, "ranges", n, "expert")
        linking.find("question", linking.questions, part.question, entry.document, "ranges", n, "question")
    if len(linking.problems) > before:
        linking.vague.add(entry.slug)


def _check_answered(linking: Linking, entries: Iterable[Entry[SourceFields]]) -> Iterator[Problem]:
    """What an expert says on a question has an answer; without one, its paragraphs would vanish without a word."""
    for entry in entries:
        for n, part in enumerate(entry.fields.ranges):
            answer = f"answers/{part.question}/{part.expert}.md"
            known = part.kind == "testimony" and part.expert in linking.experts and part.question in linking.questions
            if known and (entry.slug, n) not in linking.owned and not linking.documents.has(answer):
                yield warning(entry.document.problem(f"testimony without an answer; write content/{answer}", "ranges", n, "paragraphs"))


def _expert(linking: Linking, entry: Entry[ExpertFields]) -> Expert:
    linking.problems += checks.check_known(entry.document, entry.fields)
    known = []
    for n, fact in enumerate(entry.fields.known):
        if source := linking.find("source", linking.sources, fact.source, entry.document, "known", n, "source"):
            linking.problems += checks.check_within(source, fact.paragraphs, entry.document, "known", n, "paragraphs")
            linking.bases.set(entry.document, [Basis(source, frozenset(fact.paragraphs))], "known", n)
            known.append(Known(text=fact.text, source=source, paragraphs=fact.paragraphs, inferred=fact.inferred))
    fields = entry.fields
    return Expert(slug=entry.slug, name=fields.name, short=fields.short, initials=fields.initials, known=tuple(known), prose=_prose(linking, entry.document))


def _question(linking: Linking, entry: Entry[QuestionFields]) -> Question | None:
    fields, document = entry.fields, entry.document
    prose = _prose(linking, document)
    source = linking.find("source", linking.sources, fields.source, document, "source")
    if source is None:
        return None
    linking.problems += checks.check_within(source, fields.paragraphs, document, "paragraphs")
    linking.bases.set(document, [Basis(source)])
    scales = tuple(Scale(id=scale.id, title=scale.title, steps=scale.steps) for scale in fields.scales)
    return Question(
        slug=entry.slug, title=fields.title, short=fields.short, source=source, paragraphs=fields.paragraphs, parts=fields.parts, scales=scales, prose=prose
    )


def _read_answers(linking: Linking) -> list[AnswerRead]:
    """The answers as they are written. All claims are named before any is linked."""
    read = []
    for document in linking.documents.of("answers"):
        if document.path in linking.misfits:
            continue
        _, question, name = document.path.removeprefix("content/").split("/")
        expert = name.removesuffix(".md")
        fields, problems = validate(AnswerFields, document, document.fields)
        linking.problems += problems
        if fields is None:
            linking.check_references(document)
        before = len(linking.problems)
        body = _sections(linking, document)
        if len(linking.problems) > before or not all(section.attributes and section.readable for section in body.sections):
            linking.unsure.add(f"{question}/{expert}")
        linking.claims |= {f"{question}/{expert}#{section.attributes['id']}": None for section in body.sections if "id" in section.attributes}
        before = len(linking.problems)
        claims = tuple(_claim_sections(linking, document, body))
        linking.problems += checks.check_headings(claims)
        is_sound = len(linking.problems) == before and bool(body.sections)
        answer = AnswerRead(question=question, expert=expert, document=document, body=body, fields=fields, claims=claims, is_sound=is_sound)
        if not body.sections and not body.is_broken:
            linking.unsure.add(answer.name)
            linking.claimless[answer.name] = answer
        read.append(answer)
    return read


def _answers(linking: Linking, read: Iterable[AnswerRead]) -> Iterator[Answer]:
    """The answers, in the order of questions and, within one, of experts."""
    questions = {slug: n for n, slug in enumerate(linking.questions)}
    experts = {slug: n for n, slug in enumerate(linking.experts)}
    whole: list[tuple[Answer, Document, AnswerFields]] = []

    def place(answer: AnswerRead) -> tuple[int, int, str]:
        return questions.get(answer.question, len(questions)), experts.get(answer.expert, len(experts)), answer.name

    for each in sorted(read, key=place):
        answer = _answer(linking, each)
        if answer and each.fields:
            whole.append((answer, each.document, each.fields))
            yield answer
    linking.problems += checks.check_placed(whole)


def _answer(linking: Linking, read: AnswerRead) -> Answer | None:
    before = len(linking.problems)
    document, body, fields = read.document, read.body, read.fields
    linking.bases.set(document, None)
    question, expert = linking.questions.get(read.question), linking.experts.get(read.expert)
    source = linking.find("source", linking.sources, fields.source, document, "source") if fields else None
    if read.name in linking.elsewhere:
        source = None
    claims = []
    for place, attributes, section in read.claims:
        themes = _themes(linking, attributes, place)
        if source and expert and question:
            claim = _claim(attributes, section, source, themes, expert, question)
            claims.append(claim)
            linking.add(claim, place)
            linking.rest(document, [claim], [claim], "claims", claim.id)
        if outside := list(checks.check_testimony(attributes.paragraphs, linking.clear(source), question, expert, place, "paragraphs")):
            linking.problems += outside
            linking.bases.set(document, None, "claims", attributes.id)
    if read.name not in linking.claimless:
        linking.problems += checks.check_introduction(document, body)
    if not (fields and question and expert and source):
        return None
    testimony = frozenset(source.testimony(expert.slug, question.slug))
    linking.bases.set(document, [Basis(source, testimony)] if testimony else None)
    linking.bases.set(document, [Basis(source, frozenset(fields.paragraphs))], "summary")
    linking.problems += checks.check_testimony(fields.paragraphs, linking.clear(source), question, expert, document, "paragraphs")
    stances = tuple(_stances(linking, document, fields, question, expert, source))
    linking.problems += checks.check_silent(document, fields, question)
    left_out = tuple(LeftOut(paragraphs=left.paragraphs, because=left.because) for left in fields.left_out)
    changes = _changes(linking, fields.changes, document, body)
    if len(linking.problems) == before and read.is_sound and linking.clear(source) and read.name not in linking.unsure:
        linking.problems += checks.check_coverage(document, fields, claims, testimony)
    return Answer(
        question=question,
        expert=expert,
        source=source,
        summary=fields.summary,
        paragraphs=fields.paragraphs,
        stances=stances,
        claims=tuple(claims),
        left_out=left_out,
        changes=changes,
    )


def _claim_sections(linking: Linking, document: Document, body: Body) -> Iterator[tuple[Document, ClaimFields, Section]]:
    """Every heading of the second level is a claim with a line of attributes above it, and no two claims of a file share their id.

    The sections that are claims; with each, its attributes, and the document as seen from it.
    """
    seen: set[str] = set()
    for section in body.sections:
        place = replace(document, places=section.places, keys=section.keys)
        if not section.readable:
            continue
        if not section.attributes:
            linking.problems.append(
                document.problem_at('a claim needs a line of attributes above its heading: {#id kind=describes themes="…" paragraphs="…"}', section.line)
            )
            continue
        fields, problems = validate(ClaimFields, place, {**section.attributes, **_lists(section.attributes)})
        linking.problems += [*problems, *checks.check_section(place, section)]
        if fields is None:
            for n, theme in enumerate(_lists(section.attributes).get("themes", ())):  # told in the same run as what else is wrong
                if SLUG.fullmatch(theme):
                    linking.find("theme", linking.themes, theme, place, "themes", n)
            continue
        if fields.id in seen:
            linking.problems.append(place.problem(f"a second claim '{fields.id}' in this file; an id is an address, so choose another", "id"))
            continue
        seen.add(fields.id)
        linking.problems += checks.check_claim(place, fields)
        linking.attributes += [(place, text, ("claims", fields.id, name)) for name in ("condition", "whose") if (text := getattr(fields, name))]
        yield place, fields, section


def _lists(attributes: dict[str, str]) -> dict[str, Any]:
    """The attributes that hold several words."""
    return {"themes": tuple(attributes["themes"].replace(",", " ").split())} if "themes" in attributes else {}


def _themes(linking: Linking, fields: ClaimFields, place: Document) -> tuple[Theme, ...]:
    """The themes of a claim."""
    found = (linking.find("theme", linking.themes, theme, place, "themes", n) for n, theme in enumerate(fields.themes))
    linking.problems += checks.check_doubles(fields.themes, place, "themes")
    return tuple(theme for theme in found if theme)


def _claim(fields: ClaimFields, section: Section, source: Source, themes: tuple[Theme, ...], expert: Expert | None, question: Question | None) -> Claim:
    return Claim(
        id=fields.id,
        source=source,
        expert=expert,
        question=question,
        kind=fields.kind,
        themes=themes,
        paragraphs=fields.paragraphs,
        condition=fields.condition,
        whose=fields.whose,
        headline=section.heading,
        prose=section.prose,
    )


def _stances(linking: Linking, document: Document, answer: AnswerFields, question: Question, expert: Expert, source: Source) -> Iterator[Stance]:
    """A stance is on a scale of the answer's own question, and there is one on each at most."""
    scales = {scale.id: scale for scale in question.scales}
    seen: set[str] = set()
    for n, fields in enumerate(answer.stances):
        scale = scales.get(fields.scale)
        if scale is None:
            linking.problems.append(
                document.problem(f"no scale '{fields.scale}' in question '{question.slug}'{did_you_mean(fields.scale, scales)}", "stances", n, "scale")
            )
            continue
        if scale.id in seen:
            linking.problems.append(document.problem(f"a second stance on '{scale.id}'; another step goes under 'or'", "stances", n, "scale"))
        seen.add(scale.id)
        linking.problems += checks.check_steps(fields, scale, document, "stances", n)
        placings: list[tuple[StanceFields | OtherStepFields, tuple[str, ...]]] = [(fields, ()), *([(fields.other, ("or",))] if fields.other else [])]
        for placing, location in placings:
            linking.bases.set(document, [Basis(source, frozenset(placing.paragraphs))], "stances", n, *location)
            clear = linking.clear(source)
            linking.problems += checks.check_testimony(placing.paragraphs, clear, question, expert, document, "stances", n, *location, "paragraphs")
        yield Stance(scale=scale, step=fields.step, because=fields.because, paragraphs=fields.paragraphs, other=_other(fields.other))


def _placings(linking: Linking, answers: Sequence[Answer]) -> Iterator[Placing]:
    """A second placing is of an answer that there is, on a scale of its question, and there is one of each.

    All of them, in site order.
    """
    before = len(linking.problems)
    by_scale = {scale.id: (question, scale) for question in linking.questions.values() for scale in question.scales}
    given = {(answer.question, answer.expert): answer for answer in answers}
    whole = len(linking.questions) == sum(path.startswith("questions/") for path in linking.documents.paths)
    found: dict[tuple[Scale, Expert], Placing] = {}
    items = list(_items(linking, "second-placing", PlacingFields))
    instead = dict(_placed_instead(items, answers))
    for n, document, fields in items:
        if n in instead:
            linking.problems.append(instead[n])
            continue
        if fields.scale not in by_scale and whole:  # a scale of a question that could not be read may be there
            linking.problems.append(document.problem(f"no scale '{fields.scale}'{did_you_mean(fields.scale, by_scale)}", n, "scale"))
        expert = linking.find("expert", linking.experts, fields.expert, document, n, "expert")
        if fields.scale not in by_scale or expert is None:
            continue
        question, scale = by_scale[fields.scale]
        linking.problems += [*checks.check_steps(fields, scale, document, n), *checks.check_silence(fields, document, n)]
        if (scale, expert) in found:
            linking.problems.append(document.problem(f"a second item for '{expert.slug}' on '{scale.id}'; another step goes under 'or'", n))
        elif answer := given.get((question, expert)):
            own = answer.source.testimony(expert.slug, question.slug)
            for paragraphs, location in ((fields.paragraphs, ()), (fields.other.paragraphs if fields.other else (), ("or",))):
                linking.bases.set(document, [Basis(answer.source, frozenset(paragraphs or own))], n, *location)
                source = linking.clear(answer.source)
                linking.problems += checks.check_testimony(paragraphs, source, question, expert, document, n, *location, "paragraphs")
            found[scale, expert] = Placing(
                scale=scale, expert=expert, step=fields.step, because=fields.because, paragraphs=fields.paragraphs, other=_other(fields.other)
            )
        elif (name := f"{question.slug}/{expert.slug}") not in linking.unsure and not linking.documents.has(f"answers/{name}.md"):
            linking.unsure.add(name)  # told once, not for each scale
            linking.problems.append(
                document.problem(f"'{expert.slug}' has no answer to '{question.slug}', so there is nothing to place; take the item out", n, "expert")
            )
    if (place := linking.documents.by_path.get("second-placing.yaml")) and len(linking.problems) == before:
        linking.problems += checks.check_all_placed(place, answers, found)
    for answer in answers:
        yield from (found[scale, answer.expert] for scale in answer.question.scales if (scale, answer.expert) in found)


def _placed_instead(items: Sequence[tuple[int, Document, PlacingFields]], answers: Iterable[Answer]) -> Iterator[tuple[int, Problem]]:
    """A second placing is of an answer that there is, on a scale of its question, and there is one of each.

    Of two items of one expert on one scale, that which is meant to be another that is missing, as its paragraphs or its place in the file show.
    """
    own = {
        (scale.id, answer.expert.slug): answer.source.testimony(answer.expert.slug, answer.question.slug)
        for answer in answers
        for scale in answer.question.scales
    }
    keys = [(fields.scale, fields.expert) for _, _, fields in items]
    for key, mine in own.items():
        places = [at for at, each in enumerate(keys) if each == key]
        missing = [other for other in own if other not in keys and (other[0] == key[0] or other[1] == key[1])]
        if len(places) < 2 or not missing:
            continue
        around = {at: {scale for scale, _ in (*keys[max(0, at - 1) : at], *keys[at + 1 : at + 2])} for at in places}
        foreign = [at for at in places if not set(items[at][2].paragraphs) <= set(mine)]
        beside = [at for at in places if any(scale in around[at] for scale, _ in missing if scale != key[0])]
        at = [*foreign, *beside, places[-1]][0]
        n, document, fields = items[at]
        fitting = [other for other in missing if set(fields.paragraphs) <= set(own[other])]
        if not fitting:
            continue
        scale, expert = next((other for other in fitting if other[0] in around[at]), fitting[0])
        name, meant = ("expert", expert) if scale == key[0] else ("scale", scale)
        message = f"a second item for '{key[1]}' on '{key[0]}', and there is none for '{expert}' on '{scale}'; did you mean '{meant}'?"
        yield n, document.problem(message, n, name)


def _other(fields: OtherStepFields | None) -> OtherStep | None:
    return OtherStep(step=fields.step, because=fields.because, paragraphs=fields.paragraphs) if fields else None


def _background(linking: Linking, entry: Entry[SourceFields], body: Body) -> Iterator[Claim]:
    """The claims of a source in which nobody is asked."""
    source = linking.sources[entry.slug]
    linking.claims |= {f"{entry.slug}#{section.attributes['id']}": None for section in body.sections if "id" in section.attributes}
    if not all(section.attributes and section.readable for section in body.sections):
        linking.unsure.add(entry.slug)
    claims = tuple(_claim_sections(linking, entry.document, body))
    linking.problems += checks.check_headings(claims)
    for place, fields, section in claims:
        linking.problems += checks.check_claim_id(fields.id, place, "id")
        outside = list(checks.check_background(fields.paragraphs, source, place, "paragraphs")) if linking.clear(source) else []
        linking.problems += outside
        claim = _claim(fields, section, source, _themes(linking, fields, place), None, None)
        linking.add(claim, place)
        linking.rest(entry.document, [claim], [] if outside else [claim], "claims", claim.id)
        yield claim


def _tensions(linking: Linking, entries: Iterable[Entry[SourceFields]]) -> Iterator[Tension]:
    """A tension is of a claim that stands in the file of its source."""
    for entry in entries:
        for n, fields in enumerate(entry.fields.tensions):
            own = {reference.partition("#")[2]: claim for reference, claim in linking.claims.items() if reference.startswith(f"{entry.slug}#")}
            if fields.claim not in own:
                hint = did_you_mean(fields.claim, own) or "; write it below the fields"
                linking.problems.append(entry.document.problem(f"no claim '{fields.claim}' in this source{hint}", "tensions", n, "claim"))
            against = linking.find_claims(fields.against, entry.document, "tensions", n, "with")
            if claim := own.get(fields.claim):
                linking.rest(entry.document, [claim, *against], [fields.claim, *fields.against], "tensions", n)
                yield Tension(claim=claim, against=against, because=fields.because)


def _agreements(linking: Linking) -> Iterator[Agreement]:
    """An agreement rests on claims of two experts or more."""
    entries = linking.entries("agreements", AgreementFields)
    linking.problems += checks.check_doubled((entry, frozenset(entry.fields.claims)) for entry in entries)
    for entry in entries:
        fields = entry.fields
        claims = linking.find_claims(fields.claims, entry.document, "claims")
        if len(claims) == len(fields.claims) and len({claim.expert for claim in claims}) < 2:
            linking.problems.append(entry.document.problem("an agreement needs claims of two experts or more", "claims"))
        if not fields.caution:
            linking.problems += checks.check_held(entry.document, claims, fields.claims, "say under 'caution' whose view it is", "claims")
        prose = _prose(linking, entry.document)
        linking.rest(entry.document, claims, fields.claims)
        yield Agreement(slug=entry.slug, title=fields.title, claims=claims, caution=fields.caution, inference=fields.inference, prose=prose)


def _disagreements(linking: Linking) -> Iterator[Disagreement]:
    entries = linking.entries("disagreements", DisagreementFields)
    linking.problems += checks.check_doubled((entry, frozenset(frozenset(side.claims) for side in entry.fields.sides)) for entry in entries)
    for entry in entries:
        fields = entry.fields
        sides = tuple(
            Side(holds=side.holds, claims=linking.find_claims(side.claims, entry.document, "sides", n, "claims")) for n, side in enumerate(fields.sides)
        )
        linking.problems += checks.check_sides(entry.document, sides)
        for n, side in enumerate(sides) if not fields.inference else ():
            way_out = "say in the text whose view it is, and 'inference: true'"
            linking.problems += checks.check_held(entry.document, side.claims, fields.sides[n].claims, way_out, "sides", n, "claims")
        linking.rest(entry.document, [claim for side in sides for claim in side.claims], [name for side in fields.sides for name in side.claims])
        for n, side in enumerate(sides):
            linking.rest(entry.document, side.claims, fields.sides[n].claims, "sides", n)
        prose = _prose(linking, entry.document)
        yield Disagreement(
            slug=entry.slug, title=fields.title, type=fields.type, sides=sides, both_right=fields.both_right, inference=fields.inference, prose=prose
        )


def _conditions(linking: Linking) -> Iterator[Condition]:
    """The editor's conditions; then, for claims that stand in none of these, a condition for each wording."""
    before = len(linking.problems)
    listed: set[Claim] = set()
    for n, document, fields in _items(linking, "conditions", ConditionFields):
        claims = linking.find_claims(fields.claims, document, n, "claims")
        linking.problems += checks.check_conditional(claims, fields.claims, document, n, "claims")
        linking.rest(document, claims, fields.claims, n)
        listed.update(claims)
        yield Condition(id=fields.id, title=fields.title, claims=claims, note=fields.note)
    if "conditions.yaml" in linking.documents.by_path and len(linking.problems) == before:  # a slip there is told once, not for each of its claims
        linking.problems += checks.check_conditions_listed(linking.conditional, listed)
    left = sorted((claim for claim in linking.conditional if claim not in listed), key=lambda claim: claim.expert is None)
    for wording, worded in grouped((claim.condition or "", claim) for claim in left).items():
        first = worded[0].reference.replace("/", "--").replace("#", "--")  # as no slug is
        yield Condition(id=first, title=wording[:1].upper() + wording[1:], claims=tuple(worded), note=None)


def _readings(linking: Linking) -> Iterator[Reading]:
    """The readings, by source, in the order of the paragraphs of its summary."""
    order = {slug: n for n, slug in enumerate(linking.sources)}
    said: dict[tuple[str, str, tuple[int, ...], str], str] = {}
    entries = linking.entries("readings", ReadingFields)
    for entry in sorted(entries, key=lambda entry: (order.get(entry.fields.source, len(order)), entry.fields.overview_paragraphs)):
        fields, document = entry.fields, entry.document
        prose = _prose(linking, document)
        source = linking.find("source", linking.sources, fields.source, document, "source")
        experts = [linking.find("expert", linking.experts, slug, document, "experts", n) for n, slug in enumerate(fields.experts)]
        claims = linking.find_claims(fields.claims, document, "claims")
        linking.problems += checks.check_doubles(fields.experts, document, "experts")
        whose: list[Problem] = []
        misplaced: list[Problem] = []
        linking.problems += checks.check_reading(document, fields)
        linking.problems += checks.check_said_once(document, fields, said)
        if source and len(claims) == len(fields.claims) and (problem := checks.in_another_source(document, source, claims)):
            linking.problems.append(problem)  # all else that is wrong with it only follows
            linking.bases.set(document, None)
            continue
        if source and all(experts):
            whose = list(checks.check_whose_claims(document, fields, claims))
        if clear := linking.clear(source):
            linking.problems += (misplaced := list(checks.check_overview(fields.overview_paragraphs, clear, document, "overview_paragraphs")))
            held = list(checks.check_held_against(document, fields, clear)) if all(experts) else []
            told = [(problem.line, problem.column) for problem in whose]
            is_of_others = bool(whose) and {claim.expert.slug for claim in claims if claim.expert}.isdisjoint(fields.experts)
            whose += [problem for problem in held if not is_of_others and (problem.line, problem.column) not in told]
            if misplaced:
                linking.bases.set(document, None)
        linking.problems += whose
        if source and all(experts) and not misplaced:
            quoted = attributed(fields, source)
            linking.problems += check_attributed(quoted, document, fields, source)
            both = Basis(source, frozenset((*fields.overview_paragraphs, *fields.paragraphs)))
            linking.bases.set(document, [both])
            linking.bases.set(document, [Basis(source, frozenset(fields.overview_paragraphs))], "overview")
            linking.bases.set(document, [Basis(source, frozenset(fields.paragraphs))], "holds")
            same = {name: getattr(fields, name) for name in ("title", "overview", "overview_paragraphs", "holds", "paragraphs", "verdict", "because")}
            yield Reading(slug=entry.slug, source=source, quoted=quoted, experts=tuple(filter(None, experts)), claims=claims, prose=prose, **same)


def _page(linking: Linking, entry: Entry[PageFields]) -> ProsePage:
    prose = _prose(linking, entry.document, anchors=True)
    linking.problems += checks.check_page(entry.document, prose)
    return ProsePage(slug=entry.slug, title=entry.fields.title, short=entry.fields.short, prose=prose)


def _terms(linking: Linking) -> Iterator[Term]:
    belongs: dict[str, str] = {}
    for place, fields, source in _listed(linking, "glossary", TermFields):
        linking.problems += checks.check_forms(fields, belongs, place)
        yield Term(source=source, **{name: getattr(fields, name) for name in ("id", "term", "also", "meaning", "origin", "paragraphs")})


def _events(linking: Linking) -> Iterator[Event]:
    """An event ends after it began."""
    events = []
    for place, fields, source in _listed(linking, "timeline", EventFields):
        if fields.until and not checks.is_later(fields.until, fields.date):
            linking.problems.append(place("'until' must be later than 'date'", "until"))
        events.append(Event(source=source, **{name: getattr(fields, name) for name in ("id", "date", "until", "title", "text", "origin", "paragraphs")}))
    yield from sorted(events, key=lambda event: (event.date, event.id))


def _listed(linking: Linking, name: str, model: type[_Form]) -> Iterator[tuple[Callable[..., Problem], _Form, Source | None]]:
    """An item that has paragraphs, or its meaning or date from the source, names the source; and one that has it from there names the paragraphs.

    The items with their source; the first of each is how to tell a problem at one of its fields.
    """
    for n, document, fields in _items(linking, name, model):
        paragraphs, origin = (getattr(fields, part) for part in ("paragraphs", "origin"))

        def place(message: str, *location: str | int, n: int = n, document: Document = document) -> Problem:
            return document.problem(message, n, *location)

        source = linking.find("source", linking.sources, getattr(fields, "source", None), document, n, "source")
        if source:
            linking.problems += checks.check_within(source, paragraphs, document, n, "paragraphs")
            linking.bases.set(document, [Basis(source, frozenset(paragraphs) if paragraphs else None)], n)
        elif (origin == "source" or paragraphs) and getattr(fields, "source", None) is None:
            linking.problems.append(place("'source' is missing; paragraphs and 'origin: source' need it"))
        if origin == "source" and not paragraphs:
            linking.problems.append(place("'paragraphs' is missing; 'origin: source' says that they give this"))
        yield place, fields, source


def _items(linking: Linking, name: str, model: type[_Form]) -> Iterator[tuple[int, Document, _Form]]:
    """A file such as `glossary.yaml` is a list, and where its items have ids, no two share theirs.

    The items, each with its place in it.
    """
    document = linking.documents.by_path.get(f"{name}.yaml")
    if document is None or document.fields is None:
        return
    if not isinstance(document.fields, tuple):
        first = next(iter(model.model_fields))
        linking.problems.append(document.problem(f"this file must be a list: '- {{{first}: …, …}}' an item"))
        return
    if len(document.fields) > LIST_LIMIT:
        linking.problems.append(document.problem(f"{len(document.fields)} items; at most {LIST_LIMIT} are read", LIST_LIMIT))
        return
    seen: set[str] = set()
    strays = [(n, other) for n, item in enumerate(document.fields) for other, kind in ITEMS.items() if _is_of(item, kind, model)]
    for n, other in strays[:1] if len(strays) == len(document.fields) else strays:
        linking.problems.append(document.problem(f"these are the fields of an item of content/{other}.yaml; move it there", n))
    for n, item in enumerate(document.fields):
        if any(n == stray for stray, _ in strays):
            continue
        fields, problems = validate(model, document, item, n, claims=linking.claims)
        linking.problems += problems
        if fields is None:
            continue
        if (slug := getattr(fields, "id", None)) in seen:
            linking.problems.append(document.problem(f"a second '{slug}' in this file; an id is an address, so choose another", n, "id"))
        elif slug:
            seen.add(slug)
        yield n, document, fields


def _answer_hint(reference: str, known: Iterable[str]) -> str:
    """The claim of an expert whose question is not named before it."""
    meant = sorted(name for name in known if name.endswith(f"/{reference}"))
    return f"; did you mean '{meant[0]}'?" if meant else ""


def _claim_hint(reference: str, known: Iterable[str]) -> str:
    """The nearest claim of the same answer; or one of that name elsewhere; or the claims of the answer."""
    answer, _, wanted = reference.partition("#")
    known = sorted(known)
    ids = tuple(name.partition("#")[2] for name in known if name.startswith(f"{answer}#"))
    elsewhere = [name for name in known if name.endswith((f"/{reference}", f"#{wanted}"))]
    if elsewhere and not nearest(wanted, ids):
        return f"; did you mean '{elsewhere[0]}'?"
    return did_you_mean(wanted, [name for name in ids if SLUG.fullmatch(name)]).replace("did you mean '", f"did you mean '{answer}#")

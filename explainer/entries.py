"""Documents with typed fields, and what is known while they become nouns: what is there, what was found, and what is told already."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from explainer import checks, checks_of_texts
from explainer.documents import SLUG, Documents
from explainer.frontmatter import Document, Location
from explainer.markdown import Body, Prose, Section, check_definitions, check_one_file, check_size, parse_prose, parse_sections
from explainer.memory import Memory
from explainer.model import Claim, Expert, Question, Source, Theme, grouped
from explainer.problems import Problem, did_you_mean, nearest
from explainer.schema import AnswerFields, ClaimFields, Fields, validate
from explainer.texts import Bases, Basis, Text, texts_of_fields, texts_of_prose

TITLED_BY_US = ("questions", "themes", "agreements", "disagreements", "pages")
"""The folders whose titles are of our making, and tell their files apart; a copy of a reading is told by what it reads."""

IDENTITY = {"experts": ("name", "short", "initials"), "questions": ("title", "scales")}
"""What a file and its copy have in common, by folder: two of these."""

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
        self.problems += checks_of_texts.check_fences(document, prose)
        if not prose.open_fences:
            self.prose.append((document, prose, location))

    def prose_of(self, document: Document, *, anchors: bool = False) -> Prose:
        """The body of a document as one piece, its links checked."""
        prose = self.memory.recall(("prose", document.path), document, lambda: parse_prose(document, anchors=anchors))
        self.add_prose(document, prose)
        self.problems += [*check_size(document), *check_one_file(document), *check_definitions(document)]
        self.problems += [*checks_of_texts.check_no_attributes(document, prose), *self._checked(document, prose)]
        return prose

    def sections_of(self, document: Document) -> Body:
        """The body of a document cut at its claims, its links checked."""
        body, problems = self.memory.recall(("sections", document.path), document, lambda: parse_sections(document))
        self.problems += [*check_size(document), *check_one_file(document), *check_definitions(document), *problems]
        if body.is_introduced:
            self.add_prose(document, body.introduction)
        for section, after in zip(body.sections, (*body.sections[1:], None), strict=False):
            lost = any(section.line < problem.line and (not after or problem.line < after.line) for problem in problems)  # and taken for the text above
            if section.readable and not lost and (not after or after.readable):
                name = ("claims", section.attributes.get("id", ""))
                self.add_prose(document, section.heading, *name)
                self.add_prose(document, section.prose, *name, "text")
        told = {problem.line for problem in problems}
        for prose in (body.introduction, *(piece for section in body.sections for piece in (section.heading, section.prose))):
            self.problems += [problem for problem in self._checked(document, prose) if problem.line not in told]
        if not all(SLUG.fullmatch(section.attributes.get("id", "")) for section in body.sections):  # what names it is not wrong
            self.unsure.add(document.path.split("/", 2)[2].removesuffix(".md"))
        return body

    def _checked(self, document: Document, prose: Prose) -> Iterator[Problem]:
        """What is wrong in a piece of Markdown."""
        yield from checks_of_texts.check_prose(document, prose, self.documents, self.static)
        yield from checks_of_texts.check_underlines(document, prose)
        yield from checks_of_texts.check_markup(document, prose)

    def forget(self, section: Section) -> None:
        """Leaves the texts of a claim aside that is told to be none yet: what they rest on is not known."""
        self.prose = [noted for noted in self.prose if noted[1] not in (section.heading, section.prose)]

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


def several(attributes: dict[str, str]) -> dict[str, Any]:
    """The attributes that hold several words."""
    return {"themes": tuple(attributes["themes"].replace(",", " ").split())} if "themes" in attributes else {}


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

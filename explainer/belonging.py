"""What does not stand where it belongs: a file in the folder or under the name of another, a range given to somebody else. Told once, there."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from explainer import checks
from explainer.documents import warning
from explainer.entries import AnswerRead, Entry, Linking, several
from explainer.markdown import parse_sections
from explainer.problems import Problem, did_you_mean, nearest
from explainer.schema import (
    AgreementFields,
    AnswerFields,
    DisagreementFields,
    ExpertFields,
    Fields,
    PageFields,
    QuestionFields,
    ReadingFields,
    SourceFields,
    ThemeFields,
)

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


def is_of(fields: Any, model: type[Fields], own: type[Fields]) -> bool:
    """Whether fields are those of another kind than their own: some are unknown here, and there, none is unknown and none missing."""
    if not isinstance(fields, dict) or fields.keys() <= _names(own).keys():
        return False
    names = _names(model)
    return fields.keys() <= names.keys() and all(name in fields for name, is_required in names.items() if is_required)


@cache
def _names(model: type[Fields]) -> dict[str, bool]:
    """The names of a kind's fields, and whether they must be there."""
    return {info.alias or name: info.is_required() for name, info in model.model_fields.items()}


def check_kinds(linking: Linking) -> Iterator[Problem]:
    """A file stands in the folder of its kind."""
    for folder, (model, own) in KINDS.items():
        for document in linking.documents.of(folder):
            for other, (kind, called) in KINDS.items():
                if is_of(document.fields, kind, model):
                    linking.misfits.add(document.path)
                    name = document.path.rpartition("/")[2]
                    linking.count_as_there(f"{other}/{name}", document.path.removeprefix("content/"))
                    there = f"content/{other}/{'<question>/' if other == 'answers' else ''}"
                    yield document.problem_at(
                        f"these are the fields of {called}; move the file to {there}, or if it is to be {own}, write the fields of {own}", 2
                    )
                    break


def named_by_others(linking: Linking) -> Iterator[str]:
    """The paths below `content/` of the experts, questions and themes that other files name, as far as these can be read."""
    for document in (*linking.documents.of("answers"), *linking.documents.of("sources")):
        body, _ = linking.memory.recall(("sections", document.path), document, partial(parse_sections, document))
        for section in body.sections:
            yield from (f"themes/{theme}.md" for theme in several(section.attributes).get("themes", ()))
        folder, *parts = document.path.removeprefix("content/").split("/")
        if folder == "answers":
            yield from (f"questions/{parts[0]}.md", f"experts/{parts[1]}")
        ranges = document.fields.get("ranges") if isinstance(document.fields, dict) else None
        for part in ranges if isinstance(ranges, tuple) else ():
            if isinstance(part, dict):
                yield from (f"{name}s/{part.get(name)}.md" for name in ("expert", "question"))


def check_renamed_source(linking: Linking, entries: Iterable[Entry[SourceFields]]) -> Iterator[Problem]:
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


def check_renamed(linking: Linking, entries: Iterable[Entry[SourceFields]], kind: str, files: Sequence[Entry[Any]]) -> Iterator[Problem]:
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


def check_misnamed(linking: Linking, read: Iterable[AnswerRead], entries: Iterable[Entry[SourceFields]]) -> Iterator[Problem]:
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


def check_owners(linking: Linking, read: Sequence[AnswerRead], entries: Iterable[Entry[SourceFields]]) -> Iterator[Problem]:
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


def check_answered(linking: Linking, entries: Iterable[Entry[SourceFields]]) -> Iterator[Problem]:
    """What an expert says on a question has an answer; without one, its paragraphs would vanish without a word."""
    for entry in entries:
        for n, part in enumerate(entry.fields.ranges):
            answer = f"answers/{part.question}/{part.expert}.md"
            known = part.kind == "testimony" and part.expert in linking.experts and part.question in linking.questions
            if known and (entry.slug, n) not in linking.owned and not linking.documents.has(answer):
                yield warning(entry.document.problem(f"testimony without an answer; write content/{answer}", "ranges", n, "paragraphs"))


def check_asked(linking: Linking, entries: Iterable[Entry[SourceFields]], questions: Sequence[Entry[QuestionFields]]) -> Iterator[Problem]:
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

"""The rules of content that a single field cannot know. Each check yields problems, and its docstring is the rule."""

import re
from collections.abc import Callable, Collection, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from explainer.checks_of_texts import check_heading, heading_column
from explainer.documents import FINGERPRINT, Documents, warning
from explainer.fingerprint import Fingerprint
from explainer.frontmatter import Document
from explainer.markdown import Body, Section, check_size
from explainer.model import Answer, Claim, Expert, Library, Question, Range, Scale, Side, Source, runs
from explainer.problems import Problem, did_you_mean, nearest
from explainer.schema import (
    HEADLINE_LIMIT,
    AnswerFields,
    ChangeFields,
    ClaimFields,
    ExpertFields,
    PlacingFields,
    QuestionFields,
    RangeFields,
    ReadingFields,
    SourceFields,
    StanceFields,
    TermFields,
)


def check_orders(entries: Iterable[tuple[Document, int]]) -> Iterator[Problem]:
    """No two files of a folder share their `order`; site order would depend on file names."""
    seen: dict[int, str] = {}
    listed = list(entries)
    taken = {order for _, order in listed}
    for document, order in listed:
        if order in seen:
            free = next(number for number in count(order + 1) if number not in taken)
            taken.add(free)
            yield warning(document.problem(f"order {order} is also that of {seen[order]}; the next free number is {free}", "order"))
        seen.setdefault(order, document.path)


def check_titles(entries: Iterable[tuple[Document, str]]) -> Iterator[Problem]:
    """No two files of a folder share their title; in a list a reader could not tell them apart, and mostly one is a copy."""
    seen: dict[str, str] = {}
    for document, title in entries:
        first = seen.setdefault(title.casefold(), document.path)
        if first != document.path:
            yield warning(document.problem(f"{first} has this title too; choose another, or delete one of the files", "title"))


def check_doubled(findings: Iterable[tuple[Any, Hashable]]) -> Iterator[Problem]:
    """No two agreements, and no two disagreements, rest on just the same claims; the second would tell a reader nothing new."""
    seen: dict[Hashable, Any] = {}
    for entry, claims in findings:
        first = seen.setdefault(claims, entry)
        if first is not entry and first.fields.title.casefold() != entry.fields.title.casefold():  # a copy is told by its title
            yield warning(entry.document.problem(f"{first.document.path} rests on the same claims; make one of the two, or name others", "claims"))


def check_copied(entries: Iterable[Any], names: Sequence[str]) -> Iterator[Problem]:
    """No file is a copy of another: what tells two of them apart, as the names of an expert, is its own.

    `names` are the fields that tell them apart, in lists of any length; two that are the same make a copy.
    """
    seen: list[Any] = []
    for entry in entries:
        for other in seen:
            same = [name for name in names if (value := getattr(entry.fields, name)) and value == getattr(other.fields, name)]
            if len(same) > 1:
                listed = " and ".join(f"'{name}'" for name in same)
                yield entry.document.problem(f"{listed} are those of {other.document.path}; give this file its own, or delete it", same[0])
                break
        else:
            seen.append(entry)


def check_initials(entries: Iterable[Any]) -> Iterator[Problem]:
    """No two experts share their initials or their short name; mark and name must tell them apart. Two of one name are mostly the same."""
    for name in ("initials", "short"):
        seen: dict[str, str] = {}
        for entry in entries:
            value = getattr(entry.fields, name)
            if value in seen:
                yield entry.document.problem(f"'{name}' {value} is also that of {seen[value]}; choose another", name)
            seen.setdefault(value, entry.fields.name)
    paths: dict[str, str] = {}
    for entry in entries:
        first = paths.setdefault(entry.fields.name.casefold(), entry.document.path)
        if first != entry.document.path:
            yield warning(entry.document.problem(f"{first} has this name too; write the other's, or what tells the two apart", "name"))


def check_expert_slugs(entries: Iterable[Any]) -> Iterator[Problem]:
    """No expert's slug holds `-and-`, which joins two slugs in the address of a pair."""
    for entry in entries:
        if "-and-" in f"-{entry.slug}-":
            yield entry.document.problem_at(f"the name '{entry.slug}' holds 'and', which joins two experts in the address of their page; rename the file", 1)


def check_findings(documents: Documents) -> Iterator[Problem]:
    """No agreement and disagreement share their name; both have their address on one page."""
    for document in documents.of("disagreements"):
        twin = document.path.replace("content/disagreements/", "agreements/")
        if twin in documents.by_path:
            yield document.problem_at(f"content/{twin} has the same name, and both stand on one page; rename one", 1)


def check_forms(fields: TermFields, belongs: dict[str, str], place: Callable[..., Problem]) -> Iterator[Problem]:
    """A word belongs to one term; with two, a reader would be shown the explanation of either.

    `belongs` are the terms of the words so far.
    """
    for n, form in enumerate((fields.term, *fields.also)):
        if belongs.setdefault(form, fields.id) != fields.id:
            yield place(f"'{form}' is a word of the term '{belongs[form]}' already; keep it with one", *(("also", n - 1) if n else ("term",)))


def check_scales(entries: Iterable[Any]) -> Iterator[Problem]:
    """No two scales of the site share their id; a stance names its scale by it. No two of a question share their title, and no step stands in one twice."""
    seen: dict[str, str] = {}
    for entry in entries:
        titles: dict[str, str] = {}
        for n, scale in enumerate(entry.fields.scales):
            if scale.id in seen:
                yield entry.document.problem(f"a second scale '{scale.id}', after that of question '{seen[scale.id]}'; rename one", "scales", n, "id")
            seen.setdefault(scale.id, entry.slug)
            if (first := titles.setdefault(scale.title.casefold(), scale.id)) != scale.id:
                yield warning(entry.document.problem(f"the scale '{first}' has this title too; choose another", "scales", n, "title"))
            steps = [step.casefold() for step in scale.steps]
            for step, text in enumerate(steps):
                if text in steps[:step]:
                    message = f"step {steps.index(text) + 1} says the same; write what this one says, or take it out"
                    yield warning(entry.document.problem(message, "scales", n, "steps", step))


def check_headings(claims: Iterable[tuple[Document, ClaimFields, Section]]) -> Iterator[Problem]:
    """No two claims of a file share their heading; in a list a reader could not tell them apart, and mostly one is a copy."""
    seen: dict[str, str] = {}
    for place, fields, section in claims:
        heading = section.heading.text.casefold()
        first = seen.setdefault(heading, fields.id) if heading else fields.id
        if first != fields.id:
            message = f"the claim '{first}' has this heading too; write another, or delete one of the claims"
            yield warning(place.problem_at(message, section.line, heading_column(place, section)))


def check_known(document: Document, fields: ExpertFields) -> Iterator[Problem]:
    """Nothing that is known of an expert is said twice."""
    texts = [fact.text.casefold() for fact in fields.known]
    for n, text in enumerate(texts):
        if text in texts[:n]:
            yield warning(document.problem("this stands under 'known' already; keep one", "known", n, "text"))


def check_ranges(document: Document, fields: SourceFields) -> Iterator[Problem]:
    """The ranges of a source run from its first paragraph to its last, without a gap and without overlap; testimony names its expert and question."""
    expected: int | None = 1
    swapped = -1
    firsts = [part.paragraphs[0] for part in fields.ranges]
    for n, part in enumerate(fields.ranges):
        first, last = part.paragraphs[0], part.paragraphs[-1]
        after = firsts[n + 1] if n + 1 < len(firsts) else None
        if last - first + 1 != len(part.paragraphs):
            yield document.problem("a range is a run without gaps, as in 26-39; make it two ranges", "ranges", n, "paragraphs")
            expected = None  # where it should end is not known
        elif expected is not None and after == expected and fields.ranges[n + 1].paragraphs[-1] == first - 1:
            yield document.problem(f"this range starts at {first}, and the next one at {after}; put that one before it", "ranges", n, "paragraphs")
            expected = last + 1
            swapped = n + 1
        elif n != swapped:
            if expected not in (None, first):
                wrong = f"this range starts at {first}, but the one before ends at {expected - 1}" if n else f"the first range starts at 1, not at {first}"
                yield document.problem(f"{wrong}; every paragraph belongs to one range, and empty lines are not counted", "ranges", n, "paragraphs")
            is_beyond = expected is not None and after is not None and expected < after < first  # a slip of the finger here, not told at the next range too
            expected = None if is_beyond else last + 1
        yield from _check_range_names(document, n, part)


def _check_range_names(document: Document, n: int, part: RangeFields) -> Iterator[Problem]:
    """Testimony names its expert and question, a prompt may name its question, and no other range names either."""
    given = [name for name in ("expert", "question") if getattr(part, name) is not None]
    if part.kind == "testimony":
        for name in ("expert", "question"):
            if name not in given:
                yield document.problem(f"'{name}' is missing; testimony is somebody's on something", "ranges", n)
    elif len(given) > 1 and part.kind != "prompt":
        message = f"testimony has an 'expert' and a 'question', and {part.kind} has not; write 'kind: testimony', or leave them out"
        yield document.problem(message, "ranges", n, "kind")
    elif given and (part.kind, given) != ("prompt", ["question"]):  # a prompt may name its question
        yield document.problem(f"'{given[0]}' belongs to testimony only, not to {part.kind}; leave it out", "ranges", n, given[0], key=True)


def given_to_another(document: Document, part: Range, n: int, expert: str, question: str, *, is_free: bool) -> Problem:
    """A range is testimony of the expert, and on the question, whose answer rests on it.

    What is told of one that is not; `is_free` says that there is no answer of those to whom it is given.
    """
    right = {"kind": "testimony", "expert": expert, "question": question}
    wrong = [name for name, value in right.items() if getattr(part, name) != value]
    what = f"testimony of '{part.expert}' on '{part.question}'" if part.kind == "testimony" else part.kind
    written = ", ".join(f"{name}: {right[name]}" for name in wrong)
    or_else = f", or if content/answers/{question}/{expert}.md is misnamed, rename it" if is_free and part.kind == "testimony" else ""
    message = f"this range is {what}, and all of the answer '{question}/{expert}' rests on it; write '{written}'{or_else}"
    return document.problem(message, "ranges", n, wrong[0])


def check_damage(document: Document, fields: SourceFields) -> Iterator[Problem]:
    """What is joined is a run of paragraphs, and no paragraph is joined twice; repairs name paragraphs that are there."""
    last = fields.ranges[-1].paragraphs[-1]
    seen: set[int] = set()
    for n, numbers in enumerate(fields.joined):
        if len(numbers) < 2 or len(runs(numbers)) > 1 or numbers[-1] > last:
            yield document.problem(f"'joined' must name runs of two paragraphs or more, as in 43-44, up to ¶{last}", "joined", n)
        elif seen & set(numbers):
            yield document.problem(f"¶{min(seen & set(numbers))} is joined already; name it in one run", "joined", n)
        elif not any(set(numbers) <= set(part.paragraphs) for part in fields.ranges):
            yield document.problem(f"{spans(numbers)} are of different ranges; only paragraphs that are one sentence are joined", "joined", n)
        seen |= set(numbers)
    for n, repair in enumerate(fields.repairs):
        if repair.paragraph > last:
            yield document.problem(f"no ¶{repair.paragraph}; the paragraphs end at ¶{last}", "repairs", n, "paragraph")


def check_fingerprint(found: Fingerprint | None, slug: str, fields: SourceFields, document: Document) -> Iterator[Problem]:
    """A fingerprint is whole, and was made from the text as its source's file describes it now."""
    again = f"make it again: python build.py fingerprint TEXT --source {slug}"
    path, last = f"content/sources/{slug}{FINGERPRINT}", fields.ranges[-1].paragraphs[-1]
    if found is None:
        yield Problem(path, 1, 1, f"this is no fingerprint of '{slug}', or it is damaged; {again}")
    elif found.damage != fields.damage.digest:
        yield Problem(path, 1, 1, f"'repairs' or 'joined' in content/sources/{slug}.md have changed since it was made; {again}")
    elif found.last != last:
        message = (
            f"the ranges end at ¶{last}, and the fingerprint is of a text with {found.last} paragraphs; correct the ranges, or if the text is another now, "
        )
        yield document.problem(message + again, "ranges", len(fields.ranges) - 1, "paragraphs")


def check_fingerprints(documents: Documents) -> Iterator[Problem]:
    """Every fingerprint belongs to a source."""
    for slug in documents.fingerprints:
        if f"sources/{slug}.md" not in documents.paths:
            known = [path.removeprefix("sources/").removesuffix(".md") for path in documents.by_path if path.startswith("sources/")]
            without = tuple(name for name in known if name not in documents.fingerprints)
            if meant := nearest(slug, without) or (without[0] if len(without) == 1 else None):
                again = f"if that is '{meant}' now, delete this file and make its fingerprint: python build.py fingerprint TEXT --source {meant}"
                yield Problem(f"content/sources/{slug}{FINGERPRINT}", 1, 1, f"no source '{slug}'; {again}")
            else:
                yield Problem(f"content/sources/{slug}{FINGERPRINT}", 1, 1, f"no source '{slug}'{did_you_mean(slug, known)}")


def check_within(source: Source, paragraphs: Sequence[int], document: Document, *location: str | int) -> Iterator[Problem]:
    """A paragraph that is named exists in its source."""
    last = source.ranges[-1].paragraphs[-1]
    if paragraphs and paragraphs[-1] > last:
        yield document.problem(f"no ¶{paragraphs[-1]}; the paragraphs of '{source.slug}' end at ¶{last}", *location)


def check_testimony(
    paragraphs: Sequence[int],
    source: Source | None,
    question: Question | None,
    expert: Expert | None,
    document: Document,
    *location: str | int,
) -> Iterator[Problem]:
    """What an expert is said to hold rests on that expert's own testimony on that question, and on nothing else."""
    if source is None or question is None or expert is None:
        return
    own = source.testimony(expert.slug, question.slug)
    outside = [paragraph for paragraph in paragraphs if paragraph not in own]
    if not outside:
        return
    if not own:
        message = f"'{source.slug}' has no testimony of '{expert.slug}' on '{question.slug}'; add its range to content/sources/{source.slug}.md"
    else:
        message = f"¶{outside[0]} is {whose(source, outside[0])}, not testimony of '{expert.slug}' on '{question.slug}' ({spans(own)})"
    yield document.problem(message, *location)


def check_background(paragraphs: Sequence[int], source: Source, document: Document, *location: str | int) -> Iterator[Problem]:
    """A claim in a source's own file rests on its background; what an expert says belongs into an answer."""
    background = {paragraph for part in source.ranges if part.kind == "background" for paragraph in part.paragraphs}
    outside = [paragraph for paragraph in paragraphs if paragraph not in background]
    if outside:
        yield document.problem(f"¶{outside[0]} is {whose(source, outside[0])}, not background; what an expert says belongs into an answer", *location)


def check_asked(document: Document, question: str, asked: Iterable[int], source: Source, prompt: Sequence[int]) -> Iterator[Problem]:
    """The paragraphs of a question are those that ask it, in the range of kind `prompt` that names it, where there is one."""
    if outside := sorted(number for number in asked if number not in prompt and number <= source.ranges[-1].paragraphs[-1]):
        yield warning(document.problem(f"¶{outside[0]} is {whose(source, outside[0])}, not what asks '{question}' ({spans(prompt)})", "paragraphs"))


def whose(source: Source, paragraph: int) -> str:
    """What a paragraph is, in words."""
    part = next((part for part in source.ranges if paragraph in part.paragraphs), None)
    if part is None:
        beyond = paragraph > source.ranges[-1].paragraphs[-1]
        return f"beyond the last paragraph of '{source.slug}'" if beyond else f"in no range of '{source.slug}'"
    return f"testimony of '{part.expert}' on '{part.question}'" if part.kind == "testimony" else part.kind


def spans(paragraphs: Iterable[int]) -> str:
    """Rising numbers as runs: `¶26–28, 30`."""
    return "¶" + ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in runs(paragraphs))


def check_section(document: Document, section: Section) -> Iterator[Problem]:
    """A claim has a headline that fits a cell, and a text."""
    headline = section.heading.text
    column = heading_column(document, section)
    if not headline:
        yield document.problem_at("the heading is empty; it is the claim in a few words", section.line, column)
    elif len(headline) > HEADLINE_LIMIT:
        yield document.problem_at(f"the heading has {len(headline)} characters; at most {HEADLINE_LIMIT} fit a cell", section.line, column)
    if not section.prose.text:
        yield document.problem_at("there is nothing under this heading; say the claim in one to three sentences", section.line, column)
    yield from check_heading(document, section)


def check_claim(document: Document, fields: ClaimFields) -> Iterator[Problem]:
    """A claim that reports says whose view it is, and no other does."""
    if fields.kind == "reports" and not fields.whose:
        yield document.problem("'whose' is missing; a claim that reports says whose view it is", "kind")
    elif fields.whose and fields.kind != "reports":
        yield document.problem(f"'whose' belongs to 'reports' only, not to '{fields.kind}'; leave it out", "whose")


def check_introduction(document: Document, body: Body) -> Iterator[Problem]:
    """Everything in an answer belongs to a claim, and there is one at least."""
    if body.introduction.text and body.is_introduced:
        line = document.body_line + next(token.map[0] for token in body.introduction.tokens if token.map)
        yield document.problem_at("this text belongs to no claim; put it under a '## heading' with its attributes", line)
    if not body.sections and not body.is_broken and not any(check_size(document)):
        yield warning(document.problem_at("this answer has no claim yet; write one, as a '## heading' with its attributes", document.body_line))


def check_coverage(document: Document, fields: AnswerFields, claims: Sequence[Claim], own: frozenset[int]) -> Iterator[Problem]:
    """Every paragraph of an answer carries a claim or is listed as left out, with the reason; none is both."""
    carried = {paragraph for claim in claims for paragraph in claim.paragraphs}
    left = {paragraph for part in fields.left_out for paragraph in part.paragraphs}
    if gaps := sorted(own - carried - left):
        yield warning(document.problem(f"no claim rests on {spans(gaps)}; write one, or list the paragraph under 'left_out' with the reason"))
    for n, part in enumerate(fields.left_out):
        before = {paragraph for other in fields.left_out[:n] for paragraph in other.paragraphs}
        if again := sorted(before.intersection(part.paragraphs)):
            yield warning(document.problem(f"{spans(again)} stands under 'left_out' already; keep it in one item", "left_out", n, "paragraphs"))
        if both := sorted(carried.intersection(part.paragraphs)):
            message = f"{spans(both)} is left out and yet carries a claim; take it out of 'left_out', or of the claim"
            yield document.problem(message, "left_out", n, "paragraphs")
        if foreign := sorted(set(part.paragraphs) - own):
            yield document.problem(f"{spans(foreign)} is not part of this answer ({spans(sorted(own))})", "left_out", n, "paragraphs")


def check_steps(fields: StanceFields | PlacingFields, scale: Scale, document: Document, *location: str | int) -> Iterator[Problem]:
    """A place on a scale is one of its steps, and another step that could be defended is another one."""
    for step, where in ((fields.step, ("step",)), (fields.other.step if fields.other else None, ("or", "step"))):
        if step is not None and not 1 <= step <= len(scale.steps):
            yield document.problem(f"no step {step}; '{scale.id}' has steps 1 to {len(scale.steps)}", *location, *where)
    if fields.other and fields.other.step == fields.step:
        yield document.problem("the other step is the same; name another, or leave out 'or'", *location, "or", "step")


def check_whole_sentences(document: Document, fields: QuestionFields) -> Iterator[Problem]:
    """The parts of a question, and the steps of a scale, all end as sentences, or none does; a comma between [ and ] parts a sentence unseen."""
    lists: list[tuple[Sequence[str], tuple[str | int, ...]]] = [(fields.parts, ("parts",))]
    lists += [(scale.steps, ("scales", n, "steps")) for n, scale in enumerate(fields.scales)]
    for texts, location in lists:
        cut = next((n for n, text in enumerate(texts) if not _SENTENCE_END.search(text)), None)
        if cut is not None and _SENTENCE_END.search(texts[-1]):
            message = f"'{texts[cut]}' does not end as the last one does; if a comma between [ and ] parts it, put the whole text in quotes"
            yield warning(document.problem(message, *location, cut))


_SENTENCE_END = re.compile(r"[.?!…][”’)]*$")


def check_silent(document: Document, fields: AnswerFields, question: Question) -> Iterator[Problem]:
    """A scale that an answer is said not to address is one of its question, and the answer has no stance on it."""
    scales = [scale.id for scale in question.scales]
    placed = {stance.scale for stance in fields.stances}
    for n, name in enumerate(fields.silent):
        if name not in scales:
            yield document.problem(f"no scale '{name}' in question '{question.slug}'{did_you_mean(name, scales)}", "silent", n)
        elif name in placed:
            yield document.problem(f"'{name}' is under 'stances' too; take it out of one of the two", "silent", n)
        elif name in fields.silent[:n]:
            yield document.problem(f"'{name}' stands here twice; keep one", "silent", n)


def check_placed(answers: Iterable[tuple[Answer, Document, AnswerFields]]) -> Iterator[Problem]:
    """Where others have stances, an answer has one too, or lists the scales it does not address; what was forgotten would be read as silence."""
    listed = list(answers)
    placed = {answer.question for answer, _, _ in listed if answer.stances}
    for answer, document, fields in listed:
        if answer.question in placed and answer.claims and not answer.stances and not fields.silent:
            scales = ", ".join(scale.id for scale in answer.question.scales)
            yield warning(document.problem(f"no stance on any scale; add 'stances', or if the answer addresses none of them, 'silent: [{scales}]'"))


def check_silence(fields: PlacingFields, document: Document, *location: str | int) -> Iterator[Problem]:
    """A second placing is a step, from paragraphs, or silence, from none."""
    if fields.step is None and fields.paragraphs:
        yield document.problem("'paragraphs' belongs to a step; name the step, or leave both out for silence", *location, "paragraphs")
    elif fields.step is not None and not fields.paragraphs:
        yield document.problem("'paragraphs' is missing; a step rests on paragraphs", *location)


def check_all_placed(document: Document, answers: Iterable[Answer], placed: Collection[tuple[Scale, Expert]]) -> Iterator[Problem]:
    """Who places stances a second time places them all, silence included: every answer on every scale of its question."""
    for answer in answers:
        for scale in answer.question.scales:
            if (scale, answer.expert) not in placed:
                yield warning(document.problem_at(f"no item for '{answer.expert.slug}' on '{scale.id}'; place it, without a step for silence", 1))


def check_held(document: Document, claims: Iterable[Claim], references: Sequence[str], way_out: str, *location: str | int) -> Iterator[Problem]:
    """Whoever stands in a finding holds something there; where an expert only reports what somebody else holds, the finding says so."""
    by_expert: dict[Expert, list[Claim]] = {}
    for claim in claims:
        if claim.expert:
            by_expert.setdefault(claim.expert, []).append(claim)
    for expert, own in by_expert.items():
        if all(claim.kind == "reports" for claim in own):
            message = f"'{expert.slug}' stands here only with '{own[0].reference}', which reports another's view; name what the expert holds, or {way_out}"
            yield warning(document.problem(message, *location, references.index(own[0].reference)))


def check_sides(document: Document, sides: Sequence[Side]) -> Iterator[Problem]:
    """No expert stands on two sides of a disagreement."""
    seen: dict[Expert, int] = {}
    for n, side in enumerate(sides):
        for claim in side.claims:
            if claim.expert and seen.setdefault(claim.expert, n) != n:
                yield document.problem(f"'{claim.expert.slug}' stands on two sides; keep the claims of one", "sides", n, "claims")
                break


def check_conditional(claims: Iterable[Claim], references: Sequence[str], document: Document, *location: str | int) -> Iterator[Problem]:
    """A claim that is named under a condition has one."""
    for claim in claims:
        if not claim.condition:
            message = f"'{claim.reference}' has no condition; take it out, or give it one: condition=\"if …\""
            yield document.problem(message, *location, references.index(claim.reference))


def check_conditions_listed(conditional: Mapping[Claim, Document], listed: Container[Claim]) -> Iterator[Problem]:
    """Where there is a list of conditions, every claim with a condition stands in it."""
    for claim, place in conditional.items():
        if claim not in listed:
            message = f"this condition stands in no item of content/conditions.yaml; add '{claim.reference}' to the claims of one, or write a new one"
            yield warning(place.problem(message, "condition"))


def check_reading(document: Document, fields: ReadingFields) -> Iterator[Problem]:
    """A reading that is `misquoted` names the words under `quoted`; only one that is `not found` has no claims."""
    if fields.verdict == "misquoted" and not fields.quoted:
        yield document.problem("'misquoted' is about words that the overview has in quotation marks; name them under 'quoted'", "verdict")
    if fields.verdict != "not found" and not fields.claims:
        yield document.problem(f"a reading that is '{fields.verdict}' needs claims; only one that is 'not found' has none", "claims")


def check_said_once(document: Document, fields: ReadingFields, said: dict[tuple[str, str, tuple[int, ...], str], str]) -> Iterator[Problem]:
    """What the overview says of an expert is held against the answers once; two readings of it could differ.

    `said` are the files so far.
    """
    for n, expert in enumerate(dict.fromkeys(fields.experts)):
        first = said.setdefault((expert, fields.source, fields.overview_paragraphs, fields.overview.casefold()), document.path)
        if first != document.path:
            yield document.problem(f"{first} has a reading of this for '{expert}' already; keep one", "experts", n)


def said_before(entries: Iterable[tuple[Document, object]]) -> set[str]:
    """The paths of readings that are copies of others; `check_said_once` tells them."""
    seen: set[Hashable] = set()
    found = set()
    for document, fields in entries:
        if isinstance(fields, ReadingFields):
            key = (fields.source, fields.experts, fields.overview_paragraphs, fields.overview.casefold())
            if key in seen:
                found.add(document.path)
            seen.add(key)
    return found


def check_overview(paragraphs: Sequence[int], source: Source, document: Document, *location: str | int) -> Iterator[Problem]:
    """What a reading holds against the experts' own words stands where the source sums them up, in a range of kind `summary`."""
    summary = sorted(paragraph for part in source.ranges if part.kind == "summary" for paragraph in part.paragraphs)
    outside = [paragraph for paragraph in paragraphs if paragraph not in summary]
    if outside and not summary:
        yield document.problem(f"'{source.slug}' has no range of kind summary; add it to content/sources/{source.slug}.md", *location)
    elif outside:
        yield document.problem(f"¶{outside[0]} is {whose(source, outside[0])}, not summary ({spans(summary)})", *location)


def check_held_against(document: Document, fields: ReadingFields, source: Source) -> Iterator[Problem]:
    """The paragraphs that a summary is held against are testimony of the experts it speaks of, on any question, and some of each of them."""
    own = {expert: set(source.testimony(expert)) for expert in fields.experts}
    everybody = sorted(set().union(*own.values()))
    named = " or ".join(f"'{expert}'" for expert in own)
    if outside := [paragraph for paragraph in fields.paragraphs if paragraph not in everybody]:
        there = f" ({spans(everybody)})" if everybody else ""
        yield document.problem(f"¶{outside[0]} is {whose(source, outside[0])}, not testimony of {named}{there}", "paragraphs")
    for n, (expert, paragraphs) in enumerate(own.items()):
        if not outside and paragraphs.isdisjoint(fields.paragraphs):
            yield document.problem(f"none of the paragraphs is testimony of '{expert}' ({spans(sorted(paragraphs))})", "experts", n)


def in_another_source(document: Document, source: Source, claims: Sequence[Claim]) -> Problem | None:
    """The claims that a summary is held against are those of the experts it speaks of, from the same source, and one of each of them.

    What is told of a reading whose claims all rest on one other source than the one it names: that is one slip, whatever follows from it.
    """
    others = {claim.source.slug for claim in claims}
    if len(claims) < 2 or len(others) != 1 or source.slug in others:
        return None
    return document.problem(f"the claims under 'claims' rest on '{others.pop()}', and none on '{source.slug}'; one of the two is wrong", "source")


def check_whose_claims(document: Document, fields: ReadingFields, claims: Sequence[Claim]) -> Iterator[Problem]:
    """The claims that a summary is held against are those of the experts it speaks of, from the same source, and one of each of them."""
    experts = dict.fromkeys(fields.experts)
    named = " or ".join(f"'{expert}'" for expert in experts)
    found = {claim.reference: claim for claim in claims}
    foreign = False
    owners = {claim.expert.slug if claim.expert else claim.source.slug for claim in claims}
    if len(claims) > 1 and len(owners) == 1 and owners.isdisjoint(experts):  # one slip, not one for each claim
        own = {number for claim in claims if claim.expert for number in claim.source.testimony(claim.expert.slug)}
        place = "claims" if own.isdisjoint(fields.paragraphs) else "experts"
        yield document.problem(f"all these claims are of '{owners.pop()}', and none of {named}; name theirs, or other experts", place)
        return
    for n, claim in ((n, found[reference]) for n, reference in enumerate(fields.claims) if reference in found):
        whose_it_is = claim.expert.slug if claim.expert else claim.source.slug
        if whose_it_is not in experts:
            foreign = True
            yield document.problem(
                f"'{claim.reference}' is a claim of '{whose_it_is}', not of {named}; take it out, or write a reading of its own", "claims", n
            )
        elif claim.source.slug != fields.source:
            foreign = True
            yield document.problem(f"'{claim.reference}' rests on '{claim.source.slug}', not on '{fields.source}'; take it out", "claims", n)
    if foreign or not claims or len(claims) < len(fields.claims):
        return
    for n, expert in enumerate(experts):
        if not any(claim.expert and claim.expert.slug == expert for claim in claims):
            yield document.problem(f"no claim of '{expert}' stands under 'claims'; name one, or write a reading without this expert", "experts", n)


def check_claim_id(claim: str, document: Document, *location: str | int) -> Iterator[Problem]:
    """A claim in a source's own file is not named like the place of a paragraph on that source's page."""
    if re.fullmatch(r"p[0-9]+", claim):
        yield document.problem(f"the id '{claim}' is that of a paragraph on the source's page; choose another", *location)


def check_changes(changes: Sequence[ChangeFields], claims: Collection[str] | None, published: str | None, document: Document) -> Iterator[Problem]:
    """A change is told once, is not older than the publication, and names a claim of its file, or one that is said to be taken out and is not there.

    `claims` are the ids of the file; None if some of them cannot be read.
    """
    gone = {change.claim for change in changes if change.removed}
    for n, change in enumerate(changes):
        if published and change.date < published:
            yield document.problem(
                f"{change.date} is before the site was published, on {published} ('published' in site.yaml); only later changes are told, so take it out",
                "changes",
                n,
                "date",
            )
        if any((change.date, change.claim, change.what) == (other.date, other.claim, other.what) for other in changes[:n]):
            yield document.problem("this change stands here twice; keep one", "changes", n)
        elif change.removed and change.claim is None:
            yield document.problem("'claim' is missing; 'removed' says that a claim was taken out", "changes", n, "removed")
        elif change.removed and any(other.removed and other.claim == change.claim for other in changes[:n]):
            yield document.problem(f"'{change.claim}' is taken out a second time; keep one", "changes", n, "removed")
        if change.claim is None or claims is None:
            continue
        if change.removed and change.claim in claims:
            yield document.problem(f"'{change.claim}' is still a claim of this file; take it out, or leave out 'removed'", "changes", n, "removed")
        elif change.claim not in claims and change.claim not in gone:
            hint = did_you_mean(change.claim, claims)
            yield document.problem(f"no claim '{change.claim}' in this file, and no 'removed: true' that says it was taken out{hint}", "changes", n, "claim")


def is_later(date: str, other: str) -> bool:
    """Whether a date comes after another, as far as both are known: a year may hold what began in one of its months."""
    shorter = min(len(date), len(other))
    return date > other if len(date) == len(other) else date[:shorter] >= other[:shorter]


def check_doubles(words: Sequence[str], document: Document, name: str) -> Iterator[Problem]:
    """Nothing stands twice in a list of names."""
    for n, word in enumerate(words):
        if word in words[:n]:
            yield document.problem(f"'{word}' stands here twice; keep one", name, n)


def check_presence(library: Library) -> Iterator[Problem]:
    """A comparison needs two experts, a question, a theme and a source."""
    for nouns, least, what, folder in (
        (library.experts, 2, "two experts or more", "experts"),
        (library.questions, 1, "a question", "questions"),
        (library.themes, 1, "a theme", "themes"),
        (library.sources, 1, "a source", "sources"),
    ):
        if len(nouns) < least:
            message = f"a comparison needs {what}, and this project has {len(nouns) or 'none'}; write content/{folder}/<name>.md"
            yield Problem(f"content/{folder}", 1, 1, message)


def check_themes_used(library: Library, documents: Documents) -> Iterator[Problem]:
    """A theme has a claim; without one its page has nothing to compare."""
    for theme in library.themes:
        if theme not in library.claims_by_theme:
            yield warning(documents.by_path[f"themes/{theme.slug}.md"].problem("no claim names this theme yet; name it in one, or delete the file"))

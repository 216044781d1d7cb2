"""The claims of answers and of sources, with all that stands around them in an answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from explainer import checks
from explainer.documents import SLUG
from explainer.entries import AnswerRead, Entry, Linking, several
from explainer.frontmatter import Document
from explainer.markdown import Body, Section
from explainer.model import Answer, Change, Claim, Expert, LeftOut, OtherStep, Question, Source, Stance, Theme
from explainer.problems import Problem, did_you_mean
from explainer.schema import AnswerFields, ChangeFields, ClaimFields, OtherStepFields, SourceFields, StanceFields, validate
from explainer.texts import Basis


def read_answers(linking: Linking) -> list[AnswerRead]:
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
        body = linking.sections_of(document)
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


def link_answers(linking: Linking, read: Iterable[AnswerRead]) -> Iterator[Answer]:
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
    changes = link_changes(linking, fields.changes, document, body)
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


def link_background(linking: Linking, entry: Entry[SourceFields], body: Body) -> Iterator[Claim]:
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
        fields, problems = validate(ClaimFields, place, {**section.attributes, **several(section.attributes)})
        linking.problems += [*problems, *checks.check_section(place, section)]
        if fields is None:
            for n, theme in enumerate(several(section.attributes).get("themes", ())):  # told in the same run as what else is wrong
                if SLUG.fullmatch(theme):
                    linking.find("theme", linking.themes, theme, place, "themes", n)
            linking.forget(section)
            continue
        if fields.id in seen:
            linking.forget(section)
            linking.problems.append(place.problem(f"a second claim '{fields.id}' in this file; an id is an address, so choose another", "id"))
            continue
        seen.add(fields.id)
        linking.problems += checks.check_claim(place, fields)
        linking.attributes += [(place, text, ("claims", fields.id, name)) for name in ("condition", "whose") if (text := getattr(fields, name))]
        yield place, fields, section


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
        yield Stance(scale=scale, step=fields.step, because=fields.because, paragraphs=fields.paragraphs, other=other_step(fields.other))


def other_step(fields: OtherStepFields | None) -> OtherStep | None:
    return OtherStep(step=fields.step, because=fields.because, paragraphs=fields.paragraphs) if fields else None


def link_changes(linking: Linking, fields: Sequence[ChangeFields], document: Document, body: Body) -> tuple[Change, ...]:
    """The changes of an answer or a source, newest first, in whatever order they were written."""
    ids = [section.attributes.get("id", "") for section in body.sections if section.readable]
    claims = [claim for claim in ids if SLUG.fullmatch(claim)]
    linking.problems += checks.check_changes(fields, claims if len(claims) == len(body.sections) else None, linking.published, document)
    changes = (Change(date=change.date, claim=change.claim, what=change.what, why=change.why, removed=change.removed) for change in fields)
    in_order = sorted(changes, key=lambda change: (change.claim or "", change.what))
    return tuple(sorted(in_order, key=lambda change: change.date, reverse=True))


def check_claimless(linking: Linking) -> Iterator[Problem]:
    """Everything in an answer belongs to a claim, and there is one at least."""
    for name, answer in linking.claimless.items():
        if name in linking.awaited and not answer.body.introduction.text:
            reference, path = linking.awaited[name]
            message = f"this answer has no claim, and {path} names '{reference}'; write it, as a '## heading' with its attributes"
            yield answer.document.problem_at(message, answer.document.body_line)
        else:
            yield from checks.check_introduction(answer.document, answer.body)

"""The files that are lists: glossary, timeline, conditions and the second placing of the stances."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from explainer import checks
from explainer.belonging import is_of
from explainer.claims import other_step
from explainer.entries import Linking
from explainer.frontmatter import Document
from explainer.model import Answer, Claim, Condition, Event, Expert, Placing, Scale, Source, Term, grouped
from explainer.problems import Problem, did_you_mean
from explainer.schema import ConditionFields, EventFields, Fields, PlacingFields, TermFields, validate
from explainer.texts import Basis

LIST_LIMIT = 5_000
"""Items of a YAML list."""

ITEMS: dict[str, type[Fields]] = {"glossary": TermFields, "timeline": EventFields, "conditions": ConditionFields, "second-placing": PlacingFields}
"""The lists, and what the fields of their items are."""

_Form = TypeVar("_Form", bound=Fields)


def link_terms(linking: Linking) -> Iterator[Term]:
    belongs: dict[str, str] = {}
    for place, fields, source in _listed(linking, "glossary", TermFields):
        linking.problems += checks.check_forms(fields, belongs, place)
        yield Term(source=source, **{name: getattr(fields, name) for name in ("id", "term", "also", "meaning", "origin", "paragraphs")})


def link_events(linking: Linking) -> Iterator[Event]:
    """An event ends after it began."""
    events = []
    for place, fields, source in _listed(linking, "timeline", EventFields):
        if fields.until and not checks.is_later(fields.until, fields.date):
            linking.problems.append(place("'until' must be later than 'date'", "until"))
        events.append(Event(source=source, **{name: getattr(fields, name) for name in ("id", "date", "until", "title", "text", "origin", "paragraphs")}))
    yield from sorted(events, key=lambda event: (event.date, event.id))


def link_conditions(linking: Linking) -> Iterator[Condition]:
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


def link_placings(linking: Linking, answers: Sequence[Answer]) -> Iterator[Placing]:
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
                scale=scale, expert=expert, step=fields.step, because=fields.because, paragraphs=fields.paragraphs, other=other_step(fields.other)
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
    strays = [(n, other) for n, item in enumerate(document.fields) for other, kind in ITEMS.items() if is_of(item, kind, model)]
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

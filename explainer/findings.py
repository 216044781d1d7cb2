"""What comes of holding claims against one another and against their sources: agreements, disagreements, tensions and readings."""

from collections.abc import Iterable, Iterator

from explainer import checks
from explainer.entries import Entry, Linking
from explainer.model import Agreement, Disagreement, Reading, Side, Tension
from explainer.problems import Problem, did_you_mean
from explainer.quotations import attributed, check_attributed
from explainer.schema import AgreementFields, DisagreementFields, ReadingFields, SourceFields
from explainer.texts import Basis


def link_agreements(linking: Linking) -> Iterator[Agreement]:
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
        prose = linking.prose_of(entry.document)
        linking.rest(entry.document, claims, fields.claims)
        yield Agreement(slug=entry.slug, title=fields.title, claims=claims, caution=fields.caution, inference=fields.inference, prose=prose)


def link_disagreements(linking: Linking) -> Iterator[Disagreement]:
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
        prose = linking.prose_of(entry.document)
        yield Disagreement(
            slug=entry.slug, title=fields.title, type=fields.type, sides=sides, both_right=fields.both_right, inference=fields.inference, prose=prose
        )


def link_tensions(linking: Linking, entries: Iterable[Entry[SourceFields]]) -> Iterator[Tension]:
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


def link_readings(linking: Linking) -> Iterator[Reading]:
    """The readings, by source, in the order of the paragraphs of its summary."""
    order = {slug: n for n, slug in enumerate(linking.sources)}
    said: dict[tuple[str, str, tuple[int, ...], str], str] = {}
    entries = linking.entries("readings", ReadingFields)
    for entry in sorted(entries, key=lambda entry: (order.get(entry.fields.source, len(order)), entry.fields.overview_paragraphs)):
        fields, document = entry.fields, entry.document
        prose = linking.prose_of(document)
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

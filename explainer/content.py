"""Documents to a `Library`: every field typed, every reference followed, and everything that does not fit told at once."""

from collections.abc import Collection, Iterator

from explainer import checks, checks_of_texts, fingerprint
from explainer.belonging import check_answered, check_asked, check_kinds, check_misnamed, check_owners, check_renamed, check_renamed_source, named_by_others
from explainer.claims import check_claimless, link_answers, link_background, link_changes, read_answers
from explainer.documents import Documents
from explainer.entries import Entry, Linking
from explainer.findings import link_agreements, link_disagreements, link_readings, link_tensions
from explainer.fingerprint import Fingerprint
from explainer.lists import link_conditions, link_events, link_placings, link_terms
from explainer.markdown import Body
from explainer.memory import Memory
from explainer.model import Expert, Known, Library, ProsePage, Question, Quoted, Range, Scale, Source, Theme
from explainer.problems import Problem, has_errors
from explainer.quotations import check_own_words, check_quotations
from explainer.schema import ExpertFields, PageFields, QuestionFields, SourceFields, ThemeFields
from explainer.texts import Basis, texts_of_fields


def link_up(
    documents: Documents, published: str | None = None, memory: Memory | None = None, static: Collection[str] | None = None
) -> tuple[Library, list[Problem]]:
    """The library of these documents, and every problem found. With an error among them the library is not whole: build nothing from it.

    `static` are the names of the static files; where they are not known, nothing is said of links to them.
    """
    linking = Linking(documents, published, memory or Memory(), static)
    linking.problems += check_kinds(linking)
    linking.named = frozenset(named_by_others(linking))
    sources = linking.entries("sources", SourceFields)
    linking.problems += check_renamed_source(linking, sources)
    bodies = {entry.slug: linking.sections_of(entry.document) for entry in sources}
    for source in sources:
        linking.sources[source.slug] = _source(linking, source, bodies[source.slug])
    if len(linking.sources) == sum(path.startswith("sources/") for path in documents.paths):
        linking.bases.default = tuple(map(Basis, linking.sources.values()))
    linking.problems += checks.check_fingerprints(linking.documents)
    for theme in linking.entries("themes", ThemeFields):
        linking.themes[theme.slug] = Theme(slug=theme.slug, title=theme.fields.title, summary=theme.fields.summary, prose=linking.prose_of(theme.document))
    experts, questions = _experts_and_questions(linking)
    linking.problems += checks.check_findings(documents)
    linking.problems += [*check_renamed(linking, sources, "expert", experts), *check_renamed(linking, sources, "question", questions)]
    for source in sources:
        _check_ranges(linking, source)
    read = read_answers(linking)
    linking.problems += [*check_misnamed(linking, read, sources), *check_owners(linking, read, sources)]
    linking.problems += [*check_answered(linking, sources), *check_asked(linking, sources, questions)]
    background = tuple(claim for source in sources for claim in link_background(linking, source, bodies[source.slug]))
    answers = tuple(link_answers(linking, read))
    pages = tuple(_page(linking, page) for page in linking.entries("pages", PageFields))
    agreements, disagreements = tuple(link_agreements(linking)), tuple(link_disagreements(linking))
    terms, events = tuple(link_terms(linking)), tuple(link_events(linking))
    tensions, conditions = tuple(link_tensions(linking, sources)), tuple(link_conditions(linking))
    placings = tuple(link_placings(linking, answers))
    readings = tuple(link_readings(linking))
    linking.problems += check_claimless(linking)
    quotations = _quotations(linking)
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
        quotations=quotations,
        placings=placings,
    )
    if not has_errors(linking.problems) and not documents.unreadable:  # a file that could not be read is no gap
        linking.problems += checks.check_presence(library)
        linking.problems += [problem for problem in checks.check_themes_used(library, documents) if problem.path not in linking.doubled]
    return library, linking.problems


def _experts_and_questions(linking: Linking) -> tuple[list[Entry[ExpertFields]], list[Entry[QuestionFields]]]:
    """Who was asked, and what: the nouns are noted, and their files handed on."""
    for expert in (experts := linking.entries("experts", ExpertFields)):
        linking.experts[expert.slug] = _expert(linking, expert)
    for question in (questions := linking.entries("questions", QuestionFields)):
        if noun := _question(linking, question):
            linking.questions[question.slug] = noun
    linking.problems += checks.check_initials(linking.apart(experts))
    linking.problems += checks.check_expert_slugs(experts)
    linking.problems += checks.check_scales(linking.apart(questions))
    return experts, questions


def _quotations(linking: Linking) -> tuple[Quoted, ...]:
    """What is quoted in the texts of the project, once what is wrong with these is told."""
    documents, texts = linking.documents, tuple(linking.texts())
    linking.problems += _check_no_html(linking)
    linking.problems += [
        problem for document in documents.by_path.values() for problem in checks_of_texts.check_plain(texts_of_fields(document, linking.bases))
    ]
    linking.problems += checks_of_texts.check_paragraphs_named(texts)
    is_lost = any(slug not in linking.sources for slug in documents.fingerprints)  # it may be that of any source, so none is said to be missing
    quotations, problems = check_quotations(texts, tuple(linking.sources.values()), linking.sources if is_lost else documents.fingerprints)
    linking.problems += [*problems, *check_own_words(texts, linking.sources.values())]
    return tuple(quotations)


def _check_no_html(linking: Linking) -> Iterator[Problem]:
    """Fields and attributes are plain text."""
    for document in linking.documents.by_path.values():
        yield from checks_of_texts.check_fields(document)
    for place, text, location in linking.attributes:
        yield from checks_of_texts.check_no_html(place, text, str(location[-1]))


def _source(linking: Linking, entry: Entry[SourceFields], body: Body) -> Source:
    fields = entry.fields
    linking.problems += (damage := list(checks.check_damage(entry.document, fields)))
    ranges = tuple(Range(paragraphs=r.paragraphs, kind=r.kind, expert=r.expert, question=r.question, note=r.note) for r in fields.ranges)
    same = {name: getattr(fields, name) for name in ("title", "short", "publisher", "address", "date", "date_basis", "authors", "convenor", "genre", "trust")}
    changes = link_changes(linking, fields.changes, entry.document, body)
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


def _check_ranges(linking: Linking, entry: Entry[SourceFields]) -> None:
    """The ranges of a source fit together, and name experts and questions that are there; if not, it is not known whose its paragraphs are."""
    before = len(linking.problems)
    linking.problems += checks.check_ranges(entry.document, entry.fields)
    for n, part in enumerate(entry.fields.ranges):
        linking.find("expert", linking.experts, part.expert, entry.document, "ranges", n, "expert")
        linking.find("question", linking.questions, part.question, entry.document, "ranges", n, "question")
    if len(linking.problems) > before:
        linking.vague.add(entry.slug)


def _expert(linking: Linking, entry: Entry[ExpertFields]) -> Expert:
    linking.problems += checks.check_known(entry.document, entry.fields)
    known = []
    for n, fact in enumerate(entry.fields.known):
        if source := linking.find("source", linking.sources, fact.source, entry.document, "known", n, "source"):
            linking.problems += checks.check_within(source, fact.paragraphs, entry.document, "known", n, "paragraphs")
            linking.bases.set(entry.document, [Basis(source, frozenset(fact.paragraphs))], "known", n)
            known.append(Known(text=fact.text, source=source, paragraphs=fact.paragraphs, inferred=fact.inferred))
    fields = entry.fields
    return Expert(slug=entry.slug, name=fields.name, short=fields.short, initials=fields.initials, known=tuple(known), prose=linking.prose_of(entry.document))


def _question(linking: Linking, entry: Entry[QuestionFields]) -> Question | None:
    fields, document = entry.fields, entry.document
    prose = linking.prose_of(document)
    source = linking.find("source", linking.sources, fields.source, document, "source")
    if source is None:
        return None
    linking.problems += [*checks.check_within(source, fields.paragraphs, document, "paragraphs"), *checks.check_whole_sentences(document, fields)]
    linking.bases.set(document, [Basis(source)])
    scales = tuple(Scale(id=scale.id, title=scale.title, steps=scale.steps) for scale in fields.scales)
    return Question(
        slug=entry.slug, title=fields.title, short=fields.short, source=source, paragraphs=fields.paragraphs, parts=fields.parts, scales=scales, prose=prose
    )


def _page(linking: Linking, entry: Entry[PageFields]) -> ProsePage:
    prose = linking.prose_of(entry.document, anchors=True)
    linking.problems += checks_of_texts.check_page(entry.document, prose)
    return ProsePage(slug=entry.slug, title=entry.fields.title, short=entry.fields.short, prose=prose)

"""A source's page: where it comes from, and what was used of it. And the list of sources."""

from typing import NamedTuple

from explainer import urls
from explainer.markdown import Html
from explainer.model import Claim, Source, grouped
from explainer.views.coverage import CoverageView, coverage
from explainer.views.parts import ChangeView, CitationFile, ClaimView, ExpertLink, Link, ParagraphsView, Parts, citation_files


class ParagraphView(NamedTuple):
    """A paragraph and the claims that rest on it."""

    number: int
    claims: tuple[ClaimView, ...]


class RangeView(NamedTuple):
    """A run of paragraphs: what it is, whose, on what, and each paragraph's claims."""

    kind: str
    expert: ExpertLink | None
    question: Link | None
    note: str | None
    label: str
    paragraphs: tuple[ParagraphView, ...]
    used: int
    """How many of the paragraphs carry a claim."""
    readings: tuple[Link, ...]
    """Where its paragraphs are held against the experts' own words."""


class TensionView(NamedTuple):
    """Where a background claim does not sit well with what experts say."""

    claim: ClaimView
    against: tuple[ClaimView, ...]
    because: str


class SourceView(NamedTuple):
    """What is known of the source, its background claims and their tensions, and its paragraphs."""

    title: str
    description: str
    html: Html
    publisher: str
    address: str
    date: str
    date_basis: str
    authors: tuple[str, ...]
    convenor: str | None
    genre: str
    trust: str
    answers: tuple[Link, ...]
    claims: tuple[ClaimView, ...]
    verified: bool
    """Whether a quotation in them was found in the source."""
    citations: tuple[CitationFile, ...]
    """Of the background claims; none where there are no such claims."""
    tensions: tuple[TensionView, ...]
    changes: tuple[ChangeView, ...]
    ranges: tuple[RangeView, ...]
    coverage: CoverageView
    used: int
    """How many paragraphs carry a claim."""
    all: int


class SourceItemView(NamedTuple):
    """A source in the list of sources."""

    link: Link
    title: str
    publisher: str
    date: str
    genre: str
    trust: str
    number: int
    """How many claims rest on it."""


class SourcesView(NamedTuple):
    """The list of sources."""

    sources: tuple[SourceItemView, ...]


def source(parts: Parts, noun: Source) -> SourceView:
    """Where a source comes from, and what was used of it."""
    library = parts.library
    used: dict[int, list[Claim]] = grouped((number, claim) for claim in library.claims_by_source.get(noun, ()) for number in claim.paragraphs)
    experts = {expert.slug: expert for expert in library.experts}
    questions = {question.slug: question for question in library.questions}
    readings = [
        (numbers[0], Link(text=label(parts.paragraphs(noun, numbers)), url=urls.readings_of(noun, numbers)))
        for about, numbers in library.readings_by_overview
        if about is noun
    ]
    ranges = tuple(
        RangeView(
            kind=part.kind,
            expert=parts.expert(experts[part.expert]) if part.expert else None,
            question=parts.question(questions[part.question]) if part.question else None,
            note=part.note,
            label=label(parts.paragraphs(noun, part.paragraphs)),
            paragraphs=tuple(ParagraphView(number=number, claims=parts.claims(used.get(number, ()))) for number in part.paragraphs),
            used=sum(number in used for number in part.paragraphs),
            readings=tuple(link for number, link in readings if number in part.paragraphs),
        )
        for part in noun.ranges
    )
    claims = parts.claims(claim for claim in library.background if claim.source is noun)
    return SourceView(
        title=noun.title,
        description=f"{noun.genre}. {noun.publisher}, {noun.date}.",
        html=noun.prose.html,
        publisher=noun.publisher,
        address=noun.address,
        date=noun.date,
        date_basis=noun.date_basis,
        authors=noun.authors,
        convenor=noun.convenor,
        genre=noun.genre,
        trust=noun.trust,
        answers=tuple(
            Link(text=f"{answer.expert.name}: {answer.question.short}", url=urls.answer(answer.question, answer.expert))
            for answer in library.answers
            if answer.source is noun
        ),
        claims=claims,
        verified=any(
            noun.found(quotation.text, claim.paragraphs) for claim in library.background if claim.source is noun for quotation in claim.prose.quotations
        ),
        citations=citation_files(urls.source_citations(noun)) if claims else (),
        tensions=tuple(
            TensionView(claim=parts.claim(tension.claim), against=parts.claims(tension.against), because=tension.because)
            for tension in library.tensions
            if tension.claim.source is noun
        ),
        changes=parts.changes(noun),
        ranges=ranges,
        coverage=coverage(parts, noun),
        used=sum(part.used for part in ranges),
        all=sum(len(part.paragraphs) for part in ranges),
    )


def label(paragraphs: ParagraphsView) -> str:
    """Runs of paragraphs as text: `26–28, 30`."""
    return ", ".join(run.text for run in paragraphs.runs)


def sources(parts: Parts) -> SourcesView:
    """The list of sources."""
    library = parts.library
    return SourcesView(
        sources=tuple(
            SourceItemView(
                link=parts.source(noun),
                title=noun.title,
                publisher=noun.publisher,
                date=noun.date,
                genre=noun.genre,
                trust=noun.trust,
                number=len(library.claims_by_source.get(noun, ())),
            )
            for noun in library.sources
        )
    )

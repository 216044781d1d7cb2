"""What search finds: each thing once, at its home, with what a reader reads there. Not a page; `templates/searched.html` makes a text of it for the index."""

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from explainer import urls
from explainer.markdown import Html
from explainer.model import (
    Agreement,
    Answer,
    Change,
    Claim,
    Condition,
    Disagreement,
    Event,
    Expert,
    Library,
    ProsePage,
    Question,
    Reading,
    Source,
    Stance,
    Term,
    Theme,
)


class SectionView(NamedTuple):
    """A part of a page that has an address of its own: a claim or a scale. What a claim depends on is found and shown with its headline."""

    id: str
    title: str
    texts: tuple[str | Html, ...]
    condition: str | None = None
    whose: str | None = None


class SearchedView(NamedTuple):
    """One thing that search finds: where it is, what kind of thing, whose, and what is said there."""

    url: str
    title: str
    kind: str
    experts: tuple[str, ...]
    texts: tuple[str | Html, ...]
    sections: tuple[SectionView, ...] = ()


def searched(library: Library) -> Iterator[SearchedView]:
    """Everything that search finds. A list of things, or two experts side by side, says nothing that is not found at its home."""
    yield from map(_question, library.questions)
    yield from map(_answer, library.answers)
    yield from map(_expert, library.experts)
    yield from map(_theme, library.themes)
    yield from (_agreement(noun, library) for noun in library.agreements)
    yield from (_disagreement(noun, library) for noun in library.disagreements)
    yield from (_condition(noun, library) for noun in library.conditions)
    yield from (_reading(noun, library) for noun in library.readings)
    yield from map(_term, library.terms)
    yield from map(_event, library.events)
    yield from (_source(noun, library) for noun in library.sources)
    yield from map(_page, library.pages)


def _question(noun: Question) -> SearchedView:
    scales = (SectionView(scale.id, scale.title, scale.steps) for scale in noun.scales)
    return SearchedView(urls.question(noun), noun.title, "question", (), (noun.short, noun.prose.html, *noun.parts), tuple(scales))


def _answer(noun: Answer) -> SearchedView:
    stances = (text for stance in noun.stances for text in _stance(stance))
    texts = (noun.summary, *stances, *(left.because for left in noun.left_out), *_changes(noun.changes))
    return SearchedView(urls.answer(noun.question, noun.expert), noun.question.title, "answer", (noun.expert.name,), texts, tuple(map(_claim, noun.claims)))


def _changes(nouns: Iterable[Change]) -> Iterator[str]:
    return (text for noun in nouns for text in (noun.what, noun.why))


def _stance(noun: Stance) -> Iterator[str]:
    yield f"{noun.scale.title} {noun.scale.steps[noun.step - 1]}"
    yield noun.because
    if noun.other:
        yield noun.other.because


def _claim(noun: Claim) -> SectionView:
    return SectionView(noun.id, noun.headline.text, (noun.prose.html,), noun.condition, noun.whose)


def _expert(noun: Expert) -> SearchedView:
    return SearchedView(urls.expert(noun), noun.name, "expert", (), (noun.prose.html, *(known.text for known in noun.known)))


def _theme(noun: Theme) -> SearchedView:
    return SearchedView(urls.theme(noun), noun.title, "theme", (), (noun.summary, noun.prose.html))


def _agreement(noun: Agreement, library: Library) -> SearchedView:
    texts = (noun.prose.html, *([noun.caution] if noun.caution else []))
    return SearchedView(urls.agreement(noun), noun.title, "agreement", _names(noun.experts, library), texts)


def _disagreement(noun: Disagreement, library: Library) -> SearchedView:
    texts = (*(side.holds for side in noun.sides), noun.prose.html, noun.both_right)
    return SearchedView(urls.disagreement(noun), noun.title, "disagreement", _names(noun.experts, library), texts)


def _condition(noun: Condition, library: Library) -> SearchedView:
    """A condition in all its wordings; its claims are found at their homes."""
    wordings = dict.fromkeys(claim.condition or "" for claim in noun.claims)
    return SearchedView(urls.condition(noun), noun.title, "condition", _names(noun.experts, library), (*wordings, *([noun.note] if noun.note else [])))


def _reading(noun: Reading, library: Library) -> SearchedView:
    texts = (noun.overview, noun.holds, noun.because, noun.prose.html)
    return SearchedView(urls.reading(noun), noun.title, "reading", _names(noun.experts, library), texts)


def _names(experts: Container[Expert], library: Library) -> tuple[str, ...]:
    """The names of experts, in site order."""
    return tuple(expert.name for expert in library.experts if expert in experts)


def _term(noun: Term) -> SearchedView:
    return SearchedView(urls.term(noun), noun.term, "term", (), (", ".join(noun.also), noun.meaning))


def _event(noun: Event) -> SearchedView:
    return SearchedView(urls.event(noun), noun.title, "event", (), (noun.text,))


def _source(noun: Source, library: Library) -> SearchedView:
    claims = (claim for claim in library.claims_by_source.get(noun, ()) if claim.expert is None)
    tensions = (tension.because for tension in library.tensions if tension.claim.source is noun)
    known = (noun.publisher, ", ".join(noun.authors), noun.convenor or "", noun.date_basis, noun.genre, noun.trust)
    notes = (part.note for part in noun.ranges if part.note)
    return SearchedView(
        urls.source(noun), noun.title, "source", (), (noun.prose.html, *known, *tensions, *notes, *_changes(noun.changes)), tuple(map(_claim, claims))
    )


def _page(noun: ProsePage) -> SearchedView:
    return SearchedView(urls.prose_page(noun.slug), noun.title, "page", (), (noun.prose.html,))

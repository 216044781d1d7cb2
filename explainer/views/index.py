"""The index: everything that has a name, in the order of the alphabet; under a theme its claims, under an expert and a question the answers."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from explainer import urls
from explainer.markdown import Html
from explainer.model import Answer, Claim, Expert, Library, grouped
from explainer.words import Words

LINES = 30
"""The most lines under an entry; the page that the entry leads to has them all."""


class LineView(NamedTuple):
    """A line under an entry: an answer, or a claim with whose it is and what it depends on."""

    text: str | Html
    url: str
    of: str = ""
    condition: str | None = None
    whose: str | None = None


class EntryView(NamedTuple):
    """A name, what it is the name of, and what stands under it."""

    text: str
    url: str
    kind: str
    see: str = ""
    """The name under which the glossary has it, if that is another."""
    lines: tuple[LineView, ...] = ()
    left: int = 0
    """How many more lines there are, on the page that the entry leads to."""


class LetterView(NamedTuple):
    """The entries under a letter. `letter` is `0` for numbers, and empty for what begins with no letter."""

    id: str
    letter: str
    entries: tuple[EntryView, ...]


class IndexView(NamedTuple):
    """The letters under which there is something."""

    letters: tuple[LetterView, ...]


def index(library: Library, words: Words) -> IndexView:
    """The index of everything."""
    entries = sorted(_entries(library, words), key=lambda entry: (words.sorted_as(entry.text), entry.url))
    letters = grouped((words.letter(entry.text), entry) for entry in entries)
    return IndexView(letters=tuple(LetterView(id=f"_{letter.lower() or 'other'}", letter=letter, entries=tuple(under)) for letter, under in letters.items()))


def _entries(library: Library, words: Words) -> Iterator[EntryView]:
    for expert in library.experts:
        answers = library.answers_by_expert.get(expert, [])
        yield _entry(_by_family_name(expert), urls.expert(expert), "expert", [_answer(answer, answer.question.title) for answer in answers])
    for question in library.questions:
        answers = [answer for expert in library.experts if (answer := library.answer(question, expert))]
        yield _entry(question.short, urls.question(question), "question", [_answer(answer, answer.expert.name) for answer in answers])
    for theme in library.themes:
        yield _entry(theme.title, urls.theme(theme), "theme", [_claim(claim) for claim in library.claims_by_theme.get(theme, [])])
    for agreement in library.agreements:
        yield EntryView(agreement.title, urls.agreement(agreement), "agreement")
    for disagreement in library.disagreements:
        yield EntryView(disagreement.title, urls.disagreement(disagreement), "disagreement")
    for condition in library.conditions:
        yield EntryView(condition.title, urls.condition(condition), "condition")
    for reading in library.readings:
        yield EntryView(reading.title, urls.reading(reading), "reading")
    for term in library.terms:
        yield EntryView(term.term, urls.term(term), "term")
        yield from (EntryView(form, urls.term(term), "term", see=term.term) for form in term.also)
    for event in library.events:
        yield EntryView(event.title, urls.event(event), "event")
    for source in library.sources:
        yield EntryView(source.title, urls.source(source), "source")
    for page in library.pages:
        yield EntryView(page.title, urls.prose_page(page.slug), "page")
    for name, url in urls.lists(library).items():
        if url != urls.A_TO_Z:
            yield EntryView(words(name), url, "page")


def _entry(text: str, url: str, kind: str, lines: Sequence[LineView]) -> EntryView:
    """An entry with the first of its lines."""
    return EntryView(text, url, kind, lines=tuple(lines[:LINES]), left=max(0, len(lines) - LINES))


def _answer(answer: Answer, text: str) -> LineView:
    """An answer under its expert, named by its question, or the other way round."""
    return LineView(text, urls.answer(answer.question, answer.expert))


def _claim(claim: Claim) -> LineView:
    """A claim, of an expert or of a source."""
    of = claim.expert.short if claim.expert else claim.source.short
    return LineView(claim.headline.inline_html, urls.claim(claim), of, claim.condition, claim.whose)


def _by_family_name(expert: Expert) -> str:
    """`Ostler, Dee`, where the short name ends the whole one; a name in another order stays as it is."""
    given = expert.name.removesuffix(expert.short).rstrip()
    return f"{expert.short}, {given}" if given and given != expert.name else expert.name

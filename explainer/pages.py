"""The list of all pages: a page is its address, its template and its view."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from explainer import urls
from explainer.config import Config
from explainer.model import Library
from explainer.pairs import choose_pairs
from explainer.views import answer, changes, compare, conditions, expert, home, index, method, question, reading, reference, source, theme
from explainer.views.parts import Parts
from explainer.views.searched import searched
from explainer.words import Words


class Picture(NamedTuple):
    """The picture shown where a page is shared, and the same in words."""

    url: str
    alt: str


class Page(NamedTuple):
    """What becomes one HTML file. The same view and the same templates give the same bytes."""

    url: str
    template: str
    view: Any
    """A named tuple of `explainer.views`."""
    picture: Picture | None = None
    """None until `explainer.cards` has made them, and if it could make none."""


def all_pages(config: Config, parts: Parts, words: Words) -> Iterator[Page]:
    """Every page of the site."""
    library = parts.library
    pairs = choose_pairs(library, config.fields.pairs_limit)
    yield Page(urls.HOME, "home.html", home.home(parts, config, pairs))
    yield Page(urls.QUESTIONS, "questions.html", question.questions(parts))
    yield Page(urls.EXPERTS, "experts.html", expert.experts(parts))
    yield Page(urls.THEMES, "themes.html", theme.themes(parts))
    yield Page(urls.COMPARE, "compare.html", compare.compare(parts, pairs))
    yield Page(urls.CONDITIONS, "conditions.html", conditions.conditions(parts))
    if library.readings:
        yield Page(urls.READINGS, "readings.html", reading.readings(parts))
    yield Page(urls.SOURCES, "sources.html", source.sources(parts))
    yield Page(urls.TIMELINE, "timeline.html", reference.timeline(parts))
    yield Page(urls.GLOSSARY, "glossary.html", reference.glossary(parts))
    yield Page(urls.A_TO_Z, "a-z.html", index.index(library, words))
    yield Page(urls.CHANGES, "changes.html", changes.changes(parts, config.fields.published))
    yield Page(urls.SEARCH, "search.html", reference.EmptyView())
    yield Page(urls.NOT_FOUND, "404.html", reference.EmptyView())
    for asked in library.questions:
        yield Page(urls.question(asked), "question.html", question.question(parts, asked))
    for given in library.answers:
        yield Page(urls.answer(given.question, given.expert), "answer.html", answer.answer(parts, given))
    for person in library.experts:
        yield Page(urls.expert(person), "expert.html", expert.expert(parts, person, pairs))
    for first, second in pairs.chosen:
        yield Page(urls.pair(first, second), "pair.html", compare.pair(parts, first, second))
    for thread in library.themes:
        yield Page(urls.theme(thread), "theme.html", theme.theme(parts, thread))
    for article in library.sources:
        yield Page(urls.source(article), "source.html", source.source(parts, article))
    for prose in library.pages:
        url = urls.prose_page(prose.slug)
        yield Page(url, "method.html", method.method(parts, prose)) if url == urls.METHOD else Page(url, "page.html", reference.prose(prose))


def searched_pages(library: Library) -> Iterator[Page]:
    """What search finds, by address. These pages are read by the index alone."""
    for view in searched(library):
        yield Page(view.url, "searched.html", view)

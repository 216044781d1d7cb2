"""Every address of the site, as a path below its root, and how to write one as seen from a page."""

from typing import NamedTuple

from explainer.model import Agreement, Claim, Condition, Disagreement, Event, Expert, Library, Question, Reading, Scale, Source, Term, Theme

HOME = "index.html"
QUESTIONS = "questions.html"
EXPERTS = "experts.html"
THEMES = "themes.html"
COMPARE = "compare.html"
CONDITIONS = "conditions.html"
READINGS = "readings.html"
SOURCES = "sources.html"
TIMELINE = "timeline.html"
GLOSSARY = "glossary.html"
A_TO_Z = "a-z.html"
CHANGES = "changes.html"
CHANGES_FEED = "changes.xml"
SEARCH = "search.html"
SEARCH_PROGRAM = "pagefind/pagefind.js"
NOT_FOUND = "404.html"
DATA = "data/explainer.json"
DATA_SCHEMA = "data/explainer.schema.json"
CLAIMS_TABLE = "data/claims.csv"
STANCES_TABLE = "data/stances.csv"

CITATIONS_BIBTEX = "data/citations.bib"
CITATIONS_CSL = "data/citations.json"
CITATIONS_RIS = "data/citations.ris"

METHOD = "method.html"
"""The page of prose that also shows what can be counted of how an explainer was made."""

LISTS = {
    "questions": QUESTIONS,
    "experts": EXPERTS,
    "themes": THEMES,
    "compare": COMPARE,
    "conditions": CONDITIONS,
    "readings": READINGS,
    "sources": SOURCES,
    "timeline": TIMELINE,
    "glossary": GLOSSARY,
    "a-z": A_TO_Z,
    "changes": CHANGES,
    "search": SEARCH,
}
"""The pages that list things, by the name `site.yaml` calls them."""


def lists(library: Library) -> dict[str, str]:
    """Those that an explainer has: one without readings has no page of them."""
    return {name: url for name, url in LISTS.items() if url != READINGS or library.readings}


def prose_page(slug: str) -> str:
    """A page of prose."""
    return f"{slug}.html"


def question(noun: Question) -> str:
    """All experts on one question."""
    return f"questions/{noun.slug}.html"


def expert(noun: Expert) -> str:
    """One expert across the questions."""
    return f"experts/{noun.slug}.html"


def theme(noun: Theme) -> str:
    """One theme across experts and questions."""
    return f"themes/{noun.slug}.html"


def source(noun: Source) -> str:
    """A source, and what was used of it."""
    return f"sources/{noun.slug}.html"


def paragraph(noun: Source, number: int) -> str:
    """A paragraph of a source, on the source's page."""
    return f"{source(noun)}#p{number}"


def answer(asked: Question, answering: Expert) -> str:
    """One answer in full."""
    return f"answers/{asked.slug}/{answering.slug}.html"


def claim(noun: Claim) -> str:
    """The permanent home of a claim: its answer, or the page of its source."""
    page = answer(noun.question, noun.expert) if noun.question and noun.expert else source(noun.source)
    return f"{page}#{noun.id}"


class CitationUrls(NamedTuple):
    """The same citations in three formats."""

    bibtex: str
    csl: str
    ris: str


ALL_CITATIONS = CitationUrls(CITATIONS_BIBTEX, CITATIONS_CSL, CITATIONS_RIS)
"""Those of every claim."""


def answer_citations(asked: Question, answering: Expert) -> CitationUrls:
    """Those of the claims of an answer."""
    return _citations(f"{asked.slug}/{answering.slug}")


def source_citations(noun: Source) -> CitationUrls:
    """Those of the background claims of a source."""
    return _citations(noun.slug)


def _citations(name: str) -> CitationUrls:
    return CitationUrls(*(f"data/citations/{name}.{ending}" for ending in ("bib", "json", "ris")))


def pair(first: Expert, second: Expert) -> str:
    """Two experts, in site order."""
    return f"compare/{first.slug}-and-{second.slug}.html"


def card(page: str, mark: str) -> str:
    """The share card of a page; `mark` changes with what it shows."""
    return f"cards/{page.removesuffix('.html')}.{mark}.png"


def agreement(noun: Agreement) -> str:
    """An agreement, on the page of comparisons."""
    return f"{COMPARE}#{noun.slug}"


def disagreement(noun: Disagreement) -> str:
    """A disagreement, on the page of comparisons."""
    return f"{COMPARE}#{noun.slug}"


def condition(noun: Condition) -> str:
    """A condition, on the page of conditions."""
    return f"{CONDITIONS}#{noun.id}"


def reading(noun: Reading) -> str:
    """A reading, on the page of readings."""
    return f"{READINGS}#{noun.slug}"


def readings_of(noun: Source, paragraphs: tuple[int, ...]) -> str:
    """The readings of the same paragraphs of a source's summary, on the page of readings."""
    return f"{READINGS}#_{noun.slug}_{'-'.join(map(str, paragraphs))}"


def scale(asked: Question, noun: Scale) -> str:
    """A scale, on the page of its question."""
    return f"{question(asked)}#{noun.id}"


def term(noun: Term) -> str:
    """A word, on the glossary page."""
    return f"{GLOSSARY}#{noun.id}"


def event(noun: Event) -> str:
    """An event, on the timeline page."""
    return f"{TIMELINE}#{noun.id}"


def section(page: str) -> str:
    """The list to which a page belongs, as `themes.html` of `themes/alliance.html`; answers belong to the questions. Empty for pages at the top."""
    folder, mark, _ = page.partition("/")
    return (QUESTIONS if folder == "answers" else f"{folder}.html") if mark else ""


def of_content(path: str) -> str:
    """The address of what a file below `content/` becomes: `experts/marsh.md#top` is `experts/marsh.html#top`."""
    file, mark, fragment = path.partition("#")
    stem, dot, ending = file.rpartition(".")
    if ending == "yaml":
        return f"{LISTS.get(stem, METHOD)}{mark}{fragment}"  # what is on no list is counted there
    if dot and stem.startswith(("agreements/", "disagreements/")):
        return f"{COMPARE}#{stem.partition('/')[2]}"
    if dot and stem.startswith("readings/"):
        return f"{READINGS}#{stem.partition('/')[2]}"
    return f"{stem.removeprefix('pages/')}.html{mark}{fragment}"


def relative(target: str, page: str) -> str:
    """A path below the root as seen from a page: `experts/ada.html` from `themes/jobs.html` is `../experts/ada.html`."""
    path, mark, fragment = target.partition("#")
    if path == page and mark:
        return f"#{fragment}"
    *above, name = path.split("/")
    *here, _ = page.split("/")
    shared = 0
    while shared < min(len(above), len(here)) and above[shared] == here[shared]:
        shared += 1
    return "/".join([*[".."] * (len(here) - shared), *above[shared:], name]) + mark + fragment

"""Who said what, for a bibliography: each claim as a note to copy, and as entries in BibTeX, CSL-JSON and RIS.

A claim is two works. Its words are ours, and have no author. What it rests on is the source's, and the expert's part of it has the expert as its author.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from explainer import urls
from explainer.config import Config
from explainer.model import Answer, Claim, Expert, Library, Source, grouped, runs
from explainer.words import Words

UNKNOWN = "unknown"
"""What a source's file says for a date or a publisher that nobody knows."""

_ISO_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
_SEASONS = frozenset(("early", "mid", "late", "spring", "summer", "autumn", "fall", "winter"))


class Piece(NamedTuple):
    """A run of a note: text, the title of a work, or the claim's own address, which is empty until somebody says where the site will stand."""

    kind: Literal["text", "title", "address"]
    text: str


class Name(NamedTuple):
    """A name as printed; in two parts only where it is known which is the family's."""

    text: str
    family: str = ""
    given: str = ""


class Entry(NamedTuple):
    """One work, as every format writes it. What is empty is not known, and is left out."""

    key: str
    authors: tuple[Name, ...]
    title: str
    container: str
    convenor: str
    publisher: str
    date: str
    address: str
    language: str
    notes: tuple[str, ...]

    @property
    def is_on_the_web(self) -> bool:
        """Whether it is a page of the web: a source with its address, or a page of this site, wherever that will stand."""
        return bool(self.address or self.container)


class Citations:
    """How the claims of one site are cited."""

    def __init__(self, config: Config, words: Words) -> None:
        self.site = config.fields
        self.base_url = config.base_url
        self.words = words
        for name in ("year", "_testimony", "_authors", "_made_by", "_origin"):  # each made once: a source has many answers, a claim two citations
            setattr(self, name, cache(getattr(self, name)))

    def address(self, noun: Claim) -> str:
        """The permanent address of a claim; empty if nobody said where the site will stand."""
        return self.base_url + urls.claim(noun) if self.base_url else ""

    def note(self, noun: Claim) -> tuple[Piece, ...]:
        """A claim as a note names it: who holds it, what we call it and where it stands, and from which words of which source."""
        summarized = self.words("cite_summarized", name=self._voice(noun), statement=_nested(_conditional(noun)))
        address, publisher = self.address(noun), _known(self.site.publisher)
        return (
            Piece("text", f"{summarized}, "),
            Piece("title", self.site.title),
            *([Piece("text", f", {publisher}")] if publisher else []),
            Piece("address", f", {address}" if address else ""),
            Piece("text", f"; {self.words('cite_after')} "),
            *self._origin(noun),
        )

    def claim(self, noun: Claim) -> Entry:
        """Our own words: the claim, with its condition and with whose view it is. Nobody is named as their author."""
        whose = f" ({self.words('cite_whose', whose=noun.whose)})" if noun.whose else ""
        worded = self.words("cite_worded", site=self.site.title, license=self.site.license)
        origin = "".join(piece.text for piece in self._origin(noun))
        return Entry(
            key=key(noun.reference),
            authors=(),
            title=_conditional(noun) + whose,
            container=self.site.title,
            convenor="",
            publisher=_known(self.site.publisher),
            date="",
            address=self.address(noun),
            language=self.site.language,
            notes=(worded, _capital(f"{self.words('cite_after')} {origin}")),
        )

    def contribution(self, noun: Answer) -> Entry:
        """What the claims of an answer rest on: the expert's part of the source."""
        numbers = self._testimony(noun.source).get((noun.expert.slug, noun.question.slug), [])
        return self._part(key(f"{noun.question.slug}/{noun.expert.slug}"), noun.source, noun.expert, numbers)

    def background(self, noun: Source, claims: Iterable[Claim]) -> Entry:
        """What background claims rest on: the paragraphs of the source in which nobody is asked."""
        return self._part(key(noun.slug), noun, None, sorted({number for claim in claims for number in claim.paragraphs}))

    def linked_data(self, noun: Answer, title: str) -> dict[str, Any]:
        """An answer's page in the terms of schema.org: a page without an author, about the expert, based on the expert's part of the source."""
        source = noun.source
        article = {
            "@type": "Article",
            "name": source.title,
            "author": [{"name": name} for name in source.authors],
            "publisher": _somebody(source.publisher),
            "datePublished": source.date if _ISO_DATE.fullmatch(source.date) else self.year(source.date),
            "url": source.address,
        }
        expert = {"@type": "Person", "name": noun.expert.name}
        page = {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "name": title,
            "url": self.base_url and self.base_url + urls.answer(noun.question, noun.expert),
            "inLanguage": self.site.language,
            "license": self.site.license_address,
            "publisher": _somebody(self.site.publisher),
            "isPartOf": _filled({"@type": "WebSite", "name": self.site.title, "url": self.base_url}),
            "about": expert,
            "isBasedOn": {"@type": "CreativeWork", "author": expert, "isPartOf": _filled(article)},
        }
        return _filled(page)

    def year(self, date: str) -> str:
        """The year of a date in words, where these say nothing but when in that year: `early 2025`, and neither `before 2025` nor `2024 or 2025`."""
        if match := _ISO_DATE.fullmatch(date):
            return match[1]
        found = re.findall(r"\w+", date.casefold())
        years = [word for word in found if re.fullmatch(r"[0-9]{4}", word)]
        months = {str(month).casefold() for month in self.words.entries["months"]}
        days = [word for word in found if re.fullmatch(r"[0-9]{1,2}", word)]
        others = set(found) - {*years, *days, *months, *_SEASONS}
        certain = len(years) == 1 and not others and re.fullmatch(r"[\w ,.-]+", date) and (not days or months.intersection(found))
        return years[0] if certain else ""

    def _voice(self, noun: Claim) -> str:
        """Who speaks in a claim, and whether of a view of their own."""
        names = [name.text for name in self._authors(noun.source, noun.expert)]
        name = ", ".join(names) if names else self.words("cite_unsigned_text")
        return self.words("cite_reporting", name=name, whose=noun.whose) if noun.whose else name

    def _origin(self, noun: Claim) -> tuple[Piece, ...]:
        """Where in which source the expert says it."""
        source = noun.source
        names = ", ".join(name.text for name in self._authors(source, noun.expert))
        before = f"{self.words('cite_in', name=names)} " if noun.expert else f"{names}, " if names else ""
        date = _known(source.date) or self.words("cite_no_date")
        rest = [*self._made_by(source, noun.expert), _known(source.publisher), date, self._paragraphs(noun.paragraphs), source.address]
        return Piece("text", f"{before}“"), Piece("title", _nested(source.title)), Piece("text", f"”, {', '.join(filter(None, rest))}")

    def _part(self, name: str, source: Source, expert: Expert | None, numbers: Iterable[int]) -> Entry:
        """The part of a source in which an expert speaks, or nobody."""
        paragraphs = f"{self._paragraphs(numbers)} ({self.words('cite_counted')})"
        return Entry(
            key=name,
            authors=self._authors(source, expert),
            title=source.title,
            container="",
            convenor=source.convenor or "",
            publisher=_known(source.publisher),
            date=_known(source.date),
            address=source.address,
            language="",
            notes=(_capital(", ".join([*self._made_by(source, expert), paragraphs])), self.words("cite_date_basis", basis=source.date_basis.rstrip("."))),
        )

    def _testimony(self, source: Source) -> dict[tuple[str | None, str | None], list[int]]:
        """The paragraphs of a source by who speaks there, and on which question."""
        return grouped(((part.expert, part.question), number) for part in source.ranges if part.kind == "testimony" for number in part.paragraphs)

    def _authors(self, source: Source, expert: Expert | None) -> tuple[Name, ...]:
        """Whose words these are: the expert's. Background is by who signed the source, unless experts speak in it: then its other paragraphs are nobody's."""
        if expert:
            return (_name(expert),)
        return () if self._testimony(source) else tuple(map(Name, source.authors))

    def _made_by(self, source: Source, expert: Expert | None) -> list[str]:
        """Who made the source, as far as that is not said by naming the author of a part."""
        made: list[str] = []
        if expert and source.authors and not any(_is_author(expert, author) for author in source.authors):
            made.append(self.words("cite_text_by", names=", ".join(source.authors)))
        if not self._authors(source, expert):
            made.append(self.words("source_unsigned"))
        if source.convenor:
            made.append(self.words("cite_convened", name=source.convenor))
        return made

    def _paragraphs(self, numbers: Iterable[int]) -> str:
        shown = (f"{first}" if first == last else f"{first}–{last}" for first, last in runs(numbers))
        return self.words("paragraphs_short") + ", ".join(shown)


def key(reference: str) -> str:
    """A reference of the data as a key that every program takes: `water:marsh.pipe` for `water/marsh#pipe`. Slugs have neither sign."""
    return reference.replace("/", ":").replace("#", ".")


def _name(expert: Expert) -> Name:
    """An expert's name; the name used in tables is the family's where the full name ends with it. Of other names the order is not known, and is not guessed."""
    given, _, rest = expert.name.rpartition(f" {expert.short}")
    divided = given and not rest and "," not in expert.name and " and " not in expert.name  # a list of names to BibTeX
    return Name(expert.name, expert.short, given) if divided else Name(expert.name)


def _is_author(expert: Expert, author: str) -> bool:
    """Whether somebody named as author is the expert, perhaps with another initial."""
    return author == expert.name or set(expert.short.split()) <= set(author.split())


def _conditional(claim: Claim) -> str:
    """A claim in its words, never without its condition."""
    return f"{claim.headline.text} ({claim.condition})" if claim.condition else claim.headline.text


def _nested(text: str) -> str:
    """A text as it stands between quotation marks: its own become single."""
    return text.replace("“", "‘").replace("”", "’")


def _known(text: str) -> str:
    return "" if text.casefold() == UNKNOWN else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _somebody(name: str) -> dict[str, str]:
    """A name of which nobody said whether it is a person's or an organization's."""
    return {"name": name} if _known(name) else {}


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields without those that hold nothing."""
    return {name: value for name, value in fields.items() if value}


def citation_files(library: Library, citations: Citations) -> dict[str, bytes]:
    """The files of citations by address: all of the site, and those of each page on which claims are at home. What they rest on stands before them."""
    files: dict[str, bytes] = {}
    everything: list[_Written] = []

    def add(addresses: urls.CitationUrls, entries: Iterable[Entry]) -> None:
        written = [_written(entry, citations.year(entry.date)) for entry in entries]
        files.update(_together(addresses, written))
        everything.extend(written)

    for answer in library.answers:
        add(urls.answer_citations(answer.question, answer.expert), [citations.contribution(answer), *map(citations.claim, answer.claims)])
    for source, claims in grouped((claim.source, claim) for claim in library.background).items():
        add(urls.source_citations(source), [citations.background(source, claims), *map(citations.claim, claims)])
    return files | _together(urls.ALL_CITATIONS, everything)


class _Written(NamedTuple):
    """An entry in each format, made once for the two files that hold it."""

    bibtex: str
    csl: str
    ris: str


def _written(entry: Entry, year: str) -> _Written:
    return _Written(to_bibtex(entry, year), json.dumps(to_csl(entry), ensure_ascii=False), to_ris(entry, year))


def _together(addresses: urls.CitationUrls, entries: list[_Written]) -> dict[str, bytes]:
    """Entries in each format: one after another, in CSL-JSON a line each."""
    return {
        addresses.bibtex: "\n".join(entry.bibtex for entry in entries).encode(),
        addresses.csl: ("[\n" + ",\n".join(entry.csl for entry in entries) + "\n]\n").encode(),
        addresses.ris: "\r\n".join(entry.ris for entry in entries).encode(),
    }


_BIBTEX = str.maketrans(
    {mark: rf"\{mark}" for mark in "&%$#_"}
    | {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"}
    | {"\\": r"{\textbackslash}", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}"}
)
"""What BibTeX reads as a command; a brace with a backslash before it would still count as one that must be closed."""
_BIBTEX_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
"""An address is taken as it is, but for what would end it."""


def to_bibtex(entry: Entry, year: str) -> str:
    """An entry of the kind `misc`, which every style knows. A title keeps its capitals; a name in one part is not taken apart."""
    authors = " and ".join(f"{_latex(name.family)}, {_latex(name.given)}" if name.family else f"{{{_latex(name.text)}}}" for name in entry.authors)
    fields = {
        "author": authors,
        "title": f"{{{_latex(entry.title)}}}",
        "howpublished": _latex(", ".join(filter(None, (entry.container, entry.publisher)))),
        "year": year,
        "note": _latex(". ".join([*_date_in_words(entry, year), *entry.notes])),
        "url": entry.address.translate(_BIBTEX_ADDRESS),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{entry.key},\n{lines}}}\n"


def _latex(text: str) -> str:
    return " ".join(text.split()).translate(_BIBTEX)


def _date_in_words(entry: Entry, year: str) -> list[str]:
    """The date as the source has it, where the year alone would say less."""
    return [] if entry.date in ("", year) else [_capital(entry.date)]


def to_csl(entry: Entry) -> dict[str, Any]:
    """An item of CSL-JSON: a page of the web, or else a document. A date in words stays in its words."""
    fields = {
        "id": entry.key,
        "type": "webpage" if entry.is_on_the_web else "document",
        "title": entry.title,
        "author": [{"family": name.family, "given": name.given} if name.family else {"literal": name.text} for name in entry.authors],
        "organizer": [{"literal": entry.convenor}] if entry.convenor else [],
        "container-title": entry.container,
        "publisher": entry.publisher,
        "issued": _csl_date(entry.date),
        "URL": entry.address,
        "language": entry.language,
        "note": ". ".join(entry.notes),
    }
    return _filled(fields)


def _csl_date(date: str) -> dict[str, Any]:
    if match := _ISO_DATE.fullmatch(date):
        return {"date-parts": [[int(part) for part in match.groups() if part]]}
    return {"literal": date} if date else {}


def to_ris(entry: Entry, year: str) -> str:
    """A record of RIS: a tag a line, the lines ended as its specification says; a page of the web, or else a thing of no kind."""
    tags = [
        ("TY", "ELEC" if entry.is_on_the_web else "GEN"),
        ("ID", entry.key),
        *(("AU", f"{name.family}, {name.given}" if name.family else name.text) for name in entry.authors),
        ("TI", entry.title),
        ("T2", entry.container),
        ("PB", entry.publisher),
        ("PY", year),
        ("UR", entry.address),
        ("LA", entry.language),
        *(("N1", note) for note in (*_date_in_words(entry, year), *entry.notes)),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in (*(pair for pair in tags if pair[1]), ("ER", "")))

"""What is quoted, held against the fingerprints of the sources; and what is not, held to be in our own words."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from explainer.characters import explained, plain
from explainer.checks import spans, whose
from explainer.checks_of_texts import TOLD_LIMIT
from explainer.documents import warning
from explainer.fingerprint import SHARED, Fingerprint
from explainer.frontmatter import Document
from explainer.markdown import Quotation, quotations, stray_marks, without_quotations
from explainer.model import Attributed, Quoted, Source
from explainer.problems import Problem
from explainer.schema import ReadingFields
from explainer.texts import Basis, Text
from explainer.tokens import tokens, words

QUOTATION_LIMIT = 12
"""Words of a quotation: enough for a phrase, never a sentence of somebody else's text."""

_OF_OTHER_LANGUAGES = "«»„"
"""Marks that begin a quotation elsewhere."""

_SINGLE = re.compile(
    r"(?<![\w‘’`´‹›])[‘’`´‹]{1,2}(?=\w)(?!\d0s|(?:[Tt](?:is|was|il)?|[Ee]m|[Nn]|[Cc]ause|s)\b)"  # none of '90s, 'tis, 'em
    r"(?:[^“”’´›\n]|[’´›](?=\w)){1,200}?[’´›]{1,2}\s*\(¶(?P<number>\d{1,6})\)"
)
"""Words between single marks, behind which a paragraph is named as behind a quotation; with no mark inside but an apostrophe between letters."""

_SEARCHED = 200
"""Characters behind a stray mark by whose words its place is found."""


def check_quotations(texts: Sequence[Text], sources: Sequence[Source], there: Collection[str] = ()) -> tuple[list[Quoted], list[Problem]]:
    """Every quotation stands word for word in a paragraph that its text rests on. All of them, and what is wrong with them.

    `there` are the sources that have a file with a fingerprint; one that cannot be read is told elsewhere.
    """
    found: list[Quoted] = []
    problems: list[Problem] = []
    told: Counter[str] = Counter()
    for text in texts:
        path = text.document.path
        slips = list(islice(check_marks(text), TOLD_LIMIT - told[path]))
        for quotation in quotations(text.text):
            quoted = _quoted(quotation, text)
            if told[path] + len(slips) < TOLD_LIMIT:
                slips += check_quotation(quotation, quoted, text, sources)
            found.append(quoted)
        told[path] = min(TOLD_LIMIT, told[path] + len(slips))
        problems += slips
    return found, problems + list(check_fingerprints_made(found, texts, there))


def check_marks(text: Text) -> Iterator[Problem]:
    """Double quotation marks stand in pairs, “ and ”, around a quotation; what else they might hide could not be checked."""
    strays = iter(stray_marks(text.text))
    for start in strays:
        mark, way_out = text.text[start], "a quotation stands between two straight ones, or between “ and ”, in one paragraph"
        message = f"a quotation mark {mark} without its other; {way_out}"
        if mark in _OF_OTHER_LANGUAGES and (end := next(strays, None)):
            message = f"quotation marks {mark} and {text.text[end]}; {way_out}"
        yield text.document.problem_at(message, *text.place(start, words(text.text[start : start + _SEARCHED])[:3]))
    for single in _SINGLE.finditer(text.text) if "(¶" in text.text else ():
        message = f"single marks around what stands in ¶{single['number']}; a quotation stands between two straight double ones, or between “ and ”"
        yield text.document.problem_at(message, *text.place(single.start(), words(single[0])[:3]))


def check_quotation(quotation: Quotation, quoted: Quoted, text: Text, sources: Sequence[Source]) -> Iterator[Problem]:
    """A quotation has twelve words at most, and stands in a paragraph that its text rests on, but is never all of it."""
    run, basis = words(quotation.text), text.basis
    if not run:
        problem = "there is nothing between these quotation marks; put words of the source between them, or delete them"
    elif len(run) > QUOTATION_LIMIT:
        problem = f"a quotation of {len(run)} words; at most {QUOTATION_LIMIT} are quoted, say the rest in your own words"
    elif basis is None:
        return
    elif (behind := _BEHIND.match(text.text, quotation.end)) and quotation.paragraph is None and (text.named or behind["sign"]):
        problem = f"“{quotation.text}”: its paragraph is written (¶{behind['number']}) behind it, one number with ¶, not '{behind['written']}'"
    elif quotation.paragraph and not any(part.paragraphs is None or quotation.paragraph in part.paragraphs for part in basis):
        among = " or ".join(spans(sorted(part.paragraphs or ())) for part in basis)
        owner = f"; it is {whose(basis[0].source, quotation.paragraph)}" if len(basis) == 1 else ""
        problem = f"“{quotation.text}”: ¶{quotation.paragraph} is not among the paragraphs that this rests on ({among}){owner}"
    elif not quoted.verified and all(part.source.fingerprint for part in basis):
        problem = f"“{quotation.text}” {_explained(run, quotation, basis, sources)}"
    elif text.named and quotation.paragraph is None and len(basis[0].paragraphs or ()) > 1:
        likely = quoted.paragraphs or sorted(basis[0].paragraphs or ())
        problem = f"“{quotation.text}”: name its paragraph behind it, as in (¶{likely[0]})"
    elif quoted.verified and quoted.source and all(_is_whole(quoted.source, number, len(run)) for number in quoted.paragraphs):
        problem = f"“{quotation.text}” is all of {spans(quoted.paragraphs)}; a quotation is a part of a sentence, say the rest in your own words"
    else:
        return
    yield text.document.problem_at(problem, *(text.place(quotation.start, run) if run else text.mark(quotation.start)))


def _quoted(quotation: Quotation, text: Text) -> Quoted:
    """Where a quotation stands, among what its text rests on; or, if it stands nowhere there, where it is said to."""
    path, basis = text.document.path.removeprefix("content/"), text.basis or ()
    for part in basis:
        if numbers := part.source.found(quotation.text, part.numbers(quotation.paragraph)):
            return Quoted(path=path, text=quotation.text, source=part.source, paragraphs=numbers, verified=True)
    source = basis[0].source if len(basis) == 1 else None
    return Quoted(path=path, text=quotation.text, source=source, paragraphs=(quotation.paragraph,) if quotation.paragraph else (), verified=False)


def check_fingerprints_made(found: Iterable[Quoted], texts: Iterable[Text], there: Collection[str]) -> Iterator[Problem]:
    """A source that is quoted has a fingerprint; without one its quotations are not verified."""
    quoting = {quoted.path for quoted in found if not quoted.verified}
    bases = [part.source for text in texts if text.document.path.removeprefix("content/") in quoting and "“" in text.text for part in text.basis or ()]
    documents = {text.document.path: text.document for text in texts}
    for source in dict.fromkeys(bases):
        if source.fingerprint is None and source.slug not in there:
            message = f"its quotations are not verified; make its fingerprint: python build.py fingerprint TEXT --source {source.slug}"
            yield warning(documents[f"content/sources/{source.slug}.md"].problem(message))


def _is_whole(source: Source, paragraph: int, length: int) -> bool:
    """Whether a run of so many words is all that a paragraph says; a heading is no sentence."""
    passage = source.fingerprint.passage(paragraph) if source.fingerprint else None
    return passage is not None and passage.length == length and whose(source, paragraph) != "apparatus"


def _explained(run: tuple[str, ...], quotation: Quotation, basis: Sequence[Basis], sources: Sequence[Source]) -> str:
    """A quotation stands word for word, with nothing left out, in the paragraph that it names, or in one that its text rests on.

    Why it does not, as far as fingerprints can tell, and the way out.
    """
    if _OMISSION.search(quotation.text):
        return "leaves something out; quote two pieces, each in its own marks"
    named = f"¶{quotation.paragraph}" if quotation.paragraph else None
    wanted = named or " or ".join(f"'{part.source.slug}'" if part.paragraphs is None else spans(sorted(part.paragraphs)) for part in basis)
    if odd := explained("".join(filter(str.isalpha, quotation.text))):
        keyed = plain(quotation.text)
        if any(part.source.found(keyed, part.numbers(quotation.paragraph)) for part in basis):
            return f"does not stand in {wanted} with these letters; {odd}"
    for source in sources:
        if source.fingerprint and (elsewhere := source.fingerprint.paragraphs(run)):
            of = "" if [part.source for part in basis] == [source] else f" of '{source.slug}'"
            return f"does not stand in {wanted}, but in {_owned(source, elsewhere, basis)}{of}"
    near = (_near(run, part.source.fingerprint, number) for part in basis if part.source.fingerprint for number in part.numbers(quotation.paragraph))
    nearest = max(near, default=_Near(0, 0, ""))
    if 0 < len(run) <= 2 * nearest.alike:
        return f"does not stand in {wanted}; nearest is ¶{nearest.paragraph}, {nearest.difference}"
    return f"does not stand in {wanted}; quote word for word, or leave out the quotation marks"


_BEHIND = re.compile(r"\s*(?P<written>[(\[]\s*(?P<sign>Â?¶+|§+|#|[Pp]ara(?:graph|\.)?s?|[Pp]\.)?\s*(?P<number>\d{1,6})(?:\s*[-–,]\s*¶?\d{1,6})*\s*[)\]])")

_OMISSION = re.compile(r"\w\W*(?:…|\.\.\.)\W*\w")


def _owned(source: Source, paragraphs: Sequence[int], basis: Sequence[Basis]) -> str:
    """Paragraphs with whose they are; the first that are of the same kind as what is wanted, or else the first."""
    wanted = {whose(part.source, number) for part in basis for number in part.paragraphs or ()}
    owners = [whose(source, number) for number in paragraphs]
    owner = next((owner for owner in owners if owner in wanted), owners[0])
    return f"{spans([number for number, whose_it_is in zip(paragraphs, owners, strict=True) if whose_it_is == owner])} ({owner})"


class _Near(NamedTuple):
    """How far a paragraph goes along with a quotation: how many words are alike, and where they part."""

    alike: int
    paragraph: int
    difference: str


def _near(run: tuple[str, ...], fingerprint: Fingerprint, paragraph: int) -> _Near:
    """Where a run and a paragraph part. The longest beginning and the longest end that stand there are alike; what is between them differs."""
    size = len(run)
    head = next((n for n in range(size, 0, -1) if fingerprint.stands(run[:n], paragraph)), 0)
    tail = next((n for n in range(size - head, 0, -1) if fingerprint.stands(run[-n:], paragraph)), 0)
    between = run[head : size - tail]
    strange = next((word for word in between if not fingerprint.stands((word,), paragraph)), None)
    if not between:
        difference = f"where '{run[head - 1]}' and '{run[head]}' do not stand side by side"
    elif strange:
        difference = f"in which there is no '{strange}'"
    elif len(between) == 1 and fingerprint.stands(run[:head] + run[size - tail :], paragraph):
        difference = f"where it stands without '{between[0]}'"
    else:
        difference = f"where '{' '.join(between)}' stands elsewhere, or in another order"
    return _Near(head + tail, paragraph, difference)


def attributed(fields: ReadingFields, source: Source) -> tuple[Attributed, ...]:
    """What a summary has in quotation marks as some experts' words, and where in their testimony it stands."""
    own = sorted(number for expert in fields.experts for number in source.testimony(expert))
    return tuple(Attributed(text=text, paragraphs=source.found(text, own) if source.fingerprint else None) for text in fields.quoted)


def check_attributed(found: Sequence[Attributed], document: Document, fields: ReadingFields, source: Source) -> Iterator[Problem]:
    """What a summary is said to quote stands in the summary. A reading is 'misquoted' if it does not stand in the experts' testimony, and only then."""
    where, named = spans(fields.overview_paragraphs), " or ".join(f"'{expert}'" for expert in fields.experts)
    for n, quoted in enumerate(found):
        if any(stray_marks(quoted.text)) or any(quotations(quoted.text)):
            yield document.problem("quotation marks around what is under 'quoted' anyway; write the words without them", "quoted", n)
        elif quoted.paragraphs is not None and not source.found(quoted.text, fields.overview_paragraphs):
            yield document.problem(f"“{quoted.text}” does not stand in {where}; write it as the overview has it", "quoted", n)
        elif quoted.paragraphs == () and fields.verdict != "misquoted":
            yield document.problem(f"“{quoted.text}” does not stand in the testimony of {named}, so the verdict is 'misquoted'", "quoted", n)
    if found and fields.verdict == "misquoted" and all(quoted.paragraphs for quoted in found):
        yield document.problem(
            f"these words stand in {spans(found[0].paragraphs or ())}, so they are not misquoted; choose another verdict, or name other words", "verdict"
        )


def check_own_words(texts: Iterable[Text], sources: Iterable[Source]) -> Iterator[Problem]:
    """Outside quotation marks, our prose shares no run of eight words or more with a source."""
    fingerprints = [source.fingerprint for source in sources if source.fingerprint]
    for text in texts:
        for part, start in without_quotations(text.text) if fingerprints else ():
            run = words(part)
            for fingerprint in fingerprints:
                for shared in fingerprint.shared(run):
                    copied = list(tokens(part))[shared.start : shared.start + shared.length]
                    message = (
                        f"{shared.length} words in a row as in ¶{shared.paragraph} of '{fingerprint.slug}': '{' '.join(word for word, _ in copied)}'; "
                        f"say it in your own words, or quote a few of them ({SHARED - 1} in a row may be alike)"
                    )
                    place = text.place(start + copied[0].start, [word for word, _ in copied])
                    yield text.document.problem_at(message, *place)

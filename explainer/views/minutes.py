"""How long the site takes to read: the answers in a sentence, the questions compared, or everything."""

import re
from collections.abc import Iterable, Iterator
from math import ceil
from typing import NamedTuple

from explainer.model import Agreement, Disagreement, Library
from explainer.tokens import UNSPACED

WORDS_PER_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019, Journal of Memory and Language 109, a mean over 190 studies)."""


_UNSPACED = re.compile(f"[{UNSPACED}]")


class MinutesView(NamedTuple):
    """Whole minutes, rounded up, for each way through the site; each way holds the one before it."""

    glance: int
    """The answers in a sentence."""
    compared: int
    """The same, and what is shared, where it parts, and the steps of the scales."""
    everything: int
    """The same, and every claim, reason and finding in full."""


def minutes(library: Library) -> MinutesView:
    """The ways through a library, counted from the words that they show."""
    glance = count_words(answer.summary for answer in library.answers)
    compared = glance + count_words(_compared(library))
    return MinutesView(_minutes(glance), _minutes(compared), _minutes(compared + count_words(_in_full(library))))


def count_words(texts: Iterable[str]) -> int:
    """How many words there are; where a script sets no spaces, two letters count as one."""
    return sum(len(_UNSPACED.sub(" ", text).split()) + len(_UNSPACED.findall(text)) // 2 for text in texts)


def _minutes(words: int) -> int:
    return max(1, ceil(words / WORDS_PER_MINUTE))


def _findings(library: Library) -> tuple[Agreement | Disagreement, ...]:
    return (*library.agreements, *library.disagreements)


def _compared(library: Library) -> Iterator[str]:
    """What a question's page says before its claims."""
    for question in library.questions:
        yield question.title
        yield question.prose.text
        yield from question.parts
        for scale in question.scales:
            yield scale.title
            yield from scale.steps
    for finding in _findings(library):
        yield finding.title
    for disagreement in library.disagreements:
        yield from (side.holds for side in disagreement.sides)


def _in_full(library: Library) -> Iterator[str]:
    """Claims, reasons of stances, and findings in full."""
    for claim in library.claims:
        yield claim.headline.text
        yield claim.prose.text
        yield claim.condition or ""
    for answer in library.answers:
        for stance in answer.stances:
            yield stance.because
            yield stance.other.because if stance.other else ""
    for finding in _findings(library):
        yield finding.prose.text
    for agreement in library.agreements:
        yield agreement.caution or ""
    for disagreement in library.disagreements:
        yield disagreement.both_right

"""The words that tell how sure a text is, in a few levels; `certainty.yaml` lists them, `docs/wording.md` explains them."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from explainer.frontmatter import read_yaml
from explainer.tokens import words

FILE = Path(__file__).with_name("certainty.yaml")


class Level(StrEnum):
    """What a word of certainty says. A text without one states plainly."""

    POSSIBLE = "possible"
    LIKELY = "likely"
    CERTAIN = "certain"
    NECESSARY = "necessary"
    WHOLE = "whole"


HEDGES = (Level.POSSIBLE, Level.LIKELY)
"""What says less than a plain statement; the first says least."""

STRONG = (Level.CERTAIN, Level.NECESSARY, Level.WHOLE)
"""What says more than a plain statement, each in a way of its own."""


class Mark(NamedTuple):
    """A word of certainty, or a phrase: where it stands in a run of words, how many they are, and what it says."""

    start: int
    size: int
    text: str
    level: Level


def marks(run: Sequence[str]) -> Iterator[Mark]:
    """The words of certainty in a run of words, in order; of those that start at one word, the longest."""
    known, start = _known(), 0
    while start < len(run):
        size = next((size for size in range(min(_longest(), len(run) - start), 1, -1) if tuple(run[start : start + size]) in known), 1)
        if level := known.get(tuple(run[start : start + size])):
            yield Mark(start, size, " ".join(run[start : start + size]), level)
        start += size


@cache
def _known() -> dict[tuple[str, ...], Level | None]:
    """The level of every word and phrase that is listed; None for what only looks like one."""
    listed = read_yaml(FILE.name, FILE.read_text(encoding="utf-8"))[0].fields
    return {words(entry): None if name == "plain" else Level(name) for name, entries in listed.items() for entry in entries}


@cache
def _longest() -> int:
    """How many words the longest phrase has."""
    return max(map(len, _known()))

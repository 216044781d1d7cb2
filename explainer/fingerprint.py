"""The fingerprint of a source text: it tells whether a run of words stands in a paragraph, and the text cannot simply be read back from it.

For every passage it holds short hashes of its words, of its pairs of neighbors, and, in order, of its runs of three. A run of three
words or more stands in a passage if its own runs of three do so one after another. `docs/fingerprints.md` says what this promises.
"""

import re
from base64 import urlsafe_b64encode
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple

from explainer.tokens import words

FORM = "fingerprint 1"
"""The first words of a fingerprint's file: what it is, and in which form."""

WIDTH = 5
"""Characters of a hash, of six bits each: a run that does not stand in a passage of 30 words is taken for one that does once in 30 million times."""

SHARED = 8
"""Words in a row that our own prose may not share with a source outside quotation marks."""

LONGEST = 100_000
"""The most paragraphs of a text; more is damage."""

_LINE = re.compile(r"(\d{1,7})(?:-(\d{1,7}))? (\d{1,7}) (\S*) (\S*) (\S*)")


class Damage(NamedTuple):
    """What extraction did to a text, to be repaired when it is read: paragraphs that are one sentence, and words that are wrong."""

    joined: tuple[tuple[int, ...], ...] = ()
    words: tuple[tuple[int, str, str], ...] = ()
    """The paragraph, what is written there, and what is meant."""

    @property
    def digest(self) -> str:
        """Changes with every repair."""
        return blake2b(repr(tuple(self)).encode(), digest_size=6).hexdigest()


class Passage(NamedTuple):
    """A paragraph, or several that are one sentence broken over lines."""

    paragraphs: tuple[int, ...]
    length: int
    """How many words it has."""
    ones: frozenset[str]
    twos: frozenset[str]


class Shared(NamedTuple):
    """A run that a text shares with the source: where it starts in the text, how many words it has, and in which paragraph of the source it starts."""

    start: int
    length: int
    paragraph: int


@dataclass(frozen=True, eq=False)
class Fingerprint:
    """The fingerprint of one source."""

    slug: str
    damage: str
    """The digest of the repairs with which the text was read."""
    passages: tuple[Passage, ...]
    threes: tuple[str, ...]
    """The run of three that starts at each word of the text, without the last two words."""

    @cached_property
    def _starts(self) -> list[int]:
        """The place of each passage's first word in the text."""
        return [0, *accumulate(passage.length for passage in self.passages)]

    @cached_property
    def _by_paragraph(self) -> dict[int, int]:
        return {number: n for n, passage in enumerate(self.passages) for number in passage.paragraphs}

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The places of each run of three."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, three in enumerate(self.threes):
            places[three].append(place)
        return places

    @property
    def last(self) -> int:
        """The number of the last paragraph."""
        return self.passages[-1].paragraphs[-1]

    def passage(self, paragraph: int) -> Passage | None:
        """The passage to which a paragraph belongs."""
        n = self._by_paragraph.get(paragraph)
        return None if n is None else self.passages[n]

    def length(self, paragraphs: Iterable[int]) -> int:
        """How many words paragraphs have; of a passage that is only partly among them, all."""
        return sum(self.passages[n].length for n in {self._by_paragraph[number] for number in paragraphs if number in self._by_paragraph})

    def stands(self, run: tuple[str, ...], paragraph: int) -> bool:
        """Whether a run of words stands in a paragraph."""
        n = self._by_paragraph.get(paragraph)
        return n is not None and self._stands(self._wanted(run), len(run), n)

    def paragraphs(self, run: tuple[str, ...]) -> tuple[int, ...]:
        """The paragraphs in which a run of words stands; of a broken sentence, its first."""
        wanted = self._wanted(run)
        return tuple(passage.paragraphs[0] for n, passage in enumerate(self.passages) if self._stands(wanted, len(run), n))

    def _wanted(self, run: tuple[str, ...]) -> tuple[str, ...]:
        """The hashes that tell whether a run stands somewhere: its own, or those of its runs of three."""
        return _hashes(run, min(len(run), 3), self.slug) if run else ()

    def _stands(self, wanted: tuple[str, ...], length: int, n: int) -> bool:
        passage = self.passages[n]
        if not 0 < length <= passage.length:
            return False
        if length < 3:
            return wanted[0] in (passage.ones if length == 1 else passage.twos)
        first, last = self._starts[n], self._starts[n] + passage.length - length
        return any(first <= place <= last and self.threes[place : place + len(wanted)] == wanted for place in self._places.get(wanted[0], ()))

    def shared(self, text: tuple[str, ...]) -> Iterator[Shared]:
        """The runs of eight words or more that a text shares with the source, each as long as it gets. They may go over the ends of sentences.

        Eight words hold six runs of three, so it is enough to look up every sixth.
        """
        beyond = 0
        for start in range(SHARED - 3, len(text) - 2, SHARED - 2):
            for place in self._places.get(_hash(text[start : start + 3], self.slug), ()) if start + 3 > beyond else ():
                before = self._alike(text, start, place, -1)
                length = before + 3 + self._alike(text, start, place, 1)
                if length >= SHARED:
                    beyond = start - before + length
                    yield Shared(start - before, length, self._paragraph(place - before))
                    break

    def _alike(self, text: tuple[str, ...], start: int, place: int, step: int) -> int:
        """How many runs of three more are the same before these two places, or after them."""
        n = 0
        while (
            0 <= (at := start + (n + 1) * step) <= len(text) - 3
            and 0 <= (there := place + (n + 1) * step) < len(self.threes)
            and _hash(text[at : at + 3], self.slug) == self.threes[there]
        ):
            n += 1
        return n

    def _paragraph(self, place: int) -> int:
        """The paragraph to which a word of the text belongs."""
        return self.passages[bisect_right(self._starts, place) - 1].paragraphs[0]

    def __str__(self) -> str:
        """The fingerprint as the text of a file."""
        lines = []
        for passage, start in zip(self.passages, self._starts, strict=False):
            first, last = passage.paragraphs[0], passage.paragraphs[-1]
            name = f"{first}" if first == last else f"{first}-{last}"
            threes = self.threes[start : start + passage.length]
            lines.append(" ".join((name, str(passage.length), *("".join(part) for part in (sorted(passage.ones), sorted(passage.twos), threes)))))
        return "\n".join([f"{FORM} {self.slug} {self.damage} {_sum(lines)}", *lines, ""])


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a source text: its lines that are not empty."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def repaired(text: str, damage: Damage) -> Iterator[tuple[tuple[int, ...], str]]:
    """The passages of a text with the numbers of their paragraphs, its damage repaired."""
    lines = dict(enumerate(paragraphs(text), 1))
    for number, written, meant in damage.words:
        lines[number] = lines[number].replace(written, meant)
    joined = {numbers[0]: numbers for numbers in damage.joined}
    while lines:
        numbers = joined.get(next(iter(lines)), (next(iter(lines)),))
        yield numbers, " ".join(lines.pop(number) for number in numbers)


def make(slug: str, text: str, damage: Damage) -> Fingerprint:
    """The fingerprint of a source text, with the repairs of its damage; they name paragraphs and words that are there."""
    passages: list[Passage] = []
    whole: list[str] = []
    for numbers, passage in repaired(text, damage):
        run = words(passage)
        passages.append(Passage(numbers, len(run), frozenset(_hashes(run, 1, slug)), frozenset(_hashes(run, 2, slug))))
        whole += run
    return Fingerprint(slug, damage.digest, tuple(passages), _hashes(tuple(whole), 3, slug))


def parse(text: str, slug: str) -> Fingerprint | None:
    """The fingerprint that a file holds, or None if it holds none, or that of another source."""
    head, *lines = text.removesuffix("\n").split("\n")
    if not (match := re.fullmatch(rf"{FORM} {re.escape(slug)} (\w+) (\w+)", head)) or not lines or match[2] != _sum(lines):
        return None
    passages: list[Passage] = []
    threes: list[str] = []
    expected = 1
    for line in lines:
        if not (found := _LINE.fullmatch(line)):
            return None
        first, last, length = int(found[1]), int(found[2] or found[1]), int(found[3])
        ones, twos, runs = (_cut(part) for part in found.group(4, 5, 6))
        if first != expected or not first <= last <= LONGEST or len(ones) > length or len(twos) > length or len(runs) > length:
            return None
        passages.append(Passage(tuple(range(first, last + 1)), length, frozenset(ones), frozenset(twos)))
        threes += runs
        expected = last + 1
    if len(threes) != max(0, sum(passage.length for passage in passages) - 2):
        return None
    return Fingerprint(slug, match[1], tuple(passages), tuple(threes))


def _sum(lines: Iterable[str]) -> str:
    """What changes with every change to the lines."""
    return blake2b("\n".join(lines).encode(), digest_size=6).hexdigest()


def _cut(part: str) -> list[str]:
    return [part[n : n + WIDTH] for n in range(0, len(part), WIDTH)]


def _hashes(run: tuple[str, ...], size: int, slug: str) -> tuple[str, ...]:
    return tuple(_hash(run[n : n + size], slug) for n in range(len(run) - size + 1))


@lru_cache(maxsize=65536)  # the same runs are looked up in a preview again and again
def _hash(run: tuple[str, ...], slug: str) -> str:
    digest = blake2b(f"{slug}: {' '.join(run)}".encode(), digest_size=4)
    return urlsafe_b64encode(digest.digest())[:WIDTH].decode()

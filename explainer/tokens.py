"""A text as the words it is compared by. What is made equal here is written down for people in `docs/fingerprints.md`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese set no spaces around words at all."""

MARKS = "".join(chr(code) for code in range(0x300, 0x3100) if category(chr(code)).startswith("M"))
"""Accents and vowels that belong to the letter before them."""

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ＇`´", "'"))
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_LETTERS = rf"(?:[^\W_{UNSPACED}]|[{MARKS}])+"
_WORD = re.compile(rf"[{UNSPACED}]|{_LETTERS}(?:'{_LETTERS})*")
_CHUNK = re.compile(r"\S+")
_WRITTEN = re.compile(f"{_ABBREVIATION.pattern}|{_WORD.pattern}")


class Token(NamedTuple):
    """A word as it is compared, and the place in its text at which it starts."""

    word: str
    start: int


@lru_cache(maxsize=8192)  # a text is read against every source, and in a preview again and again
def words(text: str) -> tuple[str, ...]:
    """The words of a text: without case, quotation marks, dashes, ellipses and other punctuation; `U.S.-China` is `us`, `china`.

    Where writing sets no spaces, every character is a word.
    """
    return tuple(_WORD.findall(_plain(text)))


def tokens(text: str) -> Iterator[Token]:
    """The words of a text with their places. Words that a sign joins are told apart as well as they can be."""
    for chunk in _CHUNK.finditer(text):
        starts = [match.start() for match in _WRITTEN.finditer(chunk[0])] or [0]
        for n, word in enumerate(words(chunk[0])):
            yield Token(word, chunk.start() + starts[min(n, len(starts) - 1)])


def _plain(text: str) -> str:
    """One form for what looks alike: composed letters, small letters, one apostrophe, abbreviations without stops, nothing invisible."""
    if not text.isascii():
        text = normalize("NFKC", text.translate(_APOSTROPHES))
        text = "".join(character for character in text if category(character) != "Cf")
    return _ABBREVIATION.sub(lambda match: match[0].replace(".", ""), text.casefold().replace("`", "'"))

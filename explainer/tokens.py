"""A text as the words it is compared by. What is made equal here is written down for people in `docs/fingerprints.md`."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category, normalize

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese set no spaces around words at all."""

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ＇`´", "'"))
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+(?:'[^\W_{UNSPACED}]+)*")


class Token(NamedTuple):
    """A word as it is compared, and on which line of its text it stands, from 0."""

    word: str
    line: int


def words(text: str) -> tuple[str, ...]:
    """The words of a text: without case, quotation marks, dashes, ellipses and other punctuation; `U.S.-China` is `us`, `china`.

    Where writing sets no spaces, every character is a word.
    """
    return tuple(_WORD.findall(_plain(text)))


def tokens(text: str) -> Iterator[Token]:
    """The words of a text with their lines."""
    for line, part in enumerate(text.split("\n")):
        yield from (Token(word, line) for word in words(part))


def _plain(text: str) -> str:
    """One form for what looks alike: composed letters, small letters, one apostrophe, abbreviations without stops, nothing invisible."""
    if not text.isascii():
        text = normalize("NFKC", text.translate(_APOSTROPHES))
        text = "".join(character for character in text if category(character) != "Cf")
    return _ABBREVIATION.sub(lambda match: match[0].replace(".", ""), text.casefold().replace("`", "'"))

"""The words of the glossary, found where they stand in a text and made into buttons that open their explanation.

A form is found as a whole word, once in a text, the longest where several begin. Its first letter may be large or small, unless its first word is all
capitals: `Hedging` is also found as `hedging`, `DPK` only as `DPK`. Possessives and plurals are words of their own.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import NamedTuple

from explainer.markdown import Html
from explainer.model import Term, grouped
from explainer.tokens import MARKS, UNSPACED

HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
"""Korean sets spaces before words, and particles behind them without one."""

LETTER = rf"[^\W{HANGUL}{UNSPACED}]|[{MARKS}]"
"""What stands beside a form only where it is a part of a longer word."""
START = rf"(?:(?<!\w)(?<![{MARKS}])|(?=[{UNSPACED}])|(?<=[{HANGUL}{UNSPACED}])(?![{HANGUL}]))"
END = rf"(?:(?<=[{HANGUL}{UNSPACED}])|(?!['’]?(?:{LETTER})))"

KEPT = r"<(?P<kept>a|button|code|pre|h[1-6])\b[^>]*>.*?</(?P=kept)>"
"""Elements in which nothing is explained."""
MARKUP = r"<[^>]*>|&\#?\w+;"
BESIDE = re.compile(r"([^\s\w<>&;]{0,3})(<button [^>]*>[^<]*</button>)([^\s\w<>&]{0,3})")
"""A button with the signs that touch it: a line may break beside a button, but not between a word and its comma."""


class Explained(NamedTuple):
    """A text as HTML with its words explained, and the ids of those words."""

    html: Html
    terms: tuple[str, ...]


class Terms:
    """Finds the words of one glossary."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        """`forms` are the ids of terms by their forms."""
        written = {_escaped(form): term for form, term in forms.items()}
        self._ids = {spelling: term for form, term in written.items() for spelling in _spellings(form)} | written
        by_letter = grouped((form[0], form[1:]) for form in sorted(self._ids, key=len, reverse=True))
        words = "|".join(f"{re.escape(letter)}(?:{'|'.join(map(_pattern, rest))})" for letter, rest in by_letter.items())
        self._pattern = re.compile(rf"{KEPT}|{START}(?P<form>{words or '(?!)'}){END}|{MARKUP}", re.DOTALL)
        self.explained = lru_cache(maxsize=None, typed=True)(self.explained)  # type: ignore[method-assign]  # a text stands on several pages

    def explained(self, text: str) -> Explained:
        """A text with the first of each word in it made a button. Plain text is escaped."""
        found: dict[str, None] = {}

        def marked(match: re.Match[str]) -> str:
            term = match["form"] and self._ids[" ".join(match["form"].split())]
            if not term or term in found:
                return match[0]
            found[term] = None
            return f'<button type="button" class="term" popovertarget="_term-{term}" aria-describedby="_means-{term}">{match[0]}</button>'

        html = self._pattern.sub(marked, text if isinstance(text, Html) else escape(text, quote=False))
        return Explained(Html(BESIDE.sub(_together, html) if found else html), tuple(found))


def forms(term: Term) -> tuple[str, ...]:
    """The forms of a term that are explained where they stand. One that the meaning itself uses, as `China` for `PRC`, needs no explanation."""
    return (term.term, *(form for form in term.also if form not in term.meaning))


def _together(match: re.Match[str]) -> str:
    """A button and what touches it on one line."""
    return f'<span class="together">{match[0]}</span>' if match[1] or match[3] else match[0]


def _escaped(form: str) -> str:
    return " ".join(escape(form, quote=False).split())


def _spellings(form: str) -> tuple[str, ...]:
    """How a form may be written beside as it is."""
    return () if form.split(maxsplit=1)[0].isupper() else (form[0].upper() + form[1:], form[0].lower() + form[1:])


def _pattern(form: str) -> str:
    """A form, over the end of a line too."""
    return re.escape(form).replace(r"\ ", r"\s+")

"""Every word of the interface: templates and views name it, `templates/words/<language>.yaml` says it.

A second language is a second file, as far as the plural forms `one` and `other` of `PLURALS` serve it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any
from unicodedata import combining, normalize

from explainer import urls
from explainer.documents import LEADS_OUT, leads_out, read_text
from explainer.frontmatter import Ambiguous, Document, read_yaml
from explainer.markdown import typographic
from explainer.problems import ContentError, Problem, did_you_mean

FOLDER = "templates/words"

PLURALS: dict[str, Callable[[int], bool]] = {"fr": lambda n: n < 2, "ja": lambda _: False, "ko": lambda _: False, "zh": lambda _: False}
"""Which numbers take the form `one`, where that is not English usage (CLDR plural rules)."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((*urls.LISTS, "articles", "question", "expert", "silent", "unanswered", "months"), ()),
    "as_of": ("as_of",),
    "date_year": ("year",),
    "date_month": ("year", "month"),
    "date_day": ("year", "month", "day"),
    **dict.fromkeys(("source_unsigned", "paragraphs_short", "cite_unsigned_text", "cite_after", "cite_no_date", "cite_counted"), ()),
    **dict.fromkeys(("cite_in", "cite_convened"), ("name",)),
    "cite_summarized": ("name", "statement"),
    "cite_reporting": ("name", "whose"),
    "cite_whose": ("whose",),
    **dict.fromkeys(("verified", "verified_only"), ("number",)),
    "cite_text_by": ("names",),
    "cite_date_basis": ("basis",),
    "cite_worded": ("site", "license"),
    **dict.fromkeys(("changes_since", "change_answer", "change_source", "change_removed", "condition", "why"), ()),
    "reported_view": ("whose",),
    "published_on": ("date",),
}
"""What is said by the code and not by a template, and the values it is given."""

HANGUL = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
"""The consonant under which a dictionary has each of the nineteen that a Korean syllable can begin with."""

_FIRST_SYLLABLE, _LAST_SYLLABLE, _SYLLABLES_OF_ONE = "가", "힣", 588

_START = re.compile(r"^[\W_]+")


def _english(number: int) -> bool:
    return number == 1


class UnknownWordError(LookupError):
    """A name that the language's file does not have, or a value that nobody gives."""


@dataclass(frozen=True, slots=True)
class Words:
    """The interface in one language."""

    language: str
    entries: Mapping[str, Any]

    def __call__(self, name: str, /, **values: object) -> str:
        """What a template says is in the file of the language, and uses only the values that it is given.

        What is said under a name, with `{values}` put in; `n` chooses between `one` and `other`.
        Raises `UnknownWordError` if the file has no such name, or uses a value that is not given.
        """
        entry = self.entries.get(name)
        if entry is None:
            raise UnknownWordError(f"no words '{name}' in {FOLDER}/{self.language}.yaml{did_you_mean(name, self.entries)}")
        if isinstance(entry, dict):
            number = values.get("n", 0)
            is_one = PLURALS.get(self.language.lower().partition("-")[0], _english)(number if isinstance(number, int) else 0)
            entry = entry.get("one" if is_one else "other", entry["other"])
        try:
            return str(entry).format_map({key: str(value) for key, value in values.items()})
        except KeyError as missing:
            given = ", ".join(f"{{{key}}}" for key in values) or "nothing"
            message = f"the words '{name}' in {FOLDER}/{self.language}.yaml use {{{missing.args[0]}}}, and are given {given}; give it that too"
            raise UnknownWordError(message) from None

    def date(self, date: str) -> str:
        """`2024-12-14` as a reader would say it."""
        year, *rest = date.split("-")
        form = ("date_year", "date_month", "date_day")[len(rest)]
        month = self.entries["months"][int(rest[0]) - 1] if rest else ""
        return self(form, year=year, month=month, day=int(rest[1]) if len(rest) == 2 else "")

    def sorted_as(self, text: str) -> tuple[int, str, str]:
        """What a text is sorted by: its letters, whatever their case and accents, without an article; numbers first, what has no letter last."""
        bare = self._bare(text)
        letter = _letter(bare)
        return (0 if letter.isdigit() else 1 if letter else 2), bare, text

    def letter(self, text: str) -> str:
        """The letter under which an index has a text: `É` is under E, `각` under ㄱ, every number under 0; empty if there is none."""
        return _letter(self._bare(text))

    def _bare(self, text: str) -> str:
        """A text from its first letter or digit on, folded, without an article before it."""
        plain = "".join(letter for letter in normalize("NFD", text.casefold()) if not combining(letter))
        words = _START.sub("", normalize("NFC", plain)).split()
        if len(words) > 1 and words[0] in self.entries["articles"].casefold().split():
            words[1] = _START.sub("", words[1]) or words[1]
            del words[0]
        return " ".join(words)


def _letter(bare: str) -> str:
    first = bare[:1]
    if first.isdigit():
        return "0"
    if _FIRST_SYLLABLE <= first <= _LAST_SYLLABLE:
        return HANGUL[(ord(first) - ord(_FIRST_SYLLABLE)) // _SYLLABLES_OF_ONE]
    return first.upper() if first.upper() != first.lower() else ""


def read_words(root: Path, language: str, asked_in: Document) -> Words:
    """The language of `site.yaml` has a file in `templates/words/`, and in it everything that `en.yaml` says.

    Raises `ContentError` if there is no file for it, or if the file does not hold what English usage needs.
    """
    path = root / FOLDER / f"{language}.yaml"
    if leads_out(path, root):
        raise ContentError([Problem(f"{FOLDER}/{language}.yaml", 1, 1, LEADS_OUT)])
    shown = f"{FOLDER}/{language}.yaml"
    if not path.is_file():
        there = [file.stem for file in (root / FOLDER).glob("*.yaml")]
        raise ContentError([asked_in.problem(f"no words for the language '{language}'{did_you_mean(language, there)}", "language")])
    text, problems = read_text(path, shown)
    document, unread = read_yaml(shown, text or "")
    problems += unread
    if not problems:
        problems += _check(document)
    if not problems and language != "en" and (root / FOLDER / "en.yaml").is_file():
        english = read_words(root, "en", asked_in)
        problems += [
            document.problem(f"'{name}' is missing, which en.yaml has; say it in this language") for name in english.entries if name not in document.fields
        ]
    if problems:
        raise ContentError(problems)
    return Words(language, {name: _in_print(entry) for name, entry in document.fields.items()})


def _in_print(entry: Any) -> Any:
    """An entry with the quotation marks of print."""
    if isinstance(entry, dict):
        return {form: typographic(text) for form, text in entry.items()}
    return typographic(entry) if isinstance(entry, str) else entry


def _check(document: Document) -> list[Problem]:
    """Each name has a text, or the forms `one` and `other`; there are twelve months; what is said outside of templates is there, with all that it is given."""
    if not isinstance(document.fields, dict):
        return [document.problem("this file must be fields, one 'name: text' a line")]
    problems = [document.problem(f"'{name}' is missing; write it, since the code says it") for name in NEEDED if name not in document.fields]
    for name, entry in document.fields.items():
        if name == "months":
            if not (isinstance(entry, tuple) and len(entry) == 12):
                problems.append(document.problem("'months' must be a list of twelve names", name))
            continue
        if isinstance(entry, dict) and "other" not in entry:
            problems.append(document.problem(f"'{name}' needs a form 'other'", name))
        forms = {(name, form): text for form, text in entry.items()} if isinstance(entry, dict) else {(name,): entry}
        for place, text in forms.items():
            if not isinstance(text, str) or isinstance(text, Ambiguous):
                problems.append(document.problem(f"'{place[-1]}' must be text in quotes", *place))
            elif not _is_pattern(text):
                problems.append(document.problem(f"'{place[-1]}' has a brace that does not close; braces stand only around a name", *place))
            elif unknown := sorted(_values(text) - set(NEEDED.get(name, _values(text)))):
                given = ", ".join(f"{{{value}}}" for value in NEEDED[name]) or "nothing"
                problems.append(document.problem(f"'{place[-1]}' uses {{{unknown[0]}}}, and is given {given}; use no other", *place))
            elif lost := sorted(set(NEEDED.get(name, ())) - _values(text)):
                problems.append(document.problem(f"'{place[-1]}' does not say {{{lost[0]}}}; put it in, since nothing else does", *place))
    return problems


def _values(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _is_pattern(text: str) -> bool:
    """Whether braces stand only around names."""
    try:
        return all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(text))
    except ValueError:
        return False

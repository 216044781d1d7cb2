"""Every word of the interface: templates and views name it, `templates/words/<language>.yaml` says it.

A second language is a second file, as far as the plural forms `one` and `other` of `PLURALS` serve it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import Any
from unicodedata import combining, normalize

from explainer import urls
from explainer.documents import LEADS_OUT, files_below, is_temporary, leads_out, read_text
from explainer.frontmatter import Ambiguous, Document, read_yaml
from explainer.markdown import typographic
from explainer.problems import ContentError, Problem, did_you_mean, nearest

FOLDER = "templates/words"
TEMPLATES = "templates"

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
    **dict.fromkeys(("changes_since", "change_answer", "change_source", "change_removed", "condition", "own_wording", "why"), ()),
    "reported_view": ("whose",),
    "published_on": ("date",),
}
"""What is said by the code and not by a template, and the values it is given."""

HANGUL = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
"""The consonant under which a dictionary has each of the nineteen that a Korean syllable can begin with."""

_FIRST_SYLLABLE, _LAST_SYLLABLE, _SYLLABLES_OF_ONE = "가", "힣", 588

_START = re.compile(r"^[\W_]+")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_SAID = re.compile(r"""\bt\(\s*["']([\w-]+)["']\s*[,)]""")
_NAMED = re.compile(r"""["']([\w-]+)["']""")
_CLOSE = 0.8
"""How alike two names are, of which one is the other misspelt."""


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
            raise UnknownWordError(f"no words '{name}' in {FOLDER}/{self.language}.yaml; write them there{did_you_mean(name, self.entries)}")
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
        problems += _check(document, _said(root) if language == "en" else {})
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


def _said(root: Path) -> dict[str, list[str]]:
    """The names that templates say, each with the templates; and those that they only mention, which they may put together or hand on, with none."""
    said: dict[str, list[str]] = {}
    for path in sorted(files_below(root / TEMPLATES)):
        if path.suffix == ".html" and not is_temporary(path.name) and not leads_out(path, root):
            shown = path.relative_to(root).as_posix()
            text = _COMMENT.sub("", read_text(path, shown)[0] or "")
            for name in dict.fromkeys(_SAID.findall(text)):
                said.setdefault(name, []).append(shown)
            for name in _NAMED.findall(text):
                said.setdefault(name, [])
    return said


def _missing(document: Document, said: Mapping[str, list[str]]) -> Iterator[Problem]:
    """Each name that the code or a template says is in the file of the language.

    Told where a name that nothing says looks like it. A template alone that says a name much like another one is itself what is misspelt.
    """
    started = tuple(name for name in said if name.endswith("_"))
    unsaid = [name for name in document.fields if name not in NEEDED and name not in said and not name.startswith(started)]
    for name in dict.fromkeys([*NEEDED, *said]):
        where = ["the code"] if name in NEEDED else said[name]
        if name in document.fields or not where:
            continue
        near = nearest(name, tuple(document.fields))
        if near and near in unsaid:
            yield document.problem(f"nothing says '{near}', and '{name}', which {where[0]} says, is missing; did you mean '{name}'?", near, key=True)
        elif name in NEEDED or len(where) > 1 or not get_close_matches(name, document.fields, n=1, cutoff=_CLOSE):
            yield document.problem(f"'{name}' is missing; write it, since {where[0]} says it")


def _check(document: Document, said: Mapping[str, list[str]]) -> list[Problem]:
    """Each name has a text, or the forms `one` and `other`; there are twelve months; what is said outside of templates is there, with all that it is given."""
    if not isinstance(document.fields, dict):
        return [document.problem("this file must be fields, one 'name: text' a line")]
    problems = list(_missing(document, said))
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
            elif (spaced := _spaced(text)) is not None:
                problems.append(document.problem(f"'{place[-1]}' has {{{spaced}}}; write {{{spaced.strip()}}}, without spaces inside of the braces", *place))
            elif not _is_pattern(text):
                problems.append(document.problem(f"'{place[-1]}' has a brace that does not close; braces stand only around a name", *place))
            elif unknown := sorted(_values(text) - set(NEEDED.get(name, _values(text)))):
                given = ", ".join(f"{{{value}}}" for value in NEEDED[name]) or "nothing"
                problems.append(document.problem(f"'{place[-1]}' uses {{{unknown[0]}}}, and is given {given}; use no other", *place))
            elif lost := sorted(set(NEEDED.get(name, ())) - _values(text)):
                problems.append(document.problem(f"'{place[-1]}' does not say {{{lost[0]}}}; put it in, since nothing else does", *place))
            elif _is_in_curly_quotes(document, text, *place):
                message = f"'{place[-1]}' begins with {text[0]} and ends with {text[-1]}, which would stand on the pages; write \" in place of both"
                problems.append(document.problem(f"{message}, or put all of it in quotes", *place))
    return problems


def _is_in_curly_quotes(document: Document, text: str, *place: str) -> bool:
    """Whether the quotation marks of print stand around a text in the place of those of YAML."""
    line, column = document.place(*place)
    is_plain = document.text.split("\n")[line - 1][column - 1 : column] == text[:1]
    return is_plain and len(text) > 1 and text[0] in "“„”" and text[-1] in "“”" and not re.search("[“„”]", text[1:-1])


def _values(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _spaced(text: str) -> str | None:
    """What stands between braces and is a name but for the spaces around it."""
    found = re.search(r"(?<!\{)\{(\s+\w+\s*|\w+\s+)\}", text)
    return found[1] if found else None


def _is_pattern(text: str) -> bool:
    """Whether braces stand only around names."""
    try:
        return all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(text))
    except ValueError:
        return False

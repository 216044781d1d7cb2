"""What an editor may write: every kind of file, every field, its type and its meaning. The only door to pydantic.

This one table checks the files, types the values the rest of the generator works with, makes the reference in `docs/content.md`
and the JSON Schemas.
"""

import ast
import os
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeVar, get_args, get_origin

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # a look through every installed package for plugins, which none is used of

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from explainer.characters import as_slug, plain, remark
from explainer.fingerprint import Damage
from explainer.frontmatter import Ambiguous, Document, Location
from explainer.markdown import typographic
from explainer.problems import Problem, did_you_mean, nearest
from explainer.slips import lost_dash

SUMMARY_LIMIT = 240
"""Characters of a one-sentence summary: what a cell of the matrix holds without being folded away."""

HEADLINE_LIMIT = 70
"""Characters of a claim's headline: what a cell of the comparison holds."""

SHOWN_LIMIT = 100
"""Characters of a value that a message repeats."""

PARAGRAPH_LIMIT = 100_000
"""The highest paragraph number; a higher one is a slip of the finger."""


def _text(value: Any) -> Any:
    """A text is text; what YAML reads as a number, a truth or nothing stands in quotes."""
    if isinstance(value, Ambiguous):
        raise PydanticCustomError(
            "ambiguous",
            "must be text, but YAML reads {written} as {meaning}; put it in quotes",
            {"written": _shown(value).strip("'"), "meaning": value.meaning},
        )
    if isinstance(value, bool | int) or value is None:
        raise PydanticCustomError("ambiguous", "must be text, but YAML reads {value} here; put it in quotes", {"value": _shown(value).strip("'")})
    if not isinstance(value, str):
        what = "fields; a text with ': ' in it needs quotes" if isinstance(value, dict) else "a list"
        raise PydanticCustomError("shape", "must be text, not {what}", {"what": what})
    return value


def _number(value: Any) -> Any:
    """A number is a whole one, in decimal digits and without quotes."""
    if isinstance(value, Ambiguous):
        raise PydanticCustomError("ambiguous", "must be a whole number in plain digits; {written} is not", {"written": _shown(value).strip("'")})
    if isinstance(value, bool) or not isinstance(value, int):
        if isinstance(value, str) and value.isdecimal():
            raise PydanticCustomError("ambiguous", "must be a whole number, not the text {value}; leave out the quotes", {"value": _shown(value)})
        raise PydanticCustomError("ambiguous", "must be a whole number, not {value}{odd}", {"value": _shown(value), "odd": _odd(value)})
    return value


def _truth(value: Any) -> Any:
    """What is true or false is spelt so: `true`, `false`."""
    if not isinstance(value, bool):
        raise PydanticCustomError("ambiguous", "must be true or false, not {value}", {"value": _shown(value)})
    return value


def _sequence(value: Any) -> Any:
    """A list is written as one, even with a single thing in it."""
    if not isinstance(value, tuple):
        stuck = "; a space is missing behind '-'" if isinstance(value, str) and re.match(r"-\S", value) else ""
        raise PydanticCustomError("shape", "must be a list: [one, two], or one '- item' a line{stuck}", {"stuck": stuck})
    return value


def _paragraphs(value: Any) -> Any:
    """Paragraphs are named as `26`, `26-28` or `26-28, 30`, or in a list of such, each once."""
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        raise PydanticCustomError("paragraphs", "must name paragraphs, as in 26 or 26-28 or '26-28, 30'", {})
    parts = value if isinstance(value, tuple) else str(value).replace("–", "-").split(",")
    numbers: list[int] = []
    for part in parts:
        match = re.fullmatch(r"\s*¶?(\d{1,6})(?:\s*-\s*(\d{1,6}))?\s*", str(part), re.ASCII)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not match or not 0 < first <= last <= PARAGRAPH_LIMIT:
            raise PydanticCustomError(
                "paragraphs", "must name paragraphs, as in 26 or 26-28 or '26-28, 30'; {part} does not{odd}", {"part": _shown(part), "odd": _odd(part)}
            )
        if len(numbers) + last - first >= PARAGRAPH_LIMIT:
            raise PydanticCustomError("paragraphs", "names more than {limit} paragraphs; there is a slip in a number", {"limit": PARAGRAPH_LIMIT})
        numbers += range(first, last + 1)
    if not numbers:
        raise PydanticCustomError("paragraphs", "names no paragraph; write one or more, as in 26 or 26-28", {})
    if len(set(numbers)) != len(numbers):
        double = next(number for number in numbers if numbers.count(number) > 1)
        raise PydanticCustomError("paragraphs", "names ¶{double} twice; keep one", {"double": double})
    return tuple(sorted(numbers))


def _date(value: Any) -> Any:
    """A date is a year, a month or a day of the calendar: `2019`, `2021-09`, `2024-12-14`."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", str(value), re.ASCII)
    days = (31, 29 if match and int(match[1]) % 4 == 0 and (int(match[1]) % 100 or int(match[1]) % 400 == 0) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    month, day = (int(match[2] or 1), int(match[3] or 1)) if match else (0, 0)
    if isinstance(value, bool) or not match or not 1 <= month <= 12 or not 1 <= day <= days[month - 1]:
        raise PydanticCustomError("date", "must be a year, month or day, as in 2019 or 2021-09 or 2024-12-14; {value} is not{way_out}", _no_date(value))
    return str(value)


def _is_date(text: str) -> bool:
    try:
        return bool(_date(text))
    except PydanticCustomError:
        return False


def _day(value: Any) -> Any:
    """A day has its year and month: `2024-12-14`."""
    try:
        day = str(_date(value))
    except PydanticCustomError:
        day = ""
    if len(day) != len("2024-12-14"):
        raise PydanticCustomError("date", "must be a day, as in 2024-12-14; {value} is not{way_out}", _no_date(value))
    return day


def _no_date(value: Any) -> dict[str, str]:
    """What is told of a value that is no date: how it is shown, and the day that it may mean, where only one can be meant."""
    match = re.fullmatch(r"(\d{4})[-./](\d\d?)[-./](\d\d?)", plain(str(value)), re.ASCII)
    day = f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}" if match else ""
    meant = f"; did you mean {day}?" if day and day != str(value) and _is_date(day) else ""
    return {"value": _shown(value), "way_out": f"{meant}{_odd(value)}"}


def _odd(value: Any) -> str:
    """What is to be said of characters that are not what they seem, to be put behind a message."""
    return remark(value) if isinstance(value, str) else ""


def _shown(value: Any) -> str:
    """A value as its writer would recognize it."""
    if isinstance(value, dict):
        return "fields"
    if isinstance(value, tuple):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "nothing"
    return f"'{value}'" if len(str(value)) <= SHOWN_LIMIT else f"'{str(value)[:SHOWN_LIMIT]}…'"


_SPACE = r"[ \t\n\r\f\v]*"
_NUMBER = r"(?!0+(?![0-9]))(?:100000|0?[0-9]{1,5})"
_MONTHS = (("0[13578]|1[02]", "0[1-9]|[12][0-9]|3[01]"), ("0[469]|11", "0[1-9]|[12][0-9]|30"), ("02", "0[1-9]|1[0-9]|2[0-8]"))
_LEAP_DAY = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
_DAY = "|".join([*(f"[0-9]{{4}}-(?:{months})-(?:{days})" for months, days in _MONTHS), _LEAP_DAY])


def _run(hyphen: str) -> str:
    """The pattern of `26` or `26-28`."""
    return f"{_SPACE}¶?{_NUMBER}(?:{_SPACE}{hyphen}{_SPACE}{_NUMBER})?{_SPACE}"


PARAGRAPHS_AS_WRITTEN = {
    "type": ["string", "integer", "array"],
    "pattern": f"^{_run('[-–]')}(?:,{_run('[-–]')})*$",
    "minimum": 1,
    "maximum": PARAGRAPH_LIMIT,
    "items": {"type": ["string", "integer"], "pattern": f"^{_run('-')}$", "minimum": 1, "maximum": PARAGRAPH_LIMIT},
    "minItems": 1,
    "examples": [26, "26-28", "26-28, 30"],
}
"""What `_paragraphs` takes, as JSON Schema, but for the order in a run and a number that stands twice, which no pattern can tell."""
DATE_AS_WRITTEN = {
    "type": ["string", "integer"],
    "pattern": f"^(?:[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?|{_DAY})$",
    "minimum": 1000,
    "maximum": 9999,
    "examples": [2019, "2021-09", "2024-12-14"],
}
"""What `_date` takes, as JSON Schema."""
DAY_AS_WRITTEN = {"type": "string", "pattern": f"^(?:{_DAY})$", "examples": ["2024-12-14"]}
"""What `_day` takes, as JSON Schema."""

_Item = TypeVar("_Item")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), BeforeValidator(_text), AfterValidator(typographic)]
"""Any text that is not empty; its quotation marks become those of print."""
TextOrNothing = Annotated[str, BeforeValidator(_text)]
"""Text that may be empty, as in `address: ""`."""
Summary = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=SUMMARY_LIMIT), BeforeValidator(_text), AfterValidator(typographic)]
"""One sentence that fits a cell."""
Headline = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=HEADLINE_LIMIT), BeforeValidator(_text), AfterValidator(typographic)
]
"""A few words that fit a line."""
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$"), BeforeValidator(_text)]
"""A name for machines: small letters, digits and single hyphens."""
Number = Annotated[int, BeforeValidator(_number)]
"""A whole number."""
Truth = Annotated[bool, BeforeValidator(_truth)]
"""True or false."""
Several = Annotated[tuple[_Item, ...], BeforeValidator(_sequence)]
"""A list."""
Paragraphs = Annotated[tuple[int, ...], BeforeValidator(_paragraphs), WithJsonSchema(PARAGRAPHS_AS_WRITTEN)]
"""Paragraphs of a source: `26`, `26-28`, or `"26-28, 30"`."""
Date = Annotated[str, BeforeValidator(_date), WithJsonSchema(DATE_AS_WRITTEN)]
"""A year, a month or a day, as far as it is known."""
Day = Annotated[str, BeforeValidator(_day), WithJsonSchema(DAY_AS_WRITTEN)]
"""A day."""
ClaimReference = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+#[a-z0-9-]+$"), BeforeValidator(_text)]
"""A claim, as `question/expert#claim`."""
AnyClaimReference = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)?#[a-z0-9-]+$"), BeforeValidator(_text)]
"""A claim of an expert or of background, as `question/expert#claim` or `source#claim`."""

ClaimKind = Literal["describes", "predicts", "recommends", "reports"]
RangeKind = Literal["testimony", "summary", "prompt", "background", "apparatus"]
DisagreementType = Literal["contradiction", "condition", "object", "emphasis"]
Verdict = Literal["supported", "partial", "stronger", "weaker", "different", "not found", "misquoted"]
Origin = Literal["source", "editor"]


_WEB_AS_WRITTEN = r"https?://[^\s\x00-\x1f\x7f<>\"'\\^`{|}?#/][^\s\x00-\x1f\x7f<>\"\\^`{|}]*"
"""The same for JSON Schema, whose patterns know no categories of characters."""
_WEB = r"https?://[^\s\p{C}<>\"'\\^`{|}?#/][^\s\p{C}<>\"\\^`{|}]*"

WebAddress = Annotated[
    str, StringConstraints(pattern=f"^{_WEB}$"), BeforeValidator(_text), WithJsonSchema({"type": "string", "pattern": f"^{_WEB_AS_WRITTEN}$"})
]
"""An address on the web."""
WebAddressOrNothing = Annotated[
    str, StringConstraints(pattern=f"^({_WEB})?$"), BeforeValidator(_text), WithJsonSchema({"type": "string", "pattern": f"^({_WEB_AS_WRITTEN})?$"})
]
"""An address on the web, or nothing, as in `address: ""`."""


class Fields(BaseModel):
    """What all kinds of fields share: nothing unknown is let through, and nothing changes once read."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class SiteFields(Fields):
    """`site.yaml`: the site's name, people, language and limits."""

    title: Text
    """The site's name, on every page."""
    description: Text
    """What the site is, in a sentence or two; stands on the home page and in search results."""
    language: Slug = "en"
    """The language of the interface; there must be a `templates/words/<language>.yaml`."""
    as_of: Text
    """When the sources speak, as every page says it: `early 2025`."""
    as_of_note: Text
    """A sentence or two on what that means for the reader, as that nothing has been updated since; every page ends with it."""
    published: Day | None = None
    """The day on which the site was first published. No change is dated before it, and the feed of changes begins with it."""
    address: WebAddressOrNothing = ""
    """Where the site is published, as `https://example.org/path/`; empty if unknown. `--base-url` overrides it."""
    publisher: TextOrNothing = ""
    """Who publishes the site; empty if nobody wants to be named."""
    license: Text
    """The license of your own words."""
    license_address: WebAddressOrNothing = ""
    """Where that license can be read."""
    navigation: Several[Slug]
    """The pages linked from the top of every page, in order."""
    pairs_limit: Annotated[int, Field(ge=0, le=2000), BeforeValidator(_number)] = 66
    """The most pair pages that are made; 66 is every pair of 12 experts. Beyond it, the pairs with the most findings get one."""
    order_rule: Text | None = None
    """A sentence on the order in which experts stand everywhere; shown on the page of experts and on the page `method`."""


class ExceptionFields(Fields):
    """Wording of ours that `check --source-text` takes to be surer than its source, and that stays."""

    sentences: Annotated[tuple[Text, ...], Field(min_length=1), BeforeValidator(_sequence)]
    """The sentences, as they stand in this file. A sentence that is changed needs its exception anew."""
    because: Text
    """Why it is not surer."""


class RangeFields(Fields):
    """What a run of a source's paragraphs is."""

    paragraphs: Paragraphs
    """The run."""
    kind: RangeKind
    """Testimony of an expert on a question, summary (someone speaks of the experts), prompt, background (nobody who is asked speaks), or apparatus
    (headings)."""
    expert: Slug | None = None
    """Whose testimony."""
    question: Slug | None = None
    """On which question; also the question that a prompt asks."""
    note: Text | None = None
    """A few words on what stands there."""


class TensionFields(Fields):
    """Where a background claim does not sit well with what experts say."""

    claim: Slug
    """The id of a claim of this source."""
    against: Annotated[tuple[ClaimReference, ...], Field(alias="with", min_length=1), BeforeValidator(_sequence)]
    """The experts' claims it is in tension with."""
    because: Text
    """In what way."""


class RepairFields(Fields):
    """Words of the text that its extraction damaged."""

    paragraph: Annotated[int, Field(ge=1, le=PARAGRAPH_LIMIT), BeforeValidator(_number)]
    """Where."""
    written: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), BeforeValidator(_text)]
    """What stands there."""
    meant: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), BeforeValidator(_text)]
    """What was meant."""


class ChangeFields(Fields):
    """A change after publication, in the file of what was changed."""

    date: Day
    """The day of the change."""
    claim: Slug | None = None
    """The id of the claim that was changed, a claim of this file; leave it out if the change concerns the whole, as the summary or a stance."""
    what: Text
    """What was changed, in a sentence."""
    why: Text
    """The reason, in a sentence."""
    removed: Truth = False
    """Whether the claim was taken out by this change. Its address then leads to this entry."""


class SourceFields(Fields):
    """`content/sources/<source>.md`: an article, what is known of it, and which of its paragraphs are what."""

    title: Text
    """The title as printed."""
    short: Text
    """A short name for tables and citations."""
    publisher: Text
    """Who published it, or `unknown`."""
    address: WebAddressOrNothing
    """Where it can be read on the web; `""` if it is not there."""
    date: Text
    """When it was written or published: `2024-12-14`, or in words, `early 2025`, `unknown`. Citations have it as it stands."""
    date_basis: Text
    """How that date is known."""
    authors: Several[Text]
    """Who wrote it; an empty list if it is unsigned."""
    convenor: Text | None = None
    """Who brought the experts together."""
    genre: Text
    """What kind of text it is."""
    trust: Text
    """How far it can be trusted, and why."""
    order: Number
    """Its place among the sources."""
    ranges: Annotated[tuple[RangeFields, ...], Field(min_length=1), BeforeValidator(_sequence)]
    """What its paragraphs are: from the first to the last, without a gap."""
    repairs: Several[RepairFields] = ()
    """Words that the extraction of the text damaged, such as letters run together; they are repaired when its fingerprint is made."""
    joined: Several[Paragraphs] = ()
    """Paragraphs that are one sentence, broken over lines by the extraction: `[43-44]`."""
    tensions: Several[TensionFields] = ()
    """Where its background claims do not sit well with the experts'."""
    changes: Several[ChangeFields] = ()
    """What was changed after publication in what is said here of the source, or in its background claims."""
    exceptions: Several[ExceptionFields] = ()
    """Wording that sounds surer than its source and is not, with the reason."""

    @property
    def damage(self) -> Damage:
        """What is to be repaired when the text is read."""
        return Damage(self.joined, tuple((repair.paragraph, repair.written, repair.meant) for repair in self.repairs))


class KnownFields(Fields):
    """One thing that is known of an expert."""

    text: Text
    """A sentence."""
    source: Slug
    """Where it stands."""
    paragraphs: Paragraphs
    """In which paragraphs."""
    inferred: Truth = False
    """Whether it is our inference and not stated there."""


class ExpertFields(Fields):
    """`content/experts/<expert>.md`: a person who answers."""

    name: Text
    """The full name."""
    short: Text
    """The name used in tables, usually the family name."""
    initials: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3), BeforeValidator(_text)]
    """One to three letters for the expert's mark; no two experts share them."""
    order: Number
    """The expert's place wherever experts stand side by side."""
    known: Several[KnownFields] = ()
    """What the sources say of the expert, and nothing else."""
    exceptions: Several[ExceptionFields] = ()
    """Wording that sounds surer than its source and is not, with the reason."""


class ScaleFields(Fields):
    """A named axis on which an expert's stance is placed."""

    id: Slug
    """Its name for stances; no two scales of the site share it."""
    title: Text
    """What the scale asks."""
    steps: Annotated[tuple[Text, ...], Field(min_length=2, max_length=7), BeforeValidator(_sequence)]
    """A sentence for each step, in order; stances name them 1, 2, 3 …"""


class QuestionFields(Fields):
    """`content/questions/<question>.md`: a prompt that was put to every expert, in our words."""

    title: Text
    """The question."""
    short: Text
    """A short name for tables and navigation."""
    order: Number
    """Its place among the questions."""
    source: Slug
    """The source in which it was asked."""
    paragraphs: Paragraphs
    """Where it was asked."""
    parts: Several[Text] = ()
    """The parts of the prompt, where it has parts."""
    scales: Several[ScaleFields] = ()
    """The axes on which answers to it are placed."""


class ThemeFields(Fields):
    """`content/themes/<theme>.md`: a thread that runs across questions."""

    title: Text
    """Its name."""
    order: Number
    """Its place among the themes."""
    summary: Summary
    """What it is about, in a sentence."""


class OtherStepFields(Fields):
    """Another step that could be defended."""

    step: Number
    """The other step."""
    because: Text
    """Why."""
    paragraphs: Paragraphs
    """The paragraphs that support it."""


class StanceFields(Fields):
    """An expert's place on a scale."""

    scale: Slug
    """The scale's id."""
    step: Number
    """The step: 1 for the first sentence of the scale."""
    because: Text
    """Why the expert stands there."""
    paragraphs: Paragraphs
    """The paragraphs that support it."""
    other: Annotated[OtherStepFields | None, Field(alias="or")] = None
    """Another step that could be defended."""


class PlacingFields(Fields):
    """`content/second-placing.yaml`: an expert's place on a scale, placed a second time without sight of the first."""

    scale: Slug
    """The scale's id."""
    expert: Slug
    """Who is placed."""
    step: Number | None = None
    """The step; left out where the answer does not address the scale."""
    because: Text
    """Why the expert stands there, or why there is no step."""
    paragraphs: Paragraphs = ()
    """The paragraphs that support the step; left out where there is none."""
    other: Annotated[OtherStepFields | None, Field(alias="or")] = None
    """Another step that could be defended."""


class LeftOutFields(Fields):
    """Paragraphs of an answer on which no claim rests."""

    paragraphs: Paragraphs
    """Which."""
    because: Text
    """Why no claim rests on them."""


class AnswerFields(Fields):
    """`content/answers/<question>/<expert>.md`: one expert on one question. Below the fields, each claim is a section."""

    source: Slug
    """The source in which the answer stands."""
    summary: Summary
    """The answer in one sentence."""
    paragraphs: Paragraphs
    """The paragraphs the summary rests on."""
    stances: Several[StanceFields] = ()
    """The expert's places on the question's scales; leave out a scale that the answer does not address."""
    silent: Several[Slug] = ()
    """Scales that the answer does not address. Only an answer that addresses none must list them, so that none is forgotten."""
    left_out: Several[LeftOutFields] = ()
    """Paragraphs of the answer on which no claim rests, with the reason."""
    changes: Several[ChangeFields] = ()
    """What was changed in the answer after publication."""
    exceptions: Several[ExceptionFields] = ()
    """Wording that sounds surer than its source and is not, with the reason."""


class ClaimFields(Fields):
    """A claim: the attributes in the line `{#id kind=… themes="…" paragraphs="…"}` above its heading."""

    id: Slug
    """Its name, chosen by you and never changed; no two claims of an answer share it."""
    kind: ClaimKind
    """Whether the expert describes, predicts, recommends, or reports someone else's view."""
    themes: Annotated[tuple[Slug, ...], Field(min_length=1), BeforeValidator(_sequence)]
    """One theme or more."""
    paragraphs: Paragraphs
    """The paragraphs it rests on."""
    condition: Text | None = None
    """The condition under which it holds, with its `if` or `as long as`, in your words like everything else. It is shown wherever the claim is, and also
    without it, so it must make sense alone."""
    whose: Text | None = None
    """For `reports`: whose view it is."""


class AgreementFields(Fields):
    """`content/agreements/<agreement>.md`: a finding of ours that experts agree on something."""

    title: Text
    """What they agree on, in a sentence."""
    order: Number
    """Its place among the agreements."""
    claims: Annotated[tuple[ClaimReference, ...], Field(min_length=2), BeforeValidator(_sequence)]
    """The claims it rests on, of two experts or more."""
    caution: Text | None = None
    """Where their reasons, conditions or degree differ."""
    inference: Truth = False
    """Whether what one of them holds, as worded here, is our reading."""


class SideFields(Fields):
    """One side of a disagreement."""

    holds: Text
    """What this side holds, in a sentence."""
    claims: Annotated[tuple[ClaimReference, ...], Field(min_length=1), BeforeValidator(_sequence)]
    """The claims it rests on."""


class DisagreementFields(Fields):
    """`content/disagreements/<disagreement>.md`: a finding of ours that experts part on something."""

    title: Text
    """What they part on, as a question."""
    order: Number
    """Its place among the disagreements."""
    type: DisagreementType
    """Contradiction (they cannot both be right), condition (they assume different ones), object (they speak of different things), or emphasis."""
    sides: Annotated[tuple[SideFields, ...], Field(min_length=2), BeforeValidator(_sequence)]
    """Who holds what."""
    both_right: Text
    """Whether both could be right, and how."""
    inference: Truth = False
    """Whether a side, as worded here, is our reading."""
    exceptions: Several[ExceptionFields] = ()
    """Wording that sounds surer than its source and is not, with the reason."""


class ConditionFields(Fields):
    """`content/conditions.yaml`: a condition, with the claims that were made under it, however each of them words it."""

    id: Slug
    """Its address on the page of conditions."""
    title: Text
    """The condition, with its `If` or `As long as`."""
    claims: Annotated[tuple[AnyClaimReference, ...], Field(min_length=1), BeforeValidator(_sequence)]
    """The claims made under it, background as `source#claim`. A claim whose condition is double may stand in two items."""
    note: Text | None = None
    """Whether its claims mean the same by it; never what happened afterwards."""


class ReadingFields(Fields):
    """`content/readings/<reading>.md`: a place where a summary of experts is held against what they say themselves. Below, there may be a note."""

    title: Headline
    """Who and what it is about, in a few words; it makes sense in a list, alone."""
    order: Number
    """Its place among the readings of the same paragraphs of the overview. No two readings share a number, wherever they stand."""
    source: Slug
    """The source in which both stand, the summary and the answers."""
    overview: Text
    """What the summary, which pages call the overview, says of these experts: in your words, or with a short quotation."""
    overview_paragraphs: Paragraphs
    """Where it says so; in a range of kind `summary`."""
    quoted: Several[Text] = ()
    """Words that the summary itself has in quotation marks as these experts', without the marks. They are looked up in the experts' paragraphs."""
    experts: Annotated[tuple[Slug, ...], Field(min_length=1), BeforeValidator(_sequence)]
    """Of whom. Several only if all else in this file is true of each of them; otherwise write a reading each."""
    holds: Text
    """What these experts hold on it in their own answers; for `not found`, what the answers speak of instead."""
    paragraphs: Paragraphs
    """Where they say so, on whatever question; for `not found`, the paragraphs that were searched."""
    verdict: Verdict
    """Supported (the answers say this about as strongly), partial (they bear out a part of it), stronger (the overview is firmer or more general than they
    are), weaker (it is less firm), different (they speak to this and say something else), not found (nothing in them says so), or misquoted (words
    in quotation marks are not the expert's)."""
    because: Text
    """The reason for the verdict, in a sentence."""
    claims: Several[ClaimReference] = ()
    """These experts' claims that the summary is held against; left out only for `not found`."""


class TermFields(Fields):
    """`content/glossary.yaml`: a word explained."""

    id: Slug
    """Its address on the glossary page."""
    term: Text
    """The word."""
    also: Several[Text] = ()
    """Other forms of it. In texts they are explained like the word itself, but for those that the explanation uses."""
    meaning: Text
    """The explanation."""
    origin: Origin
    """`source` if the paragraphs give this meaning, `editor` if the explanation is ours."""
    source: Slug | None = None
    """The source that uses the word."""
    paragraphs: Paragraphs = ()
    """Where it is used, or explained."""


class EventFields(Fields):
    """`content/timeline.yaml`: something that happened."""

    id: Slug
    """Its address on the timeline page."""
    date: Date
    """When, as far as it is known."""
    until: Date | None = None
    """When it ended, if it lasted."""
    title: Text
    """What happened."""
    text: Text
    """What it has to do with the sources."""
    origin: Origin
    """`source` if the paragraphs give the date, `editor` if the date is ours."""
    source: Slug | None = None
    """The source that mentions it."""
    paragraphs: Paragraphs = ()
    """Where it is mentioned."""


class PageFields(Fields):
    """`content/pages/<page>.md`: a page of prose, such as about and method."""

    title: Text
    """Its heading."""
    short: Text
    """Its name in the navigation."""
    order: Number
    """Its place among the pages."""


@cache
def _web_address() -> TypeAdapter[str]:
    return TypeAdapter(WebAddress)


def is_web_address(text: str) -> bool:
    """Whether a text is an address on the web."""
    try:
        return bool(_web_address().validate_python(text))
    except ValidationError:
        return False


_Fields = TypeVar("_Fields", bound=Fields)


def validate(model: type[_Fields], document: Document, values: Any, *within: str | int, claims: Collection[str] = ()) -> tuple[_Fields | None, list[Problem]]:
    """The values as typed fields, or None and everything that is wrong with them.

    `within` is where they stand in the document; `claims` are the references of claims that one may have meant.
    """
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        strays = {details["loc"][:2]: name for details in found if (name := _strayed(model, values, details["loc"]))}
        told = [details for details in found if details["loc"][:2] not in strays and not _follows(details, found, model)]
        problems = [_problem(model, document, details, within, claims) for details in told]
        return None, problems + [_stray(document, name, location, within) for location, name in list(strays.items())[:1]]


def _strayed(model: type[Fields], values: Any, location: Location) -> str:
    """The list to whose items a faulty item of another list belongs by all its fields, where it is not there; empty if there is none."""
    if len(location) != len(("stances", 0, "scale")) or not isinstance(location[1], int):
        return ""
    item = values[location[0]][location[1]]
    for field in texts_of(model) if isinstance(item, dict) else ():
        if field.inner and field.several and field.name not in values:
            within = list(texts_of(field.inner))
            if {each.name for each in within if each.required} <= set(item) <= {each.name for each in within}:
                return field.name
    return ""


def _stray(document: Document, name: str, location: Location, within: Location) -> Problem:
    """The items of a list stand below its name."""
    message = f"this is an item of '{name}', and stands below '{location[0]}'; write '{name}:' on a line of its own above it"
    return document.problem(message, *within, *location)


def _follows(details: ErrorDetails, found: list[ErrorDetails], model: type[Fields]) -> bool:
    """Whether a fault only follows from another.

    A list whose items are wrong is not also too short; a field that is misspelt, or stands outside of where it belongs, is not also missing.
    """
    location = details["loc"]
    if details["type"] in ("too_short", "too_long"):
        return any(len(other["loc"]) > len(location) and other["loc"][: len(location)] == location for other in found)
    if details["type"] == "missing":
        extra = [other["loc"] for other in found if other["type"] == "extra_forbidden"]
        names = tuple(_names(model, location[:-1]))
        beside = [str(other[-1]) for other in extra if other[:-1] == location[:-1]]
        if any(nearest(name.partition(":")[0], names) == location[-1] or name.partition(" ")[0] == location[-1] for name in beside):
            return True
        return any(other[-1] == location[-1] and location[: len(other) - 1] == other[:-1] and _belongs(model, other) for other in extra)
    return False


def _problem(model: type[Fields], document: Document, details: ErrorDetails, within: Location, claims: Collection[str]) -> Problem:
    """Every field is one that [content.md](content.md) lists, and has the form and the size that stand there; none that must be there is missing.

    What pydantic found, told to a writer who has never seen the code.
    """
    location = (*within, *details["loc"])
    name = next((str(part) for part in reversed(details["loc"]) if isinstance(part, str)), model.__name__)
    written, context = details["input"], details.get("ctx", {})
    if details["type"] not in _NOT_EMPTY and details["loc"] and _is_blank(document, written, location):
        place = f"an item of '{name}'" if isinstance(details["loc"][-1], int) else f"'{name}'"
        return document.problem(f"{place} is still empty; {_meaning(model, details['loc'])}", *location)
    match details["type"]:
        case "extra_forbidden":
            if isinstance(details["loc"][-1], str) and (whose := _belongs(model, details["loc"])):
                return document.problem(
                    f"'{name}' is a field of '{whose}', and stands outside of it; indent it as far as the others there", *location, key=True
                )
            if written is None and re.match(r"[a-z_]+:\S", name):
                return document.problem(f"unknown field '{name}'; a space is missing behind the colon", *location, key=True)
            if written is None and (first := name.partition(" ")[0]) in _names(model, details["loc"][:-1]):
                return document.problem(f"unknown field '{name}'; a ':' is missing behind '{first}'", *location, key=True)
            hint = did_you_mean(name, _names(model, details["loc"][:-1]))
            comma = "; if it is part of a text with a comma inside { }, put that text in quotes" if written is None else ""
            return document.problem(f"unknown field '{name}'{comma if comma and 'did you mean' not in hint else hint}", *location, key=True)
        case "missing":
            return document.problem(f"'{name}' is missing; {_meaning(model, details['loc'])}", *location[:-1])
        case "literal_error":
            known = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
            choice = did_you_mean(str(written), known) if nearest(str(written), tuple(known)) else f"{_odd(written)}; there are: {', '.join(known)}"
            return document.problem(f"'{name}' cannot be {_shown(written)}{choice}", *location)
        case "string_too_short":
            message = f"'{name}' is empty; {_meaning(model, details['loc'])}"
        case "string_too_long":
            message = f"'{name}' has {len(str(written).strip())} characters; at most {context['max_length']} fit"
        case "too_short":
            message = f"'{name}' needs {context['min_length']} or more, and has {context['actual_length']}"
        case "too_long":
            message = f"'{name}' may have {context['max_length']} at most, and has {context['actual_length']}"
        case "string_pattern_mismatch":
            if isinstance(details["loc"][-1], int) and (first := _before_comma(str(context["pattern"]), str(written))):
                if lost := _lost_dash(document, str(written), location):
                    return lost
                return document.problem(f"a ',' is missing behind '{first}'; a comma parts the items of a list", *location)
            message = f"'{name}' cannot be {_shown(written)}; {_form(name, str(context['pattern']), str(written), claims)}"
        case "greater_than_equal":
            message = f"'{name}' cannot be {written}; it must be {context['ge']} at least"
        case "less_than_equal":
            message = f"'{name}' cannot be {written}; it must be {context['le']} at most"
        case "model_type" | "model_attributes_type":
            what = f"'{name}'" if details["loc"] else "this item"
            message = f"{what} must have fields, one 'name: value' each, not {_shown(written)}"
        case _:
            message = f"'{name}' {details['msg']}"
    return document.problem(message, *location)


_NOT_EMPTY = ("missing", "extra_forbidden", "string_too_short")
"""Faults that have words of their own for a field without a value."""


def _is_blank(document: Document, written: Any, location: Location) -> bool:
    """Whether nothing stands where a value belongs; `~`, `null` and `[]` do stand there."""
    line, column = document.place(*location)
    return written in (None, "", ()) and not document.text.split("\n")[line - 1].startswith(("~", "null", "["), column - 1)


_ADDRESS = "an address starts with https://, and has no spaces, quotation marks or brackets"
_CLAIM = "a claim is named question/expert#claim"
_ANY_CLAIM = "a claim is named question/expert#claim, one of background source#claim"
_SLUG = "use small letters, digits and single hyphens"


def in_words(pattern: str) -> str:
    """A pattern in words."""
    if "#" in pattern:
        return _ANY_CLAIM if ")?#" in pattern else _CLAIM
    return _ADDRESS if "http" in pattern else _SLUG


def _form(name: str, pattern: str, written: str, claims: Collection[str]) -> str:
    """Every field is one that [content.md](content.md) lists, and has the form and the size that stand there; none that must be there is missing.

    A pattern in words, and what was perhaps meant.
    """
    if "http" in pattern:
        none = ', or is ""' if pattern.endswith(")?$") else ""
        return f"{_ADDRESS}{none}{_odd(written)}"
    if "#" not in pattern:
        if name in _NAMING and "," in written:
            return "keep one, without a comma"
        if name == "language":
            return f"a language is named by a short code, as in en{_odd(written)}"
        if name in _NAMING and " " in written.strip():
            return f"write the name of a file of content/{_NAMING[name]}/, without its ending{_odd(written)}"
        slug = as_slug(written.rpartition("#")[2].rpartition("/")[2].removesuffix(".md"))
        meant = f", as in '{slug}'" if slug else ""
        return f"{_SLUG}{meant}{_odd(written)}"
    return f"{_ANY_CLAIM if ')?#' in pattern else _CLAIM}{_meant_claim(written, claims)}"


_NAMING = {"source": "sources", "expert": "experts", "experts": "experts", "question": "questions", "themes": "themes"}
"""Fields that name a file, and the folder of it."""


def _lost_dash(document: Document, written: str, location: Location) -> Problem | None:
    """An item that goes on in a line that may be one itself."""
    second = written.split()[1]
    line, _ = document.place(*location)
    for number, text in enumerate(document.text.split("\n")[line:], line + 1):
        if not text.strip() or text.lstrip().startswith("- "):
            break
        if text.split()[0] == second:
            return document.problem_at(lost_dash(second), number, text.index(second) + 1)
    return None


def _before_comma(pattern: str, written: str) -> str:
    """The first of several words in the place of one, where each would do by itself; empty if it is not so."""
    words = written.split()
    return words[0] if len(words) > 1 and all(re.fullmatch(pattern, word) for word in words) else ""


def _meant_claim(written: str, claims: Collection[str]) -> str:
    """The claims that may be meant by what is not named as one."""
    name = as_slug(written.rpartition("#")[2])
    meant_claims = [f"'{claim}'" for claim in sorted(claims) if claim.endswith(f"#{name}")]
    if meant_claims:
        return f"; did you mean {' or '.join(meant_claims[:_MEANT])}?"
    return did_you_mean(written, claims)


_MEANT = 3
"""How many claims a message offers where any of them could be meant."""


def _belongs(model: type[Fields], location: tuple[str | int, ...]) -> str:
    """The field of a model whose own fields include one that stands beside it; empty if there is none."""
    fields = _submodel(model, location[:-1]).model_fields
    within = ((info.alias or name, inner) for name, info in fields.items() for inner in _models_in(info.annotation))
    return next((name for name, inner in within if location[-1] in _names(inner, ())), "")


def _submodel(model: type[Fields], location: Iterable[str | int]) -> type[Fields]:
    """The model of the fields at a location inside a model."""
    for part in location:
        if isinstance(part, int):
            continue
        info = next((f for n, f in model.model_fields.items() if part in (n, f.alias)), None)
        model = next((m for m in _models_in(info.annotation) if info), model) if info else model
    return model


def _models_in(annotation: Any) -> list[type[Fields]]:
    """The models an annotation mentions."""
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]


def _names(model: type[Fields], location: Iterable[str | int]) -> list[str]:
    """The names of the fields that may stand at a location."""
    return [info.alias or name for name, info in _submodel(model, location).model_fields.items()]


def _meaning(model: type[Fields], location: Iterable[str | int]) -> str:
    """What a field is for."""
    *above, last = location
    if isinstance(last, int):
        return _meaning(model, above)
    fields = _submodel(model, above).model_fields
    name = next(name for name, info in fields.items() if last in (name, info.alias))
    text = " ".join(descriptions()[_submodel(model, above).__name__][name].split()).rstrip(".")
    return text[:1].lower() + text[1:]


class FieldText(NamedTuple):
    """A field as an editor is told of it."""

    name: str
    """As it is written."""
    meaning: str
    required: bool
    choices: tuple[str, ...]
    """The words that may stand there, if only some may."""
    inner: type[Fields] | None
    """The fields within it, if there are any."""
    several: bool
    """Whether it is a list."""
    least: int
    """How many must stand in the list."""
    most: int
    """How many characters fit; 0 for any number."""


def texts_of(model: type[Fields]) -> Iterator[FieldText]:
    """The fields of a kind, in the order in which one writes them."""
    for name, info in model.model_fields.items():
        types = [info.annotation, *get_args(info.annotation)]
        several = get_origin(info.annotation) is tuple and get_args(info.annotation)[0] is not int
        choices = next((get_args(part) for part in types if get_origin(part) is Literal), ())
        inner = next(iter(_models_in(info.annotation)), None)
        least = next((part.min_length for part in info.metadata if several and getattr(part, "min_length", None)), 0)
        most = next((part.max_length for part in info.metadata if not several and getattr(part, "max_length", None)), 0)
        meaning = " ".join(descriptions()[model.__name__][name].split())
        yield FieldText(info.alias or name, meaning, info.is_required(), choices, inner, several, least, most)


@cache
def descriptions() -> dict[str, dict[str, str]]:
    """The docstring of every field, by model and name. Read only where they are told; pydantic would do it at every start, at the cost of a build."""
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(Path(__file__).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = {
                field.target.id: text.value.value
                for field, text in pairwise(node.body)
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
                if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
            }
    return found


@cache
def json_schema(kind: Any) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a kind of fields as they are written, or of a dataclass as it is written out."""
    written = isinstance(kind, type) and issubclass(kind, Fields)
    schema = TypeAdapter(kind).json_schema(mode="validation" if written else "serialization")
    if written:
        for model in {kind, *_models_within(kind)}:
            properties = (schema if model is kind else schema["$defs"][model.__name__])["properties"]
            for name, info in model.model_fields.items():
                properties[info.alias or name]["description"] = " ".join(descriptions()[model.__name__][name].split())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _models_within(model: type[Fields]) -> Iterator[type[Fields]]:
    """The models that stand in a model's fields, at any depth."""
    for info in model.model_fields.values():
        for inner in _models_in(info.annotation):
            yield inner
            yield from _models_within(inner)

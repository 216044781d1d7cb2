"""The state of the work: what is there, what is missing, and what comes next. Values in, text or data out; it reports and does not judge."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice, takewhile
from textwrap import TextWrapper
from typing import Any, ClassVar, Literal

from explainer.characters import visible, width
from explainer.checks import spans
from explainer.coverage import coverage
from explainer.documents import LISTS, SLUG, Documents
from explainer.model import Expert, Library, Question, Source, grouped
from explainer.new import CHECK, NEW
from explainer.problems import Problem, Severity, count

WIDTH = 80
"""Columns of a terminal."""

LABEL = 16
"""Columns of what a line is about."""

COLUMN = 14
"""Columns of a question's name above its cells, where there are experts down."""

NAMED = 5
"""How many names a line lists; the data has them all."""

STEPS = 3
"""How many next steps are told."""

FEW = 2
"""A theme with so many claims or fewer has few."""

State = Literal["answered", "awaited", "none", "unread"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What all parts of the state share."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"use_attribute_docstrings": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus(Part):
    """`sources`: a source and what is quoted from it."""

    id: str
    """The file's name."""
    fingerprint: bool
    """Whether there is a fingerprint, by which its quotations are verified."""
    quotations: int
    """How many are from it."""
    verified: int
    """How many of them stand in it word for word."""
    summary: bool
    """Whether somebody sums the experts up in it, which readings can be held against their answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertStatus(Part):
    """`experts`: an expert."""

    id: str
    """The file's name."""
    short: str
    """The name used in tables."""
    initials: str
    """The expert's mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionStatus(Part):
    """`questions`: a question."""

    id: str
    """The file's name."""
    scales: int
    """How many scales it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerStatus(Part):
    """`answers`: an expert on a question, whether answered or not."""

    question: str
    """Its id."""
    expert: str
    """Whose answer; an id."""
    state: State
    """`answered`; `awaited`: a source has testimony, and there is no answer yet; `none`: neither; `unread`: the answer's file cannot be read."""
    claims: int
    """How many it has."""
    placed: int
    """On how many of the question's scales there is a stance."""
    silent: int
    """On how many there is none."""
    paragraphs: int
    """How many paragraphs of testimony there are."""
    covered: int
    """On how many of them a claim rests."""
    left_out: int
    """How many are left out with a reason."""
    missing: tuple[int, ...]
    """Those of which neither is so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeStatus(Part):
    """`themes`: a theme."""

    id: str
    """The file's name."""
    claims: int
    """How many name it, background included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleStatus(Part):
    """`scales`: a scale."""

    id: str
    """Its id."""
    question: str
    """The question's id."""
    placed: int
    """How many answers have a stance on it."""
    silent: int
    """How many have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStatus(Part):
    """`second_placing`: the stances placed a second time."""

    placed: int
    """How many cells have an item."""
    missing: tuple[str, ...]
    """Cells without an item, as `scale/expert`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionsStatus(Part):
    """`conditions`: the conditions, which a list may group."""

    listed: int | None
    """How many items the list has; null if there is no list."""
    claims: int
    """How many claims have a condition."""
    unlisted: tuple[str, ...]
    """Those that stand in no item of the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Part):
    """The state of the work. Lists are in site order."""

    title: str | None
    """The site's name; null if `site.yaml` cannot be read."""
    errors: int
    """How many problems stop a build, in `content/` and `site.yaml`."""
    warnings: int
    """How many do not."""
    unread: tuple[str, ...]
    """Files that could not be read, or not as they are meant; nothing below counts what stands in them."""
    sources: tuple[SourceStatus, ...]
    """Every source."""
    experts: tuple[ExpertStatus, ...]
    """Every expert."""
    questions: tuple[QuestionStatus, ...]
    """Every question."""
    answers: tuple[AnswerStatus, ...]
    """Every expert on every question."""
    claims: int
    """Claims of experts."""
    background: int
    """Claims of sources in which nobody is asked."""
    themes: tuple[ThemeStatus, ...]
    """Every theme."""
    scales: tuple[ScaleStatus, ...]
    """Every scale."""
    quotations: int
    """Everything in quotation marks."""
    verified: int
    """How many of them stand in their source word for word."""
    second_placing: SecondStatus | None
    """Null if there is no file of it."""
    agreements: int
    """How many."""
    disagreements: int
    """How many."""
    conditions: ConditionsStatus
    """Under which claims were made."""
    readings: int
    """How many."""
    terms: int
    """How many words of the glossary."""
    events: int
    """How many events of the timeline."""
    exceptions: int
    """Sentences that sound surer than their source and stay, with a reason."""
    next: tuple[str, ...]
    """What to do next, the most useful first."""


def status(documents: Documents, library: Library, problems: Iterable[Problem], title: str | None) -> Status:
    """The state of a project, as far as it could be read."""
    found = sorted(set(problems))
    unread = tuple(f"content/{path}" for path in sorted(_unread(documents, library)))
    by_cell = grouped(((part.question, part.expert), part) for part in coverage(library))

    def cell(question: Question, expert: Expert) -> AnswerStatus:
        answer, parts = library.answer(question, expert), by_cell.get((question, expert), [])
        left = {(part, n) for part in parts for left in part.left_out for n in left.paragraphs}
        missing = tuple(n for part in parts for n in part.paragraphs if n not in part.covered and (part, n) not in left)
        placed = sum(answer.stance_on(scale) is not None for scale in question.scales) if answer else 0
        there = f"answers/{question.slug}/{expert.slug}.md" in documents.paths
        return AnswerStatus(
            question=question.slug,
            expert=expert.slug,
            state="answered" if answer else "unread" if there else "awaited" if parts else "none",
            claims=len(answer.claims) if answer else 0,
            placed=placed,
            silent=len(question.scales) - placed if answer else 0,
            paragraphs=sum(len(part.paragraphs) for part in parts),
            covered=sum(len(part.covered) for part in parts),
            left_out=len(left),
            missing=missing,
        )

    answers = tuple(cell(question, expert) for question in library.questions for expert in library.experts)
    themes = tuple(ThemeStatus(id=theme.slug, claims=len(library.claims_by_theme.get(theme, ()))) for theme in library.themes)
    sources = tuple(_source(library, source) for source in library.sources)
    second, conditions = _second(documents, library), _conditions(documents, library)
    known = Status(
        title=title,
        errors=sum(problem.severity is Severity.ERROR for problem in found),
        warnings=sum(problem.severity is Severity.WARNING for problem in found),
        unread=unread,
        sources=sources,
        experts=tuple(ExpertStatus(id=expert.slug, short=expert.short, initials=expert.initials) for expert in library.experts),
        questions=tuple(QuestionStatus(id=question.slug, scales=len(question.scales)) for question in library.questions),
        answers=answers,
        claims=len(library.claims),
        background=len(library.background),
        themes=themes,
        scales=tuple(_scales(library)),
        quotations=len(library.quotations),
        verified=sum(quoted.verified for quoted in library.quotations),
        second_placing=second,
        agreements=len(library.agreements),
        disagreements=len(library.disagreements),
        conditions=conditions,
        readings=len(library.readings),
        terms=len(library.terms),
        events=len(library.events),
        exceptions=sum(_exceptions(documents)),
        next=(),
    )
    return replace(known, next=tuple(islice(_next(known, found), STEPS)) or ("python build.py, which builds the site",))


def _unread(documents: Documents, library: Library) -> Iterator[str]:
    """The files that became nothing in the library."""
    became = {
        f"{folder}/{noun.slug}.md"
        for folder, nouns in (
            ("sources", library.sources),
            ("experts", library.experts),
            ("questions", library.questions),
            ("themes", library.themes),
            ("agreements", library.agreements),
            ("disagreements", library.disagreements),
            ("readings", library.readings),
            ("pages", library.pages),
        )
        for noun in nouns
    }
    became |= {f"answers/{answer.question.slug}/{answer.expert.slug}.md" for answer in library.answers}
    yield from (path for path in documents.paths if path not in became and (path in documents.unreadable or path.removesuffix(".yaml") not in LISTS))


def _source(library: Library, source: Source) -> SourceStatus:
    quoted = [quoted for quoted in library.quotations if quoted.source and quoted.source.slug == source.slug]
    return SourceStatus(
        id=source.slug,
        fingerprint=bool(source.fingerprint),
        quotations=len(quoted),
        verified=sum(each.verified for each in quoted),
        summary=any(part.kind == "summary" for part in source.ranges),
    )


def _scales(library: Library) -> Iterator[ScaleStatus]:
    for question in library.questions:
        given = [answer for answer in library.answers if answer.question is question]
        for scale in question.scales:
            placed = sum(answer.stance_on(scale) is not None for answer in given)
            yield ScaleStatus(id=scale.id, question=question.slug, placed=placed, silent=len(given) - placed)


def _second(documents: Documents, library: Library) -> SecondStatus | None:
    if "second-placing.yaml" not in documents.by_path:
        return None
    placed = {(placing.scale, placing.expert) for placing in library.placings}
    cells = [(scale, answer.expert) for answer in library.answers for scale in answer.question.scales]
    return SecondStatus(placed=len(placed), missing=tuple(f"{scale.id}/{expert.slug}" for scale, expert in cells if (scale, expert) not in placed))


def _conditions(documents: Documents, library: Library) -> ConditionsStatus:
    listed = [condition for condition in library.conditions if SLUG.fullmatch(condition.id)]  # a wording that stands alone has an id that is no slug
    there = "conditions.yaml" in documents.by_path
    grouped_already = {claim for condition in listed for claim in condition.claims}
    conditional = [claim for claim in (*library.claims, *library.background) if claim.condition]
    unlisted = tuple(claim.reference for claim in conditional if claim not in grouped_already) if there else ()
    return ConditionsStatus(listed=len(listed) if there else None, claims=len(conditional), unlisted=unlisted)


def _exceptions(documents: Documents) -> Iterator[int]:
    """How many sentences each file excepts; they are no nouns, so they are counted where they are written."""
    for document in documents.by_path.values():
        items = document.fields.get("exceptions") if isinstance(document.fields, dict) else None
        for item in items if isinstance(items, tuple) else ():
            sentences = item.get("sentences") if isinstance(item, dict) else None
            yield len(sentences) if isinstance(sentences, tuple) else 0


def _next(known: Status, found: Sequence[Problem]) -> Iterator[str]:
    """What to do next, the most useful first."""
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    first = f"{CHECK}, which tells {count(errors)}, first in {errors[0].path}:{errors[0].line}" if errors else ""
    is_begun = not known.sources and any(path.startswith("content/sources/") for path in known.unread)
    if errors and is_begun:  # a source that is not filled in yet; all else rests on it
        yield first
    for kind, there, least in (("source", known.sources, 1), ("expert", known.experts, 2), ("question", known.questions, 1), ("theme", known.themes, 1)):
        if len(there) + sum(path.startswith(f"content/{kind}s/") for path in known.unread) < least:
            yield f"{NEW} {kind} NAME"
    if errors and not is_begun:
        yield first
    wrong = {problem.path for problem in errors}
    awaited = [f"{cell.question}/{cell.expert}" for cell in known.answers if cell.state == "awaited"]
    empty = [f"{cell.question}/{cell.expert}" for cell in known.answers if cell.state == "answered" and not cell.claims]
    bare = [source.id for source in known.sources if not source.fingerprint]
    if awaited:
        yield f"{NEW} answer {awaited[0]}{_and_more(awaited)}"
    if empty:
        yield f"{NEW} claim {empty[0]}#NAME{_and_more(empty)}"
    for cell in known.answers:
        if cell.claims and cell.missing:
            name = f"{cell.question}/{cell.expert}"
            yield f"{spans(cell.missing)} of {name}: {NEW} claim {name}#NAME, or 'left_out' with the reason"
    if bare:
        yield f"python build.py fingerprint TEXT --source {bare[0]}{_and_more(bare)}"
    if known.conditions.unlisted and "content/conditions.yaml" not in wrong:
        yield f"{NEW} condition NAME, for {known.conditions.unlisted[0]}{_and_more(known.conditions.unlisted)}"
    if unused := [theme.id for theme in known.themes if not theme.claims]:
        yield f"name the theme '{unused[0]}' in a claim, or delete its file{_and_more(unused)}"
    if known.second_placing and known.second_placing.missing and "content/second-placing.yaml" not in wrong:
        yield f"{NEW} second-placing"
    if known.claims and not known.agreements + known.disagreements:
        yield f"{NEW} agreement NAME, or {NEW} disagreement NAME"
    if known.claims and not known.readings and (summed := [source.id for source in known.sources if source.summary]):
        yield f"{NEW} reading NAME, of the summary in {summed[0]}{_and_more(summed)}"
    if not errors and found:
        yield f"{CHECK}, which tells {count(found)}"


def _and_more(names: Sequence[str]) -> str:
    return f" (and {len(names) - 1} more)" if len(names) > 1 else ""


def as_text(known: Status) -> str:
    """The state on one screen of a terminal, if the panel is small."""
    facts = (line for label, text in _facts(known) for line in _fact(label, text))
    return "\n".join(map(visible, [*_head(known), "", *_tables(known), *facts, "", *_steps(known)])) + "\n"


def _head(known: Status) -> list[str]:
    counts = [
        _number(len(known.experts), "expert"),
        _number(len(known.questions), "question"),
        _number(len(known.sources), "source"),
        _number(len(known.themes), "theme"),
        f"{_number(known.claims, 'claim')}{f' and {known.background} of background' if known.background else ''}",
    ]
    return [_cut(known.title or "(site.yaml cannot be read)", WIDTH), ", ".join(counts)]


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


SIGNS = {"awaited": "?", "none": "–", "unread": "!"}
"""What stands in a cell without an answer."""

MEANINGS = {"awaited": "testimony, no answer yet", "none": "no testimony, no answer", "unread": "cannot be read"}


def _tables(known: Status) -> Iterator[str]:
    """Claims and stances: experts across, by name or by initials; if even these are too many, experts down, with both in one cell."""
    if not known.answers:
        return
    scales = {question.id: question.scales for question in known.questions}
    claims = {(cell.question, cell.expert): SIGNS.get(cell.state, str(cell.claims)) for cell in known.answers}
    placed = {(cell.question, cell.expert): SIGNS.get(cell.state, f"{cell.placed}/{scales[cell.question]}") for cell in known.answers if scales[cell.question]}
    experts = [expert.id for expert in known.experts]
    across = [("Claims", list(scales), claims), ("Stances/scales", [question for question in scales if scales[question]], placed)]
    states = {cell.state for cell in known.answers}
    signs = [f"{sign} {MEANINGS[state]}" for state, sign in SIGNS.items() if state in states]
    for names, gap in (([expert.short for expert in known.experts], 2), ([expert.initials for expert in known.experts], 1)):
        sheets = [_table(corner, names, rows, [[cells[row, expert] for expert in experts] for row in rows], gap) for corner, rows, cells in across if rows]
        if all(width(sheet[0]) <= WIDTH for sheet in sheets):
            break
    else:
        sheets = list(_down(known, claims, placed))
    for n, sheet in enumerate(sheets):
        yield from [*sheet, *(["   ".join(signs)] if signs and n == 0 else []), ""]


def _down(known: Status, claims: dict[tuple[str, str], str], placed: dict[tuple[str, str], str]) -> Iterator[list[str]]:
    """A row for each expert, as many questions beside one another as fit."""
    rows = [expert.short for expert in known.experts]
    questions = [question.id for question in known.questions]
    many = (WIDTH - LABEL) // (COLUMN + 2)
    for n in range(0, len(questions), many):
        some = questions[n : n + many]
        cells = [[" ".join(dict.fromkeys(t[q, expert.id] for t in (claims, placed) if (q, expert.id) in t)) for q in some] for expert in known.experts]
        yield _table("Claims, stances", [_cut(question, COLUMN) for question in some], [_cut(row, LABEL) for row in rows], cells, 2)


def _table(corner: str, names: Sequence[str], rows: Sequence[str], cells: Sequence[Sequence[str]], gap: int) -> list[str]:
    """A table; its columns are as wide as what stands in them."""
    label = min(max(map(width, (corner, *rows))), WIDTH // 3)
    widths = [max(map(width, column)) + gap for column in zip(names, *cells, strict=True)]
    lines = [(corner, names), *zip(rows, cells, strict=True)]
    return [_left(row, label) + "".join(map(_right, texts, widths)) for row, texts in lines]


def _facts(known: Status) -> Iterator[tuple[str, str]]:
    """What there is to tell, by what it is about."""
    cells, states = known.answers, [cell.state for cell in known.answers]
    if known.answers:
        awaited = [f"{cell.question}/{cell.expert}" for cell in cells if cell.state == "awaited"]
        without = [f"{cell.question}/{cell.expert}" for cell in cells if cell.state == "answered" and not cell.claims]
        unread = [f"{cell.question}/{cell.expert}" for cell in cells if cell.state == "unread"]
        none = f"; {states.count('none')} without testimony" if "none" in states else ""
        gaps = _list("testimony but no answer", awaited) + _list("no claim", without) + _list("cannot be read", unread)
        yield "Answers", f"{states.count('answered')} of {len(cells)}{none}{gaps}"
    if paragraphs := sum(cell.paragraphs for cell in cells):
        covered, left = sum(cell.covered for cell in cells), sum(cell.left_out for cell in cells)
        neither = [f"{cell.question}/{cell.expert} {spans(cell.missing)}" for cell in cells if cell.missing and cell.state == "answered"]
        yield "Testimony", f"{_number(paragraphs, 'paragraph')}: {covered} carry claims, {left} left out{_list('neither', neither)}"
    if known.sources:
        bare = [source.id for source in known.sources if not source.fingerprint]
        rest = f"{known.quotations - known.verified} not verified" if known.quotations > known.verified else "all verified" if known.quotations else "none yet"
        yield "Quotations", f"{known.quotations}, {rest}{_list('no fingerprint', bare)}" if known.quotations else f"{rest}{_list('no fingerprint', bare)}"
    if known.themes:
        unused = [theme.id for theme in known.themes if not theme.claims]
        few = [f"{theme.id} ({theme.claims})" for theme in known.themes if 0 < theme.claims <= FEW]
        yield "Themes", f"{len(known.themes)}{_list('no claim', unused)}{_list('few claims', few)}"
    if known.scales:
        yield "Scales", f"{len(known.scales)}{_list('no stance', [scale.id for scale in known.scales if not scale.placed])}"
        if known.second_placing:
            missing = known.second_placing.missing
            yield "Second placing", f"{known.second_placing.placed} of {known.second_placing.placed + len(missing)}{_list('missing', missing)}"
        else:
            yield "Second placing", "none; stances are placed once"
    yield "Findings", f"{_number(known.agreements, 'agreement')}, {_number(known.disagreements, 'disagreement')}, {_number(known.readings, 'reading')}"
    if known.conditions.claims or known.conditions.listed:
        listed = f"{_number(known.conditions.listed, 'item')}" if known.conditions.listed is not None else "no list"
        yield "Conditions", f"{_number(known.conditions.claims, 'claim')} with one, {listed}{_list('in no item', known.conditions.unlisted)}"
    yield "Beside these", f"{_number(known.terms, 'term')}, {_number(known.events, 'event')}, {_number(known.exceptions, 'exception')} to wording"
    numbers = ", ".join(_number(n, noun) for n, noun in ((known.errors, "error"), (known.warnings, "warning")) if n)
    yield "Problems", numbers or "none in content/ and site.yaml"
    if known.unread:
        yield "Not read", f"{_listed(known.unread)}; not counted above"


def _list(what: str, names: Sequence[str]) -> str:
    """A part of a line that names some of many; nothing if there are none."""
    return f"; {what}: {_listed(names)}" if names else ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def _fact(label: str, text: str) -> Iterator[str]:
    yield from _wrapped(_left(label, LABEL), " " * LABEL, text)


def _steps(known: Status) -> Iterator[str]:
    for n, step in enumerate(known.next):
        yield from _wrapped("      " if n else "next: ", "        ", step)


def _wrapped(first: str, later: str, text: str) -> list[str]:
    """A text in lines; what is wider than it is long is wrapped by what it is long."""
    return TextWrapper(WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False).wrap(text)


def _left(text: str, columns: int) -> str:
    text = _cut(text, columns)
    return text + " " * (columns - width(text))


def _right(text: str, columns: int) -> str:
    return " " * (columns - width(text)) + text


def _cut(text: str, columns: int) -> str:
    """A text that fits."""
    if width(text) <= columns:
        return text
    fitting = takewhile(lambda taken: taken < columns, accumulate(map(width, text)))
    return f"{text[: sum(1 for _ in fitting)]}…"

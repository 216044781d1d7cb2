"""The method page: its prose, and what can be counted of how the explainer was made. How alike the stances were placed, coverage, equal treatment."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from explainer.coding import Cell, Coding
from explainer.coverage import Coverage
from explainer.markdown import Html
from explainer.model import Expert, ProsePage, grouped
from explainer.views.coverage import CoverageView, ShareView, coverage, share, share_of
from explainer.views.minutes import count_words
from explainer.views.parts import ExpertLink, Link, ParagraphsView, Parts, PlacingView

_PARAGRAPH_OF_QUOTATION = re.compile(r"\s*\(¶\d{1,6}\)")


class PlaceView(NamedTuple):
    """A place on a scale as one of two placings has it; without a step it is silence, of which the first placing gives no reason."""

    step: int | None
    sentence: str
    because: str
    paragraphs: ParagraphsView | None
    other: PlacingView | None


class CellTwiceView(NamedTuple):
    """One expert's answer on one scale, as placed first and as placed a second time."""

    expert: ExpertLink
    scale: Link
    steps: int
    first: PlaceView
    second: PlaceView


class AlikeView(NamedTuple):
    """How alike two placings are: cells with the same place, and of those with two steps the ones with the same."""

    place: ShareView
    step: ShareView


class CodingView(NamedTuple):
    """How alike the stances were placed: counted over all cells and scale by scale, and the cells that differ."""

    alike: AlikeView
    once: int
    """How many more cells were placed only once."""
    scales: tuple[tuple[Link, AlikeView], ...]
    differing: tuple[CellTwiceView, ...]
    near: int
    """How many of those that differ fall on the other placing's second defensible step."""
    doubted: tuple[CellTwiceView, ...]


class TreatmentView(NamedTuple):
    """What an expert was given: how long the answers are, and what was made of them."""

    expert: ExpertLink
    paragraphs: int
    source_words: int | None
    """How many words the answers have in the source; None if nobody counted them."""
    claims: int
    words: int
    """How many words the texts of the claims have."""
    quotations: int
    stances: int
    silences: int
    """On how many scales of the questions answered there is no stance."""
    share: ShareView
    """The paragraphs on which a claim rests."""


class MethodView(NamedTuple):
    """The prose of the method page and its computed sections; `coding` is None where stances were placed once."""

    title: str
    description: str
    html: Html
    scales: bool
    """Whether there are stances at all."""
    coding: CodingView | None
    quotations: ShareView
    """How many of the quotations on the site were found in their source."""
    own_words: bool
    """Whether every source has a fingerprint, so that the rest was held to be in our own words."""
    coverage: tuple[CoverageView, ...]
    treatment: tuple[TreatmentView, ...]
    source_words: bool
    """Whether the words of the answers in the source are known."""


def method(parts: Parts, noun: ProsePage) -> MethodView:
    """The method page."""
    library = parts.library
    by_expert = grouped((part.expert, part) for source in library.sources for part in parts.coverage.get(source, ()))
    treatment = tuple(_treatment(parts, expert, by_expert.get(expert, [])) for expert in library.experts)
    return MethodView(
        title=noun.title,
        description=noun.prose.text[:160],
        html=noun.prose.html,
        scales=any(question.scales for question in library.questions),
        coding=_coding(parts, parts.coding) if parts.coding.cells else None,
        quotations=share(sum(quoted.verified for quoted in library.quotations), len(library.quotations)),
        own_words=all(source.fingerprint for source in library.sources),
        coverage=tuple(coverage(parts, source) for source in library.sources),
        treatment=treatment,
        source_words=any(item.source_words is not None for item in treatment),
    )


def _treatment(parts: Parts, expert: Expert, testimony: list[Coverage]) -> TreatmentView:
    answers = parts.library.answers_by_expert.get(expert, [])
    claims = [claim for answer in answers for claim in answer.claims]
    stances = sum(len(answer.stances) for answer in answers)
    return TreatmentView(
        expert=parts.expert(expert),
        paragraphs=sum(len(part.paragraphs) for part in testimony),
        source_words=_source_words(testimony),
        claims=len(claims),
        words=count_words(_PARAGRAPH_OF_QUOTATION.sub("", claim.prose.text) for claim in claims),
        quotations=sum(len(claim.prose.quotations) for claim in claims),
        stances=stances,
        silences=sum(len(answer.question.scales) for answer in answers) - stances,
        share=share_of(testimony),
    )


def _source_words(testimony: Iterable[Coverage]) -> int | None:
    """How many words of testimony there are, if every source of it has a fingerprint."""
    lengths = [part.source.fingerprint.length(part.paragraphs) if part.source.fingerprint else None for part in testimony]
    known = [length for length in lengths if length is not None]
    return sum(known) if known and len(known) == len(lengths) else None


def _coding(parts: Parts, noun: Coding) -> CodingView:
    links = {cell.scale: parts.scale_link(cell.answer.question, cell.scale) for cell in noun.cells}
    return CodingView(
        alike=_alike(noun),
        once=noun.once,
        scales=tuple((links[scale], _alike(own)) for scale, own in noun.by_scale.items()),
        differing=_cells(parts, noun.differing),
        near=noun.near,
        doubted=_cells(parts, noun.doubted),
    )


def _alike(noun: Coding) -> AlikeView:
    return AlikeView(place=share(noun.same, len(noun.cells)), step=share(noun.same_step, noun.on_steps))


def _cells(parts: Parts, cells: Iterable[Cell]) -> tuple[CellTwiceView, ...]:
    return tuple(
        CellTwiceView(
            expert=parts.expert(cell.answer.expert),
            scale=parts.scale_link(cell.answer.question, cell.scale),
            steps=len(cell.scale.steps),
            first=_place(parts, cell, first=True),
            second=_place(parts, cell, first=False),
        )
        for cell in cells
    )


def _place(parts: Parts, cell: Cell, *, first: bool) -> PlaceView:
    noun = cell.first if first else cell.second
    if noun is None:
        return PlaceView(step=None, sentence="", because="", paragraphs=None, other=None)
    return PlaceView(
        step=noun.step,
        sentence=cell.scale.steps[noun.step - 1] if noun.step else "",
        because=noun.because,
        paragraphs=parts.paragraphs(cell.answer.source, noun.paragraphs) if noun.paragraphs else None,
        other=parts.other(cell.answer, cell.scale, noun.other),
    )

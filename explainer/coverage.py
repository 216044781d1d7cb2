"""How much of each expert's testimony the claims rest on, counted in paragraphs."""

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.model import Answer, Expert, LeftOut, Library, Question, Source


@dataclass(frozen=True, kw_only=True, eq=False)
class Coverage:
    """An expert's testimony on a question in a source: its paragraphs, those on which a claim rests, and what was left out, with the reasons."""

    source: Source
    question: Question
    expert: Expert
    answer: Answer | None
    paragraphs: tuple[int, ...]
    covered: tuple[int, ...]
    left_out: tuple[LeftOut, ...]


def coverage(library: Library) -> Iterator[Coverage]:
    """The coverage of all testimony: by source, within it by expert, within that by question, in site order."""
    for source in library.sources:
        for expert in library.experts:
            for question in library.questions:
                if own := source.testimony(expert.slug, question.slug):
                    yield _coverage(library, source, expert, question, own)


def _coverage(library: Library, source: Source, expert: Expert, question: Question, own: tuple[int, ...]) -> Coverage:
    given = library.answer(question, expert)
    answer = given if given and given.source is source else None
    carried = {number for claim in (answer.claims if answer else ()) for number in claim.paragraphs}
    return Coverage(
        source=source,
        question=question,
        expert=expert,
        answer=answer,
        paragraphs=own,
        covered=tuple(number for number in own if number in carried),
        left_out=answer.left_out if answer else (),
    )


def percent(part: int, whole: int) -> int:
    """A share in whole percent, rounded down, so that 100 means all; 0 of nothing."""
    return 100 * part // whole if whole else 0

"""How far two placings of the stances agree, counted from the placings themselves and never stored.

The rule is simple agreement as content analysis has it: the share of units that two coders put into the same category (Holsti, *Content Analysis for the
Social Sciences and Humanities*, 1969). A unit is a cell, one expert's answer on one scale; its categories are the steps of the scale, and silence.

Simple agreement does not take off what would agree by chance, and so Lombard, Snyder-Duch and Bracken (*Human Communication Research* 28, 2002) want a
coefficient beside it, for each variable by itself. Such a coefficient (Scott's pi, Cohen's kappa, Krippendorff's alpha) estimates chance from how often each
category was used. Here each scale is a variable of its own, with one cell an answer: four in the shipped explainer, two to four of them with a step, where
the estimate wants dozens. One cell more or less would turn it over. So there is none: counts are given, scale by scale, and every cell that differs is shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from explainer.model import Answer, Library, Placing, Scale, Stance, grouped


@dataclass(frozen=True, kw_only=True, eq=False)
class Cell:
    """One expert's answer on one scale, placed twice; a first placing of None is silence."""

    answer: Answer
    scale: Scale
    first: Stance | None
    second: Placing

    @property
    def steps(self) -> tuple[int | None, int | None]:
        """The two steps; None is silence."""
        return (self.first.step if self.first else None), self.second.step

    @property
    def others(self) -> tuple[int | None, int | None]:
        """The two other steps that could be defended; None where a placing names none."""
        first, second = (placing.other if placing else None for placing in (self.first, self.second))
        return (first.step if first else None), (second.step if second else None)

    @property
    def same(self) -> bool:
        """Whether the place is the same: the same step, or silence in both."""
        return self.steps[0] == self.steps[1]

    @property
    def on_steps(self) -> bool:
        """Whether both placings name a step."""
        return None not in self.steps

    @property
    def near(self) -> bool:
        """Whether the places differ, and one of the steps is the other placing's second defensible step."""
        return not self.same and any(step is not None and step == other for step, other in zip(self.steps, reversed(self.others), strict=True))

    @property
    def adds(self) -> bool:
        """Whether the second placing says what the first does not: another place, or another step that could be defended."""
        return not self.same or self.others[1] not in (None, self.others[0])

    @property
    def doubted(self) -> bool:
        """Whether the place is the same, but the placings do not name the same other step."""
        return self.same and self.others[0] != self.others[1]


@dataclass(frozen=True, eq=False)
class Coding:
    """The cells placed twice, in site order, and what can be counted of them."""

    cells: tuple[Cell, ...]
    once: int = 0
    """How many more cells were placed only once."""

    @property
    def same(self) -> int:
        """How many cells have the same place."""
        return sum(cell.same for cell in self.cells)

    @property
    def on_steps(self) -> int:
        """In how many cells both placings name a step."""
        return sum(cell.on_steps for cell in self.cells)

    @property
    def same_step(self) -> int:
        """In how many of these it is the same step."""
        return sum(cell.on_steps and cell.same for cell in self.cells)

    @property
    def differing(self) -> tuple[Cell, ...]:
        """The cells whose places differ."""
        return tuple(cell for cell in self.cells if not cell.same)

    @property
    def near(self) -> int:
        """How many of those that differ fall on the other placing's second defensible step."""
        return sum(cell.near for cell in self.cells)

    @property
    def doubted(self) -> tuple[Cell, ...]:
        """The cells with the same place but not the same other step."""
        return tuple(cell for cell in self.cells if cell.doubted)

    @cached_property
    def by_scale(self) -> dict[Scale, "Coding"]:
        """The cells of each scale by themselves."""
        return {scale: Coding(tuple(cells)) for scale, cells in grouped((cell.scale, cell) for cell in self.cells).items()}

    @cached_property
    def by_place(self) -> dict[tuple[Answer, Scale], Cell]:
        """Each cell by where it is."""
        return {(cell.answer, cell.scale): cell for cell in self.cells}


def coding(library: Library) -> Coding:
    """Every answer on every scale of its question, as far as it was placed twice."""
    cells = tuple(_cells(library))
    return Coding(cells, sum(len(answer.question.scales) for answer in library.answers) - len(cells))


def _cells(library: Library) -> Iterator[Cell]:
    second = {(placing.scale, placing.expert): placing for placing in library.placings}
    for question in library.questions:
        for scale in question.scales:
            for expert in library.experts:
                answer = library.answer(question, expert)
                if answer and (placing := second.get((scale, expert))):
                    yield Cell(answer=answer, scale=scale, first=answer.stance_on(scale), second=placing)

"""How far two placings agree, in cases small enough to count by hand."""

from itertools import pairwise

import pytest

from explainer.coding import Coding, coding
from explainer.markdown import Prose
from explainer.model import Answer, Expert, Library, OtherStep, Placing, Question, Scale, Stance
from tests.test_pairs import SOURCE

Place = tuple[int | None, int | None]
"""A step and another that could be defended; None is none."""

SILENT: Place = (None, None)


def other(step: int | None) -> OtherStep | None:
    """Another step that could be defended."""
    return OtherStep(step=step, because="", paragraphs=()) if step else None


def coded(*cells: tuple[Place, Place | None], scales: int = 1) -> Coding:
    """The coding of cells as placed first and a second time, one expert a cell; None is not placed a second time."""
    own = tuple(Scale(id=f"s{n}", title="S", steps=("a", "b", "c")) for n in range(scales))
    question = Question(slug="q", title="Q", short="Q", source=SOURCE, paragraphs=(1,), parts=(), scales=own, prose=Prose())
    experts = tuple(Expert(slug=f"e{n}", name="E", short="E", initials="E", known=(), prose=Prose()) for n in range(len(cells)))
    answers, placings = [], []
    for expert, ((step, another), second) in zip(experts, cells, strict=True):
        stances = tuple(Stance(scale=scale, step=step, because="", paragraphs=(1,), other=other(another)) for scale in own if step)
        answers.append(Answer(question=question, expert=expert, source=SOURCE, summary="", paragraphs=(1,), stances=stances, claims=(), left_out=()))
        if second:
            placings += [Placing(scale=scale, expert=expert, step=second[0], because="", paragraphs=(), other=other(second[1])) for scale in own]
    return coding(Library(experts=experts, questions=(question,), answers=tuple(answers), placings=tuple(placings)))


def test_nothing_placed_twice_is_no_cell() -> None:
    assert coded(((1, None), None), (SILENT, None)).cells == ()


def test_the_same_step_and_silence_twice_are_the_same_place() -> None:
    found = coded(((2, None), (2, None)), (SILENT, SILENT), ((1, None), (3, None)), ((1, None), SILENT), (SILENT, (1, None)))
    assert (len(found.cells), found.same, found.on_steps, found.same_step) == (5, 2, 2, 1)
    assert [cell.steps for cell in found.differing] == [(1, 3), (1, None), (None, 1)]


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ((1, None), (2, None), False),
        ((1, 2), (2, None), True),
        ((1, None), (2, 1), True),
        ((1, 2), (2, 1), True),
        ((1, 3), (2, 3), False),
        (SILENT, (2, None), False),
        ((None, None), (2, 1), False),
        ((2, 1), SILENT, False),
        ((2, None), (None, 2), True),
        ((2, 3), (2, None), False),
    ],
)
def test_a_difference_may_fall_on_the_others_second_step(first: Place, second: Place, near: bool) -> None:
    """Silence is no step, so it falls on none; a place that is the same does not differ."""
    assert coded((first, second)).near == near


@pytest.mark.parametrize(
    ("first", "second", "adds", "doubted"),
    [
        ((1, None), (1, None), False, False),
        ((1, 2), (1, 2), False, False),
        ((1, 2), (1, None), False, True),
        ((1, None), (1, 2), True, True),
        ((1, 2), (1, 3), True, True),
        (SILENT, (None, 2), True, True),
        ((1, None), (2, None), True, False),
        ((1, None), SILENT, True, False),
    ],
)
def test_what_the_second_placing_adds(first: Place, second: Place, adds: bool, doubted: bool) -> None:
    (cell,) = coded((first, second)).cells
    assert (cell.adds, cell.doubted) == (adds, doubted)


def test_what_was_placed_once_is_counted_apart() -> None:
    found = coded(((1, None), (1, None)), ((2, None), None), (SILENT, None), scales=2)
    assert (len(found.cells), found.once) == (2, 4)


def test_each_scale_is_counted_by_itself() -> None:
    found = coded(((1, None), (1, None)), ((2, None), (3, None)), scales=3)
    assert [(len(own.cells), own.same) for own in found.by_scale.values()] == [(2, 1)] * 3
    assert [cell.scale.id for cell in found.cells] == ["s0", "s0", "s1", "s1", "s2", "s2"], "in site order"


def test_a_cell_is_found_by_its_answer_and_scale() -> None:
    found = coded(((1, None), (1, None)), ((2, None), (3, None)))
    assert [found.by_place[cell.answer, cell.scale] for cell in found.cells] == list(found.cells)
    assert all(one is not another for one, another in pairwise(found.cells))

"""The page of conditions: what experts and background say under each, and who says nothing."""

from typing import NamedTuple

from explainer.model import Condition
from explainer.views.parts import CellView, ClaimView, ExpertLink, Parts


class ConditionView(NamedTuple):
    """A condition, the experts' claims under it by expert, and those of background; `silent` make none, and `silent_left` how many more there are."""

    id: str
    title: str
    note: str | None
    cells: tuple[CellView, ...]
    background: tuple[ClaimView, ...]
    silent: tuple[ExpertLink, ...]
    silent_left: int


class ConditionsView(NamedTuple):
    """All conditions, in the editor's order."""

    conditions: tuple[ConditionView, ...]


def conditions(parts: Parts) -> ConditionsView:
    """The page of conditions."""
    return ConditionsView(conditions=tuple(_condition(parts, noun) for noun in parts.library.conditions))


def _condition(parts: Parts, noun: Condition) -> ConditionView:
    silent, left = parts.silent(noun.experts)
    return ConditionView(
        id=noun.id,
        title=noun.title,
        note=noun.note,
        cells=tuple(
            parts.cell(expert, (claim for claim in noun.claims if claim.expert is expert), answered=True) for expert in sorted(noun.experts, key=parts.number)
        ),
        background=parts.claims(claim for claim in noun.claims if claim.expert is None),
        silent=silent,
        silent_left=left,
    )

"""Which two experts get a page of their own. Pairs grow with the square of the experts, so `site.yaml` limits their number."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from explainer.model import Expert, Library


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs that have a page, in site order, out of `possible`."""

    chosen: tuple[tuple[Expert, Expert], ...]
    possible: int


def choose_pairs(library: Library, limit: int) -> Pairs:
    """Every pair if they are no more than `limit`; otherwise those named together by the most findings, then those first in site order."""
    experts = library.experts
    possible = len(experts) * (len(experts) - 1) // 2
    if possible <= limit:
        return Pairs(tuple(combinations(experts, 2)), possible)
    place = {expert: n for n, expert in enumerate(experts)}
    groups = [finding.experts for finding in library.agreements] + [finding.experts for finding in library.disagreements]
    counted = Counter(pair for group in groups for pair in combinations(sorted(group, key=place.__getitem__), 2))
    order = {pair: (-number, place[pair[0]], place[pair[1]]) for pair, number in counted.items()}
    chosen = set(sorted(counted, key=order.__getitem__)[:limit])
    for pair in combinations(experts, 2):
        if len(chosen) >= limit:
            break
        chosen.add(pair)
    return Pairs(tuple(sorted(chosen, key=lambda pair: (place[pair[0]], place[pair[1]]))), possible)

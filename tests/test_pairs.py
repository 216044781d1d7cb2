"""Pairs grow with the square of the experts, and so they have a limit."""

from explainer.markdown import Prose
from explainer.model import Agreement, Claim, Disagreement, Expert, Library, Question, Side, Source
from explainer.pairs import choose_pairs

SOURCE = Source(
    slug="s",
    title="S",
    short="S",
    publisher="p",
    address="https://s.example",
    date="d",
    date_basis="b",
    authors=(),
    convenor=None,
    genre="g",
    trust="t",
    ranges=(),
    fingerprint=None,
    prose=Prose(),
)
QUESTION = Question(slug="q", title="Q", short="Q", source=SOURCE, paragraphs=(1,), parts=(), scales=(), prose=Prose())


def experts(number: int) -> tuple[Expert, ...]:
    """Experts e0, e1, …"""
    return tuple(Expert(slug=f"e{n}", name=f"E{n}", short=f"E{n}", initials=f"{n}", known=(), prose=Prose()) for n in range(number))


def claim(expert: Expert) -> Claim:
    """A claim of an expert."""
    return Claim(
        id="c",
        source=SOURCE,
        expert=expert,
        question=QUESTION,
        kind="describes",
        themes=(),
        paragraphs=(1,),
        condition=None,
        whose=None,
        headline=Prose(),
        prose=Prose(),
    )


def agreement(*people: Expert) -> Agreement:
    """An agreement of experts."""
    return Agreement(slug="a", title="A", claims=tuple(map(claim, people)), caution=None, inference=False, prose=Prose())


def disagreement(*people: Expert) -> Disagreement:
    """A disagreement in which everybody stands alone."""
    sides = tuple(Side(holds="x", claims=(claim(person),)) for person in people)
    return Disagreement(slug="d", title="D", type="object", sides=sides, both_right="", inference=False, prose=Prose())


def names(library: Library, limit: int) -> list[str]:
    """The pairs that are chosen."""
    return [f"{first.slug}-{second.slug}" for first, second in choose_pairs(library, limit).chosen]


def test_every_pair_up_to_the_limit() -> None:
    assert names(Library(experts=experts(4)), 6) == ["e0-e1", "e0-e2", "e0-e3", "e1-e2", "e1-e3", "e2-e3"]


def test_200_experts_have_no_more_pairs_than_the_limit() -> None:
    pairs = choose_pairs(Library(experts=experts(200)), 66)
    assert (len(pairs.chosen), pairs.possible) == (66, 19_900)


def test_those_with_the_most_findings_come_first() -> None:
    people = experts(6)
    library = Library(
        experts=people, agreements=(agreement(people[4], people[5]), agreement(people[4], people[5])), disagreements=(disagreement(people[2], people[3]),)
    )
    assert names(library, 1) == ["e4-e5"]
    assert names(library, 2) == ["e2-e3", "e4-e5"]
    assert names(library, 3) == ["e0-e1", "e2-e3", "e4-e5"], "then those first in the order of the site"


def test_a_finding_of_everybody_makes_no_more_than_the_limit() -> None:
    people = experts(60)
    library = Library(experts=people, agreements=(agreement(*people),))
    assert len(choose_pairs(library, 66).chosen) == 66


def test_pairs_are_in_site_order_whatever_the_findings() -> None:
    people = experts(12)
    library = Library(experts=people, agreements=tuple(agreement(people[n], people[n - 5]) for n in range(12)))
    chosen = choose_pairs(library, 9).chosen
    place = {person: n for n, person in enumerate(people)}
    assert [(place[first], place[second]) for first, second in chosen] == sorted((place[first], place[second]) for first, second in chosen)
    assert all(place[first] < place[second] for first, second in chosen)


def test_the_same_library_gives_the_same_pairs() -> None:
    people = experts(40)
    findings = tuple(agreement(*people[n : n + 3]) for n in range(0, 36, 2))
    assert len({tuple(names(Library(experts=people, agreements=findings), 20)) for _ in range(5)}) == 1


def test_no_pairs_at_all_may_be_asked_for() -> None:
    assert names(Library(experts=experts(4)), 0) == []


def test_fewer_than_two_experts_have_no_pair() -> None:
    assert choose_pairs(Library(experts=experts(1)), 66).chosen == ()

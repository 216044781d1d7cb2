"""A fingerprint knows which words stand where, and nothing else."""

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.fingerprint import SHARED, Damage, Fingerprint, make, parse
from explainer.tokens import words

TEXT = """
The river rises in spring, and the river falls in autumn.

Farmers near the U.S.
Border Mill sow clover - "first of all" - before the rye.
Ahard winter may well delay them.
"""
DAMAGE = Damage(joined=((2, 3),), words=((4, "Ahard", "A hard"),))
SPRING = make("spring", TEXT, DAMAGE)


def stands(text: str, paragraph: int) -> bool:
    return SPRING.stands(words(text), paragraph)


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [
        ("river", 1),
        ("the river", 1),
        ("and the river falls", 1),
        ("The river rises in spring, and the river falls in autumn", 1),
        ("First-of-all", 3),
        ("a hard winter", 4),
        ("near the US Border Mill", 2),
        ("near the US Border Mill", 3),
    ],
)
def test_words_that_stand_there(text: str, paragraph: int) -> None:
    assert stands(text, paragraph)


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [
        ("clover", 1),
        ("river the", 1),
        ("the river rises in autumn", 1),
        ("rises in spring and the river rises", 1),
        ("in autumn Farmers", 1),
        ("autumn farmers near", 1),
        ("Ahard", 4),
        ("", 1),
        ("river", 5),
    ],
)
def test_words_that_do_not(text: str, paragraph: int) -> None:
    """Neither words of another paragraph, nor runs put together from two places, nor runs over the end of a sentence."""
    assert not stands(text, paragraph)


def test_where_words_stand() -> None:
    assert SPRING.paragraphs(words("the")) == (1, 2)
    assert SPRING.paragraphs(words("may well delay")) == (4,)
    assert SPRING.paragraphs(words("nowhere")) == ()


def test_lengths_of_paragraphs() -> None:
    """Those of a broken sentence have its whole length, once."""
    assert [SPRING.length(numbers) for numbers in [(1,), (2,), (2, 3), (1, 4), (9,)]] == [11, 14, 14, 18, 0]


def test_a_shared_run_is_found_with_its_place() -> None:
    """It may go over the end of a sentence, and is as long as it gets."""
    text = words("As is known, the river falls in autumn; farmers near the US border wait.")
    [shared] = SPRING.shared(text)
    assert (text[shared.start :][: shared.length], shared.paragraph) == (words("the river falls in autumn farmers near the us border"), 1)


def test_a_shorter_run_is_nobodys() -> None:
    seven = words("the river falls in autumn farmers near")
    assert len(seven) == SHARED - 1
    assert not list(SPRING.shared(seven))
    assert not list(SPRING.shared((*seven, "them")))


def test_its_file_says_the_same() -> None:
    read = parse(str(SPRING), "spring")
    assert isinstance(read, Fingerprint)
    assert (read.passages, read.threes, read.damage) == (SPRING.passages, SPRING.threes, SPRING.damage)


def test_its_file_holds_no_word_of_the_text() -> None:
    """Words of four letters or more: shorter ones turn up in any such file by chance."""
    held = str(SPRING).casefold().replace("spring", "", 1)
    assert not [word for word in words(TEXT) if len(word) > 3 and word in held]


def test_the_same_words_have_other_hashes_in_another_source() -> None:
    assert set(make("autumn", TEXT, DAMAGE).threes).isdisjoint(SPRING.threes)


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: "",
        lambda text: text.replace("spring", "autumn", 1),
        lambda text: text.replace("fingerprint 1", "fingerprint 2"),
        lambda text: re.sub(r"\n4 .*", "", text),
        lambda text: text.replace("\n4 ", "\n5 "),
        lambda text: text.replace("\n1 11 ", "\n1 3 "),
        lambda text: text + "more\n",
        lambda text: text[: len(text) // 2],
    ],
)
def test_a_damaged_file_is_not_read(damage) -> None:  # type: ignore[no-untyped-def]
    assert parse(damage(str(SPRING)), "spring") is None


@given(st.text(alphabet="0123 -\nfingerprt1sABz_", max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    parse(f"fingerprint 1 spring abc\n{text}", "spring")


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=12), st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=5))
@settings(max_examples=300)
def test_it_agrees_with_the_text(text: list[str], run: list[str]) -> None:
    """Of a text that repeats itself all the time, it says exactly what a search in the text says."""
    fingerprint = make("s", " ".join(text), Damage())
    there = any(text[n : n + len(run)] == run for n in range(len(text)))
    assert fingerprint.stands(tuple(run), 1) == there


def test_every_repair_changes_the_digest() -> None:
    kinds = [Damage(joined, repairs) for joined, repairs in product([(), ((1, 2),)], [(), ((1, "a", "b"),), ((1, "a", "c"),)])]
    assert len({damage.digest for damage in kinds}) == len(kinds)

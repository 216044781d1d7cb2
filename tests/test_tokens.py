"""What counts as the same words."""

import pytest

from explainer.tokens import tokens, words


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Play HARDBALL", "play hardball"),
        ("“play” ‘hardball’", "\"play\" 'hardball'"),
        ("mid- and long-term", "mid and long term"),
        ("North Korea–Russia—ties", "North Korea-Russia ties"),
        ("and so on… then", "and so on ... then"),
        ("in\u00a0the\u2009near  term\nnow", "in the near term now"),
        ("China\u2019s own", "China's own"),
        ("U.S.-China ties", "US China ties"),
        ("hard\u00adball zero\u200bwidth", "hardball zerowidth"),
        ("naïve", "nai\u0308ve"),
        ("ﬁrm, and: (60%)!", "firm and 60"),
    ],
)
def test_what_looks_alike_is_the_same(written: str, same: str) -> None:
    assert words(written) == words(same)


@pytest.mark.parametrize(
    ("written", "other"), [("China's", "China"), ("can not", "cannot"), ("ties", "tie"), ("naïve", "naive"), ("60", "6 0"), ("की", "के"), ("the US", "the U K")]
)
def test_other_words_are_other_words(written: str, other: str) -> None:
    assert words(written) != words(other)


def test_every_character_is_a_word_where_writing_sets_no_spaces() -> None:
    assert words("한국은 中国") == ("한국은", "中", "国")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("One,\n\ntwo three.", [("one", 0), ("two", 6), ("three", 10)]),
        ("“China’s” U.S.–Korea", [("china's", 1), ("us", 10), ("korea", 15)]),
        ("(a-b) soft\u00adly", [("a", 1), ("b", 3), ("softly", 6)]),
    ],
)
def test_words_know_their_places(text: str, places: list[tuple[str, int]]) -> None:
    assert list(tokens(text)) == places

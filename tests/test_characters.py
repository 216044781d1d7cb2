"""Nothing that a file holds may do something to a terminal, and what is not what it looks like is named."""

from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.characters import explained, plain, visible, width

ANY = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\t\x1b\x7f\u202e\u2066\u200d\ufeff\xad\u2028한語é́🍵")), max_size=40)
hostile = settings(deadline=None, database=None, derandomize=True)


@hostile
@given(text=ANY)
def test_a_visible_text_has_nothing_that_a_terminal_obeys(text: str) -> None:
    assert not {category(character) for character in visible(text)} & {"Cc", "Cf", "Zl", "Zp", "Cs"}


@hostile
@given(text=ANY)
def test_a_visible_text_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("text", "seen"), [("a\x1b[31mb", "a␛[31mb"), ("a\u202eb", "a\\u202eb"), ("a\tb", "a b"), ("\x7f", "␡"), ("\U000e0041", "\\U000e0041"), ("é語", "é語")]
)
def test_what_is_not_seen_is_written_out(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize(("text", "columns"), [("tea", 3), ("茶", 2), ("🍵", 2), ("e\u0301", 1), ("한", 2), ("\u1112\u1161\u11ab", 2), ("ｔ", 2), ("“é”", 3)])
def test_width_is_that_of_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "meant", "said"),
    [
        ("аlliance", "alliance", "'а' is CYRILLIC SMALL LETTER A, U+0430, not the letter a"),
        ("ορder", "opder", "'ο' is GREEK SMALL LETTER OMICRON, U+03BF, not the letter o, 'ρ' is GREEK SMALL LETTER RHO, U+03C1, not the letter p"),
        ("us–china", "us-china", "'–' is EN DASH, U+2013, not the hyphen -"),
        ("us−china", "us-china", "'−' is MINUS SIGN, U+2212, not the hyphen -"),
        ("us\u00a0china", "us china", "the space in it is NO-BREAK SPACE, U+00A0"),
        ("tea\u200b", "tea", "it holds an invisible ZERO WIDTH SPACE, U+200B"),
        ("t\u00adea", "tea", "it holds an invisible SOFT HYPHEN, U+00AD"),
        ("“x”", '"x"', "'“' is LEFT DOUBLE QUOTATION MARK, U+201C, not the straight \", '”' is RIGHT DOUBLE QUOTATION MARK, U+201D, not the straight \""),
        ("title：", "title:", "'：' is FULLWIDTH COLON, U+FF1A, not the colon :"),
        ("ｔea", "tea", "'ｔ' is FULLWIDTH LATIN SMALL LETTER T, U+FF54, not the letter t"),
        ("１", "1", "'１' is FULLWIDTH DIGIT ONE, U+FF11, not the digit 1"),
        ("rené", "rene", "'é' is LATIN SMALL LETTER E WITH ACUTE, U+00E9, not the letter e"),
        ("茶", "茶", ""),
        ("tea", "tea", ""),
    ],
)
def test_what_is_not_what_it_looks_like_is_named(text: str, meant: str, said: str) -> None:
    assert (plain(text), explained(text)) == (meant, said)

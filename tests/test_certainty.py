"""The words of certainty: found as whole words and longest phrase first, and listed once."""

from collections import Counter

import pytest

from explainer.certainty import FILE, Level, marks
from explainer.frontmatter import read_yaml
from explainer.tokens import words

DOCUMENT, PROBLEMS = read_yaml("certainty.yaml", FILE.read_text(encoding="utf-8"))


def found(text: str) -> list[tuple[str, str]]:
    return [(mark.text, mark.level.value) for mark in marks(words(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam may hold.", [("may", "possible")]),
        ("The dam holds. It can hold more.", []),
        ("It is UNLIKELY, and it’s unclear.", [("unlikely", "likely"), ("unclear", "possible")]),
        ("Mayors could not.", [("could", "possible")]),
        ("The dam will likely hold.", [("will likely", "likely")]),
        ("The dam will hold, likely.", [("will", "certain"), ("likely", "likely")]),
        ("Not only the dam, and only the dam.", [("only", "whole")]),
        ("It opened in May 1990.", []),
        ("It is possible to swim; it is possible that they swim.", [("possible", "possible")]),
        ("The town has no choice: it must pay, all of it.", [("must", "necessary"), ("all", "whole")]),
        ("Almost certainly not, but certainly late.", [("almost certainly", "likely"), ("certainly", "certain")]),
        ("", []),
    ],
)
def test_words_of_certainty_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_mark_says_where_it_stands() -> None:
    assert [(mark.start, mark.size) for mark in marks(words("They have to go, and may."))] == [(1, 2), (5, 1)]


def test_the_list_can_be_read() -> None:
    assert PROBLEMS == []
    assert set(DOCUMENT.fields) == {*Level, "plain"}


def test_no_word_is_listed_twice() -> None:
    count = Counter(words(entry) for entries in DOCUMENT.fields.values() for entry in entries)
    assert [entry for entry, times in count.items() if times > 1] == []


def test_every_word_is_written_as_it_is_compared() -> None:
    """Otherwise nothing would ever match it."""
    assert [entry for entries in DOCUMENT.fields.values() for entry in entries if " ".join(words(entry)) != entry] == []


def test_plain_phrases_hold_a_word_of_the_lists() -> None:
    """One that holds none does nothing."""
    listed = {words(entry) for name, entries in DOCUMENT.fields.items() if name != "plain" for entry in entries}
    for entry in DOCUMENT.fields["plain"]:
        run = words(entry)
        assert any(run[start:end] in listed for start in range(len(run)) for end in range(start + 1, len(run) + 1)), entry

"""How long the site takes to read is counted from the words it shows."""

import re
from dataclasses import replace

from explainer.markdown import Prose
from explainer.model import Answer, Expert, Library, Source
from explainer.views.minutes import WORDS_PER_MINUTE, minutes
from tests.test_pairs import QUESTION, SOURCE


def library(words: int) -> Library:
    """One answer whose summary has so many words."""
    expert = Expert(slug="e", name="E", short="E", initials="E", known=(), prose=Prose())
    source: Source = SOURCE
    answer = Answer(question=QUESTION, expert=expert, source=source, summary="word " * words, paragraphs=(1,), stances=(), claims=(), left_out=())
    return Library(sources=(source,), experts=(expert,), questions=(QUESTION,), answers=(answer,))


def test_minutes_are_rounded_up() -> None:
    assert minutes(library(WORDS_PER_MINUTE * 3)).glance == 3
    assert minutes(library(WORDS_PER_MINUTE * 3 + 1)).glance == 4


def test_a_text_without_spaces_takes_its_time() -> None:
    answers = library(0).answers
    chinese = replace(answers[0], summary="字" * WORDS_PER_MINUTE * 4)
    assert minutes(Library(answers=(chinese,))).glance == 2


def test_one_word_takes_a_minute() -> None:
    assert minutes(library(1)) == (1, 1, 1)


def test_each_way_holds_the_one_before_it(real: dict[str, bytes]) -> None:
    told = [int(number) for number in re.findall(r"<b>(\d+) minutes?</b>", real["index.html"].decode())]
    assert len(told) == 3
    assert told == sorted(told)

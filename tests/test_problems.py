"""A problem is one line, for people and for tools; all are told, in order, each once."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.characters import visible, width
from explainer.problems import (
    ALIKE_AT_MOST,
    ANNOTATED_AT_MOST,
    EXCERPT_WIDTH,
    SHOWN_AT_MOST,
    SHOWN_OF_A_FILE,
    Problem,
    Problems,
    Severity,
    annotations,
    count,
    did_you_mean,
    has_errors,
    told,
)

ERROR = Problem("content/experts/ann.md", 3, 8, "no", excerpt="order: one")
WARNING = Problem("content/a.md", 1, 1, "hm", Severity.WARNING)


def test_a_problem_is_path_line_column_severity_message() -> None:
    assert str(ERROR) == "content/experts/ann.md:3:8: error: no"
    assert str(WARNING) == "content/a.md:1:1: warning: hm"


def test_the_caret_stands_under_the_column() -> None:
    _, line, caret = ERROR.with_excerpt().split("\n")
    assert line[caret.index("^") :] == "one"


def test_a_tab_is_shown_as_wide_as_it_counts() -> None:
    _, line, caret = Problem("a", 1, 4, "no", excerpt="\ta b").with_excerpt().split("\n")
    assert line[caret.index("^") :] == "b"


def test_a_long_line_is_cut_around_the_column() -> None:
    text = "x" * 400 + "HERE" + "x" * 400
    _, line, caret = Problem("a", 1, 401, "no", excerpt=text).with_excerpt().split("\n")
    assert line[caret.index("^") :].startswith("HERE")
    assert len(line) < 120


def test_a_place_at_the_end_of_a_long_line_has_its_caret_in_sight() -> None:
    text = "x" * 400
    _, line, caret = Problem("a", 1, 401, "no", excerpt=text).with_excerpt().split("\n")
    assert len(caret) <= len(line) + 1


def test_no_line_means_no_caret() -> None:
    assert WARNING.with_excerpt() == str(WARNING)


def test_problems_are_told_in_order_once_each_and_counted() -> None:
    """Errors first: they stop the build, and among many warnings one would be overlooked."""
    assert WARNING.path < ERROR.path
    assert told([ERROR, WARNING, ERROR]).split("\n") == [*ERROR.with_excerpt().split("\n"), *WARNING.with_excerpt().split("\n"), "1 error, 1 warning"]


def test_numbers_are_counted_in_plain_words() -> None:
    assert count([ERROR]) == "1 error"
    assert count([ERROR, ERROR, WARNING, WARNING]) == "2 errors, 2 warnings"


def test_lines_are_in_the_order_of_numbers_not_of_letters() -> None:
    tenth, second = (Problem("a", line, 1, "no") for line in (10, 2))
    assert told([tenth, second]).startswith(str(second))


def test_only_strict_stops_at_warnings() -> None:
    assert not has_errors([WARNING])
    assert has_errors([WARNING], strict=True)
    assert has_errors([WARNING, ERROR])
    assert not has_errors([], strict=True)


def test_annotations_are_what_github_reads() -> None:
    assert ERROR.as_annotation() == "::error file=content/experts/ann.md,line=3,col=8::no"
    assert WARNING.as_annotation() == "::warning file=content/a.md,line=1,col=1::hm"


def test_annotations_escape_what_would_end_them() -> None:
    """GitHub reads one line, and takes % for the start of an escape."""
    assert Problem("a", 1, 1, "50%\r\nmore").as_annotation().endswith("::50%25%0D%0Amore")


def test_annotations_escape_the_name_of_the_file_too() -> None:
    """In a property, a comma would end it, and a colon the properties; a badly named file is named in a problem."""
    assert Problem("content/a,b:c%.md", 1, 1, "no").as_annotation() == "::error file=content/a%2Cb%3Ac%25.md,line=1,col=1::no"


def test_the_nearest_known_name_is_offered() -> None:
    assert did_you_mean("sumary", ["title", "summary"]) == "; did you mean 'summary'?"


def test_without_a_near_name_the_known_ones_are_listed() -> None:
    assert did_you_mean("zzz", ["b", "a", "a"]) == "; there are: a, b"


def test_a_long_list_is_cut() -> None:
    assert did_you_mean("zzz", [f"name-{n}" for n in range(20)]).endswith("name-15 …")


def test_nothing_known_nothing_said() -> None:
    assert did_you_mean("zzz", []) == ""


def test_stages_go_on_and_all_problems_are_kept() -> None:
    problems = Problems([WARNING])
    assert problems.add(("result", [ERROR])) == "result"
    assert list(problems) == [WARNING, ERROR]


ANY_LINE = st.text(alphabet=st.one_of(st.characters(exclude_characters="\n\r"), st.sampled_from("ab \t\x1b\u202e\u200d\u0301\xad茶한🍵“é")), max_size=260)


@settings(deadline=None, max_examples=300, database=None, derandomize=True)
@given(line=ANY_LINE, data=st.data())
def test_the_caret_stands_under_its_character_in_a_terminal(line: str, data: st.DataObject) -> None:
    """Whatever stands before it: wide characters, accents that take no room, tabs, what is written out; and the terminal gets nothing that it would obey."""
    column = data.draw(st.integers(1, len(line) + 1))
    told_lines = Problem("a", 1, column, "no", excerpt=line).with_excerpt().split("\n")
    if not line.strip():
        assert len(told_lines) == 1
        return
    _, excerpt, caret = (text.removeprefix("    ") for text in told_lines)
    assert visible(excerpt) == excerpt
    assert width(excerpt) <= EXCERPT_WIDTH
    assert set(caret) <= {" ", "^"}
    before = next((n for n in range(len(excerpt) + 1) if width(excerpt[:n]) == len(caret) - 1), None)
    assert before is not None, "the caret stands within a wide character, or beyond the line"
    at = visible(line[column - 1 : column])
    while before < len(excerpt) and not excerpt.startswith(at, before) and not width(excerpt[before]):
        before += 1  # accents of the character before it take no room
    assert excerpt.startswith(at, before), f"the caret stands under {excerpt[before:]!r}, and is meant for {at!r}"


def test_a_message_and_a_path_do_nothing_to_a_terminal() -> None:
    problem = Problem("content/\x1b[2J.md", 1, 1, "no theme 'a\u202eb'")
    assert str(problem) == "content/␛[2J.md:1:1: error: no theme 'a\\u202eb'"
    assert "\x1b" not in problem.as_annotation()


def many(messages: list[str], files: int = 30, severity: Severity = Severity.ERROR) -> list[Problem]:
    """Problems, spread over files."""
    return [Problem(f"content/{n % files:02}.md", n + 1, 1, message, severity) for n, message in enumerate(messages)]


def test_few_problems_are_all_shown() -> None:
    problems = many([f"no {n}" for n in range(SHOWN_AT_MOST)], files=1)
    assert told(problems).split("\n") == [*map(str, problems), f"{SHOWN_AT_MOST} errors"]


def test_what_is_alike_is_shown_a_few_times_and_counted() -> None:
    lines = told([*many(["no source 'talk'"] * 40, files=12), WARNING]).split("\n")
    shown = [line for line in lines if line.startswith("content/") and "no source 'talk'" in line]
    assert len(shown) == ALIKE_AT_MOST
    assert "    and 37 more like this, in 12 files in all" in lines
    assert lines[-1] == "40 errors, 1 warning"
    assert str(WARNING) in lines


def test_of_very_many_some_are_shown_and_all_are_counted() -> None:
    problems = [*many([f"no {n}" for n in range(9000)], files=300), *many([f"hm {n}" for n in range(1000)], severity=Severity.WARNING)]
    lines = told(problems).split("\n")
    shown = [line for line in lines if ": error: " in line or ": warning: " in line]
    assert len(shown) == SHOWN_AT_MOST
    assert not [line for line in shown if ": warning: " in line], "errors come before warnings where there is no room for both"
    places = [line.split(":")[:2] for line in shown]
    assert places == sorted(places, key=lambda place: (place[0], int(place[1])))
    assert max(Counter(line.partition(":")[0] for line in shown).values()) <= SHOWN_OF_A_FILE
    assert lines[-1] == "9000 errors, 1000 warnings"
    hidden = sum(int(number) for line in lines if line.endswith("not shown here") for number in re.findall(r"(\d+) (?:error|warning)", line))
    assert hidden + len(shown) == len(problems)
    assert len(lines) < 200


def test_everything_is_told_on_request() -> None:
    problems = many(["no source 'talk'"] * 200)
    assert told(problems, everything=True).count("no source 'talk'") == 200


def test_annotations_are_as_many_as_github_shows_and_of_every_kind() -> None:
    problems = [*many(["no source 'talk'"] * 30), Problem("content/zz.md", 1, 1, "another")]
    lines = annotations(problems)
    assert len(lines) == ANNOTATED_AT_MOST + 1
    assert any(line.endswith("::another") for line in lines), "one of each message before a second one"
    assert lines[-1].startswith("::notice::31 errors, of which GitHub shows 10")
    assert annotations([ERROR, WARNING]) == [ERROR.as_annotation(), WARNING.as_annotation()]


@pytest.mark.parametrize(
    "written", ["Hot-Tea", "hot_tea", "hot tea", "HOT-TEA ", "hot-teas", "hot‐tea", "hоt-tеа", "hot-tea\u200b", "ｈot-tea", "hot\u00a0tea"]
)
def test_a_name_in_another_dress_is_found(written: str) -> None:
    assert did_you_mean(written, ["cold-coffee", "hot-tea"]).startswith("; did you mean 'hot-tea'?")


def test_what_only_looks_like_a_known_name_is_explained() -> None:
    assert did_you_mean("аlliance", ["alliance"]) == "; did you mean 'alliance'? 'а' is CYRILLIC SMALL LETTER A, U+0430, not the letter a"

"""A problem is one line, for people and for tools; all are told, in order, each once."""

from explainer.problems import Problem, Problems, Severity, count, did_you_mean, has_errors, told

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
    assert told([ERROR, WARNING, ERROR]).split("\n") == [*WARNING.with_excerpt().split("\n"), *ERROR.with_excerpt().split("\n"), "1 error, 1 warning"]


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

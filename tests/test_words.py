"""Every word of the interface goes through one place."""

import re
from pathlib import Path

import pytest

from explainer.config import read_config
from explainer.problems import ContentError
from explainer.words import UnknownWordError, Words, read_words
from tests.helpers import ROOT, command, edit

WORDS = read_words(ROOT, "en", read_config(ROOT).document)
FORMS = {"one": "{n} claim", "other": "{n} claims"}
ENTRIES = {"claims": FORMS, "months": tuple("abcdefghijkl"), "date_year": "{year}", "date_month": "{month} {year}", "date_day": "{day} {month} {year}"}


@pytest.mark.parametrize(
    ("language", "forms"), [("en", {0: "other", 1: "one", 2: "other", 11: "other"}), ("fr", {0: "one", 1: "one", 2: "other"}), ("ko", {1: "other"})]
)
def test_a_number_chooses_its_form(language: str, forms: dict[int, str]) -> None:
    words = Words(language, ENTRIES)
    for number, form in forms.items():
        assert words("claims", n=number) == FORMS[form].format(n=number)


@pytest.mark.parametrize(("date", "said"), [("2024", "2024"), ("2024-12", "l 2024"), ("2024-01-04", "4 a 2024")])
def test_a_date_is_said_as_far_as_it_is_known(date: str, said: str) -> None:
    assert Words("en", ENTRIES).date(date) == said


def test_english_dates() -> None:
    assert [WORDS.date(date) for date in ("2019", "2021-09", "2024-12-14")] == ["2019", "September 2021", "December 14, 2024"]


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("alliance", "A"),
        ("The alliance", "A"),
        ("“A ‘threat’”", "T"),
        ("A", "A"),
        ("Élysée", "E"),
        ("ßaint", "S"),
        ("2010s, the", "0"),
        ("’68", "0"),
        ("가짜", "ㄱ"),
        ("까치", "ㄱ"),
        ("한국", "ㅎ"),
        ("Ёлка", "Е"),
        ("中国", ""),
        ("…", ""),
        ("", ""),
    ],
)
def test_a_name_has_its_letter(text: str, letter: str) -> None:
    """Marks, case, accents and an article at its start do not count."""
    assert WORDS.letter(text) == letter


def test_names_are_sorted_as_a_reader_looks_for_them() -> None:
    names = ["中国", "나라", "…", "까치", "가짜", "“zest”", "Zebra", "The alliance", "Ähre", "ahoi", "3G"]
    assert sorted(names, key=WORDS.sorted_as) == ["3G", "ahoi", "Ähre", "The alliance", "Zebra", "“zest”", "가짜", "까치", "나라", "…", "中国"]


def test_articles_are_those_of_the_language() -> None:
    assert Words("de", ENTRIES | {"articles": "der die das"}).letter("Die Allianz") == "A"
    assert Words("ko", ENTRIES | {"articles": ""}).letter("The alliance") == "T"


def test_an_unknown_word_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownWordError, match="did you mean 'claims'"):
        Words("en", ENTRIES)("claim")


def test_every_name_that_templates_say_is_there() -> None:
    """A name used only where an expert is silent would be missed by the sites built elsewhere."""
    for template in sorted((ROOT / "templates").glob("*.html")):
        for name in re.findall(r"""\bt\(\s*["']([a-z_]+)["']\s*[,)]""", template.read_text(encoding="utf-8")):
            assert name in WORDS.entries, f"{template.name} says {name}"


def test_every_name_that_is_there_is_said_somewhere() -> None:
    """Words that nothing says are words that a translator has to translate for nothing."""
    sources = [*(ROOT / "templates").glob("*.html"), *(ROOT / "explainer").rglob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    built_up = tuple(re.findall(r"""["']([a-z_]+_)["'] ~""", text))
    unsaid = [name for name in WORDS.entries if not name.startswith(built_up) and not re.search(rf"""["']{name}["']""", text)]
    assert unsaid == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("home: Home", "home: [Home]", "'home' must be text"),
        ("home: Home", "home: no", "'home' must be text in quotes"),
        ("home: Home", 'home: "Ho{me"', "a brace that does not close"),
        ("months: [January, ", "months: [", "twelve names"),
        ("home: Home", "home: {one: Home}", "needs a form 'other'"),
        ("home: Home", "hom: Home", "nothing says 'hom', and 'home'"),
        ("home: Home\n", "", "'home' is missing; write it, since templates/404.html says it"),
        ("\nsilent:", "\nsilen:", "nothing says 'silen', and 'silent'"),
        ("{as_of}", "{ as_of }", "write {as_of}, without spaces"),
        ("skip: Skip to the content", "skip: “Skip to the content”", 'write " in place of both'),
    ],
)
def test_a_file_of_words_is_checked(smallest: Path, before: str, after: str, message: str) -> None:
    edit(smallest / "templates/words/en.yaml", before, after)
    with pytest.raises(ContentError, match=message) as caught:
        read_words(smallest, "en", read_config(smallest).document)
    assert [problem.path for problem in caught.value.problems] == ["templates/words/en.yaml"]


@pytest.mark.parametrize("name", ["questions", "silent", "months", "step", "skip", "date_month"])
def test_a_missing_word_is_a_problem_with_a_name(smallest: Path, name: str) -> None:
    """A translator who forgets one is told which, and where to put it; there is no traceback."""
    path = smallest / "templates/words/en.yaml"
    path.write_text(re.sub(rf"^{name}:.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
    (smallest / "content/timeline.yaml").write_text("- {id: tea, date: 2024-12, title: Tea, origin: editor, text: Is drunk.}\n", encoding="utf-8")
    edit(smallest / "content/questions/breakfast.md", "paragraphs: 1\n", "paragraphs: 1\nscales:\n  - {id: heat, title: How hot?, steps: [cold, hot]}\n")
    for expert, number in (("ann", 2), ("ben", 3)):
        answer = smallest / f"content/answers/breakfast/{expert}.md"
        edit(answer, f"paragraphs: {number}\n", f"paragraphs: {number}\nstances:\n  - {{scale: heat, step: 1, because: x, paragraphs: {number}}}\n")
    done = command("check", "--root", smallest)
    assert "Traceback" not in done.stderr
    assert (done.returncode, f"'{name}'" in done.stderr) == (1, True)


def test_a_word_that_only_a_template_misspells_is_told_there(smallest: Path) -> None:
    edit(smallest / "templates/404.html", 't("not_found_way")', 't("not_found_wayy")')
    (smallest / "templates/experts.html").write_text('{{ t("not_found_way") }}', encoding="utf-8")
    assert "templates/404.html:" in command("check", "--root", smallest).stderr


@pytest.mark.parametrize("said", ["“A” and “B”", "“A” is it", '"“A”"'])
def test_quotation_marks_of_print_in_a_word_are_no_slip(smallest: Path, said: str) -> None:
    edit(smallest / "templates/words/en.yaml", "home: Home", f"home: {said}")
    assert read_words(smallest, "en", read_config(smallest).document)("home")


def test_a_word_with_a_value_that_nobody_gives_is_a_problem_with_both_names(smallest: Path) -> None:
    edit(smallest / "templates/words/en.yaml", "skip: Skip to the content", 'skip: "Skip {what}"')
    done = command("check", "--root", smallest)
    assert done.returncode == 1
    assert "what" in done.stderr
    assert "skip" in done.stderr


def test_a_second_language_has_every_name_of_the_first(smallest: Path) -> None:
    """What is missing is told before a reader meets it on a page that few open."""
    english = (smallest / "templates/words/en.yaml").read_text(encoding="utf-8")
    (smallest / "templates/words/ko.yaml").write_text(re.sub(r"^no_terms:.*\n", "", english, flags=re.MULTILINE), encoding="utf-8")
    with (smallest / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("language: ko\n")
    assert "'no_terms' is missing, which en.yaml has" in command("check", "--root", smallest).stderr

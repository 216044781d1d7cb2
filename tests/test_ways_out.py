"""One slip is one problem, at its place, with the way out: what was meant, or what a word that only looks right is made of."""

from pathlib import Path

import pytest

from tests.helpers import ROOT, edit, make_project, told_by

ANSWER, AGREEMENT, READING = "content/answers/slogan/hass.md", "content/agreements/allied-cooperation-costs-china.md", "content/readings/chun-discouraging.md"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped project; each test puts the file back that it changes."""
    return make_project(tmp_path_factory.mktemp("whole") / "project", ROOT)


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        (AGREEMENT, "claims:\n", "claims:\n  - choice-sharpens\n", "did you mean 'slogan/hass#choice-sharpens'?"),
        (AGREEMENT, "claims:\n", 'claims:\n  - "#choice-sharpens"\n', "did you mean 'slogan/hass#choice-sharpens'?"),
        (AGREEMENT, "claims:\n", "claims:\n  - hass#choice-sharpens\n", "did you mean 'slogan/hass#choice-sharpens'?"),
        (AGREEMENT, "claims:\n", "claims:\n  - slogan/hass#Choice_Sharpens\n", "did you mean 'slogan/hass#choice-sharpens'?"),
        (AGREEMENT, "claims:\n", "claims:\n  - slogan/chun#choice-sharpens\n", "did you mean 'slogan/hass#choice-sharpens'?"),
        (ANSWER, "source: brookings\n", "source: brookings\nchanges: [{date: 2026-12-01, claim: '#x-y', what: x, why: y}]\n", "as in 'x-y'"),
        (ANSWER, "source: brookings\n", "source: brookings\nchanges: [{date: 2026-1-2, what: x, why: y}]\n", "did you mean 2026-01-02?"),
        (ANSWER, "{#choice-sharpens kind=predicts", "{#choice-sharpens kind=“predicts”", "LEFT DOUBLE QUOTATION MARK, U+201C"),
        (ANSWER, "{#choice-sharpens kind=predicts", "{#choice-sharpens kind=predicts whоse=x", "CYRILLIC SMALL LETTER O, U+043E"),
        (ANSWER, "{#choice-sharpens kind=predicts", "{#choice-sharpens kind=Predicts", "did you mean 'predicts'?"),
        (ANSWER, "{#choice-sharpens", "｛#choice-sharpens", "FULLWIDTH LEFT CURLY BRACKET"),
        (ANSWER, 'themes="us-pressure economy-and-security" paragraphs="59-60"', 'themes="us_pressure" paragraphs="59-60"', "as in 'us-pressure'"),
        (ANSWER, 'whose="the Trump team, as', 'whose="the "Trump team", as', "another one is written ' or"),
        (ANSWER, '"play hardball" (¶60)', '"play hardball" (§60)', "written (¶60) behind it, one number with ¶, not '(§60)'"),
        (ANSWER, '"play hardball" (¶60)', '"play hardball" (60)', "written (¶60) behind it, one number with ¶, not '(60)'"),
        (ANSWER, '"play hardball" (¶60)', '"play hardball" (¶ 60)', "written (¶60) behind it, one number with ¶, not '(¶ 60)'"),
        (ANSWER, '"play hardball" (¶60)', '"play hardball" (¶60-61)', "written (¶60) behind it, one number with ¶, not '(¶60-61)'"),
        (
            ANSWER,
            "Hass thinks it unlikely that the Trump team accepts the slogan.\n",
            "Hass thinks it unlikely. (See ¶999.)\n",
            "no ¶999; the paragraphs end at ¶187",
        ),
        (ANSWER, "because: Expects hardball", "because: Expects **hardball**", "fields are plain text, and '**hardball**' is shown with its signs"),
        (
            ANSWER,
            "because: Expects hardball",
            "because: Expects [hardball](../x.md)",
            "fields are plain text, and '[hardball](../x.md)' is shown with its signs",
        ),
        (ANSWER, "stances:\n", "or: {step: 2}\nstances:\n", "'or' is a field of 'stances', and stands outside of it"),
        (ANSWER, "  - scale: pressure-from-washington", "    scale: pressure-from-washington", "if another item begins here, write '- scale: …'"),
        (ANSWER, "{#choice-sharpens kind=predicts", "{#choice-sharpens kind=argues", "'kind' cannot be 'argues'"),
        (ANSWER, "## Alliance uncertain in the near term", "### Alliance uncertain in the near term", "a heading of level 3"),
        (ANSWER, "## Disarray in Seoul", "##Disarray in Seoul", "a space is missing behind '##'"),
        (ANSWER, "## Disarray in Seoul", "# Disarray in Seoul", "a heading of level 1"),
        (ANSWER, "Progress on any major", "```\nProgress on any major", "a block of code begins here and does not end"),
        (ANSWER, "Progress on any major", "<<<<<<< HEAD\nProgress\n=======\nProgress on any major", "two versions of this text were merged"),
        (ANSWER, '"will remain positive" (¶73)', "«will remain positive» (¶73)", "quotation marks « and »"),
        (ANSWER, "source: brookings", "source: brookings.md", "as in 'brookings'"),
        (READING, "source: brookings", "source: Brookings", "as in 'brookings'"),
        (READING, "source: brookings", "source: brooking", "did you mean 'brookings'?"),
        (READING, "source: brookings", "source: indiavision", "the claims under 'claims' rest on 'brookings', and none on 'indiavision'"),
        (READING, "experts: [chun]", "experts: [chunn]", "did you mean 'chun'?"),
        (READING, "verdict: stronger", "verdict: Stronger", "did you mean 'stronger'?"),
        ("content/sources/brookings.fingerprint", "fingerprint 1", "fingerprint 2", "this is no fingerprint of 'brookings'"),
        (READING, "source: brookings", "source: brookings, indiavision", "keep one, without a comma"),
        (READING, "experts: [chun]", "experts: [Ms Chun]", "write the name of a file of content/experts/, without its ending"),
        ("content/answers/north-korea-russia/hass.md", "left_out:\n", "", "write 'left_out:' on a line of its own above it"),
        (AGREEMENT, "claims:\n", "claims:\n  - slogan/hass #choice-sharpens\n", "delete the space, as in 'slogan/hass#choice-sharpens'"),
        ("site.yaml", "navigation: [questions, ", "navigation: [home, questions, ", "the title of the site leads home, so take it out"),
        ("site.yaml", "navigation: [questions, ", "navigation: [themes, questions, ", "'themes' stands twice in the navigation"),
        ("site.yaml", "language: en", "language: еn", "CYRILLIC SMALL LETTER IE"),
    ],
)
def test_one_slip_is_one_problem_with_the_way_out(file: str, before: str, after: str, told: str, whole: Path) -> None:
    path = whole / file
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        assert path.read_text(encoding="utf-8") != text, f"{file} has no {before!r} any more"
        (problem,) = told_by(whole)
        assert told in problem
        assert problem.startswith(f"{file}:")
    finally:
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", ["Alliance.md", "alliance-.md", "the-alliance/alliance.md", "../theme/alliance.md", "../alliance.md", "alliance.txt"])
def test_a_theme_with_a_wrong_name_or_in_a_wrong_place_is_one_problem(name: str, whole: Path) -> None:
    """And not one for each claim that names it."""
    right, wrong = whole / "content/themes/alliance.md", whole / "content/themes" / name
    wrong.parent.mkdir(exist_ok=True)
    right.rename(wrong)
    try:
        (problem,) = told_by(whole)
        assert name.rpartition("/")[2] in problem.partition(": ")[0]
    finally:
        wrong.rename(right)


def test_what_a_broken_file_names_is_told_in_the_same_run(smallest: Path) -> None:
    edit(smallest / "content/answers/breakfast/ann.md", "source: talk", "source: tlk\nsumary: x")
    found = told_by(smallest)
    assert [line for line in found if "no source 'tlk'; did you mean 'talk'?" in line]
    assert [line for line in found if "unknown field 'sumary'" in line]


def test_a_taken_order_names_the_next_free_number(smallest: Path) -> None:
    edit(smallest / "content/experts/ann.md", "order: 1", "order: 2")
    (problem,) = told_by(smallest)
    assert problem.endswith("; the next free number is 3")


def test_a_file_whose_name_only_looks_right_is_explained(smallest: Path) -> None:
    (smallest / "content/experts/ann.md").rename(smallest / "content/experts/аnn.md")
    problem = next(line for line in told_by(smallest) if "cannot be part of an address" in line)
    assert "as in 'ann'" in problem
    assert "CYRILLIC SMALL LETTER A" in problem

"""`status`: what it counts, what it names as missing, and what it says comes next."""

import json
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from explainer import status as module
from explainer.characters import width
from explainer.content import link_up
from explainer.documents import read_documents
from explainer.status import WIDTH, AnswerStatus, Status, as_text, status
from tests.helpers import SITES, command, edit, files_in, make_project
from tests.panels import PANELS, make_panel
from tests.test_sites import BROKEN, WHOLE, laid_over_smallest


def state(root: Path) -> Status:
    """The state of a project."""
    documents, problems = read_documents(root)
    library, found = link_up(documents)
    return status(documents, library, [*problems, *found], "A title")


def cell(known: Status, question: str, expert: str) -> AnswerStatus:
    """An expert on a question."""
    return next(each for each in known.answers if (each.question, each.expert) == (question, expert))


TALK, QUESTION = "content/sources/talk.md", "content/questions/breakfast.md"


@pytest.fixture
def half(smallest: Path) -> Path:
    """The smallest project, half of it done: more testimony than answers, more scales than stances, a list of conditions that is not whole."""
    edit(
        smallest / TALK,
        "  - {paragraphs: 3, kind: testimony, expert: ben, question: breakfast}\n",
        "  - {paragraphs: 3-5, kind: testimony, expert: ben, question: breakfast}\n  - {paragraphs: 6-7, kind: testimony, expert: cy, question: breakfast}\n",
    )
    edit(
        smallest / QUESTION,
        "paragraphs: 1\n",
        "paragraphs: 1\nscales:\n  - {id: heat, title: How hot?, steps: [Cold., Hot.]}\n  - {id: size, title: How large?, steps: [Small., Large.]}\n",
    )
    for n, (slug, name) in enumerate((("cy", "Cy"), ("dee", "Dee")), 3):
        (smallest / f"content/experts/{slug}.md").write_text(f"---\nname: {name}\nshort: {name}\ninitials: {name[0]}\norder: {n}\n---\n", encoding="utf-8")
    ann = smallest / "content/answers/breakfast/ann.md"
    edit(ann, "paragraphs: 2\n", "paragraphs: 2\nstances:\n  - {scale: heat, step: 2, because: It steams., paragraphs: 2}\n")
    edit(ann, "paragraphs=2}", 'paragraphs=2 condition="if the water is hot"}')
    (smallest / "content/conditions.yaml").write_text("# none yet\n", encoding="utf-8")
    (smallest / "content/second-placing.yaml").write_text("- {scale: heat, expert: ann, because: Not said.}\n", encoding="utf-8")
    (smallest / "content/themes/bowls.md").write_text("---\ntitle: Bowls\norder: 2\nsummary: To eat from.\n---\n", encoding="utf-8")
    return smallest


HALF = """\
A title
4 experts, 1 question, 1 source, 2 themes, 2 claims

Claims     Ann  Ben  Cy  Dee
breakfast    1    1   ?    –
? testimony, no answer yet   – no testimony, no answer

Stances/scales  Ann  Ben  Cy  Dee
breakfast       1/2  0/2   ?    –

Answers         2 of 4; 1 without testimony; testimony but no answer:
                breakfast/cy
Testimony       6 paragraphs: 2 carry claims, 0 left out; neither: breakfast/ben
                ¶4–5
Quotations      none yet; no fingerprint: talk
Themes          2; no claim: bowls; few claims: drinks (2)
Scales          2; no stance: size
Second placing  1 of 4; missing: size/ann, heat/ben, size/ben
Findings        0 agreements, 0 disagreements, 0 readings
Conditions      1 claim with one, 0 items; in no item: breakfast/ann#tea
Beside these    0 terms, 0 events, 0 exceptions to wording
Problems        8 warnings

next: python build.py new answer breakfast/cy
      ¶4–5 of breakfast/ben: python build.py new claim breakfast/ben#NAME, or
        'left_out' with the reason
      python build.py fingerprint TEXT --source talk
"""


def test_half_of_the_work_is_told_on_one_screen(half: Path) -> None:
    assert as_text(state(half)) == HALF


def test_the_shipped_explainer_fits_a_terminal(project: Path) -> None:
    lines = as_text(state(project)).splitlines()
    assert len(lines) <= 24
    assert lines[-1] == "next: python build.py, which builds the site"


def test_testimony_without_an_answer_is_not_the_same_as_none(half: Path) -> None:
    known = state(half)
    states = {expert: cell(known, "breakfast", expert).state for expert in ("ann", "ben", "cy", "dee")}
    assert states == {"ann": "answered", "ben": "answered", "cy": "awaited", "dee": "none"}
    assert cell(known, "breakfast", "cy").missing == (6, 7)


def test_paragraphs_left_out_are_not_missing(half: Path) -> None:
    edit(half / "content/answers/breakfast/ben.md", "paragraphs: 3\n", "paragraphs: 3\nleft_out:\n  - {paragraphs: 4, because: A cough.}\n")
    ben = cell(state(half), "breakfast", "ben")
    assert (ben.paragraphs, ben.covered, ben.left_out, ben.missing) == (3, 1, 1, (5,))


def test_an_answer_that_cannot_be_read_is_no_gap(half: Path) -> None:
    edit(half / "content/answers/breakfast/ben.md", "source: talk", "sauce: talk")
    known = state(half)
    assert cell(known, "breakfast", "ben").state == "unread"
    assert known.unread == ("content/answers/breakfast/ben.md",)
    assert known.next[0] == "python build.py check, which tells 1 error, first in content/answers/breakfast/ben.md:2"
    text = as_text(known)
    assert "\nbreakfast    1    !   ?    –\n" in text
    assert "\nNot read        content/answers/breakfast/ben.md; not counted above\n" in text


def test_an_item_that_is_not_filled_in_is_not_to_be_begun_again(half: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STEPS", 20)
    assert {"python build.py new second-placing", "python build.py new condition NAME, for breakfast/ann#tea"} < set(state(half).next)
    (half / "content/second-placing.yaml").write_text("- {scale: heat, expert: ann, because: }\n", encoding="utf-8")
    (half / "content/conditions.yaml").write_text("- {id: hot, title: If it is hot, claims: }\n", encoding="utf-8")
    known = state(half)
    assert known.errors == 2
    assert known.next[0] == "python build.py check, which tells 2 errors, first in content/conditions.yaml:1"
    assert not any("second-placing" in step or "condition NAME" in step for step in known.next)


def test_exceptions_are_counted_where_they_are_written(smallest: Path) -> None:
    edit(smallest / "content/experts/ann.md", "order: 1", "order: 1\nexceptions:\n  - {sentences: [One., Two.], because: It is so.}")
    assert state(smallest).exceptions == 2


@pytest.mark.parametrize("name", PANELS)
def test_no_line_is_wider_than_a_terminal(tmp_path: Path, name: str) -> None:
    text = as_text(state(make_panel(tmp_path / name, name)))
    assert [line for line in text.splitlines() if width(line) > WIDTH] == []


def test_wide_letters_stay_in_their_columns(tmp_path: Path) -> None:
    lines = as_text(state(make_panel(tmp_path / "korean", "korean"))).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("Claims"))
    assert len({width(line) for line in lines[start : start + 3]}) == 1
    assert len({len(line) for line in lines[start : start + 3]}) > 1, "otherwise nothing is wide, and this tests nothing"


def test_twenty_experts_have_a_row_each(smallest: Path) -> None:
    for n in range(3, 21):
        text = f"---\nname: Expert {n}\nshort: Expert-{n}\ninitials: E{n}\norder: {n}\n---\n"
        (smallest / f"content/experts/expert-{n}.md").write_text(text, encoding="utf-8")
    lines = as_text(state(smallest)).splitlines()
    assert "Claims    A B E3 E4 E5 E6 E7 E8 E9 E10 E11 E12 E13 E14 E15 E16 E17 E18 E19 E20" in lines, "initials still fit"
    (smallest / QUESTION).rename(smallest / "content/questions/a-question-with-a-name.md")
    lines = as_text(state(smallest)).splitlines()
    assert "Claims, stances  a-question-wi…" in lines
    assert "Expert-20                     –" in lines
    assert max(map(len, lines)) <= WIDTH


@pytest.mark.parametrize("missing", ["sources", "experts", "questions", "themes"])
def test_what_is_not_there_is_begun_first(smallest: Path, missing: str) -> None:
    for path in (smallest / "content" / missing).iterdir():
        path.unlink()
    assert state(smallest).next[0] == f"python build.py new {missing.removesuffix('s')} NAME"


def test_the_next_steps_in_their_order(half: Path) -> None:
    """Each step leads to the one after it."""
    assert state(half).next[0] == "python build.py new answer breakfast/cy"
    edit(half / TALK, "  - {paragraphs: 6-7, kind: testimony, expert: cy, question: breakfast}\n", "")
    edit(half / "content/answers/breakfast/ben.md", "paragraphs: 3\n", "paragraphs: 3\nleft_out:\n  - {paragraphs: 4-5, because: A cough.}\n")
    assert state(half).next == (
        "python build.py fingerprint TEXT --source talk",
        "python build.py new condition NAME, for breakfast/ann#tea",
        "name the theme 'bowls' in a claim, or delete its file",
    )
    (half / "content/themes/bowls.md").unlink()
    (half / "content/conditions.yaml").unlink()
    assert state(half).next[1:] == (
        "python build.py new second-placing",
        "python build.py new agreement NAME, or python build.py new disagreement NAME",
    )


@pytest.mark.parametrize("name", [*WHOLE, *BROKEN])
def test_whatever_is_wrong_it_says_what_it_can(tmp_path: Path, name: str) -> None:
    root = make_project(tmp_path / "project", SITES / name) if name in WHOLE else laid_over_smallest(tmp_path / "project", name)
    before = files_in(root)
    known = state(root)
    assert as_text(known).endswith("\n")
    assert (known.errors > 0) == (name in BROKEN) or not known.unread
    assert files_in(root) == before


def test_the_command_reports_and_does_not_judge(tmp_path: Path) -> None:
    root = laid_over_smallest(tmp_path / "project", "everything-wrong")
    done = command("status", "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\nProblems " in done.stdout
    (tmp_path / "nothing").mkdir()
    done = command("status", "--root", tmp_path / "nothing")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("(site.yaml cannot be read)\n0 experts")
    assert "next: python build.py new source NAME\n" in done.stdout


def test_the_data_has_the_same_fields_in_the_same_order(project: Path) -> None:
    done = command("status", "--json", "--root", project)
    assert (done.returncode, done.stderr) == (0, "")
    assert command("status", "--json", "--root", project).stdout == done.stdout
    data = json.loads(done.stdout)
    assert list(data) == [field.name for field in fields(Status)]
    assert data["title"] == "South Korea between two powers"
    assert data["second_placing"] == {"placed": 32, "missing": []}
    assert len(data["answers"]) == 8
    assert [each["claims"] for each in data["answers"]] == [each.claims for each in state(project).answers]
    assert all(is_dataclass(each) for each in state(project).answers)


def test_scales_without_a_stance_are_counted_as_such(half: Path) -> None:
    known = state(half)
    counted = {expert: (found.placed, found.silent) for expert in ("ann", "ben", "cy") for found in [cell(known, "breakfast", expert)]}
    assert counted == {"ann": (1, 1), "ben": (0, 2), "cy": (0, 0)}


def test_a_quotation_that_cannot_be_looked_up_is_not_verified(half: Path) -> None:
    edit(half / "content/answers/breakfast/ann.md", "Ann says so.", 'Ann says "so it is".')
    known = state(half)
    assert (known.quotations, known.verified) == (1, 0)


def test_a_source_that_sums_its_experts_up_asks_for_a_reading(half: Path) -> None:
    assert not any("new reading" in step for step in state(half).next)
    edit(half / TALK, "question: breakfast}\n---", "question: breakfast}\n  - {paragraphs: 8, kind: summary}\n---")
    assert state(half).sources[0].summary


def test_what_a_terminal_would_obey_is_written_out(half: Path) -> None:
    edit(half / "content/experts/ann.md", "short: Ann", 'short: "A\\u202enn"')
    assert "\u202e" not in as_text(state(half))
    assert "\\u202e" in as_text(state(half))


def test_a_long_title_is_cut_at_once(half: Path) -> None:
    assert as_text(replace(state(half), title="long " * 20_000)).splitlines()[0] == f"{'long ' * 15}long…"[:WIDTH]


def test_html_in_the_configuration_counts(half: Path) -> None:
    before = state(half).warnings
    edit(half / "site.yaml", "title: Tea or coffee", "title: Tea <b>or</b> coffee")
    assert as_text(state(half)).count("warnings") == 1
    told = command("status", "--json", "--root", half)
    assert json.loads(told.stdout)["warnings"] == before + 1

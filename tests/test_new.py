"""`new`: what is begun lacks exactly what its editor must write, and is a page once that is written; nothing that stands there is touched."""

import errno
import os
import re
from collections.abc import Mapping, Sequence
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from explainer import commands, new
from explainer.documents import SLUG
from explainer.frontmatter import read_front_matter, read_yaml
from explainer.new import KINDS, WrongNameError, begin
from explainer.problems import ContentError
from explainer.schema import descriptions, texts_of
from tests.helpers import PROGRAM, ROOT, SITES, built, command, edit, files_in, make_project, told_by
from tests.test_sites import laid_over_smallest


class Case(NamedTuple):
    """Something that is begun in the smallest project."""

    name: str
    path: str
    """The file that is written, below `content/`."""
    told: Sequence[str]
    """What `check` tells then, after the path."""
    fill: Sequence[tuple[str, str]]
    """Fields that stand empty, in order, each with what is written there."""
    page: str
    shows: str
    """What the page shows once they are filled in."""
    left: Sequence[str] = ()
    """What is still told then."""
    edits: Mapping[str, tuple[str, str]] = {}
    """What is changed in other files before."""
    chosen: Sequence[str] = ()
    """Lines whose '#' is taken away."""


TALK, QUESTION = "sources/talk.md", "questions/breakfast.md"
LAST_RANGE = "  - {paragraphs: 3, kind: testimony, expert: ben, question: breakfast}\n"
SCALE = (
    "paragraphs: 1\n",
    "paragraphs: 1\nscales:\n  - {id: heat, title: How hot?, steps: [Cold., Hot.]}\n",
)
STEPS = "12:9: error: 'because' is still empty; why the expert stands there, or why there is no step"

CASES = {
    "source": Case(
        "leaflet",
        "sources/leaflet.md",
        [
            "8:7: error: 'title' is still empty; the title as printed",
            "11:7: error: 'short' is still empty; a short name for tables and citations",
            "14:11: error: 'publisher' is still empty; who published it, or `unknown`",
            "17:9: error: 'address' is still empty; where it can be read on the web; `\"\"` if it is not there",
            "21:6: error: 'date' is still empty; when it was written or published: `2024-12-14`, or in words, `early 2025`, `unknown`. "
            "Citations have it as it stands",
            "24:12: error: 'date_basis' is still empty; how that date is known",
            "27:9: error: 'authors' is still empty; who wrote it; an empty list if it is unsigned",
            "33:7: error: 'genre' is still empty; what kind of text it is",
            "36:7: error: 'trust' is still empty; how far it can be trusted, and why",
            "44:16: error: 'paragraphs' is still empty; the run",
            "47:10: error: 'kind' is still empty; testimony of an expert on a question, summary (someone speaks of the experts), prompt, "
            "background (nobody who is asked speaks), or apparatus (headings)",
        ],
        [
            *(("title", "On milk"), ("short", "Leaflet"), ("publisher", "unknown"), ("address", "https://milk.example/"), ("date", "unknown")),
            *(("date_basis", "It has none."), ("authors", "[]"), ("genre", "Leaflet"), ("trust", "Little."), ("paragraphs", "1-4"), ("kind", "background")),
        ],
        "sources/leaflet.html",
        "On milk",
    ),
    "expert": Case(
        "cy",
        "experts/cy.md",
        [
            "8:6: error: 'name' is still empty; the full name",
            "11:7: error: 'short' is still empty; the name used in tables, usually the family name",
            "15:10: error: 'initials' is still empty; one to three letters for the expert's mark; no two experts share them",
        ],
        [("name", "Cy Twist"), ("short", "Twist"), ("initials", "CT")],
        "experts/cy.html",
        "Cy Twist",
    ),
    "question": Case(
        "lunch",
        "questions/lunch.md",
        [
            "8:7: error: 'title' is still empty; the question",
            "11:7: error: 'short' is still empty; a short name for tables and navigation",
            "20:12: error: 'paragraphs' is still empty; where it was asked",
        ],
        [("title", "Soup or salad?"), ("short", "Lunch"), ("paragraphs", "1")],
        "questions/lunch.html",
        "Soup or salad?",
    ),
    "theme": Case(
        "bowls",
        "themes/bowls.md",
        ["8:7: error: 'title' is still empty; its name", "14:9: error: 'summary' is still empty; what it is about, in a sentence"],
        [("title", "Bowls"), ("summary", "What is eaten with a spoon.")],
        "themes/bowls.html",
        "What is eaten with a spoon.",
        ["8:1: warning: no claim names this theme yet; name it in one, or delete the file"],
    ),
    "answer": Case(
        "breakfast/ben",
        "answers/breakfast/ben.md",
        [
            "12:9: error: 'summary' is still empty; the answer in one sentence",
            "62:1: warning: this answer has no claim yet; write one, as a '## heading' with its attributes",
        ],
        [("summary", "Coffee, black.")],
        "answers/breakfast/ben.html",
        "Coffee, black.",
        ["62:1: warning: this answer has no claim yet; write one, as a '## heading' with its attributes"],
        edits={QUESTION: SCALE},
    ),
    "claim": Case(
        "breakfast/ben#black",
        "answers/breakfast/ben.md",
        [
            "12:15: error: 'kind' is still empty; whether the expert describes, predicts, recommends, or reports someone else's view",
            "12:25: error: 'themes' is still empty; one theme or more",
            "12:39: error: 'paragraphs' is still empty; the paragraphs it rests on",
            "13:4: error: the heading is empty; it is the claim in a few words",
            "13:4: error: there is nothing under this heading; say the claim in one to three sentences",
        ],
        [('kind=""', "kind=predicts"), ('themes=""', "themes=drinks"), ('paragraphs=""', "paragraphs=3"), ("## $", "## It stays black\n\nNo milk will come.")],
        "answers/breakfast/ben.html",
        "It stays black",
    ),
    "agreement": Case(
        "cups",
        "agreements/cups.md",
        [
            "8:7: error: 'title' is still empty; what they agree on, in a sentence",
            "15:8: error: 'claims' is still empty; the claims it rests on, of two experts or more",
        ],
        [("title", "Both take a cup.")],
        "compare.html",
        "Both take a cup.",
        chosen=["breakfast/ann#tea  # Tea", "breakfast/ben#coffee  # Coffee"],
    ),
    "disagreement": Case(
        "pot",
        "disagreements/pot.md",
        [
            "8:7: error: 'title' is still empty; what they part on, as a question",
            "15:6: error: 'type' is still empty; contradiction (they cannot both be right), condition (they assume different ones), "
            "object (they speak of different things), or emphasis",
            "20:11: error: 'holds' is still empty; what this side holds, in a sentence",
            "23:12: error: 'claims' is still empty; the claims it rests on",
            "26:11: error: 'holds' is still empty; what this side holds, in a sentence",
            "27:12: error: 'claims' is still empty; the claims it rests on",
            "32:12: error: 'both_right' is still empty; whether both could be right, and how",
        ],
        [("title", "What goes into the pot?"), ("type", "object"), ("holds", "Leaves."), ("holds", "Beans."), ("both_right", "With two pots.")],
        "compare.html",
        "What goes into the pot?",
        chosen=["breakfast/ann#tea  # Tea", "breakfast/ben#coffee  # Coffee"],
    ),
    "condition": Case(
        "hot-water",
        "conditions.yaml",
        [
            "4:9: error: 'title' is still empty; the condition, with its `If` or `As long as`",
            "8:10: error: 'claims' is still empty; the claims made under it, background as `source#claim`. "
            "A claim whose condition is double may stand in two items",
        ],
        [("title", "If the water is hot")],
        "conditions.html",
        "If the water is hot",
        edits={"answers/breakfast/ann.md": ("paragraphs=2}", 'paragraphs=2 condition="if the kettle works"}')},
        chosen=["breakfast/ann#tea  # if the kettle works: Tea"],
    ),
    "reading": Case(
        "ann-sugar",
        "readings/ann-sugar.md",
        [
            "9:7: error: 'title' is still empty; who and what it is about, in a few words; it makes sense in a list, alone",
            "20:10: error: 'overview' is still empty; what the summary, which pages call the overview, says of these experts: in your words, "
            "or with a short quotation",
            "24:21: error: 'overview_paragraphs' is still empty; where it says so; in a range of kind `summary`",
            "32:9: error: 'experts' is still empty; of whom. Several only if all else in this file is true of each of them; otherwise write a reading each",
            "37:7: error: 'holds' is still empty; what these experts hold on it in their own answers; for `not found`, what the answers speak of instead",
            "42:12: error: 'paragraphs' is still empty; where they say so, on whatever question; for `not found`, the paragraphs that were searched",
            "48:9: error: 'verdict' is still empty; supported (the answers say this about as strongly), partial (they bear out a part of it), stronger (the "
            "overview is firmer or more general than they are), weaker (it is less firm), different (they speak to this and say something else), not found "
            "(nothing in them says so), or misquoted (words in quotation marks are not the expert's)",
            "51:9: error: 'because' is still empty; the reason for the verdict, in a sentence",
            "55:8: error: 'claims' is still empty; these experts' claims that the summary is held against; left out only for `not found`",
        ],
        [
            *(("title", "Ann likes tea"), ("overview", "That one likes tea."), ("overview_paragraphs", "4"), ("holds", "Tea it is."), ("paragraphs", "2")),
            *(("verdict", "supported"), ("because", "It says so.")),
        ],
        "readings.html",
        "Ann likes tea",
        edits={TALK: (LAST_RANGE, f"{LAST_RANGE}  - {{paragraphs: 4, kind: summary}}\n")},
        chosen=["ann  # Ann", "breakfast/ann#tea  # Tea"],
    ),
    "term": Case(
        "mug",
        "glossary.yaml",
        [
            "4:8: error: 'term' is still empty; the word",
            "9:11: error: 'meaning' is still empty; the explanation",
            "11:10: error: 'origin' is still empty; `source` if the paragraphs give this meaning, `editor` if the explanation is ours",
        ],
        [("term", "Mug"), ("meaning", "A large cup."), ("origin", "editor")],
        "glossary.html",
        "A large cup.",
    ),
    "event": Case(
        "kettle",
        "timeline.yaml",
        [
            "4:8: error: 'date' is still empty; when, as far as it is known",
            "8:9: error: 'title' is still empty; what happened",
            "10:8: error: 'text' is still empty; what it has to do with the sources",
            "12:10: error: 'origin' is still empty; `source` if the paragraphs give the date, `editor` if the date is ours",
        ],
        [("date", "2019"), ("title", "The kettle broke"), ("text", "Nobody mentions it."), ("origin", "editor")],
        "timeline.html",
        "The kettle broke",
    ),
    "second-placing": Case(
        "",
        "second-placing.yaml",
        [
            "11:11: error: 'because' is still empty; why the expert stands there, or why there is no step",
            "27:11: error: 'because' is still empty; why the expert stands there, or why there is no step",
        ],
        [("because", "Nothing is said of heat."), ("because", "Nor here.")],
        "answers/breakfast/ann.html",
        "How hot?",
        edits={QUESTION: SCALE},
    ),
    "page": Case(
        "about",
        "pages/about.md",
        ["8:7: error: 'title' is still empty; its heading", "11:7: error: 'short' is still empty; its name in the navigation"],
        [("title", "About the cups"), ("short", "About")],
        "about.html",
        "About the cups",
        ["17:1: warning: this page is still empty; write it below the fields"],
    ),
}


def prepared(root: Path, case: Case, kind: str) -> Path:
    """The smallest project with what the case needs."""
    for path, (before, after) in case.edits.items():
        edit(root / "content" / path, before, after)
    if kind == "answer":
        (root / "content" / case.path).unlink()
    return root / "content" / case.path


def told_of(root: Path, path: str) -> list[str]:
    """What is told of a file, without its path; and that nothing is told of any other."""
    told = told_by(root)
    assert [line for line in told if not line.startswith(f"content/{path}:")] == []
    return [line.removeprefix(f"content/{path}:") for line in told]


def fill(path: Path, values: Sequence[tuple[str, str]], chosen: Sequence[str] = ()) -> None:
    """Writes each value where its name first stands empty, and takes the '#' from what is chosen, one place each."""
    text = path.read_text(encoding="utf-8")
    for name, value in values:
        place = rf"{name}" if name.endswith(('"', "$")) else rf"^([ -]*{name}:)$"
        text, filled = re.subn(place, value if name.endswith(('"', "$")) else rf"\1 {value}", text, count=1, flags=re.MULTILINE)
        assert filled == 1, name
    for n, line in enumerate(chosen):
        before, found, after = (text.rpartition if n else text.partition)(f"#  - {line}\n")
        assert found, line
        text = f"{before}   - {line}\n{after}"
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_begun_lacks_exactly_what_must_be_written(smallest: Path, kind: str) -> None:
    """Then it is filled in, checked and built."""
    case = CASES[kind]
    path = prepared(smallest, case, kind)
    if kind == "answer":
        assert len(told_by(smallest)) == 1, "testimony without an answer"
    written, then = begin(smallest, kind, case.name)
    assert (written, bool(then)) == (path, True)
    assert told_of(smallest, case.path) == case.told
    fill(path, case.fill, case.chosen)
    assert told_of(smallest, case.path) == list(case.left)
    assert case.shows in built(smallest)[case.page].decode()


def test_every_kind_has_a_case() -> None:
    assert set(CASES) == set(KINDS)


def test_the_documentation_shows_a_field_as_it_is_told() -> None:
    name = CASES["expert"].told[0]
    assert f"content/experts/ada.md:{name}\n" in (ROOT / "docs/editing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "claim"])
def test_every_field_is_there_with_its_meaning(smallest: Path, kind: str) -> None:
    case = CASES[kind]
    path = prepared(smallest, case, kind)
    begin(smallest, kind, case.name)
    text = path.read_text(encoding="utf-8")
    words = " ".join(re.sub(r"^[ #]+", "", text, flags=re.MULTILINE).split())
    for field in texts_of(KINDS[kind].model):
        assert re.search(rf"^(#|- |  |  #)?{field.name}:", text, flags=re.MULTILINE), field.name
        assert field.meaning in words, field.name
    assert descriptions()[KINDS[kind].model.__name__]


@pytest.mark.parametrize("kind", ["source", "expert", "question", "answer", "agreement", "disagreement", "reading"])
def test_what_may_be_left_out_counts_without_its_sign(smallest: Path, kind: str) -> None:
    """Each block that begins with `#name:` is YAML as soon as the first '#' of each of its lines is gone."""
    case = CASES[kind]
    path = prepared(smallest, case, kind)
    begin(smallest, kind, case.name)
    blocks = re.findall(r"^#([a-z_]+):(.*\n(?:#  .*\n)*)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert {name for name, _ in blocks} == {field.name for field in texts_of(KINDS[kind].model) if not field.required} - {"claims"}
    for name, block in blocks:
        document, problems = read_yaml("x", f"{name}:{block.replace(f'{chr(10)}#', chr(10))}")
        assert (problems, list(document.fields)) == ([], [name])


def test_an_answer_knows_its_source_paragraphs_and_scales(smallest: Path) -> None:
    path = prepared(smallest, CASES["answer"], "answer")
    begin(smallest, "answer", "breakfast/ben")
    text = path.read_text(encoding="utf-8")
    assert "\nsource: talk\n" in text
    assert "\nparagraphs: 3\n" in text
    assert "#  # How hot? Steps:\n#  # 1 Cold.\n#  # 2 Hot.\n#  - scale: heat\n" in text
    assert "Themes: drinks." in text.replace("\n# ", " ")


def test_a_question_knows_where_it_is_asked(smallest: Path) -> None:
    (smallest / "content" / QUESTION).unlink()
    begin(smallest, "question", "breakfast")
    text = (smallest / "content" / QUESTION).read_text(encoding="utf-8")
    assert "\nsource: talk\n" in text
    assert "\nparagraphs: 1\n" in text


def test_the_next_order_is_free(smallest: Path) -> None:
    edit(smallest / "content/experts/ann.md", "order: 1", "order: 7")
    begin(smallest, "expert", "cy")
    assert "\norder: 8\n" in (smallest / "content/experts/cy.md").read_text(encoding="utf-8")


def test_claims_of_one_question_are_listed_if_it_is_named(project: Path) -> None:
    begin(project, "agreement", "one", "slogan")
    begin(project, "agreement", "all")
    one, every = ((project / f"content/agreements/{name}.md").read_text(encoding="utf-8") for name in ("one", "all"))
    assert "north-korea-russia/" in every
    assert "north-korea-russia/" not in one
    assert (
        "#  - slogan/hass#industry-as-threat  # Trump’s team sees Korean aid to China’s climb as a threat (reports: the Trump team, as Hass describes it)\n"
        in one
    )
    assert "#  - slogan/hass#disarray  # Disarray in Seoul holds major issues back (so long as political disarray lasts in Seoul)\n" in one


def test_the_paragraphs_of_a_text_are_counted(smallest: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("One.\n\nTwo.\nThree.\n", encoding="utf-8")
    begin(smallest, "source", "leaflet", source_text=text)
    assert "- paragraphs: 1-3\n" in (smallest / "content/sources/leaflet.md").read_text(encoding="utf-8")
    text.write_text("\n", encoding="utf-8")
    with pytest.raises(ContentError, match="this file is empty"):
        begin(smallest, "source", "other", source_text=text)


def test_many_claims_are_cut_short_so_that_the_file_can_be_read(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new, "CHOICES_LIMIT", 1)
    begin(smallest, "agreement", "cups")
    text = (smallest / "content/agreements/cups.md").read_text(encoding="utf-8")
    assert text.count("#  - ") == 1
    assert "… and 1 more; begun with --question NAME, this file has those of one question." in text


@pytest.mark.parametrize("slug", ["no", "null", "2024", "1e3", "y"])
def test_a_name_that_yaml_would_misread_is_quoted(smallest: Path, slug: str) -> None:
    begin(smallest, "term", slug)
    begin(smallest, "expert", slug)
    (smallest / "content/answers/breakfast/ann.md").rename(smallest / f"content/answers/breakfast/{slug}.md")
    edit(smallest / "content" / QUESTION, *SCALE)
    begin(smallest, "second-placing", "")
    told = "\n".join(told_by(smallest))
    assert "put it in quotes" not in told
    assert f'expert: "{slug}"' in (smallest / "content/second-placing.yaml").read_text(encoding="utf-8")


# Nothing that stands there is touched.


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "second-placing"])
def test_nothing_is_overwritten(smallest: Path, kind: str) -> None:
    case = CASES[kind]
    prepared(smallest, case, kind)
    begin(smallest, kind, case.name)
    before = files_in(smallest)
    with pytest.raises(ContentError, match=f"content/{case.path}:.*already, and nothing was changed"):
        begin(smallest, kind, case.name)
    assert files_in(smallest) == before


def test_a_second_placing_that_is_whole_stays(smallest: Path) -> None:
    edit(smallest / "content" / QUESTION, *SCALE)
    begin(smallest, "second-placing", "breakfast/ann")
    assert (smallest / "content/second-placing.yaml").read_text(encoding="utf-8").count("- scale:") == 1
    begin(smallest, "second-placing", "")
    before = files_in(smallest)
    assert before["content/second-placing.yaml"].count(b"- scale:") == 2
    with pytest.raises(ContentError, match="nothing is missing"):
        begin(smallest, "second-placing", "")
    assert files_in(smallest) == before


@pytest.mark.parametrize(
    "old",
    [
        b"# A note.\n\n- {id: cup, term: Cup, origin: editor, meaning: For tea.}  # flat\n",
        b"- id: cup\n  term: Cup\n  origin: editor\n  meaning: For tea.",
        b"- id: cup\r\n  term: Cup\r\n  origin: editor\r\n  meaning: For tea.\r\n\r\n",
        b"  - id: cup\n    term: Cup\n    origin: editor\n    meaning: >-\n      For tea.\n  # The last note.\n",
        b"\xef\xbb\xbf- {id: cup, term: Cup, origin: editor, meaning: For tea.}\n",
        b"# Nothing yet.\n",
        b"",
    ],
    ids=["flat", "no line end", "crlf", "indented", "bom", "notes only", "empty"],
)
def test_a_list_stays_to_the_byte(smallest: Path, old: bytes) -> None:
    path = smallest / "content/glossary.yaml"
    path.write_bytes(old)
    path.chmod(0o640)
    begin(smallest, "term", "mug")
    now = path.read_bytes()
    assert now.startswith(old)
    assert (b"\r\n" in old) == (b"\r\n" in now)
    assert b"\n" not in now.replace(b"\r\n", b"") or b"\r\n" not in now
    assert path.stat().st_mode & 0o777 == 0o640
    document, problems = read_yaml("x", now.decode("utf-8-sig").replace("\r\n", "\n"))
    assert problems == []
    assert document.fields[-1]["id"] == "mug"
    assert len(document.fields) == (2 if b"cup" in old else 1)


@pytest.mark.parametrize("old", ["[]\n", "[{id: cup, term: Cup, origin: editor, meaning: For tea.}]\n", "id: cup\n", "- id: cup\n...\n", "cup\n"])
def test_a_list_that_cannot_go_on_is_left_alone(smallest: Path, old: str) -> None:
    path = smallest / "content/glossary.yaml"
    path.write_text(old, encoding="utf-8")
    with pytest.raises(ContentError, match=r"content/glossary.yaml:1:1: error: nothing can be added .* nothing was changed"):
        begin(smallest, "term", "mug")
    assert path.read_text(encoding="utf-8") == old


def test_a_list_that_cannot_be_read_is_told_and_left_alone(smallest: Path) -> None:
    (smallest / "content/glossary.yaml").write_text("- {id: cup\n", encoding="utf-8")
    before = files_in(smallest)
    with pytest.raises(ContentError, match=r"content/glossary.yaml:.*YAML cannot be read"):
        begin(smallest, "term", "mug")
    assert files_in(smallest) == before


def test_a_list_with_a_slip_elsewhere_goes_on(smallest: Path) -> None:
    path = smallest / "content/glossary.yaml"
    path.write_text("- id: cup\n  id: cup\n  term: Cup #1\n", encoding="utf-8")
    begin(smallest, "term", "mug")
    assert path.read_text(encoding="utf-8").startswith("- id: cup\n  id: cup\n  term: Cup #1\n\n#")


def test_a_claim_does_not_fall_into_an_open_block_of_code(smallest: Path) -> None:
    path = smallest / "content/answers/breakfast/ben.md"
    with path.open("a", encoding="utf-8") as file:
        file.write("\n```\n")
    before = path.read_bytes()
    with pytest.raises(ContentError, match="something there does not end, as a block of code"):
        begin(smallest, "claim", "breakfast/ben#milk")
    assert path.read_bytes() == before


@pytest.mark.parametrize("end", ["", "\n", "\r\n\r\n"])
def test_a_claim_comes_after_the_others(smallest: Path, end: str) -> None:
    path = smallest / "content/answers/breakfast/ben.md"
    old = path.read_text(encoding="utf-8").rstrip("\n").encode() + end.encode()
    path.write_bytes(old)
    begin(smallest, "claim", "breakfast/ben#milk")
    assert path.read_bytes().startswith(old)
    assert f"{path.read_bytes().decode()}".replace("\r", "").endswith('\n\n{#milk kind="" themes="" paragraphs=""}\n## \n')


def test_background_is_a_claim_of_its_source(smallest: Path) -> None:
    edit(smallest / "content" / TALK, LAST_RANGE, f"{LAST_RANGE}  - {{paragraphs: 4, kind: background}}\n")
    _, then = begin(smallest, "claim", "talk#kettle")
    assert "paragraphs (of ¶4)" in then
    assert len(told_of(smallest, TALK)) == 5
    with pytest.raises(WrongNameError, match="'p4' is the address of a paragraph"):
        begin(smallest, "claim", "talk#p4")


# Work that has just begun, and work in disorder.


def test_a_project_can_be_begun_from_nothing(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", SITES / "smallest")
    for path in sorted((root / "content").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (root / "content").rmdir()
    asked = ("source talk", "expert ann", "expert ben", "question breakfast", "theme drinks", "answer breakfast/ann", "claim breakfast/ann#tea", "term mug")
    for kind, name in (line.split() for line in asked):
        begin(root, kind, name)
    told = told_by(root)
    assert [line for line in told if "still empty" not in line] == [
        "content/answers/breakfast/ann.md:56:4: error: the heading is empty; it is the claim in a few words",
        "content/answers/breakfast/ann.md:56:4: error: there is nothing under this heading; say the claim in one to three sentences",
    ]
    assert len(told) > 20


@pytest.mark.parametrize("kind", KINDS)
def test_it_works_among_errors(tmp_path: Path, kind: str) -> None:
    """It begins what is asked for, or says what stands in the way; in what is there it changes nothing."""
    root = laid_over_smallest(tmp_path / "project", "everything-wrong")
    before = files_in(root)
    try:
        path, _ = begin(
            root, kind, {"NAME": "something", "[QUESTION/EXPERT]": ""}.get(KINDS[kind].name, "breakfast/ben#more" if kind == "claim" else "breakfast/ben")
        )
    except (WrongNameError, ContentError):
        assert files_in(root) == before
    else:
        now = files_in(root)
        changed = [name for name in now if now[name] != before.get(name)]
        assert changed == [path.relative_to(root).as_posix()]
        assert now[changed[0]].startswith(before.get(changed[0], b""))


@pytest.mark.parametrize("value", ["{a: b}", "[c]", "~", "2024-13-45", "true", "1.5"])
def test_values_of_any_shape_are_met(smallest: Path, value: str) -> None:
    """What stands where a name or a number belongs is passed over."""
    edit(smallest / "content" / QUESTION, *SCALE)
    for name, text in (("second-placing", "- {scale: X, expert: X}\n- X\n"), ("conditions", "- {id: X, claims: X}\n- {id: a, claims: [X]}\n")):
        (smallest / f"content/{name}.yaml").write_text(text.replace("X", value), encoding="utf-8")
    for path, field in (("experts/ann.md", "order: 1"), ("experts/ann.md", "initials: A"), ("answers/breakfast/ann.md", "source: talk"), (TALK, "order: 1")):
        edit(smallest / "content" / path, field, f"{field.partition(':')[0]}: {value}")
    for kind, name in (("expert", "cy"), ("condition", "thaw"), ("second-placing", ""), ("claim", "breakfast/ann#more"), ("reading", "one"), ("source", "two")):
        assert begin(smallest, kind, name)[0].is_file()


def test_an_unreadable_question_still_has_a_name(smallest: Path) -> None:
    prepared(smallest, CASES["answer"], "answer")
    (smallest / "content" / QUESTION).write_text("---\ntitle: [\n---\n", encoding="utf-8")
    begin(smallest, "answer", "breakfast/ben")
    assert "\nparagraphs: 3\n" in (smallest / "content/answers/breakfast/ben.md").read_text(encoding="utf-8")


# Names, and places.

WRONG = {
    ("expert", "../x"): "'../x' cannot name an expert: use small letters, digits and single hyphens, at most 80 of them; perhaps 'x'",
    ("expert", "a/b/c"): "'a/b/c' cannot name an expert: use small letters, digits and single hyphens, at most 80 of them; perhaps 'a-b-c'",
    ("theme", "Ü"): "'Ü' cannot name a theme: use small letters, digits and single hyphens, at most 80 of them; perhaps 'u'",
    ("page", ""): "'' cannot name a page: use small letters, digits and single hyphens, at most 80 of them",
    ("term", "a" * 300): f"'{'a' * 80}…' cannot name a term: use small letters, digits and single hyphens, at most 80 of them",
    ("event", "a\nb"): "'a b' cannot name an event: use small letters, digits and single hyphens, at most 80 of them; perhaps 'a-b'",
    ("expert", "ann-and-cy"): "'ann-and-cy' holds 'and', which joins two experts in the address of their page; choose another name",
    ("answer", "breakfast"): "'breakfast' names no answer; write QUESTION/EXPERT",
    ("answer", "../ann/x"): "'../ann/x' names no answer; write QUESTION/EXPERT",
    ("answer", "../ann"): "'..' cannot name a question: use small letters, digits and single hyphens, at most 80 of them",
    ("answer", "breakfst/ann"): "no question 'breakfst'; did you mean 'breakfast'?",
    ("answer", "breakfast/anne"): "no expert 'anne'; did you mean 'ann'?",
    ("claim", "breakfast/ann"): "'breakfast/ann' names no claim; write QUESTION/EXPERT#NAME, or SOURCE#NAME for background",
    ("claim", "breakfast/ann#"): "'' cannot name a claim: use small letters, digits and single hyphens, at most 80 of them",
    ("claim", "talks#x"): "no source 'talks'; did you mean 'talk'?",
    ("second-placing", "breakfast/anne"): "no expert 'anne'; did you mean 'ann'?",
}


@pytest.mark.parametrize(("kind", "name"), WRONG)
def test_a_wrong_name_is_told_in_one_line(smallest: Path, kind: str, name: str) -> None:
    before = files_in(smallest.parent)
    with pytest.raises(WrongNameError) as told:
        begin(smallest, kind, name)
    assert str(told.value) == WRONG[kind, name]
    assert files_in(smallest.parent) == before


def test_an_agreement_and_a_disagreement_cannot_share_a_name(smallest: Path) -> None:
    begin(smallest, "agreement", "cups")
    with pytest.raises(WrongNameError, match="an agreement is called 'cups' already"):
        begin(smallest, "disagreement", "cups")


def test_an_answer_comes_before_its_claims(smallest: Path) -> None:
    begin(smallest, "expert", "cy")
    for kind, name in (("claim", "breakfast/cy#tea"), ("second-placing", "breakfast/cy")):
        with pytest.raises(WrongNameError, match=r"no answer 'breakfast/cy' yet; begin it: python build\.py new answer breakfast/cy$"):
            begin(smallest, kind, name)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with nothing around it."""
    return make_project(tmp_path_factory.mktemp("hostile") / "project", SITES / "smallest")


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(list(KINDS)),
    name=st.one_of(
        st.text(max_size=30),
        st.lists(st.sampled_from(["..", "/", ".", "a", "-", "#", "breakfast", "ann", "é", "\0", " ", "\\", "~", "talk"]), max_size=6).map("".join),
    ),
)
def test_no_name_leads_out_of_content(hostile: Path, kind: str, name: str) -> None:
    outside = {path: data for path, data in files_in(hostile.parent).items() if not path.startswith("project/content/")}
    told = ""
    try:
        path, told = begin(hostile, kind, name)
        assert path.is_file()
    except WrongNameError as error:
        told = str(error)
    except ContentError:
        event("something in the way")
    assert "\n" not in told
    now = files_in(hostile.parent)
    assert {path: data for path, data in now.items() if not path.startswith("project/content/")} == outside
    assert all(SLUG.fullmatch(part) for path in now if "/content/" in path for part in path.partition(".")[0].split("/"))


def test_nothing_is_written_through_a_link(smallest: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (smallest / "content/pages").symlink_to(tmp_path / "elsewhere")
    done = command("new", "page", "about", "--root", smallest)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "error: content/ cannot be written: it is reached by a link; nothing is written through one, so put the folder itself there\n"
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_3_is_what_cannot_be_written(smallest: Path) -> None:
    (smallest / "content/pages").write_text("in the way", encoding="utf-8")
    done = command("new", "page", "about", "--root", smallest)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("error: content/ cannot be written: ")
    assert "Traceback" not in done.stderr


def test_a_disk_without_links_is_written_too(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no")

    monkeypatch.setattr(os, "link", refuse)
    path, _ = begin(smallest, "page", "about")
    assert [each.name for each in path.parent.iterdir()] == ["about.md"]


def test_never_half_a_file(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(FileIO):
        def write(self, data: Any) -> int:
            super().write(data[:10])
            raise OSError(errno.ENOSPC, "No space left on device")

    before = files_in(smallest)
    monkeypatch.setattr(Path, "open", lambda path, mode: Full(path, mode))  # noqa: PLW0108  # a class by itself is no method
    for kind, name in (("page", "about"), ("claim", "breakfast/ann#milk")):
        with pytest.raises(OSError, match="No space left"):
            begin(smallest, kind, name)
    assert files_in(smallest) == before


def test_who_comes_first_keeps_the_name(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program writes the same file between the look and the writing."""
    link = os.link

    def slow(source: Path, target: Path) -> None:
        target.write_text("first", encoding="utf-8")
        link(source, target)

    monkeypatch.setattr(os, "link", slow)
    with pytest.raises(ContentError, match="there already"):
        begin(smallest, "page", "about")
    assert {path.name: path.read_text(encoding="utf-8") for path in (smallest / "content/pages").iterdir()} == {"about.md": "first"}


# The command.


def test_it_says_what_it_wrote_and_what_comes_next(smallest: Path) -> None:
    done = command("new", "expert", "cy", "--root", smallest, cwd=smallest)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "content/experts/cy.md\n"
        "next: fill in what stands empty (python build.py check lists it); then what the expert answers: python build.py new answer QUESTION/cy\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["exprt", "cy"], "Error: no kind 'exprt'; did you mean 'expert'?\n"),
        (["answer", "breakfast/anne"], "Error: no expert 'anne'; did you mean 'ann'?\n"),
        (["agreement", "cups", "--question", "lunch"], "Error: no question 'lunch'; there are: breakfast\n"),
    ],
)
def test_2_is_a_wrong_kind_or_name(smallest: Path, arguments: list[str], told: str) -> None:
    done = command("new", *arguments, *([] if arguments[0] == "exprt" else ["--root", str(smallest)]))
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "second-placing"])
def test_2_is_a_name_left_out(kind: str) -> None:
    """Nothing can be named so either, were it taken for one."""
    done = CliRunner().invoke(commands.main, ["new", kind], obj=PROGRAM)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"Missing argument '{KINDS[kind].name}'" in done.stderr


def test_1_is_something_in_the_way(smallest: Path) -> None:
    done = command("new", "expert", "ann", "--root", smallest)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "content/experts/ann.md:1:1: error: this file is there already, and nothing was changed; choose another name\n1 error\n"


def test_a_folder_that_is_no_project_stays_empty(tmp_path: Path) -> None:
    done = command("new", "expert", "ann", "--root", tmp_path)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "neither site.yaml nor content/" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_help_lists_every_kind_with_its_meaning() -> None:
    told = command("new", "--help").stdout
    assert [kind for kind in KINDS if f"\n  {kind} " not in told] == []
    assert "--question" in command("new", "reading", "--help").stdout


def test_what_is_begun_has_front_matter_that_can_be_read(project: Path) -> None:
    """In a project of some size too, where there is much to choose from."""
    for kind, name in (("reading", "all"), ("disagreement", "all"), ("answer", "slogan/ada"), ("source", "other")):
        if kind == "answer":
            begin(project, "expert", "ada")
        path, _ = begin(project, kind, name)
        assert read_front_matter("x", path.read_text(encoding="utf-8"))[1] == []


def test_a_file_that_lies_in_the_way_of_writing_is_left_alone(smallest: Path, tmp_path: Path) -> None:
    """As a link to somewhere else, which would be written through."""
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text("mine", encoding="utf-8")
    (smallest / f"content/themes/.bowls.md.{os.getpid()}.tmp").symlink_to(elsewhere)
    with pytest.raises(OSError, match="exists"):
        begin(smallest, "theme", "bowls")
    assert elsewhere.read_text(encoding="utf-8") == "mine"
    assert not (smallest / "content/themes/bowls.md").exists()


def test_nothing_is_written_into_a_linked_content(smallest: Path, tmp_path: Path) -> None:
    (smallest / "content").rename(tmp_path / "moved")
    (smallest / "content").symlink_to(tmp_path / "moved")
    with pytest.raises((ContentError, OSError)):
        begin(smallest, "theme", "bowls")
    assert not (tmp_path / "moved/themes/bowls.md").exists()


def test_an_answer_with_a_wrong_name_gets_no_claim(smallest: Path) -> None:
    (smallest / "content/answers/breakfast/ann.md").rename(smallest / "content/answers/breakfast/Ann.md")
    with pytest.raises((ContentError, WrongNameError), match=r"[Aa]nn"):
        begin(smallest, "claim", "breakfast/ann#x")

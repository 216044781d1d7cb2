"""What is in quotation marks stands in the source, where it is said to; and what is not is in our own words."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from explainer.checks import spans, whose
from explainer.content import link_up
from explainer.documents import read_documents
from explainer.frontmatter import Document
from explainer.model import Library, Quoted
from explainer.problems import Problem
from explainer.quotations import check_quotations
from explainer.texts import Basis, Text
from explainer.tokens import words
from explainer.views.verified import fragment
from tests.helpers import ROOT, built, command, edit, told_by

FILE = Document("content/answers/q/e.md", "The file.", {})
STRANGE = ("zebra", "unverified", "hitherto")
"""Words that stand in neither source, so that they make even a quotation of one word untrue."""
COMMON = ("the", "not", "may", "will", "can", "and")


@pytest.fixture(scope="module")
def library() -> Library:
    return link_up(read_documents(ROOT)[0])[0]


@pytest.fixture(scope="module")
def shipped(library: Library) -> list[Quoted]:
    """The quotations of the shipped content, each with its words once for each place."""
    return list({(quoted.text, quoted.source, quoted.paragraphs): quoted for quoted in library.quotations}.values())


def told(library: Library, quoted: Quoted, text: str, paragraph: int | None = None) -> list[Problem]:
    """What is wrong with a text in quotation marks that is said to stand where a shipped quotation stands."""
    assert quoted.source
    basis = (Basis(quoted.source, frozenset([paragraph] if paragraph else quoted.paragraphs)),)
    return check_quotations([Text(FILE, 1, 1, f"“{text}”", basis)], library.sources)[1]


def changed(run: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A run with a word replaced, one put into it, one dropped from its inside, and two neighbors swapped."""
    others = STRANGE + (COMMON if len(run) > 1 else ())
    for n, word in enumerate(run):
        yield from ((*run[:n], other, *run[n + 1 :]) for other in (*others, f"{word}s", f"un{word}", f"{word}ing") if other != word)
        yield from ((*run[:n], other, *run[n:]) for other in others if n)
        if 0 < n < len(run) - 1:
            yield run[:n] + run[n + 1 :]
        if n + 1 < len(run) and run[n + 1] != word:
            yield (*run[:n], run[n + 1], word, *run[n + 2 :])


@pytest.mark.parametrize(
    ("text", "column"),
    [('She says "".', 10), ('"Tea", she says "".', 17), ("She says “”.", 10), ("She says “ ”, and says “tea”.", 10), ("Tea.\nShe says “”.", 10)],
)
def test_an_empty_quotation_is_told_at_its_marks(smallest: Path, text: str, column: int) -> None:
    edit(smallest / "content/answers/breakfast/ann.md", "Ann says so.", text)
    line = 10 + text.count("\n")
    assert [problem for problem in told_by(smallest) if f"ann.md:{line}:{column}: error: there is nothing between" in problem]


@pytest.mark.parametrize("text", ['Tea says "".', "Tea says “”."])
def test_an_empty_quotation_in_a_field_is_told_at_its_marks(smallest: Path, text: str) -> None:
    edit(smallest / "content/answers/breakfast/ann.md", "summary: Tea.", f"summary: {text}")
    assert [problem for problem in told_by(smallest) if "ann.md:3:19: error: there is nothing between" in problem]


def test_everything_shipped_is_verified(library: Library) -> None:
    assert len(library.quotations) > 50
    assert [quoted.text for quoted in library.quotations if not quoted.verified] == []


def test_no_change_of_a_word_passes(library: Library, shipped: list[Quoted]) -> None:
    """Every one-word change of every shipped quotation is refused."""
    tried = [(quoted, " ".join(run)) for quoted in shipped for run in changed(words(quoted.text))]
    assert len(tried) > 20 * len(shipped)
    assert [text for quoted, text in tried if not told(library, quoted, text)] == []


@pytest.mark.parametrize(
    "dressed",
    [
        str.upper,
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "  \n"),
        lambda text: text.replace("-", "–").replace(" ", " — ", 1),
        lambda text: text.replace("’", "'"),
        lambda text: f"‘{text}’…",
    ],
)
def test_a_change_of_dress_passes(library: Library, shipped: list[Quoted], dressed: Callable[[str], str]) -> None:
    """Case, spaces, dashes and the marks within say nothing about the words."""
    assert [quoted.text for quoted in shipped if told(library, quoted, dressed(quoted.text))] == []


def test_a_shorter_quotation_is_still_true(library: Library, shipped: list[Quoted]) -> None:
    shorter = [(quoted, run) for quoted in shipped if len(run := words(quoted.text)) > 1]
    assert shorter
    assert [run for quoted, run in shorter for part in (run[1:], run[:-1]) if told(library, quoted, " ".join(part))] == []


def test_words_of_another_expert_are_told_with_their_place(library: Library, shipped: list[Quoted]) -> None:
    """Every shipped quotation, attributed to a paragraph of each of the other experts."""
    for quoted in shipped:
        source = quoted.source
        assert source
        assert source.fingerprint
        run = words(quoted.text)
        testimony = [part for part in source.ranges if part.kind == "testimony" and not set(part.paragraphs) & set(quoted.paragraphs)]
        for part in testimony:
            wrong = next(number for number in part.paragraphs if not source.fingerprint.stands(run, number))
            [problem] = told(library, quoted, quoted.text, wrong)
            right = source.fingerprint.paragraphs(run)
            owners = [whose(source, number) for number in right]
            owner = whose(source, wrong) if whose(source, wrong) in owners else owners[0]
            there = spans([number for number, whose_it_is in zip(right, owners, strict=True) if whose_it_is == owner])
            assert f"does not stand in ¶{wrong}, but in {there} ({owner})" in problem.message


def test_the_quotation_limit_holds_everywhere(library: Library) -> None:
    assert [quoted.text for quoted in library.quotations if len(words(quoted.text)) > 12] == []


# An invented project, with an invented text.

TALK = """What do you drink when you get up?

Ann drinks tea because it wakes her gently, and never takes sugar in it; so did her old aunt in York.
Coffee is all.
"""
ANN = "content/answers/breakfast/ann.md"
COPIED = "because it wakes her gently and never takes sugar"
OWN = "say it in your own words, or quote a few of them (7 in a row may be alike)"


@pytest.fixture
def talk(smallest: Path) -> Path:
    """The smallest project, whose source has a fingerprint."""
    return fingerprinted(smallest)


def fingerprinted(root: Path, text: str = TALK) -> Path:
    """A project with a text beside it, and its fingerprint made as an editor makes it."""
    (root.parent / "talk.txt").write_text(text, encoding="utf-8")
    done = command("fingerprint", root.parent / "talk.txt", "--source", "talk", "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    return root


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('She calls it "wakes her gently".', None),
        ('She calls it "Wakes her  gently…".', None),
        ('She calls it "wakes her softly".', "“wakes her softly” does not stand in ¶2; nearest is ¶2, in which there is no 'softly'"),
        ('She says "it never wakes her gently".', "“it never wakes her gently” does not stand in ¶2; nearest is ¶2, where it stands without 'never'"),
        ('She says "takes sugar it".', "“takes sugar it” does not stand in ¶2; nearest is ¶2, where 'sugar' and 'it' do not stand side by side"),
        (
            'She says "wakes gently her, and".',
            "“wakes gently her, and” does not stand in ¶2; nearest is ¶2, where 'gently her' stands elsewhere, or in another order",
        ),
        ('She says "what do you drink".', "“what do you drink” does not stand in ¶2, but in ¶1 (prompt)"),
        ('She says "coffee" (¶2).', "“coffee” does not stand in ¶2, but in ¶3 (testimony of 'ben' on 'breakfast')"),
        ('She says "coffee" (¶3).', "“coffee”: ¶3 is not among the paragraphs that this rests on (¶2); it is testimony of 'ben' on 'breakfast'"),
        ('She says "wakes … gently".', "“wakes … gently” leaves something out; quote two pieces, each in its own marks"),
        ('She says "wakes softly".', "“wakes softly” does not stand in ¶2; nearest is ¶2, in which there is no 'softly'"),
        ('She says "cocoa".', "“cocoa” does not stand in ¶2; quote word for word, or leave out the quotation marks"),
    ],
)
def test_a_quotation_in_a_claim(talk: Path, written: str, said: str | None) -> None:
    edit(talk / ANN, "Ann says so.", written)
    column = written.index('"') + 2
    assert told_by(talk) == ([f"{ANN}:10:{column}: error: {said}"] if said else [])


PAIRED = "; a quotation stands between two straight ones, or between “ and ”, in one paragraph"
STRAY = f"without its other{PAIRED}"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('She says "…".', ["there is nothing between these quotation marks; put words of the source between them, or delete them"]),
        ('She says "" (¶2).', ["there is nothing between these quotation marks; put words of the source between them, or delete them"]),
        ('She says "black pudding for ever.', [f'a quotation mark " {STRAY}']),
        ("She says black pudding for ever” (¶2).", [f"a quotation mark ” {STRAY}"]),
        ("She says “black\n\npudding for ever” (¶2).", [f"a quotation mark “ {STRAY}", f"a quotation mark ” {STRAY}"]),
        ("She says &quot;black pudding&quot;.", [f'a quotation mark " {STRAY}'] * 2),
        ('She says \\"black pudding\\".', [f'a quotation mark " {STRAY}'] * 2),
        ("She says „schwarzer Tee“.", [f"quotation marks „ and “{PAIRED}"]),
        ("She says «thé noir».", [f"quotation marks « and »{PAIRED}"]),
        ("She says «thé noir.", [f"a quotation mark « {STRAY}"]),
        ("She says “it wakes “her” gently”.", [f"a quotation mark “ {STRAY}", f"a quotation mark ” {STRAY}"]),
        ('She says `print("black pudding")`.', []),
        ('She says so:\n\n```\nblack "pudding"\n```', []),
        ("She says so:\n\n```\nbecause it wakes her gently, and never takes sugar\n```", [f"9 words in a row as in ¶2 of 'talk': '{COPIED}'; {OWN}"]),
    ],
)
def test_nothing_looks_like_a_quotation_and_is_none(talk: Path, written: str, said: list[str]) -> None:
    """What a reader would take for a quotation is one, or a problem; in code, marks are marks, but words are still words."""
    edit(talk / ANN, "Ann says so.", written)
    assert sorted(line.partition(" error: ")[2] for line in told_by(talk)) == sorted(said)


@pytest.mark.parametrize(
    "written",
    [
        "'wakes her gently' (¶2)",
        "‘wakes her gently’ (¶2)",
        "''wakes her gently'' (¶2)",
        "``wakes her gently'' (¶2)",
        "‹wakes her gently.›(¶2)",
    ],
)
def test_a_quotation_between_single_marks_is_told(talk: Path, written: str) -> None:
    """It would not be held against its source."""
    edit(talk / ANN, "Ann says so.", f"It isn't hers: {written}.")
    (told,) = told_by(talk)
    assert "error: single marks around what stands in ¶2; " in told


@pytest.mark.parametrize(
    "written", ["It is the drinkers' (¶2).", "Ann's is Ben's (¶2), 'tis said.", "`'wakes her gently' (¶2)`", "She is 'awake', says she (¶2)."]
)
def test_single_marks_that_quote_nothing_are_not_told(talk: Path, written: str) -> None:
    edit(talk / ANN, "Ann says so.", written)
    assert told_by(talk) == []


@pytest.mark.parametrize("slip", [("short: The talk\n", ""), ("kind: prompt", "kind: promt"), ("order: 1\n", "order: one\n"), ("genre: Talk", 'genre: "Talk')])
def test_a_slip_in_a_source_is_told_alone(talk: Path, slip: tuple[str, str]) -> None:
    """What rests on a source that could not be read is not looked up."""
    edit(talk / ANN, "Ann says so.", 'She calls it "wakes her gently" and "cocoa".')
    edit(talk / "content/sources/talk.md", *slip)
    told = told_by(talk)
    assert told
    assert {line.partition(":")[0] for line in told} == {"content/sources/talk.md"}


def test_a_slip_in_a_claim_is_told_alone(talk: Path) -> None:
    (talk / "content/agreements").mkdir()
    (talk / "content/agreements/both.md").write_text(
        '---\ntitle: Both drink "coffee"\norder: 1\nclaims: ["breakfast/ann#tea", "breakfast/ben#coffee"]\n---\n\nBoth do.\n', encoding="utf-8"
    )
    edit(talk / "content/answers/breakfast/ben.md", "kind=recommends", "kind=recomends")
    assert len(told_by(talk)) == 1


def test_a_long_quotation_is_told_quickly_and_once(talk: Path) -> None:
    edit(talk / ANN, "Ann says so.", f'"{"tea and sugar " * 2999}tea and sugar"')
    assert told_by(talk) == [f"{ANN}:10:2: error: a quotation of 9000 words; at most 12 are quoted, say the rest in your own words"]


def test_a_quotation_is_no_whole_sentence(talk: Path) -> None:
    edit(talk / "content/answers/breakfast/ben.md", "Ben says so.", 'Ben says: "Coffee is all."')
    assert told_by(talk) == [
        "content/answers/breakfast/ben.md:10:12: error: “Coffee is all.” is all of ¶3; a quotation is a part of a sentence, say the rest in your own words"
    ]


def test_quotations_outside_of_claims_are_held_to_what_they_rest_on(talk: Path) -> None:
    """A field rests on the paragraphs it names, a finding on those of its claims, free prose on any source."""
    edit(talk / ANN, "summary: Tea.", "summary: 'Tea, or \"coffee\".'")
    (talk / "content/agreements").mkdir()
    (talk / "content/agreements/both.md").write_text(
        '---\ntitle: Both drink\norder: 1\nclaims: ["breakfast/ann#tea", "breakfast/ben#coffee"]\ncaution: One of them "when you get up".\n---\n\n'
        'Both say what they drink: "tea", "coffee".\n',
        encoding="utf-8",
    )
    (talk / "content/pages").mkdir()
    (talk / "content/pages/about.md").write_text(
        '---\ntitle: About\nshort: About\norder: 1\n---\n\n"When you get up" and "coffee", but no\n"cocoa".\n', encoding="utf-8"
    )
    assert told_by(talk) == [
        "content/agreements/both.md:5:23: error: “when you get up” does not stand in ¶2–3, but in ¶1 (prompt)",
        f"{ANN}:3:20: error: “coffee” does not stand in ¶2, but in ¶3 (testimony of 'ben' on 'breakfast')",
        "content/pages/about.md:8:2: error: “cocoa” does not stand in 'talk'; quote word for word, or leave out the quotation marks",
    ]


def test_without_a_fingerprint_a_quotation_is_not_verified(smallest: Path) -> None:
    edit(smallest / ANN, "Ann says so.", 'Ann says "so".')
    assert told_by(smallest) == [
        "content/sources/talk.md:2:1: warning: its quotations are not verified; make its fingerprint: python build.py fingerprint TEXT --source talk"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        (ANN, "Ann says so.", f"Ann says so,\n{COPIED}.", "11:1"),
        (ANN, "## Tea", f"## Had {COPIED}", "8:8"),
        (ANN, "summary: Tea.", f"summary: >-\n  Tea is had\n  {COPIED}.", "5:3"),
        (ANN, "paragraphs=2}", f'paragraphs=2 condition="{COPIED}"}}', "7:61"),
        ("content/themes/drinks.md", "summary: ", f"summary: {COPIED} ", "4:10"),
    ],
)
def test_words_of_the_source_are_no_words_of_ours(talk: Path, file: str, old: str, new: str, place: str) -> None:
    edit(talk / file, old, new)
    said = f"9 words in a row as in ¶2 of 'talk': '{COPIED}'; {OWN}"
    assert f"{file}:{place}: error: {said}" in told_by(talk)


def test_seven_words_may_be_the_same(talk: Path) -> None:
    edit(talk / ANN, "Ann says so.", 'Tea it is because it wakes her gently and never "takes sugar in it" again.')
    assert told_by(talk) == []


def test_the_title_and_address_of_a_source_are_its_own(talk: Path) -> None:
    edit(talk / "content/sources/talk.md", "A talk over breakfast", COPIED)
    edit(talk / "content/sources/talk.md", "https://talk.example/", f"https://talk.example/{COPIED.replace(' ', '-')}")
    assert told_by(talk) == []


# The command.


def test_the_command_says_what_it_wrote(talk: Path) -> None:
    done = command("fingerprint", talk.parent / "talk.txt", "--source", "talk", "--root", talk)
    assert done.stdout == f"{talk / 'content/sources/talk.fingerprint'}: 3 paragraphs, 32 words\n"
    assert not [path for path in (talk / "content/sources").iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    ("text", "change", "said"),
    [
        ("One.\nTwo.\n", "", "talk.txt:1:1: error: has 2 paragraphs (lines that are not empty), and the ranges in content/sources/talk.md end at ¶3"),
        (
            TALK,
            "repairs: [{paragraph: 2, written: Anndrinks, meant: Ann drinks}]\n",
            "content/sources/talk.md:12:35: error: 'Anndrinks' does not stand in ¶2 of the text",
        ),
        (TALK, "joined: [2-9]\n", "content/sources/talk.md:12:10: error: 'joined' must name runs of two paragraphs or more, as in 43-44, up to ¶3"),
        (TALK, "joined: [2-3]\n", "content/sources/talk.md:12:10: error: ¶2–3 are of different ranges; only paragraphs that are one sentence are joined"),
        (TALK, "repairs: [{paragraph: 4, written: a, meant: b}]\n", "content/sources/talk.md:12:23: error: no ¶4; the paragraphs end at ¶3"),
        (TALK, "repair: []\n", "content/sources/talk.md:12:1: error: unknown field 'repair'; did you mean 'repairs'?"),
    ],
)
def test_the_command_tells_what_does_not_fit(smallest: Path, text: str, change: str, said: str) -> None:
    (smallest.parent / "talk.txt").write_text(text, encoding="utf-8")
    edit(smallest / "content/sources/talk.md", "ranges:", f"{change}ranges:")
    done = command("fingerprint", smallest.parent / "talk.txt", "--source", "talk", "--root", smallest)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.endswith("1 error\n")
    assert not (smallest / "content/sources/talk.fingerprint").exists()


def test_the_command_knows_the_sources(smallest: Path) -> None:
    (smallest.parent / "talk.txt").write_text(TALK, encoding="utf-8")
    done = command("fingerprint", smallest.parent / "talk.txt", "--source", "tlak", "--root", smallest)
    assert (done.returncode, done.stderr) == (1, "content/sources:1:1: error: no source 'tlak'; did you mean 'talk'?\n1 error\n")


def test_a_fingerprint_belongs_to_its_source_as_it_is_now(talk: Path) -> None:
    fingerprint = talk / "content/sources/talk.fingerprint"
    again = "make it again: python build.py fingerprint TEXT --source talk"
    edit(talk / "content/sources/talk.md", "ranges:", "repairs: [{paragraph: 2, written: Ann, meant: Anne}]\nranges:")
    shown = "content/sources/talk.fingerprint:1:1: error:"
    assert told_by(talk) == [f"{shown} 'repairs' or 'joined' in content/sources/talk.md have changed since it was made; {again}"]
    edit(talk / "content/sources/talk.md", "repairs: [{paragraph: 2, written: Ann, meant: Anne}]\n", "")
    whole = fingerprint.read_text(encoding="utf-8")
    for damaged in (whole[:200], whole[:200] + ("A" if whole[200] != "A" else "B") + whole[201:]):
        fingerprint.write_text(damaged, encoding="utf-8")
        assert told_by(talk) == [f"{shown} this is no fingerprint of 'talk', or it is damaged; {again}"]
    fingerprint.write_text(whole, encoding="utf-8")
    edit(talk / "content/sources/talk.md", "paragraphs: 3,", "paragraphs: 3-4,")
    way_out = f"correct the ranges, or if the text is another now, {again}"
    assert f"content/sources/talk.md:15:18: error: the ranges end at ¶4, and the fingerprint is of a text with 3 paragraphs; {way_out}" in told_by(talk)
    fingerprint.rename(fingerprint.with_name("tlak.fingerprint"))
    assert any(told.startswith("content/sources/tlak.fingerprint:1:1: error: no source 'tlak'; if that is 'talk' now") for told in told_by(talk))


# On the page.


def test_a_verified_quotation_says_so_and_leads_to_the_passage(talk: Path) -> None:
    edit(talk / ANN, "Ann says so.", 'Ann says it "wakes her gently, and".')
    page = built(talk)["answers/breakfast/ann.html"].decode()
    assert 'href="https://talk.example/#:~:text=wakes%20her%20gently%2C%20and" rel="external"' in page
    assert "✓ ¶2" in page
    assert "paragraph 2; found there word for word, leads to the passage" in page


def test_a_quotation_from_a_source_that_is_not_on_the_web_leads_nowhere(talk: Path) -> None:
    edit(talk / ANN, "Ann says so.", 'Ann says it "wakes her gently, and".')
    edit(talk / "content/sources/talk.md", "address: https://talk.example/", 'address: ""')
    site = built(talk)
    page = site["answers/breakfast/ann.html"].decode()
    assert "✓ ¶2" in page
    assert "paragraph 2; found there word for word<" in page
    assert "talk.example" not in page + site["sources/talk.html"].decode()
    assert "Read it at" not in site["sources/talk.html"].decode()
    assert "Not on the web" in site["sources/talk.html"].decode()
    assert json.loads(site["data/explainer.json"])["sources"][0]["address"] == ""


def test_a_quotation_that_is_not_verified_does_not_say_so(smallest: Path) -> None:
    edit(smallest / ANN, "Ann says so.", 'Ann says it "wakes her gently" (¶2).')
    page = built(smallest)["answers/breakfast/ann.html"].decode()
    assert "“wakes her gently” (¶2)" in page
    assert "✓" not in page


def test_the_data_says_which_are_verified(talk: Path) -> None:
    edit(talk / ANN, "Ann says so.", 'Ann says it "wakes her gently".')
    data = json.loads(built(talk)["data/explainer.json"])
    quoted = {"text": "wakes her gently", "verified": True}
    assert data["claims"][0]["quotations"] == [{"text": "wakes her gently", "paragraph": 2, "verified": True}]
    assert data["quotations"] == [{"id": "answers/breakfast/ann.md:1", "url": "answers/breakfast/ann.html", **quoted, "source": "talk", "paragraphs": [2]}]


@pytest.mark.parametrize(
    ("address", "text", "whole"),
    [
        ("https://a.example/b", "mid- and long-term", "https://a.example/b#:~:text=mid%2D%20and%20long%2Dterm"),
        ("https://a.example/#part", "a & b, c", "https://a.example/#part:~:text=a%20%26%20b%2C%20c"),
    ],
)
def test_the_address_of_a_passage(address: str, text: str, whole: str) -> None:
    assert fragment(address, text) == whole

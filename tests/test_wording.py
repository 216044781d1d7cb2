"""Our wording against the text of its sources: what is surer is told, what is not is left in peace, and exceptions answer."""

from pathlib import Path

import pytest

from explainer.wording import by_paragraph, sentences, surer
from tests.helpers import command, edit, files_in

TEXT = """\
The harbor has silted up for thirty years, and the city has paid for dredging twice.
If the ferry line closes, the islanders might be able to share the pilots’ boat in summer.
A second bridge is likely to draw traffic away from the old town, although there was no count.
The council will vote in spring, and the mayor will sign whatever it decides.
Shopkeepers should keep a reserve, since the works could last longer than the contract says.
It is unlikely that the state pays for the lighthouse.
Some fishermen oppose the quay, and the union appears divided.
By 1990 the cannery employed half of the town; today it must import its fish.
Cheap rents may attract painters, according to Dr. Q. Stone, and potentially a school.
"""
"""A source, one sentence a paragraph."""


def told(ours: str, *paragraphs: int) -> list[str]:
    """What is told of a sentence of ours that rests on these paragraphs."""
    there = by_paragraph(tuple(((n,), line) for n, line in enumerate(TEXT.splitlines(), 1)))
    return [found.message for found in surer(ours, [passage for number in paragraphs for passage in there[number]])]


HONEST = [
    ("The harbor has silted up and was dredged twice", (1,)),
    ("Islanders might share the pilots’ boat if the ferry stops", (2,)),
    ("Without the ferry, the pilots’ boat could be shared, Ann says", (2,)),
    ("A second bridge will probably take traffic from the old town", (3,)),
    ("That a second bridge draws traffic away is likely, Ann says", (3,)),
    ("A second bridge may draw traffic away", (3,)),
    ("The council is to vote in spring; the mayor follows", (4,)),
    ("The council will vote in spring", (4,)),
    ("The mayor is expected to sign", (4,)),
    ("Shopkeepers are advised to keep a reserve, as the works could take longer", (5,)),
    ("The state is unlikely to pay for the lighthouse", (6,)),
    ("The state probably does not pay", (6,)),
    ("Some fishermen are against the quay, and the union seems divided", (7,)),
    ("The cannery has to import fish now", (8,)),
    ("Painters “may” come for cheap rents", (9,)),
    ("The mayor “will sign” what is decided, as the works “could last”", (4, 5)),
    ("The cannery once employed half of the town", (2, 8)),
    ("The harbor silts up, and the islanders could share a boat", (1, 2)),
]


@pytest.mark.parametrize(("ours", "paragraphs"), HONEST)
def test_honest_wording_is_left_in_peace(ours: str, paragraphs: tuple[int, ...]) -> None:
    for _, sentence in sentences(ours):
        assert told(sentence, *paragraphs) == []


SURER = [
    ("Islanders can share the pilots’ boat if the ferry stops", (2,), "states plainly what ¶2 says with 'might'"),
    ("Islanders will share the pilots’ boat", (2,), "states plainly what ¶2 says with 'might'"),
    ("Islanders will share the pilots’ boat", (2,), "says 'will', and no word in ¶2 is as strong"),
    ("The pilots’ boat is likely to be shared in summer", (2,), "says with 'likely' what ¶2 says with 'might'"),
    ("A second bridge draws traffic away from the old town", (3,), "states plainly what ¶3 says with 'likely'"),
    ("A second bridge will likely take all traffic", (3,), "says 'all', and no word in ¶3 is as strong"),
    ("The council must vote in spring", (4,), "says 'must', and no word in ¶4 is as strong"),
    ("Shopkeepers must keep a reserve, as the works could last", (5,), "says 'must', and no word in ¶5 is as strong"),
    ("The state does not pay for the lighthouse", (6,), "states plainly what ¶6 says with 'unlikely'"),
    ("The state will never pay for the lighthouse", (6,), "says 'never', and no word in ¶6 is as strong"),
    ("All fishermen oppose the quay, and the union seems divided", (7,), "says 'all', and no word in ¶7 is as strong"),
    ("The union is divided over the quay", (7,), "states plainly what ¶7 says with 'appears'"),
    ("The harbor is silting up, which is inevitable", (1,), "says 'inevitable', and no word in ¶1 is as strong"),
    ("Cheap rents attract painters", (1, 4, 9), "states plainly what ¶9 says with 'may', 'potentially'"),
    ("The second bridge takes traffic from the old town", (1, 3, 8), "states plainly what ¶3 says with 'likely'"),
    ("Painters will come for cheap rents, and possibly a school", (1, 9), "says 'will', and no word in ¶1, 9 is as strong"),
]


@pytest.mark.parametrize(("ours", "paragraphs", "expected"), SURER)
def test_surer_wording_is_told(ours: str, paragraphs: tuple[int, ...], expected: str) -> None:
    assert [message.partition("” ")[2] for message in told(ours, *paragraphs)].count(expected) == 1


def test_a_hedge_covers_its_whole_sentence() -> None:
    """The price of counting words: a plain part beside a hedge is told, and a hedge beside a plain part excuses it."""
    assert told("Some fishermen are against the quay", 7)
    assert told("Fishermen oppose the quay, so the union is divided, perhaps", 7) == []


def test_what_shares_no_word_is_held_against_all_paragraphs() -> None:
    assert told("Owls get prettier every night", 2, 6) == [
        "“Owls get prettier every night” states plainly what ¶2 says with 'might', ¶6 says with 'unlikely'",
        "“Owls get prettier every night” says 'every', and no word in ¶2, 6 is as strong",
    ]
    assert told("Hills get pretty", 1, 2) == []


def test_a_level_that_a_paragraph_named_has_is_not_told() -> None:
    """Whatever its sentence is about: a text is not taken to pieces."""
    assert told("Shopkeepers will keep a reserve as the works could last", 5)
    assert told("Shopkeepers will keep a reserve as the works could last", 4, 5) == []


def test_a_sentence_over_several_paragraphs_is_one() -> None:
    there = by_paragraph((((1, 2), "The works may last longer than the contract says."), ((3,), "Work goes on.")))
    assert there[1] == there[2]
    assert [found.message for found in surer("The works last longer", there[2])] == ["“The works last longer” states plainly what ¶1–2 says with 'may'"]


def test_a_paragraph_of_several_sentences_is_taken_to_pieces() -> None:
    """Or one *may* would excuse, or accuse, all of it."""
    there = by_paragraph((((1,), "The bridge stands. The quay may fall. The mayor, Dr. Q. Stone, sleeps."),))
    assert len(there[1]) == 3
    assert list(surer("The bridge is standing", there[1])) == []
    assert list(surer("The quay is falling", there[1])) != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One two three. Four five six.", ["One two three.", "Four five six."]),
        ("One two three; four five six: seven eight nine", ["One two three", "four five six", "seven eight nine"]),
        ("No: one two three", ["one two three"]),
        ("Mr. J. R. Stone says so.", ["Mr. J. R. Stone says so."]),
        ("It was “two words.” The rest follows.", ["It was “two words.”", "The rest follows."]),
        ("In the U.S. one may.\nTwo three four.", ["In the U.S. one may.", "Two three four."]),
        ("One two", []),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [sentence for _, sentence in sentences(text)] == expected
    assert all(text[start:].startswith(sentence) for start, sentence in sentences(text))


TALK = """\
Tea or coffee?
Tea may be better for the nerves, and it could well be cheaper.
Coffee wakes.
"""


@pytest.fixture
def talk(smallest: Path) -> Path:
    """The smallest project with a source that hedges, its fingerprint made, and its text beside it."""
    (smallest / "talk.txt").write_text(TALK, encoding="utf-8")
    edit(smallest / "content/answers/breakfast/ann.md", "summary: Tea.", "summary: Tea is better for the nerves.")
    edit(smallest / "content/answers/breakfast/ann.md", "Ann says so.", "Ann says that tea may be better.\nTea is always cheaper too; it could be.")
    edit(smallest / "content/answers/breakfast/ann.md", "## Tea", "## Tea might be better")
    assert command("fingerprint", smallest / "talk.txt", "--source", "talk", "--root", smallest).returncode == 0
    return smallest


def check(project: Path, *arguments: str | Path) -> tuple[int, list[str]]:
    """The exit code of `check` with the text, and the problems and notes it told."""
    done = command("check", "--root", project, "--source-text", project / "talk.txt", *arguments)
    assert "Traceback" not in done.stderr
    return done.returncode, [line for line in done.stderr.splitlines() if not line.startswith("    ")]


TOLD = [
    "content/answers/breakfast/ann.md:3:10: warning: “Tea is better for the nerves.” states plainly what ¶2 says with 'may', 'could'; "
    "say it as the source does, or list the sentence under 'exceptions' with the reason",
    "content/answers/breakfast/ann.md:11:1: warning: “Tea is always cheaper too” states plainly what ¶2 says with 'may', 'could'; "
    "say it as the source does, or list the sentence under 'exceptions' with the reason",
    "content/answers/breakfast/ann.md:11:8: warning: “Tea is always cheaper too” says 'always', and no word in ¶2 is as strong; "
    "say it as the source does, or list the sentence under 'exceptions' with the reason",
]


def test_surer_wording_is_told_at_its_place(talk: Path) -> None:
    before = files_in(talk)
    assert check(talk) == (0, [*TOLD, "3 warnings"])
    assert files_in(talk) == before


def test_no_sentence_of_the_source_is_told(talk: Path) -> None:
    assert not any("cheaper, and" in line or "nerves, and" in line or "well be" in line for line in check(talk)[1])


@pytest.mark.parametrize(
    "written", ['Tea will "likely" be drunk.', 'Tea will "most likely" hold.', 'Tea is "almost" certain.', 'Tea must "be" drunk by "all".']
)
def test_a_quotation_may_cut_through_what_is_strong(talk: Path, written: str) -> None:
    """Words of certainty are counted over the sentence as a whole; a phrase that is half quoted is not ours."""
    edit(talk / "content/answers/breakfast/ann.md", "Ann says that tea may be better.", written)
    check(talk)


def test_strict_counts_it(talk: Path) -> None:
    code, lines = check(talk, "--strict")
    assert (code, lines[:3]) == (1, TOLD)


def test_without_a_text_nothing_is_compared(talk: Path) -> None:
    for arguments in (["check", "--strict"], ["--strict"]):
        done = command(*arguments, "--root", talk)
        assert (done.returncode, done.stderr) == (0, "")


EXCEPTIONS = """\
exceptions:
  - sentences: [Tea is better for the nerves., Tea is always cheaper too]
    because: Ann said so with conviction.
"""


def except_(project: Path, text: str) -> None:
    edit(project / "content/answers/breakfast/ann.md", "source: talk\n", f"source: talk\n{text}")


def test_an_exception_answers(talk: Path) -> None:
    except_(talk, EXCEPTIONS)
    assert check(talk, "--strict") == (0, [])


def test_an_exception_is_for_its_sentence_as_it_stands(talk: Path) -> None:
    except_(talk, EXCEPTIONS.replace(", Tea is always cheaper too", ""))
    assert len(check(talk)[1]) == 3
    edit(talk / "content/answers/breakfast/ann.md", "summary: Tea is better", "summary: Tea is much better")
    told = check(talk)[1]
    assert [line for line in told if "“Tea is much better for the nerves.” states plainly" in line]
    assert "content/answers/breakfast/ann.md:4:17: warning: no sentence of this file needs this exception any more; delete it" in told


def test_an_idle_exception_is_told_only_by_this_check(talk: Path) -> None:
    except_(talk, EXCEPTIONS)
    edit(talk / "content/answers/breakfast/ann.md", "summary: Tea is", "summary: Tea may be")
    idle = "content/answers/breakfast/ann.md:4:17: warning: no sentence of this file needs this exception any more; delete it"
    assert check(talk) == (0, [idle, "1 warning"])
    assert command("check", "--strict", "--root", talk).stderr == ""


def test_an_exception_names_a_sentence(talk: Path) -> None:
    """In every build, with texts or without."""
    except_(talk, EXCEPTIONS.replace("[Tea is better for the nerves., Tea is always cheaper too]", "[]"))
    problem = "content/answers/breakfast/ann.md:4:16: error: 'sentences' needs 1 or more, and has 0"
    arguments: tuple[str | Path, ...]
    for arguments in ((), ("--source-text", talk / "talk.txt")):
        done = command("check", "--root", talk, *arguments)
        assert (done.returncode, [line for line in done.stderr.splitlines() if "error: " in line]) == (1, [problem])


def test_an_exception_says_why(talk: Path) -> None:
    except_(talk, "exceptions:\n  - sentences: [Tea.]\n")
    assert any("'because' is missing" in line for line in check(talk)[1])


def test_stances_sides_and_what_is_known_are_compared(talk: Path) -> None:
    edit(
        talk / "content/questions/breakfast.md",
        "paragraphs: 1\n",
        "paragraphs: 1\nscales:\n  - {id: strength, title: How strong, steps: [Weak, Middling, Strong]}\n",
    )
    except_(
        talk,
        "stances:\n  - {scale: strength, step: 1, because: Tea is good for the nerves., paragraphs: 2, "
        "or: {step: 2, because: Tea is cheaper., paragraphs: 2}}\n",
    )
    edit(talk / "content/answers/breakfast/ben.md", "paragraphs: 3\n", "paragraphs: 3\nsilent: [strength]\n")
    edit(talk / "content/experts/ann.md", "order: 1\n", "order: 1\nknown:\n  - {text: Ann has good nerves., source: talk, paragraphs: 2}\n")
    folder = talk / "content/disagreements"
    folder.mkdir()
    (folder / "cup.md").write_text(
        "---\ntitle: Which cup?\norder: 1\ntype: object\nsides:\n  - {holds: Tea is better., claims: [breakfast/ann#tea]}\n"
        "  - {holds: Coffee is better., claims: [breakfast/ben#coffee]}\nboth_right: Yes.\n---\n\nThey differ.\n",
        encoding="utf-8",
    )
    lines = check(talk)[1]
    for place in ("ann.md:4:41: warning: “Tea is good", "ann.md:4:108: warning: “Tea is cheaper", "ann.md:7:12: warning", "cup.md:6:13: warning"):
        assert sum(place in line for line in lines) == 1, (place, lines)
    edit(talk / "content/experts/ann.md", "order: 1\n", "order: 1\nexceptions: [{sentences: [Ann has good nerves.], because: She said so.}]\n")
    edit(folder / "cup.md", "both_right:", "exceptions: [{sentences: [Tea is better.], because: She said so.}]\nboth_right:")
    except_(talk, "exceptions: [{sentences: [Tea is good for the nerves., Tea is cheaper.], because: She said so.}]\n")
    assert check(talk)[1] == [line.replace(".md:3:", ".md:6:").replace(".md:11:", ".md:14:") for line in [*TOLD, "3 warnings"]]


def test_a_text_of_no_source_is_a_problem(talk: Path) -> None:
    (talk / "talk.txt").write_text(TALK.replace("nerves", "mind"), encoding="utf-8")
    code, lines = check(talk)
    assert code == 1
    assert lines[1:] == [
        f"{talk / 'talk.txt'}:1:1: error: no source has the fingerprint of this text; "
        "if a source's text has changed, make its fingerprint again: python build.py fingerprint TEXT --source SLUG",
        "1 error",
    ]


def test_a_text_of_a_source_without_fingerprint_is_a_problem(talk: Path) -> None:
    (talk / "content/sources/talk.fingerprint").unlink()
    code, lines = check(talk)
    assert code == 1
    assert lines[1] == (
        f"{talk / 'talk.txt'}:1:1: error: no source has the fingerprint of this text; "
        f"'talk' has none yet, so if it is of that one: python build.py fingerprint {talk / 'talk.txt'} --source talk"
    )


def test_a_source_whose_text_is_not_given_is_named(talk: Path) -> None:
    """What rests on it is not compared; its exceptions are not idle."""
    other = (talk / "content/sources/talk.md").read_text(encoding="utf-8").partition("ranges:")[0].replace("order: 1", "order: 2")
    (talk / "content/sources/rumor.md").write_text(f"{other}ranges:\n  - {{paragraphs: 1, kind: background}}\n---\n", encoding="utf-8")
    edit(
        talk / "content/experts/ann.md",
        "order: 1\n",
        "order: 1\nknown: [{text: Ann must drink., source: rumor, paragraphs: 1}]\nexceptions: [{sentences: [Ann must drink.], because: She said so.}]\n",
    )
    assert check(talk)[1] == ["content/sources/rumor.md: wording not compared; no --source-text has its text", *TOLD, "3 warnings"]


def test_a_text_that_is_not_there_is_a_wrong_command_line(talk: Path) -> None:
    done = command("check", "--root", talk, "--source-text", talk / "no.txt")
    assert (done.returncode, done.stdout) == (2, "")


def test_a_text_that_cannot_be_read_is_a_problem(talk: Path) -> None:
    (talk / "talk.txt").write_bytes(b"Tea \xff")
    code, lines = check(talk)
    assert code == 1
    assert f"{talk / 'talk.txt'}:1:5: error: not UTF-8" in lines[1]

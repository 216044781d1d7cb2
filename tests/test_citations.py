"""A citation says whose the view is, whose the words are, and what neither of us knows; each format holds that without a slip of its own."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from explainer.citations import Citations, Entry, Name, citation_files, key, to_bibtex, to_csl, to_ris
from explainer.config import Config
from explainer.content import link_up
from explainer.frontmatter import read_yaml
from explainer.model import Claim, Library
from explainer.schema import SiteFields, validate
from explainer.words import Words, read_words
from tests.helpers import ROOT, built, documents, edit, make_project, told_by

ROUND = """---
title: 'Will "R&D" move {{Seoul}}? 100% of #1 says_so'
short: The round
publisher: Linden & Sons
address: https://round.example/a_b?x=1&y=%20#z
date: early 2025
date_basis: It says so.
authors: [{authors}]
genre: Round
trust: Signed.
order: 1
{convenor}
ranges:
  - {{paragraphs: 1, kind: prompt, question: jobs}}
  - {{paragraphs: 2-4, kind: testimony, expert: ada, question: jobs}}
  - {{paragraphs: 5-9, kind: testimony, expert: kim, question: jobs}}
  - {{paragraphs: 10-11, kind: background}}
---

{{#setting kind=describes themes=work paragraphs=10}}
## The setting is told by nobody

It is.
"""
LEAFLET = """---
title: Your "garden" and you
short: The leaflet
publisher: unknown
address: https://leaflet.example/
date: unknown
date_basis: It bears none.
authors: [{authors}]
genre: Leaflet
trust: Low.
order: 2
ranges:
  - {{paragraphs: 1-3, kind: background}}
---

{{#lawn kind=reports whose="gardeners, none of them named" themes=work paragraphs="1, 3"}}
## Begin with a lawn

So it says.
"""
ADA = """---
source: round
summary: Ada says so.
paragraphs: 2
---

{#hard kind=predicts themes=work paragraphs="2-3" condition="if the council's vote fails"}
## Seoul will "play hardball"

It will "play hardball" (¶2), Ada says.

{#others kind=reports whose="the council, as Ada tells it" themes=work paragraphs=4}
## 서울 & {braces} are 100% fine

Ada says so.
"""
KIM = """---
source: round
summary: Kim says so.
paragraphs: 5-9
---

{#plain kind=describes themes=work paragraphs="5-7, 9"}
## Work is plain

Kim says so.
"""
SITE = "title: Two & two\ndescription: x\nas_of: x\nas_of_note: x\nlicense: CC0\nlicense_address: https://license.example/\nnavigation: []\n"
SIGNED = "Ada M. Quill, Kim Min-ji"
ROUND_TITLE = "Will “R&D” move {Seoul}? 100% of #1 says_so"


def library(authors: str = SIGNED, convenor: str = "convenor: Bo Marsh", leaflet_authors: str = "") -> Library:
    """Two experts on one question in one source, and a leaflet."""
    person = "---\nname: {}\nshort: {}\ninitials: {}\norder: {}\n---\n"
    files = {
        "sources__round": ROUND.format(authors=authors, convenor=convenor),
        "sources__leaflet": LEAFLET.format(authors=leaflet_authors),
        "experts__ada": person.format("Ada Quill", "Quill", "AQ", 1),
        "experts__kim": person.format("Kim Min-ji", "Kim", "KM", 2),
        "questions__jobs": "---\ntitle: Jobs?\nshort: Jobs\norder: 1\nsource: round\nparagraphs: 1\n---\n",
        "themes__work": "---\ntitle: Work\norder: 1\nsummary: Work.\n---\n",
        "answers__jobs__ada": ADA,
        "answers__jobs__kim": KIM,
    }
    made, problems = link_up(documents(**files))
    assert [problem for problem in problems if problem.severity == "error"] == []
    return made


def citations(base_url: str = "", more: str = "") -> Citations:
    """How a site that says no more of itself than it must is cited."""
    document, _ = read_yaml("site.yaml", SITE + more)
    fields, problems = validate(SiteFields, document, document.fields)
    assert fields, problems
    config = Config(fields, document, base_url)
    return Citations(config, english(config))


def english(config: Config) -> Words:
    return read_words(ROOT, "en", config.document)


def claim(made: Library, name: str) -> Claim:
    return next(noun for noun in (*made.claims, *made.background) if noun.id == name)


def note(made: Library, name: str, base_url: str = "", more: str = "") -> str:
    """A claim's note as a reader copies it."""
    return "".join(piece.text for piece in citations(base_url, more).note(claim(made, name)))


ROUND_CITED = "Will ‘R&D’ move {Seoul}? 100% of #1 says_so”, convened by Bo Marsh, Linden & Sons, early 2025, "
ROUND_URL = "https://round.example/a_b?x=1&y=%20#z"


def test_a_condition_is_part_of_what_is_cited() -> None:
    """And quotation marks in a headline stay, as single ones, since they quote the source."""
    assert note(library(), "hard") == (
        f"Ada Quill, as summarized in “Seoul will ‘play hardball’ (if the council’s vote fails)”, Two & two; after Ada Quill in “{ROUND_CITED}¶2–3, {ROUND_URL}"
    )


def test_a_reported_view_is_said_to_be_reported_and_whose() -> None:
    assert note(library(), "others").startswith(
        "Ada Quill, reporting another’s view (the council, as Ada tells it), as summarized in “서울 & {braces} are 100% fine”, Two & two; after Ada Quill in “"
    )


def test_background_has_no_author() -> None:
    """Neither has a date or a publisher that nobody knows."""
    assert note(library(), "lawn") == (
        "Unsigned text, reporting another’s view (gardeners, none of them named), as summarized in “Begin with a lawn”, Two & two; "
        "after “Your ‘garden’ and you”, unsigned, date unknown, ¶1, 3, https://leaflet.example/"
    )


def test_background_beside_answers_is_not_by_those_who_answer() -> None:
    """The round is signed by Ada and Kim; what nobody says in it is not theirs."""
    assert note(library(), "setting").startswith("Unsigned text, as summarized in “The setting is told by nobody”, Two & two; after “Will ‘R&D’")


def test_background_in_a_signed_source_is_by_who_signed_it() -> None:
    signed = library(leaflet_authors="Dee Ostler")
    assert note(signed, "lawn").startswith("Dee Ostler, reporting another’s view")
    assert "; after Dee Ostler, “Your ‘garden’ and you”, date unknown, ¶1, 3, " in note(signed, "lawn")


def test_a_source_without_authors_and_convenor_still_has_its_expert() -> None:
    assert note(library(authors="", convenor=""), "plain") == (
        "Kim Min-ji, as summarized in “Work is plain”, Two & two; "
        f"after Kim Min-ji in “Will ‘R&D’ move {{Seoul}}? 100% of #1 says_so”, Linden & Sons, early 2025, ¶5–7, 9, {ROUND_URL}"
    )


def test_an_expert_in_somebody_elses_text_is_not_taken_for_its_author() -> None:
    assert "after Ada Quill in “Will ‘R&D’ move {Seoul}? 100% of #1 says_so”, in a text by Cyd Farrow, convened by" in note(library("Cyd Farrow"), "hard")


def test_the_address_of_a_claim_stands_where_it_is_known() -> None:
    known = note(library(), "hard", "https://site.example/x/", "publisher: Linden Press\n")
    assert "”, Two & two, Linden Press, https://site.example/x/answers/jobs/ada.html#hard; after" in known
    pieces = citations().note(claim(library(), "hard"))
    assert [(piece.kind, piece.text) for piece in pieces if piece.kind != "text"] == [
        ("title", "Two & two"),
        ("address", ""),
        ("title", ROUND_CITED.partition("”")[0]),
    ]
    assert "https://site.example/x/sources/leaflet.html#lawn" in note(library(), "lawn", "https://site.example/x/")


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("early 2025", "2025"),
        ("mid-2024", "2024"),
        ("Spring 2024", "2024"),
        ("March 5, 2024", "2024"),
        ("5 March 2024", "2024"),
        ("2024", "2024"),
        ("2024-03", "2024"),
        ("2024-03-05", "2024"),
        ("before 2024", ""),
        ("2023 or 2024", ""),
        ("2024?", ""),
        ("2024/25", ""),
        ("2024-25", ""),
        ("c. 2024", ""),
        ("unknown", ""),
        ("a Tuesday", ""),
        ("", ""),
    ],
)
def test_a_year_is_taken_from_a_date_only_if_nothing_else_could_be_meant(date: str, year: str) -> None:
    assert citations().year(date) == year


WORDED = "Worded by the site “Two & two” (CC0); words in quotation marks are the source’s"

BIBTEX_HARD = r"""@misc{jobs:ada.hard,
  title = {{Seoul will “play hardball” (if the council’s vote fails)}},
  howpublished = {Two \& two, Linden Press},
  note = {Worded by the site “Two \& two” (CC0); words in quotation marks are the source’s. After Ada Quill in “Will ‘R\&D’ move {\textbraceleft}Seoul{\textbraceright}? 100\% of \#1 says\_so”, convened by Bo Marsh, Linden \& Sons, early 2025, ¶2–3, https://round.example/a\_b?x=1\&y=\%20\#z},
  url = {https://site.example/answers/jobs/ada.html#hard},
}
"""  # noqa: E501  # an entry as it is written
BIBTEX_ADA = r"""@misc{jobs:ada,
  author = {Quill, Ada},
  title = {{Will “R\&D” move {\textbraceleft}Seoul{\textbraceright}? 100\% of \#1 says\_so}},
  howpublished = {Linden \& Sons},
  year = {2025},
  note = {Early 2025. Convened by Bo Marsh, ¶2–4 (paragraphs counted by the non-empty lines of the text). On the date: It says so},
  url = {https://round.example/a_b?x=1&y=%20#z},
}
"""


def test_bibtex() -> None:
    cited = citations("https://site.example/", "publisher: Linden Press\n")
    made = library()
    assert to_bibtex(cited.claim(claim(made, "hard")), "") == BIBTEX_HARD
    assert to_bibtex(cited.contribution(made.answers[0]), "2025") == BIBTEX_ADA


def test_a_name_whose_order_is_not_known_is_not_taken_apart() -> None:
    """`Kim` begins the name; who divided it at the last space would make her Ms Min-ji."""
    entry = citations().contribution(library().answers[1])
    assert entry.authors == (Name("Kim Min-ji"),)
    assert "  author = {{Kim Min-ji}},\n" in to_bibtex(entry, "2025")
    assert to_csl(entry)["author"] == [{"literal": "Kim Min-ji"}]
    assert "AU  - Kim Min-ji\r\n" in to_ris(entry, "2025")


def test_csl_json() -> None:
    made, cited = library(), citations()
    assert to_csl(cited.claim(claim(made, "others"))) == {
        "id": "jobs:ada.others",
        "type": "webpage",
        "title": "서울 & {braces} are 100% fine (whose view: the council, as Ada tells it)",
        "container-title": "Two & two",
        "language": "en",
        "note": f"{WORDED}. After Ada Quill in “{ROUND_CITED}¶4, {ROUND_URL}",
    }
    assert to_csl(cited.contribution(made.answers[0])) == {
        "id": "jobs:ada",
        "type": "webpage",
        "title": ROUND_TITLE,
        "author": [{"family": "Quill", "given": "Ada"}],
        "organizer": [{"literal": "Bo Marsh"}],
        "publisher": "Linden & Sons",
        "issued": {"literal": "early 2025"},
        "URL": ROUND_URL,
        "note": "Convened by Bo Marsh, ¶2–4 (paragraphs counted by the non-empty lines of the text). On the date: It says so",
    }
    assert to_csl(Entry("x", (), "x", "", "", "", "2024-03-05", "", "", ()))["issued"] == {"date-parts": [[2024, 3, 5]]}


def test_what_is_not_on_the_web_is_no_page_of_it() -> None:
    printed = Entry("x", (), "x", "", "", "Linden & Sons", "2024", "", "", ())
    assert to_csl(printed)["type"] == "document"
    assert to_ris(printed, "2024").startswith("TY  - GEN\r\n")
    assert to_csl(printed._replace(container="Two & two"))["type"] == "webpage", "a page of this site, wherever it will stand"


def test_ris() -> None:
    made, cited = library(), citations("https://site.example/")
    assert to_ris(cited.claim(claim(made, "lawn")), "").split("\r\n") == [
        "TY  - ELEC",
        "ID  - leaflet.lawn",
        "TI  - Begin with a lawn (whose view: gardeners, none of them named)",
        "T2  - Two & two",
        "UR  - https://site.example/sources/leaflet.html#lawn",
        "LA  - en",
        f"N1  - {WORDED}",
        "N1  - After “Your ‘garden’ and you”, unsigned, date unknown, ¶1, 3, https://leaflet.example/",
        "ER  - ",
        "",
    ]
    assert to_ris(cited.contribution(made.answers[0]), "2025").split("\r\n") == [
        "TY  - ELEC",
        "ID  - jobs:ada",
        "AU  - Quill, Ada",
        f"TI  - {ROUND_TITLE}",
        "PB  - Linden & Sons",
        "PY  - 2025",
        f"UR  - {ROUND_URL}",
        "N1  - Early 2025",
        "N1  - Convened by Bo Marsh, ¶2–4 (paragraphs counted by the non-empty lines of the text)",
        "N1  - On the date: It says so",
        "ER  - ",
        "",
    ]


def test_keys_are_all_different() -> None:
    """A source and a question, an expert and a claim may share a name."""
    assert [key(reference) for reference in ("a/b#c", "a#b", "a/b", "a")] == ["a:b.c", "a.b", "a:b", "a"]


HOSTILE = 'a{b}c}\\d%e&f#g$h_i~j^k"l\nm@n, and o\r\nER  - '


def test_nothing_in_a_text_ends_an_entry() -> None:
    entry = Entry("x", (Name(HOSTILE),), HOSTILE, HOSTILE, HOSTILE, HOSTILE, "x", "https://x.example/{a}\\b", "en", (HOSTILE,))
    (read,) = read_bibtex(to_bibtex(entry, ""))
    escaped = (
        r"""a{\textbraceleft}b{\textbraceright}c{\textbraceright}{\textbackslash}d\%e\&f\#g\$h\_i{\textasciitilde}j{\textasciicircum}k"l m@n, and o ER -"""
    )
    assert (read["title"], read["author"], read["howpublished"]) == (f"{{{escaped}}}", f"{{{escaped}}}", f"{escaped} , {escaped}")
    assert read["url"] == "https://x.example/%7Ba%7D%5Cb"
    (record,) = read_ris(to_ris(entry, ""))
    assert [tag for tag, _ in record] == ["TY", "ID", "AU", "TI", "T2", "PB", "UR", "LA", "N1", "N1", "ER"]


def read_bibtex(text: str) -> list[dict[str, str]]:
    """Entries as BibTeX reads them: braces count even behind a backslash, and outside of commands nothing stands that LaTeX would take for one."""
    entries = []
    while text.strip():
        head = re.match(r"\s*@misc\{([a-z0-9:.-]+),\n", text)
        assert head, text[:80]
        entry, text = {"key": head[1]}, text[head.end() :]
        while field := re.match(r"  ([a-z]+) = \{", text):
            depth, end = 1, field.end()
            while depth:
                depth += {"{": 1, "}": -1}.get(text[end], 0)
                end += 1
            entry[field[1]], text = text[field.end() : end - 1], text[end:]
            assert text.startswith(",\n")
            text = text[2:]
        assert text.startswith("}\n")
        text = text[2:]
        for name in entry.keys() - {"key", "url"}:
            assert not re.search(r"(?<!\\)[%&#$_~^]", entry[name]), entry[name]
            assert not re.search(r"\\(?![&%$#_]|textbraceleft\}|textbraceright\}|textbackslash\}|textasciitilde\}|textasciicircum\})", entry[name])
        entries.append(entry)
    return entries


def read_ris(text: str) -> list[list[tuple[str, str]]]:
    """Records by the grammar of RIS: from TY to ER, a tag a line, every line ended by carriage return and line feed."""
    records: list[list[tuple[str, str]]] = []
    assert text.endswith("ER  - \r\n")
    for line in text.removesuffix("\r\n").split("\r\n"):
        if line == "":
            assert records[-1][-1][0] == "ER"
            continue
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line)
        assert match, line
        if match[1] == "TY":
            records.append([])
        assert not records[-1] or records[-1][-1][0] != "ER"
        records[-1].append((match[1], match[2]))
    return records


TEXT = {"type": "string"}
NAMES = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "properties": dict.fromkeys(("family", "given", "literal"), TEXT), "additionalProperties": False, "minProperties": 1},
}
CSL_DATA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": TEXT,
            "type": {"enum": ["document", "webpage"]},
            **dict.fromkeys(("author", "organizer"), NAMES),
            **dict.fromkeys(("title", "container-title", "publisher", "URL", "language", "note"), TEXT),
            "issued": {
                "type": "object",
                "properties": {"literal": TEXT, "date-parts": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}, "maxItems": 3}}},
                "additionalProperties": False,
            },
        },
        "required": ["id", "type", "title"],
        "additionalProperties": False,
    },
}
"""What of the schema of CSL-data we may use: https://resource.citationstyles.org/schema/latest/input/json/csl-data.json."""


@pytest.fixture(params=["real", "panel"])
def site(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """The shipped site, and the invented one with its gaps."""
    return dict(request.getfixturevalue(request.param))


def test_every_claim_is_in_every_format_once(site: dict[str, bytes]) -> None:
    """With what it rests on; and those of a page are the same as in the whole."""
    data = json.loads(site["data/explainer.json"])
    claims = [key(item["id"]) for item in data["claims"]]
    rests = {key(item["id"]) for item in data["answers"]} | {key(item["source"]) for item in data["claims"] if not item["expert"]}
    items = json.loads(site["data/citations.json"])
    jsonschema.validate(items, CSL_DATA)
    keys = [item["id"] for item in items]
    assert sorted(keys) == sorted([*claims, *rests])
    assert len(set(keys)) == len(keys)
    assert [entry["key"] for entry in read_bibtex(site["data/citations.bib"].decode())] == keys
    assert [dict(record)["ID"] for record in read_ris(site["data/citations.ris"].decode())] == keys
    parts = [item for name in site if name.startswith("data/citations/") and name.endswith(".json") for item in json.loads(site[name])]
    assert sorted(parts, key=lambda item: str(item["id"])) == sorted(items, key=lambda item: str(item["id"]))


def test_conditions_and_reported_views_are_never_left_behind(site: dict[str, bytes]) -> None:
    data = json.loads(site["data/explainer.json"])
    titles = {item["id"]: item["title"] for item in json.loads(site["data/citations.json"])}
    assert any(item["condition"] for item in data["claims"])
    for item in data["claims"]:
        for said in (item["headline"], item["condition"], item["whose"]):
            assert said is None or said in titles[key(item["id"])]


def test_only_what_an_expert_says_has_an_expert_as_author(site: dict[str, bytes]) -> None:
    answers = {key(item["id"]) for item in json.loads(site["data/explainer.json"])["answers"]}
    assert {item["id"] for item in json.loads(site["data/citations.json"]) if "author" in item} == answers


def test_files_stand_beside_one_another() -> None:
    assert sorted(citation_files(library(), citations())) == sorted(
        f"data/citations{name}.{ending}" for name in ("", "/jobs/ada", "/jobs/kim", "/round", "/leaflet") for ending in ("bib", "json", "ris")
    )


def test_a_claim_is_cited_at_home(panel: dict[str, bytes]) -> None:
    """On its answer's page or its source's, with the files of that page; nowhere else."""
    for name, page in panel.items():
        if name.endswith(".html"):
            text = page.decode()
            at_home = len(re.findall(r'<article class="claim" id="', text))
            assert text.count('class="behind cite-this') == at_home, name
            assert ("copy." in text and "describedby" in text) == bool(at_home), name
    text = panel["sources/leaflet.html"].decode()
    assert 'data-copy="#lawn-first"' in text
    assert '<span data-here="#lawn-first"></span>' in text
    assert 'href="../data/citations/leaflet.bib"' in text


def test_with_a_known_address_that_address_is_copied(smallest: Path) -> None:
    text = built(smallest, "https://site.example/x")["answers/breakfast/ann.html"].decode()
    assert 'data-copy="https://site.example/x/answers/breakfast/ann.html#tea"' in text
    assert "</cite>, https://site.example/x/answers/breakfast/ann.html#tea; after Ann in “<cite>A talk over breakfast</cite>”" in text
    assert "data-here" not in text


def test_an_answers_page_names_no_author_of_its_own(panel: dict[str, bytes]) -> None:
    """A reference manager would take the expert for the author of our words."""
    text = panel["answers/winter/farrow.html"].decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert block
    assert json.loads(block[1]) == {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": "Cyd Farrow: " + json.loads(panel["data/explainer.json"])["questions"][2]["title"],
        "inLanguage": "en",
        "isPartOf": {"@type": "WebSite", "name": "The lot on Linden Street"},
        "about": {"@type": "Person", "name": "Cyd Farrow"},
        "isBasedOn": {
            "@type": "CreativeWork",
            "author": {"@type": "Person", "name": "Cyd Farrow"},
            "isPartOf": {
                "@type": "Article",
                "name": "Four gardeners on the Linden Street lot",
                "author": [{"name": name} for name in ("Ada Quill", "Bo Marsh", "Cyd Farrow", "Dee Ostler")],
                "publisher": {"name": "Linden Parish"},
                "datePublished": "2024",
                "url": "https://parish.example/round",
            },
        },
    }
    names = re.findall(r'<meta name="([^"]+)"', text)
    assert {"dcterms.title", "dcterms.rights"} <= set(names)
    assert not [name for name in names if re.search(r"author|creator|contributor|source|citation_", name, flags=re.IGNORECASE)]


def test_a_title_cannot_end_the_block_of_data(smallest: Path) -> None:
    edit(smallest / "content/sources/talk.md", "title: A talk over breakfast", 'title: "</script><b>&"')
    text = built(smallest)["answers/breakfast/ann.html"].decode()
    assert "</script><b>" not in text
    assert "\\u003c/script\\u003e\\u003cb\\u003e\\u0026" in text


def test_a_word_that_uses_what_it_is_not_given_is_told(smallest: Path) -> None:
    edit(smallest / "templates/words/en.yaml", 'cite_in: "{name} in"', 'cite_in: "{nmae} in"')
    assert any("'cite_in' uses {nmae}, and is given {name}" in problem for problem in told_by(smallest))


def test_the_script_is_small_and_stands_alone() -> None:
    text = (ROOT / "static/copy.js").read_bytes()
    assert len(gzip.compress(text, mtime=0)) < 1024
    assert not re.search(rb"\b(?:import|eval|innerHTML|fetch)\b", text)


def test_a_line_break_in_a_field_does_not_break_an_entry(project: Path) -> None:
    """`title: |` is YAML that keeps its line ends."""
    edit(project / "content/sources/indiavision.md", "title: South Korea and US working", "title: |\n  South Korea and US\n  working")
    files = built(make_project(project.parent / "again", project))
    assert read_ris(files["data/citations.ris"].decode())
    assert read_bibtex(files["data/citations.bib"].decode())

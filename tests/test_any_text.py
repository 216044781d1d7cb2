# ruff: noqa: E501  # the texts below are lists to add to, not to be read
"""Whatever an editor writes anywhere, a build ends with problems that have a place, or with a whole site in which every text is text."""

import csv
import io
import json
import os
import re
import shutil
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

import build
from explainer import render
from explainer.cards import Cards
from explainer.markdown import typographic
from explainer.problems import ContentError, Problem, told
from tests.helpers import ROOT
from tests.outline import VOID

SLOT = re.compile(r"⟦(\w+)(?:\|([^⟧]*))?⟧")
"""`⟦name|default⟧` is a text of a field, in quotes; a slot in a body is as it is."""

# fmt: off
PROJECT = {
    "site.yaml": "title: ⟦title|Tea⟧\ndescription: ⟦description|All of it⟧\nas_of: ⟦as_of|a Tuesday⟧\nas_of_note: ⟦as_of_note|Then⟧\nlicense: ⟦license|CC0⟧\n"
        "license_address: ⟦license_address|https://license.example/⟧\npublisher: ⟦publisher|us⟧\norder_rule: ⟦order_rule|By name⟧\npublished: 2025-01-01\nnavigation: [about, compare]\n",
    "content/experts/ann.md": "---\nname: ⟦name|Ann⟧\nshort: ⟦short|Ann⟧\ninitials: ⟦initials|A⟧\norder: 1\nknown:\n  - {text: ⟦known|Known⟧, source: talk, paragraphs: 1}\n---\n⟦expert_body⟧\n",
    "content/experts/ben.md": "---\nname: Ben\nshort: Ben\ninitials: B\norder: 2\n---\n",
    "content/themes/drinks.md": "---\ntitle: ⟦theme|Drinks⟧\norder: 1\nsummary: ⟦theme_summary|Cups⟧\n---\n⟦theme_body⟧\n",
    "content/questions/breakfast.md": "---\ntitle: ⟦question|Which?⟧\nshort: ⟦question_short|Which⟧\norder: 1\nsource: talk\nparagraphs: 1\nparts: [⟦part|First⟧]\n"
        "scales:\n  - {id: heat, title: ⟦scale|How hot?⟧, steps: [⟦step|Cold⟧, Hot]}\n---\n⟦question_body⟧\n",
    "content/sources/talk.md": "---\ntitle: ⟦source|The talk⟧\nshort: ⟦source_short|Talk⟧\npublisher: ⟦source_publisher|nobody⟧\naddress: ⟦address|https://talk.example/⟧\ndate: ⟦date|2024⟧\n"
        "date_basis: ⟦date_basis|Said so⟧\nauthors: [⟦author|Cid⟧]\nconvenor: ⟦convenor|Dan⟧\ngenre: ⟦genre|Talk⟧\ntrust: ⟦trust|Some⟧\norder: 1\nranges:\n"
        "  - {paragraphs: 1, kind: prompt, question: breakfast, note: ⟦note|Asked⟧}\n  - {paragraphs: 2, kind: testimony, expert: ann, question: breakfast}\n"
        "  - {paragraphs: 3, kind: testimony, expert: ben, question: breakfast}\n  - {paragraphs: 4, kind: summary}\n  - {paragraphs: 5, kind: background}\n"
        "tensions:\n  - {claim: hill, with: [breakfast/ann#tea], because: ⟦tension|They differ⟧}\n"
        "changes:\n  - {date: 2025-02-01, claim: hill, what: ⟦what|A word⟧, why: ⟦why|Was wrong⟧}\n---\n⟦source_body⟧\n\n"
        '{#hill kind=describes themes=drinks paragraphs=5}\n## Grown on a hill\n\nTea grows on a hill.\n\n⟦background_body⟧\n',
    "content/answers/breakfast/ann.md": "---\nsource: talk\nsummary: ⟦summary|Tea⟧\nparagraphs: 2\nstances:\n  - {scale: heat, step: 1, because: ⟦because|Says so⟧, paragraphs: 2,"
        " or: {step: 2, because: ⟦or|Might⟧, paragraphs: 2}}\n---\n\n"
        '{#tea kind=reports themes=drinks paragraphs=2 whose=⟦whose|Eve⟧}\n{condition=⟦condition|if hot⟧}\n## Tea ⟦headline⟧\n\nAnn says so.\n\n⟦claim_body⟧\n',
    "content/answers/breakfast/ben.md": "---\nsource: talk\nsummary: Coffee.\nparagraphs: 3\nsilent: [heat]\n---\n\n{#coffee kind=recommends themes=drinks paragraphs=3}\n## Coffee\n\nBen says so.\n",
    "content/agreements/hot.md": "---\ntitle: ⟦agreement|Hot⟧\norder: 1\nclaims: [breakfast/ann#tea, breakfast/ben#coffee]\ncaution: ⟦caution|Not quite⟧\n---\n⟦agreement_body⟧\n",
    "content/disagreements/cup.md": "---\ntitle: ⟦disagreement|Which cup?⟧\norder: 1\ntype: object\nboth_right: ⟦both_right|Yes⟧\ninference: true\nsides:\n"
        "  - {holds: ⟦holds|Small⟧, claims: [breakfast/ann#tea]}\n  - {holds: Large, claims: [breakfast/ben#coffee]}\n---\n⟦disagreement_body⟧\n",
    "content/readings/says.md": "---\ntitle: ⟦reading|Hot⟧\norder: 1\nsource: talk\noverview: ⟦overview|All hot⟧\noverview_paragraphs: 4\nexperts: [ann]\nholds: ⟦held|Hot⟧\nparagraphs: 2\n"
        "verdict: partial\nbecause: ⟦verdict|Half⟧\nclaims: [breakfast/ann#tea]\n---\n⟦reading_body⟧\n",
    "content/conditions.yaml": "- {id: heat, title: ⟦conditions|If hot⟧, claims: [breakfast/ann#tea], note: ⟦condition_note|Same⟧}\n",
    "content/glossary.yaml": "- {id: oolong, term: ⟦term|Oolong⟧, also: [⟦also|oolongs⟧], meaning: ⟦meaning|A tea⟧, origin: editor}\n",
    "content/timeline.yaml": '- {id: boil, date: "2020-02", title: ⟦event|Boiled⟧, text: ⟦event_text|It did⟧, origin: editor}\n',
    "content/second-placing.yaml": "- {scale: heat, expert: ann, step: 2, because: ⟦second|Hot⟧, paragraphs: 2}\n- {scale: heat, expert: ben, because: Silent}\n",
    "content/pages/about.md": "---\ntitle: ⟦page|About⟧\nshort: ⟦page_short|About⟧\norder: 1\n---\n⟦page_body|Text.⟧\n",
    "content/pages/method.md": "---\ntitle: Method\nshort: Method\norder: 2\n---\nHow.\n",
}
HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "${7*7}", "{{ 7*7 }}", "{% raw %}", "{# no #}", "</textarea>", "]]>", "--><b>", "<!-- x",
    "javascript:alert(1)", "[x](javascript:alert(1))", "<javascript:x>", "![x](data:image/png;base64,AA)", "[x]: vbscript:x", "[x][y]\n\n[y]: file:///etc", "//evil.example",
    "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "\\input{x}", "}, title={x", "%", "~^#$&_", "ER  - ", "&nbsp;", "&amp;lt;", "&#0;", "&#xD800;", "&#x1b;", "&lt;b&gt;", "&#106;avascript:x",
    "مرحبا (tea)", "שלום 12", "\u202eevil\u202c", "\u2067x", "👩‍👩‍👧‍👦", "e\u0301\u0327", "\u200b", "\ufeff", "\u00a0", "\uffff", "\ufdd0", "\U0001fffe", "x" * 240, "…!?", "·", "*", "**a", "_a_", "`", "```\n", "|", "| a |\n|---|\n| <u> |\n",
    "> " * 30, "- " * 30, "[" * 60, "*" * 60, "# x\n", "## x\n", "{#x}", "{a=b}", "---\n", "\\", "\\\n", "\t", "  \n", "1. ", "content:x", "content:../static/x", 'href="content:x"', "_main", "#", "“a” (¶2)", '"', "'", "‘", "Oolong", "oolong's",
    "İ", "ß", "ǆ", "ﬁ", "\x85", "\u2028", "\x1b[31m", "0", "no", "~", "null", "2024-13-45", "https://a.example/?a=1&copy=2", "http://[", "https://a.example/\"><b>", "mailto:a@b", "a < b > c", "AT&T", "\n\n", "%0a", "\\u0000", "$&", "\\1", "\\g<0>",
)
# fmt: on
TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=5)), min_size=1, max_size=4).map("".join),
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40),
)
SLOTS = sorted({match[1] for text in PROJECT.values() for match in SLOT.finditer(text)})
BODIES = [name for name in SLOTS if name.endswith("body") or name == "headline"]

EXAMPLES = int(os.environ.get("EXAMPLES", "0"))
"""`EXAMPLES=3000 python -m pytest tests/test_any_text.py` looks at so many, other ones each time; without it the same few are looked at."""

hostile = settings(
    deadline=None,
    max_examples=EXAMPLES or 25,
    database=None,
    derandomize=not EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


class _Compiled(BytecodeCache):
    """Templates compiled once for all examples; compiling takes longer than all else."""

    kept: dict[str, bytes] = {}  # noqa: RUF012  # one for all

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where projects are laid out one after another; without pictures and search index, which have tests of their own."""
    root = tmp_path_factory.mktemp("any") / "project"
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "Environment", partial(Environment, bytecode_cache=_Compiled()))
        patch.setattr(build, "index", no_index)
        patch.setattr(build, "make_cards", lambda pages, *_: Cards({}, list(pages), []))
        yield root


def filled(texts: dict[str, str]) -> dict[str, str]:
    """The project with texts in its slots, in quotes where they are fields."""

    def put(match: re.Match[str]) -> str:
        text = texts.get(match[1], match[2] or "")
        if match[1] in ("whose", "condition"):
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return text if match[1] in BODIES else json.dumps(text, ensure_ascii=False)

    return {path: SLOT.sub(put, text) for path, text in PROJECT.items()}


def built(root: Path, files: dict[str, str]) -> tuple[dict[str, bytes], list[Problem]]:
    """The site of these files, or none; and everything that is wrong."""
    shutil.rmtree(root / "content", ignore_errors=True)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode("utf-8"))
    try:
        made, problems = build.make_site(root, "https://site.example/")
    except ContentError as error:
        return {}, list(error.problems)
    return made, list(problems)


def hold_problems(problems: list[Problem], files: dict[str, str]) -> None:
    """Each is one line, and has a place that is there."""
    assert told(problems) or not problems
    for problem in problems:
        assert "\n" not in str(problem), repr(problem)
        assert problem.message
        assert problem.line >= 1
        assert problem.column >= 1
        if problem.path in files:
            lines = files[problem.path].replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
            assert problem.line <= len(lines), f"{problem} is beyond the end"
            assert problem.column <= len(lines[problem.line - 1]) + 1, f"{problem} is beyond its line"


class _Page(HTMLParser):
    """A page as a browser reads it: its text, with what is in `alt`; fails where its tags do not match, and where something runs that is not ours."""

    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.url = url
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        assert len(values) == len(attrs), f"{self.url}: an attribute twice in <{tag} {attrs}>"
        assert tag in OURS, f"{self.url}: <{tag}> is none of ours"
        for name, value in attrs:
            assert not name.startswith("on"), f"{self.url}: {name}={value}"
            assert re.fullmatch(r"[a-z][a-z-]*(:[a-z]+)?", name), f"{self.url}: {name!r} is no attribute"
            if name in ("href", "src", "action", "formaction", "poster"):
                assert re.match(r"https?://|mailto:|[^:]*$|[^:]*[/?#]", value or "", re.DOTALL), f"{self.url}: {name}={value!r}"
                assert not (value or "").startswith(("//", "\\")), f"{self.url}: {name}={value!r}"
        if tag == "script":
            assert re.match(r"(\.\./)*static/", values.get("src") or "") or values.get("type") == "application/ld+json", f"{self.url}: {attrs}"
        self.text += values.get("alt") or ""
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"{self.url}: </{tag}> closes nothing"
        assert self.open.pop() == tag, f"{self.url}: </{tag}> closes another"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            json.loads(data)
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"{self.url}: a comment, {data!r}")


# fmt: off
OURS = frozenset((
    "html", "head", "meta", "title", "link", "body", "a", "header", "p", "nav", "ul", "ol", "li", "main", "h1", "h2", "h3", "h4", "h5", "h6",
    "footer", "section", "article", "div", "span", "strong", "em", "code", "pre", "blockquote", "hr", "br", "img", "table", "caption", "thead",
    "tbody", "tr", "th", "td", "dl", "dt", "dd", "figure", "figcaption", "details", "summary", "form", "fieldset", "legend", "label", "input",
    "button", "script", "bdi", "cite", "i", "b", "small", "time", "aside", "output", "noscript", "q", "dfn", "col", "colgroup", "template", "svg",
    "path",
))
# fmt: on
"""Every element of our pages."""


def text_of(url: str, html: str) -> str:
    """The text of a page without spaces, once it has been found well-formed and harmless."""
    page = _Page(url)
    page.feed(html)
    page.close()
    assert page.open == [], f"{url}: never closed: {page.open}"
    return "".join(page.text.split())


def no_index(pages: dict[str, str], *_: object, **__: object) -> tuple[dict[str, bytes], list[Problem]]:
    """In place of the index: what it would read is as harmless as the pages."""
    for url, html in pages.items():
        text_of(url, html)
    return {}, []


def hold_site(site: dict[str, bytes]) -> dict[str, str]:
    """Every file of a site is what its name says, and what claims say stands on their pages. The texts of the pages."""
    texts = {url: text_of(url, data.decode()) for url, data in site.items() if url.endswith(".html")}
    for url, data in site.items():
        if url.endswith(".json"):
            json.loads(data)
        elif url.endswith((".xml", ".svg")):
            ET.fromstring(data.decode())  # noqa: S314  # our own XML
        elif url.endswith(".csv"):
            head, *rows = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
            assert {len(row) for row in rows} <= {len(head)}
            assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    data = json.loads(site["data/explainer.json"])
    answered = {claim["url"].partition("#")[0] for claim in data["claims"]}
    entries = len(data["claims"]) + len(data["answers"]) + len({claim["source"] for claim in data["claims"] if claim["expert"] is None})
    assert answered <= set(texts)
    bib, ris = site["data/citations.bib"].decode(), site["data/citations.ris"].decode()
    assert len(re.findall(r"^@misc\{", bib, re.MULTILINE)) == entries
    assert bib.count("{") == bib.count("}")
    assert (len(re.findall(r"^TY  - ", ris, re.MULTILINE)), len(re.findall(r"^ER  - \r?$", ris, re.MULTILINE))) == (entries, entries)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris.split("\r\n") if line)
    assert len(json.loads(site["data/citations.json"])) == entries
    for claim in data["claims"]:
        for said in (claim["headline"], claim["text"], claim["condition"] or "", claim["whose"] or ""):
            assert "".join(said.split()) in texts[claim["url"].partition("#")[0]], f"{claim['id']} lost {said!r}"
    return texts


def test_the_project_of_these_tests_is_whole(folder: Path) -> None:
    """Otherwise every example would end in the same problems."""
    site, problems = built(folder, filled({}))
    assert problems == []
    hold_site(site)


@hostile
@given(texts=st.dictionaries(st.sampled_from(SLOTS), TEXT, min_size=1, max_size=4))
def test_any_text_in_any_field_or_body_is_text_or_told(folder: Path, texts: dict[str, str]) -> None:
    files = filled(texts)
    site, problems = built(folder, files)
    hold_problems(problems, files)
    if site:
        pages = hold_site(site)
        for name, text in texts.items():
            if name not in BODIES and not name.endswith("address"):
                shown = "".join(typographic(text.strip()).split())
                assert any(shown in page for page in pages.values()), f"{name} is on no page: {text!r}"
        assert built(folder, files)[0] == site


@hostile
@given(name=st.sampled_from(SLOTS), text=st.sampled_from(HOSTILE))
def test_each_hostile_text_is_text_or_told(folder: Path, name: str, text: str) -> None:
    files = filled({name: f"a {text} b"})
    site, problems = built(folder, files)
    hold_problems(problems, files)
    if site:
        hold_site(site)


MUTATION = st.tuples(st.sampled_from(["insert", "delete", "double", "rename", "cut", "empty"]), st.sampled_from(sorted(PROJECT)), st.floats(0, 1), TEXT)


@hostile
@given(mutations=st.lists(MUTATION, min_size=1, max_size=3))
def test_any_mishap_to_files_is_a_site_or_told(folder: Path, mutations: list[tuple[str, str, float, str]]) -> None:
    files = filled({})
    for what, path, where, text in mutations:
        if path not in files:
            continue
        place = int(where * len(files[path]))
        match what:
            case "insert":
                files[path] = files[path][:place] + text + files[path][place:]
            case "cut":
                files[path] = files[path][:place]
            case "empty":
                files[path] = ""
            case "delete":
                del files[path]
            case "double":
                files[path.replace(".", "-2.")] = files[path]
            case "rename":
                files[re.sub(r"[^/]+\.", f"x{place % 3}.", path)] = files.pop(path)
    site, problems = built(folder, files)
    hold_problems(problems, files)
    assert site or problems
    if site:
        hold_site(site)
        assert built(folder, files)[0] == site

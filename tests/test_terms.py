"""Words of the glossary are found as whole words, once in a text, and nothing else of the text changes."""

import re
from collections import Counter
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.frontmatter import read_front_matter
from explainer.markdown import Html, parse_prose
from explainer.model import Term
from explainer.terms import Terms, forms
from tests.helpers import SITES, built, make_project
from tests.outline import VOID

FORMS = {
    "DPK": "dpk",
    "Democratic Party of Korea": "dpk",
    "Hedging": "hedging",
    "value chain": "chain",
    "Cold War": "cold-war",
    "New Cold War": "new-cold-war",
    "US forces": "forces",
    "R&D": "research",
    "amp": "lamp",
    "Café": "cafe",
    "민주당": "minjoo",
    "台湾": "taiwan",
    "台湾海峡": "strait",
    "ไทย": "thai",
    "हिन्द": "hind",
}
TERMS = Terms(FORMS)
BUTTON = re.compile(r'<button type="button" class="term" popovertarget="_term-([^"]+)" aria-describedby="_means-\1">(.*?)</button>', re.DOTALL)
TOGETHER = re.compile(r'<span class="together">(.*?)</span>', re.DOTALL)


def marked(text: str) -> str:
    """A text with `[…]` for its buttons."""
    return TOGETHER.sub(r"\1", BUTTON.sub(r"[\2]", TERMS.explained(text).html))


def unmarked(html: str) -> str:
    """HTML without its buttons."""
    return TOGETHER.sub(r"\1", BUTTON.sub(r"\2", html))


def test_a_word_becomes_a_button() -> None:
    html, terms = TERMS.explained("The DPK might win")
    assert html == 'The <button type="button" class="term" popovertarget="_term-dpk" aria-describedby="_means-dpk">DPK</button> might win'
    assert terms == ("dpk",)
    assert isinstance(html, Html)


def test_signs_that_touch_a_word_stay_on_its_line() -> None:
    """Lines may break beside a button, where they may not between a word and its quotation mark."""
    html = TERMS.explained("It favors “hedging”, as R&D; does").html
    assert ">It" not in html
    assert html.startswith('It favors <span class="together">“<button ')
    assert "hedging</button>”,</span> as " in html
    assert html.endswith("R&amp;D</button>;</span> does")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DPK, then the DPK again, the Democratic Party of Korea", "[DPK], then the DPK again, the Democratic Party of Korea"),
        ("DPKs, XDPK, DPK2, DPK_x, DPK", "DPKs, XDPK, DPK2, DPK_x, [DPK]"),
        ("the dpk and the Dpk", "the dpk and the Dpk"),
        ("Hedging is hedging", "[Hedging] is hedging"),
        ("It is hedging. HEDGING", "It is [hedging]. HEDGING"),
        ("Value chain", "[Value chain]"),
        ("Value Chain", "Value Chain"),
        ("us forces, uS forces, US forces", "us forces, uS forces, [US forces]"),
        ("a new Cold War, a Cold War", "a [new Cold War], a [Cold War]"),
        ("the DPK’s course, the DPK's course", "the DPK’s course, the DPK's course"),
        ("‘DPK’ or 'DPK'", "‘[DPK]’ or 'DPK'"),
        ("the US–DPK line, a DPK-led house", "the US–[DPK] line, a DPK-led house"),
        ("value\nchain", "[value\nchain]"),
        ("value  \u00a0chain", "[value  \u00a0chain]"),
        ("R&D <b> &lt;", "[R&amp;D] &lt;b&gt; &amp;lt;"),
        ("& amp", "&amp; [amp]"),
        ("café, Café", "[café], Café"),
        ("hedginǵ hedging\u0301 \u0301hedging hedging", "hedginǵ hedging\u0301 \u0301hedging [hedging]"),
        ("민주당은 앞선다", "[민주당]은 앞선다"),
        ("더불어민주당, ‘DPK’는", "더불어민주당, ‘[DPK]’는"),
        ("DPK는", "[DPK]는"),
        ("中国は台湾海峡で、台湾を", "中国は[台湾海峡]で、[台湾]を"),
        ("ภาษาไทยคือ", "ภาษา[ไทย]คือ"),
        ("हिन्दी हिन्द", "हिन्दी [हिन्द]"),
        ("", ""),
    ],
)
def test_plain_text(text: str, expected: str) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>The <em>DPK</em></p>", "<p>The <em>[DPK]</em></p>"),
        ('<a href="DPK">the <em>DPK</em></a> DPK', '<a href="DPK">the <em>DPK</em></a> [DPK]'),
        ("<h2>DPK</h2><p>DPK</p>", "<h2>DPK</h2><p>[DPK]</p>"),
        ("<code>DPK</code><pre><code>DPK</code>DPK</pre>", "<code>DPK</code><pre><code>DPK</code>DPK</pre>"),
        ('<img alt="a DPK"><abbr>DPK</abbr>', '<img alt="a DPK"><abbr>[DPK]</abbr>'),
        ("<p>R&amp;D &amp; amp</p>", "<p>[R&amp;D] &amp; [amp]</p>"),
        ("<p>&quot;DPK&quot; &lt;hedging&gt;</p>", "<p>&quot;[DPK]&quot; &lt;[hedging]&gt;</p>"),
        ("<p>hed<em>ging</em></p>", "<p>hed<em>ging</em></p>"),
    ],
)
def test_html(html: str, expected: str) -> None:
    assert marked(Html(html)) == expected


def test_the_same_letters_as_text_and_as_html_are_two_texts() -> None:
    assert TERMS.explained("a &lt; b").html == "a &amp;lt; b"
    assert TERMS.explained(Html("a &lt; b")).html == "a &lt; b"


def test_an_empty_glossary_changes_nothing() -> None:
    assert Terms({}).explained("a < b") == ("a &lt; b", ())


def test_a_form_that_the_meaning_uses_is_not_explained() -> None:
    """Or every `China` of a site about China would be underlined, to say that it is China."""
    term = Term(id="prc", term="PRC", also=("China", "Red China"), meaning="People’s Republic of China: China.", origin="editor", source=None, paragraphs=())
    assert forms(term) == ("PRC", "Red China")


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [*FORMS, *map(str.lower, FORMS), " ", " ", " ", ", ", "’s", "“", "”", "(¶4)", "&", "<", ">", "\n\n", "*", "`", "# ", "[", "](x.md)", "- "]
        ),
        st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=4),
    ),
    max_size=20,
).map("".join)
unhurried = settings(deadline=None, max_examples=150, database=None, derandomize=True)


@unhurried
@given(text=PIECES)
def test_without_its_buttons_a_text_is_the_same(text: str) -> None:
    html, terms = TERMS.explained(text)
    assert unmarked(html) == escape(text, quote=False)
    assert tuple(term for term, _ in BUTTON.findall(html)) == terms
    assert len(set(terms)) == len(terms)


@unhurried
@given(text=PIECES)
def test_without_its_buttons_prose_is_the_same(text: str) -> None:
    prose = parse_prose(read_front_matter("content/pages/about.md", f"---\na: b\n---\n{text}")[0]).html
    html, terms = TERMS.explained(prose)
    assert unmarked(html) == prose
    assert tuple(term for term, _ in BUTTON.findall(html)) == terms
    check_nesting(html)


class _Nesting(HTMLParser):
    """Fails where a button stands in something else to press, or in a heading."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("class", "term") in attrs:
            assert not {"a", "button", "summary", "caption", "code", "pre", "h1", "h2", "h3", "h4", "h5"} & set(self.open), self.open
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<br />` opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check_nesting(html: str) -> None:
    """Buttons stand only where they may."""
    parser = _Nesting()
    parser.feed(html)
    parser.close()


def test_each_page_explains_the_words_it_marks_once(real: dict[str, bytes]) -> None:
    pages = {url: data.decode() for url, data in real.items() if url.endswith(".html")}
    for url, html in pages.items():
        buttons = Counter(term for term, _ in BUTTON.findall(html))
        explained = re.findall(r'<div popover class="explained" id="_term-([^"]+)"', html)
        assert explained == sorted(buttons), url
        assert re.findall(r'<p id="_means-([^"]+)">', html) == explained, url
        check_nesting(html)
    assert "popovertarget" not in pages["glossary.html"]
    assert 'popovertarget="_term-dpk"' in pages["answers/slogan/chung.html"]
    assert 'href="../../glossary.html#dpk"' in pages["answers/slogan/chung.html"]


TEXTS = {
    "with clover": ("summary", "index.html", "experts.html", "questions/first-planting.html", "answers/first-planting/farrow.html"),
    "drains before": ("stance", "questions/first-planting.html", "answers/first-planting/marsh.html"),
    "same day": ("other reading", "questions/first-planting.html", "answers/first-planting/farrow.html"),
    "in a day": ("claim", "answers/first-planting/farrow.html"),
    "begin with": ("agreement", "compare.html", "questions/water.html"),
    "dry summers": ("caution", "compare.html", "questions/water.html", "experts/quill.html"),
    "can wait": ("side", "index.html", "compare.html", "questions/first-planting.html"),
    "at all": ("disagreement", "compare.html", "questions/first-planting.html"),
    "has been empty": ("event", "timeline.html"),
}
"""Words of the invented panel, the one kind of text that has them, and pages on which it stands."""


def test_words_are_explained_in_every_kind_of_text(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", SITES / "other-panel")
    terms = [f"- {{id: t-{n}, term: {words}, origin: editor, meaning: Words.}}\n" for n, words in enumerate(TEXTS)]
    with (project / "content/glossary.yaml").open("a", encoding="utf-8") as file:
        file.writelines(terms)
    site = built(project)
    for words, (kind, *pages) in TEXTS.items():
        for url in pages:
            assert words in [shown for _, shown in BUTTON.findall(site[url].decode())], f"{kind} on {url}"

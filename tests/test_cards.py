"""Share cards: what they show, that they are drawn once, and that pages name them where their address is known."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from pathlib import Path
from struct import unpack

import PIL.Image
import pytest

import build
from explainer import cards
from explainer.cards import FACES, FONTS
from explainer.drawing import COLOURS, HEIGHT, MARKS, PAPER, TITLE, WIDTH, Paragraphs, Pen, draw, parts, plain, shortened
from explainer.problems import ContentError
from explainer.views.card import SHAPES, CardView, MarkView
from tests.helpers import ROOT, command, edit, files_in, replace_field, told_by

BASE = "https://example.org/a&b"
OURS = [(FONTS / f"source-serif-4-{letters}.woff2").read_bytes() for letters in FACES]
KERNING = (FONTS / "kerning.txt").read_text(encoding="utf-8")
REVERE = MarkView("ER", 1, "Revere")
CARD = CardView("Question", "What is for breakfast?", "Tea or coffee.", (REVERE, MarkView("AT", 2, "Ann Tea")), 0, "A panel", "As of 2025")


@pytest.fixture(scope="module")
def pen() -> Pen:
    """A pen with our own fonts."""
    return Pen(OURS, 0, KERNING)


def cards_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """The cards of a site by the address of their page."""
    return {re.sub(r"^cards/(.*)\.[0-9a-f]{8}\.png$", r"\1.html", url): data for url, data in files.items() if url.startswith("cards/")}


def named(page: bytes) -> dict[str, str]:
    """What a page says of itself for those who share it."""
    return {name: unescape(content) for name, content in re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)"', page.decode())}


def test_home_questions_experts_and_answers_have_cards(real: dict[str, bytes]) -> None:
    pages = {url for url in real if re.fullmatch(r"index\.html|(questions|experts|answers/[\w-]+)/[\w-]+\.html", url)}
    assert set(cards_of(real)) == pages
    assert len(pages) > 10


def test_a_card_has_the_size_that_is_shown_whole(real: dict[str, bytes]) -> None:
    sizes = {unpack(">II", data[16:24]) for data in cards_of(real).values()}
    assert sizes == {(1200, 630)} == {(WIDTH, HEIGHT)}


def test_a_card_carries_no_time_and_no_program(real: dict[str, bytes]) -> None:
    for data in cards_of(real).values():
        assert not {b"tIME", b"tEXt", b"iTXt", b"eXIf"} & set(re.findall(rb"[a-zA-Z]{4}", data[:40] + data[-40:]))


def test_the_same_card_gives_the_same_bytes(pen: Pen) -> None:
    """Also from a pen that has drawn nothing yet, and from one that has."""
    assert draw(CARD, pen) == draw(CARD, Pen(OURS, 0, KERNING)) == draw(CARD, pen)


@pytest.mark.parametrize(
    "changed",
    [
        {"eyebrow": "Expert"},
        {"title": "What is for lunch?"},
        {"text": "Tea."},
        {"marks": (REVERE,)},
        {"marks": (REVERE, MarkView("AT", 3, "Ann Tea"))},
        {"left": 5},
        {"site": "Another"},
        {"as_of": "As of 2026"},
    ],
)
def test_everything_that_a_card_holds_is_seen(pen: Pen, changed: dict[str, object]) -> None:
    """Or the name of the file would change and the picture would not."""
    assert draw(CARD._replace(**changed), pen) != draw(CARD, pen)  # type: ignore[arg-type]


def test_a_kept_card_is_not_drawn_again(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last = build.make_site(smallest)[0]
    monkeypatch.setattr(cards, "draw", lambda *_: pytest.fail("drawn again"))
    assert build.make_site(smallest, None, last.get)[0] == last


def test_a_changed_summary_draws_its_own_card_again_and_no_other(smallest: Path) -> None:
    last = build.make_site(smallest)[0]
    replace_field(smallest / "content/answers/breakfast/ann.md", "summary", "Something else altogether.")
    drawn: list[str] = []

    def previous(url: str) -> bytes | None:
        if url not in last:
            drawn.append(url)
        return last.get(url)

    site = build.make_site(smallest, None, previous)[0]
    assert [re.sub(r"\.\w{8}\.png", "", url) for url in drawn] == ["cards/answers/breakfast/ann"]
    assert drawn[0] in site
    assert len(cards_of(site)) == len(cards_of(last))
    assert site == build.make_site(smallest)[0], "kept or drawn, the bytes are the same"


def test_another_way_to_draw_keeps_nothing(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last = build.make_site(smallest)[0]
    monkeypatch.setattr(cards, "DRAWING", cards.DRAWING + 1)
    assert not {url for url in build.make_site(smallest)[0] if url.startswith("cards/")} & set(last)


@pytest.mark.parametrize("damage", [lambda data: data[:0], lambda data: data[:-9], lambda data: bytes(len(data))])
def test_a_damaged_card_is_drawn_again(smallest: Path, damage: Callable[[bytes], bytes]) -> None:
    last = build.make_site(smallest)[0]
    assert build.make_site(smallest, None, lambda url: damage(last[url]))[0] == last


def test_a_second_build_keeps_the_cards_of_the_first_and_drops_old_ones(smallest: Path) -> None:
    """By way of the folder, as the command does it: a card that was painted over there stays so as long as it shows the same."""
    assert command("--root", smallest).returncode == 0
    first = files_in(smallest / "_site")
    anns, home = (next(url for url in first if url.startswith(f"cards/{page}.")) for page in ("answers/breakfast/ann", "index"))
    (smallest / "_site" / home).write_bytes(first[anns])
    replace_field(smallest / "content/answers/breakfast/ann.md", "summary", "Something else altogether.")
    assert command("--root", smallest).returncode == 0
    second = files_in(smallest / "_site")
    assert anns not in second
    assert second[home] == first[anns]
    assert len(cards_of(second)) == len(cards_of(first))


def test_pages_name_their_card_where_their_address_is_known(smallest: Path) -> None:
    site = build.make_site(smallest, BASE)[0]
    ours = {url: named(data) for url, data in site.items() if url.endswith(".html")}
    for url, said in ours.items():
        picture = said["og:image"].removeprefix(f"{BASE}/")
        own = url if url in cards_of(site) else "index.html"
        assert picture in site, url
        assert picture.startswith(f"cards/{own.removesuffix('.html')}."), url
        assert (said["og:image:width"], said["og:image:height"], said["twitter:card"]) == ("1200", "630", "summary_large_image")
        assert said["og:image:alt"]
    assert ours["index.html"]["og:url"] == f"{BASE}/"
    assert ours["index.html"]["og:type"] == "website"
    assert ours["experts/ann.html"]["og:url"] == f"{BASE}/experts/ann.html"
    assert "og:url" not in ours["404.html"]
    assert "Ann" in ours["answers/breakfast/ann.html"]["og:image:alt"]


def test_pages_of_a_site_that_knows_no_address_name_no_card(real: dict[str, bytes]) -> None:
    """A picture without its whole address would be looked for in the wrong place."""
    for url, page in real.items():
        if url.endswith(".html"):
            said = named(page)
            assert not {"og:url", "og:image", "og:image:alt"} & set(said), url
            assert said["twitter:card"] == "summary"
            assert said["og:title"]
            assert said["og:description"] == said["description"] != ""
            assert (said["og:site_name"], said["og:locale"]) == ("South Korea between two powers", "en")


def test_a_card_that_is_not_there_is_a_broken_link(smallest: Path) -> None:
    edit(smallest / "templates/share.html", "{{ page.picture.url }}", "cards/nothing.png")
    with pytest.raises(ContentError, match=r"cards/nothing\.png', where there is nothing"):
        build.make_site(smallest, BASE)


def test_letters_that_no_font_has_are_told_once_and_the_page_shows_the_home_card(smallest: Path) -> None:
    replace_field(smallest / "content/answers/breakfast/ann.md", "summary", "그는 차를 마신다.")
    site, problems = build.make_site(smallest, BASE)
    assert list(problems) == []
    assert problems.notes == ["share cards not drawn: 1, since no font for them has 그 는 다 를 마 신 차; put one that has at templates/card.ttf"]
    assert "answers/breakfast/ann.html" not in cards_of(site)
    assert named(site["answers/breakfast/ann.html"])["og:image"] == named(site["index.html"])["og:image"]


def test_a_site_in_letters_that_no_font_has_shows_no_picture(smallest: Path) -> None:
    replace_field(smallest / "site.yaml", "title", "아침")
    site, problems = build.make_site(smallest, BASE)
    assert cards_of(site) == {}
    assert len(problems.notes) == 1
    for url, page in site.items():
        if url.endswith(".html"):
            said = named(page)
            assert "og:image" not in said
            assert said["twitter:card"] == "summary"


def test_a_font_of_the_project_has_the_letters_that_ours_lack(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shown with Greek, as if ours had none; the font is not published."""
    monkeypatch.setattr(cards, "FACES", ("latin",))
    replace_field(smallest / "content/answers/breakfast/ann.md", "summary", "Πίνει τσάι.")
    without, problems = build.make_site(smallest)
    assert len(problems.notes) == 1
    (smallest / "templates/card.woff2").write_bytes(OURS[FACES.index("greek")])
    site, problems = build.make_site(smallest, None, without.get)
    assert problems.notes == []
    assert "answers/breakfast/ann.html" in cards_of(site)
    assert OURS[FACES.index("greek")] not in site.values()


@pytest.mark.parametrize("data", [b"", b"not a font", OURS[0][:2000]])
def test_a_font_of_the_project_that_is_none_is_a_problem(smallest: Path, data: bytes) -> None:
    (smallest / "templates/card.ttf").write_bytes(data)
    (told,) = told_by(smallest)
    assert told.startswith("templates/card.ttf:1:1: error: cannot be used as a font")


def test_a_second_font_of_the_project_is_a_problem(smallest: Path) -> None:
    for ending in ("ttf", "woff2"):
        (smallest / f"templates/card.{ending}").write_bytes(OURS[0])
    assert told_by(smallest) == ["templates/card.ttf:1:1: error: a second font for cards beside templates/card.woff2; keep one of them"]


def test_a_word_of_a_card_with_a_value_that_nobody_gives_is_a_problem(smallest: Path) -> None:
    edit(smallest / "templates/words/en.yaml", '"As of {as_of}"', '"As of {whenever}"')
    assert any("error: 'as_of' uses {whenever}, and is given {as_of}" in line for line in told_by(smallest))


@pytest.mark.parametrize("text", ["Łódź ŷ “q” ’ – … € ¶", "Nguyễn Đình Thi", "Ωμέγα", "Россия"])
def test_our_fonts_have_the_letters_of_europe_and_vietnam(pen: Pen, text: str) -> None:
    assert pen.lacking(CARD._replace(title=text)) == set()


@pytest.mark.parametrize(("text", "lacking"), [("한국", {"한", "국"}), ("שלום", set("שלום")), ("क्", {"क", "्"}), ("☕", {"☕"})])
def test_letters_that_cannot_be_drawn_are_known(pen: Pen, text: str, lacking: set[str]) -> None:
    assert pen.lacking(CARD._replace(title=text)) == lacking


def test_composed_letters_and_signs_that_show_nothing_are_no_hindrance(pen: Pen) -> None:
    assert plain("Jose\u0301\u00ad \u202fTea\tor\u2009not") == "José \xa0Tea or\xa0not"
    assert pen.lacking(CARD._replace(title="Jose\u0301\u00ad \u202fTea")) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tea or coffee", ["tea ", "or ", "coffee"]),
        ("US–China trade", ["US–", "China ", "trade"]),
        ("차를 마신다", ["차를 ", "마신다"]),
        ("「茶」を飲む。", ["「茶」", "を", "飲", "む。"]),
        ("", [""]),
    ],
)
def test_a_line_may_end_where_its_script_lets_it(text: str, expected: list[str]) -> None:
    assert list(parts(text)) == expected


def test_lines_hold_the_whole_text_within_the_measure(pen: Pen) -> None:
    text = "No: the dual track is no longer sustainable; Maximiliane-Theodora von Wolfeschlegelsteinhausenbergerdorff has said so, W" + "W" * 90
    for measure in (300, 700, 1000):
        lines = Paragraphs(pen, TITLE, text).lines(50, measure)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(pen.width(TITLE, line) * 50 / 1000 <= measure for line in lines)


def test_what_does_not_fit_ends_in_an_ellipsis(pen: Pen) -> None:
    cut = Paragraphs(pen, TITLE, "very long " * 50).cut(50, 600, 3)
    assert len(cut) == 3
    assert [line.endswith("…") for line in cut] == [False, False, True]
    assert all(pen.width(TITLE, line) * 50 / 1000 <= 600 for line in cut)
    assert shortened(pen, TITLE, "tea", 9999) == "tea"


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "W" * 80},
        {"title": "A very long title " * 50, "text": "And a longer text, " * 50},
        {"text": "\n".join(f"Question {n}?" for n in range(30))},
        {"marks": tuple(MarkView("WWW", n % 8 + 1, "W" * 80) for n in range(12)), "left": 188},
        {"marks": (MarkView("WW", 3, ""),), "title": "W" * 80},
        {"marks": (MarkView("WW", 3, "W" * 80),), "eyebrow": "W" * 80},
        {"site": "W" * 80, "as_of": "W" * 80},
        {"eyebrow": "", "text": "", "site": "", "marks": ()},
    ],
)
def test_nothing_runs_over_the_margin(pen: Pen, changed: dict[str, object]) -> None:
    """Whatever a card holds, its edges stay paper."""
    image = PIL.Image.open(BytesIO(draw(CARD._replace(**changed), pen))).convert("RGB")  # type: ignore[arg-type]
    paper = tuple(bytes.fromhex(PAPER[1:]))
    for box in ((0, 0, WIDTH, 50), (0, HEIGHT - 25, WIDTH, HEIGHT), (0, 0, 60, HEIGHT), (WIDTH - 60, 0, WIDTH, HEIGHT), (0, 540, WIDTH, 552)):
        assert image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), paper)], box


def test_the_colours_are_those_of_the_stylesheet() -> None:
    """By daylight; and the browser's own bars have the paper's colour by day and by night."""
    style = (ROOT / "static/style.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6}), #\w{6}\)", style))
    assert {tokens[f"mark-{n}"]: n for n in range(1, 9)} == {colour: n for n, colour in enumerate(MARKS, 1)}
    assert [tokens[name] for name in ("paper", "ink", "ink-quiet", "accent")] == [PAPER, *COLOURS[:3]]
    themes = re.findall(r'name="theme-color" content="(#\w{6})"', (ROOT / "templates/share.html").read_text(encoding="utf-8"))
    assert f"--paper: light-dark({', '.join(themes)})" in style


def test_the_picture_for_a_phone_is_of_its_size(real: dict[str, bytes]) -> None:
    (url,) = (url for url in real if url.startswith("static/apple-touch-icon."))
    assert unpack(">II", real[url][16:24]) == (180, 180)
    assert f'<link rel="apple-touch-icon" href="{url}">'.encode() in real["index.html"]


def test_every_shape_is_another(pen: Pen) -> None:
    assert len({pen.mark(shape, 60)[0].tobytes() for shape in range(1, 9)}) == len(MARKS) == SHAPES == 8

"""Share cards: which pages have one, what it is called, and whether it is drawn anew or kept from the last site."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from explainer import urls
from explainer.documents import UnreadableError, read_data
from explainer.drawing import PILLOW, Pen, draw
from explainer.output import Previous
from explainer.pages import Page, Picture
from explainer.problems import ContentError, Problem
from explainer.views.card import CardView, card
from explainer.views.site import SiteView
from explainer.words import FOLDER, UnknownWordError, Words

DRAWING = 1
"""The number of this way to draw. Raise it with every change to what cards look like, or cards of the old look are kept."""

FONTS = Path(__file__).parent / "fonts"
FACES = ("latin", "latin-ext", "vietnamese", "greek", "cyrillic")
"""Our fonts, by the letters they have. `kerning.txt` is for the first: a letter, thousandths of the size, and the letters before which it moves so far;
read from the font at the weight and optical size of titles."""

OURS = "explainer/fonts"
"""Where these are, as problems name it."""

OWN_FONTS = ("templates/card.woff2", "templates/card.otf", "templates/card.ttf")
"""Where a project may have a font of its own. It comes before ours, letter by letter, and is not published."""

FONT_LIMIT = 50_000_000
"""Bytes of such a font; those for Chinese and Japanese have twenty million."""

LETTERS_NAMED = 8
"""How many missing letters a note names."""


class Cards(NamedTuple):
    """The pictures by address, the pages with theirs, and what to tell of cards that could not be drawn."""

    files: dict[str, bytes]
    pages: list[Page]
    notes: list[str]


def make_cards(pages: Sequence[Page], around: SiteView, words: Words, root: Path, previous: Previous, keep: bool = False) -> Cards:
    """A card for each page that has one; the others show the home page's. `previous` gives a file of the last site, or None; with `keep`, none is drawn.

    Raises `ContentError` if the project's own font is none, or if words are at fault.
    """
    fonts = Fonts(root)
    files: dict[str, bytes] = {}
    pictures: dict[str, Picture] = {}
    lacking: dict[str, set[str]] = {}
    for url, shown in _shown(pages, around, words):
        address = urls.card(url, sha256(fonts.digest + repr(tuple(shown)).encode()).hexdigest()[:8])
        data = previous(address)
        if data is None or not _is_whole(data):
            if keep:
                continue
            drawn = fonts.drawn(shown)
            if isinstance(drawn, set):
                lacking[url] = drawn
                continue
            data = drawn
        files[address] = data
        pictures[url] = Picture(address, shown.alt)
    home = pictures.get(urls.HOME)
    return Cards(files, [page._replace(picture=pictures.get(page.url, home)) for page in pages], list(note_lacking(lacking)))


def _shown(pages: Sequence[Page], around: SiteView, words: Words) -> Iterator[tuple[str, CardView]]:
    """The addresses of the pages that have a card, each with what it shows."""
    for page in pages:
        try:
            shown = card(page.view, around, words)
        except UnknownWordError as error:
            raise ContentError([Problem(f"{FOLDER}/{words.language}.yaml", 1, 1, str(error))]) from None
        if shown:
            yield page.url, shown


class Fonts:
    """The fonts of the cards of one project; they are opened, and PIL is loaded, once a card has to be drawn."""

    def __init__(self, root: Path) -> None:
        """A project has one font of its own for share cards at most, and it can be read."""
        own = [name for name in OWN_FONTS if os.path.lexists(root / name)]
        if len(own) > 1:
            raise ContentError([Problem(own[1], 1, 1, f"a second font for cards beside {own[0]}; keep one of them")])
        self.own = next(iter(own), None)
        try:
            own_files = [read_data(root / name, FONT_LIMIT) for name in own]
            self.files = own_files + [(FONTS / f"source-serif-4-{letters}.woff2").read_bytes() for letters in FACES]
        except UnreadableError as error:
            raise ContentError([Problem(self.own or OURS, 1, 1, str(error))]) from None
        except OSError as error:
            raise ContentError([Problem(OURS, 1, 1, f"cannot be read: {error.strerror}; see who may read it")]) from None
        self.pen: Pen | None = None
        self.kerning = (FONTS / "kerning.txt").read_text(encoding="utf-8")

    @cached_property
    def digest(self) -> bytes:
        """What a card depends on beside what it shows."""
        return sha256(repr((DRAWING, PILLOW, self.kerning, [sha256(data).digest() for data in self.files])).encode()).digest()

    def drawn(self, shown: CardView) -> bytes | set[str]:
        """A project's own font for share cards is a font.

        The PNG of a card, or the letters of it that no font has.
        """
        try:
            self.pen = self.pen or Pen(self.files, len(self.files) - len(FACES), self.kerning)
            return self.pen.lacking(shown) or draw(shown, self.pen)
        except (OSError, ValueError) as error:  # what PIL raises for a file that is no font, or a broken one
            raise ContentError([Problem(self.own or OURS, 1, 1, f"cannot be used as a font: {error}; put another in its place")]) from None


def _is_whole(data: bytes) -> bool:
    """Whether a file begins and ends as a PNG does; one that a full disk or a crash cut short is drawn again."""
    return data.startswith(b"\x89PNG\r\n\x1a\n") and data.endswith(b"IEND\xaeB`\x82")


def note_lacking(lacking: Mapping[str, set[str]]) -> Iterator[str]:
    """A share card is drawn where some font has all its letters; what could not be drawn is named."""
    if lacking:
        letters = sorted(set.union(*lacking.values()))
        named = " ".join(letters[:LETTERS_NAMED]) + (" …" if len(letters) > LETTERS_NAMED else "")
        yield f"share cards not drawn: {len(lacking)}, since no font for them has {named}; put one that has at {OWN_FONTS[-1]}"

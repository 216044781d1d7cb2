"""A share card to PNG. The only door to PIL, of which a build that draws nothing loads only the version."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import accumulate
from math import ceil, cos, floor, pi, sin
from typing import TYPE_CHECKING, NamedTuple

import PIL

from explainer.views.card import CardView, MarkView

if TYPE_CHECKING:
    import PIL.Image
    import PIL.ImageDraw
    import PIL.ImageFont

PILLOW = PIL.__version__
"""Another version may draw other bytes."""

WIDTH, HEIGHT = 1200, 630
"""The size that every place where addresses are shared shows whole."""

PAPER, INK, QUIET, ACCENT = "#fffdf8", "#1c1a17", "#5c564c", "#a03a12"
MARKS = ("#1f4e79", "#8a3d12", "#2c6640", "#6b3479", "#7a5c00", "#9c2f4f", "#00626b", "#4a4f57")
"""The colours of `static/style.css` by daylight."""

COLOURS = (INK, QUIET, ACCENT, *MARKS)
SHADES = 16
"""Steps from the paper to a colour. These steps for each colour are the palette of every card: it packs better than full colour, and faster."""

MARGIN = 76
TOP, FOOT, BASE = 96, 530, 590
"""The first baseline, the rule, and the last baseline."""
GAP = 0.85
"""The room between title and text, in sizes of the text."""


class Style(NamedTuple):
    """How letters are cut: their weight, the size in points they are meant for, and the distance of lines in sizes."""

    weight: int
    optical: int
    leading: float


TITLE = Style(600, 60, 1.1)
TEXT = Style(400, 24, 1.4)
LABEL = Style(600, 18, 1.2)

TITLE_SIZES = (96, 90, 84, 78, 72, 66, 60, 55, 50, 46, 42)
TEXT_SIZES = (34, 31, 28)
LABEL_SIZES = (30, 27, 24)
MOST_TEXT = 4
"""Lines of text, where all of it fits."""
AS_OF_SIZE, AS_OF_MEASURE = 27, 400
MARK, LARGE_MARK = 58, 200
"""Sides of a mark in a row, and of the one beside the name of an expert."""

PHASES = 4
"""Places between two pixels where a letter can stand."""

_NOWHERE = "\U0010fffe"
"""No character, in any font: what is drawn for it is what a font draws for all that it lacks."""


class Face:
    """One font: which letters it has, how wide they are and what they look like."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.font = cache(self._font)
        self.advance = cache(self._advance)
        self.glyph = cache(self._glyph)
        self.lacked = self._picture(_NOWHERE)

    def _font(self, style: Style, size: int) -> "PIL.ImageFont.FreeTypeFont":
        """The font at a size, and in a style as far as it can vary. Letters are laid out one by one, which PIL does alike everywhere.

        Raises `OSError` if the file is not a font.
        """
        font = PIL.ImageFont.truetype(BytesIO(self.data), size, layout_engine=PIL.ImageFont.Layout.BASIC)
        try:
            axes = font.get_variation_axes()
        except OSError:
            return font
        wanted = {b"Weight": style.weight, b"Optical Size": style.optical}
        values = (wanted.get(axis["name"] or b"", axis["default"] or 0) for axis in axes)
        font.set_variation_by_axes([min(max(value, axis["minimum"] or 0), axis["maximum"] or 0) for value, axis in zip(values, axes, strict=True)])
        return font

    def _picture(self, letter: str) -> tuple[tuple[int, int], bytes]:
        mask = self.font(LABEL, LABEL_SIZES[0]).getmask(letter)
        return mask.size, bytes(mask)

    def has(self, letter: str) -> bool:
        """Whether the font has a letter: what it draws is neither what it draws for none, nor nothing where it should be something."""
        picture = self._picture(letter)
        return picture != self.lacked and (letter.isspace() or any(picture[1]))

    def _advance(self, style: Style, letter: str) -> float:
        """The way from a letter to the next, in thousandths of the size."""
        return self.font(style, 1000).getlength(letter)

    def _glyph(self, style: Style, size: int, letter: str, phase: int) -> "tuple[PIL.Image.Image, int, int]":
        """A letter as a mask, and where its corner is from the pen."""
        font = self.font(style, size)
        box = font.getbbox(letter, anchor="ls")
        left, above = floor(box[0]) - 1, floor(box[1]) - 1
        mask = PIL.Image.new("L", (ceil(box[2]) - left + 2, ceil(box[3]) - above + 1))
        PIL.ImageDraw.Draw(mask).text((phase / PHASES - left, -above), letter, fill=255, font=font, anchor="ls")
        return mask, left, above


class Pen:
    """Sets text in several fonts, the first that has a letter drawing it. `kerning` moves pairs of letters of the font numbered `kerned`."""

    def __init__(self, fonts: Sequence[bytes], kerned: int, kerning: str) -> None:
        import PIL.Image  # noqa: PLC0415  # slow to load, and nothing is drawn without a pen
        import PIL.ImageDraw  # noqa: PLC0415  # as above
        import PIL.ImageFont  # noqa: F401, PLC0415  # as above; used by the faces

        self.faces = [Face(font) for font in fonts]
        self.kerned = self.faces[kerned]
        self.kerning = {first + second: int(by) for first, by, seconds in map(str.split, kerning.splitlines()) for second in seconds}
        self.face = cache(self._face)
        self.mark = cache(self._mark)

    def _face(self, letter: str) -> Face | None:
        """The first face that has a letter and can draw it alone; letters that join, or run from the right, need more than a font."""
        if unicodedata.category(letter).startswith("M") or unicodedata.bidirectional(letter) in ("R", "AL", "AN"):
            return None
        return next((face for face in self.faces if face.has(letter)), None)

    def lacking(self, card: CardView) -> set[str]:
        """The letters of a card that no face can draw."""
        texts = (card.eyebrow, card.title, card.text, card.site, card.as_of, *(text for mark in card.marks for text in (mark.initials, mark.name)))
        return {letter for text in texts for letter in plain(text) if not self.face(letter)} - {"\n"}

    def steps(self, style: Style, text: str) -> Iterator[tuple[str, Face, float]]:
        """Each letter of a text with its face and the way from it to the next, in thousandths of the size."""
        for letter, following in zip(text, f"{text[1:]} ", strict=False):  # an empty text has no letters
            face = self.face(letter) or self.kerned
            kern = self.kerning.get(letter + following, 0)
            yield letter, face, face.advance(style, letter) + (kern if face is self.face(following) is self.kerned else 0)

    def width(self, style: Style, text: str) -> float:
        """How wide a text is, in thousandths of the size."""
        return sum(step for _, _, step in self.steps(style, text))

    def line(self, style: Style, size: int, text: str) -> "tuple[PIL.Image.Image, int, int]":
        """A line of text as a mask, and where its corner is from the pen."""
        left, up = size, ceil(size * 1.3)
        mask = PIL.Image.new("L", (ceil(self.width(style, text) * size / 1000) + 2 * left, up + ceil(size * 0.5)))
        x = float(left)
        for letter, face, step in self.steps(style, text):
            if not letter.isspace():
                glyph, right, below = face.glyph(style, size, letter, int(x % 1 * PHASES))
                mask.paste(255, (int(x) + right, up + below), glyph)
            x += step * size / 1000
        return mask, -left, -up

    def _mark(self, shape: int, side: int) -> "tuple[PIL.Image.Image, int, int]":
        """The shape of a mark as a mask, and where its corner is from its middle; drawn large and made small, so that its edges are smooth."""
        room = ceil(side * 1.2)
        mask = PIL.Image.new("L", (4 * room, 4 * room))
        PIL.ImageDraw.Draw(mask).polygon([(2 * room + 4 * side * x, 2 * room + 4 * side * y) for x, y in outline(shape)], fill=255)
        return mask.reduce(4), -room // 2, -room // 2


class Piece(NamedTuple):
    """A part of a text in which no line ends, and its width without and with the space behind it."""

    text: str
    bare: float
    width: float


class Paragraphs:
    """A text to be set in lines: a list of pieces for each paragraph."""

    def __init__(self, pen: Pen, style: Style, text: str) -> None:
        self.pen = pen
        self.style = style
        self.pieces = [[self._piece(part) for part in parts(paragraph)] for paragraph in plain(text).split("\n")] if text else []
        self.widest = max((piece.bare for paragraph in self.pieces for piece in paragraph), default=0.0)

    def _piece(self, part: str) -> Piece:
        bare = part.rstrip(" ")
        width = self.pen.width(self.style, bare)
        return Piece(part, width, width + self.pen.width(self.style, part[len(bare) :]))

    def lines(self, size: int, measure: int) -> list[str]:
        """As few lines as the measure allows, all of about one length; a piece wider than the measure is broken."""
        wide = measure * 1000 / size
        done: list[str] = []
        for paragraph in self.pieces:
            fitting = (part for piece in paragraph for part in ([piece] if piece.bare <= wide else map(self._piece, piece.text)))
            done += _balanced(list(fitting), wide)
        return done

    def cut(self, size: int, measure: int, most: int) -> list[str]:
        """The first lines, with an ellipsis if there are more."""
        whole = self.lines(size, measure)
        if len(whole) <= most:
            return whole
        return [*whole[: most - 1], shortened(self.pen, self.style, f"{whole[most - 1]} {whole[most]}", measure * 1000 / size, more=True)] if most > 0 else []


def _balanced(fitting: Sequence[Piece], measure: float) -> list[str]:
    """As few lines as the measure allows, in the smallest measure that needs no more."""
    fewest = len(_filled(fitting, measure))
    low, high = max((measure * 0.6, *(piece.bare for piece in fitting))), measure
    while high - low > measure / 100:
        middle = (low + high) / 2
        low, high = (middle, high) if len(_filled(fitting, middle)) > fewest else (low, middle)
    return _filled(fitting, high)


def _filled(fitting: Sequence[Piece], measure: float) -> list[str]:
    """Lines filled with pieces, one after another."""
    filled = [""]
    used = 0.0
    for piece in fitting:
        if filled[-1] and used + piece.bare > measure:
            filled.append("")
            used = 0.0
        filled[-1] += piece.text
        used += piece.width
    return [line.rstrip(" ") for line in filled]


def shortened(pen: Pen, style: Style, text: str, measure: float, *, more: bool = False) -> str:
    """A text as far as it fits one line, with an ellipsis if that, or `more`, is left out."""
    if not more and pen.width(style, text) <= measure:
        return text
    ends = accumulate(step for _, _, step in pen.steps(style, text))
    room = measure - pen.width(style, "…")
    kept = sum(end <= room for end in ends)
    return f"{text[:kept].rstrip(' ,;:.–—-')}…"


def plain(text: str) -> str:
    """A text in composed letters, without signs that show nothing; a space is one that ends a line, or else one that does not."""
    return "".join(_SPACES.get(unicodedata.category(letter), letter) if letter not in " \n" else letter for letter in unicodedata.normalize("NFC", text))


_SPACES = {"Zs": "\xa0", "Cc": " ", "Cf": ""}
"""What is set for a letter of a category."""


def parts(text: str) -> Iterator[str]:
    """A text cut where a line may end: after spaces and dashes, and around the letters of scripts without spaces."""
    begun = 0
    for place in range(1, len(text)):
        before, letter = text[place - 1], text[place]
        after_space = before == " " and letter != " "
        after_dash = before in "-–—/" and letter not in "-–—/ " and place - begun > 1
        beside_wide = letter != " " and (_is_wide(before) or _is_wide(letter)) and not _holds_on(before, letter)
        if after_space or after_dash or beside_wide:
            yield text[begun:place]
            begun = place
    yield text[begun:]


def _is_wide(letter: str) -> bool:
    """Whether a letter is of a script without spaces; Korean has them."""
    return unicodedata.east_asian_width(letter) in "WF" and not "\uac00" <= letter <= "\ud7a3"


def _holds_on(before: str, letter: str) -> bool:
    """Whether one of two letters is a mark that opens or closes, so that no line ends between them."""
    return unicodedata.category(before) in ("Ps", "Pi") or unicodedata.category(letter) in ("Pe", "Pf", "Po")


def outline(shape: int) -> list[tuple[float, float]]:
    """The outline of a mark, as `.mark--1` to `.mark--8` of the stylesheet draw it, round (0, 0) with sides of 1."""
    if shape == 6:
        return [(-0.25, -0.5), (0.25, -0.5), (0.5, 0), (0.25, 0.5), (-0.25, 0.5), (-0.5, 0)]
    if shape == 8:
        return [(-0.2, -0.5), (0.2, -0.5), (0.5, -0.2), (0.5, 0.2), (0.2, 0.5), (-0.2, 0.5), (-0.5, 0.2), (-0.5, -0.2)]
    radii = {1: (0.5, 0.5, 0.5, 0.5), 4: (0.5, 0.5, 0.05, 0.05), 5: (0.05, 0.47, 0.05, 0.47), 7: (0.05, 0.05, 0.5, 0.5)}.get(shape, (0.05,) * 4)
    points = [
        (sx * (0.5 - radius) - radius * cos(angle), sy * (0.5 - radius) - radius * sin(angle))
        for (sx, sy, begin), radius in zip(((-1, -1, 0), (1, -1, 1), (1, 1, 2), (-1, 1, 3)), radii, strict=True)
        for angle in ((begin + step / 24) * pi / 2 for step in range(25))
    ]
    turned = 0.84 / 2**0.5
    return [(turned * (x - y), turned * (x + y)) for x, y in points] if shape == 3 else points


class Sheet:
    """The card being drawn."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.image = PIL.Image.new("P", (WIDTH, HEIGHT))
        self.image.putpalette(PALETTE)

    def png(self) -> bytes:
        """The file."""
        file = BytesIO()
        self.image.save(file, "PNG", compress_level=4)
        return file.getvalue()

    def stamp(self, mask: "tuple[PIL.Image.Image, int, int]", x: int, y: int, colour: str, *, reverse: bool = False) -> None:
        """Puts a mask on the sheet in a colour, or in the paper's on that colour."""
        letters, left, above = mask
        begin = COLOURS.index(colour) * SHADES
        places = [begin + (SHADES - 1 - step if reverse else step) for step in STEPS]
        self.image.paste(letters.point(places), (x + left, y + above), letters.point(SEEN))

    def write(self, style: Style, size: int, text: str, x: int, y: int, colour: str) -> None:
        """A line of text, its baseline beginning at a point."""
        self.stamp(self.pen.line(style, size, text), x, y, colour)

    def rule(self, y: int, height: int) -> None:
        """A line across."""
        self.image.paste(COLOURS.index(INK) * SHADES + SHADES - 1, (MARGIN, y, WIDTH - MARGIN, y + height))

    def mark(self, mark: MarkView, x: int, y: int, side: int) -> None:
        """An expert's mark round a point."""
        colour = MARKS[mark.shape - 1]
        self.stamp(self.pen.mark(mark.shape, side), x, y, colour)
        size = round(side * (0.42 if len(mark.initials) < 3 else 0.31))
        width = self.pen.width(LABEL, plain(mark.initials)) * size / 1000
        self.stamp(self.pen.line(LABEL, size, plain(mark.initials)), round(x - width / 2), y + round(size * 0.34), colour, reverse=True)


def _palette() -> bytes:
    """The steps from the paper to each colour."""
    pairs = ((bytes.fromhex(PAPER[1:]), bytes.fromhex(colour[1:])) for colour in COLOURS)
    return bytes(round(a + (b - a) * step / (SHADES - 1)) for ground, ink in pairs for step in range(SHADES) for a, b in zip(ground, ink, strict=True))


PALETTE = _palette()
STEPS = [(value * (SHADES - 1) + 127) // 255 for value in range(256)]
SEEN = [255 if step else 0 for step in STEPS]
"""From a value of a mask to its step, and to whether that is any."""


class Setting(NamedTuple):
    """The title and the text of a card in lines, at the sizes that fit."""

    title_size: int
    title: list[str]
    text_size: int
    text: list[str]

    @property
    def height(self) -> float:
        """How high both are."""
        gap = GAP * self.text_size if self.text else 0
        return len(self.title) * self.title_size * TITLE.leading + gap + len(self.text) * self.text_size * TEXT.leading


def setting(pen: Pen, card: CardView, measure: int, room: int) -> Setting:
    """The largest letters in which title and text fit whole, the text in four lines at most; in the smallest, what is too much is cut."""
    title, text = Paragraphs(pen, TITLE, card.title), Paragraphs(pen, TEXT, card.text)
    texts = [(size, text.lines(size, measure)) for size in TEXT_SIZES]
    for size in TITLE_SIZES:
        if title.widest * size <= measure * 1000:
            title_lines = title.lines(size, measure)
            for text_size, text_lines in texts:
                found = Setting(size, title_lines, text_size, text_lines)
                if found.height <= room and len(text_lines) <= MOST_TEXT:
                    return found
    size, text_size = TITLE_SIZES[-1], TEXT_SIZES[-1]
    title_lines = title.cut(size, measure, int((room * 0.6 if card.text else room) / size / TITLE.leading))
    left = room - Setting(size, title_lines, text_size, [""]).height
    return Setting(size, title_lines, text_size, text.cut(text_size, measure, 1 + int(left / text_size / TEXT.leading)))


def draw(card: CardView, pen: Pen) -> bytes:
    """The PNG of a card. The same card and fonts give the same bytes."""
    sheet = Sheet(pen)
    measure = WIDTH - 2 * MARGIN
    alone = len(card.marks) == 1 and not card.marks[0].name
    if alone:
        reach = round(LARGE_MARK * max(x for x, _ in outline(card.marks[0].shape)))
        sheet.mark(card.marks[0], WIDTH - MARGIN - reach, TOP - 22 + reach, LARGE_MARK)
        measure -= LARGE_MARK + 56
    y = TOP
    if card.eyebrow:
        _label(sheet, plain(card.eyebrow), MARGIN, y, measure, ACCENT)
        y += 30
    else:
        y -= 22
    row = FOOT - 36 - MARK // 2
    found = setting(pen, card, measure, (FOOT - 48 if alone else row - MARK // 2 - 30) - y)
    for line in found.title:
        sheet.write(TITLE, found.title_size, line, MARGIN - found.title_size // 24, y + round(found.title_size * 0.84), INK)
        y += round(found.title_size * TITLE.leading)
    y += round(GAP * found.text_size)
    for line in found.text:
        sheet.write(TEXT, found.text_size, line, MARGIN, y + round(found.text_size * 0.84), QUIET)
        y += round(found.text_size * TEXT.leading)
    if not alone:
        _row(sheet, card, row, measure)
    sheet.rule(FOOT, 4)
    sheet.rule(FOOT + 8, 1)
    as_of = shortened(pen, TEXT, plain(card.as_of), AS_OF_MEASURE * 1000 / AS_OF_SIZE)
    width = round(pen.width(TEXT, as_of) * AS_OF_SIZE / 1000)
    sheet.write(TEXT, AS_OF_SIZE, as_of, WIDTH - MARGIN - width if card.site else MARGIN, BASE, QUIET)
    _label(sheet, plain(card.site), MARGIN, BASE, WIDTH - 2 * MARGIN - width - 40, INK)
    return sheet.png()


def _label(sheet: Sheet, text: str, x: int, y: int, measure: int, colour: str) -> None:
    """A short text on one line."""
    pen = sheet.pen
    size = next((size for size in LABEL_SIZES if pen.width(LABEL, text) * size <= measure * 1000), LABEL_SIZES[-1])
    sheet.write(LABEL, size, shortened(pen, LABEL, text, measure * 1000 / size), x, y, colour)


def _row(sheet: Sheet, card: CardView, y: int, measure: int) -> None:
    """The experts' marks; with their names if there is room for all."""
    pen, size, gap = sheet.pen, LABEL_SIZES[1], 34
    names = [plain(mark.name) for mark in card.marks]
    widths = [round(pen.width(LABEL, name) * size / 1000) for name in names]
    if len(names) == 1:
        names[0] = shortened(pen, LABEL, names[0], (measure - MARK - 16) * 1000 / size)
    named = len(names) == 1 or (not card.left and sum(widths) + len(widths) * (MARK + 16 + gap) - gap <= measure)
    x = MARGIN
    for mark, name, width in zip(card.marks, names, widths, strict=True):
        sheet.mark(mark, x + MARK // 2, y, MARK)
        x += MARK + 16
        if named:
            sheet.write(LABEL, size, name, x, y + round(size * 0.33), INK)
            x += width + gap
    if card.left:
        sheet.write(LABEL, size, f"+{card.left}", x, y + round(size * 0.33), INK)

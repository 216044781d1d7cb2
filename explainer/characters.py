"""Characters that are not seen, or are not what they look like: how they are shown, how wide they are, and what is said of them."""

import re
from functools import cache
from unicodedata import category, combining, east_asian_width, name, normalize

LOOK_ALIKES = dict(
    zip(
        "аеорсухіјѕһԁԛԝӏкАВЕКМНОРСТХУІЈЅοναιρυκγΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɡ“”„‟″‘’‚‛′ʼ−⁃⁄∶꞉ː",
        "aeopcyxijshdqwlkABEKMHOPCTXYIJSovaipukyABEZHIKMNOPTYXig\"\"\"\"\"''''''--/:::",
        strict=True,
    )
)
"""The letters of other scripts, and the signs, that are most often taken for those of a keyboard; forms of the same letter Unicode knows itself."""

UNSEEN = frozenset(("Cc", "Cf", "Zl", "Zp", "Cs"))
"""The categories of characters that show nothing, or change how what follows is shown."""


def visible(text: str) -> str:
    """A text that does nothing to a terminal: what is not seen, or turns the direction of writing, is written out."""
    return text if text.isascii() and text.isprintable() else "".join(map(shown, text))


@cache
def shown(character: str) -> str:
    """A character as `visible` has it: `␛` for an escape, a backslash and its number for an override, a space for a tab."""
    if character == "\t":
        return " "
    if category(character) not in UNSEEN:
        return character
    code = ord(character)
    if code < 0x20 or code == 0x7F:
        return chr(0x2400 + code) if code < 0x20 else "␡"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def width(text: str) -> int:
    """The columns that a visible text takes in a terminal."""
    return len(text) if text.isascii() else sum(map(_width, text))


@cache
def _width(character: str) -> int:
    if category(character) in ("Mn", "Me") or combining(character) or "\u1160" <= character <= "\u11ff":  # the latter are parts of Korean syllables
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def plain(text: str) -> str:
    """A text in the characters of a keyboard, as far as it looks like that."""
    return text if text.isascii() else "".join(map(_plain, text))


@cache
def _plain(character: str) -> str:
    if character.isascii():
        return character
    if _is_unseen(character):
        return ""
    if category(character) in ("Pd", "Zs"):
        return "-" if category(character) == "Pd" else " "
    letters = LOOK_ALIKES.get(character) or "".join(LOOK_ALIKES.get(letter, letter) for letter in normalize("NFKD", character) if not combining(letter))
    return letters if letters.isascii() else character


def _is_unseen(character: str) -> bool:
    """Whether a character is nothing to the eye; those that only change the one before count too."""
    return category(character) in UNSEEN or "\ufe00" <= character <= "\ufe0f" or character == "\u034f"


def as_slug(text: str) -> str:
    """A text as a name for machines: small letters, digits and single hyphens; empty if nothing of it can be one."""
    return "-".join(re.findall("[a-z0-9]+", plain(text).lower()))


def explained(text: str) -> str:
    """What is said of the characters of a word that are not those of a keyboard but look so; empty if it has none."""
    return ", ".join(dict.fromkeys(_explained(character) for character in text if not character.isascii() and _plain(character) != character))


def named(character: str) -> str:
    """A character's name and number: `BULLET, U+2022`."""
    return f"{name(character, 'a character without a name')}, U+{ord(character):04X}"


def remark(text: str) -> str:
    """What is said of such characters behind a message."""
    odd = explained(text)
    return f"; {odd}" if odd else ""


def _explained(character: str) -> str:
    meant = _plain(character)
    if not meant:
        return f"it holds an invisible {named(character)}"
    if meant == " ":
        return f"the space in it is {named(character)}"
    what = {"-": "the hyphen -", '"': 'the straight "', "'": "the straight '", ":": "the colon :"}.get(meant)
    return (
        f"'{character}' is {named(character)}, not {what or (f'the letter {meant}' if meant.isalpha() else f'the digit {meant}' if meant.isdigit() else meant)}"
    )

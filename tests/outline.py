"""A page as a reader meets it: headings, texts, link targets and places, one block a line, without anything that is only looks.

Only what stands in `<main>`, after the page's title. Classes, wrappers and what is hidden from a screen reader leave no trace,
so a page may be dressed anew without a word of this changing.
"""

from html.parser import HTMLParser

NAMED = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "th", "td", "caption", "summary"))
"""Blocks whose kind means something to a reader; all other blocks are only where a text begins and ends."""
INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "button", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var")
)
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
UNSEEN = frozenset(("script", "style", "svg", "template"))


class _Outline(HTMLParser):
    """Collects lines; `text` holds the block that is being read."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.text = ""
        self.open: list[tuple[str, str | None]] = []
        """Open elements, with the target of those that are links."""
        self.blocks: list[tuple[str, bool]] = []
        """Open named blocks, and whether they have said their name."""
        self.inside = 0
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in VOID:
            self.text += " " if tag == "br" else ""
            return
        self.open.append((tag, attributes.get("href") if tag == "a" else None))
        if tag == "main" or self.inside:
            self.inside += 1
        if self.hidden or tag in UNSEEN or "hidden" in attributes or attributes.get("aria-hidden") == "true":
            self.hidden += 1
            return
        if tag not in INLINE:
            self.flush()
        if self.inside and attributes.get("id"):
            self.text += f"#{attributes['id']} "
        if tag in NAMED:
            self.name_block()
            self.blocks.append((tag, False))
        if tag == "a" and self.inside:
            self.text += "["

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise AssertionError(f"</{tag}> closes nothing; open are {[name for name, _ in self.open]}")
        _, href = self.open.pop()
        hidden = bool(self.hidden)
        self.hidden = max(0, self.hidden - 1)
        if not hidden:
            if tag == "a" and self.inside:
                self.text = f"{self.text.rstrip()}]({href})"
            if tag not in INLINE:
                self.flush()
            if tag in NAMED:
                if tag in ("td", "th"):  # an empty cell is a cell
                    self.name_block()
                self.blocks.pop()
        if self.inside:
            self.inside -= 1

    def handle_data(self, data: str) -> None:
        if not self.hidden and (self.inside or (self.open and self.open[-1][0] == "title")):
            self.text += data

    def name_block(self) -> None:
        """Says the name of the innermost block, if it has no text of its own to say it before another begins."""
        if self.blocks and not self.blocks[-1][1]:
            tag, _ = self.blocks[-1]
            self.lines.append(tag)
            self.blocks[-1] = (tag, True)

    def flush(self) -> None:
        """Ends the block that is being read."""
        words = " ".join(self.text.split())
        self.text = ""
        if not words:
            return
        name = ""
        if self.blocks:
            tag, said = self.blocks[-1]
            name = "   " if said else f"{tag} "
            self.blocks[-1] = (tag, True)
        self.lines.append(name + words)


def outline(html: str) -> str:
    """The outline of a page; raises `AssertionError` if its tags do not close what they open."""
    parser = _Outline()
    parser.feed(html)
    parser.close()
    assert not parser.open, f"never closed: {[name for name, _ in parser.open]}"
    return "\n".join(parser.lines) + "\n"

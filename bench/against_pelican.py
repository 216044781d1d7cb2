"""A cold build of the shipped content against Pelican, building as many pages of as much text."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from re import sub
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import click

PROJECT = Path(__file__).resolve().parent.parent

UNSEEN = frozenset(("head", "script", "style", "template", "noscript"))
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
INLINE = frozenset(("a", "abbr", "b", "br", "cite", "code", "em", "i", "img", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "wbr"))
"""Elements that stand in a run of text; every other starts a new one."""

SETTINGS = """\
AUTHOR = "Bench"
SITENAME = "Bench"
SITEURL = ""
TIMEZONE = "UTC"
PATH = "content"
THEME = "{theme}"
RELATIVE_URLS = True
DEFAULT_PAGINATION = False
CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False
FEED_ALL_ATOM = FEED_ALL_RSS = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DIRECT_TEMPLATES = []
CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = TAG_SAVE_AS = ""
"""
"""Articles and nothing else: with its lists and feeds Pelican would make more pages than we do."""


@dataclass(slots=True)
class Block:
    """A run of text, and the element it stands in."""

    tag: str
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text with single spaces."""
        return " ".join("".join(self.words).split())


class Visible(HTMLParser):
    """The blocks of text that a page shows; with `within`, only those inside that element."""

    def __init__(self, html: str, within: str = "body") -> None:
        super().__init__()
        self.within = within
        self.open: list[str] = []
        self.blocks = [Block("body")]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the library hands them over
        """A block starts a new run."""
        if tag not in VOID:
            self.open.append(tag)
        if tag not in INLINE:
            self.blocks.append(Block(tag))

    def handle_endtag(self, tag: str) -> None:
        """A block ends its run; what follows belongs to the one around it."""
        while tag in self.open and self.open.pop() != tag:
            pass  # an end tag that may be left out
        if tag not in INLINE:
            self.blocks.append(Block(next((name for name in reversed(self.open) if name not in INLINE), "body")))

    def handle_data(self, data: str) -> None:
        """Text, unless nobody sees it."""
        if self.within in self.open and not UNSEEN.intersection(self.open):
            self.blocks[-1].words.append(data)

    def texts(self) -> list[tuple[str, str]]:
        """Element and text of each block that has any."""
        return [(block.tag, block.text) for block in self.blocks if block.text]


def characters(site: Path) -> int:
    """The characters of all pages that a reader sees."""
    return sum(len(text) for page in site.rglob("*.html") for _, text in Visible(page.read_text(encoding="utf-8")).texts())


def to_article(html: str, number: int) -> str:
    """A page's main part as a Markdown article: headings as headings, items as items, all other text as paragraphs.

    Links and emphasis are left out, which spares Pelican some work.
    """
    texts = Visible(html, "main").texts()
    title = next((text for tag, text in texts if tag == "h1"), f"Page {number}")
    lines = [f"Title: {title}", f"Date: 2025-01-01 {number // 60 % 24:02}:{number % 60:02}", f"Slug: page-{number}", "Category: bench", ""]
    for tag, text in texts:
        if tag == "h1":
            continue
        mark = "#" * int(tag[1]) + " " if tag in ("h2", "h3", "h4", "h5", "h6") else "- " if tag == "li" else ""
        lines += [mark + sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text), ""]
    return "\n".join(lines)


def write_pelican(ours: Path, project: Path, theme: str) -> None:
    """A Pelican project with one article for each page of our built site."""
    (project / "content").mkdir(parents=True)
    (project / "pelicanconf.py").write_text(SETTINGS.format(theme=theme), encoding="utf-8")
    for number, page in enumerate(sorted(ours.rglob("*.html"))):
        (project / "content" / f"page-{number}.md").write_text(to_article(page.read_text(encoding="utf-8"), number), encoding="utf-8")


def timed(command: Sequence[str], out: Path) -> float:
    """The seconds of a command that writes a site into a folder which is not there yet."""
    shutil.rmtree(out, ignore_errors=True)
    started = perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = perf_counter() - started
    if done.returncode:
        raise click.ClickException(f"'{' '.join(command)}' ended with {done.returncode}:\n{done.stderr}")
    return seconds


def table(ours: Path, theirs: Path, told: dict[str, list[float]], version: str) -> Iterator[str]:
    """What both built and how long it took, as Markdown; the ratio is that of the medians."""
    yield "| | pages | visible characters | seconds, median (least–most) | ratio |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    base = median(told["pelican"])
    for name, label, out in (("pelican", f"Pelican {version}", theirs), ("explainer", "this project", ours)):
        seconds = told[name]
        pages = sum(1 for _ in out.rglob("*.html"))
        yield (f"| {label} | {pages} | {characters(out):,} | {median(seconds):.2f} ({min(seconds):.2f}–{max(seconds):.2f}) | {median(seconds) / base:.2f} |")
    pairs = [one / other for one, other in zip(told["explainer"], told["pelican"], strict=True)]
    yield ""
    yield f"Run by run, this project took {min(pairs):.2f} to {max(pairs):.2f} of Pelican's time; median {median(pairs):.2f}."


@click.command()
@click.option("--pelican", required=True, type=click.Path(exists=True, dir_okay=False), help="The pelican executable, in an environment of its own.")
@click.option(
    "--theme", type=click.Choice(["notmyidea", "simple"]), default="notmyidea", show_default=True, help="The theme; notmyidea is Pelican's own choice."
)
@click.option("--runs", default=7, show_default=True, help="Builds of each.")
def main(pelican: str, theme: str, runs: int) -> None:
    """Build the shipped content and a Pelican site of the same size in turns, and tell as Markdown how long each takes."""
    with TemporaryDirectory() as folder:
        ours, project, theirs = Path(folder, "ours"), Path(folder, "pelican"), Path(folder, "theirs")
        build = [sys.executable, str(PROJECT / "build.py"), "--output", str(ours)]
        other = [pelican, str(project / "content"), "-s", str(project / "pelicanconf.py"), "-o", str(theirs), "--fatal", "errors"]
        timed(build, ours)  # its pages are what Pelican gets
        write_pelican(ours, project, theme)
        timed(other, theirs)  # like the first of ours: not counted, compiles what Python compiles
        told: dict[str, list[float]] = {"explainer": [], "pelican": []}
        for n in range(runs):
            turns = [("explainer", build, ours), ("pelican", other, theirs)]
            for name, command, out in turns if n % 2 else reversed(turns):
                told[name].append(timed(command, out))
        version = subprocess.run([pelican, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        click.echo("\n".join(table(ours, theirs, told, f"{version}, {theme}")))


if __name__ == "__main__":
    main()

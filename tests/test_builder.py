"""The preview's builder: one build a change, none in vain, nothing left undone, and whatever happens it goes on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest

import build
from explainer.audience import Audience, OvertakenError
from explainer.memory import Memory
from explainer.output import nothing
from explainer.problems import Problem
from explainer.serve import Builder, Built, Preview, Work
from tests.helpers import DRAWN, edit
from tests.serving import PATIENCE

DRINKS = "content/themes/drinks.md"
NOTHING_WRITTEN: list[Problem] = []

Build = Callable[[Sequence[str], Callable[[], bool]], Built]


def wait_for(done: Callable[[], object]) -> None:
    end = monotonic() + PATIENCE
    while not done():
        assert monotonic() < end, "it never came to that"
        sleep(0.01)


@contextmanager
def following(root: Path, make: Build, write: Callable[[Mapping[str, bytes]], Sequence[Problem]] = lambda _: NOTHING_WRITTEN) -> Iterator[Builder]:
    """A builder at work, without a server."""
    builder = Builder(root, Preview(nothing, "/"), Work(make, write, lambda: None))
    builder.thread.start()
    try:
        yield builder
    finally:
        builder.end()


def test_a_build_is_told_what_has_changed(smallest: Path) -> None:
    told: list[list[str]] = []

    def make(changed: Sequence[str], _: object) -> Built:
        told.append(list(changed))
        return Built({"index.html": b"x"}, [])

    with following(smallest, make) as builder:
        wait_for(lambda: builder.preview.shown("index.html"))
        edit(smallest / DRINKS, "title: Drinks", "title: Cups")
        wait_for(lambda: len(told) == 2)
    assert told == [[], [DRINKS]]


def test_a_build_that_was_overtaken_by_what_is_undone_is_made_all_the_same(smallest: Path) -> None:
    """The file that came in between is gone again, and nothing has changed since; the site is not whole yet."""
    builds: list[list[str]] = []
    in_between = smallest / "content/themes/between.md"

    def make(changed: Sequence[str], overtaken: Callable[[], bool]) -> Built:
        builds.append(list(changed))
        if len(builds) == 2:
            in_between.write_text("x", encoding="utf-8")
            wait_for(overtaken)
            in_between.unlink()
            raise OvertakenError
        return Built({"index.html": str(len(builds)).encode()}, [])

    with following(smallest, make) as builder:
        wait_for(lambda: builder.preview.shown("index.html"))
        edit(smallest / DRINKS, "title: Drinks", "title: Cups")
        wait_for(lambda: builder.preview.shown("index.html") == b"3")
    assert builds == [[], [DRINKS], []]


def test_a_fault_of_the_program_ends_nothing(smallest: Path) -> None:
    """Whether it is in building or in writing; it is told, and the next save is built."""
    builds: list[int] = []

    def make(_changed: Sequence[str], _: object) -> Built:
        builds.append(1)
        if len(builds) == 2:
            raise ZeroDivisionError
        return Built({"index.html": str(len(builds)).encode()}, [])

    def write(_: object) -> list[Problem]:
        if len(builds) == 3:
            raise BrokenPipeError
        return []

    with following(smallest, make, write) as builder:
        for number, title in enumerate(("Cups", "Mugs", "Glasses"), 2):
            wait_for(lambda: builder.files.is_at_rest)
            text = (smallest / DRINKS).read_text(encoding="utf-8")
            (smallest / DRINKS).write_text(text.replace("title: ", f"title: {title} "), encoding="utf-8")
            wait_for(lambda number=number: len(builds) == number)  # type: ignore[misc]
            if number < 4:
                wait_for(lambda: "the program is at fault" in "".join(problem.message for problem in builder.preview.problems))
        wait_for(lambda: builder.preview.shown("index.html") == b"4" and not builder.preview.problems)


def test_what_hinders_writing_is_told_on_the_page(smallest: Path) -> None:
    hindrance, warning = Problem("_site", 1, 1, "full"), Problem("a", 1, 1, "hm")
    with following(smallest, lambda *_: Built({"index.html": b"x"}, [warning]), lambda _: [hindrance]) as builder:
        wait_for(lambda: list(builder.preview.problems) == [warning, hindrance])
        assert builder.preview.shown("index.html") == b"x"


def test_the_end_does_not_wait_for_a_whole_build(smallest: Path) -> None:
    begun = Event()

    def make(_: object, overtaken: Callable[[], bool]) -> Built:
        begun.set()
        wait_for(overtaken)
        raise OvertakenError

    builder = Builder(smallest, Preview(nothing, "/"), Work(make, lambda _: [], lambda: None))
    builder.thread.start()
    assert begun.wait(PATIENCE)
    builder.end()
    assert not builder.thread.is_alive()


def test_a_link_in_a_circle_and_folders_without_end_are_looked_at(smallest: Path) -> None:
    """What is told of them is for the build."""
    (smallest / "content/experts/loop").symlink_to("loop")
    deep = smallest / "content/experts"
    for _ in range(60):
        deep = deep / "d"
    deep.mkdir(parents=True)
    told: list[list[str]] = []

    def make(changed: Sequence[str], _: object) -> Built:
        told.append(list(changed))
        return Built({"index.html": b"x"}, [])

    with following(smallest, make):
        wait_for(lambda: told)
        (smallest / "content/experts/circle").symlink_to("circle")
        wait_for(lambda: len(told) == 2)
    assert told[1] == ["content/experts/circle"]


def test_the_preview_is_shown_early_what_is_open_with_what_is_wrong(smallest: Path) -> None:
    """As the command joins them: a page that is open, before the others are made, and its warnings."""
    preview, memory = Preview(nothing, "/"), Memory()
    preview.open_pages = lambda: {"themes/drinks.html"}  # type: ignore[method-assign]
    early: list[tuple[bool, int]] = []

    def overtaken() -> bool:
        found = preview.find("/themes/drinks.html")
        early.append((bool(found and b"Cups" in found[1]), len(preview.problems)))
        return False

    def make(_: object, __: object) -> Built:
        audience = Audience(memory, preview.open_pages, preview.show_early, overtaken)
        files, problems = build.make_site(smallest, None, DRAWN.get, audience=audience)
        return Built(files, problems)

    preview.take(make([], None))
    edit(smallest / DRINKS, "title: Drinks", "title: Cups")
    (smallest / "content/themes/bread.md").write_text("---\ntitle: Bread\nsummary: What is eaten.\norder: 9\n---\n", encoding="utf-8")
    make([], None)
    assert early[0] == (True, 1)


def test_the_page_for_misses_leads_into_the_preview() -> None:
    """With an address in site.yaml it names whole addresses, which are those of the published site."""
    html = b'<head></head><a href="https://example.org/tea/index.html">Home</a><p>https://example.org/tea/</p>'
    preview = Preview(nothing, "/repo/")
    preview.take(Built({"404.html": html}, [], "https://example.org/tea/"))
    dressed = preview.dressed(html, elsewhere=True)
    assert b'<a href="/repo/index.html">' in dressed
    assert b"<p>https://example.org/tea/</p>" in dressed
    assert b'href="https://example.org/tea/index.html"' in preview.dressed(html, elsewhere=False)


@pytest.mark.parametrize(
    ("message", "fault", "way_out"),
    [
        ("no theme 'x'; did you mean 'y'?", "no theme 'x'", "did you mean 'y'?"),
        ("'kind' cannot be 'says; thinks'; there are: a, b", "'kind' cannot be 'says; thinks'", "there are: a, b"),
        ("“a; b” does not stand in ¶2; quote word for word", "“a; b” does not stand in ¶2", "quote word for word"),
        ("the source's text; see there; and there", "the source's text", "see there; and there"),
        ("no way out", "no way out", ""),
    ],
)
def test_the_way_out_is_shown_apart(message: str, fault: str, way_out: str) -> None:
    preview = Preview(nothing, "/")
    preview.take(Built({}, [Problem("a", 1, 1, message)]))
    (shown,) = preview.state("/")["problems"]
    assert (shown["message"], shown["way_out"]) == (fault, way_out)

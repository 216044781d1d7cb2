"""A preview renders only what has changed, and shows what a build from nothing would."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

import build
from explainer.audience import Audience, OvertakenError
from explainer.memory import Memory
from explainer.problems import ContentError, Problem, has_errors
from tests.helpers import DRAWN, edit

NOT_MADE_ANEW = ("cards/", "pagefind/")
"""What a preview keeps as it was when it began."""


def alone(memory: Memory, overtaken: Callable[[], bool] = lambda: False) -> Audience:
    """A preview at which nobody looks."""
    return Audience(memory, list, lambda *_: None, overtaken)


def test_what_is_made_from_the_same_is_made_once() -> None:
    memory = Memory()
    makings: list[str] = []
    for made_from in ("a", "a", "b", "a"):
        memory.recall("name", made_from, lambda made_from=made_from: makings.append(made_from))  # type: ignore[misc]
    assert makings == ["a", "b", "a"]


def test_what_nobody_asks_for_any_more_is_forgotten() -> None:
    memory = Memory()
    memory.recall("old", 1, str)
    memory.forget()
    memory.recall("new", 1, str)
    memory.forget()
    assert set(memory.results) == {"new"}


def claim(root: Path) -> None:
    edit(root / "content/answers/breakfast/ann.md", "## ", "## Indeed: ")


def title(root: Path) -> None:
    edit(root / "content/themes/drinks.md", "title: Drinks", "title: Cups")


def site(root: Path) -> None:
    edit(root / "site.yaml", "as_of: ", "as_of: very ")


def template(root: Path) -> None:
    path = root / "templates/base.html"
    path.write_text(path.read_text(encoding="utf-8") + "<!-- -->", encoding="utf-8")


def words(root: Path) -> None:
    path = root / "templates/words/en.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Search", "Look for"), encoding="utf-8")


def body(root: Path) -> None:
    path = root / "content/themes/drinks.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nCold ones too.\n", encoding="utf-8")


def stylesheet(root: Path) -> None:
    path = root / "static/style.css"
    path.write_text(path.read_text(encoding="utf-8") + "\n/* */\n", encoding="utf-8")


def new_file(root: Path) -> None:
    (root / "content/themes/bread.md").write_text("---\ntitle: Bread\nsummary: What is eaten.\norder: 9\n---\n", encoding="utf-8")


def new_page(root: Path) -> None:
    (root / "content/pages").mkdir(exist_ok=True)
    (root / "content/pages/more.md").write_text("---\ntitle: More\nshort: More\norder: 99\n---\nMore.\n", encoding="utf-8")


@pytest.mark.parametrize("change", [claim, title, body, site, template, words, stylesheet, new_file, new_page])
def test_a_preview_shows_what_a_build_from_nothing_would(change: Callable[[Path], None], smallest: Path) -> None:
    memory = Memory()
    before = build.make_site(smallest, None, DRAWN.get, audience=alone(memory))[0]
    DRAWN.update((name, data) for name, data in before.items() if name.startswith("cards/"))
    change(smallest)
    fresh = build.make_site(smallest, None, DRAWN.get)[0]
    DRAWN.update((name, data) for name, data in fresh.items() if name.startswith("cards/"))
    again = build.make_site(smallest, None, DRAWN.get, audience=alone(memory))[0]
    assert [name for name in fresh if again.get(name) != fresh[name] and not name.startswith(NOT_MADE_ANEW)] == []
    assert {name for name in again.keys() ^ fresh.keys() if not name.startswith(NOT_MADE_ANEW)} == set()
    assert {name for name in fresh if fresh[name] != before.get(name)}, "this change changes nothing, and so tests nothing"


def test_a_page_that_has_not_changed_is_not_rendered_again(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    build.make_site(smallest, None, DRAWN.get, audience=alone(memory))
    rendered: list[str] = []
    recall = Memory.recall

    def noted(self: Memory, name: tuple[str, str], made_from: object, make: Callable[[], object]) -> object:
        return recall(self, name, made_from, lambda: rendered.append(":".join(name)) or make())  # type: ignore[func-returns-value]

    monkeypatch.setattr(Memory, "recall", noted)
    claim(smallest)
    build.make_site(smallest, None, DRAWN.get, audience=alone(memory))
    assert "page:answer.html:answers/breakfast/ann.html" in rendered
    assert "page:glossary.html:glossary.html" not in rendered
    assert "page:expert.html:experts/ben.html" not in rendered, "search reads a page of that address too"
    assert "document:content/experts/ann.md" not in rendered


def test_a_file_that_a_template_takes_in_counts(smallest: Path) -> None:
    memory = Memory()
    (smallest / "templates/cup.svg").write_text("<svg>cup</svg>", encoding="utf-8")
    base = smallest / "templates/base.html"
    base.write_text(base.read_text(encoding="utf-8").replace("</body>", "{% include 'cup.svg' %}</body>"), encoding="utf-8")
    assert b"<svg>cup</svg>" in build.make_site(smallest, None, DRAWN.get, audience=alone(memory))[0]["index.html"]
    (smallest / "templates/cup.svg").write_text("<svg>mug</svg>", encoding="utf-8")
    assert b"<svg>mug</svg>" in build.make_site(smallest, None, DRAWN.get, audience=alone(memory))[0]["index.html"]


def test_a_build_that_fails_makes_nothing_forgotten(smallest: Path) -> None:
    """The build that follows is as quick as any."""
    memory = Memory()
    build.make_site(smallest, None, DRAWN.get, audience=alone(memory))
    known = set(memory.results)
    edit(smallest / "content/themes/drinks.md", "title: Drinks", "titel: Drinks")
    with pytest.raises(ContentError):
        build.make_site(smallest, None, DRAWN.get, audience=alone(memory))
    assert known <= set(memory.results)


def test_a_preview_keeps_its_cards_and_draws_none(smallest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    first = build.make_site(smallest, None, DRAWN.get, audience=alone(memory))[0]
    title = next(name for name in first if name.startswith("cards/questions/"))
    edit(smallest / "content/questions/breakfast.md", "title: ", "title: Indeed ")
    monkeypatch.setattr("explainer.cards.draw", lambda *_: pytest.fail("a card was drawn"))
    again = build.make_site(smallest, None, first.get, audience=alone(memory))[0]
    assert title not in again
    assert any(name.startswith("cards/") for name in again)


def test_open_pages_are_shown_before_the_others_are_made(smallest: Path) -> None:
    shown: list[tuple[set[str], bool]] = []
    memory = Memory()
    build.make_site(smallest, None, DRAWN.get, audience=alone(memory))
    claim(smallest)

    def show(files: Mapping[str, bytes], problems: Sequence[Problem]) -> None:
        shown.append(({name for name in files if name.endswith(".html")}, b"Indeed" in files["answers/breakfast/ann.html"]))
        assert not has_errors(problems)

    audience = Audience(memory, lambda: {"answers/breakfast/ann.html", "nothing.html"}, show, lambda: False)
    files = build.make_site(smallest, None, DRAWN.get, audience=audience)[0]
    assert shown == [({"answers/breakfast/ann.html"}, True)]
    assert b"Indeed" in files["a-z.html"]


def test_a_site_that_is_overtaken_is_shown_where_it_is_open_and_left(smallest: Path) -> None:
    """The next one makes what is left, and what has been made is not made again."""
    shown: list[str] = []
    memory = Memory()
    build.make_site(smallest, None, DRAWN.get, audience=alone(memory))
    claim(smallest)
    opened = Audience(memory, lambda: {"answers/breakfast/ann.html"}, lambda files, _: shown.extend(files), lambda: True)
    with pytest.raises(OvertakenError):
        build.make_site(smallest, None, DRAWN.get, audience=opened)
    assert "answers/breakfast/ann.html" in shown
    again = build.make_site(smallest, None, DRAWN.get, audience=alone(memory))[0]
    assert b"Indeed" in again["answers/breakfast/ann.html"]
    assert b"Indeed" in again["a-z.html"]


def test_the_first_site_is_made_to_its_end(smallest: Path) -> None:
    """Until there is one, there is nothing to look at."""
    assert build.make_site(smallest, None, DRAWN.get, audience=alone(Memory(), lambda: True))[0]


def test_what_is_wrong_is_told_of_a_site_that_is_overtaken_too(smallest: Path) -> None:
    memory = Memory()
    build.make_site(smallest, None, DRAWN.get, audience=alone(memory))
    edit(smallest / "content/themes/drinks.md", "title: Drinks", "titel: Drinks")
    with pytest.raises(ContentError):
        build.make_site(smallest, None, DRAWN.get, audience=alone(memory, lambda: True))

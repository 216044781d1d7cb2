"""Saves of every kind to the real project, one after another, while a browser looks at its preview; used by the browser's tests and by `bench/preview.py`."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import NamedTuple

from playwright.sync_api import Error, Page

from tests.serving import PATIENCE

ANSWER = "content/answers/slogan/hass.md"
CLAIM = "Progress on any major issue"
SHOWN = """({claim, template, style, problems}) => {
  const panel = document.documentElement.lastElementChild.shadowRoot?.querySelector(".panel");
  if (problems) return panel?.open && panel.className.includes("stopped");
  return !panel && document.querySelector("main").textContent.includes(claim) && document.getElementById("_saved")?.textContent === template
    && getComputedStyle(document.documentElement).getPropertyValue("--saved") === style;
}"""
EXTRA_SHOWN = "extra => document.querySelector('h1').textContent.includes(extra)"


def wait_until(page: Page, function: str, argument: object) -> None:
    """Waits until a function in a page, which may be loaded again meanwhile, says yes."""
    end = monotonic() + PATIENCE
    while True:
        with suppress(Error):  # the page is just being loaded
            if page.evaluate(function, argument):
                return
        assert monotonic() < end, f"{page.url} never showed {argument}:\n{page.inner_text('body')[:500]}"
        sleep(0.02)


class Waited(NamedTuple):
    """How long a page took, in seconds, to show the last of a burst of saves."""

    save: str
    seconds: float


class Saves:
    """A project being edited, and what its preview should show at the end of each burst."""

    def __init__(self, root: Path, random: Random) -> None:
        self.root = root
        self.random = random
        self.count = 0
        self.answer = (root / ANSWER).read_text(encoding="utf-8")
        self.template = (root / "templates/answer.html").read_text(encoding="utf-8")
        self.style = (root / "static/style.css").read_text(encoding="utf-8")
        self.shown = {"claim": CLAIM, "template": "", "style": "", "problems": False}
        self.extra = ""
        self.save_template()
        self.save_style()

    def written(self, *, broken: bool = False) -> str:
        """The answer with a claim that was not there before, always of one length."""
        claim = f"Progress {self.count:06} any major issue"
        self.shown |= {"claim": claim, "problems": broken}
        return self.answer.replace(CLAIM, claim).replace(
            'themes="korean-politics alliance"', 'themes="korean-politics aliance"' if broken else 'themes="korean-politics alliance"'
        )

    def edit(self) -> None:
        """As most programs save."""
        (self.root / ANSWER).write_text(self.written(), encoding="utf-8")

    def edit_by_renaming(self) -> None:
        """As careful editors save: a temporary file, which takes the name of the old one."""
        (self.root / "content/answers/slogan/4913").write_text("", encoding="utf-8")
        temporary = self.root / "content/answers/slogan/.hass.md.swp"
        temporary.write_text(self.written(), encoding="utf-8")
        (self.root / "content/answers/slogan/4913").unlink()
        temporary.replace(self.root / ANSWER)

    def edit_keeping_the_time(self) -> None:
        """Same size, same time."""
        path = self.root / ANSWER
        times = path.stat() if path.exists() else self.root.stat()
        path.write_text(self.written(), encoding="utf-8")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def copy(self) -> None:
        """As `cp -p`: an old file in the place of the new one."""
        old = self.root / "old"
        old.write_text(self.written(), encoding="utf-8")
        os.utime(old, (0, 0))
        shutil.copy2(old, self.root / ANSWER)

    def break_it(self) -> None:
        """A theme that there is not."""
        (self.root / ANSWER).write_text(self.written(broken=True), encoding="utf-8")

    def delete(self) -> None:
        """The answer is gone, and findings name its claims."""
        (self.root / ANSWER).unlink(missing_ok=True)
        self.shown["problems"] = True

    def save_template(self) -> None:
        """A template shows something else."""
        self.shown["template"] = str(self.count)
        before, mark, after = self.template.partition("{% block content %}")
        (self.root / "templates/answer.html").write_text(f'{before}{mark}<p id="_saved">{self.count}</p>{after}', encoding="utf-8")

    def save_style(self) -> None:
        """The stylesheet says something else."""
        self.shown["style"] = str(self.count)
        (self.root / "static/style.css").write_text(f"{self.style}\n:root {{ --saved: {self.count}; }}\n", encoding="utf-8")

    def save_a_page(self) -> None:
        """A page that was there or was not."""
        self.extra = f"Extra {self.count}"
        (self.root / "content/pages/other.md").unlink(missing_ok=True)
        text = f"---\ntitle: {self.extra}\nshort: Extra\norder: 99\n---\nText.\n"
        (self.root / "content/pages/extra.md").write_text(text, encoding="utf-8")

    def rename_the_page(self) -> None:
        """The page has another address, and none is where it was."""
        path = self.root / "content/pages/extra.md"
        if path.exists():
            path.replace(self.root / "content/pages/other.md")
            self.extra = ""

    def leave_temporary_files(self) -> None:
        """Nothing that matters."""
        for name in (".hass.md.swp", "hass.md~", ".#hass.md", "4913"):
            (self.root / "content/answers/slogan" / name).write_text(str(self.count), encoding="utf-8")

    def save(self) -> str:
        """One save of some kind; says which."""
        self.count += 1
        kinds: list[Callable[[], None]] = [self.edit, self.edit_by_renaming, self.edit_keeping_the_time, self.copy]
        if not self.shown["problems"]:
            kinds += [self.break_it, self.delete, self.save_template, self.save_style, self.save_a_page, self.rename_the_page, self.leave_temporary_files]
        kind = self.random.choice(kinds)
        kind()
        return kind.__name__

    def run(self, answer: Page, extra: Page, seconds: float, rest: float) -> tuple[list[Waited], int]:
        """Saves for so long, 0.1 to 5 s apart, and waits after each burst until both pages show the last state. Gives the waits, and how many bursts there
        were: saves that follow one another within `rest` seconds are one.
        """
        waits, bursts, last = [], 0, 0.0
        end = monotonic() + seconds
        while monotonic() < end:
            bursts += monotonic() - last > rest
            kind = self.save()
            last = monotonic()
            gap = 0.1 * 50 ** self.random.random()
            if gap > 1:
                wait_until(answer, SHOWN, self.shown)
                if not self.shown["problems"]:
                    wait_until(extra, EXTRA_SHOWN, self.extra or "not")
                waits.append(Waited(kind, monotonic() - last))
            sleep(max(0, last + gap - monotonic()))
        return waits, bursts

"""How long a browser takes to show the last of a burst of saves: `python -m bench.preview --seconds 120`.

Saves of every kind are made to a copy of the real project, 0.1 to 5 seconds apart, while two pages of its preview are open in a browser. Told are the
waits from the last save of a burst until both pages show it, how many builds there were and how many bursts, and a build from nothing, for comparison.
"""

import argparse
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import sync_playwright

import build
from explainer.watch import INTERVAL, LOOKS_AT_REST
from tests.browser.browsers import launch
from tests.helpers import make_project
from tests.saves import ANSWER, Saves
from tests.serving import serving


def main() -> None:
    """Saves, waits, and prints what came of it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=120)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = make_project(Path(folder) / "project")
        start = perf_counter()
        build.make_site(root)
        whole = perf_counter() - start
        saves = Saves(root, Random(given.seed))
        with serving(root) as preview, launch(playwright) as browser:
            answer, extra = browser.new_page(), browser.new_page()
            answer.goto(preview.url + ANSWER.removeprefix("content/").replace(".md", ".html"))
            extra.goto(preview.url + "extra.html")
            waits, bursts = saves.run(answer, extra, given.seconds, INTERVAL * LOOKS_AT_REST)
            builds = preview.begun
    ordered = sorted(waited.seconds for waited in waits)
    print(f"{saves.count} saves in {bursts} bursts, {builds} builds; {len(waits)} waits")
    print(f"waits: median {median(ordered):.2f} s, nine in ten {ordered[len(ordered) * 9 // 10]:.2f} s, longest {ordered[-1]:.2f} s")
    print(f"a build from nothing: {whole:.2f} s")
    for kind in sorted({waited.save for waited in waits}):
        times = [waited.seconds for waited in waits if waited.save == kind]
        print(f"  {kind:24} {len(times):3} times, median {median(times):.2f} s, longest {max(times):.2f} s")


if __name__ == "__main__":
    main()

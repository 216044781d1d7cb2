"""What verified quotations cost: builds of the shipped content with its fingerprints and without them, in turns."""

import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import click

PROJECT = Path(__file__).resolve().parent.parent
PARTS = ("content", "static", "templates", "site.yaml")


def project(folder: Path, *, fingerprints: bool) -> Path:
    """A copy of the project, with the fingerprints of its sources or without."""
    folder.mkdir()
    for name in PARTS:
        (shutil.copytree if (PROJECT / name).is_dir() else shutil.copyfile)(PROJECT / name, folder / name)
    if not fingerprints:
        for path in folder.glob("content/sources/*.fingerprint"):
            path.unlink()
    return folder


def seconds(*arguments: str | Path) -> float:
    """How long a run of `build.py` takes, start-up of Python included."""
    start = perf_counter()
    subprocess.run([sys.executable, PROJECT / "build.py", *arguments], check=True, capture_output=True)
    return perf_counter() - start


@click.command()
@click.option("--runs", default=9, show_default=True, help="Builds of each.")
@click.option("--text", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The text of --source, to make its fingerprint too.")
@click.option("--source", default="brookings", show_default=True)
def main(runs: int, text: Path | None, source: str) -> None:
    """Prints seconds, the least, the median and the most of each, and ratios of medians."""
    with TemporaryDirectory() as folder:
        with_them, without = project(Path(folder) / "with", fingerprints=True), project(Path(folder) / "without", fingerprints=False)
        times: dict[str, list[float]] = {"without": [], "with": [], "fingerprint": []}
        for run in range(runs):
            for name, root in (("without", without), ("with", with_them)):
                times[name].append(seconds("--root", root, "--output", Path(folder) / f"site-{name}-{run}"))
            if text:
                times["fingerprint"].append(seconds("fingerprint", text, "--source", source, "--root", with_them))
    base = median(times["without"])
    for name, each in times.items():
        if each:
            click.echo(f"{name:12} {median(each):.2f} ({min(each):.2f}–{max(each):.2f})  {median(each) / base:.2f} of a build without")


if __name__ == "__main__":
    main()

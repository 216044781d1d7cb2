"""How a build grows with its content: time, memory, pages, bytes, and where the time goes, for synthetic projects of several sizes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import click

PROJECT = Path(__file__).resolve().parent.parent

STAGES = {
    "read": ("read_config", "read_documents", "read_assets", "read_words"),
    "link": ("link_up",),
    "views": ("site", "all_pages"),
    "render": ("make_renderer", "render"),
    "cards": ("make_cards",),
    "data": ("data_files", "citation_files", "hosting_files"),
    "search": ("index",),
    "links": ("check_addresses", "check_links"),
    "write": ("check_place", "write_site"),
}
"""The functions that are each stage, called in `build.py` and, to write, in `commands.py`. Before them is the start of Python;
what is in none of them is the rest: encoding, telling problems."""

BYTES_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One build: seconds on the wall, bytes of memory at the peak, seconds of each stage."""

    seconds: float
    peak: int
    stages: dict[str, float]


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured of one size."""

    answers: int
    runs: tuple[Run, ...]
    pages: int
    bytes: int

    @property
    def seconds(self) -> float:
        """The median on the wall."""
        return median(run.seconds for run in self.runs)

    @property
    def peak(self) -> float:
        """The median peak of memory."""
        return median(run.peak for run in self.runs)

    def stage(self, name: str) -> float:
        """The median of a stage's seconds."""
        return median(run.stages[name] for run in self.runs)


def build_once(root: Path, out: Path) -> Run:
    """One cold build in a process of its own, into a folder that is not there yet."""
    shutil.rmtree(out, ignore_errors=True)
    started = perf_counter()
    command = [sys.executable, __file__, "--stages-of", str(root), str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(PROJECT)}) as child:
        told = child.stdout.read() if child.stdout else ""
        _, status, usage = os.wait4(child.pid, 0)  # its own usage; that of all children together would hide the smaller ones
        seconds = perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise click.ClickException(f"the build of {root} ended with {child.returncode}")
    stages: dict[str, float] = json.loads(told.splitlines()[-1])
    return Run(seconds, usage.ru_maxrss * BYTES_OF_MAXRSS, {"start": seconds - sum(stages.values()), **stages})


def time_stages(root: Path, out: Path) -> dict[str, float]:
    """Builds in this process, with a clock around each function that is called by name."""
    import build  # noqa: PLC0415  # only the process that times stages needs it
    from explainer import commands  # noqa: PLC0415  # as above

    seconds = dict.fromkeys(STAGES, 0.0)
    for stage, names in STAGES.items():
        for name in names:
            caller = build if hasattr(build, name) else commands
            setattr(caller, name, timed(getattr(caller, name), stage, seconds))
    started = perf_counter()
    code = commands.build(build.make_site, root, out, None, strict=False)
    seconds["rest"] = perf_counter() - started - sum(seconds.values())
    if code:
        raise click.ClickException(f"the build of {root} ended with {code}")
    return seconds


def timed(function: Callable[..., Any], stage: str, seconds: dict[str, float]) -> Callable[..., Any]:
    """The same function, its time added to that of its stage; what it yields is made inside that time."""

    def run(*arguments: Any, **named: Any) -> Any:
        started = perf_counter()
        result = function(*arguments, **named)
        if isinstance(result, Iterator):
            result = list(result)
        seconds[stage] += perf_counter() - started
        return result

    return run


def measure(sizes: Sequence[int], runs: int, folder: Path) -> Iterator[Size]:
    """All sizes in turn, `runs` times over, so that a slow minute of the machine is shared by all."""
    roots = {answers: folder / str(answers) for answers in sizes}
    for answers, root in roots.items():
        subprocess.run([sys.executable, str(PROJECT / "bench" / "synthetic.py"), str(root), "--answers", str(answers)], check=True, stdout=subprocess.DEVNULL)
    out = folder / "site"
    build_once(roots[min(sizes)], out)  # not counted: Python compiles its modules
    told: dict[int, list[Run]] = {answers: [] for answers in sizes}
    made: dict[int, tuple[int, int]] = {}
    for n in range(runs):
        for answers, root in roots.items():
            click.echo(f"run {n + 1} of {runs}: {answers} answers", err=True)
            told[answers].append(build_once(root, out))
            made[answers] = extent(out)
    for answers in sizes:
        yield Size(answers, tuple(told[answers]), *made[answers])


def extent(out: Path) -> tuple[int, int]:
    """The pages and the bytes of a site."""
    files = [path for path in out.rglob("*") if path.is_file()]
    return sum(path.suffix == ".html" for path in files), sum(path.stat().st_size for path in files)


def tables(sizes: Sequence[Size]) -> Iterator[str]:
    """Two Markdown tables: what a build takes, each with its ratio per answer to the smallest size; and the share of each stage."""
    first = sizes[0]

    def grown(size: Size, what: Callable[[Size], float]) -> str:
        return f"{what(size) / size.answers / (what(first) / first.answers):.2f}"

    yield from table(
        ("answers", "seconds, median (least–most)", "per answer, ratio", "peak MB", "ratio", "pages", "ratio", "output MB", "ratio"),
        (
            (
                f"{size.answers:,}",
                f"{size.seconds:.1f} ({min(run.seconds for run in size.runs):.1f}–{max(run.seconds for run in size.runs):.1f})",
                grown(size, lambda size: size.seconds),
                f"{size.peak / 1e6:.0f}",
                grown(size, lambda size: size.peak),
                f"{size.pages:,}",
                grown(size, lambda size: size.pages),
                f"{size.bytes / 1e6:.1f}",
                grown(size, lambda size: size.bytes),
            )
            for size in sizes
        ),
    )
    yield ""
    names = ("start", *STAGES, "rest")
    rows = ((f"{size.answers:,}", *(f"{size.stage(name) / size.seconds:.0%}" for name in names)) for size in sizes)
    ratios = (f"{sizes[-1].answers:,}, per answer, ratio", *(grown(sizes[-1], partial(Size.stage, name=name)) for name in names))
    yield from table(("answers", *names), (*rows, ratios))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table, its numbers to the right."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' ---: |' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


@click.command()
@click.option("--sizes", default="500,1000,2000", show_default=True, help="Numbers of answers.")
@click.option("--runs", default=5, show_default=True, help="Builds of each size.")
@click.option("--stages-of", nargs=2, type=click.Path(path_type=Path), hidden=True, help="A project and a folder: build once, tell the seconds of each stage.")
def main(sizes: str, runs: int, stages_of: tuple[Path, Path] | None) -> None:
    """Build synthetic projects of several sizes, and tell as Markdown how the cost grows."""
    if stages_of:
        click.echo(json.dumps(time_stages(*stages_of)))
        return
    with TemporaryDirectory() as folder:
        measured = list(measure(sorted(map(int, sizes.split(","))), runs, Path(folder)))
    click.echo("\n".join(tables(measured)))


if __name__ == "__main__":
    main()

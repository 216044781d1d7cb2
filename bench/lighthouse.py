"""What Lighthouse says of one page of each kind: the site is built, served from this machine, and measured with mobile emulation."""

import contextlib
import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click

PROJECT = Path(__file__).resolve().parent.parent
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = {
    "first-contentful-paint": "first paint, s",
    "largest-contentful-paint": "largest paint, s",
    "cumulative-layout-shift": "shift",
    "total-byte-weight": "KB",
}
PORT = 8099
CHROME = "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking"


@click.command()
@click.option("--lighthouse", default="lighthouse", help="The program; npm install lighthouse gives it.")
@click.option("--runs", default=3, show_default=True, help="How often each page is measured; the median counts.")
@click.option("--page", "pages", multiple=True, help="A page to measure; all kinds if none is named.")
def main(lighthouse: str, runs: int, pages: tuple[str, ...]) -> None:
    """Print the table of figures, one page of each kind."""
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        subprocess.run([sys.executable, str(PROJECT / "build.py"), "--output", str(site), "--base-url", f"http://127.0.0.1:{PORT}/"], check=True)
        with served(site) as address:
            measured = {page: [measure(lighthouse, address + page.removeprefix("index.html")) for _ in range(runs)] for page in pages or kinds(site)}
    print(f"| page | {' | '.join(CATEGORIES)} | {' | '.join(METRICS.values())} |")
    print(f"| --- |{' ---: |' * (len(CATEGORIES) + len(METRICS))}")
    for page, results in measured.items():
        print(f"| {page} | {' | '.join(row(results))} |", flush=True)


def kinds(site: Path) -> list[str]:
    """One page of each kind: every page at the top, and the largest of every folder of pages."""
    pages = [path.relative_to(site) for path in site.rglob("*.html")]
    folders = {path.parts[0] for path in pages if len(path.parts) > 1}
    largest = {folder: max((path for path in pages if path.parts[0] == folder), key=lambda path: (site / path).stat().st_size) for folder in folders}
    return sorted(path.as_posix() for path in pages if len(path.parts) == 1) + sorted(path.as_posix() for path in largest.values())


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """The site's address while it is served, compressed as a host would."""
    server = ThreadingHTTPServer(("127.0.0.1", PORT), partial(Compressed, directory=str(site)))
    with ThreadPoolExecutor(1) as pool:
        pool.submit(server.serve_forever)
        try:
            yield f"http://127.0.0.1:{PORT}/"
        finally:
            server.shutdown()


class Compressed(SimpleHTTPRequestHandler):
    """Serves files with gzip, as GitHub Pages does."""

    def do_GET(self) -> None:
        """A file, compressed if it is text."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        text = path.suffix in (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")
        body = gzip.compress(data, 9) if text else data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)) + ("; charset=utf-8" if text else ""))
        self.send_header("Cache-Control", "max-age=600")
        if text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
        """Nothing is logged."""


def measure(lighthouse: str, address: str) -> dict[str, float]:
    """The scores and metrics of one visit."""
    command = [lighthouse, address, "--quiet", "--output=json", f"--chrome-flags={CHROME}", f"--only-categories={','.join(CATEGORIES)}"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(result.stderr)
    report = json.loads(result.stdout)
    for audit in report["audits"].values():
        if audit["score"] is not None and audit["score"] < 0.9 and audit["scoreDisplayMode"] == "binary":
            print(f"{address}: {audit['title']}", file=sys.stderr)
    scores = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
    metrics = {name: report["audits"][name]["numericValue"] for name in METRICS}
    return scores | metrics


def row(results: list[dict[str, float]]) -> Iterator[str]:
    """The medians, as cells."""
    middle = {name: median(result[name] for result in results) for name in results[0]}
    yield from (f"{middle[name]:.0f}" for name in CATEGORIES)
    yield f"{middle['first-contentful-paint'] / 1000:.1f}"
    yield f"{middle['largest-contentful-paint'] / 1000:.1f}"
    yield f"{middle['cumulative-layout-shift']:.3f}"
    yield f"{middle['total-byte-weight'] / 1000:.0f}"


if __name__ == "__main__":
    main()

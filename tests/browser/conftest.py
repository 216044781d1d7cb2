"""What every test in a browser starts from: browsers, built sites, and a server for them."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

import build
from explainer.output import write_site
from tests.browser.browsers import Browsers, launch
from tests.helpers import ROOT
from tests.panels import PANELS, make_panel


class Site(NamedTuple):
    """A built site and where it is served."""

    folder: Path
    url: str

    @property
    def pages(self) -> list[str]:
        """Every page, as a path below the root."""
        return [path.relative_to(self.folder).as_posix() for path in sorted(self.folder.rglob("*.html")) if "pagefind" not in path.parts]

    @property
    def kinds(self) -> list[str]:
        """A page of each kind: those at the top, each one of a kind; and the longest of each folder, which has most to go wrong."""
        longest: dict[str, str] = {}
        for page in self.pages:
            kind = page.split("/")[0]
            if kind not in longest or (self.folder / page).stat().st_size > (self.folder / longest[kind]).stat().st_size:
                longest[kind] = page
        return list(longest.values())

    def file(self, url: str) -> Path:
        """The file that is served at an address."""
        return self.folder / urlsplit(url).path.removeprefix(urlsplit(self.url).path)


class _Handler(SimpleHTTPRequestHandler):
    """Serves as GitHub Pages does: sites below sub-paths, each with its own page for misses."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".woff2": "font/woff2", ".js": "text/javascript", ".wasm": "application/wasm"}

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """A miss is answered with the site's 404.html."""
        page = Path(self.directory, urlsplit(self.path).path.split("/")[1], "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the library's name
        """Says nothing."""


@pytest.fixture(scope="session")
def browsers() -> Iterator[Browsers]:
    """A browser for each processor."""
    browsers = Browsers()
    yield browsers
    browsers.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser, for tests that go step by step."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An empty folder that is served; sites are written below it."""
    folder = tmp_path_factory.mktemp("served")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield Site(folder, f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


@pytest.fixture(scope="session")
def repo(served: Site) -> Site:
    """The real site, built for its address, below a sub-path as on GitHub Pages."""
    repo = Site(served.folder / "repo", f"{served.url}repo/")
    write_site(repo.folder, build.make_site(ROOT, repo.url)[0])
    return repo


@pytest.fixture(scope="session")
def site(repo: Site) -> str:
    """The address of the real site."""
    return repo.url


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site as anybody has it who has built it: in a folder, for no address."""
    folder = tmp_path_factory.mktemp("opened") / "site"
    write_site(folder, build.make_site(ROOT)[0])
    return folder


@pytest.fixture(scope="session")
def panels(served: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """The little sites of `tests/panels.py`."""
    sites = {name: Site(served.folder / name, f"{served.url}{name}/") for name in PANELS}
    for name, site in sites.items():
        write_site(site.folder, build.make_site(make_panel(tmp_path_factory.mktemp(name) / "project", name))[0])
    return sites

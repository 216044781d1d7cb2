"""Serves the built site on this machine, and builds it again on every change. The only door to livereload, and to tornado below it.

livereload's own watcher misses edits that keep a file's time, drops reloads that come close together, and builds on the thread that
answers requests; its own pages need a script that the site's content security policy forbids. So the watcher and the pages are ours.
"""

import errno
import mimetypes
import os
from asyncio import Future
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import Application, RequestHandler

from explainer import urls
from explainer.documents import is_temporary

HOST = "127.0.0.1"

WATCHED = ("content", "templates", "static", "site.yaml")
"""What a site is made from."""

INTERVAL = 150
"""Milliseconds between two looks at the files. A change is built once two looks agree, so that a burst of saves is one build."""

LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""The names under which a page is given out; a site elsewhere that points its name here gets nothing."""


Look: TypeAlias = frozenset[tuple[str, int, int, int]]


class PortError(Exception):
    """The port cannot be used."""


def serve(root: Path, out: Path, port: int, build: Callable[[], object], built: Look) -> None:
    """Serves `out` on 127.0.0.1 until interrupted; `build` runs after each change and tells its own problems. `built` is what was last built.

    Raises `PortError` if the port cannot be used.
    """
    server = Preview(Snapshots(root, build, built), out)
    try:
        server.serve(port=port, host=HOST, root=str(out))
    except OSError as error:
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used: {error.strerror}"
        raise PortError(f"port {port} {why}; name another with --port") from None


def look(root: Path) -> Look:
    """Every file a site is made from, with its time, size and number; an edit that keeps one of them changes another."""
    return frozenset(_files(root))


def _files(root: Path) -> Iterator[tuple[str, int, int, int]]:
    for name in WATCHED:
        paths = [root / name]
        if paths[0].is_dir():
            paths = [Path(parent) / file for parent, _, files in os.walk(paths[0]) for file in files if not is_temporary(file)]
        for path in paths:
            try:
                status = path.stat()
            except OSError:
                continue  # gone between the listing and the look
            yield str(path), status.st_mtime_ns, status.st_size, status.st_ino


class Snapshots(Watcher):  # type: ignore[misc]  # livereload has no types
    """Watches what a site is made from, and builds off the server's thread once a burst of changes is over."""

    def __init__(self, root: Path, build: Callable[[], object], built: Look) -> None:
        super().__init__()
        self.root = root
        self.build = build
        self.built = self.seen = built
        self.building = False
        self.worker = ThreadPoolExecutor(max_workers=1)

    def start(self, callback: Callable[[], None]) -> bool:  # noqa: ARG002  # livereload's own way to look is not used
        """Looks by itself from now on."""
        PeriodicCallback(self.examine, INTERVAL).start()
        return True

    def examine(self) -> None:
        """Builds if the files differ from what was built and have come to rest."""
        now = look(self.root)
        at_rest, self.seen = now == self.seen, now
        if now != self.built and at_rest and not self.building:
            self.built, self.building = now, True
            IOLoop.current().run_in_executor(self.worker, self.build).add_done_callback(self.done)

    def done(self, build: Future[object]) -> None:
        """Tells the pages that are open to load again."""
        self.building = False
        build.result()  # raises what the build raised, which it should not
        LiveReloadHandler.reload_waiters("*")


class Preview(Server):  # type: ignore[misc]  # livereload has no types
    """A server of one folder to local names only, changing nothing on request."""

    def __init__(self, watcher: Watcher, out: Path) -> None:
        super().__init__(watcher=watcher)
        self.out = out

    def application(self, port: int, host: str, **_: Any) -> None:
        """Listens; the socket that tells pages to load again answers local pages only."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = True
        handlers: list[Any] = [(r"/livereload", LocalSocket), (r"/livereload\.js", LiveReloadJSHandler), (r"/(.*)", SitePage, {"out": self.out, "port": port})]
        Application(handlers, log_function=lambda _: None).listen(port, address=host)

    def _setup_logging(self) -> None:
        """Says nothing of its own; the build tells what matters."""


class LocalSocket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """The socket over which pages learn of a build."""

    def check_origin(self, origin: str) -> bool:
        """Whether the page that asks comes from this machine."""
        return _is_local(origin.partition("://")[2])


class SitePage(RequestHandler):
    """A file of the built site; a page gets the script that loads it again after a build."""

    def initialize(self, out: Path, port: int) -> None:
        """Takes the folder to serve."""
        self.out = out
        self.port = port

    def get(self, address: str) -> None:
        """The file at an address, or the site's page for misses."""
        if not _is_local(self.request.host):
            self.send_error(403)
            return
        try:
            path = (self.out / (address or urls.HOME)).resolve()
            found = path.is_file() and path.is_relative_to(self.out.resolve())
        except (OSError, ValueError):
            found = False
        if not found:
            self.set_status(404)
            path = self.out / urls.NOT_FOUND
        data = path.read_bytes() if path.is_file() else b"Not found"
        if path.suffix == ".html":
            above = b'<head>\n<base href="/">' if path.name == urls.NOT_FOUND else b"<head>"
            data = data.replace(b"base-uri 'none'", b"base-uri 'self'").replace(
                b"<head>", above + b'\n<script src="/livereload.js?port=%d" defer></script>' % self.port, 1
            )
        self.set_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        self.set_header("Cache-Control", "no-store")
        self.write(data)

    head = get


def _is_local(host: str) -> bool:
    """Whether a host, with or without a port, is this machine by a name of its own."""
    return host.rpartition(":")[0] in LOCAL_NAMES or host in LOCAL_NAMES

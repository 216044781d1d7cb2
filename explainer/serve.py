"""Shows the site on this machine, and builds it again when something has changed. The only door to livereload, and to tornado below it.

What livereload does by itself drops reloads that come close together, misses saves that keep a file's time, builds on the thread that answers requests,
and answers anybody. So its server, its socket and its watcher are extended here: a build is told to the pages as a state, not as an event. Whoever
connects, late or again, is told what the last build made of its page and what is wrong, and `preview/client.js` does what is left to do.
"""

import errno
import json
import mimetypes
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from sys import setswitchinterval
from textwrap import dedent
from threading import Event, Thread
from time import sleep
from traceback import extract_tb
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler

from explainer import urls
from explainer.audience import OvertakenError
from explainer.output import Previous
from explainer.problems import Problem, telling
from explainer.watch import Watch

HOST = "127.0.0.1"

LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""The names under which a page is given out; a site elsewhere that points its name here gets nothing."""

OWN = "_preview"
"""Where the preview's own files stand; no slug begins so."""

OWN_FILES = Path(__file__).parent / "preview"

PATIENCE = 5
"""Seconds that the end of the preview waits for a build."""

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".bib": "text/plain; charset=utf-8",
    ".ris": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".woff2": "font/woff2",
}
"""What a browser is told of files, whatever the machine thinks of their endings."""

_STYLESHEET = re.compile(rb'<link rel="stylesheet" href="([^"]+)">')


_WAY_OUT = re.compile(r"((?:(?<!\w)'[^']*'(?!\w)|“[^”]*”|[^;]|;(?! ))*?); (.*)", re.DOTALL)
"""A message and the way out: parted by the first semicolon that does not stand in what was written, between quotation marks."""


class PortError(Exception):
    """The port cannot be used."""


class Built(NamedTuple):
    """What came of a build: the files of the site by address, none if an error stopped it; everything to be told; and where the site will stand, if known."""

    files: Mapping[str, bytes]
    problems: Sequence[Problem]
    base_url: str = ""


class Preview:
    """What is shown: the last site that could be built, and what is wrong with what is written now. `shown` reads a file of that site by its address."""

    def __init__(self, shown: Previous, base_path: str) -> None:
        self.shown = shown
        self.base_path = base_path
        self.base_url = ""
        """Where the site shown will stand, if it says so. The page for misses names whole addresses then."""
        self.problems: Sequence[Problem] = ()
        self.early: Mapping[str, bytes] = {}
        self.tell: Callable[[], object] = lambda: None
        """Tells the open pages that there is something new."""

    def take(self, built: Built) -> None:
        """Shows what was built; an empty site leaves the last one in its place."""
        if built.files:
            self.shown, self.base_url = built.files.get, built.base_url
        self.early = {}
        self.problems = built.problems
        self.tell()

    def show_early(self, files: Mapping[str, bytes], problems: Sequence[Problem]) -> None:
        """Shows some files of a site that is still being built."""
        self.early, self.problems = files, tuple(problems)
        self.tell()

    def open_pages(self) -> set[str]:
        """The addresses of the pages that are open in a browser."""
        return {name for line in tuple(LiveReloadHandler.waiters) for name in self.names(line.path)}

    def names(self, path: str) -> list[str]:
        """The addresses below the root that may be meant by a path, as GitHub Pages understands it: `/themes` is `themes.html`."""
        if not path.startswith(self.base_path):
            return []
        address = path.removeprefix(self.base_path)
        return [address or urls.HOME, f"{address}index.html" if address.endswith("/") else f"{address}.html"]

    def find(self, path: str) -> tuple[str, bytes] | None:
        """The address below the root and the bytes of what stands at a path."""
        for name in self.names(path):
            if (data := self.early.get(name) or self.shown(name)) is not None:
                return name, data
        return None

    def html(self, path: str) -> bytes:
        """The page at a path, or the page for misses; where there is no site yet, a page that waits for one."""
        found = self.find(path)
        return found[1] if found and found[0].endswith(".html") else self.shown(urls.NOT_FOUND) or WAITING.encode()

    def state(self, path: str) -> dict[str, Any]:
        """What an open page has to know: which page it should be, with which stylesheets, and what is wrong."""
        html = self.html(path)
        shown, others, number = telling(self.problems)
        return {
            "command": "state",
            "page": _digest(html),
            "styles": [match.decode() for match in _STYLESHEET.findall(html)],
            "problems": [_shown(problem, more) for problem, more in shown],
            "others": others,
            "count": number,
            "stopped": any(problem.severity == "error" for problem in self.problems),
        }

    def dressed(self, html: bytes, *, elsewhere: bool) -> bytes:
        """A page with the preview's own script in its head. A page shown `elsewhere` than at its address has its links from the root."""
        script = f'<script src="/{OWN}/client.js" data-page="{_digest(html)}" defer></script>'
        base = f'<base href="{self.base_path}">\n' if elsewhere else ""
        if elsewhere and self.base_url:
            html = html.replace(f'="{self.base_url}'.encode(), f'="{self.base_path}'.encode())
        html = html.replace(b"base-uri 'none'", b"base-uri 'self'; connect-src 'self' ws:", 1)
        return html.replace(b"<head>", f"<head>\n{base}{script}".encode(), 1)


def _digest(html: bytes) -> str:
    """What tells a page from another, its stylesheets aside, which are exchanged without loading it again."""
    return sha256(_STYLESHEET.sub(b"", html)).hexdigest()[:16]


def _fault(error: BaseException) -> Problem:
    """A build that ends as none should does not end the preview.

    It is told at the line of the program where it ended.
    """
    frame = extract_tb(error.__traceback__)[-1]
    return Problem(Path(frame.filename).name, frame.lineno or 1, 1, f"the program is at fault: {error!r}; undo the last change, and please report this")


def _shown(problem: Problem, more: str) -> dict[str, str]:
    """A problem in the parts of which a page shows it: the way out stands behind the first semicolon."""
    _, _, excerpt = problem.with_excerpt().partition("\n")
    parted = _WAY_OUT.fullmatch(problem.message)
    message, way_out = (parted[1], parted[2]) if parted else (problem.message, "")
    return {
        "place": f"{problem.path}:{problem.line}:{problem.column}",
        "severity": str(problem.severity),
        "message": message,
        "way_out": way_out,
        "excerpt": dedent(excerpt),
        "more": more,
    }


class Work(NamedTuple):
    """What the preview has others do."""

    build: Callable[[Sequence[str], Callable[[], bool]], Built]
    """Builds, given the names of what has changed and what says whether it has changed again, and tells its own problems."""
    write: Callable[[Mapping[str, bytes]], Sequence[Problem]]
    """Writes the files of a site, once they are shown; gives what hinders it."""
    ready: Callable[[], None]
    """Is called once pages are given out."""


def serve(root: Path, preview: Preview, port: int, work: Work) -> None:
    """The port is free, and may be used.

    Shows `preview` on 127.0.0.1 until interrupted; builds at once, and again after each burst of changes.

    Raises `PortError` if the port cannot be used.
    """
    setswitchinterval(0.001)  # a page that asks is answered while a build computes; five milliseconds at every step of every request would add up
    builder = Builder(root, preview, work)
    try:
        Local(builder, preview).serve(port=port, host=HOST)
    except OSError as error:
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used: {error.strerror}"
        raise PortError(f"port {port} {why}; name another with --port") from None
    finally:
        builder.end()


class Builder(Watcher):  # type: ignore[misc]  # livereload has no types
    """Builds on a thread of its own, one build a burst of changes, and tells open pages what came of it."""

    def __init__(self, root: Path, preview: Preview, work: Work) -> None:
        super().__init__()
        self.files = Watch(root)
        self.preview = preview
        self.work = work
        self.ended = Event()
        self.thread = Thread(target=self.follow, daemon=True)

    def start(self, callback: Callable[[], None]) -> bool:  # noqa: ARG002  # livereload's own way to look is not used
        """Looks by itself from now on."""
        self.work.ready()
        loop = IOLoop.current()
        self.preview.tell = lambda: loop.add_callback(_tell_pages)
        self.thread.start()
        return True

    def follow(self) -> None:
        """Builds what there is, and then again after each change; until the end."""
        changed: list[str] = []
        while not self.ended.is_set():
            whole = self.build(changed)
            while not self.ended.is_set() and not (changed := self.files.changed()) and (whole or not self.files.is_at_rest):
                sleep(self.files.pause)

    def build(self, changed: Sequence[str]) -> bool:
        """Builds, shows what came of it, and writes it. Returns whether it came to its end: of a site that is overtaken, only what is open has been shown."""
        try:
            built = self.work.build(changed, lambda: self.ended.is_set() or self.files.overtaken())
            self.preview.take(built)
            if built.files and (hindrance := self.work.write(built.files)):
                self.preview.take(built._replace(problems=[*built.problems, *hindrance]))
        except OvertakenError:
            return False
        except (Exception, SystemExit) as error:  # a fault of the program must not end the preview, nor a program's end
            self.preview.take(Built({}, [_fault(error)]))
        return True

    def end(self) -> None:
        """Lets a build that is under way come to its next page, and no further; a thread that is cut off while it computes can take the process down."""
        self.ended.set()
        if self.thread.is_alive():
            self.thread.join(PATIENCE)


def _tell_pages() -> None:
    """Tells every open page the state; on the server's thread."""
    for line in tuple(LiveReloadHandler.waiters):
        line.tell()


class Local(Server):  # type: ignore[misc]  # livereload has no types
    """A server of one site to local names only, changing nothing on request."""

    def __init__(self, watcher: Watcher, preview: Preview) -> None:
        super().__init__(watcher=watcher)
        self.preview = preview

    def application(self, port: int, host: str, **_: Any) -> None:
        """Listens."""
        LiveReloadHandler.watcher = self.watcher
        given = {"preview": self.preview}
        own = {"files": {path.name: path.read_bytes() for path in OWN_FILES.iterdir()}}
        handlers: list[Any] = [(r"/livereload", Socket, given), (rf"/{OWN}/(client\.js|client\.css)", OwnFile, own), (r"(/.*)", SitePage, given)]
        Application(handlers, log_function=lambda _: None).listen(port, address=host)

    def _setup_logging(self) -> None:
        """Says nothing of its own; the build tells what matters."""


class LocalOnly(RequestHandler):
    """Answers whoever asks by a name of this machine, and no page from elsewhere."""

    def prepare(self) -> None:
        """Refuses everybody else."""
        if not is_local(self.request.host) or not _is_own(self.request.headers.get("Origin"), self.request.host):
            self.send_error(403)

    def set_default_headers(self) -> None:
        """Nothing is kept by the browser, and nothing guessed."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def give(self, name: str, data: bytes) -> None:
        """Answers with a file."""
        self.set_header("Content-Type", TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream")
        self.write(data)


class OwnFile(LocalOnly):
    """The script and the stylesheet of the preview itself."""

    def initialize(self, files: Mapping[str, bytes]) -> None:
        """Takes them as they were when it began, whatever becomes of the program's files meanwhile."""
        self.files = files

    def get(self, name: str) -> None:
        """One of the two."""
        self.give(name, self.files[name])

    head = get


class SitePage(LocalOnly):
    """A file of the site; a page gets the script that follows the builds."""

    def initialize(self, preview: Preview) -> None:
        """Takes what is shown."""
        self.preview = preview

    def get(self, path: str) -> None:
        """The file at a path; for a miss, the page that is shown instead."""
        found = self.preview.find(path)
        if found and not found[0].endswith(".html"):
            self.give(*found)
        elif found:
            self.give(urls.HOME, self.preview.dressed(found[1], elsewhere=found[0] == urls.NOT_FOUND))
        elif path == "/" != self.preview.base_path:
            self.redirect(self.preview.base_path)
        else:
            self.set_status(404 if self.preview.shown(urls.NOT_FOUND) else 503)
            self.give(urls.HOME, self.preview.dressed(self.preview.html(path), elsewhere=True))

    head = get


WAITING = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>No site yet</title>
<link rel="stylesheet" href="/{OWN}/client.css">
</head>
<body class="waiting">
<h1>No site yet</h1>
<p>It is shown here as soon as it can be built. If that takes longer than a few seconds, what stands in the way is told here and in the terminal.</p>
</body>
</html>
"""


class Socket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """The line over which an open page learns of builds."""

    def initialize(self, preview: Preview) -> None:
        """Takes what is shown."""
        self.preview = preview
        self.path = "/"

    def prepare(self) -> None:
        """Refuses names that are not this machine's."""
        if not is_local(self.request.host):
            self.send_error(403)

    def check_origin(self, origin: str) -> bool:
        """Whether the page that asks is one of ours."""
        return _is_own(origin, self.request.host)

    def on_message(self, message: str | bytes) -> None:
        """Greets a page, and once it has said which it is, tells it the state; what is no message of livereload's protocol is ignored."""
        with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            said = json.loads(message)
            super().on_message(message)
            if said["command"] == "info":
                self.path = unquote(urlsplit(said["url"]).path)
                self.tell()

    def tell(self) -> None:
        """Tells the page the state; one that is gone needs none."""
        with suppress(Exception):  # tornado raises several errors of its own for a line that has just been cut
            self.write_message(self.preview.state(self.path))


def is_local(host: str) -> bool:
    """Whether a host, with or without a port, is this machine by a name of its own."""
    return host in LOCAL_NAMES or host.rpartition(":")[0] in LOCAL_NAMES


def _is_own(origin: str | None, host: str) -> bool:
    """Whether a request comes from a page of this server; from the address bar it has no origin."""
    return origin is None or origin == f"http://{host}"

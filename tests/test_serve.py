"""The preview answers this machine alone, with what was built and nothing else, and outlives whatever is written."""

import http.client
import os
import signal
import socket
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from pathlib import Path

import pytest

from explainer.output import nothing
from explainer.problems import Problem, Severity
from explainer.serve import WAITING, Built, Preview, is_local
from tests.helpers import SITES, command, edit, make_project
from tests.serving import PATIENCE, Serving, free_port, serving

PAGE = b'<html><head><link rel="stylesheet" href="static/style.1.css"></head>Tea</html>'
FILES = {
    "index.html": PAGE,
    "404.html": b"<head></head>Nothing",
    "themes.html": b"<head></head>Themes",
    "data/a.json": b"{}",
    "x/index.html": b"<head></head>X",
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The preview of the smallest site."""
    with serving(make_project(tmp_path_factory.mktemp("shown") / "project", SITES / "smallest")) as shown:
        yield shown


def asked(serving: Serving, path: str, method: str = "GET", **headers: str) -> tuple[int, Message, bytes]:
    """The status, headers and body of the answer to one request; `Host` is this machine unless told otherwise."""
    with closing(http.client.HTTPConnection("127.0.0.1", serving.port, timeout=PATIENCE)) as connection:
        connection.request(method, path, headers=headers)
        with connection.getresponse() as response:
            return response.status, response.headers, response.read()


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/", "index.html"),
        ("/themes.html", "themes.html"),
        ("/themes", "themes.html"),
        ("/x/", "x/index.html"),
        ("/data/a.json", "data/a.json"),
        ("/x", None),
        ("/themes.html/", None),
        ("/../site.yaml", None),
        ("//themes.html", None),
    ],
)
def test_a_path_finds_what_github_pages_finds(path: str, found: str | None) -> None:
    address = Preview(FILES.get, "/").find(path)
    assert (address and address[0]) == found


def test_below_a_path_nothing_stands_elsewhere() -> None:
    preview = Preview(FILES.get, "/repo/")
    assert preview.find("/repo/themes") == ("themes.html", FILES["themes.html"])
    assert preview.find("/themes") is None
    assert b'<base href="/repo/">' in preview.dressed(FILES["404.html"], elsewhere=True)


def test_a_failed_build_leaves_the_last_site_and_says_what_is_wrong() -> None:
    preview = Preview(FILES.get, "/")
    before = preview.state("/")
    preview.take(Built({}, [Problem("content/a.md", 3, 5, "no theme 'x'; did you mean 'y'?", excerpt="    x")]))
    after = preview.state("/")
    assert after["page"] == before["page"]
    assert after["count"] == "1 error"
    assert after["stopped"] is True
    assert after["problems"] == [
        {
            "place": "content/a.md:3:5",
            "severity": "error",
            "message": "no theme 'x'",
            "way_out": "did you mean 'y'?",
            "excerpt": "x\n^",
            "more": "",
        }
    ]
    preview.take(Built(FILES, []))
    assert preview.state("/") == before


def test_a_warning_stops_nothing() -> None:
    preview = Preview(nothing, "/")
    preview.take(Built(FILES, [Problem("a", 1, 1, "hm", Severity.WARNING)]))
    assert (preview.state("/")["stopped"], preview.state("/")["count"]) == (False, "1 warning")


def test_a_page_is_the_same_whatever_its_stylesheet() -> None:
    """A new stylesheet is exchanged; only another page is loaded again."""
    first, restyled, changed = (
        Preview({"index.html": html}.get, "/").state("/") for html in (PAGE, PAGE.replace(b".1.", b".2."), PAGE.replace(b"Tea", b"Milk"))
    )
    assert (first["page"] == restyled["page"], first["styles"], restyled["styles"]) == (True, ["static/style.1.css"], ["static/style.2.css"])
    assert first["page"] != changed["page"]


def test_a_page_that_is_gone_is_the_page_for_misses() -> None:
    preview = Preview(FILES.get, "/")
    assert preview.state("/gone.html")["page"] == preview.state("/404.html")["page"] != preview.state("/")["page"]


def test_thousands_of_problems_are_counted_and_some_shown() -> None:
    preview = Preview(nothing, "/")
    preview.take(Built({}, [Problem("a", n, 1, "no") for n in range(1, 10_001)]))
    state = preview.state("/")
    assert state["count"] == "10000 errors"
    assert len(state["problems"]) < 20
    assert state["problems"][-1]["more"] == "and 9997 more like this, in 1 file in all"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "[::1]:8000", "[::1]"])
def test_names_of_this_machine(host: str) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["", "example.org", "127.0.0.1.example.org:8000", "localhost.example.org", "example.org:localhost", "10.0.0.1"])
def test_other_names(host: str) -> None:
    assert not is_local(host)


def test_a_page_has_the_script_and_nothing_else_changes(shown: Serving) -> None:
    status, headers, body = asked(shown, "/")
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    built = (shown.root / "_site/index.html").read_bytes()
    assert body.count(b"/_preview/client.js") == 1
    assert b"_preview" not in built
    assert body.partition(b"</head>")[2] == built.partition(b"</head>")[2]


def test_the_preview_has_its_script_and_its_stylesheet(shown: Serving) -> None:
    for name, kind in (("client.js", "text/javascript"), ("client.css", "text/css")):
        status, headers, body = asked(shown, f"/_preview/{name}")
        assert (status, headers.get_content_type(), len(body) > 500) == (200, kind, True)


def test_a_miss_is_answered_with_our_page(shown: Serving) -> None:
    status, _, body = asked(shown, "/deep/down/nothing.html")
    assert status == 404
    assert b'<base href="/">' in body
    assert b'class="not-found"' in body


@pytest.mark.parametrize(
    "path",
    ["/../site.yaml", "/%2e%2e/site.yaml", "/content/experts/ann.md", "/.explainer.json", "/_preview/../serve.py", "/%00", "/..%2f..%2fetc/passwd", "/%ff"],
)
def test_nothing_but_the_site_is_given_out(path: str, shown: Serving) -> None:
    status, _, body = asked(shown, path)
    assert status in (400, 404)
    assert b"Ann" not in body.replace(b"experts", b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_is_changed_on_request(method: str, shown: Serving) -> None:
    assert asked(shown, "/", method)[0] == 405


def test_a_head_has_no_body(shown: Serving) -> None:
    status, headers, body = asked(shown, "/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 1000


@pytest.mark.parametrize("path", ["/", "/themes.html", "/nothing", "/livereload", "/_preview/client.js", "/data/explainer.json"])
@pytest.mark.parametrize("headers", [{"Host": "example.org"}, {"Host": "example.org:80"}, {"Origin": "https://example.org"}, {"Origin": "http://127.0.0.1:1"}])
def test_only_this_machine_and_our_own_pages_are_answered(path: str, headers: dict[str, str], shown: Serving) -> None:
    assert asked(shown, path, **headers)[0] in (400, 403)


def greeting(serving: Serving, origin: str, host: str = "") -> str:
    """The first line of the answer to a page that wants to be told of builds."""
    with socket.create_connection(("127.0.0.1", serving.port), timeout=PATIENCE) as line:
        key = b64encode(os.urandom(16)).decode()
        line.sendall(
            f"GET /livereload HTTP/1.1\r\nHost: {host or f'127.0.0.1:{serving.port}'}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\nOrigin: {origin}\r\n\r\n".encode()
        )
        return line.recv(4096).decode().split("\r\n")[0]


def test_the_line_is_for_our_own_pages(shown: Serving) -> None:
    own = f"http://127.0.0.1:{shown.port}"
    assert "101" in greeting(shown, own)
    assert "403" in greeting(shown, "https://example.org")
    assert "403" in greeting(shown, "null")
    assert "403" in greeting(shown, "http://example.org", "example.org")


def test_below_a_sub_path(tmp_path: Path) -> None:
    with serving(make_project(tmp_path / "project", SITES / "smallest"), base_path="/repo/") as shown:
        assert asked(shown, "/repo/themes.html")[0] == 200
        assert asked(shown, "/themes.html")[0] == 404
        status, headers, _ = asked(shown, "/")
        assert (status, headers["Location"]) == (302, "/repo/")
        assert b'<base href="/repo/">' in asked(shown, "/repo/nothing")[2]
        assert f"http://127.0.0.1:{shown.port}/repo/" in shown.printed[0]


@pytest.mark.parametrize("path", ["/a b/", "/../", "/é/", "http://x/"])
def test_a_sub_path_that_is_none(path: str, smallest: Path) -> None:
    done = command("serve", "--root", smallest, "--base-path", path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert f"'{path}'" in done.stderr


def test_a_port_that_is_taken_is_told_in_one_line(shown: Serving) -> None:
    done = command("serve", "--root", shown.root, "--port", str(shown.port))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: port {shown.port} is taken; name another with --port\n"


def test_a_place_that_is_not_ours_is_left_alone(smallest: Path) -> None:
    (smallest / "_site").mkdir()
    (smallest / "_site/letter.txt").write_text("mine", encoding="utf-8")
    done = command("serve", "--root", smallest, "--port", str(free_port()))
    assert done.returncode == 3
    assert "was not written by this tool" in done.stderr


def test_without_a_site_a_page_waits_for_one_and_the_server_stays(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", SITES / "smallest")
    edit(root / "content/themes/drinks.md", "title: Drinks", "titel: Drinks")
    with serving(root) as shown:
        status, _, body = asked(shown, "/themes.html")
        assert (status, b"No site yet" in body, b"client.js" in body) == (503, True, True)
        edit(root / "content/themes/drinks.md", "titel: Drinks", "title: Drinks")
        shown.wait_for_builds(2)
        assert asked(shown, "/themes.html")[0] == 200
        edit(root / "content/themes/drinks.md", "title: Drinks", "titel: Drinks")
        shown.wait_for_builds(3)
        status, _, body = asked(shown, "/themes.html")
        assert (status, b"Drinks" in body) == (200, True)
        assert [line for line in shown.printed if line.startswith(("building", "built", "not built"))][1::2] == [
            "building: content/themes/drinks.md changed"
        ] * 2
    assert "No site yet" in WAITING


def test_what_is_shown_is_written_too(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", SITES / "smallest")
    with serving(root, "--output", str(tmp_path / "out")) as shown:
        edit(root / "content/themes/drinks.md", "title: Drinks", "title: Cups and saucers")
        shown.wait_for_builds(2)
        assert b"Cups and saucers" in asked(shown, "/themes/drinks.html")[2]
        assert b"Cups and saucers" in (tmp_path / "out/themes/drinks.html").read_bytes()


def test_a_template_that_calls_itself_ends_nothing(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", SITES / "smallest")
    with serving(root) as shown:
        (root / "templates/base.html").write_text("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", encoding="utf-8")
        shown.wait_for_builds(2)
        assert asked(shown, "/")[0] == 200
        assert "Traceback" not in "\n".join(shown.printed)


def test_an_interrupt_ends_it(tmp_path: Path) -> None:
    with serving(make_project(tmp_path / "project", SITES / "smallest")) as shown:
        shown.process.send_signal(signal.SIGINT)
        assert shown.process.wait(PATIENCE) == 130
        assert "Traceback" not in "\n".join(shown.printed)


def test_pages_that_are_made_early_stand_in_for_those_of_the_last_site() -> None:
    """Until the build has ended: one that fails after all leaves the last site."""
    preview = Preview(FILES.get, "/")
    preview.show_early({"themes.html": b"<head></head>New"}, [])
    assert preview.find("/themes") == ("themes.html", b"<head></head>New")
    assert preview.find("/") == ("index.html", PAGE)
    preview.take(Built({}, [Problem("a", 1, 1, "no")]))
    assert preview.find("/themes") == ("themes.html", FILES["themes.html"])

"""Serves the built site on this machine, and builds it again on every change. The only door to livereload."""

import errno
from collections.abc import Callable
from pathlib import Path

from livereload import Server

HOST = "127.0.0.1"

WATCHED = ("content", "templates", "static", "site.yaml")
"""What a site is made from."""


class PortTakenError(Exception):
    """Another program listens on the port."""


def serve(root: Path, out: Path, port: int, build: Callable[[], object]) -> None:
    """Serves `out` on 127.0.0.1 until interrupted; `build` runs after each change, tells its own problems and does not raise.

    Raises `PortTakenError` if the port is not free.
    """
    server = Server()
    for name in WATCHED:
        server.watch(str(root / name), build)
    try:
        server.serve(port=port, host=HOST, root=str(out), open_url_delay=None)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTakenError(f"port {port} is taken; name another with --port") from None
        raise

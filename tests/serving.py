"""The preview as an editor has it: the command, running in a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import IO

from tests.helpers import BLANK, ROOT

PATIENCE = 60
"""Seconds after which something is taken never to come; nothing is measured by it."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def interruptible() -> None:
    """Who starts a test in the background has its interrupts ignored, and what it starts too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass
class Serving:
    """A running preview, and all that it has printed."""

    root: Path
    port: int
    base_path: str
    process: subprocess.Popen[str]
    printed: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the site stands."""
        return f"http://127.0.0.1:{self.port}{self.base_path}"

    @property
    def builds(self) -> int:
        """How many builds have ended."""
        return sum(bool(re.match(r"(not )?built\b", line)) for line in self.printed)

    @property
    def begun(self) -> int:
        """How many builds have begun after the first, whether they ended or were overtaken."""
        return sum(line.startswith("building: ") for line in self.printed)

    def read(self, stream: IO[str]) -> None:
        """Keeps what is printed."""
        for line in stream:
            self.printed.append(line.rstrip("\n"))

    def wait_for_builds(self, number: int) -> None:
        """Waits until so many builds have ended."""
        end = monotonic() + PATIENCE
        while self.builds < number:
            assert monotonic() < end, f"{self.builds} builds ended, and not {number}:\n" + "\n".join(self.printed)
            assert self.process.poll() is None, "the preview has ended:\n" + "\n".join(self.printed)
            sleep(0.02)


@contextmanager
def serving(root: Path, *options: str, port: int | None = None, base_path: str = "/") -> Iterator[Serving]:
    """Runs the preview of a project until its first build has ended, and ends it with the block."""
    port = port or free_port()
    command = [sys.executable, "-u", str(ROOT / "build.py"), "serve", "--root", str(root), "--port", str(port), "--base-path", base_path, *options]
    environment = os.environ | BLANK
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, cwd=ROOT, preexec_fn=interruptible)  # noqa: PLW1509  # one thread starts it
    assert process.stdout
    found = Serving(root, port, base_path, process)
    reader = Thread(target=found.read, args=[process.stdout], daemon=True)
    reader.start()
    try:
        found.wait_for_builds(1)
        yield found
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()

"""What search finds to the files of its index. The only door to Pagefind.

Its program is run once on a folder: through its Python interface, each text would wait a tenth of a second for its answer.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

from explainer import urls
from explainer.output import Previous
from explainer.problems import Problem, Severity

FOLDER = urls.SEARCH_PROGRAM.partition("/")[0]

MADE_FROM = f"{FOLDER}/made-from.json"
"""What the index was made from, and its files, each with a hash, so that the next build can keep them."""

SHIPPED = re.compile(r"(pagefind(-worker)?\.js|pagefind-entry\.json|.+\.pf_(meta|index|fragment))")
"""The files that `static/search.js` needs, besides the program of one language; the rest are interfaces that are not used here."""

PACKAGE = "pagefind_bin"


class SearchError(Exception):
    """The index cannot be made."""


def index(texts: Mapping[str, str], language: str, previous: Previous, *, keep: bool = False) -> tuple[dict[str, bytes], list[Problem]]:
    """The index of search can be made; a site without one is still a site, so that a failure is a warning.

    The files of the index of `texts`, HTML by address. Those of the last build where nothing has changed; with `keep`, whatever has changed.
    """
    made_from = _fingerprint(texts, language)
    if kept := _kept(previous, None if keep else made_from):
        return kept, []
    try:
        files = _made(texts, language)
    except SearchError as error:
        message = f"the site is without search: {error}; whoever searches will be led to {urls.A_TO_Z}"
        return {}, [Problem("site.yaml", 1, 1, message, Severity.WARNING)]
    listing = {"from": made_from, "files": {address: _hash(data) for address, data in files.items()}}
    return {MADE_FROM: f"{json.dumps(listing, indent=1)}\n".encode(), **files}, []


def _fingerprint(texts: Mapping[str, str], language: str) -> str:
    """What the index is made from, and by what, in a few letters."""
    try:
        program = version(PACKAGE)
    except PackageNotFoundError:
        program = ""
    return _hash(json.dumps([program, SHIPPED.pattern, language, sorted(texts.items())]).encode())


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _kept(previous: Previous, made_from: str | None) -> dict[str, bytes]:
    """The last index, if it is whole and made from the same; None is for whatever it is made from."""
    listed = previous(MADE_FROM)
    try:
        listing = json.loads(listed or b"{}")
        if made_from not in (None, listing["from"]):
            return {}
        files = {address: previous(address) or b"" for address in listing["files"]}
        if any(_hash(data) != listing["files"][address] for address, data in files.items()):
            return {}
    except (ValueError, KeyError, TypeError):
        return {}
    return {MADE_FROM: listed or b"", **files}


def _made(texts: Mapping[str, str], language: str) -> dict[str, bytes]:
    """Pagefind, which makes the index of search, is installed and works.

    The files of a new index. Raises `SearchError` with the reason why there is none.
    """
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415  # only this needs it, and a site can do without

        program = get_executable()
    except (ModuleNotFoundError, FileNotFoundError):
        raise SearchError(f"the package '{PACKAGE}' is not installed; run 'make', which sets everything up, or 'pip install -e .'") from None
    settings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND")}  # it would follow a machine's own
    try:
        with TemporaryDirectory() as folder:
            for number, (_, text) in enumerate(sorted(texts.items())):
                Path(folder, f"{number:06}.html").write_text(text, encoding="utf-8")
            command = [program, "--site=.", f"--force-language={language}", "--silent"]
            done = run(command, cwd=folder, env=settings, capture_output=True, check=False)  # noqa: S603  # one program, with arguments of ours
            if done.returncode:
                raise SearchError(f"Pagefind ended with {done.returncode}: {done.stderr.decode(errors='replace').strip() or 'and gave no reason'}")
            return dict(_shipped(Path(folder, FOLDER)))
    except OSError as error:
        raise SearchError(f"{error.filename or program} cannot be used: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise SearchError(f"this version of Pagefind writes another kind of index: {error!r}") from error


def _shipped(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files that a reader's browser asks for, by address."""
    (language,) = json.loads((folder / "pagefind-entry.json").read_bytes())["languages"].values()
    program = f"wasm.{language['wasm'] or 'unknown'}.pagefind"
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (path.name == program or SHIPPED.fullmatch(path.name)):
            yield f"{FOLDER}/{path.relative_to(folder).as_posix()}", path.read_bytes()

"""No page links to nothing: every internal link of the built HTML leads to a file of the site and, with a fragment, to a place on it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from html import unescape
from pathlib import Path
from posixpath import dirname, normpath
from unicodedata import normalize
from urllib.parse import unquote

from explainer import urls
from explainer.memory import Memory
from explainer.problems import Problem, did_you_mean
from explainer.render import FOLDER

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_ATTRIBUTE = re.compile(r"""(?<=\s)([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SHARED = re.compile(r"""property=["']og:(?:url|image)["']""")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def check_addresses(addresses: Iterable[str]) -> Iterator[Problem]:
    """No two files share an address, letter case and Unicode form ignored: some disks and hosts could not keep them apart."""
    seen: dict[str, str] = {}
    for address in addresses:
        key = normalize("NFC", address).casefold()
        if key in seen:
            yield Problem(address, 1, 1, f"differs from {seen[key]} only by the case or the form of its letters; rename one")
        seen.setdefault(key, address)


def check_links(
    pages: Mapping[str, str], others: Collection[str], templates: Mapping[str, str], root: Path, base_url: str, memory: Memory
) -> Iterator[Problem]:
    """Every link of a page leads to a page or a file of the site, and to a place that is there; no two elements of a page share their id.

    `others` are the addresses of what is no page; `templates` says which made which page.
    """
    found = {url: memory.recall(("links", url), html, partial(_attributes, html)) for url, html in pages.items()}
    ids = {url: [value for name, value in attributes if name == "id"] for url, attributes in found.items()}
    places = {url: frozenset(values) for url, values in ids.items()}
    for url, attributes in found.items():
        if len(places[url]) != len(ids[url]):
            double = next(value for n, value in enumerate(ids[url]) if value in ids[url][:n])
            yield _place(root, templates[url], f'"{double}"', f"{url} has two elements with the id '{double}'; give one of them another")
        for value in dict.fromkeys(value for name, value in attributes if name != "id"):
            if message := _broken(value, url, places, others, base_url):
                yield _place(root, templates[url], value, f"{url}: a link to '{value}', {message}")


def _attributes(html: str) -> list[tuple[str, str]]:
    """The links and ids of a page. In pages made by templates that escape their values, `<` and `>` stand only around tags."""
    found: list[tuple[str, str]] = []
    for tag in _TAG.findall(html):
        shared = _SHARED.search(tag)
        if shared or "href" in tag or "src" in tag or "id" in tag or "action" in tag:
            for name, *values in _ATTRIBUTE.findall(tag):
                if name in ("href", "src", "id", "action") or (shared and name == "content"):
                    found.append((name, unescape("".join(values))))
    return found


def _broken(value: str, url: str, places: Mapping[str, frozenset[str]], others: Collection[str], base_url: str) -> str:
    """Why a link leads nowhere; empty if it does not."""
    if base_url and value.startswith(base_url):
        target, fragment = _split(value[len(base_url) :], "", urls.HOME)
    elif _ELSEWHERE.match(value):
        return (
            ""
            if value.startswith(("https:", "http:", "mailto:", "data:"))
            else "an address of a kind that is not used here; https:, http:, mailto: and data: are"
        )
    elif value.startswith("/"):
        return "which would leave a site that stands below its host's root; name pages with the filter `href`"
    else:
        target, fragment = _split(value, dirname(url), url)
    if target not in places and target not in others:
        return f"where there is nothing{did_you_mean(target, (*places, *others))}"
    if fragment and fragment not in places.get(target, frozenset([fragment])):
        return f"but {target} has no place '{fragment}'{did_you_mean(fragment, places[target])}"
    return ""


def _split(value: str, folder: str, url: str) -> tuple[str, str]:
    """The path below the root that a link means, seen from a page in a folder, and its fragment."""
    address, _, fragment = value.partition("#")
    path = address.partition("?")[0]
    return (_target(path, folder) if path else url), (unquote(fragment) if fragment else "")


@lru_cache(maxsize=4096)
def _target(path: str, folder: str) -> str:
    """The path below the root that a relative path means in a folder; pages of one folder share most of their links."""
    target = normpath(f"{folder}/{unquote(path)}".lstrip("/"))
    return urls.HOME if target in (".", "") else target


def _place(root: Path, template: str, value: str, message: str) -> Problem:
    """A problem of a built page, at the template or the prose that spells the value, or else at the page's own template."""
    fragment = value.partition("#")[2]
    spelt = [(path, value) for path in (root / FOLDER / template, *sorted((root / FOLDER).glob("*.html")))]
    spelt += [(path, f"#{fragment})") for path in sorted((root / "content").rglob("*.md")) if fragment]
    for path, words in spelt:
        if not path.is_file():
            continue
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
        for number, line in enumerate(lines, 1):
            if words and words in line:
                return Problem(path.relative_to(root).as_posix(), number, line.index(words) + 1, message, excerpt=line)
    return Problem(f"{FOLDER}/{template}", 1, 1, message)

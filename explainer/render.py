"""Pages to HTML. The only door to jinja2."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    pass_context,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context

from explainer import urls
from explainer.assets import Assets
from explainer.characters import visible
from explainer.documents import LEADS_OUT, files_below, is_temporary, leads_out, read_text
from explainer.markdown import CONTENT, STATIC, Html
from explainer.memory import Memory
from explainer.pages import Page
from explainer.problems import ContentError, Problem
from explainer.terms import Terms
from explainer.views.site import SiteView
from explainer.words import Words

FOLDER = "templates"

_CONTENT_LINK = re.compile(rf'(?:(?<=\shref=")|(?<=\ssrc=")){CONTENT}([^"]*)')


@dataclass(frozen=True, slots=True)
class Renderer:
    """Turns pages into HTML with the templates of one project."""

    environment: Environment
    site: SiteView
    assets: Assets
    folder: Path
    memory: Memory
    common: object
    """Everything that a page is made with beside itself."""
    problems: list[Problem] = field(default_factory=list)

    def html(self, page: Page) -> str:
        """A page's HTML; empty, with the reason among `problems`, if its template fails."""
        try:
            return self.memory.recall(("page", page.template, page.url), (page, self.common), lambda: self._rendered(page))
        except Exception as error:  # a template can raise anything; whatever it is becomes a problem with a place
            self.problems.append(self._problem(page, error))
            return ""

    def _rendered(self, page: Page) -> str:
        return self._located(self.environment.get_template(page.template).render(view=page.view, site=self.site, page=page, terms={}), page)

    def _located(self, html: str, page: Page) -> str:
        """The links of prose to other files of the content and to static files, as seen from this page."""
        if CONTENT not in html:
            return html

        def located(match: re.Match[str]) -> str:
            static = match[1].startswith(STATIC)
            return _address(self.assets.address(match[1].removeprefix(STATIC)) if static else urls.of_content(match[1]), page, self.site)

        return _CONTENT_LINK.sub(located, html)

    def _problem(self, page: Page, error: Exception) -> Problem:
        """A template is written in Jinja's language, and uses what its page has.

        Its failure: which template, which line, what.
        """
        if isinstance(error, TemplateSyntaxError):
            name, line, message = error.name or page.template, error.lineno, f"correct this line, which cannot be read: {error.message}"
        else:
            frames = [frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(self.folder)]
            name = Path(frames[-1].filename).relative_to(self.folder).as_posix() if frames else page.template
            line = (frames[-1].lineno or 1) if frames else 1
            message = _message(error)
        path = self.folder / name
        excerpt = ""
        if path.is_file():
            lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
            excerpt = lines[line - 1] if line <= len(lines) else ""
        return Problem(f"{FOLDER}/{name}", line, 1, message, excerpt=excerpt)


def _message(error: Exception) -> str:
    """A template is written in Jinja's language, and uses what its page has.

    What went wrong in it, to somebody who edits templates.
    """
    if isinstance(error, TemplateNotFound):
        return f"no template '{error.name}'; put it into {FOLDER}/, or name another"
    said = ": ".join((type(error).__name__, str(error)))
    if isinstance(error, UndefinedError):
        said = re.sub(r"'explainer[\w.]*\.(\w+) object'", r"\1", error.message or "undefined")
    elif isinstance(error, TemplateError | LookupError) and error.args:
        said = str(error.args[0])
    return f"correct this line, which fails: {said}"


def check_templates(root: Path) -> bool:
    """Templates are files of the project, and text of a size that can be one.

    Raises `ContentError` for those that are not.
    """
    problems: list[Problem] = []
    for path in [root / FOLDER, *sorted(files_below(root / FOLDER))]:
        shown = visible(path.relative_to(root).as_posix())
        if leads_out(path, root):
            problems.append(Problem(shown, 1, 1, LEADS_OUT))
        elif path.suffix == ".html" and not is_temporary(path.name):
            text, found = read_text(path, shown)
            problems += found if text is None else []
    if problems:
        raise ContentError(problems)
    return True


class _Compiled(BytecodeCache):
    """Templates as compiled, each kept until its text changes. Compiling takes as long as rendering all pages once."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, Any]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives what was compiled from the same text."""
        checksum, code = self.kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self.kept[bucket.key] = bucket.checksum, bucket.code


def make_renderer(root: Path, site: SiteView, words: Words, assets: Assets, memory: Memory) -> Renderer:
    """A renderer for the templates in `root`/templates."""
    folder = root / FOLDER
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_below(folder) if path.is_file() and not is_temporary(path.name)}

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        """A template from what was read at first, so that what a page is made from is what is remembered of it."""
        return (files[name].decode("utf-8"), str(folder / name), lambda: True) if name in files else None

    environment = Environment(
        loader=FunctionLoader(load),
        bytecode_cache=memory.recall("compiled templates", folder, _Compiled),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        optimized=False,  # looking for constants to fold takes a sixth of the time of compiling, and there are none
        keep_trailing_newline=True,
    )

    @pass_context
    def href(context: Context, address: str) -> str:
        """A path below the root as seen from the page being made."""
        return _address(address, context["page"], site)

    @pass_context
    def static(context: Context, name: str) -> str:
        """The address of a static file as seen from the page being made."""
        return _address(assets.address(name), context["page"], site)

    terms = Terms({form: term.id for term in site.terms for form in term.forms})
    views = {term.id: term for term in site.terms}

    @pass_context
    def explained(context: Context, text: str) -> Html:
        """A text with its words explained; the page notes in `terms` which they are, to print their meanings once."""
        html, found = terms.explained(text)
        context["terms"].update((term, views[term]) for term in found)
        return html

    environment.filters |= {"href": href, "explained": explained}
    environment.globals |= {"static": static, "t": words, "section": urls.section}
    environment.globals["urls"] = {name.lower(): value for name, value in vars(urls).items() if name.isupper() and isinstance(value, str)}
    common = site, words, assets.addresses, files
    return Renderer(environment, site, assets, folder, memory, memory.recall("common", common, lambda: common))


def _address(address: str, page: Page, site: SiteView) -> str:
    """A path below the root as seen from a page. The page that answers misses is met at any depth, so it names the whole address where one is known."""
    if page.url == urls.NOT_FOUND and site.base_url:
        return site.base_url + address
    return urls.relative(address, page.url)


def render(renderer: Renderer, pages: Iterable[Page]) -> dict[str, str]:
    """The HTML of all pages by address.

    Raises `ContentError` with what is wrong in the templates, and with addresses that two pages share.
    """
    files: dict[str, str] = {}
    doubles: list[Problem] = []
    for page in pages:
        if page.url in files:
            doubles += _double(page)
        files[page.url] = renderer.html(page)
    if renderer.problems or doubles:
        raise ContentError([*renderer.problems, *doubles])
    return files


def _double(page: Page) -> Iterator[Problem]:
    """Two pages cannot share an address; the one named by an editor is the one to change."""
    name = page.url.removesuffix(".html")
    path = f"content/pages/{name}.md" if page.template == "page.html" else f"content/{name}.md"
    yield Problem(path, 1, 1, f"a second page at {page.url}; give the file another name")

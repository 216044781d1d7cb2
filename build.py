#!/usr/bin/env python3
"""Builds the explainer: files to documents to library to views to pages to bytes to `_site/`. The front door, and the order of things."""

import gc
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any


def without(package: str | None) -> str:
    """The packages that `pyproject.toml` names are installed."""
    return f"build.py: error: the package '{package}' is not installed; run 'make', which sets everything up, or 'pip install -e .'"


try:
    import click
    from click.core import ParameterSource

    from explainer import urls
    from explainer.assets import read_assets
    from explainer.audience import Audience
    from explainer.blanks import one_line
    from explainer.cards import make_cards
    from explainer.characters import visible
    from explainer.checks import check_no_html
    from explainer.citations import Citations, citation_files
    from explainer.config import read_config
    from explainer.content import link_up
    from explainer.data import data_files, to_json
    from explainer.documents import note_ignored, read_documents
    from explainer.feed import feed_files
    from explainer.hosting import hosting_files
    from explainer.links import check_addresses, check_links
    from explainer.memory import Memory
    from explainer.new import KINDS, WrongNameError, begin
    from explainer.output import OutputError, Previous, check_ours, check_place, last_site, nothing, write_site
    from explainer.pages import Page, all_pages, searched_pages
    from explainer.problems import ContentError, Problems, annotations, did_you_mean, has_errors, told
    from explainer.project import make_project
    from explainer.render import check_templates, make_renderer, render
    from explainer.schema import is_web_address
    from explainer.search import index
    from explainer.source_text import make_fingerprint, read_source_texts, write_fingerprint
    from explainer.status import as_text
    from explainer.status import status as state_of
    from explainer.texts import strings
    from explainer.views.changes import changes
    from explainer.views.parts import Parts
    from explainer.views.site import site
    from explainer.wording import check_wording, note_uncompared
    from explainer.words import read_words
except ModuleNotFoundError as missing:
    sys.exit(without(missing.name))

DONE, PROBLEMS, USAGE, OUTPUT_UNSAFE, INTERRUPTED = 0, 1, 2, 3, 130


def make_site(
    root: Path, base_url: str | None = None, previous: Previous = nothing, *, audience: Audience | None = None, source_texts: Sequence[Path] = ()
) -> tuple[dict[str, bytes], Problems]:
    """The files of the site by address, and its warnings, with notes on what was left aside. Writes nothing.

    `previous` reads a file of the last site: pictures and the search index are kept if nothing in them would change. With an `audience`, only changed
    pages are rendered, those that are open first, and after the first site pictures and index are kept whatever has changed.
    Our wording is held against the `source_texts`, if there are any.

    Raises `ContentError` with all problems if there is an error among them; `OvertakenError` if the audience is shown what it looks at, and needs another site.
    """
    problems, memory = Problems(), audience.memory if audience else Memory()
    config = problems.attempt(read_config, root, base_url)
    if config:
        problems += (problem for location, text in strings(config.document.fields) for problem in check_no_html(config.document, text, *location))
    documents = problems.add(read_documents(root, memory))
    problems.notes += note_ignored(documents)
    assets = problems.attempt(read_assets, root)
    library = problems.add(link_up(documents, config.fields.published if config else None, memory, assets.addresses if assets else None))
    words = config and problems.attempt(read_words, root, config.fields.language, config.document)
    parts = Parts(library, Citations(config, words)) if config and words else None
    around = problems.attempt(site, config, parts, words) if parts and not documents.unreadable else None
    templates = problems.attempt(check_templates, root)
    if not (config and assets and words and parts and around and templates) or has_errors(problems):
        problems.stop()
    if source_texts:
        given = problems.add(read_source_texts(documents, library.sources, source_texts))
        problems += check_wording(documents, library, given)
        problems.notes += note_uncompared(library, given)
    listed = list(all_pages(config, parts, words))
    renderer = make_renderer(root, around, words, assets, memory)
    texts = problems.attempt(render, renderer, searched_pages(library))
    with ThreadPoolExecutor(1) as beside:
        indexed = beside.submit(index, texts or {}, around.language, previous, keep=memory.whole)  # its program works while the pages are made
        cards = problems.attempt(make_cards, listed, around, words, root, previous, memory.whole)
        whole: Iterable[Page] = cards.pages if cards else listed
        if audience and cards and memory.whole:
            opened = audience.open_pages()
            if early := problems.attempt(render, renderer, [page for page in whole if page.url in opened]):
                audience.show({url: text.encode() for url, text in early.items()} | dict(assets.files), problems)
            whole = audience.until_overtaken(whole)
        html = problems.attempt(render, renderer, whole)
        if cards is None or html is None or texts is None:
            problems.stop()
        problems.notes += cards.notes
        files = {url: text.encode() for url, text in html.items()} | dict(assets.files) | cards.files
        files |= data_files(library, words) | citation_files(library, parts.citations) | hosting_files(html, config.base_url)
        files |= feed_files(changes(parts, config.fields.published), config, words)
        files |= problems.add(indexed.result())
    problems += check_addresses(files)
    problems += check_links(html, files, {page.url: page.template for page in listed}, root, config.base_url, memory)
    if has_errors(problems):
        problems.stop()
    memory.forget()
    return files, problems


def attempt(root: Path, base_url: str | None, previous: Previous, **more: Any) -> tuple[dict[str, bytes], Problems]:
    """What `make_site` gives; no files, and what is wrong, where it is stopped."""
    gc.set_threshold(200_000, 50, 100)  # a build makes many objects and drops few; looking for garbage among them takes a twentieth of its time
    try:
        return make_site(root, base_url, previous, **more)
    except ContentError as error:
        problems = Problems(error.problems)
        problems.notes += error.notes
        return {}, problems


def run(
    root: Path,
    base_url: str | None,
    *,
    strict: bool,
    write: Callable[[dict[str, bytes]], None],
    previous: Previous = nothing,
    source_texts: Sequence[Path] = (),
    everything: bool = False,
) -> int:
    """`--base-url` is an address of the web.

    Makes the site and tells what is wrong with it; hands it to `write` if nothing stops it. Returns the exit code.
    """
    if base_url and not is_web_address(base_url):
        raise click.BadParameter(f"an address starts with https:// and has no spaces; '{base_url}' is none", param_hint="--base-url")
    files, problems = attempt(root, base_url, previous, source_texts=source_texts)
    if not tell(problems, strict=strict, everything=everything) or not files:
        return PROBLEMS
    try:
        write(files)
    except OutputError as error:
        click.echo(f"error: {error}", err=True)
        return OUTPUT_UNSAFE
    return DONE


def tell(problems: Problems, *, strict: bool = False, everything: bool = False) -> bool:
    """With `--strict`, a warning stops a build as an error does.

    Tells the problems, of very many only some unless `everything` is to be told, and all notes; returns whether nothing among them stands in the way.
    """
    for note in problems.notes:
        click.echo(visible(note), err=True)
    if problems:
        if os.environ.get("GITHUB_ACTIONS") == "true":
            click.echo("\n".join(annotations(problems)))
        click.echo(told(problems, everything=everything), err=True)
    if has_errors(problems, strict=strict) and not has_errors(problems):
        click.echo("--strict counts warnings as errors; nothing was written", err=True)
    return not has_errors(problems, strict=strict)


ROOT = click.option("--root", type=click.Path(path_type=Path), default=Path(__file__).parent, help="The project's folder; by default where build.py is.")
OUTPUT = click.option("--output", type=click.Path(path_type=Path), help="Where to write the site; by default _site/ in the project.")
STRICT = click.option("--strict", is_flag=True, help="Warnings count as errors.")
ALL_PROBLEMS = click.option("--all-problems", is_flag=True, help="Show all problems, however many; without it, some of very many are only counted.")
BASE_URL = click.option("--base-url", metavar="URL", help="Where the site will stand, as https://example.org/path/; overrides 'address' in site.yaml.")


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@ROOT
@OUTPUT
@BASE_URL
@STRICT
@ALL_PROBLEMS
@click.pass_context
def main(context: click.Context, root: Path, output: Path | None, base_url: str | None, strict: bool, all_problems: bool) -> int:
    """Build the site into _site/, or do what COMMAND says."""
    if not context.invoked_subcommand:
        return build(root, output or root / "_site", base_url, strict=strict, everything=all_problems)
    check_options(context)
    return DONE


def check_options(context: click.Context) -> None:
    """Options stand behind the command they are for.

    Raises `click.UsageError` for one that stands before.
    """
    if given := [name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]:
        raise click.UsageError(f"--{given[0].replace('_', '-')} stands before '{context.invoked_subcommand}'; put it behind")


def build(root: Path, out: Path, base_url: str | None, *, strict: bool, everything: bool = False) -> int:
    """Builds the site into `out`."""
    out = place(out)

    def write(files: dict[str, bytes]) -> None:
        check_place(root, out)
        write_site(out, files)
        click.echo(f"{pages(files)} pages in {shown(out)}")

    return run(root, base_url, strict=strict, write=write, previous=last_site(out), everything=everything)


def place(out: Path) -> Path:
    """A place as written, without its dots, so that the place checked is the place written."""
    return Path(os.path.abspath(out))  # noqa: PTH100  # `resolve` would follow links too


@main.command()
@ROOT
@BASE_URL
@STRICT
@ALL_PROBLEMS
@click.option(
    "--source-text",
    "source_texts",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The text of a source, to look whether our wording sounds surer than it does; may be given several times.",
)
def check(root: Path, base_url: str | None, strict: bool, all_problems: bool, source_texts: tuple[Path, ...]) -> int:
    """Check everything a build checks, and our wording against source texts; write nothing."""
    written = last_site(root / "_site")

    def write(files: dict[str, bytes]) -> None:
        click.echo(f"{pages(files)} pages could be built")

    return run(root, base_url, strict=strict, write=write, previous=written, source_texts=source_texts, everything=all_problems)


@main.command()
@click.argument("text", metavar="SOURCE_TEXT", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", "slug", required=True, metavar="SLUG", help="The source whose text it is, as its file below content/sources/ is named.")
@ROOT
def fingerprint(text: Path, slug: str, root: Path) -> int:
    """Write the fingerprint of a source text, by which quotations are verified; the text itself stays where it is."""
    made, problems = make_fingerprint(root, slug, text)
    if made is None:
        tell(Problems(problems))
        return PROBLEMS
    try:
        path = write_fingerprint(root, made)
    except OSError as error:
        return tell_unwritten(error)
    click.echo(f"{shown(path)}: {made.last} paragraphs, {made.length(range(1, made.last + 1))} words")
    return DONE


def tell_unwritten(error: OSError) -> int:
    """A fingerprint can be written beside the file of its source."""
    click.echo(f"error: the fingerprint cannot be written: {error.strerror}; see who may write into content/sources/", err=True)
    return OUTPUT_UNSAFE


def _base_path(_context: click.Context, _option: click.Parameter, written: str) -> str:
    """`--base-path` is a path of letters, digits and hyphens, with or without its slashes: `repo` is `/repo/`."""
    path = f"/{written.strip('/')}/".replace("//", "/")
    if not re.fullmatch(r"/([\w.~-]+/)*", path, re.ASCII) or ".." in path:
        raise click.BadParameter(f"a path of letters, digits and hyphens, as in /repo/; '{written}' is none")
    return path


@main.command()
@ROOT
@click.option("--json", "as_json", is_flag=True, help="As data, for programs.")
def status(root: Path, as_json: bool) -> int:
    """Tell how far the work is, what is missing and what comes next; problems do not stop it."""
    problems = Problems()
    config = problems.attempt(read_config, root)
    documents = problems.add(read_documents(root))
    library = problems.add(link_up(documents, config.fields.published if config else None))
    state = state_of(documents, library, problems, config.fields.title if config else None)
    click.echo(to_json(state).decode() if as_json else as_text(state), nl=False)
    return DONE


class WrongCommandLine(click.ClickException):
    """The command line was wrong in a way that one line tells."""

    exit_code = USAGE


class Kinds(click.Group):
    """Commands that are kinds; one that is no kind is told with the nearest that is."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click hands it over
        """In the order in which one writes them."""
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """What is begun is of a kind that there is; `new --help` lists them."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise WrongCommandLine(f"no kind '{one_line(args[0][:80])}'{did_you_mean(args[0], self.commands)}")
        return super().resolve_command(ctx, args)


@main.group(cls=Kinds, subcommand_metavar="KIND NAME")
def new() -> None:
    """Begin a file, an item of a list or a claim: all that is known is filled in, and 'check' tells what is still to be."""


def new_kind(kind: str) -> click.Command:
    """The command that begins something of a kind."""

    def start(root: Path, name: str = "", **options: Any) -> int:
        """The folder `content/` can be written, and is no link."""
        try:
            path, then = begin(root, kind, name, **options)
        except WrongNameError as error:
            raise WrongCommandLine(str(error)) from None
        except ContentError as error:
            tell(Problems(error.problems))
            return PROBLEMS
        except OSError as error:
            way_out = "; see who may write there" if error.errno else ""
            click.echo(f"error: content/ cannot be written: {error.strerror or error}{way_out}", err=True)
            return OUTPUT_UNSAFE
        click.echo(f"{shown(path)}\nnext: {then}")
        return DONE

    shape = KINDS[kind].name
    name = click.argument("name", metavar=shape, default="") if shape.startswith("[") else click.argument("name", metavar=shape)
    start = name(ROOT(start))
    if kind == "source":
        text = click.Path(exists=True, dir_okay=False, path_type=Path)
        start = click.option("--source-text", metavar="FILE", type=text, help="Its text, to count the paragraphs; it stays where it is.")(start)
    if kind in ("agreement", "disagreement", "reading"):
        start = click.option("--question", metavar="NAME", help="List only claims on this question to choose from.")(start)
    meaning = " ".join((KINDS[kind].model.__doc__ or "").split())
    return click.command(kind, help=meaning, short_help=meaning.partition(": ")[2])(start)


for each in KINDS:
    new.add_command(new_kind(each))  # what is no file of content/ is a command of its own here: @new.command()


@new.command("project")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@ROOT
def new_project(folder: Path, root: Path) -> int:
    """Make a project of your own in DIR: the program, and a tiny example to put your round-table in the place of."""
    try:
        make_project(root, folder)
    except OutputError as error:
        click.echo(f"error: {error}", err=True)
        return OUTPUT_UNSAFE
    click.echo(f"{shown(folder)} is a project now; go there, and read its README.md")
    return DONE


@main.command()
@ROOT
@OUTPUT
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port on 127.0.0.1.")
@click.option("--base-path", metavar="PATH", default="/", callback=_base_path, help="Show the site below a path, as GitHub Pages does: /repo/.")
def serve(root: Path, output: Path | None, port: int, base_path: str) -> int:
    """Show the site on this machine, and build it again on every change."""
    from explainer.serve import HOST, Built, PortError, Preview, Work  # noqa: PLC0415  # livereload is slow to load, and only this command needs it
    from explainer.serve import serve as serve_site  # noqa: PLC0415  # as above

    out = place(output or root / "_site")
    preview, memory = Preview(last_site(out), base_path), Memory()

    def build_again(changed: Sequence[str], overtaken: Callable[[], bool]) -> Built:
        if changed:
            click.echo(f"building: {changed[0]}{f' and {len(changed) - 1} more' if len(changed) > 1 else ''} changed")
        files, problems = attempt(root, None, preview.shown, audience=Audience(memory, preview.open_pages, preview.show_early, overtaken))
        tell(problems)
        if not files:
            click.echo("not built; " + ("the last site that could be built stays" if preview.shown(urls.HOME) else "there is no site to show yet"))
        return Built(files, problems)

    def write(files: Mapping[str, bytes]) -> None:
        try:
            write_site(out, files)
        except OutputError as error:
            click.echo(f"error: {error}", err=True)
        click.echo(f"built: {pages(files)} pages")

    def ready() -> None:
        click.echo(f"http://{HOST}:{port}{base_path} shows the site; Ctrl+C ends it")

    try:
        check_place(root, out)
        check_ours(out)
        serve_site(root, preview, port, Work(build_again, write, ready))
    except OutputError as error:
        click.echo(f"error: {error}", err=True)
        return OUTPUT_UNSAFE
    except PortError as error:
        click.echo(f"error: {error}", err=True)
        return USAGE
    return INTERRUPTED


def pages(files: Mapping[str, bytes]) -> int:
    """How many of the files are pages."""
    return sum(name.endswith(".html") for name in files)


def shown(path: Path) -> str:
    """A path as a person would write it from here."""
    here = Path.cwd()
    return str(path.resolve().relative_to(here) if path.resolve().is_relative_to(here) else path)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name that the terminal cannot show is still told
    try:
        sys.exit(main.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)

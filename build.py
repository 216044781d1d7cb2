#!/usr/bin/env python3
"""Builds the explainer: files to documents to library to views to pages to bytes to `_site/`. The front door, and the order of things."""

import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

try:
    import click
    from click.core import ParameterSource

    from explainer.assets import read_assets
    from explainer.cards import make_cards
    from explainer.checks import check_plain
    from explainer.citations import Citations, citation_files
    from explainer.config import read_config
    from explainer.content import link_up
    from explainer.data import data_files
    from explainer.documents import note_ignored, read_documents
    from explainer.feed import feed_files
    from explainer.hosting import hosting_files
    from explainer.links import check_addresses, check_links
    from explainer.output import OutputError, Previous, check_place, is_ours, last_site, nothing, write_site
    from explainer.pages import all_pages, searched_pages
    from explainer.problems import ContentError, Problems, has_errors, told
    from explainer.render import check_templates, make_renderer, render
    from explainer.schema import is_web_address
    from explainer.search import index
    from explainer.source_text import make_fingerprint, read_source_texts, write_fingerprint
    from explainer.texts import strings
    from explainer.views.changes import changes
    from explainer.views.parts import Parts
    from explainer.views.site import site
    from explainer.wording import check_wording, note_uncompared
    from explainer.words import read_words
except ModuleNotFoundError as missing:
    sys.exit(f"build.py: error: the package '{missing.name}' is not installed; run 'make', which sets everything up, or 'pip install -e .'")

DONE, PROBLEMS, USAGE, OUTPUT_UNSAFE, INTERRUPTED = 0, 1, 2, 3, 130


def make_site(
    root: Path, base_url: str | None = None, previous: Previous = nothing, *, preview: bool = False, source_texts: Sequence[Path] = ()
) -> tuple[dict[str, bytes], Problems]:
    """The files of the site by address, and its warnings, with notes on what was left aside. Writes nothing.

    `previous` reads a file of the last site: pictures and the search index are kept if nothing in them would change, in a `preview` the index always.
    Our wording is held against the `source_texts`, if there are any.

    Raises `ContentError` with all problems if there is an error among them.
    """
    problems = Problems()
    config = problems.attempt(read_config, root, base_url)
    if config:
        problems += (problem for location, text in strings(config.document.fields) for problem in check_plain(config.document, text, *location))
    documents = problems.add(read_documents(root))
    problems.notes += note_ignored(documents)
    library = problems.add(link_up(documents, config.fields.published if config else None))
    assets = problems.attempt(read_assets, root)
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
    renderer = make_renderer(root, around, words, assets)
    texts = problems.attempt(render, renderer, searched_pages(library))
    with ThreadPoolExecutor(1) as beside:
        indexed = beside.submit(index, texts or {}, around.language, previous, keep=preview)  # its program works while the pages are made
        cards = problems.attempt(make_cards, listed, around, words, root, previous)
        html = problems.attempt(render, renderer, cards.pages if cards else listed)
        if cards is None or html is None or texts is None:
            problems.stop()
        problems.notes += cards.notes
        files = {url: text.encode() for url, text in html.items()} | dict(assets.files) | cards.files
        files |= data_files(library, words) | citation_files(library, parts.citations) | hosting_files(html, config.base_url)
        files |= feed_files(changes(parts, config.fields.published), config, words)
        files |= problems.add(indexed.result())
    problems += check_addresses(files)
    problems += check_links(html, files, {page.url: page.template for page in listed}, root, config.base_url)
    if has_errors(problems):
        problems.stop()
    return files, problems


def run(
    root: Path,
    base_url: str | None,
    *,
    strict: bool,
    write: Callable[[dict[str, bytes]], None],
    previous: Previous = nothing,
    preview: bool = False,
    source_texts: Sequence[Path] = (),
) -> int:
    """Makes the site and tells what is wrong with it; hands it to `write` if nothing stops it. Returns the exit code."""
    if base_url and not is_web_address(base_url):
        raise click.BadParameter(f"an address starts with https:// and has no spaces; '{base_url}' is none", param_hint="--base-url")
    gc.set_threshold(200_000, 50, 100)  # a build makes many objects and drops few; looking for garbage among them takes a twentieth of its time
    try:
        files, problems = make_site(root, base_url, previous, preview=preview, source_texts=source_texts)
    except ContentError as error:
        files, problems = {}, Problems(error.problems)
        problems.notes += error.notes
    if not tell(problems, strict=strict) or not files:
        return PROBLEMS
    try:
        write(files)
    except OutputError as error:
        click.echo(f"error: {error}", err=True)
        return OUTPUT_UNSAFE
    return DONE


def tell(problems: Problems, *, strict: bool = False) -> bool:
    """Tells all problems and notes; returns whether nothing among them stands in the way."""
    for note in problems.notes:
        click.echo(note, err=True)
    if problems:
        if os.environ.get("GITHUB_ACTIONS") == "true":
            click.echo("\n".join(problem.as_annotation() for problem in sorted(set(problems))))
        click.echo(told(problems), err=True)
    if has_errors(problems, strict=strict) and not has_errors(problems):
        click.echo("--strict counts warnings as errors; nothing was written", err=True)
    return not has_errors(problems, strict=strict)


ROOT = click.option("--root", type=click.Path(path_type=Path), default=Path(__file__).parent, help="The project's folder; by default where build.py is.")
OUTPUT = click.option("--output", type=click.Path(path_type=Path), help="Where to write the site; by default _site/ in the project.")
STRICT = click.option("--strict", is_flag=True, help="Warnings count as errors.")
BASE_URL = click.option("--base-url", metavar="URL", help="Where the site will stand, as https://example.org/path/; overrides 'address' in site.yaml.")


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@ROOT
@OUTPUT
@BASE_URL
@STRICT
@click.pass_context
def main(context: click.Context, root: Path, output: Path | None, base_url: str | None, strict: bool) -> int:
    """Build the site into _site/, or do what COMMAND says."""
    if not context.invoked_subcommand:
        return build(root, output or root / "_site", base_url, strict=strict)
    if given := [name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]:
        raise click.UsageError(f"--{given[0].replace('_', '-')} stands before '{context.invoked_subcommand}'; put it behind")
    return DONE


def build(root: Path, out: Path, base_url: str | None, *, strict: bool, preview: bool = False) -> int:
    """Builds the site into `out`."""
    out = Path(os.path.abspath(out))  # noqa: PTH100  # as written, without its dots, so that the place checked is the place written

    def write(files: dict[str, bytes]) -> None:
        check_place(root, out)
        write_site(out, files)
        click.echo(f"{pages(files)} pages in {shown(out)}")

    return run(root, base_url, strict=strict, write=write, previous=last_site(out), preview=preview)


@main.command()
@ROOT
@BASE_URL
@STRICT
@click.option(
    "--source-text",
    "source_texts",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The text of a source, to look whether our wording sounds surer than it does; may be given several times.",
)
def check(root: Path, base_url: str | None, strict: bool, source_texts: tuple[Path, ...]) -> int:
    """Check everything a build checks, and our wording against source texts; write nothing."""
    written = last_site(root / "_site")

    def write(files: dict[str, bytes]) -> None:
        click.echo(f"{pages(files)} pages could be built")

    return run(root, base_url, strict=strict, write=write, previous=written, source_texts=source_texts)


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
        click.echo(f"error: the fingerprint cannot be written: {error.strerror}", err=True)
        return OUTPUT_UNSAFE
    click.echo(f"{shown(path)}: {made.last} paragraphs, {made.length(range(1, made.last + 1))} words")
    return DONE


@main.command()
@ROOT
@OUTPUT
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port on 127.0.0.1.")
def serve(root: Path, output: Path | None, port: int) -> int:
    """Build, serve on this machine, and build again on every change."""
    from explainer.serve import HOST, PortError, look  # noqa: PLC0415  # livereload is slow to load, and only this command needs it
    from explainer.serve import serve as serve_site  # noqa: PLC0415  # as above

    out = output or root / "_site"
    before = look(root)
    code = build(root, out, None, strict=False)
    if not is_ours(out):
        return code
    click.echo(f"http://{HOST}:{port}/ shows {shown(out)}; Ctrl+C ends it")
    try:
        serve_site(root, out, port, lambda: build(root, out, None, strict=False, preview=True), before)
    except PortError as error:
        click.echo(f"error: {error}", err=True)
        return USAGE
    return INTERRUPTED


def pages(files: dict[str, bytes]) -> int:
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

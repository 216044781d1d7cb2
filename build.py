#!/usr/bin/env python3
"""Builds the explainer: files to documents to library to views to pages to bytes to `_site/`. The front door, and the order of things."""

import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def without(package: str | None) -> str:
    """The packages that `pyproject.toml` names are installed."""
    way_out = "run 'make', which sets everything up, or 'pip install -e .', or activate the environment that has it"
    return f"build.py: error: the package '{package}' is not installed; {way_out}"


try:
    from explainer import commands
    from explainer.assets import read_assets
    from explainer.audience import Audience
    from explainer.cards import make_cards
    from explainer.checks_of_texts import check_fields
    from explainer.citations import Citations, citation_files
    from explainer.config import read_config
    from explainer.content import link_up
    from explainer.data import data_files
    from explainer.documents import note_ignored, read_documents
    from explainer.feed import feed_files
    from explainer.hosting import hosting_files
    from explainer.links import check_addresses, check_links
    from explainer.memory import Memory
    from explainer.output import Previous, nothing
    from explainer.pages import Page, all_pages, searched_pages
    from explainer.problems import Problems, has_errors
    from explainer.render import check_templates, make_renderer, render
    from explainer.search import index
    from explainer.source_text import read_source_texts
    from explainer.views.changes import changes
    from explainer.views.parts import Parts
    from explainer.views.site import site
    from explainer.wording import check_wording, note_uncompared
    from explainer.words import read_words
except ModuleNotFoundError as missing:
    sys.exit(without(missing.name))
except KeyboardInterrupt:
    sys.exit(130)


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
        problems += check_fields(config.document)
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


def main() -> None:
    """Does what the command line says."""
    commands.run_command_line(commands.Program(make_site, Path(__file__).parent))


if __name__ == "__main__":
    main()

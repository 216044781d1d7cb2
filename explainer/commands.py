"""The command line: what each command takes, does and tells, and the exit code it ends with. The only door to click."""

import gc
import io
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeAlias

import click
from click.core import ParameterSource

from explainer import urls
from explainer.audience import Audience
from explainer.blanks import one_line
from explainer.characters import visible
from explainer.checks_of_texts import check_fields
from explainer.config import read_config
from explainer.content import link_up
from explainer.data import to_json
from explainer.documents import read_documents
from explainer.fingerprint import paragraphs as paragraphs_of
from explainer.memory import Memory
from explainer.new import KINDS, WrongNameError, begin
from explainer.output import OutputError, Previous, check_ours, check_place, last_site, nothing, write_site
from explainer.problems import ContentError, Problem, Problems, annotations, did_you_mean, has_errors, told
from explainer.project import make_project
from explainer.schema import is_web_address
from explainer.source_text import make_fingerprint, read_source_text, write_fingerprint
from explainer.status import as_text
from explainer.status import status as state_of

DONE, PROBLEMS, USAGE, OUTPUT_UNSAFE, INTERRUPTED = 0, 1, 2, 3, 130

MakeSite: TypeAlias = Callable[..., tuple[dict[str, bytes], Problems]]
"""`make_site` of `build.py`: the files of the site, and what there is to be told. Raises `ContentError` if there is an error."""


class Program(NamedTuple):
    """What `build.py` hands to the commands."""

    make_site: MakeSite
    folder: Path
    """Where `build.py` is."""


def run_command_line(program: Program) -> NoReturn:
    """Does what the command line says, and ends with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name that the terminal cannot show is still told
    try:
        sys.exit(main.main(obj=program, standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)


def attempt(make_site: MakeSite, root: Path, base_url: str | None, previous: Previous, **more: Any) -> tuple[dict[str, bytes], Problems]:
    """What `make_site` gives; no files, and what is wrong, where it is stopped."""
    gc.set_threshold(200_000, 50, 100)  # a build makes many objects and drops few; looking for garbage among them takes a twentieth of its time
    try:
        return make_site(root, base_url, previous, **more)
    except ContentError as error:
        problems = Problems(error.problems)
        problems.notes += error.notes
        return {}, problems


def run(
    make_site: MakeSite,
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
    files, problems = attempt(make_site, root, base_url, previous, source_texts=source_texts)
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


def own_folder() -> Path:
    """The folder of the program; a project is there too."""
    program: Program = click.get_current_context().obj
    return program.folder


ROOT = click.option("--root", type=click.Path(path_type=Path), default=own_folder, help="The project's folder; by default where build.py is.")
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
        return build(context.obj.make_site, root, output or root / "_site", base_url, strict=strict, everything=all_problems)
    check_options(context)
    return DONE


def check_options(context: click.Context) -> None:
    """Options stand behind the command they are for.

    Raises `click.UsageError` for one that stands before.
    """
    if given := [name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]:
        raise click.UsageError(f"--{given[0].replace('_', '-')} stands before '{context.invoked_subcommand}'; put it behind")


def build(make_site: MakeSite, root: Path, out: Path, base_url: str | None, *, strict: bool, everything: bool = False) -> int:
    """Builds the site into `out`."""
    out = place(out)

    def write(files: dict[str, bytes]) -> None:
        check_place(root, out)
        write_site(out, files)
        click.echo(f"{pages(files)} pages in {shown(out)}")

    return run(make_site, root, base_url, strict=strict, write=write, previous=last_site(out), everything=everything)


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
@click.pass_obj
def check(program: Program, root: Path, base_url: str | None, strict: bool, all_problems: bool, source_texts: tuple[Path, ...]) -> int:
    """Check everything a build checks, and our wording against source texts; write nothing."""
    written = last_site(root / "_site")

    def write(files: dict[str, bytes]) -> None:
        click.echo(f"{pages(files)} pages could be built")

    return run(program.make_site, root, base_url, strict=strict, write=write, previous=written, source_texts=source_texts, everything=all_problems)


SOURCE_TEXT = click.argument("text", metavar="SOURCE_TEXT", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@main.command()
@SOURCE_TEXT
def paragraphs(text: Path) -> int:
    """Show a source text with the numbers that its ranges and claims name its paragraphs by."""
    written, problems = read_source_text(text)
    if written is None or problems:
        tell(Problems(problems))
        return PROBLEMS
    for number, paragraph in enumerate(paragraphs_of(written), 1):
        click.echo(f"¶{number} {visible(paragraph)}")
    return DONE


@main.command()
@SOURCE_TEXT
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
    problems += check_fields(config.document) if config else ()
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
@click.pass_obj
def serve(program: Program, root: Path, output: Path | None, port: int, base_path: str) -> int:
    """Show the site on this machine, and build it again on every change."""
    from explainer.serve import HOST, Built, PortError, Preview, Work  # noqa: PLC0415  # livereload is slow to load, and only this command needs it
    from explainer.serve import serve as serve_site  # noqa: PLC0415  # as above

    out = place(output or root / "_site")
    preview, memory = Preview(last_site(out), base_path), Memory()

    def build_again(changed: Sequence[str], overtaken: Callable[[], bool]) -> Built:
        if changed:
            say(f"building: {changed[0]}{f' and {len(changed) - 1} more' if len(changed) > 1 else ''} changed")
        audience = Audience(memory, preview.open_pages, preview.show_early, overtaken)
        files, problems = attempt(program.make_site, root, None, preview.shown, audience=audience)
        tell(problems)
        if not files:
            say("not built; " + ("the last site that could be built stays" if preview.shown(urls.HOME) else "there is no site to show yet"))
        config = Problems().attempt(read_config, root)
        return Built(files, problems, config.base_url if config else "")

    def write(files: Mapping[str, bytes]) -> list[Problem]:
        try:
            write_site(out, files)
        except OutputError as error:
            click.echo(f"error: {error}", err=True)
            say(f"built: {pages(files)} pages, not written")
            return [Problem(shown(out), 1, 1, str(error))]
        say(f"built: {pages(files)} pages")
        return []

    def ready() -> None:
        say(f"http://{HOST}:{port}{base_path} shows the site; Ctrl+C ends it")

    def say(text: str) -> None:
        with suppress(OSError):  # nobody reads it any more
            click.echo(text)

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

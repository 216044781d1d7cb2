"""The rules of how texts are written: plain fields, Markdown, links and pictures. Each check yields problems, and its docstring is the rule."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice, takewhile
from posixpath import basename, relpath, splitext
from urllib.parse import unquote

from explainer import markup
from explainer.documents import Documents, warning
from explainer.frontmatter import Document
from explainer.markdown import LINKS_LIMIT, NESTING_LIMIT, STATIC, WEB, Prose, Section, Target, check_size, is_path, quotations
from explainer.problems import Problem, did_you_mean
from explainer.texts import LOOKED_AHEAD, Text, located, strings
from explainer.tokens import words

_MARKDOWN = re.compile(
    r"\A[•·*-] \S+|(?<![\w*])\*\*\S[^*\n]*\*\*|(?<![\w*])\*\*[^\W\d_]\w*|(?<!:)\\n|!?\[[^\]\n]+\]\([^)\n]*\)"
    r"|(?<!\w)`[^`\n]+`(?!\w)|(?<![\w*])\*[^\s*](?:[^*\n]*[^\s*])?\*(?![\w*])|(?<!\w)__?[^\s_][^_\n]*__?(?!\w)"
)
_MARKDOWN_SHOWN = 40
_MERGED = "======="
_OWN_MACHINE = re.compile(r"https?://(localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])(?=[:/?#]|$)", re.IGNORECASE)
_NEARLY_WEB = re.compile(r"(?P<scheme>https?)(?::/{3,}|:/?|;?//)(?=[^/])|(?=www\.|(?:[a-z0-9-]+\.)+(?:org|com|net|edu|gov|info|io)(?:/|$))", re.IGNORECASE)
_MAIL = re.compile(r"[^\s/@:]+@[^\s/@:]+\.[a-z]+", re.IGNORECASE)
_ON_A_DISK = re.compile(r"/(?!/)|[A-Za-z]:[\\/]")
_PARAGRAPH = re.compile(r"¶\s?(\d{1,6})")


TOLD_LIMIT = 50
"""Slips of a kind in one file after which it is not searched for more; each takes a search for its place, and the next build tells the rest."""


def check_plain(texts: Iterable[Text]) -> Iterator[Problem]:
    """Fields of the front matter are plain text; Markdown in them would be shown with its signs."""
    slips = ((text, found) for text in texts if (found := _MARKDOWN.search(text.text)))
    for text, found in islice(slips, TOLD_LIMIT):
        shown = found[0] if len(found[0]) <= _MARKDOWN_SHOWN else f"{found[0][:_MARKDOWN_SHOWN]} …"
        message = f"fields are plain text, and '{shown}' is shown with its signs; write it without them, or put it into the text below the fields"
        yield warning(text.document.problem_at(message, *text.place(found.start(), words(found[0])[:1])))


def check_paragraphs_named(texts: Iterable[Text]) -> Iterator[Problem]:
    """A paragraph that is named in a text exists in a source that the text rests on; behind a quotation, that is told with the quotation."""
    told_of: Counter[str] = Counter()
    for text in texts:
        if "¶" not in text.text or not text.basis:
            continue
        last = max(part.source.ranges[-1].paragraphs[-1] for part in text.basis)
        told = [range(quotation.close, quotation.end) for quotation in quotations(text.text)]
        for found in _PARAGRAPH.finditer(text.text):
            if told_of[text.document.path] == TOLD_LIMIT:
                break
            if int(found[1]) > last and not any(found.start() in behind for behind in told):
                told_of[text.document.path] += 1
                yield text.document.problem_at(f"no ¶{found[1]}; the paragraphs end at ¶{last}", *text.place(found.start(), (found[1],)))


def check_heading(document: Document, section: Section) -> Iterator[Problem]:
    """A heading quotes only what the text quotes."""
    for quotation in section.heading.quotations:
        if not any(quotation.text in whole.text for whole in section.prose.quotations):
            place = located(document, section.line, heading_column(document, section), words(quotation.text))
            yield document.problem_at(
                f"“{quotation.text}” is quoted in the heading only; quote it in the text too, with its paragraph, or leave out the marks", *place
            )


def heading_column(document: Document, section: Section) -> int:
    """The column in which the words of a heading begin."""
    line = document.text.split("\n")[section.line - 1]
    marks = re.match(r"\s*(#+[ \t]*)?", line)
    return len(marks[0]) + 1 if marks else 1


def check_prose(document: Document, prose: Prose, documents: Documents, static: Collection[str] | None) -> Iterator[Problem]:
    """A link leads to a file below content/ or static/, to a place on its page, or to the web. Nothing is nested so deep that it is lost."""
    for token in prose.tokens:
        if token.level >= NESTING_LIMIT - 1:
            yield document.problem_at(
                f"lists or quotations nested {NESTING_LIMIT} deep; what is deeper would be lost, so write it flatter", prose.first_line + (token.map or [0])[0]
            )
            break
    if len(prose.targets) > LINKS_LIMIT:
        message = f"{len(prose.targets)} links; at most {LINKS_LIMIT} are followed, so divide the text"
        yield document.problem_at(message, *prose.targets[LINKS_LIMIT].place(document))
        return
    seen: Counter[tuple[int, str]] = Counter()
    for target in prose.targets:
        before = seen[target.line, target.written]
        seen[target.line, target.written] += 1
        message = _picture_astray(document, target) if target.picture else _link_astray(target, prose.folder, documents)
        path = target.address.partition("#")[0]
        if not message and static is not None and path.startswith(STATIC) and (name := path.removeprefix(STATIC)) not in static:
            message = f"no file '{name}' in static/{did_you_mean(name, static)}"
        if message:
            yield document.problem_at(message, *target.place(document, before))


def _picture_astray(document: Document, target: Target) -> str:
    """A link leads to a file below content/ or static/, to a place on its page, or to the web. Nothing is nested so deep that it is lost.

    What is told of a picture that is not below static/; nothing if it is.
    """
    folder, written = "../" * document.path.count("/") + "static/", unquote(target.written)
    if target.address.startswith(WEB):
        return f"a picture from another host, '{target.address}'; pages load none, so put the file into static/ and name it {folder}…"
    if target.address.startswith(STATIC):
        return ""
    if is_path(written) or _ON_A_DISK.match(written):
        name = basename(written.replace("\\", "/"))
        return f"a picture '{written}', where pages find none; put the file into static/ and name it {folder}{name}"
    return f"a link to '{written}'; a picture is a file in static/, as in {folder}name.png"


def _link_astray(target: Target, folder: str, documents: Documents) -> str:
    """A link leads to a file below content/ or static/, to a place on its page, or to the web. Nothing is nested so deep that it is lost.

    What is told of a link that leads to nothing; nothing if it does not.
    """
    path, mark, anchor = target.address.partition("#")
    written = unquote(target.written)
    if own := _OWN_MACHINE.match(target.address):
        return f"a link to '{own[1]}', which is each reader's own machine; write the path to the file below content/, as in ../themes/name.md"
    if path.startswith(STATIC) or (is_path(target.written) and documents.has(path)) or (mark and not path):
        return ""
    if elsewhere := _meant_elsewhere(written):
        return f"a link to '{written}'; write '{elsewhere}'"
    if path.startswith(WEB):
        return ""
    meant = _meant_file(unquote(path).replace("\\", "/"), folder, documents)
    if "\\" in written:
        return f"a link to '{written}'; write / in place of every \\{meant and f', as in {meant}'}"
    if meant:
        return f"a link to '{written}', where there is nothing; did you mean '{meant}{mark}{anchor}'?"
    if not path or not is_path(target.written):
        return f"a link to '{written}'; write https://…, or the path to a file below content/"
    if path.startswith("../"):
        return f"a link to '{written}', which is not below content/; pages can lead only to what stands there, in static/ or on the web"
    known = (relpath(each, folder or ".") for each in documents.paths if each)
    hint = did_you_mean(relpath(path, folder or "."), known) if splitext(path)[1] else "; name the file, with its ending"
    return f"a link to '{written}', where there is nothing{hint}"


def _meant_elsewhere(written: str) -> str:
    """The address of a link to elsewhere that was meant, if what is written is nearly one."""
    if found := _NEARLY_WEB.match(written):
        return f"{found['scheme'] or 'https'}://{written[found.end() :]}"
    return f"mailto:{written}" if _MAIL.fullmatch(written) else ""


def _meant_file(path: str, folder: str, documents: Documents) -> str:
    """The file that a path may mean, as seen from a folder: of those with the same name, whatever their ending, the one with most of the same folders."""
    wanted = path.casefold().split("/")
    wanted[-1] = splitext(wanted[-1])[0]

    def alike(known: str) -> int:
        parts = splitext(known)[0].split("/")
        return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(reversed(parts), reversed(wanted), strict=False))))

    best = max(sorted(filter(None, documents.paths)), key=alike, default="")
    return relpath(best, folder or ".") if best and alike(best) else ""


def check_fences(document: Document, prose: Prose) -> Iterator[Problem]:
    """A block of code that begins with a line ``` ends with another; without it, everything below is code. Text that is indented is none that was meant."""
    for token in prose.tokens:
        if token.type == "code_block":
            message = "four spaces or a tab make this a block of code; take them away, or put lines of ``` around it if it is one"
            yield warning(document.problem_at(message, prose.first_line + (token.map or [0])[0]))
    for place in prose.open_fences:
        yield document.problem_at("a block of code begins here and does not end; put a line ``` behind it, or delete this one", *place)


def check_no_attributes(document: Document, prose: Prose) -> Iterator[Problem]:
    """Lines of attributes stand above the claims of answers and sources, and nowhere else."""
    for token in prose.tokens:
        if token.type == "attrs_block":
            message = "a line of attributes; claims stand only in answers and sources, so move it there with what belongs to it, or take it out"
            yield document.problem_at(message, prose.first_line + (token.map or [0])[0])


def check_underlines(document: Document, prose: Prose) -> Iterator[Problem]:
    """A line of hyphens below a text makes a heading of it, which a sentence is not, nor what belongs to a claim; `=======` may be left of a merge."""
    for n, token in enumerate(prose.tokens):
        if token.type != "heading_open" or token.markup not in ("-", "="):
            continue
        text, line = prose.tokens[n + 1].content, prose.first_line + (token.map or [0, 0])[1] - 1
        of_claims = document.path.startswith(("content/answers/", "content/sources/"))
        is_sentence = "\n" in text or text.endswith(".") or of_claims
        if prose.lines[line - 1].strip() == _MERGED and (of_claims or len(text) != len(_MERGED)):
            yield document.problem_at(f"'{_MERGED}' is what git writes between two versions of a text; keep one of them, and delete this line", line)
        elif is_sentence:
            yield document.problem_at("this line makes a heading of the text above it; put an empty line above it, or write the heading as '## …'", line)


def check_page(document: Document, prose: Prose) -> Iterator[Problem]:
    """A page of prose has some."""
    if not prose.tokens and not any(check_size(document)):
        yield warning(document.problem_at("this page is still empty; write it below the fields", document.body_line))


def check_markup(document: Document, prose: Prose) -> Iterator[Problem]:
    """Text is Markdown; HTML in it is shown as it is written, and so is what only looks like Markdown."""
    for found, place in (*prose.markup, *prose.nearly):
        yield warning(document.problem_at(found.message, *place))


def check_fields(document: Document) -> Iterator[Problem]:
    """A field is plain text; HTML and its entities in it are shown as they are written."""
    for location, text in strings(document.fields):
        yield from check_no_html(document, text, *location)


def check_no_html(document: Document, text: str, *location: str | int) -> Iterator[Problem]:
    """A field is plain text; HTML and its entities in it are shown as they are written."""
    if not (every := markup.in_field(text)):
        return
    line, column = document.place(*location)
    start = column - 1
    lines = document.text.split("\n", line + LOOKED_AHEAD)[line - 1 : line - 1 + LOOKED_AHEAD]
    for found in every:
        at, down = -1, 0
        for down, written in enumerate(lines):
            if (at := written.find(found.written, start if not down else 0)) >= 0:
                break
        if at < 0:  # written in another way, as with an escape
            yield warning(document.problem_at(found.message, line, column))
            continue
        yield warning(document.problem_at(found.message, line + down, at + 1))
        lines, line, start = lines[down:], line + down, at + len(found.written)

"""No input may produce a traceback: whatever stands in a file, it is read or told, at a place that the file has."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explainer.config import Config
from explainer.content import link_up
from explainer.documents import Documents
from explainer.frontmatter import Document, read_front_matter, read_yaml
from explainer.problems import Problem, told
from explainer.schema import SiteFields, validate
from tests.helpers import SITES

# fmt: off
FRAGMENTS = (
    "---\n", "- ", "? ", ": ", "a: ", "\n", "\n\n", "  ", "\t", "# ", "#x", "## ", "### ", "{#a kind=describes themes=drinks paragraphs=2}\n", "{#",
    "{a=", "}", "\"", "'", "“tea” (¶2)", "[x](../experts/ann.md)", "[x](nothing.md#", ")", "![", "](", "[", "]", "{", "}", "> ", "1. ", "* ", "`",
    "```\n", "<b>", "&amp;", "&#123;", "\\", "|", "| a | b |\n|---|---|\n", "***", "title: Tea\n", "order: 1\n", "source: talk\n", "summary: Tea\n",
    "paragraphs: 2\n", "paragraphs: [2, 3-1]\n", "paragraphs: []\n", "stances:\n  - {scale: a, step: 1}\n", "ranges:\n",
    "  - {paragraphs: 1-3, kind: background}\n", "left_out: [{paragraphs: 2, because: x}]\n", "navigation: [home]\n",
    "- {id: tea, term: Tea, meaning: x, origin: editor}\n", "&x ", "*x", "!!python/object ", "no", "12:30", "0x10", "~", ".inf", "2024-13-45",
    "|\n  x\n", ">-\n  x\n", "<<: {a: 1}\n", "%YAML 1.1\n", "...\n", "¶", "🍵", "\u2028", "\x85", "\ufeff", "\u200d", "é",
)
# fmt: on
TEXT = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=6)), max_size=10).map("".join),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60),
).map(lambda text: text.replace("\r\n", "\n").replace("\r", "\n"))  # as `read_text` does

KINDS = (
    "sources/talk",
    "experts/ann",
    "questions/breakfast",
    "themes/drinks",
    "answers/breakfast/ann",
    "agreements/hot",
    "disagreements/cup",
    "readings/hot",
    "pages/about",
)

hostile = settings(deadline=None, max_examples=120, database=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def _read_smallest() -> dict[str, Document]:
    folder = SITES / "smallest/content"
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.md"))}
    return {name: read_front_matter(f"content/{name}", path.read_text(encoding="utf-8"))[0] for name, path in paths.items()}


SMALLEST = _read_smallest()


def hold(problems: list[Problem], path: str, text: str) -> None:
    """Each problem of the file is one line and has a place in it; and all can be told."""
    lines = text.split("\n")
    for problem in problems:
        assert "\n" not in problem.message, repr(problem.message)
        assert problem.column >= 1
        if problem.path == path:
            assert 1 <= problem.line <= len(lines), f"{problem} is beyond the file's {len(lines)} lines"
            assert problem.column <= len(lines[problem.line - 1]) + 1, f"{problem} is beyond its line"
    assert told(problems) or not problems


def linked(name: str, document: Document) -> list[Problem]:
    """The problems of the smallest project with one of its files replaced."""
    library, problems = link_up(Documents(dict(sorted({**SMALLEST, name: document}.items()))))
    for claim in (*library.claims, *library.background):
        assert claim.prose.text is not None
        assert claim.prose.html is not None
        assert claim.headline.inline_html is not None
    return problems


@hostile
@given(kind=st.sampled_from(KINDS), text=TEXT)
def test_any_file_is_read_or_told(kind: str, text: str) -> None:
    path = f"content/{kind}.md"
    document, problems = read_front_matter(path, text)
    hold([*problems, *linked(f"{kind}.md", document)], path, text)


@hostile
@given(text=TEXT)
def test_any_body_of_an_answer_is_read_or_told(text: str) -> None:
    text = f"---\nsource: talk\nsummary: Tea.\nparagraphs: 2\n---\n\n{{#tea kind=describes themes=drinks paragraphs=2}}\n## Tea\n\n{text}"
    document, problems = read_front_matter("content/answers/breakfast/ann.md", text)
    hold([*problems, *linked("answers/breakfast/ann.md", document)], document.path, text)


@hostile
@given(kind=st.sampled_from(KINDS), text=TEXT)
def test_any_front_matter_is_read_or_told(kind: str, text: str) -> None:
    """Whatever fields it has beside those that belong there."""
    own = SMALLEST.get(f"{kind}.md")
    fields = own.text.split("---\n")[1] if own else ""
    whole = f"---\n{fields}{text}\n---\nText.\n"
    document, problems = read_front_matter(f"content/{kind}.md", whole)
    hold([*problems, *linked(f"{kind}.md", document)], document.path, whole)


@hostile
@given(name=st.sampled_from(["conditions", "glossary", "timeline"]), text=TEXT)
def test_any_list_is_read_or_told(name: str, text: str) -> None:
    document, problems = read_yaml(f"content/{name}.yaml", text)
    hold([*problems, *linked(f"{name}.yaml", document)], document.path, text)


@hostile
@given(text=TEXT)
def test_any_configuration_is_read_or_told(text: str) -> None:
    document, problems = read_yaml("site.yaml", text)
    fields, more = validate(SiteFields, document, document.fields if isinstance(document.fields, dict) else {})
    assert fields is None or Config(fields, document, "")
    hold([*problems, *more], "site.yaml", text)

"""Quotations on a page: those that were found in the source say so, name the paragraph, and lead to the passage, if the source is on the web."""

from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import quote

from explainer.markdown import Html, Prose, Quotation, quotations
from explainer.model import Source
from explainer.words import Words


def verified_prose(prose: Prose, source: Source, paragraphs: Sequence[int], words: Words) -> Html:
    """Markdown as HTML, its quotations marked."""
    return prose.html_with(_mark(source, paragraphs, words)) if prose.quotations else prose.html


def verified_text(text: str, source: Source, paragraphs: Sequence[int], words: Words) -> Html:
    """Plain text as HTML, its quotations marked."""
    mark, parts, start = _mark(source, paragraphs, words), [], 0
    for quotation in quotations(text):
        if html := mark(quotation):
            parts += [escape(text[start : quotation.close], quote=False), html]
            start = quotation.end
    return Html("".join([*parts, escape(text[start:], quote=False)]))


def _mark(source: Source, paragraphs: Sequence[int], words: Words) -> Callable[[Quotation], str]:
    """What stands behind a quotation from some paragraphs of a source: nothing, if it was not found there."""

    def mark(quotation: Quotation) -> str:
        found = source.found(quotation.text, [quotation.paragraph] if quotation.paragraph else paragraphs)
        if not found:
            return ""
        said = words("verified" if source.address else "verified_only", number=found[0])
        shown = f'<span aria-hidden="true">✓ ¶{found[0]}</span><span class="visually-hidden">{escape(said)}</span>'
        if not source.address:
            return f' <span class="verified">{shown}</span>'
        return f' <a class="verified" href="{escape(fragment(source.address, quotation.text))}" rel="external">{shown}</a>'

    return mark


def fragment(address: str, text: str) -> str:
    """The address at which a browser shows a text where it stands, by a text fragment (https://wicg.github.io/scroll-to-text-fragment/).

    A hyphen, a comma and `&` have a meaning there, so they are written in percent.
    """
    encoded = quote(" ".join(text.split()), safe="").replace("-", "%2D")
    return f"{address}{'' if '#' in address else '#'}:~:text={encoded}"

"""Quotations on a page: those that were found in the source say so, name the paragraph, and lead to the passage in the original."""

import re
from html import escape, unescape
from urllib.parse import quote

from explainer.markdown import Html
from explainer.model import Source
from explainer.words import Words

_QUOTATION = re.compile(r"“([^“”]*)”(?:\s*\(¶(\d{1,6})\))?")
_TAG = re.compile(r"<[^>]*>")


def verified(html: str, source: Source, paragraphs: tuple[int, ...], words: Words) -> Html:
    """HTML with its quotations marked. A quotation that names no paragraph is from the only one of `paragraphs`.

    The library has been checked, so everything that is quoted from a source with a fingerprint stands there.
    """
    if source.fingerprint is None or "“" not in html:
        return Html(html)

    def marked(match: re.Match[str]) -> str:
        number = match[2] or (paragraphs[0] if len(paragraphs) == 1 else None)
        if number is None:
            return match[0]
        address = escape(passage(source.address, unescape(_TAG.sub("", match[1]))))
        shown = f'<span aria-hidden="true">✓ ¶{number}</span><span class="visually-hidden">{escape(words("verified", number=number))}</span>'
        return f'“{match[1]}” <a class="verified" href="{address}" rel="external">{shown}</a>'

    return Html(_QUOTATION.sub(marked, html))


def passage(address: str, text: str) -> str:
    """The address at which a browser shows a text where it stands, by a text fragment (https://wicg.github.io/scroll-to-text-fragment/).

    A hyphen, a comma and `&` have a meaning there, so they are written in percent.
    """
    fragment = quote(" ".join(text.split()), safe="").replace("-", "%2D")
    return f"{address}{'' if '#' in address else '#'}:~:text={fragment}"

"""What every page shows around its own view: the site's name, navigation, and when its sources speak."""

from typing import NamedTuple

from explainer import urls
from explainer.config import Config
from explainer.problems import ContentError, did_you_mean
from explainer.views.changes import changes
from explainer.views.parts import Link, Parts, TermView
from explainer.words import Words


class SiteView(NamedTuple):
    """What is the same on every page. `base_url` is empty if nobody said where the site will stand."""

    title: str
    description: str
    language: str
    as_of: str
    as_of_note: str
    order_rule: str | None
    publisher: str
    license: str
    license_address: str
    base_url: str
    navigation: tuple[Link, ...]
    terms: tuple[TermView, ...]
    """The words that are explained where they stand."""
    has_feed: bool
    """Whether there is a feed of changes."""


def site(config: Config, parts: Parts, words: Words) -> SiteView:
    """The navigation names pages that there are, each once: those in `content/pages/`, and lists such as `questions`.

    The site's own view. Raises `ContentError` if the navigation names a page that there is not, or one twice.
    """
    known = {name: Link(text=words(name), url=url) for name, url in urls.lists(parts.library).items()}
    known |= {page.slug: Link(text=page.short, url=urls.prose_page(page.slug)) for page in parts.library.pages}
    names = config.fields.navigation
    wrong = [
        config.document.problem(f"no page '{name}'{_without(name) or did_you_mean(name, known)}", "navigation", n)
        for n, name in enumerate(names)
        if name not in known
    ]
    wrong += [
        config.document.problem(f"'{name}' stands twice in the navigation; keep one", "navigation", n)
        for n, name in enumerate(names)
        if name in known and name in names[:n]
    ]
    if wrong:
        raise ContentError(wrong)
    fields = config.fields
    return SiteView(
        title=fields.title,
        description=fields.description,
        language=fields.language,
        as_of=fields.as_of,
        as_of_note=fields.as_of_note,
        order_rule=fields.order_rule,
        publisher=fields.publisher,
        license=fields.license,
        license_address=fields.license_address,
        base_url=config.base_url,
        navigation=tuple(known[name] for name in names),
        terms=tuple(map(parts.term, parts.library.terms)),
        has_feed=changes(parts, fields.published).updated is not None,
    )


def _without(name: str) -> str:
    """Why a page that there could be is not one to be linked."""
    if name == "home":
        return "; the title of the site leads home, so take it out"
    return f"; write a file without errors in content/{name}/, and there is one" if name in urls.LISTS else ""

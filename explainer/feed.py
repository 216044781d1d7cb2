"""The changes of the site as an Atom feed (RFC 4287), for programs that tell their readers what is new."""

from collections.abc import Iterator
from html import escape
from uuid import UUID, uuid5

from explainer import urls
from explainer.config import Config
from explainer.views.changes import ChangesView
from explainer.views.parts import ChangeView
from explainer.words import Words

SPACE = UUID("2fd39066-3ddb-4a75-ae36-2a18ad8dcf47")
"""The namespace of our ids. They are names and no addresses, so they stay when the site moves, and need none."""


def feed_files(view: ChangesView, config: Config, words: Words) -> dict[str, bytes]:
    """The feed by its address; none if no day is known on which the site was published or changed."""
    if view.updated is None:
        return {}
    title = f"{config.fields.title}: {words('changes_since')}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(config.fields.language)}">',
        _element("id", _id(config.fields.title)),
        _element("title", title),
        *([_element("subtitle", words("published_on", date=words.date(view.published)))] if view.published else []),
        _element("updated", _time(view.updated)),
        f"<author>{_element('name', config.fields.publisher or config.fields.title)}</author>",
        f'<link rel="alternate" type="text/html" href="{escape(config.base_url + urls.CHANGES)}"/>',
        *([f'<link rel="self" type="application/atom+xml" href="{escape(config.base_url + urls.CHANGES_FEED)}"/>'] if config.base_url else []),
        *(line for change in view.changes for line in _entry(change, config.base_url, words)),
        "</feed>",
    ]
    return {urls.CHANGES_FEED: "".join(f"{line}\n" for line in lines).encode()}


def _entry(change: ChangeView, base_url: str, words: Words) -> Iterator[str]:
    """A change. Its id is made from what names it and not from its place, so it stays when others are added."""
    yield "<entry>"
    yield _element("id", _id(f"{change.reference} {change.date} {change.what}"))
    yield _element("title", f"{change.of.text} – {_concerned(change, words)}")
    yield _element("updated", _time(change.date))
    yield f'<link rel="alternate" type="text/html" href="{escape(base_url + change.url)}"/>'
    yield _element("content", f"{change.what} {words('why')}: {change.why}", ' type="text"')
    yield "</entry>"


def _concerned(change: ChangeView, words: Words) -> str:
    """What in the answer or the source was changed; a claim with what it depends on."""
    if change.headline is None:
        return words(f"change_{change.scope}")
    depends = [f"{words('condition')}: {change.condition}"] if change.condition else []
    depends += [words("reported_view", whose=change.whose)] if change.whose else []
    return change.headline + "".join(f" ({each})" for each in depends)


def _element(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{escape(text, quote=False)}</{name}>"


def _id(name: str) -> str:
    return f"urn:uuid:{uuid5(SPACE, name)}"


def _time(day: str) -> str:
    """A day as a moment, which Atom wants: its beginning."""
    return f"{day}T00:00:00Z"

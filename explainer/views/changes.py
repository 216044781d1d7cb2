"""The page of changes: what was changed on the site after its publication. And what the feed says of it."""

from typing import NamedTuple

from explainer.model import Answer, Source
from explainer.views.parts import ChangeView, Parts


class ChangesView(NamedTuple):
    """All changes, newest first; of one day, in the order of the site."""

    published: str | None
    """The day of publication, if it is told."""
    updated: str | None
    """The day of the newest change, or of publication if there is none. Where neither is known there is no feed: it would have to invent a day."""
    changes: tuple[ChangeView, ...]


def changes(parts: Parts, published: str | None) -> ChangesView:
    """What was changed since publication."""
    homes: tuple[Answer | Source, ...] = (*parts.library.answers, *parts.library.sources)
    every = (change for noun in homes for change in parts.changes(noun))
    newest_first = tuple(sorted(every, key=lambda change: change.date, reverse=True))
    return ChangesView(published=published, updated=newest_first[0].date if newest_first else published, changes=newest_first)

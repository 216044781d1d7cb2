"""Who looks on while a site is made again and again."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from explainer.memory import Memory
from explainer.pages import Page
from explainer.problems import Problem


class OvertakenError(Exception):
    """What is being made is out of date before it is whole; the next site is made instead."""


class Audience(NamedTuple):
    """A preview, and the pages of it that are open."""

    memory: Memory
    """What was made the last time."""
    open_pages: Callable[[], Collection[str]]
    """The addresses of the pages that somebody looks at."""
    show: Callable[[Mapping[str, bytes], Sequence[Problem]], None]
    """Takes the files of these pages, before the others are made, and what is wrong so far."""
    overtaken: Callable[[], bool]
    """Whether something has been saved since the site that is being made was begun."""

    def until_overtaken(self, pages: Iterable[Page]) -> Iterator[Page]:
        """The pages, one after another, as long as they are worth making.

        Raises `OvertakenError` once they are not.
        """
        for page in pages:
            if self.overtaken():
                raise OvertakenError
            yield page

"""What a preview remembers from one build to the next, so that it makes only what has changed; and who looks on."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from explainer.problems import Problem

_Result = TypeVar("_Result")


@dataclass(slots=True)
class Memory:
    """Results of functions without side effects, each under a name of its own and with what it was made from. It only ever saves time."""

    results: dict[Hashable, tuple[Any, Any]] = field(default_factory=dict)
    asked: set[Hashable] = field(default_factory=set)
    whole: bool = False
    """Whether a build has come to its end."""

    def recall(self, name: Hashable, made_from: object, make: Callable[[], _Result]) -> _Result:
        """What `make` gives; what it gave the last time, if that was made from the same."""
        self.asked.add(name)
        if name in self.results and self.results[name][0] == made_from:
            result: _Result = self.results[name][1]
            return result
        result = make()
        self.results[name] = made_from, result
        return result

    def forget(self) -> None:
        """Drops what nobody has asked for since the last time; to be called once a build has come to its end."""
        for name in self.results.keys() - self.asked:
            del self.results[name]
        self.asked.clear()
        self.whole = True


class Audience(NamedTuple):
    """Who looks on while a site is made again and again."""

    memory: Memory
    """What was made the last time."""
    open_pages: Callable[[], Collection[str]]
    """The addresses of the pages that somebody looks at."""
    show: Callable[[Mapping[str, bytes], Sequence[Problem]], None]
    """Takes the files of these pages, before the others are made, and what is wrong so far."""

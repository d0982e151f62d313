"""Which of the things that were to happen a statement speaks of, and who was to be somewhere and is seen at work.

In: the stems of what was to happen, and statements. Out: a Watch that finds, for a statement, the things of which it
speaks without trying them all; the statement of a document that shows somebody at work.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Generic, TypeVar

from dragoman.folding import words
from dragoman.table.hearing import TELLING, is_future, is_perfect
from dragoman.table.resolved import Resolved
from dragoman.table.values import Said
from dragoman.table.words import has_any, listed, stems

# A statement speaks of a requirement when it holds so much of its stems: two of three, three of five. Half would let
# any statement that names the same place speak of "the rebels hand back Port Sael".
SPEAKS_OF = 0.6

Item = TypeVar("Item", bound=Hashable)


class Watch(Generic[Item]):
    """Things that are watched, found by the stems of a statement.

    Each is filed under so few of its stems that a statement which holds six tenths of them must hold one of those.
    `chosen` remembers which from an earlier feeding: any choice finds the same, a good one finds it sooner.
    """

    def __init__(self, chosen: dict[frozenset[str], tuple[str, ...]] | None = None) -> None:
        self._chosen: dict[frozenset[str], tuple[str, ...]] = {} if chosen is None else chosen
        self._filed: dict[str, dict[Item, frozenset[str]]] = {}
        self._places: dict[Item, tuple[str, ...]] = {}
        self._waiting: dict[Item, frozenset[str]] = {}  # filed when the next statement is asked about

    def __iter__(self) -> Iterator[Item]:
        return chain(self._places, self._waiting)

    @property
    def any(self) -> bool:
        """Whether anything is watched."""
        return bool(self._places or self._waiting)

    def add(self, item: Item, wanted: frozenset[str]) -> None:
        """Watch for statements that speak of `wanted`."""
        self._waiting[item] = wanted

    def _file(self) -> None:
        for item, wanted in self._waiting.items():
            keys = self._chosen.get(wanted)
            if keys is None:
                keys = self._chosen[wanted] = self._keys(wanted)
            self._places[item] = keys
            for stem in keys:
                self._filed.setdefault(stem, {})[item] = wanted
        self._waiting.clear()

    def drop(self, item: Item) -> None:
        """Watch no longer."""
        if self._waiting.pop(item, None) is not None:
            return
        for stem in self._places.pop(item, ()):
            filed = self._filed[stem]
            del filed[item]
            if not filed:
                del self._filed[stem]

    def may_be_spoken_of(self, here: frozenset[str]) -> bool:
        """Whether statements with these stems between them can speak of anything."""
        if self._waiting:
            self._file()
        return not self._filed.keys().isdisjoint(here)

    def spoken_of(self, here: frozenset[str]) -> list[Item]:
        """The things of which a statement with these stems speaks."""
        if self._waiting:
            self._file()
        filed = self._filed
        if filed.keys().isdisjoint(here):
            return []
        seen: dict[Item, None] = {}
        for stem in here:
            if stem in filed:
                for item, wanted in filed[stem].items():
                    if len(wanted & here) >= SPEAKS_OF * len(wanted):
                        seen[item] = None
        return list(seen)

    def _keys(self, wanted: frozenset[str]) -> tuple[str, ...]:
        """The stems under which fewest things are filed: a word that all requirements share would find them all."""
        needed = math.ceil(SPEAKS_OF * len(wanted))
        filed = self._filed
        rarest = sorted(wanted, key=lambda s: (len(filed.get(s, ())), -len(s), s))
        return tuple(rarest[: len(wanted) - needed + 1]) if wanted else ()


def at_work(who: frozenset[str], page: Resolved) -> Said | None:
    """The statement of a document that shows those who were to be somewhere at work: "her observers have counted …"."""
    speaking = None
    for said in page.said:
        if said.negated or said.act not in TELLING:
            continue
        if who.isdisjoint(page.stems(said.statement)) and who.isdisjoint(stems(said.speaker or "")):
            continue
        text = page.text(said.statement)
        said_words = words(text)
        if is_future(text, said_words) or not listed("negations").isdisjoint(said_words):
            continue
        if who & stems(" ".join(said_words[:3])) and is_perfect(said_words):
            return said
        if speaking is None and who & stems(said.speaker or ""):
            speaking = said
    return speaking


@lru_cache(maxsize=10_000)
def actors(what: str) -> frozenset[str]:
    """The stems of those who are to be there: plain nouns, not names and numbers."""
    return frozenset(
        s for word in what.split() if word[:1].islower() for s in stems(word)
        if not s[0].isdigit() and not has_any(word, "presence")
    )  # fmt: skip

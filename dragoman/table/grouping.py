"""Which wordings are one issue: those that share most of their words, and those that mean nearly the same.

In: wordings in the order in which they became known. Out: for each the first wording of its group, and pairs that a
person should decide. Asked again with more wordings behind the same ones, it goes on from where it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dragoman.table.people import key_of
from dragoman.table.values import Proposal
from dragoman.table.wording import SAME, first_phrase, head, is_clause, is_nominal, likeness, salient
from dragoman.table.words import stems

Embed = Callable[[Sequence[str]], Sequence[Any]]  # for each text a vector of numbers
# Wordings that share half of their stems are proposed as one issue.
ALIKE = 0.5
# Names that begin so alike are of one family: Sulmar, Sulmari.
_ALIKE = 4
# A clause with so few stems is a piece of something else.
FRAGMENT = 2
# Cosines of the shipped vectors. Within the 232 reports of corpus/readings nine in ten pairs above 0.5 are one issue by
# the careful labels, and as many pairs again are found as by words alone; between 0.4 and 0.5 two in three are.
SAME_VECTOR, ALIKE_VECTOR = 0.5, 0.4
# Beyond so many issues wordings are compared by their words alone, which takes no longer the more there are.
MOST_COMPARED = 6000


@dataclass(frozen=True, slots=True)
class Clusters:
    """The first wording of each wording's group, by key, and the pairs that may be one issue."""

    leaders: dict[str, str]
    proposals: tuple[Proposal, ...]


class Grouping:
    """Groups wordings; `embed` turns texts into vectors, without it words alone decide."""

    def __init__(self, embed: Embed | None = None) -> None:
        self._embed = embed
        self._start(frozenset(), frozenset())

    def _start(self, alone: frozenset[str], places: frozenset[str]) -> None:
        self._alone, self._places = alone, places
        self._names: list[str] = []
        self._leaders: dict[str, str] = {}
        self._bare: dict[frozenset[str], str] = {}  # by all that they are about, those that name no circumstance
        self._headed: dict[frozenset[str], str] = {}  # by their heads, those that do
        self._posting: dict[str, list[str]] = defaultdict(list)
        self._heads: list[str] = []
        self._vectors: Any = None  # a matrix with a row for each head, with room for more
        self._proposals: list[Proposal] = []

    def clusters(self, names: Sequence[str], alone: frozenset[str], places: frozenset[str]) -> Clusters:
        """The groups of `names`; those with a key in `alone` join nobody."""
        known = len(self._names)
        if (alone, places) != (self._alone, self._places) or self._names != list(names[:known]):
            self._start(alone, places)
            known = 0
        new = list(names[known:])
        vectors = self._embed(new) if self._embed is not None and new else [None] * len(new)
        for name, vector in zip(new, vectors, strict=True):
            self._take(name, vector)
        self._names = list(names)
        leaders = dict(self._leaders)
        _gather(leaders, self._names, alone, places)
        return Clusters(leaders, tuple(sorted(self._proposals, key=lambda p: (-p.score, p.name))))

    def _take(self, name: str, vector: Sequence[float] | None) -> None:
        here, key = salient(name, self._places), key_of(name)
        about = salient(head(name), self._places)
        leader = None if key in self._alone else self._leader(name, here, about, vector)
        self._leaders[key] = leader or name
        if key not in self._alone:
            (self._bare if about == here else self._headed).setdefault(about, leader or name)
        if leader is None:
            self._add_head(name, vector)
            for stem in here:
                self._posting[stem].append(name)

    def _leader(
        self, name: str, here: frozenset[str], about: frozenset[str], vector: Sequence[float] | None
    ) -> str | None:
        """The first wording of the group that a wording joins, if it joins one; one that it may join is proposed."""
        best, score = self._by_words(here)
        if best is not None and score >= SAME:
            return best
        # The boats of "boats at noon" are "boats".
        same = self._headed.get(here) if about == here else self._bare.get(about)
        if same is not None:
            return same
        near, close = self._by_meaning(vector)
        if near is not None and close >= SAME_VECTOR and not self._is_other(name, here, near):
            return near
        if best is not None and score >= ALIKE:
            reason = "the names share most of their words"
            self._proposals.append(Proposal("issue.merge", name, best, round(score, 2), reason))
        elif near is not None and close >= ALIKE_VECTOR:
            reason = "the names mean nearly the same"
            self._proposals.append(Proposal("issue.merge", name, near, round(close, 2), reason))
        return None

    def _is_other(self, name: str, here: frozenset[str], near: str) -> bool:
        there = salient(near, self._places)
        if _other_act(here, there) or (not here.isdisjoint(there) and _other_head(name, near)):
            return True
        one, other = _names_in(name), _names_in(near)
        if (one and len(one) == len(stems(name))) or (other and len(other) == len(stems(near))):
            return True  # a bare name is that of somebody or somewhere, and no issue of others
        return bool(one) and bool(other) and one.isdisjoint(other)

    def _by_words(self, here: frozenset[str]) -> tuple[str | None, float]:
        best, score = None, 0.0
        for other in dict.fromkeys(n for stem in sorted(here) for n in self._posting.get(stem, ())):
            words = likeness(here, salient(other, self._places))
            if words > score:
                best, score = other, words
        return best, score

    def _by_meaning(self, vector: Sequence[float] | None) -> tuple[str | None, float]:
        if vector is None or not self._heads or len(self._heads) > MOST_COMPARED:
            return None, 0.0
        cosines = self._vectors[: len(self._heads)] @ vector
        at = int(cosines.argmax())
        return self._heads[at], float(cosines[at])

    def _add_head(self, name: str, vector: Sequence[float] | None) -> None:
        if vector is not None and len(self._heads) <= MOST_COMPARED:
            import numpy as np

            if self._vectors is None or len(self._vectors) == len(self._heads):
                room = np.zeros((max(64, 2 * len(self._heads)), len(vector)), np.float32)
                if self._vectors is not None:
                    room[: len(self._vectors)] = self._vectors
                self._vectors = room
            length = float(np.linalg.norm(vector))
            self._vectors[len(self._heads)] = np.asarray(vector, np.float32) / (length or 1.0)
        self._heads.append(name)


def _other_act(here: frozenset[str], there: frozenset[str]) -> bool:
    """Whether two wordings differ in what is done about one thing: "release of prisoners", "treatment of prisoners"."""
    return bool(here & there) and len(here - there) == 1 and len(there - here) == 1


@lru_cache(maxsize=50_000)
def _names_in(wording: str) -> frozenset[str]:
    """The first letters of the names in a wording: Sulmari talks are those of Sulmar, and not those of Kestria.

    A wording all of whose words have capitals is a heading.
    """
    spoken = wording.split()
    capital = [word for word in spoken if word[:1].isupper()]
    if len(capital) == len(spoken) > 1:
        return frozenset()
    return frozenset(found[:_ALIKE] for word in capital for found in stems(word))


def _other_head(name: str, near: str) -> bool:
    """Whether two wordings share a word only in what stands behind: "inquiry into the raid", "date of the raid"."""
    return stems(first_phrase(name)).isdisjoint(stems(first_phrase(near)))


def _gather(leaders: dict[str, str], names: list[str], alone: frozenset[str], places: frozenset[str]) -> None:
    """Clauses that name no issue of their own join the one issue that speaks of the same thing.

    "The 300 prisoners were home" belongs to "release of prisoners" as long as nothing else is said of prisoners.
    """
    wordings: dict[str, list[str]] = defaultdict(list)
    for name in names:
        wordings[leaders[key_of(name)]].append(name)
    about: dict[str, set[str]] = defaultdict(set)
    for leader, given in wordings.items():
        for stem in frozenset().union(*(salient(w, places) for w in given)):
            about[stem].add(leader)
    named = {leader for leader, given in wordings.items() if any(map(is_nominal, given))}
    for leader, given in wordings.items():
        here = frozenset().union(*(salient(w, places) for w in given))
        if not all(map(is_clause, given)) or key_of(leader) in alone or len(here) > FRAGMENT:
            continue
        others = {other for stem in here for other in about[stem] if other != leader and other in named}
        if len(others) == 1 and key_of(other := others.pop()) not in alone:
            for name in given:
                leaders[key_of(name)] = other

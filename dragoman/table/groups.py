"""What is one: keys joined to each other, in any order, fall into the same groups.

In: pairs of keys that are one. Out: for each key the root of its group; and whether names that follow each other would
go round in a ring.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dragoman.table.people import key_of


class Groups:
    """Keys that are one: union-find over them."""

    def __init__(self, above: Mapping[str, str] = MappingProxyType({})) -> None:
        self._above = dict(above)

    def copy(self) -> Groups:
        """The same groups, to join further keys in."""
        return Groups(self._above)

    def find(self, key: str) -> str:
        above = self._above
        root = above.setdefault(key, key)
        if above[root] != root:
            while above[root] != root:
                root = above[root]
            while above[key] != root:
                above[key], key = root, above[key]
        return root

    def join(self, one: str, other: str) -> None:
        """Make two keys one; the lesser key is the root, so that the order of joins does not matter."""
        one, other = self.find(one), self.find(other)
        if one != other:
            low, high = min(one, other), max(one, other)
            self._above[high] = low


def leads_to(follows: Mapping[str, str], start: str, goal: str) -> bool:
    """Whether the names after which keys are named lead from one key to another."""
    seen: set[str] = set()
    while start != goal:
        if start in seen or start not in follows:
            return False
        seen.add(start)
        start = key_of(follows[start])
    return True

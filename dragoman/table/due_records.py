"""Deadlines while documents are fed: their records, how they are found again, and what a feeding leaves to the next.

In: records as the ledger makes them. Out: the near ones of a day or a setter; whether a deadline may be to them another
than it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.table.gist import FOREVER
from dragoman.table.resolved import Resolved
from dragoman.table.values import Evidence, Move

# Of the deadlines on one day, or of one party, that share a word so many are looked at: enough for any real dossier.
_NEAR = 20
Item = tuple[str, int]  # a deadline as it was read: of which document, and which of its deadlines


@dataclass(slots=True, eq=False)
class Record:
    """One deadline while documents are fed."""

    what: str
    stems: frozenset[str]
    date: str | None
    precision: str
    set_by: str | None
    set_on: str
    order: int
    item: Item
    status: str = "pending"
    moves: list[Move] = field(default_factory=list)
    replaced_by: Record | None = None
    note: str | None = None
    evidence: dict[Evidence, None] = field(default_factory=dict)
    slug: str = ""
    end: str = ""  # the last day on which it can be kept
    looked_for: str = FOREVER  # the last day on which reports of it are looked for


class Filed(NamedTuple):
    """What a deadline was to the earlier ones when it was fed: the same as one, a date for one, or in place of one."""

    page: Resolved
    day: str | None
    setter: str | None
    same: Item | None = None
    same_setter: str | None = None
    dates: bool = False
    before: Item | None = None


@dataclass(slots=True)
class Memory:
    """What a feeding of the documents worked out about their deadlines that holds for the next one as well."""

    filed: dict[Item, Filed] = field(default_factory=dict)
    watched: dict[frozenset[str], tuple[str, ...]] = field(default_factory=dict)
    expected: dict[frozenset[str], tuple[str, ...]] = field(default_factory=dict)


class Touched:
    """The months and the setters whose deadlines are not what they were at the last feeding, so far.

    A deadline meets only those on its day or in its month, those without a day, and those of its setter: with none of
    them touched it is to them what it was.
    """

    def __init__(self) -> None:
        self._days: set[str | None] = set()
        self._setters: set[str | None] = set()

    def by(self, *filed: Filed | None) -> None:
        """Something is filed otherwise than before."""
        for found in filed:
            if found is not None:
                self._days.add(month(found.day))
                self._setters.add(found.setter)
                if found.same is not None:
                    self._setters.update((None, found.same_setter))
                if found.dates:
                    self._days.add(None)

    def holds(self, day: str | None, setter: str | None) -> bool:
        """Whether a deadline on this day, of this setter, can meet something that was touched."""
        return month(day) in self._days or None in self._days or setter in self._setters


class Index:
    """Deadlines by a key and by their stems; what nobody looks for yet is not told apart by stems."""

    def __init__(self) -> None:
        self._waiting: dict[str | None, dict[Record, None]] = {}
        self._filed: dict[tuple[str | None, str], list[Record]] = {}

    def add(self, key: str | None, record: Record) -> None:
        """File a deadline behind the others."""
        if key in self._waiting:
            self._waiting[key][record] = None
        else:
            self._waiting[key] = {record: None}

    def remove(self, key: str | None, record: Record) -> None:
        """Take a deadline out, which must be in."""
        waiting = self._waiting.get(key)
        if waiting is not None and record in waiting:
            del waiting[record]
        else:
            for stem in record.stems:
                self._filed[key, stem].remove(record)

    def near(self, key: str | None, here: Iterable[str]) -> set[Record]:
        """The latest deadlines under a key that share a word with others."""
        for record in self._waiting.pop(key, ()):
            for stem in record.stems:
                self._filed.setdefault((key, stem), []).append(record)
        found: set[Record] = set()
        for stem in here:
            if records := self._filed.get((key, stem)):
                found.update(records[-_NEAR:])
        return found


def month(day: str | None) -> str | None:
    return day[:7] if day else None

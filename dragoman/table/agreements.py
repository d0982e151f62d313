"""Agreements across documents: one record for each, its status over time, and what was undertaken under it.

In: resolved documents in the order in which they became known, one by one. Out: Agreements with their histories.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from dragoman.folding import fold
from dragoman.table.resolved import Resolved
from dragoman.table.values import Agreement, Evidence, Move
from dragoman.table.wording import head
from dragoman.table.words import listed, slug, stems

_LONGEST = 5  # words of what is called by a name
SEALED = ("reached", "in force")
_FINENESS = {"day": 5, "week": 4, "range": 4, "month": 3, "quarter": 2, "year": 1, "unresolved": 0}


@dataclass(slots=True)
class Record:
    """One agreement while documents are fed."""

    name: str
    stems: frozenset[str]
    stage: frozenset[str]
    slug: str  # stays, whatever it is called later
    date: str | None = None
    precision: str = "unresolved"
    parties: dict[str, None] = field(default_factory=dict)
    status: str = "unknown"
    history: list[Move] = field(default_factory=list)
    commitments: dict[Evidence, None] = field(default_factory=dict)
    evidence: dict[Evidence, None] = field(default_factory=dict)


class Moved(NamedTuple):
    """The move that a document brings to an agreement, as that was known by then."""

    name: str
    stems: frozenset[str]
    parties: tuple[str, ...]
    move: Move


class Agreements:
    """The agreements of all documents fed so far."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self._index: dict[str, list[Record]] = {}
        self._moved: dict[str, tuple[Moved, ...]] = {}  # by document

    def feed(self, page: Resolved) -> tuple[Moved, ...]:
        """Take in one document, unless it is in; what it moves comes back."""
        if not page.agreements:
            return ()
        document = page.facts.id
        if document not in self._moved:
            self._moved[document] = self._feed(page)
        return self._moved[document]

    def _feed(self, page: Resolved) -> tuple[Moved, ...]:
        moved: list[tuple[Record, Move]] = []
        for _key, parties, item in page.agreements:
            here, stage = _core(item.name)
            record = self._find(here, stage, parties)
            if record is None:
                record = Record(item.name, here, stage, slug(item.name))
                self.records.append(record)
                for stem in here:
                    self._index.setdefault(stem, []).append(record)
            if _is_long(record.name) and not _is_long(item.name):  # a headline gives way to a name
                record.name = item.name
            evidence = page.words(item.span)
            record.evidence[evidence] = None
            record.parties.update(dict.fromkeys(parties))
            _date(record, item.date, item.precision, item.status)
            if item.status != "unknown" and item.status != record.status:
                kind = "restored" if record.status in ("broken", "strained") and item.status in SEALED else item.status
                move = Move(kind, page.day, item.status, evidence=(evidence,))
                record.history.append(move)
                record.status = item.status
                moved.append((record, move))
            for said in page.said:
                if said.act == "commitment" and not said.negated and (
                    not said.parties or not record.parties or not record.parties.keys().isdisjoint(said.parties)
                ):  # fmt: skip
                    record.commitments.update(dict.fromkeys(said.evidence))
        return tuple(Moved(record.name, record.stems, tuple(record.parties), move) for record, move in moved)

    def _find(self, here: frozenset[str], stage: frozenset[str], parties: tuple[str, ...]) -> Record | None:
        """The record whose name says the same, or the same and more: "the Orrin ceasefire" is "the ceasefire".

        A truce between others is another truce, and an interim deal is not the deal.
        """
        for stem in sorted(here):
            for record in self._index.get(stem, ()):
                if record.stage != stage:
                    continue
                if record.parties and parties and record.parties.keys().isdisjoint(parties):
                    continue
                one, other = record.stems - _generic(), here - _generic()
                if not one or not other:
                    one, other = record.stems, here
                if one <= other or other <= one:
                    return record
        return None

    def freeze(self) -> tuple[Agreement, ...]:
        """Every agreement, in the order in which they became known."""
        taken: dict[str, int] = {}
        return tuple(
            Agreement(
                unique(r.slug, taken),
                r.name,
                r.date,
                r.precision,
                tuple(r.parties),
                r.status,
                tuple(r.history),
                tuple(r.commitments),
                tuple(r.evidence),
            )
            for r in self.records
        )


_PLAN_FOR = re.compile(r"^(?:plan|proposal|draft|terms) (?:for|of|on) (?:an? |the )?", re.I)  # of what it is for


@cache
def _generic() -> frozenset[str]:
    return stems("agreement")


class _Core(NamedTuple):
    """What a name says of an agreement: what it is about, and of which stage it is where it is not the whole of it."""

    stems: frozenset[str]
    stage: frozenset[str]


@lru_cache(maxsize=10_000)
def _core(name: str) -> _Core:
    """What an agreement is, in stems: its plain words, so that the Orrin ceasefire and the ceasefire in Vessby are one.

    What only praises or sizes it tells none apart ("a historic deal", "the final deal"), what says that it is a part or
    comes before another does ("an interim deal"). A name whose plain words only say that it is an agreement is told
    apart by all of its words, and there by its turn, too: "the first deal", "the revised deal".
    """
    spoken = [word for word in head(_PLAN_FOR.sub("", name)).split() if fold(word) not in listed("qualities")]
    folded = frozenset(map(fold, spoken))
    stage = folded & listed("stages")
    spoken = [word for word in spoken if fold(word) not in stage]
    plain = stems(" ".join(word for word in spoken if word[:1].islower())) - _generic()
    if not plain:
        stage |= folded & listed("turns")
        plain = stems(" ".join(spoken))
    return _Core(plain or stems(name) or frozenset((slug(name),)), stage)


def _is_long(name: str) -> bool:
    return len(name.split()) > _LONGEST


def _date(record: Record, date: str | None, precision: str, status: str) -> None:
    if date is None:
        return
    finer = _FINENESS.get(precision, 0) > _FINENESS.get(record.precision, 0)
    renewed = status in SEALED and _FINENESS.get(precision, 0) >= _FINENESS.get(record.precision, 0)
    if record.date is None or renewed or (finer and date.startswith(record.date)):
        record.date, record.precision = date, precision


def unique(identity: str, taken: dict[str, int]) -> str:
    """An identity that no other record of its kind has."""
    identity = identity[:80] or "unnamed"
    taken[identity] = taken.get(identity, 0) + 1
    return identity if taken[identity] == 1 else f"{identity}-{taken[identity]}"


def named_in(name: frozenset[str], here: frozenset[str]) -> bool:
    """Whether words speak of an agreement by its name, given as stems; every truce is a ceasefire."""
    return bool(name) and (name <= here or not (name & _truces()).isdisjoint(here))


def _truces() -> frozenset[str]:
    return stems(" ".join(sorted(listed("truces"))))

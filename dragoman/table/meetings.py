"""Meetings across documents: planned, held, postponed, cancelled, one record for each.

In: resolved documents in the order in which they became known, one by one. Out: Meetings with every move.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from dragoman.reading import Meeting as Read
from dragoman.table.agreements import unique
from dragoman.table.gist import Held, days
from dragoman.table.positions import End, days_between
from dragoman.table.resolved import Resolved
from dragoman.table.values import Evidence, Meeting, Move, straight
from dragoman.table.words import overlap, stems

_move = straight(Move)
_FINENESS = {"day": 3, "week": 2, "range": 2, "month": 1}


@dataclass(slots=True, eq=False)
class Record:
    """One meeting while documents are fed."""

    name: str
    stems: frozenset[str]
    date: str | None
    precision: str
    place: str | None
    where: frozenset[str]  # the place, in stems
    status: str
    chairs: dict[str, None] = field(default_factory=dict)
    participants: dict[str, None] = field(default_factory=dict)
    attended: dict[str, None] = field(default_factory=dict)
    waits_for: str | None = None
    moves: list[Move] = field(default_factory=list)
    moved_to: Record | None = None
    evidence: dict[Evidence, None] = field(default_factory=dict)
    order: int = 0
    slug: str = ""


class Opened(NamedTuple):
    """A meeting that a document reports as held, as it was known by then."""

    name: str
    near: frozenset[str]  # its name and its place, in stems
    attended: tuple[str, ...]
    evidence: Evidence


class Meetings:
    """The meetings of all documents fed so far."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.by_day: dict[str, list[Record]] = {}
        self._opened: dict[str, tuple[Opened, ...]] = {}  # by document

    def feed(self, page: Resolved) -> tuple[Opened, ...]:
        """Take in one document, unless it is in; the meetings that it reports as held come back."""
        if not page.meetings:
            return ()
        document = page.facts.id
        if document not in self._opened:
            self._opened[document] = self._feed(page)
        return self._opened[document]

    def _feed(self, page: Resolved) -> tuple[Opened, ...]:
        here_now: list[tuple[Read, Record]] = []
        held: dict[Record, None] = {}
        for (_key, participants, chairs, item), here, evidence in zip(
            page.meetings, page.facts.gist.meetings, page.met, strict=True
        ):
            record = self.find(item, here)
            if record is None:
                record = Record(item.name, here.stems, item.date, item.precision, item.place, here.place, "")
                record.slug = here.slug  # stays, whatever it is called later
                self.add(record)
            was = record.status
            _update(self, record, item, here, page.day, evidence)
            if participants:
                record.participants.update(dict.fromkeys(participants))
            if chairs:
                record.chairs.update(dict.fromkeys(chairs))
            if item.status == "held":
                record.attended.update(dict.fromkeys(participants))
                if was != "held":
                    held[record] = None
            here_now.append((item, record))
        if len(here_now) > 1:
            _link_moved(here_now)
        return tuple(Opened(r.name, r.stems | r.where, tuple(r.attended), next(reversed(r.evidence))) for r in held)

    def add(self, record: Record) -> None:
        record.order = len(self.records)
        self.records.append(record)
        self.file(record)

    def file(self, record: Record) -> None:
        for day in days(record.date, record.precision):
            self.by_day.setdefault(day, []).append(record)

    def find(self, item: Read, here: Held) -> Record | None:
        """The meeting that a report speaks of, among those on its day, else near it, else those that have no day."""
        filed = self.by_day
        near = [record for day in here.days if day in filed for record in filed[day]]
        if not near:
            near = [
                record for day in here.near if day in filed for record in filed[day]
                if item.status == "held" or record.status == "held"
            ]  # fmt: skip
        # Most are elsewhere.
        fitting = [r for r in near if not (here.place and r.where and r.where.isdisjoint(here.place))
                   and _fits(r, item, here)]  # fmt: skip
        if fitting:
            return max(fitting, key=lambda r: (overlap(r.stems, here.stems), -_apart(r, item), -r.order))
        if item.date is None or item.status == "postponed":
            pending = [
                r for r in self.records[-50:]
                if r.status in ("planned", "unset", "postponed") and (r.date or "") < (item.date or "9")
                and not _elsewhere(r, here) and overlap(r.stems, here.stems) >= 0.5
            ]  # fmt: skip
            return max(pending, key=lambda r: (r.date or "", r.order), default=None)
        return None

    def opened(self, about: frozenset[str]) -> list[tuple[str, End]]:
        """When meetings took place whose names hold one of these stems, in order, each as an end of calls to them."""
        held = [
            (move.date, record) for record in self.records if not about.isdisjoint(record.stems)
            for move in record.moves if move.kind == "held"
        ]  # fmt: skip
        held.sort(key=itemgetter(0))
        return [
            (day, End(day, f"the talks have opened: {record.name}", tuple(record.evidence)[-1:]))
            for day, record in held
        ]

    def _identities(self) -> list[str]:
        taken: dict[str, int] = {}
        return [unique(record.slug, taken) for record in self.records]

    def freeze(self) -> tuple[Meeting, ...]:
        """Every meeting, in the order in which they became known."""
        ids = self._identities()
        return tuple(_frozen(record, ids) for record in self.records)


def _update(ledger: Meetings, record: Record, item: Read, here: Held, day: str, evidence: Evidence) -> None:
    record.evidence[evidence] = None
    if record.status == "" or _overrides(record.status, item.status):
        record.moves.append(_move((item.status, day, item.date, None, (evidence,))))
        record.status = item.status
    elif item.date and record.date and item.date != record.date and item.precision == record.precision == "day":
        record.moves.append(_move(("moved", day, item.date, None, (evidence,))))
    finer = _FINENESS.get(item.precision, 0) > _FINENESS.get(record.precision, 0)
    postponed = item.status == "postponed" and (item.date or "") > (record.date or "")
    if item.date and (record.date is None or finer or postponed):
        record.date, record.precision = item.date, item.precision
        ledger.file(record)
    if not record.place:
        record.place, record.where = item.place, here.place
    record.waits_for = item.waits_for or (record.waits_for if record.status != "held" else None)
    if len(item.name) <= 80 and here.stems != record.stems and _telling(here.stems) > _telling(record.stems):
        record.name, record.stems = item.name, here.stems


def _telling(name: frozenset[str]) -> tuple[bool, int]:
    """How well a meeting is named: by one that says it is talks, and by many words."""
    return (not name.isdisjoint(stems("talks")), len(name))


def _overrides(before: str, after: str) -> bool:
    if after in ("unset", before):
        return False
    return not (after == "planned" and before in ("held", "cancelled", "postponed"))


def _link_moved(items: list[tuple[Read, Record]]) -> None:
    """ "Moved the talks from April 20 to May 6" gives two records in one document, the one moved to the other."""
    for item, record in items:
        if item.status != "postponed":
            continue
        for other, later in items:
            if later is not record and (later.date or "") > (record.date or "9") and (
                other.span == item.span or overlap(stems(other.name), stems(item.name)) >= 0.5
            ):  # fmt: skip
                record.moved_to = later


def _fits(record: Record, item: Read, here: Held) -> bool:
    if _elsewhere(record, here):
        return False
    same_place = bool(record.place and item.place and record.place.casefold() == item.place.casefold())
    return same_place or overlap(record.stems, here.stems) >= 0.3 or (not here.stems and not record.stems)


def _elsewhere(record: Record, here: Held) -> bool:
    return bool(record.where and here.place and record.where.isdisjoint(here.place))


def _apart(record: Record, item: Read) -> int:
    return days_between(record.date or "", item.date or "")


def _frozen(record: Record, ids: list[str]) -> Meeting:
    return Meeting(
        ids[record.order], record.name, record.date, record.precision, record.place, record.status,
        tuple(record.chairs), tuple(record.participants), tuple(record.attended), record.waits_for, tuple(record.moves),
        ids[record.moved_to.order] if record.moved_to else None,
        f"moved to {record.moved_to.date}" if record.moved_to else None, tuple(record.evidence),
    )  # fmt: skip

"""Meetings across documents: planned, held, postponed, cancelled, one record for each.

In: resolved documents in the order in which they became known, one by one. Out: Meetings with every move.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import NamedTuple

from dragoman.reading import Meeting as Read
from dragoman.table.agreements import unique
from dragoman.table.days import days_between
from dragoman.table.gist import Held, days
from dragoman.table.positions import End
from dragoman.table.resolved import Resolved
from dragoman.table.values import Evidence, Meeting, Move, straight
from dragoman.table.words import overlap, stems

_move = straight(Move)
Origin = tuple[str, int]  # the document that first speaks of a meeting, and which of its meetings
# So many meetings before it are looked back at for one that has no day.
BACK = 50
# Beyond so many documents, rounds and meetings otherwise it is no slower to feed all of them again.
MOST, ROUNDS, OTHERWISE = 500, 8, 10
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
    moved_to: Origin | None = None
    evidence: dict[Evidence, None] = field(default_factory=dict)
    order: int = 0
    slug: str = ""
    origin: Origin = ("", 0)
    since: tuple[tuple[str, str], int] = (("", ""), 0)  # meetings are in this order
    items: list[Origin] = field(default_factory=list)  # the document and place of each report of it
    days: dict[str, None] = field(default_factory=dict)  # under which it was filed


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
        self._of: dict[Origin, Record] = {}
        # By document.
        self._opened: dict[str, tuple[Opened, ...]] = {}
        self._pages: dict[str, Resolved] = {}
        self._records_of: dict[str, tuple[Record, ...]] = {}

    def feed(self, page: Resolved) -> tuple[Opened, ...]:
        """Take in one document, unless it is in; the meetings that it reports as held come back."""
        if not page.meetings:
            return ()
        document = page.facts.id
        if document not in self._opened:
            self._opened[document] = self._feed(page)
        return self._opened[document]

    def _feed(self, page: Resolved, known: Sequence[Origin] = ()) -> tuple[Opened, ...]:
        here_now: list[tuple[Read, Record]] = []
        held: dict[Record, None] = {}
        document = page.facts.id
        for place, ((_key, participants, chairs, item), here, evidence) in enumerate(
            zip(page.meetings, page.facts.gist.meetings, page.met, strict=True)
        ):
            record = self._of.get(known[place]) if known else self.find(item, here)
            if record is None:
                record = Record(item.name, here.stems, item.date, item.precision, item.place, here.place, "")
                record.slug = here.slug  # stays, whatever it is called later
                record.origin = known[place] if known else (document, place)
                record.since = (page.facts.key, place)
                self.add(record)
            record.items.append((document, place))
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
        self._pages[document], self._records_of[document] = page, tuple([record for _item, record in here_now])
        return tuple(Opened(r.name, r.stems | r.where, tuple(r.attended), next(reversed(r.evidence))) for r in held)

    def add(self, record: Record) -> None:
        record.order = len(self.records)
        self.records.append(record)
        self._of[record.origin] = record
        self.file(record)

    def file(self, record: Record) -> None:
        for day in days(record.date, record.precision):
            if day not in record.days:
                record.days[day] = None
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
                r for r in self.records[-BACK:]
                if r.status in ("planned", "unset", "postponed") and (r.date or "") < (item.date or "9")
                and not _elsewhere(r, here) and overlap(r.stems, here.stems) >= 0.5
            ]  # fmt: skip
            return max(pending, key=lambda r: (r.date or "", r.order), default=None)
        return None

    # -- putting documents in anywhere

    def again(self, gone: Sequence[Resolved], new: Sequence[Resolved]) -> bool:
        """Take documents out and in wherever they stand in time; False, and nothing done, where all should be fed.

        1. Whatever may see a meeting that came, went or is otherwise is looked at anew.
        2. Beside it what that may see is fed as it was known.
        3. Where that makes further meetings otherwise, what may see these is looked at as well.
        """
        stir = _Stir(self, gone, new)
        for _round in range(ROUNDS):
            # 1. Whatever may see a meeting that came, went or is otherwise is looked at anew.
            anew = stir.seeing()
            # 2. Beside it what that may see is fed as it was known.
            around = stir.seen_by(anew)
            if len(anew) + len(around) > MOST:
                return False
            part = self._part(stir.pages, anew, around)
            # 3. Where that makes further meetings otherwise, what may see these is looked at as well.
            change = self._change(part, anew, stir)
            if len(change.left) + len(change.otherwise) > OTHERWISE:
                return False
            if not stir.widen(change):
                self._put_in(part, stir.pages, anew, change)
                return True
        return False

    def _part(self, pages: Mapping[str, Resolved], anew: Collection[str], around: Collection[str]) -> Meetings:
        """The meetings of some documents: `anew` looks for its own, `around` has those that it had."""
        part = Meetings()
        for page in sorted((pages[name] for name in (*anew, *around)), key=_order):
            name = page.facts.id
            known = () if name in anew else [record.origin for record in self._records_of[name]]
            part._opened[name] = part._feed(page, known)
        return part

    def _change(self, part: Meetings, anew: Collection[str], stir: _Stir) -> Change:
        """What becomes otherwise when what was looked at anew is as a part of the documents has it."""
        found = {record for name in anew for record in part._records_of[name]}
        kept = {r: old for r in found if (old := self._same(r, stir.fresh)) is not None}
        otherwise = [record for record in found if record not in kept]
        left = {record for name in anew for record in self._records_of.get(name, ())}
        left.update(old for record in otherwise if (old := self._of.get(record.origin)) is not None)
        return Change(kept, otherwise, (left | stir.records).difference(kept.values()))

    def _same(self, record: Record, fresh: Collection[str]) -> Record | None:
        """The meeting that is known by the same reports."""
        known = self._of.get(record.origin)
        if known is None or known.items != record.items or any(name in fresh for name, _place in record.items):
            return None
        return known

    def _put_in(self, part: Meetings, pages: dict[str, Resolved], anew: Iterable[str], change: Change) -> None:
        """Go over to what was found out about a part of the documents."""
        kept, otherwise, left = change
        for name in self._pages.keys() - pages.keys():
            del self._records_of[name], self._opened[name]
        self._pages = pages
        for name in anew:
            self._records_of[name] = tuple([kept.get(record, record) for record in part._records_of[name]])
            self._opened[name] = part._opened[name]
        for record, known in kept.items():
            known.moved_to = record.moved_to
        for record in left:
            del self._of[record.origin]
            for day in record.days:
                self.by_day[day].remove(record)
        for record in otherwise:
            self._of[record.origin] = record
            for day in record.days:
                self.by_day.setdefault(day, []).append(record)
        staying = [record for record in self.records if record not in left] if left else self.records
        self.records = sorted([*staying, *otherwise], key=attrgetter("since"))
        for order, record in enumerate(self.records):
            record.order = order

    # -- freezing

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
        return tuple(_frozen(record, ids, self._of) for record in self.records)


_order = attrgetter("facts.key")


class Change(NamedTuple):
    """Meetings that stay, by what they are found to be again, those that are otherwise now, and those that leave."""

    kept: Mapping[Record, Record]
    otherwise: Collection[Record]
    left: Collection[Record]


class _Stir:
    """Documents that come and go, and what they stir: meetings, the days of these, and when they became known.

    A moment is told by how many meetings were known at it.
    """

    def __init__(self, ledger: Meetings, gone: Sequence[Resolved], new: Sequence[Resolved]) -> None:
        self._ledger = ledger
        self.fresh = {page.facts.id: page for page in new if page.meetings}
        leaving = {page.facts.id for page in gone}
        self.pages = {name: page for name, page in ledger._pages.items() if name not in leaving} | self.fresh
        self.records = {record for name in leaving for record in ledger._records_of.get(name, ())}
        self._days = {day for page in self.fresh.values() for here in page.facts.gist.meetings for day in here.days}
        self._since = [record.since for record in ledger.records]
        self._moments = set(map(self._moment_of, (*gone, *self.fresh.values())))
        self._roaming = {name: self._moment_of(page) for name, page in self.pages.items() if page.facts.gist.roams}
        self._stir(self.records)

    def _moment_of(self, page: Resolved) -> int:
        return bisect(self._since, (page.facts.key, -1))

    def _stir(self, records: Iterable[Record]) -> None:
        for record in records:
            self._days.update(record.days)
            self._moments.add(record.order)

    def seeing(self) -> set[str]:
        """The documents that may see something which is stirred."""
        found = {name for record in self.records for name, _place in record.items} & self.pages.keys()
        found |= self.fresh.keys()
        unseen = self._days.isdisjoint
        found.update(name for name, page in self.pages.items() if not unseen(page.facts.gist.looked_at))
        found.update(name for name, at in self._roaming.items() if any(_in_sight(m, at) for m in self._moments))
        return found

    def seen_by(self, documents: set[str]) -> set[str]:
        """Further documents, of the meetings that these may see."""
        ledger, pages = self._ledger, self.pages
        seen = {record for name in documents for record in ledger._records_of.get(name, ())}
        seen.update(
            r for name in documents for day in pages[name].facts.gist.looked_at for r in ledger.by_day.get(day, ())
        )
        for name in documents & self._roaming.keys():
            at = self._roaming[name]
            seen.update(ledger.records[max(0, at - BACK - OTHERWISE) : at])
        return {name for record in seen for name, _place in record.items} & pages.keys() - documents

    def widen(self, change: Change) -> bool:
        """Count in what a change stirs; False when it stirs nothing more."""
        days = {day for record in change.otherwise for day in record.days}
        reached = {bisect(self._since, record.since) for record in change.otherwise}
        if self.records.issuperset(change.left) and reached <= self._moments and days <= self._days:
            return False
        self.records.update(change.left)
        self._days |= days
        self._moments |= reached
        self._stir(change.left)
        return True


def _in_sight(meeting: int, at: int) -> bool:
    """Whether the meeting that is known as number `meeting` is looked at where `at` meetings are known."""
    return meeting - OTHERWISE <= at <= meeting + BACK + OTHERWISE


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
                record.moved_to = later.origin


def _fits(record: Record, item: Read, here: Held) -> bool:
    if _elsewhere(record, here):
        return False
    same_place = bool(record.place and item.place and record.place.casefold() == item.place.casefold())
    return same_place or overlap(record.stems, here.stems) >= 0.3 or (not here.stems and not record.stems)


def _elsewhere(record: Record, here: Held) -> bool:
    return bool(record.where and here.place and record.where.isdisjoint(here.place))


def _apart(record: Record, item: Read) -> int:
    return days_between(record.date or "", item.date or "")


def _frozen(record: Record, ids: list[str], of: Mapping[Origin, Record]) -> Meeting:
    later = of[record.moved_to] if record.moved_to else None
    return Meeting(
        ids[record.order], record.name, record.date, record.precision, record.place, record.status,
        tuple(record.chairs), tuple(record.participants), tuple(record.attended), record.waits_for, tuple(record.moves),
        ids[later.order] if later else None, f"moved to {later.date}" if later else None, tuple(record.evidence),
    )  # fmt: skip

"""A ledger of deadlines: who set each, every move (restated, extended, met, passed, dropped), and what it is now.

In: resolved documents in order, one by one, and the day on which the table stands. Out: Deadlines; one that was moved
to another date is `extended` and points at the one that replaced it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.reading import Deadline as Read
from dragoman.reading import Decision
from dragoman.table.agreements import unique
from dragoman.table.outcomes import Watch, actors, at_work, wants_presence
from dragoman.table.resolved import Resolved
from dragoman.table.values import Deadline, Evidence, Move, Said
from dragoman.table.words import has_any, slug, stems

# Two deadlines are about one matter when they share so much of the shorter one's stems, and at least two of them.
SAME_MATTER, AT_LEAST = 0.4, 2
# Acts that neither say that something was done nor take it back.
_SILENT = frozenset(("condition", "threat", "demand", "commitment", "proposal", "expectation"))
# So many days after its date a deadline is no longer looked for in later reports.
LOOKED_FOR = 60


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
    status: str = "pending"
    moves: list[Move] = field(default_factory=list)
    replaced_by: Record | None = None
    note: str | None = None
    evidence: dict[Evidence, None] = field(default_factory=dict)
    slug: str = ""
    end: str = ""  # the last day on which it can be kept
    looked_for: str = "9999"  # the last day on which reports of it are looked for

    def dated(self, day: str | None, precision: str) -> None:
        """Give it its date."""
        self.date, self.precision = day, precision
        if day:
            self.end = last_day(day, precision)
            self.looked_for = _shift(self.end, LOOKED_FOR)


class Deadlines:
    """The deadlines of all documents fed so far."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self._index: dict[str, list[Record]] = {}
        self._watch: Watch[Record] = Watch()
        self._awaited: dict[int, Record] = {}  # somebody is to be somewhere by then

    def feed(self, page: Resolved) -> list[Record]:
        """Take in one document: what it says of earlier deadlines, then those it sets, which come back."""
        for said in page.said:
            if said.act in _SILENT:
                continue
            for record in list(self._watch.spoken_of(page.stems(said.statement))):
                self._hear(record, page, said)
        for record in list(self._awaited.values()):
            if record.status == "pending" and page.day > record.end:
                seen = at_work(actors(record.what), page)
                if seen is not None:
                    self._settle(record, "met", page.day, seen)
                elif page.day > record.looked_for:
                    del self._awaited[record.order]
        return [new for _key, setter, item in page.deadlines if (new := self._enter(page, setter, item)) is not None]

    def _hear(self, record: Record, page: Resolved, said: Said) -> None:
        if record.status != "pending" or page.day > record.looked_for:
            self._watch.drop(record)
            return
        if page.day <= record.set_on:
            return
        if said.act in ("rejection", "concession") and record.set_by in said.parties and (
            has_any(page.text(said.statement), "dropping") or has_any(page.cue(said.statement), "dropping")
        ):  # fmt: skip
            self._settle(record, "dropped", page.day, said)
        elif record.date and page.heard(said.statement).outcome == "met":
            self._settle(record, "met", page.day, said)

    def _settle(self, record: Record, status: str, day: str, said: Said) -> None:
        record.status = status
        record.moves.append(Move(status, day, record.date, next(iter(said.parties), None), said.evidence))
        self._forget(record)

    def _forget(self, record: Record) -> None:
        self._watch.drop(record)
        self._awaited.pop(record.order, None)

    def _enter(self, page: Resolved, setter: str | None, item: Read) -> Record | None:
        here = stems(item.what)
        evidence = page.evidence(item.statement, item.span)
        alike = self._alike(here)
        same = next((r for r in alike if r.date == item.date and _setters_fit(r.set_by, setter)), None)
        if same is None and item.date is not None:
            same = next((r for r in alike if r.date is None and _setters_fit(r.set_by, setter)), None)
            if same is not None:
                same.dated(item.date, item.precision)
        if same is not None:
            if evidence not in same.evidence:
                same.moves.append(Move("restated", page.day, item.date, setter, (evidence,)))
                same.evidence[evidence] = None
            same.set_by = same.set_by or setter
            return None
        record = Record(item.what, here, None, item.precision, setter, page.day, len(self.records))
        record.dated(item.date, item.precision)
        record.evidence[evidence] = None
        record.moves.append(Move("set", page.day, item.date, setter, (evidence,)))
        if item.date and page.day and record.end < page.day:
            record.note = "lies before the report that gives it"
        before = next(
            (r for r in alike if r.set_by == setter and r.replaced_by is None and r.set_on < page.day
             and r.date and item.date and r.date != item.date), None,
        )  # fmt: skip
        if before is not None:
            kind = "extended" if str(item.date) > str(before.date) else "brought forward"
            before.replaced_by, before.status = record, "extended"
            before.moves.append(Move(kind, page.day, item.date, setter, (evidence,)))
            self._forget(before)
        self.records.append(record)
        for stem in here:
            self._index.setdefault(stem, []).append(record)
        self._watch.add(record, here)
        if record.date and wants_presence(record.what):
            self._awaited[record.order] = record
        return record

    def _alike(self, here: frozenset[str]) -> list[Record]:
        """Earlier deadlines about the same matter, the latest first."""
        near: dict[int, Record] = {}
        for stem in here:
            for record in self._index.get(stem, ())[-20:]:
                near[record.order] = record
        return [near[n] for n in sorted(near, reverse=True) if _same_matter(near[n].stems, here)]

    def freeze(self, asof: str, edits: Iterable[Decision] = ()) -> tuple[Deadline, ...]:
        """Every deadline as it stands on the day `asof`, with what people decided about it."""
        edited = {slug(str(d.target.get("what"))): d for d in edits}
        taken: dict[str, int] = {}
        for record in self.records:
            record.slug = record.slug or slug(f"{record.what} {record.date or ''}")
        ids = [unique(record.slug, taken) for record in self.records]
        return tuple(_frozen(r, ids, edited.get(slug(r.what)) if edited else None, asof) for r in self.records)


def _same_matter(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return one == other
    shared, less = len(one & other), min(len(one), len(other))
    return shared >= min(AT_LEAST, less) and shared / less >= SAME_MATTER


def _setters_fit(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _frozen(record: Record, ids: list[str], edit: Decision | None, asof: str) -> Deadline:
    what, day, precision, status, moves = record.what, record.date, record.precision, record.status, record.moves
    note = record.note
    if status == "pending" and day and record.end < asof:
        status, moves = "passed", [*moves, Move("passed", record.end, day)]
    if edit is not None:
        what = str(edit.value.get("what") or what)
        if edit.value.get("date"):
            day, precision = str(edit.value["date"]), str(edit.value.get("precision") or "day")
            status = "passed" if last_day(day, precision) < asof else "pending"
        status = str(edit.value.get("status") or status)
        note = f"decided by {edit.by}"
        moves = [*moves, Move("decided", edit.at[:10], day, edit.by)]
    return Deadline(
        ids[record.order], what, day, precision, record.set_by, status, record.set_on, tuple(moves),
        ids[record.replaced_by.order] if record.replaced_by else None, note, tuple(record.evidence),
    )  # fmt: skip


def last_day(day: str, precision: str) -> str:
    """The last day that still belongs to a date of a precision."""
    try:
        if len(day) == 4:
            return f"{day}-12-31"
        if len(day) == 7 and day[5] == "Q":
            month = int(day[6]) * 3
            return f"{day[:4]}-{month:02}-{monthrange(int(day[:4]), month)[1]}"
        if len(day) == 7:
            return f"{day}-{monthrange(int(day[:4]), int(day[5:]))[1]:02}"
        if precision == "week":
            return _shift(day, 6)
    except (ValueError, IndexError):
        pass
    return day[:10]


def _shift(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day[:10]) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day[:10]

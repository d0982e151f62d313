"""A ledger of deadlines: who set each, every move (restated, extended, met, passed, dropped), and what it is now.

In: resolved documents in order, one by one, and the day on which the table stands. Out: Deadlines; one that was moved
to another date is `extended` and points at the one that replaced it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from itertools import count, takewhile
from typing import NamedTuple

from dragoman.reading import Deadline as Read
from dragoman.reading import Decision
from dragoman.table.agreements import unique
from dragoman.table.days import shift
from dragoman.table.due_records import Filed, Index, Item, Memory, Record, Touched, month
from dragoman.table.fulfilled import due_by, wanted
from dragoman.table.gist import Due, last_day, span_of
from dragoman.table.hearing import Heard
from dragoman.table.outcomes import Watch, actors, at_work
from dragoman.table.resolved import Resolved
from dragoman.table.values import Deadline, Evidence, Move, Said, straight
from dragoman.table.words import slug, stems

# Two deadlines are about one matter when they share so much of the shorter one's stems, and at least two of them.
SAME_MATTER, AT_LEAST = 0.4, 2
_move = straight(Move)


class Term(NamedTuple):
    """A deadline that a document sets, as it was known by then."""

    setter: str | None
    date: str | None
    stems: frozenset[str]
    evidence: Evidence


_term = straight(Term)
# The dates of deadlines by the ends of them ("-03-10"), each with the first document that gives it.
Dates = dict[str, dict[str, tuple[str, str]]]


class Deadlines:
    """The deadlines of all documents fed so far; `memory` is that of an earlier feeding, without what is `gone`."""

    def __init__(self, memory: Memory | None = None, gone: Iterable[Resolved] = ()) -> None:
        self.memory, self._touched = Memory() if memory is None else memory, Touched()
        for page in gone:
            for place in range(len(page.deadlines)):
                self._touched.by(self.memory.filed.pop((page.facts.id, place), None))
        self._records_of: dict[Item, Record] = {}
        self.records: list[Record] = []
        self.dates: Dates = {}
        self._on_day, self._in_month = Index(), Index()  # by day; by month those of which the day is known
        self._standing = Index()  # by setter those that are dated and not replaced
        self._of_setter: dict[str | None, dict[Record, None]] = {}  # the standing ones in order
        self._watch: Watch[Record] = Watch(self.memory.watched)
        self._expected: Watch[Record] = Watch(self.memory.expected)  # of which an article may tell in its own voice
        self._awaited: dict[int, Record] = {}  # somebody is to be somewhere by then

    def feed(self, page: Resolved) -> tuple[Term, ...]:
        """Take in one document: what it says of earlier deadlines, then those it sets, which come back."""
        setting = {item.statement for _key, _setter, item in page.deadlines}
        for said, heard, here in page.settling:
            if said.statement in setting:
                continue  # who announces a deadline does not tell that it was kept
            for record in self._watch.spoken_of(here):
                self._hear(record, page, said, heard)
        if self._expected.any and page.facts.events:
            self._by_events(page)
        for record in list(self._awaited.values()) if self._awaited else ():
            if record.status == "pending" and page.day > record.end:
                seen = at_work(actors(record.what), page)
                if seen is not None:
                    self._settle(record, "met", page.day, seen)
                elif page.day > record.looked_for:
                    del self._awaited[record.order]
        if not page.deadlines:
            return ()
        entered = [
            self._enter(page, place, setter, item, page.facts.gist.deadlines[place])
            for place, (_key, setter, item) in enumerate(page.deadlines)
        ]
        return tuple([_term((r.set_by, r.date, r.stems, next(iter(r.evidence)))) for r in entered if r is not None])

    def _hear(self, record: Record, page: Resolved, said: Said, heard: Heard) -> None:
        if record.status != "pending" or page.day > record.looked_for:
            self._watch.drop(record)
        elif page.day <= record.set_on:
            return
        elif heard.drops and record.set_by in said.parties:
            self._settle(record, "dropped", page.day, said)
        elif record.date and heard.outcome == "met" and page.tells_of(record.set_by):
            self._settle(record, "met", page.day, said)

    def _by_events(self, page: Resolved) -> None:
        """What was due is done when an article tells so in its own voice, by the day after its last day."""
        for event in page.facts.events:
            for record in self._expected.spoken_of(event.stems):
                if not record.date:
                    continue
                if page.day > shift(record.end, 1):
                    self._expected.drop(record)
                elif (
                    record.set_on < page.day and due_by(event, record.what, record.set_on)
                    and page.tells_of(record.set_by)
                ):  # fmt: skip
                    self._move(record, "met", page.day, None, (page.words(event.sentence),))

    def _settle(self, record: Record, status: str, day: str, said: Said) -> None:
        self._move(record, status, day, next(iter(said.parties), None), said.evidence)

    def _move(self, record: Record, status: str, day: str, by: str | None, evidence: tuple[Evidence, ...]) -> None:
        record.status = status
        record.moves.append(Move(status, day, record.date, by, evidence))
        self._forget(record)

    def _forget(self, record: Record) -> None:
        self._watch.drop(record)
        self._expected.drop(record)
        self._awaited.pop(record.order, None)

    def _enter(self, page: Resolved, place: int, setter: str | None, item: Read, due: Due) -> Record | None:
        here, evidence = (page.facts.id, place), page.evidence(item.statement, item.span)
        if item.date and len(item.date) == 10:
            self.dates.setdefault(item.date[4:], {}).setdefault(item.date, page.facts.key)
        filed = self._filed(page, here, setter, item, due)
        if filed.same is not None:
            self._again(self._records_of[filed.same], page, setter, item, evidence)
            self._records_of[here] = self._records_of[filed.same]
            return None
        record = Record(item.what, due.stems, item.date, item.precision, setter, page.day, len(self.records), here,
                        slug=due.slug, end=due.end, looked_for=due.looked_for)  # fmt: skip
        record.evidence[evidence] = None
        record.moves.append(_move(("set", page.day, item.date, setter, (evidence,))))
        if item.date and page.day and record.end < page.day:
            record.note = "lies before the report that gives it"
        if filed.before is not None:
            before = self._records_of[filed.before]
            if _nameless(due.stems):  # "extended the deadline": that of the matter which it is for
                record.what, record.stems = before.what, before.stems
            kind = "extended" if str(item.date) > str(before.date) else "brought forward"
            before.replaced_by, before.status = record, "extended"
            before.moves.append(Move(kind, page.day, item.date, setter, (evidence,)))
            self._forget(before)
            self._standing.remove(setter, before)
            self._of_setter[setter].pop(before, None)
        self._records_of[here] = record
        self.records.append(record)
        self._file_by_day(record)
        self._file_by_setter(record)
        self._watch.add(record, due.stems)
        expected = wanted(record.what)
        if expected is not None:
            self._expected.add(record, expected.stems)
        if record.date and due.presence:
            self._awaited[record.order] = record
        return record

    def _again(self, same: Record, page: Resolved, setter: str | None, item: Read, evidence: Evidence) -> None:
        """A deadline that is known is set again, or given its date or its setter."""
        if item.date is not None and len(item.date) > len(same.date or ""):
            undated = same.date is None
            same.date, same.precision = item.date, item.precision
            same.end, same.looked_for = span_of(item.date, item.precision)
            self._file_by_day(same)
            if undated:
                self._file_by_setter(same)
        if evidence not in same.evidence:
            same.moves.append(Move("restated", page.day, item.date, setter, (evidence,)))
            same.evidence[evidence] = None
        if setter is not None and same.set_by is None:
            same.set_by = setter
            self._file_by_setter(same)

    def _filed(self, page: Resolved, here: Item, setter: str | None, item: Read, due: Due) -> Filed:
        """What a deadline is to the earlier ones: as the last feeding found it, where nothing it meets was touched."""
        known = self.memory.filed.get(here)
        if known is not None and known.page is page and not self._touched.holds(item.date, setter):
            return known
        same = self._same(due.stems, item.date, setter)
        if same is None and item.precision == "month":
            same = self._same(due.stems, item.date, setter, whole=True)
        dates = same is None and item.date is not None
        if dates and item.precision == "day":
            same = self._same(due.stems, month(item.date), setter)
        if dates and same is None:
            same = self._same(due.stems, None, setter)
        filed = Filed(page, item.date, setter)
        if same is not None:
            filed = Filed(page, item.date, setter, same.item, same.set_by, dates)
        elif item.date:
            before = self._before(due.stems, item.date, setter, page.day)
            filed = filed._replace(before=before.item if before is not None else None)
        if filed != known:
            self._touched.by(known, filed)
            self.memory.filed[here] = filed
        return filed

    def _file_by_day(self, record: Record) -> None:
        self._on_day.add(record.date, record)
        if record.precision == "day":
            self._in_month.add(month(record.date), record)

    def _file_by_setter(self, record: Record) -> None:
        if record.date and record.replaced_by is None:
            self._standing.add(record.set_by, record)
            self._of_setter.setdefault(record.set_by, {})[record] = None

    def _same(self, here: frozenset[str], day: str | None, setter: str | None, *, whole: bool = False) -> Record | None:
        """The latest earlier deadline on this day about the same matter, if the same party may have set it.

        The `whole` of a month is looked through for those on one of its days.
        """
        found = None
        for r in (self._in_month if whole else self._on_day).near(day, here):
            if (
                (found is None or r.order > found.order) and (whole or r.date == day) and _setters_fit(r.set_by, setter)
                and _same_matter(r.stems, here)
            ):  # fmt: skip
                found = r
        return found

    def _before(self, here: frozenset[str], day: str, setter: str | None, today: str) -> Record | None:
        """The latest deadline that this party had set for the same matter in an earlier report, if not long past."""
        if _nameless(here):
            own = self._of_setter.get(setter, ())
            standing = [r for r in own if r.looked_for >= today > r.set_on and r.date != day]
            return standing[0] if len(standing) == 1 else None
        found, some = None, min(AT_LEAST, len(here))
        near = self._standing.near(setter, here)
        for r, shared in zip(near, map(len, map(here.intersection, [r.stems for r in near])), strict=True):
            # Most share one word of several, and need not be looked at.
            if (
                (shared >= some or len(r.stems) < some) and r.looked_for >= today > r.set_on
                and (found is None or r.order > found.order) and r.date != day
                and r.set_by == setter and r.replaced_by is None and _same_matter(r.stems, here)
            ):  # fmt: skip
                found = r
        return found

    def moves_of(self, documents: Collection[str], asof: str) -> dict[tuple[str, str | None], list[tuple[Move, ...]]]:
        """The moves of the deadlines that are set or set again in these documents, by document and by who sets them."""
        found: dict[tuple[str, str | None], list[tuple[Move, ...]]] = {}
        for document in documents:
            own = takewhile(lambda r: r is not None, (self._records_of.get((document, n)) for n in count()))
            for record in sorted(set(filter(None, own)), key=lambda r: r.order):
                found.setdefault((document, record.set_by), []).append(_moves(record, asof))
        return found

    def freeze(self, asof: str, edits: Iterable[Decision] = ()) -> tuple[Deadline, ...]:
        """Every deadline as it stands on the day `asof`, with what people decided about it."""
        edited = {slug(str(d.target.get("what"))): d for d in edits}
        taken: dict[str, int] = {}
        ids = [unique(record.slug, taken) for record in self.records]
        return tuple(_frozen(r, ids, edited.get(slug(r.what)) if edited else None, asof) for r in self.records)


def _same_matter(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return one == other
    less = min(len(one), len(other))
    shared = len(one & other)
    return shared >= min(AT_LEAST, less) and shared / less >= SAME_MATTER


@cache
def _unnamed() -> frozenset[str]:
    return stems("deadline date ultimatum limit term period")


def _nameless(here: frozenset[str]) -> bool:
    """Whether the words for a deadline say nothing but that it is one."""
    return bool(here) and here <= _unnamed()


def _setters_fit(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _moves(record: Record, asof: str) -> tuple[Move, ...]:
    """Every move of a deadline until a day, on which it may have passed."""
    if record.status == "pending" and record.date and record.end < asof:
        return (*record.moves, _move(("passed", record.end, record.date, None, ())))
    return tuple(record.moves)


def _frozen(record: Record, ids: list[str], edit: Decision | None, asof: str) -> Deadline:
    what, day, precision, status, note = record.what, record.date, record.precision, record.status, record.note
    moves = _moves(record, asof)
    if moves and moves[-1].kind == "passed":
        status = "passed"
    if edit is not None:
        what = str(edit.value.get("what") or what)
        if edit.value.get("date"):
            day, precision = str(edit.value["date"]), str(edit.value.get("precision") or "day")
            status = "passed" if last_day(day, precision) < asof else "pending"
        status = str(edit.value.get("status") or status)
        note = f"decided by {edit.by}"
        moves = (*moves, Move("decided", edit.at[:10], day, edit.by))
    return Deadline(
        ids[record.order], what, day, precision, record.set_by, status, record.set_on, moves,
        ids[record.replaced_by.order] if record.replaced_by else None, note, tuple(record.evidence),
    )  # fmt: skip

"""A ledger of deadlines: who set each, every move (restated, extended, met, passed, dropped), and what it is now.

In: resolved documents in order, and the day on which the table stands. Out: Deadlines; one that was moved to another
date is `extended` and points at the one that replaced it.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.reading import Deadline as Read
from dragoman.reading import Decision
from dragoman.table.agreements import unique
from dragoman.table.outcomes import actors, at_work, outcome, wants_presence
from dragoman.table.resolved import Resolved
from dragoman.table.values import Deadline, Evidence, Move
from dragoman.table.words import has_any, slug, stems

# Two deadlines are about one matter when they share so much of the shorter one's stems, and at least two of them.
SAME_MATTER, AT_LEAST = 0.4, 2


@dataclass(slots=True)
class _Record:
    what: str
    stems: frozenset[str]
    date: str | None
    precision: str
    set_by: str | None
    set_on: str
    order: int
    status: str = "pending"
    moves: list[Move] = field(default_factory=list)
    replaced_by: _Record | None = None
    note: str | None = None
    evidence: dict[Evidence, None] = field(default_factory=dict)
    statements: set[tuple[str, str | None]] = field(default_factory=set)


def deadlines(pages: Sequence[Resolved], *, asof: str, edits: Iterable[Decision] = ()) -> tuple[Deadline, ...]:
    """Every deadline of the documents as it stands on the day `asof`."""
    records: list[_Record] = []
    index: dict[str, list[_Record]] = {}
    edited = {slug(str(d.target.get("what"))): d for d in edits}
    for page in pages:
        for _key, setter, item in page.deadlines:
            _enter(records, index, page, setter, item)
    by_issue = _lines(pages)
    for record in records:
        _close(record, pages, by_issue, asof)
    taken: dict[str, int] = {}
    ids = [unique(slug(f"{r.what} {r.date or ''}"), taken) for r in records]
    return tuple(_frozen(r, ids, edited.get(slug(r.what)), asof) for r in records)


def _enter(
    records: list[_Record], index: dict[str, list[_Record]], page: Resolved, setter: str | None, item: Read
) -> None:
    here = stems(item.what)
    evidence = page.evidence(item.statement, item.span)
    near: dict[int, _Record] = {}
    for stem in here:
        for record in index.get(stem, ())[-40:]:
            near[record.order] = record
    alike = [near[n] for n in sorted(near, reverse=True) if _same_matter(near[n].stems, here)]
    same = next((r for r in alike if r.date == item.date and _setters_fit(r.set_by, setter)), None)
    if same is None and item.date is not None:
        same = next((r for r in alike if r.date is None and _setters_fit(r.set_by, setter)), None)
        if same is not None:
            same.date, same.precision = item.date, item.precision
    if same is not None:
        if evidence not in same.evidence:
            same.moves.append(Move("restated", page.day, item.date, setter, (evidence,)))
            same.evidence[evidence] = None
        same.set_by = same.set_by or setter
        return
    record = _Record(item.what, here, item.date, item.precision, setter, page.day, len(records))
    record.evidence[evidence] = None
    record.moves.append(Move("set", page.day, item.date, setter, (evidence,)))
    if item.date and page.day and _last_day(item.date, item.precision) < page.day:
        record.note = "lies before the report that gives it"
    before = next(
        (r for r in alike if r.set_by == setter and r.replaced_by is None and r.set_on < page.day
         and (r.date or "") != (item.date or "") and r.date and item.date), None,
    )  # fmt: skip
    if before is not None:
        later = (item.date or "") > (before.date or "")
        before.replaced_by, before.status = record, "extended"
        before.moves.append(Move("extended" if later else "brought forward", page.day, item.date, setter, (evidence,)))
    records.append(record)
    for stem in here:
        index.setdefault(stem, []).append(record)


def _same_matter(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    if not one or not other:
        return one == other
    return shared >= min(AT_LEAST, len(one), len(other)) and shared / min(len(one), len(other)) >= SAME_MATTER


def _setters_fit(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


Lines = dict[str, list[tuple[str, Resolved, int]]]


def _lines(pages: Sequence[Resolved]) -> Lines:
    """Statements by the stems they hold would be many; by document day they are scanned only after a deadline."""
    found: Lines = {}
    for page in pages:
        for number, said in enumerate(page.said):
            for issue in said.issues:
                found.setdefault(issue, []).append((page.day, page, number))
    return found


def _close(record: _Record, pages: Sequence[Resolved], by_issue: Lines, asof: str) -> None:
    """Whether it was met, missed or dropped, by what later statements say."""
    if record.status == "extended" or not record.date:
        return
    end = _last_day(record.date, record.precision)
    if wants_presence(record.what) and end < asof:
        who = actors(record.what)
        for page in pages[bisect_right(pages, end, key=lambda page: page.day) :]:
            seen = at_work(who, page) if page.day > record.set_on else None
            if seen is not None:
                record.moves.append(Move("met", page.day, record.date, next(iter(seen.parties), None), seen.evidence))
                record.status = "met"
                return
    for issue in _issues_of(record, by_issue):
        for day, page, number in by_issue[issue]:
            if day <= record.set_on:
                continue
            said = page.said[number]
            found = outcome(record.stems, page, said)
            if found == "met":
                record.moves.append(Move("met", day, record.date, next(iter(said.parties), None), said.evidence))
                record.status = "met"
                return
            text = page.text(said.statement)
            if said.act in ("rejection", "concession") and record.set_by in said.parties and (
                has_any(text, "dropping") or has_any(page.cue(said.statement), "dropping")
            ) and _same_matter(record.stems, page.stems(said.statement)):  # fmt: skip
                record.moves.append(Move("dropped", day, record.date, record.set_by, said.evidence))
                record.status = "dropped"
                return
    if end < asof:
        record.status = "passed"
        record.moves.append(Move("passed", end, record.date))


def _issues_of(record: _Record, by_issue: Lines) -> list[str]:
    return [issue for issue in by_issue if stems(issue) & record.stems]


def _frozen(record: _Record, ids: list[str], edit: Decision | None, asof: str) -> Deadline:
    what, day, precision, status = record.what, record.date, record.precision, record.status
    note, moves = record.note, record.moves
    if edit is not None:
        what = str(edit.value.get("what") or what)
        if edit.value.get("date"):
            day, precision = str(edit.value["date"]), str(edit.value.get("precision") or "day")
            status = "passed" if _last_day(day, precision) < asof else "pending"
        status = str(edit.value.get("status") or status)
        note = f"decided by {edit.by}"
        moves = [*moves, Move("decided", edit.at[:10], day, edit.by)]
    return Deadline(
        ids[record.order], what, day, precision, record.set_by, status, record.set_on, tuple(moves),
        ids[record.replaced_by.order] if record.replaced_by else None, note, tuple(record.evidence),
    )  # fmt: skip


def _last_day(day: str, precision: str) -> str:
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
            return (date.fromisoformat(day[:10]) + timedelta(days=6)).isoformat()
    except (ValueError, OverflowError):
        pass
    return day[:10]

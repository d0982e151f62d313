"""What moved between two dates: positions, conditions, deadlines, meetings, agreements and figures, oldest first.

In: the layers of a table. Out: Changes dated after one day; a repeat is no change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from dragoman.table.values import Agreement, Change, Condition, Deadline, Figure, Meeting, Step, in_digits


class Layers(Protocol):
    """What changes are read from: the layers of a table."""

    @property
    def histories(self) -> Mapping[tuple[str, str], tuple[Step, ...]]: ...
    @property
    def conditions(self) -> tuple[Condition, ...]: ...
    @property
    def deadlines(self) -> tuple[Deadline, ...]: ...
    @property
    def meetings(self) -> tuple[Meeting, ...]: ...
    @property
    def agreements(self) -> tuple[Agreement, ...]: ...
    @property
    def figures(self) -> tuple[Figure, ...]: ...


def changes(table: Layers, since: str) -> tuple[Change, ...]:
    """Everything that became known after the day `since`, up to the day of the table."""
    found = [
        *_positions(table.histories, since), *_conditions(table.conditions, since), *_ledgers(table, since),
        *_figures(table, since),
    ]  # fmt: skip
    ranks = {kind: number for number, kind in enumerate(("position", "condition", "deadline", "meeting", "agreement"))}
    return tuple(
        sorted(found, key=lambda c: (c.date, ranks.get(c.kind, 9), c.party or "", c.issue or "", c.about, c.change))
    )


def _positions(histories: Mapping[tuple[str, str], tuple[Step, ...]], since: str) -> Iterable[Change]:
    for (party, issue), steps in histories.items():
        if not steps or steps[-1].date <= since:
            continue
        before: Step | None = None
        for step in steps:
            if step.date > since and step.change != "repeated":
                was = before.stance if before else None
                now = None if step.change == "retired" else step.stance
                yield Change("position", step.change, step.date, issue, party, issue, was, now, None, step.evidence)
            before = step


def _conditions(conditions: Iterable[Condition], since: str) -> Iterable[Change]:
    for c in conditions:
        if c.since > since:
            yield Change("condition", "added", c.since, c.withholds, c.party, None, None, "open", c.id, c.evidence)
        for r in c.requires:
            if r.since and r.since > since:
                evidence = (r.settled_by,) if r.settled_by else c.evidence
                yield Change("condition", r.status, r.since, r.what, c.party, None, "open", r.status, c.id, evidence)


def _ledgers(table: Layers, since: str) -> Iterable[Change]:
    for deadline in table.deadlines:
        for move in deadline.moves:
            if move.date > since and move.kind != "restated":
                yield Change("deadline", move.kind, move.date, deadline.what, deadline.set_by, None, deadline.date,
                             move.to, deadline.id, move.evidence or deadline.evidence)  # fmt: skip
    for meeting in table.meetings:
        for move in meeting.moves:
            if move.date > since:
                yield Change("meeting", move.kind, move.date, meeting.name, None, None, None, move.to, meeting.id,
                             move.evidence)  # fmt: skip
    for agreement in table.agreements:
        before = None
        for move in agreement.history:
            if move.date > since:
                yield Change("agreement", move.kind, move.date, agreement.name, None, None, before, move.to,
                             agreement.id, move.evidence)  # fmt: skip
            before = move.to


def _figures(table: Layers, since: str) -> Iterable[Change]:
    for f in table.figures:
        if f.given_on > since:
            now = f"{f.bound} {in_digits(f.quantity)}" if f.quantity is not None else None
            yield Change("figure", "given", f.given_on, f.about, f.party, None, None, now, f.id, f.evidence)

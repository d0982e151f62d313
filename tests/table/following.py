"""Follows a story date by date: how much of each expected state stands on a table, and exactly what does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dragoman.folding import fold_name
from dragoman.reading import Reading, Statement
from dragoman.table import Table

# The story's words for what became of something, in the table's.
CONDITIONS = {"not met": "violated"}
DEADLINES = {"passed, extended": "extended"}
CHANGES = {"restated": {"repeated"}, "deadline extended, threat added": {"changed", "hardened"},
           "demand added": {"changed", "hardened"}}  # fmt: skip


@dataclass
class Score:
    """So many expected things found, so many on the table, and where the two differ."""

    expected: int = 0
    found: int = 0
    shown: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return min(1.0, self.found / self.shown) if self.shown else 1.0

    def count(self, good: bool, difference: str) -> None:
        self.expected += 1
        self.found += good
        if not good:
            self.differences.append(difference)

    def __add__(self, other: Score) -> Score:
        return Score(self.expected + other.expected, self.found + other.found, self.shown + other.shown,
                     self.differences + other.differences)  # fmt: skip


def close(one: str, other: str) -> bool:
    """Whether two descriptions share enough words to be the same thing."""
    from dragoman.table.words import contained, overlap, stems

    here, there = stems(one), stems(other)
    return overlap(here, there) >= 0.4 or contained(here, there) >= 0.6 or contained(there, here) >= 0.6


Place = tuple[str, str]  # document, statement


def places_of(gold: Iterable[Reading], readings: Iterable[Reading]) -> dict[Place, Place]:
    """Which statement of other readings each statement of the gold is: the one that shares most of its content."""
    others = {reading.document.id: reading for reading in readings}
    found: dict[Place, Place] = {}
    for reading in gold:
        for statement in reading.statements:
            here = _letters(statement)
            shared = [(len(here & _letters(s)), s.id) for s in others[reading.document.id].statements]
            most, identity = max(shared, default=(0, ""))
            if 2 * most >= len(here):
                found[reading.document.id, statement.id] = (reading.document.id, identity)
    return found


def _letters(statement: Statement) -> set[int]:
    return {letter for span in statement.content for letter in range(*span)}


def follow_story(table: Table, state: dict[str, Any], places: Mapping[Place, Place] | None = None) -> dict[str, Score]:
    """How well a table agrees with one state of a story, layer by layer.

    `places` says where the statements of the story are in other readings; without it they are where the story says.
    """
    return {
        "positions": _positions(table, state, places or {}), "conditions": _conditions(table, state),
        "deadlines": _deadlines(table, state), "meetings": _meetings(table, state),
        "agreements": _agreements(table, state), "figures": _figures(table, state),
        "origins": _origins(table, state, places), "changes": _changes(table, state),
    }  # fmt: skip


def _positions(table: Table, state: dict[str, Any], places: Mapping[Place, Place]) -> Score:
    score = Score(shown=len(table.cells))
    for e in state["positions"]:
        cell = table.cell(e["party"], e["issue"])
        where = f"{state['after']} {e['party']} / {e['issue']}"
        party = table.party(e["party"])
        mine = [c for c in table.cells if party and c.party == party.name and close(c.stance, e["stance"])]
        said = places.get((e["document"], e["statement"])) if "document" in e else None
        there = [c for c in mine if (c.document, c.statement) == said]
        if cell is None or (there and cell not in there):  # a reader may name the issue by other words
            cell = max(
                there or mine, key=lambda c: (c.direction == e["direction"], c.since == e["since"]), default=cell
            )
        if cell is None:
            score.count(False, f"{where}: no position, expected {e['stance']!r}")
            continue
        good = cell.direction == e["direction"] and cell.since == e["since"] and close(cell.stance, e["stance"])
        score.count(good, f"{where}: {cell.direction} since {cell.since} {cell.stance!r}, "
                          f"expected {e['direction']} since {e['since']} {e['stance']!r}")  # fmt: skip
    wanted = {(fold_name(e["party"]), fold_name(e["issue"])) for e in state["positions"]}
    for cell in table.cells:
        if (fold_name(cell.party), fold_name(cell.issue)) not in wanted:
            score.differences.append(f"{state['after']} {cell.party} / {cell.issue}: not expected {cell.stance!r}")
    return score


def _conditions(table: Table, state: dict[str, Any]) -> Score:
    score = Score(shown=len(table.conditions))
    for e in state["conditions"]:
        mine = [c for c in table.conditions if c.party and fold_name(c.party) == fold_name(e["party"])]
        fitting = [c for c in mine if c.since == e["since"] and any(
            close(r.what, x["what"]) for r in c.requires for x in e["requires"])]  # fmt: skip
        where = f"{state['after']} {e['id']} {e['party']} withholds {e['withholds']!r}"
        if not fitting:
            score.count(False, f"{where}: not found")
            continue
        expected = CONDITIONS.get(e["status"], e["status"])
        score.count(any(c.status == expected for c in fitting), f"{where}: {fitting[0].status}, expected {expected}")
    return score


def _deadlines(table: Table, state: dict[str, Any]) -> Score:
    score = Score(shown=len(table.deadlines))
    for e in state["deadlines"]:
        wanted = _by_party(table, e["what"])
        fitting = [d for d in table.deadlines if d.date == e["date"] and close(_by_party(table, d.what), wanted)]
        expected = DEADLINES.get(e["status"], e["status"])
        good = any(d.status == expected and fold_name(d.set_by or "") == fold_name(e["set_by"] or "") for d in fitting)
        got = [(d.status, d.set_by) for d in fitting] or "not found"
        score.count(good, f"{state['after']} {e['id']} {e['what']!r} {e['date']}: {got}, expected {expected}")
    return score


def _by_party(table: Table, what: str) -> str:
    """Words in which a party goes by its own name: "an answer from Dorn" is one from Kestria."""
    parties = {word: table.party(word.strip(",.")) for word in what.split() if word[:1].isupper()}
    return " ".join(party.name if (party := parties.get(word)) else word for word in what.split())


def _meetings(table: Table, state: dict[str, Any]) -> Score:
    score = Score(shown=len(table.meetings))
    for e in state["meetings"]:
        fitting = [m for m in table.meetings if m.date == e["date"] and (m.place or e["place"]) == e["place"]]
        got = [m.status for m in fitting] or "not found"
        where = f"{state['after']} {e['id']} {e['name']!r} {e['date']}"
        score.count(e["status"] in got, f"{where}: {got}, expected {e['status']}")
    return score


def _agreements(table: Table, state: dict[str, Any]) -> Score:
    score = Score(shown=len(table.agreements))
    for e in state["agreements"]:
        fitting = [a for a in table.agreements if close(a.name, e["name"])]
        good = any(a.status == e["status"] and a.date == e["date"] for a in fitting)
        for day, status in e.get("history", ()):
            good = good and any(m.date == day and m.to == status for a in fitting for m in a.history)
        score.count(good, f"{state['after']} {e['name']}: {[(a.status, a.date) for a in fitting]}, "
                          f"expected {e['status']} {e['date']}")  # fmt: skip
    return score


def _figures(table: Table, state: dict[str, Any]) -> Score:
    score = Score(shown=sum(f.by is not None for f in table.figures))
    for e in state["figures"]:
        fitting = [f for f in table.figures if f.quantity == e["quantity"] and f.bound == e["bound"]
                   and _same_source(table, f.by, f.party, e["source"])]  # fmt: skip
        where = f"{state['after']} {e['source']}: {e['bound']} {e['quantity']} {e['about']}"
        if not fitting:
            score.count(False, f"{where}: not found")
            continue
        disputed = {_source(table, name) for f in fitting for name in f.disputed_with}
        same = disputed == {_source(table, name) for name in e["disputed_with"]}
        good = same and any(f.current == e["current"] for f in fitting)
        score.count(good, f"{where}: current {fitting[0].current}, disputed with {sorted(disputed)}; expected "
                          f"{e['current']}, {e['disputed_with']}")  # fmt: skip
    return score


def _source(table: Table, name: str) -> str:
    """A source as a party, since a reader may name its bodies and its people by other words."""
    party = table.party(name)
    return fold_name(party.name if party is not None else name)


def _same_source(table: Table, by: str | None, party: str | None, expected: str) -> bool:
    found = table.party(expected)
    return fold_name(by or "") == fold_name(expected) or (found is not None and found.name == party)


def _origins(table: Table, state: dict[str, Any], places: Mapping[Place, Place] | None) -> Score:
    said = {(s.document, s.statement): s for s in table.statements()}
    score = Score()
    for e in state["provenance"]:
        given = [(s["document"], s["statement"]) for s in e["statements"]]
        there = given if places is None else [places[place] for place in given if place in places]
        here = [said[place] for place in there if place in said]
        count = table.origins_of(*here)
        good = len(here) == len(e["statements"]) and count.low == e["independent_sources"]
        score.count(good, f"{state['after']} {e['claim']!r}: {count.sentence()}, expected {e['independent_sources']}")
    score.shown = score.expected
    return score


def _changes(table: Table, state: dict[str, Any]) -> Score:
    day = state["after"]
    steps = {(fold_name(party), fold_name(issue)): [s for s in found if s.date == day]
             for (party, issue), found in table.histories.items()}  # fmt: skip
    score = Score()
    for e in state["changes"]:
        if e["what"] != "position":
            continue
        party, issue = table.party(e["party"]), table.issue(e["issue"])
        key = (fold_name(party.name if party else e["party"]), fold_name(issue.name if issue else e["issue"]))
        got = {s.change for s in steps.get(key, ())}
        if issue is None and party is not None:  # a reader may name the issue by other words
            got = {s.change for (who, _), found in steps.items() if who == key[0] for s in found}
        good = bool(got & CHANGES.get(e["change"], {e["change"]}))
        score.count(good, f"{day} {e['party']} / {e['issue']}: {sorted(got)}, expected {e['change']}")
    score.shown = score.expected
    return score

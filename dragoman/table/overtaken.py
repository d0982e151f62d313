"""When a stance is no longer held although nobody withdrew it: settled conditions, talks held, deadlines moved, pacts.

In: stances and what became of conditions, meetings, deadlines and agreements. Out: an End for each stance overtaken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.folding import words
from dragoman.table.agreements import SEALED, named_in
from dragoman.table.positions import End
from dragoman.table.resolved import Resolved, Stand
from dragoman.table.values import Agreement, Condition, Deadline, Meeting
from dragoman.table.words import data, listed, stems

Ends = dict[tuple[str, str | None, str], End]


def ends(
    pages: Iterable[Resolved], *, conditions: Sequence[Condition], meetings: Sequence[Meeting],
    deadlines: Sequence[Deadline], agreements: Sequence[Agreement],
) -> Ends:  # fmt: skip
    """The day on which each stance was overtaken, for those that were.

    1. A stance that rests on a condition goes when the condition is met, dropped or overtaken.
    2. An invitation or a call to talks goes when the talks have opened.
    3. A threat goes with its deadline, when that is extended or when a pact follows it.
    4. A word on the state of a pact ("strained, not broken") goes when the state is another.
    """
    by_statement = _settled(conditions, agreements)
    opened = [(m.date, meeting) for meeting in meetings for m in meeting.moves if m.kind == "held"]
    talks = stems("talks")
    about_talks = sorted(((d, m) for d, m in opened if talks & stems(m.name)), key=lambda pair: pair[0])
    threats = _threats(deadlines)
    found: Ends = {}
    for page in pages:
        for stand in page.stands:
            key = (stand.evidence.document, stand.evidence.statement, stand.issue)
            day = stand.key[0]
            possible = [
                by_statement.get((stand.party, *key[:2])),
                _talks_opened(stand, about_talks) if stand.act in ("proposal", "demand") else None,
                _deadline_gone(stand, threats, agreements) if stand.act == "threat" else None,
                _state_changed(stand, agreements),
            ]
            later = [end for end in possible if end is not None and end.day > day]
            if later:
                found[key] = min(later)
    return found


def _settled(
    conditions: Sequence[Condition], agreements: Sequence[Agreement]
) -> dict[tuple[str, str, str | None], End]:
    found: dict[tuple[str, str, str | None], End] = {}
    for condition in conditions:
        if condition.party is None:
            continue
        end = _after_promise(condition, agreements)
        if condition.status in ("met", "dropped", "overtaken") and condition.settled_on:
            settled = (condition.settled_by,) if condition.settled_by else ()
            note = f"condition {condition.status}: {condition.withholds}"
            end = min(filter(None, (end, End(condition.settled_on, note, settled))))
        if end is not None:
            for evidence in (*condition.evidence, *condition.restated):
                found[condition.party, evidence.document, evidence.statement] = end
    return found


def _after_promise(condition: Condition, agreements: Sequence[Agreement]) -> End | None:
    """The pact that a party signed once everything it required was promised."""
    promised = [next((m.date for m in r.moves if m.kind in ("promised", "met")), None) for r in condition.requires]
    if not promised or None in promised:
        return None
    day = max(filter(None, promised))
    pacts = [
        End(m.date, f"{a.name}: {m.to}, what was required is promised", m.evidence)
        for a in agreements if condition.party in a.parties for m in a.history if m.to in SEALED and m.date >= day
    ]  # fmt: skip
    return min(pacts, key=lambda end: end.day, default=None)


def _talks_opened(stand: Stand, opened: list[tuple[str, Meeting]]) -> End | None:
    if stand.direction != "for" or not stems("talks") & stems(stand.issue):
        return None
    for day, meeting in opened:
        if day > stand.key[0]:
            return End(day, f"the talks have opened: {meeting.name}", meeting.evidence[-1:])
    return None


def _threats(deadlines: Sequence[Deadline]) -> dict[tuple[str, str | None], list[Deadline]]:
    found: dict[tuple[str, str | None], list[Deadline]] = {}
    for deadline in deadlines:
        for move in deadline.moves:
            if move.kind in ("set", "restated"):
                for evidence in move.evidence:
                    found.setdefault((evidence.document, deadline.set_by), []).append(deadline)
    return found


def _deadline_gone(
    stand: Stand, threats: dict[tuple[str, str | None], list[Deadline]], agreements: Sequence[Agreement]
) -> End | None:
    for deadline in threats.get((stand.evidence.document, stand.party), ()):
        for move in deadline.moves:
            if move.kind == "extended":
                return End(move.date, f"its deadline was moved to {move.to}", move.evidence)
            if move.kind == "passed":
                for pact in agreements:
                    for sealed in pact.history:
                        if stand.party in pact.parties and sealed.to in SEALED and sealed.date > move.date:
                            return End(sealed.date, f"superseded by {pact.name}", sealed.evidence)
    return None


def _state_changed(stand: Stand, agreements: Sequence[Agreement]) -> End | None:
    named = [a for a in agreements if named_in(a, stems(stand.issue))]
    claimed = _claimed(stand.stance) if named else None
    if claimed is None:
        return None
    for pact in named:
        for move in pact.history:
            to = "in force" if move.to in SEALED else move.to
            if move.date > stand.key[0] and to in ("in force", "strained", "broken") and to != claimed:
                return End(move.date, f"{pact.name}: {move.kind}", move.evidence)
    return None


def _claimed(stance: str) -> str | None:
    """The state of a pact that a stance asserts; None when it asserts none or denies it."""
    said = words(stance)
    for number, word in enumerate(said):
        for status, listed_words in data()["status_words"].items():
            if word in listed_words and not any(w in listed("negations") for w in said[max(0, number - 4) : number]):
                return str(status)
    return None

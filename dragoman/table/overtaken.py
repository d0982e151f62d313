"""When a stance is no longer held although nobody withdrew it: settled conditions, talks held, deadlines moved, pacts.

In: stances and what became of conditions, meetings, deadlines and agreements. Out: an End for each stance overtaken.

1. A stance that rests on a condition goes when the condition is met, dropped or overtaken.
2. An invitation or a call to talks goes when the talks have opened.
3. A threat goes with its deadline, when that is extended or when a pact follows it.
4. A word on the state of a pact ("strained, not broken") goes when the state is another.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from dragoman.folding import words
from dragoman.table.agreements import SEALED, named_in
from dragoman.table.deadlines import Deadlines
from dragoman.table.meetings import Meetings
from dragoman.table.positions import End, EndKey
from dragoman.table.resolved import Resolved, Stand
from dragoman.table.values import Agreement, Condition, Move
from dragoman.table.words import data, listed, stems

# As a condition of which nobody waits for what it requires any more.
GIVEN_UP = ("met", "dropped", "overtaken")


class Threatened(NamedTuple):
    """The stances of one document that something other than words may overtake."""

    calls: tuple[Stand, ...]
    threats: tuple[Stand, ...]
    states: tuple[tuple[Stand, str], ...]
    by_statement: dict[tuple[str | None, str], list[Stand]]  # those that rest on a condition, by statement and party


class Sealed(NamedTuple):
    """A pact that was sealed on a day."""

    day: str
    pact: str
    move: Move


_day = attrgetter("day")


class Exposed:
    """The stances that something other than words may overtake, by document, while documents come and go."""

    def __init__(self) -> None:
        self._calls: dict[str, tuple[Stand, ...]] = {}
        self._threats: dict[str, tuple[Stand, ...]] = {}
        self._states: dict[str, tuple[tuple[Stand, str], ...]] = {}
        self._resting: dict[str, dict[tuple[str | None, str], list[Stand]]] = {}

    def feed(self, page: Resolved) -> None:
        """Take in one document."""
        found, document = _threatened(page), page.facts.id
        if found.calls:
            self._calls[document] = found.calls
        if found.threats:
            self._threats[document] = found.threats
        if found.states:
            self._states[document] = found.states
        if found.by_statement:
            self._resting[document] = found.by_statement

    def drop(self, page: Resolved) -> None:
        """Take one document out."""
        document = page.facts.id
        self._calls.pop(document, None)
        self._threats.pop(document, None)
        self._states.pop(document, None)
        self._resting.pop(document, None)

    @property
    def calls(self) -> Iterator[Stand]:
        return chain.from_iterable(self._calls.values())

    @property
    def threats(self) -> Iterator[Stand]:
        return chain.from_iterable(self._threats.values())

    @property
    def states(self) -> Iterator[tuple[Stand, str]]:
        return chain.from_iterable(self._states.values())

    def resting(self, condition: Condition) -> list[Stand]:
        """The stances of a party in the statements that lay down a condition of it."""
        found: list[Stand] = []
        for evidence in (*condition.evidence, *condition.restated):
            here = self._resting.get(evidence.document)
            if here is not None:
                found += here.get((evidence.statement, condition.party or ""), ())
        return found


def _threatened(page: Resolved) -> Threatened:
    talks = stems("talks")
    calls: list[Stand] = []
    threats: list[Stand] = []
    states: list[tuple[Stand, str]] = []
    for s in page.stands:
        if s.act == "threat":
            threats.append(s)
        elif s.direction == "for" and s.act in ("proposal", "demand") and not talks.isdisjoint(stems(s.issue)):
            calls.append(s)
        state = claimed(s.stance)
        if state is not None:
            states.append((s, state))
    by_statement: dict[tuple[str | None, str], list[Stand]] = {}
    for _key, owner, item, _said in page.conditions:
        for s in page.stands:
            if s.party == owner and s.evidence.statement == item.statement:
                by_statement.setdefault((item.statement, s.party), []).append(s)
    return Threatened(tuple(calls), tuple(threats), tuple(states), by_statement)


def ends(
    exposed: Exposed, *, conditions: Sequence[Condition], meetings: Meetings, deadlines: Deadlines, asof: str,
    agreements: Sequence[Agreement],
) -> dict[EndKey, End]:  # fmt: skip
    """The day on which each stance was overtaken, for those that were.

    Of meetings and deadlines only few matter, which are asked of their ledgers.
    """
    found: dict[EndKey, End] = {}

    def end(stand: Stand, found_end: End | None) -> None:
        if found_end is not None and found_end.day > stand.key[0]:
            key = (stand.evidence.document, stand.evidence.statement, stand.party, stand.issue)
            known = found.get(key)
            if known is None or found_end < known:
                found[key] = found_end

    pacts = _sealed(agreements)
    for condition in conditions:
        if condition.status not in GIVEN_UP and not all(r.moves for r in condition.requires):
            continue
        resting = exposed.resting(condition)
        ended = _settled(condition, pacts.get(condition.party or "", ())) if resting else None
        if ended is not None:
            for stand in resting:
                end(stand, ended)
    calls, threats = list(exposed.calls), list(exposed.threats)
    opened = meetings.opened(stems("talks")) if calls else []
    days = [day for day, _end in opened]
    for stand in calls:
        at = bisect_right(days, stand.key[0])
        end(stand, opened[at][1] if at < len(opened) else None)
    moves = deadlines.moves_of({stand.evidence.document for stand in threats}, asof) if threats else {}
    for stand in threats:
        for here in moves.get((stand.evidence.document, stand.party), ()):
            gone = _deadline_gone(here, pacts.get(stand.party, ()))
            if gone is not None:
                end(stand, gone)
                break
    named: dict[str, list[Agreement]] = {}
    for stand, state in exposed.states:
        if stand.issue not in named:
            named[stand.issue] = [a for a in agreements if named_in(stems(a.name), stems(stand.issue))]
        end(stand, _state_changed(stand, state, named[stand.issue]))
    return found


def _settled(condition: Condition, pacts: Sequence[Sealed]) -> End | None:
    """When a condition of a party to these pacts was settled."""
    if condition.party is None:
        return None
    found = [_after_promise(condition, pacts)]
    if condition.status in GIVEN_UP and condition.settled_on:
        settled = (condition.settled_by,) if condition.settled_by else ()
        found.append(End(condition.settled_on, f"condition {condition.status}: {condition.withholds}", settled))
    return min(filter(None, found), default=None)


def _after_promise(condition: Condition, pacts: Sequence[Sealed]) -> End | None:
    """The pact that a party signed once everything it required was promised."""
    promised = [next((m.date for m in r.moves if m.kind in ("promised", "met")), None) for r in condition.requires]
    if not promised or None in promised:
        return None
    at = bisect_left(pacts, max(day for day in promised if day is not None), key=_day)
    if at == len(pacts):
        return None
    day, pact, move = pacts[at]
    return End(day, f"{pact}: {move.to}, what was required is promised", move.evidence)


def _sealed(agreements: Iterable[Agreement]) -> Mapping[str, list[Sealed]]:
    """By party when its pacts were sealed, in order."""
    found: dict[str, list[Sealed]] = {}
    for pact in agreements:
        for move in pact.history:
            if move.to in SEALED:
                for party in pact.parties:
                    found.setdefault(party, []).append(Sealed(move.date, pact.name, move))
    for sealed in found.values():
        sealed.sort(key=_day)
    return found


def _deadline_gone(moves: Iterable[Move], pacts: Sequence[Sealed]) -> End | None:
    """How a deadline of these moves went, if it did, for a party to these pacts."""
    for move in moves:
        if move.kind == "extended":
            return End(move.date, f"its deadline was moved to {move.to}", move.evidence)
        if move.kind == "passed":
            at = bisect_right(pacts, move.date, key=_day)
            if at < len(pacts):
                return End(pacts[at].day, f"superseded by {pacts[at].pact}", pacts[at].move.evidence)
    return None


def _state_changed(stand: Stand, state: str, pacts: Sequence[Agreement]) -> End | None:
    for pact in pacts:
        for move in pact.history:
            to = "in force" if move.to in SEALED else move.to
            if move.date > stand.key[0] and to in ("in force", "strained", "broken") and to != state:
                return End(move.date, f"{pact.name}: {move.kind}", move.evidence)
    return None


@cache
def _status_words() -> frozenset[str]:
    return frozenset(word for listed_words in data()["status_words"].values() for word in listed_words)


def claimed(stance: str) -> str | None:
    """The state of a pact that a stance asserts; None when it asserts none or denies it."""
    said = words(stance)
    if _status_words().isdisjoint(said):
        return None
    for number, word in enumerate(said):
        for status, listed_words in data()["status_words"].items():
            if word in listed_words and not any(w in listed("negations") for w in said[max(0, number - 4) : number]):
                return str(status)
    return None

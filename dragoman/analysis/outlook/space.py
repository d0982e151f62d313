"""A conflict comes in; its feasible states go out, numbered by decimal and by ordinal, with the moves between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dragoman.analysis.outlook.conflict import Conflict, DecisionMaker
from dragoman.analysis.outlook.statements import Statement, holds
from dragoman.errors import ModelError

LISTED = 1 << 26  # combinations beyond this are not listed: 64 million decimals take 512 MB
BLOCK = 1 << 20


@dataclass(frozen=True)
class Arcs:
    """Moves of one decision maker: from state `source[m]` to state `target[m]`, sorted by source; states from 0."""

    source: np.ndarray
    target: np.ndarray

    def __len__(self) -> int:
        return len(self.source)

    def where(self, keep: np.ndarray) -> "Arcs":
        """The moves that `keep` marks."""
        return Arcs(self.source[keep], self.target[keep])


@dataclass(frozen=True)
class Space:
    """The feasible states of a conflict in ascending order of their decimals; a merged state carries its lowest."""

    conflict: Conflict
    decimals: np.ndarray
    combinations: int
    before_merging: int
    member_decimals: np.ndarray
    member_states: np.ndarray

    def __len__(self) -> int:
        return len(self.decimals)

    @property
    def merged(self) -> bool:
        """Whether states are merged."""
        return self.before_merging != len(self.decimals)

    @cached_property
    def seen(self) -> dict[str, np.ndarray]:
        """For each decision maker that overlooks states: which states it sees."""
        found = {}
        for dm in self.conflict.decision_makers:
            if dm.overlooks:
                found[dm.name] = ~matches(dm.overlooks, self.decimals, len(self.conflict.options))
        return found

    def ordinal(self, decimal: int) -> int:
        """The ordinal of a state; a merged state is found by any of its members."""
        place = int(np.searchsorted(self.member_decimals, decimal))
        if place == len(self.member_decimals) or self.member_decimals[place] != decimal:
            raise ModelError(f"the state {self.conflict.letters(decimal)} is not feasible", expected="a feasible state")
        return int(self.member_states[place]) + 1

    def letters(self, ordinal: int) -> str:
        """A state by its ordinal, as Y and N."""
        return self.conflict.letters(int(self.decimals[ordinal - 1]))

    def name(self, ordinal: int) -> str:
        """What to call a state: its label if it has one, else its letters."""
        decimal = int(self.decimals[ordinal - 1])
        return self.conflict.label(decimal) or self.conflict.letters(decimal)


def matches(statements: tuple[Statement, ...], decimals: np.ndarray, options: int) -> np.ndarray:
    """Where at least one statement holds."""
    taken = {k: (decimals >> k & 1).astype(bool) for k in range(options)}
    result = np.zeros(len(decimals), bool)
    for statement in statements:
        result |= holds(statement.condition, taken)
    return result


def space_of(conflict: Conflict) -> Space:
    """List the feasible states; a contradiction that leaves none, or more than can be listed, is refused."""
    if conflict.drawn:
        numbers = np.arange(len(conflict.states), dtype=np.int64)
        return Space(conflict, numbers, len(numbers), len(numbers), numbers, numbers)
    options = len(conflict.options)
    if 1 << options > LISTED:
        raise ModelError(
            f"{options} options make {1 << options:,} combinations, more than the {LISTED:,} that fit in memory",
            todo="Leave out options, or look from one state only with --from STATE, which searches as far as it must",
        )
    members = np.concatenate(list(_feasible_blocks(conflict, options)))
    if not len(members):
        raise ModelError(
            "no state is feasible: the infeasible patterns and rules contradict each other",
            expected="at least one state that matches no pattern and keeps every rule",
            todo=f"Look at: {_first_contradiction(conflict)}",
        )
    if not conflict.coalesce:
        return Space(conflict, members, 1 << options, len(members), members, np.arange(len(members)))
    lowest = _merge(conflict, members)
    decimals, states = np.unique(lowest, return_inverse=True)
    return Space(conflict, decimals, 1 << options, len(members), members, states)


def _feasible_blocks(conflict: Conflict, options: int) -> Iterator[np.ndarray]:
    for start in range(0, 1 << options, BLOCK):
        decimals = np.arange(start, min(start + BLOCK, 1 << options), dtype=np.int64)
        taken = {k: (decimals >> k & 1).astype(bool) for k in range(options)}
        keep = np.ones(len(decimals), bool)
        for statement in conflict.infeasible:
            keep &= ~holds(statement.condition, taken)
        for statement in conflict.rules:
            keep &= holds(statement.condition, taken)
        yield decimals[keep]


def _first_contradiction(conflict: Conflict) -> str:
    """The statement that removes the last feasible state when the conditions are applied one after another."""
    options = min(len(conflict.options), 20)
    decimals = np.arange(1 << options, dtype=np.int64)
    taken = {k: (decimals >> k & 1).astype(bool) for k in range(len(conflict.options))}
    keep = np.ones(len(decimals), bool)
    for statement, wanted in [(s, False) for s in conflict.infeasible] + [(s, True) for s in conflict.rules]:
        keep &= holds(statement.condition, taken) == wanted
        if not keep.any():
            return f"'{statement.text}'"
    return "the rules together"


def _merge(conflict: Conflict, members: np.ndarray) -> np.ndarray:
    """For each feasible combination the lowest decimal of the merged state it belongs to."""
    lowest = members.copy()
    for statement in conflict.coalesce:
        inside = matches((statement,), members, len(conflict.options))
        if inside.any():
            joined = np.isin(lowest, np.unique(lowest[inside]))
            lowest[joined] = lowest[joined].min()
    return lowest


def moves_of(space: Space, dm: DecisionMaker) -> Arcs:
    """Every unilateral move of a decision maker, several options at once where it likes."""
    if space.conflict.drawn:
        pairs = sorted(set(dm.moves))
        source = np.array([pair[0] for pair in pairs], np.int64)
        return Arcs(source, np.array([pair[1] for pair in pairs], np.int64))
    source, target = _option_moves(space, dm)
    if space.merged:
        source, target = space.member_states[source], space.member_states[target]
        kept = np.unique(source[source != target] * len(space) + target[source != target])
        source, target = kept // len(space), kept % len(space)
    if dm.name in space.seen:
        sees = space.seen[dm.name]
        both = sees[source] & sees[target]
        source, target = source[both], target[both]
    order = np.lexsort((target, source))
    return Arcs(source[order], target[order])


def _option_moves(space: Space, dm: DecisionMaker) -> tuple[np.ndarray, np.ndarray]:
    members = space.member_decimals
    sources, targets = [], []
    for settings in range(1, 1 << len(dm.options)):
        flip = sum(1 << option for k, option in enumerate(dm.options) if settings >> k & 1)
        start = np.arange(len(members))
        for k, option in enumerate(dm.options):
            change = space.conflict.options[option].change
            if settings >> k & 1 and change != "both":
                is_on = members[start] >> option & 1
                start = start[is_on == (0 if change == "only on" else 1)]
        goal = members[start] ^ flip
        place = np.minimum(np.searchsorted(members, goal), len(members) - 1)
        there = members[place] == goal
        sources.append(start[there])
        targets.append(place[there])
    if not sources:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(sources), np.concatenate(targets)

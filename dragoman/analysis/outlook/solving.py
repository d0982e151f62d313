"""A conflict comes in; for any concept and decision maker the stable states go out, by the way that suits the model.

Models of options alone are solved on a grid (`grid.py`), all others on listed moves (`relational.py`). Where somebody
holds beliefs about others, each decision maker's stability is worked out in the conflict as it sees it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from dragoman.analysis.outlook import grid
from dragoman.analysis.outlook.conflict import Conflict
from dragoman.analysis.outlook.plain import Plain
from dragoman.analysis.outlook.preferences import Order, order_of
from dragoman.analysis.outlook.relational import Question, closure, stable
from dragoman.analysis.outlook.space import Arcs, Space, moves_of, space_of
from dragoman.errors import ModelError

MAIN = ("nash", "gmr", "smr", "seq", "sseq")
CONCEPTS = (*MAIN, "sim")
LISTED_MOVES = 40_000_000
PLAIN_STATES = 5_000
COALITION_STATES = 4_096
COALITION_MAKERS = 7


class Solver:
    """Answers about one conflict; what is worked out once is kept."""

    def __init__(self, conflict: Conflict, *, memory: int = grid.MEMORY) -> None:
        if grid.suits(conflict):
            grid.refuse_beyond(conflict, memory)
        self.conflict, self.memory = conflict, memory
        self.seen = {dm.name: conflict.as_seen_by(dm.name) for dm in conflict.decision_makers if dm.beliefs}
        self._views: dict[str, Solver] = {}
        self._kept: dict[tuple[object, ...], np.ndarray] = {}

    @cached_property
    def space(self) -> Space:
        """The feasible states."""
        return space_of(self.conflict)

    @cached_property
    def on_grid(self) -> bool:
        """Whether all combinations are laid out as one array and swept; else moves are listed."""
        return grid.suits(self.conflict)

    @cached_property
    def grid(self) -> grid.Grid:
        """The array of all combinations."""
        return grid.Grid(self.conflict, memory=self.memory)

    @cached_property
    def orders(self) -> list[Order]:
        """The preferences of each decision maker over the feasible states."""
        return [order_of(self.space, dm) for dm in self.conflict.decision_makers]

    @cached_property
    def most_moves(self) -> int:
        """How many moves there are at most."""
        return sum((1 << len(dm.options)) * len(self.space) for dm in self.conflict.decision_makers)

    @cached_property
    def moves(self) -> list[Arcs]:
        """The moves of each decision maker; ModelError beyond LISTED_MOVES."""
        expected = self.most_moves
        if expected > LISTED_MOVES:
            raise ModelError(
                f"this question lists up to {expected:,} moves",
                expected=f"at most {LISTED_MOVES:,}",
                todo="Ask for nash, gmr, smr, seq or sseq of a model without merged states and unknown preferences",
            )
        return [moves_of(self.space, dm) for dm in self.conflict.decision_makers]

    def improvements(self, i: int, *, hopeful: bool = False) -> Arcs:
        """Moves of i to states that it prefers; `hopeful` counts those of unknown preference."""
        arcs, order = self.moves[i], self.orders[i]
        keep = order.better(arcs.target, arcs.source)
        if hopeful and not order.complete:
            keep = keep | order.unsure(arcs.target, arcs.source)
        return arcs.where(keep)

    @cached_property
    def successors(self) -> list[list[list[int]]]:
        """For each decision maker and state (from 0) where it can move, as plain lists for walking state by state."""
        return [_by_source(arcs, len(self.space)) for arcs in self.moves]

    @cached_property
    def better_successors(self) -> list[list[list[int]]]:
        """The same for improvements only."""
        return [_by_source(self.improvements(i), len(self.space)) for i in range(len(self.moves))]

    @property
    def method(self) -> str:
        """How stability is worked out, as results tell it."""
        return "exact, block sweeps over all states" if self.on_grid else "exact, bit-parallel sweeps over listed moves"

    def stable(self, concept: str, i: int, *, attitude: str = "", strong: bool = False) -> np.ndarray:
        """Which states, in the order of ordinals, are stable for decision maker i."""
        name = self.conflict.names[i]
        if name in self.seen:
            view = self._views.setdefault(name, Solver(self.seen[name], memory=self.memory))
            return view.stable(concept, i, attitude=attitude, strong=strong)
        key = (concept, i, attitude, strong)
        if key not in self._kept:
            self._kept[key] = self._stable(concept, i, attitude, strong)
        return self._kept[key]

    def _stable(self, concept: str, i: int, attitude: str, strong: bool) -> np.ndarray:
        if concept not in CONCEPTS:
            raise ModelError(f"the concept '{concept}' is not known", expected=", ".join(CONCEPTS))
        if concept == "sim":
            return self._simultaneous(i)
        if self.on_grid and not strong:
            found = self.grid.layout.by_decimal(self.grid.stable(concept, i))
            return found[self.space.decimals]
        return stable(len(self.space), self._question(concept, i, attitude, strong))

    def _question(self, concept: str, i: int, attitude: str, strong: bool) -> Question:
        order, hopeful, daunted = self.orders[i], attitude in ("a", "c"), attitude in ("c", "d")

        def deters(s: np.ndarray, x: np.ndarray) -> np.ndarray:
            if strong:
                return order.greatly_better(s, x)
            if order.complete:
                return order.value[s] >= order.value[x]
            unsure = order.unsure(s, x)
            return np.where(unsure, daunted, order.value[s] >= order.value[x])

        others = [j for j in range(len(self.moves)) if j != i]
        answers: list[Arcs] = []
        if concept in ("gmr", "smr"):
            answers = [self.moves[j] for j in others]
        elif concept in ("seq", "sseq"):
            answers = [self.improvements(j, hopeful=bool(attitude)) for j in others]
        symmetric = self.moves[i] if concept in ("smr", "sseq") else None
        return Question(self.improvements(i, hopeful=hopeful), answers, deters, symmetric)

    def _simultaneous(self, i: int) -> np.ndarray:
        if self.conflict.drawn:
            raise ModelError(
                "simultaneous sanctioning needs options", todo="Leave sim out for a model with drawn moves"
            )
        if len(self.space) > PLAIN_STATES:
            raise ModelError(
                f"simultaneous sanctioning is tried state by state, and there are {len(self.space):,} states",
                expected=f"at most {PLAIN_STATES:,}",
                todo="Leave sim out of --concepts",
            )
        plain = self._plain
        return np.array([plain.stable("sim", i, s) for s in plain.states])

    @cached_property
    def _plain(self) -> Plain:
        return Plain(self.conflict)

    def equilibria(self, concept: str, **how: object) -> np.ndarray:
        """Ordinals of the states that are stable for everybody."""
        everyone = [self.stable(concept, i, **how) for i in range(len(self.conflict.decision_makers))]  # type: ignore[arg-type]
        return np.flatnonzero(np.logical_and.reduce(everyone)) + 1

    # Two decision makers who look several moves ahead

    def limited(self, horizon: int) -> list[list[np.ndarray]]:
        """For horizon 1, 2 ... the stable states of each of two decision makers."""
        ends = self._ends_of_nothing()
        found = []
        for _ in range(horizon):
            ends = self._look_ahead(ends)
            found.append([ends[i] == np.arange(len(self.space)) for i in (0, 1)])
        return found

    def non_myopic(self) -> list[np.ndarray]:
        """Stable at every horizon from some horizon on; the sequence of anticipations is followed until it repeats."""
        ends = self._ends_of_nothing()
        seen: dict[bytes, int] = {}
        history: list[list[np.ndarray]] = []
        while (key := ends[0].tobytes() + ends[1].tobytes()) not in seen:
            seen[key] = len(history)
            history.append(ends)
            ends = self._look_ahead(ends)
        period = history[seen[key] :]
        here = np.arange(len(self.space))
        return [np.logical_and.reduce([ends[i] == here for ends in period]) for i in (0, 1)]

    def _ends_of_nothing(self) -> list[np.ndarray]:
        if len(self.conflict.decision_makers) != 2:
            raise ModelError(
                f"limited-move and non-myopic stability are defined here for two decision makers, not "
                f"{len(self.conflict.decision_makers)}",
                todo="Leave them out",
            )
        return [np.arange(len(self.space)), np.arange(len(self.space))]

    def _look_ahead(self, ends: list[np.ndarray]) -> list[np.ndarray]:
        states = len(self.space)
        result = []
        for i in (0, 1):
            arcs, value, answer = self.moves[i], self.orders[i].value, ends[1 - i]
            end = np.arange(states)
            if len(arcs):
                starts, first = np.unique(arcs.source, return_index=True)
                best = np.maximum.reduceat(value[answer[arcs.target]] * states + (states - 1 - arcs.target), first)
                leaves = best // states > value[starts]
                end[starts[leaves]] = answer[states - 1 - best % states][leaves]
            result.append(end)
        return result


def _by_source(arcs: Arcs, states: int) -> list[list[int]]:
    targets, first = arcs.target.tolist(), np.searchsorted(arcs.source, np.arange(states + 1)).tolist()
    return [targets[first[s] : first[s + 1]] for s in range(states)]


@dataclass(frozen=True)
class CoalitionVerdict:
    """What one coalition can do: its improvements from each state, and the states stable for it by each concept."""

    members: tuple[str, ...]
    improvements: dict[int, tuple[int, ...]]
    stable: dict[str, tuple[int, ...]]


def coalitions(
    solver: Solver, chosen: Sequence[tuple[str, ...]] = (), *, concepts: Sequence[str] = ("nash", "gmr", "smr", "seq")
) -> tuple[CoalitionVerdict, ...]:
    """Coalition stability for the chosen coalitions, or for every non-empty one."""
    names = solver.conflict.names
    if len(solver.space) > COALITION_STATES or len(names) > COALITION_MAKERS:
        raise ModelError(
            f"coalitions of {len(names)} decision makers over {len(solver.space):,} states are too many to list",
            expected=f"at most {COALITION_MAKERS} decision makers and {COALITION_STATES:,} states",
            todo="Leave --coalitions out",
        )
    groups = [tuple(solver.conflict.decision_maker(name).name for name in group) for group in chosen] or [
        group for size in range(1, len(names) + 1) for group in combinations(names, size)
    ]
    joint: dict[tuple[int, ...], Arcs] = {}

    def joint_improvements(members: tuple[int, ...]) -> Arcs:
        if members not in joint:
            arcs = closure(len(solver.space), [solver.moves[i] for i in members])
            keep = np.logical_and.reduce([solver.orders[i].better(arcs.target, arcs.source) for i in members])
            joint[members] = arcs.where(keep)
        return joint[members]

    verdicts = []
    for group in groups:
        members = tuple(sorted(names.index(name) for name in group))
        leaving = joint_improvements(members)
        improvements: dict[int, list[int]] = {}
        for source, target in zip((leaving.source + 1).tolist(), (leaving.target + 1).tolist(), strict=True):
            if source != target:
                improvements.setdefault(source, []).append(target)
        stable_by = {
            concept: tuple(
                (np.flatnonzero(_coalition_stable(solver, members, leaving, concept, joint_improvements)) + 1).tolist()
            )
            for concept in concepts
        }
        verdicts.append(
            CoalitionVerdict(
                tuple(names[i] for i in members), {s: tuple(t) for s, t in improvements.items()}, stable_by
            )
        )
    return tuple(verdicts)


def _coalition_stable(
    solver: Solver, members: tuple[int, ...], leaving: Arcs, concept: str, joint: object
) -> np.ndarray:
    rest = [j for j in range(len(solver.conflict.decision_makers)) if j not in members]

    def spoils(s: np.ndarray, x: np.ndarray) -> np.ndarray:
        return np.logical_or.reduce([~solver.orders[i].better(x, s) for i in members])

    answers: list[Arcs] = []
    if concept in ("gmr", "smr"):
        answers = [solver.moves[j] for j in rest]
    elif concept == "seq":
        groups = [group for size in range(1, len(rest) + 1) for group in combinations(rest, size)]
        answers = [joint(group) for group in groups]  # type: ignore[operator]
    symmetric = closure(len(solver.space), [solver.moves[i] for i in members]) if concept == "smr" else None
    return stable(len(solver.space), Question(leaving, answers, spoils, symmetric))

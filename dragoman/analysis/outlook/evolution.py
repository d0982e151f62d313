"""A state to start from comes in; the states that moves and improvements can lead to go out, with shortest sequences.

Nobody moves twice in a row. `against` counts the moves in a sequence that leave their mover no better off than it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from dragoman.analysis.outlook.solving import Solver
from dragoman.analysis.outlook.space import Arcs

AGAINST_STATES = 20_000


@dataclass(frozen=True)
class Move:
    """One move: who, from which state to which (ordinals), and whether the mover prefers where it goes."""

    mover: str
    source: int
    target: int
    better: bool


@dataclass(frozen=True)
class Route:
    """How a state can be reached: by fewest moves, by improvements only, and with fewest moves against interest."""

    state: int
    moves: tuple[Move, ...] | None
    improvements: tuple[Move, ...] | None
    least_against: tuple[Move, ...] | None

    @property
    def against(self) -> tuple[Move, ...]:
        """The moves against their mover's interest on the way that needs fewest of them."""
        return tuple(move for move in self.least_against or () if not move.better)


@dataclass(frozen=True)
class Evolution:
    """What can come of a state: fewest moves and fewest improvements to each reachable state, and routes to the
    wished."""

    start: int
    fewest_moves: dict[int, int]
    fewest_improvements: dict[int, int]
    routes: tuple[Route, ...]


def evolve(solver: Solver, start: int, *, goals: Sequence[int] = ()) -> Evolution:
    """Follow the conflict from the state with ordinal `start`; routes are given to the goals."""
    by_moves = _Search(solver, solver.moves, start - 1)
    by_improvements = _Search(solver, [solver.improvements(i) for i in range(len(solver.moves))], start - 1)
    against = _LeastAgainst(solver, start - 1) if len(solver.space) <= AGAINST_STATES and goals else None
    routes = tuple(
        Route(
            goal, by_moves.path(goal - 1), by_improvements.path(goal - 1), against.path(goal - 1) if against else None
        )
        for goal in goals
    )
    return Evolution(start, by_moves.distances(), by_improvements.distances(), routes)


def as_move(solver: Solver, mover: int, source: int, target: int) -> Move:
    """A move between states counted from 0, as a fact with ordinals."""
    better = bool(solver.orders[mover].better(np.array([target]), np.array([source]))[0])
    return Move(solver.conflict.names[mover], source + 1, target + 1, better)


class _Search:
    """Breadth first over pairs of a state and who moved last, a whole level at a time."""

    def __init__(self, solver: Solver, movers: Sequence[Arcs], start: int) -> None:
        self.solver, self.start = solver, start
        states = len(solver.space)
        self.level = np.full((len(movers), states), -1, np.int32)
        self.parent = np.full((len(movers), states), -1, np.int64)  # last mover * states + state; -1 is the start
        self._fan = [np.searchsorted(arcs.source, np.arange(states + 1)) for arcs in movers]
        self._movers = movers
        frontier: list[tuple[int, np.ndarray]] = [(-1, np.array([start]))]
        depth = 0
        while frontier:
            depth += 1
            following = []
            for j in range(len(movers)):
                fresh = self._step(j, [(k, found) for k, found in frontier if k != j], depth)
                if len(fresh):
                    following.append((j, fresh))
            frontier = following

    def _step(self, j: int, sources: list[tuple[int, np.ndarray]], depth: int) -> np.ndarray:
        states = self.level.shape[1]
        fresh = []
        for last, here in sources:
            first, end = self._fan[j][here], self._fan[j][here + 1]
            count = end - first
            arc = np.arange(count.sum()) + np.repeat(first - np.concatenate(([0], np.cumsum(count)[:-1])), count)
            target, origin = self._movers[j].target[arc], np.repeat(here, count)
            new, where = np.unique(target, return_index=True)
            unseen = self.level[j, new] < 0
            new, where = new[unseen], where[unseen]
            self.level[j, new] = depth
            self.parent[j, new] = -1 if last < 0 else last * states + origin[where]
            fresh.append(new)
        return np.concatenate(fresh) if fresh else np.zeros(0, np.int64)

    def distances(self) -> dict[int, int]:
        reached = np.where(self.level < 0, np.iinfo(np.int32).max, self.level).min(axis=0)
        reached[self.start] = 0
        states = np.flatnonzero(reached < np.iinfo(np.int32).max)
        return dict(zip((states + 1).tolist(), reached[states].tolist(), strict=True))

    def path(self, goal: int) -> tuple[Move, ...] | None:
        if goal == self.start:
            return ()
        levels = np.where(self.level[:, goal] < 0, np.iinfo(np.int32).max, self.level[:, goal])
        mover = int(levels.argmin())
        if levels[mover] == np.iinfo(np.int32).max:
            return None
        moves, state = [], goal
        while True:
            before = int(self.parent[mover, state])
            last, source = (-1, self.start) if before < 0 else divmod(before, self.level.shape[1])
            moves.append(as_move(self.solver, mover, source, state))
            if last < 0:
                return tuple(reversed(moves))
            mover, state = last, source


class _LeastAgainst:
    """Cheapest first, a sequence's cost being its moves against interest, then its length."""

    def __init__(self, solver: Solver, start: int) -> None:
        self.solver, self.start = solver, start
        self.came: dict[tuple[int, int], tuple[int, int]] = {}
        self.best: dict[int, tuple[int, int]] = {}
        states = len(solver.space)
        fans = [np.searchsorted(arcs.source, np.arange(states + 1)).tolist() for arcs in solver.moves]
        targets = [arcs.target.tolist() for arcs in solver.moves]
        better = [solver.orders[j].better(arcs.target, arcs.source).tolist() for j, arcs in enumerate(solver.moves)]
        heap = [(0, 0, start, -1)]
        cost = {(start, -1): (0, 0)}
        while heap:
            against, length, state, last = heappop(heap)
            if cost[state, last] < (against, length):
                continue
            self.best.setdefault(state, (state, last))
            for j in range(len(fans)):
                if j == last:
                    continue
                for arc in range(fans[j][state], fans[j][state + 1]):
                    node = (targets[j][arc], j)
                    price = (against + (not better[j][arc]), length + 1)
                    if node not in cost or price < cost[node]:
                        cost[node] = price
                        self.came[node] = (state, last)
                        heappush(heap, (*price, *node))

    def path(self, goal: int) -> tuple[Move, ...] | None:
        if goal == self.start:
            return ()
        node = self.best.get(goal)
        if node is None:
            return None
        moves = []
        while node in self.came:
            before = self.came[node]
            moves.append(as_move(self.solver, node[1], before[0], node[0]))
            node = before
        return tuple(reversed(moves))

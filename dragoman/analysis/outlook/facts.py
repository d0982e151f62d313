"""A solved conflict comes in; for each state and decision maker the facts go out: its improving moves and their
sanctions."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dragoman.analysis.outlook.evolution import Move, as_move
from dragoman.analysis.outlook.solving import Solver


@dataclass(frozen=True)
class Fact:
    """An improvement of a decision maker from a state, and the reply that deters it; no reply means that it pays."""

    state: int
    decision_maker: str
    concept: str
    move: Move
    reply: tuple[Move, ...] | None

    @property
    def deterred(self) -> bool:
        """Whether a reply deters the improvement."""
        return self.reply is not None


def facts(solver: Solver, concept: str, i: int, state: int) -> tuple[Fact, ...]:
    """Every improvement of decision maker i from the state (an ordinal), with the shortest sanction if there is one."""
    name = solver.conflict.names[i]
    if name in solver.seen:
        return facts(Solver(solver.seen[name]), concept, i, state)
    s = state - 1
    found = []
    for target in _targets(solver, i, s, improving=True):
        move = as_move(solver, i, s, target)
        found.append(Fact(state, name, concept, move, _sanction(solver, concept, i, s, target)))
    return tuple(found)


def _targets(solver: Solver, j: int, s: int, *, improving: bool) -> list[int]:
    return (solver.better_successors if improving else solver.successors)[j][s]


def _sanction(solver: Solver, concept: str, i: int, s: int, s1: int) -> tuple[Move, ...] | None:
    if concept not in ("gmr", "smr", "seq", "sseq"):
        return None
    symmetric, sequential = concept in ("smr", "sseq"), concept in ("seq", "sseq")
    order = solver.orders[i]

    def deters(x: int) -> bool:
        worse = bool(order.value[x] <= order.value[s])
        return worse and (order.complete or not bool(order.unsure(np.array([x]), np.array([s]))[0]))

    def binding(x: int) -> bool:
        return deters(x) and (not symmetric or all(deters(back) for back in _targets(solver, i, x, improving=False)))

    others = [j for j in range(len(solver.moves)) if j != i]
    return shortest(solver, others, s1, binding, improving=sequential)


def shortest(
    solver: Solver, movers: list[int], start: int, wanted: Callable[[int], bool], *, improving: bool
) -> tuple[Move, ...] | None:
    """The shortest legal sequence of at least one move to a wanted state; states counted from 0."""
    queue: deque[tuple[int, int]] = deque([(start, -1)])
    came: dict[tuple[int, int], tuple[int, int]] = {}
    while queue:
        state, last = node = queue.popleft()
        for j in movers:
            if j == last:
                continue
            for target in _targets(solver, j, state, improving=improving):
                following = (target, j)
                if following in came:
                    continue
                came[following] = node
                if wanted(target):
                    return _back(solver, came, following, start)
                queue.append(following)
    return None


def _back(
    solver: Solver, came: dict[tuple[int, int], tuple[int, int]], node: tuple[int, int], start: int
) -> tuple[Move, ...]:
    moves = []
    while True:
        before = came[node]
        moves.append(as_move(solver, node[1], before[0], node[0]))
        if before == (start, -1):
            return tuple(reversed(moves))
        node = before

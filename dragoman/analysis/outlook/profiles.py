"""Many preference profiles over one small graph come in; where each state is stable in each profile goes out.

A profile gives every decision maker a payoff for every state: one array (states, profiles) for each decision maker.
"""

from collections.abc import Sequence

import numpy as np

from dragoman.analysis.outlook.space import Arcs

HIGHEST = np.int16(32_767)


class Profiles:
    """The moves of a small graph, ready to be judged under many profiles at once."""

    def __init__(self, states: int, moves: Sequence[Arcs]) -> None:
        self.states, self.moves = states, list(moves)
        self._starts = []
        for arcs in self.moves:
            self._starts.append(np.unique(arcs.source, return_index=True))

    def stable(self, concept: str, i: int, payoffs: Sequence[np.ndarray]) -> np.ndarray:
        """Where (state, profile) is stable for decision maker i by nash, gmr, smr, seq or sseq; payoffs are int16."""
        mine, arcs = payoffs[i], self.moves[i]
        result = np.ones(mine.shape, bool)
        if not len(arcs):
            return result
        leaves = mine[arcs.target] > mine[arcs.source]
        if concept != "nash":
            goal = self._with_own_moves(i, mine) if concept in ("smr", "sseq") else mine
            floor = self._floor(i, goal, payoffs if concept in ("seq", "sseq") else None)
            leaves &= floor[arcs.target] > mine[arcs.source]
        starts, first = self._starts[i]
        result[starts] = ~np.logical_or.reduceat(leaves, first, axis=0)
        return result

    def _with_own_moves(self, i: int, mine: np.ndarray) -> np.ndarray:
        starts, first = self._starts[i]
        result = mine.copy()
        best = np.maximum.reduceat(mine[self.moves[i].target], first, axis=0)
        result[starts] = np.maximum(result[starts], best)
        return result

    def _floor(self, i: int, goal: np.ndarray, payoffs: Sequence[np.ndarray] | None) -> np.ndarray:
        """The least goal that the others reach from each state by legal sequences of at least one move."""
        others = [j for j in range(len(self.moves)) if j != i and len(self.moves[j])]
        allowed = {
            j: None if payoffs is None else payoffs[j][self.moves[j].target] > payoffs[j][self.moves[j].source]
            for j in others
        }
        least = {j: np.full_like(goal, HIGHEST) for j in others}  # when j makes the first move
        changed = True
        while changed:
            changed = False
            for j in others:
                ahead = goal
                for k in others:
                    if k != j:
                        ahead = np.minimum(ahead, least[k])
                reached = ahead[self.moves[j].target]
                may = allowed[j]
                if may is not None:
                    reached = np.where(may, reached, HIGHEST)
                starts, first = self._starts[j]
                lower = np.minimum.reduceat(reached, first, axis=0)
                if (lower < least[j][starts]).any():
                    least[j][starts] = lower
                    changed = True
        return np.minimum.reduce([*least.values(), np.full_like(goal, HIGHEST)])

    def equilibria(self, concept: str, payoffs: Sequence[np.ndarray]) -> np.ndarray:
        """Where (state, profile) is stable for everybody."""
        return np.logical_and.reduce([self.stable(concept, i, payoffs) for i in range(len(self.moves))])

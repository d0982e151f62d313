"""A conflict of options alone comes in; the stable states of every decision maker go out, all states at once.

The states are one flat array over all combinations of options, the options of a decision maker side by side, so that
its moves stay inside blocks of the array. Section 10 of the theory page gives the reasoning: with `u` the payoff,

    q(t) = u(t), or the best that i can still reach from t (smr, sseq)
    w(s1) = least q(t) that the others can reach from s1 by moves (gmr, smr) or improvements (seq, sseq)
    s is stable for i exactly when the greatest w(s1), over the improvements s1 of i from s, is at most u(s).

`w` is found by sweeps over blocks until nothing changes. It may include s1 itself: q(s1) is above u(s) anyway. For a
concept with q = u even the moves to no better states may be included, since there w <= u <= u(s).
"""

from collections.abc import Sequence

import numpy as np

from dragoman.analysis.outlook.conflict import Conflict, Priorities
from dragoman.analysis.outlook.movers import Mover, limits_of
from dragoman.analysis.outlook.payoffs import feasible_of, layout_of
from dragoman.errors import ModelError

MEMORY = 4 << 30  # bytes; what a solver may take before it refuses and says so


def suits(conflict: Conflict) -> bool:
    """Whether the conflict is one of options alone, with complete preferences and no merged states."""
    unsure = any(
        dm.unknown or (isinstance(dm.preference, Priorities) and dm.preference.uncertain)
        for dm in conflict.decision_makers
    )
    return not (conflict.drawn or conflict.coalesce or unsure)


class Grid:
    """All decision makers of a conflict over all combinations; `stable` answers one concept for one of them."""

    def __init__(self, conflict: Conflict, *, memory: int = MEMORY) -> None:
        refuse_beyond(conflict, memory)
        self.conflict = conflict
        self.layout = layout_of(conflict)
        self.feasible = feasible_of(conflict, self.layout)
        self.movers = [Mover(conflict, dm, self.layout, self.feasible) for dm in conflict.decision_makers]

    def stable(self, concept: str, i: int) -> np.ndarray:
        """Where the state is stable for decision maker i, in the order of the layout; infeasible states are False."""
        me = self.movers[i]
        answering = [other for j, other in enumerate(self.movers) if j != i and other.bits]
        if concept == "nash":
            result = me.spread(me.payoff, np.maximum) <= me.payoff
        else:
            symmetric, sequential = concept in ("smr", "sseq"), concept in ("seq", "sseq")
            goal = me.spread(me.payoff, np.maximum) if symmetric else me.payoff
            floor = self._floor(goal, answering, sequential)
            if symmetric:
                offered = me.spread_better(floor, np.maximum)
                result = offered <= me.payoff
            else:
                result = me.spread(floor, np.maximum) <= me.payoff
        if me.open is not None:
            result |= ~me.open
        return result if self.feasible is None else result & self.feasible

    def _floor(self, goal: np.ndarray, answering: Sequence[Mover], sequential: bool) -> np.ndarray:
        """The least goal that the answering movers can bring about from each state, itself included."""
        floor = goal.copy()
        if self.feasible is not None:
            floor[~self.feasible] = limits_of(goal.dtype)[1]
        unchanged, place = 0, 0
        while answering and unchanged < len(answering):
            mover = answering[place % len(answering)]
            place += 1
            if sequential:
                lower = mover.spread_better(floor, np.minimum)
                np.minimum(lower, floor, out=lower)
            else:
                lower = mover.spread(floor, np.minimum)
            if np.array_equal(lower, floor):
                unchanged += 1
            else:
                unchanged, floor = 1, lower  # a mover has nothing to add to its own sweep: its moves are transitive
        return floor

    def solve(self, concepts: Sequence[str]) -> dict[str, list[np.ndarray]]:
        """For each concept and decision maker where the states are stable, by decimal."""
        return {
            concept: [self.layout.by_decimal(self.stable(concept, i)) for i in range(len(self.movers))]
            for concept in concepts
        }


def bytes_needed(conflict: Conflict) -> int:
    """A cautious estimate of the memory that `Grid` takes, in bytes."""
    one_way = max(
        (sum(conflict.options[k].change != "both" for k in dm.options) for dm in conflict.decision_makers), default=0
    )
    per_state = len(conflict.decision_makers) * (2 + int(10 * 1.5**one_way)) + 40
    return per_state << len(conflict.options)


def refuse_beyond(conflict: Conflict, memory: int) -> None:
    """Refuse a conflict whose table would not fit, saying how large it is and what would fit."""
    need = bytes_needed(conflict)
    if need <= memory:
        return
    fits = len(conflict.options)
    while fits and need >> (len(conflict.options) - fits) > memory:
        fits -= 1
    raise ModelError(
        f"the model has {len(conflict.options)} options, {1 << len(conflict.options):,} combinations; "
        f"all of them would take about {need / 2**30:.0f} GB, more than the {memory / 2**30:.0f} GB allowed",
        expected=f"at most about {fits} options like these",
        todo="Leave out options, or search from one state with --from STATE --lazy",
    )

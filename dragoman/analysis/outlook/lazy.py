"""A conflict too large to list and a state of it come in; what improvements lead to from there goes out.

Nothing is listed but the states met: each decision maker's own combinations from one state are tried at once, and only
improvements are followed. A state that nobody can improve on is a Nash equilibrium of the whole conflict. First
the parties
go in turn each to the best it can reach, which often ends at such a state at once; then every improvement is followed.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from dragoman.analysis.outlook.conflict import Conflict, DecisionMaker, Priorities, Ranking, Weights
from dragoman.analysis.outlook.statements import holds
from dragoman.errors import ModelError

OWN_OPTIONS = 20
MET = 200_000


@dataclass(frozen=True)
class Step:
    """An improvement: who, and the decimals of the states it leads between."""

    mover: str
    source: int
    target: int


@dataclass(frozen=True)
class Exploration:
    """What was met: states by fewest improvements from the start, Nash equilibria among them, and how each was
    reached."""

    start: int
    distances: dict[int, int]
    nash: tuple[int, ...]
    reached_by: dict[int, Step]
    complete: bool

    def route(self, decimal: int) -> tuple[Step, ...]:
        """The improvements that lead from the start to a state that was met (a decimal)."""
        steps = []
        while decimal != self.start:
            steps.append(self.reached_by[decimal])
            decimal = steps[-1].source
        return tuple(reversed(steps))


def explore(conflict: Conflict, start: int, *, limit: int = 2_000) -> Exploration:
    """Follow improvements from a state (a decimal) until no new state is met or `limit` states have been looked at.

    Who moves twice in a row could as well have moved once, so that the rule against it changes nothing here.
    """
    if conflict.drawn or conflict.coalesce:
        raise ModelError("only models of options, without merged states, are searched lazily")
    if not conflict.is_feasible(start):
        raise ModelError(
            f"the state {conflict.letters(start)} is not feasible", expected="a feasible state to start from"
        )
    for dm in conflict.decision_makers:
        if len(dm.options) > OWN_OPTIONS:
            raise ModelError(
                f"{dm.name} controls {len(dm.options)} options",
                expected=f"at most {OWN_OPTIONS} for each decision maker",
            )
        if isinstance(dm.preference, Ranking):
            raise ModelError(
                f"{dm.name} ranks states one by one", expected="statements or weights in a model this large"
            )
    chain = _best_replies(conflict, start)
    distances, reached, nash = {start: 0}, {}, []
    queue = deque([start])
    looked = 0
    while queue and looked < limit and len(distances) < MET:
        state = queue.popleft()
        looked += 1
        rests = True
        for dm in conflict.decision_makers:
            for target in improvements(conflict, dm, state):
                rests = False
                if target not in distances:
                    distances[target] = distances[state] + 1
                    reached[target] = Step(dm.name, state, target)
                    queue.append(target)
        if rests:
            nash.append(state)
    for step in chain:
        if step.target not in distances:
            reached.setdefault(step.target, step)
    end = chain[-1].target if chain else start
    if end not in nash and all(not improvements(conflict, dm, end) for dm in conflict.decision_makers):
        nash.append(end)
    return Exploration(start, distances, tuple(nash), reached, not queue)


def _best_replies(conflict: Conflict, start: int) -> list[Step]:
    """The parties in turn go each to the best it can reach, until all rest or a state comes back."""
    chain: list[Step] = []
    seen, state, resting = {start}, start, 0
    while resting < len(conflict.decision_makers):
        for dm in conflict.decision_makers:
            target = improvements(conflict, dm, state, best=True)
            if not target:
                resting += 1
                if resting == len(conflict.decision_makers):
                    break
                continue
            if target[0] in seen:
                return chain
            resting = 0
            seen.add(target[0])
            chain.append(Step(dm.name, state, target[0]))
            state = target[0]
    return chain


def improvements(conflict: Conflict, dm: DecisionMaker, state: int, *, best: bool = False) -> list[int]:
    """Decimals of the feasible states that the decision maker can move to and prefers; `best` gives one of the
    best only."""
    code = np.arange(1 << len(dm.options), dtype=np.int64)
    states = np.full(len(code), state & ~sum(1 << option for option in dm.options), np.int64)
    for k, option in enumerate(dm.options):
        states |= (code >> k & 1) << option
    allowed = np.ones(len(states), bool)
    for option in dm.options:
        change, was = conflict.options[option].change, state >> option & 1
        if (change == "only on" and was) or (change == "only off" and not was):
            allowed &= (states >> option & 1) == was
    taken = {k: (states >> k & 1).astype(bool) for k in range(len(conflict.options))}
    for statement in conflict.infeasible:
        allowed &= ~holds(statement.condition, taken)
    for statement in conflict.rules:
        allowed &= holds(statement.condition, taken)
    for statement in dm.overlooks:
        allowed &= ~holds(statement.condition, taken)
    here = int(np.flatnonzero(states == state)[0])
    better = allowed & _better_than(dm.preference, taken, here)
    if best and better.any():
        return states[_best_of(dm.preference, taken, better)][:1].tolist()
    return states[better].tolist()


def _best_of(preference: object, taken: dict[int, np.ndarray], among: np.ndarray) -> np.ndarray:
    """The most preferred of the states marked in `among`; uncertain statements do not choose."""
    if isinstance(preference, Weights):
        total = sum((weight * taken[option] for option, weight in preference.weights), np.zeros(len(among)))
        return among & (total == total[among].max())
    assert isinstance(preference, Priorities)
    for place, statement in enumerate(preference.statements):
        narrower = among & holds(statement.condition, taken)
        if place not in preference.uncertain and narrower.any():
            among = narrower
    return among


def _better_than(preference: object, taken: dict[int, np.ndarray], here: int) -> np.ndarray:
    count = len(next(iter(taken.values())))
    if isinstance(preference, Weights):
        total = np.zeros(count)
        for option, weight in preference.weights:
            total += weight * taken[option]
        return total > total[here]
    better, open_still = np.zeros(count, bool), np.ones(count, bool)
    assert isinstance(preference, Priorities)
    for place, statement in enumerate(preference.statements):
        truth = np.broadcast_to(holds(statement.condition, taken), (count,))
        differs = open_still & (truth != truth[here])
        if place not in preference.uncertain:
            better |= differs & truth
        open_still &= ~differs
    return better

"""A wished outcome comes in; the smallest changes that would make it hold go out, and whose they are.

A change of preference is counted in pairs of states whose order changes. For nash, gmr and smr each decision maker's
smallest change stands alone and is found by trying every set of states that would have to fall behind the wished
one. For
seq and sseq the changes hang together: rankings are tried in order of distance, between the bound that gmr (smr) gives
from below and the one that nash gives from above.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.analysis.outlook.nearby import Nearby, changed_pairs
from dragoman.analysis.outlook.profiles import Profiles
from dragoman.analysis.outlook.solving import MAIN, Solver
from dragoman.errors import ModelError

SUBSETS = 20  # at most this many states may stand above the wished one and matter: 2**20 sets are tried
TRIED = 1_500_000  # profiles tried for seq and sseq before the search says how far it got
BATCH = 20_000


@dataclass(frozen=True)
class Reordering:
    """What one decision maker would have to prefer otherwise: its new ranking and the pairs whose order changes."""

    decision_maker: str
    ranking: tuple[tuple[int, ...], ...]  # ordinals from best to worst, ties together
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Inverse:
    """The smallest change of preferences that makes the wanted state an equilibrium.

    `pairs` counts the changed pairs; when `exact` is false no change smaller than `at_least` would do, and the one
    given does. `changes` is None when no change of preferences was found to be enough.
    """

    wanted: int
    concept: str
    changes: tuple[Reordering, ...] | None
    pairs: int
    at_least: int
    exact: bool


def smallest_change(solver: Solver, wanted: int, concept: str, *, of: Sequence[str] = ()) -> Inverse:
    """The fewest changed pairs that make the wanted state (an ordinal) an equilibrium; `of` limits whose may change."""
    if concept not in MAIN:
        raise ModelError(f"the concept '{concept}' cannot be inverted", expected=", ".join(MAIN))
    if not all(order.complete for order in solver.orders):
        raise ModelError(
            "some preferences are unknown",
            todo="Settle the unknown preferences before asking what would have to change",
        )
    if solver.seen:
        raise ModelError("the model holds beliefs", todo="Ask for each decision maker's view by itself")
    search = _Inverse(solver, wanted - 1, concept, [name in of or not of for name in solver.conflict.names])
    return search.run()


class _Inverse:
    """One question: a wanted state s (from 0), a concept, and who may change."""

    def __init__(self, solver: Solver, s: int, concept: str, free: list[bool]) -> None:
        self.solver, self.s, self.concept, self.free = solver, s, concept, free
        self.values = [order.value.astype(np.int16) for order in solver.orders]
        self.profiles = Profiles(len(solver.space), solver.moves)

    def run(self) -> Inverse:
        if self.concept in ("nash", "gmr", "smr"):
            best = self._each_alone(self.concept)
            return self._answer(best, exact=True)
        below = self._each_alone({"seq": "gmr", "sseq": "smr"}[self.concept])
        above = self._each_alone("nash")
        least = self._cost(below) if below is not None else 0
        if below is None:
            return Inverse(self.s + 1, self.concept, None, 0, 0, exact=True)
        most = self._cost(above) if above is not None else None
        found, reached = self._together(least, most)
        if found is not None:
            return self._answer(found, exact=True)
        if above is not None:
            return self._answer(
                above, exact=reached >= most if most is not None else False, at_least=min(reached, most or reached)
            )
        return Inverse(self.s + 1, self.concept, None, 0, reached, exact=False)

    def _answer(self, values: list[np.ndarray] | None, *, exact: bool, at_least: int | None = None) -> Inverse:
        if values is None:
            return Inverse(self.s + 1, self.concept, None, 0, 0, exact=exact)
        changes = tuple(
            reordering(name, old, new)
            for name, old, new in zip(self.solver.conflict.names, self.values, values, strict=True)
            if (old != new).any()
        )
        pairs = sum(len(change.pairs) for change in changes)
        return Inverse(self.s + 1, self.concept, changes, pairs, pairs if at_least is None else at_least, exact)

    def _cost(self, values: list[np.ndarray]) -> int:
        return sum(len(changed_pairs(old, new)) for old, new in zip(self.values, values, strict=True))

    # nash, gmr, smr: one decision maker at a time

    def _each_alone(self, concept: str) -> list[np.ndarray] | None:
        result = []
        for i in range(len(self.values)):
            found = self._alone(i, concept)
            if found is None:
                return None
            result.append(found)
        return result

    def _alone(self, i: int, concept: str) -> np.ndarray | None:
        """The nearest ranking of i under which s is stable for it; other preferences do not matter here."""
        value, s = self.values[i], self.s
        above = np.flatnonzero(value > value[s])
        above = above[np.argsort(-value[above], kind="stable")]
        if not len(above) or bool(self._holds_if_fallen(i, concept, above, np.zeros((1, len(above)), bool))[0]):
            return value
        if not self.free[i]:
            return None
        if len(above) > SUBSETS:
            raise ModelError(
                f"{len(above)} states stand above the wished one for {self.solver.conflict.names[i]}",
                expected=f"at most {SUBSETS} for an exact answer",
                todo="Ask for changes of statements, which are searched one at a time",
            )
        code = np.arange(1 << len(above))
        cost = _costs(code, value[above], int((value == value[s]).sum()) - 1)
        cheapest = np.argsort(cost, kind="stable")
        for start in range(0, len(code), BATCH):
            part = code[cheapest[start : start + BATCH]]
            fallen = (part[:, None] >> np.arange(len(above)) & 1).astype(bool)
            enough = self._holds_if_fallen(i, concept, above, fallen)
            if enough.any():
                return self._let_fall(value, above, fallen[int(np.argmax(enough))])
        raise AssertionError("when every better state has fallen nothing is left to gain")

    def _holds_if_fallen(self, i: int, concept: str, above: np.ndarray, fallen: np.ndarray) -> np.ndarray:
        """For each set of fallen states whether s is stable; only what is better than s matters, as 1 against 0."""
        result = []
        for start in range(0, len(fallen), BATCH):
            better = np.zeros((len(self.values[i]), len(fallen[start : start + BATCH])), np.int16)
            better[above] = ~fallen[start : start + BATCH].T
            payoffs = [better if j == i else np.zeros_like(better) for j in range(len(self.values))]
            result.append(self.profiles.stable(concept, i, payoffs)[self.s])
        return np.concatenate(result)

    def _let_fall(self, value: np.ndarray, above: np.ndarray, fallen: np.ndarray) -> np.ndarray:
        """Put the fallen states right behind s, everything else as it was."""
        new = value.astype(np.int64) * 4
        down = above[fallen]
        room = int(value.max()) + 1
        new = np.where(value > value[self.s], new + 4 * room, new)
        new[self.s] += 3 + 2 * room
        new[down] = 4 * int(value[self.s]) + 1 + value[down]
        return np.unique(new, return_inverse=True)[1].astype(np.int16)

    # seq, sseq: all decision makers together

    def _together(self, least: int, most: int | None) -> tuple[list[np.ndarray] | None, int]:
        """Try profiles in order of distance; the answer, or None, and the first distance not wholly tried."""
        pools = [
            Nearby(value, self._own_test(i), self._signature_arcs(i), free=self.free[i])
            for i, value in enumerate(self.values)
        ]
        tried = 0
        distance = least
        while most is None or distance < most:
            for parts in _compositions(distance, len(pools)):
                layers = [pool.layer(part) for pool, part in zip(pools, parts, strict=True)]
                total = int(np.prod([len(layer) for layer in layers], dtype=np.int64))
                tried += total + sum(pool.listed for pool in pools) // 50
                if tried > TRIED or any(pool.exhausted for pool in pools):
                    return None, distance
                found = self._first_that_holds(layers, total)
                if found is not None:
                    return found, distance
            distance += 1
            if distance > len(pools) * len(self.values[0]) ** 2 // 2:
                return None, distance
        return None, distance

    def _first_that_holds(self, layers: list[np.ndarray], total: int) -> list[np.ndarray] | None:
        for start in range(0, total, BATCH):
            index = np.unravel_index(np.arange(start, min(start + BATCH, total)), [len(layer) for layer in layers])
            payoffs = [np.ascontiguousarray(layer[place].T) for layer, place in zip(layers, index, strict=True)]
            holds = np.ones(payoffs[0].shape[1], bool)
            for i in range(len(layers)):
                holds &= self.profiles.stable(self.concept, i, payoffs)[self.s]
                if not holds.any():
                    break
            if holds.any():
                first = int(np.argmax(holds))
                return [payoff[:, first] for payoff in payoffs]
        return None

    def _own_test(self, i: int) -> Callable[[np.ndarray], np.ndarray]:
        """Whether rankings of i (rows) pass what seq and sseq need of i alone: gmr and smr."""
        concept = {"seq": "gmr", "sseq": "smr"}[self.concept]

        def passes(rows: np.ndarray) -> np.ndarray:
            mine = np.ascontiguousarray(rows.T)
            payoffs = [mine if j == i else np.zeros_like(mine) for j in range(len(self.values))]
            return self.profiles.stable(concept, i, payoffs)[self.s]

        return passes

    def _signature_arcs(self, i: int) -> tuple[np.ndarray, np.ndarray]:
        """The comparisons that matter: along i's moves, and of every state with s."""
        arcs = self.solver.moves[i]
        others = np.array([t for t in range(len(self.values[i])) if t != self.s], np.int64)
        return (np.concatenate([arcs.source, np.full(len(others), self.s)]), np.concatenate([arcs.target, others]))


def _costs(code: np.ndarray, above: np.ndarray, tied: int) -> np.ndarray:
    """Changed pairs for each set of fallen states (bits of `code`); `above` has their values, best first.

    Each fallen state changes places with the wished one and with every state between that does not fall; if any falls,
    the wished state also parts from those that it was tied with.
    """
    cost = np.bitwise_count(code).astype(np.int64) + np.where(code > 0, tied, 0)
    for value in np.unique(above):
        group = sum(1 << int(place) for place in np.flatnonzero(above == value))
        before = sum(1 << int(place) for place in np.flatnonzero(above > value))
        down = np.bitwise_count(code & group).astype(np.int64)
        cost += (group.bit_count() - down) * (down + np.bitwise_count(code & before))
    return cost


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _compositions(total - first, parts - 1):
            yield (first, *rest)


def reordering(name: str, old: np.ndarray, new: np.ndarray) -> Reordering:
    """From old to new payoffs of a decision maker (arrays over states): the new order, and the pairs turned."""
    groups = tuple(
        tuple((np.flatnonzero(new == value) + 1).tolist()) for value in sorted(set(new.tolist()), reverse=True)
    )
    pairs = tuple(
        (one + 1, other + 1) if new[one] > new[other] else (other + 1, one + 1)
        for one, other in changed_pairs(old, new)
    )
    return Reordering(name, groups, pairs)

"""A decision maker's preference comes in; numbers go out that compare any two states: better, equal, worse, unknown."""

from dataclasses import dataclass

import numpy as np

from dragoman.analysis.outlook.conflict import Conflict, DecisionMaker, Priorities, Ranking, Weights
from dragoman.analysis.outlook.space import Space
from dragoman.analysis.outlook.statements import holds
from dragoman.errors import ModelError


@dataclass(frozen=True)
class Order:
    """How one decision maker compares states (numbered from 0).

    `value` is dense from 0, larger is better. Where `level` is given, states of different levels are greatly apart.
    Two states are unknown to each other where the highest bit in which their `key` differs is one of
    `uncertain_bits`, or where the pair is listed in `unknown`.
    """

    value: np.ndarray
    level: np.ndarray | None = None
    key: np.ndarray | None = None
    uncertain_bits: int = 0
    unknown: tuple[tuple[int, int], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether it is known of every two states which is preferred, or that neither is."""
        return not self.unknown and not self.uncertain_bits

    def unsure(self, ones: np.ndarray, others: np.ndarray) -> np.ndarray:
        """Where it is not known which of the two states is preferred; the arrays broadcast."""
        shape = np.broadcast_shapes(ones.shape, others.shape)
        result = np.zeros(shape, bool)
        if self.key is not None and self.uncertain_bits:
            differing = self.key[ones] ^ self.key[others]
            uncertain = np.int64(self.uncertain_bits)
            result |= (differing & uncertain) > (differing & ~uncertain)
        for one, other in self.unknown:
            result |= ((ones == one) & (others == other)) | ((ones == other) & (others == one))
        return result

    def better(self, ones: np.ndarray, others: np.ndarray) -> np.ndarray:
        """Where the first state is known to be preferred to the second."""
        result = self.value[ones] > self.value[others]
        return result if self.complete else result & ~self.unsure(ones, others)

    def greatly_better(self, ones: np.ndarray, others: np.ndarray) -> np.ndarray:
        """Where the first state is known to be greatly preferred to the second; nowhere without strength."""
        if self.level is None:
            return np.zeros(np.broadcast_shapes(ones.shape, others.shape), bool)
        return (self.level[ones] > self.level[others]) & self.better(ones, others)


def ranks(order: Order) -> np.ndarray:
    """Rank of every state, 1 the best, ties sharing a rank and none left out."""
    return order.value.max() + 1 - order.value


def order_of(space: Space, dm: DecisionMaker) -> Order:
    """Work out the preference of a decision maker over all feasible states."""
    preference = dm.preference
    unknown = tuple((space.ordinal(one) - 1, space.ordinal(other) - 1) for one, other in dm.unknown)
    if isinstance(preference, Ranking):
        return _ranked(space, dm, preference, unknown)
    taken = {k: (space.decimals >> k & 1).astype(bool) for k in range(len(space.conflict.options))}
    if isinstance(preference, Weights):
        total = np.zeros(len(space))
        for option, weight in preference.weights:
            total += weight * taken[option]
        return Order(dense(np.round(total, 9)), unknown=unknown)
    truths = [holds(statement.condition, taken) for statement in preference.statements]
    value = prioritised(truths, len(space))
    level = prioritised(truths[: preference.strong], len(space)) if preference.strong else None
    if not preference.uncertain:
        return Order(value, level, unknown=unknown)
    if len(truths) > 62:
        raise ModelError(f"{dm.name} has {len(truths)} statements, some of them uncertain", expected="at most 62")
    key = np.zeros(len(space), np.int64)
    for truth in truths:
        key = key << 1 | truth
    bits = sum(1 << (len(truths) - 1 - place) for place in preference.uncertain)
    return Order(value, level, key, bits, unknown)


def prioritised(truths: list[np.ndarray], states: int) -> np.ndarray:
    """Compare states by the first statement in which they differ; any number of statements."""
    value = np.zeros(states, np.int64)
    room = 62
    for truth in truths:
        if room == 0:
            value = dense(value)
            room = 62 - int(value.max()).bit_length()
        value = value << 1 | truth
        room -= 1
    return dense(value)


def dense(numbers: np.ndarray) -> np.ndarray:
    """Replace numbers by 0, 1, 2 ... in the same order."""
    return np.unique(numbers, return_inverse=True)[1].astype(np.int64).reshape(numbers.shape)


def _ranked(space: Space, dm: DecisionMaker, ranking: Ranking, unknown: tuple[tuple[int, int], ...]) -> Order:
    value = np.full(len(space), -1, np.int64)
    level = np.zeros(len(space), np.int64)
    steps = 0
    for number, group in enumerate(ranking.groups):
        for decimal in group:
            state = space.ordinal(decimal) - 1
            if value[state] >= 0 and value[state] != len(ranking.groups) - 1 - number:
                raise ModelError(
                    f"{dm.name} ranks the state {space.letters(state + 1)} twice, so that it would be better than itself",  # noqa: E501
                    expected="a transitive preference: every state at one place",
                )
            value[state] = len(ranking.groups) - 1 - number
            level[state] = -steps
        steps += number in ranking.great_gaps
    missing = np.flatnonzero(value < 0)
    if len(missing):
        listed = ", ".join(space.letters(int(state) + 1) for state in missing[:6])
        raise ModelError(
            f"{dm.name} does not rank {len(missing)} of {len(space)} feasible states: {listed}",
            expected="every feasible state in the ranking",
        )
    return Order(dense(value), dense(level) if ranking.great_gaps else None, unknown=unknown)


def has_unknown(conflict: Conflict) -> bool:
    """Whether somebody's preference is unknown in part."""
    return any(
        dm.unknown or (isinstance(dm.preference, Priorities) and dm.preference.uncertain)
        for dm in conflict.decision_makers
    )


def has_strength(conflict: Conflict) -> bool:
    """Whether somebody prefers some states greatly."""
    return any(
        (isinstance(dm.preference, Priorities) and dm.preference.strong)
        or (isinstance(dm.preference, Ranking) and dm.preference.great_gaps)
        for dm in conflict.decision_makers
    )

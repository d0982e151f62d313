"""A solved conflict comes in; how far preferences may be mistaken before each equilibrium is lost goes out.

A mistake exchanges two neighbouring states in one decision maker's ranking; ties stay ties, with other members. Single
mistakes are tried one and all; several at once are sampled with a seed, and the share is given with its Wilson bounds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from dragoman.analysis.outlook.profiles import Profiles
from dragoman.analysis.outlook.solving import MAIN, Solver
from dragoman.errors import ModelError

STATES = 4_096
BATCH_CELLS = 4_000_000


@dataclass(frozen=True)
class Share:
    """How often a state stays an equilibrium after so many mistakes; bounds at 95 %; exact when all were tried."""

    mistakes: int
    kept: float
    low: float
    high: float
    exact: bool


@dataclass(frozen=True)
class Breaker:
    """One exchange that loses the equilibrium: for whom, which two states (ordinals)."""

    decision_maker: str
    states: tuple[int, int]


@dataclass(frozen=True)
class Robustness:
    """For one equilibrium (ordinal): its shares by number of mistakes, and every single mistake that loses it."""

    state: int
    concept: str
    shares: tuple[Share, ...]
    breakers: tuple[Breaker, ...]


def robustness(
    solver: Solver,
    concept: str,
    *,
    mistakes: Sequence[int] = (1, 2, 3, 5, 8, 13),
    samples: int = 2_000,
    seed: int = 1,
    states: Sequence[int] = (),
) -> tuple[Robustness, ...]:
    """How robust each equilibrium (or each of the given states) is; the same seed gives the same answer."""
    if concept not in MAIN:
        raise ModelError(f"robustness cannot be told for the concept '{concept}'", expected=", ".join(MAIN))
    if len(solver.space) > STATES:
        raise ModelError(
            f"robustness over {len(solver.space):,} states is too much to sample", expected=f"at most {STATES:,}"
        )
    if not all(order.complete for order in solver.orders) or solver.seen:
        raise ModelError(
            "robustness needs one complete preference for everybody",
            todo="Settle unknown preferences and beliefs first",
        )
    asked = list(states) or solver.equilibria(concept).tolist()
    profiles = Profiles(len(solver.space), solver.moves)
    sampler = Sampler(solver, seed)
    breakers = _single_mistakes(solver, profiles, concept, asked)
    shares: dict[int, list[Share]] = {state: [] for state in asked}
    for number in sorted(set(mistakes)):
        if number == 1:
            for state in asked:
                lost, total = breakers[state]
                kept = 1 - len(lost) / total if total else 1.0
                shares[state].append(Share(1, kept, kept, kept, True))
            continue
        held = _held(profiles, concept, sampler, number, samples)
        for state in asked:
            shares[state].append(_share(number, int(held[state - 1]), samples))
    return tuple(Robustness(state, concept, tuple(shares[state]), tuple(breakers[state][0])) for state in asked)


class Sampler:
    """Draws mistaken profiles near today's, reproducibly."""

    def __init__(self, solver: Solver, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.values = [order.value for order in solver.orders]
        self.order = [np.argsort(value, kind="stable") for value in self.values]
        self.level = [np.sort(value).astype(np.int16) for value in self.values]
        self.first = [np.searchsorted(level, np.arange(int(level[-1]) + 2)) for level in self.level]
        self.able = [i for i, level in enumerate(self.level) if level[-1] > 0]

    def draw(self, mistakes: int, samples: int) -> list[np.ndarray]:
        """Payoffs (states, samples) for each decision maker after so many random exchanges of neighbours."""
        orders = [np.repeat(order[:, None], samples, axis=1) for order in self.order]
        column = np.arange(samples)
        for _ in range(mistakes if self.able else 0):
            weights = np.array([self.level[i][-1] for i in self.able], float)
            who = self.rng.choice(self.able, size=samples, p=weights / weights.sum())
            for i in self.able:
                mine = column[who == i]
                group = self.rng.integers(0, int(self.level[i][-1]), len(mine))
                one = self.rng.integers(self.first[i][group], self.first[i][group + 1])
                other = self.rng.integers(self.first[i][group + 1], self.first[i][group + 2])
                held = orders[i][one, mine]
                orders[i][one, mine] = orders[i][other, mine]
                orders[i][other, mine] = held
        return [_payoffs(order, level) for order, level in zip(orders, self.level, strict=True)]


def _payoffs(order: np.ndarray, level: np.ndarray) -> np.ndarray:
    result = np.empty(order.shape, np.int16)
    np.put_along_axis(result, order, np.broadcast_to(level[:, None], order.shape), axis=0)
    return result


def _held(profiles: Profiles, concept: str, sampler: Sampler, mistakes: int, samples: int) -> np.ndarray:
    """For each state in how many of the samples it is an equilibrium."""
    held = np.zeros(profiles.states, np.int64)
    batch = max(1, min(samples, BATCH_CELLS // profiles.states))
    for start in range(0, samples, batch):
        held += profiles.equilibria(concept, sampler.draw(mistakes, min(batch, samples - start))).sum(axis=1)
    return held


def _single_mistakes(
    solver: Solver, profiles: Profiles, concept: str, asked: Sequence[int]
) -> dict[int, tuple[list[Breaker], int]]:
    """Every exchange of two states of neighbouring ranks, tried one by one."""
    found: dict[int, tuple[list[Breaker], int]] = {}
    tried: list[tuple[int, int, int]] = []
    for i, order in enumerate(solver.orders):
        for value in range(int(order.value.max())):
            above = np.flatnonzero(order.value == value + 1).tolist()
            tried += [(i, one, other) for one in np.flatnonzero(order.value == value).tolist() for other in above]
    lost: dict[int, list[Breaker]] = {state: [] for state in asked}
    batch = max(1, BATCH_CELLS // profiles.states)
    for start in range(0, len(tried), batch):
        part = tried[start : start + batch]
        payoffs = [np.repeat(order.value.astype(np.int16)[:, None], len(part), axis=1) for order in solver.orders]
        for place, (i, one, other) in enumerate(part):
            payoffs[i][one, place], payoffs[i][other, place] = payoffs[i][other, place], payoffs[i][one, place]
        holds = profiles.equilibria(concept, payoffs)
        for state in asked:
            for place in np.flatnonzero(~holds[state - 1]).tolist():
                i, one, other = part[place]
                lost[state].append(Breaker(solver.conflict.names[i], (one + 1, other + 1)))
    for state in asked:
        found[state] = (lost[state], len(tried))
    return found


def _share(mistakes: int, kept: int, samples: int, z: float = 1.959964) -> Share:
    """A share with its Wilson score interval."""
    p = kept / samples
    centre = (p + z * z / (2 * samples)) / (1 + z * z / samples)
    half = z / (1 + z * z / samples) * sqrt(p * (1 - p) / samples + z * z / (4 * samples * samples))
    return Share(mistakes, p, max(0.0, centre - half), min(1.0, centre + half), False)

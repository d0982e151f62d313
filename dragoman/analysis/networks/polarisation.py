"""How far a discourse splits into camps, as a whole and over time.

In: coded statements and choices. Out: the best balanced split, with its quality, method and seed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from dragoman.analysis.networks.choices import SEED, Choices
from dragoman.analysis.networks.coded import Array, Coded
from dragoman.analysis.networks.matrices import Network
from dragoman.analysis.networks.windows import networks
from dragoman.errors import NetworkError

EXACT_NODES = 16  # up to so many nodes every balanced split in two is tried


@dataclass(frozen=True)
class Polarisation:
    """The best split into balanced groups and how far it goes; the measure grows for lopsided splits: no share."""

    time: int | None
    groups: tuple[tuple[str, ...], ...]
    quality: float
    exact: bool
    method: str


def polarisation(
    coded: Coded, choices: Choices, *, groups: int = 2, seed: int = SEED, starts: int = 20
) -> Polarisation:
    """The balanced partition with the greatest quality as Discourse Network Analyzer 3.1 has it.

    C congruence and F conflict by average activity. Within a group congruence should exceed what an even spread would
    give and conflict be absent; between groups the reverse. Exact for two groups of up to 16 nodes; else the best of
    `starts` seeded greedy swaps. Quality is normalised by 2(‖C‖+‖F‖), 0 where both are empty.
    """
    if groups < 2:
        raise NetworkError(f"{groups} groups", where="polarisation", expected="at least 2")
    made = [next(networks(coded, replace(c, time_window="no", kernel="no"))) for c in _two_sides(choices)]
    return _polarised(made[0], made[1], groups, seed, starts)


def polarisation_over_time(
    coded: Coded, choices: Choices, *, groups: int = 2, seed: int = SEED, starts: int = 20
) -> Iterator[Polarisation]:
    """Polarisation in each window or kernel slice of `choices`, with the moment in its middle."""
    for congruence, conflict in zip(*(networks(coded, c) for c in _two_sides(choices)), strict=True):
        yield replace(_polarised(congruence, conflict, groups, seed, starts), time=congruence.time)


def _two_sides(choices: Choices) -> list[Choices]:
    one = replace(choices, network="onemode", normalization="average")
    return [replace(one, aggregation=a) for a in ("congruence", "conflict")]


def _polarised(congruence: Network, conflict: Network, groups: int, seed: int, starts: int) -> Polarisation:
    names = congruence.rows
    c, f = congruence.dense(), conflict.dense()
    n = len(names)
    norm = np.abs(c).sum() + np.abs(f).sum()
    if n < groups or norm == 0:
        return Polarisation(None, (names,) if names else (), 0.0, True, "nothing to split")
    quality = _quality(c, f)
    exact = groups == 2 and n <= EXACT_NODES
    if exact:
        best = max((_split(n, half) for half in combinations(range(n), n // 2)), key=quality)
    else:
        best = _swapped(quality, n, groups, seed, starts)
    parts = tuple(tuple(names[i] for i in np.flatnonzero(best == g)) for g in range(groups))
    method = "every balanced split" if exact else f"greedy swaps from {starts} starts, seed {seed}"
    ordered = tuple(sorted(parts, key=lambda p: (-len(p), p)))
    return Polarisation(None, ordered, float(quality(best) / (2 * norm)), exact, method)


def _split(n: int, half: Sequence[int]) -> Array:
    labels = np.zeros(n, np.int64)
    labels[list(half)] = 1
    return labels


def _quality(c: Array, f: Array) -> Callable[[Array], float]:
    absolute_c, absolute_f = np.abs(c).sum(), np.abs(f).sum()
    n = len(c)
    off = ~np.eye(n, dtype=bool)

    def quality(labels: Array) -> float:
        same = (labels[:, None] == labels[None, :]) & off
        sizes = np.bincount(labels).astype(float)
        within = float((sizes * (sizes - 1)).sum())
        between = n * (n - 1) - within
        expected_c, expected_f = np.zeros((n, n)), np.zeros((n, n))
        if within:
            e = sizes * (sizes - 1) / within * absolute_c / within
            expected_c = np.broadcast_to(e[labels][:, None], (n, n))
        if between:
            expected_f = sizes[labels][:, None] * sizes[labels][None, :] / between * absolute_f / between
        inside = (np.abs(c - expected_c) + np.abs(f))[same].sum()
        outside = (np.abs(c) + np.abs(f - expected_f))[~same & off].sum()
        return float(inside + outside)

    return quality


def _swapped(quality: Callable[[Array], float], n: int, groups: int, seed: int, starts: int) -> Array:
    generator, best, best_quality = np.random.default_rng(seed), np.zeros(n, np.int64), -math.inf
    for _ in range(starts):
        labels = generator.permutation(np.arange(n) % groups)
        now, improved = quality(labels), True
        while improved:
            improved = False
            for i, j in combinations(range(n), 2):
                if labels[i] != labels[j]:
                    labels[i], labels[j] = labels[j], labels[i]
                    new = quality(labels)
                    if new > now + 1e-12:
                        now, improved = new, True
                    else:
                        labels[i], labels[j] = labels[j], labels[i]
        if now > best_quality:
            best, best_quality = labels.copy(), now
    return best

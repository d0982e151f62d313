"""How sure the ties of a network are, by drawing its documents again and again.

In: coded statements and choices. Out: resampled Networks, and for each tie an Interval.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from dragoman.analysis.networks.choices import SEED, Choices
from dragoman.analysis.networks.coded import Coded, choose
from dragoman.analysis.networks.communities import communities
from dragoman.analysis.networks.matrices import Network, network_of


@dataclass(frozen=True)
class Interval:
    """A tie's weight, its interval over resampled documents, and how often its ends fall into one community."""

    row: str
    column: str
    weight: float
    low: float
    high: float
    together: float | None


def resampled(coded: Coded, choices: Choices, *, times: int, seed: int = SEED) -> Iterator[Network]:
    """Networks of documents drawn with replacement [Efron1979]; a document drawn twice counts twice."""
    chosen = choose(coded, choices)
    used, generator = chosen.used, np.random.default_rng(seed)
    documents, place = np.unique(used.documents, return_inverse=True)
    own = np.ones(len(used)) if used.weights is None else used.weights
    for _ in range(times):
        drawn = np.bincount(generator.integers(len(documents), size=len(documents)), minlength=len(documents))
        weighted = replace(used, weights=own * drawn[place])
        yield network_of(weighted, chosen.loaded, choices, start=chosen.start, stop=chosen.stop)


def intervals(
    coded: Coded, choices: Choices, *, times: int = 200, level: float = 0.95, seed: int = SEED
) -> tuple[Interval, ...]:
    """Percentile intervals for every tie, by bootstrap over documents, and shared community for one-mode networks."""
    chosen = choose(coded, choices)
    whole = network_of(chosen.used, chosen.loaded, choices, start=chosen.start, stop=chosen.stop)
    edges = whole.edges()
    if not edges or times < 1:
        return ()
    rows, columns = ({n: i for i, n in enumerate(names)} for names in (whole.rows, whole.columns))
    at = np.array([[rows[a], columns[b]] for a, b, _ in edges])
    samples, together = np.zeros((times, len(edges))), np.zeros(len(edges))
    for t, made in enumerate(resampled(coded, choices, times=times, seed=seed)):
        samples[t] = made.dense()[at[:, 0], at[:, 1]]
        if whole.one_mode:
            member = {n: g for g, group in enumerate(communities(made, seed=seed).groups) for n in group}
            together += np.array([member[a] == member[b] for a, b, _ in edges], float)
    tail = (1 - level) / 2
    low, high = np.quantile(samples, [tail, 1 - tail], axis=0)
    return tuple(
        Interval(a, b, w, float(lo), float(hi), float(s) / times if whole.one_mode else None)
        for (a, b, w), lo, hi, s in zip(edges, low, high, together, strict=True)
    )

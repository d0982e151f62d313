"""Learns by which noun phrases of a text people call the issues of its positions.

In: gold readings with their drafts. Out: the weights "issue" of `reader/data/weighing.json`; `weighing` calls it.
With a folder held out the name chosen shares half of its words with the gold one for two positions in five; of the
names that the stances' own words make (`issue_names`) three in ten do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from dragoman.reader.draft import Draft
from dragoman.reader.positions.issue_choice import options
from dragoman.reader.positions.positions import candidates
from dragoman.reader.wording.noun_chunks import Chunks
from dragoman.reader.wording.stems import overlap
from dragoman.reading import Reading

# Found with folders held out: 1 to 10 for the prior, 1 to 4 for the power.
STRENGTH, POWER = 4.0, 3.0
LEAST_SEEN = 5
ROUNDS, RATE = 200, 0.05
_LEAST = 0.02  # a weight below this changes no choice


class Choice(NamedTuple):
    """The names among which one is chosen: the features of each, and how much of the gold name it shares."""

    features: list[tuple[str, ...]]
    shared: list[float]


def choices(reading: Reading, draft: Draft) -> list[Choice]:
    """What may name the issue of each gold position of a reading, with what is right."""
    chunks, pool, found = Chunks(draft), candidates(draft), []
    for position in reading.positions:
        whole = f"{position.stance} {position.issue}"
        same = [c for c in pool if c.statement.id == position.statement]
        if not same:
            continue
        closest = max(same, key=lambda c: overlap(whole, f"{c.stance} {c.issue}"))
        names = (position.issue, *((position.extra.get("accept") or {}).get("issue") or ()))
        listed = options(chunks, closest.stance, closest.statement, closest.issue)
        called = [o.name if isinstance(o.name, str) else " ".join(o.name.words) for o in listed]
        shared = [max(overlap(one, name) for name in names) for one in called]
        if any(shared):
            found.append(Choice([(*option.marks, *option.fit) for option in listed], shared))
    return found


def learn_names(found: Iterable[Choice]) -> dict[str, float]:
    """Weights under which the names that share most with the gold ones are likeliest: a conditional logit, by Adam."""
    found = list(found)
    names = _names(found)
    matrix, groups = _matrix(found, names)
    starts = np.r_[0, np.flatnonzero(np.diff(groups)) + 1]
    wanted = np.concatenate([_wanted(choice.shared) for choice in found])
    across = matrix.T.tocsr()
    weight = np.zeros(len(names), np.float32)
    slow, square = weight.copy(), weight.copy()
    for step in range(1, ROUNDS + 1):
        score = matrix @ weight
        odds = np.exp(score - np.maximum.reduceat(score, starts)[groups])
        slope = across @ (odds / np.add.reduceat(odds, starts)[groups] - wanted) + STRENGTH * weight
        slow, square = 0.9 * slow + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
        weight = weight - RATE * (slow / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-6)
    return {name: round(float(weight[n]), 3) for name, n in names.items() if abs(weight[n]) >= _LEAST}


def _names(found: Sequence[Choice]) -> dict[str, int]:
    seen = Counter(f for choice in found for features in choice.features for f in set(features))
    return {f: n for n, f in enumerate(sorted(f for f, many in seen.items() if many >= LEAST_SEEN))}


def _matrix(found: Sequence[Choice], names: dict[str, int]) -> tuple[csr_array, np.ndarray]:
    rows = [features for choice in found for features in choice.features]
    places = [(r, names[f]) for r, features in enumerate(rows) for f in set(features) if f in names]
    ones = np.ones(len(places), np.float32)
    matrix = csr_array((ones, tuple(zip(*places, strict=True))), shape=(len(rows), len(names)))
    return matrix, np.repeat(np.arange(len(found)), [len(choice.features) for choice in found])


def _wanted(shared: Sequence[float]) -> np.ndarray:
    parts = np.array(shared, np.float32) ** POWER
    return parts / parts.sum()

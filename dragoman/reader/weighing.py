"""Weighs decisions: a logistic regression over plain features, each with a name that a person can read.

In: the features found for a candidate. Out: probabilities. The weights are data (`data/weighing.json`), made by
`training/weighing.py`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple


@cache
def weights() -> dict[str, dict[str, float]]:
    """The weights of every decision, by feature."""
    data = json.loads(resources.files("dragoman.reader").joinpath("data", "weighing.json").read_text("utf-8"))
    return data["weights"]  # type: ignore[no-any-return]


def score(decision: str, found: Iterable[str]) -> float:
    """The sum of the weights of the features that are found."""
    return total(weights()[decision], found)


def total(table: Mapping[str, float], found: Iterable[str]) -> float:
    """The sum of what `table` gives for the features that are found; it knows only those that weigh something."""
    return sum([table[feature] for feature in found if feature in table])


def probability(decision: str, found: Iterable[str]) -> float:
    """How likely the decision is yes."""
    return chance(score(decision, found))


def chance(total: float) -> float:
    """How likely a yes is by the sum of what speaks for it."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


class Choice(NamedTuple):
    """The likeliest of several values, and its share of what speaks for any."""

    value: str
    share: float


def best(decision: str, found: Sequence[str]) -> Choice:
    """The likeliest of the values of a decision of several."""
    odds = {value: chance(total(table, found)) for value, table in _values(decision)}
    value = max(odds, key=lambda value: odds[value])
    return Choice(value, odds[value] / sum(odds.values()))


@cache
def _values(decision: str) -> list[tuple[str, dict[str, float]]]:
    """The values of a decision of several, each with its weights."""
    named = ((name.partition(":"), table) for name, table in weights().items())
    return [(value, table) for (head, _, value), table in named if head == decision and value]


@lru_cache(maxsize=1 << 14)
def known_score(decision: str, found: tuple[str, ...]) -> float:
    """The score of features that are found again and again."""
    return score(decision, found)

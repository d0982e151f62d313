"""Which concepts carry the structure of a discourse, and which could be left out.

In: coded statements and choices. Out: a Backbone with what is lost, and the method and seed that found it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dragoman.analysis.networks.choices import SEED, Choices
from dragoman.analysis.networks.coded import Array, Coded, choose
from dragoman.analysis.networks.matrices import Network, network_of
from dragoman.errors import NetworkError


@dataclass(frozen=True)
class Backbone:
    """Which concepts carry the structure: those kept, those that are redundant, and how much each loses."""

    kept: tuple[str, ...]
    redundant: tuple[str, ...]
    loss: float
    redundant_loss: float
    method: str
    steps: tuple[tuple[str, float, float, int], ...] = ()  # nested: concept, backbone loss, redundant loss, statements


class _Losses:
    """Spectral distances between the whole network and that of some concepts, on the same nodes."""

    def __init__(self, coded: Coded, choices: Choices) -> None:
        self.choices = replace(choices, network="onemode")
        self.chosen = choose(coded, self.choices)
        self.column = self.chosen.used.column(choices.variable2, field=choices.variable2_document)
        codes = sorted(set(self.column.codes.tolist()))
        self.concepts = tuple(self.column.labels[c] if self.column.labels else str(c) for c in codes)
        self._codes = dict(zip(self.concepts, codes, strict=True))
        self.nodes = self._network(self.chosen.used).rows
        self.whole = self._spectrum(self.concepts)
        self._known: dict[frozenset[str], float] = {}

    def _network(self, used: Coded) -> Network:
        return network_of(used, self.chosen.loaded, self.choices, start=self.chosen.start, stop=self.chosen.stop,
                          levels_from=self.chosen.loaded)  # fmt: skip

    def statements(self, concepts: Sequence[str]) -> int:
        return int(np.isin(self.column.codes, [self._codes[c] for c in concepts]).sum())

    def _spectrum(self, concepts: Sequence[str]) -> Array:
        rows = np.flatnonzero(np.isin(self.column.codes, [self._codes[c] for c in concepts]))
        made = self._network(self.chosen.used.take(rows))
        full, place = np.zeros((len(self.nodes),) * 2), {n: i for i, n in enumerate(self.nodes)}
        index = [place[n] for n in made.rows]
        full[np.ix_(index, index)] = np.maximum(made.dense(), 0)
        laplacian = np.diag(full.sum(1)) - full
        values = np.linalg.eigvalsh(laplacian)
        total = values.sum()
        return values / total if total > 0 else values

    def of(self, concepts: Sequence[str]) -> float:
        """Σ|λ(Y) − λ(Y_B)| over the normalised Laplacian spectra."""
        key = frozenset(concepts)
        if key not in self._known:
            self._known[key] = float(np.abs(self.whole - self._spectrum(sorted(key))).sum())
        return self._known[key]


def backbone(
    coded: Coded, choices: Choices, *, method: str = "penalty", penalty: float = 3.5, size: int | None = None,
    kept: Sequence[str] = (), iterations: int = 2000, seed: int = SEED,
) -> Backbone:  # fmt: skip
    """The concepts that preserve the spectrum of the whole network as Discourse Network Analyzer 3.1 does.

    penalty: seeded simulated annealing of distance · exp(−p(|C|−|B|)/|C|). fixed: the same with `size` concepts, swaps
    only, no penalty. nested: drop one after another what costs least. evaluate: the loss of `kept` and of the rest.
    The Laplacian is degree minus weights, on weights above 0. Undefined for fewer than two concepts.
    """
    losses = _Losses(coded, choices)
    concepts = losses.concepts
    if len(concepts) < 2:
        raise NetworkError(f"{len(concepts)} concepts", where="backbone", expected="at least 2")
    if method == "nested":
        return _nested(losses)
    if method == "evaluate":
        unknown = set(kept) - set(concepts)
        if unknown or not kept:
            raise NetworkError(
                f"concepts {sorted(unknown) or 'none'}", where="backbone", expected=", ".join(concepts[:20])
            )
        best: set[str] = set(kept)
    elif method in ("penalty", "fixed"):
        if method == "fixed" and not (size and 0 < size < len(concepts)):
            raise NetworkError(f"size {size}", where="backbone", expected=f"1 to {len(concepts) - 1}")
        best = _annealed(losses, None if method == "penalty" else size, penalty, iterations, seed)
        method = f"{method}, {iterations} iterations, seed {seed}" + (
            f", p = {penalty:g}" if method == "penalty" else ""
        )
    else:
        raise NetworkError(f"method {method!r}", where="backbone", expected="penalty, fixed, nested or evaluate")
    rest = tuple(c for c in concepts if c not in best)
    return Backbone(
        tuple(c for c in concepts if c in best), rest, losses.of(tuple(best)), losses.of(rest) if rest else 0.0, method
    )


def _annealed(losses: _Losses, size: int | None, penalty: float, iterations: int, seed: int) -> set[str]:
    generator, concepts = np.random.default_rng(seed), losses.concepts
    count = len(concepts)

    def cost(chosen: set[str]) -> float:
        factor = 1.0 if size else math.exp(-penalty * (count - len(chosen)) / count)
        return losses.of(tuple(chosen)) * factor

    start = generator.choice(count, size or 1, replace=False)
    now = {concepts[i] for i in start}
    best, now_cost = set(now), cost(now)
    best_cost = now_cost
    for t in range(1, iterations + 1):
        new = set(now)
        inside, outside = sorted(now), [c for c in concepts if c not in now]
        move = 2 if size else int(generator.integers(3))
        if move != 1 and outside and (move == 2 or len(new) < count - 1):
            new.add(outside[int(generator.integers(len(outside)))])
        if move != 0 and len(inside) >= (1 if move == 2 else 2):
            new.discard(inside[int(generator.integers(len(inside)))])
        if not 1 <= len(new) <= count - 1:
            continue
        new_cost = cost(new)
        temperature = 1 - 1 / (1 + math.exp(5 - 12 * t / iterations))
        if new_cost <= now_cost or generator.random() < math.exp(-(new_cost - now_cost)) * temperature:
            now, now_cost = new, new_cost
            if now_cost < best_cost:
                best, best_cost = set(now), now_cost
    return best


def _nested(losses: _Losses) -> Backbone:
    left, steps = list(losses.concepts), []
    while len(left) > 1:
        drop = min(left, key=lambda c: (losses.of(tuple(x for x in left if x != c)), c))
        left.remove(drop)
        gone = [c for c in losses.concepts if c not in left]
        steps.append((drop, losses.of(tuple(left)), losses.of(tuple(gone)), losses.statements(left)))
    return Backbone(tuple(left), tuple(s[0] for s in steps), steps[-1][1], steps[-1][2], "nested", tuple(steps))

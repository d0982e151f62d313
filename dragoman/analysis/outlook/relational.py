"""Any graph and any comparison of states comes in; stable states go out, sixty-four states of departure at a time.

A state s has one bit of a word; a word per state t tells for which s the state t deters. Sanctions that opponents can
reach are found by sweeping these words along the moves until nothing changes, one word array per last mover, so that
nobody moves twice in a row. It serves merged and drawn graphs, strength, unknown preferences and coalitions; models of
options alone have a faster way in `grid.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.analysis.outlook.space import Arcs

Compare = Callable[[np.ndarray, np.ndarray], np.ndarray]  # (states of departure as a column, all states) -> bool


@dataclass(frozen=True)
class Question:
    """What makes a state stable: who leaves by which moves, who answers by which, what deters, who moves once more."""

    leaving: Arcs
    answers: Sequence[Arcs]
    deters: Compare
    symmetric: Arcs | None = None


def stable(states: int, question: Question, *, words: int = 8) -> np.ndarray:
    """Which states are stable: every leaving move is met by a reachable state that deters."""
    result = np.ones(states, bool)
    leavers = np.unique(question.leaving.source)
    sweeps = [_Sweep(arcs) for arcs in question.answers if len(arcs)]
    if not sweeps:  # nobody answers, so whoever gains by leaving leaves
        result[leavers] = False
        return result
    back = _Sweep(question.symmetric) if question.symmetric is not None and len(question.symmetric) else None
    everything = np.arange(states)
    for start in range(0, len(leavers), 64 * words):
        focal = leavers[start : start + 64 * words]
        deterring = _pack(question.deters(focal[:, None], everything[None, :]))
        if back:
            deterring &= back.all_of(deterring)
        met = _reachable(deterring, sweeps)
        result[focal] = _all_met(question.leaving, focal, met)
    return result


def _reachable(deterring: np.ndarray, sweeps: list["_Sweep"]) -> np.ndarray:
    """For every state the bits that a legal sequence of at least one move from it reaches."""
    if not sweeps:
        return np.zeros_like(deterring)
    moved = [np.zeros_like(deterring) for _ in sweeps]  # moved[j]: bits reached when j makes the first move
    changed = True
    while changed:
        changed = False
        for j, sweep in enumerate(sweeps):
            ahead = deterring.copy()
            for k, other in enumerate(moved):
                if k != j:
                    ahead |= other
            reached = sweep.any_of(ahead)
            if not np.array_equal(reached, moved[j]):
                moved[j], changed = reached, True
    return np.bitwise_or.reduce(moved)


def _all_met(leaving: Arcs, focal: np.ndarray, met: np.ndarray) -> np.ndarray:
    first, last = np.searchsorted(leaving.source, focal), np.searchsorted(leaving.source, focal, side="right")
    count = last - first
    bit = np.repeat(np.arange(len(focal)), count)
    arc = np.arange(count.sum()) + np.repeat(first - np.concatenate(([0], np.cumsum(count)[:-1])), count)
    hit = met[leaving.target[arc], bit // 64] >> (bit % 64).astype(np.uint64) & np.uint64(1)
    missed = np.bincount(bit, weights=1 - hit.astype(float), minlength=len(focal))
    return missed == 0


def _pack(table: np.ndarray) -> np.ndarray:
    """Rows of focal states and columns of states become one row of words per state."""
    rows = -(-len(table) // 64) * 64
    padded = np.zeros((rows, table.shape[1]), bool)
    padded[: len(table)] = table
    return np.ascontiguousarray(np.packbits(padded.T, axis=1, bitorder="little")).view(np.uint64)


class _Sweep:
    """One mover's arcs, grouped by where they start."""

    def __init__(self, arcs: Arcs) -> None:
        self.starts, self.first = np.unique(arcs.source, return_index=True)
        self.target = arcs.target

    def any_of(self, words: np.ndarray) -> np.ndarray:
        result = np.zeros_like(words)
        result[self.starts] = np.bitwise_or.reduceat(words[self.target], self.first, axis=0)
        return result

    def all_of(self, words: np.ndarray) -> np.ndarray:
        result = np.full_like(words, np.iinfo(np.uint64).max)
        result[self.starts] = np.bitwise_and.reduceat(words[self.target], self.first, axis=0)
        return result


def closure(states: int, movers: Sequence[Arcs]) -> Arcs:
    """All ends of legal sequences of the movers, from every state; for graphs of a few thousand states."""
    if len(movers) == 1:
        return movers[0]
    sweeps = [_Sweep(arcs) for arcs in movers if len(arcs)]
    everything = np.arange(states)
    sources, targets = [], []
    for start in range(0, states, 512):
        focal = everything[start : start + 512]
        met = _reachable(_pack(focal[:, None] == everything[None, :]), sweeps)
        bits = np.unpackbits(met.view(np.uint8), axis=1, bitorder="little")[:, : len(focal)]
        source, target = np.nonzero(bits)
        sources.append(source)
        targets.append(target + start)
    source, target = np.concatenate(sources), np.concatenate(targets)
    order = np.lexsort((target, source))
    return Arcs(source[order], target[order])

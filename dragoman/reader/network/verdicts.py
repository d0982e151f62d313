"""Judges attributions: act, form, direction, negation and position, as probabilities.

In: a View, and the words of a cue, its source and its content. Out: one row of verdicts for each attribution.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dragoman.reader.network.attributions import Array, Heads, Range, View
from dragoman.reading import ACTS, DIRECTIONS, FORMS

_ALONE = 1 << 18  # multiplications that OpenBLAS does in one thread, however many it has


def sense_of(view: View, cue: Range, source: list[Range], content: list[Range]) -> Array:
    """What one attribution's verdicts are judged by: its cue, content and source, and its quotation marks."""
    sense, weight = view.sense[:, :-1], view.sense[:, -1]
    is_content, is_source = _mask(len(view), content), _mask(len(view), source)
    pooled = [sense[cue[0] : cue[1]].mean(0), _pool(sense, weight, is_content), _pool(sense, weight, is_source)]
    return np.concatenate([*pooled, marks(is_content, is_source, view.quoted)])


def judge(senses: Array, heads: Heads) -> Array:
    """[attributions, verdicts]: the verdicts as probabilities in the order of VERDICTS."""
    x = _gelu(product(senses, heads.inner.T) + heads.inner_bias) @ heads.verdicts.T + heads.verdicts_bias
    a, f, d = len(ACTS), len(FORMS), len(DIRECTIONS)
    grouped = [softmax(x[:, :a]), softmax(x[:, a : a + f]), softmax(x[:, a + f : a + f + d])]
    return np.concatenate([*grouped, 1 / (1 + np.exp(-x[:, a + f + d :]))], 1).astype(np.float32)


def marks(is_content: NDArray[np.bool_], is_source: NDArray[np.bool_], quoted: NDArray[np.bool_]) -> Array:
    """What quotation marks say of a statement: share quoted, whether it begins and ends so; and if it has a source."""
    said = quoted[is_content]
    if not len(said):
        return np.array([0, 0, 0, is_source.any()], np.float32)
    return np.array([np.count_nonzero(said) / len(said), said[0], said[-1], is_source.any()], np.float32)


def product(rows: Array, matrix: Array) -> Array:
    """`rows @ matrix`, a few rows at a time: larger products are given to threads that wait for each other busily."""
    at_once = max(2, _ALONE // matrix.size)
    count, width = rows.shape
    filled = np.zeros((-(-count // at_once), at_once, width), np.float32)
    filled.reshape(-1, width)[:count] = rows
    result: Array = (filled @ matrix).reshape(-1, matrix.shape[1])[:count]
    return result


def _mask(length: int, pieces: Sequence[Range]) -> NDArray[np.bool_]:
    mask = np.zeros(length, bool)
    for a, b in pieces:
        mask[a:b] = True
    return mask


def _pool(sense: Array, weight: Array, chosen: NDArray[np.bool_]) -> Array:
    if not chosen.any():
        return np.zeros(sense.shape[1], np.float32)
    pooled: Array = softmax(weight[chosen]) @ sense[chosen]
    return pooled


def softmax(x: Array) -> Array:
    """Scores as probabilities along the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    result: Array = e / e.sum(-1, keepdims=True)
    return result


def _gelu(x: Array) -> Array:
    # The error function by Abramowitz and Stegun 7.1.26, exact to 1.5e-7: numpy has none.
    z = np.abs(x) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - series * np.exp(-z * z))
    result: Array = 0.5 * x * (1 + erf)
    return result

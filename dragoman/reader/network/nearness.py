"""Where words stand towards a cue, as numbers of one-hot features.

In: for each word its sentence, paragraph, quotation marks and the cues before it. Out: five numbers a word.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# How far a word stands from a cue, in five ways, each one-hot within its own range of numbers.
_STEPS = np.array([1, 2, 3, 4, 5, 7, 10, 15, 23, 36, 56, 90])
_FAR, _SENTENCES, _PARAGRAPHS, _CUES = 2 * len(_STEPS) + 1, 9, 5, 9
WIDTHS = {"pair": 128, "sense": 96, "inner": 128, "near": _FAR + _SENTENCES + _PARAGRAPHS + _CUES + 4}


def near(
    cue: NDArray[np.int64],
    cue_end: NDArray[np.int64],
    sentence: NDArray[np.int64],
    paragraph: NDArray[np.int64],
    quoted: NDArray[np.bool_],
    cues_before: NDArray[np.int64],
) -> NDArray[np.int64]:
    """[cues, words, 5]: where each word stands towards each cue, as numbers of one-hot features.

    `cue` and `cue_end` are the first word of each cue and the one after its last; `cues_before` counts, for each word,
    the cues that start at or before it. The rows of the other arrays are those of the cue's window.
    """
    at = np.arange(sentence.shape[-1])
    behind = np.searchsorted(_STEPS, np.maximum(at - cue_end[:, None] + 1, 0), side="right")
    before = np.searchsorted(_STEPS, np.maximum(cue[:, None] - at, 0), side="right")
    rows = np.arange(len(cue))
    parts = (
        behind - before + len(_STEPS),
        _clip(sentence - sentence[rows, cue][:, None], _SENTENCES),
        _clip(paragraph - paragraph[rows, cue][:, None], _PARAGRAPHS),
        _clip(cues_before - cues_before[rows, cue][:, None], _CUES),
        2 * quoted[rows, cue][:, None].astype(np.int64) + quoted,
    )
    start = 0
    out = np.empty((len(parts), len(cue), len(at)), np.int64)
    for number, (part, size) in enumerate(zip(parts, (_FAR, _SENTENCES, _PARAGRAPHS, _CUES, 4), strict=True)):
        np.add(part, start, out=out[number])
        start += size
    return out.transpose(1, 2, 0)  # each way lies together: they are looked up one after another


def _clip(difference: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    half = size // 2
    return np.clip(difference, -half, half) + half

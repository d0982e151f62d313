"""How sure an attribution is, and which of two that claim the same words is the surer.

In: how likely each word is to be part of sources and contents. Out: certainties, and contents without double claims.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dragoman.reader.network.attributions import Array, Range

_SAME = 0.8  # the overlap of two pieces from which on they are one piece claimed twice


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue that was found in a window, as the first of its words and the one after its last."""

    view: int
    start: int
    end: int
    certainty: float
    is_start: bool  # the stand-in of a statement without a cue


def settled(contents: list[list[Range]], cues: list[Cue], told: Array) -> list[list[Range]]:
    """Contents in which no piece is claimed twice, where the weaker claim has another piece to live on.

    A statement inside another one shares its words by right: its cue stands in them.
    """
    kept = [list(pieces) for pieces in contents]
    for i, one in enumerate(kept):
        for j in range(i + 1, len(kept)):
            other = kept[j]
            for a in list(one):
                for b in list(other):
                    shared = min(a[1], b[1]) - max(a[0], b[0])
                    if 2 * shared < _SAME * (a[1] - a[0] + b[1] - b[0]):
                        continue
                    if any(p[0] <= cues[k].start < p[1] for k, some in ((j, one), (i, other)) for p in some):
                        continue
                    low, high = max(a[0], b[0]), min(a[1], b[1])
                    first, second = (mean_of(told[k, low:high]) for k in (i, j))
                    loser, piece = (one, a) if first < second else (other, b)
                    if len(loser) > 1 and piece in loser:
                        loser.remove(piece)
    return kept


def certainties(
    cue: Cue, sourced: Array, told: Array, begun: list[float], source: list[Range], content: list[Range]
) -> dict[str, float]:
    """How sure each part is: by how likely each word is part of the source and the content, and begins a content."""
    if source:
        of_source = _mean_of(sourced, source)
    else:  # how much of a source is left in words that were not taken
        of_source = float(1 - min(1.0, sourced.max(initial=0)))
    return {
        "cue": cue.certainty,
        "content": _mean_of(told, content),
        "source": of_source,
        "begin": mean_of(np.array(begun, np.float32)),
    }


def _mean_of(likely: Array, pieces: list[Range]) -> float:
    """The mean over the words of some pieces."""
    if len(pieces) == 1:
        return mean_of(likely[pieces[0][0] : pieces[0][1]])
    return mean_of(np.concatenate([likely[a:b] for a, b in pieces]))


def mean_of(numbers: Array) -> float:
    """The mean of a few numbers, without what `numpy.mean` looks at first."""
    return float(np.add.reduce(numbers) / np.float32(len(numbers)))


def likely_tags(scores: Array) -> Array:
    """Scores of a few tags as probabilities; so few are sooner summed one after another than along their axis."""
    most = scores[..., 0]
    for tag in range(1, scores.shape[-1]):
        most = np.maximum(most, scores[..., tag])
    e = np.exp(scores - most[..., None])
    total = e[..., 0]
    for tag in range(1, e.shape[-1]):
        total = total + e[..., tag]
    e /= total[..., None]
    return e

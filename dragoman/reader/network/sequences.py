"""The best valid sequence of tags, and the pieces it marks.

In: scores of tags at places, and which tag may follow which. Out: paths of tags, and ranges of places.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dragoman.reader.network.attributions import Array, Range

NEVER = -1e6


def best_sequence(scores: Array, moves: Array, first: Array) -> NDArray[np.int8]:
    """The best sequence of tags for each of many rows, by Viterbi's method.

    `scores` is [rows, places, tags]; `moves[a, b]` is added for tag b after tag a, `first[b]` for starting with b.
    """
    rows, places, _ = scores.shape
    if not places:
        return np.zeros((rows, 0), np.int8)
    best = scores.transpose(1, 2, 0).copy()  # the rows last, so that they are summed side by side
    best[0] += first[:, None]
    steps, reached = moves[:, :, None], np.empty((*moves.shape, rows), np.float32)
    for place in range(1, places):
        np.add(best[place - 1][:, None], steps, out=reached)
        best[place] += np.maximum.reduce(reached, 0)
    path = np.empty((places, rows), np.int8)
    path[-1] = best[-1].argmax(0)
    for place in range(places - 1, 0, -1):
        path[place - 1] = (best[place - 1] + moves[:, path[place]]).argmax(0)
    return path.T


def forbid(tags: Sequence[str], after: Mapping[str, Sequence[str]]) -> Array:
    """Zero where a tag may follow another, and almost minus infinity where it may not."""
    moves = np.zeros((len(tags), len(tags)), np.float32)
    for tag, allowed in after.items():
        for number, other in enumerate(tags):
            if other not in allowed:
                moves[number, tags.index(tag)] = NEVER
    return moves


def ranges(path: Sequence[int] | NDArray[np.int8], begin: int, inside: int) -> list[Range]:
    """The pieces of one role in a path of tags."""
    return [piece.span() for piece in _pieces(begin, inside).finditer(np.asarray(path, np.int8).tobytes())]


@cache
def _pieces(begin: int, inside: int) -> re.Pattern[bytes]:
    """A pattern of the pieces of one role, in a path of tags as bytes."""
    one, more = re.escape(bytes((begin,))), re.escape(bytes((inside,)))
    return re.compile(b"[%b%b]%b*+" % (one, more, more))


def runs(flags: NDArray[np.bool_]) -> list[Range]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]

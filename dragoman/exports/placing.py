"""Where the points of a graph are drawn: parts that nothing ties to each other lie beside each other, and names do not
cover names. In: names and edges. Out: for each name its place in pixels, and the height of the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

NAME = 34  # letters of a name that are shown
_LETTER, _LINE = 6.2, 42.0  # pixels that a letter takes, and a point with its name below it
_MARGIN, _TOP = 24.0, 30.0  # around a part of the graph; above its first point
_PASSES = 80  # over all pairs, in which names that cover each other are moved apart

Place = tuple[float, float]


class Tie(Protocol):
    """What is known of an edge here."""

    @property
    def origin(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def weight(self) -> float: ...


def places(names: Sequence[str], edges: Iterable[Tie], *, width: float, seed: int) -> tuple[dict[str, Place], float]:
    """The place of every name in a picture of this width, and its height."""
    if len(names) <= 8:
        height = max(220, 150 + 45 * len(names))
        ring = _ring(names) if len(names) != 1 else {names[0]: (0.5, 0.5)}
        return {n: (110 + x * (width - 220), 50 + y * (height - 100)) for n, (x, y) in ring.items()}, height
    import networkx as nx

    drawn = nx.Graph()
    drawn.add_nodes_from(names)
    drawn.add_weighted_edges_from((e.origin, e.to, abs(e.weight)) for e in edges if {e.origin, e.to} <= drawn.nodes)
    order = {name: number for number, name in enumerate(names)}
    parts = sorted((sorted(part, key=order.__getitem__) for part in nx.connected_components(drawn)),
                   key=lambda part: (-len(part), order[part[0]]))  # fmt: skip
    return _beside([_part(drawn.subgraph(part), part, width, seed) for part in parts], width)


def _ring(names: Sequence[str]) -> dict[str, Place]:
    turn = 2 * math.pi / max(1, len(names))
    return {n: (0.5 + 0.5 * math.sin(turn * i), 0.5 - 0.5 * math.cos(turn * i)) for i, n in enumerate(names)}


def _part(tied: Any, names: Sequence[str], width: float, seed: int) -> dict[str, Place]:
    """One part, from a corner of its own: force-directed (Fruchterman, Reingold 1991) where it has many points."""
    across = math.ceil(math.sqrt(len(names)))
    wide, tall = min(width - 240.0, 170.0 * across), 80.0 * math.ceil(len(names) / across)
    if len(names) == 1:
        return {names[0]: (0.0, 0.0)}
    if len(names) == 2:
        return {names[0]: (0.0, 0.0), names[1]: (300.0, 0.0)}
    if len(names) <= 8:
        return _apart({n: (x * wide, y * tall) for n, (x, y) in _ring(names).items()})
    import networkx as nx

    found = nx.spring_layout(tied, seed=seed)
    xs, ys = [x for x, _ in found.values()], [y for _, y in found.values()]
    across_all, down_all = (max(xs) - min(xs)) or 1.0, (max(ys) - min(ys)) or 1.0
    return _apart({
        n: (float((found[n][0] - min(xs)) / across_all * wide), float((found[n][1] - min(ys)) / down_all * tall))
        for n in names
    })  # fmt: skip


def _apart(placed: dict[str, Place]) -> dict[str, Place]:
    """Points moved up and down until no name covers another, as far as that goes."""
    names = sorted(placed, key=lambda n: (placed[n][1], placed[n][0]))
    xs, ys = [placed[n][0] for n in names], [placed[n][1] for n in names]
    half = [_half(n) for n in names]
    near = [
        (i, j) for i in range(len(names)) for j in range(i + 1, len(names)) if abs(xs[i] - xs[j]) < half[i] + half[j]
    ]
    for _ in range(_PASSES):
        moved = False
        for i, j in near:
            over = _LINE - abs(ys[j] - ys[i])
            if over > 0.5:
                low, high = (i, j) if ys[i] <= ys[j] else (j, i)
                ys[low], ys[high], moved = ys[low] - over / 2, ys[high] + over / 2, True
        if not moved:
            break
    return {n: (x, y) for n, x, y in zip(names, xs, ys, strict=True)}


def _half(name: str) -> float:
    """Half of what a point takes from left to right."""
    return max(14.0, min(len(name), NAME) * _LETTER / 2 + 4)


def _beside(parts: Iterable[dict[str, Place]], width: float) -> tuple[dict[str, Place], float]:
    """The parts in rows, one beside the other, as many to a row as there is room for."""
    placed: dict[str, Place] = {}
    left, top, tallest = _MARGIN, _TOP, 0.0
    for part in parts:
        least_x = min(x - _half(n) for n, (x, _) in part.items())
        least_y = min(y for _, y in part.values())
        wide = max(x + _half(n) for n, (x, _) in part.items()) - least_x
        tall = max(y for _, y in part.values()) - least_y + _LINE
        if left > _MARGIN and left + wide > width - _MARGIN:
            left, top, tallest = _MARGIN, top + tallest + _MARGIN, 0.0
        placed |= {n: (left + x - least_x, top + y - least_y) for n, (x, y) in part.items()}
        left, tallest = left + wide + _MARGIN, max(tallest, tall)
    return placed, top + tallest + _MARGIN

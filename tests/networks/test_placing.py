"""Where the points of a drawn graph lie: parts beside each other, and no name over another."""

from __future__ import annotations

import pytest

from dragoman.exports.pictures import Edge, graph
from dragoman.exports.pictures import Node as Point
from dragoman.exports.placing import places

PAIRS = [Edge(f"Party {n}", f"Other party {n}") for n in range(6)]
RING = [Edge(f"Member number {n}", f"Member number {(n + 1) % 20}") for n in range(20)]


def names_of(edges: list[Edge]) -> list[str]:
    return list(dict.fromkeys(name for e in edges for name in (e.origin, e.to)))


@pytest.mark.parametrize("alone", [0, 30])
@pytest.mark.parametrize("edges", [PAIRS, RING, PAIRS + RING])
def test_no_name_covers_another_and_all_are_inside(edges: list[Edge], alone: int) -> None:
    names = names_of(edges) + [f"Lone party {n}" for n in range(alone)]
    at, height = places(names, edges, width=760, seed=7)
    assert set(at) == set(names)
    for n, (x, y) in at.items():
        assert 0 < x < 760 and 0 < y < height
        for other, (there_x, there_y) in at.items():
            assert n == other or abs(x - there_x) > 40 or abs(y - there_y) > 20, (n, other)


def test_a_part_of_two_is_as_wide_as_the_words_between_them_however_many_parts_there_are() -> None:
    at, _ = places(names_of(PAIRS), PAIRS, width=760, seed=7)
    assert {at[e.to][0] - at[e.origin][0] for e in PAIRS} == {300.0}


def test_the_same_graph_is_drawn_the_same() -> None:
    points = [Point(n) for n in names_of(RING)]
    assert graph(points, RING) == graph(points, RING)

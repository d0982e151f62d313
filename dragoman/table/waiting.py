"""Who waits for whom: the graph of open requirements between parties, its deadlocks, and what would break them.

In: Conditions whose requirements say for whom they wait. Out: WaitsFor with its edges, and Deadlocks: rings of parties
each waiting for another, as a database finds them among locks.

A deadlock is a strongly connected set of parties [Tarjan1972]. Its breakers are the smallest sets of requirements whose
fulfilment leaves no ring: minimum feedback edge sets, where an edge costs as many requirements as it stands for. They
are found by branching on the edges of a ring that is not yet broken, exactly within 50,000 steps and 2,000 rings;
beyond that one set is found greedily and `exact` is False. At most 20 smallest sets are listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from dragoman.table.values import Condition, Evidence, Value

STEPS, RINGS, BREAKERS = 50_000, 2000, 20


@dataclass(frozen=True, slots=True)
class Wait(Value):
    """One party waits for another to do what it requires."""

    party: str
    waits_for: str
    requirement: str
    withholds: str
    condition: str
    status: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitsFor(Value):
    """The graph: parties, and an edge for every open requirement on another party."""

    parties: tuple[str, ...]
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class Deadlock(Value):
    """Parties that wait for each other in a ring, and the smallest sets of requirements that would free them."""

    parties: tuple[str, ...]
    rings: tuple[tuple[str, ...], ...]
    waits: tuple[Wait, ...]
    breakers: tuple[tuple[Wait, ...], ...]
    exact: bool


def waits_for(conditions: Iterable[Condition]) -> WaitsFor:
    """The waits-for graph of the requirements that are still open or only promised."""
    waits = []
    for condition in conditions:
        if condition.party is None:
            continue
        for requirement in condition.requires:
            if requirement.status in ("open", "promised"):
                waits += [
                    Wait(condition.party, other, requirement.what, condition.withholds, condition.id,
                         requirement.status, condition.evidence)
                    for other in requirement.waits_for if other != condition.party
                ]  # fmt: skip
    parties = sorted({p for wait in waits for p in (wait.party, wait.waits_for)})
    return WaitsFor(tuple(parties), tuple(waits))


def deadlocks(graph: WaitsFor) -> tuple[Deadlock, ...]:
    """Every deadlock of a waits-for graph, with its rings and breakers."""
    import networkx

    if not graph.waits:
        return ()
    edges: dict[tuple[str, str], list[Wait]] = defaultdict(list)
    for wait in graph.waits:
        edges[wait.party, wait.waits_for].append(wait)
    whole = networkx.DiGraph(list(edges))
    found = []
    for parties in networkx.strongly_connected_components(whole):
        if len(parties) < 2:
            continue
        part = whole.subgraph(sorted(parties))
        rings = [tuple(_from_least(ring)) for ring in islice(networkx.simple_cycles(part), RINGS + 1)]
        inside = [edge for edge in sorted(edges) if set(edge) <= set(parties)]
        breakers = _breakers(rings[:RINGS], edges) if len(rings) <= RINGS else None
        exact = breakers is not None
        if breakers is None:
            breakers = (_greedy(rings[:RINGS], edges),)
        chosen = tuple(tuple(w for edge in sorted(b) for w in edges[edge]) for b in breakers)
        found.append(
            Deadlock(
                tuple(sorted(parties)),
                tuple(sorted(rings[:RINGS], key=lambda r: (len(r), r))),
                tuple(w for edge in inside for w in edges[edge]),
                chosen,
                exact,
            )
        )
    return tuple(sorted(found, key=lambda d: d.parties))


def _from_least(ring: Sequence[str]) -> list[str]:
    first = ring.index(min(ring))
    return [*ring[first:], *ring[:first]]


Edge = tuple[str, str]


def _edges_of(ring: Sequence[str]) -> list[Edge]:
    return sorted(zip(ring, [*ring[1:], ring[0]], strict=True))


def _cost(edge: Edge, edges: dict[Edge, list[Wait]]) -> int:
    return len({(w.condition, w.requirement) for w in edges[edge]})


def _breakers(rings: list[tuple[str, ...]], edges: dict[Edge, list[Wait]]) -> tuple[frozenset[Edge], ...] | None:
    """All cheapest sets of edges that meet every ring, the first of them listed; None when that takes too long."""
    to_break = sorted((_edges_of(ring) for ring in rings), key=len)
    best: dict[frozenset[Edge], None] = {}
    bound = sum(_cost(edge, edges) for edge in {e for ring in to_break for e in ring})
    steps, waiting, seen = 0, [(frozenset[Edge](), 0)], set()
    while waiting:
        chosen, price = waiting.pop()
        steps += 1
        if steps > STEPS:
            return None
        if price > bound or chosen in seen:
            continue
        seen.add(chosen)
        ring = next((r for r in to_break if not chosen.intersection(r)), None)
        if ring is None:
            if price < bound:
                bound = price
                best.clear()
            best[chosen] = None
            continue
        waiting += [(chosen | {edge}, price + _cost(edge, edges)) for edge in reversed(ring)]
    return tuple(sorted(best, key=sorted)[:BREAKERS])


def _greedy(rings: list[tuple[str, ...]], edges: dict[Edge, list[Wait]]) -> frozenset[Edge]:
    left = [set(_edges_of(ring)) for ring in rings]
    chosen = set()
    while left:
        every = sorted({edge for ring in left for edge in ring})
        best = max(every, key=lambda edge: sum(edge in ring for ring in left) / _cost(edge, edges))
        chosen.add(best)
        left = [ring for ring in left if best not in ring]
    return frozenset(chosen)

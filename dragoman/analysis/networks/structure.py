"""What a network is like: communities, centralities, polarisation, the backbone of concepts, and how sure all this is.

In: a Network, or coded statements and choices. Out: frozen results that carry method, parameters and seed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from dragoman.analysis.networks.choices import Choices
from dragoman.analysis.networks.coded import Array, Coded, choose
from dragoman.analysis.networks.matrices import Network, network_of
from dragoman.analysis.networks.windows import networks
from dragoman.errors import NetworkError

SEED = 7


@dataclass(frozen=True)
class Communities:
    """Groups of nodes that hold together more than chance would have it."""

    groups: tuple[tuple[str, ...], ...]
    modularity: float
    method: str
    seed: int
    time: int | None = None  # the middle of the window, where there are windows


def communities(network: Network, *, seed: int = SEED, resolution: float = 1.0) -> Communities:
    """Louvain communities of a one-mode network on its positive weights [Blondel2008].

    Undefined for a network without positive ties: every node is then a group of its own and modularity is 0.
    """
    import networkx as nx

    graph = as_graph(network, positive=True)
    if graph.number_of_edges() == 0:
        return Communities(tuple((n,) for n in network.rows), 0.0, "louvain", seed)
    found = nx.community.louvain_communities(graph, weight="weight", seed=seed, resolution=resolution)
    groups = sorted((tuple(sorted(g)) for g in found), key=lambda g: (-len(g), g))
    score = nx.community.modularity(graph, found, weight="weight", resolution=resolution)
    return Communities(tuple(groups), float(score), f"louvain, resolution {resolution:g}", seed)


def as_graph(network: Network, *, positive: bool = False) -> Any:
    """The network as a NetworkX graph; a two-mode one has `bipartite` 0 for rows and 1 for columns."""
    import networkx as nx

    graph = nx.Graph()
    if network.one_mode:
        graph.add_nodes_from(network.rows)
    else:
        graph.add_nodes_from((("row", n) for n in network.rows), bipartite=0)
        graph.add_nodes_from((("column", n) for n in network.columns), bipartite=1)
        nx.set_node_attributes(graph, {n: n[1] for n in graph}, "name")
    for a, b, weight in network.edges():
        if not positive or weight > 0:
            ends = (a, b) if network.one_mode else (("row", a), ("column", b))
            graph.add_edge(*ends, weight=weight)
    return graph


@dataclass(frozen=True)
class Centrality:
    """One node: how many ties, how strong altogether, how often between others, and eigenvector centrality."""

    node: str
    degree: int
    strength: float
    betweenness: float
    eigenvector: float


def centralities(network: Network) -> tuple[Centrality, ...]:
    """Degree, strength, betweenness and eigenvector centrality, strongest first.

    Betweenness counts steps, not weights; eigenvector centrality is on absolute weights and 0 where nothing is tied.
    """
    import networkx as nx

    graph = as_graph(network)
    between = nx.betweenness_centrality(graph)
    names = list(graph)
    matrix = np.abs(nx.to_numpy_array(graph, nodelist=names, weight="weight"))
    vector = _leading(matrix)
    found = [
        Centrality(n if network.one_mode else n[1], graph.degree(n),
                   float(sum(abs(d["weight"]) for _, _, d in graph.edges(n, data=True))), float(between[n]), float(v))
        for n, v in zip(names, vector, strict=True)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda c: (-c.strength, c.node)))


def _leading(matrix: Array) -> Array:
    if not matrix.size or not matrix.any():
        return np.zeros(len(matrix))
    values, vectors = np.linalg.eigh(matrix)
    vector = np.abs(vectors[:, int(np.argmax(values))])
    return np.asarray(vector / np.linalg.norm(vector))


# ------------------------------------------------------------------------------------------------ polarisation


@dataclass(frozen=True)
class Polarisation:
    """The best split into balanced groups and how far it goes; the measure grows for lopsided splits: no share."""

    time: int | None
    groups: tuple[tuple[str, ...], ...]
    quality: float
    exact: bool
    method: str


EXACT_NODES = 16  # up to so many nodes every balanced split in two is tried


def polarisation(
    coded: Coded, choices: Choices, *, groups: int = 2, seed: int = SEED, starts: int = 20
) -> Polarisation:
    """The balanced partition with the greatest quality [section 9 of Leifeld's definition].

    C congruence and F conflict by average activity. Within a group congruence should exceed what an even spread would
    give and conflict be absent; between groups the reverse. Exact for two groups of up to 16 nodes; else the best of
    `starts` seeded greedy swaps. Quality is normalised by 2(‖C‖+‖F‖), 0 where both are empty.
    """
    if groups < 2:
        raise NetworkError(f"{groups} groups", where="polarisation", expected="at least 2")
    made = [next(networks(coded, replace(c, time_window="no", kernel="no"))) for c in _two_sides(choices)]
    return _polarised(made[0], made[1], groups, seed, starts)


def polarisation_over_time(
    coded: Coded, choices: Choices, *, groups: int = 2, seed: int = SEED, starts: int = 20
) -> Iterator[Polarisation]:
    """Polarisation in each window or kernel slice of `choices`, with the moment in its middle."""
    for congruence, conflict in zip(*(networks(coded, c) for c in _two_sides(choices)), strict=True):
        yield replace(_polarised(congruence, conflict, groups, seed, starts), time=congruence.time)


def communities_over_time(coded: Coded, choices: Choices, *, seed: int = SEED) -> Iterator[Communities]:
    """Communities of each window or kernel slice of a one-mode network, with the moment in its middle."""
    for network in networks(coded, replace(choices, network="onemode")):
        yield replace(communities(network, seed=seed), time=network.time)


def _two_sides(choices: Choices) -> list[Choices]:
    one = replace(choices, network="onemode", normalization="average")
    return [replace(one, aggregation=a) for a in ("congruence", "conflict")]


def _polarised(congruence: Network, conflict: Network, groups: int, seed: int, starts: int) -> Polarisation:
    names = congruence.rows
    c, f = congruence.dense(), conflict.dense()
    n = len(names)
    norm = np.abs(c).sum() + np.abs(f).sum()
    if n < groups or norm == 0:
        return Polarisation(None, (names,) if names else (), 0.0, True, "nothing to split")
    quality = _quality(c, f)
    exact = groups == 2 and n <= EXACT_NODES
    if exact:
        best = max((_split(n, half) for half in combinations(range(n), n // 2)), key=quality)
    else:
        best = _swapped(quality, n, groups, seed, starts)
    parts = tuple(tuple(names[i] for i in np.flatnonzero(best == g)) for g in range(groups))
    method = "every balanced split" if exact else f"greedy swaps from {starts} starts, seed {seed}"
    ordered = tuple(sorted(parts, key=lambda p: (-len(p), p)))
    return Polarisation(None, ordered, float(quality(best) / (2 * norm)), exact, method)


def _split(n: int, half: Sequence[int]) -> Array:
    labels = np.zeros(n, np.int64)
    labels[list(half)] = 1
    return labels


def _quality(c: Array, f: Array) -> Callable[[Array], float]:
    absolute_c, absolute_f = np.abs(c).sum(), np.abs(f).sum()
    n = len(c)
    off = ~np.eye(n, dtype=bool)

    def quality(labels: Array) -> float:
        same = (labels[:, None] == labels[None, :]) & off
        sizes = np.bincount(labels).astype(float)
        within = float((sizes * (sizes - 1)).sum())
        between = n * (n - 1) - within
        expected_c, expected_f = np.zeros((n, n)), np.zeros((n, n))
        if within:
            e = sizes * (sizes - 1) / within * absolute_c / within
            expected_c = np.broadcast_to(e[labels][:, None], (n, n))
        if between:
            expected_f = sizes[labels][:, None] * sizes[labels][None, :] / between * absolute_f / between
        inside = (np.abs(c - expected_c) + np.abs(f))[same].sum()
        outside = (np.abs(c) + np.abs(f - expected_f))[~same & off].sum()
        return float(inside + outside)

    return quality


def _swapped(quality: Callable[[Array], float], n: int, groups: int, seed: int, starts: int) -> Array:
    generator, best, best_quality = np.random.default_rng(seed), np.zeros(n, np.int64), -math.inf
    for _ in range(starts):
        labels = generator.permutation(np.arange(n) % groups)
        now, improved = quality(labels), True
        while improved:
            improved = False
            for i, j in combinations(range(n), 2):
                if labels[i] != labels[j]:
                    labels[i], labels[j] = labels[j], labels[i]
                    new = quality(labels)
                    if new > now + 1e-12:
                        now, improved = new, True
                    else:
                        labels[i], labels[j] = labels[j], labels[i]
        if now > best_quality:
            best, best_quality = labels.copy(), now
    return best


# ------------------------------------------------------------------------------------------------ the backbone


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
    """The concepts that preserve the spectrum of the whole network [section 8 of Leifeld's definition].

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


# ------------------------------------------------------------------------------------------------ uncertainty


@dataclass(frozen=True)
class Interval:
    """A tie's weight, its interval over resampled documents, and how often its ends fall into one community."""

    row: str
    column: str
    weight: float
    low: float
    high: float
    together: float | None


def resampled(coded: Coded, choices: Choices, *, times: int, seed: int = SEED) -> Iterator[Network]:
    """Networks of documents drawn with replacement [Efron1979]; a document drawn twice counts twice."""
    chosen = choose(coded, choices)
    used, generator = chosen.used, np.random.default_rng(seed)
    documents, place = np.unique(used.documents, return_inverse=True)
    own = np.ones(len(used)) if used.weights is None else used.weights
    for _ in range(times):
        drawn = np.bincount(generator.integers(len(documents), size=len(documents)), minlength=len(documents))
        weighted = replace(used, weights=own * drawn[place])
        yield network_of(weighted, chosen.loaded, choices, start=chosen.start, stop=chosen.stop)


def intervals(
    coded: Coded, choices: Choices, *, times: int = 200, level: float = 0.95, seed: int = SEED
) -> tuple[Interval, ...]:
    """Percentile intervals for every tie, by bootstrap over documents, and shared community for one-mode networks."""
    chosen = choose(coded, choices)
    whole = network_of(chosen.used, chosen.loaded, choices, start=chosen.start, stop=chosen.stop)
    edges = whole.edges()
    if not edges or times < 1:
        return ()
    rows, columns = ({n: i for i, n in enumerate(names)} for names in (whole.rows, whole.columns))
    at = np.array([[rows[a], columns[b]] for a, b, _ in edges])
    samples, together = np.zeros((times, len(edges))), np.zeros(len(edges))
    for t, made in enumerate(resampled(coded, choices, times=times, seed=seed)):
        samples[t] = made.dense()[at[:, 0], at[:, 1]]
        if whole.one_mode:
            member = {n: g for g, group in enumerate(communities(made, seed=seed).groups) for n in group}
            together += np.array([member[a] == member[b] for a, b, _ in edges], float)
    tail = (1 - level) / 2
    low, high = np.quantile(samples, [tail, 1 - tail], axis=0)
    return tuple(
        Interval(a, b, w, float(lo), float(hi), float(s) / times if whole.one_mode else None)
        for (a, b, w), lo, hi, s in zip(edges, low, high, together, strict=True)
    )

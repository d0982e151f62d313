"""Which nodes matter: ties, strength, betweenness and eigenvector centrality of a Network, one Centrality a node."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dragoman.analysis.networks.coded import Array
from dragoman.analysis.networks.graphs import as_graph
from dragoman.analysis.networks.matrices import Network


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

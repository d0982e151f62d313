"""Which nodes hold together: communities of one network, and of each window of time.

In: a one-mode Network, or coded statements and choices. Out: Communities with method and seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.analysis.networks.choices import SEED, Choices
from dragoman.analysis.networks.coded import Coded
from dragoman.analysis.networks.graphs import as_graph
from dragoman.analysis.networks.matrices import Network
from dragoman.analysis.networks.windows import networks


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


def communities_over_time(coded: Coded, choices: Choices, *, seed: int = SEED) -> Iterator[Communities]:
    """Communities of each window or kernel slice of a one-mode network, with the moment in its middle."""
    for network in networks(coded, replace(choices, network="onemode")):
        yield replace(communities(network, seed=seed), time=network.time)

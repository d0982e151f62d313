"""A Network as a graph of the library NetworkX, which works out communities and centralities and writes files."""

from __future__ import annotations

from typing import Any

from dragoman.analysis.networks.matrices import Network


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

"""A Network -> files: matrices, edge lists, graphs for other programs, pictures.

In: a Network (or several, one a window). Out: text or bytes in the format asked for; numbers that are whole are written
as such, others with all their digits.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from dragoman.analysis.networks import Network
from dragoman.analysis.networks.coded import iso
from dragoman.analysis.networks.communities import communities
from dragoman.analysis.networks.graphs import as_graph
from dragoman.analysis.sheets import defused
from dragoman.errors import InputError, MissingExtra
from dragoman.exports.pictures import Edge, Node, graph

FORMATS = ("text", "csv", "edges", "json", "graphml", "gexf", "pajek", "dl", "parquet", "svg")


def write(networks: Sequence[Network], form: str) -> bytes:
    """The networks in one of FORMATS; formats of one graph take exactly one network."""
    one = {"graphml": _graphml, "gexf": _gexf, "pajek": _pajek, "dl": _dl, "svg": _svg, "csv": _matrix}
    if form in one:
        if len(networks) != 1:
            raise InputError(f"{len(networks)} networks", where=form, expected="one network",
                             todo="Use json, edges or parquet for windows, or choose one window")  # fmt: skip
        return one[form](networks[0])
    if form == "json":
        return json.dumps([n.to_json() for n in networks], ensure_ascii=False).encode()
    if form == "edges":
        return _edges(networks)
    if form == "parquet":
        return _parquet(networks)
    if form == "text":
        tied = [n for n in networks if any(True for _ in n.edges())] or networks[:1]  # days without coverage make many
        told = [_text(n) for n in tied]
        if len(tied) < len(networks):
            told.append(f"{len(networks) - len(tied):,} windows without ties are left out.")
        return "\n\n".join(told).encode() + b"\n"
    raise InputError(f"format {form!r}", where="network", expected=", ".join(FORMATS))


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _matrix(network: Network) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["", *map(defused, network.columns)])
    for name, row in zip(network.rows, network.dense(), strict=True):
        writer.writerow([defused(name), *(_number(v) for v in row)])
    return out.getvalue().encode()


def _edge_rows(networks: Sequence[Network]) -> list[dict[str, Any]]:
    return [
        {"time": None if n.time is None else iso(n.time), "start": iso(n.start), "stop": iso(n.stop), "source": a,
         "target": b, "weight": w}
        for n in networks for a, b, w in n.edges()
    ]  # fmt: skip


def _edges(networks: Sequence[Network]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["time", "start", "stop", "source", "target", "weight"], lineterminator="\n")
    writer.writeheader()
    for row in _edge_rows(networks):
        names = {side: defused(row[side]) for side in ("source", "target")}
        writer.writerow({**row, **names, "weight": _number(row["weight"])})
    return out.getvalue().encode()


def _parquet(networks: Sequence[Network]) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtra("pyarrow", "parquet") from None
    rows = _edge_rows(networks)
    names = ("time", "start", "stop", "source", "target")
    columns = {name: pa.array([r[name] for r in rows], pa.string()) for name in names}
    columns["weight"] = pa.array([r["weight"] for r in rows], pa.float64())
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return bytes(sink.getvalue().to_pybytes())


def _named_graph(network: Network) -> Any:
    """A graph whose nodes other programs can read: plain names, and which side they are on."""
    import networkx as nx

    made = as_graph(network)
    if not network.one_mode:
        both = set(network.rows) & set(network.columns)
        nx.relabel_nodes(made, {n: f"{n[1]} ({n[0]})" if n[1] in both else n[1] for n in made}, copy=False)
    return made


def _graphml(network: Network) -> bytes:
    import networkx as nx

    out = io.BytesIO()
    nx.write_graphml(_named_graph(network), out, encoding="utf-8")
    return out.getvalue()


def _gexf(network: Network) -> bytes:
    import networkx as nx

    out = io.BytesIO()
    nx.write_gexf(_named_graph(network), out, encoding="utf-8")
    return out.getvalue()


def _pajek(network: Network) -> bytes:
    lines = [f"*Vertices {len(names := _names(network))}" + ("" if network.one_mode else f" {len(network.rows)}")]
    lines += [f'{n} "{name.replace(chr(34), chr(39))}"' for n, name in enumerate(names, 1)]
    lines.append("*Edges")
    shift = 0 if network.one_mode else len(network.rows)
    rows, columns = ({n: i for i, n in enumerate(side, 1)} for side in (network.rows, network.columns))
    lines += [f"{rows[a]} {columns[b] + shift} {_number(w)}" for a, b, w in network.edges()]
    return ("\r\n".join(lines) + "\r\n").encode()


def _names(network: Network) -> list[str]:
    return list(network.rows) if network.one_mode else [*network.rows, *network.columns]


def _dl(network: Network) -> bytes:
    """UCINET DL with a full matrix; labels lose their quotation marks, as the format asks."""
    size = f"n = {len(network.rows)}" if network.one_mode else f"nr = {len(network.rows)}, nc = {len(network.columns)}"
    head = [f"dl {size}, format = fullmatrix"]

    def labels(names: Sequence[str]) -> str:
        return ",\n".join('"' + n.replace('"', "'") + '"' for n in names)

    if network.one_mode:
        head += ["labels:", labels(network.rows)]
    else:
        head += ["row labels:", labels(network.rows), "col labels:", labels(network.columns)]
    data = [" ".join(_number(v) for v in row) for row in network.dense()]
    return ("\n".join([*head, "data:", *data]) + "\n").encode()


def _text(network: Network) -> str:
    c = network.choices
    window = f" around {iso(network.time)[:10]}" if network.time is not None else ""
    head = (
        f"{c.network}, {c.variable1} by {c.variable2}, {c.aggregation}, normalization {c.normalization}, {c.flavour}"
        f"{window}: {len(network.rows)} × {len(network.columns)}, {network.statements} statements"
    )
    edges = sorted(network.edges(), key=lambda e: -abs(e[2]))
    if not edges:
        return f"{head}\n(no ties)"
    wide = max(len(a) for a, _, _ in edges)
    return "\n".join([head, *(f"  {a:<{wide}}  {w:>10.4g}  {b}" for a, b, w in edges)])


def _svg(network: Network) -> bytes:
    return picture(network).encode()


def picture(network: Network, *, title: str = "", most: int = 150) -> str:
    """The network drawn: communities in colours for one-mode, ties against in red; at most `most` strongest ties."""
    edges = sorted(network.edges(), key=lambda e: -abs(e[2]))[:most]
    if network.one_mode:
        member = {n: g for g, group in enumerate(communities(network).groups) for n in group}
        nodes = [Node(n, colour=member.get(n, 0), size=0.5) for n in network.rows]
        drawn = [Edge(a, b, "", f"{a} – {b}: {w:.4g}", w < 0, w) for a, b, w in edges]
    else:
        nodes = [Node(f"{n}", colour=0, size=0.6) for n in network.rows]
        twice = set(network.rows)
        nodes += [Node(n if n not in twice else f"{n} ", colour=1, size=0.3) for n in network.columns]
        drawn = [Edge(a, b if b not in twice else f"{b} ", "", f"{a} – {b}: {w:.4g}", w < 0, w) for a, b, w in edges]
    return graph(
        nodes, drawn, directed=False, title=title or f"{network.choices.variable1}, {network.choices.aggregation}"
    )

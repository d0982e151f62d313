"""Pictures of a Table: who waits for whom, the calendar, estimates by source, where reports come from.

In: a Table. Out: SVG text; `write_picture` keeps it as .svg or .png.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dragoman.errors import InputError
from dragoman.exports.pictures import Edge, Estimate, Mark, Node, chart, graph, timeline
from dragoman.table import Table
from dragoman.table.values import Figure, in_digits

Gettext = Callable[[str], str]


def _same(text: str) -> str:
    return text


def waits_for_picture(table: Table, *, _: Gettext = _same) -> str:
    """Who waits for whom; edges of a ring are drawn in red."""
    waits = table.waits_for()
    rings = [ring for lock in table.deadlocks() for ring in lock.rings]
    inside = {(a, b) for ring in rings for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)}
    locked = {name for ring in rings for name in ring}
    merged: dict[tuple[str, str], list[str]] = {}
    for w in waits.waits:
        merged.setdefault((w.party, w.waits_for), []).append(f"{w.requirement} ({_(w.status)})")
    return graph(
        [Node(n, colour=4 if n in locked else 0) for n in waits.parties],
        [
            Edge(a, b, label=what[0] if len(what) == 1 else f"{what[0]} +{len(what) - 1}", title="; ".join(what),
                 alert=(a, b) in inside)
            for (a, b), what in merged.items()
        ],
        title=_("Who waits for whom"),
    )  # fmt: skip


def calendar_picture(table: Table, *, _: Gettext = _same, narrow: bool = False) -> str:
    """Deadlines with their moves, and meetings, on one timeline; `narrow` for a phone."""
    marks = []
    for d in table.deadlines:
        moves = [m for m in d.moves if m.to]
        for before, after in zip([d.date, *(m.to for m in moves)], moves, strict=False):
            if before and after.to and before != after.to:
                move = _(after.kind)
                marks.append(Mark(d.what, before, move, f"{move}: {after.to}", 1, after.to, hollow=True))
        if d.date:
            gone = d.status in ("dropped", "denied", "passed")
            marks.append(Mark(d.what, d.date, d.what, f"{d.what}: {d.date} ({_(d.status)})", 1, hollow=gone))
    for m in table.meetings:
        if m.date:
            title = f"{m.name}: {m.date} ({_(m.status)})"
            marks.append(
                Mark(m.name, m.date, m.name, title, 2, m.moved_to, hollow=m.status in ("cancelled", "postponed"))
            )
    marks.sort(key=lambda m: (m.day, m.row))
    return timeline(marks, today=table.asof or None, title=_("Deadlines and meetings"), narrow=narrow)


def interval(figure: Figure) -> tuple[float | None, float | None]:
    """The least and greatest value that a figure's bound allows; None where it is open."""
    q = figure.quantity
    if figure.bound in ("more than", "at least"):
        return q, None
    if figure.bound in ("less than", "up to"):
        return None, q
    return q, q


def is_about(subject: str, words: str) -> bool:
    """Whether what a figure is about has all of these words."""
    return set(words.casefold().split()) <= set(subject.casefold().split())


def figures_picture(table: Table, *, about: str | None = None, _: Gettext = _same) -> str:
    """Estimates by source over time: those about `about`, else of the most disputed matter."""
    groups: dict[str, list[Figure]] = {}
    for f in table.figures:
        if f.quantity is not None:
            groups.setdefault(f.about, []).append(f)
    if about is not None:
        groups = {name: found for name, found in groups.items() if is_about(name, about)}
        if not groups:
            raise InputError(
                f"no figure about {about!r}", where="figures", todo="`dragoman figures` lists what there is"
            )
    if not groups:
        return chart([], title=_("Figures"))
    disputed = {d.about: len(d.figures) for d in table.disputed_figures}
    chosen = max(groups, key=lambda name: (disputed.get(name, 0), len(groups[name]), name))
    estimates = []
    for f in sorted(groups[chosen], key=lambda f: (f.given_on, f.by or "")):
        title = f"{f.by or '–'}, {f.given_on}: {f.bound} {in_digits(f.quantity or 0)} {f.unit or ''}"
        estimates.append(Estimate(f.by or "–", f.given_on, *interval(f), title))
    return chart(estimates, title=chosen, unit=chosen)


def sources_picture(table: Table, *, _: Gettext = _same) -> str:
    """Which report goes back to which, and which outlet cites which; rings in red."""
    origins = table.origins
    circular = {pair for r in origins.circular for pair in zip(r.outlets, (*r.outlets[1:], r.outlets[0]), strict=True)}
    edges = [Edge(link.document, link.to, link.kind, link.because) for link in origins.links]
    edges += [
        Edge(c.outlet, c.cites, "", ", ".join(c.documents), alert=(c.outlet, c.cites) in circular, weight=c.statements)
        for c in origins.citations
    ]
    names = list(dict.fromkeys(n for e in edges for n in (e.origin, e.to)))
    documents = set(table.documents)
    return graph([Node(n, colour=0 if n in documents else 1) for n in names], edges, title=_("Where reports come from"))


def write_picture(svg: str, path: Path) -> None:
    """Keep a picture as .svg or .png (drawn by typst, which needs no system library); other endings are refused."""
    if path.suffix == ".svg":
        path.write_text(svg, "utf-8")
    elif path.suffix == ".png":
        import typst

        source = b'#set page(width: auto, height: auto, margin: 8pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
        path.write_bytes(typst.compile(source, format="png", ppi=144.0, sys_inputs={"svg": svg}))
    else:
        raise InputError(f"a picture called {path.name!r}", where="--plot", expected="a name ending in .svg or .png")

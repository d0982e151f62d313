"""Plain values -> SVG pictures, one drawing for page, brief and file: a graph, a timeline, a chart of estimates.

Pictures are made of presentation attributes and classes only (no style, no script), so that they pass the desk's
Content-Security-Policy, print, and open anywhere. Every mark carries a title that says in words what it shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr

from dragoman.exports.placing import NAME, places

INK, FAINT, LINE = "#1d2023", "#5b6168", "#c9c4ba"
COLOURS = ("#1b5e8a", "#b4541a", "#2c7a4b", "#7b3f98", "#a8323e", "#6b6f1d", "#2a7f86", "#8a5a3c")
LABELLED = 8  # edges of a graph that still have room for their labels
_LATEST = date(9000, 1, 1)
_FONT = "system-ui, 'Noto Sans', 'Noto Sans Arabic', sans-serif"


@dataclass(frozen=True, slots=True)
class Node:
    """A named point of a graph; `colour` is a number into the palette."""

    name: str
    title: str = ""
    colour: int = 0
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two named points."""

    origin: str
    to: str
    label: str = ""
    title: str = ""
    alert: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One dated thing on a timeline: a row's name, a day, and the day it ended or moved to."""

    row: str
    day: str
    label: str
    title: str = ""
    colour: int = 0
    until: str | None = None
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimate on a chart: from low to high (one of them None when the bound is open), whose, and when."""

    series: str
    day: str
    low: float | None
    high: float | None
    title: str = ""


def graph(
    nodes: Sequence[Node], edges: Sequence[Edge], *, directed: bool = True, title: str = "", seed: int = 7
) -> str:
    """A graph, its parts beside each other, each in a repeatable layout; a ring up to 8 points.

    Of many edges each tells by its title alone what it is: their labels would cover each other.
    """
    width = 760
    at, height = places([n.name for n in nodes], edges, width=width, seed=seed)
    heaviest = max((abs(e.weight) for e in edges), default=1.0) or 1.0
    parts = [_marker("arrow", FAINT), _marker("alert", "#b3261e")]
    pairs = {(e.origin, e.to) for e in edges}
    for edge in edges:
        if edge.origin not in at or edge.to not in at:
            continue
        told = edge if len(edges) <= LABELLED else replace(edge, label="", title=edge.title or edge.label)
        parts.append(_arrow(told, at, directed, (edge.to, edge.origin) in pairs, heaviest))
    for node in nodes:
        x, y = at[node.name]
        radius = 6 + 8 * math.sqrt(max(0.0, node.size))
        parts.append(
            f'<g class="node"><title>{escape(node.title or node.name)}</title>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{COLOURS[node.colour % len(COLOURS)]}"/>'
            + _text(x, y + radius + 14, _short(node.name, NAME), anchor="middle")
            + "</g>"
        )
    return _svg(width, height, parts, title)


def timeline(marks: Sequence[Mark], *, today: str | None = None, title: str = "", narrow: bool = False) -> str:
    """Rows of dated marks, a move a line from the first day to the second; `narrow` as a phone has room for."""
    days = [d for m in marks for d in (_day(m.day), _day(m.until)) if d]
    if today and (now := _day(today)):
        days.append(now)
    rows = list(dict.fromkeys(m.row for m in marks))
    width, left, top, step = (370, 36, 40, 44) if narrow else (860, 230, 40, 30)
    height = top + step * max(1, len(rows)) + 20
    if not days:
        return _svg(width, 60, [_text(10, 34, "—")], title)
    first, last = min(days), max(days)
    span = max(1, (last - first).days)

    def x(day: date) -> float:
        return left + (day - first).days / span * (width - left - 30)

    parts = _date_axis(first, last, x, top, height, most=3 if narrow else 8)
    if today and (now := _day(today)):
        parts.append(f'<line x1="{x(now):.1f}" x2="{x(now):.1f}" y1="{top - 8}" y2="{height - 12}" stroke="#b3261e"/>')
    for number, row in enumerate(rows):
        y = top + step * number + step / 2
        parts.append(_text(8, y - 12, _short(row, 54)) if narrow else _text(8, y + 4, _short(row, 32)))
        parts.append(f'<line x1="{left}" x2="{width - 20}" y1="{y}" y2="{y}" stroke="{LINE}" stroke-dasharray="2 4"/>')
    for mark in marks:
        start = _day(mark.day)
        if start is None:
            continue
        y = top + step * rows.index(mark.row) + step / 2
        colour = COLOURS[mark.colour % len(COLOURS)]
        body = f"<title>{escape(mark.title or mark.label)}</title>"
        if end := _day(mark.until):
            body += (
                f'<line x1="{x(start):.1f}" x2="{x(end):.1f}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="3"/>'
            )
        fill = "none" if mark.hollow else colour
        body += f'<circle cx="{x(start):.1f}" cy="{y}" r="6" fill="{fill}" stroke="{colour}" stroke-width="2"/>'
        parts.append(f"<g>{body}</g>")
    return _svg(width, height, parts, title)


def chart(estimates: Sequence[Estimate], *, title: str = "", unit: str = "") -> str:
    """Estimates by source over time; a bar for a range, an arrow where one end is open."""
    known = [e for e in estimates if _day(e.day) and (e.low is not None or e.high is not None)]
    width, height, left, bottom = 760, 340, 90, 60
    top = 50 if unit else 30  # the unit stands above the days
    if not known:
        return _svg(width, 60, [_text(10, 34, "—")], title)
    days = [d for e in known if (d := _day(e.day))]
    first, last, beside = min(days), max(days), 20  # room beside the first and the last for several of one day
    values = [v for e in known for v in (e.low, e.high) if v is not None]
    low, high = min([*values, 0.0]), max(values) * 1.08 or 1.0

    def x(day: date) -> float:
        return left + beside + (day - first).days / max(1, (last - first).days) * (width - left - 30 - 2 * beside)

    def y(value: float) -> float:
        return top + (high - value) / ((high - low) or 1.0) * (height - top - bottom)

    parts = _date_axis(first, last, x, top, height - bottom + 20)
    for tick in _ticks(low, high):
        parts.append(f'<line x1="{left}" x2="{width - 30}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="{LINE}"/>')
        parts.append(_text(left - 8, y(tick) + 4, f"{tick:,.6g}", anchor="end"))
    series = list(dict.fromkeys(e.series for e in known))
    for e in known:
        number, day = series.index(e.series), _day(e.day)
        assert day is not None
        parts.append(_estimate(e, x(day) + 4 * (number - len(series) / 2), y, COLOURS[number % len(COLOURS)]))
    for number, name in enumerate(series):
        px = left + number % 3 * 215
        py = height - 26 + number // 3 * 16
        parts.append(f'<circle cx="{px}" cy="{py - 4}" r="5" fill="{COLOURS[number % len(COLOURS)]}"/>')
        parts.append(_text(px + 10, py, _short(name, 28)))
    height += max(0, (len(series) - 1) // 3) * 16
    if unit:
        parts.append(_text(8, 14, unit))
    return _svg(width, height, parts, title)


# ------------------------------------------------------------------------------------------------------ drawing


def _svg(width: float, height: float, parts: Sequence[str], title: str) -> str:
    label = f"<title>{escape(title)}</title>" if title else ""
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    look = f'role="img" font-family="{_FONT}" font-size="12" direction="ltr"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {look}>{label}{"".join(parts)}</svg>'


def _text(x: float, y: float, words: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{INK}">{escape(words)}</text>'


def _short(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


def _marker(name: str, colour: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="12" markerHeight="12" '
        f'markerUnits="userSpaceOnUse" orient="auto">'
        f'<path d="M0 0L10 5L0 10z" fill="{colour}"/></marker>'
    )


def _arrow(
    edge: Edge, at: Mapping[str, tuple[float, float]], directed: bool, both: bool, heaviest: float
) -> str:  # fmt: skip
    (x1, y1), (x2, y2) = at[edge.origin], at[edge.to]
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    bend = 26 if both and directed else 0
    mx, my = (x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend
    gap = 18
    path = f"M{x1 + ux * gap:.1f} {y1 + uy * gap:.1f}Q{mx:.1f} {my:.1f} {x2 - ux * gap:.1f} {y2 - uy * gap:.1f}"
    if edge.origin == edge.to:
        top = f"{x1 - 40:.1f} {y1 - 60:.1f} {x1 + 40:.1f} {y1 - 60:.1f}"
        path = f"M{x1 - 8:.1f} {y1 - 14:.1f}C{top} {x1 + 8:.1f} {y1 - 14:.1f}"
    colour = "#b3261e" if edge.alert else FAINT
    marker = f' marker-end="url(#{"alert" if edge.alert else "arrow"})"' if directed else ""
    stroke = 1 + 3 * abs(edge.weight) / heaviest
    label = _text(mx, my - 4, _short(edge.label, 40), anchor="middle") if edge.label else ""
    title = escape(edge.title or f"{edge.origin} → {edge.to} {edge.label}")
    kind = quoteattr("edge alert" if edge.alert else "edge")
    return (
        f"<g class={kind}><title>{title}</title>"
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{stroke:.1f}"{marker}/>{label}</g>'
    )


def _day(text: str | None) -> date | None:
    """The first day that an ISO date of any precision covers; none so late that an axis would end beyond time."""
    if not text:
        return None
    parts = text[:10].split("-")
    try:
        day = date(int(parts[0]), int(parts[1]) if len(parts) > 1 else 1, int(parts[2]) if len(parts) > 2 else 1)
    except ValueError:
        return None
    return day if day < _LATEST else None


def _date_axis(first: date, last: date, x: object, top: float, bottom: float, *, most: int = 8) -> list[str]:
    assert callable(x)
    span = max(1, (last - first).days)
    step = next((s for s in (1, 2, 7, 14, 31, 92, 183, 366, 1830, 3660) if span / s <= most), span // most)
    parts, day = [], first
    while day <= last:
        parts.append(f'<line x1="{x(day):.1f}" x2="{x(day):.1f}" y1="{top - 6}" y2="{bottom - 18}" stroke="{LINE}"/>')
        parts.append(_text(x(day), top - 12, day.isoformat(), anchor="middle"))
        day += timedelta(days=step)
    return parts


def _ticks(low: float, high: float) -> list[float]:
    if not math.isfinite(high - low) or high <= low:
        return [low]
    step = 10.0 ** math.floor(math.log10((high - low) / 4))
    step *= next(m for m in (1, 2, 5, 10) if (high - low) / (step * m) <= 6)
    first = math.ceil(low / step)
    return [step * n for n in range(first, first + 12) if step * n <= high]


def _estimate(estimate: Estimate, x: float, y: Callable[[float], float], colour: str) -> str:
    """A bar from low to high with a point at each end; an arrow where an end is open."""
    ends = [v for v in (estimate.low, estimate.high) if v is not None]
    low, high = y(min(ends)), y(max(ends))
    body = f"<title>{escape(estimate.title or estimate.series)}</title>"
    body += f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{high:.1f}" stroke="{colour}" stroke-width="4"/>'
    if estimate.high is None:
        body += _open_end(x, low, -1, colour)
    if estimate.low is None:
        body += _open_end(x, high, 1, colour)
    points = "".join(
        f'<circle cx="{x:.1f}" cy="{end:.1f}" r="5" fill="{colour}"/>' for end in dict.fromkeys((low, high))
    )
    return f"<g>{body}{points}</g>"


def _open_end(x: float, y: float, way: int, colour: str) -> str:
    return (
        f'<path d="M{x:.1f} {y:.1f}v{way * 18}m-5 {-way * 6}l5 {way * 6}l5 {-way * 6}" fill="none" '
        f'stroke="{colour}" stroke-width="2"/>'
    )

"""An outlook comes in; drawings of it go out as SVG text: moves between states, the stability table, the evolution."""

from collections.abc import Sequence
from html import escape
from math import cos, pi, sin
from textwrap import wrap

import numpy as np

from dragoman.analysis.language import ENGLISH, Language, said
from dragoman.analysis.outlook.analysis import Outlook
from dragoman.errors import ModelError

COLOURS = ("#1b5e85", "#b3541e", "#3d7a45", "#7a4b94", "#8a6d1d", "#5a5f66", "#a03a5b")
DRAWN_STATES = 64
CAPTIONS = ("Dotted rims: not reached by improvements alone.", "Green: holds by some concept.")
LETTER, SMALL = 7.5, 6.2  # pixels that a letter takes at most, on average, in the two sizes of text
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1c2227}.small{font-size:11px;fill:#4d565e}.node{fill:#fff;stroke:#4d565e}"  # noqa: E501
    ".holds{fill:#e2efe4;stroke:#3d7a45;stroke-width:2.5}.start{stroke-dasharray:4 3;stroke-width:2.5}"
    ".yes{fill:#3d7a45}.no{fill:#d9dde0}"
)


def moves_picture(outlook: Outlook, *, concept: str = "", language: Language = ENGLISH) -> str:
    """The graph of moves: improvements as full lines with an arrow, other moves thin and dotted; equilibria are
    green."""
    space, solver = outlook.solver.space, outlook.solver
    _small_enough(len(space))
    concept = concept or next(iter(outlook.verdicts))
    holding = set(outlook.verdicts[concept].equilibria.tolist())
    radius = max(140, 15 * len(space))
    width = height = 2 * radius + 160
    spots = [
        (width / 2 + radius * sin(2 * pi * k / len(space)), height / 2 - radius * cos(2 * pi * k / len(space)))
        for k in range(len(space))
    ]
    parts = [_markers(len(outlook.conflict.names))]
    for i, arcs in enumerate(solver.moves):
        better = solver.orders[i].better(arcs.target, arcs.source)
        moved = set(zip(arcs.source.tolist(), arcs.target.tolist(), strict=True))
        for source, target, improves in zip(arcs.source.tolist(), arcs.target.tolist(), better.tolist(), strict=True):
            if (
                improves
                or (target, source) not in moved
                or (source < target and not _improves(solver, i, target, source))
            ):
                parts.append(_arrow(spots[source], spots[target], i, len(solver.moves), improves=improves))
    start = outlook.evolution.start if outlook.evolution else 0
    for k, (x, y) in enumerate(spots):
        kind = "holds" if k + 1 in holding else "node"
        parts.append(
            f'<circle class="{kind}{" start" if k + 1 == start else ""}" cx="{x:.1f}" cy="{y:.1f}" r="17"/>'
            f'<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="middle">{k + 1}</text>'
            f'<text class="small" x="{x:.1f}" y="{y + 31:.1f}" text-anchor="middle">{escape(space.name(k + 1))}</text>'
        )
    for i, name in enumerate(outlook.conflict.names):
        parts.append(
            f'<rect x="8" y="{10 + 20 * i}" width="14" height="4" fill="{COLOURS[i % len(COLOURS)]}"/>'
            f'<text class="small" x="28" y="{17 + 20 * i}">{escape(name)}</text>'
        )
    title = said(
        language, "Moves and improvements in %(title)s; states that hold by %(concept)s are green",
        title=outlook.conflict.title, concept=concept,
    )  # fmt: skip
    return _svg(width, height, title, parts)


def _improves(solver: object, i: int, source: int, target: int) -> bool:
    return bool(solver.orders[i].better(np.array([target]), np.array([source]))[0])  # type: ignore[attr-defined]


def _markers(makers: int) -> str:
    heads = "".join(
        f'<marker id="head{i}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="{COLOURS[i % len(COLOURS)]}"/></marker>'
        for i in range(makers)
    )
    return f"<defs>{heads}</defs>"


def _arrow(start: tuple[float, float], end: tuple[float, float], i: int, makers: int, *, improves: bool) -> str:
    length = max(1.0, ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5)
    across = (-(end[1] - start[1]) / length, (end[0] - start[0]) / length)
    bend = 10 + 6 * (i - (makers - 1) / 2)
    middle = ((start[0] + end[0]) / 2 + across[0] * bend, (start[1] + end[1]) / 2 + across[1] * bend)
    along = ((end[0] - start[0]) / length * 19, (end[1] - start[1]) / length * 19)
    colour = COLOURS[i % len(COLOURS)]
    look = f'stroke-width="1.8" marker-end="url(#head{i})"' if improves else 'stroke-width="0.8" stroke-dasharray="2 3"'
    return (
        f'<path d="M{start[0] + along[0]:.1f} {start[1] + along[1]:.1f}Q{middle[0]:.1f} {middle[1]:.1f} '
        f'{end[0] - along[0]:.1f} {end[1] - along[1]:.1f}" fill="none" stroke="{colour}" {look}/>'
    )


def stability_picture(outlook: Outlook, *, language: Language = ENGLISH) -> str:
    """The stability table: a row for each state, a column for each concept with a mark for each decision maker."""
    space = outlook.solver.space
    _small_enough(len(space))
    concepts, names = list(outlook.verdicts), outlook.conflict.names
    longest = max((len(f"{k + 1}  {space.name(k + 1)}") for k in range(len(space))), default=0)
    left, cell, row = max(150, round(20 + LETTER * longest)), max(52, 16 * len(names) + 18), 22
    parts = [f'<text x="{left + cell * c}" y="18">{concept}</text>' for c, concept in enumerate(concepts)]
    for k in range(len(space)):
        y = 30 + row * k
        parts.append(f'<text x="8" y="{y + 14}">{k + 1}  {escape(space.name(k + 1))}</text>')
        for c, concept in enumerate(concepts):
            verdict = outlook.verdicts[concept]
            if k + 1 in verdict.equilibria:
                parts.append(
                    f'<rect class="holds" x="{left + cell * c - 4}" y="{y}" width="{cell - 8}" height="{row - 3}" rx="4"/>'  # noqa: E501
                )
            for i, name in enumerate(names):
                kind = "yes" if verdict.stable[name][k] else "no"
                parts.append(
                    f'<circle class="{kind}" cx="{left + cell * c + 8 + 16 * i}" cy="{y + 9}" r="5"><title>{escape(name)}: '  # noqa: E501
                    f"{language.gettext('stable' if kind == 'yes' else 'unstable')}</title></circle>"
                )
    width, height = left + cell * len(concepts) + 20, 40 + row * len(space)
    caption = said(language, "Marks from left to right: %(names)s", names=", ".join(names))
    lines = _caption(caption, width, height)
    title = said(language, "Stability in %(title)s", title=outlook.conflict.title)
    return _svg(width, height + 16 * len(lines), title, [*parts, *lines])


def evolution_picture(outlook: Outlook, *, language: Language = ENGLISH) -> str:
    """States in columns by the fewest moves from the start; those that improvements alone reach stand in the upper
    half."""
    if outlook.evolution is None:
        raise ModelError("there is no evolution to draw", todo="Name the state to start from")
    space, evolution = outlook.solver.space, outlook.evolution
    _small_enough(len(space))
    holding = {int(s) for verdict in outlook.verdicts.values() for s in verdict.equilibria}
    columns: dict[int, list[int]] = {}
    for state, moves in evolution.fewest_moves.items():
        columns.setdefault(moves, []).append(state)
    spots, parts = {}, [_markers(len(outlook.conflict.names))]
    for column, states in sorted(columns.items()):
        x = 70 + 130 * column
        counted = language.ngettext("%(num)d move", "%(num)d moves", column) % {"num": column}
        parts.append(f'<text class="small" x="{x}" y="18" text-anchor="middle">{escape(counted)}</text>')
        for place, state in enumerate(sorted(states, key=lambda s: (s not in evolution.fewest_improvements, s))):
            spots[state] = (x, 60.0 + 58 * place)
    parts += [
        _arrow(spots[source], spots[target], i, len(outlook.conflict.names), improves=better)
        for i, source, target, better in _steps(outlook)
        if source in spots and target in spots
    ]
    for state, (x, y) in spots.items():
        kind = "holds" if state in holding else "node"
        dashed = "" if state in evolution.fewest_improvements else ' stroke-dasharray="2 3"'
        parts.append(
            f'<circle class="{kind}" cx="{x}" cy="{y}" r="17"{dashed}/><text x="{x}" y="{y + 5}" text-anchor="middle">{state}</text>'  # noqa: E501
            f'<text class="small" x="{x}" y="{y + 31}" text-anchor="middle">{escape(space.name(state))}</text>'
        )
    names = outlook.conflict.names
    width = max(420, 140 + 130 * max(columns), round(40 + SMALL * max(map(len, names), default=0)))
    height = 100 + 58 * max(len(states) for states in columns.values())
    for i, name in enumerate(names):
        y = height + 20 * i
        parts.append(
            f'<rect x="8" y="{y - 7}" width="14" height="4" fill="{COLOURS[i % len(COLOURS)]}"/>'
            f'<text class="small" x="28" y="{y}">{escape(name)}</text>'
        )
    height += 20 * len(names)
    for text in CAPTIONS:
        lines = _caption(language.gettext(text), width, height)
        parts, height = [*parts, *lines], height + 16 * len(lines)
    title = said(language, "What can come of state %(state)s in %(title)s", state=evolution.start,
                 title=outlook.conflict.title)  # fmt: skip
    return _svg(width, height, title, parts)


def _caption(text: str, width: float, top: float) -> list[str]:
    """Small lines under a picture that is so wide."""
    return [
        f'<text class="small" x="8" y="{top + 16 * n}">{escape(line)}</text>'
        for n, line in enumerate(wrap(text, max(20, int((width - 16) / SMALL))))
    ]


def _steps(outlook: Outlook) -> list[tuple[int, int, int, bool]]:
    """Moves that lie on a shortest way from the start."""
    found, solver, fewest = [], outlook.solver, outlook.evolution.fewest_moves if outlook.evolution else {}
    for i, arcs in enumerate(solver.moves):
        better = solver.orders[i].better(arcs.target, arcs.source).tolist()
        for source, target, improves in zip(
            (arcs.source + 1).tolist(), (arcs.target + 1).tolist(), better, strict=True
        ):
            if fewest.get(target, -1) == fewest.get(source, -5) + 1:
                found.append((i, source, target, improves))
    return found


def _small_enough(states: int) -> None:
    if states > DRAWN_STATES:
        raise ModelError(
            f"{states} states are too many to draw",
            expected=f"at most {DRAWN_STATES}",
            todo="Draft from fewer issues, or list the states: `dragoman outlook analyse MODEL --format csv`",
        )


def _svg(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '  # noqa: E501
        f'role="img"><title>{escape(title)}</title><style>{STYLE}</style>{"".join(parts)}</svg>\n'
    )

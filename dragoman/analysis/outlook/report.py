"""An outlook comes in; JSON, CSV, text or a page of HTML goes out."""

import csv
import io
from collections.abc import Mapping
from html import escape
from typing import Any

import numpy as np

from dragoman.analysis.outlook.analysis import NAMES, Outlook, Verdict
from dragoman.analysis.outlook.evolution import Move
from dragoman.analysis.outlook.facts import Fact
from dragoman.analysis.outlook.pictures import DRAWN_STATES, evolution_picture, moves_picture, stability_picture
from dragoman.analysis.outlook.preferences import ranks
from dragoman.analysis.outlook.solving import CoalitionVerdict
from dragoman.analysis.outlook.telling import fact_words, sentences
from dragoman.analysis.sheets import defused

LISTED_STATES = 5_000
RESULT = "dragoman.outlook-result/1"


def as_result(outlook: Outlook, *, everything: bool = False) -> dict[str, Any]:
    """The whole outlook as JSON; states by ordinal. Of models beyond 5,000 states only equilibria, unless
    `everything`."""
    space, conflict = outlook.solver.space, outlook.conflict
    small = len(space) <= LISTED_STATES or everything
    shown = np.arange(len(space)) if small else _holding(outlook)
    data: dict[str, Any] = {
        "format": RESULT,
        "title": conflict.title,
        "method": outlook.method,
        "concepts": list(outlook.verdicts),
        "options": [option.title for option in conflict.options],
        "dms": list(conflict.names),
        "total_states": space.combinations,
        "feasible_before_coalescing": space.before_merging,
        "feasible_states": len(space),
        "states": [_state(outlook, int(k)) for k in shown],
    }
    if small:
        solver = outlook.solver
        data["rank"] = {name: ranks(order).tolist() for name, order in zip(conflict.names, solver.orders, strict=True)}
        if sum(1 << len(dm.options) for dm in conflict.decision_makers) * len(space) < 5_000_000:
            data["unilateral_moves"] = {
                name: len(arcs) for name, arcs in zip(conflict.names, solver.moves, strict=True)
            }
            data["unilateral_improvements"] = {
                name: len(solver.improvements(i)) for i, name in enumerate(conflict.names)
            }
    data["stable"] = {concept: _stable(verdict, small) for concept, verdict in outlook.verdicts.items()}
    data["equilibria"] = {concept: verdict.equilibria.tolist() for concept, verdict in outlook.verdicts.items()}
    if outlook.mixed:
        data["mixed"] = {"concepts": outlook.mixed_concepts} | _verdict(outlook.mixed, small)
    if outlook.limited:
        data["limited_move"] = {name: _verdict(verdict, small) for name, verdict in outlook.limited.items()}
    if outlook.extended:
        data["extended"] = {
            kind: {c: _verdict(v, small) for c, v in by.items()} for kind, by in outlook.extended.items()
        }
    if outlook.coalitions:
        data["coalitions"] = {"+".join(verdict.members): _coalition(verdict) for verdict in outlook.coalitions}
    if outlook.evolution:
        data["status_quo"] = _evolution(outlook)
    data["facts"] = [_fact(fact) for fact in outlook.facts]
    data["notes"] = list(outlook.notes)
    return data


def _holding(outlook: Outlook) -> np.ndarray:
    found = [verdict.equilibria[:LISTED_STATES] for verdict in outlook.verdicts.values()]
    return np.unique(np.concatenate(found)) - 1 if found else np.zeros(0, np.int64)


def _state(outlook: Outlook, k: int) -> dict[str, Any]:
    decimal = int(outlook.solver.space.decimals[k])
    found = {"ordinal": k + 1, "decimal": decimal, "yn": outlook.conflict.letters(decimal)}
    label = outlook.conflict.label(decimal)
    return found | {"label": label} if label else found


def _stable(verdict: Verdict, small: bool) -> dict[str, Any]:
    if small:
        return {name: (np.flatnonzero(stable) + 1).tolist() for name, stable in verdict.stable.items()}
    return {name: {"count": int(stable.sum())} for name, stable in verdict.stable.items()}


def _verdict(verdict: Verdict, small: bool) -> dict[str, Any]:
    return {"stable": _stable(verdict, small), "equilibria": verdict.equilibria.tolist()}


def _coalition(verdict: CoalitionVerdict) -> dict[str, Any]:
    improvements = {str(state): list(targets) for state, targets in verdict.improvements.items()}
    return {"improvements": improvements} | {concept: list(states) for concept, states in verdict.stable.items()}


def _fact(fact: Fact) -> dict[str, Any]:
    reply = None if fact.reply is None else [_move(move) for move in fact.reply]
    return {"state": fact.state, "decision_maker": fact.decision_maker, "concept": fact.concept,
            "move": _move(fact.move), "reply": reply}  # fmt: skip


def _move(move: Move) -> dict[str, Any]:
    return {"mover": move.mover, "from": move.source, "to": move.target, "improves": move.better}


def _evolution(outlook: Outlook) -> dict[str, Any]:
    evolution = outlook.evolution
    assert evolution is not None
    return {
        "from": evolution.start,
        "fewest_moves": {str(s): n for s, n in evolution.fewest_moves.items()},
        "fewest_improvements": {str(s): n for s, n in evolution.fewest_improvements.items()},
        "routes": [
            {"state": r.state}
            | {
                key: None if moves is None else [_move(m) for m in moves]
                for key, moves in (
                    ("moves", r.moves),
                    ("improvements", r.improvements),
                    ("least_against_interest", r.least_against),
                )
            }
            for r in evolution.routes
        ],
    }


def as_csv(outlook: Outlook) -> str:
    """One row for each state, decision maker and concept: whether it is stable, and whether the state is an
    equilibrium."""
    space = outlook.solver.space
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["state", "decimal", "letters", "label", "decision_maker", "concept", "stable", "equilibrium"])
    shown = range(len(space)) if len(space) <= LISTED_STATES else _holding(outlook).tolist()
    holding = {concept: set(verdict.equilibria.tolist()) for concept, verdict in outlook.verdicts.items()}
    for k in shown:
        decimal = int(space.decimals[k])
        label = outlook.conflict.label(decimal)
        for concept, verdict in outlook.verdicts.items():
            for name, stable in verdict.stable.items():
                writer.writerow(
                    [
                        k + 1,
                        decimal,
                        outlook.conflict.letters(decimal),
                        defused(label),
                        defused(name),
                        concept,
                        "yes" if stable[k] else "no",
                        "yes" if k + 1 in holding[concept] else "no",
                    ]
                )
    return text.getvalue()


def as_text(outlook: Outlook) -> str:
    """What a reader at a terminal wants: the states, who is stable where, and plain sentences."""
    space, conflict = outlook.solver.space, outlook.conflict
    lines = [
        conflict.title,
        f"{len(conflict.names)} decision makers, {len(conflict.options)} options, {len(space):,} feasible states of "
        f"{space.combinations:,} ({outlook.method})",
        "",
    ]
    if len(space) <= DRAWN_STATES:
        lines += [*_table(outlook), ""]
    for concept, verdict in outlook.verdicts.items():
        found = verdict.equilibria.tolist()
        listed = ", ".join(str(s) for s in found[:30]) + (f" and {len(found) - 30:,} more" if len(found) > 30 else "")
        lines.append(f"{concept:5} equilibria: {listed or 'none'}")
    for name, verdict in outlook.limited.items():
        lines.append(f"{name:5} equilibria: {', '.join(str(s) for s in verdict.equilibria.tolist()) or 'none'}")
    if outlook.mixed:
        chosen = ", ".join(f"{name} by {concept}" for name, concept in outlook.mixed_concepts.items())
        lines.append(
            f"mixed equilibria ({chosen}): {', '.join(str(s) for s in outlook.mixed.equilibria.tolist()) or 'none'}"
        )
    for kind, by in outlook.extended.items():
        lines += [
            f"{kind} {concept}: {', '.join(str(s) for s in verdict.equilibria.tolist()) or 'none'}"
            for concept, verdict in by.items()
        ]
    for v in outlook.coalitions:
        if len(v.members) > 1:
            gains = "; ".join(f"{s} -> {', '.join(map(str, t))}" for s, t in list(v.improvements.items())[:12])
            lines.append(f"coalition {' + '.join(v.members)}: improves {gains or 'nowhere'}")
    lines += ["", *sentences(outlook)]
    lines += [f"Note: {note}" for note in outlook.notes]
    return "\n".join(lines) + "\n"


def _table(outlook: Outlook) -> list[str]:
    """One row a state; under each concept the initials of the decision makers for whom it is stable, * where for
    all."""
    space, names = outlook.solver.space, outlook.conflict.names
    signs = _signs(names)
    width = max(6, len(names) + 2)
    wide = max([6, *(len(space.name(k + 1)) for k in range(len(space)))])
    lines = ["state " + "name".ljust(wide + 1) + "".join(concept.ljust(width) for concept in outlook.verdicts)]
    for k in range(len(space)):
        cells = ""
        for verdict in outlook.verdicts.values():
            marks = "".join(sign for sign, name in zip(signs, names, strict=True) if verdict.stable[name][k])
            cells += (marks + ("*" if len(marks) == len(names) else "")).ljust(width)
        lines.append(f"{k + 1:>5} {space.name(k + 1).ljust(wide + 1)}{cells}".rstrip())
    lines.append(
        "Stable for: "
        + ", ".join(f"{sign} = {name}" for sign, name in zip(signs, names, strict=True))
        + "; * = for everybody"
    )
    return lines


def _signs(names: tuple[str, ...]) -> list[str]:
    initials = [name[:1].upper() for name in names]
    return initials if len(set(initials)) == len(initials) else [chr(ord("A") + k) for k in range(len(names))]


def as_page(outlook: Outlook) -> str:
    """A page of its own with the pictures, the equilibria and the sentences; it loads nothing from anywhere."""
    parts = [
        f"<h1>{escape(outlook.conflict.title)}</h1>",
        f"<p>{escape(outlook.conflict.about)}</p>" if outlook.conflict.about else "",
        f"<p>{outlook.states:,} feasible states; {escape(outlook.method)}.</p><h2>What could hold</h2><ul>",
    ]
    parts += [f"<li>{escape(sentence)}</li>" for sentence in sentences(outlook)]
    parts.append("</ul><h2>Equilibria</h2><table><tr><th>Concept</th><th>States</th></tr>")
    everything: Mapping[str, Verdict] = outlook.verdicts | outlook.limited
    for concept, verdict in everything.items():
        listed = ", ".join(str(s) for s in verdict.equilibria[:200].tolist()) or "none"
        parts.append(f"<tr><td>{escape(NAMES.get(concept, concept))} ({concept})</td><td>{listed}</td></tr>")
    parts.append("</table>")
    if outlook.states <= DRAWN_STATES:
        parts += ["<h2>Stability</h2>", stability_picture(outlook), "<h2>Moves</h2>", moves_picture(outlook)]
        if outlook.evolution:
            parts += ["<h2>Evolution</h2>", evolution_picture(outlook)]
    if outlook.facts:
        parts.append("<h2>Improvements and their sanctions</h2><ul>")
        parts += [
            f"<li>{fact.concept}: {escape(fact_words(outlook.solver, fact))}</li>" for fact in outlook.facts[:400]
        ]
        parts.append("</ul>")
    parts += [f"<p>Note: {escape(note)}</p>" for note in outlook.notes]
    style = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2227}td,th{text-align:left;padding:.2rem 1rem .2rem 0}svg{max-width:100%;height:auto}"  # noqa: E501
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'  # noqa: E501
        f"<title>{escape(outlook.conflict.title)}</title><style>{style}</style></head><body>{''.join(parts)}</body></html>\n"
    )

"""An outlook comes in; plain sentences go out, for the brief and the command line. Facts are found elsewhere."""

from collections.abc import Sequence

from dragoman.analysis.outlook.analysis import Outlook
from dragoman.analysis.outlook.evolution import Move
from dragoman.analysis.outlook.facts import Fact
from dragoman.analysis.outlook.inverse import Inverse
from dragoman.analysis.outlook.solving import Solver

STRENGTH = ("nash", "sseq", "seq", "smr", "gmr")  # narrowest first: what holds by an earlier one holds by the later
MEANING = {
    "nash": "nobody could do better by moving alone",
    "sseq": "whoever could do better by moving would be met by a reply in others' own interest, and could not escape it",  # noqa: E501
    "seq": "whoever could do better by moving would be met by a reply in others' own interest",
    "smr": "whoever could do better by moving could be met by a reply that it cannot escape, even if the reply costs the others",  # noqa: E501
    "gmr": "whoever could do better by moving could be met by a reply, even if the reply costs the others",
    "sim": "whoever could do better by moving might be caught by others moving at the same time",
}


def sentences(outlook: Outlook, *, most: int = 12) -> list[str]:
    """What could hold and why, who would gain by moving from where things stand, and who would answer."""
    told = _outcomes(outlook, most)
    told += _where_things_stand(outlook, most)
    told += _routes(outlook, most)
    return told


def state_words(solver: Solver, ordinal: int) -> str:
    """A state in words: its label, or the options taken in it."""
    conflict = solver.conflict
    decimal = int(solver.space.decimals[ordinal - 1])
    label = conflict.label(decimal)
    if label or conflict.drawn:
        return f"“{label or conflict.states[decimal]}” (state {ordinal})"
    taken = [option.title for k, option in enumerate(conflict.options) if decimal >> k & 1]
    return f"state {ordinal} ({_listed(taken) if taken else 'nothing taken up'})"


def move_words(solver: Solver, move: Move) -> str:
    """A move in words: what its mover takes up and drops."""
    conflict = solver.conflict
    if conflict.drawn:
        return f"going to {state_words(solver, move.target)}"
    before, after = (int(solver.space.decimals[ordinal - 1]) for ordinal in (move.source, move.target))
    mine = conflict.decision_maker(move.mover).options
    up = [conflict.options[k].title for k in mine if after >> k & 1 and not before >> k & 1]
    down = [conflict.options[k].title for k in mine if before >> k & 1 and not after >> k & 1]
    parts = [f"taking up {_listed([f'“{one}”' for one in up])}"] if up else []
    parts += [f"dropping {_listed([f'“{one}”' for one in down])}"] if down else []
    return " and ".join(parts) or f"going to state {move.target}"


def fact_words(solver: Solver, fact: Fact) -> str:
    """An improvement and its sanction in one sentence."""
    head = f"{fact.decision_maker} would gain by {move_words(solver, fact.move)}, leading to {state_words(solver, fact.move.target)}"  # noqa: E501
    if fact.reply is None:
        return f"{head}; nothing by {fact.concept} deters it." if fact.concept != "nash" else f"{head}."
    replies = _listed([f"{move.mover} {move_words(solver, move)}" for move in fact.reply], last="then")
    end = fact.reply[-1].target
    return (
        f"{head}, but is deterred by {replies}: {state_words(solver, end)} is no better for it than state {fact.state}."
    )


def route_words(solver: Solver, moves: Sequence[Move]) -> str:
    """A sequence of moves in words."""
    return "; then ".join(f"{move.mover} by {move_words(solver, move)}" for move in moves) or "it is where things stand"


def inverse_words(solver: Solver, inverse: Inverse) -> list[str]:
    """The smallest change of preferences in sentences."""
    wanted = state_words(solver, inverse.wanted)
    if inverse.changes is None:
        return [
            f"No change of preferences was found that makes {wanted} hold by {inverse.concept}."
            + ("" if inverse.exact else f" Every change of fewer than {inverse.at_least} pairs was ruled out.")
        ]
    if not inverse.changes:
        return [f"{wanted[0].upper()}{wanted[1:]} holds already by {inverse.concept}."]
    sure = "the fewest" if inverse.exact else f"enough, though {inverse.at_least} might do"
    told = [
        f"For {wanted} to hold by {inverse.concept}, {inverse.pairs} "
        f"{'pair' if inverse.pairs == 1 else 'pairs'} of states would have to change order ({sure})."
    ]
    for change in inverse.changes:
        for better, worse in change.pairs[:8]:
            told.append(
                f"{change.decision_maker} would have to prefer {state_words(solver, better)} to {state_words(solver, worse)}."  # noqa: E501
            )
        if len(change.pairs) > 8:
            told.append(f"{change.decision_maker} would have to change {len(change.pairs) - 8} pairs more.")
    return told


def _outcomes(outlook: Outlook, most: int) -> list[str]:
    told: list[str] = []
    seen: set[int] = set()
    near = outlook.evolution.fewest_moves if outlook.evolution else None
    beyond = 0
    for concept in [c for c in STRENGTH if c in outlook.verdicts]:
        fresh = [int(s) for s in outlook.verdicts[concept].equilibria if int(s) not in seen]
        seen |= set(fresh)
        reachable = [s for s in fresh if near is None or s in near]
        beyond += len(fresh) - len(reachable)
        for state in reachable[:most]:
            words = state_words(outlook.solver, state)
            told.append(f"{words[0].upper()}{words[1:]} could hold: {MEANING[concept]} ({concept}).")
        if len(reachable) > most:
            told.append(f"{len(reachable) - most:,} further states could hold by {concept}.")
    if beyond:
        told.append(
            f"{beyond:,} {'state' if beyond == 1 else 'states'} would hold as well, but no moves of the parties lead "
            "there from where things stand."
        )
    if not told:
        told.append(f"No state holds for everybody by {', '.join(outlook.verdicts)}.")
    return told


def _where_things_stand(outlook: Outlook, most: int) -> list[str]:
    if outlook.evolution is None:
        return []
    start = outlook.evolution.start
    concept = next((c for c in ("seq", "gmr", "nash") if c in outlook.verdicts), None)
    mine = [fact for fact in outlook.facts if fact.state == start and fact.concept == concept]
    told = [fact_words(outlook.solver, fact) for fact in mine[:most]]
    return told or [f"From where things stand, {state_words(outlook.solver, start)}, nobody gains by moving alone."]


def _routes(outlook: Outlook, most: int) -> list[str]:
    told = []
    routes = [route for route in outlook.evolution.routes if route.moves] if outlook.evolution else []
    for route in routes[:most]:
        words = state_words(outlook.solver, route.state)
        words = words[0].upper() + words[1:]
        if route.improvements:
            told.append(
                f"{words} can be reached with every mover gaining: {route_words(outlook.solver, route.improvements)}."
            )
        elif route.against:
            first = route.against[0]
            told.append(
                f"{words} needs {first.mover} to move against its interest, "
                f"by {move_words(outlook.solver, first)}: {route_words(outlook.solver, route.least_against or ())}."
            )
    return told


def _listed(words: Sequence[str], *, last: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""

"""A conflict comes in; the outlook goes out: what is stable for whom, what holds for everybody, what could come of
a state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.analysis.outlook import grid
from dragoman.analysis.outlook.conflict import Conflict
from dragoman.analysis.outlook.evolution import Evolution, evolve
from dragoman.analysis.outlook.facts import Fact, facts
from dragoman.analysis.outlook.preferences import has_strength, has_unknown
from dragoman.analysis.outlook.solving import CONCEPTS, MAIN, CoalitionVerdict, Solver, coalitions
from dragoman.errors import ModelError

TOLD_STATES = 256  # facts are told for every state of a model up to this size, else for equilibria and the start only
TOLD_EQUILIBRIA = 50
ROUTES = 200
WALKED_MOVES = 4_000_000  # beyond, nothing is walked move by move unless it is asked for
NAMES = {
    "nash": "Nash stability",
    "gmr": "general metarationality",
    "smr": "symmetric metarationality",
    "seq": "sequential stability",
    "sseq": "symmetric sequential stability",
    "sim": "simultaneous sanctioning",
}


@dataclass(frozen=True)
class Verdict:
    """The stable states of each decision maker (True where stable, by ordinal from 0) and the equilibria (ordinals)."""

    stable: dict[str, np.ndarray]
    equilibria: np.ndarray


@dataclass(frozen=True)
class Outlook:
    """The answer to one analysis, with its recipe."""

    conflict: Conflict
    solver: Solver
    verdicts: dict[str, Verdict]
    extended: dict[str, dict[str, Verdict]]
    limited: dict[str, Verdict]
    mixed: Verdict | None
    mixed_concepts: dict[str, str]
    coalitions: tuple[CoalitionVerdict, ...]
    evolution: Evolution | None
    facts: tuple[Fact, ...]
    method: str
    notes: tuple[str, ...]

    @property
    def states(self) -> int:
        """How many feasible states there are."""
        return len(self.solver.space)

    @property
    def equilibria(self) -> dict[str, list[int]]:
        """The ordinals of the states that hold for everybody, by concept."""
        return {concept: verdict.equilibria.tolist() for concept, verdict in self.verdicts.items()}


def analyse(
    conflict: Conflict,
    *,
    concepts: Sequence[str] = MAIN,
    own: Mapping[str, str] | None = None,
    with_coalitions: bool = False,
    horizon: int = 5,
    start: int | None = None,
    tell: bool = True,
    attitudes: bool = True,
    memory: int = grid.MEMORY,
) -> Outlook:
    """Work out the outlook of a conflict.

    `own` gives single decision makers a concept of their own, for a mixed equilibrium. `start` is the ordinal of
    the state from which the evolution is followed; by default the model's status quo, else none. `horizon` is how far
    limited-move stability looks when there are two decision makers. Without `attitudes`, the tables of strength and of
    the four attitudes towards unknown preferences are left out, which take most of the time of a large model.
    """
    for concept in concepts:
        if concept not in CONCEPTS:
            raise ModelError(f"the concept '{concept}' is not known", expected=", ".join(CONCEPTS))
    mixed_concepts = _mixed_concepts(conflict, own, concepts) if own else {}
    solver = Solver(conflict, memory=memory)
    makers = range(len(conflict.names))
    verdicts = {concept: _verdict(solver, [solver.stable(concept, i) for i in makers]) for concept in concepts}
    mixed = [_by_any(solver, mixed_concepts[name], i) for i, name in enumerate(conflict.names)] if own else []
    notes = _notes(solver, attitudes)
    limited = _limited(solver, horizon, notes)
    if start is None and conflict.status_quo is not None and _is_walked(solver):
        start = solver.space.ordinal(conflict.status_quo)
    return Outlook(
        conflict,
        solver,
        verdicts,
        _extended(solver) if attitudes else {},
        limited,
        _verdict(solver, mixed) if mixed else None,
        mixed_concepts,
        coalitions(solver) if with_coalitions else (),
        _followed(solver, verdicts, start) if start is not None else None,
        _told(solver, verdicts, start) if tell else (),
        solver.method,
        tuple(notes),
    )


def _mixed_concepts(conflict: Conflict, own: Mapping[str, str], concepts: Sequence[str]) -> dict[str, str]:
    """The concept of each decision maker where some have their own; that of the others is the first asked for."""
    for name in own:
        conflict.decision_maker(name)  # raises where there is no such
    usual = concepts[0] if concepts else "nash"
    return {name: own.get(name, usual) for name in conflict.names}


def _followed(solver: Solver, verdicts: Mapping[str, Verdict], start: int) -> Evolution:
    """What could come of a state, on the way to equilibria."""
    goals = {int(state) for verdict in verdicts.values() for state in verdict.equilibria[:ROUTES]}
    return evolve(solver, start, goals=sorted(goals))


def _verdict(solver: Solver, stable: list[np.ndarray]) -> Verdict:
    names = solver.conflict.names
    return Verdict(dict(zip(names, stable, strict=True)), np.flatnonzero(np.logical_and.reduce(stable)) + 1)


def _by_any(solver: Solver, concept: str, i: int) -> np.ndarray:
    """Stability by one concept, or by any of several joined with '|'."""
    return np.logical_or.reduce([solver.stable(one.strip(), i) for one in concept.split("|")])


def _extended(solver: Solver) -> dict[str, dict[str, Verdict]]:
    """Stability with strength of preference and with unknown preferences, where the model has them."""
    makers = range(len(solver.conflict.names))
    found: dict[str, dict[str, Verdict]] = {}
    if has_strength(solver.conflict):
        found["strength_general"] = {
            c: _verdict(solver, [solver.stable(c, i) for i in makers]) for c in ("nash", "gmr", "smr", "seq")
        }
        found["strength_strong"] = {
            c: _verdict(solver, [solver.stable(c, i, strong=True) for i in makers]) for c in ("gmr", "smr", "seq")
        }
    if has_unknown(solver.conflict):
        for attitude in "abcd":
            found[f"unknown_{attitude}"] = {
                c: _verdict(solver, [solver.stable(c, i, attitude=attitude) for i in makers])
                for c in ("nash", "gmr", "smr", "seq")
            }
    return found


def _is_walked(solver: Solver) -> bool:
    """Whether a model is small enough to be walked move by move without being asked."""
    return solver.most_moves <= WALKED_MOVES


def _limited(solver: Solver, horizon: int, notes: list[str]) -> dict[str, Verdict]:
    """Stability by so many moves, and the non-myopic one, of two decision makers; what is to be noted about it."""
    if not _is_walked(solver):
        notes.append(
            f"The model has up to {solver.most_moves:,} moves: limited moves and single sanctions are left out, and "
            "the evolution unless a state is asked for."
        )
        return {}
    if not horizon or len(solver.conflict.names) != 2:
        return {}
    found = {f"L{number}": _verdict(solver, stable) for number, stable in enumerate(solver.limited(horizon), 1)}
    found["NM"] = _verdict(solver, solver.non_myopic())
    if any(len(np.unique(order.value)) < len(order.value) for order in solver.orders):
        notes.append(
            "Some states are tied, so that limited-move and non-myopic stability are not uniquely defined; "
            "of equally good moves the one to the lowest state is taken."
        )
    return found


def _notes(solver: Solver, attitudes: bool) -> list[str]:
    conflict = solver.conflict
    notes = []
    owned = {option for dm in conflict.decision_makers for option in dm.options}
    for k, option in enumerate(conflict.options):
        if k not in owned:
            notes.append(f"Nobody controls the option '{option.id}'; it stays as it is.")
    if solver.seen:
        notes.append(
            "Each decision maker's stability is worked out in the conflict as it sees it: " + ", ".join(solver.seen)
        )
    if has_unknown(conflict):
        notes.append(
            "Some preferences are unknown. In the main table an unknown comparison neither attracts nor deters; "
            "the four attitudes a to d are given beside it."
            if attitudes
            else "Some preferences are unknown. In the main table an unknown comparison neither attracts nor deters; "
            "the four attitudes are left out."
        )
    return notes


def _told(solver: Solver, verdicts: dict[str, Verdict], start: int | None) -> tuple[Fact, ...]:
    """The facts behind the verdicts on every state, or on the start and the equilibria where there are too many."""
    if not _is_walked(solver):
        return ()
    concepts = [concept for concept in verdicts if concept in ("nash", "gmr", "smr", "seq", "sseq")]
    states: set[int] = set() if start is None else {start}
    if len(solver.space) <= TOLD_STATES:
        states = set(range(1, len(solver.space) + 1))
    else:
        for verdict in verdicts.values():
            states |= {int(state) for state in verdict.equilibria[:TOLD_EQUILIBRIA]}
    return tuple(
        fact
        for state in sorted(states)
        for concept in concepts
        for i in range(len(solver.conflict.names))
        for fact in facts(solver, concept, i, state)
    )

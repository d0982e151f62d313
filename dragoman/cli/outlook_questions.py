"""What a person asks of the outlook on the command line: concepts, concepts of one's own, and states in any writing.

In: words of the command line. Out: names of concepts, ordinals and decimals of states; else a ModelError.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.analysis.outlook.conflict import Conflict
    from dragoman.analysis.outlook.solving import Solver

MAIN_CONCEPTS = "nash,gmr,smr,seq,sseq"


def concepts_in(text: str) -> list[str]:
    """Concepts that are joined with commas."""
    return [word.strip().lower() for word in text.split(",") if word.strip()]


def own_concepts(pairs: list[str]) -> dict[str, str]:
    """By party the concept of its own, from pairs like "Northmark=seq|sim"."""
    from dragoman.errors import ModelError

    found = {}
    for pair in pairs:
        name, equals, concept = pair.rpartition("=")
        if not equals:
            raise ModelError(f"--own '{pair}' cannot be read", expected="'Party=concept'")
        found[name.strip()] = concept.strip().lower()
    return found


def ordinal_of(solver: Solver, text: str) -> int:
    """A state on the command line: an ordinal, decimal:5, letters or a label."""
    from dragoman.analysis.outlook.conflict import state_of
    from dragoman.errors import ModelError

    if text.isdigit():
        if not 1 <= int(text) <= len(solver.space):
            raise ModelError(f"there is no state {text}", expected=f"an ordinal from 1 to {len(solver.space):,}")
        return int(text)
    kind, _, number = text.partition(":")
    if kind == "decimal" and number.isdigit():
        return solver.space.ordinal(int(number))
    return solver.space.ordinal(state_of(solver.conflict, text))


def start_of(conflict: Conflict, text: str | None) -> int:
    """The decimal of the state from which a search sets out: the one written in `text`, else the status quo."""
    from dragoman.analysis.outlook.conflict import state_of
    from dragoman.errors import ModelError

    if text is None:
        if conflict.status_quo is None:
            raise ModelError("a lazy search needs a state to start from", todo="Give --from with Y and N letters")
        return conflict.status_quo
    return int(text[8:]) if text.startswith("decimal:") else state_of(conflict, text)

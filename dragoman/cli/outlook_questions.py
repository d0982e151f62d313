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
    from dragoman.errors import ModelError

    found = [word.strip().lower() for word in text.split(",") if word.strip()]
    if not found:
        raise ModelError("no concept is named", where="--concepts", expected=f"some of {MAIN_CONCEPTS}")
    return found


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
    from dragoman.errors import ModelError

    if text.isdecimal():
        if not 1 <= int(text) <= len(solver.space):
            raise ModelError(f"there is no state {text}", expected=f"an ordinal from 1 to {len(solver.space):,}")
        return int(text)
    return solver.space.ordinal(_decimal_of(solver.conflict, text))


def _decimal_of(conflict: Conflict, text: str) -> int:
    """The decimal of a state that is written as decimal:5, in letters or by its label."""
    from dragoman.analysis.outlook.conflict import state_of
    from dragoman.errors import ModelError

    kind, _, number = text.partition(":")
    if kind != "decimal":
        return state_of(conflict, text)
    most = (len(conflict.states) if conflict.drawn else 1 << len(conflict.options)) - 1
    if not number.isdecimal() or int(number) > most:
        raise ModelError(f"there is no state '{text}'", expected=f"decimal:0 to decimal:{most}")
    return int(number)


def start_of(conflict: Conflict, text: str | None) -> int:
    """The decimal of the state from which a search sets out: the one written in `text`, else the status quo."""
    from dragoman.errors import ModelError

    if text is not None:
        return _decimal_of(conflict, text)
    if conflict.status_quo is None:
        raise ModelError("a lazy search needs a state to start from", todo="Give --from with Y and N letters")
    return conflict.status_quo

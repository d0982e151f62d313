"""What a person asks of the outlook on the command line: concepts, concepts of one's own, states in any writing, and a
table to draft from.

In: words of the command line. Out: names of concepts, ordinals and decimals of states, layers of a table; or an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

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


def read_table(path: Path) -> dict[str, Any]:
    """The table in a JSON file; FormatError where it is none."""
    import json

    from dragoman.errors import FormatError

    expected = '{"cells": [{"party", "issue", …}], "conditions": [{"party", "withholds", …}]}'
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise FormatError(f"the table cannot be read ({error})", where=str(path), expected=expected) from None
    layers = ("parties", "cells", "conditions", "deadlines")
    if not isinstance(data, dict) or not all(isinstance(data.get(layer, []), list) for layer in layers):
        raise FormatError("the table is no JSON object of lists", where=str(path), expected=expected)
    for layer in ("cells", "conditions", "deadlines"):
        if wrong := [item for item in data.get(layer, []) if not _is_row(item)]:
            raise FormatError(f"{wrong[0]!r:.60} among the {layer}", where=str(path), expected=expected)
    return data


def _is_row(item: Any) -> bool:
    """Whether a cell, condition or deadline from a file has the values that a draft is made of."""
    if not isinstance(item, dict) or not isinstance(needs := item.get("requires", []), list):
        return False
    told = all(isinstance(item.get(key), str | None) for key in ("party", "issue", "withholds", "stance"))
    return told and all(isinstance(n, str) or (isinstance(n, dict) and isinstance(n.get("what"), str)) for n in needs)


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

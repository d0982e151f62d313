"""How the outlook answers: on the screen, as JSON, into a file that does not exist yet."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.cli.outlook_questions import start_of
from dragoman.cli.printing import json_text, say

if TYPE_CHECKING:
    from dragoman.analysis.outlook.conflict import Conflict


class AnswerFormat(StrEnum):
    """How an analysis is printed."""

    text = "text"
    json = "json"
    csv = "csv"
    html = "html"


def show_text(text: str) -> None:
    """Text on standard output, ending in one line break."""
    say(text.rstrip("\n"))


def give(text: str, out: Path | None) -> None:
    """Text into a new file, or on standard output where none is asked for."""
    from dragoman.errors import InputError

    if out is None:
        show_text(text)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text.rstrip("\n") + "\n")
    except OSError as error:
        raise InputError(
            f"the file cannot be written ({error.strerror})", where=str(out), todo="Choose another --out"
        ) from error


def give_exploration(conflict: Conflict, start: str | None, form: AnswerFormat) -> None:
    """Follow improvements from one state and tell where they lead."""
    from dragoman.analysis.outlook.lazy import explore

    first = start_of(conflict, start)
    found = explore(conflict, first)
    if form is AnswerFormat.json:
        show_text(
            json_text(
                {
                    "method": "improvements followed from one state",
                    "complete": found.complete,
                    "from": conflict.letters(first),
                    "states_met": len(found.distances),
                    "nash": [conflict.letters(state) for state in found.nash],
                    "routes": {
                        conflict.letters(state): [
                            [step.mover, conflict.letters(step.target)] for step in found.route(state)
                        ]
                        for state in found.nash
                    },
                }
            )
        )
        return
    lines = [
        f"{len(found.distances):,} states met by improvements from {conflict.letters(first)}"
        + ("; there are no others" if found.complete else "; the search stopped at its limit")
    ]
    for state in found.nash:
        way = ", then ".join(f"{step.mover} to {conflict.letters(step.target)}" for step in found.route(state))
        lines.append(f"Nash equilibrium {conflict.letters(state)}: {way or 'it is the start'}")
    show_text("\n".join(lines) + "\n")

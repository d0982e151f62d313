"""Positions that a speaker takes if other reports say for whom they speak, since this one does not.

In: a draft whose statements are found. Out: for each such position the Position, with the speaker's name as its party,
and how likely it would be. A reading keeps them beside its positions (`possible_positions`); a table that knows the
speaker from another report takes them up.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dragoman.reader import weighing
from dragoman.reader.draft import Draft
from dragoman.reader.positions.issue_choice import choose
from dragoman.reader.positions.positions import candidates, chance_of, direction_of, least
from dragoman.reader.wording.noun_chunks import chunks_of
from dragoman.reading import Position, Statement, dump

# Claims and estimates yield a position so seldom that looking for one is not worth the time.
_ACTS = frozenset(("condition", "threat", "rejection", "demand", "concession", "commitment", "proposal", "support"))


def possible_positions(draft: Draft) -> list[dict[str, Any]]:
    """What named speakers without a party would stand for, in the order of the statements, as JSON objects."""
    if not any(map(_unplaced, draft.statements)):
        return []
    found: list[dict[str, Any]] = []
    for candidate in draft.stated if draft.stated is not None else candidates(draft):
        statement = candidate.statement
        if not _unplaced(statement):
            continue
        placed = replace(candidate, features=_with_party(candidate.features))
        if weighing.probability("position", placed.features) < least(placed):
            continue
        issue = choose(chunks_of(draft), candidate.stance, statement, candidate.issue)
        direction = direction_of(placed, issue)
        if (probability := chance_of(placed, direction)) >= least(placed):
            position = Position(statement.speaker.name, issue, candidate.stance, direction.value, statement.id)
            found.append({**dump(position), "probability": round(min(1.0, probability), 3)})
    return found


def _unplaced(statement: Statement) -> bool:
    speaker = statement.speaker
    return bool(speaker.name and not speaker.party and not speaker.anonymous and statement.act in _ACTS)


def _with_party(features: tuple[str, ...]) -> tuple[str, ...]:
    """The same features, were it known for whom the speaker speaks."""
    return tuple(
        f"{f.removesuffix('none')}{'some' if '&' in f else 'other'}" if f.endswith("party=none") else f
        for f in features
    )

"""Tells which statements say the words at a place of the text, without a look at all the others.

In: a draft whose statements are found. Out: the pieces of content that hold a place, each with its statement.
"""

from __future__ import annotations

from dragoman.reader.draft import Draft
from dragoman.reading import Span, Statement

_STRETCH = 256  # letters: most contents stand in one or two stretches


class _Places:
    """The contents of statements by the stretches of the text in which they stand, in the order of the statements."""

    def __init__(self, statements: list[Statement]) -> None:
        self.statements, self.count = statements, len(statements)
        self.stretches: dict[int, list[tuple[Span, Statement]]] = {}
        for statement in statements:
            for piece in statement.content:
                for number in range(piece.start // _STRETCH, piece.end // _STRETCH + 1):
                    self.stretches.setdefault(number, []).append((piece, statement))


def statements_at(draft: Draft, offset: int) -> list[tuple[Span, Statement]]:
    """The pieces of content that hold the letter at `offset`, in the order of their statements."""
    kept = draft.placed
    statements = draft.statements
    if not isinstance(kept, _Places) or kept.statements is not statements or kept.count != len(statements):
        draft.placed = kept = _Places(statements)
    return [row for row in kept.stretches.get(offset // _STRETCH, ()) if row[0].start <= offset < row[0].end]

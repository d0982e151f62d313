"""An article cut into pieces by what is marked in it, for a page, a terminal or a file.

In: a Reading. Out: pieces that, joined, are the text again; each says which roles of which statements it plays.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from dragoman.reading import Reading

ROLES = ("source", "cue", "content", "via")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that plays the same roles throughout; `start` counts code points of the document."""

    start: int
    text: str
    roles: tuple[tuple[str, str], ...]  # (role, statement id), innermost first

    @property
    def role(self) -> str:
        """The role to show where several apply: the innermost; empty when none does."""
        return self.roles[0][0] if self.roles else ""

    @property
    def statements(self) -> tuple[str, ...]:
        """The statements this piece belongs to, innermost first."""
        return tuple(dict.fromkeys(identity for _, identity in self.roles))


def pieces(reading: Reading, *cuts: int) -> list[Piece]:
    """The text of `reading` as pieces, in order, without gaps; cut at these offsets too."""
    marks: list[tuple[int, int, str, str]] = []
    for s in reading.statements:
        for role, spans in (("source", s.source), ("cue", s.cue), ("content", s.content)):
            marks += [(start, end, role, s.id) for start, end in spans]
        marks += [(start, end, "via", s.id) for spans in s.via_spans for start, end in spans]
    text = reading.document.text
    within = (cut for cut in cuts if 0 < cut < len(text))
    edges = sorted({0, len(text), *within, *(edge for start, end, _, _ in marks for edge in (start, end))})
    starts = sorted(marks)
    out: list[Piece] = []
    active: list[tuple[int, int, str, str]] = []
    at = 0
    for start, end in pairwise(edges):
        active = [m for m in active if m[1] > start]
        while at < len(starts) and starts[at][0] <= start:
            active.append(starts[at])
            at += 1
        inner = sorted(active, key=lambda m: (m[1] - m[0], ROLES.index(m[2]), m[3]))
        out.append(Piece(start, text[start:end], tuple((role, identity) for _, _, role, identity in inner)))
    return out

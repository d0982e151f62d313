"""The private sheet that a reader's steps write on; `finish` checks every offset and freezes it into a Reading.

In: a Document and a Lexicon. Out: a Reading. A step looks at the draft and returns what it found; one place, the
reader's `read`, writes it down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dragoman.lexicon import Lexicon
from dragoman.reader.segment import Segments, segment
from dragoman.reading import (
    Agreement,
    Condition,
    Deadline,
    Document,
    Figure,
    Meeting,
    Position,
    Reading,
    Relation,
    Span,
    Spans,
    Statement,
)


@dataclass(slots=True)
class Found:
    """One attribution as a finder gives it, before names are resolved.

    `act`, `form` and `negated` are None where the finder does not say; the steps after it then decide. `within` is
    the place in the finder's list of the attribution in whose content this one stands. `via` are the words that name
    outlets between the speaker and the document, None where the finder does not look for them. `scores` are further
    probabilities of the finder by name, for steps that can use them: each act, form and direction, "negated",
    "position" (that the statement takes a position).
    """

    source: Spans
    cue: Spans
    content: Spans
    confidence: float = 0.5
    act: str | None = None
    form: str | None = None
    negated: bool | None = None
    within: int | None = None
    via: tuple[Spans, ...] | None = None
    scores: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Mention:
    """Words that name somebody or something: kind is person | organisation | place | state | role | other."""

    span: Span
    kind: str
    confidence: float = 0.5


@dataclass(slots=True)
class Draft:
    """What is known so far while a document is being read."""

    document: Document
    lexicon: Lexicon
    segments: Segments
    style: str = "readings"  # which statements are wanted: those of the reading format, or "polnear"'s
    found: list[Found] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    cast: object | None = None  # the Cast of names, once names are resolved; names build on this module
    named: object | None = None  # the parties of the text, once they were asked for; they too build on this module
    chunks: object | None = None  # the noun phrases of the text, once somebody asked; they build on this module
    wordings: object | None = None  # what statements say, once somebody asked; they build on this module
    placed: object | None = None  # where they say it, once somebody asked; this too builds on this module
    conditional: Any = None  # the likeliest condition of each sentence, for two steps; they build on this module
    stated: list[Any] | None = None  # what may be positions, before two steps weigh it; positions build on this module
    statements: list[Statement] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    @classmethod
    def of(cls, document: Document, lexicon: Lexicon) -> Draft:
        """An empty draft of `document`."""
        return cls(document, lexicon, segment(document.text))

    def finish(self, reader: str) -> Reading:
        """The finished reading, made by `reader`; SpanError when a step cut outside the text."""
        return Reading(
            document=self.document,
            statements=tuple(self.statements),
            positions=tuple(self.positions),
            conditions=tuple(self.conditions),
            deadlines=tuple(self.deadlines),
            meetings=tuple(self.meetings),
            agreements=tuple(self.agreements),
            figures=tuple(self.figures),
            relations=tuple(self.relations),
            reader=reader,
        )

    def forget(self) -> None:
        """Let go of what steps kept for each other and what points back here, so that all of it goes at once."""
        self.cast = self.named = self.chunks = self.wordings = self.placed = self.conditional = self.stated = None

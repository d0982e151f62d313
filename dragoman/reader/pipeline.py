"""The steps of reading one document after another, in order; each step returns, this one place writes it down.

In: documents and a finder. Out: readings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from dragoman.lexicon import Lexicon
from dragoman.reader.agreements import find_agreements
from dragoman.reader.conditions import find_conditions
from dragoman.reader.deadlines import find_deadlines
from dragoman.reader.draft import Draft, Found, Mention
from dragoman.reader.figures import find_figures
from dragoman.reader.meetings import find_meetings
from dragoman.reader.positions import find_positions
from dragoman.reader.relations import find_relations
from dragoman.reader.resolve import resolve
from dragoman.reading import Document, Reading


class Finder(Protocol):
    """Finds attributions and mentions in a batch of drafts; changes none of them."""

    name: str
    batch: int

    def find(self, drafts: Sequence[Draft]) -> list[tuple[list[Found], list[Mention]]]:
        """For each draft, in order, what was found in it."""
        ...


class Pipeline:
    """A reader: a finder, then the steps that every finder shares."""

    def __init__(self, finder: Finder, lexicon: Lexicon) -> None:
        self.finder, self.lexicon = finder, lexicon
        self.name = finder.name

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """One reading for each document, in the same order; holds at most one batch at a time."""
        batch: list[Draft] = []
        for document in documents:
            batch.append(Draft.of(document, self.lexicon))
            if len(batch) >= self.finder.batch:
                yield from self._finish(batch)
                batch = []
        yield from self._finish(batch)

    def _finish(self, batch: list[Draft]) -> Iterator[Reading]:
        for draft, (found, mentions) in zip(batch, self.finder.find(batch) if batch else (), strict=True):
            draft.found, draft.mentions = found, mentions
            draft.statements = resolve(draft)
            draft.relations = find_relations(draft)
            draft.figures = find_figures(draft)
            draft.conditions = find_conditions(draft)
            draft.agreements = find_agreements(draft)
            draft.deadlines = find_deadlines(draft)
            draft.meetings = find_meetings(draft)
            draft.positions = find_positions(draft)
            yield draft.finish(self.name)

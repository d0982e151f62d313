"""The steps of reading one document after another, in order; each step returns, this one place writes it down.

In: documents and a finder. Out: readings.
"""

from __future__ import annotations

import gc
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Protocol

from dragoman.lexicon import Lexicon
from dragoman.reader.agreements.agreements import find_agreements
from dragoman.reader.conditions.conditions import find_conditions, likeliest
from dragoman.reader.deadlines.deadlines import find_deadlines
from dragoman.reader.draft import Draft, Found, Mention
from dragoman.reader.figures.figures import find_figures
from dragoman.reader.meetings.meetings import find_meetings
from dragoman.reader.names.names import Cast
from dragoman.reader.positions.positions import candidates, find_positions, name_issues
from dragoman.reader.positions.possible import possible_positions
from dragoman.reader.relations.relations import find_relations
from dragoman.reader.speakers.resolve import resolve
from dragoman.reading import Document, Reading


class Finder(Protocol):
    """Finds attributions and mentions in a batch of drafts; changes none of them."""

    name: str
    batch: int

    def find(self, drafts: Sequence[Draft]) -> list[tuple[list[Found], list[Mention]]]:
        """For each draft, in order, what was found in it."""
        ...


_STEPS: tuple[tuple[str, Callable[[Draft], Any]], ...] = (
    ("statements", resolve),
    ("relations", find_relations),
    ("figures", find_figures),
    ("conditional", likeliest),
    ("conditions", find_conditions),
    ("agreements", find_agreements),
    ("deadlines", find_deadlines),
    ("meetings", find_meetings),
    ("stated", candidates),
    ("positions", find_positions),
    ("statements", name_issues),
)
# A batch is closed by its letters too, so that memory stays bounded when documents are long.
BATCH_LETTERS = 2_000_000
_FIRST = 4  # documents of the first batch: the steps wait for it
_AHEAD = 2  # batches that the finder looks at meanwhile
# Seconds for which a step may keep the interpreter while another thread waits. After each window the network needs it
# for a moment; with Python's five milliseconds its core stood still for a sixth of the time (docs/scale.md).
_TURN = 0.0003


@contextmanager
def _short_turns() -> Iterator[None]:
    """Threads that take turns quickly, and after it as they did before."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, _TURN))
    try:
        yield
    finally:
        sys.setswitchinterval(before)


class Pipeline:
    """A reader: a finder, then the steps that every finder shares."""

    def __init__(self, finder: Finder, lexicon: Lexicon) -> None:
        self.finder, self.lexicon = finder, lexicon
        self.name = finder.name

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """One reading for each document, in the same order; holds at most three batches at a time.

        The finder looks at the next two batches in threads of its own while the steps work on this one: the network
        lets go of the interpreter while it computes, so that both cores of a small machine are used, and has the one
        batch to look at while the other is decoded.
        """
        with _short_turns(), ThreadPoolExecutor(_AHEAD, "dragoman-finder") as ahead:
            waiting: deque[tuple[list[Draft], Future[list[tuple[list[Found], list[Mention]]]]]] = deque()
            for batch in self._batches(documents):
                waiting.append((batch, ahead.submit(self.finder.find, batch)))
                if len(waiting) > _AHEAD:
                    yield from self._finish(*waiting.popleft())
            while waiting:
                yield from self._finish(*waiting.popleft())

    def _batches(self, documents: Iterable[Document]) -> Iterator[list[Draft]]:
        batch: list[Draft] = []
        letters, most = 0, min(_FIRST, self.finder.batch)
        for document in documents:
            draft = Draft.of(document, self.lexicon)
            draft.style = getattr(self.finder, "style", draft.style)
            batch.append(draft)
            letters += len(document.text)
            if len(batch) >= most or letters >= BATCH_LETTERS:
                yield batch
                batch, letters, most = [], 0, self.finder.batch
        if batch:
            yield batch

    def _finish(self, batch: list[Draft], seen: Future[list[tuple[list[Found], list[Mention]]]]) -> Iterator[Reading]:
        for draft, (found, mentions) in zip(batch, seen.result(), strict=True):
            draft.found, draft.mentions = found, mentions
            # A document's values stay until it is read: looking for garbage among them takes a tenth of the time.
            looked_for = gc.isenabled()
            gc.disable()
            try:
                reading = self._reading(draft)
                draft.forget()
            finally:
                if looked_for:
                    gc.enable()
            yield reading

    def _reading(self, draft: Draft) -> Reading:
        """What the steps make of one document."""
        problems = []
        for layer, step in _STEPS:
            try:
                setattr(draft, layer, step(draft))
            except Exception as error:  # one layer of one document must not cost the others
                problems.append({"layer": layer, "error": f"{type(error).__name__}: {error}"})
        extra: dict[str, Any] = {}
        try:
            extra["possible_positions"] = possible_positions(draft)
        except Exception as error:
            problems.append({"layer": "possible positions", "error": f"{type(error).__name__}: {error}"})
        extra["unsure_parties"] = _unsure(draft)
        extra["problems"] = problems
        return replace(draft.finish(self.name), extra={key: value for key, value in extra.items() if value})


def _unsure(draft: Draft) -> dict[str, float]:
    """The speakers whose party may be another, with how likely it is: a table asks the other reports."""
    if not isinstance(draft.cast, Cast) or not draft.cast.unsure:
        return {}
    speakers = {s.speaker.name for s in draft.statements if not s.speaker.anonymous}
    return {name: likely for name, likely in draft.cast.unsure.items() if name in speakers}

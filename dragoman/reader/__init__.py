"""Document -> Reading. Imports no other station, no web, no torch (but `training/`); does no fetching.

A reader is anything with a `name` and `read_many(documents) -> readings`, in the same order. `get` finds one by name.
The steps: segment, find (trained or rules), resolve (who speaks for whom, through whom), layers (positions,
conditions, deadlines, meetings, agreements, figures, relations), finish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from dragoman.errors import ReaderError
from dragoman.lexicon import Lexicon
from dragoman.reading import Document, Reading


class Reader(Protocol):
    """Anything that turns documents into readings."""

    name: str

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """One reading for each document, in the same order."""
        ...


def _rules(lexicon: Lexicon, threads: int) -> Reader:
    from dragoman.reader.pipeline import Pipeline
    from dragoman.reader.rules.rules import RulesFinder

    return Pipeline(RulesFinder(), lexicon)


def _trained(lexicon: Lexicon, threads: int) -> Reader:
    from dragoman.reader.network.model import TrainedFinder
    from dragoman.reader.pipeline import Pipeline

    return Pipeline(TrainedFinder(threads=threads), lexicon)


def _trained_wide(lexicon: Lexicon, threads: int) -> Reader:
    """The trained reader that also takes what people think, want or plan for a statement."""
    from dragoman.reader.network.model import TrainedFinder
    from dragoman.reader.pipeline import Pipeline

    return Pipeline(TrainedFinder(threads=threads, style="polnear"), lexicon)


READERS: dict[str, Callable[[Lexicon, int], Reader]] = {
    "trained": _trained, "trained-wide": _trained_wide, "rules": _rules,
}  # fmt: skip


def get(name: str = "trained", *, lexicon: Lexicon | None = None, threads: int = 0) -> Reader:
    """The reader called `name`; `threads` 0 means every core. ReaderError when there is none of that name."""
    if name not in READERS:
        raise ReaderError(f"no reader is called {name!r}", expected=" or ".join(sorted(READERS)))
    return READERS[name](lexicon if lexicon is not None else Lexicon.shipped(), threads)

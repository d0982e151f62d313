"""A date in its sentence, and what it closes.

In: nothing. Out: the values that pass between those who look for tasks.
"""

from __future__ import annotations

from typing import NamedTuple

from dragoman.reader.dates.dates import DateMention
from dragoman.reading import Span, Statement

DEADLINE_NOUN = r"deadline|ultimatum|target date|time limit|cut-off|final date|limit|مهلة|المهلة"


class Place(NamedTuple):
    """A date in its sentence: what stands before and after it, within the statement it belongs to."""

    mention: DateMention
    statement: Statement | None
    before: str
    after: str
    sentence: Span
    earlier: str  # the sentence before


class Task(NamedTuple):
    """What a date closes, and by which kind of words."""

    kind: str
    what: str

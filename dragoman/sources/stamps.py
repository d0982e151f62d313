"""Reads the stamps that pages put around a headline: day and hour, "Updated", "3 years ago", agency, staff.

In: one line of a head. Out: what is left of it without its stamps, and the day it gives as that of publication.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

from dragoman.folding import fold
from dragoman.lexicon import Lexicon
from dragoman.sources.days import Day, find_day

_HEAD = 16  # lines, empty ones too
_LONGEST = 160
_EDGES = " \t|/,;:·•.-–—()[]"
_HOUR = re.compile(
    r"(?<![\d:])\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?!\d)\s*(?:[ap]\.?\s?m\b\.?)?\s*"
    r"(?:\(?(?:GMT|UTC|[A-Z]{1,4}ST|[A-Z]{1,3}T)\b(?:\s*[+-]\s*\d{1,2}(?:[:.]?\d{2})?)?\)?)?",
    re.I,
)
_NUMBERS = re.compile(r"(?<![\d/.-])\d{1,4}([/.-])\d{1,2}\1\d{2,4}(?![\d/.-])")  # a day, though it may be read two ways
_AGO = re.compile(r"\b(?:an?|\d{1,3})\s+(?:minute|min|hour|day|week|month|year)s?\s+ago\b", re.I)


@cache
def _labels(name: str) -> re.Pattern[str]:
    data = json.loads(resources.files(__package__).joinpath("data", "mastheads.json").read_text("utf-8"))
    return re.compile(
        r"\b(?:" + "|".join(sorted(map(re.escape, data[name]), key=len, reverse=True)) + r")\b\s*:?", re.I
    )


def without_stamps(line: str) -> str:
    """What else a line says: nothing where it is a stamp."""
    rest = line
    while (day := find_day(rest)) is not None:
        rest = f"{rest[: day.start]} | {rest[day.end :]}"
    for stamp in (_NUMBERS, _HOUR, _AGO):
        rest = stamp.sub(" | ", rest)
    if rest != line:
        for name in ("first_day", "later_day"):
            rest = _labels(name).sub(" | ", rest)
    return re.sub(r"(?:\s*\|)+\s*", " | ", rest).strip(_EDGES)


def is_stamp(line: str) -> bool:
    """Whether a line holds the day or hour of an article, or the agency's staff, and nothing else but an agency."""
    if len(line) > _LONGEST:
        return False
    rest = without_stamps(line)
    if rest == line.strip(_EDGES):
        alone = line.startswith("(") or fold(line).endswith(" staff")  # "Reuters strike" is a headline
        return alone and agency_of(line) is not None
    return not rest or agency_of(rest) is not None


def cut_stamps(text: str) -> str:
    """`text` without the hours and ages in its head, whose numbers count nothing; days and agencies stay."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:_HEAD]):
        if not (_HOUR.search(line) or _AGO.search(line) or _labels("later_day").search(line)) or not is_stamp(line):
            continue
        rest = without_stamps(line)
        lines[number] = f"({rest})" if f"({rest})" in line else rest
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def first_published(line: str) -> Day | None:
    """The day behind "Published" or "Created" in a line."""
    for label in _labels("first_day").finditer(line[:_LONGEST]):
        day = find_day(line[label.end() : _LONGEST])
        if day is not None and not line[label.end() : label.end() + day.start].strip(_EDGES):
            return Day(day.iso, label.end() + day.start, label.end() + day.end)
    return None


def agency_of(words: str) -> str | None:
    """The news agency that stands alone in `words`, or with its staff or a place: "Reuters Staff"."""
    pieces = words.strip(_EDGES).split()
    if not pieces or len(pieces) > 6:
        return None
    for length in range(min(len(pieces), 4), 0, -1):
        name = " ".join(pieces[:length]).strip(_EDGES)
        entry = Lexicon.shipped().outlet(name)
        if entry is None or entry.kind != "wire":
            continue
        rest = [piece for word in pieces[length:] if (piece := word.strip(_EDGES))]
        placed = all(word[:1].isupper() and fold(word) not in _pictured() for word in rest)
        return name if placed and len(rest) <= 2 else None
    return None


@cache
def _pictured() -> frozenset[str]:
    data = json.loads(resources.files(__package__).joinpath("data", "mastheads.json").read_text("utf-8"))
    return frozenset(data["pictures"])

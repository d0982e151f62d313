"""The words of the calendar and what they stand for: months, weekdays, ordinals, numbers.

In: the match of a rule, or words. Out: numbers and days; None where there is none.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from dragoman.reader.dates.tense import calendar, even


def day_of(published: str | None) -> date | None:
    """The day of publication; None when it is not given, or no date."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def number_of(words: str) -> int | None:
    """A number in digits or in words."""
    words = " ".join(words.split())
    return int(words) if words.isdecimal() else calendar_index("numbers").get(words)


@cache
def calendar_index(shelf: str) -> dict[str, int]:
    """The words of one shelf of the calendar with what they stand for."""
    entries = calendar()[shelf]
    if shelf in ("months", "weekdays"):
        return {even(word): int(number) for number, words in entries.items() for word in words}
    return {even(word): number for word, number in entries.items()}


def number_in(match: re.Match[str], name: str) -> int | None:
    """The number that a group of a match holds."""
    value = match.groupdict().get(name)
    return int(value) if value else None


def month_in(match: re.Match[str], name: str = "month") -> int:
    """The month that a group of a match names."""
    return calendar_index("months")[match[name]]

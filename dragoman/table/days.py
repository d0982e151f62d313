"""Days as the table compares them: one that is asked for, moved by some, and two apart.

In: ISO dates and date-times as text. Out: ISO days, or the days between two; what is no day is told or stays as it is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from dragoman.errors import InputError


def checked(day: str, where: str) -> str:
    """The day that somebody asks for, without its hour; InputError, naming the question `where`, for what is none."""
    try:
        if day[4:5] != "-":  # 20270402 and 2027-W14-5 are days too, but do not sort beside the others
            raise ValueError
        return datetime.fromisoformat(day).date().isoformat()
    except ValueError:
        raise InputError(f"{day!r} is no day", where=where, expected="an ISO date such as 2027-04-02") from None


@lru_cache(maxsize=50_000)
def shift(day: str, by: int) -> str:
    """A day so many days later; what is no day stays as it is."""
    try:
        return (date.fromisoformat(day[:10]) + timedelta(days=by)).isoformat()
    except (ValueError, OverflowError):
        return day


@lru_cache(maxsize=50_000)
def days_between(one: str, other: str) -> int:
    """Days from the earlier to the later of two ISO days; a great number when either is not known."""
    try:
        return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
    except ValueError:
        return 10**6

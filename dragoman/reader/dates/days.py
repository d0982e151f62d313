"""Arithmetic of days: the day that a tense means, weeks by their Monday, ends of months.

In: numbers of a date and the context they stand in. Out: a When, unresolved where something is missing.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple


class When(NamedTuple):
    """A date without its words."""

    date: str | None = None
    precision: str = "unresolved"
    end: str | None = None


class Context(NamedTuple):
    published: date | None
    tense: str | None


UNRESOLVED = When()


def nearest(candidates: list[date], context: Context) -> date | None:
    """Of several possible days the one that the tense means: the last before, the next after, or the nearest."""
    today = context.published
    if today is None or not candidates:
        return None
    near = min(candidates, key=lambda d: abs((d - today).days))
    fitting = [d for d in candidates if (d <= today if context.tense == "past" else d >= today)]
    if context.tense is None or not fitting:
        return near
    meant = min(fitting, key=lambda d: abs((d - today).days))
    # A verb that was misread would push the day most of a year away; then the near one is meant.
    return near if abs((meant - today).days) > 240 and abs((near - today).days) < 45 else meant


def safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of_month(context: Context, month: int, day: int, year: int | None = None) -> When | None:
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if year is not None:
        exact = safe_date(year, month, day)
        return as_day(exact) if exact else None
    if context.published is None:
        return UNRESOLVED
    years = range(max(1, context.published.year - 4), min(9999, context.published.year + 5))
    return as_day(nearest([d for y in years if (d := safe_date(y, month, day))], context))


def as_day(day: date | None) -> When:
    return When(day.isoformat(), "day") if day else UNRESOLVED


def as_week(day: date | None) -> When:
    return When(shift(day, -day.weekday()).isoformat(), "week") if day else UNRESOLVED


def as_month(year: int, month: int) -> When:
    return When(f"{year:04d}-{month:02d}", "month")


def shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876, in Meeus, Astronomical Algorithms)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth Monday (0) to Sunday (6) of a month; the last one for -1."""
    if nth < 0:
        last = last_of(year, month)
        return shift(last, -((last.weekday() - weekday) % 7))
    first = date(year, month, 1)
    return shift(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))


def months_on(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if not 1 <= year <= 9999:
        return day
    return safe_date(year, month, day.day) or last_of(year, month)


def last_of(year: int, month: int) -> date:
    return shift(date(year + month // 12, month % 12 + 1, 1), -1) if year < 9999 or month < 12 else date.max


def month_named(context: Context, month: int, how: str = "") -> tuple[int, int] | None:
    """Year and month of a month named without its year."""
    today = context.published
    if today is None:
        return None
    if how in ("next", "last"):
        steps = (month - today.month) % 12 or 12
        year = months_on(today, steps if how == "next" else steps - 12 if steps < 12 else -12).year
        return year, month
    first = date(today.year, today.month, 1)
    month_context = Context(first, context.tense)
    years = range(max(1, today.year - 1), min(9999, today.year + 2))
    chosen = nearest([date(y, month, 1) for y in years], month_context)
    return (chosen.year, chosen.month) if chosen else None


def week_of_month(year: int, month: int, nth: int) -> When:
    if nth < 0:
        return as_week(last_of(year, month))
    first_monday = shift(date(year, month, 1), -date(year, month, 1).weekday() % 7)
    return as_week(shift(first_monday, 7 * (nth - 1)))


def part_of_year(year: int, part: str, *, until: bool) -> When:
    if until and part in ("end", "close", ""):
        return When(f"{year:04d}-12-31", "day")
    if part in ("middle", "mid", "mid-"):
        return as_month(year, 6)
    return When(f"{year:04d}", "year")

"""Resolves dates that name their day, month, season or year: "6 May", "the end of 2027", "Easter Monday".

In: the match of a rule, and its Context. Out: When; None where the words are no date.
"""

from __future__ import annotations

import re
from datetime import date

from dragoman.reader.dates.calendar_words import calendar_index, day_of, month_in, number_in
from dragoman.reader.dates.days import (
    UNRESOLVED,
    Context,
    When,
    as_day,
    as_month,
    as_week,
    day_of_month,
    easter,
    last_of,
    month_named,
    nearest,
    nth_weekday,
    part_of_year,
    shift,
    week_of_month,
)
from dragoman.reader.dates.tense import calendar

_MOVED = re.compile(r"\b(?:mov|push|put|postpon|shift|delay|reschedul|brought|bring|chang)[^.;\n]*$")


def iso(match: re.Match[str], context: Context) -> When | None:
    return day_of_month(context, int(match["m"]), int(match["d"]), int(match["year"]))


def slashes(match: re.Match[str], context: Context) -> When | None:
    first, second, year = int(match["a"]), int(match["b"]), number_in(match, "year")
    if first > 12 >= second or first == second:
        return day_of_month(context, second, first, year)
    if second > 12 >= first:
        return day_of_month(context, first, second, year)
    return UNRESOLVED if year or match["a"].startswith("0") else None


def month_day(match: re.Match[str], context: Context) -> When | None:
    groups = match.groupdict()
    day = number_in(match, "d") or calendar_index("ordinals").get(groups.get("ordinal") or "", 0)
    exact = day_of_month(context, month_in(match), day, number_in(match, "year"))
    return exact if exact is None or not groups.get("week") or not exact.date else as_week(day_of(exact.date))


def day_range(match: re.Match[str], context: Context) -> When | None:
    year = number_in(match, "year")
    last_month = month_in(match)
    first_month = month_in(match, "month2") if match.groupdict().get("month2") else last_month
    first = day_of_month(context, first_month, int(match["d"]), year)
    last = day_of_month(context, last_month, int(match["e"]), year)
    if first is None or last is None:
        return None
    return When(first.date, "range", last.date) if first.date else UNRESOLVED


def is_move(match: re.Match[str]) -> bool:
    """Whether two days are the old and the new one: "moved from 20 April to 6 May"."""
    return _MOVED.search(match.string, max(0, match.start() - 60), match.start()) is not None


def month_only(match: re.Match[str], context: Context) -> When | None:
    groups, month, year = match.groupdict(), month_in(match), number_in(match, "year")
    part, how = groups.get("part") or "", groups.get("how") or ""
    if year is None:
        found = month_named(context, month, how.strip())
        if found is None:
            return UNRESOLVED
        year = found[0]
    if not 1 <= year <= 9999:
        return None
    if "week" in part:
        return week_of_month(year, month, calendar_index("ordinals").get(part.split()[0], 1))
    if "half" in part:
        first = date(year, month, 16 if "second" in part else 1)
        last = last_of(year, month) if "second" in part else date(year, month, 15)
        return When(first.isoformat(), "range", last.isoformat())
    if "end" in part.split() and groups.get("until"):
        return as_day(last_of(year, month))
    return as_month(year, month)


def named_year(match: re.Match[str], context: Context) -> When | None:
    groups = match.groupdict()
    part = (groups.get("part") or "").strip("- ")
    return part_of_year(int(match["year"]), part, until=part == "end" and bool(groups.get("until")))


def season(match: re.Match[str], context: Context) -> When | None:
    """A season gives its year only: hemispheres differ about its months."""
    year = number_in(match, "year")
    if year is not None:
        return When(f"{year:04d}", "year")
    if context.published is None or match["season"] == "winter":
        return UNRESOLVED
    month = calendar_index("seasons")[match["season"]]
    found = month_named(context, month, (match.groupdict().get("how") or "").strip())
    return When(f"{found[0]:04d}", "year") if found else UNRESOLVED


def feast_day(match: re.Match[str], context: Context) -> When | None:
    """A feast that has a day of its own in every year: the same date, counted from Easter, or the nth weekday."""
    feast, words, today = match["feast"], calendar(), context.published
    if feast in words["fixed"]:
        return day_of_month(context, *words["fixed"][feast])
    if today is None:
        return UNRESOLVED
    years = range(max(1583, today.year - 1), min(9998, today.year + 1) + 1)
    if feast in words["from_easter"]:
        return as_day(nearest([shift(easter(y), words["from_easter"][feast]) for y in years], context))
    return as_day(nearest([nth_weekday(y, *words["nth_weekday"][feast]) for y in years], context))

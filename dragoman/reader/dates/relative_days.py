"""Resolves dates that are counted from another day: "Tuesday", "next week", "within ten days", "the 15th".

In: the match of a rule, and its Context. Out: When; unresolved where the day of publication is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from dragoman.reader.dates.calendar_words import calendar_index, day_of, number_in, number_of
from dragoman.reader.dates.days import (
    UNRESOLVED,
    Context,
    When,
    as_day,
    as_month,
    as_week,
    last_of,
    months_on,
    nearest,
    part_of_year,
    safe_date,
    shift,
)

Handler = Callable[[re.Match[str], Context], When | None]
_UNITS = {"day": 1, "week": 7, "fortnight": 14, "يوم": 1, "ايام": 1, "اسبوع": 7, "اسابيع": 7}
_STEPS = {"next": 1, "coming": 1, "following": 1, "last": -1, "past": -1, "previous": -1,
          "المقبل": 1, "المقبله": 1, "القادم": 1, "القادمه": 1, "الماضي": -1, "الماضيه": -1}  # fmt: skip


def weekday(match: re.Match[str], context: Context) -> When | None:
    today, groups = context.published, match.groupdict()
    if today is None:
        return UNRESOLVED
    wanted = calendar_index("weekdays")[match["weekday"]]
    how, week = (groups.get("how") or "").strip(), groups.get("week")
    ahead, back = (wanted - today.weekday()) % 7, (today.weekday() - wanted) % 7
    if week:  # "Tuesday week", "a week from Tuesday", "Tuesday next week"
        if "last" in week:
            return as_day(shift(today, wanted - today.weekday() - 7))
        return as_day(shift(today, wanted - today.weekday() + 7 if "next" in week else ahead + 7))
    if how in ("next", "coming", "المقبل", "القادم"):
        return as_day(shift(today, ahead or 7))
    if how in ("last", "past", "الماضي"):
        return as_day(shift(today, -(back or 7)))
    return as_day(shift(today, -back if context.tense == "past" and how != "this" else ahead))


def weekdays(match: re.Match[str], context: Context) -> When | None:
    """ "From Tuesday to Thursday": the days from the one to the next other; "Tuesday and Thursday" are two days."""
    first = weekday(match, context)
    start = day_of(first.date) if first is not None and first.date else None
    if start is None:
        return UNRESOLVED
    ahead = (calendar_index("weekdays")[match["weekday2"]] - start.weekday()) % 7
    return When(start.isoformat(), "range", shift(start, ahead).isoformat())


def days_away(days: int) -> Handler:
    """What resolves "tomorrow", "yesterday" and the like: so many days from the day of publication."""

    def resolve(match: re.Match[str], context: Context) -> When | None:
        if context.published is None:
            return UNRESOLVED
        return as_day(shift(context.published, days))

    return resolve


def period(match: re.Match[str], context: Context) -> When | None:
    """This, next or last week, month, quarter, year; with "by the end of" its last day."""
    today, groups = context.published, match.groupdict()
    if today is None:
        return UNRESOLVED
    step = _STEPS.get((groups.get("how") or groups.get("how2") or "").strip(), 0)
    unit, at_end = match["unit"], groups.get("part") in ("end", "close", "", "نهايه_") or "out" in groups
    by_end = at_end and (bool(groups.get("until")) or "out" in groups)
    if unit in ("week", "weekend", "اسبوع"):
        monday = shift(today, 7 * step - today.weekday())
        if unit == "weekend":
            saturday = shift(monday, 5)
            back = context.tense == "past" and step == 0 and saturday > today
            return as_day(shift(saturday, -7) if back else saturday)
        return as_day(shift(monday, 4 if unit == "week" else 6)) if by_end and "out" not in groups else as_week(monday)
    if unit in ("month", "شهر"):
        there = months_on(date(today.year, today.month, 1), step)
        return as_day(last_of(there.year, there.month)) if by_end else as_month(there.year, there.month)
    if unit == "quarter":
        start = months_on(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * step)
        end = months_on(start, 2)
        return as_day(last_of(end.year, end.month)) if by_end else When(start.isoformat()[:7], "quarter")
    year = min(9999, max(1, today.year + step))
    return part_of_year(year, groups.get("part") or "", until=by_end)


# "the first talks in two months", "the worst floods in ten years": for how long there were none
_FIRST = re.compile(
    r"\b(?:first|only|last|longest|shortest|largest|biggest|highest|lowest|worst|best|deadliest|fewest|most \w+)\b"
    r"[^.;:,\n]{0,70}\s$",
    re.IGNORECASE,
)


def _is_a_while(match: re.Match[str]) -> bool:
    """Whether so many days tell how long something takes or took, not when: "in two days of talks"."""
    flat, start, end = match.string, match.start(), match.end()
    if flat[start : start + 3].lower() != "in ":
        return False
    return flat.startswith(" of ", end) or _FIRST.search(flat, max(0, start - 90), start) is not None


def distance(match: re.Match[str], context: Context) -> When | None:
    """Within, in, or ago: a number of days, weeks, months, years; counted from something else it stays unresolved."""
    today, groups = context.published, match.groupdict()
    if _is_a_while(match):
        return None
    if today is None or groups.get("anchor"):
        return UNRESOLVED
    count = number_of(groups["n"]) if groups.get("n") else 2 if groups.get("dual") else 1
    if count is None or count > 5000:
        return UNRESOLVED
    unit = groups["unit"].rstrip("s") if groups["unit"].isascii() else _arabic_unit(groups["unit"])
    sign = -1 if groups.get("ago") else 1
    if unit == "hour":
        return as_day(shift(today, sign * round(count / 24))) if count % 24 == 0 else UNRESOLVED
    if unit in _UNITS:
        return as_day(shift(today, sign * count * _UNITS[unit]))
    there = months_on(today, sign * count * (12 if unit == "year" else 1))
    return as_month(there.year, there.month)


def _arabic_unit(word: str) -> str:
    for stem, unit in (
        ("يوم", "day"),
        ("ايام", "day"),
        ("اسب", "week"),
        ("اساب", "week"),
        ("ش", "month"),
        ("ا", "month"),
    ):
        if word.startswith(stem):
            return unit
    return "year"


def quarter(match: re.Match[str], context: Context) -> When | None:
    groups, year = match.groupdict(), number_in(match, "year")
    if year is None:
        if context.published is None:
            return UNRESOLVED
        year = context.published.year + _STEPS.get((groups.get("how") or "").strip(), 0)
    number = number_in(match, "q") or calendar_index("ordinals").get(groups.get("ordinal") or "", 0)
    if groups.get("half"):
        first = date(year, 7 if number in (2, -1) else 1, 1)
        return When(first.isoformat(), "range", last_of(year, first.month + 5).isoformat())
    number = 4 if number == -1 else number
    return When(f"{year:04d}-{number * 3 - 2:02d}", "quarter") if 1 <= number <= 4 else None


def bare_day(match: re.Match[str], context: Context) -> When | None:
    """ "The 15th": of this, the next or the last month, by tense; "the thirtieth of this month"."""
    groups, today = match.groupdict(), context.published
    day = number_in(match, "d") or calendar_index("ordinals").get(groups.get("ordinal") or "", 0)
    if not 1 <= day <= 31:
        return None
    if today is None:
        return UNRESOLVED
    steps = {"this": (0,), "next": (1,), "last": (-1,)}.get(groups.get("how") or "", (-1, 0, 1))
    months = [months_on(date(today.year, today.month, 1), step) for step in steps]
    return as_day(nearest([d for m in months if (d := safe_date(m.year, m.month, day))], context))


def undated(match: re.Match[str], context: Context) -> When | None:
    """Words of a time that no day can be told for."""
    return UNRESOLVED

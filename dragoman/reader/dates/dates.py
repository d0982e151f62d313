"""Finds dates in running text and resolves them against the day of publication and the tense around them.

In: text in English or Arabic, the publication date (or None) and the language. Out: DateMentions in text order. What
needs the publication date stays unresolved without it; nothing is read from a clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

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
    months_on,
    nearest,
    nth_weekday,
    part_of_year,
    safe_date,
    shift,
    week_of_month,
)
from dragoman.reader.dates.tense import calendar, even, tense_at
from dragoman.reading import Span


class DateMention(NamedTuple):
    """Words that give a date; `date` is ISO at `precision`, None while unresolved; `end` is the last day of a range."""

    span: Span
    date: str | None
    precision: str
    end: str | None = None


Handler = Callable[[re.Match[str], Context], When | None]


def find_dates(text: str, published: str | None, language: str | None = None) -> list[DateMention]:
    """The dates that `text` names, in order; of two that share words the longer one."""
    return list(_find(text, (published or "")[:10]))


def resolve_date(words: str, published: str | None, *, tense: str | None = None) -> When:
    """The first date in `words`, read in `tense` ("past", "future") where given; unresolved when there is none."""
    for match, handler in _matches(even(words), words):
        when = handler(match, Context(_day(published), tense or tense_at(even(words), match.start(), match.end())))
        if when is not None:
            return when
    return UNRESOLVED


@lru_cache(maxsize=64)
def _find(text: str, published: str) -> tuple[DateMention, ...]:
    flat, day, found = even(text), _day(published), []
    for match, handler in _matches(flat, text):
        start, end = match.start(), match.end()
        when = handler(match, Context(day, tense_at(flat, start, end)))
        if when is not None:
            found.append(DateMention(Span(start, end), *when))
    return tuple(found)


def _matches(flat: str, text: str) -> list[tuple[re.Match[str], Handler]]:
    """The matches of all rules without overlap: earlier before later, longer before shorter."""
    candidates = []
    for line in _LINE.finditer(flat):
        said = _said(line.group())
        for order, (pattern, handler, anchors) in enumerate(_rules()):
            if said.isdisjoint(anchors):
                continue
            candidates += [
                (m.start(), -m.end(), order, m, handler)
                for m in pattern.finditer(flat, *line.span())
                if _is_named(m, text) and not (handler in (_range, _weekdays) and _is_move(m))
            ]
    candidates.sort(key=lambda c: c[:3])
    taken, last = [], 0
    for start, minus_end, _, match, handler in candidates:
        if start >= last:
            taken.append((match, handler))
            last = -minus_end
    return taken


_LINE = re.compile(r"[^\n]+")  # no rule goes beyond its line
_PIECE = re.compile(r"[^\W\d_]+|\d+")


def _said(line: str) -> set[str]:
    """The words and numbers of a line; "#" for any number, "####" for one of four digits."""
    said = set(_PIECE.findall(line))
    lengths = {len(piece) for piece in said if piece.isdecimal()}
    return said | ({"#"} if lengths else set()) | ({"####"} if 4 in lengths else set())


def _is_named(match: re.Match[str], text: str) -> bool:
    """Whether month and weekday names are written as names: "May", not "may"."""
    return not any(
        name.startswith(("month", "weekday")) and value and text[match.start(name)].islower()
        for name, value in match.groupdict().items()
    )


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


# ------------------------------------------------------------------------------------------------------ the rules


def _number(words: str) -> int | None:
    words = " ".join(words.split())
    return int(words) if words.isdecimal() else calendar_index("numbers").get(words)


@cache
def calendar_index(shelf: str) -> dict[str, int]:
    """The words of one shelf of the calendar with what they stand for."""
    entries = calendar()[shelf]
    if shelf in ("months", "weekdays"):
        return {even(word): int(number) for number, words in entries.items() for word in words}
    return {even(word): number for word, number in entries.items()}


def _int(match: re.Match[str], name: str) -> int | None:
    value = match.groupdict().get(name)
    return int(value) if value else None


def _month(match: re.Match[str], name: str = "month") -> int:
    return calendar_index("months")[match[name]]


def _iso(match: re.Match[str], context: Context) -> When | None:
    return day_of_month(context, int(match["m"]), int(match["d"]), int(match["year"]))


def _slashes(match: re.Match[str], context: Context) -> When | None:
    first, second, year = int(match["a"]), int(match["b"]), _int(match, "year")
    if first > 12 >= second or first == second:
        return day_of_month(context, second, first, year)
    if second > 12 >= first:
        return day_of_month(context, first, second, year)
    return UNRESOLVED if year or match["a"].startswith("0") else None


def _month_day(match: re.Match[str], context: Context) -> When | None:
    groups = match.groupdict()
    day = _int(match, "d") or calendar_index("ordinals").get(groups.get("ordinal") or "", 0)
    exact = day_of_month(context, _month(match), day, _int(match, "year"))
    return exact if exact is None or not groups.get("week") or not exact.date else as_week(_day(exact.date))


def _range(match: re.Match[str], context: Context) -> When | None:
    year = _int(match, "year")
    last_month = _month(match)
    first_month = _month(match, "month2") if match.groupdict().get("month2") else last_month
    first = day_of_month(context, first_month, int(match["d"]), year)
    last = day_of_month(context, last_month, int(match["e"]), year)
    if first is None or last is None:
        return None
    return When(first.date, "range", last.date) if first.date else UNRESOLVED


def _is_move(match: re.Match[str]) -> bool:
    """Whether two days are the old and the new one: "moved from 20 April to 6 May"."""
    return _MOVED.search(match.string, max(0, match.start() - 60), match.start()) is not None


_MOVED = re.compile(r"\b(?:mov|push|put|postpon|shift|delay|reschedul|brought|bring|chang)[^.;\n]*$")


def _month_only(match: re.Match[str], context: Context) -> When | None:
    groups, month, year = match.groupdict(), _month(match), _int(match, "year")
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


def _weekday(match: re.Match[str], context: Context) -> When | None:
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


def _weekdays(match: re.Match[str], context: Context) -> When | None:
    """ "From Tuesday to Thursday": the days from the one to the next other; "Tuesday and Thursday" are two days."""
    first = _weekday(match, context)
    start = _day(first.date) if first is not None and first.date else None
    if start is None:
        return UNRESOLVED
    ahead = (calendar_index("weekdays")[match["weekday2"]] - start.weekday()) % 7
    return When(start.isoformat(), "range", shift(start, ahead).isoformat())


def _relative_day(days: int, precision: str = "day") -> Handler:
    def resolve(match: re.Match[str], context: Context) -> When | None:
        if context.published is None:
            return UNRESOLVED
        return as_day(shift(context.published, days))

    return resolve


_UNITS = {"day": 1, "week": 7, "fortnight": 14, "يوم": 1, "ايام": 1, "اسبوع": 7, "اسابيع": 7}
_STEPS = {"next": 1, "coming": 1, "following": 1, "last": -1, "past": -1, "previous": -1,
          "المقبل": 1, "المقبله": 1, "القادم": 1, "القادمه": 1, "الماضي": -1, "الماضيه": -1}  # fmt: skip


def _period(match: re.Match[str], context: Context) -> When | None:
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


def _year(match: re.Match[str], context: Context) -> When | None:
    groups = match.groupdict()
    part = (groups.get("part") or "").strip("- ")
    return part_of_year(int(match["year"]), part, until=part == "end" and bool(groups.get("until")))


def _distance(match: re.Match[str], context: Context) -> When | None:
    """Within, in, or ago: a number of days, weeks, months, years; counted from something else it stays unresolved."""
    today, groups = context.published, match.groupdict()
    if today is None or groups.get("anchor"):
        return UNRESOLVED
    count = _number(groups["n"]) if groups.get("n") else 2 if groups.get("dual") else 1
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


def _quarter(match: re.Match[str], context: Context) -> When | None:
    groups, year = match.groupdict(), _int(match, "year")
    if year is None:
        if context.published is None:
            return UNRESOLVED
        year = context.published.year + _STEPS.get((groups.get("how") or "").strip(), 0)
    number = _int(match, "q") or calendar_index("ordinals").get(groups.get("ordinal") or "", 0)
    if groups.get("half"):
        first = date(year, 7 if number in (2, -1) else 1, 1)
        return When(first.isoformat(), "range", last_of(year, first.month + 5).isoformat())
    number = 4 if number == -1 else number
    return When(f"{year:04d}-{number * 3 - 2:02d}", "quarter") if 1 <= number <= 4 else None


def _season(match: re.Match[str], context: Context) -> When | None:
    """A season gives its year only: hemispheres differ about its months."""
    year = _int(match, "year")
    if year is not None:
        return When(f"{year:04d}", "year")
    if context.published is None or match["season"] == "winter":
        return UNRESOLVED
    month = calendar_index("seasons")[match["season"]]
    found = month_named(context, month, (match.groupdict().get("how") or "").strip())
    return When(f"{found[0]:04d}", "year") if found else UNRESOLVED


def _bare_day(match: re.Match[str], context: Context) -> When | None:
    """ "The 15th": of this, the next or the last month, by tense; "the thirtieth of this month"."""
    groups, today = match.groupdict(), context.published
    day = _int(match, "d") or calendar_index("ordinals").get(groups.get("ordinal") or "", 0)
    if not 1 <= day <= 31:
        return None
    if today is None:
        return UNRESOLVED
    steps = {"this": (0,), "next": (1,), "last": (-1,)}.get(groups.get("how") or "", (-1, 0, 1))
    months = [months_on(date(today.year, today.month, 1), step) for step in steps]
    return as_day(nearest([d for m in months if (d := safe_date(m.year, m.month, day))], context))


def _fixed(match: re.Match[str], context: Context) -> When | None:
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


def _open(match: re.Match[str], context: Context) -> When | None:
    return UNRESOLVED


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    handler: Handler
    anchors: frozenset[str]  # words of which a text has at least one where the rule can match


@cache
def _rules() -> list[_Rule]:
    return _compile()


def _anchors(pattern: str, words: str) -> frozenset[str]:
    """The words without which a rule cannot match: months, weekdays and the like, or those that its row lists."""
    for piece, shelf in (("{M", "months"), ("{W}", "weekdays"), ("{SEASON}", "seasons")):
        if piece in pattern:
            return frozenset(_PIECE.findall(" ".join(calendar_index(shelf))))
    for piece, shelves in (("{FEAST}", ("feasts",)), ("{FIXED}", _FIXED)):
        if piece in pattern:
            return frozenset(_PIECE.findall(" ".join(even(word) for name in shelves for word in calendar()[name])))
    return frozenset(words.split())


_FIXED = ("fixed", "from_easter", "nth_weekday")  # the shelves of feasts whose day is known


def _words(*shelves: str) -> str:
    known = shelves[0] in ("feasts", *_FIXED)
    entries = [word for shelf in shelves for word in (map(even, calendar()[shelf]) if known else calendar_index(shelf))]
    return "|".join(re.escape(word) for word in sorted(entries, key=len, reverse=True))


def _compile() -> list[_Rule]:
    """Every rule of the grammar; `{M}` is a month, `{W}` a weekday, `{N}` a number, `{Y}` a year, `_` a gap."""
    pieces = {
        "{M2}": rf"(?P<month2>{_words('months')})(?:\.(?=[ \t]?\d))?(?:/(?:{_words('months')}))?",
        "{M}": rf"(?P<month>{_words('months')})(?:\.(?=[ \t]?\d))?(?:/(?:{_words('months')}))?",
        "{W2}": rf"(?P<weekday2>{_words('weekdays')})",
        "{W}": rf"(?P<weekday>{_words('weekdays')})",
        "{DAY}": rf"(?:(?:يوم _)?(?:{_words('weekdays')}),?_(?:the_)?)?",
        "{N}": rf"(?P<n>\d{{1,4}}|{_words('numbers')})",
        "{O}": rf"(?P<ordinal>{_words('ordinals')})",
        "{Y}": r"(?P<year>(?:1[5-9]|20|21)\d\d)(?!\d|,\d{3})",
        "{D}": r"(?P<d>\d{1,2})(?:st|nd|rd|th)?",
        "{E}": r"(?P<e>\d{1,2})(?:st|nd|rd|th)?",
        "{SEASON}": rf"(?P<season>{_words('seasons')})",
        "{FEAST}": rf"(?:{_words('feasts')})",
        "{FIXED}": rf"(?P<feast>{_words(*_FIXED)})",
        "{UNTIL}": r"(?:(?P<until>by|until|till|before|no later than|not later than|بحلول|قبل|حتي)_)?",
        "{NEXT}": r"(?P<how>next|last|this|coming|past|the|following|previous|the next|the coming|the last|the past)",
    }
    from dragoman.reader.dates.date_rules import ANCHORS, RULES

    handlers: dict[str, Handler] = {
        "iso": _iso, "slashes": _slashes, "month_day": _month_day, "range": _range, "month_only": _month_only,
        "weekday": _weekday, "weekdays": _weekdays, "period": _period, "year": _year, "distance": _distance,
        "quarter": _quarter,
        "season": _season, "bare_day": _bare_day, "fixed": _fixed, "open": _open,
        **{f"days{n:+d}": _relative_day(n) for n in (-2, -1, 0, 1, 2)},
    }  # fmt: skip
    rules = []
    for name, pattern in RULES:
        anchors = _anchors(pattern, ANCHORS.get(name, ""))
        for piece, text in pieces.items():
            pattern = pattern.replace(piece, text)
        pattern = pattern.replace("_", r"(?:[ \t]{1,2})")
        rules.append(_Rule(re.compile(rf"(?<![\w/])(?:{pattern})(?!\w)"), handlers[name], anchors))
    return rules

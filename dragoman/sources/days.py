"""Finds the day a page says it was published on, written out in full; never guesses, never asks a clock.

In: a line such as "Lisbon, Tuesday 16 October 2018". Out: the day as an ISO date and where it stands in the line, or
None: a day without its year, or one that can be read in two ways, is no day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from dragoman.folding import fold

# Languages whose month names mastheads are read in; Arabic has three sets (يناير, كانون الثاني, جانفي).
_LOCALES = (
    "en", "ar", "ar_SY", "ar_MA", "fr", "es", "de", "it", "pt", "nl", "ru", "uk", "tr", "pl", "fa", "he", "sv", "da",
    "nb", "fi", "ro", "cs", "el", "id",
)  # fmt: skip
_DIGITS = {ord(c): str(n % 10) for n, c in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_YEAR = re.compile(r"\d{4}")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/.-])")
_CHINESE = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")


# Zones of lands that write the day first; behind the hour they tell how the day before it is read.
_DAY_FIRST = re.compile(
    r"\s*,?\s*(?:at\s+)?\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?\s*\(?(?:IST|PKT|BST|CES?T|EES?T|MSK|SAST|AES?T|EAT|WAT)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day found in a line: its ISO form and the half-open range of the words that give it."""

    iso: str
    start: int
    end: int


@cache
def _names() -> tuple[dict[str, int], dict[str, int]]:
    """Folded month names and week-day names (Monday is 0) of every language that is read."""
    from babel import Locale

    months: dict[str, int] = {"sept": 9}
    weekdays: dict[str, int] = {}
    for code in _LOCALES:
        locale = Locale.parse(code)
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[form][width].items():
                    months.setdefault(fold(name).strip(". "), number)
                for number, name in locale.days[form][width].items():
                    weekdays.setdefault(fold(name).strip(". "), number)
    months = {name: number for name, number in months.items() if not name.isdigit() and len(name) > 2}
    return months, {name: number for name, number in weekdays.items() if len(name) > 2}


@cache
def _written() -> re.Pattern[str]:
    names, weekdays = _names()
    month = "(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b\.?"
    weekday = "(?:" + "|".join(sorted(map(re.escape, weekdays), key=len, reverse=True)) + r")\b\.?"
    two = rf"(?P<{{0}}>{month})(?:\s*/\s*{month})?"
    day_first = (
        r"(?:(?<!\d)\d{1,2}\.?\s*[-–]\s*)?(?<!\d)(?P<d1>\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?"
        + two.format("m1") + r",?\s+(?:de\s+)?(?P<y1>\d{4})(?!\d)"
    )  # fmt: skip
    month_first = two.format("m2") + r"\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(?P<y2>\d{4})(?!\d)"
    return re.compile(rf"(?:{weekday}\s*[,،]?\s+(?:the\s+)?)?(?:{day_first}|(?<!\w){month_first})")


def find_day(line: str) -> Day | None:
    """The first day written out in full in `line`."""
    plain = line.translate(_DIGITS)
    if not _YEAR.search(plain):  # as most lines: the names of months, a fifth of a second to load, are not needed
        return None
    found = [day for day in (_written_day(plain), _iso_day(plain), _numeric_day(plain)) if day]
    return min(found, key=lambda day: day.start) if found else None


def iso_day(text: str) -> str | None:
    """`text` as an ISO date or date-time when it is one, or a date in words or of an e-mail; else None."""
    text = text.strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return text if _valid(int(text[:4]), int(text[5:7]), int(text[8:])) else None
    try:
        datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        return text.replace(" ", "T", 1) if re.match(r"\d{4}-\d{2}-\d{2}[T ]", text) else _from_compact(text)
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        day = find_day(text[:200])
        return day.iso if day else None


def _from_compact(text: str) -> str | None:
    return datetime.fromisoformat(text).date().isoformat() if re.fullmatch(r"\d{8}", text) else None


def _written_day(line: str) -> Day | None:
    # Letter by letter, so that a range in the folded line is the same range in the line.
    folded = "".join(f if len(f := fold(c)) == 1 else (f[:1] or c) for c in line)
    for match in _written().finditer(folded):
        name = (match["m1"] or match["m2"]).strip(". ")
        day, year = match["d1"] or match["d2"], match["y1"] or match["y2"]
        if iso := _valid(int(year), _names()[0].get(name, 0), int(day)):
            return Day(iso, *match.span())
    return None


def _iso_day(line: str) -> Day | None:
    match = _ISO.search(line) or _CHINESE.search(line)
    iso = match and _valid(*map(int, match.groups()))
    return Day(iso, *match.span()) if match and iso else None


def _numeric_day(line: str) -> Day | None:
    """5/12/2016 only where it can be read in one way: a part above twelve, two equal parts, its week day beside it."""
    match = _NUMERIC.search(line)
    if not match:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    readings = {_valid(year, second, first), _valid(year, first, second)} - {None}
    # The point is used with the day first only.
    if match[2] == "." or _DAY_FIRST.match(line, match.end()):
        readings = {_valid(year, second, first)} - {None}
    before = re.findall(r"\w+", fold(line[: match.start()]))[-1:]
    weekday = _names()[1].get(before[0]) if before else None
    if weekday is not None and len(readings) > 1:
        readings = {iso for iso in readings if iso and date.fromisoformat(iso).weekday() == weekday}
    iso = readings.pop() if len(readings) == 1 else None
    return Day(iso, *match.span()) if iso else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if 1700 <= year <= 2200 else None
    except ValueError:
        return None

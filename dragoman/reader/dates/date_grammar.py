"""Turns the rows of the grammar of dates into rules: a pattern, and who resolves what it matches.

In: nothing but the rows and the words of the calendar. Out: the Rules, in the order of the rows.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from dragoman.reader.dates.calendar_words import calendar_index
from dragoman.reader.dates.date_rules import ANCHORS, RULES
from dragoman.reader.dates.named_days import (
    day_range,
    feast_day,
    iso,
    month_day,
    month_only,
    named_year,
    season,
    slashes,
)
from dragoman.reader.dates.relative_days import (
    Handler,
    bare_day,
    days_away,
    distance,
    period,
    quarter,
    undated,
    weekday,
    weekdays,
)
from dragoman.reader.dates.tense import calendar, even

PIECE = re.compile(r"[^\W\d_]+|\d+")
_FIXED = ("fixed", "from_easter", "nth_weekday")  # the shelves of feasts whose day is known


class Rule(NamedTuple):
    """A pattern over even text, and who resolves what it matches."""

    pattern: re.Pattern[str]
    handler: Handler
    anchors: frozenset[str]  # words of which a line has at least one where the rule can match
    also: frozenset[str]  # further words of which it has one, where there are any


def _anchors(pattern: str, words: str) -> frozenset[str]:
    """The words without which a rule cannot match: months, weekdays and the like, or those that its row lists."""
    for piece, shelf in (("{M", "months"), ("{W}", "weekdays"), ("{SEASON}", "seasons")):
        if piece in pattern:
            return frozenset(PIECE.findall(" ".join(calendar_index(shelf))))
    for piece, shelves in (("{FEAST}", ("feasts",)), ("{FIXED}", _FIXED)):
        if piece in pattern:
            return frozenset(PIECE.findall(" ".join(even(word) for name in shelves for word in calendar()[name])))
    return frozenset(words.split())


def _words(*shelves: str) -> str:
    """A pattern of all words of some shelves of the calendar, longer ones first."""
    known = shelves[0] in ("feasts", *_FIXED)
    entries = [word for shelf in shelves for word in (map(even, calendar()[shelf]) if known else calendar_index(shelf))]
    return "|".join(re.escape(word) for word in sorted(entries, key=len, reverse=True))


@cache
def rules() -> list[Rule]:
    """Every rule of the grammar; `{M}` is a month, `{W}` a weekday, `{N}` a number, `{Y}` a year, `_` a gap."""
    pieces = {
        "{M2}": rf"(?P<month2>{_words('months')})(?:\.(?=[ \t]?\d))?(?:/(?:{_words('months')}))?",
        "{M}": rf"(?P<month>{_words('months')})(?:\.(?=[ \t]?\d))?(?:/(?:{_words('months')}))?",
        "{W2}": rf"(?P<weekday2>{_words('weekdays')})",
        "{W}": rf"(?P<weekday>{_words('weekdays')})",
        "{DAY}": rf"(?:(?:يوم _)?(?:{_words('weekdays')})(?:,?_|_\()(?:the_)?)?",  # also "Friday (10 May)"
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
    handlers: dict[str, Handler] = {
        "iso": iso, "slashes": slashes, "month_day": month_day, "range": day_range, "month_only": month_only,
        "weekday": weekday, "weekdays": weekdays, "period": period, "year": named_year, "distance": distance,
        "quarter": quarter, "season": season, "bare_day": bare_day, "fixed": feast_day, "open": undated,
        **{f"days{n:+d}": days_away(n) for n in (-2, -1, 0, 1, 2)},
    }  # fmt: skip
    compiled = []
    for name, pattern, *also in RULES:
        anchors = _anchors(pattern, ANCHORS.get(name, ""))
        for piece, text in pieces.items():
            pattern = pattern.replace(piece, text)
        pattern = pattern.replace("_", r"(?:[ \t]{1,2})")
        compiled.append(
            Rule(
                re.compile(rf"(?<![\w/])(?:{pattern})(?!\w)"),
                handlers[name],
                anchors,
                frozenset(" ".join(also).split()),
            )
        )
    return compiled


@cache
def rules_by_anchors() -> dict[frozenset[str], list[tuple[int, Rule]]]:
    """The rules with their place in the grammar, by their anchors: many have the same."""
    found: dict[frozenset[str], list[tuple[int, Rule]]] = {}
    for order, rule in enumerate(rules()):
        found.setdefault(rule.anchors, []).append((order, rule))
    return found

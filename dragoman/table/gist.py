"""What the ledgers need of the words of an item, worked out once however often the item is fed to them.

In: conditions, deadlines, meetings and figures as they were read. Out: their stems, days and what kind of thing they
speak of, none of which depends on what a name means.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from dragoman.folding import words
from dragoman.reading import Condition, Deadline, Figure, Meeting, Reading, Statement
from dragoman.table.days import shift
from dragoman.table.words import holds, listed, slug, stems, stems_of

# So many days after its date a deadline is no longer looked for in later reports.
LOOKED_FOR = 60
# A meeting that runs over some days is found at its first or its last.
DAYS_APART = 3
# A number of another source stands so near the one before, says so little beside, and differs by no greater factor.
RIVALS_APART, BARE_NUMBER, RIVALS = 200, 50, 3.0
FOREVER = "9999"
_SCOPE = re.compile(r"\b(?:since|in|during|by|from|at|after|on|into|near)\b(.*)", re.I)
PLANNED = re.compile(r"\s*(?:to\b|called for)", re.I)
_EARLIER = re.compile(r"\b(?:first|earlier|previous|previously|as given|before)\b", re.I)


class Required(NamedTuple):
    """One thing that is required."""

    what: str
    stems: frozenset[str]
    unnumbered: frozenset[str]
    number: float | None  # so many of something are required
    holding: bool  # that an agreement holds
    passing: tuple[str, ...]  # that one of these days of the year passes, as the ends of dates: "-03-10"
    presence: bool  # that somebody be somewhere


class Withheld(NamedTuple):
    """A condition: what is withheld, and what is required for it."""

    stems: frozenset[str]
    convening: bool  # withholds calling a meeting
    talks: bool  # withholds something about talks or a deal
    attending: bool  # withholds coming to talks or going on with them
    requires: tuple[Required, ...]
    wanted: frozenset[str]  # the stems of all that is required


class Due(NamedTuple):
    """A deadline: what is due, until when it can be kept, until when reports of it are looked for."""

    stems: frozenset[str]
    slug: str
    presence: bool
    end: str
    looked_for: str


class Held(NamedTuple):
    """A meeting: its name, and the days on which it may be found."""

    stems: frozenset[str]
    slug: str
    place: frozenset[str]
    days: tuple[str, ...]
    near: tuple[str, ...]


class Counted(NamedTuple):
    """A figure: what it counts, whether that is still to come ("to be freed", "called for"), and its scope."""

    family: tuple[frozenset[str], bool]
    scope: frozenset[str]
    earlier: bool  # says itself that it is an earlier count


class Gist(NamedTuple):
    """The gist of every item of a reading, in the order of its layers."""

    conditions: tuple[Withheld, ...]
    deadlines: tuple[Due, ...]
    meetings: tuple[Held, ...]
    figures: tuple[Counted, ...]
    looked_at: tuple[str, ...]  # the days on which its meetings are looked for
    roams: bool  # some are looked for among the latest, whatever their day


def gist(reading: Reading) -> Gist:
    """The gist of every condition, deadline, meeting and figure of a reading."""
    meetings = tuple(map(of_meeting, reading.meetings))
    return Gist(
        tuple(map(of_condition, reading.conditions)), tuple(map(of_deadline, reading.deadlines)), meetings,
        _of_figures(reading), _looked_at(meetings),
        any(item.date is None or item.status == "postponed" for item in reading.meetings),
    )  # fmt: skip


def _looked_at(meetings: tuple[Held, ...]) -> tuple[str, ...]:
    days = [here.near or here.days for here in meetings]  # a day is near itself
    return days[0] if len(days) == 1 else tuple(dict.fromkeys(chain.from_iterable(days)))


def of_condition(item: Condition) -> Withheld:
    """The gist of a condition."""
    requires = tuple(map(of_requirement, item.requires))
    wanted = requires[0].stems if len(requires) == 1 else frozenset[str]().union(*(r.stems for r in requires))
    return Withheld(*_thing(item.withholds), requires, wanted)


@lru_cache(maxsize=50_000)  # the same things are withheld again and again
def _thing(text: str) -> tuple[frozenset[str], bool, bool, bool]:
    spoken = words(text)
    attending = holds(text, spoken, "talks_words")
    talks = attending or holds(text, spoken, "deal_words")
    return stems_of(spoken), talks and holds(text, spoken, "convening"), talks, attending


def of_requirement(what: str) -> Required:
    """The gist of a requirement."""
    spoken = words(what)
    here = stems_of(spoken)
    plain = unnumbered(here)
    given = [float(n) for n in here if n.replace(".", "", 1).isdigit()]
    number = given[0] if len(given) == 1 and len(plain) >= 2 else None
    passing = _days_of_the_year(here) if holds(what, spoken, "passing") else ()
    holding, presence = holds(what, spoken, "holding"), holds(what, spoken, "presence")
    return Required(what, here, plain, number, holding, passing, presence)


def _days_of_the_year(here: frozenset[str]) -> tuple[str, ...]:
    """The days of the year that are spoken of, by month and number, as the ends of ISO dates."""
    numbers = sorted({int(n) for n in here if n.isdecimal() and n.isascii() and len(n) < 3 and 0 < int(n) < 32})
    return tuple(
        f"-{month:02}-{number:02}" for month in range(1, 13) if numbers and stems(month_name[month]) <= here
        for number in numbers
    )  # fmt: skip


def of_deadline(item: Deadline) -> Due:
    """The gist of a deadline."""
    until, spoken = span_of(item.date, item.precision), words(item.what)
    presence = holds(item.what, spoken, "presence")
    return Due(stems_of(spoken), slug(f"{item.what} {item.date or ''}"), presence, *until)


def of_meeting(item: Meeting) -> Held:
    """The gist of a meeting."""
    near = around(item.date) if item.date is not None and item.precision == "day" else ()
    return Held(
        stems(item.name), slug(f"{item.name} {item.date or ''}"), stems(item.place or ""),
        days(item.date, item.precision), near,
    )  # fmt: skip


def of_figure(item: Figure) -> Counted:
    """The gist of a figure."""
    return _measured(item.unit or "", item.measure or "", item.scope or "")


@lru_cache(maxsize=50_000)  # the same things are counted again and again
def _measured(unit: str, measure: str, scope: str) -> Counted:
    what, within = _measure_and_scope(measure.split(",")[0])
    counts = stems(f"{unit} {what}") - _verifying()
    return Counted(
        (counts - stems("people") or counts, bool(PLANNED.match(measure))), stems(f"{scope} {within}"),
        bool(_EARLIER.search(measure)),
    )  # fmt: skip


def _measure_and_scope(measure: str) -> tuple[str, str]:
    """What is counted, and where or since when: "killed", "October" of "killed since October"."""
    scope = _SCOPE.search(measure)
    return (_SCOPE.sub("", measure), scope[1]) if scope else (measure, "")


def _of_figures(reading: Reading) -> tuple[Counted, ...]:
    """The gist of every figure; one that another source sets against the figure before counts what that one counts."""
    found: list[Counted] = []
    for place, item in enumerate(reading.figures):
        own = of_figure(item)
        if place and _sets_against(item, reading.figures[place - 1], reading):
            own = own._replace(family=found[-1].family, scope=own.scope or found[-1].scope)
        found.append(own)
    return tuple(found)


def _sets_against(item: Figure, before: Figure, reading: Reading) -> bool:
    """Whether a source does no more than give another number for what the one before it counted.

    "The union says 2,100 beds were closed. The ministry puts the number at 900."
    """
    if not before.by or not item.by or before.by == item.by or item.unit != before.unit or not item.unit:
        return False
    one, other = _statement(reading, before.statement), _statement(reading, item.statement)
    if one is None or other is None or one is other:
        return False
    if other.act != "estimate" or one.act not in ("estimate", "claim"):
        return False
    if item.span.start - before.span.end > RIVALS_APART or not (item.quantity and before.quantity):
        return False
    letters = sum(end - start for start, end in other.content)
    return letters <= BARE_NUMBER and 1 / RIVALS <= item.quantity / before.quantity <= RIVALS


def _statement(reading: Reading, identity: str | None) -> Statement | None:
    return next((s for s in reading.statements if s.id == identity), None)


@cache
def _verifying() -> frozenset[str]:
    return frozenset(s for word in listed("verifying") for s in stems(word))


def unnumbered(here: frozenset[str]) -> frozenset[str]:
    """Stems without the numbers among them."""
    return frozenset(s for s in here if not s[0].isdigit())


class Until(NamedTuple):
    """The last day on which something can be done, and the last on which reports of it are looked for."""

    end: str
    looked_for: str


@lru_cache(maxsize=50_000)
def span_of(day: str | None, precision: str) -> Until:
    """Until when what is due on a day can be kept and is looked for."""
    if not day:
        return Until("", FOREVER)
    end = last_day(day, precision)
    return Until(end, shift(end, LOOKED_FOR))


def last_day(day: str, precision: str) -> str:
    """The last day that still belongs to a date of a precision."""
    try:
        if len(day) == 4:
            return f"{day}-12-31"
        if len(day) == 7 and day[5] == "Q":
            month = int(day[6]) * 3
            return f"{day[:4]}-{month:02}-{monthrange(int(day[:4]), month)[1]}"
        if len(day) == 7:
            return f"{day}-{monthrange(int(day[:4]), int(day[5:]))[1]:02}"
        if precision == "week":
            return shift(day[:10], 6)
    except (ValueError, IndexError):
        pass
    return day[:10]


@lru_cache(maxsize=50_000)
def days(day: str | None, precision: str) -> tuple[str, ...]:
    """The days under which a meeting of that date is filed."""
    if not day:
        return ()
    if precision == "week" and len(day) == 10:
        return tuple(shift(day, n) for n in range(7))
    return (day,)


@lru_cache(maxsize=50_000)
def around(day: str) -> tuple[str, ...]:
    """The days around a day, and itself."""
    return tuple(shift(day, away) for away in range(-DAYS_APART, DAYS_APART + 1))

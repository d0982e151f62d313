"""Tells which dates of a clause may be the day of its meeting, and whether the meeting lies before or after.

In: the words of a clause, those for its meeting, and a date. Out: whether it may be the day; held or planned.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.reader.dates.dates import DateMention
from dragoman.reader.meetings.meeting_words import Trigger

RUNS_OUT = re.compile(r"(?<!\w)(?:runs? out|ran out|expires?|expired|lapses?|lapsed)(?!\w)")
# "talks will go on, Leth said on Tuesday", "said on Tuesday that they would meet": when it was said
_SAID_ON = re.compile(
    r"(?<!\w)(?<!was )(?<!were )(?:said|says|told (?:[\w'’-]+ ){1,4}?|announced|added|warned|confirmed|insisted|"
    r"reported|stated|wrote|tweeted|clarified|remarked|revealed|disclosed|stressed|reiterated|claimed)"
    r"(?: late| early)?(?: on)? ?$"
)
# "on Tuesday urged all who meet in Velm": the day of the urging; "came home on Friday after talks": of coming home
_SAYS_THEN = re.compile(
    r"\s(?:said|says|told|announced|urged|warned|called (?:on|for)|asked|insisted|confirmed|repeated|stressed|"
    r"reiterated|welcomed|rejected|denied|accused|extended|prolonged)(?!\w)"
)
# "a strike beginning on Monday, but there were talks": the day stands in the clause before
_THERE_WERE = re.compile(r",\s(?:but|and|though|although|while)\sthere\s(?:was|were|is|are|has been|have been)(?!\w)")
_CAME = re.compile(r"(?<!\w)(?:arrived|returned|landed|flew|left|came (?:home|back))(?!\w)[^,;]*$")
_AFTER = re.compile(r"(?<!\w)after\s(?:[\w'’-]+\s){0,5}$")
_AFTER_DOING = re.compile(r"(?<!\w)after (?!(?:a |the )?(?:morning|evening)\b)\w+ing\s[^,;]{3,60}$")
_AFTER_THAT = re.compile(r"\s(?:after|following)\s(?:[\w'’-]+\s){0,4}$")
_MEETS = re.compile(
    r"(?<!\w)(?:meet|reconvene|gather|resume|(?:hold|start|begin|open)(?=\s[^,;]{0,40}(?:talks|round|meeting)))(?!\w)"
)
_PROPOSED = re.compile(r"(?<!\w)(?:proposal|offer|call|invitation|decision|request|appeal|plea)s?(?!\w)[^,;]{0,40}$")
_FOLLOWS = re.compile(r"\s(?:follow(?:s|ed)?|c[ao]me(?:s)? (?:just )?after)(?!\w)")
_SAID_WHERE = re.compile(
    r"(?:\s(?:morning|evening|night|afternoon))?,?\s(?:at|after|during|in|following|on|before|ahead)(?!\w)"
)
_SAYS_AT = re.compile(r"(?<!\w)(?:said|says|told|announced|added|warned|insisted)(?!\w)[^,;]*$")
_THAT = re.compile(r"\sthat\s")


def may_be_its_day(text: str, trigger: Trigger, start: int, end: int) -> bool:
    """Whether text[start:end] may be the day of a meeting: not one on which something was said, or of what was said."""
    if end <= trigger.start and _SAYS_THEN.match(text, end):
        return False
    if end <= trigger.start and _AFTER_THAT.match(text, end, trigger.start) and _MEETS.search(text, 0, start):
        return False  # "they will meet in Dorn on Sunday after talks in Velm broke up"
    if end <= trigger.start and _PROPOSED.search(text, max(0, start - 60), start) and text.startswith(" to ", end):
        return False  # "an offer by Leth on Sunday to resume talks"
    if trigger.end <= start and _FOLLOWS.match(text, trigger.end):
        return False  # "the talks follow an offer made on Sunday"
    if end <= trigger.start and any(p.search(text, end, trigger.start) for p in (_AFTER_DOING, _THERE_WERE)):
        return False
    if (
        end <= trigger.start
        and _CAME.search(text, max(0, start - 60), start)
        and _AFTER.search(text, end, trigger.start)
    ):
        return False
    if _SAID_ON.search(text, max(0, start - 60), start):
        return end <= trigger.start and _SAID_WHERE.match(text, end) is not None
    # "said at a meeting with Vekk that the deal would be signed by 31 December"
    return not (
        trigger.end <= start
        and _THAT.search(text, trigger.end, start)
        and _SAYS_AT.search(text, max(0, trigger.start - 60), trigger.start)
    )


# "whose session was to be held on 6 May, will gather on the 12th"
_ONCE = re.compile(
    r"(?<!\w)(?:(?:was|were)\s(?:first\s|originally\s)?(?:to|due|meant|supposed|scheduled|expected)|"
    r"(?:had|should\shave|would\shave)\s(?:\w+\s)?(?:been\s(?:set|due|meant|planned|scheduled|expected)|met|sat))(?!\w)",
    re.IGNORECASE,
)
_TURNS = re.compile(r"[;:–—]|,\s(?:and|but|will|would|is|are|has|have|it|they)\s|\bbut\b")


def is_over(text: str, start: int) -> bool:
    """Whether the date at `start` is one on which a meeting was once to be held."""
    once = _ONCE.search(text, max(0, start - 70), max(0, start))
    return once is not None and _TURNS.search(text, once.end(), start) is None


_GONE = re.compile(r"(?:previous|earlier|preceding|past)\s", re.IGNORECASE)


def is_gone(name: str, mention: DateMention, published: str) -> bool:
    """Whether a date to come is that of another meeting than the one that is called the previous."""
    return _GONE.match(name) is not None and (mention.date or "") > published[:10]


def tense_of(mention: DateMention | None, published: str | None, text: str) -> str:
    """Held or planned, by the date where it tells, else by the words."""
    if mention and mention.date and published:
        today = published[: len(mention.date)]
        if mention.date != today and not _is_week_of(mention, published):
            return "held" if mention.date < today else "planned"
    if _OVER.search(text):
        return "held"
    ahead = re.search(
        r"(?<!\w)(?:will|is to|are to|due|set for|scheduled|planned|meet|meets|opens|resumes?|would|next)(?!\w)", text
    )
    return "planned" if ahead else "held"


def _is_week_of(mention: DateMention, published: str) -> bool:
    """Whether a mention names the week in which the text appeared: "later this week" may be past or to come."""
    if mention.precision != "week" or mention.date is None:
        return False
    monday, today = date.fromisoformat(mention.date), date.fromisoformat(published[:10])
    return timedelta() <= today - monday < timedelta(days=7)


_OVER = re.compile(r"(?<!\w)(?:ended|concluded|closed|finished|wound up|wrapped up|broke (?:up|off)|collapsed)(?!\w)")

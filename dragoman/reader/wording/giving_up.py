"""Tells where somebody gives up what they asked for: "has dropped her demand", "no longer insists".

In: words on one line, or a text and a stretch of it. Out: whether, or where, something is given up there.
"""

from __future__ import annotations

import re

_GIVES_UP = (
    r"(?:drop(?:s|ped|ping)?|withdr(?:aw|aws|awn|ew|awing)|abandon(?:s|ed|ing)?|waiv(?:e|es|ed|ing)|"
    r"g(?:ive|ives|ave|iven|iving) up)"
)
_NO_LONGER = r"no longer (?:insist|ask|demand|requir|seek|object|oppos|reject|want|press|call|rul)\w*"
_STOPS = r"stop(?:s|ped)? (?:asking|calling|insisting|demanding|pressing)"
_WHOSE = r"(?:its|his|her|their|the|an?) (?:[a-z]+ )?"
_ASKED_FOR = r"(?:demand|objection|claim|call|insistence|opposition|veto|request|bid)"
_GIVES_UP_THEIRS = r"g(?:ive|ives|ave|iven|iving) up (?:its|his|her|their)\b"
# What may stand before the verb and leave the giving up a fact: "has since quietly dropped", not "refused to drop".
_STILL_A_FACT = (
    r"\W*(?:(?:has|have|had|is|are|was|were|be|been|did|also|now|then|since|later|meanwhile|however|said|known|to|"
    r"[a-z]+ly)\W+)*"
)
_OPENS = re.compile(rf"{_STILL_A_FACT}(?:{_GIVES_UP}|{_NO_LONGER}|{_STOPS}|conced(?:e|es|ed|ing))\b", re.IGNORECASE)
_LEADS = re.compile(rf"\b{_GIVES_UP} {_WHOSE}\Z")
_ASKS_NO_MORE = re.compile(
    rf"\b(?:{_NO_LONGER}|{_STOPS} (?:for|on|that)\b|{_GIVES_UP_THEIRS}|{_GIVES_UP} {_WHOSE}{_ASKED_FOR}s?\b)"
)
_HOLDS_NO_MORE = re.compile(
    rf"\bno longer\b|\b{_GIVES_UP_THEIRS}|"
    rf"\b(?:{_GIVES_UP}|(?:relax|soften)\w*) {_WHOSE}(?:{_ASKED_FOR}|threat|condition|plan)"
)


def opens_giving_up(words: str) -> bool:
    """Whether `words` begin by giving something up: "quietly dropped its demand", "no longer insists"."""
    return _OPENS.match(words) is not None


def led_to_by_giving_up(text: str, start: int, end: int) -> re.Match[str] | None:
    """The last words of a stretch, where they give up what is named right after it: "dropped her" before "demand"."""
    return _LEADS.search(text, start, end)


def asks_no_more(words: str) -> re.Match[str] | None:
    """The words, in small letters, by which what was asked for before is asked for no more."""
    return _ASKS_NO_MORE.search(words)


def holds_no_more(words: str) -> bool:
    """Whether anything held before is held no more, or less: "no longer promises a date", "softened its threat"."""
    return _HOLDS_NO_MORE.search(words) is not None

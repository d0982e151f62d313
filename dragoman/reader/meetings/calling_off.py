"""Tells from the words of a clause whether its meetings are called off, put off, or have no date yet.

In: a clause and its words for meetings. Out: "unset", "cancelled", "postponed" or None.
"""

from __future__ import annotations

import re

from dragoman.reader.meetings.meeting_words import Trigger, shelf


def what_befalls(text: str, told: list[Trigger]) -> str | None:
    """What a clause says of its meetings, if they do not take place as planned."""
    for status in ("unset", "cancelled", "postponed"):
        for match in shelf(status).finditer(text):
            if not _NOT_OFF.search(text, 0, match.start()) and not _is_of_another(text, match, told):
                return status
    return None


def _is_of_another(text: str, off: re.Match[str], told: list[Trigger]) -> bool:
    """Whether the words `off` are of something else than a meeting: "call off its strike", "a bonus scrapped"."""
    end = off.end()
    undergone = _UNDERGOES.search(text, max(0, off.start() - 90), off.start()) if _NO_OBJECT.match(text, end) else None
    if undergone is not None and not any(undergone.start() <= t.start < off.start() for t in told):
        return True
    thing = None if _TO.search(text, 0, end) else _THING.match(text, end)
    return thing is not None and not any(end <= trigger.start < thing.end() for trigger in told)


_NO_OBJECT = re.compile(
    r"\s*(?:$|[,.;:]|(?:in|on|by|after|because|when|last|earlier|at|over|amid|this|ahead|there|"
    r"here|now|again|today|tomorrow|altogether)(?!\w))"
)
_UNDERGOES = re.compile(
    r"(?<!\w)(?:the|an?|its|their|his|her)\s(?:(?!(?:after|before|until|because|when|while|as|since|that|who|which|"
    r"if|once|unless|and)\s)[\w'’-]+\s){1,12}$",
    re.IGNORECASE,
)
_TO = re.compile(r"\s(?:to|until)$")  # "slips to the week of 19 November" is of what slips
_THING = re.compile(r"\s(?:its|their|his|her|the|an?|all|any|this|that)(?:\s[\w'’-]+){1,5}")
_NOT_OFF = re.compile(r"(?:(?<!\w)(?:not|never)|n['’]t)(?: yet)?(?: be| been)? $")  # "has not been cancelled"

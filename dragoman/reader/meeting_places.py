"""Finds where a meeting takes place, in the words of its clause.

In: a clause, English or Arabic. Out: a name of the text, or None.
"""

from __future__ import annotations

import re

_NAME = r"[A-ZÀ-ÞĀ-Ž][\w'’.-]*[\w]"
_PLACE = re.compile(
    rf"(?<!\w)(?:in|at|في)\s+(?P<place>(?:the )?(?:{_NAME})(?:\s(?:of |de |du |da |do |al |el |la |"
    rf"the )?{_NAME}){{0,3}})"
)
_ARABIC_PLACE = re.compile(
    r"(?<!\w)في\s+(?P<place>(?!ال|يوم|شهر|عام|حين|غضون)\w{3,}(?:\s(?!يوم|في|من)\w+)??)(?=\s(?:يوم|في)|[.،]|$)"
)
TIME_WORDS = re.compile(
    r"(?:The )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|"
    r"(?:Sept|Nov|Dec)ember|October|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?!\w)"
)
# "in the Taskuli prime minister's office", "at the Front's request": the name only belongs to what follows
_NO_PLACE = re.compile(
    r"['’]s?\s|\s(?!(?:on|for|to|from|with|and|or|at|in|by|between|this|next|last|after|before|when|until|where|who|which|"
    r"as|is|are|was|were|will|would|has|had|have|today|yesterday|tomorrow|late|early|again|but|without|because|so|if|"
    r"while|over|about|under|during|since)\b)[a-z]"
)


def place_in(text: str) -> str | None:
    """The first place that `text` names with "in" or "at"."""
    for match in _PLACE.finditer(text):
        if not TIME_WORDS.match(match["place"]) and not (
            match["place"].startswith("the ") and _NO_PLACE.match(text, match.end())
        ):
            return re.sub(r"(?:['’]s|[.'’])$", "", match["place"])
    arabic = _ARABIC_PLACE.search(text)
    return arabic["place"] if arabic else None

"""One statement heard once: its stems, what it says of a thing it speaks of, and whether it accepts or declares met.

In: the words of a statement and of its cue, its act. Out: Heard, which the ledgers ask instead of reading it again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dragoman.folding import words
from dragoman.table.words import listed, stems_of

TELLING = frozenset(("claim", "estimate", "support", "concession", "accusation"))
PROMISING = frozenset(("commitment", "claim", "proposal", "estimate"))
_FUTURE = frozenset(("will", "would", "shall", "i'll", "we'll", "they'll", "he'll", "she'll", "it'll"))
_FUTURE_PHRASES = re.compile(r"\b(?:(?:is|are|going|plans?|agreed) to|to be|by (?:next|the end))\b", re.I)
_PERFECT = frozenset(("has", "have", "had", "was", "were", "is", "are", "been", "did", "left", "came", "went", "gave"))
_ENDS_IN_ED = re.compile(r"\w{2,}ed$").match
_CONDITION = frozenset(("condition", "conditions", "demand", "demands", "requirement", "requirements"))


class Heard(NamedTuple):
    """What the ledgers need to know of a statement."""

    stems: frozenset[str]
    outcome: str | None  # met | promised | violated: what became of a thing it speaks of
    met: bool  # says in so many words that a condition is met
    accepts: bool  # accepts a figure
    denies: bool  # holds a word such as "not" or "never"


def hear(text: str, cue: str, act: str, negated: bool) -> Heard:
    """Hear one statement."""
    spoken = words(text)
    here = stems_of(spoken)
    denies = not listed("negations").isdisjoint(spoken)
    if act not in TELLING and act not in PROMISING:
        return Heard(here, None, False, False, denies)
    result = _outcome(text, spoken, cue, act, negated or denies)
    telling = act in TELLING and not negated
    met = (
        telling and result == "met" and not _CONDITION.isdisjoint(spoken) and not listed("fulfilled").isdisjoint(spoken)
    )
    accepts = telling and not listed("accepting").isdisjoint(spoken) and not listed("counting").isdisjoint(spoken)
    return Heard(here, result, met, accepts, denies)


def _outcome(text: str, spoken: list[str], cue: str, act: str, negative: bool) -> str | None:
    if act in ("commitment", "proposal") or is_future(text, spoken):
        return "promised" if act in PROMISING and not negative else None
    if not is_perfect(spoken) and not is_perfect(words(cue)):
        return None
    return "violated" if negative else "met"


def is_future(text: str, spoken: list[str]) -> bool:
    """Whether words speak of what is still to come."""
    if not _FUTURE.isdisjoint(spoken):
        return True
    return ("to" in spoken or "by" in spoken) and _FUTURE_PHRASES.search(text) is not None


def is_perfect(spoken: list[str]) -> bool:
    """Whether words speak of what has happened or is so."""
    return not _PERFECT.isdisjoint(spoken) or any(map(_ENDS_IN_ED, spoken))

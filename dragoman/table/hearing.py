"""One statement heard once: its stems, what it says of a thing it speaks of, and whether it accepts or declares met.

In: the words of a statement and of its cue, its act. Out: Heard, which the ledgers ask instead of reading it again.
"""

from __future__ import annotations

import re
from functools import lru_cache, reduce
from operator import or_

from dragoman.folding import words
from dragoman.table.words import has_any, holds, listed, stems_of, stems_once

TELLING = frozenset(("claim", "estimate", "support", "concession", "accusation"))
PROMISING = frozenset(("commitment", "claim", "proposal", "estimate"))
TAKING_BACK = frozenset(("rejection", "concession"))
_FUTURE = frozenset(("will", "would", "shall", "i'll", "we'll", "they'll", "he'll", "she'll", "it'll"))
_FUTURE_PHRASES = re.compile(r"\b(?:(?:is|are|going|plans?|agreed) to|to be|by (?:next|the end))\b", re.I)
_PERFECT = frozenset(("has", "have", "had", "was", "were", "is", "are", "been", "did", "left", "came", "went", "gave"))
_ENDS_IN_ED = re.compile(r"\w{2,}ed$").match
_PARTLY = frozenset(("only", "barely", "merely", "partly", "partially", "halfway"))
_CONDITION = frozenset(("condition", "conditions", "demand", "demands", "requirement", "requirements"))


class Heard:
    """What the ledgers need to know of a statement."""

    __slots__ = ("_stems", "_text", "accepts", "denies", "drops", "met", "outcome")

    def __init__(
        self, text: str, stems: frozenset[str] | None, *, outcome: str | None = None, met: bool = False,
        accepts: bool = False, denies: bool, drops: bool,
    ) -> None:  # fmt: skip
        self._text, self._stems = text, stems
        self.outcome = outcome  # met | promised | violated: what became of a thing it speaks of
        self.met = met  # says in so many words that a condition is met
        self.accepts = accepts  # accepts a figure
        self.denies = denies  # holds a word such as "not" or "never"
        self.drops = drops  # takes back or gives up something

    @property
    def stems(self) -> frozenset[str]:
        """The stems of the statement, which take the most room and are worked out when first asked for, if ever."""
        if self._stems is None:
            self._stems = stems_once(self._text)
        return self._stems


# What a single word can be to a statement.
_DENYING, _WILL, _DONE, _CONDITIONAL, _FULFILLED, _ACCEPTING, _COUNTING, _PART = (1 << n for n in range(8))
_MET, _ACCEPTED = _CONDITIONAL | _FULFILLED, _ACCEPTING | _COUNTING


class _Kinds(dict[str, int]):
    """What each word can be, worked out once: every word of every statement is asked for it."""

    def __missing__(self, word: str) -> int:
        found = self[word] = sum(
            kind for kind, here in (
                (_DENYING, word in listed("negations")), (_WILL, word in _FUTURE),
                (_DONE, word in _PERFECT or _ENDS_IN_ED(word) is not None), (_CONDITIONAL, word in _CONDITION),
                (_FULFILLED, word in listed("fulfilled")), (_ACCEPTING, word in listed("accepting")),
                (_COUNTING, word in listed("counting")), (_PART, word in _PARTLY),
            ) if here
        )  # fmt: skip
        return found


_KINDS = _Kinds()


def hear(text: str, cue: str, act: str, negated: bool) -> Heard:
    """Hear one statement."""
    spoken = words(text)
    here = stems_of(spoken) if act in TELLING or act in TAKING_BACK else None  # those are asked for in any case
    kinds = _kinds(spoken)
    denies = bool(kinds & _DENYING)
    drops = act in TAKING_BACK and (holds(text, spoken, "dropping") or has_any(cue, "dropping"))
    if act not in TELLING and act not in PROMISING:
        return Heard(text, here, denies=denies, drops=drops)
    result = _outcome(text, spoken, kinds, cue, act, negated or denies)
    telling = act in TELLING and not negated
    met = telling and result == "met" and kinds & _MET == _MET
    accepts = telling and kinds & _ACCEPTED == _ACCEPTED
    return Heard(text, here, outcome=result, met=met, accepts=accepts, denies=denies, drops=drops)


def _kinds(spoken: list[str]) -> int:
    return reduce(or_, set(map(_KINDS.__getitem__, spoken)), 0)


def _outcome(text: str, spoken: list[str], kinds: int, cue: str, act: str, negative: bool) -> str | None:
    if act in ("commitment", "proposal") or kinds & _WILL or is_future(text, spoken):
        return "promised" if act in PROMISING and not negative else None
    if not kinds & _DONE and not _tells_of_the_past(cue):
        return None
    if kinds & _PART and not negative:
        return None  # "only eight of the 22 boats have left"
    return "violated" if negative else "met"


@lru_cache(maxsize=10_000)
def _tells_of_the_past(cue: str) -> bool:
    return is_perfect(words(cue))


def is_future(text: str, spoken: list[str]) -> bool:
    """Whether words speak of what is still to come."""
    if not _FUTURE.isdisjoint(spoken):
        return True
    return ("to" in spoken or "by" in spoken) and _FUTURE_PHRASES.search(text) is not None


def is_perfect(spoken: list[str]) -> bool:
    """Whether words speak of what has happened or is so."""
    return bool(_kinds(spoken) & _DONE)

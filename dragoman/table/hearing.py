"""One statement heard once: what it says of a thing it speaks of, and whether it accepts or declares met.

In: the words of a statement and of its cue, its act. Out: Heard, which the ledgers ask instead of reading it again.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache, reduce
from operator import or_
from typing import NamedTuple

from dragoman.folding import words
from dragoman.table.words import has_any, has_phrase, listed

TELLING = frozenset(("claim", "estimate", "support", "concession", "accusation"))
PROMISING = frozenset(("commitment", "claim", "proposal", "estimate"))
TAKING_BACK = frozenset(("rejection", "concession"))
SPEAKING = TELLING | PROMISING | TAKING_BACK  # the acts by which something that was to happen can move
_FUTURE = frozenset(("will", "would", "shall", "i'll", "we'll", "they'll", "he'll", "she'll", "it'll"))
_FUTURE_PHRASES = re.compile(r"\b(?:(?:is|are|going|plans?|agreed) to|to be|by (?:next|the end))\b", re.I)
_PERFECT = frozenset(("has", "have", "had", "was", "were", "is", "are", "been", "did", "left", "came", "went", "gave"))
_ENDS_IN_ED = re.compile(r"\w{2,}ed$").match
_GIVES_WAY = re.compile(
    r"\W*(?:that )?(?:we|i)(?:['’]ve| have)? (?:now )?(?:accept|agree)\w* (?:that|to)\b", re.I
).match
_PARTLY = frozenset(("only", "barely", "merely", "partly", "partially", "halfway"))
_CONDITION = frozenset(("condition", "conditions", "demand", "demands", "requirement", "requirements"))


class Heard(NamedTuple):
    """What the ledgers need to know of a statement."""

    outcome: str | None  # met | promised | violated: what became of a thing it speaks of
    met: bool  # says in so many words that a condition is met
    accepts: bool  # accepts a figure
    denies: bool  # holds a word such as "not" or "never"
    drops: bool  # takes back or gives up something
    concedes: bool  # gives way, by its act or in so many words: "we have accepted that …"


_heard = cache(Heard)  # few differ


# What a single word can be to a statement.
_DENYING, _WILL, _AHEAD, _DONE, _CONDITIONAL, _FULFILLED, _ACCEPTING, _COUNTING, _PART, _DROPPING = (
    1 << n for n in range(10)
)
_MET, _ACCEPTED = _CONDITIONAL | _FULFILLED, _ACCEPTING | _COUNTING


class _Kinds(dict[str, int]):
    """What each word can be, worked out once: every word of every statement is asked for it."""

    def __missing__(self, word: str) -> int:
        found = self[word] = sum(
            kind for kind, here in (
                (_DENYING, word in listed("negations")), (_WILL, word in _FUTURE), (_AHEAD, word in ("to", "by")),
                (_DONE, word in _PERFECT or _ENDS_IN_ED(word) is not None), (_CONDITIONAL, word in _CONDITION),
                (_FULFILLED, word in listed("fulfilled")), (_ACCEPTING, word in listed("accepting")),
                (_COUNTING, word in listed("counting")), (_PART, word in _PARTLY),
                (_DROPPING, word in listed("dropping")),
            ) if here
        )  # fmt: skip
        return found


_KINDS = _Kinds()


def hear(text: str, spoken: list[str], cue: str, act: str, negated: bool) -> Heard:
    """Hear one statement, of which `spoken` are the words."""
    kinds = _kinds(spoken)
    denies = bool(kinds & _DENYING)
    drops = act in TAKING_BACK and (bool(kinds & _DROPPING) or has_phrase(text, "dropping") or _drops(cue))
    telling = act in TELLING
    result = _outcome(text, kinds, cue, act, negated or denies) if telling or act in PROMISING else None
    telling = telling and not negated
    met = telling and result == "met" and kinds & _MET == _MET
    accepts = telling and kinds & _ACCEPTED == _ACCEPTED
    gives_way = act == "claim" and not negated and not denies and bool(kinds & _ACCEPTING) and _GIVES_WAY(text)
    return _heard(result, met, accepts, denies, drops, act == "concession" or bool(gives_way))


def _kinds(spoken: list[str]) -> int:
    return reduce(or_, set(map(_KINDS.__getitem__, spoken)), 0)


def _outcome(text: str, kinds: int, cue: str, act: str, negative: bool) -> str | None:
    if act in ("commitment", "proposal") or kinds & _WILL or (kinds & _AHEAD and _FUTURE_PHRASES.search(text)):
        return "promised" if act in PROMISING and not negative else None
    if not kinds & _DONE and not _tells_of_the_past(cue):
        return None
    if kinds & _PART and not negative:
        return None  # "only eight of the 22 boats have left"
    return "violated" if negative else "met"


@lru_cache(maxsize=10_000)
def _drops(cue: str) -> bool:
    return has_any(cue, "dropping")


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

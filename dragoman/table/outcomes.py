"""What became of a thing that was to happen, as far as one statement says: it happened, is promised, or did not.

In: the stems of what was to happen, and a statement. Out: "met", "promised", "violated", or None when the statement
does not speak of it.
"""

from __future__ import annotations

import re

from dragoman.folding import words
from dragoman.table.resolved import Resolved
from dragoman.table.values import Said
from dragoman.table.words import contained, has_any, listed, stems

# A statement speaks of a requirement when it holds so much of its stems: two of three, three of five. Half would let
# any statement that names the same place speak of "the rebels hand back Port Sael".
SPEAKS_OF = 0.6
_FUTURE = re.compile(
    r"\b(?:will|would|shall|is to|are to|to be|going to|by (?:next|the end)|plans? to|agreed to)\b|'ll\b", re.I
)
_PERFECT = re.compile(
    r"\b(?:has|have|had|was|were|is|are|been|did)\b|\w{2,}ed\b|\bleft\b|\bcame\b|\bwent\b|\bgave\b", re.I
)
_TELLING = frozenset(("claim", "estimate", "support", "concession", "accusation"))


def outcome(wanted: frozenset[str], page: Resolved, said: Said) -> str | None:
    """What `said` says about a thing whose stems are `wanted`."""
    if not wanted or contained(wanted, page.stems(said.statement)) < SPEAKS_OF:
        return None
    text = page.text(said.statement)
    negative = said.negated or any(word in listed("negations") for word in words(text))
    if _FUTURE.search(text) or said.act in ("commitment", "proposal"):
        promising = said.act in ("commitment", "claim", "proposal", "estimate", "expectation")
        return "promised" if promising and not negative and said.act != "expectation" else None
    if said.act not in _TELLING:
        return None
    if not _PERFECT.search(text) and not _PERFECT.search(page.cue(said.statement)):
        return None
    return "violated" if negative else "met"


def at_work(who: frozenset[str], page: Resolved) -> Said | None:
    """The statement of a document that shows those who were to be somewhere at work: "her observers have counted …"."""
    speaking = None
    for said in page.said:
        if said.negated or said.act not in _TELLING:
            continue
        text = page.text(said.statement)
        said_words = words(text)
        if _FUTURE.search(text) or any(word in listed("negations") for word in said_words):
            continue
        if who & stems(" ".join(said_words[:3])) and _PERFECT.search(text):
            return said
        if speaking is None and who & stems(said.speaker or ""):
            speaking = said
    return speaking


def is_met_phrase(page: Resolved, said: Said) -> bool:
    """Whether a statement says in so many words that a condition or demand is met."""
    text = page.text(said.statement)
    here = words(text)
    return (
        not said.negated and has_any(text, "fulfilled")
        and any(w in ("condition", "conditions", "demand", "demands", "requirement", "requirements") for w in here)
        and not any(w in listed("negations") for w in here) and not _FUTURE.search(text)
    )  # fmt: skip


def wants_presence(what: str) -> bool:
    """Whether a requirement is that somebody be somewhere."""
    return has_any(what, "presence")


def actors(what: str) -> frozenset[str]:
    """The stems of those who are to be there: plain nouns, not names and numbers."""
    return frozenset(
        s for word in what.split() if word[:1].islower() for s in stems(word)
        if not s[0].isdigit() and not has_any(word, "presence")
    )  # fmt: skip

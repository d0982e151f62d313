"""What became of a thing that was to happen, as far as one statement says: it happened, is promised, or did not.

In: the stems of what was to happen, and a statement. Out: "met", "promised", "violated", or None when the statement
does not speak of it; and a Watch that finds, for a statement, the things it may speak of without trying them all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

from dragoman.folding import words
from dragoman.table.resolved import Resolved
from dragoman.table.values import Said
from dragoman.table.words import has_any, listed, stems

# A statement speaks of a requirement when it holds so much of its stems: two of three, three of five. Half would let
# any statement that names the same place speak of "the rebels hand back Port Sael".
SPEAKS_OF = 0.6
_FUTURE = frozenset(("will", "would", "shall", "i'll", "we'll", "they'll", "he'll", "she'll", "it'll"))
_FUTURE_PHRASES = ("is to ", "are to ", "to be ", "going to ", "by next ", "by the end", "plan to ", "plans to ",
                   "agreed to ")  # fmt: skip
_PERFECT = frozenset(("has", "have", "had", "was", "were", "is", "are", "been", "did", "left", "came", "went", "gave"))
_CONDITION = re.compile(r"\b(?:conditions?|demands?|requirements?)\b", re.I)
_TELLING = frozenset(("claim", "estimate", "support", "concession", "accusation"))
_PROMISING = frozenset(("commitment", "claim", "proposal", "estimate"))

Item = TypeVar("Item", bound=Hashable)


class Watch(Generic[Item]):
    """Things that are watched, found by the stems of a statement.

    Each is filed under so few of its stems that a statement which holds six tenths of them must hold one of those.
    """

    def __init__(self) -> None:
        self._filed: dict[str, dict[Item, frozenset[str]]] = {}

    def add(self, item: Item, wanted: frozenset[str]) -> None:
        """Watch for statements that speak of `wanted`."""
        for stem in self._keys(wanted):
            self._filed.setdefault(stem, {})[item] = wanted

    def drop(self, item: Item, wanted: frozenset[str]) -> None:
        """Watch no longer."""
        for stem in self._keys(wanted):
            filed = self._filed.get(stem)
            if filed is not None:
                filed.pop(item, None)
                if not filed:
                    del self._filed[stem]

    def spoken_of(self, here: frozenset[str]) -> Iterator[Item]:
        """The things of which a statement with these stems speaks."""
        seen: dict[Item, None] = {}
        for stem in here & self._filed.keys():
            for item, wanted in self._filed[stem].items():
                if len(wanted & here) >= SPEAKS_OF * len(wanted):
                    seen[item] = None
        yield from seen

    @staticmethod
    def _keys(wanted: frozenset[str]) -> list[str]:
        needed = math.ceil(SPEAKS_OF * len(wanted))
        return sorted(wanted, key=lambda s: (-len(s), s))[: len(wanted) - needed + 1] if wanted else []


def outcome(page: Resolved, said: Said) -> str | None:
    """What a statement says about a thing of which it speaks."""
    if said.act not in _TELLING and said.act not in _PROMISING:
        return None
    known = page.outcomes.get(said.statement, "")
    if known == "":
        known = page.outcomes[said.statement] = _outcome(page, said)
    return known


def _outcome(page: Resolved, said: Said) -> str | None:
    text = page.text(said.statement)
    spoken = words(text)
    negative = said.negated or not listed("negations").isdisjoint(spoken)
    if said.act in ("commitment", "proposal") or _is_future(text, spoken):
        return "promised" if said.act in _PROMISING and not negative else None
    if not _is_perfect(spoken) and not _is_perfect(words(page.cue(said.statement))):
        return None
    return "violated" if negative else "met"


def _is_future(text: str, spoken: list[str]) -> bool:
    if not _FUTURE.isdisjoint(spoken):
        return True
    low = text.lower()
    return any(phrase in low for phrase in _FUTURE_PHRASES)


def _is_perfect(spoken: list[str]) -> bool:
    return not _PERFECT.isdisjoint(spoken) or any(w.endswith("ed") and len(w) > 3 for w in spoken)


def at_work(who: frozenset[str], page: Resolved) -> Said | None:
    """The statement of a document that shows those who were to be somewhere at work: "her observers have counted …"."""
    speaking = None
    for said in page.said:
        if said.negated or said.act not in _TELLING:
            continue
        if who.isdisjoint(page.stems(said.statement)) and who.isdisjoint(stems(said.speaker or "")):
            continue
        text = page.text(said.statement)
        said_words = words(text)
        if _is_future(text, said_words) or not listed("negations").isdisjoint(said_words):
            continue
        if who & stems(" ".join(said_words[:3])) and _is_perfect(said_words):
            return said
        if speaking is None and who & stems(said.speaker or ""):
            speaking = said
    return speaking


def is_met_phrase(page: Resolved, said: Said) -> bool:
    """Whether a statement says in so many words that a condition or demand is met."""
    if said.negated or said.act not in _TELLING:
        return False
    text = page.text(said.statement)
    if not _CONDITION.search(text) or not has_any(text, "fulfilled"):
        return False
    return outcome(page, said) == "met"


def wants_presence(what: str) -> bool:
    """Whether a requirement is that somebody be somewhere."""
    return has_any(what, "presence")


def actors(what: str) -> frozenset[str]:
    """The stems of those who are to be there: plain nouns, not names and numbers."""
    return frozenset(
        s for word in what.split() if word[:1].islower() for s in stems(word)
        if not s[0].isdigit() and not has_any(word, "presence")
    )  # fmt: skip

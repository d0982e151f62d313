"""Gathers what stands around a person's name: the words before and after it that tell of its bearer.

In: a cast, a source and where a name stands in it. Out: Around, which the rules of `affiliation` look at one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.states import Place
from dragoman.reader.parties.role_words import SENT_TO, apposition, role_start

_FORMER = re.compile(
    r"\b(?:[Ff]ormer|[Ee]x-|late|[Rr]etired|predecessor|in exile|exiled?|until (?:19|20)\d\d|"
    r"in the (?:(?:19|20)\d0s|(?:fif|six|seven|eigh|nine)ties)|"
    r"who (?:once )?(?:was|used to be|served as)(?: (?:the|an?|its|their|once|then))? (?!\w+ed\b)(?:[a-z]+ )?"
    r"(?:ambassador|minister|president|premier|chancellor|secretary|envoy|negotiator|governor|adviser|commander|speaker))\b"
)
# Where somebody is says nothing of whom the office is: "the president, who is visiting Leth".
_LOCATED = re.compile(
    r"^\W*(?:who|now|currently|speaking|on a visit)\b.*\b(?:visiting|touring|in|at|to|near|from)\s(?:the\s)?$"
)
# "its delegate, Ms"
_DESK = re.compile(r"\s(?:affairs|studies|relations)\b")  # "director for Kestrian affairs" of another's ministry
_OFFICE_THEN = re.compile(r", (?:(?:M(?:r|rs|s)|Dr|Prof|Sir|Dame|Lord|Lady|Gen|Col|Rev|Sheikh)\.? )?$")
# "who leads the talks with the fund": with whom somebody talks is not whom he speaks for
_ACROSS = re.compile(
    r"\b(?:the )?(?:talks|negotiations|discussions|dialogue|contacts|dealings|meetings?|deal|agreement|dispute|"
    r"standoff|row|war) (?=(?:with|between|against) )"
)
_STILL_TOLD = re.compile(r"\s*,\s+(?:who|whose)\b|\s+of\b")
# "Its chairmen, Tui Vekk in Leth and Hana Kirov in Marrow": what is told before the one name is told of both.
_SECOND_OF_TWO = re.compile(
    r"(?P<whose>\b(?:[Ii]ts|[Tt]heir|[A-Z][\w-]*['’]s) (?:[\w-]+ ){0,2}[a-z-]+(?:s|men|women), )"
    r"[A-Z][\w’'-]* (?:[A-Z][\w’'-]* ?){1,2}(?:(?:in|of|from) [A-Z][\w-]+ )?and $"
)
_WHO = re.compile(r",? who\b")
_LONG = 120  # letters before a second name in which the first and what is told of both stand
# "President Tui Vekk, Prime Minister ", "negotiator Tui Vekk and Front chair ": another's office begins
_TITLED = re.compile(r"(?:, (?:[\w-]+ )*[A-Z][\w-]+\.?|,? and (?:the )?(?:[\w’'-]+ )+[a-z-]+,?) $")


class Speakers(Protocol):
    """Whoever can tell whom a pronoun or a noun means: the speakers of a text."""

    def owner(self, word: str, start: int, role: str) -> Actor | None: ...

    def by_head(self, bare: str, start: int) -> Actor | None: ...

    def about(self, start: int) -> Actor | None: ...

    def antecedent(self, start: int, fits: Callable[[Actor], bool]) -> Actor | None: ...


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the name text[low:high] of a person, in the source text[start:end]."""

    cast: Cast
    speakers: Speakers
    actor: Actor
    start: int
    end: int
    low: int
    high: int
    left: str
    right: str
    words: str  # left and right together
    former: bool  # "the former minister": the office tells nothing
    states: tuple[Place, ...]


class Told(NamedTuple):
    """What one rule tells: by which rule, and whom the person speaks for; None is nobody, and final."""

    why: str
    party: str | None


def words_around(cast: Cast, speakers: Speakers, actor: Actor, start: int, end: int, low: int, high: int) -> Around:
    """The words before and after a name, as far as they tell of its bearer."""
    text = cast.text
    left, right = text[start:low], text[high:end]
    if not right:
        right = apposition(text, high)
        end = high + len(right)
    if not left.strip():
        start = role_start(text, low)
        left = text[start:low]
    if not left and (both := _SECOND_OF_TWO.search(text, max(0, start - _LONG), start)) is not None:
        left, start = both.group("whose"), both.start()
    if _OFFICE_THEN.search(left) and text[high:end] == right and not _STILL_TOLD.match(right):
        right, end = "", high  # "the chair, Tui Vekk, suspects the Leths": the name itself is told of the chair
    if (across := _ACROSS.search(right)) is not None:
        right, end = right[: across.start()], high + across.start()
    others = [
        titled.start()
        for at, _, other in cast.between(high, end)
        if other.kind == "person" and other is not actor and (titled := _TITLED.search(text, high, at))
    ]
    if _WHO.match(right):  # "Vekk, who blamed Hana Kirov, head of the union": she is
        others += [at for at, to, a in cast.between(high, end) if a.kind == "person" and text[to : to + 1] == ","]
    if others:  # the rest is told of somebody else
        end = min(others)
        right = text[high:end]
    around = f"{left} | {right}"
    former = _FORMER.search(around) is not None
    states = tuple(
        p
        for p in cast.atlas.within(start, end)
        if not low <= p.start < high
        and not (p.start > high and _LOCATED.match(text[high : p.start]))
        and _DESK.match(text, p.end) is None
        and SENT_TO.search(text, start, p.start) is None
    )
    return Around(cast, speakers, actor, start, end, low, high, left, right, around, former, states)

"""Finds what the talk of a text tells of its sides: who speaks after whom, and how somebody speaks of a party.

In: the attributions of a text and who speaks in each. Out: for a speaker and a party what speaks for or against the
one being the other's: "Kestria will not sign", its minister said; the other side answers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.folding import fold
from dragoman.reader.draft import Found
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.newcomers import finite
from dragoman.reader.parties.named_parties import AFTER_NAME, Option
from dragoman.reader.parties.ties import function_words
from dragoman.reader.vocabulary import key_of, words

_MOST = 10  # statements of one speaker that are looked at
_BACK = 5  # attributions before a speaker's first among which whoever spoke before is
_PLACES = 6  # places of one party in one content that are looked at
_LEAD_WORD = re.compile(r"(?:(?:the|an?)\s+)?([\w-]+)", re.I)
_BEFORE = re.compile(r"([\w-]+)\s(?:the\s)?$")
_QUOTE = re.compile(r"[\"“”«»]")
_OPENS = 6  # letters before a name that opens what is said: "the"


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn before a speaker's first: the party that had it, how far back, and with what words the next begins."""

    party: str
    leap: int
    lead: str
    cue: str


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of what somebody says, and the words that report it."""

    start: int
    end: int
    cue: str


class Talk:
    """Who speaks in a text, in order, and who is known to speak for whom."""

    def __init__(self, cast: Cast, found: Sequence[Found], actors: Sequence[Actor]) -> None:
        self.text, self.segments = cast.text, cast.draft.segments
        self.found, self.actors = found, actors
        self.decided: Counter[str] = Counter()
        self._marks = [m.start() for m in _QUOTE.finditer(self.text)]

    def decide(self, actor: Actor) -> None:
        """Take note of the party that a speaker has been given."""
        self.decided[key_of(actor.party or "")] += 1

    def before(self, actor: Actor, statements: Sequence[int]) -> Turn | None:
        """The turn of whoever spoke before a speaker first did."""
        first = statements[0]
        for m in range(first - 1, max(-1, first - 1 - _BACK), -1):
            if self.actors[m] is not actor:
                here, there = self._at(first), self._at(m)
                leap = self.segments.paragraph_at(here) - self.segments.paragraph_at(there)
                source = self.found[first].source
                word = _LEAD_WORD.match(self.text, source.start if source else here)
                lead = fold(word.group(1)) if word else ""
                shown = lead if lead in words("further") else "-"
                return Turn(key_of(self.actors[m].party or ""), min(2, leap), shown, self._cue(first))
        return None

    def _at(self, n: int) -> int:
        f = self.found[n]
        return f.cue.start if f.cue else f.content.start

    def _cue(self, n: int) -> str:
        f = self.found[n]
        return fold(self.text[f.cue.start : f.cue.end]) if f.cue else ""

    def after(
        self, turn: Turn | None, option: Option, who: str, free: str, roles: tuple[str, ...]
    ) -> Iterator[tuple[str, ...]]:
        """Whether a party had the turn before, and how many speakers it has had so far."""
        if turn is not None and turn.party == option.key:
            yield _after_its_own(turn.leap, turn.lead, turn.cue, who, free, roles)
        yield _taken(option.sort, free, who, min(3, self.decided[option.key]))

    def said(self, statements: Sequence[int]) -> list[Said]:
        """What a speaker says, stretch by stretch."""
        return [Said(*span, self._cue(n)) for n in statements[:_MOST] for span in self.found[n].content]

    def told(self, option: Option, said: Sequence[Said], who: str, free: str) -> tuple[str, ...]:
        """How a speaker speaks of a party."""
        row: set[str] = set()
        kind = option.sort
        for stretch in said:
            low = bisect_left(option.starts, stretch.start)
            for start, end, how in option.places[low : low + _PLACES]:
                if start >= stretch.end:
                    break
                quoted = self._quoted(start)
                after = AFTER_NAME.match(self.text, end)
                place = self._place(stretch.start, start, after, how)
                row |= {f"{kind} {free} told {place}", f"{kind} {free} told {place} quoted={quoted}"}
                row.add(f"{kind} {free} told quoted={quoted}")
                if start - stretch.start < _OPENS:
                    row.add(f"told first cue={stretch.cue}")
                if after and not after.group(1):
                    row.add(f"told next={after.group(2)} quoted={quoted}")
        if not row:
            return _untold(kind, free, who)
        return (*sorted(row), f"{kind} {free} told", f"{who}>{kind} told")

    def _place(self, low: int, start: int, after: re.Match[str] | None, how: str) -> str:
        """Where a party's name stands in what is said: first, after which small word, whether it owns or acts."""
        word = _BEFORE.search(self.text, max(low, start - 25), start)
        before = fold(word.group(1)) if word else ""
        place = "opens" if not word and start - low < _OPENS else before if before in function_words() else "word"
        if after and after.group(1):
            place += " owns"
        elif after and after.group(2) in finite():
            place += " acts"
        return f"{place} demonym" if how == "demonym" else place

    def _quoted(self, at: int) -> bool:
        """Whether a place stands between marks of quotation."""
        paragraph = self.segments.paragraphs[self.segments.paragraph_at(at)].start
        double = bisect_left(self._marks, at) - bisect_left(self._marks, paragraph)
        return double % 2 == 1 or self.text.count("‘", paragraph, at) > self.text.count("’", paragraph, at)


@lru_cache(maxsize=1 << 10)
def _after_its_own(leap: int, lead: str, cue: str, who: str, free: str, roles: tuple[str, ...]) -> tuple[str, ...]:
    """That whoever spoke before spoke for the same party."""
    own = f"after its own {free}"
    return (
        own, f"{who} {own} leap={leap}", f"{own} lead={lead}", f"{own} cue={cue}", *(f"{own} role={r}" for r in roles)
    )  # fmt: skip


@lru_cache(maxsize=1 << 10)
def _taken(kind: str, free: str, who: str, taken: int) -> tuple[str, ...]:
    """How many speakers a party has had so far."""
    return f"{kind} {free} taken by {taken}", f"{who}>{kind} {free} taken={taken > 0}"


@lru_cache(maxsize=1 << 8)
def _untold(kind: str, free: str, who: str) -> tuple[str, ...]:
    """That a speaker does not speak of a party."""
    return f"{kind} {free} untold", f"{who}>{kind} untold"

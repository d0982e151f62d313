"""Finds what an office can belong to: a mayor's to a town, a rector's to a university, a minister's to a land.

In: the parties of a text and the words around a speaker. Out: what speaks for each party, by the office.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache

from dragoman.folding import fold
from dragoman.reader.parties.named_parties import Option, role_words
from dragoman.reader.vocabulary import bodies_of_office, kinds_of_body
from dragoman.reading import Span

_PORTFOLIO = re.compile(
    r"\b(?P<of>[A-Za-z]++) (?:(?:vice|deputy|state|junior)[ -])?(?:[Mm]inist(?:er|ry)|[Ss]ecretary|[Dd]epartment)\b|"
    r"\b(?:[Mm]inist(?:er|ry)|[Ss]ecretary|[Dd]epartment) (?:of|for) (?:the )?(?P<after>[A-Za-z]+)"
)
_HOLDS = re.compile(r"(?:['’]s?)? (?:[a-z-]+ ){0,2}?([A-Za-z-]+)")  # "Kestria's former ambassador"
_HELD_OF = re.compile(r"([a-z-]+) of (?:the )?$")
_ENVOYS = frozenset(("embassy", "ambassador", "consulate"))
_NEAR = 60  # letters between a speaker's name and its portfolio
_OWN = 12  # letters between a name and the portfolio that stands beside it
Part = tuple[str, ...]  # features that come together
_OWNING = ("", "'s", "’s", "'", "’")
_LOCATING = ("of", "in", "of the", "in the")


class Offices:
    """The offices that one text names."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._of_land: dict[Option, tuple[int, bool]] = {}

    def suits(self, option: Option, offices: tuple[str, ...], who: str, free: str) -> tuple[str, ...]:
        """How the kind of a body goes with the kind of an office."""
        officials, envoys = self._officials(option) if option.sort == "land" else (None, False)
        return _suiting(kinds_of(option), offices, who, free, officials, envoys)

    def fitting(self, options: Sequence[Option], offices: tuple[str, ...], start: int) -> dict[Option, Part]:
        """The parties whose kind has such an office, with how many there are and which is named last before `start`."""
        wanted = frozenset[str]().union(*(bodies_of_office().get(o, ()) for o in offices))
        fitting = [o for o in options if o.name is not None and not wanted.isdisjoint(kinds_of(o))] if wanted else []
        fit = self._fullest(fitting)
        last = max(((o.before(start) or -1) for o in fit), default=-1)
        return {o: _fits(o.sort, min(3, len(fit)), 0 <= last == o.before(start), offices) for o in fit}

    def _fullest(self, options: Sequence[Option]) -> list[Option]:
        """Of the parties that the text calls by one noun the longest name: a university and "the university"."""
        longest: dict[str, Option] = {}
        for option in sorted(options, key=lambda o: (o.name in self.text if o.name else False, len(o.name or ""))):
            longest[option.head] = option
        return list(longest.values())

    def _officials(self, option: Option) -> tuple[int, bool]:
        """How many kinds of officials are named as a land's, and whether its envoys are: who sends them is abroad."""
        known = self._of_land.get(option)
        if known is None:
            officials = set()
            for start, end, _ in option.places:
                for match in (
                    _HOLDS.match(self.text, end, end + 50),
                    _HELD_OF.search(self.text, max(0, start - 30), start),
                ):
                    if match:
                        officials.add(fold(match.group(1)))
            known = self._of_land[option] = (min(2, len(officials & role_words())), bool(officials & _ENVOYS))
        return known

    def portfolios(self, anchors: Sequence[Span]) -> set[str]:
        """What a minister is minister of."""
        return {
            kind
            for kind, places in self._ministries.items()
            if any(a.start - _NEAR < start and end < a.end + _NEAR for a in anchors for start, end in places)
        }

    @cached_property
    def _ministries(self) -> dict[str, list[tuple[int, int]]]:
        """Where ministries and ministers are named, by what they are for."""
        found: dict[str, list[tuple[int, int]]] = {}
        for match in _PORTFOLIO.finditer(self.text):
            found.setdefault(fold(match.group("of") or match.group("after")), []).append(match.span())
        return found

    def same_ministry(self, option: Option, portfolios: set[str], anchors: Sequence[Span]) -> list[tuple[str, ...]]:
        """Whether a land's ministry of a minister's kind is named: "the transport ministry in Halden"."""
        for kind in portfolios:
            for start, end in self._ministries[kind]:
                if any(end <= a.start <= end + _OWN or a.end <= start <= a.end + _OWN for a in anchors):
                    continue
                at = bisect_left(option.starts, start - _NEAR // 2)
                for low, high, _ in option.places[at : at + 4]:
                    before = high <= start and self.text[high:start].strip() in _OWNING
                    if before or (low >= end and self.text[end:low].strip() in _LOCATING):
                        return [("its ministry",)]
        return []


def kinds_of(option: Option) -> tuple[str, ...]:
    """The kinds of body that a party may be."""
    if option.sort == "land" and option.kind not in ("government", "place"):
        return ("land",)
    return _kinds(option.kind, option.head)


@lru_cache(maxsize=1 << 12)
def _kinds(kind: str, head: str) -> tuple[str, ...]:
    known = kinds_of_body()
    found = known.get(head) or known.get(head.rstrip("s"))
    return (*(found or ()), "place", "land") if kind == "place" else found or (f"other {kind}",)


@lru_cache(maxsize=1 << 12)
def _suiting(kinds: tuple[str, ...], offices: Part, who: str, free: str, officials: int | None, envoys: bool) -> Part:
    """How the kinds of a body go with the kinds of an office, and with the officials that a land has."""
    row = [f"{o} of {kind} {free}" for kind in kinds for o in (*offices, who)]
    if officials is not None:
        row += [f"officials={officials} {free}", *(f"{o} officials={officials} {free}" for o in offices)]
        row += [f"embassy {free}", *(f"{o} embassy {free}" for o in offices)] if envoys else []
    return tuple(row)


@lru_cache(maxsize=1 << 10)
def _fits(sort: str, number: int, last: bool, offices: Part) -> Part:
    """That a party is of a kind that has such an office, one of so many, and perhaps the one named last."""
    row = ["fits", f"{sort} fits", f"one of {number} that fit", *(f"fits {o}" for o in offices)]
    row += ["last that fits", f"last of {number} that fit", *(f"last that fits {o}" for o in offices)] if last else []
    return tuple(row)

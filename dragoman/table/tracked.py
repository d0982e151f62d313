"""Conditions while documents are fed, and how each follows the earlier ones of its party: said again or instead.

In: a condition and those of its party before it. Out: which of them it says again or replaces. That depends on nothing
else, so a Chain remembers it from one feeding of the documents to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.table.gist import Required, Withheld
from dragoman.table.parties import Names
from dragoman.table.resolved import Key, Resolved
from dragoman.table.values import Condition, Evidence, Move
from dragoman.table.words import overlap, slug

# Requirements that share half of their stems, numbers included, are one requirement said again; so are things withheld.
SAME_REQUIREMENT = SAME_THING = 0.5
# So many of a party's conditions are looked back at.
BACK = 25
FINAL = frozenset(("met", "violated", "dropped", "replaced", "overtaken"))


@dataclass(slots=True, eq=False)
class Tracked:
    """One requirement while documents are fed."""

    what: str
    gist: Required
    record: Record
    status: str = "open"
    settled_by: Evidence | None = None
    since: str | None = None
    note: str | None = None
    moves: list[Move] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Record:
    """One condition while documents are fed."""

    party: str | None
    withholds: str
    gist: Withheld
    key: Key
    issues: frozenset[str]
    withheld: frozenset[str]  # the issues on which the same words are against, or open
    number: int  # among those of its party
    requires: list[Tracked] = field(default_factory=list)
    evidence: dict[Evidence, None] = field(default_factory=dict)
    restated: dict[Evidence, None] = field(default_factory=dict)
    frozen: tuple[int, Condition] | None = None  # and by which meanings of names

    @property
    def settled(self) -> bool:
        """Whether nothing more can become of any of its requirements."""
        return all(tracked.status in FINAL for tracked in self.requires)


class Follows(NamedTuple):
    """What a condition is to the earlier ones of its party, each by its number."""

    restates: int | None
    replaces: tuple[int, ...]


class _Fed(NamedTuple):
    page: Resolved
    place: int  # which condition of the document
    follows: Follows


@dataclass(slots=True)
class Chain:
    """How the conditions of one party follow each other, as far as documents were fed when it was last worked out."""

    fed: list[_Fed] = field(default_factory=list)

    def known(self, at: int, page: Resolved, place: int) -> Follows | None:
        """How the condition that is fed as number `at` follows; None, and nothing known any more, behind a change."""
        if at < len(self.fed) and self.fed[at].page is page and self.fed[at].place == place:
            return self.fed[at].follows
        del self.fed[at:]
        return None

    def add(self, page: Resolved, place: int, follows: Follows) -> Follows:
        """Remember how the next condition follows."""
        self.fed.append(_Fed(page, place, follows))
        return follows


@dataclass(slots=True)
class Memory:
    """What a feeding of the documents worked out about their conditions that holds for the next one as well."""

    chains: dict[str | None, Chain] = field(default_factory=dict)
    watched: dict[frozenset[str], tuple[str, ...]] = field(default_factory=dict)
    # Whom each requirement names first, by names that mean what they meant.
    names: Names | None = None
    meanings: int = 0  # goes up when a name means something else
    mentioned: dict[str, tuple[str, ...]] = field(default_factory=dict)
    slugs: dict[tuple[str | None, str], str] = field(default_factory=dict)

    def go_by(self, names: Names) -> None:
        """Go by these names from now on."""
        if self.names is not names:
            # Which parties a text mentions rests on nothing but these two.
            known = self.names and (self.names.canonical, self.names.adjectives)
            if known != (names.canonical, names.adjectives):
                self.mentioned.clear()
                self.meanings += 1
            self.names = names

    def mentions(self, what: str) -> tuple[str, ...]:
        """The parties that a requirement names."""
        found = self.mentioned.get(what)
        if found is None and self.names is not None:
            found = self.mentioned[what] = self.names.mentioned(what)
        return found or ()

    def slug(self, record: Record) -> str:
        """By what a condition is known."""
        key = (record.party, record.withholds)
        found = self.slugs.get(key)
        if found is None:
            found = self.slugs[key] = slug(f"{record.party or 'somebody'} {record.withholds}")
        return found


def follows(standing: Sequence[Record], new: Record) -> Follows:
    """What a condition is to those of its party that nothing has replaced."""
    replaces = []
    here, issues, withheld = new.gist.stems, new.issues, new.withheld
    for old in reversed(standing[-BACK:]):
        there = old.gist.stems
        beside = here.isdisjoint(there)
        same_thing = not withheld.isdisjoint(old.withheld) or (not beside and overlap(there, here) >= SAME_THING)
        related = same_thing or not beside or not issues.isdisjoint(old.issues)
        if related and _same_requirements(old, new):
            return Follows(old.number, ())
        if same_thing and old.key[:2] < new.key[:2]:
            replaces.append(old.number)
    return Follows(None, tuple(replaces))


def _same_requirements(old: Record, new: Record) -> bool:
    """Whether everything that is required now was required before."""
    before, now = old.gist.requires, new.gist.requires
    if not before or not now:
        return not before and not now
    if len(before) == len(now) == 1:  # mostly
        one, other = before[0].stems, now[0].stems
        return not one.isdisjoint(other) and overlap(one, other) >= SAME_REQUIREMENT
    for required in now:
        wanted = required.stems
        for earlier in before:
            # Most share nothing, which is seen sooner than how much they share.
            if not wanted.isdisjoint(earlier.stems) and overlap(wanted, earlier.stems) >= SAME_REQUIREMENT:
                break
        else:
            return False
    return True

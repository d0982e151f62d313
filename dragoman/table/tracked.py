"""Conditions while documents are fed, how each follows the earlier ones of its party, and how it stands in the end.

In: a condition and those of its party before it. Out: which of them it says again or replaces, which depends on nothing
else, so that a Chain remembers it from one feeding of the documents to the next; the Condition that it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.folding import fold
from dragoman.reading import Decision
from dragoman.table.gist import Required, Withheld
from dragoman.table.names import Names
from dragoman.table.resolved import Key, Resolved
from dragoman.table.values import Condition, Evidence, Move, Requirement
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
    place: int  # among those of its document
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
    expected: dict[frozenset[str], tuple[str, ...]] = field(default_factory=dict)
    # Whom each requirement names first, by names that mean what they meant.
    names: Names | None = None
    meanings: int = 0  # goes up when a name means something else
    mentioned: dict[str, tuple[str, ...]] = field(default_factory=dict)
    slugs: dict[tuple[str | None, str], str] = field(default_factory=dict)
    # The statements that only met the conditions of those who made them, and who make such statements together.
    closing: set[tuple[str, str]] = field(default_factory=set)
    together: set[tuple[str, ...]] = field(default_factory=set)

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


class Standing:
    """The conditions of a party that nothing has replaced, with what a new one is compared by side by side."""

    __slots__ = ("records", "things", "wanted", "withheld")

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.things: list[frozenset[str]] = []  # the stems of what each withholds
        self.wanted: list[frozenset[str]] = []  # and of all that it requires
        self.withheld: list[frozenset[str]] = []

    def add(self, record: Record) -> None:
        """Nothing has replaced this one."""
        self.records.append(record)
        self.things.append(record.gist.stems)
        self.wanted.append(record.gist.wanted)
        self.withheld.append(record.withheld)

    def drop(self, record: Record) -> None:
        """This one is replaced."""
        at = self.records.index(record)
        for beside in (self.records, self.things, self.wanted, self.withheld):
            del beside[at]


def follows(standing: Standing, new: Record) -> Follows:
    """What a condition is to those of its party that nothing has replaced.

    Most have nothing to do with it, which is seen of all of them at once.
    """
    replaces = []
    here, withheld, requires, moment = new.gist.stems, new.withheld, new.gist.requires, new.key[:2]
    wanted = list(map(new.gist.wanted.isdisjoint, standing.wanted[-BACK:]))
    apart = list(map(withheld.isdisjoint, standing.withheld[-BACK:]))
    shared = list(map(len, map(here.intersection, standing.things[-BACK:])))
    least = SAME_THING * len(here)  # overlap is no more than the part of `here` that is shared
    records = standing.records[-BACK:]
    for n in range(len(records) - 1, -1, -1):
        near = 0 < shared[n] >= least
        if wanted[n] and apart[n] and requires and not near:
            continue
        old = records[n]
        same_thing = not apart[n] or (near and overlap(old.gist.stems, here) >= SAME_THING)
        # "The boats stay", then "the boats pull back twelve miles": one thing in fewer words, at nearly the same price.
        same_thing = same_thing or (not wanted[n] and 0 < shared[n] == min(len(here), len(old.gist.stems)))
        related = same_thing or shared[n] or not new.issues.isdisjoint(old.issues)
        if related and not (wanted[n] and requires) and _same_requirements(old.gist.requires, requires):
            return Follows(old.number, ())
        if same_thing and old.key[:2] < moment:
            replaces.append(old.number)
    return Follows(None, tuple(replaces))


def _same_requirements(before: Sequence[Required], now: Sequence[Required]) -> bool:
    """Whether everything that is required now was required before."""
    if not before or not now:
        return not before and not now
    for required in now:
        wanted = required.stems
        for earlier in before:
            # Most share nothing, which is seen sooner than how much they share.
            if not wanted.isdisjoint(earlier.stems) and overlap(wanted, earlier.stems) >= SAME_REQUIREMENT:
                break
        else:
            return False
    return True


def frozen(record: Record, names: Names, decided: tuple[Decision, ...], identity: str, memory: Memory) -> Condition:
    """A condition as it stands, with what people decided about its requirements."""
    requires = []
    for r in record.requires:
        status, settled_by, since, note = r.status, r.settled_by, r.since, r.note
        for d in decided:
            if fold(str(d.target.get("requires") or "")) == fold(r.what) and _same_party(d, record.party, names):
                status, settled_by, since = str(d.value.get("status")), None, d.at[:10]
                note = f"decided by {d.by}"
        awaited = tuple(p for p in memory.mentions(r.what) if p != record.party)[:1]
        requires.append(Requirement(r.what, status, settled_by, since, note, awaited, tuple(r.moves)))
    status = overall([r.status for r in requires])
    last = max((r for r in requires if r.status == status and r.since), key=lambda r: r.since or "", default=None)
    return Condition(
        identity, record.party, record.withholds, tuple(requires), status, record.key[0],
        tuple(sorted(record.issues)), tuple(record.restated), last.settled_by if last else None,
        last.since if last else None, last.note if last else None, tuple(record.evidence),
    )  # fmt: skip


def _same_party(decision: Decision, party: str | None, names: Names) -> bool:
    given = decision.target.get("party")
    return given is None or (names.party(str(given)) or str(given)) == party


def overall(statuses: Sequence[str]) -> str:
    """What became of a condition by what became of its requirements: met only when all are met."""
    for status in ("violated", "open", "promised", "dropped", "replaced", "overtaken", "met"):
        if status in statuses:
            return status
    return "open"

"""The values that a table is made of: frozen, each with the evidence it rests on and a plain JSON form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast

from dragoman.reading import Spans

Kind = TypeVar("Kind", bound="tuple[Any, ...]")

CHANGES = ("new", "hardened", "softened", "reversed", "changed", "repeated", "retired")
CONDITION_STATUSES = ("open", "promised", "met", "violated", "dropped", "replaced", "overtaken")
DEADLINE_STATUSES = ("pending", "met", "passed", "extended", "dropped", "denied")


class Evidence(NamedTuple):
    """Where something stands: a document, a statement in it (None: the document's own words), and the words."""

    document: str
    statement: str | None
    spans: Spans

    def to_json(self) -> dict[str, Any]:
        return {"document": self.document, "statement": self.statement, "spans": [list(s) for s in self.spans]}


class Origins(NamedTuple):
    """How many independent origins something has, at least and at most."""

    low: int
    high: int


ONE = Origins(1, 1)


def plain(value: Any) -> Any:
    """A value of the table as plain JSON: the keys are the names of its attributes."""
    if isinstance(value, tuple) and hasattr(value, "to_json"):
        return value.to_json()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.repr}
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


# Evidence, Said, Step, Move and Link are plain tuples, made five times as quick: there are as many as statements.
def straight(kind: type[Kind]) -> Callable[[tuple[Any, ...]], Kind]:
    """What makes such a value of all its fields in order, twice as quick again: for the few places that make most."""
    return cast("Callable[[tuple[Any, ...]], Kind]", partial(tuple.__new__, kind))


def in_digits(quantity: float) -> str:
    """A quantity as it is read, with marks between its thousands; as a power of ten only where nobody could count."""
    whole = abs(quantity) < 1e15 and quantity == int(quantity)
    return f"{quantity:,.0f}" if whole else f"{quantity:,.10g}"


def by_name(value: Any) -> dict[str, Any]:
    """A plain tuple with names as a JSON object."""
    return {name: plain(item) for name, item in zip(value._fields, value, strict=True)}


class Value:
    """What every value of the table can do."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """The value as a JSON object with the names of its attributes as keys."""
        found: dict[str, Any] = plain(self)
        return found


@dataclass(frozen=True, slots=True)
class Role(Value):
    """What a person was to a party, from the first report that says so to the last."""

    kind: str  # leads | represents | member of | speaks for
    party: str
    since: str | None
    until: str | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Person(Value):
    """Somebody who speaks at the table."""

    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    statements: int = 0


@dataclass(frozen=True, slots=True)
class Party(Value):
    """Who sits at the table, under every name it was given, with why the names are one."""

    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    statements: int = 0
    because: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Issue(Value):
    """What is at issue, named by its own words."""

    name: str
    aliases: tuple[str, ...] = ()
    statements: int = 0
    since: str | None = None
    seeded: bool = False
    id: str = ""


class Step(NamedTuple):
    """One statement of a position and how it differs from the one before."""

    date: str
    stance: str
    direction: str
    change: str
    act: str = ""
    speaker: str | None = None
    outlet: str | None = None
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return by_name(self)


@dataclass(frozen=True, slots=True)
class Voice(Value):
    """Somebody who speaks for the party on this issue, and what they last said."""

    speaker: str
    stance: str
    direction: str
    date: str
    differs: bool
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell(Value):
    """Where a party stands on an issue, since when, and what it stood for before."""

    party: str
    issue: str
    stance: str
    direction: str
    since: str
    change: str
    previous: Step | None
    statements: int
    outlets: tuple[str, ...]
    origins: Origins
    voices: tuple[Voice, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    document: str = ""
    statement: str | None = None


class Move(NamedTuple):
    """One entry of a ledger: what happened, when it was reported, and by which words."""

    kind: str
    date: str
    to: str | None = None
    by: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return by_name(self)


@dataclass(frozen=True, slots=True)
class Requirement(Value):
    """One thing that is required, and what became of it."""

    what: str
    status: str
    settled_by: Evidence | None = None
    since: str | None = None
    note: str | None = None
    waits_for: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition(Value):
    """What a party withholds and what it requires, tracked through later reports."""

    id: str
    party: str | None
    withholds: str
    requires: tuple[Requirement, ...]
    status: str
    since: str
    issues: tuple[str, ...] = ()
    restated: tuple[Evidence, ...] = ()
    settled_by: Evidence | None = None
    settled_on: str | None = None
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline(Value):
    """A date by which something is to be done, with every move."""

    id: str
    what: str
    date: str | None
    precision: str
    set_by: str | None
    status: str
    set_on: str
    moves: tuple[Move, ...] = ()
    replaced_by: str | None = None
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting(Value):
    """A meeting across all reports that speak of it."""

    id: str
    name: str
    date: str | None
    precision: str
    place: str | None
    status: str
    chairs: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    attended: tuple[str, ...] = ()
    waits_for: str | None = None
    moves: tuple[Move, ...] = ()
    moved_to: str | None = None
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement(Value):
    """An agreement, its status over time, and what was undertaken under it."""

    id: str
    name: str
    date: str | None
    precision: str
    parties: tuple[str, ...]
    status: str
    history: tuple[Move, ...] = ()
    commitments: tuple[Evidence, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure(Value):
    """A number, who gives it, whether it still stands, and who gives another."""

    id: str
    about: str
    quantity: float | None
    bound: str
    unit: str | None
    measure: str | None
    scope: str | None
    by: str | None
    party: str | None
    official: bool
    given_on: str
    current: bool
    disputed_with: tuple[str, ...] = ()
    origins: Origins = ONE
    note: str | None = None
    group: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute(Value):
    """Figures about the same thing, and how they compare as intervals."""

    id: str
    about: str
    verdict: str  # agree | overlap | conflict
    figures: tuple[Figure, ...]
    low: float | None = None
    high: float | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement(Value):
    """Two reports or speakers that cannot both be right, and about what."""

    kind: str  # denial | polarity | quote | date | figure | who
    about: str
    sides: tuple[str, ...]
    note: str
    evidence: tuple[Evidence, ...]
    date: str = ""


@dataclass(frozen=True, slots=True)
class Proposal(Value):
    """A merge that a person should decide."""

    kind: str  # party.merge | issue.merge
    name: str
    into: str
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Change(Value):
    """Something that moved between two dates."""

    kind: str  # position | condition | deadline | meeting | agreement | figure
    change: str
    date: str
    about: str
    party: str | None = None
    issue: str | None = None
    before: str | None = None
    after: str | None = None
    id: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Unplaced(Value):
    """A decision that no longer finds its words, or that cannot be carried out, and why."""

    decision: str
    kind: str
    reason: str
    target: dict[str, Any] = field(default_factory=dict)
    value: dict[str, Any] = field(default_factory=dict)


class Said(NamedTuple):
    """A statement as the table counts it: whose, about what, when, from where."""

    document: str
    statement: str
    parties: tuple[str, ...]
    speaker: str | None
    anonymous: bool
    issues: tuple[str, ...]
    act: str
    negated: bool
    date: str
    outlet: str | None
    via: tuple[str, ...]
    confidence: float | None
    evidence: tuple[Evidence, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return by_name(self)

"""Numbers, who gives them, and how they compare as intervals within one scope: agree, overlap, conflict, superseded.

In: resolved documents in order. Out: Figures, and Disputes where figures that still stand cannot all be right.

Figures are about one thing when unit and measure share their stems. Scope ("since October", "in Port Sael") tells
groups apart; a figure without scope joins the group whose numbers are nearest, by a factor of three at most.
"About" allows a tenth either way; "more than" and "at least" are open above, "up to" and "less than" open below.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from dragoman.reading import Figure as Read
from dragoman.table.agreements import unique
from dragoman.table.gist import Counted
from dragoman.table.resolved import Key, Resolved
from dragoman.table.values import ONE, Dispute, Evidence, Figure, Origins, in_digits
from dragoman.table.words import overlap, slug, stems

ABOUT = 0.1
NEAR = 3.0
BEFORE = 160  # letters before a number in which its measure stands
# One source's count of one thing that moves by no more than this factor is the same count brought up to date, whatever
# the report calls its scope.
GROWS = 1.5
FamilyName = tuple[frozenset[str], bool]  # what is counted, as stems, and whether it is still to come


class Interval(NamedTuple):
    """What a figure allows: from `low` to `high`, the ends included or not."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def meets(self, other: Interval) -> bool:
        """Whether some number is allowed by both."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low < high:
            return True
        if low > high:
            return False
        return not (
            (self.low == low and self.low_open) or (other.low == low and other.low_open)
            or (self.high == high and self.high_open) or (other.high == high and other.high_open)
        )  # fmt: skip


def interval(quantity: float, bound: str) -> Interval:
    """The numbers that a quantity with its bound allows."""
    if bound == "about":
        slack = abs(quantity) * ABOUT
        return Interval(quantity - slack, quantity + slack)
    if bound in ("more than", "at least"):
        return Interval(quantity, math.inf, low_open=bound == "more than")
    if bound in ("up to", "less than"):
        return Interval(-math.inf if quantity < 0 else 0.0, quantity, high_open=bound == "less than")
    return Interval(quantity, quantity)


@dataclass(slots=True)
class _Item:
    key: Key
    read: Read
    by: str | None
    party: str | None
    evidence: dict[Evidence, None]
    quantity: float
    earlier: bool = False  # says itself that it is an earlier count
    end: str | None = None  # the day on which it was superseded or given up
    note: str | None = None

    @property
    def current(self) -> bool:
        return self.end is None

    def beside(self, other: _Item) -> bool:
        """Whether both stood on some day."""
        return (self.end is None or other.key[0] < self.end) and (other.end is None or self.key[0] < other.end)

    @property
    def source(self) -> str | None:
        return self.party or self.by


@dataclass(slots=True)
class _Group:
    name: str
    scope: frozenset[str]
    born: Key
    items: list[_Item] = field(default_factory=list)
    by_source: dict[str | None, list[_Item]] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)

    def add(self, item: _Item) -> None:
        self.items.append(item)
        self.by_source.setdefault(item.source, []).append(item)


class _Given(NamedTuple):
    """One figure as a document gives it: which of its figures, who gives it, and what it counts."""

    place: int
    figure: tuple[Key, str | None, str | None, Read]
    gist: Counted


_order = attrgetter("facts.key")


class _Family:
    """Figures that count the same thing, whatever their scope: no other figure has to do with them."""

    def __init__(self) -> None:
        self.pages: list[Resolved] = []  # those that give such figures, in order
        self._given: dict[str, list[_Given]] = {}  # which ones, by document
        self._start()

    def _start(self) -> None:
        self._fed = 0  # so many of the documents
        self.groups: list[_Group] = []
        self.by_scope: dict[frozenset[str], _Group] = {}

    def put(self, page: Resolved, given: list[_Given]) -> None:
        """Put in a document that gives such figures."""
        self._given[page.facts.id] = given
        at = bisect(self.pages, page.facts.key, key=_order)
        self.pages.insert(at, page)
        if at < self._fed:
            self._start()

    def remove(self, page: Resolved) -> None:
        """Take such a document out."""
        self.pages.remove(page)
        del self._given[page.facts.id]
        self._start()

    def settled(self) -> list[_Group]:
        """The groups of its figures, once all of its documents are fed."""
        for page in self.pages[self._fed :]:
            self._feed(page)
        self._fed = len(self.pages)
        return self.groups

    def _feed(self, page: Resolved) -> None:
        """Take in the figures of this family that the next document gives."""
        for place, (key, by, party, read), gist in self._given[page.facts.id]:
            evidence = {page.evidence(read.statement, read.span): None}
            item = _Item(key, read, by, party, evidence, float(read.quantity or 0), gist.earlier)
            group = _group(self, item, gist.scope, (page.day, page.facts.id, place), page)
            _put(group, item)
        for number in page.accepting:
            self._hear(page, number)

    def _hear(self, page: Resolved, number: int) -> None:
        """ "It accepted the figure": the party gives up its own number for the one that was given last."""
        said = page.said[number]
        if said.act not in ("concession", "support", "claim"):
            return
        party = said.parties[0]
        for group in self.groups:
            own = [i for i in group.by_source.get(party, ()) if i.current]
            new = [
                i for i in group.items
                if i.source != party and i.current and i.key[1] == page.facts.id and i.key[2] <= number
            ] if own else []  # fmt: skip
            if own and new:
                given = new[-1]
                for item in own:
                    item.end, item.note = page.day, f"given up: accepts {in_digits(given.quantity)}"
                evidence = dict.fromkeys(said.evidence)
                key = (page.day, page.facts.id, number)
                group.add(_Item(key, given.read, said.speaker or party, party, evidence, given.quantity))


class Frozen(NamedTuple):
    """All figures, and the groups that several sources speak to."""

    figures: tuple[Figure, ...]
    disputes: tuple[Dispute, ...]


class Figures:
    """The figures of all documents, while documents come and go."""

    def __init__(self) -> None:
        self._families: dict[FamilyName, _Family] = {}

    def update(self, gone: Iterable[Resolved], new: Iterable[Resolved]) -> None:
        """Take documents out and in; what they count is gone through when it is asked for."""
        for page in gone:
            for name in _by_family(page):
                self._families[name].remove(page)
        for page in new:
            for name, given in _by_family(page).items():
                if name not in self._families:
                    self._families[name] = _Family()
                self._families[name].put(page, given)

    def freeze(
        self, denied: Mapping[tuple[str, str | None], tuple[str, ...]], origins: Callable[[Iterable[str]], Origins]
    ) -> Frozen:
        """Every figure; `denied` says who denies a statement, `origins` counts the origins of reports."""
        groups = sorted((g for family in self._families.values() for g in family.settled()), key=lambda g: g.born)
        return _frozen(groups, denied, origins)


def _by_family(page: Resolved) -> dict[FamilyName, list[_Given]]:
    """The figures of a document that have a number, by what they count."""
    counted = (
        (figure, gist)
        for figure, gist in zip(page.figures, page.facts.gist.figures, strict=True)
        if figure[3].quantity is not None and math.isfinite(figure[3].quantity)
    )
    found: dict[FamilyName, list[_Given]] = {}
    for place, (figure, gist) in enumerate(counted):
        found.setdefault(gist.family, []).append(_Given(place, figure, gist))
    return found


def _group(family: _Family, item: _Item, scope: frozenset[str], born: Key, page: Resolved) -> _Group:
    """The group that a figure joins, else a new one."""
    found = _group_of(family, item, scope)
    if found is None:
        found = _Group(_about(item.read, page.document.text), scope, born)
        family.groups.append(found)
        if scope:
            family.by_scope[scope] = found
    return found


def _about(read: Read, text: str) -> str:
    """What a figure counts, in words that say nothing twice: "people killed (since October)", "tonnes: the quota"."""
    measure = read.measure or ""
    start = read.span.start if read.span else 0
    first = measure and measure in text[max(0, start - BEFORE) : start]  # what stands before the number
    unit = None if first and stems(read.unit or "") <= stems(measure) else read.unit
    counts = (": " if first else " ").join(filter(None, (unit, measure)))
    told = read.scope is None or read.scope.casefold() in counts.casefold()
    return (counts if told else f"{counts} ({read.scope})").strip() or "number"


def _group_of(family: _Family, item: _Item, scope: frozenset[str]) -> _Group | None:
    if item.source is not None:
        for group in reversed(family.groups[-50:]):
            own = group.by_source.get(item.source)
            if own and own[-1].key[0] < item.key[0] and 1 / GROWS <= _ratio(item.quantity, own[-1].quantity) <= GROWS:
                return group
    if not scope:
        nearest = _nearest(family, item)
        beside = (g for g in reversed(family.groups) if not g.scope and item.key[1] in g.documents)
        return nearest if nearest is not None else next(beside, None)
    exact = family.by_scope.get(scope)
    if exact is not None:
        return exact
    for group in reversed(family.groups[-50:]):
        if group.scope and (overlap(scope, group.scope) >= 0.5 or scope <= group.scope or group.scope <= scope):
            family.by_scope[scope] = group
            return group
    nearest = _nearest(family, item)
    if nearest is None or nearest.scope:
        return None
    nearest.scope = scope
    family.by_scope[scope] = nearest
    return nearest


def _ratio(one: float, other: float) -> float:
    """How many times one number is the other; 0 when they have no common measure."""
    if one > 0 and other > 0:
        return one / other
    return 1.0 if one == other else 0.0


def _nearest(family: _Family, item: _Item) -> _Group | None:
    """The group with the number nearest to this one, of those that are near enough."""
    best, found = NEAR, None
    for group in family.groups[-50:]:
        for given in group.by_source.values():
            other = given[-1]
            ratio = _ratio(item.quantity, other.quantity)
            ratio = max(ratio, 1 / ratio) if ratio else math.inf
            if ratio < best or (ratio == best and found is None):
                best, found = ratio, group
    return found


def _put(group: _Group, item: _Item) -> None:
    """A figure given again adds its evidence; a new one of the same source supersedes the earlier ones."""
    group.documents.add(item.key[1])
    mine = group.by_source.get(item.source, ())
    earlier = item.earlier
    for other in mine:
        if other.quantity == item.quantity and (
            other.read.bound == item.read.bound or (item.source and earlier)
        ) and (other.current or earlier):  # fmt: skip
            other.evidence.update(item.evidence)
            return
    if earlier:
        item.end, item.note = item.key[0], "an earlier count"
    elif item.source is not None:
        for other in mine:
            if other.key[0] < item.key[0] and other.current:
                other.end = item.key[0]
                other.note = f"superseded by {in_digits(item.quantity)} on {item.key[0]}"
    group.add(item)


def _frozen(
    groups: list[_Group], denied: Mapping[tuple[str, str | None], tuple[str, ...]],
    origins: Callable[[Iterable[str]], Origins],
) -> Frozen:  # fmt: skip
    found: list[Figure] = []
    disputes: list[Dispute] = []
    taken: dict[str, int] = {}
    for group in groups:
        identity = unique(slug(group.name), taken)
        spans = _spans(group)
        here = []
        for number, item in enumerate(group.items):
            disputed = [
                str(other.by or other.party) for other in _beside(group, item)
                if not spans[id(item)].meets(spans[id(other)])
            ]  # fmt: skip
            for evidence in item.evidence:
                disputed += denied.get((evidence.document, evidence.statement), ())
            documents = {e.document for e in item.evidence}
            here.append(
                Figure(
                    f"{identity}-{number + 1}",
                    group.name,
                    item.read.quantity,
                    item.read.bound,
                    item.read.unit,
                    item.read.measure,
                    item.read.scope,
                    item.by,
                    item.party,
                    item.party is not None,
                    item.key[0],
                    item.current,
                    tuple(dict.fromkeys(disputed)),
                    origins(documents) if len(documents) > 1 else ONE,
                    item.note,
                    identity,
                    tuple(item.evidence),
                )
            )
        found.extend(here)
        dispute = _dispute(identity, group, here, spans)
        if dispute is not None:
            disputes.append(dispute)
    return Frozen(tuple(found), tuple(disputes))


def _beside(group: _Group, item: _Item) -> Iterable[_Item]:
    """The figures of other sources that stood on some day on which this one stood."""
    if item.source is None:
        return
    for source, given in group.by_source.items():
        if source is None or source == item.source:
            continue
        for other in reversed(given):
            if item.beside(other):
                yield other
            elif other.end is not None and other.end != other.key[0] and other.end <= item.key[0]:
                break  # what this source said before ended even earlier


def _spans(group: _Group) -> dict[int, Interval]:
    """The interval of each figure; "at least 90" and "up to 120" of one statement are one range."""
    found = {id(item): interval(item.quantity, item.read.bound) for item in group.items}
    least = {
        (i.source, *i.key[:2], i.read.statement): i for i in group.items if i.read.bound == "at least"
    }  # fmt: skip
    for item in group.items:
        if item.read.bound in ("up to", "less than"):
            low = least.get((item.source, *item.key[:2], item.read.statement))
            if low is not None and low.quantity <= item.quantity:
                found[id(item)] = found[id(low)] = Interval(low.quantity, item.quantity)
    return found


def _dispute(identity: str, group: _Group, here: Sequence[Figure], spans: dict[int, Interval]) -> Dispute | None:
    standing = [(f, spans[id(i)]) for f, i in zip(here, group.items, strict=True) if f.current]
    sources = {f.party or f.by for f, _ in standing if f.party or f.by}
    # What somebody denies who gives no figure is a disagreement, but no two figures that could be compared.
    if len(standing) < 2 or (len(sources) < 2 and not any(f.disputed_with for f, _ in standing)):
        return None
    by_source = [(f.party or f.by, span) for f, span in standing if f.party or f.by]
    conflict = any(
        one != other and not span.meets(other_span)
        for number, (one, span) in enumerate(by_source) for other, other_span in by_source[number + 1 :]
    ) or any(set(f.disputed_with) - {g.by or g.party for g in here} for f, _ in standing)  # fmt: skip
    same = len({span for f, span in standing if f.party or f.by}) == 1
    quantities = [f.quantity for f, _ in standing if f.quantity is not None]
    return Dispute(
        identity, group.name, "conflict" if conflict else "agree" if same else "overlap",
        tuple(f for f, _ in standing), min(quantities), max(quantities),
        tuple(dict.fromkeys(e for f, _ in standing for e in f.evidence)),
    )  # fmt: skip

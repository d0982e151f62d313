"""Documents in the order in which they became known, fed into every ledger of the table.

In: resolved documents. Out: the ledgers as they stand, ready to be frozen. What belongs to one party and issue, or
counts one thing, takes documents in and out anywhere in time; the ledgers in which one report settles what another one
opened go on behind the newest report. Behind an earlier one agreements and deadlines are fed again, and of meetings and
conditions those that the report can have to do with.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter
from threading import RLock

from dragoman.table.agreements import Agreements
from dragoman.table.conditions import Conditions
from dragoman.table.deadlines import Deadlines
from dragoman.table.figures import Figures
from dragoman.table.meetings import Meetings
from dragoman.table.overtaken import Exposed
from dragoman.table.positions import End
from dragoman.table.resolved import Resolved, Stand
from dragoman.table.touched import Brought, otherwise
from dragoman.table.values import Cell, Origins, Step

# When so few documents come and go, only the conditions of the parties they touch are fed again.
FEW = 8
NOTHING = Brought()
Key = tuple[str, str]  # party, issue
_key = attrgetter("key")


class Ledgers:
    """The ledgers in which what one report says settles what an earlier one opened."""

    def __init__(self) -> None:
        self.agreements, self.meetings, self.deadlines = Agreements(), Meetings(), Deadlines()
        self.conditions = Conditions()
        self._brought: dict[str, Brought] = {}  # by document, where it is anything

    def feed(self, page: Resolved) -> None:
        """Take in the next document."""
        self.conditions.feed(page, self._bring(page), self.deadlines.dates)

    def _bring(self, page: Resolved) -> Brought:
        """Take the next document into all ledgers but that of conditions, which what it brings can settle."""
        moved, held, due = self.agreements.feed(page), self.meetings.feed(page), self.deadlines.feed(page)
        if not (moved or held or due):
            return NOTHING
        found = self._brought[page.facts.id] = Brought(held, due, moved)
        return found

    def again(self, pages: Sequence[Resolved], gone: Sequence[Resolved], new: Sequence[Resolved]) -> Ledgers:
        """Ledgers of these documents, of which some are new and others are gone."""
        found = self._anew(gone, new)
        brought = [found._bring(page) for page in pages]
        if len(gone) + len(new) <= FEW:
            changes = self._changes(list(zip(pages, brought, strict=True)), gone, new)
            parties = self.conditions.touched_by((*gone, *new), changes)
            if parties is not None:
                part = Conditions(self.conditions.memory, only=parties)
                for page, here in zip(pages, brought, strict=True):
                    if part.may_move(page, here):
                        part.feed(page, here, found.deadlines.dates)
                if not part.strayed:
                    self.conditions.put_in(part, parties)
                    found.conditions = self.conditions
                    return found
        found.conditions = Conditions(self.conditions.memory)
        for page, here in zip(pages, brought, strict=True):
            found.conditions.feed(page, here, found.deadlines.dates)
        return found

    def _changes(
        self, now: Iterable[tuple[Resolved, Brought]], gone: Sequence[Resolved], new: Sequence[Resolved]
    ) -> list[tuple[Resolved, Brought]]:
        """What documents bring that they did not bring before, or no longer bring."""
        before, fresh = self._brought, {page.facts.id for page in new}
        found = [(page, before.get(page.facts.id, NOTHING)) for page in gone]
        for page, brought in now:
            if page.facts.id in fresh:
                found.append((page, brought))
            elif brought != (was := before.get(page.facts.id, NOTHING)):
                found.append((page, otherwise(was, brought)))
        return found

    def _anew(self, gone: Sequence[Resolved], new: Sequence[Resolved]) -> Ledgers:
        """Ledgers to be fed again from the first document on, with what holds whatever was taken out and put in."""
        found = Ledgers()
        if not any(page.agreements for page in (*gone, *new)):
            found.agreements = self.agreements
        if self.meetings.again(gone, new):
            found.meetings = self.meetings
        found.deadlines = Deadlines(self.deadlines.memory, gone)
        return found


class Place:
    """Everything of one party on one issue, and what was computed from it."""

    __slots__ = ("cell", "changed", "documents", "stands", "statements", "steps")

    def __init__(self) -> None:
        self.stands: list[Stand] = []
        self.statements = 0
        self.documents: dict[str, str | None] = {}  # those with statements, and their outlets
        self.changed = 0  # how often stands were put in or taken out
        # What was computed, with what it was computed from.
        self.steps: tuple[int, tuple[End, ...], tuple[Step, ...]] | None = None
        self.cell: tuple[tuple[Step, ...], int, Origins, Cell | None] | None = None

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets whose reports have statements or stances here."""
        return tuple(sorted({o for o in self.documents.values() if o} | {s.outlet for s in self.stands if s.outlet}))


class Chronicle:
    """Every ledger, as far as documents have been taken in."""

    def __init__(self) -> None:
        self.lock = RLock()  # held while documents are taken in and while a table reads
        self.version = 0  # goes up with every change
        self._empty()

    def _empty(self) -> None:
        self.pages: tuple[Resolved, ...] = ()
        self.ledgers, self.figures, self.exposed = Ledgers(), Figures(), Exposed()
        self.places: dict[Key, Place] = {}
        self.by_party: Counter[str] = Counter()
        self.by_issue: Counter[str] = Counter()
        # In how many documents an issue stands on each day, and a party's speakers speak.
        self._issue_days: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._speakers: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def update(self, pages: Sequence[Resolved]) -> None:
        """Go over to these documents, in their order, from those that were there before."""
        with self.lock:
            before, kept = self.pages, set(map(id, pages))
            if len(before) == len(pages) and all(a is b for a, b in zip(before, pages, strict=True)):
                return
            self.version += 1
            gone = [page for page in before if id(page) not in kept]
            if 2 * len(gone) > len(before):
                self._empty()
                before, gone = (), []
            there = set(map(id, before))
            new = [page for page in pages if id(page) not in there]
            last = not gone and (not before or not new or before[-1].facts.key < new[0].facts.key)
            self._take_out(gone)
            self.by_party.update(chain.from_iterable([said.parties for page in new for said in page.said]))
            self.by_issue.update(chain.from_iterable([said.issues for page in new for said in page.said]))
            for page in new:
                self._tally(page, 1)
                self.exposed.feed(page)
                self._stand(page, last=last)
            self.figures.update(gone, new)
            self.pages = tuple(pages)
            if last:
                for page in new:
                    self.ledgers.feed(page)
            else:
                self.ledgers = self.ledgers.again(pages, gone, new)

    def since(self, issue: str) -> str | None:
        """The day on which an issue was first spoken of."""
        return min(self._issue_days.get(issue, ()), default=None)

    def speakers(self, party: str) -> Iterable[str]:
        """Those who speak for a party by name."""
        return self._speakers.get(party, {}).keys()

    def place(self, key: Key) -> Place:
        """Where everything of a party on an issue is kept."""
        found = self.places.get(key)
        if found is None:
            found = self.places[key] = Place()
        return found

    def _stand(self, page: Resolved, *, last: bool) -> None:
        for stand in sorted(page.stands, key=_key):
            place = self.place((stand.party, stand.issue))
            place.changed += 1
            if last:
                place.stands.append(stand)
            else:
                insort(place.stands, stand, key=_key)

    def _take_out(self, pages: Sequence[Resolved]) -> None:
        self.by_party.subtract(chain.from_iterable([said.parties for page in pages for said in page.said]))
        self.by_issue.subtract(chain.from_iterable([said.issues for page in pages for said in page.said]))
        for page in pages:
            self._tally(page, -1)
            self.exposed.drop(page)
            document = page.facts.id
            for key in dict.fromkeys((stand.party, stand.issue) for stand in page.stands):
                place = self.places[key]
                place.changed += 1
                place.stands = [stand for stand in place.stands if stand.key[1] != document]

    def _tally(self, page: Resolved, by: int) -> None:
        """Count where a document belongs, or (`by` -1) count it there no longer."""
        document, outlet = page.facts.id, page.document.outlet
        issues = {stand.issue for stand in page.stands}
        speakers: set[tuple[str, str]] = set()
        places = self.places
        for said in page.said:
            speaker = None if said.anonymous else said.speaker
            issues.update(said.issues)
            for party in said.parties:
                if speaker:
                    speakers.add((party, speaker))
                for issue in said.issues:
                    place = places.get((party, issue)) or self.place((party, issue))
                    place.statements += by
                    if by > 0:
                        place.documents[document] = outlet
                    else:
                        place.documents.pop(document, None)
        for issue in issues:
            _count(self._issue_days[issue], page.day, by)
        for party, speaker in speakers:
            _count(self._speakers[party], speaker, by)


def _count(counts: Counter[str], name: str, by: int) -> None:
    left = counts.get(name, 0) + by
    if left:
        counts[name] = left
    else:
        del counts[name]

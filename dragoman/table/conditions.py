"""What each party withholds, what it requires for it, and what became of every requirement.

In: resolved documents in order, one by one, with the deadlines they set, the meetings they report as held and the moves
of agreements. Out: Conditions whose requirements are open, promised, met, violated, dropped, replaced or overtaken,
each with the words that settled it. One document is one moment: what it says settles what earlier ones required.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from dragoman.reading import Condition as Read
from dragoman.reading import Decision
from dragoman.table.agreements import SEALED, Moved, named_in, unique
from dragoman.table.deadlines import Dates, Term
from dragoman.table.fulfilled import fulfilled_by, wanted
from dragoman.table.gist import PLANNED, Withheld
from dragoman.table.meetings import Opened
from dragoman.table.names import Names
from dragoman.table.outcomes import Watch, actors, at_work
from dragoman.table.resolved import Key, Resolved
from dragoman.table.touched import Brought, Parties, by_events, by_words, counts, welcoming
from dragoman.table.tracked import FINAL, SAME_REQUIREMENT, Chain, Memory, Record, Standing, Tracked, follows, frozen
from dragoman.table.values import Condition, Evidence, Move, Said, in_digits
from dragoman.table.words import contained, overlap, stems


class Conditions:
    """The conditions of all documents fed so far; `memory` is that of an earlier feeding, if there was one.

    With `only` some parties' conditions are fed: no party's depend on those of another, but for who closes a matter by
    saying that a condition is met, which `memory` knows. `strayed` tells that this was not what it had been.
    """

    def __init__(self, memory: Memory | None = None, *, only: Parties | None = None) -> None:
        self.records: list[Record] = []
        self.strayed = False
        self._only = only
        self.memory = Memory() if memory is None else memory
        self._fed: dict[str | None, int] = {}  # how many conditions of each party
        self._of_party: dict[str | None, list[Record]] = {}
        self._standing: dict[str | None, Standing] = {}  # those not replaced
        self._open: dict[str | None, dict[Record, None]] = {}
        self._on_issue: dict[tuple[str | None, str | None], dict[Record, None]] = {}  # open, by party and issue
        self._watch: Watch[Tracked] = Watch(self.memory.watched)
        self._expected: Watch[Tracked] = Watch(self.memory.expected)  # of which an article may tell in its own voice
        self._counted: dict[Tracked, float] = {}  # require a number of something
        self._awaited: dict[Tracked, None] = {}  # promised to be somewhere
        self._holding: dict[Tracked, None] = {}  # that an agreement holds
        self._passing: dict[Tracked, None] = {}  # that a day passes
        self._convening: dict[Record, None] = {}  # withhold calling a meeting

    def feed(self, page: Resolved, brought: Brought, dates: Dates) -> None:
        """Take in one document: what it settles of earlier conditions, then those it brings."""
        for said, heard in page.telling:
            if heard.concedes:
                self._concede(page, said)
            elif heard.met and self._closes(page, said):
                continue
            if heard.outcome is not None and (spoken_of := self._watch.spoken_of(page.stems(said.statement))):
                self._hear(page, said, heard.outcome, spoken_of)
        if self._expected.any and page.facts.events:
            self._by_events(page)
        if self._counted and page.figures:
            self._count(page)
        if self._awaited:
            self._see(page)
        for term in brought.due:
            self._by_deadline(page, term)
        if self._passing:
            self._by_passing(page, dates)
        for meeting in brought.held:
            self._by_meeting(page, meeting)
        for change in brought.moved:
            self._by_agreement(page, change)
        for place, (key, owner, item, source) in enumerate(page.conditions):
            if self._only is None or owner in self._only:
                self._enter(page, place, key, owner, item, source)

    # -- feeding some anew

    def may_move(self, page: Resolved, brought: Brought) -> bool:
        """Whether a document can have to do with any of the conditions that are fed: most cannot with those of few."""
        if self._only is None or (self._counted and page.figures) or self._awaited or self._passing:
            return True
        if not self._only.isdisjoint(page.moving) or self._watch.may_be_spoken_of(page.told):
            return True
        if self._expected.any and any(self._expected.may_be_spoken_of(event.stems) for event in page.facts.events):
            return True
        if brought.moved or (brought.held and self._convening):
            return True
        there = chain((term.setter for term in brought.due), *(opened.attended for opened in brought.held))
        return any(map(self._open.get, there))

    def touched_by(self, pages: Iterable[Resolved], changes: Iterable[tuple[Resolved, Brought]]) -> Parties | None:
        """Whose conditions must be fed anew when documents come or go and others bring changes; None when all must."""
        found: Parties = set()
        for page in pages:
            found |= by_words(page, self.records)
        for page, brought in changes:
            found |= by_events(page, brought, self.records)
        growing = True
        while growing:
            more = {p for together in self.memory.together if not found.isdisjoint(together) for p in together}
            growing = not more <= found
            found |= more
        return None if found.issuperset(self._of_party) else found

    def put_in(self, part: Conditions, parties: Parties) -> None:
        """Go over to the conditions of some parties that were fed on their own."""
        for record in self.records:
            if record.party in parties:
                for tracked in record.requires:
                    self._watch.drop(tracked)
                    self._expected.drop(tracked)
        kept = [record for record in self.records if record.party not in parties]
        self.records = sorted([*kept, *part.records], key=lambda record: (record.key[:2], record.place))
        for tracked in part._watch:
            self._watch.add(tracked, tracked.gist.stems)
        for tracked in part._expected:
            self._expect(tracked)
        for name in ("_fed", "_of_party", "_standing", "_open"):
            self._replace(name, part, lambda party: party in parties)
        self._replace("_on_issue", part, lambda key: key[0] in parties)
        for name in ("_counted", "_awaited", "_holding", "_passing"):
            self._replace(name, part, lambda tracked: tracked.record.party in parties)
        self._replace("_convening", part, lambda record: record.party in parties)

    def _replace(self, name: str, part: Conditions, goes: Callable[[Any], bool]) -> None:
        kept = {key: value for key, value in getattr(self, name).items() if not goes(key)}
        setattr(self, name, {**kept, **getattr(part, name)})

    # -- entering

    def _enter(self, page: Resolved, place: int, key: Key, owner: str | None, item: Read, said: Said | None) -> None:
        evidence, issues = page.evidence(item.statement), frozenset(said.issues) if said else frozenset()
        chain, at = self.memory.chains.setdefault(owner, Chain()), self._fed.get(owner, 0)
        self._fed[owner] = at + 1
        mine = self._of_party.setdefault(owner, [])
        standing = self._standing.get(owner)
        if standing is None:
            standing = self._standing[owner] = Standing()
        followed = chain.known(at, page, place)
        if followed is None or followed.restates is None:
            record = self._record(page, place, key, owner, item, issues, len(mine))
            followed = followed or chain.add(page, place, follows(standing, record))
        if followed.restates is not None:
            self._restate(mine[followed.restates], evidence, issues)
            return
        record.evidence[evidence] = None
        record.requires = [Tracked(gist.what, gist, record) for gist in record.gist.requires]
        for number in followed.replaces:
            standing.drop(mine[number])
            for tracked in mine[number].requires:
                self._settle(tracked, "replaced", key[0], evidence, "replaced by a later condition")
        mine.append(record)
        standing.add(record)
        self.records.append(record)
        self._follow_up(record)

    def _record(
        self, page: Resolved, place: int, key: Key, owner: str | None, item: Read, issues: frozenset[str], number: int
    ) -> Record:
        withheld = frozenset(
            s.issue for s in page.stands
            if item.statement and s.evidence.statement == item.statement and s.party == owner
            and s.direction in ("against", "open")
        )  # fmt: skip
        gist: Withheld = page.facts.gist.conditions[place]
        return Record(owner, item.withholds, gist, key, issues, withheld, number, place)

    def _restate(self, old: Record, evidence: Evidence, issues: frozenset[str]) -> None:
        if evidence in old.evidence:
            return
        old.restated[evidence] = None
        old.frozen = None
        if not issues <= old.issues:
            filed = old in self._open.get(old.party, ())
            if filed:
                self._unfile(old)
            old.issues |= issues
            if filed:
                self._file(old)

    def _follow_up(self, record: Record) -> None:
        """Watch for everything by which the requirements of a new condition can be settled."""
        if record.requires:
            self._file(record)
        for tracked in record.requires:
            gist = tracked.gist
            self._watch.add(tracked, gist.stems)
            self._expect(tracked)
            if gist.number is not None:
                self._counted[tracked] = gist.number
            if gist.holding:
                self._holding[tracked] = None
            if gist.passing:
                self._passing[tracked] = None
        if record.gist.convening:
            self._convening[record] = None

    def _expect(self, tracked: Tracked) -> None:
        what = wanted(tracked.what)
        if what is not None:
            self._expected.add(tracked, what.stems)

    def _file(self, record: Record) -> None:
        self._open.setdefault(record.party, {})[record] = None
        for issue in record.issues or (None,):
            self._on_issue.setdefault((record.party, issue), {})[record] = None

    def _unfile(self, record: Record) -> None:
        self._open[record.party].pop(record, None)
        for issue in record.issues or (None,):
            self._on_issue[record.party, issue].pop(record, None)

    def _still_open(self, party: str | None) -> list[Tracked]:
        still = self._open.get(party)
        return [t for record in still for t in record.requires if t.status not in FINAL] if still else []

    def _on_issues_of(self, party: str, said: Said) -> list[Record]:
        """The open conditions of a party that are on an issue of a statement."""
        return list(dict.fromkeys(r for issue in said.issues for r in self._on_issue.get((party, issue), ())))

    def _settle(
        self, tracked: Tracked, status: str, day: str, evidence: Evidence | None, note: str | None = None
    ) -> None:
        if tracked.status in FINAL or tracked.status == status:
            return
        tracked.status, tracked.since, tracked.settled_by, tracked.note = status, day, evidence, note
        tracked.moves.append(Move(status, day, evidence=(evidence,) if evidence else ()))
        tracked.record.frozen = None
        if status == "promised" and tracked.gist.presence:
            self._awaited[tracked] = None
        if status in FINAL:
            self._watch.drop(tracked)
            self._expected.drop(tracked)
            self._counted.pop(tracked, None)
            for watched in (self._awaited, self._holding, self._passing):
                watched.pop(tracked, None)
            if tracked.record.settled:
                self._unfile(tracked.record)
                self._convening.pop(tracked.record, None)

    # -- hearing

    def _hear(self, page: Resolved, said: Said, outcome: str, spoken_of: list[Tracked]) -> None:
        for tracked in spoken_of:
            record = tracked.record
            own = record.party in said.parties
            if own and said.act in ("condition", "concession"):
                continue
            if _on_one_issue(record, said, page) and page.tells_of(record.party):
                self._settle(tracked, outcome, page.day, said.evidence[0])

    def _concede(self, page: Resolved, said: Said) -> None:
        for party in said.parties:
            if self._open.get(party):
                self._conceded(page, said, party)

    def _closes(self, page: Resolved, said: Said) -> bool:
        """Whether "that condition is met" met one of the party that says so: then it speaks of no other."""
        where = (said.document, said.statement)
        closing = self.memory.closing
        if said.parties and self._only is not None and self._only.isdisjoint(said.parties):
            return where in closing
        if len(said.parties) > 1:
            self.memory.together.add(said.parties)
        closes = False
        for party in said.parties:
            mine = [t for r in self._on_issues_of(party, said) for t in r.requires if t.status not in FINAL]
            for tracked in mine or self._told(page, party):
                self._settle(tracked, "met", page.day, said.evidence[0])
            if mine:
                closes = True
                break
        if closes != (where in closing):
            self.strayed = True
            (closing.add if closes else closing.discard)(where)
        return closes

    def _told(self, page: Resolved, party: str) -> list[Tracked]:
        """The open requirements of a party that a document tells of, when "that condition is met" says not which."""
        here = stems(page.document.text)
        said_again = [required.stems for gist in page.facts.gist.conditions for required in gist.requires]
        return [
            t for t in self._still_open(party) if t.gist.unnumbered and t.gist.unnumbered <= here
            and not any(overlap(t.gist.stems, again) >= SAME_REQUIREMENT for again in said_again)
        ]  # fmt: skip

    def _count(self, page: Resolved) -> None:
        """ "At least 300 prisoners are freed" is met by a figure that counts so many of them."""
        least = min(self._counted.values())
        counting = [
            (figure, figure.quantity, counts(figure, page)) for _key, _by, _party, figure in page.figures
            if figure.quantity is not None and figure.quantity >= least and figure.bound not in ("up to", "less than")
            and not PLANNED.match(figure.measure or "")
        ]  # fmt: skip
        every = frozenset[str]().union(*(here for _figure, _quantity, here in counting))
        possible = [pair for pair in self._counted.items() if pair[0].gist.unnumbered <= every]  # few, for all of them
        for figure, quantity, here in counting if possible else ():
            for tracked, least in possible:
                if quantity >= least and tracked.gist.unnumbered <= here:
                    evidence = page.evidence(figure.statement, figure.span)
                    self._settle(
                        tracked, "met", page.day, evidence, f"{figure.bound} {in_digits(quantity)} are counted"
                    )

    def _conceded(self, page: Resolved, said: Said, party: str) -> None:
        """A concession drops the requirements it speaks of, or all of a condition whose withheld thing it does."""
        here, issues = page.stems(said.statement), frozenset(said.issues)
        records: Iterator[Record] | list[Record] = list(self._open.get(party, ()))
        if said.issues:
            records = [*self._on_issues_of(party, said), *self._on_issue.get((party, None), ())]
        for record in records:
            given_up = [t for t in record.requires if _speaks_of(t.gist.stems, here)]
            if not given_up and record.withheld & issues and record.gist.stems & here:
                given_up = record.requires
            for tracked in given_up:
                self._settle(tracked, "dropped", page.day, said.evidence[0])

    def _see(self, page: Resolved) -> None:
        """Those who were promised to come are there when a later report shows them at work."""
        for tracked in list(self._awaited):
            if tracked.since != page.day:
                seen = at_work(actors(tracked.what), page)
                if seen is not None:
                    self._settle(tracked, "met", page.day, seen.evidence[0], "they are at work")

    # -- what else moves

    def _by_events(self, page: Resolved) -> None:
        """ "The last 12 miners came home": an article tells in its own voice that what was required was done."""
        for event in page.facts.events:
            for tracked in self._expected.spoken_of(event.stems):
                if fulfilled_by(event, tracked, page.day) and page.tells_of(tracked.record.party):
                    self._settle(tracked, "met", page.day, page.words(event.sentence), "told by the report itself")

    def _by_deadline(self, page: Resolved, term: Term) -> None:
        for tracked in self._still_open(term.setter) if term.setter else ():
            if contained(tracked.gist.stems, term.stems) >= SAME_REQUIREMENT:
                note = f"replaced by the deadline of {term.date}"
                self._settle(tracked, "replaced", page.day, term.evidence, note)

    def _by_passing(self, page: Resolved, dates: Dates) -> None:
        """ "Only after the March 10 deadline has passed" is met by the calendar."""
        for tracked in list(self._passing):
            given = (date for end in tracked.gist.passing for date in dates.get(end, {}).items())
            known = (day for day, first in given if first <= page.facts.key)
            passed = min((day for day in known if tracked.record.key[0] < day < page.day), default=None)
            mine = [said for said in page.said if tracked.record.party in said.parties] if passed else []
            if mine:
                here = max(mine, key=lambda said: len(page.stems(said.statement) & tracked.record.gist.stems))
                self._settle(tracked, "met", page.day, here.evidence[0], f"the day passed on {passed}")

    def _by_meeting(self, page: Resolved, meeting: Opened) -> None:
        note = f"the meeting took place: {meeting.name}"
        records = [r for p in meeting.attended for r in self._open.get(p, ()) if r.gist.attending]
        records += [r for r in self._convening if not r.gist.stems.isdisjoint(meeting.near)]
        for record in dict.fromkeys(records):
            for tracked in record.requires:
                if tracked.status == "open":
                    self._settle(tracked, "overtaken", page.day, meeting.evidence, note)

    def _by_agreement(self, page: Resolved, pact: Moved) -> None:
        move = pact.move
        if move.to == "broken":
            for tracked in list(self._holding):
                if named_in(pact.stems, tracked.gist.stems):
                    evidence = _own_words(page, tracked.record) or move.evidence[0]
                    self._settle(tracked, "violated", page.day, evidence, f"{pact.name}: broken")
        if move.to in SEALED:
            for record in list(self._convening):  # those who would call no meeting have met
                for tracked in record.requires:
                    if tracked.status == "open" and record.key[0] < page.day:
                        self._settle(tracked, "overtaken", page.day, move.evidence[0], f"{pact.name}: {move.to}")
            for party in dict.fromkeys((*pact.parties, *welcoming(page))):
                for tracked in self._still_open(party):
                    if tracked.status == "open" and tracked.record.gist.talks:
                        self._settle(tracked, "overtaken", page.day, move.evidence[0], f"{pact.name}: {move.to}")

    # -- freezing

    def freeze(self, names: Names, settled: Iterable[Decision] = ()) -> tuple[Condition, ...]:
        """Every condition as it stands, with what people decided, which wins."""
        decided = tuple(settled)
        self.memory.go_by(names)
        meanings = self.memory.meanings
        taken: dict[str, int] = {}
        found = []
        for record in self.records:
            identity = unique(self.memory.slug(record), taken)
            if decided:
                found.append(frozen(record, names, decided, identity, self.memory))
                continue
            if record.frozen is None or record.frozen[0] != meanings or record.frozen[1].id != identity:
                record.frozen = (meanings, frozen(record, names, (), identity, self.memory))
            found.append(record.frozen[1])
        return tuple(found)


def _on_one_issue(record: Record, said: Said, page: Resolved) -> bool:
    """Whether a statement is on an issue of a condition or names one; where either has none, their words must do."""
    if not record.issues or not said.issues or not record.issues.isdisjoint(said.issues):
        return True
    here = page.stems(said.statement)
    return any((named := stems(issue)) and named <= here for issue in record.issues)


def _speaks_of(requirement: frozenset[str], here: frozenset[str]) -> bool:
    shared = len(requirement & here)
    return shared >= min(2, len(requirement)) and shared > 0


def _own_words(page: Resolved, record: Record) -> Evidence | None:
    """What the party itself says in a document about the thing it withheld."""
    own = [s for s in page.said if not record.issues.isdisjoint(s.issues)]
    if not own:
        return None
    return max(own, key=lambda said: len(page.stems(said.statement) & record.gist.stems)).evidence[0]

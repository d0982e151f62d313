"""What each party withholds, what it requires for it, and what became of every requirement.

In: resolved documents in order, one by one, with the deadlines they set, the meetings they report as held and the moves
of agreements. Out: Conditions whose requirements are open, promised, met, violated, dropped, replaced or overtaken,
each with the words that settled it. One document is one moment: what it says settles what earlier ones required.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.folding import fold
from dragoman.reading import Condition as Read
from dragoman.reading import Decision
from dragoman.table.agreements import SEALED, Moved, named_in, unique
from dragoman.table.deadlines import Record as DeadlineRecord
from dragoman.table.meetings import Record as MeetingRecord
from dragoman.table.outcomes import Watch, actors, at_work, wants_presence
from dragoman.table.parties import Names
from dragoman.table.resolved import Key, Resolved
from dragoman.table.values import Condition, Evidence, Move, Requirement, Said
from dragoman.table.words import contained, has_any, overlap, slug, stems

# Requirements that share half of their stems, numbers included, are one requirement said again.
SAME_REQUIREMENT = 0.5
_PLANNED = re.compile(r"\s*(?:to\b|called for)", re.I)
FINAL = frozenset(("met", "violated", "dropped", "replaced", "overtaken"))


@dataclass(slots=True, eq=False)
class Tracked:
    """One requirement while documents are fed."""

    what: str
    stems: frozenset[str]
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
    stems: frozenset[str]
    key: Key
    issues: frozenset[str]
    withheld: frozenset[str]  # the issues on which the same words are against, or open
    requires: list[Tracked] = field(default_factory=list)
    evidence: dict[Evidence, None] = field(default_factory=dict)
    restated: dict[Evidence, None] = field(default_factory=dict)
    frozen: tuple[Names, Condition] | None = None
    slug: str = ""


class Conditions:
    """The conditions of all documents fed so far."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self._of_party: dict[str | None, list[Record]] = {}
        self._open: dict[str | None, dict[Tracked, None]] = {}
        self._watch: Watch[Tracked] = Watch()
        self._counted: dict[Tracked, float] = {}  # require a number of something
        self._awaited: dict[Tracked, None] = {}  # promised to be somewhere
        self._holding: dict[Tracked, None] = {}  # that an agreement holds
        self._passing: dict[Tracked, None] = {}  # that a day passes
        self._convening: dict[Record, None] = {}  # withhold calling a meeting

    def feed(
        self, page: Resolved, *, deadlines: Sequence[DeadlineRecord], held: Sequence[MeetingRecord],
        moved: Sequence[Moved], known: Sequence[DeadlineRecord],
    ) -> None:  # fmt: skip
        """Take in one document: what it settles of earlier conditions, then those it brings."""
        for said in page.said:
            self._hear(page, said)
        self._count(page)
        self._see(page)
        for deadline in deadlines:
            self._by_deadline(page, deadline)
        self._by_passing(page, known)
        for meeting in held:
            self._by_meeting(page, meeting)
        for change in moved:
            self._by_agreement(page, change)
        for key, owner, item, source in page.conditions:
            self._enter(page, key, owner, item, source)

    # -- entering

    def _enter(self, page: Resolved, key: Key, owner: str | None, item: Read, said: Said | None) -> None:
        withheld = frozenset(
            s.issue for s in page.stands
            if item.statement and s.evidence.statement == item.statement and s.party == owner
            and s.direction in ("against", "open")
        )  # fmt: skip
        evidence = page.evidence(item.statement)
        here = stems(item.withholds)
        issues = frozenset(said.issues) if said else frozenset()
        record = Record(owner, item.withholds, here, key, issues, withheld, evidence={evidence: None})
        record.requires = [Tracked(what, stems(what), record) for what in item.requires]
        earlier = self._of_party.setdefault(owner, [])  # those not replaced
        replaced: list[Record] = []
        for old in reversed(earlier[-25:]):
            same_thing = bool(old.withheld & withheld) or overlap(old.stems, here) >= 0.5
            related = same_thing or old.stems & here or old.issues & issues
            if related and _same_requirements(old, record):
                if evidence not in old.evidence:
                    old.restated[evidence] = None
                    old.issues |= issues
                    old.frozen = None
                return
            if same_thing and old.key[:2] < key[:2]:
                replaced.append(old)
        for old in replaced:
            earlier.remove(old)
            for tracked in old.requires:
                self._settle(tracked, "replaced", key[0], evidence, "replaced by a later condition")
        earlier.append(record)
        self.records.append(record)
        for tracked in record.requires:
            self._open.setdefault(owner, {})[tracked] = None
            self._watch.add(tracked, tracked.stems)
            given = [float(n) for n in tracked.stems if n.replace(".", "", 1).isdigit()]
            if len(given) == 1 and len(_unnumbered(tracked.stems)) >= 2:
                self._counted[tracked] = given[0]
            if has_any(tracked.what, "holding"):
                self._holding[tracked] = None
            if has_any(tracked.what, "passing"):
                self._passing[tracked] = None
        if has_any(record.withholds, "convening") and has_any(record.withholds, "talks_words"):
            self._convening[record] = None

    def _settle(
        self, tracked: Tracked, status: str, day: str, evidence: Evidence | None, note: str | None = None
    ) -> None:
        if tracked.status in FINAL or tracked.status == status:
            return
        tracked.status, tracked.since, tracked.settled_by, tracked.note = status, day, evidence, note
        tracked.moves.append(Move(status, day, evidence=(evidence,) if evidence else ()))
        tracked.record.frozen = None
        if status == "promised" and wants_presence(tracked.what):
            self._awaited[tracked] = None
        if status in FINAL:
            self._watch.drop(tracked)
            self._open.get(tracked.record.party, {}).pop(tracked, None)
            self._counted.pop(tracked, None)
            for watched in (self._awaited, self._holding, self._passing):
                watched.pop(tracked, None)
            if all(r.status in FINAL for r in tracked.record.requires):
                self._convening.pop(tracked.record, None)

    # -- hearing

    def _hear(self, page: Resolved, said: Said) -> None:
        evidence, heard = said.evidence[0], page.heard(said.statement)
        if said.act == "concession":
            for party in said.parties:
                self._conceded(page, said, party)
        elif heard.met:
            for party in said.parties:
                mine = [t for t in self._open.get(party, ()) if not t.record.issues.isdisjoint(said.issues)]
                for tracked in mine or self._told(page, party):
                    self._settle(tracked, "met", page.day, evidence)
                if mine:
                    return
        if heard.outcome is None:
            return
        for tracked in list(self._watch.spoken_of(heard.stems)):
            record = tracked.record
            own = record.party in said.parties
            if _on_one_issue(record, said) and not (own and said.act in ("condition", "concession")):
                self._settle(tracked, heard.outcome, page.day, evidence)

    def _told(self, page: Resolved, party: str) -> list[Tracked]:
        """The open requirements of a party that a document tells of, when "that condition is met" says not which."""
        here = stems(page.document.text)
        said_again = [stems(what) for _key, _owner, item, _said in page.conditions for what in item.requires]
        return [
            t for t in self._open.get(party, ()) if (words := _unnumbered(t.stems)) and words <= here
            and not any(overlap(t.stems, again) >= SAME_REQUIREMENT for again in said_again)
        ]  # fmt: skip

    def _count(self, page: Resolved) -> None:
        """ "At least 300 prisoners are freed" is met by a figure that counts so many of them."""
        if not self._counted:
            return
        for _key, _by, _party, figure in page.figures:
            if figure.quantity is None or figure.bound in ("up to", "less than"):
                continue
            if _PLANNED.match(figure.measure or ""):
                continue
            here = stems(f"{figure.unit or ''} {figure.measure or ''} {figure.span.text(page.document)}")
            for tracked, wanted in list(self._counted.items()):
                if figure.quantity >= wanted and _unnumbered(tracked.stems) <= here:
                    evidence = page.evidence(figure.statement, figure.span)
                    self._settle(tracked, "met", page.day, evidence, f"{figure.bound} {figure.quantity:g} are counted")

    def _conceded(self, page: Resolved, said: Said, party: str) -> None:
        """A concession drops the requirements it speaks of, or all of a condition whose withheld thing it does."""
        here, issues = page.stems(said.statement), frozenset(said.issues)
        records = dict.fromkeys(t.record for t in self._open.get(party, ()) if _on_one_issue(t.record, said))
        for record in records:
            given_up = [t for t in record.requires if _speaks_of(t.stems, here)]
            if not given_up and record.withheld & issues and record.stems & here:
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

    def _by_deadline(self, page: Resolved, deadline: DeadlineRecord) -> None:
        for tracked in list(self._open.get(deadline.set_by, ())) if deadline.set_by else ():
            if contained(tracked.stems, deadline.stems) >= SAME_REQUIREMENT:
                note = f"replaced by the deadline of {deadline.date}"
                self._settle(tracked, "replaced", page.day, next(iter(deadline.evidence)), note)

    def _by_passing(self, page: Resolved, known: Sequence[DeadlineRecord]) -> None:
        """ "Only after the March 10 deadline has passed" is met by the calendar."""
        for tracked in list(self._passing):
            mine = [said for said in page.said if tracked.record.party in said.parties]
            if not mine:
                continue
            for deadline in known:
                if deadline.date and len(deadline.date) == 10 and tracked.record.key[0] < deadline.date < page.day:
                    if not _spoken(deadline.date) <= tracked.stems:
                        continue
                    here = max(mine, key=lambda said: len(page.stems(said.statement) & tracked.record.stems))
                    self._settle(tracked, "met", page.day, here.evidence[0], f"the day passed on {deadline.date}")
                    break

    def _by_meeting(self, page: Resolved, meeting: MeetingRecord) -> None:
        evidence = next(reversed(meeting.evidence))
        note = f"the meeting took place: {meeting.name}"
        near = meeting.stems | stems(meeting.place or "")
        records = [t.record for p in meeting.attended for t in self._open.get(p, ())]
        records = [r for r in records if has_any(r.withholds, "talks_words")]
        records += [r for r in self._convening if r.stems & near]
        for record in dict.fromkeys(records):
            for tracked in record.requires:
                if tracked.status == "open":
                    self._settle(tracked, "overtaken", page.day, evidence, note)

    def _by_agreement(self, page: Resolved, change: Moved) -> None:
        pact, move = change
        if move.to == "broken":
            for tracked in list(self._holding):
                if named_in(pact.stems, tracked.stems):
                    evidence = _own_words(page, tracked.record) or move.evidence[0]
                    self._settle(tracked, "violated", page.day, evidence, f"{pact.name}: broken")
        if move.to in SEALED:
            welcoming = {p for s in page.said if s.act == "support" and not s.negated for p in s.parties}
            for party in {**pact.parties, **dict.fromkeys(sorted(welcoming))}:
                for tracked in list(self._open.get(party, ())):
                    if tracked.status == "open" and has_any(tracked.record.withholds, "talks_words"):
                        self._settle(tracked, "overtaken", page.day, move.evidence[0], f"{pact.name}: {move.to}")

    # -- freezing

    def freeze(self, names: Names, settled: Iterable[Decision] = ()) -> tuple[Condition, ...]:
        """Every condition as it stands, with what people decided, which wins."""
        decided = tuple(settled)
        taken: dict[str, int] = {}
        found = []
        for record in self.records:
            record.slug = record.slug or slug(f"{record.party or 'somebody'} {record.withholds}")
            identity = unique(record.slug, taken)
            if decided:
                found.append(_frozen(record, names, decided, identity))
            elif record.frozen is None or record.frozen[0] is not names:
                record.frozen = (names, _frozen(record, names, (), identity))
                found.append(record.frozen[1])
            else:
                found.append(record.frozen[1])
        return tuple(found)


def _on_one_issue(record: Record, said: Said) -> bool:
    """Whether a statement is on an issue of a condition; where one of them names none, their words must do."""
    return not record.issues or not said.issues or not record.issues.isdisjoint(said.issues)


def _same_requirements(old: Record, new: Record) -> bool:
    if not new.requires or not old.requires:
        return not new.requires and not old.requires
    return all(
        max(overlap(r.stems, o.stems) for o in old.requires) >= SAME_REQUIREMENT for r in new.requires
    )


def _unnumbered(here: frozenset[str]) -> frozenset[str]:
    return frozenset(s for s in here if not s[0].isdigit())


def _speaks_of(requirement: frozenset[str], here: frozenset[str]) -> bool:
    shared = len(requirement & here)
    return shared >= min(2, len(requirement)) and shared > 0


def _spoken(day: str) -> frozenset[str]:
    """An ISO day as it is spoken, in stems: "March 10"."""
    try:
        return stems(f"{month_name[int(day[5:7])]} {int(day[8:10])}")
    except (ValueError, IndexError):
        return frozenset(("no day",))


def _own_words(page: Resolved, record: Record) -> Evidence | None:
    """What the party itself says in a document about the thing it withheld."""
    own = [s for s in page.said if not record.issues.isdisjoint(s.issues)]
    if not own:
        return None
    return max(own, key=lambda said: len(page.stems(said.statement) & record.stems)).evidence[0]


def _frozen(record: Record, names: Names, decided: tuple[Decision, ...], identity: str) -> Condition:
    requires = []
    for r in record.requires:
        status, settled_by, since, note = r.status, r.settled_by, r.since, r.note
        for d in decided:
            if fold(str(d.target.get("requires") or "")) == fold(r.what) and _same_party(d, record.party, names):
                status, settled_by, since = str(d.value.get("status")), None, d.at[:10]
                note = f"decided by {d.by}"
        awaited = tuple(p for p in names.mentioned(r.what) if p != record.party)[:1]
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

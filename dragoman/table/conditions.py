"""What each party withholds, what it requires for it, and what became of every requirement.

In: resolved documents in order, and the agreements, meetings and deadlines found in them. Out: Conditions whose
requirements are open, promised, met, violated, dropped, replaced or overtaken, each with the words that settled it.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import month_name
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.folding import fold
from dragoman.reading import Condition as Read
from dragoman.reading import Decision
from dragoman.table.agreements import SEALED, named_in, unique
from dragoman.table.outcomes import actors, at_work, is_met_phrase, outcome, wants_presence
from dragoman.table.parties import Names
from dragoman.table.resolved import Key, Resolved
from dragoman.table.values import Agreement, Condition, Deadline, Evidence, Meeting, Move, Requirement, Said
from dragoman.table.words import contained, has_any, listed, overlap, slug, stems

# Requirements that share half of their stems, numbers included, are one requirement said again.
SAME_REQUIREMENT = 0.5
FINAL = ("met", "violated", "dropped", "replaced", "overtaken")


@dataclass(slots=True)
class _Tracked:
    what: str
    stems: frozenset[str]
    status: str = "open"
    settled_by: Evidence | None = None
    since: str | None = None
    note: str | None = None
    moves: list[Move] = field(default_factory=list)

    def settle(self, status: str, day: str, evidence: Evidence | None, note: str | None = None) -> None:
        if self.status not in FINAL and self.status != status:
            self.status, self.since, self.settled_by, self.note = status, day, evidence, note
            self.moves.append(Move(status, day, evidence=(evidence,) if evidence else ()))


@dataclass(slots=True)
class _Record:
    party: str | None
    withholds: str
    stems: frozenset[str]
    requires: list[_Tracked]
    key: Key
    issues: frozenset[str]
    withheld: frozenset[str]
    said: Said | None
    evidence: dict[Evidence, None] = field(default_factory=dict)
    restated: dict[Evidence, None] = field(default_factory=dict)
    replaced: tuple[str, Evidence] | None = None

    @property
    def open(self) -> bool:
        return any(r.status not in FINAL for r in self.requires)


@dataclass(frozen=True, slots=True)
class Around:
    """What else is on the table when conditions are tracked."""

    agreements: Sequence[Agreement] = ()
    meetings: Sequence[Meeting] = ()
    deadlines: Sequence[Deadline] = ()


Line = tuple[Resolved, Said]


def conditions(
    pages: Sequence[Resolved], around: Around, names: Names, *, asof: str, settled: Iterable[Decision] = ()
) -> tuple[Condition, ...]:
    """Every condition of the documents as it stands on the day `asof`.

    1. Enter conditions; a later one of the same party restates or replaces an earlier one.
    2. Follow each through later statements, deadlines, meetings and agreements.
    3. Do what people decided, which wins.
    """
    # 1. Enter conditions; a later one of the same party restates or replaces an earlier one.
    by_party: dict[str | None, list[_Record]] = {}
    records: list[_Record] = []
    for page in pages:
        for key, owner, item, said in page.conditions:
            record = _enter(by_party.setdefault(owner, []), page, key, owner, item, said)
            if record is not None:
                records.append(record)
    if not records:
        return ()
    # 2. Follow each through later statements, deadlines, meetings and agreements.
    lines = _Lines(pages, records)
    for record in records:
        _follow(record, lines, around, asof)
    # 3. Do what people decided, which wins.
    decided = tuple(settled)
    taken: dict[str, int] = {}
    return tuple(_frozen(record, names, decided, taken) for record in records)


def _enter(
    earlier: list[_Record], page: Resolved, key: Key, owner: str | None, item: Read, said: Said | None
) -> _Record | None:
    withheld = frozenset(
        s.issue for s in page.stands
        if item.statement and s.evidence.statement == item.statement and s.party == owner
        and s.direction in ("against", "open")
    )  # fmt: skip
    evidence = page.evidence(item.statement)
    requires = [_Tracked(what, stems(what)) for what in item.requires]
    here = stems(item.withholds)
    issues = frozenset(said.issues) if said else frozenset()
    record = _Record(owner, item.withholds, here, requires, key, issues, withheld, said, {evidence: None})
    for old in reversed(earlier[-20:]):
        if old.replaced is not None:
            continue
        same_thing = bool(old.withheld & withheld) or overlap(old.stems, here) >= 0.5
        if _same_requirements(old, requires) and (same_thing or overlap(old.stems, here) > 0 or old.issues & issues):
            if evidence not in old.evidence:
                old.restated[evidence] = None
                old.issues |= issues
            return None
        if same_thing and old.key[:2] < key[:2]:
            old.replaced = (key[0], evidence)
    earlier.append(record)
    return record


def _same_requirements(old: _Record, requires: list[_Tracked]) -> bool:
    if not requires or not old.requires:
        return not requires and not old.requires
    pairs = [max(overlap(r.stems, o.stems) for o in old.requires) for r in requires]
    return min(pairs) >= SAME_REQUIREMENT


class _Lines:
    """The statements that may settle something, by issue and by party, in the order in which they became known."""

    def __init__(self, pages: Sequence[Resolved], records: Iterable[_Record]) -> None:
        issues = {issue for record in records for issue in record.issues}
        parties = {record.party for record in records}
        self.by_issue: dict[str, list[Line]] = {}
        self.by_party: dict[str | None, list[Line]] = {}
        self.days = [page.day for page in pages]
        self.pages = pages
        for page in pages:
            for said in page.said:
                for issue in said.issues:
                    if issue in issues:
                        self.by_issue.setdefault(issue, []).append((page, said))
                for party in said.parties:
                    if party in parties:
                        self.by_party.setdefault(party, []).append((page, said))

    def after(self, record: _Record, until: str) -> list[Line]:
        """Statements on the record's issues, later than it and not later than `until`."""
        found: dict[tuple[str, str, str], Line] = {}
        for issue in sorted(record.issues):
            for page, said in self._between(self.by_issue.get(issue, []), record.key[0], until):
                found[page.day, said.document, said.statement] = (page, said)
        return list(found.values()) if len(record.issues) <= 1 else _in_order(found.values())

    @staticmethod
    def _between(lines: list[Line], after: str, until: str) -> list[Line]:
        start = bisect_right(lines, after, key=lambda line: line[0].day)
        return lines[start : bisect_right(lines, until, key=lambda line: line[0].day)]

    def of(self, record: _Record, until: str) -> list[Line]:
        """Statements of the record's party, later than it and not later than `until`."""
        return self._between(self.by_party.get(record.party, []), record.key[0], until)


def _in_order(lines: Iterable[Line]) -> list[Line]:
    place: dict[str, dict[str, int]] = {}

    def order(line: Line) -> tuple[str, str, int]:
        page, said = line
        places = place.setdefault(said.document, {s.statement: n for n, s in enumerate(page.said)})
        return (page.day, said.document, places[said.statement])

    return sorted(lines, key=order)


def _follow(record: _Record, lines: _Lines, around: Around, asof: str) -> None:
    until = record.replaced[0] if record.replaced else asof
    events: list[tuple[str, int, object]] = []
    statements = lines.after(record, until)
    for page, said in statements:
        events.append((page.day, 0, (page, said)))
    for deadline in around.deadlines:
        if deadline.set_by == record.party and record.key[0] < deadline.set_on <= until:
            events.append((deadline.set_on, 1, deadline))
        if deadline.date and deadline.date < until and deadline.date > record.key[0]:
            events.append((deadline.date, 2, deadline))
    for meeting in around.meetings:
        held = (m for m in meeting.moves if m.kind == "held")
        events.extend((m.date, 3, meeting) for m in held if record.key[0] < m.date <= until)
    for agreement in around.agreements:
        events.extend((m.date, 4, (agreement, m)) for m in agreement.history if record.key[0] < m.date <= until)
    for day, rank, event in sorted(events, key=lambda e: e[:2]):
        if not record.open:
            break
        if rank == 0:
            _by_statement(record, day, *event)  # type: ignore[misc]
        elif rank == 1:
            _by_deadline(record, day, event)  # type: ignore[arg-type]
        elif rank == 2:
            _by_passing(record, day, event, lines, asof)  # type: ignore[arg-type]
        elif rank == 3:
            _by_meeting(record, day, event)  # type: ignore[arg-type]
        else:
            _by_agreement(record, day, event[0], event[1], lines)  # type: ignore[index]
    _by_presence(record, lines, until)
    if record.replaced is not None:
        day, evidence = record.replaced
        for requirement in record.requires:
            requirement.settle("replaced", day, evidence, "replaced by a later condition")


def _by_presence(record: _Record, lines: _Lines, until: str) -> None:
    """Those who were promised to come are there when a later report shows them at work."""
    for requirement in record.requires:
        if requirement.status == "promised" and requirement.since and wants_presence(requirement.what):
            who = actors(requirement.what)
            for page in lines.pages[bisect_right(lines.days, requirement.since) : bisect_right(lines.days, until)]:
                found = at_work(who, page)
                if found is not None:
                    requirement.settle("met", page.day, found.evidence[0], "they are at work")
                    break


def _by_statement(record: _Record, day: str, page: Resolved, said: Said) -> None:
    own = record.party is not None and record.party in said.parties
    evidence = said.evidence[0]
    if own and is_met_phrase(page, said):
        for requirement in record.requires:
            requirement.settle("met", day, evidence)
        return
    if own and said.act == "concession":
        here = page.stems(said.statement)
        given_up = [r for r in record.requires if _speaks_of(r.stems, here)]
        if not given_up and record.withheld & set(said.issues) and record.stems & here:
            given_up = record.requires  # does what it withheld
        for requirement in given_up:
            requirement.settle("dropped", day, evidence)
        return
    if own and said.act == "condition":
        return
    for requirement in record.requires:
        found = outcome(requirement.stems, page, said)
        if found in ("met", "violated", "promised"):
            requirement.settle(found, day, evidence)


def _speaks_of(requirement: frozenset[str], here: frozenset[str]) -> bool:
    shared = len(requirement & here)
    return shared >= min(2, len(requirement)) and shared > 0


def _by_deadline(record: _Record, day: str, deadline: Deadline) -> None:
    here = stems(deadline.what)
    for requirement in record.requires:
        if contained(requirement.stems, here) >= SAME_REQUIREMENT:
            requirement.settle("replaced", day, deadline.evidence[0], f"replaced by the deadline of {deadline.date}")


def _by_passing(record: _Record, day: str, deadline: Deadline, lines: _Lines, asof: str) -> None:
    """ "Only after the March 10 deadline has passed" is met by the calendar."""
    date = str(deadline.date)
    if len(date) != 10 or not date[5:7].isdigit() or not 1 <= int(date[5:7]) <= 12:
        return
    spoken = stems(f"{month_name[int(date[5:7])]} {int(date[8:])}")
    for requirement in record.requires:
        if spoken <= requirement.stems and has_any(requirement.what, "passing"):
            known = [line for line in lines.of(record, asof) if line[0].day > date]
            if known:
                first = [line for line in known if line[0].day == known[0][0].day]
                page, said = max(first, key=lambda line: len(line[0].stems(line[1].statement) & record.stems))
                requirement.settle("met", page.day, said.evidence[0], f"the day passed on {date}")


def _by_meeting(record: _Record, day: str, meeting: Meeting) -> None:
    if not has_any(record.withholds, "talks_words"):
        return
    convening = has_any(record.withholds, "convening")
    near = record.stems & (stems(meeting.name) | stems(meeting.place or ""))
    if (record.party in meeting.attended) or (near and (convening or not meeting.attended)):
        for requirement in record.requires:
            if requirement.status == "open":
                requirement.settle("overtaken", day, meeting.evidence[-1], f"the meeting took place: {meeting.name}")


def _by_agreement(record: _Record, day: str, agreement: Agreement, move: Move, lines: _Lines) -> None:
    for requirement in record.requires:
        if has_any(requirement.what, "holding") and named_in(agreement, requirement.stems) and move.to == "broken":
            own = [line for line in lines.of(record, day) if line[0].day == day and set(line[1].issues) & record.issues]
            evidence = move.evidence[0]
            if own:
                _page, said = max(own, key=lambda line: len(line[0].stems(line[1].statement) & record.stems))
                evidence = said.evidence[0]
            requirement.settle("violated", day, evidence, f"{agreement.name}: broken")
    if move.to in SEALED and _about_agreeing(record, agreement) and _stands_with(record, day, agreement, lines):
        for requirement in record.requires:
            if requirement.status == "open":
                requirement.settle("overtaken", day, move.evidence[0], f"{agreement.name}: {move.to}")


def _about_agreeing(record: _Record, agreement: Agreement) -> bool:
    return has_any(record.withholds, "talks_words") or bool(
        record.stems & frozenset(s for word in listed("talks_words") for s in stems(word))
    )


def _stands_with(record: _Record, day: str, agreement: Agreement, lines: _Lines) -> bool:
    """Whether the party signed, or welcomed on that day what was signed."""
    if record.party in agreement.parties:
        return True
    return any(
        page.day == day and said.act == "support" and not said.negated for page, said in lines.of(record, day)
    )


def _frozen(record: _Record, names: Names, decided: tuple[Decision, ...], taken: dict[str, int]) -> Condition:
    for requirement in record.requires:
        for d in decided:
            wanted = str(d.target.get("requires") or "")
            if fold(wanted) == fold(requirement.what) and _same_party(d, record.party):
                requirement.status, requirement.since = str(d.value.get("status")), d.at[:10]
                requirement.settled_by, requirement.note = None, f"decided by {d.by}"
    requires = tuple(
        Requirement(
            r.what, r.status, r.settled_by, r.since, r.note,
            tuple(p for p in names.mentioned(r.what) if p != record.party)[:1], tuple(r.moves),
        )
        for r in record.requires
    )
    status = overall([r.status for r in requires])
    last = max((r for r in requires if r.status == status and r.since), key=lambda r: r.since or "", default=None)
    return Condition(
        unique(slug(f"{record.party or 'somebody'} {record.withholds}"), taken), record.party, record.withholds,
        requires, status, record.key[0], tuple(sorted(record.issues)), tuple(record.restated),
        last.settled_by if last else None, last.since if last else None, last.note if last else None,
        tuple(record.evidence),
    )  # fmt: skip


def _same_party(decision: Decision, party: str | None) -> bool:
    given = decision.target.get("party")
    return given is None or fold(str(given)) == fold(party or "")


def overall(statuses: Sequence[str]) -> str:
    """What became of a condition by what became of its requirements: met only when all are met."""
    for status in ("violated", "open", "promised", "dropped", "replaced", "overtaken", "met"):
        if status in statuses:
            return status
    return "open"

"""One document with every name resolved: what the layers of the table are built from.

In: Facts, Names and Topics. Out: a Resolved document whose statements and layer items carry canonical parties and
issues, and whose words are compared by their stems.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dragoman.folding import fold, words
from dragoman.reading import (
    DIRECTIONS,
    Agreement,
    Condition,
    Deadline,
    Document,
    Figure,
    Meeting,
    Relation,
    Spans,
    Speaker,
    Statement,
)
from dragoman.table.facts import Facts
from dragoman.table.hearing import SPEAKING, Heard, hear
from dragoman.table.issues import Topics
from dragoman.table.names import Names
from dragoman.table.people import key_of, person_key
from dragoman.table.values import Evidence, Said, straight
from dragoman.table.words import stems_of

Key = tuple[str, str, int]  # day, document, place in the document: the order in which things became known


class Stand(NamedTuple):
    """One reading's position of one party on one issue."""

    key: Key
    party: str
    issue: str
    stance: str
    direction: str
    act: str
    negated: bool
    speaker: str | None
    outlet: str | None
    evidence: Evidence


_TELLING = 4  # letters that Sulmar and Sulmari share
_OTHERS = 2  # parties that speak make it clear of whom a document tells
# Acts that neither say that something was done nor take it back.
_SILENT = frozenset(("condition", "threat", "demand", "commitment", "proposal", "expectation"))
_evidence, _said, _stand = straight(Evidence), straight(Said), straight(Stand)


class Resolved:
    """One document with canonical names; never changed once made."""

    __slots__ = (
        "_evidence", "_speaking", "_tells", "accepting", "agreements", "conditions", "day", "deadlines", "document",
        "facts", "figures", "meetings", "met", "moving", "relations", "said", "settling", "stands", "statements",
        "telling", "told",
    )  # fmt: skip

    def __init__(self, facts: Facts, names: Names, topics: Topics) -> None:
        reading = facts.reading
        self.facts, self.day, self.document = facts, facts.day, reading.document
        self.statements: dict[str, Statement] = {s.id: s for s in reading.statements}
        place = {s.id: number for number, s in enumerate(reading.statements)}
        self._evidence = {s.id: _evidence((facts.id, s.id, s.content)) for s in reading.statements}
        filed = topics.filed.get(facts.id, {})
        self.stands = _stands(facts, self.statements, place, self._evidence, names, topics, filed)
        moved = {
            (p.statement, p.issue): filed[n] for n, p in enumerate((*reading.positions, *facts.possible)) if n in filed
        } if filed else {}  # fmt: skip
        stood_on: dict[str | None, tuple[str, ...]] = {}  # issues by statement
        for stand in self.stands:
            stood_on[stand.evidence.statement] = (*stood_on.get(stand.evidence.statement, ()), stand.issue)
        self.said = tuple([self._say(s, names, topics, stood_on.get(s.id, ()), moved) for s in reading.statements])
        self._speaking = frozenset(party for said in self.said for party in said.parties)
        self._tells: dict[str, bool] = {}
        self.conditions: tuple[tuple[Key, str | None, Condition, Said | None], ...] = tuple(
            (self._key(item.statement, place), self._holder(item, said, names), item, said)
            for item in reading.conditions
            for said in (self._said(item.statement, place),)
        )
        self.deadlines: tuple[tuple[Key, str | None, Deadline], ...] = tuple(
            (self._key(item.statement, place), self._setter(item, names), item) for item in reading.deadlines
        )
        self.meetings: tuple[tuple[Key, tuple[str, ...], tuple[str, ...], Meeting], ...] = tuple(
            ((facts.day, facts.id, item.span.start), _all(names, item.participants),
             tuple(names.person(n) or n for n in item.chairs), item)
            for item in reading.meetings
        )  # fmt: skip
        self.met = tuple([_evidence((facts.id, None, item.span)) for item in reading.meetings])  # their words
        self.agreements: tuple[tuple[Key, tuple[str, ...], Agreement], ...] = tuple(
            ((facts.day, facts.id, item.span.start), _all(names, item.parties), item) for item in reading.agreements
        )
        self.figures: tuple[tuple[Key, str | None, str | None, Figure], ...] = tuple(
            (self._key(item.statement, place), names.person(item.by), self._giver(item, names, place), item)
            for item in reading.figures
        )
        self.relations: tuple[tuple[str, str, Relation], ...] = tuple(
            (names.person(r.origin) or r.origin, names.party(r.to) or r.to, r) for r in reading.relations
        )
        # The statements by which something that was to happen can move, or a figure: most say nothing of the kind.
        telling: list[tuple[Said, Heard]] = []
        accepting: list[int] = []
        for number, said in enumerate(self.said):
            if said.act in SPEAKING:
                heard = self.heard(said.statement)
                if heard.outcome is not None or heard.drops or heard.concedes:
                    telling.append((said, heard))
                if heard.accepts and said.parties and not said.negated:
                    accepting.append(number)
        self.telling, self.accepting = tuple(telling), tuple(accepting)
        self.settling = tuple([
            (said, heard, self.stems(said.statement)) for said, heard in telling
            if said.act not in _SILENT and (heard.outcome == "met" or heard.drops)
        ])  # fmt: skip
        # Those who lay down a condition, give way, or say that one is met; the stems of what became of anything.
        moving: set[str | None] = {owner for _key, owner, _item, _said in self.conditions}
        moving.update(p for said, heard in telling if heard.concedes or heard.met for p in said.parties)
        self.moving = frozenset(moving)
        self.told = frozenset().union(*(self.stems(said.statement) for said, heard in telling if heard.outcome))

    def _key(self, statement: str | None, place: dict[str, int]) -> Key:
        return (self.day, self.facts.id, place.get(statement, -1) if statement else -1)

    def _holder(self, item: Condition, said: Said | None, names: Names) -> str | None:
        """Whose condition it is: the party that it names, else the one for whom its statement is made."""
        side = next(iter(_side(self.statements.get(item.statement or ""), item.party, names)), None)
        return side or names.party(item.party) or (next(iter(said.parties), None) if said is not None else None)

    def _setter(self, item: Deadline, names: Names) -> str | None:
        """Who sets a deadline, as a party where that is known."""
        side = next(iter(_side(self.statements.get(item.statement or ""), item.set_by, names)), None)
        return side or names.party(item.set_by) or item.set_by

    def _giver(self, item: Figure, names: Names, place: dict[str, int]) -> str | None:
        """For whom a figure is given: by its giver's name, else by the statement in which its giver speaks."""
        party = names.party(item.by)
        said = self._said(item.statement, place)
        if party is None and item.by and said is not None and said.speaker == (names.person(item.by) or item.by):
            return next(iter(said.parties), None)
        return party

    def _said(self, statement: str | None, place: dict[str, int]) -> Said | None:
        return self.said[place[statement]] if statement in place else None  # type: ignore[index]

    def _say(
        self, s: Statement, names: Names, topics: Topics, further: tuple[str, ...],
        moved: Mapping[tuple[str | None, str], str],
    ) -> Said:  # fmt: skip
        document, speaker = self.document, s.speaker
        named = tuple([moved.get((s.id, name), name) for name in s.issues]) if moved else s.issues
        issues = topics.issues((*named, *further) if further else named)
        return _said((
            document.id, s.id, names.parties(speaker.name, speaker.party, decided=_decided(speaker)),
            speaker.name if speaker.anonymous else names.person(speaker.name), speaker.anonymous,
            issues or topics.about(_text(s.content, document)), s.act, s.negated, self.day, document.outlet, s.via,
            s.confidence, (self._evidence[s.id],),
        ))  # fmt: skip

    def text(self, statement: str) -> str:
        """What a statement of this document says."""
        return _text(self.statements[statement].content, self.document)

    def cue(self, statement: str) -> str:
        """The words by which a statement of this document is reported."""
        return _text(self.statements[statement].cue, self.document)

    def heard(self, statement: str) -> Heard:
        """What the ledgers need to know of a statement of this document, heard once whatever names mean."""
        found = self.facts.heard.get(statement)
        if found is None:
            s = self.statements[statement]
            text = _text(s.content, self.document)
            spoken = words(text)
            found = self.facts.heard[statement] = hear(text, spoken, _text(s.cue, self.document), s.act, s.negated)
            if found.outcome is not None or found.drops or found.concedes:  # its stems are asked for as well
                self.facts.stems[statement] = stems_of(spoken)
        return found

    def stems(self, statement: str) -> frozenset[str]:
        """The stems of a statement of this document, which take the most room: worked out when asked for."""
        found = self.facts.stems.get(statement)
        if found is None:
            found = self.facts.stems[statement] = stems_of(words(self.text(statement)))
        return found

    def tells_of(self, party: str | None) -> bool:
        """Whether this document may tell of what a party waits for: it names it, or not two others speak in it.

        A dossier may follow several conflicts, and a port is given back in each of them.
        """
        if party is None or len(self._speaking) < _OTHERS or party in self._speaking or party.islower():
            return True
        found = self._tells.get(party)
        if found is None:
            heads = [word[:_TELLING] for word in key_of(party).split() if len(word) >= _TELLING]
            letters = "".join(word[0] for word in party.split() if word[0].isupper())
            named = self.facts.named
            found = fold(letters) in named or any(word.startswith(tuple(heads)) for word in named)
            self._tells[party] = found
        return found

    def words(self, spans: Spans) -> Evidence:
        """Words of the document that no statement holds, as evidence."""
        return Evidence(self.document.id, None, spans)

    def evidence(self, statement: str | None, spans: Spans = Spans()) -> Evidence:
        """A statement of this document as evidence; without one, the words of `spans`."""
        known = self._evidence.get(statement) if statement is not None else None
        return Evidence(self.document.id, None, spans) if known is None else known


def _text(spans: Spans, document: Document) -> str:
    return spans.text(document, joint=" ")


def _all(names: Names, given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p for name in given for p in names.parties(name) or (name,)))


def _stands(
    facts: Facts, statements: dict[str, Statement], place: dict[str, int], known: dict[str, Evidence], names: Names,
    topics: Topics, filed: Mapping[int, str],
) -> tuple[Stand, ...]:  # fmt: skip
    reading, day = facts.reading, facts.day
    document: Document = reading.document
    found = []
    for number, position in enumerate((*reading.positions, *facts.possible)):
        if not position.issue.strip() or not position.stance.strip():
            continue
        s = statements.get(position.statement or "")
        named = filed.get(number, position.issue)
        issue = topics.issue(named) or named
        parties = _side(s, position.party, names) or names.parties(position.party, None)
        if not parties and s is not None:
            parties = names.parties(s.speaker.name, s.speaker.party, decided=_decided(s.speaker))
        evidence = known.get(position.statement or "") or Evidence(document.id, position.statement, Spans())
        for party in parties:
            found.append(
                _stand((
                    (day, document.id, place.get(position.statement or "", -1)),
                    party,
                    issue,
                    position.stance,
                    position.direction if position.direction in DIRECTIONS else "unclear",
                    s.act if s else "claim",
                    bool(s and s.negated),
                    _speaker(s, names),
                    document.outlet,
                    evidence,
                ))
            )  # fmt: skip
    return tuple(found)


def _side(s: Statement | None, party: str | None, names: Names) -> tuple[str, ...]:
    """The party of a speaker whom other reports place, where a position is given to the party of the speaker."""
    if s is None or not names.sides or _decided(s.speaker) or names.party(party) != names.party(s.speaker.party):
        return ()
    side = names.sides.get(person_key(s.speaker.name or ""))
    return (side,) if side else ()


def _decided(speaker: Speaker) -> bool:
    return bool(speaker.extra) and bool(speaker.extra.get("decided"))


def _speaker(s: Statement | None, names: Names) -> str | None:
    if s is None:
        return None
    return s.speaker.name if s.speaker.anonymous else names.person(s.speaker.name)

"""The negotiating table: every layer computed from readings and decisions, each item with its evidence.

In: resolved documents and the decisions in force. Out: a Table that never changes. Layers are computed when first
asked for; two tables of the same documents and decisions are equal whatever the order in which these came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from threading import RLock
from typing import Any

from dragoman.lexicon import Lexicon
from dragoman.reading import Decision, Reading
from dragoman.sentences import Run, passage
from dragoman.table import changes as _changes
from dragoman.table import disagreements as _disagreements
from dragoman.table import overtaken as _overtaken
from dragoman.table import positions as _positions
from dragoman.table import waiting as _waiting
from dragoman.table.chronicle import Chronicle
from dragoman.table.days import checked, days_between
from dragoman.table.decisions import unplaced
from dragoman.table.figures import Frozen
from dragoman.table.issues import Topics
from dragoman.table.look_alikes import proposals
from dragoman.table.names import Names
from dragoman.table.origins import Credit, Link
from dragoman.table.origins import decide as _decide_links
from dragoman.table.people import is_person
from dragoman.table.resolved import Resolved
from dragoman.table.roles import people_with_roles
from dragoman.table.sources import Count, Sources
from dragoman.table.sweeping import unswept
from dragoman.table.values import (
    Agreement,
    Cell,
    Change,
    Condition,
    Deadline,
    Disagreement,
    Dispute,
    Evidence,
    Figure,
    Issue,
    Meeting,
    Party,
    Person,
    Proposal,
    Said,
    Step,
    Unplaced,
    plain,
)
from dragoman.table.words import overlap, slug

LAYERS = ("parties", "people", "issues", "cells", "conditions", "deadlines", "meetings", "agreements", "figures",
          "disputed_figures", "disagreements", "proposals", "unplaced")  # fmt: skip
# Statements of one party on one issue within so many days that share so much of their stems report one thing.
CARRIED_DAYS, CARRIED = 14, 0.6


class _layer(cached_property):
    """A layer, worked out once, while nobody feeds the ledgers that it is read from."""

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        with instance._lock, unswept():
            return super().__get__(instance, owner)


class Table:
    """Parties by issues on one day, with conditions, deadlines, meetings, agreements, figures and origins."""

    def __init__(
        self, pages: Sequence[Resolved], names: Names, topics: Topics, *, lexicon: Lexicon, on: str | None,
        standing: Sequence[Decision] = (), unplaced: Sequence[Unplaced] = (),
        links: Mapping[str, Sequence[Link]] | None = None, credits: Mapping[str, Sequence[Credit]] | None = None,
        chronicle: Chronicle | None = None,
    ) -> None:  # fmt: skip
        self.on = on
        self._pages, self._names, self._topics = tuple(pages), names, topics
        self._lexicon, self._standing, self._lost = lexicon, tuple(standing), tuple(unplaced)
        self._links, self._credits = links or {}, credits or {}
        self._shared = chronicle
        self._version = chronicle.version if chronicle is not None else 0
        self._lock = chronicle.lock if chronicle is not None else RLock()

    def __repr__(self) -> str:
        return f"<Table on {self.on or self.asof or 'no day'}: {len(self._pages)} documents>"

    @_layer
    def asof(self) -> str:
        """The day on which the table stands: `on`, else the day of the latest document; "" when nothing is dated."""
        return self.on or max((page.day for page in self._pages), default="")

    def _chronicle(self) -> Chronicle:
        """The ledgers of exactly these documents: those of the builder while it has no others, else its own."""
        if self._shared is None or self._shared.version != self._version:
            self._shared = Chronicle()
            self._shared.update(self._pages)
            self._version = self._shared.version
        return self._shared

    @_layer
    def _by_document(self) -> dict[str, Resolved]:
        return {page.facts.id: page for page in self._pages}

    def reading(self, document: str) -> Reading:
        """The reading of one document as people corrected it; KeyError when it is not on the table."""
        return self._by_document[document].facts.reading

    def words(self, evidence: Evidence) -> str:
        """The words that a piece of evidence points at."""
        return evidence.spans.text(self._by_document[evidence.document].document)

    def passage(self, evidence: Evidence) -> tuple[Run, ...]:
        """The sentences in which the words of a piece of evidence stand, with these marked."""
        return passage(self._by_document[evidence.document].document.text, evidence.spans)

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that the table is made of, in the order in which they became known."""
        return tuple(page.facts.id for page in self._pages)

    # -- who and what

    def party(self, name: str) -> Party | None:
        """The party of that name, in any of its spellings."""
        found = self._names.party(name)
        return next((p for p in self.parties if p.name == found), None)

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The parties that a text names, in the order of the text."""
        return self._names.mentioned(text)

    def speaker(self, name: str) -> str:
        """The name under which a speaker is shown; one that nobody told more about stays as it is."""
        return self._names.person(name) or name

    def issue(self, name: str) -> Issue | None:
        """The issue of that name, in any of its spellings."""
        found = self._topics.find(name)
        return next((i for i in self.issues if i.name == found), None)

    @_layer
    def parties(self) -> tuple[Party, ...]:
        """Everybody at the table, those who say most first."""
        names, chronicle = self._names, self._chronicle()
        found = [
            Party(
                name,
                names.kinds.get(name, ""),
                names.spellings.get(name, ()),
                tuple(sorted(self._people_names & set(chronicle.speakers(name)))),
                chronicle.by_party[name],
                names.because.get(name, ()),
                slug(name),
            )
            for name in dict.fromkeys(names.canonical.values())
        ]
        return tuple(sorted(found, key=lambda p: (-p.statements, p.name)))

    @_layer
    def _people_names(self) -> frozenset[str]:
        return frozenset(filter(is_person, self._names.people.values()))

    @_layer
    def people(self) -> tuple[Person, ...]:
        """Everybody who speaks, with what they were to whom and from when."""
        return people_with_roles(self._pages, self._names, self._people_names)

    @_layer
    def issues(self) -> tuple[Issue, ...]:
        """What is at issue, most spoken of first."""
        topics, chronicle = self._topics, self._chronicle()
        found = [
            Issue(name, topics.spellings.get(name, ()), chronicle.by_issue[name], chronicle.since(name),
                  name in topics.seeded, topics.ids.get(name, ""))
            for name in dict.fromkeys(topics.canonical.values())
            if chronicle.by_issue[name] or not topics.filed or name in topics.seeded
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda i: (-i.statements, i.name)))

    # -- who stands where

    @_layer
    def histories(self) -> Mapping[tuple[str, str], tuple[Step, ...]]:
        """Every step of every party on every issue, by party and issue."""
        chronicle = self._chronicle()
        ends = _overtaken.ends(
            chronicle.exposed, conditions=self.conditions, meetings=chronicle.ledgers.meetings,
            deadlines=chronicle.ledgers.deadlines, asof=self.asof, agreements=self.agreements,
        )  # fmt: skip
        ended: dict[tuple[str, str], list[_positions.End]] = {}
        for (_document, _statement, party, issue), end in ends.items():
            ended.setdefault((party, issue), []).append(end)
        found = {}
        for key, place in sorted(chronicle.places.items(), key=itemgetter(0)):
            if not place.stands:
                continue
            here, known = tuple(sorted(ended.get(key, ()))), place.steps
            if known is None or known[:2] != (place.changed, here):
                known = place.steps = (place.changed, here, _positions.history(place.stands, ends if here else None))
            found[key] = known[2]
        return found

    @_layer
    def cells(self) -> tuple[Cell, ...]:
        """Every position that is held on the day of the table."""
        chronicle, histories = self._chronicle(), self.histories
        found = []
        for key, steps in histories.items():
            place = chronicle.places[key]
            origins, known = self.origins.range_of(place.documents.keys()), place.cell
            if known is None or known[0] is not steps or known[1:3] != (place.statements, origins):
                cell = _positions.cell(
                    place.stands, steps, statements=place.statements, origins=origins, outlets=place.outlets,
                )  # fmt: skip
                known = place.cell = (steps, place.statements, origins, cell)
            if known[3] is not None:
                found.append(known[3])
        return tuple(found)

    def cell(self, party: str, issue: str) -> Cell | None:
        """Where a party stands on an issue, both in any spelling; None when it holds no position."""
        found = (self._names.party(party), self._topics.find(issue))
        return self._cells_by_key.get(found)  # type: ignore[arg-type]

    @_layer
    def _cells_by_key(self) -> dict[tuple[str, str], Cell]:
        return {(c.party, c.issue): c for c in self.cells}

    def history(self, party: str, issue: str) -> tuple[Step, ...]:
        """The steps of a party on an issue, both in any spelling, oldest first."""
        return self.histories.get((self._names.party(party) or party, self._topics.find(issue) or issue), ())

    # -- the ledgers

    @_layer
    def agreements(self) -> tuple[Agreement, ...]:
        """Agreements with their status over time."""
        return self._chronicle().ledgers.agreements.freeze()

    @_layer
    def meetings(self) -> tuple[Meeting, ...]:
        """Meetings planned, held, postponed and cancelled."""
        return self._chronicle().ledgers.meetings.freeze()

    @_layer
    def deadlines(self) -> tuple[Deadline, ...]:
        """The ledger of deadlines."""
        return self._chronicle().ledgers.deadlines.freeze(self.asof, self._decided("deadline.edit"))

    @_layer
    def conditions(self) -> tuple[Condition, ...]:
        """Conditions with what became of each requirement."""
        return self._chronicle().ledgers.conditions.freeze(self._names, self._decided("condition.settle"))

    def _decided(self, kind: str) -> tuple[Decision, ...]:
        return tuple(d for d in self._standing if d.kind == kind)

    @_layer
    def _denials(self) -> tuple[Disagreement, ...]:
        return tuple(_disagreements.denials(self._pages))

    @_layer
    def _numbers(self) -> Frozen:
        denied = _disagreements.denied_statements(self._denials)
        return self._chronicle().figures.freeze(denied, self.origins.range_of)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, with who gives it and who gives another."""
        return self._numbers.figures

    @property
    def disputed_figures(self) -> tuple[Dispute, ...]:
        """Figures that still stand and cannot all be right."""
        return tuple(d for d in self._numbers.disputes if d.verdict == "conflict")

    @property
    def compared_figures(self) -> tuple[Dispute, ...]:
        """Every group of figures that several sources give: agree, overlap or conflict."""
        return self._numbers.disputes

    def waits_for(self) -> _waiting.WaitsFor:
        """Who waits for whom, by the requirements that are still open."""
        return _waiting.waits_for(self.conditions)

    def deadlocks(self) -> tuple[_waiting.Deadlock, ...]:
        """Rings of parties that wait for each other, and the smallest sets of requirements that would free them."""
        return _waiting.deadlocks(self.waits_for())

    # -- where it comes from, and where it does not agree

    @_layer
    def origins(self) -> Sources:
        """Copies, groups of reports, the citation graph and circular reporting."""
        drawn = [(str(d.target.get("document")), str(d.value.get("to"))) for d in self._decided("origin.link")]
        cut = [(str(d.target.get("document")), str(d.value.get("to"))) for d in self._decided("origin.cut")]
        links = _decide_links(self._links, drawn, cut) if drawn or cut else self._links
        return Sources(self._pages, links, self._credits, self._lexicon)

    def origins_of(self, *statements: Said) -> Count:
        """How many reports make these statements, and how many origins they have between them."""
        return self.origins.of_statements(statements)

    def carried(self, document: str, statement: str) -> Count:
        """How many reports carry what a statement says, and how many origins they have."""
        page = self._by_document[document]
        said = next(s for s in page.said if s.statement == statement)
        here = page.stems(statement)
        same = [
            other for other in self.statements(party=said.parties[0] if said.parties else None)
            if other.parties == said.parties
            and days_between(other.date, said.date) <= CARRIED_DAYS
            and overlap(here, self._by_document[other.document].stems(other.statement)) >= CARRIED
        ]  # fmt: skip
        return self.origins.of(s.document for s in (*same, said))

    @_layer
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Where reports or speakers cannot both be right."""
        return _disagreements.disagreements(
            self._pages, denials=self._denials, disputes=self.disputed_figures, meetings=self.meetings
        )

    # -- questions

    def statements(
        self, *, party: str | None = None, issue: str | None = None, act: str | None = None, since: str | None = None,
        until: str | None = None,
    ) -> tuple[Said, ...]:  # fmt: skip
        """Statements, oldest first; `since` and `until` are days, both included, and InputError what is none."""
        since = checked(since, "since") if since else None
        until = checked(until, "until") if until else None
        wanted_party = self._names.party(party) or party if party else None
        wanted_issue = self._topics.find(issue) or issue if issue else None
        return tuple(
            said for page in self._pages
            if (since is None or page.day >= since) and (until is None or page.day <= until)
            for said in page.said
            if (wanted_party is None or wanted_party in said.parties)
            and (wanted_issue is None or wanted_issue in said.issues) and (act is None or said.act == act)
        )  # fmt: skip

    def changes(self, since: str) -> tuple[Change, ...]:
        """What moved after a day, up to the day of the table; InputError when `since` is no day."""
        return _changes.changes(self, checked(since, "since"))

    @_layer
    def proposals(self) -> tuple[Proposal, ...]:
        """Merges that a person should decide."""
        return (*proposals(self._names), *self._topics.proposals)

    @_layer
    def unplaced(self) -> tuple[Unplaced, ...]:
        """Decisions that no longer find what they are about, and why."""
        lost = [*self._lost, *self._names.unplaced, *self._topics.unplaced]
        requires = {r.what.casefold() for c in self.conditions for r in c.requires}
        for d in self._decided("condition.settle"):
            if str(d.target.get("requires") or "").casefold() not in requires:
                lost.append(unplaced(d, "no condition requires this any more"))
        whats = {d.what.casefold() for d in self.deadlines} | {
            str(d.value.get("what") or "").casefold() for d in self._decided("deadline.edit")
        }
        for d in self._decided("deadline.edit"):
            if str(d.target.get("what") or "").casefold() not in whats:
                lost.append(unplaced(d, "no deadline of these words is set any more"))
        for d in (*self._decided("origin.link"), *self._decided("origin.cut")):
            missing = [n for n in (d.target.get("document"), d.value.get("to")) if n not in self._by_document]
            if missing and self.on is None:
                lost.append(unplaced(d, f"document {missing[0]!r} is not in the dossier"))
        return tuple(sorted(lost, key=lambda u: (u.kind, u.decision)))

    def to_json(self) -> dict[str, Any]:
        """The whole table as a JSON object with the names of its layers as keys."""
        return {"on": self.on, "asof": self.asof, **{layer: plain(getattr(self, layer)) for layer in LAYERS},
                "origins": self.origins.to_json()}  # fmt: skip

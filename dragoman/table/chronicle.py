"""Documents in the order in which they became known, fed one by one into every ledger of the table.

In: resolved documents, each no earlier than the one before. Out: the ledgers as they stand, ready to be frozen. Feeding
one document more continues where the last one stopped, so that adding the newest report does not start from nothing.
"""

from __future__ import annotations

from collections import Counter
from threading import RLock

from dragoman.table.agreements import Agreements
from dragoman.table.conditions import Conditions
from dragoman.table.deadlines import Deadlines
from dragoman.table.figures import Figures
from dragoman.table.meetings import Meetings
from dragoman.table.overtaken import Exposed
from dragoman.table.positions import End
from dragoman.table.resolved import Resolved, Stand
from dragoman.table.values import Cell, Origins, Step

Key = tuple[str, str]  # party, issue


class Chronicle:
    """Every ledger, as far as documents have been fed."""

    def __init__(self) -> None:
        self.lock = RLock()  # held while documents are fed and while a table reads
        self.pages: list[Resolved] = []
        self.agreements, self.meetings, self.deadlines = Agreements(), Meetings(), Deadlines()
        self.conditions, self.figures, self.exposed = Conditions(), Figures(), Exposed()
        self.stands: dict[Key, list[Stand]] = {}
        self.counts: Counter[Key] = Counter()
        self.documents: dict[Key, dict[str, None]] = {}
        self.outlets: dict[Key, dict[str, None]] = {}
        self.by_party: Counter[str] = Counter()
        self.by_issue: Counter[str] = Counter()
        self.issue_since: dict[str, str] = {}
        self.speakers: dict[str, dict[str, None]] = {}
        # What was computed for a cell, with what it was computed from.
        self.steps: dict[Key, tuple[int, tuple[End | None, ...], tuple[Step, ...]]] = {}
        self.cells: dict[Key, tuple[tuple[Step, ...], int, Origins, Cell | None]] = {}

    def feed(self, page: Resolved) -> None:
        """Take in the next document."""
        self.pages.append(page)
        moved = self.agreements.feed(page)
        held = self.meetings.feed(page)
        set_here = self.deadlines.feed(page)
        self.conditions.feed(page, deadlines=set_here, held=held, moved=moved, known=self.deadlines.records)
        self.figures.feed(page)
        self.exposed.feed(page)
        for stand in sorted(page.stands, key=lambda stand: stand.key):
            key = (stand.party, stand.issue)
            self.stands.setdefault(key, []).append(stand)
            if stand.outlet:
                self.outlets.setdefault(key, {})[stand.outlet] = None
            self.issue_since.setdefault(stand.issue, page.day)
        self._tally(page)

    def _tally(self, page: Resolved) -> None:
        document, outlet = page.facts.id, page.document.outlet
        for said in page.said:
            for issue in said.issues:
                self.by_issue[issue] += 1
                self.issue_since.setdefault(issue, page.day)
            for party in said.parties:
                self.by_party[party] += 1
                if said.speaker and not said.anonymous:
                    self.speakers.setdefault(party, {})[said.speaker] = None
                for issue in said.issues:
                    key = (party, issue)
                    self.counts[key] += 1
                    self.documents.setdefault(key, {})[document] = None
                    if outlet:
                        self.outlets.setdefault(key, {})[outlet] = None

"""What stands behind the values of a Table: who said it through whom, in which report, whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Set

from dragoman.reading import Document
from dragoman.table import Table
from dragoman.table.values import Evidence, Said


class Behind:
    """What stands behind the evidence of one table: who said it through whom, in which report, in which words."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._said = {(s.document, s.statement): s for s in table.statements()}

    def said(self, evidence: Evidence) -> Said | None:
        """The statement; None where the report speaks itself."""
        return self._said.get((evidence.document, evidence.statement or ""))

    def document(self, evidence: Evidence) -> Document:
        """The report."""
        return self.table.reading(evidence.document).document

    def chain(self, evidence: Evidence) -> tuple[str, ...]:
        """From the speaker through the outlets cited to the outlet that published the report."""
        said, outlet = self.said(evidence), self.document(evidence).outlet
        return (*((said.speaker or "unnamed", *said.via) if said else ()), *((outlet,) if outlet else ()))

    def concerns(self, parties: Set[str], evidence: Iterable[Evidence], *given: str | None) -> bool:
        """Whether what was `given`, or the evidence, names one of some parties, or one of them says it."""
        if any(not parties.isdisjoint((text, *self.table.mentioned(text))) for text in given if text):
            return True
        for e in evidence:
            said = self.said(e)
            if said is not None and not parties.isdisjoint(said.parties):
                return True
            if not parties.isdisjoint(self.table.mentioned(self.table.words(e))):
                return True
        return False


def days_of(table: Table) -> tuple[str, ...]:
    """The days of coverage, oldest first."""
    published = (table.reading(d).document.published for d in table.documents)
    return tuple(sorted({day[:10] for day in published if day}))

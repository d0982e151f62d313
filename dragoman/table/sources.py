"""How many independent origins something has, who cites whom, and which outlets cite each other in a ring.

In: resolved documents and the links between them. Out: Sources: groups of reports that go back to one, the citation
graph of outlets with its evidence, circular reporting, and counts as ranges with their reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.folding import fold_name
from dragoman.lexicon import Lexicon
from dragoman.table.groups import Groups
from dragoman.table.origins import Credit, Link
from dragoman.table.resolved import Resolved
from dragoman.table.values import Evidence, Origins, Said, Value
from dragoman.table.words import contained, has_any

# A statement of an outlet goes back to a report of that outlet when half of its stems stand in one there.
SAME_CLAIM = 0.5
# Rings of outlets longer than this are not looked for; real ones have two or three.
RING = 4


@dataclass(frozen=True, slots=True)
class Citation(Value):
    """One outlet cites another: how often, in which documents, by which words."""

    outlet: str
    cites: str
    documents: tuple[str, ...]
    statements: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Ring(Value):
    """Outlets that cite each other for the same claims."""

    outlets: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Group(Value):
    """Reports that go back to one: copies are grouped, never deleted."""

    origin: str
    documents: tuple[str, ...]
    sure: bool
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Count(Value):
    """So many reports, so many origins, and why they are counted as they are."""

    reports: int
    low: int
    high: int
    reasons: tuple[str, ...] = ()

    @property
    def origins(self) -> Origins:
        return Origins(self.low, self.high)

    def sentence(self) -> str:
        """ "5 reports, 1 origin", or "5 reports, 1 to 3 origins" where that is unsure."""
        many = f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"
        return f"{self.reports} report{'s' * (self.reports != 1)}, {many} origin{'s' * (self.high != 1)}"


class Sources:
    """Where the reports of a table come from."""

    def __init__(
        self, pages: Sequence[Resolved], links: Mapping[str, Sequence[Link]], credits: Mapping[str, Sequence[Credit]],
        lexicon: Lexicon,
    ) -> None:  # fmt: skip
        self._pages = {page.facts.id: page for page in pages}
        here = self._pages
        self.links: tuple[Link, ...] = tuple(
            link for page in pages for link in links.get(page.facts.id, ()) if link.to in here
        )
        self.credits: tuple[Credit, ...] = tuple(c for page in pages for c in credits.get(page.facts.id, ()))
        self._lexicon = lexicon
        outlets = {page.document.outlet for page in pages if page.document.outlet}
        self._outlets = {name: f" {fold_name(name)} " for name in sorted(outlets)}
        self._links_of: dict[str, list[Link]] = defaultdict(list)  # by the document that they lead from
        self._sure = Groups()
        order = {page.facts.id: n for n, page in enumerate(pages)}
        self._order = order
        for link in self.links:
            self._links_of[link.document].append(link)
            if link.sure:
                self._sure.join(link.document, link.to)
        self._possible = self._sure.copy()
        for link in self.links:
            if not link.sure:
                self._possible.join(link.document, link.to)
        credited: dict[tuple[str, str], str] = {}
        for c in self.credits:
            first = credited.setdefault((c.outlet, here[c.document].day), c.document)
            self._possible.join(c.document, first)
        self._linked = {d for link in self.links for d in (link.document, link.to)}
        self._linked |= {c.document for c in self.credits}

    # -- groups and counts

    def group_of(self, document: str, *, sure: bool = True) -> str:
        """The name of the group that a document belongs to, by sure links or by all."""
        return (self._sure if sure else self._possible).find(document)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Groups of more than one report, by their earliest one."""
        members: dict[str, list[str]] = defaultdict(list)
        for document in self._pages:
            members[self._possible.find(document)].append(document)
        found = []
        for documents in members.values():
            if len(documents) > 1:
                documents.sort(key=self._order.__getitem__)
                within = tuple(link for document in documents for link in self._links_of.get(document, ()))
                sure = len({self._sure.find(d) for d in documents}) == 1
                found.append(Group(documents[0], tuple(documents), sure, within))
        return tuple(sorted(found, key=lambda g: self._order[g.origin]))

    def range_of(self, documents: Iterable[str]) -> Origins:
        """How many origins some reports have, at least and at most."""
        given = set(documents)
        linked = given & self._linked
        if not linked:
            return Origins(len(given), len(given))
        alone = len(given) - len(linked)
        low, high = ({find(d) for d in linked} for find in (self._possible.find, self._sure.find))
        return Origins(alone + len(low), alone + len(high))

    def of(self, documents: Iterable[str]) -> Count:
        """How many origins some reports have."""
        given = sorted(set(documents) & self._pages.keys(), key=self._order.__getitem__)
        if not given:
            return Count(0, 0, 0)
        low = len({self._possible.find(d) for d in given})
        high = len({self._sure.find(d) for d in given})
        chosen = set(given)
        reasons = [
            link.because for document in given for link in self._links_of.get(document, ()) if link.to in chosen
        ]  # fmt: skip
        return Count(len(given), low, high, tuple(dict.fromkeys(reasons)))

    def of_statements(self, statements: Iterable[Said]) -> Count:
        """How many origins a claim has that some statements make: speakers at least, speakers and reports at most."""
        low: set[str] = set()
        high: set[tuple[str, str]] = set()
        reasons: dict[str, None] = {}
        documents: dict[str, None] = {}
        for said in statements:
            documents[said.document] = None
            root, why = self._root(said)
            reasons.update(dict.fromkeys(why))
            low.add(root)
            high.add((root, self._sure.find(said.document)))
        for document in documents:
            for link in self._links_of.get(document, ()):
                if link.to in documents:
                    reasons[link.because] = None
        return Count(len(documents), len(low), len(high) if low else 0, tuple(reasons))

    def _root(self, said: Said, depth: int = 0) -> tuple[str, list[str]]:
        page = self._pages[said.document]
        statement = page.statements[said.statement]
        if statement.within and statement.within in page.statements and depth < 10:
            outer = next(s for s in page.said if s.statement == statement.within)
            root, why = self._root(outer, depth + 1)
            return root, [f"{said.document}:{said.statement} is known only through {outer.statement}", *why]
        if not said.parties and said.speaker and self._is_outlet(said.speaker):
            found = self._earlier_report(said)
            if found is not None and depth < 10:
                root, why = self._root(found, depth + 1)
                text = f"{said.document}:{said.statement} cites {said.speaker}, whose report is {found.document}"
                return root, [text, *why]
            return f"outlet {fold_name(self._outlet(said.speaker))}", []
        if said.anonymous:
            return f"anonymous {fold_name(said.speaker or '')} in {self._sure.find(said.document)}", []
        accepted = self._accepted(said)
        if accepted is not None:
            return accepted, [f"{said.document}:{said.statement} accepts what another party gives"]
        return " and ".join(said.parties) or fold_name(said.speaker or "nobody"), []

    def _is_outlet(self, name: str) -> bool:
        return self._lexicon.outlet(name) is not None or self._outlet(name) != name or name in self._outlets

    def _outlet(self, name: str) -> str:
        """An outlet's full name: by the lexicon, or the one outlet here whose name begins or ends with these words."""
        entry = self._lexicon.outlet(name)
        wanted = f" {fold_name(name)} "
        if entry is not None or not wanted.strip():
            return entry.name if entry else name
        found = [o for o, folded in self._outlets.items() if folded.startswith(wanted) or folded.endswith(wanted)]
        return found[0] if len(found) == 1 else name

    def _earlier_report(self, said: Said) -> Said | None:
        """The statement of an outlet's own earlier report that another outlet repeats."""
        page = self._pages[said.document]
        wanted, outlet = page.stems(said.statement), fold_name(self._outlet(said.speaker or ""))
        best, share = None, SAME_CLAIM
        for other in self._pages.values():
            if other.document.outlet and fold_name(other.document.outlet) == outlet:
                if (other.day, other.facts.id) >= (page.day, page.facts.id):
                    continue
                for candidate in other.said:
                    close = contained(wanted, other.stems(candidate.statement))
                    if close >= share and candidate.speaker != said.speaker:
                        best, share = candidate, close
        return best

    def _accepted(self, said: Said) -> str | None:
        """Whose figure a statement accepts; such a statement adds no count of its own."""
        page = self._pages[said.document]
        text = page.text(said.statement)
        if said.negated or said.act not in ("concession", "support", "claim"):
            return None
        if not has_any(text, "accepting") or not has_any(text, "counting"):
            return None
        before = [s for s in page.said if s.statement != said.statement and s.act == "estimate"
                  and not set(s.parties) & set(said.parties) and s.parties]  # fmt: skip
        return " and ".join(before[0].parties) if before else None

    # -- who cites whom

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citation graph: which outlet cites which, with the words that say so."""
        found: dict[tuple[str, str], dict[Evidence, None]] = defaultdict(dict)
        for page in self._pages.values():
            outlet = page.document.outlet
            if not outlet:
                continue
            for statement in page.statements.values():
                for number, via in enumerate(statement.via):
                    spans = statement.via_spans[number] if number < len(statement.via_spans) else statement.content
                    self._cite(found, outlet, via, Evidence(page.facts.id, statement.id, spans or statement.content))
                name = statement.speaker.name
                if name and not statement.speaker.party and self._is_outlet(name):
                    spans = statement.source or statement.content
                    self._cite(found, outlet, name, Evidence(page.facts.id, statement.id, spans))
        for c in self.credits:
            outlet = self._pages[c.document].document.outlet
            if outlet:
                self._cite(found, outlet, c.outlet, c.evidence[0])
        return tuple(
            Citation(
                outlet,
                cites,
                tuple(dict.fromkeys(e.document for e in evidence)),
                sum(1 for e in evidence if e.statement),
                tuple(evidence),
            )
            for (outlet, cites), evidence in sorted(found.items())
        )

    def _cite(
        self, found: dict[tuple[str, str], dict[Evidence, None]], outlet: str, cites: str, evidence: Evidence
    ) -> None:
        cites = self._outlet(cites)
        if fold_name(outlet) != fold_name(cites):
            found[outlet, cites][evidence] = None

    @property
    def circular(self) -> tuple[Ring, ...]:
        """Rings of outlets that cite each other for the same claim: A has it from B, and B has it from A."""
        import networkx

        graph = networkx.DiGraph()
        by_edge: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
        for citation in self.citations:
            edge = (fold_name(citation.outlet), fold_name(citation.cites))
            graph.add_edge(*edge)
            by_edge[edge] += [e for e in citation.evidence if e.statement]
        names = {fold_name(c.outlet): c.outlet for c in self.citations}
        found = []
        for number, ring in enumerate(networkx.simple_cycles(graph, length_bound=RING)):
            if number >= 500:
                break
            first = ring.index(min(ring))
            ring = [*ring[first:], *ring[:first]]
            edges = list(zip(ring, [*ring[1:], ring[0]], strict=True))
            same = self._same_claim([by_edge[edge] for edge in edges])
            if same:
                found.append(Ring(tuple(names.get(o, o) for o in ring), same))
        return tuple(sorted(found, key=lambda r: r.outlets))

    def _same_claim(self, edges: list[list[Evidence]]) -> tuple[Evidence, ...]:
        for start in edges[0]:
            chain = [start]
            wanted = self._stems(start)
            for others in edges[1:]:
                near = [e for e in others if contained(wanted, self._stems(e)) >= SAME_CLAIM]
                if not near:
                    break
                chain.append(near[0])
            if len(chain) == len(edges):
                return tuple(chain)
        return ()

    def _stems(self, evidence: Evidence) -> frozenset[str]:
        return self._pages[evidence.document].stems(evidence.statement or "")

    def to_json(self) -> dict[str, object]:
        """Links, groups, citations and rings as a JSON object."""
        layers: dict[str, Sequence[Value | Link]] = {
            "links": self.links, "groups": self.groups, "citations": self.citations, "circular": self.circular,
            "credits": self.credits,
        }  # fmt: skip
        return {name: [item.to_json() for item in items] for name, items in layers.items()}

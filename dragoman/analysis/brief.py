"""Table -> Brief: one to two pages of where things stand, every sentence with the evidence it rests on.

Facts come from the table; here they only become prose. A Brief carries its sentences and notes as values, so that a
page, a Markdown file, a PDF and a DOCX say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.reading import Document
from dragoman.table import Table
from dragoman.table.values import Cell, Change, Condition, Deadline, Evidence, Meeting, Said
from dragoman.table.waiting import Deadlock as Lock

# A brief is read standing up: at most so many sentences in a section, the rest are counted.
LONGEST = 12
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: where a sentence rests, down to the statement."""

    number: int
    document: str
    statement: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the numbers of the notes it rests on."""

    text: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what is under it; `left_out` counts what a brief has no room for."""

    heading: str
    sentences: tuple[Sentence, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Brief:
    """What stands, what changed, what is waited for, which dates and figures, where sources differ."""

    title: str
    on: str | None
    since: str | None
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    recipe: str = ""

    def to_json(self) -> dict[str, Any]:
        """The brief as plain JSON."""
        return {
            "title": self.title, "on": self.on, "since": self.since, "recipe": self.recipe,
            "sections": [
                {"heading": s.heading, "left_out": s.left_out,
                 "sentences": [{"text": t.text, "notes": list(t.notes)} for t in s.sentences]}
                for s in self.sections
            ],
            "notes": [
                {"number": n.number, "document": n.document, "statement": n.statement, "text": n.text}
                for n in self.notes
            ],
        }  # fmt: skip


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


def days_of(table: Table) -> tuple[str, ...]:
    """The days of coverage, oldest first."""
    published = (table.reading(d).document.published for d in table.documents)
    return tuple(sorted({day[:10] for day in published if day}))


class _Notes:
    """Numbers evidence in order of first use; the same evidence keeps its number."""

    def __init__(self, table: Table) -> None:
        self.behind, self.notes = Behind(table), list[Note]()
        self._numbers: dict[tuple[str, str | None], int] = {}

    def __call__(self, evidence: Iterable[Evidence], most: int = 3) -> tuple[int, ...]:
        found: list[int] = []
        for e in evidence:
            key = (e.document, e.statement)
            if key not in self._numbers:
                if len(found) >= most:
                    continue
                self._numbers[key] = len(self.notes) + 1
                self.notes.append(Note(self._numbers[key], *key, self._text(e)))
            found.append(self._numbers[key])
        return tuple(sorted(set(found))[:most])

    def _text(self, evidence: Evidence) -> str:
        document = self.behind.document(evidence)
        chain = self.behind.chain(evidence) or (document.title or document.id,)
        place = f", statement {evidence.statement}" if evidence.statement else ", the report's own words"
        return f"{' → '.join(chain)}, {day(document.published) or 'undated'} ({evidence.document}{place})"


def write_brief(table: Table, *, since: str | None = None, parties: Sequence[str] = ()) -> Brief:
    """The brief of `table`.

    1. Where things stand. 2. What changed since `since` (the last day of coverage before the newest, when not given).
    3. Conditions and who waits for whom. 4. Dates. 5. Agreements. 6. Figures. 7. Where sources differ.
    `parties` keeps the first three sections to these.
    """
    wanted = {found.name if (found := table.party(p)) else p for p in parties}
    notes = _Notes(table)
    days = days_of(table)
    since = since or (days[-2] if len(days) > 1 else None)
    sections = [
        _section("Where things stand", _stands(table, wanted, notes)),  # 1
        _section(
            f"What changed since {day(since)}" if since else "What changed", _changed(table, since, wanted, notes)
        ),  # 2
        _section("Conditions, and who waits for whom", _waits(table, wanted, notes)),  # 3
        _section("Dates", _dates(table, notes)),  # 4
        _section("Agreements", _agreements(table, notes)),  # 5
        _section("Figures", _figures(table, notes)),  # 6
        _section("Where sources differ", _differences(table, notes)),  # 7
    ]
    on = table.on or (days[-1] if days else None)
    count = len(table.documents)
    recipe = f"Made from {count} report{'s' * (count != 1)} with {len(table.statements())} statements."
    title = f"The state of the talks on {day(on)}" if on else "The state of the talks"
    return Brief(title, on, since, tuple(s for s in sections if s.sentences), tuple(notes.notes), recipe)


def day(text: str | None) -> str:
    """An ISO date in words: "2027-02-08" is "8 February 2027", "2016-02" is "February 2016"."""
    if not text:
        return ""
    parts = text[:10].split("-")
    try:
        month = _MONTHS[int(parts[1]) - 1] if len(parts) > 1 else ""
        return " ".join(p for p in (str(int(parts[2])) if len(parts) > 2 else "", month, parts[0]) if p)
    except (ValueError, IndexError):
        return text


def _section(heading: str, sentences: list[Sentence]) -> Section:
    return Section(heading, tuple(sentences[:LONGEST]), max(0, len(sentences) - LONGEST))


def _sentence(text: str, numbers: tuple[int, ...]) -> Sentence:
    text = text.strip()
    return Sentence(text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!", "”")) else "."), numbers)


_DIRECTIONS = {"for": "is for", "against": "is against", "open": "is open on", "unclear": "has spoken on"}


def _stands(table: Table, wanted: set[str], notes: _Notes) -> list[Sentence]:
    cells = [c for c in table.cells if not wanted or c.party in wanted]
    # The parties and cells with most behind them come first: a brief leads with what carries weight.
    weight: dict[str, int] = {}
    for cell in cells:
        weight[cell.party] = weight.get(cell.party, 0) + cell.statements
    cells.sort(key=lambda c: (-weight[c.party], c.party, -c.statements, c.issue))
    return [_sentence(_cell(cell), notes(cell.evidence)) for cell in cells]


def _cell(cell: Cell) -> str:
    low, high = cell.origins
    reports = len(cell.outlets) or 1
    origins = f"{low}" if low == high else f"{low} to {high}"
    support = f"; {reports} outlets, {origins} origin{'s' * (high != 1)}" if reports > 1 else ""
    voices = [v for v in cell.voices if v.differs]
    other = f" {voices[0].speaker} says otherwise: {voices[0].stance}" if voices else ""
    known = f"since {day(cell.since)}" if cell.since else "undated"
    return f"{cell.party} {_DIRECTIONS[cell.direction]} {cell.issue}: {cell.stance} ({known}{support}).{other}"


_MOVED = {
    "new": "takes a position", "hardened": "has hardened", "softened": "has softened",
    "reversed": "has reversed itself", "changed": "has changed its position", "retired": "no longer holds its position",
}  # fmt: skip


def _changed(table: Table, since: str | None, wanted: set[str], notes: _Notes) -> list[Sentence]:
    if since is None:
        return []
    order = {name: n for n, name in enumerate(("reversed", "hardened", "softened", "changed", "retired", "new"))}
    changes = [c for c in table.changes(since) if not wanted or c.party in wanted or c.party is None]
    changes = [c for c in changes if c.kind != "figure" and c.change != "repeated"]
    changes.sort(key=lambda c: (c.kind != "position", order.get(c.change, 9), c.date, c.about))
    return [_sentence(_change(c), notes(c.evidence)) for c in changes]


def _change(change: Change) -> str:
    if change.kind == "position":
        moved = _MOVED.get(change.change, change.change)
        before = f" Before: {change.before}" if change.before and change.change not in ("new", "repeated") else ""
        return f"{change.party} {moved} on {change.issue}: {change.after or ''}.{before}".replace(": .", ".")
    after = f" ({change.after})" if change.after and change.after != change.change else ""
    return f"{change.kind} {change.change}: {change.about}{after}"


def _waits(table: Table, wanted: set[str], notes: _Notes) -> list[Sentence]:
    conditions = [c for c in table.conditions if not wanted or c.party in wanted]
    still = [c for c in conditions if any(r.status in ("open", "violated") for r in c.requires)]
    found = [_sentence(_condition(c), notes(c.evidence)) for c in still]
    for lock in table.deadlocks():
        ways = "; or ".join(" and ".join(w.requirement for w in cut) for cut in lock.breakers[:2])
        end = f" It would be broken by: {ways}" if ways else ""
        evidence = [e for wait in lock.waits for e in wait.evidence]
        found.insert(0, _sentence(f"Deadlock: {' → '.join(around(lock))} wait for each other.{end}", notes(evidence)))
    return found


def around(lock: Lock) -> tuple[str, ...]:
    """The parties of a deadlock along its first ring, back to where it starts."""
    ring = lock.rings[0] if lock.rings else lock.parties
    return (*ring, ring[0])


def _condition(condition: Condition) -> str:
    parts = [r.what + ("" if r.status == "open" else f" ({r.status})") for r in condition.requires]
    listed = parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f" and {parts[-1]}" if parts else "what it asks"
    return f"{condition.party or 'Somebody'} withholds {condition.withholds}; it requires: {listed}"


def _dates(table: Table, notes: _Notes) -> list[Sentence]:
    deadlines = [d for d in table.deadlines if d.status in ("pending", "extended") and not d.replaced_by]
    ahead = table.asof[:10]
    meetings = [m for m in table.meetings if m.status in ("planned", "postponed", "unset")]
    meetings = [m for m in meetings if not m.date or not ahead or m.date >= ahead[: len(m.date)]]
    found: list[tuple[str, Sentence]] = []
    for d in deadlines:
        found.append((d.date or "9999", _sentence(_deadline(d), notes(d.evidence))))
    for m in meetings:
        found.append((m.date or "9999", _sentence(_meeting(m), notes(m.evidence))))
    return [sentence for _, sentence in sorted(found, key=lambda f: f[0])]


def _deadline(deadline: Deadline) -> str:
    when = day(deadline.date) or "no date resolved"
    by = f", set by {deadline.set_by}" if deadline.set_by else ""
    moved = [m for m in deadline.moves if m.kind != "set"]
    history = f"; {', '.join(f'{m.kind} on {day(m.date)}' for m in moved)}" if moved else ""
    return f"{when}: deadline for {deadline.what}{by}{history}"


def _meeting(meeting: Meeting) -> str:
    when = day(meeting.date) or "no date set"
    place = f" in {meeting.place}" if meeting.place else ""
    waits = f", waiting for {meeting.waits_for}" if meeting.waits_for else ""
    return f"{when}: {meeting.name}{place} ({meeting.status}{waits})"


def _agreements(table: Table, notes: _Notes) -> list[Sentence]:
    found = []
    for a in table.agreements:
        of = f" of {day(a.date)}" if a.date else ""
        status = "its status is unknown" if a.status == "unknown" else a.status
        found.append(_sentence(f"{a.name}{of}: {status}", notes(a.evidence)))
    return found


def _figures(table: Table, notes: _Notes) -> list[Sentence]:
    found = []
    for dispute in table.disputed_figures:
        parts = [f"{f.bound} {f.quantity:,.10g} ({f.by or 'unattributed'})".replace("exactly ", "")
                 for f in dispute.figures if f.quantity is not None]  # fmt: skip
        found.append(
            _sentence(f"{dispute.about}: {'; '.join(parts)} – the figures {dispute.verdict}", notes(dispute.evidence))
        )
    return found


def _differences(table: Table, notes: _Notes) -> list[Sentence]:
    return [
        _sentence(d.note or f"{d.about}: {' against '.join(d.sides)}", notes(d.evidence)) for d in table.disagreements
    ]

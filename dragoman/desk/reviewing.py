"""One article under review: its text with the statements marked, what was decided about each, and what comes next.

In: a Dossier, the name of a document. Out: the context of its page. Nothing here knows HTTP or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.desk import contexts as c
from dragoman.desk import memory
from dragoman.desk.views import OFFERED
from dragoman.dossier import Dossier
from dragoman.exports.marked import pieces
from dragoman.reading import ACTS, Reading, Statement
from dragoman.store.values import Filter
from dragoman.table import Table
from dragoman.table.decisions import find_statement

PART = 150  # statements on one page of an article: about 400 kB
_OFFSETS = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


def reviewed(dossier: Dossier, reading: Reading) -> list[c.Reviewed]:
    """Every statement of a reading with what was decided about it, those that people added included."""
    from dragoman.errors import DragomanError
    from dragoman.table.decisions import added_statement, edit_statement

    standing = memory.standing_on(dossier, reading.document.id)
    states: dict[str, tuple[str, str, str]] = {}
    statements = {s.id: s for s in reading.statements}
    for d in standing:
        if d.kind == "statement.add":
            try:
                added = added_statement(d.value, f"added-{d.id}")
                added.content.check(reading.document, "content")
            except DragomanError:
                continue
            statements[added.id] = added
            states[added.id] = ("added", d.by, d.at)
        elif d.kind.startswith("statement."):
            try:
                found = find_statement(reading, d.target)
            except DragomanError:
                continue
            verb = {"accept": "accepted", "reject": "rejected", "edit": "edited"}[d.kind.partition(".")[2]]
            if verb == "edited":
                statements[found.id] = edit_statement(statements[found.id], d.value)
            if states.get(found.id, ("open",))[0] != "rejected":
                states[found.id] = (verb, d.by, d.at)
    document = reading.document
    return [
        c.Reviewed(s, *states.get(s.id, ("open", "", "")), content=s.content.text(document),
                   source=s.source.text(document), cue=s.cue.text(document))
        for s in sorted(statements.values(), key=lambda s: (s.content.start, s.id))
    ]  # fmt: skip


class Part(NamedTuple):
    """A part of an article: from where to where in its text, its statements, and the words that were asked for."""

    start: int
    end: int
    statements: Sequence[c.Reviewed]
    sought: tuple[int, int]
    at: int
    pages: int


def part_of(text: str, statements: Sequence[c.Reviewed], asked: str) -> Part:
    """The part that was asked for by its number, a statement in it or words of it; else the first."""
    firsts = statements[PART::PART]
    starts = [0, *(text.rfind("\n", 0, r.statement.content.start) + 1 for r in firsts)]
    sought, number = (0, 0), 0
    if offsets := _OFFSETS.fullmatch(asked):
        sought = (int(offsets[1]), int(offsets[2]))
        number = max(n for n, start in enumerate(starts) if start <= sought[0])
    elif asked.isdecimal():
        number = min(max(1, int(asked[:9])), len(starts)) - 1
    else:
        number = next((n for n, r in enumerate(statements) if r.statement.id == asked), 0) // PART
    end = starts[number + 1] if number + 1 < len(starts) else len(text)
    mine = statements[number * PART : (number + 1) * PART]
    return Part(starts[number], end, mine, sought, number + 1, len(starts))


def article_page(dossier: Dossier, identity: str, typed: dict[str, str] | None = None, at: str = "") -> c.ArticlePage:
    """One article under review, a long one in parts; `at` is a part, a statement, or words such as "12-40"."""
    reading = dossier.reading(identity)
    table = memory.recent_table(dossier)
    open_ones = [d for d in memory.until_changed(dossier, "to review", lambda: to_review(dossier)) if d != identity]
    part = part_of(reading.document.text, reviewed(dossier, reading), at or (typed or {}).get("statement", ""))
    shown, sought = part.statements, part.sought
    run = [p for p in pieces(reading, part.start, part.end, *sought) if part.start <= p.start < part.end]
    return c.ArticlePage(
        reading.document, run, shown,
        [p.name for p in table.parties[:OFFERED]], [i.name for i in table.issues[:OFFERED]], ACTS,
        open_ones[0] if open_ones else None, len(memory.decisions(dossier)),
        [u for u in table.unplaced if u.target.get("document") == identity], typed or {},
        sought, names_on(table, [r.statement for r in shown]), part.at, part.pages,
    )  # fmt: skip


def names_on(table: Table, statements: Sequence[Statement]) -> dict[str, dict[str, str]]:
    """What the table calls the speakers, parties and issues that some statements name otherwise."""
    speakers = {s.speaker.name for s in statements if s.speaker.name and not s.speaker.anonymous}
    parties = {s.speaker.party: table.party(s.speaker.party) for s in statements if s.speaker.party}
    issues = {name: table.issue(name) for s in statements for name in s.issues}
    return {
        "speaker": {name: table.speaker(name) for name in speakers},
        "party": {name: found.name for name, found in parties.items() if found},
        "issue": {name: found.name for name, found in issues.items() if found},
    }


def to_review(dossier: Dossier) -> list[str]:
    """The first documents that hold a statement nobody has reviewed, oldest first."""
    found: list[str] = []
    for limit in (50, 2000):  # one long report nobody has looked at may hold all of the first fifty
        waiting = dossier.store.statements(Filter(reviewed=False), newest_first=False, limit=limit)
        found = list(dict.fromkeys(s.document for s in waiting.rows))
        if len(found) > 1 or len(waiting.rows) < limit:
            break
    return found

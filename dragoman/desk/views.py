"""A Dossier's table and readings -> the contexts of the desk's pages. Nothing here knows HTTP or HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from dragoman.analysis.brief import Behind, days_of
from dragoman.desk import contexts as c
from dragoman.desk.speech import Speech
from dragoman.dossier import Dossier
from dragoman.exports import table_pictures as pictures
from dragoman.exports.marked import pieces
from dragoman.reading import ACTS, Reading
from dragoman.store.values import Filter
from dragoman.table import Table
from dragoman.table.decisions import find_statement, in_force
from dragoman.table.values import Evidence

LOW = 0.5  # statements the reader is less sure of than this come first in the queue


def quotes(behind: Behind, evidence: Iterable[Evidence], most: int = 6) -> tuple[c.Quote, ...]:
    """The sentences behind something, each with who said it through whom."""
    found = []
    for e in list(evidence)[:most]:
        document = behind.document(e)
        words = behind.table.words(e)
        found.append(c.Quote(e.document, e.statement, words, behind.chain(e), document.published, document.title))
    return tuple(found)


def with_quotes(table: Table, values: Iterable[Any]) -> list[tuple[Any, tuple[c.Quote, ...]]]:
    """Each value with the sentences it rests on."""
    behind = Behind(table)
    return [(value, quotes(behind, value.evidence)) for value in values]


def table_page(dossier: Dossier, speech: Speech, *, on: str, since: str, party: str, issue: str) -> c.TablePage:
    """The table of a day; an empty `since` means the day of coverage before it."""
    table = dossier.table(on=on or None)
    days = days_of(dossier.table())
    shown = on or (days[-1] if days else "")
    before = [d for d in days if d < shown]
    since = since or (before[-1] if before else "")
    parties_weight = Counter(cell.party for cell in table.cells)
    issues_weight = Counter(cell.issue for cell in table.cells)
    wanted = [cell for cell in table.cells if (not party or cell.party == party) and (not issue or cell.issue == issue)]
    moved = {(x.party, x.issue): x.change for x in table.changes(since) if x.kind == "position"} if since else {}
    return c.TablePage(
        on=on or None, since=since or None, days=[c.Day(d, speech.day(d)) for d in days],
        parties=sorted({x.party for x in wanted}, key=lambda p: (-parties_weight[p], p)),
        issues=sorted({x.issue for x in wanted}, key=lambda i: (-issues_weight[i], i)),
        cells={(x.party, x.issue): x for x in wanted}, changed=moved, all_parties=sorted(parties_weight),
        all_issues=sorted(issues_weight), chosen_party=party, chosen_issue=issue, documents=len(table.documents),
        origins=origin_range(table),
    )  # fmt: skip


def cell_page(dossier: Dossier, *, party: str, issue: str, on: str) -> c.CellPage | None:
    """One cell with its history; None where the table has none."""
    table = dossier.table(on=on or None)
    cell = table.cell(party, issue)
    if cell is None:
        return None
    behind = Behind(table)
    history = [(step, quotes(behind, step.evidence)) for step in table.history(party, issue)]
    return c.CellPage(cell, history, quotes(behind, cell.evidence), on or None)


def reviewed(dossier: Dossier, reading: Reading) -> list[c.Reviewed]:
    """Every statement of a reading with what was decided about it, those that people added included."""
    from dragoman.errors import DragomanError
    from dragoman.table.decisions import added_statement, edit_statement

    standing = [d for d in in_force(dossier.decisions()) if d.target.get("document") == reading.document.id]
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


def article_page(dossier: Dossier, identity: str, typed: dict[str, str] | None = None) -> c.ArticlePage:
    """One article under review."""
    reading = dossier.reading(identity)
    table = dossier.table()
    waiting = dossier.store.statements(Filter(reviewed=False), newest_first=False, limit=50).rows
    open_ones = [s.document for s in waiting if s.document != identity]
    decisions = dossier.decisions()
    return c.ArticlePage(
        reading.document, pieces(reading), reviewed(dossier, reading), [p.name for p in table.parties],
        [i.name for i in table.issues], ACTS, open_ones[0] if open_ones else None, len(decisions),
        [u for u in table.unplaced if u.target.get("document") == identity], typed or {},
    )  # fmt: skip


def statement_target(reading: Reading, identity: str) -> dict[str, Any]:
    """What a decision about a statement points at: its words too, so that it survives re-reading."""
    found = reading.statement(identity)
    content = [list(span) for span in found.content]
    words = found.content.text(reading.document)
    return {"document": reading.document.id, "statement": identity, "content": content, "words": words}


def queue_page(dossier: Dossier, _: Any, chosen: str, limit: int = 100) -> c.QueuePage:
    """What to look at first."""
    table = dossier.table()
    counts = dossier.store.counts()
    items: list[c.Item] = []
    unsure = dossier.store.statements(Filter(reviewed=False, confidence_below=LOW), limit=limit)
    for s in unsure.rows:
        link = f"/article/{quote(s.document, safe='')}#{s.statement}"
        items.append(c.Item(f"statement|{s.document}|{s.statement}", _("Low confidence"), f"{(s.confidence or 0):.2f}",
                            f"{s.speaker or '–'}: {s.content}", link,
                            (("accept", _("Accept")), ("reject", _("Reject"))), s.confidence or 0.0))  # fmt: skip
    for p in table.proposals:
        items.append(c.Item(f"{p.kind}|{p.name}|{p.into}", _("Merge in question"), f"{p.score:.2f}",
                            f"{p.name} = {p.into}? {p.because}", "/settings#proposals",
                            (("accept", _("Merge")),), 1 - p.score))  # fmt: skip
    for d in table.disagreements:
        e = d.evidence[0]
        items.append(c.Item(f"disagreement|{d.about}", _("Disagreement"), d.kind, d.note or d.about,
                            f"/article/{quote(e.document, safe='')}#{e.statement or ''}", (), 0.3))  # fmt: skip
    for d in table.deadlines:
        if len(d.moves) > 1:
            items.append(c.Item(f"deadline|{d.id}", _("Deadline moved"), d.status, f"{d.what}: {d.date or '–'}",
                                "/calendar", (), 0.4))  # fmt: skip
    kinds = Counter(item.kind for item in items)
    items = [item for item in items if not chosen or item.kind == chosen]
    items.sort(key=lambda item: (item.score, item.key))
    return c.QueuePage(items[:limit], dict(kinds), chosen, counts.reviewed, counts.statements)


def conditions_page(dossier: Dossier, _: Any, on: str) -> c.ConditionsPage:
    table = dossier.table(on=on or None)
    return c.ConditionsPage(
        with_quotes(table, table.conditions), table.deadlocks(), pictures.waits_for_picture(table, _=_)
    )


def calendar_page(dossier: Dossier, _: Any, on: str) -> c.CalendarPage:
    table = dossier.table(on=on or None)
    deadlines = sorted(table.deadlines, key=lambda d: d.date or "9")
    meetings = sorted(table.meetings, key=lambda m: m.date or "9")
    return c.CalendarPage(with_quotes(table, deadlines), with_quotes(table, meetings),
                          with_quotes(table, table.agreements), pictures.calendar_picture(table, _=_))  # fmt: skip


def figures_page(dossier: Dossier, _: Any, on: str, about: str) -> c.FiguresPage:
    table = dossier.table(on=on or None)
    subjects = [name for name, _n in Counter(f.about for f in table.figures).most_common()]
    figures = sorted(table.figures, key=lambda f: (f.about, f.given_on, f.by or ""))
    picture = pictures.figures_picture(table, about=about if about in subjects else None, _=_)
    return c.FiguresPage(with_quotes(table, figures), table.disputed_figures, subjects, about, picture)


def sources_page(dossier: Dossier, _: Any) -> c.SourcesPage:
    table = dossier.table()
    origins = table.origins
    return c.SourcesPage(origins.links, origins.citations, [r.outlets for r in origins.circular], len(table.documents),
                         origin_range(table), pictures.sources_picture(table, _=_))  # fmt: skip


def origin_range(table: Table) -> str:
    """How many independent origins all reports have, as a number or a range."""
    count = table.origins.of(table.documents)
    return str(count.low) if count.low == count.high else f"{count.low}–{count.high}"


def disagreements_page(dossier: Dossier, on: str) -> c.DisagreementsPage:
    table = dossier.table(on=on or None)
    return c.DisagreementsPage(with_quotes(table, table.disagreements))


def search_page(dossier: Dossier, words: str, kind: str, party: str, act: str) -> c.SearchPage:
    """Hits with the matched words cut out, so that a template can mark them."""
    chosen = Filter(party=(party,) if party else (), act=(act,) if act else ())
    found: Sequence[Any] = dossier.store.search(words, kind=kind, wanted=chosen, limit=60).rows if words.strip() else ()
    return c.SearchPage(words, kind, party, act, [(hit, cut(hit.text, hit.matches)) for hit in found], ACTS)


def cut(text: str, matches: Iterable[Sequence[int]]) -> list[tuple[str, bool]]:
    """`text` as runs, each with whether it was searched for."""
    runs, at = [], 0
    for start, end in sorted((int(a), int(b)) for a, b in matches):
        if start >= at:
            runs += [(text[at:start], False), (text[start:end], True)]
            at = end
    runs.append((text[at:], False))
    return [run for run in runs if run[0]]


def cell_link(party: str, issue: str, on: str | None) -> str:
    """The address of a cell's page."""
    return "/cell?" + urlencode({"party": party, "issue": issue, **({"on": on} if on else {})})

"""A Dossier's table and readings -> the contexts of the desk's pages. Nothing here knows HTTP or HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote, quote_plus, urlencode

from dragoman.analysis.behind import Behind
from dragoman.desk import contexts as c
from dragoman.desk import memory
from dragoman.desk.speech import Speech
from dragoman.dossier import Dossier
from dragoman.errors import DossierBusy
from dragoman.exports import table_pictures as pictures
from dragoman.folding import fold
from dragoman.reading import ACTS, Span
from dragoman.store.values import Filter
from dragoman.table import Table
from dragoman.table.days import checked
from dragoman.table.decisions import outcome_of, subject_of
from dragoman.table.values import CONDITION_STATUSES, Evidence, Said

VISIT = 1800.0  # seconds without a look after which the next look is another visit
ROWS, COLUMNS = 40, 16  # issues and parties on one page of the table: about 200 kB where every cell is filled
STOPS, OFFERED = 400, 300  # days on the slider, names in a list to choose from
HITS, LISTED = 25, 200  # hits and articles on one page
LAST_PAGE = 1_000_000  # that is answered: databases refuse offsets without bound
DECIDED = 200  # decisions shown in the settings, the last first
NEW = 30  # new parties, and new issues, in the queue at once
LOW = 0.5  # statements the reader is less sure of than this come first in the queue


def quotes(behind: Behind, evidence: Iterable[Evidence]) -> tuple[c.Quote, ...]:
    """The sentences behind something, each with who said it through whom and where it stands."""
    found = []
    for e in evidence:
        document = behind.document(e)
        found.append(c.Quote(link_to(e), behind.table.passage(e), behind.chain(e), document.published,
                             document.title or document.id))  # fmt: skip
    return tuple(found)


def with_quotes(table: Table, values: Iterable[Any]) -> list[tuple[Any, tuple[c.Quote, ...]]]:
    """Each value with the sentences it rests on."""
    behind = Behind(table)
    return [(value, quotes(behind, value.evidence)) for value in values]


def last_visit(dossier: Dossier, person: str, day: str, now: float) -> str:
    """The last day of coverage that this person had seen at the end of the visit before; "" at the first.

    A visit ends when half an hour passes without a look at the table.
    """
    key = f"visit:{person}"
    noted = dossier.store.notes.get(key, {})
    before = str(noted.get("before", ""))
    fresh = now - float(noted.get("at", 0)) > VISIT
    if fresh:
        before = str(noted.get("day", ""))
    if fresh or noted.get("day") != day or now - float(noted["at"]) > VISIT / 6:  # not a write for every look
        with suppress(DossierBusy):
            dossier.store.notes.set(key, {"at": now, "day": day, "before": before})
    return before


def table_page(
    dossier: Dossier, speech: Speech, *, on: str, since: str, party: str, issue: str, seen: str = "", at: int = 1
) -> c.TablePage:
    """The table of a day, and what changed since a day: the chosen one, else the last one seen on an earlier visit
    (`seen`), else the day of coverage before it. Large tables come in pages of the most discussed parties and issues.
    """
    table = dossier.table(on=on or None)
    now, known = memory.head(dossier.table()), memory.head(table)
    days, parties_weight, issues_weight = now.days, known.parties, known.issues
    shown = on or (days[-1] if days else "")
    before = [d for d in days if d < shown]
    visited = bool(not since and seen and seen < shown)
    since = checked(since, "since") if since else (seen if visited else before[-1] if before else "")
    wanted = [cell for cell in table.cells if (not party or cell.party == party) and (not issue or cell.issue == issue)]
    moved = memory.moved(table, since) if since else {}
    parties = sorted({x.party for x in wanted}, key=lambda p: (-parties_weight[p], p))
    issues = sorted({x.issue for x in wanted}, key=lambda i: (-issues_weight[i], i))
    pages = max(1, -(-len(issues) // ROWS))
    at = min(max(1, at), pages)
    rows = issues[(at - 1) * ROWS : at * ROWS]
    held = {x.party for x in wanted if x.issue in set(rows)}
    columns = [p for p in parties if p in held][:COLUMNS]
    return c.TablePage(
        on=on or None, since=since or None, visited=visited, days=[c.Day(d, speech.day(d)) for d in days[-STOPS:]],
        parties=columns, issues=rows, cells={(x.party, x.issue): x for x in wanted}, changed=moved,
        all_parties=sorted(p for p, _ in parties_weight.most_common(OFFERED)),
        all_issues=sorted(i for i, _ in issues_weight.most_common(OFFERED)), chosen_party=party, chosen_issue=issue,
        documents=known.documents, origins=known.origins, at=at, pages=pages,
        left_out=len(held) - len(columns), rendered=known.rendered,
    )  # fmt: skip


def cell_page(dossier: Dossier, *, party: str, issue: str, on: str, at: int = 1) -> c.CellPage | None:
    """One cell with its history and every statement that it counts; None where the table has none."""
    table = dossier.table(on=on or None)
    cell = table.cell(party, issue)
    if cell is None:
        return None
    behind = Behind(table)
    history = [(step, quotes(behind, step.evidence)) for step in table.history(party, issue)]
    counted = paged(at, with_copies(table, table.statements(party=party, issue=issue)))
    shown = [quotes(behind, [s.evidence[0] for s in same]) for same in counted.lists[0]]
    return c.CellPage(cell, history, quotes(behind, cell.evidence), on or None, shown, counted.at, counted.pages)


def with_copies(table: Table, statements: Iterable[Said]) -> list[list[Said]]:
    """Statements, the newest first, each with those that say the same in copies of its report, the earliest first."""
    found: dict[tuple[str, str], list[Said]] = {}
    for s in statements:
        same = found.setdefault((table.origins.group_of(s.document), fold(table.words(s.evidence[0]))), [])
        same.append(s)
    return sorted(found.values(), key=lambda same: same[0].date, reverse=True)


def queue_page(dossier: Dossier, speech: Speech, chosen: str, limit: int = 100) -> c.QueuePage:
    """What to look at first."""
    table = memory.recent_table(dossier)
    counts = memory.until_changed(dossier, "counts", dossier.store.counts)
    found, kinds = memory.until_changed(
        dossier, ("queue", speech, table), lambda: waiting(dossier, table, speech, limit)
    )
    items = [item for item in found if not chosen or item.kind == chosen]
    total = kinds[chosen] if chosen else kinds.total()
    return c.QueuePage(items[:limit], dict(kinds), chosen, counts.reviewed, counts.statements, total)


def waiting(dossier: Dossier, table: Table, speech: Speech, limit: int) -> tuple[list[c.Item], Counter[str]]:
    """What waits for a person, the most pressing first; and how much there is of each kind, with what is left out."""
    _, own = speech.gettext, speech.isolated
    items: list[c.Item] = []
    unsure = dossier.store.statements(Filter(reviewed=False, confidence_below=LOW), limit=limit)
    for s in unsure.rows:
        # A reading without confidence is not unsure: it only waits, behind what is.
        known, sure = s.confidence is not None, 0.9 if s.confidence is None else s.confidence
        items.append(c.Item(f"statement|{s.document}|{s.statement}", _("Low confidence") if known else _("Unreviewed"),
                            f"{sure:.2f}" if known else "", f"{own(s.speaker or '–')}: {own(s.content)}",
                            article_link(s.document, s.statement),
                            (("accept", _("Accept")), ("reject", _("Reject"))),
                            sure))  # fmt: skip
    decided, apart = memory.merged(dossier), memory.kept_apart(dossier)  # the table may be the one before a merge
    for p in table.proposals:
        if (p.kind, p.name, p.into) not in decided and (p.kind.partition(".")[0], p.name) not in apart:
            items.append(c.Item(f"{p.kind}|{p.name}|{p.into}", _("Merge in question"), f"{p.score:.2f}",
                                f"{own(p.name)} = {own(p.into)}? {speech.retold(p.because)}", "/settings#proposals",
                                (("accept", _("Merge")), ("reject", _("Not the same"))), 1 - p.score))  # fmt: skip
    for d in table.disagreements:
        e = d.evidence[0]
        what = f"{own(d.about)}: {speech.retold(d.note)}" if d.note else d.about
        items.append(c.Item(f"disagreement|{d.about}", _("Disagreement"), _(d.kind), what,
                            link_to(e), (), 0.3))  # fmt: skip
    for d in table.deadlines:
        if len(d.moves) > 1:
            what = f"{own(d.what)}: {speech.day(d.date) or '–'}"
            items.append(c.Item(f"deadline|{d.id}", _("Deadline moved"), _(d.status), what, "/calendar", (), 0.4))
    kinds = Counter(item.kind for item in items)
    if (hidden := unsure.total - len(unsure.rows)) > 0:
        kinds[_("Low confidence")] += hidden
    for title, fresh in new_names(dossier, table, _):
        items += fresh[:NEW]
        kinds[title] += len(fresh)
    return sorted(items, key=lambda item: (item.score, item.key)), kinds


def new_names(dossier: Dossier, table: Table, _: Any) -> Iterator[tuple[str, list[c.Item]]]:
    """Parties, then issues that the coverage brought and nobody has named or merged yet, the most spoken of first."""
    named = memory.named(dossier)
    accept = (("accept", _("Accept")),)
    parties = sorted((p for p in table.parties if not p.kind), key=lambda p: -p.statements)
    issues = sorted((i for i in table.issues if not i.seeded), key=lambda i: -i.statements)
    for kind, verb, title, found in (("party", "party.add", _("New party"), parties),
                                     ("issue", "issue.seed", _("New issue"), issues)):  # fmt: skip
        yield title, [
            c.Item(f"{verb}|{x.name}", title, str(x.statements), x.name, "/search?" + urlencode({"words": x.name}),
                   accept, 0.6 + 0.2 / (1 + x.statements))
            for x in found if (kind, x.name) not in named
        ]  # fmt: skip


class Paged(NamedTuple):
    """The parts of some lists that one page shows, and which page of how many that is."""

    lists: Sequence[Sequence[Any]]
    at: int
    pages: int


def paged(at: int, *lists: Sequence[Any]) -> Paged:
    """The `at`th page of some lists, the last where they have fewer."""
    pages = max(1, -(-max(map(len, lists)) // LISTED))
    at = min(max(1, at), pages)
    return Paged([one[(at - 1) * LISTED : at * LISTED] for one in lists], at, pages)


def conditions_page(dossier: Dossier, _: Any, on: str, at: int = 1) -> c.ConditionsPage:
    table = dossier.table(on=on or None)
    settled = {"met", "dropped", "replaced", "overtaken"}
    # What still stands in the way comes first.
    shown = paged(at, sorted(table.conditions, key=lambda x: all(r.status in settled for r in x.requires)))
    picture = pictures.waits_for_picture(table, _=_) if table.waits_for().parties else ""
    return c.ConditionsPage(with_quotes(table, shown.lists[0]), table.deadlocks(), picture, CONDITION_STATUSES,
                            on, shown.at, shown.pages)  # fmt: skip


def calendar_page(dossier: Dossier, _: Any, on: str, at: int = 1) -> c.CalendarPage:
    table = dossier.table(on=on or None)
    deadlines = sorted(table.deadlines, key=lambda d: d.date or "9")
    meetings = sorted(table.meetings, key=lambda m: m.date or "9")
    shown = paged(at, deadlines, meetings, table.agreements)
    due, meet, agreed = (with_quotes(table, one) for one in shown.lists)
    wide, narrow = (pictures.calendar_picture(table, _=_, narrow=narrow) for narrow in (False, True))
    return c.CalendarPage(due, meet, agreed, wide, narrow, on, shown.at, shown.pages)


def figures_page(dossier: Dossier, _: Any, on: str, about: str, at: int = 1) -> c.FiguresPage:
    table = dossier.table(on=on or None)
    subjects = [name for name, _n in Counter(f.about for f in table.figures).most_common()]
    chosen = about if about in subjects else ""
    wanted = [f for f in table.figures if not chosen or f.about == chosen]
    shown = paged(at, sorted(wanted, key=lambda f: (f.about, f.given_on, f.by or "")))
    disputes = [d for d in table.disputed_figures if not chosen or d.about == chosen]
    picture = pictures.figures_picture(table, about=chosen or None, _=_)
    return c.FiguresPage(
        with_quotes(table, shown.lists[0]), disputes, subjects, about, picture, on, shown.at, shown.pages
    )


def sources_page(dossier: Dossier, _: Any) -> c.SourcesPage:
    table = dossier.table()
    origins = table.origins
    return c.SourcesPage(origins.links, origins.citations, [r.outlets for r in origins.circular], len(table.documents),
                         memory.head(table).origins, pictures.sources_picture(table, _=_))  # fmt: skip


def disagreements_page(dossier: Dossier, on: str, at: int = 1) -> c.DisagreementsPage:
    table = dossier.table(on=on or None)
    shown = paged(at, table.disagreements)
    return c.DisagreementsPage(with_quotes(table, shown.lists[0]), on, shown.at, shown.pages)


def settings_page(dossier: Dossier, typed: dict[str, str] | None = None) -> c.SettingsPage:
    """Names, and the last decisions about anything."""
    table = dossier.table()
    last = list(reversed(told_decisions(dossier, table)[-DECIDED:]))
    return c.SettingsPage(
        table.parties[:OFFERED], table.issues[:OFFERED], table.proposals[:OFFERED], last, dossier.store.people.users(),
        dossier.store.tally("outlet"), typed or {},
    )  # fmt: skip


def told_decisions(dossier: Dossier, table: Table) -> list[c.Told]:
    """Every decision as a person reads it, oldest first: about what, what was decided, whether it still counts."""
    known = memory.decisions(dossier)
    by_id = {d.id: d for d in known}
    undone: set[str] = set()
    for d in reversed(known):
        if d.kind == "undo" and d.id not in undone:
            undone.add(str(d.target.get("decision")))
    lost = {u.decision: u.reason for u in table.unplaced}
    return [c.Told(d, subject_of(d, by_id), outcome_of(d), d.id in undone, lost.get(d.id, "")) for d in known]


def search_page(dossier: Dossier, words: str, kind: str, party: str, act: str, at: int = 1) -> c.SearchPage:
    """Hits with the matched words cut out, so that a template can mark them."""
    chosen = Filter(party=(party,) if party else (), act=(act,) if act else ())
    at = min(max(1, at), LAST_PAGE)
    found = dossier.store.search(words, kind=kind, wanted=chosen, limit=HITS, offset=(at - 1) * HITS)
    hits = [(hit, cut(hit.text, hit.matches)) for hit in found.rows]
    pages = max(1, -(-found.total // HITS))
    return c.SearchPage(words, kind, party, act, hits, ACTS, found.total, found.more, at, pages)


def articles_page(dossier: Dossier, at: int, open_only: bool) -> c.ArticlesPage:
    """The documents with how far their review has come."""
    at, wanted = min(max(1, at), LAST_PAGE), Filter(reviewed=False if open_only else None)
    found = dossier.store.documents(wanted, limit=LISTED, offset=(at - 1) * LISTED)
    pages = max(1, -(-found.total // LISTED))
    copied: dict[str, list[Any]] = {row.id: [] for row in found.rows}
    for link in memory.recent_table(dossier).origins.links if copied else ():
        if link.sure and link.document in copied:
            copied[link.document].append(link)
    return c.ArticlesPage(found.rows, copied, open_only, found.total, found.more, at, pages)


def cut(text: str, matches: Iterable[Sequence[int]]) -> list[tuple[str, bool]]:
    """`text` as runs, each with whether it was searched for."""
    runs, at = [], 0
    for start, end in sorted((int(a), int(b)) for a, b in matches):
        if start >= at:
            runs += [(text[at:start], False), (text[start:end], True)]
            at = end
    runs.append((text[at:], False))
    return [run for run in runs if run[0]]


def article_link(document: str, statement: str | None = None, words: Sequence[Span] = ()) -> str:
    """The address of a statement in its article, or of words of the article's own."""
    address = f"/article/{quote(document, safe='')}"
    if statement:
        return f"{address}?at={quote(statement)}#{quote(statement)}"
    return f"{address}?at={words[0][0]}-{words[-1][1]}#here" if words else address


def link_to(evidence: Evidence) -> str:
    """The address of the words that a piece of evidence points at."""
    return article_link(evidence.document, evidence.statement, evidence.spans)


def cell_link(party: str, issue: str, on: str | None) -> str:
    """The address of a cell's page."""
    return f"/cell?party={_quoted(party)}&issue={_quoted(issue)}" + (f"&on={_quoted(on)}" if on else "")


@lru_cache(maxsize=8192)
def _quoted(name: str) -> str:
    return quote_plus(name)

"""What the desk remembers between two looks at the same dossier, so that a page costs what it shows, not what there is.

In: a Dossier, a Table. Out: its decisions, those that stand on a document, and what the head of the table page tells.
Decisions are only ever added, and a Table never changes: nothing remembered here can lag behind.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import perf_counter, sleep
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from dragoman.analysis.behind import days_of
from dragoman.dossier import Dossier
from dragoman.reading import Decision
from dragoman.table import Table
from dragoman.table.changes import changes
from dragoman.table.decisions import in_force

T = TypeVar("T")

AT_ONCE = 0.25  # seconds: a table that is built faster than this is always built before the page is shown
LONGEST_WAIT = 20.0  # seconds that lists of names may lag behind, at most
SINCE = 16  # answers to "what changed since" that are kept for one table
ANSWERS = 64  # other answers that are kept until the dossier changes


@dataclass
class _Decided:
    """The decisions of one dossier as far as they were read."""

    all: list[Decision] = field(default_factory=list)
    sorted_out: int = -1
    standing: dict[str, list[Decision]] = field(default_factory=dict)
    names: set[tuple[str, str]] = field(default_factory=set)
    merges: set[tuple[str, str, str]] = field(default_factory=set)
    apart: set[tuple[str, str]] = field(default_factory=set)
    lock: Any = field(default_factory=Lock)


@dataclass
class Head:
    """What the head of the table page tells about one table; parties and issues weigh what was said about them."""

    days: tuple[str, ...]
    parties: Counter[str]
    issues: Counter[str]
    origins: str
    documents: int
    changes: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    rendered: dict[Any, str] = field(default_factory=dict)


@dataclass
class _Recent:
    """The last table that was built for a page of review, and how long that took."""

    table: Table | None = None
    at: int = -1
    seconds: float = 0.0
    building: bool = False


@dataclass
class _Answers:
    """What was answered at one change number of a dossier."""

    at: int
    kept: dict[Hashable, Any] = field(default_factory=dict)


_answers: WeakKeyDictionary[Dossier, _Answers] = WeakKeyDictionary()
_recent: WeakKeyDictionary[Dossier, _Recent] = WeakKeyDictionary()
_decided: WeakKeyDictionary[Dossier, _Decided] = WeakKeyDictionary()
_heads: WeakKeyDictionary[Table, Head] = WeakKeyDictionary()


def _current(dossier: Dossier) -> _Decided:
    found = _decided.setdefault(dossier, _Decided())
    with found.lock:
        found.all = dossier.decisions()
        if found.sorted_out != len(found.all):
            by_document: defaultdict[str, list[Decision]] = defaultdict(list)
            found.names, found.merges, found.apart = set(), set(), set()
            for d in in_force(found.all):
                if (document := d.target.get("document")) is not None:
                    by_document[str(document)].append(d)
                elif d.kind.startswith(("party.", "issue.")):
                    kind = d.kind.partition(".")[0]
                    found.names |= {(kind, str(n)) for n in (d.target.get("name"), *d.value.values())}
                    if d.kind in ("party.split", "issue.seed"):
                        found.apart.add((kind, str(d.target.get("name"))))
                    if d.kind.endswith(".merge"):
                        found.merges.add((d.kind, str(d.target.get("name")), str(d.value.get("into"))))
            found.standing, found.sorted_out = dict(by_document), len(found.all)
    return found


def until_changed(dossier: Dossier, question: Hashable, answer: Callable[[], T]) -> T:
    """What `answer` gives, asked once until a document or a decision is added to the dossier."""
    number = dossier.store.change_number()  # before asking: an answer may be newer than its number, never older
    found = _answers.get(dossier)
    if found is None or found.at != number or len(found.kept) >= ANSWERS:
        found = _answers[dossier] = _Answers(number)
    if question not in found.kept:
        found.kept[question] = answer()
    kept: T = found.kept[question]
    return kept


def decisions(dossier: Dossier) -> list[Decision]:
    """Every decision, oldest first, those undone included; not to be changed."""
    return _current(dossier).all


def standing_on(dossier: Dossier, document: str) -> list[Decision]:
    """The decisions that stand about a document."""
    return _current(dossier).standing.get(document, [])


def named(dossier: Dossier) -> set[tuple[str, str]]:
    """("party" or "issue", name) of everything that somebody named, merged or renamed, and that stands."""
    return _current(dossier).names


def merged(dossier: Dossier) -> set[tuple[str, str, str]]:
    """(kind, name, into) of every merge that somebody decided and that stands."""
    return _current(dossier).merges


def kept_apart(dossier: Dossier) -> set[tuple[str, str]]:
    """("party" or "issue", name) of everything that somebody keeps apart from every other, and that stands."""
    return _current(dossier).apart


def recent_table(dossier: Dossier) -> Table:
    """The table for lists of names to choose from: the current one, or the one before while a large one is built anew.

    Whoever accepts one statement after another must not wait for the table of a hundred thousand each time.
    """
    found = _recent.setdefault(dossier, _Recent())
    if found.table is None or (found.seconds < AT_ONCE and found.at != dossier.store.change_number()):
        _build(dossier, found)
    elif found.at != dossier.store.change_number() and not found.building:
        found.building = True
        Thread(target=_build_later, args=(dossier, found), name="dragoman-table", daemon=True).start()
    assert found.table is not None
    return found.table


def get_ready(dossier: Dossier) -> None:
    """Build the first table while the person still opens the browser; of a large dossier it takes seconds."""
    found = _recent.setdefault(dossier, _Recent(building=True))
    Thread(target=_build_later, args=(dossier, found), name="dragoman-table", daemon=True).start()


def _build(dossier: Dossier, found: _Recent) -> None:
    start, at = perf_counter(), dossier.store.change_number()
    table = dossier.table()
    found.table, found.at, found.seconds = table, at, perf_counter() - start


def _build_later(dossier: Dossier, found: _Recent) -> None:
    """Build when the flurry of decisions is likely over, so that the next one is not slowed by this."""
    try:
        sleep(min(LONGEST_WAIT, 4 * found.seconds))
        _build(dossier, found)
    except Exception:
        pass  # nobody waits for this table; the page that needs one builds it, and says what is wrong
    finally:
        found.building = False


def head(table: Table) -> Head:
    """The head of a table: its days, how many cells each party and issue has, its origins."""
    found = _heads.get(table)
    if found is None:
        count = table.origins.of(table.documents)
        origins = str(count.low) if count.low == count.high else f"{count.low}–{count.high}"
        documents = table.documents
        parties, issues = Counter[str](), Counter[str]()
        for cell in table.cells:
            parties[cell.party] += cell.statements
            issues[cell.issue] += cell.statements
        found = Head(days_of(table), parties, issues, origins, len(documents))
        _heads[table] = found
    return found


def moved(table: Table, since: str) -> dict[tuple[str, str], str]:
    """How each cell moved since a day."""
    kept = head(table).changes
    if since not in kept:
        if len(kept) >= SINCE:
            kept.clear()
        moves = (x for x in changes(table, since) if x.kind == "position")
        kept[since] = {(x.party or "", x.issue or ""): x.change for x in moves}
    return kept[since]

"""What each page shows: one frozen context a page, documented by its attributes. Templates see nothing else.

In: a Dossier's table, readings and decisions. Out: values that a template prints.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dragoman.exports.marked import Piece
from dragoman.reading import Decision, Document, Statement
from dragoman.sentences import Run
from dragoman.table.values import (
    Agreement,
    Cell,
    Condition,
    Deadline,
    Disagreement,
    Dispute,
    Figure,
    Issue,
    Meeting,
    Party,
    Proposal,
    Step,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence behind something with the words it is shown for marked, who said it, and where to read it."""

    link: str
    passage: Sequence[Run]
    chain: tuple[str, ...]
    published: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of coverage: a stop of the slider."""

    day: str
    shown: str


@dataclass(frozen=True, slots=True)
class TablePage:
    """`/`: parties × issues on a day; `changed` holds the cells that moved since `since`."""

    on: str | None
    since: str | None
    days: Sequence[Day]
    parties: Sequence[str]
    issues: Sequence[str]
    cells: Mapping[tuple[str, str], Cell]
    changed: Mapping[tuple[str, str], str]
    all_parties: Sequence[str]
    all_issues: Sequence[str]
    chosen_party: str
    chosen_issue: str
    documents: int
    origins: str
    visited: bool = False  # whether `since` is this person's last visit
    at: int = 1
    pages: int = 1
    left_out: int = 0  # parties that this page has no room for
    rendered: dict[Any, str] = field(default_factory=dict, compare=False)  # parts of pages of this table, kept

    @property
    def choice(self) -> tuple[object, ...]:
        """What tells this page from others of the same table."""
        return (self.since, self.chosen_party, self.chosen_issue, self.at)

    @property
    def stops(self) -> list[dict[str, str]]:
        """The slider's days as its script reads them."""
        return [{"day": d.day, "shown": d.shown} for d in self.days]


@dataclass(frozen=True, slots=True)
class CellPage:
    """`/cell`: one cell, its history, its voices, the sentences behind it, and every statement that it counts, each
    with those that say the same in copies of its report."""

    cell: Cell
    history: Sequence[tuple[Step, Sequence[Quote]]]
    quotes: Sequence[Quote]
    on: str | None
    statements: Sequence[Sequence[Quote]] = ()
    at: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A statement as the article page shows it: as read, as corrected, and what was decided about it."""

    statement: Statement
    state: str  # open | accepted | rejected | edited | added
    by: str = ""
    at: str = ""
    content: str = ""
    source: str = ""
    cue: str = ""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """`/article/…`: the text in pieces, the statements beside it, the next article with something to review; `sought`
    are the words that somebody was led to."""

    document: Document
    pieces: Sequence[Piece]
    statements: Sequence[Reviewed]
    parties: Sequence[str]
    issues: Sequence[str]
    acts: Sequence[str]
    next_document: str | None
    seen: int
    unplaced: Sequence[Any] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    sought: Sequence[int] = (0, 0)  # from here to there in the text
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # speaker, party, issue: as the table has it
    at: int = 1  # the part of a long article
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the queue: why it is there, and what can be decided about it."""

    key: str
    kind: str
    why: str
    text: str
    link: str
    actions: Sequence[tuple[str, str]]
    score: float


@dataclass(frozen=True, slots=True)
class QueuePage:
    """`/queue`: what to look at first, and how far review has come."""

    items: Sequence[Item]
    kinds: Mapping[str, int]
    chosen: str
    reviewed: int
    statements: int
    total: int = 0  # how much waits of what is shown


@dataclass(frozen=True, slots=True)
class ConditionsPage:
    """`/conditions`: who withholds what, who waits for whom, and what would break a ring."""

    conditions: Sequence[tuple[Condition, Sequence[Quote]]]
    deadlocks: Sequence[Any]
    picture: str
    statuses: Sequence[str] = ()  # what can become of a requirement
    on: str = ""
    at: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """`/calendar`: deadlines and meetings with their moves, and their picture for a screen and for a phone."""

    deadlines: Sequence[tuple[Deadline, Sequence[Quote]]]
    meetings: Sequence[tuple[Meeting, Sequence[Quote]]]
    agreements: Sequence[tuple[Agreement, Sequence[Quote]]]
    picture: str
    narrow: str
    on: str = ""
    at: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """`/figures`: estimates by source over time, and where they conflict."""

    figures: Sequence[tuple[Figure, Sequence[Quote]]]
    disputes: Sequence[Dispute]
    subjects: Sequence[str]
    about: str
    picture: str
    on: str = ""
    at: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """`/sources`: which report goes back to which, and how many origins there are."""

    links: Sequence[Any]
    citations: Sequence[Any]
    circular: Sequence[Sequence[str]]
    documents: int
    origins: str
    picture: str


@dataclass(frozen=True, slots=True)
class DisagreementsPage:
    """`/disagreements`: where sources differ."""

    disagreements: Sequence[tuple[Disagreement, Sequence[Quote]]]
    on: str = ""
    at: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`/search`: statements or articles that hold the words, with the matches cut out; `more` than `total` were not
    counted."""

    words: str
    kind: str
    party: str
    act: str
    hits: Sequence[tuple[Any, Sequence[tuple[str, bool]]]]
    acts: Sequence[str]
    total: int = 0
    more: bool = False
    at: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    """`/articles`: the documents, newest first, and what a copy goes back to; `more` than `total` were not counted."""

    rows: Sequence[Any]
    copied: Mapping[str, Sequence[Any]]
    open_only: bool
    total: int
    more: bool
    at: int
    pages: int


@dataclass(frozen=True, slots=True)
class BriefPage:
    """`/brief`: the brief as HTML, and the choices that made it."""

    article: str
    on: str
    since: str
    party: str
    parties: Sequence[str]


@dataclass(frozen=True, slots=True)
class AddPage:
    """`/add`: drop files or paste text; `job` is the reading under way or done."""

    job: Any | None
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as the settings list it; `lost` says why it finds nothing to decide about."""

    decision: Decision
    about: str
    what: str
    undone: bool
    lost: str


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """`/settings`: parties, issues, outlets, merges in question, the last decisions."""

    parties: Sequence[Party]
    issues: Sequence[Issue]
    proposals: Sequence[Proposal]
    decisions: Sequence[Told]
    people: Sequence[Any]
    outlets: Sequence[Any] = ()
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stable:
    """For whom a state is stable by one concept, and whether it holds for everybody."""

    names: Sequence[str]
    holds: bool


@dataclass(frozen=True, slots=True)
class StateRow:
    """One state of a model: its number, its options as Y and N, its label, and its stability by each concept."""

    state: int
    letters: str
    label: str
    stable: Sequence[Stable]


@dataclass(frozen=True, slots=True)
class OutlookPage:
    """`/outlook`: a model, drafted or typed, and what its analysis found (nothing before it was asked for)."""

    model: str
    issues: Sequence[str] = ()
    chosen: Sequence[str] = ()
    on: str = ""
    title: str = ""
    sentences: Sequence[str] = ()
    concepts: Sequence[tuple[str, str]] = ()
    rows: Sequence[StateRow] = ()
    equilibria: Sequence[tuple[str, Sequence[int], int]] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
    states: int = 0
    method: str = ""
    notes: Sequence[str] = ()
    to_come: int = 0  # states that a draft has at most, before it is analysed


@dataclass(frozen=True, slots=True)
class NetworksPage:
    """`/networks`: a network of the table between two days, drawn and listed, and what else could be chosen."""

    kind: str
    aggregation: str
    normalization: str
    weight: str
    since: str
    on: str
    days: Sequence[Day]
    aggregations: Mapping[str, Sequence[str]]
    normalizations: Mapping[str, Sequence[str]]
    weights: Sequence[str]
    picture: str
    edges: Sequence[tuple[str, str, float]]
    ties: int
    statements: int
    groups: Sequence[Sequence[str]]
    query: str

    @property
    def stops(self) -> list[dict[str, str]]:
        """The slider's days as its script reads them."""
        return [{"day": d.day, "shown": d.shown} for d in self.days]

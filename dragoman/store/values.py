"""The words of the store: what it answers, as small frozen values. Imports no database library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from dragoman.reading import Decision, Span

Row = TypeVar("Row")

NEW, UNCHANGED, CHANGED, REREAD = "new", "unchanged", "changed", "reread"
ROLES = ("reader", "analyst", "owner")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a reading that was handed in: status is new | unchanged | changed | reread."""

    document: str
    status: str
    version: int
    statements: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which statements or articles are wanted; what is left empty does not narrow.

    Names compare as `fold_name` makes them alike; any of several names will do. Days are ISO, `since` included,
    `until` not.
    """

    party: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    language: str | None = None
    since: str | None = None
    until: str | None = None
    document: str | None = None
    reviewed: bool | None = None
    confidence_below: float | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a longer list; `total` stops counting at the store's limit, and `more` then says so."""

    rows: tuple[Row, ...]
    total: int
    more: bool = False

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document without its text, for lists."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    author: str | None
    published: str | None
    language: str | None
    words: int
    statements: int
    reviewed: int
    version: int
    reader: str | None
    added_at: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement without its spans, for lists; `start` and `end` are where its content stands in the article."""

    document: str
    statement: str
    content: str
    start: int | None
    end: int | None
    speaker: str | None
    party: str | None
    anonymous: bool
    act: str
    form: str
    negated: bool
    issues: tuple[str, ...]
    said_on: str | None
    published: str | None
    outlet: str | None
    title: str | None
    confidence: float | None
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that a search found: `matches` are spans into `text`, which starts at `start` of the article."""

    kind: str  # statement | article
    document: str
    statement: str | None
    title: str | None
    outlet: str | None
    published: str | None
    speaker: str | None
    party: str | None
    text: str
    start: int | None
    matches: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One reading in a document's history: which text (`version`), read how often (`revision`), by which reader."""

    document: str
    version: int
    revision: int
    reader: str | None
    content_hash: str
    made_at: str
    current: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after a point of the change log; ask next time with `last`."""

    last: int
    documents: tuple[str, ...] = ()  # each once, in the order of their last change
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a dossier holds."""

    documents: int
    statements: int
    reviewed: int
    decisions: int
    readings: int
    failures: int
    feeds: int
    readers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes that a document was made from, as they came."""

    document: str
    version: int
    content: bytes
    sha256: str
    fetched_from: str | None
    kept_at: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An address or file that could not be read: why, since when, and how often it was tried."""

    address: str
    reason: str
    first_at: str
    last_at: str
    attempts: int
    known: Mapping[str, str] = field(default_factory=dict)  # what a feed or a person said of it: published, title, ...


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is followed, and what its server said last time."""

    url: str
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    last_poll: str | None = None
    next_poll: str | None = None
    failures: int = 0
    note: str | None = None
    added_at: str = ""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may enter the desk; `password` is the hash, never the password."""

    name: str
    role: str
    password: str
    added_at: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """A visit to the desk, known by the hash of its token."""

    token: str
    user: User
    made_at: str
    expires_at: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be in a dossier, and whether `mend` can put it right without loss."""

    kind: str
    where: str
    what: str
    mendable: bool = False


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy carried over: rows by table, and the digest that both sides agree on."""

    rows: Mapping[str, int]
    digest: str


@dataclass(frozen=True, slots=True)
class State:
    """Which migrations a dossier has seen and which are pending."""

    made_by: str | None  # the last migration that ran; None for a dossier yet to be made
    pending: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """A name and how many statements or documents carry it."""

    name: str
    count: int
    extra: Mapping[str, Any] = field(default_factory=dict)

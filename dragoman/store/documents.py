"""Keeping readings and giving them back: one transaction for each document, old versions and readings kept.

In: readings. Out: what became of each, once it is kept; and later the readings, whole as they came.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, update

from dragoman.errors import DossierError, DragomanError
from dragoman.reading import Document, Reading
from dragoman.store.database import Database, next_number
from dragoman.store.decisions import Reviewed, reviewed_in
from dragoman.store.intake import Origin, note_origins, pack
from dragoman.store.rows import Rows, kept, now, rows_of
from dragoman.store.schema import article_words, changes, documents, readings, statement_issues, statements
from dragoman.store.values import CHANGED, NEW, REREAD, UNCHANGED, Added, Version
from dragoman.store.word_index import ARTICLES, SHELVES, STATEMENTS, index_rows, unindex

_AT_ONCE = 200  # documents fetched at a time, so that no long read keeps SQLite's log from being folded in


@dataclass(frozen=True, slots=True)
class Incoming:
    """A reading on its way in, with the bytes and the address it came from."""

    reading: Reading
    raw: bytes | None = None
    fetched_from: str | None = None


def needs_reading(database: Database, document: Document, reader: str | None) -> bool:
    """Whether the dossier lacks this very document as read by `reader`."""
    wanted = select(documents.c.content_hash, documents.c.reader).where(documents.c.id == kept(document.id))
    with database.reading() as connection:
        found = connection.execute(wanted).one_or_none()
    return found is None or found != (document.content_hash, kept(reader))


def add_reading(database: Database, incoming: Incoming, *, again: bool = False) -> Added:
    """Keep one reading, in one transaction."""
    return _keep(database, [incoming], again=again)[0]


def add_readings(
    database: Database, incoming: Iterable[Incoming], *, batch: int = 200, again: bool = False
) -> Iterator[Added]:
    """Keep many readings, `batch` in a transaction; each is reported only once it is kept."""
    remaining = iter(incoming)
    while some := list(islice(remaining, batch)):
        yield from _keep(database, some, again=again)


def _keep(database: Database, incoming: Sequence[Incoming], *, again: bool) -> list[Added]:
    # Everything that needs no database is done before the one writer's place is taken.
    prepared = [rows_of(one.reading) for one in incoming]
    packed = [pack(one.raw) if one.raw is not None else None for one in incoming]

    def work(connection: Connection) -> list[Added]:
        writer = _Writer(database, connection, again)
        writer.look_up([rows.document["id"] for rows in prepared])
        added = [writer.take(rows) for rows in prepared]
        writer.flush()
        came = [
            Origin(writer.numbers[result.document], result.version, bytes_, one.fetched_from)
            for one, bytes_, result in zip(incoming, packed, added, strict=True)
            if bytes_ is not None or one.fetched_from is not None
        ]
        if came:
            note_origins(database, connection, came)
        return added

    return database.write(work)


class _Writer:
    """Gathers the rows of several readings within one transaction, and writes each table once."""

    def __init__(self, database: Database, connection: Connection, again: bool) -> None:
        self.database, self.connection, self.again = database, connection, again
        self.at = now()
        self.numbers: dict[str, int] = {}
        self._heads: dict[str, Any] = {}
        self._next: dict[str, int] = {}
        self._rows: dict[Table, list[dict[str, Any]]] = {}

    def look_up(self, identities: list[str]) -> None:
        """Learn what is there already of these documents."""
        c = documents.c
        for start in range(0, len(identities), _AT_ONCE):
            some = identities[start : start + _AT_ONCE]
            query = select(c.id, c.number, c.version, c.content_hash, c.reader).where(c.id.in_(some))
            self._heads.update((row.id, row) for row in self.connection.execute(query))

    def take(self, rows: Rows) -> Added:
        """Decide what becomes of one reading."""
        identity = rows.document["id"]
        if identity in self.numbers:
            self.flush()  # the same document twice in one batch: the second must see the first
            self.look_up([identity])
        head = self._heads.get(identity)
        if head is None:
            self._new(rows)
            return Added(identity, NEW, 1, len(rows.statements))
        self.numbers[identity] = head.number
        same_text = head.content_hash == rows.document["content_hash"]
        if same_text and head.reader == rows.document["reader"] and not self.again:
            return Added(identity, UNCHANGED, head.version, len(rows.statements))
        version = head.version if same_text else head.version + 1
        self._replace(rows, head.number, version)
        return Added(identity, REREAD if same_text else CHANGED, version, len(rows.statements))

    def _new(self, rows: Rows) -> None:
        number = self._number(documents)
        self.numbers[rows.document["id"]] = number
        self._put(
            documents, {**rows.document, "number": number, "version": 1, "added_at": self.at, "changed_at": self.at}
        )
        self._put(article_words, {"document": number, **rows.article})
        self._reading(rows, number, version=1, revision=1)
        self._statements(rows, number, Reviewed())  # nobody decides about a document that is not there
        self._change("document.new", number)

    def _replace(self, rows: Rows, number: int, version: int) -> None:
        run = self.connection.execute
        run(update(readings).where(readings.c.document == number, readings.c.current).values(current=False))
        last = select(func.max(readings.c.revision)).where(readings.c.document == number, readings.c.version == version)
        revision = (run(last).scalar_one() or 0) + 1
        run(update(documents).where(documents.c.number == number).values(changed_at=self.at))
        self.beside(rows, number, version)
        self._reading(rows, number, version=version, revision=revision)
        self._change("document.changed" if revision == 1 else "document.reread", number)

    def beside(self, rows: Rows, number: int, version: int) -> None:
        """Write anew what stands beside a document's reading for lists and searches."""
        database, connection = self.database, self.connection
        where = documents.c.number == number
        connection.execute(update(documents).where(where).values({**rows.document, "version": version}))
        unindex(database, connection, ARTICLES, number)
        connection.execute(delete(article_words).where(article_words.c.document == number))
        self._put(article_words, {"document": number, **rows.article})
        _forget_statements(database, connection, number)
        self._statements(rows, number, reviewed_in(connection, rows.document["id"]))

    def _reading(self, rows: Rows, number: int, *, version: int, revision: int) -> None:
        self._put(
            readings,
            {
                "number": self._number(readings),
                "document": number,
                "version": version,
                "revision": revision,
                "current": True,
                "made_at": self.at,
                **rows.reading,
            },
        )

    def _statements(self, rows: Rows, number: int, reviewed: Reviewed) -> None:
        for row, issues in zip(rows.statements, rows.issues, strict=True):
            own = self._number(statements)
            seen = reviewed.covers(row["id"], row["folded"])
            self._put(statements, {**row, "number": own, "document": number, "reviewed": seen})
            for place, (issue, key) in enumerate(issues):
                self._put(statement_issues, {"statement": own, "place": place, "issue": issue, "issue_key": key})

    def _change(self, what: str, number: int) -> None:
        row = {"number": self._number(changes), "what": what, "document": number, "decision": None, "at": self.at}
        self._put(changes, row)

    def _number(self, table: Table) -> int:
        """The next number of a table; there is one writer at a time, so nobody else takes it."""
        if table.name not in self._next:
            self._next[table.name] = next_number(self.connection, table)
        number = self._next[table.name]
        self._next[table.name] += 1
        return number

    def _put(self, table: Table, row: dict[str, Any]) -> None:
        self._rows.setdefault(table, []).append(row)

    def flush(self) -> None:
        """Write what was gathered, parents before children."""
        for table in (documents, article_words, readings, statements, statement_issues, changes):
            rows = self._rows.pop(table, [])
            self.database.insert(self.connection, table, rows)
            for shelf in SHELVES:
                if shelf.table == table.name:
                    index_rows(self.database, self.connection, shelf, rows)


def _forget_statements(database: Database, connection: Connection, number: int) -> None:
    unindex(database, connection, STATEMENTS, number)
    own = select(statements.c.number).where(statements.c.document == number)
    connection.execute(delete(statement_issues).where(statement_issues.c.statement.in_(own)))
    connection.execute(delete(statements).where(statements.c.document == number))


def refresh(database: Database, connection: Connection, number: int, rows: Rows, *, version: int) -> None:
    """Write anew what stands beside a document's current reading; the reading itself is not touched."""
    writer = _Writer(database, connection, again=True)
    writer.beside(rows, number, version)
    writer.flush()


# -------------------------------------------------------------------------------------------------- giving back


def parse(body: str, document: str) -> Reading:
    """A kept reading; DossierError when what is kept is no reading any more."""
    try:
        return Reading.from_json(json.loads(body), where=document)
    except (ValueError, RecursionError, DragomanError) as problem:
        raise DossierError(
            f"a kept reading is damaged ({problem})", where=document, todo="Run `dragoman doctor`"
        ) from None


def reading_of(database: Database, document: str, *, version: int | None = None) -> Reading | None:
    """The latest reading of a document, or of one of its earlier versions; None when it is not there."""
    c = readings.c
    wanted = (
        select(c.body)
        .join(documents, documents.c.number == c.document)
        .where(documents.c.id == kept(document))
        .order_by(c.version.desc(), c.revision.desc())
        .limit(1)
    )
    wanted = wanted.where(c.current) if version is None else wanted.where(c.version == version)
    with database.reading() as connection:
        body = connection.execute(wanted).scalar_one_or_none()
    return None if body is None else parse(body, document)


def readings_of(database: Database, identities: Sequence[str]) -> dict[str, Reading]:
    """The current readings of these documents, by id; what is not there is left out."""
    found: dict[str, Reading] = {}
    for start in range(0, len(identities), _AT_ONCE):
        wanted = (
            select(documents.c.id, readings.c.body)
            .join(readings, documents.c.number == readings.c.document)
            .where(readings.c.current, documents.c.id.in_([kept(i) for i in identities[start : start + _AT_ONCE]]))
        )
        with database.reading() as connection:
            rows = connection.execute(wanted).all()
        found.update((identity, parse(body, identity)) for identity, body in rows)
    return found


def all_readings(database: Database, *, current: bool = True) -> Iterator[Reading]:
    """All readings in the order they came; without `current` earlier versions and readings too."""
    c = readings.c
    order = (c.document, c.version, c.revision)
    last: tuple[int, ...] | None = None
    while True:
        wanted = select(*order, documents.c.id, c.body).join(documents, documents.c.number == c.document)
        wanted = wanted.order_by(*order).limit(_AT_ONCE)
        if current:
            wanted = wanted.where(c.current)
            if last is not None:
                wanted = wanted.where(c.document > last[0])
        elif last is not None:
            wanted = wanted.where(_after(order, last))
        with database.reading() as connection:
            rows = connection.execute(wanted).all()
        for row in rows:
            yield parse(row.body, row.id)
        if len(rows) < _AT_ONCE:
            return
        last = (rows[-1].document, rows[-1].version, rows[-1].revision)


def _after(order: Sequence[Any], last: Sequence[int]) -> Any:
    from sqlalchemy import tuple_

    return tuple_(*order) > tuple_(*last)


def history_of(database: Database, document: str) -> list[Version]:
    """Every version and reading of a document, oldest first."""
    c = readings.c
    wanted = (
        select(documents.c.id, c.version, c.revision, c.reader, c.content_hash, c.made_at, c.current)
        .join(documents, documents.c.number == c.document)
        .where(documents.c.id == kept(document))
        .order_by(c.version, c.revision)
    )
    with database.reading() as connection:
        return [Version(*row) for row in connection.execute(wanted)]

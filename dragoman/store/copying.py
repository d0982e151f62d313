"""A dossier carried over whole: a backup of one moment, or a copy to another database, checked row by row.

In: a dossier that others may be writing to. Out: another one that holds the same, or none at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, select

from dragoman.errors import DossierError
from dragoman.store.complaints import explained, plain
from dragoman.store.database import Database, Place
from dragoman.store.schema import tables
from dragoman.store.upgrade import upgrade
from dragoman.store.values import Copied
from dragoman.store.word_index import SHELVES, index_rows

_AT_ONCE = 2000  # rows in hand at a time


def back_up(database: Database, path: Path) -> Path:
    """An SQLite file that holds the dossier as it is now; it stands under its name only once it is whole."""
    place = Place.of(path)
    if path.exists():
        raise DossierError("something is there already", where=str(path), todo="Name a new file for the backup")
    if not path.parent.is_dir():
        raise DossierError("the folder is not there", where=str(path.parent), todo="Make it first")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    _remove(unfinished)
    try:
        with plain(place):
            if database.sqlite:
                _back_up_sqlite(database, unfinished, place)
            else:
                _back_up_postgresql(database, unfinished)
            _settle(unfinished)
        os.replace(unfinished, path)
    finally:
        _remove(unfinished)
    return path


def _back_up_sqlite(database: Database, path: Path, place: Place) -> None:
    with database.reading() as connection:
        driver: Any = connection.connection.driver_connection
        driver.rollback()  # the copy begins its own reading; this connection's would be refused beside it
        try:
            with closing(sqlite3.connect(path)) as target:
                driver.backup(target)
        except sqlite3.DatabaseError as problem:
            if (getattr(problem, "sqlite_errorcode", 0) or 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise  # the dossier's own; everything else is the new file's
            raise explained(problem, place) from problem


def _back_up_postgresql(database: Database, path: Path) -> None:
    target = Database(Place.of(path), pool=False)
    try:
        upgrade(target)
        carry_over(database, target)
    finally:
        target.close()


def _settle(path: Path) -> None:
    """Make the copy one file that needs no log beside it, and see it on the disk."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), Path(f"{path}-journal")):
        name.unlink(missing_ok=True)


def carry_over(origin: Database, target: Database) -> Copied:
    """Everything in `origin` into the empty `target`, in one transaction that ends only when both hold the same.

    Asked again after it succeeded, it finds that both agree and changes nothing.
    """

    def work(there: Connection) -> Copied:
        with origin.reading() as here:
            if not _is_empty(there):
                copied = _digest(here)
                if copied != _digest(there):
                    raise DossierError(
                        "the target already holds another dossier",
                        where=str(target.place),
                        todo="Name an empty one",
                    )
                return copied
            sums = _Sums()
            for table in tables.sorted_tables:
                for rows in _in_order(here, table):
                    sums.take(table, rows)
                    values = [dict(row._mapping) for row in rows]
                    target.insert(there, table, values)
                    for shelf in SHELVES:
                        if shelf.table == table.name:
                            index_rows(target, there, shelf, values)
            copied = sums.result()
            if _digest(there) != copied:
                raise DossierError("what arrived is not what was sent, so nothing was kept", where=str(target.place))
            return copied

    return target.write(work)


def digest(database: Database) -> Copied:
    """What a dossier holds, as rows by table and one digest; two dossiers with one digest hold the same."""
    with database.reading() as connection:
        return _digest(connection)


def _digest(connection: Connection) -> Copied:
    sums = _Sums()
    for table in tables.sorted_tables:
        for rows in _in_order(connection, table):
            sums.take(table, rows)
    return sums.result()


def _is_empty(connection: Connection) -> bool:
    return all(
        connection.execute(select(func.count()).select_from(table)).scalar_one() == 0 for table in tables.sorted_tables
    )


def _in_order(connection: Connection, table: Table) -> Iterator[list[Any]]:
    """All rows of a table by its key, some at a time."""
    keys = list(table.primary_key.columns)
    query = select(table).order_by(*keys)
    result = connection.execute(query, execution_options={"stream_results": True, "max_row_buffer": _AT_ONCE})
    for rows in result.partitions(_AT_ONCE):
        yield list(rows)


class _Sums:
    """Counts rows and digests them, table by table."""

    def __init__(self) -> None:
        self._counts = {table.name: 0 for table in tables.sorted_tables}
        self._hash = hashlib.sha256()

    def take(self, table: Table, rows: list[Any]) -> None:
        self._counts[table.name] += len(rows)
        for row in rows:
            plain_row = [_plain(value) for value in row]
            self._hash.update(json.dumps([table.name, *plain_row], separators=(",", ":")).encode())

    def result(self) -> Copied:
        return Copied(dict(self._counts), self._hash.hexdigest())


def _plain(value: Any) -> Any:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes | memoryview) else value

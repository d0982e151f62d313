"""A dossier's database: where it is, how it is opened, and who may write when.

In: an address. Out: connections that read one consistent state, and a `write` that runs one piece of work at a time,
whole or not at all, on SQLite and PostgreSQL alike. Every complaint of a database leaves here in plain words.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import NullPool, QueuePool

from dragoman.errors import DossierError, MissingExtra
from dragoman.store.complaints import plain
from dragoman.store.schema import tables

T = TypeVar("T")

PATIENCE = 15.0  # seconds a writer waits for another one before it says that the dossier is busy
APPLICATION = 0x4472676D  # "Drgm": tells a dossier from any other SQLite file
_LOST_TRIES = 6  # a server that restarts is back within seconds; the pauses between tries double from 0.2 s


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dossier is: a file, or a PostgreSQL database."""

    url: URL
    path: Path | None  # None for a server

    @classmethod
    def of(cls, address: str | os.PathLike[str]) -> Place:
        """The place an address names; DossierError when it names none."""
        given = os.fspath(address)
        if given.startswith("postgres://"):
            given = "postgresql://" + given.removeprefix("postgres://")
        if "://" not in given:
            if not given or "\0" in given:
                raise DossierError("no dossier is named", expected="a file or postgresql://…")
            return cls(URL.create("sqlite", database=given), Path(given))
        try:
            url = make_url(given)
        except (ArgumentError, ValueError):
            raise DossierError("an address that cannot be read", expected="postgresql://user@host/database") from None
        if url.drivername.partition("+")[0] != "postgresql":
            raise DossierError(f"{url.drivername}:// is no kind of dossier", expected="a file or postgresql://…")
        return cls(url.set(drivername="postgresql+psycopg"), None)

    def __str__(self) -> str:
        if self.path is not None:
            return str(self.path)
        return self.url.set(drivername="postgresql").render_as_string(hide_password=True)


class Database:
    """One dossier's connections. Safe to share between threads."""

    def __init__(self, place: Place, *, writable: bool = True, pool: bool = True) -> None:
        self.place, self.writable = place, writable
        self._reached = False  # only a server that answered before is waited for when it goes away
        self.sqlite = place.path is not None
        self.engine = _sqlite_engine(place, writable, pool) if self.sqlite else _postgresql_engine(place, pool)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the dossier, however many write meanwhile."""
        with plain(self.place):
            for attempt in range(_LOST_TRIES):
                try:
                    connection = self.engine.connect()
                    break
                except DBAPIError as problem:
                    if not self._worth_another_try(problem, attempt):
                        raise
            self._reached = True
            with connection:
                if not self.sqlite:
                    connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` as the only writer, in one transaction; returns once it is kept.

        A lost server connection is tried again, and then it is unknown whether the first try was kept: `work` must
        come to the same when it runs twice.
        """
        if not self.writable:
            raise DossierError(
                "this dossier is read-only", where=str(self.place), todo="Copy it to a place you may write"
            )
        with plain(self.place):
            for attempt in range(_LOST_TRIES):
                try:
                    with self._writing() as connection:
                        return work(connection)
                except DBAPIError as problem:
                    if not self._worth_another_try(problem, attempt):
                        raise
            raise AssertionError("unreachable: the last try raises or returns")

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self.engine.connect().execution_options(writing=True) as connection, connection.begin():
            self._reached = True
            if not self.sqlite:
                alone(connection)
            yield connection

    def _worth_another_try(self, problem: DBAPIError, attempt: int) -> bool:
        """Wait a little and say yes where the server went away and may be back."""
        if self.sqlite or not self._reached or not _lost(problem) or attempt + 1 >= _LOST_TRIES:
            return False
        time.sleep(0.2 * 2**attempt)
        return True

    def insert(self, connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
        """Many rows at once, by the quickest way of the database; every row has the keys of the first."""
        if len(rows) < 8:
            if rows:
                connection.execute(table.insert(), rows)
            return
        names = list(rows[0])
        quoted = connection.dialect.identifier_preparer.quote
        columns = ", ".join(quoted(name) for name in names)
        driver: Any = connection.connection.driver_connection
        if self.sqlite:
            marks = ", ".join("?" * len(names))
            into = f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({marks})"
            driver.executemany(into, ([row[name] for name in names] for row in rows))
            return
        with driver.cursor() as cursor, cursor.copy(f"COPY {quoted(table.name)} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])

    def gather_statistics(self) -> None:
        """After very many rows: let PostgreSQL look at them, or it goes by no index until it does so by itself."""
        if not self.sqlite:
            names = ", ".join(f'"{table.name}"' for table in tables.sorted_tables)
            self.write(lambda connection: connection.execute(text(f"ANALYZE {names}")))

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def alone(connection: Connection) -> None:
    """Wait until no other writer of this PostgreSQL dossier is at work, and keep others out until the commit."""
    connection.execute(text(f"SELECT pg_advisory_xact_lock({APPLICATION}, hashtext(current_schema()))"))


def next_number(connection: Connection, table: Table) -> int:
    """The number that the next row of `table` gets, for the one writer."""
    return (connection.execute(select(func.max(table.c.number))).scalar_one() or 0) + 1


def _lost(problem: DBAPIError) -> bool:
    """Whether the server went away, rather than refused."""
    state = getattr(problem.orig, "sqlstate", None)
    # 57P01..03: the server is shutting down, crashed or still starting; without a state the line itself is dead.
    return (
        problem.connection_invalidated
        or state in ("57P01", "57P02", "57P03")
        or (state is None and isinstance(problem, OperationalError))
    )


def _sqlite_engine(place: Place, writable: bool, pool: bool) -> Engine:
    path = place.path
    assert path is not None
    if writable:
        url, wait = URL.create("sqlite", database=str(path)), {"timeout": PATIENCE}
    else:
        # A folder that cannot be written has no room for the shared-memory file that write-ahead logging needs; where
        # no log waits beside the dossier, nobody is writing, and SQLite may take the file as unchanging.
        frozen = not _may_write(path.parent) and not Path(f"{path}-wal").exists()
        query = {"uri": "true", "mode": "ro", **({"immutable": "1"} if frozen else {})}
        url, wait = (
            URL.create("sqlite", database=f"file:{quote(str(path.resolve()))}", query=query),
            {"timeout": PATIENCE},
        )
    kind: dict[str, Any] = (
        {"poolclass": QueuePool, "pool_size": 8, "max_overflow": 24} if pool else {"poolclass": NullPool}
    )
    engine = create_engine(url, connect_args=wait, **kind)

    @event.listens_for(engine, "connect")
    def settle(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # the driver would begin transactions where it likes; `begin` below does
        for pragma in ("foreign_keys = ON", "trusted_schema = OFF", "synchronous = FULL", "cache_size = -32768"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _may_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _postgresql_engine(place: Place, pool: bool) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise MissingExtra("psycopg", "postgres") from None
    kind: dict[str, Any] = (
        {"pool_size": 8, "max_overflow": 24, "pool_pre_ping": True} if pool else {"poolclass": NullPool}
    )
    engine = create_engine(place.url, connect_args={"connect_timeout": max(2, int(PATIENCE))}, **kind)

    @event.listens_for(engine, "connect")
    def settle(connection: Any, record: Any) -> None:
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = {int(PATIENCE * 1000)}")
        connection.execute("SET application_name = 'dragoman'")
        connection.autocommit = False

    return engine

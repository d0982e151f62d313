"""The search index beside the tables: on SQLite kept here, row by row; PostgreSQL keeps its own.

SQLite could keep it by triggers, but then a dossier's own schema would have to be trusted, and a dossier may come from
anybody. FTS5 holds no copy of the text, so what is taken out must be told word for word, before its row changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from dragoman.store.database import Database


@dataclass(frozen=True, slots=True)
class Shelf:
    """A table that can be searched: its FTS5 table, its number's name, and the columns searched."""

    index: str
    table: str
    number: str
    columns: tuple[str, ...]


STATEMENTS = Shelf("statement_index", "statements", "number", ("folded", "names"))
ARTICLES = Shelf("article_index", "article_words", "document", ("folded", "title"))
SHELVES = (STATEMENTS, ARTICLES)


def index_rows(database: Database, connection: Connection, shelf: Shelf, rows: Sequence[dict[str, Any]]) -> None:
    """Index rows that were just inserted."""
    if database.sqlite and rows:
        names = ", ".join(shelf.columns)
        marks = ", ".join("?" for _ in (shelf.number, *shelf.columns))
        chosen = [tuple(row[name] for name in (shelf.number, *shelf.columns)) for row in rows]
        connection.exec_driver_sql(f"INSERT INTO {shelf.index} (rowid, {names}) VALUES ({marks})", chosen)


def unindex(database: Database, connection: Connection, shelf: Shelf, document: int) -> None:
    """Take a document's rows out of the index, before they change or go."""
    if database.sqlite:
        names = ", ".join(shelf.columns)
        connection.execute(
            text(
                f"INSERT INTO {shelf.index} ({shelf.index}, rowid, {names}) "
                f"SELECT 'delete', {shelf.number}, {names} FROM {shelf.table} WHERE document = :document"
            ),
            {"document": document},
        )


def rebuild_index(database: Database, connection: Connection) -> None:
    """Make the index anew from the tables."""
    for shelf in SHELVES:
        if database.sqlite:
            connection.execute(text(f"INSERT INTO {shelf.index} ({shelf.index}) VALUES ('rebuild')"))
        else:
            connection.execute(text(f"REINDEX INDEX {shelf.table}_by_words"))


def index_agrees(database: Database, connection: Connection) -> bool:
    """Whether the index holds what the tables hold; asks for a writing connection, though it changes nothing."""
    from sqlalchemy.exc import DatabaseError

    if database.sqlite:
        for shelf in SHELVES:
            try:
                connection.execute(
                    text(f"INSERT INTO {shelf.index} ({shelf.index}, rank) VALUES ('integrity-check', 1)")
                )
            except DatabaseError:
                return False
    return True

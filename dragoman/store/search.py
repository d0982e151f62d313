"""Full-text search over statements and articles, alike on both databases.

In: what somebody typed, and a filter. Out: pages of hits, best or newest first, each with the found words' places in
the text as a person sees it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, column, func, literal_column, select, table, text

from dragoman.reading import Span
from dragoman.store.database import Database
from dragoman.store.lists import document_conditions, numbered, said, statement_conditions
from dragoman.store.schema import article_words, documents, readings, statements
from dragoman.store.searchable import OPEN, SHUT, for_postgresql, for_sqlite, phrases, places
from dragoman.store.values import Filter, Hit, Page

_BEFORE, _EXCERPT = 80, 320  # code points of an article shown before its first found word, and in all
_ENGLISH = "'pg_catalog.english'::regconfig"


def search(
    database: Database,
    typed: str,
    *,
    kind: str = "statements",
    wanted: Filter | None = None,
    newest_first: bool = False,
    limit: int = 20,
    offset: int = 0,
) -> Page[Hit]:
    """Statements or articles that hold all the words (and "phrases" and begun*) that were typed."""
    asked = phrases(typed)
    if not asked:
        return Page((), 0)
    shelf = _Statements if kind == "statements" else _Articles
    query, best = _matches(database, shelf, for_sqlite(asked) if database.sqlite else for_postgresql(asked))
    query = query.where(*shelf.conditions(wanted or Filter()))
    newest = (shelf.day.desc(), shelf.number.desc())
    with database.reading() as connection:
        order = newest if newest_first else (best, *newest)
        found = numbered(connection, query.order_by(*order), limit=limit, offset=offset)
        marked = _marked(database, connection, shelf, asked, found.rows)
        return Page(tuple(shelf.hits(connection, found.rows, marked)), found.total, found.more)


class _Statements:
    """Statements as something to search in."""

    index, table = "statement_index", statements
    number, day = statements.c.number, statements.c.day
    conditions = staticmethod(statement_conditions)

    @staticmethod
    def hits(connection: Connection, numbers: Sequence[int], marked: dict[int, str]) -> list[Hit]:
        return [
            Hit(
                kind="statement",
                document=s.document,
                statement=s.statement,
                title=s.title,
                outlet=s.outlet,
                published=s.published,
                speaker=s.speaker,
                party=s.party,
                text=s.content,
                start=s.start,
                matches=places(s.content, marked.get(number, "")),
            )
            for number, s in said(connection, numbers).items()
        ]


class _Articles:
    """Articles as something to search in."""

    index, table = "article_index", article_words
    number, day = article_words.c.document, documents.c.day
    conditions = staticmethod(document_conditions)

    @staticmethod
    def hits(connection: Connection, numbers: Sequence[int], marked: dict[int, str]) -> list[Hit]:
        d = documents.c
        query = (
            select(d.number, d.id, d.title, d.outlet, d.published, readings.c.body)
            .join(readings, readings.c.document == d.number)
            .where(readings.c.current, d.number.in_(numbers))
        )
        rows = {row.number: row for row in connection.execute(query)}
        return [_article_hit(rows[number], marked.get(number, "")) for number in numbers]


def _article_hit(row: Any, marked: str) -> Hit:
    whole = json.loads(row.body)["document"]["text"]
    found = places(whole, marked)
    start = max(0, found[0].start - _BEFORE) if found else 0
    while 0 < start < (found[0].start if found else 0) and not whole[start - 1].isspace():
        start += 1
    end = min(len(whole), start + _EXCERPT)
    while start < end < len(whole) and not whole[end].isspace():
        end -= 1
    return Hit(
        kind="article",
        document=row.id,
        statement=None,
        title=row.title,
        outlet=row.outlet,
        published=row.published,
        speaker=None,
        party=None,
        text=whole[start:end],
        start=start,
        matches=tuple(Span(a - start, b - start) for a, b in found if start <= a and b <= end),
    )


def _matches(database: Database, shelf: Any, asked: str) -> tuple[Select[Any], Any]:
    """The numbers of the rows that match, and what sorts the best first."""
    query = select(shelf.number)
    if database.sqlite:
        index = table(shelf.index, column("rowid"), column("rank"))
        match = text(f"{shelf.index} MATCH :asked").bindparams(bindparam("asked", asked))
        query = query.join_from(shelf.table, index, index.c.rowid == shelf.number).where(match)
        best: Any = index.c.rank
    else:
        vector: Any = literal_column(f"{shelf.table.name}.vector")
        tsquery = func.to_tsquery(literal_column(_ENGLISH), asked)
        query = query.where(vector.op("@@")(tsquery))
        best = func.ts_rank(vector, tsquery).desc()
    if shelf is _Articles:
        query = query.join(documents, documents.c.number == article_words.c.document)
    return query, best


def _marked(
    database: Database, connection: Connection, shelf: Any, asked: Any, numbers: Sequence[int]
) -> dict[int, str]:
    """The searchable text of these rows with the found words marked; asked for only what is shown, for it is slow."""
    if not numbers:
        return {}
    which: Any = bindparam("which", list(numbers), expanding=True)
    if database.sqlite:
        query = text(
            f"SELECT rowid, highlight({shelf.index}, 0, '{OPEN}', '{SHUT}') FROM {shelf.index} "
            f"WHERE {shelf.index} MATCH :asked AND rowid IN :which"
        ).bindparams(which, bindparam("asked", for_sqlite(asked)))
    else:
        query = text(
            f"SELECT {shelf.number.name}, ts_headline({_ENGLISH}, folded, to_tsquery({_ENGLISH}, :asked), "
            f"'HighlightAll=true, StartSel={OPEN}, StopSel={SHUT}') FROM {shelf.table.name} "
            f"WHERE {shelf.number.name} IN :which"
        ).bindparams(which, bindparam("asked", for_postgresql(asked)))
    return {number: marked for number, marked in connection.execute(query)}

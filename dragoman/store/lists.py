"""Light rows for lists: documents, statements, names and how often they occur, counts, and what changed since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, literal, or_, select

from dragoman.store.database import Database
from dragoman.store.decisions import decisions_by_number
from dragoman.store.rows import kept, key
from dragoman.store.schema import changes, decisions, documents, failures, feeds, readings, statement_issues, statements
from dragoman.store.values import Changes, Counts, Filter, Listed, Page, Said, Tally

COUNTED = 10_000  # a longer list says "more" instead of counting on: counting a million rows takes longer than a page

TALLIES = ("party", "speaker", "issue", "act", "outlet", "language")


def list_documents(
    database: Database, wanted: Filter, *, newest_first: bool = True, limit: int = 100, offset: int = 0
) -> Page[Listed]:
    """Documents by their day, without their text."""
    c = documents.c
    query = select(c.number).where(*document_conditions(wanted))
    order = (c.day.desc(), c.number.desc()) if newest_first else (c.day, c.number)
    with database.reading() as connection:
        found = numbered(connection, query.order_by(*order), limit=limit, offset=offset)
        return Page(tuple(_listed(connection, found.rows)), found.total, found.more)


def _listed(connection: Connection, numbers: Iterable[int]) -> list[Listed]:
    c, wanted = documents.c, list(numbers)
    reviewed = (
        select(statements.c.document, func.count().label("reviewed"))
        .where(statements.c.reviewed, statements.c.document.in_(wanted))
        .group_by(statements.c.document)
        .subquery()
    )
    query = (
        select(documents, func.coalesce(reviewed.c.reviewed, 0).label("reviewed"))
        .outerjoin(reviewed, reviewed.c.document == c.number)
        .where(c.number.in_(wanted))
    )
    rows = {row.number: row for row in connection.execute(query)}
    names = Listed.__dataclass_fields__
    return [Listed(**{name: getattr(rows[number], name) for name in names}) for number in wanted]


def list_statements(
    database: Database, wanted: Filter, *, newest_first: bool = True, limit: int = 100, offset: int = 0
) -> Page[Said]:
    """Statements by the day they were said, else published."""
    c = statements.c
    query = select(c.number).where(*statement_conditions(wanted))
    order = (c.day.desc(), c.number.desc()) if newest_first else (c.day, c.number)
    with database.reading() as connection:
        found = numbered(connection, query.order_by(*order), limit=limit, offset=offset)
        return Page(tuple(said(connection, found.rows).values()), found.total, found.more)


def said(connection: Connection, numbers: Iterable[int]) -> dict[int, Said]:
    """The statements of these numbers, in this order."""
    wanted = list(numbers)
    d = documents.c
    query = (
        select(statements, d.id.label("of"), d.published, d.outlet, d.title)
        .join(documents, d.number == statements.c.document)
        .where(statements.c.number.in_(wanted))
    )
    rows = {row.number: row for row in connection.execute(query)}
    issues: dict[int, list[str]] = {}
    i = statement_issues.c
    for number, issue in connection.execute(
        select(i.statement, i.issue).where(i.statement.in_(wanted)).order_by(i.statement, i.place)
    ):
        issues.setdefault(number, []).append(issue)
    return {number: _said(rows[number], tuple(issues.get(number, ()))) for number in wanted}


def _said(row: Row[Any], issues: tuple[str, ...]) -> Said:
    return Said(
        document=row.of,
        statement=row.id,
        content=row.content,
        start=row.content_start,
        end=row.content_end,
        speaker=row.speaker,
        party=row.party,
        anonymous=row.anonymous,
        act=row.act,
        form=row.form,
        negated=row.negated,
        issues=issues,
        said_on=row.said_on,
        published=row.published,
        outlet=row.outlet,
        title=row.title,
        confidence=row.confidence,
        reviewed=row.reviewed,
    )


# ------------------------------------------------------------------------------------------------- conditions


def statement_conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """What a statement must be to be among those wanted."""
    c = statements.c
    conditions = _days(c.day, wanted)
    for column, names in ((c.party_key, wanted.party), (c.speaker_key, wanted.speaker), (c.outlet_key, wanted.outlet)):
        if names:
            conditions.append(column.in_([key(name) for name in names]))
    if wanted.act:
        conditions.append(c.act.in_([kept(act) for act in wanted.act]))
    if wanted.issue:
        about = select(statement_issues.c.statement).where(
            statement_issues.c.issue_key.in_([key(name) for name in wanted.issue])
        )
        conditions.append(c.number.in_(about))
    if wanted.document is not None or wanted.language is not None:
        inside = select(documents.c.number)
        if wanted.document is not None:
            inside = inside.where(documents.c.id == kept(wanted.document))
        if wanted.language is not None:
            inside = inside.where(_language(wanted.language))
        conditions.append(c.document.in_(inside))
    if wanted.reviewed is not None:
        conditions.append(c.reviewed if wanted.reviewed else ~c.reviewed)
    if wanted.confidence_below is not None:
        conditions.append(or_(c.confidence < wanted.confidence_below, c.confidence.is_(None)))
    return conditions


def document_conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    """What a document must be to be among those wanted; what narrows statements asks for one such statement in it."""
    c = documents.c
    conditions = _days(c.day, wanted)
    if wanted.document is not None:
        conditions.append(c.id == kept(wanted.document))
    if wanted.outlet:
        conditions.append(c.outlet_key.in_([key(name) for name in wanted.outlet]))
    if wanted.language is not None:
        conditions.append(_language(wanted.language))
    inner = Filter(
        party=wanted.party,
        issue=wanted.issue,
        act=wanted.act,
        speaker=wanted.speaker,
        reviewed=wanted.reviewed,
        confidence_below=wanted.confidence_below,
    )
    if inner != Filter():
        holds = select(literal(1)).where(statements.c.document == c.number, *statement_conditions(inner))
        conditions.append(holds.exists())
    return conditions


def _days(column: Any, wanted: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.since:
        conditions.append(column >= wanted.since)
    if wanted.until:
        conditions.append(and_(column < wanted.until, column > ""))
    return conditions


def _language(language: str) -> ColumnElement[bool]:
    """That language, in any of its regions: "en" wants "en-GB" too."""
    return or_(documents.c.language == language, documents.c.language.startswith(f"{language}-", autoescape=True))


def numbered(connection: Connection, query: Select[Any], *, limit: int, offset: int) -> Page[int]:
    """A page of the numbers that a query finds, with how many there are, as far as they are counted."""
    some = query.order_by(None).limit(COUNTED + 1).subquery()
    total = connection.execute(select(func.count()).select_from(some)).scalar_one()
    numbers = connection.execute(query.limit(limit).offset(offset)).scalars().all()
    return Page(tuple(numbers), min(total, COUNTED), total > COUNTED)


# ------------------------------------------------------------------------------------------------- counts, changes


def tally(database: Database, what: str, *, limit: int = 200) -> tuple[Tally, ...]:
    """The names that statements (or documents, for outlet and language) carry, the most frequent first."""
    columns: dict[str, Any] = {
        "party": statements.c.party,
        "speaker": statements.c.speaker,
        "act": statements.c.act,
        "issue": statement_issues.c.issue,
        "outlet": documents.c.outlet,
        "language": documents.c.language,
    }
    column = columns[what]
    query = (
        select(column, func.count().label("count"))
        .where(column.is_not(None))
        .group_by(column)
        .order_by(func.count().desc(), column)
        .limit(limit)
    )
    with database.reading() as connection:
        return tuple(Tally(name, count) for name, count in connection.execute(query))


def people_among(database: Database, names: Iterable[str]) -> frozenset[str]:
    """The keys of those names that are of people: they speak for a party of another name in some statement."""
    keys = {key(name) for name in names} - {None}
    c = statements.c
    query = select(c.speaker_key).where(c.speaker_key.in_(sorted(keys)), c.party_key != c.speaker_key).distinct()
    if not keys:
        return frozenset()
    with database.reading() as connection:
        return frozenset(connection.execute(query).scalars())


def counts(database: Database) -> Counts:
    """How much there is."""

    def number(connection: Connection, table: Any, *conditions: Any) -> int:
        return int(connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one())

    with database.reading() as connection:
        readers = connection.execute(select(documents.c.reader, func.count()).group_by(documents.c.reader)).all()
        return Counts(
            documents=number(connection, documents),
            statements=number(connection, statements),
            reviewed=number(connection, statements, statements.c.reviewed),
            decisions=number(connection, decisions),
            readings=number(connection, readings),
            failures=number(connection, failures),
            feeds=number(connection, feeds),
            readers={reader or "": count for reader, count in sorted(readers, key=lambda row: row[0] or "")},
        )


def change_number(database: Database) -> int:
    """The number of the last change; a table built at this number is up to date while it stays."""
    with database.reading() as connection:
        return connection.execute(select(func.max(changes.c.number))).scalar_one() or 0


def changes_since(database: Database, number: int) -> Changes:
    """Which documents and decisions came after change `number`."""
    c = changes.c
    with database.reading() as connection:
        query = select(c.number, c.decision, documents.c.id).outerjoin(documents, documents.c.number == c.document)
        rows = connection.execute(query.where(c.number > number).order_by(c.number)).all()
        seen: dict[str, None] = {}
        for row in rows:
            if row.id is not None:
                seen.pop(row.id, None)
                seen[row.id] = None
        taken = decisions_by_number(connection, (row.decision for row in rows if row.decision is not None))
    return Changes(rows[-1].number if rows else number, tuple(seen), taken)

"""Looking a dossier over and mending what can be mended without loss.

In: an open dossier. Out: findings, each with its place; `mend` rewrites what can be had again from what is kept whole
(the readings' JSON and the decisions), and touches neither of these two.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select, text, update
from sqlalchemy.exc import DatabaseError

from dragoman.errors import DossierError, DragomanError
from dragoman.folding import fold_name
from dragoman.reading import Reading
from dragoman.store.database import Database
from dragoman.store.decisions import reviewed_in
from dragoman.store.documents import parse, refresh
from dragoman.store.intake import unpack
from dragoman.store.rows import Rows, rows_of
from dragoman.store.schema import article_words, decisions, documents, raw, readings, statement_issues, statements
from dragoman.store.upgrade import state
from dragoman.store.values import Finding
from dragoman.store.word_index import index_agrees, rebuild_index

_AT_ONCE = 200


def doctor(database: Database) -> tuple[Finding, ...]:
    """Everything that is not as it should be; changes nothing."""
    found = list(_structure(database))
    if any(finding.kind == "database" for finding in found):
        return tuple(found)  # nothing that is read from damaged pages would mean anything
    found += _index(database)
    for examined in _documents(database):
        found += examined.findings
    with database.reading() as connection:
        found += _decisions(connection)
        found += _raw(connection)
    return tuple(found)


def mend(database: Database) -> tuple[Finding, ...]:
    """Put right what can be put right without loss, each thing in a transaction of its own; what was mended."""
    structure = list(_structure(database))
    if any(finding.kind == "database" for finding in structure):
        raise DossierError(
            f"this dossier is damaged below what can be mended ({structure[0].what})",
            where=str(database.place),
            todo="Go back to a backup",
        )
    mended = []
    for finding in structure:
        if finding.kind == "foreign code":
            database.write(lambda c, finding=finding: _drop(c, finding.where))  # type: ignore[misc]
            mended.append(finding)
    for examined in _documents(database):
        if any(finding.mendable for finding in examined.findings):
            database.write(lambda c, examined=examined: _mend_document(database, c, examined))  # type: ignore[misc]
            mended += [finding for finding in examined.findings if finding.mendable]
    for finding in _index(database):
        database.write(lambda c: rebuild_index(database, c))
        mended.append(finding)
    return tuple(mended)


# ------------------------------------------------------------------------------------------------- the database


def _structure(database: Database) -> Iterator[Finding]:
    place = str(database.place)
    pending = state(database).pending
    if pending:
        yield Finding("migrations", place, f"pending: {', '.join(pending)}; opening the dossier runs them")
    if not database.sqlite:
        return
    with database.reading() as connection:
        try:
            verdicts = connection.execute(text("PRAGMA integrity_check(20)")).scalars().all()
        except DatabaseError as problem:
            verdicts = [str(problem.orig)]
        for verdict in verdicts:
            # A search index at odds with its table is found again below, and can be mended.
            if verdict != "ok" and "fts5" not in verdict:
                yield Finding("database", place, verdict)
        for row in connection.execute(text("PRAGMA foreign_key_check")).all():
            yield Finding("database", place, f"row {row[1]} of {row[0]} points at a row of {row[2]} that is not there")
        strange = text("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name")
        for kind, name in connection.execute(strange).all():
            yield Finding("foreign code", name, f"a {kind} that Dragoman did not make", mendable=True)


def _drop(connection: Connection, name: str) -> None:
    known = text("SELECT type FROM sqlite_master WHERE name = :name AND type IN ('trigger', 'view')")
    kind = connection.execute(known, {"name": name}).scalar_one()
    quoted = name.replace('"', '""')
    connection.exec_driver_sql(f'DROP {kind} "{quoted}"')


def _index(database: Database) -> list[Finding]:
    if not database.writable or database.write(lambda c: index_agrees(database, c)):
        return []
    return [
        Finding("search", str(database.place), "the search index does not hold what the tables hold", mendable=True)
    ]


# ------------------------------------------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class _Examined:
    """One document with what is wrong about it, and the reading that its rows should follow."""

    number: int
    findings: list[Finding]
    follow: int | None  # the number of the reading that should be current
    reading: Reading | None


def _documents(database: Database) -> Iterator[_Examined]:
    last = 0
    while True:
        with database.reading() as connection:
            heads = connection.execute(
                select(documents).where(documents.c.number > last).order_by(documents.c.number).limit(_AT_ONCE)
            ).all()
            examined = [_examine(connection, head) for head in heads]
        yield from examined
        if len(heads) < _AT_ONCE:
            return
        last = heads[-1].number


def _examine(connection: Connection, head: Row[Any]) -> _Examined:
    """One document: its readings are readings, the latest is current, and the rows beside it say what it says."""
    found: list[Finding] = []
    whole: dict[int, Reading] = {}
    c = readings.c
    kept = connection.execute(select(readings).where(c.document == head.number).order_by(c.version, c.revision)).all()
    for row in kept:
        where = f"{head.id}, version {row.version}, reading {row.revision}"
        try:
            reading = parse(row.body, head.id)
        except DragomanError as problem:
            found.append(Finding("reading", where, str(problem), mendable=False))
            continue
        if reading.document.content_hash != row.content_hash:
            found.append(Finding("reading", where, "the text is not the one that was kept"))
        elif reading.document.id != head.id:
            found.append(Finding("reading", where, f"it is a reading of {reading.document.id!r}"))
        else:
            whole[row.number] = reading
    follow = max((row.number for row in kept if row.number in whole), default=None)
    if follow is None:
        found.append(Finding("document", head.id, "no whole reading of it is left"))
        return _Examined(head.number, found, None, None)
    current = [row.number for row in kept if row.current]
    if current != [follow]:
        found.append(Finding("document", head.id, "its latest whole reading is not the current one", mendable=True))
    version = next(row.version for row in kept if row.number == follow)
    if not found or current == [follow]:
        found += _rows_differ(connection, head, rows_of(whole[follow]), version)
    return _Examined(head.number, found, follow, whole[follow])


def _rows_differ(connection: Connection, head: Row[Any], rows: Rows, version: int) -> Iterator[Finding]:
    wrong = [name for name, value in rows.document.items() if getattr(head, name) != value]
    if head.version != version:
        wrong.append("version")
    if wrong:
        yield Finding("rows", head.id, f"the list says otherwise about {', '.join(wrong)}", mendable=True)
    article = connection.execute(select(article_words).where(article_words.c.document == head.number)).one_or_none()
    if article is None or any(getattr(article, name) != value for name, value in rows.article.items()):
        yield Finding("rows", head.id, "the words for search are not those of the text", mendable=True)
    c, i = statements.c, statement_issues.c
    there = connection.execute(select(statements).where(c.document == head.number).order_by(c.place)).all()
    seen = reviewed_in(connection, head.id)
    wanted = [{**row, "reviewed": seen.covers(row["id"], row["folded"])} for row in rows.statements]
    same = len(there) == len(wanted) and all(
        getattr(row, name) == value for row, should in zip(there, wanted, strict=True) for name, value in should.items()
    )
    if same:
        numbers = {row.number: place for place, row in enumerate(there)}
        issues: list[list[tuple[str, str]]] = [[] for _ in there]
        query = select(i.statement, i.issue, i.issue_key).where(i.statement.in_(numbers)).order_by(i.statement, i.place)
        for number, issue, issue_key in connection.execute(query):
            issues[numbers[number]].append((issue, issue_key))
        same = issues == rows.issues
    if not same:
        yield Finding("rows", head.id, "the statements for lists are not those of the reading", mendable=True)


def _mend_document(database: Database, connection: Connection, examined: _Examined) -> None:
    if examined.follow is None or examined.reading is None:
        return
    c = readings.c
    run = connection.execute
    # Somebody may have written since the look; a later reading then stands, and is left alone.
    latest = run(select(func.max(c.number)).where(c.document == examined.number)).scalar_one()
    follow = run(select(c.current).where(c.number == latest)).scalar_one()
    if follow and latest != examined.follow and latest > examined.follow:
        try:
            body = run(select(c.body).where(c.number == latest)).scalar_one()
            parse(body, examined.reading.document.id)
            return
        except DragomanError:
            pass
    run(update(readings).where(c.document == examined.number, c.current).values(current=False))
    run(update(readings).where(c.number == examined.follow).values(current=True))
    version = run(select(c.version).where(c.number == examined.follow)).scalar_one()
    refresh(database, connection, examined.number, rows_of(examined.reading), version=version)


# ------------------------------------------------------------------------------------------------- the rest


def _decisions(connection: Connection) -> Iterator[Finding]:
    """Decisions that stand but no longer find what they are about: shown, never dropped."""
    c = decisions.c
    ids = set(connection.execute(select(documents.c.id)).scalars())
    rows = connection.execute(select(decisions).order_by(c.number)).all()
    undone: set[int] = set()
    for row in reversed(rows):
        if row.undoes is not None and row.number not in undone:
            undone.add(row.undoes)
    for row in rows:
        where = f"decision {row.number}"
        try:
            target = json.loads(row.target)
            json.loads(row.value)
        except ValueError:
            yield Finding("decision", where, "it is no JSON any more")
            continue
        if row.undoes is not None or row.number in undone or row.document is None:
            continue
        if row.document not in ids:
            yield Finding("decision", where, f"its document {row.document!r} is not there")
        elif row.kind.startswith("statement.") and not _finds(connection, row.document, target):
            words = target.get("words") or target.get("statement")
            yield Finding("decision", where, f"its words are no statement of {row.document!r} any more: {words!r:.80}")


def _finds(connection: Connection, document: str, target: dict[str, Any]) -> bool:
    if not target.get("words") and not target.get("statement"):
        return True  # a statement that somebody added rests on the text, not on a reading
    c = statements.c
    query = select(c.id, c.content).join(documents, documents.c.number == c.document).where(documents.c.id == document)
    rows = connection.execute(query).all()
    if target.get("words"):
        wanted = fold_name(str(target["words"]))
        return any(fold_name(row.content) == wanted for row in rows)
    return any(row.id == target["statement"] for row in rows)


def _raw(connection: Connection) -> Iterator[Finding]:
    query = select(raw).order_by(raw.c.sha256)
    for row in connection.execute(query, execution_options={"stream_results": True, "max_row_buffer": 20}):
        try:
            unpack(row.codec, row.content, size=row.size, sha256=row.sha256)
        except DossierError as problem:
            yield Finding("archive", row.sha256, problem.found)

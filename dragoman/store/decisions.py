"""What people decided, append-only: taking a decision, taking one back, and who had seen what when deciding.

In: kind, target and value as the table understands them. Out: Decision values with rising ids.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update

from dragoman.errors import DecisionError
from dragoman.folding import fold_name
from dragoman.reading import Decision
from dragoman.store.database import Database, next_number
from dragoman.store.rows import as_json, kept, now
from dragoman.store.schema import changes, decisions, documents, statements
from dragoman.store.searchable import searchable

UNDO = "undo"
_REVIEWS = ("statement.accept", "statement.reject", "statement.edit")
_AT_ONCE = 1000


def decide(
    database: Database,
    kind: str,
    target: Mapping[str, Any],
    value: Mapping[str, Any],
    *,
    by: str,
    why: str | None = None,
    expects: str | None = None,
    at: str | None = None,
) -> Decision:
    """Keep a decision; DecisionError where it fits nothing, or where `expects` is not the last one on its target."""
    if not kind or not by:
        raise DecisionError("a decision without a kind or without somebody who takes it")
    token = uuid.uuid4().hex  # so that a second try after a lost connection finds what the first one kept

    def work(connection: Connection) -> Decision:
        again = connection.execute(select(decisions).where(decisions.c.token == token)).one_or_none()
        if again is not None:
            return _decision(again)
        undoes = _undone(connection, target) if kind == UNDO else None
        aim = dict(target) if undoes is not None else _with_words(connection, kind, target)
        about = undoes.about if undoes is not None else about_of(kind, aim)
        last = _last(connection, about)
        if expects is not None and expects != (str(last.number) if last is not None else "0"):
            raise _stale(last)
        row: dict[str, Any] = {
            "number": next_number(connection, decisions),
            "token": token,
            "kind": kept(kind),
            "target": as_json(aim),
            "about": about,
            "value": as_json(dict(value)),
            "by": kept(by),
            "at": at or _moment(connection),
            "why": kept(why),
            "undoes": undoes.number if undoes is not None else None,
            "document": undoes.document if undoes is not None else kept(_document(aim)),
        }
        connection.execute(decisions.insert(), row)
        change = {"what": "decision", "document": None, "decision": row["number"], "at": now()}
        connection.execute(changes.insert(), {"number": next_number(connection, changes), **change})
        if row["document"] is not None:
            mark_reviewed(connection, row["document"])
        return _decision(connection.execute(select(decisions).where(decisions.c.number == row["number"])).one())

    return database.write(work)


def all_decisions(
    database: Database, *, document: str | None = None, after: str | None = None, newest_first: bool = False
) -> Iterator[Decision]:
    """All decisions in the order they were taken, those undone included; only about `document` where given."""
    c = decisions.c
    last = int(after or 0) if not newest_first else 0
    while True:
        wanted = select(decisions).order_by(c.number.desc() if newest_first else c.number).limit(_AT_ONCE)
        if document is not None:
            wanted = wanted.where(c.document == kept(document))
        if last:
            wanted = wanted.where(c.number < last if newest_first else c.number > last)
        if newest_first and after is not None:
            wanted = wanted.where(c.number > int(after))
        with database.reading() as connection:
            rows = connection.execute(wanted).all()
        yield from map(_decision, rows)
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1].number


def decisions_by_number(connection: Connection, numbers: Iterable[int]) -> tuple[Decision, ...]:
    """These decisions, in order."""
    wanted = sorted(set(numbers))
    found: list[Decision] = []
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found += map(_decision, connection.execute(select(decisions).where(decisions.c.number.in_(some))))
    return tuple(sorted(found, key=lambda d: int(d.id)))


def last_on(database: Database, kind: str, target: Mapping[str, Any]) -> str:
    """The id that `expects` wants for this target: that of the last decision on it, "0" where there is none."""
    with database.reading() as connection:
        aim = _with_words(connection, kind, target, strict=False)
        last = _last(connection, about_of(kind, aim))
    return str(last.number) if last is not None else "0"


def about_of(kind: str, target: Mapping[str, Any]) -> str:
    """What a decision is about, as one comparable line: two tabs on one statement or one party share it."""
    room = kind.partition(".")[0]
    if room == "statement":
        words = target.get("words")
        which = fold_name(str(words)) if words else str(target.get("statement") or "")
        return kept("\x1f".join((room, str(target.get("document") or ""), which))) or ""
    names = {name: fold_name(value) if isinstance(value, str) else value for name, value in sorted(target.items())}
    return f"{room}\x1f{as_json(names)}"


def _last(connection: Connection, about: str) -> Row[Any] | None:
    wanted = select(decisions).where(decisions.c.about == about).order_by(decisions.c.number.desc()).limit(1)
    return connection.execute(wanted).one_or_none()


def _stale(last: Row[Any] | None) -> DecisionError:
    if last is None:
        return DecisionError("this was decided upon a decision that is not there", todo="Load the page anew")
    value = f" ({last.value})" if last.value != "{}" else ""
    return DecisionError(
        f"{last.by} has meanwhile decided {last.kind}{value:.200} on this, at {last.at}, as decision {last.number}",
        todo="Look at it, then decide again",
    )


def _undone(connection: Connection, target: Mapping[str, Any]) -> Row[Any]:
    """The decision that an undo takes back; it must be there and stand."""
    named = str(target.get("decision", ""))
    found = None
    if named.isdecimal() and len(named) < 10:
        found = connection.execute(select(decisions).where(decisions.c.number == int(named))).one_or_none()
    if found is None:
        raise DecisionError(f"there is no decision {named!r:.40} to undo", expected="the id of a decision")
    if not _stands(connection, found.number):
        raise DecisionError(f"decision {named} was already undone", todo="Undo that undoing to bring it back")
    return found


def _stands(connection: Connection, number: int) -> bool:
    c = decisions.c
    # Each decision has at most one undo that stands, and it is the last: a second is refused while the first stands.
    latest = connection.execute(
        select(c.number).where(c.undoes == number).order_by(c.number.desc()).limit(1)
    ).scalar_one_or_none()
    return latest is None or not _stands(connection, latest)


def _with_words(connection: Connection, kind: str, target: Mapping[str, Any], *, strict: bool = True) -> dict[str, Any]:
    """The target with its statement's words, so that the decision finds them when the article is read anew."""
    aim = dict(target)
    document = _document(aim)
    if document is None:
        return aim
    number = connection.execute(select(documents.c.number).where(documents.c.id == kept(document))).scalar_one_or_none()
    if number is None:
        if strict:
            raise DecisionError(f"no document is called {document!r:.80}", todo="Read it first")
        return aim
    if kind.startswith("statement.") and aim.get("statement") and not aim.get("words"):
        c = statements.c
        found = connection.execute(
            select(c.content, c.content_start, c.content_end).where(
                c.document == number, c.id == kept(str(aim["statement"]))
            )
        ).one_or_none()
        if found is not None and found.content:
            aim["words"] = found.content
            aim.setdefault("content", [[found.content_start, found.content_end]])
    return aim


def _document(target: Mapping[str, Any]) -> str | None:
    named = target.get("document")
    return named if isinstance(named, str) and named else None


def _moment(connection: Connection) -> str:
    """This moment, but never before or at that of the decision before: sorting by time is sorting by id."""
    c = decisions.c
    moment = datetime.now(UTC)
    last = connection.execute(select(c.at).order_by(c.number.desc()).limit(1)).scalar_one_or_none()
    try:
        before = datetime.fromisoformat(last.replace("Z", "+00:00")) if last else None
        if before is not None and before >= moment:
            moment = before + timedelta(microseconds=1)
    except (TypeError, ValueError):  # an imported decision may carry any wording of a time
        pass
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        id=str(row.number),
        kind=row.kind,
        target=json.loads(row.target),
        value=json.loads(row.value),
        by=row.by,
        at=row.at,
        why=row.why,
    )


# ------------------------------------------------------------------------------------------------------ reviewed


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Which statements of a document somebody has looked at: by their searchable words, else by their ids."""

    words: frozenset[str] = frozenset()
    identities: frozenset[str] = frozenset()

    def covers(self, identity: str, folded: str) -> bool:
        """Whether the statement of that id and those searchable words is among them."""
        return folded in self.words or identity in self.identities


def reviewed_in(connection: Connection, document: str) -> Reviewed:
    """What stands reviewed in one document."""
    c = decisions.c
    rows = connection.execute(select(c.number, c.kind, c.target, c.undoes).where(c.document == document)).all()
    standing: set[int] = set()
    undone: set[int] = set()
    for row in sorted(rows, key=lambda r: r.number, reverse=True):
        if row.number not in undone:
            if row.undoes is not None:
                undone.add(row.undoes)
            elif row.kind in _REVIEWS:
                standing.add(row.number)
    words, identities = set(), set()
    for row in rows:
        if row.number in standing:
            target = json.loads(row.target)
            if target.get("words"):
                words.add(searchable(str(target["words"])))
            elif target.get("statement"):
                identities.add(str(target["statement"]))
    return Reviewed(frozenset(words), frozenset(identities))


def mark_reviewed(connection: Connection, document: str) -> None:
    """Bring the `reviewed` column of a document's statements up to what stands decided."""
    c = statements.c
    number = connection.execute(select(documents.c.number).where(documents.c.id == document)).scalar_one_or_none()
    if number is None:
        return
    seen = reviewed_in(connection, document)
    for row in connection.execute(select(c.number, c.id, c.folded, c.reviewed).where(c.document == number)).all():
        standing = seen.covers(row.id, row.folded)
        if standing != row.reviewed:
            connection.execute(update(statements).where(c.number == row.number).values(reviewed=standing))

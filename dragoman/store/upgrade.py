"""Which migrations a dossier has seen, and running those that are pending: looking never writes.

Each migration is one transaction with the record that it ran, so a process killed half-way leaves the dossier as it
was before that migration. Alembic is loaded only where something is pending.
"""

from __future__ import annotations

import os
import shutil
from typing import Any

from sqlalchemy import Connection, inspect, text

from dragoman.errors import DossierError
from dragoman.store.complaints import plain
from dragoman.store.database import APPLICATION, Database, alone
from dragoman.store.schema import HEAD
from dragoman.store.values import State


def state(database: Database) -> State:
    """Which migration ran last, and which are pending; DossierError when this is no dossier or a newer one."""
    with database.reading() as connection:
        made_by = _made_by(database, connection)
    return State(made_by, _after(made_by))


def upgrade(database: Database, *, to: str = HEAD) -> State:
    """Run the pending migrations up to `to`, each in its own transaction; the state found before them."""
    before = state(database)
    if not [step for step in before.pending if step <= to]:
        return before
    if before.made_by is not None:
        _make_sure(database)
    for step in before.pending:
        if step <= to:
            database.write(lambda connection, step=step: _run(database, connection, step))  # type: ignore[misc]
    return before


def _after(made_by: str | None) -> tuple[str, ...]:
    # Migrations are numbered without gaps, which a test holds them to.
    return tuple(f"{number:04}" for number in range(int(made_by or 0) + 1, int(HEAD) + 1))


def _made_by(database: Database, connection: Connection) -> str | None:
    place = str(database.place)
    if database.sqlite:
        application = connection.execute(text("PRAGMA application_id")).scalar_one()
        empty = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one() == 0
        if application != APPLICATION:
            if empty and application == 0:
                return None
            raise _alien(place)
        found = f"{connection.execute(text('PRAGMA user_version')).scalar_one():04}"
        if found == "0000":
            return None
    else:
        tables = set(inspect(connection).get_table_names())
        if "alembic_version" not in tables:
            if tables & {"documents", "readings", "decisions"}:
                raise _alien(place)
            return None
        rows = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        if not rows:
            return None
        found = str(rows[0])
        if not found.isdigit():
            raise _alien(place)
    if found > HEAD:
        raise DossierError(
            f"this dossier was made by a newer Dragoman (its form is {found}, this one knows {HEAD})",
            where=place,
            todo="Upgrade with: pip install --upgrade dragoman",
        )
    return found


def _alien(place: str) -> DossierError:
    return DossierError("this is a database, but not a Dragoman dossier", where=place, todo="Name another file")


def _make_sure(database: Database) -> None:
    """Before an older dossier is touched: it can be written, is whole, and there is room for what changes."""
    place = str(database.place)
    if not database.writable:
        raise DossierError(
            "this dossier comes from an older Dragoman and cannot be brought up to date where it is, read-only",
            where=place,
            todo="Copy it to a place you may write, and open the copy",
        )
    if not database.sqlite:
        return
    with database.reading() as connection:
        verdict = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if verdict != "ok":
        raise DossierError(
            f"this older dossier is damaged, so it was left as it is ({verdict})", where=place, todo="Take a backup"
        )
    path = database.place.path
    assert path is not None
    if shutil.disk_usage(path.parent or ".").free < os.path.getsize(path) // 4:
        raise DossierError(
            "too little room on the disk to bring this older dossier up to date; it was left as it is",
            where=place,
            todo="Make room and try again",
        )


def _run(database: Database, connection: Connection, step: str) -> None:
    """One migration within the transaction of `connection`; nothing when another process was quicker."""
    if not database.sqlite:
        alone(connection)
    made_by = _made_by(database, connection)
    if made_by is not None and made_by >= step:
        return
    from alembic import command

    command.upgrade(_config(connection), step)
    if database.sqlite:
        connection.execute(text(f"PRAGMA application_id = {APPLICATION}"))
        connection.execute(text(f"PRAGMA user_version = {int(step)}"))


def _config(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "dragoman.store:migrations")
    config.attributes["connection"] = connection
    return config


def downgrade(database: Database, *, to: str) -> None:
    """Undo migrations down to `to`, with all that only they can hold. For tests and for mending by hand."""

    def work(connection: Connection) -> None:
        from alembic import command

        command.downgrade(_config(connection), to)
        if database.sqlite:
            connection.execute(text(f"PRAGMA user_version = {int(to) if to.isdigit() else 0}"))

    with plain(database.place):
        database.write(work)

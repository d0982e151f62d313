"""Who may enter the desk, who is there, and what the desk remembers for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from dragoman.errors import DossierError
from dragoman.store.database import Database
from dragoman.store.rows import as_json, kept, now
from dragoman.store.schema import notes, sessions, users
from dragoman.store.values import ROLES, Session, User


class People:
    """The dossier's users and sessions; passwords come as hashes and tokens come as hashes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, *, role: str, password: str) -> User:
        """Let somebody in; DossierError when the name is taken or the role unknown."""
        _check_role(role)
        if not name.strip() or not name.isprintable():
            raise DossierError(f"{name!r} is no name for a user", expected="visible characters")

        def work(connection: Connection) -> User:
            if _user(connection, name) is not None:
                raise DossierError(f"there is already a user {name!r}", todo="Choose another name")
            user = User(name, role, password, now())
            connection.execute(users.insert(), asdict(user))
            return user

        return self._database.write(work)

    def user(self, name: str) -> User | None:
        """The user of that name; None when there is none."""
        with self._database.reading() as connection:
            return _user(connection, name)

    def users(self) -> tuple[User, ...]:
        """Everybody who was let in, by name."""
        with self._database.reading() as connection:
            return tuple(_as_user(row) for row in connection.execute(select(users).order_by(users.c.name)))

    def change(
        self, name: str, *, role: str | None = None, password: str | None = None, active: bool | None = None
    ) -> User:
        """Change what is given; a new password, a new role or shutting somebody out ends all their sessions."""
        if role is not None:
            _check_role(role)
        given = {"role": role, "password": password, "active": active}
        values = {key: value for key, value in given.items() if value is not None}

        def work(connection: Connection) -> User:
            before = _user(connection, name)
            if before is None:
                raise DossierError(f"there is no user {name!r}", expected="one that `dragoman user list` shows")
            if before.role == "owner" and before.active and (role not in (None, "owner") or active is False):
                _keep_an_owner(connection)
            if values:
                connection.execute(update(users).where(users.c.name == name).values(values))
                connection.execute(delete(sessions).where(sessions.c.user == name))
            after = _user(connection, name)
            assert after is not None
            return after

        return self._database.write(work)

    # ------------------------------------------------------------------------------------------ sessions

    def enter(self, token: str, user: str, *, expires_at: str) -> None:
        """Begin a session; `token` is the hash of what the browser holds, `expires_at` ISO in UTC, ending in Z."""
        row = {"token": token, "user": user, "made_at": now(), "expires_at": expires_at}

        def work(connection: Connection) -> None:
            if connection.execute(select(sessions.c.token).where(sessions.c.token == token)).first() is None:
                connection.execute(sessions.insert(), row)

        self._database.write(work)

    def session(self, token: str, *, at: str | None = None) -> Session | None:
        """The session of that token, where it has not expired and its user is still let in."""
        wanted = (
            select(sessions.c.token, sessions.c.made_at, sessions.c.expires_at, users)
            .join(users, users.c.name == sessions.c.user)
            .where(sessions.c.token == kept(token), sessions.c.expires_at > (at or now()), users.c.active)
        )
        with self._database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else Session(row.token, _as_user(row), row.made_at, row.expires_at)

    def leave(self, token: str) -> None:
        """End a session."""
        self._database.write(lambda c: c.execute(delete(sessions).where(sessions.c.token == kept(token))))

    def expire(self, *, at: str | None = None) -> int:
        """Forget the sessions that have expired; how many there were."""
        gone = delete(sessions).where(sessions.c.expires_at <= (at or now()))
        return self._database.write(lambda c: c.execute(gone).rowcount)


class Notes:
    """Small things to remember by name, as JSON: settings of the desk, somebody's last visit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: Any = None) -> Any:
        """What was noted under `key`."""
        with self._database.reading() as connection:
            value = connection.execute(select(notes.c.value).where(notes.c.key == kept(key))).scalar_one_or_none()
        return default if value is None else json.loads(value)

    def set(self, key: str, value: Any) -> None:
        """Note `value` under `key`; None forgets it."""

        def work(connection: Connection) -> None:
            connection.execute(delete(notes).where(notes.c.key == kept(key)))
            if value is not None:
                connection.execute(notes.insert(), {"key": kept(key), "value": as_json(value)})

        self._database.write(work)

    def items(self, beginning: str = "") -> Iterator[tuple[str, Any]]:
        """Everything noted under keys that begin with `beginning`, by key."""
        with self._database.reading() as connection:
            rows = connection.execute(select(notes.c.key, notes.c.value).order_by(notes.c.key)).all()
        yield from ((key, json.loads(value)) for key, value in rows if key.startswith(beginning))


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise DossierError(f"no role is called {role!r}", expected=", ".join(ROLES))


def _keep_an_owner(connection: Connection) -> None:
    owners = select(func.count()).select_from(users).where(users.c.role == "owner", users.c.active)
    if connection.execute(owners).scalar_one() <= 1:
        raise DossierError("a dossier needs an owner, and this is the last", todo="Make somebody else an owner first")


def _user(connection: Connection, name: str) -> User | None:
    row = connection.execute(select(users).where(users.c.name == kept(name))).one_or_none()
    return None if row is None else _as_user(row)


def _as_user(row: Row[Any]) -> User:
    return User(row.name, row.role, row.password, row.added_at, row.active)

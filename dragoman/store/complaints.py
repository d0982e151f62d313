"""What a database complains of, in words for the person who uses Dragoman.

In: an error of SQLite or PostgreSQL. Out: a DossierError that says what was found and what to do next.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from dragoman.errors import DossierBusy, DossierError

_BUSY = (DossierBusy, "another program is writing to this dossier", "Try again when it has finished")
_FULL = (
    DossierError,
    "the disk is full, so nothing more could be kept; what was kept before is whole",
    "Make room and run the same command again: it goes on where it stopped",
)
_READ_ONLY = (DossierError, "this dossier is read-only", "Copy it to a place you may write")
_ALIEN = (DossierError, "this is not a Dragoman dossier", "Name another file, or take a backup")
_DAMAGED = (DossierError, "this dossier is damaged", "Run `dragoman doctor`, or go back to a backup")
_AWAY = (
    DossierError,
    "the PostgreSQL server does not answer or went away",
    "Start it, then run the same command again",
)
_NO_ENTRY = (DossierError, "the PostgreSQL server refuses this user", "Check the user, the password and the rights")

_UNFINISHED = (
    DossierError,
    "a program that was killed left a change of this dossier half done",
    "Open it once where it may be written: the change is taken back, and nothing that was kept is lost",
)
_LEFT_HALF = (264, 776)  # SQLITE_READONLY_RECOVERY, SQLITE_READONLY_ROLLBACK

# SQLite's primary result codes (sqlite.org/rescode.html).
_SQLITE = {
    5: _BUSY,
    6: _BUSY,
    8: _READ_ONLY,
    10: (DossierError, "the disk could not be read or written", "Check the disk and its free space, then try again"),
    11: _DAMAGED,
    13: _FULL,
    14: (DossierError, "the dossier's file cannot be opened", "Check that the folder is there and may be used"),
    26: _ALIEN,
}
# PostgreSQL's states, the longest fitting beginning wins (postgresql.org/docs/current/errcodes-appendix.html).
_POSTGRESQL = {
    "08": _AWAY,
    "57P": _AWAY,
    "25006": _READ_ONLY,
    "28": _NO_ENTRY,
    "3D000": (DossierError, "there is no such database on the server", "Make one with createdb, then try again"),
    "42501": (DossierError, "this user may not do that in the database", "Ask its owner for the right to write"),
    "53100": _FULL,
    "53300": (DossierBusy, "the PostgreSQL server has no free connection", "Try again in a moment"),
    "55P03": _BUSY,
    "40": _BUSY,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}


@contextmanager
def plain(place: object) -> Iterator[None]:
    """Turn every complaint of a database within into a DossierError about `place`."""
    try:
        yield
    except DBAPIError as problem:
        raise explained(problem.orig, place) from problem
    except sqlite3.Error as problem:
        raise explained(problem, place) from problem
    except UnicodeDecodeError as problem:  # SQLite quotes the bytes it stumbled over
        raise DossierError(_DAMAGED[1], where=str(place), todo=_DAMAGED[2]) from problem
    except PoolTimeout as problem:
        raise DossierBusy(
            "too many at once ask this dossier", where=str(place), todo="Try again in a moment"
        ) from problem
    except StatementError as problem:
        raise DossierError(f"a value that cannot be kept ({problem.orig})", where=str(place)) from problem


def explained(problem: Any, place: object) -> DossierError:
    """The DossierError for one complaint of a database driver."""
    if isinstance(problem, sqlite3.Error):
        code = getattr(problem, "sqlite_errorcode", None)
        known = _UNFINISHED if code in _LEFT_HALF else _SQLITE.get((code or 0) & 0xFF)
        if known is None and "is not a database" in str(problem):
            known = _ALIEN
    else:
        state = getattr(problem, "sqlstate", None) or ""
        fitting = [known for beginning, known in sorted(_POSTGRESQL.items()) if state.startswith(beginning)]
        # Without a state the complaint comes from the line, not from the server.
        known = fitting[-1] if fitting else (_entry(problem) if not state else None)
    if known is None:
        return DossierError(f"the database refused this ({' '.join(str(problem).split())})", where=str(place))
    kind, found, todo = known
    return kind(found, where=str(place), todo=todo)


def _entry(problem: Any) -> tuple[type[DossierError], str, str]:
    said = str(problem)
    if "authentication failed" in said or "role " in said or "no password" in said:
        return _NO_ENTRY
    if "database" in said and "does not exist" in said:
        return _POSTGRESQL["3D000"]
    return _AWAY

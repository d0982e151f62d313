"""The dossier's keeper: one object a door holds, that hands each question to the module which answers it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from dragoman.errors import DossierError
from dragoman.reading import Decision, Document, Reading
from dragoman.store.complaints import plain
from dragoman.store.database import Database, Place
from dragoman.store.decisions import all_decisions, decide, last_on
from dragoman.store.documents import (
    Incoming,
    add_reading,
    add_readings,
    all_readings,
    history_of,
    needs_reading,
    reading_of,
    readings_of,
)
from dragoman.store.intake import Intake
from dragoman.store.lists import (
    TALLIES,
    change_number,
    changes_since,
    counts,
    list_documents,
    list_statements,
    people_among,
    tally,
)
from dragoman.store.people import Notes, People
from dragoman.store.schema import HEAD
from dragoman.store.search import search
from dragoman.store.upgrade import state, upgrade
from dragoman.store.values import (
    Added,
    Changes,
    Copied,
    Counts,
    Filter,
    Finding,
    Hit,
    Listed,
    Page,
    Said,
    State,
    Tally,
    Version,
)


class Store:
    """An open dossier. Safe to share between threads; use it in a `with` statement, or close it.

    `intake` remembers where coverage comes from, `people` who may enter the desk, `notes` small things by name.
    """

    def __init__(self, database: Database, *, found: State | None = None) -> None:
        self.database = database
        self.found = found  # the migrations that stood before opening: what `upgraded` tells
        self.intake, self.people, self.notes = Intake(database), People(database), Notes(database)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store {self.address}>"

    @property
    def address(self) -> str:
        """Where the dossier is, without any password."""
        return str(self.database.place)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written here."""
        return not self.database.writable

    @property
    def upgraded(self) -> tuple[str, ...]:
        """The migrations that opening this older dossier ran; empty for a new or a current one."""
        return self.found.pending if self.found is not None and self.found.made_by is not None else ()

    def close(self) -> None:
        """Let go of the file or of the server."""
        self.database.close()

    # -- readings

    def needs_reading(self, document: Document, reader: str | None) -> bool:
        """Whether this very document, as read by `reader`, is not there yet."""
        return needs_reading(self.database, document, reader)

    def add(
        self, reading: Reading, *, raw: bytes | None = None, fetched_from: str | None = None, again: bool = False
    ) -> Added:
        """Keep a reading, in one transaction; with `again` also where document and reader are the same as before."""
        return add_reading(self.database, Incoming(reading, raw, fetched_from), again=again)

    def add_many(
        self, readings: Iterable[Reading | Incoming], *, batch: int = 200, again: bool = False
    ) -> Iterator[Added]:
        """Keep many readings, `batch` to a transaction, reporting each once it is kept."""
        incoming = (one if isinstance(one, Incoming) else Incoming(one) for one in readings)
        return add_readings(self.database, incoming, batch=batch, again=again)

    def reading(self, document: str, *, version: int | None = None) -> Reading | None:
        """The current reading of a document, or the last one of an earlier version; None where there is none."""
        return reading_of(self.database, document, version=version)

    def readings(self, *, current: bool = True) -> Iterator[Reading]:
        """All readings in the order their documents came; without `current`, earlier ones too."""
        return all_readings(self.database, current=current)

    def readings_of(self, identities: Sequence[str]) -> dict[str, Reading]:
        """The current readings of these documents, by id."""
        return readings_of(self.database, identities)

    def history(self, document: str) -> list[Version]:
        """Every version and reading of a document, oldest first."""
        return history_of(self.database, document)

    # -- lists and search

    def documents(
        self, wanted: Filter | None = None, *, newest_first: bool = True, limit: int = 100, offset: int = 0
    ) -> Page[Listed]:
        """Documents without their text."""
        return list_documents(self.database, wanted or Filter(), newest_first=newest_first, limit=limit, offset=offset)

    def statements(
        self, wanted: Filter | None = None, *, newest_first: bool = True, limit: int = 100, offset: int = 0
    ) -> Page[Said]:
        """Statements as their readers found them, by day."""
        return list_statements(self.database, wanted or Filter(), newest_first=newest_first, limit=limit, offset=offset)

    def search(
        self,
        typed: str,
        *,
        kind: str = "statements",
        wanted: Filter | None = None,
        newest_first: bool = False,
        limit: int = 20,
        offset: int = 0,
    ) -> Page[Hit]:
        """Statements or articles (`kind`) that hold all the words typed; "a phrase" and begin* may be among them."""
        if kind not in ("statements", "articles"):
            raise DossierError(f"nothing called {kind!r} can be searched", expected="statements or articles")
        return search(
            self.database, typed, kind=kind, wanted=wanted, newest_first=newest_first, limit=limit, offset=offset
        )

    def tally(self, what: str, *, limit: int = 200) -> tuple[Tally, ...]:
        """The names under `what` (party, speaker, issue, act, outlet, language) with their counts."""
        if what not in TALLIES:
            raise DossierError(f"nothing called {what!r} is counted", expected=", ".join(TALLIES))
        return tally(self.database, what, limit=limit)

    def people_among(self, names: Iterable[str]) -> frozenset[str]:
        """The keys of those names that are of people: they speak for a party of another name in some statement."""
        return people_among(self.database, names)

    def counts(self) -> Counts:
        """How much there is."""
        return counts(self.database)

    # -- decisions

    def decide(
        self,
        kind: str,
        target: Mapping[str, Any],
        value: Mapping[str, Any],
        *,
        by: str,
        why: str | None = None,
        expects: str | None = None,
        at: str | None = None,
    ) -> Decision:
        """Keep a decision.

        `expects` is the id that `last_decision` gave when the page was made: DecisionError, saying what changed, when
        somebody has decided on the same target since. Kind "undo" with {"decision": id} takes one back.
        """
        return decide(self.database, kind, target, value, by=by, why=why, expects=expects, at=at)

    def decisions(
        self, *, document: str | None = None, after: str | None = None, newest_first: bool = False
    ) -> Iterator[Decision]:
        """Every decision in order, those undone included; only those about a document, or after an id."""
        return all_decisions(self.database, document=document, after=after, newest_first=newest_first)

    def last_decision(self, kind: str, target: Mapping[str, Any]) -> str:
        """What `decide` may expect for this target now: the id of the last decision on it, "0" for none."""
        return last_on(self.database, kind, target)

    # -- changes

    def change_number(self) -> int:
        """A number that grows with every document and decision kept."""
        return change_number(self.database)

    def changes_since(self, number: int) -> Changes:
        """Which documents and decisions came after `number`."""
        return changes_since(self.database, number)

    # -- care

    def doctor(self) -> tuple[Finding, ...]:
        """Everything that is not as it should be; writes nothing."""
        from dragoman.store.care import doctor

        return doctor(self.database)

    def mend(self) -> tuple[Finding, ...]:
        """Put right what can be put right without loss; what was mended."""
        from dragoman.store.care import mend

        return mend(self.database)

    def backup(self, path: str | os.PathLike[str]) -> Path:
        """A whole copy of this moment as an SQLite file at `path`, while others read and write."""
        from dragoman.store.copying import back_up

        return back_up(self.database, Path(path))


def open_store(address: str | os.PathLike[str], *, create: bool = True, read_only: bool = False) -> Store:
    """Open the dossier at `address`, a file or postgresql://…; an older one is brought up to date.

    A file that may not be written is opened for reading. DossierError when there is none and `create` is off, when it
    is something else, damaged, or made by a newer Dragoman; DossierBusy when another program holds it.
    """
    place = Place.of(address)
    writable = not read_only
    if place.path is not None:
        writable = writable and _writable(place.path)
        _expect(place.path, create=create and writable)
    database = Database(place, writable=writable)
    try:
        found = state(database)
        if found.made_by is None and not (create and writable):
            raise _nothing(place)
        if found.pending:
            upgrade(database)
        if database.sqlite and writable:
            _log_ahead(database)
    except BaseException:
        database.close()
        raise
    return Store(database, found=found)


def look(address: str | os.PathLike[str]) -> State:
    """Which migrations the dossier at `address` has seen and which are pending; writes nothing at all.

    But where a killed program left a journal, SQLite must first take back what was begun, or there is nothing to see.
    """
    place = Place.of(address)
    unfinished = False
    if place.path is not None:
        _expect(place.path, create=False)
        unfinished = Path(f"{place.path}-journal").exists() and _writable(place.path)
    database = Database(place, writable=unfinished, pool=False)
    try:
        return state(database)
    finally:
        database.close()


def copy(origin: Store, address: str | os.PathLike[str]) -> Copied:
    """Carry everything in `origin` over to a new dossier at `address`, and check that both hold the same."""
    from dragoman.store.copying import carry_over

    if Place.of(address) == origin.database.place:
        raise DossierError("this is the same dossier", where=str(address), expected="a new or empty one")
    with open_store(address) as target:
        return carry_over(origin.database, target.database)


def _writable(path: Path) -> bool:
    try:
        os.close(os.open(path, os.O_RDWR | getattr(os, "O_CLOEXEC", 0)))
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _expect(path: Path, *, create: bool) -> None:
    where = str(path)
    if path.is_dir():
        raise DossierError("this is a folder", where=where, expected="a file", todo="Name a file in it")
    if path.exists() or create:
        if not path.parent.is_dir():
            raise DossierError("the folder is not there", where=str(path.parent), todo="Make it first")
        return
    raise _nothing(Place.of(where))


def _nothing(place: Place) -> DossierError:
    return DossierError("there is no dossier here", where=str(place), todo="Begin one with `dragoman read`")


def _log_ahead(database: Database) -> None:
    """Let readers and the writer work beside each other (write-ahead log); kept in the file once it is set.

    SQLite does not wait to set it: where others open the dossier at that moment, one of them sets it or who comes next.
    """
    with plain(database.place), database.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        if driver.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                driver.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as refused:
                if refused.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise


__all__ = ["HEAD", "Store", "copy", "look", "open_store"]

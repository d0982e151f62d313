"""Migrations: the tables are what the scripts make, older dossiers open, newer and alien files are refused."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from dragoman.errors import DossierError
from dragoman.reading import Reading
from dragoman.store import Store, look, open_store
from dragoman.store.database import Database, Place
from dragoman.store.schema import HEAD, tables
from dragoman.store.upgrade import downgrade, upgrade
from tests.builders import a_document, a_reading, a_statement

# Made by `python tests/store/test_migrations.py` when 0001 was the last migration; never made anew.
FIRST = Path(__file__).with_name("made_by_0001.sqlite3")


def some_readings() -> list[Reading]:
    early = a_document("The envoy said talks will begin on Monday.", id="early", outlet="Courier")
    late = a_document("The envoy said talks will begin late.", id="early", outlet="Courier")
    arabic = a_document("قال المبعوث إن الهدنة تُرفع.", id="arabic", language="ar")
    return [
        a_reading(early, a_statement(early, "The envoy", "said", "talks will begin on Monday"), reader="rules 1"),
        a_reading(arabic, a_statement(arabic, "المبعوث", "قال", "الهدنة تُرفع"), reader="rules 1"),
        a_reading(late, a_statement(late, "The envoy", "said", "talks will begin late"), reader="rules 1"),
    ]


def make_first(address: str) -> None:
    """A dossier as the first migration alone makes it."""
    database = Database(Place.of(address))
    upgrade(database, to="0001")
    with Store(database) as store:
        for reading in some_readings():
            store.add(reading)
        store.decide(
            "statement.accept", {"document": "arabic", "statement": "s1"}, {}, by="ada", at="2026-11-25T20:00Z"
        )
        store.decide("party.merge", {"name": "envoy"}, {"into": "The Envoy"}, by="bob", at="2026-11-25T20:01Z")


def check_first(store: Store) -> None:
    early, arabic, late = some_readings()
    assert store.upgraded == ("0002", "0003")
    assert list(store.readings()) == [late, arabic]
    assert store.reading("early", version=1) == early
    assert [d.kind for d in store.decisions()] == ["statement.accept", "party.merge"]
    assert store.search("ترفع").total == 1
    assert store.statements().rows[0].reviewed or store.statements().rows[1].reviewed
    assert store.add(late, raw=b"<html>", fetched_from="https://example.org/").status == "unchanged"
    assert store.intake.known(["https://example.org/"]) == {"https://example.org/"}
    assert store.doctor() == ()


def test_a_dossier_made_by_the_first_migration_opens(address: str) -> None:
    make_first(address)
    assert look(address).made_by == "0001"
    with open_store(address) as store:
        check_first(store)
    with open_store(address) as store:
        assert store.upgraded == ()


def test_a_file_made_by_the_first_migration_opens(tmp_path: Path) -> None:
    path = tmp_path / "old.dragoman"
    shutil.copy(FIRST, path)
    with open_store(path) as store:
        check_first(store)


def test_the_tables_are_what_the_migrations_make(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def ours(name: str | None, kind: str, parents: object) -> bool:
        return kind != "table" or name in tables.tables

    with store.database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": ours, "compare_type": True, "target_metadata": tables}
        )
        found = [
            change for change in compare_metadata(context, tables)
            # The generated column and its index exist on PostgreSQL only, and are the migrations' own.
            if not (change[0] in ("remove_column", "remove_index") and "vector" in str(change))
        ]  # fmt: skip
        checks = {
            name: {check["name"] for check in inspect(connection).get_check_constraints(name)} for name in tables.tables
        }
    assert found == []
    for name, table in tables.tables.items():
        declared = {c.name for c in table.constraints if type(c).__name__ == "CheckConstraint" and c.name}
        assert declared <= checks[name], name


def test_the_last_script_is_the_head_and_the_numbers_have_no_gaps() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "dragoman.store:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [HEAD]
    assert sorted(s.revision for s in scripts.walk_revisions()) == [f"{n:04}" for n in range(1, int(HEAD) + 1)]


def test_down_and_up_again(address: str) -> None:
    make_first(address)
    with open_store(address) as store:
        downgrade(store.database, to="0001")
    with open_store(address) as store:
        check_first(store)
        downgrade(store.database, to="base")
    assert look(address).made_by is None
    with open_store(address) as store:
        assert store.counts().documents == 0
        store.add(some_readings()[0])


def test_looking_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "old.dragoman"
    shutil.copy(FIRST, path)
    before = (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
    state = look(path)
    assert (state.made_by, state.pending) == ("0001", ("0002", "0003"))
    assert (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) == before
    assert [p.name for p in tmp_path.iterdir()] == ["old.dragoman"]
    with pytest.raises(DossierError, match="there is no dossier here"):
        look(tmp_path / "nothing.dragoman")


def test_looking_at_a_server_writes_nothing(base: str, address: str) -> None:
    if base == "postgresql":
        state = look(address)
        assert (state.made_by, state.pending) == (None, ("0001", "0002", "0003"))
        database = Database(Place.of(address))
        with database.reading() as connection:
            assert inspect(connection).get_table_names() == []
        database.close()


def test_a_newer_dossier_is_left_alone(address: str) -> None:
    with open_store(address) as store:
        store.add(some_readings()[0])

        def age(connection) -> None:  # type: ignore[no-untyped-def]
            connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
            if store.database.sqlite:
                connection.execute(text("PRAGMA user_version = 99"))

        store.database.write(age)
    with pytest.raises(DossierError, match=r"newer Dragoman .*0099.*pip install --upgrade"):
        open_store(address)


def test_an_older_dossier_that_is_damaged_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old.dragoman"
    shutil.copy(FIRST, path)
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 3 + 200] = b"\xff" * 200
    path.write_bytes(data)
    with pytest.raises(DossierError, match="damaged"):
        open_store(path)
    assert path.read_bytes() == data


def test_an_older_dossier_needs_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.dragoman"
    shutil.copy(FIRST, path)
    full = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr("shutil.disk_usage", lambda _: full)
    with pytest.raises(DossierError, match="too little room"):
        open_store(path)
    assert look(path).made_by == "0001"


def test_a_migration_that_fails_leaves_the_dossier_before_it(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_first(address)
    from alembic import command

    real = command.upgrade

    def stumble(config: object, step: str) -> None:
        real(config, step)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", stumble)
        with pytest.raises(KeyboardInterrupt):
            open_store(address)
    assert look(address).made_by == "0001"
    with open_store(address) as store:
        check_first(store)


def test_two_may_open_a_new_dossier_at_once(new_address: Callable[[], str]) -> None:
    from threading import Thread

    for _ in range(3):
        address = new_address()
        failed: list[BaseException] = []

        def begin(address: str = address, failed: list[BaseException] = failed) -> None:
            try:
                open_store(address).close()
            except BaseException as problem:
                failed.append(problem)

        threads = [Thread(target=begin) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert look(address).pending == ()


def test_another_sqlite_file_is_no_dossier(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE places (id)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DossierError, match="not a Dragoman dossier"):
        open_store(path)
    assert path.read_bytes() == before


def test_another_database_on_a_server_is_no_dossier(base: str, address: str) -> None:
    if base == "postgresql":
        import psycopg

        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE TABLE documents (id int)")
        with pytest.raises(DossierError, match="not a Dragoman dossier"):
            open_store(address)


if __name__ == "__main__":
    make_first(str(FIRST))
    with sqlite3.connect(FIRST) as made:
        made.execute("PRAGMA journal_mode = DELETE")

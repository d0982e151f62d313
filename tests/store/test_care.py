"""Copies hold the same, the doctor sees what is wrong, and mending loses nothing."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from dragoman.errors import DossierError
from dragoman.store import Store, copy, open_store
from dragoman.store.copying import digest
from tests.builders import a_document, a_reading, a_statement
from tests.store.conftest import Server


def fill(store: Store) -> None:
    for n in range(30):
        document = a_document(f"Envoy {n} said the port will open \0 قال تُرفع 😀.", id=f"d{n}", title="T", outlet="O")
        said = a_statement(
            document, f"Envoy {n}", "said", "the port will open", issues=("port", "بيت"), confidence=1 / 3
        )
        store.add(
            a_reading(document, said, reader="r"), raw=zlib.compress(b"%d" % n) * 9, fetched_from=f"https://a/{n}"
        )
    store.add(a_reading(a_document("changed", id="d3")))
    done = store.decide("statement.accept", {"document": "d1", "statement": "s1"}, {"x": 1}, by="ada")
    store.decide("undo", {"decision": done.id}, {}, by="ada", why="\ud800")
    store.intake.failed("x", "y")
    store.intake.follow("https://feed/")
    store.people.add("ada", role="owner", password="$")
    store.people.enter("t", "ada", expires_at="2999")
    store.notes.set("k", [1])


def run(store: Store, statement: str, **values: Any) -> None:
    store.database.write(lambda connection: connection.execute(text(statement), values))


@pytest.mark.parametrize("target_kind", ["sqlite", "postgresql"])
def test_a_copy_between_any_two_databases_loses_nothing(
    store: Store, target_kind: str, tmp_path: Path, server: Server
) -> None:
    fill(store)
    target = str(tmp_path / "copy.dragoman") if target_kind == "sqlite" else server.new_address()
    copied = copy(store, target)
    assert copied == digest(store.database)
    assert copied.rows["documents"] == 30 and copied.rows["readings"] == 31 and copied.rows["raw"] == 30
    assert copy(store, target) == copied  # asked again, it finds both alike
    with open_store(target) as other:
        assert list(other.readings(current=False)) == list(store.readings(current=False))
        assert list(other.decisions()) == list(store.decisions())
        assert other.search("ترفع", kind="articles").total == 29
        assert other.intake.raw("d7") == store.intake.raw("d7")
        assert other.doctor() == ()
        assert other.add(a_reading(a_document("new", id="new"))).status == "new"
        assert other.decide("party.add", {"name": "A"}, {}, by="ada").id == "3"
    with pytest.raises(DossierError, match="already holds another dossier"):
        copy(store, target)


def test_a_dossier_is_not_copied_onto_itself(store: Store) -> None:
    address = store.database.place.url.render_as_string(hide_password=False)
    with pytest.raises(DossierError, match="same dossier"):
        copy(store, address if store.database.place.path is None else store.database.place.path)


def test_a_copy_that_arrives_otherwise_is_not_kept(
    store: Store, new_address: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    target = new_address()
    with open_store(target) as other:
        honest = other.database.insert

        def lossy(connection: Any, table: Any, rows: list[dict[str, Any]]) -> None:
            honest(connection, table, rows[1:] if table.name == "statement_issues" else rows)

        monkeypatch.setattr(type(other.database), "insert", lambda self, *given: lossy(*given))
        from dragoman.store.copying import carry_over

        with pytest.raises(DossierError, match="not what was sent"):
            carry_over(store.database, other.database)
        assert other.counts().documents == 0


def test_a_backup_is_one_whole_moment_while_others_write(store: Store, tmp_path: Path) -> None:
    fill(store)
    stop: list[bool] = []
    written: list[str] = []

    def write() -> None:
        n = 0
        while not stop:
            document = a_document(f"More {n} said so.", id=f"more{n}")
            store.add(a_reading(document, a_statement(document, f"More {n}", "said", "so")))
            written.append(document.id)
            n += 1

    writer = Thread(target=write)
    writer.start()
    try:
        made = []
        for n in range(3):
            before = list(written)
            made.append((store.backup(tmp_path / f"b{n}.dragoman"), before))
    finally:
        stop.append(True)
        writer.join()
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(("b", "."))) == [
        f"b{n}.dragoman" for n in range(3)
    ]
    for path, before in made:
        with open_store(path) as copied:
            assert {f"more{n}" for n in range(len(before))} <= {d.id for d in copied.documents(limit=10**6)}
            assert copied.intake.raw("d7") == store.intake.raw("d7")
            assert list(copied.decisions()) == list(store.decisions())
            assert copied.doctor() == ()


def test_a_backup_that_finds_no_room_names_its_own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path / "d.dragoman") as store:
        fill(store)
        before = sorted(tmp_path.iterdir())
        # SQLite itself holds a file to a size, as a full disk would.
        connect = sqlite3.connect

        def small(path: Path) -> sqlite3.Connection:
            connection = connect(path)
            connection.execute("PRAGMA max_page_count = 3")
            return connection

        monkeypatch.setattr("dragoman.store.copying.sqlite3.connect", small)
        with pytest.raises(DossierError) as told:
            store.backup(tmp_path / "b.dragoman")
        assert told.value.where == str(tmp_path / "b.dragoman") and "full" in told.value.found
        assert sorted(tmp_path.iterdir()) == before


def test_a_backup_replaces_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "precious"
    path.write_text("mine")
    with pytest.raises(DossierError, match="something is there already"):
        store.backup(path)
    with pytest.raises(DossierError, match="folder is not there"):
        store.backup(tmp_path / "no" / "b")
    assert path.read_text() == "mine"


def test_a_whole_dossier_has_no_findings(store: Store) -> None:
    fill(store)
    assert store.doctor() == ()
    assert store.mend() == ()


DAMAGE = [
    ("UPDATE documents SET title = 'X', words = 9 WHERE id = 'd5'", "rows", "d5"),
    ("UPDATE documents SET version = 7 WHERE id = 'd5'", "rows", "d5"),
    ("UPDATE statements SET party = 'Q', content = 'never said' WHERE document = 5", "rows", "d4"),
    ("UPDATE statements SET reviewed = (1 = 1) WHERE document = 5", "rows", "d4"),
    ("DELETE FROM statement_issues WHERE statement = 5", "rows", "d4"),
    ("UPDATE statement_issues SET issue = 'Q' WHERE statement = 5 AND place = 1", "rows", "d4"),
    ("DELETE FROM article_words WHERE document = 5", "rows", "d4"),
    ("UPDATE article_words SET folded = 'q' WHERE document = 5", "rows", "d4"),
    ("UPDATE readings SET current = (1 = 0) WHERE document = 5", "document", "d4"),
]


@pytest.mark.parametrize(("damage", "kind", "where"), DAMAGE)
def test_what_follows_from_the_readings_is_mended(store: Store, damage: str, kind: str, where: str) -> None:
    fill(store)
    whole = (digest(store.database).rows, list(store.readings(current=False)), list(store.decisions()))
    run(store, damage)
    found = [f for f in store.doctor() if f.kind != "search"]
    assert [(f.kind, f.where, f.mendable) for f in found] == [(kind, where, True)]
    assert {f.kind for f in store.mend()} <= {kind, "search"}
    assert store.doctor() == ()
    assert (digest(store.database).rows, list(store.readings(current=False)), list(store.decisions())) == whole
    assert store.search("port").total == 29


def test_a_damaged_reading_falls_back_to_the_one_before(store: Store) -> None:
    fill(store)
    run(store, "UPDATE readings SET body = '{' WHERE document = 4 AND version = 2")
    with pytest.raises(DossierError, match="damaged"):
        store.reading("d3")
    assert [(f.kind, f.mendable) for f in store.doctor()] == [("reading", False), ("document", True)]
    store.mend()
    assert store.reading("d3").document.text.startswith("Envoy 3")  # type: ignore[union-attr]
    assert [f.kind for f in store.doctor()] == ["reading"]
    assert store.add(a_reading(a_document("changed", id="d3"))).status == "changed"


BAD_BODIES = ["", "{", "[]", '{"document":{}}', '{"document":{"id":"d0","text":"other"}}', "null", "1e999", "[" * 9999]


@pytest.mark.parametrize("body", BAD_BODIES)
def test_a_reading_that_is_none_is_a_finding(store: Store, body: str) -> None:
    store.add(a_reading(a_document(id="d0")))
    run(store, "UPDATE readings SET body = :body", body=body)
    kinds = [(f.kind, f.mendable) for f in store.doctor()]
    assert kinds == [("reading", False), ("document", False)]
    assert store.mend() == ()


def test_spans_that_are_no_words_of_the_text_are_a_finding(store: Store) -> None:
    fill(store)
    run(store, "UPDATE readings SET body = replace(body, '[[0,7]]', '[[0,7000]]') WHERE document = 2")
    assert [f.kind for f in store.doctor()] == ["reading", "document"]


def test_decisions_that_lost_their_words_are_shown_not_dropped(store: Store) -> None:
    fill(store)
    store.decide("statement.accept", {"document": "d2", "statement": "s1"}, {}, by="ada")
    store.decide("statement.add", {"document": "d2"}, {"content": [[0, 5]]}, by="ada")
    store.decide("statement.reject", {"document": "d2", "statement": "s99"}, {}, by="ada")
    store.add(a_reading(a_document("Another text.", id="d2")))
    found = store.doctor()
    assert [(f.kind, f.where, f.mendable) for f in found] == [
        ("decision", "decision 3", False), ("decision", "decision 5", False),
    ]  # fmt: skip
    assert "the port will open" in found[0].what
    assert store.mend() == ()
    assert store.counts().decisions == 5


def test_the_search_index_is_made_anew(tmp_path: Path) -> None:
    with open_store(tmp_path / "d") as store:
        fill(store)
        run(store, "INSERT INTO article_index (article_index) VALUES ('delete-all')")
        assert not store.search("port", kind="articles")
        assert [(f.kind, f.mendable) for f in store.doctor()] == [("search", True)]
        store.mend()
        assert store.search("port", kind="articles").total == 29
        assert store.doctor() == ()


def test_code_in_a_dossier_is_found_and_removed(tmp_path: Path) -> None:
    with open_store(tmp_path / "d") as store:
        fill(store)
        run(store, 'CREATE TRIGGER "a""b" AFTER INSERT ON decisions BEGIN DELETE FROM changes; END')
        run(store, "CREATE VIEW v AS SELECT 1")
        assert [(f.kind, f.where) for f in store.doctor()] == [("foreign code", 'a"b'), ("foreign code", "v")]
        assert len(store.mend()) == 2
        assert store.doctor() == ()


def test_damaged_pages_are_named_and_not_mended(tmp_path: Path) -> None:
    path = tmp_path / "d.dragoman"
    with open_store(path) as store:
        fill(store)
    with sqlite3.connect(path) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'documents_by_day'").fetchone()[0]
    connection.close()
    data = bytearray(path.read_bytes())
    data[4096 * (page - 1) + 8 : 4096 * page] = b"\x07" * 4088
    path.write_bytes(data)
    with open_store(path) as store:
        assert {f.kind for f in store.doctor()} == {"database"}
        with pytest.raises(DossierError, match="Go back to a backup"):
            store.mend()


@pytest.mark.parametrize("role", ["source", "cue", "content"])
@pytest.mark.parametrize(("start", "end"), [(5, 5), (6, 5), (-1, 5), (None, 5), (5, None)])
def test_the_database_itself_refuses_a_span_that_ends_before_it_starts(
    store: Store, role: str, start: int | None, end: int | None
) -> None:
    store.add(a_reading(None, a_statement(a_document(), "The minister", "said", "the port")))

    def damage(connection: Any) -> None:
        connection.execute(
            text(f"UPDATE statements SET {role}_start = :start, {role}_end = :end"), {"start": start, "end": end}
        )

    with store.database._writing() as connection, pytest.raises(IntegrityError):
        damage(connection)

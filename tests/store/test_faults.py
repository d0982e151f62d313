"""What goes wrong on real machines: after each, nothing acknowledged is lost, and the person is told what to do."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text

from dragoman.errors import DossierBusy, DossierError, MissingExtra
from dragoman.reading import Reading
from dragoman.store import Store, look, open_store
from tests.builders import a_document, a_reading, a_statement
from tests.fuzzing import rounds
from tests.store.conftest import Server
from tests.store.kill_points import LEAST

ROOT = Path(__file__).parent.parent.parent
TASKS = ["reading", "deciding", "loading", "copying", "backing up", "migrating"]


def some(n: int, words: int = 300) -> Reading:
    document = a_document(f"Envoy {n} said the port will open. " + "Words follow. " * words, id=f"d{n}")
    return a_reading(document, a_statement(document, f"Envoy {n}", "said", "the port will open"))


# -------------------------------------------------------------------------------------------------- kill -9


@pytest.fixture(scope="module")
def reports() -> dict[str, dict[str, Any]]:
    return {}


@pytest.mark.parametrize("task", TASKS)
def test_a_killed_process_loses_and_doubles_nothing(
    task: str, base: str, new_address: Callable[[], str], tmp_path: Path, reports: dict[str, dict[str, Any]]
) -> None:
    if base not in reports:
        given = {"addresses": [new_address() for _ in range(9)], "folder": str(tmp_path / "work")}
        (tmp_path / "work").mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "tests.store.kill_points", json.dumps(given)],
            cwd=ROOT, capture_output=True, text=True, timeout=150,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        reports[base] = json.loads(done.stdout)
    report = reports[base][task]
    assert report["killed"] >= LEAST, report
    assert (report["lost"], report["doubled"], report["missing"]) == ([], 0, 0)
    assert report.get("findings", []) == []
    assert report.get("numbers", True)


# -------------------------------------------------------------------------------------------------- busy


def test_a_dossier_that_another_program_holds_is_busy(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(address).close()
    monkeypatch.setattr("dragoman.store.database.PATIENCE", 0.2)
    with open_store(address) as holder, open_store(address) as store:
        store.add(some(1))
        with holder.database._writing() as connection:
            connection.execute(text("SELECT 1"))
            for attempt in (
                lambda: store.add(some(2)),
                lambda: store.decide("party.add", {"name": "A"}, {}, by="ada"),
                lambda: store.notes.set("a", 1),
            ):
                with pytest.raises(DossierBusy, match=r"another program is writing.*Try again"):
                    attempt()
            assert store.reading("d1") == some(1)  # readers do not wait
        assert store.add(some(2)).status == "new"
        assert store.doctor() == ()


# -------------------------------------------------------------------------------------------------- the disk


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "d.dragoman"
    open_store(path).close()
    return path


def fill_until_it_fails(store: Store) -> tuple[list[str], DossierError]:
    kept: list[str] = []
    for n in range(500):
        try:
            kept.append(store.add(some(n)).document)
        except DossierError as problem:
            return kept, problem
    raise AssertionError("nothing failed")


def check_after_a_full_disk(path: Path, kept: list[str]) -> None:
    with open_store(path) as store:
        assert [r.document.id for r in store.readings()] == kept
        assert store.doctor() == ()
        assert store.add(some(len(kept))).status == "new"
        assert store.search("envoy", kind="articles").total == len(kept) + 1


def test_a_full_disk_keeps_what_was_kept(file: Path) -> None:
    with open_store(file) as store:

        def limit(connection: Any) -> None:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.execute(text(f"PRAGMA max_page_count = {pages + 40}"))

        store.database.write(limit)
        kept, problem = fill_until_it_fails(store)
        assert "disk is full" in str(problem) and "goes on where it stopped" in str(problem)
        with pytest.raises(DossierError, match="disk is full"):
            store.backup_too = store.notes.set("x", "y" * 10**6)  # type: ignore[attr-defined]
    assert kept
    check_after_a_full_disk(file, kept)


def test_a_disk_that_refuses_to_grow_files_keeps_what_was_kept(file: Path, tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with open_store(file) as store:
        store.add(some(0))
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, before[1]))
            kept, problem = fill_until_it_fails(store)
            with pytest.raises(DossierError):
                store.notes.set("x", "y" * 10**6)
            with pytest.raises(DossierError):
                resource.setrlimit(resource.RLIMIT_FSIZE, (8192, before[1]))
                store.backup(tmp_path / "backup.dragoman")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "could not be read or written" in str(problem) or "disk is full" in str(problem)
    assert kept[0] == "d0"
    assert [p.name for p in tmp_path.iterdir()] == ["d.dragoman"]
    check_after_a_full_disk(file, kept)


@pytest.fixture
def without_rights() -> Any:
    """Be an ordinary user for a while: root may write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.fixture
def read_only(file: Path) -> Path:
    """A dossier in a folder, neither of which may be written."""
    with open_store(file) as store:
        store.add(some(1))
    for folder in (file.parent, *file.parent.parents):
        if os.stat(folder).st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    file.chmod(0o444)
    file.parent.chmod(0o555)
    return file


def test_a_read_only_dossier_is_read_and_not_written(read_only: Path, without_rights: None) -> None:
    try:
        with open_store(read_only) as store:
            assert store.read_only
            assert store.reading("d1") == some(1)
            assert store.search("envoy").total == 1
            assert store.doctor() == ()
            for attempt in (lambda: store.add(some(2)), lambda: store.decide("party.add", {"name": "A"}, {}, by="a")):
                with pytest.raises(DossierError, match=r"read-only.*Copy it to a place you may write"):
                    attempt()
        assert look(read_only).pending == ()
        with pytest.raises(DossierError, match=r"cannot be opened|there is no dossier"):
            open_store(read_only.parent / "another.dragoman")
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        read_only.parent.chmod(0o755)


def test_read_only_can_be_asked_for(file: Path) -> None:
    with open_store(file) as store:
        store.add(some(1))
        with open_store(file, read_only=True) as reader:
            assert reader.reading("d1") == some(1)
            store.add(some(2))
            assert reader.reading("d2") == some(2)
            with pytest.raises(DossierError, match="read-only"):
                reader.add(some(3))
    with pytest.raises(DossierError, match="there is no dossier here"):
        open_store(file.parent / "nothing.dragoman", read_only=True)


HALF_DONE = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = DELETE")
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
many = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 40000)"
connection.execute(f"CREATE TABLE half AS {many} SELECT x, hex(randomblob(40)) AS words FROM n")
os._exit(0)
"""


def test_what_a_killed_program_left_half_done_is_taken_back(file: Path) -> None:
    with open_store(file) as store:
        store.add(some(1))
    # As SQLite writes before a dossier has its log: the pages as they were, in a journal beside it.
    subprocess.run([sys.executable, "-c", HALF_DONE, str(file)], check=True)
    assert Path(f"{file}-journal").exists()
    with pytest.raises(DossierError, match="left a change of this dossier half done"):
        open_store(file, read_only=True)
    assert look(file).pending == ()
    with open_store(file) as store:
        assert store.counts().documents == 1 and store.doctor() == ()


def test_an_older_dossier_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    import shutil

    path = tmp_path / "old.dragoman"
    shutil.copy(Path(__file__).with_name("made_by_0001.sqlite3"), path)
    with pytest.raises(DossierError, match=r"older Dragoman.*read-only.*Copy it"):
        open_store(path, read_only=True)


# -------------------------------------------------------------------------------------------------- wrong files


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Dear reader, this is a letter.\n" * 100, "not a Dragoman dossier"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "not a Dragoman dossier|damaged"),
        (b"\0" * 10000, "not a Dragoman dossier"),
        (os.urandom(100_000), "not a Dragoman dossier"),
    ],
)
def test_a_file_that_is_none_is_left_alone(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "d.dragoman"
    path.write_bytes(content)
    with pytest.raises(DossierError, match=message):
        open_store(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_file_cut_short_is_an_error_of_ours(tmp_path: Path, kept: float) -> None:
    path = tmp_path / "d.dragoman"
    with open_store(path) as store:
        list(store.add_many(some(n) for n in range(20)))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    try:
        with open_store(path) as store:
            findings = store.doctor()
            assert findings
            list(store.readings())
    except DossierError as problem:
        assert "damaged" in str(problem) or "not a Dragoman dossier" in str(problem) or "refused" in str(problem)


def test_a_fuzzed_dossier_is_an_error_of_ours_or_a_finding(tmp_path: Path) -> None:
    import random

    good = tmp_path / "good.dragoman"
    with open_store(good) as store:
        list(store.add_many(some(n, 20) for n in range(10)))
        store.decide("statement.accept", {"document": "d1", "statement": "s1"}, {}, by="ada")
    data = good.read_bytes()
    path = tmp_path / "bad.dragoman"
    for number in rounds(25):
        chance, bad, start = random.Random(number), bytearray(data), time.process_time()
        for _ in range(chance.choice([1, 20, 400])):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        for name in tmp_path.glob("bad*"):
            name.unlink()
        path.write_bytes(bad)
        try:
            with open_store(path) as store:
                store.doctor()
                list(store.readings())
                store.search("port")
                store.mend()
                store.add(some(99, 20))
        except DossierError:
            pass
        assert time.process_time() - start < 10, f"{number} takes too long"


def test_an_empty_file_and_a_half_made_one_become_dossiers(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    half = sqlite3.connect(tmp_path / "half")
    half.execute("PRAGMA journal_mode = WAL")
    half.close()
    for name in ("empty", "half"):
        with open_store(tmp_path / name) as store:
            assert store.add(some(1)).status == "new"
            assert store.upgraded == ()


def test_places_that_cannot_hold_a_dossier(tmp_path: Path) -> None:
    for address, message in (
        (tmp_path, "this is a folder"),
        (tmp_path / "no" / "d", "the folder is not there"),
        ("", "no dossier is named"),
        ("a\0b", "no dossier is named"),
        ("mysql://host/d", "mysql:// is no kind of dossier"),
        ("postgresql://host:port/d", "cannot be read"),
    ):
        with pytest.raises(DossierError, match=message):
            open_store(address)
    with pytest.raises(DossierError, match=r"there is no dossier here.*dragoman read"):
        open_store(tmp_path / "d", create=False)
    assert not (tmp_path / "d").exists()


def test_names_of_files_may_hold_anything(tmp_path: Path) -> None:
    for name in ("a b?c#d%20e", "مفاوضات", "x&mode=memory", "-"):
        with open_store(tmp_path / name) as store:
            store.add(some(1))
        with open_store(tmp_path / name, read_only=True) as store:
            assert store.counts().documents == 1
        assert look(tmp_path / name).pending == ()


# -------------------------------------------------------------------------------------------------- the server


def test_a_server_that_is_not_there(server: Server) -> None:
    start = time.perf_counter()
    with pytest.raises(DossierError, match=r"does not answer.*Start it"):
        open_store("postgresql://ada:secret@127.0.0.1:1/x")
    assert time.perf_counter() - start < 3
    with pytest.raises(DossierError, match=r"no such database.*createdb"):
        open_store(f"postgresql://dragoman@/nothing?host={server.home}")
    with pytest.raises(DossierError, match="refuses this user"):
        open_store(f"postgresql://stranger@/postgres?host={server.home}")


def test_a_password_is_never_shown() -> None:
    with pytest.raises(DossierError) as raised:
        open_store("postgresql://ada:secret@127.0.0.1:1/x")
    assert "secret" not in str(raised.value) and "ada" in str(raised.value)


def test_postgresql_without_its_driver_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtra, match=r"pip install 'dragoman\[postgres\]'"):
        open_store("postgresql://host/x")


def test_a_server_that_restarts_under_load_loses_and_doubles_nothing(server: Server) -> None:
    address = server.new_address()
    open_store(address).close()
    acknowledged: list[str] = []
    decided: list[str] = []
    failed: list[BaseException] = []
    stop: list[bool] = []

    def write(name: str) -> None:
        try:
            with open_store(address) as store:
                n = 0
                while not stop:
                    document = a_document(f"{name} {n}", id=f"{name}-{n}")
                    acknowledged.append(store.add(a_reading(document)).document)
                    decided.append(store.decide("party.add", {"name": document.id}, {}, by=name).id)
                    n += 1
        except BaseException as problem:
            failed.append(problem)

    threads = [Thread(target=write, args=(name,)) for name in ("ada", "bob")]
    for thread in threads:
        thread.start()
    time.sleep(0.4)
    import signal

    for how in (signal.SIGINT, signal.SIGQUIT):
        before = len(acknowledged)
        server.stop(how)
        server.start()
        for _ in range(100):
            time.sleep(0.05)
            if len(acknowledged) > before + 4 or failed:
                break
        assert len(acknowledged) > before + 4
    stop.append(True)
    for thread in threads:
        thread.join()
    assert failed == []
    with open_store(address) as store:
        there = [r.document.id for r in store.readings(current=False)]
        assert set(acknowledged) == set(there) and len(there) == len(set(there))
        names = [d.target["name"] for d in store.decisions()]
        assert sorted(names) == sorted(acknowledged)
        assert set(decided) == {d.id for d in store.decisions()}
        assert store.doctor() == ()


# -------------------------------------------------------------------------------------------------- at the start


def test_the_command_line_pays_nothing_for_the_store() -> None:
    code = (
        "import sys, dragoman, dragoman.store; from dragoman.store import Added, Filter; "
        "print([m for m in ('sqlalchemy', 'alembic', 'psycopg', 'sqlite3') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_opening_a_current_dossier_loads_no_migrations(file: Path) -> None:
    code = (
        "import sys; from dragoman.store import open_store; open_store(sys.argv[1]).close(); "
        "print([m for m in ('alembic', 'psycopg') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"

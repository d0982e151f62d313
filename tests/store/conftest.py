"""A dossier on each database: an SQLite file, and a real PostgreSQL server on a socket of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from dragoman.store import Store, open_store
from dragoman.store.schema import tables

INSTALL = "apt-get install -y postgresql"


def postgresql_programs() -> Path | None:
    """Where Debian keeps the newest server's programs, or where the path has them."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parent.parent.name))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Server:
    """A PostgreSQL server that only this test run can reach."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.home = Path(tempfile.mkdtemp(prefix="dragoman-pg-"))
        # PostgreSQL refuses to run as root; Debian's package brings a user for it.
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(self.home, self.user, pwd.getpwnam(self.user).pw_gid)
        options = ["-A", "trust", "-U", "dragoman", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run("initdb", "-D", str(self.home / "data"), *options)
        self.names = count(1)
        self.process = self.start()

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self.programs / program, *arguments],
            check=True, user=self.user, cwd=self.home, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self) -> subprocess.Popen[bytes]:
        quick = ("fsync=off", "full_page_writes=off", "listen_addresses=", f"unix_socket_directories={self.home}")
        options = [part for setting in (*quick, "max_connections=60") for part in ("-c", setting)]
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", str(self.home / "data"), *options],
                user=self.user, cwd=self.home, stdout=subprocess.DEVNULL, stderr=log,
            )  # fmt: skip
        for _ in range(200):
            ready = subprocess.run(
                [self.programs / "pg_isready", "-q", "-h", str(self.home)], check=False, cwd=self.home
            )
            if ready.returncode == 0:
                return self.process
            assert self.process.poll() is None, (self.home / "log").read_text()
            time.sleep(0.05)
        raise AssertionError("PostgreSQL did not start: " + (self.home / "log").read_text())

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        self.process.send_signal(how)
        self.process.wait(30)

    def new_address(self) -> str:
        """An empty schema: a twentieth of the files that a database of its own would have."""
        name = f"d{next(self.names)}"
        with self.sql() as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"postgresql://dragoman@/postgres?host={self.home}&options=-csearch_path%3D{name}"

    def sql(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(f"host={self.home} user=dragoman dbname=postgres", autocommit=True)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    programs = postgresql_programs()
    if programs is None:
        pytest.fail(f"These tests need a PostgreSQL server. Install it with: {INSTALL}")
    server = Server(programs)
    yield server
    server.stop(signal.SIGQUIT)
    shutil.rmtree(server.home, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def base(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def new_address(base: str, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], str]:
    """Addresses at which there is no dossier yet, on the database under test."""
    numbers = count(1)
    if base == "sqlite":
        return lambda: str(tmp_path / f"d{next(numbers)}.dragoman")
    return request.getfixturevalue("server").new_address  # type: ignore[no-any-return]


@pytest.fixture
def address(new_address: Callable[[], str]) -> str:
    return new_address()


@pytest.fixture
def store(base: str, tmp_path: Path, empty: dict[str, list[str]], request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty dossier; emptied and used again afterwards, for making one takes longer than most tests."""
    shelf = empty[base]
    if not shelf:
        server = request.getfixturevalue("server") if base == "postgresql" else None
        shelf.append(server.new_address() if server else str(tmp_path.parent / "empty.dragoman"))
        open_store(shelf[0]).close()
    if base == "sqlite":
        shutil.copy(shelf[0], tmp_path / "d.dragoman")
        with open_store(tmp_path / "d.dragoman") as store:
            yield store
        return
    with open_store(shelf[0]) as store:
        yield store
        with store.database.engine.begin() as connection:
            for table in reversed(tables.sorted_tables):
                connection.execute(table.delete())


@pytest.fixture(scope="session")
def empty() -> dict[str, list[str]]:
    return {"sqlite": [], "postgresql": []}

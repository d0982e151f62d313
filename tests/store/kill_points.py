"""Kills a process that is at work on a dossier, at many points, and reports what was lost or doubled.

Run by test_faults.py as a process of its own, so that it may fork. In: one JSON argument with addresses. Out: JSON.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401  loaded here once, so that the children that are killed need not
import psycopg

from dragoman.store import Incoming, Store, copy, look, open_store
from dragoman.store.copying import digest
from dragoman.store.database import Database, Place
from dragoman.store.upgrade import upgrade
from tests.builders import a_document, a_reading, a_statement

LEAST = 2  # kills without which a task counts as untried
Work = Callable[[Callable[[str], None]], None]


def readings(count: int) -> Iterable[Any]:
    for n in range(count):
        document = a_document(f"Envoy {n} said the port will open. " + "More words follow. " * 40, id=f"d{n}")
        statements = [
            a_statement(document, f"Envoy {n}", "said", "the port will open", id=f"s{k}", issues=("port",))
            for k in range(5)
        ]
        yield a_reading(document, *statements, reader="rules 1")


def killed(work: Work, *, acknowledged: int = 0, after: float | None = None) -> tuple[list[str], bool]:
    """What `work` reported as done before it was killed, and whether it was killed at all.

    It is killed `after` seconds from its start, or from when it had reported so many things; None lets it finish.
    """
    reading_end, writing_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading_end)
        try:
            work(lambda done: os.write(writing_end, f"{done}\n".encode()) and None)
            os._exit(0)
        except BaseException as problem:
            os.write(2, repr(problem).encode())
            os._exit(1)
    os.close(writing_end)
    with os.fdopen(reading_end, "rb") as pipe:
        lines = [pipe.readline() for _ in range(acknowledged)]
        if after is not None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        reported = b"".join([*lines, pipe.read()]).decode().split("\n")[:-1]
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return reported, os.WIFSIGNALED(status)


def between_items(work: Work, check: Callable[[list[str]], None], *, count: int, points: int) -> int:
    """Kill work on many items again and again, each time some items further; how often it was killed."""
    times, pace = 0, 0.0
    for n in range(points):
        start = time.perf_counter()
        # The first kills hit the opening, later ones the transactions.
        some = 0 if n < points // 4 else random.randint(0, count // points)
        reported, was_killed = killed(work, acknowledged=some, after=random.random() * (pace or 0.02))
        pace = max(pace, (time.perf_counter() - start) / (2 * some)) if some else pace
        times += was_killed
        check(reported)
    check(killed(work)[0])
    return times


def throughout(work: Work, reset: Callable[[], None], check: Callable[[list[str]], None], points: int) -> int:
    """Kill one long step at moments spread over it; how often it was killed."""
    reset()
    start = time.perf_counter()
    reported = killed(work)[0]
    whole = time.perf_counter() - start
    check(reported)
    times = tried = 0
    while tried < points or (times < LEAST and tried < 5 * points):
        reset()
        reported, was_killed = killed(work, after=whole * (tried % points + random.random()) / points)
        times += was_killed
        if not was_killed:  # the machine was busier when the step was timed than it is now
            whole *= 0.6
        check(reported)
        check(killed(work)[0])
        tried += 1
    return times


def reading(address: str, points: int) -> dict[str, Any]:
    count, acknowledged, lost = 40, set(), []

    def work(done: Callable[[str], None]) -> None:
        with open_store(address) as store:
            for one in readings(count):
                if store.needs_reading(one.document, one.reader):
                    done(store.add(one, raw=b"page", fetched_from=f"https://a/{one.document.id}").document)

    def check(reported: list[str]) -> None:
        acknowledged.update(reported)
        with open_store(address) as store:
            there = [r.document.id for r in store.readings(current=False)]
            lost.extend(acknowledged - set(there))

    times = between_items(work, check, count=count, points=points)
    with open_store(address) as store:
        there = [r.document.id for r in store.readings(current=False)]
        return {
            "killed": times, "lost": lost, "doubled": len(there) - len(set(there)), "missing": count - len(set(there)),
            "statements": store.counts().statements, "findings": [str(f) for f in store.doctor()],
        }  # fmt: skip


def deciding(address: str, points: int) -> dict[str, Any]:
    count, acknowledged, lost = 40, set(), []

    def names(store: Store) -> list[str]:
        return [str(d.target["name"]) for d in store.decisions()]

    def work(done: Callable[[str], None]) -> None:
        with open_store(address) as store:
            for name in sorted({f"P{n}" for n in range(count)} - set(names(store))):
                store.decide("party.add", {"name": name}, {}, by="ada")
                done(name)

    def check(reported: list[str]) -> None:
        acknowledged.update(reported)
        with open_store(address) as store:
            lost.extend(acknowledged - set(names(store)))

    times = between_items(work, check, count=count, points=points)
    with open_store(address) as store:
        there = names(store)
        return {
            "killed": times, "lost": lost, "doubled": len(there) - len(set(there)), "missing": count - len(set(there)),
            "numbers": [d.id for d in store.decisions()] == [str(n + 1) for n in range(count)],
        }  # fmt: skip


def loading(address: str, points: int) -> dict[str, Any]:
    count, acknowledged, lost = 80, set(), []

    def work(done: Callable[[str], None]) -> None:
        with open_store(address) as store:
            for added in store.add_many((Incoming(r) for r in readings(count)), batch=10):
                done(added.document)

    def check(reported: list[str]) -> None:
        acknowledged.update(reported)
        with open_store(address) as store:
            lost.extend(acknowledged - {d.id for d in store.documents(limit=1000)})

    times = between_items(work, check, count=count, points=points)
    with open_store(address) as store:
        counts = store.counts()
        return {
            "killed": times, "lost": lost, "doubled": counts.readings - counts.documents,
            "missing": count - counts.documents, "findings": [str(f) for f in store.doctor()],
        }  # fmt: skip


def migrating(addresses: list[str], points: int) -> dict[str, Any]:
    """Each point needs an older dossier of its own."""
    times, states, lost = 0, set(), []
    whole = 0.0
    for n, address in enumerate(addresses[: points + 1]):
        database = Database(Place.of(address))
        upgrade(database, to="0001")
        with Store(database) as store:
            list(store.add_many(readings(3)))
            store.decide("party.add", {"name": "A"}, {}, by="ada")
        start = time.perf_counter()

        def work(done: Callable[[str], None], address: str = address) -> None:
            open_store(address).close()
            done("open")

        was_killed = killed(work, after=whole * (n - random.random()) / points if n else None)[1]
        whole = whole or time.perf_counter() - start
        times += was_killed
        if n and not was_killed:
            whole *= 0.6
        states.add(look(address).made_by)
        with open_store(address) as store:
            counts = store.counts()
            if (counts.documents, counts.decisions) != (3, 1) or store.doctor():
                lost.append(address)
            store.intake.follow("https://feed/")
    return {"killed": times, "states": sorted(map(str, states)), "lost": lost, "doubled": 0, "missing": 0}


def copying(origin: str, target: str, points: int) -> dict[str, Any]:
    with open_store(origin) as store:
        wanted = digest(store.database).digest
    halves, acknowledged = [], []

    def work(done: Callable[[str], None]) -> None:
        with open_store(origin) as store:
            done(copy(store, target).digest)

    def check(reported: list[str]) -> None:
        acknowledged.extend(reported)
        with open_store(target) as store:
            if store.counts().documents and digest(store.database).digest != wanted:
                halves.append(target)

    def reset() -> None:
        clear(target)

    times = throughout(work, reset, check, points)
    with open_store(target) as store:
        whole = digest(store.database).digest == wanted
    lost = [d for d in acknowledged if d != wanted]
    return {"killed": times, "lost": lost, "doubled": len(halves), "missing": 0 if whole else 1}


def backing_up(origin: str, folder: Path, points: int) -> dict[str, Any]:
    halves, lost = [], []
    path = folder / "backup.dragoman"

    def work(done: Callable[[str], None]) -> None:
        with open_store(origin) as store:
            store.backup(path)
        done("made")

    def check(reported: list[str]) -> None:
        if reported and not path.exists():
            lost.append(str(path))
        if path.exists():
            with open_store(path) as made, open_store(origin) as store:
                if digest(made.database) != digest(store.database):
                    halves.append(str(path))
            path.unlink()

    times = throughout(work, lambda: None, check, points)
    return {"killed": times, "lost": lost, "doubled": len(halves), "missing": 0}


def clear(address: str) -> None:
    """Begin anew: no file, or a schema with nothing in it."""
    if "://" not in address:
        for name in (address, f"{address}-wal", f"{address}-shm"):
            Path(name).unlink(missing_ok=True)
        return
    with psycopg.connect(address, autocommit=True) as connection:
        schema = connection.execute("SELECT current_schema()").fetchone()[0]  # type: ignore[index]
        connection.execute(f'DROP SCHEMA "{schema}" CASCADE; CREATE SCHEMA "{schema}"')


def main(addresses: list[str], folder: Path) -> dict[str, Any]:
    random.seed(20270208)
    first, second, *rest = addresses
    out = {"reading": reading(first, 15), "deciding": deciding(second, 12)}
    clear(second)
    out["loading"] = loading(second, 8)
    out["copying"] = copying(first, second, 5)
    out["backing up"] = backing_up(first, folder, 4)
    out["migrating"] = migrating(rest, len(rest) - 1)
    return out


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    try:
        print(json.dumps(main(given["addresses"], Path(given["folder"]))))
    finally:
        shutil.rmtree(given["folder"], ignore_errors=True)

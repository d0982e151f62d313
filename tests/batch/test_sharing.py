"""Processes that share the reading give what one gives, in order, whatever becomes of a helper."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.batch import sharing
from dragoman.batch.sharing import Shared, fitting, shared
from dragoman.reading import Document
from tests.batch.standin import Patient, StandIn, make, make_deadly, make_nothing
from tests.builders import a_document

COUNT = 600


@pytest.fixture(autouse=True)
def soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Help is worth its start after some dozen documents; a folder tells who made a reader."""
    made = tmp_path / "made"
    made.mkdir()
    monkeypatch.setenv("STANDIN_MADE", str(made))
    monkeypatch.setenv("STANDIN_DIES", str(tmp_path / "died"))
    monkeypatch.setattr(sharing, "WORTH", 600)
    yield made
    assert multiprocessing.active_children() == [], "a helper is left"


def documents(count: int = COUNT, *, deadly: int = -1) -> list[Document]:
    return [
        a_document(f"Envoy {n} said die always." if n == deadly else f"Envoy {n} said number {n}.", id=f"d{n}")
        for n in range(count)
    ]


@pytest.mark.parametrize("kept", [20, 320])
def test_two_helpers_give_what_one_process_gives(kept: int, soon: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "_KEPT", kept)
    own = Patient()
    read = list(Shared(own, make, helpers=2).read_many(iter(documents())))
    assert read == list(StandIn().read_many(documents()))
    assert len(os.listdir(soon)) == 2 and own.read < COUNT, "helpers had their share"


@pytest.mark.parametrize(
    ("helper", "deadly"), [(make_nothing, -1), (make_deadly, 60), (make_deadly, 400), (make_deadly, COUNT - 1)]
)
def test_what_a_helper_had_when_it_died_is_read_by_another(helper: Callable[[], Any], deadly: int) -> None:
    given = documents(deadly=deadly)
    assert list(Shared(Patient(), helper, helpers=1).read_many(given)) == list(StandIn().read_many(given))


def test_few_documents_are_read_by_one_process(soon: Path) -> None:
    few = documents(20)
    assert list(Shared(StandIn(), make, helpers=3).read_many(few)) == list(StandIn().read_many(few))
    assert list(Shared(StandIn(), make, helpers=3).read_many([])) == []
    assert os.listdir(soon) == []


def test_helpers_go_when_nobody_asks_any_more() -> None:
    reading = iter(Shared(Patient(), make, helpers=1).read_many(documents()))
    read = [next(reading) for _ in range(200)]
    assert [one.document.id for one in read] == [f"d{n}" for n in range(200)]
    assert multiprocessing.active_children() != []
    reading.close()  # type: ignore[attr-defined]


def test_where_documents_come_from_may_fail() -> None:
    def broken() -> Iterator[Document]:
        yield from documents(300)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(Shared(Patient(), make, helpers=1).read_many(broken()))


@pytest.mark.parametrize(
    ("threads", "cores", "memory", "processes"),
    [(0, 2, 4 << 30, 2), (0, 1, 4 << 30, 1), (0, 8, 64 << 30, 4), (0, 8, 3 << 30, 3), (0, 2, 1 << 29, 1),
     (1, 8, 64 << 30, 1), (3, 8, 64 << 30, 3)],
)  # fmt: skip
def test_as_many_processes_as_cores_memory_and_the_user_allow(
    threads: int, cores: int, memory: int, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing.os, "cpu_count", lambda: cores)
    monkeypatch.setattr(sharing, "_memory", lambda: memory)
    assert fitting(threads) == processes


def test_a_reader_by_name_is_shared_or_not() -> None:
    assert type(shared("rules", processes=1)).__name__ == "Pipeline"
    both = shared("rules", processes=2)
    assert isinstance(both, Shared) and both.name == shared("rules").name

"""A reader that needs no model: one statement a document, "NAME said WORDS."; and ways for a worker to die."""

import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.reading import Document, Reading, Speaker, Statement
from tests.builders import at


class StandIn:
    """Reads `X said Y.` without loading anything."""

    name = "stand-in"

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        for document in documents:
            name, said, rest = document.text.partition(" said ")
            words = rest.split(".")[0]
            found = () if not said else (
                Statement("s1", at(document, name), at(document, "said"), at(document, words), Speaker(name),
                          confidence=0.5),
            )  # fmt: skip
            yield Reading(document, found, reader=self.name)


def make() -> StandIn:
    """What a worker calls once."""
    _tell()
    return StandIn()


def _tell() -> None:
    """Leave a file where the test counts who makes a reader."""
    if (folder := os.environ.get("STANDIN_MADE")) is not None:
        Path(folder, f"{os.getpid()}-{len(os.listdir(folder))}").touch()


class Deadly(StandIn):
    """Kills its own process at the word `die`: once where STANDIN_DIES names a file that is not there yet."""

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        for reading in super().read_many(documents):
            if "die" in reading.document.text:
                mark = Path(os.environ["STANDIN_DIES"])
                if "always" not in reading.document.text and not mark.exists():
                    mark.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
                if "always" in reading.document.text:
                    os.kill(os.getpid(), signal.SIGKILL)
            yield reading


def make_deadly() -> Deadly:
    """A reader whose process dies."""
    _tell()
    return Deadly()


def make_nothing() -> StandIn:
    """A reader that cannot be made."""
    _tell()
    raise OSError("no memory")


class Patient(StandIn):
    """Waits before its fiftieth document, at most ten seconds, until another process has made a reader."""

    def __init__(self) -> None:
        self.read = 0

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        for reading in super().read_many(documents):
            self.read += 1
            if self.read == 50:
                end = time.monotonic() + 10
                while time.monotonic() < end and not os.listdir(os.environ["STANDIN_MADE"]):
                    time.sleep(0.01)
            time.sleep(0.001)
            yield reading

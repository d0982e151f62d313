"""A pipeline reads in order and leaves the interpreter as it found it."""

import gc
import sys
from collections.abc import Generator
from typing import cast

from dragoman.reader import get
from dragoman.reading import Reading
from tests.builders import a_document


def test_a_reading_leaves_the_interpreter_as_it_was() -> None:
    before = sys.getswitchinterval(), gc.isenabled()
    readings = get("rules").read_many(
        a_document("The envoy said that the port would open.", id=str(n)) for n in range(40)
    )
    first = next(readings)
    assert sys.getswitchinterval() < before[0]  # the network waits little for the steps after it
    assert [first.document.id, *(r.document.id for r in readings)] == [str(n) for n in range(40)]
    assert (sys.getswitchinterval(), gc.isenabled()) == before


def test_an_unfinished_reading_does_too() -> None:
    before = sys.getswitchinterval()
    some = (a_document("The envoy said no.", id=str(n)) for n in range(40))
    readings = cast("Generator[Reading, None, None]", get("rules").read_many(some))
    next(readings)
    readings.close()
    assert sys.getswitchinterval() == before

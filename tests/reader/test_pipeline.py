"""A pipeline reads in order and leaves the interpreter as it found it."""

import gc
import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
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


def test_a_reading_does_not_depend_on_the_order_of_sets() -> None:
    """Strings hash otherwise in each process; seeds 1 and 3 once gave this report two readings."""
    report = Path(__file__).parents[2] / "corpus/readings/trade/25-lithium-newsletter.txt"
    code = (
        "import json, sys; from dragoman.reader import get; from dragoman.reading import Document; "
        "[reading] = get('rules').read_many([Document('one', sys.stdin.read(), published='2026-05-16')]); "
        "print(json.dumps(reading.to_json()))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code], input=report.read_bytes(), capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "3")
    }  # fmt: skip
    assert len(told) == 1

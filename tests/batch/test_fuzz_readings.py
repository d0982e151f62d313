"""Damaged readings, as `dragoman load` takes them, cost themselves: each is a reading, or told in a sentence."""

import io
import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

from dragoman.batch.results import readings_in, write_readings
from dragoman.reading import Reading
from dragoman.store import open_store
from tests.builders import a_document, a_reading, a_statement
from tests.fuzzing import rounds
from tests.sources.test_fuzz import damaged

NASTY: tuple[Any, ...] = (
    None, True, -1, 2**70, 1e308, float("nan"), "", "\ud800", "\0", "x" * 5000, [], {}, [[]], {"a": {"a": []}},
    [[-1, 0]], [[5, 2]], [[0, 10**9]], ["s1", "s1"], "2027-99-99", [None], [{}],
)  # fmt: skip


def a_whole_reading() -> Reading:
    document = a_document("The envoy of Velmia said talks will begin on Monday. Karo denied it.", outlet="Courier")
    return a_reading(
        document,
        a_statement(document, "The envoy of Velmia", "said", "talks will begin on Monday"),
        a_statement(document, "Karo", "denied", "it", id="s2"),
    )


def with_something_else(value: Any, dice: random.Random) -> Any:
    """A JSON value with one thing in it replaced by something that does not belong there."""
    if isinstance(value, dict) and value and dice.random() < 0.9:
        name = dice.choice(list(value))
        return {**value, name: with_something_else(value[name], dice)}
    if isinstance(value, list) and value and dice.random() < 0.8:
        place = dice.randrange(len(value))
        return [*value[:place], with_something_else(value[place], dice), *value[place + 1 :]]
    return dice.choice(NASTY)


def check(path: Path, dossier: Path, number: int) -> None:
    told: list[str] = []
    start = time.process_time()
    found = list(readings_in([path], told.append))
    assert all(told)
    for reading in found:
        assert Reading.from_json(reading.to_json()).document.id == reading.document.id
    with open_store(dossier) as store:
        for reading in found:
            try:
                store.add(reading)
            except Exception as error:
                assert type(error).__module__ == "dragoman.errors", f"{number}: {error!r}"
    assert time.process_time() - start < 10, f"{number} takes too long"


def test_readings_with_values_that_do_not_belong_there(tmp_path: Path) -> None:
    whole = a_whole_reading().to_json()
    for number in rounds(60):
        dice = random.Random(number)
        value = whole
        for _ in range(dice.randint(1, 3)):
            value = with_something_else(value, dice)
        path = tmp_path / "r.jsonl"
        path.write_text(json.dumps(value) + "\n", "utf-8")
        check(path, tmp_path / "d.dragoman", number)


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_damaged_result_files(form: str, tmp_path: Path) -> None:
    good = tmp_path / f"good.{form}"
    write_readings(good, [a_whole_reading()] * 5, form=form)
    raw = good.read_bytes()
    for number in rounds(25):
        path = tmp_path / f"r.{form}"
        path.write_bytes(damaged(raw, random.Random(number)))
        check(path, tmp_path / "d.dragoman", number)


def test_a_line_of_a_hundred_megabytes_and_a_deep_one(tmp_path: Path) -> None:
    told: list[str] = []
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'{"document": {"text": "' + b"x" * 100_000_000 + b'"}\n' + b"[" * 1_000_000 + b"\n")
    assert list(readings_in([path], told.append)) == [] and len(told) == 2
    assert "too long" in told[0]
    path.write_bytes(b"{\n" + b"x" * 100_000_000)
    assert list(readings_in([path], told.append)) == [] and "JSON Lines" in told[-1]
    assert list(readings_in([Path("-")], told.append, stdin=io.StringIO("{]\n"))) == []

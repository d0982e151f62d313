"""Measures what the quality floor is about: the shipped reader on the pinned gold."""

import hashlib
import json
from pathlib import Path
from typing import Any

from dragoman.reader import get
from dragoman.reader.training.evaluate import gold_readings, read_all
from dragoman.reader.training.reading_scores import score

GOLD = Path(__file__).parent
FLOOR = Path(__file__).parent / "floor.json"


def digest() -> str:
    """A digest of all gold files, so that a changed gold is not mistaken for a changed reader."""
    together = hashlib.sha256()
    for file in sorted(GOLD.glob("*/*.reading.json")):
        together.update(file.name.encode() + b"\0" + file.read_bytes())
    return together.hexdigest()


def measure() -> dict[str, float]:
    """The scores of the shipped reader on the English and the Arabic practice reports, and on the fresh ones."""
    practice, fresh = gold_readings(GOLD / "practice"), gold_readings(GOLD / "fresh")
    found: dict[str, float] = {}
    for name, some in (("en", english(practice, True)), ("ar", english(practice, False)), ("fresh", fresh)):
        scores = score(some, read_all(get("trained", threads=2), some))
        found[f"{name} statements"] = scores.statements.ratio.f1
        found[f"{name} table"] = scores.table.ratio.f1
        for field in ("speaker", "act", "via", "form"):
            found[f"{name} {field}"] = scores.mean(field) or 0.0
    return {measured: round(value, 4) for measured, value in found.items()}


def english(gold: list[dict[str, Any]], yes: bool) -> list[dict[str, Any]]:
    return [g for g in gold if (g["document"]["language"] == "en") == yes]


def floor() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(FLOOR.read_text("utf-8"))
    return read

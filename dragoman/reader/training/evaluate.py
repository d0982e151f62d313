"""Any reader on any gold set: readings in a folder, or a corpus of attributions as JSON Lines.

In: a reader's name or a Reader, and the path of a gold set. Out: scores that print themselves.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dragoman.errors import FormatError
from dragoman.reader import Reader
from dragoman.reader.training import attribution_scores, reading_scores
from dragoman.reader.training.attribution_scores import AttributionScores
from dragoman.reader.training.corpora import read_lines
from dragoman.reader.training.tallies import ReadingScores
from dragoman.reading import Document, Reading

_KNOWN = ("title", "outlet", "url", "author", "published", "language")


def gold_readings(path: Path) -> list[dict[str, Any]]:
    """The readings of a folder and its subfolders, or of a JSON or JSON Lines file."""
    if path.is_dir():
        files = sorted(path.rglob("*.reading.json"))
        if not files:
            raise FormatError("no *.reading.json", where=str(path))
        return [json.loads(file.read_text("utf-8")) for file in files]
    return list(_objects(path))


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file that is one JSON value, or one on each line."""
    if path.suffix == ".json":
        with contextlib.suppress(json.JSONDecodeError):  # lines then
            whole = json.loads(path.read_text("utf-8"))
            yield from whole if isinstance(whole, list) else [whole]
            return
    yield from read_lines(path)


def is_attributions(path: Path) -> bool:
    """Whether a gold set is a corpus of attributions and none of readings."""
    if path.is_dir():
        return False
    first = next(_objects(path), None)
    if first is None:
        raise FormatError("an empty gold set", where=str(path))
    if not isinstance(first, dict) or not first.keys() & {"attributions", "document"}:
        raise FormatError("no reading and no list of attributions", where=str(path), expected="gold in JSON Lines")
    return "attributions" in first


def document_of(gold: dict[str, Any]) -> Document:
    """The document of a gold reading, as a reader gets it."""
    data = gold["document"]
    return Document(data["id"], data["text"], **{name: data.get(name) for name in _KNOWN})


def evaluate(reader: Reader, path: Path, *, bootstrap: int = 0) -> AttributionScores | ReadingScores:
    """Let `reader` read the documents of a gold set and score what it gives."""
    if is_attributions(path):
        articles = list(read_lines(path))
        documents = (Document(a["id"], a["text"], title=a.get("title"), language="en") for a in articles)
        found = {reading.document.id: attributions_of(reading) for reading in reader.read_many(documents)}
        return attribution_scores.score(articles, found, bootstrap=bootstrap)
    gold = gold_readings(path)
    return reading_scores.score(gold, read_all(reader, gold))


def read_all(reader: Reader, gold: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What `reader` reads in the documents of gold readings, by document id."""
    documents = [document_of(g) for g in gold]
    return {r.document.id: r.to_json() for r in reader.read_many(documents)}


def attributions_of(reading: Reading) -> list[dict[str, Any]]:
    """The statements of a reading that stand inside no other, as sources, cues and contents."""
    return [{"source": s.source, "cue": s.cue, "content": s.content} for s in reading.statements if s.within is None]


def lines_of(scores: AttributionScores | ReadingScores, *, bootstrap: int = 0) -> Iterator[str]:
    """The scores as lines of text."""
    if isinstance(scores, AttributionScores):
        yield from scores.lines()
    else:
        yield from scores.lines(bootstrap=bootstrap)

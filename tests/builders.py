"""Small things built by hand, for tests, and the story that ships with the project as a careful reader reads it."""

import json
from pathlib import Path
from typing import Any

from dragoman.reading import Document, Reading, Spans, Speaker, Statement

ROOT = Path(__file__).parent.parent
COVERAGE = ROOT / "examples" / "strait"
STORY = tuple(ROOT / "tests" / "gold" / "practice" / f"{n.stem}.reading.json" for n in sorted(COVERAGE.iterdir()))


def story() -> list[Reading]:
    """The careful readings of the eight reports in `examples/strait`."""
    return [Reading.from_json(json.loads(path.read_text("utf-8"))) for path in STORY]


def a_document(text: str = "The minister said the port will open.", **known: Any) -> Document:
    return Document(**{"id": "d1", "language": "en", "published": "2027-02-08", **known, "text": text})


def at(document: Document, words: str, nth: int = 1) -> Spans:
    """The span of the nth occurrence of `words`."""
    start = -1
    for _ in range(nth):
        start = document.text.index(words, start + 1)
    return Spans([(start, start + len(words))])


def a_statement(document: Document, source: str, cue: str, content: str, **known: Any) -> Statement:
    spans = {
        role: at(document, words) if words else Spans()
        for role, words in (("source", source), ("cue", cue), ("content", content))
    }
    values = {"id": "s1", "speaker": Speaker(name=source or None), "confidence": 0.9, **spans, **known}
    return Statement(**values)


def a_reading(document: Document | None = None, *statements: Statement, **layers: Any) -> Reading:
    document = document or a_document()
    return Reading(document, statements, **layers)

"""A reading as the rows that are kept of it: its JSON whole, and beside it what lists and searches need."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from dragoman.errors import InputError
from dragoman.folding import fold_name
from dragoman.reading import Document, Reading, Spans, Statement
from dragoman.store.searchable import searchable

_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


def now() -> str:
    """This moment, UTC, as the dossier writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def as_json(value: Any) -> str:
    """JSON that every database keeps unchanged."""
    out = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if not out.isascii() and _UNKEEPABLE.search(out):
        return json.dumps(value, separators=(",", ":"))
    return out


def kept(text: str | None) -> str | None:
    """`text` as a column can hold it: halves of letters and NUL, which no database keeps, become "\ufffd"."""
    return None if text is None else _UNKEEPABLE.sub("\ufffd", text)


def identity(document_id: str) -> str:
    """A document's id, if it can be one; InputError otherwise."""
    if not document_id or _UNKEEPABLE.search(document_id):
        raise InputError(f"{document_id!r:.80} cannot be the id of a document", expected="visible characters")
    return document_id


def day(*moments: str | None) -> str:
    """The first of `moments` that is an ISO date or date-time, as its day (month, year); "" sorts before all."""
    for moment in moments:
        if moment and (found := _DAY.match(moment)):
            return found[0]
    return ""


@lru_cache(maxsize=8192)  # a dossier has many statements and few names
def key(name: str | None) -> str | None:
    """A name as it is compared."""
    return None if name is None else kept(fold_name(name) or name)


@dataclass(frozen=True, slots=True)
class Rows:
    """What is kept of one reading, but for the numbers, which the writer gives."""

    document: dict[str, Any]
    reading: dict[str, Any]
    article: dict[str, Any]
    statements: list[dict[str, Any]]
    issues: list[list[tuple[str, str]]]  # for each statement: the issue and its key


def rows_of(reading: Reading) -> Rows:
    """The rows of `reading`; costs no database."""
    document = reading.document
    content_hash = document.content_hash
    return Rows(
        document={
            "id": identity(document.id),
            "content_hash": content_hash,
            "reader": kept(reading.reader),
            "title": kept(document.title),
            "outlet": kept(document.outlet),
            "outlet_key": key(document.outlet),
            "url": kept(document.url),
            "author": kept(document.author),
            "published": kept(document.published),
            "day": day(document.published),
            "language": kept(document.language),
            "words": len(document.text.split()),
            "statements": len(reading.statements),
        },
        reading={
            "content_hash": content_hash,
            "reader": kept(reading.reader),
            "body": as_json(reading.to_json()),
        },
        article={"title": searchable(document.title or ""), "folded": searchable(document.text)},
        statements=[_statement_row(document, s, place) for place, s in enumerate(reading.statements)],
        issues=[[(kept(issue) or "", key(issue) or "") for issue in s.issues] for s in reading.statements],
    )


def _statement_row(document: Document, statement: Statement, place: int) -> dict[str, Any]:
    content = kept(statement.content.text(document)) or ""
    speaker = statement.speaker
    names = " / ".join(name for name in (speaker.name, speaker.party, *statement.issues, *statement.via) if name)
    return {
        "id": kept(statement.id),
        "place": place,
        **_ends("source", statement.source),
        **_ends("cue", statement.cue),
        **_ends("content", statement.content),
        "speaker": kept(speaker.name),
        "speaker_key": key(speaker.name),
        "anonymous": speaker.anonymous,
        "party": kept(speaker.party),
        "party_key": key(speaker.party),
        "act": kept(statement.act),
        "form": kept(statement.form),
        "negated": statement.negated,
        "said_on": kept(statement.said_on),
        "day": day(statement.said_on, document.published),
        "outlet_key": key(document.outlet),
        "confidence": statement.confidence,
        "reviewed": False,
        "content": content,
        "names": searchable(names),
        "folded": searchable(content),
    }


def _ends(role: str, spans: Spans) -> dict[str, int | None]:
    if not spans:
        return {f"{role}_start": None, f"{role}_end": None}
    return {f"{role}_start": spans.start, f"{role}_end": spans.end}

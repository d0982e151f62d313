"""The words of the house: what one document yields, as frozen values, and their JSON (format dragoman.reading/1).

In: JSON of the reading format, or values built by a reader. Out: values that never change, whose spans are known to
be words of their document, and JSON that keeps every key it does not know.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from itertools import starmap
from typing import Any, NamedTuple, Self

from dragoman.errors import FormatError, SpanError

FORMAT = "dragoman.reading/1"

# Strongest first: a statement gets the first that applies.
ACTS = (
    "condition", "threat", "rejection", "accusation", "demand", "concession",
    "commitment", "proposal", "support", "expectation", "estimate", "claim",
)  # fmt: skip
FORMS = ("direct", "indirect", "mixed")
DIRECTIONS = ("for", "against", "open", "unclear")
PRECISIONS = ("day", "week", "month", "quarter", "year", "range", "unresolved")
MEETING_STATUSES = ("planned", "held", "postponed", "cancelled", "unset")
AGREEMENT_STATUSES = ("proposed", "reached", "in force", "strained", "broken", "unknown")
BOUNDS = ("exactly", "more than", "at least", "about", "up to", "less than")
RELATION_KINDS = ("supports", "opposes", "mediates", "represents", "leads", "member of")


class Span(NamedTuple):
    """A half-open range [start, end) of code points in a document's text."""

    start: int
    end: int


class Spans(tuple[Span, ...]):
    """Pieces of one text, in order, that together say one thing; empty when nothing says it."""

    __slots__ = ()

    def __new__(cls, pieces: Iterable[Iterable[int]] = ()) -> Self:
        return super().__new__(cls, starmap(Span, pieces))

    def text(self, document: Document, *, joint: str = " … ") -> str:
        """The words of the pieces, joined by `joint`."""
        if len(self) == 1:  # nearly always, and three times as quick
            start, end = self[0]
            return document.text[start:end]
        return joint.join(document.text[start:end] for start, end in self)

    def check(self, document: Document, where: str) -> None:
        """Raise SpanError unless every piece is words of `document`, in order and without overlap."""
        last = 0
        for start, end in self:
            if not (last <= start < end <= len(document.text)):
                raise SpanError(
                    f"span [{start}, {end}) of {where}",
                    where=document.id,
                    expected=f"rising half-open pieces within [0, {len(document.text)})",
                )
            if document.text[start:end].isspace():
                raise SpanError(f"span [{start}, {end}) of {where} holds no words", where=document.id)
            last = end

    @property
    def start(self) -> int:
        """Where the first piece starts; -1 when there is none."""
        return self[0].start if self else -1

    @property
    def end(self) -> int:
        """Where the last piece ends; -1 when there is none."""
        return self[-1].end if self else -1


@dataclass(frozen=True, slots=True)
class Document:
    """A clean article: its text and what is known about it."""

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: str | None = None  # ISO date or date-time; None when neither the document nor the caller says
    language: str | None = None  # BCP 47
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def content_hash(self) -> str:
        """SHA-256 of everything a reader sees; two documents with one hash need one reading."""
        seen = [self.text, self.title, self.outlet, self.url, self.author, self.published, self.language]
        return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to have said something, and for whom."""

    name: str | None = None
    party: str | None = None
    anonymous: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution: who (source) reports (cue) what (content), through whom (via), as which act."""

    id: str
    source: Spans
    cue: Spans
    content: Spans
    speaker: Speaker = Speaker()
    via: tuple[str, ...] = ()
    via_spans: tuple[Spans, ...] = ()
    form: str = "indirect"
    act: str = "claim"
    negated: bool = False
    issues: tuple[str, ...] = ()
    said_on: str | None = None
    confidence: float | None = None
    within: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a party stands on an issue; `direction` is towards the issue."""

    party: str | None
    issue: str
    stance: str
    direction: str = "unclear"
    statement: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a party withholds and what it requires for it."""

    party: str | None
    withholds: str
    requires: tuple[str, ...] = ()
    statement: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something to be done by a date; `date` is ISO at `precision`, None while unresolved."""

    what: str
    date: str | None = None
    precision: str = "unresolved"
    set_by: str | None = None
    statement: str | None = None
    span: Spans = Spans()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting and what is known of it."""

    name: str
    date: str | None = None
    precision: str = "unresolved"
    place: str | None = None
    chairs: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    status: str = "unset"
    waits_for: str | None = None
    span: Spans = Spans()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement and its status in this document."""

    name: str
    date: str | None = None
    precision: str = "unresolved"
    parties: tuple[str, ...] = ()
    status: str = "unknown"
    span: Spans = Spans()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it counts, and who gives it."""

    quantity: float | None
    bound: str = "exactly"
    unit: str | None = None
    measure: str | None = None
    by: str | None = None
    scope: str | None = None
    statement: str | None = None
    span: Spans = Spans()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relation:
    """How one actor stands to another. JSON calls `origin` "from", which Python reserves."""

    origin: str
    to: str
    kind: str
    statement: str | None = None
    span: Spans = Spans()
    extra: Mapping[str, Any] = field(default_factory=dict)


LAYERS: dict[str, type] = {
    "statements": Statement, "positions": Position, "conditions": Condition, "deadlines": Deadline,
    "meetings": Meeting, "agreements": Agreement, "figures": Figure, "relations": Relation,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one document yields. Building one checks that every span is words of the document."""

    document: Document
    statements: tuple[Statement, ...] = ()
    positions: tuple[Position, ...] = ()
    conditions: tuple[Condition, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    figures: tuple[Figure, ...] = ()
    relations: tuple[Relation, ...] = ()
    reader: str | None = None  # name and version of what made it
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ids = set()
        for s in self.statements:
            for role, spans in (("source", s.source), ("cue", s.cue), ("content", s.content)):
                spans.check(self.document, f"{s.id}.{role}")
            for spans in s.via_spans:
                spans.check(self.document, f"{s.id}.via_spans")
            if s.id in ids:
                raise FormatError(f"two statements are called {s.id!r}", where=self.document.id)
            ids.add(s.id)
        for layer in ("deadlines", "meetings", "agreements", "figures", "relations"):
            for number, item in enumerate(getattr(self, layer)):
                item.span.check(self.document, f"{layer}[{number}].span")
        for layer in ("positions", "conditions", "deadlines", "figures", "relations"):
            for number, item in enumerate(getattr(self, layer)):
                if item.statement is not None and item.statement not in ids:
                    raise FormatError(
                        f"statement {item.statement!r} is not among the statements",
                        where=f"{self.document.id}: {layer}[{number}]",
                    )

    def statement(self, identity: str) -> Statement:
        """The statement called `identity`; KeyError when there is none."""
        for s in self.statements:
            if s.id == identity:
                return s
        raise KeyError(identity)

    def to_json(self) -> dict[str, Any]:
        """The reading as a JSON object of the reading format, unknown keys included."""
        out: dict[str, Any] = {"format": FORMAT, "document": dump(self.document)}
        for layer in LAYERS:
            out[layer] = [dump(item) for item in getattr(self, layer)]
        if self.reader is not None:
            out["reader"] = self.reader
        return {**out, **self.extra}

    @classmethod
    def from_json(cls, data: Any, *, where: str = "reading") -> Self:
        """Read a JSON object of the reading format; FormatError names the first key that does not fit."""
        if not isinstance(data, dict) or not isinstance(data.get("document"), dict):
            raise FormatError("no object with a document", where=where, expected=f"an object of format {FORMAT}")
        if data.get("format", FORMAT) != FORMAT:
            raise FormatError(
                f"format {data['format']!r}", where=where, expected=FORMAT, todo="Read the document again"
            )
        values: dict[str, Any] = {"document": load(Document, data["document"], f"{where}: document")}
        for layer, kind in LAYERS.items():
            items = data.get(layer) or []
            if not isinstance(items, list):
                raise FormatError(f"{layer} is {type(items).__name__}", where=where, expected="a list of objects")
            values[layer] = tuple(load(kind, item, f"{where}: {layer}[{n}]") for n, item in enumerate(items))
        known = {"format", "document", "reader", *LAYERS}
        extra = {key: value for key, value in data.items() if key not in known}
        return cls(**values, reader=data.get("reader"), extra=extra)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided: append-only; a later one supersedes, `undo` takes one back.

    `kind` names the verb ("party.merge", "statement.reject", ...), `target` what it is about (a document and a
    statement with its words, a party, an issue ...), `value` what was decided.
    """

    id: str
    kind: str
    target: Mapping[str, Any]
    value: Mapping[str, Any]
    by: str
    at: str  # ISO date-time, UTC
    why: str | None = None


# ---------------------------------------------------------------------------------------------------- JSON

_SPANS = {"source", "cue", "content", "span"}
_TUPLES = {"via", "issues", "requires", "chairs", "participants", "parties"}
_NUMBERS = {"confidence", "quantity"}
_FLAGS = {"negated", "anonymous"}
_JSON_NAMES = {"origin": "from"}


def dump(item: Any) -> dict[str, Any]:
    """One value of the house as a JSON object, unknown keys included."""
    names = [f.name for f in fields(item) if f.name != "extra"]
    return {**{_JSON_NAMES.get(name, name): _plain(getattr(item, name)) for name in names}, **item.extra}


def _plain(value: Any) -> Any:
    """A field's value as JSON has it: a span, and whatever else holds several things, as a list."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return dump(value) if isinstance(value, Speaker) else value


def load(kind: type, data: Any, where: str) -> Any:
    """One JSON object as a value of `kind`; keys that `kind` does not have are kept in `extra`."""
    if not isinstance(data, dict):
        raise FormatError(f"{type(data).__name__}", where=where, expected="an object")
    known = _keys(kind)
    values: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for key, value in data.items():
        if key in known:
            name, taken = known[key]
            values[name] = taken(value, where, key)
        else:
            extra[key] = value
    if kind is Statement:
        values = {"source": _NOWHERE, "cue": _NOWHERE, "content": _NOWHERE, **values}
    try:
        return kind(**values, extra=extra)
    except TypeError:
        missing = [
            _JSON_NAMES.get(f.name, f.name) for f in fields(kind)
            if f.name not in values and f.default is MISSING and f.default_factory is MISSING
        ]  # fmt: skip
        raise FormatError(f"{', '.join(missing) or 'a key'} is missing", where=where) from None


_NOWHERE = Spans()
_Taken = Callable[[Any, str, str], Any]  # makes a field of what JSON has for it; of where it stands and its key


@cache
def _keys(kind: type) -> dict[str, tuple[str, _Taken]]:
    """The keys that a kind of value may have in JSON, with its name in Python and what takes it."""
    taking = {f.name: _taking(f.name, f.type == "str") for f in fields(kind) if f.name != "extra"}
    return {key: (name, take) for name, take in taking.items() for key in (name, _JSON_NAMES.get(name, name))}


def _taking(name: str, required: bool) -> _Taken:
    if name in _SPANS:
        return _spans
    if name in _TUPLES:
        return _strings
    if name in _NUMBERS:
        return _number
    if name in _FLAGS:
        return lambda value, where, key: bool(value)
    if name == "via_spans":
        return lambda value, where, key: tuple([_spans(v, where, key) for v in value or ()])
    if name == "speaker":
        return lambda value, where, key: load(Speaker, value or {}, f"{where}.{key}")
    return _text if required else _text_or_null


def _strings(value: Any, where: str, key: str) -> tuple[str, ...]:
    if not value and isinstance(value, list | tuple | None):
        return ()
    if not isinstance(value, list | tuple) or not all([isinstance(v, str) for v in value]):
        raise FormatError(f"{value!r:.60}", where=f"{where}.{key}", expected="a list of strings")
    return tuple(value)


def _number(value: Any, where: str, key: str) -> int | float | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise FormatError(f"{value!r:.60}", where=f"{where}.{key}", expected="a number or null")
    return value


def _text(value: Any, where: str, key: str) -> str | None:
    if value is None:
        raise FormatError("null", where=f"{where}.{key}", expected="a string")
    return _text_or_null(value, where, key)


def _text_or_null(value: Any, where: str, key: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise FormatError(f"{value!r:.60}", where=f"{where}.{key}", expected="a string or null")
    return value


def _spans(value: Any, where: str, key: str) -> Spans:
    try:
        spans = Spans(value or ())
    except TypeError:
        spans = None
    if spans is None or not all([type(start) is int and type(end) is int for start, end in spans]):
        raise FormatError(f"{value!r:.60}", where=f"{where}.{key}", expected="a list of [start, end]")
    return spans

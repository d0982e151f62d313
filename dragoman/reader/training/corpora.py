"""Annotated corpora as examples for training: words with labels, one Example a document.

In: PolNeAR as JSON Lines (`train.jsonl.gz`) and folders of readings (`*.reading.json`). Out: Examples. Every span is
turned into the word numbers of the sheet that the network sees.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import FormatError
from dragoman.reader.network.attributions import NAMES
from dragoman.reader.network.tokens import Pieces
from dragoman.reader.network.windows import Sheet, lay_out
from dragoman.reader.segment import segment
from dragoman.reading import ACTS, DIRECTIONS, FORMS

UNKNOWN = -100
READERS = ("4b22", "4e07", "5fec", "6b86", "d473", "ef2d")  # the people who annotated PolNeAR
_NER = {"PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place", "MISC": "other"}

Pieces_ = list[tuple[int, int]]  # half-open ranges of word numbers


@dataclass(slots=True)
class Target:
    """One annotated attribution in word numbers; what a corpus does not tell is None."""

    source: Pieces_
    cue: Pieces_
    content: Pieces_
    via: Pieces_ | None = None
    act: NDArray[np.float32] | None = None
    form: int | None = None
    negated: bool | None = None
    position: bool | None = None
    direction: int | None = None
    within: bool = False
    optional: bool = False


@dataclass(slots=True)
class Soft:
    """What teachers take the labels of one annotator for, as probabilities."""

    tags: NDArray[np.float16]  # [words, cue + source + content tags]
    roles: dict[int, tuple[int, NDArray[np.float16]]]  # by number of the target: first word, [words, roles]


@dataclass(slots=True)
class Example:
    """One document with everything that is known about it."""

    name: str
    group: str  # "polnear", or the folder of a reading
    style: int  # place in STYLES
    words: list[str]
    sheet: Sheet
    targets: dict[int, list[Target]]  # by the place of the annotator in READERS; -1 where it is nobody of them
    names: NDArray[np.int16]  # place in NAMES, or UNKNOWN
    persons: NDArray[np.bool_]  # words of persons' names, which may be exchanged
    tags: NDArray[np.int16] = field(default_factory=lambda: np.zeros(0, np.int16))  # part of speech
    relations: NDArray[np.int16] = field(default_factory=lambda: np.zeros(0, np.int16))
    heads: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))  # word number, -1 root, UNKNOWN
    soft: dict[int, Soft] = field(default_factory=dict)  # by reader, where teachers have told


class Labels(dict[str, int]):
    """Numbers names as they come, up to `limit`; further ones share the last number."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def number(self, name: str) -> int:
        if name not in self:
            self[name] = min(len(self), self.limit - 1)
        return self[name]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, packed or not; FormatError names the line that is none."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except json.JSONDecodeError as problem:
                    raise FormatError(f"not JSON ({problem})", where=f"{path}:{number}") from None


def polnear(path: Path, pieces: Pieces, *, limit: int | None = None) -> list[Example]:
    """The articles of a PolNeAR file."""
    tags, relations, found = Labels(50), Labels(60), []
    for article in read_lines(path):
        found.append(_article(article, pieces, tags, relations))
        if limit and len(found) >= limit:
            break
    return found


def _article(article: dict[str, Any], pieces: Pieces, tags: Labels, relations: Labels) -> Example:
    text = article["text"]
    sheet, words = _sheet(text, pieces)
    everybody = {article["annotator"]: article["attributions"], **(article.get("other_annotations") or {})}
    targets = {
        READERS.index(who) if who in READERS else -1: [
            Target(**{role: _words(sheet, a.get(role) or []) for role in ("source", "cue", "content")}) for a in listed
        ]
        for who, listed in everybody.items()
    }
    n = len(words)
    names, tag, relation = (np.full(n, UNKNOWN, np.int16) for _ in range(3))
    heads, persons = np.full(n, UNKNOWN, np.int32), np.zeros(n, bool)
    if article.get("ner"):
        owner = np.searchsorted(sheet.starts, [start for start, _ in article["tokens"]], side="right") - 1
        token_of = np.searchsorted([s for s, _ in article["tokens"]], sheet.starts, side="right") - 1
        for w, t in enumerate(token_of):
            kind = _NER.get(article["ner"][t], "none")
            names[w] = NAMES.index(kind)
            persons[w] = kind == "person" and words[w].isalpha() and len(words[w]) > 1
        for t, w in enumerate(owner):
            if token_of[w] != t:
                continue
            tag[w] = tags.number(article["pos"][t])
            relation[w] = relations.number(article["deprels"][t].partition(":")[0])
            head = article["heads"][t]
            heads[w] = -1 if head < 0 else owner[head]
    return Example(article["id"], "polnear", 0, words, sheet, targets, names, persons, tag, relation, heads)


def readings(folder: Path, pieces: Pieces) -> list[Example]:
    """The readings of a folder, those of its subfolders included; a reading's group is the folder it lies in."""
    files = sorted(folder.rglob("*.reading.json"))
    if not files:
        raise FormatError("no *.reading.json", where=str(folder))
    return [_reading(json.loads(file.read_text("utf-8")), file.parent.name, pieces) for file in files]


def _reading(reading: dict[str, Any], group: str, pieces: Pieces) -> Example:
    text = reading["document"]["text"]
    sheet, words = _sheet(text, pieces)
    positions: dict[str, str] = {}
    for position in reading.get("positions") or []:
        positions.setdefault(position.get("statement"), position["direction"])
    aliases = reading.get("aliases") or {}
    targets = [
        _target(s, text, sheet, positions.get(s["id"]), aliases) for s in reading["statements"] if s.get("content")
    ]
    names, persons = _names(reading, text, sheet)
    n = len(words)
    unknown = np.full(n, UNKNOWN, np.int16)
    return Example(
        reading["document"]["id"], group, 1, words, sheet, {-1: targets}, names, persons,
        unknown, unknown, np.full(n, UNKNOWN, np.int32),
    )  # fmt: skip


def _target(
    statement: dict[str, Any], text: str, sheet: Sheet, direction: str | None, aliases: dict[str, list[str]]
) -> Target:
    accept = statement.get("accept") or {}
    act = np.zeros(len(ACTS), np.float32)
    others = [a for a in accept.get("act") or [] if a in ACTS and a != statement["act"]]
    act[ACTS.index(statement["act"])] = 1 if not others else 0.7
    for other in others:
        act[ACTS.index(other)] += 0.3 / len(others)
    return Target(
        **{role: _words(sheet, statement.get(role) or []) for role in ("source", "cue", "content")},
        via=_via(statement, text, sheet, aliases),
        act=act,
        form=FORMS.index(statement["form"]),
        negated=bool(statement["negated"]),
        position=direction is not None,
        direction=DIRECTIONS.index(direction) if direction else None,
        within=bool(statement.get("within")),
        optional=bool(statement.get("optional")),
    )


def _via(statement: dict[str, Any], text: str, sheet: Sheet, aliases: dict[str, list[str]]) -> Pieces_ | None:
    """The words of the outlets in between: as given, else the nearest place where their names stand."""
    if not statement.get("via"):
        return []
    if statement.get("via_spans"):
        return _words(sheet, [span for spans in statement["via_spans"] for span in spans])
    near = (statement["cue"] or statement["content"])[0][0]
    found = []
    for name in statement["via"]:
        places = [
            (abs(at - near), at, at + len(spelling))
            for spelling in (name, *aliases.get(name, []))
            for at in _occurrences(text, spelling)
        ]
        if not places or min(places)[0] > 600:
            return None
        found.append(list(min(places)[1:]))
    return _words(sheet, found)


def _names(reading: dict[str, Any], text: str, sheet: Sheet) -> tuple[NDArray[np.int16], NDArray[np.bool_]]:
    """What the reading itself tells of names: speakers, parties, outlets, places; the rest stays unknown."""
    names, persons = np.full(len(sheet), UNKNOWN, np.int16), np.zeros(len(sheet), bool)
    kinds: dict[str, str] = {}
    leads = {r["from"] for r in reading.get("relations") or [] if r["kind"] in ("represents", "leads")}
    for meeting in reading.get("meetings") or []:
        if meeting.get("place"):
            kinds[meeting["place"]] = "place"
    for statement in reading["statements"]:
        speaker = statement.get("speaker") or {}
        if speaker.get("party"):
            kinds.setdefault(speaker["party"], "organisation")
        for outlet in statement.get("via") or []:
            kinds[outlet] = "organisation"
        name = speaker.get("name")
        if name and not speaker.get("anonymous") and name[0].isupper() and name != speaker.get("party"):
            proper = all(w[0].isupper() for w in name.split() if len(w) > 3)
            if proper and len(name.split()) > 1 and name in leads:
                kinds[name] = "person"
    for name, kind in kinds.items():
        if not name[0].isupper():
            continue
        spellings = {name} | ({name.split()[-1]} if kind == "person" else set())
        for spelling in spellings:
            for at in _occurrences(text, spelling):
                for start, end in _words(sheet, [[at, at + len(spelling)]]):
                    names[start:end] = NAMES.index(kind)
                    persons[start:end] = kind == "person"
    return names, persons


def _occurrences(text: str, words: str) -> Iterable[int]:
    at = text.find(words)
    while at >= 0:
        after = at + len(words)
        if (at == 0 or not text[at - 1].isalnum()) and (after == len(text) or not text[after].isalnum()):
            yield at
        at = text.find(words, at + 1)


def _sheet(text: str, pieces: Pieces) -> tuple[Sheet, list[str]]:
    sheet = lay_out(text, segment(text), pieces)
    return sheet, [text[a:b] for a, b in zip(sheet.starts, sheet.ends, strict=True)]


def _words(sheet: Sheet, spans: Sequence[Sequence[int]]) -> Pieces_:
    """Spans of characters as ranges of words; a word belongs to a span that holds at least half of it."""
    found: Pieces_ = []
    middles = (sheet.starts + sheet.ends) / 2
    for start, end in spans:
        a, b = int(np.searchsorted(middles, start)), int(np.searchsorted(middles, end))
        if a < b:
            found.append((a, b))
    return found

"""Readings and a Table -> files for other programs, and annotations made elsewhere -> Readings.

Out: JSON Lines of readings, W3C Web Annotations (JSON-LD), brat standoff, WebAnno TSV 3.3, CSV or Parquet of every
table, PLOVER-coded events. In: brat standoff and WebAnno TSV, whose spans become statements that can be scored.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import Any

from dragoman.analysis.sheets import defused
from dragoman.errors import FormatError, InputError, MissingExtra
from dragoman.reading import Document, Reading, Spans, Statement, load
from dragoman.table import Table

# Acts as PLOVER root categories (Halterman et al., PLOVER and POLECAT, 2023); acts without a fit are left out.
PLOVER = {
    "condition": "REQUEST", "demand": "REQUEST", "threat": "THREATEN", "rejection": "REJECT", "accusation": "ACCUSE",
    "concession": "CONCEDE", "commitment": "AGREE", "support": "SUPPORT",
}  # fmt: skip
_ROLES = ("source", "cue", "content")
LAYERS = ("parties", "people", "issues", "cells", "conditions", "deadlines", "meetings", "agreements", "figures",
          "disagreements")  # fmt: skip


def write_interchange(readings: Sequence[Reading], table: Table, out: Path, form: str) -> None:
    """Write one of FORMATS to `out`: a file, or a folder for brat, webanno and csv and parquet."""
    if form not in FORMATS:
        raise InputError(f"format {form!r}", where="export", expected=", ".join(FORMATS))
    FORMATS[form](readings, table, out)


def _jsonl(readings: Sequence[Reading], table: Table, out: Path) -> None:
    with out.open("w", encoding="utf-8") as file:
        for reading in readings:
            file.write(json.dumps(reading.to_json(), ensure_ascii=False) + "\n")


# ------------------------------------------------------------------------------------------------ web annotations


def _webannotation(readings: Sequence[Reading], table: Table, out: Path) -> None:
    items = [item for reading in readings for item in web_annotations(reading)]
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items}
    out.write_text(json.dumps(page, ensure_ascii=False, indent=1), "utf-8")


def web_annotations(reading: Reading) -> list[dict[str, Any]]:
    """The statements of a reading as W3C Web Annotations: each role a target, with position and quotation."""
    text, source = reading.document.text, reading.document.url or f"urn:dragoman:{reading.document.id}"
    found = []
    for s in reading.statements:
        body = {"type": "Dataset", "format": "application/json", "value": {
            "speaker": s.speaker.name, "party": s.speaker.party, "act": s.act, "via": list(s.via),
            "issues": list(s.issues), "negated": s.negated, "confidence": s.confidence}}  # fmt: skip
        targets = [
            {"source": source, "purpose": role, "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": text[max(0, start - 32) : start],
                 "suffix": text[end : end + 32]}]}
            for role in _ROLES for start, end in getattr(s, role)
        ]  # fmt: skip
        identity = f"urn:dragoman:{reading.document.id}:{s.id}"
        found.append(
            {"id": identity, "type": "Annotation", "motivation": "identifying", "body": body, "target": targets}
        )
    return found


# ------------------------------------------------------------------------------------------------ brat standoff


def _bases(readings: Sequence[Reading], out: Path) -> Iterator[tuple[Path, Reading]]:
    """Each reading with a place of its own in a folder, named by its document as far as a file can be."""
    out.mkdir(parents=True, exist_ok=True)
    taken: Counter[str] = Counter()
    for reading in readings:
        name = re.sub(r"[^\w.-]+", "_", reading.document.id).strip(".") or "document"
        taken[name.casefold()] += 1
        again = taken[name.casefold()]
        yield out / (f"{name}_{again}" if again > 1 else name), reading


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as problem:
        raise InputError(problem.strerror or str(problem), where=str(path), todo="Check the path") from None
    except UnicodeDecodeError:
        raise FormatError("text that is not UTF-8", where=str(path)) from None


def _brat(readings: Sequence[Reading], table: Table, out: Path) -> None:
    for base, reading in _bases(readings, out):
        Path(f"{base}.txt").write_text(reading.document.text, "utf-8", newline="")
        Path(f"{base}.ann").write_text(to_brat(reading), "utf-8", newline="")


def to_brat(reading: Reading) -> str:
    """A reading as brat standoff: a text-bound mark a role, an event a statement, its attributes and a note."""
    lines, mark = [], 0
    text = reading.document.text
    for number, s in enumerate(reading.statements, 1):
        arguments = []
        for role in _ROLES:
            if spans := getattr(s, role):
                mark += 1
                pieces = _brat_pieces(text, spans)
                places = ";".join(f"{a} {b}" for a, b in pieces)
                lines.append(f"T{mark}\t{role.capitalize()} {places}\t{' '.join(text[a:b] for a, b in pieces)}")
                arguments.append(f"{role.capitalize()}:T{mark}")
        lines.append(f"R{number}\tStatement " + " ".join(arguments) if len(arguments) == 2 else
                     f"E{number}\tStatement:{arguments[-1].split(':')[1]} " + " ".join(arguments[:-1]))  # fmt: skip
        known = {"speaker": s.speaker.name, "party": s.speaker.party, "act": s.act, "via": list(s.via), "form": s.form,
                 "negated": s.negated, "issues": list(s.issues)}  # fmt: skip
        owner = f"R{number}" if len(arguments) == 2 else f"E{number}"
        lines.append(f"#{number}\tAnnotatorNotes {owner}\t{json.dumps(known, ensure_ascii=False)}")
    return "\n".join(lines) + ("\n" if lines else "")


def _brat_pieces(text: str, spans: Spans) -> list[tuple[int, int]]:
    """Pieces without line ends, which brat's text-bound marks cannot hold."""
    found = []
    for start, end in spans:
        at = start
        for line in text[start:end].split("\n"):
            if line.strip():
                found.append((at, at + len(line)))
            at += len(line) + 1
    return found


def read_brat(folder: Path) -> list[Reading]:
    """Readings of every .txt/.ann pair in a folder; FormatError names the line that does not fit."""
    pairs = sorted(folder.glob("*.ann")) if folder.is_dir() else [folder]
    if not pairs:
        raise InputError("no .ann file", where=str(folder), expected="brat standoff beside its texts")
    return [from_brat(_read(p.with_suffix(".txt")), _read(p), p.stem) for p in pairs]


def from_brat(text: str, standoff: str, name: str) -> Reading:
    """One document's standoff as a Reading."""
    marks: dict[str, tuple[str, Spans]] = {}
    groups: dict[str, list[str]] = {}
    notes: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(standoff.splitlines(), 1):
        where = f"{name}.ann:{number}"
        parts = line.split("\t")
        try:
            if line.startswith("T"):
                kind, _, places = parts[1].partition(" ")
                marks[parts[0]] = (kind.lower(), Spans([int(n) for n in p.split()] for p in places.split(";")))
            elif line[:1] in ("E", "R"):
                groups[parts[0]] = [a.split(":")[1] for a in parts[1].split() if ":" in a]
            elif line.startswith("#") and parts[1].startswith("AnnotatorNotes "):
                with suppress(ValueError):  # a note in plain words is somebody's remark, no attributes
                    known = json.loads(parts[2])
                    notes[parts[1].split()[1]] = known if isinstance(known, dict) else {}
        except (IndexError, ValueError, TypeError):
            raise FormatError(f"{line!r:.60}", where=where, expected="a line of brat standoff") from None
    statements = []
    for order, (key, members) in enumerate(groups.items(), 1):
        roles: dict[str, Spans] = {}
        for member in members:
            if member not in marks:
                raise FormatError(f"{key} refers to {member}, which is not there", where=f"{name}.ann")
            kind, spans = marks[member]
            roles[kind] = spans
        statements.append(_statement(f"s{order}", roles, notes.get(key, {}), f"{name}.ann: {key}"))
    return Reading(Document(name, text), tuple(statements), reader="brat")


def _statement(identity: str, roles: Mapping[str, Spans], known: Mapping[str, Any], where: str) -> Statement:
    """A statement of marked words and of what a note says of it, checked as JSON of the reading format is."""
    data: dict[str, Any] = {"id": identity, **{role: roles.get(role, ()) for role in _ROLES}}
    data["speaker"] = {"name": known.get("speaker"), "party": known.get("party")}
    data |= {key: known[key] for key in ("act", "form", "via", "negated", "issues") if known.get(key)}
    made: Statement = load(Statement, data, where)
    return made


# ------------------------------------------------------------------------------------------------ WebAnno TSV 3.3

_TOKEN = re.compile(r"\w+|[^\w\s]")
_LAYER = "webanno.custom.Statement|role|statement"


def _webanno(readings: Sequence[Reading], table: Table, out: Path) -> None:
    for base, reading in _bases(readings, out):
        Path(f"{base}.tsv").write_text(to_webanno(reading), "utf-8", newline="")


def to_webanno(reading: Reading) -> str:
    """A reading as WebAnno TSV 3.3, one span layer with role and statement; INCEpTION reads it."""
    text = reading.document.text
    units, marks = _units(text), []
    for s in reading.statements:
        for role in _ROLES:
            marks += [(a, b, role, s.id) for a, b in getattr(s, role)]
    lines = ["#FORMAT=WebAnno TSV 3.3", f"#T_SP={_LAYER}", "", ""]
    for sentence, match in enumerate(re.finditer(r"[^\n]+", text), 1):
        lines.append(f"#Text={match.group()}")
        for token, word in enumerate(_TOKEN.finditer(match.group()), 1):
            a, b = match.start() + word.start(), match.start() + word.end()
            own = [(n, m) for n, m in enumerate(marks, 1) if m[0] < b and a < m[1]]
            roles = "|".join(f"{m[2]}[{n}]" for n, m in own) or "_"
            ids = "|".join(f"{m[3]}[{n}]" for n, m in own) or "_"
            lines.append(f"{sentence}-{token}\t{units[a]}-{units[b]}\t{word.group()}\t{roles}\t{ids}\t")
        lines.append("")
    return "\n".join(lines) + "\n"


def _units(text: str) -> list[int]:
    """For each place of a text, its end included, how many UTF-16 units stand before it: WebAnno counts those."""
    return list(accumulate((2 if ord(letter) > 0xFFFF else 1 for letter in text), initial=0))


def read_webanno(path: Path) -> Reading:
    """A WebAnno TSV 3 file whose span layer has role and statement; FormatError names the line that does not fit."""
    lines = _read(path).split("\n")
    if not lines or not lines[0].startswith("#FORMAT=WebAnno TSV 3"):
        raise FormatError(
            lines[0][:60] if lines else "an empty file", where=str(path), expected="#FORMAT=WebAnno TSV 3"
        )
    text = _text_of(lines, str(path))
    points = {unit: place for place, unit in enumerate(_units(text))}
    begins: dict[tuple[str, str], dict[str, list[int]]] = {}
    for number, line in enumerate(lines, 1):
        if not re.match(r"\d+-\d+\t", line):
            continue
        cells = line.split("\t")
        try:
            start, end = (points[int(n)] for n in cells[1].split("-"))
            if cells[3] == "_":
                continue
            for role, identity in zip(cells[3].split("|"), cells[4].split("|"), strict=True):
                group = re.search(r"\[(\d+)\]$", role)
                key = (re.sub(r"\[\d+\]$", "", identity), re.sub(r"\[\d+\]$", "", role))
                piece = begins.setdefault(key, {}).setdefault(group[1] if group else str(number), [start, end])
                piece[1] = end
        except (KeyError, ValueError, IndexError):
            raise FormatError(
                f"{line!r:.60}", where=f"{path}:{number}", expected="token, offsets, role, statement"
            ) from None
    by_id: dict[str, dict[str, Spans]] = {}
    for (identity, role), pieces in begins.items():
        by_id.setdefault(identity, {})[role] = Spans(sorted(pieces.values()))
    statements = tuple(_statement(identity, roles, {}, str(path)) for identity, roles in by_id.items())
    return Reading(Document(path.stem, text), statements, reader="webanno")


def _text_of(lines: Sequence[str], where: str) -> str:
    """The document's text: each sentence where its first token says it stands, line ends in the gaps."""
    text, at, sentence = "", 0, ""
    for number, line in enumerate(lines, 1):
        if line.startswith("#Text="):
            sentence = line[6:]
        elif sentence and (match := re.match(r"\d+-1\t(\d+)-\d+\t([^\t]*)", line)):
            gap = int(match[1]) - max(0, sentence.find(match[2])) - at
            if not 0 <= gap <= 10_000:
                raise FormatError(f"{line!r:.60}", where=f"{where}:{number}", expected="rising offsets")
            text += "\n" * gap + sentence
            at += gap + _units(sentence)[-1]
            sentence = ""
    return text


# ------------------------------------------------------------------------------------------------ tables and events


def _flat(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def rows_of(readings: Sequence[Reading], table: Table) -> dict[str, list[dict[str, Any]]]:
    """Every table of the dossier as rows: documents, statements, and each layer of the table."""
    documents = [{"id": r.document.id, "title": r.document.title, "outlet": r.document.outlet, "url": r.document.url,
                  "author": r.document.author, "published": r.document.published, "language": r.document.language,
                  "reader": r.reader} for r in readings]  # fmt: skip
    statements = [
        {**s.to_json(), "words": table.words(s.evidence[0]) if s.evidence else ""} for s in table.statements()
    ]
    found = {"documents": documents, "statements": statements}
    for layer in LAYERS:
        found[layer] = [item.to_json() for item in getattr(table, layer)]
    return found


def _csv(readings: Sequence[Reading], table: Table, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in rows_of(readings, table).items():
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]) if rows else ["empty"], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            flat = ((key, _flat(value)) for key, value in row.items())
            writer.writerow({key: defused(value) if isinstance(value, str) else value for key, value in flat})
        (out / f"{name}.csv").write_text(text.getvalue(), "utf-8", newline="")


def _parquet(readings: Sequence[Reading], table: Table, out: Path) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtra("pyarrow", "parquet") from None
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in rows_of(readings, table).items():
        # Decided values of one key may differ in kind (None, text, list); those that do go in as JSON.
        columns = {key: _column(pa, [r.get(key) for r in rows]) for key in (rows[0] if rows else {})}
        pq.write_table(pa.table(columns), out / f"{name}.parquet")


def _column(pa: Any, values: list[Any]) -> Any:
    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        return pa.array([None if v is None else json.dumps(v, ensure_ascii=False) for v in values], pa.string())


def _plover(readings: Sequence[Reading], table: Table, out: Path) -> None:
    with out.open("w", encoding="utf-8") as file:
        for event in plover_events(table):
            file.write(json.dumps(event, ensure_ascii=False) + "\n")


def plover_events(table: Table) -> Iterable[dict[str, Any]]:
    """Statements as PLOVER events: actor, category, day, context; the recipient is not known and stays null."""
    for s in table.statements():
        if s.act in PLOVER and s.parties and not s.negated:
            text = table.words(s.evidence[0]) if s.evidence else ""
            for actor in s.parties:
                yield {
                    "event_id": f"{s.document}:{s.statement}", "event_date": s.date, "actor": actor, "recipient": None,
                    "event_type": PLOVER[s.act], "event_mode": "verbal", "context": list(s.issues), "source": s.outlet,
                    "text": text,
                }  # fmt: skip
    for meeting in table.meetings:
        if meeting.status == "held":
            parties = [p.name for name in meeting.participants if (p := table.party(name))]
            for actor in parties:
                yield {"event_id": meeting.id, "event_date": meeting.date, "actor": actor,
                       "recipient": [p for p in parties if p != actor], "event_type": "CONSULT", "event_mode": "meet",
                       "context": [meeting.name], "source": None, "text": table.words(meeting.evidence[0])}  # fmt: skip


FORMATS: dict[str, Callable[[Sequence[Reading], Table, Path], None]] = {
    "jsonl": _jsonl, "webannotation": _webannotation, "brat": _brat, "webanno": _webanno, "csv": _csv,
    "parquet": _parquet, "plover": _plover,
}  # fmt: skip

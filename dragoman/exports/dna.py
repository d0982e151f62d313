"""Discourse Network Analyzer's .dna files, both ways: documents, statements, variables, coders, colours, attributes.

In: a .dna file (SQLite, format 3). Out: a Dna, which keeps every row as it is, so that a file read and written again
loses nothing; its statements as Coded for networks or as Readings for a dossier. `dna_table` makes one from a Table.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import FormatError
from dragoman.reading import Document, Position, Reading, Spans, Speaker, Statement

if TYPE_CHECKING:
    from dragoman.analysis.networks import Coded

Row = Mapping[str, Any]
_HEADER = b"SQLite format 3\x00"
_COLOUR = "{0} INTEGER NOT NULL DEFAULT 0 CHECK ({0} BETWEEN 0 AND 255)"
_RGB = ", ".join(_COLOUR.format(c) for c in ("Red", "Green", "Blue"))
PERMISSIONS = (
    "AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements",
    "DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations",
    "ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements",
)  # fmt: skip


def _flag(name: str, default: int) -> str:
    return f"{name} INTEGER NOT NULL DEFAULT {default} CHECK ({name} BETWEEN 0 AND 1)"


def _short(name: str, *, empty: bool = True) -> str:
    return f"{name} TEXT NOT NULL {f'DEFAULT {chr(39) * 2}' if empty else ''} CHECK (LENGTH({name}) < 191)"


def _refers(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


_ID = "ID INTEGER NOT NULL PRIMARY KEY"
_DATA = f"{_ID}, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL"
_KEYS = (
    f"{_refers('StatementId', 'STATEMENTS')}, {_refers('VariableId', 'VARIABLES')}, UNIQUE (StatementId, VariableId)"
)
TABLES: dict[str, str] = {
    "SETTINGS": "Property TEXT PRIMARY KEY, Value TEXT NOT NULL",
    "CODERS": f"{_ID}, {_short('Name', empty=False)}, {_RGB}, "
    "Refresh INTEGER NOT NULL CHECK (Refresh BETWEEN 0 AND 9999) DEFAULT 0, "
    "FontSize INTEGER NOT NULL CHECK (FontSize BETWEEN 1 AND 99) DEFAULT 14, Password TEXT NOT NULL, "
    "PopupWidth INTEGER CHECK (PopupWidth BETWEEN 100 AND 9999) NOT NULL DEFAULT 300, "
    + ", ".join(_flag(n, d) for n, d in (("ColorByCoder", 0), ("PopupDecoration", 0), ("PopupAutoComplete", 1)))
    + ", " + ", ".join(_flag(f"Permission{p}", 1) for p in PERMISSIONS),
    "DOCUMENTS": f"{_ID}, {_short('Title', empty=False)}, Text TEXT NOT NULL, Coder INTEGER, "
    + ", ".join(_short(n) for n in ("Author", "Source", "Section"))
    + f", Notes TEXT NOT NULL DEFAULT '', {_short('Type')}, Date INTEGER NOT NULL, {_refers('Coder', 'CODERS')}",
    "STATEMENTTYPES": f"{_ID}, {_short('Label', empty=False)}, {_RGB}",
    "VARIABLES": f"{_ID}, {_short('Variable', empty=False)}, DataType TEXT NOT NULL CHECK (DataType IN ('boolean', "
    f"'integer', 'long text', 'short text')) DEFAULT 'short text', StatementTypeId INTEGER, "
    f"{_refers('StatementTypeId', 'STATEMENTTYPES')}, UNIQUE (Variable, StatementTypeId)",
    "VARIABLELINKS": f"{_ID}, SourceVariableId INTEGER, TargetVariableId INTEGER, "
    f"CHECK (TargetVariableId != SourceVariableId), {_refers('SourceVariableId', 'VARIABLES')}, "
    f"{_refers('TargetVariableId', 'VARIABLES')}",
    "REGEXES": f"Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191), {_RGB}",
    "CODERRELATIONS": f"{_ID}, Coder INTEGER CHECK (Coder > 0), OtherCoder INTEGER CHECK (OtherCoder > 0), "
    + ", ".join(_flag(n, 1) for n in ("viewStatements", "editStatements", "viewDocuments", "editDocuments"))
    + f", UNIQUE (Coder, OtherCoder), {_refers('OtherCoder', 'CODERS')}, {_refers('Coder', 'CODERS')}",
    "STATEMENTS": f"{_ID}, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER NOT NULL CHECK (Start >= 0), "
    "Stop INTEGER NOT NULL CHECK (Stop >= 0), Coder INTEGER, CHECK (Start < Stop), "
    f"{_refers('StatementTypeId', 'STATEMENTTYPES')}, {_refers('Coder', 'CODERS')}, "
    f"{_refers('DocumentId', 'DOCUMENTS')}",
    "ENTITIES": f"{_ID}, VariableId INTEGER NOT NULL, {_short('Value')}, Red INTEGER CHECK (Red BETWEEN 0 AND 255), "
    "Green INTEGER CHECK (Green BETWEEN 0 AND 255), Blue INTEGER CHECK (Blue BETWEEN 0 AND 255), "
    f"ChildOf INTEGER CHECK (ChildOf > 0), UNIQUE (VariableId, Value), {_refers('ChildOf', 'ENTITIES')}, "
    f"{_refers('VariableId', 'VARIABLES')}",
    "DATABOOLEAN": f"{_DATA}, Value INTEGER NOT NULL DEFAULT 1 CHECK (Value BETWEEN 0 AND 1), {_KEYS}",
    "DATAINTEGER": f"{_DATA}, Value INTEGER NOT NULL DEFAULT 0, {_KEYS}",
    "DATASHORTTEXT": f"{_DATA}, Entity INTEGER NOT NULL, {_KEYS}, {_refers('Entity', 'ENTITIES')}",
    "DATALONGTEXT": f"{_DATA}, Value TEXT DEFAULT '', {_KEYS}",
    "ATTRIBUTEVARIABLES": f"{_ID}, VariableId INTEGER NOT NULL, {_short('AttributeVariable', empty=False)}, "
    f"UNIQUE (VariableId, AttributeVariable), {_refers('VariableId', 'VARIABLES')}",
    "ATTRIBUTEVALUES": f"{_ID}, EntityId INTEGER NOT NULL, AttributeVariableId INTEGER NOT NULL, "
    f"{_short('AttributeValue')}, UNIQUE (EntityId, AttributeVariableId), {_refers('EntityId', 'ENTITIES')}, "
    f"{_refers('AttributeVariableId', 'ATTRIBUTEVARIABLES')}",
}  # fmt: skip
_DATA_OF = {
    "boolean": "DATABOOLEAN",
    "integer": "DATAINTEGER",
    "short text": "DATASHORTTEXT",
    "long text": "DATALONGTEXT",
}


@dataclass(frozen=True)
class Dna:
    """A .dna file: its rows by table, and what could not be carried into it."""

    tables: Mapping[str, tuple[Row, ...]]
    left_out: tuple[str, ...] = ()
    _by_id: dict[str, dict[int, Row]] = field(default_factory=dict, repr=False, compare=False)

    def by_id(self, table: str) -> dict[int, Row]:
        """The rows of a table by their ID."""
        if table not in self._by_id:
            self._by_id[table] = {row["ID"]: row for row in self.tables[table]}
        return self._by_id[table]

    def statement_type(self, label: str | None = None) -> Row:
        """The statement type of that label; else the first one that has statements."""
        used = {s["StatementTypeId"] for s in self.tables["STATEMENTS"]}
        for row in self.tables["STATEMENTTYPES"]:
            if row["Label"] == label or (label is None and (row["ID"] in used or not used)):
                return row
        labels = ", ".join(repr(r["Label"]) for r in self.tables["STATEMENTTYPES"])
        raise FormatError(f"no statement type {label!r}", where=".dna", expected=labels)

    def variables(self, type_id: int) -> list[Row]:
        """The variables of a statement type, in their order."""
        return sorted((v for v in self.tables["VARIABLES"] if v["StatementTypeId"] == type_id), key=lambda v: v["ID"])

    def values(self, variable: Row) -> dict[int, Any]:
        """The value of a variable for each statement; entities as their text."""
        entities = self.by_id("ENTITIES")
        rows = (r for r in self.tables[_DATA_OF[variable["DataType"]]] if r["VariableId"] == variable["ID"])
        if variable["DataType"] == "short text":
            return {r["StatementId"]: entities[r["Entity"]]["Value"] for r in rows}
        return {r["StatementId"]: r["Value"] for r in rows}

    def coded(self, label: str | None = None) -> Coded:
        """The statements of one type as columns, ready for networks."""
        import numpy as np

        from dragoman.analysis.networks.coded import BOOLEAN, FIELD, INTEGER, LONG, Coded, Column

        kind = self.statement_type(label)
        documents = self.by_id("DOCUMENTS")
        statements = [s for s in self.tables["STATEMENTS"] if s["StatementTypeId"] == kind["ID"]]
        columns: dict[str, Column] = {}
        for v in self.variables(kind["ID"]):
            values, name = self.values(v), v["Variable"]
            if v["DataType"] in ("boolean", "integer"):
                numbers = [int(values.get(s["ID"], 0)) for s in statements]
                columns[name] = Column.of_numbers(numbers, BOOLEAN if v["DataType"] == "boolean" else INTEGER)
            else:
                texts = [str(values.get(s["ID"]) or "") for s in statements]
                columns[name] = Column.of_text(texts, *((LONG,) if v["DataType"] == "long text" else ()))
        own = [documents[s["DocumentId"]] for s in statements]
        names = {
            "author": "Author",
            "source": "Source",
            "section": "Section",
            "type": "Type",
            "title": "Title",
            "id": "ID",
        }
        fields = {name: Column.of_text([str(d[key]) for d in own], FIELD) for name, key in names.items()}
        dates = [d["Date"] for d in documents.values()]

        def numbers_of(rows: Sequence[Row], key: str) -> Any:
            return np.array([r[key] for r in rows], np.int64)

        ids, starts, stops = (numbers_of(statements, key) for key in ("ID", "Start", "Stop"))
        times, places = numbers_of(own, "Date"), numbers_of(own, "ID")
        first, last = min(dates, default=0), max(dates, default=0)
        return Coded(ids, times, places, starts, stops, columns, fields, first, last).sorted()

    def events(self, label: str | None = None, *, rows: Iterable[int] | None = None) -> list[dict[str, Any]]:
        """The event list: one row a statement, for relational event models; `rows` are statement ids to keep."""
        kind, documents = self.statement_type(label), self.by_id("DOCUMENTS")
        named = [(v, self.values(v)) for v in self.variables(kind["ID"])]
        wanted = None if rows is None else set(rows)
        found = []
        for s in self.tables["STATEMENTS"]:
            if s["StatementTypeId"] != kind["ID"] or (wanted is not None and s["ID"] not in wanted):
                continue
            d = documents[s["DocumentId"]]
            text = d["Text"][s["Start"] : s["Stop"]]
            event = {"statement_id": s["ID"], "time": _moment(d["Date"]).strftime("%Y-%m-%d %H:%M:%S")}
            event.update({v["Variable"]: values.get(s["ID"]) for v, values in named})
            event.update(
                start_position=s["Start"], stop_position=s["Stop"], text=text, coder=s["Coder"], document_id=d["ID"],
                document_title=d["Title"], document_author=d["Author"], document_source=d["Source"],
                document_section=d["Section"], document_type=d["Type"],
            )  # fmt: skip
            found.append((d["Date"], d["ID"], s["Start"], s["Stop"], s["ID"], event))
        return [event for *_, event in sorted(found, key=lambda f: f[:5])]

    def readings(self, name: str, label: str | None = None) -> list[Reading]:
        """Its documents as readings: organization speaks for itself through person, concept is the issue."""
        kind = self.statement_type(label)
        variables = {v["Variable"]: self.values(v) for v in self.variables(kind["ID"])}
        by_document: dict[int, list[Row]] = {}
        for s in self.tables["STATEMENTS"]:
            if s["StatementTypeId"] == kind["ID"]:
                by_document.setdefault(s["DocumentId"], []).append(s)
        return [self._reading(d, by_document.get(d["ID"], []), variables, name) for d in self.tables["DOCUMENTS"]]

    def _reading(self, d: Row, statements: list[Row], variables: dict[str, dict[int, Any]], name: str) -> Reading:
        text = d["Text"]
        document = Document(f"{name}-{d['ID']}", text, title=d["Title"], outlet=d["Source"] or None,
                            author=d["Author"] or None, published=_moment(d["Date"]).date().isoformat())  # fmt: skip
        found, positions = [], []
        for s in sorted(statements, key=lambda s: (s["Start"], s["Stop"], s["ID"])):
            content = _code_points(text, s["Start"], s["Stop"])
            if content is None:
                continue
            values = {v: of.get(s["ID"]) for v, of in variables.items()}
            issue, party = str(values.get("concept") or ""), str(values.get("organization") or "") or None
            agreement = values.get("agreement")
            found.append(Statement(
                f"s{s['ID']}", Spans(), Spans(), Spans([content]), act="claim", confidence=1.0,
                speaker=Speaker(str(values.get("person") or "") or party, party), issues=(issue,) if issue else (),
                extra={"dna": {"coder": s["Coder"], "values": values}},
            ))  # fmt: skip
            if issue and party and agreement is not None:
                positions.append(Position(party, issue, ("for " if agreement else "against ") + issue,
                                          "for" if agreement else "against", f"s{s['ID']}"))  # fmt: skip
        return Reading(document, tuple(found), tuple(positions), reader="coded by hand in Discourse Network Analyzer")


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _code_points(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """Offsets in UTF-16 units as offsets in code points; None where they are no words of the text."""
    if all(ord(c) <= 0xFFFF for c in text):
        a, b = start, min(stop, len(text))
    else:
        units = text.encode("utf-16-le", "surrogatepass")
        a, b = (len(units[: 2 * n].decode("utf-16-le", "replace")) for n in (start, stop))
    return (a, b) if a < b and not text[a:b].isspace() else None


# ------------------------------------------------------------------------------------------------ reading a file


def read_dna(path: str | os.PathLike[str]) -> Dna:
    """The file at `path`, opened read-only; FormatError when it is damaged, of another version, or something else."""
    where = os.fspath(path)
    try:
        with open(path, "rb") as file:
            head = file.read(len(_HEADER))
    except OSError as problem:
        raise FormatError(f"cannot be read ({problem.strerror})", where=where) from None
    if head != _HEADER:
        kind = "an XML file of DNA 1" if head.startswith(b"<?xml") else "no SQLite file"
        raise FormatError(kind, where=where, expected="a .dna file of DNA 3, not encrypted",
                          todo="Open it in DNA 3 and save it again")  # fmt: skip
    uri = f"file:{Path(path).resolve().as_posix().replace('?', '%3f').replace('#', '%23')}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            _check(connection, where)
            tables = {name: tuple(dict(r) for r in connection.execute(f"SELECT * FROM {name} ORDER BY rowid"))
                      for name in TABLES}  # fmt: skip
    except sqlite3.DatabaseError as problem:
        raise FormatError(f"damaged or half-written ({problem})", where=where, todo="Go back to a copy") from None
    _check_references(tables, where)
    return Dna(tables)


def _check(connection: sqlite3.Connection, where: str) -> None:
    present = {r[0].upper() for r in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    version = ""
    if "SETTINGS" in present:
        row = connection.execute("SELECT Value FROM SETTINGS WHERE Property = 'version'").fetchone()
        version = str(row[0]) if row else ""
    if version.startswith("2") or ("SETTINGS" in present and "ENTITIES" not in present and "DOCUMENTS" in present):
        raise FormatError(f"a file of DNA {version or '2'}", where=where, expected="version 3",
                          todo="Open it in DNA 3, which converts it, and save it")  # fmt: skip
    if not version.startswith("3"):
        raise FormatError(
            f"version {version!r}" if version else "no .dna file", where=where, expected="a .dna file, version 3"
        )
    missing = sorted(set(TABLES) - present)
    if missing:
        raise FormatError(
            f"no table {missing[0]}", where=where, expected="every table of DNA 3", todo="Go back to a copy"
        )


_REFERENCES = (
    ("STATEMENTS", "DocumentId", "DOCUMENTS"),
    ("STATEMENTS", "StatementTypeId", "STATEMENTTYPES"),
    ("DATASHORTTEXT", "Entity", "ENTITIES"),
    ("VARIABLES", "StatementTypeId", "STATEMENTTYPES"),
)


def _check_references(tables: Mapping[str, tuple[Row, ...]], where: str) -> None:
    for table, column, other in _REFERENCES:
        there = {row["ID"] for row in tables[other]}
        for row in tables[table]:
            if row[column] not in there:
                raise FormatError(f"row {row['ID']} refers to {other} {row[column]}, which is not there",
                                  where=f"{where}: {table}", todo="Go back to a copy")  # fmt: skip


# ------------------------------------------------------------------------------------------------ writing a file


def write_dna(dna: Dna, path: str | os.PathLike[str]) -> None:
    """Write a new .dna file; it appears whole or not at all."""
    target = Path(path)
    draft = target.with_name(target.name + ".part")
    draft.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(draft)) as connection, connection:
            connection.execute("PRAGMA foreign_keys = ON")
            for name, columns in TABLES.items():
                connection.execute(f"CREATE TABLE {name}({columns})")
            connection.execute("PRAGMA defer_foreign_keys = ON")
            for name in TABLES:
                for row in dna.tables.get(name, ()):
                    marks = ", ".join("?" * len(row))
                    connection.execute(f"INSERT INTO {name} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
        os.replace(draft, target)
    except sqlite3.Error as problem:
        raise FormatError(f"does not fit the .dna format ({problem})", where=os.fspath(path)) from None
    finally:
        draft.unlink(missing_ok=True)

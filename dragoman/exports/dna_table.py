"""A Table -> a .dna file: every step of a party on an issue becomes a coded statement over its sentence.

In: a Table. Out: a Dna with what could not be carried named in `left_out`.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from datetime import UTC, datetime
from typing import Any

from dragoman.exports.dna import PERMISSIONS, TABLES, Dna
from dragoman.reading import Document
from dragoman.table import Table

LONGEST = 190  # characters that a short text of the format may have


def password_hash(password: str, salt: bytes) -> str:
    """The format's password: salt, then 100,000 rounds of SHA-256, in Base64. A courtesy, not encryption."""
    digest = hashlib.sha256(salt + unicodedata.normalize("NFC", password).encode()).digest()
    for _ in range(99_999):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


_VARIABLES = (
    ("person", "short text"), ("organization", "short text"), ("concept", "short text"), ("agreement", "boolean"),
    ("act", "short text"), ("reporter", "short text"), ("verbatim", "long text"),
)  # fmt: skip


def dna_of(table: Table) -> Dna:
    """The table's positions as a .dna file: who (person, organization), what (concept), for or against (agreement).

    Every step of a party on an issue becomes a statement over its sentence. What the format cannot hold is named in
    `left_out`: open and unclear positions have no yes or no, letters above U+FFFF no place in its offsets.
    """
    made = _Maker(table)
    for (party, issue), steps in table.histories.items():
        for step in steps:
            if step.change != "retired":
                made.add(party, issue, step)
    return made.finish()


class _Maker:
    """Fills the tables of a new file row by row."""

    def __init__(self, table: Table) -> None:
        self.table, self.left_out = table, list[str]()
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self.said = {(s.document, s.statement): s for s in table.statements()}
        days = [p for d in table.documents if (p := table.reading(d).document.published)]
        newest = max(days, default="1970-01-01")[:10]
        self.rows["SETTINGS"] = [{"Property": "version", "Value": "3.0.11"}, {"Property": "date", "Value": newest}]
        # The salt is fixed so that the same table gives the same file; the password is printed in the manual anyway.
        secret = password_hash("dragoman", hashlib.sha256(b"dragoman").digest()[:16])
        self.rows["CODERS"] = [_coder(1, "Admin", (255, 255, 0), secret), _coder(2, "Machine", (27, 94, 138), secret)]
        both = ("viewStatements", "editStatements", "viewDocuments", "editDocuments")
        self.rows["CODERRELATIONS"] = [
            {"ID": n, "Coder": a, "OtherCoder": b, **dict.fromkeys(both, 1)}
            for n, (a, b) in enumerate(((1, 2), (2, 1)), 1)
        ]
        self.rows["STATEMENTTYPES"] = [{"ID": 1, "Label": "DNA Statement", "Red": 239, "Green": 208, "Blue": 51}]
        self.rows["VARIABLES"] = [
            {"ID": n, "Variable": v, "DataType": kind, "StatementTypeId": 1}
            for n, (v, kind) in enumerate(_VARIABLES, 1)
        ]
        self.entities: dict[tuple[int, str], int] = {}
        for number, (name, kind) in enumerate(_VARIABLES, 1):
            if kind == "short text":
                for attribute in ("Type", "Alias", "Notes"):
                    self._row("ATTRIBUTEVARIABLES", VariableId=number, AttributeVariable=attribute)
                self._entity(number, "", name)
        self.documents: dict[str, int] = {}
        for document in table.documents:
            self._document(table.reading(document).document)

    def _row(self, table: str, **values: Any) -> int:
        number = len(self.rows[table]) + 1
        self.rows[table].append({"ID": number, **values})
        return number

    def _clip(self, text: str, where: str) -> str:
        text = _within_bmp(text)
        if len(text) <= LONGEST:
            return text
        self.left_out.append(f"{where}: shortened to {LONGEST} characters")
        return text[: LONGEST - 1] + "…"

    def _document(self, d: Document) -> None:
        text = _within_bmp(d.text)
        if text != d.text:
            self.left_out.append(f"{d.id}: letters above U+FFFF are written as U+FFFD")
        try:
            moment = datetime.fromisoformat(d.published or "").replace(tzinfo=UTC)
        except ValueError:
            moment = datetime(1970, 1, 1, tzinfo=UTC)
            self.left_out.append(f"{d.id}: undated, written as 1970-01-01")
        texts = {"Title": d.title or d.id, "Author": d.author or "", "Source": d.outlet or ""}
        short = {name: self._clip(value, d.id) for name, value in texts.items()}
        rest = {"Text": text, "Coder": 2, "Section": "", "Notes": d.url or "", "Type": ""}
        self.documents[d.id] = self._row("DOCUMENTS", **short, **rest, Date=int(moment.timestamp()))

    def _entity(self, variable: int, value: str, where: str) -> int:
        value = self._clip(value, where)
        if (variable, value) not in self.entities:
            number = self._row("ENTITIES", VariableId=variable, Value=value, Red=0, Green=0, Blue=0, ChildOf=None)
            self.entities[variable, value] = number
            party = self.table.party(value) if value and variable == 2 else None
            given = {
                "Type": party.kind if party else "",
                "Alias": "; ".join(party.aliases) if party else "",
                "Notes": "",
            }
            for row in self.rows["ATTRIBUTEVARIABLES"]:
                if row["VariableId"] == variable:
                    self._row("ATTRIBUTEVALUES", EntityId=number, AttributeVariableId=row["ID"],
                              AttributeValue=self._clip(given[row["AttributeVariable"]], value))  # fmt: skip
        return self.entities[variable, value]

    def add(self, party: str, issue: str, step: Any) -> None:
        evidence = step.evidence[0] if step.evidence else None
        if evidence is None or not evidence.spans:
            return
        if step.direction not in ("for", "against"):
            self.left_out.append(f"{evidence.document}: {party} on {issue} is {step.direction}, which is no yes or no")
            return
        said = self.said.get((evidence.document, evidence.statement or ""))
        number = self._row("STATEMENTS", StatementTypeId=1, DocumentId=self.documents[evidence.document],
                           Start=evidence.spans.start, Stop=evidence.spans.end, Coder=2)  # fmt: skip
        texts = {"person": step.speaker or "", "organization": party, "concept": issue, "act": step.act or "",
                 "reporter": said.via[-1] if said and said.via else ""}  # fmt: skip
        for variable, (name, kind) in enumerate(_VARIABLES, 1):
            if kind == "short text":
                self._row("DATASHORTTEXT", StatementId=number, VariableId=variable,
                          Entity=self._entity(variable, texts[name], evidence.document))  # fmt: skip
        self._row("DATABOOLEAN", StatementId=number, VariableId=4, Value=int(step.direction == "for"))
        self._row("DATALONGTEXT", StatementId=number, VariableId=7, Value=_within_bmp(self.table.words(evidence)))

    def finish(self) -> Dna:
        self.left_out.append("confidence, review state, history and links between statements have no place in .dna")
        return Dna({name: tuple(rows) for name, rows in self.rows.items()}, tuple(dict.fromkeys(self.left_out)))


def _coder(number: int, name: str, colour: tuple[int, int, int], secret: str) -> dict[str, Any]:
    red, green, blue = colour
    return {"ID": number, "Name": name, "Red": red, "Green": green, "Blue": blue, "Refresh": 0, "FontSize": 14,
            "Password": secret, "PopupWidth": 300, "ColorByCoder": 0, "PopupDecoration": 0, "PopupAutoComplete": 1,
            **{f"Permission{p}": 1 for p in PERMISSIONS}}  # fmt: skip


def _within_bmp(text: str) -> str:
    return "".join(c if ord(c) <= 0xFFFF else "\ufffd" for c in text.replace("\r\n", "\n").replace("\r", "\n"))

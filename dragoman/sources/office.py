"""Reads DOCX documents.

In: the bytes of a DOCX. Out: its paragraphs, lists and tables as text, and the title it gives itself.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from dragoman.errors import InputError
from dragoman.sources.tags import has_swollen_tag

_LARGEST = 100_000_000  # bytes of all parts together, unpacked
_LARGEST_RATIO = 200


@dataclass(frozen=True, slots=True)
class Docx:
    """The text of a DOCX and what it says of itself."""

    text: str
    title: str | None


def read_docx(raw: bytes, *, where: str) -> Docx:
    """The article in a DOCX; InputError when it cannot be opened or is no document."""
    _check(raw, where)
    import docx

    try:
        document = docx.Document(io.BytesIO(raw))
        paragraphs = [text for block in document.iter_inner_content() if (text := _text(block))]
        properties = document.core_properties
        title = (properties.title or "").strip()
    except Exception as problem:  # the library raises whatever its XML and ZIP parsers raise
        what = f"an office document that cannot be read ({str(problem)[:200] or type(problem).__name__})"
        todo = "Save it again, or save it as text"
        raise InputError(what, where=where, expected="a DOCX document", todo=todo) from None
    text = "\n\n".join(paragraphs)
    if not text.strip():
        raise InputError("a document without text", where=where)
    return Docx(text, title if title and title.lower() in text[:600].lower() else None)


def _check(raw: bytes, where: str) -> None:
    """Refuse archives that grow beyond measure, and parts made to hang a parser, before anything in them is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            large = size > 1_000_000 and size > _LARGEST_RATIO * max(1, len(raw))
            swollen = False
            if not (large or size > _LARGEST or len(parts) > 5_000):
                written = (part for part in parts if part.filename.endswith((".xml", ".rels")))
                swollen = any(has_swollen_tag(archive.read(part).decode("utf-8", "replace")) for part in written)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, OSError) as problem:
        raise InputError(f"a damaged office document ({problem})", where=where, todo="Save it again") from None
    if not any(part.filename == "word/document.xml" for part in parts):
        raise InputError("an archive that is no DOCX document", where=where, expected="a DOCX, PDF, HTML or text file")
    if large or size > _LARGEST or len(parts) > 5_000:
        raise InputError(f"an office document that unpacks to {size / 1e6:,.0f} MB", where=where)
    if swollen:
        raise InputError("an office document with a tag of very many attributes", where=where)


def _text(block: Any) -> str:
    if hasattr(block, "rows"):
        rows = []
        for row in block.rows:
            cells = list(dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells))
            rows.append(" | ".join(cell for cell in cells if cell))
        return "\n".join(row for row in rows if row)
    text = block.text.strip()
    listed = block.style is not None and (block.style.name or "").startswith("List")
    return f"- {text}" if listed and text else text

"""Reads PDFs: the article's paragraphs put together again from lines on pages.

In: the bytes of a PDF. Out: its text without page numbers and running heads, and its title. The PDF itself is opened
in another process (`pdf_worker.py`), so that a hostile one costs that process only.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from dragoman.errors import InputError
from dragoman.sources.furniture import SENTENCE_END, key
from dragoman.sources.masthead import is_dated

_FULL = 0.8  # of the lines are no longer than a full one: a headline may go over all columns
_WITHIN = 60  # seconds for one PDF
# A number with a full stop is rather the end of a sentence.
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|p\.|seite|página|стр\.?|صفحة)?\s*\d{1,4}\s*(?:(?:/|of|von|de|sur|из|من)\s*\d{1,4})?|[ivxl]{1,6})"
    r"[^\w.]*$", re.I
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pdf:
    """The text of a PDF and what it says of itself."""

    text: str
    title: str | None
    author: str | None


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    bottom: float
    height: float


def read_pdf(raw: bytes, *, where: str) -> Pdf:
    """The article in a PDF; InputError when it cannot be opened or holds no text."""
    answer = _ask(raw, where)
    pages = [[_Line(*line) for line in page] for page in answer["pages"]]
    paragraphs = _paragraphs(_without_running_heads(pages))
    text = "\n\n".join(paragraphs)
    if len(re.findall(r"\w", text)) < 20:
        todo = "Run text recognition (OCR) over it first"
        raise InputError("a PDF without text, probably scanned", where=where, todo=todo)
    title, author = answer.get("title"), answer.get("author")
    return Pdf(text, _plausible(title, text), author if isinstance(author, str) and " " in author.strip() else None)


def _ask(raw: bytes, where: str) -> dict:
    """What the worker makes of the PDF."""
    command = [sys.executable, "-I", str(Path(__file__).with_name("pdf_worker.py"))]
    todo = "Open and save the PDF again, or save the article as text"
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=_WITHIN, check=False)
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise InputError(f"a PDF that takes longer than {_WITHIN} seconds", where=where, todo=todo) from None
    except ValueError:  # killed by its limits, or crashed
        raise InputError("a PDF that cannot be opened within limits", where=where, todo=todo) from None
    if error := answer.get("error"):
        locked = "password" in error.lower()
        found = "a PDF locked with a password" if locked else f"a PDF that cannot be read ({error})"
        raise InputError(found, where=where, todo="Save it without the password" if locked else todo)
    return answer


def _plausible(title: object, text: str) -> str | None:
    """The PDF's own title when the text begins with it; most titles are names of files or templates."""
    if not isinstance(title, str) or not key(title) or key(title) not in key(text[:600]):
        return None
    return " ".join(title.split())


def _without_running_heads(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Pages without page numbers, and without the lines that return at the head or foot of most pages, or of most
    left or most right ones."""
    sheets = [[line for line in page if line.text.strip()] for page in pages]
    heads = [{key(line.text) for line in (*sheet[:2], *sheet[-2:])} for sheet in sheets]
    usual: set[str] = set()
    for some in (heads, heads[::2], heads[1::2]):
        often = max(2, 0.6 * len(some))
        times = Counter(words for head in some for words in head if words)
        usual |= {words for words in times if times[words] >= often}
    out = []
    for sheet in sheets:
        edge = {0, 1, len(sheet) - 2, len(sheet) - 1}
        out.append([
            line for n, line in enumerate(sheet)
            if n not in edge or not (key(line.text) in usual or _is_numbered(line) or _is_page_number(sheet, n))
        ])  # fmt: skip
    return out


def _is_numbered(line: _Line) -> bool:
    """Whether a line holds a page number and, far from it, something else: a running head."""
    parts = line.text.split("\t")
    return len(parts) > 1 and bool(_PAGE_NUMBER.match(parts[0]) or _PAGE_NUMBER.match(parts[-1]))


def _is_page_number(sheet: list[_Line], n: int) -> bool:
    """Whether a line is a number by itself, and no end of a paragraph: that stands right under it, at its margin."""
    line = sheet[n]
    if not _PAGE_NUMBER.match(line.text):
        return False
    above = sheet[n - 1] if n else None
    if above is None or not line.height or not above.height:
        return True
    return abs(line.left - min(other.left for other in sheet[:n])) > 6 or above.bottom - line.bottom > 2 * line.height


def _paragraphs(pages: list[list[_Line]]) -> list[str]:
    """Lines joined to paragraphs: a wide gap, an indent, a change of size or a short last line ends one."""
    lines = [line for page in pages for line in page]
    placed = [line for line in lines if line.height > 0]
    if not lines:
        return []
    left = min((line.left for line in placed), default=0.0)
    widths = sorted(line.right - line.left for line in placed)
    width = (widths[int(_FULL * len(widths))] if widths else 0.0) or 1.0  # that of a column, where there are several
    gaps = [a.bottom - b.bottom for a, b in pairwise(placed) if 0 < a.bottom - b.bottom < 60]
    usual = median(gaps) if gaps else 14.0
    height = median([line.height for line in placed]) if placed else 10.0
    out: list[str] = []
    for number, line in enumerate(lines):
        words = re.sub(r"\s+", " ", line.text).strip()
        before = lines[number - 1] if number else None
        if before is None or _starts_paragraph(before, line, usual / (height or 1.0), width, left):
            out.append(words)
        else:
            out[-1] = _joined(out[-1], words)
    return out


def _starts_paragraph(before: _Line, line: _Line, spacing: float, width: float, left: float) -> bool:
    """Whether `line` starts a paragraph; `spacing` is the usual distance of lines for type one point high."""
    gap = before.bottom - line.bottom
    closed = bool(SENTENCE_END.search(before.text.strip()))
    if gap < 0:  # the next page or column: the sentence goes on unless it was closed
        return closed
    if before.height and line.height and not 0.85 < line.height / before.height < 1.18:
        return True  # a headline and the text below it
    if gap > 1.35 * spacing * max(line.height, 1.0):
        return True
    short = before.right - before.left < 0.8 * width
    if short and is_dated(before.text):  # outlet and day, set as closely above the article as its own lines
        return True
    indented = line.left - before.left > 6 and line.left - left > 6
    return closed and (short or indented)


def _joined(above: str, below: str) -> str:
    """Two lines of one paragraph; a word divided at the line's end is put together, and so is a double name."""
    if re.search(r"[^\W\d_]{2}[-\u00ad\u2010\ufffe]$", above) and below[:1].islower():
        return above[:-1] + below
    if re.search(r"[^\W_][-\u2010\ufffe]$", above) and below[:1].isalnum():
        return f"{above[:-1]}-{below}"
    return f"{above} {below}"

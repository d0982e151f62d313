"""Reads one PDF in a process of its own, with little memory and little time; run by `pdf.py`, imports no Dragoman.

In: the bytes of a PDF on standard input. Out: JSON on standard output: its lines with their places, page by page.
"""

import json
import sys
from typing import Any

_MEMORY = 1_200_000_000  # bytes of address space
_SECONDS = 40  # of processor time
_MOST_PAGES = 1_000
_MOST_CHARACTERS = 4_000_000


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit of the caller remains
        return
    for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _lines(page: Any) -> list[list[object]]:
    """The lines of a page: text, left, right, bottom and height of the type, in points."""
    letters = page.get_textpage()
    text, found, start = letters.get_text_range(), [], 0
    for line in text.split("\n"):
        words = line.rstrip("\r")
        place = [0.0, 0.0, 0.0, 0.0]
        if words.strip():
            try:
                left, bottom, _, top = letters.get_charbox(start, loose=True)
                right = letters.get_charbox(start + len(words.rstrip()) - 1)[2]
                place = [left, right, bottom, top - bottom]
            except Exception:  # a letter without a place: the line still has its words
                place = [0.0, 0.0, 0.0, 0.0]
        found.append([words, *place])
        start += len(line) + 1
    return found


def main() -> None:
    """Answer with the lines of every page, or with the error that the PDF library gives."""
    _limit()
    raw = sys.stdin.buffer.read()
    answer: dict[str, Any]
    try:
        import pypdfium2

        document = pypdfium2.PdfDocument(raw)
        pages, total = [], 0
        if len(document) > _MOST_PAGES:
            answer = {"error": f"{len(document):,} pages"}
        else:
            for number in range(len(document)):
                lines = _lines(document[number])
                total += sum(len(str(line[0])) for line in lines)
                if total > _MOST_CHARACTERS:
                    break
                pages.append(lines)
            metadata = document.get_metadata_dict(skip_empty=True)
            answer = {"pages": pages, "title": metadata.get("Title"), "author": metadata.get("Author")}
            if total > _MOST_CHARACTERS:
                answer = {"error": f"more than {_MOST_CHARACTERS:,} characters"}
    except MemoryError:
        answer = {"error": "a PDF that takes too much memory"}
    except Exception as problem:  # whatever the library finds wrong is the answer
        answer = {"error": str(problem)[:300] or type(problem).__name__}
    sys.stdout.buffer.write(json.dumps(answer).encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()

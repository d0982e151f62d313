"""Reads one PDF in a process of its own, with little memory and little time; run by `pdf.py`, imports no Dragoman.

In: the bytes of a PDF on standard input. Out: JSON on standard output: its lines with their places, page by page.
"""

import ctypes
import json
import re
import sys
import unicodedata
from dataclasses import dataclass
from typing import Any

_MEMORY = 1_200_000_000  # bytes of address space
_SECONDS = 40  # of processor time
_MOST_PAGES = 1_000
_MOST_CHARACTERS = 4_000_000
_EDGE = 2  # lines at the head and foot of a page that may be furniture
_DIVIDED = "\ufffe"  # what the library gives for the hyphen of a divided word


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit of the caller remains
        return
    for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _lines(page: Any) -> list[list[Any]]:
    """The lines of a page: text, left, right, bottom and height of the type, in points.

    Where a word is divided the library goes on in the same line; in the first and last lines of a page, which may be
    a running head, words set far apart are parted by a tab.
    """
    letters = page.get_textpage()
    text, found, begins, start = letters.get_text_range(), list[list[Any]](), list[int](), 0
    rtl = _reads_right_to_left(text)
    for line in re.split(r"(?<=\ufffe)|\n", text):
        words = line.rstrip("\r")
        place = [0.0, 0.0, 0.0, 0.0]
        if words.strip():
            try:
                if rtl:
                    words, place = _from_right(letters, start, len(words))
                else:
                    left, bottom, _, top = letters.get_charbox(start, loose=True)
                    right = letters.get_charbox(start + len(words.rstrip()) - 1)[2]
                    place = [left, right, bottom, top - bottom]
            except Exception:  # a letter without a place: the line still has its words
                place = [0.0, 0.0, 0.0, 0.0]
        found.append([words, *place])
        begins.append(start)
        start += len(line) + (not line.endswith(_DIVIDED))
    shown = [number for number, line in enumerate(found) if line[0].strip() and line[4] > 0]
    for number in () if rtl else {*shown[:_EDGE], *shown[-_EDGE:]}:
        found[number][0] = _parted(letters, begins[number], found[number][0], 2 * found[number][4])
    return found


def _parted(letters: Any, start: int, words: str, far: float) -> str:
    """A line with a tab for every space that is wider than `far`."""
    out = list(words)
    for at in range(1, len(words) - 1):
        if words[at] == " ":
            wide = letters.get_charbox(start + at + 1)[0] - letters.get_charbox(start + at - 1)[2]
            out[at] = "\t" if wide > far else " "
    return "".join(out)


# ------------------------------------------------------------------------------------------ from right to left

_MIRRORED = str.maketrans("()[]{}«»‹›", ")(][}{»«›‹")
_IN_NUMBERS = ".,:/٫٬"


def _side(letter: str) -> str:
    """Whether a character is written from the right ("R"), from the left ("L"), a digit ("N") or neither ("")."""
    kind = unicodedata.bidirectional(letter)
    return {"R": "R", "AL": "R", "L": "L", "EN": "N", "AN": "N"}.get(kind, "")


def _reads_right_to_left(text: str) -> bool:
    sides = [_side(letter) for letter in text]
    return sides.count("R") > sides.count("L")


def _from_right(letters: Any, start: int, count: int) -> tuple[str, list[float]]:
    """A line as it is read, made from the places of its letters, and its place with the right edge as its start.

    What the library gives as the order of Arabic letters depends on the program that wrote the PDF: words of one
    line may come forwards and backwards. Their places on the page are the same whoever wrote it.
    """
    import pypdfium2.raw as raw

    placed: list[_Letter] = []
    base, sizes, word = 0.0, [], 0
    for number in range(start, start + count):
        letter = chr(raw.FPDFText_GetUnicode(letters.raw, number) or 32)
        if letter.isspace():
            word += 1  # where the library puts a space is not to be relied on, but that there is one between two words
            continue
        left, _, right, _ = letters.get_charbox(number)
        if unicodedata.category(letter) == "Mn" and placed:
            min(placed, key=lambda one: abs(one.left + one.right - left - right)).text += letter
            continue
        placed.append(_Letter(letter, left, right, word))
        sizes.append(raw.FPDFText_GetFontSize(letters.raw, number))
        x, y = ctypes.c_double(), ctypes.c_double()
        if raw.FPDFText_GetCharOrigin(letters.raw, number, x, y):
            base = y.value
    size = sorted(sizes)[len(sizes) // 2]
    placed.sort(key=lambda one: -(one.left + one.right))
    seen = "".join(_gap(before, one, size) + one.text for before, one in zip([None, *placed], placed, strict=False))
    left, right = min(one.left for one in placed), max(one.right for one in placed)
    return _as_read(seen), [-right, -left, base, size]


@dataclass(slots=True)
class _Letter:
    text: str
    left: float
    right: float
    word: int


def _gap(before: _Letter | None, after: _Letter, size: float) -> str:
    """A space where two letters belong to two words; of signs only the distance tells to which they belong."""
    if before is None:
        return ""
    if _side(before.text[0]) and _side(after.text[0]):
        return " " if before.word != after.word else ""
    return " " if before.left - after.right > 0.16 * size else ""


def _as_read(seen: str) -> str:
    """Letters from right to left in the order of reading: numbers and Latin words run the other way."""
    words = [_turned(word) for word in seen.translate(_MIRRORED).split(" ")]
    out: list[str] = []
    latin: list[str] = []
    for word in [*words, ""]:
        if word and any(_side(c) == "L" for c in word) and not any(_side(c) == "R" for c in word):
            latin.insert(0, word)
            continue
        out += latin
        latin = []
        out.append(word)
    return " ".join(out).strip()


def _turned(word: str) -> str:
    """A word with its numbers and Latin letters turned round; what stands at their ends stays where it is."""
    if any(_side(c) == "L" for c in word):
        pattern = r"[^\W_](?:.*[^\W_])?" if not any(_side(c) == "R" for c in word) else r"[A-Za-z0-9À-ɏ]+"
    else:
        pattern = rf"\d(?:[\d{_IN_NUMBERS}]*\d)?"
    return re.sub(pattern, lambda found: found[0][::-1], word)


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

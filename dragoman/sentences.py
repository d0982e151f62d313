"""Where the paragraphs and sentences of a text stand, and the sentences around some words of it.

In: clean text in any language. Out: spans of it, which rise, do not overlap and hold no outer white space; passages.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple

from dragoman.reading import Span

_PARAGRAPH = re.compile(r"[^\n]+")
# A run of marks can only begin where no such mark stands before it: that keeps a page of dots linear.
_END = re.compile(r"""(?<![.!?؟۔…])[.!?؟۔…]++["'”’»)\]]*+(?=\s|$)""")
_BEFORE = re.compile(r"[^\W_]+(?:\.[^\W_]+)*$")
_CLOCK = ("a.m", "p.m")
_GOES_ON = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|"
    r"November|December|GMT|UTC|EST|EDT|CET|BST|ET|Eastern|Pacific|Central|local\b"
)
_STARTS = re.compile(r"(?:The|A|An|He|She|It|They|We|I|But|And|In|On|This|That|His|Her|Its|Their|There|Some)\b")
_LOOK_BACK = 40  # characters: the longest abbreviation with what may precede it, however long the sentence
AROUND = 240  # characters: as much of a sentence as is shown on either side of the words that it is shown for


class Run(NamedTuple):
    """Some text, and whether it is what the text around it is shown for."""

    text: str
    marked: bool


def in_a_line(runs: Iterable[Run]) -> str:
    """A passage as one line of text."""
    return " ".join("".join(run.text for run in runs).split())


class _Shown(NamedTuple):
    """What is shown around some words, and whether their sentence goes on before it or behind it."""

    start: int
    end: int
    goes_before: bool
    goes_on: bool


def passage(text: str, words: Iterable[Span]) -> tuple[Run, ...]:
    """The sentences in which some words stand, with the words marked; of an endless sentence what is near them."""
    runs: list[Run] = []
    at, last = 0, _Shown(0, 0, False, False)
    for start, end in words:
        shown = _shown(text, start, end)
        if not runs:
            runs.append(Run("… " if shown.goes_before else "", False))
            at = shown.start
        elif shown.start > last.end and text[last.end : shown.start].strip():
            runs.append(Run(f"{text[at : last.end]} … ", False))
            at = shown.start
        runs += [Run(text[at:start], False), Run(text[start:end], True)]
        at, last = end, shown
    runs.append(Run(text[at : last.end] + (" …" if last.goes_on else ""), False))
    return tuple(run for run in runs if run.text)


def _shown(text: str, start: int, end: int) -> _Shown:
    """From where the sentence of `start` begins to where that of `end` ends, at most AROUND before and behind them."""
    first = max(text.rfind("\n", 0, start) + 1, start - 2 * AROUND)
    line = text.find("\n", max(start, end - 1))
    last = min(len(text) if line < 0 else line, end + 2 * AROUND)
    sentences = [s for paragraph in paragraphs_in(text, first, last) for s in sentences_of(text, *paragraph)]
    low = max((s.start for s in sentences if s.start <= start), default=start)
    high = min((s.end for s in sentences if s.end >= end), default=end)
    before, behind = start - low > AROUND, high - end > AROUND
    if before:
        low = start - len(text[start - AROUND : start].partition(" ")[2])
    if behind:
        high = end + len(text[end : end + AROUND].rpartition(" ")[0])
    return _Shown(low, high, before, behind)


def sentences_in(text: str) -> list[Span]:
    """The sentences of `text` alone."""
    return [s for start, end in paragraphs_in(text) for s in sentences_of(text, start, end)]


def paragraphs_in(text: str, start: int = 0, end: int = sys.maxsize) -> tuple[Span, ...]:
    """The lines of `text` between two offsets that hold anything."""
    lines = (_trim(text, *match.span()) for match in _PARAGRAPH.finditer(text, start, end))
    return tuple(Span(start, end) for start, end in lines if start < end)


def sentences_of(text: str, start: int, end: int) -> list[Span]:
    """The sentences of one paragraph of `text`."""
    found, begin = [], start
    for match in _END.finditer(text, start, end):
        if not _is_end(text, begin, match, end):
            continue
        piece = _trim(text, begin, match.end())
        if piece[0] < piece[1]:
            found.append(Span(*piece))
        begin = match.end()
    piece = _trim(text, begin, end)
    if piece[0] < piece[1]:
        found.append(Span(*piece))
    return found


def _is_end(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    at = match.end()
    while at < end and text[at].isspace():
        at += 1
    if at >= end:
        return True
    after = text[at : at + _LOOK_BACK]
    if after[0].islower():  # “No,” he said. -- but "…talks?" he asked goes on
        return False
    if match.group() != ".":
        return True
    before = _BEFORE.search(text, max(begin, match.start() - _LOOK_BACK), match.start())
    word = before.group() if before else ""
    if before is not None and before.start() == begin and word.isdigit() and len(word) < 4:
        return False  # "1. The parties" is one line of a list
    if word.lower() in _CLOCK:  # "at 3 p.m. Monday" goes on, "at 3 p.m. Officials" does not
        return not _GOES_ON.match(after)
    if word.lower() in _listed("abbreviations"):  # "the U.S. The talks" ends, "the U.S. Treasury" does not
        return "." in word and bool(_STARTS.match(after))
    if word.lower() in _listed("abbreviations_before_numbers"):  # "Sept. 6", "No. 5"
        return not after[0].isdigit()
    return not (len(word) == 1 and (word.isupper() or "\u0620" <= word <= "\u064a"))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@cache
def _listed(name: str) -> frozenset[str]:
    """A list of the shipped words that tell a full stop from the point of an abbreviation."""
    lists = json.loads(resources.files("dragoman").joinpath("data", "words_en.json").read_text("utf-8"))
    return frozenset(lists[name].split())

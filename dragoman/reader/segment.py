"""Cuts a text into paragraphs and sentences; every piece is a span of the text it came from.

In: clean text in any language. Out: Segments, whose spans rise, do not overlap and hold no outer white space.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dragoman.reader.vocabulary import words
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


@dataclass(frozen=True)
class Segments:
    """The paragraphs and the sentences of one text, each a tuple of spans in order."""

    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds `offset`, or of the last one before it."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph that holds `offset`, or of the last one before it."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)


def segment(text: str) -> Segments:
    """Paragraphs (lines) and sentences of `text`."""
    paragraphs = _paragraphs(text)
    return Segments(paragraphs, tuple(s for start, end in paragraphs for s in _sentences(text, start, end)))


def sentences_in(text: str) -> list[Span]:
    """The sentences of `text` alone."""
    return [s for start, end in _paragraphs(text) for s in _sentences(text, start, end)]


def _paragraphs(text: str) -> tuple[Span, ...]:
    lines = (_trim(text, *match.span()) for match in _PARAGRAPH.finditer(text))
    return tuple(Span(start, end) for start, end in lines if start < end)


def _sentences(text: str, start: int, end: int) -> list[Span]:
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
    if word.lower() in words("abbreviations"):  # "the U.S. The talks" ends, "the U.S. Treasury" does not
        return "." in word and bool(_STARTS.match(after))
    if word.lower() in words("abbreviations_before_numbers"):  # "Sept. 6", "No. 5"
        return not after[0].isdigit()
    return not (len(word) == 1 and (word.isupper() or "\u0620" <= word <= "\u064a"))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def standing(text: str, words: str) -> Iterator[Span]:
    """Where `words` stand in `text` as whole words; without a pattern, since texts have more names than re keeps."""
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not (at and is_letter(text[at - 1])) and not (end < len(text) and is_letter(text[end])):
            yield Span(at, end)
        at = text.find(words, at + 1)


def is_letter(character: str) -> bool:
    """Whether a character can be part of a word."""
    return character.isalnum() or character == "_"

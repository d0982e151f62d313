"""Cuts a text into paragraphs, sentences and words; every piece is a span of the text it came from.

In: clean text in any language. Out: Segments, whose spans rise, do not overlap and hold no outer white space.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from dragoman.reading import Span

_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*\.?(?<=\.[^\W\d_]\.)|[^\W_]+(?:['’&-][^\W_]+)*|[^\w\s]|_")
_END = re.compile(r"""[.!?؟۔…]+["'”’»)\]]*(?=\s|$)""")
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof sen rep gov gen col lt sgt capt cmdr adm rev hon st jr sr no vs etc inc ltd co corp
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun a.m p.m e.g i.e u.s u.k u.n e.u
    approx dept est fig op cit al""".split()
)


@dataclass(frozen=True, slots=True)
class Segments:
    """The paragraphs, sentences and words of one text, each a tuple of spans in order."""

    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    words: tuple[Span, ...]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds `offset`, or of the last one before it."""
        return max(0, bisect_right(self.sentences, (offset, float("inf"))) - 1)

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph that holds `offset`, or of the last one before it."""
        return max(0, bisect_right(self.paragraphs, (offset, float("inf"))) - 1)


def segment(text: str) -> Segments:
    """Paragraphs (lines), sentences and words of `text`."""
    paragraphs, sentences = [], []
    for match in _PARAGRAPH.finditer(text):
        start, end = _trim(text, match.start(), match.end())
        if start < end:
            paragraphs.append(Span(start, end))
            sentences += _sentences(text, start, end)
    return Segments(tuple(paragraphs), tuple(sentences), tuple(Span(*m.span()) for m in _WORD.finditer(text)))


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
    after = text[match.end() : end].lstrip()
    if not after:
        return True
    if after[0].islower():  # “No,” he said. -- but "…talks?" he asked goes on
        return False
    if match.group()[0] == "." and len(match.group()) == 1:
        before = re.search(r"[^\W_]+(?:\.[^\W_]+)*$", text[begin : match.start()])
        word = before.group() if before else ""
        if word.lower() in _ABBREVIATIONS:
            # "at 3 p.m. Monday" goes on; "at 3 p.m. The talks" does not, and neither does "the U.S. The"
            return "." in word and bool(re.match(r"(?:The|A|An|He|She|It|They|We|I|But|And|In|On)\b", after))
        if len(word) == 1 and word.isupper():
            return False
    return True


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

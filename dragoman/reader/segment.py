"""Cuts a text into paragraphs and sentences; every piece is a span of the text it came from.

In: clean text in any language. Out: Segments, whose spans rise, do not overlap and hold no outer white space.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dragoman.reading import Span
from dragoman.sentences import paragraphs_in, sentences_of


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
    paragraphs = paragraphs_in(text)
    return Segments(paragraphs, tuple(s for start, end in paragraphs for s in sentences_of(text, start, end)))


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

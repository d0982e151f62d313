"""Cuts a text into word pieces, marks what a lower-case encoder would not see, and lays windows over them.

In: a text with its segments. Out: a Sheet (words, pieces, features) and the Windows over it, all plain arrays, the
same in training and in use.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dragoman.reader.segment import Segments
from dragoman.reader.vocabulary import words as wordlist

WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
FEATURES = (
    "lower", "title", "upper", "mixed", "digit", "mark", "quoted", "opens", "closes", "single", "paragraph",
    "sentence", "first line", "second line", "short line", "attached",
)  # fmt: skip
STYLES = ("polnear", "readings")
WINDOW = 256
OVERLAP = 64
_OPENING, _CLOSING = "“„«", "”»"
_DOUBLE = re.compile(r"""[“”„«»"]|''""")
_OPENS_AFTER = "([—–-"
_SINGLE = re.compile(r"[‘'](?<![^\s(“\"—–-][‘'])(?=\w)")
_SINGLE_END = re.compile(r"(?<=[\w.,!?…])[’'](?=[\s.,;:!?)”\"—–-]|$)(?!\w)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of one text as the network sees them."""

    starts: NDArray[np.int32]  # where each word starts and ends in the text
    ends: NDArray[np.int32]
    pieces: NDArray[np.int32]  # all word pieces in order
    first: NDArray[np.int32]  # the place in `pieces` of each word's first piece; one more entry closes the last word
    features: NDArray[np.float32]  # a row of FEATURES for each word
    sentence: NDArray[np.int32]  # the sentence and paragraph of each word
    paragraph: NDArray[np.int32]
    before: NDArray[np.bool_]  # what holds a word held the word before it too: one quotation holds both
    after: NDArray[np.bool_]  # what holds a word holds the next one too: one quotation, or a word that wants another

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True)
class Window:
    """Words [start, end) of a sheet that the network reads at once; it owns the words [own_start, own_end)."""

    start: int
    end: int
    own_start: int
    own_end: int


def lay_out(text: str, segments: Segments, pieces_of: Callable[[Sequence[str]], list[list[int]]]) -> Sheet:
    """The sheet of `text`; `pieces_of` gives the word pieces of each of many words."""
    matches = list(WORD.finditer(text))
    words = [m.group() for m in matches]
    starts = np.fromiter((m.start() for m in matches), np.int32, len(matches))
    ends = np.fromiter((m.end() for m in matches), np.int32, len(matches))
    pieces = pieces_of(words)
    first = np.zeros(len(words) + 1, np.int32)
    np.cumsum([len(p) for p in pieces], out=first[1:])
    flat = np.fromiter((p for word in pieces for p in word), np.int32, int(first[-1]))
    sentence = _places(starts, [s.start for s in segments.sentences])
    paragraph = _places(starts, [p.start for p in segments.paragraphs])
    double, single = quotations(text, segments)
    features = _features(text, words, starts, ends, sentence, paragraph, segments, double, single)
    before, after = _going_on(words, starts, double)
    return Sheet(starts, ends, flat, first, features, sentence, paragraph, before, after)


def _going_on(
    words: Sequence[str], starts: NDArray[np.int32], double: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether what is said goes on over the border before and after each word.

    Annotators cut hardly one quotation in a hundred, and hardly one saying in ten thousand after "the" or "of".
    """
    before, after = np.zeros(len(words), bool), np.zeros(len(words), bool)
    if not words:
        return before, after
    outside = np.cumsum(~double)  # as long as it does not rise, one quotation lasts
    before[1:] = (outside[starts[1:]] == outside[starts[:-1]]) & double[starts[1:]]
    wants_more = wordlist("unfinished")
    after[:-1] = before[1:]
    after[:-1] |= np.fromiter(
        (word.lower() in wants_more and following[0].isalnum() for word, following in itertools.pairwise(words)),
        bool,
        len(words) - 1,
    )
    return before, after


def _places(starts: NDArray[np.int32], borders: list[int]) -> NDArray[np.int32]:
    return np.maximum(np.searchsorted(np.array(borders, np.int64), starts, side="right") - 1, 0).astype(np.int32)


def _features(
    text: str,
    words: list[str],
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    sentence: NDArray[np.int32],
    paragraph: NDArray[np.int32],
    segments: Segments,
    quoted: NDArray[np.bool_],
    single: NDArray[np.bool_],
) -> NDArray[np.float32]:
    rows = np.zeros((len(words), len(FEATURES)), np.float32)
    short = [len(text[p.start : p.end].split()) < 14 and text[p.end - 1] not in ".!?”\"'" for p in segments.paragraphs]
    if not words:
        return rows
    rows[np.arange(len(words)), [_case(word) for word in words]] = 1
    rows[1:, 15] = starts[1:] == ends[:-1]
    rows[:, 6] = quoted[starts]
    rows[:, 7] = np.concatenate([[quoted[starts[0]]], np.diff(quoted[starts].astype(np.int8)) > 0])
    rows[:, 8] = np.concatenate([np.diff(quoted[starts].astype(np.int8)) < 0, [False]])
    rows[:, 9] = single[starts]
    rows[:, 10] = np.concatenate([[1], np.diff(paragraph) > 0])
    rows[:, 11] = np.concatenate([[1], np.diff(sentence) > 0])
    rows[:, 12] = paragraph == 0
    rows[:, 13] = paragraph == 1
    rows[:, 14] = np.array(short, bool)[paragraph] if short else 0
    return rows


@lru_cache(maxsize=1 << 14)
def _case(word: str) -> int:
    """The place in FEATURES of how a word is written."""
    first = word[0]
    if first.isdigit():
        return 4
    if not first.isalpha():
        return 5
    if word.islower():
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if first.isupper() and (len(word) == 1 or word[1:].islower()) else 3


def quotations(text: str, segments: Segments) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For every character, whether it stands in a double and in a single quotation, marks included.

    A quotation ends with its paragraph at the latest; straight marks open and close in turn. Archives of newspapers
    write two apostrophes for one; a mark that is turned the wrong way counts by where it stands.
    """
    double, single = np.zeros(len(text) + 1, bool), np.zeros(len(text) + 1, bool)
    for begin, end in segments.paragraphs:
        opened = -1
        for match in _DOUBLE.finditer(text, begin, end):
            at, mark = match.start(), match.group()
            left, right = text[at - 1 : at] if at > begin else " ", text[match.end() : match.end() + 1]
            stands_before = (left.isspace() or left in _OPENS_AFTER) and bool(right) and not right.isspace()
            if opened < 0 and (mark not in _CLOSING or stands_before):
                opened = at
            elif opened >= 0 and (mark not in _OPENING or not stands_before):
                double[opened : match.end()] = True
                opened = -1
        if opened >= 0:
            double[opened:end] = True
        after = begin
        for match in _SINGLE.finditer(text, begin, end):
            if match.start() < after:
                continue
            close = _SINGLE_END.search(text, match.end(), end)
            if close is None:
                break
            single[match.start() : close.end()] = True
            after = close.end()
    return double, single


def windows(sheet: Sheet, *, size: int = WINDOW - 2, overlap: int = OVERLAP, offset: int = 0) -> list[Window]:
    """Windows of at most `size` pieces over whole sentences where these fit, each word owned by exactly one.

    A word belongs to the window in which it stands farther from an edge. `offset` words at the start make a first,
    shorter window, so that training sees other cuts each time.
    """
    total = len(sheet)
    if not total:
        return []
    borders = [0, *(np.flatnonzero(np.diff(sheet.sentence)) + 1).tolist(), total]
    cuts: list[tuple[int, int]] = []
    start = 0
    while start < total:
        limit = sheet.first[start] + size
        end = int(np.searchsorted(sheet.first, limit, side="right")) - 1
        if offset and not cuts:
            end = min(end, max(offset, 1))
        if end < total:
            fits = borders[bisect_right(borders, end) - 1]
            end = fits if fits > start else max(end, start + 1)
        end = min(end, total)
        cuts.append((start, end))
        if end >= total:
            break
        back = int(np.searchsorted(sheet.first, sheet.first[end] - overlap, side="left"))
        whole = borders[bisect_right(borders, back) - 1] if overlap else end
        # A long sentence must not make the next window start where this one did.
        far = sheet.first[end] - sheet.first[max(whole, 0)] > size // 2
        start = back if far or whole <= start else whole
        start = min(max(start, cuts[-1][0] + 1), end)
    return _with_owners(sheet, cuts)


def _with_owners(sheet: Sheet, cuts: list[tuple[int, int]]) -> list[Window]:
    found, own = [], 0
    for number, (start, end) in enumerate(cuts):
        if number + 1 < len(cuts):
            middle = (sheet.first[cuts[number + 1][0]] + sheet.first[end]) // 2
            until = int(np.searchsorted(sheet.first, middle, side="left"))
            until = min(max(until, own), end)
        else:
            until = end
        found.append(Window(start, end, own, until))
        own = until
    return found

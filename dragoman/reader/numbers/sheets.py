"""A text laid out as words and marks, and the word lists that tell what numbers count.

In: a text. Out: its Sheet: each word with its place, folded, and its shape.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from dragoman.folding import fold, folded_word
from dragoman.reader.numbers.number_tokens import LETTERS

_WORD = re.compile(rf"{LETTERS}(?:[-'’.&‑]{LETTERS})*|\d+(?:[.,:]\d+)*|[^\w\s]|_")


class Word(NamedTuple):
    """A word or mark of a text: where it stands and how it looks folded."""

    start: int
    end: int
    text: str
    shape: str  # lower | Title | UPPER | digit | mark


@dataclass(frozen=True)
class Sheet:
    """A text's words, found by place."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Sheet:
        """The words of `text`; the last few are kept, because several layers read one text after another."""
        return _sheet(text)

    @classmethod
    def read(cls, text: str) -> Sheet:
        """The words of `text`, read anew."""
        words = tuple([Word(*m.span(), *_look(m.group())) for m in _WORD.finditer(text)])
        return cls(text, words, tuple(w.start for w in words))

    def after(self, offset: int) -> int:
        """The number of the first word that starts at or after `offset`."""
        return bisect_left(self.starts, offset)

    def before(self, offset: int) -> int:
        """The number of the last word that starts before `offset`; -1 when there is none."""
        return bisect_left(self.starts, offset) - 1


@lru_cache(maxsize=2)
def _sheet(text: str) -> Sheet:
    return Sheet.read(text)


@lru_cache(maxsize=1 << 14)
def _look(word: str) -> tuple[str, str]:
    """A word folded, and its shape."""
    return folded_word(word), _shape(word)


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "digit"
    if not word[0].isalpha():
        return "mark"
    if word[0].islower():
        return "lower" if word.lower() == word else "Title"  # "al-Zayt"
    return "UPPER" if word.isupper() and len(word) > 1 else "Title" if word[0].isupper() else "lower"


@cache
def word_lists() -> Mapping[str, frozenset[str]]:
    """The word lists of `figures.json`, folded."""
    data = json.loads(resources.files("dragoman").joinpath("data", "figures.json").read_text("utf-8"))
    lists = {}
    for name, value in data.items():
        parts = value.split("|") if "|" in value else value.split()
        lists[name] = frozenset(map(fold, parts))
    return lists


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    return word in word_lists()["plurals"] or (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
    )

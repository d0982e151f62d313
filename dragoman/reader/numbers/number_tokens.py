"""Cuts a text into the tokens that numbers are made of, and knows the words for numbers, English and Arabic.

In: any text. Out: its tokens, folded; and the word lists of `data/numbers.json`, once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from dragoman.folding import fold, folded_word

LETTERS = r"[^\W\d_]+(?:[\u064b-\u0652\u0670]+[^\W\d_]*)*"  # Arabic vowel marks stand inside words
_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,]\d+)?(?!\d)|\d+(?:[.,'’٫٬]\d+)*)"
    rf"|(?P<word>{LETTERS})|(?P<mark>[^\w\s]|_)"
)
HYPHENS = frozenset("-–—‑")


class Token(NamedTuple):
    """A word, number or mark of a text."""

    start: int
    end: int
    text: str  # folded
    kind: str  # digits | word | mark
    glued: bool  # no white space before it


@dataclass(frozen=True)
class _Words:
    """The word lists of the grammar, folded."""

    units: Mapping[str, float]
    tens: Mapping[str, float]
    hundreds: Mapping[str, float]
    wholes: Mapping[str, float]
    scales: Mapping[str, float]
    short: frozenset[str]
    fractions: Mapping[str, float]
    doubles: Mapping[str, float]
    multiples: Mapping[str, float]
    vague: Mapping[str, float]
    before: Mapping[tuple[str, ...], str]
    after: Mapping[tuple[str, ...], str]
    symbols: Mapping[str, str]
    letters: Mapping[str, str]
    currencies: frozenset[str]
    function_words: frozenset[str]  # that follow "a third" where it is a share
    percent: frozenset[tuple[str, ...]]
    points: frozenset[tuple[str, ...]]


@cache
def number_words() -> _Words:
    """The word lists of the grammar."""
    data: dict[str, Any] = json.loads(resources.files("dragoman").joinpath("data", "numbers.json").read_text("utf-8"))

    def phrases(shelf: str) -> dict[tuple[str, ...], str]:
        return {_split(p): bound for bound, listed in data[shelf].items() for p in listed}

    def table(shelf: str) -> dict[str, float]:
        return {fold(word): float(value) for word, value in data[shelf].items()}

    return _Words(
        table("units"), table("tens"), table("hundreds"), table("wholes"), table("scales"),
        frozenset(data["short_scales"]), table("fractions"), table("doubles"), table("multiples"),
        table("vague"),
        phrases("bounds_before"), phrases("bounds_after"), data["currency_symbols"],
        {fold(k): v for k, v in data["currency_letters"].items()},
        frozenset(map(fold, data["currency_words"])),
        frozenset(data["function_words"].split()),
        frozenset(map(_split, data["percent"])), frozenset(map(_split, data["points"])),
    )  # fmt: skip


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(t.text for t in tokens_of(phrase))


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, in order."""
    found, last = [], -1
    for m in _TOKEN.finditer(text):
        start, end = m.span()
        found.append(Token(start, end, folded_word(m.group()), m.lastgroup or "mark", start == last))
        last = end
    return found

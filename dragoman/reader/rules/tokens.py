"""Cuts an English sentence into words, punctuation marks and whole quotations, and tells what a word can be.

In: a text, the bounds of a sentence and the quotations in it. Out: tokens; whether one can be an adverb or a verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dragoman.reader.vocabulary import verb_forms, words
from dragoman.reading import Span

LONG_DASHES = ("—", "–", "--")
DASHES = (*LONG_DASHES, "-")
_TOKEN = re.compile(
    r"[^\W_]+(?:[.'’&/-][^\W_]+)*(?:\.(?=[,;]|\s+[a-z])(?<=\b[^\W\d_]\.))?|--|\.\.\.|[^\w\s]|_"
)  # fmt: skip


class Token(NamedTuple):
    """A word, a punctuation mark or a whole quotation."""

    start: int
    end: int
    text: str
    low: str
    quote: bool = False

    @property
    def capital(self) -> bool:
        return not self.quote and self.text[:1].isupper()

    @property
    def word(self) -> bool:
        return not self.quote and self.text[:1].isalnum()


class Range(NamedTuple):
    """Tokens [low, high) of a sentence."""

    low: int
    high: int


def tokens_of(text: str, start: int, end: int, quotations: Sequence[Span]) -> list[Token]:
    """The tokens of text[start:end]; each of `quotations` in it is one token."""
    found: list[Token] = []
    at = start
    for quotation in [q for q in quotations if q.start < end and q.end > start]:
        found += _plain(text, at, max(at, quotation.start))
        low, high = max(start, quotation.start), min(end, quotation.end)
        found.append(Token(low, high, text[low:high], "", True))
        at = high
    return found + _plain(text, at, end)


def _plain(text: str, start: int, end: int) -> list[Token]:
    return [Token(m.start(), m.end(), m.group(), m.group().lower()) for m in _TOKEN.finditer(text, start, end)]


def is_adverb(token: Token) -> bool:
    """Whether a token can stand between an auxiliary and its verb."""
    return token.low in words("adverbs") or (
        token.low.endswith("ly") and len(token.low) > 4 and token.low not in words("not_adverbs") and not token.capital
    )


def looks_like_verb(token: Token) -> bool:
    """Whether a token is an auxiliary or has the form of a reporting verb in the present or past."""
    if token.low in words("auxiliaries"):
        return True
    return any(form.kind in ("s", "past") for form in verb_forms().get(token.low, ())) and not token.capital

"""Signed quotations, as lists of voices have them: “We will stay.” — Ilsa Maren. The dash stands for a verb of saying.

In: a text with its words, and what the network found in it. Out: the same, with every signed quotation as an
attribution.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from dragoman.reader.network.attributions import Attribution, Range
from dragoman.reader.network.transcripts import told_at
from dragoman.reader.network.windows import Sheet

_NAME = r"[A-Z][\w.’'-]*(?:[ \xa0](?:[A-Z][\w.’'-]*|&|al|bin|da|de|del|der|el|la|of|the|van|von)){0,5}"
_SIGNED = re.compile(
    r"^[ \t\xa0]*(?P<said>[“”\"][^\n]*\w[^\n]*[”\"])\s{0,4}(?P<dash>[―—–]|--?)[ \xa0]?"
    rf"(?P<name>{_NAME}(?<=\w))(?:,[^\n]{{1,80}}|\.)?[ \xa0]*$",
    re.MULTILINE,
)
_VOICES = 2  # of fewer, a dash may lead to anything; all seven in the training articles are attributions


def with_signed(text: str, sheet: Sheet, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, with the signed quotations in place of what begins at their dashes."""
    if not any(dash in text for dash in "―—–-"):
        return list(attributions)
    signed = [[_words(sheet, m.span(part)) for part in ("name", "dash", "said")] for m in _SIGNED.finditer(text)]
    if len(signed) < _VOICES:
        return list(attributions)
    dashes = {word for _, dash, _ in signed for word in range(*dash)}
    kept = [a for a in attributions if not any(word in dashes for piece in a.cue for word in range(*piece))]
    return [*kept, *(told_at(*parts) for parts in signed)]


def _words(sheet: Sheet, span: tuple[int, int]) -> Range:
    """The numbers of the words of a stretch of the text."""
    first, last = np.searchsorted(sheet.starts, span).tolist()
    return first, last

"""Tells initials that a text gives to somebody of its own from those of the bodies and outlets that Dragoman knows.

In: a text, initials that stand in it, and whom the shipped names mean by them. Out: whether the text means another.
"""

from __future__ import annotations

import re

from dragoman.reader.names.name_shapes import UPPER_NAME, abbreviates, trimmed
from dragoman.reader.segment import standing

_LONG = 90  # letters before initials in which what they are short for stands
_SMALL = r"(?:of|for|and|the|de|do|da|dos|del|du|des)"
_BRACKET = re.compile(rf"({UPPER_NAME}(?: (?:{_SMALL} )*{UPPER_NAME})*) ?\((?:the )?$")
_NOUN = re.compile(
    r"\b(union|party|airline|carrier|bank|club|guild|chamber|association|federation|confederation|league|chain|maker|"
    r"operator|regulator|producer|lobby|consultancy|charity|company|firm|militia|movement),? $"
)


def is_anothers(text: str, initials: str, known: str) -> bool:
    """Whether a text calls by `initials` something other than the body or outlet `known`.

    So it is where they stand in brackets behind a name that they shorten ("Movement for Aldan Peace (MAP)"), or behind
    a noun of something else ("the teachers' union SPA"), unless the text names the known one in full.
    """
    if not (initials.isascii() and initials.isupper()) or known in text:
        return False
    name = known.casefold()
    for start, _ in standing(text, initials):
        before = text[max(0, start - _LONG) : start]
        if (noun := _NOUN.search(before)) and noun.group(1) not in name:
            return True
        if (full := _BRACKET.search(before)) and abbreviates(initials, trimmed(full.group(1), 0)[0]):
            return True
    return False

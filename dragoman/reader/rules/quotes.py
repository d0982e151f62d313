"""Finds what stands between quotation marks, in English and Arabic type.

In: a text and its paragraphs. Out: spans of quotations, marks included, outermost only, in order. A quotation that
opens a paragraph and is not closed in it runs to the paragraph's end, as quoted paragraphs that go on do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.reading import Span

_MARK = re.compile("[“”„\"«»‘’'‹›]")
_CLOSER = {"“": "”", "„": "”“", '"': '"', "«": "»", "‘": "’", "'": "'", "‹": "›"}
_RESTARTS = 3  # a stray apostrophe may hide what follows; trying again more often would cost hostile texts dear


def quotations(text: str, paragraphs: Iterable[Span]) -> list[Span]:
    """The quotations of `text`, marks included."""
    found: list[Span] = []
    for paragraph in paragraphs:
        start, restarts = paragraph.start, 0
        while True:
            pieces, stray = _pass(text, start, paragraph.end, paragraph.start)
            found += pieces
            if stray is None or restarts >= _RESTARTS:
                break
            start, restarts = stray + 1, restarts + 1
    return found


def _pass(text: str, start: int, end: int, paragraph: int) -> tuple[list[Span], int | None]:
    """The quotations in [start, end), and the place of an opening mark that nothing closes."""
    found: list[Span] = []
    opened = None
    for match in _MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        if opened is None:
            if _opens(text, at, mark):
                opened = at
        elif mark in _CLOSER[text[opened]] and _closes(text, at, text[opened]):
            if any(c.isalnum() for c in text[opened:at]):
                found.append(Span(opened, at + 1))
            opened = None
    if opened is None:
        return found, None
    if opened == paragraph and text[opened] not in "'’" and end - opened > 2:
        return [*found, Span(opened, end)], None
    return found, opened


def _opens(text: str, at: int, mark: str) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "“„«‹":
        return True
    if mark in "‘'":
        return not before.isalnum() and after.strip() != "" and (after.isalnum() or after in '“"«…')
    return mark == '"' and after.strip() != "" and not (before.isalnum() and not after.isalnum())


def _closes(text: str, at: int, opening: str) -> bool:
    if opening in "‘'":
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if after.isalnum():
            return False
        # "the guards’ pay" inside a quotation is no end of it, unless the text stops there
        return before in ".,!?…;:" or not (
            before == "s" and after == " " and text[at + 2 : at + 3].islower() and "’" in text[at + 1 : at + 200]
        )
    return True

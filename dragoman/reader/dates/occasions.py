"""Finds the day on which something was said: "said on Monday", or the day of a transcript, live blog or release.

In: a draft, one attribution and its sentence. Out: an ISO date as precise as the text gives it, or None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from dragoman.reader.dates.dates import DateMention
from dragoman.reader.draft import Draft, Found
from dragoman.reader.vocabulary import words
from dragoman.reading import Span

_TURN = re.compile(r"^[ \t]*(?:Q\b|A\b|[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,4})(?: \([^)\n]{1,40}\))?:\s", re.M)
_CLOCK = re.compile(
    r"^[ \t]*(?:\d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\.?)?|[0-2]\d[0-5]\d(?= [A-Z]{3})|\d{1,2} ?[ap]\.?m\.?)(?:\b|$)",
    re.M | re.I,
)
_RELEASE = re.compile(
    r"^\W*(?:for immediate release|(?:press|news|media) (?:release|statement)|(?:joint )?(?:statement|"
    r"declaration|communiqu[eé]) (?:of|by|from|on)\b|"
    r"joint (?:press )?(?:statement|declaration|communiqu[eé])|(?:verbatim )?transcript\b)",
    re.I | re.M,
)
_IN_A_TITLE = re.compile(r"«[^«»]*\Z")  # the daily «Today» names no day
_NEAR = 45  # characters between a cue and its day; beyond, days belong to what is told


def day_of_document(draft: Draft) -> str | None:
    """The day on which everything in a transcript, live blog or release was said; None for other texts."""
    text, published = draft.document.text, draft.document.published
    if not published:
        return None
    head = f"{draft.document.title or ''}\n{text[:300]}"
    rubrics = words("rubrics").difference(("q", "a", "question", "answer", "moderator"))
    turns = [m.group().split(":")[0].strip().lower() for m in _TURN.finditer(text)]
    turns = [t for t in turns if t.split(" (")[0] not in rubrics]
    spoken = len(turns) >= 4 and len(turns) * 2 >= len(draft.segments.paragraphs) and len(set(turns)) * 2 <= len(turns)
    return published[:10] if spoken or len(_CLOCK.findall(text)) >= 3 or _RELEASE.search(head) else None


def said_on(draft: Draft, found: Found, sentence: Span, day: str | None, dates: Sequence[DateMention]) -> str | None:
    """The day on which `found` was said: the one beside its cue, else `day`."""
    if not found.cue:
        return day
    low = min(s.start for s in (found.source, found.cue) if s)
    high = max(s.end for s in (found.source, found.cue) if s)
    published = draft.document.published
    is_arabic_cue = "\u0620" <= draft.document.text[found.cue.start] <= "\u064a"
    beside: list[tuple[int, DateMention]] = []
    for mention in dates[
        bisect_left(dates, (Span(sentence.start, 0),)) : bisect_left(
            dates, (Span(max(sentence.end, found.content.end), 0),)
        )
    ]:
        start, end = mention.span
        if (
            start < sentence.start
            or end > max(sentence.end, found.content.end)
            or mention.date is None
            or mention.precision not in ("day", "month")
        ):
            continue
        if any(s.start < end and start < s.end for s in (*found.content, *found.source)):
            continue
        if start < low and is_arabic_cue:  # the verb comes first: a day before it belongs to the clause before
            continue
        if _IN_A_TITLE.search(draft.document.text, max(0, start - _NEAR), start):
            continue
        distance = start - high if start >= high else low - end
        between = draft.document.text[high:start] if start >= high else draft.document.text[end:low]
        if (
            distance > _NEAR
            or re.search(r"[.;:!?]\s", between)
            or re.search(
                r"\b(?:until|before|by|for|since|from|due|talks|meeting|منذ|قبل|حتى|بعد)\W*$",
                draft.document.text[max(0, start - 10) : start],
            )
        ):
            continue
        beside.append((distance, mention))
    if not beside:
        return day
    date = min(beside, key=lambda b: b[0])[1].date
    return date if date is not None and not (published and date[: len(published[:10])] > published[:10]) else day

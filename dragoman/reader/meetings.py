"""Finds meetings, rounds, summits and hearings: when, where, under whom, and whether they are held, planned or off.

In: a draft whose statements are resolved. Out: Meetings in text order, one for each meeting and date.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

from dragoman.reader.dates import DateMention, find_dates
from dragoman.reader.draft import Draft
from dragoman.reader.phrases import overlap, plain, trim
from dragoman.reading import Meeting, Span, Spans

_PLACE = re.compile(
    r"(?<!\w)(?:in|at|to|في)\s+(?P<place>(?:the )?[A-ZÀ-ÞĀ-Ž][\w'’.-]*(?:\s(?:of|de|du|da|do|al|el|la|the|and)?\s?[A-ZÀ-ÞĀ-Ž][\w'’.-]*){0,3})"
)
_ARABIC_PLACE = re.compile(r"(?<!\w)في\s+(?P<place>(?!ال|يوم|شهر|عام|حين)\w{3,})")
_MEETS = re.compile(
    r"(?<!\w)(?P<verb>(?:will |would |are to |is to |are due to |to |plan to |shall |again |should )*(?:meet|meets|met|sit down|sits down|sat down|"
    r"reconvene|reconvenes|come together|gather|gathers|gathered|convene|convenes|يلتقي|تلتقي|يجتمع|تجتمع|التقى))(?!\w)",
    re.IGNORECASE,
)
_CHAIR = re.compile(
    r"(?:chaired by|co-chaired by|under|hosted by|presided over by|mediated by|برئاسة)\s+(?:the )?(?P<name>[A-ZÀ-Þ][\w'’.-]+(?:\s[A-ZÀ-Þ][\w'’.-]+){0,3})"
)
_COCHAIR = re.compile(
    r"(?P<names>[A-ZÀ-Þ][\w'’.-]+(?:\s[A-ZÀ-Þ][\w'’.-]+){0,3}(?:\s+and\s+[A-ZÀ-Þ][\w'’.-]+(?:\s[A-ZÀ-Þ][\w'’.-]+){0,3})?)\s+(?:will |would |is to |are to )?"
    r"(?:co-chair|chair|chairs|chaired|co-chaired|preside over|host)\s"
)
_WAITS = re.compile(
    r"(?:until|once|as soon as|unless|depends on|await(?:s|ing)?|waiting for|subject to|before|if)\s+(?P<what>[^,.;]{4,80})", re.IGNORECASE
)


@cache
def _words() -> dict[str, list[str]]:
    data = json.loads(resources.files("dragoman.reader").joinpath("data", "meetings.json").read_text("utf-8"))
    return {key: value for key, value in data.items() if key != "source"}


@cache
def _pattern(shelf: str) -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in sorted(_words()[shelf], key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def find_meetings(draft: Draft) -> list[Meeting]:
    """The meetings that `draft` tells of."""
    document = draft.document
    dates = find_dates(document.text, document.published, document.language)
    found: list[Meeting] = []
    for sentence in draft.segments.sentences:
        inside = [d for d in dates if sentence.start <= d.span.start < sentence.end]
        meeting = _meeting(draft, sentence, inside)
        if meeting and not any(_same(meeting, other) for other in found):
            found.append(meeting)
    return found


def _meeting(draft: Draft, sentence: Span, dates: list[DateMention]) -> Meeting | None:
    text = draft.document.text[sentence.start : sentence.end]
    status, at = _status(text)
    named = _name(text)
    if status is None or named is None:
        return None
    name, where = named
    mention = _date_near(sentence, dates, where, status)
    if mention is None and status not in ("unset", "cancelled", "postponed"):
        return None
    place = _place(text)
    return Meeting(
        name=name,
        date=mention.date if mention else None,
        precision=mention.precision if mention else "unresolved",
        place=place,
        chairs=_chairs(text),
        status=status,
        waits_for=_waits(text, status),
        span=Spans([sentence]),
    )


def _status(text: str) -> tuple[str | None, int]:
    for status in ("unset", "cancelled", "postponed"):
        match = _pattern(status).search(text)
        if match:
            return status, match.start()
    planned, held = _pattern("planned").search(text), _pattern("held").search(text)
    if planned:
        return "planned", planned.start()
    return ("held", held.start()) if held else (None, 0)


def _name(text: str) -> tuple[str, int] | None:
    """The noun phrase of a meeting and where it stands; or "meeting of" those who meet."""
    for match in _pattern("nouns").finditer(text):
        before = text[: match.start()]
        lead = re.search(r"(?:(?:the|a|an|another|its|their|this|that|first|next|second|third|fourth|fifth|final|last|further|formal|new)\s+)?"
                         r"(?:[\w'’-]+\s+){0,3}$", before, re.IGNORECASE)  # fmt: skip
        start = re.search(r"(?<!\w)(?:the|a|an|another|its|their|this|no|any)\s+(?:[\w'’-]+\s+){0,5}$", before, re.IGNORECASE)
        head = before[start.start() :] if start else re.search(r"(?:[\w'’-]+\s+){0,2}$", before).group() if lead else ""  # type: ignore[union-attr]
        tail = re.match(r"(?:\s+(?:of|on|between|about|over|with|for|to)\s+(?:the\s+)?[\w'’-]+(?:\s+(?:and|of|the|[\w'’-]+)){0,5})?", text[match.end() :])
        tail_words = re.split(r"\s+(?:will|would|is|are|was|were|has|have|had|in|on|at|by|ended|broke|due|set|scheduled|planned|opens?|resumes?|which|that)\s",
                              tail.group() + " ")[0] if tail else ""  # fmt: skip
        name = trim(re.sub(r"^(?:the|a|an|no|any)\s+", "", plain(head + match.group() + tail_words), flags=re.IGNORECASE), most=10)
        return name, match.start()
    match = _MEETS.search(text)
    if match:
        subject = plain(re.split(r"[,;:]\s|\s(?:and|but|that)\s(?=the|they)", text[: match.start()])[-1])
        subject = re.sub(r"\s(?:will|would|are|is|to|due|again|also|now)+$", "", subject)
        return f"meeting of {trim(subject, most=8)}", match.start()
    return None


def _date_near(sentence: Span, dates: list[DateMention], where: int, status: str) -> DateMention | None:
    usable = [d for d in dates if d.date] or dates
    if not usable:
        return None
    if status == "postponed" and len(usable) > 1:
        return usable[-1]
    after = [d for d in usable if d.span.start >= sentence.start + where]
    return after[0] if after else usable[-1]


def _place(text: str) -> str | None:
    match = _PLACE.search(text) or _ARABIC_PLACE.search(text)
    return re.sub(r"[.'’]+$|['’]s$", "", match["place"]) if match else None


def _chairs(text: str) -> tuple[str, ...]:
    match = _COCHAIR.search(text)
    if match:
        return tuple(re.split(r"\s+and\s+", match["names"]))
    match = _CHAIR.search(text)
    return (match["name"],) if match else ()


def _waits(text: str, status: str) -> str | None:
    match = _WAITS.search(text) if status == "unset" else None
    return trim(match["what"]) if match else None


def _same(one: Meeting, other: Meeting) -> bool:
    if one.date != other.date:
        return False
    return one.date is not None and (one.place == other.place or not one.place or not other.place) or overlap(one.name, other.name) >= 0.5

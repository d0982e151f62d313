"""Finds meetings, rounds, summits and hearings: when, where, under whom, and whether they are held, planned or off.

In: a draft whose statements are resolved. Out: Meetings in text order, one for each meeting and date.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from dragoman.reader.dates import DateMention, find_dates
from dragoman.reader.draft import Draft
from dragoman.reader.phrases import overlap, plain, stems, trim
from dragoman.reading import Meeting, Span, Spans

_NAME = r"[A-ZÀ-ÞĀ-Ž][\w'’.-]*[\w]"
_PLACE = re.compile(rf"(?<!\w)(?:in|at|في)\s+(?P<place>(?:the )?(?:{_NAME})(?:\s(?:of |de |du |da |do |al |el |la |the )?{_NAME}){{0,3}})")
_ARABIC_PLACE = re.compile(r"(?<!\w)في\s+(?P<place>(?!ال|يوم|شهر|عام|حين|غضون)\w{3,}(?:\s(?!يوم|في|من)\w+)??)(?=\s(?:يوم|في)|[.،]|$)")
_TIME_WORDS = re.compile(
    r"(?:The )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?!\w)"
)
_NOT_A_MEETING = re.compile(
    r"(?:the|that|this|its|their|a|an|any|all|those|these|his|her|our|with)\s+(?:\w+\s)?(?:condition|demand|deadline|target|need|cost|requirement|criteri|silence|"
    r"scepticism|skepticism|resistance|price|test|standard|call|obligation|approval)", re.IGNORECASE
)  # fmt: skip
_VERBAL = re.compile(r"(?<!\w)(?:will|would|to|should|could|can|may|must|not|cannot|shall|'ll|they|we|who)\s+$", re.IGNORECASE)
_SPEECH = re.compile(r"(?<!\w)(?:said|says|told|according|reported|printed|wrote|announced on)(?!\w)")
_CHAIR = re.compile(rf"(?:chaired by|co-chaired by|hosted by|presided over by|mediated by|conciliator|برئاسة)\s+(?:the )?(?P<name>{_NAME}(?:\s{_NAME}){{0,3}})")
_COCHAIR = re.compile(
    rf"(?P<names>{_NAME}(?:\s{_NAME}){{0,3}}(?:\s+and\s+{_NAME}(?:\s{_NAME}){{0,3}})?)\s+(?:will |would |is to |are to )?"
    r"(?:co-chair|chair|chairs|chaired|co-chaired|preside over|host|hosts)\s"
)
_WAITS = re.compile(
    r"(?:until|once|as soon as|unless|depends? on|await(?:s|ing)?|waiting for|subject to|before|if)\s+(?P<what>[^,.;]{4,80})", re.IGNORECASE
)
_DATELINE = re.compile(r"[^\n]{2,90}?(?:\)|\d{4}|\d)\s*[-–—]\s")
_BEFORE_NAME = re.compile(
    r"(?<!\w)(?P<det>(?:the|a|an|another|its|their|this|no|any|our|his|her|next|last|new|[\w.-]+['’]s)\s+)(?P<rest>(?:(?!to |that |which |who |for |after |and |on |in |"
    r"at |with |by |as |was |is |were |are |had |has )[\w'’-]+\s+){0,5})$", re.IGNORECASE
)  # fmt: skip
_TAIL = re.compile(
    r"\s+(?:of|on|between|about|over|with|for)\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d)(?:(?!(?:will|would|is|are|was|were|has|have|had|in|on|at|by|ended|"
    r"broke|due|set|scheduled|planned|opens?|resumes?|which|that|who|said|to|until|from|until|after|before|failed|fixed|began|begins?|as|if)\b)[\w'’&-]+\s?){1,9}"
)  # fmt: skip


class _Trigger(NamedTuple):
    """Words that speak of a meeting: where they stand in their clause, and how the meeting can be called."""

    start: int
    end: int
    name: str
    head: str


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
        for clause in _clauses(document.text, sentence):
            inside = [d for d in dates if clause.start <= d.span.start < clause.end]
            meeting = _meeting(draft, clause, inside)
            twin = next((n for n, other in enumerate(found) if meeting and _same(meeting, other)), None)
            if meeting and twin is None:
                found.append(meeting)
            elif meeting and twin is not None and not found[twin].place and meeting.place:
                found[twin] = meeting
    return [_named_fully(m, found, document.text) for m in found]


def _clauses(text: str, sentence: Span) -> list[Span]:
    """A sentence cut at semicolons and without its dateline."""
    start = sentence.start
    line = text.rfind("\n", 0, start) + 1
    if start - line < 3 and (head := _DATELINE.match(text, start, sentence.end)) and head.end() < sentence.end:
        start = head.end()
    cuts = [start, *(m.end() for m in re.finditer(r";\s", text[start : sentence.end])), sentence.end]
    places = [start + c - start if i in (0, len(cuts) - 1) else start + c for i, c in enumerate(cuts)]
    return [Span(a, b) for a, b in zip(places, places[1:], strict=False) if b - a > 8]


def _meeting(draft: Draft, clause: Span, dates: list[DateMention]) -> Meeting | None:
    text = draft.document.text[clause.start : clause.end]
    trigger = _trigger(text)
    if trigger is None:
        return None
    off = next((status for status in ("unset", "cancelled", "postponed") if _pattern(status).search(text)), None)
    mention = _date(text, clause.start, dates, trigger, off)
    if off is None and (mention is None or not _pattern("acts").search(text)):
        return None
    if off == "unset":
        mention = None
    if off == "postponed" and mention is None:
        return None
    place = _place(text)
    return Meeting(
        name=trigger.name,
        date=mention.date if mention else None,
        precision=mention.precision if mention else "unresolved",
        place=place,
        chairs=_chairs(text),
        status=off or _tense(mention, draft.document.published, text),
        waits_for=_waits(text, off),
        span=Spans([clause]),
    )


def _tense(mention: DateMention | None, published: str | None, text: str) -> str:
    """Held or planned, by the date where it tells, else by the words."""
    if mention and mention.date and published:
        today = published[: len(mention.date)]
        if mention.date != today:
            return "held" if mention.date < today else "planned"
    ahead = re.search(r"(?<!\w)(?:will|is to|are to|due|set for|scheduled|planned|meet|meets|opens|resumes?|would|next)(?!\w)", text)
    return "planned" if ahead else "held"


def _trigger(text: str) -> _Trigger | None:
    nouns = [t for t in map(lambda m: _noun(text, m), _pattern("nouns").finditer(text)) if t]
    for match in _pattern("meet").finditer(text):
        if _NOT_A_MEETING.match(text[match.end() :].lstrip()):
            continue
        verb = _verb(text, match)
        if verb and not any(len(n.name.split()) > 2 for n in nouns):
            return verb
    return max(nouns, key=lambda n: (len(n.name.split()) > 1, -n.start)) if nouns else None


def _noun(text: str, match: re.Match[str]) -> _Trigger | None:
    before, head = text[: match.start()], match.group()
    if _VERBAL.search(before) and head.lower() in ("vote", "visit", "debate", "ballot", "round", "host"):
        return None
    lead = _BEFORE_NAME.search(before)
    words = ""
    if lead:
        determiner = lead["det"] if lead["det"].strip().lower() in ("next", "last", "another", "new") or "'" in lead["det"] or "’" in lead["det"] else ""
        words = determiner + lead["rest"]
    else:
        near = re.search(r"(?:(?:[A-Z][\w'’-]+|[\w-]+)\s)?$", before)
        words = near.group() if near and not re.match(r"(?:of|to|in|on|the|for|and|with|at|by|as|that|from)\s", near.group(), re.I) else ""
    tail = _TAIL.match(text, match.end())
    name = trim(f"{words}{head}{tail.group().rstrip() if tail else ''}", most=12)
    return _Trigger(match.start(), match.end(), re.sub(r"^(?:no|any|a|an|the)\s+", "", name, flags=re.IGNORECASE), head)


def _verb(text: str, match: re.Match[str]) -> _Trigger | None:
    """The meeting of those who meet: "the ministers will meet", "the ministers, who convene in"."""
    before = re.sub(
        r"\s+(?:(?:will|would|are|is|was|were|to|due|again|also|now|then|had|have|has|plan|plans|agreed|both|hoped?|prepare|were expected|not)\s+)*$", " ", text[: match.start()]
    )
    before = re.sub(r",?\s(?:who|which|when they|and they)\s*$", "", before)
    subject = re.split(r"[,;:]\s|\s(?:and|but|that|when|as|before|until|after|said|told|because|while)\s(?=\S+\s\S+)", before)[-1]
    subject = plain(re.sub(r"^(?:The|A|An) ", lambda m: m.group().lower(), plain(subject)))
    other = re.match(r"\s+(?:with\s+)?(?P<whom>(?:the |both |all )?[\w'’]+(?: [A-Zo][\w'’]+){0,5})(?= in | on |,|\.| at | to | this |$)", text[match.end() :])
    whom = other["whom"] if other and other["whom"].lower() not in ("again", "on", "in", "next", "this", "at", "for") else ""
    if not subject or len(subject.split()) > 9 or _SPEECH.search(subject):
        subject = ""
    name = f"meeting of {trim(subject, most=8)}" if subject else "meeting"
    return _Trigger(match.start(), match.end(), f"{name} with {plain(whom)}" if whom and _TIME_WORDS.match(whom) is None else name, "meeting")


def _date(text: str, offset: int, dates: list[DateMention], trigger: _Trigger, off: str | None) -> DateMention | None:
    """The date that is the meeting's own, not that of its postponement or of what somebody said about it."""
    near: list[tuple[int, DateMention]] = []
    for d in dates:
        start, end = d.span.start - offset, d.span.end - offset
        before, after = text[max(0, start - 45) : start], text[end : end + 25]
        between = text[trigger.end : start] if start >= trigger.end else text[end : trigger.start]
        if _SPEECH.search(between) or "\n" in between:
            continue
        score = -len(between) // 25
        if re.search(r"(?:will (?:now )?(?:be held|take place|meet|open)|now)\b[^,;]*$", before):
            score += 6
        if off == "postponed" and re.search(r"\b(?:to|until|till|for)\s+(?:the\s)?$", before) and re.search(r"(?:off|back|moved|postponed|delayed|forward|in|deferred|adjourned|rescheduled|extended)\b[^,;]{0,40}$", before):
            score += 8
        if off == "postponed" and re.search(r"\b(?:set|planned|foreseen|due|scheduled|fixed|promised|announced|from|for)\b[^;]{0,14}$", before):
            score -= 3
        if off == "cancelled" and re.search(r"\b(?:planned|scheduled|announced|set|arranged|due|fixed|foreseen|to open|open)\b[^;]*$", before):
            score += 5
        if off == "cancelled" and re.search(r"(?:cancel|called off|scrap)\w*[^;,]{0,60}$", before) and not after.startswith(("'s", "’s")):
            score -= 4
        if after.startswith(("'s", "’s")) or re.match(r"\s?" + re.escape(trigger.head), after):
            score += 3
        if not d.date and not d.precision == "unresolved":
            score -= 2
        near.append((score, d))
    return max(near, key=lambda n: n[0])[1] if near else None


def _place(text: str) -> str | None:
    for match in _PLACE.finditer(text):
        if not _TIME_WORDS.match(match["place"]):
            return re.sub(r"(?:['’]s|[.'’])$", "", match["place"])
    match = _ARABIC_PLACE.search(text)
    return match["place"] if match else None


def _chairs(text: str) -> tuple[str, ...]:
    match = _COCHAIR.search(text)
    if match:
        return tuple(re.split(r"\s+and\s+", match["names"]))
    match = _CHAIR.search(text)
    return (match["name"],) if match else ()


def _waits(text: str, status: str | None) -> str | None:
    match = _WAITS.search(text) if status in ("unset", "postponed") else None
    return trim(match["what"]) if match and not find_dates(match["what"], None) else None


def _same(one: Meeting, other: Meeting) -> bool:
    if one.date != other.date:
        return False
    if one.date is not None:
        return one.place == other.place or not one.place or not other.place
    return overlap(one.name, other.name) >= 0.5


_BARE = re.compile(r"(?:(?:next|last|new|final|first|second|third|further|other|this|their|its|our)\s+)*\w+|meeting(?: of (?:they|both|both sides|we|which|it|he|she|you|the (?:two )?sides|the pair))?")


def _named_fully(meeting: Meeting, found: list[Meeting], text: str) -> Meeting:
    """A meeting called just "session" or "talks" takes the fuller name that the text uses for one of that kind."""
    if not _BARE.fullmatch(meeting.name):
        return meeting
    head = meeting.name.split()[-1] if not meeting.name.startswith("meeting") else "meeting"
    for match in re.finditer(rf"(?<![\w-]){re.escape(head)}(?![\w-])", text, re.IGNORECASE):
        line_start, line_end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        local = re.compile(re.escape(head), re.IGNORECASE).match(line, match.start() - line_start)
        fuller = _noun(line, local) if local else None
        if fuller and len(stems(fuller.name)) >= 2 and not _BARE.fullmatch(fuller.name):
            return _renamed(meeting, fuller.name)
    return meeting


def _renamed(meeting: Meeting, name: str) -> Meeting:
    from dataclasses import replace

    return replace(meeting, name=name)

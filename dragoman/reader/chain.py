"""Finds the outlets that stand between a speaker and the document: "told Radio Eko", ", Voice of America reported".

In: the attributions of a draft and who speaks in each. Out: for one attribution the outlets it came through, nearest
the speaker first, and the words that name them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.reader.draft import Found
from dragoman.reader.names import Actor, Cast
from dragoman.reading import Span, Spans

_REPORTED = re.compile(
    r"\s*(?:\([^)]*\)\s*)?,?\s*(?:(?:has|had|have|also|later|first|then|itself|however)\s+)*(?:reported|reports|report|said|says|wrote|writes|quoted|quotes|"
    r"cited|cites|quoting|citing|carried|published|revealed|has|noted|added|adds|according)\b", re.I)
_THROUGH = re.compile(
    r"(?:\b(?:told|tell|tells|telling|to|by|in|on|via|through|with|from|per|for|citing|quoting|of|according to|informed|assured|let)\s+"
    r"(?:(?:the|a|an|its|our|his|her|their|both|colleagues at|our colleagues at)\s+)?(?:[\w'’.-]+\s+){0,5}[“\"‘«]?)$", re.I)
_QUOTES_SOMEBODY = re.compile(r"\b(?:quot|cit|report|said|says|wrot|writ|according|have it|has it|claim)", re.I)


@dataclass(frozen=True, slots=True)
class Hop:
    """An outlet in the chain and the words that name it."""

    name: str
    span: Span


def hops_of(cast: Cast, found: Found, speaker: Actor, sentence: Span, others: list[Found]) -> list[Hop]:
    """The outlets through which one attribution came, as its own sentence tells."""
    near: list[Hop] = []
    far: list[Hop] = []
    cue = found.cue.start if found.cue else found.content.start
    for low, high, name in cast.outlets.in_stretch(sentence.start, sentence.end):
        if name == speaker.name or cast.outlets.is_own(name) or _inside(found.content, low, high):
            continue
        if _inside(found.source, low, high):
            if _apposed_outlet(cast.text, found, low):
                near.append(Hop(name, Span(low, high)))
            continue
        before = cast.text[max(sentence.start, low - 60) : low]
        after = cast.text[high : min(sentence.end, high + 40)]
        foreign = any(_inside(o.source, low, high) and not _contains(o, found) for o in others if o is not found)
        other_cue = any(o is not found and o.cue and cue < o.cue.start < low and not _contains(o, found) and not _inside(found.content, o.cue.start, o.cue.end)
                        for o in others)
        if low > cue and not foreign and not other_cue and _THROUGH.search(before):
            (near if not found.content or low < found.content.end else far).append(Hop(name, Span(low, high)))
        elif low > found.content.end - 1 and not foreign and _REPORTED.match(after):
            far.append(Hop(name, Span(low, high)))
        elif low < cue and (_REPORTED.match(after) or re.search(r"\b(?:according to|in|on|as told to)\s+(?:the\s+)?(?:[\w'’.-]+\s+){0,3}$", before, re.I)) and (
            not foreign and _leads(cast, found, low, high)
        ):
            far.append(Hop(name, Span(low, high)))
    return _once(near + far)


def _leads(cast: Cast, found: Found, low: int, high: int) -> bool:
    """Whether the outlet's report leads to this attribution: "The daily reported that the envoy had asked"."""
    first = min(s.start for s in (found.source, found.cue, found.content) if s)
    between = cast.text[high:first]
    if first <= low:
        return found.cue.start > high and bool(_QUOTES_SOMEBODY.search(cast.text[high : found.cue.end]))
    return len(between) < 90 and ("that" in between.split() or bool(re.search(r"quot|cit|report|,\s*$", between)))


def _apposed_outlet(text: str, found: Found, low: int) -> bool:
    """Whether an outlet in the source is one that passed the words on: "Another, quoted by Helvetia Text"."""
    before = text[found.source.start : low]
    return bool(re.search(r"(?:quoted|cited|interviewed|reached|asked|carried|reported|seen|speaking|writing)\b[^,]{0,50}\b(?:by|in|on|to|with|for)\s+(?:the\s+)?(?:[\w'’.-]+\s+){0,4}$", before))


def _inside(spans: Spans, low: int, high: int) -> bool:
    return any(s.start <= low and high <= s.end for s in spans)


def _contains(outer: Found, inner: Found) -> bool:
    return bool(inner.content) and all(_inside(outer.content, s.start, s.end) for s in inner.content)


def _once(hops: list[Hop]) -> list[Hop]:
    seen: set[str] = set()
    return [h for h in hops if not (h.name in seen or seen.add(h.name))]  # type: ignore[func-returns-value]


def lead_outlet(cast: Cast, paragraph: Span) -> Hop | None:
    """The outlet whose name and a colon open a paragraph of a digest: "ZNA: The Red Crescent has offered …"."""
    match = re.match(r"[\W_]*([^\n:.]{2,60}?)(?:\s*\([^)]*\))?:\s", cast.text[paragraph.start : paragraph.end])
    if match is None:
        return None
    name = cast.outlets.find(match.group(1)) or cast.outlets.find(match.group(1).title())
    if name is None:
        known = cast.known(match.group(1))
        name = known.name if known is not None and known.kind == "outlet" else None
    if name is None or cast.outlets.is_own(name):
        return None
    start = paragraph.start + match.start(1)
    return Hop(name, Span(start, start + len(match.group(1))))

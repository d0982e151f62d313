"""Finds the outlets that stand between a speaker and the document: "told Radio Eko", ", Voice of America reported".

In: the attributions of a draft and who speaks in each. Out: for one attribution the outlets it came through, nearest
the speaker first, and the words that name them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.reader.draft import Found
from dragoman.reader.names.names import Actor, Cast
from dragoman.reading import Span, Spans

_REPORTED = re.compile(
    r"\s*(?:\([^)]*\)\s*)?,?\s*(?:(?:has|had|have|also|later|first|then|itself|however)\s+)*(?:reported|reports|"
    r"report|said|says|wrote|writes|quoted|quotes|"
    r"cited|cites|quoting|citing|carried|carries|published|printed|prints|aired|broadcast|broadcasts|relayed|revealed|"
    r"noted|adds|added|has it)\b",
    re.I,
)
_THROUGH = re.compile(
    r"\b(?:told|tell|tells|telling|to|by|in|on|via|through|with|from|per|for|citing|quoting|according to|"
    r"informed|assured|let|colleagues at|assures|answered|"
    r"asked by|carried by|as told to|posted on)\s+(?:(?:the|a|an|its|our|his|her|their|both)\s+)?(?:(?!that\b|"
    r"and\b|said\b)[\w'’.-]+\s+){0,4}[“\"‘«„]?$",
    re.I,
)
_OPENING = re.compile(
    r"\b(?:according to|in|on|as told to|(?:speaking|speaks|spoke|spoken|talking|talked) (?:to|with|on)|told|asked by|"
    r"interview with|interviewed by|quoted by|cited by|carried by|reported by|relayed by|repeated by|picked up by|"
    r"broadcast by|published by|published in|printed by|seen by|reached by|attributed to|leaked to|obtained by|"
    r"shown to|shared with|passed to|in an interview to)\s+(?:the\s+)?(?:[\w'’.-]+\s+){0,4}[“\"‘«„]?$",
    re.I,
)
_RELATIVE = re.compile(r"\b(?:that|which)\s+(?:(?:the|a|an)\s+)?$")  # "minutes that the Harbour Post printed"
_WORDS_BEFORE = r"(?:(?:the|a|an|its|our)\s+)?(?:[\w'’.-]+\s+){0,4}"
_TOLD = re.compile(  # who is told stands nearer to the speaker than who passes it on
    rf"\b(?:told|tell|tells|telling|informed|informing|assured|assuring)\s+{_WORDS_BEFORE}[“\"‘«„]?$", re.I
)
_CITES = re.compile(  # "…, the daily X reported, citing Y": Y has it from the speaker, and X from Y
    r"(?:\s+(?:also|later|then|has|had))*\s+(?:reported|reports|said|says|wrote|writes|added|adds)"
    r"(?:\s+(?:(?:on|last|this|late)\s\w+|today|yesterday))?,?\s+(?:citing|quoting|crediting|with reference to)\s+"
    + _WORDS_BEFORE
)
_NEXT = re.compile(  # "…, quoted yesterday by the weekly X", "…, excerpts of which appeared in X"
    r",?\s+(?:(?:and|then|which (?:was|were)|that (?:was|were)|(?:excerpts|parts|extracts) of which|"
    r"in (?:remarks|an interview|words)(?: that (?:was|were))?)\s+)*(?:(?:later|also|in turn|then|were)\s+)*"
    r"(?:quoted|cited|carried|picked up|relayed|reprinted|republished|repeated|translated|rebroadcast|appeared|printed)"
    r"(?:\s+(?:yesterday|today|later|again|also|(?:on|last|this) \w+|at length))?\s+(?:by|in|on)\s+" + _WORDS_BEFORE
)
_QUOTES = re.compile(r"\b(?:quot|cit|report|carri|as saying|has it from|have it from|let it be known)", re.I)
_LEAD = re.compile(r"[\W_]*([^\n:.]{2,60}?)(?:\s*\([^)]*\))?:\s")


@dataclass(frozen=True, slots=True)
class Hop:
    """An outlet in the chain and the words that name it."""

    name: str
    span: Span


_HAS_TELLING = re.compile(
    r"(?:, which [^,.;\n]{3,80},)? (?:has|had) (?:(?:the|a|an|its|one) )?"
)  # "Havn has the mayor telling"
_IT_REACHES = 120  # letters between an outlet and the source that "it" quotes
_IT_QUOTES = re.compile(
    r"(?:^|[.;:,]\s|\band\s)(?:It|it)\s(?:also\s|then\s|further\s)?(?:quotes|quoted|cites|cited|has)\s$"
)
_BEFORE, _AFTER = 70, 50  # letters looked at before an outlet and after it
_OWN_PEOPLE = re.compile(r"['’]s (?:man|reporter|correspondent|\w+ (?:service|edition|programme))")
_BETWEEN = re.compile(r"\W{0,3}(?:the\s+)?(?:[\w'’.-]+\s+){0,4}[“\"]?$", re.I)
_GAP = re.compile(r"\W{0,3}(?:the\s+)?", re.I)
_CITING = re.compile(r"(?<!\w)(?:[Cc]iting|[Qq]uoting)\s+(?:(?:the|a|an)\s+)?$")


def hops_of(cast: Cast, found: Found, speaker: Actor, sentence: Span, others: list[Found]) -> list[Hop]:
    """The outlets through which one attribution came, as its own sentence tells."""
    text = cast.text
    near: list[Hop] = []
    far: list[Hop] = []
    for low, high, name in cast.outlets.in_stretch(sentence.start, sentence.end):
        hop = Hop(name, Span(low, high))
        if name == speaker.name or cast.outlets.is_own(name) or _inside(found.content, low, high):
            continue
        if text[high : high + 2] in ("'s", "’s") and not _OWN_PEOPLE.match(text, high, high + 30):
            continue
        place = _place_in_source(text, found, hop, sentence)
        if place is None:
            place = _place_outside(cast, found, hop, sentence, others)
        if place == "near":
            near.append(hop)
        elif place == "through" and far and _CITES.fullmatch(text, far[-1].span.end, low):
            far.insert(-1, hop)
        elif place:
            far.append(hop)
    if not near and not far and found.source:
        far += _quoting_before(cast, found, speaker)
    return _once(_passed_on(cast, near + far, sentence, found))


def _place_in_source(text: str, found: Found, hop: Hop, sentence: Span) -> str | None:
    """ "near" for the outlet of "the envoy, quoted by Radio Eko", "" for another in the source, None outside it."""
    low, high = hop.span
    if not _inside(found.source, low, high):
        return None
    told, after = text[found.source.start : low], text[high : min(sentence.end, high + _AFTER)]
    return "near" if _OPENING.search(told) or (_RELATIVE.search(told) and _REPORTED.match(after)) else ""


def _place_outside(cast: Cast, found: Found, hop: Hop, sentence: Span, others: list[Found]) -> str:
    """Where in the chain an outlet outside the source stands: "near" the speaker, "far", "through" the last; or ""."""
    text, (low, high), source, content = cast.text, hop.span, found.source, found.content
    cue = found.cue.start if found.cue else content.start
    cue_words = text[found.cue.start : found.cue.end] if found.cue else ""
    before, after = text[max(sentence.start, low - _BEFORE) : low], text[high : min(sentence.end, high + _AFTER)]
    # 1. "Radio Eko quotes the envoy", "…, Radio Eko reported"
    if 0 <= cue - high <= 3 and _QUOTES.match(cue_words) and source:
        return "far"
    if _comes_next(text, found, low) and _REPORTED.match(after):
        return "far"
    # 2. the outlet of another attribution
    if any(o is not found and _inside(o.source, low, high) and not _contains(o, found) for o in others):
        return ""
    # 3. "told Radio Eko", "…, according to Radio Eko"
    if low > cue and _THROUGH.search(before) and not _other_between(found, others, cue, low):
        return "near" if low < content.end or _TOLD.search(before) else "through"
    # 4. "citing the envoy, Radio Eko says", "the envoy, in Radio Eko, said"
    if source and source.end <= low < cue:
        if _CITING.search(text[max(0, source.start - 20) : source.start]):
            return "far"
        if _OPENING.search(before):
            return "near"
    # 5. "Radio Eko has the mayor telling", "Radio Eko reported that the envoy said"
    if low >= cue:
        return ""
    telling = _HAS_TELLING.fullmatch(text[high : source.start]) and cue_words.endswith("ing")
    leads = (_REPORTED.match(after) or _OPENING.search(before)) and _leads(cast, found, low, high)
    return "far" if telling or leads else ""


def _comes_next(text: str, found: Found, low: int) -> bool:
    """Whether an outlet is the next that is named after what is said."""
    end = found.content.end
    last = max(part.end for part in (found.source, found.cue, found.content) if part)
    return low >= end and (
        _BETWEEN.match(text[end:low]) is not None or (last <= low and _GAP.fullmatch(text[last:low]) is not None)
    )


def _quoting_before(cast: Cast, found: Found, speaker: Actor) -> list[Hop]:
    """The outlet that "it" means in "It quotes an aide as saying": the one named last."""
    quotes = _IT_QUOTES.search(cast.text, max(0, found.source.start - 40), found.source.start)
    last = cast.outlets.mention_before(found.source.start) if quotes is not None else None
    if (
        last is None
        or found.source.start - last[1] > _IT_REACHES
        or last[2] == speaker.name
        or cast.outlets.is_own(last[2])
    ):
        return []
    return [Hop(last[2], Span(last[0], last[1]))]


def _passed_on(cast: Cast, hops: list[Hop], sentence: Span, found: Found) -> list[Hop]:
    """The same outlets, each followed by those that are said, right after it, to have its words from it."""
    chain: list[Hop] = []
    for hop in hops:
        chain.append(hop)
        end = hop.span.end
        for low, high, name in cast.outlets.in_stretch(end, sentence.end):
            if cast.outlets.is_own(name) or _inside(found.content, low, high):
                break
            if low >= end and _NEXT.fullmatch(cast.text, end, low):
                chain.append(Hop(name, Span(low, high)))
                end = high
    return chain


def _other_between(found: Found, others: list[Found], cue: int, low: int) -> bool:
    return any(
        o is not found
        and o.cue
        and cue < o.cue.start < low
        and not _contains(o, found)
        and not _inside(found.content, o.cue.start, o.cue.end)
        for o in others
    )


def _leads(cast: Cast, found: Found, low: int, high: int) -> bool:
    """Whether the outlet's report leads to this attribution: "The daily reported that the envoy had asked"."""
    first = min(s.start for s in (found.source, found.cue, found.content) if s)
    between = cast.text[high:first]
    if first <= low:
        return found.cue.start > high and bool(_QUOTES.search(cast.text[high : found.cue.end]))
    return len(between) < 90 and ("that" in between.split() or bool(re.search(r"quot|cit|report|,\s*$", between)))


def _inside(spans: Spans, low: int, high: int) -> bool:
    return any(s.start <= low and high <= s.end for s in spans)


def _contains(outer: Found, inner: Found) -> bool:
    return bool(inner.content) and all(_inside(outer.content, s.start, s.end) for s in inner.content)


def _once(hops: list[Hop]) -> list[Hop]:
    seen: set[str] = set()
    return [h for h in hops if not (h.name in seen or seen.add(h.name))]  # type: ignore[func-returns-value]


def lead_outlet(cast: Cast, paragraph: Span) -> Hop | None:
    """The outlet whose name and a colon open a paragraph of a digest: "ZNA: The Red Crescent has offered …"."""
    colon = cast.text.find(":", paragraph.start, paragraph.end)
    match = _LEAD.match(cast.text[paragraph.start : paragraph.end]) if colon > 0 else None
    if match is None:
        return None
    name = cast.outlets.find(match.group(1)) or (
        cast.outlets.find(match.group(1).title()) if match.group(1).isupper() else None
    )
    if name is None or cast.outlets.is_own(name):
        return None
    start = paragraph.start + match.start(1)
    return Hop(name, Span(start, start + len(match.group(1))))

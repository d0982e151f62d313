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
_CITING = re.compile(r"(?<!\w)(?:[Cc]iting|[Qq]uoting)\s+(?:(?:the|a|an)\s+)?$")


def hops_of(cast: Cast, found: Found, speaker: Actor, sentence: Span, others: list[Found]) -> list[Hop]:
    """The outlets through which one attribution came, as its own sentence tells."""
    near: list[Hop] = []
    far: list[Hop] = []
    cue = found.cue.start if found.cue else found.content.start
    cue_words = cast.text[found.cue.start : found.cue.end] if found.cue else ""
    for low, high, name in cast.outlets.in_stretch(sentence.start, sentence.end):
        if (
            name == speaker.name
            or cast.outlets.is_own(name)
            or _inside(found.content, low, high)
            or (
                cast.text[high : high + 2] in ("'s", "’s")
                and not (
                    re.match(
                        r"['’]s (?:man|reporter|correspondent|\w+ (?:service|edition|programme))",
                        cast.text[high : high + 30],
                    )
                )
            )
        ):
            continue
        before = cast.text[max(sentence.start, low - 70) : low]
        after = cast.text[high : min(sentence.end, high + 50)]
        if _inside(found.source, low, high):
            told = cast.text[found.source.start : low]
            if _OPENING.search(told) or (_RELATIVE.search(told) and _REPORTED.match(after)):
                near.append(Hop(name, Span(low, high)))
            elif _QUOTES.match(cue_words) and low > found.source.start:
                continue
            continue
        if 0 <= cue - high <= 3 and _QUOTES.match(cue_words) and found.source and not _inside(found.source, low, high):
            far.append(Hop(name, Span(low, high)))
            continue
        foreign = [o for o in others if o is not found and _inside(o.source, low, high) and not _contains(o, found)]
        ends = found.content.end <= low and bool(
            re.match(r"\W{0,3}(?:the\s+)?(?:[\w'’.-]+\s+){0,4}[“\"]?$", cast.text[found.content.end : low], re.I)
        )
        last = max(part.end for part in (found.source, found.cue, found.content) if part)
        ends = ends or (last <= low and re.fullmatch(r"\W{0,3}(?:the\s+)?", cast.text[last:low], re.I) is not None)
        if low > found.content.end - 1 and ends and _REPORTED.match(after):
            far.append(Hop(name, Span(low, high)))
        elif foreign:
            continue
        elif low > cue and _THROUGH.search(before) and not _other_between(found, others, cue, low):
            if low < found.content.end or _TOLD.search(before):
                near.append(Hop(name, Span(low, high)))
            elif far and _CITES.fullmatch(cast.text, far[-1].span.end, low):
                far.insert(-1, Hop(name, Span(low, high)))
            else:
                far.append(Hop(name, Span(low, high)))
        elif (
            found.source
            and found.source.end <= low < cue
            and _CITING.search(cast.text[max(0, found.source.start - 20) : found.source.start])
        ):
            far.append(Hop(name, Span(low, high)))
        elif low < cue and found.source and low > found.source.end - 1 and _OPENING.search(before):
            near.append(Hop(name, Span(low, high)))
        elif low < cue and (
            (_HAS_TELLING.fullmatch(cast.text[high : found.source.start]) and cue_words.endswith("ing"))
            or ((_REPORTED.match(after) or _OPENING.search(before)) and _leads(cast, found, low, high))
        ):
            far.append(Hop(name, Span(low, high)))
    if not near and not far and found.source:
        far += _quoting_before(cast, found, speaker)
    return _once(_passed_on(cast, near + far, sentence, found))


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
    match = re.match(r"[\W_]*([^\n:.]{2,60}?)(?:\s*\([^)]*\))?:\s", cast.text[paragraph.start : paragraph.end])
    if match is None:
        return None
    name = cast.outlets.find(match.group(1)) or (
        cast.outlets.find(match.group(1).title()) if match.group(1).isupper() else None
    )
    if name is None or cast.outlets.is_own(name):
        return None
    start = paragraph.start + match.start(1)
    return Hop(name, Span(start, start + len(match.group(1))))

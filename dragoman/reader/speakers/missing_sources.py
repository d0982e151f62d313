"""Gives an attribution whose source the finder missed the words that its own sentence has for it.

In: the cast of a text and its attributions. Out: the same attributions; where one has a cue such as "conceded" but no
source, the subject of the cue, as the words stand in the text. A cue that names nobody ("it is understood") keeps none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dragoman.reader.draft import Found
from dragoman.reader.names.names import Cast
from dragoman.reader.speakers.antecedents import Antecedents
from dragoman.reader.speakers.resolved_items import opening_verb, who_resolves
from dragoman.reading import Span, Spans

_IMPERSONAL = re.compile(
    r"(?:it|there)\b|(?:is|are|was|were|be|been|being|(?:has|have|had)(?: \w+)? been)\s+(?:\w+ )?"
    r"\w+(?:en|d|wn|t)\b|\w+ly$|to\b|(?:is|are|was|were|have|has|be|seems?|appears?)$",
    re.I,
)
_TURNED = re.compile(
    r"(?:according to|in the words(?: of)?|in the view(?: of)?|as reported by|by the count(?: of)?)$", re.I
)
_LEADS_TO = re.compile(
    r"\s+(?:of\s+)?(?:(?:the|its|their|his|her|an?|one)\s+)?(?:[a-z][\w’'-]*,?\s+){0,5}(?:[A-Z][\w-]*\.?\s+){0,2}$"
)
_HEARSAY = re.compile(
    r"(?:is|are|was|were|(?:has|have|had) been)\s+(?:\w+ly\s+)?"
    r"(?:said|reported|believed|understood|thought|rumou?red|quoted)\b",
    re.I,
)
_AS_OR_TO = re.compile(r"[^.;:“”\"]{0,60}?\b(?:to\s+(?:have\b|be\b|\w+)|as\s+\w+ing)\b")
_RELATIVE = re.compile(r"\b(who|which)\s+(?:\w+\s+){0,3}$")
_PRONOUN = re.compile(r"(?:[^\w\s]*)(He|She|They|It|We|I)\b")
_FAR = 60  # letters between a cue and the name that follows it, at most


def with_sources(cast: Cast, antecedents: Antecedents, found: Sequence[Found]) -> list[Found]:
    """The attributions, each with the source that its sentence has for it."""
    return [_sourced(cast, antecedents, found, n) if f.cue and not f.source else f for n, f in enumerate(found)]


def _sourced(cast: Cast, antecedents: Antecedents, found: Sequence[Found], n: int) -> Found:
    f, text = found[n], cast.text
    cue = f.cue.text(cast.draft.document)
    apart = _apart(cast, f, cue)
    if apart is not None:
        return apart
    if not re.search(r"\w", cue) or (_IMPERSONAL.match(cue) and not _TURNED.search(cue)):
        return f
    segments = cast.draft.segments
    sentence = segments.sentences[segments.sentence_at(f.cue.start)]
    item = opening_verb(cast, sentence.start)
    if item is not None and item.start <= f.cue.start:
        resolves = who_resolves(cast, sentence.start)
        return replace(f, source=Spans([resolves])) if resolves is not None else f
    before = text[sentence.start : f.cue.start]
    span = None
    if _TURNED.search(cue) or before.rstrip()[-1:] in tuple(",”\"'’»"):
        span = _following(cast, f.cue.end, sentence)
    if span is None and not _TURNED.search(cue):
        relative = _RELATIVE.search(before)
        if relative is not None:
            span = Span(sentence.start + relative.start(1), sentence.start + relative.end(1))
        else:
            span = _same_speaker(found, n, sentence) or _subject(cast, antecedents, sentence, f.cue.start)
    if span is None or any(s.start < span.end and span.start < s.end for s in f.content):
        return f
    return replace(f, source=Spans([span]))


def _apart(cast: Cast, f: Found, cue: str) -> Found | None:
    """An attribution whose subject the finder took for words that are said: "Vekk" is said "to be ready".

    The subject is a piece of its own, right before a verb of hearsay, or right after the verb that ends a quotation.
    """
    text = cast.text
    if len(f.content) < 2:
        return None
    for n, piece in enumerate(f.content):
        rest = Spans([*f.content[:n], *f.content[n + 1 :]])
        subject = (
            _HEARSAY.match(cue) is not None
            and not text[piece.end : f.cue.start].strip(" ,")
            and _AS_OR_TO.match(text, f.cue.end) is not None
            if piece.end <= f.cue.start
            else not text[f.cue.end : piece.start].strip() and _names_only(cast, piece)
        )
        if subject:
            return replace(f, source=Spans([piece]), content=rest)
    return None


def _names_only(cast: Cast, piece: Span) -> bool:
    """Whether a piece is just a name and what leads to it: "its foreign minister, Tui Vekk"."""
    if re.fullmatch(r"(?:[A-Z][\w’'-]*\s?){1,4}", cast.text[piece.start : piece.end]):
        return True
    named = [*((low, high) for low, high, _ in cast.between(piece.start, piece.end)),
             *((low, high) for low, high, _ in cast.outlets.in_stretch(piece.start, piece.end))]  # fmt: skip
    return any(
        high == piece.end and (low == piece.start or _LEADS_TO.fullmatch(f" {cast.text[piece.start : low]}"))
        for low, high in named
    )


def _following(cast: Cast, end: int, sentence: Span) -> Span | None:
    """The name right after a cue: "concedes its foreign minister, Tui Vekk"."""
    pronoun = re.compile(r"\s(?:of\s)?(him|her|them|it)(?=[,.;:]|$)").match(cast.text, end)
    if pronoun is not None:
        return Span(*pronoun.span(1))
    until = min(sentence.end, end + _FAR)
    outlets = ((low, high) for low, high, _ in cast.outlets.in_stretch(end, sentence.end) if low < until)
    for low, high in sorted([*((low, high) for low, high, _ in cast.between(end, until)), *outlets]):
        if _LEADS_TO.fullmatch(cast.text[end:low]):
            start = end + len(cast.text[end:low]) - len(cast.text[end:low].lstrip())
            return Span(start + (3 if cast.text[start : start + 3] == "of " else 0), high)
        return None
    return None


def _same_speaker(found: Sequence[Found], n: int, sentence: Span) -> Span | None:
    """The source of what was said before in the same sentence: "Olm said no, promising an answer soon"."""
    f = found[n]
    for g in reversed(found[max(0, n - 4) : n]):
        if g.source and g.cue and sentence.start <= g.source.start and g.cue.end <= f.cue.start and g is not f:
            inside = any(c.start <= f.cue.start < c.end for c in g.content)
            return None if inside else Span(g.source.start, g.source[0].end)
    return None


def _subject(cast: Cast, antecedents: Antecedents, sentence: Span, cue: int) -> Span | None:
    """What the sentence is about: a pronoun, a name with the words before it, or a description."""
    text = cast.text
    pronoun = _PRONOUN.match(text, sentence.start, cue)
    if pronoun is not None:
        return Span(pronoun.start(1), pronoun.end(1))
    named = [(low, high) for low, high, _ in cast.between(sentence.start, cue)]
    for low, high in sorted([*named, *((low, high) for low, high, _ in cast.outlets.in_stretch(sentence.start, cue))]):
        if high <= cue and antecedents.is_subject(low) and not re.match(r"['’]s?\s", text[high : high + 3]):
            person = next((m for m in cast.between(low, cue) if m[2].kind == "person" and m[0] - high < 3), None)
            return Span(_noun_phrase(text, sentence.start, low), person[1] if person else high)
    new = antecedents.newcomer_in(sentence)
    return new if new is not None and new.end <= cue else None


def _noun_phrase(text: str, start: int, low: int) -> int:
    """Where the words before a name begin that belong to it: "the Chilean ambassador, Paulina Vekk"."""
    lead = re.search(r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Aa]n?)\s[^,;:“”\"]{0,60},?\s+$", text[start:low])
    return start + lead.start() if lead else low

"""Makes one noun phrase of a source that a finder cut short or gave in pieces: the one that the cue goes with.

In: the cast of a text and an attribution. Out: the same attribution, its source the whole phrase of who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dragoman.folding import fold
from dragoman.reader.draft import Found
from dragoman.reader.names.names import Cast
from dragoman.reader.parties.sides import joined
from dragoman.reader.vocabulary import key_of, words
from dragoman.reading import Span, Spans

_JOINT = re.compile(r"\s*[.,]?\s*(?:\([^()\n]{1,30}\))?\s*|\s+(?:by|of|from|for|in|at|and|or)\s+")
_CITES = re.compile(r"(?:quot|cit)(?:e|es|ed|ing)\b", re.I)
_CITING = re.compile(r",?\s+(?:also\s+|again\s+|in turn\s+)?(?:citing|quoting|referring to|attributing)\s+$")
_TURNED = re.compile(
    r"(?:according to|in the words(?: of)?|in the view(?: of)?|by the (?:count|reckoning|estimate)(?: of)?)$", re.I
)
_GOVERNED = re.compile(
    r"\b(?:of|in|to|with|from|by|at|for|on|against|about|between|like|than|via|let)\s+(?:the\s+|an?\s+)?$", re.I
)
_RELATIVE = re.compile(r"(?:who|which|that)\b")
_CLAUSE = re.compile(r"(?:he|she|it|they|I|we|you)\s+\w", re.I)
_WHO = re.compile(r"\b(?:who|which|whose)\b")
_AGENT = re.compile(r",?\s+(?:[a-z]+\s+){0,3}by\s+$")
_LABELLED = re.compile(r"(?P<kind>[A-Z]{3,})\s+(?=[A-ZÀ-Þ]{2})")  # "CLIP VEKK" in a script
_ARTICLE = re.compile(r"(?:the|an?|this|that)$", re.I)
_TITLE = re.compile(r"(?:.*\s)?(?:mr|mrs|ms|dr|sir|gen|col|capt|maj|lt|sgt|prof|sen|rep|gov)\.?$", re.I | re.S)
_OF_PLACE = r"(?:\s(?:in|of|at|for|from|to)\s(?:the\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)?"
_NAME_ON = re.compile(r"\s[A-Z][\w’'-]*\w(?:\s[A-Z][\w’'-]*\w){0,4}")
_NOUN_ON = re.compile(rf"\s(?:[\w’'-]+\s){{0,3}}?(?P<noun>[a-z-]+){_OF_PLACE}")
_NAMED = re.compile(r"(?:.*\s)?(?!I$)[A-Z][\w’'-]*,?$", re.S)
_ENDS_IN = re.compile(r"\s+(?:on|at|in|by|to|for|with|from|of|and|or)$")
_ASIDE = re.compile(r",\s+(?:quoted|asked|reached|cited|contacted|speaking|questioned)$")
_OWNERS = re.compile(r"(?:his|her|its|their|our|my|whose|.*['’]s?)$", re.I | re.S)
_OWNED_ON = re.compile(r"(?:['’]s?)?\s(?:[\w-]+\s+){0,2}[\w-]+(?=['’]s?\s)")
_APPOSED_ON = re.compile(rf"(?:{_OF_PLACE},|(?<=,))\s[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){{1,3}}(?=[,.;:”\"]|$)")
_DESCRIBED = re.compile(r"(?:the|an?|its|his|her|their|our|one|whose)\s(?:[\w’'-]+\s){0,5}[a-z][\w-]*,?$", re.I)
# One name of several: "Leth, Marrow and the Harbour Front (HF)"
_ONE = (
    r"(?:the\s)?(?:[a-z]+\s)?[A-Z][\w’'-]*(?:\s(?:(?:of|for)\s(?:the\s)?)?[A-Z][\w’'-]*){0,4}(?:\s\([A-Z][A-Z.&-]+\))?"
)
_LISTED_ON = re.compile(rf"(?:,\s{_ONE})*(?:,?\sand\s{_ONE})(?=\s[a-z])")
_LISTED_BEFORE = re.compile(r"(?:(?:[Tt]he\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3},\s)+$")
_BEFORE_LAST = re.compile(rf"(?:{_ONE},\s){{2,}}and\s")  # "Leth, Marrow, and " before the last of a list
_DATELINE = re.compile(r"[)\w]\s?[-–—:]{1,2}\s$")
_WITHIN_A_WORD = re.compile(r"(?<=\w)[./-]\w(?:[\w’'./-]*\w)?")
_GOES_ON = (  # how a phrase cut short ends, and what belongs to it then
    (_ARTICLE, _NOUN_ON),
    (_ARTICLE, _NAME_ON),
    (_TITLE, re.compile(rf"\.?{_NAME_ON.pattern}")),
    (_ENDS_IN, _NAME_ON),
    (_NAMED, _NAME_ON),
    (_OWNERS, _OWNED_ON),
    (_DESCRIBED, _APPOSED_ON),
)


def whole_source(cast: Cast, found: Found) -> Found:
    """The attribution with one phrase for its source."""
    if not found.source:
        return found
    source = found.source
    if len(source) > 1:
        source = Spans([_speaking(cast.text, _joined(cast.text, source), found.cue)])
    source = Spans([*source[:-1], _to_its_end(cast, source[-1], found)])
    source = Spans([*source[:-1], _with_others(cast, source[-1], found)])
    if (label := _LABELLED.match(cast.text, source.start, source.end)) and key_of(label["kind"]) in words(
        "recording_words"
    ):
        source = Spans([(label.end(), source[0].end), *source[1:]])
    return replace(found, source=source) if source != found.source else found


def _joined(text: str, pieces: Sequence[Span]) -> list[Span]:
    """The pieces, those as one between which nothing stands but a joint: "Maj. Gen" "(retd.)" "Tui Vekk"."""
    whole = [pieces[0]]
    for piece in pieces[1:]:
        last = whole[-1]
        gap, opening = text[last.end : piece.start], text[piece.start : piece.end]
        apposed = "," in gap and not (opening[:1].isupper() and text[last.start : last.end].split()[0][:1].isupper())
        if _JOINT.fullmatch(gap) and not apposed and ".\n" not in gap:
            whole[-1] = Span(last.start, piece.end)
        else:
            whole.append(piece)
    return whole


def _speaking(text: str, pieces: Sequence[Span], cue: Spans) -> Span:
    """Of several phrases the one that the cue goes with."""
    if len(pieces) == 1 or not cue:
        return pieces[0]
    said = text[cue.start : cue.end]
    after = [p for p in pieces if p.start >= cue.start]
    before = [p for p in pieces if p.start < cue.start]
    # 1. "The Post quoted the envoy as saying", "the plan was hailed by the League", "“…,” said the envoy"
    if after and (_CITES.match(said) or _TURNED.search(said) or not before):
        return after[0]
    if after and _AGENT.fullmatch(text[cue.end : after[0].start]):
        return after[0]
    inverted = text[max(0, cue.start - 8) : cue.start].rstrip()[-1:] in tuple(",”\"'’»")
    if after and inverted and not text[cue.end : after[0].start].strip():
        return after[0]
    # 2. the subject before the cue: the last phrase that no preposition governs and no clause of its own sets apart
    for n in range(len(before) - 1, -1, -1):
        piece = before[n]
        opening = text[piece.start : piece.end]
        lead = text[before[n - 1].end if n else max(0, piece.start - 40) : piece.start]
        if n and (_GOVERNED.search(lead) or _CLAUSE.match(opening) or _RELATIVE.match(opening)):
            continue
        if n and re.fullmatch(r",\s+", lead) and re.match(r"an?\s", opening):
            continue
        return piece
    return before[0]


def _to_its_end(cast: Cast, source: Span, found: Found) -> Span:
    """A source to the end of its noun phrase: "the" of "the Sindh Times", "Islamic" of "Islamic Jihad"."""
    text = cast.text
    words_, until = text[source.start : source.end], len(text)
    for other in (*found.cue, *found.content):
        if other.start >= source.end:
            until = min(until, other.start)
    if (rest := _WITHIN_A_WORD.match(text, source.end, until)) is not None:  # "The U" of "The U.S.-Leth plan"
        source = Span(source.start, rest.end())
        words_ = text[source.start : source.end]
    if len(words_) > 1 and words_.isupper():
        return source
    for ends, goes_on in _GOES_ON:
        on = goes_on.match(text, source.end, until)
        if on is not None and ends.search(words_) and _belongs(on):
            return Span(source.start, on.end())
    if (aside := _ASIDE.search(words_)) is not None:
        return Span(source.start, source.start + aside.start())
    ends_in = None if _WHO.search(words_) else _ENDS_IN.search(words_)
    return source if ends_in is None else Span(source.start, source.start + ends_in.start())


def _with_others(cast: Cast, source: Span, found: Found) -> Span:
    """The subject of a clause with all whom it lists: "Leth" of "Leth, Marrow and the Harbour Front agreed"."""
    text, segments = cast.text, cast.draft.segments
    start = segments.sentences[segments.sentence_at(source.start)].start
    before = _LISTED_BEFORE.search(text, start, source.start) if " and " in text[source.start : source.end] else None
    before = before or _BEFORE_LAST.fullmatch(text, start, source.start)
    if before is not None and (before.start() == start or not _GOVERNED.search(text, start, before.start())):
        whole = Span(before.start(), source.end)
        return whole if joined(cast, text[whole.start : whole.end], whole.start) is not None else source
    if source.start == start or _DATELINE.search(text, start, source.start) is not None:
        until = min((s.start for s in (*found.cue, *found.content) if s.start >= source.end), default=len(text))
        on = _LISTED_ON.match(text, source.end, until)
        whole = Span(source.start, on.end()) if on is not None else source
        return whole if joined(cast, text[whole.start : whole.end], whole.start) is not None else source
    return source


def _belongs(on: re.Match[str]) -> bool:
    """Whether the words after a phrase go on with it: a noun for people or bodies, or a name, but no day."""
    if "noun" in on.re.groupindex:
        return fold(on["noun"]) in words("role_nouns", "anonymous_nouns", "organisation_nouns")
    return key_of(on.group().split()[0].strip(".,")) not in words("days", "months")

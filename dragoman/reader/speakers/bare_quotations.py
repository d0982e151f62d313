"""Finds quotations of whole sentences that no attribution touches: somebody says them too.

In: the cast of a text and the attributions found in it. Out: the same attributions and one for each such quotation,
without source where it goes on with what was said before, with the name before its colon where there is one.
"""

from __future__ import annotations

import re

from dragoman.reader.draft import Found
from dragoman.reader.names.names import Cast
from dragoman.reader.speakers.antecedents import Antecedents
from dragoman.reader.speakers.own_voice import Taken
from dragoman.reading import Span, Spans

CONFIDENCE = 0.8  # 31 of 33 quotations of six words or more that were left out in the corpus were statements
_LEAST = 6  # words of a quotation that is more than a name, a title or a word held at arm's length
_BEGINS = re.compile(r"[“”\"«»„‘’'\s]*[A-ZÀ-Þ]")
_ENDS = re.compile(r"[.!?…][“”\"«»‘’']*\s*$")


def with_bare_quotations(cast: Cast, antecedents: Antecedents, found: list[Found]) -> list[Found]:
    """The attributions, with one for each whole quotation that was left out."""
    text, taken = cast.text, Taken(found)
    more: list[Found] = []
    first = min((f.content.start for f in found), default=len(text))  # before it nobody has spoken
    for quotation in antecedents.quotations:
        words = text[quotation.start : quotation.end]
        if quotation.start < first or len(words.split()) < _LEAST:
            continue
        if taken.touches(quotation) or not _BEGINS.match(words):
            continue
        new = _spoken(cast, quotation)
        if new is not None:
            more.append(new)
    return [*found, *more]


def _spoken(cast: Cast, quotation: Span) -> Found | None:
    text, segments = cast.text, cast.draft.segments
    paragraph = segments.paragraphs[segments.paragraph_at(quotation.start)]
    before = text[paragraph.start : quotation.start].rstrip()
    said = Found(Spans(), Spans(), Spans([quotation]), CONFIDENCE, form="direct")
    if segments.paragraph_at(quotation.start) == 0:
        return None
    if not before or _ENDS.search(before):
        return said
    if not before.endswith(":"):
        return None
    colon = paragraph.start + len(before) - 1
    sentence = segments.sentences[segments.sentence_at(colon)]
    named = [(low, high) for low, high, actor in cast.between(sentence.start, colon) if actor.kind != "outlet"]
    if not named:
        return None
    said.source, said.cue = Spans([named[0]]), Spans([(colon, colon + 1)])
    return said

"""Gives attributions the quotations whole that their finder cut, and takes from an agency the words it only signs.

In: a draft or the cast of its text, its attributions, and the quotations of the text. Out: the attributions.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from dragoman.reader.draft import Draft, Found
from dragoman.reader.names.names import Cast
from dragoman.reader.vocabulary import words
from dragoman.reading import Span, Spans

_DASH = re.compile(r"[-–—]{1,2}")
_LINE_ENDS = re.compile(r"[\s.)]*(?:\n|$)")


def with_whole_quotations(draft: Draft, found: Sequence[Found], quoted: Sequence[Span]) -> list[Found]:
    """The attributions, each with the end of the quotation that it begins."""
    taken = sorted(span.start for f in found for spans in (f.source, f.cue, f.content) for span in spans)
    return [_whole(f, quoted, taken) for f in map(lambda f: _without_shreds(draft, f), found)]


def _whole(f: Found, quoted: Sequence[Span], taken: Sequence[int]) -> Found:
    if not f.content:
        return f
    start, end = f.content[-1]
    at = bisect_right(quoted, (end, end)) - 1
    if at < 0 or not start <= quoted[at].start < end < quoted[at].end - 1:
        return f
    last = quoted[at].end
    free = bisect_left(taken, end) == bisect_left(taken, last)
    return replace(f, content=Spans([*f.content[:-1], Span(start, last)])) if free else f


def _without_shreds(draft: Draft, f: Found) -> Found:
    """An attribution without the single small words that its finder took from elsewhere: "the … the plan"."""
    if len(f.content) < 2:
        return f
    text, small = draft.document.text, words("determiners", "prepositions", "connectors")
    kept = [span for span in f.content if text[span.start : span.end].lower() not in small]
    return replace(f, content=Spans(kept)) if 0 < len(kept) < len(f.content) else f


def not_signed_off(cast: Cast, f: Found) -> Found:
    """An attribution without the agency that only signs a report at its end: “… call them off.” – PA."""
    text = cast.text
    if not f.cue or not f.source or not _DASH.fullmatch(f.cue.text(cast.draft.document)):
        return f
    signs = f.source.start >= f.cue.end and _LINE_ENDS.match(text, f.source.end) is not None
    agency = signs and cast.outlets.find(text[f.source.start : f.source.end]) is not None
    return replace(f, source=Spans(), cue=Spans()) if agency else f

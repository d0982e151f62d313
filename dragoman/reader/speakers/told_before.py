"""Puts in place of a "this" what it points back to: "The port stays shut. This was stated by Hana Kirov."

In: a draft and the attributions found in it. Out: the same attributions, each with the sentence that it is about.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.reader.draft import Draft, Found
from dragoman.reading import Span, Spans

_THIS = re.compile(r"(?:this|that|it)", re.I)
_WAS_STATED = re.compile(
    r"(?:was|is|were|has been|had been)\s(?:also\s|later\s)?(?:stated|said|reported|announced|declared|told|written|"
    r"noted|emphasi[sz]ed|stressed|confirmed|made public)(?:\s(?:by|on))?",
    re.I,
)

_SAYS = re.compile(r"\b(?:sa(?:id|ys?)|told|tells?|added|stated|wrote|according to)\b", re.I)


def with_what_was_told(draft: Draft, found: list[Found]) -> list[Found]:
    """The attributions, those of a mere "this" with the sentence before instead, where that has no speaker yet."""
    return [_told(draft, found, f) if _points_back(draft, f) else f for f in found]


def _points_back(draft: Draft, f: Found) -> bool:
    text = draft.document
    return bool(
        f.cue and f.source and _THIS.fullmatch(f.content.text(text)) and _WAS_STATED.fullmatch(f.cue.text(text))
    )


def _told(draft: Draft, found: list[Found], f: Found) -> Found:
    text, segments = draft.document.text, draft.segments
    n = segments.sentence_at(f.content.start)
    if not n or segments.sentences[n].start < f.content.start - 1:
        return f
    before = segments.sentences[n - 1]
    headline = segments.paragraph_at(before.start) == 0 != segments.paragraph_at(f.content.start)
    in_it = (o.cue.text(draft.document) for o in found if o.cue and before.start <= o.cue.start < before.end)
    whole = re.search(r"[.!?…][”\"’»]?\s*$", text[before.start : before.end]) is not None
    if headline or not whole or any(_SAYS.search(cue) for cue in in_it):
        return f
    end = before.start + len(text[before.start : before.end].rstrip().rstrip("."))
    return replace(f, content=Spans([Span(before.start, end)]), form=None)

"""Gives statements the conditional clause that belongs to them and that their finder left outside.

In: the attributions of a text. Out: the same; one whose sentence begins or goes on with "unless …", "provided …" has
those words too, and one that is only supposed ("only if the Council recognises the hunt") is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dragoman.reader.draft import Draft, Found
from dragoman.reader.speakers.own_voice import Taken, clause_at
from dragoman.reading import Span, Spans

_SUPPOSED = re.compile(
    r"(?<!\w)(?:if|unless|once|until|provided(?: that)?|(?:as|so) (?:long|soon) as|on condition that|in case)\s$", re.I
)
_LONGEST = len("on condition that ")
_GOES_ON = re.compile(
    r",? (?:but )?(?:unless|provided(?! (?:by|for|with|in|to|at)\b)|on (?:the )?condition that|"
    r"on the understanding that|(?:only )?(?:as|so) long as|only (?:if|once|when|after|in (?:return|exchange) for))\s"
)
_OPENS = re.compile(r"(?:(?:But|And|Yet|So),? )?(?:If|Unless|Once|As long as|So long as|Provided(?: that)?|Until)\s")
_FEW = 2  # words that a clause needs


def with_whole_conditions(draft: Draft, found: Sequence[Found]) -> list[Found]:
    """The attributions, those that are only supposed left out, with the conditional clauses that are theirs."""
    said = [f for f in found if not _is_supposed(draft, f)]
    taken = Taken(said)
    return [_opened(draft, _gone_on(draft, f, taken), taken) for f in said]


def _is_supposed(draft: Draft, f: Found) -> bool:
    """Whether an attribution says what somebody might do: its subject and verb follow an "if"."""
    if not f.source or not f.cue or f.cue.start < f.source.start:
        return False
    start = f.source.start
    return _SUPPOSED.search(draft.document.text, max(0, start - _LONGEST), start) is not None


def _gone_on(draft: Draft, f: Found, taken: Taken) -> Found:
    """One whose sentence goes on with a condition after its last word has that too."""
    text, (start, end) = draft.document.text, f.content[-1]
    link = _GOES_ON.match(text, end)
    if link is None or not f.cue:
        return f
    clause = clause_at(text, draft.segments.sentences[draft.segments.sentence_at(end - 1)], end - 1)
    until = clause.start + len(text[clause.start : clause.end].rstrip(" .\n"))
    if until <= link.end() or taken.touches(Span(end, until)) or len(text[link.end() : until].split()) < _FEW:
        return f
    return replace(f, content=Spans([*f.content[:-1], Span(start, until)]))


def _opened(draft: Draft, f: Found, taken: Taken) -> Found:
    """One before whose source its sentence begins with a condition has that too."""
    if not f.source or not f.cue or f.source.start > f.cue.start or f.content.start < f.source.start:
        return f
    text, source = draft.document.text, f.source.start
    clause = clause_at(text, draft.segments.sentences[draft.segments.sentence_at(source)], source)
    opening = _OPENS.match(text, clause.start)
    until = clause.start + len(text[clause.start : source].rstrip())
    if opening is None or text[until - 1] != "," or taken.touches(Span(clause.start, until)):
        return f
    return replace(f, content=Spans([Span(clause.start, until - 1), *f.content]))

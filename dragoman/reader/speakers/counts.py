"""Finds what is told by somebody's count: "by the union's reckoning, 900 men are out" gives the union's estimate.

In: the cast of a text and the attributions found in it. Out: the same attributions and one more for every such phrase
that none of them holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.reader.draft import Found
from dragoman.reader.names.names import Cast
from dragoman.reader.speakers.own_voice import clause_at
from dragoman.reading import Span, Spans

CONFIDENCE = 0.8  # all of 21 such phrases in the annotated reports are statements
_NOUN = r"(?:count|reckoning|tally|estimates?|figures|arithmetic)(?!\w)"
_WORD = r"[\w.&-]+(?:['’]\w*)?"
_NAME = rf"(?!(?:one|any|some|every|all|an?|this|that|most|other|many|no)\b){_WORD}(?: {_WORD}){{0,5}}?"
_BY = re.compile(
    rf"(?<!\w)[Bb]y (?:(?P<turned>the {_NOUN} of) (?P<of>[^\s,.;:“”\"][^,.;:\n“”\"]{{1,60}})|"
    rf"(?P<who>{_NAME}) (?:own )?(?P<noun>{_NOUN}))"
)
_WHOSE = re.compile(r"['’]s?\Z")
_OPENS = re.compile(r"(?:^|,|(?<!\w)(?:and|but|who|which))\s*\Z", re.I)
_NEW_CLAUSE = re.compile(r"(?:^|[,\s])(?:and|but),?\s*\Z", re.I)
_RELATIVE = re.compile(r"(?<!\w)(?:who|which)\s*\Z", re.I)
_ANOTHER = re.compile(r"[,\s]*(?:and|but|whose|who|which|while)(?!\w)")


def with_counts(cast: Cast, found: Sequence[Found]) -> list[Found]:
    """The attributions, with those that are told by a count."""
    more = [new for match in _BY.finditer(cast.text) if (new := _counted(cast, found, match)) is not None]
    return [*found, *more]


def _counted(cast: Cast, found: Sequence[Found], match: re.Match[str]) -> Found | None:
    text, segments = cast.text, cast.draft.segments
    clause = clause_at(text, segments.sentences[segments.sentence_at(match.start())], match.start())
    before = text[clause.start : match.start()]
    if match.end() > clause.end or not _OPENS.search(before):
        return None
    content = _content(text, clause, match)
    if not content or any(_claims(f, Span(*match.span()), content) for f in found):
        return None
    if match["of"] is not None:
        source, cue = match.span("of"), (match.start(), match.end("turned"))
    else:
        who, cue = match["who"], match.span("noun")
        source = match.start("who"), match.start("who") + len(_WHOSE.sub("", who))
    return Found(Spans([source]), Spans([cue]), Spans(content), CONFIDENCE, act="estimate", form="indirect")


def _claims(f: Found, phrase: Span, content: Sequence[Span]) -> bool:
    """Whether an attribution says the phrase itself, or what it tells."""
    if any(s.start < phrase.end and phrase.start < s.end for s in (*f.cue, *f.content)):
        return True
    return any(a.start < b.end and b.start < a.end for a in f.cue for b in content)


def _content(text: str, clause: Span, match: re.Match[str]) -> list[Span]:
    """What is counted: the clause around the phrase, without what another clause adds."""
    before = text[clause.start : match.start()]
    joined = max(before.rfind(", and ", 0, -6), before.rfind(", but ", 0, -6))
    head = _trimmed(text, clause.start + (joined + 6 if joined > 0 else 0), match.start())
    end = clause.end
    if _RELATIVE.search(before):
        comma = text.find(",", match.end(), clause.end)
        end = comma if comma > 0 else end
    tail = None if _ANOTHER.match(text, match.end(), clause.end) else _trimmed(text, match.end(), end)
    if tail is not None and (_NEW_CLAUSE.search(before) or _RELATIVE.search(before)):
        head = None
    return [piece for piece in (head, tail) if piece is not None]


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """A stretch without white space and marks at its ends; None where nothing is left."""
    while start < end and text[start] in " ,\n\t":
        start += 1
    while end > start and text[end - 1] in " ,.\n\t":
        end -= 1
    return Span(start, end) if end - start > 2 else None

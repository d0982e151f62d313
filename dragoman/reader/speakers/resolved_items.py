"""Reads the items in which a body resolves something, each begun with its verb: "The Council: (a) Urges …".

In: the cast of a text and its attributions. Out: whose resolutions they are, and an attribution for every such item
that no attribution touches.
"""

from __future__ import annotations

import re

from dragoman.reader.draft import Found
from dragoman.reader.names.names import Cast
from dragoman.reader.speakers.own_voice import CONFIDENCE, Taken
from dragoman.reader.vocabulary import verb_forms, words
from dragoman.reading import Span, Spans

_MARK = r"\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|[-–—•*])\s*"
_ITEM = re.compile(
    rf"{_MARK}(?:(?:Also|Further|Strongly|Once again)\s)?(?P<verb>[A-Z][a-z]+(?:\s(?:up)?on(?=\s)|\sfor(?=\s))?)(?=\s)"
)
_PREAMBLE = re.compile(r"\s*(?:(?:Also|Further|Deeply|Gravely)\s)?[A-Z][a-z]+(?:ing|ed)\s")
_LEAD_IN = re.compile(
    r"(?:[^\n]{0,300}[.]\s)?\W*(?P<who>[Tt]he\s[\w'’-]+(?:\s(?:\([A-Z]+\)|[\w'’-]+)){0,9}?)"
    r"(?:\s(?:(?:also|further|hereby|unanimously)\s)?(?:agreed|decided|resolved)(?:\s(?:that|to|on))?"
    r"(?:\sthe following)?)?[:,]\s*"
)
_REACH = 60  # lines between an item and the words that lead to the list, at most
_LEAST = 8  # letters that say something


def with_items(cast: Cast, found: list[Found]) -> list[Found]:
    """The attributions, with one for every item that none of them touches."""
    taken = Taken(found)
    more = []
    for sentence in cast.draft.segments.sentences:
        verb = opening_verb(cast, sentence.start)
        if verb is None or taken.touches(sentence) or (who := who_resolves(cast, sentence.start)) is None:
            continue
        start = verb.end + 1
        end = start + len(re.sub(r"[\s.;,]+(?:and)?\s*$", "", cast.text[start : sentence.end]))
        if end - start >= _LEAST:
            decides = cast.text[verb.start : verb.end].lower() in words("deciding_verbs")
            act = "commitment" if decides else None
            said = Spans([Span(start, end)])
            more.append(Found(Spans([who]), Spans([verb]), said, CONFIDENCE, act=act, negated=False))
    return [*found, *more]


def opening_verb(cast: Cast, position: int) -> Span | None:
    """The verb of saying with which an item begins, where the sentence at `position` is the first of one."""
    segments = cast.draft.segments
    item = _item(cast.text, segments.paragraphs[segments.paragraph_at(position)])
    if item is None or segments.sentence_at(item.start) != segments.sentence_at(position):
        return None
    return item


def who_resolves(cast: Cast, position: int) -> Span | None:
    """Who leads to the list in which the item at `position` stands: "The Security Council,"."""
    segments = cast.draft.segments
    here = segments.paragraph_at(position)
    for line in reversed(segments.paragraphs[max(0, here - _REACH) : here]):
        if _item(cast.text, line) is not None or _PREAMBLE.match(cast.text, *line) is not None:
            continue
        lead = _LEAD_IN.fullmatch(cast.text, *line)
        if lead is None or not words("auxiliaries").isdisjoint(lead["who"].split()):
            return None
        return Span(*lead.span("who"))
    return None


def _item(text: str, line: Span) -> Span | None:
    """The verb of saying with which a line begins as an item."""
    item = _ITEM.match(text, *line)
    if item is None:
        return None
    verb = item["verb"].split()[0].lower()
    return (
        Span(*item.span("verb")) if verb in verb_forms() or verb in words("resolving_verbs", "deciding_verbs") else None
    )

"""Finds turns of a transcript that the finder left out, where it found others of the same voice.

In: the cast of a text, its turns and the attributions found in it. Out: the same attributions and one for each such
turn; what somebody else is said to have said in a turn then stands within it.
"""

from __future__ import annotations

from collections import Counter

from dragoman.reader.draft import Found
from dragoman.reader.names.names import Cast
from dragoman.reader.rules.headings import speech_turn
from dragoman.reading import Spans

CONFIDENCE = 0.8
_FOUND = 0.6  # share of a voice's turns that were found, before its others are taken for statements
_BRIEF = 0.6  # share of the longest speaker's mean turn below which a voice only asks
_FEWEST = 2  # turns of one text that were found, before others are looked for


def with_missing_turns(cast: Cast, found: list[Found]) -> list[Found]:
    """The attributions, with one for each labelled paragraph that was left out."""
    text = cast.text
    spoken = [f for f in found if f.source and f.cue and text[f.cue.start : f.cue.end].strip() == ":"]
    voices = Counter(
        text[f.source.start : f.source.end] for f in spoken if text[f.source.start - 1 : f.source.start] in ("", "\n")
    )
    if sum(voices.values()) < _FEWEST:
        return found
    paragraphs = cast.draft.segments.paragraphs
    leads = [text[p.start : p.start + 60].partition(":")[0] for p in paragraphs]
    labelled = Counter(leads)
    asked = Counter(lead for lead, p in zip(leads, paragraphs, strict=True) if text[p.end - 1 : p.end] == "?")
    length = Counter[str]()
    for lead, p in zip(leads, paragraphs, strict=True):
        length[lead] += p.end - p.start
    means = {voice: length[voice] / labelled[voice] for voice in voices if labelled[voice]}
    begun = {f.source.start for f in spoken}
    more: list[Found] = []
    for paragraph in paragraphs:
        if paragraph.start in begun or text.find(":", paragraph.start, min(paragraph.end, paragraph.start + 90)) < 0:
            continue
        turn = speech_turn(cast.draft, paragraph)
        voice = text[turn.source.start : turn.source.end] if turn is not None else ""
        if turn is None or voices[voice] < _FOUND * labelled[voice] or asked[voice] * 4 > labelled[voice]:
            continue
        if means[voice] < _BRIEF * max(means.values()):
            continue  # who asks says less than who answers
        if "?" in text[paragraph.start : paragraph.end] or any(
            f.content.start < turn.cue.end and turn.cue.start < f.content.end for f in found
        ):
            continue
        more.append(Found(turn.source, turn.cue, Spans(turn.content), CONFIDENCE, form="direct"))
    return [*found, *more] if more else found

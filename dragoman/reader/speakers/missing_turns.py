"""Finds turns of a transcript that the finder left out, where it found others of the same voice.

In: the cast of a text, its turns and the attributions found in it. Out: the same attributions and one for each such
turn; what somebody else is said to have said in a turn then stands within it.
"""

from __future__ import annotations

from collections import Counter

from dragoman.reader.draft import Found
from dragoman.reader.names.names import Cast
from dragoman.reader.rules.headings import speech_turn
from dragoman.reader.rules.voices import answers, voices
from dragoman.reading import Spans

CONFIDENCE = 0.8
_FOUND = 0.6  # share of a voice's turns that were found, before its others are taken for statements
_FEWEST = 2  # turns of one text that were found, before others are looked for


def with_missing_turns(cast: Cast, found: list[Found]) -> list[Found]:
    """The attributions, with one for each labelled paragraph that was left out."""
    text = cast.text
    spoken = [f for f in found if f.source and f.cue and text[f.cue.start : f.cue.end].strip() == ":"]
    known = Counter(
        text[f.source.start : f.source.end] for f in spoken if text[f.source.start - 1 : f.source.start] in ("", "\n")
    )
    turns = voices(text)
    for voice, said in turns.items():
        if len(said) >= _FEWEST and answers(text, voice):
            known[voice] = len(said)  # "Q: … A: …" needs no finder to be a conversation
    if sum(known.values()) < _FEWEST:
        return found
    begun = {f.source.start for f in spoken}
    more: list[Found] = []
    for paragraph in cast.draft.segments.paragraphs:
        if paragraph.start in begun or text.find(":", paragraph.start, min(paragraph.end, paragraph.start + 90)) < 0:
            continue
        turn = speech_turn(cast.draft, paragraph)
        voice = text[turn.source.start : turn.source.end] if turn is not None else ""
        if turn is None or voice not in known or known[voice] < _FOUND * len(turns.get(voice, ())):
            continue
        if "?" in text[paragraph.start : paragraph.end] or any(
            f.content.start < turn.cue.end and turn.cue.start < f.content.end for f in found
        ):
            continue
        more.append(Found(turn.source, turn.cue, Spans(turn.content), CONFIDENCE, form="direct"))
    return [*found, *more] if more else found

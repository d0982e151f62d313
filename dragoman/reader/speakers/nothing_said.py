"""Tells attributions in which somebody only keeps silent, asks, or nobody speaks from those that say something.

In: a draft and the attributions found in it. Out: those that are statements.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from dragoman.reader.draft import Draft, Found

_NOTHING = re.compile(
    r"(?:nothing|little|not much|many things|a lot|a great deal|no more|nothing (?:more|else))\W*", re.I
)
_SAYS = re.compile(r"(?:\w+ )?(?:say|says|said|saying)(?: \w+ly)?", re.I)
_SILENT = re.compile(
    r"(?:\w+ )?(?:declin\w+|refus\w+|(?:did|does|do|would)(?: not|n['’]t) (?:wish|want)) to comment(?!\w)", re.I
)
_NOBODY = re.compile(r"(?:nobody|no one|not every\w*|no [a-z])", re.I)
_UNNAMED = re.compile(
    r"(?<!\w)(?:(?:not (?:to )?be|neither \w+ \w+ nor \w+ \w+ be|not being) (?:named|quoted|identified|given)|"
    r"not to (?:name|quote|identify) (?:him|her|them|me|us))(?!\w)",
    re.I,
)
_ASKED = re.compile(r"(?:is|are|was|were|has been|have been|had been|when|if) asked", re.I)
_WHAT = re.compile(r"(?:about|whether|if|what|when|where|which|who|why|how)(?!\w)", re.I)
_LABEL = re.compile(r"\s*[“\"]?([A-Z][^\n:.?!“”\"]{0,60}?)(?: ?\([^)\n]*\))?:\s+(?=\S)")
_MORE = 1.5  # who answers says at least so many times as much in a turn as who asks


def says_something(draft: Draft, f: Found) -> bool:
    """Whether anything is said: not in "The commanders say nothing", "declined to comment", "nobody denies it".

    Nor is it where somebody only asks not to be named, or is asked.
    """
    if not f.cue or not f.content:
        return True
    cue, said = f.cue.text(draft.document), f.content.text(draft.document)
    if _SAYS.fullmatch(cue) and _NOTHING.fullmatch(said):
        return False
    if draft.style != "readings":  # PolNeAR's annotators mark silence too
        return True
    return not (
        _SILENT.match(f"{cue} {said}")
        or (_ASKED.fullmatch(cue) and _WHAT.match(said))
        or _UNNAMED.search(said)
        or (f.source and _NOBODY.match(f.source.text(draft.document)))
    )


def without_interviewer(draft: Draft, found: Sequence[Found]) -> list[Found]:
    """The attributions without the turns of a voice that asks, where another answers at greater length."""
    text = draft.document.text
    labelled = [f for f in found if f.source and f.cue and text[f.cue.start : f.cue.end] == ":"]
    if len(labelled) < 2:
        return list(found)
    turns: dict[str, list[str]] = defaultdict(list)
    for paragraph in draft.segments.paragraphs:
        label = _LABEL.match(text, paragraph.start, paragraph.end)
        if label is not None:
            turns[label[1]].append(text[label.end() : paragraph.end])
    turns = {voice: said for voice, said in turns.items() if len(said) > 1}
    asks = {voice for n, voice in enumerate(turns) if _asks(turns, voice, first=n == 0)}
    return [f for f in found if f not in labelled or text[f.source.start : f.source.end] not in asks]


def _asks(turns: dict[str, list[str]], voice: str, *, first: bool) -> bool:
    """Whether a voice asks most of the time, or opens the talk and asks, and somebody answers who asks nothing."""
    questions = _questions(turns[voice])
    if not questions or not (first or 2 * questions >= len(turns[voice])):
        return False
    others = (said for other, said in turns.items() if other != voice and not _questions(said))
    return any(_mean(said) >= _MORE * _mean(turns[voice]) for said in others)


def _questions(said: Sequence[str]) -> int:
    return sum(turn.rstrip("”\"'’ ").endswith("?") for turn in said)


def _mean(said: Sequence[str]) -> float:
    return sum(map(len, said)) / len(said)

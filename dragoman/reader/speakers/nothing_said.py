"""Tells attributions in which somebody only keeps silent, asks, or nobody speaks from those that say something.

In: a draft and the attributions found in it. Out: those that are statements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.reader.draft import Draft, Found
from dragoman.reader.rules.voices import who_asks

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
    """The attributions without the turns of a voice that asks."""
    text = draft.document.text
    labelled = [f for f in found if f.source and f.cue and text[f.cue.start : f.cue.end] == ":"]
    asks = who_asks(text) if len(labelled) > 1 else frozenset()
    return [f for f in found if f not in labelled or text[f.source.start : f.source.end] not in asks]

"""The turns of a transcript: who speaks is told by a name in capitals and a colon, and the paragraph is what is said.

In: a text with its words, and what the network found in it. Out: the same, with every turn as an attribution.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import numpy as np

from dragoman.reader.network.attributions import VERDICTS, Attribution, Range
from dragoman.reader.network.windows import Sheet

_LABEL = re.compile(r"[“\"]?([A-Z][A-Z.'’ -]{1,40}):\s+(?=\S)")
_TURNS, _SPEAKERS = 3, 2  # fewer are headings or notes: "UPDATE: …"
_SURE = 0.9  # eleven of fourteen such turns are attributions for the annotators of the training articles


def with_turns(text: str, sheet: Sheet, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, with the turns of a transcript in place of what begins at their colons."""
    turns = _turns(text, sheet)
    if len(turns) < _TURNS or len({text[sheet.starts[s[0]] : sheet.ends[s[1] - 1]] for s, _, _ in turns}) < _SPEAKERS:
        return list(attributions)
    colons = {cue for _, cue, _ in turns}
    kept = [a for a in attributions if not any(low <= colon < high for low, high in a.cue for colon in colons)]
    return [*kept, *(told_at(source, (colon, colon + 1), content) for source, colon, content in turns)]


def _turns(text: str, sheet: Sheet) -> list[tuple[Range, int, Range]]:
    """The words of each label, its colon, and the words of what is said, without a mark that closes a quotation."""
    found: list[tuple[Range, int, Range]] = []
    borders = [0, *(np.flatnonzero(np.diff(sheet.paragraph)) + 1).tolist(), len(sheet)]
    for begin, end in itertools.pairwise(borders):
        if begin == end:
            continue
        label = _LABEL.match(text, int(sheet.starts[begin]), int(sheet.ends[end - 1]))
        if label is None:
            continue
        first, colon = np.searchsorted(sheet.starts, label.span(1)).tolist()
        last = end - 1 if text[sheet.starts[end - 1]] in '”"' else end
        if first < colon < last - 1:
            found.append(((first, colon), colon, (colon + 1, last)))
    return found


def told_at(source: Range, mark: Range, content: Range) -> Attribution:
    """An attribution whose cue is a mark that stands for a verb of saying."""
    verdicts = np.zeros(len(VERDICTS), np.float32)
    verdicts[[VERDICTS.index("claim"), VERDICTS.index("direct")]] = 1
    parts = dict.fromkeys(("cue", "content", "source", "begin"), _SURE)
    return Attribution((mark,), (source,), (content,), certainty=_SURE, parts=parts, verdicts=verdicts)

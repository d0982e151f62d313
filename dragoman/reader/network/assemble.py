"""Attributions of one document put together: what stands inside what, what was found twice, and how sure it is.

In: attributions in word numbers. Out: Found and Mention, with spans of the text.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.reader.draft import Draft, Found, Mention
from dragoman.reader.network.attributions import NAMES, VERDICTS, Attribution, Range
from dragoman.reader.network.judging import ActChoice
from dragoman.reader.network.signatures import with_signed
from dragoman.reader.network.transcripts import with_turns
from dragoman.reader.network.windows import Sheet
from dragoman.reading import ACTS, FORMS, Span, Spans

_A, _F = len(ACTS), len(FORMS)
PARTS = ("cue", "content", "source", "begin")  # of which a find's certainty is made


def assemble(
    draft: Draft,
    sheet: Sheet,
    attributions: Sequence[Attribution],
    style: str,
    calibration: Mapping[str, Any] | None = None,
    choice: ActChoice | None = None,
) -> list[Found]:
    """What was found in a document, in the order of the text, outer statements before those inside them."""
    text = draft.document.text
    if style == "polnear":  # in the other style turns are looked for when speakers are
        attributions = with_signed(text, sheet, with_turns(text, sheet, attributions))
    single = without_doubles(attributions)
    kept = [whole_source(text, sheet, a, single) for a in single]
    if style == "polnear":
        kept = whole_quotations(sheet, kept)
    outer = inside(kept)
    if style == "polnear":  # that corpus leaves out what stands inside another
        kept = [a for a, place in zip(kept, outer, strict=True) if place is None]
        outer = [None] * len(kept)
    finds = [_found(sheet, a, place) for a, place in zip(kept, outer, strict=True)]
    for find in finds:
        find.confidence = confidence(text, find, calibration)
        if choice is not None:
            likely = choice.scores(draft.document, find)
            find.act = ACTS[int(likely.argmax())]
            find.scores |= {act: round(p, 3) for act, p in zip(ACTS, likely.tolist(), strict=True)}
    return finds


def without_doubles(attributions: Sequence[Attribution]) -> list[Attribution]:
    """In the order of the text, without those that share a word of their cue, or all their content, with a better one.

    Of two with one content, the one without a source goes: "A said, B reported" has one speaker. So does the less
    certain of two whose sources share a word: "according to the agency's estimates" is told once.
    """
    kept: list[Attribution] = []
    around: dict[int, list[Attribution]] = {}
    for one in sorted(attributions, key=lambda a: (not a.source, -a.certainty)):
        cue, near = one.cue or one.content[:1], [o for place in _stretches(one) for o in around.get(place, ())]
        same_cue = (o for o in near if bool(one.cue) == bool(o.cue) and _overlap(cue, o.cue or o.content[:1]))
        same_content = (
            o for o in near if (not one.source or _overlap(one.source, o.source)) and _alike(one.content, o.content)
        )
        if not any(same_cue) and not any(same_content):
            kept.append(one)
            for place in _stretches(one):
                around.setdefault(place, []).append(one)
    return sorted(kept, key=lambda a: min(p[0] for p in (*a.cue, *a.source, *a.content)))


def _stretches(a: Attribution) -> range:
    """The numbers of the stretches of the text in which an attribution stands: others there may share its words."""
    pieces = (*a.cue, *a.content)
    return range(min(p[0] for p in pieces) // _STRETCH, (max(p[1] for p in pieces) - 1) // _STRETCH + 1)


def _alike(one: Sequence[Range], other: Sequence[Range]) -> bool:
    return 2 * _covered(one, other) >= _SAME * (_size(one) + _size(other))


def whole_source(text: str, sheet: Sheet, a: Attribution, others: Sequence[Attribution] = ()) -> Attribution:
    """The same attribution; a source that stops at an article is made whole.

    It goes on as another one's source does that starts at the same word, else to its cue over words alone.
    """
    if not a.source or not a.cue:
        return a
    (start, end), cue = a.source[-1], a.cue[0][0]
    if text[sheet.starts[end - 1] : sheet.ends[end - 1]].lower() not in _ARTICLES:
        return a
    for other in others:
        longer = [piece for piece in other.source if piece[0] == start and piece[1] > end]
        if longer:
            return replace(a, source=(*a.source[:-1], longer[0]))
    if not end < cue <= end + _NEAR or sheet.sentence[end] != sheet.sentence[cue]:
        return a
    if not all(text[sheet.starts[w]].isalnum() for w in range(end, cue)):
        return a
    return replace(a, source=(*a.source[:-1], (start, cue)))


def whole_quotations(sheet: Sheet, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The same attributions; a content that holds a part of a quotation has all of it, unless the rest is another's.

    PolNeAR's annotators cut about one quotation in a hundred.
    """
    taken: Counter[int] = Counter(w for a in attributions for w in _words(a.cue, a.source))
    claims = [Counter(_words(a.content)) for a in attributions]
    claimed = sum(claims, Counter[int]())

    def is_free(word: int, mine: Counter[int]) -> bool:
        return not taken[word] and claimed[word] == mine[word]

    def whole(piece: Range, mine: Counter[int]) -> Range:
        begin, end = piece
        while begin > 0 and sheet.before[begin]:
            begin -= 1
        while end < len(sheet) and sheet.before[end]:
            end += 1
        return (
            begin if all(is_free(w, mine) for w in range(begin, piece[0])) else piece[0],
            end if all(is_free(w, mine) for w in range(piece[1], end)) else piece[1],
        )

    return [
        replace(a, content=_union(whole(piece, mine) for piece in a.content))
        for a, mine in zip(attributions, claims, strict=True)
    ]


def _words(*roles: Sequence[Range]) -> Iterator[int]:
    return (word for pieces in roles for a, b in pieces for word in range(a, b))


def _union(pieces: Iterable[Range]) -> tuple[Range, ...]:
    """Ranges in order; those that share a word are one."""
    joined: list[Range] = []
    for a, b in sorted(pieces):
        if joined and a < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(b, joined[-1][1]))
        else:
            joined.append((a, b))
    return tuple(joined)


def inside(attributions: Sequence[Attribution]) -> list[int | None]:
    """For each attribution the place of the smallest other one in whose content it stands whole."""
    sizes = [_size(a.content) for a in attributions]
    found: list[int | None] = []
    beside: dict[int, list[int]] = {}
    for number, one in enumerate(attributions):
        for place in _stretches(one):
            beside.setdefault(place, []).append(number)
    for number, one in enumerate(attributions):
        own = one.cue or one.content[:1]
        near = {other for place in _stretches(one) for other in beside[place]}
        around = [
            (sizes[other], other)
            for other in near
            if other != number
            and sizes[other] > sizes[number]
            and _covered(own, attributions[other].content) == _size(own)
            and _covered(one.content, attributions[other].content) >= 0.8 * sizes[number]
        ]
        found.append(min(around)[1] if around else None)
    return found


def _size(pieces: Sequence[Range]) -> int:
    return sum(b - a for a, b in pieces)


def _covered(pieces: Sequence[Range], by: Sequence[Range]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in pieces for c, d in by)


def _overlap(one: Sequence[Range], other: Sequence[Range]) -> bool:
    return _covered(one, other) > 0


_ARTICLES = frozenset(("the", "a", "an", "its", "his", "her", "their", "our", "my", "this", "these", "those"))
_NEAR = 6  # words
_STRETCH = 64  # words: longer than most statements, so that each stands in one or two
_SAME = 0.9  # the overlap of two contents from which on they are one
_PRONOUNS = frozenset(("he", "she", "they", "it", "we", "i", "who", "that", "which", "his", "her", "their"))


def evidence(text: str, found: Found) -> list[float]:
    """What the confidence of a find is computed from, in the order of the calibration's weights."""
    sure = [found.scores.get(f"sure of {part}", 0.5) for part in PARTS]
    source = found.source and text[found.source.start : found.source.end].lower()
    return [
        *(_logit(p) for p in sure),
        float(bool(found.source)),
        float(bool(found.cue)),
        float(source in _PRONOUNS),
        float(found.within is not None),
        math.log1p(sum(end - start for start, end in found.content)) - 4,
    ]


def confidence(text: str, found: Found, calibration: Mapping[str, Any] | None) -> float:
    """How likely a find is right; where no calibration is known, how sure the network is."""
    if not calibration:
        sure = found.scores.get("sure of cue", 0.5) * found.scores.get("sure of content", 0.5) ** 0.5
        return round(min(0.99, max(0.01, sure)), 3)
    weights = calibration["weights"]
    score = calibration["bias"] + sum(w * x for w, x in zip(weights, evidence(text, found), strict=True))
    likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
    return round(min(0.99, max(0.01, float(np.interp(likely, calibration["from"], calibration["to"])))), 3)


def _logit(p: float) -> float:
    p = min(0.9999, max(0.0001, p))
    return math.log(p / (1 - p))


def _found(sheet: Sheet, a: Attribution, within: int | None) -> Found:
    verdicts = a.verdicts
    scores = {name: round(p, 3) for name, p in zip(VERDICTS, verdicts.tolist(), strict=True)}
    scores |= {f"sure of {name}": round(p, 3) for name, p in a.parts.items()}
    return Found(
        source=spans(sheet, a.source),
        cue=spans(sheet, a.cue),
        content=spans(sheet, a.content),
        act=ACTS[int(verdicts[:_A].argmax())],
        form=FORMS[int(verdicts[_A : _A + _F].argmax())],
        negated=bool(scores["negated"] > 0.5),
        within=within,
        via=tuple(spans(sheet, [piece]) for piece in a.through),
        scores=scores,
    )


def spans(sheet: Sheet, pieces: Sequence[Range]) -> Spans:
    """Word ranges as spans of the text; ranges that touch become one."""
    joined: list[list[int]] = []
    for a, b in sorted(pieces):
        if joined and a <= joined[-1][1]:
            joined[-1][1] = max(b, joined[-1][1])
        else:
            joined.append([a, b])
    return Spans((int(sheet.starts[a]), int(sheet.ends[b - 1])) for a, b in joined)


def mentions(draft: Draft, sheet: Sheet, kinds: NDArray[np.int8]) -> list[Mention]:
    """Names as the network tags them: runs of words of one kind within a sentence."""
    found: list[Mention] = []
    cut = (
        (kinds[1:] != kinds[:-1])
        | (sheet.sentence[1:] != sheet.sentence[:-1])
        | (sheet.starts[1:] - sheet.ends[:-1] > 1)
    )
    borders = [0, *(np.flatnonzero(cut) + 1).tolist(), len(kinds)]
    for begin, end in itertools.pairwise(borders):
        if begin < end and kinds[begin] > 0:
            span = Span(int(sheet.starts[begin]), int(sheet.ends[end - 1]))
            name = draft.document.text[span.start : span.end]
            if any(c.isupper() for c in name):
                kind = NAMES[kinds[begin]]
                entry = draft.lexicon.party(name) if kind in ("place", "other") else None
                found.append(Mention(span, "state" if entry and entry.kind == "state" else kind, 0.8))
    return found

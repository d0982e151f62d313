"""Finds the attributions of an Arabic sentence: verb before subject, quotations in « », "according to".

In: a text, the bounds of a sentence and the quotations in it. Out: attributions as spans.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dragoman.folding import fold
from dragoman.reader.draft import Found
from dragoman.reader.rules.arabic_sources import (
    past_aside,
    quoted_from,
    source_after,
    source_before,
    subject_end,
    trimmed,
)
from dragoman.reader.rules.arabic_words import (
    Range,
    Verb,
    Word,
    is_negative,
    is_participle,
    nouns,
    opens_clause,
    stands_as_verb,
    tells,
    verb_of,
    verbs,
    words_of,
)
from dragoman.reading import Span, Spans

Said = tuple[Range | None, list[Range], float]  # source, content, how sure
Parts = tuple[Range | None, Range, list[Range], float, bool]  # source, cue, content, how sure, negated


_PARTICLE = {"على": "علي", "إلى": "الي", "عن": "عن", "من": "من", "في": "في", "إلا": "الا"}
_THERE = tuple(fold(w) for w in ("جاء", "ورد", "وجاء", "وورد"))


def attributions_in(text: str, sentence: Span, quoted: Sequence[Span], previous: Spans = Spans()) -> list[Found]:
    """The attributions of one Arabic sentence, in order; one without a source goes on with `previous`."""
    words = words_of(text, sentence, quoted)
    cues = [i for i, w in enumerate(words) if not w.quote and verb_of(w.low) is not None and stands_as_verb(words, i)]
    found: list[Found] = []
    issued = _issued(words)
    last: tuple[int, int] | None = issued[0] if issued else None
    if issued:
        found.append(_as_found(words, *issued))
    for n, i in enumerate(cues):
        later = cues[n + 1 :]
        if later and _opens_inside(words, i, later[0]):
            later = later[1:]
        end = _clause_start(words, later[0]) if later else len(words)
        made = _by_verb(text, words, i, max(end, i + 1), last)
        if made is not None:
            one = _as_found(words, *made)
            if not one.source:
                one.source = found[-1].source if found else previous
            found.append(one)
            last = made[0] or last
    found += _according(words)
    return [f for f in found if f.content and (f.source or f.form)]


def _opens_inside(words: Sequence[Word], i: int, cue: int) -> bool:
    """Whether the cue at word `cue` stands in what the cue at word i reports: the only "أن" between is right before."""
    that = [k for k in range(i + 1, cue) if tells(words[k])]
    return len(that) == 1 and cue - that[0] <= 3 and not words[that[0]].quote


def _clause_start(words: Sequence[Word], i: int) -> int:
    """Where the clause of the cue at word i begins, connectors, negation and an earlier subject included."""
    low = i
    while low > 0 and (
        words[low - 1].low in nouns("connectors") | nouns("negatives")
        or words[low - 1].low in ("ان", "قد", "لقد", "وقد")
    ):
        low -= 1
    if words[i].low[:1] not in "وف" or words[i].low in verbs():
        for k in range(low - 1, max(-1, low - 9), -1):  # "بينما الحركة تقول": the subject stands before the verb
            if words[k].low in nouns("connectors") or (words[k].low == "ان" and words[k - 1].low == "غير"):
                low = k
                break
            if words[k].text in "،.؛:" or words[k].quote:
                if words[k].text in "،؛":
                    low = k
                break
    while low > 0 and words[low - 1].text in "،؛":
        low -= 1
    return low


def _by_verb(text: str, words: Sequence[Word], i: int, end: int, last: Range | None) -> Parts | None:
    """The attribution of the cue at word i in a clause that goes to `end`; `last` is the source before it."""
    verb = verb_of(words[i].low)
    assert verb is not None
    if "x" in verb.frames:
        return None
    denied = i > 0 and is_negative(words[i - 1].low) and all(w.low not in ("الا", "سوي") for w in words[i + 1 : i + 4])
    that = _that(words, i + 1, end, verb)
    if _ends_quotation(words, i):
        made: Said | None = _quoted_ahead(words, i, end, last)
    elif "c" in verb.frames and that is not None and that - i <= 21:
        made = _clause(words, i, that, end, last)
    elif "o" in verb.frames:
        made = _object(text, words, i, None, end, last)
    else:
        made = _object(text, words, i, that, end, last) if that is not None else None
    if made is None:
        return None
    source, content, confidence = made
    cue = (i - 1 if denied else i, i + 1)
    return source, cue, content, confidence, denied or words[i].low.lstrip("وف") in nouns("refusals")


def _that(words: Sequence[Word], j: int, end: int, verb: Verb) -> int | None:
    """Where what is said or spoken of begins: "أن", "ما إذا", a quotation, a colon, a preposition that the verb has."""
    if "c" in verb.frames and any(w.low == "ما" and v.low == "اذا" for w, v in pairwise(words[j:end])):
        return next(k for k in range(j, end) if words[k].low == "ما")
    governed = {_PARTICLE[frame] for frame in verb.frames if frame in _PARTICLE}
    prefixed = "ب" in verb.frames
    for k in range(j, end):
        low = words[k].low
        if tells(words[k]) or low in governed or (prefixed and k > j and low.startswith("ب") and len(low) > 3):
            return k
    return None


def _ends_quotation(words: Sequence[Word], i: int) -> bool:
    """Whether the cue at word i follows a quotation whose speaker it names: "«…»، قال فلان"."""
    if i == 0 or is_participle(words[i].low):
        return False
    return words[i - 1].quote or (words[i - 1].text == "،" and i > 1 and words[i - 2].quote)


def _quoted_ahead(words: Sequence[Word], i: int, end: int, last: Range | None) -> Said:
    """The quotation before the cue at word i, and what follows the speaker's name."""
    j = i + 1
    stop = next((k for k in range(j, end) if words[k].text in "،.:" or words[k].quote), end)
    ahead = max(k for k in range(i) if words[k].quote)
    later = next((k for k in range(stop, end) if words[k].quote), None)
    content = [(ahead, ahead + 1)] + ([(later, later + 1)] if later is not None else [])
    while j < stop and words[j].low.startswith("لل"):
        j += 1  # "«…»، قالت للصحفيين": to whom it was said
    return trimmed(words, (j, stop)) if stop > j else last, content, 0.85


def _clause(words: Sequence[Word], i: int, that: int, end: int, last: Range | None) -> Said:
    """What a verb of saying at word i reports in a clause or quotation."""
    goes_on = is_participle(words[i].low)
    source = last if goes_on else source_after(words, i + 1, that) or source_before(words, i) or last
    if words[i].low in ("قوله", "قولها", "قولهم"):
        source = quoted_from(words, i) or last
    start = that + 1 if words[that].text == ":" else that
    return trimmed(words, source) if source else None, [(start, end)], 0.85


def _object(text: str, words: Sequence[Word], i: int, that: int | None, end: int, last: Range | None) -> Said | None:
    """What the verb at word i takes: what its preposition at word `that` governs, else what follows its subject."""
    j = i + 1
    if is_participle(words[i].low):
        return last, [(that if that is not None else j, end)], 0.75
    earlier = source_before(words, i)
    if earlier is not None and (words[i].low[:1] in "يت" or _opened(words, earlier)):
        return trimmed(words, earlier), [(j, end)], 0.65
    if that is not None:
        source = source_after(words, j, that) or earlier or last
        return trimmed(words, source) if source else None, [(that, end)], 0.75
    if words[i].low[:1] == "و" and last is not None and words[j : j + 1] and not _known(text, words[j]):
        return last, [(j, end)], 0.65
    stop = subject_end(text, words, j, end)
    if j < stop < end:
        return (j, stop), [(past_aside(words, stop, end), end)], 0.7
    source = earlier or last
    return (source, [(j, end)], 0.55) if source and end > j else None


def _opened(words: Sequence[Word], subject: Range) -> bool:
    """Whether a subject before its verb opens its clause, by a connector, by "was" or between commas."""
    low, high = subject
    return (
        words[high - 1 + (words[high].text == "،")].text == "،"
        or (low > 0 and opens_clause(words[low - 1]))
        or words[low].low.removeprefix("و") in ("كان", "كانت")
    )


def _known(text: str, word: Word) -> bool:
    """Whether a word can begin a subject: a role, a body or a name that the text uses again."""
    return word.low.removeprefix("ال") in nouns("roles") | nouns("bodies") or text.count(word.text) >= 2


def _according(words: Sequence[Word]) -> list[Found]:
    """The attributions by "according to", "بحسب" and the like."""
    found = []
    for i, word in enumerate(words):
        if (word.low.removeprefix("و") or word.low) in nouns("according") and i + 1 < len(words):
            k = i + 1
            while k < len(words) and words[k].text not in "،.؛:" and not words[k].quote:
                k += 1
            if k == i + 1:
                continue
            content = [(0, i)] if i else []
            if k < len(words) - 1 and words[k].text == "،":
                content.append((k + 1, len(words)))
            found.append(_as_found(words, (i + 1, k), (i, i + 1), content, 0.75, False))
    return found


def _issued(words: Sequence[Word]) -> Parts | None:
    """What stands in a paper: "وجاء في بيان للحزب أن …"."""
    for i in range(len(words) - 4):
        paper = words[i + 2].low
        if words[i].low not in _THERE or words[i + 1].low != "في" or paper not in nouns("papers"):
            continue
        that = next((k for k in range(i + 3, min(len(words), i + 18)) if tells(words[k])), None)
        if that is None:
            return None
        inner = [k for k in range(that + 2, len(words)) if is_participle(words[k].low) and verb_of(words[k].low)]
        end = inner[0] if inner and words[inner[0] - 1].text == "،" else len(words)
        start = that + 1 if words[that].text == ":" else that
        source = trimmed(words, (i + 2, that))
        return source, (i, i + 2), [(start, end)], 0.8, False
    return None


def _as_found(
    words: Sequence[Word], source: Range | None, cue: Range, content: Sequence[Range], confidence: float, negated: bool
) -> Found:
    """An attribution as spans of the text, without the marks at the ends of its pieces."""

    def spans(ranges: Sequence[Range]) -> Spans:
        pieces = []
        for low, high in sorted(ranges):
            while high > low and words[high - 1].text in "،.؛:؟" and not words[high - 1].quote:
                high -= 1
            while low < high and words[low].text in "،.؛:" and not words[low].quote:
                low += 1
            if low < high:
                pieces.append((words[low].start, words[high - 1].end))
        return Spans(pieces)

    return Found(spans([source]) if source else Spans(), spans([cue]), spans(content), confidence, negated=negated)

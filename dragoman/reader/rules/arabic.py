"""Finds the attributions of an Arabic sentence: verb before subject, quotations in « », "according to".

In: a text, the bounds of a sentence and the quotations in it. Out: attributions as spans. The word classes and verbs
come from `cues_ar.json`; letters are folded first, so that spellings with and without hamza are one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dragoman.folding import fold
from dragoman.reader.draft import Found
from dragoman.reader.vocabulary import data
from dragoman.reading import Span, Spans

_WORD = re.compile(r"[\w\u064b-\u0652\u0670]+|[^\w\s]")
_THAT = frozenset(("ان", "بان", "انه", "انها", "انهم", "بانه", "بانها", "بانهم", "الا", "بالا"))
_PARTICLE = {"على": "علي", "إلى": "الي", "عن": "عن", "من": "من", "في": "في", "إلا": "الا"}
ARABIC = re.compile(r"[\u0620-\u064a]")


class Word(NamedTuple):
    """A word, a mark or a whole quotation of an Arabic sentence, and its folded form."""

    start: int
    end: int
    text: str
    low: str
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb: what may follow and its usual act."""

    frames: tuple[str, ...]
    act: str


@cache
def verbs() -> dict[str, Verb]:
    """Every form of every Arabic reporting verb, folded."""
    return {
        fold(form): Verb(tuple(row["frames"]), row["act"])
        for row in data("cues_ar.json")["verbs"]
        for form in row["forms"].split()
    }


@cache
def nouns(name: str) -> frozenset[str]:
    """An Arabic word class, folded."""
    return frozenset(fold(w) for w in data("cues_ar.json")[name].split())


def is_arabic(text: str) -> bool:
    """Whether most letters of the text's beginning are Arabic."""
    head = text[:2000]
    return len(ARABIC.findall(head)) * 2 > sum(c.isalpha() for c in head)


def act_of_cue(cue: str) -> str | None:
    """The usual act of an Arabic cue; None when no known verb is in it."""
    for word in re.findall(r"[\w\u064b-\u0652]+", cue):
        verb = _verb(fold(word))
        if verb is not None:
            return verb.act
    return None


def attributions_in(text: str, sentence: Span, quoted: Sequence[Span], previous: Spans = Spans()) -> list[Found]:
    """The attributions of one Arabic sentence, in order; one without a source goes on with `previous`."""
    words = _words(text, sentence, quoted)
    cues = [i for i, w in enumerate(words) if not w.quote and _verb(w.low) is not None and _stands_as_verb(words, i)]
    found: list[Found] = []
    issued = _issued(words)
    last: tuple[int, int] | None = issued[0] if issued else None
    if issued:
        found.append(_as_found(words, *issued))
    for n, i in enumerate(cues):
        later = cues[n + 1 :]
        if later and _opens_inside(words, i, later[0]):
            later = later[1:]
        end = _boundary(words, later[0]) if later else len(words)
        made = _by_verb(text, words, i, max(end, i + 1), last, cues)
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
    that = [k for k in range(i + 1, cue) if words[k].low in _THAT or words[k].quote or words[k].text == ":"]
    return len(that) == 1 and cue - that[0] <= 3 and not words[that[0]].quote


def _words(text: str, sentence: Span, quoted: Sequence[Span]) -> list[Word]:
    out: list[Word] = []
    at = sentence.start
    for q in [q for q in quoted if sentence.start <= q.start < sentence.end]:
        out += [Word(m.start(), m.end(), m.group(), fold(m.group())) for m in _WORD.finditer(text, at, q.start)]
        if out and is_outlet_noun(out[-1].low):  # "صحيفة «كذا»" is a name
            name = text[q.start : q.end].strip('«»“”"')
            start = q.start + text[q.start : q.end].find(name)
            out += [Word(m.start(), m.end(), m.group(), "") for m in _WORD.finditer(text, start, start + len(name))]
            at = min(q.end, sentence.end)
            continue
        out.append(Word(q.start, min(q.end, sentence.end), text[q.start : q.end], "", True))
        at = min(q.end, sentence.end)
    return out + [Word(m.start(), m.end(), m.group(), fold(m.group())) for m in _WORD.finditer(text, at, sentence.end)]


def is_outlet_noun(low: str) -> bool:
    """Whether a folded word is "صحيفة", "لقناة" and the like."""
    return low in nouns("outlets") or (low[:1] in "ولب" and low[1:] in nouns("outlets"))


def _verb(low: str) -> Verb | None:
    known = verbs().get(low)
    if known is None and len(low) > 3 and low[0] in "وف":
        known = verbs().get(low[1:])
    return known


def _is_participle(low: str) -> bool:
    """Whether a cue goes on with the subject of the verb before it: "مؤكدا", "داعيا"."""
    low = low.removeprefix("و")
    return low[:1] == "م" or low in nouns("participles")


def _is_negative(low: str) -> bool:
    return low in nouns("negatives") or (low[:1] in ("و", "ف") and low[1:] in nouns("negatives"))


def _stands_as_verb(words: Sequence[Word], i: int) -> bool:
    before = words[i - 1].low if i else ""
    if [w.low for w in words[i + 1 : i + 3]] in (["عدم", "الكشف"], ["عدم", "ذكر"], ["عدم", "نشر"]):
        return False  # "who asked not to be named"
    if before in ("عندما", "حينما", "حين", "بعدما") and words[i - 2 : i - 1] and words[i - 2].low.lstrip("و") != "في":
        return any(_tells(w) for w in words[i + 1 : i + 8])  # "when it accepted" tells what was done
    if before in ("لن", "ولن", "فلن"):  # what somebody will not say is content, not reporting
        return False
    return before not in ("من", "في", "علي", "الي", "عن", "قبل", "بعد", "كل", "اي") or words[i].low in (
        "قوله",
        "قولها",
        "قولهم",
    )


def _boundary(words: Sequence[Word], i: int) -> int:
    """Where the clause of the cue at word i begins, connectors, negation and an earlier subject included."""
    low = i
    while low > 0 and (
        words[low - 1].low in nouns("connectors") | nouns("negatives")
        or words[low - 1].low in ("ان", "قد", "لقد", "وقد")
    ):
        low -= 1
    if words[i].low[:1] not in "وف" or words[i].low in verbs():
        for k in range(low - 1, max(-1, low - 9), -1):  # "بينما الحركة تقول": the subject stands before the verb
            if words[k].low in nouns("connectors") or (words[k].low in ("ان",) and words[k - 1].low in ("غير",)):
                low = k
                break
            if words[k].text in "،.؛:" or words[k].quote:
                if words[k].text in "،؛":
                    low = k
                break
    while low > 0 and words[low - 1].text in "،؛":
        low -= 1
    return low


Range = tuple[int, int]


def _by_verb(
    text: str, words: Sequence[Word], i: int, end: int, last: Range | None, cues: Sequence[int]
) -> tuple[Range | None, Range, list[Range], float, bool] | None:
    verb = _verb(words[i].low)
    assert verb is not None
    before = words[i - 1].low if i else ""
    negated = _is_negative(before) and all(w.low not in ("الا", "سوي") for w in words[i + 1 : i + 4])
    cue = (i - 1 if negated else i, i + 1)
    negated = negated or words[i].low.lstrip("وف") in nouns("refusals")
    if "x" in verb.frames:
        return None
    j = i + 1
    goes_on = _is_participle(words[i].low)
    quote_before = (
        i > 0 and not goes_on and (words[i - 1].quote or (words[i - 1].text == "،" and i > 1 and words[i - 2].quote))
    )
    that = next(
        (
            k
            for k in range(j, end)
            if words[k].low in _THAT
            or words[k].quote
            or words[k].text == ":"
            or words[k].low in {_PARTICLE[f] for f in verb.frames if f in _PARTICLE}
            or ("ب" in verb.frames and words[k].low.startswith("ب") and len(words[k].low) > 3 and k > j)
        ),
        None,
    )
    if "c" in verb.frames and any(
        words[k].low == "ما" and k + 1 < end and words[k + 1].low == "اذا" for k in range(j, end)
    ):
        that = next(k for k in range(j, end) if words[k].low == "ما")
    if quote_before:
        stop = next((k for k in range(j, end) if words[k].text in "،.:" or words[k].quote), end)
        quotes_ahead = [k for k in range(i) if words[k].quote]
        later = [k for k in range(stop, end) if words[k].quote]
        content = [(quotes_ahead[-1], quotes_ahead[-1] + 1)] + ([(later[0], later[0] + 1)] if later else [])
        return (j, stop) if stop > j else last, cue, content, 0.85, negated
    if "c" in verb.frames and that is not None and that - j <= 20:
        source = last if goes_on else _after(words, j, that) or _before(words, i) or last
        if words[i].low in ("قوله", "قولها", "قولهم"):
            source = _quoted_from(words, i) or last
        start = that + 1 if words[that].text == ":" else that
        return _trim_source(words, source) if source else None, cue, [(start, end)], 0.85, negated
    if "o" in verb.frames or that is not None:
        if goes_on:
            return last, cue, [(that if that is not None and "o" not in verb.frames else j, end)], 0.75, negated
        subject_end = _subject(text, words, j, that if that is not None and "o" not in verb.frames else end)
        earlier = _before(words, i)
        opened = earlier is not None and (
            words[earlier[1] - 1 + (words[earlier[1]].text == "،")].text == "،"
            or (earlier[0] > 0 and _opens_clause(words[earlier[0] - 1]))
            or words[earlier[0]].low.removeprefix("و") in ("كان", "كانت")
        )
        if earlier is not None and (words[i].low[:1] in "يت" or opened):
            return _trim_source(words, earlier), cue, [(j, end)], 0.65, negated
        if that is not None and "o" not in verb.frames:
            source = _after(words, j, that) or earlier or last
            return _trim_source(words, source) if source else None, cue, [(that, end)], 0.75, negated
        if (
            words[i].low[:1] == "و"
            and last is not None
            and words[j : j + 1]
            and words[j].low.removeprefix("ال") not in nouns("roles") | nouns("bodies")
            and text.count(words[j].text) < 2
        ):
            return last, cue, [(j, end)], 0.65, negated
        if subject_end > j and subject_end < end:
            return (j, subject_end), cue, [(_past_aside(words, subject_end, end), end)], 0.7, negated
        source = earlier or last
        return (source, cue, [(j, end)], 0.55, negated) if source and end > j else None
    return None


def _after(words: Sequence[Word], j: int, that: int) -> Range | None:
    """The subject between a verb and what is said: "قال للصحفيين فلان إن"; None where there are only adjuncts.

    Of "ذكرت وكالة كذا نقلا عن فلان أن" it is who the agency quotes.
    """
    for k in range(j, that - 2):
        if words[k].low in ("نقلا", "نقلاً") and words[k + 1].low == "عن":
            return k + 2, that
    while j < that:
        low = words[j].low
        outlet = low[:1] == "ل" and low[1:] in nouns("outlets")
        if low.startswith("لل") or outlet:
            j += 2 if outlet else 1
        elif low in nouns("adjuncts") or words[j].text == "،":
            j = next((k for k in range(j + 1, that) if words[k].low.removeprefix("ال") in nouns("roles")), that)
        else:
            return j, that
    return None


def _past_name(words: Sequence[Word], comma: int, end: int) -> int:
    """Past the name beside a role: "رئيسة وزراء كذا، فلانة بنت فلان،"."""
    close = next((k for k in range(comma + 1, min(end, comma + 7)) if words[k].text == "،"), None)
    aside = words[comma + 1 : close] if close is not None else []
    plain = not any(w.quote or w.low in nouns("adjuncts") | nouns("days") | _AWAY | _THAT for w in aside)
    named = len(aside) >= 2 and plain and not aside[0].low.startswith("ال") and _verb(aside[0].low) is None
    role = len(aside) >= 2 and plain and aside[0].low.removeprefix("ال") in nouns("roles")
    return close if close is not None and (named or role) else comma


def _past_aside(words: Sequence[Word], k: int, end: int) -> int:
    """Past "، خلال جلسة للبرلمان يوم الخميس،" between a subject and what is said."""
    if k + 1 < end and words[k].text == "،" and words[k + 1].low in nouns("adjuncts"):
        return next((m + 1 for m in range(k + 2, end - 1) if words[m].text == "،"), k)
    return k


def _trim_source(words: Sequence[Word], source: Range) -> Range:
    low, high = source
    while low < high - 1 and words[low].low in ("كانت", "كان", "وكانت", "وكان", "قد"):
        low += 1
    while high > low + 1 and (
        words[high - 1].text in "،:" or words[high - 1].low in ("علي", "الي", "عن", "من", "في", "يوم")
    ):
        high -= 1
    for k in range(low + 1, high):
        day = words[k + 1 if words[k].text == "،" and k + 1 < high else k].low in nouns("days")
        told = words[k].low[:1] == "ل" and words[k].low[1:] in nouns("outlets")  # "فلان لصحيفة كذا"
        if (words[k].low in nouns("adjuncts") and k - low >= 2) or words[k].low == "للصحفيين" or told or day:
            return low, k
    return low, high


def _before(words: Sequence[Word], i: int) -> Range | None:
    """The subject that stands before its verb: "بينما الحركة تقول"."""
    k = i - 1
    while k >= 0 and (_is_negative(words[k].low) or words[k].low == "قد"):
        k -= 1
    high = k + 1
    if k > 0 and words[k].text == "،":
        return _with_aside(words, k)
    while k >= 0 and not (
        words[k].text in "،.؛:"
        or words[k].quote
        or words[k].low in nouns("connectors")
        or words[k].low in ("ان", "فان")
        or (_verb(words[k].low) is not None and _stands_as_verb(words, k))
    ):
        k -= 1
    return (k + 1, high) if 0 < high - (k + 1) <= 8 and not words[k + 1].low.isdigit() else None


_ASIDE = 12  # words of an aside between a subject and its verb, at most


def _with_aside(words: Sequence[Word], comma: int) -> Range | None:
    """The subject before an aside that ends at a comma: "غير أن مسؤولا كبيرا، طلب عدم ذكر اسمه، أكد"."""
    first = next((k for k in range(comma - 1, max(0, comma - 1 - _ASIDE), -1) if words[k].text in "،.؛:"), 0)
    if first == 0 or words[first].text != "،" or any(w.quote for w in words[first:comma]):
        return None
    low = first
    while low > 0 and first - low < 8 and not (_opens_clause(words[low - 1]) or words[low - 1].quote):
        low -= 1
    opened = low == 0 or _opens_clause(words[low - 1])
    head = words[low].low.removeprefix("و") if opened and low < first else ""
    if not head or head in nouns("adjuncts") or head in _AWAY or _verb(words[low].low) is not None:
        return None
    return low, comma


_AWAY = frozenset(("من", "الي", "علي", "عن", "ومن", "وفي", "علما"))


def _opens_clause(word: Word) -> bool:
    """Whether a subject may follow a word that opens a clause: "غير أن", "وكان", "لكن"."""
    low = word.low
    return low in nouns("connectors") or low.removeprefix("و") in ("ان", "كان", "كانت", "اما", "لكن")


def _quoted_from(words: Sequence[Word], i: int) -> Range | None:
    """The source of "نقلت صحيفة كذا عن فلان قوله": what stands between "عن" and the cue."""
    for k in range(i - 1, max(-1, i - 12), -1):
        if words[k].low == "عن":
            return (k + 1, i) if k + 1 < i else None
    return None


def _subject(text: str, words: Sequence[Word], j: int, end: int) -> int:
    """Where the subject that begins at word j ends: a name that the text uses again, else a role with its name."""
    stop = j
    while stop < end and not (
        words[stop].text in "،.؛:"
        or words[stop].quote
        or words[stop].low in _THAT
        or words[stop].low in ("هذا", "هذه", "ذلك", "تلك", "علي", "الي", "من", "في", "عن")
        or (stop > j and words[stop].low.startswith("بال"))
    ):
        stop += 1
    if words[j : j + 1] and words[j].low.removeprefix("ال") in nouns("roles"):
        k = j + 1
        construct = False
        while k < stop and (
            words[k].low.startswith("ال")
            or words[k].low in nouns("roles") | nouns("bodies") | nouns("ministries")
            or construct
        ):
            construct = words[k].low in nouns("ministries") and not construct
            k += 1
        high = min(stop, _name_end(words, k))
        return _past_name(words, high, end) if words[high : high + 1] and words[high].text == "،" else high
    if (
        stop - j > 2
        and (words[j].low in nouns("bodies") or words[j + 1].low in nouns("bodies"))
        and not words[j].low.startswith("ال")
    ):
        k = j + 1 + (words[j + 1].low in nouns("bodies"))
        while k < stop and words[k].low.startswith("ال") and k - j < (4 if words[j + 1].low in nouns("bodies") else 3):
            k += 1
        return k
    if stop < end and words[stop].text == "،" and stop - j <= 2:
        comma = next((k for k in range(stop + 1, min(end, stop + 9)) if words[k].text == "،"), None)
        if comma is not None:
            return comma
    for size in range(min(5, stop - j), 0, -1):
        phrase = text[words[j].start : words[j + size - 1].end]
        if text.count(phrase.removeprefix("و")) >= 2:
            return j + size
    return min(stop, j + (2 if stop - j > 1 and words[j].low in nouns("bodies") else 1))


def _name_end(words: Sequence[Word], k: int) -> int:
    """Where a person's name that begins at word k ends: two names, and what "بن" or "عبد" add to them."""
    parts = nouns("name_parts")
    high = k + 2 + any(w.low in parts for w in words[k : k + 2])
    while high < len(words) and words[high].low in parts:
        high += 2
    return high


def _according(words: Sequence[Word]) -> list[Found]:
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


_THERE = tuple(fold(w) for w in ("جاء", "ورد", "وجاء", "وورد"))


def _issued(words: Sequence[Word]) -> tuple[Range, Range, list[Range], float, bool] | None:
    """What stands in a paper: "وجاء في بيان للحزب أن …"."""
    for i in range(len(words) - 4):
        paper = words[i + 2].low
        if words[i].low not in _THERE or words[i + 1].low != "في" or paper not in nouns("papers"):
            continue
        that = next((k for k in range(i + 3, min(len(words), i + 18)) if _tells(words[k])), None)
        if that is None:
            return None
        inner = [k for k in range(that + 2, len(words)) if _is_participle(words[k].low) and _verb(words[k].low)]
        end = inner[0] if inner and words[inner[0] - 1].text == "،" else len(words)
        start = that + 1 if words[that].text == ":" else that
        source = _trim_source(words, (i + 2, that))
        return source, (i, i + 2), [(start, end)], 0.8, False
    return None


def _tells(word: Word) -> bool:
    return word.low in _THAT or word.quote or word.text == ":"


def _as_found(
    words: Sequence[Word], source: Range | None, cue: Range, content: Sequence[Range], confidence: float, negated: bool
) -> Found:
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

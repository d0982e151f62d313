"""Finds who speaks in an Arabic sentence: the noun phrase after the verb, before it, or beside "نقلا عن".

In: the words of a sentence and where a cue stands. Out: the words of the source, without adjuncts, or where it ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reader.rules.arabic_words import (
    THAT,
    Range,
    Word,
    is_negative,
    nouns,
    opens_clause,
    stands_as_verb,
    verb_of,
)  # fmt: skip

_SPEAKING = frozenset("حديث تصريح تصريحات مقابله مؤتمر كلمه خطاب بيان منشور تغريده اتصال لقاء".split())  # noqa: SIM905
_ASIDE = 12  # words of an aside between a subject and its verb, at most
_AWAY = frozenset(("من", "الي", "علي", "عن", "ومن", "وفي", "علما"))


def source_after(words: Sequence[Word], j: int, that: int) -> Range | None:
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


def source_before(words: Sequence[Word], i: int) -> Range | None:
    """The subject that stands before its verb: "بينما الحركة تقول"."""
    k = i - 1
    while k >= 0 and (is_negative(words[k].low) or words[k].low == "قد"):
        k -= 1
    high = k + 1
    if k > 0 and words[k].text == "،":
        return _with_aside(words, k)
    while k >= 0 and not (
        words[k].text in "،.؛:"
        or words[k].quote
        or words[k].low in nouns("connectors")
        or words[k].low in ("ان", "فان")
        or (verb_of(words[k].low) is not None and stands_as_verb(words, k))
    ):
        k -= 1
    return (k + 1, high) if 0 < high - (k + 1) <= 8 and not words[k + 1].low.isdigit() else None


def _with_aside(words: Sequence[Word], comma: int) -> Range | None:
    """The subject before an aside that ends at a comma: "غير أن مسؤولا كبيرا، طلب عدم ذكر اسمه، أكد"."""
    first = next((k for k in range(comma - 1, max(0, comma - 1 - _ASIDE), -1) if words[k].text in "،.؛:"), 0)
    if first == 0 or words[first].text != "،" or any(w.quote for w in words[first:comma]):
        return None
    low = first
    while low > 0 and first - low < 8 and not (opens_clause(words[low - 1]) or words[low - 1].quote):
        low -= 1
    opened = low == 0 or opens_clause(words[low - 1])
    head = words[low].low.removeprefix("و") if opened and low < first else ""
    if not head or head in nouns("adjuncts") or head in _AWAY or verb_of(words[low].low) is not None:
        return None
    return low, comma


def quoted_from(words: Sequence[Word], i: int) -> Range | None:
    """The source of "نقلت صحيفة كذا عن فلان قوله": what stands between "عن" and the cue."""
    for k in range(i - 1, max(-1, i - 12), -1):
        if words[k].low == "عن":
            return (k + 1, i) if k + 1 < i else None
    return None


def trimmed(words: Sequence[Word], source: Range) -> Range:
    """A source without the verb "was" before it and without adjuncts, days and those spoken to after it."""
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
        spoke = words[k].low == "في" and k + 1 < high and words[k + 1].low in _SPEAKING  # "فلان في حديث إلى قناة كذا"
        far = words[k].low in nouns("adjuncts") and k - low >= 2
        if far or spoke or words[k].low == "للصحفيين" or told or day:
            return low, k
    return low, high


def subject_end(text: str, words: Sequence[Word], j: int, end: int) -> int:
    """Where the subject that begins at word j ends: a name that the text uses again, else a role with its name."""
    stop = j
    while stop < end and not (
        words[stop].text in "،.؛:"
        or words[stop].quote
        or words[stop].low in THAT
        or words[stop].low in ("هذا", "هذه", "ذلك", "تلك", "علي", "الي", "من", "في", "عن")
        or (stop > j and words[stop].low.startswith("بال"))
    ):
        stop += 1
    if words[j : j + 1] and words[j].low.removeprefix("ال") in nouns("roles"):
        return _role_end(words, j, stop, end)
    bodies = nouns("bodies")
    if stop - j > 2 and not words[j].low.startswith("ال") and (words[j].low in bodies or words[j + 1].low in bodies):
        return _body_end(words, j, stop)
    if stop < end and words[stop].text == "،" and stop - j <= 2:
        comma = next((k for k in range(stop + 1, min(end, stop + 9)) if words[k].text == "،"), None)
        if comma is not None:
            return comma
    for size in range(min(5, stop - j), 0, -1):
        phrase = text[words[j].start : words[j + size - 1].end]
        if text.count(phrase.removeprefix("و")) >= 2:
            return j + size
    return min(stop, j + (2 if stop - j > 1 and words[j].low in nouns("bodies") else 1))


def _role_end(words: Sequence[Word], j: int, stop: int, end: int) -> int:
    """Where a role that begins at word j ends, with the name of who holds it."""
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


def _body_end(words: Sequence[Word], j: int, stop: int) -> int:
    """Where the name of a body that begins at word j ends: its nouns and the adjectives after them."""
    second = words[j + 1].low in nouns("bodies")
    k = j + 1 + second
    while k < stop and words[k].low.startswith("ال") and k - j < (4 if second else 3):
        k += 1
    return k


def _name_end(words: Sequence[Word], k: int) -> int:
    """Where a person's name that begins at word k ends: two names, and what "بن" or "عبد" add to them."""
    parts = nouns("name_parts")
    high = k + 2 + any(w.low in parts for w in words[k : k + 2])
    while high < len(words) and words[high].low in parts:
        high += 2
    return high


def _past_name(words: Sequence[Word], comma: int, end: int) -> int:
    """Past the name beside a role: "رئيسة وزراء كذا، فلانة بنت فلان،"."""
    close = next((k for k in range(comma + 1, min(end, comma + 7)) if words[k].text == "،"), None)
    aside = words[comma + 1 : close] if close is not None else []
    plain = not any(w.quote or w.low in nouns("adjuncts") | nouns("days") | _AWAY | THAT for w in aside)
    named = len(aside) >= 2 and plain and not aside[0].low.startswith("ال") and verb_of(aside[0].low) is None
    role = len(aside) >= 2 and plain and aside[0].low.removeprefix("ال") in nouns("roles")
    return close if close is not None and (named or role) else comma


def past_aside(words: Sequence[Word], k: int, end: int) -> int:
    """Past "، خلال جلسة للبرلمان يوم الخميس،" between a subject and what is said."""
    if k + 1 < end and words[k].text == "،" and words[k + 1].low in nouns("adjuncts"):
        return next((m + 1 for m in range(k + 2, end - 1) if words[m].text == "،"), k)
    return k

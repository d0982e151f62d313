"""Reads numbers as people write them, in English and Arabic, with where they stand and how they are bounded.

In: any text. Out: Numbers in order of place: counts, percentages, shares and money; a range is one Number with an
upper end. What a number counts, and whether it is worth keeping, is decided in `figures`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from dragoman.folding import fold
from dragoman.reading import Span

_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,]\d+)?(?!\d)|\d+(?:[.,'’٫٬]\d+)*)"
    r"|(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s]|_)"
)
_CODES = re.compile(r"(?:[A-Z]{2,3}|[A-Z]{1,2}\$|Rs|Kr|kr)\.?")
_HYPHENS = frozenset("-–—‑")
_NO_DETERMINER = frozenset({"over", "above", "under", "below", "around", "some", "about", "near", "beyond", "next to"})
_LARGEST = 300  # digits; a float holds no more


@dataclass(frozen=True, slots=True)
class Number:
    """One number in a text; `core` are its own words, `span` takes in bound, currency and percent sign."""

    span: Span
    core: Span
    quantity: float
    bound: str = "exactly"
    kind: str = "count"  # count | percent | points | share | money
    unit: str | None = None  # percent, percentage points, share, a currency
    upper: float | None = None  # of a range
    form: str = "digits"  # digits | words | vague
    hedge: str = ""  # the words of the bound, folded


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str  # folded
    kind: str  # digits | word | mark
    glued: bool  # no white space before it


@dataclass(frozen=True, slots=True)
class _Raw:
    """Words that make one value: tokens [first, last)."""

    first: int
    last: int
    value: float
    kind: str = "count"
    form: str = "digits"
    scale: float = 1.0
    vague: bool = False


@dataclass(frozen=True)
class _Words:
    """The word lists of the grammar, folded."""

    units: Mapping[str, float]
    tens: Mapping[str, float]
    hundreds: Mapping[str, float]
    wholes: Mapping[str, float]
    scales: Mapping[str, float]
    short: frozenset[str]
    fractions: Mapping[str, float]
    doubles: Mapping[str, float]
    vague: Mapping[str, float]
    before: Mapping[tuple[str, ...], str]
    after: Mapping[tuple[str, ...], str]
    symbols: Mapping[str, str]
    currencies: frozenset[str]
    percent: frozenset[tuple[str, ...]]
    points: frozenset[tuple[str, ...]]


def find_numbers(text: str) -> list[Number]:
    """Every number in `text`, in order; time grows with the length of the text."""
    tokens = _tokens(text)
    raws, i = [], 0
    while i < len(tokens):
        raw = _raw(text, tokens, i)
        if raw is None:
            i += 1
        else:
            raws.append(raw)
            i = raw.last
    numbers = [_dress(text, tokens, raw) for raw in raws]
    return _join(text, tokens, raws, numbers)


@cache
def _words() -> _Words:
    data: dict[str, Any] = json.loads(resources.files("dragoman").joinpath("data", "numbers.json").read_text("utf-8"))

    def phrases(shelf: str) -> dict[tuple[str, ...], str]:
        return {_split(p): bound for bound, listed in data[shelf].items() for p in listed}

    def table(shelf: str) -> dict[str, float]:
        return {fold(word): float(value) for word, value in data[shelf].items()}

    return _Words(
        table("units"), table("tens"), table("hundreds"), table("wholes"), table("scales"),
        frozenset(data["short_scales"]), table("fractions"), table("doubles"), table("vague"),
        phrases("bounds_before"), phrases("bounds_after"), data["currency_symbols"],
        frozenset(map(fold, data["currency_words"])),
        frozenset(map(_split, data["percent"])), frozenset(map(_split, data["points"])),
    )  # fmt: skip


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(t.text for t in _tokens(phrase))


def _tokens(text: str) -> list[_Token]:
    found, last = [], -1
    for m in _TOKEN.finditer(text):
        kind = m.lastgroup or "mark"
        found.append(_Token(m.start(), m.end(), fold(m.group()) or m.group(), kind, m.start() == last))
        last = m.end()
    return found


# ------------------------------------------------------------------------------------------------ one value


def _raw(text: str, tokens: list[_Token], i: int) -> _Raw | None:
    """The value whose words start at token `i`."""
    token = tokens[i]
    if token.kind == "mark":
        return None
    if token.kind == "digits" and not _stands_free(tokens, i):
        return None
    return _share(tokens, i) or _vague(tokens, i) or _cardinal(text, tokens, i)


def _stands_free(tokens: list[_Token], i: int) -> bool:
    """Whether digits are a number of their own, not part of G20, F-16, 21st, 3/4, 12.30pm or a longer code."""
    token = tokens[i]
    before = tokens[i - 1] if i else None
    if before and token.glued:
        if before.kind == "word" and before.text not in _words().symbols:
            return False
        if before.text in ("/", "#", "_", "@", ":"):
            return False
        if before.text in _HYPHENS and i > 1 and before.glued and tokens[i - 2].kind == "word":
            return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after and after.glued:
        if after.kind == "word" and after.text not in _words().short and after.text not in _words().scales:
            return after.text in ("pc", "pct", "percent", "euros", "dollars")
        if after.text in ("/", "_", "@") or (after.text == ":" and _digits_at(tokens, i + 2)):
            return False
    return True


def _digits_at(tokens: list[_Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].kind == "digits" and tokens[i].glued


def _value(digits: str) -> float | None:
    """What digits with separators are worth; None for dates, versions and lists such as 1,2,3."""
    plain = re.sub(r"[ \u00a0\u202f\u2009'’٬]", "", digits).replace("٫", ".")
    if len(plain) > _LARGEST:
        return None
    points, commas = plain.count("."), plain.count(",")
    thousands = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain)
    if points and commas:
        decimal = max(plain.rfind("."), plain.rfind(","))
        whole = plain[:decimal]
        if plain[decimal] in whole:
            return None
        plain = re.sub(r"[.,]", "", whole) + "." + plain[decimal + 1 :]
    elif commas:
        if thousands:
            plain = plain.replace(",", "")
        elif commas == 1:
            plain = plain.replace(",", ".")
        else:
            return None
    elif points > 1:
        if not thousands:
            return None
        plain = plain.replace(".", "")
    return float(plain)


def _numeral(token: _Token) -> tuple[str, float, bool] | None:
    """What a number word is: its class, its value, and whether Arabic "and" is written onto it."""
    words = _words()
    shelves = (("unit", words.units), ("ten", words.tens), ("hundreds", words.hundreds), ("whole", words.wholes))
    for name, shelf in shelves:
        if token.text in shelf:
            return name, shelf[token.text], False
    if "\u0600" < token.text[0] < "\u0700" and len(token.text) > 3 and token.text[0] in "وبل":
        rest = token.text[1:]
        for name, shelf in (*shelves, ("scale", words.scales)):
            if rest in shelf:
                return name, shelf[rest], token.text[0] == "و"
    return None


def _cardinal(text: str, tokens: list[_Token], i: int) -> _Raw | None:
    """Digits or number words with their magnitudes: "1.8 million", "three hundred and six", "three and a half"."""
    words = _words()
    total, current, j, largest, form, scale = 0.0, None, i, math.inf, "words", 1.0
    if tokens[i].text in ("a", "an", "several", "few", "many", "couple"):  # "a hundred", "several thousand"
        j = i + 2 if i + 1 < len(tokens) and tokens[i + 1].text == "of" else i + 1
        if j >= len(tokens) or tokens[j].text not in words.scales or tokens[j].text in words.short:
            return None
        if tokens[j].text == "score":
            return None
        current = 1.0
    vague = current is not None and tokens[i].text not in ("a", "an")
    while j < len(tokens):
        token, k = tokens[j], j
        if token.kind == "digits":
            value = _value(text[token.start : token.end]) if j == i else None
            if value is None:
                break
            current, form, j = value, "digits", j + 1
            continue
        if k > i and token.text in _HYPHENS and token.glued and k + 1 < len(tokens) and tokens[k + 1].glued:
            if _numeral(tokens[k + 1]) is None and tokens[k + 1].text not in words.scales:
                break
            if form == "digits":
                break
            k += 1
        joined = False
        if tokens[k].text == "and" and k > i:
            if _half_after(tokens, k) and current is not None:
                current, j = current + 0.5, k + 3
                continue
            joined, k = True, k + 1
        if k >= len(tokens):
            break
        numeral = _numeral(tokens[k])
        if numeral is not None and numeral[0] != "scale":
            name, value, arabic_and = numeral
            grown = _grow(current, total, largest, name, value, joined or arabic_and, form)
            if grown is None or (joined and _is_large(tokens, k)):
                break
            current, j = grown, k + 1
            continue
        if joined:
            break
        multiple = numeral[1] if numeral else _scale(tokens, k, current)
        if multiple is None or current is None or (multiple >= 1000 and multiple >= largest):
            break
        if multiple == 100.0:
            if current >= 100:
                break
            current *= 100
        else:
            total, current, largest, scale = total + current * multiple, None, multiple, multiple
        j = k + 1
    if j == i or (current is None and total == 0.0 and j == i):
        return None
    value = total + (current or 0.0)
    return _Raw(i, j, value, "count", form, scale, vague) if math.isfinite(value) else None


def _grow(
    current: float | None, total: float, largest: float, name: str, value: float, joined: bool, form: str
) -> float | None:
    """`current` with a further number word, None where the two do not make one number."""
    if name == "whole":
        return value if current is None and total == 0 else None
    if current is None:
        if joined and not total:
            return None
        if total and value >= largest:
            return None
        return None if form == "digits" and total else value
    if form == "digits":
        return None
    if name == "hundreds":
        return current * 100 if value == 100 and current < 10 else None
    if current % 100 == 0 and current and value < 100:
        return current + value
    if joined and name == "ten" and current < 10:  # Arabic says three-and-twenty
        return current + value
    if name == "unit" and value == 10 and 0 < current < 10 and not joined:  # Arabic: ثلاثة عشر
        return current + 10
    if name == "unit" and 0 < value < 10 and current % 10 == 0 and 20 <= current % 100:
        return current + value
    return None


def _is_large(tokens: list[_Token], k: int) -> bool:
    """Whether the number word at `k` goes on to a hundred or more, so that an "and" before it joins two numbers."""
    return k + 1 < len(tokens) and _words().scales.get(tokens[k + 1].text, 0.0) >= 100


def _half_after(tokens: list[_Token], k: int) -> bool:
    return k + 2 < len(tokens) and tokens[k + 1].text == "a" and tokens[k + 2].text == "half"


def _scale(tokens: list[_Token], k: int, current: float | None) -> float | None:
    """The magnitude at token `k`; "m", "k" and "b" only on digits they touch, "m" for metres only between nouns."""
    token, words = tokens[k], _words()
    value = words.scales.get(token.text)
    if value is None or current is None or token.text == "score":
        return None
    if token.text in words.short and len(token.text) == 1:
        if not token.glued:
            return None
        money = any(t.text in words.symbols for t in tokens[max(0, k - 3) : k - 1])
        after = tokens[k + 1] if k + 1 < len(tokens) else None
        if token.text != "k" and not money and not (after and after.kind == "word" and after.text.endswith("s")):
            return None
    return value


def _share(tokens: list[_Token], i: int) -> _Raw | None:
    """A fraction: "half", "a third of", "two-thirds", "one in three", "half a million", "three quarters"."""
    words, token = _words(), tokens[i]
    if token.text in words.doubles:
        return _Raw(i, i + 1, words.doubles[token.text], "share", "words")
    count, j = 1.0, i
    if token.text in ("a", "an") or token.text in words.units:
        count, j = words.units.get(token.text, 1.0), i + 1
        ratio = _ratio(tokens, i, count)
        if ratio is not None:
            return ratio
        if j < len(tokens) and tokens[j].text in _HYPHENS and tokens[j].glued:
            j += 1
    elif token.kind == "digits" and token.text.isdecimal() and len(token.text) < 4:
        return _ratio(tokens, i, float(token.text))
    if j >= len(tokens) or tokens[j].text not in words.fractions or not count:
        return None
    below, arabic = words.fractions[tokens[j].text], "\u0600" < tokens[j].text[0] < "\u0700"
    if j == i and below != 2 and not arabic:
        return None  # "third" alone is an ordinal
    if arabic and (j != i or tokens[j].text in words.units):
        return None
    if count >= below or (count > 1 and not tokens[j].text.endswith("s")):
        return None
    j += 1
    whole = j + 1 if j < len(tokens) and tokens[j].text == "of" else j
    if whole + 1 < len(tokens) and tokens[whole].text in ("a", "one"):  # "half a million", "a quarter of a million"
        large = words.scales.get(tokens[whole + 1].text, 0.0)
        if large and tokens[whole + 1].text not in words.short:
            return _Raw(i, whole + 2, count / below * large, "count", "words", large)
    if j < len(tokens) and tokens[j - 1].text == "half" and tokens[j].text == "million":
        return _Raw(i, j + 1, 500000.0, "count", "words", 1e6)
    if not arabic and below > 2 and count == 1 and _goes_on_with_noun(tokens, j):
        return None  # "a third round"
    if tokens[j - 1].text == "half" and j < len(tokens) and tokens[j].text in _HYPHENS and tokens[j].glued:
        return None  # "half-hearted"
    return _Raw(i, j, count / below, "share", "words")


_FUNCTION_WORDS = frozenset(
    """of the its their his her our my your is are was were in on at to for by from with and or but as that than more less have
    has had would will could may might can not who which what when if so said says say a an this these those it they he she we
    since until before after between among""".split()
)


def _goes_on_with_noun(tokens: list[_Token], j: int) -> bool:
    return j < len(tokens) and tokens[j].kind != "mark" and tokens[j].text not in _FUNCTION_WORDS


def _ratio(tokens: list[_Token], i: int, count: float) -> _Raw | None:
    """ "one in three", "nine out of ten", "two in every five": a share."""
    j = i + 1
    if j < len(tokens) and tokens[j].text == "in":
        j += 1
    elif j + 1 < len(tokens) and tokens[j].text == "out" and tokens[j + 1].text == "of":
        j += 2
    else:
        return None
    if j < len(tokens) and tokens[j].text == "every":
        j += 1
    if j >= len(tokens):
        return None
    token = tokens[j]
    whole = _words().units.get(token.text) or _words().tens.get(token.text)
    if whole is None and token.kind == "digits" and token.text.isdecimal() and len(token.text) < 3:
        whole = float(token.text)
    if not whole or not 0 < count < whole <= 20 or whole < 2:
        return None
    after = tokens[j + 1] if j + 1 < len(tokens) else None
    if after and after.text in _HYPHENS | {"%", "per", "percent", "of"} | set(_words().scales):
        return None
    return _Raw(i, j + 1, count / whole, "share", "words")


def _vague(tokens: list[_Token], i: int) -> _Raw | None:
    """ "dozens", "tens of thousands", "مئات الآلاف": the least value of the field's convention."""
    words, text = _words(), tokens[i].text
    if text not in words.vague:
        if "\u0600" < text[0] < "\u0700" and text[:1] in "وبل" and text[1:] in words.vague:
            text = text[1:]
        else:
            return None
    value, j = words.vague[text], i + 1
    of = j < len(tokens) and tokens[j].text == "of"
    if text in ("tens", "scores") and not of:
        return None
    k = j + 1 if of else j
    if k < len(tokens) and tokens[k].text in words.vague and words.vague[tokens[k].text] > value:
        value, j = value * words.vague[tokens[k].text], k + 1
    return _Raw(i, j, value, "count", "vague", vague=True)


# ------------------------------------------------------------------------------------ bound, currency, range


def _dress(text: str, tokens: list[_Token], raw: _Raw) -> Number:
    """A value with what stands around it: percent sign or currency, and the words that bound it."""
    words = _words()
    first, last, kind, unit = raw.first, raw.last, raw.kind, "share" if raw.kind == "share" else None
    after = _phrase_after(tokens, last, words.percent)
    if after:
        last, kind, unit = last + after, "percent", "percent"
    points = _phrase_after(tokens, last, words.points)
    if points and (after or kind == "count"):
        last, kind, unit = last + points, "points", "percentage points"
    if kind == "count":
        symbol = _symbol_before(text, tokens, first)
        if symbol:
            first, kind, unit = symbol[0], "money", symbol[1]
        elif last < len(tokens) and tokens[last].text in words.symbols and tokens[last].kind == "mark":
            kind, unit, last = "money", words.symbols[tokens[last].text], last + 1
        elif last < len(tokens) and tokens[last].text in words.currencies and raw.form != "share":
            kind, unit, last = "money", tokens[last].text, last + 1
            unit = text[tokens[last - 1].start : tokens[last - 1].end]
        if symbol and last < len(tokens) and tokens[last].text in words.currencies and not tokens[last].glued:
            last += 1  # "$5 dollars"
    bound, first, hedge = _bound_before(tokens, first)
    if bound is None:
        bound, last, hedge = _bound_after(tokens, last)
    if raw.vague and bound in (None, "exactly", "about"):
        bound = "at least"
    core = Span(tokens[raw.first].start, tokens[raw.last - 1].end)
    span = Span(tokens[first].start, tokens[last - 1].end)
    form = "vague" if raw.vague else raw.form
    return Number(span, core, raw.value, bound or "exactly", kind, unit, None, form, hedge)


def _phrase_after(tokens: list[_Token], j: int, phrases: frozenset[tuple[str, ...]]) -> int:
    """How many tokens at `j` make one of `phrases`; 0 when none does."""
    for length in (3, 2, 1):
        words = tuple(t.text for t in tokens[j : j + length])
        if len(words) == length and words in phrases:
            return length
    return 0


def _symbol_before(text: str, tokens: list[_Token], first: int) -> tuple[int, str] | None:
    """The currency sign or code right before a number: where it starts and what it is called."""
    symbols = _words().symbols
    if first and tokens[first - 1].kind == "mark" and tokens[first - 1].text in symbols:
        mark = tokens[first - 1]
        if first > 1 and mark.glued and tokens[first - 2].text + mark.text in symbols:
            return first - 2, symbols[tokens[first - 2].text + mark.text]
        return first - 1, symbols[mark.text]
    if first and tokens[first - 1].kind == "word" and tokens[first - 1].text in symbols:
        if _CODES.fullmatch(text[tokens[first - 1].start : tokens[first - 1].end]):
            return first - 1, symbols[tokens[first - 1].text]
    return None


def _bound_before(tokens: list[_Token], first: int) -> tuple[str | None, int, str]:
    """The bound said right before token `first`, and where it starts."""
    phrases = _words().before
    for skip in (0, 1):
        end = first - skip
        if skip and (end < 1 or tokens[end].text not in ("the", "a", "an", "its", "their")):
            break
        for length in (5, 4, 3, 2, 1):
            words = tuple(t.text for t in tokens[max(0, end - length) : end])
            if len(words) == length and words in phrases:
                if skip and words[-1] in _NO_DETERMINER:
                    continue
                more, start, hedge = _bound_before(tokens, end - length) if length < 3 else (None, end, "")
                if more in (None, "exactly") or phrases[words] != "exactly":
                    return phrases[words], end - length, " ".join(words)
                return more, start, hedge
    return None, first, ""


def _bound_after(tokens: list[_Token], last: int) -> tuple[str | None, int, str]:
    """The bound said right after token `last`, and where it ends: "100, tops", "9,000 at most"."""
    phrases = _words().after
    start = last + 1 if last < len(tokens) and tokens[last].text == "," else last
    for length in (4, 3, 2, 1):
        words = tuple(t.text for t in tokens[start : start + length])
        if len(words) == length and words in phrases and (start == last or words != ("plus",)):
            return phrases[words], start + length, " ".join(words)
    return None, last, ""


def _join(text: str, tokens: list[_Token], raws: list[_Raw], numbers: list[Number]) -> list[Number]:
    """Numbers with ranges made one: "between 90 and 120", "90-120", "60 to 65 per cent", "two or three"."""
    found: list[Number] = []
    i = 0
    while i < len(raws):
        joined = _range(text, tokens, raws[i], raws[i + 1], numbers[i], numbers[i + 1]) if i + 1 < len(raws) else None
        found.append(joined or numbers[i])
        i += 2 if joined else 1
    return found


def _range(text: str, tokens: list[_Token], a: _Raw, b: _Raw, low: Number, high: Number) -> Number | None:
    gap = text[low.span.end : high.span.start].strip() if high.span.start >= low.span.end else "\n"
    if len(gap) > 20 or a.vague or b.vague or "\n" in text[low.span.end : high.span.start]:
        return None
    words = fold(gap).replace("–", "-").replace("—", "-").replace(",", " ").replace("of them", " ").split()
    before = [t.text for t in tokens[max(0, a.first - 4) : a.first]]
    between = "between" in before or "بين" in before
    between_ok = between and words in (["and"], ["و"])
    if not (between_ok or words in (["to"], ["-"], ["or"], ["perhaps"], ["possibly"], ["maybe"], ["or", "even"], ["الي"])):
        # the hedge of the second may have swallowed the word: ", perhaps 4,500"
        if not (words == [] and high.hedge in ("perhaps", "maybe") and "," in text[low.span.end : high.core.start]):
            return None
    if words == ["to"] and before[-1:] and before[-1] in ("from", "by"):
        return None
    value, scale = low.quantity, a.scale
    if a.scale == 1.0 and b.scale > 1.0 and low.quantity * b.scale <= high.quantity:
        value, scale = low.quantity * b.scale, b.scale
    if not value < high.quantity or (low.kind not in ("count", high.kind)):
        return None
    if words in (["-"], ["or"], ["or", "even"]) and (high.quantity > 20 * value or "share" in (low.kind, high.kind)):
        return None
    start = low.span.start
    if between:
        for token in reversed(tokens[max(0, a.first - 4) : a.first]):
            if token.text in ("between", "بين"):
                start = token.start
                break
    span = Span(start, high.span.end)
    kind, unit = (high.kind, high.unit) if low.kind == "count" else (low.kind, low.unit)
    if high.bound not in ("exactly", "about", "up to"):
        return None
    return replace(
        low, span=span, core=Span(low.core.start, high.core.end), quantity=value, upper=high.quantity, kind=kind,
        unit=unit, bound="at least", form=low.form if low.form == high.form else "words",
    )  # fmt: skip

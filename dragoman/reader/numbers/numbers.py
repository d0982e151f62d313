"""Reads numbers as people write them, in English and Arabic, with where they stand and how they are bounded.

In: any text. Out: Numbers in order of place: counts, percentages, shares and money; a range is one Number with an
upper end. What a number counts, and whether it is worth keeping, is decided in `figures`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from dragoman.folding import fold
from dragoman.reader.numbers.cardinals import Value
from dragoman.reader.numbers.number_tokens import HYPHENS, Token, number_words, tokens_of
from dragoman.reader.numbers.numerals import value_at
from dragoman.reading import Span

_CODES = re.compile(r"(?:[A-Z]{2,3}|[A-Z]{1,2}\$|Rs|Kr|kr)\.?")
# what somebody hands over is not "over 12"
_HAND = frozenset({"hand", "hands", "handed", "handing", "turn", "turns", "turned", "turning"})
_NO_DETERMINER = frozenset({"over", "above", "under", "below", "around", "some", "about", "near", "beyond", "next to"})
_RANGE_WORDS = frozenset({"to", "-", "or", "perhaps", "possibly", "maybe", "or even", "or perhaps", "الي"})


@dataclass(frozen=True, slots=True)
class Number:
    """One number in a text; `core` are its own words, `span` takes in bound, currency and percent sign."""

    span: Span
    core: Span
    quantity: float
    bound: str = "exactly"
    kind: str = "count"  # count | percent | points | share | money | multiple of the one before
    unit: str | None = None  # percent, percentage points, share, a currency
    upper: float | None = None  # of a range
    form: str = "digits"  # digits | words | vague | multiple
    hedge: str = ""  # the words of the bound, folded
    scale: float = 1.0  # the last magnitude said: a million in "1.8 million"


def find_numbers(text: str) -> list[Number]:
    """Every number in `text`, in order; time grows with the length of the text."""
    tokens = tokens_of(text)
    raws, i = [], 0
    while i < len(tokens):
        raw = value_at(text, tokens, i)
        if raw is None:
            i += 1
        else:
            raws.append(raw)
            i = raw.last
    numbers = [_dress(text, tokens, raw) for raw in raws]
    return _join(text, tokens, raws, numbers)


# ------------------------------------------------------------------------------------ bound, currency, range


def _dress(text: str, tokens: list[Token], raw: Value) -> Number:
    """A value with what stands around it: percent sign or currency, and the words that bound it."""
    words = number_words()
    first, last, kind, unit = raw.first, raw.last, raw.kind, "share" if raw.kind == "share" else None
    after = _phrase_after(tokens, last, words.percent)
    if after:
        last, kind, unit = last + after, "percent", "percent"
    points = _phrase_after(tokens, last, words.points)
    if points and (after or (kind == "count" and not _are_items(tokens, last, points))):
        last, kind, unit = last + points, "points", "percentage points"
    if kind == "count":
        symbol = _symbol_before(text, tokens, first)
        joint = last + 1 < len(tokens) and tokens[last].text in HYPHENS and tokens[last].glued
        last += _land(tokens, last, words.currencies)
        if joint and tokens[last + 1].glued and tokens[last + 1].text in words.currencies:
            last += 1  # "a 90-million-euro fund"
        if symbol:
            first, kind, unit = symbol[0], "money", symbol[1]
        elif last < len(tokens) and tokens[last].text in words.symbols and tokens[last].kind == "mark":
            kind, unit, last = "money", words.symbols[tokens[last].text], last + 1
        elif last < len(tokens) and tokens[last].text in words.currencies and raw.form != "share":
            kind, unit, last = "money", tokens[last].text, last + 1
            unit = text[tokens[last - 1].start : tokens[last - 1].end]
            many = raw.value != 1 and tokens[last - 1].text == "dollar"
            unit += "s" if many else ""  # "a 330 million dollar tranche"
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
    return Number(span, core, raw.value, bound or "exactly", kind, unit, None, form, hedge, raw.scale)


def _are_items(tokens: list[Token], last: int, length: int) -> bool:
    """Whether bare "points" are counted themselves: "two points of contention", beside "up three points"."""
    end = last + length
    return length == 1 and end < len(tokens) and tokens[end].text == "of"


_LANDS = (("u", ".", "s", "."), ("us",), ("hong", "kong"))


def _land(tokens: list[Token], last: int, currencies: Collection[str]) -> int:
    """How many tokens tell whose dollars follow a number: those of "5.4 billion U.S. dollars"; 0 where none do."""
    for land in _LANDS:
        end = last + len(land)
        if end < len(tokens) and tokens[end].text in currencies and tuple(t.text for t in tokens[last:end]) == land:
            return len(land)
    return 0


def _phrase_after(tokens: list[Token], j: int, phrases: frozenset[tuple[str, ...]]) -> int:
    """How many tokens at `j` make one of `phrases`; 0 when none does."""
    for length in (3, 2, 1):
        words = tuple(t.text for t in tokens[j : j + length])
        if len(words) == length and words in phrases:
            return length
    return 0


def _symbol_before(text: str, tokens: list[Token], first: int) -> tuple[int, str] | None:
    """The currency sign or code right before a number: where it starts and what it is called."""
    symbols = number_words().symbols
    if first and tokens[first - 1].kind == "mark" and tokens[first - 1].text in symbols:
        mark = tokens[first - 1]
        if first > 1 and mark.glued and tokens[first - 2].text + mark.text in symbols:
            return first - 2, symbols[tokens[first - 2].text + mark.text]
        return first - 1, symbols[mark.text]
    if not first or tokens[first - 1].kind != "word":
        return None
    code = text[tokens[first - 1].start : tokens[first - 1].end]
    if tokens[first - 1].text in symbols and _CODES.fullmatch(code):
        return first - 1, symbols[tokens[first - 1].text]
    if tokens[first].glued and code[0].isupper() and tokens[first - 1].text in number_words().letters:
        return first - 1, number_words().letters[tokens[first - 1].text]
    return None


def _bound_before(tokens: list[Token], first: int) -> tuple[str | None, int, str]:
    """The bound said right before token `first`, and where it starts."""
    phrases = number_words().before
    for skip in (0, 1):
        end = first - skip
        if skip and (end < 1 or tokens[end].text not in ("the", "a", "an", "its", "their")):
            break
        for length in (5, 4, 3, 2, 1):
            words = tuple(t.text for t in tokens[max(0, end - length) : end])
            if len(words) == length and words in phrases:
                if skip and words[-1] in _NO_DETERMINER:
                    continue
                if words == ("over",) and end > 1 and tokens[end - 2].text in _HAND:
                    continue
                more, start, hedge = _bound_before(tokens, end - length) if length < 4 else (None, end, "")
                if more in (None, "exactly") or phrases[words] != "exactly":
                    return phrases[words], end - length, " ".join(words)
                return more, start, hedge
    return None, first, ""


def _bound_after(tokens: list[Token], last: int) -> tuple[str | None, int, str]:
    """The bound said right after token `last`, and where it ends: "100, tops", "9,000 at most"."""
    phrases = number_words().after
    start = last + 1 if last < len(tokens) and tokens[last].text == "," else last
    for length in (4, 3, 2, 1):
        words = tuple(t.text for t in tokens[start : start + length])
        if len(words) == length and words in phrases and (start == last or words != ("plus",)):
            after = tokens[start + length] if start + length < len(tokens) else None
            if after is not None and after.text not in words and _is_numeral(after):
                break  # "23, at least four of them": the bound of the next number
            return phrases[words], start + length, " ".join(words)
    return None, last, ""


def _is_numeral(token: Token) -> bool:
    known = number_words()
    return token.kind == "digits" or token.text in known.units or token.text in known.tens


def _join(text: str, tokens: list[Token], raws: list[Value], numbers: list[Number]) -> list[Number]:
    """Numbers with ranges made one: "between 90 and 120", "90-120", "60 to 65 per cent", "two or three"."""
    found: list[Number] = []
    i = 0
    while i < len(raws):
        joined = _range(text, tokens, raws[i], raws[i + 1], numbers[i], numbers[i + 1]) if i + 1 < len(raws) else None
        found.append(joined or (_from(text, numbers[i], numbers[i + 1]) if i + 1 < len(raws) else numbers[i]))
        i += 2 if joined else 1
    return found


_FROM = re.compile(r"\bfrom $")


def _from(text: str, low: Number, high: Number) -> Number:
    """A number with the unit that only the next one names: "from 20 to 35 per cent"."""
    between = text[low.span.end : high.span.start] if high.span.start >= low.span.end else ""
    if low.kind != "count" or high.kind not in ("percent", "money", "points") or between != " to ":
        return low
    if not _FROM.search(text, max(0, low.span.start - 5), low.span.start):
        return low
    scale = high.scale if low.scale == 1 and low.quantity < 1000 else 1.0
    return replace(low, kind=high.kind, unit=high.unit, quantity=low.quantity * scale, scale=max(low.scale, scale))


def _range(text: str, tokens: list[Token], a: Value, b: Value, low: Number, high: Number) -> Number | None:
    gap = text[low.span.end : high.span.start].strip() if high.span.start >= low.span.end else "\n"
    if len(gap) > 20 or a.vague or b.vague or "\n" in text[low.span.end : high.span.start]:
        return None
    words = fold(gap).replace("–", "-").replace(",", " ").replace("of them", " ").split()
    before = [t.text for t in tokens[max(0, a.first - 4) : a.first]]
    between = "between" in before or "بين" in before
    between_ok = between and words in (["and"], ["و"])
    hedged = not words and high.hedge in ("perhaps", "maybe")  # "4,000 of them, perhaps 4,500"
    hedged = hedged and "," in text[low.span.end : high.core.start]
    if not (between_ok or hedged or " ".join(words) in _RANGE_WORDS):
        return None
    if words == ["to"] and before[-1:] and before[-1] in ("from", "by"):
        return None
    value = low.quantity
    if a.scale == 1.0 and b.scale > 1.0 and low.quantity * b.scale <= high.quantity:
        value = low.quantity * b.scale
    if not value < high.quantity or (low.kind not in ("count", high.kind)):
        return None
    if words == ["-"] and (a.form != b.form or text[low.span.end] == " "):
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

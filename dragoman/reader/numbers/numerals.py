"""Reads one number at a time: digits with separators, number words, fractions and vague plurals, English and Arabic.

In: the tokens of a text. Out: the value that starts at one of them. What bounds it, and currency and ranges, is read
in `numbers`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from dragoman.reader.numbers.number_tokens import HYPHENS, Token, number_words

_LARGEST = 300  # digits; a float holds no more


@dataclass(frozen=True, slots=True)
class Value:
    """Words that make one value: tokens [first, last)."""

    first: int
    last: int
    value: float
    kind: str = "count"
    form: str = "digits"
    scale: float = 1.0
    vague: bool = False


def value_at(text: str, tokens: list[Token], i: int) -> Value | None:
    """The value whose words start at token `i`."""
    token = tokens[i]
    if token.kind == "mark" or (token.kind == "word" and token.text not in _openers() and token.text[0] < "\u0600"):
        return None
    if token.kind == "digits" and not _stands_free(tokens, i):
        return None
    return _multiple(tokens, i) or _share(tokens, i) or _vague(tokens, i) or _cardinal(text, tokens, i)


@cache
def _openers() -> frozenset[str]:
    """The words of Latin letters that a value may begin with."""
    words = number_words()
    shelves = (
        words.units, words.tens, words.hundreds, words.wholes, words.fractions, words.doubles, words.vague,
        words.multiples,
    )  # fmt: skip
    return frozenset(("a", "an", "several", "few", "many", "couple")).union(*shelves)


def _stands_free(tokens: list[Token], i: int) -> bool:
    """Whether digits are a number of their own, not part of G20, F-16, 21st, 3/4, 12.30pm or a longer code."""
    token = tokens[i]
    before = tokens[i - 1] if i else None
    if before and token.glued:
        if before.kind == "word" and before.text not in number_words().symbols and not _has_scale(tokens, i):
            return False
        if before.kind == "word" and before.text not in {**number_words().symbols, **number_words().letters}:
            return False
        if before.text in ("/", "#", "_", "@", ":"):
            return False
        if before.text in HYPHENS and i > 1 and before.glued and tokens[i - 2].kind == "word":
            return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after and after.glued:
        if after.kind == "word" and after.text not in number_words().short and after.text not in number_words().scales:
            return after.text in ("pc", "pct", "percent", "euros", "dollars")
        if after.text in ("/", "_", "@") or (after.text == ":" and _digits_at(tokens, i + 2)):
            return False
    return True


def _has_scale(tokens: list[Token], i: int) -> bool:
    """Whether a magnitude follows the digits at `i`: then a letter before them may be a currency ("N312.5bn")."""
    j = i + 2 if i + 1 < len(tokens) and tokens[i + 1].text in HYPHENS else i + 1
    return j < len(tokens) and number_words().scales.get(tokens[j].text, 0.0) >= 1000


def _digits_at(tokens: list[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].kind == "digits" and tokens[i].glued


def _value(digits: str) -> float | None:
    """What digits with separators are worth; None for dates, versions and lists such as 1,2,3."""
    if re.search(r"['’](?!\d{3}(?!\d))", digits):
        return None  # "2'10", minutes and seconds
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


def _numeral(token: Token) -> tuple[str, float, bool] | None:
    """What a number word is: its class, its value, and whether Arabic "and" is written onto it."""
    words = number_words()
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


def _cardinal(text: str, tokens: list[Token], i: int) -> Value | None:
    """Digits or number words with their magnitudes: "1.8 million", "three hundred and six", "three and a half"."""
    words = number_words()
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
        if k > i and token.text in HYPHENS and token.glued and k + 1 < len(tokens) and tokens[k + 1].glued:
            if _numeral(tokens[k + 1]) is None and tokens[k + 1].text not in words.scales:
                break
            if form == "digits" and number_words().scales.get(tokens[k + 1].text, 0.0) < 1000:
                break  # "20-year", but "$4-million"
            k += 1
        joined = False
        if tokens[k].text == "and" and k > i:
            if _half_after(tokens, k) and (current is not None or total):
                current, total = (current + 0.5, total) if current is not None else (None, total + 0.5 * scale)
                j = k + 3
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
    return Value(i, j, value, "count", form, scale, vague) if math.isfinite(value) else None


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
    if name == "unit" and 0 < value < 10 and current % 10 == 0 and current % 100 >= 20:
        return current + value
    return None


def _is_large(tokens: list[Token], k: int) -> bool:
    """Whether the number word at `k` goes on to a hundred or more, so that an "and" before it joins two numbers."""
    return k + 1 < len(tokens) and number_words().scales.get(tokens[k + 1].text, 0.0) >= 100


def _half_after(tokens: list[Token], k: int) -> bool:
    return k + 2 < len(tokens) and tokens[k + 1].text == "a" and tokens[k + 2].text == "half"


def _scale(tokens: list[Token], k: int, current: float | None) -> float | None:
    """The magnitude at token `k`; "m", "k" and "b" only on digits they touch, "m" for metres only between nouns."""
    token, words = tokens[k], number_words()
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


def _multiple(tokens: list[Token], i: int) -> Value | None:
    """So many times a number said before: "half that", "more than twice that", "three times that figure"."""
    words, times = number_words(), number_words().multiples.get(tokens[i].text)
    j = i + 1
    if times is None and j < len(tokens) and tokens[j].text == "times":
        times, j = words.units.get(tokens[i].text), j + 1
    if j < len(tokens) and tokens[j].text == "of":
        j += 1
    if not times or j >= len(tokens) or tokens[j].text != "that":
        return None
    after = tokens[j + 1] if j + 1 < len(tokens) else None
    amount = after is not None and after.text in ("number", "figure", "amount", "sum")
    if after and after.kind != "mark" and not amount and after.text not in words.function_words:
        return None  # "half that time"
    return Value(i, j + 1 + amount, times, "multiple", "multiple")


def _share(tokens: list[Token], i: int) -> Value | None:
    """A fraction: "half", "a third of", "two-thirds", "one in three", "half a million", "three quarters"."""
    words, token = number_words(), tokens[i]
    if token.text in words.doubles:
        return Value(i, i + 1, words.doubles[token.text], "share", "words")
    count, j = 1.0, i
    if token.text in ("a", "an") or token.text in words.units:
        count, j = words.units.get(token.text, 1.0), i + 1
        ratio = _ratio(tokens, i, count)
        if ratio is not None:
            return ratio
        if j < len(tokens) and tokens[j].text in HYPHENS and tokens[j].glued:
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
            return Value(i, whole + 2, count / below * large, "count", "words", large)
    if j < len(tokens) and tokens[j - 1].text == "half" and tokens[j].text == "million":
        return Value(i, j + 1, 500000.0, "count", "words", 1e6)
    if not arabic and below > 2 and count == 1 and _goes_on_with_noun(tokens, j):
        return None  # "a third round"
    if tokens[j - 1].text == "half" and j < len(tokens) and tokens[j].text in HYPHENS and tokens[j].glued:
        return None  # "half-hearted"
    return Value(i, j, count / below, "share", "words")


def _goes_on_with_noun(tokens: list[Token], j: int) -> bool:
    return j < len(tokens) and tokens[j].kind != "mark" and tokens[j].text not in number_words().function_words


_WHOLES = frozenset(("five", "ten", "5", "10"))  # "two routes out of eleven" are two routes


def _ratio(tokens: list[Token], i: int, count: float) -> Value | None:
    """ "one in three", "nine out of ten", "two in every five", "six posters out of ten": a share."""
    j = i + 1
    named = j + 3 < len(tokens) and tokens[j].kind == "word" and tokens[j + 1].text == "out"
    if named and tokens[j + 3].text in _WHOLES and tokens[j].text not in number_words().function_words:
        j += 1
    if (j < len(tokens) and tokens[j].text == "in") or (
        j + 1 < len(tokens) and tokens[j].text == "of" and tokens[j + 1].text == "every"
    ):
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
    whole = number_words().units.get(token.text) or number_words().tens.get(token.text)
    if whole is None and token.kind == "digits" and token.text.isdecimal() and len(token.text) < 3:
        whole = float(token.text)
    if not whole or not 0 < count < whole <= 20 or whole < 2:
        return None
    after = tokens[j + 1] if j + 1 < len(tokens) else None
    if after and after.text in HYPHENS | {"%", "per", "percent", "of"} | set(number_words().scales):
        return None
    return Value(i, j + 1, count / whole, "share", "words")


def _vague(tokens: list[Token], i: int) -> Value | None:
    """ "dozens", "tens of thousands", "مئات الآلاف": the least value of the field's convention."""
    words, text = number_words(), tokens[i].text
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
    return Value(i, j, value, "count", "vague", vague=True)

"""Reads whole numbers: digits with separators, number words and their magnitudes, English and Arabic.

In: the tokens of a text. Out: the number that starts at one of them, such as "1.8 million" or "three and a half".
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from dragoman.reader.numbers.number_tokens import HYPHENS, Token, number_words

_SUMS = 40  # tokens before "640m" in which another sum shows that it is one
_LARGEST = 300  # digits; a float holds no more
# What stands for a number before a magnitude: "a hundred", "several thousand".
ONE_OF, SOME_OF = frozenset(("a", "an")), frozenset(("several", "few", "many", "couple"))
_MINUTES = re.compile(r"['’](?!\d{3}(?!\d))")
_SEPARATORS = re.compile(r"[ \u00a0\u202f\u2009'’٬]")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


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


def _value(digits: str) -> float | None:
    """What digits with separators are worth; None for dates, versions and lists such as 1,2,3."""
    if _MINUTES.search(digits):
        return None  # "2'10", minutes and seconds
    plain = _SEPARATORS.sub("", digits).replace("٫", ".")
    if len(plain) > _LARGEST:
        return None
    points, commas = plain.count("."), plain.count(",")
    thousands = _THOUSANDS.fullmatch(plain)
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


@dataclass(slots=True)
class _Sum:
    """A number while its words are taken in, one after the other."""

    current: float | None = None  # what has no magnitude yet: the six of "three thousand and six"
    total: float = 0.0  # what has
    largest: float = math.inf  # a further magnitude is smaller
    scale: float = 1.0
    form: str = "words"

    def add_half(self) -> bool:
        """Take in "and a half", which is half of the last magnitude."""
        if self.current is not None:
            self.current += 0.5
        elif self.total:
            self.total += 0.5 * self.scale
        else:
            return False
        return True

    def add(self, name: str, value: float, *, joined: bool) -> bool:
        """Take in a number word, if it goes on with the number."""
        grown = _grow(self.current, self.total, self.largest, name, value, joined, self.form)
        if grown is None:
            return False
        self.current = grown
        return True

    def multiply(self, magnitude: float) -> bool:
        """Take in a magnitude, if it goes on with the number."""
        if self.current is None or (magnitude >= 1000 and magnitude >= self.largest):
            return False
        if magnitude != 100.0:
            self.total, self.current = self.total + round(self.current * magnitude, 6), None
            self.largest = self.scale = magnitude
            return True
        if self.current >= 100:
            return False
        self.current *= 100
        return True


def cardinal(text: str, tokens: list[Token], i: int) -> Value | None:
    """Digits or number words with their magnitudes: "1.8 million", "three hundred and six", "three and a half"."""
    number, j = _Sum(), i
    if tokens[i].kind == "digits":
        number.form, number.current, j = "digits", _value(text[tokens[i].start : tokens[i].end]), i + 1
        if number.current is None:
            return None
    elif tokens[i].text in ONE_OF or tokens[i].text in SOME_OF:
        number.current, magnitude = 1.0, _magnitude_after(tokens, i)
        if magnitude is None:
            return None
        j = magnitude
    while j < len(tokens) and (after := _taken_in(number, tokens, i, j)):
        j = after
    value = number.total + (number.current or 0.0)
    if j == i or not math.isfinite(value):
        return None
    return Value(i, j, value, "count", number.form, number.scale, vague=tokens[i].text in SOME_OF)


def _magnitude_after(tokens: list[Token], i: int) -> int | None:
    """Where the magnitude stands of "a hundred", "several thousand", "a couple of hundred"."""
    words = number_words()
    j = i + 2 if i + 1 < len(tokens) and tokens[i + 1].text == "of" else i + 1
    found = j < len(tokens) and tokens[j].text in words.scales and tokens[j].text not in words.short
    return j if found and tokens[j].text != "score" else None


def _taken_in(number: _Sum, tokens: list[Token], i: int, j: int) -> int | None:
    """The place behind the next word of a number that began at `i`, once it is taken in; None where there is none."""
    if tokens[j].kind == "digits":
        return None
    k = j
    if j > i and _is_hyphen(tokens, j):
        if not _goes_on_behind(tokens[j + 1], number.form):
            return None
        k += 1
    joined = k > i and tokens[k].text == "and"
    if joined:
        if _half_after(tokens, k) and number.add_half():
            return k + 3
        k += 1
        if k >= len(tokens) or _is_large(tokens, k):
            return None
    numeral = _numeral(tokens[k])
    if numeral is not None and numeral[0] != "scale":
        name, value, arabic_and = numeral
        return k + 1 if number.add(name, value, joined=joined or arabic_and) else None
    if joined:
        return None
    magnitude = numeral[1] if numeral else _scale(tokens, k, number.current)
    return k + 1 if magnitude is not None and number.multiply(magnitude) else None


def _is_hyphen(tokens: list[Token], j: int) -> bool:
    """Whether a hyphen at `j` touches what stands on both sides of it."""
    return tokens[j].text in HYPHENS and tokens[j].glued and j + 1 < len(tokens) and tokens[j + 1].glued


def _goes_on_behind(token: Token, form: str) -> bool:
    """Whether a number goes on behind a hyphen: "$4-million", but not "20-year"."""
    if form == "digits":
        return number_words().scales.get(token.text, 0.0) >= 1000
    return _numeral(token) is not None or token.text in number_words().scales


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


_OF_PEOPLE = frozenset(("population", "populations", "inhabitants"))


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
        money = money or any(t.text == "bn" for t in tokens[max(0, k - _SUMS) : k])  # "1.1bn to lessors and 640m to"
        after = tokens[k + 1] if k + 1 < len(tokens) else None
        money = money or any(t.text in _OF_PEOPLE for t in tokens[max(0, k - _SUMS) : k])  # "a population of 446m"
        if token.text != "k" and not money and not (after and after.kind == "word" and after.text.endswith("s")):
            return None
    return value

"""Reads one number at a time: a whole number, a fraction or ratio, so many times another, a vague plural.

In: the tokens of a text. Out: the value that starts at one of them. Whole numbers are read in `cardinals`; what bounds
a value, and currency and ranges, in `numbers`.
"""

from __future__ import annotations

from functools import cache

from dragoman.reader.numbers.cardinals import ONE_OF, SOME_OF, Value, cardinal
from dragoman.reader.numbers.number_tokens import HYPHENS, Token, number_words


def value_at(text: str, tokens: list[Token], i: int) -> Value | None:
    """The value whose words start at token `i`."""
    token = tokens[i]
    if token.kind == "mark" or (token.kind == "word" and token.text not in _openers() and token.text[0] < "\u0600"):
        return None
    if token.kind == "digits" and not _stands_free(tokens, i):
        return None
    return _multiple(tokens, i) or _share(tokens, i) or _vague(tokens, i) or cardinal(text, tokens, i)


@cache
def _openers() -> frozenset[str]:
    """The words of Latin letters that a value may begin with."""
    words = number_words()
    shelves = (
        words.units, words.tens, words.hundreds, words.wholes, words.fractions, words.doubles, words.vague,
        words.multiples,
    )  # fmt: skip
    return (ONE_OF | SOME_OF).union(*shelves)


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

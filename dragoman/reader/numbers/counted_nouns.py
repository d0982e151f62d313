"""Finds the nouns that a number may count: after it, after its "of", or before it.

In: a Sheet and the numbers of words. Out: the words of a noun phrase, or how the text words it; else None.
"""

from __future__ import annotations

from functools import cache

from dragoman.reader.numbers.number_tokens import number_words
from dragoman.reader.numbers.sheets import Sheet, Word, is_plural, word_lists
from dragoman.reading import Span

_OWNING = ("'s", "’s")


def phrase_before(sheet: Sheet, i: int, sentence: Span) -> str | None:
    """The noun phrase that ends at word `i`, when its head is plural: "Renamo's remaining fighters"."""
    words, lists = sheet.words, word_lists()
    if (
        words[i].shape != "lower"
        or not is_plural(words[i].text)
        or words[i].text in lists["boundaries"]
        or words[i].text in lists["time"]
        or words[i].text in number_words().vague
    ):
        return None
    j = i
    while j > 0 and i - j < 3 and words[j - 1].start >= sentence.start and words[j - 1].shape == "lower":
        word = words[j - 1].text
        if word in lists["boundaries"] or word in lists["determiners"] or is_plural(word) or _is_number(word):
            break
        j -= 1
    return sheet.text[words[j].start : words[i].end]


def _is_number(word: str) -> bool:
    return any(part in number_words().units or part in number_words().tens for part in word.split("-"))


def time_before(sheet: Sheet, i: int) -> str | None:
    """The nearest plural noun before word `i`, when it is one of time: "Ten days is nothing if six of them"."""
    lists = word_lists()
    for j in range(i, max(-1, i - 15), -1):
        word = sheet.words[j]
        if word.shape == "lower" and is_plural(word.text) and word.text not in lists["boundaries"]:
            return word.text if word.text in lists["time"] else None
    return None


def plural_before(sheet: Sheet, i: int, reach: int) -> str | None:
    """The nearest plural noun at or before word `i`, with the words that belong to it."""
    for j in range(i, max(-1, i - reach), -1):
        phrase = phrase_before(sheet, j, Span(0, len(sheet.text)))
        if phrase:
            return phrase
    return None


def noun_phrase(sheet: Sheet, first: int, last: int) -> range:
    """The words from `first` that name what is counted: "state workers", "member States", "Indian trawlers"."""
    lists, words = word_lists(), sheet.words
    if first + 1 < last and words[first].text in lists["more"] and is_plural(words[first + 1].text):
        first += 1  # "two more islands"
        sure = words[first].text in lists["boundaries"]  # "eleven other claims"
    else:
        sure = False
    i, end = first, first
    while i < last and i - first < 5:
        word = words[i]
        if word.text == "+" and i > first and word.start == words[i - 1].end:
            i += 1  # "25 OLEC+ nations"
            continue
        if word.shape in ("mark", "digit") or word.text in lists["months"]:
            break
        if word.text in lists["boundaries"] and not (sure and i == first) and not _joins(words, i, end - first, last):
            break
        if i > first and "\n" in sheet.text[words[i - 1].end : word.start]:
            break
        if end == first and word.shape == "lower" and (_finite(words, i, last) or _doing(words, i, last)):
            break
        if end > first and word.shape == "lower" and _verbal(words, i, last):
            break
        end = i + 1
        if is_plural(word.text) and not (i + 1 < last and _compound(words, i + 1)):
            break
        i += 1
    return range(first, end)


def _finite(words: tuple[Word, ...], i: int, last: int) -> bool:
    """Whether the first word after a number is a verb: "nine handled 1.1 million", "500 million arrived by"."""
    if not words[i].text.endswith("ed") or len(words[i].text) < 5:
        return False
    return i + 1 >= last or words[i + 1].shape in ("digit", "mark") or words[i + 1].text in word_lists()["boundaries"]


def _doing(words: tuple[Word, ...], i: int, last: int) -> bool:
    """Whether the first word after a number says what they do: "millions seeking shelter", but "40 fishing boats"."""
    near = words[i + 1 : min(i + 4, last)]
    if not words[i].text.endswith("ing") or len(words[i].text) < 6 or not near:
        return False
    if near[0].text in word_lists()["boundaries"] or near[0].shape in ("Title", "UPPER"):
        return near[0].text in ("in", "on", "at", "for", "to", "the", "a") or near[0].shape == "Title"
    return not any(is_plural(w.text) for w in near)


def _joins(words: tuple[Word, ...], i: int, taken: int, last: int) -> bool:
    """Whether "and" joins two words for what the counted are: "90 relief and rights groups"."""
    if words[i].text not in ("and", "or") or not 0 < taken < 3 or i + 1 >= last:
        return False
    near = words[i + 1 : min(i + 4, last)]
    plain = [w for w in near if w.shape == "lower" and w.text not in word_lists()["boundaries"]]
    return (
        len(plain) > 0
        and plain[0] is near[0]
        and any(is_plural(w.text) for w in plain)
        and not is_plural(words[i - 1].text)
    )


def _compound(words: tuple[Word, ...], i: int) -> bool:
    """Whether the word at `i` goes on with the noun before it: "sports clubs", "arms dealers"."""
    return words[i].shape == "lower" and is_plural(words[i].text) and words[i].text not in word_lists()["boundaries"]


def _verbal(words: tuple[Word, ...], i: int, last: int) -> bool:
    """Whether the word at `i` is a participle that follows its noun and no adjective before one."""
    text = words[i].text
    if not text.endswith(("ed", "ing")) or len(text) < 5:
        return False
    return i + 1 >= last or not is_plural(words[i + 1].text)


def of_what(sheet: Sheet, first: int, last: int) -> str | None:
    """The unit in "29 of the 150 seats", "two of its ministers", "half of the boats"."""
    words = sheet.words
    if first >= last or words[first].text not in ("of", "out"):
        return None
    i = first + 1
    while i < last and (words[i].shape == "digit" or words[i].text in _skipped() or words[i].text.endswith(_OWNING)):
        i += 1  # also "of Kestria's 22 boats"
    phrase = noun_phrase(sheet, i, last)
    if not phrase or words[phrase[-1]].text in ("them", "these"):
        return None
    if words[first].text == "out" and not is_plural(words[phrase[-1]].text):
        return None  # "a staff of 60 out of his own pocket"
    return sheet.text[words[phrase[0]].start : words[phrase[-1]].end]


@cache
def _skipped() -> frozenset[str]:
    return word_lists()["determiners"] | frozenset(
        {*number_words().units, *number_words().tens, "of", "hundred", "million"}
    )

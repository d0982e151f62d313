"""What words have in common: stems, synonyms and polarity, by which the table finds that two texts speak of one thing.

In: any text. Out: sets of folded stems without stop words, numbers as digits, and whether a text denies or hedges.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from dragoman.folding import fold, fold_name
from dragoman.folding import words as folded_words


@cache
def data(name: str = "words.json") -> dict[str, Any]:
    """The word lists of a file of this room; the file names their source."""
    file = resources.files("dragoman.table").joinpath("data", name)
    loaded: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return loaded


@cache
def listed(name: str) -> frozenset[str]:
    """One of the plain word lists, folded."""
    return frozenset(fold(word) for word in data()[name])


@cache
def _classes() -> dict[str, str]:
    found: dict[str, str] = {}
    for group in data()["synonyms"]:
        for word in group:
            found.setdefault(_plain(word), _plain(group[0]))
    return found


def _plain(word: str) -> str:
    """The word without the endings that English and Arabic change freely; short words stay."""
    if word.startswith("ال") and len(word) > 4:
        word = word[2:]
    for ending in ("ations", "ation", "ements", "ement", "ments", "ment", "ances", "ance", "ings", "ing", "als", "al",
                   "ies", "ied", "es", "ed", "s", "e", "y"):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "ey" else word


class _Stems(dict[str, str]):
    """Stems by word, each worked out once."""

    def __missing__(self, word: str) -> str:
        found = self[word] = _stem(word)
        return found


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    if not word or word in listed("stop"):
        return ""
    number = data()["number_words"].get(word)
    if number is not None:
        return str(number)
    if word[0].isdigit():
        return word.replace(",", "")
    plain = _plain(word.replace(".", ""))
    return _classes().get(plain, plain)


_STEMS = _Stems()


def stem(word: str) -> str:
    """One word's stem, or the stem of the group of synonyms it belongs to; "" for a stop word."""
    return _STEMS[word]


def stems_once(text: str) -> frozenset[str]:
    """The stems of a text that will not be asked for again."""
    return stems_of(folded_words(text))


def stems_of(spoken: list[str]) -> frozenset[str]:
    """The stems of folded words."""
    return frozenset(filter(None, map(_STEMS.__getitem__, spoken)))


stems = lru_cache(maxsize=50_000)(stems_once)


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text, as digits."""
    return frozenset(word for word in stems(text) if word[0].isdigit())


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two sets of stems share: Jaccard's coefficient, 0 when either is empty."""
    if not one or not other:
        return 0.0
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def contained(part: frozenset[str], whole: frozenset[str]) -> float:
    """How much of `part` stands in `whole`, 0 when `part` is empty."""
    return len(part & whole) / len(part) if part else 0.0


@cache
def _parts(name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    every = listed(name)
    return frozenset(w for w in every if " " not in w), tuple(sorted(w for w in every if " " in w))


def has_any(text: str, name: str) -> bool:
    """Whether a text holds a word, or words, of one of the lists."""
    return holds(text, folded_words(text), name)


def holds(text: str, spoken: list[str], name: str) -> bool:
    """The same of a text whose folded words are known."""
    return not _parts(name)[0].isdisjoint(spoken) or has_phrase(text, name)


def has_phrase(text: str, name: str) -> bool:
    """Whether a text holds one of those in a list that are more than one word."""
    phrases = _parts(name)[1]
    if not phrases:
        return False
    folded = fold(text)
    return any(phrase in folded for phrase in phrases)


def slug(name: str) -> str:
    """A name as an identity that stays the same from one reading to the next."""
    return fold_name(name).replace(" ", "-") or "unnamed"

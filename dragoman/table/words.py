"""What words have in common: stems, synonyms and polarity, by which the table finds that two texts speak of one thing.

In: any text. Out: sets of folded stems without stop words, numbers as digits, and whether a text denies or hedges.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from dragoman.folding import fold, fold_name
from dragoman.folding import words as folded_words

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@cache
def data() -> dict[str, Any]:
    """The word lists of this room; the file names their source."""
    file = resources.files("dragoman.table").joinpath("data", "words.json")
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


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """One word's stem, or the stem of the group of synonyms it belongs to; "" for a stop word."""
    if word in listed("stop"):
        return ""
    number = data()["number_words"].get(word)
    if number is not None:
        return str(number)
    if word[0].isdigit():
        return word.replace(",", "")
    plain = _plain(word.replace(".", ""))
    return _classes().get(plain, plain)


@lru_cache(maxsize=50_000)
def stems(text: str) -> frozenset[str]:
    """The stems of a text; two texts with the same ones speak of the same thing."""
    found = {stem(part) for word in folded_words(text) for part in (word.removesuffix("'s"),)}
    found.discard("")
    return frozenset(found)


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


def has_any(text: str, name: str) -> bool:
    """Whether a text holds a word, or words, of one of the lists."""
    return any(word in listed(name) for word in folded_words(text)) or any(
        " " in phrase and phrase in fold(text) for phrase in listed(name)
    )


def slug(name: str) -> str:
    """A name as an identity that stays the same from one reading to the next."""
    return fold_name(name).replace(" ", "-") or "unnamed"

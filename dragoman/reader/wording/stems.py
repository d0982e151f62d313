"""The stems of the words of a phrase, and how much two phrases share.

In: phrases. Out: folded words without their endings, and shares between 0 and 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dragoman.folding import fold

_WORD = re.compile(r"[^\W_]+")
SMALL = frozenset(
    """a an the of to in on at by for from with and or but as that this these those it its their his her our is are was
    were be been being has have had will would should shall may might can could there all any not no do does did than
    then so such which who whom whose into over under about after before until unless if""".split()  # noqa: SIM905
)


def overlap(first: str, second: str) -> float:
    """How many words two phrases share, as F1 of their folded stems."""
    one, two = stems(first), stems(second)
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def contained(first: str, second: str) -> float:
    """The share of the shorter phrase's words that stand in the other too."""
    one, two = stems(first), stems(second)
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


@lru_cache(maxsize=1 << 13)
def stems(phrase: str) -> frozenset[str]:
    """The stems of the words of a phrase that carry meaning."""
    return frozenset([stem_of(w) for w in _WORD.findall(fold(phrase)) if w not in SMALL])


def stems_of(words: Iterable[str]) -> frozenset[str]:
    """The stems of many words, each of which is most often known already."""
    return frozenset[str]().union(*map(stems, words))


@lru_cache(maxsize=1 << 14)
def stem_of(word: str) -> str:
    """A lower-case word without its English ending, roughly."""
    for ending, least in (("ing", 6), ("ed", 5), ("es", 6), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3:
        word = (f"{word[:-1]}i" if word[-1] == "y" else word).rstrip("e")
    return word[:-1] if len(word) > 1 and word[-1] == word[-2] and not word[-1].isdecimal() else word

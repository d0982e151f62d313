"""Tells how the words that name a party stand to those that name a speaker: how far apart, by what kinds of words.

In: the words between two names. Out: their number, and names for the way in which they tie the two together.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from dragoman.reader.parties.named_parties import leading_verbs, role_words
from dragoman.reader.vocabulary import words

_WORD = re.compile(r"['’]s?\b|[\w-]+|[^\w\s]")


@lru_cache(maxsize=1 << 12)
def between(gap: str, *, edge: int) -> tuple[int, tuple[str, ...]]:
    """How far apart two names are in words, and by what kinds of words; `edge` is the end at the party's side."""
    kinds = []
    for match in _WORD.finditer(gap):
        word = match.group()
        low = word.lower()
        if low in role_words():
            kinds.append("R")
        elif low in ("the", "a", "an"):
            continue
        elif low in leading_verbs():
            kinds.append("V")
        elif low.isdigit():
            kinds.append("#")
        elif low in function_words() or not word[:1].isalnum():
            kinds.append(low)
        else:
            kinds.append("C" if word[:1].isupper() else "w")
    size = len(kinds)
    if not size:
        return 0, ("n=0", "beside")
    squeezed = " ".join(k for n, k in enumerate(kinds) if n == 0 or k != kinds[n - 1])
    parts = "".join(k if k in kinds else "-" for k in "RVC")
    shape = f"{kinds[edge]} {parts} commas={min(2, kinds.count(','))}"
    return size, (f"{kinds[edge]} {parts}", f"n={min(size, 6)}", shape, squeezed if size <= 6 else "far")


_SERVES = re.compile(r"(?:, )?(?:(?:who|which) )?(?:w )?(?:V|R|w R)(?: w)?(?: (?:of|for|at|with|from))?")
_SERVED = re.compile(r"(?:['’]s )?(?:[wC#] )*R(?: [wCR])*(?: ,)?")


def serves(gap: str, *, after: bool) -> bool:
    """Whether the words between two names say that the one serves the other: "negotiates for", "'s chief envoy,"."""
    found = _SERVES if after else _SERVED
    _, tie = between(gap, edge=-1 if after else 0)
    return found.fullmatch(tie[-1]) is not None


def lead(words_before: str) -> str:
    """The kinds of the last two words before a party: "R of" in "the governor of Jujuy province"."""
    _, tie = between(" ".join(words_before.split()[-3:]), edge=-1)
    return " ".join(tie[-1].split()[-2:])


@cache
def function_words() -> frozenset[str]:
    """Words that stand for themselves where the kinds of words between two names are told."""
    return words("prepositions", "connectors", "subordinators", "personal") | {"his", "its", "their"}

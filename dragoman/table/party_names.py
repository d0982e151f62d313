"""Whether words can name a party: readers take what stands where parties stand, and not all of it is somebody.

In: a name as a reading gives it. Out: the name without what only clings to it, or None for papers ("the new text"),
people without a name ("a member of her delegation"), words that point at others ("their union"), moods ("Furious") and
pieces of clauses.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from dragoman.folding import fold
from dragoman.table.words import data

# By which a state's name becomes an adjective: "Kestria" and "Kestrian", "Sulmar" and "Sulmari".
_ADJECTIVE_ENDINGS = ("n", "an", "ian", "ean", "i", "ni", "ese", "nese", "ish", "ic", "ite", "er", "ene", "ander")
_CLAUSE = re.compile(r"[\n\t;:!?\"“”]|\w{2}[.,]\s+[a-z]|[!?,]$")
_LONGEST = 14  # words; the longest name in the project's readings has nine


@cache
def _listed(name: str) -> frozenset[str]:
    """One of the word lists of `data/party_names.json`, folded."""
    return frozenset(fold(word) for word in data("party_names.json")[name])


@lru_cache(maxsize=100_000)
def root_of(name: str) -> str:
    """What a name's adjective begins with: "kestri" of "kestria"."""
    return name[:-1] if name[-1] in "aeiouy" else name


def adjectives_of(name: str) -> tuple[str, ...]:
    """The adjectives that may be made of a name: "kestrian", "kestrish", …"""
    return tuple(root_of(name) + ending for ending in _ADJECTIVE_ENDINGS)


def party_name(name: str) -> str | None:
    """The name of a party without what clings to it; None when these words name nobody."""
    given = name.strip().rstrip(",;:.") if name[-1:] in ",;:" else name.strip()
    spoken = given.split()
    if len(spoken) > 1 and fold(spoken[0]) in ("the", "a", "an"):
        spoken = spoken[1:]
    while len(spoken) > 1 and fold(spoken[-1]) in _listed("clinging"):
        spoken = spoken[:-1]
    while len(spoken) > 1 and fold(spoken[0]) in _listed("moods"):
        spoken = spoken[1:]
    if not spoken or len(spoken) > _LONGEST or _CLAUSE.search(given):
        return None
    plain = [fold(word) for word in spoken]
    if _points_elsewhere(spoken, plain) or not _is_somebody(spoken, plain):
        return None
    return " ".join(spoken)


def _points_elsewhere(spoken: list[str], plain: list[str]) -> bool:
    """Whether a name begins with a word for others: "their union", "They", "whose partners", "of those present"."""
    if spoken[0].isupper() and len(spoken[0]) > 1:
        return False  # "WHO", "US officials"
    first = plain[0].replace("’", "'").partition("'")[0]
    if first in _listed("pointing") or (len(plain) == 1 and first in _listed("moods")):
        return True
    return spoken[0].islower() and first in _listed("behind")


def _is_somebody(spoken: list[str], plain: list[str]) -> bool:
    """Whether the head of a name is no paper, medium or nameless person, and no verb stands in it."""
    behind = next((n for n, word in enumerate(plain) if n and word in _listed("behind")), len(plain))
    small = [spoken[n] == spoken[n].lower() for n in range(len(spoken))]
    if any(small[n] and plain[n] in _listed("verbs") for n in range(1, behind)):
        return False
    head = plain[behind - 1]
    if not small[behind - 1] and not all(small[1:behind]):
        return True  # a proper name
    if not small[behind - 1]:  # one capital word: a name, or the first word of a sentence
        return not (len(spoken) == 1 and re.fullmatch(r"\w{3,}(?:ous|ful|less)", head))
    return not any(head in _listed(kind) for kind in ("papers", "media", "nameless"))

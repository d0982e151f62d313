"""Names what the words of a stance do (refuse, want, offer, end, keep …) and in what mood its first verb stands.

In: English words of what was said or of a cue. Out: classes of words, which are data, in the order of the text. Verbs
are too many for each to be learned from; their classes are few.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from dragoman.reader.vocabulary import own_data
from dragoman.reader.wording.stems import SMALL, stem_of

WORD = re.compile(r"[^\W\d_]+(?:['’]t)?")
_LONGEST = 4  # words of an entry


@cache
def _classes() -> dict[tuple[str, ...], str]:
    """The class of each word or phrase, by stems; where two claim one, the first has it."""
    table: dict[tuple[str, ...], str] = {}
    for name, entries in own_data("stance_words.json")["classes"].items():
        for entry in entries:
            table.setdefault(tuple(map(_key, entry.split())), name)
    return table


@cache
def _firsts() -> frozenset[str]:
    """The stems with which an entry begins."""
    return frozenset(stems[0] for stems in _classes())


def _key(word: str) -> str:
    """The stem of a word, where that is no small word by chance: "noted" is not "not"."""
    stem = stem_of(word)
    return word if stem in SMALL else stem


class Doing(NamedTuple):
    """A class of words and where in a text its words stand."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=1 << 12)
def placed(text: str) -> tuple[Doing, ...]:
    """The classes of the words of a text with their places, in its order, the longest entry first."""
    table, words = _classes(), list(WORD.finditer(text))
    stems = [_key(word.group().lower().replace("’", "'")) for word in words]
    found, place = [], 0
    while place < len(stems):
        if stems[place] not in _firsts():
            place += 1
            continue
        for width in range(min(_LONGEST, len(stems) - place), 0, -1):
            if name := table.get(tuple(stems[place : place + width])):
                found.append(Doing(name, words[place].start(), words[place + width - 1].end()))
                place += width
                break
        else:
            place += 1
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def doings(text: str) -> tuple[str, ...]:
    """The classes of the words of a text, in its order."""
    return tuple(doing.name for doing in placed(text))


_UNREFUSED = frozenset((no, refusal) for no in ("no", "refuse") for refusal in ("refuse", "oppose"))


def is_unrefused(done: Sequence[str]) -> bool:
    """Whether a refusal is itself refused: "has not ruled out a payment", "will not oppose it"."""
    return any(pair in _UNREFUSED for pair in pairwise(done))


_FIRST_WORDS = 14  # a verb beyond these belongs to another clause


@cache
def _moods() -> dict[str, str]:
    """How each auxiliary stands; those that are "would" may be denied, the others are in a tense."""
    moods: dict[str, list[str]] = own_data("stance_words.json")["moods"]
    return {word: name for name, auxiliaries in moods.items() for word in auxiliaries}


def mood(words: list[str]) -> str:
    """How the first auxiliary of lower-case words stands: would, would not, present, past, perfect or none."""
    for place, word in enumerate(words[:_FIRST_WORDS]):
        stands, denied = _moods().get(word), word.endswith("n't") or word == "cannot"
        if stands == "would" or word.endswith("'ll") or (denied and stands is None):
            denied = denied or words[place + 1 : place + 2] in (["not"], ["never"])
            return "would not" if denied else "would"
        if stands is not None:
            return stands
    return "none"


_MODALITIES = re.compile(
    r"(?<!\w)(?:(?P<will>will|shall|won['’]t)|(?P<would>would|wouldn['’]t)|"
    r"(?P<cannot>can['’]t|cannot|couldn['’]t|can not|could not)|(?P<may>could|may|might|can)|"
    r"(?P<must>must|should|ought|ha(?:s|ve|d) to|needs? to))(?!\w)|['’](?:(?P<ll>ll)|(?P<d>d))\b"
)
_SHORT = {"ll": "will", "d": "would"}


def modality(text: str) -> str:
    """What the first modal verb of a text in lower case says: will, would, cannot, may, must or none."""
    match = _MODALITIES.search(text)
    name = match.lastgroup if match else None
    return _SHORT.get(name, name) if name else "none"

"""How issues are worded: what a wording is about, how alike two are, and which one of several names the issue best.

In: wordings by which readings name issues, phrases and clauses cut short alike. Out: stems without what only frames
them (demands, moves, measures, days), a likeness from 0 to 1, and the wording to show.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache, lru_cache

from dragoman.folding import fold, words
from dragoman.table.words import listed, overlap, stem, stems

# Two wordings that share two of three stems are one issue ("withdrawal of patrol boats", "patrol boats"), and so are
# wordings of which one holds two thirds of the other, at least two stems ("reopening of the strait", "has shelved the
# reopening of the strait"). Half is too little: "release of prisoners", "treatment of prisoners".
SAME, HELD, AT_LEAST = 0.66, 0.66, 2


@cache
def _light() -> frozenset[str]:
    """Stems that never tell issues apart."""
    return frozenset(stem(word) for name in ("light", "measures") for word in listed(name))


@cache
def _framing() -> frozenset[str]:
    """Stems of what is done about an issue, rather than what it is."""
    return frozenset(stem(word) for word in listed("framing")) - {""}


@lru_cache(maxsize=50_000)
def salient(wording: str, places: frozenset[str] = frozenset()) -> frozenset[str]:
    """The stems that say what a wording is about; `places` are the stems of where meetings are held.

    Who comes to talks is one issue however it is put: "coming to Vessby", "sitting down", "participation in talks".
    """
    found = stems(wording)
    plain = frozenset(s for s in found if not s[0].isdigit()) - _light()
    bare = plain - _framing()
    attending = stem("participation")
    if attending in bare and bare <= places | {attending, stem("talks"), stem("invitation")}:
        return frozenset((attending,))
    return bare or plain or found or frozenset((fold(wording),))


@lru_cache(maxsize=50_000)
def head(wording: str) -> str:
    """What a wording is about before it says where, when or under what: "boats" of "boats at noon"."""
    kept = _CIRCUMSTANCE.sub("", plain(wording))
    return kept if stems(kept) else wording


@lru_cache(maxsize=50_000)
def first_phrase(wording: str) -> str:
    """A wording up to its first preposition but "of": "officers responsible" of "officers responsible for the raid"."""
    kept = _BEHIND_HEAD.sub("", plain(wording))
    return kept if stems(kept) else wording


def likeness(here: frozenset[str], there: frozenset[str]) -> float:
    """How alike two wordings are by their stems, from 0 to 1."""
    if max(len(here), len(there)) == 1:
        return 1.0 if here == there else 0.0
    shared, less = len(here & there), min(len(here), len(there))
    whole = overlap(here, there)
    if shared >= AT_LEAST and shared / less >= HELD:
        return max(whole, SAME)
    return whole


def best(wordings: Collection[str], counts: Mapping[str, int]) -> str:
    """The wording that names an issue best: the shortest of the noun phrases that are used nearly as often as any.

    `wordings` are in the order in which they became known; where none is a noun phrase the first one stays.
    """
    phrases = [w for w in wordings if is_nominal(w)]
    nominal = [w for w in phrases if not _is_doing(words(w))] or phrases
    if not nominal:
        return plain(next(iter(wordings)))
    most = max(counts.get(w, 0) for w in nominal)
    often = [w for w in nominal if 2 * counts.get(w, 0) >= most]
    return min(map(core, often), key=lambda w: (len(words(w)), len(w)))


# "withdrawal of patrol boats from the strait by March": where, when and for whom is said of an act, not what it is.
_CIRCUMSTANCE = re.compile(
    r"(?<=\w) (?:from|at|in|into|onto|by|before|after|until|till|following|during|under|within|among|near|across|along|"
    r"today|tomorrow|tonight)(?: |$).*", re.I,
)  # fmt: skip
_BEHIND_HEAD = re.compile(
    r"(?<=\w) (?:for|on|to|with|over|about|against|between|from|at|in|into|by|before|after|until|during|under|within)"
    r"(?: |$).*", re.I,
)  # fmt: skip


@lru_cache(maxsize=50_000)
def core(wording: str) -> str:
    """The wording of an act without its circumstances: "release of boats at the border" is "release of boats"."""
    whole = plain(wording)
    act = re.match(r"[^\W\d_]+ of (?:(?:the|a|an) )?", whole)
    if act is None:
        return whole
    kept = _CIRCUMSTANCE.sub("", whole[act.end() :])
    return whole[: act.end()] + kept if stems(kept) else whole


@lru_cache(maxsize=50_000)
def is_nominal(wording: str) -> bool:
    """Whether a wording is a noun phrase that can name an issue."""
    spoken = words(plain(wording))
    if not spoken or is_clause(wording) or any(stem(w)[:1].isdigit() for w in spoken):
        return False
    if len(spoken) == 2 and spoken[1].endswith("ing"):
        return False
    return len(spoken) <= 3 or "of" in spoken[1:4] or _names_an_act(spoken)


@lru_cache(maxsize=50_000)
def is_clause(wording: str) -> bool:
    """Whether a wording is a clause cut short, or begins with a word that only frames another."""
    spoken = words(plain(wording))
    if not spoken or not listed("finite").isdisjoint(spoken):
        return True
    if len(spoken) > 1 and spoken[0].endswith("ed") and spoken[1] in listed("determiners"):
        return True  # "called the deal the end of a blockade"
    return len(spoken) > 1 and stem(spoken[0]) in _framing()


def _is_doing(spoken: list[str]) -> bool:
    """Whether words begin as "coming to the talks" does, and not as "fishing licences"."""
    return len(spoken) > 1 and spoken[0].endswith("ing") and stem(spoken[1]) in _framing() | {""}


def _names_an_act(spoken: list[str]) -> bool:
    return spoken[0].endswith(tuple(listed("nominal_endings")))


# "at least 300 of its prisoners": how many are meant may change, what is at issue stays.
_QUANTITY = re.compile(
    r"(?:(?<=\bof )|^)(?:(?:at least|more than|up to|about|over|some|all) )?\d[\d,.]* (?:of (?:the |its |their )?)?",
    re.I,
)


@lru_cache(maxsize=50_000)
def plain(wording: str) -> str:
    """The wording without whose and how many: "withdrawal of its 22 boats" is one issue for both sides."""
    kept = _QUANTITY.sub("", wording).split()
    inner = [w for n, w in enumerate(kept) if n == 0 or fold(w) not in listed("possessives")]
    while len(inner) > 1 and fold(inner[0]) in listed("determiners"):
        inner = inner[1:]
    while len(inner) > 1 and fold(inner[-1]) in listed("loose_ends"):
        inner = inner[:-1]
    return " ".join(inner) or wording

"""Cuts what is required into single requirements, each a clause or a thing of its own.

In: the words after the link of a condition. Out: requirements, in order.
"""

from __future__ import annotations

import re

from dragoman.reader.nominals import has_verb, third_and_past
from dragoman.reader.phrases import plain, trim

_LONGEST = 40  # words


def requirements(asked: str) -> list[str]:
    """Everything that is asked for."""
    kept = _RELATIVE.sub(lambda m: m.group().replace(" ", "_"), asked)  # "the men who gave the order" are told by it
    asked = _NOTHING_LESS.sub("", trim(kept, most=_LONGEST).replace("_", " "))
    found = []
    for part in _AGAIN.split(_without_apposition(asked)):
        found += [r for r in map(_bare, coordinated(part)) if r]
    return found


_RELATIVE = re.compile(r"(?<=[a-z]) (?:who|which|whose) ")
# "once A and on condition that B": the link is said again
_AGAIN = re.compile(
    r",? and (?:only )?(?:on condition that|on the condition that|provided that|provided|as long as|so long as|if|once|"
    r"unless|until)\s"
)
# "not a day before", "and not a penny over": what follows only drives it home
_NOTHING_LESS = re.compile(
    r",? (?:and )?not (?:before|otherwise|"
    r"(?:an?|one|a single) [\w-]+(?: (?:before|earlier|sooner|later|less|more|over))?)"
    r"(?:$|,.*| (?:before|earlier|sooner|later)$)"
)


_JOINT = re.compile(r"^(?:that|and|the day|when|if|then|as long as|once|only|first let)\s+", re.IGNORECASE)


def _bare(words: str) -> str:
    words = _JOINT.sub("", plain(words))
    return plain(re.sub(r",? (?:(?:of|to|for|in|with) (?:which|whom)|but|and|or)$", "", words))


_FINITE = re.compile(
    r"(?<!\w)(?:is|are|was|were|has|have|had|will|would|can|could|must|does|do|did|gets?|goes|comes?|agrees?|accepts?|"
    r"stops?|signs?|leaves?|lifts?|pays?|joins?|ends?|releases?|withdraws?|[a-z]{3,}ed)(?!\w)"
)


_APPOSED = re.compile(r"^(?P<who>(?:[\w'’-]+ ){0,4}[\w'’-]+), (?P<what>[^,]{3,60}), (?=[a-z])")


def _without_apposition(words: str) -> str:
    """A requirement whose subject stands alone: "the mayor, Benedikt Sala, strikes it out"."""
    match = _APPOSED.match(words)
    if not match or _FINITE.search(match["who"]) or _FINITE.search(match["what"]) or has_verb(match["what"]):
        return words
    return f"{match['who']} {words[match.end() :]}"


def coordinated(words: str) -> list[str]:
    """Requirements that are joined: "A is freed, B is lifted and C leaves" are three, "A comes and sits" is one."""
    pieces = re.split(r",? and (?:that )?|, |، | و(?=[يت][\u064b-\u0652]?\w)", words)
    if len(pieces) < 2:
        return [words]
    whole: list[str] = []
    for piece in pieces:
        if whole and (again := _same_subject(whole[0], piece)):
            whole.append(again)
            continue
        verb = _FINITE.search(piece)
        own = bool(verb and verb.start() > 0) or has_verb(piece) or bool(re.match(r"[يت][\w\u064b-\u0652]{2,}", piece))
        own = own and not re.match(r"[a-z]{2,}(?:ed|wn|ken|ven)\s", piece)  # "has walked the path and shown it"
        if whole and not own:
            joint = words.find(piece, words.find(whole[-1]) + len(whole[-1]))
            whole[-1] = words[words.find(whole[-1]) : joint + len(piece)]
        else:
            whole.append(piece)
    first = _FINITE.search(whole[0]) or has_verb(whole[0]) or any(w in third_and_past() for w in whole[0].split()[1:8])
    return whole if first or re.match(r"[يت]", whole[0]) else [words]


def _same_subject(first: str, piece: str) -> str | None:
    """A second thing that the subject of the first must do, with that subject: "the Pact cuts A and gives back B"."""
    forms, parts = third_and_past(), first.split()
    opening = piece.split()[0].lower() if piece.split() else ""
    if opening not in forms or len(piece.split()) < 2:
        return None
    verb = next((n for n, w in enumerate(parts[1:8], 1) if w.lower() in forms), 0)
    same_form = verb and opening.endswith("s") == parts[verb].lower().endswith("s")
    if not same_form or parts[verb - 1].lower() in _HAVE:
        return None
    return f"{' '.join(parts[:verb])} {piece}"


_HAVE = frozenset(("has", "have", "had", "is", "are", "was", "were", "be", "been", "to", "the", "a", "of"))

"""Cuts what is required into single requirements, each a clause or a thing of its own.

In: the words after the link of a condition. Out: requirements, in order.
"""

from __future__ import annotations

import re

from dragoman.reader.wording.nominals import has_verb, third_and_past
from dragoman.reader.wording.phrases import plain, trim

_LONGEST = 40  # words


def requirements(asked: str) -> list[str]:
    """Everything that is asked for."""
    asked = _TOLD_AFTER.sub("", _BESIDE.sub(" ", asked))
    kept = _RELATIVE.sub(lambda m: m.group().replace(" ", "_"), asked)  # "the men who gave the order" are told by it
    asked = _NOTHING_LESS.sub("", trim(kept, most=_LONGEST).replace("_", " "))
    asked = asked if _GERUND.match(asked) else _AS_THEY_SPOKE.sub("", asked)
    found = []
    for part in _AGAIN.split(_without_apposition(asked)):
        found += [r for piece in coordinated(part) for r in map(_bare, _each(piece)) if r]
    return found


# "if Leth moves first, setting a year-end deadline": what the speaker did in saying so
_AS_THEY_SPOKE = re.compile(
    r", (?:setting|adding|citing|giving|calling|saying|naming|stressing|noting|urging|warning|insisting|accusing|"
    r"repeating|quoting|pointing|referring)(?!\w)[^,]*$"
)
_GERUND = re.compile(r"[a-z]{3,}ing(?!\w)")
_DETERMINED = r"(?:the|an?|its|his|her|their|our|both|all|every|each|two|three|four|half|[$£€]?\d[\d,.]*)"
# "a runway and 400,000 seats are in writing": two things of which the same is asked
_TWO_THINGS = re.compile(
    rf"(?P<one>{_DETERMINED} (?:[\w'’-]+ ){{0,6}}?[\w'’-]+) and (?P<other>{_DETERMINED} (?:[\w'’-]+ ){{0,6}}?[\w'’-]+) "
    r"(?P<rest>(?:are|were|have|had|must|should)(?!\w).+)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"(?<!\w)(?:together|each other|one another|between them|agree\w*|m[ae]t|meet)(?!\w)")
_THERE = re.compile(r"(?P<there>there (?:is|are|was|were)) (?P<one>[^,]+?) and (?P<no>no (?P<other>.+))", re.IGNORECASE)
_LEADING_ON = re.compile(r"(?<!\w)(?:of|by|from|between|for|with|to|in|on|at|that|which|who|both|not)(?!\w)")


def _each(asked: str) -> list[str]:
    """The things that are asked for side by side, each alone: "money and a house", "there is a table and no stone"."""
    if there := _THERE.fullmatch(asked):
        many = there["no"].endswith("s")
        return [f"{there['there']} {there['one']}", f"there {_numbered(there['there'][6:], many=many)} {there['no']}"]
    two = _TWO_THINGS.fullmatch(asked)
    if two and not _TOGETHER.search(two["rest"]):
        return [f"{thing} {_of_one(thing, two['rest'])}" for thing in (two["one"], two["other"])]
    one, joint, other = asked.partition(" and ")
    things = joint and not any(_FINITE.search(p) or has_verb(p) or _LEADING_ON.search(one) for p in (one, other))
    if things and len(one.split()) > 1 and len(other.split()) > 1 and "," not in asked:
        return [one, other]
    return [asked]


# "the harbour board, where she has three votes, pays": what is told beside it is not asked for
_BESIDE = re.compile(r", (?:where|which|who|whose|whom)\s[^,;]{3,80}, (?=[a-z])")
_TOLD_AFTER = re.compile(r"(?<=\w), (?:when|where|whose|whom|in which|during which) [^,;]{6,}$")
_RELATIVE = re.compile(r"(?<=[a-z]) (?:who|which|whose) ")
# "once A and on condition that B": the link is said again
_AGAIN = re.compile(
    r",? and (?:only )?(?:on condition that|on the condition that|provided that|provided|as long as|so long as|if|once|"
    r"unless|until)\s|"
    r",? and only (?=(?:by|in|with|for|at|on|from|through|under)\s)|"  # "after the vote, and only by the assembly"
    r", (?=(?:half|most|all|some|both|each|none|one|a (?:third|half|quarter)|two[ -]thirds) of (?:it|them|those)\s)"
)
# "not a day before", "and not a penny over": what follows only drives it home
_NOTHING_LESS = re.compile(
    r",? and (?:then only|only (?:then|after that))(?:$|,.*)|,? (?:and )?not (?:before|otherwise|"
    r"(?:an?|one|a single) [\w-]+(?: (?:before|earlier|sooner|later|less|more|over))?)"
    r"(?:$|,.*| (?:before|earlier|sooner|later)$)"
)


_JOINT = re.compile(
    r"^(?:that(?!\s(?:is|was|has|had|happens|changes|ends)\b)|and|the day|when|if|then|as long as|once|only|"
    r"first let)\s+",
    re.IGNORECASE,
)
_NO_MORE_SAID = re.compile(r"[,.]? (?:full stop|period|end of story)\W*$", re.IGNORECASE)


def _bare(words: str) -> str:
    words = _JOINT.sub("", plain(_NO_MORE_SAID.sub("", words)))
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


_NUMBERS = {"are": "is", "were": "was", "have": "has"}


def _numbered(verb: str, *, many: bool) -> str:
    """A verb of many things or of one."""
    if many:
        return next((plural for plural, single in _NUMBERS.items() if single == verb), verb)
    return _NUMBERS.get(verb, verb)


def _of_one(thing: str, rest: str) -> str:
    """What is asked of two things, with the verb that one of them takes."""
    verb, _, more = rest.partition(" ")
    many = bool(re.match(r"\W?\d", thing)) or (thing.endswith("s") and not thing.lower().startswith(("a ", "an ")))
    return f"{_numbered(verb, many=many)} {more}"


_HAVE = frozenset(("has", "have", "had", "is", "are", "was", "were", "be", "been", "to", "the", "a", "of"))

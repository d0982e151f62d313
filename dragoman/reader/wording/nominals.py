"""Turns clauses into noun phrases, by which tasks are named: "the siege is lifted" becomes "lifting of the siege".

In: short English clauses. Out: noun phrases of the same words; a clause whose verb is unknown stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.reader.vocabulary import inflect, own_data
from dragoman.reader.wording.phrases import plain

_AUXILIARY = (
    r"(?:is|are|was|were|be|been|being|has|have|had|gets?|got|will|would|shall|should|must|may|might|can|"
    r"could|to|not|never|all|also|first|"
    r"finally|fully|immediately|now|only)"
)
_PREPOSITION = re.compile(
    r"(?:from|to|in|on|with|into|for|at|by|of|over|against|under|about|out|within|before|after|until|as|up|"
    r"off|back|without|between)(?!\w)"
)
_DETERMINED = re.compile(r"(?:the|a|an|its|their|his|her|our|all|any|some|no|every|each|both|these|those|this|that)\s")
_AUXILIARIES = re.compile(rf"(?:\s|^){_AUXILIARY}(?=\s|$)", re.IGNORECASE)
_LEADS = re.compile(r"^(?:that|if|unless|when|and|it|they|he|she|we|i|you)(?:\s|$)", re.IGNORECASE)


@cache
def _data() -> tuple[dict[str, str], dict[str, str]]:
    """Noun by verb, and verb by every form of it."""
    data = own_data("nominals.json")
    nouns: dict[str, str] = data["nouns"]
    forms: dict[str, str] = {form: verb for form, verb in data["forms"].items() if verb in nouns}
    for verb in nouns:
        head, _, tail = verb.partition(" ")
        for form in _inflected(head):
            forms.setdefault(f"{form} {tail}".strip(), verb)
    return nouns, forms


def _inflected(verb: str) -> list[str]:
    stem = verb[:-1] if verb.endswith("e") else verb
    third = (
        verb[:-1] + "ies"
        if re.search(r"[^aeiou]y$", verb)
        else verb + ("es" if re.search(r"(?:s|sh|ch|x)$", verb) else "s")
    )
    past = verb[:-1] + "ied" if re.search(r"[^aeiou]y$", verb) else stem + "ed"
    double = verb + verb[-1] if re.search(r"[^aeiou][aeiou][bdgmnprtl]$", verb) else stem
    return [verb, third, past, double + "ed", stem + "ing", double + "ing"]


def nominal(clause: str) -> str:
    """The noun phrase of a clause: "prisoners are released" -> "release of prisoners"; else the clause itself."""
    clause = plain(clause)
    nouns, forms = _data()
    words = clause.split()
    for place, word in enumerate(words[:12]):
        bare = word.strip(",.;").lower()
        pair = f"{bare} {words[place + 1].strip(',.;').lower()}" if place + 1 < len(words) else ""
        verb, width = (forms[pair], 2) if pair in forms else (forms.get(bare, ""), 1)
        if not verb or not (_verb_like(words, place, bare) if place else bare in (verb.split()[0], nouns[verb])):
            continue
        subject, rest = " ".join(words[:place]), " ".join(words[place + width :])
        return _phrase(nouns[verb], subject, rest, passive=_is_passive(words, place))
    return clause


@cache
def acts() -> frozenset[str]:
    """The nouns that name an act: "withdrawal", "release"."""
    return frozenset(_data()[0].values())


@cache
def act_forms() -> frozenset[str]:
    """Every form of the verbs whose act has a name."""
    return frozenset(_data()[1])


@cache
def third_and_past() -> dict[str, str]:
    """The plain form of each third person and past form that is known."""
    data = own_data("nominals.json")
    forms = {form: verb for form, verb in _data()[1].items() if " " not in form and not form.endswith("ing")}
    for verb in data["verbs"]:
        forms |= {inflect(verb, "s"): verb, inflect(verb, "ed"): verb}
    return {form: verb.split()[0] for form, verb in (forms | data["past"]).items() if form != verb}


def is_known_verb(words: str) -> bool:
    """Whether the first of some words is a verb in its plain form: "reopen the port", not "merchant ships"."""
    first = re.match(r"\w+", words.lower())
    return first is not None and (first.group() in _plain_verbs())


@cache
def _plain_verbs() -> frozenset[str]:
    data = own_data("nominals.json")
    return frozenset(verb.split()[0] for verb in (*data["nouns"], *data["verbs"]))


def has_verb(clause: str) -> bool:
    """Whether a clause has a known verb after its subject: "the rebels hand back the port"."""
    forms = _data()[1]
    words = clause.split()[:9]
    for place, word in enumerate(words[1:], 1):
        bare = word.strip(",.;").lower()
        pair = f"{bare} {words[place + 1].strip(',.;').lower()}" if place + 1 < len(words) else ""
        if (bare in forms or pair in forms) and _verb_like(words, place, bare):
            return True
        if pair in forms and words[place - 1].lower().endswith("s"):
            return True
    return False


def _verb_like(words: list[str], place: int, bare: str) -> bool:
    """Whether the word at `place` can be the verb of its clause, not a noun in it."""
    before = words[place - 1].lower().strip(",")
    if _DETERMINED.match(before + " ") or (_PREPOSITION.fullmatch(before) and before not in ("to", "back")):
        return False
    if before.endswith(("'s", "’s", "s'", "s’")):
        return False  # "this year's pay"
    if re.fullmatch(_AUXILIARY, before):
        return True
    if place + 1 < len(words) and re.fullmatch(_AUXILIARY, words[place + 1].lower()):
        return False  # "reforms are enacted"
    if bare.endswith(("s", "ed")) or (
        bare in _data()[1] and bare in ("left", "paid", "sold", "withdrew", "sent", "met")
    ):
        return True
    ends = place + 1 == len(words) or bool(_PREPOSITION.fullmatch(words[place + 1].lower()))
    return before.endswith("s") and ends  # "the talks resume", "the tanks leave before dawn"


def _is_passive(words: list[str], place: int) -> bool:
    before = [w.lower() for w in words[max(0, place - 3) : place]]
    return any(w in ("is", "are", "was", "were", "be", "been", "being", "gets", "get", "got") for w in before)


# How or how often something is done is no part of its name: "reply formally", "meet again in Dorn"
_HOW = re.compile(
    r"^\s*(?:again|(?!early|daily|weekly|monthly|yearly|quarterly|supply|family|assembly)[a-z]{4,}ly)"
    r"(?=\s*$|\s(?:in|at|on|to|with|by|before|after|within|for|from|the|its|their|an?)\s)"
)
_GERUNDS = frozenset(("accepting", "considering", "discussing", "handing over", "joining", "sending"))


def _phrase(noun: str, subject: str, rest: str, *, passive: bool) -> str:
    subject = plain(_AUXILIARIES.sub(" ", f" {subject} "))
    subject = _LEADS.sub("", subject)
    rest = plain(_HOW.sub("", rest))
    if noun == "departure" and rest and not _PREPOSITION.match(rest.lower()):
        return plain(f"departure of {subject} from {rest}" if subject else f"departure from {rest}")
    if noun in _GERUNDS and (passive or (rest and not _PREPOSITION.match(rest.lower()))):
        return plain(f"{noun} {subject if passive else ''} {rest}")
    if passive:
        return plain(f"{noun} of {subject} {rest}" if subject else f"{noun} {rest}")
    if not rest or _PREPOSITION.match(rest.lower()):
        return plain(f"{noun} of {subject} {rest}" if subject and len(subject.split()) <= 5 else f"{noun} {rest}")
    return plain(f"{noun} of {rest}")

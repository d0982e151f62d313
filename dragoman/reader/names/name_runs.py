"""Cuts runs of capitalised words at "of" where no body stands before it: "Officials of the United Nations".

In: the cast of a text, of which its states and outlets are known. Out: the runs that may name a body, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from dragoman.folding import fold, without_genitive
from dragoman.reader.names.joint_names import Run, joined
from dragoman.reader.names.name_shapes import ORGANISATION, is_organisation, trimmed
from dragoman.reader.names.names import Cast
from dragoman.reader.vocabulary import first_names, key_of, words

_FOUNDED = ("city", "friends", "sons", "daughters", "mothers", "families")  # what bodies are called beside their nouns
_JOINT = re.compile(r" (?:of|for|on|to|de|des|du|del|da|do) (?:the |la )?(?=\S)")


def name_runs(cast: Cast) -> Iterable[Run]:
    """The runs, cut at "of" where no body stands before it."""
    for run in joined(
        cast.text, ((m.group(), m.start()) for m in ORGANISATION.finditer(cast.text)), partial(_alone, cast)
    ):
        phrase, start = trimmed(*run)
        phrase = _without_officer(phrase)
        while phrase:
            phrase = _known_whole(cast, phrase, start)
            joint = _JOINT.search(phrase)
            if joint is None or cast.atlas.gazetteer.organisations.get(key_of(phrase)) is not None:
                yield phrase, start
                break
            left = phrase[: joint.start()]
            last = fold(without_genitive(left.split()[-1]))
            # "Captain Rodrigo Tavita of the Tunaboat Owners' League", "Officials of the United Nations"
            person = _begins_like_a_person(cast, left, start + joint.start())
            if person or _is_somebody(left.lower()) or left.lower() in words("heads_of_bodies"):
                pass
            elif is_organisation(phrase) or last in words("organisation_nouns") or last in _FOUNDED:
                yield phrase, start
                break
            yield left, start
            start += joint.end()
            phrase = phrase[joint.end() :]


def _without_officer(phrase: str) -> str:
    """A run without whom it names after a body: "the Sea Trade Organization Hana Kirov"."""
    parts = phrase.split(" ")
    if not words("role_nouns", "titles").isdisjoint(map(fold, parts)):
        return phrase  # "Minister of Energy Hana Kirov"
    for n in range(max(2, len(parts) - 3), len(parts) - 1):
        body = fold(parts[n - 1]) in words("organisation_nouns")
        if body and fold(parts[n]) in first_names():
            return " ".join(parts[:n])
    return phrase


def _known_whole(cast: Cast, phrase: str, start: int) -> str:
    """The longer name that the lexicon knows, where a run is cut at its "and": "Organization for Security"."""
    if not cast.text.startswith(" and ", start + len(phrase)):
        return phrase
    longer = (e.name for e in cast.atlas.gazetteer.organisations.values() if e.name.startswith(f"{phrase} and "))
    return next((name for name in longer if cast.text.startswith(name, start)), phrase)


def _alone(cast: Cast, name: str) -> bool:
    """Whether a name is known by itself: a state, an outlet, a body of the lexicon."""
    return (
        cast.atlas.lookup(name) is not None
        or cast.atlas.gazetteer.organisations.get(key_of(name)) is not None
        or cast.outlets.find(name) is not None
    )


def _begins_like_a_person(cast: Cast, left: str, end: int) -> bool:
    """Whether the words before "of", up to `end`, are a name with a first name or title, not a body's."""
    parts = left.split()
    last = fold(without_genitive(parts[-1]))
    if end in cast.people_seen and last not in words("organisation_nouns"):
        return True
    if len(parts) < 2 or last in words("organisation_nouns") or last in words("role_nouns"):
        return False
    return any(fold(p.rstrip(".")) in first_names() for p in parts[:-1]) or (
        fold(parts[0].rstrip(".")) in words("titles") and len(parts) > 2
    )


def _is_somebody(noun: str) -> bool:
    """Whether a noun means people and no body: "officials" of the United Nations, not its "council"."""
    return noun in words("anonymous_nouns") and noun not in words("organisation_nouns") and noun not in _FOUNDED

"""Learns what a text tells of the people it names: their roles, whether a man or a woman, and for whom they speak.

In: the cast of a text, and where a name and the words about it stand. Out: the actors, with what was learned.
"""

from __future__ import annotations

import re
from typing import Protocol

from dragoman.folding import fold
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.parties.affiliation import is_weak, party_elsewhere, party_of_person
from dragoman.reader.parties.around import Speakers as SpeakersOfParties
from dragoman.reader.parties.role_words import words_about
from dragoman.reader.vocabulary import words

_DEEPEST = 8  # people whose party is looked for because another's is
_OF_OTHERS = re.compile(  # "who has asked the mayor for help": the mayor is somebody else
    r"\b(?:who|that|which)\s+(?:has|have|had)\s+(?:\w+\s+)?(?:asked|urged|told|called|met|written|accused|sued|thanked|"
    r"petitioned|begged|warned|invited|pressed|backed)\b.*",
    re.S,
)
_OWNED = re.compile(r"(?:[A-Z][\w-]*\.?\s+)*[\w-]+['’]s?\s")  # "Ms Kahn's lawyer" is no woman for that


class Speakers(SpeakersOfParties, Protocol):
    """Whoever can tell whom words mean: the speakers of a text."""

    cast: Cast


def learn_roles(cast: Cast) -> None:
    """The roles and genders that the words around full names give, learned once for a cast."""
    if cast.described:
        return
    cast.described = True
    for low, high, actor in cast.mentions:
        if actor.kind == "person" and high - low >= len(actor.name) - 1:
            left, right = words_about(cast, low, high)
            described = f"{left} {_OF_OTHERS.sub('', right)}"
            found = set(re.findall(r"[\w-]+", described.lower()))
            actor.roles |= (found & words("role_nouns", "titles")) | (
                {"_" + fold(described)} if described.strip() else set()
            )
            lead = set(re.findall(r"[\w-]+", _OWNED.sub(" ", left).lower())) - {"his", "her"}
            told = "m" if lead & words("male") else "f" if lead & words("female") else ""
            if told and not actor.sure:
                actor.gender, actor.sure = told, True


def learn_person(speakers: Speakers, actor: Actor, start: int, end: int, low: int, high: int) -> None:
    """Take the roles, gender and party of a person from the words around the name."""
    around = f"{speakers.cast.text[start:low]} {_OF_OTHERS.sub('', speakers.cast.text[high:end])}"
    found = set(re.findall(r"[\w-]+", around.lower()))
    actor.roles |= found & words("role_nouns") | ({"_" + fold(around)} if around.strip() else set())
    if not actor.gender:
        before = _OWNED.sub(" ", speakers.cast.text[start:low])
        lead = set(re.findall(r"[\w-]+", before.lower())) - {"his", "her", "he", "she"}
        actor.gender = "m" if lead & words("male") else "f" if lead & words("female") else ""
    asked = speakers.cast.looked_for
    if actor.party is None and actor not in asked and len(asked) < _DEEPEST:
        asked.append(actor)
        try:
            _learn_party(speakers, actor, start, end, low, high)
        finally:
            asked.pop()


def _learn_party(speakers: Speakers, actor: Actor, start: int, end: int, low: int, high: int) -> None:
    actor.party = party_of_person(speakers.cast, speakers, actor, start, end, low, high)
    why = actor.why
    if actor.party is None:
        actor.party = party_elsewhere(speakers.cast, speakers, actor, low)
    elif is_weak(actor):
        elsewhere = party_elsewhere(speakers.cast, speakers, actor, low, strong=True)
        actor.party, actor.why = (elsewhere, actor.why) if elsewhere else (actor.party, why)

"""Tells who is meant by words that describe one known already: "the minister", "the 61-year-old", "both sides".

In: the speakers of a text and the words of a source. Out: an Actor, or None where the words describe nobody so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from dragoman.folding import fold, without_genitive
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.noun_phrases import PREPOSITION, bare, core_of
from dragoman.reader.parties.affiliation import party_elsewhere
from dragoman.reader.parties.around import Speakers as Owners
from dragoman.reader.parties.descriptions import party_of_description
from dragoman.reader.parties.sides import JOINT, SIDES, joint_party, of_a_kind, of_offices, the_three, the_two, two_met
from dragoman.reader.parties.told_around import state_around
from dragoman.reader.speakers.antecedents import Antecedents
from dragoman.reader.speakers.nameless import earlier_nameless, party_of_body
from dragoman.reader.vocabulary import words

_DESCRIBED = re.compile(
    r"(?:the|this)\s+(?:[\w-]+\s+){0,2}?(?:former\s|ex-|(?:\d+|[a-z]+)-year-old\s|onetime\s|retired\s)", re.I
)
_COPY = re.compile(r"(?:an?|the)\s+(?:leaked\s+)?cop(?:y|ies)\b(?!\s+of)", re.I)
_DRAFT = re.compile(
    r"\b((?:draft|leaked|confidential|secret|proposed|provisional)\s+(?:[a-z]+\s+)?(?:agreement|accord|deal|treaty|text|plan|"
    r"paper|letter|memo|memorandum|report|document|law|bill|resolution|communiqué|contract))\b",
    re.I,
)
_AGED = re.compile(r"(?:the|this)\s+(?:\d+-year-old|(?:(?:same|young|old)\s+)+(?:man|woman))$", re.I)
# "the country", "the island nation": a people, as in "the Tarok Nation", has a name of its own
_LAND = re.compile(r"(?:the|this)\s+(?:[\w-]+\s+){0,3}?(?:country|nation)$", re.I)
_LEAD = 600  # letters before "a copy" in which the paper is looked for
_MEMORY = 200  # earlier speakers among whom two sides are looked for
_THE_HOLDER = re.compile(r"(?:the|this|that)\s+(?:same\s+)?(.*?)(?:\s+(?:himself|herself))?$", re.IGNORECASE)


class Speakers(Owners, Protocol):
    """Whoever can tell whom words mean: the speakers of a text."""

    cast: Cast
    antecedents: Antecedents
    said: list[tuple[int, Actor]]

    def role_holder(self, phrase: str, start: int, party: str | None) -> Actor | None: ...

    def named_later(self, phrase: str, start: int, end: int) -> Actor | None: ...


def definite_person(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "The minister", "the Finnish president": the person of the text who holds that role."""
    core = core_of(source)
    match = _THE_HOLDER.match(core)
    phrase = match.group(1) if match else core
    head = re.split(PREPOSITION, " " + phrase)[0].strip().split()
    if not head or without_genitive(head[-1].lower()) not in words("role_nouns"):
        return None
    if not match and not (
        core[:1].isupper() and len(core.split()) <= 3 and core.split()[0].lower() not in words("determiners")
    ):
        return None
    holder = speakers.role_holder(phrase, start, None)
    if holder is not None:
        return holder
    holder = speakers.named_later(phrase, start, end)
    if holder is not None:
        if holder.party is None:
            holder.party = party_of_description(speakers.cast, core, start, end, official=True)
        return holder
    earlier = earlier_nameless(speakers.said, head[-1]) if head[-1].lower() in words("anonymous_nouns") else None
    if earlier is not None:
        return earlier
    if match is None and head[-1].lower() in ("chief",):
        return None
    return Actor(
        phrase,
        "person",
        party=party_of_description(speakers.cast, core, start, end, official=True)
        or party_of_body(speakers, core, start),
        start=start,
        roles={head[-1].lower()},
    )


def aged(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "The 61-year-old veteran": whoever was spoken of last."""
    return described_person(speakers, start, end, source) if "-year-old" in source else None


def described_person(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "The former hydrologist", "the 61-year-old veteran": whoever was spoken of last."""
    if not (_DESCRIBED.match(source) or _AGED.match(source)) or PREPOSITION.search(" " + core_of(source)):
        return None
    gender = next((g for g in ("male", "female") if source.split()[-1].lower() in words(g)), "")[:1]
    return speakers.antecedents.best(
        start,
        lambda a: a.kind == "person" and not a.anonymous and not (a.sure and gender and a.gender != gender),
        gender=gender,
    )


def land(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "The country", "the island nation": the land that the paragraph or the text is about."""
    core = core_of(source)
    if _LAND.fullmatch(core) is None or core[-len("nation") :].strip() in ("Nation", "Country"):
        return None
    name = state_around(speakers.cast, start)
    if name is None or speakers.cast.atlas.lookup(name) is None:
        return Actor(fold(bare(core)), "group", start=start)
    return speakers.cast.known(name) or Actor(name, "state", party=name, start=start)


def copy(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "A copy seen by the Observer": the paper that was spoken of last."""
    if not _COPY.match(source):
        return None
    papers = _DRAFT.findall(speakers.cast.text, max(0, start - _LEAD), start)
    return Actor(fold(papers[-1]), "group", start=start) if papers else None


def both(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "Both sides", "neither government": the two sides of the text, where it has just two."""
    cast, core = speakers.cast, core_of(source)
    if (offices := of_offices(cast, core, start)) is not None:
        return _as_one(cast, offices, offices.split(" of ", 1)[1], start)
    if (three := the_three(cast, core)) is not None:
        return _as_one(cast, three, three, start)
    match = SIDES.match(core)
    if match is None:
        pair = of_a_kind(cast, source)
        return _as_one(cast, pair, pair, start) if pair else None
    if core.lower() in ("the two", "both") or match.group("role"):
        met = two_met(cast, start)
        if met:
            return _who_met(speakers, met, start)
    pair = the_two(cast, start, [s for s in speakers.said[-_MEMORY:] if s[0] < start])
    if pair is None:
        return None
    people = [a for a in map(cast.known, pair.split(" and ")) if a is not None and a.kind == "person"]
    if len(people) > 1:
        return _who_met(speakers, people, start)
    name = f"{match.group('role').lower()} of {pair}" if match.group("role") else pair
    return _as_one(cast, name, pair, start)


def _who_met(speakers: Speakers, met: Sequence[Actor], start: int) -> Actor:
    """Two people as one speaker, with the states that they speak for."""
    parties = [a.party or party_elsewhere(speakers.cast, speakers, a, -1) for a in met]
    states = [p for p in parties if p is not None and speakers.cast.atlas.lookup(p) is not None]
    party = " and ".join(states) if len(set(states)) == len(met) else None
    return Actor(" and ".join(a.name for a in met), "group", party=party, plural=True, start=start, why=JOINT)


def _as_one(cast: Cast, name: str, pair: str, start: int) -> Actor:
    return Actor(name, "group", party=joint_party(cast, pair), plural=True, start=start, why=JOINT)

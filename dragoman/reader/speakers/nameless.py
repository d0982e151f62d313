"""Tells who is meant by words that name nobody: "a diplomat", "one of them", "the same source", "a pal of hers".

In: the speakers of a text and the words of a source. Out: an Actor without a name of its own, or None where the words
may name somebody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from dragoman.reader.names.name_shapes import is_organisation
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.noun_phrases import PREPOSITION, core_of, lowered
from dragoman.reader.names.noun_phrases import bare as bare_of
from dragoman.reader.parties.descriptions import party_of_description
from dragoman.reader.speakers.antecedents import Antecedents
from dragoman.reader.speakers.possessions import with_article
from dragoman.reader.vocabulary import words

_MEMORY = 200  # earlier speakers among which one is looked for; a page of text has some ten
_THE_SAME = re.compile(
    r"(?:the\s+(?:very\s+)?same|this|that)\s+(?:[\w-]+\s+){0,2}?(?:person|source|man|woman|official|informant|insider)$",
    re.I,
)
_SOME = re.compile(
    r"(?P<many>one|two|three|four|five|six|seven|eight|nine|ten|some|many|most|another|others|the other|a third|"
    r"a second|several|both)(?:\s+of\s+(?:them|the\s+\w+))?$"
)
_BODY = r"(?:[a-z-]+ )?[a-z-]+"
_OF_BODY = re.compile(rf"^(?:the |an? )?(?P<owner>{_BODY})['’]s |\b(?:of|from|for|within) the (?P<body>{_BODY})$", re.I)
_THEIRS = re.compile(r"\b(?:of|in|from|at|on) (?P<whose>hers$|(?:its|his|her|their)(?: own)?(?= ))")
_COUNT = (
    r"(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ss]everal|[Ss]ome|[Mm]any|"
    r"[Dd]ozens of|\d+)"
)
_GROUP = re.compile(
    rf"\b{_COUNT}\s+(?P<who>(?:[\w-]+\s+){{0,3}}?(?P<noun>people|[a-z]+(?:s|men))\b"
    r"(?:\s+(?:in|at|from|of|on|with|close to)\s+(?:the\s+)?[\w-]+)?)"
)
_INDEFINITE = re.compile(r"(?:an?|another|one|a second|a third)\s", re.I)


class Speakers(Protocol):
    """Whoever can tell whom words mean: the speakers of a text."""

    cast: Cast
    antecedents: Antecedents
    said: list[tuple[int, Actor]]

    def owner(self, word: str, start: int, role: str) -> Actor | None: ...

    def by_head(self, bare: str, start: int) -> Actor | None: ...


def party_of_body(speakers: Speakers, core: str, start: int) -> str | None:
    """The party of who belongs to a body that is called by its noun: "the bloc's top diplomat", "of the group"."""
    told = _OF_BODY.search(core)
    body = speakers.by_head(told["owner"] or told["body"], start) if told is not None else None
    return body.party if body is not None else None


def nameless(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """Whom a description means that names nobody."""
    cast, core = speakers.cast, core_of(source)
    bare = bare_of(core)
    # 1. those who spoke or were spoken of before
    some = _SOME.match(core.lower())
    if some is not None:
        return _some(speakers, core.lower(), some["many"], start, source[len(core) :])
    if _THE_SAME.match(core) and (same := _last(speakers, start)) is not None:
        return _one_of(same, start) if same.plural else same
    head_phrase = re.split(PREPOSITION, " " + bare)[0].strip()
    head = head_phrase.split()[-1].lower() if head_phrase else ""
    if not _names_nobody(cast, source, core, head_phrase, head):
        return None
    if core.lower().startswith(("the ", "this ", "that ", "same ")):
        earlier = earlier_nameless(speakers.said, head)
        if earlier is None and head in ("source", "informant", "insider"):
            earlier = _just_spoken(speakers, start)
        if earlier is not None:
            return earlier
    # 2. for whom somebody new speaks
    spokes = head.startswith("spokes")
    party = party_of_description(cast, source, start, end)
    theirs = _THEIRS.search(core)
    owner = speakers.owner("her" if theirs["whose"] == "hers" else theirs["whose"], start, core) if theirs else None
    if party is None:
        party = owner.party if owner is not None else party_of_body(speakers, core, start)
    if spokes and party is None and not any(w[:1].isupper() for w in bare.split()[:-1]):
        whose = speakers.antecedents.best(start, lambda a: a.kind in ("organisation", "state"), new="bodies")
        party = whose.party if whose else None
    # 3. by what words
    name = lowered(cast, bare) if core.startswith(bare) else bare
    if head in ("people", "person", "man", "woman", "men", "women"):
        clause = re.match(r"[^,]*? who [^,]{3,80}$", source.split(",")[0])
        name = bare_of(clause.group()) if clause else name
    if owner is not None and owner.name[:1].isupper():
        name = _with_owner(cast, name, owner)
    if spokes and not PREPOSITION.search(" " + bare) and party and not re.search(r"[A-Z]", bare[1:]):
        name = head if set(name.split()[:-1]) & set(party.split()) else name  # "a Commission spokesman"
        name = f"{name} of {with_article(cast, party)}"
    return Actor(name, "group", party=party, anonymous=not spokes, plural=head.endswith("s"), start=start)


def earlier_nameless(said: Sequence[tuple[int, Actor]], head: str) -> Actor | None:
    """Who spoke before under a noun and no name."""
    for _, actor in reversed(said[-_MEMORY:]):
        if actor.anonymous and head.lower().rstrip("s") in actor.name.lower():
            return actor
    return None


def _just_spoken(speakers: Speakers, start: int) -> Actor | None:
    """The one without a name who spoke last in this paragraph: "a member of the council said … the source added"."""
    if not speakers.said:
        return None
    position, last = speakers.said[-1]
    segments = speakers.cast.draft.segments
    near = segments.paragraph_at(position) == segments.paragraph_at(start)
    return last if near and last.anonymous and not last.plural else None


def _names_nobody(cast: Cast, source: str, core: str, head_phrase: str, head: str) -> bool:
    """Whether a description names nobody: by its noun, or as people in the plural."""
    some = head in words("role_nouns") and _INDEFINITE.match(source) is not None  # "a rebel commander"
    named = is_organisation(head_phrase) or cast.known(head_phrase) is not None
    if (head in words("anonymous_nouns") or some) and not named:
        return True
    plural = head.endswith("s") and not head.endswith("ss") and core.split()[0].lower() != "the"
    if not plural or core != core.lower().capitalize() or head in words("organisation_nouns"):
        return False
    place = cast.atlas.lookup(core)
    return place is None or place[1] == "demonym"  # "Paris", "Cyprus"


def _some(speakers: Speakers, phrase: str, many: str, start: int, apposed: str) -> Actor:
    """ "One of them", "another": some of those who spoke or were spoken of last; "one, a judge" is a judge."""
    who = re.match(r",\s+an?\s+([^,]{3,60})$", apposed)
    if who is not None:
        return Actor(who.group(1), "group", anonymous=True, start=start)
    earlier = _last(speakers, start, plural=True) or _group_before(speakers.cast, start)
    if earlier is None:
        return Actor(phrase, "group", anonymous=True, start=start)
    if many in ("some", "many", "most", "both"):
        return Actor(earlier.name, "group", party=earlier.party, anonymous=True, start=start)
    one = _one_of(earlier, start)
    return replace(one, name=re.split(PREPOSITION, one.name)[0]) if many == "another" else one


def _last(speakers: Speakers, start: int, *, plural: bool = False) -> Actor | None:
    """Who spoke last without a name; with `plural` also a group that spoke."""
    fitting = (a for p, a in reversed(speakers.said[-_MEMORY:]) if p < start and a.name)
    return next((a for a in fitting if a.anonymous or (plural and a.plural)), None)


def _one_of(group: Actor, start: int) -> Actor:
    """One of a group: "official of Leth" for "officials of Leth"."""
    one = re.sub(
        r"\bpeople\b|(?<=[a-rt-z])s\b", lambda m: "person" if m.group() == "people" else "", group.name, count=1
    )
    return Actor(one, "group", party=group.party, anonymous=True, start=start)


def _group_before(cast: Cast, start: int) -> Actor | None:
    """The group that the sentences right before `start` speak of: "two people in the room"."""
    segments = cast.draft.segments
    sentence = segments.sentences[max(0, segments.sentence_at(start) - 1)]
    since = max(sentence.start, segments.paragraphs[segments.paragraph_at(start)].start)
    people = words("anonymous_nouns", "role_nouns")
    found = [m for m in _GROUP.finditer(cast.text, since, start) if not people.isdisjoint((m["noun"], m["noun"][:-1]))]
    return Actor(found[-1]["who"], "group", plural=True, start=start) if found else None


def _with_owner(cast: Cast, name: str, owner: Actor) -> str:
    """A description with the name of whom it goes back to: "member of the US team" for "member of its team"."""
    adjective = cast.atlas.demonym_of(owner.name) if owner.kind == "state" else None
    whose = f"the {adjective}" if adjective else f"{owner.name}'s"
    return _THEIRS.sub(lambda m: m.group().replace(m["whose"], owner.name if m["whose"] == "hers" else whose), name)

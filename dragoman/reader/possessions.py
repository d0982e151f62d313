"""Tells who is meant by somebody's somebody: "his office", "the council's lawyers", "two of its officials".

In: the speakers of a text and the words of a source. Out: an Actor, or None where the words have no owner.
"""

from __future__ import annotations

import re
from typing import Protocol

from dragoman.reader.names import Actor, Cast
from dragoman.reader.noun_phrases import bare, core_of
from dragoman.reader.vocabulary import words


class Speakers(Protocol):
    """Whoever can tell whom words mean: the speakers of a text."""

    cast: Cast

    def sourced(self, start: int, end: int) -> Actor: ...

    def owner(self, word: str, start: int, role: str) -> Actor | None: ...

    def by_head(self, bare: str, start: int) -> Actor | None: ...

    def role_holder(self, phrase: str, start: int, party: str | None) -> Actor | None: ...


_POSSESSIVE = re.compile(r"^(his|her|its|their|our|my)\s+", re.I)
_SOME_OF = re.compile(
    r"(?P<many>one|two|three|four|five|six|some|several|many|most|all|another|others?|a few|half|dozens|"
    r"members?)\s+of\s+(?=(?:its|their|his|her|our)\s|[A-Z][\w.’'-]*['’]s?\s|the\s+[\w-]+['’]s?\s)",
    re.I,
)


def some_of(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "Two of its officials", "one of Verhoek's advisers": some of the people that somebody has."""
    match = _SOME_OF.match(source)
    if match is None:
        return None
    low = speakers.cast.text.index(source, start) + match.end()
    rest = core_of(speakers.cast.text[low:end])
    actor = possessed(speakers, low, low + len(rest), rest) or owned(speakers, low, low + len(rest), rest)
    if actor is None:
        owner = re.match(r"(?:the\s+)?(.+?)['’]s?\s+(.+)$", rest)
        known = speakers.cast.known(owner.group(1)) if owner else None
        if owner is None:
            return None
        name = f"{owner.group(2)} of {known.name if known else owner.group(1)}"
        actor = Actor(name, "group", party=known.party if known else None, start=start)
    one = match.group("many").lower() in ("one", "another", "other", "member")
    name = re.sub(r"(?<=[a-z])s\b", "", actor.name, count=1) if one else actor.name
    return Actor(name, "group", party=actor.party, anonymous=True, plural=not one, start=start, owner=actor.owner)


def possessed(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "His office", "its spokesman", "their union": somebody by somebody."""
    match = _POSSESSIVE.match(source)
    if not match:
        return None
    owner = speakers.owner(match.group(1).lower(), start, source)
    if owner is None:
        return None
    noun = core_of(source)[match.end() :]
    head = noun.split()[-1].lower() if noun else ""
    if head in words("issued_nouns"):
        return owner
    if (
        head
        in (
            "party",
            "movement",
            "country",
            "government",
            "delegation",
            "union",
            "group",
            "side",
            "camp",
            "organisation",
            "committee",
            "ministry",
            "army",
            "association",
            "company",
            "council",
            "coalition",
        )
        and owner.kind == "person"
        and owner.party
    ):
        return speakers.cast.known(owner.party) or speakers.cast.add(
            Actor(owner.party, "organisation", party=owner.party, start=start)
        )
    if head in words("organisation_nouns") and head not in ("office",):
        actor = speakers.by_head(noun, start)
        if actor is not None:
            return actor
        if owner.kind == "state":
            adjective = speakers.cast.atlas.demonym_of(owner.name) or owner.name
            return speakers.cast.add(Actor(f"{adjective} {noun}", "organisation", party=owner.party, start=start))
    role = speakers.role_holder(noun, start, owner.party)
    if role is not None and head in words("role_nouns"):
        return role
    anonymous = (
        head in words("anonymous_nouns") and "spokes" not in head and head not in words("role_nouns")
    ) or head.endswith("s")
    if owner.kind == "state" and head in (
        "television",
        "radio",
        "ministry",
        "delegation",
        "government",
        "parliament",
    ):
        return Actor(
            f"{speakers.cast.atlas.demonym_of(owner.name) or owner.name} {noun}",
            "organisation",
            party=owner.party,
            start=start,
        )
    return Actor(
        f"{noun} of {with_article(speakers.cast, owner.name)}",
        "group",
        party=owner.party if not anonymous or head in ("officials", "aides") else None,
        anonymous=anonymous,
        plural=head.endswith("s"),
        start=start,
        owner=owner,
    )


def owned(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """ "Teyrouz's office", "the council's press office", "Gasvelt's website": what belongs to somebody named."""
    match = re.match(
        r"((?:the\s+)?(?:[\w.’'-]+\s+){0,4}?[\w.-]+?)['’]s?\s+((?:[\w-]+\s+){0,2}(?:office|website|camp|"
        r"team|press office|press release|statement|entourage|people|lawyers?|"
        r"spokes\w+|aides?|advisers?|ministry|delegation|headquarters|secretariat))$",
        core_of(source),
        re.I,
    )
    if not match:
        return None
    owner = speakers.sourced(start, start + len(match.group(1)))
    noun = match.group(2)
    if owner.kind == "group" and owner.party is None:
        return None
    head = noun.split()[-1].lower()
    if head in ("website", "release", "statement", "headquarters"):
        return owner
    if match.group(1).removeprefix("the ").removeprefix("The ")[:1].islower() and owner.kind in (
        "group",
        "organisation",
    ):
        name = bare(core_of(source))
        return Actor(name, "organisation", party=owner.party or name, start=start, plural=head.endswith("s"))
    if owner.name in words("role_nouns") and owner.kind == "person":
        name = bare(core_of(source))
        return Actor(name, "organisation", party=owner.party or name, start=start)
    name = (
        f"{owner.name} {noun}"
        if owner.kind == "state" or (head in ("ministry", "delegation") and owner.kind == "organisation")
        else f"{noun} of {owner.name}"
    )
    return Actor(
        name,
        "group",
        party=owner.party,
        anonymous=head in ("aide", "aides", "adviser", "advisers", "people", "lawyer", "lawyers"),
        plural=head.endswith("s"),
        start=start,
        owner=owner,
    )


def with_article(cast: Cast, name: str) -> str:
    """A body's name as it stands after "of": "the European Commission", but "Brannia" and "Nadia Teyrouz"."""
    known = cast.known(name)
    body = known is not None and known.kind == "organisation" and len(name.split()) > 1
    return f"the {name}" if body and name[:1].isupper() and not name.lower().startswith("the ") else name

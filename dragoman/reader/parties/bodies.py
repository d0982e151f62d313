"""Tells which body a source means: an outlet by its name, a government, a union called by its noun.

In: the speakers of a text and the words of a source. Out: an Actor, or None where the words mean no body.
"""

from __future__ import annotations

import re
from typing import Protocol

from dragoman.folding import fold, last_word, without_genitive
from dragoman.reader.names.name_shapes import ORGANISATION, heads_of, pieces, trimmed
from dragoman.reader.names.named_bodies import voice_of
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.noun_phrases import bare as bare_of
from dragoman.reader.names.noun_phrases import core_of, makes_another
from dragoman.reader.parties.affiliation import party_elsewhere
from dragoman.reader.parties.around import Speakers as Owners
from dragoman.reader.parties.descriptions import party_of_description
from dragoman.reader.parties.told_around import land_of, only_government, state_around
from dragoman.reader.vocabulary import key_of, words


class Speakers(Owners, Protocol):
    """Whoever can tell whom words mean: the speakers of a text."""

    cast: Cast


_EDITORIAL = re.compile(
    r"['’]s?\s(?:(?:own|main|lead|first)\s)?(?:leader|leaders|editorial|editorials|leading article|editorialist)$"
)
_OWNS = re.compile(r"['’]s?(?:\s|$)")
_FIRST = re.compile(r"(?P<word>[a-z]+) (?P<doing>[a-z]+ing\b)?")
_RELATED = re.compile(r"\b(?:of|to|by|in|for|with|at|on)\s*(?:the)?$", re.IGNORECASE)
_STILL_IT = re.compile(
    r"\s*(?:(?:news )?(?:daily|weekly|newspaper|agency|website|site|radio|blog|portal|channel|network)|itself|,|\()"
)


def outlet(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    """The outlet that a source names; None where it names something else by it: its editor, a person, a building."""
    cast, core = speakers.cast, core_of(source)
    for low, high, name in cast.outlets.in_stretch(start, start + len(core) + 3):
        if any(a.kind == "person" and s < low < e for s, e, a in cast.between(start, low)):
            continue  # Catriona Bell is not The Bell
        shown = cast.text[low:high].removeprefix("The ")
        own = cast.known(shown) if shown.isupper() else None
        if own is not None and own.kind == "organisation":
            continue  # the initials of a body that the text names in full
        before, after = cast.text[start:low].strip(' “"‘'), cast.text[high : start + len(core)]
        if _is_of_it(before, after) or _is_more(after) or _is_another(before):
            continue
        return cast.publisher(name, low) if cast.outlets.is_own(name) else _named(cast, name, low)
    capitals = cast.outlets.find(core.title()) if core.isupper() and len(core) > 3 else None
    return _named(cast, capitals, start) if capitals is not None else None


def _is_of_it(before: str, after: str) -> bool:
    """Whether a source has only to do with an outlet: "the Tribune's editor", "the editor of the Tribune"."""
    owned = _OWNS.match(after) is not None and _EDITORIAL.match(after) is None
    return owned or _RELATED.search(before) is not None


def _is_more(after: str) -> bool:
    """Whether a source goes on from an outlet's name to something else: "the Tribune building"."""
    return bool(after.strip(' ”"’')) and not (_EDITORIAL.match(after) or _STILL_IT.match(after))


def _is_another(before: str) -> bool:
    """Whether a source has come to an end before the outlet is named: "two officials, Reuters"."""
    return bool(before) and not before[-1].isalpha()


def _named(cast: Cast, name: str, start: int) -> Actor:
    known = cast.known(name)
    return known if known is not None and known.kind == "outlet" else cast.add(Actor(name, "outlet", start=start), name)


def body(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    listed = speakers.cast.atlas.gazetteer.organisations.get(key_of(source))  # "No 10", which is no ten of anything
    if listed is not None and source[-1:].isdigit():
        voice = voice_of(speakers.cast, listed, listed.name)
        return speakers.cast.known(listed.name) or speakers.cast.add(
            Actor(listed.name, "organisation", party=voice, start=start), listed.name
        )
    core = core_of(source)
    bare = bare_of(core)
    known = speakers.cast.known(core) or speakers.cast.known(bare)
    if known is not None and known.kind != "person":
        return known
    state = speakers.cast.atlas.lookup(bare)
    if state is not None and (state[1] != "demonym" or core.lower().startswith("the ")):
        return speakers.cast.state(state[0], start)
    government = _government(speakers, start, bare)
    if government is not None:
        return government
    for match in ORGANISATION.finditer(bare):
        phrase, _ = trimmed(match.group(), 0)
        for _, piece in pieces(phrase, 0):
            actor = speakers.cast.known(piece)
            rest = bare.replace(piece, "").strip()
            if (
                actor is not None
                and actor.kind == "organisation"
                and len(rest.split()) <= 3
                and not re.match(r"['’]s", rest)
                and (not makes_another(rest) or fold(last_word(rest)) in actor.roles)  # "the regional bloc IGAD"
            ):
                return actor
    if core.lower().startswith(("the ", "this ", "that ")):
        actor = speakers.by_head(bare, start)
        if actor is not None:
            return actor
    if fold(last_word(bare)) in words("of_no_land"):
        return None  # "one exhausted European"
    first = _FIRST.match(bare)
    if first and (
        first["word"] in words("prepositions") or (first["doing"] and first["word"] in words("anonymous_nouns"))
    ):
        return None  # "some in parliament", "person advising the company"
    if bare[:1].isupper() or fold(last_word(bare)) in words("organisation_nouns") or core.lower().startswith("the "):
        party = party_of_description(speakers.cast, bare, start, end, body=True)
        return speakers.cast.add(
            Actor(
                bare,
                "organisation",
                party=party or bare,
                start=start,
                roles=heads_of(bare),
                plural=bare.endswith("s"),
            ),
            bare,
        )
    return None


def _party_of_head(speakers: Speakers, head: Actor) -> str | None:
    """For whom somebody speaks by whose name a government goes; None while that is being looked for."""
    asked = speakers.cast.looked_for
    if head in asked:
        return None
    asked.append(head)
    try:
        return party_elsewhere(speakers.cast, speakers, head, -1)
    finally:
        asked.remove(head)


def _government(speakers: Speakers, start: int, bare: str) -> Actor | None:
    words_ = bare.split()
    if words_ and words_[-1].lower() in (
        "government",
        "regime",
        "administration",
        "cabinet",
        "authorities",
        "side",
        "delegation",
    ):
        if len(words_) == 1:
            if words_[0].lower() in ("side", "delegation"):
                return None
            state = only_government(speakers.cast) or land_of(speakers.cast, state_around(speakers.cast, start))
            return speakers.cast.state(state, start) if state else None
        found = speakers.cast.atlas.lookup(without_genitive(" ".join(words_[:-1])))
        if found is not None:
            return speakers.cast.state(found[0], start)
        whose = words_[1:-1] if words_[0].lower() in words("titles", "role_nouns") else words_[:-1]
        head = speakers.cast.known(without_genitive(" ".join(whose)))
        if head is not None and head.kind == "person":  # "the Vekk administration", where Vekk is president
            party = head.party or _party_of_head(speakers, head)
            named = speakers.cast.atlas.lookup(party) if party else None
            land = named[0] if named is not None else only_government(speakers.cast)
            return speakers.cast.state(land, start) if land else None
    match = re.match(r"(?:government|cabinet|regime) (?:of|in) (?:the )?(.*)$", bare, re.I)
    if match:
        found = speakers.cast.atlas.lookup(match.group(1))
        return speakers.cast.state(found[0], start) if found else None
    return None

"""Tells which body a source means: an outlet by its name, a government, a union called by its noun.

In: the speakers of a text and the words of a source. Out: an Actor, or None where the words mean no body.
"""

from __future__ import annotations

import re
from typing import Protocol

from dragoman.folding import fold, without_genitive
from dragoman.reader.names.name_shapes import ORGANISATION, heads_of, pieces, trimmed
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.noun_phrases import bare as bare_of
from dragoman.reader.names.noun_phrases import core_of, makes_another
from dragoman.reader.parties.descriptions import party_of_description
from dragoman.reader.parties.told_around import state_around
from dragoman.reader.vocabulary import words


class Speakers(Protocol):
    """Whoever can tell whom words mean: the speakers of a text."""

    cast: Cast

    def by_head(self, bare: str, start: int) -> Actor | None: ...


_EDITORIAL = re.compile(
    r"['’]s?\s(?:(?:own|main|lead|first)\s)?(?:leader|leaders|editorial|editorials|leading article|editorialist)$"
)


def outlet(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    core = core_of(source)
    found = list(speakers.cast.outlets.in_stretch(start, start + len(core) + 3))
    for low, high, name in found:
        if any(a.kind == "person" and s < low < e for s, e, a in speakers.cast.between(start, low)):
            continue  # Catriona Bell is not The Bell
        before = speakers.cast.text[start:low].strip(' “"‘')
        after = speakers.cast.text[high : start + len(core)]
        if (re.match(r"['’]s?\s", after + " ") and not _EDITORIAL.match(after)) or re.search(
            r"\b(?:of|to|by|in|for|with|at|on)\s*(?:the)?$", before, re.I
        ):
            continue
        if (
            after.strip(' ”"’')
            and not _EDITORIAL.match(after)
            and not re.match(
                r"\s*(?:daily|weekly|newspaper|agency|news agency|website|radio|blog|portal|itself|,|\()", after
            )
        ):
            continue
        if (
            before
            and words("outlet_nouns").isdisjoint(before.lower().split()[-1:])
            and before.lower() not in ("the", "a", "an", "that", "this")
            and not before[-1:].isalpha()
        ):
            continue
        if speakers.cast.outlets.is_own(name):
            return speakers.cast.publisher(name, low)
        return (
            speakers.cast.known(name)
            if _is_outlet(speakers, name)
            else speakers.cast.add(Actor(name, "outlet", start=low), name)
        )
    if core.isupper() and len(core) > 3:
        name = speakers.cast.outlets.find(core.title())  # type: ignore[assignment]
        if name is not None:
            return (
                speakers.cast.known(name)
                if _is_outlet(speakers, name)
                else speakers.cast.add(Actor(name, "outlet", start=start), name)
            )
    return None


def _is_outlet(speakers: Speakers, name: str) -> bool:
    known = speakers.cast.known(name)
    return known is not None and known.kind == "outlet"


def body(speakers: Speakers, start: int, end: int, source: str) -> Actor | None:
    core = core_of(source)
    bare = bare_of(core)
    known = speakers.cast.known(core) or speakers.cast.known(bare)
    if known is not None and known.kind != "person":
        return known
    state = speakers.cast.atlas.lookup(bare)
    if state is not None and (state[1] != "demonym" or core.lower().startswith("the ")):
        return speakers.cast.state(state[0], start)
    government = _government(speakers, start, bare, core)
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
                and not makes_another(rest)
            ):
                return actor
    if core.lower().startswith(("the ", "this ", "that ")):
        actor = speakers.by_head(bare, start)
        if actor is not None:
            return actor
    if (
        bare[:1].isupper()
        or (bare.split()[-1:] and fold(bare.split()[-1]) in words("organisation_nouns"))
        or core.lower().startswith("the ")
    ):
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


def _government(speakers: Speakers, start: int, bare: str, core: str) -> Actor | None:
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
            state = state_around(speakers.cast, start)
            return speakers.cast.state(state, start) if state else None
        found = speakers.cast.atlas.lookup(without_genitive(" ".join(words_[:-1])))
        if found is not None:
            return speakers.cast.state(found[0], start)
    match = re.match(r"(?:government|cabinet|regime) (?:of|in) (?:the )?(.*)$", bare, re.I)
    if match:
        found = speakers.cast.atlas.lookup(match.group(1))
        return speakers.cast.state(found[0], start) if found else None
    return None

"""Tells which body "the union" or "the party" is where the text calls none so: the one guild, the party just named.

In: the cast of a text and where the words stand. Out: an Actor, or None where more than one could be meant.
"""

from __future__ import annotations

from dragoman.folding import fold
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.vocabulary import kinds_of_body, words

_SHORT = 8  # letters of initials


def of_kind(cast: Cast, noun: str, start: int) -> Actor | None:
    """The body that the text means by "the `noun`" at `start`."""
    if noun == "union":
        return _the_union(cast)
    return _party_before(cast, start) if noun == "party" else None


def _the_union(cast: Cast) -> Actor | None:
    """The one body of the text that is a union by its kind: a guild, an association of those who work."""
    found = {
        actor.name: actor
        for actor in cast.actors
        if actor.kind == "organisation"
        and (actor.roles & words("unions") or "union" in kinds_of_body().get(fold(actor.name.split()[-1]), ()))
        # an association of owners is the other side of a union
        and words("employers").isdisjoint(fold(word).strip("'’") for word in actor.name.replace("’", "'").split())
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _party_before(cast: Cast, start: int) -> Actor | None:
    """The body of unknown kind, called by its initials, that alone is named before `start` in the same sentence."""
    segments = cast.draft.segments
    since = segments.sentences[segments.sentence_at(start)].start
    named = {actor.name: actor for low, _, actor in cast.between(since, start) if actor.kind == "organisation"}
    actor = next(iter(named.values())) if len(named) == 1 else None
    fits = actor is not None and actor.name.isupper() and len(actor.name) <= _SHORT
    return actor if fits and actor is not None and actor.roles.isdisjoint(words("organisation_nouns")) else None

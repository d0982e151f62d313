"""Builds the cast of a text: who and what it names, by which short forms, and where.

In: a draft. Out: its Cast, before the sources of what is said are resolved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.folding import fold
from dragoman.reader.draft import Draft
from dragoman.reader.names.joint_names import Run
from dragoman.reader.names.name_runs import name_runs
from dragoman.reader.names.name_shapes import pieces
from dragoman.reader.names.named_bodies import learn_nouns_after, meet_bodies, meet_found_bodies
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.outlets import OutletFinder
from dragoman.reader.names.people import meet_people, meet_surnames
from dragoman.reader.names.states import Atlas
from dragoman.reader.segment import standing
from dragoman.reader.vocabulary import key_of, words


def cast_of(draft: Draft) -> Cast:
    """The cast of a draft."""
    atlas = Atlas.of(draft.document.text, draft.lexicon)
    outlets = OutletFinder.of(draft, atlas)
    atlas.places = [p for p in atlas.places if not outlets.is_of_a_station(p.start, p.end)]
    cast = Cast(draft, atlas, outlets)
    runs = tuple(name_runs(cast))
    meet_bodies(cast, runs)
    meet_people(cast)
    _learn_by_names(cast)
    meet_found_bodies(cast)
    learn_nouns_after(cast)
    _learn_short_forms(cast)
    meet_surnames(cast)
    cast.mentions = sorted(_mentions(cast, runs), key=lambda m: m[0])
    cast.starts = [m[0] for m in cast.mentions]
    return cast


def _learn_short_forms(cast: Cast) -> None:
    """Short forms that mean one actor only: last and first names of people, first words of bodies."""
    owners: dict[str, list[Actor]] = {}
    for actor in cast.actors:
        if actor.kind == "person":
            parts = _GENERATION.sub("", key_of(actor.name)).split()
            for n in range(1, len(parts)):
                owners.setdefault(" ".join(parts[n:]), []).append(actor)
            if len(parts) > 1:
                owners.setdefault(parts[0], []).append(actor)
            for part in filter(_may_stand_alone, parts[1:-1]):  # "Guilva" of "Rui Guilva Serrano"
                owners.setdefault(part, []).append(actor)
    for actor in cast.actors:
        if actor.kind == "organisation" and len(actor.name.split()) > 1:
            head = actor.name.split()[0]
            if (
                head[:1].isupper()
                and fold(head) not in words("organisation_nouns")
                and not cast.atlas.lookup(head)
                and (head.lower() not in words("determiners", "titles", "role_nouns", "of_no_land"))
                and _is_only_its(cast.text, head, actor.name)
            ):
                owners.setdefault(key_of(head), []).append(actor)
    for key, people in owners.items():
        if len(set(people)) == 1 and key_of(key) == key:  # "A Vekk" is no name of its own where two are called Vekk
            cast.call(people[0], key)


def _learn_by_names(cast: Cast) -> None:
    """What people are called beside their names: "Omar Vekk, better known as Abu Tarn"."""
    for told in _KNOWN_AS.finditer(cast.text):
        bearer = cast.known(told["name"])
        if bearer is not None and bearer.kind == "person":
            cast.call(bearer, told["called"])


def _may_stand_alone(part: str) -> bool:
    """Whether a name between first and last may be what somebody goes by: no small word, no initial."""
    small = words("name_particles", "surname_particles", "titles", "role_nouns", "organisation_nouns")
    return len(part) > 3 and part not in small


_CALLED = r"[A-ZÀ-Þ][\w’'-]*(?: (?:(?:al-|el-)?[A-ZÀ-Þ][\w’'-]*|al|bin|abu|de))*"
_KNOWN_AS = re.compile(
    rf"(?P<name>{_CALLED})(?:,? \(?|, who is )(?:(?:also|commonly|better|widely|popularly) )*"
    rf"(?:known (?:as|by)|nicknamed|a\.?k\.?a\.?|alias|(?:whose )?nom de guerre(?: is)?)"
    rf"(?: the nickname)? [“\"‘']?(?P<called>{_CALLED})"
)
_GENERATION = re.compile(r" (?:jr|sr|ii|iii|iv)\.?$")  # "Tui Vekk III" is called Vekk
_GOES_ON = re.compile(r"[ \u00a0-][A-Z]")
_NAME_BEFORE = re.compile(r"[A-Z][\w’'.-]*[ \u00a0]$")


def _is_only_its(text: str, word: str, name: str) -> bool:
    """Whether a word can be short for a body: it stands by itself somewhere, or begins no name but the body's own."""
    places = [
        (start, end) for start, end in standing(text, word) if not text.startswith(name, start)
    ]  # "World" of "UN World Food Programme" is not short for the World Health Organization
    return not places or any(
        _GOES_ON.match(text, end) is None and _NAME_BEFORE.search(text, max(0, start - 24), start) is None
        for start, end in places
    )


_NOUN_AFTER = re.compile(r" (?:peace |climate |nuclear |ceasefire |truce )?([a-z]+)\b")


def _is_settlements(text: str, end: int) -> bool:
    """Whether the name that ends here is that of an agreement: the Paris accord is no act of France's."""
    after = _NOUN_AFTER.match(text, end)
    return after is not None and fold(after.group(1)).removesuffix("s") in words("settlements")


def _mentions(cast: Cast, runs: Iterable[Run]) -> Iterable[tuple[int, int, Actor]]:
    """Where the text names its states, bodies, outlets and people, by any of their spellings."""
    for place in cast.atlas.places:
        if place.how != "demonym" and not (place.how == "capital" and _is_settlements(cast.text, place.end)):
            yield place.start, place.end, cast.state(place.state, place.start)
    whole = 0  # where the last name ends that goes on over small words: "Yunus al-Harithi"
    for phrase, start in runs:
        taken = start
        for low, piece in pieces(phrase, start):
            actor = cast.known(piece)
            if actor is not None and low >= max(taken, whole) and actor.kind != "state":
                taken = low + len(piece)
                if actor.kind == "person" and cast.text.startswith(actor.name, low):
                    taken = whole = max(taken, low + len(actor.name))
                yield low, taken, actor

"""Finds whose an office is that names neither its state nor its body: that of the story around it.

In: what stands around a name, and the cast. Out: Told, by which rule and whom its bearer speaks for, or None.
"""

from __future__ import annotations

import re

from dragoman.folding import fold
from dragoman.reader.names.names import Cast
from dragoman.reader.parties.around import Around, Speakers, Told
from dragoman.reader.parties.home import home, homeland, is_town
from dragoman.reader.parties.office_kinds import CORPORATE, HEAD, LOCAL, MINISTERIAL, OF_TALKS, PRIVATE, STAFF
from dragoman.reader.parties.role_words import the_government
from dragoman.reader.parties.told_around import (
    is_obliged,
    land_of,
    land_where,
    like_a_land,
    only_land,
    organ_before,
    other_state,
    state_near,
    watching_body,
)
from dragoman.reader.vocabulary import key_of, words

_SHORT = re.compile(r"\W*(?:[Tt]he )?([A-Z]{2,6}) ")
_ENVOY = re.compile(r"\b(?:envoy|mediator|special representative|facilitator|head of mission|mission chief)\W*$", re.I)
_THEIR_COUNTERPART = re.compile(r"[^.;\n]*?\b(?:his|her|their) ([A-ZÀ-Þ][\w’'-]*(?: [\w’'-]+)?) counterpart")
_CO_CHAIR = re.compile(r"\b[Cc]o-[Cc]hair")
_CHAIR = re.compile(r"\b[Cc]hair(?:man|woman)?\b")
_CHAIR_OF_TALKS = re.compile(r"\b(?:conference|summit|session|talks) chair(?:man|woman)?\b")
_LONG = 120  # letters behind a name in which what is told of it stands


def bare_office(a: Around) -> Told | None:
    """6. an office without its state or body: that of the story around it."""
    if OF_TALKS.search(a.words) or a.former or _CO_CHAIR.search(a.words):
        return None  # who chairs together with others speaks for none of them
    if _CHAIR.search(a.words) and _CHAIR_OF_TALKS.search(a.cast.text):
        return None  # "the chair" where the text has told of the conference chair
    if _ENVOY.search(a.left) and (body := watching_body(a.cast)) is not None:
        return Told("office alone", body)
    if CORPORATE.search(a.words) and not LOCAL.search(a.words):
        if (short := _SHORT.match(a.left)) is not None:
            meant = [c.name for c in a.cast.actors if c.kind == "organisation" and _letters(c.name) == short.group(1)]
            return Told("body beside", meant[0]) if len(meant) == 1 else None  # "MB Finance Director Martin Daal"
        owner = a.speakers.antecedent(a.start, lambda other: other.kind == "organisation")
        if owner is not None:
            return Told("office alone", owner.party)
    if MINISTERIAL.search(a.words) and not PRIVATE.search(a.left):
        return _minister(a)
    if LOCAL.search(a.words):
        return Told("state and office", home(a.cast))
    if STAFF.search(a.left):
        owner = a.speakers.antecedent(a.start, lambda other: other.kind in ("organisation", "state"))
        if owner is not None:
            return Told("office alone", owner.party)
    return None


def _minister(a: Around) -> Told:
    """Whose minister it is where no state is named: the state the clause is about, the text's own, the story's."""
    if (whose := organ_before(a.cast, a.left, a.start) or land_where(a.cast, a.start)) is not None:
        return Told("state and office", whose)
    about = _state_about(a.cast, a.speakers, a.start)
    if about is not None and is_obliged(a.cast, about, a.start):
        about = other_state(a.cast, about)
    if about is None and (own := homeland(a.cast)) is not None:
        return Told("office at home", own)
    state = about or state_near(a.cast, a.start) or the_government(a.cast.text) or a.cast.atlas.main()
    state = land_of(a.cast, state)
    if state == (theirs := _of_counterpart(a.cast, a.high)) and theirs is not None:
        state = other_state(a.cast, theirs)
        return Told("office about" if state else "office alone", state)
    if state:
        known = key_of(state) not in a.cast.atlas.invented
        at_home = known and only_land(a.cast) == state and HEAD.search(a.left)
        return Told("office about" if about else "office at home" if at_home else "office alone", state)
    place = home(a.cast)
    return Told("state and office", None if place is None or is_town(a.cast, place) else place)


def _of_counterpart(cast: Cast, end: int) -> str | None:
    """Whose the counterpart is that a minister named before `end` has met or told: "told her Kestrian counterpart"."""
    counterpart = _THEIR_COUNTERPART.match(cast.text, end, end + _LONG)
    states = cast.atlas.within(counterpart.start(1), counterpart.end(1)) if counterpart else []
    return states[0].state if states else None


def _state_about(cast: Cast, speakers: Speakers, start: int) -> str | None:
    """The state, or the name that may be one, that the clause before an office is about: "Kestria, its rival, …"."""
    about = speakers.about(start)
    if about is None or about.kind in ("person", "outlet"):
        return None
    own_state = about.kind == "organisation" and about.party is not None and cast.atlas.lookup(about.party) is not None
    if about.kind == "state" or own_state:
        return about.party
    plain = about.name[:1].isupper() and len(about.name.split()) < 3
    plain = plain and fold(about.name.split()[-1]) not in words("organisation_nouns")
    return about.name if plain and like_a_land(cast, about.name) else None


def _letters(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper())

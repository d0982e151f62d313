"""Holds the cast of a text: its actors (people, bodies, states, outlets), each with a canonical name.

In: actors, as they are found, and their spellings. Out: the actor that some words mean, and who is named where.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from dragoman.folding import fold
from dragoman.reader.draft import Draft
from dragoman.reader.names.outlet_shapes import is_called_as_outlets_are
from dragoman.reader.names.outlets import OutletFinder
from dragoman.reader.names.states import Atlas
from dragoman.reader.vocabulary import first_names, key_of

_LOCATIVE = re.compile(
    r"\b(?:in|at|near|from|outside|into|around|through|off|inside|across|towards?|via)\s+(?:the\s+)?$"
)
_HEADS = re.compile(r"(?:^|[.!?:“”\"‘’«»\n] ?)$")  # where any word has a capital
_NAME_END = re.compile(r"(?:['’]s?)?[.,]?$")


@dataclass(eq=False)
class Actor:
    """Somebody or something that can speak."""

    name: str
    kind: str  # person | organisation | state | outlet | group
    party: str | None = None
    gender: str = ""  # m | f | "" when unknown
    sure: bool = False  # whether a title, a noun or a pronoun tells the gender, not only the first name
    plural: bool = False
    anonymous: bool = False
    roles: set[str] = field(default_factory=set)
    called: frozenset[str] = frozenset()  # the words of what news calls a listed body: "the militant group"
    start: int = 0
    doubtful: bool = False  # whether only the finder takes it for a body
    owner: Actor | None = None  # whose office, aide or party this is
    why: str = ""  # the rule by which the party was found
    apart: bool = False  # of rebels or an opposition, which no government is the party of

    def __hash__(self) -> int:
        return id(self)


@dataclass
class Cast:
    """The actors of one text."""

    draft: Draft
    atlas: Atlas
    outlets: OutletFinder
    actors: list[Actor] = field(default_factory=list)
    mentions: list[tuple[int, int, Actor]] = field(default_factory=list)  # in text order
    starts: list[int] = field(default_factory=list)
    _by_name: dict[str, Actor] = field(default_factory=dict)
    _where: dict[str, bool] = field(default_factory=dict)  # names that stand only where a place would
    described: bool = False  # whether its people have the roles that the words around their names give
    unsure: dict[str, float] = field(default_factory=dict)  # how likely a speaker's party is, where it may be another
    looked_for: list[Actor] = field(default_factory=list)  # people whose party is being looked for

    @cached_property
    def text(self) -> str:
        """The text that the actors are named in."""
        return self.draft.document.text

    def known(self, phrase: str) -> Actor | None:
        """The actor that `phrase` is a name or short form of."""
        return self._by_name.get(key_of(phrase))

    def between(self, start: int, end: int) -> list[tuple[int, int, Actor]]:
        """The mentions that begin in text[start:end], in order."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def before(self, end: int, most: int = 400) -> list[tuple[int, int, Actor]]:
        """The last mentions that begin before `end`, in order: as far back as a reader remembers."""
        high = bisect_left(self.starts, end)
        return self.mentions[max(0, high - most) : high]

    def state(self, name: str, start: int = 0) -> Actor:
        """The actor of a state."""
        actor = self._by_name.get(key_of(name))
        if actor is None or actor.kind != "state":
            actor = self.add(Actor(name, "state", party=name, start=start), name)
        return actor

    def add(self, actor: Actor, *spellings: str) -> Actor:
        """Take in an actor under its spellings; an earlier owner of a spelling keeps it."""
        self.actors.append(actor)
        self.call(actor, actor.name, *spellings)
        return actor

    def call(self, actor: Actor, *spellings: str) -> None:
        """Have an actor known under further spellings; an earlier owner of a spelling keeps it."""
        for spelling in spellings:
            self._by_name.setdefault(key_of(spelling), actor)

    def publisher(self, name: str, start: int) -> Actor:
        """The outlet that publishes the document; a body that publishes its own statement speaks for itself."""
        known = self.known(name)
        if known is not None:
            return known
        outlet = self.draft.lexicon.outlet(name) is not None or is_called_as_outlets_are(name)
        actor = Actor(name, "outlet", start=start) if outlet else Actor(name, "organisation", party=name, start=start)
        return self.add(actor, name)

    def is_only_where(self, name: str) -> bool:
        """Whether a name stands only at the head of sentences and in words such as "in Vessby": a place, or no name."""
        if name not in self._where:
            self._where[name] = all(_HEADS.search(lead) or _LOCATIVE.search(lead) for lead in self._leads(name))
        return self._where[name]

    def _leads(self, name: str) -> Iterable[str]:
        """The words right before each place where a name stands whole."""
        at = self.text.find(name)
        while at >= 0:
            end = at + len(name)
            if not (self.text[at - 1 : at].isalnum() or self.text[end : end + 1].isalnum()):
                yield self.text[max(0, at - 24) : at]
            at = self.text.find(name, end)

    @cached_property
    def people_seen(self) -> frozenset[int]:
        """Where the names end that the finder takes for people's."""
        return self._ends_of("person")

    @cached_property
    def bodies_seen(self) -> frozenset[int]:
        """Where the names end that the finder takes for bodies' or places'."""
        return self._ends_of("organisation", "place", "state")

    def _ends_of(self, *kinds: str) -> frozenset[int]:
        text = self.text
        return frozenset(
            m.span.end - len(_NAME_END.search(text[m.span.start : m.span.end]).group())  # type: ignore[union-attr]
            for m in self.draft.mentions
            if m.kind in kinds
        )

    def person(self, start: int, end: int) -> Actor:
        """The person that text[start:end] names in full, taken in when new."""
        name = self.text[start:end]
        if name.isupper():
            name = " ".join("-".join(p.capitalize() for p in w.split("-")) for w in name.split())
        actor = self._by_name.get(key_of(name))
        if actor is None or actor.kind != "person":
            longer = self._longer(name)
            actor = longer if longer is not None else self.add(Actor(name, "person", start=start), name)
            if longer is None and name.split():
                actor.gender = first_names().get(fold(name.split()[0].strip(".")), "") or next(
                    (first_names()[p] for p in fold(name.split()[0]).split("-") if first_names().get(p)), ""
                )
        return actor

    def _longer(self, name: str) -> Actor | None:
        """The one person whose full name ends in `name`."""
        key = key_of(name).split()
        fitting = [a for a in self.actors if a.kind == "person" and key_of(a.name).split()[-len(key) :] == key]
        return fitting[0] if len(fitting) == 1 else None

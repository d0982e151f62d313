"""What one reading brings to the table: names, issues and the day it became known, before anything is merged.

In: a Reading with its corrections applied. Out: Facts, a digest that never changes and that the builder keeps.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, AnyStr, NamedTuple

from dragoman.errors import FormatError
from dragoman.folding import fold, folded_word, with_plain_letters
from dragoman.reading import Position, Reading, load
from dragoman.table.events import Event, events
from dragoman.table.gist import Gist, gist
from dragoman.table.hearing import Heard
from dragoman.table.values import straight

# How likely a party is that only a relation of a report gives somebody; three in four relations are right.
RELATED = 0.75
# "Free Coast Movement (FCM)": an abbreviation introduced behind what it stands for.
_BRACKET = re.compile(r"[ \t]\(([^\W\d_][\w.&-]{1,9})\)")
_WORDS_BEFORE = 9  # at most
_BEFORE_BRACKET = re.compile(rf"(?:[^\W\d_][\w'’.&-]*[ \t]+){{1,{_WORDS_BEFORE}}}\Z")
_LONGEST_NAME = 300
# "Asheval, the Sulmari capital", "Sulmar's capital, Asheval", "the capital of Sulmar, Asheval".
_NAME = r"[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)?"
_CAPITAL = re.compile(
    rf"\b(?P<city>{_NAME}), (?:the )?(?:capital of (?P<of>{_NAME})|(?P<its>{_NAME}?)(?:['’]s)? capital\b)"
    rf"|\b(?:(?P<whose>{_NAME}?)(?:['’]s)? capital|capital of (?P<home>{_NAME})),? (?P<seat>{_NAME})"
)
_SMALL = {"of", "the", "and", "for", "de", "la", "du", "des", "in", "on", "against", "to"}


class Named(NamedTuple):
    """A speaker and whom the document says they speak for."""

    name: str
    party: str | None


_named_as = straight(Named)


class Short(NamedTuple):
    """An abbreviation and the words that the document gives for it."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Facts:
    """One reading's digest."""

    reading: Reading
    day: str  # the day it became known; "" when neither the document nor a statement says
    parties: tuple[str, ...]  # names in places where parties stand
    people: tuple[Named, ...]
    unsure: tuple[tuple[Named, float], ...]  # those whose party the reader was not sure of, and how likely it is
    shorts: tuple[Short, ...]
    issues: tuple[str, ...]  # in order of the text
    gist: Gist
    capitals: tuple[Short, ...] = ()  # a capital and the state, or its adjective, that the text gives it
    possible: tuple[Position, ...] = ()  # what a speaker stands for if another document says for whom they speak
    # What was looked for in the text, by name, so that it is looked for once: see `seats`.
    passages: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    governs: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    # What a statement says and the stems of its words, by statement, as they are asked for.
    heard: dict[str, Heard] = field(default_factory=dict, compare=False, repr=False)
    stems: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    _named: frozenset[str] | None = field(default=None, init=False, compare=False, repr=False)
    _places: frozenset[str] | None = field(default=None, init=False, compare=False, repr=False)
    _events: tuple[Event, ...] | None = field(default=None, init=False, compare=False, repr=False)

    id: str = field(init=False, compare=False, repr=False)
    key: tuple[str, str] = field(init=False, compare=False, repr=False)  # the order in which documents became known

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", self.reading.document.id)
        object.__setattr__(self, "key", (self.day, self.id))

    @property
    def named(self) -> frozenset[str]:
        """The folded words that the text writes with a capital letter, found when first asked for."""
        found = self._named
        if found is None:
            found = _named(self.reading.document.text)
            object.__setattr__(self, "_named", found)
        return found

    @property
    def places(self) -> frozenset[str]:
        """The folded names of one word that the text uses as places, found when first asked for."""
        found = self._places
        if found is None:
            found = _places(self.reading.document.text)
            object.__setattr__(self, "_places", found)
        return found

    @property
    def events(self) -> tuple[Event, ...]:
        """What the article tells in its own voice, found when first asked for."""
        found = self._events
        if found is None:
            found = events(self.reading)
            object.__setattr__(self, "_events", found)
        return found


def facts(reading: Reading) -> Facts:
    """The digest of one reading."""
    parties: dict[str, None] = {}
    people: dict[Named, None] = {}
    related: dict[Named, None] = {}
    issues: dict[str, None] = {}
    for s in reading.statements:
        speaker = s.speaker
        if speaker.party:
            parties[speaker.party] = None
        if speaker.name and not speaker.anonymous:
            people[_named_as((speaker.name, speaker.party))] = None
        for issue in s.issues:
            issues[issue] = None
    for position in reading.positions:
        issues[position.issue] = None
    for party in (*(p.party for p in reading.positions), *(c.party for c in reading.conditions)):
        if party:
            parties[party] = None
    for deadline in reading.deadlines:
        if deadline.set_by:
            people[_named_as((deadline.set_by, None))] = None
    for agreement in reading.agreements:
        parties.update(dict.fromkeys(agreement.parties))
    for meeting in reading.meetings:
        people.update(dict.fromkeys([_named_as((name, None)) for name in (*meeting.participants, *meeting.chairs)]))
    for relation in reading.relations:
        if relation.kind in ("leads", "represents", "member of"):
            named_so = _named_as((relation.origin, relation.to))
            if named_so not in people:
                people[named_so] = related[named_so] = None
            parties[relation.to] = None
        elif relation.kind in ("supports", "opposes"):
            people[Named(relation.origin, None)] = None
            people[Named(relation.to, None)] = None
    named = tuple(n for n in people if n.name)
    return Facts(
        reading, _day(reading), tuple(filter(None, parties)), named, _unsure(reading, named, related),
        _shorts(reading.document.text), tuple(filter(None, issues)), gist(reading),
        _capitals(reading.document.text), _possible(reading),
    )  # fmt: skip


# "in Dorn", "to Dorn", and "DORN, March 3" at the start of a line.
_PLACE = re.compile(
    r"([^\W\d_a-z](?:(?<=\b[Ii]n .)|(?<=\b[Ff]rom .)|(?<=\b[Aa]t .)|(?<=\bto .)|(?<=\bnear .)|(?<=\boutside .))"
    r"[^\W\d_]{3,})\b"
)
_DATELINE = re.compile(r"([^\W\d_a-z][^\W\d_]{3,})\b,? [^\W\d_]+\.? \d")
# Letter by letter what a text looks like, in which places are looked for: a capital letter, or one that may be one, the
# letters in which the words before a place end, digits, blanks and ends of lines: it is searched sooner than the text.
_SHAPES = bytes(
    ord("o") if chr(n) in "nmtore" else ord("A") if (chr(n).isalpha() and not "a" <= chr(n) <= "z") or chr(n) == "?"
    else ord("0") if chr(n).isdigit() else n if chr(n) in " \n" else ord(".") for n in range(256)
)  # fmt: skip
_CAPITALISED = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}")
_PLAIN_CAPITALISED = re.compile(r"[A-Z](?<=\b.)[A-Za-z]{2,}")


def _places(text: str) -> frozenset[str]:
    shapes = text.encode("latin-1", "replace").translate(_SHAPES)
    found = {m[1] for at in _all_of(b"o A", shapes) if (m := _PLACE.match(text, at + 2))}
    if b"0" in shapes or not text.isascii():
        found.update(m[1] for at in (-1, *_all_of(b"\nA", shapes)) if (m := _DATELINE.match(text, at + 1)))
    return frozenset(map(fold, found))


def _all_of(wanted: AnyStr, shapes: AnyStr) -> list[int]:
    found = []
    at = shapes.find(wanted)
    while at >= 0:
        found.append(at)
        at = shapes.find(wanted, at + 1)
    return found


def _named(text: str) -> frozenset[str]:
    plain = with_plain_letters(text)
    found = _CAPITALISED.findall(text) if plain is None else _PLAIN_CAPITALISED.findall(plain)
    return frozenset(map(folded_word, set(found)))


def _possible(reading: Reading) -> tuple[Position, ...]:
    given = reading.extra.get("possible_positions")
    if not isinstance(given, list):
        return ()
    statements = {s.id for s in reading.statements}
    found = []
    for item in given:
        try:
            position = load(Position, item, "possible position")
        except FormatError:
            continue
        if position.statement in statements and position.issue and position.stance:
            found.append(position)
    return tuple(found)


def _unsure(
    reading: Reading, named: tuple[Named, ...], related: Collection[Named]
) -> tuple[tuple[Named, float], ...]:  # fmt: skip
    """The speakers of whose parties the reader was not sure, and those whom only a relation ties to a party."""
    given = reading.extra.get("unsure_parties")
    known = given.items() if isinstance(given, dict) else ()
    likely = {name: float(p) for name, p in known if isinstance(p, (int, float)) and 0 <= p < 1}
    doubted = ((n, likely.get(n.name, RELATED if n in related else None)) for n in named if n.party)
    return tuple((n, p) for n, p in doubted if p is not None)


def _day(reading: Reading) -> str:
    published = reading.document.published
    if published:
        return published[:10]
    return max((s.said_on[:10] for s in reading.statements if s.said_on), default="")


def _capitals(text: str) -> tuple[Short, ...]:
    if " capital" not in text:
        return ()
    found: dict[Short, None] = {}
    lines = [line for line in text.split("\n") if " capital" in line]
    for match in chain.from_iterable(map(_CAPITAL.finditer, lines)):
        city, state = match["city"] or match["seat"], match["of"] or match["its"] or match["whose"] or match["home"]
        if fold(city) != fold(state):
            found[Short(city, state)] = None
    return tuple(found)


def _shorts(text: str) -> tuple[Short, ...]:
    if "(" not in text:
        return ()
    found: dict[Short, None] = {}
    for match in filter(None, [_BRACKET.match(text, at - 1) for at in _all_of("(", text) if at]):
        short = match[1].strip(".")
        letters = fold(short).replace(".", "").replace("-", "").replace("&", "")
        if not short[0].isupper() or len(letters) < 2:
            continue
        near = text[max(0, match.start() - _LONGEST_NAME) : match.start() + 1]
        apart = near.rsplit(None, _WORDS_BEFORE)
        before = _BEFORE_BRACKET.search(near, len(apart[0]) if len(apart) > _WORDS_BEFORE else 0)
        words = before[0].split() if before else []
        for count in range(1, len(words) + 1):
            tail = words[-count:]
            if not tail[0][0].isupper():
                continue
            initials = fold("".join(w[0] for part in tail for w in part.split("-") if w and w.lower() not in _SMALL))
            every = fold("".join(w[0] for w in tail))
            if letters in (initials, every):
                found[Short(short, " ".join(tail))] = None
                break
    return tuple(found)

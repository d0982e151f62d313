"""Which city stands for which government, learned from how the reports speak of both: "Paris insists", "said in Paris".

In: the digests of all documents and the Names made of them. Out: Seats, the surest first; what is not sure enough to be
taken for one party is proposed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import islice
from typing import NamedTuple, Protocol

from dragoman.folding import fold
from dragoman.lexicon import Lexicon
from dragoman.reading import Statement
from dragoman.table.facts import Facts
from dragoman.table.party_names import adjectives_of, root_of
from dragoman.table.people import key_of
from dragoman.table.words import listed

# A city is taken for a state from two passages that speak of no other on, and at least twice as often as for the next;
# below that it is proposed. Found on the story that ships with the project and on corpus/readings, where every city
# that is taken for a state is its capital.
SURE, AHEAD, PROPOSED = 1.5, 2.0, 0.75
_PASSAGES = 200  # looked at for one city; more only say the same again
_AGAINST = frozenset(("demand", "accusation", "threat", "condition", "proposal"))
_OFFICES = (
    "government|ministry|minister|president|presidency|premier|chancellor|prime minister|parliament|army|navy|envoy|"
    "delegation|ambassador|opposition|interior|defence|defense|foreign"
)
_HEADS = "premier|president|prime minister|chancellor|government|parliament|(?:foreign|interior|defen[cs]e) minister"


class Names(Protocol):
    """What is known of who is who while cities are still parties of their own."""

    @property
    def canonical(self) -> dict[str, str]: ...
    @property
    def spellings(self) -> dict[str, tuple[str, ...]]: ...
    def parties(self, name: str | None, party: str | None = None) -> tuple[str, ...]: ...
    def mentioned(self, text: str) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Seat:
    """A city that stands for the government of a state."""

    city: str
    state: str
    score: float  # from 0 to 1: the share of what speaks for this state rather than for another or none
    passages: int
    sure: bool


class Passage:
    """A paragraph that names a city, and the statements in it: which name it in what is said, and first of all.

    What the paragraph says of the city, whatever names mean, is found out once.
    """

    def __init__(self, city: str, text: str, said: Iterable[tuple[Statement, bool, bool]]) -> None:
        self.city, self.text, self.said = city, text, tuple(said)
        self._beside: dict[str, bool] = {}

    @cached_property
    def spoken_in(self) -> bool:
        """Whether somebody speaks in the city."""
        return _spoken_in(self.city).search(self.text) is not None

    @cached_property
    def seated_in(self) -> bool:
        """Whether a government sits in the city."""
        return _seated_in(self.city).search(self.text) is not None

    @cached_property
    def dated_in(self) -> bool:
        """Whether the report was written in the city."""
        return _dateline(self.city).match(self.text) is not None

    def beside(self, state: str) -> bool:
        """Whether the city and a state stand beside each other as equals."""
        if state not in self._beside:
            self._beside[state] = _side_by_side(self.city, fold(state)).search(fold(self.text)) is not None
        return self._beside[state]


def find_seats(all_facts: Sequence[Facts], names: Names, lexicon: Lexicon, apart: frozenset[str]) -> tuple[Seat, ...]:
    """The cities that speak as parties of their own, with the states whose governments they stand for.

    `apart` are the keys of names that people want to stay on their own.
    """
    may_be = sorted(key for key in names.canonical.keys() - apart if _may_be_city(key, names, lexicon))
    where = _naming(may_be, all_facts)
    cities = [key for key in may_be if any(key in fact.places for fact in where[key])]
    votes = {
        city: _votes(city, where[city], names) for city in cities
        if not any(governs(city, fact) for fact in where[city])
    }  # fmt: skip
    likely = {state for heard in votes.values() for _count, state in heard.likely}
    known_by = _naming(sorted({_last_word(state) for state in likely}), all_facts)
    states: dict[str, bool] = {}

    def is_state(name: str) -> bool:
        if name not in states:
            states[name] = _is_state(name, known_by[_last_word(name)], lexicon)
        return states[name]

    found = (_seat(city, heard, names, is_state) for city, heard in votes.items())
    return tuple(_one_each([seat for seat in found if seat is not None]))


@lru_cache(maxsize=10_000)
def _forms(key: str) -> frozenset[str]:
    """A name and the adjectives that may be made of it."""
    return frozenset((key, *adjectives_of(key)))


def _naming(keys: Sequence[str], all_facts: Iterable[Facts]) -> dict[str, list[Facts]]:
    """For each name the documents that hold it or an adjective of it, so that no text is searched for every name."""
    owners: dict[str, list[str]] = {}
    for key in keys:
        for form in _forms(key):
            owners.setdefault(form, []).append(key)
    where: dict[str, list[Facts]] = {key: [] for key in keys}
    forms = frozenset(owners)
    for fact in all_facts if owners else ():
        for key in {key for form in fact.named & forms for key in owners[form]}:
            where[key].append(fact)
    return where


def _may_be_city(key: str, names: Names, lexicon: Lexicon) -> bool:
    name = names.canonical[key]
    return (
        key.isalpha() and len(key) > 3 and fold(name) == key and name[0].isupper() and lexicon.party(name) is None
        and not names.spellings.get(name)
    )  # fmt: skip


@dataclass(slots=True)
class _Heard:
    """What passages say of a city for each state."""

    votes: Counter[str] = field(default_factory=Counter)
    told: set[str] = field(default_factory=set)  # states whose seat the city is told to be
    beside: set[str] = field(default_factory=set)  # that stand beside the city as equals: "Dorn and Kestria"
    passages: int = 0

    @property
    def likely(self) -> list[tuple[float, str]]:
        """The states for which anything speaks, the likeliest first."""
        return sorted(((v, s) for s, v in self.votes.items() if v > 0), reverse=True)


def _votes(city: str, all_facts: Iterable[Facts], names: Names) -> _Heard:
    found = _Heard()
    known = tuple(all_facts)

    @cache
    def speaks() -> bool:
        return any(key_of(named.name) == city for fact in known for named in fact.people)

    for passage in islice(_passages(city, known), _PASSAGES):
        heard = _hear(city, passage, names, speaks=speaks)
        found.votes.update(heard.votes)
        found.told |= heard.told
        found.beside |= heard.beside
        found.passages += 1
    return found


def _seat(city: str, heard: _Heard, names: Names, is_state: Callable[[str], bool]) -> Seat | None:
    ranked = list(islice((pair for pair in heard.likely if is_state(pair[1])), 2))
    if not ranked or ranked[0][0] < PROPOSED:
        return None
    (best, state), second = ranked[0], ranked[1][0] if len(ranked) > 1 else 0.0
    if best <= second or state in heard.beside or state not in heard.told:
        return None
    sure = best >= SURE and best >= AHEAD * second
    return Seat(names.canonical[city], state, round(best / (best + second + 0.5), 2), heard.passages, sure)


def _hear(city: str, passage: Passage, names: Names, *, speaks: Callable[[], bool]) -> _Heard:
    """What a passage says for each state: a share of one for being named, one for its officials speaking of the city
    as of themselves, one less for their demanding something of it. Reports are written from many towns: the place they
    are dated from counts where the city `speaks` somewhere."""
    votes: Counter[str] = Counter()
    speakers: dict[str, tuple[str, ...]] = {}
    for statement, _, _ in passage.said:
        speakers[statement.id] = names.parties(statement.speaker.name, statement.speaker.party)
    named = dict.fromkeys((*names.mentioned(passage.text), *(p for found in speakers.values() for p in found)))
    named.pop(names.canonical[city], None)
    states = [p for p in named if _may_be_state(p)]
    told: set[str] = set()
    for party in states:
        votes[party] += 1 / len(states)  # type: ignore[assignment]
    for statement, inside, first in passage.said:
        pressing = statement.act in _AGAINST
        for party in (p for p in speakers[statement.id] if p in states):
            if first and not pressing:
                votes[party] += 1
                told.add(party)
            elif inside and pressing:
                votes[party] -= 1
            elif not inside and passage.spoken_in:
                told.add(party)
    if len(states) == 1 and passage.seated_in:
        told.add(states[0])
    if states and passage.dated_in and speaks():
        told.add(states[0])  # the first that is named
    return _Heard(votes, told, set(filter(passage.beside, states)))


@lru_cache(maxsize=1000)
def _spoken_in(city: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:reporters|journalists|parliament|press|said|speaking|spoke|told \w+) in {city}\b", re.I)


@lru_cache(maxsize=1000)
def _seated_in(city: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:government|ministry|presidency|cabinet|parliament|officials) in {city}\b", re.I)


@lru_cache(maxsize=1000)
def _dateline(city: str) -> re.Pattern[str]:
    return re.compile(rf"\W*{city.upper()}\b[^.]{{0,60}}[-–—]")


@lru_cache(maxsize=1000)
def _side_by_side(city: str, state: str) -> re.Pattern[str]:
    one, other = re.escape(city), re.escape(state)
    between = r"(?:,| and| or| nor| with| against| towards?)+ (?:the )?"
    return re.compile(rf"\b(?:{one}{between}{other}|{other}{between}{one})\b")


def _passages(city: str, all_facts: Iterable[Facts]) -> Iterator[Passage]:
    for fact in all_facts:
        known = fact.passages.get(city)
        if known is None:
            known = fact.passages[city] = _passages_of(city, fact)
        yield from known


def _passages_of(city: str, fact: Facts) -> tuple[Passage, ...]:
    text = fact.reading.document.text
    if city not in fold(text):
        return ()
    found = []
    word = re.compile(rf"\b{re.escape(city)}\b", re.I)
    for paragraph in re.finditer(r"[^\n]+", text):
        if not word.search(paragraph[0]):
            continue
        said = []
        for s in fact.reading.statements:
            if paragraph.start() <= s.content.start < paragraph.end():
                content = s.content.text(fact.reading.document)
                at = word.search(content)
                said.append((s, at is not None, at is not None and not content[: at.start()].strip(" \"“‘'")))
        found.append(Passage(city, paragraph[0], said))
    return tuple(found)


class _Government(NamedTuple):
    """Words that only a country has: its adjective, "Kestria's prime minister", "Kestria ..., its premier"."""

    words: re.Pattern[str]
    begin: str  # with which all of them begin, folded

    def is_in(self, text: str) -> bool:
        """Whether such words stand in a text."""
        lowered = text.lower()
        if not self.begin or len(lowered) != len(text) or "ı" in lowered or "ſ" in lowered:  # which are i and s as well
            return self.words.search(text) is not None
        at = lowered.find(self.begin)
        while at >= 0 and not self.words.match(text, at):
            at = lowered.find(self.begin, at + 1)
        return at >= 0


@lru_cache(maxsize=10_000)
def _government(name: str) -> _Government:
    whole, adjectives = re.escape(name), "|".join(map(re.escape, adjectives_of(name)))
    begin = root_of(name)
    words = re.compile(
        rf"\b(?:{adjectives}|{whole}['’]s? (?:\w+ )?(?:{_OFFICES})"
        rf"|{whole}\b[^.!?\n]{{0,80}} its (?:{_HEADS}))\b", re.I,
    )  # fmt: skip
    return _Government(words, begin if name.lower().startswith(begin) and begin.isascii() else "")


def governs(key: str, fact: Facts) -> bool:
    """Whether a document speaks of a name as of a country: by an adjective, or of its offices."""
    known = fact.governs.get(key)
    if known is None:
        text = fact.reading.document.text
        known = fact.governs[key] = _government(key).is_in(text)
    return known


def _may_be_state(name: str) -> bool:
    spoken = name.split()
    if len(spoken) > 3 or name.isupper() or not all(word[0].isupper() for word in spoken):
        return False
    return listed("associations").isdisjoint(map(fold, spoken))


def _is_state(name: str, all_facts: Iterable[Facts], lexicon: Lexicon) -> bool:
    """Whether a name is a state's, by the lexicon or by documents that hold its last word."""
    entry = lexicon.party(name)
    if entry is not None and entry.kind:
        return entry.kind == "state"
    return any(governs(fold(name), fact) for fact in all_facts)


def _last_word(name: str) -> str:
    return fold(name).split()[-1]


def _one_each(seats: list[Seat]) -> Iterator[Seat]:
    """A government sits in one city: the others of a state are only proposed."""
    taken: set[str] = set()
    for seat in sorted(seats, key=lambda s: (-s.sure, -s.score, s.city)):
        sure = seat.sure and seat.state not in taken
        if sure:
            taken.add(seat.state)
        yield seat if sure == seat.sure else Seat(seat.city, seat.state, seat.score, seat.passages, sure)

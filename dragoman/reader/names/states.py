"""Finds the states of a text by name, demonym and capital, also those that only this text knows.

In: a text and a lexicon. Out: an Atlas that says which state a word means, where states are mentioned, and which one
the text is mostly about. "Kestria" becomes a state because the text also has a "Kestrian foreign minister".
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.folding import without_genitive
from dragoman.lexicon import Entry, Lexicon
from dragoman.reader.names.unknown_words import SUFFIX, Capitals, is_demonym
from dragoman.reader.segment import standing
from dragoman.reader.vocabulary import first_names, key_of, words

_CAPITAL = re.compile(r"(?:U\.S\.A?|U\.K\.|[A-ZÀ-ÖØ-ÞČŠŽĆĐİŁ][^\W_]*(?:['’-][^\W\d_]+)*)")
_OF_PEOPLE = re.compile(r"(?:ia|istan|stan|land)$")
_OF = re.compile(
    r"\b(?i:government|republic|kingdom|sultanate|emirate|embassy|"
    r"prime minister|(?:foreign|finance|interior|defen[cs]e|trade|justice|energy) minist(?:ry|er)) of "
    r"((?:[A-Z][^\W\d_]+)(?: [A-Z][^\W\d_]+)?)"
)
_OFFICES = re.compile(
    r"\b([A-Z][^\W\d_]{2,})['’]s (?:[\w-]+ ){0,2}(?:[Gg]overnment|[Pp]arliament|[Mm]inisters?|[Mm]inistry|"
    r"[Aa]mbassador|army|[Ee]mbassy|navy|airspace|"
    r"[Cc]hancellor|borders?|constitution|coast guard|foreign policy|state (?:television|radio|agency)|capital|"
    r"delegation)\b"
)


_OF_CAPITALS = re.compile(r"\b(?:REPUBLIC|KINGDOM|SULTANATE|EMIRATE|GOVERNMENT) OF ([A-Z]{3,})\b")
_PAPER_AFTER = re.compile(
    r" (?:(?:Peace|Climate|Framework|Ceasefire) )?(?:Protocol|Treaty|Accords?|Convention|Declaration|Agreement|Process|"
    r"Framework|Understanding|Charter|Principles|Conference|Communiqué)\b"
)
_POST_FOR_A_LAND = re.compile(r" Secretary\b(?! General|-General)")  # of the state in which the land lies
_HEADED = re.compile(
    r"(?P<land>[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,2}): (?=(?:Foreign |Defen[cs]e )?(?:Minist|Govern|Presid))"
)
_OF_GO_BETWEENS = re.compile(r" (?:mediat(?:ors?|ion)|facilitators?|go-betweens?|brokers?|observers?|peacekeepers?)\b")
_NAME_BEFORE = re.compile(r"(?!The )[A-ZÀ-Þ][\w’'-]* $")  # of a longer name: "Baltic States"
_WORD = 30  # letters of the longest word looked for before a name
_HALVES = (("North", "South"), ("South", "North"), ("East", "West"), ("West", "East"))
_LETTERS = 3  # of a state's short name that serves as its adjective


class Place(NamedTuple):
    """A mention of a state: `how` is name | demonym | capital."""

    start: int
    end: int
    state: str
    how: str


@dataclass(frozen=True)
class Gazetteer:
    """The states of a lexicon by folded spelling."""

    lexicon: Lexicon
    names: dict[str, str]
    demonyms: dict[str, str]
    capitals: dict[str, str]
    organisations: dict[str, Entry]
    seats: dict[str, Entry]  # town -> the body that is called by it
    lands: dict[str, str]  # land that lies within a state -> the state


_LAST: list[Gazetteer] = []  # the gazetteer of the lexicon used last: a run reads thousands of texts with one


def gazetteer(lexicon: Lexicon) -> Gazetteer:
    """The gazetteer of `lexicon`."""
    for known in _LAST:
        if known.lexicon is lexicon:
            return known
    names: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    capitals: dict[str, str] = {}
    organisations: dict[str, Entry] = {}
    seats = {entry.extra["seat"]: entry for entry in lexicon.parties if "seat" in entry.extra}
    for entry in lexicon.parties:
        if entry.kind != "state":
            for spelling in (entry.name, *entry.aliases):
                organisations.setdefault(key_of(spelling), entry)
            continue
        for spelling in (entry.name, *entry.aliases):
            names.setdefault(key_of(spelling), entry.name)
        for word in (entry.extra.get("demonym"), *entry.extra.get("demonyms", ())):
            if word:
                demonyms.setdefault(key_of(word), entry.name)
                demonyms.setdefault(key_of(word + "s"), entry.name)
        for word in (entry.extra.get("capital"), *entry.extra.get("capitals", ()), entry.extra.get("capital_ar")):
            if word:
                capitals.setdefault(key_of(word), entry.name)
    lands = {entry.name: entry.extra["within"] for entry in lexicon.parties if "within" in entry.extra}
    made = Gazetteer(lexicon, names, demonyms, capitals, organisations, seats, lands)
    _LAST[:] = [made]
    return made


@dataclass
class Atlas:
    """What the words of one text say about states."""

    text: str
    gazetteer: Gazetteer
    invented: dict[str, tuple[str, str]] = field(default_factory=dict)  # folded word -> (state, how)
    places: list[Place] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, lexicon: Lexicon) -> Atlas:
        """The atlas of `text`."""
        atlas = cls(text, gazetteer(lexicon))
        atlas._invent()
        atlas.places = list(atlas._scan())
        return atlas

    def lookup(self, phrase: str) -> tuple[str, str] | None:
        """The state that `phrase` is exactly a name, demonym or capital of, and which of these it is."""
        key = key_of(phrase)
        if key in self.invented:
            return self.invented[key]
        for how, table in (
            ("name", self.gazetteer.names),
            ("demonym", self.gazetteer.demonyms),
            ("capital", self.gazetteer.capitals),
        ):
            if key in table:
                return table[key], how
        return None

    def demonym_of(self, state: str) -> str | None:
        """The adjective of a state: the text's own, its letters where the text has these, else the lexicon's."""
        for match in _CAPITAL.finditer(self.text):
            if self.lookup(match.group()) == (state, "demonym") and not match.group().endswith("s"):
                return match.group()
        for place in self.places:
            letters = self.text[place.start : place.end].replace(".", "")
            if place.state == state and place.how == "name" and letters.isupper() and len(letters) <= _LETTERS:
                return letters  # "US", "UK"
        entry = self.gazetteer.lexicon.party(state)
        return entry.extra.get("demonym") if entry is not None and entry.kind == "state" else None

    def main(self) -> str | None:
        """The state that the text is mostly about."""
        count: Counter[str] = Counter()
        for place in self.places:
            if _OF_GO_BETWEENS.match(self.text, place.end):
                continue  # "the Norwegian facilitator": whose land the quarrel is not about
            if place.state in self.gazetteer.lands:
                continue  # ministers of no named state are seldom a province's
            count[place.state] += {"name": 3, "demonym": 4, "capital": 2}[place.how]
        return count.most_common(1)[0][0] if count else None

    def headed(self) -> str | None:
        """The state under whose name a service of many lands sends a text: "Orvia: Foreign Ministry welcomes deal"."""
        head = _HEADED.match(self.text)
        land = self.lookup(head.group("land")) if head is not None else None
        return land[0] if land is not None and land[1] == "name" else None

    def nearest(self, start: int, end: int) -> str | None:
        """The state mentioned last in text[start:end]."""
        inside = self.within(start, end)
        return inside[-1].state if inside else None

    def within(self, start: int, end: int) -> list[Place]:
        """The mentions of states in text[start:end]."""
        low, high = bisect_left(self.places, (start,)), bisect_left(self.places, (end,))
        return [p for p in self.places[low:high] if p.end <= end]

    # -------------------------------------------------------------------------------------------- inventing

    def _invent(self) -> None:
        """Take words that only this text knows for states: 1. with a demonym, 2. with offices, 3. that act alone.

        A town stands for the body that has its seat there where the text names the body: "Brussels" for the EU.
        """
        for town, body in self.gazetteer.seats.items():
            named = town in self.text and any(any(standing(self.text, n)) for n in (body.name, *body.aliases))
            if named:
                self.invented[key_of(town)] = (body.name, "capital")
        for one, other in _HALVES:  # "the North's ministry" where a text is about both halves of a land
            lands = [n for n in self.gazetteer.names.values() if n.startswith(f"{one} ") and n in self.text]
            if lands and lands[0].replace(one, other, 1) in self.text:
                self.invented[key_of(one)] = (lands[0], "name")
        context = Capitals.of(self.text)
        skipped = words("determiners", "months", "days", "titles", "organisation_nouns")
        skipped |= words("role_nouns", "rubrics", "anonymous_nouns")
        long = (name for name in set(self.gazetteer.names.values()) if " " in name and name in self.text)
        skipped |= {word.lower() for name in long for word in name.split()}  # "Lanka" is part of Sri Lanka
        unknown = [
            w
            for w in context.places
            if len(w) > 3
            and not w.isupper()
            and w.lower() not in skipped
            and w.lower() not in context.lower  # "They" and "Then" begin sentences
            and self.lookup(w) is None
        ]
        names = [w for w in unknown if not context.names_a_person(w)]
        # 1. "Kestria" and "Kestrian"
        for adjective in (w for w in unknown if SUFFIX.search(w) and context.qualifies(w)):
            for name in names:
                if name != adjective and is_demonym(adjective, name):
                    self.invented.setdefault(key_of(name), (name, "name"))
                    self.invented[key_of(adjective)] = (name, "demonym")
                    self.invented.setdefault(key_of(adjective + "s"), (name, "demonym"))
        for name in names:  # "Abkhazia" and "Abkhaz"
            ending = _OF_PEOPLE.search(name)
            adjective = name[: ending.start()] if ending else ""
            if adjective in unknown and context.qualifies(adjective):
                self.invented.setdefault(key_of(name), (name, "name"))
                self.invented[key_of(adjective)] = (name, "demonym")
        # 2. "Ostmark's energy minister", "the government of Belmora"
        for match in (*_OF.finditer(self.text), *_OFFICES.finditer(self.text)):
            name = self._without_holder(match.group(1))
            if (
                self.lookup(name) is None
                and not name.isupper()
                and name.split()[0].lower() not in skipped
                and (not context.names_a_person(name))
            ):
                self.invented.setdefault(key_of(name), (name, "name"))
        for match in _OF_CAPITALS.finditer(self.text):  # "MINISTRY OF TRADE OF THE REPUBLIC OF OSTMARK"
            name = match.group(1).title()
            if self.lookup(name) is None and name in context.places:
                self.invented[key_of(name)] = (name, "name")
        # 3. "in Casparia", "Casparia offers"
        for name in names:
            if self.lookup(name) is None and context.acts_alone(name):
                self.invented.setdefault(key_of(name), (name, "name"))

    def _without_holder(self, name: str) -> str:
        """The name of a state without that of its office's holder: "prime minister of Ostmark Tui Vekk"."""
        land, _, holder = name.partition(" ")
        return land if holder and (key_of(holder) in first_names() or self.lookup(land) is not None) else name

    def _scan(self) -> Iterator[Place]:
        spans = [(m.start(), m.end(), m.group()) for m in _CAPITAL.finditer(self.text)]
        joined = [b - a <= 8 and _joint(self.text[a:b]) for (_, a, _), (b, _, _) in itertools.pairwise(spans)]
        at = 0
        while at < len(spans):
            if at + 1 < len(spans) and self._is_community(spans[at], spans[at + 1]):
                at += 2
                continue
            longest = 1
            while longest < 5 and at + longest < len(spans) and joined[at + longest - 1]:
                longest += 1
            for length in range(longest, 0, -1):
                run = spans[at : at + length]
                if at + length < len(spans) and self._is_community(run[-1], spans[at + length]):
                    continue  # "The Greek Cypriot side"
                bare = without_genitive(self.text[run[0][0] : run[-1][1]])
                found = self.lookup(bare)
                if found is not None and at and joined[at - 1] and self._is_surname(spans[at - 1], run[0][0], found[1]):
                    break
                if found is not None and self._is_meant(bare, found[1], run[0][0], run[-1][1]):
                    state, how = found
                    if _POST_FOR_A_LAND.match(self.text, run[-1][1]):
                        state = self.gazetteer.lands.get(state, state)
                    yield Place(run[0][0], run[0][0] + len(bare), state, how)
                    at += length - 1
                    break
            at += 1

    def _is_meant(self, bare: str, how: str, start: int, end: int) -> bool:
        """Whether words that may name a state do: not "Us?", "Baltic States", the capital of the Lisbon Protocol."""
        if any(bare in halves for halves in _HALVES):
            alone = (
                re.match(r"\s[A-Z]", self.text[start + len(bare) : start + len(bare) + 2]) is None
            )  # not "the North Sea"
            return alone and self.text[max(0, start - 4) : start].lower() == "the "
        if bare == "States" and _NAME_BEFORE.search(self.text, max(0, start - _WORD), start):
            return False
        if len(bare) < 4 and bare.istitle() and how == "name":
            return key_of(bare) in self.invented
        return how != "capital" or _PAPER_AFTER.match(self.text, end) is None

    def _is_surname(self, before: tuple[int, int, str], start: int, how: str) -> bool:
        """Whether the name of a state or capital is the last name of somebody whose first name stands before it."""
        first = before[2].lower()
        return (
            how != "demonym"
            and self.text[before[1] : start] == " "
            and key_of(first) in first_names()
            and first not in words("auxiliaries", "months", "prepositions", "determiners")
            and self.lookup(first) is None
        )

    def _is_community(self, first: tuple[int, int, str], second: tuple[int, int, str]) -> bool:
        """Whether two demonyms in a row name people of one land who are of another's kin: "Turkish Cypriots"."""
        return self.text[first[1] : second[0]] == " " and self.community(f"{first[2]} {second[2]}") is not None

    def community(self, phrase: str) -> str | None:
        """The people of one land who are of another's kin, where a phrase begins with them: "Turkish Cypriot leader".

        As many as the text calls by that name somewhere, else in the words of the phrase.
        """
        land, _, rest = phrase.partition(" ")
        kin = without_genitive(rest.split()[0]) if rest else ""
        found = self.lookup(land), self.lookup(kin)
        if found[0] == found[1] or not all(f is not None and f[1] == "demonym" for f in found):
            return None
        many = f"{land} {kin}s"
        return many if many in self.text else f"{land} {kin}"


def _joint(gap: str) -> bool:
    return gap in (" ", " of ", " and ", " of the ", "-") or gap.strip() == ""

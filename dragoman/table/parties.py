"""Who is who: one name for everything that goes by several, and for whom a person speaks.

In: the names of all documents, the lexicon, what people decided. Out: Names, which answers for any spelling. Names are
made one by the lexicon, by an abbreviation introduced in brackets, by government and state, and by people's last names;
what only looks alike becomes a Proposal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType

from dragoman.lexicon import Lexicon
from dragoman.reading import Decision
from dragoman.table.facts import Facts
from dragoman.table.names import JOINT, Names
from dragoman.table.party_names import party_name
from dragoman.table.people import key_of, nouns_for, people_of, person_key, sides_of
from dragoman.table.seats import Seat, find_seats
from dragoman.table.short_names import described, join_short_names, join_surnames
from dragoman.table.shown_names import choose_names, decide
from dragoman.table.spellings import (
    Spellings,
    adjectives_in_passing,
    governed,
    join_nouns,
    join_rebels,
    join_seats,
    join_spellings,
)
from dragoman.table.values import Proposal
from dragoman.table.words import listed


def resolve(all_facts: Iterable[Facts], lexicon: Lexicon, decisions: Iterable[Decision] = ()) -> Names:
    """Find out who is who, and once more when cities turn out to stand for governments, or nouns for named parties."""
    known, given = list(all_facts), tuple(decisions)
    used = _collect(known, lexicon, given)
    names = _resolve(known, used, lexicon, given)
    nouns = names.nouns
    apart = frozenset(key_of(str(d.target.get("name"))) for d in given if d.kind.startswith("party."))
    seats = find_seats(known, names, lexicon, apart)
    if nouns or any(seat.sure for seat in seats):
        names = _resolve(known, used, lexicon, given, [seat for seat in seats if seat.sure], nouns)
    unsure = [
        Proposal("party.merge", s.city, s.state, s.score, "the reports speak of the city where they speak of the state")
        for s in seats if not s.sure
    ]  # fmt: skip
    return replace(names, proposed=(*names.proposed, *unsure)) if unsure else names


def _resolve(
    known: list[Facts], used: _Used, lexicon: Lexicon, given: tuple[Decision, ...], seats: Sequence[Seat] = (),
    nouns: Mapping[str, str] = MappingProxyType({}),
) -> Names:  # fmt: skip
    """Who is who, with the cities that stand for governments known, and the nouns that stand for parties.

    1. Join what is one by the lexicon, by brackets, as state and government.
    2. Do what people decided, which wins.
    3. Choose the name to show.
    4. Give people their full names and their parties.
    """
    # 1. Join what is one by the lexicon, by brackets, as state and government.
    sheet = _spellings(used, known, lexicon, given)
    decisions = [d for d in given if d.kind.startswith("party.")]
    told = {key_of(str(d.target.get("name"))) for d in decisions}
    split = {key_of(str(d.target.get("name"))) for d in decisions if d.kind == "party.split"}
    join_spellings(sheet, used.shorts, used.capitals, lexicon, split)
    join_seats(sheet, seats)
    join_nouns(sheet, nouns, told)
    join_rebels(sheet, used.rebels, known, split)
    join_short_names(sheet, known, lexicon, told)
    # 2. Do what people decided, which wins.
    decided = decide(sheet, decisions, {person_key(name) for name, _party in used.pairs} if decisions else frozenset())
    # 3. Choose the name to show.
    aside = {key_of(city) for city, _ in used.capitals} | {key_of(seat.city) for seat in seats}
    aside |= listed("rebels") | listed("bare_government")
    shown = choose_names(sheet, decided.follows, decisions, aside | nouns.keys())
    # 4. Give people their full names and their parties.
    speakers = people_of(used.pairs, used.unsure, shown.canonical, used.outlets, decided.persons)
    names = Names(
        shown.canonical, speakers.names, speakers.party_of, shown.kinds, shown.spellings, shown.because,
        adjectives_in_passing(shown.canonical, lexicon), decided.lost,
        described(sheet, told), nouns=nouns_for(used.pairs, shown.canonical, speakers.party_of),
        apart=frozenset(split), renamed=shown.renamed,
    )  # fmt: skip
    names = replace(names, watchers=_watchers(known, used, names))
    sides = {**speakers.placed, **sides_of(speakers.torn, known, names.mentioned)}
    return replace(names, party_of={**speakers.party_of, **sides}, sides=sides) if sides else names


def _watchers(known: Iterable[Facts], used: _Used, names: Names) -> dict[str, str]:
    """Those who are sent to watch, each with the party that sends them where reports name one and no other."""
    senders: dict[str, set[str]] = defaultdict(set)
    for name in {*(name for name, _party in used.pairs), *chain.from_iterable(fact.issues for fact in known)}:
        key = key_of(name)
        for noun in listed("watchers").intersection(key.split()) if " " in key else ():
            party = names.party(name)
            if party is not None:
                senders[noun].add(party)
    return {noun: next(iter(found)) for noun, found in sorted(senders.items()) if len(found) == 1}


@dataclass(frozen=True, slots=True)
class _Used:
    """The names of all documents and how often each is used."""

    parties: Counter[str]
    pairs: Counter[tuple[str, str | None]]  # a speaker and the party that a document gives
    unsure: dict[tuple[str, str | None], list[float]]  # the same, where the party is a guess: how likely
    rebels: set[str]  # keys that say no more than "the rebels"
    outlets: set[str]
    shorts: set[tuple[str, str]]  # abbreviations and what they stand for
    capitals: set[tuple[str, str]]  # cities, each with the state whose capital it is told to be


def _collect(known: Sequence[Facts], lexicon: Lexicon, given: Sequence[Decision]) -> _Used:
    parties = Counter(chain.from_iterable(fact.parties for fact in known))
    people = Counter(chain.from_iterable(fact.people for fact in known))
    rebels = set(map(key_of, {*parties, *(named.name for named in people)})) & listed("rebels")
    outlets = set(map(key_of, filter(None, {fact.reading.document.outlet for fact in known})))
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str | None]] = Counter()
    admit = _Admission(lexicon, given)
    for name, count in parties.items():
        if admitted := admit(name):
            counts[admitted] += count
    for (name, party), count in people.items():
        pairs[name, admit(party) if party else None] += count
    unsure: dict[tuple[str, str | None], list[float]] = defaultdict(list)
    for (name, party), likely in chain.from_iterable(fact.unsure for fact in known):
        unsure[name, admit(party) if party else None].append(likely)
    shorts: set[tuple[str, str]] = set().union(*(fact.shorts for fact in known))
    capitals: set[tuple[str, str]] = set().union(*(fact.capitals for fact in known))
    return _Used(counts, pairs, unsure, rebels, outlets, shorts, capitals)


def _spellings(used: _Used, known: Sequence[Facts], lexicon: Lexicon, given: Sequence[Decision]) -> Spellings:
    """The names that can be a party's, by key, with those who speak for themselves."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    parts: Counter[str] = Counter()
    simple = {key_of(name) for name in used.parties if len(JOINT.split(name)) == 1}
    for name, count in used.parties.items():
        pieces = [p for p in JOINT.split(name) if p]
        if len(pieces) > 1 and all(key_of(p) in simple for p in pieces):
            continue  # a joint speaker is no party of its own
        forms[key_of(name)][name] += count
    for (name, party), count in used.pairs.items():
        if party is None:
            for piece in (name, *(p for p in JOINT.split(name) if p and p != name)):
                key = key_of(piece)
                if key in forms or (lexicon.party(piece) is not None and key not in used.outlets):
                    parts[piece] += count
    for name, count in parts.items():
        forms[key_of(name)][name] += count
    forms.pop("", None)
    sheet = Spellings(forms)
    _without_people(sheet, used.pairs, lexicon, given)
    told = {key_of(str(d.target.get("name"))) for d in given if d.kind.startswith("party.")}
    join_surnames(sheet, used.pairs, known, lexicon, told)
    return sheet


class _Admission(dict[str, str | None]):
    """Which names can be a party's, and without what clings to them; what people or the lexicon name always can."""

    def __init__(self, lexicon: Lexicon, decisions: Iterable[Decision]) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._decided = {
            key_of(str(name)) for d in decisions if d.kind.startswith("party.")
            for name in (d.target.get("name"), *d.value.values(), *(d.value.get("aliases") or ()))
            if isinstance(name, str)
        }  # fmt: skip

    def __call__(self, name: str) -> str | None:
        return self[name]

    def __missing__(self, name: str) -> str | None:
        named = key_of(name) in self._decided or self._lexicon.party(name) is not None
        found = self[name] = name if named else party_name(name)
        return found


def _without_people(
    sheet: Spellings, pairs: Counter[tuple[str, str | None]], lexicon: Lexicon,
    decisions: Iterable[Decision],
) -> None:  # fmt: skip
    """A person who speaks for a party somewhere is no party where a document does not say for whom."""
    named = {key_of(str(d.target.get("name"))) for d in decisions if d.kind.startswith("party.")}
    speaks_for: dict[str, Counter[str]] = defaultdict(Counter)
    for (name, party), count in pairs.items():
        key = key_of(name)
        if party is not None and key_of(party) != key and key_of(party) in sheet.forms:
            speaks_for[key][key_of(party)] += count
    for key in sorted(speaks_for):
        if key in sheet.forms and key not in named and lexicon.party(sheet.form(key)) is None and " " in key:
            others = [other for other in speaks_for[key] if other not in speaks_for]
            if others and not governed(key) and key_of(others[0]) not in key:
                del sheet.forms[key]

"""Which spellings are one party: by the lexicon, by brackets, as state and government, as city and state.

In: the spellings of all documents by key, the lexicon and the keys that people split off. Out: Spellings, a sheet on
which the groups and the reasons for them are written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.lexicon import Entry, Lexicon
from dragoman.table.facts import Facts
from dragoman.table.groups import Groups
from dragoman.table.party_names import adjectives_of
from dragoman.table.people import key_of
from dragoman.table.seats import Seat
from dragoman.table.words import listed

_REBELS = re.compile(r"\b(?:rebels?|insurgents|guerr?illas)\b", re.I)


@dataclass(frozen=True, slots=True)
class Spellings:
    """By key how a party is spelled and how often, which keys are one and why, and what the lexicon says of them."""

    forms: dict[str, Counter[str]]
    groups: Groups = field(default_factory=Groups)
    reasons: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    entries: dict[str, Entry] = field(default_factory=dict)

    def form(self, key: str) -> str:
        """The spelling that is used most; the key itself where no text has it."""
        found = self.forms.get(key)
        return max(found.items(), key=lambda item: (item[1], item[0]))[0] if found else key

    def join(self, key: str, other: str, reason: str) -> None:
        """Make two keys one; the first of them is told why."""
        self.groups.join(key, other)
        self.reasons[key].append(reason)


def join_spellings(
    sheet: Spellings, shorts: set[tuple[str, str]], capitals: set[tuple[str, str]], lexicon: Lexicon, split: set[str]
) -> None:
    """Join what is one by the lexicon, by brackets and as state and government; what people `split` off stays apart."""
    states = _States(sheet, lexicon)
    for key in sorted(sheet.forms):
        sheet.groups.find(key)
        if key not in split:
            _join_known(sheet, key, states, lexicon, split)
    forms = sheet.forms
    for short, long in sorted(shorts):
        one, other = key_of(short), key_of(long)
        if one != other and (one in forms or other in forms) and not {one, other} & split:
            forms.setdefault(one, Counter())[short] += 0
            forms.setdefault(other, Counter())[long] += 0
            sheet.join(one, other, f"{short}: introduced in brackets behind {long}")
    for city, state in sorted((c, re.sub(r"['’]s$", "", s)) for c, s in capitals):
        key, home = key_of(city), states.named(key_of(state))
        if home and key in forms and key not in split and key_of(home) not in split and lexicon.party(city) is None:
            forms.setdefault(key_of(home), Counter())
            sheet.join(key, key_of(home), f"{city}: speaks for {home}, whose capital it is")


def _join_known(sheet: Spellings, key: str, states: _States, lexicon: Lexicon, split: set[str]) -> None:
    """Join one key to the state whose government it is, to the name that it tells the kind of, and to its entry."""
    entry = lexicon.party(next(iter(sheet.forms[key])))
    if entry is None and (base := governed(key)):
        other = states.named(base)
        if other and key_of(other) not in split:
            sheet.forms.setdefault(key_of(other), Counter())
            sheet.join(key, key_of(other), f"{sheet.form(key)}: the government of {other}")
            entry = lexicon.party(other)
            key = key_of(other)
    told = _told_kind(sheet.form(key)) if entry is None else None
    if told is not None and key_of(told) in sheet.forms and key_of(told) not in split and not _is_state(told, lexicon):
        sheet.join(key, key_of(told), f"{sheet.form(key)}: {told} with what it is")
    if entry is not None:
        sheet.entries[key_of(entry.name)] = entry
        if key_of(entry.name) != key and key_of(entry.name) not in split:
            sheet.join(key, key_of(entry.name), f"{sheet.form(key)}: {entry.name} in the lexicon")


def _told_kind(name: str) -> str | None:
    """The name in "RMT union" or "opposition party Akel"; None where no kind in lower case stands beside one."""
    words = name.split()
    kinds = listed("kinds_of_body")
    if len(words) > 1 and words[-1] in kinds and all(w[:1].isupper() for w in words[:-1]):
        return " ".join(words[:-1])
    at = next((n for n, w in enumerate(words[:3]) if w in kinds), len(words))
    rest = words[at + 1 :]
    return " ".join(rest) if rest and all(w[:1].isupper() for w in rest) else None


def _is_state(name: str, lexicon: Lexicon) -> bool:
    entry = lexicon.party(name)
    return entry is not None and entry.kind == "state"


def governed(key: str) -> str | None:
    """What is left of "the Kestrian government" or "government of Kestria"; None when nothing of the kind is said."""
    words = key.split()
    rest = [w for w in words if w not in listed("government") and w not in ("of", "the")]
    return " ".join(rest) if rest and len(rest) < len(words) and set(words) & listed("government") else None


class _States:
    """The name that is meant by "kestrian" or "kestria", whose government or capital is spoken of."""

    def __init__(self, sheet: Spellings, lexicon: Lexicon) -> None:
        self._sheet, self._lexicon = sheet, lexicon
        self._adjectives = _adjectives(lexicon)
        self._bases: dict[str, list[str]] = defaultdict(list)
        for key in sheet.forms:
            if " " not in key and len(key) >= 4:
                self._bases[key[:3]].append(key)

    def named(self, base: str) -> str | None:
        entry = self._lexicon.party(base)
        if entry is not None:
            return entry.name
        if base in self._adjectives:
            return self._adjectives[base]
        if base in self._sheet.forms:
            return self._sheet.form(base)
        found = [name for name in self._bases.get(base[:3], ()) if base in adjectives_of(name)]
        return self._sheet.form(found[0]) if len(found) == 1 else None


def _adjectives(lexicon: Lexicon) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in lexicon.parties:
        for extra in ("demonym", "demonyms", "capital", "adjective"):
            given = entry.extra.get(extra)
            for word in (given,) if isinstance(given, str) else given or ():
                found.setdefault(key_of(str(word)), entry.name)
    return found


def adjectives_in_passing(canonical: Mapping[str, str], lexicon: Lexicon) -> dict[str, str]:
    """The adjectives and capitals by which the parties of this dossier may be named in passing."""
    here = set(canonical.values())
    found: dict[str, str] = {}
    for key, name in canonical.items():
        if " " not in key and len(key) >= 4:
            for adjective in adjectives_of(key):
                found.setdefault(adjective, name)
    found.update({adjective: name for adjective, name in _adjectives(lexicon).items() if name in here})
    for name in sorted(here):
        entry = lexicon.party(name)
        for alias in entry.aliases if entry else ():
            if " " not in alias:
                found.setdefault(key_of(alias), name)
    return found


def join_seats(sheet: Spellings, seats: Sequence[Seat]) -> None:
    """Cities are one with the governments for which they were found to stand."""
    for seat in seats:
        if key_of(seat.city) in sheet.forms:
            sheet.forms.setdefault(key_of(seat.state), Counter())
            reason = f"{seat.city}: stands for {seat.state} in {seat.passages} passages"
            sheet.join(key_of(seat.city), key_of(seat.state), reason)


def join_nouns(sheet: Spellings, nouns: Mapping[str, str], decided: set[str]) -> None:
    """Nouns are one with the parties for which they were found to stand, unless people decided about them."""
    for noun, party in nouns.items():
        if noun in sheet.forms and key_of(party) in sheet.forms and noun not in decided:
            sheet.join(noun, key_of(party), f"{noun}: whoever speaks for it speaks for {party}")


def join_rebels(sheet: Spellings, rebels: set[str], all_facts: Sequence[Facts], split: set[str]) -> None:
    """ "The rebels" are the one movement of the reports that speak of rebels; of several nobody can say which."""
    if not rebels - split:
        return
    named = {
        key for fact in all_facts if _REBELS.search(fact.reading.document.text)
        for key in map(key_of, fact.parties) if key in sheet.forms and _is_movement(key)
    }  # fmt: skip
    if len({sheet.groups.find(key) for key in named}) != 1 or split & named:
        return
    movement = min(named)
    for key in sorted(rebels - split):
        sheet.forms.setdefault(key, Counter())
        sheet.join(key, movement, f"{key}: {sheet.form(movement)} is the only movement where they are spoken of")


def _is_movement(key: str) -> bool:
    return key not in listed("rebels") and not listed("movements").isdisjoint(key.split())

"""People: their names without titles, for whom they speak, and whom the reports place where others do not agree.

In: speakers with the parties that documents give them, and the texts. Out: People, and the sides of those whom reports
place in one party surely and in others only by a guess, or whom some report ties to one party in so many words
("Kestria's prime minister, Lena Corvath") and no report to another.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from dragoman.folding import fold, fold_name, words
from dragoman.table.facts import Facts
from dragoman.table.words import listed

_OFFICE = r"^(?:the\s+)?(?:{0})s?\s+(?:of|for|to)\s+(.+)$|^(.+?)['’]s?\s+(?:{0})s?$"
_BEFORE, _BEHIND = 80, 60  # letters around a name in which its office stands
_ALSO_KNOWN = ("aka", "alias")  # a second name follows
# Of parties that reports only guess for somebody the likeliest counts where it is so many times as likely as the next.
CLEARLY = 1.5
_ENDS = re.compile(r"[.;:!?\n()\"“”]")
_OFFICE_BEHIND = re.compile(
    r",? (?:who (?:leads|led|heads|headed|represents|represented|speaks for|mediates for)|(?:the )?(?:[\w’'-]+ ){0,3}"
    r"(?:leader|minister|president|premier|envoy|ambassador|negotiator|spokes\w+|secretary|chief|head) (?:of|for))\b"
)


@dataclass(frozen=True, slots=True)
class People:
    """People by key: the name to show, the party most documents give them, and those whom documents give several.

    Whoever is `placed` is given one party for sure, and others only where a reader guessed or by a mere noun ("union").
    """

    names: dict[str, str]
    party_of: dict[str, str]
    torn: dict[str, str]
    placed: dict[str, str]


@lru_cache(maxsize=100_000)
def key_of(name: str) -> str:
    """What tells a name apart, in any of its spellings."""
    return fold_name(name)


@lru_cache(maxsize=100_000)
def person_key(name: str) -> str:
    """A person's name without titles, and without the office that speaks for them; bodies keep theirs."""
    office = _office_pattern().match(name)
    if office:
        name = office[1] or office[2]
    words = key_of(name).split()
    while len(words) > 1 and words[0] in listed("titles") and listed("bodies").isdisjoint(words):
        words = words[1:]
    while len(words) > 1 and words[-1] in _ALSO_KNOWN:
        words = words[:-1]
    return " ".join(words)


@lru_cache(maxsize=1)
def _office_pattern() -> re.Pattern[str]:
    return re.compile(_OFFICE.replace("{0}", "|".join(sorted(listed("offices")))), re.IGNORECASE)


def people_of(
    pairs: Counter[tuple[str, str | None]], unsure: Mapping[tuple[str, str | None], Sequence[float]],
    canonical: dict[str, str], outlets: set[str], told: Mapping[str, str] = MappingProxyType({}),
) -> People:  # fmt: skip
    """Everybody in `pairs` of speakers and the parties that documents give them, by how many give which.

    Those that are `unsure` count as likely as they are. Whom a person decided about is named as `told`.
    """
    homes = {key: _home(key, told) for key in told}
    names = {homes[key]: name for key, name in told.items() if person_key(name) == homes[key]}
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    votes: dict[str, dict[str, float]] = defaultdict(dict)
    sure: dict[str, Counter[str]] = defaultdict(Counter)
    for (name, party), count in pairs.items():
        key = person_key(name)
        key = homes.get(key, key)
        if key and key_of(name) not in canonical and key_of(name) not in outlets:
            forms[key][name] += count
            found = canonical.get(key_of(party)) if party else None
            if found:
                guesses = unsure.get((name, party), ())
                plain = count - len(guesses)
                votes[key][found] = votes[key].get(found, 0.0) + plain + math.fsum(guesses)
                if plain:
                    sure[key][found] += plain
    full = {key: names.get(key) or _full(forms[key]) for key in forms}
    by_last: dict[str, set[str]] = defaultdict(set)
    for key in forms:
        if " " in key and is_person(full[key]):
            by_last[key.split()[-1]].add(key)
    fuller = _fuller([key for key in forms if is_person(full[key])], votes)
    people: dict[str, str] = {}
    party_of: dict[str, str] = {}
    torn: dict[str, str] = {}
    placed: dict[str, str] = {}
    for key in full:
        longer = by_last.get(key, set()) if " " not in key else set()
        same = {k for k in longer if set(votes[k]) & set(votes[key])} or longer
        home = next(iter(same)) if len(same) == 1 else fuller.get(key, key)
        people[key] = full[home]
        votes_here = votes[home] or votes[key]
        if not votes_here:
            continue
        ranked = _ranked(votes_here, sure[home] or sure[key])
        party_of[key] = ranked[-1][0]
        several = len(votes_here) > 1 or votes[key].keys() > votes_here.keys()
        if several and _is_clear(ranked, guessed=not sure[home] and not sure[key]):
            placed[key] = party_of[key]
        elif len(votes_here) > 1:
            torn[key] = full[home]
    for key, home in homes.items():
        for known in (people, party_of, placed):
            if home in known:
                known[key] = known[home]
    return People(people, party_of, torn, placed)


def _fuller(keys: Iterable[str], votes: Mapping[str, Mapping[str, float]]) -> dict[str, str]:
    """For full names the one longer name of the same party that begins or ends so: "Ana Rey", "Ana Rey Solis"."""
    longer: dict[str, list[str]] = defaultdict(list)
    known = {key: key.split() for key in keys}
    for key, spoken in known.items():
        for n in range(2, len(spoken)):
            longer[" ".join(spoken[:n])].append(key)
            longer[" ".join(spoken[-n:])].append(key)
    found = {}
    for key in known.keys() & longer.keys():
        of_one = [k for k in longer[key] if not votes[key] or not votes[key].keys().isdisjoint(votes[k])]
        longest = max(of_one, key=len, default="")
        if longest and all(k in longest for k in of_one):
            found[key] = longest
    return found


def _home(key: str, told: Mapping[str, str]) -> str:
    """The key of the person after whom somebody is named in the end; a ring is not told."""
    while key in told and person_key(told[key]) != key:
        key = person_key(told[key])
    return key


Ranked = list[tuple[str, float]]


def _ranked(votes: Mapping[str, float], sure: Mapping[str, float]) -> Ranked:
    """The parties that somebody may have, the likeliest last: the sure ones, of these those with a proper name."""
    proper = {party: count for party, count in sure.items() if party != party.lower()}
    return sorted((proper or sure or votes).items(), key=lambda item: (item[1], item[0]))


def _is_clear(ranked: Ranked, *, guessed: bool) -> bool:
    return len(ranked) == 1 or (guessed and ranked[-1][1] >= CLEARLY * ranked[-2][1])


def nouns_for(
    pairs: Mapping[tuple[str, str | None], int], canonical: Mapping[str, str], party_of: Mapping[str, str]
) -> dict[str, str]:
    """The mere nouns ("union") that stand for one named party, by the people who speak for both and for no other."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, party in pairs:
        shown = canonical.get(key_of(party)) if party else None
        if party and shown and shown == shown.lower() and key_of(name) not in canonical:
            found[key_of(party)].add(party_of.get(person_key(name), shown))
    homes = {noun: next(iter(parties)) for noun, parties in sorted(found.items()) if len(parties) == 1}
    return {noun: home for noun, home in homes.items() if home != home.lower() and noun in key_of(home).split()}


def _full(forms: Counter[str]) -> str:
    """The name without title or office, as most often written."""
    office = _office_pattern()
    plain = {name: count for name, count in forms.items() if not office.match(name)}
    if not plain:
        match = office.match(min(forms))
        return (match[1] or match[2]) if match else min(forms)
    name = max(plain.items(), key=lambda item: (item[1], -len(item[0]), item[0]))[0]
    words = name.split()
    while len(words) > 2 and fold(words[0]).strip(".") in listed("titles") and is_person(name):
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=100_000)
def is_person(name: str) -> bool:
    """Whether the name of a speaker can be a person's: no ministry, no two parties at once, no "diplomat"."""
    if name.isascii() and not name[:1].isupper():
        return False
    spoken = fold(name).split()
    return " and " not in name and listed("bodies").isdisjoint(spoken) and listed("associations").isdisjoint(spoken)


def sides_of(
    torn: Mapping[str, str], all_facts: Iterable[Facts], mentioned: Callable[[str], tuple[str, ...]]
) -> dict[str, str]:
    """The parties of people whom documents give several, where the texts tie them to one and only one."""
    if not torn:
        return {}
    found: dict[str, set[str]] = defaultdict(set)
    asked = [(key, name, f"office:{key}") for key, name in torn.items()]
    for fact in all_facts:
        for key, name, office in asked:
            windows = fact.passages.get(office)
            if windows is None:
                windows = fact.passages[office] = _offices_in(fact.reading.document.text, name)
            for window in windows:
                parties = mentioned(window)
                if len(parties) == 1:
                    found[key].add(parties[0])
    return {key: next(iter(parties)) for key, parties in sorted(found.items()) if len(parties) == 1}


def _offices_in(text: str, name: str) -> tuple[str, ...]:
    """The words by which a text says what office somebody holds, where it says so beside the name."""
    last = name.split()[-1]
    if last not in text:
        return ()
    found = []
    literal = re.escape(name)  # stands first, so that it is found as quickly as any words
    for match in re.finditer(rf"{literal}(?<!\w{literal})(?!\w)", text):
        before = _ENDS.split(text[max(0, match.start() - _BEFORE) : match.start()])[-1]
        spoken = words(before)
        if spoken and spoken[-1] in listed("titles"):
            found.append(" ".join(_office_of(before)))
        behind = text[match.end() : match.end() + _BEHIND]
        office = _OFFICE_BEHIND.match(behind)
        if office is not None:
            found.append(re.split(r"[,.;:!?\n]", behind[office.end() :])[0])
    return tuple(found)


def _office_of(before: str) -> list[str]:
    """The last words before a name that belong to its office: the titles, and the words right before them."""
    spoken = before.replace(",", " ").split()
    start = len(spoken)
    while start and fold(spoken[start - 1]).strip("'’") in listed("titles"):
        start -= 1
    return spoken[max(0, start - 3) :]

"""Who is who: one name for everything that goes by several, and for whom a person speaks.

In: the names of all documents, the lexicon, what people decided. Out: Names, which answers for any spelling. Names are
made one by the lexicon, by an abbreviation introduced in brackets, by government and state, and by people's last names;
what only looks alike becomes a Proposal.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType

from dragoman.lexicon import Entry, Lexicon
from dragoman.reading import Decision
from dragoman.table.decisions import unplaced
from dragoman.table.facts import Facts
from dragoman.table.party_names import adjectives_of, party_name
from dragoman.table.people import key_of, nouns_for, people_of, person_key, sides_of
from dragoman.table.seats import Seat, find_seats
from dragoman.table.values import Proposal, Unplaced
from dragoman.table.words import listed

_JOINT = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+و\s?")
_REBELS = re.compile(r"\b(?:rebels?|insurgents|guerr?illas)\b", re.I)
# Look-alike names are proposed, never joined, from this rapidfuzz score on: one letter in eight may differ, which lets
# "Riyad Hijab" and "Riad Hijab" through (95) and keeps "North Korea" and "South Korea" apart (82).
LOOK_ALIKE = 88.0


class Groups:
    """Names that are one: union-find over their keys."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def find(self, key: str) -> str:
        above = self._above
        above.setdefault(key, key)
        root = key
        while above[root] != root:
            root = above[root]
        while above[key] != root:
            above[key], key = root, above[key]
        return root

    def join(self, one: str, other: str) -> None:
        """Make two keys one; the lesser key is the root, so that the order of joins does not matter."""
        one, other = self.find(one), self.find(other)
        if one != other:
            low, high = min(one, other), max(one, other)
            self._above[high] = low


@dataclass(frozen=True, slots=True)
class Names:
    """The answer to "who is that?" for every name of the dossier."""

    canonical: dict[str, str]  # key of a party's name -> the name to show
    people: dict[str, str]  # key of a person -> the name to show
    party_of: dict[str, str]  # key of a person -> canonical party
    kinds: dict[str, str]
    spellings: dict[str, tuple[str, ...]]
    because: dict[str, tuple[str, ...]]
    adjectives: dict[str, str]
    unplaced: tuple[Unplaced, ...] = ()
    proposed: tuple[Proposal, ...] = ()
    nouns: dict[str, str] = field(default_factory=dict)  # "union" -> the named party for which it stands
    sides: dict[str, str] = field(default_factory=dict)  # key of a person -> party, whatever a document says
    # What `parties` and `person` found, which are asked for every statement.
    _found: dict[tuple[str | None, str | None, bool], tuple[str, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    _shown: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)

    def party(self, name: str | None) -> str | None:
        """The party of that name, or for which the person of that name speaks; None when there is none."""
        if not name:
            return None
        found = self.canonical.get(key_of(name)) or self.party_of.get(person_key(name))
        if found is None and (bare := party_name(name)) not in (None, name):
            found = self.canonical.get(key_of(bare))
        return found if found is not None else self._of_body(key_of(name))

    def _of_body(self, key: str) -> str | None:
        """The party one of whose bodies this is: "Kestrian defence ministry", "observers from the League of Ports"."""
        said = key.split()
        if listed("bodies").isdisjoint(said):
            return None
        while said and said[-1] in listed("bodies") | listed("portfolios"):
            said = said[:-1]
        at = next((n for n, word in enumerate(said) if word in listed("bodies")), -1) + 1
        base = " ".join(w for n, w in enumerate(said[at:]) if n or w not in ("of", "in", "from", "for", "the"))
        base = base.removeprefix("the ")
        if not base or (at and said[:at] and not set(said[:at]) <= listed("bodies") | listed("portfolios")):
            return None
        found = self.canonical.get(base) or (self.adjectives.get(base) if len(base) > 4 else None)
        if found is not None or at:
            return found
        longer = {name for known, name in self.canonical.items() if known.startswith(f"{base} of ")}
        return next(iter(longer)) if len(longer) == 1 else None

    def parties(self, name: str | None, party: str | None = None, *, decided: bool = False) -> tuple[str, ...]:
        """Everybody for whom a speaker speaks: one party, several of a joint statement, or nobody.

        A party that a person `decided` stands whatever other reports say.
        """
        found = self._found.get((name, party, decided))
        if found is None:
            found = self._found[name, party, decided] = self._parties(name, party, decided=decided)
        return found

    def otherwise(self, newer: Names) -> set[str]:
        """The names that were asked for and by `newer` names mean other parties."""
        return {
            name or party or "" for (name, party, decided), was in self._found.items()
            if newer.parties(name, party, decided=decided) != was
        }  # fmt: skip

    def _parties(self, name: str | None, party: str | None, *, decided: bool) -> tuple[str, ...]:
        if not (party or name):
            return ()
        if name and self.sides and not decided and (side := self.sides.get(person_key(name))) is not None:
            return (side,)
        for given in (party, name):
            if given:
                found = self.party(given)
                if found is not None:
                    return (found,)
                parts = [self.canonical.get(key_of(part)) for part in _JOINT.split(given) if part]
                if len(parts) > 1 and all(parts):
                    return tuple(dict.fromkeys(p for p in parts if p))
        return ()

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The parties that a text names, by any spelling or as an adjective, in the order of the text."""
        said = key_of(text).split()
        found: dict[str, None] = {}
        for start in range(len(said)):
            for length in range(min(6, len(said) - start), 0, -1):
                name = self.canonical.get(" ".join(said[start : start + length]))
                if name is None and length == 1 and len(said[start]) > 4:
                    name = self.adjectives.get(said[start])
                if name is not None:
                    found[name] = None
                    break
        return tuple(found)

    def person(self, name: str | None) -> str | None:
        """The full name of a speaker; what is no person's name stays as it is."""
        if not name:
            return None
        found = self._shown.get(name)
        if found is None:
            found = self._shown[name] = self.people.get(person_key(name), name)
        return found


def resolve(all_facts: Iterable[Facts], lexicon: Lexicon, decisions: Iterable[Decision] = ()) -> Names:
    """Find out who is who, and once more when cities turn out to stand for governments, or nouns for named parties."""
    known, given = list(all_facts), tuple(decisions)
    names = _resolve(known, lexicon, given)
    nouns = names.nouns
    apart = frozenset(key_of(str(d.target.get("name"))) for d in given if d.kind.startswith("party."))
    seats = find_seats(known, names, lexicon, apart)
    if nouns or any(seat.sure for seat in seats):
        names = _resolve(known, lexicon, given, [seat for seat in seats if seat.sure], nouns)
    unsure = [
        Proposal("party.merge", s.city, s.state, s.score, "the reports speak of the city where they speak of the state")
        for s in seats if not s.sure
    ]  # fmt: skip
    return replace(names, proposed=tuple(unsure)) if unsure else names


def _resolve(
    known: list[Facts], lexicon: Lexicon, given: tuple[Decision, ...], seats: Sequence[Seat] = (),
    nouns: Mapping[str, str] = MappingProxyType({}),
) -> Names:  # fmt: skip
    """Who is who, with the cities that stand for governments known, and the nouns that stand for parties.

    1. Collect names and how often each is used.
    2. Join what is one by the lexicon, by brackets, as state and government.
    3. Do what people decided, which wins.
    4. Choose the name to show.
    5. Give people their full names and their parties.
    """
    # 1. Collect names and how often each is used.
    parties = Counter(chain.from_iterable(fact.parties for fact in known))
    people = Counter(chain.from_iterable(fact.people for fact in known))
    shorts: set[tuple[str, str]] = set().union(*(fact.shorts for fact in known))
    capitals: set[tuple[str, str]] = set().union(*(fact.capitals for fact in known))
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
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    parts: Counter[str] = Counter()
    simple = {key_of(name) for name in counts if len(_JOINT.split(name)) == 1}
    for name, count in counts.items():
        pieces = [p for p in _JOINT.split(name) if p]
        if len(pieces) > 1 and all(key_of(p) in simple for p in pieces):
            continue  # a joint speaker is no party of its own
        forms[key_of(name)][name] += count
    for (name, party), count in pairs.items():
        if party is None:
            for piece in (name, *(p for p in _JOINT.split(name) if p and p != name)):
                key = key_of(piece)
                if key in forms or (lexicon.party(piece) is not None and key not in outlets):
                    parts[piece] += count
    for name, count in parts.items():
        forms[key_of(name)][name] += count
    forms.pop("", None)
    _without_people(forms, pairs, lexicon, given)
    # 2. Join what is one by the lexicon, by brackets, as state and government.
    decided = [d for d in given if d.kind.startswith("party.")]
    groups, reasons, entries = _join(forms, shorts, capitals, lexicon, decided)
    for seat in seats:
        if key_of(seat.city) in forms:
            forms.setdefault(key_of(seat.state), Counter())
            groups.join(key_of(seat.city), key_of(seat.state))
            reasons[key_of(seat.city)].append(f"{seat.city}: stands for {seat.state} in {seat.passages} passages")
    told = {key_of(str(d.target.get("name"))) for d in decided}
    for noun, party in nouns.items():
        if noun in forms and key_of(party) in forms and noun not in told:
            groups.join(noun, key_of(party))
            reasons[noun].append(f"{noun}: whoever speaks for it speaks for {party}")
    _join_rebels(rebels, known, forms, groups, reasons, decided)
    # 3. Do what people decided, which wins.
    shown, lost = _decide(decided, forms, groups, reasons)
    # 4. Choose the name to show.
    aside = {key_of(city) for city, _ in capitals} | {key_of(seat.city) for seat in seats} | listed("rebels")
    aside |= nouns.keys()
    canonical, kinds, spellings, because = _choose(forms, groups, reasons, entries, shown, decided, aside)
    # 5. Give people their full names and their parties.
    speakers = people_of(pairs, unsure, canonical, outlets)
    adjectives = _forms_of_adjectives(canonical, _adjectives(lexicon), lexicon)
    nouns = nouns_for(pairs, canonical, speakers.party_of)
    names = Names(
        canonical, speakers.names, speakers.party_of, kinds, spellings, because, adjectives, lost, nouns=nouns
    )
    sides = {**speakers.placed, **sides_of(speakers.torn, known, names.mentioned)}
    return replace(names, party_of={**speakers.party_of, **sides}, sides=sides) if sides else names


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
    forms: dict[str, Counter[str]], pairs: Counter[tuple[str, str | None]], lexicon: Lexicon,
    decisions: Iterable[Decision],
) -> None:  # fmt: skip
    """A person who speaks for a party somewhere is no party where a document does not say for whom."""
    named = {key_of(str(d.target.get("name"))) for d in decisions if d.kind.startswith("party.")}
    speaks_for: dict[str, Counter[str]] = defaultdict(Counter)
    alone: Counter[str] = Counter()
    for (name, party), count in pairs.items():
        key = key_of(name)
        if party is None or key_of(party) == key:
            alone[key] += count
        elif key_of(party) in forms:
            speaks_for[key][key_of(party)] += count
    for key in sorted(speaks_for):
        if key in forms and key not in named and lexicon.party(_form(forms, key)) is None and " " in key:
            others = [other for other in speaks_for[key] if other not in speaks_for]
            if others and not _governed(key) and key_of(others[0]) not in key:
                del forms[key]


def _join(
    forms: dict[str, Counter[str]],
    shorts: set[tuple[str, str]],
    capitals: set[tuple[str, str]],
    lexicon: Lexicon,
    decided: list[Decision],
) -> tuple[Groups, dict[str, list[str]], dict[str, Entry]]:
    groups, reasons, entries = Groups(), defaultdict(list), {}
    split = {key_of(str(d.target.get("name"))) for d in decided if d.kind == "party.split"}
    adjectives = _adjectives(lexicon)
    bases: dict[str, list[str]] = defaultdict(list)
    for key in forms:
        if " " not in key and len(key) >= 4:
            bases[key[:3]].append(key)
    for key in sorted(forms):
        groups.find(key)
        if key in split:
            continue
        entry = lexicon.party(next(iter(forms[key])))
        if entry is None:
            base = _governed(key)
            if base:
                other = _base_name(base, forms, bases, adjectives, lexicon)
                if other and key_of(other) not in split:
                    forms.setdefault(key_of(other), Counter())
                    groups.join(key, key_of(other))
                    reasons[key].append(f"{_form(forms, key)}: the government of {other}")
                    entry = lexicon.party(other)
                    key = key_of(other)
        told = _told_kind(_form(forms, key)) if entry is None else None
        if told is not None and key_of(told) in forms and key_of(told) not in split and not _is_state(told, lexicon):
            groups.join(key, key_of(told))
            reasons[key].append(f"{_form(forms, key)}: {told} with what it is")
        if entry is not None:
            entries[key_of(entry.name)] = entry
            if key_of(entry.name) != key and key_of(entry.name) not in split:
                groups.join(key, key_of(entry.name))
                reasons[key].append(f"{_form(forms, key)}: {entry.name} in the lexicon")
    for short, long in sorted(shorts):
        one, other = key_of(short), key_of(long)
        if one != other and (one in forms or other in forms) and not {one, other} & split:
            groups.join(one, other)
            forms.setdefault(one, Counter())[short] += 0
            forms.setdefault(other, Counter())[long] += 0
            reasons[one].append(f"{short}: introduced in brackets behind {long}")
    for city, state in sorted((c, re.sub(r"['’]s$", "", s)) for c, s in capitals):
        key, home = key_of(city), _base_name(key_of(state), forms, bases, adjectives, lexicon)
        if home and key in forms and key not in split and key_of(home) not in split and lexicon.party(city) is None:
            forms.setdefault(key_of(home), Counter())
            groups.join(key, key_of(home))
            reasons[key].append(f"{city}: speaks for {home}, whose capital it is")
    return groups, reasons, entries


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


def _join_rebels(
    rebels: set[str], all_facts: list[Facts], forms: dict[str, Counter[str]], groups: Groups,
    reasons: dict[str, list[str]], decided: list[Decision],
) -> None:  # fmt: skip
    """ "The rebels" are the one movement of the reports that speak of rebels; of several nobody can say which."""
    split = {key_of(str(d.target.get("name"))) for d in decided if d.kind == "party.split"}
    if not rebels - split:
        return
    named = {
        key for fact in all_facts if _REBELS.search(fact.reading.document.text)
        for key in map(key_of, fact.parties) if key in forms and _is_movement(key)
    }  # fmt: skip
    if len({groups.find(key) for key in named}) != 1 or split & named:
        return
    movement = min(named)
    for key in sorted(rebels - split):
        forms.setdefault(key, Counter())
        groups.join(key, movement)
        reasons[key].append(f"{key}: {_form(forms, movement)} is the only movement where they are spoken of")


def _is_movement(key: str) -> bool:
    return key not in listed("rebels") and not listed("movements").isdisjoint(key.split())


def _form(forms: dict[str, Counter[str]], key: str) -> str:
    found = forms.get(key)
    return max(found.items(), key=lambda item: (item[1], item[0]))[0] if found else key


def _adjectives(lexicon: Lexicon) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in lexicon.parties:
        for extra in ("demonym", "demonyms", "capital", "adjective"):
            given = entry.extra.get(extra)
            for word in (given,) if isinstance(given, str) else given or ():
                found.setdefault(key_of(str(word)), entry.name)
    return found


def _governed(key: str) -> str | None:
    """What is left of "the Kestrian government" or "government of Kestria"; None when nothing of the kind is said."""
    words = key.split()
    rest = [w for w in words if w not in listed("government") and w not in ("of", "the")]
    return " ".join(rest) if rest and len(rest) < len(words) and set(words) & listed("government") else None


def _base_name(
    base: str, forms: dict[str, Counter[str]], bases: dict[str, list[str]], adjectives: dict[str, str], lexicon: Lexicon
) -> str | None:
    entry = lexicon.party(base)
    if entry is not None:
        return entry.name
    if base in adjectives:
        return adjectives[base]
    if base in forms:
        return _form(forms, base)
    found = [name for name in bases.get(base[:3], ()) if _is_adjective(base, name)]
    return _form(forms, found[0]) if len(found) == 1 else None


def _is_adjective(adjective: str, name: str) -> bool:
    """Whether a word can be the adjective of a name: "kestrian" of "kestria", "sulmari" of "sulmar"."""
    return adjective in adjectives_of(name)


def _forms_of_adjectives(canonical: dict[str, str], known: dict[str, str], lexicon: Lexicon) -> dict[str, str]:
    """The adjectives and capitals by which the parties of this dossier may be named in passing."""
    here = set(canonical.values())
    found: dict[str, str] = {}
    for key, name in canonical.items():
        if " " not in key and len(key) >= 4:
            for adjective in adjectives_of(key):
                found.setdefault(adjective, name)
    found.update({adjective: name for adjective, name in known.items() if name in here})
    for name in sorted(here):
        entry = lexicon.party(name)
        for alias in entry.aliases if entry else ():
            if " " not in alias:
                found.setdefault(key_of(alias), name)
    return found


def _decide(
    decided: list[Decision], forms: dict[str, Counter[str]], groups: Groups, reasons: dict[str, list[str]]
) -> tuple[dict[str, str], tuple[Unplaced, ...]]:
    """Join and name groups as people decided; `shown` says which name each key is to be shown under."""
    follows: dict[str, str] = {}
    lost: list[Unplaced] = []
    for d in decided:
        verb = d.kind.removeprefix("party.")
        name = str(d.target.get("name") or "")
        others = {
            "merge": [str(d.value.get("into") or "")], "rename": [str(d.value.get("to") or "")],
            "alias": [str(d.value.get("alias") or "")], "add": [str(a) for a in d.value.get("aliases") or ()],
        }.get(verb, [])  # fmt: skip
        keys = [key_of(n) for n in (name, *others)]
        if verb != "add" and not any(key in forms for key in keys):
            lost.append(unplaced(d, f"nobody in the dossier is called {name!r}"))
            continue
        if verb in ("merge", "rename"):
            if _leads_to(follows, keys[1], keys[0]):
                lost.append(unplaced(d, f"{name!r} and {others[0]!r} would be named after each other in a ring"))
                continue
            follows[keys[0]] = others[0]
        for other, key in zip(others, keys[1:], strict=True):
            forms.setdefault(key, Counter())[other] += 0
            groups.join(keys[0], key)
            reasons[key].append(f"{other}: decided by {d.by}")
        forms.setdefault(keys[0], Counter())[name] += 0
        groups.find(keys[0])
    return follows, tuple(lost)


def _leads_to(follows: dict[str, str], start: str, goal: str) -> bool:
    seen = set()
    while start != goal:
        if start in seen or start not in follows:
            return False
        seen.add(start)
        start = key_of(follows[start])
    return True


def _choose(
    forms: dict[str, Counter[str]], groups: Groups, reasons: dict[str, list[str]], entries: dict[str, Entry],
    follows: dict[str, str], decided: list[Decision], aside: set[str] | frozenset[str] = frozenset(),
) -> tuple[dict[str, str], dict[str, str], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:  # fmt: skip
    members: dict[str, list[str]] = defaultdict(list)
    for key in forms:
        members[groups.find(key)].append(key)
    added = {key_of(str(d.target.get("name"))): d for d in decided if d.kind == "party.add"}
    canonical, kinds, spellings, because = {}, {}, {}, {}
    for root in sorted(members):
        keys = sorted(members[root])
        renamed = [k for k in keys if k in follows and key_of(follows[k]) not in follows]
        known = [entries[k] for k in keys if k in entries]
        if renamed:
            name = follows[renamed[-1]]
        elif any(k in added for k in keys):
            name = str(added[next(k for k in keys if k in added)].target["name"])
        elif known:
            name = known[0].name
        else:
            plain = [k for k in keys if _governed(k) is None and k not in aside] or keys
            used = [k for k in plain if forms[k]] or plain
            name = _form(forms, max(used, key=lambda k: (" " in k, len(k), k)))
        for key in keys:
            canonical[key] = name
        kind = next((str(added[k].value.get("kind") or "") for k in keys if k in added), "")
        kinds[name] = kind or (known[0].kind if known else "")
        forms_of = {form for k in keys for form in forms[k]}
        spellings[name] = tuple(sorted(forms_of - {name}))
        because[name] = tuple(sorted({r for k in keys for r in reasons.get(k, ())}))
    return canonical, kinds, spellings, because


def proposals(names: Names) -> tuple[Proposal, ...]:
    """Names that look alike but were not made one: for a person to decide."""
    from rapidfuzz import fuzz

    shown = {**{k: n for k, n in names.canonical.items()}, **names.people}
    parties = set(names.canonical.values())
    blocks: dict[str, set[str]] = defaultdict(set)
    for key, name in shown.items():
        for word in key.split():
            blocks[word[:4]].add(name)
        if " " in key:
            blocks["".join(w[0] for w in key.split() if w not in ("of", "the", "and"))].add(name)
        elif len(key) <= 6:
            blocks[key].add(name)
    found: dict[tuple[str, str], Proposal] = {}
    for block in sorted(blocks):
        alike = sorted(blocks[block])[:150]
        for number, one in enumerate(alike):
            for other in alike[number + 1 :]:
                if (one in parties) != (other in parties) or (one, other) in found:
                    continue
                short, long = sorted((one, other), key=lambda n: (len(n), n))
                initials = "".join(w[0] for w in key_of(long).split() if w not in ("of", "the", "and"))
                score = fuzz.token_sort_ratio(key_of(one), key_of(other))
                if " " in long and key_of(short) == initials and len(initials) > 1:
                    found[one, other] = Proposal("party.merge", short, long, 0.8, "its letters begin the words")
                elif score >= LOOK_ALIKE and key_of(one) != key_of(other):
                    found[one, other] = Proposal(
                        "party.merge", short, long, round(score / 100, 2), "the names look alike"
                    )
    return tuple(sorted((*found.values(), *names.proposed), key=lambda p: (-p.score, p.name, p.into)))

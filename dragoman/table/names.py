"""Names: the answer to "who is that?" for any spelling of a party or a person, and for whom a speaker speaks.

In: what `parties` found out of the whole dossier. Out: for a name the party, the person, or those it speaks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dragoman.table.party_names import party_name
from dragoman.table.people import key_of, person_key
from dragoman.table.values import Proposal, Unplaced
from dragoman.table.words import listed

JOINT = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+و\s?")  # between the names of a joint speaker


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
    watchers: dict[str, str] = field(default_factory=dict)  # "observers" -> the one party that sends any
    sides: dict[str, str] = field(default_factory=dict)  # key of a person -> party, whatever a document says
    apart: frozenset[str] = frozenset()  # keys of what people keep apart from every other
    renamed: dict[str, str] = field(default_factory=dict)  # key of a name that people replaced -> the name to show
    # What `party`, `parties` and `person` found, which are asked for every item of every report.
    _known: dict[str, str | None] = field(default_factory=dict, init=False, compare=False, repr=False)
    _found: dict[tuple[str | None, str | None, bool], tuple[str, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    _shown: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)
    # How many words the longest name has that begins with a word; 0 for what is an adjective only.
    _longest: dict[str, int] = field(default_factory=dict, init=False, compare=False, repr=False)

    def party(self, name: str | None) -> str | None:
        """The party of that name, or for which the person of that name speaks; None when there is none."""
        if not name:
            return None
        if name not in self._known:
            self._known[name] = self._party(name)
        return self._known[name]

    def _party(self, name: str) -> str | None:
        found = self.canonical.get(key_of(name)) or self.party_of.get(person_key(name))
        if found is None and (bare := party_name(name)) not in (None, name):
            found = self.canonical.get(key_of(bare))
        return found if found is not None else self._of_body(key_of(name))

    def _of_body(self, key: str) -> str | None:
        """The party one of whose bodies this is: "Kestrian defence ministry", "observers from the League of Ports"."""
        if key in self.watchers:
            return self.watchers[key]
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
                parts = [self.canonical.get(key_of(part)) for part in JOINT.split(given) if part]
                if len(parts) > 1 and all(parts):
                    return tuple(dict.fromkeys(p for p in parts if p))
        return ()

    def mentioned(self, text: str) -> tuple[str, ...]:
        """The parties that a text names, by any spelling or as an adjective, in the order of the text."""
        if not self._longest:
            for known in self.canonical:
                first, *more = known.split(" ", 6)
                self._longest[first] = max(self._longest.get(first, 0), min(6, 1 + len(more)))
            for adjective in self.adjectives:
                self._longest.setdefault(adjective, 0)
        said = key_of(text).split()
        found: dict[str, None] = {}
        longest = self._longest
        for start in [number for number, word in enumerate(said) if word in longest]:
            word = said[start]
            name = self.adjectives.get(word) if len(word) > 4 else None
            for length in range(longest[word], 0, -1):
                if here := self.canonical.get(" ".join(said[start : start + length])):
                    name = here
                    break
            if name is not None:
                found[name] = None
        return tuple(found)

    def person(self, name: str | None) -> str | None:
        """The full name of a speaker; what is no person's name stays as it is, unless people renamed it."""
        if not name:
            return None
        found = self._shown.get(name)
        if found is None:
            found = self.people.get(person_key(name)) or self.renamed.get(key_of(name), name)
            self._shown[name] = found
        return found

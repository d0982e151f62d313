"""Finds the states of a text by name, demonym and capital, also those that only this text knows.

In: a text and a lexicon. Out: an Atlas that says which state a word means, where states are mentioned, and which one
the text is mostly about. "Kestria" becomes a state because the text also has a "Kestrian foreign minister".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from dragoman.folding import fold_name
from dragoman.lexicon import Entry, Lexicon
from dragoman.reader.vocabulary import first_names, verb_forms, words

_CAPITAL = re.compile(r"(?:U\.S\.A?|U\.K\.|[A-ZÀ-ÖØ-ÞČŠŽĆĐİŁ][^\W_]*(?:['’-][^\W\d_]+)*)")
_SUFFIX = re.compile(r"(?:ians?|eans?|ans?|ns?|ese|ish|is?|ites?|ics?|ers?|ois|ch|ards?)$")
_OF = re.compile(r"\b(?i:government|republic|kingdom|sultanate|emirate|embassy|prime minister) of ((?:[A-Z][^\W\d_]+)(?: [A-Z][^\W\d_]+)?)")
_OFFICES = re.compile(r"\b([A-Z][^\W\d_]{2,})['’]s (?:[\w-]+ ){0,2}(?:[Gg]overnment|[Pp]arliament|[Mm]inisters?|[Mm]inistry|[Aa]mbassador|army|[Ee]mbassy|navy|airspace|"
                      r"[Cc]hancellor|borders?|constitution|coast guard|foreign policy|state (?:television|radio|agency)|capital|delegation)\b")


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
    for entry in lexicon.parties:
        if entry.kind != "state":
            for spelling in (entry.name, *entry.aliases):
                organisations.setdefault(fold_name(spelling), entry)
            continue
        for spelling in (entry.name, *entry.aliases):
            names.setdefault(fold_name(spelling), entry.name)
        for word in (entry.extra.get("demonym"), *entry.extra.get("demonyms", ())):
            if word:
                demonyms.setdefault(fold_name(word), entry.name)
                demonyms.setdefault(fold_name(word + "s"), entry.name)
        for word in (entry.extra.get("capital"), *entry.extra.get("capitals", ()), entry.extra.get("capital_ar")):
            if word:
                capitals.setdefault(fold_name(word), entry.name)
    made = Gazetteer(lexicon, names, demonyms, capitals, organisations)
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
        key = fold_name(phrase)
        if key in self.invented:
            return self.invented[key]
        for how, table in (("name", self.gazetteer.names), ("demonym", self.gazetteer.demonyms),
                           ("capital", self.gazetteer.capitals)):
            if key in table:
                return table[key], how
        return None

    def demonym_of(self, state: str) -> str | None:
        """The adjective of a state: the text's own, else the lexicon's."""
        for match in _CAPITAL.finditer(self.text):
            if self.lookup(match.group()) == (state, "demonym") and not match.group().endswith("s"):
                return match.group()
        entry = self.gazetteer.lexicon.party(state)
        return entry.extra.get("demonym") if entry is not None and entry.kind == "state" else None

    def main(self) -> str | None:
        """The state that the text is mostly about."""
        count: Counter[str] = Counter()
        for place in self.places:
            count[place.state] += {"name": 3, "demonym": 4, "capital": 2}[place.how]
        return count.most_common(1)[0][0] if count else None

    def nearest(self, start: int, end: int) -> str | None:
        """The state mentioned last in text[start:end]."""
        inside = [p for p in self.places if start <= p.start and p.end <= end]
        return inside[-1].state if inside else None

    def within(self, start: int, end: int) -> list[Place]:
        """The mentions of states in text[start:end]."""
        return [p for p in self.places if start <= p.start and p.end <= end]

    # -------------------------------------------------------------------------------------------- inventing

    def _invent(self) -> None:
        """Pair the capitalised words that only this text knows: a name and its demonym."""
        seen = Counter(m.group() for m in _CAPITAL.finditer(self.text))
        unknown = [w for w in seen if len(w) > 3 and not w.isupper() and self.lookup(_bare(w)) is None and w.lower() not in words("determiners")]
        adjectives = [w for w in unknown if _SUFFIX.search(w) and self._qualifies(w)]
        for adjective in adjectives:
            for name in unknown:
                if name != adjective and not self._names_a_person(name) and is_demonym(adjective, name) and not adjective.startswith("The"):
                    self.invented.setdefault(fold_name(_bare(name)), (_bare(name), "name"))
                    self.invented[fold_name(adjective)] = (_bare(name), "demonym")
                    self.invented.setdefault(fold_name(adjective + "s"), (_bare(name), "demonym"))
        for pattern in (_OF, _OFFICES):
            for match in pattern.finditer(self.text):
                name = match.group(1)
                if self.lookup(name) is None and not name.isupper() and not self._names_a_person(name) and (
                    name.split()[0].lower() not in words("months") | words("days") | words("titles") | words("organisation_nouns") | words("role_nouns")
                ):
                    self.invented.setdefault(fold_name(name), (name, "name"))

        self._act_alone(unknown)

    def _act_alone(self, unknown: list[str]) -> None:
        """Take unknown words that stand alone, are places ("in Casparia") and act ("Casparia offers") for states."""
        for word in unknown:
            bare = _bare(word)
            if self.lookup(bare) is not None or bare.lower() in words("organisation_nouns") | words("role_nouns") | words("rubrics") | words("anonymous_nouns"):
                continue
            alone = [m for m in re.finditer(rf"(?<![\w’'-]){re.escape(bare)}(?![\w-])", self.text)
                     if not re.search(r"(?:[A-Z][\w’'.-]*|\b[Tt]he|\b[Aa]n?) $", self.text[max(0, m.start() - 25) : m.start()])
                     and not re.match(r"(?:['’]s)? [A-Z]", self.text[m.end() : m.end() + 5])]
            place = sum(bool(re.search(r"\b(?:in|of|from|to|with|between|for|by|against) $", self.text[max(0, m.start() - 9) : m.start()])) for m in alone)
            acts = sum(self._acts(m.end()) for m in alone)
            if len(alone) >= 2 and place and acts and not self._names_a_person(bare) and bare.lower() not in self.text:
                self.invented.setdefault(fold_name(bare), (bare, "name"))

    def _acts(self, end: int) -> bool:
        after = re.match(r"['’]s\b| ((?:has |had |will |would |does not |did not )?[a-z]+)", self.text[end : end + 30])
        if not after:
            return False
        return after.group(1) is None or after.group(1).split()[0] in words("auxiliaries") or any(
            form.kind in ("s", "past") for form in verb_forms().get(after.group(1), ()))

    def _names_a_person(self, word: str) -> bool:
        """Whether a title or a first name stands before the word somewhere."""
        for match in re.finditer(rf"([^\W\d_][\w-]*)\.? {re.escape(word)}\b", self.text):
            before = match.group(1)
            if before.lower() in words("titles") or (before[:1].isupper() and fold_name(before) in first_names()):
                return True
        return False

    def _qualifies(self, adjective: str) -> bool:
        """Whether a word stands before a noun as an adjective of nationality does."""
        for match in re.finditer(rf"\b{re.escape(adjective)}s? ([^\W\d_]+)", self.text):
            following = match.group(1)
            if following[0].islower() and following not in words("auxiliaries") and following not in words("prepositions"):
                return True
            if following.lower() in words("role_nouns") | words("titles") or following.endswith("ry"):
                return True
        return re.search(rf"\b(?:the|The) {re.escape(adjective)}s?\b", self.text) is not None

    def _scan(self) -> Iterator[Place]:
        spans = [(m.start(), m.end(), m.group()) for m in _CAPITAL.finditer(self.text)]
        at = 0
        while at < len(spans):
            for length in range(min(5, len(spans) - at), 0, -1):
                run = spans[at : at + length]
                if any(b[0] - a[1] > 8 or not _joint(self.text[a[1] : b[0]]) for a, b in zip(run, run[1:], strict=False)):
                    continue
                phrase = self.text[run[0][0] : run[-1][1]]
                found = self.lookup(_bare(phrase))
                if found is not None:
                    bare = _bare(phrase)
                    yield Place(run[0][0], run[0][0] + len(bare), *found)
                    at += length - 1
                    break
            at += 1


def _joint(gap: str) -> bool:
    return gap in (" ", " of ", " and ", " of the ", "-") or gap.strip() == ""


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def is_demonym(adjective: str, name: str) -> bool:
    """Whether `adjective` can be the demonym of the place `name`: "Kestrian" of "Kestria", "Haldish" of "Halden"."""
    a, n = fold_name(adjective), fold_name(_bare(name))
    if a == n or not a or not n or a[0] != n[0] or " " in a or " " in n:
        return False
    shared = 0
    while shared < min(len(a), len(n)) and a[shared] == n[shared]:
        shared += 1
    rest, lost = a[shared:], len(n) - shared
    if shared < max(3, min(len(n) - 3, 6)) or lost > 3 or len(n) < 4:
        return False
    if lost == 0:
        return rest in ("n", "an", "ian", "i", "ese", "ish", "er", "ic", "ite", "ean", "ans", "nian")
    whole = _SUFFIX.search(a)
    return whole is not None and 0 < len(rest) <= 4 and len(a) - len(whole.group()) <= shared + 1 and n[-1] in "aeionyrks"

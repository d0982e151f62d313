"""Finds out who an Arabic source is: the name behind its roles, the state behind an adjective.

In: the text and a source in it, and who spoke before. Out: name, party and whether the speaker has no name; the
outlets that passed a statement on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from dragoman.folding import fold
from dragoman.reader.names.states import Gazetteer
from dragoman.reader.rules.arabic_words import nouns
from dragoman.reader.vocabulary import data, key_of
from dragoman.reading import Span

_WORD = re.compile(r"[\w\u064b-\u0652\u0670]+")
_APPOSITION = re.compile(r"،|\s(?:الذي|التي|الذين|طلب|طلبت|رفض|لم)\s")
_ADJECTIVE = re.compile(r"^(?:ال)?(.{2,}?)(?:يه|يين|يون|يتين|يا|ي)$")
_NEAR, _FAR = 100, 400  # letters before a source in which a body, or the state of an office, is looked for
_PAPER = re.compile(r"\s(?:لل(?P<short>\w+)|(?:ل|عن\s|من\s|صادر\s?عن\s|أصدرته?\s|نشرته?\s|وزعته?\s)(?P<long>.+))$")
_ARTICLE = ("ال", "وال", "بال", "لل")


# "أعلنت تندار يوم الثلاثاء": the day on which somebody spoke is no part of the name
_WHEN = re.compile(r"\s+(?:يوم|اليوم|أمس)(?:\s+(?:أمس|ال(?:اثنين|إثنين|ثلاثاء|أربعاء|خميس|جمعة|سبت|أحد)))?$")


_THAT = re.compile(r"^و?[إاأ]ن\s+(?=\w)")  # "وإن بلاده تطالب"
_PLACED = re.compile(r"(?:\bفي|\bمن|\bإلى|\bالى|\bنحو)\s+$")  # "في الدوحة" is where something is
_DATELINE = re.compile(r"\s*(?:[-–—(:،]\s*(?:\d|\()|[-–—:]\s)")


class Named(NamedTuple):
    """Who an Arabic source is."""

    name: str
    party: str | None
    anonymous: bool
    kind: str


class ArabicNames:
    """The people, bodies and states that one Arabic text names, learned source by source."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text, self.gazetteer = text, gazetteer
        self.words = {fold(m.group()): m.group() for m in _WORD.finditer(text)}
        for low, word in list(self.words.items()):  # "وسولمار" names سولمار too
            if low[0] in "ولبف" and len(low) > 4:
                self.words.setdefault(low[1:], word[1:])
        self.at = 0  # where the source in question stands
        self.people: dict[str, Named] = {}
        self.bodies: dict[str, str] = {}  # head noun -> full name
        for match in re.finditer(r"[\w]+", text):
            head = fold(match.group())
            bare = head[1:] if head[:1] in "ولبف" and head[1:] in nouns("bodies") else head
            if bare in nouns("bodies"):
                following = re.match(r"((?:\s+ال\w+){1,3})", text[match.end() : match.end() + 60])
                start = match.end() - len(bare)
                if following:
                    self.bodies.setdefault(bare, _body_name(text[start : match.end()], following.group(1)))
                elif (named := self._construct(bare, text, match.end())) is not None:
                    self.bodies.setdefault(bare, text[start : match.end()] + named)

    def _construct(self, head: str, text: str, end: int) -> str | None:
        """What follows a body's noun in a name such as "جبهة وادي الرمان" or "حكومة نوردان"."""
        found = re.match(r"\s+(\w{3,})((?:\s+ال\w+){0,2})", text[end : end + 60])
        if found is None or fold(found.group(1)) in nouns("plain") or fold(found.group(1)).startswith("ال"):
            return None
        if found.group(2):
            return f" {found.group(1)} {found.group(2).split()[0]}"
        return f" {found.group(1)}" if head in nouns("state_bodies") else None

    def who(self, source: str, before: Sequence[Named]) -> Named:
        """Who `source` is, given who spoke before it."""
        self.at = max(0, self.text.find(source))
        source = _THAT.sub("", _WHEN.sub("", source))
        issued = _PAPER.search(source) if fold(source.split()[0] if source.split() else "") in nouns("papers") else None
        if issued is not None:
            return self.who(f"ال{issued['short']}" if issued["short"] else issued["long"], before)
        person = self._beside(source, before)
        if person is not None:
            return person
        core = _APPOSITION.split(source, maxsplit=1)[0].strip(' «»"')
        words = [m.group() for m in _WORD.finditer(core)]
        folded = [fold(w) for w in words]
        if not words:
            return Named(source, None, False, "group")
        bare = [f.removeprefix("ال") for f in folded]
        if folded[0] in nouns("outlets"):
            return Named(" ".join(words[1:]) or core, None, False, "outlet")
        if {bare[0], bare[0].removesuffix("ا")} & nouns("anonymous") and not self._has_name(words):
            return Named(
                _nominative(words),
                self._party(words, folded, before) if "مقرب" not in " ".join(folded) else None,
                True,
                "group",
            )
        for piece in (core, words[-1]):
            if fold(piece) in self.people and (piece == core or len(words) <= 2):
                return self.people[fold(piece)]
        if len(words) == 1 and (met := self._introduced(words[0], before)) is not None:
            return met
        if bare[0] in nouns("roles") or (len(words) > 1 and bare[1] in nouns("roles")):
            return self._person(words, folded, before)
        if bare[0] in nouns("bodies"):
            name = self.bodies.get(bare[0], core) if len(words) == 1 else core
            party: str | None = name
            if bare[0] in ("وزاره", "جيش", "حكومه"):
                named_so = [m.group() for m in _WORD.finditer(name)][1:]
                party = self._party(named_so, [fold(w) for w in named_so], before)
                party = party or (name if bare[0] == "حكومه" and len(named_so) else None)
            return Named(name, party, False, "organisation")
        if before and (folded[0] in ("بلاده", "بلادها") or (len(words) == 1 and _own_body(folded[0]))):
            return Named(before[-1].party or core, before[-1].party, False, "state")
        state = self.state(core)
        if state is not None:
            return Named(state, state, False, "state")
        role = _WORD.findall(source[source.find(core) + len(core) :])
        if len(words) > 1 and role and fold(role[0]).removeprefix("ال") in nouns("roles"):  # "فلان، كبير مفاوضي كذا"
            party = self._party(role, [fold(w) for w in role], before)
            person = Named(core, party, False, "person")
            self.people[fold(core)] = self.people[fold(words[-1])] = person
            return person
        named = next((self.bodies[b] for b in bare[1:] if b in self.bodies), None)
        return Named(core, named or (core if len(words) == 1 else None), False, "group")

    def _beside(self, source: str, before: Sequence[Named]) -> Named | None:
        """The person whose name stands after a description: "رئيسة وزراء نوردان، ليان الخازن"."""
        pieces = [p.strip(' «»"') for p in source.split("،")]
        role = [fold(m.group()) for m in _WORD.finditer(pieces[0])]
        name = [m.group() for m in _WORD.finditer(pieces[1])] if len(pieces) > 1 else []
        folded = [fold(w) for w in name]
        described = {w.removeprefix("ال") for w in role[:2]} & (nouns("roles") | nouns("anonymous") | nouns("kin"))
        if not described or not 2 <= len(name) <= 6 or any(w in nouns("plain") for w in folded):
            return None
        titled = folded[0].removeprefix("ال") in nouns("roles") | nouns("kin") | nouns("anonymous")
        if not titled and (len(name) > 4 or name[0].startswith("ال") or _APPOSITION.match(f" {name[0]} ")):
            return None
        person = self._person(name, folded, before)
        party = self._party(_WORD.findall(pieces[0]), role, before) or person.party
        if person.name == " ".join(name) and len(name) > 4:
            return None
        person = Named(person.name, party, False, "person")
        self.people[fold(person.name)] = self.people[folded[-1]] = person
        return person

    def _introduced(self, name: str, before: Sequence[Named]) -> Named | None:
        """Whom the text brought in by role and full name before it gives the last name alone as a source."""
        for match in re.finditer(rf"(?<=\s){re.escape(name)}(?!\w)", self.text):
            lead = [m.group() for m in _WORD.finditer(self.text, max(0, match.start() - _NEAR), match.start())][-6:]
            roles = [n for n, w in enumerate(lead) if fold(w).removeprefix("ال") in nouns("roles")]
            if roles and roles[-1] < len(lead) - 1:
                words = [*lead[roles[-1] :], name]
                person = self._person(words, [fold(w) for w in words], before)
                if 2 <= len(person.name.split()) <= 3:
                    return person
        return None

    def _has_name(self, words: Sequence[str]) -> bool:
        return fold(" ".join(words[-2:])) in self.people and len(words) > 2

    def _person(self, words: Sequence[str], folded: Sequence[str], before: Sequence[Named]) -> Named:
        k = 0
        construct = False
        while k < len(words):
            bare = folded[k].removeprefix("ال")
            if bare in nouns("roles") or bare in nouns("bodies") or (k == 0 and bare in nouns("anonymous")):
                construct = bare in nouns("bodies") and not folded[k].startswith("ال")
            elif bare in nouns("ministries"):
                construct = not folded[k].startswith("ال")
            elif (
                (folded[k].startswith(_ARTICLE) and not words[k].startswith(("إ", "أ")))
                or folded[k] in ("باسمها", "باسمه", "باسم", "في", "لدي")
                or (construct and len(words) - k > 2)
            ):
                construct = False
            else:
                break
            k += 1
        name = " ".join(words[k:])
        party = self._party(words[:k], folded[:k], before)
        if not name:
            return Named(" ".join(words), party, False, "person")
        known = self.people.get(fold(name))
        person = Named(name, party or (known.party if known else None), False, "person")
        self.people[fold(name)] = person
        self.people[fold(words[-1])] = person
        return person

    def _party(self, words: Sequence[str], folded: Sequence[str], before: Sequence[Named]) -> str | None:
        for n, (word, low) in enumerate(zip(words, folded, strict=True)):
            if (
                n
                and folded[n - 1] in nouns("ministries")
                and not low.startswith("ال")
                and low not in nouns("roles") | nouns("ministries")
            ):
                named = self.state(word) or word  # "وزير خارجية نورثمارك"
                return next((b for b in self.bodies.values() if fold(b) == f"حكومه {fold(named)}"), named)
            if low.removeprefix("ال") in nouns("roles") | nouns("ministries") | nouns("anonymous"):
                continue
            bare = low.removeprefix("ال")
            if bare in self.bodies and bare not in ("حكومه", "وزاره"):
                return self.bodies[bare]
            state = self.state(word) or self._by_adjective(low)
            if state is not None:
                return state
        if any(low in ("باسمها", "باسمه") for low in folded):
            low_end = max(0, self.at - _NEAR)
            for match in reversed(list(_WORD.finditer(self.text, low_end, self.at))):
                head = re.sub(r"^[وفب]?(?:لل|ال)?", "", fold(match.group()))
                if head in self.bodies:
                    return self.bodies[head]
            said = [n for n in before if n.kind in ("organisation", "state")]
            if said:
                return said[-1].name
            return next(iter(self.bodies.values()), None)
        if any(
            low.removeprefix("ال") in nouns("heads_of_state") for low in folded
        ):  # an office whose state was named before
            for match in reversed(list(_WORD.finditer(self.text, max(0, self.at - _FAR), self.at))):
                before_it = self.text[max(0, match.start() - 6) : match.start()]
                if _PLACED.search(before_it) or _DATELINE.match(self.text, match.end()):
                    continue
                state = self.state(match.group()) or self._by_adjective(fold(match.group()))
                if state is not None:
                    return state
        return None

    def state(self, word: str) -> str | None:
        """The state that `word` names, as the text spells it."""
        low = fold(word)
        if low.removeprefix("ال") in self.gazetteer.names or low in self.gazetteer.names:
            return word
        name = self.gazetteer.capitals.get(low) or self.gazetteer.capitals.get(key_of(word))
        if name is not None:
            known = [self.words[k] for k, v in self.gazetteer.names.items() if v == name and k in self.words]
            return known[0] if known else min(self._spellings(name), key=len, default=name)
        if " " not in word and not low.startswith("ال") and any(self._adjective_of(other, low) for other in self.words):
            return word
        return None

    def _by_adjective(self, low: str) -> str | None:
        if low.removeprefix("ال") in ("اممي", "امميه"):
            return "الأمم المتحدة"
        match = _ADJECTIVE.match(low)
        if match is None:
            return None
        for other, spelled in self.words.items():
            if not other.startswith("ال") and self._adjective_of(low, other):
                return spelled
        stem = match.group(1)
        for name, state in self.gazetteer.names.items():
            if (
                name.removeprefix("ال").startswith(stem)
                and len(name.removeprefix("ال")) - len(stem) <= 2
                and len(stem) >= 3
            ):
                return next((e for e in self._spellings(state)), state)
        return None

    def _spellings(self, state: str) -> Iterator[str]:
        for entry in self.gazetteer.lexicon.parties:
            if entry.name == state:
                yield from (a for a in entry.aliases if re.search(r"[\u0620-\u064a]", a))

    def _adjective_of(self, adjective: str, name: str) -> bool:
        if not adjective.startswith("ال") and not adjective.endswith(("يا", "ي", "يه")):
            return False
        match = _ADJECTIVE.match(adjective)
        if match is None or adjective == name or len(match.group(1)) < 4:
            return False
        stem = match.group(1)
        return name == stem or (name.startswith(stem) and name[len(stem) :] in ("ا", "يا", "ه"))


def _own_body(word: str) -> bool:
    """Whether a word is a body with whose it is: "حركته", "حزبها", "حكومتهم"."""
    own = re.fullmatch(r"(?P<noun>\w{2,}?)(?:(?P<t>ت)?(?:ه|ها|هم|نا))", word)
    return own is not None and (f"{own['noun']}ه" if own["t"] else own["noun"]) in nouns("bodies")


def outlets_in(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """The outlets that a noun introduces in text[start:end]: "صحيفة أشيفال تريبيون"."""
    for match in _outlet_pattern().finditer(text, start, end):
        group = 3 if match.group(3) else 4
        yield match.group(group), Span(match.start(group), match.end(group))


@cache
def _outlet_pattern() -> re.Pattern[str]:
    introducing = "|".join(sorted(nouns_spelled("outlets")))
    stops = r"(?!عن\b|[بو]?[إا]ن\b|[بو]?أن(?:ه|ها|هم)?\b|إن(?:ه|ها|هم)\b|في\b|على\b|قوله|مع\b|اليوم|أمس|نقلا|نقلاً)"
    name = rf"(?:«([^«»\n]{{2,40}})»|[\"]?(\w+(?:\s+{stops}\w+){{0,2}}))"
    return re.compile(rf"(?:^|[\s«])([ولب]?)({introducing})\s+{name}")


def nouns_spelled(name: str) -> list[str]:
    """A word class as the data spells it."""
    return str(data("cues_ar.json")[name]).split()


def _body_name(head: str, following: str) -> str:
    words = following.split()
    return " ".join([head, *words[:2]])


def _nominative(words: Sequence[str]) -> str:
    """A description without the accusative ending that its place in the sentence gave it."""

    def bare(word: str) -> str:
        known = word.endswith("ا") and fold(word[:-1]) in nouns("anonymous")
        return word[:-1] if known or (len(word) > 4 and word.endswith("يا")) else word

    return " ".join(map(bare, words))

"""Finds outlets in a text: those of the lexicon, and unknown ones by how they are called or introduced.

In: a draft. Out: for a phrase the outlet it names; every mention of an outlet in the text, "the paper" and "the
station" included, which mean the outlet named last.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from dragoman.folding import fold, without_genitive
from dragoman.lexicon import Entry
from dragoman.reader.draft import Draft
from dragoman.reader.names.outlet_introductions import Introduction, introductions
from dragoman.reader.names.outlet_shapes import LAST_WORD, NATIONAL, RUN, UPPER, is_outlet_by_shape, is_shaped
from dragoman.reader.names.own_initials import is_anothers
from dragoman.reader.names.states import Atlas
from dragoman.reader.segment import standing
from dragoman.reader.vocabulary import first_names, key_of, words

_DATELINE = re.compile(r"\(([A-Z]{2,6})\)\s*[-–—]")
_MEMBERS = re.compile(r"[A-Z]{2,}s")
_HEAD = 300  # letters at the head of a report in which its dateline stands
_GENERIC = re.compile(
    r"\b(?:[Tt]he|[Tt]hat|[Tt]his)[ \u00a0]+(?:same[ \u00a0]+)?(paper|newspaper|daily|weekly|tabloid|magazine|"
    r"agency|news agency|wire|broadcaster|station|"
    r"radio|channel|portal|website|blog)(?=[ ,.;:'’)])"
)
# A station's name may have a number: "France 24", "Channel 4 News"; that of no other outlet goes on with one.
_NUMBERED = rf"{RUN}(?:[ \u00a0]\d{{1,2}}(?![\w.,]\w)(?:[ \u00a0]{RUN})?)?"
_NAMED = re.compile(rf"(?P<national>{NATIONAL.pattern})|(?P<generic>{_GENERIC.pattern})|(?P<run>{_NUMBERED})")
_PIECE = re.compile(r"\S+")
# A short form stands for an outlet where it reports, or where "the" is before it and no further name behind.
_REPORTS = re.compile(r" (?:reported|reports|wrote|writes|said|says|adds|added|quoted|quotes|cites|has it)\b")
_INITIALS = re.compile(r"(?m)^([A-Z]{2,5})(?=:)")  # who asks, in an interview
_THE = re.compile(r"\b[Tt]he $")
_GOES_ON = re.compile(r"[ \u00a0][A-Z]")
_NEXT_NAME = re.compile(rf"[ \u00a0][“\"‘«„]?({UPPER})")


@dataclass
class OutletFinder:
    """The outlets that one text can mean."""

    draft: Draft
    atlas: Atlas
    named: dict[str, str] = field(default_factory=dict)  # folded spelling -> canonical name, for this text only
    own: set[str] = field(default_factory=set)
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    _sure: dict[str, bool] = field(default_factory=dict)  # names that were looked at by their shape
    _anothers: dict[str, bool] = field(default_factory=dict)  # initials, whether the text means another

    @classmethod
    def of(cls, draft: Draft, atlas: Atlas) -> OutletFinder:
        """The finder of one draft, with the outlets that its text introduces."""
        finder = cls(draft, atlas)
        if draft.document.outlet:
            bare = re.sub(r"\s*\(.*?\)", "", draft.document.outlet)
            finder.own = {key_of(draft.document.outlet), key_of(bare)}
        text = draft.document.text
        finder._learn_dateline()
        for introduction in introductions(text):
            finder._introduce(introduction)
        finder._shorten()
        finder.mentions = list(finder._scan(text))
        return finder

    def _learn_dateline(self) -> None:
        """The initials of the outlet in its own dateline: "BRESKA, 2 May (MNA) -" in the Meridian News Agency."""
        match = _DATELINE.search(self.draft.document.text, 0, _HEAD)
        own = self.draft.document.outlet
        if match is None or not own:
            return
        if _first_letters(re.sub(r"\b[a-z]+\b", "", own)).endswith(match.group(1)):
            self.own.add(key_of(match.group(1)))

    @cached_property
    def _people(self) -> frozenset[str]:
        """The names that the finder takes for people's."""
        text = self.draft.document.text
        named = {text[m.span.start : m.span.end] for m in self.draft.mentions if m.kind == "person"}
        return frozenset(name for name in named if " " in name)

    def _is_state(self, name: str, *, guessed: bool) -> bool:
        """Whether a name is a state's; with `guessed` also where only the text lets one think so."""
        known = self.atlas.lookup(name)
        return known is not None and (guessed or known[1] != "name")

    def _introduce(self, met: Introduction) -> None:
        """Take in an outlet where its name is nobody else's."""
        name = met.name.removeprefix("The ")
        outlet, _, last = name.rpartition(" ")
        if met.acting and outlet and self._is_state(last, guessed=True):
            name = outlet  # "told Radio Eko Chile would not join"
        elif met.told and outlet and last.lower() in words("days"):
            name = outlet  # "told the Bay Star Saturday"
        if self._is_another(name, met) or self._is_person(name):
            return
        known = self._known(name)
        if not met.sure and known is None and self._is_doubtful(name, met):
            return
        self.named.setdefault(key_of(name), known.name if known else name)

    def _is_another(self, name: str, met: Introduction) -> bool:
        """Whether words name no outlet, but a state, a day or a body, or nothing."""
        return (
            name.split()[0].lower() in words("not_outlets")
            or (self._is_state(name, guessed=not met.quoting) and not met.sure)
            or name.lower() in words("days", "months")
            or key_of(name) in self.atlas.gazetteer.organisations
        )

    def _is_person(self, name: str) -> bool:
        """Whether a name is that of a person, or too long for an outlet's."""
        parts = name.split()
        return (
            name in self._people
            or len(parts) > 5
            or any(p.lower().rstrip(".") in words("titles", "role_nouns") for p in parts[:-1])
        )

    def _is_doubtful(self, name: str, met: Introduction) -> bool:
        """Whether an unknown name may as well be a body's or a person's, where these may stand in its place."""
        if is_shaped(name):
            return False
        parts = name.split()
        if fold(parts[0]) in first_names() or any(fold(p) in words("organisation_nouns") for p in parts):
            return True
        if fold(parts[-1]) in words("anonymous_nouns", "role_nouns") or _MEMBERS.fullmatch(parts[-1]):
            return True  # "told the Union's Ambassadors", "told MPs"
        initials = name.isupper() and len(name) > 2
        return met.told and len(parts) == 1 and not initials and self._is_borne(name)

    def _is_borne(self, name: str) -> bool:
        """Whether a word is somebody's name in the text: "Mr Vekk", "Vekk, who", "for Vekk's sister", "Tui Vekk"."""
        text, word = self.draft.document.text, re.escape(name)
        return any(
            re.search(pattern, text) is not None
            for pattern in (
                rf"\b(?:Mr|Mrs|Ms|Dr|minister|[Pp]resident) {word}\b|\b{word}, (?:who|the|a)\b",
                rf"[a-z] {word}['’]s? [a-z]",
                rf"\b[A-Z][\w-]+ {word}\b",
            )
        )

    def _shorten(self) -> None:
        """ "the Tribune" for the Asheval Tribune, "Meridian" for the Meridian News Agency, where one outlet fits."""
        text = self.draft.document.text
        full = {n for n in self.named.values() if len(n.split()) > 1}
        full |= {
            m.group()
            for m in re.finditer(RUN, text)
            if len(m.group().split()) > 1 and self.find(m.group()) is not None and not self.is_own(m.group())
        }
        shorts: dict[str, set[str]] = {}
        for name in full:
            parts = [p for p in name.split() if p.lower() != "the"]
            canonical = self.find(name) or name
            if len(parts) < 2:
                continue
            for piece in (parts[-1], parts[0], " ".join(parts[:2]), " ".join(parts[1:])):
                if len(piece) > 2 and piece.lower() not in words("titles"):
                    shorts.setdefault(piece, set()).add(canonical)
        for initials in set(_INITIALS.findall(text)):
            meant = {self.find(n) or n for n in full if _first_letters(n) in (initials, f"T{initials}")}
            if len(meant) == 1:
                self.named.setdefault(key_of(initials), next(iter(meant)))
        for piece, names in shorts.items():
            alone = any(
                _REPORTS.match(text, end)
                or (_THE.search(text[max(0, start - 5) : start]) and not _GOES_ON.match(text, end))
                for start, end in standing(text, piece)
            )
            introduced = self.named.get(key_of(piece)) == piece
            unknown = (
                self.atlas.lookup(piece) is None
                and key_of(piece) not in self.atlas.gazetteer.organisations
                and (fold(piece) not in words("organisation_nouns") or re.fullmatch(LAST_WORD, piece))
            )
            if len(names - {piece}) != 1 or not alone or not (introduced or unknown):
                continue
            if introduced or key_of(piece) not in self.named:
                self.named[key_of(piece)] = next(iter(names - {piece}))

    def find(self, phrase: str) -> str | None:
        """The canonical name of the outlet that `phrase` names; None when it names none."""
        bare = phrase.strip(" ,.;:“”\"‘’'«»„")
        key = key_of(bare)
        if not key or key in words("days", "months"):
            return None
        if key in self.named:
            return self.named[key]
        if key in self.own:
            return self.draft.document.outlet
        known = self._known(bare)
        if known is not None and (not bare.isascii() or (known.name[:1].isupper() and bare[:1].isupper())):
            return known.name if _same_case(known, bare) else None
        if bare[:1].isupper() and len(bare.split()) >= 2 and is_shaped(bare) and self._shape_is_sure(bare):
            return bare
        return None

    def _known(self, name: str) -> Entry | None:
        """The outlet of the lexicon that a name means in this text."""
        known = self.draft.lexicon.outlet(name)
        if known is None or not name.isupper():
            return known
        if name not in self._anothers:
            self._anothers[name] = is_anothers(self.draft.document.text, name, known.name)
        return None if self._anothers[name] else known

    def _shape_is_sure(self, bare: str) -> bool:
        known = self._sure.get(bare)
        if known is None:
            known = self._sure[bare] = is_outlet_by_shape(bare, self.draft.document.text)
        return known

    def is_own(self, name: str) -> bool:
        """Whether `name` is the outlet that publishes the document, or its first or last words."""
        key = key_of(name)
        starts = key not in words("outlet_nouns")  # "the daily" may be another than The Daily Star
        return bool(key) and any(
            key == o or o.endswith(f" {key}") or (starts and o.startswith(f"{key} ")) for o in self.own
        )

    def in_stretch(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The outlets named in text[start:end], in order: start, end, canonical name."""
        for n in range(bisect_left(self.mentions, (start,)), len(self.mentions)):
            mention = self.mentions[n]
            if mention[0] >= end:
                return
            if mention[1] <= end:
                yield mention

    def is_within(self, start: int, end: int) -> bool:
        """Whether text[start:end] is part of an outlet's name: the number of "France 24"."""
        n = bisect_left(self.mentions, (start,)) - 1
        return n >= 0 and end <= self.mentions[n][1]

    def is_of_a_station(self, start: int, end: int) -> bool:
        """Whether text[start:end] is a land in a station's name: "told France 24" speaks of no land."""
        n = bisect_right(self.mentions, (start, end))
        low, high, name = self.mentions[n] if n < len(self.mentions) else (end, end, "")
        return low == start and end < high and name[-1].isdigit()

    def mention_before(self, start: int) -> tuple[int, int, str] | None:
        """Where an outlet is named last before `start`, and its name."""
        n = bisect_left(self.mentions, (start,))
        return self.mentions[n - 1] if n else None

    def _scan(self, text: str) -> Iterator[tuple[int, int, str]]:
        last: str | None = None
        for match in _NAMED.finditer(text):
            if match.group("generic"):
                own = match.group().startswith(("This", "this"))  # "seen by this newspaper": whoever publishes it
                if last is not None and not own and not self._names_it(match.end()):
                    yield match.start(), match.end(), last
                continue
            national = match.group("national")
            if national is not None:
                name = self.find(national)
                if name is not None:
                    yield match.start(), match.end(), name
                    last = name
                    continue
            for found in self._longest(match.start(), match.end()):
                yield found
                if not self.is_own(found[2]):
                    last = found[2]

    def _is_of_a_land(self, start: int, end: int) -> bool:
        """Whether text[start:end] is a part of a state's name, or of its people's."""
        places = self.atlas.places
        n = bisect_left(places, (start + 1,)) - 1
        return n >= 0 and places[n].start <= start and places[n].end > end

    def _names_it(self, end: int) -> bool:
        """Whether a name goes on from "the weekly": "the weekly Le Phare" means no outlet named before."""
        name = _NEXT_NAME.match(self.draft.document.text, end)
        return name is not None and name.group(1).lower() not in words("days", "months")

    def _longest(self, low: int, high: int) -> Iterator[tuple[int, int, str]]:
        text = self.draft.document.text
        parts = [(m.start() + low, m.end() + low) for m in _PIECE.finditer(text[low:high])]
        i = 0
        while i < len(parts):
            for size in range(min(7, len(parts) - i), 0, -1):
                start, end = parts[i][0], parts[i + size - 1][1]
                piece = without_genitive(text[start:end]).rstrip(".,")
                if not piece[:1].isupper():
                    continue
                name = self.find(piece)
                if name is not None and size == 1 and name != piece and 0 < i < len(parts) - 1:
                    around = text[parts[i - 1][0]], text[parts[i + 1][0]]
                    name = None if all(letter.isupper() for letter in around) else name  # "Highland Liberation Army"
                if name is not None and self._is_of_a_land(start, end):
                    name = None  # "DR" of "DR Congo"
                if name is not None:
                    if size < len(parts) - i and text[parts[i + size][0] :][:3] in ("del", "de ", "du ", "of "):
                        piece = without_genitive(text[start:high])
                        name = piece
                        size = len(parts) - i
                    yield start, start + len(piece), name
                    i += size - 1
                    break
            i += 1


def _first_letters(name: str) -> str:
    return "".join(part[0] for part in name.split())


def _same_case(entry: object, bare: str) -> bool:
    """Short names that are common words or other bodies' initials need their own spelling: "AP", not "Ap"."""
    spellings = (entry.name, *entry.aliases)  # type: ignore[attr-defined]
    if len(bare) <= 4 or bare.isupper():
        return bare in spellings or ("The " + bare) in spellings or not bare.isascii()
    return True

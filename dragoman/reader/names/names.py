"""Builds the cast of a text: who and what it names, by which short forms, for whom each person stands.

In: a draft. Out: a Cast of actors (people, bodies, states, outlets), each with a canonical name, and a way to find the
actor that some words mean.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from dragoman.folding import fold, without_genitive
from dragoman.reader.draft import Draft
from dragoman.reader.names.joint_names import joined
from dragoman.reader.names.name_shapes import (
    NAME,
    ORGANISATION,
    PIECE,
    UPPER_NAME,
    abbreviates,
    heads_of,
    is_organisation,
    pieces,
    trimmed,
)
from dragoman.reader.names.outlet_shapes import is_called_as_outlets_are
from dragoman.reader.names.outlets import OutletFinder
from dragoman.reader.names.states import Atlas
from dragoman.reader.vocabulary import first_names, key_of, words

_SHORT_AFTER = re.compile(r" (?:or|the|known as)(?: the)? ([A-Z][A-Z-]{1,8})\b")
_REVERSED = re.compile(
    rf"({UPPER_NAME}(?:\s+(?:(?:of|for|and)\s+(?:the\s+)?)?{UPPER_NAME}){{1,6}}),?{_SHORT_AFTER.pattern}"
)
_OF_STATE = re.compile(
    r"\b(?:ministry|embassy|consulate|government|army|navy|air force|armed forces|treasury|foreign office|"
    r"cabinet|presidency|chancellery|"
    r"department of|department for|office of the (?:prime|president|trade))\b",
    re.I,
)
_REBELS = re.compile(r"\b(?:People['’]?s|Liberation|Free|Resistance|Revolutionary|Front|Lord['’]s|Republican)\b")
_FOUNDED = ("city", "friends", "sons", "daughters", "mothers", "families")  # what bodies are called beside their nouns
_JOINT = re.compile(r" (?:of|for|on|to|de|des|du|del|da|do) (?:the |la )?(?=\S)")
_NOT_YET = re.compile(r"-(?:designate|elect)$")
_MINISTRY_BEFORE = re.compile(
    r"\b(?:[Mm]inister|[Ss]ecretary|[Mm]inistry|[Dd]epartment|[Cc]ommissioner) (?:of|for) (?:the )?$"
)
_DIGIT = re.compile(r"\d")
_LAST_WORD = re.compile(r"([\w'’-]+)\.?(,?)$")
_OFFICE_BEFORE = re.compile(r"\b([\w-]+) (?:of|for|in|at) (?:(?:the|a|an|its) )?[\w'’-]+(?: [\w'’-]+){0,3}, +$")
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|from|outside|into|around|through|off|inside|across|towards?|via)\s+(?:the\s+)?$"
)
_HEADS = re.compile(r"(?:^|[.!?:“”\"‘’«»\n] ?)$")  # where any word has a capital
_PLAIN_NAME = re.compile(r"[^,:;()“”\"\n]+")
_NOUN_AFTER = re.compile(rf"\b[Tt]he (?P<name>{UPPER_NAME}(?: {UPPER_NAME}){{0,2}}) (?:[a-z-]+ )?(?P<noun>[a-z]+)\b")
_ABBREVIATION = re.compile(r"\s*\(\s*(?:the\s+)?([A-Z][\w.&/-]{1,12})\s*\)")


@dataclass(eq=False)
class Actor:
    """Somebody or something that can speak."""

    name: str
    kind: str  # person | organisation | state | outlet | group
    party: str | None = None
    gender: str = ""  # m | f | "" when unknown
    sure: bool = False  # whether a title, a noun or a pronoun tells the gender, not only the first name
    plural: bool = False
    anonymous: bool = False
    roles: set[str] = field(default_factory=set)
    start: int = 0
    short: set[str] = field(default_factory=set)  # folded short forms
    doubtful: bool = False
    owner: Actor | None = None  # whose office, aide or party this is
    why: str = ""  # the rule by which the party was found

    def __hash__(self) -> int:
        return id(self)


@dataclass
class Cast:
    """The actors of one text."""

    draft: Draft
    atlas: Atlas
    outlets: OutletFinder
    actors: list[Actor] = field(default_factory=list)
    mentions: list[tuple[int, int, Actor]] = field(default_factory=list)  # in text order
    starts: list[int] = field(default_factory=list)
    _by_name: dict[str, Actor] = field(default_factory=dict)
    _where: dict[str, bool] = field(default_factory=dict)  # names that stand only where a place would
    described: bool = False  # whether its people have the roles that the words around their names give
    unsure: dict[str, float] = field(default_factory=dict)  # how likely a speaker's party is, where it may be another
    named: object | None = None  # the parties of the text, once they were asked for; they build on this module

    @classmethod
    def of(cls, draft: Draft) -> Cast:
        """The cast of a draft, before its sources are resolved."""
        text = draft.document.text
        atlas = Atlas.of(text, draft.lexicon)
        cast = cls(draft, atlas, OutletFinder.of(draft, atlas))
        cast._organisations()
        cast._people()
        cast._found_organisations()
        cast._nouns_after()
        cast._index()
        return cast

    @cached_property
    def text(self) -> str:
        """The text that the actors are named in."""
        return self.draft.document.text

    def known(self, phrase: str) -> Actor | None:
        """The actor that `phrase` is a name or short form of."""
        return self._by_name.get(key_of(phrase))

    def between(self, start: int, end: int) -> list[tuple[int, int, Actor]]:
        """The mentions that begin in text[start:end], in order."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def before(self, end: int, most: int = 400) -> list[tuple[int, int, Actor]]:
        """The last mentions that begin before `end`, in order: as far back as a reader remembers."""
        high = bisect_left(self.starts, end)
        return self.mentions[max(0, high - most) : high]

    def state(self, name: str, start: int = 0) -> Actor:
        """The actor of a state."""
        actor = self._by_name.get(key_of(name))
        if actor is None or actor.kind != "state":
            actor = self.add(Actor(name, "state", party=name, start=start), name)
        return actor

    def add(self, actor: Actor, *spellings: str) -> Actor:
        """Take in an actor under its spellings; an earlier owner of a spelling keeps it."""
        self.actors.append(actor)
        for spelling in (actor.name, *spellings):
            self._by_name.setdefault(key_of(spelling), actor)
        return actor

    # ---------------------------------------------------------------------------------------- organisations

    def _organisations(self) -> None:
        text = self.text
        for phrase, start in self._runs:
            known = self.atlas.gazetteer.organisations.get(key_of(phrase))
            bracket = _ABBREVIATION.match(text, start + len(phrase))
            short = bracket.group(1) if bracket else None
            if known is None and not (short and abbreviates(short, phrase)) and not is_organisation(phrase):
                continue
            if known is None and self.outlets.find(phrase) is not None:
                continue
            shortened = known is not None and (phrase.isupper() or "." in phrase)
            name = known.name if known is not None and (shortened or known.name in text) else phrase
            if known is not None and len(phrase.split()) == 1 and self._own_body(phrase):
                continue
            actor = self._by_name.get(key_of(name))
            if actor is None:
                party = (
                    known.extra.get("speaks_for", name)
                    if known is not None
                    else self._state_of_body(phrase, start) or name
                )
                actor = self.add(Actor(name, "organisation", party=party, start=start), phrase)
            if short:
                self._by_name.setdefault(key_of(short), actor)
            actor.roles |= heads_of(phrase) | self._apposed(start)
        self._described()
        self._reversed_brackets()
        self._initials()

    def _initials(self) -> None:
        """Short forms that nothing introduces: "the Rapid Support Forces … the RSF"."""
        bodies = [a for a in self.actors if a.kind == "organisation"]
        for short in dict.fromkeys(re.findall(r"\b[A-Z]{3,6}\b", self.text)):
            meant = [a for a in bodies if short == "".join(w[0] for w in a.name.split() if w[:1].isupper())]
            if len(meant) == 1 and self.atlas.lookup(short) is None:
                self._by_name.setdefault(key_of(short), meant[0])

    def _state_of_body(self, phrase: str, start: int) -> str | None:
        """The state of a ministry, an embassy or an army, when the phrase or the text tells it."""
        if not _OF_STATE.search(phrase) or _REBELS.search(phrase):
            return None
        inside = self.atlas.within(start, start + len(phrase))
        return inside[0].state if inside else self.atlas.main()

    def publisher(self, name: str, start: int) -> Actor:
        """The outlet that publishes the document; a body that publishes its own statement speaks for itself."""
        known = self.known(name)
        if known is not None:
            return known
        outlet = self.draft.lexicon.outlet(name) is not None or is_called_as_outlets_are(name)
        actor = Actor(name, "outlet", start=start) if outlet else Actor(name, "organisation", party=name, start=start)
        return self.add(actor, name)

    @cached_property
    def _runs(self) -> tuple[tuple[str, int], ...]:
        """Runs of capitalised words that may name a body, with where they begin."""
        return tuple(self._cut_runs())

    def _cut_runs(self) -> Iterable[tuple[str, int]]:
        """The runs, cut at "of" where no body stands before it."""
        for run in joined(self.text, ((m.group(), m.start()) for m in ORGANISATION.finditer(self.text)), self._alone):
            phrase, start = trimmed(*run)
            while phrase:
                joint = _JOINT.search(phrase)
                if joint is None or self.atlas.gazetteer.organisations.get(key_of(phrase)) is not None:
                    yield phrase, start
                    break
                left = phrase[: joint.start()]
                last = fold(without_genitive(left.split()[-1]))
                # "Captain Rodrigo Tavita of the Tunaboat Owners' League", "Officials of the United Nations"
                person = self._begins_like_a_person(left, start + joint.start())
                if person or _is_somebody(left.lower()):
                    pass
                elif is_organisation(phrase) or last in words("organisation_nouns") or last in _FOUNDED:
                    yield phrase, start
                    break
                yield left, start
                start += joint.end()
                phrase = phrase[joint.end() :]

    def _alone(self, name: str) -> bool:
        """Whether a name is known by itself: a state, an outlet, a body of the lexicon."""
        return (
            self.atlas.lookup(name) is not None
            or self.atlas.gazetteer.organisations.get(key_of(name)) is not None
            or self.outlets.find(name) is not None
        )

    def _begins_like_a_person(self, left: str, end: int) -> bool:
        """Whether the words before "of", up to `end`, are a name with a first name or title, not a body's."""
        parts = left.split()
        last = fold(without_genitive(parts[-1]))
        if end in self._people_seen and last not in words("organisation_nouns"):
            return True
        if len(parts) < 2 or last in words("organisation_nouns") or last in words("role_nouns"):
            return False
        return any(fold(p.rstrip(".")) in first_names() for p in parts[:-1]) or (
            fold(parts[0].rstrip(".")) in words("titles") and len(parts) > 2
        )

    def _own_body(self, word: str) -> bool:
        """Whether a single word that the lexicon knows is short for a body of this text: "the Congress"."""
        return fold(word) in words("organisation_nouns") and any(
            a.kind == "organisation" and fold(word) in a.roles for a in self.actors
        )

    def _apposed(self, start: int) -> set[str]:
        """The noun right before a name: "the union Force Atelier", "the rebel Southern Committee"."""
        before = re.search(
            r"\b(?:the|The|a|A|its|their)\s+(?:[^\W\d_][\w'’-]*\s+){0,3}?([a-z][\w-]+)\s+$",
            self.text[max(0, start - 60) : start],
        )
        no_noun = words("prepositions", "connectors")
        return {fold(before.group(1))} if before and before.group(1) not in no_noun else set()

    def _described(self) -> None:
        """Acronyms and names that a noun introduces: "the bank workers' union AEBS", "the airline Air Sund"."""
        pattern = re.compile(
            r"\b(?:[Tt]he|[Aa]|[Ii]ts|[Oo]ur|[Aa]n)\s+(?:[\w'’-]+\s+){0,3}?(union|party|movement|group|company|"
            r"airline|bank|fund|council|association|federation|"
            r"committee|alliance|coalition|front|agency|body|bloc|organisation|organization|charity|firm|league|"
            r"militia|faction|"
            r"watchdog|regulator|operator|maker|chain|club|guild|chamber|consortium|consultancy|producer|lobby),?\s+"
            rf"({UPPER_NAME}(?:\s+{UPPER_NAME}){{0,3}})"
        )
        for match in pattern.finditer(self.text):
            name = match.group(2)
            if self.atlas.lookup(name) or self.outlets.find(name) is not None:
                continue
            if self.people_in(match.start(2), match.end(2)):
                continue  # "an actuary hired by the union, Lucía Vekk"
            actor = self._by_name.get(key_of(name)) or self.add(
                Actor(name, "organisation", party=name, start=match.start(2)), name
            )
            actor.roles.add(match.group(1))

    def _nouns_after(self) -> None:
        """What kind of body a name is, by the noun after it: "the Brightwell mining company"."""
        for match in _NOUN_AFTER.finditer(self.text):
            actor = self._by_name.get(key_of(match.group("name")))
            noun = match.group("noun")
            if actor is not None and actor.kind == "organisation" and noun in words("organisation_nouns"):
                actor.roles.add(noun)

    def _reversed_brackets(self) -> None:
        """Names with their short form, without brackets: "the National Liberation Army, the ELN,"."""
        for match in _REVERSED.finditer(self.text) if _SHORT_AFTER.search(self.text) else ():
            if abbreviates(match.group(2), match.group(1)):
                phrase, start = trimmed(match.group(1), match.start(1))
                actor = self._by_name.get(key_of(phrase)) or self.add(
                    Actor(phrase, "organisation", party=phrase, start=start), phrase
                )
                self._by_name.setdefault(key_of(match.group(2)), actor)
                actor.roles |= heads_of(phrase)

    def _found_organisations(self) -> None:
        """Bodies that no rule knows and the finder names: "the White Banner", "Arena Plus"."""
        for mention in self.draft.mentions:
            if mention.kind != "organisation":
                continue
            phrase, start = trimmed(self.text[mention.span.start : mention.span.end], mention.span.start)
            if self._may_be_body(phrase, start):
                actor = Actor(
                    phrase, "organisation", party=phrase, start=start, roles=self._apposed(start), doubtful=True
                )
                self.add(actor, phrase)

    def _may_be_body(self, phrase: str, start: int) -> bool:
        """Whether a name that no rule knows can be a body's: no office, no word of a list, nobody's last name."""
        parts = phrase.split()
        if not 1 <= len(parts) <= 6 or not phrase[:1].isupper() or len(phrase) < 3 or not _PLAIN_NAME.fullmatch(phrase):
            return False
        if self._by_name.get(key_of(phrase)) or self.atlas.lookup(phrase) or self.outlets.find(phrase) is not None:
            return False
        if re.search(r"['’]s [A-Z][\w-]+ [A-Z]", phrase):
            return False  # "Labour's Tui Vekk"
        inner = ("&", "of", "the", "for", "de", "du", "la")
        if not parts[-1][:1].isupper() or not all(p[:1].isupper() or p in inner for p in parts):
            return False
        around = self.text[max(0, start - 20) : start], self.text[start + len(phrase) : start + len(phrase) + 4]
        if re.match(r"['’]s?[ \u00a0][A-Z]|[ \u00a0](?:[A-Z&]|\d)", around[1]) or re.search(
            r"[A-Z][\w-]+ $", around[0]
        ):
            return False  # part of a longer name
        if f"{phrase} of " in self.text and re.search(rf"\b{re.escape(phrase)} of (?:the )?[A-Z]", self.text):
            return False  # "the Concord", of which the text says elsewhere of what
        key = key_of(phrase).split()
        if any(a.kind == "person" and key_of(a.name).split()[-len(key) :] == key for a in self.actors):
            return False
        offices = words("role_nouns", "titles", "days", "months", "rubrics", "pronouns", "determiners", "lead_adverbs")
        bare = [fold(without_genitive(p)).strip(".") for p in parts]
        if bare[0] in offices or bare[-1] in offices or bare[-1].rstrip("s") in offices or bare[0] in first_names():
            return False
        if len(parts) == 1 and (
            bare[0] in words("organisation_nouns", "anonymous_nouns", "paper_nouns") or self._titled(start)
        ):
            return False
        return not self.is_only_where(phrase)

    def is_only_where(self, name: str) -> bool:
        """Whether a name stands only at the head of sentences and in words such as "in Vessby": a place, or no name."""
        if name not in self._where:
            self._where[name] = all(_HEADS.search(lead) or _LOCATIVE.search(lead) for lead in self._leads(name))
        return self._where[name]

    def _leads(self, name: str) -> Iterable[str]:
        """The words right before each place where a name stands whole."""
        at = self.text.find(name)
        while at >= 0:
            end = at + len(name)
            if not (self.text[at - 1 : at].isalnum() or self.text[end : end + 1].isalnum()):
                yield self.text[max(0, at - 24) : at]
            at = self.text.find(name, end)

    # ----------------------------------------------------------------------------------------------- people

    def _people(self) -> None:
        for match in NAME.finditer(self.text):
            for person in self.people_in(match.start(), match.end()):
                self.person(*person)

    def people_in(self, start: int, end: int) -> list[tuple[int, int, bool]]:
        """The full name of a person in a run of capitalised words: where it stands, and whether a title says so."""
        run = [(m.start() + start, m.end() + start, m.group()) for m in PIECE.finditer(self.text[start:end])]
        if len(run) > 1 and run[0][2].isupper() and run[0][2].lower() in words("recording_words"):
            run = run[1:]  # "CLIP VEKK" in a script
        titled = False
        whole = self._by_name.get(key_of(self.text[start:end]))
        if whole is not None and whole.kind == "organisation":
            return []
        for n in range(len(run) - 2, -1, -1):  # "Deputy Attorney General Kojo Sarpei" begins after its last title
            word = run[n][2]
            bare = _NOT_YET.sub("", word.rstrip(".,").lower())
            if (bare in words("titles", "role_nouns") and not word.endswith(("'s", "’s"))) or (
                word == "State" and n and run[n - 1][2] == "of"
            ):
                run, titled = run[n + 1 :], True
                break
        if _MINISTRY_BEFORE.search(self.text[max(0, start - 30) : start]):
            named = [
                n for n, part in enumerate(run) if fold(part[2]) in first_names()
            ]  # "Minister of Energy Murat Esenbaev"
            run, titled = (run[named[0] :], True) if named else ([], False)
        while (
            len(run) > 1
            and not titled
            and (
                self.atlas.lookup(without_genitive(run[0][2]))
                or run[0][2].endswith(("'s", "’s", "s'", "s’"))
                or run[0][2].lower()
                in words("lead_adverbs", "determiners", "prepositions", "pronouns", "days", "months", "subordinators")
            )
        ):
            run = run[1:]
        if (
            len(run) > 2
            and not titled
            and fold(run[0][2]) not in first_names()
            and fold(run[1][2]) in first_names()
            and not self._titled(run[0][0])
        ):
            run = run[1:]  # "Old Jakub Brenda", "Tory MP" and the like
        if not run or len(run) > 6 or any(_DIGIT.search(w) for _, _, w in run):
            return []
        if run[-1][2].lower() in words("days") or run[-1][2].lower() in ("day", "eve"):
            return []  # "Holy Thursday", "New Year's Day"
        low, high = run[0][0], run[-1][1]
        phrase = without_genitive(self.text[low:high]).rstrip(".,")
        high = low + len(phrase)
        titled = titled or self._titled(low)
        if len(phrase.split()) < 2 or is_organisation(phrase) or self.atlas.lookup(phrase):
            return []
        known = self._by_name.get(key_of(phrase))
        if (known is not None and known.kind != "person") or self.outlets.find(phrase) is not None:
            return []
        seen = titled or known is not None or high in self._people_seen
        if not seen and not self._like_a_person(run[0][2], phrase, high):
            return []
        return [(low, high, titled)]

    @cached_property
    def _people_seen(self) -> frozenset[int]:
        """Where the names end that the finder takes for people's."""
        text = self.text
        return frozenset(
            m.span.end - len(re.search(r"(?:['’]s?)?[.,]?$", text[m.span.start : m.span.end]).group())  # type: ignore[union-attr]
            for m in self.draft.mentions
            if m.kind == "person"
        )

    def _like_a_person(self, first: str, phrase: str, high: int) -> bool:
        """Whether an untitled name is a person's: by its first name, or by an age or role that follows."""
        if fold(first.rstrip(".")) in first_names() or re.fullmatch(r"[A-Z]\.", first):
            return True
        after = re.match(
            r",?\s+(\d{2}\b|(?:who|whose)\b|(?:(?:the|a|an|its|his|her|their)\s+)?(?:[\w'’-]+\s+){0,4}?([\w-]+))",
            self.text[high : high + 70],
        )
        if not after or self.text[high : high + 1] != ",":
            return False
        if after.group(1).isdigit() or after.group(1).startswith("who"):
            return True
        described = re.match(r",\s+((?:[\w'’-]+\s+){0,5}[\w'’-]+)", self.text[high : high + 90])
        return (
            described is not None
            and any(w.lower() in words("role_nouns") for w in described.group(1).split())
            and " which " not in described.group(1)
        )

    def _titled(self, start: int) -> bool:
        lead = self.text[max(0, start - 70) : start]
        before = _LAST_WORD.search(lead.rsplit(None, 1)[-1]) if lead[-1:].isspace() and lead.strip() else None
        if not before:
            return False
        word = before.group(1).lower()
        if (
            word in words("role_nouns")
            or (word in words("titles") and not before.group(2))
            or (word in words("anonymous_nouns") and not word.endswith("s"))
        ):
            return True
        office = _OFFICE_BEFORE.search(lead) if before.group(2) else None  # "the Minister of the Sea, Tui Vekk"
        return office is not None and office.group(1).lower() in words("role_nouns")

    def person(self, start: int, end: int, titled: bool) -> Actor:
        """The person that text[start:end] names in full, taken in when new."""
        name = self.text[start:end]
        if name.isupper():
            name = " ".join("-".join(p.capitalize() for p in w.split("-")) for w in name.split())
        actor = self._by_name.get(key_of(name))
        if actor is None or actor.kind != "person":
            longer = self._longer(name)
            actor = longer if longer is not None else self.add(Actor(name, "person", start=start), name)
            if longer is None and name.split():
                actor.gender = first_names().get(fold(name.split()[0].strip(".")), "") or next(
                    (first_names()[p] for p in fold(name.split()[0]).split("-") if first_names().get(p)), ""
                )
        actor.doubtful = actor.doubtful and not titled
        return actor

    def _longer(self, name: str) -> Actor | None:
        """The one person whose full name ends in `name`."""
        key = key_of(name).split()
        fitting = [a for a in self.actors if a.kind == "person" and key_of(a.name).split()[-len(key) :] == key]
        return fitting[0] if len(fitting) == 1 else None

    def _index(self) -> None:
        """Short forms: last names, head nouns; where each actor is mentioned."""
        owners: dict[str, list[Actor]] = {}
        for actor in self.actors:
            if actor.kind == "person":
                parts = key_of(actor.name).split()
                for n in range(1, len(parts)):
                    owners.setdefault(" ".join(parts[n:]), []).append(actor)
                if len(parts) > 1:
                    owners.setdefault(parts[0], []).append(actor)
        for actor in self.actors:
            if actor.kind == "organisation" and len(actor.name.split()) > 1:
                head = actor.name.split()[0]
                if (
                    head[:1].isupper()
                    and fold(head) not in words("organisation_nouns")
                    and not self.atlas.lookup(head)
                    and (head.lower() not in words("determiners", "titles", "role_nouns"))
                ):
                    owners.setdefault(key_of(head), []).append(actor)
        for key, people in owners.items():
            if len(set(people)) == 1:
                self._by_name.setdefault(key, people[0])
                people[0].short.add(key)
        self.mentions = sorted(self._mentions(), key=lambda m: m[0])
        self.starts = [m[0] for m in self.mentions]

    def _mentions(self) -> Iterable[tuple[int, int, Actor]]:
        for place in self.atlas.places:
            if place.how != "demonym":
                yield place.start, place.end, self.state(place.state, place.start)
        for phrase, start in self._runs:
            taken = start
            for low, piece in pieces(phrase, start):
                actor = self._by_name.get(key_of(piece))
                if actor is not None and low >= taken and actor.kind != "state":
                    taken = low + len(piece)
                    yield low, low + len(piece), actor


def _is_somebody(noun: str) -> bool:
    """Whether a noun means people and no body: "officials" of the United Nations, not its "council"."""
    return noun in words("anonymous_nouns") and noun not in words("organisation_nouns") and noun not in _FOUNDED

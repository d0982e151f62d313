"""Chooses for whom each speaker of a text speaks, among all the bodies, states and groups that the text names.

In: the cast of a text, its attributions and who speaks in each. Out: for each speaker the parties that it may speak
for, with what speaks for each; the likeliest becomes its party. The weights are data (`data/parties.json`), made by
`training/parties.py`.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from dragoman.folding import fold
from dragoman.reader.draft import Found
from dragoman.reader.names.name_shapes import heads_of
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.parties import party_signs as signs
from dragoman.reader.parties.named_parties import Named, Option, past_words, role_words
from dragoman.reader.parties.offices import Offices
from dragoman.reader.parties.party_signs import Part
from dragoman.reader.parties.sides import JOINT
from dragoman.reader.parties.talk import Talk
from dragoman.reader.parties.ties import between, lead, serves
from dragoman.reader.rules.arabic_words import ARABIC
from dragoman.reader.vocabulary import key_of, office_of_role, words
from dragoman.reading import Span

_ANCHORS = 10  # mentions of one speaker that are looked at
_REACH = 4000  # letters before and after a speaker's mentions within which a party is looked for
_SURE = 0.9  # of parties that are so likely nineteen in twenty are right; less sure ones a table may correct
_TRUST = 0.5  # by how much a party that the rules give must be likelier than learned; found with folders held out
_OWNED = 1.5  # by how much the party of whoever has staff is likelier for these; they are too few to learn it
_MOST = 28  # parties that are looked at
_FREQUENT = 8  # parties that are candidates wherever they stand
_RECENT = 3  # parties named last before a speaker that are told apart
_NEAR = 110  # letters between a speaker and a party of the same sentence
_TIES = 8  # places of one party beside one mention of a speaker that are looked at
_TIED = 9  # words between a speaker and a party that it is tied to
_REMEMBERED = 1 << 15  # parts of features that are not weighed again
_UNTIED = 99  # stands for the words between where there is no tie
_LETTERS = re.compile(r"[\w-]+")
_APPOSED = re.compile(  # what is told of somebody after the name
    rf"(?:,|\s\(|\s(?:(?:{'|'.join(sorted(words('serving_verbs')))})\sfor|of|from|for|at|in)\s)[^,;:.“”\"]*"
)


@dataclass(slots=True)
class Choice:
    """A speaker, the attributions in which it speaks, and the parties to choose from with what speaks for each."""

    actor: Actor
    statements: list[int]
    options: list[Option]
    parts: list[list[Part]]

    @property
    def features(self) -> list[list[str]]:
        """The features of each party."""
        return [[feature for part in parts for feature in part] for parts in self.parts]


@cache
def weights() -> dict[str, float]:
    """The weight of each feature."""
    text = resources.files("dragoman.reader").joinpath("data", "parties.json").read_text("utf-8")
    return json.loads(text)["weights"]  # type: ignore[no-any-return]


def choose_parties(cast: Cast, found: Sequence[Found], actors: Sequence[Actor]) -> None:
    """Give every speaker in `actors` the likeliest party."""
    for choice in choices(cast, found, actors):
        sums = [sum(map(_WEIGHED.__getitem__, parts)) for parts in choice.parts]
        best = max(sums)
        choice.actor.party = choice.options[sums.index(best)].name
        if choice.actor.party is not None:
            likely = 1 / sum([math.exp(s - best) for s in sums])
            if likely < _SURE:
                cast.unsure[choice.actor.name] = round(likely, 2)


class _Weighed(dict[Part, float]):
    """What speaks for a party by features that come together: every party of every speaker is asked for it."""

    def __missing__(self, part: Part) -> float:
        if len(self) >= _REMEMBERED:
            self.clear()
        table = weights()
        trust = _TRUST if "rule" in part else _OWNED if "staff's party" in part else 0.0
        found = self[part] = sum([table[feature] for feature in part if feature in table]) + trust
        return found


_WEIGHED = _Weighed()


def choices(cast: Cast, found: Sequence[Found], actors: Sequence[Actor]) -> Iterator[Choice]:
    """The choice that each speaker is, in the order in which they first speak."""
    spoken: dict[Actor, list[int]] = {}
    for n, actor in enumerate(actors):
        if _is_asked(actor):
            spoken.setdefault(actor, []).append(n)
    if not spoken:
        return
    field_ = cast.named = Field(cast, found, actors)
    for actor, statements in _owners_first(spoken).items():
        actor.party = field_.people(actor.party)
        options = field_.options_of(actor, field_.anchors(actor, statements))
        yield Choice(actor, statements, options, field_.parts(actor, statements, options))
        field_.talk.decide(actor)


def _is_asked(actor: Actor) -> bool:
    """Whether a speaker's party is to be chosen: not of two sides that speak as one, nor of one with an Arabic name."""
    return bool(actor.name) and actor.why != JOINT and not ARABIC.search(actor.name)


def _owners_first(spoken: dict[Actor, list[int]]) -> dict[Actor, list[int]]:
    """The speakers in their order, each after whoever it speaks for: an office after the minister whose it is.

    An owner who says nothing stands with the statements of its people: their party is its own.
    """
    ordered: dict[Actor, list[int]] = {}
    for actor, statements in spoken.items():
        owners = [actor]
        while (owner := owners[-1].owner) is not None and owner not in ordered and owner not in owners:
            if owner.kind not in ("person", "group") or not owner.name:
                break
            owners.append(owner)
        for one in reversed(owners):
            ordered.setdefault(one, spoken.get(one, statements))
    return ordered


_OTHERS = frozenset(("him", "her", "his", "their", "them", "who", "which", "us", "our"))


class Field(Named):
    """All parties that one text names."""

    def __init__(self, cast: Cast, found: Sequence[Found], actors: Sequence[Actor]) -> None:
        super().__init__(cast)
        self.found = found
        self.talk, self.offices = Talk(cast, found, actors), Offices(cast.text)
        speakers = [a for a in dict.fromkeys(actors) if _is_asked(a)]
        self.given = Counter(key_of(a.party) for a in speakers if a.party)  # what the rules give to how many
        self.speaking = {key_of(a.name) for a in speakers if a.kind != "person"}
        self.lists = sorted(
            ((s, e, how, o) for o in self.options.values() for s, e, how in o.places), key=lambda p: (p[0], p[1])
        )
        self.starts = [p[0] for p in self.lists]
        ranked = sorted(self.options.values(), key=lambda o: -len(o.places))
        self.frequent = ranked[:_FREQUENT]
        self.rank: dict[Option, int] = {}
        for sort in ("land", "body"):
            for n, option in enumerate(o for o in ranked if o.sort == sort):
                self.rank[option] = min(4, n)

    # -------------------------------------------------------------------------------------- one speaker's candidates

    def anchors(self, actor: Actor, statements: Sequence[int]) -> list[Span]:
        """Where words stand that name a speaker or describe it."""
        found: list[Span] = []
        if actor.kind == "person":
            full = [Span(low, high) for low, high, a in self._mentioned.get(actor, ())]
            longest = max((s.end - s.start for s in full), default=0)
            found += [s for s in full if s.end - s.start >= longest - 3][: _ANCHORS // 2]
        for n in statements[: 2 * _ANCHORS]:
            for low, high in self.found[n].source:
                span = self._name_in(actor, Span(low, high))
                if span is not None and span not in found:
                    found.append(span)
        return sorted(found[:_ANCHORS])

    @cached_property
    def _mentioned(self) -> dict[Actor, list[tuple[int, int, Actor]]]:
        mentioned: dict[Actor, list[tuple[int, int, Actor]]] = {}
        for mention in self.cast.mentions:
            mentioned.setdefault(mention[2], []).append(mention)
        return mentioned

    def _name_in(self, actor: Actor, source: Span) -> Span | None:
        """The words of a source that name the speaker; its head noun where they do not."""
        words_ = self.text[source.start : source.end]
        if words_.lower() in words("personal") or words_.lower() in _OTHERS:
            return None
        last = actor.name.split()[-1]
        at = words_.lower().find(last.lower())
        if at >= 0:
            return Span(source.start + at, source.start + at + len(last))
        core = re.split(r",|\s(?:of|in|at|from|for|on|with|to|who|which|close|familiar|by)\s", words_)[0]
        low = core.rstrip().rfind(" ") + 1
        return Span(source.start + low, source.start + len(core.rstrip()))

    def options_of(self, actor: Actor, anchors: Sequence[Span]) -> list[Option]:
        """The parties that a speaker may speak for."""
        intro = anchors[0].start if anchors else actor.start
        low, high = bisect_left(self.starts, intro - _REACH), bisect_right(self.starts, intro + _REACH)
        around = sorted(self.lists[low:high], key=lambda p: abs(p[0] - intro))
        near = [*dict.fromkeys(p[3] for p in around)][:_MOST]
        for anchor in anchors[1:]:
            low = bisect_left(self.starts, anchor.start - 2 * _NEAR)
            near += [p[3] for p in self.lists[low : bisect_right(self.starts, anchor.end + 2 * _NEAR)]]
        options = [Option(None, "none"), *dict.fromkeys([*near, *self.frequent])]
        keys = {key_of(o.name) for o in options if o.name}
        if actor.kind != "organisation" and heads_of(actor.name) & words("serving_nouns"):
            keys.add(key_of(actor.name))  # officials speak for somebody, never for officials
        if key_of(actor.name) not in keys:
            proper = actor.kind == "organisation" and actor.name[:1].isupper()
            options.append(Option(actor.name, "body" if proper else "self"))
            keys.add(key_of(actor.name))
        if actor.owner is not None and key_of(owner := actor.owner.party or actor.owner.name) not in keys:
            options.append(Option(owner, "rule" if actor.owner.party else "owner"))
            keys.add(key_of(owner))
        if actor.party and key_of(actor.party) not in keys:
            options.append(Option(actor.party, "rule"))
            keys.add(key_of(actor.party))
        outlet = re.sub(r"\s*(?:\(.*?\)|,.*)", "", self.cast.draft.document.outlet or "")
        if outlet and key_of(outlet) not in keys:
            options.append(Option(outlet, "publisher"))
        return options

    # -------------------------------------------------------------------------------------------------- what speaks

    def parts(self, actor: Actor, statements: Sequence[int], options: Sequence[Option]) -> list[list[Part]]:
        """For each option what speaks for it or against it."""
        anchors = self.anchors(actor, statements)
        intro = anchors[0] if anchors else Span(actor.start, actor.start + 1)
        roles, described = self._described(actor, anchors)
        classes = tuple([r for r in roles if " " in r])
        portfolios = self.offices.portfolios(anchors)
        turn, said = self.talk.before(actor, statements), self.talk.said(statements)
        offices = tuple([r for r in roles if r.endswith(" office")]) or ("no office",)
        who = "anonymous" if actor.anonymous else actor.kind
        called_by = self._called_by(actor, statements)
        ties = self._ties(anchors)
        recent = self._recent(options, intro.start)
        closest = min((ties[o][0] for o in options if o in ties), default=_UNTIED)
        others_tied = any(o in ties for o in options)
        source_spans = [s for n in statements[:_ANCHORS] for s in self.found[n].source]
        own, given = key_of(actor.name), key_of(actor.party) if actor.party else None
        owners = key_of(actor.owner.party or actor.owner.name) if actor.owner is not None else None
        certain = {office for r in roles if r not in words("loose_offices") and (office := office_of_role().get(r))}
        fitting = self.offices.fitting(options, tuple(sorted(certain)), intro.start)
        fits_none = (f"none, {min(3, len(fitting))} fit",) if fitting else ()
        rows: list[list[Part]] = []
        for option in options:
            kind = option.sort
            row = [signs.of_kind(who, option.kind, kind)]
            rows.append(row)
            if option.name is None:
                row += [
                    signs.with_roles("none", roles) or ("none role=-",),
                    signs.for_none(who, others_tied, actor.party is None),
                ]
                if actor.owner is not None:
                    row.append(signs.though_owned(actor.owner.party is None, actor.owner.kind, who))
                row.append((f"none as={called_by}", *fits_none))
                continue
            key = option.key
            tied, tie = ties.get(option, (_UNTIED, ()))
            free = "tied" if tied < _UNTIED else "free"
            if key == given:
                row.append(signs.by_rule(who, kind, tied < _UNTIED, actor.why))
            if actor.owner is not None and key == owners:
                row.append(signs.of_owner(actor.owner.party is None, actor.owner.kind, free, roles, who))
            if key == own:
                row.append(("own name", f"own name {who} head={option.head}", f"own name {who}"))
                row.append((f"own name as={called_by}", f"own name as={called_by} {kind}"))
            row += self.talk.after(turn, option, who, free, roles)
            row += self.offices.same_ministry(option, portfolios, anchors) if kind == "land" else ()
            row.append(self.offices.suits(option, offices, who, free))
            if option in fitting:
                row.append(fitting[option])
            row.append(self.talk.told(option, said, who, free))
            if free == "tied":
                row += [tie, signs.near(kind, tied == closest, roles)]
            else:
                row.append(signs.far(kind, others_tied, roles))
            row += self._standing(option, intro, recent, roles, free)
            noun = None if option.kind in ("state", "place") else option.head
            called = bool(noun) and noun in described and option.kind not in ("self", "rule")
            others, length = min(3, self.given[key] - (key == given)), min(4, len(option.name.split()))
            told = any(self._names(option, span) for span in source_spans)
            row.append(signs.named_by(who, kind, others, noun, length, called, key in self.speaking, told))
            row.append(signs.conducted(kind, free, self.conduct(option), classes))
        return rows

    def _names(self, option: Option, span: Span) -> bool:
        """Whether a party is named inside `span`."""
        at = bisect_left(option.starts, span.end) - 1
        return at >= 0 and option.places[at][1] > span.start

    def _called_by(self, actor: Actor, statements: Sequence[int]) -> str:
        """By what kind of word a speaker who is no person is called."""
        if actor.kind == "person":
            return "person"
        spans = [s for n in statements[:_ANCHORS] for s in self.found[n].source]
        told = {fold(w) for s in spans for w in _LETTERS.findall(self.text[s.start : s.end])}
        return signs.speaks_as(actor.name, tuple(sorted(told & words("outlet_nouns"))))

    def _described(self, actor: Actor, anchors: Sequence[Span]) -> tuple[tuple[str, ...], set[str]]:
        """The role words of a speaker, and all the words right around its name."""
        around: set[str] = set(fold(actor.name).split()) if actor.kind != "person" else set()
        for anchor in anchors:
            sentence = self._sentence_at(anchor.start)
            left = re.split(r"[,;:“”\"]", self.text[max(sentence.start, anchor.start - 60) : anchor.start])[-1]
            right = _APPOSED.match(self.text, anchor.end, min(sentence.end, anchor.end + 80))
            around |= {fold(w) for w in re.findall(r"[\w-]+", f"{left} {right.group() if right else ''}")}
        around |= {w for r in actor.roles for w in r.strip("_").split()}
        heads = heads_of(actor.name) if actor.kind != "person" and actor.name[:1].isalpha() else set()
        roles = around & role_words()
        classes = {f"a {c}" for r in roles if (c := signs.class_of(r))}
        if around & words("serving_verbs"):
            classes.add("a represents")
        if around & past_words():
            classes.add("past office")
        classes |= {f"{office_of_role()[w]} office" for w in around if w in office_of_role()}
        owners = around & {"its", "their", "his", "her", "whose", "our"} if actor.kind == "person" else set()
        return tuple(sorted(roles | classes | owners | {f"of {h}" for h in heads})), around

    def _sentence_at(self, offset: int) -> Span:
        return self.segments.sentences[self.segments.sentence_at(offset)]

    def _ties(self, anchors: Sequence[Span]) -> dict[Option, tuple[int, Part]]:
        """How the words that name parties stand to those that name the speaker, in the same sentence; and how near."""
        ties: dict[Option, list[tuple[int, list[str], str]]] = {}
        for anchor in anchors:
            sentence = self._sentence_at(anchor.start)
            low = bisect_left(self.starts, max(sentence.start, anchor.start - _NEAR))
            high = bisect_right(self.starts, min(sentence.end, anchor.end + _NEAR))
            seen: Counter[Option] = Counter()
            for start, end, how, option in self.lists[low:high]:
                seen[option] += 1
                if seen[option] <= _TIES:
                    tie = self._tie(start, end, anchor, sentence)
                    if tie is not None and tie[0] <= _TIED:
                        ties.setdefault(option, []).append((*tie, how))
        return {option: (min(found)[0], signs.ties_told(option, sorted(found)[:3])) for option, found in ties.items()}

    def _tie(self, start: int, end: int, anchor: Span, sentence: Span) -> tuple[int, list[str]] | None:
        """How the words text[start:end] stand to a speaker's: how many words are between, and what they are."""
        if start <= anchor.start and anchor.end <= end:
            return 0, ["inside"]
        if end <= anchor.start:
            size, tie = between(self.text[end : anchor.start], edge=0)
            serving = ["before, served"] if serves(self.text[end : anchor.start], after=False) else []
            led = lead(self.text[max(sentence.start, start - 40) : start])
            return size, [*serving, *(f"before {t}" for t in (f"{led} | {tie[0]}", f"{led} |", *tie))]
        if start >= anchor.end:
            size, tie = between(self.text[anchor.end : start], edge=-1)
            serving = ["after, serves"] if serves(self.text[anchor.end : start], after=True) else []
            return size, [*serving, *(f"after {t}" for t in tie)]
        return None

    def _recent(self, options: Sequence[Option], start: int) -> dict[Option, int]:
        """The last few options of each sort that are named before `start`, with their place, the last first."""
        recent: dict[Option, int] = {}
        for sort in ("land", "body"):
            named = [(at, n) for n, o in enumerate(options) if o.sort == sort and (at := o.before(start)) is not None]
            for place, (_, n) in enumerate(sorted(named, reverse=True)[:_RECENT]):
                recent[options[n]] = place
        return recent

    def _standing(
        self, option: Option, intro: Span, recent: dict[Option, int], roles: tuple[str, ...], free: str
    ) -> Iterator[Part]:
        """Where in the text a party is named, how often, and how shortly before the speaker is."""
        kind = option.sort
        last = option.before(intro.start)
        segments = self.segments
        if last is None:
            yield (f"{kind} {free} only later",)
        else:
            here = segments.sentence_at(last)
            gap = segments.sentence_at(intro.start) - here
            leap = segments.paragraph_at(intro.start) - segments.paragraph_at(last)
            yield signs.named_before(kind, free, min(4, gap), min(3, leap), last - segments.sentences[here].start < 25)
        yield signs.ranked(kind, free, recent.get(option), self.rank.get(option), option.often, option.is_titled, roles)

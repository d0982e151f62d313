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
from functools import cache, cached_property, lru_cache
from importlib import resources

from dragoman.folding import fold
from dragoman.reader.draft import Found
from dragoman.reader.names.name_shapes import heads_of
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.parties.named_parties import Named, Option, past_words, role_words
from dragoman.reader.parties.offices import Offices
from dragoman.reader.parties.sides import JOINT
from dragoman.reader.parties.talk import Talk
from dragoman.reader.parties.ties import between, lead
from dragoman.reader.rules.arabic_words import ARABIC
from dragoman.reader.vocabulary import data, key_of, office_of_role, words
from dragoman.reading import Span

_ANCHORS = 10  # mentions of one speaker that are looked at
_REACH = 4000  # letters before and after a speaker's mentions within which a party is looked for
_SURE = 0.9  # of parties that are so likely nineteen in twenty are right; less sure ones a table may correct
_TRUST = 0.2  # by how much a party must be likelier than the rules' own; found with folders held out
_MOST = 28  # parties that are looked at
_FREQUENT = 8  # parties that are candidates wherever they stand
_RECENT = 3  # parties named last before a speaker that are told apart
_NEAR = 110  # letters between a speaker and a party of the same sentence
_APPOSED = re.compile(r"(?:,|\s\(|\s(?:of|from|for|at|in)\s)[^,;:.“”\"]*")  # what is told of somebody after the name


@dataclass(slots=True)
class Choice:
    """A speaker, the attributions in which it speaks, and the parties to choose from with their features."""

    actor: Actor
    statements: list[int]
    options: list[Option]
    features: list[list[str]]


@cache
def weights() -> dict[str, float]:
    """The weight of each feature."""
    text = resources.files("dragoman.reader").joinpath("data", "parties.json").read_text("utf-8")
    return json.loads(text)["weights"]  # type: ignore[no-any-return]


def choose_parties(cast: Cast, found: Sequence[Found], actors: Sequence[Actor]) -> None:
    """Give every speaker in `actors` the likeliest party."""
    table = weights()
    for choice in choices(cast, found, actors):
        # In the order of the features: the sum of floats in a set's order would differ from run to run.
        sums = [
            sum([table[f] for f in dict.fromkeys(features) if f in table])
            + (_TRUST if "rule" in features or "rule none" in features else 0.0)
            for features in choice.features
        ]
        best = max(sums)
        choice.actor.party = choice.options[sums.index(best)].name
        if choice.actor.party is not None:
            likely = 1 / sum([math.exp(s - best) for s in sums])
            if likely < _SURE:
                cast.unsure[choice.actor.name] = round(likely, 2)


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
        yield Choice(actor, statements, options, field_.features(actor, statements, options))
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
                self.rank[option] = n

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
        if actor.owner is not None and actor.owner.party and key_of(actor.owner.party) not in keys:
            options.append(Option(actor.owner.party, "rule"))
            keys.add(key_of(actor.owner.party))
        if actor.party and key_of(actor.party) not in keys:
            options.append(Option(actor.party, "rule"))
            keys.add(key_of(actor.party))
        outlet = re.sub(r"\s*(?:\(.*?\)|,.*)", "", self.cast.draft.document.outlet or "")
        if outlet and key_of(outlet) not in keys:
            options.append(Option(outlet, "publisher"))
        return options

    # -------------------------------------------------------------------------------------------------- what speaks

    def features(self, actor: Actor, statements: Sequence[int], options: Sequence[Option]) -> list[list[str]]:
        """For each option what speaks for it or against it."""
        anchors = self.anchors(actor, statements)
        intro = anchors[0] if anchors else Span(actor.start, actor.start + 1)
        roles, described = self._described(actor, anchors)
        portfolios = self.offices.portfolios(anchors)
        turn, said = self.talk.before(actor, statements), self.talk.said(statements)
        offices = [r for r in roles if r.endswith(" office")] or ["no office"]
        who = "anonymous" if actor.anonymous else actor.kind
        stretches = [(anchor, self._sentence_at(anchor.start)) for anchor in anchors]
        ties: list[tuple[int, list[str]]] = [self._tie(o, stretches) for o in options]
        recent = {sort: self._recent(options, intro.start, sort)[:_RECENT] for sort in ("land", "body")}
        closest = min((t[0] for t in ties), default=99)
        kinds_tied = {o.kind for o, t in zip(options, ties, strict=True) if t[0] < 99}
        source_spans = [s for n in statements[:_ANCHORS] for s in self.found[n].source]
        rows = []
        for option, (tied, tie) in zip(options, ties, strict=True):
            kind = option.sort
            row = [*_of_kind(who, option.kind, kind)]
            key, free = key_of(option.name or ""), "tied" if tied < 99 else "free"
            if option.name is None:
                if actor.owner is not None and actor.owner.party is None:
                    row.append("owner's none")
                row += _with_roles("none", roles) or ("none role=-",)
                row += ["none while tied" if kinds_tied else "none untied", f"none {who} tied={bool(kinds_tied)}"]
                if actor.party is None:
                    row += ["rule none", f"{who} rule none", f"rule none tied={bool(kinds_tied)}"]
                rows.append(row)
                continue
            if actor.party and key == key_of(actor.party):
                row += ["rule", f"{who}>{kind} rule", f"rule tied={tied < 99}"]
                row += [
                    f"rule why={actor.why}",
                    f"rule why={actor.why} {kind}",
                    f"rule why={actor.why} tied={tied < 99}",
                ]
            if actor.owner is not None and key == key_of(actor.owner.party or actor.owner.name):
                row += [f"owner's party {free}", "owner's party", f"owner's party, a {actor.owner.kind}"]
            if key == key_of(actor.name):
                row += ["own name", f"own name {who} head={option.head}", f"own name {who}"]
            row += self.talk.after(turn, option, who, free, roles)
            row += self.offices.same_ministry(option, portfolios, anchors) if kind == "land" else []
            row += self.offices.suits(option, offices, who, free)
            row += self.talk.told(option, said, who, free)
            row += tie
            if tied < 99:
                row.append(f"{kind} tied")
                row += ["closest tie", f"{kind} closest tie"] if tied == closest else []
                row += _with_roles(f"{kind} tied", roles)
            else:
                row += _with_roles(f"{kind} untied", roles) or (f"{kind} untied role=-",)
                row.append(f"{kind} untied, others={bool(kinds_tied)}")
            row += _with_roles(kind, roles)
            row += self._standing(option, intro, recent, roles, tied)
            if option.head and option.head in described and option.kind not in ("state", "place", "self", "rule"):
                row += ["called in description", f"{kind} called in description"]
            if any(self._names(option, span) for span in source_spans):
                row += ["in source", f"{who}>{kind} in source"]
            if option.kind not in ("state", "place"):
                row.append(f"head={option.head}")
                row.append(f"{kind} words={min(4, len(option.name.split()))}")
            if key in self.speaking:
                row.append(f"{kind} speaks")
            others = self.given[key] - (1 if actor.party and key == key_of(actor.party) else 0)
            row.append(f"{kind} given to {min(3, others)}")
            conduct = self.conduct(option)
            row += _conducted(kind, "tied" if tied < 99 else "free", conduct)
            row += _with_roles(f"{kind} {conduct[-1]}", tuple([r for r in roles if " " in r]))
            rows.append(row)
        return rows

    def _names(self, option: Option, span: Span) -> bool:
        """Whether a party is named inside `span`."""
        at = bisect_left(option.starts, span.end) - 1
        return at >= 0 and option.places[at][1] > span.start

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
        classes = {f"a {c}" for r in roles if (c := _class_of(r))}
        if around & past_words():
            classes.add("past office")
        classes |= {f"{office_of_role()[w]} office" for w in around if w in office_of_role()}
        owners = around & {"its", "their", "his", "her", "whose", "our"} if actor.kind == "person" else set()
        return tuple(sorted(roles | classes | owners | {f"of {h}" for h in heads})), around

    def _sentence_at(self, offset: int) -> Span:
        return self.segments.sentences[self.segments.sentence_at(offset)]

    def _tie(self, option: Option, anchors: Sequence[tuple[Span, Span]]) -> tuple[int, list[str]]:
        """How the words that name a party stand to those that name the speaker, in the same sentence."""
        ties: list[tuple[int, list[str], str]] = []
        places = option.places
        for anchor, sentence in anchors:
            first = bisect_left(option.starts, max(sentence.start, anchor.start - _NEAR))
            for start, end, how in places[first : first + 8]:
                if start > min(sentence.end, anchor.end + _NEAR):
                    break
                if start <= anchor.start and anchor.end <= end:
                    ties.append((0, ["inside"], how))
                elif end <= anchor.start:
                    size, tie = between(self.text[end : anchor.start], edge=0)
                    led = lead(self.text[max(sentence.start, start - 40) : start])
                    ties.append((size, [f"before {t}" for t in (f"{led} | {tie[0]}", f"{led} |", *tie)], how))
                elif start >= anchor.end:
                    size, tie = between(self.text[anchor.end : start], edge=-1)
                    ties.append((size, [f"after {t}" for t in tie], how))
        ties = sorted(t for t in ties if t[0] <= 9)[:3]
        row = []
        for _, all_, how in ties:
            row += [*all_, *(f"{option.sort} {t}" for t in all_), f"{how} {all_[-1]}", f"{option.kind} {how} {all_[0]}"]
        return (ties[0][0] if ties else 99), row

    def _recent(self, options: Sequence[Option], start: int, sort: str) -> list[Option]:
        """The options of one sort by how shortly before `start` they are named."""
        last: list[tuple[int, int, Option]] = []
        for option in options:
            if option.sort == sort:
                before = option.before(start)
                if before is not None:
                    last.append((before, len(last), option))
        return [o for _, _, o in sorted(last, reverse=True, key=lambda x: x[:2])]

    def _standing(
        self, option: Option, intro: Span, recent: dict[str, list[Option]], roles: tuple[str, ...], tied: int
    ) -> list[str]:
        """Where in the text a party is named, how often, and how shortly before the speaker is."""
        kind, row = option.sort, list[str]()
        free = "tied" if tied < 99 else "free"
        last = option.before(intro.start)
        segments = self.segments
        if last is None:
            row.append(f"{kind} {free} only later")
        else:
            here = segments.sentence_at(last)
            gap = segments.sentence_at(intro.start) - here
            leap = segments.paragraph_at(intro.start) - segments.paragraph_at(last)
            row += _back(kind, free, min(4, gap), min(3, leap), last - segments.sentences[here].start < 25)
        for name, order in recent.items():
            if option in order:
                place = order.index(option)
                row += [f"recent {name} {place} {free}", f"{kind} recent {place} {free}"]
                if place == 0 and free == "free":
                    row += _with_roles(f"most recent {name}", roles)
        rank = self.rank.get(option)
        if rank is not None:
            row.append(f"{kind} {free} rank {min(4, rank)}")
            if rank == 0 and free == "free":
                row += _with_roles(f"{kind} first", roles)
        row.append(f"{kind} named {int(math.log2(1 + len(option.places)))}")
        if option.places and option.starts[0] < 120:
            row.append(f"{kind} {free} in title")
        return row


# Few kinds of words, of which one text makes many features: each is put together once.
@lru_cache(maxsize=1 << 8)
def _of_kind(who: str, named: str, kind: str) -> tuple[str, ...]:
    """What a party is, and to what kind of speaker."""
    return f"kind={named}", f"{who}>{named}", kind, f"{who}>{kind}"


@lru_cache(maxsize=1 << 10)
def _back(kind: str, free: str, gap: int, leap: int, opens: bool) -> tuple[str, ...]:
    """How far before a speaker a party was named last."""
    far = f"{kind} {free} sentences back {gap}", f"{kind} {free} paragraphs back {leap}"
    return (*far, f"{kind} {free} subject {min(3, gap)}") if opens and gap else far


@lru_cache(maxsize=1 << 10)
def _conducted(kind: str, free: str, conduct: tuple[str, ...]) -> tuple[str, ...]:
    """What the text lets a party do."""
    return tuple([feature for how in conduct for feature in (f"{kind} {how}", f"{kind} {free} {how}")])


@lru_cache(maxsize=1 << 8)  # the options of one speaker are of few kinds
def _with_roles(what: str, roles: tuple[str, ...]) -> tuple[str, ...]:
    """A feature with each of the roles of a speaker."""
    return tuple([f"{what} role={role}" for role in roles])


@cache
def _classes() -> dict[str, str]:
    """What single role words make somebody to a party."""
    lists = data("roles.json")
    return {word: name for name in ("member of", "mediates", "represents", "leads") for word in lists[name].split(", ")}


def _class_of(role: str) -> str | None:
    """What a role makes somebody to a party; None for a mere title: "Ms", "Dr"."""
    known = _classes().get(role)
    if known is not None or role in words("titles") or role in office_of_role():
        return known
    return "serving" if role in words("serving_nouns") else "private"

"""Finds for a speaker the parties of a text that it may speak for, and what speaks for each and against it.

In: the cast of a text, its attributions and who speaks in each. Out: for one speaker Options, near and frequent ones,
and for each the features that `parties` weighs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from dragoman.folding import fold
from dragoman.reader.draft import Found
from dragoman.reader.names.name_shapes import heads_of
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.parties import party_signs as signs
from dragoman.reader.parties.named_parties import Named, Option, past_words, role_words
from dragoman.reader.parties.office_kinds import GROUP_APART
from dragoman.reader.parties.offices import Offices
from dragoman.reader.parties.party_signs import Part
from dragoman.reader.parties.sides import JOINT, several_bodies
from dragoman.reader.parties.talk import Said, Talk, Turn
from dragoman.reader.parties.ties import between, lead, serves
from dragoman.reader.parties.told_around import only_land
from dragoman.reader.rules.arabic_words import ARABIC
from dragoman.reader.vocabulary import key_of, office_of_role, words
from dragoman.reading import Span

_ANCHORS = 10  # mentions of one speaker that are looked at
_REACH = 4000  # letters before and after a speaker's mentions within which a party is looked for
_MOST = 28  # parties that are looked at
_FREQUENT = 8  # parties that are candidates wherever they stand
_RECENT = 3  # parties named last before a speaker that are told apart
_NEAR = 110  # letters between a speaker and a party of the same sentence
_TIES = 8  # places of one party beside one mention of a speaker that are looked at
_TIED = 9  # words between a speaker and a party that it is tied to
_UNTIED = 99  # stands for the words between where there is no tie
_LETTERS = re.compile(r"[\w-]+")
_MINISTRY = re.compile(r"(?:[a-z-]+ )*ministry$")  # by no name of its own
_APPOSED = re.compile(  # what is told of somebody after the name
    rf"(?:,|\s\(|\s(?:(?:{'|'.join(sorted(words('serving_verbs')))})\sfor|of|from|for|at|in)\s)[^,;:.“”\"]*"
)
_OTHERS = frozenset(("him", "her", "his", "their", "them", "who", "which", "us", "our"))
_NEVER_A_PARTY = frozenset(
    ("governments", "countries", "nations", "states", "sides", "leaders", "presidents", "ministers")
)
_CLAUSE = re.compile(r"[,;:“”\"]")


def is_asked(actor: Actor) -> bool:
    """Whether a speaker's party is to be chosen: not of two sides that speak as one, nor of one with an Arabic name."""
    return bool(actor.name) and actor.why != JOINT and not ARABIC.search(actor.name)


class _Asked(NamedTuple):
    """A speaker whose party is asked for: all that is the same whichever party it is compared with."""

    actor: Actor
    who: str  # of what kind it is, or that it is anonymous
    called_by: str  # by what kind of word it is called
    own: str  # what tells its name from others, and those of the parties that the rules and its owner give
    given: str | None
    owned_by: str | None
    anchors: Sequence[Span]
    intro: Span  # the first of them
    sentence: int  # in which that stands, and its paragraph
    paragraph: int
    sources: Sequence[Span]  # the words that name it as a source
    roles: Part
    classes: Part  # the kinds of its roles
    offices: Part  # and of its offices
    described: set[str]
    portfolios: set[str]
    turn: Turn | None  # who spoke before
    said: Sequence[Said]
    ties: Mapping[Option, tuple[int, Part]]
    closest: int  # words between it and the nearest party
    others_tied: bool  # that any party is tied to it
    recent: Mapping[Option, int]
    fitting: Mapping[Option, Part]  # the parties that have offices such as its own


class Field(Named):
    """All parties that one text names."""

    def __init__(self, cast: Cast, found: Sequence[Found], actors: Sequence[Actor]) -> None:
        super().__init__(cast)
        self.found = found
        self.talk, self.offices = Talk(cast, found, actors), Offices(cast.text)
        speakers = [a for a in dict.fromkeys(actors) if is_asked(a)]
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
        if actor.kind == "organisation" and _MINISTRY.match(actor.name):
            # "The Front says five died; the defence ministry speaks of two": a state's, not the Front's next to it
            options = [o for o in options if o.sort != "body" or any(self._names(o, anchor) for anchor in anchors)]
        keys = {key_of(o.name) for o in options if o.name}
        if actor.kind != "organisation" and heads_of(actor.name) & words("serving_nouns"):
            keys.add(key_of(actor.name))  # officials speak for somebody, never for officials
        if actor.kind != "person" and signs.speaks_as(actor.name, ()) == "paper":
            keys.add(key_of(actor.name))  # a draft or a census speaks for whoever made it, or for nobody
        if not _NEVER_A_PARTY.isdisjoint(heads_of(actor.name)) and actor.kind != "person":
            keys.add(key_of(actor.name))  # "the three governments", "both sides"
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
        if actor.kind != "person" and several_bodies(actor.name):
            return [o for o in options if o.sort not in ("land", "body")]  # a government and those it fights
        if actor.why == "office at home" and actor.party == only_land(self.cast):
            # "SDP leader Vekk wrote to President Kirov": a president is of the land, not of the party beside him
            options = [o for o in options if o.sort != "body" or o.key == key_of(actor.party or "")]
        apart = actor.apart or (actor.kind != "person" and GROUP_APART.match(actor.name) is not None)
        return [o for o in options if not (apart and o.sort == "land")]

    # -------------------------------------------------------------------------------------------------- what speaks

    def parts(self, actor: Actor, statements: Sequence[int], options: Sequence[Option]) -> list[list[Part]]:
        """For each option what speaks for it or against it."""
        asked = self._asked(actor, statements, options)
        return [_for_nobody(asked, o) if o.name is None else self._for_party(asked, o) for o in options]

    def _asked(self, actor: Actor, statements: Sequence[int], options: Sequence[Option]) -> _Asked:
        """A speaker and what is found out about it once, before the options are looked at one by one."""
        anchors = self.anchors(actor, statements)
        intro = anchors[0] if anchors else Span(actor.start, actor.start + 1)
        roles, described = self._described(actor, anchors)
        ties = self._ties(anchors)
        certain = {office for r in roles if r not in words("loose_offices") and (office := office_of_role().get(r))}
        return _Asked(
            actor=actor,
            who="anonymous" if actor.anonymous else actor.kind,
            called_by=self._called_by(actor, statements),
            own=key_of(actor.name),
            given=key_of(actor.party) if actor.party else None,
            owned_by=key_of(actor.owner.party or actor.owner.name) if actor.owner is not None else None,
            anchors=anchors,
            intro=intro,
            sentence=self.segments.sentence_at(intro.start),
            paragraph=self.segments.paragraph_at(intro.start),
            sources=[s for n in statements[:_ANCHORS] for s in self.found[n].source],
            roles=roles,
            classes=tuple([r for r in roles if " " in r]),
            offices=tuple([r for r in roles if r.endswith(" office")]) or ("no office",),
            described=described,
            portfolios=self.offices.portfolios(anchors),
            turn=self.talk.before(actor, statements),
            said=self.talk.said(statements),
            ties=ties,
            closest=min((ties[o][0] for o in options if o in ties), default=_UNTIED),
            others_tied=any(o in ties for o in options),
            recent=self._recent(options, intro.start),
            fitting=self.offices.fitting(options, tuple(sorted(certain)), intro.start),
        )

    def _for_party(self, asked: _Asked, option: Option) -> list[Part]:
        """What speaks for a party: that a speaker is bound to it, how it is spoken of, where it stands, its name."""
        who, kind, roles = asked.who, option.sort, asked.roles
        tied, tie = asked.ties.get(option, (_UNTIED, ()))
        free = "tied" if tied < _UNTIED else "free"
        row = [signs.of_kind(who, option.kind, kind), *_bound(asked, option, free)]
        row += self._spoken_of(asked, option, free)
        if free == "tied":
            row += [tie, signs.near(kind, tied == asked.closest, roles)]
        else:
            row.append(signs.far(kind, asked.others_tied, roles))
        row += self._standing(asked, option, free)
        row.append(self._named(asked, option))
        row.append(signs.conducted(kind, free, self.conduct(option), asked.classes))
        return row

    def _spoken_of(self, asked: _Asked, option: Option, free: str) -> Iterator[Part]:
        """Who had the turn before, whether a party has such offices as a speaker's, and how it speaks of the party."""
        who = asked.who
        yield from self.talk.after(asked.turn, option, who, free, asked.roles)
        if option.sort == "land":
            yield from self.offices.same_ministry(option, asked.portfolios, asked.anchors)
        yield self.offices.suits(option, asked.offices, who, free)
        if option in asked.fitting:
            yield asked.fitting[option]
        yield self.talk.told(option, asked.said, who, free)

    def _named(self, asked: _Asked, option: Option) -> Part:
        """How a party is named, whether in the words for the speaker, and to how many others the rules give it."""
        noun = None if option.kind in ("state", "place") else option.head
        called = bool(noun) and noun in asked.described and option.kind not in ("self", "rule")
        others = min(3, self.given[option.key] - (option.key == asked.given))
        speaks, told = option.key in self.speaking, any(self._names(option, span) for span in asked.sources)
        length = min(4, len(option.name.split())) if option.name else 0
        return signs.named_by(asked.who, option.sort, others, noun, length, called, speaks, told)

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
            left = _CLAUSE.split(self.text[max(sentence.start, anchor.start - 60) : anchor.start])[-1]
            right = _APPOSED.match(self.text, anchor.end, min(sentence.end, anchor.end + 80))
            around |= {fold(w) for w in _LETTERS.findall(f"{left} {right.group() if right else ''}")}
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

    def _standing(self, asked: _Asked, option: Option, free: str) -> Iterator[Part]:
        """Where in the text a party is named, how often, and how shortly before the speaker is."""
        kind = option.sort
        last = option.before(asked.intro.start)
        if last is None:
            yield (f"{kind} {free} only later",)
        else:
            here = self.segments.sentence_at(last)
            gap, leap = asked.sentence - here, asked.paragraph - self.segments.paragraph_at(last)
            opens = last - self.segments.sentences[here].start < 25
            yield signs.named_before(kind, free, min(4, gap), min(3, leap), opens)
        recent, rank = asked.recent.get(option), self.rank.get(option)
        yield signs.ranked(kind, free, recent, rank, option.often, option.is_titled, asked.roles)


def _for_nobody(asked: _Asked, option: Option) -> list[Part]:
    """What speaks for a speaker's being nobody's."""
    owner = asked.actor.owner
    row = [
        signs.of_kind(asked.who, option.kind, option.sort),
        signs.with_roles("none", asked.roles) or ("none role=-",),
        signs.for_none(asked.who, asked.others_tied, asked.actor.party is None),
    ]
    if owner is not None:
        row.append(signs.though_owned(owner.party is None, owner.kind, asked.who))
    fitting = (f"none, {min(3, len(asked.fitting))} fit",) if asked.fitting else ()
    return [*row, (f"none as={asked.called_by}", *fitting)]


def _bound(asked: _Asked, option: Option, free: str) -> Iterator[Part]:
    """That a party is the one that the rules give a speaker, that of its owner, or the speaker itself."""
    who, kind, owner = asked.who, option.sort, asked.actor.owner
    if option.key == asked.given:
        yield signs.by_rule(who, kind, free == "tied", asked.actor.why)
    if owner is not None and option.key == asked.owned_by:
        yield signs.of_owner(owner.party is None, owner.kind, free, asked.roles, who)
    if option.key == asked.own:
        yield "own name", f"own name {who} head={option.head}", f"own name {who}"
        yield f"own name as={asked.called_by}", f"own name as={asked.called_by} {kind}"

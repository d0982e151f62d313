"""Finds out who a source is: the person behind "he" or "the minister", the body behind "the union", and for whom.

In: the cast of a text and its attributions, one after another. Out: an Actor for each source. Where two would fit
equally, the words stay as the text gives them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from weakref import proxy

from dragoman.folding import fold
from dragoman.reader.draft import Found
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.noun_phrases import bare as bare_of
from dragoman.reader.names.noun_phrases import shortened
from dragoman.reader.parties.affiliation import party_elsewhere
from dragoman.reader.parties.bodies import body, outlet
from dragoman.reader.parties.descriptions import party_of_description
from dragoman.reader.parties.sides import joined, several_bodies
from dragoman.reader.rules.arabic_words import ARABIC
from dragoman.reader.speakers.antecedents import Antecedents
from dragoman.reader.speakers.arabic_speakers import ArabicNames, Named
from dragoman.reader.speakers.by_kind import of_kind
from dragoman.reader.speakers.described_sources import aged, both, copy, definite_person, described_person, land
from dragoman.reader.speakers.holders import earlier_holder, later_holder, named_after
from dragoman.reader.speakers.named_sources import apposed, called, person, surname
from dragoman.reader.speakers.nameless import nameless
from dragoman.reader.speakers.possessions import issued, owned, paper_of, possessed, some_of, stated
from dragoman.reader.speakers.pronouns import PRONOUNS, Pronouns
from dragoman.reader.speakers.told_of_people import learn_roles
from dragoman.reader.speakers.turns import Turns
from dragoman.reader.vocabulary import key_of, words
from dragoman.reading import Spans

_AND_ANOTHER = re.compile(
    r"(?:,? (?:of|in|from) [A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?)?,? and (?:[a-z][\w’'-]*,? ){0,3}"
    r"(?:[A-Z][\w’'-]*,? ){0,3}[A-Z][\w’'-]*"
)
_COMPOUND = re.compile(
    r"[\w.]+-(?:backed|based|aligned|allied|led|linked|controlled|run|dominated|nation|member|state)"
)
_MEMORY = 200  # earlier speakers that a pronoun or role can mean; a page of text has some ten
_ASKED_BY = re.compile(r",? (?:cited|quoted|interviewed|consulted|contacted|reached) by .*$", re.DOTALL)
# "Summit host Kestria", "neighbouring Leth": a land with what it is in the talks
_HOST = re.compile(
    r"(?:(?:[\w’'-]+ ){0,3}(?:hosts?|neighbou?rs?|rivals?|mediators?|newcomers?|holdouts?)|neighbou?ring|"
    r"fellow mediator) (?P<land>[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)*)"
)
_SELF = re.compile(r"\s+(?:himself|herself|itself|themselves|too|also)$")


class Speakers:
    """The speakers of one text, found in text order."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.said: list[tuple[int, Actor]] = []  # where a source or bare quotation stands, who it is
        sourced = partial(Speakers.sourced, proxy(self))  # these point back at no more than what is still in use
        self.antecedents = Antecedents(cast, sourced, self.said)
        self.turns = Turns(cast)
        self.pronouns = Pronouns(cast, self.antecedents, self.turns, self.said, sourced)
        self._content = Spans()  # what is said by whoever is looked for
        self._quoted: Actor | None = None  # whose quotation a quoted paragraph goes on with
        self._arabic_names: ArabicNames | None = None
        self._arabic_said: list[tuple[int, Named]] = []
        self._learned: set[int] = set()
        learn_roles(cast)

    def speaker(self, found: Found) -> Actor:
        """Who speaks in `found`; call in text order."""
        position = min(s.start for s in (found.source, found.cue, found.content) if s)
        self._content = found.content
        if not found.source:
            actor = self._unsourced(found, position)
        else:
            actor = self.sourced(found.source.start, found.source.end)
        if actor.kind == "person" and actor.party is None and id(actor) not in self._learned:
            self._learned.add(id(actor))
            actor.party = party_elsewhere(self.cast, self, actor, -1)
        if actor.kind == "person" and self._names_two(found.source):
            self.pronouns.joint.add(actor)
        self.said.append((found.source.start if found.source else position, actor))
        self.antecedents.contents += [(low, high, actor) for low, high in found.content]
        words_said = self.cast.text[found.content.start : found.content.start + 1]
        if words_said in tuple("“\"«‘'„") or not found.source:
            self._quoted = actor
        return actor

    def _names_two(self, source: Spans) -> bool:
        """Whether a source names two people: "Foreign Ministers Tui Vekk of Leth and Hana Kirov of Marrow"."""
        for low, high in source[:1]:
            first = next((end for _, end, a in self.cast.between(low, high) if a.kind == "person"), high)
            return _AND_ANOTHER.match(self.cast.text, first, high) is not None
        return False

    def _unsourced(self, found: Found, position: int) -> Actor:
        """Who speaks where no words name a source: whoever answers, or was spoken of or quoted right before."""
        if not found.cue and self.turns.answers_at(position) and self.turns.guest is not None:
            return self.turns.guest
        if found.cue:
            return Actor("", "group", anonymous=True)
        nearest = self._subject_before(position)
        if nearest is not None:
            return nearest
        if (last := self._spoke_right_before(position)) is not None:
            return last
        if self._quoted is not None:
            return self._quoted
        before = [a for p, a in self.said[-_MEMORY:] if p <= position]
        return before[-1] if before else Actor("", "group")

    def _spoke_right_before(self, position: int) -> Actor | None:
        """The person who alone speaks in the paragraph before a bare quotation, where it goes on with no other."""
        segments = self.cast.draft.segments
        here = segments.paragraph_at(position)
        if here == 0 or position - segments.paragraphs[here].start > 2:
            return None
        before = segments.paragraphs[here - 1]
        spoke = {a.name: a for p, a in self.said[-_MEMORY:] if before.start <= p < before.end}
        only = next(iter(spoke.values())) if len(spoke) == 1 else None
        return only if only is not None and only.kind == "person" else None

    def _subject_before(self, position: int) -> Actor | None:
        """Whom the sentence right before a bare quotation is about, where it says nothing itself."""
        segments = self.cast.draft.segments
        here = segments.paragraph_at(position)
        paragraph = segments.paragraphs[here]
        if position - paragraph.start < 3:
            return None
        n = segments.sentence_at(position)
        last = segments.sentences[n - 1] if segments.sentences[n].start >= position - 2 else segments.sentences[n]
        if last.start < paragraph.start or any(last.start <= p < position for p, _ in self.said[-_MEMORY:]):
            return None
        return self.antecedents.subject_of(last)

    def sourced(self, start: int, end: int) -> Actor:
        """Who is meant by the words of a source, text[start:end]."""
        text = self.cast.text
        source = text[start:end].strip(" “”\"«»‘’'")
        if ARABIC.search(source):
            return self._arabic(source, start)
        asked = _ASKED_BY.search(source)
        if asked and asked.start():
            return self.sourced(start, start + text[start:end].index(source) + asked.start())
        low = source.lower()
        word = _SELF.sub("", low)
        if word in PRONOUNS and not self._is_name(source):
            return self.pronouns.meant(word, start, content=self._content) or Actor(source, "group")
        host = _HOST.fullmatch(source)
        if host is not None and self.cast.known(source) is None and self.cast.atlas.lookup(host["land"]) is not None:
            return self.sourced(start + text[start:end].index(source) + host.start("land"), end)
        spelled = self.turns.full_names.get(low)
        if spelled is not None:
            return self.sourced(spelled.start, spelled.end)
        for look in (
            partial(outlet, self),
            partial(called, self),
            self._joined,
            partial(person, self),
            partial(apposed, self),
            partial(aged, self),
            partial(some_of, self),
            partial(possessed, self),
            partial(owned, self),
            partial(issued, self),
            partial(stated, self),
            partial(paper_of, self),
            partial(copy, self),
            partial(both, self),
            partial(definite_person, self),
            partial(described_person, self),
            partial(surname, self),
            partial(nameless, self),
            partial(land, self),
            partial(body, self),
        ):
            actor = look(start, end, source)
            if actor is not None:
                return actor
        party = party_of_description(self.cast, source, start, end)
        return Actor(bare_of(shortened(source)), "group", party=party, start=start)

    def _is_name(self, source: str) -> bool:
        """Whether a source that reads like a pronoun is initials: "WHO", "US"."""
        if not source.isupper() or len(source) < 2:
            return False
        known = self.cast.known(source)
        return (known is not None and known.kind != "person") or self.cast.atlas.lookup(source) is not None

    def _arabic(self, source: str, start: int) -> Actor:
        if self._arabic_names is None:
            self._arabic_names = ArabicNames(self.cast.text, self.cast.atlas.gazetteer)
        named = self._arabic_names.who(source, [n for _, n in self._arabic_said[-_MEMORY:]])
        self._arabic_said.append((start, named))
        return Actor(named.name, named.kind, party=named.party, anonymous=named.anonymous, start=start)

    def owner(self, word: str, start: int, role: str) -> Actor | None:
        """Whom "its" or "their" before a role means."""
        return self.pronouns.owner(word, start, role)

    def about(self, start: int) -> Actor | None:
        """The body or state that the clause before `start` is about."""
        return self.pronouns.about(start)

    def antecedent(self, start: int, fits: Callable[[Actor], bool]) -> Actor | None:
        """The earlier speaker or subject that `fits` best."""
        return self.antecedents.best(start, fits)

    def _joined(self, start: int, end: int, source: str) -> Actor | None:
        """ "Japan and the US": several states or bodies that speak with one voice."""
        return joined(self.cast, source, start)

    def role_holder(self, phrase: str, start: int, party: str | None) -> Actor | None:
        """The person of the text before `start` who was last said to hold a role, in the words of `phrase`."""
        return earlier_holder(self.cast, phrase, start, self.said[-_MEMORY:], party)

    def named_later(self, phrase: str, start: int, end: int) -> Actor | None:
        """The person whom the text names after it has quoted the holder of a role."""
        found = named_after(self.cast, start, end) or later_holder(self.cast, phrase, start)
        if found is not None:
            found.roles.add("_" + fold(phrase))
        return found

    def _is_called(self, body: Actor, bare: str) -> bool:
        """Whether some words are what news calls a listed body: "the Iran-backed Lebanese militant group"."""
        *told, noun = bare.split()
        return fold(noun) in body.called and all(
            fold(w) in body.called
            or fold(w) in words("group_adjectives")
            or _COMPOUND.fullmatch(w)
            or self.cast.atlas.lookup(w)
            for w in told
        )

    def by_head(self, bare: str, start: int) -> Actor | None:
        """The body called by its noun: "the union", "the rebels"."""
        wanted = [fold(w) for w in bare.split()]
        if not 0 < len(wanted) < 6:
            return None
        fitting = [
            (p, a)
            for p, a in [*self.said[-_MEMORY:], *((low, a) for low, _, a in self.cast.before(start))]
            if a.kind == "organisation"
            and p < start
            and not several_bodies(a.name)
            and (self._is_called(a, bare) or (len(wanted) < 3 and _has_nouns(a, wanted)))
        ]
        if fitting:
            return max(fitting, key=lambda f: f[0])[1]
        return of_kind(self.cast, wanted[0], start) if len(wanted) == 1 else None


def _has_nouns(body: Actor, wanted: list[str]) -> bool:
    """Whether a body is called by a noun, and the word before it, that stand in its name or beside it."""
    called = wanted[-1] in body.roles or wanted[-1].rstrip("s") in body.roles
    return called and all(w in key_of(body.name) or w in body.roles for w in wanted)

"""Tells whom a pronoun means: "he" and "they" by who fits, "I" and "you" by whose turn it is, "its" before a role.

In: the cast of a text, who has spoken so far, and a pronoun with its place. Out: an Actor, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from dragoman.folding import last_word
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.newcomers import members_before
from dragoman.reader.speakers.antecedents import Antecedents, is_single
from dragoman.reader.speakers.subjects import subject_before
from dragoman.reader.speakers.turns import Turns
from dragoman.reader.vocabulary import key_of, words
from dragoman.reading import Span, Spans

_FIRST_PERSON = frozenset(("we", "i", "us", "our own", "our", "my", "me"))
PRONOUNS = _FIRST_PERSON.union(
    ("he", "him", "his", "she", "her", "it", "its", "they", "them", "their", "who", "which", "you")
)
_OF_MEMBERS = re.compile(r"\b(?:association|union|federation|guild|league|syndicate|confederation|collective)\b", re.I)
_OF_STATE = re.compile(r"\b(?:minister|ministry|premier|ambassador|parliament|army|prime|embassy|navy|foreign)\b", re.I)
_OF_BODY = re.compile(
    r"\b(?:chair\w*|chief executive|secretary|coordinator|director|manager|partner|co-chair\w*|owner|lawyer)\b", re.I
)
_LEADS = re.compile(r"\btheir (?:[a-z-]+ ){0,2}(?:leader|chief|commander|head|spokes\w+)\b", re.I)
# Who have a leader or a commander: "the Marsh rebels, after their leader, Tui Vekk, …"
_LED = re.compile(
    r"(?:[A-ZÀ-Þ][\w’']* ){0,3}(?:rebels|militias|militiamen|militants|fighters|insurgents|separatists|guerrillas|"
    r"gunmen|jihadists|islamists)\b(?!['’])"
)
# "Under the Vessby deal both sides will withdraw. It calls for a truce": the deal does
_UNDER = re.compile(r"(?:Under|By) the (?P<paper>(?:[\w’'-]+ ){0,4}?(?P<noun>[a-z]+)),? ")
_PROVIDES = re.compile(
    r"It (?:also )?(?:(?:call|provide|require|foresee|envisage|oblige|stipulate)[sd]?|called|sets?)\b"
)
_HEAD = 300  # letters of a statement in which whoever brings it out is named
_ISSUED_BY = re.compile(r"\b(?:statement|release|communiqu[eé]|declaration)\b\s+(?:issued\s)?by\s(?:the\s)?$", re.I)
_QUOTES = '“"«‘„'
_NOTHING = Spans()


@dataclass
class Pronouns:
    """The pronouns of one text, while its speakers are found one after another."""

    cast: Cast
    antecedents: Antecedents
    turns: Turns
    said: list[tuple[int, Actor]]  # where a source or bare quotation stands, who it is
    named: Callable[[int, int], Actor]  # who is meant by the words of a source
    joint: set[Actor] = field(default_factory=set)  # who spoke together with another, so that "they" may mean both
    _turns: dict[Span, Actor] = field(default_factory=dict)  # by label

    def meant(
        self, word: str, start: int, *, content: Spans = _NOTHING, also: Callable[[Actor], bool] = lambda a: True
    ) -> Actor | None:
        """Whom a pronoun at `start` means, of those that fit `also`; `content` is what that one says."""
        if word in _FIRST_PERSON:
            return self._first_person(word, start)
        if word == "you":
            return self._second_person(start)
        if word in ("who", "which"):
            return self.antecedents.relative(word, start)
        if word == "it" and (paper := self._paper(start)) is not None:
            return paper
        gender = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}.get(word, "")
        if gender and (goes_on := self._goes_on(gender, start)) is not None:
            return self.meant("he" if gender == "m" else "she", goes_on, also=also)
        fitting = self._fitting(word, gender, start)
        named = self._named_in(content, start) if gender else frozenset()
        fits = lambda a: fitting(a) and also(a) and id(a) not in named  # noqa: E731
        new = "people" if gender else "bodies" if word in ("it", "its") else "groups"
        actor = self.antecedents.best(start, fits, gender=gender, new=new, content=content)
        if actor is None and gender:
            people = (a for _, _, a in reversed(self.cast.before(start)) if a.kind == "person" and fits(a))
            actor = next(people, None)
        if actor is not None and gender:
            actor.gender, actor.sure = gender, actor.sure or actor.kind == "person"
        return actor

    def _named_in(self, content: Spans, start: int) -> frozenset[int]:
        """The people whom what is said names, who therefore do not say it.

        In a quotation, “We go to Tui Vekk,” he said; and after the pronoun, "He dared Vekk to leave".
        """
        text = self.cast.text
        told = [(low, high) for low, high in content if text[low] in _QUOTES or low > start]
        return frozenset(id(a) for low, high in told for _, _, a in self.cast.between(low, high) if a.kind == "person")

    def _goes_on(self, gender: str, start: int) -> int | None:
        """Where the sentence before begins with the same pronoun, when nobody else is named up to `start`."""
        segments, cast = self.cast.draft.segments, self.cast
        n = segments.sentence_at(start)
        if not n or self.antecedents.quotation_at(start) is not None:
            return None
        here, before = segments.sentences[n].start, segments.sentences[n - 1].start
        if not cast.text.startswith(("He ", "His ") if gender == "m" else ("She ", "Her "), before):
            return None
        near = segments.paragraph_at(start) - segments.paragraph_at(before) < 2
        named = any(a.kind == "person" and low < start for low, _, a in cast.between(here, start))
        spoke = any(before < p < start and a.kind == "person" for p, a in self.said[-2:])
        return before if near and not named and not spoke else None

    def _fitting(self, word: str, gender: str, start: int) -> Callable[[Actor], bool]:
        """Tells whom a pronoun at `start` can mean by its gender and number."""
        speaking = {id(a) for a in (self.antecedents.quoting(start), self._turn(start)) if a is not None}
        if gender:
            author = self.turns.author or None  # who is "I", never "she"
            speaks = lambda a: id(a) in speaking or a.name == author  # noqa: E731
            return lambda a: is_single(a) and not speaks(a) and not (a.sure and a.gender not in ("", gender))
        if word in ("it", "its"):
            return lambda a: a.kind in ("organisation", "state", "outlet") and not a.plural
        last = self.said[-1][1] if self.said and self._same_paragraph(self.said[-1][0], start) else None
        joint = self.joint
        return lambda a: (
            (a.kind in ("organisation", "outlet") or a.plural or a in joint or (a is last and a.anonymous))
            and id(a) not in speaking
        )

    def _same_paragraph(self, one: int, other: int) -> bool:
        segments = self.cast.draft.segments
        return segments.paragraph_at(one) == segments.paragraph_at(other)

    def owner(self, word: str, start: int, role: str) -> Actor | None:
        """Whom "its" or "their" before a role means: a state has ministers, a body has chairmen."""
        if word in ("his", "her"):
            return self.meant(word, start)
        if word == "whose":
            return self.antecedents.owning(start)
        of_state = _OF_STATE.search(role) is not None and _OF_BODY.search(role.split(",")[0]) is None
        if _LEADS.match(role) and (led := self._led(start)) is not None:
            return led
        if word in ("its", "their"):
            subject = self.about(start, several=word == "their", named=of_state)
            if subject is not None:
                return subject
            if of_state:
                return self.antecedents.best(start, lambda a: a.kind == "state") or self.meant(word, start)
        if word == "its" and _OF_BODY.search(role):
            return self.antecedents.best(start, lambda a: a.kind == "organisation") or self.meant(word, start)
        if word == "their" and _OF_MEMBERS.search(role) and (members := members_before(self.cast, start)) is not None:
            return members
        if re.search(r"\b(?:lawyers?|spokes\w+|officials?|aides?|advisers?|negotiators?)\b", role):
            return self.meant(word, start, also=lambda a: key_of(last_word(a.name)) not in words("paper_nouns"))
        return self.meant(word, start)

    def _paper(self, start: int) -> Actor | None:
        """The agreement under which all is done that the sentence before tells, where "it" provides for more."""
        segments, text = self.cast.draft.segments, self.cast.text
        n = segments.sentence_at(start)
        if not n or _PROVIDES.match(text, start) is None:
            return None
        under = _UNDER.match(text, segments.sentences[n - 1].start)
        if under is None or under["noun"] not in words("settlements"):
            return None
        return Actor(under["paper"], "group", start=start)

    def _led(self, start: int) -> Actor | None:
        """The fighters whom the sentence before "their leader" names last."""
        segments = self.cast.draft.segments
        since = segments.sentences[segments.sentence_at(start)].start
        *_, last = None, *_LED.finditer(self.cast.text, since, start)
        return self.named(*last.span()) if last is not None else None

    def about(self, start: int, *, several: bool = False, named: bool = True) -> Actor | None:
        """The body or state that the clause before `start` is about."""
        subject = subject_before(self.cast, self.antecedents, start, several=several, named=named)
        return self.named(subject.start, subject.end) if subject is not None else None

    def _first_person(self, word: str, start: int) -> Actor | None:
        """ "I" and "we": whoever is quoted, whose turn it is, the author, or the outlet."""
        quoted = self.antecedents.quoting(start)
        if quoted is not None:
            return quoted
        turn = self._turn(start)
        if turn is not None:
            return turn
        if self.turns.answers_at(start) and self.turns.guest is not None:
            return self.turns.guest
        document = self.cast.draft.document
        if word in ("i", "my", "me") and self.turns.author:
            return self.cast.known(self.turns.author) or Actor(self.turns.author, "person", start=start)
        own = re.sub(r"\s*(?:\(.*?\)|,.*)", "", document.outlet or "")
        if not own:
            return self._issuer() if word == "we" else None
        return self.cast.known(own) or self.cast.publisher(own, start)

    def _issuer(self) -> Actor | None:
        """The body that brings out a statement by its head: "Press statement by the Ministry of Trade"."""
        head = self.cast.text[:_HEAD]
        for low, high, actor in self.cast.between(0, _HEAD):
            issued = _ISSUED_BY.search(head, 0, low)
            if actor.kind == "organisation" and issued is not None and high <= len(head):
                return actor
        return None

    def _second_person(self, start: int) -> Actor | None:
        """ "You" in a question: whoever answers it."""
        addressed = self.turns.addressed_at(start)
        if addressed is not None:
            return self.named(addressed.start, addressed.end)
        return self.turns.guest if self.turns.asks_at(start) else None

    def _turn(self, start: int) -> Actor | None:
        """Who has the floor at `start` in a transcript."""
        label = self.turns.label_at(start)
        if label is None:
            return None
        if label not in self._turns:
            self._turns[label] = self.named(label.start, label.end)
        return self._turns[label]

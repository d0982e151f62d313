"""Finds whom a pronoun means: the speaker, subject or newcomer of the sentences before it that fits best.

In: the cast of a text, who has spoken so far, and where a pronoun stands. Out: an Actor, or None. In "A brigadier …
He said", he is the brigadier, though nobody by that name has spoken yet.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from dragoman.folding import last_word
from dragoman.reader.names import newcomers
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.newcomers import Newcomer, is_subject
from dragoman.reader.rules.quotes import quotations
from dragoman.reader.vocabulary import key_of, words
from dragoman.reading import Span, Spans

_MEMORY = 200  # earlier speakers that a pronoun can mean; a page of text has some ten
_BACK = 2  # paragraphs before its own in which a pronoun is looked up first
_LEAD = 90  # letters of a sentence before its subject, at most
# What one candidate has before another, in sentences of distance; set by hand, looking at errors in the corpus.
_PARAGRAPH, _SUBJECT, _SPOKE, _QUOTED, _OWNER, _PLURAL, _TURN = 0.6, 1.4, 1.2, 2.0, 1.0, 1.0, 4.0
_SAME_GENDER, _OTHER_GENDER = 1.0, 3.0  # a first name may be a man's here and a woman's there
_LABEL = re.compile(r"[A-ZÀ-Þ][^\s:]*(?:\s[^\s:]+){0,4}:\s")
_REPORTERS = ("reporter", "correspondent")  # who "has reached" somebody lets that one speak
_LONGEST = 90  # letters of a name before "who"
_OWNS = re.compile(r"['’]s?\s")
_NOTHING = Spans()
_BELONGING = re.compile(
    r"\b(?:of|for|at|in|on|with|from|by)(?: the)?(?: [a-z-]+){0,2} $", re.I
)  # "Ana Vekk of the Harbour Union, who"
# "two people close to the lender, the Harbour Bank, who say"
_PEOPLE_BEFORE = re.compile(
    r"\b(?P<people>(?:an?|one|two|three|four|five|several|some|other|many) (?:[a-z-]+ ){0,3}?(?P<noun>[a-z]+) "
    r"(?:close to|familiar with|briefed on|with (?:direct )?knowledge of) [^.;:“”\"]{3,80}?), $"
)
_NAME_BEFORE = re.compile(r"(?:[Tt]he )?\b((?:[A-Z][\w’'-]*)(?: (?:of (?:the )?)?[A-Z][\w’'-]*)*), $")


@dataclass
class Antecedents:
    """Whom pronouns mean in one text, while its speakers are found one after another."""

    cast: Cast
    named: Callable[[int, int], Actor]  # who is meant by the words of a source
    said: list[tuple[int, Actor]] = field(default_factory=list)
    contents: list[tuple[int, int, Actor]] = field(default_factory=list)  # what was said, and by whom
    _newcomers: dict[tuple[int, str], list[Newcomer]] = field(default_factory=dict)
    _met: dict[Span, Actor] = field(default_factory=dict)

    # ------------------------------------------------------------------------------------------------ the search

    def best(
        self,
        start: int,
        fits: Callable[[Actor], bool],
        *,
        gender: str = "",
        new: str = "",
        content: Spans = _NOTHING,
    ) -> Actor | None:
        """The earlier speaker, subject or newcomer that fits best; those of the sentences before come first.

        Whoever is named in the `content` that is said does rarely say it: "Northmark, it added, has not moved".
        """
        segments = self.cast.draft.segments
        here = segments.paragraph_at(start)
        back = segments.paragraphs[max(0, here - _BACK)].start if segments.paragraphs else 0
        ranked: list[tuple[float, int, Actor | Newcomer]] = []
        for position, actor in self.said[-_MEMORY:]:
            if back <= position < start and fits(actor):
                worth = self._worth(position, start, actor, gender) + (-_TURN if self._labels(position) else _SPOKE)
                ranked.append((worth + (_PLURAL if new == "groups" and actor.plural else 0.0), position, actor))
        for low, high, actor in self.cast.between(back, start):
            if high <= start and fits(actor):
                worth = self._worth(low, start, actor, gender)
                if _OWNS.match(self.cast.text, high):  # "Vekk's aide, Hana Kirov, said": no subject, whoever it is
                    worth -= _OWNER if actor.kind != "person" else 0.0
                elif self.is_subject(low) and actor.roles.isdisjoint(_REPORTERS):
                    worth += _SUBJECT
                inside = any(first <= low < last for first, last in content)
                if (inside and not (gender and self.is_subject(low))) or self._bracketed(low, high):
                    worth -= _QUOTED
                if self._labels(low):
                    worth -= _TURN
                ranked.append((worth, low, actor))
        spoken = dict(self.said[-_MEMORY:])  # whoever has spoken under these very words is known by them
        for one in self._newcomers_between(back, start, new) if new else ():
            told = newcomers.gender_of(one.noun)
            if not gender or told in ("", gender):
                worth = self._distance(one.span.start, start) + (_SUBJECT if one.subject else -_OWNER)
                worth += _SAME_GENDER if gender and told == gender else 0.0
                if any(first <= one.span.start < last for first, last in content) or self._bracketed(*one.span):
                    worth -= _QUOTED
                ranked.append((worth, one.span.start, spoken.get(one.span.start, one)))
        for _, _, found in sorted(ranked, key=lambda r: (-r[0], -r[1])):
            actor = found if isinstance(found, Actor) else self._meet(found)
            if fits(actor):
                return actor
        return next((a for p, a in reversed(self.said[-_MEMORY:]) if p < start and fits(a)), None)

    def _worth(self, position: int, start: int, actor: Actor, gender: str) -> float:
        told = 0.0
        if gender and actor.gender:
            told = _SAME_GENDER if actor.gender == gender else -_OTHER_GENDER
        return self._distance(position, start) + told

    def _distance(self, position: int, start: int) -> float:
        segments = self.cast.draft.segments
        sentences = segments.sentence_at(start) - segments.sentence_at(position)
        paragraphs = segments.paragraph_at(start) - segments.paragraph_at(position)
        return -sentences - _PARAGRAPH * paragraphs - (_QUOTED if self.quoted(position, start) else 0.0)

    def _bracketed(self, low: int, high: int) -> bool:
        """Whether a name stands in brackets."""
        text = self.cast.text
        bracket = text.rfind("(", max(0, low - _LEAD), low)
        return bracket >= 0 and text.find(")", bracket, low) < 0 and text.find(")", high, high + _LEAD) >= 0

    def _labels(self, position: int) -> bool:
        """Whether what stands at `position` labels a turn in a transcript."""
        text = self.cast.text
        return text[max(0, position - 1) : position] in ("", "\n") and _LABEL.match(text, position) is not None

    def is_subject(self, position: int) -> bool:
        """Whether what stands at `position` is what its sentence is about: no verb and no preposition before it."""
        return is_subject(self.cast, position)

    def relative(self, word: str, start: int) -> Actor | None:
        """Whom "who" or "which" goes on about: what stands right before it."""
        segments = self.cast.draft.segments
        sentence = segments.sentences[segments.sentence_at(start)]
        people = _PEOPLE_BEFORE.search(self.cast.text, sentence.start, start) if word == "who" else None
        known = words("anonymous_nouns", "role_nouns")
        if people is not None and not known.isdisjoint((people["noun"], people["noun"].rstrip("s"))):
            return self.named(people.start("people"), people.end("people"))
        kinds = ("person", "group") if word == "who" else ("organisation", "state", "outlet", "group")
        near: list[tuple[int, Actor | Newcomer]] = [
            (high, a) for low, high, a in self.cast.between(sentence.start, start) if high <= start and a.kind in kinds
        ]
        if word == "who":
            near += [(n.span.end, n) for n in self._newcomers_between(sentence.start, start)]
        for end, found in sorted(near, key=lambda n: -n[0]):
            if start - end <= 3:
                return found if isinstance(found, Actor) else self._meet(found)
        before = _NAME_BEFORE.search(self.cast.text, max(sentence.start, start - _LONGEST), start)
        if before and not _BELONGING.search(self.cast.text, sentence.start, before.start()):
            return self.named(before.start(1), before.end(1))  # "the Council accused the Brethren, who"
        within = [a for p, a in self.said[-_MEMORY:] if sentence.start <= p < start and a.kind in kinds]
        return within[-1] if within else self.best(start, lambda a: a.kind in kinds)

    def owning(self, start: int) -> Actor | None:
        """Whom "whose" goes on about: what is named right before it."""
        near = [(high, a) for _, high, a in self.cast.between(max(0, start - _LEAD), start) if high <= start]
        return near[-1][1] if near and start - near[-1][0] <= 3 else None

    def subject_of(self, sentence: Span) -> Actor | None:
        """The person or newcomer that a sentence is about."""
        for low, _, actor in self.cast.between(sentence.start, sentence.end):
            if actor.kind == "person" and self.is_subject(low) and not self.quotation_at(low):
                return actor
        for new in self._newcomers_between(sentence.start, sentence.end):
            if new.subject and new.span.start >= sentence.start:
                return self._meet(new)
        return None

    # ------------------------------------------------------------------------------------------------ quotations

    @cached_property
    def quotations(self) -> list[Span]:
        """The quotations of the text, in order."""
        return quotations(self.cast.text, self.cast.draft.segments.paragraphs)

    def quotation_at(self, position: int) -> Span | None:
        """The quotation that holds `position`."""
        n = bisect_right(self.quotations, (position, float("inf"))) - 1
        return self.quotations[n] if n >= 0 and self.quotations[n].end > position else None

    def quoted(self, position: int, start: int) -> bool:
        """Whether `position` lies in a quotation in which `start` does not lie."""
        quotation = self.quotation_at(position)
        return quotation is not None and not quotation.start <= start < quotation.end

    def quoting(self, position: int) -> Actor | None:
        """Who says the quotation in which `position` lies."""
        if self.quotation_at(position) is None:
            return None
        return next((a for low, high, a in reversed(self.contents) if low <= position < high), None)

    # ------------------------------------------------------------------------------------------------- newcomers

    def newcomer_in(self, sentence: Span) -> Span | None:
        """The words of the description that a sentence is about."""
        new = next((new for new in self._newcomers_between(sentence.start, sentence.end)
                    if new.subject and new.span.start >= sentence.start), None)  # fmt: skip
        return new.span if new is not None else None

    def _newcomers_between(self, start: int, end: int, kind: str = "people") -> Iterator[Newcomer]:
        segments = self.cast.draft.segments
        for n in range(segments.paragraph_at(start), segments.paragraph_at(end) + 1):
            if (n, kind) not in self._newcomers:
                find = {"people": newcomers.people, "bodies": newcomers.bodies, "groups": newcomers.groups}[kind]
                self._newcomers[n, kind] = list(find(self.cast, self, segments.paragraphs[n]))
            yield from (new for new in self._newcomers[n, kind] if new.span.end <= end)

    def _meet(self, new: Newcomer) -> Actor:
        if new.span not in self._met:
            self._met[new.span] = self.named(new.span.start, new.span.end)
        return self._met[new.span]


def is_single(actor: Actor) -> bool:
    """Whether an actor is one person, so that "he" or "she" can mean it."""
    if actor.kind == "person":
        return True
    if actor.kind != "group" or actor.plural:
        return False
    head = key_of(last_word(_AFTER_HEAD.split(actor.name)[0]))
    several = head in ("people", "men", "women")
    return not several and (
        head in words("anonymous_nouns", "role_nouns", "male", "female") or head in ("one", "another")
    )


_AFTER_HEAD = re.compile(r"\s(?:of|in|at|from|for|on|with|to|near|close|familiar|by|who|which|whose)\b")

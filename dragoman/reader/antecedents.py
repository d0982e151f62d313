"""Finds whom a pronoun means: the speaker, subject or newcomer of the sentences before it that fits best.

In: the cast of a text, who has spoken so far, and where a pronoun stands. Out: an Actor, or None. In "A brigadier …
He said", he is the brigadier, though nobody by that name has spoken yet.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from dragoman.reader.names import Actor, Cast
from dragoman.reader.quotes import quotations
from dragoman.reader.vocabulary import key_of, verb_forms, words
from dragoman.reading import Span, Spans

_MEMORY = 200  # earlier speakers that a pronoun can mean; a page of text has some ten
_BACK = 2  # paragraphs before its own in which a pronoun is looked up first
_LEAD = 90  # letters of a sentence before its subject, at most
# What one candidate has before another, in sentences of distance; set by hand, looking at errors in the corpus.
_PARAGRAPH, _SUBJECT, _SPOKE, _QUOTED, _OWNER = 0.6, 1.4, 1.2, 2.0, 1.0
_SAME_GENDER, _OTHER_GENDER = 1.0, 3.0  # a first name may be a man's here and a woman's there
_NOTHING = Spans()
_PREDICATE = re.compile(
    r"\b(?:is|was|are|were|be|been|being|becomes?|became|remains?|remained|as|now|once|not)\s+(?:also\s+)?$"
)
_APPOSED = re.compile(r"\b([A-Z][\w’'-]+),\s+(?:now\s+|also\s+|himself\s+|herself\s+)?$")
_GOVERNED = re.compile(r"\b(?:of|in|to|with|from|by|at|for|on|against|that|about|between|and)\s+(?:the\s+)?$")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A description of a person at the head of a sentence: "a Western diplomat", "the company's lawyer"."""

    span: Span
    noun: str
    subject: bool


@dataclass
class Antecedents:
    """Whom pronouns mean in one text, while its speakers are found one after another."""

    cast: Cast
    named: Callable[[int, int], Actor]  # who is meant by the words of a source
    said: list[tuple[int, Actor]] = field(default_factory=list)
    contents: list[tuple[int, int, Actor]] = field(default_factory=list)  # what was said, and by whom
    _newcomers: dict[int, list[Newcomer]] = field(default_factory=dict)
    _met: dict[Span, Actor] = field(default_factory=dict)

    # ------------------------------------------------------------------------------------------------ the search

    def best(
        self,
        start: int,
        fits: Callable[[Actor], bool],
        *,
        gender: str = "",
        newcomers: bool = False,
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
                ranked.append((self._worth(position, start, actor, gender) + _SPOKE, position, actor))
        for low, high, actor in self.cast.between(back, start):
            if high <= start and fits(actor):
                worth = self._worth(low, start, actor, gender)
                if self.is_subject(low):
                    worth += _SUBJECT
                elif actor.kind != "person" and re.match(r"['’]s?\s", self.cast.text[high : high + 3]):
                    worth -= _OWNER
                if any(first <= low < last for first, last in content):
                    worth -= _QUOTED
                ranked.append((worth, low, actor))
        if newcomers:
            for new in self._newcomers_between(back, start):
                if _gender_of(new.noun) in ("", gender):
                    worth = self._distance(new.span.start, start) + (_SUBJECT if new.subject else -_OWNER)
                    worth += _SAME_GENDER if gender and _gender_of(new.noun) == gender else 0.0
                    ranked.append((worth, new.span.start, new))
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

    def is_subject(self, position: int) -> bool:
        """Whether what stands at `position` is what its sentence is about: no verb and no preposition before it."""
        segments = self.cast.draft.segments
        sentence = segments.sentences[segments.sentence_at(position)]
        lead = self.cast.text[sentence.start : position]
        if len(lead) > _LEAD or _GOVERNED.search(lead):
            return False
        return not any(w in _finite() for w in re.findall(r"[^\W\d_][\w’']*", lead.lower()))

    def relative(self, word: str, start: int) -> Actor | None:
        """Whom "who" or "which" goes on about: what stands right before it."""
        segments = self.cast.draft.segments
        sentence = segments.sentences[segments.sentence_at(start)]
        kinds = ("person", "group") if word == "who" else ("organisation", "state", "outlet", "group")
        near: list[tuple[int, Actor | Newcomer]] = [
            (high, a) for low, high, a in self.cast.between(sentence.start, start) if high <= start and a.kind in kinds
        ]
        if word == "who":
            near += [(n.span.end, n) for n in self._newcomers_between(sentence.start, start)]
        for end, found in sorted(near, key=lambda n: -n[0]):
            if start - end <= 3:
                return found if isinstance(found, Actor) else self._meet(found)
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
    def _quotations(self) -> list[Span]:
        return quotations(self.cast.text, self.cast.draft.segments.paragraphs)

    def quotation_at(self, position: int) -> Span | None:
        """The quotation that holds `position`."""
        n = bisect_right(self._quotations, (position, float("inf"))) - 1
        return self._quotations[n] if n >= 0 and self._quotations[n].end > position else None

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

    def _newcomers_between(self, start: int, end: int) -> Iterator[Newcomer]:
        segments = self.cast.draft.segments
        for n in range(segments.paragraph_at(start), segments.paragraph_at(end) + 1):
            if n not in self._newcomers:
                self._newcomers[n] = list(self._newcomers_in(segments.paragraphs[n]))
            yield from (new for new in self._newcomers[n] if new.span.end <= end)

    def _newcomers_in(self, paragraph: Span) -> Iterator[Newcomer]:
        text = self.cast.text
        for match in _newcomer().finditer(text, paragraph.start, paragraph.end):
            noun, end = match.group("noun"), match.end()
            if self.quotation_at(match.start()) is not None:
                continue
            subject = self.is_subject(match.start()) and not self._had_subject(match.start())
            if not subject and not re.match(r"(?:an?|another)\s", match.group()):
                continue
            if self._says_what(paragraph.start, match.start()):
                continue  # "Vekk, a member of the front", "she is a lawyer", "took part as an observer"
            near = self.cast.between(match.start(), end + 3)
            if any(a.kind == "person" and low >= match.end("noun") for low, _, a in near):
                continue  # "the mediator Hana Kirov"
            apposed = re.match(r",\s+(?:[a-z][\w’'-]*\s+){0,4}", text[end : end + 60])
            after = end + (apposed.end() if apposed else 0)
            if apposed and any(
                a.kind == "person" and low == after for low, _, a in self.cast.between(after, after + 1)
            ):
                continue  # "the mediator, former judge Hana Kirov"
            yield Newcomer(Span(match.start(), end), noun.split()[-1], subject)

    def _had_subject(self, position: int) -> bool:
        """Whether the sentence at `position` has named a person as its subject before: "Vekk plays the patient man"."""
        sentence = self.cast.draft.segments.sentences[self.cast.draft.segments.sentence_at(position)]
        return any(
            a.kind == "person" and high < position and self.is_subject(low) and self.cast.text[high] not in "'’"
            for low, high, a in self.cast.between(sentence.start, position)
        )

    def _says_what(self, since: int, position: int) -> bool:
        """Whether a description at `position` says what somebody is who was named before it."""
        lead = self.cast.text[max(since, position - _LEAD) : position]
        if _PREDICATE.search(lead):
            return True
        named = _APPOSED.search(lead)
        return named is not None and self.cast.atlas.lookup(named.group(1)) is None

    def _meet(self, new: Newcomer) -> Actor:
        if new.span not in self._met:
            self._met[new.span] = self.named(new.span.start, new.span.end)
        return self._met[new.span]


def _gender_of(noun: str) -> str:
    return "m" if noun in words("male") else "f" if noun in words("female") else ""


@cache
def _people() -> frozenset[str]:
    """Nouns that mean one person."""
    nouns = words("anonymous_nouns", "role_nouns", "male", "female")
    single = {w for w in nouns if not (w.endswith("s") and w[:-1] in nouns)}
    return frozenset(single - words("personal") - words("not_one_person"))


@cache
def _newcomer() -> re.Pattern[str]:
    """Descriptions of one person: "a Western diplomat", "the company's lawyer", "a rebel commander in the hills"."""
    nouns = "|".join(sorted(map(re.escape, _people()), key=len, reverse=True))
    closed = "|".join(sorted(map(re.escape, _closed() | _finite())))
    return re.compile(
        r"\b(?:An?|a|an|The|the|One|Another|another|Its|its|Their|Our|[A-Z][\w-]*(?: [A-Z][\w-]*){0,3}['’]s?)\s+"
        rf"(?:(?!(?:{closed})\s)[\w’'-]+\s+){{0,4}}?(?P<noun>(?:(?:{nouns})\s+)?(?:{nouns}))\b"
        r"(?P<more>(?:\s+(?:of|in|at|from|for|to|on)\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){0,2}?"
        r"(?:[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*|[a-z]+(?=[,.;]|\s+(?:[a-z]+ed|is|was|who|says?)\b)))?)"
    )


@cache
def _closed() -> frozenset[str]:
    return words("prepositions", "auxiliaries", "subordinators", "connectors", "determiners")


@cache
def _finite() -> frozenset[str]:
    """Verb forms that show that a sentence has had its subject."""
    past = {w for w, forms in verb_forms().items() if any(f.kind in ("past", "s") for f in forms)}
    return frozenset(past) | words("auxiliaries")


def is_single(actor: Actor) -> bool:
    """Whether an actor is one person, so that "he" or "she" can mean it."""
    if actor.kind == "person":
        return True
    head = re.split(r"\s(?:of|in|at|from|for|on|with|to|near|close|familiar|by|who|which|whose)\b", actor.name)[
        0
    ].split()[-1:]
    return (
        actor.kind == "group"
        and not actor.plural
        and bool(head)
        and (key_of(head[0]) in words("anonymous_nouns", "role_nouns", "male", "female") | {"one", "another"})
    )

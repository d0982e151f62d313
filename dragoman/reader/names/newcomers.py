"""Finds whom a text brings in by a description: "a Western diplomat", "Sulmar's foreign ministry", "the hauliers".

In: the cast of a text, a paragraph of it, and what tells subjects and quotations. Out: Newcomers, whom a pronoun of
the sentences after can mean though they have no name and have not spoken yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.vocabulary import verb_forms, words
from dragoman.reading import Span

_LEAD = 90  # letters of a sentence before its subject, at most
_PREDICATE = re.compile(
    r"\b(?:is|was|are|were|be|been|being|becomes?|became|remains?|remained|as|now|once|not)\s+(?:also\s+)?$"
)
_APPOSED = re.compile(r"\b([A-Z][\w’'-]+),\s+(?:now\s+|also\s+|himself\s+|herself\s+)?$")
_GOVERNED = re.compile(r"\b(?:of|in|to|with|from|by|at|for|on|against|that|about|between|and)\s+(?:the\s+)?$")
_OPENING = re.compile(r"(?:^|[,:–—-])\s*(?:(?:But|And|Yet|Only|So|Nor)\s+)?$")
_NUMBER = re.compile(r"(?:the|an?|another|its|their|our)\s(?:[\w-]+\s)?figures?", re.I)
_BACK = 2  # sentences in which those are named whose association is spoken of
_MEMBERS = re.compile(
    r"(?:\b(?:[Tt]he|[Oo]f|[Tt]hose|[Tt]hat)\s|[.,]\s|[–—-]\s)(?P<noun>[A-Za-z][a-z-]+(?:s|men))\b(?!['’])"
)
_WHO_DO = re.compile(
    r"[a-z]{2,}(?:(?:er|or|ist|ant|(?<!m)ent|ee|ian|yst)s|men)$"
)  # "hauliers", "landowners", "students"
_LEAD_WORD = re.compile(r"[^\W\d_][\w’']*")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A description of somebody: its words, its noun, and whether its sentence is about it."""

    span: Span
    noun: str
    subject: bool


class Sentences(Protocol):
    """Whoever can tell what stands in quotations."""

    def quotation_at(self, position: int) -> Span | None: ...


def is_subject(cast: Cast, position: int) -> bool:
    """Whether what stands at `position` is what its sentence is about: no verb and no preposition before it."""
    segments = cast.draft.segments
    sentence = segments.sentences[segments.sentence_at(position)]
    lead = cast.text[sentence.start : position]
    if len(lead) > _LEAD or _GOVERNED.search(lead):
        return False
    return not any(w in finite() for w in _LEAD_WORD.findall(lead.lower()))


def people(cast: Cast, sentences: Sentences, paragraph: Span) -> Iterator[Newcomer]:
    """Descriptions of one person each."""
    text = cast.text
    for match in _person().finditer(text, paragraph.start, paragraph.end):
        noun, end = match.group("noun"), match.end()
        if sentences.quotation_at(match.start()) is not None:
            continue
        subject = is_subject(cast, match.start()) and not _had_subject(cast, match.start())
        if not subject and not re.match(r"(?:an?|another)\s", match.group()):
            continue
        if _NUMBER.fullmatch(match.group()):
            continue  # "the figure" by itself is a number
        if _says_what(cast, paragraph.start, match.start()):
            continue  # "Vekk, a member of the front", "she is a lawyer", "took part as an observer"
        if any(a.kind == "person" and low >= match.end("noun") for low, _, a in cast.between(match.start(), end + 3)):
            continue  # "the mediator Hana Kirov"
        if any(a.kind in ("state", "organisation") and low - end in (0, 1) for low, _, a in cast.between(end, end + 2)):
            continue  # "its largest creditor Orvia"
        apposed = re.match(r",\s+(?:[a-z][\w’'-]*\s+){0,4}", text[end : end + 60])
        after = end + (apposed.end() if apposed else 0)
        if apposed and any(a.kind == "person" and low == after for low, _, a in cast.between(after, after + 1)):
            continue  # "the mediator, former judge Hana Kirov"
        yield Newcomer(Span(match.start(), end), noun.split()[-1], subject)


def bodies(cast: Cast, sentences: Sentences, paragraph: Span) -> Iterator[Newcomer]:
    """Bodies and outlets that sentences are about: "Sulmar's foreign ministry", "the Bergen daily Havn"."""
    for match in _body().finditer(cast.text, paragraph.start, paragraph.end):
        named = any(
            low - match.end() < 3 for low, _, _ in cast.between(match.end(), match.end() + 3)
        )  # "the union RMT"
        if not named and sentences.quotation_at(match.start()) is None and _opens(cast, match.start()):
            yield Newcomer(Span(*match.span()), match.group("noun"), True)
    for low, high, _ in cast.outlets.in_stretch(paragraph.start, paragraph.end):
        if sentences.quotation_at(low) is None and is_subject(cast, low):
            yield Newcomer(Span(low, high), "outlet", True)


def groups(cast: Cast, sentences: Sentences, paragraph: Span) -> Iterator[Newcomer]:
    """Groups of people that sentences are about: "Afghan traders", "the hauliers", "two officials"."""
    segments = cast.draft.segments
    for n in range(segments.sentence_at(paragraph.start), segments.sentence_at(max(paragraph.end - 1, 0)) + 1):
        sentence = segments.sentences[n]
        joint = _joint(cast, sentence)
        if joint is not None and sentences.quotation_at(joint.start) is None:
            yield Newcomer(joint, "parties", True)
            continue
        match = _group().match(cast.text, max(sentence.start, paragraph.start), min(sentence.end, paragraph.end))
        if (
            match is not None
            and sentences.quotation_at(match.start()) is None
            and are_people(match.group("noun").lower())
        ):
            yield Newcomer(Span(*match.span()), match.group("noun").lower(), True)


def members_before(cast: Cast, start: int) -> Actor | None:
    """The people whose association or union is spoken of at `start`: the last that the sentences up to it name."""
    segments = cast.draft.segments
    since = segments.sentences[max(0, segments.sentence_at(start) - _BACK)].start
    since = max(since, segments.paragraphs[segments.paragraph_at(start)].start)
    named = [m["noun"].lower() for m in _MEMBERS.finditer(cast.text, since, start)]
    people = [noun for noun in named if are_people(noun)]
    return Actor(people[-1], "group", plural=True, start=start) if people else None


def _joint(cast: Cast, sentence: Span) -> Span | None:
    """Two parties that a sentence is about: "Belmora and the Front"."""
    named = [m for m in cast.between(sentence.start, sentence.start + _LEAD) if m[2].kind in ("organisation", "state")]
    if len(named) < 2 or cast.text[sentence.start : named[0][0]].lower().strip() not in ("", "the", "both"):
        return None
    (_, first, one), (second, end, other) = named[:2]
    joint = re.fullmatch(r"\s*(?:\([^)]*\)\s*)?and\s+(?:the\s+)?", cast.text[first:second])
    return Span(sentence.start, end) if joint and one is not other else None


def _opens(cast: Cast, position: int) -> bool:
    """Whether a sentence begins with what stands at `position`, but for "But" and what a comma or dash sets off."""
    sentence = cast.draft.segments.sentences[cast.draft.segments.sentence_at(position)]
    return _OPENING.search(cast.text[sentence.start : position]) is not None and is_subject(cast, position)


def gender_of(noun: str) -> str:
    """The gender that a noun tells: m, f or ""."""
    return "m" if noun in words("male") else "f" if noun in words("female") else ""


def _had_subject(cast: Cast, position: int) -> bool:
    """Whether the sentence at `position` has named a person as its subject before: "Vekk plays the patient man"."""
    sentence = cast.draft.segments.sentences[cast.draft.segments.sentence_at(position)]
    return any(
        a.kind == "person" and high < position and is_subject(cast, low) and cast.text[high] not in "'’"
        for low, high, a in cast.between(sentence.start, position)
    )


def _says_what(cast: Cast, since: int, position: int) -> bool:
    """Whether a description at `position` says what somebody is who was named before it."""
    lead = cast.text[max(since, position - _LEAD) : position]
    if _PREDICATE.search(lead):
        return True
    named = _APPOSED.search(lead)
    return named is not None and cast.atlas.lookup(named.group(1)) is None


def are_people(noun: str) -> bool:
    """Whether a plural noun means people, by the lists of roles or by its ending."""
    single = noun[:-1] if noun.endswith("s") else noun
    known = words("anonymous_nouns", "role_nouns")
    return (noun in known or single in known or _WHO_DO.match(noun) is not None) and noun not in words("not_people")


@cache
def _people() -> frozenset[str]:
    """Nouns that mean one person."""
    nouns = words("anonymous_nouns", "role_nouns", "male", "female")
    single = {w for w in nouns if not (w.endswith("s") and w[:-1] in nouns)}
    return frozenset(single - words("personal") - words("not_one_person"))


@cache
def closed() -> str:
    """Words that no description goes across, as alternatives of a pattern."""
    closed = words("prepositions", "auxiliaries", "subordinators", "connectors", "determiners") | finite()
    return alternatives(sorted(closed))


def alternatives(words_: Iterable[str]) -> str:
    """Words as alternatives of a pattern, those with one first letter together: all others are passed over at once."""
    by_letter: dict[str, list[str]] = {}
    for word in words_:
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())


_MORE = (
    r"(?P<more>(?:\s+(?:of|in|at|from|for|to|on)\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){0,2}?"
    r"(?:[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*|[a-z]+(?=[,.;]|\s+(?:[a-z]+ed|is|was|who|says?)\b)))?)"
)


@cache
def _person() -> re.Pattern[str]:
    """Descriptions of one person: "a Western diplomat", "the company's lawyer", "a rebel commander in the hills"."""
    nouns = alternatives(sorted(sorted(_people()), key=len, reverse=True))
    return re.compile(
        r"\b(?:An?|a|an|The|the|One|Another|another|Its|its|Their|Our|[A-Z][\w-]*(?: [A-Z][\w-]*){0,3}['’]s?)\s+"
        rf"(?:(?!(?:{closed()})\s)[\w’'-]+\s+){{0,4}}?(?P<noun>(?:(?:{nouns})\s+)?(?:{nouns}))\b{_MORE}"
    )


@cache
def _body() -> re.Pattern[str]:
    """Descriptions of a body: "the union", "Sulmar's foreign ministry"."""
    nouns = alternatives(sorted(words("organisation_nouns") - words("not_one_body"), key=len, reverse=True))
    return re.compile(
        rf"\b(?:The|the|[A-Z][\w-]*(?: [A-Z][\w-]*){{0,3}}['’]s?)\s+(?:(?!(?:{closed()})\s)[\w’'-]+\s+){{0,3}}?"
        rf"(?P<noun>{nouns})\b(?!['’])"
    )


@cache
def _group() -> re.Pattern[str]:
    """Descriptions of a group at the head of a sentence: "Afghan traders", "Two of the hauliers"."""
    return re.compile(
        r"[“\"‘]?(?:But |And |Yet )?(?:(?:[Tt]he|These|Those|Some|Many|Most|Several|Two|Three|Four|Five|Its|Their|"
        rf"His|Her|Our|[A-Z][\w-]*['’]s?)\s+)?(?:(?!(?:{closed()})\s)[\w’-]+\s+){{0,3}}?"
        rf"(?P<noun>(?!(?:{closed()})\b)[a-zA-Z][a-z-]+(?:s|men))\b(?!['’]){_MORE}"
    )


@cache
def finite() -> frozenset[str]:
    """Verb forms that show that a sentence has had its subject."""
    past = {w for w, forms in verb_forms().items() if any(f.kind in ("past", "s") for f in forms)}
    return frozenset(past) | words("auxiliaries")

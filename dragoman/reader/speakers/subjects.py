"""Finds the body or group that the words before a possessive are about: whose chairman "its chairman" is.

In: the cast of a text and where "its" or "their" stands. Out: the words of a subject, or None. "The pact has survived
two wars. “It is wounded,” said its secretary general": the pact's, though nothing else in the text calls it a body.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.folding import fold
from dragoman.reader.names.names import Cast
from dragoman.reader.names.newcomers import Sentences, closed, finite
from dragoman.reader.vocabulary import words
from dragoman.reading import Span

_FAR = 4  # sentences back, at most
_OPENING = re.compile(
    r"(?:\([^()\n]{3,40}\)\s(?=[A-ZÀ-Þ]))?"  # "(Leth, 3 May) "
    r"[“\"‘«(\s–—-]*(?:[A-ZÀ-Þ][A-ZÀ-Þ'’. /-]{2,}\b(?:[.:]\s+|[^–—\n]{0,60}?\s[–—-]+\s+))?"  # "LETH, May 3 (ANA) - "
    r"(?:(?:But|And|Yet|Only|So|Nor|Even|Now|Then|Still|Meanwhile|However|Also),?\s+)*"
)
_ARTICLE = re.compile(r"(?:[Tt]he|[Tt]his|[Oo]ur)\s+")
_PRONOUN = re.compile(r"(?:It|They|Both|Neither|That|This|There)\b")
_GOES_ON = re.compile(r"['’]s?\s|\s(?:and|&)\s|[-/]|\s[A-Z\d]")  # "Kestria's minister", "Kestria and Belmark"
_CAPITALS = re.compile(r"[A-Z][\w’'&-]*\w(?:\s(?:(?:of|for|de|du) (?:the )?)?(?:[A-Z][\w’'&-]*\w|\d+))*")
_OWNED = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2}['’]s?\s+(?=[a-z])")
_OF = re.compile(r" of (?:the )?[A-Z][\w’'-]*\w(?: [A-Z][\w’'-]*\w)*(?!['’]s)")
_APPOSED = re.compile(r"(?:\s[a-z]+)?,\s(?:the\s)?(?=[A-Z])")


def subject_before(
    cast: Cast, sentences: Sentences, start: int, *, several: bool = False, named: bool = False
) -> Span | None:
    """The body that the clause before `start` is about; a group too where `several`, no plain noun where `named`."""
    segments = cast.draft.segments
    here = segments.sentence_at(start)
    paragraph = segments.paragraphs[segments.paragraph_at(start)]
    for n in range(here, max(-1, here - _FAR), -1):
        sentence = segments.sentences[n]
        if sentence.start < paragraph.start:
            return None
        if sentences.quotation_at(sentence.start) is not None:
            continue
        end = min(sentence.end, start)
        opening = _OPENING.match(cast.text, sentence.start, end)
        low = opening.end() if opening else sentence.start
        if _PRONOUN.match(cast.text, low, end):
            continue
        found = body_at(cast, low, end, several=several, named=named)
        if found is not None or n < here:
            return found
    return None


def body_at(cast: Cast, start: int, end: int, *, several: bool, named: bool) -> Span | None:
    """The words that name a body, or a group where `several`, at the head of text[start:end]."""
    text = cast.text
    article = _ARTICLE.match(text, start, end)
    low = article.end() if article else start
    name = _name_at(cast, low, end, trusted=article is not None)
    owned = _OWNED.match(text, low, end)
    phrase = _body().match(text, owned.end() if owned else low, end) if article or owned or name else None
    if phrase is not None:
        apposed = _APPOSED.match(text, phrase.end(), end)
        inner = _name_at(cast, apposed.end() if apposed else phrase.end() + 1, end, trusted=True)
        if inner is not None:  # "the opposition Centre Union", "the herders' council, the Sixteen Tents,"
            return inner
        if _of_role(text, phrase.end()):  # "Reyes's coalition partner"
            return None
        if name is None or phrase.start() == name.start:  # "the RMU union"
            if named and fold(phrase.group()) != "government":
                return None
            of = _OF.match(text, phrase.end(), end)  # "the delegation of Kestria"
            return Span(start, of.end() if of else phrase.end())
    group = _group().match(text, owned.end() if owned else low, end) if several and not named else None
    if group is not None and group.group().split()[-1] not in words("not_people"):  # "the Kestrian mills"
        return Span(start, group.end())
    return Span(start, name.end) if name is not None else None


def _of_role(text: str, end: int) -> bool:
    """Whether a noun of a role goes on after a body: "coalition partner", "union leaders"."""
    after = re.match(r"\s([a-z][\w-]*)", text[end : end + 30])
    return after is not None and not words("role_nouns", "anonymous_nouns").isdisjoint(
        (after.group(1), after.group(1).removesuffix("s"))
    )


def _name_at(cast: Cast, start: int, end: int, *, trusted: bool) -> Span | None:
    """The name of a body or state at `start`, known to the cast or seen by the finder."""
    text = cast.text
    for low, high, actor in cast.between(start, start + 1):
        if low == start and high <= end and not _GOES_ON.match(text, high):
            return Span(low, high) if actor.kind in ("organisation", "state") else None
    run = _CAPITALS.match(text, start, end)
    if run is None or _GOES_ON.match(text, run.end()) or _of_role(text, run.end()):
        return None
    parts = [fold(w) for w in run.group().split()]
    taken = words("role_nouns", "titles", "days", "months", "pronouns", "determiners", "lead_adverbs")
    taken |= words("anonymous_nouns", "subordinators", "prepositions", "connectors")
    if not taken.isdisjoint((parts[0], parts[-1])) or any(a.kind == "person" for _, _, a in cast.between(*run.span())):
        return None
    if cast.atlas.lookup(run.group()) is None and not trusted and " " not in run.group():
        noun = _GROUP_AFTER.match(text, run.end(), end)
        if noun is not None and noun.group(1) not in finite():
            return None  # "Cabin crew, who …" are not called Cabin
        seen = (m for m in cast.draft.mentions if m.kind in ("organisation", "place", "state"))
        if not re.search(rf"[a-z,] {re.escape(run.group())}\b", text) and not any(
            m.span.start < run.end() and run.start() < m.span.end for m in seen
        ):
            return None
    return Span(*run.span())


_GROUP_AFTER = re.compile(r" ([a-z]+)(?:, (?:who|which|whose)\b| (?:have|has|had|will|would|is|are|was|were)\b)")


@cache
def _body() -> re.Pattern[str]:
    """A body in plain words: "joint commission", "fisheries office", "RMU union"."""
    single = {noun for noun in words("named_body_nouns") if not noun.endswith("s")}
    nouns = "|".join(sorted(words("organisation_nouns") | single, key=len, reverse=True))
    return re.compile(rf"(?:(?!(?:{closed()})\b)[\w’'&-]+\s+){{0,4}}?(?:{nouns})\b(?!['’]|\s+(?:{nouns})\b)")


@cache
def _group() -> re.Pattern[str]:
    """Several in plain words: "American mills", "guerrillas"."""
    return re.compile(
        rf"(?:(?!(?:{closed()})\b)[\w’'&-]+\s+){{0,3}}?(?!(?:{closed()})\b)[a-z][\w-]+(?<!s)(?:s|men)\b"
        rf"(?=,|\s+(?:{closed()})\b)"
    )

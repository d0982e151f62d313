"""Who backs and who opposes whom, where a text says so of two named actors.

In: a draft and its cast. Out: Relations of kind supports and opposes: "Rwanda, which backs the RCD", "Northmark,
Kestria's main ally", "the Assad government, bolstered by military support from Russia and Iran".
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from dragoman.folding import fold
from dragoman.reader.draft import Draft
from dragoman.reader.names.names import Cast
from dragoman.reader.numbers.sheets import word_lists
from dragoman.reader.segment import standing
from dragoman.reader.vocabulary import words
from dragoman.reading import Relation, Span, Spans

_REACH = 60  # characters from a verb to the name it governs


class _Named(NamedTuple):
    """A name in the text and the party it means."""

    start: int
    end: int
    name: str


def find_alliances(draft: Draft, cast: Cast) -> list[Relation]:
    """The supports and opposes that the text itself states."""
    named = _named(draft, cast)
    found: dict[tuple[str, str, str], Relation] = {}
    ways = (_by_noun, _by_clause, _backed_by, _led_by)
    told = (*_by_verb(draft, named, cast), *_with_backing(draft, named, cast))
    for relation in (*(r for way in ways for r in way(draft, named)), *told, *_arabic(draft)):
        if fold(relation.origin) != fold(relation.to):
            found.setdefault((relation.origin, relation.to, relation.kind), relation)
    return list(found.values())


@cache
def _phrases(shelf: str) -> str:
    data = json.loads(resources.files("dragoman").joinpath("data", "roles.json").read_text("utf-8"))
    return "|".join(sorted((re.escape(p.strip()) for p in data[shelf].split(",")), key=len, reverse=True))


@cache
def _nouns(shelf: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_phrases(shelf)})\b")


def _named(draft: Draft, cast: Cast) -> list[_Named]:
    """The states, bodies and people of the text in order, by the names the statements use for them."""
    parties = {fold(s.speaker.party): s.speaker.party for s in draft.statements if s.speaker.party}
    found = {}
    for place in cast.atlas.places:
        found[place.start] = _Named(place.start, place.end, parties.get(fold(place.state), place.state))
    for start, end, actor in cast.mentions:
        if actor.kind in ("state", "organisation", "group", "person") and start not in found:
            found[start] = _Named(start, end, parties.get(fold(actor.name), actor.name))
    for party in parties.values():
        for start, end in standing(draft.document.text, party):
            found[start] = _Named(start, end, party)
    ordered: list[_Named] = []
    for item in sorted(found.values(), key=lambda n: (n.start, -n.end)):
        if not ordered or item.start >= ordered[-1].end:
            ordered.append(item)
    return ordered


def _near(named: list[_Named], start: int, end: int) -> _Named | None:
    """The first name that begins in [start, end)."""
    i = bisect_left(named, start, key=lambda n: n.start)
    return named[i] if i < len(named) and named[i].start < end else None


_UNKNOWN = re.compile(r"(?:^|(?<=[\s“\"(]))((?:[A-Z][\w'’-]*[\w])(?:\s[A-Z][\w'’-]*\w){0,3}),\s*$")


def _ending(named: list[_Named], text: str, end: int) -> _Named | None:
    """The name that ends right before `end`, white space and a comma aside."""
    i = bisect_left(named, end, key=lambda n: n.start) - 1
    if i >= 0 and re.fullmatch(r"(?:['’]s)?\s*(?:\([^)]{1,20}\))?,?\s*", text[named[i].end : end]):
        return named[i]
    # a name that the cast does not know, set off by its comma: "Ishtavar, which supplies"
    unknown = _UNKNOWN.search(text, max(0, end - 60), end)
    if unknown is None or fold(unknown.group(1).split()[0]) in word_lists()["boundaries"]:
        return None
    return _Named(unknown.start(1), unknown.end(1), unknown.group(1))


_NEW = re.compile(r"[A-Z][\w'’-]*\w(?:\s[A-Z][\w'’-]*\w){0,3}")


def _beginning(named: list[_Named], text: str, start: int) -> _Named | None:
    """The name that begins at `start`, also one that the cast does not know."""
    known, new = _near(named, start, start + 1), _NEW.match(text, start)
    if known is not None or new is None or fold(new.group().split()[0]) in word_lists()["boundaries"]:
        return known
    return _Named(new.start(), new.end(), new.group())


_GOVERNMENT_OF = re.compile(r"([A-Z][\w-]+) (?:regime|government|administration)")


def _relation(draft: Draft, origin: _Named, to: _Named, kind: str, span: Span) -> Relation:
    # "Assad" for his government, where the "Assad regime" speaks too
    ends = {m[1]: m[0] for s in draft.statements if (m := _GOVERNMENT_OF.fullmatch(s.speaker.party or ""))}
    text = draft.document.text
    origin, to = (
        _Named(n.start, n.end, ends.get(text[n.start : n.end]) or ends.get(n.name) or n.name) for n in (origin, to)
    )
    statement = next((s.id for s in draft.statements if any(a <= span.start < b for a, b in s.content)), None)
    return Relation(origin.name, to.name, kind, statement, Spans([span]))


_ALSO = re.compile(r"(?<=\s)[a-z-]+ and $")


def _by_noun(draft: Draft, named: list[_Named]) -> Iterator[Relation]:
    """ "Northmark, Kestria's main ally", "Ishtavar, an ally of Sulmar"."""
    text = draft.document.text
    for shelf, kind in (("support_nouns", "supports"), ("oppose_nouns", "opposes")):
        for match in _nouns(shelf).finditer(text):
            also = _ALSO.search(text, max(0, match.start() - 30), match.start())
            start = also.start() if also else match.start()  # "Kestria's neighbour and rival"
            owner = _ending(named, text, start)
            if owner is not None and re.match(r"['’]s?\s+$", text[owner.end : start]):
                holder = _ending(named, text, owner.start)
                if holder is not None and "," in text[holder.end : owner.start]:
                    yield _relation(draft, holder, owner, kind, Span(holder.start, match.end()))
                continue
            of = re.match(r"\s+(?:of|to)\s+(?:the\s+)?", text[match.end() : match.end() + 12])
            lead = re.search(
                r",\s+(?:an?|the|its|long an?)\s+(?:\w+\s+)?$", text[max(0, match.start() - 30) : match.start()]
            )
            if of and lead:
                holder = _ending(named, text, match.start() - len(lead.group()) + 1)
                owner = _near(named, match.end(), match.end() + of.end() + 3)
                if holder is not None and owner is not None:
                    yield _relation(draft, holder, owner, kind, Span(holder.start, owner.end))


_ARABIC_ALLY = re.compile(r"([^\W\d_]+)،\s+(?:(?P<ally>حليفة?)|خصم|عدوة?)\s+([^\W\d_]+)")


def _arabic(draft: Draft) -> Iterator[Relation]:
    """ "إشتافار، حليفة سولمار": one, ally of the other."""
    text = draft.document.text
    for match in _ARABIC_ALLY.finditer(text) if "،" in text else ():
        holder = _Named(match.start(1), match.end(1), match.group(1))
        other = _Named(match.start(3), match.end(3), match.group(3))
        yield _relation(draft, holder, other, "supports" if match.group("ally") else "opposes", Span(*match.span()))


def _by_clause(draft: Draft, named: list[_Named]) -> Iterator[Relation]:
    """ "Rwanda, which backs the RCD", "Ishtavar, which supplies the Sulmari navy"."""
    text = draft.document.text
    for shelf, kind in (("supports_verbs", "supports"), ("opposes_verbs", "opposes")):
        for match in re.finditer(
            rf",\s+(?:which|who)\s+(?:has\s+|have\s+|also\s+|still\s+)?(?:{_phrases(shelf)})\b", text
        ):
            holder = _ending(named, text, match.start() + 1)
            stop = re.search(r"[,.;:]|\band\b", text[match.end() : match.end() + _REACH])
            reach = match.end() + (stop.start() if stop else _REACH)
            other = _near(named, match.end(), reach)
            if holder is not None and other is not None:
                yield _relation(draft, holder, other, kind, Span(holder.start, other.end))


_APPOSITION = re.compile(r",\s[^,.;:“”\"\n]{3,60},$")
# What is theirs may be backed without them, but not their plan.
_OTHER_THING = re.compile(r"['’]s?\b(?!s? (?:\w+ )?(?:plan|proposal|position|demand|bid|call|offer|stance)\b)")


def _subject(named: list[_Named], text: str, end: int) -> _Named | None:
    """The name that ends at `end`, also before an apposition: "Norrland, the guarantor of the accord, backs"."""
    apposition = _APPOSITION.search(text, max(0, end - 64), end)
    return _ending(named, text, apposition.start() if apposition else end)


_VERB = re.compile(
    r"\s+(?:(?P<for>backs|backed|supports|supported|sided with|sides with|"
    r"(?:thr[eo]ws?|thrown|put|puts|swung|swings) (?:its|their|his|her) (?:full |whole )?weight behind)|"
    r"opposes|opposed|is at war with)\s+(?:the\s+)?"
)
_GENDER = {"him": "m", "her": "f", "he": "m", "she": "f"}
_HIM = re.compile(
    r"(?:[Hh]im|[Hh]er|[Hh]e|[Ss]he)(?=[,.;:]|\s(?:in|on|at|over|and|but|for|with|from|as|too|got|won|has|had|enjoys)\b)"
)


def _pronoun(draft: Draft, cast: Cast, start: int) -> _Named | None:
    """The person whom "her" or "she" at `start` means: the last one named before who may be meant."""
    match = _HIM.match(draft.document.text, start)
    if match is None:
        return None
    gender = _GENDER[match.group().lower()]
    people = [a for _, _, a in cast.before(start, 30) if a.kind == "person" and a.gender in (gender, "")]
    sure = [a for a in people if a.gender] or people
    return _Named(*match.span(), sure[-1].name) if sure else None


_BACKING = re.compile(
    r"\s(?:got|gets|has|had|won|wins|received|receives|enjoys|found|secured)\s(?:the\s|some\s|strong\s|full\s){0,2}"
    r"(?:backing|support)\s(?:from|of)\s(?:the\s)?"
)


def _with_backing(draft: Draft, named: list[_Named], cast: Cast) -> Iterator[Relation]:
    """ "She got backing from Northmark", "Rwanda has the support of the EU"."""
    text = draft.document.text
    for match in _BACKING.finditer(text):
        holder = _beginning(named, text, match.end())
        word = text.rfind(" ", 0, match.start()) + 1
        other = _ending(named, text, match.start()) or _pronoun(
            draft, cast, max(word, text.rfind("\n", 0, match.start()) + 1)
        )
        if holder is not None and other is not None:
            yield _relation(draft, holder, other, "supports", Span(other.start, holder.end))


def _by_verb(draft: Draft, named: list[_Named], cast: Cast) -> Iterator[Relation]:
    """ "the United States supports Ecuador", "the EU backed Rwanda": two names and nothing but the verb between."""
    text = draft.document.text
    for match in _VERB.finditer(text):
        holder = _subject(named, text, match.start())
        other = _near(named, match.end(), match.end() + 1) or _pronoun(draft, cast, match.end())
        if holder is None or other is None or _OTHER_THING.match(text, other.end):
            continue
        if re.search(r"\b(?:by|of|from)\s+(?:the\s+)?$", text[max(0, holder.start - 12) : holder.start]):
            continue
        yield _relation(
            draft, holder, other, "supports" if match.group("for") else "opposes", Span(holder.start, other.end)
        )


_BACKED = re.compile(
    r",?\s+(?:which\s+is\s+|who\s+(?:is|are)\s+)?"
    r"(?:backed|supported|bolstered|propped up|armed|funded|financed|sponsored)\s+by\s+"
    r"(?:(?:the\s+)?(?:\w+\s+)?(?:support|aid|help|backing|money)\s+(?:from|of)\s+)?(?:the\s+)?"
)


def _backed_by(draft: Draft, named: list[_Named]) -> Iterator[Relation]:
    """ "the government, bolstered by military support from Russia and Iran", "rebels backed by Ankara"."""
    text = draft.document.text
    for match in _BACKED.finditer(text):
        other = _before(named, text, match.start())
        if other is None:
            continue
        at = match.end()
        while True:
            holder = _near(named, at, at + 1)
            if holder is None:
                break
            yield _relation(draft, holder, other, "supports", Span(other.start, holder.end))
            joint = re.match(r"(?:,\s+|\s+and\s+)(?:by\s+)?(?:the\s+)?", text[holder.end : holder.end + 14])
            if joint is None:
                break
            at = holder.end + joint.end()


_LED = re.compile(
    r",?\s+(?:led|headed|chaired|commanded|presided over)\s+(?:(?:this year|now|currently|jointly|today)\s+)?by\s+"
    r"(?:(?:the|an?)\s+)?"
)
_TITLES = re.compile(r"(?:(?!(?:in|of|from|at|on|for|near|and|to)\s)[A-Za-z][a-z.-]+\s+){0,4}")
_PLAIN_BODY = re.compile(r"\b(?:[Tt]he|[Aa]n?)\s((?:[a-z][\w-]+\s){0,2}([a-z][\w-]+))$")


def _led_by(draft: Draft, named: list[_Named]) -> Iterator[Relation]:
    """ "the Group of 77, led this year by Egypt", "a panel chaired by Professor Nuhu Alade"."""
    text = draft.document.text
    for match in _LED.finditer(text):
        leader = _near(named, match.end(), match.end() + 40)
        if leader is not None and not _TITLES.fullmatch(text, match.end(), leader.start):
            continue
        body = _before(named, text, match.start())
        if body is None:
            plain = _PLAIN_BODY.search(text, max(0, match.start() - 50), match.start())
            if plain and fold(plain.group(2)) in words("organisation_nouns") - words("headed_things"):
                body = _Named(plain.start(1), plain.end(1), plain.group(1))
        if leader is not None and body is not None:
            yield _relation(draft, leader, body, "leads", Span(body.start, leader.end))


def _before(named: list[_Named], text: str, end: int) -> _Named | None:
    """The actor of the noun phrase that ends at `end`: "the Assad government", "the RCD"."""
    comma = end + 1 if text[end : end + 1] == "," else end
    found = _ending(named, text, comma)
    if found is not None:
        return found
    i = bisect_left(named, end, key=lambda n: n.start) - 1
    if i >= 0 and re.fullmatch(r"\s+(?:government|regime|army|rebels|forces)", text[named[i].end : end]):
        return named[i]
    return None

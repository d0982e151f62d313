"""Names several parties as one: the two sides of a text behind "both sides", and "Japan and the US" by their names.

In: the cast of a text and the words of a source. Out: a name such as "Belmora and Harbour Front", or None.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from dragoman.folding import fold
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.vocabulary import key_of, words

SIDES = re.compile(
    r"(?:both|neither|the two|each|either)(?:\s+of\s+(?:them|the\s+two))?(?:\s+(?:sides?|governments?|countries|"
    r"country|parties|party|camps?|delegations?|capitals?|states?|leaders(?:hips)?|organi[sz]ations?|groups?|nations?|"
    r"bod(?:y|ies)|teams?|(?P<role>(?:foreign |prime |defen[cs]e |finance |interior |trade )?ministers|negotiators|"
    r"presidents|envoys|ambassadors|spokesmen|delegates|governors|mayors)))?(?:\s+themselves)?$",
    re.I,
)
_BETWEEN = re.compile(r"\bbetween\s+(?P<first>[^,.;:\n]{2,60}?)\s+and\s+(?P<second>[^,.;:\n]{2,60})")
_NAMED = re.compile(r"[A-Z][\w’'-]*\w(?: (?:(?:of|for) (?:the )?)?[A-Z][\w’'-]*\w){0,4}(?![\w’'])")
_ROLES_OF = re.compile(r"^(?:[a-z][\w-]* )+of (?:the )?(?=[A-Z].* and )")  # "presidents of Leth and Marrow"
_SOME_NAMED = re.compile(
    r"(?:[Tt]he\s+)?(?:[Tt]wo|[Tt]hree|[Bb]oth|[Ss]everal)\s+(?:[\w-]+\s+){0,2}[a-z]+s,\s+(?=[A-Z])"
)
JOINT = "joint"  # why several that speak together have the party they have
_AND = re.compile(r"(?:['’]s)?(?:\s\([A-Z][A-Z.&-]+\))?,?\sand\s(?:the\s|its\s|their\s)?(?:[a-z]+\s)?")
_AND_SOMEBODY = re.compile(r",? and (?:[a-z-]+ ){0,4}")
_OFTEN = 2  # times that two people are named together who are the two sides
_KIND = re.compile(r"(?P<kind>[a-z]+) (?=[A-Z])")  # "rebel" of "the rebel Northern Council"
_BODY_OF = re.compile(r"(?P<body>[a-z]+) of (?:the )?[A-Z]")  # "government of Leth"
_LONGEST = 7  # words of a party's name
_HEAD = 1200  # letters at the head of a text that tell whom it is between
_CLEAR = 1.5  # how much oftener the second side is named than the third
_TOLD_OF = re.compile(r",\s+(?:who|whose|which|both)\s")
_IN_BRACKETS = re.compile(r"\s*\([^)]{1,30}\)")
_COMPANY = re.compile(r"\s(?:Co|Corp|Inc|Ltd|Plc|PLC|AG|SA|NV)\.?$")
_PARENT = re.compile(r"^(?:[A-Z][\w&’'-]+ )+(?:parent|owner|operator|maker)(?: company| group)? (?=[A-Z])")
_BETWEEN_NAMES = re.compile(r",\s+(?:and\s+)?|\s+and\s+")


def the_two(cast: Cast, start: int, speakers: Sequence[tuple[int, Actor]]) -> str | None:
    """The two sides meant at `start`: two that spoke together, that the text stands between, or that it names most.

    Where none of these tells, the only two that spoke before in the same paragraph.
    """
    for low, actor in reversed(speakers[-4:]):
        if actor.plural and " and " in actor.name:  # unless they tell of two others: "welcomed talks between …"
            return _between(cast, low, start) or _ROLES_OF.sub("", actor.name)
    return (
        _between(cast, 0, _HEAD)
        or _paired(cast)
        or _two_people(cast)
        or _most_named(cast)
        or _near(cast, start, speakers)
    )


def _paired(cast: Cast) -> str | None:
    """The two that the text names together most, "the League (ML) and the Union", where no two others are as often."""
    named = [(low, high, a.name) for low, high, a in cast.mentions if a.kind == "organisation" and not a.doubtful]
    named += [(p.start, p.end, p.state) for p in cast.atlas.places]
    return _together(cast, sorted(named), _AND, 1)


def _two_people(cast: Cast) -> str | None:
    """The two people whom the text names together again and again: "President Tui Vekk and his rival Hana Kirov"."""
    people = [(low, high, a.name) for low, high, a in cast.mentions if a.kind == "person"]
    return _together(cast, people, _AND_SOMEBODY, _OFTEN)


def _together(cast: Cast, named: list[tuple[int, int, str]], between: re.Pattern[str], least: int) -> str | None:
    pairs = Counter(
        (one[2], other[2])
        for one, other in itertools.pairwise(named)
        if one[2] != other[2] and between.fullmatch(cast.text, one[1], other[0])
    )
    top = pairs.most_common(2)
    if not top or top[0][1] < least or (len(top) > 1 and top[1][1] == top[0][1]):
        return None
    return " and ".join(top[0][0])


def _near(cast: Cast, start: int, speakers: Sequence[tuple[int, Actor]]) -> str | None:
    segments = cast.draft.segments
    since = segments.paragraphs[segments.paragraph_at(start)].start
    kinds = ("organisation", "state", "group")
    spoke = dict.fromkeys(a.name for p, a in speakers if p >= since and a.kind in kinds and not a.anonymous)
    return " and ".join(spoke) if len(spoke) == 2 else None


def _between(cast: Cast, low: int, high: int) -> str | None:
    """The first two between whom something is in text[low:high]: "talks between the army and the Harbour Front"."""
    for match in _BETWEEN.finditer(cast.text, low, high):
        first, second = (_leading(cast, match.group(side)) for side in ("first", "second"))
        if first and second and first != second:
            return f"{first} and {second}"
    return None


def _leading(cast: Cast, words_: str) -> str | None:
    """The party that some words begin with: "the Dockers' Union over pay"."""
    parts = words_.removeprefix("the ").split()
    for size in range(len(parts), 0, -1):
        name = " ".join(parts[:size])
        if name[:1].isupper():
            party = _party(cast, name)
            if party is not None:
                return party
    if len(parts) == 1 and parts[0] in words("state_organs", "armed_forces", "unnamed_sides"):
        return parts[0]
    run = _NAMED.match(" ".join(parts))
    name = run.group() if run else ""
    skipped = words("days", "months", "titles", "role_nouns")
    known = cast.known(name) is not None or cast.outlets.find(name) is not None
    return name if name and not known and skipped.isdisjoint(name.lower().split()) else None


def _party(cast: Cast, name: str) -> str | None:
    actor = cast.known(name)
    if actor is not None and actor.kind in ("organisation", "state"):
        return actor.name
    place = cast.atlas.lookup(name)
    return place[0] if place is not None and place[1] != "demonym" else None


def _most_named(cast: Cast) -> str | None:
    counts = Counter(p.state for p in cast.atlas.places)
    counts.update(
        a.name for _, _, a in cast.mentions if a.kind == "organisation" and a.party in (None, a.name) and not a.doubtful
    )
    top = counts.most_common(3)
    if len(top) < 2 or (len(top) > 2 and top[2][1] * _CLEAR > top[1][1]):
        return None
    places = {top[0][0]: len(cast.text), top[1][0]: len(cast.text)}
    for place in cast.atlas.places:
        if place.state in places:
            places[place.state] = min(places[place.state], place.start)
    for low, _, actor in cast.mentions:
        if actor.name in places:
            places[actor.name] = min(places[actor.name], low)
    return " and ".join(sorted(places, key=lambda name: places[name]))


# "the foreign ministers of Leth and Orvia" or "Leth's and Orvia's presidents", whom "the ministers" then means
_OFFICES = (
    r"(?:(?:foreign|prime|defen[cs]e|finance|interior|trade|water|energy|irrigation) )?"
    r"(?:ministers|presidents|leaders|premiers|chancellors|envoys)"
)
_THE_OFFICES = re.compile(rf"(?:the|both|the two) (?P<role>{_OFFICES})$", re.I)
_OFFICES_OF = re.compile(
    rf"\b(?P<role>{_OFFICES}) of (?:the )?(?P<one>{_NAMED.pattern}) and (?:the )?(?P<other>{_NAMED.pattern})|"
    rf"(?P<first>{_NAMED.pattern}?)(?:['’]s?)? and (?P<second>{_NAMED.pattern}?)['’]s? (?P<of>{_OFFICES})\b"
)
_THREE = re.compile(
    r"(?:all (?:of )?)?(?:the )?three "
    r"(?:countries|states|nations|governments|capitals|parties|sides|delegations|groups|unions)$",
    re.I,
)
_COMMA = re.compile(r"(?:['’]s)?,\s(?:and\s)?(?:the\s)?")
_AND_THIRD = re.compile(r"(?:['’]s)?,?\s(?:and\s|(?<=,\s))(?:the\s)?")


def of_offices(cast: Cast, source: str, start: int) -> str | None:
    """The office and the two states of several whom a text calls by the office alone: "the ministers"."""
    asked = _THE_OFFICES.match(source)
    if asked is None:
        return None
    for match in reversed([*_OFFICES_OF.finditer(cast.text, max(0, start - _HEAD), start)]):
        role = (match["role"] or match["of"]).lower()
        names = [_party(cast, n) for n in (match["one"] or match["first"], match["other"] or match["second"])]
        if role.endswith(asked["role"].lower()) and all(names) and names[0] != names[1]:
            return f"{role} of {names[0]} and {names[1]}"
    return None


def the_three(cast: Cast, source: str) -> str | None:
    """The three states or bodies that a text names one after another, where it names no other three so."""
    if _THREE.match(source) is None:
        return None
    named = [(low, high, a.name) for low, high, a in cast.mentions if a.kind in ("organisation", "state")]
    found: dict[frozenset[str], str] = {}
    for (_, end, one), (low, high, two), (last, _, three) in zip(named, named[1:], named[2:], strict=False):
        if (
            len({one, two, three}) == 3
            and _COMMA.fullmatch(cast.text, end, low)
            and _AND_THIRD.fullmatch(cast.text, high, last)
        ):
            found.setdefault(frozenset((one, two, three)), f"{one}, {two} and {three}")
    return next(iter(found.values())) if len(found) == 1 else None


def two_met(cast: Cast, start: int) -> list[Actor]:
    """The two people, and no more, whom the sentence before names: "Minister Vekk met his counterpart Kirov"."""
    segments = cast.draft.segments
    n = segments.sentence_at(start)
    if not n or segments.paragraph_at(segments.sentences[n - 1].start) != segments.paragraph_at(start):
        return []
    before = segments.sentences[n - 1]
    people = dict.fromkeys(a for _, _, a in cast.between(before.start, before.end) if a.kind == "person")
    met = re.search(r"\b(?:met|meets|meeting|talks|spoke|counterpart|between)\b", cast.text[before.start : before.end])
    return list(people) if len(people) == 2 and met else []


_OF_A_KIND = re.compile(r"(?:both|neither|the two|each|either)\s+(?:of the\s+)?(?:two\s+)?(?P<kind>[a-z]+?)s?$", re.I)


def of_a_kind(cast: Cast, source: str) -> str | None:
    """The two whom a text calls by one noun: "neither guarantor" after "guarantors Leth and Marrow"."""
    kind = _OF_A_KIND.match(source)
    if kind is None:
        return None
    both, noun = rf"(?:the\s)?(?P<one>{_NAMED.pattern})\s+and\s+(?:the\s)?(?P<other>{_NAMED.pattern})", kind["kind"]
    for pattern in (rf"\b{noun}s,?\s+{both}", rf"{both},?\s+(?:the|both|as)\s+(?:[\w-]+\s+)?{noun}s\b"):
        found = re.search(pattern, cast.text)
        names = [_conjunct(cast, found[side], named=True) for side in ("one", "other")] if found else []
        if names and all(names):
            return " and ".join(n for n in names if n)
    return None


def joined(cast: Cast, source: str, start: int) -> Actor | None:
    """Several states or bodies as one speaker, each by its name: "Japan and United States"."""
    source = _TOLD_OF.split(source)[0]
    apposed = _SOME_NAMED.match(source)  # "Two clubs, Nexor and Izola"
    source = source[apposed.end() :] if apposed else source
    plain = _IN_BRACKETS.sub(lambda m: m.group() if _part_of_name(m) else "", source)
    parts = _BETWEEN_NAMES.split(plain)
    if not 2 <= len(parts) <= 4 or " and " not in plain or cast.known(plain) is not None:
        return None
    both = source[:5].lower() == "both "
    parent = any(_PARENT.match(part) for part in parts)  # "Kalder Freight and Morven parent Aldis"
    names = [_conjunct(cast, part, named=apposed is not None or parent, both=both) for part in parts]
    if any(names):  # beside a party that is known whoever is named is one too
        names = [name or _conjunct(cast, part, named=True) for name, part in zip(names, parts, strict=True)]
    if any(name is None for name in names):
        return None
    name = ", ".join(n for n in names[:-1] if n) + f" and {names[-1]}"
    return Actor(name, "group", party=joint_party(cast, name), plural=True, start=start, why=JOINT)


def joint_party(cast: Cast, name: str) -> str | None:
    """The party of several that speak as one: states are one party, bodies such as two sides of talks are none."""
    names = re.split(r",\s+|\s+and\s+", name)
    states = all(cast.atlas.lookup(n) is not None or key_of(n) in cast.atlas.invented for n in names)
    return name if states else None


def several_bodies(name: str) -> bool:
    """Whether a name is that of two bodies: "Kestrian government and rival forces", "Front and the Union"."""
    left, _, right = name.partition(" and ")
    return bool(right) and (
        right.startswith("the ") or fold(left.split()[-1]) in words("state_organs", "ruling_bodies")
    )


def _part_of_name(bracket: re.Match[str]) -> bool:
    """Whether brackets belong to a name, as in "Communist Party (Maoist)", and are not its short form."""
    return not re.fullmatch(r"\s*\([A-Z][A-Z.&-]+\)", bracket.group())


def _conjunct(cast: Cast, words_: str, *, named: bool = False, both: bool = False) -> str | None:
    """One of several parties: a state or body by its name, a capitalised group as it stands."""
    bare = re.sub(r"^(?:both\s+)?(?:the\s+)?", "", words_.strip(), flags=re.IGNORECASE)
    kind = _KIND.match(bare) if bare != words_.strip() else None
    if kind is not None and kind["kind"] not in words("titles"):
        bare = bare[kind.end() :]
    body = _BODY_OF.match(bare)
    if body is not None and len(bare.split()) <= _LONGEST and body["body"] in words("organisation_nouns"):
        return bare
    bare = _PARENT.sub("", bare)
    if both and bare.islower() and fold(bare.split()[-1]) in words("organisation_nouns"):
        return bare  # "both the district and teachers' union"
    if not bare or not bare[:1].isupper() or len(bare.split()) > _LONGEST:
        return None
    place = cast.atlas.lookup(bare)
    if place is not None:
        return place[0] if place[1] in ("name", "capital") else None
    if _COMPANY.search(bare):  # "Kalder Motor Co." beside a Bill Kalder
        return bare
    known = cast.known(bare)
    if known is not None:
        return known.name if known.kind in ("organisation", "state") else None
    ruling = bare.split()[-1] in words("ruling_bodies")  # "Vekk administration"
    if cast.outlets.find(bare) is not None or (
        not ruling and any(a.kind == "person" for a in (cast.known(w) for w in bare.split()) if a)
    ):
        return None
    last = fold(bare.split()[-1])
    article = words_.strip().lower().startswith("the ")
    capital = all(w.lstrip("(")[:1].isupper() or w in ("of", "for", "the") for w in bare.split())
    fits = (
        (named and capital)
        or last in words("organisation_nouns")
        or (article and capital)
        or key_of(bare) in cast.atlas.invented
    )
    return bare if fits else None

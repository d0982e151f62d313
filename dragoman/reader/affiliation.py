"""Finds for whom somebody speaks: a state, a body, or nobody, from the words around a name or in a description.

In: a cast, and where a name and the words about it stand. Out: the name of a party, or None.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.folding import fold
from dragoman.reader.names import Actor, Cast
from dragoman.reader.vocabulary import words

if TYPE_CHECKING:
    from dragoman.reader.speakers import Speakers

_OFFICE = re.compile(
    r"\b(?:minister|ministry|president|premier|chancellor|ambassador|envoy|negotiator|delegate|delegation|spokes\w+|general|colonel|captain|major|admiral|"
    r"lieutenant|brigadier|commander|officials?|secretary|treasurer|undersecretary|under-secretary|king|queen|prince|emir|commissioner|representative|"
    r"consul|chargé|diplomatic|foreign office|state department|adviser|aide|army|military|governor|police|intelligence|consulate|embassy|mission|"
    r"government|cabinet|senator|mp|counterpart|attaché|chief|head|leader|deputy|PM|chair|judge|prosecutor|regulator|parliament|speaker)\b", re.I)
_PRIVATE = re.compile(
    r"\b(?:researcher|analyst|actress|actor|banker|economist|campaigner|journalist|reporter|correspondent|farmer|activist|lawyer|attorney|professor|historian|"
    r"scientist|expert|fisherman|skipper|trader|owner|consultant|author|writer|student|teacher|nurse|resident|shopkeeper|presenter|columnist|ombudsman|"
    r"lecturer|scholar|singer|widow|mother|father|director|businessman|businesswoman|monk|priest)\b", re.I)
_MINISTERIAL = re.compile(
    r"\b(?:prime minister|minister|deputy minister|cabinet secretary|foreign secretary|home secretary|secretary of state|treasurer|chancellor|vice[- ]president|PM|premier|"
    r"undersecretary|attorney general|ambassador|president)\b", re.I)
_STAFF = re.compile(r"\b(?:commissioner|superintendent|director|head|manager|mayor|founder|treasurer|spokes\w+|chief negotiator|negotiator|secretary|chairman|chairwoman|chair|president|general secretary|secretary general|partner|"
                    r"chief executive|leader|commander|coordinator|delegate|deputy)\b", re.I)
_DETACHED = re.compile(r"\b(?:close to|familiar with|near to|briefed on|knowledge of|travelling|who have seen|who has seen|with knowledge|former|ex-|late|retired)\b", re.I)
_PLAIN_BODY = re.compile(
    r"\b(?:the|The|a|A|an|An|its|their)?\s*((?:[a-z][\w'’-]+\s+){0,3}(?:union|association|council|committee|federation|chamber|board|alliance|coalition|movement|"
    r"party|league|guild|forum|cooperative|syndicate|club|company|fund|bank|authority|commission|secretariat|court|militia|front|group))\b")


def party_of_person(cast: Cast, speakers: Speakers, actor: Actor, start: int, end: int, low: int, high: int) -> str | None:
    """The party of the person whose name is text[low:high] in the source text[start:end]."""
    text = cast.text
    left, right = text[start:low], text[high:end]
    if not right:
        right = _apposition(text, high)
        end = high + len(right)
    if not left.strip():
        left_start = _role_start(text, low)
        left, start = text[left_start:low], left_start
    around = f"{left} | {right}"
    possessive = re.match(r"\W*(its|their|his|her|our)\b", left, re.I)
    if possessive:
        owner = speakers._pronoun(possessive.group(1).lower(), start)
        if owner is not None and (owner.party or owner.kind != "person"):
            return owner.party or owner.name
    owner_name = re.match(r"\W*(?:[Tt]he\s+)?((?:[A-Z][\w.-]*\s+){0,3}[A-Z][\w.-]*)['’]s?\s", left)
    if owner_name:
        owned = _owner(cast, owner_name.group(1), start)
        if owned is not None:
            return owned
    body = _body_in(cast, start, low, actor) or _body_in(cast, high, end, actor)
    if body is not None and not re.search(r"\b(?:former|ex-|late)\b", around):
        return body
    if re.search(r"\bgovernment\b", around) and not cast.atlas.within(start, end):
        return _state(cast, start)
    states = [p for p in cast.atlas.within(start, end) if not low <= p.start < high]
    if states and not _DETACHED.search(around):
        first = states[0]
        if text[first.end : first.end + 2] in ("'s", "’s") or (_OFFICE.search(around) and not _PRIVATE.search(left)):
            return first.state
    plain = _PLAIN_BODY.search(around)
    if plain and not _PRIVATE.search(left):
        named = speakers._by_head(plain.group(1).split()[-1], low)
        if named is not None and len(plain.group(1).split()) == 1:
            return named.party
        return re.sub(r"^(?:the|a|an|its|their)\s+", "", plain.group(1).strip())
    members = re.match(r"\W*([A-Z]?[a-z]+)s['’]\s+\w+", left)
    if members:
        return members.group(1).lower() + "s"
    if _MINISTERIAL.search(around) and not _PRIVATE.search(left):
        return _state(cast, start)
    if _STAFF.search(left):
        owner = speakers._antecedent(start, lambda a: a.kind in ("organisation", "state"))
        if owner is not None:
            return owner.party
    return None


def _owner(cast: Cast, name: str, start: int) -> str | None:
    """The party of "Ostmark's minister", "SITCA's Paulina Henríquez", "Drozd's ministry"."""
    state = cast.atlas.lookup(name)
    if state is not None:
        return state[0]
    known = cast.known(name)
    if known is not None:
        return known.party or (known.name if known.kind != "person" else None)
    if name.split()[-1].lower() in words("role_nouns") | words("organisation_nouns"):
        return None
    return name


def party_elsewhere(cast: Cast, speakers: Speakers, actor: Actor, here: int) -> str | None:
    """What the other full mentions of a person say about whom the person speaks for."""
    for low, high, other in cast.mentions:
        if other is actor and low != here and high - low >= len(actor.name) - 1:
            right = _apposition(cast.text, high)
            found = party_of_person(cast, speakers, actor, _role_start(cast.text, low), high + len(right), low, high)
            if found:
                return found
    return None


def _apposition(text: str, high: int) -> str:
    match = re.match(r",\s+(?:(?:the|a|an|who|its|his|her|their|[\w-]+)\b[^,.;:“\"]{2,90})|\s+of\s+(?:the\s+)?[A-Z][^,.;:“\"]{2,40}", text[high : high + 120])
    return match.group() if match else ""


def _role_start(text: str, low: int) -> int:
    """Where the role before a name begins: "the Committee's chief delegate, Yunus"."""
    match = re.search(r"(?:(?:[Tt]he|[Aa]|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s+)?(?:[\w'’.&-]+\s+){0,5}[\w'’-]+,?\s+$", text[max(0, low - 80) : low])
    if not match:
        return low
    words_ = match.group().split()
    kept: list[str] = []
    for word in reversed(words_):
        if word.lower().strip(",.") in words("auxiliaries") | words("prepositions") - {"of", "for"} | words("subordinators") | {"and", "but", "said", "told", "says"}:
            break
        kept.append(word)
        if word.lower() in ("the", "a", "an", "its", "his", "her", "their"):
            break
    if not any(w.lower().strip(",'s’") in words("role_nouns") | words("titles") for w in kept):
        possessive = kept and re.search(r"['’]s?$", kept[0])
        if not possessive:
            return low
        kept = kept[:1]
    joined = r"\s+".join(re.escape(w) for w in reversed(kept))
    found = list(re.finditer(joined + r"\s+$", text[max(0, low - 100) : low]))
    return max(0, low - 100) + found[-1].start() if found else low


def _body_in(cast: Cast, start: int, end: int, actor: Actor) -> str | None:
    for low, high, other in cast.mentions:
        if start <= low and high <= end and other.kind == "organisation" and other is not actor:
            return other.party or other.name
    return None


def _state(cast: Cast, start: int) -> str | None:
    segments = cast.draft.segments
    paragraph = segments.paragraphs[segments.paragraph_at(start)] if segments.paragraphs else None
    return (cast.atlas.nearest(paragraph.start, start) if paragraph else None) or cast.atlas.main()


def party_of_description(cast: Cast, phrase: str, start: int, end: int, *, official: bool = False, body: bool = False) -> str | None:
    """The party that a description without a name speaks for: "US officials", "the finance ministry"."""
    if _DETACHED.search(phrase) and not body:
        return None
    head = re.split(r",| who | which ", phrase)[0]
    stop = start + len(head) + 4
    if not body:
        named = _body_in(cast, start, min(stop, end), Actor("", "group"))
        if named is not None:
            return named
    states = cast.atlas.within(start, min(stop, end))
    if body:
        if re.search(r"\b(?:ministry|government|army|treasury|chancellery|embassy|foreign office|state department|presidency|presidential|military|delegation|department for|"
                     r"department of|mission|air force|navy)\b", phrase, re.I):
            return states[0].state if states else _state(cast, start)
        return None
    if states and re.search(r"\b(?:officials?|ministry|ministers?|government|office|delegation|delegates?|negotiators?|army|mission|embassy|envoys?|spokes\w+|sources? in the|"
                            r"soldiers?|officers?|advisers?|aides?|presidency|military|president|parliament|ambassadors?|side|cabinet|treasury|police)\b", phrase, re.I):
        return states[0].state
    if re.search(r"\bgovernment (?:official|adviser|source|minister|spokes|delegate|negotiator)", phrase, re.I):
        return _state(cast, start)
    if official and _MINISTERIAL.search(phrase):
        return _state(cast, start)
    if official:
        plain = _PLAIN_BODY.search(phrase)
        if plain:
            return fold(plain.group(1))
    return None

"""Finds for whom a description without a name speaks: "US officials", "the finance ministry".

In: a cast, and a description with its place. Out: the name of a party, or None.
"""

from __future__ import annotations

import re

from dragoman.folding import fold
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.parties.office_kinds import DETACHED, GROUP_APART, MINISTERIAL
from dragoman.reader.parties.role_words import PLAIN_BODY
from dragoman.reader.parties.told_around import body_in, opposition_to, organ_before, state_around

PAPER = re.compile(
    r"\b(?:draft|text|memo|memorandum|readout|paper|document|leaflet|poll|survey|letter|report|note|accord|"
    r"agreement|understanding|communiqu[eé]|bulletin|study|census|petition|"
    r"proposal|recording|page|catalogue|banner|parties|sides|leaders|camps|delegations|each|neither|eleven|ten)$",
    re.I,
)
_NO_ORGAN = re.compile(  # a state's in name only: "Kestrian farmers", "the Kestrian industry association"
    r"\b(?:media|press|opposition|unions?|radio|television|newspapers?|compan(?:y|ies)|firms?|fund|industry|mills|banks?|"
    r"association|federation|league|chamber|church|clubs?|lobby|fishermen|students|"
    r"(?!(?:minist|offic|lead|soldi|command|lawmak|advis)ers)\w{2,}ers)\b",
    re.I,
)
# "Gaza's health ministry" is that of no state that the text may be about.
_ELSEWHERE = re.compile(r"(?:[Tt]he\s+)?(?!The\s)[A-Z][\w-]+(?:['’]s)?\s+[a-z]")
_FOREIGN = re.compile(  # of no one state
    r"(?:the\s+|an?\s+)?(?:western|european|arab|african|foreign|asian|regional|gulf)\s+(?:diplomat|"
    r"official|ambassador|envoy|minister)",
    re.I,
)
# Where talks are held tells nothing of those who come: "the envoy at talks in Doha"
_GOES_ON = re.compile(
    r",| who | which | (?:at|to|in) (?:the )?(?:[\w-]+ ){0,2}(?:talks|negotiations|summit|conference)\b"
)
_ARTICLE = re.compile(r"^(?:the|an?|some|several|two|three|other|senior|top)\s", re.I)
_VOICE_OF = re.compile(
    r"\b(?:spokes\w+|lawyers?|advisers?|aides?|negotiators?|representatives?|attorney) (?:for|of|"
    r"to) (?:the )?([A-Z][\w'’&.-]*(?: [A-Z][\w'’&.-]*){0,3})$"
)
# Whose delegation it is stands in its name: no state that the story is about sent it.
_SENT_BY = re.compile(
    r"(?:the\s+)?(?:[a-z-]+\s+){0,2}(?:delegation|mission|government|embassy|army)\s+of\s+(?:the\s+)?"
    r"(?:(?:[Gg]overnment|[Rr]epublic|[Kk]ingdom)\s+of\s+(?:the\s+)?)?"
    r"(?P<whom>[A-Z][\w'’&.-]*(?: (?:(?:of|for) (?:the )?)?[A-Z][\w'’&.-]*){0,5})"
)
_TITLE = re.compile(r"^(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Gen|Col|President|Minister|Mayor|Governor)\.? ")
_POSSESSOR = re.compile(r"(?:the\s+)?([A-Z][\w-]+)['’]s\s")
_ORGAN = re.compile(
    r"\b(?:ministry|government|army|treasury|chancellery|embassy|foreign office|state department|"
    r"presidency|presidential|military|delegation|department for|"
    r"department of|(?<![A-Z] )[a-z]+ department|border (?:service|guards?)|mission|air force|navy)\b",
    re.I,
)
_STATE_PEOPLE = re.compile(
    r"\b(?:officials?|ministry|ministers?|government|office|delegation|delegates?|negotiators?|army|mission|"
    r"embassy|envoys?|spokes\w+|sources? in the|"
    r"soldiers?|officers?|advisers?|aides?|diplomats?|readout|hosts?|colleague|counterparts?|presidency|"
    r"military|president|parliament|ambassadors?|side|cabinet|treasury|police)\b",
    re.I,
)
_HEAD_OF_STATE = re.compile(r"(?:the\s+)?[A-Z][\w-]+(?:\s[A-Z][\w-]+)?\s(?:leaders?|premier|chancellor)\b", re.I)
_GOVERNMENT_PEOPLE = re.compile(
    r"\bgovernment (?:official|adviser|source|minister|spokes|delegate|negotiator)|\bministry (?:official|"
    r"source|spokes)|(?:official|source)s? (?:of|in|at|from) the "
    r"[\w\s’'-]{0,30}(?:ministry|office|presidency|cabinet)|\b(?:administration|federal) official",
    re.I,
)


def party_of_description(
    cast: Cast, phrase: str, start: int, end: int, *, official: bool = False, body: bool = False
) -> str | None:
    """The party that a description without a name speaks for: "US officials", "the finance ministry"."""
    if DETACHED.search(phrase) and not body and not re.search(r"\b(?:knowledge|travelling)\b", phrase):
        return None
    if _FOREIGN.match(phrase):
        return None
    head = _GOES_ON.split(phrase)[0]
    end = min(start + len(head) + 4, end)
    if not body:
        named = body_in(cast, start, end, Actor("", "group"))
        if named is not None:
            return named
        voice = _VOICE_OF.search(head)
        if voice:
            return _spoken_for(cast, voice.group(1))
    if (people := cast.atlas.community(_ARTICLE.sub("", head))) is not None:
        return people
    states = cast.atlas.within(start, end)
    if GROUP_APART.match(_ARTICLE.sub("", head)):
        return opposition_to(cast, head)  # "Kestrian rebel chiefs" are no part of Kestria's government
    if PAPER.search(head):
        return states[0].state if states and states[0].how == "demonym" else None
    possessor = _POSSESSOR.match(phrase)
    if possessor and official and cast.known(possessor.group(1)) is None:
        return states[0].state if states else possessor.group(1)
    if body:
        if states and states[0].start - start <= 4 and not _NO_ORGAN.search(head):
            return states[0].state
        if not states and (sent := _SENT_BY.match(phrase)) is not None:
            return _spoken_for(cast, sent.group("whom"))
        if _ORGAN.search(phrase) and (states or not _ELSEWHERE.match(phrase)):
            return states[0].state if states else organ_before(cast, head, start) or state_around(cast, start)
        return None
    if states and (_STATE_PEOPLE.search(phrase) or _HEAD_OF_STATE.fullmatch(head)):
        return states[0].state
    if _GOVERNMENT_PEOPLE.search(phrase) or (official and MINISTERIAL.search(phrase)):
        return organ_before(cast, phrase, start) or state_around(cast, start)
    plain = PLAIN_BODY.search(phrase) if official else None
    return fold(plain.group(1)) if plain else None


def _spoken_for(cast: Cast, name: str) -> str | None:
    """The party that is named after "a spokesman for"."""
    known, place = cast.known(name) or cast.known(_TITLE.sub("", name)), cast.atlas.lookup(name)
    if place is not None or known is None:
        return place[0] if place is not None else name
    return known.party or (known.name if known.kind != "person" else None)

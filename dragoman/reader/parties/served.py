"""Finds the body that the words around a name say its bearer serves: "a spokeswoman for the Seven, Judith Vekk".

In: the cast of a text and the words before and after a name. Out: the party as the text words it, looked up in the
cast, or None where the words name none. What the source itself says goes before all that stands farther away.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from dragoman.folding import fold, without_genitive
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.newcomers import closed
from dragoman.reader.parties.role_words import SENT_TO, serving
from dragoman.reader.vocabulary import key_of, words


class Speakers(Protocol):
    """Whoever can tell whom a noun means: the speakers of a text."""

    def by_head(self, bare: str, start: int) -> Actor | None: ...


_ROLE = (
    r"(?:spokes\w+|(?:co-|vice-|deputy )?(?:head|leader|chair\w*|president)|(?:general )?secretary(?:[ -]general)?|"
    r"treasurer|negotiator|delegate|representative|commander|co-?ordinator|director|lawyer|attorney|adviser|organiser)"
)
_MEMBER = r"(?:deputy|councill?or|MP|lawmaker|senator|frontbencher|backbencher|member|organiser|boss|whip|steward)"
_NOUN = r"(?:[\w’'&.-]*[\w’'&])"
_NP = rf"{_NOUN}(?: (?!(?:who|which|that|in|at|on|said|says)\b){_NOUN}){{0,6}}"
_END = r"(?=\s*(?:$|[,;()]|(?<![A-Z]\.[A-Z])\.)|\s+(?:who|which|that|in|at|on)\b)"
_FOR = r"\b(?:{roles}) (?:of|for|from|at|representing) (?P<the>the |its |all )?(?P<body>{np}?){end}"
_PORTFOLIOS = frozenset(("minister", "secretary", "undersecretary", "vice-minister", "commissioner", "official"))
_CAPITALS = re.compile(r"(?:[a-z-]+ ){1,4}(?P<name>[A-ZÀ-Þ][\w’'&.-]*(?: (?:of|for|and|the|[A-ZÀ-Þ&][\w’'&.-]*))*)")
_WHO = re.compile(
    rf"^\W*who (?:[a-z]+ ){{0,4}}?(?:for|on behalf of|heads|leads|chairs|runs) (?P<the>the )?(?P<body>{_NP}){_END}"
)
_SIDE = re.compile(rf"\b(?:on the (?P<body>{_NP}?) side|from (?P<the>the )(?P<from>{_NP}?)){_END}")
_LEADS = re.compile(r"(?:leader|head|chair|president|founder|member|boss|chief|treasurer|convenor|deputy)\w* of ", re.I)
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?: (?:(?:and|of|&) )?[A-ZÀ-Þ][\w’'-]+)*")
_NAME_THEN_NOUN = re.compile(r"(?:^|\s)(?P<name>[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,3}) (?:[a-z][a-z-]+ ?){1,3}$")
_TOPIC = re.compile(rf"{_NP}? (?:for|of|in) (?:the )?(?=\S+(?: \S+)?$)")
_AT_BODY = re.compile(rf"\s+(?:at|in) (?P<the>the )?(?P<body>(?=[^,;.()]*[A-ZÀ-Þ]){_NP}?){_END}")
_GOES_ON = r"(?=\s+(?:but|after|as|when|while|during|and(?= [a-z])|and (?:[A-Z][\w’'-]* ){1,3}for)\b)"
# "Speaking for the Harbour Front, Tui Vekk said"
_FRONTED = re.compile(
    rf"(?:^|[.!?]\s|\n)(?:Speaking|Writing|Signing|Negotiating) (?:for|on behalf of) (?P<the>the )?(?P<body>{_NP}?),\s$"
)
_DELEGATION_OF = re.compile(r"(?:delegation|team) (?:of|from) (?P<the>the )?")
_SECRETARY = re.compile(r"secretary (?:of|for) ", re.I)
_WORD = re.compile(r"[a-z]+")
_LONG = 80  # letters before a noun in which its article and two words stand
_TITLES = re.compile(r",?\s*(?:(?:[A-Z][\w’'-]*\.?|\([\w.]+\))\s+)*$")


def served(cast: Cast, speakers: Speakers, left: str, right: str, start: int) -> str | None:
    """The body that the words before or after a name say its bearer serves."""
    for pattern, around in ((_for(), left), (_for(), right), (_WHO, right), (_serving(), right)):
        match = pattern.search(around)
        if match is not None and SENT_TO.search(around, 0, match.start("body")) is None:
            body, article = match.group("body"), match.group("the") is not None
            if pattern is _for():
                body, article = _beyond_topic(cast, around, match)
            named = _named(cast, speakers, body, start, article=article) if body else None
            if named is None and _LEADS.match(around, match.start()) and _CAPITALISED.fullmatch(match.group("body")):
                named = match.group(
                    "body"
                )  # "co-leader of Green Meadow": whom one leads is a body, however it is called
            if named is not None:
                return named
    name = start + len(left)
    if (fronted := _FRONTED.search(cast.text, max(0, name - _LONG), name)) is not None:
        return _named(cast, speakers, fronted.group("body"), start, article=fronted.group("the") is not None)
    return _before_role(cast, speakers, left, start)


def _beyond_topic(cast: Cast, around: str, match: re.Match[str]) -> tuple[str, bool]:
    """The body that an office is of, and whether an article stands before it; not what the office is about.

    "Head of Roads at the Harbour Trust" and "envoy for Roads for Orvia" are of what is named last; a "secretary for
    Roads" is of nobody yet.
    """
    body, article = match.group("body"), match.group("the") is not None
    if cast.known(body) is not None or cast.atlas.lookup(body) is not None:
        return body, article
    if (topic := _TOPIC.match(body)) is not None and cast.atlas.lookup(body[topic.end() :]) is not None:
        return body[topic.end() :], article
    if not article and (at := _AT_BODY.match(around, match.end())) is not None:
        return at.group("body"), at.group("the") is not None
    if not article and _SECRETARY.match(match.group()) is not None:
        return "", False
    return body, article


def on_side(cast: Cast, speakers: Speakers, left: str, start: int) -> str | None:
    """The side that somebody else's counterpart is on: "her deputy from the mountain", "on the KDP side"."""
    match = _SIDE.search(left)
    if match is None:
        return None
    return _named(cast, speakers, match.group("body") or match.group("from"), start, article=True)


def _named(cast: Cast, speakers: Speakers, body: str, start: int, *, article: bool) -> str | None:
    """The party that `body` names."""
    whose, _, owned = re.sub(r"['’]s? ", "\0", body, count=1).partition("\0")
    if owned in ("delegation", "team"):  # "who leads the opposition's delegation"
        body = whose
    elif (sent := _DELEGATION_OF.match(body)) is not None:
        body, article = body[sent.end() :], sent["the"] is not None
    known, place = cast.known(body), cast.atlas.lookup(body)
    if place is not None:
        return place[0]
    if known is not None:
        return known.party or (known.name if known.kind != "person" else None)
    last = fold(body.split()[-1])
    an_office = last == "office" and article and words("role_nouns").isdisjoint(_WORD.findall(body))
    if last in words("headed_things", "role_nouns", "titles") and not an_office:
        return None  # "the president's office" is a person's, "the fisheries office" a body
    if " " not in body and (headed := speakers.by_head(body.lower(), start)) is not None:
        return headed.party
    if " " not in body and body.islower():
        return fullest(cast, body) if article else None
    if body.islower():
        return body if article else None
    if body[:1].islower():  # "small islands of the Pacific", "government of Tripoli", "tiny Harbour First"
        if re.match(r"[a-z]+ of (?:the )?[A-Z]", body):
            return body
        capitals = _CAPITALS.fullmatch(body)
        if capitals is None or set(body.split()) & words("prepositions", "determiners"):
            return None
        return _named(cast, speakers, capitals.group("name"), start, article=True)
    if fold(body.split()[-1]) in words("state_organs", "armed_forces"):
        for size in (2, 1):
            if (owner := cast.atlas.lookup(without_genitive(" ".join(body.split()[:size])))) is not None:
                return owner[0]  # "the Kestrian armed forces"
    return body if article or " " in body else None


def _before_role(cast: Cast, speakers: Speakers, left: str, start: int) -> str | None:
    """The body right before a role: "majority deputy", "Health board chairman", "the council leader"."""
    bare = _TITLES.sub("", left)
    match = _role_after_body().search(bare)
    if match is None:
        return _called_by(cast, bare)
    body = match.group("body")
    known = cast.known(body)
    if known is not None and known.kind == "organisation":
        return known.party or known.name
    if " " in body:
        lower = body[:1].lower() + body[1:]
        return lower if lower in cast.text or body.islower() else body
    headed = speakers.by_head(body, start)
    return headed.party if headed is not None else fullest(cast, body.lower())


def _called_by(cast: Cast, left: str) -> str | None:
    """The body whose name the words before a role begin or end: "Band attorney" for the Tamarack Band."""
    match = _NAME_THEN_NOUN.search(left)
    if match is None or cast.atlas.lookup(match.group("name")) is not None or set(left.lower().split()) & _PORTFOLIOS:
        return None
    name = key_of(match.group("name"))
    known = cast.known(match.group("name"))
    if known is not None and known.kind == "organisation":
        return known.party or known.name
    fitting = {
        a.party or a.name
        for a in cast.actors
        if a.kind == "organisation" and (key_of(a.name).startswith(f"{name} ") or key_of(a.name).endswith(f" {name}"))
    }
    return fitting.pop() if len(fitting) == 1 else None


def fullest(cast: Cast, noun: str) -> str:
    """A body called by its noun alone under the one longer name that a text has for it: "city council"."""
    places = [m.start() for m in re.finditer(rf"{re.escape(noun)}\b", cast.text)]
    longer = [_longer().search(cast.text, max(0, place - _LONG), place) for place in places]
    found = {fold(m.group(1)): m.group(1) for m in longer if m is not None}
    return f"{found.popitem()[1]}{noun}" if len(found) == 1 else noun


@cache
def _longer() -> re.Pattern[str]:
    return re.compile(rf"\b(?:[Tt]he|[Aa]n?) ((?:(?!(?:{closed()})\b)[a-z][\w’'-]+ ){{1,2}})$")


@cache
def _for() -> re.Pattern[str]:
    roles = rf"{_roles()}|spokes\w+|(?:general )?secretary(?:[ -]general)?"
    return re.compile(_FOR.format(roles=roles, np=_NP, end=_END), re.I)


@cache
def _serving() -> re.Pattern[str]:
    """Whom somebody does something for: "negotiates for Leth in the talks", "speaking on behalf of the rebels"."""
    return re.compile(rf"^,?\s+{serving()} (?P<the>the )?(?P<body>{_NP}?)(?:{_END}|{_GOES_ON})")


@cache
def _role_after_body() -> re.Pattern[str]:
    nouns = words("organisation_nouns") - words("state_organs") | {"majority", "minority"}
    either = "|".join(sorted(nouns, key=len, reverse=True))
    return re.compile(
        rf"(?:^|\b(?:the|a|an)\s|,\s)\W*(?P<body>(?:(?!(?:{closed()})\b)[\w’'-]+\s){{0,3}}?(?:{either}))\s"
        rf"(?:(?:deputy|chief|senior|lead|group|national|general)\s)?(?:{_ROLE}|{_MEMBER}|{_roles()})$",
        re.I,
    )


@cache
def _roles() -> str:
    """All nouns for what somebody is to a body, but those that go with a portfolio."""
    roles = words("role_nouns") - words("prelates") | {"member", "members", "attorney", "vice-chair", "director"}
    return "|".join(sorted(roles - _PORTFOLIOS, key=len, reverse=True))

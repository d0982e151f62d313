"""Which party the words of a role name: "the chairman of the drafting commission", "Ostmark's envoy", "Army chief".

In: a role as the text words it, and the cast of the text. Out: the name of the party; None where no party is named.
"""

from __future__ import annotations

import itertools
import re
from functools import cache, lru_cache

from dragoman.folding import fold
from dragoman.reader.names.names import Cast
from dragoman.reader.names.roles import Role, role_words
from dragoman.reader.parties.office_kinds import OF_A_WING
from dragoman.reader.parties.role_words import SENT_TO
from dragoman.reader.speakers.speakers import Speakers
from dragoman.reader.vocabulary import words

_OWNER = re.compile(r"(?:^|\s)(?:[Tt]he\s|[Aa]n?\s)?(?P<owner>[\w.&-]+(?:\s[\w.&-]+){0,4}?)(?:['’]s|(?<=s)['’])\s")
_OF = re.compile(
    r"\s(?:of|for)\s(?P<the>the\s|its\s)?(?P<body>[\w.&'’-]+(?:\s(?!in\b|on\b|at\b|to\b|who\b)[\w.&'’-]+){0,5})"
    r"(?:\sto\s[^,;]+)?\s*$"
)
_OFFICE_OF = re.compile(rf"^(?:.*\s)?(?i:{'|'.join(sorted(words('role_nouns')))}) of (?:the )?(?=[A-Z])")
_CUT = re.compile(r"\b(?:after|before|when|while|said|says|told|and|but|by|as|with|only|considers|declares)\s")
# Roles of which "for" and "of" name a portfolio, not a party: "minister for Africa".
_PORTFOLIO = re.compile(r"\b(?:minister|secretary|commissioner|director|head|officer|chief|vice-president)\b")

_OF_POST = re.compile(r"\b(?:minister|secretary|commissioner)\b")
# What somebody leads or speaks for: "who leads the renegotiation panel", "who speaks for the guarantors".
_OBJECT = re.compile(
    r"\s(?P<the>the\s|its\s|their\s)?(?P<body>[\w.&'’-]+(?:\s(?!in\b|on\b|at\b|who\b|and\b)[\w.&'’-]+){0,4})"
)


def stated_party(role: Role, cast: Cast, speakers: Speakers) -> str | None:
    """The party that the words of `role` name, looked up in the cast; a body in plain words as it stands."""
    said = _CUT.split(role.said)[-1] if role.span.end - role.span.start <= len(role.said) + 2 else role.said
    if re.match(r"\s*whose\s", role.said):
        return _right_before(cast, role.span.start)
    governed = _OBJECT.match(said, len(role.word)) if fold(said).startswith(f"{role.word} ") else None
    if governed and _is_verb(role) and (role.kind == "leads" or role.word not in _PRESIDING):
        return _longest_known(governed.group("body"), cast, speakers, role.span.start)
    owner = _OWNER.search(said)
    if owner:
        whose = _OFFICE_OF.sub("", owner.group("owner"))  # "Chairman of Leth" of "Chairman of Leth's council"
        named = _known(whose, cast, speakers, role.span.start)
        return named or _plain_owner(owner.group("owner"))
    partisan = _partisan(said, role, cast)
    if partisan is not None:
        return partisan
    before = _words_before(role.word).search(said)
    if before and re.match(r"\s+(?:for|to)\s", said[before.end() :]):  # "the UN special envoy for Orvia"
        sender = _apposed_body(before.group(1).split(), cast)
        if sender:
            return sender
    of = _OF.search(said, max(0, fold(said).rfind(role.word)))  # "the decision of US President": no role of a body
    if of and SENT_TO.search(said, 0, of.start("body")):
        return None  # "the special envoy for Leth": sent by whom?
    if of and (of.group("the") or re.match(r"(?:[a-z]+ )?[A-Z]", of.group("body"))):
        body = of.group("body")
        known = _known(body, cast, speakers, role.span.start)
        of_post = _OF_POST.search(fold(role.word)) and not of.group("the") and not cast.atlas.lookup(body)
        if known is not None and not of_post:  # "Minister of Labour" is no member of a party of that name
            return known
        if _PORTFOLIO.search(fold(role.word)):
            return None
        shown = re.sub(r"^(?:[a-z]+ )+(?=[A-Z])", "", body) if role.kind == "leads" else ""
        if shown[:1].isupper() and not set(fold(shown).split()) & _no_body():  # "boss of tiny Jozi First"
            someone = cast.known(shown)
            return _known(shown, cast, speakers, role.span.start) if someone and someone.kind != "person" else shown
        return body if fold(body.split()[-1]) in words("organisation_nouns") else None
    for place in cast.atlas.within(role.span.start, role.span.end) if OF_A_WING.search(said) is None else ():
        shown = cast.text[place.start : place.end]
        if place.how != "capital" and re.search(
            rf"\b{re.escape(shown)}\s+(?:[\w-]+\s+){{0,3}}?{re.escape(role.word)}\b", said, re.I
        ):
            return place.state  # "her Faroese counterpart"
    if not before:
        return None
    named = _apposed_body(before.group(1).split(), cast, post=_OF_POST.search(fold(role.word)) is not None)
    return named or _apposed_noun(before.group(1).split(), role, speakers) or _apposed_newcomer(said, role, cast)


_PRESIDING = ("leads", "heads", "chairs", "runs", "presides over")  # of talks: no party of whoever does it


def _is_verb(role: Role) -> bool:
    """Whether a role is told by what somebody does: "who leads"."""
    return role.word not in role_words().kinds


def _longest_known(body: str, cast: Cast, speakers: Speakers, place: int) -> str | None:
    """The party that the first words of what is led or represented name, as many of them as name one."""
    parts = body.split()
    named = (_known(" ".join(parts[:n]), cast, speakers, place) for n in range(len(parts), 0, -1))
    return next((name for name in named if name), None)


def _right_before(cast: Cast, start: int) -> str | None:
    """The party of the name that ends where "whose leader" begins: "National Renewal, whose leader"."""
    for _, end, actor in reversed(cast.before(start, 3)):
        if re.fullmatch(r"['’]?(?:\s\([^)]{1,20}\))?,?\s*", cast.text[end:start]):
            return (actor.party or actor.name) if actor.kind != "person" else None
    return None


@lru_cache(maxsize=1 << 8)
def _words_before(role: str) -> re.Pattern[str]:
    return re.compile(rf"((?:[\w’'&.-]+\s+){{1,5}}){re.escape(role)}\b", re.IGNORECASE)


def _apposed_body(before: list[str], cast: Cast, *, post: bool = False) -> str | None:
    """The body named right before a role: "Social Union spokesman", "the UN special envoy".

    Before a minister's `post` a word of its name is what the post is of: "Transport Secretary".
    """
    for first, last in itertools.combinations(range(len(before) + 1), 2):
        if before[first][0].isupper() and all(w.islower() or fold(w) in role_words().lower for w in before[last:]):
            phrase = " ".join(before[first:last])
            actor = cast.known(phrase)
            if post and actor is not None and len(phrase) < len(actor.name) and not phrase.isupper():
                continue
            if actor is not None and actor.kind == "organisation":
                return actor.party or actor.name
    return None


def _apposed_noun(before: list[str], role: Role, speakers: Speakers) -> str | None:
    """The body called by a noun right before a role: "Army chief", "the council leader"."""
    noun = fold(before[-1])
    if noun not in words("organisation_nouns"):
        return None
    body = speakers.by_head(noun, role.span.start)
    if body is not None:
        return body.party or body.name
    if len(before) > 1 and before[-1][:1].isupper() and before[-2][:1].isupper():
        return None  # "House Financial Services Chair"
    return before[-1] if role.kind == "leads" and role.word != "minister" else None


def _apposed_newcomer(said: str, role: Role, cast: Cast) -> str | None:
    """The body of an unknown name before a role: "Nexor president", where the text names Nexor again."""
    if role.word not in role_words().of_a_body:  # before "minister" a name is a portfolio's
        return None
    match = re.search(rf"((?:[A-Z][\w&’'-]*\s){{1,4}}){re.escape(role.word)}\s*$", said, re.IGNORECASE)
    if match is None:
        return None
    name = match.group(1).strip()
    if not name[:1].isupper() or set(fold(name).split()) & _no_body():
        return None
    again = re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])(?! {re.escape(role.word)})", cast.text, re.IGNORECASE)
    return name if again and all(name in shown for shown in again) else None


@cache
def _no_body() -> frozenset[str]:
    """Words before a role that name no body."""
    return role_words().lower | role_words().past | role_words().titles | words("role_nouns", "determiners")


def _plain_owner(owner: str) -> str | None:
    """Whoever is called by a noun and has an envoy: "the co-op's manager", "the archbishop's envoy"."""
    noun = fold(owner.split()[-1])
    if not owner.islower() or len(owner.split()) > 2 or noun in words("role_nouns", "anonymous_nouns", "time_words"):
        return None
    return owner


def _partisan(said: str, role: Role, cast: Cast) -> str | None:
    """The party by whose name its people go: "Tory MP", "a Democrat"."""
    if role.kind != "member of":
        return None
    match = re.search(
        rf"(?:^|\s)([A-Z][\w-]+)(?:\s+{re.escape(role.word)})?\s*(?:$|\s(?:on|from|in|for)\b)", said, re.I
    )
    if match is None or not match.group(1)[0].isupper():
        return None
    name = role_words().partisans.get(fold(match.group(1)))
    several = f"{match.group(1)}s"
    if name is None:
        return None
    return several if re.search(rf"(?<![\w-]){several}(?![\w-])", cast.text) else name


def _known(name: str, cast: Cast, speakers: Speakers, place: int) -> str | None:
    """The party that `name` means: a name of the cast, a state, or a body called by its noun."""
    actor = cast.known(name)
    if actor is not None:
        return actor.party or actor.name
    states = cast.atlas.lookup(name)
    if states:
        return states[0]
    body = speakers.by_head(fold(name), place) if len(name.split()) < 3 else None
    return body.party or body.name if body is not None else None

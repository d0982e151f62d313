"""Finds for whom somebody speaks: a state, a body, or nobody, from the words around a name or in a description.

In: a cast, and where a name and the words about it stand. Out: the name of a party, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Protocol

from dragoman.folding import fold
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.parties.home import home, homeland
from dragoman.reader.parties.served import fullest, on_side, served
from dragoman.reader.vocabulary import words

_SAYING = frozenset(("and", "but", "said", "told", "says"))
_SOLID = re.compile(r"\S+")
_ROLE_BEFORE = re.compile(
    r"(?:(?:[Tt]he|[Aa]|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s+)?(?:[\w'’.&-]+,?\s+){0,6}[\w'’.-]+,?\s+$"
)


class Speakers(Protocol):
    """Whoever can tell whom a pronoun or a noun means: the speakers of a text."""

    def owner(self, word: str, start: int, role: str) -> Actor | None: ...

    def by_head(self, bare: str, start: int) -> Actor | None: ...

    def about(self, start: int) -> Actor | None: ...

    def antecedent(self, start: int, fits: Callable[[Actor], bool]) -> Actor | None: ...


_OFFICE = re.compile(
    r"\b(?:minister|ministry|president|premier|chancellor|ambassador|envoy|negotiator|delegate|delegation|"
    r"spokes\w+|general|colonel|captain|major|admiral|"
    r"lieutenant|brigadier|commander|officials?|secretary|treasurer|undersecretary|under-secretary|king|queen|"
    r"prince|emir|commissioner|representative|"
    r"consul|chargé|diplomatic|foreign office|state department|adviser|aide|army|military|governor|police|"
    r"intelligence|consulate|embassy|mission|"
    r"government|cabinet|senator|mp|counterpart|attaché|chief|head|leader|deputy|PM|chair|judge|prosecutor|"
    r"regulator|parliament|speaker)\b",
    re.I,
)
_PRIVATE = re.compile(
    r"\b(?:researcher|analyst|actress|actor|banker|economist|campaigner|journalist|reporter|correspondent|"
    r"farmer|activist|lawyer|attorney|professor|historian|"
    r"scientist|expert|fisherman|skipper|trader|owner|consultant|author|writer|student|teacher|nurse|resident|"
    r"shopkeeper|presenter|columnist|ombudsman|"
    r"lecturer|scholar|singer|widow|mother|father|director|businessman|businesswoman|monk|priest)\b",
    re.I,
)
_MINISTERIAL = re.compile(
    r"\b(?:(?:finance|defen[cs]e|interior|trade|justice|labou?r|energy|treasury|aviation|health|education|"
    r"transport|permanent) secretary|prime minister|minister|deputy minister|cabinet secretary|"
    r"foreign secretary|home secretary|secretary of state|treasurer|chancellor|vice[- ]president|PM|premier|"
    r"undersecretary|attorney general|ambassador|president)\b",
    re.I,
)
_LOCAL = re.compile(r"\b(?:[Mm]ayor|[Mm]ayoress|[Bb]urgomaster|[Pp]refect|[Gg]overnor|Gov\.)(?!\w)")
_STAFF = re.compile(
    r"\b(?:head|treasurer|spokes\w+|chief negotiator|negotiator|secretary|chairman|chairwoman|chair|president|"
    r"general secretary|secretary general|partner|"
    r"chief executive|leader|commander|coordinator|delegate|deputy)\b",
    re.I,
)
_OF_COMPANY = re.compile(
    r"\b(?:chief executive|chief (?:financial|operating|investment) officer|CEO|(?:finance|managing) director|chairman|"
    r"chairwoman|general secretary|head of [a-z]+)\b"
)
_CORPORATE = re.compile(
    r"\b(?:chief executive|chief financial officer|finance director|chairman|chairwoman|general secretary|"
    r"managing director|director|partner|manager|superintendent|"
    r"commissioner|counsel|curator|coordinator|CEO|founder)\b",
    re.I,
)
PAPER = re.compile(
    r"\b(?:draft|text|memo|memorandum|readout|paper|document|leaflet|poll|survey|letter|report|note|accord|"
    r"agreement|understanding|communiqu[eé]|bulletin|"
    r"proposal|recording|page|catalogue|banner|parties|sides|leaders|camps|delegations|each|neither|eleven|ten)$",
    re.I,
)
_DETACHED = re.compile(
    r"\b(?:close to|familiar with|near to|briefed on|knowledge of|travelling|who have seen|who has seen|"
    r"with knowledge|former|ex-|late|retired)\b",
    re.I,
)
_OF_TALKS = re.compile(  # who chairs what all sides attend speaks for none of them
    r"\bof (?:the |these |this )?(?:[\w-]+ )?(?:talks|negotiations|conference|summit|session|meeting|round)\b", re.I
)
_LANDS = (
    "airspace|airports?|ports?|parliament|waters|borders?|coast|farmers|neighbou?r|rival|army|navy|people|capital|citizens|"
    "(?:aviation |port )?authorit(?:y|ies)"
)
_NO_ORGAN = re.compile(  # a state's in name only: "Kestrian farmers", "the Kestrian industry association"
    r"\b(?:media|press|opposition|unions?|radio|television|newspapers?|compan(?:y|ies)|firms?|fund|industry|mills|banks?|"
    r"association|federation|league|chamber|church|clubs?|lobby|fishermen|students|"
    r"(?!(?:minist|offic|lead|soldi|command|lawmak|advis)ers)\w{2,}ers)\b",
    re.I,
)
_PLAIN_BODY = re.compile(
    r"\b(?:the|The|a|A|an|An|its|their)?\s*((?:[a-z][\w'’-]+\s+){0,3}(?:union|association|council|committee|"
    r"federation|chamber|board|alliance|coalition|movement|"
    r"party|league|guild|forum|cooperative|syndicate|club|company|fund|bank|authority|commission|secretariat|"
    r"court|militia|front|group))\b"
)


def party_of_person(
    cast: Cast, speakers: Speakers, actor: Actor, start: int, end: int, low: int, high: int
) -> str | None:
    """The party of the person whose name is text[low:high] in the source text[start:end].

    1. whose: "its", "the council's", "Ostmark's"; 2. a body named beside the name; 3. a state and an office; 4. a body
    described in plain words; 5. an office without its state or body: that of the story around it.
    """
    text = cast.text
    left, right = text[start:low], text[high:end]
    if not right:
        right = _apposition(text, high)
        end = high + len(right)
    if not left.strip():
        left_start = _role_start(text, low)
        left, start = text[left_start:low], left_start
    others = [
        at
        for at, _, other in cast.between(high, end)
        if other.kind == "person" and other is not actor and _TITLED.search(text, high, at)
    ]
    if others:  # "President Lauric, Prime Minister Maka'afa of Menoa": the rest is told of somebody else
        end = others[0]
        right = text[high:end]
    around = f"{left} | {right}"
    former = re.search(r"\b(?:[Ff]ormer|[Ee]x-|late|[Rr]etired)\b", around)
    if _WHICH.match(text, high) or _noun_of_body(left):  # "Alder Timber, which …", "the broadcaster Canal Sur"
        return _because(actor, "plain body", actor.name)
    # 1. whose
    possessive = re.match(r"\W*(its|their|his|her|our|whose)\b", left, re.I)
    if possessive:
        if possessive.group(1).lower() in ("his", "her") and (side := on_side(cast, speakers, left, start)):
            return _because(actor, "plain body", side)
        owner = speakers.owner(possessive.group(1).lower(), start, left)
        if owner is not None and owner.kind == "person" and owner is not actor:
            actor.owner = owner
        if owner is not None and (owner.party or owner.kind not in ("person", "outlet")):
            return _because(actor, "whose", owner.party or owner.name)
    owner_name = re.match(r"\W*(?:[Tt]he\s+)?((?:[\w.&-]+\s+){0,3}[\w.&-]+?)(?:['’]s|s['’])\s", left) or re.match(
        r"\s*,\s*(?:\d+,\s*)?(?:the\s+)?((?:[\w.&-]+\s+){0,2}[\w.&-]+?)(?:['’]s|s['’])\s+[\w\s-]{0,40}$", right
    )
    if owner_name and not former:
        plural = owner_name.group()[owner_name.end(1) - owner_name.start() :][:1] == "s"
        whose = owner_name.group(1) + ("s" if plural else "")
        owned = _owner(cast, speakers, whose, start)
        if owned is None and _OF_COMPANY.search(around) and (company := cast.known(whose)) is not None:
            owned = company.name  # what has a finance director is nobody, whatever its name looks like
        if owned is not None:
            return _because(actor, "whose", owned)
    # 2. a body named beside the name
    bracket = re.match(r"\s*\(([^)]{2,40})\)", text[high : high + 60])
    if bracket and not _OFFICE.search(bracket.group(1)) and bracket.group(1)[:1].isupper():
        known = cast.known(bracket.group(1))
        named = known.party if known is not None else _partisans(text, bracket.group(1)) or bracket.group(1)
        return _because(actor, "body beside", named)
    states = [p for p in cast.atlas.within(start, end) if not low <= p.start < high]
    body = _body_in(cast, start, low, actor)
    if body is None and not former and not any(p.start < low for p in states):
        said = served(cast, speakers, left, right, start)
        if said is not None:
            return _because(actor, "plain body", said)
    body = body or _body_in(cast, high, end, actor)
    if body is not None and not former and not _PRIVATE.search(left):
        return _because(actor, "body beside", body)
    camp = _CAMP.search(left)
    if camp and not former and (named := _partisans(text, camp.group("camp"))):
        return _because(actor, "body beside", named)
    # 3. a state and an office
    if re.search(r"\bgovernment\b", around) and not states:
        return _because(actor, "state and office", state_around(cast, start))
    if states and not _DETACHED.search(around):
        first = states[0]
        if text[first.end : first.end + 2] in ("'s", "’s") or (_OFFICE.search(around) and not _PRIVATE.search(left)):
            return _because(actor, "state and office", first.state)
    # 4. a body described in plain words
    plain = plain_body(around)
    if plain and not _PRIVATE.search(left):
        named = speakers.by_head(plain.split()[-1], low)
        return _because(actor, "plain body", named.party if named is not None and len(plain.split()) == 1 else plain)
    if re.match(r"\W*(?:[\w-]+ )?opposition\b", left, re.I) or re.match(r"\s+of the opposition\s*$", right):
        return _because(actor, "plain body", "opposition")
    of_name = re.match(
        r"\s+of\s+(?:the\s+)?(?:[a-z][\w-]+\s+)?([A-Z][\w.’'-]*(?:\s+(?:(?:of|du|de|del)\s+)?[A-Z][\w.’'-]*)*)", right
    )
    if of_name and not _PRIVATE.search(left):
        return _because(actor, "plain body", of_name.group(1))
    # 5. an office without its state or body
    if _OF_TALKS.search(around):
        return None
    if _CORPORATE.search(around) and not former:
        owner = speakers.antecedent(start, lambda a: a.kind == "organisation")
        if owner is not None:
            return _because(actor, "office alone", owner.party)
    if _MINISTERIAL.search(around) and not _PRIVATE.search(left) and not former:
        about = _state_about(cast, speakers, start)
        if about is None and (own := homeland(cast)) is not None:
            return _because(actor, "office at home", own)
        state = _because(actor, "office about" if about else "office alone", about or state_around(cast, start))
        return state or _because(actor, "state and office", home(cast) or _the_government(text))
    if _LOCAL.search(around) and not former:
        return _because(actor, "state and office", home(cast))
    if _STAFF.search(left) and not former:
        owner = speakers.antecedent(start, lambda a: a.kind in ("organisation", "state"))
        if owner is not None:
            return _because(actor, "office alone", owner.party)
    return None


_WHICH = re.compile(r",? which\b")
_BODY_BEFORE = re.compile(r"\b([a-z]+)\s$")
_GOVERNMENT = re.compile(r"\b[Tt]he ([Gg]overnment)\b")


def _noun_of_body(left: str) -> bool:
    """Whether the word before a name says that a body bears it."""
    match = _BODY_BEFORE.search(left, max(0, len(left) - 30))
    if match is None:
        return False
    nouns = words("organisation_nouns", "outlet_nouns") - words("role_nouns", "titles", "member_nouns")
    return match.group(1) in nouns


def _the_government(text: str) -> str | None:
    """The government that a text names without its state."""
    match = _GOVERNMENT.search(text)
    return match.group(1).lower() if match else None


def _because(actor: Actor, why: str, party: str | None) -> str | None:
    """`party`, after noting on the actor by which rule it was found."""
    if party is not None:
        actor.why = why
    return party


def plain_body(text: str) -> str | None:
    """A body in lower case: "boat owners' association" in "who chairs the boat owners' association"."""
    match = _PLAIN_BODY.search(text)
    if match is None:
        return None
    kept: list[str] = []
    for word in reversed(match.group(1).split()):
        if word.lower() in words("determiners", "prepositions", "auxiliaries", "connectors") or (
            kept
            and (
                word
                in (
                    "who",
                    "which",
                    "hired",
                    "chairs",
                    "heads",
                    "leads",
                    "runs",
                    "secretary",
                    "head",
                    "chair",
                    "chairman",
                    "president",
                    "leader",
                    "member",
                    "former",
                    "local",
                    "own",
                )
                or word.endswith("ed")
            )
        ):
            break
        kept.insert(0, word)
    return " ".join(kept) or None


def _owner(cast: Cast, speakers: Speakers, name: str, start: int) -> str | None:
    """The party of "Ostmark's minister", "SITCA's Paulina Henríquez", "the council's secretary", "farmers' leader"."""
    state = cast.atlas.lookup(name)
    if state is not None:
        return state[0]
    known = cast.known(name)
    if known is not None:
        return known.party or (known.name if known.kind != "person" else None)
    last = name.split()[-1]
    if last.lower() == "government":
        return state_around(cast, start)
    headed = speakers.by_head(last, start)
    if headed is not None:
        return headed.party
    if last.lower() in words("role_nouns", "titles", "male", "female"):
        return None
    if fold(last) in words("organisation_nouns"):
        return name if name[:1].islower() or len(name.split()) > 1 else None
    if (
        name[:1].isupper()
        and len(name.split()) <= 3
        and not (last.endswith("s") and name == last and name.lower() in cast.text)
    ):
        return name
    if last.endswith("s") and len(last) > 4:
        return name.lower()
    if name.islower() and last not in words("headed_things", "time_words", "determiners", "pronouns"):
        return fullest(cast, name)  # "the co-op's manager"
    return None


def words_about(cast: Cast, low: int, high: int) -> tuple[str, str]:
    """The role before a name and the apposition after it, where text[low:high] is the name."""
    return cast.text[_role_start(cast.text, low) : low], _apposition(cast.text, high)


_TITLED = re.compile(r", (?:[\w-]+ )*[A-Z][\w-]+\.? $")
_WEAK = frozenset(("office alone", "office about", "office at home"))


def is_weak(actor: Actor) -> bool:
    """Whether the words around one name of somebody tell an office, but only the story whose."""
    return actor.why in _WEAK


def party_elsewhere(cast: Cast, speakers: Speakers, actor: Actor, here: int, *, strong: bool = False) -> str | None:
    """What the other full mentions of a person say about whom the person speaks for."""
    for low, high, other in cast.mentions:
        if other is actor and low != here and high - low >= len(actor.name) - 1:
            right = _apposition(cast.text, high)
            found = party_of_person(cast, speakers, actor, _role_start(cast.text, low), high + len(right), low, high)
            if found and not (strong and is_weak(actor)):
                return found
    return None


def _apposition(text: str, high: int) -> str:
    match = re.match(
        r",\s+(?:(?:the|a|an|who|its|his|her|their|[\w-]+)\b[^,.;:“\"]{2,90})|\s+of\s+(?:the\s+)?[A-Z][^,.;:“\"]{2,40}",
        text[high : high + 120],
    )
    return match.group() if match else ""


@cache
def _no_role() -> frozenset[str]:
    """Words that no role goes back beyond."""
    return (words("auxiliaries", "prepositions") - {"of", "for"}) | words("subordinators") | _SAYING


@lru_cache(maxsize=1 << 8)  # the names of one document: who they speak for is asked from several sides
def _role_start(text: str, low: int) -> int:
    """Where the role before a name begins: "the Committee's chief delegate, Yunus"."""
    since = max(text.rfind("\n", 0, low) + 1, low - 80, 0)
    match = _ROLE_BEFORE.search(text[since:low])
    if not match:
        return low
    places = [m.span() for m in _SOLID.finditer(text, since + match.start(), low)]
    words_ = [text[start:end] for start, end in places]
    kept: list[str] = []
    for word in reversed(words_):
        if word.lower() == "whose":
            kept.append(word)
            break
        if word.lower().strip(",.") in _no_role():
            break
        if word.endswith(",") and any(k.lower().strip(".,") not in words("titles") for k in kept):
            break
        kept.append(word)
        if word.lower() in ("the", "a", "an", "its", "his", "her", "their"):
            break
    roles = words("role_nouns", "titles")
    if not any({w.lower().strip(",.'’"), w.lower().strip(",.'s’")} & roles for w in kept):
        possessive = kept and re.search(r"['’]s?$", kept[0])
        if not possessive:
            return low
        kept = kept[:1]
    return places[-len(kept)][0]


_CAMP = re.compile(
    r"(?:^|\s)(?P<camp>[A-Z][\w-]+(?:\s[A-Z][\w-]+){0,2})\s(?:[a-z-]+\s){0,2}?(?:co-|vice-)?"
    r"(?:leader|chair\w*|MPs?|MEPs?|lawmaker|legislator|senator|deputy|politician|candidate|member|negotiator|spokes\w+|"
    r"minister|whip|treasurer|delegate)\s*$"
)


def _partisans(text: str, name: str) -> str | None:
    """The party by whose name its people go, where the text names the party itself: the Greens of "Green leader"."""
    several = re.search(rf"(?<![\w-]){re.escape(name)}s(?![\w’'])", text)
    alone = re.search(
        rf"(?<![\w-]){re.escape(name)}\s(?:has|had|have|is|was|will|would|says|said|wants|party)(?!\w)", text
    )
    return f"{name}s" if several else name if alone else None


# Words right before a name that make it a portfolio, and right after it: "Minister of Labour", "Farm Commissioner".
_PORTFOLIO_BEFORE = re.compile(r"\b(?:[Mm]inister|[Ss]ecretary|[Cc]ommissioner)s? (?:of|for) (?:the )?$")
_PORTFOLIO_AFTER = re.compile(r"\s(?:[Mm]inister|[Ss]ecretary|[Cc]ommissioner)\b(?! [Gg]eneral)")


_NOUN_AFTER = re.compile(r" ([a-z]+) ")


def _body_in(cast: Cast, start: int, end: int, actor: Actor) -> str | None:
    for low, high, other in cast.between(start, end):
        if high <= end and other.kind == "organisation" and other is not actor:
            if _PORTFOLIO_BEFORE.search(cast.text, max(0, low - 30), low):
                continue
            if other.doubtful and _PORTFOLIO_AFTER.match(cast.text, high):
                continue
            noun = _NOUN_AFTER.match(cast.text, high) if " " not in other.name else None
            if noun is not None and noun.group(1) in words("organisation_nouns") - words("state_organs"):
                continue  # "Health board chairman": no body is called "Health"
            return other.party or other.name
    return None


def _state_about(cast: Cast, speakers: Speakers, start: int) -> str | None:
    """The state, or the name that may be one, that the clause before an office is about: "Kestria, its rival, …"."""
    about = speakers.about(start)
    if about is None or about.kind in ("person", "outlet"):
        return None
    own_state = about.kind == "organisation" and about.party is not None and cast.atlas.lookup(about.party) is not None
    if about.kind == "state" or own_state:
        return about.party
    plain = about.name[:1].isupper() and len(about.name.split()) < 3
    plain = plain and fold(about.name.split()[-1]) not in words("organisation_nouns")
    return about.name if plain and _like_a_land(cast, about.name) else None


def _like_a_land(cast: Cast, name: str) -> bool:
    """Whether a text speaks of a name as of a country: "in Kestria", "Kestria's airspace", "Kestria's neighbour"."""
    shown = re.escape(name)
    return (
        any(m.kind in ("place", "state") and name in cast.text[m.span.start : m.span.end] for m in cast.draft.mentions)
        or re.search(rf"\b[Ii]n {shown}\b|\b{shown}(?:, [A-Z][\w-]+)?['’]s (?:[\w-]+ )?(?:{_LANDS})", cast.text)
        is not None
    )


def state_around(cast: Cast, start: int) -> str | None:
    """The state of an office that names none: the last that the paragraph is about, else the text's."""
    segments = cast.draft.segments
    if segments.paragraphs:
        paragraph = segments.paragraphs[segments.paragraph_at(start)]
        own = segments.sentences[segments.sentence_at(start)]
        for place in reversed(cast.atlas.within(max(own.start, paragraph.start), start)):
            if cast.text.startswith(("'s ", "’s "), place.end):
                return place.state  # "Kestria's boats have left, the defence ministry confirms"
        for place in reversed(cast.atlas.within(paragraph.start, start)):
            sentence = segments.sentences[segments.sentence_at(place.start)]
            lead = cast.text[sentence.start : place.start]
            if len(lead) < 25 and not re.search(r"\b(?:to|with|against|from|of|by)\s+(?:the\s+)?$", lead):
                return place.state
    return homeland(cast) or cast.atlas.main()


# "Gaza's health ministry" is that of no state that the text may be about.
_ELSEWHERE = re.compile(r"(?:[Tt]he\s+)?(?!The\s)[A-Z][\w-]+(?:['’]s)?\s+[a-z]")


def party_of_description(
    cast: Cast, phrase: str, start: int, end: int, *, official: bool = False, body: bool = False
) -> str | None:
    """The party that a description without a name speaks for: "US officials", "the finance ministry"."""
    if _DETACHED.search(phrase) and not body and not re.search(r"\b(?:knowledge|travelling)\b", phrase):
        return None
    if re.match(
        r"(?:the\s+|an?\s+)?(?:western|european|arab|african|foreign|asian|regional|gulf)\s+(?:diplomat|"
        r"official|ambassador|envoy|minister)",
        phrase,
        re.I,
    ):
        return None
    head = re.split(r",| who | which ", phrase)[0]
    stop = start + len(head) + 4
    if not body:
        named = _body_in(cast, start, min(stop, end), Actor("", "group"))
        if named is not None:
            return named
    voice = re.search(
        r"\b(?:spokes\w+|lawyers?|advisers?|aides?|negotiators?|representatives?|attorney) (?:for|of|"
        r"to) (?:the )?([A-Z][\w'’&.-]*(?: [A-Z][\w'’&.-]*){0,3})$",
        head,
    )
    if voice and not body:
        known, place = cast.known(voice.group(1)), cast.atlas.lookup(voice.group(1))
        if place is not None or known is None:
            return place[0] if place is not None else voice.group(1)
        return known.party or (known.name if known.kind != "person" else None)
    states = cast.atlas.within(start, min(stop, end))
    if PAPER.search(head):
        return states[0].state if states and states[0].how == "demonym" else None
    possessor = re.match(r"(?:the\s+)?([A-Z][\w-]+)['’]s\s", phrase)
    if possessor and official and cast.known(possessor.group(1)) is None:
        return states[0].state if states else possessor.group(1)
    if body and states and states[0].start - start <= 4 and not _NO_ORGAN.search(head):
        return states[0].state
    if body:
        if re.search(
            r"\b(?:ministry|government|army|treasury|chancellery|embassy|foreign office|state department|"
            r"presidency|presidential|military|delegation|department for|"
            r"department of|mission|air force|navy)\b",
            phrase,
            re.I,
        ) and (states or not _ELSEWHERE.match(phrase)):
            return states[0].state if states else state_around(cast, start)
        return None
    if states and re.search(
        r"\b(?:officials?|ministry|ministers?|government|office|delegation|delegates?|negotiators?|army|mission|"
        r"embassy|envoys?|spokes\w+|sources? in the|"
        r"soldiers?|officers?|advisers?|aides?|diplomats?|readout|hosts?|colleague|counterparts?|presidency|"
        r"military|president|parliament|ambassadors?|side|cabinet|treasury|police)\b",
        phrase,
        re.I,
    ):
        return states[0].state
    if re.search(
        r"\bgovernment (?:official|adviser|source|minister|spokes|delegate|negotiator)|\bministry (?:official|"
        r"source|spokes)|(?:official|source)s? (?:of|in|at|from) the "
        r"[\w\s’'-]{0,30}(?:ministry|office|presidency|cabinet)|\b(?:administration|federal) official",
        phrase,
        re.I,
    ):
        return state_around(cast, start)
    if official and _MINISTERIAL.search(phrase):
        return state_around(cast, start)
    if official:
        plain = _PLAIN_BODY.search(phrase)
        if plain:
            return fold(plain.group(1))
    return None

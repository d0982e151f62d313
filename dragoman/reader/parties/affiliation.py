"""Finds for whom somebody speaks: a state, a body, or nobody, from the words around a name.

In: a cast, and where a name and the words about it stand. Out: the name of a party, or None.
"""

from __future__ import annotations

import re
from itertools import islice

from dragoman.folding import fold
from dragoman.reader.names.named_bodies import voice_of
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.roles import role_words
from dragoman.reader.parties.around import Around, Speakers, Told, words_around
from dragoman.reader.parties.bare_offices import bare_office
from dragoman.reader.parties.descriptions import party_of_description
from dragoman.reader.parties.home import house
from dragoman.reader.parties.office_kinds import (
    APART,
    APART_AFTER,
    DETACHED,
    OF_A_WING,
    OF_COMPANY,
    OFFICE,
    PRIVATE,
)
from dragoman.reader.parties.role_words import (
    apposition,
    noun_of_body,
    partisans,
    plain_body,
    role_start,
)
from dragoman.reader.parties.served import fullest, on_side, served
from dragoman.reader.parties.told_around import (
    body_in,
    is_land,
    opposition_to,
    other_state,
    state_around,
)
from dragoman.reader.vocabulary import key_of, words

_WHICH = re.compile(r",? which\b")
_POSSESSIVE = re.compile(r"\W*(its|their|his|her|our|whose)\b", re.I)
_COUNTERPART = re.compile(r"\b(?:counterpart|opposite number|challenger|opponent|rival)\s*,?\s*$")
_OWNER_BEFORE = re.compile(r"\W*(?:[Tt]he\s+)?((?:[\w.&-]+\s+){0,3}[\w.&-]+?)(?:['’]s|s['’])\s")
_OWNER_AFTER = re.compile(
    r"\s*,\s*(?:\d+,\s*)?(?:the\s+)?((?:[\w.&-]+\s+){0,2}[\w.&-]+?)(?:['’]s|s['’])\s+[\w\s-]{0,40}$"
)
# "the teachers' union lead negotiator": the union is whose he is, and not the teachers
_OWNS_BODY = re.compile(
    r"[a-z][a-z-]+(?:['’]s|s['’]) (?:[a-z-]+ )?(?:union|association|federation|guild|league|syndicate)(?!\w)"
)
_BRACKET = re.compile(r"\s*\(([^)]{2,40})\)")
# A party's letter and the state of a seat: "(R-N.C.)", "(D., Conn.)", "R-La."
_SEAT = re.compile(r"(?P<letter>[DRI])(?:\.?,\s?|[-–])[A-Z][\w. ]{1,12}$")
_OF_NAME = re.compile(
    r"\s+of\s+(?:the\s+)?(?:[a-z][\w-]+\s+)?([A-Z][\w.’'-]*(?:\s+(?:(?:of|du|de|del|&)\s+)?[A-Z][\w.’'-]*)*)"
)
_CAMP = re.compile(
    r"(?:^|\s)(?P<camp>[A-Z][\w-]+(?:\s[A-Z][\w-]+){0,2})\s(?:[a-z-]+\s){0,2}?(?:co-|vice-)?"
    r"(?:leader|chair\w*|MPs?|MEPs?|lawmaker|legislator|senator|deputy|politician|candidate|member|negotiator|spokes\w+|"
    r"minister|whip|treasurer|delegate)(?:\s(?:known as|called|named))?\s*$"
)
_LED = re.compile(
    r"(?:^|\s)(?P<body>[A-Z][\w&-]+(?: [A-Z][\w&-]+)?) "
    r"(?:president|boss|chair(?:man|woman)?|(?P<company>CEO|CFO)|director|owner|founder|treasurer|spokes\w+)\s*$"
)
_NO_COMPANY = frozenset(("new", "acting", "interim", "longtime", "outgoing", "incoming", "deputy", "the", "our"))
_INITIALS = re.compile(
    r"(?:^|\s)(?P<body>[A-Z][A-Z\d&-]{2,10}) (?:[a-z]+ )?"
    r"(?:[Pp]resident|[Ll]eader|boss|[Cc]hair(?:man|woman)?|director|treasurer|"
    r"(?:[Gg]eneral )?[Ss]ecretary(?:[ -][Gg]eneral)?|organi[sz]er|convenor|spokes\w+|negotiator|MPs?|"
    r"lawmaker|critic)\s*$"
)
_WHOSE_PARTY = re.compile(r", whose (?P<party>[A-Z][A-Z\d&-]{1,7}) (?:party )?[a-z]")  # "Vekk, whose HLP won 30 seats"
# "The Leth delegation was headed by State Secretary Tui Vekk"
_ARTICLE = re.compile(r"^(?:[Tt]he|[Aa]n?)\s")
_HEADED_BY = re.compile(
    r"(?:^|[.;,]\s(?:and\s)?|\n|\sand\s)(?P<body>[Tt]he\s[^,;.:\n]{3,60}?)\s(?:was|is|were|will\sbe)\s(?:headed|led|represented)\sby\s"
    r"(?:the\s)?$"
)
_LONG = 120  # letters before a name, or behind one, in which what is told of it stands
_BY_GOVERNMENT = re.compile(r"(?<![\w-])[Gg]overnment\b|\b(?:advises|works (?:for|at|in)) the [a-z]+ ministry\b")
_HEADS_IT = re.compile(r"\bdirector (?=of )", re.I)  # who directs a body speaks for it, unlike a film director
_OPPOSITION = re.compile(r"\W*(?:the )?(?:[\w-]+ (?:of the )?)?opposition\b", re.I)
_PARTISAN = re.compile(
    r"(?:^|\s)([A-Z][\w-]+)\s(?:[a-z]+\s)?(?:MPs?|MEPs?|[Ss]enator|[Cc]ongress\w+|[Ll]awmaker|[Ll]egislator|"
    r"[Pp]olitician|(?:back|front)bencher|[Ww]hip|[Rr]epresentative|[Cc]ouncill?or|peer|[Gg]overnor|"
    r"(?:Senate |House |congressional )?(?:(?:[Mm]ajority|[Mm]inority) )?[Ll]eader)\s*$"
)
_A_PARTISAN = re.compile(r"^\W*an?\s([A-Z][\w-]+)\s(?:on|from|in|who)\b")
_ELSEWHERE = 20  # full mentions of somebody that are looked at for a party: whoever has none there has none later
_TURN = re.compile(r"(?: \([^)\n]{1,60}\))?:")
_NO_PARTY = ("Independent", "Ind", "Crossbench")
_WEAK = frozenset(("office alone", "office about", "office at home"))


def party_of_person(
    cast: Cast, speakers: Speakers, actor: Actor, start: int, end: int, low: int, high: int
) -> str | None:
    """The party of the person whose name is text[low:high] in the source text[start:end].

    1. whose: "its", "the council's", "Ostmark's"; 2. a body named beside the name; 3. a state and an office; 4. a body
    described in plain words; 5. a turn in a body's own transcript; 6. an office without its state or body: that of the
    story around it.
    """
    around = words_around(cast, speakers, actor, start, end, low, high)
    apart = not around.former and (APART.search(around.left) or APART_AFTER.match(around.right)) is not None
    actor.apart |= apart
    for rule in (
        _named_by_itself,
        _whose,
        _body_beside,
        _state_and_office,
        _described_body,
        _in_own_house,
        bare_office,
    ):
        told = rule(around)
        if told is not None and not (apart and (told.why in _WEAK or is_land(cast, told.party))):
            if told.party is not None:
                actor.why = told.why
            return told.party
    return None


def _named_by_itself(a: Around) -> Told | None:
    """A name that is a body's own: "Alder Timber, which …", "the broadcaster Canal Sur"."""
    own = _WHICH.match(a.cast.text, a.high) or noun_of_body(a.left)
    return Told("plain body", a.actor.name) if own else None


def _whose(a: Around) -> Told | None:
    """1. whose: "its", "the council's", "Ostmark's"."""
    possessive = _POSSESSIVE.match(a.left)
    if possessive and _COUNTERPART.search(a.left):
        if own := [p for p in a.states if p.start < a.low]:
            return Told("whose", own[-1].state)  # "her Kestrian counterpart, Tui Vekk"
        holder = a.speakers.owner(possessive.group(1).lower(), a.start, "")
        other = other_state(a.cast, holder.party) if holder is not None and holder.party else None
        return Told("whose", other) if other is not None else None
    if possessive:
        word = possessive.group(1).lower()
        if word in ("his", "her") and (side := on_side(a.cast, a.speakers, a.left, a.start)):
            return Told("plain body", side)
        owner = a.speakers.owner(word, a.start, a.left)
        if owner is not None and owner.kind == "person" and owner is not a.actor:
            a.actor.owner = owner
        unknown = owner is None or fold(owner.name) in words("personal")
        if owner is not None and not unknown and (owner.party or owner.kind not in ("person", "outlet")):
            return Told("whose", owner.party or owner.name)
    name = _OWNER_BEFORE.match(a.left) or _OWNER_AFTER.match(a.right)
    if name is None or a.former or _OWNS_BODY.match(name.string, name.start(1)):
        return None
    low = (a.start if name.string is a.left else a.high) + name.start(1)
    if any(at <= low + 4 and end > low + len(name.group(1)) + 2 for at, end, _ in a.cast.between(low, low + 4)):
        return None  # "the Deckhands' Union, whose president …": the name goes on
    plural = name.group()[name.end(1) - name.start() :][:1] == "s"
    office, _, land = name.group(1).partition(" of ")
    if land and fold(office.split()[-1].removeprefix("co-").removesuffix("s")) in words("role_nouns"):
        low, name_ = low + name.group(1).rindex(land), land.removeprefix("the ")  # "chairman of Leth's council"
    else:
        name_ = name.group(1)
    whose = name_ + ("s" if plural else "")
    if (holder := _with_staff(a, whose)) is not None:
        party = holder.party or party_elsewhere(a.cast, a.speakers, holder, -1)
        if party is not None:
            a.actor.owner = holder
            return Told("whose", party)
    owned = _owner(a.cast, a.speakers, whose, a.start)
    if owned is None and OF_COMPANY.search(a.words) and (company := a.cast.known(whose)) is not None:
        owned = company.name  # what has a finance director is nobody, whatever its name looks like
    return Told("whose", owned) if owned is not None else None


def _with_staff(a: Around, whose: str) -> Actor | None:
    """The person of the text who is called by a title and a last name: "Mr Vekk's press secretary"."""
    title, _, name = whose.partition(" ")
    holder = a.cast.known(name) if name and fold(title.rstrip(".")) in words("titles") else None
    return holder if holder is not None and holder.kind == "person" and holder is not a.actor else None


def _body_beside(a: Around) -> Told | None:
    """2. a body named beside the name: "Ilse Maron (Greens)", "Harbour Union treasurer Piet Daal"."""
    text = a.cast.text
    if not a.former and (people := a.cast.atlas.community(_ARTICLE.sub("", a.left))) is not None:
        return Told("body beside", people)  # "the Turkish Cypriot leader"
    if (led := _HEADED_BY.search(text, max(0, a.start - _LONG), a.start)) is not None:
        party = party_of_description(a.cast, led.group("body"), led.start("body"), led.end("body"), body=True)
        if party is not None:
            return Told("body beside", party)
    bracket = _BRACKET.match(text[a.high : a.high + 60])
    if bracket and not OFFICE.search(bracket.group(1)) and bracket.group(1)[:1].isupper():
        name = bracket.group(1).split(",")[0]  # "(Labour, Vessby North)": a member's party, then the seat
        if name in _NO_PARTY:
            return Told("body beside", None)
        if seat := _SEAT.match(bracket.group(1)):
            return Told("body beside", _of_letter(text, seat["letter"]))
        known = a.cast.known(name)
        named = known.party if known is not None else partisans(text, name) or name
        return Told("body beside", named)
    at = text.find(f"{a.actor.name.split()[-1]}, whose ")
    own = _WHOSE_PARTY.match(text, text.find(",", at)) if at >= 0 else None
    if own is not None and (named := _by_initials(a.cast, own.group("party"))):
        return Told("body beside", named)
    body = body_in(a.cast, a.start, a.low, a.actor)
    member = _PARTISAN.search(a.left) or _A_PARTISAN.match(a.right)
    party = role_words().partisans.get(fold(member.group(1))) if member and not a.former else None
    if body is None and party is None and not a.former and not any(p.start < a.low for p in a.states):
        said = served(a.cast, a.speakers, a.left, a.right, a.start)
        if said is not None:
            return Told("plain body", said)
    body = body or body_in(a.cast, a.high, a.end, a.actor)
    if body is not None and not a.former and not PRIVATE.search(_HEADS_IT.sub("", a.left)):
        return Told("body beside", body)
    camp = _CAMP.search(a.left)
    of_land = camp and a.cast.atlas.lookup(camp.group("camp")) is not None  # "the Russian envoy" speaks for no Russians
    if camp and not of_land and not a.former and (named := partisans(text, camp.group("camp"))):
        return Told("body beside", named)
    led = _LED.search(a.left)
    named = led is not None and led["company"] and fold(led["body"].split()[0]) not in _NO_COMPANY
    if led and not a.former and (named or _is_named_elsewhere(text, led.group("body"))):
        return Told("body beside", led.group("body"))
    initials = _INITIALS.search(a.left)
    if initials and not a.former and (named := _by_initials(a.cast, initials.group("body"))):
        return Told("body beside", named)
    return Told("body beside", partisans(text, member.group(1)) or party) if member and party else None


def _of_letter(text: str, letter: str) -> str | None:
    """The party of "(D., Conn.)" and "R-La.": the Republicans and Democrats, as a text calls them."""
    name = {"D": "Democrat", "R": "Republican"}.get(letter)
    return (partisans(text, name) or role_words().partisans.get(name.lower())) if name else None


def _by_initials(cast: Cast, initials: str) -> str | None:
    """The body that goes by the initials before a role, "NDP Leader": no state, no outlet, no word in capitals."""
    known = cast.known(initials)
    if known is not None:
        return known.party or known.name
    other = cast.atlas.lookup(initials) or cast.outlets.find(initials) is not None or fold(initials) in words("titles")
    return None if other or cast.text[:200].isupper() else initials


def _is_named_elsewhere(text: str, name: str) -> bool:
    """Whether a name that stands before a role, "Nexor president Tui Vekk", stands alone somewhere else."""
    common = words("organisation_nouns", "titles", "role_nouns", "lead_adverbs", "outlet_nouns")
    if name.lower() in text or not common.isdisjoint(fold(name).split()):
        return False
    alone = rf"(?<![\w-]){re.escape(name)}(?= (?:and|or|has|had|is|was|will|would|says|said|wants)\b|['’]s|[,.;])"
    return re.search(alone, text) is not None


def _state_and_office(a: Around) -> Told | None:
    """3. a state and an office: "Ostmark's envoy", "the Ostmark minister", "the government's envoy"."""
    if not a.states:
        by_government = _BY_GOVERNMENT.search(a.words)
        return Told("state and office", state_around(a.cast, a.start)) if by_government else None
    if DETACHED.search(a.words) or OF_A_WING.search(a.left):
        return None
    first = a.states[0]
    owns = a.cast.text[first.end : first.end + 2] in ("'s", "’s")
    in_office = owns or (OFFICE.search(a.words) and not PRIVATE.search(a.left))
    return Told("state and office", first.state) if in_office else None


def _described_body(a: Around) -> Told | None:
    """4. a body described in plain words: "who chairs the boat owners' association", "of the opposition"."""
    plain, private = plain_body(a.words), PRIVATE.search(a.left)
    if plain and not private:
        named = a.speakers.by_head(plain.split()[-1], a.low)
        return Told("plain body", named.party if named is not None and len(plain.split()) == 1 else plain)
    if a.actor.apart and (foes := opposition_to(a.cast, a.left) or opposition_to(a.cast, a.right)):
        return Told("plain body", foes)
    if _OPPOSITION.match(a.left) or re.match(r"\s+of the opposition\s*$", a.right):
        return Told("plain body", "opposition")
    of_name = _OF_NAME.match(a.right)
    return Told("plain body", of_name.group(1)) if of_name and not private else None


def _in_own_house(a: Around) -> Told | None:
    """5. a turn in the transcript of a body's own: "SECRETARY ILSE BRANDT: Good morning." told by her ministry."""
    if not a.cast.text[a.low : a.high].isupper() or not _TURN.match(a.cast.text, a.high):
        return None
    own = house(a.cast)
    return Told("state and office", own) if own is not None else None


def _owner(cast: Cast, speakers: Speakers, name: str, start: int) -> str | None:
    """The party of "Ostmark's minister", "SITCA's Paulina Henríquez", "the council's secretary", "farmers' leader"."""
    state = cast.atlas.lookup(name)
    if state is not None:
        return state[0]
    known = cast.known(name)
    if known is not None and known.kind == "person":
        return known.party or party_elsewhere(cast, speakers, known, -1)
    if known is not None:
        return known.party or known.name
    listed = cast.atlas.gazetteer.organisations.get(key_of(name)) if name[:1].isupper() else None
    if listed is not None:
        return voice_of(cast, listed, listed.name)  # "the Kremlin's Tui Vekk"
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


def is_weak(actor: Actor) -> bool:
    """Whether the words around one name of somebody tell an office, but only the story whose."""
    return actor.why in _WEAK


def party_elsewhere(cast: Cast, speakers: Speakers, actor: Actor, here: int, *, strong: bool = False) -> str | None:
    """What the other full mentions of a person say about whom the person speaks for."""
    full = ((a, b) for a, b, other in cast.mentions if other is actor and a != here and b - a >= len(actor.name) - 1)
    for low, high in islice(full, _ELSEWHERE):
        right = apposition(cast.text, high)
        found = party_of_person(cast, speakers, actor, role_start(cast.text, low), high + len(right), low, high)
        if found and not (strong and is_weak(actor)):
            return found
    return None

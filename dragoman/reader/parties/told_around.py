"""Finds the body or state that the words, the paragraph or the story around an office name.

In: a cast and the place of an office. Out: the name of a body or state, or None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.parties.home import homeland
from dragoman.reader.vocabulary import key_of, words

_LANDS = (
    "airspace|airports?|ports?|parliament|waters|borders?|coast|farmers|neighbou?r|rival|army|navy|people|capital|citizens|"
    "(?:aviation |port )?authorit(?:y|ies)"
)
# Words right before a name that make it a portfolio, and right after it: "Minister of Labour", "Farm Commissioner".
_PORTFOLIO_BEFORE = re.compile(r"\b(?:[Mm]inister|[Ss]ecretary|[Cc]ommissioner)s? (?:of|for) (?:the )?$")
PORTFOLIO_AFTER = re.compile(r"\s(?:[Mm]inister|[Ss]ecretary|[Cc]ommissioner)\b(?! [Gg]eneral)")
# What a state has one of, by the word for it: a ministry has a minister, an embassy an ambassador.
_ORGANS = {
    "ministry": "[Mm]inist(?:ry|er)",
    "embassy": "(?:[Ee]mbassy|[Aa]mbassador)",
    "consulate": "[Cc]onsul(?:ate)?",
}
_ORGAN = re.compile(r"\b(?:(?P<of>[a-z]+) )?(?P<organ>ministry|embassy|consulate)\b", re.I)
_OWNS = re.compile(r"(?:['’]s?)?\s(?:[a-z]+\s){0,2}$")
_SEATED = re.compile(r"\s(?:in|of)\s(?:the\s)?$")
_BACK = 1500  # letters before an organ within which its state was named with it
_NEAR = 45
_CLEAR = 1.5  # how much oftener the second state is named than the third
_NAME = r"[A-ZÀ-Þ][\w’'-]*\w(?: (?:(?:of|for) (?:the )?)?[A-ZÀ-Þ][\w’'-]*\w)*"
_WATCHERS = ("observers", "monitors", "peacekeepers", "mediators", "inspectors")
_ANY_WATCHERS = f"(?:{'|'.join(_WATCHERS)})"
_WATCHING = re.compile(
    rf"(?P<before>{_NAME})(?:['’]s)? {_ANY_WATCHERS}\b|\b(?i:{_ANY_WATCHERS}) (?:from|of) (?:the )?(?P<after>{_NAME})"
)
_OBLIGED = re.compile(r"(?:['’]s [\w ]{0,20})?\s(?:must|is to|are to|has to|have to|should|ought)\b")
_GOVERNMENT_AFTER = re.compile(r"(?:['’]s)? (?:federal |central |national )?[Gg]overnment\b")
_GOVERNMENT = re.compile(r"\b[Gg]overnment\b")
_GOVERNMENT_OF = re.compile(r"\b[Gg]overnment of (?:the )?$")
_OPPOSED = re.compile(r"(?:(?P<whose>[A-Z][\w-]*?)(?:['’]s?)? )?(?:[a-z-]+ )?opposition\b")
_NOUN_AFTER = re.compile(r" ([a-z]+) ")
_TALKS_AFTER = re.compile(r" (?:(?:peace|truce|trade) )?(?:talks|negotiations|round|summit|conference|accords?)\b")
_NO_MEMBER_AFTER = re.compile(r"(?:['’]s? |[ -])(?:ally|rival|critic|foe|opponent|backed|aligned|allied|linked)\b")
_WHERE = re.compile(rf"(?P<land>{_NAME}), where (?:the |its )?$")


# A prelate is of the town where the see is
_SEE_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(words('prelates')))}) of (?:the )?$", re.I)


def body_in(cast: Cast, start: int, end: int, actor: Actor) -> str | None:
    """The first body, but for the actor itself, that text[start:end] names."""
    for low, high, other in cast.between(start, end):
        if high <= end and other.kind == "organisation" and other is not actor:
            if _PORTFOLIO_BEFORE.search(cast.text, max(0, low - 30), low):
                continue
            if _SEE_BEFORE.search(cast.text, max(0, low - 30), low):
                continue  # the bishop of Port Ossa speaks for no town
            if _NO_MEMBER_AFTER.match(cast.text, high):
                continue  # "a Hezbollah ally"
            if other.doubtful and _TALKS_AFTER.match(cast.text, high):
                continue  # "who moved the Vessby talks": where they are held
            shortened = high - low < len(other.name) and not cast.text[low:high].isupper()
            if (other.doubtful or shortened) and PORTFOLIO_AFTER.match(cast.text, high):
                continue  # "Transport Secretary" beside the Transport Alliance
            if other.doubtful and other.name.istitle() and cast.is_only_where(other.name):
                continue  # "whose family has fished out of Port Ossa"
            noun = _NOUN_AFTER.match(cast.text, high) if " " not in other.name else None
            if noun is not None and noun.group(1) in words("organisation_nouns") - words("state_organs"):
                continue  # "Health board chairman": no body is called "Health"
            return other.party or other.name
    return None


def like_a_land(cast: Cast, name: str) -> bool:
    """Whether a text speaks of a name as of a country: "in Kestria", "Kestria's airspace", "Kestria's neighbour"."""
    shown = re.escape(name)
    return (
        any(m.kind in ("place", "state") and name in cast.text[m.span.start : m.span.end] for m in cast.draft.mentions)
        or re.search(rf"\b[Ii]n {shown}\b|\b{shown}(?:, [A-Z][\w-]+)?['’]s (?:[\w-]+ )?(?:{_LANDS})", cast.text)
        is not None
    )


def state_around(cast: Cast, start: int) -> str | None:
    """The state of an office that names none: the last that the paragraph is about, else the text's."""
    return land_of(cast, state_near(cast, start) or homeland(cast) or cast.atlas.main())


def state_near(cast: Cast, start: int) -> str | None:
    """The last state that the paragraph is about before `start`."""
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
    return None


def land_where(cast: Cast, start: int) -> str | None:
    """The land in which an office is said to speak: "backing came from Northmark, where Foreign Secretary Tui Vekk"."""
    told = _WHERE.search(cast.text, max(0, start - _NEAR), start)
    if told is None:
        return None
    state = cast.atlas.lookup(told["land"])
    return state[0] if state is not None else told["land"] if cast.known(told["land"]) is None else None


def organ_before(cast: Cast, phrase: str, start: int) -> str | None:
    """The state with whose organ the text named one of this kind last: "the embassy" after "the Leth ambassador"."""
    named = _ORGAN.search(phrase)
    if named is None:
        return None
    kind = named.group("of")
    of = f"{kind} " if kind and kind.islower() and kind not in words("determiners") else ""
    since = max(0, start - _BACK)
    for match in reversed([*re.finditer(rf"\b{of}{_ORGANS[named.group('organ').lower()]}\b", cast.text[since:start])]):
        low, high = since + match.start(), since + match.end()
        for place in reversed(cast.atlas.within(max(0, low - _NEAR), low)):
            if _OWNS.fullmatch(cast.text, place.end, low):
                return place.state
        for place in cast.atlas.within(high, high + _NEAR):
            if _SEATED.fullmatch(cast.text, high, place.start):
                return place.state
    return None


def watching_bodies(cast: Cast) -> Iterator[tuple[int, int, str]]:
    """Where a text names the bodies, no states, that have observers or mediators: "Concord observers"."""
    for start, end in _watching(cast.text):
        name = cast.text[start:end]
        known = cast.known(name)
        if cast.atlas.lookup(name) is None and (known is None or known.kind == "organisation"):
            yield start, end, (known.party or known.name) if known is not None else name


@lru_cache(maxsize=1 << 4)  # asked for at every envoy of a document
def _watching(text: str) -> tuple[tuple[int, int], ...]:
    """The names before and after observers."""
    if not any(word[1:] in text for word in _WATCHERS):
        return ()
    return tuple(m.span("before" if m.group("before") else "after") for m in _WATCHING.finditer(text))


def watching_body(cast: Cast) -> str | None:
    """The one body that has observers in a text: its envoy needs no further word."""
    found = {name for _, _, name in watching_bodies(cast)}
    return found.pop() if len(found) == 1 else None


def is_obliged(cast: Cast, state: str, start: int) -> bool:
    """Whether the clause before `start` says what a state must do, which is not said by its own minister."""
    places = [p for p in cast.atlas.within(max(0, start - _BACK), start) if p.state == state]
    return bool(places) and _OBLIGED.match(cast.text, places[-1].end) is not None


def other_state(cast: Cast, state: str) -> str | None:
    """The other of the two states that a text is about."""
    top = Counter(p.state for p in cast.atlas.places).most_common(3)
    if len(top) < 2 or (len(top) > 2 and top[2][1] * _CLEAR > top[1][1]):
        return None
    two = [name for name, _ in top[:2]]
    return next((name for name in two if name != state), None) if state in two else None


def only_government(cast: Cast) -> str | None:
    """The state whose government alone a text names: "the Kestrian government", then "the government"."""
    text = cast.text
    governed = {p.state for p in cast.atlas.places if _GOVERNMENT_AFTER.match(text, p.end)}
    governed |= {p.state for p in cast.atlas.places if _GOVERNMENT_OF.search(text, max(0, p.start - 20), p.start)}
    return governed.pop() if len(governed) == 1 else None


def only_land(cast: Cast) -> str | None:
    """The one state that a text names, and names again: its president needs no further word."""
    named = {place.state for place in cast.atlas.places}
    return named.pop() if len(named) == 1 and len(cast.atlas.places) > 1 else None


def called_government(cast: Cast) -> str | None:
    """The state that "the government" is of: the one whose government alone a text names, before it calls it so."""
    state, first = only_government(cast), _GOVERNMENT.search(cast.text)
    places = cast.atlas.within(max(0, first.start() - _NEAR), first.start()) if state and first else []
    return state if any(p.state == state and _GOVERNMENT_AFTER.match(cast.text, p.end) for p in places) else None


def land_of(cast: Cast, state: str | None) -> str | None:
    """A state; of what only the text takes for one, the known state whose government it names: no Tigray's minister.

    Where it names the governments of several, the one in whose land it lies: "Kestria's northern Ombe region".
    """
    if state is None or key_of(state) not in cast.atlas.invented:
        return state
    lies = re.compile(rf"['’]s (?:[a-z-]+ ){{0,3}}{re.escape(state)}\b")
    for place in cast.atlas.places:
        if key_of(place.state) not in cast.atlas.invented and lies.match(cast.text, place.end):
            return place.state
    known = only_government(cast)
    return known if known is not None and key_of(known) not in cast.atlas.invented else state


def opposition_to(cast: Cast, said: str) -> str | None:
    """The opposition that words tell of, by its land where they name it: "Kestria's opposition leader"."""
    told = _OPPOSED.search(said)
    state = cast.atlas.lookup(told["whose"]) if told and told["whose"] else None
    demonym = cast.atlas.demonym_of(state[0]) if state else None
    return f"{demonym} opposition" if demonym else "opposition" if told else None


def is_land(cast: Cast, party: str | None) -> bool:
    """Whether a party is a state or its government."""
    return party is not None and (
        cast.atlas.lookup(party) is not None or party.lower().endswith("government") or party == cast.atlas.main()
    )

"""Finds the body or state that the words, the paragraph or the story around an office name.

In: a cast and the place of an office. Out: the name of a body or state, or None.
"""

from __future__ import annotations

import re

from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.parties.home import homeland
from dragoman.reader.vocabulary import words

_LANDS = (
    "airspace|airports?|ports?|parliament|waters|borders?|coast|farmers|neighbou?r|rival|army|navy|people|capital|citizens|"
    "(?:aviation |port )?authorit(?:y|ies)"
)
# Words right before a name that make it a portfolio, and right after it: "Minister of Labour", "Farm Commissioner".
_PORTFOLIO_BEFORE = re.compile(r"\b(?:[Mm]inister|[Ss]ecretary|[Cc]ommissioner)s? (?:of|for) (?:the )?$")
_PORTFOLIO_AFTER = re.compile(r"\s(?:[Mm]inister|[Ss]ecretary|[Cc]ommissioner)\b(?! [Gg]eneral)")
_NOUN_AFTER = re.compile(r" ([a-z]+) ")


def body_in(cast: Cast, start: int, end: int, actor: Actor) -> str | None:
    """The first body, but for the actor itself, that text[start:end] names."""
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
    return state_near(cast, start) or homeland(cast) or cast.atlas.main()


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

"""Tells who holds a role: who was said to be minister before, or is so called only later in the text.

In: the cast of a text, the words of a role, and where they stand. Out: an Actor, or None.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from dragoman.folding import fold, last_word
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.names.noun_phrases import PREPOSITION
from dragoman.reader.parties.role_words import words_about
from dragoman.reader.segment import is_letter
from dragoman.reader.vocabulary import role_kin, words

_NONE: frozenset[str] = frozenset()
_LEADS = 2  # paragraphs at the head of a text that may quote somebody whom only the next one names
_FAR = 200  # mentions after a role among which its holder is looked for; a page of text has some thirty
_OF_ALL_SIDES = ("mediator", "facilitator", "envoy", "arbitrator")  # talks have one
_PLAIN = ("mr", "mrs", "ms", "dr")


def earlier_holder(
    cast: Cast, phrase: str, start: int, said: Sequence[tuple[int, Actor]], party: str | None
) -> Actor | None:
    """The person who spoke or was named last before `start` of those who hold a role of `party`, or of anybody."""
    wanted = _wanted(phrase)
    if not wanted:
        return None
    holders = []
    for position, actor in [*said, *((low, a) for low, _, a in cast.before(start))]:
        if actor.kind != "person" or position >= start or actor.anonymous:
            continue
        if party in (None, actor.party) and _holds(cast, actor, wanted):
            holders.append((position, actor))
    return max(holders, key=lambda h: h[0])[1] if holders else None


def later_holder(cast: Cast, phrase: str, start: int) -> Actor | None:
    """The one person whom the text names only later: "the UN mediator", then "the mediator, Hana Kirov"."""
    wanted = _wanted(phrase)
    if len(wanted) < 2 and phrase.lower() not in _OF_ALL_SIDES:
        return None
    head = fold(last_word(re.split(PREPOSITION, " " + phrase)[0]))
    after = bisect_right(cast.starts, start)
    later = {a for _, _, a in cast.mentions[after : after + _FAR] if a.kind == "person" and not a.anonymous}
    fitting = [a for a in later if _holds(cast, a, wanted)] or [a for a in later if _is_called(a, head, wanted)]
    return fitting[0] if len(fitting) == 1 else None


def named_after(cast: Cast, start: int, end: int) -> Actor | None:
    """Whom the next paragraph names where a report opens with a role: "…, the chief negotiator said. “…,” Vekk …".

    The name is the first of its kind in the text, and nothing is told of its bearer there.
    """
    segments, text = cast.draft.segments, cast.text
    here = segments.paragraph_at(start)
    if here > _LEADS or here + 1 >= len(segments.paragraphs):
        return None
    after = segments.paragraphs[here + 1]
    sources = sorted(s for f in cast.draft.found for s in f.source[:1] if end < s.start < after.end)
    if not sources or sources[0].start < after.start:
        return None
    named = [m for m in cast.between(sources[0].start, sources[0].end) if m[2].kind == "person"]
    if len(named) != 1 or named[0][0] != sources[0].start:
        return None
    low, high, actor = named[0]
    first = next(m for m in cast.mentions if m[2] is actor)
    if first[0] != low or " " not in text[low:high] or role_before(text[max(0, low - 30) : low]):
        return None
    left, right = words_about(cast, low, high)
    told = left + re.sub(r",\s+an?\s.*", "", right)  # "a former teacher" is no office
    return actor if words("role_nouns").isdisjoint(_wanted(told)) else None


def role_before(before: str) -> bool:
    """Whether some words end in a role or a title."""
    last = re.findall(r"[\w'’-]+", before)[-1:]
    return bool(last) and last[0].lower() in words("role_nouns", "titles")


def _holds(cast: Cast, actor: Actor, wanted: Sequence[str]) -> bool:
    """Whether what is told of a person has all the words of a role, or kin of them."""
    roles = _own_roles(actor.roles, wanted)
    described = " ".join(r.removeprefix("_") for r in roles)
    of_land = len(wanted) > 1 and any(cast.atlas.lookup(w) for w in wanted)  # a land's leader is its president
    return all(
        _begins_a_word(w, described)
        or _of_party(cast, w, actor)
        or ((w != "leader" or of_land) and not role_kin().get(w, _NONE).isdisjoint(roles))
        for w in wanted
    )


# "spokesman for the Secretary-General": no holder of the office that he serves
_STAFF = re.compile(
    r"\b(?P<role>spokes\w+|aide|advis[eo]r|assistant|press secretary)\s(?:for|to|of)\s(?:the\s|its\s|his\s|her\s)?"
    r"(?P<office>(?:[\w’'-]+\s){0,3}?"
    r"(?:secretary[- ]general|president|minister|chancellor|governor|mayor|king|premier))\b"
)


def _own_roles(roles: set[str], wanted: Sequence[str]) -> set[str]:
    """The roles of a person without those of whom the person serves, unless it is the staff that is wanted."""
    told = " ".join(r for r in roles if r.startswith("_"))
    served = [m for m in _STAFF.finditer(told) if m["role"] not in wanted and m["role"].split()[-1] not in wanted]
    if not served:
        return roles
    offices = {word for m in served for word in (*m["office"].split(), *m["office"].replace("-", " ").split())}
    return {_STAFF.sub(r"\g<role>", r) if r.startswith("_") else r for r in roles if r not in offices}


def _begins_a_word(word: str, text: str) -> bool:
    """Whether a word of `text` is `word` or begins with it."""
    at = text.find(word)
    while at > 0 and is_letter(text[at - 1]):
        at = text.find(word, at + 1)
    return at >= 0


def _is_called(actor: Actor, head: str, wanted: Sequence[str]) -> bool:
    """Whether a person is called by the noun of a role, and by no words that the role has not."""
    told = [_wanted(_title(r.removeprefix("_"))) for r in actor.roles if r.startswith("_")]
    return any(head in r and set(r) <= {*wanted, *_PLAIN} for r in told)


def _title(told: str) -> str:
    """The words right before the name, of what is told of a person, where they say something.

    A name leaves two spaces in what is told around it.
    """
    before, _, after = told.partition("  ")
    title = re.split(r"[.!?:;]\s", before)[-1].strip(" ,")
    return title or after


def _of_party(cast: Cast, word: str, actor: Actor) -> bool:
    """Whether a word names the state or body that a person speaks for."""
    state = cast.atlas.lookup(word)
    if state is not None:
        return state[0] == actor.party
    body = cast.known(word)
    return body is not None and body.kind == "organisation" and actor.party in (body.name, body.party)


def _wanted(phrase: str) -> list[str]:
    """The words of a role that tell whose it is and which, folded: "Kestria's energy minister"."""
    plain = re.sub(r"(?<=\w)['’]s?(?!\w)", "", phrase)
    skipped = words("determiners", "prepositions")
    return [fold(w) for w in re.findall(r"[\w-]+", plain) if w.lower() not in skipped]

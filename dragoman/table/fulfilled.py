"""Whether an event is what was wanted: "Sulmar released 312 prisoners" where "at least 300 prisoners are freed".

In: Events, and what is required or due in a few words. Out: yes or no: the same thing was done, to all of what it was
to be done to, by those who were to do it where both name somebody. Precise rather than complete.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from dragoman.table.events import Event, Word, listed, stemmed, stems_of, words_of
from dragoman.table.tracked import Tracked

# So much of the words that name a thing must be in the words that name the other.
SAME_THING = 0.6
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_BY = rf"{_MONTH}\b ?\d*|\d\d? {_MONTH}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_LEFT_OUT = re.compile(
    rf",? (?:by|on|before|until) (?:the end of )?(?:{_BY})|,? (?:first|then)\Z|\b(?:at least|more than) ", re.I
)
# Names that begin so alike are of one family: Sulmar, Sulmari.
_ALIKE = 4


class Wanted(NamedTuple):
    """What is to be done, and the stems of what matters in it."""

    words: tuple[Word, ...]
    stems: frozenset[str]


class Parts(NamedTuple):
    """Who does something, to what, and where or to whom."""

    actor: Sequence[Word]
    theme: Sequence[Word]
    rest: Sequence[Word]
    alone: bool  # nothing is done to anything else: "the boats leave"


@lru_cache(maxsize=50_000)
def wanted(what: str) -> Wanted | None:
    """What a few words want done, when events can tell of it: not that something be left undone, or a bare word."""
    words = words_of(_LEFT_OUT.sub("", what))
    if any(word.folded in listed("withheld") or word.folded == "and" for word in words):
        return None  # of two things one may be done
    core: list[Word] = []
    for word in words:
        if word.folded in listed("prepositions") and len({w.stem for w in core} - {""}) >= 2:
            break
        core.append(word)
    stems = frozenset(word.name if n and word.name else word.stem for n, word in enumerate(core)) - {""}
    return Wanted(words, stems) if len(stems) >= 2 else None


def fulfils(event: Event, what: Wanted) -> bool:
    """Whether an event that shares enough words with what is wanted is just that."""
    verb = event.words[event.verb].stem
    return any(_done(event, what, n) for n, word in enumerate(what.words) if word.stem == verb)


def fulfilled_by(event: Event, required: Tracked, day: str) -> bool:
    """Whether an event of which a report of `day` tells is what a condition of an earlier day requires."""
    record, what = required.record, wanted(required.what)
    if what is None or not record.key[0] < day or (event.since and event.since < record.key[0]):
        return False
    return not _by_holder(event, record.party, what) and fulfils(event, what)


def due_by(event: Event, due: str, set_on: str) -> bool:
    """Whether an event is what a deadline that was set on a day is for."""
    what = wanted(due)
    return what is not None and (not event.since or event.since >= set_on) and fulfils(event, what)


def _by_holder(event: Event, party: str | None, what: Wanted) -> bool:
    """Whether those did it who required it, of others: they name themselves when they mean to do it."""
    own = stems_of(words_of(party or ""))
    actor = () if event.passive else event.words[: event.verb]
    return bool(own) and not own.isdisjoint(_heads(actor)) and own.isdisjoint(stems_of(what.words))


def _done(event: Event, what: Wanted, at: int) -> bool:
    verb = what.words[at].stem
    moves = verb in stemmed("moves")
    if not moves and _particle(event.words, event.verb) != _particle(what.words, at):
        return False
    told = _parts(event.words, event.verb, passive=event.passive)
    meant = _parts(what.words, at, passive=at > 0 and what.words[at - 1].folded in listed("be"))
    pairs = [] if meant.alone and not told.alone else [(told, meant)]
    if moves:  # "Kestria withdrew its boats" where "the boats leave", or "leave the strait"; and the other way round
        pairs += [(told, _of_itself(meant)), (_of_itself(told), meant)]
    return any(
        _same(one.theme, other.theme) and _all_of(one.theme, other.theme, event.words)
        and _may_be(one.actor, other.actor)
        and _where(one.rest, other.rest) and _numbers(what.words, other.theme) <= event.stems
        for one, other in pairs
    )  # fmt: skip


def _of_itself(parts: Parts) -> Parts:
    """Who does something taken for what it is done to: the boats that "leave the strait" are withdrawn."""
    return parts if parts.alone or not parts.actor else Parts((), parts.actor, (), True)


def _particle(words: Sequence[Word], at: int) -> str:
    word = words[at].folded
    after = words[at + 1].folded if at + 1 < len(words) else ""
    if word.startswith(("hand", "take", "pull")):  # "handover of the port"
        after = next((p for p in ("over", "out", "back") if word.endswith(p)), after)
    return after if after in listed("particles") else ""


def _parts(words: Sequence[Word], at: int, *, passive: bool) -> Parts:
    before = [w for w in words[:at] if w.folded not in listed("be") and w.folded not in listed("helpers")]
    after = words[at + 1 :]
    while after and (after[0].folded in listed("particles") or after[0].folded in listed("after_verb")):
        after = after[1:]
    if after and (after[0].folded in ("of", "on") or (after[0].folded == "to" and words[at].stem == "end")):
        after = after[1:]  # "withdrawal of the boats", "voted on the deal", "an end to the shelling"
    thing, rest = _phrase(after)
    if passive or not thing:
        named, beside = _phrase(before)
        return Parts((), named or before, (*beside, *thing, *rest), not passive)
    return Parts(before, thing, rest, False)


def _phrase(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """The words up to where something else begins, and the rest."""
    for n, word in enumerate(words):
        if any(word.folded in listed(name) for name in ("prepositions", "times", "after_verb")):
            return words[:n], words[n:]
    return words, ()


def _heads(words: Sequence[Word]) -> frozenset[str]:
    """The stems of the words that say what things are: of "300 of its prisoners" prisoners, of "Ramiro Teque" Teque."""
    found, last = set(), ""
    for n, word in enumerate(words):
        if word.raw == "," or (word.folded == "of" and last and not last[0].isdigit() and n > 1):
            found.add(last)
            if word.folded == "of":
                return frozenset(stems_of([w for w in words[:n] if w.stem == last]))
            last = ""
        elif word.folded in listed("prepositions"):
            break
        elif word.stem:
            last = word.stem
    found.add(last)
    heads = found - {""}
    return stems_of([w for w in words if w.stem in heads])


def _same(told: Sequence[Word], meant: Sequence[Word]) -> bool:
    """Whether two phrases name one thing: the head of each is in the other, and nothing tells them apart."""
    here, there = stems_of(told), stems_of(meant)
    if not there:  # "they returned to work": what they are is not said
        return bool(meant) and bool(told)
    one, other = _heads(told), _heads(meant)
    if one.isdisjoint(there) or other.isdisjoint(here) or _apart(_names(told), _names(meant)):
        return False
    return not _apart(_more(told) - one, _more(meant) - other)  # the upper house, the lower house


def _more(words: Sequence[Word]) -> frozenset[str]:
    return frozenset(w.stem for w in words if w.stem and not w.stem[0].isdigit() and w.folded not in listed("whole"))


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both are something and share nothing."""
    return bool(one) and bool(other) and one.isdisjoint(other)


def _all_of(told: Sequence[Word], meant: Sequence[Word], clause: Sequence[Word]) -> bool:
    """Whether it was done to all of what it was to be done to, not to some of many."""
    if not told or _some_of(told, meant):
        return False
    if not listed("whole").isdisjoint(w.folded for w in told) or _counts(told):
        return True
    if _counts(meant):
        return False
    first = told[0]
    if first.folded in ("a", "an"):
        return bool(meant) and meant[0].folded in ("a", "an")
    named = first.raw[0].isupper() and (first is not clause[0] or bool(_names(told)))
    as_meant = any(first.stem and first.stem == w.stem for w in meant[:1])
    return named or as_meant or first.folded in listed("determiners") or any(w.folded.endswith("'s") for w in told)


def _some_of(told: Sequence[Word], meant: Sequence[Word]) -> bool:
    """Whether a phrase speaks of a part: "some boats", or fewer than are meant, or a number where all are meant."""
    spoken = [w.folded for w in told]
    if not listed("whole").isdisjoint(spoken):
        return False
    numbers, least = _counts(told), _counts(meant)
    if not listed("part").isdisjoint(spoken) or (numbers and not least):
        return True
    return bool(numbers) and max(numbers) < max(least)


def _counts(words: Sequence[Word]) -> list[float]:
    return [float(w.stem) for w in words if w.stem.isascii() and w.stem.replace(".", "", 1).isdigit()]


def _may_be(told: Sequence[Word], meant: Sequence[Word]) -> bool:
    """Whether those who did it can be those who were to do it; a body may be called by its name or by what it is."""
    if not stems_of(told) or not stems_of(meant):
        return True
    if _some_of(told, meant) or (_many(meant) and not _many(told)):
        return False
    one, other = _names(told), _names(meant)
    if one and other:
        return not one.isdisjoint(other)
    if not _heads(told).isdisjoint(stems_of(meant)):
        return _same(told, meant)
    if one and told[-1].raw[0].isupper() and _heads(meant) <= stems_of(told):
        return True  # "President Anna Lorne", where the president is meant
    common = meant if one else told
    return bool(one or other) and not listed("bodies").isdisjoint(w.folded for w in common)


def _many(words: Sequence[Word]) -> bool:
    """Whether several are spoken of together: "both sides", "all three"."""
    return bool(_counts(words)) or not listed("whole").isdisjoint(w.folded for w in words)


def _names(words: Sequence[Word]) -> frozenset[str]:
    """The first letters of the names among some words; a lone "Villagers" at the start of a clause is none."""
    found = [w for w in words if w.raw[0].isupper() and w.stem and w.folded not in listed("bodies")]
    if len(words) == 1 and words[0].folded.endswith("s"):
        return frozenset()
    return frozenset(w.folded[:_ALIKE] for w in found)


def _where(told: Sequence[Word], meant: Sequence[Word]) -> bool:
    """Whether no place or person is another one."""
    one, other = _by_preposition(told), _by_preposition(meant)
    return not any(_apart(one[word], other[word]) for word in one.keys() & other.keys())


def _by_preposition(words: Sequence[Word]) -> dict[str, frozenset[str]]:
    found: dict[str, list[Word]] = {}
    here: list[Word] | None = None
    for word in words:
        if word.folded in ("from", "in", "to", "at", "into", "for", "on", "against", "with", "about"):
            here = found.setdefault(word.folded, [])
        elif word.folded in listed("prepositions") or word.folded in listed("times") or word.raw == ",":
            here = None
        elif here is not None:
            here.append(word)
    return {word: stems for word, given in found.items() if (stems := frozenset(w.stem for w in given) - {""})}


def _numbers(words: Sequence[Word], theme: Sequence[Word]) -> frozenset[str]:
    counted = {w.stem for w in theme}
    return frozenset(w.stem for w in words if w.stem[:1].isdigit() and w.stem not in counted)

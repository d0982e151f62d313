"""Chooses by which noun phrase of its text the issue of a stance is called.

In: the noun phrases of a draft, a stance with its statement, and the name that its own words make. Out: the name of an
issue. What speaks for a phrase is weighed by `weighing`; the weights are learned by `training/naming.py`. Issues are
called by what is spoken of again and again ("patrol boats", "withdrawal of patrol boats"), seldom by a stance's words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from dragoman.reader import weighing
from dragoman.reader.numbers.number_tokens import number_words
from dragoman.reader.positions.stance_words import doings
from dragoman.reader.vocabulary import words
from dragoman.reader.wording.nominals import acts
from dragoman.reader.wording.noun_chunks import ARTICLES, LINKS, Chunk, Chunks, closed, listed_here
from dragoman.reader.wording.stems import stem_of, stems, stems_of
from dragoman.reading import Statement

_LATIN = re.compile("[a-z]")
_LONGEST = 5  # words of a name that a stance's own words make
_LIKE = 0.66  # of their stems are shared by names of one issue, as tables group them
_FAR = 6  # sentences; farther is all one
_PLACES = 50  # of a phrase, from where the statement begins
_POSSESSIVE = re.compile(r"\bof (?:its|their|his|her|any|our|all) ")
# Who comes is one issue however it is put, and tables know it by these words: "coming to Dorn", "sitting down".
_GOING = re.compile(r"(?:\w+ )?(?:coming|returning|attending|joining|sitting|travell?ing|going|meeting|return)(?!\w)")
_COMES = re.compile(r"(?:coming|returning|return|attending|sitting down)(?: (?:to|with|at)(?!\w)|$)|\w+ travell?ing$")
_COUNT = re.compile(
    r"\bof (?:the |its |his |her |their )?(?:at least |more than |up to |about )?(?:[$€£¥] ?)?\d[\d.,]* "
    r"(?:(?:[mb]illion|trillion|bn) )?(?:of (?=\w))?"
)
_GIVEN_TIME = re.compile(
    r"(?:(?:has|have|had) )?(?:gave|gives?|given|giving) (?:\S+ ){1,6}?"
    r"(?:until|till|\w+(?: more)? (?:hour|day|week|month)s?) (?:\S+ ){0,4}?to [a-z]"
)
_LOOSE = re.compile(
    r"\s(?:of|for|on|in|to|at|with|from|the|an?|its|their|his|her|by|and|or|is|are|alongside|"
    r"against|between|into|over|under|before|after|until|without|within)$|[,;:]+$",
    re.IGNORECASE,
)


class Option(NamedTuple):
    """A name that an issue may have, with what speaks for it: for the phrase in its text, and for it here."""

    name: Chunk | str
    marks: tuple[str, ...]
    fit: tuple[str, ...]


def choose(
    chunks: Chunks,
    stance: str,
    statement: Statement,
    made: str,
    *,
    taken: Collection[str] = (),
    table: Mapping[str, float] | None = None,
) -> str:
    """The likeliest name of what a stance is about; `made`, what its own words make, where nothing is likelier.

    Names like one that is `taken` are left: what is offered and what is required for it are two issues. `table` are
    other weights than the shipped ones.
    """
    if not _LATIN.search(stance) or (_COMES.match(made) and len(made.split()) <= _LONGEST):
        return made
    chosen, most = made, float("-inf")
    for option in options(chunks, stance, statement, made):
        if taken and any(_is_like(option.name, name) for name in taken):
            continue
        if table is None:
            score = weighing.known_score("issue", option.marks) + weighing.known_score("issue", option.fit)
        else:
            score = weighing.total(table, option.marks) + weighing.total(table, option.fit)
        if score > most:
            chosen, most = option.name if isinstance(option.name, str) else chunks.text_of(option.name), score
    return chosen


def _is_like(name: Chunk | str, other: str) -> bool:
    here = stems(name) if isinstance(name, str) else name.stems
    return _alike(here, stems(other)) >= _LIKE


def options(chunks: Chunks, stance: str, statement: Statement, made: str) -> list[Option]:
    """Every name that the issue of a stance may have."""
    spans = (*statement.content, *(statement.cue or ()))
    own = sorted({n for span in spans for n in chunks.within(*span)})
    if not own:
        return []
    said = stems_of(chunks.words[n] for n in own)
    first, last = chunks.sentence_of[own[0]], chunks.sentence_of[own[-1]]
    around = frozenset[str]().union(*chunks.sentences[first : last + 1])
    here = _Here(
        own[0], frozenset(own), said, around, stems(stance), stems(made), first, chunks.paragraph_of[own[0]],
        bool(_POINTING.search(stance)), statement.act,
    )  # fmt: skip
    near = (
        c
        for c in chunks.near(said, first)
        if not (_is_somebody(c) or _is_amount(chunks, c) or _is_too_wide(c) or chunks.is_person(c) or chunks.is_land(c))
    )
    found = [Option(c, chunks.marks(c), _fit(_standing(chunks, c, here))) for c in near]
    return found + [Option(name, _made_marks(chunks, name), ()) for name in _shorter(made)]


_POINTING = re.compile(r"(?<!\w)(?:it|that|this|them|so|these|those|such)(?!\w)", re.IGNORECASE)


def _is_somebody(chunk: Chunk) -> bool:
    """Whether a phrase names who holds an office, which is no issue: "the trust's chief executive"."""
    return chunk.words[-1] in role_nouns() and LINKS.isdisjoint(chunk.words)


def _is_too_wide(chunk: Chunk) -> bool:
    """Whether a phrase is one word that may mean anything, "terms", "parties", or says what somebody has in mind."""
    alone = len(chunk.words) == 1 and chunk.words[0] in listed_here("too_wide")
    return alone or chunk.head in listed_here("in_mind")


def _is_amount(chunks: Chunks, chunk: Chunk) -> bool:
    """Whether a phrase says only how much: "twelve nautical miles", "percent"; "Two Mills truce" is a name."""
    if chunk.words in number_words().percent or (len(chunk.words) == 1 and chunk.words[0] in number_words().currencies):
        return True
    return chunk.words[0] in _counting() and chunks.text_of(chunk)[:1].islower()


@cache
def _counting() -> frozenset[str]:
    found = number_words()
    return frozenset((*found.units, *found.tens, *found.hundreds, *found.scales))


@cache
def role_nouns() -> frozenset[str]:
    """Words for people who hold an office."""
    return words("role_nouns")


class _Here(NamedTuple):
    """Where a stance stands, and the stems of its words, its statement, its sentences and the name they make."""

    first: int
    own: frozenset[int]
    said: frozenset[str]
    around: frozenset[str]
    stance: frozenset[str]
    made: frozenset[str]
    sentence: int
    paragraph: int
    points: bool  # whether it says "it" or "that"
    act: str


class _Standing(NamedTuple):
    """How a phrase of the text stands to what a stance is about: few different answers, which `_fit` tells of."""

    after: str | None  # the word before it, where it stands in what is said
    driven: str  # what the word before it does, its own small words left out
    length: int
    said: int
    stance: int
    made: int
    around: int
    like: int
    near: int
    away: int
    back: int  # sentences since it was last spoken of
    points: bool  # whether the stance says "it" or "that"
    act: str


def _standing(chunks: Chunks, chunk: Chunk, here: _Here) -> _Standing:
    low = bisect_left(chunk.places, (here.first, 0))
    inside = next((p for p in chunk.places[low : low + _PLACES] if p[0] in here.own and p[1] - 1 in here.own), None)
    after, driven = None, ""
    if inside is not None:
        before = chunks.words[inside[0] - 1] if inside[0] else ""
        after = before if before in LINKS or before in _LEADING else str(before in closed())
        driven = _driven(chunks, inside[0], here.first)
    return _Standing(
        after, driven, len(chunk.words), _share(chunk.stems, here.said), _share(chunk.stems, here.stance),
        _share(chunk.stems, here.made), _share(chunk.stems, here.around), int(4 * _alike(chunk.stems, here.made)),
        min(_FAR, _distance(chunk.sentences, here.sentence)), min(3, _distance(chunk.paragraphs, here.paragraph)),
        min(_FAR, _since(chunk.sentences, here.sentence)), here.points, here.act,
    )  # fmt: skip


def _driven(chunks: Chunks, place: int, first: int) -> str:
    """What the word does that a phrase hangs on: "refuse" for "turned down the offer"; "start" where there is none."""
    place -= 1
    while place >= first and (chunks.words[place] in _LEADING or chunks.words[place] in _OWNERS):
        place -= 1
    return next(iter(doings(chunks.words[place])), "") if place >= first else "start"


@lru_cache(maxsize=1 << 15)
def _fit(how: _Standing) -> tuple[str, ...]:
    """What speaks for a phrase of the text naming what a stance is about, as names of features."""
    inside, share, points, act = how.after is not None, how.said, how.points, how.act
    return (
        f"inside={inside}", f"share={share}", f"length={how.length}&share={share}", f"stance={how.stance}",
        f"name={how.made}", f"around={how.around}", f"like={how.like}", f"near={how.near}", f"away={how.away}",
        f"back={how.back}", f"points={points}&back={how.back}", f"points={points}&inside={inside}",
        f"points={points}&share={share}", f"act={act}&inside={inside}", f"act={act}&share={share}",
        f"driven={how.driven}", *((f"after={how.after}",) if inside else ()),
    )  # fmt: skip


def _distance(numbers: tuple[int, ...], here: int) -> int:
    """How far the nearest of rising numbers is."""
    place = bisect_left(numbers, here)
    if not place:
        return numbers[0] - here
    before = here - numbers[place - 1]
    return before if place == len(numbers) else min(before, numbers[place] - here)


def _since(numbers: tuple[int, ...], here: int) -> int:
    """How many sentences before this one the last of rising numbers is; 0 where none is."""
    place = bisect_left(numbers, here)
    return here - numbers[place - 1] if place else 0


_OWNERS = frozenset(("his", "her", "our", "my", "your", "all", "this", "that", "such"))
_LEADING = frozenset(("the", "a", "an", "no", "any", "its", "their"))


def _share(part: frozenset[str], whole: frozenset[str]) -> int:
    """How much of a phrase stands in other words: 0 less than half, 1 half or more, 2 all."""
    return 2 * len(part & whole) // len(part)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _shorter(made: str) -> Iterator[str]:
    """The name that a stance's own words make and its beginnings, where they name an act: "release of prisoners"."""
    if _GOING.match(made) and len(made.split()) <= _LONGEST:
        yield made
    made = _COUNT.sub("of ", made)
    words, seen = made.split(), set()
    if len(words) < 3 or words[0].lower() not in acts() or words[1].lower() != "of":
        return
    ends = [n for n in range(3, len(words)) if words[n].lower() in LINKS | closed()]
    for name in (made, *(" ".join(words[:n]) for n in reversed(ends))):
        name = _LOOSE.sub("", _POSSESSIVE.sub("of ", name))
        inner = [w.lower() for w in name.split()[2:]]
        says = {w for w in inner if not w.isdecimal()} - ARTICLES - listed_here("only_describe")
        if says and len(inner) + 2 <= _LONGEST and name not in seen and not (closed() - LINKS - ARTICLES) & says:
            seen.add(name)
            yield name


def task_of(stance: str, made: str) -> str | None:
    """The task that somebody is given time for, where its own words name it: "gave Leth until May to free the men"."""
    return next(_shorter(made), None) if _GIVEN_TIME.match(stance) else None


def _made_marks(chunks: Chunks, name: str) -> tuple[str, ...]:
    words = name.lower().split()
    same, place = stems(name), chunks.sentence_of[0]
    many = max((len(c.places) for c in chunks.near(same, place) if c.stems == same), default=0)
    return (
        "made", f"made:length={len(words)}", f"made:head:{stem_of(words[0])}", f"made:last:{stem_of(words[-1])}",
        f"made:links={sum(w in LINKS for w in words)}", f"made:often={min(many, 3)}",
    )  # fmt: skip


__all__ = ["Option", "choose", "options", "task_of"]

"""What an article tells in its own voice: "the last 12 miners came home on Friday".

In: the text of a reading and where its statements stand. Out: Events, the main clauses outside all statements that tell
of something done, in the past or perfect, neither denied nor doubted nor under a condition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from dragoman.folding import folded_word
from dragoman.reading import Reading, Span, Spans
from dragoman.table.days import shift
from dragoman.table.words import data
from dragoman.table.words import stem as plain_stem

# A clause that tells of something has at least so many letters, and its verb is among so many of its first words.
_SHORTEST, _SUBJECT = 16, 14


class Word(NamedTuple):
    """A word as it is written, folded, its stem, and what names a state and its adjective share, when it may be one.

    The stem is empty where a word only holds others together.
    """

    raw: str
    folded: str
    stem: str
    name: str


class Event(NamedTuple):
    """A clause that tells of something done, up to where it goes on with a reason or a time."""

    sentence: Spans
    words: tuple[Word, ...]
    verb: int  # which of the words
    passive: bool
    stems: frozenset[str]
    since: str  # the day on which it happened, "" when it gives none


class Told(NamedTuple):
    """What a clause tells, whatever the day: all its words, and those up to a reason or a time."""

    clause: tuple[Word, ...]
    words: tuple[Word, ...]
    verb: int
    passive: bool
    stems: frozenset[str]


def _data() -> dict[str, Any]:
    return data("events.json")


@cache
def listed(name: str) -> frozenset[str]:
    """One of the lists of words by which events are told from what is no event."""
    return frozenset(_data()[name])


@cache
def stemmed(name: str) -> frozenset[str]:
    """The stems of one of the lists."""
    return frozenset(map(_stem, _data()[name]))


@lru_cache(maxsize=1 << 15)
def _stem(word: str) -> str:
    base = _data()["bases"].get(word, word)
    return "end" if base == "end" else plain_stem(base)  # which is a stop word elsewhere


@cache
def _kinds() -> dict[str, str]:
    return {_stem(word): _stem(kind) for kind, members in _data()["kinds"].items() for word in members}


@lru_cache(maxsize=1 << 15)
def _word(raw: str) -> Word:
    folded = folded_word(raw)
    stem = "" if raw == "," else _stem(folded.removesuffix("'s"))
    name = f"{_COUNTRY.sub('', folded.removesuffix(chr(39) + 's'))}*" if stem and raw[0].isupper() else ""
    return Word(raw, folded, stem, name)


# The endings in which the names of states and their adjectives differ: Kestria and Kestrian, Sulmar and Sulmari.
_COUNTRY = re.compile(r"(?<=\w{4})(?:i?an|ese|ish|[aeiou]+)\Z")
_WORD = re.compile(r"\d{1,3}(?:,\d{3})+|[^\W_]+(?:['’.&-][^\W_]+)*|,")


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, and its commas."""
    return tuple(map(_word, _WORD.findall(text)))


def stems_of(words: Iterable[Word]) -> frozenset[str]:
    """The stems of words, with those of names and of kinds: miners are workers as well."""
    kinds, given = _kinds(), tuple(words)
    found = frozenset(part for word in given for part in (word.stem, word.name)) - {""}
    return found.union(kinds[stem] for stem in found if stem in kinds)


# A sentence ends at a full stop behind which another begins; not at that of "Mr. Haas", "Jan. 3" or "U.S. troops".
_ENDS = re.compile(
    r"[.!?\n](?<!\b[A-Z][.])(?<!\b[A-Z][a-z][.])(?<!\b[A-Z][a-z]{2}[.])(?:(?<=\n)\s*|[\"”’)]*(?:\s+|\Z))"
)
_JOINED = re.compile(r"(?:;|,? (?:and|but)) ")
_DATELINE = re.compile(r"\A[^\W\d_a-z]{3}[^\n]{0,80}? [-–—] ")
_LEADING = re.compile(r"\A(?:(?:On|In|At|By|Late|Early|Under|With|Also|Then|Meanwhile)\b[^,]{0,60}, |Then |Meanwhile )")
_QUOTES = frozenset('"“”„«»')
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_A_YEAR = re.compile(r"(?:1[89]|20|21)\d\d\Z").match


def events(reading: Reading) -> tuple[Event, ...]:
    """The events that the article of a reading tells in its own voice."""
    document, day, found = reading.document, _day(reading.document.published), []
    for start, end in _own_voice(reading):
        for told in _told(document.text[start:end]):
            since = _since(told.clause, day)
            if since is not None:
                found.append(Event(Spans([Span(start, end)]), told.words, told.verb, told.passive, told.stems, since))
    return tuple(found)


def _day(published: str | None) -> str:
    """The day of an article, "" where none is known."""
    try:
        return date.fromisoformat((published or "")[:10]).isoformat()
    except ValueError:
        return ""


def _own_voice(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where the sentences stand that no statement touches, and what goes on with "and" behind one."""
    text = reading.document.text
    taken = [piece for s in reading.statements for spans in (s.cue, s.content) for piece in spans]
    taken.sort()
    taken.append(Span(len(text), len(text)))
    at = 0
    for start, end in taken:
        if start - at >= _SHORTEST and text.find(".", at + _SHORTEST, start) >= 0:
            yield from _between(text, at, start)
        if end > at:
            at = end


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences that end between two statements; the first only where it begins there or goes on with "and"."""
    before = start
    for ending in _ENDS.finditer(text, start, end):
        whole = before > start or start == 0 or _JOINED.match(text, start) is not None
        if whole and ending[0][0] in ".!" and ending.start() - before >= _SHORTEST:
            yield before, ending.start() + 1
        before = ending.end()


@lru_cache(maxsize=1 << 14)  # agencies' sentences stand in many papers
def _told(sentence: str) -> tuple[Told, ...]:
    return tuple(filter(None, map(_of_clause, _clauses(sentence))))


def _clauses(sentence: str) -> list[str]:
    """The main clauses of a sentence that reports nobody's words, without those that tell of nothing done."""
    if not _QUOTES.isdisjoint(sentence) or _any_of("reporting")(sentence):
        return []
    clauses = _JOINED.split(_DATELINE.sub("", sentence))
    return [c for c in clauses if len(c) >= _SHORTEST and _past()(c) and not _any_of("undone")(c)]


@cache
def _any_of(name: str) -> Callable[[str], re.Match[str] | None]:
    """What finds a word of a list, with a capital or without; May is a month."""
    words = (word.replace("'", "['’]") for word in _data()[name])
    each = "|".join(word if word == "may" else f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words)
    return re.compile(rf"\b(?:{each})\b").search


@cache
def _past() -> Callable[[str], re.Match[str] | None]:
    """What finds a word that may be a verb in the past."""
    return re.compile(rf"(?:ed|\b(?:{'|'.join((*_data()['past'], *_data()['participles']))}))\b").search


def _of_clause(clause: str) -> Told | None:
    """What a clause tells by the first of its verbs, when nothing makes doubtful that it is the main one."""
    words = words_of(_LEADING.sub("", clause))
    for at, word in enumerate(words[:_SUBJECT]):
        if word.folded in listed("breaks") or (word.raw == "," and at):
            return None
        if not _is_past(words, at) or (at == 0 and not _has_object(words)):
            continue
        helper = _helper(words, at)
        if helper == "been" and listed("helpers").isdisjoint(w.folded for w in words[:at] if w.folded != "been"):
            return None
        told = next((words[:n] for n in range(at + 1, len(words)) if words[n].folded in listed("breaks")), words)
        if any(_is_past(told, n) for n in range(at + 1, len(told))):
            return None
        return Told(words_of(clause), told, at, helper in ("been", "was", "were"), stems_of(told))
    return None


def _is_past(words: Sequence[Word], at: int) -> bool:
    """Whether a word is a verb in the past, or a participle behind "has" or "was"; not the "jailed" of "the jailed"."""
    word, before = words[at].folded, words[at - 1].folded if at else ""
    helper = _helper(words, at)
    if helper in listed("be") and helper not in listed("helpers"):
        return False  # "is signed"
    if word in listed("past") or word in listed("participles"):
        return word in listed("past") or helper in listed("helpers")
    if len(word) < 5 or not word.endswith("ed") or words[at].raw[0].isupper():
        return False
    if word.endswith("eed") and word not in ("freed", "agreed", "guaranteed"):
        return False
    return before not in listed("determiners") and before not in ("a", "an") and not before[:1].isdigit()


def _helper(words: Sequence[Word], at: int) -> str:
    """The word before a verb, adverbs between them left out."""
    before = (w.folded for w in reversed(words[:at]) if w.folded not in listed("adverbs") and w.folded[-2:] != "ly")
    return next(before, "")


def _has_object(words: Sequence[Word]) -> bool:
    """Whether a clause that goes on with a verb, "and reopened the port", has something behind it."""
    after = words[1] if len(words) > 1 else None
    return after is not None and (after.folded in listed("determiners") or after.raw[0].isupper())


def _since(words: Sequence[Word], day: str) -> str | None:
    """The day on which it happened, where a word says it; None where it was at another time, or when is not clear."""
    found = ""
    for n, word in enumerate(words):
        before = words[n - 1].folded if n else ""
        if _A_YEAR(word.folded) or (word.folded in listed("spans") and before in ("last", "this", "past", "that")):
            return None
        if word.folded in _DAYS and day:
            found = shift(day, -((date.fromisoformat(day).weekday() - _DAYS.index(word.folded)) % 7))
        elif word.folded == "yesterday" and day:
            found = shift(day, -1)
        elif word.folded in listed("months") and word.raw[0].isupper():
            after = words[n + 1].folded if n + 1 < len(words) else ""
            number = after if after.isdecimal() else before
            if number.isdecimal() and day:
                found = _in_the_past(word.folded, int(number), day)
            if before in listed("since") or (number.isdecimal() and not found):
                return None
    return found


def _in_the_past(month: str, number: int, day: str) -> str:
    """The last such day of the year up to a day; "" when there is none."""
    wanted = f"-{_data()['months'].index(month) + 1:02}-{number:02}"
    try:
        year = date.fromisoformat(day).year
        found = f"{year}{wanted}" if f"{year}{wanted}" <= day else f"{year - 1}{wanted}"
        return date.fromisoformat(found).isoformat()
    except ValueError:
        return ""

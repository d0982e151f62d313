"""Tells the voices of a talk on paper, whose turns open with a name and a colon, and which of them only ask.

In: a text. Out: each voice with what it says in its turns, and those who ask what others answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from dragoman.reader.vocabulary import words
from dragoman.reading import Span

_LABEL = re.compile(
    r"[“\"]?(?P<who>[A-ZÀ-ÖØ-ÞČŠŽĆĐİŁ][^\s:;,!?\"“”«»()]*(?:\s+[^\s:;,!?\"“”«»()]+){0,6})(?P<more>\s*\([^)\n]{2,70}\))?"
    r"\s*:\s+(?=\S)"
)
_LONGEST = 130  # letters of a label with what stands in brackets
_MORE = 1.5  # who answers says at least so many times as much in a turn as who asks


def label_of(text: str, paragraph: Span) -> re.Match[str] | None:
    """The name that a paragraph opens with, `who`, and what stands in brackets after it, `more`."""
    match = _LABEL.match(text, paragraph.start, min(paragraph.end, paragraph.start + _LONGEST))
    if match is None:
        return None
    parts = match["who"].split()
    named = all(part[:1].isupper() or part == "&" or part.lower() in words("name_particles") for part in parts)
    return match if named else None


@lru_cache(maxsize=2)  # asked of one text for each of its paragraphs
def voices(text: str) -> dict[str, list[str]]:
    """What each voice says, turn by turn, by its label."""
    turns: dict[str, list[str]] = {}
    for line in text.split("\n"):
        turn = line.strip()
        if (match := label_of(turn, Span(0, len(turn)))) is not None:
            turns.setdefault(match["who"], []).append(turn[match.end() :])
    return turns


def answers(text: str, who: str) -> bool:
    """Whether a voice is that of the answers in "Q: … A: …"."""
    turns = voices(text)
    return any(who == a and q in turns for q, a in (("Q", "A"), ("Question", "Answer"), ("QUESTION", "ANSWER")))


@lru_cache(maxsize=2)
def who_asks(text: str) -> frozenset[str]:
    """The voices that ask, an interviewer's or a reporter's: what they say is no statement.

    Most of their turns are questions; or they open the talk, or ask every other time, and somebody who asks nothing
    answers at greater length.
    """
    turns = voices(text)
    talk = {voice: said for voice, said in turns.items() if len(said) > 1}
    first = next(iter(talk), None)
    longest = max((_mean(said) for said in talk.values() if not _questions(said)), default=0.0)
    return frozenset(voice for voice, said in turns.items() if _asks(said, opens=voice == first, longest=longest))


def _asks(said: Sequence[str], *, opens: bool, longest: float) -> bool:
    questions = _questions(said)
    if 2 * questions > len(said):
        return True
    answered = len(said) > 1 and longest >= _MORE * _mean(said)
    return questions > 0 and answered and (opens or 2 * questions == len(said))


def _questions(said: Sequence[str]) -> int:
    return sum(turn.rstrip("”\"'’ ").endswith("?") for turn in said)


def _mean(said: Sequence[str]) -> float:
    return sum(map(len, said)) / len(said)

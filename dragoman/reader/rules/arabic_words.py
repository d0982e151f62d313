"""Cuts an Arabic sentence into words, and tells what a word can be: a reporting verb, a participle, a connector.

In: a text, the bounds of a sentence and the quotations in it. Out: words and their classes, which come from
`cues_ar.json`; letters are folded first, so that spellings with and without hamza are one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from dragoman.folding import fold
from dragoman.reader.vocabulary import data
from dragoman.reading import Span

ARABIC = re.compile(r"[\u0620-\u064a]")
_WORD = re.compile(r"[\w\u064b-\u0652\u0670]+|[^\w\s]")
THAT = frozenset(("ان", "بان", "انه", "انها", "انهم", "بانه", "بانها", "بانهم", "الا", "بالا"))
Range = tuple[int, int]  # words [low, high) of a sentence
_CUE_WORD = re.compile(r"[\w\u064b-\u0652]+")


class Word(NamedTuple):
    """A word, a mark or a whole quotation of an Arabic sentence, and its folded form."""

    start: int
    end: int
    text: str
    low: str
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb: what may follow and its usual act."""

    frames: tuple[str, ...]
    act: str


@cache
def verbs() -> dict[str, Verb]:
    """Every form of every Arabic reporting verb, folded."""
    return {
        fold(form): Verb(tuple(row["frames"]), row["act"])
        for row in data("cues_ar.json")["verbs"]
        for form in row["forms"].split()
    }


@cache
def nouns(name: str) -> frozenset[str]:
    """An Arabic word class, folded."""
    return frozenset(fold(w) for w in data("cues_ar.json")[name].split())


def verb_of(low: str) -> Verb | None:
    """The reporting verb that a folded word is a form of, "and" before it or not."""
    known = verbs().get(low)
    if known is None and len(low) > 3 and low[0] in "وف":
        known = verbs().get(low[1:])
    return known


def act_of_cue(cue: str) -> str | None:
    """The usual act of an Arabic cue; None when no known verb is in it."""
    for word in _CUE_WORD.findall(cue):
        verb = verb_of(fold(word))
        if verb is not None:
            return verb.act
    return None


def words_of(text: str, sentence: Span, quoted: Sequence[Span]) -> list[Word]:
    """The words and marks of a sentence; each quotation in it is one word, except where it is the name of an outlet."""
    out: list[Word] = []
    at = sentence.start
    for q in [q for q in quoted if sentence.start <= q.start < sentence.end]:
        out += [Word(m.start(), m.end(), m.group(), fold(m.group())) for m in _WORD.finditer(text, at, q.start)]
        if out and is_outlet_noun(out[-1].low):  # "صحيفة «كذا»" is a name
            name = text[q.start : q.end].strip('«»“”"')
            start = q.start + text[q.start : q.end].find(name)
            out += [Word(m.start(), m.end(), m.group(), "") for m in _WORD.finditer(text, start, start + len(name))]
            at = min(q.end, sentence.end)
            continue
        out.append(Word(q.start, min(q.end, sentence.end), text[q.start : q.end], "", True))
        at = min(q.end, sentence.end)
    return out + [Word(m.start(), m.end(), m.group(), fold(m.group())) for m in _WORD.finditer(text, at, sentence.end)]


def is_outlet_noun(low: str) -> bool:
    """Whether a folded word is "صحيفة", "لقناة" and the like."""
    return low in nouns("outlets") or (low[:1] in "ولب" and low[1:] in nouns("outlets"))


def is_participle(low: str) -> bool:
    """Whether a cue goes on with the subject of the verb before it: "مؤكدا", "داعيا"."""
    low = low.removeprefix("و")
    return low[:1] == "م" or low in nouns("participles")


def is_negative(low: str) -> bool:
    """Whether a folded word denies the verb after it."""
    return low in nouns("negatives") or (low[:1] in ("و", "ف") and low[1:] in nouns("negatives"))


def stands_as_verb(words: Sequence[Word], i: int) -> bool:
    """Whether the cue at word i reports, not names somebody or tells what will not be said."""
    before = words[i - 1].low if i else ""
    if [w.low for w in words[i + 1 : i + 3]] in (["عدم", "الكشف"], ["عدم", "ذكر"], ["عدم", "نشر"]):
        return False  # "who asked not to be named"
    if before in ("عندما", "حينما", "حين", "بعدما") and words[i - 2 : i - 1] and words[i - 2].low.lstrip("و") != "في":
        return any(tells(w) for w in words[i + 1 : i + 8])  # "when it accepted" tells what was done
    if before in ("لن", "ولن", "فلن"):  # what somebody will not say is content, not reporting
        return False
    return before not in ("من", "في", "علي", "الي", "عن", "قبل", "بعد", "كل", "اي") or words[i].low in (
        "قوله",
        "قولها",
        "قولهم",
    )


def tells(word: Word) -> bool:
    """Whether what is said begins with or right after a word: "أن", a quotation, a colon."""
    return word.low in THAT or word.quote or word.text == ":"


def opens_clause(word: Word) -> bool:
    """Whether a subject may follow a word that opens a clause: "غير أن", "وكان", "لكن"."""
    low = word.low
    return low in nouns("connectors") or low.removeprefix("و") in ("ان", "كان", "كانت", "اما", "لكن")

"""Cuts what was said down to the few words that a table shows.

In: statements and their words. Out: plain clauses without quotation marks, "that" and modal verbs, gerunds, and noun
phrases; always words of the text, at most with another ending.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from dragoman.folding import fold
from dragoman.reader.draft import Draft
from dragoman.reading import Span, Statement

_QUOTES = re.compile(r"[“”\"«»„]|(?<![^\W_])[‘'’](?=\S)|(?<=\S)[’'](?![^\W_])|(?<=\s)[’'‘](?=\s)")
_BLANK = re.compile(r"\s+")
_LEAD = re.compile(r"(?:that|إن|أن|ان|بأن|بأنه|إنه|إنها|أنه|أنها)\s+", re.IGNORECASE)
_MODAL = (
    r"(?:will|would|shall|should|could|can|may|might|must|cannot|can't|won't|wouldn't|couldn't|shan't|'ll|['’]d|need)"
)
_READY = (
    r"(?:(?:is|are|was|were|be|being|am|remains|remained|stood|stands)\s+)?(?:quite\s+|fully\s+|not\s+)?"
    r"(?:ready|prepared|willing|inclined|able|happy|due|free|minded|likely|set|going|averse|opposed|open|unwilling)"
    r"\s+to"
)
_ADVERB = r"(?:(?:not|never|also|now|only|then|still|even|simply|just|no longer|first|again|have|be ready to|be prepared to)\s+)*"
CORE = re.compile(rf"(?<!\w)(?:{_MODAL}|{_READY})\s+{_ADVERB}(?P<core>[^\W\d_][\w'’-]*)", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"(?<!\w)(?:not|no|never|nothing|nobody|none|neither|nor|cannot|without|refus\w+|reject\w+|rul\w+ out|withhold\w*|"
    r"\w+n['’]t|لن|لا|ليس|لم)(?!\w)",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"(?<!\w)(?:any|a single|anybody|anything|anyone|one)(?!\w)", re.IGNORECASE)
_DETERMINERS = re.compile(r"(?:the|a|an|any|its|their|his|her|our|my|your|this|that|these|those|such|some)\s+", re.IGNORECASE)


@cache
def _report_verbs() -> frozenset[str]:
    data = resources.files("dragoman.reader").joinpath("data", "report_verbs.json").read_text("utf-8")
    return frozenset(json.loads(data)["words"])


def plain(text: str) -> str:
    """`text` on one line, without quotation marks and outer punctuation."""
    return _BLANK.sub(" ", _QUOTES.sub("", text.replace("’s", "'s"))).strip(" ,;:–—-…")


def said(draft: Draft, statement: Statement, *, cue: bool = False) -> str:
    """What `statement` says, on one line; words of a statement within it are left out, a leading "that" too.

    With `cue` a cue that says part of the matter ("will sign", "rejects") stands before it.
    """
    text = draft.document.text
    nested = [s for s in draft.statements if s.within == statement.id]
    pieces = list(statement.content)
    if nested:
        holes = [span for s in nested for spans in (s.source, s.cue, s.content) for span in spans]
        pieces = [piece for span in pieces for piece in without(span, holes)]
    words = " ".join(text[start:end].strip() for start, end in pieces)
    words = _LEAD.sub("", plain(words), count=1) if _LEAD.match(plain(words)) else plain(words)
    if cue and (lead := own_cue(draft, statement)):
        return f"{lead} {words}"
    return words


def own_cue(draft: Draft, statement: Statement) -> str:
    """The cue where it says part of the matter itself, else nothing."""
    if not statement.cue or not statement.content or statement.cue.start > statement.content.end:
        return ""
    cue = plain(statement.cue.text(draft.document, joint=" "))
    words = set(re.findall(r"[\w:]+", cue.lower()))
    return "" if not words or words & _report_verbs() or not any(w.isalpha() for w in words) else cue


def without(span: Span, holes: Iterable[Span]) -> list[Span]:
    """What is left of `span` without `holes`."""
    left, start = [], span.start
    for hole in sorted(holes):
        if hole.end <= start or hole.start >= span.end:
            continue
        if hole.start > start:
            left.append(Span(start, hole.start))
        start = max(start, hole.end)
    if start < span.end:
        left.append(Span(start, span.end))
    return left


def is_negative(clause: str) -> bool:
    """Whether a clause says no to something."""
    return bool(_NEGATIVE.search(clause))


def is_single(clause: str) -> bool:
    """Whether a clause speaks of "any" or "a single" thing, as requirements do of what has to wait."""
    return bool(_SINGLE.search(clause))


def gerund(verb: str) -> str:
    """The -ing form of an English verb in its plain form; Arabic and nouns stay as they are."""
    word = verb.lower()
    if not word.isascii() or not word.isalpha() or word.endswith("ing"):
        return verb
    special = {"be": "being", "have": "having", "see": "seeing", "free": "freeing", "agree": "agreeing", "die": "dying",
               "lie": "lying", "tie": "tying", "flee": "fleeing", "guarantee": "guaranteeing"}  # fmt: skip
    if word in special:
        return special[word]
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1] + "ing"
    if word in ("quit", "begin", "submit", "admit", "permit", "commit", "forget", "upset", "withdraw") or re.fullmatch(
        r"[^aeiou]*[aeiou][bdgmnprt]", word
    ):
        return word + ("ing" if word == "withdraw" else word[-1] + "ing")
    return word + "ing"


def withheld(clause: str) -> str:
    """What a clause holds back or offers, as a short phrase: "there will be no return to Geneva" -> "return to Geneva"."""
    clause = plain(clause)
    bare = re.match(r"(?:.*?(?<!\w))?(?:there (?:will|would|can|could|must|is|was|shall|should)(?:n['’]t)?"
                    r"(?: (?:not|never))?(?: be)?|see|sees|wants?|accepts?|have|has)\s+"
                    r"(?:no|not a|not an|not any|nothing)\s+(?P<rest>.+)", clause, re.IGNORECASE)  # fmt: skip
    if bare:
        return trim(bare["rest"])
    if re.match(r"(?:no|not an?|not any)\s", clause, re.IGNORECASE):
        return trim(re.sub(r"^(?:no|not an?|not any)\s+", "", clause, flags=re.IGNORECASE))
    found = list(CORE.finditer(clause))
    if found:
        core = found[-1] if len(found) > 1 and "to" in clause[found[-1].start() : found[-1].start("core")] else found[0]
        verb, rest = core["core"], clause[core.end() :]
        subject = clause[: core.start()]
        if verb.lower() == "be":
            return trim(f"{subject} {rest}")
        rest = re.sub(r"^\s+(?:no|not any)\s+", " ", rest)
        rest = re.sub(r"^\s+nothing(?!\w)", " anything", rest)
        return trim(f"{gerund(verb)}{rest}")
    return trim(_PERFORMATIVE.sub("", clause))


_PERFORMATIVE = re.compile(
    r"^(?:.{0,60}?(?<!\w))?(?:ruled? out|rules out|refuse[sd]?(?: to)?|reject(?:s|ed)?|has accepted|have accepted|accept(?:s|ed)?|"
    r"threaten(?:s|ed)?(?: to)?|offer(?:s|ed)?(?: to)?|has offered(?: to)?|vow(?:s|ed)?(?: to)?|pledge[sd]?(?: to)?|"
    r"promise[sd]?(?: to)?|agree[sd]?(?: to)?|undertakes?(?: to)?|undertook(?: to)?)\s+",
    re.IGNORECASE,
)


def trim(phrase: str, *, most: int = 16) -> str:
    """A phrase without outer punctuation, trailing clauses and reporting, at most `most` words long."""
    phrase = plain(phrase)
    phrase = re.split(r"\s+(?:which|who|whose|adding|because|although|though|whereas|where|failing)\s|[;:(]|\s[–—-]\s|, (?:but|and then|said|he|she|they|it)\s",
                      phrase)[0]  # fmt: skip
    words = phrase.split()
    return plain(" ".join(words[:most]))


def bare_noun(phrase: str) -> str:
    """A phrase without its leading determiners."""
    shorter = _DETERMINERS.sub("", phrase, count=1) if _DETERMINERS.match(phrase) else phrase
    return shorter if shorter else phrase


def overlap(first: str, second: str) -> float:
    """How many words two phrases share, as F1 of their folded stems."""
    one, two = stems(first), stems(second)
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


@cache
def stems(phrase: str) -> frozenset[str]:
    """The stems of the words of a phrase that carry meaning."""
    return frozenset(_stem(w) for w in re.findall(r"[^\W_]+", fold(phrase)) if w not in _SMALL)


_SMALL = frozenset(
    """a an the of to in on at by for from with and or but as that this these those it its their his her our is are was
    were be been being has have had will would should shall may might can could there all any not no do does did than
    then so such which who whom whose into over under about after before until unless if""".split()  # noqa: SIM905
)


def _stem(word: str) -> str:
    for ending, least in (("ing", 6), ("ed", 5), ("es", 6), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3:
        word = re.sub(r"y$", "i", word).rstrip("e")
    return re.sub(r"([^\d])\1$", r"\1", word)

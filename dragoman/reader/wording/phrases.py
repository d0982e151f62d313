"""Cuts clauses down to the few words that a table shows, and tells whether they say no.

In: words of a text. Out: the same words on one line without quotation marks, trailing clauses and reporting.
"""

from __future__ import annotations

import re
from functools import lru_cache

_QUOTES = re.compile(r"[“”\"«»„]|(?<![^\W_])[‘'’](?=\S)|(?<=\S)[’'](?![^\W_])|(?<=\s)[’'‘](?=\s)")
_MARKS = frozenset("“”\"«»„‘’'")
_APOSTROPHE = re.compile(r"(?<=[^\W_])[’‘](?=[^\W_])")
_STOP = re.compile(r"(?<!\.\w)(?<!\d\.)\.$")
_MODAL = (
    r"(?:will|would|shall|should|could|can|may|might|must|cannot|can't|won't|wouldn't|couldn't|shan't|'ll|['’]d|need)"
)
_READY = (
    r"(?:(?:is|are|was|were|be|being|am|remains|remained|stood|stands)\s+)?(?:quite\s+|fully\s+|not\s+)?"
    r"(?:ready|prepared|willing|inclined|disposed|able|happy|due|free|minded|likely|set|going|averse|opposed|open|unwilling|"
    r"in a position)"
    r"\s+to"
)
_ADVERB = (
    r"(?:(?:all|both|neither|not|never|also|now|only|then|still|even|simply|just|no longer|first|again|rather|"
    r"(?!(?:re|ap|sup|com|im|multi)?ply\b|rely\b|fly\b|[abrt]\w{0,2}lly\b)[a-z]{3,}ly|"
    r"so much as|have(?= (?!n?one\b)\w+(?:ed|en|wn|ne|pt)\b)|be ready to|be prepared to)\s+)*"
)
CORE = re.compile(
    rf"(?<!\w)(?:{_MODAL}|{_READY})\s+{_ADVERB}(?!(?:a|an|any|the|and|or|but|that|it|no|not|to|so|have a|in|on|"
    rf"at|of)\b)"
    r"(?P<core>[^\W\d_][\w'’-]*)",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"(?<!\w)(?:not|no(?![ -]confidence(?!\w))|never|nothing|nobody|none|neither|nor|cannot|"
    r"without|refus\w+|reject\w+|rul\w+ out|withhold\w*|"
    r"\w+n['’]t|لن|لا|ليس|لم)(?!\w)",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"(?<!\w)(?:any|a single|anybody|anything|anyone|one)(?!\w)", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r",? and not (?:before|(?:an?|one) \w+ (?:before|earlier|sooner|later)|otherwise|on|until|in|its)(?!\w).*$"
)
_BESIDE = re.compile(r"\s\([^()]{1,40}\)(?=\s)")  # "the Free Coast Movement (FCM) lays down its arms"
_TRAILING = re.compile(
    r"\s+(?:which|who|whose|adding|because|although|though|whereas|where|failing)\s|[;:(]|\s[–—-]\s|"
    r", (?:but|and then|and without|and nothing|and nobody|and there|said|he|she|they|it)\s"
)


@lru_cache(maxsize=1 << 13)
def plain(text: str) -> str:
    """`text` on one line, without quotation marks and outer punctuation."""
    if not _MARKS.isdisjoint(text):
        text = _QUOTES.sub("", _APOSTROPHE.sub("'", text))
    text = " ".join(text.split()).strip(" ,;:–—-…!?؟")
    return _STOP.sub("", text) if text.endswith(".") else text


def is_negative(clause: str) -> bool:
    """Whether a clause says no to something."""
    return bool(_NEGATIVE.search(clause))


def is_single(clause: str) -> bool:
    """Whether a clause speaks of "any" or "a single" thing, as requirements do of what has to wait."""
    return bool(_SINGLE.search(clause))


def short(phrase: str) -> str:
    """A phrase up to its first comma, where three words or more stand before that."""
    head = phrase.split(", ")[0]
    return head if len(head.split()) >= 3 else phrase


def trim(phrase: str, *, most: int = 12) -> str:
    """A phrase without outer punctuation, trailing clauses and reporting, at most `most` words long."""
    phrase = plain(phrase)
    if "(" in phrase:
        phrase = _BESIDE.sub("", phrase)
    if " and not " in phrase:
        phrase = _NOT_BEFORE.sub("", phrase)
    phrase = _TRAILING.split(phrase, maxsplit=1)[0]
    words = phrase.split()
    return plain(" ".join(words[:most]))

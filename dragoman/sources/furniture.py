"""Tells what one line of a page is: furniture that the web wrapped around an article, or the article itself.

In: one line. Out: a Kind. Which words are furniture, in which language, stands in `data/furniture.json`; what a line
is worth in its place (top, middle, tail) is decided in `clean.py`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, lru_cache
from importlib import resources

from dragoman.folding import fold


class Kind(Enum):
    """What one line is by itself."""

    BLANK = "blank"
    BODY = "body"  # a sentence, or long enough to hold one
    SHORT = "short"  # a few words without the end of a sentence: a subheading, a name, a link
    WEAK = "weak"  # furniture if its neighbours are
    FURNITURE = "furniture"
    LIST = "list"  # heading of a list of links
    COMMENTS = "comments"  # heading of readers' comments
    ENDS = "ends"  # "ENDS" of a release


# Openings and pointers begin short lines only; a sentence of the article that begins alike is longer.
_LONGEST_OPENING = 22
_LONGEST_POINTER = 30
_LONGEST_INSIDE = 25
_LONGEST_SHORT = 12  # words; longer lines are never links or buttons without a furniture phrase
_SEGMENTS = re.compile(r"\s*[|·•‖│»›>●▪–—]\s*|\s+-\s+|\s{3,}|\s+/\s+")
_CRUMBS = re.compile(r"\s*[>»›→/]\s*")
_NOT_WORD = re.compile(r"[^\w@©+#]+|_+")
_NUMBER = re.compile(r"(?:^|(?<=\s))(?:\d[\w]*)(?=\s|$)")
_COUNTER = re.compile(r"^[^.!?؟。:]{2,40}?\s*[\[(]\s*\d[\d.,kKmM]*\s*[\])]$")
SENTENCE_END = re.compile(r"[.!?؟۔。！？…।]['\"”’»)\]]*$")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]")
_WEATHER = re.compile(r"\d\s?°\s?[CF]?\W*$")
_BULLET = re.compile(r"^\s*(?:[-–—*•▪●◦‣·→▶►]|\d{1,3}[.)]|[٠-٩]{1,3}[.)])\s+")


@dataclass(frozen=True, slots=True)
class _Phrases:
    whole: dict[str, Kind] = field(default_factory=dict)
    openings: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by first word; "" for scripts without spaces
    pointers: frozenset[str] = frozenset()
    notices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)  # of lists, of two words at least
    inside: tuple[str, ...] = ()  # padded with spaces, as words; bare in scripts without spaces


def key(line: str) -> str:
    """`line` reduced to what is compared: folded, without emoji, punctuation and numbers."""
    folded = _NOT_WORD.sub(" ", fold(line))
    return " ".join(_NUMBER.sub(" ", folded).split())


@cache
def _phrases() -> _Phrases:
    data = json.loads(resources.files(__package__).joinpath("data", "furniture.json").read_text("utf-8"))
    whole: dict[str, Kind] = {}
    openings: dict[str, list[str]] = {}
    notices: dict[str, list[str]] = {}
    headings: dict[str, list[str]] = {}
    pointers: set[str] = set()
    inside: set[str] = set()
    kinds = (("weak", Kind.WEAK), ("ends", Kind.ENDS), ("lines", Kind.FURNITURE), ("lists", Kind.LIST),
             ("comments", Kind.COMMENTS))  # fmt: skip
    for lists in data["languages"].values():
        for name, kind in kinds:
            for phrase in lists.get(name, ()):
                if (k := key(phrase)) and not (kind is Kind.WEAK and k in whole):
                    whole[k] = kind
        for name, table in (("openings", openings), ("notices", notices), ("lists", headings)):
            for phrase in lists.get(name, ()):
                if (k := key(phrase)) and (name != "lists" or " " in k):
                    first = "" if _unspaced(k) else k.split()[0]
                    table.setdefault(first, []).append(k)
        pointers.update(key(phrase) for phrase in lists.get("pointers", ()))
        inside.update(k if _unspaced(k) else f" {k} " for phrase in lists.get("inside", ()) if (k := key(phrase)))
    whole.pop("", None)
    return _Phrases(
        whole,
        {k: tuple(v) for k, v in openings.items()},
        frozenset(pointers - {""}),
        {k: tuple(v) for k, v in notices.items()},
        {k: tuple(v) for k, v in headings.items()},
        tuple(sorted(inside)),
    )


def word_count(line: str) -> int:
    """How many words a line has; two letters count as one word in scripts without spaces."""
    return len(line.split()) + len(_CJK.findall(line)) // 2


def is_bulleted(line: str) -> bool:
    """Whether a line starts with a bullet or a number."""
    return bool(_BULLET.match(line))


def starts_with_emoji(line: str) -> bool:
    """Whether a line starts with a pictogram, as menus and widgets do."""
    first = line.lstrip()[:1]
    return bool(first) and (unicodedata.category(first) == "So" or first >= "\U0001f000") and first not in "©®°"


def is_counter(line: str) -> bool:
    """Whether a line is a label with a number in brackets: "Comments (12)" in any language."""
    return bool(_COUNTER.match(line.strip())) and word_count(line) <= 6


@lru_cache(maxsize=4096)
def kind_of(line: str) -> Kind:
    """What `line` is by itself."""
    stripped = line.strip()
    if not stripped:
        return Kind.BLANK
    if len(stripped) > 1200:
        return Kind.BODY
    phrases, words, k = _phrases(), word_count(stripped), key(stripped)
    if stripped.strip("*-_=~#.· ") == "" or stripped in ("###", "# # #", "-30-", "- 30 -"):
        return Kind.ENDS if "#" in stripped or "30" in stripped else Kind.SHORT
    if not k:
        pictured = any(unicodedata.category(c) == "So" for c in stripped)
        return Kind.FURNITURE if pictured else Kind.SHORT if any(c.isdigit() for c in stripped) else Kind.WEAK
    tagged = all(w.startswith("#") for w in stripped.split()) or (words <= 3 and re.match(r"#[^\W\d]", stripped))
    if words <= 12 and (tagged or _WEATHER.search(stripped)):
        return Kind.FURNITURE
    if (whole := phrases.whole.get(k)) and words <= 12 and not _says_something(stripped):
        counted = whole is Kind.WEAK and stripped[0].isdigit() and words <= 3  # "1.2k shares"
        return Kind.FURNITURE if counted else whole
    if _begins(k, phrases.notices):
        return Kind.FURNITURE
    if words <= _LONGEST_OPENING and not _says_something(stripped) and _begins(k, phrases.openings):
        return Kind.FURNITURE
    if words <= _LONGEST_POINTER and _points_elsewhere(stripped, phrases):
        return Kind.FURNITURE
    if words <= _LONGEST_INSIDE and _holds(k, phrases.inside):
        return Kind.FURNITURE
    if words <= 7 and not SENTENCE_END.search(stripped) and _begins(k, phrases.headings):
        return Kind.LIST  # "Most read this week"
    if words <= 24 and (pieces := _piecewise(stripped, phrases)):
        return pieces
    if SENTENCE_END.search(stripped) or words > _LONGEST_SHORT:
        return Kind.BODY
    return Kind.SHORT


def _says_something(line: str) -> bool:
    """Whether a line quotes or reports, which buttons and notices do not."""
    return bool(re.search(r"[\"“”«»„][^\"“”«»„]{2,}[\"“”«»„]|\b(?:said|says|told)\b", line))


def _begins(k: str, table: dict[str, tuple[str, ...]]) -> bool:
    first = k.split(" ", 1)[0]
    if any(k == p or k.startswith(p if p.endswith("@") else p + " ") for p in table.get(first, ())):
        return True
    return any(k.startswith(p) for p in table.get("", ()))


def _points_elsewhere(line: str, phrases: _Phrases) -> bool:
    head, colon, _ = re.sub("：", ":", line).partition(":")
    return bool(colon) and len(head) <= 40 and key(head) in phrases.pointers


def _holds(k: str, inside: tuple[str, ...]) -> bool:
    padded = f" {k} "
    return k.startswith("©") or any(p in padded for p in inside)


def _unspaced(k: str) -> bool:
    """Whether a phrase is of a script that does not divide words, so that it may stand anywhere in a line."""
    return bool(_CJK.match(unicodedata.normalize("NFC", k)))


def _piecewise(line: str, phrases: _Phrases) -> Kind | None:
    """FURNITURE for a bar of buttons ("Print | E-mail | Share on X") or a trail of sections ("Home > News > World")."""
    pieces = [p for p in _SEGMENTS.split(line) if key(p)]
    if len(pieces) < 2:
        return None
    keys = [key(piece) for piece in pieces]
    found = [phrases.whole.get(k) or (Kind.FURNITURE if _begins(k, phrases.openings) else None) for k in keys]
    known = sum(f is not None for f in found)
    strong = sum(f is not None and f is not Kind.WEAK for f in found)
    longest = max(word_count(p) for p, f in zip(pieces, found, strict=True) if f is None) if known < len(found) else 0
    if known == len(found) or (known >= 2 and 2 * known > len(found) and longest <= 4):
        return Kind.FURNITURE
    if strong and known * 2 >= len(found) and longest <= 4:
        return Kind.FURNITURE
    crumbs = [p for p in _CRUMBS.split(line) if key(p)]
    if len(crumbs) >= 3 and phrases.whole.get(key(crumbs[0])) is Kind.WEAK and max(map(word_count, crumbs[:-1])) <= 5:
        return Kind.FURNITURE
    return None

"""Reads the head of an article: headline, byline, dateline.

In: clean text. Out: a Masthead with the title, outlet, author and day of publication that the head states plainly, and
None for whatever it leaves open: a town and a paper can bear one name, so only what looks like an outlet is one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dragoman.folding import fold
from dragoman.sources.days import Day, find_day
from dragoman.sources.furniture import SENTENCE_END
from dragoman.sources.stamps import agency_of, first_published, is_stamp, without_stamps

_HEAD_LINES = 7
_CAPTIONS = 2  # so many may stand between the headline and the dateline
_LONGEST_LINE = 160
_LONGEST_TITLE = 240
_DATELINE = 140  # a dateline starts the first paragraph and ends within this many characters
_PIECES = re.compile(r"\s*[,،;|·/]\s*|\s+[-–—]+\s+|\.\s+|\s*[()]\s*")
_BYLINE_PIECES = re.compile(r"\s*[,،;|·]\s*|\s+[-–—]+\s+|\s*[()]\s*")
_BEFORE_A_DAY = re.compile(r"\b(?:on|in|of|since|until|till|by|from|before|after|to|for|and|the|of)\s*$", re.I)
_DATELINE_END = re.compile(r"^\s*[.,]?\s*(?:[(/]\s*(?P<outlet>[^()/]{2,60}?)\s*[)/])?\s*(?:[-–—:.]+|$)")
_DATELINE_OUTLET = re.compile(r"^(?P<place>[^()\n.!?]{2,60}?)\s*\((?P<outlet>[^()]{2,60})\)\s*(?:[-–—,]|$)")
_NUMBER = re.compile(r"\d")
_NAME = re.compile(
    r"(?:(?:Dr|Prof|Sir|Dame)\.?\s+)?[^\W\d_][\w.'’-]*(?:\s+(?:(?:de|da|del|della|di|dos|das|van|von|der|den|ter|bin|ibn|al|el|ben|la|le|du|of|y|e|Ó|Ní)\s+)*"
    r"[^\W\d_][\w.'’-]*){1,3}"
)


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the head of an article says of itself."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None


@cache
def _words() -> dict[str, frozenset[str]]:
    data = json.loads(resources.files(__package__).joinpath("data", "mastheads.json").read_text("utf-8"))
    return {name: frozenset(values) for name, values in data.items() if isinstance(values, list)}


def read_masthead(text: str) -> Masthead:
    """The masthead of a clean article."""
    lines = [line.strip() for line in text[:6000].split("\n") if line.strip()]
    if not lines:
        return Masthead()
    title = _title(text, lines)
    outlet = author = None
    day: Day | None = None
    for number, line in enumerate(lines[: _HEAD_LINES + 1]):
        if line == title:
            # A transcript or bulletin may carry its day at the end of its headline, behind a comma.
            here = find_day(line)
            if here is not None and re.search(r"[,،|]\s*$", line[: here.start]):
                day = here
            continue
        is_head = number < _HEAD_LINES and _is_head_line(line)
        if is_head and is_stamp(line):
            # Of "Updated" and "Published" the day of the second counts, wherever it stands.
            day = first_published(line) or day or find_day(line)
            outlet = outlet or agency_of(without_stamps(line))
            continue
        if author is None and is_head:
            author, beside = _author(line)
            outlet = outlet or beside
        here = find_day(line[:_LONGEST_LINE])
        if day is None and here is not None:
            found = _from_head_line(line, here) if is_head else _from_dateline(line, here)
            if found is not None:
                day, outlet = here, outlet or found.outlet
        elif here is None and outlet is None and (match := _DATELINE_OUTLET.match(line[:_DATELINE])) and not is_head:
            outlet = _as_outlet(match["outlet"], sure=match["place"].isupper())
        elif here is None and outlet is None and is_head and number <= 2 and line != title:
            pieces = [line] if len(line.split()) <= 6 else []
            pieces += _PIECES.split(line)[:1] if number == 0 else []
            outlet = next((o for piece in pieces if (o := _as_outlet(piece, sure=False))), None)
        if not is_head and number > 0:
            outlet = outlet or _agency_below(lines[number + 1 : number + 1 + _CAPTIONS + 1])
            break
    return Masthead(title, outlet, author, day.iso if day else None)


def is_dated(line: str) -> bool:
    """Whether a line gives a day and nothing else but an outlet or a place: "Harbour Post, 8 February 2027"."""
    line = line.strip()
    day = find_day(line[:_LONGEST_LINE])
    if day is None or len(line) > _LONGEST_LINE:
        return False
    rest = without_stamps(line)
    named = all(word[:1].isupper() or len(word) <= 3 for word in re.findall(r"[^\W\d]+", rest))
    apart = not line[: day.start].strip() or re.search(r"[,،;|·–—-]\s*$", line[: day.start]) is not None
    return named and apart and len(rest.split()) <= 8 and not _NUMBER.search(rest)


def _agency_below(lines: list[str]) -> str | None:
    """The agency that a line below a caption names, alone or in its dateline."""
    for line in lines:
        match = _DATELINE_OUTLET.match(line[:_DATELINE])
        if agency := agency_of(match["outlet"]) if match else agency_of(line) if is_stamp(line) else None:
            return agency
    return None


# ------------------------------------------------------------------------------------------------ title


def _title(text: str, lines: list[str]) -> str | None:
    """The headline: the first line unless that is a letterhead, then the single line below it, or a stamp or byline."""
    blocks = [[line.strip() for line in block.split("\n")] for block in re.split(r"\n\s*\n", text[:6000].strip())]
    first = blocks[0]
    dated = any((d := find_day(line)) and len(line) - (d.end - d.start) < 40 for line in first[:3])
    if dated and len(first) > 1 and len(blocks) > 2 and len(blocks[1]) == 1 and _is_headline(blocks[1][0]):
        if is_stamp(blocks[1][0]):
            return next((line for line in reversed(first) if not is_stamp(line)), first[0])
        if find_day(blocks[1][0]) is None:  # else the caption of a picture
            return blocks[1][0]
    above = next((n for n, line in enumerate(lines[:_HEAD_LINES]) if not _above_title(line, lines[n + 1 :])), 0)
    candidate = lines[above]
    if above and SENTENCE_END.search(candidate) and candidate.endswith("."):
        return None  # the article begins below its byline
    return candidate if len(lines) > above + 1 and _is_headline(candidate) else None


def _above_title(line: str, below: list[str]) -> bool:
    """Whether a line stands above a headline and is none: a stamp, a byline, an outlet over its day."""
    if line.startswith("- ") or is_stamp(line) or _author(line)[0] is not None:
        return True
    outlet = _as_outlet(line, sure=False) or agency_of(line)
    return outlet is not None and len(line.split()) <= 5 and bool(below) and is_stamp(below[0])


def _is_headline(line: str) -> bool:
    if len(line) > _LONGEST_TITLE or len(line.split()) > 40:
        return False
    bare = line.rstrip("\"'”’»)")
    if not re.search(r"[.。।۔]$", bare) or bare.endswith(("...", "…")):
        return True
    return len(bare.split()) <= 12 and ". " not in bare


# ------------------------------------------------------------------------------------------------ lines


@dataclass(frozen=True, slots=True)
class _Found:
    outlet: str | None


def _is_head_line(line: str) -> bool:
    """Whether a line may be a byline, a date or an outlet: short, and no sentence."""
    if len(line) > _LONGEST_LINE:
        return False
    return len(line.split()) <= 14 and (not SENTENCE_END.search(line) or find_day(line) is not None)


def _from_head_line(line: str, day: Day) -> _Found | None:
    """Outlet beside a date in a line of the head; None when the date is a part of a sentence there."""
    before, after = line[: day.start], line[day.end :]
    if _BEFORE_A_DAY.search(before) and not before.rstrip().endswith(","):
        return None
    pieces = [p for p in (*_PIECES.split(before), *_PIECES.split(after)) if p]
    if len(pieces) > 5 or any(len(p.split()) > 9 for p in pieces):
        return None
    for piece in pieces:
        if outlet := _as_outlet(piece, sure=False):
            return _Found(outlet)
    return _Found(None)


def _from_dateline(line: str, day: Day) -> _Found | None:
    """Outlet of "PLACE, 8 February 2027 (Agency) -" at the start of a paragraph; None when there is no dateline."""
    if day.start > 60 or day.end > _DATELINE:
        return None
    before = line[: day.start].strip(" ,،-–—(")
    match = _DATELINE_END.match(line[day.end :])
    if match is None or len(before.split()) > 8 or _BEFORE_A_DAY.search(before) or re.search(r"[!?;]", before):
        return None
    if match["outlet"]:
        return _Found(_as_outlet(match["outlet"].split(",")[0], sure=True))
    inside = re.search(r"\(([^()]{2,60})\)$", before)
    return _Found(_as_outlet(inside[1], sure=True) if inside else None)


def _as_outlet(piece: str, *, sure: bool) -> str | None:
    """`piece` as the name of an outlet, when it looks like one or stands where only an outlet does."""
    piece = re.sub(r"\s+", " ", piece).strip(" -–—,.:·|")
    words = [w for w in re.split(r"[^\w]+", fold(piece)) if w]
    known = _words()
    if re.match(r"\d{1,2}[:.]\d\d", piece):  # an hour in brackets
        return None
    if agency := agency_of(piece):
        return agency
    while len(words) > 1 and words[-1] in known["outlet_tails"] and piece.split()[-1].islower():
        piece, words = piece.rsplit(" ", 1)[0], words[:-1]
    if not words or len(words) > 10 or not piece[:1].isalnum() or (piece.islower() and piece.isascii()):
        return None
    if find_day(piece) or (any(c.isdigit() for c in piece) and not sure):
        return None
    if any(w in known["not_outlets"] for w in words):
        return None
    if sure:
        return piece
    looks = any(w in known["outlet_words"] for w in words) or (words[0] in known["outlet_articles"] and len(words) > 1)
    named = all(w[:1].isupper() or not w[:1].isalpha() or len(w) <= 3 or not w.isascii() for w in piece.split())
    return piece if looks and named and len(words) > 1 else None


def _author(line: str) -> tuple[str | None, str | None]:
    """Author and outlet of a byline such as "By Ingrid Falk in Vessby" or "By Gaz Tolley, Daily Beacon, 9 May 2011"."""
    known = _words()
    for opening in sorted(known["by"], key=len, reverse=True):
        match = re.match(rf"(?i){re.escape(opening)}(?:\s*:)?\s+", fold(line))
        if not match:
            continue
        rest = line[match.end() :]
        head, *others = _BYLINE_PIECES.split(rest)
        names = re.split(r"\s+and\s+|\s+et\s+|\s+und\s+|\s+y\s+", re.split(r"\s+(?:in|at|for|reports)\s+", head)[0])
        names = [n.strip(" .") for n in names]
        if opening in known["by_needs_place"] and not others:
            return None, None
        if not all(_is_name(n) for n in names):
            return None, None
        outlet = next((o for piece in others if (o := _as_outlet(piece, sure=False))), None)
        return " and ".join(_in_lower_case(n) for n in names), outlet
    return None, None


def _in_lower_case(name: str) -> str:
    return " ".join(w.title() if len(w) > 2 else w for w in name.split()) if name.isupper() else name


def _is_name(words: str) -> bool:
    if not _NAME.fullmatch(words):
        return False
    return not words.isascii() or all(w[:1].isupper() or len(w) <= 3 for w in words.split())

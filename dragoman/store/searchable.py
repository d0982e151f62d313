"""Text and queries as both databases search them, and the way back to the words a person sees.

In: any text, or what somebody typed. Out: folded text of letters, digits and spaces only, so that the two databases'
tokenizers cannot differ on it; for a query the same, as phrases; for found words their place in the original text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dragoman.folding import fold
from dragoman.reading import Span

# PostgreSQL refuses a search vector over 1 MB; this many characters stay below it in any script. An article ends
# long before: a page that goes on is furniture.
LONGEST = 250_000
OPEN, SHUT = "<", ">"  # marks around found words; searchable text never holds them

_OTHER = re.compile(r"[\W_]")
_ASCII_OTHER = {n: " " for n in range(128) if not chr(n).isalnum()}  # the same for plain text, five times as fast
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_]\.?(?![^\W_])")
# The Arabic article with the one-letter words written onto it, where at least three letters follow: the prefixes of
# "light10" (Larkey, Ballesteros, Connell 2007), without the bare conjunction, which too many names start with.
_ARTICLE = re.compile(r"(?<![^\W_])(?:[وفبك]?ال|لل)(?=[^\W_]{3})")
_MARKED = re.compile(f"{OPEN}([^{OPEN}{SHUT}]*){SHUT}")
_WORD = re.compile(r"[^ ]+")
_TYPED = re.compile(r'"([^"]*)"|(\S+)')


def searchable(text: str) -> str:
    """`text` as it is searched: "U.S.-led, البيت" becomes "us led   بيت"."""
    folded = fold(text[:LONGEST])
    if "." in folded:
        folded = _INITIALS.sub(lambda found: found[0].replace(".", "") + " ", folded)
    return _bare(folded)


def _bare(folded: str) -> str:
    if folded.isascii():
        return folded.translate(_ASCII_OTHER)
    bare = _OTHER.sub(" ", folded)
    return _ARTICLE.sub(lambda found: " " * len(found[0]), bare)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow each other; with `open_end` the last one may go on ("sanct*")."""

    words: tuple[str, ...]
    open_end: bool = False


@cache
def common_words() -> frozenset[str]:
    """English words that are left out of queries, as PostgreSQL leaves them out of its index."""
    lines = resources.files("dragoman.store").joinpath("data", "english_stop_words.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def phrases(typed: str) -> tuple[Phrase, ...]:
    """What somebody typed as phrases that must all be there; empty when nothing in it can be searched for."""
    typed = re.sub("[“”«»„]", '"', typed)
    found = []
    for quoted, single in _TYPED.findall(typed):
        words = tuple(searchable(quoted or single).split())
        open_end = not quoted and single.endswith("*") and len("".join(words)) > 1
        # A common word alone says nothing; inside a phrase it holds a place.
        if words and not (common_words().issuperset(words) and not open_end):
            found.append(Phrase(words, open_end))
    return tuple(found)


def for_sqlite(wanted: tuple[Phrase, ...]) -> str:
    """The phrases in FTS5's query language; every word is quoted, so none of it is syntax."""
    return " ".join('"' + " ".join(p.words) + '"' + ("*" if p.open_end else "") for p in wanted)


def for_postgresql(wanted: tuple[Phrase, ...]) -> str:
    """The phrases in the language of to_tsquery; words are letters and digits only, so none of it is syntax."""
    return " & ".join("(" + " <-> ".join(p.words) + (":*" if p.open_end else "") + ")" for p in wanted)


def places(text: str, marked: str) -> tuple[Span, ...]:
    """Where the words that `marked` marks in searchable(text) stand in `text`, each as a whole word.

    SQLite marks a phrase as one, PostgreSQL each word of it but the common ones; here both come to the latter.
    """
    letters = _aligned(text[:LONGEST])
    found: list[Span] = []
    for start, end in _marks(marked):
        if end <= len(letters):
            span = _whole_word(text, letters[start], letters[end - 1] + 1)
            if not found or span.start >= found[-1].end:
                found.append(span)
    return tuple(found)


def _marks(marked: str) -> Iterator[Span]:
    """The marked words, as places in the text without its marks."""
    taken = 0  # marks before the piece at hand
    for piece in _MARKED.finditer(marked):
        words = list(_WORD.finditer(piece[1]))
        for word in words:
            if len(words) == 1 or word[0] not in common_words():
                start = piece.start(1) + word.start() - taken - 1
                yield Span(start, start + len(word[0]))
        taken += 2


def _aligned(text: str) -> list[int]:
    """For each character of searchable(text), the place in `text` it comes from."""
    folded, origin = [], []
    for place, character in enumerate(text):
        for letter in character.lower() if character < "\x80" else fold(character):
            folded.append(letter)
            origin.append(place)
    out: list[int] = []
    last = 0
    whole = "".join(folded)
    for found in _INITIALS.finditer(whole):
        out += origin[last : found.start()]
        out += [origin[n] for n in range(found.start(), found.end()) if whole[n] != "."]
        out.append(origin[found.end() - 1])
        last = found.end()
    return out + origin[last:]


def _whole_word(text: str, start: int, end: int) -> Span:
    while start > 0 and _of_word(text[start - 1]):
        start -= 1
    while end < len(text) and _of_word(text[end]):
        end += 1
    return Span(start, end)


def _of_word(character: str) -> bool:
    return character.isalnum() or not _OTHER.match(fold(character) or "x")

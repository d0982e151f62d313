"""How names look: runs of capitalised words, which of them name a body, and the nouns a body is called by for short.

In: words of a text. Out: patterns, and what the words alone tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.folding import fold, last_word, without_genitive
from dragoman.reader.vocabulary import words

_PARTICLE = (
    r"(?:bin|ibn|bint|(?:von|van)(?: (?:der|den|dem|de|het))?|de(?: (?:la|los|las))?|del|della|der|den|di|da|das|do|"
    r"dos|du|la|le|ben|ter|af|y|abu|umm|ud)"
)
_LOWER_NAME = r"(?:al|el|an|ad|ar|as|at|az|ash|ez|ul)[-][^\W\d_][\w'’-]*"
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĻŁĽŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽ"
UPPER_NAME = (
    rf"(?:(?:Dr|Mr|Mrs|Ms|Prof|Gen|Lt|Col|Capt|Maj|Sgt|Sen|Rep|Gov|Hon|Rev|St|Atty|Cllr|Ald|Adm|Brig|Cmdr|Supt|Insp|Amb|"
    rf"[{_UPPER}])\.(?!\w)|"
    rf"(?:[{_UPPER}]\.){{2,}}|"
    rf"[{_UPPER}](?:[\w’'&-]*\w)?)"
)
NAME = re.compile(rf"{UPPER_NAME}(?:[ \u00a0]+(?:{_PARTICLE}[ \u00a0]+)?(?:{UPPER_NAME}|{_LOWER_NAME}))*")
ORGANISATION = re.compile(
    rf"{UPPER_NAME}(?:['’]s?)?(?:[ \u00a0]+(?:(?:of|for|on|to|de|des|du|la|le|del|da|"
    rf"do)[ \u00a0]+(?:the[ \u00a0]+)?)?(?:{UPPER_NAME})(?:['’](?!s?\w))?)*"
)
PIECE = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_AFTER_NOUN = re.compile(r" (?:of|for|in|at|on|from|by|with|who|whose|which|that|\w{2,}ing) ")
_OF_MANY = re.compile(  # "Concord of Maritime Nations"
    r"[A-Z][\w-]+ (?:of|for) (?:the )?(?:[A-Z][\w-]+ ){1,3}[A-Z][\w-]+s"
)
_OF_OR_FOR = re.compile(r" (?:of|for) ")
_UNOWNED = re.compile(r"[^\W\d_][\w-]*+(?!['’]s\b)")


def pieces(phrase: str, start: int) -> Iterable[tuple[int, str]]:
    """What may be a name in a run of capitalised words, longest first at each place."""
    found = [(m.start(), m.end()) for m in PIECE.finditer(phrase)]
    for i in range(len(found)):
        for size in range(min(9, len(found) - i), 0, -1):
            low, high = found[i][0], found[i + size - 1][1]
            piece = without_genitive(phrase[low:high].rstrip(".,"))
            if piece[:1].isupper():
                yield start + low, piece


def trimmed(phrase: str, start: int) -> tuple[str, int]:
    """A run of capitalised words without leading function words and a trailing possessive."""
    led = False
    while True:
        head, _, rest = phrase.partition(" ")
        low = head.lower().strip("'’")
        if led and low in words("determiners"):  # "the Seven Party Alliance"
            break
        led = low == "the"
        if low == "who" and head.isupper():
            break  # the World Health Organization's own initials
        if rest and (
            low in words("determiners", "lead_adverbs", "subordinators", "connectors")
            or (low in words("prepositions") and low not in ("for",))
            or low == "according"
            or low.endswith("-based")
            or low in words("days")
            or low in words("pronouns")
        ):
            start += len(phrase) - len(rest.lstrip())
            phrase = rest.lstrip()
            continue
        break
    phrase = without_genitive(phrase)
    if phrase != "WHO" and phrase.lower() in words("determiners", "pronouns", "lead_adverbs", "prepositions"):
        return "", start
    return phrase, start


def is_organisation(phrase: str) -> bool:
    """Whether a capitalised phrase names a body by its own words."""
    parts = [fold(p) for p in _WORD.findall(phrase)]
    if len(parts) < 2 or (parts[0] in words("no_body_of") and " of " in phrase):
        return False
    nouns = words("organisation_nouns")
    if len(parts) < 5 and parts[-1] in words("named_body_nouns") and all(w[:1].isupper() for w in phrase.split()):
        return True
    if _OF_MANY.fullmatch(phrase):
        return True
    return (
        parts[-1] in nouns
        or (parts[0] in nouns and (" of " in phrase or " on " in phrase))
        or (any(p in nouns for p in parts[:-1] if p not in words("titles")) and (" of " in phrase or " for " in phrase))
    )


def is_paper(name: str) -> bool:
    """Whether a name of several words is that of a paper, which has no minister: "the Northern Isles Protocol"."""
    last = fold(last_word(name))
    return " " in name and last != "convention" and (last in words("paper_nouns") or last in ("deal", "accords"))


def heads_of(phrase: str) -> set[str]:
    """The nouns by which a body is called for short: "the League" for "Screen Authors League"."""
    if phrase[:1].islower():
        phrase = _AFTER_NOUN.split(phrase, maxsplit=1)[0]  # "armed group holding staff of a mining company": the group
    parts = [fold(p) for p in _UNOWNED.findall(phrase)]
    nouns = words("organisation_nouns")
    heads = {p for p in parts if p in nouns}
    if " of " in phrase or " for " in phrase:
        heads.add(fold(last_word(_OF_OR_FOR.split(phrase)[0])))
    elif parts:
        heads.add(parts[-1])
    return heads | {h[:-1] for h in heads if h.endswith("s") and h[:-1] in nouns}  # "the force": the Northern Forces


def abbreviates(short: str, phrase: str) -> bool:
    """Whether the letters of `short` are initials of the words of `phrase`, in order."""
    letters = [c for c in fold(short) if c.isalpha()]
    initials = "".join(fold(w)[:1] for w in re.findall(r"[^\W\d_]+", phrase))
    big = "".join(fold(w)[:1] for w in re.findall(r"[^\W\d_]+", phrase) if w[:1].isupper())
    wanted = "".join(letters)
    if len(wanted) < 2:
        return False
    if wanted in (initials, big) or big.startswith(wanted) or initials.startswith(wanted):
        return True
    at = 0
    for c in initials:
        if at < len(wanted) and c == wanted[at]:
            at += 1
    return at >= len(wanted) - 1 and wanted[0] == initials[:1] and len(wanted) >= 3

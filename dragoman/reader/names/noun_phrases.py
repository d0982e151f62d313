"""Cuts noun phrases to what names somebody: without determiners, relative clauses, or what came of a paper.

In: the words of a source. Out: fewer of the same words.
"""

from __future__ import annotations

import re

from dragoman.folding import fold, last_word, without_genitive
from dragoman.reader.names.names import Cast
from dragoman.reader.vocabulary import words

_RELATIVE = re.compile(r",|\s\(|\s(?:who|which|whose|that|where)\s|\s[—–-]\s")
PREPOSITION = re.compile(
    r"\s(?:of|in|at|from|for|on|with|to|near|close|familiar|by|inside|within|briefed|travelling|traveling|"
    r"involved|at|under)\b"
)
_CAME = re.compile(
    r",?\s+(?:obtained|seen|leaked|published|dated|signed|read|broadcast|posted|made|released|marked|circulated|"
    r"drafted|sent|issued|written|printed|shown)\b.*$",
    re.S,
)
_SEEN = re.compile(r"\s+(?:(?:that|which)\s+)?(?:the\s+)?[A-Z][\w’'&-]*(?:\s+[\w’'&-]+){0,3}\s+(?:has|have|had)\s+\w+$")
# "the Delhi-based Policy Forum", "Clear Ground today", "the union's"
_ASIDE = re.compile(r"^[A-Z][\w’'-]*-based\s+(?=[A-Z])|\s(?:today|yesterday|tonight)$|['’]s?$")
_CLAUSE = re.compile(r",?\s+(?:who|which|that|whose)\s.*$", re.S)


def core_of(source: str) -> str:
    """A source without its appositions and relative clauses."""
    match = _RELATIVE.search(source)
    if match is None or match.start() == 0:
        return source
    if match.group().strip() == "that" or match.group().strip() == "who":
        return source[: match.start()]
    return source[: match.start()]


def bare(core: str) -> str:
    """A noun phrase without its determiner or number."""
    parts = core.split()
    while (
        len(parts) > 1
        and (parts[0].lower() in words("determiners") or parts[0].isdigit())
        and parts[0].lower() not in ("his", "her", "its", "their")
    ):
        parts = parts[1:]
        if parts[0] == "of" and len(parts) > 1:
            parts = parts[1:]  # "dozens of countries"
    return _ASIDE.sub("", " ".join(parts).split(" — ")[0].strip(' “”"‘«»'))


def shortened(source: str) -> str:
    """A description without what came of it: "leaked draft" for "a leaked draft that the Observer has seen"."""
    for pattern in (_CAME, _SEEN, _CLAUSE):
        shorter = pattern.sub("", source).strip(" ,")
        if (last := last_word(shorter)) and last.lower() not in words("determiners"):
            source = shorter
    return source


def lowered(cast: Cast, phrase: str) -> str:
    """A noun phrase as it would stand inside a sentence."""
    first, _, rest = phrase.partition(" ")
    if (first.isupper() and len(first) > 1) or cast.atlas.lookup(first) or rest[:1].isupper() or cast.known(first):
        return phrase
    owner = without_genitive(first)  # "Orvia's chief negotiator", but "the company's lawyer"
    nouns = words("organisation_nouns", "role_nouns", "anonymous_nouns")
    if first.endswith(("'s", "’s")) and fold(owner) not in nouns and owner.lower() not in cast.text:
        return phrase
    return phrase[:1].lower() + phrase[1:]


def makes_another(rest: str) -> bool:
    """Whether the words after a body's name make another one of it: "the UN mission", "the OECD countries"."""
    head = last_word(re.split(PREPOSITION, " " + rest)[0])
    return head.islower() and fold(head) in words("organisation_nouns", "member_nouns")


def only_titles(phrase: str) -> bool:
    return all(w.rstrip(".").lower() in words("titles", "role_nouns") for w in phrase.split())

"""Finds where a text is at home: the town or land for which its mayor speaks, or its premier, though nobody says so.

In: a cast. Out: the name of a place that no list knows for a state, or None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from dragoman.folding import without_genitive
from dragoman.reader.names.names import Cast
from dragoman.reader.vocabulary import key_of, words

_HEAD = 600  # letters at the head of a text that say where its story plays
_IN = re.compile(
    r"\b(?:in|at|from|of|near|across|leaves?)\s(the\s)?"
    r"([A-ZÀ-Þ][\w’'-]*[^\W\d_](?:\s[A-ZÀ-Þ][\w’'-]*[^\W\d_]){0,2})"
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_OF_LAND = re.compile(r"\b(?:of|Republic of|Kingdom of) ([A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)?)(?:,|$)")


def home(cast: Cast) -> str | None:
    """The place that the head of a text names, and the text most often; "City of Vessby" where it says so."""
    text = cast.text
    count: Counter[str] = Counter()
    for match in _IN.finditer(text):
        name = without_genitive(match[2])
        if match[1] and " " not in name:
            continue  # "the House": a town has no article
        if _may_be_home(cast, name) and not _is_part_of_a_name(cast, match.start(2)):
            count[name] += 1
    heads = {name for name in count if name in text[:_HEAD]}
    if not heads:
        return None
    for name in heads:
        count[name] += len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))
    town = max(heads, key=lambda name: (cast.atlas.lookup(name) is None, count[name], -text.index(name)))
    city = re.search(rf"\b[Cc]ity of {re.escape(town)}\b", text)
    return city.group() if city else town


def homeland(cast: Cast) -> str | None:
    """The land whose name, people or capital the publisher bears: "Radio Halden", "Ministry of Energy of Kaldoria"."""
    outlet = cast.draft.document.outlet or ""
    if not outlet:
        return None
    named = {p.state for p in cast.atlas.places}
    tokens = _WORD.findall(outlet)
    for size in (2, 1):
        for n in range(len(tokens) - size + 1):
            found = cast.atlas.lookup(" ".join(tokens[n : n + size]))
            if found is not None and found[0] in named:
                return found[0]
    of = _OF_LAND.search(outlet)
    return of.group(1) if of is not None and of.group(1) in cast.text else None


def _is_part_of_a_name(cast: Cast, position: int) -> bool:
    """Whether a longer name has the word at `position` within: "College of Nursing"."""
    n = bisect_left(cast.starts, position) - 1
    return n >= 0 and cast.mentions[n][1] > position


def _may_be_home(cast: Cast, name: str) -> bool:
    """Whether a name can be a town's: of nobody and no body, no month, and no state that a list knows."""
    known = cast.known(name)
    return (
        not name.isupper()
        and (cast.atlas.lookup(name) is None or key_of(name) in cast.atlas.invented)
        and (known is None or known.kind == "state" or (known.kind == "organisation" and known.doubtful))
        and not set(name.lower().split()) & (words("organisation_nouns") | words("months", "days"))
    )

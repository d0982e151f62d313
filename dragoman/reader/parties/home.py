"""Finds where a text is at home: the town or land for which its mayor speaks, or its premier, though nobody says so.

In: a cast. Out: the name of a place, or of the body whose own house brings the text out, or None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache

from dragoman.folding import fold, without_genitive
from dragoman.reader.names.names import Cast
from dragoman.reader.names.newcomers import finite
from dragoman.reader.names.outlet_shapes import LAST_WORD, is_called_as_outlets_are
from dragoman.reader.vocabulary import key_of, words

_HEAD = 600  # letters at the head of a text that say where its story plays
_IN = re.compile(
    r"\b(?:in|at|from|of|near|across|leaves?)\s(the\s)?"
    r"([A-ZÀ-Þ][\w’'-]*[^\W\d_](?:\s[A-ZÀ-Þ][\w’'-]*[^\W\d_]){0,2})"
)
_RUN = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)*")
_CALLED = re.compile(r"[A-ZÀ-Þ][\w’'-]* $")
_WORKS_FOR = re.compile(r"\s(?:for|to|on)\s")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# The head of a press release: "Press statement by the Ministry of Trade of the Republic of Ostmark"
_ISSUED = re.compile(
    r"(?=[^.]{0,300}?\b(?i:press release|press statement|statement|communiqué)\b)[^.]{0,300}?"
    r"\b(?i:ministry|office|government)\b[^.\n]{0,80}?"
    r"\b(?:Republic|Kingdom|Federation|Sultanate|Emirate|State) of (?P<land>[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)?)"
)
_OF_LAND = re.compile(r"\b(?:of|Republic of|Kingdom of) ([A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*)?)(?:,|$)")


def home(cast: Cast) -> str | None:
    """The place that the head of a text names, and the text most often; "City of Vessby" where it says so."""
    text = cast.text
    count: Counter[str] = Counter()
    for match in _IN.finditer(text):
        name = without_genitive(match[2])
        if match.group().startswith("of ") and _is_short_for_a_firm(cast, name):
            continue  # "12 percent of Norvik", where Norvik Minerals is named: no town has a part
        if match[1] and " " not in name:
            continue  # "the House": a town has no article
        if _may_be_home(cast, name) and not _is_part_of_a_name(cast, match.start(2), match.start(2) + len(name)):
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
    outlet = _WORKS_FOR.split(cast.draft.document.outlet or "")[0]
    if not outlet:
        issued = _ISSUED.match(cast.text)
        return issued.group("land") if issued is not None else cast.atlas.headed()
    named = {p.state for p in cast.atlas.places}
    tokens = _WORD.findall(outlet)
    for size in (2, 1):
        for n in range(len(tokens) - size + 1):
            name = " ".join(tokens[n : n + size])
            found = cast.atlas.lookup(name)
            if found is not None and found[0] in named and not _goes_on(cast.text, tokens[n : n + size + 1], size):
                return found[0]
    of = _OF_LAND.search(outlet)
    if of is not None and of.group(1) in cast.text:
        return of.group(1)
    return next((name for name in _borne(outlet, cast.text) if _may_be_home(cast, name, borne=True)), None)


def house(cast: Cast) -> str | None:
    """The body whose own house brings a text out: "African Union Press Service"; its land where that is what it is.

    A house is not what it works for: "Office of the United Nations Special Envoy for Kassai".
    """
    outlet = _WORKS_FOR.split(cast.draft.document.outlet or "")[0]
    tokens = outlet.split()
    for size in range(len(tokens) - 1, 1, -1):
        for start in range(len(tokens) - size + 1):
            known = cast.draft.lexicon.party(" ".join(tokens[start : start + size]))
            if known is not None:
                return known.name
    return None if is_called_as_outlets_are(outlet) else homeland(cast)


@lru_cache(maxsize=1 << 4)  # one document's are asked for again and again
def _borne(outlet: str, text: str) -> tuple[str, ...]:
    """The names in an outlet's name that its text lets act: "Ilyrene Press Bureau", where "Ilyrene reckons"."""
    rest = text.replace(outlet, "")
    generic = {fold(w) for w in LAST_WORD.split("|")} | words("outlet_nouns", "organisation_nouns", "role_nouns")
    generic |= words("determiners", "days", "time_words")
    found = []
    for run in _RUN.findall(outlet):
        parts = run.split()
        own = [n for n, part in enumerate(parts) if fold(part) not in generic]
        name = " ".join(parts[own[0] : own[-1] + 1]) if own else ""
        if 0 < len(own) < len(parts) and any(
            m.group(1) or m.group(2) in finite()
            for m in re.finditer(rf"(?<![\w-]){re.escape(name)}(?:(['’]s?)| ([a-z]+))\b", rest)
            if not _CALLED.search(rest, max(0, m.start() - 30), m.start())
        ):
            found.append(name)
    return tuple(found)


def _goes_on(text: str, tokens: list[str], size: int) -> bool:
    """Whether a text has a longer name that begins with the first `size` words: British Columbia is not British."""
    return len(tokens) > size and tokens[-1][:1].isupper() and " ".join(tokens) in text


def _is_part_of_a_name(cast: Cast, start: int, end: int) -> bool:
    """Whether a longer name has text[start:end] within: "College of Nursing", "of the Ore Miners' Federation"."""
    n = bisect_left(cast.starts, start)
    longer = n < len(cast.mentions) and cast.starts[n] == start and cast.mentions[n][1] > end + len("'s")
    return longer or (n > 0 and cast.mentions[n - 1][1] > start)


def _is_short_for_a_firm(cast: Cast, name: str) -> bool:
    """Whether a longer name of a body that is no town's begins with `name`."""
    longer = [a.name for a in cast.actors if a.kind == "organisation" and a.name.startswith(f"{name} ")]
    return any(words("organisation_nouns").isdisjoint(fold(one).split()) for one in longer)


def lies_there(name: str) -> bool:
    """Whether a name is that of a lake, a street or the like, for which nobody speaks."""
    parts = fold(name).split()
    return len(parts) > 1 and (parts[0] in words("waters_first") or parts[-1] in words("natural_features"))


def is_town(cast: Cast, name: str) -> bool:
    """Whether a text speaks of a place as of no land: "at Port Sael"."""
    return re.search(rf"\bat {re.escape(name)}(?![\w’'-])", cast.text) is not None


def _may_be_home(cast: Cast, name: str, *, borne: bool = False) -> bool:
    """Whether a name can be a town's: of nobody and no body, no month, and no state that a list knows."""
    known = cast.known(name)
    return (
        not name.isupper()
        and not lies_there(name)
        and fold(name.split()[-1]) not in words("headed_things")
        and (cast.atlas.lookup(name) is None or key_of(name) in cast.atlas.invented)
        and (known is None or known.kind == "state" or (known.kind == "organisation" and (known.doubtful or borne)))
        and not set(name.lower().split()) & words("organisation_nouns", "months", "days", "titles", "role_nouns")
    )

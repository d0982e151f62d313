"""Takes apart the words around a name: the role before it, the apposition after it, the body they describe.

In: a text, and where a name stands in it, or those words. Out: the words, their places, or what a body is called.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from dragoman.folding import fold
from dragoman.reader.names.names import Cast
from dragoman.reader.names.roles import HOLDS, anothers_office
from dragoman.reader.vocabulary import kinds_of_body, words

_SAYING = frozenset(("and", "but", "said", "told", "says"))
# Where somebody is sent says nothing of by whom: "UN envoy to Leth Tui Vekk", "the special representative for Leth"
_SENT = (
    r"\b(?:(?:[Ee]nvoy|[Aa]mbassador|[Rr]epresentative|[Cc]oordinator|[Mm]ediator|[Rr]apporteur) (?:to|on)|"
    r"(?:[Ss]pecial|[A-Z][\w.]+) (?:[Ee]nvoy|[Rr]epresentative|[Cc]oordinator) (?:for|in)) (?:the )?"
)
SENT_TO = re.compile(f"{_SENT}$")
_POST = re.compile(rf"{_SENT}[A-Z][\w’'-]*[^\W\d_](?: (?:and )?[A-Z][\w’'-]*[^\W\d_]){{0,2}},? $")
_FIRST_OF_TWO = re.compile(r"\b(?:[Mm]inister|[Ss]ecretary|[Cc]ommissioner) (?:of|for) (?:the )?[A-Z][\w-]+ $")
_OF_BEFORE = re.compile(r"\s(?:of|for) $")  # "the president of the Hauliers' Union, Tui Vekk"
_WHERE = ("In", "At", "From", "Near")
# "At his meetings with rebel officials, Vekk called for a truce": whom he met says nothing of him, unless a comma
# after the name sets it off: "After talks with the rebel leader, Tui Vekk, the envoy left".
_FRONTED = re.compile(
    r"(?:^|[.!?]\s|\n|[“”\"]\s?)(?:At|In|After|During|Following|Before|With|Upon|On|Amid|Despite|Alongside|Speaking|Meeting|"
    r"Addressing|Writing|Responding)\s(?:[^,.;:!?\n“”\"]+\s)?$"
)
_PREPOSITION_BEFORE = re.compile(r"\b(?:with|to|of|from|by|for|between|against|alongside)\s$")
_LONG = 160  # letters before a role in which its sentence begins
_SET_OFF = re.compile(r"[A-ZÀ-Þ][\w’'.-]*(?: [A-ZÀ-Þ][\w’'.-]*)*,")
_SOLID = re.compile(r"\S+")
_ROLE_BEFORE = re.compile(
    r"(?:(?:[Tt]he|[Aa]|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s+)?(?:[\w'’.&-]++,?\s++){0,6}[\w'’.-]++,?\s++$"
)
PLAIN_BODY = re.compile(
    r"\b(?:the|The|a|A|an|An|its|their)?\s*((?:[a-z][\w'’-]+\s+){0,3}(?:union|association|council|committee|"
    r"federation|chamber|board|alliance|coalition|movement|"
    r"party|league|guild|forum|cooperative|syndicate|club|company|fund|bank|authority|commission|secretariat|"
    r"court|militia|front|group))\b"
    r"(?! (?:kingmaker|partner|talks|negotiations|deal|agreement|government|conference|meeting)(?!\w))"
)
_BODY_BEFORE = re.compile(r"\b([a-z]+)\s$")
_GOVERNMENT = re.compile(r"\b[Tt]he ([Gg]overnment)\b")
_APPOSITION = re.compile(
    r",\s+(?![a-z]+ that\b)(?:(?:the|a|an|who|its|his|her|their|[\w-]+)\b[^,.;:“\"]{2,90})|"
    r"\s+of\s+(?:the\s+)?(?:[a-z][\w-]+\s+){0,2}[A-Z][^,.;:“\"]{2,40}"
)


def noun_of_body(left: str) -> bool:
    """Whether the word before a name says that a body bears it."""
    match = _BODY_BEFORE.search(left, max(0, len(left) - 30))
    if match is None:
        return False
    nouns = words("organisation_nouns", "outlet_nouns") - words("role_nouns", "titles", "member_nouns")
    return match.group(1) in nouns


def the_government(text: str) -> str | None:
    """The government that a text names without its state."""
    match = _GOVERNMENT.search(text)
    return match.group(1).lower() if match else None


def plain_body(text: str) -> str | None:
    """A body in lower case: "boat owners' association" in "who chairs the boat owners' association"."""
    match = PLAIN_BODY.search(text)
    if match is None:
        return None
    kept: list[str] = []
    for word in reversed(match.group(1).split()):
        small = word in ("who", "whose") or word.lower() in words(
            "determiners", "prepositions", "auxiliaries", "connectors"
        )
        if small or (kept and (word in words("not_of_a_body") or word.endswith("ed"))):
            break
        kept.insert(0, word)
    return " ".join(kept) or None


def words_about(cast: Cast, low: int, high: int) -> tuple[str, str]:
    """The role before a name and the apposition after it, where text[low:high] is the name."""
    return cast.text[role_start(cast.text, low) : low], apposition(cast.text, high)


@cache
def serving() -> str:
    """What somebody does for a party, as a pattern: "negotiates for", "signed the deal on behalf of"."""
    verbs = "|".join(sorted(words("serving_verbs")))
    return rf"(?:{verbs}|sign(?:ed|s|ing)?(?: (?:it|the [a-z]+))?) (?:for|on behalf of)"


@cache
def _holding() -> re.Pattern[str]:
    """What somebody does for a party: "negotiates for Leth in the talks", "heads the Dockers' Union"."""
    bodies = "|".join(sorted(words("organisation_nouns", "member_nouns") | kinds_of_body().keys()))
    body = rf"(?:the\s+)?(?=[A-Z]|(?:[a-z]+\s){{0,2}}(?:{bodies})\b)[^,.;:“\"]{{2,60}}"
    return re.compile(rf"\s+{serving()}\s+{body}|{HOLDS}")


# "Lotte Vekk is the chief negotiator of the Polder Water Board"
_IS = re.compile(
    r"\s+(?:is|has been)\s(?:the|an?)\s(?P<role>(?:[a-z-]+\s){1,4})(?:of|for|at)\s(?:the\s)?[A-Z][^,.;:“\"]{2,60}"
)


def apposition(text: str, high: int) -> str:
    """What is told of somebody right after the name that ends at `high`."""
    is_ = _IS.match(text, high, high + 120)
    if is_ is not None and not words("role_nouns").isdisjoint(is_["role"].split()):
        return is_.group()
    match = _holding().match(text, high, high + 120) or _APPOSITION.match(text[high : high + 120])
    return match.group() if match else ""


@cache
def _no_role() -> frozenset[str]:
    """Words that no role goes back beyond."""
    return (
        (words("auxiliaries", "prepositions") - {"of", "for"})
        | words("subordinators", "verbs_between_people")
        | _SAYING
    )


@lru_cache(maxsize=1 << 8)  # the names of one document: who they speak for is asked from several sides
def role_start(text: str, low: int) -> int:
    """Where the role before a name begins: "the Committee's chief delegate, Yunus"."""
    since = max(text.rfind("\n", 0, low) + 1, low - 80, 0)
    match = _ROLE_BEFORE.search(text[since:low])
    if not match:
        return low
    posted = _POST.search(text, since, low)
    post = posted.start() if posted else low
    places = [m.span() for m in _SOLID.finditer(text, since + match.start(), low)]
    words_ = [text[start:end] for start, end in places]
    kept: list[str] = []
    for (at, _), word in zip(reversed(places), reversed(words_), strict=True):
        if word == "and" and _FIRST_OF_TWO.search(text, since, at):
            kept.append(word)  # "the Minister of Energy and Water, Tui Vekk"
            continue
        if word.lower() == "whose":
            kept.append(word)
            break
        if at >= post:
            kept.append(word)  # "UN envoy to Leth Tui Vekk"
            continue
        if word.lower().strip(",.") in _no_role():
            if word in _WHERE:  # "In Leth, Ms Vekk"
                kept = kept[: next((n for n, k in enumerate(kept) if k.endswith(",")), len(kept))]
            break
        if word.endswith(".") and not set(fold(word.strip(".")).split("-")) & words("titles", "abbreviations"):
            break  # "the army. Army chief Gen. Marama"
        if word.endswith(",") and any(k.lower().strip(".,") not in words("titles") for k in kept):
            break
        kept.append(word)
        if word.lower() in ("the", "a", "an", "its", "his", "her", "their") and not _OF_BEFORE.search(text, since, at):
            break
    roles = words("role_nouns", "titles")
    if not kept:
        return low
    if not any({w.lower().strip(",.'’"), w.lower().strip(",.'s’")} & roles for w in kept):
        possessive = kept and re.search(r"['’]s?$", kept[0])
        if not possessive:
            return low
        kept = kept[:1]
    start = places[-len(kept)][0]
    apart = kept[0].endswith(",") and (anothers_office(text, start) or _is_fronted(text, start, low))
    return low if apart else start


def _is_fronted(text: str, start: int, low: int) -> bool:
    """Whether text[start:low] only ends what its sentence begins with, "In talks with the minister, Vekk said"."""
    return (
        _FRONTED.search(text, max(0, start - _LONG), start) is not None
        and _PREPOSITION_BEFORE.search(text[max(0, start - 12) : start]) is not None
        and _SET_OFF.match(text, low) is None
    )


def partisans(text: str, name: str) -> str | None:
    """The party by whose name its people go, where the text names the party itself: the Greens of "Green leader"."""
    several = f"{name}s"
    if several in text and re.search(rf"(?<![\w-]){re.escape(several)}(?![\w’'])", text):
        return several
    alone = rf"(?<![\w-]){re.escape(name)}\s(?:has|had|have|is|was|will|would|says|said|wants|party)(?!\w)"
    return name if re.search(alone, text) else None

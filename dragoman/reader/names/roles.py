"""What a text says somebody is: a leader, a spokesman, a member, from the words that introduce the name.

In: a draft and a name in it. Out: a Role: the relation to a party that its words stand for, and where they stand. The
words are data (`roles.json`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dragoman.folding import fold
from dragoman.reader.draft import Draft
from dragoman.reader.segment import standing
from dragoman.reading import Span

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\.?")
_BEFORE, _AFTER = 110, 130  # characters looked at on either side of a name


@dataclass(frozen=True, slots=True)
class Role:
    """What the words around a name say the person is."""

    kind: str
    span: Span
    word: str = ""  # the role itself, folded
    phrase: str = ""  # all of it, folded
    said: str = ""  # all of it, as the text has it


@dataclass(frozen=True)
class RoleWords:
    """The words of `roles.json`, folded."""

    kinds: Mapping[str, str]  # role -> relation
    longest: int  # words in the longest role
    lower: frozenset[str]
    past: frozenset[str]
    titles: frozenset[str]
    person_free: frozenset[str]
    governs: frozenset[str]
    ministerial: re.Pattern[str]
    verbs: tuple[tuple[re.Pattern[str], str], ...]  # verb phrases, relation
    partisans: Mapping[str, str]  # what a party's people are called -> the party
    of_a_body: frozenset[str]  # roles before which a name is that of a body
    departments: frozenset[str]  # parts of a body: their chief does not lead it


@cache
def role_words() -> RoleWords:
    """The shipped words for what somebody is to a party."""
    data = json.loads(resources.files("dragoman").joinpath("data", "roles.json").read_text("utf-8"))

    def listed(shelf: str) -> list[str]:
        return [fold(word.strip()) for word in data[shelf].split(",")]

    kinds = {word: kind for kind in ("mediates", "member of", "represents", "leads") for word in listed(kind)}
    verbs = tuple(
        (re.compile(rf"(?:{'|'.join(map(re.escape, listed(f'{kind}_verbs')))})\b"), kind)
        for kind in ("leads", "represents", "mediates", "member of")
    )
    ministerial = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, listed('ministerial')))})(?!\w)")
    return RoleWords(
        kinds, max(len(k.split()) for k in kinds), frozenset(listed("lower")), frozenset(listed("past")),
        frozenset(listed("titles")), frozenset(listed("person_free")), frozenset(listed("governs")),
        ministerial, verbs, data["partisans"], frozenset(listed("of_a_body")),
        frozenset(listed("departments")),
    )  # fmt: skip


def roles_of(draft: Draft, person: str) -> Iterator[Role]:
    """What the text says `person` is, mention by mention."""
    text, last = draft.document.text, person.split()[-1]
    seen = set()
    for spelling in (person, last):
        for start, end in standing(text, spelling):
            if end not in seen and not _is_of_longer_name(text, start, end):
                seen.add(end)
                role = role_at(draft, start, end)
                if role is not None:
                    yield role


def _is_of_longer_name(text: str, start: int, end: int) -> bool:
    """Whether a name is joined to another by a hyphen: the Cheng of "Liu Cheng-han" is nobody else's."""
    return (
        _JOINED_AFTER.match(text, end) is not None or _JOINED_BEFORE.search(text[max(0, start - 2) : start]) is not None
    )


_JOINED_AFTER = re.compile(r"[-‑][^\W\d_]")
_JOINED_BEFORE = re.compile(r"[^\W\d_][-‑]$")


def role_at(draft: Draft, start: int, end: int) -> Role | None:
    """What the words around the name at [start, end) say its bearer is."""
    text = draft.document.text
    paragraph = draft.segments.paragraphs[draft.segments.paragraph_at(start)]
    before = text[max(paragraph.start, start - _BEFORE, 0) : start]  # "Maj. Gen. (retd.)" may have ended a sentence
    after = text[end : min(max(paragraph.end, end), end + _AFTER)]
    clause = _clause(after, start, end)
    if clause is not None:
        return clause
    apposed, follows = _apposed(before, start), _follows(after, start, end)
    if apposed is None or (apposed.kind == "member of" and follows is not None):
        return follows  # "Councilwoman Pilar Ostendahl, the city's lead negotiator"
    return apposed


_ANOTHERS_OFFICE = re.compile(
    r"(?:[A-ZÀ-Þ][\w-]*['’]s?\s(?:[a-z-]+\s){1,3}|\b(?:of|by)\s(?:[A-ZÀ-Þ][\w'’.-]*\s)+)as\s(?:[Tt]he\s|an?\s)?$"
)


def anothers_office(text: str, start: int) -> bool:
    """Whether the office at `start` was given to, or left by, somebody else: "after Hana Kirov's resignation as"."""
    return _ANOTHERS_OFFICE.search(text, max(0, start - _BEFORE), start) is not None


_TITLES_END = re.compile(
    r"(?:^|(?<=[\s,(]))(?P<title>[^\W\d_][\w.'’-]*)(?:\s*\([^)]{1,12}\))?\s+(?:[\"“”'‘’][\w ]{1,20}[\"“”'‘’]\s*)?$"
)


def _without_titles(before: str) -> str:
    """The words before a name without "Maj. Gen. (retd.)", "the Very Rev", "Comrade"."""
    while True:
        match = _TITLES_END.search(before)
        word = fold(match.group("title")).strip(".") if match else ""
        if match is None or word.replace(".", "") not in role_words().titles:
            return before
        if match.group("title")[0].islower() and not before[: match.start("title")].endswith(", "):
            return before
        before = before[: match.start("title")]


def _apposed(before: str, start: int) -> Role | None:
    """ "its president, Tui Marama", "Sulmari Foreign Minister Nadia Teyrouz"."""
    bare = _without_titles(before)
    phrase = re.sub(r"(?:\bthe|\bHis|\bHer)\s*$", "", bare).rstrip()
    comma = phrase.endswith((",", ":", "–", "—"))
    phrase = phrase.rstrip(" ,:–—(")
    cut = -1
    for mark in re.finditer(
        r"[,;:!?()\[\]\"“”«»\n]|(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z]\.[A-Z])\.(?=\s)", phrase
    ):
        cut = mark.start()
    whole, phrase = phrase, phrase[cut + 1 :]
    if _NEW_SENTENCE.search(phrase) or (not comma and _OPEN_END.search(phrase)):
        return None  # "her commander. Lt. Abadiano"; "head of operations in Halamir"
    if phrase.endswith(" and"):
        found = _of_several(phrase)
        apart = re.search(r"[^,;:.!?()\n“”\"]*$", whole[:cut]) if found is None and whole[max(cut, 0)] == "," else None
        if apart is not None:  # "The Circle's captains, Jonah Villar and"
            found, cut, phrase = _of_several(apart.group()), apart.start() - 1, apart.group()
    else:
        own = 0 if comma else _of_another(phrase)
        cut, phrase = cut + own, phrase[own:]
        found = phrase_role(phrase, near_end=True)
    if found is None or (comma and (_is_long(phrase) or _has_holder(phrase, found[1]))):
        return None
    kind, word = found
    rank = kind == "member of" or word == "ambassador"
    if cut > 0 and whole[cut] == "," and rank and len(phrase.split()) < 3:
        wider = _apposed(before[: cut + 1] + " ", start - len(before) + cut + 2)  # "the leader of the house, Senator"
        if wider is not None and wider.word != word and wider.kind != "member of":
            return Role(wider.kind, Span(wider.span.start, start), wider.word, wider.phrase, wider.said)
    if not comma and (told := list(_TOLD.finditer(phrase))):
        cut, phrase = cut + told[-1].end(), phrase[told[-1].end() :]
    lead = len(phrase) - len(phrase.lstrip())
    if comma and (as_ := phrase.rfind(" as ")) >= 0 and _ANOTHERS_OFFICE.search(phrase[: as_ + 4]):
        return None
    return Role(kind, Span(start - len(before) + cut + 1 + lead, start), word, fold(phrase), phrase)


# What ends before a title: "The envoy was to press President Vekk" does not say whose president he is.
_TOLD = re.compile(
    r"\b(?:was|were|has|have|had|will|would|"
    r"(?<![Ee]nvoy )(?<![Aa]mbassador )(?<![Rr]epresentative )(?<![Cc]oordinator )to)\s(?=.*\S)"
)


# After these a phrase begins anew: "Ostmark's minister Tui Vekk and Lethian Prime Minister", "met with Prime Minister"
_BEGINS_ANEW = re.compile(
    r"\s(?:(?P<joins>and|or)|but|by|with|from|on|at|as|after|before|when|while|whether|that|between|against|than|"
    r"(?:to|of|for)(?!\sthe\b))\s"
)


def _of_another(phrase: str) -> int:
    """How many of the letters before a name tell of somebody or something else: the last words are a role alone."""
    for mark in reversed([*_BEGINS_ANEW.finditer(phrase)]):
        before, own = phrase[: mark.start()], phrase[mark.end() :]
        found = phrase_role(own, near_end=True)
        if found is None or not fold(own).endswith(found[1]):
            continue
        if mark.group("joins") is None or _has_holder(before, _last_role(before)):
            return mark.end()
    return 0


_NEW_SENTENCE = re.compile(r"\b[a-z]{4,}\.$")
_OPEN_END = re.compile(r"\s(?:in|at|from|to|with|into|against|by|between|among|for|about|over|on|of|than)$")
_OPENER = re.compile(r"\b(?:the|an?|its|his|her|their|our|said|told|that|[Tt]he)\s")


def _last_role(phrase: str) -> str:
    """The last role that a phrase names, "" where it names none."""
    found = _role_in([fold(w).strip(".") for w in _WORD.findall(phrase)])
    return found[1] if found else ""


def _is_long(phrase: str) -> bool:
    """Whether the words before a comma are too many for an apposition: those after the last article count."""
    starts = [m.start() for m in _OPENER.finditer(phrase)]
    return len(phrase[starts[-1] if starts else 0 :].split()) > 12


def _has_holder(phrase: str, word: str) -> bool:
    """Whether a name follows the role already: "a note by the mediator Beat Zgraggen, Ferrant"."""
    match = word and re.search(rf"(?<!\w){re.escape(word)}\s+(?P<next>[A-ZÀ-Þ][\w'’-]+)", phrase, re.IGNORECASE)
    if not match or not match["next"][0].isupper():
        return False
    return fold(match["next"]) not in role_words().titles and fold(match["next"]) not in role_words().kinds


def _of_several(phrase: str) -> tuple[str, str] | None:
    """ "Foreign Ministers Kalani Brack of Marrow and", "the envoys, Clotilde Marsan and": a role in the plural."""
    for word in re.findall(r"[^\W\d_]+", phrase)[-9:]:
        single = fold(word).removesuffix("s")
        if word.endswith("s") and single in role_words().kinds:
            return role_words().kinds[single], single
    return None


_AFTER_NAME = re.compile(
    r"^(?:\s*\((?P<brackets>[^)]{2,60})\)|\s*,\s*(?:\d{2}\s*,\s*)?(?P<apposition>[^,;.!?()“”\"]{3,110}))"
)
_WHO = re.compile(
    r"^\s*(?:,|\([^)]*\),?)\s*(?:\d{2}\s*,\s*)?(?:who|which|that)\s+(?:also |now |still |once |currently )?"
    r"(?P<what>[^,;.!?()“”\"]{3,110})"
)
HOLDS = (  # what somebody does in a body: "heads the union"
    r"(?:,\s*\d{2}\s*,)?\s+(?:also |now |still )?(?P<what>(?:leads|heads|chairs|represents|speaks for|"
    r"has (?:led|headed|chaired))\s(?:(?:the|an?|its|their)\s|(?=[A-Z]))[^,;.!?()“”\"]{3,110})"
)
_HOLDS = re.compile(f"^{HOLDS}")


_OF_MEETING = re.compile(
    r"\w+ (?:the |a |this )?(?:\w+ )?(?:talks?|meetings?|sessions?|rounds?|conference|delegation)\b"
)


def _clause(after: str, start: int, end: int) -> Role | None:
    """ "Brent Okafor, who leads the union", "the NLA, which speaks for"."""
    match = _WHO.match(after) or _HOLDS.match(after)
    if match is None:
        return None
    what = fold(match.group("what"))
    for verbs, kind in role_words().verbs:
        verb = verbs.match(what)
        if verb is None:
            continue
        meeting = _OF_MEETING.match(what) if kind == "leads" else None
        if meeting and "delegation" not in meeting.group():
            kind = "represents"  # "who chairs the talks for"
        return Role(kind, Span(start, end + match.end()), verb.group(), what, match.group("what"))
    return None


def _follows(after: str, start: int, end: int) -> Role | None:
    """ "Ruvindra Pallas, Chair of the HPA", "Milagros Ibe (president of the league)"."""
    match = _AFTER_NAME.match(after)
    if match is None:
        return None
    phrase = match.group("brackets") or match.group("apposition")
    if _NO_APPOSITION.match(phrase) or _FINITE.search(phrase):
        return None  # "by Thursday, the chief executive has warned"
    found = phrase_role(phrase, near_end=False)
    return Role(found[0], Span(start, end + match.end()), found[1], fold(phrase), phrase) if found else None


_NO_APPOSITION = re.compile(
    r"(?:who|which|that|and|but|whose|it|he|she|they|we|you|in|on|at|to|of|for|with|by|from|as|after|before|while|when|if)\b"
)
_FINITE = re.compile(r"\b(?:has|have|had|is|was|were|are|said|says|will|would|told|warned|called|added|insisted)\b")


def role_of_source(draft: Draft, source: Span) -> Role | None:
    """What a source that names nobody says the speaker is: "the chair of the Alliance of Small Island States"."""
    phrase = draft.document.text[source.start : source.end]
    if not re.match(r"(?:THE|[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur)\s|[A-Z][\w'’-]*['’]s?\s", phrase):
        return None
    found = phrase_role(phrase, near_end=False)
    return Role(found[0], source, found[1], fold(phrase), phrase) if found else None


_PART_OF = re.compile(
    r"\b(?:head|director|chief|manager) (?:of|for) (?!the\b|its\b|an?\b|staff\b|state\b|government\b)[a-z]+\b"
)
_OPENERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "our"})
_PREPOSITIONS = frozenset({"of", "for", "in", "at", "on", "to", "from", "with", "who", "whose"})
_VERBS = ("said", "says", "told", "and", "but", "when", "after", "before", "while", "by", "called", "calls", "asked")


def phrase_role(phrase: str, *, near_end: bool) -> tuple[str, str] | None:
    """The relation that a noun phrase stands for and its role, read off its head: what stands before its first "of"."""
    words = [fold(w).strip(".") for w in _WORD.findall(phrase)]
    for verb in _VERBS:
        if verb in words:
            words = words[len(words) - words[::-1].index(verb) :] if near_end else words[: words.index(verb)]
    head, rest = words, []
    for i, word in enumerate(words):
        if word in _PREPOSITIONS and i:
            whole = _role_in(words[max(0, i - 2) : i + 3])
            if whole is None or " " not in whole[1] or not set(whole[1].split()) & _PREPOSITIONS:
                head, rest = words[:i], words[i:]
            break
    found = _role_in(head)
    if found is None and near_end:
        starts = [i for i, word in enumerate(words) if word in _OPENERS]
        found = _role_in(words if len(words) < 9 else words[starts[-1] :] if starts else [])  # "only if the mayor"
    if found and found[0] == "leads" and _PART_OF.search(phrase):
        return "represents", found[1]  # "head of sport", "director of policy"
    if found and found[0] == "leads" and rest and " ".join((found[1].split()[-1], *rest)) in role_words().kinds:
        return role_words().kinds[" ".join((found[1].split()[-1], *rest))], found[1]
    return found


def _role_in(words: list[str]) -> tuple[str, str] | None:
    """The last role among `words`; deputies and vice-anythings represent, former ones are nothing."""
    r = role_words()
    for end in range(len(words), 0, -1):
        for length in range(min(r.longest, end), 0, -1):
            role = " ".join(words[end - length : end])
            kind = r.kinds.get(role) or (r.kinds.get(role.removesuffix("s")) if length < 3 else None)
            if kind is None and length == 1 and "-" in role:
                prefix, _, rest = role.partition("-")
                if rest in r.kinds and prefix in ("vice", "sub", "deputy"):
                    return "represents", role
            if kind is None:
                continue
            if words[end - 1 : end + 2] in (["heads", "of", "terms"], ["heads", "of", "agreement"]):
                return None  # those are a paper
            lead = words[max(0, end - length - 3) : end - length]
            if any(w in r.past for w in lead):
                return None
            if kind == "leads" and (any(w in r.lower for w in lead) or (lead and lead[-1] in r.departments)):
                return "represents", role
            follows = [w for w in words[end:] if w not in r.titles]
            if role in ("chief", "head", "lead") and follows and follows[0] not in _PREPOSITIONS:
                return "represents", role  # "chief hydrologist"
            return kind, role
    return None

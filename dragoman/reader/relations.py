"""Relations: who leads, represents, belongs to, backs, opposes or mediates between whom.

In: a draft with its statements, whose speakers have names and parties. Out: Relations between names. What somebody is
to a party is read from the words that introduce the person: "Riyad Hijab, the head of HNC" leads, "the NAC's chief
negotiator" represents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dragoman.folding import fold, fold_name
from dragoman.reader.draft import Draft
from dragoman.reading import Relation, Span, Spans, Statement

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\.?")
_NAME_PARTICLES = frozenset("al el bin ibn van von de der den da di du del della dos la le of ter ten abu ben bint umm y e i".split())
_BEFORE, _AFTER = 110, 130  # characters looked at on either side of a name


@dataclass(frozen=True, slots=True)
class Role:
    """What the words around a name say the person is: a relation, and where they stand."""

    kind: str
    span: Span
    sure: bool = True


def find_relations(draft: Draft) -> list[Relation]:
    """The relations of `draft`: of its speakers to their parties first, then those that the text itself states."""
    found: dict[tuple[str, str, str], Relation] = {}
    for person, party, statement in _speakers(draft):
        role = role_of(draft, person)
        kind = role.kind if role else "represents"
        if kind == "mediates":
            kind = "represents"
        span = Spans([role.span]) if role else statement.source
        key = (fold_name(person), fold_name(party), kind)
        found.setdefault(key, Relation(person, party, kind, statement.id, span))
    return list(found.values())


def _speakers(draft: Draft) -> list[tuple[str, str, Statement]]:
    """Every person who speaks for a party, with the first statement that shows it."""
    seen: dict[tuple[str, str], tuple[str, str, Statement]] = {}
    for s in draft.statements:
        name, party = s.speaker.name, s.speaker.party
        if name and party and not s.speaker.anonymous and name != party and is_person(name, draft):
            seen.setdefault((fold_name(name), fold_name(party)), (name, party, s))
    return list(seen.values())


def is_person(name: str, draft: Draft) -> bool:
    """Whether `name` looks like a person's: capitalised words, none of them an office or a body."""
    if draft.lexicon.party(name) is not None or draft.lexicon.outlet(name) is not None:
        return False
    words = name.split()
    free = roles().person_free
    if not words or len(words) > 6 or any(fold(w).strip(".,'") in free or fold(w).endswith("'s") for w in words):
        return False
    if not words[0][0].isalpha():
        return False
    return all(not w[0].islower() or fold(w) in _NAME_PARTICLES or "-" in w for w in words)


# ------------------------------------------------------------------------------------------------------ roles


@dataclass(frozen=True)
class Roles:
    """The words of `roles.json`, folded."""

    kinds: Mapping[str, str]  # role -> relation
    longest: int  # words in the longest role
    lower: frozenset[str]
    past: frozenset[str]
    titles: frozenset[str]
    person_free: frozenset[str]
    verbs: tuple[tuple[str, str], ...]  # verb phrase, relation


@cache
def roles() -> Roles:
    """The shipped words for what somebody is to a party."""
    data = json.loads(resources.files("dragoman").joinpath("data", "roles.json").read_text("utf-8"))

    def listed(shelf: str) -> list[str]:
        return [fold(word.strip()) for word in data[shelf].split(",")]

    kinds = {word: kind for kind in ("mediates", "member of", "represents", "leads") for word in listed(kind)}
    verbs = [(verb, kind) for kind in ("leads", "represents", "mediates") for verb in listed(f"{kind}_verbs")]
    return Roles(
        kinds, max(len(k.split()) for k in kinds), frozenset(listed("lower")), frozenset(listed("past")),
        frozenset(listed("titles")), frozenset(listed("person_free")), tuple(verbs),
    )  # fmt: skip


def role_of(draft: Draft, person: str) -> Role | None:
    """What the text says `person` is; the first mention that says it counts."""
    text = draft.document.text
    last = person.split()[-1]
    spellings = [person] if last == person else [person, last]
    for spelling in spellings:
        for match in re.finditer(rf"(?<!\w){re.escape(spelling)}(?!\w)", text):
            role = _role_at(draft, match.start(), match.end())
            if role is not None:
                return role
    return None


def _role_at(draft: Draft, start: int, end: int) -> Role | None:
    text = draft.document.text
    sentence = draft.segments.sentences[draft.segments.sentence_at(start)]
    before = text[max(sentence.start, start - _BEFORE, 0) : start]
    after = text[end : min(max(sentence.end, end), end + _AFTER)]
    return _apposed(before, start) or _follows(after, start, end)


def _apposed(before: str, start: int) -> Role | None:
    """ "its president, Tui Marama", "Sulmari Foreign Minister Nadia Teyrouz"."""
    words = [(m.group(), m.start()) for m in _WORD.finditer(before)]
    while words and fold(words[-1][0]).strip(".") in roles().titles:
        # titles between role and name carry no relation, unless they are roles themselves ("President", "Sheikh")
        if _kind([fold(words[-1][0])]) is not None and fold(words[-1][0]) in ("president", "commander"):
            break
        before = before[: words[-1][1]]
        words.pop()
    phrase = before.rstrip()
    if phrase.endswith(","):
        phrase = phrase[:-1]
    cut = max(phrase.rfind(mark) for mark in ',;:.!?()[]"“”«»\n')
    if cut >= 0 and phrase[cut] == "." and re.search(r"\b[A-Za-z](?:\.[A-Za-z])*$|\b[A-Z][a-z]{1,3}$", phrase[:cut]):
        cut = -1 if cut < 4 else max(phrase.rfind(mark) for mark in ',;:!?()[]"“”«»\n')
    phrase = phrase[cut + 1 :]
    kind = _phrase_kind(phrase, near_end=True)
    if kind is None:
        return None
    lead = len(phrase) - len(phrase.lstrip())
    return Role(kind, Span(start - len(before) + cut + 1 + lead, start))


_AFTER_NAME = re.compile(r"^(?:\s*\((?P<brackets>[^)]{2,60})\)|\s*,\s*(?:\d{2}\s*,\s*)?(?P<apposition>[^,;.!?()“”\"]{3,110}))")


def _follows(after: str, start: int, end: int) -> Role | None:
    """ "Ruvindra Pallas, Chair of the HPA", "Brent Okafor, who leads the union"."""
    match = _AFTER_NAME.match(after)
    if match is None:
        return None
    phrase = fold(match.group("brackets") or match.group("apposition"))
    span = Span(start, end + match.end())
    clause = re.match(r"(?:who|which|that)\s+(.*)", phrase)
    if clause:
        for verb, kind in roles().verbs:
            if re.match(rf"(?:also |now |still |once )?{re.escape(verb)}\b", clause.group(1)):
                return Role(kind, span)
        return None
    if not re.match(r"(?:the|a|an|its|his|her|their|our|\w+['’]s?|[a-z-]+)\b", phrase):
        return None
    kind = _phrase_kind(phrase, near_end=False)
    return Role(kind, span) if kind else None


_PREPOSITION = re.compile(r"\b(?:of|for|in|at|on|to|from|with|who|whose)\b")


def _phrase_kind(phrase: str, *, near_end: bool) -> str | None:
    """The relation that a noun phrase stands for, read off its head: the last role before its first preposition."""
    words = [fold(w).strip(".") for w in _WORD.findall(phrase)]
    for verb in ("said", "says", "told", "and", "but", "when", "after", "before", "while", "by"):
        if verb in words:
            cut = len(words) - words[::-1].index(verb)
            words = words[cut:] if near_end else words[: words.index(verb)]
    head = words
    for i, word in enumerate(words):
        if _PREPOSITION.fullmatch(word) and i:
            whole = _kind(words[max(0, i - 1) : i + 3]) if i + 1 < len(words) else None
            if whole is None:
                head = words[:i]
            break
    return _kind(head) or (_kind(words) if near_end and len(words) < 9 else None)


def _kind(words: list[str]) -> str | None:
    """The relation of the last role among `words`; deputies and vice-anythings represent, former ones are nothing."""
    r = roles()
    for end in range(len(words), 0, -1):
        for length in range(min(r.longest, end), 0, -1):
            role = " ".join(words[end - length : end])
            kind = r.kinds.get(role)
            stem = words[end - length]
            if kind is None and length == 1 and "-" in stem:
                prefix, _, rest = stem.partition("-")
                if rest in r.kinds and prefix in ("vice", "sub", "deputy"):
                    return "represents"
                if rest in r.kinds and prefix == "ex":
                    continue
            if kind is None:
                continue
            lead = words[max(0, end - length - 3) : end - length]
            if any(w in r.past for w in lead):
                return None
            if kind == "leads" and any(w in r.lower for w in lead):
                return "represents"
            return kind
    return None

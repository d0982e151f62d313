"""Finds what parties hold back and what they require for it.

In: a draft whose statements are resolved. Out: Conditions, each resting on its statement. "Will come if" and "will not
come unless" both hold back coming; which of the two it was shows in the position beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple

from dragoman.reader.dates import find_dates
from dragoman.reader.draft import Draft
from dragoman.reader.nominals import has_verb
from dragoman.reader.phrases import (
    CORE,
    bare_noun,
    contained,
    is_negative,
    is_single,
    overlap,
    plain,
    said,
    sentences_of,
    stems,
    trim,
    withheld,
)
from dragoman.reading import Condition, Relation, Statement


class Clauses(NamedTuple):
    """A sentence cut in two: what is held back or offered, the word that joins, and what is required."""

    main: str
    link: str
    requirement: str


LONGEST = 900  # no sentence worth reading is longer


def find_conditions(draft: Draft) -> list[Condition]:
    """The conditions that the statements of `draft` set, in text order, each once for a party."""
    found: list[Condition] = []
    for statement in draft.statements:
        for clauses in split(draft, statement):
            condition = _condition(statement, clauses, draft.relations)
            if condition is None:
                continue
            twin = next((n for n, other in enumerate(found) if _same(condition, other)), None)
            if twin is None:
                found.append(condition)
            elif _fullness(condition) > _fullness(found[twin]) + 1:  # a headline gives way to what stands below it
                found[twin] = condition
            break
    return found


def _fullness(condition: Condition) -> int:
    return len(stems(" ".join((condition.withholds, *condition.requires))))


def split(draft: Draft, statement: Statement) -> list[Clauses]:
    """The conditional sentences of a statement."""
    whole = said(draft, statement, cue=True)
    found = []
    for sentence in sentences_of(whole):
        clauses = split_sentence(sentence, conditional=statement.act == "condition")
        if clauses:
            found.append(clauses)
    return found


def split_sentence(sentence: str, *, conditional: bool = False) -> Clauses | None:
    """A sentence cut at its conditional link; None when it sets no condition.

    Links that also do other work ("if", "until", "before", "when") count only in a sentence that is known to be
    `conditional`, or that says no.
    """
    sentence = plain(sentence[:LONGEST])
    without = re.match(
        r"without (?P<need>.+?)(?:, ?| (?=there|it |we |they |you |he |she |no |I ))(?P<main>.{4,})",
        sentence,
        re.IGNORECASE,
    )
    if without and conditional and is_negative(without["main"]):
        return Clauses(without["main"], "without", without["need"])
    pair = re.fullmatch(r"(?:that )?no (?P<need>[^,]{2,60}), no (?P<main>[^,.]{2,60})\.?", sentence, re.IGNORECASE)
    if pair:
        return Clauses(pair["main"], "no", pair["need"])
    for match in _links().finditer(sentence):
        strength = match.lastgroup or ""
        clauses = _cut(sentence, match)
        if clauses is None or not _counts(clauses, strength, conditional):
            continue
        return clauses
    if conditional:
        return _or_else(sentence)
    return None


# "even if", "asked if", "is provided": the link does other work
_OTHER_USE = re.compile(
    r"(?<!\w)(?:even|as|ask|asked|asks|know|see|wonder|say|said|not|is|was|were|are|be|been|has|had|have)\s*$",
    re.IGNORECASE,
)


def _cut(sentence: str, match: re.Match[str]) -> Clauses | None:
    link, before, after = match.group().lower(), sentence[: match.start()], sentence[match.end() :]
    if link in ("if", "provided", "when") and _OTHER_USE.search(before):
        return None
    main, need = before.strip(" ,"), after.strip(" ,")
    if len(re.findall(r"\w+", main)) < 1 or main.lower() in ("that", "and", "but"):  # "Unless R, M"
        need, _, main = need.partition(",")
        if not main.strip():
            return None
    main = re.sub(r"(?:,|\s)+(?:but|and)?(?: only)?$", "", main)
    last = re.split(r",? but (?:that )?|;\s| and that ", main)[-1]
    main = last if len(last.split()) > 2 and CORE.search(last) else main
    need = re.sub(r"^(?:that|of|:)\s*", "", need)
    if not need or not main:
        return None
    demanded = re.search(
        r"(?<!\w)(?:must|wants?|demand\w*|insist\w*|has to|have to|should|call\w* for|stipulated|freed)(?!\w)", main
    )
    if link == "before" and not is_negative(main) and (is_single(need) or demanded):  # "A must happen before a B"
        main, need = need, re.sub(rf"^.*{demanded.group()}\s+(?:that\s+)?", "", main) if demanded else main
    if link in ("in return for", "in exchange for") and re.search(r"(?<!\w)(?:demand|want|ask|seek|sought)", main):
        main, need = need, re.sub(r"^.*?(?:demand|want|ask|seek|sought)\w*\s+(?:for\s+)?", "", main)
    return Clauses(main, link, need)


def _counts(clauses: Clauses, strength: str, conditional: bool) -> bool:
    need = clauses.requirement
    if strength == "waiting":
        if _is_date(need) or not (
            conditional or (is_negative(clauses.main) and clauses.link in ("until", "before", "حتى"))
        ):
            return False
        return clauses.link != "without" or is_negative(clauses.main) or is_negative(need)
    if strength == "weak":
        return conditional and not _is_date(need)
    if clauses.link in ("provided", "as long as") and re.match(r"(?:by|for|a year)\b", need):
        return False
    if clauses.link in ("مقابل", "in exchange for", "in return for", "subject to", "short of", "depends on"):
        return conditional or clauses.link.startswith("in ")
    return True


def _is_date(words: str) -> bool:
    """Whether `words` begin with a date: "until Friday" sets a time, no condition."""
    dates = find_dates(words, None)
    if (
        dates
        and dates[0].span.start <= 12
        and not re.search(r"(?<!\w)(?:is|are|was|were|has|have|had|\w+s)\s", words[: dates[0].span.start])
    ):
        return True
    return bool(
        re.match(
            r"(?:then|now|midnight|noon|dawn|easter|christmas|\d|the (?:(?:first|second|third|last|next) (?:\w+ )?"
            r"(?:day|week|month|quarter|round|session|rains|moment)|(?:end|start|middle) of|weekend|winter|summer|"
            r"spring|autumn|holidays))",
            words,
            re.IGNORECASE,
        )
    )


def _or_else(sentence: str) -> Clauses | None:
    match = re.search(r"(?:,| )(?:or else|otherwise|or)(?!\w),? ", sentence)
    if match and len(sentence[: match.start()].split()) > 2 and len(sentence[match.end() :].split()) > 1:
        return Clauses(sentence[match.end() :], "or", sentence[: match.start()])
    match = re.match(r"(?P<main>.{4,})\s(?:which|that) (?:did|does|do) not (?P<need>.{4,})", sentence)
    return Clauses(match["main"], "which", match["need"]) if match else None


@cache
def _links() -> re.Pattern[str]:
    data = json.loads(resources.files("dragoman.reader").joinpath("data", "conditions.json").read_text("utf-8"))
    groups = []
    for strength in ("strong", "waiting", "weak"):
        words = "|".join(re.escape(w) for w in sorted(data[strength], key=len, reverse=True))
        groups.append(f"(?P<{strength}>{words})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


def _condition(statement: Statement, clauses: Clauses, relations: Iterable[Relation]) -> Condition | None:
    speaker = statement.speaker
    withholds = withheld(clauses.main, own=stems(f"{speaker.party or ''} {speaker.name or ''}"))
    requires = tuple(r for r in map(_requirement, coordinated(trim(clauses.requirement, most=40))) if r)
    if not withholds or not requires:
        return None
    return Condition(party_of(statement, relations), withholds, requires, statement.id)


def party_of(statement: Statement, relations: Iterable[Relation] = ()) -> str | None:
    """Whom a statement binds: the speaker's party, else whom the speaker is told to act for, else the speaker."""
    speaker = statement.speaker
    if speaker.party or not speaker.name:
        return speaker.party
    acts_for = (r.to for r in relations if r.origin == speaker.name and r.kind in ("leads", "represents", "member of"))
    return next(acts_for, speaker.name)


def _requirement(words: str) -> str:
    words = re.sub(r"^(?:that|and|the day|when|if|then|as long as|once|only)\s+", "", plain(words))
    return plain(re.sub(r",? (?:of|to|for|in|with) (?:which|whom)$", "", words))


_FINITE = re.compile(
    r"(?<!\w)(?:is|are|was|were|has|have|had|will|would|can|could|must|does|do|did|gets?|goes|comes?|agrees?|accepts?|"
    r"stops?|signs?|leaves?|lifts?|pays?|joins?|ends?|releases?|withdraws?|[a-z]{3,}ed)(?!\w)"
)


def coordinated(words: str) -> list[str]:
    """Requirements that are joined: "A is freed, B is lifted and C leaves" are three, "A comes and sits" is one."""
    pieces = re.split(r",? and (?:that )?|, |، | و(?=[يت][\u064b-\u0652]?\w)", words)
    if len(pieces) < 2:
        return [words]
    whole: list[str] = []
    for piece in pieces:
        verb = _FINITE.search(piece)
        own = bool(verb and verb.start() > 0) or has_verb(piece) or bool(re.match(r"[يت][\w\u064b-\u0652]{2,}", piece))
        if whole and not own:
            joint = words.find(piece, words.find(whole[-1]) + len(whole[-1]))
            whole[-1] = words[words.find(whole[-1]) : joint + len(piece)]
        else:
            whole.append(piece)
    first = _FINITE.search(whole[0]) or has_verb(whole[0])
    return whole if first or re.match(r"[يت]", whole[0]) else [words]


def _same(one: Condition, other: Condition) -> bool:
    if one.party != other.party:
        return False
    needs = " ".join(one.requires), " ".join(other.requires)
    if overlap(*needs) >= 0.5:
        return True
    return contained(*needs) >= 0.6 and contained(one.withholds, other.withholds) >= 0.6


__all__ = ["Clauses", "bare_noun", "coordinated", "find_conditions", "party_of", "split", "split_sentence"]

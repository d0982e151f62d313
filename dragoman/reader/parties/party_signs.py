"""Puts what speaks for a party into features: each part of them together, since many parties and speakers share it.

In: how a party stands to a speaker, in few kinds of words. Out: Parts, remembered for whoever stands alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from dragoman.reader.parties.named_parties import Option
from dragoman.reader.vocabulary import data, office_of_role, words

Part = tuple[str, ...]  # features that come together


def ties_told(option: Option, ties: Sequence[tuple[int, list[str], str]]) -> Part:
    """What the nearest ties of a party to a speaker say."""
    row: list[str] = []
    for _, all_, how in ties:
        row += [*all_, *(f"{option.sort} {t}" for t in all_), f"{how} {all_[-1]}", f"{option.kind} {how} {all_[0]}"]
    return tuple(dict.fromkeys(row))


@lru_cache(maxsize=1 << 8)
def of_kind(who: str, named: str, kind: str) -> Part:
    """What a party is, and to what kind of speaker."""
    return tuple(dict.fromkeys((f"kind={named}", f"{who}>{named}", kind, f"{who}>{kind}")))


@lru_cache(maxsize=1 << 8)
def for_none(who: str, others_tied: bool, by_rule: bool) -> Part:
    """What speaks for nobody."""
    found = "none while tied" if others_tied else "none untied", f"none {who} tied={others_tied}"
    return (*found, "rule none", f"{who} rule none", f"rule none tied={others_tied}") if by_rule else found


@lru_cache(maxsize=1 << 10)
def by_rule(who: str, kind: str, tied: bool, why: str) -> Part:
    """What speaks for the party that the rules give; one that only they name is called "rule" by its kind."""
    found = (
        f"{who}>{kind} rule", f"rule tied={tied}", f"rule why={why}", f"rule why={why} {kind}",
        f"rule why={why} tied={tied}",
    )  # fmt: skip
    return found if kind == "rule" else ("rule", *found)


@lru_cache(maxsize=1 << 8)
def near(kind: str, closest: bool) -> Part:
    """That a party stands near a speaker, nearer than all others or not."""
    return (f"{kind} tied", "closest tie", f"{kind} closest tie") if closest else (f"{kind} tied",)


@lru_cache(maxsize=1 << 8)
def far(kind: str, others_tied: bool) -> Part:
    """That a party stands nowhere near a speaker, and whether others do."""
    return (f"{kind} untied, others={others_tied}",)


@lru_cache(maxsize=1 << 8)
def named_by(kind: str, called: bool, speaks: bool, given: int) -> Part:
    """Whether a speaker is described by a party's noun, the party speaks, and to how many others the rules give it."""
    found = (f"{kind} given to {given}", *((f"{kind} speaks",) if speaks else ()))
    return (*found, "called in description", f"{kind} called in description") if called else found


@lru_cache(maxsize=1 << 10)
def worded(kind: str, head: str, length: int) -> Part:
    """By what noun and how many words a party is called."""
    return f"head={head}", f"{kind} words={length}"


@lru_cache(maxsize=1 << 12)
def ranked(kind: str, free: str, recent: int | None, rank: int | None, often: int, titled: bool) -> Part:
    """How often a party is named beside the others, whether shortly before the speaker, and whether in the title."""
    found = [f"{kind} named {often}"]
    found += [f"recent {kind} {recent} {free}", f"{kind} recent {recent} {free}"] if recent is not None else []
    found += [f"{kind} {free} rank {rank}"] if rank is not None else []
    found += [f"{kind} {free} in title"] if titled else []
    return tuple(found)


@lru_cache(maxsize=1 << 10)
def named_before(kind: str, free: str, gap: int, leap: int, opens: bool) -> Part:
    """How far before a speaker a party was named last."""
    far = f"{kind} {free} sentences back {gap}", f"{kind} {free} paragraphs back {leap}"
    return (*far, f"{kind} {free} subject {min(3, gap)}") if opens and gap else far


@lru_cache(maxsize=1 << 10)
def conducted(kind: str, free: str, conduct: Part) -> Part:
    """What the text lets a party do."""
    return tuple([feature for how in conduct for feature in (f"{kind} {how}", f"{kind} {free} {how}")])


@lru_cache(maxsize=1 << 8)  # the options of one speaker are of few kinds
def with_roles(what: str, roles: Part) -> Part:
    """A feature with each of the roles of a speaker."""
    return tuple([f"{what} role={role}" for role in roles])


@cache
def _classes() -> dict[str, str]:
    """What single role words make somebody to a party."""
    lists = data("roles.json")
    return {word: name for name in ("member of", "mediates", "represents", "leads") for word in lists[name].split(", ")}


def class_of(role: str) -> str | None:
    """What a role makes somebody to a party; None for a mere title: "Ms", "Dr"."""
    known = _classes().get(role)
    if known is not None or role in words("titles") or role in office_of_role():
        return known
    return "serving" if role in words("serving_nouns") else "private"

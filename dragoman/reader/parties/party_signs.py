"""Puts what speaks for a party into features: each part of them together, since many parties and speakers share it.

In: how a party stands to a speaker, in few kinds of words. Out: Parts, remembered for whoever stands alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from dragoman.folding import fold, last_word
from dragoman.reader.names.outlet_shapes import is_shaped
from dragoman.reader.parties.descriptions import PAPER
from dragoman.reader.parties.named_parties import Option
from dragoman.reader.vocabulary import data, office_of_role, words

_HEAD_ENDS = re.compile(r",|\s(?:of|in|at|from|for|on|to|with|who|which|that|close|familiar|by)\s")
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


@lru_cache(maxsize=1 << 8)
def though_owned(alone: bool, kind: str, who: str) -> Part:
    """What speaks for nobody where a speaker is somebody's, who may stand alone: "her office", "its lawyers"."""
    if alone:
        return ("owner's none", f"owner's none, a {kind}")
    return "none though owned", f"none though owned by a {kind}", f"{who} none though owned"


@lru_cache(maxsize=1 << 10)
def of_owner(alone: bool, kind: str, free: str, roles: Part, who: str) -> Part:
    """That a party is that of whoever a speaker belongs to, or that owner where it has none."""
    what = "owner alone" if alone else "owner's party"
    staff = who != "person" and (not alone or kind == "group")
    told = ("staff's party",) if staff and kind != "outlet" else ()
    return *told, f"{what} {free}", what, f"{what}, a {kind}", *with_roles(what, roles)


@lru_cache(maxsize=1 << 10)
def speaks_as(name: str, described: Part) -> str:
    """What a speaker who is no person is called by: a paper, the press, people, a body, a name or another word."""
    head = fold(last_word(_HEAD_ENDS.split(name)[0]))
    if head in words("paper_nouns", "issued_nouns", "recording_words") or PAPER.search(_HEAD_ENDS.split(name)[0]):
        return "paper"
    if is_shaped(name) or not words("outlet_nouns").isdisjoint(described):
        return "press"
    if name[:1].isupper() and name.split()[-1][:1].isupper():
        return "body's name" if head in words("organisation_nouns") else "name"
    if head in words("organisation_nouns"):
        return "body"
    if head in words("role_nouns", "anonymous_nouns") or head.endswith("s"):
        return "people" if head.endswith("s") or head == "people" else "somebody"
    return "other"


@lru_cache(maxsize=1 << 10)
def by_rule(who: str, kind: str, tied: bool, why: str) -> Part:
    """What speaks for the party that the rules give; one that only they name is called "rule" by its kind."""
    found = (
        f"{who}>{kind} rule", f"rule tied={tied}", f"rule why={why}", f"rule why={why} {kind}",
        f"rule why={why} tied={tied}",
    )  # fmt: skip
    return found if kind == "rule" else ("rule", *found)


@lru_cache(maxsize=1 << 10)
def near(kind: str, closest: bool, roles: Part) -> Part:
    """That a party stands near a speaker of some roles, nearer than all others or not."""
    found = (f"{kind} tied", "closest tie", f"{kind} closest tie") if closest else (f"{kind} tied",)
    return (*found, *with_roles(f"{kind} tied", roles), *with_roles(kind, roles))


@lru_cache(maxsize=1 << 10)
def far(kind: str, others_tied: bool, roles: Part) -> Part:
    """That a party stands nowhere near a speaker of some roles, and whether others do."""
    found = with_roles(f"{kind} untied", roles) or (f"{kind} untied role=-",)
    return (f"{kind} untied, others={others_tied}", *found, *with_roles(kind, roles))


@lru_cache(maxsize=1 << 12)
def named_by(
    who: str, kind: str, given: int, noun: str | None, length: int, called: bool, speaks: bool, told: bool
) -> Part:
    """How a party is named and met with: by what noun and how many words, whether in the words for the speaker.

    Also whether it speaks, and to how many others the rules give it. A land has no noun.
    """
    found = [f"{kind} given to {given}"]
    found += [f"{kind} speaks"] if speaks else []
    found += ["called in description", f"{kind} called in description"] if called else []
    found += ["in source", f"{who}>{kind} in source"] if told else []
    found += [f"head={noun}", f"{kind} words={length}"] if noun is not None else []
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def ranked(kind: str, free: str, recent: int | None, rank: int | None, often: int, titled: bool, roles: Part) -> Part:
    """How often a party is named beside the others, whether shortly before the speaker, and whether in the title."""
    found = [f"{kind} named {often}"]
    found += [f"recent {kind} {recent} {free}", f"{kind} recent {recent} {free}"] if recent is not None else []
    found += with_roles(f"most recent {kind}", roles) if recent == 0 and free == "free" else ()
    found += [f"{kind} {free} rank {rank}"] if rank is not None else []
    found += with_roles(f"{kind} first", roles) if rank == 0 and free == "free" else ()
    found += [f"{kind} {free} in title"] if titled else []
    return tuple(found)


@lru_cache(maxsize=1 << 10)
def named_before(kind: str, free: str, gap: int, leap: int, opens: bool) -> Part:
    """How far before a speaker a party was named last."""
    far = f"{kind} {free} sentences back {gap}", f"{kind} {free} paragraphs back {leap}"
    return (*far, f"{kind} {free} subject {min(3, gap)}") if opens and gap else far


@lru_cache(maxsize=1 << 10)
def conducted(kind: str, free: str, conduct: Part, classes: Part) -> Part:
    """What the text lets a party do, by itself and with the kinds of roles of a speaker."""
    found = [feature for how in conduct for feature in (f"{kind} {how}", f"{kind} {free} {how}")]
    return (*found, *with_roles(f"{kind} {conduct[-1]}", classes))


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

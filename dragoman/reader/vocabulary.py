"""The word lists that the rules read by: closed word classes of English, and verbs that report.

In: the data files `words_en.json`, `cues_en.json`. Out: sets of words, and for each form of a reporting verb what it
is a form of.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from dragoman.folding import fold_name


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that reports: what may follow it (`frames`, the letters are explained in the data) and its usual act."""

    lemma: str
    frames: str
    act: str
    prepositions: tuple[str, ...] = ()
    particle: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a verb: base | s | past | participle | ing."""

    verb: Verb
    kind: str


def data(file: str) -> Any:
    """The content of a data file that ships with Dragoman."""
    return json.loads(resources.files("dragoman").joinpath("data", file).read_text("utf-8"))


@cache
def own_data(file: str) -> Any:
    """The content of a data file of the reader's own; whoever asks for it changes nothing in it."""
    return json.loads(resources.files("dragoman.reader").joinpath("data", file).read_text("utf-8"))


key_of = fold_name  # what tells one name from another


@cache
def words(*names: str) -> frozenset[str]:
    """The words of one class or of several, by their names."""
    return frozenset(word for name in names for word in _lists()[name].split())


@cache
def role_kin() -> dict[str, frozenset[str]]:
    """For a role the others that it can stand for: an "officer" may be a colonel, an "alderman" an "Ald."."""
    return {word: frozenset(others.split()) for word, others in data("words_en.json")["role_kin"].items()}


@cache
def office_of_role() -> dict[str, str]:
    """For a role the kind of office that it is: a mayor's is municipal, a colonel's military."""
    offices = data("words_en.json")["offices"]
    return {word: office for office, roles in offices.items() for word in roles.split()}


@cache
def kinds_of_body() -> dict[str, tuple[str, ...]]:
    """For the noun of a body what kinds of body it may be: a "commission" judges or administers."""
    kinds = data("words_en.json")["body_kinds"]
    nouns = {noun for listed in kinds.values() for noun in listed.split()}
    return {noun: tuple(kind for kind, listed in kinds.items() if noun in listed.split()) for noun in nouns}


@cache
def bodies_of_office() -> dict[str, frozenset[str]]:
    """For a kind of office the kinds of body that have it: towns and places have mayors."""
    return {office: frozenset(kinds.split()) for office, kinds in data("words_en.json")["office_bodies"].items()}


@cache
def first_names() -> dict[str, str]:
    """First names, folded, and the gender that goes with each: m, f, or "" for either."""
    lists = data("first_names.json")
    return {
        name: gender for key, gender in (("either", ""), ("male", "m"), ("female", "f")) for name in lists[key].split()
    }


@cache
def _lists() -> dict[str, str]:
    return dict(data("words_en.json"))


@cache
def verb_forms() -> dict[str, tuple[Form, ...]]:
    """Every inflected form of a reporting verb (its first word), and what it may be."""
    forms: dict[str, list[Form]] = {}
    for row in data("cues_en.json")["verbs"]:
        head, _, particle = row["verb"].partition(" ")
        verb = Verb(row["verb"], row["frames"], row["act"], tuple(row.get("prepositions", ())), particle)
        past = row.get("past") or inflect(head, "ed")
        for word, kind in (
            (head, "base"), (inflect(head, "s"), "s"), (past, "past"),
            (row.get("participle") or past, "participle"), (inflect(head, "ing"), "ing"),
        ):  # fmt: skip
            kinds = forms.setdefault(word, [])
            if not (kind == "participle" and word == past) and Form(verb, kind) not in kinds:
                kinds.append(Form(verb, kind))
    return {word: tuple(kinds) for word, kinds in forms.items()}


_DOUBLED = frozenset(
    ["beg", "drop", "snap", "shrug", "commit", "slam", "admit", "plan", "dub", "refer", "prefer", "concur"]
)


def inflect(verb: str, ending: str) -> str:
    """A regular English verb with the ending s, ed or ing."""
    if ending == "s":
        if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
            return verb + "es"
        return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"
    if verb in _DOUBLED:
        return verb + verb[-1] + ending
    if verb.endswith("e") and (ending == "ed" or not verb.endswith(("ee", "oe"))):
        return verb[:-1] + ending
    if ending == "ed" and verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + ending

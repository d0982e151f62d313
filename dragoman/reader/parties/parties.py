"""Chooses for whom each speaker of a text speaks, among all the bodies, states and groups that the text names.

In: the cast of a text, its attributions and who speaks in each. Out: for each speaker the parties that it may speak
for, with what speaks for each; the likeliest becomes its party. The weights are data (`data/parties.json`), made by
`training/parties.py`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dragoman.reader.draft import Found
from dragoman.reader.names.names import Actor, Cast
from dragoman.reader.parties.field import Field, is_asked
from dragoman.reader.parties.named_parties import Option
from dragoman.reader.parties.party_signs import Part
from dragoman.reader.parties.told_around import called_government, only_land

_SURE = 0.9  # of parties that are so likely nineteen in twenty are right; less sure ones a table may correct
_TRUST = 0.5  # by how much a party that the rules give must be likelier than learned; found with folders held out
_OWNED = 1.5  # by how much the party of whoever has staff is likelier for these; they are too few to learn it
_OF_LAND = re.compile(r"(?:(?P<one>.+) )?[Gg]overnment(?: of (?:the )?(?P<other>.+))?")
_REMEMBERED = 1 << 15  # parts of features that are not weighed again


@dataclass(slots=True)
class Choice:
    """A speaker, the attributions in which it speaks, and the parties to choose from with what speaks for each."""

    actor: Actor
    statements: list[int]
    options: list[Option]
    parts: list[list[Part]]

    @property
    def features(self) -> list[list[str]]:
        """The features of each party."""
        return [[feature for part in parts for feature in part] for parts in self.parts]


@cache
def weights() -> dict[str, float]:
    """The weight of each feature."""
    text = resources.files("dragoman.reader").joinpath("data", "parties.json").read_text("utf-8")
    return json.loads(text)["weights"]  # type: ignore[no-any-return]


def choose_parties(cast: Cast, found: Sequence[Found], actors: Sequence[Actor]) -> None:
    """Give every speaker in `actors` the likeliest party."""
    for choice in choices(cast, found, actors):
        sums = [sum(map(_WEIGHED.__getitem__, parts)) for parts in choice.parts]
        best = max(sums)
        shares = [math.exp(s - best) for s in sums]
        one = _together(cast, choice.options, shares)
        party = _of_what_land(cast, one[0].name)
        if choice.actor.kind != "state" or one[0].kind != "government" or party == "government":
            choice.actor.party = party  # and "Vekk's government" speaks for the state by whose name it goes
        if choice.actor.party is not None:
            likely = sum(shares[choice.options.index(o)] for o in one) / sum(shares)
            if likely < _SURE:
                cast.unsure[choice.actor.name] = round(likely, 2)


def _together(cast: Cast, options: Sequence[Option], shares: Sequence[float]) -> list[Option]:
    """The likeliest party by all its names, the likeliest first: "Colombia" and "Colombian government" are one."""
    names: dict[str | None, list[tuple[float, Option]]] = {}
    for option, share in zip(options, shares, strict=True):
        land = _land(cast, option) if option.sort == "land" else None
        names.setdefault(land or option.name, []).append((share, option))
    best = max(names.values(), key=lambda named: sum(share for share, _ in named))
    return [option for _, option in sorted(best, key=lambda named: -named[0])]


def _land(cast: Cast, option: Option) -> str | None:
    """The state that a party is, by its own name or that of its government."""
    owner = _OF_LAND.match(option.name or "")
    state = cast.atlas.lookup(owner["one"] or owner["other"] or "") if owner else None
    return state[0] if state is not None else option.name


def _of_what_land(cast: Cast, party: str | None) -> str | None:
    """A party; the state where it is only called its government, and the text speaks of no other state or cabinet."""
    if party is None or party.lower() not in ("government", "the government"):
        return party
    return only_land(cast) or called_government(cast) or party


class _Weighed(dict[Part, float]):
    """What speaks for a party by features that come together: every party of every speaker is asked for it."""

    def __missing__(self, part: Part) -> float:
        if len(self) >= _REMEMBERED:
            self.clear()
        table = weights()
        trust = _TRUST if "rule" in part else _OWNED if "staff's party" in part else 0.0
        found = self[part] = sum([table[feature] for feature in part if feature in table]) + trust
        return found


_WEIGHED = _Weighed()


def choices(cast: Cast, found: Sequence[Found], actors: Sequence[Actor]) -> Iterator[Choice]:
    """The choice that each speaker is, in the order in which they first speak."""
    spoken: dict[Actor, list[int]] = {}
    for n, actor in enumerate(actors):
        if is_asked(actor):
            spoken.setdefault(actor, []).append(n)
    if not spoken:
        return
    field_ = cast.draft.named = Field(cast, found, actors)
    for actor, statements in _owners_first(spoken).items():
        actor.party = field_.people(actor.party)
        options = field_.options_of(actor, field_.anchors(actor, statements))
        yield Choice(actor, statements, options, field_.parts(actor, statements, options))
        field_.talk.decide(actor)


def _owners_first(spoken: dict[Actor, list[int]]) -> dict[Actor, list[int]]:
    """The speakers in their order, each after whoever it speaks for: an office after the minister whose it is.

    An owner who says nothing stands with the statements of its people: their party is its own.
    """
    ordered: dict[Actor, list[int]] = {}
    for actor, statements in spoken.items():
        owners = [actor]
        while (owner := owners[-1].owner) is not None and owner not in ordered and owner not in owners:
            if owner.kind not in ("person", "group") or not owner.name:
                break
            owners.append(owner)
        for one in reversed(owners):
            ordered.setdefault(one, spoken.get(one, statements))
    return ordered

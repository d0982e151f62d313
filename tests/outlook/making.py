"""Random small conflicts for the laws that every solver must keep."""

import random
from itertools import combinations

from dragoman.analysis.outlook.conflict import Conflict, DecisionMaker, Option, Preference, Priorities, Ranking, Weights
from dragoman.analysis.outlook.space import space_of
from dragoman.analysis.outlook.statements import Statement, parse, pattern
from dragoman.errors import ModelError

FIRST_NAMES = ("Arda", "Bree", "Cael", "Dun")


def a_conflict(*options: tuple[str, str], prefers: dict[str, list[str]], **more: object) -> Conflict:
    """A conflict from (owner, option) pairs and statements for each owner."""
    names = {name: k for k, (_, name) in enumerate(options)}
    owners = list(dict.fromkeys(owner for owner, _ in options))
    makers = tuple(
        DecisionMaker(
            owner,
            tuple(k for k, (who, _) in enumerate(options) if who == owner),
            Priorities(tuple(parse(text, names) for text in prefers.get(owner, []))),
        )
        for owner in owners
    )
    return Conflict("small", makers, tuple(Option(name) for _, name in options), **more)  # type: ignore[arg-type]


def random_conflict(seed: int, *, plain: bool = False) -> Conflict:
    """Two to four decision makers, at most seven options; infeasible states, one-way options, ties, and odd orders
    of options.

    With `plain` false some models also have merged states, overlooked states, uncertain statements and unknown pairs.
    """
    rng = random.Random(seed)
    while True:
        try:
            conflict = _attempt(rng, plain)
            space_of(conflict)
            return conflict
        except ModelError:
            continue


def _attempt(rng: random.Random, plain: bool) -> Conflict:
    makers = rng.choice((2, 2, 3, 3, 3, 4))
    count = rng.randint(makers, 6 if makers < 4 else 7)
    ids = [f"o{k}" for k in range(count)]
    owner = [*range(makers), *(rng.randrange(makers) for _ in range(count - makers))]
    if rng.random() < 0.7:
        owner.sort()
    else:
        rng.shuffle(owner)
    options = tuple(Option(id, change=rng.choice(("both", "both", "both", "only on", "only off"))) for id in ids)
    infeasible = tuple(_pattern(rng, ids, 2, 3) for _ in range(rng.choice((0, 0, 1, 2, 4))))
    coalesce = () if plain or rng.random() < 0.7 else (_pattern(rng, ids, 1, 2),)
    bare = Conflict(
        "random",
        tuple(
            DecisionMaker(FIRST_NAMES[m], tuple(k for k in range(count) if owner[k] == m), Priorities(()))
            for m in range(makers)
        ),
        options,
        infeasible=infeasible,
        coalesce=coalesce,
    )
    decimals = space_of(bare).decimals.tolist()
    dms = []
    for dm in bare.decision_makers:
        preference = _preference(rng, ids, decimals, plain)
        overlooks = (_pattern(rng, ids, 1, 2),) if not plain and rng.random() < 0.2 else ()
        pairs = list(combinations(decimals, 2))
        unknown = () if plain or not pairs or rng.random() < 0.75 else tuple(rng.sample(pairs, min(len(pairs), 3)))
        dms.append(DecisionMaker(dm.name, dm.options, preference, unknown, overlooks))
    return Conflict("random", tuple(dms), options, infeasible=infeasible, coalesce=coalesce)


def _preference(rng: random.Random, ids: list[str], decimals: list[int], plain: bool) -> Preference:
    way = rng.random()
    if way < 0.2:
        order = rng.sample(decimals, len(decimals))
        groups, place = [], 0
        while place < len(order):
            size = rng.choice((1, 1, 1, 2, 3))
            groups.append(tuple(order[place : place + size]))
            place += size
        gaps = tuple(sorted(rng.sample(range(len(groups) - 1), rng.randint(0, min(2, len(groups) - 1)))))
        return Ranking(tuple(groups), () if plain else gaps)
    if way < 0.3:
        return Weights(tuple((k, rng.randint(-3, 3)) for k in range(len(ids))))
    statements = tuple(_pattern(rng, ids, 1, 3) for _ in range(rng.randint(1, 7)))
    uncertain = () if plain or rng.random() < 0.8 else (rng.randrange(len(statements)),)
    return Priorities(statements, 0 if plain else rng.choice((0, 0, 1)), uncertain)


def _pattern(rng: random.Random, ids: list[str], least: int, most: int) -> Statement:
    chosen = rng.sample(range(len(ids)), min(len(ids), rng.randint(least, most)))
    return pattern([(k, rng.random() < 0.5) for k in chosen], ids)

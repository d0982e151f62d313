"""Two conflicts come in, such as before and after a concession; which outcomes are gained, lost and kept goes out."""

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.analysis.outlook.conflict import Conflict
from dragoman.analysis.outlook.solving import MAIN, Solver


@dataclass(frozen=True)
class Change:
    """One concept: equilibria that only the first, only the second, and both conflicts have; a state by its name."""

    concept: str
    lost: tuple[str, ...]
    gained: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What became of the equilibria, and for whom which state became stable or unstable."""

    before: str
    after: str
    options_only_before: tuple[str, ...]
    options_only_after: tuple[str, ...]
    changes: tuple[Change, ...]
    turned: tuple[tuple[str, str, str, bool], ...]  # concept, decision maker, state, whether it is stable now


def compare(before: Conflict, after: Conflict, *, concepts: Sequence[str] = MAIN) -> Comparison:
    """Compare two conflicts by the names of their options; states are matched by the options taken."""
    first, second = Solver(before), Solver(after)
    changes, turned = [], []
    for concept in concepts:
        old = {state_key(first, int(s)): first.space.name(int(s)) for s in first.equilibria(concept)}
        new = {state_key(second, int(s)): second.space.name(int(s)) for s in second.equilibria(concept)}
        changes.append(
            Change(
                concept,
                _named(old, old.keys() - new.keys()),
                _named(new, new.keys() - old.keys()),
                _named(new, new.keys() & old.keys()),
            )
        )
        turned += _turned(first, second, concept)
    mine, yours = ({option.id for option in conflict.options} for conflict in (before, after))
    return Comparison(
        before.title,
        after.title,
        tuple(sorted(mine - yours)),
        tuple(sorted(yours - mine)),
        tuple(changes),
        tuple(turned),
    )


def state_key(solver: Solver, ordinal: int) -> frozenset[str]:
    """A state as the set of options taken in it; the name of a drawn one."""
    decimal = int(solver.space.decimals[ordinal - 1])
    if solver.conflict.drawn:
        return frozenset({solver.conflict.states[decimal]})
    return frozenset(option.id for k, option in enumerate(solver.conflict.options) if decimal >> k & 1)


def _named(names: dict[frozenset[str], str], keys: object) -> tuple[str, ...]:
    return tuple(sorted(names[key] for key in keys))  # type: ignore[attr-defined]


def _turned(first: Solver, second: Solver, concept: str) -> list[tuple[str, str, str, bool]]:
    places = {state_key(second, k + 1): k for k in range(len(second.space))}
    found = []
    for i, name in enumerate(first.conflict.names):
        if name not in second.conflict.names:
            continue
        was, now = first.stable(concept, i), second.stable(concept, second.conflict.names.index(name))
        for k in range(len(first.space)):
            place = places.get(state_key(first, k + 1))
            if place is not None and was[k] != now[place]:
                found.append((concept, name, second.space.name(place + 1), bool(now[place])))
    return found

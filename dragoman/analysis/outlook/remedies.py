"""A wished outcome comes in; edits to the model after which it would hold go out: to statements, and to what can
be done."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.analysis.outlook.conflict import Conflict, DecisionMaker, Priorities, Ranking
from dragoman.analysis.outlook.solving import Solver
from dragoman.analysis.outlook.statements import Not, Statement
from dragoman.errors import ModelError

MOST = 20  # remedies of two edits that are looked for


@dataclass(frozen=True)
class Edit:
    """One change to the model: whose, what kind, and in words."""

    decision_maker: str | None
    kind: str  # moved | dropped | turned round | made reversible | made irreversible | fixed | allowed
    words: str


@dataclass(frozen=True)
class Remedy:
    """Edits that together make the wanted state an equilibrium."""

    edits: tuple[Edit, ...]


def statement_changes(conflict: Conflict, wanted: int, concept: str, *, most: int = 2) -> tuple[Remedy, ...]:
    """The fewest edits to preference statements that make the wanted state (a decimal) hold; all remedies of that
    number. None where it holds as things are."""
    if _holds(conflict, wanted, concept):
        return ()
    singles = list(_statement_edits(conflict))
    found = [Remedy((edit,)) for edit, changed in singles if _holds(changed, wanted, concept)]
    if found or most < 2:
        return tuple(found)
    seen: set[frozenset[Edit]] = set()
    for edit, changed in singles:
        for second, twice in _statement_edits(changed):
            pair = frozenset((edit, second))
            later = (second.decision_maker or "") >= (edit.decision_maker or "")
            if later and len(pair) == 2 and pair not in seen and _holds(twice, wanted, concept):
                seen.add(pair)
                found.append(Remedy((edit, second)))
        if len(found) >= MOST:
            break
    return tuple(found)


def _statement_edits(conflict: Conflict) -> Iterator[tuple[Edit, Conflict]]:
    for dm in conflict.decision_makers:
        preference = dm.preference
        if not isinstance(preference, Priorities):
            continue
        statements = preference.statements
        for place, statement in enumerate(statements):
            turned = Statement(f"not ({statement.text})", Not(statement.condition))
            swapped = (*statements[:place], turned, *statements[place + 1 :])
            yield (
                Edit(dm.name, "turned round", f"{dm.name} comes to want the contrary of '{statement.text}'"),
                conflict.replaced(
                    dm.name, replace(preference, statements=swapped, uncertain=_without(preference, place))
                ),
            )
            yield (
                Edit(dm.name, "dropped", f"{dm.name} no longer minds '{statement.text}'"),
                conflict.replaced(dm.name, _dropped(preference, place)),
            )
            for goal in range(len(statements)):
                if goal not in (place, place - 1):
                    moved = _moved(preference, place, goal)
                    yield (
                        Edit(
                            dm.name,
                            "moved",
                            f"{dm.name} puts '{statement.text}' in place {goal + 1} instead of {place + 1}",
                        ),
                        conflict.replaced(dm.name, moved),
                    )


def _without(preference: Priorities, place: int) -> tuple[int, ...]:
    """The uncertain statements but for the one at this place: whoever comes to want its contrary is sure of that."""
    return tuple(k for k in preference.uncertain if k != place)


def _dropped(preference: Priorities, place: int) -> Priorities:
    """The preference without one statement; those behind it move up, and stay as uncertain as they were."""
    rest = preference.statements[:place] + preference.statements[place + 1 :]
    unsure = tuple(k - (k > place) for k in _without(preference, place))
    return replace(preference, statements=rest, strong=min(preference.strong, len(rest)), uncertain=unsure)


def _moved(preference: Priorities, place: int, goal: int) -> Priorities:
    """The preference with one statement put elsewhere; what is uncertain of it goes with it."""
    order = [k for k in range(len(preference.statements)) if k != place]
    order.insert(goal, place)
    unsure = tuple(at for at, k in enumerate(order) if k in preference.uncertain)
    return replace(preference, statements=tuple(preference.statements[k] for k in order), uncertain=unsure)


def feasibility_changes(conflict: Conflict, wanted: int, concept: str) -> tuple[Remedy, ...]:
    """Single changes of what can be done, after which the wanted state (a decimal) holds, where it does not yet."""
    if _holds(conflict, wanted, concept):
        return ()
    return tuple(
        Remedy((edit,)) for edit, changed in _feasibility_edits(conflict, wanted) if _holds(changed, wanted, concept)
    )


def _feasibility_edits(conflict: Conflict, wanted: int) -> Iterator[tuple[Edit, Conflict]]:
    for k, option in enumerate(conflict.options):
        owner = next((dm.name for dm in conflict.decision_makers if k in dm.options), None)
        changes = {
            "both": "can be taken and dropped",
            "only on": "cannot be dropped once taken",
            "only off": "cannot be taken once dropped",
        }
        for change, words in changes.items():
            if change != option.change:
                options = (*conflict.options[:k], replace(option, change=change), *conflict.options[k + 1 :])
                kind = "made reversible" if change == "both" else "made irreversible"
                yield Edit(owner, kind, f"'{option.title}' {words}"), replace(conflict, options=options)
        taken = bool(wanted >> k & 1)
        makers = tuple(replace(dm, options=tuple(o for o in dm.options if o != k)) for dm in conflict.decision_makers)
        yield (
            Edit(owner, "fixed", f"'{option.title}' is {'bound to happen' if taken else 'out of the question'}"),
            _with_fixed(conflict, makers),
        )
    for place, statement in enumerate(conflict.infeasible):
        if any(isinstance(dm.preference, Ranking) for dm in conflict.decision_makers):
            break  # a ranking does not say where the new states would stand
        rest = conflict.infeasible[:place] + conflict.infeasible[place + 1 :]
        yield Edit(None, "allowed", f"'{statement.text}' becomes possible"), replace(conflict, infeasible=rest)


def _with_fixed(conflict: Conflict, makers: tuple[DecisionMaker, ...]) -> Conflict:
    """Nobody can change the option any more; the states with the other setting stay but cannot be reached."""
    return replace(conflict, decision_makers=makers)


def _holds(conflict: Conflict, wanted: int, concept: str) -> bool:
    try:
        solver = Solver(conflict)
        place = solver.space.ordinal(wanted) - 1
        return all(bool(solver.stable(concept, i)[place]) for i in range(len(conflict.names)))
    except ModelError:
        return False

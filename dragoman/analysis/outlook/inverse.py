"""A wished outcome comes in; the smallest changes that would make it hold go out, and whose they are.

A change of preference is counted in pairs of states whose order changes. For nash, gmr and smr each decision maker's
smallest change stands alone and is found by trying every set of states that would have to fall behind the wished one. For
seq and sseq the changes hang together: rankings are tried in order of distance, between the bound that gmr (smr) gives
from below and the one that nash gives from above.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dragoman.analysis.outlook.conflict import Conflict, Priorities, Ranking
from dragoman.analysis.outlook.profiles import Profiles
from dragoman.analysis.outlook.solving import MAIN, Solver
from dragoman.analysis.outlook.statements import Not, Statement
from dragoman.errors import ModelError

SUBSETS = 20  # at most this many states may stand above the wished one and matter: 2**20 sets are tried
TRIED = 1_500_000  # profiles tried for seq and sseq before the search says how far it got
BATCH = 20_000


@dataclass(frozen=True)
class Reordering:
    """What one decision maker would have to prefer otherwise: its new ranking and the pairs whose order changes."""

    decision_maker: str
    ranking: tuple[tuple[int, ...], ...]  # ordinals from best to worst, ties together
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Inverse:
    """The smallest change of preferences that makes the wanted state an equilibrium.

    `pairs` counts the changed pairs; when `exact` is false no change smaller than `at_least` would do, and the one given
    does. `changes` is None when no change of preferences was found to be enough.
    """

    wanted: int
    concept: str
    changes: tuple[Reordering, ...] | None
    pairs: int
    at_least: int
    exact: bool


def smallest_change(solver: Solver, wanted: int, concept: str, *, of: Sequence[str] = ()) -> Inverse:
    """The fewest changed pairs that make the wanted state (an ordinal) an equilibrium; `of` limits whose may change."""
    if concept not in MAIN:
        raise ModelError(f"the concept '{concept}' cannot be inverted", expected=", ".join(MAIN))
    if not all(order.complete for order in solver.orders):
        raise ModelError("some preferences are unknown", todo="Settle the unknown preferences before asking what would have to change")
    if solver.seen:
        raise ModelError("the model holds beliefs", todo="Ask for each decision maker's view by itself")
    search = _Inverse(solver, wanted - 1, concept, [name in of or not of for name in solver.conflict.names])
    return search.run()


class _Inverse:
    """One question: a wanted state s (from 0), a concept, and who may change."""

    def __init__(self, solver: Solver, s: int, concept: str, free: list[bool]) -> None:
        self.solver, self.s, self.concept, self.free = solver, s, concept, free
        self.values = [order.value.astype(np.int16) for order in solver.orders]
        self.profiles = Profiles(len(solver.space), solver.moves)

    def run(self) -> Inverse:
        if self.concept in ("nash", "gmr", "smr"):
            best = self._each_alone(self.concept)
            return self._answer(best, exact=True)
        below = self._each_alone({"seq": "gmr", "sseq": "smr"}[self.concept])
        above = self._each_alone("nash")
        least = self._cost(below) if below is not None else 0
        if below is None:
            return Inverse(self.s + 1, self.concept, None, 0, 0, exact=True)
        most = self._cost(above) if above is not None else None
        found, reached = self._together(least, most)
        if found is not None:
            return self._answer(found, exact=True)
        if above is not None:
            return self._answer(above, exact=reached >= most if most is not None else False, at_least=min(reached, most or reached))
        return Inverse(self.s + 1, self.concept, None, 0, reached, exact=False)

    def _answer(self, values: list[np.ndarray] | None, *, exact: bool, at_least: int | None = None) -> Inverse:
        if values is None:
            return Inverse(self.s + 1, self.concept, None, 0, 0, exact=exact)
        changes = tuple(reordering(name, old, new) for name, old, new in
                        zip(self.solver.conflict.names, self.values, values, strict=True) if (old != new).any())
        pairs = sum(len(change.pairs) for change in changes)
        return Inverse(self.s + 1, self.concept, changes, pairs, pairs if at_least is None else at_least, exact)

    def _cost(self, values: list[np.ndarray]) -> int:
        return sum(len(changed_pairs(old, new)) for old, new in zip(self.values, values, strict=True))

    # nash, gmr, smr: one decision maker at a time

    def _each_alone(self, concept: str) -> list[np.ndarray] | None:
        result = []
        for i in range(len(self.values)):
            found = self._alone(i, concept)
            if found is None:
                return None
            result.append(found)
        return result

    def _alone(self, i: int, concept: str) -> np.ndarray | None:
        """The nearest ranking of i under which s is stable for it; other preferences do not matter here."""
        value, s = self.values[i], self.s
        above = np.flatnonzero(value > value[s])
        above = above[np.argsort(-value[above], kind="stable")]
        if not len(above) or bool(self._holds_if_fallen(i, concept, above, np.zeros((1, len(above)), bool))[0]):
            return value
        if not self.free[i]:
            return None
        if len(above) > SUBSETS:
            raise ModelError(f"{len(above)} states stand above the wished one for {self.solver.conflict.names[i]}",
                             expected=f"at most {SUBSETS} for an exact answer",
                             todo="Ask for changes of statements, which are searched one at a time")
        fallen = (np.arange(1 << len(above))[:, None] >> np.arange(len(above)) & 1).astype(bool)
        enough = self._holds_if_fallen(i, concept, above, fallen)
        tied = int((value == value[s]).sum()) - 1
        cost = fallen.sum(axis=1) + np.where(fallen.any(axis=1), tied, 0)
        for d in range(len(above)):
            for e in range(len(above)):
                if d != e and value[above[d]] >= value[above[e]]:
                    cost += fallen[:, d] & ~fallen[:, e]
        cost = np.where(enough, cost, np.iinfo(cost.dtype).max)
        return self._let_fall(value, above, fallen[int(cost.argmin())])

    def _holds_if_fallen(self, i: int, concept: str, above: np.ndarray, fallen: np.ndarray) -> np.ndarray:
        """For each set of fallen states whether s is stable; only what is better than s matters, as 1 against 0."""
        result = []
        for start in range(0, len(fallen), BATCH):
            better = np.zeros((len(self.values[i]), len(fallen[start : start + BATCH])), np.int16)
            better[above] = ~fallen[start : start + BATCH].T
            payoffs = [better if j == i else np.zeros_like(better) for j in range(len(self.values))]
            result.append(self.profiles.stable(concept, i, payoffs)[self.s])
        return np.concatenate(result)

    def _let_fall(self, value: np.ndarray, above: np.ndarray, fallen: np.ndarray) -> np.ndarray:
        """Put the fallen states right behind s, everything else as it was."""
        new = value.astype(np.int64) * 4
        down = above[fallen]
        room = int(value.max()) + 1
        new = np.where(value > value[self.s], new + 4 * room, new)
        new[self.s] += 3 + 2 * room
        new[down] = 4 * int(value[self.s]) + 1 + value[down]
        return np.unique(new, return_inverse=True)[1].astype(np.int16)

    # seq, sseq: all decision makers together

    def _together(self, least: int, most: int | None) -> tuple[list[np.ndarray] | None, int]:
        """Try profiles in order of distance; the answer, or None, and the first distance not wholly tried."""
        pools = [_Pool(value, self._own_test(i), self._signature_arcs(i), free=self.free[i]) for i, value in enumerate(self.values)]
        tried = 0
        distance = least
        while most is None or distance < most:
            for parts in _compositions(distance, len(pools)):
                layers = [pool.layer(part) for pool, part in zip(pools, parts, strict=True)]
                total = int(np.prod([len(layer) for layer in layers], dtype=np.int64))
                tried += total + sum(pool.listed for pool in pools) // 50
                if tried > TRIED or any(pool.exhausted for pool in pools):
                    return None, distance
                found = self._first_that_holds(layers, total)
                if found is not None:
                    return found, distance
            distance += 1
            if distance > len(pools) * len(self.values[0]) ** 2 // 2:
                return None, distance
        return None, distance

    def _first_that_holds(self, layers: list[np.ndarray], total: int) -> list[np.ndarray] | None:
        for start in range(0, total, BATCH):
            index = np.unravel_index(np.arange(start, min(start + BATCH, total)), [len(layer) for layer in layers])
            payoffs = [np.ascontiguousarray(layer[place].T) for layer, place in zip(layers, index, strict=True)]
            holds = np.ones(payoffs[0].shape[1], bool)
            for i in range(len(layers)):
                holds &= self.profiles.stable(self.concept, i, payoffs)[self.s]
                if not holds.any():
                    break
            if holds.any():
                first = int(np.argmax(holds))
                return [payoff[:, first] for payoff in payoffs]
        return None

    def _own_test(self, i: int) -> object:
        """Whether rankings of i (rows) pass what seq and sseq need of i alone: gmr and smr."""
        concept = {"seq": "gmr", "sseq": "smr"}[self.concept]

        def passes(rows: np.ndarray) -> np.ndarray:
            mine = np.ascontiguousarray(rows.T)
            payoffs = [mine if j == i else np.zeros_like(mine) for j in range(len(self.values))]
            return self.profiles.stable(concept, i, payoffs)[self.s]

        return passes

    def _signature_arcs(self, i: int) -> tuple[np.ndarray, np.ndarray]:
        """The comparisons that matter: along i's moves, and of every state with s."""
        arcs = self.solver.moves[i]
        others = np.array([t for t in range(len(self.values[i])) if t != self.s], np.int64)
        return (np.concatenate([arcs.source, np.full(len(others), self.s)]), np.concatenate([arcs.target, others]))


class _Pool:
    """Rankings of one decision maker by their distance from today's, one for each different set of comparisons that matter."""

    LIMIT = 60_000

    def __init__(self, value: np.ndarray, passes: object, arcs: tuple[np.ndarray, np.ndarray], *, free: bool) -> None:
        self.start = np.unique(value, return_inverse=True)[1].astype(np.int16)
        self.passes, self.arcs, self.free = passes, arcs, free
        self.rings: list[np.ndarray] = [self.start[None, :]]
        self.known: set[bytes] = {self.start.tobytes()}
        self.signatures: set[bytes] = set()
        self.layers: list[np.ndarray] = []
        self.pending: dict[int, list[np.ndarray]] = {}
        self.listed, self.exhausted = 1, False

    def layer(self, distance: int) -> np.ndarray:
        """Rankings at this distance that pass, without those that compare like a nearer one."""
        while len(self.layers) <= distance:
            number = len(self.layers)
            if number >= len(self.rings):
                self.rings.append(self._ring(number))
            rows = self.rings[number]
            self.layers.append(self._fresh(rows))
        return self.layers[distance]

    def _fresh(self, rows: np.ndarray) -> np.ndarray:
        if not len(rows):
            return rows
        rows = rows[self.passes(rows)]  # type: ignore[operator]
        signs = np.sign(rows[:, self.arcs[1]].astype(np.int32) - rows[:, self.arcs[0]]).astype(np.int8)
        distinct, first = np.unique(np.ascontiguousarray(signs).view(f"V{signs.shape[1]}"), return_index=True)
        keep = []
        for key, place in zip(distinct.tolist(), first.tolist(), strict=True):
            if key not in self.signatures:
                self.signatures.add(key)
                keep.append(place)
        return rows[keep]

    def _ring(self, number: int) -> np.ndarray:
        """All rankings exactly `number` changed pairs away, from the nearer rings by steps between neighbouring groups."""
        if not self.free or self.exhausted:
            return np.zeros((0, len(self.start)), np.int16)
        if len(np.unique(self.start)) == len(self.start):
            return self._strict_ring(self.rings[number - 1])
        for row in self.rings[number - 1]:
            for neighbour in _neighbours(row):
                key = neighbour.tobytes()
                if key in self.known:
                    continue
                self.known.add(key)
                distance = len(changed_pairs(self.start, neighbour))
                self.pending.setdefault(distance, []).append(neighbour)
            if len(self.known) > self.LIMIT:
                self.exhausted = True
                break
        self.listed = len(self.known)
        found = self.pending.pop(number, [])
        return np.array(found, np.int16) if found else np.zeros((0, len(self.start)), np.int16)


    def _strict_ring(self, rows: np.ndarray) -> np.ndarray:
        """Without ties the next ring is every exchange of two neighbours that still stand as they do today."""
        if not len(rows):
            return rows
        at = np.argsort(rows, axis=1)
        found = []
        for value in range(rows.shape[1] - 1):
            lower, upper = at[:, value], at[:, value + 1]
            keep = np.flatnonzero(self.start[upper] > self.start[lower])
            swapped = rows[keep]
            swapped[np.arange(len(keep)), lower[keep]] = value + 1
            swapped[np.arange(len(keep)), upper[keep]] = value
            found.append(swapped)
        ring = np.unique(np.ascontiguousarray(np.concatenate(found)).view(f"V{2 * rows.shape[1]}"))
        self.listed += len(ring)
        self.exhausted = self.listed > self.LIMIT
        return ring.view(np.int16).reshape(-1, rows.shape[1])


def _neighbours(row: np.ndarray) -> Iterator[np.ndarray]:
    """Rankings one step away: two neighbouring groups change places, or a part of a group leaves it upward."""
    top = int(row.max())
    for value in range(top):
        swapped = row.copy()
        swapped[row == value], swapped[row == value + 1] = value + 1, value
        yield swapped
    for value in range(top + 1):
        group = np.flatnonzero(row == value)
        if 1 < len(group) <= 6:
            for code in range(1, (1 << len(group)) - 1):
                parted = row + (row > value)
                parted[[member for k, member in enumerate(group) if code >> k & 1]] = value + 1
                yield parted.astype(np.int16)
        elif len(group) > 6:
            for member in group:
                parted = row + (row > value)
                parted[member] = value + 1
                yield parted.astype(np.int16)


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _compositions(total - first, parts - 1):
            yield (first, *rest)


def changed_pairs(old: np.ndarray, new: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of states (from 0) whose order is not what it was; a tie made or broken is a change."""
    one, other = np.triu_indices(len(old), 1)
    before = np.sign(old[one].astype(np.int32) - old[other])
    after = np.sign(new[one].astype(np.int32) - new[other])
    return list(zip(one[before != after].tolist(), other[before != after].tolist(), strict=True))


def reordering(name: str, old: np.ndarray, new: np.ndarray) -> Reordering:
    groups = tuple(tuple((np.flatnonzero(new == value) + 1).tolist()) for value in sorted(set(new.tolist()), reverse=True))
    pairs = tuple((one + 1, other + 1) if new[one] > new[other] else (other + 1, one + 1) for one, other in changed_pairs(old, new))
    return Reordering(name, groups, pairs)


# Changes an analyst would make: to statements and to what can be done


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
    """The fewest edits to preference statements that make the wanted state (a decimal) hold; all remedies of that number."""
    singles = list(_statement_edits(conflict))
    found = [Remedy((edit,)) for edit, changed in singles if _holds(changed, wanted, concept)]
    if found or most < 2:
        return tuple(found)
    for edit, changed in singles:
        for second, twice in _statement_edits(changed):
            later = (second.decision_maker or "") >= (edit.decision_maker or "")
            if later and second != edit and _holds(twice, wanted, concept):
                found.append(Remedy((edit, second)))
        if len(found) >= 20:
            break
    return tuple(found)


def _statement_edits(conflict: Conflict) -> Iterator[tuple[Edit, Conflict]]:
    for dm in conflict.decision_makers:
        preference = dm.preference
        if not isinstance(preference, Priorities):
            continue
        statements = preference.statements
        for place, statement in enumerate(statements):
            rest = statements[:place] + statements[place + 1 :]
            turned = Statement(f"not ({statement.text})", Not(statement.condition))
            swapped = (*statements[:place], turned, *statements[place + 1 :])
            yield (Edit(dm.name, "turned round", f"{dm.name} comes to want the contrary of '{statement.text}'"),
                   conflict.replaced(dm.name, replace(preference, statements=swapped)))
            yield (Edit(dm.name, "dropped", f"{dm.name} no longer minds '{statement.text}'"),
                   conflict.replaced(dm.name, replace(preference, statements=rest, strong=min(preference.strong, len(rest)))))
            for goal in range(len(statements)):
                if goal != place and not (goal == place - 1):
                    moved = (*rest[:goal], statement, *rest[goal:])
                    yield (Edit(dm.name, "moved", f"{dm.name} puts '{statement.text}' in place {goal + 1} instead of {place + 1}"),
                           conflict.replaced(dm.name, replace(preference, statements=moved)))


def feasibility_changes(conflict: Conflict, wanted: int, concept: str) -> tuple[Remedy, ...]:
    """Single changes of what can be done, after which the wanted state (a decimal) holds."""
    return tuple(Remedy((edit,)) for edit, changed in _feasibility_edits(conflict, wanted) if _holds(changed, wanted, concept))


def _feasibility_edits(conflict: Conflict, wanted: int) -> Iterator[tuple[Edit, Conflict]]:
    for k, option in enumerate(conflict.options):
        owner = next((dm.name for dm in conflict.decision_makers if k in dm.options), None)
        changes = {"both": "can be taken and dropped", "only on": "cannot be dropped once taken", "only off": "cannot be taken once dropped"}
        for change, words in changes.items():
            if change != option.change:
                options = (*conflict.options[:k], replace(option, change=change), *conflict.options[k + 1 :])
                kind = "made reversible" if change == "both" else "made irreversible"
                yield Edit(owner, kind, f"'{option.title}' {words}"), replace(conflict, options=options)
        taken = bool(wanted >> k & 1)
        makers = tuple(replace(dm, options=tuple(o for o in dm.options if o != k)) for dm in conflict.decision_makers)
        yield (Edit(owner, "fixed", f"'{option.title}' is {'bound to happen' if taken else 'out of the question'}"),
               _with_fixed(conflict, makers))
    for place, statement in enumerate(conflict.infeasible):
        if any(isinstance(dm.preference, Ranking) for dm in conflict.decision_makers):
            break  # a ranking does not say where the new states would stand
        rest = conflict.infeasible[:place] + conflict.infeasible[place + 1 :]
        yield Edit(None, "allowed", f"'{statement.text}' becomes possible"), replace(conflict, infeasible=rest)


def _with_fixed(conflict: Conflict, makers: tuple[object, ...]) -> Conflict:
    """Nobody can change the option any more; the states with the other setting stay but cannot be reached."""
    return replace(conflict, decision_makers=makers)


def _holds(conflict: Conflict, wanted: int, concept: str) -> bool:
    try:
        solver = Solver(conflict)
        place = solver.space.ordinal(wanted) - 1
        return all(bool(solver.stable(concept, i)[place]) for i in range(len(conflict.names)))
    except ModelError:
        return False


__all__ = ["Edit", "Inverse", "Remedy", "Reordering", "changed_pairs", "feasibility_changes", "smallest_change",
           "statement_changes"]

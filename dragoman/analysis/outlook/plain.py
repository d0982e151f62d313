"""A small model comes in and stable states go out, state by state, as the definitions read.

Slow and obviously right: the oracle of the tests, and the yardstick of the benchmark. Sections are those of the theory
page in the manual. States are counted from 0 here.
"""

from collections.abc import Callable, Iterable
from itertools import combinations, product

from dragoman.analysis.outlook.conflict import Conflict
from dragoman.analysis.outlook.preferences import Order, order_of
from dragoman.analysis.outlook.space import Space, moves_of, space_of

Test = Callable[[int, int], bool]


class Plain:
    """The moves and preferences of a conflict as plain sets, and every stability test on them."""

    def __init__(self, conflict: Conflict) -> None:
        self.space: Space = space_of(conflict)
        self.makers = range(len(conflict.decision_makers))
        self.orders: list[Order] = [order_of(self.space, dm) for dm in conflict.decision_makers]
        self.states = range(len(self.space))
        self.moves: list[dict[int, set[int]]] = []
        for dm in conflict.decision_makers:
            arcs = moves_of(self.space, dm)
            mine: dict[int, set[int]] = {s: set() for s in self.states}
            for source, target in zip(arcs.source.tolist(), arcs.target.tolist(), strict=True):
                mine[source].add(target)
            self.moves.append(mine)
        self._value = [order.value.tolist() for order in self.orders]
        self._unsure = [self._unsure_pairs(order) for order in self.orders]

    def _unsure_pairs(self, order: Order) -> set[tuple[int, int]]:
        if order.complete:
            return set()
        pairs = {(one, other) for one, other in order.unknown} | {(other, one) for one, other in order.unknown}
        if order.key is not None:
            for one, other in product(self.states, repeat=2):
                differing = int(order.key[one]) ^ int(order.key[other])
                if differing and order.uncertain_bits >> (differing.bit_length() - 1) & 1:
                    pairs.add((one, other))
        return pairs

    def prefers(self, i: int, t: int, s: int) -> bool:
        """Whether i is known to prefer t to s."""
        return self._value[i][t] > self._value[i][s] and (t, s) not in self._unsure[i]

    def unsure(self, i: int, t: int, s: int) -> bool:
        """Whether it is not known which of t and s decision maker i prefers."""
        return (t, s) in self._unsure[i]

    def greatly(self, i: int, t: int, s: int) -> bool:
        """Whether i is known to prefer t to s, and greatly."""
        level = self.orders[i].level
        return level is not None and bool(level[t] > level[s]) and self.prefers(i, t, s)

    def improvements(self, i: int, s: int, *, hopeful: bool = False) -> list[int]:
        """Moves of i to a better state; `hopeful` counts unknown ones as better."""
        return [t for t in sorted(self.moves[i][s]) if self.prefers(i, t, s) or (hopeful and self.unsure(i, t, s))]

    def reached(self, movers: Iterable[int], s: int, step: Callable[[int, int], Iterable[int]]) -> set[int]:
        """Ends of legal sequences from s: at least one move, nobody moves twice in a row."""
        movers = list(movers)
        todo: list[tuple[int, int | None]] = [(s, None)]
        seen: set[tuple[int, int]] = set()
        while todo:
            state, last = todo.pop()
            for j in movers:
                if j == last:
                    continue
                for t in step(j, state):
                    if (t, j) not in seen:
                        seen.add((t, j))
                        todo.append((t, j))
        return {t for t, _ in seen}

    def others(self, i: int) -> list[int]:
        """Every decision maker but i."""
        return [j for j in self.makers if j != i]

    def stable(self, concept: str, i: int, s: int, *, attitude: str = "", strong: bool = False) -> bool:
        """Whether s is stable for i by nash, gmr, smr, seq, sseq or sim.

        `attitude` a, b, c or d is towards unknown preferences [li-2004]; `strong` asks for strong sanctions
        [hamouda-2006].
        """
        hopeful, daunted = attitude in ("a", "c"), attitude in ("c", "d")
        deters: Test = lambda s, x: not self.prefers(i, x, s) and (daunted or not self.unsure(i, x, s))  # noqa: E731
        if strong:
            deters = lambda s, x: self.greatly(i, s, x)  # noqa: E731
        leaving = self.improvements(i, s, hopeful=hopeful)
        if concept == "nash":
            return not leaving
        if concept == "sim":
            return all(self._met_at_once(i, s, s1) for s1 in leaving)
        sequential = concept in ("seq", "sseq")
        step = (
            (lambda j, v: self.improvements(j, v, hopeful=bool(attitude)))
            if sequential
            else lambda j, v: self.moves[j][v]
        )
        symmetric = concept in ("smr", "sseq")
        return all(
            any(
                deters(s, s2) and (not symmetric or all(deters(s, s3) for s3 in self.moves[i][s2]))
                for s2 in self.reached(self.others(i), s1, step)
            )
            for s1 in leaving
        )

    def _met_at_once(self, i: int, s: int, s1: int) -> bool:
        """Simultaneous sanctioning: the others' improvements from s, laid over the move to s1, give something no
        better.

        A result that is infeasible, or inside a merged state other than its lowest combination, is no sanction.
        """
        decimals, place = self.space.decimals, self.space.decimals.tolist()
        here = int(decimals[s])
        answers = [[here] + [int(decimals[t]) for t in self.improvements(j, s)] for j in self.others(i)]
        for choice in product(*answers):
            result = int(decimals[s1])
            for answer in choice:
                result ^= here ^ answer
            if result in place and not self.prefers(i, place.index(result), s):
                return True
        return False

    # Coalitions [kilgour-2001]

    def joint_improvements(self, members: tuple[int, ...], s: int) -> set[int]:
        """Where legal sequences of the members lead from s that end better for every one of them."""
        ends = self.reached(members, s, lambda j, v: self.moves[j][v])
        return {t for t in ends if all(self.prefers(i, t, s) for i in members)}

    def coalition_stable(self, concept: str, members: tuple[int, ...], s: int) -> bool:
        """Whether s is stable for a coalition by nash, gmr, smr or seq."""
        leaving = self.joint_improvements(members, s)
        if concept == "nash" or not leaving:
            return not leaving
        rest = [j for j in self.makers if j not in members]
        groups = [group for size in range(1, len(rest) + 1) for group in combinations(rest, size)]
        spoils: Test = lambda s, x: any(not self.prefers(i, x, s) for i in members)  # noqa: E731

        def answers(s1: int) -> set[int]:
            if concept == "seq":
                return self.reached(range(len(groups)), s1, lambda g, v: self.joint_improvements(groups[g], v))
            return self.reached(rest, s1, lambda j, v: self.moves[j][v])

        def binding(s2: int) -> bool:
            back = self.reached(members, s2, lambda j, v: self.moves[j][v]) if concept == "smr" else set()
            return spoils(s, s2) and all(spoils(s, s3) for s3 in back)

        return all(any(binding(s2) for s2 in answers(s1)) for s1 in leaving)


def stable_states(
    conflict: Conflict, concept: str, *, attitude: str = "", strong: bool = False
) -> dict[str, list[int]]:
    """Ordinals of the stable states of every decision maker, the plain way; each believes its own view of the
    conflict."""
    result = {}
    for i, dm in enumerate(conflict.decision_makers):
        plain = Plain(conflict.as_seen_by(dm.name))
        result[dm.name] = [s + 1 for s in plain.states if plain.stable(concept, i, s, attitude=attitude, strong=strong)]
    return result

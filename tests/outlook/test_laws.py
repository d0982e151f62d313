"""Random small conflicts: the fast solvers equal the plain one, and known implications hold.

`DRAGOMAN_RANDOM_CONFLICTS` sets how many are tried; the default keeps the suite short.
"""

import os
from itertools import combinations

import numpy as np
import pytest

from dragoman.analysis.outlook.conflict import Conflict
from dragoman.analysis.outlook.grid import Grid
from dragoman.analysis.outlook.plain import Plain
from dragoman.analysis.outlook.solving import MAIN, Solver, coalitions
from tests.outlook.making import random_conflict

TRIED = int(os.environ.get("DRAGOMAN_RANDOM_CONFLICTS", "400"))
SHARES = 4


def plainly(plain: Plain, concept: str, i: int, **how: object) -> list[bool]:
    return [plain.stable(concept, i, s, **how) for s in plain.states]  # type: ignore[arg-type]


def seeds(share: int) -> range:
    return range(share, TRIED, SHARES)


@pytest.mark.parametrize("share", range(SHARES))
def test_the_grid_equals_the_plain_solver(share: int) -> None:
    for seed in seeds(share):
        conflict = random_conflict(seed, plain=True)
        plain, grid = Plain(conflict), Grid(conflict)
        for concept, found in grid.solve(MAIN).items():
            for i, name in enumerate(conflict.names):
                assert found[i][plain.space.decimals].tolist() == plainly(plain, concept, i), (seed, concept, name)
                assert found[i].sum() == found[i][plain.space.decimals].sum(), (
                    f"an infeasible state is stable (seed {seed})"
                )


@pytest.mark.parametrize("share", range(SHARES))
def test_listed_moves_equal_the_plain_solver(share: int) -> None:
    """Merged and overlooked states, uncertain statements, unknown pairs, strength."""
    for seed in seeds(share):
        conflict = random_conflict(seed)
        plain, solver = Plain(conflict), Solver(conflict)
        for i, name in enumerate(conflict.names):
            for concept in MAIN:
                for how in ways(conflict, concept):
                    got = solver.stable(concept, i, **how).tolist()  # type: ignore[arg-type]
                    assert got == plainly(plain, concept, i, **how), (seed, concept, name, how)


def ways(conflict: Conflict, concept: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = [{}, *({"attitude": attitude} for attitude in "abcd")]
    return found if concept in ("nash", "sseq") else [*found, {"strong": True}]


def test_coalitions_equal_the_plain_solver() -> None:
    for seed in range(0, TRIED, 10):
        conflict = random_conflict(seed)
        plain = Plain(conflict)
        for verdict in coalitions(Solver(conflict)):
            members = tuple(conflict.names.index(name) for name in verdict.members)
            for concept, found in verdict.stable.items():
                expected = tuple(s + 1 for s in plain.states if plain.coalition_stable(concept, members, s))
                assert found == expected, (seed, concept, verdict.members)


def test_implications_hold() -> None:
    """Nash within sseq within seq within gmr, sseq within smr within gmr; attitudes a within b, c within d."""
    for seed in range(TRIED):
        solver = Solver(random_conflict(seed))
        complete = all(order.complete for order in solver.orders)
        for i in range(len(solver.orders)):
            found = {concept: solver.stable(concept, i) for concept in MAIN}
            for narrow, wide in (("nash", "sseq"), ("sseq", "seq"), ("seq", "gmr"), ("sseq", "smr"), ("smr", "gmr")):
                assert not (found[narrow] & ~found[wide]).any(), (seed, narrow, wide)
            if not complete:
                for concept in ("nash", "gmr", "smr", "seq"):
                    by = {attitude: solver.stable(concept, i, attitude=attitude) for attitude in "abcd"}
                    for narrow, wide in ("ab", "bd", "ac", "cd"):
                        assert not (by[narrow] & ~by[wide]).any(), (seed, concept, narrow, wide)


def test_strong_stability_is_stability() -> None:
    for seed in range(0, TRIED, 4):
        solver = Solver(random_conflict(seed))
        for i, concept in ((i, concept) for i in range(len(solver.orders)) for concept in ("gmr", "smr", "seq")):
            assert not (solver.stable(concept, i, strong=True) & ~solver.stable(concept, i)).any(), (seed, concept)


def test_a_decision_maker_rests_in_its_best_state() -> None:
    for seed in range(0, TRIED, 4):
        solver = Solver(random_conflict(seed, plain=True))
        for i, order in enumerate(solver.orders):
            assert solver.stable("nash", i)[np.argmax(order.value)]


def test_the_grand_coalition_knows_no_sanction() -> None:
    for seed in range(0, TRIED, 20):
        conflict = random_conflict(seed, plain=True)
        verdict = coalitions(Solver(conflict), [conflict.names])[0]
        assert len(set(verdict.stable.values())) == 1, seed
        assert all(len(set(pair)) == 2 for pair in combinations(conflict.names, 2))

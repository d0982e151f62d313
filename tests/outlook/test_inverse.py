"""What would have to change: counted against brute force over all rankings."""

import json
from itertools import permutations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dragoman.analysis.outlook.conflict import Priorities
from dragoman.analysis.outlook.inverse import smallest_change
from dragoman.analysis.outlook.mistakes import Sampler, robustness
from dragoman.analysis.outlook.modelfile import load, loads
from dragoman.analysis.outlook.nearby import changed_pairs
from dragoman.analysis.outlook.profiles import Profiles
from dragoman.analysis.outlook.remedies import _statement_edits, feasibility_changes, statement_changes
from dragoman.analysis.outlook.solving import MAIN, Solver
from dragoman.errors import ModelError
from tests.outlook.making import random_conflict

CASES = Path(__file__).parent / "cases"
COUNTS = json.loads((CASES / "inverse-counts.json").read_text("utf-8"))["rows"]
FILES = {
    "SyriaIraq": "unrecorded/syriairaq.toml",
    "Prisoners": "brams-wittman-1981/prisoners.toml",
    "Chicken": "brams-wittman-1981/chicken.toml",
}


def strict_rankings(states: int) -> np.ndarray:
    """All strict rankings as payoffs, one a column."""
    return np.array(list(permutations(range(states))), np.int16).T


@pytest.mark.parametrize(
    "row", COUNTS, ids=lambda row: f"{row['model']} {row['wanted_state']} {'+'.join(row['varied'])}"
)
def test_how_many_profiles_make_a_state_hold(row: dict[str, Any]) -> None:
    solver = Solver(load(CASES / FILES[row["model"]]))
    every = strict_rankings(len(solver.space))
    varied = [name in row["varied"] for name in solver.conflict.names]
    sizes = [every.shape[1] if one else 1 for one in varied]
    index = np.unravel_index(np.arange(np.prod(sizes)), sizes)
    own = [order.value.astype(np.int16)[:, None] for order in solver.orders]
    payoffs = [
        np.ascontiguousarray((every if one else mine)[:, place])
        for one, mine, place in zip(varied, own, index, strict=True)
    ]
    assert payoffs[0].shape[1] == row["profiles"]
    profiles = Profiles(len(solver.space), solver.moves)
    for concept, count in row["expected"].items():
        assert profiles.equilibria(concept, payoffs)[row["wanted_state"] - 1].sum() == count, concept


def weak_rankings(states: int) -> list[np.ndarray]:
    """All rankings with ties, as dense payoffs."""
    return [
        np.array(values, np.int16)
        for values in product(range(states), repeat=states)
        if set(values) == set(range(max(values) + 1))
    ]


def small_conflicts() -> list[int]:
    """Seeds of random conflicts of two decision makers with at most four states."""
    found = []
    for seed in range(3_000):
        conflict = random_conflict(seed, plain=True)
        if len(conflict.names) == 2 and 3 <= len(Solver(conflict).space) <= 4:
            found.append(seed)
        if len(found) == 12:
            break
    return found


@pytest.mark.parametrize("seed", small_conflicts())
def test_the_smallest_change_is_the_smallest(seed: int) -> None:
    """Every pair of rankings with ties is tried."""
    solver = Solver(random_conflict(seed, plain=True))
    rankings = weak_rankings(len(solver.space))
    own = [order.value.astype(np.int16) for order in solver.orders]
    cost = [np.array([len(changed_pairs(mine, other)) for other in rankings]) for mine in own]
    first, second = np.unravel_index(np.arange(len(rankings) ** 2), (len(rankings), len(rankings)))
    table = np.array(rankings)
    payoffs = [np.ascontiguousarray(table[first].T), np.ascontiguousarray(table[second].T)]
    total = cost[0][first] + cost[1][second]
    profiles = Profiles(len(solver.space), solver.moves)
    for concept in MAIN:
        holds = profiles.equilibria(concept, payoffs)
        for wanted in range(1, len(solver.space) + 1):
            found = smallest_change(solver, wanted, concept)
            assert found.exact
            assert found.pairs == total[holds[wanted - 1]].min(), (concept, wanted)


@pytest.mark.parametrize("concept", MAIN)
def test_the_change_does_what_it_says(concept: str) -> None:
    solver = Solver(load(CASES / "kilgour-hipel-fang-peng-2001" / "elmira9.toml"))
    profiles = Profiles(len(solver.space), solver.moves)
    for wanted in range(1, len(solver.space) + 1):
        found = smallest_change(solver, wanted, concept)
        assert found.changes is not None
        payoffs = {
            name: order.value.astype(np.int16) for name, order in zip(solver.conflict.names, solver.orders, strict=True)
        }
        for change in found.changes:
            value = np.zeros(len(solver.space), np.int16)
            for place, group in enumerate(change.ranking):
                value[[state - 1 for state in group]] = len(change.ranking) - place
            assert len(changed_pairs(payoffs[change.decision_maker], value)) == len(change.pairs)
            payoffs[change.decision_maker] = value
        assert profiles.equilibria(concept, [value[:, None] for value in payoffs.values()])[wanted - 1, 0]


def test_only_the_named_may_change() -> None:
    solver = Solver(load(CASES / "kilgour-hipel-fang-peng-2001" / "elmira9.toml"))
    free = smallest_change(solver, 1, "nash")
    assert [change.decision_maker for change in free.changes or ()] == ["Local Government"]
    assert smallest_change(solver, 1, "nash", of=["MoE"]).changes is None


def test_edits_of_statements_and_of_what_can_be_done() -> None:
    prisoners = load(CASES / "brams-wittman-1981" / "prisoners.toml")
    remedies = statement_changes(prisoners, 3, "nash")  # no single edit is enough: each of the two would have to change
    assert remedies and all(len({edit.decision_maker for edit in remedy.edits}) == 2 for remedy in remedies)
    insist = load(CASES / "kilgour-hipel-fang-peng-2001" / "elmira9.toml")
    words = [remedy.edits[0].words for remedy in feasibility_changes(insist, 2, "seq")]
    assert any("Insist" in word for word in words)


def test_a_remedy_by_statements_works() -> None:
    conflict = loads(
        '[[decision_makers]]\nname = "A"\noptions = ["arm"]\nprefers = ["arm"]\n'
        '[[decision_makers]]\nname = "B"\noptions = ["pay"]\nprefers = ["not pay", "not arm"]\n'
    )
    remedies = statement_changes(conflict, 0, "nash")
    assert {edit.kind for remedy in remedies for edit in remedy.edits} == {"dropped", "turned round"}


def test_what_is_uncertain_stays_with_its_statement_when_another_is_dropped_or_moved() -> None:
    conflict = loads(
        '[[decision_makers]]\nname = "A"\noptions = ["arm", "talk"]\nprefers = ["arm", "talk", "? pay"]\n'
        '[[decision_makers]]\nname = "B"\noptions = ["pay"]\nprefers = ["not pay", "? arm"]\n'
    )
    remedies = statement_changes(conflict, 0, "nash")
    assert remedies and {edit.decision_maker for remedy in remedies for edit in remedy.edits} == {"A"}
    for _, changed in _statement_edits(conflict):
        for maker, before in zip(changed.decision_makers, conflict.decision_makers, strict=True):
            assert isinstance(maker.preference, Priorities) and isinstance(before.preference, Priorities)
            unsure = {maker.preference.statements[k].text for k in maker.preference.uncertain}
            assert unsure <= {before.preference.statements[k].text for k in before.preference.uncertain}


def test_unknown_preferences_are_refused() -> None:
    conflict = loads('[[decision_makers]]\nname = "A"\noptions = ["arm"]\nprefers = ["? arm"]\n')
    with pytest.raises(ModelError, match="unknown"):
        smallest_change(Solver(conflict), 1, "nash")


def test_robustness_is_reproducible_and_its_shares_are_shares() -> None:
    solver = Solver(load(CASES / "fraser-hipel-1984" / "cuban.toml"))
    once, twice = (robustness(solver, "seq", samples=300, seed=7) for _ in range(2))
    assert once == twice
    assert robustness(solver, "seq", samples=300, seed=8) != once
    for one in once:
        for share in one.shares:
            assert 0 <= share.low <= share.kept <= share.high <= 1


def test_single_mistakes_are_tried_one_and_all() -> None:
    """Prisoners, both silent: the equilibrium by seq is lost exactly where an exchange makes it so."""
    solver = Solver(load(CASES / "brams-wittman-1981" / "prisoners.toml"))
    profiles = Profiles(len(solver.space), solver.moves)
    for one in robustness(solver, "seq", mistakes=(1,)):
        lost = 0
        for i, order in enumerate(solver.orders):
            for value in range(int(order.value.max())):
                payoffs = [o.value.astype(np.int16)[:, None].copy() for o in solver.orders]
                a, b = order.value == value, order.value == value + 1
                payoffs[i][a], payoffs[i][b] = value + 1, value
                lost += not profiles.equilibria("seq", payoffs)[one.state - 1, 0]
        assert len(one.breakers) == lost


def test_sampled_profiles_keep_the_pattern_of_ties() -> None:
    solver = Solver(load(CASES / "kilgour-hipel-fang-peng-2001" / "elmira.toml"))
    for drawn, order in zip(Sampler(solver, 1).draw(5, 50), solver.orders, strict=True):
        assert (np.sort(drawn, axis=0) == np.sort(order.value)[:, None]).all()


def test_profiles_equal_the_solver() -> None:
    for seed in range(60):
        solver = Solver(random_conflict(seed))
        if not all(order.complete for order in solver.orders):
            continue
        profiles = Profiles(len(solver.space), solver.moves)
        payoffs = [order.value.astype(np.int16)[:, None] for order in solver.orders]
        for concept in MAIN:
            for i in range(len(payoffs)):
                assert (profiles.stable(concept, i, payoffs)[:, 0] == solver.stable(concept, i)).all(), (seed, concept)

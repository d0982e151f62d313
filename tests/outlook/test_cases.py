"""Published conflicts give what was published; the expected numbers come from an independent program."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dragoman.analysis.outlook.conflict import Conflict, Ranking
from dragoman.analysis.outlook.modelfile import as_json, as_toml, load, loads
from dragoman.analysis.outlook.plain import Plain, stable_states
from dragoman.analysis.outlook.preferences import ranks
from dragoman.analysis.outlook.solving import MAIN, Solver, coalitions

CASES = Path(__file__).parent / "cases"
MODELS = sorted(CASES.glob("*/*.toml"))


def expected_of(path: Path) -> dict[str, Any]:
    return json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


def ordinals(states: np.ndarray) -> list[int]:
    return (np.flatnonzero(states) + 1).tolist()


def every(path: Path) -> list[Conflict]:
    return [load(path), load(path.with_suffix(".exchange.json"))]


@pytest.fixture(params=MODELS, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_there_are_all_thirteen() -> None:
    assert len(MODELS) == 13


def test_both_files_are_one_model(case: Path) -> None:
    ours, exchanged = every(case)
    assert replace(ours, title="") == replace(exchanged, title="")


def test_a_model_survives_writing(case: Path) -> None:
    conflict = load(case)
    assert loads(as_toml(conflict)) == conflict
    assert loads(json.dumps(as_json(conflict))) == conflict


def test_states_moves_and_ranks(case: Path) -> None:
    expected = expected_of(case)
    for conflict in every(case):
        solver = Solver(conflict)
        space = solver.space
        got = [
            {"ordinal": k + 1, "decimal": int(d), "yn": conflict.letters(int(d))} for k, d in enumerate(space.decimals)
        ]
        assert got == expected["states"]
        assert space.before_merging == expected["feasible_before_coalescing"]
        for i, name in enumerate(conflict.names):
            assert ranks(solver.orders[i]).tolist() == expected["rank"][name]
            assert len(solver.moves[i]) == expected["unilateral_moves"][name]
            assert len(solver.improvements(i)) == expected["unilateral_improvements"][name]


def test_stable_states_and_equilibria(case: Path) -> None:
    expected = expected_of(case)
    conflict = load(case)
    solver = Solver(conflict)
    for concept, by_maker in expected["stable"].items():
        assert {name: ordinals(solver.stable(concept, i)) for i, name in enumerate(conflict.names)} == by_maker, concept
        assert solver.equilibria(concept).tolist() == expected["equilibria"][concept], concept


def test_the_plain_solver_agrees(case: Path) -> None:
    expected = expected_of(case)
    conflict = load(case)
    for concept in MAIN:
        assert stable_states(conflict, concept) == expected["stable"][concept], concept


def test_limited_moves(case: Path) -> None:
    expected = expected_of(case).get("limited_move", {})
    conflict = load(case)
    if len(conflict.names) == 2:
        found = Solver(conflict).limited(len(expected))
        for number, (first, second) in enumerate(found, 1):
            stable = expected[f"L{number}"]["stable"]
            assert [ordinals(first), ordinals(second)] == [stable[name] for name in conflict.names], number
    else:
        assert not expected


def test_coalitions(case: Path) -> None:
    expected = expected_of(case).get("coalitions", {})
    conflict = load(case)
    if not expected:
        return
    verdicts = {"+".join(verdict.members): verdict for verdict in coalitions(Solver(conflict))}
    assert set(expected) <= set(verdicts)
    for key, want in expected.items():
        got = verdicts[key]
        assert {str(s): list(t) for s, t in got.improvements.items()} == want["improvements"]
        assert {concept: list(found) for concept, found in got.stable.items()} == {c: want[c] for c in got.stable}, key


def test_strength_of_preference() -> None:
    path = CASES / "hamouda-kilgour-hipel-2006" / "elmira9-strength.toml"
    solver = Solver(load(path))
    for key, by_concept in expected_of(path)["extended"].items():
        for concept, want in by_concept.items():
            for i, name in enumerate(solver.conflict.names):
                assert ordinals(solver.stable(concept, i, strong=key.endswith("strong"))) == want["stable"][name], (
                    key,
                    concept,
                )


@pytest.mark.parametrize(("name", "expected"), [("prisoners", [1, 4]), ("chicken", [4])])
def test_non_myopic_equilibria_of_two_classics(name: str, expected: list[int]) -> None:
    """Brams and Wittman: both cooperate or both defect; both swerve."""
    first, second = Solver(load(CASES / "brams-wittman-1981" / f"{name}.toml")).non_myopic()
    assert ordinals(first & second) == expected


SENSITIVITY = json.loads((CASES / "jacobi-2017" / "sensitivity.json").read_text("utf-8"))


@pytest.mark.parametrize("analysis", SENSITIVITY["analyses"], ids=lambda a: f"{a['variant']} {a['concept']}")
def test_nine_hand_analyses_of_korea(analysis: dict[str, Any]) -> None:
    variant = SENSITIVITY["variants"][analysis["variant"]]
    conflict = load(CASES / "jacobi-2017" / "korea2017.toml")
    for name in conflict.names:
        conflict = conflict.replaced(name, Ranking(tuple((decimal,) for decimal in variant[name])))
    if variant["Invade the South"] == "fwd":
        options = tuple(
            replace(one, change="only on") if one.name == "Invade the South" else one for one in conflict.options
        )
        conflict = replace(conflict, options=options)
    solver = Solver(conflict)
    stable = [
        np.logical_or.reduce([solver.stable(concept, i) for concept in analysis["concept"].split("|")]) for i in (0, 1)
    ]
    assert solver.space.decimals[stable[0] & stable[1]].tolist() == analysis["expected"]


def test_elmira_as_published() -> None:
    """Status quo 1; the local government's insistence gives 5; MoE and Uniroyal together jump from 5 to 8
    (published numbers)."""
    conflict = load(CASES / "kilgour-hipel-fang-peng-2001" / "elmira9.toml")
    ours = {1: 1, 5: 6, 8: 9}
    solver = Solver(conflict)
    insist = solver.improvements(2)
    assert insist.target[insist.source == 0].tolist() == [ours[5] - 1]
    verdict = coalitions(solver, [("MoE", "Uniroyal")])[0]
    assert verdict.improvements[ours[5]] == (ours[8],)


def test_a_sanction_in_which_one_opponent_moves_twice() -> None:
    """Garrison, state 6: the Canadian opposition is held by 2 -> 1, 1 -> 4, 4 -> 3, the first and last by one mover."""
    plain = Plain(load(CASES / "fraser-hipel-1984" / "garrison.toml"))
    canada = plain.space.conflict.names.index("Canadian Opposition")
    assert plain.stable("gmr", canada, 5) and plain.stable("smr", canada, 5)

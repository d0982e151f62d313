"""What can come of a state, facts about sanctions, lazy search, comparison, and what is told of them."""

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from dragoman.analysis.outlook.analysis import analyse
from dragoman.analysis.outlook.comparison import compare
from dragoman.analysis.outlook.conflict import Conflict
from dragoman.analysis.outlook.evolution import evolve
from dragoman.analysis.outlook.facts import facts
from dragoman.analysis.outlook.grid import Grid, bytes_needed
from dragoman.analysis.outlook.lazy import explore
from dragoman.analysis.outlook.modelfile import load, loads
from dragoman.analysis.outlook.pictures import evolution_picture, moves_picture, stability_picture
from dragoman.analysis.outlook.plain import Plain
from dragoman.analysis.outlook.report import as_csv, as_page, as_result, as_text
from dragoman.analysis.outlook.solving import Solver
from dragoman.analysis.outlook.telling import sentences
from dragoman.errors import ModelError
from tests.outlook.making import a_conflict, random_conflict

CASES = Path(__file__).parent / "cases"
ELMIRA = CASES / "kilgour-hipel-fang-peng-2001" / "elmira9.toml"


@pytest.mark.parametrize("path", sorted(CASES.glob("*/*.toml")), ids=lambda path: path.stem)
def test_fewest_moves_and_improvements(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))["status_quo"]
    found = evolve(Solver(load(path)), expected["from"])
    assert {str(s): n for s, n in found.fewest_moves.items()} == expected["fewest_moves"]
    assert {str(s): n for s, n in found.fewest_improvements.items()} == expected["fewest_improvements"]


def test_routes_are_legal_and_as_short_as_said() -> None:
    for seed in range(120):
        conflict = random_conflict(seed)
        plain, solver = Plain(conflict), Solver(conflict)
        goals = list(range(1, len(solver.space) + 1))
        found = evolve(solver, 1, goals=goals)
        for route in found.routes:
            for moves, fewest in ((route.moves, found.fewest_moves), (route.improvements, found.fewest_improvements)):
                assert (moves is None) == (route.state not in fewest)
                if moves is not None:
                    assert len(moves) == fewest[route.state]
                    check_legal(plain, moves, route.state)
            if route.least_against is not None:
                check_legal(plain, route.least_against, route.state)
                assert (not route.against) == (route.improvements is not None)


def check_legal(plain: Plain, moves: tuple, end: int) -> None:  # type: ignore[type-arg]
    names, state, last = plain.space.conflict.names, 1, None
    for move in moves:
        i = names.index(move.mover)
        assert move.source == state and move.target - 1 in plain.moves[i][state - 1] and move.mover != last
        assert move.better == plain.prefers(i, move.target - 1, move.source - 1)
        state, last = move.target, move.mover
    assert state == end


def test_sanctions_are_sanctions() -> None:
    """A fact without a reply stands exactly where the state is unstable; a reply ends no better than it began."""
    for seed in range(60):
        conflict = random_conflict(seed)
        plain, solver = Plain(conflict), Solver(conflict)
        for concept in ("nash", "gmr", "smr", "seq", "sseq"):
            for i, state in ((i, s) for i in plain.makers for s in plain.states):
                told = facts(solver, concept, i, state + 1)
                assert all(fact.deterred for fact in told) == plain.stable(concept, i, state), (seed, concept, i, state)
                for fact in told:
                    for reply in fact.reply or ():
                        assert reply.mover != conflict.names[i]
                        assert concept in ("gmr", "smr") or reply.better
                    if fact.reply:
                        assert not plain.prefers(i, fact.reply[-1].target - 1, state)


def test_elmira_is_told_in_sentences() -> None:
    told = " ".join(sentences(analyse(load(ELMIRA), start=1)))
    assert "State 9 (Modify, Accept and Insist) could hold" in told
    assert "Local Government would gain by taking up “Insist”, leading to state 6" in told
    assert "needs MoE to move against its interest, by taking up “Modify”" in told


def test_a_sanction_is_told() -> None:
    outlook = analyse(load(CASES / "brams-wittman-1981" / "prisoners.toml"), concepts=["seq"], start=4)
    assert any("but is deterred by" in sentence for sentence in sentences(outlook))


def test_states_that_no_moves_lead_to_are_counted_not_listed() -> None:
    conflict = loads(
        'circumstances = ["storm"]\nstatus_quo = "NN"\n[[decision_makers]]\nname = "A"\noptions = ["go"]\nprefers = ["go"]\n'  # noqa: E501
    )
    told = sentences(analyse(conflict))
    assert "1 state would hold as well, but no moves of the parties lead there from where things stand." in told


def test_every_format_tells_the_same() -> None:
    outlook = analyse(load(ELMIRA), start=1, with_coalitions=True)
    result = as_result(outlook)
    expected = json.loads(ELMIRA.with_suffix(".expected.json").read_text("utf-8"))
    for key in ("states", "rank", "unilateral_moves", "unilateral_improvements", "coalitions", "total_states"):
        assert result[key] == expected[key], key
    assert {c: v for c, v in expected["equilibria"].items() if c != "sim"} == result["equilibria"]
    rows = [line.split(",") for line in as_csv(outlook).splitlines()]
    assert len(rows) == 1 + 9 * 3 * 5
    assert {int(row[0]) for row in rows[1:] if row[5] == "nash" and row[7] == "yes"} == {5, 6, 9}
    assert "nash  equilibria: 5, 6, 9" in as_text(outlook)
    page = as_page(outlook)
    assert page.count("<svg") == 3 and "http://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_names_are_escaped() -> None:
    conflict = a_conflict(("A<script>", "go<b>"), ("=B", "stay"), prefers={"A<script>": ["stay"], "=B": []})
    outlook = analyse(conflict, start=1)
    assert "<script>" not in as_page(outlook) and "<b>" not in moves_picture(outlook)
    assert "'=B" in as_csv(outlook)


@pytest.mark.parametrize("draw", [moves_picture, stability_picture, evolution_picture])
def test_pictures_are_well_formed_and_hold_every_state(draw: object) -> None:
    outlook = analyse(load(ELMIRA), start=1)
    tree = ElementTree.fromstring(draw(outlook))  # type: ignore[operator]
    words = [element.text or "" for element in tree.iter("{http://www.w3.org/2000/svg}text")]
    for number in range(1, 10):
        assert any(word.split()[:1] == [str(number)] for word in words), number


def test_pictures_refuse_what_cannot_be_seen() -> None:
    with pytest.raises(ModelError, match="too many to draw"):
        stability_picture(analyse(load(CASES / "constructed" / "random8.toml"), tell=False))


def test_each_its_own_concept() -> None:
    """Korea 2017 as published: each by Nash, sequential or simultaneous sanctioning."""
    conflict = load(CASES / "jacobi-2017" / "korea2017.toml")
    outlook = analyse(conflict, own={"US": "seq|sim", "North Korea": "seq|sim"})
    assert outlook.mixed is not None
    assert outlook.solver.space.decimals[outlook.mixed.equilibria - 1].tolist() == [0, 4, 5, 10]


def test_beliefs_decide_what_a_party_finds_stable() -> None:
    """A holds back only because it believes that B would answer; B would not."""
    text = """
[[decision_makers]]
name = "A"
options = ["raid"]
prefers = ["not reprisal", "raid"]
[[decision_makers]]
name = "B"
options = ["reprisal"]
prefers = ["not reprisal"]
"""
    belief = '[[decision_makers.believes]]\nabout = "B"\nprefers = ["reprisal iff raid"]\n'
    plain, wary = (
        loads(text),
        loads(text.replace('[[decision_makers]]\nname = "B"', belief + '[[decision_makers]]\nname = "B"')),
    )
    assert 1 not in analyse(plain).equilibria["seq"]
    outlook = analyse(wary)
    assert 1 in outlook.equilibria["seq"] and 1 not in outlook.equilibria["nash"]
    assert (
        outlook.verdicts["seq"].stable["A"].tolist()
        == analyse(wary.as_seen_by("A")).verdicts["seq"].stable["A"].tolist()
    )


def test_a_lazy_search_finds_what_improvements_lead_to() -> None:
    for seed in range(80):
        conflict = random_conflict(seed, plain=True)
        if any(not hasattr(dm.preference, "statements") for dm in conflict.decision_makers):
            continue
        solver = Solver(conflict)
        space = solver.space
        found = explore(conflict, int(space.decimals[0]))
        full = evolve(solver, 1)
        assert found.complete
        assert {space.ordinal(state): n for state, n in found.distances.items()} == full.fewest_improvements
        nash = set(solver.equilibria("nash").tolist())
        assert {space.ordinal(state) for state in found.nash} == nash & full.fewest_improvements.keys()


def test_a_model_beyond_memory_is_refused_with_its_size_or_searched_lazily() -> None:
    options = [(f"P{k % 3}", f"o{k}") for k in range(40)]
    conflict = a_conflict(*options, prefers={f"P{k}": [f"o{j}" for j in range(k, 40, 3)] for k in range(3)})
    with pytest.raises(ModelError, match=r"40 options, 1,099,511,627,776 combinations.*GB") as caught:
        analyse(conflict)
    assert "--lazy" in str(caught.value)
    found = explore(conflict, 0, limit=3)
    assert not found.complete and found.nash == ((1 << 40) - 1,)
    route = found.route(found.nash[0])
    assert [step.mover for step in route] == ["P0", "P1", "P2"] and route[-1].target == found.nash[0]


def test_the_estimate_of_memory_is_not_too_low() -> None:
    import tracemalloc

    conflict = load_wide(14)
    tracemalloc.start()
    Grid(conflict).solve(["seq", "smr"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < bytes_needed(conflict)


def load_wide(options: int) -> Conflict:
    owners = [(f"P{k * 3 // options}", f"o{k}") for k in range(options)]
    return a_conflict(
        *owners,
        prefers={
            f"P{k}": [f"o{(5 * k + 3 * j) % options} or not o{(j + k) % options}" for j in range(8)] for k in range(3)
        },
    )


def test_comparing_before_and_after_a_concession() -> None:
    before = load(ELMIRA)
    options = tuple(replace(one, change="only off") if one.id == "insist" else one for one in before.options)
    found = compare(before, replace(before, options=options, title="Without insistence"))
    seq = next(change for change in found.changes if change.concept == "seq")
    assert "NYNNN" in seq.gained and not found.options_only_before
    assert ("seq", "Local Government", "NYNNN", True) in found.turned
    same = compare(before, before)
    assert not any(change.lost or change.gained for change in same.changes) and not same.turned


def test_a_state_of_a_large_model_is_listed_only_when_it_holds() -> None:
    outlook = analyse(load_wide(14), concepts=["nash"], tell=False)
    result = as_result(outlook)
    assert len(result["states"]) == len(result["equilibria"]["nash"]) < outlook.states
    assert all(set(counted) == {"count"} for counted in result["stable"]["nash"].values())
    assert np.asarray(outlook.verdicts["nash"].equilibria).size == len(result["states"])


def test_a_large_model_is_not_walked_unless_asked() -> None:
    conflict = replace(load_wide(18), status_quo=0)
    outlook = analyse(conflict, concepts=["nash"])
    assert outlook.evolution is None and not outlook.facts
    assert any("left out" in note for note in outlook.notes)

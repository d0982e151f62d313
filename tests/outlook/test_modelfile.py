"""The model file: reading, writing, the schema, and complaints that name the line."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.analysis.outlook.conflict import Conflict, Priorities, Ranking
from dragoman.analysis.outlook.modelfile import as_json, as_toml, load, loads, schema
from dragoman.analysis.outlook.solving import Solver
from dragoman.analysis.outlook.space import space_of
from dragoman.analysis.outlook.statements import holds_at, parse
from dragoman.errors import DragomanError, FormatError, ModelError
from tests.fuzzing import spoiled
from tests.outlook.making import random_conflict

CASES = Path(__file__).parent / "cases"

HARBOUR = """
format = "dragoman.outlook/1"
title = "The harbour"
status_quo = ["strike"]
rules = ["talks only if not blockade"]
labels = { NNNY = "Open quarrel" }
circumstances = ["storm"]

[[decision_makers]]
name = "Port authority"
options = [{ id = "blockade", name = "Blockade the harbour", change = "only off" }]
strongly_prefers = ["not strike"]
prefers = ["? storm", "blockade"]
unknown = [["NYNN", "NNNN"]]

[[decision_makers]]
name = "Dockers"
options = ["strike", { id = "talks", name = "Talk" }]
weights = { strike = -1, talks = 2.5 }
overlooks = "storm and talks"

[[decision_makers.believes]]
about = "Port authority"
ranking = [["NNNN", "NNYN", "NYNN", "NYYN", "YNNN", "YYNN"], ">>", ["NNNY", "NNYY", "NYNY", "NYYY", "YNNY", "YYNY"]]
"""


def test_everything_a_file_can_say() -> None:
    conflict = loads(HARBOUR)
    assert [option.id for option in conflict.options] == ["blockade", "strike", "talks", "storm"]
    assert conflict.status_quo == 0b0010
    assert conflict.labels == ((0b1000, "Open quarrel"),)
    port, dockers = conflict.decision_makers
    assert isinstance(port.preference, Priorities)
    assert (port.preference.strong, port.preference.uncertain) == (1, (1,))
    assert port.unknown == ((0b0010, 0),)
    assert isinstance(dockers.beliefs[0].preference, Ranking)
    assert dockers.beliefs[0].preference.great_gaps == (0,)
    assert len(space_of(conflict)) == 12
    jsonschema_rs.validator_for(schema()).validate(as_json(conflict))


def test_a_file_with_everything_survives_writing() -> None:
    conflict = loads(HARBOUR)
    assert loads(as_toml(conflict)) == conflict
    assert loads(json.dumps(as_json(conflict))) == conflict


def test_a_graph_drawn_by_hand() -> None:
    """Two neighbours, one way only: A and B take turns on a path; nobody moves twice in a row."""
    conflict = loads("""
title = "Drawn"
states = ["peace", "threat", "war"]
[[decision_makers]]
name = "A"
moves = ["peace -> threat", "threat -> war"]
ranking = ["threat", "peace", "war"]
[[decision_makers]]
name = "B"
moves = ["threat -> peace"]
ranking = ["peace", "threat", "war"]
""")
    assert loads(as_toml(conflict)) == conflict
    solver = Solver(conflict)
    assert solver.stable("nash", 0).tolist() == [False, True, True]
    assert solver.stable("seq", 0).tolist() == [True, True, True]  # B would go back from threat to peace
    assert solver.equilibria("nash").tolist() == [3]


@settings(max_examples=60)
@given(st.integers(0, 10_000))
def test_random_conflicts_survive_writing_and_follow_the_schema(seed: int) -> None:
    conflict = random_conflict(seed)
    assert loads(as_toml(conflict)) == conflict
    assert loads(json.dumps(as_json(conflict))) == conflict
    jsonschema_rs.validator_for(schema()).validate(as_json(conflict))


NAMES = {"a": 0, "b": 1, "c": 2, "long name": 3}


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("a", {1, 3, 5, 7}),
        ("not a", {0, 2, 4, 6}),
        ("-a & b", {2, 6}),
        ("a or b and c", {1, 3, 5, 6, 7}),
        ("(a or b) and c", {5, 6, 7}),
        ("a if b", {0, 1, 3, 4, 5, 7}),
        ("a only if b", {0, 2, 3, 4, 6, 7}),
        ("a iff b", {0, 3, 4, 7}),
        ("at most one of a, b, c", {0, 1, 2, 4}),
        ("at least two of (a, b, c)", {3, 5, 6, 7}),
        ("exactly 1 of a, not b", {0, 3, 4, 7}),
        ("none of a, b", {0, 4}),
        ("any of a, b", {1, 2, 3, 5, 6, 7}),
        ("all of a, b", {3, 7}),
    ],
)
def test_statements(text: str, states: set[int]) -> None:
    condition = parse(text, NAMES).condition
    assert {state for state in range(8) if holds_at(condition, state)} == states


def test_a_name_with_blanks_stands_in_quotation_marks() -> None:
    assert holds_at(parse("'long name' and not a", NAMES).condition, 8)


def model(**changed: str) -> str:
    lines = {
        "top": 'title = "T"',
        "options": 'options = ["strike", "talk"]',
        "prefers": 'prefers = ["talk", "not strike"]',
        "more": "",
    }
    lines |= changed
    return (
        f'{lines["top"]}\n\n[[decision_makers]]\nname = "Union"\n{lines["options"]}\n{lines["prefers"]}\n{lines["more"]}\n'  # noqa: E501
        '[[decision_makers]]\nname = "Board"\noptions = ["pay"]\nprefers = ["not pay"]\n'
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (model(prefers='prefers = ["tlak"]'), ["line 6", "'tlak' is not defined", "talk"]),
        (model(prefers='prefers = ["talk and"]'), ["line 6", "ends too early", "an option"]),
        (model(prefers='prefers = ["talk strike"]'), ["line 6", "'strike'", "and, or, if, iff"]),
        (model(prefers='prefers = ["(talk"]'), ["line 6", "')'"]),
        (model(prefers='prefers = [""]'), ["empty"]),
        (model(prefers="prefers = [3]"), ["3", "statement"]),
        (model(prefers='prefers = ["talk % strike"]'), ["line 6", "% strike"]),
        (model(top='infeasible = ["at most few of strike, talk"]'), ["line 1", "'few' is no number"]),
        (
            model(options='options = ["strike", "pay"]', prefers="prefers = []"),
            ["'pay'", "Union", "Board", "one decision maker"],
        ),
        (
            model(options='options = [{ id = "strike", change = "once" }]', prefers="prefers = []"),
            ["line 5", "'once'", "only on"],
        ),
        (model(options='options = [{ name = "Strike" }]', prefers="prefers = []"), ["Union", "no id"]),
        (model(prefers='ranking = ["YNN", "NNN", "YNN"]'), ["YNN", "places 1 and 3", "transitive"]),
        (model(prefers='ranking = ["YN"]'), ["line 6", "2 letters", "3 options"]),
        (model(prefers='ranking = ["elsewhere"]'), ["line 6", "elsewhere", "Y or N"]),
        (model(more="weights = { talk = 1 }"), ["line 7", "one way"]),
        (model(more='prefres = ["talk"]'), ["line 7", "unknown key 'prefres'", "prefers"]),
        (model(more='believes = [{ about = "Bord" }]'), ["'Bord'", "Board"]),
        (model(top='title = "T'), ["line 1"]),
        (model(top='format = "dragoman.outlook/9"'), ["line 1", "dragoman.outlook/9"]),
        (model(top='option_order = ["talk"]'), ["line 1", "every option once"]),
        (model(top='status_quo = "YNNN"'), ["line 1", "4 letters"]),
        (model(more='moves = ["strike -> talk"]'), ["line 7", "lists its states"]),
        ("{", ["line 1", "JSON"]),
        ("title = 'x'", ["no decision_makers"]),
        ("[[decision_makers]]\nname = 'A'\n[[decision_makers]]\nname = 'a'", ["'a'", "twice"]),
    ],
)
def test_complaints_name_the_place_and_what_was_expected(text: str, words: list[str]) -> None:
    with pytest.raises(DragomanError) as caught:
        loads(text, where="model.toml")
    for word in words:
        assert word in str(caught.value)


def test_a_contradiction_names_the_statement() -> None:
    conflict = loads(model(top='infeasible = ["strike", "not strike or talk", "not talk"]'))
    with pytest.raises(ModelError, match="no state is feasible") as caught:
        space_of(conflict)
    assert "not strike or talk" in str(caught.value) or "not talk" in str(caught.value)


def test_a_ranking_must_name_every_feasible_state() -> None:
    conflict = loads(model(prefers='ranking = ["YNN", "NNN"]'))
    with pytest.raises(ModelError, match="does not rank 6 of 8"):
        _ = Solver(conflict).orders


def test_a_missing_file_is_told() -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        load(CASES / "nowhere.toml")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"options": "x"}, "'options'"),
        ({"infeasibles": [[[9, "Y"]]]}, "option number 9"),
        ({"infeasibles": [[[0, "?"]]]}, "pairs such as"),
        ({"decisionMakers": [{"options": [0]}]}, "'name'"),
        ({"options": [{"name": "a", "permittedDirection": "up"}]}, "both, fwd or back"),
    ],
)
def test_complaints_about_the_exchange_form(change: dict[str, object], words: str) -> None:
    data = json.loads((CASES / "brams-wittman-1981" / "chicken.exchange.json").read_text("utf-8")) | change
    with pytest.raises(DragomanError, match=words):
        loads(json.dumps(data))


def test_a_ranking_of_the_exchange_form_counts_feasible_states() -> None:
    data = json.loads((CASES / "brams-wittman-1981" / "chicken.exchange.json").read_text("utf-8"))
    data["decisionMakers"][0]["preferenceRanking"] = [1, 2, 3, 5]
    with pytest.raises(FormatError, match="no state 5"):
        loads(json.dumps(data))


def test_a_conflict_can_be_built_in_python() -> None:
    from tests.outlook.making import a_conflict

    conflict = a_conflict(("A", "arm"), ("B", "disarm"), prefers={"A": ["disarm", "not arm"], "B": ["not arm"]})
    assert isinstance(conflict, Conflict)
    assert Solver(conflict).equilibria("nash").tolist() == [1, 3]


RUBBISH: list[Any] = [5, "x", "", [], {}, None, [5], [[]], {"a": 1}, -1, 1e99, True]
EVERYTHING = {
    "title": "All", "status_quo": "NYN", "rules": ["p if o"], "infeasible": ["o and p and q"], "merge": ["q"],
    "coalitions": [["A", "B"]], "assumptions": ["x"], "circumstances": [{"id": "q", "name": "Weather"}],
    "option_order": ["o", "p", "q"], "labels": {"NYN": "Start"},
    "decision_makers": [
        {"name": "A", "options": [{"id": "o", "change": "only on", "evidence": ["e"], "assumed": True}],
         "weights": {"o": 1.0}, "overlooks": ["q"], "believes": [{"about": "B", "prefers": ["p"]}]},
        {"name": "B", "options": ["p"], "prefers": ["? o"], "strongly_prefers": ["p"], "unknown": [["NNN", "NYN"]]},
    ],
}  # fmt: skip
DRAWN = {"states": ["a", "b"], "decision_makers": [{"name": "A", "moves": ["a -> b"], "ranking": ["a", "b"]}]}
EXCHANGED = json.loads((CASES / "brams-wittman-1981" / "chicken.exchange.json").read_text("utf-8"))


@pytest.mark.parametrize("model", [EVERYTHING, DRAWN, EXCHANGED], ids=["everything", "drawn", "exchanged"])
def test_rubbish_in_any_place_is_told(model: dict[str, Any]) -> None:
    loads(json.dumps(model))
    for changed in spoiled(model, RUBBISH):
        with suppress(DragomanError):
            loads(json.dumps(changed))

"""Commands of the outlook: every one runs, errors are sentences, output can be read by a program."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman.analysis.outlook.modelfile import load, loads
from dragoman.cli.outlook import app
from dragoman.errors import DragomanError, FormatError

CASES = Path(__file__).parent / "cases"
ELMIRA = str(CASES / "kilgour-hipel-fang-peng-2001" / "elmira9.toml")
CHICKEN = str(CASES / "brams-wittman-1981" / "chicken.exchange.json")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_json_of_both_forms_of_file() -> None:
    for path in (ELMIRA, ELMIRA.replace(".toml", ".exchange.json")):
        result = json.loads(run("analyse", path, "--format", "json", "--from", "1", "--coalitions").stdout)
        expected = json.loads(Path(ELMIRA).with_suffix(".expected.json").read_text("utf-8"))
        assert {k: v for k, v in expected["stable"].items() if k != "sim"} == result["stable"]
        assert result["coalitions"] == expected["coalitions"]
        for key in ("from", "fewest_moves", "fewest_improvements"):
            assert result["status_quo"][key] == expected["status_quo"][key]


def test_two_parties_look_ahead() -> None:
    result = json.loads(run("analyse", CHICKEN, "--format", "json", "--horizon", "3").stdout)
    assert list(result["limited_move"]) == ["L1", "L2", "L3", "NM"]
    assert result["limited_move"]["NM"]["equilibria"] == [4]


def test_csv_and_html() -> None:
    rows = list(csv.DictReader(io.StringIO(run("analyse", ELMIRA, "--format", "csv", "--concepts", "nash").stdout)))
    assert {row["letters"] for row in rows if row["equilibrium"] == "yes"} == {"NNNYN", "NYNNY", "YNYNY"}
    assert {row["label"] for row in rows} == {""}
    assert run("analyse", ELMIRA, "--format", "html").stdout.startswith("<!doctype html>")


@pytest.mark.parametrize("state", ["6", "NYNNY", "decimal:18"])
def test_a_state_is_named_in_three_ways(state: str) -> None:
    assert json.loads(run("analyse", ELMIRA, "--from", state, "--format", "json").stdout)["status_quo"]["from"] == 6


def test_a_concept_of_ones_own() -> None:
    result = json.loads(
        run("analyse", CHICKEN, "--own", "Driver 1=gmr", "--concepts", "nash", "--format", "json").stdout
    )
    assert result["mixed"]["concepts"] == {"Driver 1": "gmr", "Driver 2": "nash"}


@pytest.mark.parametrize("words", [
    ("analyse", "nowhere.toml"), ("analyse", ELMIRA, "--from", "99"), ("analyse", ELMIRA, "--from", "YYYYY"),
    ("analyse", ELMIRA, "--concepts", "nosh"), ("analyse", ELMIRA, "--own", "MoE"), ("analyse", ELMIRA, "--own", "Moo=seq"),  # noqa: E501
    ("analyse", ELMIRA, "--lazy"), ("inverse", ELMIRA, "1", "--concept", "sim"), ("inverse", ELMIRA, "1", "--of", "Nobody"),  # noqa: E501
    ("analyse", ELMIRA, "--concepts", ","), ("analyse", ELMIRA, "--from", "decimal:99"),
    ("analyse", ELMIRA, "--lazy", "--from", "decimal:x"), ("analyse", ELMIRA, "--lazy", "--from", "YNYNY", "--format", "csv"),  # noqa: E501
    ("picture", ELMIRA, "--what", "evolution"), ("draft", "--table", "nowhere.json"), ("picture", ELMIRA, "--out", ELMIRA),  # noqa: E501
])  # fmt: skip
def test_errors_are_our_own(words: tuple[str, ...]) -> None:
    assert isinstance(run(*words).exception, DragomanError)


def test_inverse_and_robustness_in_json() -> None:
    found = json.loads(run("inverse", ELMIRA, "1", "--json").stdout)
    assert found["preferences"]["pairs"] == 1 and found["preferences"]["exact"]
    assert json.loads(run("robustness", ELMIRA, "--json", "--samples", "50").stdout)["seed"] == 1


def test_a_state_that_holds_already_needs_no_change_whatever_is_unknown(tmp_path: Path) -> None:
    model = tmp_path / "model.toml"
    model.write_text(
        '[[decision_makers]]\nname = "A"\noptions = ["arm", "talk"]\nprefers = ["arm", "? talk"]\n'
        '[[decision_makers]]\nname = "B"\noptions = ["pay"]\nprefers = ["not pay"]\n'
    )
    assert run("inverse", str(model), "YNN", "--concept", "nash").stdout == (
        "State 2 (arm) holds already by nash, as far as preferences are known.\n"
    )
    asked = run("inverse", str(model), "NNN", "--concept", "nash").stdout
    assert "preferences are unknown" in asked and "By statements: A comes to want the contrary of 'arm'." in asked


def test_comparing_and_drawing_and_converting(tmp_path: Path) -> None:
    assert "kept" in run("compare", ELMIRA, ELMIRA).stdout
    for what in ("moves", "stability", "evolution"):
        assert run("picture", ELMIRA, "--what", what, "--from", "1").stdout.startswith("<svg")
    out = tmp_path / "chicken.toml"
    assert run("convert", CHICKEN, "--out", str(out)).exit_code == 0
    assert load(out) == load(Path(CHICKEN))
    assert loads(run("convert", CHICKEN, "--json").stdout).names == ("Driver 1", "Driver 2")
    assert json.loads(run("schema").stdout)["title"].startswith("A Dragoman graph model")


def test_drafting_for_some_parties_only(tmp_path: Path) -> None:
    table = tmp_path / "table.json"
    cells = [
        {"party": p, "issue": "toll", "stance": "", "direction": d, "evidence": []}
        for p, d in (("A", "for"), ("B", "against"), ("C", "for"))
    ]
    table.write_text(json.dumps({"cells": cells}), "utf-8")
    assert loads(run("draft", "--table", str(table), "--party", "A", "--party", "B").stdout).names == ("A", "B")


@pytest.mark.parametrize("text", [
    "", "[]", '{"cells": 5}', '{"cells": ["toll"]}', '{"cells": [{"party": 1, "issue": "toll"}]}',
    '{"conditions": [{"party": "A", "withholds": "toll", "requires": [{"status": "met"}]}]}',
])  # fmt: skip
def test_a_table_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "table.json").write_text(text, "utf-8")
    assert isinstance(run("draft", "--table", str(tmp_path / "table.json")).exception, FormatError)


def test_of_a_large_table_the_most_discussed_issues_are_drafted(tmp_path: Path) -> None:
    cells = [
        {"party": p, "issue": f"issue {n}", "direction": "against"}
        for n in range(30)
        for p in "AB"
        if p == "A" or n % 2
    ]
    (tmp_path / "table.json").write_text(json.dumps({"cells": cells}), "utf-8")
    done = run("draft", "--table", str(tmp_path / "table.json"))
    drafted = loads(done.stdout)
    assert len(drafted.options) == 10 and all(int(o.name.split()[-1]) % 2 for o in drafted.options)
    assert "too many states" in done.stderr and "issue 11" in done.stderr


def test_an_issue_that_is_too_much_by_itself_is_passed_over(tmp_path: Path) -> None:
    conditions = [{"party": "A", "withholds": "talks", "requires": [{"what": f"need {n}"}]} for n in range(40)]
    held = (("A", "talks"), ("B", "talks"), ("B", "toll"))
    cells = [{"party": party, "issue": issue, "direction": "against"} for party, issue in held]
    (tmp_path / "table.json").write_text(json.dumps({"cells": cells, "conditions": conditions}), "utf-8")
    done = run("draft", "--table", str(tmp_path / "table.json"))
    assert [o.name for o in loads(done.stdout).options] == ["toll"]


def test_a_large_model_is_searched_from_a_state(tmp_path: Path) -> None:
    options = ", ".join(f'"o{k}"' for k in range(18))
    others = ", ".join(f'"p{k}"' for k in range(18))
    model = tmp_path / "large.toml"
    model.write_text(f'status_quo = "{"N" * 36}"\n[[decision_makers]]\nname = "A"\noptions = [{options}]\nprefers = ["o3", "not p1"]\n'  # noqa: E501
                     f'[[decision_makers]]\nname = "B"\noptions = [{others}]\nprefers = ["all of p1, o3"]\n', "utf-8")  # fmt: skip  # noqa: E501
    assert "68,719,476,736 combinations" in str(run("analyse", str(model)).exception)
    found = json.loads(run("analyse", str(model), "--lazy", "--format", "json").stdout)
    assert len(found["nash"]) >= 1

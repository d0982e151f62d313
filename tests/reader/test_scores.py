"""The scores, on cases small enough to count by hand."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import FormatError
from dragoman.reader.training import attribution_scores, reading_scores
from dragoman.reader.training.comparing import Names, SpanMap, f1_of_sets, name_key, stem, word_set
from dragoman.reader.training.evaluate import gold_readings, is_attributions
from dragoman.reader.training.tallies import STATEMENT_FIELDS, ReadingScores

TEXT = 'The mayor said "we will talk", and aides of Mr. Li denied it.'
TOKENS = [list(m.span()) for m in re.finditer(r"Mr\.|\w+|[^\w\s]", TEXT)]
HEADS = [1, 2, -1, 2, 6, 6, 2, 2, 2, 2, 14, 13, 13, 10, 2, 14, 2]


def span(first: int, last: int) -> list[int]:
    return [TOKENS[first][0], TOKENS[last][1]]


ONE = {"source": [span(0, 1)], "cue": [span(2, 2)], "content": [span(3, 7)]}
TWO = {"source": [span(10, 13)], "cue": [span(14, 14)], "content": [span(15, 15)]}


def f1(*predicted: dict[str, Any], heads: list[int] | None = HEADS) -> dict[str, float]:
    gold = [{"id": "a", "text": TEXT, "tokens": TOKENS, "heads": heads, "attributions": [ONE, TWO]}]
    scores = attribution_scores.score(gold, {"a": predicted})
    return {name: round(m.f1, 4) for name, m in scores.measures.items()}


def test_gold_against_itself_and_against_nothing() -> None:
    assert set(f1(ONE, TWO).values()) == {1.0}
    assert set(f1().values()) == {0.0}


def test_order_and_edges_of_white_space_do_not_count() -> None:
    ragged = {"source": [[0, TOKENS[1][1] + 1]], "cue": [[TOKENS[2][0], TOKENS[2][1] + 1]], "content": [span(3, 7)]}
    assert f1(TWO, ragged)["exact"] == 1


def test_one_reading_in_a_file_of_its_own_is_a_gold_set(tmp_path: Path) -> None:
    file = tmp_path / "one.reading.json"
    file.write_text(json.dumps(reading(), indent=1))
    assert not is_attributions(file)
    assert gold_readings(file) == [reading()]
    file.write_text(json.dumps([reading(), reading()], indent=1))
    assert len(gold_readings(file)) == 2


def test_each_outlet_is_scored_apart_where_the_gold_names_several() -> None:
    gold = [
        {"id": name, "publisher": name, "text": TEXT, "tokens": TOKENS, "heads": HEADS, "attributions": [ONE, TWO]}
        for name in ("Kurier", "Herald")
    ]
    scores = attribution_scores.score(gold, {"Kurier": [ONE, TWO], "Herald": [ONE]})
    assert {name: round(m["exact"].f1, 3) for name, m in scores.outlets.items()} == {"Herald": 0.667, "Kurier": 1.0}
    assert any(re.match(r"Herald +66\.7 ", line) for line in scores.lines())
    assert not attribution_scores.score(gold[:1], {}).outlets


def test_quotation_marks_left_out() -> None:
    scores = f1({**ONE, "content": [span(4, 6)]}, TWO)
    assert (scores["exact"], scores["exact words"], scores["spans content"]) == (0.5, 1, 0.5)
    assert scores["partial content"] == round((0.75 + 1) / 2, 4)
    assert scores["tokens content"] == 0.8


def test_exchanged_sources_cost_what_looks_at_links() -> None:
    scores = f1({**ONE, "source": TWO["source"]}, {**TWO, "source": ONE["source"]})
    assert (scores["spans source"], scores["exact"], scores["source head"], scores["detected"]) == (1, 0, 0, 1)


@pytest.mark.parametrize("heads", [HEADS, None])
def test_the_head_of_a_source(heads: list[int] | None) -> None:
    assert f1({**ONE, "source": [span(1, 1)]}, {**TWO, "source": [span(10, 10)]}, heads=heads)["source head"] == 1
    assert f1(ONE, {**TWO, "source": [span(12, 13)]}, heads=heads)["source head"] == 0.5


def test_a_span_outside_the_text_is_an_error() -> None:
    with pytest.raises(FormatError, match="outside the text"):
        f1({**ONE, "cue": [[0, 999]]})


def test_intervals_hold_the_score() -> None:
    gold = [
        {"id": str(n), "text": TEXT, "tokens": TOKENS, "heads": HEADS, "attributions": [ONE, TWO]} for n in range(8)
    ]
    found = {str(n): [ONE] if n % 2 else [ONE, TWO] for n in range(8)}
    scores = attribution_scores.score(gold, found, bootstrap=200)
    low, high = scores.intervals["exact"]
    assert low < scores.measures["exact"].f1 < high
    assert any("F1 in [" in line for line in scores.lines())


# ------------------------------------------------------------------------------------------------------- readings


def reading() -> dict[str, Any]:
    text = (
        "Ana Lopez, head of the Harbour Union, said on Monday there would be no return to work unless pay rises. "
        "“We will wait,” she said. More than 300 people marched, police said."
    )

    def at(words: str, nth: int = 1) -> list[list[int]]:
        start = -1
        for _ in range(nth):
            start = text.index(words, start + 1)
        return [[start, start + len(words)]]

    ana = {"name": "Ana Lopez", "party": "Harbour Union", "anonymous": False}
    return {
        "document": {"id": "d", "text": text},
        "aliases": {"Harbour Union": ["dockers"]},
        "statements": [
            {"id": "s1", "source": at("Ana Lopez, head of the Harbour Union"), "cue": at("said"), "speaker": {**ana},
             "content": at("there would be no return to work unless pay rises"), "via": [], "form": "indirect",
             "act": "condition", "negated": False, "accept": {"act": ["threat"]}},
            {"id": "s2", "source": at("she"), "cue": at("said", 2), "content": at("“We will wait,”"),
             "speaker": {**ana}, "via": [], "form": "direct", "act": "commitment", "negated": False},
            {"id": "s3", "source": at("police"), "cue": at("said", 3), "content": at("More than 300 people marched"),
             "speaker": {"name": "police", "party": None, "anonymous": False}, "via": ["Brook Herald"],
             "form": "indirect", "act": "estimate", "negated": False},
        ],
        "positions": [{"party": "dockers", "issue": "work", "stance": "no return to work", "direction": "against"}],
        "conditions": [{"party": "Harbour Union", "withholds": "return to work", "requires": ["pay rises"]}],
        "deadlines": [{"what": "deal", "date": "2020-06-01", "precision": "month", "set_by": "owners"}],
        "meetings": [{"name": "talks", "date": None, "place": "Brook", "chairs": ["Ana Lopez"], "status": "held"}],
        "agreements": [{"name": "pact", "date": "2020", "precision": "year", "status": "broken"}],
        "figures": [{"quantity": 300, "bound": "more than", "unit": "people", "measure": "marched", "by": "police"}],
        "relations": [{"from": "Ana Lopez", "to": "Harbour Union", "kind": "leads"}],
    }  # fmt: skip


def compared(change: Any = None) -> ReadingScores:
    predicted = copy.deepcopy(reading())
    if change:
        change(predicted)
    return reading_scores.score([reading()], {"d": predicted})


def test_a_reading_against_itself() -> None:
    scores = compared()
    assert scores.statements.ratio.f1 == scores.table.ratio.f1 == 1
    assert all(tally.ratio.f1 == 1 for tally in scores.layers.values())
    assert not scores.slips
    assert all(scores.mean(name) in (1, None) for name in STATEMENT_FIELDS)


def test_nothing_read() -> None:
    scores = reading_scores.score([reading()], {})
    assert scores.statements.missed == 3
    assert scores.table.ratio.f1 == 0


def test_statements_missed_invented_and_wrong() -> None:
    def change(r: dict[str, Any]) -> None:
        del r["statements"][2]
        r["statements"][1]["speaker"]["name"] = "owners"
        r["statements"][0]["act"] = "threat"  # accepted
        r["statements"].append({**r["statements"][0], "id": "s9", "content": [[0, 3]]})
        for statement, confidence in zip(r["statements"], (0.9, 0.9, 0.1), strict=True):
            statement["confidence"] = confidence

    scores = compared(change)
    assert (scores.statements.right, scores.statements.spurious, scores.statements.missed) == (2, 1, 1)
    assert (scores.mean("speaker"), scores.mean("act")) == (0.5, 1)
    # 0.9 was right once in two, 0.1 never: 2/3 * 0.4 + 1/3 * 0.1
    assert scores.calibration_error == pytest.approx(0.3)
    assert {s.kind for s in scores.slips if s.layer == "statements"} == {"missed", "spurious", "wrong speaker"}
    assert any(line.startswith("   0.9") for line in scores.lines())


@pytest.mark.parametrize(
    ("layer", "values", "f1"),
    [
        ("positions", {"direction": "for"}, 0),
        ("positions", {"party": "Harbour Union", "stance": "returns to work, no"}, 1),
        ("conditions", {"requires": ["pay rises", "the moon is blue"]}, 2 / 3),
        ("deadlines", {"date": "2020-06-30"}, 1),
        ("deadlines", {"date": "2020-07-01"}, 0),
        ("meetings", {"name": "something else"}, 1),
        ("meetings", {"date": "2020-06-01"}, 0),
        ("agreements", {"status": "in force"}, 1),
        ("figures", {"quantity": 301}, 1),
        ("figures", {"quantity": 305}, 0),
        ("relations", {"from": "Lopez"}, 1),
        ("relations", {"kind": "represents"}, 0),
    ],
)
def test_layers(layer: str, values: dict[str, Any], f1: float) -> None:
    scores = compared(lambda r: r[layer][0].update(values))
    assert scores.layers[layer].ratio.f1 == pytest.approx(f1)


def test_what_stands_inside_another_is_free() -> None:
    scores = compared(lambda r: r["statements"].append({**r["statements"][0], "id": "s8", "within": "s1"}))
    assert scores.statements.ratio.precision == 1


def test_offsets_may_move() -> None:
    def change(r: dict[str, Any]) -> None:
        r["document"]["text"] = "Share this\n" + r["document"]["text"]
        for statement in r["statements"]:
            for role in ("source", "cue", "content"):
                statement[role] = [[a + 11, b + 11] for a, b in statement[role]]

    scores = compared(change)
    assert scores.statements.ratio.f1 == scores.mean("content") == 1
    assert scores.text.ratio.recall == 1 > scores.text.ratio.precision


def test_names_and_words() -> None:
    names = Names({"relations": [{"from": "Riyād Hijab", "to": "Ali Kerry"}, {"from": "John Kerry", "to": None}]})
    assert names.same("Riyād Hijab", "Mr. RIYAD HIJAB’s")
    assert names.same("Riyād Hijab", "Hijab", True)
    assert not names.same("John Kerry", "Kerry", True)
    assert not names.same(None, "UN")
    assert names.same("UN", "United Nations")
    assert name_key("the Deputy Prime Minister Lund") == "lund"
    assert stem("dropped") == stem("drops")
    assert word_set("$40 million") == word_set("40 million dollars")
    assert f1_of_sets([], []) == 1
    assert SpanMap("a b", "a b").gold_words([[0, 1]]) == {0}


def test_kinds_of_gold_sets(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps({"id": "a", "text": "x", "attributions": []}) + "\n")
    assert is_attributions(file)
    file.write_text(json.dumps(reading()) + "\n")
    assert not is_attributions(file)
    file.write_text("")
    with pytest.raises(FormatError, match="empty"):
        is_attributions(file)
    file.write_text("{")
    with pytest.raises(FormatError, match="not JSON"):
        is_attributions(file)

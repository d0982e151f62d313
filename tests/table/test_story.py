"""The table follows the story date by date, on gold readings; floors for each layer, differences listed exactly."""

from functools import reduce
from operator import add
from typing import Any

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reading import Reading
from dragoman.table import build
from tests.table.following import Score, follow_story

# Recall over all eight dates, as measured; raise a floor when it is beaten, lower none without a word in the history.
FLOORS = {
    "positions": 1.0, "conditions": 1.0, "deadlines": 1.0, "meetings": 1.0, "agreements": 1.0, "figures": 0.98,
    "origins": 1.0, "changes": 0.95,
}  # fmt: skip


@pytest.fixture(scope="module")
def scores(story: dict[str, Any], story_readings: list[Reading]) -> dict[str, Score]:
    found: dict[str, list[Score]] = {}
    for state in story["states"]:
        table = build(story_readings, lexicon=Lexicon(), on=state["after"])
        for layer, score in follow_story(table, state).items():
            found.setdefault(layer, []).append(score)
    return {layer: reduce(add, given) for layer, given in found.items()}


@pytest.mark.parametrize("layer", FLOORS)
def test_layer_follows_the_story(layer: str, scores: dict[str, Score]) -> None:
    score = scores[layer]
    assert score.expected > 0
    assert score.recall >= FLOORS[layer], "\n".join([f"{layer}: {score.found} of {score.expected}", *score.differences])


def test_no_position_stands_that_the_story_does_not_have(scores: dict[str, Score]) -> None:
    surplus = [line for line in scores["positions"].differences if "not expected" in line]
    assert not surplus, "\n".join(surplus)


def test_open_and_met_conditions_are_those_of_the_story(story: dict[str, Any], story_readings: list[Reading]) -> None:
    for state in story["states"]:
        table = build(story_readings, lexicon=Lexicon(), on=state["after"])
        still_open = sum(c.status in ("open", "promised") for c in table.conditions)
        assert still_open == len(state["open_conditions"]), state["after"]
        assert sum(c.status == "met" for c in table.conditions) == len(state["met_conditions"]), state["after"]


def test_the_copy_goes_back_to_the_agency(story: dict[str, Any], story_readings: list[Reading]) -> None:
    table = build(story_readings, lexicon=Lexicon())
    expected = [(copy, item["report"]) for item in story["circular"] for copy in item["copies"]]
    assert [(link.document, link.to) for link in table.origins.links if link.sure] == expected

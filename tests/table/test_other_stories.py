"""Two more stories, of a strike and of hostages, followed as the shipped reader reads them; floors as measured.

Their reports are short and name parties in many ways, as reports of one negotiation by several hands do: "the Front",
"Haas", "the government". Raise a floor when it is beaten, lower none without a word in the history.
"""

import json
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import pytest

from dragoman import reader
from dragoman.lexicon import Lexicon
from dragoman.reader.network.meaning import Meaning
from dragoman.reading import Document
from dragoman.table import Table, build
from tests.table.following import Score, follow_story

STORIES = Path(__file__).parent / "stories"
# How many things of all six dates are found.
FLOORS = {
    "tram": {
        "positions": 7,
        "conditions": 6,
        "deadlines": 3,
        "meetings": 1,
        "agreements": 1,
        "figures": 3,
        "changes": 2,
    },
    "miners": {"positions": 6, "conditions": 6, "meetings": 4, "agreements": 1, "figures": 4},
}


def read(name: str) -> tuple[list[dict[str, Any]], list[Table]]:
    story = json.loads((STORIES / f"{name}.json").read_text("utf-8"))
    readings = list(reader.get("trained").read_many(Document(**d) for d in story["documents"]))
    meaning = Meaning()
    days = [state["after"] for state in story["states"]]
    return story["states"], [build(readings, lexicon=Lexicon(), on=day, embed=meaning) for day in days]


@pytest.mark.parametrize("name", FLOORS)
def test_the_table_follows_another_story(name: str) -> None:
    found: dict[str, list[Score]] = {}
    for state, table in zip(*read(name), strict=True):
        for layer, score in follow_story(table, state).items():
            found.setdefault(layer, []).append(score)
    scores = {layer: reduce(add, given) for layer, given in found.items()}
    for layer, floor in FLOORS[name].items():
        assert scores[layer].found >= floor, "\n".join([f"{layer}: {scores[layer].found}", *scores[layer].differences])


def test_parties_of_several_names_are_one() -> None:
    parties = {party.name: party.aliases for party in read("tram")[1][-1].parties}
    assert "Nordline" in parties["Nordline Transit"] and "BTWU" in parties["Brennholm Transit Workers' Union"]
    assert parties.keys().isdisjoint({"Haas", "Olin", "Nordline"})
    parties = {party.name: party.aliases for party in read("miners")[1][-1].parties}
    assert "Front" in parties["Red Dawn Front"] and "government" in parties["Palura"]
    assert parties.keys().isdisjoint({"Beltran", "Ariza", "Anselm"})

"""The shipped names: sources stated, spellings resolved, quick to load."""

import json
import time
from importlib import resources

import pytest

from dragoman.lexicon import Lexicon


@pytest.mark.parametrize("file", ["states.json", "organisations.json", "outlets.json", "cues_en.json", "cues_ar.json",
                                  "words_en.json", "first_names.json"])  # fmt: skip
def test_every_data_file_states_source_and_licence(file: str) -> None:
    data = json.loads(resources.files("dragoman").joinpath("data", file).read_text("utf-8"))
    assert data["source"] and data["licence"]


@pytest.mark.parametrize(
    "spelling, name",
    [("HNC", "High Negotiations Committee"), ("the U.N.", "United Nations"), ("U.S.", "United States"),
     ("صندوق النقد الدولي", "International Monetary Fund"), ("سوريا", "Syria")],
)  # fmt: skip
def test_parties_by_any_spelling(spelling: str, name: str) -> None:
    entry = Lexicon.shipped().party(spelling)
    assert entry is not None and entry.name == name


def test_outlets_by_any_spelling() -> None:
    for spelling in ("VOA", "Voice of America", "صوت أمريكا"):
        entry = Lexicon.shipped().outlet(spelling)
        assert entry is not None and entry.name == "Voice of America"


def test_loading_is_quick() -> None:
    Lexicon.shipped.cache_clear()
    start = time.process_time()
    Lexicon.shipped()
    assert time.process_time() - start < 0.2  # measured 0.02 s; slow machines get room

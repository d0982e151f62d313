"""Texts as vectors out of the shipped model: near what means the same, whole or refused when the file is damaged."""

from pathlib import Path

import numpy as np
import pytest

from dragoman.errors import ReaderError
from dragoman.reader.network.meaning import WEIGHTS, Meaning


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return Meaning()


def closeness(meaning: Meaning, one: str, other: str) -> float:
    here, there = meaning([one, other])
    return float(here @ there)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("release of prisoners", "freeing of captives", "reopening of the harbour"),
        ("higher wages", "pay rise", "withdrawal of troops"),
        ("ceasefire", "truce", "fishing quota"),
    ],
)
def test_what_means_the_same_is_nearer(meaning: Meaning, text: str, near: str, far: str) -> None:
    assert closeness(meaning, text, near) > 0.4 > closeness(meaning, text, far)


def test_names_of_parties_say_nothing_of_what_a_phrase_is_about(meaning: Meaning) -> None:
    assert closeness(meaning, "boats of Belmark", "boats of Arvenia") > 0.99


def test_vectors_have_length_one_or_none(meaning: Meaning) -> None:
    known, foreign, empty = meaning(["release of prisoners", "الإفراج عن الأسرى", ""])
    assert np.linalg.norm(known) == pytest.approx(1, abs=1e-5)
    assert not foreign.any() and not empty.any()


@pytest.mark.parametrize("kept", [0, 100, 5000, 1_000_000])
def test_a_damaged_model_is_told_as_one(tmp_path: Path, kept: int) -> None:
    (tmp_path / "tokenizer.json").write_bytes((WEIGHTS / "tokenizer.json").read_bytes())
    (tmp_path / "model.onnx").write_bytes((WEIGHTS / "model.onnx").read_bytes()[:kept])
    with pytest.raises(ReaderError):
        Meaning(tmp_path)(["release of prisoners"])

"""The words of the house: JSON there and back, and spans that cannot be anything but words of their document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import FormatError, SpanError
from dragoman.folding import fold, fold_name
from dragoman.reading import Document, Reading, Spans, Statement
from dragoman.settings import Settings
from tests.builders import STORY, a_document, a_reading, a_statement


@pytest.mark.parametrize("path", STORY, ids=lambda p: p.stem)
def test_json_there_and_back_keeps_unknown_keys(path: Path) -> None:
    data = json.loads(path.read_text("utf-8"))
    data["later"] = {"x": 1}
    data["statements"][0]["later"] = [1]
    again = Reading.from_json(data).to_json()
    assert again["later"] == {"x": 1} and again["statements"][0]["later"] == [1]
    assert Reading.from_json(again) == Reading.from_json(data)
    assert again["aliases"] == data["aliases"]


@pytest.mark.parametrize("pieces", [[(5, 3)], [(0, 10_000)], [(-1, 4)], [(4, 8), (2, 3)], [(3, 4)]])
def test_a_span_that_is_no_words_is_refused(pieces: list[tuple[int, int]]) -> None:
    document = a_document()
    with pytest.raises(SpanError):
        Reading(document, (Statement("s1", Spans(), Spans(), Spans(pieces)),))


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-2, 70), st.integers(-2, 70)), max_size=3))
def test_whatever_the_spans_a_reading_holds_only_words(text: str, pieces: list[tuple[int, int]]) -> None:
    document = a_document(text)
    try:
        reading = Reading(document, (Statement("s1", Spans(), Spans(), Spans(pieces)),))
    except SpanError:
        return
    for start, end in reading.statements[0].content:
        assert text[start:end].strip() and len(text[start:end]) == end - start


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ([], "no object"), ({"document": {"id": "x"}}, "text is missing"),
        ({"document": {"id": 1, "text": ""}}, "document.id"),
        ({"document": {"id": "x", "text": ""}, "statements": {"a": 1}}, "statements is dict"),
        ({"document": {"id": "x", "text": "a"}, "figures": [{"quantity": "many"}]}, "figures.0..quantity"),
        ({"document": {"id": "x", "text": "a"}, "statements": [{"id": "s", "content": [[0]]}]}, "content"),
        ({"document": {"id": "x", "text": "a"}, "positions": [{"issue": "i"}]}, "party, stance is missing"),
        ({"format": "dragoman.reading/9", "document": {"id": "x", "text": ""}}, "dragoman.reading/9"),
    ],
)  # fmt: skip
def test_json_that_does_not_fit_names_the_key(data: Any, says: str) -> None:
    with pytest.raises(FormatError, match=says):
        Reading.from_json(data)


def test_two_statements_of_one_name_are_refused() -> None:
    document = a_document()
    one = a_statement(document, "The minister", "said", "the port will open")
    with pytest.raises(FormatError, match="two statements"):
        a_reading(document, one, one)


def test_a_document_is_known_by_what_a_reader_sees() -> None:
    assert a_document().content_hash == a_document().content_hash
    assert a_document().content_hash != a_document(outlet="The Courier").content_hash
    assert Document("a", "x", extra={"y": 1}).content_hash == Document("a", "x").content_hash


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tartūs", "tartus"), ("تُرفع", "ترفع"), ("أحمد", "احمد"), ("ﬁrm", "firm"), ("№ ℍ", "no h"), ("Łódź’s", "lodz's"),
     ("STRASSE", "straße")],
)  # fmt: skip
def test_spellings_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("the U.N.", "UN"), ("Syria’s", "Syria"), ("الأمم المتحدة", "امم متحده")])
def test_names_fold_together(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_settings_go_from_file_to_environment_to_command_line(tmp_path: Path) -> None:
    file = tmp_path / "dragoman.toml"
    file.write_text('port = 1\nhost = "a"\nreader = "rules"\n', "utf-8")
    found = Settings.read({"DRAGOMAN_SETTINGS": str(file), "DRAGOMAN_PORT": "2", "DRAGOMAN_HOST": "b"}, host="c")
    assert (found.port, found.host, found.reader) == (2, "c", "rules")
    for content, says in (("prot = 1", "prot"), ("port = [", "not TOML"), ('port = "x"', "whole number")):
        file.write_text(content, "utf-8")
        with pytest.raises(FormatError, match=says):
            Settings.read({"DRAGOMAN_SETTINGS": str(file)})
    with pytest.raises(FormatError, match=r"nowhere\.toml: no settings"):
        Settings.read({"DRAGOMAN_SETTINGS": str(tmp_path / "nowhere.toml")})

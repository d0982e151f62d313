"""The conditional clause of a statement belongs to it, wherever its finder stopped."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found
from dragoman.reader.speakers.whole_conditions import with_whole_conditions
from tests.builders import a_document, at


def contents(text: str, *found: tuple[str, str, str]) -> list[str]:
    document = a_document(text)
    draft = Draft.of(document, Lexicon())
    said = [Found(*(at(document, words) for words in one)) for one in found]
    return [f.content.text(document, joint=" | ") for f in with_whole_conditions(draft, said)]


@pytest.mark.parametrize(
    ("text", "found", "content"),
    [
        (
            "The League has dropped its veto, provided a fund is written into law.",
            ("The League", "has dropped", "its veto"),
            "its veto, provided a fund is written into law",
        ),
        (
            "If it is not ratified by June, the Council intends to ask a court.",
            ("the Council", "intends", "to ask a court"),
            "If it is not ratified by June | to ask a court",
        ),
        (
            "The League will sign the pact; if it rains, nobody comes.",
            ("The League", "will sign", "the pact"),
            "the pact",
        ),
        ("The League will send boats, provided by Norway.", ("The League", "will send", "boats"), "boats"),
    ],
)
def test_a_condition_belongs_to_its_statement(text: str, found: tuple[str, str, str], content: str) -> None:
    assert contents(text, found) == [content]


def test_what_another_says_is_not_taken() -> None:
    text = "The League has dropped its veto provided that, the envoy said, the fund is gone."
    first, second = ("The League", "has dropped", "its veto"), ("the envoy", "said", "the fund is gone")
    assert contents(text, first, second) == ["its veto", "the fund is gone"]


def test_what_is_only_supposed_is_no_statement() -> None:
    text = "Joral goes down only if the Council recognises the hunt."
    assert contents(text, ("the Council", "recognises", "the hunt")) == []

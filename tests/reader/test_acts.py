"""Which act an attribution is, where its cue alone says it."""

import pytest

from dragoman.reader.draft import Found
from dragoman.reader.network.judging import signs
from dragoman.reader.rules.acts import gives_up
from tests.builders import a_document, at


@pytest.mark.parametrize(
    ("cue", "content", "given_up"),
    [
        ("has since quietly dropped", "its demand for a second bridge", True),
        ("no longer insists", "that the rebels leave before talks begin", True),
        ("conceded", "that the date could move", True),
        ("stopped asking for", "a veto", True),
        ("refused to drop", "its demand for a second bridge", False),
        ("has not withdrawn", "the complaint", False),
        ("would drop", "the complaint", False),
        ("dropped its opposition", "to the plan, provided the fund is written into law", False),
    ],
)
def test_what_a_cue_gives_up(cue: str, content: str, given_up: bool) -> None:
    document = a_document(f"Harbour Union {cue} {content}.")
    found = Found(at(document, "Harbour Union"), at(document, cue), at(document, content))
    assert gives_up(document, found) is given_up


def test_what_is_given_up_may_be_the_cue() -> None:
    document = a_document("Harbour Union quietly dropped its demand that the bridge be built.")
    found = Found(at(document, "Harbour Union"), at(document, "demand"), at(document, "that the bridge be built"))
    assert gives_up(document, found)


@pytest.mark.parametrize(
    ("content", "mood"),
    [
        ("the chairman should go, and would", "ought"),
        ("it would not sign before it must", "not"),
        ("we'll sign what may come", "so"),
        ("it could sign and will", "may"),
        ("the port is shut", ""),
    ],
)
def test_the_first_word_that_says_so_tells_the_mood(content: str, mood: str) -> None:
    document = a_document(f"Ana Roke insists {content}.")
    found = Found(at(document, "Ana Roke"), at(document, "insists"), at(document, content))
    shown = set(signs(document, found))
    assert f"mood {mood}" in shown
    assert any(sign.endswith("cue insist") and sign.startswith("rule ") for sign in shown)

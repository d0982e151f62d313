"""What the words of a stance do, and in what mood its first verb stands."""

import pytest

from dragoman.reader.positions.stance_words import doings, modality, mood


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ruled out", ("refuse",)),
        ("has not ruled out a payment", ("no", "refuse")),
        ("refused to give up its call for a port", ("refuse", "end", "want")),
        ("wants the chimes stopped", ("want", "end")),
        ("We won’t sign", ("no", "begin")),
        ("could live with a levy", ("accept",)),
        ("the lighthouse", ()),
        ("", ()),
    ],
)
def test_what_words_do(text: str, expected: tuple[str, ...]) -> None:
    assert doings(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("velmar will sign", "would"),
        ("velmar will not sign", "would not"),
        ("velmar won't sign", "would not"),
        ("they cannot wait", "would not"),
        ("it isn't a threat", "present"),
        ("the deal had been signed", "pluperfect"),
        ("the withdrawal of all boats", "none"),
        ("", "none"),
    ],
)
def test_in_what_mood_a_stance_stands(text: str, expected: str) -> None:
    assert mood(text.split()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("velmar will sign", "will"),
        ("we'll sign", "will"),
        ("it'd sign", "would"),
        ("velmar couldn’t sign", "cannot"),
        ("the boats may leave", "may"),
        ("the boats have to leave", "must"),
        ("the boats have left", "none"),
    ],
)
def test_what_a_modal_verb_says(text: str, expected: str) -> None:
    assert modality(text) == expected

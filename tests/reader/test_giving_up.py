"""Words by which somebody gives up what they asked for, told apart from refusing to."""

import pytest

from dragoman.reader.wording.giving_up import asks_no_more, holds_no_more, led_to_by_giving_up, opens_giving_up


@pytest.mark.parametrize(
    "words, opens",
    [
        ("has since quietly dropped", True),
        ("no longer insists", True),
        ("stopped calling", True),
        ("gave up", True),
        ("refused to drop", False),
        ("insisted", False),
    ],
)
def test_a_cue_that_opens_by_giving_up_is_told_from_a_refusal(words: str, opens: bool) -> None:
    assert opens_giving_up(words) is opens


@pytest.mark.parametrize(
    "words, asks, holds",
    [
        ("has dropped its old demand for a seat", True, True),
        ("no longer objects to the pier", True, True),
        ("no longer promises a date", False, True),
        ("softened their threat to leave", False, True),
        ("stopped asking for a pier", True, False),
        ("stopped calling it a dream", False, False),
        ("dropped the second pier", False, False),
    ],
)
def test_what_is_asked_no_more_and_what_is_held_no_more(words: str, asks: bool, holds: bool) -> None:
    assert (asks_no_more(words) is not None, holds_no_more(words)) == (asks, holds)


def test_the_words_that_give_up_stand_right_before_what_they_give_up() -> None:
    text = "Maren has quietly dropped her demand for a pier"
    match = led_to_by_giving_up(text, len("Maren"), text.index("demand"))
    assert match is not None and match.group() == "dropped her "
    assert led_to_by_giving_up(text, 0, text.index("a pier")) is None

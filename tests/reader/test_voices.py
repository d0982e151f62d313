"""Whose turn it is in a talk on paper, and who only asks."""

import pytest

from dragoman.reader.rules.voices import label_of, voices, who_asks
from dragoman.reading import Span

ANSWER = "We will open the lock when the dredgers have gone, and not a day before that."


@pytest.mark.parametrize(
    "paragraph, who",
    [
        ("MAREN: No.", "MAREN"),
        ("CAPT. ILSA MAREN (Coast Guard): No.", "CAPT. ILSA MAREN"),
        ("“Maren: No.", "Maren"),
        ("Lock & Ferry: Why?", "Lock & Ferry"),
        ("Maren of the lock: No.", None),
        ("The board met at 9:30 in the lock house.", None),
        ("he said: No.", None),
    ],
)
def test_a_turn_opens_with_a_name_and_a_colon(paragraph: str, who: str | None) -> None:
    match = label_of(paragraph, Span(0, len(paragraph)))
    assert (match["who"] if match else None) == who


def test_what_a_voice_says_is_kept_turn_by_turn() -> None:
    assert voices("Talks\n\nVekk: When?\nMaren: Soon.\nVekk: How?") == {"Vekk": ["When?", "How?"], "Maren": ["Soon."]}


@pytest.mark.parametrize(
    "turns, asks",
    [
        (["Q: When?", f"Maren: {ANSWER}", "Q: And then?", f"Maren: {ANSWER}"], {"Q"}),
        (["Vekk: When?", f"Maren: {ANSWER}", "Vekk: You said so.", f"Maren: {ANSWER}", "Vekk: Well."], {"Vekk"}),
        (["Vekk: When?", "Maren: Soon.", "Vekk: We built it.", "Maren: You sold it."], set()),
        ([f"Maren: {ANSWER}", "Vekk: When?", f"Maren: {ANSWER}", "Vekk: No.", "Vekk: Never."], set()),
        (["Maren: Must we wait?", "Vekk: We must."], {"Maren"}),
    ],
)
def test_who_asks_what_others_answer(turns: list[str], asks: set[str]) -> None:
    assert who_asks("\n\n".join(turns)) == asks

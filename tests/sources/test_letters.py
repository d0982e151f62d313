"""Damaged letters are mended; sound text is not touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.sources.letters import mend


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("Syriaâ€™s â€œtalksâ€\x9d â€“ cafÃ©", "Syria’s “talks” – café"),
        ("Ø§Ù„ØªØ¹Ù„ÙŠÙ‚Ø§Øª", "التعليقات"),
        ("it\x92s \x93over\x94", "it’s “over”"),
        ("Syria?s plan, don?t ask", "Syria’s plan, don’t ask"),
        ("Syria\ufffds plan", "Syria’s plan"),
        ("don`t", "don’t"),
        ("``over'' he said", "“over” he said"),
        ("a\u00a0b\u2009c\u00add\u200be", "a b cde"),
        ("first\r\nsecond\rthird\u2028fourth", "first\nsecond\nthird\nfourth"),
        ("ﬁrst &amp; &rsquo;second&#8217;", "first & ’second’"),
        ("The Сommission оf the pоrt said the tаlks resume", "The Commission of the port said the talks resume"),
        ("𝐁𝐫𝐞𝐚𝐤𝐢𝐧𝐠", "Breaking"),
        ("e\u0301te\u0301", "été"),
        ("\ud800 alone", "\ufffd alone"),
    ],
)
def test_damage(damaged: str, mended: str) -> None:
    assert mend(damaged) == mended


@pytest.mark.parametrize(
    "sound",
    [
        "‘Curly’ and 'straight' “quotes” \"both\" stay – and — dashes…",
        "SÃO JOSÉ” said “CAFÉ”", "Москва заявила: «переговоры»", "می‌خواهم", "👨‍👩‍👧 a family",
        "What is it? That was all",
        "https://harbour.example/a?s=1&t=2", "βeta and Δt", "AT&T; R&D", "Tórshavn, Reščik, Ó Laoire, Ngāti",
        "各方，同意！", "المُبعوثة",
    ],
)  # fmt: skip
def test_sound_text_is_not_touched(sound: str) -> None:
    assert mend(sound) == sound


@given(st.text(max_size=200))
def test_mending_twice_is_mending_once(text: str) -> None:
    once = mend(text)
    assert "\r" not in once and "\u00a0" not in once and "\u00ad" not in once
    once.encode("utf-8")

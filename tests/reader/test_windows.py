"""Windows cover every word once, and the sheet marks what a lower-case encoder would not see."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reader.network.windows import FEATURES, Sheet, lay_out, quotations, windows
from dragoman.reader.segment import segment


def sheet_of(text: str) -> Sheet:
    return lay_out(text, segment(text), lambda words: [[1] * (1 + len(w) // 5) for w in words])


def marked(text: str, feature: str) -> list[str]:
    sheet = sheet_of(text)
    rows = sheet.features[:, FEATURES.index(feature)] > 0
    return [text[a:b] for a, b, yes in zip(sheet.starts, sheet.ends, rows, strict=True) if yes]


@pytest.mark.parametrize(
    ("text", "feature", "words"),
    [
        ("Ana met the EU, McGill said 40.", "title", ["Ana"]),
        ("Ana met the EU, McGill said 40.", "upper", ["EU"]),
        ("Ana met the EU, McGill said 40.", "mixed", ["McGill"]),
        ("Ana met the EU, McGill said 40.", "digit", ["40"]),
        ("“We wait,” she said.", "quoted", ["“", "We", "wait", ",", "”"]),
        ('"We wait," she said. "Long."', "quoted", ['"', "We", "wait", ",", '"', '"', "Long", ".", '"']),
        ("''We wait,'' she said.", "quoted", ["'", "'", "We", "wait", ",", "'", "'"]),
        ("“We wait,“ she said. ”Long.”", "quoted", ["“", "We", "wait", ",", "“", "”", "Long", ".", "”"]),
        ("He won't say 'not now', Lund's aide said.", "single", ["'", "not", "now", "'"]),
        ("One.\n\nTwo two.\nThree.", "paragraph", ["One", "Two", "Three"]),
        ("One. Two two.", "sentence", ["One", "Two"]),
    ],
)
def test_features(text: str, feature: str, words: list[str]) -> None:
    assert marked(text, feature) == words


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    text = "“We wait.\nShe left."
    double, _ = quotations(text, segment(text))
    assert double[: text.index("\n")].all()
    assert not double[text.index("She") :].any()


def test_what_is_said_goes_on_inside_a_quotation_and_after_a_word_that_wants_another() -> None:
    text = "He spoke of “two boats.” “Three,” of ice and, in the end, rain."
    sheet = sheet_of(text)
    words = [text[a:b] for a, b in zip(sheet.starts, sheet.ends, strict=True)]
    held = [word for word, yes in zip(words, sheet.before, strict=True) if yes]
    assert held == ["two", "boats", ".", "”", "Three", ",", "”"]
    # "of" before a quotation mark and "and" before a comma may end what is said
    on = [word for word, yes in zip(words, sheet.after, strict=True) if yes]
    assert on == ["“", "two", "boats", ".", "“", "Three", ",", "of", "in", "the"]


def test_nothing_gives_no_window() -> None:
    assert windows(sheet_of("")) == []
    assert len(sheet_of(" \n ")) == 0


@given(
    st.lists(st.integers(1, 90), min_size=1, max_size=30),
    st.integers(20, 120),
    st.integers(0, 15),
    st.integers(0, 50),
)
def test_every_word_has_one_owner(lengths: list[int], size: int, overlap: int, offset: int) -> None:
    text = " ".join(" ".join(["word"] * (n - 1) + ["End."]) for n in lengths)
    sheet = sheet_of(text)
    cut = windows(sheet, size=size, overlap=overlap, offset=offset)
    assert cut[0].own_start == 0
    assert cut[-1].own_end == len(sheet)
    for one, following in itertools.pairwise(cut):
        assert one.own_end == following.own_start
        assert following.start > one.start
    for one in cut:
        assert one.start <= one.own_start <= one.own_end <= one.end
        assert sheet.first[one.end] - sheet.first[one.start] <= max(size, np.diff(sheet.first).max())


def test_offsets_count_code_points() -> None:
    text = "😀 Ana said no."
    sheet = sheet_of(text)
    assert [text[a:b] for a, b in zip(sheet.starts, sheet.ends, strict=True)] == ["😀", "Ana", "said", "no", "."]

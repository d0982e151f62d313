"""Paragraphs and sentences are pieces of their text, in English and Arabic, and hostile text costs linear time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reader.segment import segment


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in segment(text).sentences]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("They met at 3 p.m. Monday. Nobody spoke.", ["They met at 3 p.m. Monday.", "Nobody spoke."]),
        ("They met at 3 p.m. Officials left.", ["They met at 3 p.m.", "Officials left."]),
        ("Gen. J. R. Smith of the U.S. Treasury left.", ["Gen. J. R. Smith of the U.S. Treasury left."]),
        ("It is in the U.S. The talks go on.", ["It is in the U.S.", "The talks go on."]),
        ("He said no. The talks ended.", ["He said no.", "The talks ended."]),
        ("On Sept. 6 they met. See No. 5 there.", ["On Sept. 6 they met.", "See No. 5 there."]),
        ("1. The parties met.\n2. They left.", ["1. The parties met.", "2. They left."]),
        ("“Why?” he asked. “No.” She left.", ["“Why?” he asked.", "“No.”", "She left."]),
        ("Perhaps… and perhaps not. So be it... Fine.", ["Perhaps… and perhaps not.", "So be it...", "Fine."]),
        ("VESSBY, March 3 (MNA) - Talks began. They ended.", ["VESSBY, March 3 (MNA) - Talks began.", "They ended."]),
        ("قال د. سالم إن الهدنة انتهت. هل تعود؟ ربما؛ «غدا».",
         ["قال د. سالم إن الهدنة انتهت.", "هل تعود؟", "ربما؛ «غدا»."]),
        ("• One point\n• Another point", ["• One point", "• Another point"]),
        ("", []),
        (" \n\t\n", []),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet=st.sampled_from(list("ab A.!?…؟۔«»“”\"'\n\t -1قال،\u0651😀_"))) | st.text())
def test_pieces_rise_and_have_no_outer_space(text: str) -> None:
    found = segment(text)
    for pieces in (found.paragraphs, found.sentences):
        last = 0
        for start, end in pieces:
            assert last <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
            last = end
    covered = "".join(text[start:end] for start, end in found.sentences)
    assert "".join(covered.split()) == "".join("".join(text[s:e] for s, e in found.paragraphs).split())


@pytest.mark.parametrize("piece", [".", "a. ", "A.", "“", "a-", '."', "1. ", "…"])
def test_hostile_text_is_linear(piece: str) -> None:
    times = []
    for size in (20_000, 160_000):
        text = piece * (size // len(piece))
        once = []
        for _ in range(3):  # the least: what else the process does, such as sweeping, is not the text's doing
            start = time.process_time()
            segment(text)
            once.append(time.process_time() - start)
        times.append(min(once))
    assert times[1] < 40 * max(times[0], 0.005)  # linear is 8 times; quadratic would be 64

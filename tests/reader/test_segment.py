"""Paragraphs and sentences are pieces of their text, in English and Arabic, and hostile text costs linear time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reader.segment import segment
from dragoman.reading import Span
from dragoman.sentences import AROUND, in_a_line, passage


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


def shown(text: str, *words: str) -> str:
    """The passage around some words, these in brackets."""
    spans = [Span(text.index(w), text.index(w) + len(w)) for w in words]
    return in_a_line(run._replace(text=f"[{run.text}]") if run.marked else run for run in passage(text, spans))


@pytest.mark.parametrize(
    "text, words, expected",
    [
        ("Mr. Ode left. He said the port would open by May, they wrote. More came.", ["the port would open"],
         "He said [the port would open] by May, they wrote."),
        ("“We stay,” Ode said. “It is ours.” He left.", ["“We stay,”", "“It is ours.”"],
         "[“We stay,”] Ode said. [“It is ours.”]"),
        ("One. Two is said. Three.\nFour stands. Five is far. Six.", ["Two", "Five"],
         "[Two] is said. … [Five] is far."),
        ("Ode:\nWe stay.\nWe sign nothing.\nThe end.", ["We stay.\nWe sign"], "[We stay. We sign] nothing."),
        ("😀 قال عودة إن الميناء سيفتح. انتهى.", ["الميناء سيفتح"], "😀 قال عودة إن [الميناء سيفتح]."),
        ("No words.", [], ""),
    ],
)  # fmt: skip
def test_words_are_shown_in_their_sentence(text: str, words: list[str], expected: str) -> None:
    assert shown(text, *words) == expected


def test_of_an_endless_sentence_what_is_near_the_words_is_shown() -> None:
    far = "so it went " * 9000
    found = shown(f"Before. {far}here it stands {far}and there {far}", "here it stands", "and there")
    assert found.startswith("… ") and found.endswith(" …") and found.count(" … ") == 1
    assert "[here it stands]" in found and "[and there]" in found and len(found) < 5 * AROUND


@given(st.text(alphabet=st.sampled_from(list("ab A.!?…\"'\n -1قال😀"))), st.integers(0, 40), st.integers(1, 40))
def test_a_passage_holds_its_words_whatever_the_text(text: str, start: int, length: int) -> None:
    words = Span(start, min(len(text), start + length))
    if words.start < words.end:
        runs = passage(text, [words])
        assert [run.text for run in runs if run.marked] == [text[words.start : words.end]]
        assert "".join(run.text for run in runs) in text

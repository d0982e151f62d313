"""Of a source that a finder cut or gave in pieces, the one whole phrase that the cue goes with."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found
from dragoman.reader.names.casting import cast_of
from dragoman.reader.speakers.whole_sources import whole_source
from dragoman.reading import Spans
from tests.builders import a_document, at


def source_of(text: str, pieces: list[str], cue: str) -> str:
    """The words of the source that `pieces` stand for."""
    draft = Draft.of(a_document(text), Lexicon.shipped())
    said = draft.document.text
    starts: list[tuple[int, int]] = []
    for piece in pieces:
        start = said.index(piece, starts[-1][1] if starts else 0)
        starts.append((start, start + len(piece)))
    found = Found(Spans(starts), at(draft.document, cue), at(draft.document, "no road"))
    return whole_source(cast_of(draft), found).source.text(draft.document)


@pytest.mark.parametrize(
    "pieces, cue, text, expected",
    [
        (["she", "the envoy"], "said", "There is no road, she said; the envoy's office saw one.", "she"),
        (["she", "she"], "denied", "Vekk came, she told Radio Eko, and she denied that no road is left.", "she"),
        (["It", "the envoy"], "quoted", "It quoted the envoy as saying that no road is left.", "the envoy"),
        (["Eko Post", "the envoy"], "says", "The Eko Post, quoting the envoy, says no road is left.", "the envoy"),
        (["Vekk", "Marn"], "according to", "It is late, said Vekk, and no road is left, according to Marn.", "Marn"),
        (
            ["The ministry", "the Tarn agency"],
            "asks",
            "The ministry, in a letter carried by the Tarn agency, asks why no road is left.",
            "The ministry",
        ),
        (
            ["The league", "whose leader Tui Vekk"],
            "called",
            "The league, whose leader Tui Vekk called it no road, met.",
            "whose leader Tui Vekk",
        ),
        (
            ["Maj. Gen", "Tui Vekk"],
            "said",
            "Maj. Gen. (retd.) Tui Vekk said no road is left.",
            "Maj. Gen. (retd.) Tui Vekk",
        ),
        (["Vekk", "who"], "said", "Vekk, who said no road is left, went home.", "Vekk"),
    ],
)  # fmt: skip
def test_of_several_pieces_the_one_that_speaks(pieces: list[str], cue: str, text: str, expected: str) -> None:
    assert source_of(text, pieces, cue) == expected


@pytest.mark.parametrize(
    "piece, cue, text, expected",
    [
        ("The U", "calls", "The U.S.-Leth group calls it no road.", "The U.S.-Leth"),
        ("RFE", "reports", "RFE/RL reports no road.", "RFE/RL"),
        ("Hae", "says", "Hae-won Paik says no road is left.", "Hae-won Paik"),
        ("the", "According to", "According to the Tarn Times, no road is left.", "the Tarn Times"),
        ("The", "said", "The Kestrian envoy in Tarn, met there, said no road is left.", "The Kestrian envoy in Tarn"),
        ("Ms", "said", "Ms. Vekk said no road is left.", "Ms. Vekk"),
        ("Islamic", "said", "Islamic Jihad, the smaller one, said no road is left.", "Islamic Jihad"),
        ("the centre at", "said", "And the centre at Tarn said no road is left.", "the centre at Tarn"),
        ("negotiators on", "said", "The negotiators on Friday said no road is left.", "negotiators"),
        ("Vekk", "said", "Vekk Friday said no road is left.", "Vekk"),
        ("His", "reply", "Vekk came. His spokeswoman's reply: no road.", "His spokeswoman"),
        ("their man", "said", "But their man in Tarn, Tui Vekk, said no road is left.", "their man in Tarn, Tui Vekk"),
        ("Tui Vekk", "said", "There is no road, said Tui Vekk. Marn wept.", "Tui Vekk"),
        ("A clerk of Tarn, quoted", "said", "A clerk of Tarn, quoted by Eko, said no road is left.", "A clerk of Tarn"),
        ("LEADER VEKK", ":", "LEADER VEKK TELLS TARN: no road", "LEADER VEKK"),
        ("Egypt", "said", "Kenya, Sudan, and Egypt said no road is left.", "Kenya, Sudan, and Egypt"),
        ("Vekk, who flew in", "said", "Vekk, who flew in on Friday, said no road is left.", "Vekk, who flew in"),
    ],
)  # fmt: skip
def test_a_phrase_cut_short_goes_to_its_end(piece: str, cue: str, text: str, expected: str) -> None:
    assert source_of(text, [piece], cue) == expected

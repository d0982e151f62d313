"""Quotations that a finder cut are whole again, and who only signs a report says none of it."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found
from dragoman.reader.speakers.resolve import resolve
from dragoman.reading import Spans
from tests.builders import a_document, at


def contents(text: str, *said: tuple[str, str, tuple[str, ...]]) -> list[tuple[str | None, str]]:
    """Who says what, of attributions whose contents come in pieces."""
    document = a_document(text, published=None)
    draft = Draft.of(document, Lexicon.shipped())
    for source, cue, pieces in said:
        content = Spans([span for piece in pieces for span in at(document, piece)])
        draft.found.append(Found(at(document, source), at(document, cue), content, act="claim"))
    return [(s.speaker.name, s.content.text(document, joint=" … ")) for s in resolve(draft)]


def test_a_quotation_cut_short_is_whole() -> None:
    text = "The talks went well. Vekk said “we are open to what the owners bring to the table” at last."
    assert contents(text, ("Vekk", "said", ("“we are open to what",))) == [
        ("Vekk", "“we are open to what the owners bring to the table”")
    ]


def test_a_small_word_from_elsewhere_is_no_part() -> None:
    text = "It was a bad offer, and Vekk called the plan poor."
    assert contents(text, ("Vekk", "called", ("a", "the plan poor"))) == [("Vekk", "the plan poor")]


@pytest.mark.parametrize(("sign", "name"), [("PA", "Ana Vekk"), ("Ilsa Maren", "Ilsa Maren")])
def test_an_agency_that_signs_a_report_says_none_of_it(sign: str, name: str) -> None:
    text = f"Ana Vekk wrote: “We are open to talks.”\n\n“Our strikes begin on Monday.” - {sign}"
    said = (("Ana Vekk", "wrote:", ("“We are open to talks.”",)), (sign, "-", ("“Our strikes begin on Monday.”",)))
    assert contents(text, *said)[-1] == (name, "“Our strikes begin on Monday.”")

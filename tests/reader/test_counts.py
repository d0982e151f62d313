"""What is told by somebody's count is their estimate."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft
from dragoman.reader.names.casting import cast_of
from dragoman.reader.speakers.counts import with_counts
from tests.builders import a_document


@pytest.mark.parametrize(
    "sentence, source, cue, content",
    [
        ("By the Sorrel council's own count, 40 boats sank.", "the Sorrel council", "count", "40 boats sank"),
        (
            "Some 900 men, by the Dockers' Union's reckoning, are out; the owners say 300.",
            "the Dockers' Union", "reckoning", "Some 900 men / are out",
        ),
        (
            "Ferries lose two crowns a ticket, by the estimate of the Harbour Board, whose head resigned.",
            "the Harbour Board", "by the estimate of", "Ferries lose two crowns a ticket",
        ),
        (
            "The skippers, who by their own count land a third of the cod, cheered.",
            "their", "count", "land a third of the cod",
        ),
        (
            "Two islands grow all the hops and, by the count of Olm's office, drink half of them.",
            "Olm's office", "by the count of", "drink half of them",
        ),
    ],
)  # fmt: skip
def test_told_by_a_count(sentence: str, source: str, cue: str, content: str) -> None:
    draft = Draft.of(a_document(f"Talks\n\n{sentence}"), Lexicon.shipped())
    (found,) = with_counts(cast_of(draft), [])
    parts = [spans.text(draft.document, joint=" / ") for spans in (found.source, found.cue, found.content)]
    assert parts == [source, cue, content]
    assert len(with_counts(cast_of(draft), [found])) == 1  # what is said already is not said twice


@pytest.mark.parametrize(
    "sentence",
    [
        "By some estimates the loss is 3 million.",
        "The loss was raised by the ministry's figures.",
        "They were led by the count of Ardel.",
    ],
)
def test_told_by_nobodys_count(sentence: str) -> None:
    draft = Draft.of(a_document(f"Talks\n\n{sentence}"), Lexicon.shipped())
    assert with_counts(cast_of(draft), []) == []

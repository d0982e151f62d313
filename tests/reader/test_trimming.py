"""What a finder took in too much is cut off: the headline, the rest of the clause, the outlet that was told."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found
from dragoman.reader.names.casting import cast_of
from dragoman.reader.speakers.trimming import below_headline, speaker_alone, within_its_clause, without_outlet_told
from dragoman.reading import Document, Spans


def drafted(text: str, source: str, cue: str, content: str) -> tuple[Draft, Found]:
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())

    def at(words: str) -> Spans:
        start = text.index(words)
        return Spans([(start, start + len(words))])

    return draft, Found(at(source), at(cue), at(content))


@pytest.mark.parametrize(
    "text, source, cue, content, expected",
    [
        ("Talks go on\n\nVekk said it is late.", "Talks go on\n\nVekk", "said", "it is late", ("Vekk", "it is late")),
        ("Talks go on\n\nIt is late, Vekk said.", "Vekk", "said", "Talks go on\n\nIt is late", ("Vekk", "It is late")),
        ("It is late.\n\nWe go, Vekk said.", "Vekk", "said", "It is late.\n\nWe go", ("Vekk", "It is late.\n\nWe go")),
    ],
)
def test_neither_source_nor_content_begins_in_the_headline(
    text: str, source: str, cue: str, content: str, expected: tuple[str, str]
) -> None:
    draft, found = drafted(text, source, cue, content)
    cut = below_headline(text, found)
    assert (cut.source.text(draft.document), cut.content.text(draft.document)) == expected


@pytest.mark.parametrize(
    "text, source, expected",
    [
        ("Later she told Parliament that it is late.", "she told Parliament", "she"),
        ("However, Vekk and Velm say that it is late.", "However, Vekk and Velm", "Vekk and Velm"),
        ("Harbour, Velm and Osk say that it is late.", "Harbour, Velm and Osk", "Harbour, Velm and Osk"),
        ("It is late, with Vekk insisting on it, that it is late.", "with Vekk", "Vekk"),
        ("The board's own count says that it is late.", "The board's own", "The board"),
        ("The Post reported adding that it is late.", "The Post reported", "The Post"),
        ("10.45am BST Velm says that it is late.", "BST Velm", "Velm"),
        ("The chief of BST Velm says that it is late.", "BST Velm", "BST Velm"),
    ],
)
def test_a_source_is_who_speaks_and_nothing_else(text: str, source: str, expected: str) -> None:
    draft, found = drafted(text, source, "that", "it is late")
    assert speaker_alone(draft, found).source.text(draft.document) == expected


def test_the_outlet_that_was_told_is_no_part_of_what_is_said() -> None:
    draft, found = drafted("The mayor denies this to Kvellsposten.", "The mayor", "denies", "this to Kvellsposten")
    assert without_outlet_told(cast_of(draft), found).content.text(draft.document) == "this"


def test_the_word_that_joins_the_next_clause_is_no_part_of_what_is_said() -> None:
    draft, found = drafted("Vekk said he would come, but promised nothing.", "Vekk", "said", "he would come, but")
    assert within_its_clause(draft, found).content.text(draft.document) == "he would come"

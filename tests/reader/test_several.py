"""Whom several are that the text calls by a number or an office alone, and whose a statement is."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found
from dragoman.reader.names.casting import cast_of
from dragoman.reader.names.names import Actor
from dragoman.reader.speakers.passed_on import with_quoted
from dragoman.reader.speakers.speakers import Speakers
from dragoman.reading import Document, Spans


def speaker(text: str, source: str) -> Actor:
    """Who is meant by `source`, as the text has it last."""
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    start = text.rindex(source)
    at = Spans([(start, start + len(source))])
    draft.found = [Found(at, Spans([(at.end + 1, at.end + 5)]), Spans([(at.end + 6, len(text))]))]
    return Speakers(cast_of(draft)).speaker(draft.found[0])


MET = "Chilean Trade Minister Tui Vekk met his Peruvian counterpart Hana Kirov in Kenya."


@pytest.mark.parametrize(
    ("text", "source", "name", "party"),
    [
        (f"{MET} The two agreed to go on.", "The two", "Tui Vekk and Hana Kirov", "Chile and Peru"),
        (f"{MET} The two ministers agreed to go on.", "The two ministers", "Tui Vekk and Hana Kirov", "Chile and Peru"),
        ("Talks of Chile, Peru and Kenya are over. The three countries agreed to go on.", "The three countries",
         "Chile, Peru and Kenya", "Chile, Peru and Kenya"),
        ("Chile, Peru and Kenya met Japan, Ghana and Kenya. The three countries agreed to go on.",
         "The three countries", "countries", "countries"),
        ("The foreign ministers of Chile and Peru met in Kenya. The ministers agreed to go on.", "The ministers",
         "foreign ministers of Chile and Peru", "Chile and Peru"),
        ("Chile and Peru's foreign ministers met in Kenya. The ministers agreed to go on.", "The ministers",
         "foreign ministers of Chile and Peru", "Chile and Peru"),
        ("The foreign ministers of Chile and Peru met in Kenya. The presidents agreed to go on.", "The presidents",
         "presidents", "presidents"),
    ],
)  # fmt: skip
def test_who_several_are(text: str, source: str, name: str, party: str | None) -> None:
    meant = speaker(text, source)
    assert (meant.name, meant.party) == (name, party)


@pytest.mark.parametrize(
    ("source", "party"),
    [
        ("a Chilean government statement", "Chile"),
        ("A statement issued by the Chilean government", "Chile"),
        ("a White House readout", "United States"),
        ("a joint statement", None),
    ],
)
def test_whose_a_statement_is(source: str, party: str | None) -> None:
    meant = speaker(f"{source} said it would end.", source)
    assert meant.party == party
    assert ("statement" in meant.name) == (party is None)


@pytest.mark.parametrize(
    "said",
    ["he would go", "that he would go"],
)
def test_whom_an_outlet_quotes_as_saying_something_says_it(said: str) -> None:
    text = f"The agency KNA quoted Tui Vekk on Monday as saying {said}. He left."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    cast = cast_of(draft)
    (found,) = with_quoted(cast, [])
    parts = [spans.text(draft.document) for spans in (found.source, found.content)]
    assert parts == ["Tui Vekk", "he would go"]
    outlets = Found(Spans([(0, 14)]), Spans([(15, 21)]), found.content)
    assert with_quoted(cast, [outlets]) == with_quoted(cast, [found]) == [found]

"""Whom an envoy, a leader or a spokesman speaks for, and whom only the words next to the name tell of."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader.draft import Draft, Found
from dragoman.reader.names.casting import cast_of
from dragoman.reader.parties import parties
from dragoman.reader.parties.parties import choose_parties
from dragoman.reader.parties.role_words import role_start
from dragoman.reader.relations.relations import Person, introductions
from dragoman.reader.speakers.speakers import Speakers
from dragoman.reading import Document, Spans


def told(text: str, source: str) -> str | None:
    """The party that the rules give whoever is named by `source`, as the text has it last."""
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    start = text.rindex(source)
    at = Spans([(start, start + len(source))])
    cue = Spans([(at.end + 1, at.end + 5)])
    draft.found = [Found(at, cue, Spans([(cue.end + 1, len(text))]))]
    return Speakers(cast_of(draft)).speaker(draft.found[0]).party


@pytest.mark.parametrize(
    ("text", "source", "party"),
    [
        ("UN envoy to Chile Tui Vekk left. Vekk said there was hope.", "Vekk", "United Nations"),
        ("The Japanese special envoy for Chile, Tui Vekk, left. Vekk said there was hope.", "Vekk", "Japan"),
        ("The special envoy to Chile Tui Vekk left. Vekk said there was hope.", "Vekk", None),
        ("The special envoy for Chile, Tui Vekk, left. Vekk said there was hope.", "Vekk", None),
        ("Japan's ambassador to Chile Tui Vekk left. Vekk said there was hope.", "Vekk", "Japan"),
        # the fighters whose leader somebody is stand right before
        ("UN envoy Tui Vekk met the Marsh rebels after their leader, Ilo Tamm, said no.", "their leader, Ilo Tamm,",
         "marsh rebels"),
        # with whom somebody talks is no name for him
        ("UN envoy Tui Vekk came. At his meetings with Chilean officials, Vekk said no.", "Vekk", "United Nations"),
        ("UN envoy Tui Vekk came. In talks with the foreign minister of Chile, Vekk said no.", "Vekk",
         "United Nations"),
        ("After talks with the foreign minister of Chile, Tui Vekk, all left. Vekk said no.", "Vekk", "Chile"),
    ],
)  # fmt: skip
def test_whom_an_office_beside_a_name_is_of(text: str, source: str, party: str | None) -> None:
    assert told(text, source) == party


def test_an_office_with_where_its_bearer_is_sent_is_one() -> None:
    text = "Doubts grow. UN envoy to Sierra Leone Tui Vekk left."
    assert text[role_start(text, text.index("Tui")) :] == "UN envoy to Sierra Leone Tui Vekk left."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    (role,) = introductions(draft, Person("Tui Vekk", "United Nations", None))
    assert role.said.strip() == "UN envoy to Sierra Leone"


@pytest.mark.parametrize(
    ("text", "source", "party"),
    [
        ("Chile votes. Harbour Party leader Juno Gaida wrote to President Boran Pavic. Chile waits. Pavic said no.",
         "Pavic", "Chile"),
        ("Chile's government met rebels in Peru. Trade Minister Tui Vekk came. Peru waits, Peru says. Vekk said no.",
         "Vekk", "Chile"),
        ("Chile's government met rebels in Peru. President Tui Vekk's government said no.",
         "President Tui Vekk's government", "Chile"),
    ],
)  # fmt: skip
def test_a_government_without_its_land_is_the_one_that_the_text_has_named(text: str, source: str, party: str) -> None:
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    start = text.rindex(source)
    at = Spans([(start, start + len(source))])
    draft.found = [Found(at, Spans([(at.end + 1, at.end + 5)]), Spans([(at.end + 6, len(text))]))]
    cast = cast_of(draft)
    speaker = Speakers(cast).speaker(draft.found[0])
    choose_parties(cast, draft.found, [speaker])
    assert speaker.party == party


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Chile's government met rebels in Peru. The government left.", "Chile"),
        ("The government met rebels in Peru. Chile's government left.", "government"),
        ("Chile met Peru. The government left.", "government"),
    ],
)
def test_the_government_after_that_of_one_land_is_that_lands(text: str, party: str) -> None:
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    assert parties._of_what_land(cast_of(draft), "government") == party


@pytest.mark.parametrize(
    ("text", "source", "party"),
    [
        ("Chile called for talks with Peru. Foreign Office spokesman Tui Vekk said so.",
         "Foreign Office spokesman Tui Vekk", "Chile"),
        ("Britain called for talks with Peru. Foreign Office spokesman Tui Vekk said so.",
         "Foreign Office spokesman Tui Vekk", "United Kingdom"),
        ("Talks of Chile with Peru are over. Foreign Office spokesman Tui Vekk said so.",
         "Foreign Office spokesman Tui Vekk", "Foreign Office"),
        ("Under the Vienna deal, the Chilean government and Peru will stop firing. It calls for a vote.", "It", None),
        ("Chile has signed the Vienna peace deal. It calls for a vote.", "It", "Chile"),
        ("Leader Juno Gaida said in a statement she would come. Her aide sent out a Peruvian Foreign Ministry "
         "statement. The statement said no.", "The statement", "Peru"),
    ],
)  # fmt: skip
def test_what_speaks_for_a_state_or_for_none(text: str, source: str, party: str | None) -> None:
    assert told(text, source) == party


@pytest.mark.parametrize(
    ("text", "source", "party"),
    [
        ("Dutch far-right leader Juno Gaida said no. Chile waits.", "Dutch far-right leader Juno Gaida", None),
        ("Dutch far-right leader Juno Gaida came. Gaida, whose PVX won, waits. Gaida said no.", "Gaida", "PVX"),
        ("Minister Tui Vekk came. Vekk, who blamed Hana Kirov, head of the PVX party, said no.",
         "Vekk, who blamed Hana Kirov, head of the PVX party,", None),
        ("US representative for Chile Tui Vekk came. Vekk said no.", "Vekk", "United States"),
        ("Chile: Foreign Ministry welcomes truce in Peru\nPeru waits, Peru says. The Foreign Ministry said no.",
         "The Foreign Ministry", "Chile"),
    ],
)  # fmt: skip
def test_who_leads_some_of_a_land_speaks_for_no_land(text: str, source: str, party: str | None) -> None:
    assert told(text, source) == party


def test_no_name_of_whom_forces_are_loyal_to_speaks() -> None:
    text = "Fighters loyal to Chile's General Tui Vekk said no."
    draft = Draft.of(Document("d", text, language="en"), Lexicon.shipped())
    at = Spans([(0, text.index(" said"))])
    found = Found(at, Spans([(at.end + 1, at.end + 5)]), Spans([(at.end + 6, len(text))]))
    assert Speakers(cast_of(draft)).speaker(found).kind != "person"

"""Which words can name a party: papers, nameless people, pronouns, moods and pieces of clauses cannot."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reading import Position, Speaker
from dragoman.table import build
from dragoman.table.party_names import party_name
from tests.builders import a_document, a_reading, a_statement
from tests.table.dossiers import a_decision


@pytest.mark.parametrize("name", [
    "Belmark", "New Zealand", "WHO", "US Senate", "Loyal Union", "U.S. glassmakers", "dockers' union", "rebels",
    "opposition in Halverstadt", "Amnesty Pact", "official creditors", "Church of the Two Rivers", "حركة الساحل",
])  # fmt: skip
def test_somebody_keeps_the_name(name: str) -> None:
    assert party_name(name) == name


@pytest.mark.parametrize(("name", "kept"), [
    ("Tiny Aldenmere", "Aldenmere"), ("dairy unions jointly", "dairy unions"), ("the league and", "league"),
    ("Gazette,", "Gazette"), ("president himself", "president"),
])  # fmt: skip
def test_what_clings_to_a_name_is_left_off(name: str, kept: str) -> None:
    assert party_name(name) == kept


@pytest.mark.parametrize("name", [
    "Furious", "new text", "draft on the table", "member of her delegation", "officials close to the mediation",
    "brigadier who asked not to be named", "Asian oil executive", "their union", "They", "whose partners",
    "of those present", "agency quoted him", "he added.\n\nmidwives", "The", "", "مصدر", "people who know the minister",
    "Laoire tells university", "one of them",
])  # fmt: skip
def test_what_is_nobody_is_no_party(name: str) -> None:
    assert party_name(name) is None


def test_a_statement_of_nobody_stays_and_a_person_can_say_whose_it_is() -> None:
    document = a_document("The new text says the port opens.", id="d1")
    said = a_statement(document, "The new text", "says", "the port opens", speaker=Speaker("new text", "new text"))
    reading = a_reading(document, said, positions=(Position("new text", "port", "the port opens", "for", "s1"),))
    table = build([reading], lexicon=Lexicon())
    assert table.parties == () and table.cells == () and [s.parties for s in table.statements()] == [()]
    merge = a_decision(1, "party.merge", {"name": "new text"}, {"into": "Concord"})
    decided = build([reading], [merge], lexicon=Lexicon())
    assert [(c.party, c.issue) for c in decided.cells] == [("Concord", "port")] and not decided.unplaced

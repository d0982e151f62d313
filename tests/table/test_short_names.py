"""Names cut short: joined where nothing else can be meant, left alone or proposed where something can."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reading import Figure, Reading, Speaker
from dragoman.table import Table, build
from tests.builders import a_document, a_reading, a_statement, at
from tests.table.dossiers import a_decision


def told(number: int, text: str, *speakers: tuple[str, str | None]) -> Reading:
    """A report of some text in which everybody says that the port opens."""
    said = " ".join(f"{name} said the port opens." for name, _ in speakers)
    document = a_document(f"{text} {said}", id=f"d{number}", published=f"2027-02-{number:02}")
    return a_reading(document, *(
        a_statement(document, name, "said", "the port opens", id=f"s{n}", speaker=Speaker(name, party))
        for n, (name, party) in enumerate(speakers)
    ))  # fmt: skip


def names(table: Table) -> set[str]:
    return {p.name for p in table.parties}


FRONT = told(1, "The Red Dawn Front holds the mine.", ("Anselm Roy", "Red Dawn Front"))


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        # "the Front" is the one front of the reports, where they name it in full
        ([FRONT, told(2, "The Red Dawn Front spoke.", ("Front", "Front"))], {"Red Dawn Front"}),
        ([FRONT, told(2, "The people spoke.", ("Front", "Front"))], {"Red Dawn Front", "Front"}),
        ([FRONT, told(2, "The White Front too. The Red Dawn Front spoke.", ("Front", "Front"),
               ("Lea Ott", "White Front"))], {"Red Dawn Front", "White Front", "Front"}),
        # a firm by its first word, a country or a town not
        ([told(1, "Nordline rests.", ("Jan Haas", "Nordline Transit"), ("Nordline", "Nordline"))],
         {"Nordline Transit"}),
        ([told(1, "A ship in Nordline.", ("Jan Haas", "Nordline Transit"), ("Nordline", "Nordline"))],
         {"Nordline Transit", "Nordline"}),
        ([told(1, "The Karstian army.", ("Jan Haas", "Karst Airlines"), ("Karst", "Karst"))],
         {"Karst Airlines", "Karst"}),
        ([told(1, "Marlow rests.", ("Jo Pett", "Marlow Education Board"), ("Marlow", "Marlow"))],
         {"Marlow Education Board", "Marlow"}),
        # a person by the last name
        ([told(1, "", ("Jan Haas", "Nordline")), told(2, "", ("Haas", "Haas"))], {"Nordline"}),
        ([told(1, "", ("Jan Haas", "Nordline")), told(2, "", ("Haas", "Haas"), ("Lea Ott", "Haas"))],
         {"Nordline", "Haas"}),
        ([told(1, "", ("Jan Haas", None)), told(2, "", ("Haas", "Haas"))], {"Jan Haas"}),
        ([told(1, "", ("Jan Haas", "Nordline"), ("Eva Haas", "Guild")), told(2, "", ("Haas", "Haas"))],
         {"Nordline", "Guild", "Haas"}),
        # "the government" is that of the one state that is named so
        ([told(1, "The government of Palura met.", ("Clara Montes", "government"), ("Palura", "Palura"))], {"Palura"}),
        ([told(1, "The government of Palura met Curanda's government.", ("Clara Montes", "government"),
               ("Palura", "Palura"), ("Curanda", "Curanda"))], {"Palura", "Curanda", "government"}),
        ([told(1, "Palura's government met.", ("Clara Montes", "Palura")),
          told(2, "", ("Lucia Maran", "President Lucia Maran's government"), ("Rui Paz", "government")),
          told(3, "The Paluran government met.", ("Rui Paz", "government"))], {"Palura"}),
    ],
)  # fmt: skip
def test_short_names(readings: list[Reading], expected: set[str]) -> None:
    assert names(build(readings, lexicon=Lexicon())) == expected


def test_a_short_name_says_why_and_can_be_split_off() -> None:
    readings = [FRONT, told(2, "The Red Dawn Front spoke.", ("Front", "Front"))]
    party = build(readings, lexicon=Lexicon()).party("Front")
    assert party is not None and party.because == ("Front: short for Red Dawn Front",)
    split = a_decision(1, "party.split", {"name": "Front"}, {})
    assert names(build(readings, [split], lexicon=Lexicon())) == {"Red Dawn Front", "Front"}


def test_a_party_that_is_only_described_is_proposed() -> None:
    readings = [told(1, "", ("Marta Olin", "Tram Workers' Union")), told(2, "", ("Jo Pett", "drivers' union"))]
    table = build(readings, lexicon=Lexicon())
    assert [(p.name, p.into) for p in table.proposals] == [("drivers' union", "Tram Workers' Union")]
    of_others = [readings[0], told(2, "", ("Jo Pett", "main Sulmari union"))]
    assert build(of_others, lexicon=Lexicon()).proposals == ()


def test_observers_are_those_of_the_one_party_that_sends_any() -> None:
    document = a_document("The observers counted 31 mines.", id="d2", published="2027-02-02")
    said = a_statement(document, "The observers", "counted", "31 mines", speaker=Speaker("observers"))
    counted = Figure(31, "exactly", "mines", "counted", "observers", None, "s1", at(document, "31"))
    sent = told(1, "", ("observers from the League of Ports", "League of Ports"))
    table = build([sent, a_reading(document, said, figures=(counted,))], lexicon=Lexicon())
    assert [f.party for f in table.figures] == ["League of Ports"]
    other = told(3, "", ("Karst observers", "Karst"))
    table = build([sent, a_reading(document, said, figures=(counted,)), other], lexicon=Lexicon())
    assert [f.party for f in table.figures] == [None]

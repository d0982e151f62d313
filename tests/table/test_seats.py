"""Cities that stand for governments are learned from the reports; what is not sure is proposed, people can undo it."""

from typing import Any

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reading import Reading, Speaker
from dragoman.table import Table, build
from tests.builders import a_document, a_reading, a_statement
from tests.table.dossiers import a_decision

# Reports on two invented states, Orvia (seat: Talm) and Belmark; each row is text, speaker, party, what is said, act.
OFFICIAL = ("An Orvian official said Talm would not move a boat.", "An Orvian official", "Orvia",
            "Talm would not move a boat", "rejection")  # fmt: skip
MINISTER = ("Orvia’s prime minister, Ada Brook, told reporters in Talm the boats stay.", "Ada Brook", "Orvia",
            "the boats stay", "rejection")  # fmt: skip
INSISTS = ("Orvian boats stay, Talm insisted.", "Talm", "Talm", "Orvian boats stay", "demand")
RIVAL = ("Belmark’s foreign minister, Ivo Karst, gave Talm a week to free the ships.", "Ivo Karst", "Belmark",
         "Talm a week to free the ships", "demand")  # fmt: skip
PAIR = ("Talm and Orvia signed, Talm said in Talm.", "Talm", "Talm", "Talm and Orvia signed", "claim")


def table_of(*rows: tuple[str, str, str, str, str], decisions: Any = ()) -> Table:
    readings: list[Reading] = []
    for number, (text, speaker, party, content, act) in enumerate(rows, 1):
        document = a_document(text, id=f"d{number}", published=f"2027-02-{number:02}")
        cue = next(c for c in ("insisted", "told reporters", "gave", "said") if c in text)
        known = {"speaker": Speaker(speaker, party), "act": act}
        readings.append(a_reading(document, a_statement(document, speaker, cue, content, **known)))
    return build(readings, decisions, lexicon=Lexicon())


def test_a_city_that_speaks_where_a_state_does_is_the_state_and_says_why() -> None:
    table = table_of(OFFICIAL, MINISTER, INSISTS, RIVAL)
    party = table.party("Talm")
    assert party is not None and party.name == "Orvia" and "Talm" in party.aliases
    assert any("Talm: stands for Orvia" in reason for reason in party.because)
    assert {p.name for p in table.parties} == {"Orvia", "Belmark"}


def test_a_city_of_which_little_is_told_is_only_proposed() -> None:
    waits = ("In Talm the Orvian official said Talm waits.", "Orvian official", "Orvia", "Talm waits", "claim")
    both, near = "Belmark’s army and the Orvian army left", "Belmark’s army was near"
    left = (f"{both}, Talm insisted.", "Talm", "Talm", both, "claim")
    close = (f"{near}, Talm insisted.", "Talm", "Talm", near, "claim")
    table = table_of(waits, left, close, RIVAL)
    assert "Talm" in {p.name for p in table.parties}
    assert [(p.name, p.into) for p in table.proposals if p.kind == "party.merge"] == [("Talm", "Orvia")]


@pytest.mark.parametrize("rows", [(INSISTS,), (RIVAL, RIVAL), (OFFICIAL, MINISTER, INSISTS, PAIR)])
def test_a_city_stays_on_its_own_unless_the_reports_tell_whose_it_is(rows: Any) -> None:
    table = table_of(*rows)
    assert not any("Talm" in p.aliases for p in table.parties)


def test_a_person_can_set_a_city_apart_again() -> None:
    split = a_decision(1, "party.split", {"name": "Talm"}, {})
    assert "Talm" in {p.name for p in table_of(OFFICIAL, MINISTER, INSISTS, RIVAL, decisions=(split,)).parties}

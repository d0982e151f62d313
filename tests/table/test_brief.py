"""The brief: its notes, and that of one party: what concerns it, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.analysis.brief import Brief, write_brief
from dragoman.exports.brief import as_html, as_markdown
from dragoman.lexicon import Entry, Lexicon
from dragoman.reading import Agreement, Deadline, Figure, Meeting, Reading, Speaker
from dragoman.table import Table, build
from tests.builders import a_document, a_reading, a_statement, at

LEXICON = Lexicon(tuple(Entry(name, "state") for name in ("Velmira", "Tarkun", "Ostrava")))


def said(number: int, party: str, text: str, **layers: Any) -> Reading:
    document = a_document(f"{party} said {text}.", id=f"d{number}", published=f"2027-02-{number:02}")
    return a_reading(document, a_statement(document, party, "said", text, speaker=Speaker(party, party)), **layers)


def due(what: str, date: str) -> Deadline:
    return Deadline(what, date, "day", set_by="Velmira", statement="s1")


def meeting(name: str, date: str, other: str) -> Meeting:
    return Meeting(name, date, "day", status="planned", participants=(other, "Velmira"))


@pytest.fixture(scope="module")
def table() -> Table:
    def figure(quantity: float, measure: str, by: str) -> tuple[Figure, ...]:
        return (Figure(quantity, measure=measure, by=by, statement="s1"),)

    return build(
        [
            said(1, "Velmira", "the bridge opens by May 1",
                 deadlines=(due("opening of the bridge", "2027-05-01"),)),
            said(2, "Velmira", "Tarkun must pay its debt by June 1",
                 deadlines=(due("payment of the debt", "2027-06-01"),)),
            said(3, "Velmira", "envoys meet on July 1",
                 meetings=(meeting("meeting of envoys", "2027-07-01", "Tarkun"),)),
            said(4, "Velmira", "the council sits on August 1",
                 meetings=(meeting("council", "2027-08-01", "Ostrava"),)),
            said(5, "Velmira", "10 ships were sunk", figures=figure(10, "ships sunk", "Velmira")),
            said(6, "Tarkun", "30 ships were sunk", figures=figure(30, "ships sunk", "Tarkun")),
            said(7, "Velmira", "200 houses were burned", figures=figure(200, "houses burned", "Velmira")),
            said(8, "Ostrava", "500 houses were burned", figures=figure(500, "houses burned", "Ostrava")),
        ],
        lexicon=LEXICON,
    )  # fmt: skip


def told(brief: Brief) -> str:
    return "\n".join(s.text for section in brief.sections for s in section.sentences)


def test_the_whole_brief_has_every_date_and_figure(table: Table) -> None:
    text = told(write_brief(table, since="2027-01-31"))
    for words in ("bridge", "debt", "envoys", "council", "ships sunk", "houses burned"):
        assert words in text.lower()


def test_a_note_quotes_the_sentence_and_marks_the_words_that_count(table: Table) -> None:
    brief = write_brief(table, since="2027-01-31")
    note = next(n for n in brief.notes if n.document == "d2")
    assert note.sentence == "Velmira said Tarkun must pay its debt by June 1."
    assert [run.text for run in note.passage if run.marked] == ["Tarkun must pay its debt by June 1"]
    assert f"{note.text}: Velmira said **Tarkun must pay its debt by June 1**." in as_markdown(brief)
    assert "Velmira said <mark>Tarkun must pay its debt by June 1</mark>." in as_html(brief)


def test_what_a_brief_has_no_room_for_has_no_notes() -> None:
    many = [said(n, "Velmira", f"{n} ships were sunk", figures=(Figure(n, measure="ships sunk", statement="s1"),),
                 meetings=(meeting(f"council {n}", f"2027-07-{n:02}", "Ostrava"),)) for n in range(1, 20)]  # fmt: skip
    brief = write_brief(build(many, lexicon=LEXICON))
    assert any(section.left_out for section in brief.sections)
    referred = {n for section in brief.sections for sentence in section.sentences for n in sentence.notes}
    assert referred == {n.number for n in brief.notes}


def test_a_report_s_own_words_have_a_note_for_each_sentence() -> None:
    document = a_document("The council sits in Ostrava on August 1. The bridge pact holds. The talks go on.")
    own = {name: at(document, name) for name in ("The council sits in Ostrava on August 1", "The bridge pact holds")}
    meets, holds = own.values()
    table = build(
        [a_reading(document, meetings=(Meeting("council", "2027-08-01", "day", status="planned", span=meets),),
                   agreements=(Agreement("bridge pact", status="in force", span=holds),))],
        lexicon=LEXICON,
    )  # fmt: skip
    notes = write_brief(table).notes
    assert [n.sentence for n in notes] == [f"{words}." for words in own]


def test_the_brief_of_a_party_keeps_to_what_concerns_it(table: Table) -> None:
    text = told(write_brief(table, since="2027-01-31", parties=["Tarkun"]))
    for words in ("debt", "envoys", "ships sunk"):
        assert words in text.lower(), text
    for words in ("bridge", "council", "houses burned"):
        assert words not in text.lower(), text

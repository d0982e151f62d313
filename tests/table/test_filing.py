"""Positions of several reports that say nearly the same thing are on one issue; going on equals starting anew."""

import zlib
from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon import Entry, Lexicon
from dragoman.reading import Position, Reading
from dragoman.table import Builder, Table, build
from dragoman.table.words import stems
from tests.builders import a_document, a_reading, a_statement
from tests.table.dossiers import a_decision, decisions, dossiers
from tests.table.test_laws import slow, whole


def embed(texts: Sequence[str]) -> list[list[float]]:
    """Vectors of length one in which texts that share their words point the same way."""
    found = []
    for text in texts:
        vector = [0.0] * 64
        for stem in stems(text):
            vector[zlib.crc32(stem.encode()) % 64] += 1.0
        length = sum(x * x for x in vector) ** 0.5 or 1.0
        found.append([x / length for x in vector])
    return found


def saying(number: int, issue: str, stance: str, party: str = "Arvenia", direction: str = "for") -> Reading:
    document = a_document(f"{party} said {stance}.", id=f"d{number}", published=f"2027-01-{number + 1:02}")
    statement = a_statement(document, party, "said", stance, issues=(issue,))
    return a_reading(document, statement, positions=(Position(party, issue, stance, direction, "s1"),))


def issues(table: Table) -> dict[str, str]:
    return {f"{c.since[-1:]} {c.stance}": c.issue for c in table.cells}


REOPENED = [
    saying(0, "reopening of the strait", "will reopen the strait to merchant ships in May"),
    saying(1, "ships", "agreed to reopen the strait to merchant ships in two weeks", "Belmark"),
]


def test_what_two_reports_say_alike_is_on_one_issue() -> None:
    table = build(REOPENED, lexicon=Lexicon(), embed=embed)
    assert {c.issue for c in table.cells} == {"reopening of the strait"}
    assert [(i.name, i.statements) for i in table.issues] == [("reopening of the strait", 2)]
    assert all(said.issues == ("reopening of the strait",) for said in table.statements())


def test_without_vectors_every_wording_stands_for_itself() -> None:
    assert {c.issue for c in build(REOPENED, lexicon=Lexicon()).cells} == {"reopening of the strait", "ships"}


def test_a_condition_is_not_what_a_stance_is_about() -> None:
    there = [
        saying(0, "mines", "the strait mines must be cleared"),
        saying(1, "boats", "no boat leaves the harbour until the strait mines are cleared", "Belmark", "against"),
    ]
    assert {c.issue for c in build(there, lexicon=Lexicon(), embed=embed).cells} == {"mines", "boats"}


def test_stances_of_one_report_stay_where_the_reading_has_them() -> None:
    document = a_document("Arvenia said reopen the strait. Belmark said reopen the strait soon.")
    both = a_reading(
        document,
        a_statement(document, "Arvenia", "said", "reopen the strait"),
        a_statement(document, "Belmark", "", "reopen the strait soon", id="s2"),
        positions=(Position("Arvenia", "strait", "reopen the strait", "for", "s1"),
                   Position("Belmark", "ships", "reopen the strait soon", "for", "s2")),
    )  # fmt: skip
    assert {c.issue for c in build([both], lexicon=Lexicon(), embed=embed).cells} == {"strait", "ships"}


def test_what_people_named_stays_and_takes_in_the_others() -> None:
    seeded = build(REOPENED, lexicon=Lexicon((), (), (Entry("ships"),)), embed=embed)
    assert {c.issue for c in seeded.cells} == {"ships"}
    renamed = build(REOPENED, [a_decision(1, "issue.rename", {"name": "ships"}, {"to": "shipping"})],
                    lexicon=Lexicon(), embed=embed)  # fmt: skip
    assert {c.issue for c in renamed.cells} == {"shipping"}
    place = {"document": "d1", "statement": "s1"}
    edited = build(REOPENED, [a_decision(1, "statement.edit", place, {"issues": ["ships"]})], lexicon=Lexicon(),
                   embed=embed)  # fmt: skip
    assert {c.issue for c in edited.cells} == {"reopening of the strait", "ships"}


@slow
@given(st.data())
def test_documents_that_come_and_go_are_filed_as_in_a_new_table(data: st.DataObject) -> None:
    there = data.draw(dossiers(6))
    taken = data.draw(decisions(there))
    builder, here = Builder(lexicon=Lexicon(), embed=embed), dict[str, Reading]()

    def anew(decided: Any = ()) -> dict[str, Any]:
        return whole(build(here.values(), decided, lexicon=Lexicon(), embed=embed))

    for reading in data.draw(st.permutations(there)):
        here[reading.document.id] = reading
        assert whole(builder.add(reading).table()) == anew()
    for name in data.draw(st.permutations(sorted(here)))[:2]:
        del here[name]
        assert whole(builder.remove(name).table()) == anew()
    assert whole(builder.decide(*taken).table()) == anew(taken)

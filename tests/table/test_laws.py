"""Laws of the table: order does not matter, twice is once, people win and can undo, every word is where it is said."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.lexicon import Entry, Lexicon
from dragoman.reading import Reading
from dragoman.table import Builder, Table, build
from dragoman.table.values import Evidence
from tests.table.dossiers import a_decision, decisions, dossiers

LEXICON = Lexicon((Entry("League of Ports", "organisation", ("LP",)),), (Entry("Wire", "agency"),))
# Few examples in the suite, to keep it quick; DRAGOMAN_EXAMPLES=500 looks longer.
EXAMPLES = int(os.environ.get("DRAGOMAN_EXAMPLES", "12"))
slow = settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def whole(table: Table) -> dict[str, Any]:
    """Everything a table says, ready to be compared."""
    said = [s.to_json() for s in table.statements()]
    return {**table.to_json(), "said": said, "changes": [c.to_json() for c in table.changes("2027-01-05")],
            "deadlocks": [d.to_json() for d in table.deadlocks()]}  # fmt: skip


@slow
@given(st.data())
def test_documents_and_decisions_in_any_order_give_the_same_table(data: st.DataObject) -> None:
    there = data.draw(dossiers())
    taken = data.draw(decisions(there))
    shuffled, decided = data.draw(st.permutations(there)), data.draw(st.permutations(taken))
    assert whole(build(there, taken, lexicon=LEXICON)) == whole(build(shuffled, decided, lexicon=LEXICON))


@slow
@given(dossiers())
def test_reading_twice_changes_nothing(there: list[Reading]) -> None:
    assert whole(build(there, lexicon=LEXICON)) == whole(build([*there, *there], lexicon=LEXICON))


@slow
@given(st.data())
def test_a_builder_that_grows_equals_one_that_starts_from_nothing(data: st.DataObject) -> None:
    there = data.draw(dossiers())
    taken = data.draw(decisions(there))
    builder = Builder(lexicon=LEXICON)
    for number, reading in enumerate(data.draw(st.permutations(there))):
        builder.add(reading)
        table = builder.table()
        if number % 2:
            _ = table.cells, table.figures, table.conditions
    builder.decide(*taken)
    assert whole(builder.table()) == whole(build(there, taken, lexicon=LEXICON))


@slow
@given(st.data())
def test_documents_and_decisions_that_come_and_go_leave_what_a_new_table_would_say(data: st.DataObject) -> None:
    there = {r.document.id: r for r in data.draw(dossiers(8))}
    taken = data.draw(decisions(list(there.values()), most=3))
    steps = [*(("add", name) for name in there), *(("decide", d.id) for d in taken)]
    steps += [("remove", name) for name in data.draw(st.lists(st.sampled_from(sorted(there) or ["d0"]), max_size=3))]
    builder, here, decided = Builder(lexicon=LEXICON), dict[str, Reading](), []
    before: Table | None = None
    for step, name in data.draw(st.permutations(steps)):
        expected = whole(build(here.values(), decided, lexicon=LEXICON)) if before else None
        if step == "add":
            here[name] = there[name]
            builder.add(there[name])
        elif step == "remove":
            here.pop(name, None)
            builder.remove(name)
        else:
            decided += [d for d in taken if d.id == name]
            builder.decide(*decided)
        table = builder.table()
        assert whole(table) == whole(build(here.values(), decided, lexicon=LEXICON))
        assert before is None or whole(before) == expected
        before = builder.table()  # none of its layers is worked out before the next step


@slow
@given(st.data())
def test_an_earlier_table_is_not_changed_by_later_documents(data: st.DataObject) -> None:
    there = data.draw(dossiers(4))
    more = [r for r in data.draw(dossiers(6)) if r.document.id not in {o.document.id for o in there}]
    builder = Builder(lexicon=LEXICON).add(*there)
    before, expected = builder.table(), whole(build(there, lexicon=LEXICON))
    builder.add(*more).table()
    assert whole(before) == expected


@slow
@given(st.data())
def test_taking_a_document_away_restores_the_table(data: st.DataObject) -> None:
    there = data.draw(dossiers(5))
    builder = Builder(lexicon=LEXICON).add(*there)
    builder.table()
    gone = there[-1:]
    builder.remove(*(r.document.id for r in gone))
    assert whole(builder.table()) == whole(build(there[:-1], lexicon=LEXICON))


@slow
@given(st.data())
def test_documents_put_in_and_taken_away_one_by_one_leave_what_a_new_table_would_say(data: st.DataObject) -> None:
    builder, here = Builder(lexicon=LEXICON), dict[str, Reading]()
    for reading in data.draw(st.permutations(data.draw(dossiers(8)))):
        here[reading.document.id] = reading
        assert whole(builder.add(reading).table()) == whole(build(here.values(), lexicon=LEXICON))
    for name in data.draw(st.permutations(sorted(here)))[:3]:
        del here[name]
        builder.remove(name)
        assert whole(builder.table()) == whole(build(here.values(), lexicon=LEXICON))


@slow
@given(st.data())
def test_undoing_decisions_restores_the_table(data: st.DataObject) -> None:
    there = data.draw(dossiers())
    taken = data.draw(decisions(there))
    undone = [a_decision(20 + n, "undo", {"decision": d.id}, {}) for n, d in enumerate(taken)]
    assert whole(build(there, [*taken, *undone], lexicon=LEXICON)) == whole(build(there, lexicon=LEXICON))
    redone = [a_decision(40 + n, "undo", {"decision": d.id}, {}) for n, d in enumerate(undone)]
    assert whole(build(there, [*taken, *undone, *redone], lexicon=LEXICON)) == whole(
        build(there, taken, lexicon=LEXICON)
    )


@slow
@given(st.data())
def test_a_decision_wins(data: st.DataObject) -> None:
    there = [r for r in data.draw(dossiers()) if r.statements]
    if not there:
        return
    reading = there[0]
    statement = reading.statements[0]
    where = (reading.document.id, statement.id)
    place = {"document": where[0], "statement": where[1], "words": statement.content.text(reading.document),
             "content": [list(s) for s in statement.content]}  # fmt: skip
    rejected = build(there, [a_decision(1, "statement.reject", place, {})], lexicon=LEXICON)
    assert where not in {(s.document, s.statement) for s in rejected.statements()}
    edit = a_decision(1, "statement.edit", place, {"party": "Newland", "act": "threat"})
    edited = build(there, [edit], lexicon=LEXICON)
    mine = [s for s in edited.statements(act="threat") if (s.document, s.statement) == where]
    assert [s.parties for s in mine] == [("Newland",)]
    renamed = build(there, [a_decision(1, "party.rename", {"name": "Belmark"}, {"to": "Kingdom"})], lexicon=LEXICON)
    assert "Belmark" not in {p.name for p in renamed.parties}
    assert all("Belmark" not in (c.party, c.issue) for c in renamed.cells)


def evidence_in(value: Any) -> list[Evidence]:
    """Every piece of evidence that a value of the table holds."""
    if isinstance(value, Evidence):
        return [value]
    if isinstance(value, tuple | list):
        return [e for item in value for e in evidence_in(item)]
    if hasattr(value, "__dataclass_fields__"):
        return [e for name in value.__dataclass_fields__ for e in evidence_in(getattr(value, name))]
    return []


@slow
@given(dossiers())
def test_all_evidence_exists_and_holds_the_words_it_is_said_to(there: list[Reading]) -> None:
    table = build(there, lexicon=LEXICON)
    layers = [table.cells, table.conditions, table.deadlines, table.meetings, table.agreements, table.figures,
              table.disagreements, table.people, table.statements(), table.changes("2026-01-01"),
              *table.histories.values(), table.disputed_figures, table.origins.links]  # fmt: skip
    for evidence in evidence_in(layers):
        reading = table.reading(evidence.document)
        evidence.spans.check(reading.document, "evidence")
        assert evidence.spans
        if evidence.statement is not None:
            assert evidence.spans == reading.statement(evidence.statement).content
        assert table.words(evidence)
    for cell in table.cells:
        assert cell.evidence
        where = table.reading(cell.document)
        assert any(p.stance == cell.stance for p in where.positions)
        assert cell.origins.low <= cell.origins.high
    for agreement in table.agreements:
        assert agreement.evidence
    for figure in table.figures:
        assert figure.evidence


@slow
@given(dossiers(), st.sampled_from(["2027-01-09", "2027-02-17", "2027-03-28"]))
def test_a_day_shows_what_was_known_by_then(there: list[Reading], day: str) -> None:
    from dragoman.table.facts import facts

    known = [r for r in there if facts(r).day <= day]
    then, now = build(there, lexicon=LEXICON, on=day), build(known, lexicon=LEXICON, on=day)
    assert whole(then) == whole(now)

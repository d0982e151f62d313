"""Conditions, deadlines, meetings, agreements and figures: what becomes of them over time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reading import (
    Agreement,
    Condition,
    Deadline,
    Figure,
    Meeting,
    Position,
    Reading,
    Speaker,
)
from dragoman.table import Table, build
from dragoman.table.figures import interval
from dragoman.table.positions import compare
from dragoman.table.resolved import Stand
from dragoman.table.values import Evidence
from dragoman.table.waiting import Wait, WaitsFor, deadlocks
from tests.builders import a_document, a_reading, a_statement, at
from tests.table.dossiers import a_decision


def report(day: str, party: str, text: str, *, act: str = "claim", issue: str = "port", **layers: Any) -> Reading:
    """A report of one statement; layers rest on it."""
    document = a_document(f"{party} said {text}.", id=f"{day}-{party}-{act}", published=day)
    statement = a_statement(document, party, "said", text, speaker=Speaker(party, party), act=act, issues=(issue,))
    return a_reading(document, statement, **layers)


def table(*readings: Reading, **given: Any) -> Table:
    return build(readings, given.pop("decisions", ()), lexicon=Lexicon(), **given)


ASKS = report(
    "2027-02-01", "Arvenia", "no talks unless Belmark opens the harbour gates", act="condition",
    conditions=(Condition("Arvenia", "sitting down for talks", ("Belmark opens the harbour gates",), "s1"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("later", "status"),
    [
        (report("2027-02-05", "Belmark", "it will open the harbour gates", act="commitment"), "promised"),
        (report("2027-02-05", "Belmark", "it has opened the harbour gates"), "met"),
        (report("2027-02-05", "Belmark", "it has not opened the harbour gates"), "violated"),
        (report("2027-02-05", "Belmark", "only one of the harbour gates has been opened"), "open"),
        (report("2027-02-05", "Belmark", "it hopes to open the harbour gates", act="expectation"), "open"),
        (report("2027-02-05", "Arvenia", "it dropped its demand on the harbour gates", act="concession"), "dropped"),
        (report("2027-02-05", "Belmark", "the harbour has opened", issue="fish"), "open"),
        (report("2027-01-05", "Belmark", "it has opened the harbour gates"), "open"),
    ],
)
def test_a_requirement_is_followed_through_later_reports(later: Reading, status: str) -> None:
    condition = table(ASKS, later).conditions[0]
    assert (condition.status, condition.requires[0].status) == (status, status)
    if status != "open":
        assert condition.settled_by is not None and condition.settled_by.document == later.document.id


def test_a_condition_in_other_words_replaces_and_in_the_same_words_restates() -> None:
    again = report(
        "2027-02-03", "Arvenia", "no talks unless the harbour gates are opened by Belmark", act="condition",
        conditions=(Condition("Arvenia", "talks", ("the harbour gates are opened by Belmark",), "s1"),),
    )  # fmt: skip
    other = report(
        "2027-02-08", "Arvenia", "no talks unless the captain is freed", act="condition",
        conditions=(Condition("Arvenia", "sitting down for talks", ("the captain is freed",), "s1"),),
    )  # fmt: skip
    found = table(ASKS, again, other).conditions
    assert [(c.status, len(c.restated)) for c in found] == [("replaced", 1), ("open", 0)]


def test_a_person_settles_a_requirement_and_may_undo_it() -> None:
    settle = a_decision(1, "condition.settle", {"party": "Arvenia", "requires": "Belmark opens the harbour gates"},
                        {"status": "met"})  # fmt: skip
    assert table(ASKS, decisions=[settle]).conditions[0].status == "met"
    undo = a_decision(2, "undo", {"decision": "n1"}, {})
    assert table(ASKS, decisions=[settle, undo]).conditions[0].status == "open"
    lost = a_decision(3, "condition.settle", {"party": "Arvenia", "requires": "rain"}, {"status": "met"})
    assert [u.decision for u in table(ASKS, decisions=[lost]).unplaced] == ["n3"]


def ring(*pairs: tuple[str, str]) -> WaitsFor:
    waits = tuple(Wait(a, b, f"{b} moves", "x", f"{a}-{b}", "open") for a, b in pairs)
    return WaitsFor(tuple(sorted({p for pair in pairs for p in pair})), waits)


def test_deadlocks_are_rings_and_their_smallest_breakers() -> None:
    found = deadlocks(ring(("A", "B"), ("B", "A"), ("B", "C"), ("C", "A"), ("D", "A")))
    assert [d.parties for d in found] == [("A", "B", "C")]
    assert found[0].rings == (("A", "B"), ("A", "B", "C"))
    assert [[(w.party, w.waits_for) for w in b] for b in found[0].breakers] == [[("A", "B")]]
    assert found[0].exact


def test_no_ring_is_no_deadlock_and_two_rings_need_two() -> None:
    assert deadlocks(ring(("A", "B"), ("B", "C"))) == ()
    found = deadlocks(ring(("A", "B"), ("B", "A"), ("A", "C"), ("C", "A")))
    assert {len(b) for b in found[0].breakers} == {2} and len(found[0].breakers) == 4


def test_a_large_tangle_is_answered_within_bounds() -> None:
    names = [f"P{n}" for n in range(9)]
    found = deadlocks(ring(*((a, b) for a in names for b in names if a != b)))
    assert len(found) == 1 and not found[0].exact and found[0].breakers


def test_conditions_make_the_waits_for_graph() -> None:
    answer = report(
        "2027-02-02", "Belmark", "the gates stay shut until the Arvenian fleet leaves", act="condition",
        conditions=(Condition("Belmark", "opening the gates", ("the Arvenian fleet leaves",), "s1"),),
    )  # fmt: skip
    found = table(ASKS, answer)
    assert {(w.party, w.waits_for) for w in found.waits_for().waits} == {("Arvenia", "Belmark"), ("Belmark", "Arvenia")}
    assert found.deadlocks()[0].parties == ("Arvenia", "Belmark")


def until(day: str, date: str | None, what: str = "withdrawal of the grey fleet", setter: str = "Arvenia") -> Reading:
    precision = "day" if date else "unresolved"
    return report(day, setter, f"the fleet must go, {date}", act="demand",
                  deadlines=(Deadline(what, date, precision, setter, "s1"),))  # fmt: skip


def test_a_deadline_that_moves_is_one_ledger() -> None:
    moved = (until("2027-03-01", "2027-03-10"), until("2027-03-11", "2027-03-31"))
    first, second = table(*moved, on="2027-04-01").deadlines
    assert (first.status, first.replaced_by) == ("extended", second.id)
    assert [m.kind for m in first.moves] == ["set", "extended"]
    assert (second.status, [m.kind for m in second.moves]) == ("passed", ["set", "passed"])


def test_deadlines_met_unresolved_and_absurd() -> None:
    met = report("2027-03-09", "Belmark", "the grey fleet has withdrawn, withdrawal complete", issue="port")
    assert table(until("2027-03-01", "2027-03-10"), met).deadlines[0].status == "met"
    partly = report("2027-03-09", "Belmark", "only two ships of the grey fleet have been withdrawn", issue="port")
    assert table(until("2027-03-01", "2027-03-10"), partly, on="2027-03-09").deadlines[0].status == "pending"
    assert table(until("2027-03-01", None)).deadlines[0].status == "pending"
    backwards = table(until("2027-03-01", "2019-01-01")).deadlines[0]
    assert backwards.status == "passed" and backwards.note == "lies before the report that gives it"


def test_who_announces_a_deadline_does_not_tell_that_it_was_kept() -> None:
    due = Deadline("withdrawal of the grey fleet", "2027-03-10", "day", "Arvenia", "s1")
    announced = report("2027-03-03", "Arvenia", "it has set a deadline for the withdrawal of the grey fleet",
                       deadlines=(due,))  # fmt: skip
    found = table(until("2027-03-01", "2027-03-10"), announced, on="2027-03-09").deadlines
    assert [(d.status, len(d.moves)) for d in found] == [("pending", 2)]


def test_what_is_told_of_others_meets_no_deadline_and_no_condition() -> None:
    """A dossier may follow two conflicts, and in each of them a fleet is withdrawn."""
    due = until("2027-03-01", "2027-03-10")
    asked = report(
        "2027-03-01", "Arvenia", "no talks before the grey fleet has withdrawn", act="condition", issue="talks",
        conditions=(Condition("Arvenia", "talks", ("the grey fleet has withdrawn",), "s1"),),
    )  # fmt: skip
    text = "Corvia said the grey fleet has withdrawn. Delmar said it saw that."
    for more, became in (("", ("pending", "open")), (" Arvenian papers agreed.", ("met", "met"))):
        document = a_document(text + more, id="later", published="2027-03-09")
        said = (
            a_statement(document, "Corvia", "said", "the grey fleet has withdrawn", act="claim", issues=("talks",),
                        speaker=Speaker("Corvia", "Corvia")),
            a_statement(document, "Delmar", "said", "it saw that", id="s2", act="claim",
                        speaker=Speaker("Delmar", "Delmar")),
        )  # fmt: skip
        later = a_reading(document, *said)
        assert table(due, later, on="2027-03-09").deadlines[0].status == became[0]
        assert table(asked, later).conditions[0].requires[0].status == became[1]


def test_a_deadline_of_a_month_and_of_a_day_in_it_is_one() -> None:
    month = report("2027-03-01", "Arvenia", "the fleet must go in April", act="demand", deadlines=(
        Deadline("withdrawal of the grey fleet", "2027-04", "month", "Arvenia", "s1"),))  # fmt: skip
    for readings in ((month, until("2027-03-03", "2027-04-10")), (until("2027-02-03", "2027-04-10"), month)):
        found = table(*readings, on="2027-03-09").deadlines
        assert [(d.date, d.precision, [m.kind for m in d.moves]) for d in found] == [
            ("2027-04-10", "day", ["set", "restated"])]  # fmt: skip
    assert len(table(month, until("2027-03-03", "2027-05-10"), on="2027-03-09").deadlines) == 2


def test_a_deadline_that_is_moved_without_its_name_is_the_one_that_its_setter_has() -> None:
    first = until("2027-02-01", "2027-04-01", "seizing of trawlers")
    other = until("2027-02-02", "2027-04-02", "payment of the fine", "Belmark")
    moved = until("2027-02-10", "2027-04-15", "deadline")
    found = {(d.date, d.status): d.what for d in table(first, other, moved).deadlines}
    assert found["2027-04-01", "extended"] == found["2027-04-15", "pending"] == "seizing of trawlers"
    again = until("2027-02-03", "2027-04-03", "signing of the pact")  # now nobody can say which
    assert "extended" not in {d.status for d in table(first, again, moved).deadlines}


def test_a_person_moves_a_deadline() -> None:
    edit = a_decision(1, "deadline.edit", {"what": "withdrawal of the grey fleet"}, {"date": "2027-05-01"})
    found = table(until("2027-03-01", "2027-03-10"), decisions=[edit], on="2027-04-01").deadlines[0]
    assert (found.date, found.status, found.note) == ("2027-05-01", "pending", "decided by tester")


def meets(day: str, date: str, status: str, name: str = "talks in Vessel", place: str | None = "Vessel") -> Reading:
    document = a_document(f"The {name} were {status}.", id=f"m{day}{status}", published=day)
    return a_reading(document, meetings=(Meeting(name, date, "day", place, status=status, span=at(document, name)),))


def test_a_meeting_is_one_record_across_reports() -> None:
    found = table(meets("2027-02-01", "2027-02-10", "planned"), meets("2027-02-12", "2027-02-11", "held")).meetings
    assert [(m.date, m.status, len(m.evidence)) for m in found] == [("2027-02-10", "held", 2)]
    elsewhere = meets("2027-02-02", "2027-02-10", "planned", place="Dorn")
    assert len(table(meets("2027-02-01", "2027-02-10", "planned"), elsewhere).meetings) == 2


def test_an_agreement_breaks_and_is_restored() -> None:
    readings = []
    for day, status, name in (("2027-04-02", "reached", "ceasefire"), ("2027-05-03", "broken", "Orrin ceasefire"),
                              ("2027-06-07", "in force", "ceasefire in Vessby")):  # fmt: skip
        document = a_document(f"The {name} is {status}.", id=f"a{day}", published=day)
        item = Agreement(name, None, status=status, span=at(document, name))
        readings.append(a_reading(document, agreements=(item,)))
    found = table(*readings).agreements
    assert [(a.status, [m.kind for m in a.history]) for a in found] == [("in force", ["reached", "broken", "restored"])]


def agreed(*names: str) -> Table:
    """A report of an agreement under each of these names, one a day."""
    readings = []
    for number, name in enumerate(names):
        document = a_document(f"They spoke of the {name}.", id=f"a{number}", published=f"2027-04-{number + 1:02}")
        readings.append(a_reading(document, agreements=(Agreement(name, status="proposed", span=at(document, name)),)))
    return table(*readings)


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        # What praises an agreement or says how wide it is tells none apart.
        (("fragile cease-fire", "nationwide ceasefire", "plan for a truce"), ["fragile cease-fire"]),
        (("historic grain deal", "final grain accord in the month of July"), ["historic grain deal"]),
        (("landmark ore agreement", "Ore Deal"), ["landmark ore agreement"]),
        # An interim deal comes before the deal, and a first one is no second one.
        (("interim ore deal", "comprehensive ore deal"), ["interim ore deal", "comprehensive ore deal"]),
        (("unilateral ceasefire", "bilateral ceasefire"), ["unilateral ceasefire", "bilateral ceasefire"]),
        (("first deal", "revised accord"), ["first deal", "revised accord"]),
        # What is as long as a headline gives way to a name.
        (("Holm's harbour rebels leave ceasefire over shelling at sea", "shaky ceasefire"), ["shaky ceasefire"]),
    ],
)
def test_an_agreement_has_one_record_whatever_it_is_called(names: tuple[str, ...], shown: list[str]) -> None:
    assert [a.name for a in agreed(*names).agreements] == shown


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ((100, "exactly"), (100, "exactly"), True),
        ((100, "about"), (109, "exactly"), True),
        ((100, "about"), (111, "exactly"), False),
        ((100, "more than"), (100, "exactly"), False),
        ((100, "at least"), (100, "exactly"), True),
        ((100, "more than"), (200, "more than"), True),
        ((100, "less than"), (100, "at least"), False),
        ((1e30, "up to"), (5, "exactly"), True),
    ],
)
def test_figures_are_compared_as_intervals(one: tuple, other: tuple, meet: bool) -> None:
    assert interval(*one).meets(interval(*other)) is meet
    assert interval(*other).meets(interval(*one)) is meet


def counted(day: str, by: str, number: float, bound: str = "exactly", measure: str = "killed in Port") -> Reading:
    return report(day, by, f"{number:g} were killed", act="estimate", issue="toll",
                  figures=(Figure(number, bound, "people", measure, by, None, "s1"),))  # fmt: skip


def test_a_truce_between_others_is_another() -> None:
    readings = []
    for day, sides in ((1, ("Arvenia", "Belmark")), (2, ("Corvia", "Delmar")), (3, ()), (4, ("Belmark",))):
        document = a_document("The truce holds.", id=f"d{day}", published=f"2027-04-0{day}")
        item = Agreement("truce", None, parties=sides, status="in force", span=at(document, "truce"))
        readings.append(a_reading(document, agreements=(item,)))
    one, other = table(*readings).agreements
    assert (set(one.parties), set(other.parties)) == ({"Arvenia", "Belmark"}, {"Corvia", "Delmar"})


def test_figures_conflict_agree_and_are_superseded() -> None:
    found = table(counted("2027-02-01", "Arvenia", 40), counted("2027-02-01", "Belmark", 9),
                  counted("2027-02-05", "Belmark", 38, "at least"))  # fmt: skip
    assert [(f.party, f.quantity, f.current) for f in found.figures] == [
        ("Arvenia", 40, True), ("Belmark", 9, False), ("Belmark", 38, True)]  # fmt: skip
    assert found.figures[0].disputed_with == ("Belmark",) and found.disputed_figures == ()
    assert [d.verdict for d in found.compared_figures] == ["overlap"]
    assert table(counted("2027-02-01", "Arvenia", 1e30), counted("2027-02-01", "Belmark", 9)).disputed_figures


def test_a_figure_that_somebody_denies_without_another_is_no_two_figures_that_conflict() -> None:
    text = "Arvenia said 3.1 billion crowns were owed. Belmark denied that."
    document = a_document(text, published="2027-06-01")
    said = (
        a_statement(document, "Arvenia", "said", "3.1 billion crowns were owed", speaker=Speaker("Arvenia", "Arvenia"),
                    act="estimate"),
        replace(a_statement(document, "Belmark", "denied", "that", act="rejection"), id="s2",
                speaker=Speaker("Belmark", "Belmark")),
    )  # fmt: skip
    owed = Figure(3.1e9, "exactly", "crowns", "owed", "Arvenia", None, "s1", at(document, "3.1 billion crowns"))
    found = table(a_reading(document, *said, figures=(owed,)))
    assert [f.disputed_with for f in found.figures] == [("Belmark",)]
    assert found.disputed_figures == () and [d.kind for d in found.disagreements] == ["denial"]


def test_a_number_set_against_the_one_before_counts_the_same() -> None:
    text = "Arvenia said 2,100 beds were shut in May. Belmark puts the cut at 900 beds."
    document = a_document(text, published="2027-06-01")
    said = (
        a_statement(document, "Arvenia", "said", "2,100 beds were shut in May", speaker=Speaker("Arvenia", "Arvenia"),
                    act="estimate"),
        replace(a_statement(document, "Belmark", "puts", "the cut at 900 beds", act="estimate"), id="s2",
                speaker=Speaker("Belmark", "Belmark")),
    )  # fmt: skip
    given = (
        Figure(2100, "exactly", "beds", "were shut in May", "Arvenia", None, "s1", at(document, "2,100 beds")),
        Figure(900, "exactly", "beds", "cut", "Belmark", None, "s2", at(document, "900 beds")),
    )
    found = table(a_reading(document, *said, figures=given)).figures
    assert [(f.about, f.disputed_with) for f in found] == [
        ("beds were shut in May", ("Belmark",)), ("beds were shut in May", ("Arvenia",))]  # fmt: skip


def test_what_a_figure_is_about_tells_nothing_twice() -> None:
    text = "The quota of 600 tonnes stands since May."
    document = a_document(text, published="2027-06-01")
    given = Figure(600, "exactly", "tonnes", "quota", "Arvenia", "since May", None, at(document, "600 tonnes"))
    assert table(a_reading(document, figures=(given,))).figures[0].about == "tonnes: quota (since May)"
    told = replace(given, measure="stands since May")
    assert table(a_reading(document, figures=(told,))).figures[0].about == "tonnes stands since May"
    counted = a_document("It puts the number of idle cranes at 10.", published="2027-06-01")
    cranes = Figure(10, "exactly", "idle cranes", "number of idle cranes", "Arvenia", None, None, at(counted, "10"))
    assert table(a_reading(counted, figures=(cranes,))).figures[0].about == "number of idle cranes"


def stand(direction: str, act: str, stance: str, day: str = "2027-01-01") -> Stand:
    return Stand((day, "d", 0), "P", "i", stance, direction, act, False, None, None, Evidence("d", "s1", ()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (("for", "demand", "boats must leave"), ("for", "demand", "boats must leave"), "repeated"),
        (("for", "demand", "boats must leave"), ("for", "demand", "boats have to leave"), "repeated"),
        (("for", "demand", "boats must leave"), ("for", "demand", "boats must leave by May 1"), "hardened"),
        (("against", "rejection", "no"), ("open", "condition", "yes if paid"), "softened"),
        (("open", "condition", "yes if paid"), ("against", "rejection", "never"), "hardened"),
        (("for", "support", "welcomes it"), ("against", "rejection", "refuses it"), "reversed"),
        (("against", "rejection", "refuses it"), ("for", "commitment", "will do it"), "softened"),
        (("for", "demand", "must go"), ("open", "concession", "can wait"), "softened"),
        (
            ("for", "demand", "wants the boats out by March 10"),
            ("for", "demand", "wants all boats out on March 31"),
            "changed",
        ),
        (
            ("for", "demand", "wants the boats out by March 10"),
            ("for", "demand", "wants all of the boats out"),
            "repeated",
        ),
        # Another remark in the same direction is no change, and neither is the same thing in other words.
        (("for", "demand", "boats must leave"), ("for", "demand", "a clear strait"), "repeated"),
        (("against", "rejection", "no boarding of trawlers"), ("against", "rejection", "no crew is asked"), "repeated"),
        (("for", "support", "welcomes it"), ("unclear", "accusation", "a crime"), "changed"),
    ],
)
def test_positions_harden_soften_turn_and_repeat(before: tuple, after: tuple, change: str) -> None:
    assert compare(stand(*before), stand(*after, day="2027-02-01")) == change


def test_a_repeat_is_no_change_and_keeps_its_day() -> None:
    readings = [report(day, "Arvenia", "the boats must go", act="demand",
                       positions=(Position("Arvenia", "port", "the boats must go", "for", "s1"),))
                for day in ("2027-02-01", "2027-02-09")]  # fmt: skip
    found = table(*readings)
    cell = found.cell("Arvenia", "port")
    assert cell is not None and (cell.since, len(cell.evidence), cell.origins) == ("2027-02-01", 2, (2, 2))
    assert found.changes("2027-02-05") == ()


def test_a_direction_of_no_kind_is_unclear() -> None:
    found = table(report("2027-02-01", "Arvenia", "the boats must go",
                         positions=(Position("Arvenia", "port", "the boats must go", "sideways", "s1"),)))  # fmt: skip
    assert [cell.direction for cell in found.cells] == ["unclear"]


def test_voices_of_one_party_that_differ_are_shown() -> None:
    document = a_document("Brook said yes to it. Karst said no to it.", id="v1")
    yes = a_statement(document, "Brook", "said", "yes to it", speaker=Speaker("Ada Brook", "Arvenia"))
    no = a_statement(document, "Karst", "said", "no to it", id="s2", speaker=Speaker("Ivo Karst", "Arvenia"))
    stances = (Position("Arvenia", "it", "yes", "for", "s1"), Position("Arvenia", "it", "no", "against", "s2"))
    reading = a_reading(document, yes, no, positions=stances)
    cell = table(reading).cell("Arvenia", "it")
    assert cell is not None
    assert {(v.speaker, v.differs) for v in cell.voices} == {("Ada Brook", True), ("Ivo Karst", False)}


def test_nothing_gives_an_empty_table() -> None:
    empty = table()
    assert empty.cells == empty.parties == empty.conditions == empty.proposals == ()
    assert empty.asof == "" and empty.to_json()["cells"] == []


def boats(day: str, withholds: str, requires: str) -> Reading:
    return report(day, "Belmark", f"{withholds}, not before {requires}", act="condition", issue=f"issue of {day}",
                  conditions=(Condition("Belmark", withholds, (requires,), "s1"),))  # fmt: skip


@pytest.mark.parametrize(
    ("later", "status"),
    [
        (boats("2027-02-05", "pulling the boats back twelve miles", "Arvenia clears the mines"), "replaced"),
        (boats("2027-02-05", "pulling the boats back twelve miles", "an election is held"), "open"),
        (boats("2027-02-05", "a hearing of the captain", "Arvenia clears the mines"), "open"),
    ],
)
def test_a_condition_in_fewer_words_is_replaced_at_nearly_the_same_price(later: Reading, status: str) -> None:
    first = table(boats("2027-02-01", "the boats", "Arvenian mines are out of the water"), later).conditions[0]
    assert first.status == status


def test_who_says_that_they_have_accepted_something_gives_way() -> None:
    given = report("2027-02-05", "Arvenia", "we have accepted that the harbour gates stay shut")
    assert table(ASKS, given).conditions[0].status == "dropped"
    told = report("2027-02-05", "Arvenia", "they have never accepted that the harbour gates stay shut")
    assert table(ASKS, told).conditions[0].status == "open"


def test_a_pact_overtakes_the_refusal_of_a_new_date() -> None:
    no_date = report("2027-02-01", "League of Ports", "no new date until the shelling stops", act="condition",
                     conditions=(Condition("League of Ports", "new date", ("the shelling stops",), "s1"),))  # fmt: skip
    document = a_document("The truce was restored.", id="d9", published="2027-03-01")
    pact = a_reading(document, agreements=(
        Agreement("truce", "2027-03-01", "day", ("Arvenia", "Belmark"), "in force", at(document, "The truce")),
    ))  # fmt: skip
    found = table(no_date, pact).conditions[0]
    assert (found.status, found.note) == ("overtaken", "truce: in force")


@pytest.mark.parametrize(("withholds", "status"), [("coming to the talks", "overtaken"), ("signing a truce", "open")])
def test_who_will_not_sign_may_still_come(withholds: str, status: str) -> None:
    asks = report("2027-02-01", "Belmark", f"{withholds}, not before the mines are cleared", act="condition",
                  conditions=(Condition("Belmark", withholds, ("the mines are cleared",), "s1"),))  # fmt: skip
    document = a_document("Belmark came to the talks in Leth.", id="d9", published="2027-03-01")
    held = a_reading(document, meetings=(
        Meeting("talks", "2027-03-01", "day", "Leth", (), ("Belmark",), "held", None, at(document, "the talks")),
    ))  # fmt: skip
    assert table(asks, held).conditions[0].status == status


def test_a_statement_that_names_the_issue_is_on_it_wherever_it_is_filed() -> None:
    asks = report("2027-02-01", "Belmark", "no truce before Concord observers are in Leth", act="condition",
                  issue="observers",
                  conditions=(Condition("Belmark", "a truce", ("Concord observers are in Leth",), "s1"),))  # fmt: skip
    vow = report("2027-02-05", "Concord", "Concord observers will be in Leth by March", act="commitment", issue="Leth")
    assert table(asks, vow).conditions[0].status == "promised"


def stance(day: str, *stances: str) -> Reading:
    document = a_document(" ".join(f"Belmark said {s}." for s in stances), id=day, published=day)
    said = [a_statement(document, "Belmark", "said", s, id=f"s{n}", speaker=Speaker("Belmark", "Belmark"), act="demand")
            for n, s in enumerate(stances)]  # fmt: skip
    return a_reading(document, *said, positions=tuple(
        Position("Belmark", "boats", s, "for", f"s{n}") for n, s in enumerate(stances)
    ))  # fmt: skip


def test_of_several_stances_in_a_report_the_one_of_the_issue_counts() -> None:
    found = table(stance("2027-02-01", "the boats must leave", "the strait will not open in a week")).cells
    assert [c.stance for c in found] == ["the boats must leave"]


def test_a_copy_that_leaves_a_part_out_is_no_new_stance_and_one_that_adds_is() -> None:
    whole, part = (
        "the port is closed and not a single boat moves under a clock",
        "not a single boat moves under a clock port",
    )
    assert [c.since for c in table(stance("2027-02-01", whole), stance("2027-02-02", part)).cells] == ["2027-02-01"]
    assert [c.since for c in table(stance("2027-02-01", part), stance("2027-02-02", whole)).cells] == ["2027-02-02"]

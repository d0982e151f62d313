"""Readings and decisions become the negotiating table: who is who, what is at issue, who stands where and since when.

In: Reading values, Decision values and a Lexicon. Out: a frozen Table. Pure: no files, clock, network or model.

    table = build(readings, decisions, lexicon=Lexicon.shipped(), on="2027-04-02")

What a Table has; every value has `.to_json()` with the same keys as its attributes, and `.evidence` (document,
statement, spans), whose words `table.words(evidence)` gives, and `table.passage(evidence)` with their sentences:

on, asof, documents, reading(document), to_json()
parties      Party(name, kind, aliases, people, statements, because, id); party(name) finds one by any spelling
people       Person(name, aliases, roles, statements); Role(kind, party, since, until)
issues       Issue(name, aliases, statements, since, seeded, id); issue(name) finds one
cells        Cell(party, issue, stance, direction, since, change, previous, statements, outlets, origins, voices,
             document, statement); cell(party, issue) gives one of them
history(party, issue)  Steps(date, stance, direction, change, act, speaker, outlet, note);
             change: new | hardened | softened | reversed | changed | repeated | retired
conditions   Condition(id, party, withholds, requires, status, since, issues, restated, settled_by, settled_on, note),
             each of `requires` a Requirement(what, status, settled_by, since, note, waits_for, moves);
             status: open | promised | met | violated | dropped | replaced | overtaken
deadlines    Deadline(id, what, date, precision, set_by, status, set_on, moves, replaced_by, note);
             status: pending | met | passed | extended | dropped | denied
meetings     Meeting(id, name, date, precision, place, status, chairs, participants, attended, waits_for, moves,
             moved_to, note)
agreements   Agreement(id, name, date, precision, parties, status, history, commitments)
figures      Figure(id, about, quantity, bound, unit, measure, scope, by, party, official, given_on, current,
             disputed_with, origins, note, group); disputed_figures and compared_figures: Dispute(about, verdict,
             figures, low, high)
waits_for()  WaitsFor(parties, waits); a Wait(party, waits_for, requirement, withholds, condition, status)
deadlocks()  Deadlock(parties, rings, waits, breakers, exact)
origins      links (Link: document, to, kind, share, sure, because), groups (Group: origin, documents, sure, links),
             citations (Citation: outlet, cites, documents, statements), circular (Ring: outlets), credits;
             of(documents) and of_statements(saids) give a Count(reports, low, high, reasons) with .sentence()
origins_of(*saids), carried(document, statement)  a Count for a claim, or for what one statement says
disagreements  Disagreement(kind, about, sides, note, date); kind: denial | polarity | quote | figure | date
statements(party=, issue=, act=, since=, until=)  Said(document, statement, parties, speaker, anonymous, issues, act,
             negated, date, outlet, via, confidence)
changes(since)  Change(kind, change, date, about, party, issue, before, after, id)
proposals    Proposal(kind, name, into, score, because)
unplaced     Unplaced(decision, kind, reason, target, value)

A Builder keeps what it worked out: `Builder(lexicon=…).add(*readings).decide(*decisions).table(on=…)`, and again after
`add`, `remove` or `decide`. A report dated anywhere touches its own parties, issues and counts; behind one dated
earlier deadlines are fed again, agreements if it tells of any, of the meetings those that may see what it tells of, and
of the conditions those of the parties that it touches. A Builder serves one thread at a time. What a
decision needs stands in `dragoman.table.decisions.KINDS`.
"""

from dragoman.table.builder import Builder, build
from dragoman.table.decisions import check_decision, in_force, lexicon_of, names_joined
from dragoman.table.table import Table
from dragoman.table.values import Evidence, Origins

__all__ = [
    "Builder", "Evidence", "Origins", "Table", "build", "check_decision", "in_force", "lexicon_of", "names_joined",
]  # fmt: skip

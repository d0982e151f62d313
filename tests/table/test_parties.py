"""Who is who: spellings, governments, brackets, last names; what is unsure is proposed, what is decided wins."""

from dataclasses import replace
from typing import Any

import pytest

from dragoman.errors import DecisionError
from dragoman.lexicon import Entry, Lexicon
from dragoman.reading import Figure, Position, Reading, Relation, Speaker
from dragoman.table import Builder, Table, build, check_decision, lexicon_of
from tests.builders import a_document, a_reading, a_statement, at
from tests.table.dossiers import a_decision

LEXICON = Lexicon((Entry("Syria", "state", ("Damascus",), {"demonym": "Syrian"}), Entry("United Nations", "", ("UN",))))


def said(number: int, speaker: str, party: str | None, text: str = "the port opens", **known: Any) -> Reading:
    document = a_document(f"{speaker} said {text}.", id=f"d{number}", published=f"2027-02-{number:02}")
    return a_reading(document, a_statement(document, speaker, "said", text, speaker=Speaker(speaker, party), **known))


def names(table: Table) -> set[str]:
    return {p.name for p in table.parties}


@pytest.mark.parametrize(
    ("spellings", "expected"),
    [
        (["Syria", "Damascus", "Syrian government", "the Syrian regime"], {"Syria"}),
        (["UN", "the U.N.", "United Nations"], {"United Nations"}),
        (["Velmira", "Velmiran government", "the government of Velmira"], {"Velmira"}),
        (["Velmira", "Velmiran opposition"], {"Velmira", "Velmiran opposition"}),
        (["Tarkun", "Tarkuni delegation", "Tarkuni army"], {"Tarkun", "Tarkuni army"}),
        (["القاهرة", "القاهره"], {"القاهرة"}),
        (["RMT", "RMT union"], {"RMT union"}),
        (["Akel", "opposition party Akel"], {"opposition party Akel"}),
        (["Labour", "Labour party", "Labour supporters"], {"Labour party", "Labour supporters"}),
        (["Syria", "Syria company"], {"Syria", "Syria company"}),
        (["Northern union", "Free movement of workers"], {"Northern union", "Free movement of workers"}),
    ],
)
def test_spellings_of_one_party_are_one(spellings: list[str], expected: set[str]) -> None:
    table = build([said(n + 1, f"Speaker {n}", s) for n, s in enumerate(spellings)], lexicon=LEXICON)
    assert len(names(table)) == len(expected)
    assert expected <= names(table) or expected == {"القاهرة"}


def test_an_abbreviation_in_brackets_is_the_same_party_and_says_why() -> None:
    one = said(1, "The Free Coast Movement (FCM) chief", "Free Coast Movement")
    table = build([one, said(2, "Lund", "FCM")], lexicon=LEXICON)
    party = table.party("FCM")
    assert party is not None and party.name == "Free Coast Movement" and "FCM" in party.aliases
    assert any("brackets" in reason for reason in party.because)


def test_an_abbreviation_that_nobody_introduced_is_only_proposed() -> None:
    table = build([said(1, "Vell", "Free Coast Movement"), said(2, "Lund", "FCM")], lexicon=LEXICON)
    assert names(table) == {"Free Coast Movement", "FCM"}
    assert [(p.name, p.into) for p in table.proposals] == [("FCM", "Free Coast Movement")]


def test_names_that_look_alike_are_proposed_with_a_score() -> None:
    table = build([said(1, "Riyad Hijab", None), said(2, "Riad Hijab", None)], lexicon=LEXICON)
    proposal = table.proposals[0]
    assert {proposal.name, proposal.into} == {"Riyad Hijab", "Riad Hijab"} and 0.88 <= proposal.score < 1


@pytest.mark.parametrize(("kind", "value"), [("merge", {"into": "Riyad Hijab"}), ("rename", {"to": "Riyad Hijab"})])
def test_people_are_merged_and_renamed_as_parties_are(kind: str, value: dict[str, str]) -> None:
    given = [said(1, "Riyad Hijab", "Tarkun"), said(2, "Riad Hijab", "Tarkun"), said(3, "Hijab", "Tarkun")]
    decided = a_decision(1, f"party.{kind}", {"name": "Riad Hijab"}, value)
    table = build(given, [decided], lexicon=LEXICON)
    assert [(p.name, p.statements) for p in table.people] == [("Riyad Hijab", 3)]
    assert names(table) == {"Tarkun"} and table.proposals == table.unplaced == ()
    ring = a_decision(2, "party.rename", {"name": "Riyad Hijab"}, {"to": "Riad Hijab"})
    assert [u.decision for u in build(given, [decided, ring], lexicon=LEXICON).unplaced] == ["n2"]


def test_a_ministry_that_is_proposed_as_another_is_one_with_it_once_somebody_said_so() -> None:
    given = [said(1, "Tarkuni defence ministry", "Tarkun"), said(2, "Tarkun defence ministry", "Tarkun")]
    proposal = build(given, lexicon=LEXICON).proposals[0]
    decided = a_decision(1, proposal.kind, {"name": proposal.name}, {"into": proposal.into})
    table = build(given, [decided], lexicon=LEXICON)
    assert [s.speaker for s in table.statements()] == [proposal.into] * 2
    assert names(table) == {"Tarkun"} and table.proposals == table.unplaced == ()


def test_a_proposal_that_a_person_turned_down_is_not_made_again() -> None:
    given = [said(1, "Riyad Hijab", "Tarkun"), said(2, "Riad Hijab", "Tarkun")]
    split = a_decision(1, "party.split", {"name": "Riad Hijab"}, {})
    table = build(given, [split], lexicon=LEXICON)
    assert table.proposals == table.unplaced == () and {p.name for p in table.people} == {"Riyad Hijab", "Riad Hijab"}


def test_last_names_titles_and_offices_are_the_person() -> None:
    given = [said(1, "Foreign Minister Ada Brook", "Arvenia"), said(2, "Brook", "Arvenia"),
             said(3, "office of Ada Brook", "Arvenia"), said(4, "Ada Brook", "Arvenia")]  # fmt: skip
    people = build(given, lexicon=LEXICON).people
    assert [(p.name, p.statements) for p in people] == [("Ada Brook", 4)]


def test_a_name_in_full_is_that_of_the_shorter_one_where_both_speak_for_one_party() -> None:
    def who(*speakers: tuple[str, str]) -> set[str]:
        return {p.name for p in build([said(n, *s) for n, s in enumerate(speakers, 1)], lexicon=LEXICON).people}

    assert who(("Ana Rey", "Velmira"), ("Ana Rey Solis", "Velmira")) == {"Ana Rey Solis"}
    assert who(("Karim Odeh", "Velmira"), ("Sayid Karim Odeh", "Velmira")) == {"Sayid Karim Odeh"}
    assert who(("Tom Vale", "Velmira"), ("Tom Vale AKA", "Velmira")) == {"Tom Vale"}
    assert who(("Ana Rey", "Velmira"), ("Ana Rey Solis", "Tarkun")) == {"Ana Rey", "Ana Rey Solis"}
    several = (("Ana Rey", "Velmira"), ("Ana Rey Solis", "Velmira"), ("Ana Rey Prat", "Velmira"))
    assert who(*several) == {name for name, _party in several}


def test_two_people_of_one_last_name_are_not_guessed() -> None:
    given = [said(1, "Ada Brook", "Arvenia"), said(2, "Ian Brook", "Arvenia"), said(3, "Brook", "Arvenia")]
    assert {p.name for p in build(given, lexicon=LEXICON).people} == {"Ada Brook", "Ian Brook", "Brook"}


def test_a_person_is_no_party_where_another_report_says_for_whom_they_speak() -> None:
    table = build([said(1, "Ada Brook", "Arvenia"), said(2, "Ada Brook", "Ada Brook")], lexicon=LEXICON)
    assert names(table) == {"Arvenia"} and len(table.statements(party="Arvenia")) == 2


def test_a_joint_statement_counts_for_each() -> None:
    alone = [said(1, "Northmark", "Northmark"), said(2, "Ishtavar", "Ishtavar")]
    table = build([*alone, said(3, "Northmark and Ishtavar", None)], lexicon=LEXICON)
    assert {p.name: p.statements for p in table.parties} == {"Northmark": 2, "Ishtavar": 2}


def test_roles_have_a_time() -> None:
    readings = []
    for number in (3, 9):
        document = a_document("Ada Brook, head of the Front, spoke.", id=f"r{number}", published=f"2027-03-0{number}")
        span = at(document, "Ada Brook, head of the Front")
        readings.append(a_reading(document, relations=(Relation("Ada Brook", "Front", "leads", None, span),)))
    role = build(readings, lexicon=LEXICON).people[0].roles[0]
    assert (role.kind, role.party, role.since, role.until) == ("leads", "Front", "2027-03-03", "2027-03-09")


def test_decisions_merge_rename_split_and_are_undone() -> None:
    given = [said(1, "Vell", "Coast Front"), said(2, "Lund", "Shore Group")]
    merge = a_decision(1, "party.merge", {"name": "Coast Front"}, {"into": "Shore Group"})
    rename = a_decision(2, "party.rename", {"name": "Shore Group"}, {"to": "Shore League"})
    assert names(build(given, [merge], lexicon=LEXICON)) == {"Shore Group"}
    assert names(build(given, [merge, rename], lexicon=LEXICON)) == {"Shore League"}
    undo = a_decision(3, "undo", {"decision": "n1"}, {})
    assert names(build(given, [merge, rename, undo], lexicon=LEXICON)) == {"Coast Front", "Shore League"}
    split = a_decision(4, "party.split", {"name": "Damascus"}, {})
    assert names(build([said(1, "A B", "Damascus"), said(2, "C D", "Syria")], [split], lexicon=LEXICON)) == {
        "Damascus", "Syria"
    }  # fmt: skip


def test_a_ring_of_merges_is_refused_and_shown() -> None:
    first = a_decision(1, "party.merge", {"name": "A Front"}, {"into": "B Front"})
    second = a_decision(2, "party.merge", {"name": "B Front"}, {"into": "C Front"})
    third = ("party.merge", {"name": "C Front"}, {"into": "A Front"})
    with pytest.raises(DecisionError, match="closes a ring"):
        check_decision(*third, [first, second])
    given = [said(1, "X Y", "A Front"), said(2, "Z W", "B Front"), said(3, "U V", "C Front")]
    table = build(given, [first, second, a_decision(3, *third)], lexicon=LEXICON)
    assert names(table) == {"C Front"}
    assert [(u.decision, "ring" in u.reason) for u in table.unplaced] == [("n3", True)]


def test_a_decision_that_finds_nobody_is_shown_not_dropped() -> None:
    lost = a_decision(1, "party.merge", {"name": "Nobody"}, {"into": "No one"})
    assert [u.decision for u in build([said(1, "A B", "C")], [lost], lexicon=LEXICON).unplaced] == ["n1"]


@pytest.mark.parametrize(
    ("kind", "target", "value", "message"),
    [
        ("party.paint", {"name": "A"}, {}, "no decision is called"),
        ("party.merge", {"name": "A"}, {}, "'into' is missing"),
        ("party.merge", {"name": "A"}, {"into": "..."}, "no letters"),
        ("party.merge", {"name": "A"}, {"into": "a"}, "ring"),
        ("statement.edit", {"document": "d"}, {"colour": "red"}, "cannot edit colour"),
        ("statement.edit", {"document": "d"}, {"act": "shout"}, "act 'shout'"),
        ("condition.settle", {"requires": "x"}, {"status": "maybe"}, "status 'maybe'"),
        ("undo", {"decision": "n9"}, {}, "no decision 'n9'"),
        ("origin.link", {"document": "d"}, {"to": "d"}, "itself"),
    ],
)
def test_senseless_decisions_are_refused(kind: str, target: dict, value: dict, message: str) -> None:
    with pytest.raises(DecisionError, match=message):
        check_decision(kind, target, value)


@pytest.mark.parametrize(
    ("kind", "target", "value"),
    [
        ("party.add", {"name": "C"}, {"aliases": True}), ("party.add", {"name": ["C"]}, {}),
        ("party.rename", {"name": "C"}, {"to": {"a": 1}}), ("party.rename", {"name": "C"}, {"to": "half \ud800"}),
        ("statement.accept", {"document": ["d1"]}, {}),
        ("statement.edit", {"document": "d1", "statement": "s1"}, {"content": [[1]]}),
        ("statement.edit", {"document": "d1", "statement": "s1"}, {"negated": "no"}), ("undo", {"decision": [1]}, {}),
    ],
)  # fmt: skip
def test_a_decision_of_other_parts_is_refused_and_does_no_harm_where_it_came_in(
    kind: str, target: dict, value: dict
) -> None:
    with pytest.raises(DecisionError, match=kind):
        check_decision(kind, target, value)
    table = build([said(1, "A B", "C")], [a_decision(1, kind, target, value)], lexicon=LEXICON)
    assert names(table) == {"C"} and [u.decision for u in table.unplaced] == ["n1"]


def test_what_people_name_comes_first_in_the_lexicon() -> None:
    named = a_decision(1, "party.rename", {"name": "Damascus"}, {"to": "Syrian state"})
    entry = lexicon_of([named], LEXICON).party("Damascus")
    assert entry is not None and entry.name == "Syrian state"


def test_absurd_parties_do_no_harm() -> None:
    document = a_document("Front said it is its own.", id="d1")
    own = a_reading(
        document, a_statement(document, "Front", "said", "it is its own", speaker=Speaker("Front", "Front")),
        relations=(Relation("Front", "Front", "member of", "s1", at(document, "Front")),),
        positions=(Position("Front", "itself", "is its own", "for", "s1"),),
    )  # fmt: skip
    many = a_decision(1, "party.add", {"name": "Front"}, {"aliases": [f"Name {n} of it" for n in range(10_000)]})
    table = build([own], [many], lexicon=LEXICON)
    assert names(table) == {"Front"} and len(table.parties[0].aliases) == 10_000
    assert table.cell("Name 77 of it", "itself") is not None
    assert table.deadlocks() == ()


def test_a_capital_speaks_for_the_state_whose_capital_the_report_says_it_is() -> None:
    first = said(1, "Ada Brook", "Velmira", "the talks in Tarn, the Velmiran capital, went well")
    table = build([first, said(2, "Tarn", "Tarn"), said(3, "Osk", "Osk")], lexicon=LEXICON)
    party = table.party("Tarn")
    assert names(table) == {"Velmira", "Osk"} and party is not None and party.name == "Velmira"
    assert any("capital" in reason for reason in party.because)


@pytest.mark.parametrize(
    ("movements", "expected"),
    [(["Free Coast Movement"], "Free Coast Movement"), (["Free Coast Movement", "Harbour Front"], "rebels")],
)
def test_the_rebels_are_the_only_movement_of_the_reports_that_speak_of_rebels(
    movements: list[str], expected: str
) -> None:
    given = [said(n + 1, f"Speaker {n}", name, "the rebels stay") for n, name in enumerate(movements)]
    table = build([*given, said(9, "The rebels", "rebels")], lexicon=LEXICON)
    party = table.party("rebels")
    assert party is not None and party.name == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Velmiran defence ministry", "Velmira"), ("foreign ministry of Velmira", "Velmira"),
        ("observers from the League of Ports", "League of Ports"), ("League observers", "League of Ports"),
        ("Osk army", None), ("defence ministry", None), ("Velmiran opposition", None),
    ],
)  # fmt: skip
def test_a_ministry_is_asked_for_as_its_party(body: str, expected: str | None) -> None:
    table = build([said(1, "Brook", "Velmira"), said(2, "Ivo Karst", "League of Ports")], lexicon=LEXICON)
    party = table.party(body)
    assert (party.name if party else None) == expected


def test_a_report_that_says_for_whom_somebody_speaks_says_it_for_earlier_reports_too() -> None:
    unknown, told = said(1, "Ada Brook", None), said(2, "Ada Brook", "Belmark")
    builder = Builder(lexicon=LEXICON).add(unknown)
    assert [s.parties for s in builder.table().statements()] == [()]
    assert [s.parties for s in builder.add(told).table().statements()] == [("Belmark",), ("Belmark",)]


def test_what_an_unplaced_speaker_stands_for_counts_once_a_report_places_them() -> None:
    possible = {"party": "Ada Brook", "issue": "port", "stance": "the port opens", "direction": "for",
                "statement": "s1", "probability": 0.7}  # fmt: skip
    unplaced = replace(said(1, "Ada Brook", None), extra={"possible_positions": [possible, {"party": 7}, "junk"]})
    assert build([unplaced], lexicon=LEXICON).cells == ()
    table = build([unplaced, said(2, "Ada Brook", "Belmark", "we wait")], lexicon=LEXICON)
    assert [(c.party, c.issue, c.since) for c in table.cells] == [("Belmark", "port", "2027-02-01")]


MENK = "Orvia’s deputy foreign minister, Ada Brook, said the port opens."


def torn(*texts: str, party: str = "Belmark") -> list[Reading]:
    """Reports on Ada Brook, of whom the first is misread as speaking for Belmark."""
    readings = []
    for number, text in enumerate(texts, 1):
        document = a_document(text, id=f"d{number}", published=f"2027-02-{number:02}")
        speaker = Speaker("Ada Brook", party if number == 1 else "Orvia")
        stand = Position(speaker.party, "port", "the port opens", "for", "s1")
        said = a_statement(document, "Ada Brook", "said", "the port opens", speaker=speaker)
        readings.append(a_reading(document, said, positions=(stand,)))
    return readings


def test_an_office_that_one_report_tells_places_a_person_in_all() -> None:
    table = build(torn("Ada Brook said the port opens.", MENK), lexicon=LEXICON)
    assert [s.parties for s in table.statements()] == [("Orvia",), ("Orvia",)]
    assert {c.party for c in table.cells} == {"Orvia"}


def test_a_person_whom_reports_tie_to_two_parties_speaks_for_both() -> None:
    there = torn("Belmark’s foreign minister, Ada Brook, said the port opens.", MENK)
    assert [s.parties for s in build(there, lexicon=LEXICON).statements()] == [("Belmark",), ("Orvia",)]


def test_what_a_person_decided_of_a_speaker_stands_against_other_reports() -> None:
    there = torn("Ada Brook said the port opens.", MENK)
    place = {"document": "d1", "statement": "s1", "words": "the port opens"}
    edit = a_decision(1, "statement.edit", place, {"party": "Belmark"})
    table = build(there, [edit], lexicon=LEXICON)
    assert [s.parties for s in table.statements()] == [("Belmark",), ("Orvia",)]
    assert {c.party for c in table.cells} == {"Belmark", "Orvia"}


def test_a_side_learned_later_is_the_side_of_earlier_reports() -> None:
    first, second = torn("Ada Brook said the port opens.", MENK)
    builder = Builder(lexicon=LEXICON).add(first)
    builder.table()
    assert builder.add(second).table().to_json() == build([first, second], lexicon=LEXICON).to_json()


BODIES = ["Belmark defence ministry", "diplomat at the talks", "Belmark and Orvia", "Fish Guild"]


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_nobody_among_people(name: str) -> None:
    table = build([said(1, name, "Belmark"), said(2, "Ada Brook", "Belmark")], lexicon=LEXICON)
    assert [p.name for p in table.people] == ["Ada Brook"]
    assert [p.people for p in table.parties if p.name == "Belmark"] == [("Ada Brook",)]


def guessed(number: int, speaker: str, party: str, likely: float) -> Reading:
    return replace(said(number, speaker, party), extra={"unsure_parties": {speaker: likely}})


def party_of(table: Table, document: str) -> str | None:
    return next(iter(next(s.parties for s in table.statements() if s.document == document)), None)


def test_a_guess_gives_way_to_the_report_that_says_for_whom_somebody_speaks() -> None:
    sure = said(1, "Einar Dahl", "Skarvik")
    table = build([sure, guessed(2, "Einar Dahl", "Lorne", 0.87), said(3, "Fiona Mackie", "Lorne")], lexicon=LEXICON)
    assert party_of(table, "d2") == "Skarvik" and party_of(table, "d3") == "Lorne"


def test_of_two_reports_that_are_sure_each_keeps_its_own() -> None:
    table = build([said(1, "Einar Dahl", "Skarvik"), said(2, "Einar Dahl", "Lorne")], lexicon=LEXICON)
    assert [party_of(table, d) for d in ("d1", "d2")] == ["Skarvik", "Lorne"]


def test_of_mere_guesses_the_likelier_counts_where_it_is_clearly_so() -> None:
    near = build([guessed(1, "Ana Rusk", "Concord", 0.7), guessed(2, "Ana Rusk", "Vessby", 0.6)], lexicon=LEXICON)
    clear = build([guessed(1, "Ana Rusk", "Concord", 0.89), guessed(2, "Ana Rusk", "Vessby", 0.5)], lexicon=LEXICON)
    assert [party_of(near, d) for d in ("d1", "d2")] == ["Concord", "Vessby"]
    assert [party_of(clear, d) for d in ("d1", "d2")] == ["Concord", "Concord"]


def test_a_mere_noun_gives_way_to_the_name_of_a_party() -> None:
    named, noun = said(1, "Moira Denholm", "Union of Care Workers"), said(2, "Moira Denholm", "union")
    table = build([named, noun], lexicon=LEXICON)
    assert party_of(table, "d2") == "Union of Care Workers"


def test_a_mere_noun_is_the_party_of_those_who_speak_for_it() -> None:
    named, noun = said(1, "Moira Denholm", "Union of Care Workers"), said(2, "Moira Denholm", "union")
    itself = said(3, "union", "union")
    table = build([named, noun, itself], lexicon=LEXICON)
    assert names(table) == {"Union of Care Workers"} and party_of(table, "d3") == "Union of Care Workers"
    assert any("whoever speaks for it" in reason for reason in table.parties[0].because)
    other = said(4, "Tom Arkle", "union")  # of another union, for all that is known
    assert party_of(build([named, noun, itself, other], lexicon=LEXICON), "d3") == "union"


def test_growing_by_a_report_that_moves_a_speaker_makes_the_table_made_from_nothing() -> None:
    first, second, third = (
        guessed(1, "Einar Dahl", "Lorne", 0.8), said(2, "Fiona Mackie", "Lorne"), said(3, "Einar Dahl", "Skarvik"),
    )  # fmt: skip
    growing = Builder(lexicon=LEXICON).add(first, second)
    assert party_of(growing.table(), "d1") == "Lorne"
    assert growing.add(third).table().to_json() == build([first, second, third], lexicon=LEXICON).to_json()
    assert party_of(growing.table(), "d1") == "Skarvik"


@pytest.mark.parametrize(("party", "name"), [("Office", "Foreign Office"), ("President Ada Brook", "Ada Brook")])
def test_growing_by_a_report_that_makes_somebody_of_a_party_makes_the_table_made_from_nothing(
    party: str, name: str
) -> None:
    first, second = said(1, party, party), said(2, name, "Belmark")
    growing = Builder(lexicon=LEXICON).add(first)
    growing.table()
    assert growing.add(second).table().to_json() == build([first, second], lexicon=LEXICON).to_json()


@pytest.mark.parametrize("odd", [["Einar Dahl"], {"Einar Dahl": "likely"}, {"Einar Dahl": 7}, None])
def test_what_is_no_likelihood_is_passed_over(odd: object) -> None:
    reading = replace(said(1, "Einar Dahl", "Lorne"), extra={"unsure_parties": odd})
    assert party_of(build([reading, said(2, "Einar Dahl", "Skarvik")], lexicon=LEXICON), "d1") == "Lorne"


def test_the_government_is_looked_for_beside_a_state_that_only_its_government_stands_for() -> None:
    text = "the Syrian government opens the port"
    readings = [said(1, "Syrian government", "Syrian government"), said(2, "government", "government", text)]
    assert build(readings, lexicon=LEXICON).parties


def test_a_renamed_party_has_one_name_wherever_it_speaks_or_counts() -> None:
    one = said(1, "Shore League", "Shore League", "40 people were killed")
    one = replace(one, figures=(Figure(40.0, measure="people killed", by="Shore League", statement="s1"),))
    two = said(2, "Rafe Torr", "Shore League")
    rename = a_decision(1, "party.rename", {"name": "Shore League"}, {"to": "Coast Union"})
    table = build([one, two], [rename], lexicon=LEXICON)
    assert [(f.by, f.party) for f in table.figures] == [("Coast Union", "Coast Union")]
    assert [s.speaker for s in table.statements()] == ["Coast Union", "Rafe Torr"]
    assert table.speaker("Shore League") == "Coast Union" and table.speaker("Rafe Torr") == "Rafe Torr"
    builder = Builder(lexicon=LEXICON).add(one, two)
    assert [f.by for f in builder.table().figures] == ["Shore League"]
    assert [f.by for f in builder.decide(rename).table().figures] == ["Coast Union"]

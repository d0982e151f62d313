"""Where parties stand: which statements yield a position, on what, and which way it points."""

from dataclasses import replace

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reader import weighing
from dragoman.reader.conditions.conditions import find_conditions, party_of
from dragoman.reader.draft import Draft
from dragoman.reader.names.casting import cast_of
from dragoman.reader.positions.positions import (
    candidates,
    chance_of,
    direction_of,
    find_positions,
    name_issues,
    parties_of,
)
from dragoman.reader.positions.stances import asks_plainly
from dragoman.reader.training.weighing import learn
from dragoman.reading import DIRECTIONS, Relation, Speaker
from tests.builders import a_document, a_statement


def a_draft(*told: tuple[str, str, str, str], speaker: Speaker | None = None) -> Draft:
    """A draft of statements, each (source, cue, content, act)."""
    document = a_document("\n\n".join(f"{source} {cue} {content}." for source, cue, content, _ in told))
    draft = Draft.of(document, Lexicon())
    draft.statements = [
        a_statement(document, source, cue, content, act=act, id=f"s{n}", speaker=speaker or Speaker(source, source))
        for n, (source, cue, content, act) in enumerate(told, 1)
    ]
    draft.conditions = find_conditions(draft)
    draft.positions = find_positions(draft)
    return draft


@pytest.mark.parametrize(
    ("told", "direction"),
    [
        (("Velmar", "demanded", "the withdrawal of the patrol boats", "demand"), "for"),
        (("Velmar", "has rejected", "the proposed joint administration of the port", "rejection"), "against"),
        (("Velmar", "welcomed", "the ceasefire agreement", "support"), "for"),
        (("Velmar", "said", "it would sign no agreement unless the prisoners are freed", "condition"), "against"),
        (("Velmar", "said", "its 7 envoys would not return to talks until pay rises by 7%", "condition"), "against"),
        (("Velmar", "said", "it will attend the talks if a third party joins them", "condition"), "open"),
        (("Velmar", "has not ruled out", "a payment to the rebels", "rejection"), "open"),
        (("Velmar", "refused to exclude", "a joint administration of the port", "rejection"), "open"),
        (("Velmar", "said", "it would not oppose a neutral chairman", "concession"), "open"),
        (("Velmar", "no longer insists", "that the rebels leave before talks can begin", "concession"), "open"),
    ],
)
def test_a_position_points_somewhere(told: tuple[str, str, str, str], direction: str) -> None:
    first = candidates(a_draft(told))[0]
    assert (first.party, first.kind, first.statement.id) == ("Velmar", "whole", "s1")
    assert direction_of(first, first.issue).value == direction


@pytest.mark.parametrize(
    ("content", "asks"),
    [
        ("Leth must free every single ferryman", True),
        ("levies on grain, on fish and those on salt should all be lifted", True),
        ("we must find a way", False),
        ("the six islands have to do with the toll", False),
        ("the hardest is the reef where they have to find a way", False),
    ],
)
def test_who_says_what_others_must_do_takes_a_position(content: str, *, asks: bool) -> None:
    draft = a_draft(("Velmar", "welcomed", "the truce", "support"), ("Velmar", "said", content, "demand"))
    assert asks_plainly(draft.statements[1], content) is asks
    assert not asks or [p.statement for p in draft.positions] == ["s1", "s2"]


def test_what_a_threat_follows_is_not_wanted() -> None:
    draft = a_draft(("Velmar", "warned", "it would walk out if a third party joins the talks", "condition"))
    needs = [c for c in candidates(draft) if c.kind == "need"]
    assert [direction_of(c, c.issue).value for c in needs] == ["against"]


def test_a_position_whose_direction_is_unsure_is_less_likely() -> None:
    first = candidates(a_draft(("Velmar", "demanded", "the withdrawal of the patrol boats", "demand")))[0]
    sure, unsure = (chance_of(first, weighing.Choice("for", share)) for share in (0.9, 0.4))
    assert sure > weighing.probability("position", first.features) > unsure


def test_a_sentence_is_cut_where_conditions_are() -> None:
    told = (
        "Velmar",
        "said",
        "it will sign the treaty once the harbour is open, and that it will pay once it is counted",
    )
    draft = a_draft((*told, "commitment"))
    assert [(c.kind, c.clauses and c.clauses.link) for c in candidates(draft)][:2] == [
        ("whole", "once"),
        ("need", "once"),
    ]
    assert len({c.clauses.main for c in candidates(draft) if c.clauses}) == 2


def test_what_is_required_is_a_position_for_it() -> None:
    draft = a_draft(
        ("Velmar", "said", "there will be no return to Dorn unless all the prisoners are released", "condition")
    )
    assert [(p.direction, "prisoners" in p.issue) for p in draft.positions] == [("against", False), ("for", True)]


def test_observers_numbers_are_no_position() -> None:
    assert a_draft(("The institute", "estimated", "that 300 people had died", "estimate")).positions == []


def test_a_repeat_is_one_position() -> None:
    told = ("Velmar", "demanded", "the withdrawal of the patrol boats", "demand")
    assert len(a_draft(told, told).positions) == 1


def test_statements_get_the_issues_of_their_positions() -> None:
    draft = a_draft(("Velmar", "demanded", "the withdrawal of the patrol boats", "demand"))
    [named] = name_issues(draft)
    assert named.issues == (draft.positions[0].issue,)
    assert named.content == draft.statements[0].content


@pytest.mark.parametrize(
    ("name", "party", "known", "expected"),
    [
        ("Ana Roke", "Velmar", (), ["Velmar"]),
        ("Ana Roke", None, (), ["Ana Roke"]),
        (None, None, (), []),
        ("Velmar and Dorn", None, (), ["Velmar", "Dorn"]),
        ("Velmar and Dorn", "Velmar and Dorn", (), ["Velmar and Dorn"]),
        ("Velmar and Dorn", "Velmar and Dorn", ("Velmar", "Dorn"), ["Velmar", "Dorn"]),
        ("Velmar and Dorn", "Velmar and Dorn", ("Dorn",), ["Velmar", "Dorn"]),
        (
            "Union of Port and Allied Workers",
            "Union of Port and Allied Workers",
            (),
            ["Union of Port and Allied Workers"],
        ),
        ("Ana Roke", "Velmar and Dorn", ("Dorn",), ["Velmar and Dorn"]),
    ],
)
def test_whose_position(name: str | None, party: str | None, known: tuple[str, ...], expected: list[str]) -> None:
    document = a_document("Somebody said something.")
    statement = a_statement(document, "Somebody", "said", "something", speaker=Speaker(name, party))
    assert parties_of(Draft.of(document, Lexicon()), statement, frozenset(known)) == expected


@pytest.mark.parametrize("name", ["Sides", "the two sides", "Parties"])
def test_a_joint_text_binds_each_side(name: str) -> None:
    document = a_document("Talks between Velmar and Dorn ended. The Sides agree to share the river.")
    statement = a_statement(document, "The Sides", "agree", "to share the river", speaker=Speaker(name, name))
    draft = Draft.of(document, Lexicon())
    assert parties_of(draft, statement) == [name]  # where nobody is known
    draft.cast = cast_of(draft)
    assert parties_of(draft, statement) == ["Velmar", "Dorn"]


def test_a_speaker_without_party_speaks_for_whom_relations_tell() -> None:
    document = a_document("Somebody said something.")
    statement = a_statement(document, "Somebody", "said", "something", speaker=Speaker("Ana Roke", None))
    leads = Relation("Ana Roke", "Velmar", "leads", None, statement.content)
    draft = Draft.of(document, Lexicon())
    draft.relations = [leads]
    assert parties_of(draft, statement) == ["Velmar"]
    assert party_of(statement, [leads]) == "Velmar"


def test_a_report_is_bound_to_nothing() -> None:
    statement = a_statement(a_document("The report said the port must close."), "The report", "said", "the port")
    assert party_of(replace(statement, speaker=Speaker("report", None))) is None
    assert party_of(replace(statement, speaker=Speaker("joint statement by the League", None))) is None


def test_weights_are_learned_and_speak() -> None:
    rows = [(("bias", "yes"), True), (("bias", "no"), False)] * 5
    weights = learn(rows, strength=0.1)
    assert weights["yes"] > 0 > weights["no"]


def test_the_shipped_weights_know_every_decision() -> None:
    known = set(weighing.weights())
    assert {"position", "issue", "condition", "meeting", "deadline", *(f"direction:{d}" for d in DIRECTIONS)} == known
    assert all(isinstance(w, float) for table in weighing.weights().values() for w in table.values())


def test_a_position_of_an_unsure_party_is_less_likely() -> None:
    draft = a_draft(("Mara Lind", "said", "Velmar would sign no agreement unless the prisoners are freed", "condition"))
    speaker = Speaker("Mara Lind", "Velmar")
    draft.statements = [replace(s, speaker=speaker) for s in draft.statements]
    draft.cast = cast_of(draft)
    kept = []
    for sure in (0.95, 0.001):
        draft.cast.unsure["Mara Lind"] = sure
        draft.stated = None
        kept.append(len(find_positions(draft)))
    assert kept[0] > kept[1]


def test_what_is_given_up_is_said_with_what_gives_it_up() -> None:
    document = a_document("Velmar quietly dropped its demand that the boats be withdrawn.")
    draft = Draft.of(document, Lexicon())
    content = "that the boats be withdrawn"
    draft.statements = [
        a_statement(document, "Velmar", "demand", content, act="concession", speaker=Speaker("Velmar", "Velmar"))
    ]
    (position,) = find_positions(draft)
    assert (position.stance, position.direction) == ("dropped its demand that the boats be withdrawn", "open")

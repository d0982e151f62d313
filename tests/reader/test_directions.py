"""Which way a stance points on its issue, by the words that stand over it."""

import pytest

from dragoman.reader.conditions.condition_cuts import Clauses
from dragoman.reader.positions.directions import ends, gives_up, has_to_leave, is_wanted, marks, on_condition, standing


@pytest.mark.parametrize(
    ("text", "issue", "cue", "sign", "later"),
    [
        ("demanded the withdrawal of the boats", "withdrawal of boats", "", "+", "+"),
        ("called on the ministry to stop the dredging", "dredging", "", "-", "+"),
        ("refused to give up the port", "port", "", "+", "+"),
        ("agreed to dissolve the assembly", "dissolution of the assembly", "", "+", "+"),
        ("urged the bank to strike a debt deal with its lenders", "debt deal", "", "+", "+"),
        ("opposes the dissolution of the assembly", "dissolution of the assembly", "", "-", "+"),
        ("the levy must be struck off", "levy", "", "+", "-"),
        ("the boats must leave by the end of May", "boats", "", "+", "-"),
        ("will pay at the end of May for the boats", "boats", "", "+", "+"),
        ("filling goes on, deal or no deal, in the valley", "valley", "", "+", "+"),
        ("it had agreed to a levy", "levy", "denied", "-", "+"),
        ("to engage following many violated truces", "talks", "urged", "+", "+"),
        ("the ferry was late", "levy", "", "+", "+"),
        ("", "levy", "", "+", "+"),
    ],
)
def test_which_words_turn_an_issue_round(text: str, issue: str, cue: str, sign: str, later: str) -> None:
    here = standing(text, issue, cue)
    assert (here.sign, here.later) == (sign, later)


@pytest.mark.parametrize(
    ("need", "issue", "wanted"),
    [
        ("the prisoners are released", "release of prisoners", True),
        ("the guns do not fire on the harbour", "harbour", False),
        ("no boats come near the reef", "boats", False),
        ("Velmar drops its case before the court", "case before the court", False),
        ("Velmar drops its case before the court", "dropping of the case", True),
        ("the watchtower is taken down", "watchtower", False),
    ],
)
def test_what_a_condition_requires_is_wanted_unless_it_ends_the_issue(need: str, issue: str, wanted: bool) -> None:
    assert is_wanted(need, issue) is wanted


@pytest.mark.parametrize(
    ("clauses", "issue", "direction"),
    [
        (Clauses("it will sign no treaty", "unless", "the boats are gone"), "treaty", "against"),
        (Clauses("there will be no return to talks", "until", "the guns fall silent"), "return to talks", "against"),
        (Clauses("it will sign the treaty", "if", "the boats are gone"), "treaty", "open"),
        (Clauses("would not stand in the way of a treaty", "as long as", "the boats leave"), "treaty", "open"),
        (Clauses("it will not come to the talks", "as long as", "the boats are there"), "talks", "against"),
        (Clauses("nothing is signed", "or", "the treaty must name the boats"), "treaty", "for"),
        (Clauses("لن تعود إلى المحادثات", "ما لم", "تغادر الزوارق"), "المحادثات", "against"),
        (Clauses("it will walk out of the talks", "unless", "the boats are gone"), "talks", "against"),
        (Clauses("it will close the harbour", "unless", "the boats are gone"), "closure of the harbour", "for"),
        (Clauses("it will not come to the talks", "if", "the boats stay"), "talks", "against"),
        (Clauses("it would not oppose the treaty", "if", "the boats leave"), "treaty", "open"),
        (Clauses("does not rule out a treaty", "if", "the boats leave"), "treaty", "open"),
        (Clauses("it is ready to discuss the reef, but not", "before", "the boats leave"), "reef", "open"),
        (Clauses("will pay no more than half of the toll, and not", "before", "it has seen the boats"), "toll", "open"),
        (Clauses("it will not pay the toll, and not", "before", "it has seen the boats"), "toll", "against"),
        (Clauses("has threatened to close the harbour", "unless", "the boats leave"), "closure of the harbour", "for"),
        (Clauses("threatened to walk out of the talks", "if", "the boats come"), "talks", "against"),
        (Clauses("the boats will stay on the reef", "until", "the toll is paid"), "boats", "for"),
        (Clauses("it lends its harbour for", "as long as", "the talks last"), "harbour", "for"),
        (Clauses("the board must pay the toll", "if", "a boat is late"), "toll", "for"),
        (Clauses("called on the board to stop the dredging", "when", "the boats leave"), "dredging", "against"),
    ],
)
def test_what_is_held_on_a_condition(clauses: Clauses, issue: str, direction: str) -> None:
    assert on_condition(clauses, issue) == direction


def test_words_over_an_issue_are_told() -> None:
    found = marks("will never sign the treaty", "treaty", act="rejection")
    assert {"sign=-", "in&-", "before:no", "act=rejection&sign=-"} <= set(found)


@pytest.mark.parametrize(
    ("stance", "cue", "mark"),
    [
        ("it could talk about the harbour", "said", "may=may"),
        ("it would sign", "said", "may=would"),
        ("on the tolls", "no longer insists", "gives-up"),
        ("the harbour is off the table", "said", "halfway"),
        ("offers 28 boats", "", "offer&digits=True"),
        ("to tear it up", "urged ministers", "points&-"),
        ("it could not sign the treaty", "said", "may=cannot"),
        ("drops the treaty tomorrow", "", "b:drop"),
        ("drops the treaty tomorrow", "", "a:tomorrow"),
    ],
)
def test_marks_of_modal_verbs_offers_and_pronouns(stance: str, cue: str, mark: str) -> None:
    assert mark in marks(stance, "treaty", act="claim", cue=cue)


@pytest.mark.parametrize(
    ("stance", "cue", "given_up"),
    [
        ("on the tolls", "no longer insists", True),
        ("the harbour board had quietly dropped its insistence on a pilot", "admitted", True),
        ("has withdrawn its objection to the night ferry", "", True),
        ("refuses to drop its demand for back pay", "", False),
        ("would not give up its claim to the island", "said", False),
        ("no longer doubts the chart", "", False),
        ("dropped anchor off Velm", "", False),
    ],
)
def test_who_asks_no_more_for_what_they_asked_for(stance: str, cue: str, *, given_up: bool) -> None:
    assert gives_up(stance, cue) is given_up


@pytest.mark.parametrize(
    ("stance", "leaves"),
    [
        ("the patrol boats must leave the strait", True),
        ("Ferrant should go", True),
        ("the prime minister must step down immediately", True),
        ("the troops have to withdraw", True),
        ("the Forum must first withdraw its lawsuit", False),
        ("paragraph 4 should go", False),
        ("integration and trials must go in parallel", False),
        ("the talks left them cold", False),
    ],
)
def test_who_has_to_leave(stance: str, leaves: bool) -> None:
    assert has_to_leave(stance) is leaves


@pytest.mark.parametrize(
    ("stance", "issue", "way"),
    [
        ("Leth must lift its levies on salt", "levies on salt", "against"),
        ("calls for a rollback of O.L. levies", "levies", "against"),
        ("demands Leth first gives up its survey fleet", "survey fleet", "against"),
        ("the levies should all be lifted", "levies", "against"),
        ("wants levies to be scrapped", "levies", "against"),
        ("proposed to eliminate or sharply reduce the levies", "levies", "against"),
        ("levies on salt, those on grain or on fish, all should be lifted", "levies", "against"),
        ("the levies are high and a ban must be lifted", "levies", None),
        ("has vowed never to give up its survey fleet", "survey fleet", "for"),
        ("refuses to lift the levies", "levies", "for"),
        ("calls for the lifting of levies", "lifting of levies", None),
        ("would consider lifting the levies", "levies", None),
        ("offers to lift the levies", "levies", None),
        ("wants an end to the dispute over the levies", "levies", None),
        ("wants lower levies", "levies", None),
        ("wants a bridge", "levies", None),
    ],
)
def test_who_ends_what_is_at_issue_is_against_it(stance: str, issue: str, way: str | None) -> None:
    assert ends(stance, issue) == way

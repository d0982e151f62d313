"""Which way a stance points on its issue, by the words that stand over it."""

import pytest

from dragoman.reader.condition_cuts import Clauses
from dragoman.reader.directions import is_wanted, marks, standing


@pytest.mark.parametrize(
    ("text", "issue", "cue", "sign", "later"),
    [
        ("demanded the withdrawal of the boats", "withdrawal of boats", "", "+", "+"),
        ("called on the ministry to stop the dredging", "dredging", "", "-", "+"),
        ("refused to give up the port", "port", "", "+", "+"),
        ("agreed to dissolve the assembly", "dissolution of the assembly", "", "+", "+"),
        ("opposes the dissolution of the assembly", "dissolution of the assembly", "", "-", "+"),
        ("the levy must be struck off", "levy", "", "+", "-"),
        ("the boats must leave by the end of May", "boats", "", "+", "-"),
        ("will pay at the end of May for the boats", "boats", "", "+", "+"),
        ("filling goes on, deal or no deal, in the valley", "valley", "", "+", "+"),
        ("it had agreed to a levy", "levy", "denied", "-", "+"),
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


def test_of_a_condition_the_clause_counts_that_is_held_back() -> None:
    clauses = Clauses("it will sign no treaty", "unless", "the boats are gone")
    found = marks("it will sign no treaty unless the boats are gone", "treaty", act="condition", clauses=clauses)
    assert {"part=barred", "sign=-", "barred&in&-"} <= set(found)
    plain = marks("it will sign the treaty", "treaty", act="commitment", clauses=None)
    assert {"part=whole", "sign=+"} <= set(plain)

"""What an issue is called."""

import pytest

from dragoman.reader.positions.issue_names import issue_of, named


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("compulsory redundancies were ruled out", "ruling out of compulsory redundancies"),
        ("the list of banned firms was under review", "list of banned firms"),
        ("workers would stay in barracks", "staying in barracks"),
        ("the 4% offer is raised to at least 7%", "increase of the 4% offer"),
        ("publish the mandate they have given the company", "publication of the mandate"),
        ("sign the accord by the end of next week", "signing of the accord"),
        ("stop the dredging of the reef", "dredging of the reef"),
        ("drop the case against the ferrymen", "case against the ferrymen"),
        ("close the depot on 3 May", "closure of the depot"),
        ("the prisoners are released", "release of the prisoners"),
        ("peace", "peace"),
    ],
)
def test_the_name_is_a_noun_phrase_without_the_day(words: str, name: str) -> None:
    assert named(words) == name


@pytest.mark.parametrize(
    ("stance", "name"),
    [
        ("rejected the joint administration of the port", "joint administration of the port"),
        ("hopes to release the prisoners on Friday", "release of the prisoners"),
        ("will not return to the table", "return to the table"),
    ],
)
def test_what_a_stance_is_about(stance: str, name: str) -> None:
    assert issue_of(stance, None) == name

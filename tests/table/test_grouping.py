"""Issues are grouped by words and by meaning; what is unsure is proposed; going on equals starting anew."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon import Lexicon
from dragoman.reading import Position, Reading
from dragoman.table import Builder, build
from dragoman.table.grouping import Grouping
from tests.builders import a_document, a_reading, a_statement

# Vectors made by hand: what a wording is about is where it points.
POINTS = {"pay rise": (1.0, 0.0), "higher wages": (0.9, 0.4), "shorter hours": (0.1, 1.0), "bonus": (0.45, 0.89),
          "Kestria ore talks": (0.6, 0.6), "Sulmari grain talks": (0.6, 0.6), "Vessby": (0.6, 0.6), "talks": (0.6, 0.6),
          "release of prisoners": (0.0, 1.0), "treatment of prisoners": (0.0, 1.0), "القمة": (0.0, 0.0)}  # fmt: skip


def embed(texts: Sequence[str]) -> list[tuple[float, float]]:
    return [POINTS.get(text, (0.0, 0.0)) for text in texts]


def saying(number: int, issue: str) -> Reading:
    document = a_document(f"Arvenia said {issue}.", id=f"d{number}", published=f"2027-01-{number + 1:02}")
    statement = a_statement(document, "Arvenia", "said", issue, issues=(issue,))
    return a_reading(document, statement, positions=(Position("Arvenia", issue, issue, "for", "s1"),))


def grouped(*issues: str) -> set[str]:
    return {i.name for i in build(map(saying, range(9), issues), lexicon=Lexicon(), embed=embed).issues}


def test_wordings_that_mean_the_same_are_one_issue_and_show_both() -> None:
    table = build([saying(0, "pay rise"), saying(1, "higher wages")], lexicon=Lexicon(), embed=embed)
    assert [(i.name, i.aliases) for i in table.issues] == [("pay rise", ("higher wages",))]


def test_without_vectors_words_decide() -> None:
    assert len(build([saying(0, "pay rise"), saying(1, "higher wages")], lexicon=Lexicon()).issues) == 2


def test_wordings_that_mean_nearly_the_same_are_proposed() -> None:
    table = build([saying(0, "pay rise"), saying(1, "bonus")], lexicon=Lexicon(), embed=embed)
    assert [(p.name, p.into, p.score) for p in table.proposals] == [("bonus", "pay rise", 0.45)]
    assert "mean" in table.proposals[0].because


@pytest.mark.parametrize("issues", [("release of prisoners", "treatment of prisoners"), ("pay rise", "القمة"),
                                    ("pay rise", "shorter hours"), ("Kestria ore talks", "Sulmari grain talks"),
                                    ("Vessby", "talks"), ("talks", "Vessby")])  # fmt: skip
def test_two_acts_on_one_thing_a_bare_name_and_what_is_of_others_stay_apart(issues: tuple[str, str]) -> None:
    assert grouped(*issues) == set(issues)


@given(st.lists(st.sampled_from(sorted(POINTS)), unique=True), st.integers(0, 7))
def test_going_on_equals_starting_anew(names: list[str], cut: int) -> None:
    growing = Grouping(embed)
    growing.clusters(names[:cut], frozenset(), frozenset())
    anew = Grouping(embed).clusters(names, frozenset(), frozenset())
    assert growing.clusters(names, frozenset(), frozenset()) == anew


def test_a_builder_that_grows_groups_as_one_that_starts_from_nothing() -> None:
    there = [saying(number, issue) for number, issue in enumerate(sorted(POINTS))]
    builder = Builder(lexicon=Lexicon(), embed=embed)
    for reading in reversed(there):
        grown = builder.add(reading).table()
    assert grown.to_json() == build(there, lexicon=Lexicon(), embed=embed).to_json()

"""How issues are worded: which wordings are one issue, and under which of them it is shown."""

import pytest

from dragoman.lexicon import Lexicon
from dragoman.reading import Position
from dragoman.table import Table, build
from dragoman.table.wording import is_clause, is_nominal, plain
from tests.builders import a_document, a_reading, a_statement


def named(*issues: str) -> Table:
    """A table on which each of these issues is named by a report of its own."""
    readings = []
    for number, issue in enumerate(issues):
        document = a_document(f"Arvenia said {issue}.", id=f"d{number}", published=f"2027-01-{number + 1:02}")
        statement = a_statement(document, "Arvenia", "said", issue, issues=(issue,))
        position = Position("Arvenia", issue, issue, "for", statement.id)
        readings.append(a_reading(document, statement, positions=(position,)))
    return build(readings, lexicon=Lexicon())


@pytest.mark.parametrize(
    ("wordings", "shown"),
    [
        (["grey boats leave the strait", "withdrawal of its grey boats"], "withdrawal of grey boats"),
        (["release of at least 300 of its prisoners", "300 prisoners were home"], "release of prisoners"),
        (["joining the talks", "participation in talks", "sitting down with anyone"], "participation in talks"),
        (["shelving of the reopening of the harbour", "reopening of the harbour"], "reopening of the harbour"),
        (["discussion of self-rule", "self-rule"], "self-rule"),
        (["release of 98 fishermen at the border by Sunday"], "release of fishermen"),
        (["lifting of the ban on overflights"], "lifting of the ban on overflights"),
    ],
)
def test_wordings_of_one_issue_are_one_and_shown_by_the_best(wordings: list[str], shown: str) -> None:
    assert [issue.name for issue in named(*wordings).issues] == [shown]


@pytest.mark.parametrize(
    "wordings",
    [
        ["withdrawal of boats", "sale of boats"], ["release of prisoners", "release of the ships"],
        ["return to work", "return of the sheep"], ["fishing licences", "fishing ban"],
    ],
)  # fmt: skip
def test_issues_that_share_a_word_stay_two(wordings: list[str]) -> None:
    assert len(named(*wordings).issues) == 2


def test_a_clause_that_could_belong_to_two_issues_belongs_to_none() -> None:
    table = named("release of prisoners", "treatment of prisoners", "the prisoners were home")
    assert len(table.issues) == 3


def test_an_issue_is_found_by_words_that_no_report_used() -> None:
    table = named("withdrawal of grey boats from the strait")
    found = table.issue("grey boats leave the strait")
    assert found is not None and found.name == "withdrawal of grey boats"
    assert table.issue("price of fish") is None
    assert table.cell("Arvenia", "withdrawal of grey boats") is not None


@pytest.mark.parametrize(
    ("wording", "clause", "nominal"),
    [
        ("withdrawal of boats", False, True), ("the boats were home", True, False), ("300 prisoners", False, True),
        ("called the deal a trick", True, False), ("delegation traveling", False, False),
        ("ruling that the boats go", True, False), ("port", False, True),
    ],
)  # fmt: skip
def test_clauses_are_told_from_noun_phrases(wording: str, clause: bool, nominal: bool) -> None:
    assert (is_clause(wording), is_nominal(wording)) == (clause, nominal)


@pytest.mark.parametrize(
    ("wording", "kept"),
    [
        ("the release of at least 300 of its prisoners", "release of prisoners"), ("its", "its"),
        ("opening in Vessby on September", "opening in Vessby"),
        ("clearance about 50 mines", "clearance about 50 mines"),
    ],
)  # fmt: skip
def test_whose_and_how_many_are_left_out(wording: str, kept: str) -> None:
    assert plain(wording) == kept


def test_a_merge_is_proposed_between_issues_as_they_are_shown() -> None:
    table = named("release of at least 300 of its prisoners", "prisoners")
    assert [(p.name, p.into) for p in table.proposals] == [("prisoners", "release of prisoners")]
    assert named("the boats were sold", "boats").proposals == ()

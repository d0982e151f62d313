"""Networks of a few statements by hand, where both flavours differ, and laws on random ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.analysis.networks import Choices, choose, networks
from dragoman.analysis.networks.backbone import backbone
from dragoman.analysis.networks.centralities import centralities
from dragoman.analysis.networks.certainty import intervals
from dragoman.analysis.networks.communities import communities, communities_over_time
from dragoman.analysis.networks.polarisation import polarisation, polarisation_over_time
from dragoman.errors import NetworkError
from tests.networks.making import coded

ROWS = [("A", "tax", 1), ("A", "tax", 1), ("A", "war", 0), ("B", "tax", 1), ("B", "war", 1), ("C", "tax", 0)]


def one(rows: Any = ROWS, **given: Any) -> Any:
    (found,) = networks(rows if hasattr(rows, "times") else coded(rows), Choices(**given))
    return found


@pytest.mark.parametrize(
    ("given_", "matrix"),
    [
        ({}, [[2, 1], [1, 1], [1, 0]]),
        ({"aggregation": "subtract"}, [[2, -1], [1, 1], [-1, 0]]),
        ({"aggregation": "combine"}, [[1, 2], [1, 1], [2, 0]]),
        ({"aggregation": "subtract", "normalization": "activity"}, [[2 / 3, -1 / 3], [0.5, 0.5], [-1, 0]]),
        ({"normalization": "prominence"}, [[0.5, 0.5], [0.25, 0.5], [0.25, 0]]),
        ({"qualifier": None}, [[2, 1], [1, 1], [1, 0]]),
    ],
)
def test_two_mode_by_hand(given_: dict[str, Any], matrix: list[list[float]]) -> None:
    found = one(**given_)
    assert found.rows == ("A", "B", "C") and found.columns == ("tax", "war")
    np.testing.assert_allclose(found.dense(), matrix)


@pytest.mark.parametrize(
    ("given_", "ab", "ac"),
    [
        ({"aggregation": "congruence"}, 2, 0),
        ({"aggregation": "conflict"}, 1, 2),
        ({"aggregation": "subtract"}, 1, -2),
        ({"aggregation": "ignore"}, 3, 2),
        ({"aggregation": "congruence", "normalization": "average"}, 2 / 2.5, 0),
        ({"aggregation": "congruence", "normalization": "cosine", "flavour": "as-dna"}, 2 / 6, 0),
        ({"aggregation": "congruence", "normalization": "cosine"}, 2 / (5**0.5 * 2**0.5), 0),
        ({"aggregation": "congruence", "normalization": "jaccard", "flavour": "as-dna"}, 2 / (1 + 1 + 2), 0),
        ({"aggregation": "congruence", "normalization": "jaccard"}, 1 / 3, 0),
    ],
)
def test_one_mode_by_hand(given_: dict[str, Any], ab: float, ac: float) -> None:
    matrix = one(network="onemode", **given_).dense()
    assert matrix[0, 1] == pytest.approx(ab) and matrix[0, 2] == pytest.approx(ac)
    np.testing.assert_allclose(matrix, matrix.T)
    assert not matrix.diagonal().any()


def test_an_integer_qualifier_weighs_by_distance() -> None:
    rows = coded([("A", "x", -2), ("B", "x", 2), ("C", "x", 0)], integer=True)
    matrix = one(rows, network="onemode", aggregation="congruence").dense()
    assert matrix[0, 1] == 0 and matrix[0, 2] == 0.5
    assert one(rows, aggregation="subtract").dense().ravel().tolist() == [-2, 2, 0]


def test_one_observed_level_has_no_distance_but_as_dna_divides_by_zero() -> None:
    rows = coded([("A", "x", 3), ("B", "x", 3)], integer=True)
    assert one(rows, network="onemode", aggregation="congruence").dense()[0, 1] == 1
    assert np.isnan(one(rows, network="onemode", aggregation="congruence", flavour="as-dna").dense()[0, 1])


@pytest.mark.parametrize(
    ("period", "flavour", "used"),
    [
        ("include", "corrected", 4), ("acrossrange", "corrected", 1), ("document", "corrected", 3),
        ("month", "as-dna", 1), ("month", "corrected", 2), ("year", "corrected", 2), ("week", "as-dna", 2),
        ("week", "corrected", 3),
    ],
)  # fmt: skip
def test_duplicates_in_a_period(period: str, flavour: str, used: int) -> None:
    days = ["2026-03-02", "2026-03-09", "2027-03-08", "2027-03-08"]
    rows = coded([("A", "x", 1)] * 4, days=days, documents=[1, 2, 3, 3])
    assert len(choose(rows, Choices(duplicates=period, flavour=flavour)).used) == used


def test_the_qualifier_tells_duplicates_apart_unless_it_is_ignored() -> None:
    rows = coded([("A", "x", 1), ("A", "x", 0)], documents=[1, 1])
    assert len(choose(rows, Choices(duplicates="document")).used) == 1
    assert len(choose(rows, Choices(duplicates="document", aggregation="subtract")).used) == 2


def test_windows_of_time_hold_exactly_their_size_or_one_more_as_dna() -> None:
    rows = coded([("A", "x", 1)] * 10, days=[f"2027-01-{d:02}" for d in range(1, 11)])
    for flavour, size in (("corrected", 4), ("as-dna", 5)):
        found = list(networks(rows, Choices(time_window="days", window_size=4, flavour=flavour)))
        assert {n.statements for n in found} == {size}


def test_month_windows_clip_at_short_months() -> None:
    from dragoman.analysis.networks.coded import iso, seconds
    from dragoman.analysis.networks.windows import step

    start = seconds("2027-10-31")
    assert start is not None
    assert [iso(step(start, "months", n))[:10] for n in (1, 2, 4)] == ["2027-11-30", "2027-12-30", "2028-02-29"]


def test_windows_of_events_and_a_window_longer_than_the_data() -> None:
    rows = coded([("A", "x", 1)] * 6)
    assert [n.statements for n in networks(rows, Choices(time_window="events", window_size=4))] == [5, 5]
    assert list(networks(rows, Choices(time_window="events", window_size=40))) == []
    assert list(networks(rows, Choices(time_window="days", window_size=40))) == []


def test_isolates_stay_with_zeros() -> None:
    excluded = {"exclude_values": {"organization": ("C",)}}
    assert one(**excluded).rows == ("A", "B")
    kept = one(isolates=True, **excluded)
    assert kept.rows == ("A", "B", "C") and not kept.dense()[2].any()


def test_an_empty_selection_is_an_empty_network() -> None:
    found = one(exclude_values={"concept": ("tax", "war")})
    assert found.rows == () and found.edges() == [] and found.statements == 0


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"variable1": "nothing"}, "organization"), ({"aggregation": "congruence"}, "ignore"),
        ({"network": "onemode", "normalization": "activity"}, "average"),
        ({"variable2": "organization"}, "two of them"),
        ({"start": "2028-01-01", "stop": "2027-01-01"}, "a start before"),
        ({"start": "yesterday"}, "ISO"), ({"window_size": 0}, "at least 1"), ({"kernel": "gaussian"}, "a unit of time"),
    ],
)  # fmt: skip
def test_settings_that_do_not_fit_are_refused(given_: dict[str, Any], says: str) -> None:
    with pytest.raises(NetworkError, match=says):
        one(**given_)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"agregation": "subtract"}, "agregation"), ({"window_size": "a"}, "window_size 'a'.*whole number"),
        ({"isolates": 1}, "isolates 1.*true or false"), ({"start": 5}, "start 5.*text"),
        ({"invert": "values"}, "invert 'values'.*a list"), ({"exclude_values": ["x"]}, "an object of lists"),
        ({"exclude_values": {"concept": "tax"}}, "of concept 'tax'.*a list"),
    ],
)  # fmt: skip
def test_settings_of_a_file_that_do_not_fit_are_named(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(NetworkError, match=says):
        Choices.from_json(settings)


def test_a_day_at_the_end_of_a_range_is_meant_whole() -> None:
    rows = coded([("A", "x", 1)] * 3, days=["2026-03-02T09:00:00", "2026-03-02T18:00:00", "2026-03-03"])
    used = [len(choose(rows, Choices(stop=stop)).used) for stop in ("2026-03-02", "2026-03-02T09:00:00")]
    assert used == [2, 1]


statements = st.lists(
    st.tuples(st.sampled_from("ABCDE"), st.sampled_from("uvwx"), st.integers(0, 1)), min_size=1, max_size=40
)


@settings(max_examples=40)
@given(statements)
def test_subtract_is_congruence_less_conflict(rows: Any) -> None:
    made = [one(rows, network="onemode", aggregation=a).dense() for a in ("subtract", "congruence", "conflict")]
    np.testing.assert_allclose(made[0], made[1] - made[2])


@settings(max_examples=40)
@given(statements)
def test_normalised_weights_stay_within_their_bounds(rows: Any) -> None:
    assert np.abs(one(rows, aggregation="subtract", normalization="activity").dense()).max() <= 1 + 1e-12
    for norm in ("cosine", "jaccard"):
        made = one(rows, network="onemode", aggregation="congruence", normalization=norm).dense()
        assert made.min(initial=0) >= 0 and made.max(initial=0) <= 1 + 1e-9


@settings(max_examples=25)
@given(statements, st.randoms())
def test_a_window_as_long_as_everything_is_no_window(rows: Any, random: Any) -> None:
    days = sorted(f"2027-01-{random.randint(1, 20):02}" for _ in rows)
    whole = coded(rows, days=days)
    span = (whole.last - whole.first) // 86400
    choices = Choices(
        network="onemode", aggregation="subtract", normalization="average", start=days[0], stop=f"{days[-1]}T23:59:59"
    )
    windows = list(networks(whole, replace(choices, time_window="days", window_size=span + 1)))
    assert len(windows) == 1
    np.testing.assert_allclose(windows[0].dense(), next(networks(whole, choices)).dense())


@settings(max_examples=25)
@given(statements)
def test_one_mode_ignore_is_the_product_of_the_two_mode_network(rows: Any) -> None:
    two = one(rows).dense()
    product = two @ two.T
    np.fill_diagonal(product, 0)
    np.testing.assert_allclose(one(rows, network="onemode", aggregation="ignore").dense(), product)


def test_two_camps_are_found() -> None:
    rows = [(n, c, int(n in "AB")) for n in "ABCD" for c in ("u", "v", "w")]
    network = one(rows, network="onemode", aggregation="congruence", normalization="average")
    assert communities(network).groups == (("A", "B"), ("C", "D"))
    assert {c.degree for c in centralities(network)} == {1}


def test_polarisation_of_two_opposed_nodes_by_hand() -> None:
    # ‖F‖ = 2 and B = 2, so each cell is expected to be (1·1/2)·(2/2) = 0.5 and is 1: Q = 2·0.5, over 2·(0 + 2).
    found = polarisation(coded([("A", "u", 1), ("B", "u", 0)]), Choices())
    assert found.exact and found.groups == (("A",), ("B",)) and found.quality == 0.25


def test_communities_and_polarisation_move_through_time() -> None:
    rows = coded([(n, c, int(n in "AB")) for _ in range(2) for n in "ABCD" for c in "uv"],
                 days=["2027-01-01"] * 8 + ["2027-01-10"] * 8)  # fmt: skip
    choices = Choices(network="onemode", aggregation="congruence", normalization="average", time_window="days",
                      window_size=3, start="2026-12-28", stop="2027-01-15")  # fmt: skip
    found = [c for c in communities_over_time(rows, choices) if len(c.groups) == 2]
    assert found and all(c.groups == (("A", "B"), ("C", "D")) for c in found)
    moments = {p.time for p in polarisation_over_time(rows, choices) if p.quality}
    assert moments == {c.time for c in found}


@settings(max_examples=10)
@given(statements)
def test_greedy_polarisation_never_beats_the_exact_one(rows: Any) -> None:
    from dragoman.analysis.networks import polarisation as module

    exact = polarisation(coded(rows), Choices())
    before, module.EXACT_NODES = module.EXACT_NODES, 0
    try:
        greedy = polarisation(coded(rows), Choices(), starts=5)
    finally:
        module.EXACT_NODES = before
    assert greedy.quality <= exact.quality + 1e-9


def test_the_backbone_keeps_what_divides_and_drops_what_all_share() -> None:
    rows = [(n, c, int(n in "AB") if c != "all" else 1) for n in "ABCD" for c in ("u", "v", "all")]
    choices = Choices(network="onemode", aggregation="subtract", normalization="average")
    nested = backbone(coded(rows), choices, method="nested")
    assert len(nested.steps) == 2 and nested.kept[0] in ("u", "v", "all")
    kept = backbone(coded(rows), choices, method="evaluate", kept=("u", "v", "all"))
    assert kept.loss == pytest.approx(0)
    first = backbone(coded(rows), choices, iterations=200)
    assert first == backbone(coded(rows), choices, iterations=200), "the same seed gives the same backbone"
    with pytest.raises(NetworkError):
        backbone(coded([("A", "u", 1)]), choices)


def test_intervals_hold_the_weight_and_narrow_where_all_documents_agree() -> None:
    rows = coded([("A", "u", 1), ("B", "u", 1)] * 20, documents=[n // 2 for n in range(40)])
    choices = Choices(network="onemode", aggregation="congruence", normalization="cosine")
    (found,) = intervals(rows, choices, times=30)
    assert found.low <= found.weight + 1e-9 and found.high >= found.weight - 1e-9 and found.together == 1.0

"""Numbers as people write them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reader.numbers.numbers import find_numbers


def read(text: str) -> list[tuple[float, float | None, str, str]]:
    return [(n.quantity, n.upper, n.bound, n.kind) for n in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("1,200 men", 1200), ("1 200 men", 1200), ("1.5 million people", 1.5e6), ("1.200.000 votes", 1.2e6),
        ("3,5 metres", 3.5), ("three hundred and six", 306), ("thirty-one gang leaders", 31),
        ("eleven thousand people", 11_000), ("two million three hundred thousand", 2.3e6), ("half a million", 5e5),
        ("a dozen boats", 12), ("three and a half million", 3.5e6), ("a million and a half", 1.5e6),
        ("two thirds of it", 2 / 3), ("a fifth of the fleet", 0.2), ("one in three households", 1 / 3),
        ("nine out of ten doses", 0.9), ("five lakh rupees", 5e5), ("tens of thousands of people", 10_000),
        ("dozens were hurt", 12), ("several hundred people", 100), ("14.85 per cent", 14.85), ("300k signatures", 3e5),
        ("٣٠٠ شخص", 300), ("خمسة وعشرين ألف نازح", 25_000), ("ثلاثمئة وخمسين سفينة", 350), ("مئات الآلاف", 100_000),
        ("ثلاثة عشر قتيلا", 13),
    ],
)  # fmt: skip
def test_one_value(text: str, quantity: float) -> None:
    assert [n.quantity for n in find_numbers(text)] == [pytest.approx(quantity)]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("more than 80 skippers", "more than"), ("over 80 skippers", "more than"), ("at least 80 skippers", "at least"),
        ("no fewer than 5,000", "at least"), ("almost 80 skippers", "less than"), ("nearly 80 skippers", "less than"),
        ("fewer than thirty members", "less than"), ("up to 80", "up to"), ("no more than 4 percent", "up to"),
        ("no more than a total of 30", "up to"),
        ("as many as 60 families", "up to"), ("some 380 trawlers", "about"), ("roughly 80", "about"),
        ("closer to 25", "about"), ("100, tops", "up to"), ("9,000 at most", "up to"), ("80 or more", "at least"),
        ("hundreds of families", "at least"), ("up to a dozen observers", "up to"), ("80 skippers", "exactly"),
        ("handed over all 58 skippers", "exactly"), ("held over 58 skippers", "more than"),
        ("أكثر من ٣٠٠ شخص", "more than"), ("ما لا يقل عن 12 قتيلا", "at least"), ("نحو 40 سفينة", "about"),
    ],
)  # fmt: skip
def test_bound(text: str, bound: str) -> None:
    assert [n.bound for n in find_numbers(text)] == [bound]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between 90 and 120 people", 90, 120), ("90-120 rifles", 90, 120), ("60 to 65 per cent", 60, 65),
        ("between 80 million and 110 million euros", 8e7, 1.1e8), ("3 to 4 million", 3e6, 4e6),
        ("between $500 billion and $700 billion", 5e11, 7e11), ("five or six boats", 5, 6),
        ("4,000 of them, perhaps 4,500", 4000, 4500), ("بين 90 و 120", 90, 120),
    ],
)  # fmt: skip
def test_range(text: str, low: float, high: float) -> None:
    assert [(n.quantity, n.upper) for n in find_numbers(text)] == [(low, high)]


def test_a_change_is_no_range() -> None:
    assert [n.upper for n in find_numbers("fell from 371 to 114")] == [None, None]


@pytest.mark.parametrize(
    ("text", "quantity", "unit"),
    [
        ("$4.5bn", 4.5e9, "dollars"), ("€300m", 3e8, "euros"), ("12 million crowns", 1.2e7, "crowns"),
        ("US$20 million", 2e7, "dollars"), ("the N312.5bn estimates", 312.5e9, "naira"), ("R48-million", 4.8e7, "rand"),
        ("the 90-million-euro fund", 9e7, "euro"),
        ("Rs 500 crore", 5e9, "rupees"), ("5.4 billion U.S. dollars", 5.4e9, "dollars"),
    ],
)  # fmt: skip
def test_money(text: str, quantity: float, unit: str) -> None:
    assert [(n.quantity, n.kind, n.unit) for n in find_numbers(text)] == [(pytest.approx(quantity), "money", unit)]


def test_a_magnitude_leaves_no_crumbs() -> None:
    assert [n.quantity for n in find_numbers("$4.1 billion, 2.3bn and 1.1 million")] == [4.1e9, 2.3e9, 1.1e6]


def test_m_is_a_million_beside_other_sums() -> None:
    text = "It owes 2.8bn crowns, of which 640m to the fund."
    assert [n.quantity for n in find_numbers(text)] == [2.8e9, 6.4e8]
    assert find_numbers("It stands 640m above the sea.")[0].quantity == 640


def test_percentages_and_points() -> None:
    assert [n.kind for n in find_numbers("53% and 4 per cent, up 3 percentage points")] == [
        "percent",
        "percent",
        "points",
    ]
    assert [n.kind for n in find_numbers("up 3 points, with two points of contention")] == ["points", "count"]


@pytest.mark.parametrize(
    "text", ["the G20", "an F-16", "the 21st", "14.05.2014", "10:30", "3/4", "a third round", "half-hearted"]
)
def test_no_numbers_of_their_own(text: str) -> None:
    assert find_numbers(text) == []


def test_absurd_numbers_break_nothing() -> None:
    assert read("1" + "0" * 30 + " men") == [(1e30, None, "exactly", "count")]
    assert find_numbers("9" * 5000 + " men") == []


@given(st.text(alphabet="0123456789,.-–%$€ aandtohlfmilonbetwx\n٣مئةألف", max_size=200))
def test_every_number_is_words_of_its_text(text: str) -> None:
    last = 0
    for number in find_numbers(text):
        assert last <= number.span.start <= number.core.start < number.core.end <= number.span.end <= len(text)
        assert number.upper is None or number.upper > number.quantity
        last = number.core.end


def test_time_grows_with_length() -> None:
    text = "Between 90 and 120 people, more than half a million dollars and three hundred and six boats. "

    def seconds(times: int) -> float:
        least = float("inf")
        for _ in range(3):
            start = time.process_time()
            find_numbers(text * times)
            least = min(least, time.process_time() - start)
        return least

    # eight times the text: about eight times as long; sixty-four times would be a square
    assert seconds(400) < 24 * max(seconds(50), 0.002)

"""The shipped reader does not get worse on the pinned gold than it was, beyond the noise margin."""

from tests.gold.floors import digest, floor, measure


def test_the_gold_is_the_one_that_was_measured() -> None:
    assert floor()["digest"] == digest(), "the gold changed: run scripts/floor.py and say why in the commit"


def test_no_score_falls_below_the_floor() -> None:
    known = floor()
    now = measure()
    assert set(now) == set(known["scores"])
    fallen = {
        name: (known["scores"][name], value)
        for name, value in now.items()
        if value < known["scores"][name] - known["margin"]
    }
    assert not fallen, f"scores (floor, now) below the floor: {fallen}"

"""Values spoiled in each of their places; and how long the fuzz tests go on: a few rounds with the other tests,
DRAGOMAN_FUZZ_SECONDS for each with `make fuzz`."""

import copy
import os
import time
from collections.abc import Iterator, Sequence
from typing import Any


def rounds(few: int) -> Iterator[int]:
    """The numbers of the rounds, each the seed of its dice."""
    until = time.monotonic() + float(os.environ.get("DRAGOMAN_FUZZ_SECONDS", "0"))
    number = 0
    while number < few or time.monotonic() < until:
        yield number
        number += 1


def spoiled(value: Any, rubbish: Sequence[Any]) -> Iterator[Any]:
    """A JSON value with each of `rubbish` in each of its places in turn."""
    for place in _places(value):
        for thing in rubbish:
            changed = copy.deepcopy(value)
            holder = changed
            for key in place[:-1]:
                holder = holder[key]
            holder[place[-1]] = thing
            yield changed


def _places(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield (*here, key)
        yield from _places(item, (*here, key))

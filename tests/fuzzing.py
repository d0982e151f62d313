"""How long the fuzz tests go on: a few rounds with the other tests, DRAGOMAN_FUZZ_SECONDS for each with `make fuzz`."""

import os
import time
from collections.abc import Iterator


def rounds(few: int) -> Iterator[int]:
    """The numbers of the rounds, each the seed of its dice."""
    until = time.monotonic() + float(os.environ.get("DRAGOMAN_FUZZ_SECONDS", "0"))
    number = 0
    while number < few or time.monotonic() < until:
        yield number
        number += 1

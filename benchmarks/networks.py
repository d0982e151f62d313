"""Discourse networks of 10^4 to 10^6 synthetic statements: one network, and every day's 100-day window.

Prints seconds and peak memory with their growth. `--quick` stops at 10^5.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np

from dragoman.analysis.networks import Choices, Coded, Column, networks
from dragoman.analysis.networks.coded import BOOLEAN, FIELD, SHORT

PARTIES, ISSUES, DAYS = 2000, 1000, 20 * 365


def synthetic(count: int, seed: int = 7) -> Coded:
    """Statements of 2,000 parties on 1,000 issues over 20 years, some much more often than others."""
    generator = np.random.default_rng(seed)
    parties = (generator.random(count) ** 2 * PARTIES).astype(np.int64)
    issues = (generator.random(count) ** 2 * ISSUES).astype(np.int64)
    times = np.sort(generator.integers(0, DAYS, count)) * 86400
    labels = [tuple(f"{kind}{n:05}" for n in range(size)) for kind, size in (("party", PARTIES), ("issue", ISSUES))]
    variables = {
        "organization": Column(SHORT, parties, labels[0]), "concept": Column(SHORT, issues, labels[1]),
        "agreement": Column(BOOLEAN, generator.integers(0, 2, count)),
    }  # fmt: skip
    empty = Column(FIELD, np.zeros(count, np.int64), ("",))
    ids = np.arange(1, count + 1)
    fields = dict.fromkeys(("author", "source", "section", "type", "id", "title"), empty)
    return Coded(ids, times, ids // 3, ids * 0, ids * 0 + 1, variables, fields, 0, DAYS * 86400)


def main() -> None:
    one = Choices(network="onemode", aggregation="subtract", normalization="average")
    two = Choices(aggregation="subtract", normalization="activity")
    sizes = [10**4, 10**5] if "--quick" in sys.argv else [10**4, 10**5, 10**6]
    print(f"{'statements':>11} {'two-mode s':>11} {'one-mode s':>11} {'windows':>8} {'windows s':>10} {'peak MB':>8}")
    for size in sizes:
        coded = synthetic(size)
        times = []
        for choices in (two, one):
            start = time.perf_counter()
            next(networks(coded, choices))
            times.append(time.perf_counter() - start)
        start, count = time.perf_counter(), 0
        windows = Choices(network="onemode", aggregation="subtract", normalization="average", time_window="days",
                          window_size=100)  # fmt: skip
        for _ in networks(coded, windows):
            count += 1
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:>11,} {times[0]:>11.2f} {times[1]:>11.2f} {count:>8,} {seconds:>10.1f} {peak:>8.0f}", flush=True)


if __name__ == "__main__":
    main()

"""Speed, memory and growth of the outlook: three decision makers, four concepts, 10 to 24 options; profiles; inverse.

Each size runs in a process of its own, so that its peak memory is its own. `--quick` stops at 18 options. The best
of three
runs counts, of one run beyond 20 options. The plain solver is timed on a sample of states and multiplied up, and
says so."""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

CONCEPTS = ("nash", "gmr", "smr", "seq")
SIZES = (10, 12, 14, 16, 18, 20, 22, 24)
ELMIRA = Path(__file__).parent.parent / "tests/outlook/cases/kilgour-hipel-fang-peng-2001/elmira.toml"


def a_conflict(options: int, *, infeasible: int = 0, one_way: int = 0, seed: int = 1):
    """Three decision makers with ten random statements each; `one_way` irreversible options for each of them."""
    from dragoman.analysis.outlook.conflict import Conflict, DecisionMaker, Option, Priorities
    from dragoman.analysis.outlook.statements import pattern

    rng = random.Random(seed)
    ids = [f"o{k}" for k in range(options)]
    shares = [range(m * options // 3, (m + 1) * options // 3) for m in range(3)]

    def words(least: int, most: int):
        chosen = rng.sample(range(options), rng.randint(least, most))
        return pattern([(k, rng.random() < 0.5) for k in chosen], ids)

    makers = tuple(
        DecisionMaker(f"P{m}", tuple(share), Priorities(tuple(words(1, 3) for _ in range(10))))
        for m, share in enumerate(shares)
    )
    fixed = {k for share in shares for k in list(share)[:one_way]}
    listed = tuple(Option(id, change="only on" if k in fixed else "both") for k, id in enumerate(ids))
    return Conflict("bench", makers, listed, infeasible=tuple(words(3, 3) for _ in range(infeasible)))


def one_size(options: int, infeasible: int, one_way: int) -> dict[str, float]:
    from dragoman.analysis.outlook.grid import Grid

    conflict = a_conflict(options, infeasible=infeasible, one_way=one_way)
    times = []
    for _ in range(3 if options <= 20 else 1):
        start = time.perf_counter()
        grid = Grid(conflict, memory=1 << 40)
        for concept in CONCEPTS:
            for i in range(3):
                grid.stable(concept, i)
        times.append(time.perf_counter() - start)
    return {"seconds": min(times), "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def in_process(options: int, infeasible: int, one_way: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--size", str(options), str(infeasible), str(one_way)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def growth(sizes: tuple[int, ...]) -> None:
    for title, infeasible, one_way in (
        ("all reversible", 0, 0),
        ("4 infeasible patterns, 2 one-way options each", 4, 2),
    ):
        print(f"{title}: nash, gmr, smr, seq for every state and decision maker")
        print(f"{'options':>8}{'states':>12}{'seconds':>10}{'MB':>8}{'growth':>8}")
        last = None
        for options in sizes:
            found = in_process(options, infeasible, one_way)
            factor = f"{found['seconds'] / last:.1f}x" if last else ""
            print(f"{options:>8}{1 << options:>12,}{found['seconds']:>10.3f}{found['mb']:>8.0f}{factor:>8}", flush=True)
            last = found["seconds"]


def against_plain(options: int = 14, sample: int = 12) -> None:
    from dragoman.analysis.outlook.plain import Plain

    conflict = a_conflict(options)
    fast = one_size(options, 0, 0)["seconds"]
    start = time.perf_counter()
    plain = Plain(conflict)
    listing = time.perf_counter() - start
    chosen = random.Random(1).sample(range(1 << options), sample)
    start = time.perf_counter()
    for state in chosen:
        for concept in CONCEPTS:
            for i in range(3):
                plain.stable(concept, i, state)
    each = (time.perf_counter() - start) / sample
    slow = listing + each * (1 << options)
    print(
        f"{options} options: {fast:.4f} s; state by state {slow:,.0f} s ({sample} of {1 << options:,} states timed and multiplied up): "  # noqa: E501
        f"{slow / fast:,.0f} times faster"
    )


def profiles_and_inverse() -> None:
    import numpy as np

    from dragoman.analysis.outlook import load, smallest_change
    from dragoman.analysis.outlook.profiles import Profiles
    from dragoman.analysis.outlook.solving import Solver

    solver = Solver(load(ELMIRA))
    times = []
    for _ in range(3):
        start = time.perf_counter()
        draw = np.random.default_rng(1).random
        size = (len(solver.space), 10_000)  # strict rankings, all equally likely
        payoffs = [np.argsort(draw(size, dtype=np.float32), axis=0).astype(np.int16) for _ in solver.orders]
        judge = Profiles(len(solver.space), solver.moves)
        shares = {concept: float(np.mean(judge.equilibria(concept, payoffs).any(axis=0))) for concept in CONCEPTS}
        times.append(time.perf_counter() - start)
    print(
        f"10,000 random profiles of Elmira (12 states, 3 parties), four concepts: {min(times):.2f} s; "
        + ", ".join(f"{concept} has an equilibrium in {share:.1%}" for concept, share in shares.items())
    )
    for concept in (*CONCEPTS, "sseq"):
        worst, which, exact = 0.0, 0, True
        for wanted in range(1, len(solver.space) + 1):
            start = time.perf_counter()
            exact &= smallest_change(solver, wanted, concept).exact
            took = time.perf_counter() - start
            worst, which = max((worst, which), (took, wanted))
        print(
            f"smallest change by {concept:4}: at worst {worst:.2f} s (state {which} of 12){'' if exact else ', not all exact'}"  # noqa: E501
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", nargs=3, type=int)
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    if asked.size:
        print(json.dumps(one_size(*asked.size)))
    else:
        growth(tuple(n for n in SIZES if n <= 18) if asked.quick else SIZES)
        against_plain()
        profiles_and_inverse()

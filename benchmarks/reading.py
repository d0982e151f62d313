"""Articles and words per second of the whole of `dragoman read`, the network's share, peak memory and start-up.

Usage: python benchmarks/reading.py [--quick]     (from clean text to finished reading, on the corpus that ships)
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

from dragoman import reader
from dragoman.reading import Document

CORPUS = Path(__file__).parent.parent / "corpus" / "readings"


def documents() -> list[Document]:
    """The reports of the corpus as documents, in English."""
    files = sorted(CORPUS.rglob("*.txt"))
    return [Document(f.stem, f.read_text("utf-8"), published="2026-05-16", language="en") for f in files]


def cpu(command: list[str]) -> tuple[float, float]:
    """Processor and wall seconds of a command, the least of three runs."""
    runs = []
    for _ in range(3):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        runs.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - start))
    return min(runs)


def main() -> None:
    python = [sys.executable, "-m", "dragoman"]
    seconds, wall = cpu([*python, "--help"])
    print(f"dragoman --help: {seconds:.2f} s of CPU, {wall:.2f} s")
    seconds, wall = cpu([sys.executable, "-c", "from dragoman.reader import get; list(get('trained').read_many([]))"])
    print(f"start of the trained reader: {seconds:.2f} s of CPU, {wall:.2f} s")
    given = documents()
    if "--quick" in sys.argv:
        given = given[:60]
    words = sum(len(d.text.split()) for d in given)
    print(f"{'reader':<10} {'threads':>7} {'words/s':>9} {'articles/s':>11} {'finder':>8}")
    for name, threads in (("trained", 1), ("trained", 2), ("rules", 1)):
        chosen = reader.get(name, threads=threads)
        list(chosen.read_many(given[:3]))  # warm: the model is loaded once, whatever is read after
        finder, spent = chosen.finder, 0.0  # type: ignore[attr-defined]
        find = finder.find

        def timed(drafts: object, find: object = find) -> object:
            nonlocal spent
            start = time.perf_counter()
            found = find(drafts)  # type: ignore[operator]
            spent += time.perf_counter() - start
            return found

        finder.find = timed
        start = time.perf_counter()
        for _ in chosen.read_many(given):
            pass
        total = time.perf_counter() - start
        print(
            f"{name:<10} {threads:>7} {words / total:>9,.0f} {len(given) / total:>11.1f} {spent / total:>7.0%}",
            flush=True,
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

"""Articles and words per second of the whole of `dragoman read`, the network's share, peak memory and start-up.

Usage: python benchmarks/reading.py [--quick]     (from clean text to finished reading, on the corpus that ships)
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from dragoman import reader
from dragoman.reading import Document

COPIES = 4  # of the corpus that the command reads, so that its start is a small part
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


class Timed:
    """A reader's network, with the processor's time that it takes; a reader without one takes none."""

    def __init__(self, network: Any) -> None:
        self.network, self.spent, self.lock = network, 0.0, threading.Lock()

    @classmethod
    def within(cls, chosen: Any) -> Timed:
        timed = cls(getattr(chosen.finder, "network", None))
        if timed.network is not None:
            chosen.finder.network = timed
        return timed

    def scores(self, *given: Any) -> Any:
        start = time.thread_time()
        scores = self.network.scores(*given)
        with self.lock:
            self.spent += time.thread_time() - start
        return scores


def by_command(given: list[Document], kept: str, *options: str) -> float:
    """Words per second of `dragoman read` on files, start and writing included; `kept` is --out or --into."""
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder, "texts")
        texts.mkdir()
        for copy in range(COPIES):
            for document in given:
                (texts / f"{copy}-{document.id}.txt").write_text(document.text, "utf-8")
        command = [sys.executable, "-m", "dragoman", "read", str(texts), kept, f"{folder}/read", *options]
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        return COPIES * sum(len(d.text.split()) for d in given) / (time.perf_counter() - start)


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
    print(f"{'reader':<10} {'threads':>7} {'words/s':>9} {'articles/s':>11} {'words/s of CPU':>15} {'network':>8}")
    for name, threads in (("trained", 1), ("trained", 2), ("rules", 1)):
        chosen = reader.get(name, threads=threads)
        list(chosen.read_many(given[:3]))  # warm: the model is loaded once, whatever is read after
        network = Timed.within(chosen)
        start, before = time.perf_counter(), time.process_time()
        for _ in chosen.read_many(given):
            pass
        total, used = time.perf_counter() - start, time.process_time() - before
        print(
            f"{name:<10} {threads:>7} {words / total:>9,.0f} {len(given) / total:>11.1f} {words / used:>15,.0f} "
            f"{network.spent / used:>8.0%}",
            flush=True,
        )
        if threads == 2:
            print(f"the network alone, as if nothing else were to do: {words / network.spent:,.0f} words/s of CPU")
    print("the command on four copies, start and files included:")
    for kept in ("--out", "--into"):
        for options in (("--processes", "1"), ()):
            words_a_second = by_command(given, kept, *options)
            print(f"  {' '.join((kept, *options)):<21} {words_a_second:>6,.0f} words/s", flush=True)
    print(f"peak memory of this process {_most(resource.RUSAGE_SELF)} MB, of the largest it started {_most()} MB")


def _most(whose: int = resource.RUSAGE_CHILDREN) -> int:
    return resource.getrusage(whose).ru_maxrss // 1024


if __name__ == "__main__":
    main()

"""Runs shards on several processes of this machine, with no library but Python's own.

In: a task and shards. Out: outcomes as they come. A worker that is killed costs the shard it had the time it took: it
is given to a fresh worker, up to a few times.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from dragoman.batch.outcomes import TRIES, Outcome, Task, attempt
from dragoman.batch.shards import Shard


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C is the parent's to answer: it does not reach a process that is started meanwhile, and waits here."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    shard: Shard | None = None


class Processes:
    """An engine of so many processes."""

    def __init__(self, workers: int) -> None:
        self.workers = max(1, workers)
        # A fork would copy the model's threads and locks in whatever state they are.
        self._context = multiprocessing.get_context("spawn")

    def map(self, task: Task, shards: Sequence[Shard]) -> Iterator[Outcome]:
        waiting, tried = deque(shards), Counter[str]()
        crew: list[_Worker] = []
        try:
            while waiting or any(worker.shard for worker in crew):
                for worker in crew:
                    if worker.shard is None and waiting:
                        self._give(worker, waiting)
                while waiting and len(crew) < self.workers:
                    crew.append(self._hire(task))
                    self._give(crew[-1], waiting)
                busy = {worker.pipe: worker for worker in crew if worker.shard}
                for pipe in wait(list(busy)):
                    worker = busy[pipe]  # type: ignore[index]
                    outcome = self._answer(worker)
                    if outcome is not None:
                        worker.shard = None
                        yield outcome
                        continue
                    crew.remove(worker)
                    shard = worker.shard
                    assert shard is not None
                    tried[shard.name] += 1
                    if tried[shard.name] < TRIES:
                        waiting.appendleft(shard)
                    else:
                        died = f"{TRIES} workers died over it, the last with exit status {worker.process.exitcode}"
                        yield Outcome(shard, problem=died)
        finally:
            self._dismiss(crew)

    def _hire(self, task: Task) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, task), daemon=True)
        with undisturbed():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _give(self, worker: _Worker, waiting: deque[Shard]) -> None:
        worker.shard = waiting.popleft()
        with suppress(OSError):  # a worker that died meanwhile is noticed when its answer is asked for
            worker.pipe.send(worker.shard)

    def _answer(self, worker: _Worker) -> Outcome | None:
        """What a worker says; None when it is dead."""
        try:
            return worker.pipe.recv()  # type: ignore[no-any-return]
        except (EOFError, OSError):
            worker.process.join(5)
            worker.pipe.close()
            return None

    def _dismiss(self, crew: list[_Worker]) -> None:
        for worker in crew:
            worker.pipe.close()  # an idle worker ends by itself
            if worker.shard is not None:
                worker.process.terminate()
        for worker in crew:
            worker.process.join(5)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


def _work(pipe: Any, task: Task) -> None:
    """A worker's life: a shard, an answer, until there is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be kept from this process
    with suppress(EOFError, OSError):
        while True:
            pipe.send(attempt(task, pipe.recv()))

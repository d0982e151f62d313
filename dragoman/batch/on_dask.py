"""Runs shards on a Dask cluster: one that is there, or workers on this machine.

In: a task and shards. Out: outcomes as they come. The only module that loads Dask. Its scheduler unpickles what it is
sent: it belongs on a network where only its owners are, or behind TLS.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dragoman.batch.engines import TRIES, Outcome, Task, attempt
from dragoman.batch.shards import Shard
from dragoman.errors import InputError, MissingExtra

PATIENCE = "15s"  # for a scheduler to answer


class OnDask:
    """An engine on the scheduler at `address`, or on `workers` processes here."""

    def __init__(self, address: str | None, workers: int) -> None:
        self.address, self.workers = address, workers
        self._library()  # a missing extra is told before any work is found

    def map(self, task: Task, shards: Sequence[Shard]) -> Iterator[Outcome]:
        distributed, dask = self._library()
        # A cluster that is left with work on it stops that work: results that are done stay.
        settings = {"distributed.scheduler.allowed-failures": TRIES - 1, "distributed.worker.daemon": True}
        with dask.config.set(settings), self._cluster(distributed) as cluster, self._client(distributed, cluster) as it:
            futures = {it.submit(attempt, task, shard, pure=False, key=f"{shard.name}-{number}"): shard
                       for number, shard in enumerate(shards)}  # fmt: skip
            suspects: list[Shard] = []
            for future in distributed.as_completed(list(futures), loop=it.loop):
                shard = futures.pop(future)
                if future.status == "finished":
                    yield future.result()
                else:
                    suspects.append(shard)
                future.release()
            # A dead worker counts against every shard that waited on it. Alone, each shows whose death it was.
            for number, shard in enumerate(suspects):
                future = it.submit(attempt, task, shard, pure=False, key=f"{shard.name}-alone-{number}")
                error = future.exception()
                yield Outcome(shard, problem=f"{type(error).__name__}: {error}"[:500]) if error else future.result()

    def _library(self) -> tuple[Any, Any]:
        try:
            import dask
            import distributed
        except ImportError:
            raise MissingExtra("dask", "cluster") from None
        return distributed, dask

    def _cluster(self, distributed: Any) -> Any:
        from contextlib import nullcontext

        if self.address is not None:
            return nullcontext(self.address)
        # No dashboard: it would be a second web server with a port of its own. Memory is bounded by the reader, and
        # a pause at a guessed limit would only stop the work.
        return distributed.LocalCluster(
            n_workers=self.workers, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0,
            host="127.0.0.1", silence_logs=50,
        )  # fmt: skip

    def _client(self, distributed: Any, cluster: Any) -> Any:
        try:
            return distributed.Client(cluster, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as problem:
            todo = "Check the address, or leave it out for workers on this machine"
            raise InputError(f"no scheduler answers ({problem})", where=str(self.address), todo=todo) from None

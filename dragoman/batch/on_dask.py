"""Runs shards on a Dask cluster: one that is there, or workers on this machine.

In: a task and shards. Out: outcomes as they come. The only module that loads Dask. Its scheduler unpickles what it is
sent: it belongs on a network where only its owners are, or behind TLS.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import Any

from dragoman.batch.outcomes import TRIES, Outcome, Task, attempt
from dragoman.batch.shards import Shard
from dragoman.errors import InputError, MissingExtra

PATIENCE = "15s"  # for a scheduler to answer
_LOOK, _LOOKS = 10, 3  # seconds between looks at a silent cluster, and how many may find no worker there


class OnDask:
    """An engine on the scheduler at `address`, or on `workers` processes here."""

    def __init__(self, address: str | None, workers: int) -> None:
        self.address, self.workers = address, workers
        self._library()  # a missing extra is told before any work is found

    def map(self, task: Task, shards: Sequence[Shard]) -> Iterator[Outcome]:
        # A dead worker counts against every shard that waited on it, so the scheduler's own counting is no guide:
        # whatever a death touched is run again among itself, and in the end alone, where a shard shows its own.
        touched = list(shards)
        for number in range(TRIES - 1):
            touched = yield from self._round(task, touched, f"round-{number}")
        for shard in touched:
            if (yield from self._round(task, [shard], "alone")):
                yield Outcome(shard, problem=f"{TRIES} workers died over it")

    def _round(self, task: Task, shards: Sequence[Shard], name: str) -> Generator[Outcome, None, list[Shard]]:
        """Run each shard once; those that a worker's death touched.

        Workers here are started afresh for it: those that a scheduler restarts after a death may be long in coming.
        """
        if not shards:
            return []
        distributed, dask = self._library()
        settings = {"distributed.scheduler.allowed-failures": 0}
        with (
            dask.config.set(settings),
            self._cluster(distributed, len(shards)) as at,
            self._client(distributed, at) as it,
        ):
            return (yield from self._submit(it, distributed, task, shards, name))

    def _submit(
        self, client: Any, distributed: Any, task: Task, shards: Sequence[Shard], name: str
    ) -> Generator[Outcome, None, list[Shard]]:
        """Hand the shards out and wait for each; those that a worker's death touched."""
        futures = {client.submit(attempt, task, shard, pure=False, key=f"{name}-{number}-{shard.name}"): shard
                   for number, shard in enumerate(shards)}  # fmt: skip
        touched: list[Shard] = []
        silent = 0
        while futures:
            try:
                done = distributed.wait(list(futures), timeout=_LOOK, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                silent = 0 if client.scheduler_info()["workers"] else silent + 1
                if silent < _LOOKS:
                    continue
                if self.address is not None:
                    todo = "Start workers; the same command goes on where this one stopped"
                    raise InputError("the cluster has no workers", where=self.address, todo=todo) from None
                return [*touched, *futures.values()]
            for future in done:
                shard = futures.pop(future)
                if future.status == "finished":
                    yield future.result()
                else:
                    touched.append(shard)
        return touched

    def _library(self) -> tuple[Any, Any]:
        try:
            import dask
            import distributed
        except ImportError:
            raise MissingExtra("dask", "cluster") from None
        return distributed, dask

    def _cluster(self, distributed: Any, shards: int) -> Any:
        from contextlib import nullcontext

        if self.address is not None:
            return nullcontext(self.address)
        # Nothing listens beyond this machine. Memory is bounded by the reader, and
        # a pause at a guessed limit would only stop the work.
        return distributed.LocalCluster(
            n_workers=min(self.workers, shards), threads_per_worker=1, processes=True,
            dashboard_address="127.0.0.1:0", memory_limit=0, host="127.0.0.1", silence_logs=50,
        )  # fmt: skip

    def _client(self, distributed: Any, cluster: Any) -> Any:
        try:
            return distributed.Client(cluster, timeout=PATIENCE)
        except (OSError, ValueError) as problem:
            todo = "Check the address, or leave it out for workers on this machine"
            raise InputError(f"no scheduler answers ({problem})", where=str(self.address), todo=todo) from None

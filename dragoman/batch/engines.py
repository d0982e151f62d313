"""Reads shards into result files on one process, several, or a cluster: the interface that every engine keeps.

In: paths of archives, batches and folders, a folder for results. Out: an account of each shard as it is done. An engine
is anything with `map(task, shards)`: it runs the task on each shard somewhere, in any order, and yields an Outcome for
each; since a task done twice gives the same file, an engine may run one again whenever in doubt.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.batch.outcomes import Engine, Outcome, Task, attempt
from dragoman.batch.results import FORMS, done_before, parquet
from dragoman.batch.shards import Shard, find_shards
from dragoman.batch.sharing import fitting
from dragoman.batch.worker import Order, read_shard
from dragoman.errors import InputError
from dragoman.sources import Failure, Given

if TYPE_CHECKING:
    from dragoman.lexicon import Lexicon
    from dragoman.reader import Reader


@dataclass(slots=True)
class Summary:
    """How far a run is; grows while it runs."""

    shards: int = 0
    done: int = 0
    before: int = 0  # of those done, by an earlier run
    documents: int = 0
    statements: int = 0
    failed: list[dict[str, str]] = field(default_factory=list)  # documents that could not be read
    lost: list[dict[str, str]] = field(default_factory=list)  # shards without a result
    seconds: float = 0.0

    def sentence(self) -> str:
        """The closing line."""
        parts = [f"{self.done} of {self.shards} shard{'s' * (self.shards != 1)} done"]
        if self.before:
            parts.append(f"{self.before} of them before")
        parts.append(f"{self.documents} documents, {self.statements} statements")
        if self.failed:
            parts.append(f"{len(self.failed)} documents skipped")
        return ", ".join(parts) + f", {self.seconds:.1f} s"


class InTurn:
    """No engine: one shard after another, here."""

    def map(self, task: Task, shards: Sequence[Shard]) -> Iterator[Outcome]:
        for shard in shards:
            yield attempt(task, shard)


def engine_of(name: str | None, *, workers: int = 0, address: str | None = None) -> Engine:
    """The engine called `name`: None, "processes" or "dask"; MissingExtra where it is not installed."""
    if name is None:
        return InTurn()
    if name == "processes":
        from dragoman.batch.processes import Processes

        return Processes(workers or os.cpu_count() or 1)
    if name == "dask":
        from dragoman.batch.on_dask import OnDask

        return OnDask(address, workers or os.cpu_count() or 1)
    raise InputError(f"no engine is called {name!r}", expected="none, fitting, processes or dask")


_EACH = 2  # shards for each process at least; where fewer are left, processes share the documents of one shard


def read_shards(
    paths: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    engine: str | None = None,
    workers: int = 0,
    address: str | None = None,
    reader: str | Callable[[], Reader] = "trained",
    threads: int = 0,
    form: str = "jsonl",
    lexicon: Lexicon | None = None,
    progress: Callable[[Summary], None] | None = None,
    **given: str | None,
) -> Summary:
    """Read everything under `paths` into `out`, a result file for each shard; what is done already is not done again.

    `engine` is None (in turn), "processes" or "dask", with `workers` (0: every core), or "fitting": as many processes
    as the machine has room for, where much is left to read. `address` is that of a Dask scheduler,
    whose workers must see `paths` and `out` under the same names. `reader` is a name, or a function that every worker
    calls once to have one. `threads` are those of each worker. `lexicon` is what names are resolved by, else the
    shipped one; a reader made by a function brings its own.
    """
    if form not in FORMS:
        raise InputError(f"no form is called {form!r}", expected=" or ".join(FORMS))
    if form == "parquet":
        parquet()
    start, tell = time.perf_counter(), progress or (lambda _: None)
    folder = _folder(out)
    runs = engine_of(None if engine == "fitting" else engine, workers=workers, address=address)
    each = threads or (0 if engine in (None, "fitting") else 1)
    order = Order(str(folder), reader, form, each, Given(**given).checked(), lexicon)
    found = find_shards([os.path.abspath(p) if os.path.exists(p) else p for p in paths])
    summary = Summary(sum(isinstance(one, Shard) for one in found))
    summary.failed += [{"where": f.where, "reason": str(f.error)} for f in found if isinstance(f, Failure)]
    waiting = list(_to_do((one for one in found if isinstance(one, Shard)), folder, order, summary))
    tell(summary)
    if engine == "fitting" and (several := workers or fitting(threads)) > 1:
        if len(waiting) >= 2 * _EACH:
            workers = min(several, len(waiting) // _EACH)
            runs, order = engine_of("processes", workers=workers), replace(order, threads=1)
        else:
            order = replace(order, processes=several)
    for outcome in runs.map(partial(read_shard, order), waiting) if waiting else ():
        _add(summary, outcome)
        summary.seconds = time.perf_counter() - start
        tell(summary)
    summary.seconds = time.perf_counter() - start
    return summary


def _to_do(shards: Iterable[Shard], folder: Path, order: Order, summary: Summary) -> Iterator[Shard]:
    """The shards that no earlier run has done in this very way; the others are counted at once."""
    for shard in shards:
        before = done_before(folder, shard.name, order.form, shard.mark, order.reader_name)
        if before is None:
            yield shard
        else:
            _add(summary, Outcome(shard, before))


def _folder(out: str | os.PathLike[str]) -> Path:
    folder = Path(out).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        todo = "Name a folder for the results"
        raise InputError(problem.strerror or str(problem), where=str(out), todo=todo) from None
    return folder


def _add(summary: Summary, outcome: Outcome) -> None:
    if outcome.account is None:
        summary.lost.append({"shard": outcome.shard.name, "reason": outcome.problem})
        return
    summary.done += 1
    summary.before += outcome.account.again
    summary.documents += outcome.account.documents
    summary.statements += outcome.account.statements
    summary.failed += outcome.account.failed


def as_json(summary: Summary) -> dict[str, Any]:
    """A summary as JSON."""
    from dataclasses import asdict

    return {**asdict(summary), "seconds": round(summary.seconds, 3)}

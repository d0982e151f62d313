"""What an engine is asked and what it answers.

In: a task and shards. Out: an outcome for each shard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from dragoman.batch.results import Account
from dragoman.batch.shards import Shard

Task = Callable[[Shard], Account]
TRIES = 3  # a shard whose workers died so often is itself the likely cause


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one shard: its account, or why there is none."""

    shard: Shard
    account: Account | None = None
    problem: str = ""


class Engine(Protocol):
    """Anything that runs a task on shards."""

    def map(self, task: Task, shards: Sequence[Shard]) -> Iterator[Outcome]:
        """The outcome of each shard, in any order, as it comes."""
        ...


def attempt(task: Task, shard: Shard) -> Outcome:
    """Run the task on a shard; what goes wrong with a shard costs that shard."""
    try:
        return Outcome(shard, task(shard))
    except Exception as error:  # a full disk, a lost share: told, and done again by the next run
        return Outcome(shard, problem=f"{type(error).__name__}: {error}")

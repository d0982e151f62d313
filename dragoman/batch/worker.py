"""Reads one shard into its result file: the piece of work that every engine hands to its workers.

In: a shard and what to do. Out: the result file, and the account of it. The model is loaded once in each worker;
memory is bounded, for documents pass one batch at a time.
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.batch.intake import fetched_from
from dragoman.batch.results import Account, done_before, result_path, write_account, write_readings
from dragoman.batch.shards import Shard
from dragoman.lexicon import Lexicon
from dragoman.reading import Document, Reading
from dragoman.sources import Arrival, Failure, Given
from dragoman.sources.files import read_file

if TYPE_CHECKING:
    from dragoman.reader import Reader


@dataclass(frozen=True, slots=True)
class Order:
    """What every shard of a run has in common."""

    out: str
    reader: str | Callable[[], Reader]
    form: str
    threads: int
    given: Given
    lexicon: Lexicon | None = None  # what names are resolved by, where it is not the shipped one
    processes: int = 1  # that share the documents of a shard

    @property
    def reader_name(self) -> str:
        """What the account names the reader by: with other names it reads otherwise."""
        if not isinstance(self.reader, str):
            return f"{self.reader.__module__}.{self.reader.__qualname__}"
        if self.lexicon is None:
            return self.reader
        entries = repr((self.lexicon.parties, self.lexicon.outlets, self.lexicon.issues))
        return f"{self.reader}, names {hashlib.sha256(entries.encode()).hexdigest()[:12]}"


_readers: dict[tuple[str, int, int], Reader] = {}


def _reader(order: Order) -> Reader:
    """The reader of this process, made for its first shard."""
    key = (order.reader_name, order.threads, order.processes)
    if key not in _readers:
        if isinstance(order.reader, str):
            from dragoman.batch.sharing import shared

            _readers[key] = shared(
                order.reader, lexicon=order.lexicon, threads=order.threads, processes=order.processes
            )
        else:
            _readers[key] = order.reader()
    return _readers[key]


def read_shard(order: Order, shard: Shard) -> Account:
    """Read one shard; done again, it gives the same. A shard that is done is not read."""
    out = Path(order.out)
    before = done_before(out, shard.name, order.form, shard.mark, order.reader_name)
    if before is not None:
        return before
    start = time.perf_counter()
    failed: list[dict[str, str]] = []
    documents = statements = 0

    def counted() -> Iterator[Reading]:
        nonlocal documents, statements
        for reading in _readings(order, shard, failed):
            documents += 1
            statements += len(reading.statements)
            yield reading

    write_readings(result_path(out, shard.name, order.form), counted(), form=order.form)
    seconds = round(time.perf_counter() - start, 3)
    account = Account(shard.name, shard.mark, order.reader_name, documents, statements, failed, seconds)
    write_account(out, account)
    return account


def _readings(order: Order, shard: Shard, failed: list[dict[str, str]]) -> Iterator[Reading]:
    """The readings of a shard, each with the hash of the bytes it came from and their place in the archive."""
    waiting: deque[dict[str, str]] = deque()

    def documents() -> Iterator[Document]:
        for found in shard.files:
            for item in read_file(found, order.given):
                if isinstance(item, Failure):
                    failed.append({"where": item.where, "reason": str(item.error)})
                else:
                    waiting.append(_archived(item))
                    yield item.document

    for reading in _reader(order).read_many(documents()):
        yield replace(reading, extra={**reading.extra, "archived": waiting.popleft()})


def _archived(arrival: Arrival) -> dict[str, str]:
    archived = {"sha256": arrival.sha256, "place": arrival.where}
    address = fetched_from(arrival)
    return archived if address is None else {**archived, "from": address}

"""A reader whose work other processes share, once enough documents wait to be worth their start.

In: documents. Out: their readings in the same order, the same to the letter as one process makes. This process reads
too, and goes on alone with what a helper had when it died; only this one pulls documents and hands out readings.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from dragoman.batch.processes import undisturbed
from dragoman.reading import Document, Reading

if TYPE_CHECKING:
    from dragoman.lexicon import Lexicon
    from dragoman.reader import Reader

WORTH = 150_000  # letters that wait: four seconds of work for one process; a helper takes one to start
_MEMORY = 1 << 30  # bytes of the machine for each process, which takes a third of it
_PROCESSES = 4  # at most, where nobody chose
_BATCH = 16  # documents that are read at a time
_LONG = 30_000  # letters after which a batch is closed
_AHEAD = 2  # batches that a helper holds, so that it need not wait for the next
_KEPT = 20 * _BATCH  # readings that may wait for an earlier one


def fitting(threads: int = 0) -> int:
    """How many processes may share the reading here: one for each core that may be used and has memory."""
    return max(1, min(threads or os.cpu_count() or 1, _memory() // _MEMORY, _PROCESSES))


def _memory() -> int:
    """The bytes of memory of this machine; where it does not say, enough for two processes."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 2 * _MEMORY


def shared(name: str, *, lexicon: Lexicon | None = None, threads: int = 0, processes: int = 1) -> Reader:
    """The reader called `name`, its work shared by so many processes; by as many as fit where `processes` is 0.

    A program whose main module does work when imported must keep to one, for a helper imports it.
    """
    from dragoman import reader as readers

    own = readers.get(name, lexicon=lexicon, threads=threads)
    helpers = (processes or fitting(threads)) - 1
    make = partial(readers.get, name, lexicon=lexicon, threads=1)
    return Shared(own, make, helpers=helpers) if helpers else own


class Shared:
    """A reader: `own` reads here, and up to so many helpers read beside it, each with a reader that `make` makes."""

    def __init__(self, own: Reader, make: Callable[[], Reader], *, helpers: int) -> None:
        self.name = own.name
        self._own, self._make, self._helpers = own, make, helpers

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """One reading for each document, in the same order."""
        work = _Work(self._own, self._make, self._helpers, _Backlog(documents))
        try:
            yield from work.readings()
        finally:
            work.dismiss()


@dataclass(frozen=True, slots=True)
class _Batch:
    """Documents that are read together; `first` is the place of the first among all."""

    first: int
    documents: list[Document]

    def places(self, readings: Iterable[Reading]) -> Iterator[tuple[int, Reading]]:
        """The readings of this batch with their places."""
        return zip(count(self.first), readings, strict=False)


class _Backlog:
    """Documents that wait, taken from where they come from as far as is wanted."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._source, self._waiting = iter(documents), deque[Document]()
        self.returned: list[_Batch] = []
        self._next = 0
        self.letters, self.ended = 0, False

    def fill(self, letters: int) -> bool:
        """Take up documents until so many letters wait; whether they do."""
        while self.letters < letters and not self.ended:
            document = next(self._source, None)
            if document is None:
                self.ended = True
            else:
                self._waiting.append(document)
                self.letters += len(document.text)
        return self.letters >= letters

    def more(self) -> bool:
        """Whether anything waits or comes."""
        if not self._waiting:
            self.fill(1)
        return bool(self._waiting or self.returned)

    def take(self, most: int = _BATCH, *, readers: int = 1) -> _Batch | None:
        """The next documents for one of so many readers; fewer towards the end, so that all end together."""
        if self.returned:
            return self.returned.pop()
        if self.ended:
            most = max(1, min(most, len(self._waiting) // (2 * readers)))
        batch, letters = _Batch(self._next, []), 0
        while self._waiting and len(batch.documents) < most and letters < _LONG:
            batch.documents.append(self._waiting.popleft())
            letters += len(batch.documents[-1].text)
        self._next += len(batch.documents)
        self.letters -= letters
        return batch if batch.documents else None

    def give_back(self, batch: _Batch) -> None:
        """A batch that its helper did not read; it comes first now."""
        self.returned.append(batch)
        self.returned.sort(key=lambda one: -one.first)


class _Helper:
    """Another process that reads, and the thread that talks to it."""

    def __init__(self, make: Callable[[], Reader]) -> None:
        # A fork would copy the model's threads and locks in whatever state they are.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_help, args=(theirs, make), daemon=True)
        with undisturbed():
            self._process.start()
        theirs.close()
        self._talk = ThreadPoolExecutor(1, "dragoman-helper")
        self.asked = deque[tuple[_Batch, Future[list[Reading]]]]()
        self.ask(_Batch(0, []))  # what it has read of nothing tells that it is there

    @property
    def room(self) -> int:
        """How many batches more it may be given."""
        starting = bool(self.asked) and not self.asked[0][0].documents
        return 0 if starting else _AHEAD - len(self.asked)

    def ask(self, batch: _Batch) -> None:
        """Have it read a batch, after those that it has."""
        self.asked.append((batch, self._talk.submit(self._answer, batch)))

    def _answer(self, batch: _Batch) -> list[Reading]:
        self._pipe.send(batch.documents)
        readings: list[Reading] = self._pipe.recv()
        return readings

    def dismiss(self) -> None:
        """Have it end, whatever it does: it keeps nothing."""
        self._process.terminate()
        self._process.join()
        self._talk.shutdown()
        self._pipe.close()


def _help(pipe: Connection, make: Callable[[], Reader]) -> None:
    """A helper's life: documents, their readings, until nobody asks any more.

    What goes wrong ends it: this is not the place to tell, the one who asked meets it again.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be kept from this process
    with suppress(Exception):
        reader = make()
        while True:
            pipe.send(list(reader.read_many(pipe.recv())))


class _Work:
    """One run: what waits, who reads, and the readings that wait for an earlier one."""

    def __init__(self, own: Reader, make: Callable[[], Reader], most: int, backlog: _Backlog) -> None:
        self._own, self._make, self._most, self._backlog = own, make, most, backlog
        self._crew: list[_Helper] = []
        self._ready: dict[int, Reading] = {}
        self._next = 0
        self._hired = self._helped = False

    def readings(self) -> Iterator[Reading]:
        """The readings of everything, in order."""
        while True:
            for place, reading in self._together() if self._helped else self._alone():
                self._ready[place] = reading
                self._tend()
                yield from self._in_order()
            self._tend()
            yield from self._in_order()
            asked = [helper.asked[0][1] for helper in self._crew if helper.asked]
            if asked and (len(self._ready) >= _KEPT or not self._backlog.more()):
                wait(asked, return_when=FIRST_COMPLETED)
            elif not asked and not self._backlog.more():
                return

    def _in_order(self) -> Iterator[Reading]:
        while self._next in self._ready:
            yield self._ready.pop(self._next)
            self._next += 1

    def _alone(self) -> Iterator[tuple[int, Reading]]:
        """Read without a break, for the network looks ahead meanwhile, until a helper has something to show."""
        places = deque[int]()

        def documents() -> Iterator[Document]:
            seen = 0
            while not self._helped and self._backlog.more():
                # Two letters are taken up for each that is read, not all at once: pages are cleaned meanwhile.
                wanted = min(WORTH, 2 * seen)
                if self._backlog.fill(wanted) and wanted == WORTH and not self._hired:
                    self._hire()
                if (batch := self._backlog.take(1)) is not None:
                    places.extend(range(batch.first, batch.first + len(batch.documents)))
                    seen += sum(len(document.text) for document in batch.documents)
                    yield from batch.documents

        for reading in self._own.read_many(documents()):
            yield places.popleft(), reading

    def _hire(self) -> None:
        self._hired = True
        self._crew = [_Helper(self._make) for _ in range(self._most)]

    def _together(self) -> Iterator[tuple[int, Reading]]:
        """Read one batch while helpers read others."""
        if (batch := self._take()) is not None:
            yield from batch.places(self._own.read_many(batch.documents))

    def _take(self) -> _Batch | None:
        """What one reader reads next; nothing where too many readings wait for an earlier one."""
        if len(self._ready) >= _KEPT and not self._backlog.returned:
            return None
        self._backlog.fill(WORTH)
        return self._backlog.take(readers=len(self._crew) + 1)

    def _tend(self) -> None:
        """Take what helpers have read, and give them more."""
        for helper in list(self._crew):
            while helper.asked and helper.asked[0][1].done():
                read, answer = helper.asked.popleft()
                if answer.exception() is not None:
                    self._lose(helper, read)
                    break
                self._ready.update(read.places(answer.result()))
                self._helped = True
        for room in range(_AHEAD, 0, -1):  # first to those who have least
            for helper in self._crew:
                if helper.room >= room and (batch := self._take()) is not None:
                    helper.ask(batch)

    def _lose(self, helper: _Helper, batch: _Batch) -> None:
        """A helper died; what it had is read by others."""
        self._crew.remove(helper)
        for one in (batch, *(asked for asked, _ in helper.asked)):
            if one.documents:
                self._backlog.give_back(one)
        helper.dismiss()
        self._helped = bool(self._crew)

    def dismiss(self) -> None:
        """Let all helpers go."""
        for helper in self._crew:
            helper.dismiss()

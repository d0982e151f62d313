"""Takes coverage into a dossier: reads what is new, keeps it with the bytes it came from, remembers what failed.

In: paths and addresses, or the articles that a feed announces. Out: a report; every document is kept in a transaction
of its own, so that an interrupted intake goes on where it stopped. What an address gave is not fetched twice.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dragoman.batch.reports import Report, Skipped
from dragoman.errors import InputError
from dragoman.reading import Document, Reading
from dragoman.sources import Arrival, Failure, arrivals
from dragoman.sources.links import address_id, is_address, plain_address
from dragoman.store.rows import identity

if TYPE_CHECKING:
    from dragoman.reader import Reader
    from dragoman.sources.fetch import Fetcher
    from dragoman.store import Store

Progress = Callable[[Report], None]
_MANY = 500  # documents loaded at once that change what is quick to ask


class Intake:
    """One run of intake: where it goes to, who reads, how addresses are fetched, and what it did so far."""

    def __init__(
        self,
        store: Store,
        make_reader: Callable[[], Reader],
        *,
        fetcher: Fetcher | None = None,
        remember: bool = True,
        progress: Progress | None = None,
    ) -> None:
        self.store, self.fetcher = store, fetcher
        self.report = Report()
        self._make_reader, self._remember = make_reader, remember
        self._tell = progress or (lambda _: None)
        self._start = time.perf_counter()

    @cached_property
    def reader(self) -> Reader:
        """The reader, loaded when there is something to read."""
        return self._make_reader()

    @cached_property
    def _failing(self) -> set[str]:
        """The places that stand on the list of failures."""
        return {failure.address for failure in self.store.intake.failures()}

    def take(self, paths: Iterable[str], *, again: bool = False, **given: str | None) -> Report:
        """Take everything under `paths`; with `again` also addresses that were read before."""
        known: dict[str, Any] = dict(given)
        for address, some in groupby(paths, key=is_address):
            if not address:
                self.keep(arrivals(list(some), **known), given=known)
                continue
            for url in some:
                # One at a time: what was fetched is kept before the next server is asked.
                if again or not self.knows(url):
                    self.keep(arrivals(url, **known, fetcher=self.fetcher), given=known)
                else:
                    self.report.unchanged += 1
                    self._count()
        self._count()
        return self.report

    def retry(self, places: Iterable[str] = ()) -> Report:
        """Take again what failed: everything, or only `places`; InputError for a place that did not fail.

        What a feed or a person said of it the first time still holds.
        """
        failures = {failure.address: failure for failure in self.store.intake.failures()}
        listed = list(failures)
        wanted = [place if place in listed else place_of(place) for place in places]
        if strange := [place for place in wanted if place not in listed]:
            todo = "`dragoman failures` lists what did"
            raise InputError("this is not among the documents that failed", where=strange[0], todo=todo)
        chosen = wanted or listed
        for url in (place for place in chosen if is_address(place)):
            known: dict[str, Any] = dict(failures[url].known)
            self.keep(arrivals(url, **known, fetcher=self.fetcher), named=url, given=known)
        files: dict[str, dict[str, Any]] = {}
        for place in chosen:
            if os.path.isabs(place):
                files.setdefault(_file_of(place), dict(failures[place].known))
            elif not is_address(place):  # an article that its feed names without an address
                self.report.skipped.append(Skipped(place, f"{failures[place].reason} `dragoman poll` tries it again"))
        for file, known in files.items():
            before = len(self.report.skipped)
            self.keep(arrivals(file, **known), given=known)
            failed = {place_of(skipped.where) for skipped in self.report.skipped[before:]}
            for place in [p for p in listed if os.path.isabs(p) and _file_of(p) == file and p not in failed]:
                self._mended(place)
        self._count()
        return self.report

    def knows(self, url: str) -> bool:
        """Whether the article at an address is there, from this address or however it was linked."""
        return bool(self.known([url]))

    def known(self, urls: Iterable[str]) -> set[str]:
        """Those of `urls` whose articles are there."""
        forms = {url: {url, _plain(url)} for url in urls}
        fetched = self.store.intake.known(form for several in forms.values() for form in several)
        return {url for url, own in forms.items() if own & fetched or self.store.history(address_id(url))}

    def keep(
        self, items: Iterable[Arrival | Failure], *, named: str | None = None, given: Mapping[str, Any] | None = None
    ) -> None:
        """Read and keep each of `items` that is new, and note each that failed; `named` where its source names it.

        `given` is what was said of them beforehand, to be remembered for those that fail.
        """
        waiting: deque[Arrival] = deque()

        def fresh() -> Iterator[Document]:
            for item in map(_fit, items):
                if isinstance(item, Failure):
                    self._failed(item, named, given or {})
                elif self.store.needs_reading(item.document, self.reader.name):
                    waiting.append(item)
                    yield item.document
                else:
                    self._there(item, named)
                self._count()

        for reading in self.reader.read_many(fresh()):
            self._keep(reading, waiting.popleft(), named)
            self._count()

    def _keep(self, reading: Reading, arrival: Arrival, named: str | None) -> None:
        added = self.store.add(reading, raw=arrival.raw, fetched_from=named or fetched_from(arrival))
        count(self.report, added.status, reading)
        self._mended(named or place_of(arrival.where))

    def _there(self, arrival: Arrival, named: str | None) -> None:
        """A document that is there already; the address that led to it is remembered, or it would be asked again."""
        self.report.unchanged += 1
        address = named or fetched_from(arrival)
        if address is not None and address not in self.store.intake.known([address]):
            reading = self.store.reading(arrival.document.id)
            if reading is not None:
                self.store.add(reading, raw=arrival.raw, fetched_from=address)
        self._mended(named or place_of(arrival.where))

    def _failed(self, failure: Failure, named: str | None, given: Mapping[str, Any]) -> None:
        self.report.skipped.append(Skipped(failure.where, str(failure.error)))
        if self._remember and failure.where != "standard input":
            place = named or place_of(failure.where)
            known = {name: value for name, value in given.items() if value is not None}
            self.store.intake.failed(place, str(failure.error), known=known)
            self._failing.add(place)

    def _mended(self, place: str) -> None:
        if place in self._failing:
            self.store.intake.dismiss(place)
            self._failing.discard(place)

    def _count(self) -> None:
        self.report.seconds = time.perf_counter() - self._start
        self._tell(self.report)


def _fit(item: Arrival | Failure) -> Arrival | Failure:
    """A Failure in place of a document whose id no dossier can hold, so that it costs the others nothing."""
    try:
        if isinstance(item, Arrival):
            identity(item.document.id)
        return item
    except InputError as error:
        return Failure(item.where, InputError(error.found, where=item.where, expected=error.expected))


def load(store: Store, readings: Iterable[Reading]) -> Report:
    """Keep readings made elsewhere, as they are; many to a transaction."""
    from dragoman.store import Incoming

    start, report = time.perf_counter(), Report()
    waiting: deque[Reading] = deque()

    def incoming() -> Iterator[Incoming]:
        for reading in readings:
            waiting.append(reading)
            yield Incoming(reading, fetched_from=_crawled_from(reading))

    for added in store.add_many(incoming()):
        count(report, added.status, waiting.popleft())
    if report.kept >= _MANY:
        store.database.gather_statistics()
    report.seconds = time.perf_counter() - start
    return report


def _crawled_from(reading: Reading) -> str | None:
    """The address that a reading made by workers says its bytes came from."""
    archived = reading.extra.get("archived")
    address = archived.get("from") if isinstance(archived, dict) else None
    return address if isinstance(address, str) and is_address(address) else None


def count(report: Report, status: str, reading: Reading) -> None:
    """Add one reading that was kept to a report."""
    setattr(report, status, getattr(report, status) + 1)
    report.statements += len(reading.statements)
    for problem in reading.extra.get("problems", ()):
        report.problems.append(Skipped(reading.document.id, f"{problem['layer']}: {problem['error']}"))


def fetched_from(arrival: Arrival) -> str | None:
    """The address that the bytes came from: asked now, or by the crawl that made an archive; None for a plain file."""
    if is_address(arrival.where):
        return arrival.where
    url = arrival.document.url
    return url if url and arrival.where.endswith(f":{url}") else None


def place_of(where: str) -> str:
    """The name under which a failure is kept: an address as it is, a file by its whole path."""
    return where if is_address(where) else os.path.abspath(where)


def _file_of(place: str) -> str:
    """The file of a place such as `batch.jsonl:17`; the place itself where no such file is there any more."""
    at = place
    while at and not os.path.exists(at):
        at = at.rpartition(":")[0]
    return at or place


def _plain(url: str) -> str:
    try:
        return plain_address(url)
    except ValueError:
        return url

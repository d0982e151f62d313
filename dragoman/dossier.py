"""One negotiation followed: the crew that puts sources, reader, store and table together, for programs and doors.

In: paths to coverage, decisions, questions. Out: reports of what was read, tables, briefs. No prompts, no pages.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from dragoman.batch.reports import Report, Skipped
from dragoman.errors import InputError
from dragoman.reading import Decision, Document, Reading

if TYPE_CHECKING:
    from types import TracebackType

    from dragoman.analysis.brief import Brief
    from dragoman.analysis.language import Language
    from dragoman.batch.intake import Intake
    from dragoman.batch.polling import Polled
    from dragoman.lexicon import Lexicon
    from dragoman.reader import Reader
    from dragoman.sources.fetch import Fetcher
    from dragoman.store import Hit, Listed, Store
    from dragoman.table import Builder, Table


def read_documents(
    paths: Iterable[str], *, reader: Reader, skipped: Callable[[Skipped], None], fetcher: Fetcher | None = None,
    **given: Any,
) -> Iterator[Reading]:  # fmt: skip
    """Readings of everything under `paths`, in input order; what cannot be read is handed to `skipped`."""
    from dragoman.sources import Failure, documents

    def good() -> Iterator[Document]:
        for item in documents(paths, **given, fetcher=fetcher):
            if isinstance(item, Failure):
                skipped(Skipped(item.where, str(item.error)))
            else:
                yield item

    yield from reader.read_many(good())


class Dossier:
    """A dossier that is open. Use it in a `with` statement, or close it."""

    def __init__(self, store: Store, *, reader: str = "trained", user: str = "", threads: int = 0) -> None:
        self.store, self.user = store, user or _login()
        self._reader_name, self._threads = reader, threads
        self._tables: dict[str | None, Table] = {}
        self._builder: Builder | None = None
        self._seen = 0
        self._building = threading.Lock()  # the desk asks from several threads
        self._decided: list[Decision] = []
        self._deciding = threading.Lock()

    # -- opening and closing

    def __enter__(self) -> Dossier:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the dossier's file or connection."""
        self.store.close()

    # -- names

    @property
    def lexicon(self) -> Lexicon:
        """What names are resolved by: the shipped lexicon, and before it what people decided."""
        from dragoman.lexicon import Lexicon
        from dragoman.table import lexicon_of, names_joined

        decided = self.decisions()
        return lexicon_of(decided, Lexicon.shipped(), self.store.people_among(names_joined(decided)))

    # -- reading

    def read(
        self,
        paths: str | Iterable[str],
        *,
        published: str | None = None,
        outlet: str | None = None,
        title: str | None = None,
        language: str | None = None,
        again: bool = False,
        remember: bool = True,
        processes: int = 1,
        fetcher: Fetcher | None = None,
        progress: Callable[[Report], None] | None = None,
    ) -> Report:
        """Read everything under `paths` into the dossier, a transaction each; what is there is not read again.

        Each document is kept with the bytes it came from. An address that was read is asked again only with `again`;
        what fails is listed for `retry`, unless `remember` is off. `fetcher` holds the limits for addresses. Much to
        read is shared by up to so many `processes` (0: as many as fit), of which this one alone writes; helpers
        import the main module, which must do nothing then.
        """
        given = {"published": published, "outlet": outlet, "title": title, "language": language}
        several = [paths] if isinstance(paths, str) else paths
        intake = self._intake(fetcher, progress, remember=remember, processes=processes)
        return intake.take(several, again=again, **given)

    def retry(
        self, places: Iterable[str] = (), *, fetcher: Fetcher | None = None,
        progress: Callable[[Report], None] | None = None,
    ) -> Report:  # fmt: skip
        """Read what failed again: all of it, or only these places."""
        return self._intake(fetcher, progress).retry(places)

    def poll(
        self, *, fetcher: Fetcher, every: timedelta | None = None, due: bool = True,
        told: Callable[[Polled], None] | None = None, progress: Callable[[Report], None] | None = None,
    ) -> Report:  # fmt: skip
        """Ask the feeds that are due (without `due`, all that are followed) and take in what is new.

        A feed is due again after `every`; each is `told` once everything of it is kept.
        """
        from dragoman.batch.polling import USUAL, poll

        intake = self._intake(fetcher, progress)
        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        for polled in poll(intake, self.store.intake.feeds(due=now if due else None), fetcher=fetcher,
                           every=USUAL if every is None else every):  # fmt: skip
            if told is not None:
                told(polled)
        return intake.report

    def load(self, readings: Iterable[Reading]) -> Report:
        """Keep readings made elsewhere, as they are; many to a transaction."""
        from dragoman.batch.intake import load

        return load(self.store, readings)

    def _intake(
        self, fetcher: Fetcher | None, progress: Callable[[Report], None] | None, *, remember: bool = True,
        processes: int = 1,
    ) -> Intake:  # fmt: skip
        from dragoman.batch.intake import Intake
        from dragoman.batch.sharing import shared

        def make() -> Reader:
            return shared(self._reader_name, lexicon=self.lexicon, threads=self._threads, processes=processes)

        return Intake(self.store, make, fetcher=fetcher, remember=remember, progress=progress)

    # -- what is there

    def readings(self) -> list[Reading]:
        """Every document's current reading."""
        from dragoman.table.sweeping import unswept

        with unswept():  # half the time of loading a large dossier is looking for garbage among what stays
            return list(self.store.readings())

    def reading(self, document: str) -> Reading:
        """The current reading of one document; InputError when the dossier has none of that name."""
        reading = self.store.reading(document)
        if reading is None:
            raise InputError(
                f"no document is called {document!r}", where="dossier", todo="`dragoman documents` lists what is there"
            )
        return reading

    def decisions(self) -> list[Decision]:
        """Every decision, oldest first, those undone included."""
        with self._deciding:  # decisions are only ever added: what was read once is not read again
            self._decided += self.store.decisions(after=self._decided[-1].id if self._decided else None)
            return list(self._decided)

    def documents(self) -> Iterator[Listed]:
        """Every document without its text, newest first."""
        at, page = 0, self.store.documents(limit=500)
        while page.rows:
            yield from page.rows
            at += len(page.rows)
            page = self.store.documents(limit=500, offset=at)

    def search(self, words: str, *, kind: str = "statements", limit: int = 50) -> list[Hit]:
        """Statements or articles (`kind`) that hold `words`, best first."""
        return list(self.store.search(words, kind=kind, limit=limit).rows)

    # -- the table

    def table(self, *, on: str | None = None) -> Table:
        """The negotiating table as it stood on a day, or stands."""
        with self._building:
            builder = self._current()
            if on not in self._tables:
                self._tables[on] = builder.table(on)
            return self._tables[on]

    def _current(self) -> Builder:
        """The builder with everything that is in the store now; only what is new is fed to it."""
        from dragoman.lexicon import Lexicon
        from dragoman.reader.network.meaning import Meaning
        from dragoman.table import Builder

        if self._builder is None:
            self._builder = Builder(lexicon=Lexicon.shipped(), embed=Meaning())
            self._seen = self.store.change_number()
            self._builder.add(*self.readings()).decide(*self.store.decisions())
        elif self.store.change_number() != self._seen:
            news = self.store.changes_since(self._seen)
            self._builder.remove(*news.documents).add(*self.store.readings_of(news.documents).values())
            self._builder.decide(*news.decisions)
            self._seen = news.last
            self._tables.clear()
        return self._builder

    def brief(
        self, *, on: str | None = None, since: str | None = None, parties: Iterable[str] = (),
        language: Language | None = None,
    ) -> Brief:  # fmt: skip
        """The brief of a day: where things stand, each sentence with its evidence; in English unless told otherwise."""
        from dragoman.analysis.brief import write_brief
        from dragoman.analysis.language import ENGLISH

        return write_brief(self.table(on=on), since=since, parties=tuple(parties), language=language or ENGLISH)

    # -- decisions

    def decide(
        self, kind: str, target: Mapping[str, Any], value: Mapping[str, Any], *, why: str | None = None, by: str = "",
        expects: str | None = None,
    ) -> Decision:  # fmt: skip
        """Keep a decision after checking that it makes sense; DecisionError when it does not."""
        from dragoman.table import check_decision

        check_decision(kind, target, value, self.decisions())
        return self.store.decide(kind, target, value, by=by or self.user, why=why, expects=expects)

    def undo(self, decision: str, *, why: str | None = None) -> Decision:
        """Take a decision back; itself a decision, so that nothing is forgotten."""
        return self.decide("undo", {"decision": decision}, {}, why=why)


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def open_dossier(
    address: str | None = None, *, create: bool = True, reader: str | None = None, user: str | None = None,
    threads: int | None = None,
) -> Dossier:  # fmt: skip
    """Open the dossier at `address` (a file, or postgresql://…), making it where there is none and `create` allows.

    What is not given comes from the settings. DossierError when it is no dossier, newer than this program, or locked.
    """
    from dragoman.settings import Settings
    from dragoman.store import open_store

    settings = Settings.read(dossier=address, reader=reader, user=user, threads=threads)
    store = open_store(settings.dossier, create=create)
    return Dossier(store, reader=settings.reader, user=settings.user, threads=settings.threads)

"""Asks the feeds that a dossier follows, and takes in the articles that are new.

In: an intake, the feeds, the time. Out: what each feed gave, told once it is kept. What a server said to ask with the
next time is written last: a poll that is killed half-way asks again, finds what it has, and takes only the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from dragoman.errors import DossierError, InputError
from dragoman.sources.web import News, news_of, read_entry, said_of

if TYPE_CHECKING:
    from dragoman.batch.intake import Intake
    from dragoman.sources.feeds import Entry
    from dragoman.sources.fetch import Fetcher
    from dragoman.store import Failure, Feed

USUAL = timedelta(minutes=30)
_LONGEST = timedelta(days=1)  # a feed that fails is still asked once a day
_TRIES = 5  # how often an article that fails is asked for by itself; `retry` asks again at any time
_FIRST_WAIT = timedelta(hours=1)  # before an article that failed is asked for again; then twice as long each time


@dataclass(frozen=True, slots=True)
class Polled:
    """What one feed gave: articles taken, articles that failed, and why the feed itself could not be read."""

    feed: str
    title: str | None = None
    taken: int = 0
    failed: int = 0
    unchanged: bool = False
    problem: str | None = None


def poll(intake: Intake, feeds: Iterable[Feed], *, fetcher: Fetcher, every: timedelta = USUAL) -> Iterator[Polled]:
    """Ask each of `feeds`, and take what is new; each is reported once everything of it is kept."""
    for feed in feeds:
        now = _now()
        try:
            news = news_of(feed.url, fetcher=fetcher, etag=feed.etag, modified=feed.last_modified)
        except InputError as error:
            failures = feed.failures + 1
            wait = min(_LONGEST, every * 2 ** min(failures, 10))
            note = {"last_poll": _text(now), "next_poll": _text(now + wait), "failures": failures, "note": str(error)}
            _remember(intake, feed, note)
            yield Polled(feed.url, feed.title, problem=str(error))
            continue
        yield _taken(intake, feed, news, fetcher, now + every)


def _taken(intake: Intake, feed: Feed, news: News, fetcher: Fetcher, again_at: datetime) -> Polled:
    """Take the entries of a feed that are not there; only then remember what its server said."""
    before, failing = intake.report.kept, len(intake.report.skipped)
    open_ends = False
    failures = {f.address: f for f in intake.store.intake.failures()} if news.entries else {}
    known = intake.known(place(entry) for entry in news.entries)
    for entry in news.entries:
        if place(entry) in known:
            continue
        failure = failures.get(place(entry))
        if failure is not None and not _may_try(failure):
            open_ends |= failure.attempts < _TRIES
            continue
        skipped = len(intake.report.skipped)
        given = said_of(entry, feed_title=feed.title or news.title)
        intake.keep(read_entry(entry, fetcher=fetcher, given=given), named=place(entry), given=asdict(given))
        open_ends |= len(intake.report.skipped) > skipped
    said: dict[str, Any] = {"last_poll": _text(_now()), "next_poll": _text(again_at), "failures": 0, "note": None}
    if not news.unchanged and not open_ends:
        # While an article is still to be asked for again, the feed is: "nothing changed" would hide it.
        said |= {"etag": news.etag, "last_modified": news.modified}
    if news.title and not feed.title:
        said["title"] = news.title
    _remember(intake, feed, said)
    taken, failed = intake.report.kept - before, len(intake.report.skipped) - failing
    return Polled(feed.url, feed.title or news.title, taken, failed, news.unchanged)


def place(entry: Entry) -> str:
    """What an entry's article is known by: its address, or the feed's own name for it."""
    return entry.url or entry.id


def _may_try(failure: Failure) -> bool:
    if failure.attempts >= _TRIES:
        return False
    return _now() >= datetime.fromisoformat(failure.last_at) + _FIRST_WAIT * 2 ** (failure.attempts - 1)


def _remember(intake: Intake, feed: Feed, what: dict[str, Any]) -> None:
    try:
        intake.store.intake.polled(feed, **what)
    except DossierError:
        if any(f.url == feed.url for f in intake.store.intake.feeds()):
            raise  # else it was unfollowed meanwhile: nothing is left to remember


def _now() -> datetime:
    return datetime.now(UTC)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")

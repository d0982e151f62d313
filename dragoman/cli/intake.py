"""Commands by which coverage comes in: read, failures, retry, follow, unfollow, feeds, poll."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.options import DossierOption, FormatOption, opened
from dragoman.cli.printing import Format, as_json, note, say, show

if TYPE_CHECKING:
    from datetime import timedelta

    from dragoman.batch.polling import Polled
    from dragoman.dossier import Report
    from dragoman.lexicon import Lexicon
    from dragoman.sources.fetch import Fetcher

PrivateOption = Annotated[
    bool,
    typer.Option("--allow-private", help="Let addresses lead into private networks and to this machine."),
]
ReaderOption = Annotated[str | None, typer.Option(help="The reader that finds statements: trained or rules.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands to `app`."""
    for command in (read, failures, retry, follow, unfollow, feeds, poll):
        app.command()(command)


def read(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files, folders, archives, web addresses, or - for standard input.")
    ] = None,
    into: Annotated[
        str | None, typer.Option("--into", "--dossier", help="The dossier to keep the readings in.")
    ] = None,
    links: Annotated[list[str] | None, typer.Option(help="A file of web addresses to read, one a line.")] = None,
    published: Annotated[str | None, typer.Option(help="Publication date, where a document does not say.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet, where a document does not say.")] = None,
    title: Annotated[str | None, typer.Option(help="Title, where a document does not say.")] = None,
    language: Annotated[str | None, typer.Option(help="Language (BCP 47), where it should not be guessed.")] = None,
    reader: ReaderOption = None,
    again: Annotated[bool, typer.Option("--again", help="Fetch addresses again that were read before.")] = False,
    allow_private: PrivateOption = False,
    out: Annotated[
        str | None, typer.Option(help="Write readings to this folder, a file for each archive, not to a dossier.")
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option(min=1, help="Read on so many processes; else on up to four where there is much to read."),
    ] = None,
    cluster: Annotated[
        bool, typer.Option("--cluster", help="With --out: read on a Dask cluster; tcp://… among the paths names it.")
    ] = False,
    parquet: Annotated[bool, typer.Option("--parquet", help="With --out: write Parquet, not JSON Lines.")] = False,
    names: Annotated[
        str | None, typer.Option(metavar="DOSSIER", help="With --out: name parties and issues as this dossier does.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="text keeps the readings; json prints them.")] = Format.text,
) -> None:
    """Read coverage: who said what, through whom, as which act."""
    given: dict[str, Any] = {"published": _date(published), "outlet": outlet, "title": title, "language": language}
    wanted, failed = _wanted(paths or [], links or [])
    if out is not None or cluster or parquet or names:
        sys.exit(_read_shards(wanted, out, into, _Run(reader, processes, cluster, parquet, names, form), given))
    with _fetcher(allow_private, wanted) as fetcher:
        if form is Format.json and into is None:
            sys.exit(max(failed, _print_readings(wanted, reader, processes or 0, fetcher, given)))
        with opened(into, reader=reader) as dossier, Progress() as progress:
            report = dossier.read(
                wanted, again=again, processes=processes or 0, fetcher=fetcher, progress=progress.show, **given
            )
    _tell(report, form)
    if failed or report.skipped:
        sys.exit(1)


def _wanted(paths: list[str], links: list[str]) -> tuple[list[str], int]:
    """Everything that is to be read, and 1 where a list of links has a line that is none."""
    from dragoman.errors import InputError

    wanted, failed = list(paths), 0
    if links:
        from dragoman.sources import Failure
        from dragoman.sources import links as links_in

        for link in (link for file in links for link in links_in(file)):
            if isinstance(link, Failure):
                note(f"skipped: {link.error}")
                failed = 1
            else:
                wanted.append(link)
    if not wanted and not links:
        raise InputError("nothing to read", where="dragoman read", expected="paths, addresses, or --links FILE")
    return wanted, failed


def _tell(report: Report, form: Format) -> None:
    for skipped in report.skipped:
        note(f"skipped: {skipped.reason}")
    for problem in report.problems:
        note(f"{problem.where}: read but for its {problem.reason}; please report this")
    if form is Format.json:
        as_json(report.to_json())
    else:
        say(report.sentence())


def _fetcher(allow_private: bool, paths: Sequence[str]) -> AbstractContextManager[Fetcher | None]:
    """What fetches the addresses among `paths`; nothing where there are none."""
    from dragoman.sources.links import is_address

    return _net(allow_private) if any(map(is_address, paths)) else nullcontext()


def _net(allow_private: bool) -> Fetcher:
    from dragoman.sources.fetch import Fetcher

    return Fetcher(allow_private=allow_private)


def _print_readings(
    paths: list[str], reader: str | None, processes: int, fetcher: Fetcher | None, given: dict[str, str | None]
) -> int:
    """Readings as JSON Lines, in input order; the exit status."""
    from dragoman.batch.sharing import shared
    from dragoman.dossier import read_documents
    from dragoman.settings import Settings

    settings = Settings.read(reader=reader)
    failed = 0

    def skipped(item: Any) -> None:
        nonlocal failed
        failed += 1
        note(f"skipped: {item.reason}")

    chosen = shared(settings.reader, threads=settings.threads, processes=processes)
    for reading in read_documents(paths, reader=chosen, skipped=skipped, fetcher=fetcher, **given):
        print(json.dumps(reading.to_json(), ensure_ascii=False))
    return 1 if failed else 0


def _date(text: str | None) -> str | None:
    from datetime import datetime

    from dragoman.errors import InputError

    if text is None:
        return None
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"date {text!r}", where="--published", expected="an ISO date such as 2016-05-16") from None
    return text


# ------------------------------------------------------------------------------------------------- result files


class _Run:
    """How result files are to be made."""

    def __init__(
        self, reader: str | None, processes: int | None, cluster: bool, parquet: bool, names: str | None, form: Format
    ) -> None:
        self.reader, self.processes, self.cluster = reader, processes, cluster
        self.parquet, self.names, self.form = parquet, names, form

    def lexicon(self) -> Lexicon | None:
        """What the dossier that was named calls parties and issues."""
        if self.names is None:
            return None
        with opened(self.names, create=False) as it:
            return it.lexicon


def _read_shards(paths: list[str], out: str | None, into: str | None, run: _Run, given: dict[str, Any]) -> int:
    """Read archives into result files; the exit status."""
    from dragoman.batch.engines import as_json as summary_json
    from dragoman.batch.engines import read_shards
    from dragoman.errors import InputError
    from dragoman.settings import Settings

    if out is None:
        todo = "Name it, then: dragoman load FOLDER"
        raise InputError("no folder for the results", where="dragoman read", expected="--out FOLDER", todo=todo)
    if into is not None:
        todo = "Read with --out, then: dragoman load FOLDER"
        raise InputError("both a dossier and a folder", where="dragoman read", expected="--into or --out", todo=todo)
    if run.cluster and run.processes and _address(paths):
        raise InputError("a number of processes for a cluster that is there", where="--processes")
    settings = Settings.read(reader=run.reader)
    engine = "dask" if run.cluster else "processes" if run.processes else "fitting"
    address = _address(paths) if run.cluster else None
    with Progress() as progress:
        summary = read_shards(
            [path for path in paths if path != address], out, engine=engine, workers=run.processes or 0,
            address=address, reader=settings.reader, threads=settings.threads,
            form="parquet" if run.parquet else "jsonl", lexicon=run.lexicon(), progress=progress.show_shards, **given,
        )  # fmt: skip
    for skipped in summary.failed:
        note(f"skipped: {skipped['reason']}")
    for lost in summary.lost:
        note(f"no result: {lost['shard']}: {lost['reason']}. The same command tries it again.")
    if run.form is Format.json:
        as_json(summary_json(summary))
    else:
        say(summary.sentence())
    return 1 if summary.failed or summary.lost else 0


def _address(paths: list[str]) -> str | None:
    """The scheduler's address among the paths."""
    return next((path for path in paths if path.startswith(("tcp://", "tls://", "ws://", "wss://"))), None)


# ------------------------------------------------------------------------------------------------- what failed


def failures(dossier: DossierOption = None, form: FormatOption = Format.text) -> None:
    """List what could not be read, and why."""
    with opened(dossier, create=False) as it:
        rows = [asdict(failure) for failure in it.store.intake.failures()]
    columns = {"address": "What", "reason": "Why", "attempts": "Tried", "last_at": "Last"}
    show(rows, columns, form, title="Failures", empty="Nothing failed.")


def retry(
    places: Annotated[
        list[str] | None, typer.Argument(metavar="[WHAT]...", help="Only these, as `dragoman failures` lists them.")
    ] = None,
    dismiss: Annotated[bool, typer.Option("--dismiss", help="Take them off the list instead.")] = False,
    allow_private: PrivateOption = False,
    reader: ReaderOption = None,
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """Read again what could not be read."""
    with opened(dossier, create=False, reader=reader) as it:
        if dismiss:
            listed = places or [failure.address for failure in it.store.intake.failures()]
            gone = sum(it.store.intake.dismiss(place) for place in listed)
            say(f"{gone} dismissed.")
            return
        with _net(allow_private) as fetcher, Progress() as progress:
            report = it.retry(places or (), fetcher=fetcher, progress=progress.show)
    _tell(report, form)
    if report.skipped:
        sys.exit(1)


# ------------------------------------------------------------------------------------------------- feeds


def follow(
    addresses: Annotated[list[str], typer.Argument(metavar="FEED|OPML...", help="Feed addresses, or OPML files.")],
    dossier: DossierOption = None,
) -> None:
    """Follow feeds: `dragoman poll` reads what they announce."""
    from dragoman.errors import FetchError, InputError
    from dragoman.sources import subscriptions
    from dragoman.sources.links import is_address

    urls: list[str] = []
    for address in addresses:
        if is_address(address):
            urls.append(address)
        elif "://" in address:
            raise FetchError("not a web address", where=address, expected="http://… or https://…")
        elif not (found := subscriptions(address)):
            raise InputError("a list without feeds", where=address, expected="OPML with xmlUrl attributes")
        else:
            urls += found
    with opened(dossier) as it:
        before = {feed.url for feed in it.store.intake.feeds()}
        for url in dict.fromkeys(urls):
            it.store.intake.follow(url)
            say(f"{'Followed already' if url in before else 'Following'}: {url}")


def unfollow(
    addresses: Annotated[list[str], typer.Argument(metavar="FEED...", help="Feed addresses.")],
    dossier: DossierOption = None,
) -> None:
    """Follow feeds no longer; what came from them stays."""
    missing = 0
    with opened(dossier, create=False) as it:
        for url in addresses:
            if it.store.intake.unfollow(url):
                say(f"No longer following: {url}")
            else:
                note(f"not followed: {url}")
                missing += 1
    if missing:
        sys.exit(1)


def feeds(dossier: DossierOption = None, form: FormatOption = Format.text) -> None:
    """List the feeds that are followed, and how asking them went."""
    with opened(dossier, create=False) as it:
        rows = [asdict(feed) for feed in it.store.intake.feeds()]
    columns = {"url": "Feed", "title": "Title", "last_poll": "Asked", "next_poll": "Next", "note": "Problem"}
    show(rows, columns, form, title="Feeds", empty="No feed is followed.")


def poll(
    every: Annotated[int, typer.Option(min=1, help="Minutes after which a feed is asked again.")] = 30,
    now: Annotated[bool, typer.Option("--now", help="Ask every feed, also those that are not due.")] = False,
    stay: Annotated[bool, typer.Option("--stay", help="Stay, and ask again whenever a feed is due.")] = False,
    allow_private: PrivateOption = False,
    reader: ReaderOption = None,
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """Ask the feeds that are due and read the articles that are new."""
    import time
    from datetime import timedelta

    with opened(dossier, create=False, reader=reader) as it, _net(allow_private) as fetcher:
        if not it.store.intake.feeds():
            say("No feed is followed.")
            return
        while True:
            problems: list[str] = []
            report = _poll_once(it, fetcher, timedelta(minutes=every), not now, _teller(form, problems))
            if not stay or report.read or report.skipped:
                _tell(report, form)
            if not stay:
                break
            now = False
            time.sleep(60)
    if report.skipped or problems:
        sys.exit(1)


def _poll_once(it: Any, fetcher: Fetcher, every: timedelta, due: bool, told: Callable[[Polled], None]) -> Report:
    with Progress() as progress:
        report: Report = it.poll(fetcher=fetcher, every=every, due=due, told=told, progress=progress.show)
    return report


def _teller(form: Format, problems: list[str]) -> Callable[[Polled], None]:
    """What tells of each feed: a line as soon as all of it is kept."""

    def tell(polled: Polled) -> None:
        name = polled.title or polled.feed
        if polled.problem is not None:
            problems.append(polled.problem)
            note(f"{name}: {polled.problem}")
        elif form is not Format.json:
            say(f"{name}: " + ("nothing new" if not polled.taken else f"{polled.taken} new"))

    return tell


class Progress:
    """A bar on standard error for long work; silent where nobody looks."""

    def __enter__(self) -> Progress:
        from rich.console import Console
        from rich.progress import Progress as Bar
        from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

        self._bar = Bar(
            SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn(),
            console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty(),
        )  # fmt: skip
        self._task = self._bar.add_task("reading", total=None)
        self._bar.start()
        return self

    def show(self, report: Report) -> None:
        text = f"{report.read} documents, {report.statements} statements"
        self._bar.update(self._task, description=text + (f", {len(report.skipped)} skipped" if report.skipped else ""))

    def show_shards(self, summary: Any) -> None:
        text = f"{summary.done} of {summary.shards} shards, {summary.documents} documents"
        self._bar.update(self._task, description=text)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

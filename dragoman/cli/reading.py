"""Commands that read coverage and show what was read: read, documents, show, statements, search."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.options import DossierOption, FormatOption, IssueOption, PartyOption, SinceOption, UntilOption, opened
from dragoman.cli.printing import Format, as_json, console, note, plain, say, show

if TYPE_CHECKING:
    from dragoman.dossier import Report
    from dragoman.reading import Reading, Spans


def register(app: typer.Typer) -> None:
    """Add this module's commands to `app`."""
    for command in (read, documents, show_document, statements, search):
        app.command(name="show" if command is show_document else None)(command)


def read(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, .jsonl batches, or - for standard input.")],
    into: Annotated[
        str | None, typer.Option("--into", "--dossier", help="The dossier to keep the readings in.")
    ] = None,
    published: Annotated[str | None, typer.Option(help="Publication date, where a document does not say.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Outlet, where a document does not say.")] = None,
    title: Annotated[str | None, typer.Option(help="Title, where a document does not say.")] = None,
    language: Annotated[str | None, typer.Option(help="Language (BCP 47), where it should not be guessed.")] = None,
    reader: Annotated[str | None, typer.Option(help="The reader that finds statements: trained or rules.")] = None,
    form: Annotated[Format, typer.Option("--format", help="text keeps the readings; json prints them.")] = Format.text,
) -> None:
    """Read saved coverage: who said what, through whom, as which act."""
    given: dict[str, Any] = {"published": _date(published), "outlet": outlet, "title": title, "language": language}
    if form is Format.json and into is None:
        sys.exit(_print_readings(paths, reader, given))
    with opened(into, reader=reader) as dossier:
        with _Progress() as progress:
            report = dossier.read(paths, progress=progress.show, **given)
        for skipped in report.skipped:
            note(f"skipped: {skipped.reason}")
        for problem in report.problems:
            note(f"{problem.where}: read but for its {problem.reason}; please report this")
        if form is Format.json:
            as_json(report.to_json())
        else:
            say(report.sentence())
        if report.skipped:
            sys.exit(1)


def _print_readings(paths: list[str], reader: str | None, given: dict[str, Any]) -> int:
    """Readings as JSON Lines, in input order; the exit status."""
    from dragoman import reader as readers
    from dragoman.dossier import read_documents
    from dragoman.settings import Settings

    settings = Settings.read(reader=reader)
    failed = 0

    def skipped(item: Any) -> None:
        nonlocal failed
        failed += 1
        note(f"skipped: {item.reason}")

    chosen = readers.get(settings.reader, threads=settings.threads)
    for reading in read_documents(paths, reader=chosen, skipped=skipped, **given):
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


class _Progress:
    """A bar on standard error for long work; silent where nobody looks."""

    def __enter__(self) -> _Progress:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn(),
            console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty(),
        )  # fmt: skip
        self._task = self._bar.add_task("reading", total=None)
        self._bar.start()
        return self

    def show(self, report: Report) -> None:
        text = f"{report.read} documents, {report.statements} statements"
        self._bar.update(self._task, description=text + (f", {len(report.skipped)} skipped" if report.skipped else ""))

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


def documents(dossier: DossierOption = None, form: FormatOption = Format.text) -> None:
    """List the documents of the dossier."""
    with opened(dossier, create=False) as it:
        rows = [asdict(row) for row in it.documents()]
    columns = {"published": "Published", "outlet": "Outlet", "title": "Title", "statements": "Statements", "id": "Id"}
    show(rows, columns, form, title="Documents", empty="No documents yet; `dragoman read PATH` reads some.")


def show_document(
    document: Annotated[str, typer.Argument(help="The id of a document, as `dragoman documents` lists them.")],
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """Show an article with its statements marked."""
    with opened(dossier, create=False) as it:
        reading = it.reading(document)
    if form is Format.json:
        as_json(reading.to_json())
    elif form is Format.html:
        print(_marked_html(reading))
    else:
        _marked_text(reading)


def _marked_text(reading: Reading) -> None:
    from rich.text import Text

    from dragoman.exports.marked import pieces

    styles = {"content": "underline", "source": "bold cyan", "cue": "bold magenta", "via": "bold yellow"}
    text = Text()
    for piece in pieces(reading):
        text.append(plain(piece.text), styles.get(piece.role, ""))
    out = console()
    out.print(text)
    out.print()
    for s in reading.statements:
        chain = " → ".join([s.speaker.name or "unnamed", *s.via])
        line = Text(f"{s.id:>4}  ", style="dim")
        line.append(plain(chain), style="bold cyan").append(f"  {s.act}", style="magenta")
        line.append(" (the report is negated)" if s.negated else "")
        line.append(f"  {plain(s.content.text(reading.document))}")
        out.print(line)


def _marked_html(reading: Reading) -> str:
    from html import escape

    from dragoman.exports.marked import pieces

    marked = "".join(
        f'<mark class="{p.role}" title="{escape(" ".join(p.statements))}">{escape(p.text)}</mark>'
        if p.role
        else escape(p.text)
        for p in pieces(reading)
    )
    title = escape(reading.document.title or reading.document.id)
    article = f'<article dir="auto" style="white-space:pre-wrap">{marked}</article>'
    return f'<!doctype html><meta charset="utf-8"><title>{title}</title>{article}'


_STATEMENT_COLUMNS = {
    "published": "Published", "speaker": "Speaker", "party": "For", "act": "Act", "content": "Says", "via": "Through",
    "outlet": "Outlet", "place": "Where",
}  # fmt: skip


def _statement_row(reading: Reading, statement: Any) -> dict[str, Any]:
    def words(spans: Spans) -> str:
        return spans.text(reading.document)

    return {
        "document": reading.document.id, "statement": statement.id, "published": reading.document.published,
        "outlet": reading.document.outlet, "speaker": statement.speaker.name, "party": statement.speaker.party,
        "anonymous": statement.speaker.anonymous, "via": list(statement.via), "act": statement.act,
        "form": statement.form, "negated": statement.negated, "issues": list(statement.issues),
        "said_on": statement.said_on, "confidence": statement.confidence, "within": statement.within,
        "source": words(statement.source), "cue": words(statement.cue), "content": words(statement.content),
        "span": [list(span) for span in statement.content], "place": f"{reading.document.id}:{statement.id}",
    }  # fmt: skip


def statements(
    party: PartyOption = None,
    issue: IssueOption = None,
    act: Annotated[str | None, typer.Option(help="Only statements of this act.")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """List statements: who said what, through whom."""
    with opened(dossier, create=False) as it:
        table = it.table()
        by_id = {reading.document.id: reading for reading in it.readings()}
        rows = []
        parties: list[str | None] = [*(party or ())] or [None]
        issues: list[str | None] = [*(issue or ())] or [None]
        for party_name in parties:
            for issue_name in issues:
                for ref in table.statements(party=party_name, issue=issue_name, act=act, since=since, until=until):
                    reading = by_id[ref.document]
                    rows.append(_statement_row(reading, reading.statement(ref.statement)))
    show(rows, _STATEMENT_COLUMNS, form, title="Statements", empty="No statement fits.")


def search(
    words: Annotated[list[str], typer.Argument(help="Words to look for, in any order.")],
    articles: Annotated[bool, typer.Option("--articles", help="Search whole articles, not statements.")] = False,
    limit: Annotated[int, typer.Option(help="At most so many.")] = 50,
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """Search statements or articles; spelling variants and Arabic vowel marks do not matter."""
    with opened(dossier, create=False) as it:
        hits = it.search(" ".join(words), kind="articles" if articles else "statements", limit=limit)
        rows = [asdict(hit) for hit in hits]
    columns = {"published": "Published", "outlet": "Outlet", "speaker": "Speaker", "text": "Words", "document": "Where"}
    show(rows, columns, form, title=f"Search: {' '.join(words)}", empty="Nothing found.")

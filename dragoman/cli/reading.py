"""Commands that show what was read: documents, show, statements, search."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.options import DossierOption, FormatOption, IssueOption, PartyOption, SinceOption, UntilOption, opened
from dragoman.cli.printing import Format, as_json, console, plain, show
from dragoman.reading import ACTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.reading import Reading, Spans
    from dragoman.table import Table
    from dragoman.table.values import Said


def register(app: typer.Typer) -> None:
    """Add this module's commands to `app`."""
    for command in (documents, show_document, statements, search):
        app.command(name="show" if command is show_document else None)(command)


def documents(dossier: DossierOption = None, form: FormatOption = Format.text) -> None:
    """List the documents of the dossier."""
    with opened(dossier, create=False) as it:
        rows = [asdict(row) for row in it.documents()]
    _days(rows, form)
    columns = {"published": "Published", "outlet": "Outlet", "title": "Title", "statements": "Statements", "id": "Id"}
    show(rows, columns, form, title="Documents", empty="No documents yet; `dragoman read PATH` reads some.")


def _days(rows: list[dict[str, Any]], form: Format) -> None:
    """Moments of publication as days, where a person reads the list."""
    for row in rows if form is Format.text else ():
        row["published"] = (row["published"] or "")[:10]


def show_document(
    document: Annotated[str, typer.Argument(help="The id of a document, as `dragoman documents` lists them.")],
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """Show an article with its statements marked, as people corrected and named them; as JSON the reading as it was
    read."""
    with opened(dossier, create=False) as it:
        reading = it.reading(document)
        table = None if form is Format.json else it.table()
    if table is None:
        as_json(reading.to_json())
    elif form is Format.html:
        print(_marked_html(table.reading(document)))
    else:
        said = {s.statement: s for s in table.statements() if s.document == document}
        _marked_text(table.reading(document), said)


def _marked_text(reading: Reading, said: Mapping[str, Said]) -> None:
    """The article as it was written, and under it who said what, under the names of the table."""
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
        known = said[s.id]
        parties = "; ".join(p for p in known.parties if p != known.speaker)
        speaker = (known.speaker or "unnamed") + (f" ({parties})" if parties else "")
        line = Text(f"{s.id:>4}  ", style="dim")
        line.append(plain(" → ".join([speaker, *known.via])), style="bold cyan").append(f"  {s.act}", style="magenta")
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


def _statement_row(table: Table, said: Said) -> dict[str, Any]:
    """A statement as people corrected it, under the names of the table."""
    reading = table.reading(said.document)
    statement = reading.statement(said.statement)

    def words(spans: Spans) -> str:
        return spans.text(reading.document)

    return {
        "document": reading.document.id, "statement": statement.id, "published": reading.document.published,
        "outlet": reading.document.outlet, "speaker": said.speaker, "party": "; ".join(said.parties) or None,
        "anonymous": said.anonymous, "via": list(said.via), "act": statement.act,
        "form": statement.form, "negated": statement.negated, "issues": list(said.issues),
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
    from dragoman.errors import InputError

    if act is not None and act not in ACTS:
        raise InputError(f"act {act!r}", where="--act", expected=", ".join(ACTS))
    with opened(dossier, create=False) as it:
        table = it.table()
    parties: list[str | None] = [*(party or ())] or [None]
    issues: list[str | None] = [*(issue or ())] or [None]
    rows = [
        _statement_row(table, said)
        for party_name in parties
        for issue_name in issues
        for said in table.statements(party=party_name, issue=issue_name, act=act, since=since, until=until)
    ]
    _days(rows, form)
    show(rows, _STATEMENT_COLUMNS, form, title="Statements", empty="No statement fits.")


def search(
    words: Annotated[list[str], typer.Argument(help="Words to look for, in any order.")],
    articles: Annotated[bool, typer.Option("--articles", help="Search whole articles, not statements.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """Search statements or articles; spelling variants and Arabic vowel marks do not matter."""
    with opened(dossier, create=False) as it:
        hits = it.search(" ".join(words), kind="articles" if articles else "statements", limit=limit)
        rows = [asdict(hit) for hit in hits]
    _days(rows, form)
    columns = {"published": "Published", "outlet": "Outlet", "speaker": "Speaker", "text": "Words", "document": "Where"}
    show(rows, columns, form, title=f"Search: {' '.join(words)}", empty="Nothing found.")

"""Options that several commands share, each written once, and how a command opens its dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.printing import Format

if TYPE_CHECKING:
    from dragoman.dossier import Dossier
    from dragoman.table import Table

DossierOption = Annotated[
    str | None,
    typer.Option("--dossier", help="A file or postgresql://…; else DRAGOMAN_DOSSIER, else ./dossier.dragoman."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print: text, json, csv, html or md.")]
PartyOption = Annotated[list[str] | None, typer.Option("--party", help="Only this party; may be given several times.")]
IssueOption = Annotated[list[str] | None, typer.Option("--issue", help="Only this issue; may be given several times.")]
SinceOption = Annotated[str | None, typer.Option("--since", help="From this day on, as 2027-02-24.")]
UntilOption = Annotated[str | None, typer.Option("--until", help="Up to and with this day.")]
OnOption = Annotated[str | None, typer.Option("--on", help="As things stood after this day; else now.")]
WhyOption = Annotated[str | None, typer.Option("--why", help="The reason, kept with the decision.")]


def party_names(table: Table, names: list[str] | None) -> set[str]:
    """Parties as the table calls them, from names in any spelling; an unknown one is refused."""
    return {known.name if (known := table.party(name)) else _unknown(table, "party", name) for name in names or ()}


def issue_names(table: Table, names: list[str] | None) -> set[str]:
    """Issues as the table calls them, from names in any wording; an unknown one is refused."""
    return {known.name if (known := table.issue(name)) else _unknown(table, "issue", name) for name in names or ()}


def _unknown(table: Table, kind: str, name: str) -> str:
    """A name that the table does not know: on an earlier day it may only have come later."""
    from dragoman.errors import InputError

    if table.on is None:
        raise InputError(f"no {kind} is called {name!r}", todo=f"`dragoman {kind} list` lists them")
    return name


def opened(address: str | None, *, create: bool = True, reader: str | None = None) -> Dossier:
    """The dossier a command works on."""
    from dragoman.dossier import open_dossier

    return open_dossier(address, create=create, reader=reader)

"""Commands that keep a dossier safe and move it: load, doctor, backup, copy."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import DossierOption, FormatOption, opened
from dragoman.cli.printing import Format, note, say, show

# What a dossier holds, as a person counts it; the other tables go with these.
COUNTED = {
    "documents": ("document", "documents"), "readings": ("reading", "readings"),
    "statements": ("statement", "statements"), "decisions": ("decision", "decisions"),
    "failures": ("failure", "failures"), "feeds": ("feed", "feeds"), "users": ("user", "users"),
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add this module's commands to `app`."""
    for command in (load, doctor, backup, copy):
        app.command()(command)


def load(
    files: Annotated[
        list[Path],
        typer.Argument(help="Readings as JSON Lines, JSON or Parquet, or a folder of them; - for standard input."),
    ],
    dossier: DossierOption = None,
) -> None:
    """Keep readings that were made elsewhere."""
    from dragoman.batch import readings_in

    failed: list[str] = []
    with opened(dossier) as it:
        report = it.load(readings_in(files, failed.append))
    for reason in failed:
        note(f"skipped: {reason}")
    say(report.sentence())
    if failed:
        sys.exit(1)


def doctor(
    mend: Annotated[bool, typer.Option("--mend", help="Mend what can be mended without loss.")] = False,
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """Check a dossier: integrity, evidence against its texts, orphaned decisions, pending migrations."""
    with opened(dossier, create=False) as it:
        mended = it.store.mend() if mend else ()
        found = it.store.doctor()
    rows = [{**asdict(f), "mended": True} for f in mended] + [{**asdict(f), "mended": False} for f in found]
    columns = {"kind": "Kind", "where": "Where", "what": "Found", "mendable": "Can be mended", "mended": "Mended"}
    show(rows, columns, form, title="Doctor", empty="The dossier is sound.")
    if found:
        sys.exit(1)


def backup(
    path: Annotated[Path, typer.Argument(help="The file to write; it must not exist.")], dossier: DossierOption = None
) -> None:
    """Make a consistent copy while others write."""
    with opened(dossier, create=False) as it:
        it.store.backup(path)
    say(f"Backed up to {path}.")


def copy(
    origin: Annotated[str, typer.Argument(metavar="FROM", help="A dossier.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="A new or empty dossier.")],
) -> None:
    """Move a dossier between SQLite and PostgreSQL without loss."""
    from dragoman.store import copy as carry
    from dragoman.store import open_store

    with open_store(origin, create=False) as source:
        copied = carry(source, to)
    counted = [(copied.rows.get(table, 0), *words) for table, words in COUNTED.items()]
    what = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counted if count)
    say(f"Copied {what or 'an empty dossier'}; both sides hold the same ({copied.digest[:12]}).")

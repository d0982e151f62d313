"""Rows of plain values -> what a terminal, a spreadsheet, a page or a program reads.

Untrusted text stays text: control characters never reach a terminal, markup never reaches a page, and a cell that a
spreadsheet would take for a formula is defused.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

Row = Mapping[str, Any]

# C0 and C1 controls but line feed, and the marks that reorder text around them (Trojan Source, 2021).
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Format(StrEnum):
    """How a command prints what it found."""

    text = "text"
    json = "json"
    csv = "csv"
    html = "html"
    md = "md"


def plain(text: object) -> str:
    """`text` without what a terminal would obey instead of print."""
    return _CONTROLS.sub(" ", "" if text is None else str(text))


def say(text: str = "") -> None:
    """One line on standard output."""
    print(plain(text))


def note(text: str) -> None:
    """One line on standard error, where progress and messages go."""
    print(plain(text), file=sys.stderr)


def json_text(value: Any) -> str:
    """One value as JSON that a person can read too."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def as_json(value: Any) -> None:
    """One JSON value on standard output."""
    print(json_text(value))


def cell_text(value: Any) -> str:
    """One value as a reader sees it: lists joined, nothing for None, and nothing that a terminal would obey."""
    if value is None or value == [] or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        whole = value == value and abs(value) < 1e15 and value == int(value)
        return f"{value:,.0f}" if whole else f"{value:,.10g}"
    if isinstance(value, list | tuple):
        return "; ".join(cell_text(v) for v in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {cell_text(v)}" for k, v in value.items())
    return plain(value)


def show(rows: Sequence[Row], columns: Mapping[str, str], form: Format, *, title: str, empty: str) -> None:
    """Print `rows`; `columns` maps the keys to show to their headings (JSON prints every key)."""
    if form is Format.json:
        as_json(list(rows))
    elif form is Format.csv:
        _csv(rows, columns)
    elif form is Format.html:
        print(html_table(rows, columns, title))
    elif form is Format.md:
        print(md_table(rows, columns, title))
    elif not rows:
        say(empty)
    else:
        _text(rows, columns, title)


def _csv(rows: Sequence[Row], columns: Mapping[str, str]) -> None:
    import csv

    from dragoman.analysis.sheets import defused

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([defused(cell_text(row.get(key))) for key in columns])


def html_table(rows: Sequence[Row], columns: Mapping[str, str], title: str) -> str:
    """A whole page with one table."""
    from html import escape

    head = "".join(f"<th scope=col>{escape(heading)}</th>" for heading in columns.values())
    body = "\n".join(
        "<tr>" + "".join(f"<td><bdi>{escape(cell_text(row.get(key)))}</bdi></td>" for key in columns) + "</tr>"
        for row in rows
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f"<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
    )


def md_table(rows: Sequence[Row], columns: Mapping[str, str], title: str) -> str:
    """A Markdown table under a heading."""

    def clean(value: str) -> str:
        return re.sub(r"([\\|<>`*_\[\]])", r"\\\1", value).replace("\n", " ")

    lines = [f"## {clean(title)}", "", "| " + " | ".join(columns.values()) + " |", "|---" * len(columns) + "|"]
    lines += ["| " + " | ".join(clean(cell_text(row.get(key))) for key in columns) + " |" for row in rows]
    return "\n".join(lines)


def _text(rows: Sequence[Row], columns: Mapping[str, str], title: str) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title, style="bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    values = [[cell_text(row.get(key)) for key in columns] for row in rows]
    for number, heading in enumerate(columns.values()):
        # A date, a status or a number that breaks in the middle cannot be read.
        short = max(len(row[number]) for row in values) <= 14
        table.add_column(Text(heading), style="bold" if number == 0 else "", overflow="fold", no_wrap=short)
    last = None
    for row in values:
        table.add_row(*(Text(v) for v in ("" if row[0] == last else row[0], *row[1:])))
        last = row[0]
    console().print(table)


def console() -> Console:
    """Where text goes: as wide as the terminal, or wide enough to read in a file; colours only where somebody looks."""
    from rich.console import Console

    wide = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 140
    return Console(highlight=False, width=wide)

"""Commands that look at the table: table, conditions, deadlines, meetings, agreements, figures, changes, sources,
disagreements, brief. Each prints rows of what `Table` holds; JSON has the keys of the Python API."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.options import (
    DossierOption,
    FormatOption,
    IssueOption,
    OnOption,
    PartyOption,
    issue_names,
    opened,
    party_names,
)
from dragoman.cli.printing import Format, as_json, console, json_text, plain, say, show
from dragoman.sentences import Run, in_a_line

if TYPE_CHECKING:
    from dragoman.table import Table

Row = dict[str, Any]


class GraphFormat(StrEnum):
    """How a graph is printed."""

    text = "text"
    json = "json"
    graphml = "graphml"
    svg = "svg"


def register(app: typer.Typer) -> None:
    """Add this module's commands to `app`."""
    for command in (
        table, changes, conditions, deadlines, meetings, agreements, figures, disagreements, sources, proposals, brief
    ):  # fmt: skip
        app.command()(command)


def place(evidence: Sequence[Mapping[str, Any]]) -> str:
    """Where the first evidence stands, and how much more there is."""
    if not evidence:
        return ""
    first = evidence[0]
    more = f" +{len(evidence) - 1}" if len(evidence) > 1 else ""
    return f"{first['document']}:{first['statement']}{more}" if first["statement"] else f"{first['document']}{more}"


def _range(pair: Sequence[int]) -> str:
    return f"{pair[0]}" if pair[0] == pair[1] else f"{pair[0]}–{pair[1]}"


def _rows(values: Iterable[Any], table: Table) -> list[Row]:
    """Values of the table as rows, each with `where`, and the words and the sentence it rests on."""
    rows = []
    for value in values:
        row = value.to_json()
        row["where"] = place(row.get("evidence", ()))
        row["quote"] = table.words(value.evidence[0]) if value.evidence else ""
        row["sentence"] = in_a_line(table.passage(value.evidence[0])) if value.evidence else ""
        rows.append(row)
    return rows


def table(
    on: OnOption = None,
    party: PartyOption = None,
    issue: IssueOption = None,
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """Print the negotiating table: parties × issues, with the words behind each cell."""
    with opened(dossier, create=False) as it:
        found = it.table(on=on)
    parties, issues = party_names(found, party), issue_names(found, issue)
    cells = [
        c for c in found.cells
        if (not parties or c.party in parties) and (not issues or c.issue in issues)
    ]  # fmt: skip
    rows = _rows(cells, found)
    for row in rows:
        outlets = len(row["outlets"])
        origins = f"{_range(row['origins'])} origin{'s' * (row['origins'][1] != 1)}"
        said = f"{row['statements']} statement{'s' * (row['statements'] != 1)}"
        row["support"] = f"{said}, {outlets} outlet{'s' * (outlets != 1)}, {origins}"
    when = f" after {found.on}" if found.on else ""
    if form is Format.text and rows:
        passages = [found.passage(c.evidence[0]) if c.evidence else () for c in cells]
        return _print_cells(rows, passages, f"The table{when}")
    columns = {"party": "Party", "issue": "Issue", "direction": "Is", "stance": "Position", "since": "Since",
               "change": "Change", "support": "Carried by", "quote": "Words", "sentence": "Sentence",
               "where": "Where"}  # fmt: skip
    nothing = "Nothing on the table yet; `dragoman read PATH` fills it."
    show(rows, columns, form, title=f"The table{when}", empty="No position fits." if found.cells else nothing)


_COLOURS = {"for": "green", "against": "red", "open": "yellow", "unclear": "dim"}


def _print_cells(rows: list[Row], passages: list[tuple[Run, ...]], title: str) -> None:
    """Party by party: the position, how it came about, and the sentence behind it, its words underlined."""
    from rich.padding import Padding
    from rich.text import Text

    out = console()
    out.print(Text(title, style="bold"))
    last = None
    for row, passage in zip(rows, passages, strict=True):
        if row["party"] != last:
            out.print()
            out.print(Text(plain(row["party"]), style="bold cyan"))
            last = row["party"]
        head = Text(plain(row["issue"]), style="bold")
        head.append(f"  {row['direction']}", style=_COLOURS[row["direction"]]).append("  ").append(plain(row["stance"]))
        before = f", before: {plain(row['previous']['stance'])}" if row["previous"] else ""
        out.print(Padding(head, (0, 0, 0, 2), expand=False))
        story = f"{row['change']} since {row['since'] or 'an unknown day'}{before}; {row['support']}"
        out.print(Padding(Text(story, style="dim"), (0, 0, 0, 6), expand=False))
        quoted = Text(style="italic")
        for run in passage:
            quoted.append(plain(run.text).replace("\n", " "), "underline" if run.marked else "")
        quoted.append(f"  [{row['where']}]", "dim")
        out.print(Padding(quoted, (0, 0, 0, 6), expand=False))


def changes(
    since: Annotated[str, typer.Option("--since", help="What moved after this day.")],
    on: OnOption = None,
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """Print what moved since a day: positions, conditions, deadlines, meetings, agreements, figures."""
    with opened(dossier, create=False) as it:
        found = it.table(on=on)
    rows = _rows(found.changes(since), found)
    columns = {"date": "Reported", "kind": "What", "party": "Party", "about": "About", "change": "Change",
               "before": "Before", "after": "Now", "where": "Where"}  # fmt: skip
    show(rows, columns, form, title=f"Changes since {since}", empty=f"Nothing moved since {since}.")


def conditions(
    on: OnOption = None,
    still: Annotated[bool, typer.Option("--open", help="Only those with a requirement that is not met.")] = False,
    graph: Annotated[bool, typer.Option("--graph", help="Who waits for whom, and where that is a ring.")] = False,
    as_: Annotated[GraphFormat | None, typer.Option("--as", help="The graph as text, json, graphml or svg.")] = None,
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """Print who withholds what until what happens, and what became of each requirement."""
    with opened(dossier, create=False) as it:
        found = it.table(on=on)
    if graph or as_:
        return _print_graph(found, as_ or GraphFormat("json" if form is Format.json else "text"))
    rows = _rows([c for c in found.conditions if not still or c.status in ("open", "promised", "violated")], found)
    if form is not Format.json:
        for row in rows:
            row["requires"] = [_requirement(r, row) for r in row["requires"]]
    columns = {"party": "Party", "withholds": "Withholds", "requires": "Requires", "status": "Status",
               "since": "Since", "where": "Where"}  # fmt: skip
    show(rows, columns, form, title="Conditions", empty="No conditions.")
    if form is Format.text:
        _print_deadlocks(found)


def _requirement(requires: Row, condition: Row) -> str:
    """A requirement with its status, where that is not the only one and so the condition's own."""
    alone = len(condition["requires"]) == 1 and requires["status"] == condition["status"]
    return str(requires["what"]) if alone else f"{requires['what']} ({requires['status']})"


def _print_deadlocks(found: Table) -> None:
    from dragoman.analysis.brief import around

    for lock in found.deadlocks():
        say(f"Deadlock: {' → '.join(around(lock))} wait for each other.")
        for number, cut in enumerate(lock.breakers, 1):
            say(f"  {'broken by' if number == 1 else 'or by'}: {' and '.join(w.requirement for w in cut)}")
        if not lock.exact:
            say("  (too many rings to try every way; this one was found greedily)")


def _print_graph(found: Table, form: GraphFormat) -> None:
    graph = found.waits_for()
    if form is GraphFormat.json:
        as_json({**graph.to_json(), "deadlocks": [d.to_json() for d in found.deadlocks()]})
    elif form is GraphFormat.text:
        for w in graph.waits:
            where = place(w.to_json()["evidence"])
            say(f"{w.party} waits for {w.waits_for}: {w.requirement} ({w.status}; withholds {w.withholds})  [{where}]")
        if not graph.waits:
            say("Nobody waits for anybody.")
        _print_deadlocks(found)
    elif form is GraphFormat.svg:
        from dragoman.exports.table_pictures import waits_for_picture

        print(waits_for_picture(found))
    else:
        import networkx as nx

        drawn: Any = nx.MultiDiGraph()
        drawn.add_nodes_from(graph.parties)
        for w in graph.waits:
            drawn.add_edge(w.party, w.waits_for, requirement=w.requirement, withholds=w.withholds, status=w.status)
        nx.write_graphml(drawn, sys.stdout.buffer, encoding="utf-8", prettyprint=True)


def deadlines(
    on: OnOption = None,
    pending: Annotated[bool, typer.Option("--pending", help="Only those still to come.")] = False,
    ics: Annotated[
        Path | None, typer.Option("--ics", help="Write a calendar file with deadlines and meetings.")
    ] = None,
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """Print the ledger of deadlines: who set them and every move."""
    with opened(dossier, create=False) as it:
        found = it.table(on=on)
    if ics:
        from dragoman.exports.calendar import as_ics

        ics.write_text(as_ics(found), "utf-8", newline="")
        return say(f"Wrote {ics}.")
    rows = _rows([d for d in found.deadlines if not pending or d.status == "pending"], found)
    if form is not Format.json:
        for row in rows:
            row["moves"] = [
                f"{m['date']} {m['kind']}" + (f" to {m['to']}" if m["to"] and m["kind"] in ("set", "extended") else "")
                for m in row["moves"]
            ]
    columns = {
        "date": "Date",
        "what": "What",
        "set_by": "Set by",
        "status": "Status",
        "moves": "Ledger",
        "where": "Where",
    }
    show(sorted(rows, key=lambda r: r["date"] or "9"), columns, form, title="Deadlines", empty="No deadlines.")


def meetings(on: OnOption = None, dossier: DossierOption = None, form: FormatOption = Format.text) -> None:
    """Print meetings planned, held, postponed, cancelled or waited for."""
    with opened(dossier, create=False) as it:
        found = it.table(on=on)
    columns = {"date": "Date", "name": "Meeting", "place": "Place", "status": "Status", "chairs": "Chairs",
               "waits_for": "Waits for", "where": "Where"}  # fmt: skip
    rows = sorted(_rows(found.meetings, found), key=lambda r: r["date"] or "9")
    show(rows, columns, form, title="Meetings", empty="No meetings.")


def agreements(on: OnOption = None, dossier: DossierOption = None, form: FormatOption = Format.text) -> None:
    """Print agreements and how they stand."""
    with opened(dossier, create=False) as it:
        found = it.table(on=on)
    rows = _rows(found.agreements, found)
    if form is not Format.json:
        for row in rows:
            row["history"] = [f"{m['date']} {m['kind']}".strip() for m in row["history"]]
    columns = {"name": "Agreement", "date": "Of", "status": "Status", "history": "History", "where": "Where"}
    show(rows, columns, form, title="Agreements", empty="No agreements.")


def figures(
    on: OnOption = None,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only figures that sources give differently.")] = False,
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Draw estimates by source over time: .svg or .png.")
    ] = None,
    about: Annotated[str | None, typer.Option("--about", help="Only figures about these words.")] = None,
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """Print figures and whose they are; or draw them."""
    with opened(dossier, create=False) as it:
        found = it.table(on=on)
    from dragoman.exports.table_pictures import figures_picture, is_about, write_picture
    from dragoman.table.values import in_digits

    if plot:
        write_picture(figures_picture(found, about=about), plot)
        return say(f"Drew {plot}.")
    if disputed:
        rows = _rows([d for d in found.disputed_figures if is_about(d.about, about or "")], found)
        if form is not Format.json:
            for row in rows:
                row["figures"] = [
                    f"{f['bound']} {in_digits(f['quantity'])} ({f['by'] or 'unattributed'})" for f in row["figures"]
                ]
        columns = {"about": "About", "verdict": "They", "figures": "Figures", "where": "Where"}
        return show(rows, columns, form, title="Disputed figures", empty="No figure is disputed.")
    rows = _rows([f for f in found.figures if is_about(f.about, about or "")], found)
    columns = {"about": "About", "bound": "Bound", "quantity": "Figure", "unit": "Unit", "by": "Given by",
               "given_on": "Reported", "disputed_with": "Disputed with", "where": "Where"}  # fmt: skip
    show(rows, columns, form, title="Figures", empty="No figures.")


def disagreements(on: OnOption = None, dossier: DossierOption = None, form: FormatOption = Format.text) -> None:
    """Print where sources differ: denials, dates, figures, words lost between two outlets."""
    with opened(dossier, create=False) as it:
        found = it.table(on=on)
    columns = {"kind": "Kind", "about": "About", "sides": "Sides", "note": "How they differ", "where": "Where"}
    show(_rows(found.disagreements, found), columns, form, title="Disagreements", empty="Sources do not differ.")


def sources(on: OnOption = None, dossier: DossierOption = None, form: FormatOption = Format.text) -> None:
    """Print where reports come from: copies, citations, independent origins, circular reporting."""
    with opened(dossier, create=False) as it:
        found = it.table(on=on)
    origins = found.origins
    if form is Format.json:
        return as_json(origins.to_json())
    rows = [{**link.to_json(), "sure": "yes" if link.sure else "perhaps"} for link in origins.links]
    columns = {
        "document": "Report",
        "to": "Goes back to",
        "kind": "As",
        "share": "Share",
        "sure": "Sure",
        "because": "Because",
    }
    show(rows, columns, form, title="Copies", empty="Every report stands for itself.")
    cited = [c.to_json() for c in origins.citations]
    columns = {"outlet": "Outlet", "cites": "Cites", "statements": "Statements", "documents": "In"}
    show(cited, columns, form, title="Citations", empty="No outlet cites another.")
    if form is Format.text:
        say(f"Altogether {origins.of(found.documents).sentence()}.")
        for ring in origins.circular:
            say(f"Circular reporting: {' → '.join((*ring.outlets, ring.outlets[0]))}")


def proposals(dossier: DossierOption = None, form: FormatOption = Format.text) -> None:
    """Print merges that a person should decide, with their scores."""
    with opened(dossier, create=False) as it:
        rows = [p.to_json() for p in it.table().proposals]
    columns = {"kind": "Kind", "name": "Name", "into": "May be", "score": "Score", "because": "Because"}
    show(rows, columns, form, title="Proposals", empty="No merge is in question.")


class BriefFormat(StrEnum):
    """What a brief is written as."""

    md = "md"
    html = "html"
    json = "json"
    pdf = "pdf"
    docx = "docx"


def brief(
    on: OnOption = None,
    since: Annotated[str | None, typer.Option("--since", help="What changed after this day.")] = None,
    party: PartyOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write; needed for pdf and docx.")] = None,
    dossier: DossierOption = None,
    form: Annotated[BriefFormat | None, typer.Option("--format", help="md, html, json, pdf or docx.")] = None,
) -> None:
    """Write the brief: where things stand, every sentence footnoted."""
    from dragoman.errors import InputError
    from dragoman.exports import brief as written

    kind = form or (BriefFormat(out.suffix[1:]) if out and out.suffix[1:] in list(BriefFormat) else BriefFormat.md)
    with opened(dossier, create=False) as it:
        made = it.brief(on=on, since=since, parties=party_names(it.table(on=on), party))
    if kind in (BriefFormat.pdf, BriefFormat.docx):
        if out is None:
            raise InputError(f"a {kind} brief", where="--out", expected="the file to write it to")
        out.write_bytes(written.as_pdf(made) if kind is BriefFormat.pdf else written.as_docx(made))
    else:
        text = {
            BriefFormat.md: written.as_markdown, BriefFormat.html: written.as_html,
            BriefFormat.json: lambda brief: json_text(brief.to_json()),
        }[kind](made)  # fmt: skip
        if out is None:
            return print(text)
        out.write_text(text, "utf-8")
    say(f"Wrote {out}.")

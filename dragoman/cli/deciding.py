"""Commands by which a person decides: party, issue, statement, condition, origin, decisions, undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer

from dragoman.cli.options import DossierOption, FormatOption, WhyOption, opened
from dragoman.cli.printing import Format, note, say, show

# Documents of a dossier whose table is built after a decision, to tell whether it found what it is about; that of a
# larger one takes longer than a person waits, and `dragoman decisions --unplaced` tells it too.
TOLD = 2000

party = typer.Typer(help="Name, merge and rename parties.", no_args_is_help=True)
issue = typer.Typer(help="Name, merge and rename issues.", no_args_is_help=True)
statement = typer.Typer(help="Accept, reject and correct statements.", no_args_is_help=True)
condition = typer.Typer(help="Settle what became of a requirement.", no_args_is_help=True)
origin = typer.Typer(help="Link reports to their origin, or cut a link.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A name, in any of its spellings.")]
Place = Annotated[str, typer.Argument(help="Where it stands, as DOCUMENT:STATEMENT, for instance 01-report:s4.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands to `app`."""
    for name, group in (("party", party), ("issue", issue), ("statement", statement), ("condition", condition),
                        ("origin", origin)):  # fmt: skip
        app.add_typer(group, name=name)
    app.command()(decisions)
    app.command()(undo)


def _decide(
    dossier: str | None, kind: str, target: Mapping[str, Any], value: Mapping[str, Any], why: str | None, done: str
) -> None:
    with opened(dossier) as it:
        decision = it.decide(kind, target, value, why=why)
        told = it.store.counts().documents <= TOLD
        lost = [u.reason for u in it.table().unplaced if u.decision == decision.id] if told else []
    say(f"{done} Decision {decision.id}; `dragoman undo {decision.id}` takes it back.")
    for reason in lost:
        note(f"It waits for coverage that it fits: {reason}.")
    if lost:
        raise typer.Exit(1)


@party.command("add")
def party_add(
    name: Name,
    alias: Annotated[
        list[str] | None, typer.Option("--alias", help="Another spelling; may be given several times.")
    ] = None,
    kind: Annotated[str, typer.Option(help="What it is: state, organisation, movement, person.")] = "",
    why: WhyOption = None,
    dossier: DossierOption = None,
) -> None:
    """Name a party and its spellings."""
    _decide(
        dossier, "party.add", {"name": name}, {"kind": kind, "aliases": alias or []}, why, f"Party {name} is named."
    )


@party.command("merge")
def party_merge(
    name: Name, into: Annotated[str, typer.Argument(help="The party it is.")], why: WhyOption = None,
    dossier: DossierOption = None,
) -> None:  # fmt: skip
    """Say that two names are one party."""
    _decide(dossier, "party.merge", {"name": name}, {"into": into}, why, f"{name} is now {into}.")


@party.command("rename")
def party_rename(
    name: Name, to: Annotated[str, typer.Argument(help="The name to show.")], why: WhyOption = None,
    dossier: DossierOption = None,
) -> None:  # fmt: skip
    """Show a party under another name."""
    _decide(dossier, "party.rename", {"name": name}, {"to": to}, why, f"{name} is now called {to}.")


@party.command("split")
def party_split(name: Name, why: WhyOption = None, dossier: DossierOption = None) -> None:
    """Say that a name is a party of its own, whatever it was taken for."""
    _decide(dossier, "party.split", {"name": name}, {}, why, f"{name} stands on its own.")


@party.command("list")
def party_list(dossier: DossierOption = None, form: FormatOption = Format.text) -> None:
    """List parties, their people and spellings."""
    with opened(dossier, create=False) as it:
        rows = [p.to_json() for p in it.table().parties]
    columns = {
        "name": "Party",
        "kind": "Kind",
        "statements": "Statements",
        "people": "People",
        "aliases": "Also called",
    }
    show(rows, columns, form, title="Parties", empty="No parties yet.")


@issue.command("add")
def issue_add(
    name: Name,
    alias: Annotated[
        list[str] | None, typer.Option("--alias", help="Other words for it; may be given several times.")
    ] = None,
    why: WhyOption = None,
    dossier: DossierOption = None,
) -> None:
    """Name an issue and other words for it."""
    _decide(dossier, "issue.add", {"name": name}, {"aliases": alias or []}, why, f"Issue {name} is named.")


@issue.command("merge")
def issue_merge(
    name: Name, into: Annotated[str, typer.Argument(help="The issue it is.")], why: WhyOption = None,
    dossier: DossierOption = None,
) -> None:  # fmt: skip
    """Say that two issues are one."""
    _decide(dossier, "issue.merge", {"name": name}, {"into": into}, why, f"{name} is now {into}.")


@issue.command("rename")
def issue_rename(
    name: Name, to: Annotated[str, typer.Argument(help="The name to show.")], why: WhyOption = None,
    dossier: DossierOption = None,
) -> None:  # fmt: skip
    """Show an issue under another name."""
    _decide(dossier, "issue.rename", {"name": name}, {"to": to}, why, f"{name} is now called {to}.")


@issue.command("list")
def issue_list(dossier: DossierOption = None, form: FormatOption = Format.text) -> None:
    """List issues and the words they go by."""
    with opened(dossier, create=False) as it:
        rows = [i.to_json() for i in it.table().issues]
    show(rows, {"name": "Issue", "statements": "Statements", "aliases": "Also called"}, form, title="Issues",
         empty="No issues yet.")  # fmt: skip


def _place(dossier: str | None, place: str) -> dict[str, Any]:
    """The target of a decision about one statement, with its words, so that it survives re-reading."""
    from dragoman.errors import InputError
    from dragoman.table.decisions import statement_target

    document, _, identity = place.rpartition(":")
    if not document:
        raise InputError(f"{place!r} is no place", expected="DOCUMENT:STATEMENT, for instance 01-report:s4")
    with opened(dossier, create=False) as it:
        return statement_target(it.reading(document), identity)


@statement.command("accept")
def statement_accept(place: Place, why: WhyOption = None, dossier: DossierOption = None) -> None:
    """Confirm a statement as read."""
    _decide(dossier, "statement.accept", _place(dossier, place), {}, why, f"{place} is accepted.")


@statement.command("reject")
def statement_reject(place: Place, why: WhyOption = None, dossier: DossierOption = None) -> None:
    """Take a statement that is none out of the table."""
    _decide(dossier, "statement.reject", _place(dossier, place), {}, why, f"{place} is rejected.")


@statement.command("edit")
def statement_edit(
    place: Place,
    speaker: Annotated[str | None, typer.Option(help="Who said it.")] = None,
    party_name: Annotated[str | None, typer.Option("--party", help="Whom the speaker speaks for.")] = None,
    act: Annotated[str | None, typer.Option(help="The act, as the format lists them.")] = None,
    issue_name: Annotated[list[str] | None, typer.Option("--issue", help="What it is about.")] = None,
    why: WhyOption = None,
    dossier: DossierOption = None,
) -> None:
    """Correct who said it, for whom, as which act, about what."""
    from dragoman.errors import InputError

    value: dict[str, Any] = {"speaker": speaker, "party": party_name, "act": act, "issues": issue_name}
    value = {key: found for key, found in value.items() if found is not None}
    if not value:
        raise InputError("nothing to correct", where=place, expected="--speaker, --party, --act or --issue")
    _decide(dossier, "statement.edit", _place(dossier, place), value, why, f"{place} is corrected.")


@condition.command("settle")
def condition_settle(
    party_name: Annotated[str, typer.Argument(metavar="PARTY")],
    requirement: Annotated[str, typer.Argument(help="The requirement, in the words of `dragoman conditions`.")],
    status: Annotated[str, typer.Argument(help="open, promised, met, violated, dropped, replaced or overtaken.")],
    why: WhyOption = None,
    dossier: DossierOption = None,
) -> None:
    """Say what became of a requirement."""
    _decide(dossier, "condition.settle", {"party": party_name, "requires": requirement}, {"status": status}, why,
            f"{requirement}: {status}.")  # fmt: skip


@origin.command("link")
def origin_link(
    document: Annotated[str, typer.Argument(help="The report that goes back to another.")],
    to: Annotated[str, typer.Argument(help="The report it goes back to.")],
    why: WhyOption = None,
    dossier: DossierOption = None,
) -> None:
    """Say that one report goes back to another."""
    _decide(dossier, "origin.link", {"document": document}, {"to": to}, why, f"{document} goes back to {to}.")


@origin.command("cut")
def origin_cut(
    document: Annotated[str, typer.Argument(help="The report.")],
    to: Annotated[str, typer.Argument(help="The report it does not go back to.")],
    why: WhyOption = None,
    dossier: DossierOption = None,
) -> None:
    """Say that a report does not go back to another."""
    _decide(dossier, "origin.cut", {"document": document}, {"to": to}, why, f"{document} stands apart from {to}.")


def decisions(
    lost: Annotated[
        bool, typer.Option("--unplaced", help="Only those that no longer find what they are about, and why.")
    ] = False,
    dossier: DossierOption = None,
    form: FormatOption = Format.text,
) -> None:
    """List what people decided, oldest first."""
    from dragoman.table.decisions import outcome_of, subject_of

    with opened(dossier, create=False) as it:
        unplaced = {u.decision: u.reason for u in it.table().unplaced} if lost else {}
        known = it.decisions()
    listed = [d for d in known if not lost or d.id in unplaced]
    rows = [asdict(d) for d in listed]
    if form is not Format.json:
        by_id = {d.id: d for d in known}
        for d, row in zip(listed, rows, strict=True):
            row |= {"at": f"{d.at[:19]}Z", "target": subject_of(d, by_id), "value": outcome_of(d)}
    for row in rows if lost else ():
        row["reason"] = unplaced[row["id"]]
    columns = {
        "id": "Id",
        "at": "When",
        "by": "Who",
        "kind": "Decided",
        "target": "About",
        "value": "What",
        "why": "Why",
    }
    columns |= {"reason": "Finds nothing"} if lost else {}
    empty = "Every decision finds what it is about." if lost else "Nobody has decided anything yet."
    show(rows, columns, form, title="Decisions", empty=empty)


def undo(
    decision: Annotated[str, typer.Argument(help="The id of a decision, as `dragoman decisions` lists them.")],
    why: WhyOption = None,
    dossier: DossierOption = None,
) -> None:
    """Take a decision back; it stays on record."""
    with opened(dossier, create=False) as it:
        taken = it.undo(decision, why=why)
    say(f"Decision {decision} is undone (decision {taken.id}).")

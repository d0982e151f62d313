"""Commands of the desk: serve it, and say who may enter."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated

import typer

from dragoman.cli.options import DossierOption, FormatOption, opened
from dragoman.cli.printing import Format, note, say, show

user = typer.Typer(help="Say who may enter the desk.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add this module's commands to `app`."""
    app.command()(serve)
    app.add_typer(user, name="user")


def serve(
    port: Annotated[int | None, typer.Option(help="The port to listen on.")] = None,
    host: Annotated[
        str | None, typer.Option(help="The address to listen on; beyond loopback only with accounts.")
    ] = None,
    dossier: DossierOption = None,
) -> None:
    """Open the desk: read, check and correct in the browser."""
    from dragoman.desk.app import serve as run
    from dragoman.settings import Settings

    settings = Settings.read(host=host, port=port)
    with opened(dossier) as it:
        run(it, host=settings.host, port=settings.port, opened=lambda at: note(
            f"The desk is open at {at} on {it.store.address}; Ctrl+C closes it."
        ))  # fmt: skip


@user.command("add")
def user_add(
    name: Annotated[str, typer.Argument(help="The name to sign in with.")],
    role: Annotated[str, typer.Option(help="reader looks, analyst decides, owner also adds people.")] = "analyst",
    dossier: DossierOption = None,
) -> None:
    """Let somebody in; the password is asked for, or read from standard input."""
    from dragoman.desk.accounts import hash_password
    from dragoman.errors import InputError

    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    if len(password) < 10:
        raise InputError("a password of fewer than 10 characters", where=name, expected="at least 10")
    with opened(dossier) as it:
        it.store.people.add(name, role=role, password=hash_password(password))
    say(f"{name} may enter as {role}.")


@user.command("shut-out")
def user_shut_out(
    name: Annotated[str, typer.Argument(help="Who may no longer enter.")], dossier: DossierOption = None
) -> None:
    """End somebody's sessions and let them in no more; what they decided stays."""
    with opened(dossier, create=False) as it:
        it.store.people.change(name, active=False)
    say(f"{name} may no longer enter.")


@user.command("list")
def user_list(dossier: DossierOption = None, form: FormatOption = Format.text) -> None:
    """List who may enter."""
    with opened(dossier, create=False) as it:
        rows = [{k: v for k, v in asdict(u).items() if k != "password"} for u in it.store.people.users()]
    columns = {"name": "Name", "role": "Role", "active": "May enter", "added_at": "Added"}
    show(rows, columns, form, title="People", empty="Nobody; the desk listens on loopback only.")

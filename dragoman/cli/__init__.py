"""The command line: one thin command per verb. Composes the rooms, prints, reads Settings; decides nothing itself.

Commands are grouped by what a person is doing: `intake` of coverage, `reading` it, looking at the `tables`,
`deciding`, `keeping` the dossier safe; `outlook`, `network`, `serving` and `train` bring their own. Heavy imports stand
inside the commands, so that `dragoman --help` stays quick.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, NoReturn

import typer

from dragoman.errors import DragomanError

app = typer.Typer(
    name="dragoman",
    help="Read news coverage of a negotiation and keep the negotiating table: who wants what, on what condition, "
    "by when, and who says so.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from dragoman import __version__

        print(__version__)
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def _register() -> None:
    from dragoman.cli import deciding, intake, keeping, network, outlook, reading, serving, tables, train

    for group in (intake, reading, tables, deciding, keeping, network, outlook, serving, train):
        group.register(app)


_register()


def _refuse(reason: str) -> NoReturn:
    from dragoman.cli.printing import note

    note(f"dragoman: {reason}")
    sys.exit(2)


def main() -> None:
    """Run the command line; errors of Dragoman's own, and a path or disk that takes no file, are printed as sentences,
    with exit status 2."""
    try:
        app()
    except DragomanError as error:
        _refuse(str(error))
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except OSError as error:
        _refuse(": ".join(str(part) for part in (error.filename, error.strerror or error) if part) + ".")
    except KeyboardInterrupt:
        sys.exit(130)

"""Write the reference pages that follow from the code: commands, settings, errors, the front door.

Usage: python scripts/reference.py           (writes docs/reference; a test fails when it would change anything)
"""

from __future__ import annotations

import inspect
from dataclasses import fields
from pathlib import Path
from typing import Any

_WRITTEN = "Written from the code by `scripts/reference.py`."
_STATUS = (
    "Exit status: 0 all went well; 1 something was skipped or found wanting, as standard error says; 2 nothing could "
    "be done."
)
_PRECEDENCE = (
    "A file `dragoman.toml` in the working folder (or named by `DRAGOMAN_SETTINGS`) overrides the default, the "
    "environment overrides the file, and an option of the command line overrides both."
)
_APPEND = (
    "What a person decides is kept as an append-only list: `target` says what it is about, `value` what was decided. A "
    "later decision about the same supersedes; `undo` takes one back, and undoing the undo restores it."
)
_API = (
    "Everything that the desk does, a script can do. `/api/openapi.json` describes each request with its parameters; "
    'answers have the keys of the Python API, and every error has one shape: `{"error": {"status", "found", "todo"}}`. '
    "A day is written `2027-04-02`."
)
REFERENCE = Path(__file__).parent.parent / "docs" / "reference"


def commands() -> str:
    """Every command with its arguments and options."""
    import typer

    from dragoman.cli import app

    root = typer.main.get_command(app)
    lines = ["# Commands", "", _WRITTEN, "", _STATUS, ""]

    def describe(command: Any, path: str) -> None:
        params = list(command.params)
        children = getattr(command, "commands", None)
        help_text = inspect.cleandoc(command.help or "").split("\f")[0]
        if path != "dragoman":
            arguments = " ".join(_metavar(p) for p in params if p.param_type_name == "argument")
            lines.extend([f"## `{path}{' ' + arguments if arguments else ''}`", "", " ".join(help_text.split()), ""])
            for p in params:
                if p.param_type_name == "option" and p.name != "help":
                    names = ", ".join(f"`{name}`" for name in (*p.opts, *p.secondary_opts))
                    lines.append(f"- {names}: {p.help or ''}")
                elif p.param_type_name == "argument" and getattr(p, "help", None):
                    lines.append(f"- `{p.name.upper()}`: {p.help}")
            if params:
                lines.append("")
        for name, child in sorted((children or {}).items()):
            describe(child, f"{path} {name}")

    describe(root, "dragoman")
    return "\n".join(lines).rstrip() + "\n"


def _metavar(parameter: Any) -> str:
    name = (parameter.metavar or parameter.name).upper()
    return f"{name}…" if parameter.nargs == -1 else name


def settings() -> str:
    """Every setting with its default."""
    from dragoman.settings import Settings

    rows = [
        f"| `{f.name}` | `DRAGOMAN_{f.name.upper()}` | `{f.default!r}` | {f.metadata['help']} |"
        for f in fields(Settings)
    ]
    head = "| in the file | in the environment | default | what it does |"
    return "\n".join(["# Settings", "", _WRITTEN, "", _PRECEDENCE, "", head, "|---|---|---|---|", *rows]) + "\n"


def errors() -> str:
    """The family of errors."""
    from dragoman import errors as family

    return f"# Errors\n\n{_WRITTEN}\n\n```text\n{inspect.getdoc(family)}\n```\n"


def decisions() -> str:
    """Every kind of decision and what it needs."""
    from dragoman.table.decisions import KINDS

    rows = [f"| `{kind}` | {', '.join(f'`{k}`' for k in target)} | {', '.join(f'`{k}`' for k in value)} |"
            for kind, (target, value) in KINDS.items()]  # fmt: skip
    head = ["# Decisions", "", _WRITTEN, "", _APPEND, "", "| kind | target needs | value needs |", "|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def desk() -> str:
    """The desk's pages, its keys and its API."""
    from dragoman.desk.app import interface
    from dragoman.desk.rendering import key_list, navigation

    def same(words: str) -> str:
        return words

    lines = ["# The desk", "", _WRITTEN, "", "## Pages", "", "| page | address |", "|---|---|"]
    lines += [f"| {name} | `{path}` |" for path, name, _ in navigation(same)]
    lines += ["", "## Keys", "", "| key | what it does |", "|---|---|"]
    lines += [f"| `{key}` | {meaning} |" for key, meaning in key_list(same)]
    lines += ["", "## API", "", _API, "", "| request | what it gives |", "|---|---|"]
    for path, methods in interface()["paths"].items():
        for method, what in methods.items():
            told = " ".join(what.get("description", what["summary"]).split())
            lines.append(f"| `{method.upper()} {path}` | {told} |")
    return "\n".join(lines) + "\n"


PAGES = {"commands.md": commands, "settings.md": settings, "errors.md": errors, "decisions.md": decisions,
         "desk.md": desk}  # fmt: skip


def main() -> None:
    for name, write in PAGES.items():
        (REFERENCE / name).write_text(write(), "utf-8")


if __name__ == "__main__":
    main()

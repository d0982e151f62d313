"""What a user may set: one frozen Settings; file < environment < command line.

In: a TOML file (`dragoman.toml` beside the dossier, or named by DRAGOMAN_SETTINGS) and DRAGOMAN_* variables. Out: a
Settings that does not change afterwards. Only the doors read it; every room gets plain values.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from dragoman.errors import FormatError

MOST = {"port": 65535}


def _setting(default: Any, text: str) -> Any:
    return field(default=default, metadata={"help": text})


@dataclass(frozen=True, slots=True)
class Settings:
    """Name, default and one line of help for everything that can be set."""

    dossier: str = _setting("dossier.dragoman", "the dossier: a file, or postgresql://… for a team")
    reader: str = _setting("trained", "the reader that finds statements: trained or rules")
    user: str = _setting("", "who decides, as kept with each decision; else the login name")
    threads: int = _setting(0, "threads that reading may use; 0 takes every core")
    host: str = _setting("127.0.0.1", "the address the desk listens on")
    port: int = _setting(8321, "the port the desk listens on")

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
        """The settings in force; `given` are those of the command line, None meaning not given."""
        environment = os.environ if environment is None else environment
        known = {f.name: f for f in fields(cls)}
        values: dict[str, Any] = {}
        named = environment.get("DRAGOMAN_SETTINGS")
        path = Path(named or "dragoman.toml")
        if named or path.is_file():
            try:
                read = tomllib.loads(path.read_text("utf-8"))
            except OSError as problem:
                raise FormatError(
                    f"no settings ({problem.strerror})", where=str(path), todo="Check DRAGOMAN_SETTINGS"
                ) from None
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
                raise FormatError(f"not TOML ({problem})", where=str(path)) from None
            for name in read:
                if name not in known:
                    raise FormatError(f"unknown setting {name!r}", where=str(path), expected=", ".join(sorted(known)))
            values.update(read)
        for name in known:
            if (value := environment.get(f"DRAGOMAN_{name.upper()}")) is not None:
                values[name] = value
        values.update({name: value for name, value in given.items() if value is not None})
        return cls(**{name: _fitting(name, str(known[name].type), value) for name, value in values.items()})


def _fitting(name: str, kind: str, value: Any) -> Any:
    """A setting's value as what it is to be: text, or a whole number, which the environment gives as text."""
    if kind == "str" and isinstance(value, str):
        return value
    if kind == "int" and str(value).isdecimal() and int(value) <= MOST.get(name, int(value)):
        return int(value)
    expected = "text" if kind == "str" else f"a whole number, 0 to {MOST[name]}" if name in MOST else "a whole number"
    raise FormatError(f"{name} = {value!r}", where="settings", expected=expected)

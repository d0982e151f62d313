"""Parties, outlets and issues and all their spellings: what names are resolved by.

In: the data shipped in `dragoman/data` (each file names its source), and what people decided. Out: a frozen Lexicon
that a reader and the table name things by. A name that stands nowhere stays as the text gives it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Self

from dragoman.folding import fold_name


@dataclass(frozen=True, slots=True)
class Entry:
    """One party, outlet or issue: its canonical name, what kind it is, and its other spellings."""

    name: str
    kind: str = ""  # state | organisation | movement | person | outlet | issue ...
    aliases: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)  # for instance {"capital": "Damascus", "demonym": "Syrian"}


@dataclass(frozen=True)
class Lexicon:
    """Entries by any of their spellings; the first entry that claims a spelling keeps it."""

    parties: tuple[Entry, ...] = ()
    outlets: tuple[Entry, ...] = ()
    issues: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        for shelf in ("parties", "outlets", "issues"):
            index: dict[str, Entry] = {}
            for entry in getattr(self, shelf):
                for spelling in (entry.name, *entry.aliases):
                    index.setdefault(fold_name(spelling), entry)
            object.__setattr__(self, f"_{shelf}", index)

    def party(self, name: str) -> Entry | None:
        """The party that `name` is a spelling of; None when none is known."""
        return self._parties.get(fold_name(name))  # type: ignore[attr-defined,no-any-return]

    def outlet(self, name: str) -> Entry | None:
        """The outlet that `name` is a spelling of; None when none is known."""
        return self._outlets.get(fold_name(name))  # type: ignore[attr-defined,no-any-return]

    def issue(self, name: str) -> Entry | None:
        """The issue that `name` is a spelling of; None when none is known."""
        return self._issues.get(fold_name(name))  # type: ignore[attr-defined,no-any-return]

    def with_entries(
        self, *, parties: Iterable[Entry] = (), outlets: Iterable[Entry] = (), issues: Iterable[Entry] = ()
    ) -> Self:
        """The same lexicon with further entries that come first, so that what a person names wins."""
        return type(self)((*parties, *self.parties), (*outlets, *self.outlets), (*issues, *self.issues))

    @classmethod
    @cache
    def shipped(cls) -> Lexicon:
        """The lexicon that comes with Dragoman."""
        shelves: dict[str, list[Entry]] = {"parties": [], "outlets": []}
        for file, shelf in (("states.json", "parties"), ("organisations.json", "parties"), ("outlets.json", "outlets")):
            data = json.loads(resources.files("dragoman").joinpath("data", file).read_text("utf-8"))
            for row in data["entries"]:
                row = dict(row)
                shelves[shelf].append(
                    Entry(row.pop("name"), row.pop("kind", ""), tuple(row.pop("aliases", ())), extra=row)
                )
        return cls(tuple(shelves["parties"]), tuple(shelves["outlets"]))

"""Keeps Readings and Decisions in SQLite or PostgreSQL; migrations, queries, search.

Imports no other station. Nothing here reads the settings, fetches or interprets what it keeps: what a decision means
is the table's to say. One writer at a time on both databases; readers see one state and never wait.
Importing this package loads no database library; opening a dossier does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.store.values import (
    Added,
    Changes,
    Copied,
    Counts,
    Failure,
    Feed,
    Filter,
    Finding,
    Hit,
    Listed,
    Page,
    Raw,
    Said,
    Session,
    State,
    Tally,
    User,
    Version,
)

if TYPE_CHECKING:
    from dragoman.store.documents import Incoming
    from dragoman.store.store import Store, copy, look, open_store

_LATER = {
    "Incoming": "dragoman.store.documents",
    "Store": "dragoman.store.store",
    "copy": "dragoman.store.store",
    "look": "dragoman.store.store",
    "open_store": "dragoman.store.store",
}

__all__ = [
    "Added",
    "Changes",
    "Copied",
    "Counts",
    "Failure",
    "Feed",
    "Filter",
    "Finding",
    "Hit",
    "Incoming",
    "Listed",
    "Page",
    "Raw",
    "Said",
    "Session",
    "State",
    "Store",
    "Tally",
    "User",
    "Version",
    "copy",
    "look",
    "open_store",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)

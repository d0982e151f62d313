"""Dragoman reads news coverage of a negotiation and keeps the negotiating table."""

from typing import Any

__version__ = "0.1.0"

# The front door: each public name and the module that holds it. Loaded on first use, so that `import dragoman`
# costs next to nothing and a program pays only for the rooms it enters.
_DOORS = {
    "Decision": "dragoman.reading",
    "Document": "dragoman.reading",
    "Dossier": "dragoman.dossier",
    "DragomanError": "dragoman.errors",
    "Lexicon": "dragoman.lexicon",
    "Reading": "dragoman.reading",
    "Spans": "dragoman.reading",
    "Statement": "dragoman.reading",
    "open": "dragoman.dossier",
}
_INSIDE = {"open": "open_dossier"}  # `open` would hide Python's own inside the module that opens

__all__ = sorted(_DOORS)


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}; it offers {', '.join(__all__)}")
    from importlib import import_module

    return getattr(import_module(_DOORS[name]), _INSIDE.get(name, name))


def __dir__() -> list[str]:
    return __all__

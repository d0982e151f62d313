"""The outlook: which outcomes of a conflict could hold, who could move, what would have to change (a graph model).

`load` reads a model file, `analyse` answers it, `as_result` and `sentences` tell the answer. Nothing here reads
the clock, the network or the dossier; a table is handed to `draft` as plain values.
"""

from importlib import import_module
from typing import Any

_DOORS = {
    "Conflict": "conflict",
    "analyse": "analysis",
    "as_csv": "report",
    "as_page": "report",
    "as_result": "report",
    "as_text": "report",
    "as_json": "modelfile",
    "as_toml": "modelfile",
    "compare": "comparison",
    "draft": "drafting",
    "evolve": "evolution",
    "explore": "lazy",
    "feasibility_changes": "remedies",
    "load": "modelfile",
    "loads": "modelfile",
    "robustness": "mistakes",
    "schema": "modelfile",
    "sentences": "telling",
    "smallest_change": "inverse",
    "statement_changes": "remedies",
}

__all__ = sorted(_DOORS)


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_DOORS[name]}"), name)

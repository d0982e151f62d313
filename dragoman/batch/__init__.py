"""Many documents: taken into a dossier with their bytes, asked of feeds, or read by many workers into files.

In: paths, addresses, feeds, archives. Out: readings kept in a dossier, or one result file for each shard; what failed
and why. This room puts sources, reader and store together; it asks nobody and prints nothing. The engine of a cluster
is loaded only by the call that names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.batch.engines import read_shards
    from dragoman.batch.results import readings_in

_LATER = {"read_shards": "dragoman.batch.engines", "readings_in": "dragoman.batch.results"}
__all__ = ["read_shards", "readings_in"]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)
